//! The names of the files of a ledger.

use std::path::{Path, PathBuf};

/// Whose ledger it is, and with which key.
pub(super) const CHARTER: &str = "LEDGER.toml";

/// How many records there are, and the hash of the last.
pub(super) const HEAD: &str = "HEAD";

/// Held, as the system locks files, by whoever reads or writes. Always empty.
pub(super) const LOCK: &str = "lock";

/// One file for each record.
pub(super) const RECORDS: &str = "records";

/// One file for each record, with its person keys.
pub(super) const TALLIES: &str = "tallies";

/// What is being written and has no name yet. Whoever writes next clears it.
pub(super) const INCOMING: &str = "incoming";

/// As many records as six digits can number.
pub(super) const RECORDS_AT_MOST: u64 = 999_999;

/// The path of a record inside the ledger.
pub(super) fn record(number: u64) -> String {
    format!("{RECORDS}/{number:06}.json")
}

/// The path of a tally inside the ledger.
pub(super) fn tally(number: u64) -> String {
    format!("{TALLIES}/{number:06}.tally")
}

/// The number in the name of a file of a folder with this ending, where it is one.
pub(super) fn number(name: &str, ending: &str) -> Option<u64> {
    let digits = name.strip_suffix(ending)?;
    let number = digits.parse().ok()?;
    (format!("{number:06}") == digits && (1..=RECORDS_AT_MOST).contains(&number)).then_some(number)
}

/// Where something is written before it has its name.
pub(super) fn incoming(folder: &Path, what: &str) -> PathBuf {
    folder.join(INCOMING).join(what)
}
