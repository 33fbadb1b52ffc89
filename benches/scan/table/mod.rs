//! The tables that are measured, drawn from persons whose number is known.

mod columns;
mod csv;
mod person;

use std::fs::File;
use std::path::Path;

use arrow_array::{ArrayRef, RecordBatch};
use exportscan::demo::Random;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use person::Person;

/// Rows that are made and written at once.
const CHUNK: usize = 65_536;
const ROW_GROUP_ROWS: usize = 262_144;
/// Columns of the wide table beside those of its persons.
const SIGNALS: usize = 198;

/// What a table is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kind {
    /// Twelve columns, every kind of work that a scan does; three persons in eight rows.
    Plain,
    /// Two hundred columns, most of them signals of a vehicle.
    Wide,
    /// A structure and a list of structures.
    Nested,
    /// Remarks of some 300 bytes, with a mobile number in one of four.
    Text,
    /// Nothing comes twice, and each row is somebody else.
    Distinct,
}

impl Kind {
    fn n_persons(self, rows: usize) -> usize {
        match self {
            Self::Distinct => rows,
            _ => (rows * 3 / 8).max(1),
        }
    }
}

/// A table, by its persons; rows are drawn from them as they are written.
pub(crate) struct Table {
    kind: Kind,
    persons: Vec<Person>,
    rows: usize,
}

impl Table {
    /// A table in which each of its persons is.
    pub(crate) fn new(kind: Kind, rows: usize) -> Self {
        Self { kind, persons: person::distinct(kind.n_persons(rows)), rows }
    }

    /// How many persons are in it.
    pub(crate) fn n_persons(&self) -> usize {
        self.persons.len().min(self.rows)
    }

    /// The names of its columns.
    pub(crate) fn columns(&self) -> Vec<String> {
        let batch = RecordBatch::try_from_iter(columns::of(self.kind, &[], &mut Random::new(2))).unwrap();
        batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Writes it, or one of its columns, to a folder: as `table.parquet`, and as `table.csv` where that can hold it.
    pub(crate) fn write(&self, folder: &Path, column: Option<usize>) {
        std::fs::create_dir_all(folder).unwrap();
        self.write_parquet(&folder.join("table.parquet"), column);
        if self.kind != Kind::Nested {
            csv::write(&folder.join("table.csv"), self.batches(column));
        }
    }

    /// All of it, or one column alone.
    fn batches(&self, column: Option<usize>) -> impl Iterator<Item = RecordBatch> {
        let mut random = Random::new(2);
        (0..self.rows).step_by(CHUNK).map(move |start| {
            let rows = start..self.rows.min(start + CHUNK);
            let persons: Vec<&Person> = rows.map(|at| self.person(at, &mut random)).collect();
            let columns: Vec<(String, ArrayRef)> = columns::of(self.kind, &persons, &mut random);
            let batch = RecordBatch::try_from_iter(columns).unwrap();
            column.map_or_else(|| batch.clone(), |at| batch.project(&[at]).unwrap())
        })
    }

    fn person(&self, at: usize, random: &mut Random) -> &Person {
        let drawn = random.below(self.persons.len() as u64) as usize;
        &self.persons[if at < self.persons.len() { at } else { drawn }]
    }

    /// Zstd, row groups of a size that other writers make.
    fn write_parquet(&self, path: &Path, column: Option<usize>) {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
            .build();
        let mut batches = self.batches(column).peekable();
        let schema = batches.peek().unwrap().schema();
        let mut writer = ArrowWriter::try_new(File::create(path).unwrap(), schema, Some(properties)).unwrap();
        for batch in batches {
            writer.write(&batch).unwrap();
        }
        writer.close().unwrap();
    }
}
