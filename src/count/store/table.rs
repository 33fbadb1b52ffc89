//! The mentions of one shard that have the same number of keys: most of them sorted, the latest as they came.

use super::said::SaidTable;
use crate::model::Key;

/// A table keeps at least so many mentions unsorted.
const LEAST_RECENT: usize = 128;

/// Of what is sorted, so much may be there unsorted: sorting it in moves each mention some eight times in all, one after
/// the other, where looking each up would wait for memory.
const RECENT_SHARE: usize = 8;

/// Distinct mentions of `width` keys each: 16 bytes a key and 4 a mention.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) width: usize,
    /// The keys of all sorted mentions, end to end.
    keys: Vec<Key>,
    /// What was said of each, by number.
    said: Vec<u32>,
    recent: Recent,
}

/// Mentions as they came, some of them more than once.
#[derive(Clone, Debug, Default)]
struct Recent {
    keys: Vec<Key>,
    said: Vec<u32>,
}

impl Table {
    /// None yet.
    pub(super) fn new(width: usize) -> Self {
        Self { width, keys: Vec::new(), said: Vec::new(), recent: Recent::default() }
    }

    /// Adds a mention of `width` keys.
    pub(super) fn insert(&mut self, keys: &[Key], said: u32, known: &mut SaidTable) {
        let recent = &mut self.recent;
        // Rows that speak of one person often stand together.
        if let Some(last) = recent.said.last_mut().filter(|_| recent.keys.ends_with(keys)) {
            *last = known.union(*last, said);
            return;
        }
        recent.keys.extend_from_slice(keys);
        recent.said.push(said);
        if self.recent.said.len() >= self.recent_at_most() {
            self.sort(known);
        }
    }

    /// Sorts in what is not yet sorted.
    pub(super) fn sort(&mut self, known: &mut SaidTable) {
        if !self.recent.said.is_empty() {
            let (keys, said) = self.recent();
            let n = said.len();
            self.merge_sorted(keys.chunks_exact(self.width.max(1)).zip(said), n, known);
            // With room for as many as there may be, and no more: growing by doubling would take twice that.
            let most = self.recent_at_most();
            self.recent = Recent { keys: Vec::with_capacity(most * self.width), said: Vec::with_capacity(most) };
        }
    }

    /// So many mentions may be unsorted.
    fn recent_at_most(&self) -> usize {
        LEAST_RECENT.max(self.said.len() / RECENT_SHARE)
    }

    /// What is not yet sorted in, in order: its keys, and what was said. One may be there more than once.
    pub(super) fn recent(&self) -> (Vec<Key>, Vec<u32>) {
        let Recent { keys, said } = &self.recent;
        let of = |at: u32| keys.get(at as usize * self.width..(at as usize + 1) * self.width).unwrap_or_default();
        // The beginnings of the first keys beside their places: nearly every comparison ends with them.
        let firsts = keys.iter().step_by(self.width.max(1)).map(|key| key.first_half());
        let mut order: Vec<(u64, u32)> = firsts.zip(0..).collect();
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
        let mut others = others.peekable();
        while let Some((other, mut other_said)) = others.next() {
            while let Some((_, said)) = others.next_if(|(same, _)| *same == other) {
                other_said = known.union(other_said, said);
            }
            while let Some((before, said)) = mine.next_if(|(before, _)| *before < other) {
                self.push(before, said);
            }
            let said = mine.next_if(|(same, _)| *same == other).map_or(other_said, |(_, s)| known.union(s, other_said));
            self.push(other, said);
        }
        for (rest, said) in mine {
            self.push(rest, said);
        }
        // What was there twice left room that is not needed.
        if self.said.capacity() > self.said.len() + self.said.len() / 4 {
            self.keys.shrink_to_fit();
            self.said.shrink_to_fit();
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
    }
}
