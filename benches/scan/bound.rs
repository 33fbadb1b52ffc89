//! What no scan can do without: decoding every Parquet column, splitting every CSV record.

use std::fs::File;
use std::path::Path;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray as _;
use csv_core::{ReadRecordResult, Reader};
use exportscan::model::{Fingerprinter, IdentifierKind, Key};
use hashbrown::HashSet;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use rayon::prelude::*;

use super::Work;

/// Rows of a record batch, as a scan has them.
const BATCH_ROWS: usize = 8192;
/// Bytes of a range of text, as a scan has them.
const RANGE_BYTES: usize = 8 << 20;

impl Work {
    const NONE: Self = Self { rows: 0, cells: 0 };

    fn add(self, other: Self) -> Self {
        Self { rows: self.rows + other.rows, cells: self.cells + other.cells }
    }
}

/// Decodes every column of every row group, row groups in parallel.
pub(crate) fn decode_parquet(path: &Path) -> Work {
    let of_group = |batches: &mut dyn Iterator<Item = RecordBatch>| {
        batches.fold(Work::NONE, |work, batch| {
            let rows = batch.num_rows() as u64;
            work.add(Work { rows, cells: rows * batch.num_columns() as u64 })
        })
    };
    each_group(path, of_group).into_iter().fold(Work::NONE, Work::add)
}

/// Columns of the plain table that each tell a person.
const IDENTIFIERS: [(&str, IdentifierKind); 3] =
    [("id_no", IdentifierKind::ResidentId), ("mobile", IdentifierKind::Mobile), ("plate", IdentifierKind::Plate)];

/// Decodes every column, makes the key of every identifier in three of them, and keeps each key once where it `keeps` any: the
/// least that an exact count of persons comes to which keeps no identifier, with nothing detected and nothing linked. How many
/// keys were made, or kept.
pub(crate) fn identify_parquet(path: &Path, keeps: bool) -> usize {
    let fingerprinter = Fingerprinter::new(b"not secret: time");
    let of_group = |batches: &mut dyn Iterator<Item = RecordBatch>| {
        let (mut keys, mut n_made): (HashSet<Key>, _) = (HashSet::new(), 0);
        for batch in batches {
            for (name, kind) in IDENTIFIERS {
                let column = batch.column_by_name(name).unwrap().as_string::<i32>();
                for key in column.iter().flatten().map(|id| fingerprinter.key(kind, id.as_bytes())) {
                    n_made += usize::from(std::hint::black_box(key).kind() == kind);
                    if keeps {
                        keys.insert(key);
                    }
                }
            }
        }
        (keys, n_made)
    };
    let merged = |(mut keys, n_made): (HashSet<Key>, usize), (others, n_others)| {
        keys.extend(others);
        (keys, n_made + n_others)
    };
    let all = each_group(path, of_group).into_iter().reduce(merged);
    all.map_or(0, |(keys, n_made)| if keeps { keys.len() } else { n_made })
}

/// What becomes of the batches of each row group.
fn each_group<T: Send>(path: &Path, of_group: impl Fn(&mut dyn Iterator<Item = RecordBatch>) -> T + Sync) -> Vec<T> {
    let metadata = ArrowReaderMetadata::load(&File::open(path).unwrap(), ArrowReaderOptions::default()).unwrap();
    let groups = (0..metadata.metadata().num_row_groups()).into_par_iter();
    let read = |group| {
        let file = File::open(path).unwrap();
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata.clone());
        let reader = builder.with_row_groups(vec![group]).with_batch_size(BATCH_ROWS).build().unwrap();
        of_group(&mut reader.map(Result::unwrap))
    };
    groups.map(read).collect()
}

/// Splits every record, byte ranges in parallel, cut at line breaks. No cell has one inside, so that any line break will do.
pub(crate) fn split_csv(path: &Path) -> Work {
    let bytes = std::fs::read(path).unwrap();
    let header = memchr::memchr(b'\n', &bytes).unwrap() + 1;
    let mut cuts = vec![header];
    while *cuts.last().unwrap() < bytes.len() {
        let target = (cuts.last().unwrap() + RANGE_BYTES).min(bytes.len());
        cuts.push(memchr::memchr(b'\n', &bytes[target..]).map_or(bytes.len(), |at| target + at + 1));
    }
    cuts.par_windows(2).map(|cut| split(&bytes[cut[0]..cut[1]])).reduce(|| Work::NONE, Work::add)
}

fn split(mut rest: &[u8]) -> Work {
    let (mut reader, mut work) = (Reader::new(), Work::NONE);
    let (mut output, mut ends) = (vec![0; 1 << 16], vec![0; 1024]);
    loop {
        let (result, n_read, _, n_ends) = reader.read_record(rest, &mut output, &mut ends);
        rest = &rest[n_read..];
        match result {
            ReadRecordResult::Record => work = work.add(Work { rows: 1, cells: n_ends as u64 }),
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::End => return work,
            other => panic!("{other:?}"),
        }
    }
}
