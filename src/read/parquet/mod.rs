//! Parquet: one unit per row group.

mod batch;
mod bytes;
mod footer;
pub(super) mod guard;
pub(super) mod lane;
mod schema;
mod thrift;
mod unit;

use std::collections::BTreeSet;
use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

use arrow_array::RecordBatch;
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};

use self::bytes::FileBytes;
use self::lane::Group;
use self::schema::Root;
use super::origin::{Origin, Stamp};
use super::source::Reader;
use super::{ColumnInfo, ObjectRef, Options, UnitOutcome, problem_of};
use crate::model::Problem;

/// An opened Parquet file.
#[derive(Clone, Debug)]
pub(super) struct ParquetSource {
    file: Arc<Opened>,
}

#[derive(Debug)]
struct Opened {
    uri: String,
    origin: Origin,
    bytes: u64,
    stamp: Stamp,
    metadata: Arc<ParquetMetaData>,
    encrypted: BTreeSet<(usize, usize)>,
    roots: Vec<Root>,
    columns: Vec<ColumnInfo>,
    batch_rows: usize,
}

/// Reads the footer of a file.
pub(super) fn open(object: &ObjectRef, options: &Options) -> Result<ParquetSource, Problem> {
    let unreadable = |error: io::Error| problem_of(&object.uri, &error);
    let origin = object.origin.held(options.limits.held_bytes).map_err(unreadable)?;
    let file = FileBytes(origin.random().map_err(unreadable)?);
    let footer = footer::read(&file).map_err(|failure| failure.problem(&object.uri))?;
    let roots = schema::roots(footer.metadata.file_metadata().schema_descr());
    let columns = columns(&roots);
    Ok(ParquetSource {
        file: Arc::new(Opened {
            uri: object.uri.clone(),
            origin,
            bytes: file.size(),
            stamp: file.0.stamp().clone(),
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

impl Reader for ParquetSource {
    fn format(&self) -> String {
        "parquet".to_owned()
    }

    fn columns(&self) -> &[ColumnInfo] {
        &self.file.columns
    }

    fn n_units(&self) -> usize {
        self.file.metadata.num_row_groups()
    }

    fn unit_bytes(&self, unit: usize) -> u64 {
        let columns = self.file.metadata.row_groups().get(unit).map(RowGroupMetaData::columns).unwrap_or_default();
        let bytes = columns.iter().map(|chunk| u64::try_from(chunk.compressed_size()).unwrap_or(0));
        bytes.fold(0, u64::saturating_add).min(self.file.bytes)
    }

    fn read(&self, unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        let (rows, problems) = self.read_group(unit, sink);
        UnitOutcome { rows, problems, ..UnitOutcome::default() }
    }
}

impl ParquetSource {
    /// Reads a row group; gives the rows that were handed out, and what went wrong.
    fn read_group(&self, unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> (u64, Vec<Problem>) {
        let place = format!("row group {unit}");
        let file = match crate::read::unchanged(&self.file.origin, &self.file.stamp, &self.file.uri) {
            Ok(file) => FileBytes(file),
            Err(problem) => return (0, vec![problem.at(&place)]),
        };
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
