//! The report for a terminal: the first screen answers, what follows is the evidence.

mod page;
mod wrap;

use crate::decide::Status;
use crate::model::Language;

use super::Report;
use super::say;
use super::view::{ListView, ObjectView, ProblemGroup, RowView, Tone, View, bracketed};
use super::words::Words;
use page::{Ink, Page};
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
    branches(&mut page, &view);
    facts(&mut page, &view);
    persons(&mut page, &view);
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

const fn ink(tone: Tone) -> Ink {
    match tone {
        Tone::Stop => Ink::Red,
        Tone::Caution => Ink::Yellow,
        Tone::Open => Ink::Blue,
        Tone::Free => Ink::Green,
    }
}

fn first_screen(page: &mut Page, view: &View) {
    let (words, verdict) = (view.words, &view.verdict);
    page.paragraph(0, &format!("[{}] {}", verdict.word, verdict.headline), ink(verdict.tone));
    page.blank();
    let labels = [words.procedure, words.certainty, words.because, words.persons, words.columns_concerned, words.list];
    let room = labels.iter().map(|label| width(label)).max().unwrap_or(0) + 3;
    page.labelled(0, room, words.procedure, std::slice::from_ref(&verdict.filing));
    let mut certainty = vec![verdict.certainty.to_owned()];
    certainty.extend(few(&verdict.doubts, view.language).into_iter().map(|doubt| format!("- {doubt}")));
    page.labelled(0, room, words.certainty, &certainty);
    if !verdict.because.is_empty() {
        let mut because: Vec<String> = verdict.because.iter().take(FEW).flat_map(|row| reason(row, words)).collect();
        if verdict.because.len() > FEW {
            because.push(say::and_more(view.language, verdict.because.len() - FEW));
        }
        page.labelled(0, room, words.because, &because);
    }
    let mut persons = view.persons.lines.clone();
    persons.extend(view.persons.unattributed.clone());
    page.labelled(0, room, words.persons, &persons);
    let evidence: Vec<String> = verdict
        .evidence
        .iter()
        .map(|evidence| {
            bracketed(words, &format!("{}{}{}", evidence.object, words.colon, evidence.columns), &evidence.class)
        })
        .collect();
    if !evidence.is_empty() {
        page.labelled(0, room, words.columns_concerned, &few(&evidence, view.language));
    }
    page.labelled(0, room, words.coverage, &[view.coverage.completeness.to_owned()]);
    if !verdict.list.is_empty() {
        page.labelled(0, room, words.list, std::slice::from_ref(&verdict.list));
    }
    for notice in &verdict.superseded {
        page.marked(0, room, (words.superseded, Ink::Yellow), std::slice::from_ref(notice));
    }
}

fn reason(row: &RowView, words: &Words) -> Vec<String> {
    let mut lines = vec![format!("{}{}{}", bracketed(words, &row.clause, &row.id), words.colon, row.title)];
    lines.extend(row.measure(words));
    lines
}

fn few(lines: &[String], language: Language) -> Vec<String> {
    let mut shown: Vec<String> = lines.iter().take(FEW).cloned().collect();
    if lines.len() > FEW {
        shown.push(say::and_more(language, lines.len() - FEW));
    }
    shown
}

fn branches(page: &mut Page, view: &View) {
    let (words, verdict) = (view.words, &view.verdict);
    if !verdict.branches.is_empty() {
        page.heading(words.branches);
        let rows: Vec<Vec<String>> = verdict
            .branches
            .iter()
            .map(|branch| {
                let outcome = [branch.category, &branch.procedure];
                let outcome: Vec<&str> = outcome.into_iter().filter(|part| !part.is_empty()).collect();
                vec![branch.condition.clone(), outcome.join(words.colon), branch.because.clone()]
            })
            .collect();
        page.table(0, &[words.branches_if, words.branches_then, words.because], &rows);
    }
    if !verdict.missing.is_empty() {
        page.blank();
        page.paragraph(0, words.how_to_give, Ink::Bold);
        for fact in &verdict.missing {
            page.item(0, &format!("{}{}{}", fact.name, words.colon, fact.how));
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

/// A mark that stands for the status where there is no room or colour; ASCII, because its width is sure.
const fn mark(status: Status) -> (&'static str, Ink) {
    match status {
        Status::Reached => ("[!]", Ink::Red),
        Status::NotReached => ("[ ]", Ink::Plain),
        Status::Uncertain => ("[~]", Ink::Yellow),
        Status::NeedsFacts => ("[?]", Ink::Blue),
        Status::UnknownText => ("[-]", Ink::Dim),
        Status::Exempt => ("[x]", Ink::Green),
    }
}

fn list_rows(page: &mut Page, list: &ListView, view: &View) {
    let words = view.words;
    page.heading(&format!("{}{}{}", words.rows_of, words.colon, list.line));
    page.paragraph(0, &format!("{}{}{}", words.verdict, words.colon, list.verdict), Ink::Bold);
    if let Some(notice) = &list.superseded {
        page.paragraph(0, notice, Ink::Yellow);
    }
    page.blank();
    let unknown = Words::status_of(view.language, Status::UnknownText);
    let words_of_status = list.rows.iter().map(|row| row.status_word);
    let room = words_of_status.map(width).max().unwrap_or(0) + 6;
    let (still, speaking): (Vec<&RowView>, Vec<&RowView>) = list
        .rows
        .iter()
        .filter(|row| row.status != Status::UnknownText)
        .partition(|row| row.status == Status::NotReached);
    for row in speaking {
        let (mark, ink) = mark(row.status);
        page.marked(0, room, (&format!("{mark} {}", row.status_word), ink), &list_row(row, words));
    }
    for row in still {
        let (mark, ink) = mark(row.status);
        page.marked(0, room, (&format!("{mark} {}", row.status_word), ink), &reason(row, words));
    }
    for group in &list.unknown {
        let (mark, ink) = mark(Status::UnknownText);
        page.marked(0, room, (&format!("{mark} {unknown}"), ink), std::slice::from_ref(group));
    }
    for note in &list.notes {
        page.item(0, note);
    }
}

fn list_row(row: &RowView, words: &Words) -> Vec<String> {
    let clause = bracketed(words, &row.clause, &row.id);
    let mut lines = vec![format!("{clause}{}{}", words.separator, row.category), row.title.clone()];
    lines.extend(row.measure(words));
    if !row.missing.is_empty() {
        lines.push(format!("{}{}{}", words.missing, words.colon, row.missing));
    }
    if let Some(remark) = &row.remark {
        lines.push(format!("{}{}{remark}", words.remark, words.colon));
    }
    lines
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
                finding.because.clone(),
                finding.samples.clone(),
            ]);
        }
    }
    if !rows.is_empty() {
        let head = [words.column, words.class, words.confidence, words.share, words.spoke, words.samples];
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
    let rows: Vec<Vec<String>> = persons
        .groups
        .iter()
        .chain(&persons.by_class)
        .map(|group| vec![group.name.clone(), group.best.clone(), group.at_least.clone(), group.at_most.clone()])
        .collect();
    page.table(0, &[words.group, words.best, words.at_least, words.at_most], &rows);
    if let Some(unattributed) = &persons.unattributed {
        page.paragraph(0, unattributed, Ink::Plain);
    }
}

fn facts(page: &mut Page, view: &View) {
    page.heading(view.words.facts);
    let room = view.facts.iter().map(|(name, _)| width(name)).max().unwrap_or(0) + 2;
    for (name, value) in &view.facts {
        page.labelled(0, room, name, std::slice::from_ref(value));
    }
}
