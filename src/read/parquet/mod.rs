//! Parquet: one unit per row group.

mod batch;
mod bytes;
mod footer;
mod guard;
mod lane;
mod schema;
mod thrift;
mod unit;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::RecordBatch;
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};

use self::bytes::{FileBytes, Stamp};
use self::lane::Group;
use self::schema::Root;
use super::{ColumnInfo, ObjectRef, Options, io_cause};
use crate::model::{Problem, ProblemCode};

/// An opened Parquet file.
#[derive(Clone, Debug)]
pub(super) struct ParquetSource {
    file: Arc<Opened>,
}

#[derive(Debug)]
struct Opened {
    uri: String,
    path: PathBuf,
    stamp: Stamp,
    metadata: Arc<ParquetMetaData>,
    encrypted: BTreeSet<(usize, usize)>,
    roots: Vec<Root>,
    columns: Vec<ColumnInfo>,
    batch_rows: usize,
}

/// Reads the footer of a file.
pub(super) fn open(object: &ObjectRef, options: &Options) -> Result<ParquetSource, Problem> {
    let file = FileBytes::open(&object.path)
        .map_err(|error| Problem::new(ProblemCode::ObjectUnreadable, &object.uri, io_cause(&error)))?;
    let footer = footer::read(&file).map_err(|failure| failure.problem(&object.uri))?;
    let roots = schema::roots(footer.metadata.file_metadata().schema_descr());
    let columns = columns(&roots);
    Ok(ParquetSource {
        file: Arc::new(Opened {
            uri: object.uri.clone(),
            path: object.path.clone(),
            stamp: file.stamp(),
            metadata: Arc::new(footer.metadata),
            encrypted: footer.encrypted,
            roots,
            columns,
            batch_rows: options.batch_rows.max(1),
        }),
    })
}

fn columns(roots: &[Root]) -> Vec<ColumnInfo> {
    let leaves = roots.iter().flat_map(|root| &root.leaves);
    leaves
        .enumerate()
        .map(|(at, leaf)| ColumnInfo {
            name: if leaf.name.is_empty() { format!("column_{}", at + 1) } else { leaf.name.clone() },
            data_type: leaf.type_name(),
        })
        .collect()
}

/// A batch of this many bytes is large enough for anything; rows with long texts come in smaller batches.
const BATCH_BYTES: u64 = 64 << 20;

impl ParquetSource {
    pub(super) fn columns(&self) -> &[ColumnInfo] {
        &self.file.columns
    }

    pub(super) fn n_units(&self) -> usize {
        self.file.metadata.num_row_groups()
    }

    pub(super) fn unit_bytes(&self, unit: usize) -> u64 {
        let columns = self.file.metadata.row_groups().get(unit).map(RowGroupMetaData::columns).unwrap_or_default();
        let bytes = columns.iter().map(|chunk| u64::try_from(chunk.compressed_size()).unwrap_or(0));
        bytes.fold(0, u64::saturating_add).min(self.file.stamp.size())
    }

    /// Reads a row group; gives the rows that were handed out, and what went wrong.
    pub(super) fn read(
        &self,
        unit: usize,
        sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>,
    ) -> (u64, Vec<Problem>) {
        let place = format!("row group {unit}");
        let problem = |code, message: &str| Problem::new(code, &self.file.uri, message).at(&place);
        let file = match FileBytes::open(&self.file.path) {
            Ok(file) => file,
            Err(error) => return (0, vec![problem(ProblemCode::ObjectUnreadable, &io_cause(&error))]),
        };
        if file.stamp() != self.file.stamp {
            return (0, vec![problem(ProblemCode::ObjectChanged, "size or time of change differ")]);
        }
        let metadata = Arc::clone(&self.file.metadata);
        let group = Group { file, metadata, index: unit, batch_rows: self.batch_rows(unit) };
        unit::Reading::new(&self.file, group).run(sink)
    }

    /// Fewer rows at a time where rows are long.
    fn batch_rows(&self, unit: usize) -> usize {
        let Some(group) = self.file.metadata.row_groups().get(unit) else {
            return 1;
        };
        let bytes = group.columns().iter().map(|chunk| u64::try_from(chunk.uncompressed_size()).unwrap_or(0));
        let bytes = bytes.fold(0, u64::saturating_add);
        let rows = u64::try_from(group.num_rows()).unwrap_or(0).max(1);
        let fitting = BATCH_BYTES / (bytes / rows).max(1);
        usize::try_from(fitting).unwrap_or(usize::MAX).clamp(1, self.file.batch_rows)
    }
}
