//! A ledger as text: where its year stands, one record, and whether it is sound.

use crate::decide::Category;
use crate::ledger::{Appended, Entry, Head, Record, Verification};
use crate::model::{Industry, Language};
use crate::report::harmless::shown;
use crate::report::number::grouped;
use crate::report::view::YearView;
use crate::report::words::Words;
use crate::report::{Report, say};

use super::Style;
use super::page::{Ink, Page};
use super::wrap::width;
use super::year::thresholds;

/// The year of a ledger.
#[derive(Debug)]
pub struct LedgerStatus<'a> {
    /// Whose ledger it is.
    pub entity: &'a str,
    /// The year.
    pub year: i16,
    /// The records of the year.
    pub records: Vec<&'a Record>,
    /// The lists, applied to the persons of the year; with [`Totals::year`](crate::tally::Totals::year).
    pub report: Report,
}

/// The year of a ledger: its records, its persons, and a bar for each threshold.
pub fn ledger_status(status: &LedgerStatus<'_>, language: Language, style: Style) -> String {
    let words = Words::of(language);
    let mut page = Page::new(style);
    page.paragraph(0, &say::entity_of_year(language, &shown(status.entity), status.year), Ink::Bold);
    page.blank();
    if status.records.is_empty() {
        page.paragraph(0, say::no_records(language), Ink::Plain);
    } else {
        let head =
            [words.number, words.day, words.recipient, words.counted_persons, words.of_them_sensitive, words.counts];
        let rows: Vec<Vec<String>> = status.records.iter().map(|record| row(record, language)).collect();
        page.table(0, &head, &rows);
    }
    if let Some(year) = &status.report.totals.year {
        let view = YearView::without_data(&status.report, year, language);
        page.heading(words.year_to_date);
        for line in &view.lines {
            page.paragraph(0, line, Ink::Plain);
        }
        thresholds(&mut page, &view.rows, words);
        page.blank();
        page.paragraph(0, &view.rate, Ink::Dim);
        page.paragraph(0, &view.ledger, Ink::Dim);
    }
    page.finish()
}

fn row(record: &Record, language: Language) -> Vec<String> {
    let export = &record.export;
    vec![
        grouped(record.number),
        export.date.to_string(),
        recipient(record, language),
        say::persons(language, export.persons.all),
        grouped(export.persons.sensitive.best),
        [say::claims(language, export.counts, &export.stated.exemptions)]
            .into_iter()
            .chain((!export.coverage.complete).then(|| say::not_complete(language).to_owned()))
            .collect::<Vec<_>>()
            .join(Words::of(language).separator),
    ]
}

fn recipient(record: &Record, language: Language) -> String {
    let stated = &record.export.stated;
    let parts: Vec<String> =
        [&stated.recipient, &stated.country].into_iter().flatten().map(|part| shown(part)).collect();
    let words = Words::of(language);
    if parts.is_empty() { words.not_given.to_owned() } else { parts.join(words.comma) }
}

/// One record in full.
pub fn ledger_record(entry: &Entry, language: Language, style: Style) -> String {
    let words = Words::of(language);
    let Entry { record, hash } = entry;
    let export = &record.export;
    let or_not = |text: &Option<String>| text.as_deref().map_or_else(|| words.not_given.to_owned(), shown);
    let industry = export.stated.industry.map(Industry::names).map(|names| language.pick(names).to_owned());
    let persons = &export.persons;
    let mut counted = say::persons_in_all(language, persons.all, persons.sensitive, persons.non_sensitive);
    if persons.unattributed_rows > 0 {
        counted.push(say::unattributed(language, persons.unattributed_rows));
    }
    let lines: [(&str, Vec<String>); 16] = [
        (words.number, vec![grouped(record.number)]),
        (words.day, vec![export.date.to_string()]),
        (words.exporter, vec![shown(&export.entity)]),
        (words.recipient, vec![recipient(record, language)]),
        (words.industry, vec![industry.unwrap_or_else(|| words.not_given.to_owned())]),
        (words.scenario, vec![or_not(&export.stated.scenario)]),
        (words.counts, vec![say::claims(language, export.counts, &export.stated.exemptions)]),
        (words.counted_persons, counted),
        (words.list, vec![shown(&export.list)]),
        (words.verdict, vec![category(&export.category, language)]),
        (words.coverage, vec![say::looked(language, &export.coverage)]),
        (words.recorded, vec![shown(&record.recorded)]),
        (words.hash, vec![hash.clone()]),
        (words.previous, vec![shown(&record.previous)]),
        (words.tally, vec![shown(&record.tally)]),
        (words.signer, vec![record.signer.map_or_else(|| words.not_signed.to_owned(), |key| key.to_string())]),
    ];
    let room = lines.iter().map(|(label, _)| width(label)).max().unwrap_or(0) + 3;
    let mut page = Page::new(style);
    for (label, lines) in &lines {
        page.labelled(0, room, label, lines);
    }
    page.finish()
}

/// The word for a category, by its id; an id that is not known is shown as it is.
fn category(id: &str, language: Language) -> String {
    let all = [Category::NotApplicable, Category::None, Category::II, Category::Undetermined, Category::I];
    let known = all.into_iter().find(|category| category.id() == id);
    known.map_or_else(|| shown(id), |category| Words::category(language, category).to_owned())
}

/// What recording came to: the record, and the head to note.
pub fn ledger_recorded(entry: &Entry, appended: Appended, head: &Head, language: Language, style: Style) -> String {
    let mut page = Page::new(style);
    page.paragraph(0, &say::recorded(language, appended), Ink::Bold);
    page.blank();
    let mut text = page.finish();
    text.push_str(&ledger_record(entry, language, style));
    let mut page = Page::new(style);
    page.blank();
    page.paragraph(0, &say::ledger_at(language, head.records, &shown(&head.hash)), Ink::Dim);
    text.push_str(&page.finish());
    text
}

/// What verifying came to; `keyed` is whether the key or a public key was there to verify by.
pub fn ledger_verified(verified: &Verification, keyed: Keyed, language: Language, style: Style) -> String {
    let mut page = Page::new(style);
    if verified.faults.is_empty() {
        page.paragraph(0, &say::sound(language, verified.records, verified.signed), Ink::Green);
    } else {
        page.paragraph(0, &say::unsound(language, verified.faults.len()), Ink::Red);
        for fault in &verified.faults {
            page.item(0, &shown(&say::fault(language, fault)));
        }
    }
    if let Some(number) = verified.noted {
        page.paragraph(0, &say::head_found(language, number), Ink::Plain);
    }
    if keyed == Keyed::No {
        page.paragraph(0, say::chain_followed(language), Ink::Yellow);
    }
    for file in &verified.remnants {
        page.item(0, &shown(&say::remnant(language, file)));
    }
    if let Some(head) = &verified.head {
        page.paragraph(0, &say::ledger_at(language, head.records, &shown(&head.hash)), Ink::Dim);
    }
    page.finish()
}

/// Whether there was something to verify by that a forger does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyed {
    /// The key, a public key, or a head noted before.
    Yes,
    /// None of them.
    No,
}
