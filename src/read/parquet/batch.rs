//! Puts the columns of a batch together: equally long, and with equal offsets where they are of the same list.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, ListArray, RecordBatch, RecordBatchOptions, new_null_array};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use super::Opened;
use super::guard::Failure;
use super::lane::Values;
use crate::model::ProblemCode;
use crate::read::flatten::{self, Leaf};

/// What becomes of a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Column {
    /// Why it cannot be read, and from which row on.
    pub(super) failed: Option<(Failure, u64)>,
    /// How many rows it had when it ended.
    pub(super) ended: Option<u64>,
    array: Option<ArrayRef>,
    /// From which row on its lists did not fit those beside it.
    misfit: Option<u64>,
    n_foreign: u64,
    n_undecodable: u64,
}

impl Column {
    /// Takes the values of the batch that is being made.
    pub(super) fn take(&mut self, values: Values) {
        self.array = Some(values.array);
        self.n_foreign += values.n_foreign;
        self.n_undecodable += values.n_undecodable;
    }

    /// What went wrong in a row group of `rows` rows.
    pub(super) fn failures(&self, rows: u64) -> Vec<Failure> {
        let failure = |code, message| Failure { code, message, not_text: false };
        let corrupt = |message| failure(ProblemCode::ParquetCorrupt, message);
        let mut failures = Vec::new();
        match &self.failed {
            Some((cause, 0)) => failures.push(cause.clone()),
            Some((cause, from)) => {
                failures.push(failure(cause.code, format!("{}; not read from row {from} on", cause.message)));
            }
            None => {}
        }
        if let Some(ended) = self.ended.filter(|ended| *ended < rows) {
            failures.push(corrupt(format!("ends after {ended} rows of {rows}")));
        }
        if let Some(from) = self.misfit {
            failures.push(corrupt(format!("its lists do not fit those beside it; not read from row {from} on")));
        }
        if self.n_undecodable > 0 {
            let message = format!("{} cells are neither UTF-8 nor GB18030", self.n_undecodable);
            failures.push(failure(ProblemCode::TextUndecodable, message));
        }
        if self.n_foreign > 0 {
            let message = format!("{} cells are GB18030 where UTF-8 is declared", self.n_foreign);
            failures.push(failure(ProblemCode::FormatMismatch, message));
        }
        failures
    }
}

/// Makes batches.
pub(super) struct Batches<'a> {
    file: &'a Opened,
    leaves: Vec<&'a Leaf>,
    /// The columns of each list.
    lists: Vec<Vec<usize>>,
    schema: SchemaRef,
}

impl<'a> Batches<'a> {
    /// Of a file.
    pub(super) fn new(file: &'a Opened) -> Self {
        let leaves: Vec<&Leaf> = file.roots.iter().flat_map(|root| &root.leaves).collect();
        let mut lists: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (at_root, root) in file.roots.iter().enumerate() {
            for (at, leaf) in root.leaves.iter().enumerate() {
                if let Some(list) = &leaf.list {
                    lists.entry((at_root, list)).or_default().push(root.first + at);
                }
            }
        }
        Self { file, leaves, lists: lists.into_values().collect(), schema: Arc::new(Schema::empty()) }
    }

    /// The batch of what the columns took, after `before` rows; `None` where none of them took anything.
    pub(super) fn make(&mut self, before: u64, columns: &mut [Column]) -> Result<Option<RecordBatch>, ArrowError> {
        let Some(rows) = columns.iter().filter_map(|column| column.array.as_ref()).map(Array::len).max() else {
            return Ok(None);
        };
        for column in columns.iter_mut() {
            let Some(array) = column.array.as_mut().filter(|array| array.len() < rows) else {
                continue;
            };
            column.ended.get_or_insert(before + array.len() as u64);
            let missing = new_null_array(array.data_type(), rows - array.len());
            *array = arrow_select::concat::concat(&[array, &missing])?;
        }
        for list in &self.lists {
            self.fit_lists(list, before, columns)?;
        }
        let arrays: Vec<ArrayRef> = columns
            .iter_mut()
            .zip(&self.leaves)
            .map(|(column, leaf)| column.array.take().unwrap_or_else(|| new_null_array(&whole_type(leaf), rows)))
            .collect();
        self.fit_schema(&arrays);
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(Arc::clone(&self.schema), arrays, &options).map(Some)
    }

    /// Gives the columns of one list the same offsets.
    fn fit_lists(&self, list: &[usize], before: u64, columns: &mut [Column]) -> Result<(), ArrowError> {
        let first = list.iter().find_map(|at| columns.get(*at)?.array.as_ref()?.as_list_opt::<i32>());
        let Some(first) = first.cloned() else {
            return Ok(());
        };
        for at in list {
            let (Some(column), Some(leaf)) = (columns.get_mut(*at), self.leaves.get(*at)) else {
                continue;
            };
            match column.array.as_ref().and_then(|array| array.as_list_opt::<i32>()) {
                Some(own) if own.offsets().inner().ptr_eq(first.offsets().inner()) => {}
                Some(own) if own.offsets() == first.offsets() => column.array = Some(with_lists_of(own, &first)?),
                misfit => {
                    if misfit.is_some() {
                        column.misfit.get_or_insert(before);
                    }
                    column.array = Some(flatten::null_list_like(&first, &leaf.data_type)?);
                }
            }
        }
        Ok(())
    }

    /// Makes the schema fit the arrays; mostly it does already.
    fn fit_schema(&mut self, arrays: &[ArrayRef]) {
        let fields = self.schema.fields();
        let fits = fields.len() == arrays.len()
            && fields.iter().zip(arrays).all(|(field, array)| field.data_type() == array.data_type());
        if !fits {
            let fields = self.file.columns.iter().zip(arrays);
            let fields = fields.map(|(info, array)| Field::new(&info.name, array.data_type().clone(), true));
            self.schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        }
    }
}

/// The values of `own` in the lists of `lists`, which are as long.
fn with_lists_of(own: &ListArray, lists: &ListArray) -> Result<ArrayRef, ArrowError> {
    flatten::list_of(Arc::clone(own.values()), lists.offsets(), lists.nulls().cloned())
}

fn whole_type(leaf: &Leaf) -> DataType {
    if leaf.list.is_some() { DataType::List(flatten::element(&leaf.data_type)) } else { leaf.data_type.clone() }
}
