//! What a tally was made with and for: only tallies that agree in it make one report.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a tally was made with and for, but for the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// The version of the program.
    pub version: String,
    /// The [`digest`] of all detector packs.
    pub detectors: String,
    /// The [`digest`] of the rule packs of `lists`.
    pub rules: String,
    /// The lists that were asked for, by their ids, in their order.
    pub lists: Vec<String>,
    /// The [`digest`] of the user's configuration, where there was one.
    pub config: Option<String>,
    /// The [`digest`] of the user's sensitive areas with their margin, where there were any.
    pub areas: Option<String>,
    /// The day of export, which decides who is a minor and which entries of the configuration hold.
    pub day: Date,
}

/// A part of a [`Stamp`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StampPart {
    /// Version of the program.
    Version,
    /// Detector packs.
    Detectors,
    /// Rule packs.
    Rules,
    /// Lists.
    Lists,
    /// Configuration.
    Config,
    /// Areas.
    Areas,
    /// Day.
    Day,
}

impl Stamp {
    /// The first part in which the two differ.
    pub fn difference(&self, other: &Self) -> Option<StampPart> {
        let parts = [
            (StampPart::Version, self.version == other.version),
            (StampPart::Detectors, self.detectors == other.detectors),
            (StampPart::Lists, self.lists == other.lists),
            (StampPart::Rules, self.rules == other.rules),
            (StampPart::Config, self.config == other.config),
            (StampPart::Areas, self.areas == other.areas),
            (StampPart::Day, self.day == other.day),
        ];
        parts.into_iter().find(|(_, same)| !same).map(|(part, _)| part)
    }

    /// What it says of one part, for people.
    pub fn said(&self, part: StampPart) -> String {
        let short = |digest: &String| digest.get(..SHOWN_DIGITS).unwrap_or(digest).to_owned();
        let optional = |digest: &Option<String>| digest.as_ref().map_or_else(|| "none".to_owned(), short);
        match part {
            StampPart::Version => self.version.clone(),
            StampPart::Detectors => short(&self.detectors),
            StampPart::Rules => short(&self.rules),
            StampPart::Lists => self.lists.join(", "),
            StampPart::Config => optional(&self.config),
            StampPart::Areas => optional(&self.areas),
            StampPart::Day => self.day.to_string(),
        }
    }
}

/// So many digits of a digest tell two from each other.
const SHOWN_DIGITS: usize = 12;

impl StampPart {
    /// What to do where two tallies differ in it.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Version => "scan and merge with one version of exportscan",
            Self::Detectors | Self::Rules => "give every `scan` and `merge` the same `--packs`",
            Self::Lists => "give every `scan` and `merge` the same `--list`",
            Self::Config => "give every `scan` and `merge` the same `--config FILE`, or `--no-config`",
            Self::Areas => "give every `scan` the same `--areas` and `--areas-margin`",
            Self::Day => "give every `scan` and `merge` the same `date` in `--facts`",
        }
    }
}

impl fmt::Display for StampPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Version => "version of exportscan",
            Self::Detectors => "detector packs",
            Self::Rules => "rule packs",
            Self::Lists => "lists",
            Self::Config => "configuration",
            Self::Areas => "sensitive areas",
            Self::Day => "day of export",
        })
    }
}

/// A digest (BLAKE3, hexadecimal) of texts in their order. Of what the user and the packs say, never of data.
pub fn digest<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut hasher = blake3::Hasher::new();
    for text in texts {
        // The length keeps texts apart, whatever is in them.
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}
