//! Tables: objects of one data set with the same columns are the parts of one, however many files they are cut into.

use std::collections::{BTreeMap, BTreeSet};

use super::Report;
use crate::decide::{Decision, RowEvidence, RowOutcome};
use crate::model::{ObjectFinding, data_set};

/// A table with its parts.
#[derive(Debug)]
pub(super) struct Table<'a> {
    /// What the URIs of the parts have in common, such as `sales/2024-*.csv`; the URI of the only part.
    pub(super) name: String,
    /// Its objects, in the order of their URIs; at least one.
    pub(super) parts: Vec<&'a ObjectFinding>,
}

/// What the objects of one table agree in: the data set, the names of the columns in any order, and where these say
/// nothing, the name of the file but for its numbers.
type Likeness<'a> = (String, Vec<&'a str>, String);

/// The tables of a report, in the order of their first parts.
pub(super) fn tables(objects: &[ObjectFinding]) -> Vec<Table<'_>> {
    let mut places = BTreeMap::<Likeness<'_>, usize>::new();
    let mut tables = Vec::<Table<'_>>::new();
    for object in objects {
        let place = *places.entry(likeness(object)).or_insert(tables.len());
        match tables.get_mut(place) {
            Some(table) => table.parts.push(object),
            None => tables.push(Table { name: String::new(), parts: vec![object] }),
        }
    }
    let mut taken = BTreeSet::new();
    for table in &mut tables {
        let uris: Vec<&str> = table.parts.iter().map(|part| part.uri.as_str()).collect();
        table.name = common(&uris);
        if !taken.insert(table.name.clone()) {
            table.name = [uris.first(), uris.last()].map(|uri| uri.copied().unwrap_or_default()).join(" … ");
        }
    }
    tables
}

fn likeness(object: &ObjectFinding) -> Likeness<'_> {
    let mut columns: Vec<&str> = object.columns.iter().map(|column| column.name.as_str()).collect();
    columns.sort_unstable();
    let told = columns.iter().filter(|name| !name.starts_with("column_")).count();
    let name = match told {
        _ if columns.is_empty() => object.uri.clone(),
        0 | 1 => without_numbers(object.uri.rsplit('/').next().unwrap_or_default()),
        _ => String::new(),
    };
    (data_set(&object.uri), columns, name)
}

fn without_numbers(name: &str) -> String {
    let mut rest = name.to_owned();
    rest.retain(|c| !c.is_ascii_digit());
    rest
}

/// What all have in common at both ends, with `*` between; numbers are not cut through.
fn common(uris: &[&str]) -> String {
    let Some((first, others)) = uris.split_first() else { return String::new() };
    let (mut head, mut tail) = (*first, *first);
    for other in others {
        let same = head.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
        head = head.get(..same).unwrap_or_default();
        let same: usize =
            tail.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
        tail = tail.get(tail.len() - same..).unwrap_or_default();
    }
    if others.iter().all(|other| other == first) {
        return (*first).to_owned();
    }
    let is_digit = |c: char| c.is_ascii_digit();
    let (head, tail) = (head.trim_end_matches(is_digit), tail.trim_start_matches(is_digit));
    // The shortest name is no shorter than what begins it and what ends it.
    let shortest = uris.iter().map(|uri| uri.len()).min().unwrap_or(0);
    let tail = tail.get((head.len() + tail.len()).saturating_sub(shortest)..).unwrap_or_default();
    format!("{head}*{tail}")
}

/// The report with evidence by table: what rests on many parts of one is said once.
pub(super) fn by_table(report: &Report, tables: &[Table<'_>]) -> Decision {
    let mut names = BTreeMap::new();
    for table in tables.iter().filter(|table| table.parts.len() > 1) {
        names.extend(table.parts.iter().map(|part| (part.uri.as_str(), table.name.as_str())));
    }
    let mut decision = report.decision.clone();
    if !names.is_empty() {
        let rows = decision.lists.iter_mut().flat_map(|list| &mut list.rows);
        rows.for_each(|row: &mut RowOutcome| row.evidence = folded(&row.evidence, &names));
    }
    decision
}

fn folded(evidence: &[RowEvidence], names: &BTreeMap<&str, &str>) -> Vec<RowEvidence> {
    let mut places = BTreeMap::new();
    let mut folded = Vec::<RowEvidence>::new();
    for piece in evidence {
        let Some(name) = names.get(piece.object.as_str()) else {
            folded.push(piece.clone());
            continue;
        };
        let place = *places.entry((*name, piece.class)).or_insert(folded.len());
        match folded.get_mut(place) {
            Some(known) => {
                let more = piece.columns.iter().filter(|column| !known.columns.contains(column));
                known.columns = known.columns.iter().chain(more).cloned().collect();
            }
            None => folded.push(RowEvidence { object: (*name).to_owned(), ..piece.clone() }),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::common;

    #[test]
    fn names_of_parts_have_one_name() {
        let cases: &[(&[&str], &str)] = &[
            (&["out/a.csv"], "out/a.csv"),
            (&["out/a.csv", "out/a.csv"], "out/a.csv"),
            (&["out/part-0001.csv", "out/part-0002.csv"], "out/part-*.csv"),
            (&["out/part-1.csv", "out/part-11.csv"], "out/part-*.csv"),
            (&["out/dt=2024-05-01/0.csv", "out/dt=2024-06-01/0.csv"], "out/dt=2024-*-01/0.csv"),
            (&["out/一月.csv", "out/二月.csv"], "out/*月.csv"),
            (&["aa", "aaa"], "aa*"),
            (&["a", "b"], "*"),
        ];
        for (uris, expected) in cases {
            assert_eq!(common(uris), *expected);
        }
    }
}
