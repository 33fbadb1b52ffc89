//! What the user tunes: `exportscan.toml` beside the data, read strictly, resolved for each object.
//!
//! Three kinds of entries: `[[accept]]` sets aside findings that somebody looked at, `[[column]]` declares what a column is,
//! `[detector."ID"]` changes a detector. Each has its reason, and what takes findings away has a last day.
//!
//! *Invariant*: nothing here reads a file or a clock; an entry that does nothing is told, never passed over.

mod file;
mod glob;
mod remark;
mod thresholds;

use std::fmt;

use jiff::civil::Date;

use crate::detect::{Acceptance, Adjustments, Declaration};
use crate::model::ConfigEntry;
use crate::pack::DetectorPack;
use glob::ObjectGlob;

pub use file::parse;
pub use thresholds::Thresholds;

/// The name under which a configuration is found beside the data.
pub const FILE_NAME: &str = "exportscan.toml";

/// A configuration that could not be used: which file, where in it, what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TuneError {
    /// The file.
    pub file: String,
    /// The line, where one is at fault.
    pub line: Option<usize>,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for TuneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "`{}`, line {line}: {}", self.file, self.message.trim_end()),
            None => write!(f, "`{}`: {}", self.file, self.message.trim_end()),
        }
    }
}

impl std::error::Error for TuneError {}

/// A configuration, checked against the vocabulary of the packs.
#[derive(Clone, Debug, Default)]
pub struct Tuning {
    /// The file, as the user named it or as it was found.
    pub file: String,
    /// Findings that are set aside.
    pub accepts: Vec<Accept>,
    /// Columns that are declared.
    pub columns: Vec<Column>,
    /// Detectors that are changed.
    pub detectors: Vec<Thresholds>,
}

/// Which column of which objects an entry speaks of.
#[derive(Clone, Debug, Default)]
pub struct Target {
    object: Option<ObjectGlob>,
    column: Option<String>,
}

/// An `[[accept]]` entry.
#[derive(Clone, Debug)]
pub struct Accept {
    /// The entry as findings cite it.
    pub entry: ConfigEntry,
    /// Where it applies.
    pub target: Target,
    /// The detector or the class, by its id.
    pub detector: Option<String>,
}

/// A `[[column]]` entry.
#[derive(Clone, Debug)]
pub struct Column {
    /// The entry as findings cite it.
    pub entry: ConfigEntry,
    /// Where it applies.
    pub target: Target,
    /// The detector or the class, by its id; `None` for nothing.
    pub is: Option<String>,
    /// The role of the person, by its id.
    pub role: Option<String>,
}

impl Target {
    /// The glob over objects, as the user wrote it.
    pub fn object(&self) -> Option<&str> {
        self.object.as_ref().map(|glob| glob.text.as_str())
    }

    /// The column, by its name.
    pub fn column(&self) -> Option<&str> {
        self.column.as_deref()
    }

    fn covers_object(&self, uri: &str) -> bool {
        self.object.as_ref().is_none_or(|glob| glob.matches(uri))
    }

    /// The places of the columns that it names; one place that stands for all where it names none.
    fn columns(&self, names: &[String]) -> Vec<Option<usize>> {
        match &self.column {
            None => vec![None],
            Some(column) => {
                names.iter().enumerate().filter(|(_, name)| *name == column).map(|(at, _)| Some(at)).collect()
            }
        }
    }
}

impl Tuning {
    /// What it says of the object at `uri` with columns of these names, on the day `date`.
    pub fn adjustments(&self, uri: &str, columns: &[String], date: Date) -> Adjustments {
        let holds = |entry: &ConfigEntry| !has_expired(entry, date);
        let accepts = self.accepts.iter().filter(|accept| holds(&accept.entry) && accept.target.covers_object(uri));
        let declared = self.columns.iter().filter(|column| holds(&column.entry) && column.target.covers_object(uri));
        Adjustments {
            acceptances: accepts
                .flat_map(|accept| accept.target.columns(columns).into_iter().map(move |at| (accept, at)))
                .map(|(Accept { entry, detector, .. }, column)| Acceptance {
                    entry: entry.clone(),
                    column,
                    detector: detector.clone(),
                })
                .collect(),
            declarations: declared
                .flat_map(|column| column.target.columns(columns).into_iter().map(move |at| (column, at)))
                .filter_map(|(Column { entry, is, role, .. }, column)| {
                    Some(Declaration { entry: entry.clone(), column: column?, is: is.clone(), role: role.clone() })
                })
                .collect(),
        }
    }

    /// Changes the detectors of the packs as it says.
    pub fn apply_to_detectors(&self, packs: &mut [(String, DetectorPack)]) {
        for thresholds in &self.detectors {
            thresholds.apply(packs);
        }
    }
}

/// An entry holds to the end of its last day.
fn has_expired(entry: &ConfigEntry, date: Date) -> bool {
    entry.expires.is_some_and(|last| last < date)
}
