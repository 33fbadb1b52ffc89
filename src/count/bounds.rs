//! Counts persons three ways: as linked, by what stands strongest in each mention, and with everything linked.
//!
//! Why `at_least <= best <= at_most` holds for every test that asks for one of some classes, for none of some classes,
//! or for both (sensitive; not sensitive; personal and not sensitive):
//!
//! - *Above*: a mention that speaks of a person is counted under a unit that is made of that person's identifiers only,
//!   so no unit serves two persons, and a person's classes are the union of those of the person's units. Where the
//!   union has a class, one unit has it; where the union lacks a class, every unit lacks it. So some unit passes the
//!   test wherever the person does.
//! - *Below*: in every component there is a person, because nothing can claim or share its strongest identifiers. A
//!   unit is either a resident with that person's own classes, once, or the only such unit of its kind in the component,
//!   and then it has the classes of all persons of the component and there is no other unit of that kind. If those pass
//!   the test, one of the persons does. So the units of a kind that pass have each a person of their own that does.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::link::Persons;
use super::numbers::ClassWords;
use super::roll::Roll;
use super::{Census, Merging, above, below};
use crate::model::ClassSet;

/// Counts.
pub(super) fn census(roll: &Roll, persons: &Persons) -> Census {
    let classes = ClassWords::new(roll.len());
    let at_most = above::at_most(roll, persons, &classes);
    let best = histogram(0..roll.len(), |number| {
        persons.of(number).filter(|person| *person == number).map(|person| classes.get(person))
    });
    let at_least = below::at_least(roll, persons, &classes);
    Census {
        best: best.into_iter().collect(),
        at_most: at_most.into_iter().collect(),
        at_least: at_least.into_iter().map(|(kind, groups)| (kind, groups.into_iter().collect())).collect(),
        merging: Merging::default(),
    }
}

/// How many have which classes.
pub(super) type Histogram<G = ClassSet> = BTreeMap<G, u64>;

/// How many numbers are in which group; those of no group are not counted.
pub(super) fn histogram<G: Ord + Send>(
    range: Range<u32>,
    group: impl Fn(u32) -> Option<G> + Sync + Send,
) -> Histogram<G> {
    let count = |mut groups: Histogram<G>, number| {
        if let Some(group) = group(number) {
            *groups.entry(group).or_default() += 1;
        }
        groups
    };
    let add = |mut one: Histogram<G>, other: Histogram<G>| {
        for (group, n) in other {
            *one.entry(group).or_default() += n;
        }
        one
    };
    range.into_par_iter().with_min_len(1 << 13).fold(Histogram::new, count).reduce(Histogram::new, add)
}
