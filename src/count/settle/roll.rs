//! Numbers every identifier, strongest kind first, so that the rest of the count works on small integers.

use std::borrow::Cow;
use std::ops::Range;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rayon::prelude::*;

use super::scratch::{Block, Desk, Growing, Scratch};
use crate::count::room::CountError;
use crate::count::store::{Mentions, SHARDS, Said};
use crate::count::telling;
use crate::count::words::KEY_WORDS;
use crate::model::{IdentifierKind, Key, Level};

pub(super) const KINDS: usize = IdentifierKind::ALL.len();

/// A piece has so many mentions: a thread takes a piece at a time.
const PIECE: usize = 1 << 15;

/// Few keys are numbered in parts of about so many.
const SLOT_KEYS: usize = 1 << 12;

/// Many keys are numbered in at least so many parts, so that the table of a part stays in a processor's cache.
const LEAST_SLOTS: usize = 64;

/// More parts than this would take more memory for their buffers than their tables save.
const MOST_SLOTS: usize = 4096;

/// What a table takes for a key.
const TABLE_BYTES: u64 = 48;

/// Keys of a slot are put away in portions of so many.
const PORTION: usize = 512;

/// The mentions with numbers in place of keys. Numbers are labels: which of two keys of one kind has the lower one
/// means nothing.
pub(super) struct Roll {
    /// Kind `k` has the numbers `starts[k]..starts[k + 1]`.
    starts: Vec<u32>,
    /// The mentions, in pieces.
    pub(super) pieces: Vec<Piece>,
    /// What was said, by number.
    pub(super) said: Vec<Said>,
}

/// Some of the mentions.
#[derive(Debug)]
pub(super) struct Piece {
    /// The numbers of all identifiers, mention by mention, those of the strongest kind first.
    pub(super) numbers: Block,
    /// Where each mention ends in them.
    pub(super) ends: Block,
    /// What the rows of each mention said, by number.
    pub(super) said: Block,
}

/// The ranges of the mentions in the numbers of a piece.
pub(super) fn mentions(ends: &[u32]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    ends.iter().map(move |&end| {
        let mention = start..end as usize;
        start = end as usize;
        mention
    })
}

impl Roll {
    /// Numbers the keys of all mentions. A name that stands beside something stronger is left out.
    pub(super) fn call(desk: &Desk<'_>, store: &Mentions) -> Result<Self, CountError> {
        let n_slots = n_slots(desk, store.n_keys());
        let kept = desk.scratch();
        let keys = desk.scratch();
        let mut shards: Vec<Scattered> = (0..SHARDS)
            .into_par_iter()
            .map(|at| scatter(store, at, n_slots, &kept, &keys))
            .collect::<Result<_, _>>()?;
        let numbers = desk.scratch();
        let slots = number(desk, &mut shards, n_slots, &numbers)?;
        let (starts, bases) = bases(&slots).ok_or(CountError::TooMany)?;
        let mut said = Vec::new();
        let firsts: Vec<u32> = shards
            .iter()
            .map(|shard| {
                said.extend_from_slice(&shard.said);
                (said.len() - shard.said.len()) as u32
            })
            .collect();
        let pieces: Vec<Vec<Piece>> = shards
            .into_par_iter()
            .zip(firsts)
            .enumerate()
            .map(|(at, (shard, first))| Numberer { desk, slots: &slots, bases: &bases, at }.pieces(shard, first))
            .collect::<Result<_, _>>()?;
        Ok(Self { starts, pieces: pieces.into_iter().flatten().collect(), said })
    }

    /// All numbers.
    pub(super) fn all(&self) -> Range<u32> {
        0..self.starts.last().copied().unwrap_or(0)
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

    /// What has the number.
    pub(super) fn said(&self, number: u32) -> Said {
        self.said.get(number as usize).copied().unwrap_or_default()
    }
}

/// Enough slots for a table of each thread to be small beside the room.
fn n_slots(desk: &Desk<'_>, n_keys: usize) -> usize {
    let at_a_time = desk.array_bytes() / rayon::current_num_threads().max(1) as u64;
    let wanted = (n_keys as u64 * TABLE_BYTES).div_ceil(at_a_time.max(1));
    let least = (n_keys / SLOT_KEYS).next_power_of_two().min(LEAST_SLOTS);
    usize::try_from(wanted).unwrap_or(MOST_SLOTS).next_power_of_two().clamp(least, MOST_SLOTS)
}

/// Bits that no hash table here uses to find a place.
const fn slot_of(key: Key, n_slots: usize) -> usize {
    (key.bits() >> 48) as usize % n_slots
}

/// The mentions of a shard with their keys laid into slots.
struct Scattered {
    /// In place of numbers, the slot of each key, and its kind above it.
    pieces: Vec<Piece>,
    slots: Vec<Vec<Block>>,
    said: Vec<Said>,
}

const KIND_SHIFT: u32 = 16;

fn scatter(
    store: &Mentions,
    at: usize,
    n_slots: usize,
    kept: &Scratch<'_>,
    keys: &Scratch<'_>,
) -> Result<Scattered, CountError> {
    // As many as a slot of the shard has on average, and some more.
    let n_each = store.n_keys() / (SHARDS * n_slots);
    let n_words = (n_each + n_each / 4 + 4).min(PORTION) * KEY_WORDS;
    let mut slots: Vec<Growing<'_>> =
        (0..n_slots).map(|_| Growing::new(keys, PORTION * KEY_WORDS).expecting(n_words)).collect();
    let mut known = hashbrown::HashMap::new();
    let (mut all, mut list, mut last) = (Vec::new(), Vec::new(), None);
    let (mut places, mut ends, mut said) = (Vec::new(), Vec::new(), Vec::new());
    let mut put = |places: &mut Vec<u32>, ends: &mut Vec<u32>, said: &mut Vec<u32>| -> Result<(), CountError> {
        let take = |words: &mut Vec<u32>| kept.put(std::mem::take(words));
        all.push(Piece { numbers: take(places)?, ends: take(ends)?, said: take(said)? });
        Ok(())
    };
    store.for_each_of(at, &mut |mention: &[Key], what| {
        for &key in telling(mention) {
            let slot = slot_of(key, n_slots);
            if let Some(list) = slots.get_mut(slot) {
                list.push(&key_words(key))?;
            }
            places.push(slot as u32 | (key.kind() as u32) << KIND_SHIFT);
        }
        ends.push(places.len() as u32);
        // Nearly always what was said of the mention before.
        if last.is_none_or(|(known, _)| known != what) {
            let number = *known.entry(what).or_insert_with(|| {
                list.push(what);
                (list.len() - 1) as u32
            });
            last = Some((what, number));
        }
        said.extend(last.map(|(_, number)| number));
        if ends.len() == PIECE { put(&mut places, &mut ends, &mut said) } else { Ok(()) }
    })?;
    if !ends.is_empty() {
        put(&mut places, &mut ends, &mut said)?;
    }
    let slots = slots.into_iter().map(Growing::finish).collect::<Result<_, _>>()?;
    Ok(Scattered { pieces: all, slots, said: list })
}

fn key_words(key: Key) -> [u32; KEY_WORDS] {
    let mut words = [0; KEY_WORDS];
    for (word, bytes) in words.iter_mut().zip(key.to_bytes().as_chunks::<4>().0) {
        *word = u32::from_be_bytes(*bytes);
    }
    words
}

fn key_of(words: [u32; KEY_WORDS]) -> Option<Key> {
    let mut bytes = [0; 16];
    for (bytes, word) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(words) {
        *bytes = word.to_be_bytes();
    }
    Key::from_bytes(bytes)
}

/// The keys of one slot, numbered from 0 in each kind.
struct Slot {
    n_by_kind: [u32; KINDS],
    /// The numbers of the slot's keys in each shard, in the order of the shard.
    numbers: Vec<Vec<Block>>,
}

fn number(
    desk: &Desk<'_>,
    shards: &mut [Scattered],
    n_slots: usize,
    scratch: &Scratch<'_>,
) -> Result<Vec<Slot>, CountError> {
    let mut by_slot: Vec<Vec<Vec<Block>>> = (0..n_slots).map(|_| Vec::with_capacity(shards.len())).collect();
    for shard in shards {
        for (slot, blocks) in by_slot.iter_mut().zip(std::mem::take(&mut shard.slots)) {
            slot.push(blocks);
        }
    }
    by_slot
        .into_par_iter()
        .map(|shards| {
            let n_words: usize = shards.iter().flatten().map(Block::len).sum();
            let mut table = Numbering::for_keys(n_words / KEY_WORDS);
            let mut numbers = Vec::with_capacity(shards.len());
            for blocks in shards {
                let mut numbered = Vec::with_capacity(blocks.len());
                for block in blocks {
                    let keys = block.get(desk)?;
                    let keys = keys.as_chunks::<KEY_WORDS>().0.iter().filter_map(|words| key_of(*words));
                    numbered.push(scratch.put(keys.map(|key| table.number(key)).collect())?);
                }
                numbers.push(numbered);
            }
            Ok(Slot { n_by_kind: table.n_by_kind, numbers })
        })
        .collect()
}

struct Numbering {
    table: HashTable<(Key, u32)>,
    n_by_kind: [u32; KINDS],
}

impl Numbering {
    /// No numbers yet, with room for so many keys.
    fn for_keys(n: usize) -> Self {
        Self { table: HashTable::with_capacity(n), n_by_kind: [0; KINDS] }
    }

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

/// Where the kinds start, and in each slot where the numbers of each kind start; `None` where 32 bits do not do.
fn bases(slots: &[Slot]) -> Option<(Vec<u32>, Vec<[u32; KINDS]>)> {
    /// The words that stand for no number.
    const RESERVED: u32 = 1 << 8;
    let mut bases = vec![[0; KINDS]; slots.len()];
    let mut starts = Vec::with_capacity(KINDS + 1);
    let mut next = 0_u32;
    for kind in 0..KINDS {
        starts.push(next);
        for (slot, base) in slots.iter().zip(&mut bases) {
            if let (Some(base), Some(n)) = (base.get_mut(kind), slot.n_by_kind.get(kind)) {
                *base = next;
                next = next.checked_add(*n).filter(|next| *next < u32::MAX - RESERVED)?;
            }
        }
    }
    starts.push(next);
    Some((starts, bases))
}

/// Puts numbers in place of slots.
struct Numberer<'a> {
    desk: &'a Desk<'a>,
    slots: &'a [Slot],
    bases: &'a [[u32; KINDS]],
    /// The shard.
    at: usize,
}

/// The numbers of a slot in the order in which [`scatter`] met the keys.
struct Queue<'a> {
    blocks: std::slice::Iter<'a, Block>,
    words: Cow<'a, [u32]>,
    at: usize,
}

impl Queue<'_> {
    fn next(&mut self, desk: &Desk<'_>) -> Result<u32, CountError> {
        while self.at >= self.words.len() {
            let Some(block) = self.blocks.next() else { return Ok(0) };
            self.words = block.get(desk)?;
            self.at = 0;
        }
        let word = self.words.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        Ok(word)
    }
}

impl Numberer<'_> {
    /// The pieces of the shard; `first` is the number of what was said first in it.
    fn pieces(&self, shard: Scattered, first: u32) -> Result<Vec<Piece>, CountError> {
        let mut queues: Vec<Queue<'_>> = self
            .slots
            .iter()
            .map(|slot| {
                let blocks = slot.numbers.get(self.at).map_or(&[][..], Vec::as_slice).iter();
                Queue { blocks, words: Cow::Borrowed(&[]), at: 0 }
            })
            .collect();
        let mut pieces = shard.pieces;
        for piece in &mut pieces {
            let mut failed = Ok(());
            piece.numbers.change(self.desk, |words| {
                for word in words {
                    match self.number(*word, &mut queues) {
                        Ok(number) => *word = number,
                        Err(error) => failed = Err(error),
                    }
                }
            })?;
            failed?;
            piece.said.change(self.desk, |said| said.iter_mut().for_each(|said| *said += first))?;
        }
        Ok(pieces)
    }

    fn number(&self, place: u32, queues: &mut [Queue<'_>]) -> Result<u32, CountError> {
        let (slot, kind) = (place as usize & ((1 << KIND_SHIFT) - 1), place >> KIND_SHIFT);
        let within_kind = queues.get_mut(slot).map_or(Ok(0), |queue| queue.next(self.desk))?;
        let base = self.bases.get(slot).and_then(|base| base.get(kind as usize)).copied().unwrap_or(0);
        Ok(base + within_kind)
    }
}
