//! Delimited text and plain lines, in any encoding, compressed or not.

use std::ops::ControlFlow;

use arrow_array::RecordBatch;

use super::{ColumnInfo, ObjectRef, Options, UnitOutcome};
use crate::model::{Problem, ProblemCode};

/// Where a unit began and ended, and whether what was assumed of it held.
#[derive(Clone, Debug, Default)]
pub(super) struct Span {}

/// An opened text object.
#[derive(Clone, Debug)]
pub(super) struct TextSource {}

/// Opens text, whatever its encoding, dialect and compression.
pub(super) fn open(object: &ObjectRef, _head: &[u8], _options: &Options) -> Result<TextSource, Problem> {
    Err(Problem::new(ProblemCode::FormatUnsupported, &object.uri, "content is text"))
}

#[expect(clippy::unused_self, clippy::unnecessary_literal_bound, reason = "stands in for the text reader")]
impl TextSource {
    pub(super) fn format(&self) -> String {
        "text".to_owned()
    }

    pub(super) fn encoding(&self) -> &str {
        "utf-8"
    }

    pub(super) fn columns(&self) -> &[ColumnInfo] {
        &[]
    }

    pub(super) fn n_units(&self) -> usize {
        0
    }

    pub(super) fn unit_bytes(&self, _unit: usize) -> u64 {
        0
    }

    pub(super) fn read(&self, _unit: usize, _sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        UnitOutcome::default()
    }

    pub(super) fn reconsider(&self, outcomes: &[UnitOutcome]) -> Option<Self> {
        let _ = outcomes.first().map(|outcome| &outcome.span);
        None
    }

    pub(super) fn without_header(&self) -> Option<Self> {
        None
    }

    pub(super) fn problems(&self) -> &[Problem] {
        &[]
    }
}
