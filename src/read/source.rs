//! An opened table, whatever its format.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use arrow_array::RecordBatch;

use super::{ColumnInfo, UnitOutcome, folders, inner};
use crate::model::Problem;

/// What a format does: one way of reading one table.
///
/// A new format is one type with this trait and one line in `open.rs`. Only the methods without a body need one.
pub(super) trait Reader: fmt::Debug + Send + Sync {
    /// See [`Source::format`], without the compression around it.
    fn format(&self) -> String;

    /// See [`Source::encoding`].
    #[expect(clippy::unnecessary_literal_bound, reason = "other formats have a name that is not static")]
    fn encoding(&self) -> &str {
        "utf-8"
    }

    /// See [`Source::columns`].
    fn columns(&self) -> &[ColumnInfo];

    /// See [`Source::n_units`].
    fn n_units(&self) -> usize {
        1
    }

    /// See [`Source::unit_bytes`].
    fn unit_bytes(&self, unit: usize) -> u64;

    /// See [`Source::read`].
    fn read(&self, unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome;

    /// See [`Source::reconsider`].
    fn reconsider(&self, _outcomes: &[UnitOutcome]) -> Option<Arc<dyn Reader>> {
        None
    }

    /// See [`Source::remarks`].
    fn remarks(&self, _outcomes: &[UnitOutcome]) -> Vec<Problem> {
        Vec::new()
    }

    /// See [`Source::without_header`].
    fn without_header(&self) -> Option<Arc<dyn Reader>> {
        None
    }

    /// Remarks from opening it in this way.
    fn problems(&self) -> &[Problem] {
        &[]
    }

    /// Whether the JSON in its cells is columns already.
    fn is_unfolded(&self) -> bool {
        false
    }
}

/// An opened table.
#[derive(Clone, Debug)]
pub struct Source {
    reader: Arc<dyn Reader>,
    /// The compressions that were undone, innermost first: `+gzip`.
    suffix: Arc<str>,
    problems: Vec<Problem>,
}

impl Source {
    /// A table with the remarks that are not the reader's own.
    pub(super) fn new(reader: impl Reader + 'static, suffix: &str, remarks: Vec<Problem>) -> Self {
        let mut problems = reader.problems().to_vec();
        problems.extend(remarks);
        Self { reader: Arc::new(reader), suffix: suffix.into(), problems }
    }

    /// The same table with the columns of the folders in its URI.
    #[must_use]
    pub(super) fn in_folders(self, uri: &str) -> Self {
        Self { reader: folders::add(self.reader, uri), ..self }
    }

    /// The same table read in another way; remarks that are not the reader's own stay.
    fn with(&self, reader: Arc<dyn Reader>) -> Self {
        let mut problems = reader.problems().to_vec();
        let before = self.reader.problems();
        problems.extend(self.problems.iter().filter(|problem| !before.contains(problem)).cloned());
        Self { reader, suffix: Arc::clone(&self.suffix), problems }
    }

    /// `parquet`, `csv`, `text`, `csv+gzip` ...
    pub fn format(&self) -> String {
        format!("{}{}", self.reader.format(), self.suffix)
    }

    /// The character encoding, in lower case (`utf-8`, `utf-16le`, `gb18030`).
    pub fn encoding(&self) -> &str {
        self.reader.encoding()
    }

    /// The columns of every record batch, in their order.
    pub fn columns(&self) -> &[ColumnInfo] {
        self.reader.columns()
    }

    /// How many units there are; each can be read by itself, in any order, by any thread.
    pub fn n_units(&self) -> usize {
        self.reader.n_units()
    }

    /// How many bytes of the object, as stored, a unit is.
    pub fn unit_bytes(&self, unit: usize) -> u64 {
        self.reader.unit_bytes(unit)
    }

    /// Reads a unit and hands its record batches to `sink` until it breaks.
    ///
    /// A batch has every column of [`Source::columns`], in their order. A column is an array of plain values (text may be
    /// in dictionary form), or a list of such an array where the path has `[]` in it; columns of the same list have the
    /// same offsets. The type of a column may differ between batches: text is in dictionary form in one unit and
    /// plain in another, and what cannot be decoded is null.
    pub fn read(&self, unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        self.reader.read(unit, sink)
    }

    /// Another way of reading the object, where the outcomes of all units, in order, show that an assumption did not
    /// hold; what was read this way is then void.
    pub fn reconsider(&self, outcomes: &[UnitOutcome]) -> Option<Self> {
        self.reader.reconsider(outcomes).map(|other| self.with(other))
    }

    /// What the outcomes of all units, in order, say of the object as a whole.
    pub fn remarks(&self, outcomes: &[UnitOutcome]) -> Vec<Problem> {
        self.reader.remarks(outcomes)
    }

    /// The same object with its first record read as data; `None` where the format has real column names.
    pub fn without_header(&self) -> Option<Self> {
        self.reader.without_header().map(|other| self.with(other))
    }

    /// The same object with the JSON in the cells of some columns as columns of their own, where the batches of its head
    /// have any.
    pub fn unfolded(&self, head: &[RecordBatch]) -> Option<Self> {
        let is_new = !self.reader.is_unfolded();
        is_new.then(|| inner::unfolded(&self.reader, head)).flatten().map(|other| self.with(other))
    }

    /// Remarks from opening it.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// An object without any bytes.
#[derive(Debug)]
pub(super) struct Nothing;

impl Reader for Nothing {
    fn format(&self) -> String {
        "empty".to_owned()
    }

    fn columns(&self) -> &[ColumnInfo] {
        &[]
    }

    fn n_units(&self) -> usize {
        0
    }

    fn unit_bytes(&self, _unit: usize) -> u64 {
        0
    }

    fn read(&self, _unit: usize, _sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        UnitOutcome::default()
    }
}
