//! The rows that fill a record.

use std::collections::BTreeMap;

use crate::detect::cells::{Cell, Cells};
use crate::detect::normal;
use crate::detect::sample::sample_hash;
use crate::model::ClassSet;

use super::Counter;

impl Counter<'_> {
    /// Counts the rows that fill records, and adds what such a row is to its classes.
    pub(super) fn add_records(&mut self, columns: &[Cells], classes: &mut [ClassSet]) {
        let text = &mut self.scratch.text;
        let mut filled: Vec<Option<Vec<bool>>> = vec![None; columns.len()];
        let mut hashes: BTreeMap<usize, Vec<Option<u64>>> = BTreeMap::new();
        for (planned, counted) in self.plan.records.iter().zip(&mut self.counted.records) {
            let mut rows: Vec<usize> = (0..classes.len()).collect();
            for &at in &planned.columns {
                let known = filled.get_mut(at).zip(columns.get(at));
                let filled = known.map(|(filled, cells)| filled.get_or_insert_with(|| cells.filled()));
                rows.retain(|row| filled.as_deref().and_then(|filled| filled.get(*row)).is_some_and(|filled| *filled));
            }
            if !planned.positions.is_empty() {
                let Some(areas) = &self.engine.areas else { continue };
                rows.retain(|row| counted.touched.add(areas, &planned.positions, columns, *row, text));
            }
            counted.rows += rows.len() as u64;
            if let Some((at, subject)) = planned.subject.and_then(|at| Some((at, columns.get(at)?))) {
                let known = hashes.entry(at).or_insert_with(|| subject_hashes(subject, text));
                let of_row = |row: &usize| known.get(subject.cells_of(*row)).unwrap_or_default();
                counted.add_subjects(rows.iter().flat_map(of_row).copied().flatten());
            }
            for (measure, facet) in counted.measures.iter_mut().zip(&planned.facets) {
                for row in &rows {
                    measure.add(facet, columns, *row, text);
                }
            }
            if let Some(class) = planned.class.map(ClassSet::of) {
                for row in rows {
                    if let Some(classes) = classes.get_mut(row) {
                        *classes = classes.union(class);
                    }
                }
            }
        }
    }
}

/// What tells one subject from another, by cell.
fn subject_hashes(subjects: &Cells, text: &mut Vec<u8>) -> Vec<Option<u64>> {
    let hash = |cell: Cell<'_>| cell.text(text).map(|subject| sample_hash(normal::trim(subject)));
    (0..subjects.len()).map(|at| subjects.get(at)).map(hash).collect()
}
