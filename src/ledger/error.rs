//! Why a ledger cannot be used; what is wrong with its files stands in [`Fault`](super::Fault).

use std::io;
use std::path::PathBuf;

use super::Fault;

/// Why something was not done with a ledger.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The system refused.
    #[error("cannot {doing} `{}`: {cause}", path.display())]
    Io {
        /// What was to be done, such as `write`.
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// There is no ledger in the folder.
    #[error("`{}` is no ledger; begin one with `exportscan ledger init`", .0.display())]
    NotALedger(PathBuf),
    /// There is something in the folder already.
    #[error("`{}` is not an empty folder; a ledger is begun in one that is new", .0.display())]
    Occupied(PathBuf),
    /// The key is another one than that of the ledger.
    #[error("the key `{given}` is not the key of this ledger, `{expected}`; give that one with `--key`")]
    WrongKey {
        /// The id of the key that was given.
        given: String,
        /// The id of the ledger's key.
        expected: String,
    },
    /// The record is of another legal entity.
    #[error(
        "this is the ledger of `{ledger}`, and the export is `{given}`'s; a ledger is of one legal entity: begin \
         another for the other"
    )]
    OtherEntity {
        /// Whose ledger it is.
        ledger: String,
        /// Who exports.
        given: String,
    },
    /// The files of the ledger are not as they were written.
    #[error("the ledger in `{}` is damaged: {}; `exportscan ledger verify` lists everything", folder.display(), said(faults))]
    Damaged {
        /// The ledger.
        folder: PathBuf,
        /// What is wrong, not empty.
        faults: Vec<Fault>,
    },
    /// The export is recorded; only the note of how many records there are could not be written.
    #[error(
        "the export is recorded as number {number}, but `HEAD` could not be written: {cause}; it is brought forward \
         when the ledger is next written to"
    )]
    HeadBehind {
        /// The number of the record.
        number: u64,
        /// Why.
        cause: io::Error,
    },
    /// Nothing was recorded, and the ledger is as it was.
    #[error("{0}; nothing was recorded, and the ledger is as it was")]
    NotRecorded(Box<LedgerError>),
    /// The tally of the export could not be made.
    #[error("the tally of the export could not be written: {0}")]
    Tally(Box<dyn std::error::Error + Send + Sync>),
    /// The ledger is full.
    #[error("the ledger has {0} records, as many as it can hold; begin another")]
    Full(u64),
    /// A signing or public key is not one.
    #[error("{0}")]
    SigningKey(String),
}

impl LedgerError {
    /// An error of the system, with what was to be done.
    pub(super) fn io(doing: &'static str, path: &std::path::Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |cause| Self::Io { doing, path, cause }
    }
}

fn said(faults: &[Fault]) -> String {
    let first = faults.first().map(ToString::to_string).unwrap_or_default();
    match faults.len() {
        0 | 1 => first,
        more => format!("{first}, and {} more", more - 1),
    }
}
