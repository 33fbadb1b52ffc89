//! The year's exports, and how far each threshold is.

use crate::decide::RowOutcome;
use crate::model::Language;
use crate::report::Report;
use crate::report::clause::clause;
use crate::report::harmless::{prose, shown};
use crate::report::number::percent;
use crate::report::say;
use crate::tally::Year;

use super::text_in;

/// What a ledger tells of the year.
#[derive(Debug)]
pub(in crate::report) struct YearView {
    /// The line of the first screen.
    pub(in crate::report) brief: String,
    /// What was exported, what the data at hand add, and what is left out.
    pub(in crate::report) lines: Vec<String>,
    pub(in crate::report) rows: Vec<YearRow>,
    /// How the days of the rows are found.
    pub(in crate::report) rate: String,
    /// Which state of which ledger this is.
    pub(in crate::report) ledger: String,
}

/// A row that counts the persons of the year.
#[derive(Debug)]
pub(in crate::report) struct YearRow {
    pub(in crate::report) clause: String,
    pub(in crate::report) id: String,
    pub(in crate::report) title: String,
    pub(in crate::report) status_id: &'static str,
    pub(in crate::report) to_date: String,
    pub(in crate::report) threshold: String,
    /// How many the data at hand add.
    pub(in crate::report) adds: String,
    pub(in crate::report) standing: String,
    /// The share of the threshold that is reached, 0 to 1.
    pub(in crate::report) share: f64,
    pub(in crate::report) percent: String,
}

impl YearView {
    /// The same without data at hand.
    pub(in crate::report) fn without_data(report: &Report, year: &Year, language: Language) -> Self {
        let census = &year.before.census;
        let all = year.before.everybody();
        let sensitive = census.figures(|classes| classes.intersects(report.sensitive));
        let others = census.figures(|classes| !classes.intersects(report.sensitive));
        let mut lines = vec![say::exports_that_count(language, year)];
        if year.n_counted > 0 {
            lines.extend(say::persons_in_all(language, all, sensitive, others));
        }
        lines.extend(left_out(year, language));
        let mut rows = rows(report, language);
        for row in &mut rows {
            row.adds.clear();
        }
        Self { lines, rows, ..Self::new(report, year, language) }
    }

    pub(super) fn new(report: &Report, year: &Year, language: Language) -> Self {
        let mut lines = vec![say::so_far(language, year)];
        lines.extend(say::added(language, year, year.added(report.persons()), &report.facts.exemptions));
        lines.extend(left_out(year, language));
        Self {
            brief: say::year_brief(language, year),
            lines,
            rows: rows(report, language),
            rate: say::rate(language, year.days.map(|(first, _)| first)),
            ledger: say::ledger_at(language, year.n_records, &shown(&year.head)),
        }
    }
}

/// What the count of the year is without.
fn left_out(year: &Year, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    if year.n_exempt > 0 {
        lines.push(say::exempt_exports(language, year.n_exempt, year.exempt.everybody()));
    }
    let unattributed = year.to_date().unattributed_rows(|_| true);
    if unattributed > 0 {
        lines.push(say::unattributed(language, unattributed));
    }
    if !year.complete {
        lines.push(say::year_unread(language).to_owned());
    }
    lines
}

/// The rows of the speaking list that count the persons of the year.
fn rows(report: &Report, language: Language) -> Vec<YearRow> {
    super::person::counting_rows(report).into_iter().filter_map(|(row, _)| YearRow::new(row, language)).collect()
}

impl YearRow {
    fn new(row: &RowOutcome, language: Language) -> Option<Self> {
        let outlook = row.outlook?;
        let share = (outlook.to_date.best as f64 / outlook.from.max(1) as f64).min(1.0);
        Some(Self {
            clause: prose(&clause(language, &row.clause)),
            id: shown(&row.id),
            title: text_in(&row.title, language),
            status_id: row.status.id(),
            to_date: say::persons(language, outlook.to_date),
            threshold: say::threshold(language, row).unwrap_or_default(),
            adds: say::adds(language, outlook.adds),
            standing: say::year_standing(language, outlook, row.below),
            share,
            percent: if outlook.left == 0 { percent(1.0) } else { percent(share) },
        })
    }

    /// The width of the drawn bar, of 100.
    pub(in crate::report) fn bar(&self) -> String {
        format!("{:.1}", self.share * 100.0)
    }
}
