//! The report for a terminal: the first screen answers, what follows is the evidence.

mod ledger;
mod list;
mod merging;
mod page;
mod person;
mod screen;
mod trace;
mod wrap;
mod year;

use crate::model::Language;

use super::Report;
use super::say;
use super::view::{EntryView, ObjectView, ProblemGroup, View, bracketed};
pub use ledger::{Keyed, LedgerStatus, ledger_record, ledger_recorded, ledger_status, ledger_verified};
use list::list_rows;
use page::{Ink, Page};
pub use person::person;
use screen::first_screen;
pub use trace::column;
use wrap::width;

/// How wide the page is, and whether it has colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The width in terminal cells; less than [`Style::NARROWEST`] is taken as that.
    pub width: usize,
    /// Whether ANSI colours are used.
    pub colour: bool,
}

impl Style {
    /// Below this a table cannot be read any more.
    pub const NARROWEST: usize = 60;
}

impl Default for Style {
    fn default() -> Self {
        Self { width: 100, colour: false }
    }
}

/// Columns, doubts and problem places that the text names before it points to the page.
const FEW: usize = 5;

/// Objects that the text shows before it points to the page.
const OBJECTS_SHOWN: usize = 40;

/// The report as text in one language, with a line break at the end.
pub fn text(report: &Report, language: Language, style: Style) -> String {
    let view = View::new(report, language);
    let mut page = Page::new(style);
    first_screen(&mut page, &view);
    rows_of_branches(&mut page, &view);
    how_to_give(&mut page, &view);
    facts(&mut page, &view);
    tuning(&mut page, &view);
    persons(&mut page, &view);
    merging::merging(&mut page, &view);
    year::year(&mut page, &view);
    coverage(&mut page, &view);
    for list in &view.lists {
        list_rows(&mut page, list, &view);
    }
    objects(&mut page, &view);
    page.heading(view.words.citation);
    page.paragraph(0, &view.citation, Ink::Plain);
    page.blank();
    page.paragraph(0, view.words.legal_note, Ink::Dim);
    page.paragraph(0, view.words.contents_whole, Ink::Dim);
    page.finish()
}

fn few(lines: &[String], language: Language) -> Vec<String> {
    let mut shown: Vec<String> = lines.iter().take(FEW).cloned().collect();
    if lines.len() > FEW {
        shown.push(say::and_more(language, lines.len() - FEW));
    }
    shown
}

/// The rows behind each outcome of the first screen.
fn rows_of_branches(page: &mut Page, view: &View) {
    let (words, table) = (view.words, &view.verdict.branches);
    if table.rows.is_empty() {
        return;
    }
    page.heading(words.branches);
    let mut head: Vec<&str> = table.heads.iter().map(String::as_str).collect();
    head.push(words.because);
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|branch| branch.values.iter().chain([&branch.brief_because]).cloned().collect())
        .collect();
    page.table(0, &head, &rows);
}

fn how_to_give(page: &mut Page, view: &View) {
    let (words, missing) = (view.words, &view.verdict.missing);
    if missing.is_empty() {
        return;
    }
    page.heading(words.how_to_give);
    for fact in missing {
        page.item(0, &format!("{}{}{}", fact.name, words.colon, fact.how));
        if !fact.values.is_empty() {
            page.paragraph(4, &fact.values, Ink::Plain);
        }
    }
}

fn coverage(page: &mut Page, view: &View) {
    page.heading(view.words.coverage);
    page.paragraph(0, &view.coverage.sentence, Ink::Plain);
    let ink = if view.coverage.complete { Ink::Plain } else { Ink::Yellow };
    page.paragraph(0, view.coverage.completeness, ink);
    for group in &view.coverage.problems {
        problems(page, group, view);
    }
}

fn problems(page: &mut Page, group: &ProblemGroup, view: &View) {
    let words = view.words;
    let ink = if group.unread { Ink::Yellow } else { Ink::Dim };
    page.blank();
    let line = format!("{} x {}{}{}", group.number, group.code, words.colon, group.meaning);
    page.marked(0, width(group.severity) + 2, (group.severity, ink), &[line]);
    page.paragraph(2, &format!("{}{}{}", words.hint, words.colon, group.hint), Ink::Plain);
    let places: Vec<String> = group
        .problems
        .iter()
        .map(|problem| {
            let parts = [&problem.object, &problem.place, &problem.message];
            let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            parts.join(words.separator)
        })
        .collect();
    for place in few(&places, view.language) {
        page.item(2, &place);
    }
}

fn objects(page: &mut Page, view: &View) {
    page.heading(view.words.objects);
    page.paragraph(0, view.words.masked_note, Ink::Dim);
    for object in view.objects.iter().take(OBJECTS_SHOWN) {
        object_table(page, object, view);
    }
    if view.objects.len() > OBJECTS_SHOWN {
        page.blank();
        page.paragraph(0, &say::and_more(view.language, view.objects.len() - OBJECTS_SHOWN), Ink::Plain);
    }
    if !view.empty_objects.is_empty() {
        page.blank();
        let names = named(&view.empty_objects, view);
        page.paragraph(0, &format!("{}{}{names}", view.empty_line, view.words.colon), Ink::Plain);
    }
}

fn object_table(page: &mut Page, object: &ObjectView, view: &View) {
    let words = view.words;
    page.blank();
    page.paragraph(0, &object.uri, Ink::Bold);
    page.paragraph(2, &object.line, Ink::Dim);
    if !object.parts.is_empty() {
        let names = named(&object.parts, view);
        page.paragraph(2, &format!("{}{}{names}", object.parts_line, view.words.colon), Ink::Dim);
    }
    for record in &object.records {
        let mut lines = vec![
            format!("{}{}{}", bracketed(words, record.class, record.class_id), words.separator, record.confidence),
            format!("{}{}{}", record.size, words.separator, record.columns),
        ];
        let facets: Vec<String> =
            record.facets.iter().map(|(name, value)| format!("{name}{}{value}", words.colon)).collect();
        if !facets.is_empty() {
            lines.push(facets.join(words.separator));
        }
        if !record.because.is_empty() {
            lines.push(format!("{}{}{}", words.spoke, words.colon, record.because));
        }
        lines.extend(record.remark.clone());
        page.labelled(2, width(words.record) + 2, words.record, &lines);
    }
    let mut rows = Vec::new();
    for column in &object.columns {
        for (at, finding) in column.findings.iter().enumerate() {
            rows.push(vec![
                if at == 0 { column.name.clone() } else { String::new() },
                finding.class.to_owned(),
                finding.confidence.to_owned(),
                finding.share.clone(),
                finding.remark.clone().unwrap_or_else(|| finding.because.clone()),
                finding.samples.first().cloned().unwrap_or_default(),
            ]);
        }
    }
    if !rows.is_empty() {
        let head = [words.column, words.class, words.confidence, words.share, words.spoke, words.sample];
        page.table(2, &head, &rows);
    }
    if !object.empty_columns.is_empty() {
        let names = named(&object.empty_columns, view);
        page.paragraph(2, &format!("{}{}{names}", object.empty_line, words.colon), Ink::Dim);
    }
}

/// Names in one line; only so many that it stays one.
fn named(names: &[String], view: &View) -> String {
    few(names, view.language).join(view.words.comma)
}

fn persons(page: &mut Page, view: &View) {
    let (words, persons) = (view.words, &view.persons);
    page.heading(words.persons);
    if persons.groups.is_empty() {
        for line in &persons.lines {
            page.paragraph(0, line, Ink::Plain);
        }
    }
    let rows: Vec<Vec<String>> = persons
        .groups
        .iter()
        .chain(&persons.by_class)
        .map(|group| vec![group.name.clone(), group.best.clone(), group.at_least.clone(), group.at_most.clone()])
        .collect();
    if !rows.is_empty() {
        page.table(0, &[words.group, words.best, words.at_least, words.at_most], &rows);
    }
    if let Some(unattributed) = &persons.unattributed {
        page.paragraph(0, unattributed, Ink::Plain);
    }
}

/// The entries of the user's configuration.
fn tuning(page: &mut Page, view: &View) {
    let (words, Some(tuning)) = (view.words, &view.tuning) else { return };
    page.heading(words.config);
    page.paragraph(0, &tuning.line, Ink::Plain);
    let rows: Vec<Vec<String>> = tuning
        .entries
        .iter()
        .map(|entry| {
            let EntryView { line, what, effect, until, reason } = entry;
            [line, what, effect, until, reason].map(Clone::clone).to_vec()
        })
        .collect();
    if !rows.is_empty() {
        page.table(0, &[words.line, words.entry, words.effect, words.until, words.reason], &rows);
    }
}

fn facts(page: &mut Page, view: &View) {
    page.heading(view.words.facts);
    let room = view.facts.iter().map(|(name, _)| width(name)).max().unwrap_or(0) + 2;
    for (name, value) in &view.facts {
        page.labelled(0, room, name, std::slice::from_ref(value));
    }
}
