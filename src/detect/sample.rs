//! A fixed choice of distinct values, the same whatever the order in which values come.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, Hasher as _};

use foldhash::fast::FixedState;

use crate::model::ClassFinding;

/// How many distinct values keep their bytes: enough to tell a share of 0.6 from one of 0.5.
const KEPT_VALUES: usize = 256;
/// A longer value is kept by its first bytes only.
const KEPT_BYTES: usize = 256;
/// How many distinct hashes are kept: up to here the number of distinct values is exact, above it within some 3 %.
const KEPT_HASHES: usize = ClassFinding::DISTINCT_EXACT_UP_TO as usize;
/// Slots of the cache that keeps what came of late from being put behind again.
const RECENT_SLOTS: usize = 64;

/// A hash for samples and distinct counts: fixed, so that results do not depend on the secret of a scan, and never
/// written anywhere.
pub(super) fn sample_hash(value: &[u8]) -> u64 {
    let mut hasher = FixedState::with_seed(0x6578_706f_7274).build_hasher();
    hasher.write(value);
    // The table uses the low bits and the sample the high ones; one multiplication spreads both.
    hasher.finish().wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The distinct values with the least hashes (a bottom-k sample), and how many distinct values there are.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    values: BTreeMap<u64, Box<[u8]>>,
    /// The largest hash of those, once no more are kept.
    largest_value: u64,
    /// The least hashes: the first so many in order, each once, and then the latest as they came.
    hashes: Vec<u64>,
    n_sorted: usize,
    /// The largest kept hash, once no more are kept: nothing larger need be looked at.
    limit: u64,
    recent: [u64; RECENT_SLOTS],
    overflowed: bool,
}

impl Default for Sample {
    fn default() -> Self {
        Self {
            values: BTreeMap::new(),
            largest_value: u64::MAX,
            hashes: Vec::new(),
            n_sorted: 0,
            limit: u64::MAX,
            recent: [0; RECENT_SLOTS],
            overflowed: false,
        }
    }
}

impl Sample {
    /// Adds a value by its hash; `value` is asked for only where it may be kept.
    #[inline]
    pub(super) fn insert<'v>(&mut self, hash: u64, value: impl FnOnce() -> Cow<'v, [u8]>) {
        if hash > self.limit {
            self.overflowed = true;
        } else if self.recent.get(hash as usize % RECENT_SLOTS) != Some(&hash) {
            self.keep(hash, value);
        }
    }

    /// Keeps a value that was not there of late.
    #[inline(never)]
    fn keep<'v>(&mut self, hash: u64, value: impl FnOnce() -> Cow<'v, [u8]>) {
        if let Some(recent) = self.recent.get_mut(hash as usize % RECENT_SLOTS) {
            *recent = hash;
        }
        self.hashes.push(hash);
        if self.hashes.len() >= 2 * KEPT_HASHES {
            self.sort();
        }
        if hash <= self.largest_value {
            self.values.entry(hash).or_insert_with(|| {
                let value = value();
                value.get(..KEPT_BYTES).unwrap_or(&value).into()
            });
            self.keep_least_values();
        }
    }

    fn keep_least_values(&mut self) {
        while self.values.len() > KEPT_VALUES {
            self.values.pop_last();
        }
        if self.values.len() == KEPT_VALUES {
            self.largest_value = self.values.last_key_value().map_or(u64::MAX, |(largest, _)| *largest);
        }
    }

    /// Sorts the latest hashes in, and keeps as many as there may be.
    #[expect(clippy::stable_sort_primitive, reason = "it merges two sorted runs")]
    pub(super) fn sort(&mut self) {
        self.hashes.get_mut(self.n_sorted..).unwrap_or_default().sort_unstable();
        self.hashes.sort();
        self.hashes.dedup();
        self.overflowed |= self.hashes.len() > KEPT_HASHES;
        self.hashes.truncate(KEPT_HASHES);
        self.n_sorted = self.hashes.len();
        if let Some(largest) = self.hashes.get(KEPT_HASHES - 1) {
            self.limit = *largest;
        }
    }

    /// Adds the sample of another part of the column.
    pub(super) fn merge(&mut self, other: &Self) {
        self.overflowed |= other.overflowed;
        self.hashes.extend_from_slice(&other.hashes);
        self.sort();
        for (hash, value) in &other.values {
            self.values.entry(*hash).or_insert_with(|| value.clone());
        }
        self.keep_least_values();
    }

    /// The kept values in the order of their hashes.
    pub(super) fn values(&self) -> impl Iterator<Item = &[u8]> {
        self.values.values().map(AsRef::as_ref)
    }

    /// How many distinct values there are, and whether that is exact.
    pub(super) fn distinct(&self) -> (u64, bool) {
        if self.n_sorted < self.hashes.len() {
            let mut sorted = self.clone();
            sorted.sort();
            return sorted.distinct();
        }
        let kept = self.hashes.len() as u64;
        match self.hashes.last() {
            Some(&largest) if self.overflowed => {
                let share = largest as f64 / u64::MAX as f64;
                (((kept - 1) as f64 / share).round() as u64, false)
            }
            _ => (kept, true),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Sample, sample_hash};

    fn sample(values: impl Iterator<Item = u64>) -> Sample {
        let mut sample = Sample::default();
        for value in values {
            let text = value.to_string();
            sample.insert(sample_hash(text.as_bytes()), || Cow::Borrowed(text.as_bytes()));
        }
        sample
    }

    #[test]
    fn order_and_splits_do_not_matter() {
        for n in [0, 1, 255, 256, 257, 1023, 1024, 1025, 20_000] {
            let forward = sample(0..n);
            let backward = sample((0..n).rev().chain(0..n / 2));
            let mut merged = sample((0..n).step_by(2));
            merged.merge(&sample((1..n).step_by(2)));
            for other in [&backward, &merged] {
                assert_eq!(forward.distinct(), other.distinct(), "{n}");
                assert!(forward.values().eq(other.values()), "{n}");
            }
        }
    }

    #[test]
    fn counts_distinct_values() {
        assert_eq!(sample(0..1024).distinct(), (1024, true));
        let (estimate, exact) = sample(0..100_000).distinct();
        assert!(!exact);
        assert!((estimate as f64 / 100_000.0 - 1.0).abs() < 0.1, "{estimate}");
    }
}
