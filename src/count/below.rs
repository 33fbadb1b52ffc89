//! The lower bound: everything linked that shares anything, except that two residents stay two persons.
//!
//! Kinds that are de-identified link here like any other, and are no kind to count by: nobody can say that two digests
//! are two persons.

use std::collections::BTreeMap;

use super::bounds::{Histogram, histogram};
use super::link::Persons;
use super::numbers::{ClassWords, Words, for_each};
use super::roll::{Roll, within};
use crate::model::{IdentifierKind, Level};

const _: () = assert!(IdentifierKind::ALL.len() <= 32, "a set of kinds is one 32-bit word");

/// The kinds that persons are counted by, as a set.
const COUNTED: u32 = {
    let (mut kinds, mut at) = (0, 0);
    while let Some((kind, _)) = IdentifierKind::ALL.split_at(at).1.split_first() {
        kinds |= (!kind.is_deidentified() as u32) << *kind as u32;
        at += 1;
    }
    kinds
};

/// Counts, for each kind of identifier that is in the clear, the persons that have one.
///
/// In a component without residents that is one person. In one with residents it is those that are mentioned together
/// with an identifier of the kind, or one if none is.
pub(super) fn at_least(roll: &Roll, persons: &Persons, classes: &ClassWords) -> BTreeMap<IdentifierKind, Histogram> {
    let (all, residents) = (0..roll.len(), roll.of_level(Level::Resident));
    // What the linking has united shares a mention, so its groups are a start.
    let components = &persons.groups;
    let seen_with = Words::new(residents.clone(), 0);
    roll.for_each(|mention, _| {
        if let Some((first, others)) = mention.split_first() {
            for other in others {
                components.unite(*first, *other);
            }
        }
        let seen = within(mention, &residents);
        if !seen.is_empty() {
            let kinds = mention.iter().fold(0, |kinds, number| kinds | 1 << roll.kind(*number) as u32);
            for resident in seen {
                seen_with.add(*resident, kinds);
            }
        }
    });
    let (kinds, covered) = (Words::new(all.clone(), 0), Words::new(all.clone(), 0));
    let said = ClassWords::new(roll.len());
    for &kind in IdentifierKind::ALL {
        for_each(roll.of_kind(kind), |number| kinds.add(components.root(number), 1 << kind as u32));
    }
    for_each(residents.clone(), |resident| covered.add(components.root(resident), seen_with.get(resident)));
    for_each(all.clone(), |number| {
        if persons.of(number) == Some(number) {
            said.add(components.root(number), classes.get(number));
        }
    });
    let of_residents = histogram(residents, |resident| Some((seen_with.get(resident), classes.get(resident))));
    let of_components = histogram(all, |number| {
        let uncovered = kinds.get(number) & !covered.get(number);
        (uncovered != 0).then(|| (uncovered, said.get(number)))
    });
    let mut by_kind = BTreeMap::<_, Histogram>::new();
    for ((kinds, classes), n) in of_residents.into_iter().chain(of_components) {
        for &kind in IdentifierKind::ALL.iter().filter(|kind| kinds & COUNTED & (1 << **kind as u32) != 0) {
            *by_kind.entry(kind).or_default().entry(classes).or_default() += n;
        }
    }
    by_kind
}
