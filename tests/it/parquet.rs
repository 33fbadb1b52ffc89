//! Parquet files end in rows read or a problem, and what is read is what was written.

mod corpus;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::builder::{
    Int32Builder, Int64Builder, ListBuilder, MapBuilder, StringBuilder, StringDictionaryBuilder, StructBuilder,
};
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, BinaryArray, Int64Array, RecordBatch, StringArray};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{DataType, Field, Fields, Schema};
use exportscan::model::{Problem, ProblemCode, Severity};
use exportscan::read::{ObjectRef, Options, Origin};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use crate::support::open_table;

/// What reading a file came to.
#[derive(Debug, Default)]
struct Outcome {
    rows: u64,
    batches: Vec<RecordBatch>,
    problems: Vec<Problem>,
    columns: Vec<(String, String)>,
}

impl Outcome {
    /// The cells of a column as text, `-` for null, all batches in a row.
    fn cells(&self, column: usize) -> Vec<String> {
        self.batches.iter().flat_map(|batch| cells(batch.column(column))).collect()
    }

    fn codes(&self) -> Vec<(&str, &str)> {
        self.problems.iter().map(|problem| (problem.code.id(), problem.place.as_str())).collect()
    }

    fn is_complete(&self) -> bool {
        self.problems.iter().all(|problem| problem.code.severity() == Severity::Note)
    }
}

fn cells(array: &dyn Array) -> Vec<String> {
    let options = FormatOptions::new().with_null("-").with_display_error(true);
    let formatter = ArrayFormatter::try_new(array, &options).unwrap();
    (0..array.len()).map(|row| formatter.value(row).to_string()).collect()
}

fn object(path: &Path) -> ObjectRef {
    let bytes = std::fs::metadata(path).unwrap().len();
    ObjectRef { uri: path.file_name().unwrap().to_string_lossy().into_owned(), origin: Origin::file(path), bytes }
}

/// Reads a file and checks what holds for every batch.
fn read_all(path: &Path, batch_rows: usize) -> Outcome {
    let mut outcome = Outcome::default();
    let options = Options { batch_rows, ..Options::default() };
    let source = match open_table(&object(path), &options) {
        Ok(source) => source,
        Err(problem) => {
            outcome.problems.push(problem);
            return outcome;
        }
    };
    outcome.columns = source.columns().iter().map(|column| (column.name.clone(), column.data_type.clone())).collect();
    outcome.problems.extend(source.problems().to_vec());
    for unit in 0..source.n_units() {
        let mut batches = Vec::new();
        let unit_outcome = source.read(unit, &mut |batch| {
            batches.push(batch.clone());
            ControlFlow::Continue(())
        });
        assert_eq!(unit_outcome.rows, batches.iter().map(|batch| batch.num_rows() as u64).sum::<u64>());
        for (at, batch) in batches.iter().enumerate() {
            assert!(batch.num_rows() > 0 && batch.num_rows() <= batch_rows);
            check_shape(batch, &outcome.columns);
            if at < 3 {
                batch.columns().iter().for_each(|array| array.to_data().validate_full().unwrap());
            }
        }
        outcome.rows += unit_outcome.rows;
        outcome.batches.extend(batches);
        outcome.problems.extend(unit_outcome.problems);
    }
    outcome
}

/// Columns are flat, and those of one list have the same offsets.
fn check_shape(batch: &RecordBatch, columns: &[(String, String)]) {
    assert_eq!(batch.num_columns(), columns.len());
    for ((name, _), array) in columns.iter().zip(batch.columns()) {
        let in_list = name.contains("[]");
        assert_eq!(in_list, matches!(array.data_type(), DataType::List(_)), "{name}: {}", array.data_type());
        let values = if in_list { array.as_list::<i32>().values() } else { array };
        assert!(!values.data_type().is_nested() || matches!(values.data_type(), DataType::Dictionary(..)), "{name}");
        for ((other, _), beside) in columns.iter().zip(batch.columns()) {
            let list = |name: &str| name.rfind("[]").map(|end| name[..end].to_owned());
            if in_list && list(other) == list(name) {
                let (own, beside) = (array.as_list::<i32>(), beside.as_list::<i32>());
                assert!(own.offsets().inner().ptr_eq(beside.offsets().inner()), "{name} {other}");
            }
        }
    }
}

/// Writes batches as row groups of `group_rows`.
fn write(
    name: &str,
    batch: &RecordBatch,
    group_rows: usize,
    properties: WriterProperties,
) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let mut writer =
        ArrowWriter::try_new(std::fs::File::create(&path).unwrap(), batch.schema(), Some(properties)).unwrap();
    let mut from = 0;
    while from < batch.num_rows() {
        let rows = group_rows.min(batch.num_rows() - from);
        writer.write(&batch.slice(from, rows)).unwrap();
        writer.flush().unwrap();
        from += rows;
    }
    writer.close().unwrap();
    (folder, path)
}

fn numbers(n: i64) -> ArrayRef {
    Arc::new((0..n).map(|i| (i % 7 != 3).then_some(i * 31)).collect::<Int64Array>())
}

fn texts(n: i64, distinct: i64) -> ArrayRef {
    let text = |i: i64| (i % 11 != 5).then(|| format!("文字 {}", i * 7 % distinct));
    Arc::new((0..n).map(text).collect::<StringArray>())
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap()
}

/// A table with everything that nests: structs, lists, lists of structs, maps, lists of lists; rows 0 to 3.
fn nested() -> RecordBatch {
    let names =
        Fields::from(vec![Field::new("id_no", DataType::Utf8, true), Field::new("age", DataType::Int32, false)]);
    let mut owner = StructBuilder::from_fields(names.clone(), 4);
    let mut tags = ListBuilder::new(StringBuilder::new());
    let mut items = ListBuilder::new(StructBuilder::from_fields(names, 4));
    let mut attrs = MapBuilder::new(None, StringBuilder::new(), Int64Builder::new());
    let mut grid = ListBuilder::new(ListBuilder::new(Int32Builder::new()));
    for row in 0..4i32 {
        owner.field_builder::<StringBuilder>(0).unwrap().append_option((row != 1).then(|| format!("o{row}")));
        owner.field_builder::<Int32Builder>(1).unwrap().append_value(row);
        owner.append(row != 2);
        for tag in 0..row {
            tags.values().append_option((tag != 1).then(|| format!("t{row}{tag}")));
        }
        tags.append(row != 0);
        for item in 0..row {
            let of_item = items.values();
            of_item.field_builder::<StringBuilder>(0).unwrap().append_value(format!("i{row}{item}"));
            of_item.field_builder::<Int32Builder>(1).unwrap().append_value(item);
            of_item.append(item != 1);
        }
        items.append(true);
        for attr in 0..row {
            attrs.keys().append_value(format!("k{attr}"));
            attrs.values().append_option((attr != 0).then_some(i64::from(attr)));
        }
        attrs.append(row != 0).unwrap();
        for outer in 0..row {
            for inner in 0..outer {
                grid.values().values().append_value(row * 100 + outer * 10 + inner);
            }
            grid.values().append(true);
        }
        grid.append(row != 1);
    }
    batch(vec![
        ("owner", Arc::new(owner.finish()) as ArrayRef),
        ("tags", Arc::new(tags.finish())),
        ("items", Arc::new(items.finish())),
        ("attrs", Arc::new(attrs.finish())),
        ("grid", Arc::new(grid.finish())),
    ])
}

#[test]
fn nested_columns_become_flat() {
    for batch_rows in [1, 3, 8192] {
        let (_folder, path) = write("nested.parquet", &nested(), 4, WriterProperties::default());
        let outcome = read_all(&path, batch_rows);
        assert_eq!(outcome.codes(), []);
        let expected: [(&str, &str, [&str; 4]); 8] = [
            ("owner.id_no", "utf8", ["o0", "-", "-", "o3"]),
            ("owner.age", "int32", ["0", "1", "-", "3"]),
            ("tags[]", "list<utf8>", ["-", "[t10]", "[t20, -]", "[t30, -, t32]"]),
            ("items[].id_no", "list<utf8>", ["[]", "[i10]", "[i20, -]", "[i30, -, i32]"]),
            ("items[].age", "list<int32>", ["[]", "[0]", "[0, -]", "[0, -, 2]"]),
            ("attrs[].key", "list<utf8>", ["-", "[k0]", "[k0, k1]", "[k0, k1, k2]"]),
            ("attrs[].value", "list<int64>", ["-", "[-]", "[-, 1]", "[-, 1, 2]"]),
            ("grid[][]", "list<int32>", ["[]", "-", "[210]", "[310, 320, 321]"]),
        ];
        for (at, (name, data_type, cells)) in expected.into_iter().enumerate() {
            assert_eq!(outcome.columns[at], (name.to_owned(), data_type.to_owned()));
            assert_eq!(outcome.cells(at), cells, "{name}");
        }
    }
}

#[test]
fn dictionaries_stay_where_the_file_has_them() {
    let table = batch(vec![("few", texts(20_000, 50)), ("many", texts(20_000, 1 << 40))]);
    let properties = WriterProperties::builder()
        .set_dictionary_page_size_limit(4096)
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let (_folder, path) = write("texts.parquet", &table, 10_000, properties);
    let outcome = read_all(&path, 8192);
    assert_eq!((outcome.rows, outcome.codes()), (20_000, vec![]));
    let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    for batch in &outcome.batches {
        assert_eq!(*batch.column(0).data_type(), dictionary);
        assert_eq!(*batch.column(1).data_type(), DataType::Utf8);
    }
    assert_eq!(outcome.columns[0].1, "utf8");
    let keys = outcome.batches[0].column(0).as_dictionary::<Int32Type>();
    assert!(keys.values().len() <= 50);
    assert_eq!(outcome.cells(0), cells(table.column(0)));
    assert_eq!(outcome.cells(1), cells(table.column(1)));
}

#[test]
fn encodings_and_codecs_are_read() {
    let mut written = StringDictionaryBuilder::<Int32Type>::new();
    (0..3000).for_each(|i| written.append_value(format!("d{}", i % 9)));
    let table = batch(vec![("n", numbers(3000)), ("t", texts(3000, 97)), ("d", Arc::new(written.finish()))]);
    let codecs = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(parquet::basic::GzipLevel::default()),
        Compression::BROTLI(parquet::basic::BrotliLevel::default()),
        Compression::LZ4,
        Compression::LZ4_RAW,
        Compression::ZSTD(ZstdLevel::default()),
    ];
    for codec in codecs {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            for (of_numbers, of_texts) in [
                (Encoding::PLAIN, Encoding::PLAIN),
                (Encoding::DELTA_BINARY_PACKED, Encoding::DELTA_BYTE_ARRAY),
                (Encoding::BYTE_STREAM_SPLIT, Encoding::DELTA_LENGTH_BYTE_ARRAY),
            ] {
                let properties = WriterProperties::builder()
                    .set_compression(codec)
                    .set_writer_version(version)
                    .set_column_dictionary_enabled("n".into(), false)
                    .set_column_encoding("n".into(), of_numbers)
                    .set_column_dictionary_enabled("t".into(), false)
                    .set_column_encoding("t".into(), of_texts)
                    .set_data_page_row_count_limit(700)
                    .build();
                let (_folder, path) = write("codec.parquet", &table, 1000, properties);
                let outcome = read_all(&path, 512);
                assert_eq!((outcome.rows, outcome.codes()), (3000, vec![]), "{codec} {of_numbers}");
                for at in 0..3 {
                    assert_eq!(outcome.cells(at), cells(table.column(at)));
                }
            }
        }
    }
}

/// A file of 4 row groups with 3 columns, one of them in a list, and where its bytes are.
fn victim() -> (tempfile::TempDir, Vec<u8>) {
    let mut list = ListBuilder::new(StringBuilder::new());
    (0..2000).for_each(|i| list.append_value((0..i % 4).map(|j| Some(format!("l{j}")))));
    let table = batch(vec![("n", numbers(2000)), ("t", texts(2000, 97)), ("l", Arc::new(list.finish()))]);
    let properties =
        WriterProperties::builder().set_compression(Compression::SNAPPY).set_data_page_row_count_limit(100).build();
    let (folder, path) = write("victim.parquet", &table, 500, properties);
    let bytes = std::fs::read(path).unwrap();
    (folder, bytes)
}

#[test]
fn files_cut_short_are_problems() {
    let (folder, bytes) = victim();
    let path = folder.path().join("cut.parquet");
    for part in 1..20 {
        std::fs::write(&path, &bytes[..bytes.len() * part / 20]).unwrap();
        let outcome = read_all(&path, 8192);
        assert_eq!((outcome.rows, outcome.codes()), (0, vec![("parquet.corrupt", "")]), "{part}");
    }
    // Less than the magic is text, and the name says otherwise.
    for length in [1, 2, 3] {
        std::fs::write(&path, &bytes[..length]).unwrap();
        assert_eq!(read_all(&path, 8192).codes(), [("format.mismatch", "")], "{length}");
    }
    for length in [4, 5, 8, 11, 12, bytes.len() - 1, bytes.len() - 4, bytes.len() - 8] {
        std::fs::write(&path, &bytes[..length]).unwrap();
        assert!(!read_all(&path, 8192).is_complete(), "{length}");
    }
    std::fs::write(&path, []).unwrap();
    assert_eq!(read_all(&path, 8192).codes(), [("object.empty", "")]);
}

#[test]
fn flipped_bytes_end_in_rows_or_a_problem() {
    let (folder, bytes) = victim();
    let path = folder.path().join("flipped.parquet");
    let mut random = 0x2545_f491_4f6c_dd1du64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below as u64) as usize
    };
    for _ in 0..400 {
        let mut flipped = bytes.clone();
        // Every other time in the footer, which is where the harm is done.
        let from = if next(2) == 0 { bytes.len() - 2500 } else { 4 };
        for _ in 0..=next(4) {
            let at = from + next(bytes.len() - from);
            flipped[at] ^= 1 << next(8);
        }
        std::fs::write(&path, &flipped).unwrap();
        let outcome = read_all(&path, 64);
        assert!(outcome.rows < 1_000_000);
        assert!(outcome.rows == 2000 || !outcome.is_complete() || outcome.columns.is_empty(), "{outcome:?}");
    }
}

#[test]
fn a_damaged_column_leaves_the_others() {
    let table = batch(vec![("n", numbers(2000)), ("t", texts(2000, 1 << 40)), ("m", numbers(2000))]);
    let properties = WriterProperties::builder()
        .set_dictionary_enabled(false)
        .set_compression(Compression::SNAPPY)
        .set_data_page_row_count_limit(500)
        .set_write_batch_size(100)
        .build();
    let (folder, path) = write("whole.parquet", &table, 2000, properties);
    let mut bytes = std::fs::read(&path).unwrap();
    let metadata = parquet::file::metadata::ParquetMetaDataReader::new()
        .parse_and_finish(&std::fs::File::open(&path).unwrap())
        .unwrap();
    let (start, length) = metadata.row_group(0).column(1).byte_range();
    let third_page = (start + length * 5 / 8) as usize;
    bytes[third_page..third_page + 8].fill(0xff);
    let path = folder.path().join("damaged.parquet");
    std::fs::write(&path, bytes).unwrap();
    for batch_rows in [64, 8192] {
        let outcome = read_all(&path, batch_rows);
        assert_eq!(outcome.rows, 2000);
        assert_eq!(outcome.codes(), [("parquet.corrupt", "row group 0, column t")]);
        assert_eq!(outcome.cells(0), cells(table.column(0)));
        assert_eq!(outcome.cells(2), cells(table.column(2)));
        let (found, written) = (outcome.cells(1), cells(table.column(1)));
        let kept = found.iter().zip(&written).take_while(|(found, written)| found == written).count();
        assert!(found[kept..].iter().all(|cell| cell == "-"));
        assert!(batch_rows == 8192 || kept > 900, "{kept}");
    }
}

/// A column said to be text, with any bytes in it.
fn text_of(cells: &[&[u8]], logical: Option<LogicalType>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bytes.parquet");
    let column = Type::primitive_type_builder("t", Physical::BYTE_ARRAY)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(logical)
        .build()
        .unwrap();
    let schema = Type::group_type_builder("schema").with_fields(vec![Arc::new(column)]).build().unwrap();
    let properties = Arc::new(WriterProperties::builder().build());
    let file = std::fs::File::create(&path).unwrap();
    let mut writer = SerializedFileWriter::new(file, Arc::new(schema), properties).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let values: Vec<ByteArray> = cells.iter().map(|cell| cell.to_vec().into()).collect();
    column.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.close().unwrap();
    (folder, path)
}

#[test]
fn text_that_is_not_utf8_is_read_all_the_same() {
    let gbk = "\u{5f20}\u{4e09}";
    let cells: [&[u8]; 4] = [b"plain", b"\xd5\xc5\xc8\xfd", b"\xff\xff", "王".as_bytes()];
    for logical in [LogicalType::String, LogicalType::Json] {
        let (_folder, path) = text_of(&cells, Some(logical));
        for batch_rows in [1, 8192] {
            let outcome = read_all(&path, batch_rows);
            assert_eq!(outcome.cells(0), ["plain", gbk, "\u{fffd}\u{fffd}", "王"]);
            assert_eq!(
                outcome.codes(),
                [("text.undecodable", "row group 0, column t"), ("format.mismatch", "row group 0, column t")]
            );
        }
    }
    let (_folder, path) = text_of(&cells, None);
    let outcome = read_all(&path, 8192);
    assert_eq!(outcome.codes(), []);
    assert_eq!(outcome.columns, [("t".to_owned(), "binary".to_owned())]);
    let array: &BinaryArray = outcome.batches[0].column(0).as_binary();
    assert_eq!(array.iter().flatten().collect::<Vec<_>>(), cells);
}

#[test]
fn extensions_do_not_decide() {
    let table = batch(vec![("n", numbers(10))]);
    let (_folder, path) = write("table.csv", &table, 10, WriterProperties::default());
    let outcome = read_all(&path, 8192);
    assert_eq!((outcome.rows, outcome.codes()), (10, vec![("format.mismatch", "")]));
    assert_eq!(open_table(&object(&path), &Options::default()).unwrap().format(), "parquet");
}

#[test]
fn wide_files_and_strange_names_are_read() {
    let names: Vec<String> = (0..2000).map(|i| if i == 3 { String::new() } else { format!("列.{}", i / 2) }).collect();
    let fields: Vec<Field> = names.iter().map(|name| Field::new(name, DataType::Int64, true)).collect();
    let table =
        RecordBatch::try_new(Arc::new(Schema::new(fields)), names.iter().map(|_| numbers(3)).collect()).unwrap();
    let (_folder, path) = write("wide.parquet", &table, 2, WriterProperties::default());
    let outcome = read_all(&path, 8192);
    assert_eq!((outcome.rows, outcome.columns.len()), (3, 2000));
    assert_eq!(outcome.columns[3].0, "column_4");
    let distinct: BTreeSet<&String> = outcome.columns.iter().map(|(name, _)| name).collect();
    assert!(distinct.len() >= 1000);
}

#[test]
fn a_file_that_changes_is_not_read_on() {
    let table = batch(vec![("n", numbers(10))]);
    let (_folder, path) = write("table.parquet", &table, 10, WriterProperties::default());
    let source = open_table(&object(&path), &Options::default()).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.push(0);
    std::fs::write(&path, bytes).unwrap();
    let outcome = source.read(0, &mut |_| ControlFlow::Continue(()));
    assert_eq!(outcome.problems.first().map(|problem| problem.code), Some(ProblemCode::ObjectChanged));
}

#[test]
fn a_sink_that_breaks_ends_the_unit() {
    let (_folder, path) = write("table.parquet", &batch(vec![("n", numbers(100))]), 100, WriterProperties::default());
    let source = open_table(&object(&path), &Options { batch_rows: 10, ..Options::default() }).unwrap();
    let outcome = source.read(0, &mut |_| ControlFlow::Break(()));
    assert_eq!((outcome.rows, outcome.problems), (10, vec![]));
}
