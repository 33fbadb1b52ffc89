//! Writes tables as files.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;

use super::{Form, Table};

/// Writes a table into `folder`; the path of its file.
pub(crate) fn write(table: &Table, folder: &Path) -> PathBuf {
    let path = folder.join(format!("{}.{}", table.name, ending(table.form)));
    fs::create_dir_all(path.parent().unwrap_or(folder)).unwrap();
    if table.form == Form::Parquet {
        write_parquet(table, &path);
    } else {
        fs::write(&path, text(table)).unwrap();
    }
    path
}

fn ending(form: Form) -> &'static str {
    match form {
        Form::Csv | Form::Gb18030 => "csv",
        Form::Tsv => "tsv",
        Form::Pipe => "txt",
        Form::Parquet => "parquet",
    }
}

fn write_parquet(table: &Table, path: &Path) {
    let name = |at: usize| if table.has_header { table.columns[at].header.clone() } else { format!("_c{at}") };
    let fields: Vec<Field> = (0..table.columns.len()).map(|at| Field::new(name(at), DataType::Utf8, true)).collect();
    let cells = |cells: &[String]| -> ArrayRef {
        Arc::new(cells.iter().map(|cell| (!cell.is_empty()).then_some(cell.as_str())).collect::<StringArray>())
    };
    let arrays: Vec<ArrayRef> = table.columns.iter().map(|column| cells(&column.cells)).collect();
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).unwrap();
    let mut writer = ArrowWriter::try_new(fs::File::create(path).unwrap(), schema, None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn text(table: &Table) -> Vec<u8> {
    let delimiter = match table.form {
        Form::Tsv => '\t',
        Form::Pipe => '|',
        Form::Csv | Form::Gb18030 | Form::Parquet => ',',
    };
    let mut text = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                text.push(delimiter);
            }
            if cell.contains([delimiter, '"', '\n']) {
                text.push('"');
                text.push_str(&cell.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(cell);
            }
        }
        text.push('\n');
    };
    if table.has_header {
        line(&mut table.columns.iter().map(|column| column.header.as_str()));
    }
    for row in 0..table.rows() {
        line(&mut table.columns.iter().map(|column| column.cells[row].as_str()));
    }
    match table.form {
        Form::Gb18030 => encoding_rs::GB18030.encode(&text).0.into_owned(),
        _ => text.into_bytes(),
    }
}
