//! Delimited text and lines: encodings, dialects, headers, ranges, damage.

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use exportscan::model::{Problem, ProblemCode};
use exportscan::read::{self, ObjectRef, Opened, Options, Origin, Source};
use proptest::prelude::*;

use crate::support::open_table;

/// An object, read to the end.
#[derive(Debug, Default)]
struct Whole {
    format: String,
    encoding: String,
    columns: Vec<String>,
    /// Absent cells are `None`.
    rows: Vec<Vec<Option<String>>>,
    problems: Vec<Problem>,
    n_units: usize,
}

impl Whole {
    fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<_> = self.problems.iter().map(|problem| problem.code.id()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    fn cells(&self) -> Vec<Vec<&str>> {
        self.rows.iter().map(|row| row.iter().map(|cell| cell.as_deref().unwrap_or("<absent>")).collect()).collect()
    }
}

fn cells_of(batch: &RecordBatch, rows: &mut Vec<Vec<Option<String>>>) {
    for row in 0..batch.num_rows() {
        let cell = |column: &dyn Array| {
            let column = column.as_binary_view();
            column.is_valid(row).then(|| String::from_utf8(column.value(row).to_vec()).expect("cells are UTF-8"))
        };
        rows.push(batch.columns().iter().map(|column| cell(column.as_ref())).collect());
    }
}

fn object(path: &Path) -> ObjectRef {
    let bytes = fs::metadata(path).unwrap().len();
    ObjectRef { uri: path.to_string_lossy().into_owned(), origin: Origin::file(path), bytes }
}

/// Reads until no assumption is left that did not hold.
fn read_source(mut source: Source) -> Whole {
    for _ in 0..6 {
        let mut rows = Vec::new();
        let outcomes: Vec<_> = (0..source.n_units())
            .map(|unit| {
                let mut handed_out = 0;
                let outcome = source.read(unit, &mut |batch| {
                    handed_out += batch.num_rows() as u64;
                    cells_of(batch, &mut rows);
                    ControlFlow::Continue(())
                });
                assert_eq!(outcome.rows, handed_out);
                outcome
            })
            .collect();
        if let Some(better) = source.reconsider(&outcomes) {
            source = better;
            continue;
        }
        let mut problems = source.problems().to_vec();
        problems.extend(source.remarks(&outcomes));
        problems.extend(outcomes.into_iter().flat_map(|outcome| outcome.problems));
        return Whole {
            format: source.format(),
            encoding: source.encoding().to_owned(),
            columns: source.columns().iter().map(|column| column.name.clone()).collect(),
            rows,
            problems,
            n_units: source.n_units(),
        };
    }
    panic!("reconsidered for ever");
}

fn read_path(path: &Path, options: &Options) -> Result<Whole, Problem> {
    Ok(read_source(open_table(&object(path), options)?))
}

fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> Result<Whole, Problem> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    read_path(&path, options)
}

fn small(range_bytes: u64, batch_rows: usize) -> Options {
    Options { range_bytes, batch_rows, ..Options::default() }
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn utf32(text: &str, unit: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().flat_map(|c| unit(c as u32)).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd_frame(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

/// Lines that begin with their number.
fn numbered(n_lines: usize, rest: &str) -> String {
    let lines: Vec<String> = (0..n_lines).map(|n| format!("{n}{rest}\n")).collect();
    lines.concat()
}

/// Generated; the persons do not exist.
const PERSONS: &str = "姓名,身份证号,手机号码,住址\n王小明,110105199003078515,13800138000,\"北京市朝阳区, 某某街道1号\"\n\
李四,110105198807231234,13900139000,上海市黄浦区\n张三丰,440106197505051234,13700137000,广州市\n";

#[test]
fn encodings_and_compressions() {
    let marked = |mark: &[u8], text: Vec<u8>| [mark, &text].concat();
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("a.csv", PERSONS.into(), "csv", "utf-8"),
        ("a.csv", marked(b"\xef\xbb\xbf", PERSONS.into()), "csv", "utf-8"),
        ("a.csv", gb18030(PERSONS), "csv", "gb18030"),
        ("a.csv", marked(b"\x84\x31\x95\x33", gb18030(PERSONS)), "csv", "gb18030"),
        ("a.csv", utf16(PERSONS, u16::to_le_bytes), "csv", "utf-16le"),
        ("a.csv", utf16(PERSONS, u16::to_be_bytes), "csv", "utf-16be"),
        ("a.csv", marked(b"\xff\xfe", utf16(PERSONS, u16::to_le_bytes)), "csv", "utf-16le"),
        ("a.csv", marked(b"\xfe\xff", utf16(PERSONS, u16::to_be_bytes)), "csv", "utf-16be"),
        ("a.csv", marked(b"\xff\xfe\0\0", utf32(PERSONS, u32::to_le_bytes)), "csv", "utf-32le"),
        ("a.csv", marked(b"\0\0\xfe\xff", utf32(PERSONS, u32::to_be_bytes)), "csv", "utf-32be"),
        ("a.csv", utf32(PERSONS, u32::to_le_bytes), "csv", "utf-32le"),
        ("a.csv", utf32(PERSONS, u32::to_be_bytes), "csv", "utf-32be"),
        ("a.csv.gz", gzip(PERSONS.as_bytes()), "csv+gzip", "utf-8"),
        ("a.csv.gz", [gzip(&PERSONS.as_bytes()[..50]), gzip(&PERSONS.as_bytes()[50..])].concat(), "csv+gzip", "utf-8"),
        ("a.bin", zstd_frame(PERSONS.as_bytes()), "csv+zstd", "utf-8"),
        (
            "a",
            [zstd_frame(&PERSONS.as_bytes()[..50]), zstd_frame(&PERSONS.as_bytes()[50..])].concat(),
            "csv+zstd",
            "utf-8",
        ),
        ("a.csv.gz", gzip(&marked(b"\xff\xfe", utf16(PERSONS, u16::to_le_bytes))), "csv+gzip", "utf-16le"),
        ("a.csv.zst", zstd_frame(&gb18030(PERSONS)), "csv+zstd", "gb18030"),
    ];
    for (name, bytes, format, encoding) in cases {
        for options in [Options::default(), small(7, 1), small(64, 2)] {
            let whole = read_bytes(name, &bytes, &options).unwrap();
            assert_eq!((whole.format.as_str(), whole.encoding.as_str()), (format, encoding));
            assert_eq!(whole.columns, ["姓名", "身份证号", "手机号码", "住址"], "{encoding}");
            assert_eq!(whole.rows.len(), 3, "{encoding}");
            assert_eq!(whole.cells()[0], ["王小明", "110105199003078515", "13800138000", "北京市朝阳区, 某某街道1号"]);
            assert_eq!(whole.codes(), [""; 0]);
        }
    }
}

#[test]
fn western_text() {
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode("city,code\nMálaga,12\nKöln,13\nBrüssel,14\n");
    let whole = read_bytes("a.csv", &bytes, &Options::default()).unwrap();
    assert_eq!((whole.encoding.as_str(), whole.cells()[0][0]), ("windows-1252", "Málaga"));
}

#[test]
fn dialects() {
    let body = |delimiter: &str| {
        format!("id{delimiter}name{delimiter}price\n1{delimiter}ann{delimiter}2.5\n2{delimiter}bob{delimiter}3\n")
    };
    let cases: Vec<(String, &str)> = vec![
        (body(","), "csv"),
        (body(";"), "csv"),
        (body("\t"), "tsv"),
        (body("|"), "csv"),
        (body("^"), "csv"),
        (body("~"), "csv"),
        (body("\u{1}"), "csv"),
        (body(",").replace('\n', "\r"), "csv"),
        (body(",").replace('\n', "\r\n"), "csv"),
        (body(";").replacen('\n', "\r", 2), "csv"),
        (body(",").replace('\n', "\n\n"), "csv"),
        (body(",").trim_end().to_owned(), "csv"),
        (
            body(",").replace("ann", "'a,nn'").replace("bob", "'b,ob'").replace("a,nn", "ann").replace("b,ob", "bob"),
            "csv",
        ),
        (body(",").replace("ann", "\"ann\""), "csv"),
        (format!("Report of the year\n{}", body(",")), "csv"),
        (format!("Report of the year,,\nby somebody,,\n\n{}", body(",")), "csv"),
        (format!("## made by a tool\n## of version 2\n{}", body("\t")), "tsv"),
    ];
    for (text, format) in cases {
        let whole = read_bytes("data", text.as_bytes(), &Options::default()).unwrap();
        assert_eq!(whole.format, format, "{text:?}");
        assert_eq!(whole.columns, ["id", "name", "price"], "{text:?}");
        assert_eq!(whole.cells(), [["1", "ann", "2.5"], ["2", "bob", "3"]], "{text:?}");
    }
}

/// What a table's columns must be called, and how many rows it has.
#[test]
fn headers() {
    let unnamed = |n: usize| (1..=n).map(|at| format!("column_{at}")).collect::<Vec<_>>();
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let cases: Vec<(&str, Vec<String>, usize)> = vec![
        ("王小明|110105199003078515|13800138000\n李四|110105198807231234|13900139000\n", unnamed(3), 2),
        ("ann,ann@example.com\nbob,bob@example.com\n", unnamed(2), 2),
        ("1,2,3\n4,5,6\n", unnamed(3), 2),
        ("2024-01-01,1.5\n2024-01-02,1.7\n", unnamed(2), 2),
        ("A1,x\nA2,y\nA3,z\n", unnamed(2), 3),
        ("男,北京\n女,上海\n男,北京\n女,北京\n", unnamed(2), 4),
        ("*姓名,*身份证号\n王小明,110105199003078515\n", named(&["*姓名", "*身份证号"]), 1),
        ("name,city\nann,Berlin\nbob,Rome\n", named(&["name", "city"]), 2),
        ("name,name,,name\nann,1,2,3\nbob,4,5,6\n", named(&["name", "name_2", "column_3", "name_3"]), 2),
        ("id,id_2,id\n1,2,3\n4,5,6\n", named(&["id", "id_2", "id_3"]), 2),
        (",2007,2008\nFrance,1,2\nSpain,3,4\n", named(&["column_1", "2007", "2008"]), 2),
        ("country,2007,2008\n1,1,2\n2,3,4\n", named(&["country", "2007", "2008"]), 2),
        ("na\u{7}me,\"ci\nty\"\nann,1\nbob,2\n", named(&["na me", "ci ty"]), 2),
        ("身份证号\n110105199003078515\n110105198807231234\n", named(&["身份证号"]), 2),
        ("13800138000\n13900139000\n", unnamed(1), 2),
        ("id;amount\n1;2,5\n2;3,75\n3;4\n", named(&["id", "amount"]), 3),
    ];
    for (text, columns, n_rows) in cases {
        let whole = read_bytes("data", text.as_bytes(), &Options::default()).unwrap();
        assert_eq!(whole.columns, columns, "{text:?}");
        assert_eq!(whole.rows.len(), n_rows, "{text:?}");
    }
}

#[test]
fn without_header() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    fs::write(&path, "name,n\nann,1\nbob,2\n").unwrap();
    let source = open_table(&object(&path), &Options::default()).unwrap();
    let bare = source.without_header().unwrap();
    assert!(bare.without_header().is_none());
    let whole = read_source(bare);
    assert_eq!(whole.columns, ["column_1", "column_2"]);
    assert_eq!(whole.cells(), [["name", "n"], ["ann", "1"], ["bob", "2"]]);
}

#[test]
fn lines() {
    let cases = [
        "The quick brown fox, which was tired,\njumped over \"the lazy dog\nand slept.\n",
        "# Title\n\nSome *text* here, with a comma.\nAnd another line; it is longer, too.\n",
        "one line only, and nothing more",
    ];
    for text in cases {
        let whole = read_bytes("notes.txt", text.as_bytes(), &small(16, 2)).unwrap();
        assert_eq!(
            (whole.format.as_str(), whole.columns.as_slice()),
            ("text", ["text".to_owned()].as_slice()),
            "{text}"
        );
        let lines: Vec<Vec<&str>> = text.lines().filter(|line| !line.is_empty()).map(|line| vec![line]).collect();
        assert_eq!(whole.cells(), lines);
    }
}

#[test]
fn ragged_records_lose_nothing() {
    let mut text = "a,b,c\n".to_owned();
    text += &numbered(20_000, ",x,y");
    text += "1,2\n1,2,3,4,\"5,6\"\n";
    for options in [Options::default(), small(1000, 100)] {
        let whole = read_bytes("a.csv", text.as_bytes(), &options).unwrap();
        assert_eq!(whole.columns, ["a", "b", "c", "extra"]);
        let cells = whole.cells();
        assert_eq!(cells[0], ["0", "x", "y", "<absent>"]);
        assert_eq!(cells[20_000], ["1", "2", "<absent>", "<absent>"]);
        assert_eq!(cells[20_001], ["1", "2", "3", "4,\"5,6\""]);
        assert_eq!(whole.codes(), ["text.ragged"]);
        assert_eq!(whole.problems.len(), 1);
    }
}

#[test]
fn later_bytes_void_the_encoding() {
    let ascii = "id,name\n".to_owned() + &numbered(30_000, ",ann");
    let chinese = [ascii.as_bytes(), &gb18030("30000,王小明\n")].concat();
    let broken = [ascii.as_bytes(), b"30000,a\xffb\xffc\n30001,d\xff\xff\n"].concat();
    for options in [Options::default(), small(10_000, 100)] {
        let whole = read_bytes("a.csv", &chinese, &options).unwrap();
        assert_eq!((whole.encoding.as_str(), whole.cells()[30_000][1]), ("gb18030", "王小明"));
        assert_eq!(whole.codes(), [""; 0]);
        let whole = read_bytes("a.csv", &broken, &options).unwrap();
        assert_eq!((whole.encoding.as_str(), whole.cells()[30_000][1]), ("utf-8", "a\u{fffd}b\u{fffd}c"));
        assert_eq!(whole.problems.len(), 1);
        assert!(whole.problems[0].message.starts_with("4 sequences of bytes in 2 records"), "{:?}", whole.problems);
    }
}

#[test]
fn characters_across_blocks() {
    let line = "1,张三丰的名字很长很长很长很长\n";
    let text = "id,名字\n".to_owned() + &line.repeat(100_000);
    for bytes in [text.clone().into_bytes(), gb18030(&text), utf16(&text, u16::to_le_bytes)] {
        let whole = read_bytes("a.csv", &bytes, &Options::default()).unwrap();
        assert_eq!((whole.rows.len(), whole.codes().len()), (100_000, 0));
        assert!(whole.cells().iter().all(|row| row == &["1", "张三丰的名字很长很长很长很长"]));
    }
}

#[test]
fn a_quote_that_is_not_closed() {
    let body = numbered(40_000, ",x,13800138000");
    let text = format!("id,name,mobile\n1,\"x,y\",2\n{body}7,\"open,8\n{body}");
    for options in [Options::default(), small(50_000, 1000)] {
        let whole = read_bytes("a.csv", text.as_bytes(), &options).unwrap();
        assert_eq!(whole.rows.len(), 80_002);
        assert!(whole.codes().contains(&"text.record_too_long"));
        assert!(whole.cells().iter().filter(|row| row[2] == "13800138000").count() == 80_000);
    }
}

#[test]
fn a_record_longer_than_the_limit() {
    let long = "13800138000 ".repeat((17 << 20) / 12);
    for text in [format!("id,name\n1,a\n2,{long}\n3,b\n"), format!("id,name\n1,a\n2,\"{long}\n3,b\n")] {
        let whole = read_bytes("a.csv", text.as_bytes(), &Options::default()).unwrap();
        let cells = whole.rows.iter().flatten().flatten();
        assert_eq!(cells.map(|cell| cell.matches("13800138000").count()).sum::<usize>(), (17 << 20) / 12);
        assert!(whole.rows.len() >= 3);
    }
    // Nowhere to cut.
    let whole = read_bytes("a.txt", &vec![b'x'; 40 << 20], &Options::default()).unwrap();
    assert_eq!(whole.rows.iter().flatten().flatten().map(String::len).sum::<usize>(), 40 << 20);
}

#[test]
fn a_table_of_very_many_columns() {
    let cells = |n: usize, cell: &str| vec![cell; n].join(",");
    let text = format!("{}\n{}\n{}\n", cells(9000, "a"), cells(9000, "b"), cells(100_000, "c"));
    for options in [Options::default(), small(5000, 2)] {
        let whole = read_bytes("a.csv", text.as_bytes(), &options).unwrap();
        let last: Vec<&str> = whole.cells().iter().map(|row| row[8192]).collect();
        assert_eq!(last[last.len() - 1], cells(100_000 - 8192, "c"));
        assert_eq!(last[last.len() - 2], cells(9000 - 8192, "b"));
    }
}

#[test]
fn damaged_compression() {
    let text = "id,name\n".to_owned() + &numbered(100_000, ",a name");
    for packed in [gzip(text.as_bytes()), zstd_frame(text.as_bytes())] {
        let cut = &packed[..packed.len() / 2];
        let whole = read_bytes("a.csv.gz", cut, &Options::default()).unwrap();
        assert!(whole.codes().contains(&"compression.corrupt"));
        assert!(whole.rows.len() > 100, "{}", whole.rows.len());
        assert!(whole.problems.iter().any(|problem| problem.place.starts_with("byte ")));
    }
}

#[test]
fn a_file_that_changes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let text = "id,name\n".to_owned() + &numbered(100_000, ",a name");
    fs::write(&path, &text).unwrap();
    let source = open_table(&object(&path), &Options::default()).unwrap();
    fs::write(&path, &text[..text.len() / 2]).unwrap();
    let outcome = source.read(0, &mut |_| ControlFlow::Continue(()));
    assert!(outcome.problems.iter().any(|problem| problem.code == ProblemCode::ObjectChanged));
    fs::remove_file(&path).unwrap();
    let outcome = source.read(0, &mut |_| ControlFlow::Continue(()));
    assert!(outcome.problems.iter().any(|problem| problem.code == ProblemCode::ObjectUnreadable));
}

#[test]
fn nothing_at_all() {
    for bytes in [Vec::new(), gzip(b""), zstd_frame(b"")] {
        let whole = read_bytes("a.csv", &bytes, &Options::default()).unwrap();
        assert_eq!(whole.rows.len(), 0);
        assert!(whole.codes().contains(&"object.empty"));
    }
    for bytes in [b"\xef\xbb\xbf".as_slice(), b"\n\r\n\n"] {
        assert_eq!(read_bytes("a.csv", bytes, &Options::default()).unwrap().rows.len(), 0);
    }
}

#[test]
fn what_is_not_text() {
    let noise: Vec<u8> = (0..50_000_u64).map(|n| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33) as u8).collect();
    for bytes in [noise.clone(), gzip(&noise), zstd_frame(&noise), gzip(b"PAR1abcdefPAR1")] {
        let problem = read_bytes("a.csv", &bytes, &Options::default()).unwrap_err();
        assert_eq!(problem.code, ProblemCode::FormatUnsupported);
    }
}

/// A table with everything that makes cutting hard.
fn hostile_table() -> impl Strategy<Value = String> {
    let plain = "[a-z0-9 ]{0,6}".prop_map(|cell| cell);
    let quoted = "[a-z,\n\r;]{0,8}".prop_map(|cell| format!("\"{cell}\""));
    let doubled = "[a-z,\n]{0,4}".prop_map(|cell| format!("\"{cell}\"\"{cell}\""));
    let stray = "[a-z]{0,3}\"[a-z]{0,3}".prop_map(|cell| cell);
    let cell = prop_oneof![6 => plain, 3 => quoted, 1 => doubled, 1 => stray];
    let record = prop::collection::vec(cell, 3).prop_map(|cells| cells.join(","));
    let line_break = prop_oneof!["\n", "\r\n", "\r", "\n\n"].prop_map(|text| text);
    prop::collection::vec((record, line_break), 0..30).prop_map(|records| {
        let body: String = records.into_iter().map(|(record, line_break)| record + &line_break).collect();
        format!("one,two,three\n1,2,3\n4,5,6\n{body}")
    })
}

proptest! {
    #[test]
    fn ranges_say_what_one_reading_says(text in hostile_table(), range_bytes in 1_u64..60, batch_rows in 1_usize..5) {
        let once = read_bytes("a.csv", text.as_bytes(), &Options::default()).unwrap();
        let parts = read_bytes("a.csv", text.as_bytes(), &small(range_bytes, batch_rows)).unwrap();
        prop_assert_eq!(once.n_units, 1);
        prop_assert_eq!(&once.columns, &parts.columns);
        prop_assert_eq!(once.cells(), parts.cells());
        prop_assert_eq!(once.codes(), parts.codes());
        let foreign = read_bytes("a.csv", &gb18030(&text), &small(range_bytes, batch_rows)).unwrap();
        prop_assert_eq!(once.cells(), foreign.cells());
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600), range_bytes in 1_u64..100) {
        // No panic, no hang, and the same in parts as at once.
        let once = read_bytes("a.csv", &bytes, &Options::default());
        let parts = read_bytes("a.csv", &bytes, &small(range_bytes, 3));
        match (once, parts) {
            (Ok(once), Ok(parts)) => prop_assert_eq!(once.cells(), parts.cells()),
            (once, parts) => prop_assert_eq!(once.is_err(), parts.is_err()),
        }
    }

    #[test]
    fn any_text(text in "[a-z0-9,;|\t\"'\\\\\n\r王小明é:. \u{0}]{0,300}", range_bytes in 1_u64..100) {
        for bytes in [text.clone().into_bytes(), gb18030(&text)] {
            let once = read_bytes("a.csv", &bytes, &Options::default());
            let parts = read_bytes("a.csv", &bytes, &small(range_bytes, 3));
            match (once, parts) {
                (Ok(once), Ok(parts)) => prop_assert_eq!(once.cells(), parts.cells()),
                (once, parts) => prop_assert_eq!(once.is_err(), parts.is_err()),
            }
        }
    }
}

/// The development corpus, where it is at hand; the project carries none of it.
fn corpus(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus").join(folder);
    let mut paths: Vec<PathBuf> = walkdir::WalkDir::new(root)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|end| end == "csv" || end == "tsv" || end == "txt"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn csv_spectrum() {
    for path in corpus("hostile/csv_spectrum/csvs") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if name == "location_coordinates" {
            // Its JSON has another telephone number than its CSV.
            continue;
        }
        let json = fs::read(path.with_file_name(format!("../json/{name}.json"))).unwrap();
        // The corpus keeps the CSV with line feeds alone, whatever its name says.
        let json = String::from_utf8(json).unwrap().replace("\\r\\n", "\\n");
        let mut expected: serde_json::Value = serde_json::from_str(&json).unwrap();
        if expected.is_object() {
            expected = serde_json::Value::Array(vec![expected]);
        }
        for options in [Options::default(), small(5, 1)] {
            let whole = read_path(&path, &options).unwrap();
            let row = |row: &Vec<&str>| -> serde_json::Value {
                let cells = row.iter().map(|cell| serde_json::Value::from(*cell));
                serde_json::Value::Object(whole.columns.iter().cloned().zip(cells).collect())
            };
            let rows: Vec<serde_json::Value> = whole.cells().iter().map(row).collect();
            assert_eq!(serde_json::Value::Array(rows), expected, "{name}");
        }
    }
}

/// Whether a file is read as text: others have tests of their own.
fn is_text(path: &Path) -> bool {
    open_table(&object(path), &Options::default()).is_ok_and(|source| !source.format().starts_with("parquet"))
}

#[test]
fn every_table_of_the_corpus_is_read() {
    /// Larger ones take a debug build too long.
    const MAX_BYTES: u64 = 400 << 10;
    for folder in ["hostile", "clean", "persons", "charging", "tracks", "medical"] {
        let small_ones = corpus(folder).into_iter().filter(|path| fs::metadata(path).unwrap().len() < MAX_BYTES);
        for path in small_ones.filter(|path| is_text(path)) {
            // What turns out to be JSON, SQL or a workbook has readers and tests of its own.
            let opened = read::open_with(&object(&path), &Options::default()).ok().and_then(Opened::table);
            let is_table = |format: String| ["csv", "tsv", "text"].iter().any(|name| format.starts_with(name));
            if !opened.is_some_and(|source| is_table(source.format())) {
                continue;
            }
            let Ok(whole) = read_path(&path, &small(10_000, 1000)) else { continue };
            let once = read_path(&path, &Options::default()).unwrap();
            assert_eq!(once.columns, whole.columns, "{path:?}");
            assert!(once.rows == whole.rows, "{path:?}");
            assert_eq!(once.codes(), whole.codes(), "{path:?}");
        }
    }
}

/// Rows as Python's `csv` module counts them, less the header where there is one; columns; a name.
#[test]
fn tables_of_the_corpus() {
    let cases = [
        ("persons/faker_zh/persons_gb18030.csv", 20_000, 12, "身份证号"),
        ("persons/faker_zh/persons_utf16le.tsv", 5_000, 12, "身份证号"),
        ("persons/faker_zh/persons_utf8bom.csv", 5_000, 12, "身份证号"),
        ("persons/faker_zh/persons_nohdr_pipe.txt", 5_000, 12, "column_3"),
        ("charging/trondheim_sessions", 6_878, 13, "User_ID"),
        ("charging/workplace_sessions", 3_395, 24, "userId"),
        ("charging/shenzhen_stations/datasets/stations.csv", 1_706, 6, "station_id"),
        ("charging/shenzhen_stations/datasets/distance.csv", 247, 248, "102"),
        ("tracks/shenzhen_shanghai/data-sample/taxi-price.csv", 10_619, 18, "VehicleNum"),
        ("clean/plotly/hofstede-cultural-dimensions.csv", 111, 8, "pdi"),
        ("clean/plotly/2015_Instant_Noodle_Consumption_Around_the_World.csv", 15, 2, "Location"),
        ("medical/mimic3_demo/NOTEEVENTS.csv", 0, 11, "TEXT"),
        ("medical/mimic3_demo/ADMISSIONS.csv", 129, 19, "DIAGNOSIS"),
        ("hostile/clevercsv/example/imdb.csv", 100, 44, "imdbRating"),
    ];
    for (folder, n_rows, n_columns, name) in cases {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
        if !root.exists() {
            return;
        }
        let path = root.join(folder);
        let path = if path.is_file() { path } else { corpus(folder).remove(0) };
        let whole = read_path(&path, &Options::default()).unwrap();
        assert_eq!((whole.rows.len(), whole.columns.len()), (n_rows, n_columns), "{path:?}");
        assert!(whole.columns.iter().any(|column| column == name), "{path:?} {:?}", whole.columns);
        assert_eq!(whole.codes(), [""; 0], "{path:?}");
    }
}
