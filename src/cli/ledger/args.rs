//! What can be typed behind `exportscan ledger`.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use crate::cli::args::{Format, KeyArgs, LanguageArg, ReadingArgs, ReportArgs, parse_industry};
use crate::model::Industry;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum LedgerVerb {
    /// Begin the ledger of a legal entity in a new folder
    Init {
        /// The folder; it must not exist or be empty
        folder: PathBuf,
        /// The legal entity that exports, as facts files name it
        #[arg(long, value_name = "NAME")]
        entity: String,
        #[command(flatten)]
        key: KeyArgs,
    },
    /// Record an export: data that are scanned, or the tally that a scan wrote
    Record(Box<RecordArgs>),
    /// Show where a year stands: its records, its persons, and how far each threshold is
    Status(StatusArgs),
    /// Verify that nothing was changed, taken away or put in
    Verify(VerifyArgs),
    /// Show one record
    Show {
        /// The ledger
        folder: PathBuf,
        /// The number of the record
        number: u64,
        #[command(flatten)]
        key: KeyArgs,
        /// What stdout gets
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        /// Language of the text
        #[arg(long, value_enum)]
        lang: Option<LanguageArg>,
    },
    /// Write the figures of all records as a table; never a person key
    Export {
        /// The ledger
        folder: PathBuf,
        /// The file to write
        out: PathBuf,
        /// Its format
        #[arg(long, value_enum, default_value_t)]
        format: TableFormat,
        #[command(flatten)]
        key: KeyArgs,
    },
    /// Make a key that signs records, for an auditor who does not hold the ledger's key
    Key {
        #[command(subcommand)]
        verb: SigningVerb,
    },
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum SigningVerb {
    /// Draw a signing key (Ed25519); its public half is written beside it, with `.pub` at the end
    New {
        /// The file; it must not exist
        file: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TableFormat {
    #[default]
    Csv,
    Parquet,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct RecordArgs {
    /// The ledger
    pub(super) folder: PathBuf,
    /// Folders, files or globs to scan; or tallies that `scan --partial` wrote
    #[arg(required = true, value_name = "TALLY|PATH")]
    pub(super) targets: Vec<String>,
    #[command(flatten)]
    pub(super) report: ReportArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) key: KeyArgs,
    /// Sign the record with this key
    #[arg(long, value_name = "FILE")]
    pub(super) sign: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct StatusArgs {
    /// The ledger
    pub(super) folder: PathBuf,
    /// The year [default: this year]
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1..=9999))]
    pub(super) year: Option<i16>,
    /// Rule pack by id; may repeat [default: cn-bj-ftz-2024, then cn-national-2024]
    #[arg(long = "list", value_name = "ID")]
    pub(super) lists: Vec<String>,
    /// The industry that exports [default: that of the year's last record]
    #[arg(long, value_name = "INDUSTRY", value_parser = parse_industry)]
    pub(super) industry: Option<Industry>,
    /// More rules, beside the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(super) packs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) key: KeyArgs,
    /// Language of the text
    #[arg(long, value_enum)]
    pub(super) lang: Option<LanguageArg>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct VerifyArgs {
    /// The ledger
    pub(super) folder: PathBuf,
    /// Every record must be signed by this public key; then the ledger's own key is not needed
    #[arg(long, value_name = "FILE")]
    pub(super) public: Option<PathBuf>,
    /// A head that was noted before: the ledger must still have the record that it names
    #[arg(long, value_name = "HASH")]
    pub(super) head: Option<String>,
    #[command(flatten)]
    pub(super) key: KeyArgs,
    /// Language of the text
    #[arg(long, value_enum)]
    pub(super) lang: Option<LanguageArg>,
}
