//! Times the count of persons from twice as many mentions, within a bound of memory; checks the figures before it tells
//! a time.
//!
//! `cargo bench --bench count -- 100000000 2GiB` for so many persons and so much memory for their keys (without them: 5
//! million and no bound). `/usr/bin/time -v` tells the peak; the operating system's own caches are not in it.
#![allow(missing_docs, clippy::print_stdout, clippy::expect_used, reason = "a benchmark talks and may fail loudly")]

use std::sync::Arc;
use std::time::Instant;

use exportscan::count::{CountError, Figures, Mentions, Room};
use exportscan::model::{Class, ClassSet, IdentifierKind, Key, MentionBatch};

const BATCH: u64 = 8192;

/// Of so many persons one shares a telephone with another.
const FAMILY: u64 = 100;

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

/// The telephone of a person.
const fn mobile(person: u64) -> u64 {
    person - (person % FAMILY == 1) as u64
}

/// What a register says: resident ID, telephone and plate of everybody.
fn register(person: u64, batch: &mut MentionBatch) {
    let keys = [
        key(IdentifierKind::ResidentId, person),
        key(IdentifierKind::Mobile, mobile(person)),
        key(IdentifierKind::Plate, person),
    ];
    batch.push(&keys, ClassSet::of(Class::IdentityResidentId));
}

/// What other tables say: orders of one half by telephone and account, ways of the other by plate and device.
fn others(person: u64, batch: &mut MentionBatch) {
    let (one, other) = if person.is_multiple_of(2) {
        (key(IdentifierKind::Mobile, person), key(IdentifierKind::Account, person))
    } else {
        (key(IdentifierKind::Plate, person), key(IdentifierKind::Device, person))
    };
    batch.push(&[one, other], ClassSet::of(Class::VehicleTrack));
}

fn timed<T>(what: &str, n: u64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    let seconds = start.elapsed().as_secs_f64();
    println!("{what:24} {seconds:8.2} s {:7.0} ns each", seconds * 1e9 / n as f64);
    result
}

/// All persons in an order that is not that of their numbers.
fn filled(room: &Arc<Room>, persons: u64, mention: impl Fn(u64, &mut MentionBatch)) -> Mentions {
    let mut mentions = Mentions::within(room);
    let mut batch = MentionBatch::default();
    for start in (0..persons).step_by(BATCH as usize) {
        batch.clear();
        for n in start..persons.min(start + BATCH) {
            mention(n.wrapping_mul(0x9e37_79b1) % persons, &mut batch);
        }
        mentions.insert(&batch);
    }
    mentions.attribute("bench");
    mentions
}

fn main() -> Result<(), CountError> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let number = |text: &str| text.trim_end_matches("GiB").parse::<u64>().ok();
    let persons = args.first().and_then(|arg| number(arg)).unwrap_or(5_000_000);
    let bound = args.get(1).and_then(|arg| number(arg)).map(|gib| gib << 30);
    let room = bound.map_or_else(Room::unbounded, |bytes| Room::new(bytes, &std::env::temp_dir()));
    assert!(!persons.is_multiple_of(0x9e37_79b1), "another number of persons");
    let (mut all, other) = timed("insert", 2 * persons, || {
        rayon::join(|| filled(&room, persons, register), || filled(&room, persons, others))
    });
    timed("merge", 2 * persons, || all.merge(other));
    let n_keys = 5 * persons;
    println!("{} mentions, {} bytes in memory for each key", all.len(), all.heap_bytes() as u64 / n_keys);
    assert_eq!(all.len() as u64, 2 * persons);
    let census = timed("settle", 2 * persons, || all.settle())?;
    let families = persons.div_ceil(FAMILY);
    // An account that is seen only with a family's telephone is somebody else for all that is known.
    let expected = Figures { best: persons + families, at_least: persons, at_most: 2 * persons };
    assert_eq!(census.figures(|_| true), expected);
    println!("{expected:?}, {} MiB written to temporary files", room.bytes_on_disk() >> 20);
    Ok(())
}
