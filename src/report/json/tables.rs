//! Which objects are parts of one table, and what is in it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::{Class, ObjectFinding, data_set};
use crate::report::tables::{Table, tables};

/// A table that is cut into several objects.
#[derive(Serialize)]
pub(super) struct TablePart<'a> {
    name: String,
    data_set: String,
    parts: Vec<&'a str>,
    rows: u64,
    bytes: u64,
    classes: Vec<FoundPart<'a>>,
}

/// A class that counts in some of the parts.
#[derive(Serialize)]
struct FoundPart<'a> {
    class: Class,
    columns: BTreeSet<&'a str>,
    parts: usize,
}

impl<'a> TablePart<'a> {
    pub(super) fn all(objects: &'a [ObjectFinding]) -> Vec<Self> {
        tables(objects).into_iter().filter(|table| table.parts.len() > 1).map(Self::new).collect()
    }

    fn new(table: Table<'a>) -> Self {
        Self {
            data_set: table.parts.first().map(|part| data_set(&part.uri)).unwrap_or_default(),
            rows: table.parts.iter().map(|part| part.rows).sum(),
            bytes: table.parts.iter().map(|part| part.bytes).sum(),
            classes: found(&table.parts),
            parts: table.parts.iter().map(|part| part.uri.as_str()).collect(),
            name: table.name,
        }
    }
}

fn found<'a>(parts: &[&'a ObjectFinding]) -> Vec<FoundPart<'a>> {
    let mut found = BTreeMap::<Class, (BTreeSet<&str>, BTreeSet<usize>)>::new();
    for (at, part) in parts.iter().enumerate() {
        let of_columns = part.columns.iter().flat_map(|column| {
            let counting = column.classes.iter().filter(|finding| finding.counts());
            counting.map(|finding| (finding.class, column.name.as_str()))
        });
        let of_records = part
            .records
            .iter()
            .filter(|record| record.counts())
            .flat_map(|record| record.columns.iter().map(|column| (record.class, column.as_str())));
        for (class, column) in of_columns.chain(of_records) {
            let (columns, parts) = found.entry(class).or_default();
            columns.insert(column);
            parts.insert(at);
        }
    }
    let part = |(class, (columns, parts)): (_, (_, BTreeSet<usize>))| FoundPart { class, columns, parts: parts.len() };
    found.into_iter().map(part).collect()
}
