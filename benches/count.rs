//! Times the count of 5 million persons from 10 million mentions; checks the census before it tells a time.
//!
//! `cargo bench --bench count` (needs 2.3 GB of memory), or `-- 100000` for another number of persons.
#![allow(missing_docs, clippy::print_stdout, clippy::expect_used, reason = "a benchmark talks and may fail loudly")]

use std::time::Instant;

use exportscan::count::{Figures, Mentions};
use exportscan::model::{Class, ClassSet, IdentifierKind, Key, MentionBatch};

const BATCH: u64 = 8192;

/// A key as uniform as a fingerprint (two rounds of `SplitMix64`).
fn key(kind: IdentifierKind, label: u64) -> Key {
    let mix = |mut word: u64| {
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    };
    let seed = (label << 8 | kind as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut bytes = [0; 16];
    let (high, low) = bytes.split_at_mut(8);
    high.copy_from_slice(&mix(seed).to_be_bytes());
    low.copy_from_slice(&mix(seed ^ 0x5851_f42d_4c95_7f2d).to_be_bytes());
    bytes[0] = kind as u8;
    Key::from_bytes(bytes).expect("the first byte is a kind")
}

/// Half of the data: every person once with mobile and plate, and in the second half with another mobile.
fn half(persons: u64, second: u64) -> Vec<MentionBatch> {
    let mut batches = Vec::new();
    for start in (0..persons).step_by(BATCH as usize) {
        let mut batch = MentionBatch::default();
        for n in start..persons.min(start + BATCH) {
            let person = n.wrapping_mul(0x9e37_79b1) % persons;
            let keys = [
                key(IdentifierKind::ResidentId, person),
                key(IdentifierKind::Mobile, person + second * persons),
                key(IdentifierKind::Plate, person),
            ];
            batch.push(&keys, ClassSet::of(Class::ContactMobile));
        }
        batches.push(batch);
    }
    batches
}

fn timed<T>(what: &str, n: u64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    let seconds = start.elapsed().as_secs_f64();
    println!("{what:24} {seconds:7.2} s {:7.0} ns/mention", seconds * 1e9 / n as f64);
    result
}

fn filled(batches: &[MentionBatch]) -> Mentions {
    let mut mentions = Mentions::default();
    for batch in batches {
        mentions.insert(batch);
    }
    mentions
}

fn main() {
    let persons = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(5_000_000_u64);
    let (first, second) = (half(persons, 0), half(persons, 1));
    let mut all = timed("insert, first half", persons, || filled(&first));
    let other = timed("insert, second half", persons, || filled(&second));
    timed("insert again, all known", persons, || first.iter().for_each(|batch| all.insert(batch)));
    timed("merge the halves", persons, || all.merge(other));
    println!("{} mentions, {} bytes each", all.len(), all.heap_bytes() / all.len().max(1));
    assert_eq!(all.len() as u64, 2 * persons);
    let census = timed("settle", 2 * persons, || all.settle());
    assert_eq!(census.figures(|_| true), Figures { best: persons, at_least: persons, at_most: persons });

    let mut singles = Mentions::default();
    let mut batch = MentionBatch::default();
    for n in 0..persons {
        batch.push(&[key(IdentifierKind::Mobile, n)], ClassSet::of(Class::ContactMobile));
    }
    timed("insert, one key", persons, || singles.insert(&batch));
    println!("{} mentions, {} bytes each", singles.len(), singles.heap_bytes() / singles.len().max(1));
    let census = timed("settle, one key", persons, || singles.settle());
    assert_eq!(census.figures(|_| true).best, persons);
}
