//! Other people's files, where they are there.

use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_schema::DataType;
use exportscan::read;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};

use super::{cells, read_all};

fn corpus() -> Option<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if corpus.is_dir() {
        return Some(corpus);
    }
    println!("skipped: no corpus at {}", corpus.display());
    None
}

/// The cells of a top-level column without nesting, by the decoder's own reader; `None` where it gives up.
fn decoded(path: &Path) -> Option<Vec<(String, Vec<String>)>> {
    let file = std::fs::File::open(path).unwrap();
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let reader = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).ok()?.build().ok()?;
    let batches: Vec<RecordBatch> = reader.collect::<Result<_, _>>().ok()?;
    let schema = batches.first()?.schema();
    // Times of 96 bits differ where nanoseconds do not reach, and time zones have no table here.
    let plain = |data_type: &DataType| !data_type.is_nested() && !matches!(data_type, DataType::Timestamp(..));
    let flat = schema.fields().iter().enumerate().filter(|(_, field)| plain(field.data_type()));
    Some(
        flat.map(|(at, field)| {
            (field.name().clone(), batches.iter().flat_map(|batch| cells(batch.column(at))).collect())
        })
        .collect(),
    )
}

#[test]
fn corpus_files_end_in_rows_or_a_problem() {
    let Some(corpus) = corpus() else { return };
    let globs =
        ["hostile/**/*.parquet*", "persons/**/*.parquet", "clean/**/*.parquet", "hostile/parquet_testing/**/*.bin"];
    let targets: Vec<String> = globs.iter().map(|glob| corpus.join(glob).to_string_lossy().into_owned()).collect();
    let listing = read::list(&targets);
    assert_eq!(listing.problems, []);
    let mut n_compared = 0;
    for object in &listing.objects {
        let outcome = read_all(object.origin.path().unwrap(), 8192);
        assert!(
            outcome.rows > 0
                || !outcome.problems.is_empty()
                || outcome.columns.is_empty()
                || is_empty(object.origin.path().unwrap()),
            "{}",
            object.uri
        );
        if !outcome.is_complete() {
            println!("{}: {} rows, {:?}", object.uri, outcome.rows, outcome.problems);
            continue;
        }
        let small = read_all(object.origin.path().unwrap(), if outcome.rows < 100 { 3 } else { 999 });
        assert_eq!((small.rows, &small.columns, &small.problems), (outcome.rows, &outcome.columns, &outcome.problems));
        for at in 0..outcome.columns.len() {
            assert_eq!(small.cells(at), outcome.cells(at), "{} {:?}", object.uri, outcome.columns[at]);
        }
        for (name, expected) in decoded(object.origin.path().unwrap()).unwrap_or_default() {
            let at = outcome.columns.iter().position(|(column, _)| *column == name).unwrap();
            assert_eq!(outcome.cells(at), expected, "{} {name}", object.uri);
            n_compared += 1;
        }
    }
    println!("{} files, {n_compared} columns compared", listing.objects.len());
    assert!(listing.objects.len() > 200 && n_compared > 300);
}

fn is_empty(path: &Path) -> bool {
    decoded(path).is_none_or(|columns| columns.iter().all(|(_, cells)| cells.is_empty()))
}

#[test]
fn corpus_files_that_must_not_pass() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("hostile/parquet_testing");
    let cases = [
        ("bad_data/ARROW-GH-41317.parquet", "parquet.corrupt"),
        ("bad_data/ARROW-GH-41321.parquet", "parquet.corrupt"),
        ("bad_data/ARROW-GH-45185.parquet", "parquet.corrupt"),
        ("bad_data/ARROW-GH-47662.parquet", "parquet.corrupt"),
        ("bad_data/ARROW-RS-GH-6229-DICTHEADER.parquet", "parquet.corrupt"),
        ("bad_data/ARROW-RS-GH-6229-LEVELS.parquet", "parquet.corrupt"),
        ("bad_data/PARQUET-1481.parquet", "parquet.corrupt"),
        ("data/datapage_v1-corrupt-checksum.parquet", "parquet.corrupt"),
        ("data/rle-dict-uncompressed-corrupt-checksum.parquet", "parquet.corrupt"),
        ("data/nation.dict-malformed.parquet", "parquet.corrupt"),
        ("data/large_string_map.brotli.parquet", "parquet.unsupported"),
        ("data/encrypt_columns_and_footer.parquet.encrypted", "format.encrypted"),
        ("data/encrypt_columns_plaintext_footer.parquet.encrypted", "format.encrypted"),
        ("data/uniform_encryption.parquet.encrypted", "format.encrypted"),
        ("data/aes256/encrypt_columns_plaintext_footer.parquet.encrypted", "format.encrypted"),
    ];
    for (name, code) in cases {
        let outcome = read_all(&folder.join(name), 8192);
        assert!(outcome.problems.iter().any(|problem| problem.code.id() == code), "{name}: {outcome:?}");
        assert!(!outcome.is_complete());
    }
}
