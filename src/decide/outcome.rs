//! What deciding comes to.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::count::Figures;
use crate::model::{Bilingual, Class};

/// What an export has to go through, from the lightest to the strictest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// The list says nothing of this exporter or export.
    NotApplicable,
    /// No row is reached: it may leave, after the filing that the list itself asks for.
    None,
    /// Standard contract or certification.
    II,
    /// A fact is missing, or a text is not known, and the outcome depends on it.
    Undetermined,
    /// Security assessment.
    I,
}

impl Category {
    /// The word of the report.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NotApplicable => "not_applicable",
            Self::None => "none",
            Self::II => "II",
            Self::Undetermined => "undetermined",
            Self::I => "I",
        }
    }
}

/// A procedure of the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Procedure {
    /// 数据出境安全评估.
    SecurityAssessment,
    /// 个人信息出境标准合同.
    StandardContract,
    /// 个人信息保护认证.
    Certification,
}

impl Procedure {
    /// The word of the report.
    pub const fn id(self) -> &'static str {
        match self {
            Self::SecurityAssessment => "security_assessment",
            Self::StandardContract => "standard_contract",
            Self::Certification => "certification",
        }
    }

    /// The law's own term, and its usual English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::SecurityAssessment => ("数据出境安全评估", "data export security assessment"),
            Self::StandardContract => {
                ("个人信息出境标准合同", "standard contract for the export of personal information")
            }
            Self::Certification => ("个人信息保护认证", "personal information protection certification"),
        }
    }
}

/// Where one row of a list stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It applies.
    Reached,
    /// It does not.
    NotReached,
    /// The data leave it open; the stricter reading makes the verdict.
    Uncertain,
    /// A fact that no scan can see decides.
    NeedsFacts,
    /// Its text is not public, so nothing can be said.
    UnknownText,
    /// It would apply, and a claimed exemption takes it away.
    Exempt,
}

impl Status {
    /// The word of the report.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NotReached => "not_reached",
            Self::Uncertain => "uncertain",
            Self::NeedsFacts => "needs_facts",
            Self::UnknownText => "unknown_text",
            Self::Exempt => "exempt",
        }
    }
}

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
    /// The persons that the row counts, where it counts.
    pub measured: Option<Figures>,
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
