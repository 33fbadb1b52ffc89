//! The records of a ledger as a table for other programs: their figures, and no person key.

use std::io::Write;
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, RecordBatch, StringArray, UInt64Array};
use arrow_schema::{DataType, Field, Schema};

use crate::ledger::{Entry, Record};

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

/// A cell of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cell {
    Number(u64),
    Text(Option<String>),
    Flag(bool),
}

/// A record as a row: names and cells, in the order of the columns.
fn row(entry: &Entry) -> Vec<(&'static str, Cell)> {
    let Entry { record, hash } = entry;
    let Record { export, .. } = record;
    let (stated, coverage, persons) = (&export.stated, &export.coverage, &export.persons);
    let text = |text: &str| Cell::Text(Some(text.to_owned()));
    let optional = |text: &Option<String>| Cell::Text(text.clone());
    let claims = |name: fn(&crate::ledger::Claim) -> &str| {
        let claims: Vec<&str> = stated.exemptions.iter().map(name).collect();
        Cell::Text(Some(claims.join(" ")))
    };
    vec![
        ("number", Cell::Number(record.number)),
        ("date", text(&export.date.to_string())),
        ("entity", text(&export.entity)),
        ("list", text(&export.list)),
        ("category", text(&export.category)),
        ("industry", Cell::Text(stated.industry.map(|industry| industry.id().to_owned()))),
        ("scenario", optional(&stated.scenario)),
        ("recipient", optional(&stated.recipient)),
        ("country", optional(&stated.country)),
        ("exemptions", claims(|claim| claim.exemption.id())),
        ("articles", claims(|claim| &claim.article)),
        ("counts", Cell::Flag(export.counts)),
        ("complete", Cell::Flag(coverage.complete)),
        ("objects_found", Cell::Number(coverage.objects_found)),
        ("objects_read", Cell::Number(coverage.objects_read)),
        ("rows_read", Cell::Number(coverage.rows_read)),
        ("bytes_read", Cell::Number(coverage.bytes_read)),
        ("persons_best", Cell::Number(persons.all.best)),
        ("persons_at_least", Cell::Number(persons.all.at_least)),
        ("persons_at_most", Cell::Number(persons.all.at_most)),
        ("sensitive_best", Cell::Number(persons.sensitive.best)),
        ("sensitive_at_least", Cell::Number(persons.sensitive.at_least)),
        ("sensitive_at_most", Cell::Number(persons.sensitive.at_most)),
        ("non_sensitive_best", Cell::Number(persons.non_sensitive.best)),
        ("non_sensitive_at_least", Cell::Number(persons.non_sensitive.at_least)),
        ("non_sensitive_at_most", Cell::Number(persons.non_sensitive.at_most)),
        ("unattributed_rows", Cell::Number(persons.unattributed_rows)),
        ("recorded", text(&record.recorded)),
        ("previous", text(&record.previous)),
        ("hash", text(hash)),
        ("tally", text(&record.tally)),
        ("signer", Cell::Text(record.signer.map(|signer| signer.to_string()))),
    ]
}

/// Writes the records as delimited text (RFC 4180, UTF-8). A text that a spreadsheet would take for a formula begins with
/// an apostrophe.
pub fn ledger_csv(entries: &[Entry], out: &mut impl Write) -> Result<(), TableError> {
    for (at, entry) in entries.iter().enumerate() {
        let (names, cells): (Vec<&str>, Vec<String>) =
            row(entry).into_iter().map(|(name, cell)| (name, csv(&cell))).unzip();
        if at == 0 {
            writeln!(out, "{}", names.join(","))?;
        }
        writeln!(out, "{}", cells.join(","))?;
    }
    Ok(())
}

fn csv(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Text(text) => quoted(text.as_deref().unwrap_or_default()),
    }
}

fn quoted(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Writes the records as a Parquet file.
pub fn ledger_parquet(entries: &[Entry], out: impl Write + Send) -> Result<(), TableError> {
    let rows: Vec<Vec<(&str, Cell)>> = entries.iter().map(row).collect();
    let mut fields = Vec::new();
    let mut arrays = Vec::new();
    for (at, (name, first)) in rows.first().into_iter().flatten().enumerate() {
        let cells = || rows.iter().filter_map(move |row| row.get(at)).map(|(_, cell)| cell);
        let (kind, array): (DataType, ArrayRef) = match first {
            Cell::Number(_) => {
                let numbers = cells().map(|cell| if let Cell::Number(number) = cell { *number } else { 0 });
                (DataType::UInt64, Arc::new(UInt64Array::from_iter_values(numbers)))
            }
            Cell::Flag(_) => {
                let flags: Vec<bool> = cells().map(|cell| *cell == Cell::Flag(true)).collect();
                (DataType::Boolean, Arc::new(BooleanArray::from(flags)))
            }
            Cell::Text(_) => {
                let texts = cells().map(|cell| if let Cell::Text(text) = cell { text.clone() } else { None });
                (DataType::Utf8, Arc::new(texts.collect::<StringArray>()))
            }
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
