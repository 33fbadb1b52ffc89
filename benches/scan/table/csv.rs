//! Record batches of plain columns as delimited text.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int64Type, TimestampSecondType};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::DataType;

pub(super) fn write(path: &Path, batches: impl Iterator<Item = RecordBatch>) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    let mut batches = batches.peekable();
    let schema = batches.peek().unwrap().schema();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    writeln!(file, "{}", names.join(",")).unwrap();
    for batch in batches {
        for row in 0..batch.num_rows() {
            for (at, column) in batch.columns().iter().enumerate() {
                if at > 0 {
                    file.write_all(b",").unwrap();
                }
                write_cell(&mut file, column, row);
            }
            file.write_all(b"\n").unwrap();
        }
    }
    file.flush().unwrap();
}

fn write_cell(file: &mut impl Write, column: &ArrayRef, row: usize) {
    match column.data_type() {
        DataType::Utf8 => file.write_all(column.as_string::<i32>().value(row).as_bytes()),
        DataType::Int64 => write!(file, "{}", column.as_primitive::<Int64Type>().value(row)),
        DataType::Float64 => write!(file, "{}", column.as_primitive::<Float64Type>().value(row)),
        DataType::Timestamp(..) => {
            let seconds = column.as_primitive::<TimestampSecondType>().value(row);
            write!(file, "{}", jiff::Timestamp::from_second(seconds).unwrap())
        }
        other => panic!("{other} is no plain column"),
    }
    .unwrap();
}
