//! `LEDGER.toml`: whose ledger it is, and which key belongs to it.

use serde::{Deserialize, Serialize};

/// The version of the files of a ledger.
const FORMAT: &str = "exportscan.ledger/1";

/// What a reader of the file finds first.
const COMMENT: &str = "# The ledger of what one legal entity exports. `exportscan ledger` writes it; a change of any \
                       byte is found.\n";

/// What a ledger is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charter {
    format: String,
    /// A random number that tells it from every other ledger, in hexadecimal digits.
    pub id: String,
    /// The legal entity that exports.
    pub entity: String,
    /// The public id of the key that its tallies and seals are made with.
    pub key: String,
    /// The day on which it was begun, ISO 8601.
    pub created: jiff::civil::Date,
}

impl Charter {
    /// The charter of a new ledger.
    pub fn new(id: u128, entity: impl Into<String>, key: impl Into<String>, created: jiff::civil::Date) -> Self {
        Self { format: FORMAT.to_owned(), id: format!("{id:032x}"), entity: entity.into(), key: key.into(), created }
    }

    /// The file.
    pub(super) fn to_text(&self) -> String {
        format!("{COMMENT}{}", toml::to_string(self).unwrap_or_default())
    }

    /// Reads the file; `None` where it is not byte for byte what was written.
    pub(super) fn from_text(text: &[u8]) -> Option<Self> {
        let charter: Self = toml::from_str(std::str::from_utf8(text).ok()?).ok()?;
        (charter.format == FORMAT && charter.to_text().as_bytes() == text).then_some(charter)
    }
}
