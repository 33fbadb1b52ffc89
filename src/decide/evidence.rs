//! The columns that a row rests on.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Class, ClassSet};
use crate::tally::Totals;

use super::RowEvidence;

/// More pieces of evidence than this are counted, not shown.
const SHOWN_AT_MOST: usize = 50;

/// Where the classes were found with a confidence that counts, sorted, and how many more places there are than shown.
pub(super) fn evidence(totals: &Totals, classes: ClassSet) -> (Vec<RowEvidence>, usize) {
    let mut places: BTreeMap<(&str, Class), BTreeSet<&str>> = BTreeMap::new();
    for object in &totals.objects {
        for column in &object.columns {
            for finding in column.classes.iter().filter(|finding| finding.counts()) {
                places.entry((&object.uri, finding.class)).or_default().insert(&column.name);
            }
        }
        for record in object.records.iter().filter(|record| record.counts()) {
            let columns = places.entry((&object.uri, record.class)).or_default();
            columns.extend(record.columns.iter().map(String::as_str));
        }
    }
    let mut all: Vec<RowEvidence> = places
        .into_iter()
        .filter(|((_, class), _)| classes.contains(*class))
        .map(|((object, class), columns)| RowEvidence {
            object: object.to_owned(),
            columns: columns.into_iter().map(str::to_owned).collect(),
            class,
        })
        .collect();
    all.sort();
    let more = all.len().saturating_sub(SHOWN_AT_MOST);
    all.truncate(SHOWN_AT_MOST);
    (all, more)
}
