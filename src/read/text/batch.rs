//! Gathers records into record batches whose cells are views of the block that they stand in.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryViewArray, RecordBatch, RecordBatchOptions};
use arrow_buffer::{BooleanBufferBuilder, Buffer, NullBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use super::split::{Cell, Dialect, Record, Splitter};
use crate::read::ColumnInfo;

/// Values up to this length stand in the view itself (Arrow columnar format, variable-size binary view layout).
const INLINE_BYTES: usize = 12;

/// The buffers of a column: the block, and the cells whose quotes were undone.
const BLOCK: u32 = 0;
const UNDONE: u32 = 1;

/// The most cells of one batch; bounds the memory of very wide tables.
const MAX_CELLS: usize = 1 << 20;

/// Collects the rows of one batch. All of its records must be from one block.
pub(super) struct BatchBuilder {
    schema: SchemaRef,
    dialect: Dialect,
    batch_rows: usize,
    /// How many columns have a cell each.
    width: usize,
    columns: Vec<Vec<u128>>,
    /// Views of surplus cells, where there is a column for them.
    extra: Option<Vec<u128>>,
    /// Rows that have no surplus cells.
    without_extra: Vec<usize>,
    /// Rows with too few cells, and how many they have.
    short: Vec<(usize, usize)>,
    undone: Vec<u8>,
    rows: usize,
    /// How many records had too few cells, and how many too many.
    pub(super) n_short: u64,
    pub(super) n_surplus: u64,
}

impl BatchBuilder {
    /// A builder for these columns, of which the last takes surplus cells where `extra` says so.
    pub(super) fn new(columns: &[ColumnInfo], extra: bool, dialect: Dialect, batch_rows: usize) -> Self {
        let fields: Vec<Field> =
            columns.iter().map(|column| Field::new(&column.name, DataType::BinaryView, true)).collect();
        let width = columns.len() - usize::from(extra);
        Self {
            schema: Arc::new(Schema::new(fields)),
            dialect,
            batch_rows: batch_rows.min(MAX_CELLS / columns.len().max(1)).max(1),
            width,
            columns: vec![Vec::new(); width],
            extra: extra.then(Vec::new),
            without_extra: Vec::new(),
            short: Vec::new(),
            undone: Vec::new(),
            rows: 0,
            n_short: 0,
            n_surplus: 0,
        }
    }

    /// Whether no more rows should be added.
    pub(super) const fn is_full(&self) -> bool {
        self.rows >= self.batch_rows
    }

    /// Whether there are no rows.
    pub(super) const fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Adds a record of the block.
    #[inline]
    pub(super) fn push(&mut self, block: &[u8], record: &Record<'_>) {
        for (column, cell) in self.columns.iter_mut().zip(record.cells) {
            let view = if cell.marked {
                undone_view(block, cell, self.dialect, &mut self.undone)
            } else {
                view(block, cell.range(), BLOCK)
            };
            column.push(view);
        }
        if record.cells.len() != self.width {
            self.push_ragged(record);
        }
        if let Some(extra) = &mut self.extra {
            // Surplus cells stay as they stand in the text, delimiters and quotes included.
            let surplus = record.cells.get(self.width).map(|first| view(block, first.outer()..record.end, BLOCK));
            if surplus.is_none() {
                self.without_extra.push(self.rows);
            }
            extra.push(surplus.unwrap_or(0));
        }
        self.rows += 1;
    }

    fn push_ragged(&mut self, record: &Record<'_>) {
        let n_cells = record.cells.len();
        if n_cells > self.width {
            self.n_surplus += 1;
            return;
        }
        self.n_short += 1;
        self.short.push((self.rows, n_cells));
        for column in self.columns.iter_mut().skip(n_cells) {
            column.push(0);
        }
    }

    /// The batch, and an empty builder behind.
    pub(super) fn take(&mut self, block: &Buffer) -> Result<RecordBatch, ArrowError> {
        let rows = std::mem::take(&mut self.rows);
        let buffers: Arc<[Buffer]> = [block.clone(), Buffer::from_vec(std::mem::take(&mut self.undone))].into();
        let short = std::mem::take(&mut self.short);
        let mut arrays: Vec<ArrayRef> = Vec::with_capacity(self.width + 1);
        for (at, column) in self.columns.iter_mut().enumerate() {
            let missing = short.iter().filter(|(_, n_cells)| *n_cells <= at).map(|(row, _)| *row);
            let nulls = if short.is_empty() { None } else { nulls(rows, missing) };
            arrays.push(array(column, &buffers, nulls)?);
        }
        if let Some(extra) = &mut self.extra {
            let nulls = nulls(rows, std::mem::take(&mut self.without_extra).into_iter());
            arrays.push(array(extra, &buffers, nulls)?);
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(Arc::clone(&self.schema), arrays, &options)
    }
}

fn array(views: &mut Vec<u128>, buffers: &Arc<[Buffer]>, nulls: Option<NullBuffer>) -> Result<ArrayRef, ArrowError> {
    let capacity = views.len();
    let views = ScalarBuffer::from(std::mem::replace(views, Vec::with_capacity(capacity)));
    Ok(Arc::new(BinaryViewArray::try_new(views, Arc::clone(buffers), nulls)?))
}

fn nulls(rows: usize, missing: impl Iterator<Item = usize>) -> Option<NullBuffer> {
    let mut valid = BooleanBufferBuilder::new(rows);
    valid.append_n(rows, true);
    let mut n_missing = 0;
    for row in missing {
        valid.set_bit(row, false);
        n_missing += 1;
    }
    (n_missing > 0).then(|| NullBuffer::new(valid.finish()))
}

/// Which bits of 16 loaded bytes belong to a value of each length that stands in the view itself.
#[expect(clippy::indexing_slicing, reason = "evaluated while compiling")]
const INLINE_MASKS: [u128; INLINE_BYTES + 1] = {
    let mut masks = [0; INLINE_BYTES + 1];
    let mut length = 1;
    while length <= INLINE_BYTES {
        masks[length] = (masks[length - 1] << 8) | 0xff;
        length += 1;
    }
    masks
};

/// The view of a part of the block, which is the buffer with this number.
#[inline]
fn view(block: &[u8], part: Range<usize>, buffer: u32) -> u128 {
    let length = part.end.wrapping_sub(part.start);
    // One load and one mask instead of copying a handful of bytes one by one.
    let first = match block.get(part.start..part.start + 16).map(<[u8; 16]>::try_from) {
        Some(Ok(bytes)) => u128::from_le_bytes(bytes),
        _ => near_end(block.get(part.start..).unwrap_or_default()),
    };
    if let Some(mask) = INLINE_MASKS.get(length) {
        return ((first & mask) << 32) | length as u128;
    }
    let prefix = u64::from(first as u32) << 32 | length as u64;
    let place = (part.start as u64) << 32 | u64::from(buffer);
    u128::from(place) << 64 | u128::from(prefix)
}

/// The last bytes of a block, as a load of 16 would have them.
#[cold]
fn near_end(rest: &[u8]) -> u128 {
    rest.iter().rev().fold(0, |all, byte| (all << 8) | u128::from(*byte))
}

#[cold]
fn undone_view(block: &[u8], cell: &Cell, dialect: Dialect, undone: &mut Vec<u8>) -> u128 {
    let start = undone.len();
    let raw = block.get(cell.range()).unwrap_or_default();
    Splitter::undo(dialect, raw, cell.is_quoted(), undone);
    view(undone, start..undone.len(), UNDONE)
}
