//! The lower bound: everything linked that shares anything, except that two residents stay two persons.
//!
//! Kinds that are de-identified link here like any other, and are no kind to count by: nobody can say that two digests
//! are two persons.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::best::{Best, Histogram, add_all, histogram};
use super::components::{Edge, components};
use super::link::within;
use super::numbers::{Column, Sets, Words, parts};
use super::roll::{Roll, mentions};
use super::scratch::{Desk, Scratch};
use crate::count::room::CountError;
use crate::model::{ClassSet, IdentifierKind, Level};

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
pub(super) fn at_least(
    desk: &Desk<'_>,
    scratch: &Scratch<'_>,
    roll: &Roll,
    best: &Best,
) -> Result<BTreeMap<IdentifierKind, Histogram>, CountError> {
    let (all, residents) = (roll.all(), roll.of_level(Level::Resident));
    let edges = |visit: &(dyn Fn(Edge) + Sync)| {
        each_mention(desk, roll, |mention| {
            if let Some((first, others)) = mention.split_first() {
                for other in others {
                    visit((*first, *other));
                }
            }
        })
    };
    let roots = components(desk, scratch, &all, &edges)?;
    let seen_with = seen_with(desk, scratch, roll, &residents)?;
    let mut groups = BTreeMap::new();
    for part in parts(desk, &all, 16) {
        add_all(&mut groups, of_components(desk, roll, best, &roots, &seen_with, part)?);
    }
    for part in parts(desk, &residents, 12) {
        let (kinds, classes) = (seen_with.load(desk, &part)?, classes_in(desk, best, &part)?);
        add_all(&mut groups, histogram(part.clone(), |resident| Some((kinds.get(resident), classes(resident)))));
    }
    let mut by_kind = BTreeMap::<_, Histogram>::new();
    for ((kinds, classes), n) in groups {
        for &kind in IdentifierKind::ALL.iter().filter(|kind| kinds & COUNTED & (1 << **kind as u32) != 0) {
            *by_kind.entry(kind).or_default().entry(classes).or_default() += n;
        }
    }
    Ok(by_kind)
}

fn each_mention(desk: &Desk<'_>, roll: &Roll, visit: impl Fn(&[u32]) + Sync) -> Result<(), CountError> {
    roll.pieces.par_iter().try_for_each(|piece| {
        let (numbers, ends) = (piece.numbers.get(desk)?, piece.ends.get(desk)?);
        mentions(&ends).for_each(|mention| visit(numbers.get(mention).unwrap_or_default()));
        Ok(())
    })
}

/// The kinds of identifiers that each resident is mentioned with, as a set.
fn seen_with(
    desk: &Desk<'_>,
    scratch: &Scratch<'_>,
    roll: &Roll,
    residents: &Range<u32>,
) -> Result<Column, CountError> {
    let mut column = Column::new(residents.start);
    for part in parts(desk, residents, 4) {
        let seen = Words::new(part.clone(), 0);
        each_mention(desk, roll, |mention| {
            let own = within(mention, residents);
            if !own.is_empty() {
                let kinds = mention.iter().fold(0, |kinds, number| kinds | 1 << roll.kind(*number) as u32);
                for resident in own {
                    seen.add(*resident, kinds);
                }
            }
        })?;
        column.append(scratch, part, |number| seen.get(number))?;
    }
    Ok(column)
}

/// The classes of the persons that the numbers of a part call.
fn classes_in(
    desk: &Desk<'_>,
    best: &Best,
    part: &Range<u32>,
) -> Result<impl Fn(u32) -> ClassSet + Sync + Send + use<>, CountError> {
    let [low, high] = &best.classes;
    let (low, high) = (low.load(desk, part)?, high.load(desk, part)?);
    Ok(move |number| ClassSet(u64::from(high.get(number)) << 32 | u64::from(low.get(number))))
}

/// The components whose roots lie in a part, by the kinds that no resident covers and by what is said of all persons.
fn of_components(
    desk: &Desk<'_>,
    roll: &Roll,
    best: &Best,
    roots: &Column,
    seen_with: &Column,
    part: Range<u32>,
) -> Result<Histogram<(u32, ClassSet)>, CountError> {
    let (kinds, covered) = (Words::new(part.clone(), 0), Words::new(part.clone(), 0));
    let said = Sets::new(part.clone());
    roots.for_each_block(desk, |start, roots| {
        for (number, root) in (start..).zip(roots) {
            kinds.add(*root, 1 << roll.kind(number) as u32);
        }
        Ok(())
    })?;
    // The other columns are cut like that of the roots, or begin with it: they are walked beside it.
    roots.beside(desk, seen_with, |_, root, seen| covered.add(root, seen))?;
    let [low, high] = &best.classes;
    roots.beside(desk, low, |_, root, classes| said.add(root, u64::from(classes)))?;
    roots.beside(desk, high, |_, root, classes| said.add(root, u64::from(classes) << 32))?;
    Ok(histogram(part, |number| {
        let uncovered = kinds.get(number) & !covered.get(number);
        (uncovered != 0).then(|| (uncovered, ClassSet(said.get(number))))
    }))
}
