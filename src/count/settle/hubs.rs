//! Identifiers that may be shared although nothing stronger shows it.
//!
//! A *hub* is an identifier seen with two identifiers of one other kind of its own level: a mobile seen with two member ids
//! is a person with two memberships or a hotline with two callers. To link those through the mobile would be to link across
//! kinds, so the upper bound passes a hub over where the mention has something better, and counts it in combination where not.

use std::ops::Range;

use rayon::prelude::*;

use super::link::{look_up, within};
use super::numbers::{Column, NOBODY, SEVERAL, Words, for_each, parts};
use super::roll::{Roll, mentions};
use super::scratch::{Block, Desk};
use crate::count::room::CountError;
use crate::model::IdentifierKind;

/// For every identifier of every piece that is of the level `here`, 1 where it is a hub and 0 where not; `mixed` are the
/// kinds that stand beside others of the level.
pub(super) fn hubs(desk: &Desk<'_>, roll: &Roll, here: &Range<u32>, mixed: u32) -> Result<Vec<Block>, CountError> {
    let scratch = desk.scratch();
    let mut column = Column::new(here.start);
    for part in parts(desk, here, 8) {
        let hubs = Words::new(part.clone(), 0);
        for &kind in IdentifierKind::ALL.iter().filter(|kind| mixed & (1 << **kind as u32) != 0) {
            let partners = partners(desk, roll, here, &part, kind)?;
            for_each(part.clone(), |number| {
                if partners.get(number) == SEVERAL {
                    hubs.add(number, 1);
                }
            });
        }
        column.append(&scratch, part, |number| hubs.get(number))?;
    }
    let zeros = |block: &Block| scratch.put(vec![0; block.len()]);
    let mut values = roll.pieces.par_iter().map(|piece| zeros(&piece.numbers)).collect::<Result<Vec<_>, _>>()?;
    look_up(desk, &column, &roll.pieces, &mut values)?;
    Ok(values)
}

/// The one identifier of `kind` that each identifier of the other kinds is seen with, or `SEVERAL`.
fn partners(
    desk: &Desk<'_>,
    roll: &Roll,
    here: &Range<u32>,
    part: &Range<u32>,
    kind: IdentifierKind,
) -> Result<Words, CountError> {
    let these = roll.of_kind(kind);
    let partners = Words::new(part.clone(), NOBODY);
    roll.pieces.par_iter().try_for_each(|piece| {
        let (numbers, ends) = (piece.numbers.get(desk)?, piece.ends.get(desk)?);
        for mention in mentions(&ends) {
            let mention = numbers.get(mention).unwrap_or_default();
            let seen = match within(mention, &these) {
                [] => continue,
                [one] => *one,
                _ => SEVERAL,
            };
            let others = within(mention, here).iter().filter(|number| !these.contains(number));
            others.for_each(|other| partners.join(*other, seen));
        }
        Ok(())
    })?;
    Ok(partners)
}
