//! Folders whose names are a column and its value, such as `vehicle=京A12345`.

use std::fs;
use std::path::Path;

use exportscan::model::Facts;

use crate::support::{Cut, json, scan_path};

const PLATES: [&str; 4] = ["京A12345", "京A12845", "沪B88213", "粤B6T190"];

/// Tracks without the plate of their vehicle, which is the name of their folder.
fn tracks(root: &Path, encode: bool) {
    for (n, plate) in PLATES.iter().enumerate() {
        let name =
            if encode { plate.bytes().map(|byte| format!("%{byte:02X}")).collect() } else { (*plate).to_owned() };
        let folder = root.join(format!("dt=2024-05-01/vehicle={name}"));
        fs::create_dir_all(&folder).unwrap();
        let rows: Vec<String> = (0..40)
            .map(|at| format!("2024-05-01 08:{at:02}:00,116.{:04},39.{:04}\n", 3000 + at * 11 + n, 9000 + at * 7))
            .collect();
        fs::write(folder.join("part-0.csv"), format!("time,lon,lat\n{}", rows.concat())).unwrap();
    }
}

#[test]
fn a_plate_in_the_name_of_a_folder_is_found_and_counted_and_never_shown() {
    for encode in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("tracks");
        tracks(&root, encode);
        let totals = scan_path(&root, Cut::default());
        let uris: Vec<&str> =
            totals.objects.iter().map(|object| object.uri.rsplit_once("vehicle=").unwrap().1).collect();
        // The first two look the same.
        let expected =
            ["京*****5/part-0.csv (1)", "京*****5/part-0.csv (2)", "沪*****3/part-0.csv", "粤*****0/part-0.csv"];
        assert_eq!(uris, expected);
        let found = totals.objects.iter().all(|object| {
            let column = object.columns.iter().find(|column| column.name == "vehicle").unwrap();
            column.classes.iter().any(|finding| finding.class.id() == "vehicle.plate")
        });
        assert!(found, "{:#?}", totals.objects);
        assert_eq!(totals.census.figures(|_| true).best, 4);
        let report = json(totals, Facts::default());
        for plate in PLATES {
            assert!(!report.contains(plate), "{plate}");
        }
        let other = Cut { threads: 1, secret: [9; 16], ..Cut::default() };
        assert_eq!(json(scan_path(&root, other), Facts::default()), report, "whatever the key");
    }
}

#[test]
fn folders_of_one_table_are_one_data_set() {
    let folder = tempfile::tempdir().unwrap();
    for day in ["2024-05-01", "2024-05-02", "__HIVE_DEFAULT_PARTITION__"] {
        let part = folder.path().join(format!("members/dt={day}"));
        fs::create_dir_all(&part).unwrap();
        let rows: Vec<String> = (0..30).map(|n| format!("{},x\n", 700_100 + n)).collect();
        fs::write(part.join("p.csv"), format!("会员编号,备注\n{}", rows.concat())).unwrap();
    }
    let totals = scan_path(folder.path(), Cut::default());
    assert_eq!(totals.census.figures(|_| true).best, 30);
    for object in &totals.objects {
        assert_eq!(object.columns.last().unwrap().name, "dt");
        let nulls = object.columns.last().unwrap().nulls;
        assert_eq!(nulls, if object.uri.contains("HIVE") { 30 } else { 0 });
    }
}

#[test]
fn a_column_of_the_table_is_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let part = folder.path().join("id=9/k=v");
    fs::create_dir_all(&part).unwrap();
    fs::write(part.join("t.csv"), "id,n\n1,a\n2,b\n3,c\n").unwrap();
    let totals = scan_path(folder.path(), Cut::default());
    let names: Vec<&str> = totals.objects[0].columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["id", "n", "k"]);
}
