//! What deciding comes to.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::count::Figures;
use crate::model::{Bilingual, Category, Class, Procedure, Status};

/// Columns of an object that a row rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowEvidence {
    /// The object, by its URI.
    pub object: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// What they hold.
    pub class: Class,
}

/// How far the year has come in the count of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// Persons before the data at hand.
    pub before: Figures,
    /// Persons with the data at hand, if they count.
    pub to_date: Figures,
    /// How many the data at hand add to `best`.
    pub adds: u64,
    /// The number from which the row is reached.
    pub from: u64,
    /// How many more of `best` reach the number; 0 where it is reached.
    pub left: u64,
    /// The day on which it is reached at the present rate, persons per day since the first export of the year, both days
    /// included; `None` where it is reached, the rate is 0, or that is next year, when the count starts anew.
    pub reached_on: Option<Date>,
}

/// One row of a list, applied.
#[derive(Clone, Debug, PartialEq)]
pub struct RowOutcome {
    /// The permanent id.
    pub id: String,
    /// The clause of the list.
    pub clause: String,
    /// What the row says, in short.
    pub title: Bilingual,
    /// What the row says, in full as far as it is public.
    pub text: Bilingual,
    /// Where the text is from.
    pub source: Vec<String>,
    /// What being reached leads to; `I` or `II`.
    pub category: Category,
    /// The procedures, any of which serves.
    pub procedure: Vec<Procedure>,
    /// Where it stands.
    pub status: Status,
    /// Whether the data leave no doubt about the status.
    pub certain: bool,
    /// The persons that the row counts, where it counts: what it was decided by.
    pub measured: Option<Figures>,
    /// What a ledger tells of the year, where the row counts what was exported in it.
    pub outlook: Option<Outlook>,
    /// `>=` or `>`, where it counts.
    pub op: Option<&'static str>,
    /// The number to compare with.
    pub threshold: Option<u64>,
    /// The number from which a stricter row takes over, exclusive.
    pub below: Option<u64>,
    /// The facts that decide and are not given, such as `export.industry`.
    pub missing_facts: Vec<String>,
    /// What it rests on.
    pub evidence: Vec<RowEvidence>,
    /// What the law leaves to judgement, or the scan cannot see, about this row.
    pub remark: Option<Bilingual>,
    /// Whether the row is only pointed out: it never makes a verdict, because another rule in force says otherwise.
    pub flag: bool,
}

/// A remark of the list itself: what else the reader must know, whatever the rows come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListNote {
    /// The permanent id.
    pub id: String,
    /// The remark.
    pub text: Bilingual,
    /// Where it is from.
    pub source: Vec<String>,
}

/// What one list comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct ListVerdict {
    /// The strictest row that applies.
    pub category: Category,
    /// The procedures, any of which serves.
    pub procedure: Vec<Procedure>,
    /// Whether nothing unread, unknown or uncertain could change it.
    pub certain: bool,
    /// The rows that make it.
    pub because: Vec<String>,
}

/// One list, applied.
#[derive(Clone, Debug, PartialEq)]
pub struct ListOutcome {
    /// The permanent id.
    pub id: String,
    /// Its title.
    pub title: Bilingual,
    /// Its edition.
    pub edition: String,
    /// The day it came into force, ISO 8601.
    pub in_force_from: String,
    /// What replaces it, where something does.
    pub superseded_by: Option<Bilingual>,
    /// The remarks that bear on this export.
    pub notes: Vec<ListNote>,
    /// Its rows in the list's order.
    pub rows: Vec<RowOutcome>,
    /// What it comes to.
    pub verdict: ListVerdict,
}

/// The outcome for one set of values of the facts that are missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// The values, by fact (`industry`, `scenario`, `ciio`, `zone_registered`).
    pub facts: BTreeMap<&'static str, String>,
    /// What follows.
    pub category: Category,
    /// The procedures, any of which serves.
    pub procedure: Vec<Procedure>,
    /// Whether nothing unread, unknown or uncertain could change it.
    pub certain: bool,
    /// The list that speaks.
    pub list: String,
    /// The rows that make it.
    pub because: Vec<String>,
}

/// What all lists come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The strictest of the lists that apply.
    pub category: Category,
    /// The procedures, any of which serves.
    pub procedure: Vec<Procedure>,
    /// Whether nothing unread, unknown or uncertain could change it.
    pub certain: bool,
    /// The list that speaks.
    pub list: String,
    /// The rows that make it.
    pub because: Vec<String>,
    /// Where a fact is missing and would decide: the outcome for each of its values.
    pub branches: Vec<Branch>,
}

/// Every list, and the verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The lists in the order in which they were asked for.
    pub lists: Vec<ListOutcome>,
    /// What they come to.
    pub verdict: Verdict,
}
