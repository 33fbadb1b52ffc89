//! JSON in the cells of columns, and lines of positions: what stands in them is found as if it had columns of its own.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use exportscan::model::{Facts, ObjectFinding};
use exportscan::tally::Totals;
use parquet::arrow::ArrowWriter;

use crate::persons::{mobile, resident};
use crate::support::{Cut, classes, json, scan_path};

/// Rows of an order number and a cell of JSON.
type Table = Vec<[String; 2]>;

/// Orders of `persons` buyers, each with a driver; a cell in ten is no JSON.
fn orders(persons: u32) -> Table {
    let cell = |n: u32| match n % 10 {
        3 => format!("备注：{}", resident(n % 60)),
        7 => String::new(),
        _ => format!(
            r#"{{"buyer": {{"id_no": "{}", "note": "a,\"b\""}}, "drivers": [{{"mobile": "{}"}}]}}"#,
            resident(n % 60),
            mobile(n + 500)
        ),
    };
    (0..persons).map(|n| [n.to_string(), cell(n)]).collect()
}

fn csv(table: &Table) -> Vec<u8> {
    let line = |row: &[String; 2]| format!("{},\"{}\"\n", row[0], row[1].replace('"', "\"\""));
    format!("order_no,extra\n{}", table.iter().map(line).collect::<String>()).into_bytes()
}

fn jsonl(table: &Table) -> Vec<u8> {
    let line = |row: &[String; 2]| serde_json::json!({"order_no": row[0], "extra": row[1]}).to_string() + "\n";
    table.iter().map(line).collect::<String>().into_bytes()
}

fn parquet(table: &Table) -> Vec<u8> {
    let column =
        |at: usize| Arc::new(table.iter().map(|row| Some(row[at].as_str())).collect::<StringArray>()) as ArrayRef;
    let batch = RecordBatch::try_from_iter([("order_no", column(0)), ("extra", column(1))]).unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

fn names(object: &ObjectFinding) -> Vec<&str> {
    object.columns.iter().map(|column| column.name.as_str()).collect()
}

fn scan_bytes(folder: &Path, name: &str, bytes: &[u8], cut: Cut) -> Totals {
    fs::create_dir_all(folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    scan_path(&path, cut)
}

#[test]
fn json_in_cells_is_columns_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let table = orders(300);
    for (name, bytes) in [("a.csv", csv(&table)), ("a.jsonl", jsonl(&table)), ("a.parquet", parquet(&table))] {
        let totals = scan_bytes(folder.path(), name, &bytes, Cut::default());
        let object = &totals.objects[0];
        let mut columns = names(object);
        columns.sort_unstable();
        assert_eq!(columns, ["extra", "extra.buyer.id_no", "extra.buyer.note", "extra.drivers[].mobile", "order_no"]);
        let filled = |name: &str| {
            let column = object.columns.iter().find(|column| column.name == name).unwrap();
            column.rows - column.nulls
        };
        assert_eq!(filled("extra.buyer.id_no"), 240, "{name}");
        assert_eq!(filled("extra"), 30, "{name}: what is no JSON stays");
        let found = classes(&totals, name);
        assert!(found.contains(&"identity.resident_id".to_owned()), "{name}: {found:?}");
        assert!(found.contains(&"contact.mobile".to_owned()), "{name}: {found:?}");
        // Of sixty buyers those in the empty cells are missing; each cell of JSON has a driver of its own.
        assert_eq!(totals.census.figures(|_| true).best, 54 + 240, "{name}");
    }
}

#[test]
fn keys_behind_the_head_are_columns_too_however_the_work_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = orders(600);
    table[555][1] = format!(r#"{{"late": {{"email": "a.person{}@example.org"}}, "buyer": "{}"}}"#, 1, resident(59));
    let bytes = csv(&table);
    let mut reports = Vec::new();
    for (threads, batch_rows, range_bytes) in [(1, 8192, 8 << 20), (2, 100, 4096), (2, 7, 1000)] {
        let cut = Cut { threads, batch_rows, range_bytes, ..Cut::default() };
        let totals = scan_bytes(folder.path(), "a.csv", &bytes, cut);
        let columns = names(&totals.objects[0]);
        assert!(columns.contains(&"extra.late.email") && columns.contains(&"extra.buyer"), "{columns:?}");
        reports.push(json(totals, Facts::default()));
    }
    assert!(reports.iter().all(|report| *report == reports[0]));
}

#[test]
fn what_only_looks_like_json_stays_text() {
    let folder = tempfile::tempdir().unwrap();
    let deep = "[".repeat(5000);
    let cells = ["{'a': 1}", "{\"a\": }", "[1, 2, 3]", "[[1.5, 2.5]]", "{}", &deep, "{\"a\":1}{\"b\":2}", "{note}"];
    let table: Table = (0..64).map(|n| [n.to_string(), cells[n % cells.len()].to_owned()]).collect();
    for (name, bytes) in [("a.csv", csv(&table)), ("a.parquet", parquet(&table))] {
        let totals = scan_bytes(folder.path(), name, &bytes, Cut::default());
        assert_eq!(names(&totals.objects[0]), ["order_no", "extra"], "{name}");
        assert!(totals.coverage.problems.is_empty(), "{name}: {:?}", totals.coverage.problems);
    }
}

#[test]
fn keys_that_are_values_are_in_no_name() {
    let folder = tempfile::tempdir().unwrap();
    let cell = |n: u32| format!(r#"{{"{}": {{"score": {n}}}, "{}": {{"score": 1}}}}"#, resident(n), resident(n + 1));
    let table: Table = (0..50).map(|n| [n.to_string(), cell(n)]).collect();
    let totals = scan_bytes(folder.path(), "a.csv", &csv(&table), Cut::default());
    let report = json(totals.clone(), Facts::default());
    for n in 0..51 {
        assert!(!report.contains(&resident(n)), "{report}");
    }
    assert_eq!(totals.census.figures(|_| true).best, 51);
}

/// Journeys of ten cars at the speed of a town, a journey a row, as a `cell` makes of the points.
fn journeys(cell: impl Fn(&[(f64, f64, i64)]) -> String) -> Table {
    let journey = |n: u32| {
        let point = |at: u32| (116.3 + 0.003 * f64::from(at), 39.9, 1_700_000_000 + i64::from(n * 86_400 + at * 30));
        cell(&(0..20).map(point).collect::<Vec<_>>())
    };
    (0..40).map(|n| [format!("京A{:05}", 10_000 + n % 10), journey(n)]).collect()
}

#[test]
fn points_in_a_cell_make_a_row_a_track() {
    let joined = |points: &[(f64, f64, i64)], point: &dyn Fn(&(f64, f64, i64)) -> String, by: &str| {
        points.iter().map(point).collect::<Vec<_>>().join(by)
    };
    let forms: [(&str, Table); 4] = [
        (
            "objects",
            journeys(|points| {
                let one =
                    |(lon, lat, at): &(f64, f64, i64)| format!(r#"{{"lng": {lon:.6}, "lat": {lat:.6}, "time": {at}}}"#);
                format!("[{}]", joined(points, &one, ", "))
            }),
        ),
        (
            "lists",
            journeys(|points| {
                format!("[{}]", joined(points, &|(lon, lat, at)| format!("[{lon:.6},{lat:.6},{at}]"), ","))
            }),
        ),
        ("words", journeys(|points| joined(points, &|(lon, lat, at)| format!("{lon:.6} {lat:.6} {at}"), ","))),
        ("semicolons", journeys(|points| joined(points, &|(lon, lat, at)| format!("{lon:.6},{lat:.6},{at}"), ";"))),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (name, table) in forms {
        let bytes = String::from_utf8(csv(&table)).unwrap().replace("order_no,extra", "plate,points,city");
        let bytes = bytes.replace("\"\n", "\",北京\n");
        let totals = scan_bytes(folder.path(), &format!("{name}.csv"), bytes.as_bytes(), Cut::default());
        let records = &totals.objects[0].records;
        let track = records.iter().find(|record| record.class.id() == "vehicle.track");
        let track = track.unwrap_or_else(|| panic!("{name}: {records:?}"));
        assert_eq!((track.rows, track.subjects), (40, 10), "{name}");
        assert!(track.counts(), "{name}: {track:?}");
    }
}
