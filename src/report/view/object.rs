//! One object with its columns and what they hold.

use crate::model::{
    Because, Class, ClassFinding, ColumnFinding, Confidence, ConfigEntry, Facet, FacetValue, Language, ObjectFinding,
    RecordFinding,
};
use crate::report::harmless::shown;
use crate::report::number::{bytes, grouped, percent, quantity};
use crate::report::say;
use crate::report::words::Words;

/// An object.
#[derive(Debug)]
pub(in crate::report) struct ObjectView {
    pub(in crate::report) uri: String,
    pub(in crate::report) line: String,
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
    pub(super) fn new(object: &ObjectFinding, language: Language) -> Self {
        let words = Words::of(language);
        let (found, empty): (Vec<&ColumnFinding>, Vec<&ColumnFinding>) =
            object.columns.iter().partition(|column| !column.classes.is_empty());
        let in_record = |name: &String| object.records.iter().any(|record| record.columns.contains(name));
        let empty: Vec<&ColumnFinding> = empty.into_iter().filter(|column| !in_record(&column.name)).collect();
        Self {
            uri: shown(&object.uri),
            line: [
                shown(&object.format),
                shown(&object.encoding),
                format!("{} {}", grouped(object.rows), words.rows),
                bytes(object.bytes),
            ]
            .join(words.comma),
            columns: found.iter().map(|column| ColumnView::new(column, language)).collect(),
            empty_line: say::empty_columns(language, empty.len()),
            empty_columns: empty.iter().map(|column| shown(&column.name)).collect(),
            records: object.records.iter().map(|record| RecordView::new(record, language)).collect(),
        }
    }

    /// Whether anything was found in it.
    pub(super) fn says_something(&self) -> bool {
        !self.columns.is_empty() || !self.records.is_empty()
    }
}

impl ColumnView {
    fn new(column: &ColumnFinding, language: Language) -> Self {
        Self {
            name: shown(&column.name),
            data_type: shown(&column.data_type),
            findings: column
                .classes
                .iter()
                .filter(|finding| !is_weaker_echo(finding, &column.classes))
                .map(|finding| FindingView::new(finding, language))
                .collect(),
        }
    }
}

/// Whether another detector is sure of what this one only suspects.
fn is_weaker_echo(finding: &ClassFinding, all: &[ClassFinding]) -> bool {
    !finding.confidence.counts()
        && all.iter().any(|other| other.class == finding.class && other.confidence > finding.confidence)
}

impl FindingView {
    fn new(finding: &ClassFinding, language: Language) -> Self {
        let about = if finding.distinct_exact { "" } else { "≈ " };
        let samples: Vec<String> = finding.samples.iter().map(|sample| shown(sample.as_str())).collect();
        let (class, class_id) = class_names(finding.class, language);
        Self {
            class,
            class_id,
            is_low: !finding.counts(),
            confidence: confidence(finding.confidence, finding.accepted.as_ref(), language),
            share: percent(finding.share),
            matches: say::matches(language, finding.matches, &format!("{about}{}", grouped(finding.distinct))),
            because: because(&finding.because, language),
            samples,
            remark: finding
                .accepted
                .as_ref()
                .map(|entry| say::accepted(language, entry))
                .or_else(|| finding.declared.as_ref().map(|entry| say::declared(language, entry))),
        }
    }
}

impl RecordView {
    fn new(record: &RecordFinding, language: Language) -> Self {
        let columns: Vec<String> = record.columns.iter().map(|column| shown(column)).collect();
        let (class, class_id) = class_names(record.class, language);
        Self {
            class,
            class_id,
            is_low: !record.counts(),
            confidence: confidence(record.confidence, record.accepted.as_ref(), language),
            size: say::record_size(language, record.rows, record.subjects),
            columns: columns.join(Words::of(language).comma),
            because: because(&record.because, language),
            facets: facets(&record.facets, language),
            remark: record.accepted.as_ref().map(|entry| say::accepted(language, entry)),
        }
    }
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
