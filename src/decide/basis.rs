//! The persons that a row counts: those exported in the year, or those of the data at hand.
//!
//! Two counters, kept apart: what was exported since 1 January, and what is held. A ledger tells the first; the second is
//! always that of the data at hand, and so is the first where there is no ledger.

use std::collections::BTreeMap;

use crate::count::Census;
use crate::model::ClassSet;
use crate::pack::{Counter, RowSpec};
use crate::tally::{Counted, Totals, Year};

/// The persons that a row counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Basis<'a> {
    pub(super) census: &'a Census,
    unattributed: &'a BTreeMap<ClassSet, u64>,
    /// Whether everything was read of all that is counted.
    pub(super) complete: bool,
    /// Whether they are those of the year, by a ledger.
    pub(super) is_of_year: bool,
}

impl<'a> Basis<'a> {
    /// The persons that `row` is decided by: those of the year with the data at hand, whatever is claimed of these, because
    /// whether a claim takes the row away is decided for each row.
    pub(super) fn of(row: &RowSpec, totals: &'a Totals) -> Self {
        match year_of(row, totals) {
            Some(year) => Self::of_year(&year.with, year, totals),
            None => Self {
                census: &totals.census,
                unattributed: &totals.unattributed,
                complete: totals.coverage.is_complete(),
                is_of_year: false,
            },
        }
    }

    /// The persons of a year.
    pub(super) fn of_year(counted: &'a Counted, year: &Year, totals: &Totals) -> Self {
        Self {
            census: &counted.census,
            unattributed: &counted.unattributed,
            complete: totals.coverage.is_complete() && year.complete,
            is_of_year: true,
        }
    }

    /// Rows about persons that nothing attributes to one, where what they say `fits`.
    pub(super) fn unattributed_rows(&self, fit: impl Fn(ClassSet) -> bool) -> u64 {
        self.unattributed.iter().filter(|(classes, _)| fit(**classes)).map(|(_, rows)| rows).sum()
    }
}

/// The year that a row counts, where a ledger tells it.
pub(super) fn year_of<'a>(row: &RowSpec, totals: &'a Totals) -> Option<&'a Year> {
    let counts_exported = row.persons.as_ref().is_some_and(|persons| persons.counter == Counter::Exported);
    totals.year.as_ref().filter(|_| counts_exported)
}
