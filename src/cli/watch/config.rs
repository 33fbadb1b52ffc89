//! The file that says what is watched. `docs/watch.md` describes it.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::ValueEnum as _;
use serde::Deserialize;

use crate::cli::args::{Format, KeyArgs, LanguageArg, PlaceArgs, ReadingArgs, ReportArgs, TuningArgs, YearArgs};
use crate::cli::memory;

/// What is watched, with all paths as seen from the folder of the file.
pub(super) struct Config {
    pub(super) places: Vec<String>,
    pub(super) report: ReportArgs,
    pub(super) reading: ReadingArgs,
    pub(super) year: YearArgs,
    pub(super) key: KeyArgs,
    /// The folder of what was found so far.
    pub(super) state: PathBuf,
    pub(super) notify: Notify,
}

/// Who is told of a pass.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Notify {
    /// A file for the text collector of Prometheus.
    pub(super) metrics: Option<PathBuf>,
    /// A file that gets a line of JSON for each pass.
    pub(super) log: Option<PathBuf>,
    /// An address that gets the verdict when it has changed.
    pub(super) webhook: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    places: Vec<String>,
    endpoint: Option<String>,
    #[serde(default)]
    lists: Vec<String>,
    facts: Option<PathBuf>,
    config: Option<PathBuf>,
    #[serde(default)]
    packs: Vec<PathBuf>,
    areas: Option<PathBuf>,
    #[serde(default)]
    areas_margin: f64,
    ledger: Option<PathBuf>,
    out: Option<PathBuf>,
    lang: Option<String>,
    threads: Option<NonZeroUsize>,
    memory: Option<String>,
    state: State,
    #[serde(default)]
    notify: Notify,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    dir: PathBuf,
    key: Option<PathBuf>,
}

impl Config {
    /// Reads it strictly.
    pub(super) fn load(path: &Path) -> anyhow::Result<Self> {
        let shown = path.display();
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{shown}`"))?;
        let file: File = toml::from_str(&text).with_context(|| format!("cannot use `{shown}`"))?;
        anyhow::ensure!(!file.places.is_empty(), "`{shown}` names no places to watch");
        file.within(path.parent().unwrap_or(Path::new(""))).with_context(|| format!("cannot use `{shown}`"))
    }
}

impl File {
    fn within(self, folder: &Path) -> anyhow::Result<Config> {
        let beside = |path: PathBuf| folder.join(path);
        let place = |place: String| {
            if place.contains("://") { place } else { folder.join(place).to_string_lossy().into_owned() }
        };
        let lang = self.lang.map(|lang| LanguageArg::from_str(&lang, false).map_err(|_| lang)).transpose();
        let memory = self.memory.map(|size| memory::parse_size(&size)).transpose();
        Ok(Config {
            places: self.places.into_iter().map(place).collect(),
            report: ReportArgs {
                lists: self.lists,
                facts: self.facts.map(beside),
                industry: None,
                scenario: None,
                ciio: None,
                zone_registered: None,
                out: self.out.map(beside),
                format: Format::Text,
                packs: self.packs.into_iter().map(beside).collect(),
                tuning: TuningArgs { config: self.config.map(beside), no_config: false },
                lang: lang.map_err(|lang| anyhow::anyhow!("`lang` is `zh` or `en`, and not `{lang}`"))?,
            },
            reading: ReadingArgs {
                places: PlaceArgs { endpoint: self.endpoint },
                areas: self.areas.map(beside),
                areas_margin: self.areas_margin,
                threads: self.threads,
                memory: memory.map_err(|error| anyhow::anyhow!("`memory` is {error}"))?,
                no_progress: true,
            },
            year: YearArgs { ledger: self.ledger.map(beside) },
            key: KeyArgs { key: self.state.key.map(beside) },
            state: folder.join(self.state.dir),
            notify: Notify {
                metrics: self.notify.metrics.map(beside),
                log: self.notify.log.map(beside),
                webhook: self.notify.webhook,
            },
        })
    }
}
