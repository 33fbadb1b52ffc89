//! Tables that are cut into parts: one finding in the report, one space of numbers, and everybody once.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use exportscan::model::{Facts, Language};
use exportscan::report::{self, Style};
use serde_json::Value;

use crate::support::{Cut, json, report_of, scan_path};

/// A visit each of `patients`, whose numbers mean nothing outside the clinic.
fn visits(path: &Path, patients: std::ops::Range<u32>) {
    let mut text = "patient_id,diagnosis,icd10\n".to_owned();
    for patient in patients {
        let _ = writeln!(text, "P{patient:05},高血压,I10");
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn best(folder: &Path) -> u64 {
    scan_path(folder, Cut::default()).census.figures(|_| true).best
}

#[test]
fn a_number_means_one_person_in_all_parts_of_a_data_set_and_others_in_another() {
    let cases: &[(&[&str], u64)] = &[
        (&["visits.csv", "stays.csv"], 100),
        (&["2024-05/visits.csv", "2024-06/visits.csv"], 100),
        (&["dt=2024-05-01/0.csv", "dt=2024-06-01/0.csv", "dt=2024-06-02/0.csv"], 100),
        (&["2024/05/visits.csv", "2024/06/stays.csv"], 100),
        (&["2023/clinic/visits.csv", "2024/clinic/visits.csv"], 100),
        (&["east/visits.csv", "west/visits.csv"], 200),
        (&["2024/east/visits.csv", "2024/west/visits.csv"], 200),
    ];
    for (paths, expected) in cases {
        let folder = tempfile::tempdir().unwrap();
        for path in *paths {
            visits(&folder.path().join(path), 0..100);
        }
        assert_eq!(best(folder.path()), *expected, "{paths:?}");
    }
}

#[test]
fn parts_of_a_table_are_one_finding() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_string_lossy().into_owned();
    for part in 0..60 {
        visits(&folder.path().join(format!("part-{part:04}.csv")), part * 50..part * 50 + 100);
    }
    // The same columns in another order, and others.
    fs::write(folder.path().join("more.csv"), "icd10,patient_id,diagnosis\nI10,P00001,高血压\nI10,P09999,高血压\n")
        .unwrap();
    fs::write(folder.path().join("sites.csv"), "site,beds\nA,5\nB,7\n").unwrap();
    let totals = scan_path(folder.path(), Cut::default());
    assert_eq!(totals.census.figures(|_| true).best, 59 * 50 + 100 + 1);
    let told: Value = serde_json::from_str(&json(totals.clone(), Facts::default())).unwrap();
    let tables = told["tables"].as_array().unwrap();
    assert_eq!(tables.len(), 1, "{tables:?}");
    let table = &tables[0];
    assert_eq!(table["name"], format!("{root}/*.csv"));
    assert_eq!(table["data_set"], root);
    assert_eq!(table["rows"], 6002);
    assert_eq!(table["parts"].as_array().unwrap().len(), 61);
    assert_eq!(table["parts"][60], format!("{root}/part-0059.csv"));
    let diagnosis = table["classes"].as_array().unwrap().iter().find(|class| class["class"] == "health.diagnosis");
    assert_eq!(diagnosis.unwrap()["columns"][0], "diagnosis");
    assert_eq!(told["objects"].as_array().unwrap().len(), 62, "every part stands for itself too");

    let report = report_of(totals, Facts::default());
    for (language, parts) in [(Language::Zh, "同一张表的 61 个部分"), (Language::En, "one table in 61 parts")] {
        let shown = report::text(&report, language, Style { width: 400, colour: false });
        assert!(shown.contains(parts), "{shown}");
        assert!(!shown.contains("part-0005.csv"), "{shown}");
        let page = report::html(&report, language);
        assert!(page.contains(parts));
        assert_eq!(page.matches("part-0005.csv").count(), 1, "named once, among the parts");
        assert_eq!(page.matches("<details open class=\"object\">").count(), 1);
    }
}

#[test]
fn what_is_found_in_some_parts_only_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for part in 0..3 {
        let notes = if part == 0 { "110101199003070732" } else { "-" };
        let rows: String = (0..40).map(|row| format!("{row},{notes}\n")).collect();
        fs::write(folder.path().join(format!("{part}.csv")), format!("line,id_card\n{rows}")).unwrap();
    }
    let report = report_of(scan_path(folder.path(), Cut::default()), Facts::default());
    let page = report::html(&report, Language::En);
    assert!(page.contains("one table in 3 parts"));
    assert!(page.contains("in 1 of 3 parts"), "{page}");
}
