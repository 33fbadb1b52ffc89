//! Renders a decided scan: `report.json` for machines, a text for the terminal, a page for lawyers.
//!
//! ```text
//!            ┌──▶ json             exact names, both languages, nothing shortened
//!  Report ───┤          ┌──▶ text  the first screen answers, then the evidence
//!            └──▶ view ─┴──▶ html  the same sentences on paper
//! ```
//!
//! *Invariant*: pure rendering. No clock, no I/O, no number that is not in the [`Report`]; `text` and `html` share
//! every sentence through `view`, and whatever the data named passes `harmless` before it can be seen.

mod chart;
mod clause;
mod explained;
mod harmless;
mod html;
mod json;
mod kinds;
mod merging;
mod number;
mod say;
mod table;
mod tables;
mod text;
mod view;
mod words;

use std::collections::BTreeMap;

pub use explained::{Explained, Ruled};
pub use harmless::shown as fit;
pub use html::html;
pub use json::json;
pub use table::{TableError, ledger_csv, ledger_parquet};
pub use text::{
    Keyed, LedgerStatus, Style, column, ledger_record, ledger_recorded, ledger_status, ledger_verified, person, text,
};

use crate::decide::{Decision, ListOutcome};
use crate::model::{Bilingual, ClassSet, Facts};
use crate::tally::{Figures, Totals};
use crate::tune::Tuning;

/// Everything that a report is made of. The version of the tool is that of this crate.
#[derive(Clone, Debug)]
pub struct Report {
    /// What the exporter said.
    pub facts: Facts,
    /// What the data said.
    pub totals: Totals,
    /// What follows.
    pub decision: Decision,
    /// The classes that the list that makes the verdict calls sensitive personal information.
    pub sensitive: ClassSet,
    /// The titles of scenarios by their ids in the rule packs; an id without a title is shown as it is.
    pub scenarios: BTreeMap<String, Bilingual>,
    /// The user's configuration, where there is one.
    pub tuning: Option<Tuning>,
}

/// The name of the program, as reports are cited by it.
const TOOL: &str = "exportscan";

/// The version that made the report.
const VERSION: &str = env!("CARGO_PKG_VERSION");

impl Report {
    fn persons(&self) -> Figures {
        self.totals.census.figures(|_| true)
    }

    fn sensitive_persons(&self) -> Figures {
        self.totals.census.figures(|classes| classes.intersects(self.sensitive))
    }

    fn other_persons(&self) -> Figures {
        self.totals.census.figures(|classes| !classes.intersects(self.sensitive))
    }

    /// Every class that any person has, in the order of the vocabulary.
    fn classes_of_persons(&self) -> ClassSet {
        let census = &self.totals.census;
        census.best.iter().chain(&census.at_most).fold(ClassSet::EMPTY, |all, (classes, _)| all.union(*classes))
    }

    /// The list that makes the verdict; the first one, where none does.
    fn speaking_list(&self) -> Option<&ListOutcome> {
        let lists = &self.decision.lists;
        lists.iter().find(|list| list.id == self.decision.verdict.list).or_else(|| lists.first())
    }

    fn unattributed_rows(&self) -> u64 {
        self.totals.unattributed_rows(|_| true)
    }
}
