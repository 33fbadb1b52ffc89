//! The distinct subjects of records: one set for all records whose subjects stand in one column.

use hashbrown::HashMap;

use crate::detect::columns::Columns;
use crate::detect::plan::PlannedRecord;
use crate::detect::sample::UniformState;

/// A larger set of hashes does not fit the cache of a core.
const LARGE_SET: usize = 1 << 16;

/// Some records, a bit each.
type Records = u32;

/// The subjects in one column, with the records that each has.
#[derive(Clone, Debug, Default)]
pub(super) struct Subjects {
    column: usize,
    n_records: u32,
    of: HashMap<u64, Records, UniformState>,
    /// By row of a batch, the records that it fills.
    filled: Vec<Records>,
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
            sets.push(Subjects { column, ..Subjects::default() });
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

/// How many subjects a record has.
pub(super) fn count(sets: &[Subjects], place: Place) -> u64 {
    sets.get(place.set).map_or(0, |set| set.of.values().filter(|records| **records & place.bit != 0).count() as u64)
}

impl Subjects {
    /// Adds the subjects of the rows that were noted: to a large set in the order in which it holds them, so that memory is
    /// walked through once.
    pub(super) fn add_noted(&mut self, columns: &Columns<'_>) {
        let mut found: Vec<(u64, Records)> = Vec::with_capacity(self.filled.len());
        let subjects = columns.subjects(self.column);
        for (row, records) in self.filled.drain(..).enumerate().filter(|(_, records)| *records != 0) {
            found.extend(subjects.of_row(row).iter().flatten().map(|subject| (*subject, records)));
        }
        if self.of.len() > LARGE_SET {
            let places = (self.of.capacity() as u64).next_power_of_two() * 2 - 1;
            found.sort_unstable_by_key(|(subject, _)| subject & places);
        }
        self.extend(found);
    }

    /// Adds what another part of the object has.
    pub(super) fn merge(&mut self, mut other: Self) {
        if self.of.len() < other.of.len() {
            std::mem::swap(&mut self.of, &mut other.of);
        }
        self.extend(other.of);
    }

    fn extend(&mut self, found: impl IntoIterator<Item = (u64, Records)>) {
        for (subject, records) in found {
            *self.of.entry(subject).or_default() |= records;
        }
    }
}
