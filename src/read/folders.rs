//! Columns that folders name: in `dt=2024-05-01/vehicle=%E4%BA%ACA12345/part-0.parquet` they are `dt` and `vehicle`.
//!
//! Hive, Spark and the like leave such columns out of the files. Each has one value for all rows of an object.

use std::ops::ControlFlow;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, Int32Array, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{DataType, Field, Schema};

use super::source::Reader;
use super::{ColumnInfo, UnitOutcome};
use crate::model::{Folder, Problem, ProblemCode};

/// What stands for a cell without a value.
const NULL: &str = "__HIVE_DEFAULT_PARTITION__";

/// A table with the columns of the folders that it is in.
#[derive(Debug)]
pub(super) struct InFolders {
    table: Arc<dyn Reader>,
    columns: Vec<ColumnInfo>,
    /// The values of the columns that are added behind the table's own.
    values: Vec<Option<String>>,
}

/// The table with the columns of the folders of its URI, where there are any. A column that it has itself is its own.
pub(super) fn add(table: Arc<dyn Reader>, uri: &str) -> Arc<dyn Reader> {
    let mut columns = table.columns().to_vec();
    let (n_own, mut values) = (columns.len(), Vec::new());
    for folder in Folder::of(uri) {
        if n_own > 0 && columns.iter().all(|column| column.name != folder.name) {
            columns.push(ColumnInfo { name: folder.name.to_owned(), data_type: "utf8".to_owned() });
            values.push(Some(folder.value()).filter(|value| value != NULL));
        }
    }
    if values.is_empty() { table } else { Arc::new(InFolders { table, columns, values }) }
}

impl InFolders {
    fn with(&self, table: Arc<dyn Reader>) -> Arc<dyn Reader> {
        let n_own = self.columns.len() - self.values.len();
        let mut columns = table.columns().to_vec();
        columns.extend(self.columns.iter().skip(n_own).cloned());
        Arc::new(Self { table, columns, values: self.values.clone() })
    }

    fn widened(&self, batch: &RecordBatch) -> Option<RecordBatch> {
        let (mut arrays, rows) = (batch.columns().to_vec(), batch.num_rows());
        for value in &self.values {
            let key = value.as_ref().map(|_| 0);
            let text = StringArray::from_iter([value.as_ref()]);
            let cells = DictionaryArray::<Int32Type>::try_new(Int32Array::from(vec![key; rows]), Arc::new(text));
            arrays.push(Arc::new(cells.ok()?) as ArrayRef);
        }
        let mut fields: Vec<Arc<Field>> = batch.schema().fields().iter().cloned().collect();
        let text = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        let added = self.columns.iter().skip(self.columns.len() - self.values.len());
        fields.extend(added.map(|column| Arc::new(Field::new(&column.name, text.clone(), true))));
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options).ok()
    }
}

impl Reader for InFolders {
    fn format(&self) -> String {
        self.table.format()
    }

    fn encoding(&self) -> &str {
        self.table.encoding()
    }

    fn columns(&self) -> &[ColumnInfo] {
        &self.columns
    }

    fn n_units(&self) -> usize {
        self.table.n_units()
    }

    fn unit_bytes(&self, unit: usize) -> u64 {
        self.table.unit_bytes(unit)
    }

    fn read(&self, unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        let mut misfit = false;
        let mut outcome = self.table.read(unit, &mut |batch| {
            let widened = self.widened(batch);
            misfit |= widened.is_none();
            widened.map_or(ControlFlow::Break(()), |batch| sink(&batch))
        });
        if misfit {
            let message = "its batches take no column of a folder";
            outcome.problems.push(Problem::new(ProblemCode::DecoderPanicked, "", message));
        }
        outcome
    }

    fn reconsider(&self, outcomes: &[UnitOutcome]) -> Option<Arc<dyn Reader>> {
        self.table.reconsider(outcomes).map(|other| self.with(other))
    }

    fn remarks(&self, outcomes: &[UnitOutcome]) -> Vec<Problem> {
        self.table.remarks(outcomes)
    }

    fn without_header(&self) -> Option<Arc<dyn Reader>> {
        self.table.without_header().map(|other| self.with(other))
    }

    fn problems(&self) -> &[Problem] {
        self.table.problems()
    }

    fn is_unfolded(&self) -> bool {
        self.table.is_unfolded()
    }
}
