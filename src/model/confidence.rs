//! How sure a finding is, and what speaks for it.

use std::fmt;

/// How sure a finding is. Only [`Confidence::counts`] enters the count of persons and the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Shown, but neither counted nor decided on.
    Low,
    /// More likely than not; counted.
    Medium,
    /// An expert would not doubt it; counted.
    High,
}

impl Confidence {
    /// Whether persons are counted by such a finding and rules decide on it.
    pub const fn counts(self) -> bool {
        matches!(self, Self::Medium | Self::High)
    }

    /// The word that reports and packs use.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// One piece of evidence, for (`weight` above 0) or against (below 0).
///
/// Weights are tenths of a decimal digit of odds: +10 makes the finding ten times more likely.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Because {
    /// What spoke: `header`, `checksum`, `pattern`, `masked`, `hashed`, `neighbour`, `words`, `values`, `few_values` ...
    pub what: &'static str,
    /// Tenths of a decimal digit of odds.
    pub weight: i32,
}
