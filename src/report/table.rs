//! The records of a ledger as a table for other programs: their figures, and no person key.

use std::io::Write;
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, RecordBatch, StringArray, UInt64Array};
use arrow_schema::{DataType, Field, Schema};

use crate::ledger::{Claim, Entry, Persons, Stated};

/// Why a table was not written.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The system refused.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The writer of Parquet files refused.
    #[error(transparent)]
    Parquet(#[from] parquet::errors::ParquetError),
    /// Columns do not fit together.
    #[error(transparent)]
    Arrow(#[from] arrow_schema::ArrowError),
}

/// A column of the table: what it takes from a record.
#[derive(Clone, Copy, Debug)]
enum Column {
    Number(fn(&Entry) -> u64),
    Text(fn(&Entry) -> Option<String>),
    Flag(fn(&Entry) -> bool),
}

/// The columns with their names, which are permanent.
const COLUMNS: &[(&str, Column)] = &[
    ("number", Column::Number(|entry| entry.record.number)),
    ("date", Column::Text(|entry| Some(entry.record.export.date.to_string()))),
    ("entity", Column::Text(|entry| Some(entry.record.export.entity.clone()))),
    ("list", Column::Text(|entry| Some(entry.record.export.list.clone()))),
    ("category", Column::Text(|entry| Some(entry.record.export.category.clone()))),
    ("industry", Column::Text(|entry| stated(entry).industry.map(|industry| industry.id().to_owned()))),
    ("scenario", Column::Text(|entry| stated(entry).scenario.clone())),
    ("recipient", Column::Text(|entry| stated(entry).recipient.clone())),
    ("country", Column::Text(|entry| stated(entry).country.clone())),
    ("exemptions", Column::Text(|entry| Some(claims(entry, |claim| claim.exemption.id())))),
    ("articles", Column::Text(|entry| Some(claims(entry, |claim| &claim.article)))),
    ("counts", Column::Flag(|entry| entry.record.export.counts)),
    ("complete", Column::Flag(|entry| entry.record.export.coverage.complete)),
    ("objects_found", Column::Number(|entry| entry.record.export.coverage.objects_found)),
    ("objects_read", Column::Number(|entry| entry.record.export.coverage.objects_read)),
    ("rows_read", Column::Number(|entry| entry.record.export.coverage.rows_read)),
    ("bytes_read", Column::Number(|entry| entry.record.export.coverage.bytes_read)),
    ("persons_best", Column::Number(|entry| persons(entry).all.best)),
    ("persons_at_least", Column::Number(|entry| persons(entry).all.at_least)),
    ("persons_at_most", Column::Number(|entry| persons(entry).all.at_most)),
    ("sensitive_best", Column::Number(|entry| persons(entry).sensitive.best)),
    ("sensitive_at_least", Column::Number(|entry| persons(entry).sensitive.at_least)),
    ("sensitive_at_most", Column::Number(|entry| persons(entry).sensitive.at_most)),
    ("non_sensitive_best", Column::Number(|entry| persons(entry).non_sensitive.best)),
    ("non_sensitive_at_least", Column::Number(|entry| persons(entry).non_sensitive.at_least)),
    ("non_sensitive_at_most", Column::Number(|entry| persons(entry).non_sensitive.at_most)),
    ("unattributed_rows", Column::Number(|entry| persons(entry).unattributed_rows)),
    ("recorded", Column::Text(|entry| Some(entry.record.recorded.clone()))),
    ("previous", Column::Text(|entry| Some(entry.record.previous.clone()))),
    ("hash", Column::Text(|entry| Some(entry.hash.clone()))),
    ("tally", Column::Text(|entry| Some(entry.record.tally.clone()))),
    ("signer", Column::Text(|entry| entry.record.signer.map(|signer| signer.to_string()))),
];

fn stated(entry: &Entry) -> &Stated {
    &entry.record.export.stated
}

fn persons(entry: &Entry) -> &Persons {
    &entry.record.export.persons
}

fn claims(entry: &Entry, name: fn(&Claim) -> &str) -> String {
    stated(entry).exemptions.iter().map(name).collect::<Vec<_>>().join(" ")
}

/// Writes the records as delimited text (RFC 4180, UTF-8). A text that a spreadsheet would take for a formula begins with
/// an apostrophe.
pub fn ledger_csv(entries: &[Entry], out: &mut impl Write) -> Result<(), TableError> {
    let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    writeln!(out, "{}", names.join(","))?;
    for entry in entries {
        let cells: Vec<String> = COLUMNS.iter().map(|(_, column)| csv(*column, entry)).collect();
        writeln!(out, "{}", cells.join(","))?;
    }
    Ok(())
}

fn csv(column: Column, entry: &Entry) -> String {
    match column {
        Column::Number(number) => number(entry).to_string(),
        Column::Flag(flag) => flag(entry).to_string(),
        Column::Text(text) => quoted(&text(entry).unwrap_or_default()),
    }
}

fn quoted(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Writes the records as a Parquet file.
pub fn ledger_parquet(entries: &[Entry], out: impl Write + Send) -> Result<(), TableError> {
    let (mut fields, mut arrays) = (Vec::new(), Vec::new());
    for (name, column) in COLUMNS {
        let (kind, array): (DataType, ArrayRef) = match *column {
            Column::Number(number) => {
                (DataType::UInt64, Arc::new(UInt64Array::from_iter_values(entries.iter().map(number))))
            }
            Column::Flag(flag) => {
                (DataType::Boolean, Arc::new(BooleanArray::from(entries.iter().map(flag).collect::<Vec<_>>())))
            }
            Column::Text(text) => (DataType::Utf8, Arc::new(entries.iter().map(text).collect::<StringArray>())),
        };
        fields.push(Field::new(*name, kind, true));
        arrays.push(array);
    }
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays)?;
    let mut writer = parquet::arrow::ArrowWriter::try_new(out, schema, None)?;
    writer.write(&batch)?;
    writer.close()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_text_stays_a_text_in_a_spreadsheet() {
        let cases = [
            ("Beispiel AG", "Beispiel AG"),
            ("a,b", "\"a,b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("=1+1", "'=1+1"),
            ("@x,y", "\"'@x,y\""),
            ("", ""),
        ];
        for (text, cell) in cases {
            assert_eq!(quoted(text), cell);
        }
    }
}
