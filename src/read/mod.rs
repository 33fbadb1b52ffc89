//! Finds objects, opens them, and hands out Arrow record batches with flat column paths.
//!
//! ```text
//! list ──▶ open ──▶ units (row groups, byte ranges) ──▶ record batches
//! ```
//!
//! Opening looks at the head of an object and assumes the likely (text is UTF-8 throughout, a line break ends a record).
//! Reading every unit then shows whether that held; where it did not, [`Source::reconsider`] gives a source without the
//! assumption, and what was read is thrown away. So the result is that of one sequential reading, at the speed of a
//! parallel one.
//!
//! *Invariant*: nothing here has heard of detectors, classes or persons.

mod list;
mod magic;
mod parquet;
mod text;

use std::ops::ControlFlow;
use std::path::PathBuf;

use arrow_array::RecordBatch;

pub use list::{Listing, list};

use crate::model::Problem;

/// An object that a target led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectRef {
    /// How reports name it: the path as reached from the user's target, with `/` between parts.
    pub uri: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its size, as stored.
    pub bytes: u64,
}

/// A column of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnInfo {
    /// Its flat path: `owner.id_no` in a struct, `items[].sku` in a list of structs, `tags[]` in a list.
    pub name: String,
    /// Its type in lower case: `utf8`, `int64`, `float64`, `timestamp`, `list<utf8>` ...
    pub data_type: String,
}

/// What became of one unit.
#[derive(Clone, Debug, Default)]
pub struct UnitOutcome {
    /// Rows handed out.
    pub rows: u64,
    /// What went wrong.
    pub problems: Vec<Problem>,
    /// What [`Source::reconsider`] needs to know of a byte range of text.
    span: text::Span,
}

/// In what portions an object is read. Findings do not depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The most rows of one record batch; at least 1.
    pub batch_rows: usize,
    /// About how many bytes of text, as stored, are one unit.
    pub range_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { batch_rows: 8192, range_bytes: 8 << 20 }
    }
}

/// An opened object.
#[derive(Clone, Debug)]
pub struct Source {
    text: text::TextSource,
}

/// Opens an object by its magic bytes; what its extension says comes second.
pub fn open(object: &ObjectRef) -> Result<Source, Problem> {
    open_with(object, &Options::default())
}

/// Opens an object to be read in other portions than usual.
pub fn open_with(object: &ObjectRef, options: &Options) -> Result<Source, Problem> {
    let mut head = Vec::new();
    let unreadable = |error: std::io::Error| {
        Problem::new(crate::model::ProblemCode::ObjectUnreadable, &object.uri, error.to_string())
    };
    let file = std::fs::File::open(&object.path).map_err(unreadable)?;
    std::io::Read::read_to_end(&mut std::io::Read::take(file, 64 << 10), &mut head).map_err(unreadable)?;
    Ok(Source { text: text::open(object, &head, options)? })
}

impl Source {
    /// What the outcomes of all units, in order, say of the object as a whole.
    pub fn remarks(&self, outcomes: &[UnitOutcome]) -> Vec<Problem> {
        self.text.remarks(outcomes)
    }

    /// `parquet`, `csv`, `text`, `csv+gzip` ...
    pub fn format(&self) -> String {
        self.text.format()
    }

    /// The character encoding, in lower case (`utf-8`, `utf-16le`, `gb18030`).
    pub fn encoding(&self) -> &str {
        self.text.encoding()
    }

    /// The columns of every record batch, in their order.
    pub fn columns(&self) -> &[ColumnInfo] {
        self.text.columns()
    }

    /// How many units there are; each can be read by itself, in any order, by any thread.
    pub fn n_units(&self) -> usize {
        self.text.n_units()
    }

    /// How many bytes of the object, as stored, a unit is.
    pub fn unit_bytes(&self, unit: usize) -> u64 {
        self.text.unit_bytes(unit)
    }

    /// Reads a unit and hands its record batches to `sink` until it breaks.
    pub fn read(&self, unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        self.text.read(unit, sink)
    }

    /// Another way of reading the object, where the outcomes of all units, in order, show that an assumption did not
    /// hold; what was read this way is then void.
    pub fn reconsider(&self, outcomes: &[UnitOutcome]) -> Option<Self> {
        self.text.reconsider(outcomes).map(|text| Self { text })
    }

    /// The same object with its first record read as data; `None` where the format has real column names.
    pub fn without_header(&self) -> Option<Self> {
        self.text.without_header().map(|text| Self { text })
    }

    /// Remarks from opening it.
    pub fn problems(&self) -> &[Problem] {
        self.text.problems()
    }
}
