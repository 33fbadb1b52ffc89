//! Asks the shipped engine what is in tables, through files, as its users do.

use std::collections::BTreeSet;
use std::path::Path;

use exportscan::model::{Confidence, IdentifierKind, ObjectFinding};
use exportscan::tally::{Census, Totals};

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
    let mut by_column: Vec<(&str, BTreeSet<String>)> = Vec::new();
    for column in columns {
        let classes = column.classes.iter().filter(|finding| finding.confidence > Confidence::Low);
        let classes = classes.map(|finding| finding.class.id().to_owned());
        let is_inside = |of: &str| column.name.strip_prefix(of).is_some_and(|rest| rest.starts_with(['.', '[']));
        match by_column.last_mut() {
            Some((of, known)) if is_inside(of) => known.extend(classes),
            _ => by_column.push((&column.name, classes.collect())),
        }
    }
    Found {
        columns: by_column.into_iter().map(|(_, classes)| classes).collect(),
        records: records
            .filter(|finding| finding.confidence > Confidence::Low)
            .map(|finding| finding.class.id().to_owned())
            .collect(),
        persons: Some(totals.census.figures(|_| true).best - known_by_name(&totals.census)),
    }
}

/// Persons of whom nothing but a name, or a name and a birth date, is there.
fn known_by_name(census: &Census) -> u64 {
    let kinds = [IdentifierKind::Name, IdentifierKind::NameBirth];
    let of_names = census.at_least.iter().filter(|(kind, _)| kinds.contains(kind));
    of_names.flat_map(|(_, persons)| persons).map(|(_, n)| n).sum()
}

/// The engine's score over one half.
pub(crate) fn score(half: Half) -> Score {
    let folder = tempfile::tempdir().unwrap();
    let tables = half.tables();
    // Every scan has a pool of its own, so the tables are not spread over one: a pool that waits for another begins new work.
    let n_threads = std::thread::available_parallelism().map_or(1, usize::from);
    let all: Vec<Found> = std::thread::scope(|threads| {
        let parts: Vec<_> = tables
            .chunks(tables.len().div_ceil(n_threads).max(1))
            .map(|part| {
                let folder = folder.path();
                threads.spawn(move || part.iter().map(|table| found(&scan(table, folder))).collect::<Vec<_>>())
            })
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    let mut score = Score::default();
    for (table, found) in tables.iter().zip(&all) {
        score.add(table, found);
    }
    score
}
