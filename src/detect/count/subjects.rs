//! The distinct subjects of records: one set for all records whose subjects stand in one column.

use std::hash::{BuildHasherDefault, Hasher};

use hashbrown::HashMap;

use crate::detect::columns::Columns;
use crate::detect::plan::PlannedRecord;

/// A set is in so many parts, of which one fits the cache of a core where the whole does not.
const PARTS: usize = 64;
/// Bits of a hash that neither a table nor its tags use.
const PART_SHIFT: u32 = 40;
/// So many subjects wait for their part, and are put in together.
const WAIT: usize = 256;

/// Hashes that are already uniform are used as they are.
#[derive(Clone, Copy, Debug, Default)]
struct Uniform(u64);

impl Hasher for Uniform {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// Builds [`Uniform`] hashers.
type UniformState = BuildHasherDefault<Uniform>;

/// Some records, a bit each.
type Records = u32;

/// The subjects in one column, with the records that each has.
#[derive(Clone, Debug)]
pub(super) struct Subjects {
    column: usize,
    n_records: u32,
    parts: Vec<Part>,
    /// By row of a batch, the records that it fills.
    filled: Vec<Records>,
}

/// The subjects whose hashes have the same bits.
#[derive(Clone, Debug, Default)]
struct Part {
    known: HashMap<u64, Records, UniformState>,
    waiting: Vec<(u64, Records)>,
}

impl Part {
    #[inline]
    fn add(&mut self, subject: u64, records: Records) {
        self.waiting.push((subject, records));
        if self.waiting.len() >= WAIT {
            self.put_in();
        }
    }

    fn put_in(&mut self) {
        for (subject, records) in self.waiting.drain(..) {
            *self.known.entry(subject).or_default() |= records;
        }
    }

    /// Adds another part, of which nothing waits.
    fn merge(&mut self, mut other: Self) {
        if self.known.len() < other.known.len() {
            std::mem::swap(&mut self.known, &mut other.known);
        }
        for (subject, records) in other.known {
            *self.known.entry(subject).or_default() |= records;
        }
    }
}

/// A record among those of a set of subjects.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    set: usize,
    bit: Records,
}

/// The sets of subjects that some records need, and by record its place in one, if it has subjects.
pub(super) fn subjects(records: &[PlannedRecord]) -> (Vec<Subjects>, Vec<Option<Place>>) {
    let mut sets: Vec<Subjects> = Vec::new();
    let place = |record: &PlannedRecord| {
        let column = record.subject?;
        let has_room = |set: &Subjects| set.column == column && set.n_records < Records::BITS;
        let at = sets.iter().position(has_room).unwrap_or_else(|| {
            sets.push(Subjects { column, n_records: 0, parts: vec![Part::default(); PARTS], filled: Vec::new() });
            sets.len() - 1
        });
        let set = sets.get_mut(at)?;
        set.n_records += 1;
        Some(Place { set: at, bit: 1 << (set.n_records - 1) })
    };
    let places = records.iter().map(place).collect();
    (sets, places)
}

/// Notes the rows of a batch, of which there are `n_rows`, that fill a record.
pub(super) fn note(sets: &mut [Subjects], place: Place, rows: &[usize], n_rows: usize) {
    let Some(set) = sets.get_mut(place.set) else { return };
    set.filled.resize(n_rows, 0);
    for row in rows {
        if let Some(filled) = set.filled.get_mut(*row) {
            *filled |= place.bit;
        }
    }
}

/// How many subjects a record has, once nothing waits.
pub(super) fn count(sets: &[Subjects], place: Place) -> u64 {
    let has = |records: &&Records| **records & place.bit != 0;
    sets.get(place.set)
        .map_or(0, |set| set.parts.iter().map(|part| part.known.values().filter(has).count() as u64).sum())
}

impl Subjects {
    /// Adds the subjects of the rows that were noted.
    pub(super) fn add_noted(&mut self, columns: &Columns<'_>) {
        let subjects = columns.subjects(self.column);
        let mut filled = std::mem::take(&mut self.filled);
        for (row, records) in filled.drain(..).enumerate().filter(|(_, records)| *records != 0) {
            for subject in subjects.of_row(row).iter().flatten() {
                if let Some(part) = self.parts.get_mut((subject >> PART_SHIFT) as usize % PARTS) {
                    part.add(*subject, records);
                }
            }
        }
        self.filled = filled;
    }

    /// Adds what another part of the object has; nothing waits in either.
    pub(super) fn merge(&mut self, other: Self) {
        self.parts.iter_mut().zip(other.parts).for_each(|(mine, other)| mine.merge(other));
    }

    /// Puts in what waits.
    pub(super) fn finish(&mut self) {
        self.parts.iter_mut().for_each(Part::put_in);
    }
}
