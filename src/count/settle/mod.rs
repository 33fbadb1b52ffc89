//! Links all identifiers and counts persons three ways: as linked, by what stands strongest in each mention, and with
//! everything linked.
//!
//! ```text
//! Mentions ──▶ roll ──▶ link ──▶ best, at_most ──▶ below ──▶ Census
//!  (set)      numbers   owners    persons, units   at_least
//! ```
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
//!
//! Memory is bounded by the room: lists go to disk past a quarter of it, arrays over identifiers are worked on in parts that fit
//! a quarter, and the rest is left to tables and buffers. The figures do not depend on it.

mod below;
mod best;
mod components;
mod hubs;
mod link;
mod numbers;
mod roll;
mod scratch;
mod speak;

use super::room::{CountError, Room};
use super::{Census, Mentions};
use roll::Roll;
use scratch::Desk;

/// What lists and arrays take for each key of each mention while everything is in memory.
const BYTES_FOR_A_KEY: u64 = 64;

/// About how much memory counting takes beside the mentions.
pub(super) fn bytes_wanted(n_keys: usize) -> u64 {
    n_keys as u64 * BYTES_FOR_A_KEY
}

/// Links and counts.
pub(super) fn settle(mentions: &Mentions, room: &Room) -> Result<Census, CountError> {
    let desk = Desk::new(room);
    let roll = Roll::call(&desk, mentions)?;
    let linked = link::link(&desk, &roll)?;
    let scratch = desk.scratch();
    let persons = || best::best(&desk, &scratch, &roll, &linked, &mentions.data_sets().names);
    let units = || best::at_most(&desk, &roll, &linked);
    // Both at once where the arrays and lists of both fit, so that no thread waits for the other.
    let is_small = best::bytes_of_both(&roll, &linked) <= desk.array_bytes();
    let (best, at_most) = if is_small { rayon::join(persons, units) } else { (persons(), units()) };
    let (mut best, at_most) = (best?, at_most?);
    for (kind, only_shared) in best.merging.kinds.iter_mut().zip(at_most.only_shared) {
        kind.only_shared = only_shared;
    }
    drop(linked);
    let at_least = below::at_least(&desk, &scratch, &roll, &best)?;
    best.merging.kinds.retain(|kind| kind.identifiers > 0);
    Ok(Census {
        best: best.persons.into_iter().collect(),
        at_most: at_most.units.into_iter().collect(),
        at_least: at_least.into_iter().map(|(kind, groups)| (kind, groups.into_iter().collect())).collect(),
        merging: best.merging,
    })
}
