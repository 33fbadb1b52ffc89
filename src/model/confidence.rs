//! How sure a finding is, and what speaks for it.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Because {
    /// What spoke: `header`, `checksum`, `pattern`, `masked`, `hashed`, `neighbour`, `words`, `values`, `few_values` ...
    pub what: &'static str,
    /// Tenths of a decimal digit of odds.
    pub weight: i32,
}

impl<'de> serde::Deserialize<'de> for Because {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        struct Written {
            what: String,
            weight: i32,
        }
        let Written { what, weight } = Written::deserialize(deserializer)?;
        Ok(Self { what: word(what), weight })
    }
}

/// A word of evidence that was written down. Each distinct one is kept once, for as long as the process lives: there are
/// some thirty.
fn word(text: String) -> &'static str {
    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = words.get(text.as_str()) {
        return known;
    }
    let kept: &'static str = text.leak();
    words.insert(kept);
    kept
}
