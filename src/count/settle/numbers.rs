//! Arrays with one value for each identifier number of a range, written by many threads at once.
//!
//! Every operation only ever moves a value up a semilattice (`SEVERAL` above a person above `NOBODY`; a set of bits
//! above its parts; a smaller root above a larger one), so the values at the end do not depend on who came first.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

use rayon::prelude::*;

use super::scratch::{Block, Desk, Scratch};
use crate::count::room::CountError;

/// No person has been seen.
pub(super) const NOBODY: u32 = u32::MAX;

/// More than one person has been seen.
pub(super) const SEVERAL: u32 = u32::MAX - 1;

/// The one person of two observations.
pub(super) const fn join(one: u32, other: u32) -> u32 {
    if one == NOBODY || one == other {
        other
    } else if other == NOBODY {
        one
    } else {
        SEVERAL
    }
}

/// Runs `visit` on every number of `range`, on all threads.
pub(super) fn for_each(range: Range<u32>, visit: impl Fn(u32) + Sync + Send) {
    range.into_par_iter().with_min_len(1 << 13).for_each(visit);
}

/// An array of what `value` has for each number of a range, made on all threads: new memory is slow to touch.
fn array<T: Send>(range: Range<u32>, value: impl Fn(u32) -> T + Sync + Send) -> Vec<T> {
    range.into_par_iter().with_min_len(1 << 14).map(value).collect()
}

/// `range` in parts of which an array with `bytes` for each number fits the desk.
pub(super) fn parts(desk: &Desk<'_>, range: &Range<u32>, bytes: u64) -> Vec<Range<u32>> {
    let most = usize::try_from(desk.array_bytes() / bytes).unwrap_or(usize::MAX).max(1);
    let n = range.len().div_ceil(most).max(1);
    let step = (range.len().div_ceil(n) as u32).max(1);
    range.clone().step_by(step as usize).map(|start| start..start.saturating_add(step).min(range.end)).collect()
}

/// A 32-bit value for each number of a range.
pub(super) struct Words {
    range: Range<u32>,
    words: Vec<AtomicU32>,
}

impl Words {
    /// The same value for every number in `range`.
    pub(super) fn new(range: Range<u32>, value: u32) -> Self {
        Self { words: array(range.clone(), |_| AtomicU32::new(value)), range }
    }

    /// Each number its own.
    pub(super) fn own(range: Range<u32>) -> Self {
        Self { words: array(range.clone(), AtomicU32::new), range }
    }

    /// The words of some of the numbers.
    fn of(&self, range: &Range<u32>) -> &[AtomicU32] {
        let place = |number: u32| number.wrapping_sub(self.range.start) as usize;
        self.words.get(place(range.start)..place(range.end)).unwrap_or_default()
    }

    fn word(&self, number: u32) -> Option<&AtomicU32> {
        self.words.get(number.wrapping_sub(self.range.start) as usize)
    }

    /// The value; that of a number outside of the range is `NOBODY`.
    pub(super) fn get(&self, number: u32) -> u32 {
        self.word(number).map_or(NOBODY, |word| word.load(Relaxed))
    }

    /// Adds an observation of a person.
    pub(super) fn join(&self, number: u32, person: u32) {
        if let Some(word) = self.word(number) {
            let step = |known| Some(join(known, person)).filter(|joined| *joined != known);
            // `Err` is that there was nothing to change.
            let _ = word.fetch_update(Relaxed, Relaxed, step);
        }
    }

    /// Adds bits.
    pub(super) fn add(&self, number: u32, bits: u32) {
        if let Some(word) = self.word(number).filter(|word| word.load(Relaxed) & bits != bits) {
            word.fetch_or(bits, Relaxed);
        }
    }

    /// Lowers the value.
    pub(super) fn least(&self, number: u32, value: u32) {
        if let Some(word) = self.word(number).filter(|word| word.load(Relaxed) > value) {
            word.fetch_min(value, Relaxed);
        }
    }

    /// The root of the number's group, where values are parents and a root is its own.
    pub(super) fn root(&self, mut number: u32) -> u32 {
        loop {
            let parent = self.get(number);
            if parent >= number {
                return number;
            }
            let above = self.get(parent);
            if above < parent
                && let Some(word) = self.word(number)
            {
                // Losing the race is harmless: somebody else has shortened the path.
                let _ = word.compare_exchange(parent, above, Relaxed, Relaxed);
            }
            number = parent;
        }
    }

    /// Makes one group of two; its root is the least number in it.
    pub(super) fn unite(&self, one: u32, other: u32) {
        let (mut one, mut other) = (self.root(one), self.root(other));
        while one != other {
            let (low, high) = (one.min(other), one.max(other));
            let Some(word) = self.word(high) else { return };
            if word.compare_exchange(high, low, Relaxed, Relaxed).is_ok() {
                return;
            }
            (one, other) = (self.root(low), self.root(high));
        }
    }
}

/// A set of 64 for each number of a range.
pub(super) struct Sets {
    start: u32,
    words: Vec<AtomicU64>,
}

impl Sets {
    /// The empty set for every number in `range`.
    pub(super) fn new(range: Range<u32>) -> Self {
        Self { start: range.start, words: array(range, |_| AtomicU64::new(0)) }
    }

    /// The set.
    pub(super) fn get(&self, number: u32) -> u64 {
        self.words.get(number.wrapping_sub(self.start) as usize).map_or(0, |word| word.load(Relaxed))
    }

    /// Adds to the set; nothing where the number is outside of the range.
    pub(super) fn add(&self, number: u32, bits: u64) {
        let word = self.words.get(number.wrapping_sub(self.start) as usize);
        if let Some(word) = word.filter(|word| word.load(Relaxed) & bits != bits) {
            word.fetch_or(bits, Relaxed);
        }
    }
}

/// A column is put away in blocks of so many words.
const BLOCK: usize = 1 << 16;

/// A value for each number of a range, put away.
#[derive(Debug)]
pub(super) struct Column {
    range: Range<u32>,
    /// Blocks of [`BLOCK`] values, the last of each part shorter, with the number that each begins with.
    blocks: Vec<(u32, Block)>,
}

impl Column {
    /// A column of no numbers, beginning at `start`.
    pub(super) fn new(start: u32) -> Self {
        Self { range: start..start, blocks: Vec::new() }
    }

    /// The numbers that have a value.
    pub(super) fn range(&self) -> Range<u32> {
        self.range.clone()
    }

    /// Appends the values of the numbers that follow, `value` of each.
    pub(super) fn append(
        &mut self,
        scratch: &Scratch<'_>,
        numbers: Range<u32>,
        value: impl Fn(u32) -> u32 + Sync,
    ) -> Result<(), CountError> {
        let starts: Vec<u32> = numbers.clone().step_by(BLOCK).collect();
        let blocks: Result<Vec<_>, CountError> = starts
            .into_par_iter()
            .map(|start| {
                let end = start.saturating_add(BLOCK as u32).min(numbers.end);
                Ok((start, scratch.put((start..end).map(&value).collect())?))
            })
            .collect();
        self.blocks.extend(blocks?);
        self.range.end = numbers.end;
        Ok(())
    }

    /// The values of some of the numbers as an array.
    pub(super) fn load(&self, desk: &Desk<'_>, range: &Range<u32>) -> Result<Words, CountError> {
        let words = Words::new(range.clone(), NOBODY);
        self.load_into(desk, &words)?;
        Ok(words)
    }

    /// Writes the values into an array, as far as it has the numbers.
    pub(super) fn load_into(&self, desk: &Desk<'_>, words: &Words) -> Result<(), CountError> {
        self.blocks.par_iter().try_for_each(|(start, block)| {
            let end = start.saturating_add(block.len() as u32);
            let both = words.range.start.max(*start)..words.range.end.min(end);
            if !both.is_empty() {
                let values = block.get(desk)?;
                let values = values.get((both.start - start) as usize..).unwrap_or_default();
                words.of(&both).iter().zip(values).for_each(|(word, value)| word.store(*value, Relaxed));
            }
            Ok(())
        })
    }

    /// Hands every block to `visit`, with the number that it begins with, on all threads.
    pub(super) fn for_each_block(
        &self,
        desk: &Desk<'_>,
        visit: impl Fn(u32, &[u32]) -> Result<(), CountError> + Sync,
    ) -> Result<(), CountError> {
        self.blocks.par_iter().try_for_each(|(start, block)| visit(*start, &block.get(desk)?))
    }

    /// Hands every number that another column has too to `visit`, with both values, on all threads.
    pub(super) fn beside(
        &self,
        desk: &Desk<'_>,
        other: &Self,
        visit: impl Fn(u32, u32, u32) + Sync,
    ) -> Result<(), CountError> {
        other.blocks.par_iter().try_for_each(|(start, block)| {
            let values = block.get(desk)?;
            let range = *start..start.saturating_add(values.len() as u32);
            for (own_start, own) in &self.blocks {
                let own_end = own_start.saturating_add(own.len() as u32);
                if *own_start >= range.end || own_end <= range.start {
                    continue;
                }
                let own = own.get(desk)?;
                for number in range.start.max(*own_start)..range.end.min(own_end) {
                    let value =
                        |values: &[u32], start| values.get((number - start) as usize).copied().unwrap_or(NOBODY);
                    visit(number, value(&own, *own_start), value(&values, range.start));
                }
            }
            Ok(())
        })
    }

    /// Puts the value that the column has in place of every number that it has one for.
    pub(super) fn replace(&self, desk: &Desk<'_>, lists: &mut [&mut Block]) -> Result<(), CountError> {
        // A value that was put in must not be taken for a number again.
        let mut done: Vec<Vec<u64>> = lists.iter().map(|list| vec![0; list.len().div_ceil(64)]).collect();
        for part in parts(desk, &self.range, 4) {
            let words = self.load(desk, &part)?;
            lists.par_iter_mut().zip(&mut done).try_for_each(|(list, done)| {
                list.change(desk, |numbers| {
                    for (numbers, done) in numbers.chunks_mut(64).zip(done) {
                        for (at, number) in numbers.iter_mut().enumerate() {
                            if part.contains(number) && *done & 1 << at == 0 {
                                *number = words.get(*number);
                                *done |= 1 << at;
                            }
                        }
                    }
                })
            })?;
        }
        Ok(())
    }

    /// The same numbers with what `table` has for their values.
    pub(super) fn looked_up(mut self, desk: &Desk<'_>, table: &Self) -> Result<Self, CountError> {
        table.replace(desk, &mut self.blocks.iter_mut().map(|(_, block)| block).collect::<Vec<_>>())?;
        Ok(self)
    }
}
