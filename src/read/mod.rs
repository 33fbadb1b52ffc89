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

/// An opened object.
#[derive(Clone, Debug)]
pub enum Source {
    /// Row groups.
    Parquet(parquet::ParquetSource),
    /// Records of delimited text, or lines.
    Text(text::TextSource),
}

/// How objects are cut. What is found does not depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Rows of a record batch at most.
    pub batch_rows: usize,
    /// Bytes of a byte range of text, about.
    pub range_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { batch_rows: 8192, range_bytes: 8 << 20 }
    }
}

/// Opens an object with the default [`Options`].
pub fn open(object: &ObjectRef) -> Result<Source, Problem> {
    open_with(object, &Options::default())
}

/// Opens an object by its magic bytes; what its extension says comes second.
pub fn open_with(_object: &ObjectRef, _options: &Options) -> Result<Source, Problem> {
    todo!()
}

impl Source {
    /// `parquet`, `csv`, `text`, `csv+gzip` ...
    pub fn format(&self) -> String {
        todo!()
    }

    /// The character encoding, in lower case (`utf-8`, `utf-16le`, `gb18030`).
    pub fn encoding(&self) -> &str {
        todo!()
    }

    /// The columns of every record batch, in their order.
    pub fn columns(&self) -> &[ColumnInfo] {
        todo!()
    }

    /// How many units there are; each can be read by itself, in any order, by any thread.
    pub fn n_units(&self) -> usize {
        todo!()
    }

    /// How many bytes of the object, as stored, a unit is.
    pub fn unit_bytes(&self, _unit: usize) -> u64 {
        todo!()
    }

    /// Reads a unit and hands its record batches to `sink` until it breaks.
    pub fn read(&self, _unit: usize, _sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        todo!()
    }

    /// Another way of reading the object, where the outcomes of all units, in order, show that an assumption did not
    /// hold; what was read this way is then void.
    pub fn reconsider(&self, _outcomes: &[UnitOutcome]) -> Option<Self> {
        todo!()
    }

    /// The same object with its first record read as data; `None` where the format has real column names.
    pub fn without_header(&self) -> Option<Self> {
        todo!()
    }

    /// Remarks from opening it.
    pub fn problems(&self) -> &[Problem] {
        todo!()
    }
}
