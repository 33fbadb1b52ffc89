//! The rows that fill a record.

use crate::detect::columns::Columns;
use crate::model::ClassSet;

use super::{Counter, subjects};

impl Counter<'_> {
    /// Counts the rows that fill records, and adds what such a row is to its classes.
    pub(super) fn add_records(&mut self, columns: &Columns<'_>, classes: &mut [ClassSet]) {
        let text = &mut self.scratch.text;
        for (planned, counted) in self.plan.records.iter().zip(&mut self.counted.records) {
            let mut rows: Vec<usize> = (0..classes.len()).collect();
            for &column in &planned.columns {
                let filled = columns.filled(column);
                rows.retain(|row| filled.get(*row).is_some_and(|filled| *filled));
            }
            if !planned.positions.is_empty() {
                let Some(areas) = &self.engine.areas else { continue };
                rows.retain(|row| counted.touched.add(areas, &planned.positions, columns, *row, text));
            }
            counted.rows += rows.len() as u64;
            if let Some(place) = counted.subjects {
                subjects::note(&mut self.counted.subjects, place, &rows, classes.len());
            }
            for (measure, facet) in counted.measures.iter_mut().zip(&planned.facets) {
                measure.add(facet, columns, &rows);
            }
            if let Some(class) = planned.class.map(ClassSet::of) {
                for row in rows {
                    if let Some(classes) = classes.get_mut(row) {
                        *classes = classes.union(class);
                    }
                }
            }
        }
        for subjects in &mut self.counted.subjects {
            subjects.add_noted(columns);
        }
    }
}
