//! One object, or the parts of a table as one, with its columns and what they hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Because, Class, ClassFinding, ColumnFinding, Confidence, ConfigEntry, Facet, FacetValue, Language, ObjectFinding,
    RecordFinding,
};
use crate::report::harmless::shown;
use crate::report::number::{bytes, grouped, percent, quantity};
use crate::report::say;
use crate::report::tables::Table;
use crate::report::words::Words;

/// An object, or the parts of a table as one.
#[derive(Debug)]
pub(in crate::report) struct ObjectView {
    pub(in crate::report) uri: String,
    pub(in crate::report) line: String,
    pub(in crate::report) n_parts: usize,
    /// How many parts there are.
    pub(in crate::report) parts_line: String,
    /// The URIs of the parts, where there are several.
    pub(in crate::report) parts: Vec<String>,
    /// Columns in which something was found.
    pub(in crate::report) columns: Vec<ColumnView>,
    /// The names of the others, as far as no record takes them in.
    pub(in crate::report) empty_columns: Vec<String>,
    pub(in crate::report) empty_line: String,
    pub(in crate::report) records: Vec<RecordView>,
}

/// A column in which something was found.
#[derive(Debug)]
pub(in crate::report) struct ColumnView {
    pub(in crate::report) name: String,
    pub(in crate::report) data_type: String,
    pub(in crate::report) findings: Vec<FindingView>,
}

/// A class found in a column.
#[derive(Debug)]
pub(in crate::report) struct FindingView {
    pub(in crate::report) class: &'static str,
    pub(in crate::report) class_id: &'static str,
    /// Whether it is shown only, neither counted nor decided on.
    pub(in crate::report) is_low: bool,
    pub(in crate::report) confidence: &'static str,
    pub(in crate::report) share: String,
    pub(in crate::report) matches: String,
    pub(in crate::report) because: String,
    pub(in crate::report) samples: Vec<String>,
    /// What the user's configuration says of it.
    pub(in crate::report) remark: Option<String>,
}

/// What columns show together.
#[derive(Debug)]
pub(in crate::report) struct RecordView {
    pub(in crate::report) class: &'static str,
    pub(in crate::report) class_id: &'static str,
    /// Whether it is shown only, neither counted nor decided on.
    pub(in crate::report) is_low: bool,
    pub(in crate::report) confidence: &'static str,
    pub(in crate::report) size: String,
    pub(in crate::report) columns: String,
    pub(in crate::report) because: String,
    pub(in crate::report) facets: Vec<(String, String)>,
    /// What the user's configuration says of it.
    pub(in crate::report) remark: Option<String>,
}

impl ObjectView {
    pub(super) fn new(table: &Table<'_>, language: Language) -> Self {
        let words = Words::of(language);
        let parts = table.parts.as_slice();
        let records = grouped_by(parts.iter().flat_map(|part| &part.records), |record| {
            (record.class, &record.detector, &record.columns, record.confidence, &record.accepted)
        });
        let names = grouped_by(parts.iter().flat_map(|part| &part.columns), |column| &column.name);
        let (found, empty): (Vec<_>, Vec<_>) =
            names.into_iter().partition(|columns| columns.iter().any(|column| !column.classes.is_empty()));
        let name_of =
            |columns: &Vec<&ColumnFinding>| columns.first().map_or("", |column| column.name.as_str()).to_owned();
        let in_record = |name: &String| records.iter().flatten().any(|record| record.columns.contains(name));
        let empty: Vec<String> = empty.iter().map(name_of).filter(|name| !in_record(name)).collect();
        let one_of = |told: fn(&ObjectFinding) -> &str| {
            let told: BTreeSet<&str> = parts.iter().map(|part| told(part)).collect();
            told.into_iter().map(shown).collect::<Vec<_>>().join(words.or)
        };
        let line = [
            one_of(|part| &part.format),
            one_of(|part| &part.encoding),
            format!("{} {}", grouped(parts.iter().map(|part| part.rows).sum()), words.rows),
            bytes(parts.iter().map(|part| part.bytes).sum()),
        ];
        Self {
            uri: shown(&table.name),
            line: line.join(words.comma),
            n_parts: parts.len(),
            parts_line: say::parts(language, parts.len()),
            parts: if parts.len() > 1 { parts.iter().map(|part| shown(&part.uri)).collect() } else { Vec::new() },
            columns: found.iter().map(|columns| ColumnView::new(columns, parts.len(), language)).collect(),
            empty_line: say::empty_columns(language, empty.len()),
            empty_columns: empty.iter().map(|name| shown(name)).collect(),
            records: records.iter().filter_map(|records| RecordView::new(records, parts.len(), language)).collect(),
        }
    }

    /// Whether anything was found in it.
    pub(super) fn says_something(&self) -> bool {
        !self.columns.is_empty() || !self.records.is_empty()
    }
}

/// What agrees in its key, in the order in which keys come first.
fn grouped_by<'a, T, K: Ord>(all: impl Iterator<Item = &'a T>, key: impl Fn(&'a T) -> K) -> Vec<Vec<&'a T>> {
    let mut places = BTreeMap::new();
    let mut groups = Vec::<Vec<&T>>::new();
    for one in all {
        let place = *places.entry(key(one)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

impl ColumnView {
    /// A column in the parts of a table.
    fn new(columns: &[&ColumnFinding], n_parts: usize, language: Language) -> Self {
        let types: BTreeSet<String> = columns.iter().map(|column| shown(&column.data_type)).collect();
        let own = columns
            .iter()
            .flat_map(|column| column.classes.iter().filter(|finding| !is_weaker_echo(finding, &column.classes)));
        let findings = grouped_by(own, |finding| {
            (finding.class, &finding.detector, finding.confidence, &finding.accepted, &finding.declared)
        });
        Self {
            name: columns.first().map(|column| shown(&column.name)).unwrap_or_default(),
            data_type: types.into_iter().collect::<Vec<_>>().join(Words::of(language).or),
            findings: findings.iter().filter_map(|group| FindingView::new(group, n_parts, language)).collect(),
        }
    }
}

/// Whether another detector is sure of what this one only suspects.
fn is_weaker_echo(finding: &ClassFinding, all: &[ClassFinding]) -> bool {
    !finding.confidence.counts()
        && all.iter().any(|other| other.class == finding.class && other.confidence > finding.confidence)
}

/// So many samples are shown of the parts of a table.
const SAMPLES: usize = 3;

impl FindingView {
    /// What was found alike in some parts of a table; the part with most of it tells why.
    fn new(group: &[&ClassFinding], n_parts: usize, language: Language) -> Option<Self> {
        let most = *group.iter().rev().max_by_key(|finding| finding.matches)?;
        let distinct = group.iter().map(|finding| finding.distinct).max().unwrap_or(0);
        let about = match group {
            [one] if one.distinct_exact => "",
            [_] => "≈ ",
            _ => "≥ ",
        };
        let mut samples: Vec<String> = Vec::new();
        for sample in group.iter().flat_map(|finding| &finding.samples).map(|sample| shown(sample.as_str())) {
            if !samples.contains(&sample) && (group.len() == 1 || samples.len() < SAMPLES) {
                samples.push(sample);
            }
        }
        let matches = group.iter().map(|finding| finding.matches).sum();
        let matches = say::matches(language, matches, &format!("{about}{}", grouped(distinct)));
        let (class, class_id) = class_names(most.class, language);
        Some(Self {
            class,
            class_id,
            is_low: !most.counts(),
            confidence: confidence(most.confidence, most.accepted.as_ref(), language),
            share: share(group),
            matches: with_parts(matches, group.len(), n_parts, language),
            because: because(&most.because, language),
            samples,
            remark: most
                .accepted
                .as_ref()
                .map(|entry| say::accepted(language, entry))
                .or_else(|| most.declared.as_ref().map(|entry| say::declared(language, entry))),
        })
    }
}

/// The least and the greatest share where they differ.
fn share(group: &[&ClassFinding]) -> String {
    let shares = || group.iter().map(|finding| finding.share);
    let [least, most] = [shares().fold(1.0, f64::min), shares().fold(0.0, f64::max)].map(percent);
    if least == most { most } else { format!("{least} – {most}") }
}

/// In how many parts of the table it is, where not in all of them.
fn with_parts(told: String, n: usize, n_parts: usize, language: Language) -> String {
    if n == n_parts {
        told
    } else {
        format!("{told}{}{}", Words::of(language).comma, say::in_parts(language, n, n_parts))
    }
}

impl RecordView {
    /// Records alike in some parts of a table; the part with most rows tells why.
    fn new(group: &[&RecordFinding], n_parts: usize, language: Language) -> Option<Self> {
        let most = *group.iter().rev().max_by_key(|record| record.rows)?;
        let columns: Vec<String> = most.columns.iter().map(|column| shown(column)).collect();
        let (class, class_id) = class_names(most.class, language);
        let rows = group.iter().map(|record| record.rows).sum();
        let subjects = group.iter().map(|record| record.subjects).max().unwrap_or(0);
        let size = if let [one] = group {
            say::record_size(language, one.rows, one.subjects)
        } else {
            say::record_size_of_parts(language, rows, subjects)
        };
        Some(Self {
            class,
            class_id,
            is_low: !most.counts(),
            confidence: confidence(most.confidence, most.accepted.as_ref(), language),
            size: with_parts(size, group.len(), n_parts, language),
            columns: columns.join(Words::of(language).comma),
            because: because(&most.because, language),
            facets: facets(&facets_of_parts(group), language),
            remark: most.accepted.as_ref().map(|entry| say::accepted(language, entry)),
        })
    }
}

/// The facets of all parts together, as far as those of each tell them: spans and areas are widened, quantities added.
/// How many values differ cannot be told from how many differ in each.
fn facets_of_parts(group: &[&RecordFinding]) -> Vec<Facet> {
    let [one] = group else {
        let named = grouped_by(group.iter().flat_map(|record| &record.facets), |facet| &facet.name);
        return named.iter().filter_map(|facets| joined_facet(facets)).collect();
    };
    one.facets.clone()
}

fn joined_facet(facets: &[&Facet]) -> Option<Facet> {
    let name = &facets.first()?.name;
    let value = facets.iter().map(|facet| &facet.value).cloned().reduce(|a, b| match (a, b) {
        (FacetValue::Text(a), FacetValue::Text(b)) if name.starts_with("first") => FacetValue::Text(a.min(b)),
        (FacetValue::Text(a), FacetValue::Text(b)) => FacetValue::Text(a.max(b)),
        (FacetValue::Number(a), FacetValue::Number(b)) => FacetValue::Number(match name.as_str() {
            "west_degrees" | "south_degrees" => a.min(b),
            "east_degrees" | "north_degrees" => a.max(b),
            _ => a + b,
        }),
        (a, _) => a,
    })?;
    (!matches!(value, FacetValue::Count(_))).then(|| Facet { name: name.clone(), value })
}

/// How sure a finding is; one that is set aside says that instead.
fn confidence(confidence: Confidence, accepted: Option<&ConfigEntry>, language: Language) -> &'static str {
    match accepted {
        Some(_) => Words::of(language).set_aside,
        None => Words::confidence_of(language, confidence),
    }
}

/// The facets with their names; the four edges of an area are one.
fn facets(facets: &[Facet], language: Language) -> Vec<(String, String)> {
    const EDGES: [&str; 4] = ["west_degrees", "south_degrees", "east_degrees", "north_degrees"];
    let edge = |name: &str| {
        facets.iter().find(|facet| facet.name == name).and_then(|facet| match facet.value {
            FacetValue::Number(number) => Some(quantity(number)),
            FacetValue::Count(_) | FacetValue::Text(_) => None,
        })
    };
    let [west, south, east, north] = EDGES.map(edge);
    let area = match (west, south, east, north) {
        (Some(west), Some(south), Some(east), Some(north)) => Some(say::area(language, [&west, &south, &east, &north])),
        _ => None,
    };
    let rest = facets.iter().filter(|facet| area.is_none() || !EDGES.contains(&facet.name.as_str()));
    let mut named: Vec<(String, String)> = rest
        .map(|facet| {
            let value = match &facet.value {
                FacetValue::Count(count) => grouped(*count),
                FacetValue::Number(number) => quantity(*number),
                FacetValue::Text(text) => shown(text),
            };
            (Words::facet(language, &facet.name), value)
        })
        .collect();
    named.extend(area.map(|area| (Words::of(language).area.to_owned(), area)));
    named
}

fn class_names(class: Class, language: Language) -> (&'static str, &'static str) {
    (language.pick(class.names()), class.id())
}

/// What spoke for the finding, then what spoke against it.
fn because(pieces: &[Because], language: Language) -> String {
    let words = Words::of(language);
    let side = |of: fn(i32) -> bool| -> String {
        let named: Vec<String> =
            pieces.iter().filter(|piece| of(piece.weight)).map(|piece| Words::evidence(language, piece.what)).collect();
        named.join(words.comma)
    };
    let (speaks_for, speaks_against) = (side(|weight| weight >= 0), side(|weight| weight < 0));
    if speaks_against.is_empty() {
        speaks_for
    } else {
        format!("{speaks_for}{}{}{}{speaks_against}", words.separator, words.against, words.colon)
    }
}
