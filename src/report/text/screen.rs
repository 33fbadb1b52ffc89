//! The first screen: may this leave, what must be filed first, how sure that is, and because of whom and what.
//!
//! *Invariant*: it fits a terminal of 40 lines and 100 cells, so every list in it is cut short.

use crate::decide::Status;
use crate::report::say;
use crate::report::view::{EvidenceView, RowView, Tone, View, bracketed};

use super::few;
use super::page::{Ink, Page};
use super::wrap::width;

/// Rows and objects that the first screen names.
const NAMED: usize = 3;

/// Objects that it names where the branches take room.
const NAMED_BELOW_BRANCHES: usize = 2;

/// What the columns of one object hold, as far as the first screen names it.
const HELD: usize = 2;

const fn ink(tone: Tone) -> Ink {
    match tone {
        Tone::Stop => Ink::Red,
        Tone::Caution => Ink::Yellow,
        Tone::Open => Ink::Blue,
        Tone::Free => Ink::Green,
    }
}

pub(super) fn first_screen(page: &mut Page, view: &View) {
    let (words, verdict) = (view.words, &view.verdict);
    page.paragraph(0, &format!("[{}] {}", verdict.word, verdict.headline), ink(verdict.tone));
    page.blank();
    let mut labels =
        vec![words.procedure, words.certainty, words.because, words.persons, words.columns_concerned, words.list];
    labels.extend(view.tuning.as_ref().map(|_| words.config));
    labels.extend(view.year.as_ref().map(|_| words.year_to_date));
    let room = labels.iter().map(|label| width(label)).max().unwrap_or(0) + 3;
    page.labelled(0, room, words.procedure, std::slice::from_ref(&verdict.filing));
    let mut certainty = vec![verdict.certainty.to_owned()];
    certainty.extend(few(&verdict.doubts, view.language).into_iter().map(|doubt| format!("- {doubt}")));
    page.labelled(0, room, words.certainty, &certainty);
    if let Some(tuning) = &view.tuning {
        page.marked(0, room, (words.config, Ink::Yellow), std::slice::from_ref(&tuning.line));
    }
    branches(page, view);
    let reasons = reasons(view);
    if !reasons.is_empty() {
        page.labelled(0, room, words.because, &reasons);
    }
    let mut persons = view.persons.lines.clone();
    persons.extend(view.persons.unattributed.clone());
    page.labelled(0, room, words.persons, &persons);
    if let Some(year) = &view.year {
        page.labelled(0, room, words.year_to_date, std::slice::from_ref(&year.brief));
    }
    let columns = columns(view);
    if !columns.is_empty() {
        page.labelled(0, room, words.columns_concerned, &columns);
    }
    page.labelled(0, room, words.coverage, &[view.coverage.completeness.to_owned()]);
    if !verdict.edition.is_empty() {
        page.labelled(0, room, words.list, std::slice::from_ref(&verdict.edition));
    }
    for notice in &verdict.superseded_in_brief {
        page.marked(0, room, (words.superseded, Ink::Yellow), std::slice::from_ref(notice));
    }
}

fn branches(page: &mut Page, view: &View) {
    let (words, table) = (view.words, &view.verdict.branches);
    if table.rows.is_empty() {
        return;
    }
    page.blank();
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|branch| {
            let outcome = [branch.brief_category.as_str(), branch.brief_procedure];
            let outcome: Vec<&str> = outcome.into_iter().filter(|part| !part.is_empty()).collect();
            let mut cells = branch.brief_values.clone();
            cells.push(outcome.join(words.colon));
            cells
        })
        .collect();
    let mut head: Vec<&str> = table.heads.iter().map(String::as_str).collect();
    head.push(words.branches_then);
    page.table(0, &head, &rows);
    let flags: Vec<&str> = view.verdict.missing.iter().map(|fact| fact.how.as_str()).collect();
    page.paragraph(0, &format!("{}{}{}", words.give, words.colon, flags.join("  ")), Ink::Bold);
    page.blank();
}

/// The rows that make the verdict, each with its count; those whose text is not public are only counted.
fn reasons(view: &View) -> Vec<String> {
    let verdict = &view.verdict;
    let mut lines: Vec<String> = Vec::new();
    for row in verdict.reasons.iter().take(NAMED) {
        lines.push(reason(row, view));
        lines.extend(row.measure(view.words));
    }
    if verdict.reasons.len() > NAMED {
        lines.push(say::more(view.language, verdict.reasons.len() - NAMED));
    }
    if !verdict.rows_not_public.is_empty() {
        lines.push(verdict.rows_not_public.clone());
    }
    lines
}

fn reason(row: &RowView, view: &View) -> String {
    let words = view.words;
    let line = format!("{}{}{}", bracketed(words, &row.clause, &row.id), words.colon, row.title);
    match row.status {
        Status::Reached => line,
        _ => bracketed(words, &line, row.status_word),
    }
}

/// One line for each object, with what its columns hold.
fn columns(view: &View) -> Vec<String> {
    let words = view.words;
    let most = if view.verdict.branches.rows.is_empty() { NAMED } else { NAMED_BELOW_BRANCHES };
    let mut objects: Vec<(&str, Vec<&EvidenceView>)> = Vec::new();
    for evidence in &view.verdict.evidence {
        match objects.iter_mut().find(|(object, _)| *object == evidence.object) {
            Some((_, held)) => held.push(evidence),
            None => objects.push((&evidence.object, vec![evidence])),
        }
    }
    let lines = objects.iter().take(most).map(|(object, held)| {
        let mut parts: Vec<String> =
            held.iter().take(HELD).map(|evidence| bracketed(words, &evidence.columns, &evidence.class)).collect();
        if held.len() > HELD {
            parts.push(say::more(view.language, held.len() - HELD));
        }
        format!("{object}{}{}", words.colon, parts.join(words.separator))
    });
    let mut lines: Vec<String> = lines.collect();
    if objects.len() > most {
        lines.push(say::more_objects(view.language, objects.len() - most));
    }
    lines
}
