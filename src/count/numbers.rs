//! One value for each identifier number, written by many threads at once.
//!
//! Every operation only ever moves a value up a semilattice (`SEVERAL` above a person above `NOBODY`; a set of bits
//! above its parts; a smaller root above a larger one), so the values at the end do not depend on who came first.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

use rayon::prelude::*;

use crate::model::ClassSet;

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

/// A 32-bit value for each number of a range.
pub(super) struct Words {
    start: u32,
    words: Vec<AtomicU32>,
}

impl Words {
    /// The same value for every number in `range`.
    pub(super) fn new(range: Range<u32>, value: u32) -> Self {
        let words = range.clone().map(|_| AtomicU32::new(value)).collect();
        Self { start: range.start, words }
    }

    fn word(&self, number: u32) -> Option<&AtomicU32> {
        self.words.get(number.wrapping_sub(self.start) as usize)
    }

    /// The value; that of a number outside of the range is `NOBODY`.
    pub(super) fn get(&self, number: u32) -> u32 {
        self.word(number).map_or(NOBODY, |word| word.load(Relaxed))
    }

    /// Sets the value; one thread only may do so for a number.
    pub(super) fn set(&self, number: u32, value: u32) {
        if let Some(word) = self.word(number) {
            word.store(value, Relaxed);
        }
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

/// A set of classes for each number from 0.
pub(super) struct ClassWords(Vec<AtomicU64>);

impl ClassWords {
    /// The empty set for `n` numbers.
    pub(super) fn new(n: u32) -> Self {
        Self((0..n).map(|_| AtomicU64::new(0)).collect())
    }

    /// The set.
    pub(super) fn get(&self, number: u32) -> ClassSet {
        ClassSet(self.0.get(number as usize).map_or(0, |word| word.load(Relaxed)))
    }

    /// Adds classes.
    pub(super) fn add(&self, number: u32, classes: ClassSet) {
        let ClassSet(bits) = classes;
        if let Some(word) = self.0.get(number as usize).filter(|word| word.load(Relaxed) & bits != bits) {
            word.fetch_or(bits, Relaxed);
        }
    }
}
