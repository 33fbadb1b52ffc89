//! `HEAD`: how many records there are and the hash of the last, sealed, so that a missing end shows.

use super::seal::{self, HEADS};
use crate::key::Seal;

/// The first line, with the version of the file.
const FIRST_LINE: &str = "exportscan.ledger.head/1";

/// Where a ledger ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many records there are.
    pub records: u64,
    /// The hash of `LEDGER.toml`.
    pub(super) charter: String,
    /// The hash of the last record; of `LEDGER.toml` while there is none. Noted elsewhere, it shows later that nothing
    /// up to here was changed.
    pub hash: String,
}

impl Head {
    fn body(&self) -> String {
        format!("{FIRST_LINE}\nrecords {}\ncharter {}\nlast {}\n", self.records, self.charter, self.hash)
    }

    /// The file.
    pub(super) fn to_text(&self, key: &Seal) -> String {
        let body = self.body();
        format!("{body}seal {}\n", seal::seal(key, HEADS, &body))
    }

    /// Reads the file with its seal; `None` where it is not byte for byte what was written.
    pub(super) fn from_text(text: &[u8]) -> Option<(Self, String)> {
        let text = std::str::from_utf8(text).ok()?;
        let mut lines = text.lines();
        let mut word = |name: &str| lines.next()?.strip_prefix(name).map(str::to_owned);
        word(FIRST_LINE)?;
        let records = word("records ")?.parse().ok()?;
        let head = Self { records, charter: word("charter ")?, hash: word("last ")? };
        let seal = word("seal ")?;
        (format!("{}seal {seal}\n", head.body()) == text).then_some((head, seal))
    }

    /// Whether `seal` is this head's.
    pub(super) fn is_sealed(&self, key: &Seal, seal: &str) -> bool {
        seal::fits(key, HEADS, &self.body(), seal)
    }
}
