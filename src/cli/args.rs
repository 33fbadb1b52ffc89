//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::model::{Industry, Language};
use crate::read::{self, Access, Listing};

/// Decides from the data itself whether a data set may leave China.
#[derive(Debug, Parser)]
#[command(name = "exportscan", version, about, disable_help_subcommand = true, arg_required_else_help = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) verb: Verb,
}

const EXIT_STATUS: &str = "Exit status:
  0  everything was read, and no row of the list is reached
  1  a row of the list is reached, or cannot be decided without a fact that is missing
  2  wrong usage, or nothing could be done
  3  no row is reached, but something could not be read";

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Scan folders, files and globs: count persons, apply the lists, report
    #[command(after_help = EXIT_STATUS, after_long_help = format!("{PLACES}\n\n{EXIT_STATUS}"))]
    Scan(Box<ScanArgs>),
    /// Fold the tallies of several scans into the report that one scan of everything gives
    #[command(after_help = EXIT_STATUS)]
    Merge(Box<MergeArgs>),
    /// Scan outbound places, for a schedule: reads what is new or changed since the last time
    #[command(after_help = EXIT_STATUS)]
    Watch(WatchArgs),
    /// Keep the year's exports: record them, show where the year stands, verify that nothing was changed
    Ledger {
        #[command(subcommand)]
        verb: Box<LedgerVerb>,
    },
    /// Make a key, by which several scans count persons together
    Key {
        #[command(subcommand)]
        verb: KeyVerb,
    },
    /// Write a small synthetic outbound data set to try the tool on
    Demo {
        /// The folder to write; it must not exist or be empty
        dir: PathBuf,
    },
    /// Check or list detectors and rules
    Packs {
        #[command(subcommand)]
        verb: PacksVerb,
    },
    /// Explain a detector, class, rule row or problem code; or how a column of a file is judged
    Explain(ExplainArgs),
    /// Explain how persons are counted, by a value that you hold
    Persons {
        #[command(subcommand)]
        verb: PersonsVerb,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum PersonsVerb {
    /// Whose a value is that you hold, step by step, and how that person counts; no other value is shown
    #[command(after_help = HELD_VALUE)]
    Explain(Box<PersonArgs>),
}

const HELD_VALUE: &str = "The value (a resident ID, a mobile, a plate, a member number ...) is read from standard input, or asked for where that is a
terminal. It is no argument, so that it gets into no shell history and no list of processes:
  exportscan persons explain outbound < value.txt

Exit status:
  0  everything was read
  2  wrong usage, or nothing could be done
  3  something could not be read, so the person may stand there too";

#[derive(Debug, clap::Args)]
pub(super) struct PersonArgs {
    /// Folders, files or globs
    #[arg(required_unless_present = "tallies", value_name = "PATH")]
    pub(super) targets: Vec<String>,
    /// Look in what `scan --partial` wrote instead of scanning; needs the key
    #[arg(long = "tally", value_name = "FILE", num_args = 1.., conflicts_with = "targets")]
    pub(super) tallies: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) places: PlaceArgs,
    #[command(flatten)]
    pub(super) key: KeyArgs,
    /// Rule packs that say what is sensitive, by id; may repeat [default: cn-bj-ftz-2024, then cn-national-2024]
    #[arg(long = "list", value_name = "ID")]
    pub(super) lists: Vec<String>,
    /// Facts that no scan can see, as TOML; the industry decides what is sensitive
    #[arg(long, value_name = "FILE")]
    pub(super) facts: Option<PathBuf>,
    /// The industry that exports
    #[arg(long, value_name = "INDUSTRY", value_parser = parse_industry)]
    pub(super) industry: Option<Industry>,
    /// More detectors and rules, beside the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(super) packs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) tuning: TuningArgs,
    /// Threads to use [default: all cores]
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<std::num::NonZeroUsize>,
    /// Language of the text
    #[arg(long, value_enum)]
    pub(super) lang: Option<LanguageArg>,
    /// Show no progress on stderr
    #[arg(long)]
    pub(super) no_progress: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// Its id, such as `identity.resident_id`, `auto.I.pi.2` or `object.unreadable`
    #[arg(required_unless_present = "column")]
    pub(super) id: Option<String>,
    /// Replay how a column of a file is judged; the column by its name, or by its number from 1
    #[arg(long, num_args = 2, value_names = ["FILE", "COLUMN"], conflicts_with = "id")]
    pub(super) column: Option<Vec<String>>,
    #[command(flatten)]
    pub(super) tuning: TuningArgs,
    /// More detectors and rules, beside the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(super) packs: Vec<PathBuf>,
    /// Language of the text
    #[arg(long, value_enum)]
    pub(super) lang: Option<LanguageArg>,
}

#[derive(Debug, Subcommand)]
pub(super) enum PacksVerb {
    /// Run every detector's and rule's own examples through the engine, and lint the packs
    Check {
        /// More packs, files or folders, beside the built-in ones
        paths: Vec<PathBuf>,
    },
    /// List what is built in and what was added
    List {
        /// What to list; everything without it
        #[arg(value_enum)]
        what: Option<PacksList>,
        /// More detectors and rules, beside the built-in ones
        #[arg(long, value_name = "DIR")]
        packs: Vec<PathBuf>,
        /// Language of the text
        #[arg(long, value_enum)]
        lang: Option<LanguageArg>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PacksList {
    Detectors,
    Rules,
    Classes,
    Checks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LanguageArg {
    Zh,
    En,
}

impl From<LanguageArg> for Language {
    fn from(language: LanguageArg) -> Self {
        match language {
            LanguageArg::Zh => Self::Zh,
            LanguageArg::En => Self::En,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    #[default]
    Text,
    Json,
}

/// The ledger's own verbs are in a file of their own.
pub(super) use super::ledger::args::LedgerVerb;

#[derive(Debug, Subcommand)]
pub(super) enum KeyVerb {
    /// Draw a secret and write it into a new file that only you can read
    New {
        /// The file; it must not exist
        file: PathBuf,
    },
}

/// Which key identifiers are counted by.
#[derive(Debug, Default, clap::Args)]
pub(super) struct KeyArgs {
    /// The key, as `exportscan key new` made it [default: the file that `EXPORTSCAN_KEY_FILE` names, or the text of a
    /// key in `EXPORTSCAN_KEY`]
    #[arg(long, value_name = "FILE")]
    pub(super) key: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct ScanArgs {
    /// Folders, files or globs, of this machine or such as `s3://bucket/prefix`; with `--partial` there may be none
    #[arg(required_unless_present = "partial", value_name = "PATH")]
    pub(super) targets: Vec<String>,
    #[command(flatten)]
    pub(super) report: ReportArgs,
    /// Write a tally for `exportscan merge` instead of a report; needs a key
    #[arg(long, value_name = "FILE", conflicts_with_all = ["out", "format", "ledger"])]
    pub(super) partial: Option<PathBuf>,
    #[command(flatten)]
    pub(super) year: YearArgs,
    #[command(flatten)]
    pub(super) key: KeyArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

const PLACES: &str = "Places: s3://BUCKET/PREFIX, gs://BUCKET/PREFIX, az://CONTAINER/PREFIX, http(s)://HOST/FILE, and http(s)://HOST/FOLDER/
where the server speaks WebDAV. Credentials are taken from the environment by the names that each provider uses
(AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION ...; GOOGLE_APPLICATION_CREDENTIALS ...; AZURE_STORAGE_ACCOUNT_NAME,
AZURE_STORAGE_ACCOUNT_KEY ...), or from the machine that this runs on. Buckets of OSS, OBS, COS and MinIO are s3:// with
--endpoint.";

/// Where places are.
#[derive(Debug, Default, clap::Args)]
pub(super) struct PlaceArgs {
    /// Where the buckets are, for a service that is compatible with S3 (OSS, OBS, COS, `MinIO`) or another provider's
    /// [default: `AWS_ENDPOINT_URL` and the like]
    #[arg(long, value_name = "URL")]
    pub(super) endpoint: Option<String>,
}

/// How data are read.
#[derive(Debug, clap::Args)]
pub(super) struct ReadingArgs {
    #[command(flatten)]
    pub(super) places: PlaceArgs,
    /// Polygons (GeoJSON, WGS-84) of sensitive areas, in which positions are looked for
    #[arg(long, value_name = "FILE")]
    pub(super) areas: Option<PathBuf>,
    /// Positions this near to an area count as inside; GCJ-02 maps are up to 700 m off, BD-09 maps up to 1500 m
    #[arg(long, value_name = "METRES", default_value_t = 0.0, value_parser = parse_metres, requires = "areas")]
    pub(super) areas_margin: f64,
    /// Threads to use [default: all cores]
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<std::num::NonZeroUsize>,
    /// Memory that keys of persons may take, such as `2GiB`; the rest goes to temporary files [default: a quarter of the
    /// machine's]
    #[arg(long, value_name = "SIZE", value_parser = super::memory::parse_size)]
    pub(super) memory: Option<u64>,
    /// Show no progress on stderr
    #[arg(long)]
    pub(super) no_progress: bool,
}

/// Targets as they may be shown.
pub(super) fn shown(targets: &[String]) -> String {
    targets.iter().map(|target| read::without_secrets(target)).collect::<Vec<_>>().join("`, `")
}

impl PlaceArgs {
    /// What was found under the targets.
    pub(super) fn list(&self, targets: &[String]) -> Listing {
        read::list_with(targets, &Access { endpoint: self.endpoint.clone() })
    }
}

/// Whether the year's earlier exports count too.
#[derive(Debug, Default, clap::Args)]
pub(super) struct YearArgs {
    /// Add this year's earlier exports to the counts; needs the key of the ledger
    #[arg(long, value_name = "LEDGER")]
    pub(super) ledger: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct WatchArgs {
    /// What to watch and whom to tell, as TOML
    pub(super) config: PathBuf,
    /// Go on without end, with a pass as often as this, such as `15m`
    #[arg(long, value_name = "TIME", value_parser = super::watch::parse_every)]
    pub(super) every: Option<std::time::Duration>,
}

#[derive(Debug, clap::Args)]
pub(super) struct MergeArgs {
    /// What `scan --partial` wrote, in any order
    #[arg(required = true, value_name = "TALLY")]
    pub(super) tallies: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) report: ReportArgs,
    #[command(flatten)]
    pub(super) year: YearArgs,
    #[command(flatten)]
    pub(super) key: KeyArgs,
    /// Threads to use [default: all cores]
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<std::num::NonZeroUsize>,
    /// Memory that keys of persons may take, such as `2GiB`; the rest goes to temporary files [default: a quarter of the
    /// machine's]
    #[arg(long, value_name = "SIZE", value_parser = super::memory::parse_size)]
    pub(super) memory: Option<u64>,
}

/// What a report is made by, beside the data.
#[derive(Debug, clap::Args)]
pub(super) struct ReportArgs {
    /// Rule pack by id; may repeat, each gets its own verdict [default: cn-bj-ftz-2024, then cn-national-2024]
    #[arg(long = "list", value_name = "ID")]
    pub(super) lists: Vec<String>,
    /// Facts that no scan can see, as TOML
    #[arg(long, value_name = "FILE")]
    pub(super) facts: Option<PathBuf>,
    /// The industry that exports
    #[arg(long, value_name = "INDUSTRY", value_parser = parse_industry)]
    pub(super) industry: Option<Industry>,
    /// The scenario, by its id in the rule pack
    #[arg(long, value_name = "ID")]
    pub(super) scenario: Option<String>,
    /// Whether the exporter is a critical information infrastructure operator
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub(super) ciio: Option<bool>,
    /// Whether the exporter is registered in the free-trade zone
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub(super) zone_registered: Option<bool>,
    /// Write report.json, report.html and run.json into this folder
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What stdout gets
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
    /// More detectors and rules, beside the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(super) packs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) tuning: TuningArgs,
    /// Language of text and HTML [default: by the environment]
    #[arg(long, value_enum)]
    pub(super) lang: Option<LanguageArg>,
}

/// A margin beyond this is no correction of a map.
const LARGEST_MARGIN_METRES: f64 = 100_000.0;

fn parse_metres(given: &str) -> Result<f64, String> {
    let metres = given.parse().ok().filter(|metres| (0.0..=LARGEST_MARGIN_METRES).contains(metres));
    metres.ok_or_else(|| format!("not a number of metres from 0 to {LARGEST_MARGIN_METRES}"))
}

/// Which configuration applies.
#[derive(Debug, Default, clap::Args)]
pub(super) struct TuningArgs {
    /// Findings set aside, columns declared, detectors changed [default: `exportscan.toml` beside the data]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Use no configuration, even where there is one beside the data
    #[arg(long, conflicts_with = "config")]
    pub(super) no_config: bool,
}

pub(super) fn parse_industry(given: &str) -> Result<Industry, String> {
    given.parse().map_err(|error: crate::model::UnknownWord| error.to_string())
}
