//! What a ledger tells of the year, in `report.json`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::FiguresPart;
use crate::decide::Outlook;
use crate::model::ClassSet;
use crate::report::Report;
use crate::tally::{Counted, Year};

/// Persons since 1 January: the shape of `persons`.
#[derive(Serialize)]
pub(super) struct YearToDatePart {
    best: u64,
    at_least: u64,
    at_most: u64,
    unattributed_rows: u64,
    sensitive: FiguresPart,
    non_sensitive: FiguresPart,
    by_class: BTreeMap<&'static str, FiguresPart>,
}

impl YearToDatePart {
    pub(super) fn new(report: &Report, counted: &Counted) -> Self {
        let Counted { census, .. } = counted;
        let all = counted.everybody();
        let persons = census.best.iter().chain(&census.at_most);
        let classes = persons.fold(ClassSet::EMPTY, |all, (classes, _)| all.union(*classes));
        let by_class =
            classes.iter().map(|class| (class.id(), census.figures(|classes| classes.contains(class)).into()));
        Self {
            best: all.best,
            at_least: all.at_least,
            at_most: all.at_most,
            unattributed_rows: counted.unattributed_rows(|_| true),
            sensitive: census.figures(|classes| classes.intersects(report.sensitive)).into(),
            non_sensitive: census.figures(|classes| !classes.intersects(report.sensitive)).into(),
            by_class: by_class.collect(),
        }
    }
}

/// The ledger, and what the data at hand add to its year.
#[derive(Serialize)]
pub(super) struct LedgerPart<'a> {
    records: u64,
    head: &'a str,
    year: i16,
    day: String,
    first_day: Option<String>,
    days: u64,
    exports_counted: u64,
    exports_exempt: u64,
    complete: bool,
    counts_data_at_hand: bool,
    before: FiguresPart,
    new_persons: u64,
    known_persons: u64,
    joined_persons: u64,
    exempt: FiguresPart,
}

impl<'a> LedgerPart<'a> {
    pub(super) fn new(report: &Report, year: &'a Year) -> Self {
        let added = year.added(report.persons());
        Self {
            records: year.n_records,
            head: &year.head,
            year: year.day.year(),
            day: year.day.to_string(),
            first_day: year.days.map(|(first, _)| first.to_string()),
            days: year.n_days(),
            exports_counted: year.n_counted,
            exports_exempt: year.n_exempt,
            complete: year.complete,
            counts_data_at_hand: year.counts,
            before: year.before.everybody().into(),
            new_persons: added.new,
            known_persons: added.known,
            joined_persons: added.joined,
            exempt: year.exempt.everybody().into(),
        }
    }
}

/// How far the year has come in the count of a row.
#[derive(Serialize)]
pub(super) struct OutlookPart {
    before: FiguresPart,
    to_date: FiguresPart,
    adds: u64,
    left: u64,
    reached_on: Option<String>,
}

impl From<Outlook> for OutlookPart {
    fn from(outlook: Outlook) -> Self {
        Self {
            before: outlook.before.into(),
            to_date: outlook.to_date.into(),
            adds: outlook.adds,
            left: outlook.left,
            reached_on: outlook.reached_on.map(|day| day.to_string()),
        }
    }
}
