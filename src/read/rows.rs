//! Gathers rows of cells that are text into record batches.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use super::ColumnInfo;

/// A batch with so many bytes of text is full, whatever rows that is; offsets of text reach 128 times as far.
const FULL_BYTES: usize = 16 << 20;

/// Rows that wait to be handed out.
pub(super) struct Rows {
    schema: SchemaRef,
    columns: Vec<Cells>,
    /// So many rows are enough.
    most: usize,
    bytes: usize,
    /// How many rows are complete.
    complete: usize,
}

struct Cells {
    builder: StringBuilder,
    /// How many rows have a cell.
    filled: usize,
}

impl Rows {
    /// No rows, of these columns.
    pub(super) fn new(columns: &[ColumnInfo], batch_rows: usize) -> Self {
        let fields: Vec<Field> = columns.iter().map(|column| Field::new(&column.name, DataType::Utf8, true)).collect();
        Self {
            schema: Arc::new(Schema::new(fields)),
            columns: columns.iter().map(|_| Cells { builder: StringBuilder::new(), filled: 0 }).collect(),
            most: batch_rows.max(1),
            bytes: 0,
            complete: 0,
        }
    }

    /// Gives the row that is not complete yet a cell; the first one of a column counts.
    pub(super) fn cell(&mut self, column: usize, text: Option<&str>) {
        let Some(cells) = self.columns.get_mut(column).filter(|cells| cells.filled == self.complete) else { return };
        cells.builder.append_option(text);
        cells.filled += 1;
        self.bytes += text.map_or(0, str::len);
    }

    /// Completes a row: what has no cell in it is null.
    pub(super) fn end_row(&mut self) {
        self.complete += 1;
        for cells in self.columns.iter_mut().filter(|cells| cells.filled < self.complete) {
            cells.builder.append_null();
            cells.filled = self.complete;
        }
    }

    /// Whether the rows should be taken before more are added.
    pub(super) const fn is_full(&self) -> bool {
        self.complete >= self.most || self.bytes >= FULL_BYTES
    }

    /// Whether there are no rows.
    pub(super) const fn is_empty(&self) -> bool {
        self.complete == 0
    }

    /// The rows, and none behind.
    pub(super) fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        let options = RecordBatchOptions::new().with_row_count(Some(std::mem::take(&mut self.complete)));
        self.bytes = 0;
        let arrays = self.columns.iter_mut().map(|cells| {
            cells.filled = 0;
            Arc::new(cells.builder.finish()) as ArrayRef
        });
        RecordBatch::try_new_with_options(Arc::clone(&self.schema), arrays.collect(), &options)
    }
}
