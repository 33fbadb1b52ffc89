//! Asks the shipped engine what is in tables, through files, as its users do.

use std::path::Path;

use exportscan::model::{Confidence, ObjectFinding};
use exportscan::tally::Totals;
use rayon::prelude::*;

use super::score::{Found, Score};
use super::{Half, Table};
use crate::support::{Cut, scan_path};

/// Scans a table that is written as a file into `folder` first.
pub(crate) fn scan(table: &Table, folder: &Path) -> Totals {
    let path = super::write::write(table, &folder.join(&table.id));
    scan_path(&path, Cut { threads: 1, ..Cut::default() })
}

/// What a report says of a table.
pub(crate) fn found(totals: &Totals) -> Found {
    let object: Option<&ObjectFinding> = totals.objects.first();
    let columns = object.into_iter().flat_map(|object| &object.columns);
    let records = object.into_iter().flat_map(|object| &object.records);
    Found {
        columns: columns
            .map(|column| {
                let classes = column.classes.iter().filter(|finding| finding.confidence > Confidence::Low);
                classes.map(|finding| finding.class.id().to_owned()).collect()
            })
            .collect(),
        records: records
            .filter(|finding| finding.confidence > Confidence::Low)
            .map(|finding| finding.class.id().to_owned())
            .collect(),
        persons: Some(totals.census.figures(|_| true).best),
    }
}

/// The engine's score over one half.
pub(crate) fn score(half: Half) -> Score {
    let folder = tempfile::tempdir().unwrap();
    let tables = half.tables();
    let all: Vec<Found> = tables.par_iter().map(|table| found(&scan(table, folder.path()))).collect();
    let mut score = Score::default();
    for (table, found) in tables.iter().zip(&all) {
        score.add(table, found);
    }
    score
}
