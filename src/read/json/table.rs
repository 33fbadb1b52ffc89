//! Gathers the values of rows into record batches.

use std::collections::VecDeque;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use super::tree::{Leaf, NodeId};
use crate::read::{ColumnInfo, flatten};

/// A batch with more text than this is complete, however few rows it has.
const BATCH_BYTES: usize = 8 << 20;

/// The most cells of one batch; bounds the memory of very wide tables.
const MAX_CELLS: usize = 1 << 20;

/// The columns of a table, and the rows of them that are not handed out yet.
pub(super) struct Columns {
    schema: SchemaRef,
    cells: Vec<Cells>,
    /// Which column a node of the tree is.
    by_node: Vec<Option<usize>>,
    lists: Vec<List>,
    batch_rows: usize,
    rows: usize,
    bytes: usize,
    ready: VecDeque<Result<RecordBatch, ArrowError>>,
}

struct Cells {
    values: StringBuilder,
    /// The list that it is a column of; 0 where it is of none.
    group: usize,
}

/// The lists that one path has, one a row.
#[derive(Default)]
struct List {
    /// Whether it has columns.
    is_wanted: bool,
    elements: usize,
    ends: Vec<usize>,
}

/// What reports say of the columns.
pub(super) fn infos(leaves: &[Leaf]) -> Vec<ColumnInfo> {
    let data_type = |leaf: &Leaf| if leaf.group == 0 { "utf8" } else { "list<utf8>" };
    leaves.iter().map(|leaf| ColumnInfo { name: leaf.name.clone(), data_type: data_type(leaf).to_owned() }).collect()
}

impl Columns {
    /// No rows of these columns.
    pub(super) fn new(leaves: &[Leaf], batch_rows: usize) -> Self {
        let field = |leaf: &Leaf| {
            let data_type =
                if leaf.group == 0 { DataType::Utf8 } else { DataType::List(flatten::element(&DataType::Utf8)) };
            Field::new(&leaf.name, data_type, true)
        };
        let n_lists = leaves.iter().map(|leaf| leaf.group + 1).max().unwrap_or(0);
        let mut lists: Vec<List> = (0..n_lists).map(|_| List::default()).collect();
        let mut by_node = vec![None; leaves.iter().map(|leaf| leaf.node + 1).max().unwrap_or(0)];
        for (at, leaf) in leaves.iter().enumerate() {
            if let Some(column) = by_node.get_mut(leaf.node) {
                *column = Some(at);
            }
            if let Some(list) = lists.get_mut(leaf.group) {
                list.is_wanted = true;
            }
        }
        Self {
            schema: Arc::new(Schema::new(leaves.iter().map(field).collect::<Vec<_>>())),
            cells: leaves.iter().map(|leaf| Cells { values: StringBuilder::new(), group: leaf.group }).collect(),
            by_node,
            lists,
            batch_rows: batch_rows.min(MAX_CELLS / leaves.len().max(1)).max(1),
            rows: 0,
            bytes: 0,
            ready: VecDeque::new(),
        }
    }

    /// The schema of all batches.
    pub(super) fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// The next batch that is complete.
    pub(super) fn ready(&mut self) -> Option<Result<RecordBatch, ArrowError>> {
        self.ready.pop_front()
    }

    /// What is left when no more rows come.
    pub(super) fn rest(&mut self) -> Option<Result<RecordBatch, ArrowError>> {
        (self.rows > 0).then(|| self.take())
    }

    /// A list has one more element.
    pub(super) fn next_element(&mut self, group: usize) {
        if let Some(list) = self.lists.get_mut(group).filter(|list| list.is_wanted) {
            list.elements += 1;
            self.bytes += size_of::<i32>();
        }
    }

    /// The row is complete.
    pub(super) fn end_row(&mut self) {
        self.rows += 1;
        for list in self.lists.iter_mut().filter(|list| list.is_wanted) {
            list.ends.push(list.elements);
        }
        if self.rows >= self.batch_rows || self.bytes >= BATCH_BYTES {
            let batch = self.take();
            self.ready.push_back(batch);
        }
    }

    /// The value of a node in the present row or element. Where the node is no column, it is passed over.
    pub(super) fn set(&mut self, node: NodeId, text: &str) {
        let column = self.by_node.get(node).copied().flatten();
        let Some(cells) = column.and_then(|column| self.cells.get_mut(column)) else { return };
        let at = match self.lists.get_mut(cells.group) {
            Some(list) if cells.group > 0 => {
                // The element began in the batch before.
                list.elements = list.elements.max(1);
                list.elements - 1
            }
            _ => self.rows,
        };
        cells.fill_up(at);
        if cells.len() == at {
            cells.values.append_value(text);
            self.bytes += text.len();
        }
    }

    /// The batch, and no rows behind; nothing of a further row may be there.
    fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        let rows = std::mem::take(&mut self.rows);
        self.bytes = 0;
        let mut arrays: Vec<ArrayRef> = Vec::with_capacity(self.cells.len());
        for cells in &mut self.cells {
            let list = self.lists.get(cells.group).filter(|_| cells.group > 0);
            cells.fill_up(list.map_or(rows, |list| list.elements));
            let values: ArrayRef = Arc::new(cells.values.finish());
            arrays.push(match list {
                None => values,
                Some(list) => flatten::list_of(values, &list.offsets()?, None)?,
            });
        }
        for list in &mut self.lists {
            list.elements = 0;
            list.ends.clear();
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(Arc::clone(&self.schema), arrays, &options)
    }
}

impl Cells {
    fn len(&self) -> usize {
        arrow_array::builder::ArrayBuilder::len(&self.values)
    }

    fn fill_up(&mut self, length: usize) {
        if let Some(missing @ 1..) = length.checked_sub(self.len()) {
            self.values.append_nulls(missing);
        }
    }
}

impl List {
    fn offsets(&self) -> Result<OffsetBuffer<i32>, ArrowError> {
        let ends = self.ends.iter().map(|end| i32::try_from(*end));
        let offsets: Result<Vec<i32>, _> = std::iter::once(Ok(0)).chain(ends).collect();
        let offsets = offsets.map_err(|_| ArrowError::ComputeError("too many elements in one batch".to_owned()))?;
        // A counter that only rises was noted.
        Ok(OffsetBuffer::new(offsets.into()))
    }
}
