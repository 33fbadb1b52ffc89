//! Positions in the areas that a user brings: which rows lie inside, whose they are, and what is said of a wrong file.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use exportscan::detect::{Areas, Engine};
use exportscan::model::{FacetValue, Facts, Fingerprinter, RecordFinding};
use exportscan::pack::{self, PackFile};
use exportscan::read;
use exportscan::scan::{self, Scan};
use exportscan::tally::Totals;

use crate::support::{Cut, json};

const DETECTOR: &str = "location.sensitive_area.polygon";

fn engine(geojson: &str, margin_metres: f64) -> Engine {
    let packs: Vec<_> = pack::built_in_detectors()
        .iter()
        .map(|file| (file.name.clone(), pack::parse_detectors(file).unwrap()))
        .collect();
    let file = PackFile { name: "areas.geojson".to_owned(), text: geojson.to_owned() };
    Engine::compile(&packs).unwrap().with_areas(Areas::new(&pack::parse_areas(&file).unwrap(), margin_metres))
}

fn scan(engine: &Engine, path: &Path, cut: Cut) -> Totals {
    let fingerprinter = Fingerprinter::new(&cut.secret);
    let job = Scan {
        engine,
        fingerprinter: &fingerprinter,
        room: &exportscan::count::Room::unbounded(),
        minor_after: 20_121_123,
        reading: read::Options { batch_rows: cut.batch_rows, range_bytes: cut.range_bytes, ..read::Options::default() },
        progress: &|_| {},
        tuning: None,
    };
    let listing = read::list(&[path.to_string_lossy().into_owned()]);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(cut.threads).build().unwrap();
    pool.install(|| scan::scan(&job, listing).settle().unwrap())
}

/// A rectangle by its edges, as a feature.
fn feature(name: &str, [west, south, east, north]: [f64; 4]) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{"name":"{name}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn written(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

fn found(totals: &Totals) -> Option<RecordFinding> {
    totals.objects.iter().flat_map(|object| &object.records).find(|record| record.detector == DETECTOR).cloned()
}

fn facet(record: &RecordFinding, name: &str) -> Option<FacetValue> {
    record.facets.iter().find(|facet| facet.name == name).map(|facet| facet.value.clone())
}

const YARD: [f64; 4] = [116.30, 39.90, 116.40, 39.95];

#[test]
fn rows_inside_are_found_in_every_spelling() {
    let engine = engine(&collection(&[feature("yard", YARD), feature("harbour", [117.6, 38.9, 117.9, 39.1])]), 0.0);
    let cases: [(&str, u64, u64, &str); 9] = [
        (
            "vin,time,lng,lat\nA,2020-01-20 08:00:00,116.35,39.92\n1M8GDM9AXKP042788,2020-01-20 08:00:30,116.36,39.93\n",
            2,
            0,
            "yard",
        ),
        (
            "车架号,时间,经度,纬度\n1M8GDM9AXKP042788,2020-01-20 08:00:00,116350000,39920000\n1M8GDM9AXKP042788,2020-01-20 08:00:30,121000000,31000000\nLSJA24U62JG269225,2020-01-20 08:00:30,117700000,39000000\n",
            2,
            2,
            "yard, harbour",
        ),
        ("latitude,longitude\n39.92,116.35\n31.2,121.4\n", 1, 0, "yard"),
        (
            "pickup_lng,pickup_lat,dropoff_lng,dropoff_lat\n121.1,31.1,116.35,39.92\n116.40,39.95,121.1,31.1\n121.1,31.1,121.2,31.2\n",
            2,
            0,
            "yard",
        ),
        ("name,坐标\na,\"116.350001,39.920001\"\nb,\"121.400001,31.200001\"\n", 1, 0, "yard"),
        ("name,latlng\na,\"39.920001,116.350001\"\nb,\"31.200001,121.400001\"\n", 1, 0, "yard"),
        (
            "TRIP_ID,CALL_TYPE,TIMESTAMP,POLYLINE\n\"1\",\"C\",\"1372636858\",\"[[121.11,31.11],[116.35,39.92]]\"\n\"2\",\"B\",\"1372636858\",\"[[121.11,31.11],[121.12,31.12]]\"\n",
            1,
            0,
            "yard",
        ),
        ("lng,lat\n116.35,\n,39.92\n116.35,39.92\nNULL,NULL\n", 1, 0, "yard"),
        ("lng,lat\n116.35,39.9\n", 1, 0, "yard"),
    ];
    for (text, rows, subjects, names) in cases {
        let (_folder, path) = written(text);
        let totals = scan(&engine, &path, Cut::default());
        let Some(record) = found(&totals) else { panic!("nothing is found in {text}") };
        assert_eq!((record.rows, record.subjects), (rows, subjects), "{text}");
        assert_eq!(record.class.id(), "location.sensitive_area");
        assert_eq!(facet(&record, "area_names"), Some(FacetValue::Text(names.to_owned())), "{text}");
        let n_areas = names.split(", ").count() as u64;
        assert_eq!(facet(&record, "areas"), Some(FacetValue::Count(n_areas)), "{text}");
    }
}

#[test]
fn nothing_is_said_where_no_row_is_inside() {
    let engine = engine(&collection(&[feature("yard", YARD)]), 0.0);
    for text in [
        "lng,lat\n121.1,31.1\n121.2,31.2\n",
        "width,height\n116.35,39.92\n116.36,39.93\n",
        "name,price\na,116.35\nb,39.92\n",
    ] {
        let (_folder, path) = written(text);
        assert_eq!(found(&scan(&engine, &path, Cut::default())), None, "{text}");
    }
}

#[test]
fn a_margin_reaches_out() {
    // 500 m north of the yard.
    let (_folder, path) = written("lng,lat\n116.35,39.9545\n116.36,39.9545\n");
    for (margin, expected) in [(0.0, None), (490.0, None), (510.0, Some(2))] {
        let engine = engine(&collection(&[feature("yard", YARD)]), margin);
        assert_eq!(found(&scan(&engine, &path, Cut::default())).map(|record| record.rows), expected, "{margin}");
    }
}

#[test]
fn persons_of_rows_inside_carry_the_class() {
    let engine = engine(&collection(&[feature("yard", YARD)]), 0.0);
    let (_folder, path) = written(
        "身份证号,经度,纬度\n11010519491231002X,116.35,39.92\n440524188001010014,121.1,31.1\n360426199101010071,116.36,39.93\n",
    );
    let totals = scan(&engine, &path, Cut::default());
    let inside = totals.census.figures(|classes| classes.iter().any(|class| class.id() == "location.sensitive_area"));
    assert_eq!((inside.best, totals.census.figures(|_| true).best), (2, 3));
    assert_eq!(found(&totals).map(|record| (record.rows, record.subjects)), Some((2, 2)));
}

#[test]
fn the_report_is_the_same_however_the_work_is_cut() {
    let mut text = "vin,time,lng,lat\n".to_owned();
    for at in 0..3000_u32 {
        let (lng, lat) = (116.0 + f64::from(at % 100) / 100.0, 39.5 + f64::from(at % 70) / 100.0);
        writeln!(text, "LSJA24U62JG26{at:04},2020-01-20 08:00:00,{lng},{lat}").unwrap();
    }
    let (_folder, path) = written(&text);
    let areas: Vec<String> = (0..200)
        .map(|at| {
            let west = 116.0 + f64::from(at) / 200.0;
            feature(&format!("area {at}"), [west, 39.6, west + 0.003, 39.9])
        })
        .collect();
    let engine = engine(&collection(&areas), 20.0);
    let whole = scan(&engine, &path, Cut::default());
    let record = found(&whole).unwrap();
    assert!(record.rows > 300 && record.rows < 2700, "{}", record.rows);
    let expected = json(whole, Facts::default());
    for (threads, batch_rows, range_bytes) in [(1, 7, 1000), (2, 1000, 4096), (4, 8192, 512)] {
        let cut = Cut { threads, batch_rows, range_bytes, ..Cut::default() };
        assert_eq!(json(scan(&engine, &path, cut), Facts::default()), expected, "{cut:?}");
    }
}

#[test]
fn a_wrong_file_ends_the_scan_with_the_feature_named() {
    let (folder, path) = written("lng,lat\n116.35,39.92\n");
    let areas = folder.path().join("areas.geojson");
    let run = |text: &str| {
        std::fs::write(&areas, text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_exportscan"));
        let output = command.arg("scan").arg(&path).arg("--areas").arg(&areas).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let point = r#"{"type":"Feature","properties":{"name":"gate"},"geometry":{"type":"Point","coordinates":[1,2]}}"#;
    let (status, message) = run(&collection(&[feature("yard", YARD), point.to_owned()]));
    assert_eq!(status, Some(2));
    assert!(message.contains("feature 2 (`gate`): it is a `Point`"), "{message}");
    let (status, message) = run(&collection(&[]));
    assert_eq!(status, Some(2));
    assert!(message.contains("holds no polygon"), "{message}");
    assert_eq!(run(&collection(&[feature("yard", YARD)])).0, Some(1), "an area of important data");
}
