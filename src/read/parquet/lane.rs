//! Reads some columns of a row group side by side.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, BinaryArray};
use arrow_schema::{ArrowError, DataType};
use encoding_rs::GB18030;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, RowGroups};
use parquet::basic::Encoding;
use parquet::column::page::{PageIterator, PageReader};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::SerializedPageReader;
use parquet::schema::types::TypePtr;

use super::bytes::FileBytes;
use super::guard::{Failure, guarded};
use super::schema;
use crate::read::flatten;

/// A row group of an open file.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) file: FileBytes,
    pub(super) metadata: Arc<ParquetMetaData>,
    pub(super) index: usize,
    /// The most rows to decode at a time.
    pub(super) batch_rows: usize,
}

impl Group {
    /// What the footer says of it.
    pub(super) fn row_group(&self) -> Option<&RowGroupMetaData> {
        self.metadata.row_groups().get(self.index)
    }

    /// What the footer says of a column chunk.
    pub(super) fn chunk(&self, leaf: usize) -> Option<&ColumnChunkMetaData> {
        self.row_group()?.columns().get(leaf)
    }
}

/// What a lane reads: a column of the top level, or one leaf of it.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The type of what it reads.
    pub(super) tree: TypePtr,
    /// The indices of its leaves in the file.
    pub(super) leaves: Vec<usize>,
    /// Whether text is read as bytes and made text afterwards.
    pub(super) as_bytes: bool,
}

impl Plan {
    /// What else can be tried after a failure: each leaf by itself, then text as bytes, then nothing.
    pub(super) fn other_ways(&self, failure: &Failure) -> Vec<Self> {
        if self.leaves.len() > 1 {
            return (0..self.leaves.len()).filter_map(|at| self.leaf(at, false)).collect();
        }
        if failure.not_text && !self.as_bytes {
            return self.leaf(0, true).into_iter().collect();
        }
        Vec::new()
    }

    /// The plan to read one leaf.
    pub(super) fn leaf(&self, at: usize, as_bytes: bool) -> Option<Self> {
        let tree = guarded(|| schema::single_leaf(&self.tree, at, as_bytes)).ok()?;
        Some(Self { tree, leaves: vec![*self.leaves.get(at)?], as_bytes })
    }
}

/// A reader of some columns of a row group.
pub(super) struct Lane {
    /// What it reads.
    pub(super) plan: Plan,
    reader: ParquetRecordBatchReader,
}

/// The values of one leaf in one batch.
#[derive(Clone, Debug)]
pub(in crate::read) struct Values {
    /// The values, or lists of them.
    pub(in crate::read) array: ArrayRef,
    /// Cells of text that had to be decoded from GB18030.
    pub(in crate::read) n_foreign: u64,
    /// Cells that are text in no encoding.
    pub(in crate::read) n_undecodable: u64,
}

impl Lane {
    /// Starts at the row group's first row.
    pub(super) fn open(plan: Plan, group: &Group) -> Result<Self, Failure> {
        let reader = guarded(|| {
            let (_, levels) = schema::convert(&plan.tree, &mut |at, data_type| {
                let chunk = plan.leaves.get(at).and_then(|leaf| group.chunk(*leaf));
                if *data_type == DataType::Utf8 && chunk.is_some_and(is_dictionary) {
                    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
                } else {
                    data_type.clone()
                }
            })?;
            let pages = Pages { group, leaves: &plan.leaves };
            ParquetRecordBatchReader::try_new_with_row_groups(&levels, &pages, group.batch_rows, None)
        })?;
        Ok(Self { plan, reader })
    }

    /// Passes over rows that were read before; they are decoded all the same, since that is known to work.
    pub(super) fn pass(&mut self, rows: u64) -> Result<(), Failure> {
        let mut passed = 0;
        while passed < rows {
            match guarded(|| self.reader.next().transpose())? {
                Some(batch) => passed += batch.num_rows() as u64,
                None => return Err(Failure::corrupt("the column ends too early")),
            }
        }
        Ok(())
    }

    /// The next rows, leaf by leaf; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Vec<Values>>, Failure> {
        guarded(|| {
            let Some(batch) = self.reader.next().transpose()? else {
                return Ok(None);
            };
            let mut leaves = Vec::with_capacity(self.plan.leaves.len());
            for column in batch.columns() {
                for array in flatten::leaf_arrays(column)? {
                    leaves.push(if self.plan.as_bytes {
                        to_text(&array)?
                    } else {
                        Values { array, n_foreign: 0, n_undecodable: 0 }
                    });
                }
            }
            if leaves.len() == self.plan.leaves.len() {
                Ok(Some(leaves))
            } else {
                Err(ArrowError::ComputeError("columns are missing".to_owned()))
            }
        })
    }
}

impl From<ArrowError> for Failure {
    fn from(error: ArrowError) -> Self {
        Self::told(&error.to_string())
    }
}

/// Whether every page of values refers to the dictionary. Where only the list of encodings says so, `PLAIN` in it may
/// mean the dictionary itself; it is taken for values then, which costs time and nothing else.
fn is_dictionary(chunk: &ColumnChunkMetaData) -> bool {
    if let Some(pages) = chunk.page_encoding_stats_mask() {
        return pages.is_only(Encoding::PLAIN_DICTIONARY) || pages.is_only(Encoding::RLE_DICTIONARY);
    }
    let is_dictionary = |encoding| matches!(encoding, Encoding::PLAIN_DICTIONARY | Encoding::RLE_DICTIONARY);
    #[expect(deprecated, reason = "old files have it")]
    let is_of_levels = |encoding| matches!(encoding, Encoding::RLE | Encoding::BIT_PACKED);
    let mut encodings = chunk.encodings();
    encodings.any(is_dictionary) && chunk.encodings().all(|encoding| is_dictionary(encoding) || is_of_levels(encoding))
}

/// Bytes as text: UTF-8 where they are, GB18030 where they are that, and marks for what is neither.
pub(in crate::read) fn to_text(array: &ArrayRef) -> Result<Values, ArrowError> {
    if let Some(lists) = array.as_list_opt::<i32>() {
        let values = to_text(lists.values())?;
        let array = flatten::list_of(values.array, lists.offsets(), lists.nulls().cloned())?;
        return Ok(Values { array, ..values });
    }
    let Some(cells) = array.as_any().downcast_ref::<BinaryArray>() else {
        return Err(ArrowError::ComputeError("bytes expected".to_owned()));
    };
    let (mut n_foreign, mut n_undecodable) = (0, 0);
    let mut text = StringBuilder::with_capacity(cells.len(), cells.value_data().len());
    for cell in cells {
        let Some(bytes) = cell else {
            text.append_null();
            continue;
        };
        if let Ok(cell) = std::str::from_utf8(bytes) {
            text.append_value(cell);
        } else if let Some(cell) = GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
            n_foreign += 1;
            text.append_value(cell);
        } else {
            n_undecodable += 1;
            text.append_value(String::from_utf8_lossy(bytes));
        }
    }
    Ok(Values { array: Arc::new(text.finish()), n_foreign, n_undecodable })
}

/// The pages of a plan's leaves.
struct Pages<'a> {
    group: &'a Group,
    leaves: &'a [usize],
}

impl RowGroups for Pages<'_> {
    fn num_rows(&self) -> usize {
        self.group.row_group().and_then(|group| usize::try_from(group.num_rows()).ok()).unwrap_or(0)
    }

    fn column_chunks(&self, i: usize) -> Result<Box<dyn PageIterator>, ParquetError> {
        let chunk = self.leaves.get(i).and_then(|leaf| self.group.chunk(*leaf));
        let chunk = chunk.ok_or_else(|| ParquetError::General("the column is missing".to_owned()))?;
        let start = chunk.dictionary_page_offset().unwrap_or_else(|| chunk.data_page_offset());
        let end = start.checked_add(chunk.compressed_size());
        let size = i64::try_from(self.group.file.size()).unwrap_or(i64::MAX);
        if start < 0 || chunk.compressed_size() < 0 || end.is_none_or(|end| end > size) {
            return Err(ParquetError::EOF("the column is said to be beyond the end of the file".to_owned()));
        }
        let pages = SerializedPageReader::new(Arc::new(self.group.file.clone()), chunk, self.num_rows(), None)?;
        Ok(Box::new(Chunk(Some(Box::new(pages)))))
    }

    fn row_groups(&self) -> Box<dyn Iterator<Item = &RowGroupMetaData> + '_> {
        Box::new(self.group.row_group().into_iter())
    }

    fn metadata(&self) -> &ParquetMetaData {
        &self.group.metadata
    }
}

/// The pages of one column chunk.
struct Chunk(Option<Box<dyn PageReader>>);

impl Iterator for Chunk {
    type Item = Result<Box<dyn PageReader>, ParquetError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.take().map(Ok)
    }
}

impl PageIterator for Chunk {}
