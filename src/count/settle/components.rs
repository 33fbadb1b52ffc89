//! Groups of identifiers that are connected by mentions, however many there are.
//!
//! A union-find that fits in memory needs one pass over the edges. Where it does not fit, the numbers are cut into parts,
//! and each edge is seen from its upper end, the highest part first: inside the part it unites; out of the part the group
//! takes the least number that it is tied to for its parent, and ties the others to that one, which a lower part then
//! sees. From the lowest part up every group then learns the root of its parent.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::numbers::{Column, NOBODY, Words, parts};
use super::scratch::{Block, Desk, Growing, Scratch};
use crate::count::room::CountError;

/// Two identifiers that are connected.
pub(super) type Edge = (u32, u32);

/// Hands every edge to a visitor, from any thread.
pub(super) type Edges<'e> = &'e (dyn Fn(&(dyn Fn(Edge) + Sync)) -> Result<(), CountError> + Sync);

/// Ties that are passed on are put away in portions of so many words.
const PORTION: usize = 1 << 14;

/// The least number of the group of each number in `range`, which all edges lie in.
pub(super) fn components(
    desk: &Desk<'_>,
    scratch: &Scratch<'_>,
    range: &Range<u32>,
    edges: Edges<'_>,
) -> Result<Column, CountError> {
    let parts = parts(desk, range, 8);
    if let [whole] = parts.as_slice() {
        let words = Words::own(whole.clone());
        edges(&|(one, other)| words.unite(one, other))?;
        let mut roots = Column::new(range.start);
        roots.append(scratch, whole.clone(), |number| words.root(number))?;
        return Ok(roots);
    }
    // From the highest part down: the root of each number in its part, and the parent of each root in a lower one.
    let mut groups: Vec<(Column, Column)> = Vec::new();
    let mut passed_on: Vec<Block> = Vec::new();
    for part in parts.iter().rev() {
        let words = Words::own(part.clone());
        let parents = Words::new(part.clone(), NOBODY);
        each_from(desk, part, edges, &passed_on, &|(high, low)| {
            if part.contains(&low) {
                words.unite(high, low);
            }
        })?;
        if part.start > range.start {
            let tied = |visit: &(dyn Fn(Edge) + Sync)| {
                each_from(desk, part, edges, &passed_on, &|(high, low)| {
                    if low < part.start {
                        visit((words.root(high), low));
                    }
                })
            };
            tied(&|(root, low)| parents.least(root, low))?;
            passed_on.extend(ties(scratch, &parents, &tied)?);
        }
        let (mut roots, mut above) = (Column::new(part.start), Column::new(part.start));
        roots.append(scratch, part.clone(), |number| words.root(number))?;
        above.append(scratch, part.clone(), |number| parents.get(number))?;
        groups.push((roots, above));
    }
    let mut all = Column::new(range.start);
    for ((roots, above), part) in groups.into_iter().rev().zip(parts) {
        let of_parents = above.looked_up(desk, &all)?;
        let words = of_parents.load(desk, &part)?;
        let mut labels = Column::new(part.start);
        labels.append(scratch, part.clone(), |number| {
            Some(words.get(number)).filter(|l| *l != NOBODY).unwrap_or(number)
        })?;
        let labels = labels.load(desk, &part)?;
        let roots = roots.load(desk, &part)?;
        all.append(scratch, part, |number| labels.get(roots.get(number)))?;
    }
    Ok(all)
}

/// Hands the edges to `visit` whose upper end lies in a part, that end first.
fn each_from(
    desk: &Desk<'_>,
    part: &Range<u32>,
    edges: Edges<'_>,
    passed_on: &[Block],
    visit: &(dyn Fn(Edge) + Sync),
) -> Result<(), CountError> {
    let upper = |(one, other): Edge| {
        let (low, high) = (one.min(other), one.max(other));
        if part.contains(&high) {
            visit((high, low));
        }
    };
    edges(&upper)?;
    passed_on.par_iter().try_for_each(|block| {
        block.get(desk)?.as_chunks::<2>().0.iter().for_each(|[one, other]| upper((*one, *other)));
        Ok(())
    })
}

/// Edges between the parent of each root and whatever else below the root is tied to.
fn ties(scratch: &Scratch<'_>, parents: &Words, tied: Edges<'_>) -> Result<Vec<Block>, CountError> {
    let ties = Mutex::new((Growing::new(scratch, PORTION), Ok(())));
    tied(&|(root, low)| {
        let parent = parents.get(root);
        if low != parent {
            let mut ties = ties.lock().unwrap_or_else(PoisonError::into_inner);
            let pushed = ties.0.push(&[low, parent]);
            if ties.1.is_ok() {
                ties.1 = pushed;
            }
        }
    })?;
    let (ties, pushed) = ties.into_inner().unwrap_or_else(PoisonError::into_inner);
    pushed?;
    ties.finish()
}
