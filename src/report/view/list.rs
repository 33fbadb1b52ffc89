//! One list with its rows and what they rest on.

use std::collections::BTreeSet;

use crate::decide::{Category, ListOutcome, RowEvidence, RowOutcome, Status};
use crate::model::Language;
use crate::report::clause::clause;
use crate::report::harmless::{prose, shown};
use crate::report::say;
use crate::report::words::Words;

use super::verdict::{list_line, superseded};
use super::{asked_fact, other, text_in};

/// A list, applied.
#[derive(Debug)]
pub(in crate::report) struct ListView {
    pub(in crate::report) id: String,
    pub(in crate::report) line: String,
    pub(in crate::report) superseded: Option<String>,
    pub(in crate::report) verdict: String,
    /// What else must be known, whatever the rows come to.
    pub(in crate::report) notes: Vec<NoteView>,
    /// The rows that say something of this export, in the list's order, what is reached first.
    pub(in crate::report) speaking: Vec<RowView>,
    /// The rows that are not reached, in the list's order.
    pub(in crate::report) silent: Vec<RowView>,
    /// The parts of the list of which no row is reached or open, counted; empty where that says nothing.
    pub(in crate::report) folded_line: String,
    /// How many rows are not reached.
    pub(in crate::report) silent_number: String,
    /// The rows whose text is not public, in the list's order.
    pub(in crate::report) unknown: Vec<RowView>,
    /// The same, counted by the first part of their ids.
    pub(in crate::report) unknown_line: String,
}

/// A remark of a list.
#[derive(Debug)]
pub(in crate::report) struct NoteView {
    pub(in crate::report) text: String,
    pub(in crate::report) sources: String,
}

/// A row of a list.
#[derive(Debug)]
pub(in crate::report) struct RowView {
    pub(in crate::report) id: String,
    pub(in crate::report) clause: String,
    pub(in crate::report) category: &'static str,
    pub(in crate::report) status: Status,
    pub(in crate::report) status_word: &'static str,
    /// Whether the row is only pointed out and makes no verdict.
    pub(in crate::report) is_flag: bool,
    /// Whether it stands in a part of the list of which no row is reached or open, so that a short report counts it.
    pub(in crate::report) is_folded: bool,
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
        let words = Words::of(language);
        let view = |row: &RowOutcome| RowView::new(row, language);
        let (mut speaking, mut silent, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        for row in &list.rows {
            match row.status {
                Status::NotReached => silent.push(view(row)),
                Status::UnknownText => unknown.push(view(row)),
                _ => speaking.push(view(row)),
            }
        }
        speaking.sort_by_key(|row| (row.is_flag, row.status));
        let parts: BTreeSet<&str> = speaking.iter().filter(|row| !row.is_flag).map(|row| part(&row.id)).collect();
        let lists_all = parts.is_empty() && list.verdict.category != Category::NotApplicable;
        for row in &mut silent {
            row.is_folded = !lists_all && !parts.contains(part(&row.id));
        }
        let folded_line = counted(silent.iter().filter(|row| row.is_folded), language);
        let unknown_line = counted(unknown.iter(), language);
        Self {
            id: shown(&list.id),
            line: list_line(list, language),
            superseded: superseded(list, language),
            verdict: say::list_verdict(language, &list.verdict, complete),
            notes: list
                .notes
                .iter()
                .map(|note| NoteView { text: text_in(&note.text, language), sources: joined(&note.source, words) })
                .collect(),
            speaking,
            folded_line,
            silent_number: say::rows_in_all(language, silent.len()),
            silent,
            unknown,
            unknown_line,
        }
    }
}

/// The first part of the id of a row.
fn part(id: &str) -> &str {
    id.split('.').next().unwrap_or_default()
}

/// Rows by part of the list, in the order of the list.
fn counted<'a>(rows: impl Iterator<Item = &'a RowView>, language: Language) -> String {
    let mut groups: Vec<(&str, u64)> = Vec::new();
    for row in rows {
        match groups.iter_mut().find(|(known, _)| *known == part(&row.id)) {
            Some((_, number)) => *number += 1,
            None => groups.push((part(&row.id), 1)),
        }
    }
    let groups: Vec<String> =
        groups.into_iter().map(|(group, rows)| say::rows_of_group(language, group, rows)).collect();
    groups.join(Words::of(language).comma)
}

fn joined(sources: &[String], words: &Words) -> String {
    let sources: Vec<String> = sources.iter().map(|source| prose(source)).collect();
    sources.join(words.separator)
}

impl RowView {
    pub(super) fn new(row: &RowOutcome, language: Language) -> Self {
        let words = Words::of(language);
        let missing: Vec<String> = row.missing_facts.iter().map(|id| asked_fact(id, language)).collect();
        let title = text_in(&row.title, language);
        let other_title = text_in(&row.title, other(language));
        let text = text_in(&row.text, language);
        Self {
            id: shown(&row.id),
            clause: prose(&clause(language, &row.clause)),
            category: Words::category(language, row.category),
            status: row.status,
            status_word: if row.flag && row.status != Status::NotReached {
                words.pointed_out
            } else {
                Words::status_of(language, row.status)
            },
            is_flag: row.flag,
            is_folded: false,
            other_title: if other_title == title { String::new() } else { other_title },
            text: if text == title { String::new() } else { text },
            title,
            measured: row.measured.map(|figures| say::persons(language, figures)),
            threshold: say::threshold(language, row),
            missing: missing.join(words.comma),
            evidence: row.evidence.iter().map(|evidence| EvidenceView::new(evidence, language)).collect(),
            remark: row.remark.as_ref().map(|remark| text_in(remark, language)).filter(|remark| !remark.is_empty()),
            sources: joined(&row.source, words),
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
            class: language.pick(evidence.class.names()).to_owned(),
        }
    }
}
