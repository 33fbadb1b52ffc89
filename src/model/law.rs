//! The words of deciding that packs, outcomes and reports share.

use serde::Deserialize;

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
