//! The set of distinct mentions.

use std::fmt;

use rayon::prelude::*;

use super::shard::Shard;
use super::{Census, bounds, link, roll};
use crate::model::{ClassSet, IdentifierKind, Key, MentionBatch};

/// Shards are cut by the leading bits of the strongest key, so that two stores merge shard by shard in parallel, and
/// sorted shards laid end to end, kind by kind, are sorted.
const SHARD_BITS: u32 = 6;

/// With fewer mentions than this in the smaller store, waking other threads costs more than they save.
const PARALLEL_FROM: usize = 1 << 15;

/// The set of distinct mentions of a part of the data: tuples of keys, each with the union of what its rows said.
///
/// [`Mentions::insert`] and [`Mentions::merge`] are set unions: commutative, associative, and adding what is there
/// already changes nothing.
///
/// Limits: 4 billion distinct identifiers in one [`Mentions::settle`].
#[derive(Clone, Default)]
pub struct Mentions {
    /// None, or one for each value of the leading bits.
    shards: Vec<Shard>,
}

impl Mentions {
    /// Adds the mentions of a batch.
    pub fn insert(&mut self, batch: &MentionBatch) {
        if batch.is_empty() {
            return;
        }
        self.shards.resize_with(1 << SHARD_BITS, Shard::default);
        for (keys, classes) in batch.iter() {
            let shard = keys.first().and_then(|key| self.shards.get_mut(key.leading_bits(SHARD_BITS) as usize));
            if let Some(shard) = shard {
                shard.insert(keys, classes);
            }
        }
    }

    /// Adds another part of the data.
    pub fn merge(&mut self, other: Self) {
        if other.shards.is_empty() {
            return;
        }
        if self.shards.is_empty() {
            *self = other;
            return;
        }
        if self.len().min(other.len()) < PARALLEL_FROM {
            self.shards.iter_mut().zip(other.shards).for_each(|(mine, theirs)| mine.merge(theirs));
        } else {
            self.shards.par_iter_mut().zip(other.shards).for_each(|(mine, theirs)| mine.merge(theirs));
        }
    }

    /// How many distinct mentions there are.
    pub fn len(&self) -> usize {
        self.shards.iter().map(Shard::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of memory held.
    pub fn heap_bytes(&self) -> usize {
        self.shards.iter().map(Shard::heap_bytes).sum::<usize>() + self.shards.capacity() * size_of::<Shard>()
    }

    /// All mentions in the order of their keys, whatever order they came in.
    pub fn sorted(&self) -> impl Iterator<Item = (&[Key], ClassSet)> {
        let shards: Vec<_> = self.shards.par_iter().map(Shard::sorted).collect();
        let mut next = vec![0; shards.len()];
        // One run for each kind of each shard; end to end they are in order, because the leading bits chose the shard.
        let mut runs = Vec::new();
        for &kind in IdentifierKind::ALL {
            for (shard, (mentions, next)) in shards.iter().zip(&mut next).enumerate() {
                let rest = mentions.get(*next..).unwrap_or_default();
                let end = *next + rest.partition_point(|(keys, _)| keys.first().is_some_and(|key| key.kind() <= kind));
                runs.push((shard, *next..end));
                *next = end;
            }
        }
        runs.into_iter().flat_map(move |(shard, run)| {
            shards.get(shard).and_then(|mentions| mentions.get(run)).map(<[_]>::to_vec).unwrap_or_default()
        })
    }

    /// Links and counts, by the rules that head this module.
    pub fn settle(&self) -> Census {
        let roll = roll::Roll::call(&self.shards);
        let persons = link::Persons::link(&roll);
        bounds::census(&roll, &persons)
    }
}

impl fmt::Debug for Mentions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mentions").field("len", &self.len()).finish_non_exhaustive()
    }
}
