//! The mentions of one shard that have the same number of keys: most of them sorted, the latest in a hash table.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::SHARD_BITS;
use super::said::SaidTable;
use crate::model::{IdentifierKind, Key};

/// A table keeps at least so many mentions unsorted.
const LEAST_RECENT: usize = 512;

/// Of what is sorted, so much may be there unsorted: sorting it in moves each mention some eight times in all.
const RECENT_SHARE: usize = 8;

/// So many mentions stand between two fences, about.
const BETWEEN_FENCES: usize = 4;

/// Distinct mentions of `width` keys each: 16 bytes a key and 4 a mention, and an eighth of them in a hash table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) width: usize,
    /// The keys of all sorted mentions, end to end.
    keys: Vec<Key>,
    /// What was said of each, by number.
    said: Vec<u32>,
    /// Where they stand, by the kind of their first key.
    fences: Vec<Fences>,
    recent: Recent,
}

/// Where the mentions are whose first key is of a kind and begins with the same bits.
#[derive(Clone, Debug)]
struct Fences {
    kind: IdentifierKind,
    /// How many bits tell them apart.
    bits: u32,
    /// Where those with each value of these bits begin, and at last where all end.
    starts: Vec<u32>,
}

impl Fences {
    fn new<'k>(kind: IdentifierKind, start: usize, length: usize, firsts: impl Iterator<Item = &'k Key>) -> Self {
        let bits = (length / BETWEEN_FENCES).checked_ilog2().unwrap_or(0);
        let mut fences = Self { kind, bits, starts: Vec::with_capacity((1 << bits) + 1) };
        for (at, key) in firsts.enumerate() {
            while fences.starts.len() <= fences.part(*key) {
                fences.starts.push((start + at) as u32);
            }
        }
        fences.starts.resize((1 << bits) + 1, (start + length) as u32);
        fences
    }

    /// The bits of a key that tell parts apart: those behind the ones that are the same in a shard.
    fn part(&self, key: Key) -> usize {
        let within_shard = key.leading_bits(SHARD_BITS + self.bits);
        within_shard as usize & ((1 << self.bits) - 1)
    }

    /// The places at which a mention with this first key may be.
    fn range(&self, key: Key) -> std::ops::Range<usize> {
        let part = self.part(key);
        let at = |part: usize| self.starts.get(part).copied().unwrap_or(0) as usize;
        at(part)..at(part + 1)
    }
}

#[derive(Clone, Debug, Default)]
struct Recent {
    keys: Vec<Key>,
    said: Vec<u32>,
    index: HashTable<u32>,
}

impl Table {
    /// None yet.
    pub(super) fn new(width: usize) -> Self {
        Self { width, keys: Vec::new(), said: Vec::new(), fences: Vec::new(), recent: Recent::default() }
    }

    /// Adds a mention of `width` keys.
    pub(super) fn insert(&mut self, keys: &[Key], said: u32, known: &mut SaidTable) {
        if let Some(mine) = self.find(keys).and_then(|at| self.said.get_mut(at)) {
            *mine = known.union(*mine, said);
            return;
        }
        let width = self.width;
        let recent = &mut self.recent;
        let of = |at: u32| recent.keys.get(at as usize * width..(at as usize + 1) * width).unwrap_or_default();
        match recent.index.entry(hash(keys), |at| of(*at) == keys, |at| hash(of(*at))) {
            Entry::Occupied(at) => {
                if let Some(mine) = recent.said.get_mut(*at.get() as usize) {
                    *mine = known.union(*mine, said);
                }
                return;
            }
            Entry::Vacant(place) => {
                place.insert(recent.said.len() as u32);
            }
        }
        recent.keys.extend_from_slice(keys);
        recent.said.push(said);
        if recent.said.len() >= LEAST_RECENT.max(self.said.len() / RECENT_SHARE) {
            self.sort(known);
        }
    }

    /// The place of a mention among the sorted.
    fn find(&self, keys: &[Key]) -> Option<usize> {
        let key = *keys.first()?;
        let fences = self.fences.iter().find(|fences| fences.kind == key.kind())?;
        fences.range(key).find(|at| self.of(*at) == keys)
    }

    /// The keys of the sorted mention at a place.
    fn of(&self, at: usize) -> &[Key] {
        self.keys.get(at * self.width..(at + 1) * self.width).unwrap_or_default()
    }

    /// Sorts in what is not yet sorted.
    pub(super) fn sort(&mut self, known: &mut SaidTable) {
        if !self.recent.said.is_empty() {
            let (keys, said) = self.recent();
            self.recent = Recent::default();
            let n = said.len();
            self.merge_sorted(keys.chunks_exact(self.width.max(1)).zip(said), n, known);
        }
    }

    /// What is not yet sorted in, in order: its keys, and what was said.
    pub(super) fn recent(&self) -> (Vec<Key>, Vec<u32>) {
        let Recent { keys, said, .. } = &self.recent;
        let of = |at: u32| keys.get(at as usize * self.width..(at as usize + 1) * self.width).unwrap_or_default();
        // The first keys beside their places: nearly every comparison ends with them.
        let first = |at: u32| of(at).first().copied();
        let mut order: Vec<(Option<Key>, u32)> = (0..said.len() as u32).map(|at| (first(at), at)).collect();
        order.sort_unstable_by(|one, other| one.0.cmp(&other.0).then_with(|| of(one.1).cmp(of(other.1))));
        let said = order.iter().map(|(_, at)| said.get(*at as usize).copied().unwrap_or(0)).collect();
        (order.into_iter().flat_map(|(_, at)| of(at)).copied().collect(), said)
    }

    /// Adds another table of the same width, whose numbers mean what `theirs` says.
    pub(super) fn merge(&mut self, mut other: Self, theirs: &mut SaidTable, known: &mut SaidTable) {
        other.sort(theirs);
        self.sort(known);
        let same: Vec<u32> = theirs.list().iter().map(|said| known.number(*said)).collect();
        let n = other.said.len();
        let sorted = other.sorted().map(|(keys, said)| (keys, same.get(said as usize).copied().unwrap_or(0)));
        self.merge_sorted(sorted, n, known);
    }

    fn merge_sorted<'k>(
        &mut self,
        others: impl Iterator<Item = (&'k [Key], u32)>,
        n_others: usize,
        known: &mut SaidTable,
    ) {
        let (keys, said) = (std::mem::take(&mut self.keys), std::mem::take(&mut self.said));
        self.keys.reserve_exact(keys.len() + n_others * self.width);
        self.said.reserve_exact(said.len() + n_others);
        let mut mine = keys.chunks_exact(self.width.max(1)).zip(said).peekable();
        for (other, other_said) in others {
            while let Some((before, said)) = mine.next_if(|(before, _)| *before < other) {
                self.push(before, said);
            }
            let said = mine.next_if(|(same, _)| *same == other).map_or(other_said, |(_, s)| known.union(s, other_said));
            self.push(other, said);
        }
        for (rest, said) in mine {
            self.push(rest, said);
        }
        self.fence();
        // What was there twice left room that is not needed.
        if self.said.capacity() > self.said.len() + self.said.len() / 4 {
            self.keys.shrink_to_fit();
            self.said.shrink_to_fit();
        }
    }

    /// Notes where the sorted mentions stand.
    fn fence(&mut self) {
        self.fences.clear();
        let firsts = || self.keys.iter().step_by(self.width.max(1));
        let mut start = 0;
        while let Some(kind) = firsts().nth(start).map(|key| key.kind()) {
            let length = firsts().skip(start).take_while(|key| key.kind() == kind).count();
            let firsts = firsts().skip(start).take(length);
            self.fences.push(Fences::new(kind, start, length, firsts));
            start += length;
        }
    }

    fn push(&mut self, keys: &[Key], said: u32) {
        self.keys.extend_from_slice(keys);
        self.said.push(said);
    }

    /// The sorted mentions.
    pub(super) fn sorted(&self) -> impl Iterator<Item = (&[Key], u32)> {
        self.keys.chunks_exact(self.width.max(1)).zip(self.said.iter().copied())
    }

    /// How many mentions are sorted.
    pub(super) fn n_sorted(&self) -> usize {
        self.said.len()
    }

    /// The keys and what was said from a place in the order on, at most `n` mentions.
    pub(super) fn from(&self, at: usize, n: usize) -> (&[Key], &[u32]) {
        let end = (at + n).min(self.said.len());
        (
            self.keys.get(at * self.width..end * self.width).unwrap_or_default(),
            self.said.get(at..end).unwrap_or_default(),
        )
    }

    /// Mentions, some of which may be counted twice before they are sorted in.
    pub(super) fn len(&self) -> usize {
        self.said.len() + self.recent.said.len()
    }

    /// Bytes taken from the allocator.
    pub(super) fn heap_bytes(&self) -> usize {
        (self.keys.capacity() + self.recent.keys.capacity()) * size_of::<Key>()
            + (self.said.capacity() + self.recent.said.capacity()) * size_of::<u32>()
            + self.recent.index.allocation_size()
            + self.fences.iter().map(|fences| fences.starts.capacity() * size_of::<u32>()).sum::<usize>()
    }
}

/// Uniform because the keys are; the rotation makes keys of one mention not cancel.
fn hash(keys: &[Key]) -> u64 {
    keys.iter().fold(0, |hash: u64, key| hash.rotate_left(23) ^ key.bits())
}
