//! Counts distinct natural persons from mentions, exactly, with bounds.
//!
//! ```text
//! store ──▶ settle ──▶ Census
//! mentions   linking   figures
//! ```
//!
//! The store is a set of distinct mentions, each with the union of what its rows said. A set union is commutative and
//! associative, so threads, splits and machines cannot change the figures.
//!
//! Linking goes by levels of strength, strongest first:
//!
//! 1. Every resident ID is a person of its own; two are never one.
//! 2. An identifier mentioned with exactly one person of stronger levels, by way of an identifier that belongs to that
//!    person, belongs to it too. One mentioned with several is *shared*: it links nobody and stands for nobody.
//! 3. One mentioned with none is *free*. Free identifiers of a level that share mentions are one group. If the group is
//!    mentioned with identifiers of the same level that belong to one person, it belongs to that person; if they belong
//!    to several, it is shared; otherwise the group is a new person.
//! 4. A name, or a masked number, links nothing and is not heard beside anything stronger; alone it stands for itself.
//!
//! Digests link like the numbers that they stand for. What is hashed or masked raises no lower bound.
//!
//! A mention speaks of the person that its strongest identifier belongs to. Where several of the same kind stand in it
//! and belong to different persons (two resident IDs), it speaks of each: to choose one would be to choose by
//! fingerprint, and the census must not depend on the secret.
//!
//! *Invariant*: no clock, no failure on data; nothing in a [`Census`] tells keys, their order or their secret. The only I/O
//! are temporary files without a name, past the memory that a [`Room`] allows, and the only failures are theirs.

mod census;
mod merging;
mod room;
mod settle;
mod store;
pub mod trace;
mod words;

pub use census::{Census, Figures};
pub use merging::{KindMerging, Merging, Shared};
pub use room::{CountError, Room};
pub use store::{DataSets, Mentions, Said};

use crate::model::{Key, Level};

/// The keys that count: names only where there is nothing else.
fn telling(keys: &[Key]) -> &[Key] {
    let nameless = keys.partition_point(|key| key.kind().level() < Level::Name);
    keys.get(..nameless).filter(|stronger| !stronger.is_empty()).unwrap_or(keys)
}
