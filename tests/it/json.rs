//! JSON: where the records are, which columns they make, lines, encodings, damage.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use arrow_array::RecordBatch;
use exportscan::model::{Facts, Problem};
use exportscan::read::{self, ObjectRef, Opened, Options, Origin, Source};
use proptest::prelude::*;

use crate::support::{Cut, classes, json, scan_path};

/// One table, read to the end.
#[derive(Debug, Default, PartialEq, Eq)]
struct Whole {
    /// What its URI has behind that of the file.
    name: String,
    format: String,
    columns: Vec<String>,
    /// A line each: cells between bars, lists in brackets, nothing where there is none.
    rows: Vec<String>,
    problems: Vec<Problem>,
}

impl Whole {
    fn codes(&self) -> Vec<&'static str> {
        self.problems.iter().map(|problem| problem.code.id()).collect()
    }
}

fn lines_of(batch: &RecordBatch, rows: &mut Vec<String>) {
    for row in 0..batch.num_rows() {
        let cells =
            batch.columns().iter().map(|column| arrow_cast::display::array_value_to_string(column, row).unwrap());
        rows.push(cells.collect::<Vec<_>>().join("|"));
    }
}

fn read_source(name: String, mut source: Source) -> Whole {
    for _ in 0..6 {
        let mut rows = Vec::new();
        let read = |unit| {
            source.read(unit, &mut |batch| {
                lines_of(batch, &mut rows);
                ControlFlow::Continue(())
            })
        };
        let outcomes: Vec<_> = (0..source.n_units()).map(read).collect();
        assert_eq!(outcomes.iter().map(|outcome| outcome.rows).sum::<u64>(), rows.len() as u64);
        if let Some(better) = source.reconsider(&outcomes) {
            source = better;
            continue;
        }
        let mut problems = source.remarks(&outcomes);
        problems.extend(outcomes.into_iter().flat_map(|outcome| outcome.problems));
        let columns = source.columns().iter().map(|column| column.name.clone()).collect();
        return Whole { name, format: source.format(), columns, rows, problems };
    }
    panic!("reconsidered for ever");
}

fn read_with(text: &[u8], options: &Options) -> Vec<Whole> {
    let object =
        ObjectRef { uri: "a.json".to_owned(), origin: Origin::memory(text.to_vec()), bytes: text.len() as u64 };
    match read::open_with(&object, options).unwrap() {
        Opened::Table(source) => vec![read_source(String::new(), source)],
        Opened::Tables(members) => members
            .into_iter()
            .map(|member| read_source(member.object.uri.replace("a.json", ""), member.table.unwrap()))
            .collect(),
        Opened::Archive(_) => panic!("no archive"),
    }
}

fn read_text(text: &str) -> Vec<Whole> {
    read_with(text.as_bytes(), &Options::default())
}

/// Checks each table: its name, its columns joined by bars, its rows.
fn check(text: &str, tables: &[(&str, &str, &[&str])]) {
    let found = read_text(text);
    let found: Vec<_> = found.iter().map(|table| (table.name.as_str(), table.columns.join("|"), &table.rows)).collect();
    let expected: Vec<_> = tables
        .iter()
        .map(|(name, columns, rows)| {
            (*name, (*columns).to_owned(), rows.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>())
        })
        .collect();
    let expected: Vec<_> = expected.iter().map(|(name, columns, rows)| (*name, columns.clone(), rows)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn records_are_found_where_they_are() {
    check(r#"[{"a":1,"b":"x"},{"a":2}]"#, &[("", "a|b", &["1|x", "2|"])]);
    check(r#"{"a":1,"b":{"c":"x"}}"#, &[("", "a|b.c", &["1|x"])]);
    check("{\"a\":1}\n{\"a\":2}\n", &[("", "a", &["1", "2"])]);
    check("{\n\"a\":1}\n{\n\"a\":2}", &[("", "a", &["1", "2"])]);
    check(r#"{"a":1}{"a":2}[{"a":3},{"a":4}]"#, &[("", "a", &["1", "2", "3", "4"])]);
    check(r#"[["x",1],["y",2]]"#, &[("", "column_1|column_2", &["x|1", "y|2"])]);
    check("[\"x\",1]\n[\"y\",2,{\"z\":3}]\n", &[("", "column_1|column_2|column_3.z", &["x|1|", "y|2|3"])]);
    check("[1,\"a\",null]", &[("", "value", &["1", "a"])]);
    check(
        r#"{"code":0,"data":{"total":2,"list":[{"a":1},{"a":2}]}}"#,
        &[("#data.list", "a", &["1", "2"]), ("", "code|data.total", &["0|2"])],
    );
    check(r#"{"list":[{"a":1},{"a":2}]}"#, &[("", "a", &["1", "2"])]);
    check(
        r#"{"users":{"rows":[{"a":1}]},"orders":{"rows":[{"b":1}]}}"#,
        &[("#users.rows", "a", &["1"]), ("#orders.rows", "b", &["1"])],
    );
    check(
        r#"{"13800138000":{"n":"x"},"13900139000":{"n":"y"}}"#,
        &[("", "n|key", &["x|13800138000", "y|13900139000"])],
    );
    check(
        r#"{"by":{"2024-01-01":3,"2024-01-02":4}}"#,
        &[("", "by[].key|by[].value", &["[2024-01-01, 2024-01-02]|[3, 4]"])],
    );
}

#[test]
fn nested_values_have_the_paths_of_nested_parquet() {
    check(
        r#"[{"o":{"idNo":"1"},"items":[{"sku":"a","n":1},{"n":2}],"tags":["t","u"]},{"items":[],"tags":["v"]}]"#,
        &[("", "o.idNo|items[].sku|items[].n|tags[]", &["1|[a, ]|[1, 2]|[t, u]", "|[]|[]|[v]"])],
    );
    check(
        r#"[{"a":[[1,2],[3]]},{"a":[{"b":[4,5]},{"b":[6]}]}]"#,
        &[("", "a[].b[]|a[][]", &["[]|[1, 2, 3]", "[4, 5, 6]|[]"])],
    );
    check(
        r#"[{"a":1},{"a":"x"},{"a":{"b":2}},{"a":[3]},{"a":null}]"#,
        &[("", "a|a.b|a[]", &["1||[]", "x||[]", "|2|[]", "||[3]", "||[]"])],
    );
    check(r#"[{"a":1,"a":2,"a":3}]"#, &[("", "a|a#2|a#3", &["1|2|3"])]);
}

#[test]
fn positions_of_geojson_are_two_columns() {
    check(
        r#"{"type":"FeatureCollection","features":[
            {"geometry":{"type":"Point","coordinates":[116.4,39.9]},"properties":{"id":7}},
            {"geometry":{"type":"LineString","coordinates":[[116.5,40],[116.6,41]]}}]}"#,
        &[
            (
                "#features",
                "geometry.type|geometry.coordinates.lon|geometry.coordinates.lat|geometry.coordinates[].lon|geometry.coordinates[].lat|properties.id",
                &["Point|116.4|39.9|[]|[]|7", "LineString|||[116.5, 116.6]|[40, 41]|"],
            ),
            ("", "type", &["FeatureCollection"]),
        ],
    );
}

#[test]
fn values_are_what_stands_there() {
    check(
        r#"[{"a":110105194912310021, "b":89860000000000000001, "c":1.10, "d":1e400, "e":true, "f":null, "g":"\u5f20\n\ud83d\ude00"}]"#,
        &[("", "a|b|c|d|e|f|g", &["110105194912310021|89860000000000000001|1.10|1e400|true||张\n😀"])],
    );
    check("[{\"a\":NaN,\"b\":-Infinity,}]", &[("", "a|b", &["|-Infinity"])]);
}

#[test]
fn keys_that_are_values_name_no_column() {
    for text in [r#"{"a":{"11010519491231002X":{"b":1}}}"#, r#"[{"a@b.cn":1}]"#, "{\"京A12345\":1}\n{\"京A12346\":1}\n"]
    {
        for table in read_text(text) {
            assert!(table.columns.iter().all(|name| !name.contains(['1', '@'])), "{:?}", table.columns);
        }
    }
}

#[test]
fn what_is_not_json_is_passed_over_and_named() {
    let cases: [(&str, &str, &[&str], &str); 8] = [
        ("{\"a\":1}\n{\"a\":2\n{\"a\":3}\n", "a", &["1", "2", "3"], "byte 15"),
        ("{\"a\":1}\n{\"a\":\"x\n{\"a\":3}\n", "a", &["1", "x", "3"], "byte 15"),
        ("{\"a\":1}\n{\"a\":2} oops\n{\"a\":3}\n", "a", &["1", "2", "oops"], "byte 20"),
        (r#"[{"a":1},{"a" 2},{"a":3}]"#, "a", &["1", "2", "3"], "byte 15"),
        (r#"[{"a":1} {"a":2}]"#, "a", &["1", "2"], "byte 10"),
        (r#"[{"a":1},{"a":2"#, "a", &["1", "2"], "byte 15"),
        (r#"[{"a":1,b:2}]"#, "a|b", &["1|2"], "byte 9"),
        (r#"[{"a":[1,2}]"#, "a[]", &["[1, 2]"], "byte 11"),
    ];
    for (text, columns, rows, place) in cases {
        let table = read_text(text).remove(0);
        assert_eq!(table.codes(), ["json.malformed"], "{text}");
        assert_eq!(table.problems[0].place, place, "{text}");
        if !text.contains("oops") {
            assert_eq!(
                (table.columns.join("|").as_str(), table.rows.iter().map(String::as_str).collect::<Vec<_>>()),
                (columns, rows.to_vec()),
                "{text}"
            );
        }
    }
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let table = read_text(&deep).remove(0);
    assert_eq!(table.codes(), ["json.too_deep"]);
    let unclosed = format!("[{{\"a\":{}", "[{\"b\":".repeat(100_000));
    assert_eq!(read_text(&unclosed).remove(0).codes(), ["json.malformed", "json.too_deep"]);
}

#[test]
fn every_encoding_is_read() {
    let text = "[{\"姓名\":\"张三\",\"n\":1},{\"姓名\":\"李四\",\"n\":2}]";
    let lines = "{\"姓名\":\"张三\",\"n\":1}\n{\"姓名\":\"李四\",\"n\":2}\n";
    for text in [text, lines] {
        let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        let gb = encoding_rs::GB18030.encode(text).0.into_owned();
        let marked = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", text.as_bytes().to_vec()),
            marked(b"\xff\xfe", wide(u16::to_le_bytes)),
            marked(b"\xfe\xff", wide(u16::to_be_bytes)),
            gb,
        ] {
            let table = read_with(&bytes, &Options::default()).remove(0);
            assert_eq!(
                (table.columns.join("|").as_str(), table.rows),
                ("姓名|n", vec!["张三|1".to_owned(), "李四|2".to_owned()])
            );
        }
    }
    // The head is ASCII, and what follows is not UTF-8.
    let mut late = "{\"n\":\"aaaaaaaaaaaaaaaa\"}\n".repeat(60_000).into_bytes();
    late.extend_from_slice(&encoding_rs::GB18030.encode("{\"n\":\"张三\"}\n").0);
    let table = read_with(&late, &Options::default()).remove(0);
    assert_eq!((table.rows.last().unwrap().as_str(), table.problems), ("张三", vec![]));
}

/// Lines with keys that come late, lists, damage and empty lines.
fn mixed_lines() -> String {
    let mut text = String::new();
    for n in 0..400 {
        text.push_str(&match n % 7 {
            0 => format!("{{\"id\":{n},\"name\":\"张{n}\"}}\n"),
            1 => format!("{{\"id\":{n},\"tags\":[\"a{n}\",\"b\"]}}\r\n"),
            2 => "\n".to_owned(),
            3 => format!("{{\"id\":{n},\"name\":\"x\\\n"),
            4 => format!("{{\"id\":{n},\"late{}\":{{\"v\":\"{n}\"}}}}\n", n / 100),
            5 => format!("{{\"id\":{n}}} {{\"id\":\"second {n}\"}}\n"),
            _ => format!("  {{\"id\" : {n} , \"items\":[{{\"sku\":\"s{n}\"}},{{}}]}}\n"),
        });
    }
    text
}

#[test]
fn lines_are_read_alike_however_they_are_cut() {
    let text = mixed_lines();
    let whole = read_text(&text).remove(0);
    assert_eq!(whole.format, "jsonl");
    assert_eq!(whole.codes(), ["json.malformed"]);
    for range_bytes in [1, 7, 64, 1000, 5000] {
        for batch_rows in [1, 3, 8192] {
            let options = Options { range_bytes, batch_rows, ..Options::default() };
            assert_eq!(read_with(text.as_bytes(), &options)[0], whole, "{range_bytes} {batch_rows}");
        }
    }
}

#[test]
fn keys_behind_the_head_become_columns() {
    let mut text = "{\"a\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}\n".repeat(40_000);
    text.push_str("{\"z\":1,\"y\":{\"k\":2}}\n{\"a\":\"b\",\"x\":[3]}\n");
    let cut = Options { range_bytes: 100_000, ..Options::default() };
    for options in [Options::default(), cut] {
        let table = read_with(text.as_bytes(), &options).remove(0);
        assert_eq!(table.columns, ["a", "x[]", "y.k", "z"]);
        assert_eq!(table.rows[40_000..], ["|[]|2|1", "b|[3]||"]);
    }
}

#[test]
fn a_record_of_any_size_is_read_in_rows() {
    let text = format!("[{{\"a\":\"x\",\"list\":[{}]}},{{\"a\":\"y\"}}]", "\"0123456789\",".repeat(2_000_000));
    let object = ObjectRef { uri: "a.json".to_owned(), bytes: text.len() as u64, origin: Origin::memory(text) };
    let source = read::open(&object).unwrap().table().unwrap();
    let (mut n, mut largest) = (0, 0);
    let outcome = source.read(0, &mut |batch| {
        use arrow_array::Array;
        use arrow_array::cast::AsArray;
        n += batch.column(1).as_list::<i32>().values().len();
        largest = largest.max(batch.get_array_memory_size());
        ControlFlow::Continue(())
    });
    assert_eq!((n, outcome.rows), (2_000_000, 3));
    assert!(largest < 100 << 20, "{largest}");
    let codes: Vec<_> = source.remarks(&[outcome]).iter().map(|problem| problem.code.id()).collect();
    assert_eq!(codes, ["json.record_cut"]);
}

#[test]
fn persons_of_wrapped_records_are_counted_as_those_of_lines() {
    let Some(corpus) = crate::support::corpus() else { return };
    let lines = fs::read_to_string(corpus.join("persons/faker_zh/persons_3000.jsonl")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let records = lines.lines().collect::<Vec<_>>().join(",");
    let forms = [
        ("lines", lines),
        ("list", format!("[{records}]")),
        ("wrapped", format!("{{\"code\":0,\"data\":{{\"list\":[{records}]}}}}")),
    ];
    for (name, text) in forms {
        let path = folder.path().join(format!("{name}.json"));
        fs::write(&path, text).unwrap();
        let cuts = [Cut::default(), Cut { threads: 1, batch_rows: 100, range_bytes: 50_000, ..Cut::default() }];
        let reports = cuts.map(|cut| {
            let totals = scan_path(&path, cut);
            assert_eq!(totals.census.figures(|_| true).best, 2961, "{name}");
            assert!(classes(&totals, "").contains(&"identity.resident_id".to_owned()), "{name}");
            json(totals, Facts::default())
        });
        assert_eq!(reports[0], reports[1], "{name}");
    }
}

#[test]
fn every_file_of_the_suite_ends_in_rows_or_a_problem() {
    let Some(corpus) = crate::support::corpus() else { return };
    let folder = corpus.join("hostile/jsontestsuite/test_parsing");
    let mut n = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        check_file(&path);
        n += 1;
    }
    assert!(n > 300);
}

fn check_file(path: &Path) {
    let bytes = fs::metadata(path).unwrap().len();
    let object = ObjectRef { uri: path.to_string_lossy().into_owned(), origin: Origin::file(path), bytes };
    let Ok(Opened::Table(source)) = read::open(&object) else { return };
    let is_valid = path.file_name().unwrap().to_string_lossy().starts_with("y_");
    let is_quiet = source.problems().is_empty();
    let table = read_source(String::new(), source);
    if is_valid && table.format == "json" {
        assert_eq!(table.codes(), <[&str; 0]>::default(), "{}", path.display());
    }
    let text = fs::read_to_string(path).unwrap_or_default();
    let is_nothing = text.trim_matches(|c: char| c.is_whitespace() || "[]{}\u{feff}".contains(c)).is_empty()
        || text.contains("null");
    assert!(is_nothing || !is_quiet || !table.rows.is_empty() || !table.problems.is_empty(), "{}", path.display());
}

proptest! {
    #[test]
    fn no_text_panics(text in r#"[\[\]{}:,"a1\\ \n-]{0,80}"#) {
        let cut = Options { range_bytes: 9, batch_rows: 2, ..Options::default() };
        for start in ["", "[{\"k\":1},", "{\"k\":1}\n{\"k\":2}\n"] {
            let text = format!("{start}{text}");
            prop_assume!(!text.trim().is_empty());
            let object = ObjectRef { uri: "a".to_owned(), bytes: text.len() as u64, origin: Origin::memory(text.clone().into_bytes()) };
            if read::open(&object).is_ok() {
                let whole = read_with(text.as_bytes(), &Options::default());
                prop_assert_eq!(read_with(text.as_bytes(), &cut), whole);
            }
        }
    }
}

#[test]
fn standards_are_known_by_their_field_names() {
    let folder = tempfile::tempdir().unwrap();
    let list = |record: fn(usize) -> String| (0..40).map(record).collect::<Vec<_>>().join(",");
    // HL7 FHIR R4: a bundle of patients with what they have. T/CEC 102: orders of charging.
    let patient = |n: usize| {
        let code = ["I10.x00", "E11.900", "J18.903"][n % 3];
        format!(
            r#"{{"resource":{{"resourceType":"Patient","id":"p{n:04}","name":[{{"text":"张伟"}}],"birthDate":"1980-01-02"}}}},
            {{"resource":{{"resourceType":"Condition","subject":{{"reference":"Patient/p{n:04}"}},
            "code":{{"coding":[{{"system":"http://hl7.org/fhir/sid/icd-10","code":"{code}","display":"高血压"}}]}}}}}}"#
        )
    };
    let order = |n: usize| {
        format!(
            r#"{{"StationID":"S{n:05}","ConnectorID":"C{n:025}","StartChargeSeq":"395815801{n:018}","StartTime":"2024-01-02 08:00:00",
            "EndTime":"2024-01-02 09:00:00","TotalPower":30.5,"TotalElecMoney":20.1,"TotalSeviceMoney":3.2,"PlateNum":"京A{:05}"}}"#,
            12_345 + n
        )
    };
    let cases: [(&str, String, &[&str]); 2] = [
        (
            "bundle",
            format!(r#"{{"resourceType":"Bundle","entry":[{}]}}"#, list(patient)),
            &["health.diagnosis", "health.record"],
        ),
        (
            "orders",
            format!(r#"{{"Ret":0,"Data":{{"OrderInfos":[{}]}}}}"#, list(order)),
            &["charging.billing", "charging.session", "vehicle.plate"],
        ),
    ];
    for (name, text, expected) in cases {
        let path = folder.path().join(format!("{name}.json"));
        fs::write(&path, text).unwrap();
        let found = classes(&scan_path(&path, Cut::default()), "");
        for class in expected {
            assert!(found.iter().any(|found| found == class), "{name}: `{class}` is not in {found:?}");
        }
    }
}
