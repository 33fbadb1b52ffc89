//! One list with its rows and what they rest on.

use std::collections::BTreeMap;

use crate::decide::{ListOutcome, RowEvidence, RowOutcome, Status};
use crate::model::Language;
use crate::report::harmless::{prose, shown};
use crate::report::say;
use crate::report::words::Words;

use super::verdict::{list_line, superseded};
use super::{asked_fact, named, other, text_in};

/// A list, applied.
#[derive(Debug)]
pub(in crate::report) struct ListView {
    pub(in crate::report) id: String,
    pub(in crate::report) line: String,
    pub(in crate::report) superseded: Option<String>,
    /// Remarks that go with the list.
    pub(in crate::report) notes: Vec<String>,
    pub(in crate::report) verdict: String,
    /// The rows in the list's order.
    pub(in crate::report) rows: Vec<RowView>,
    /// Rows whose text is not public, one line for each first part of their ids.
    pub(in crate::report) unknown: Vec<String>,
}

/// A row of a list.
#[derive(Debug)]
pub(in crate::report) struct RowView {
    pub(in crate::report) id: String,
    pub(in crate::report) clause: String,
    pub(in crate::report) category: &'static str,
    pub(in crate::report) status: Status,
    pub(in crate::report) status_word: &'static str,
    pub(in crate::report) title: String,
    /// The title in the other language.
    pub(in crate::report) other_title: String,
    pub(in crate::report) text: String,
    pub(in crate::report) measured: Option<String>,
    pub(in crate::report) threshold: Option<String>,
    pub(in crate::report) missing: String,
    pub(in crate::report) evidence: Vec<EvidenceView>,
    pub(in crate::report) remark: Option<String>,
    pub(in crate::report) sources: String,
}

/// Columns that a row rests on.
#[derive(Debug)]
pub(in crate::report) struct EvidenceView {
    pub(in crate::report) object: String,
    pub(in crate::report) columns: String,
    pub(in crate::report) class: String,
}

impl ListView {
    pub(super) fn new(list: &ListOutcome, complete: bool, language: Language) -> Self {
        let mut unknown: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for row in list.rows.iter().filter(|row| row.status == Status::UnknownText) {
            let group = row.id.split('.').next().unwrap_or_default();
            unknown.entry(group).or_default().push(prose(&row.clause));
        }
        Self {
            id: shown(&list.id),
            line: list_line(list, language),
            superseded: superseded(list, language),
            notes: list.notes.iter().map(|note| text_in(&note.text, language)).collect(),
            verdict: say::list_verdict(language, &list.verdict, complete),
            rows: list.rows.iter().map(|row| RowView::new(row, language)).collect(),
            unknown: unknown
                .into_iter()
                .map(|(group, clauses)| say::unknown_rows(language, &shown(group), &clauses))
                .collect(),
        }
    }
}

impl RowView {
    pub(super) fn new(row: &RowOutcome, language: Language) -> Self {
        let words = Words::of(language);
        let missing: Vec<String> = row.missing_facts.iter().map(|id| asked_fact(id, language)).collect();
        let title = text_in(&row.title, language);
        let other_title = text_in(&row.title, other(language));
        let text = text_in(&row.text, language);
        let sources: Vec<String> = row.source.iter().map(|source| prose(source)).collect();
        Self {
            id: shown(&row.id),
            clause: prose(&row.clause),
            category: Words::category(language, row.category),
            status: row.status,
            status_word: Words::status_of(language, row.status),
            other_title: if other_title == title { String::new() } else { other_title },
            text: if text == title { String::new() } else { text },
            title,
            measured: row.measured.map(|figures| say::persons(language, figures)),
            threshold: say::threshold(language, row),
            missing: missing.join(words.comma),
            evidence: row.evidence.iter().map(|evidence| EvidenceView::new(evidence, language)).collect(),
            remark: row.remark.as_ref().map(|remark| text_in(remark, language)).filter(|remark| !remark.is_empty()),
            sources: sources.join(words.separator),
        }
    }

    /// The count and the threshold in one line, where the row counts.
    pub(in crate::report) fn measure(&self, words: &Words) -> Option<String> {
        let measured = self.measured.as_deref()?;
        Some(match &self.threshold {
            Some(threshold) => {
                format!("{measured}{}{}{}{threshold}", words.separator, words.threshold, words.colon)
            }
            None => measured.to_owned(),
        })
    }
}

impl EvidenceView {
    pub(super) fn new(evidence: &RowEvidence, language: Language) -> Self {
        let columns: Vec<String> = evidence.columns.iter().map(|column| shown(column)).collect();
        Self {
            object: shown(&evidence.object),
            columns: columns.join(Words::of(language).comma),
            class: named(evidence.class.names(), language).to_owned(),
        }
    }
}
