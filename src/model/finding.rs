//! What was found in one object, and how much of the data was looked at.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Because, Class, Confidence, Masked, Problem, Severity};

/// An entry of the user's configuration that has to do with a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ConfigEntry {
    /// The line where it begins, which tells it from the others.
    pub line: usize,
    /// Why the user wrote it, in the user's words.
    pub reason: String,
    /// The last day on which it holds; `None` where it has no end.
    pub expires: Option<Date>,
}

/// One class found in one column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassFinding {
    /// What the values are.
    pub class: Class,
    /// The id of the detector that says so.
    pub detector: String,
    /// Cells that fit the detector.
    pub matches: u64,
    /// Distinct values among them, by fingerprint.
    pub distinct: u64,
    /// Whether `distinct` is exact; above [`ClassFinding::DISTINCT_EXACT_UP_TO`] it is an estimate.
    pub distinct_exact: bool,
    /// `matches` as a share of the cells that are not null, 0 to 1.
    pub share: f64,
    /// How sure this is.
    pub confidence: Confidence,
    /// What spoke for and against, strongest first.
    pub because: Vec<Because>,
    /// A few matching values, masked, in a fixed order.
    pub samples: Vec<Masked>,
    /// The entry by which the finding is set aside: it is shown, and neither counted nor decided on.
    pub accepted: Option<ConfigEntry>,
    /// The entry that declares the column to be of this class.
    pub declared: Option<ConfigEntry>,
}

impl ClassFinding {
    /// Up to here `distinct` is counted, not estimated.
    pub const DISTINCT_EXACT_UP_TO: u64 = 1024;

    /// Whether persons are counted by it and rules decide on it.
    pub fn counts(&self) -> bool {
        self.confidence.counts() && self.accepted.is_none()
    }
}

/// One column of one object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnFinding {
    /// Its path, such as `owner.id_no` or `items[].sku`; `column_1` ... where the object has no header.
    pub name: String,
    /// Its Arrow type in lower case (`utf8`, `int64`, `timestamp`); text formats have `utf8` only.
    pub data_type: String,
    /// Cells, null or not.
    pub rows: u64,
    /// Cells that are null, empty or a word for nothing (`NULL`, `N/A`, `\N`).
    pub nulls: u64,
    /// What the column holds, surest first.
    pub classes: Vec<ClassFinding>,
}

/// A fact about a record beside its class: time span, bounding box, number of stations, energy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facet {
    /// What is measured, in snake case with its unit (`stations`, `energy_kwh`, `first_time`).
    pub name: String,
    /// The measure.
    pub value: FacetValue,
}

/// The measure of a [`Facet`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FacetValue {
    /// A count.
    Count(u64),
    /// A quantity in the unit that the facet's name ends in.
    Number(f64),
    /// A date or time, ISO 8601; names that the user gave.
    Text(String),
}

/// What several columns of an object, or the object as a whole, show together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordFinding {
    /// What the rows are.
    pub class: Class,
    /// The id of the detector that says so.
    pub detector: String,
    /// The columns that fill its roles.
    pub columns: Vec<String>,
    /// Rows in which all required roles are filled.
    pub rows: u64,
    /// Distinct subjects of those rows, exact.
    pub subjects: u64,
    /// How sure this is.
    pub confidence: Confidence,
    /// What spoke for and against, strongest first.
    pub because: Vec<Because>,
    /// Measures of the records.
    pub facets: Vec<Facet>,
    /// The entry by which the finding is set aside: it is shown, and not decided on.
    pub accepted: Option<ConfigEntry>,
}

impl RecordFinding {
    /// Whether rules decide on it.
    pub fn counts(&self) -> bool {
        self.confidence.counts() && self.accepted.is_none()
    }
}

/// One object: a file, or an entry of an archive or bucket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectFinding {
    /// Where it is, as the user named it.
    pub uri: String,
    /// `parquet`, `csv`, `text` ...; with the compression, such as `csv+gzip`.
    pub format: String,
    /// The character encoding of text; `utf-8` for Parquet.
    pub encoding: String,
    /// Rows read.
    pub rows: u64,
    /// Size in bytes, as stored.
    pub bytes: u64,
    /// Its columns, in their order.
    pub columns: Vec<ColumnFinding>,
    /// What the rows are.
    pub records: Vec<RecordFinding>,
}

/// How much of the data was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Objects that the targets led to.
    pub objects_found: u64,
    /// Objects read to the end.
    pub objects_read: u64,
    /// Objects of which something was not read.
    pub objects_failed: u64,
    /// Objects of formats that are not read.
    pub objects_skipped: u64,
    /// Rows read.
    pub rows_read: u64,
    /// Bytes read, as stored.
    pub bytes_read: u64,
    /// What went wrong; sorted by object, place and code once it is settled.
    pub problems: Vec<Problem>,
}

impl Coverage {
    /// Whether everything that was found was read.
    pub fn is_complete(&self) -> bool {
        self.problems.iter().all(|problem| problem.code.severity() == Severity::Note)
    }

    /// Adds what another part of the scan looked at.
    pub fn merge(&mut self, other: Self) {
        self.objects_found += other.objects_found;
        self.objects_read += other.objects_read;
        self.objects_failed += other.objects_failed;
        self.objects_skipped += other.objects_skipped;
        self.rows_read += other.rows_read;
        self.bytes_read += other.bytes_read;
        self.problems.extend(other.problems);
    }

    /// Puts the problems into their order, each once.
    pub fn settle(&mut self) {
        self.problems.sort_unstable();
        self.problems.dedup();
    }
}
