//! The set of distinct mentions: in memory as long as there is room, and beyond that in sorted runs on disk.

mod names;
mod run;
mod said;
mod shard;
mod table;

use std::fmt;
use std::sync::Arc;

use rayon::prelude::*;

use super::Census;
use super::room::{CountError, Room};
use super::settle;
use crate::model::{Key, MentionBatch};
pub use names::DataSets;
use names::moved;
use run::{Run, Visit};
pub use said::Said;
use shard::Shard;

/// Shards are cut by the leading bits of the strongest key, so that stores merge, sort and settle shard by shard in
/// parallel, and only a part is ever moved at a time.
const SHARD_BITS: u32 = 6;

/// How many shards there are.
pub(super) const SHARDS: usize = 1 << SHARD_BITS;

/// With fewer mentions than this, waking other threads costs more than they save.
const PARALLEL_FROM: usize = 1 << 15;

/// A store that is to make room goes to disk only if it holds at least this part of the limit: others hold the rest.
const LEAST_RUN: u64 = 16;

/// The set of distinct mentions of a part of the data: tuples of keys, each with the union of what its rows said.
///
/// [`Mentions::insert`] and [`Mentions::merge`] are set unions: commutative, associative, and adding what is there
/// already changes nothing. What goes wrong with a temporary file on the way is told by [`Mentions::settle`] and
/// [`Mentions::for_each`]; what came after it is then lost.
///
/// Limits: 4 billion distinct identifiers in one [`Mentions::settle`].
pub struct Mentions {
    room: Arc<Room>,
    /// None, or one for each value of the leading bits.
    shards: Vec<Shard>,
    runs: Vec<Run>,
    data_sets: DataSets,
    /// What the room was told that this holds.
    held: u64,
}

impl Default for Mentions {
    fn default() -> Self {
        Self::within(&Room::unbounded())
    }
}

impl Mentions {
    /// No mentions yet; they will share the room with others.
    pub fn within(room: &Arc<Room>) -> Self {
        Self { room: Arc::clone(room), shards: Vec::new(), runs: Vec::new(), data_sets: DataSets::default(), held: 0 }
    }

    /// Adds the mentions of a batch.
    pub fn insert(&mut self, batch: &MentionBatch) {
        self.insert_said(batch.iter().map(|(keys, classes)| (keys, Said { classes, data_sets: 0 })));
    }

    /// Adds mentions with the data sets that they are from, as places in those of [`Mentions::data_sets`]; the keys of each
    /// are strongest first and distinct.
    pub fn insert_said<'k>(&mut self, mentions: impl IntoIterator<Item = (&'k [Key], Said)>) {
        for (keys, said) in mentions {
            self.insert_one(keys, said);
        }
        self.make_room();
    }

    fn insert_one(&mut self, keys: &[Key], said: Said) {
        self.shards.resize_with(SHARDS, Shard::default);
        let shard = keys.first().and_then(|key| self.shards.get_mut(key.leading_bits(SHARD_BITS) as usize));
        if let Some(shard) = shard {
            shard.insert(keys, said);
        }
    }

    /// Says that all mentions are from one data set.
    pub fn attribute(&mut self, data_set: &str) {
        if !self.is_empty() {
            self.data_sets = DataSets::one(data_set);
            self.map(|_| 1);
        }
    }

    /// The data sets that mentions are from, by their places.
    pub const fn data_sets(&self) -> &DataSets {
        &self.data_sets
    }

    /// No mentions yet, from data sets that [`Mentions::data_sets`] gave.
    pub fn from_data_sets(room: &Arc<Room>, data_sets: DataSets) -> Self {
        let mut mentions = Self::within(room);
        mentions.data_sets = data_sets;
        mentions
    }

    fn map(&mut self, data_sets: impl Fn(u64) -> u64) {
        self.shards.iter_mut().for_each(|shard| shard.map(&data_sets));
        self.runs.iter_mut().for_each(|run| run.map(&data_sets));
    }

    /// Adds another part of the data.
    pub fn merge(&mut self, mut other: Self) {
        if other.is_empty() {
            return;
        }
        if self.is_empty() {
            std::mem::swap(self, &mut other);
            return;
        }
        let (mine, theirs) = self.data_sets.merge(&other.data_sets);
        self.map(|set| moved(set, &mine));
        other.map(|set| moved(set, &theirs));
        let (shards, runs) = (std::mem::take(&mut other.shards), std::mem::take(&mut other.runs));
        self.runs.extend(runs);
        let (few, n) = (shards.iter().map(Shard::len).sum::<usize>(), self.shards.len());
        if n == 0 {
            self.shards = shards;
        } else if few < PARALLEL_FROM {
            self.shards.iter_mut().zip(shards).for_each(|(mine, theirs)| mine.merge(theirs));
        } else {
            self.shards.par_iter_mut().zip(shards).for_each(|(mine, theirs)| mine.merge(theirs));
        }
        other.make_room();
        self.make_room();
    }

    /// Tells the room what is held, and writes it to disk where there is none left.
    fn make_room(&mut self) {
        let held = self.heap_bytes() as u64;
        self.room.change(self.held, held);
        self.held = held;
        let limit = self.room.limit();
        let must = self.room.used() > limit / 2 && held > limit / LEAST_RUN;
        if must {
            self.spill();
        }
    }

    /// Writes everything in memory to disk.
    fn spill(&mut self) {
        self.sort();
        match Run::write(&self.room, &self.shards) {
            Ok(run) => self.runs.push(run),
            Err(error) => self.room.fail(error),
        }
        self.shards = Vec::new();
        self.room.change(self.held, 0);
        self.held = 0;
    }

    /// Sorts everything in, so that nothing is there twice.
    fn sort(&mut self) {
        if self.shards.iter().map(Shard::len).sum::<usize>() < PARALLEL_FROM {
            self.shards.iter_mut().for_each(Shard::sort);
        } else {
            self.shards.par_iter_mut().for_each(Shard::sort);
        }
    }

    /// How many mentions are held, where one that came again may be counted again.
    pub fn len(&self) -> usize {
        self.shards.iter().map(Shard::len).sum::<usize>() + self.runs.iter().map(Run::len).sum::<usize>()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many keys the mentions have together, counted like [`Mentions::len`].
    pub(super) fn n_keys(&self) -> usize {
        self.shards.iter().map(Shard::n_keys).sum::<usize>() + self.runs.iter().map(Run::n_keys).sum::<usize>()
    }

    /// Bytes of memory held.
    pub fn heap_bytes(&self) -> usize {
        self.shards.iter().map(Shard::heap_bytes).sum::<usize>() + self.shards.capacity() * size_of::<Shard>()
    }

    /// Hands every mention to `visit` once, in an order that is the same however they came; the data sets that it is from
    /// are places in [`Mentions::data_sets`].
    pub fn for_each<E: From<CountError>>(&self, mut visit: impl FnMut(&[Key], Said) -> Result<(), E>) -> Result<(), E> {
        self.room.failure()?;
        (0..SHARDS).try_for_each(|at| self.for_each_of(at, &mut visit))
    }

    /// The mentions of one shard.
    pub(super) fn for_each_of<E: From<CountError>>(&self, at: usize, visit: Visit<'_, E>) -> Result<(), E> {
        run::for_each(&self.room, self.shards.get(at), &self.runs, at, visit)
    }

    /// Links and counts, by the rules that head this module. More can be added after it, and counted again.
    pub fn settle(&mut self) -> Result<Census, CountError> {
        self.sort();
        // Linking wants memory for every key; where that is not there, the keys themselves make room.
        let wanted = settle::bytes_wanted(self.n_keys());
        if self.heap_bytes() as u64 + wanted > self.room.limit() && !self.shards.is_empty() {
            self.spill();
        }
        self.room.failure()?;
        settle::settle(self, &self.room)
    }
}

impl Clone for Mentions {
    fn clone(&self) -> Self {
        self.room.change(0, self.held);
        Self {
            room: Arc::clone(&self.room),
            shards: self.shards.clone(),
            runs: self.runs.clone(),
            data_sets: self.data_sets.clone(),
            held: self.held,
        }
    }
}

impl Drop for Mentions {
    fn drop(&mut self) {
        self.room.change(self.held, 0);
    }
}

impl fmt::Debug for Mentions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mentions").field("len", &self.len()).finish_non_exhaustive()
    }
}
