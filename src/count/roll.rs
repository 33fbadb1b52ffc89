//! Numbers every identifier, strongest kind first, so that the rest of the count works on small integers.

use std::ops::Range;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rayon::prelude::*;

use super::shard::Shard;
use crate::model::{ClassSet, IdentifierKind, Key, Level};

/// Keys are numbered in this many parts, so that the table of a part stays in a processor's cache.
const PARTS: usize = 64;

/// The parts are worked on in this many rounds, so that only a share of the keys is copied at a time.
const ROUNDS: usize = 4;

const SLOTS: usize = PARTS * ROUNDS;
const KINDS: usize = IdentifierKind::ALL.len();

/// The mentions with numbers in place of keys. Numbers are labels: which of two keys of one kind has the lower one
/// means nothing.
pub(super) struct Roll {
    /// Kind `k` has the numbers `starts[k]..starts[k + 1]`.
    starts: Vec<u32>,
    /// The mentions, in pieces of one shard each.
    pub(super) chunks: Vec<Chunk>,
}

/// Some of the mentions.
#[derive(Default)]
pub(super) struct Chunk {
    numbers: Vec<u32>,
    ends: Vec<u32>,
    classes: Vec<ClassSet>,
}

impl Chunk {
    /// The mentions: numbers, those of the strongest kind first, and what the rows said.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[u32], ClassSet)> {
        let mut start = 0;
        self.ends.iter().zip(&self.classes).map(move |(&end, &classes)| {
            let numbers = self.numbers.get(start..end as usize).unwrap_or_default();
            start = end as usize;
            (numbers, classes)
        })
    }

    /// Adds a mention.
    pub(super) fn push(&mut self, numbers: &[u32], classes: ClassSet) {
        self.numbers.extend_from_slice(numbers);
        self.ends.push(self.numbers.len() as u32);
        self.classes.push(classes);
    }
}

impl Roll {
    /// Numbers the keys of all mentions. A name that stands beside something stronger is left out.
    pub(super) fn call(shards: &[Shard]) -> Self {
        let shards: Vec<_> = shards.iter().filter(|shard| shard.len() > 0).collect();
        let slots: Vec<Slot> = (0..ROUNDS).flat_map(|round| number_round(&shards, round)).collect();
        let (starts, bases) = bases(&slots);
        let chunks = shards.par_iter().enumerate().map(|(at, shard)| chunk(shard, at, &slots, &bases)).collect();
        Self { starts, chunks }
    }

    /// How many identifiers there are.
    pub(super) fn len(&self) -> u32 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// The numbers of a kind.
    pub(super) fn of_kind(&self, kind: IdentifierKind) -> Range<u32> {
        let start = |at: usize| self.starts.get(at).copied().unwrap_or(0);
        start(kind as usize)..start(kind as usize + 1)
    }

    /// The numbers of all kinds of a level.
    pub(super) fn of_level(&self, level: Level) -> Range<u32> {
        let start = |first: usize| self.starts.get(first).copied().unwrap_or(0);
        let kinds = IdentifierKind::ALL;
        start(kinds.partition_point(|kind| kind.level() < level))
            ..start(kinds.partition_point(|kind| kind.level() <= level))
    }

    /// The kind of identifier that has this number.
    pub(super) fn kind(&self, number: u32) -> IdentifierKind {
        let at = self.starts.partition_point(|start| *start <= number);
        at.checked_sub(1).and_then(|at| IdentifierKind::ALL.get(at)).copied().unwrap_or(IdentifierKind::Name)
    }

    /// Runs `visit` on every mention, on all threads.
    pub(super) fn for_each(&self, visit: impl Fn(&[u32], ClassSet) + Sync + Send) {
        self.chunks.par_iter().for_each(|chunk| chunk.iter().for_each(|(numbers, classes)| visit(numbers, classes)));
    }
}

/// The part of `numbers`, which are sorted by kind, that lies in `range`.
pub(super) fn within<'a>(numbers: &'a [u32], range: &Range<u32>) -> &'a [u32] {
    let start = numbers.iter().position(|number| *number >= range.start).unwrap_or(numbers.len());
    let rest = numbers.get(start..).unwrap_or_default();
    let len = rest.iter().position(|number| *number >= range.end).unwrap_or(rest.len());
    rest.get(..len).unwrap_or_default()
}

/// The keys that count: names only where there is nothing else.
fn telling(keys: &[Key]) -> &[Key] {
    let nameless = keys.partition_point(|key| key.kind().level() < Level::Name);
    keys.get(..nameless).filter(|stronger| !stronger.is_empty()).unwrap_or(keys)
}

/// The keys of one slot, numbered from 0 in each kind.
struct Slot {
    n_by_kind: [u32; KINDS],
    /// The numbers of the slot's keys in each shard, in the order of the shard.
    numbers: Vec<Vec<u32>>,
}

/// Bits that no hash table here uses to find a place.
const fn slot_of(key: Key) -> usize {
    (key.bits() >> 48) as usize % SLOTS
}

fn number_round(shards: &[&Shard], round: usize) -> Vec<Slot> {
    let scattered: Vec<_> = shards.par_iter().map(|shard| scatter(shard, round)).collect();
    (0..PARTS)
        .into_par_iter()
        .map(|part| {
            let mut table = Numbering::default();
            let lists = scattered.iter().map(|parts| parts.get(part).map_or(&[][..], Vec::as_slice));
            let numbers = lists.map(|keys| keys.iter().map(|key| table.number(*key)).collect()).collect();
            Slot { n_by_kind: table.n_by_kind, numbers }
        })
        .collect()
}

fn scatter(shard: &Shard, round: usize) -> Vec<Vec<Key>> {
    let mut parts = vec![Vec::new(); PARTS];
    for (keys, _) in shard.iter() {
        for &key in telling(keys) {
            let slot = slot_of(key);
            if slot / PARTS == round
                && let Some(part) = parts.get_mut(slot % PARTS)
            {
                part.push(key);
            }
        }
    }
    parts
}

#[derive(Default)]
struct Numbering {
    table: HashTable<(Key, u32)>,
    n_by_kind: [u32; KINDS],
}

impl Numbering {
    fn number(&mut self, key: Key) -> u32 {
        match self.table.entry(key.bits(), |(known, _)| *known == key, |(known, _)| known.bits()) {
            Entry::Occupied(known) => known.get().1,
            Entry::Vacant(place) => {
                let Some(n) = self.n_by_kind.get_mut(key.kind() as usize) else { return 0 };
                let number = *n;
                *n += 1;
                place.insert((key, number));
                number
            }
        }
    }
}

/// Where the kinds start, and in each slot where the numbers of each kind start.
fn bases(slots: &[Slot]) -> (Vec<u32>, Vec<[u32; KINDS]>) {
    let mut bases = vec![[0; KINDS]; slots.len()];
    let mut starts = Vec::with_capacity(KINDS + 1);
    let mut next = 0;
    for kind in 0..KINDS {
        starts.push(next);
        for (slot, base) in slots.iter().zip(&mut bases) {
            if let (Some(base), Some(n)) = (base.get_mut(kind), slot.n_by_kind.get(kind)) {
                *base = next;
                next += n;
            }
        }
    }
    starts.push(next);
    (starts, bases)
}

/// The mentions of a shard with their numbers, which lie in each slot in the order in which [`scatter`] met the keys.
fn chunk(shard: &Shard, at: usize, slots: &[Slot], bases: &[[u32; KINDS]]) -> Chunk {
    let mut lists: Vec<_> =
        slots.iter().map(|slot| slot.numbers.get(at).map_or(&[][..], Vec::as_slice).iter()).collect();
    let mut chunk = Chunk::default();
    chunk.ends.reserve_exact(shard.len());
    chunk.classes.reserve_exact(shard.len());
    chunk.numbers.reserve_exact(lists.iter().map(ExactSizeIterator::len).sum());
    for (keys, classes) in shard.iter() {
        for &key in telling(keys) {
            let slot = slot_of(key);
            let within_kind = lists.get_mut(slot).and_then(Iterator::next).copied().unwrap_or(0);
            let base = bases.get(slot).and_then(|base| base.get(key.kind() as usize)).copied().unwrap_or(0);
            chunk.numbers.push(base + within_kind);
        }
        chunk.ends.push(chunk.numbers.len() as u32);
        chunk.classes.push(classes);
    }
    chunk
}
