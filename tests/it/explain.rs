//! `exportscan explain --column` tells how a scan judges a column, and no value.

use std::path::Path;
use std::process::{Command, Output};

use exportscan::model::{Fate, Fingerprinter};
use exportscan::read::{self, ObjectRef, Origin};
use exportscan::scan::{self, Scan};

use crate::support::{Cut, engine, scan_path};

const PEOPLE: &str = "姓名,身份证号,联系电话,订单编号\n\
    王伟,11010519491231002X,13912045716,673883045255652374\n\
    李娜,440524188001010014,13912045733,714196002198265594\n\
    张敏,110105194912310038,13912045741,103359771130954709\n";

fn explain(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_exportscan")).arg("explain").args(arguments).env("LANG", "C").output().unwrap()
}

fn text(arguments: &[&str]) -> String {
    let output = explain(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn people() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.csv");
    std::fs::write(&path, PEOPLE).unwrap();
    let name = path.to_str().unwrap().to_owned();
    (folder, name)
}

#[test]
fn tells_why_in_both_languages() {
    let (_folder, file) = people();
    let cases: [(&str, &str, &[&str]); 4] = [
        (
            "身份证号",
            "en",
            &[
                "3 cells, 3 filled, 3 distinct",
                "9{18} × 2",
                "9{17}A × 1",
                "identity.resident_id.18",
                "+35 the header says it",
                "pass the check (gb11643",
                "one number is one person for life",
                "of the person that the row is about, who also has 姓名, 联系电话",
            ],
        ),
        (
            "身份证号",
            "zh",
            &[
                "3 个单元格，3 个非空，3 个不同值",
                "+35 表头明确说明是它",
                "个通过校验（gb11643",
                "一个号码终身对应一人",
            ],
        ),
        (
            "联系电话",
            "en",
            &["+10 columns that usually stand beside it: 姓名", "not_placeholder", "seen with several persons"],
        ),
        ("订单编号", "zh", &["订单号（field.order_no）", "证据不足的候选", "-40 表头表明是别的内容"]),
    ];
    for (column, language, expected) in cases {
        let text = text(&["--column", &file, column, "--lang", language]);
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in expected {
            let squeezed = |text: &str| text.replace(' ', "");
            assert!(squeezed(&line).contains(&squeezed(part)), "`{part}` of {column} in {language}:\n{text}");
        }
    }
}

#[test]
fn a_column_is_found_by_name_or_number_or_the_others_are_named() {
    let (_folder, file) = people();
    assert_eq!(text(&["--column", &file, "3"]), text(&["--column", &file, "联系电话"]));
    for wrong in ["nope", "0", "5", ""] {
        let output = explain(&["--column", &file, wrong]);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "`{wrong}`");
        assert!(message.contains("1 姓名, 2 身份证号, 3 联系电话, 4 订单编号"), "{message}");
    }
    assert_eq!(explain(&["--column", "/no/such.csv", "1"]).status.code(), Some(2));
    assert_eq!(explain(&[]).status.code(), Some(2));
    assert!(text(&["identity.resident_id"]).contains("detectors"));
}

#[test]
fn no_value_is_told() {
    let (_folder, file) = people();
    let values: Vec<&str> = PEOPLE.lines().skip(1).flat_map(|line| line.split(',')).map(str::trim).collect();
    for column in ["1", "2", "3", "4"] {
        for language in ["zh", "en"] {
            let text = text(&["--column", &file, column, "--lang", language]);
            for value in &values {
                assert!(!text.contains(value), "`{value}` of column {column}:\n{text}");
            }
        }
    }
    // Without a header, the first record is no name of a column.
    let folder = tempfile::tempdir().unwrap();
    let headless = folder.path().join("headless.csv");
    std::fs::write(&headless, PEOPLE.split_once('\n').unwrap().1).unwrap();
    let output = explain(&["--column", headless.to_str().unwrap(), "nope"]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("column_1") && !values.iter().any(|value| message.contains(value)), "{message}");
}

#[test]
fn what_lost_is_told_with_its_reason() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo/outbound/owners/owners.parquet");
    let text = text(&["--column", demo.to_str().unwrap(), "owner.id_no", "--lang", "en"]);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(line.contains("(account.user): score 28 (high); not taken: a cell is one thing"), "{text}");
    assert!(line.contains("+0 372 of 12,000 filled cells fit (3.1%); 60.0% must"), "{text}");
}

#[test]
fn a_configuration_shows_in_it() {
    let (folder, file) = people();
    let config = "[[accept]]\ncolumn = \"联系电话\"\nreason = \"hotline\"\nexpires = 2099-12-31\n\
        [[column]]\ncolumn = \"订单编号\"\nis = \"account.user\"\nrole = \"driver\"\nreason = \"r\"\n";
    std::fs::write(folder.path().join("exportscan.toml"), config).unwrap();
    let line = |column: &str, more: &[&str]| {
        let text = text(&[&["--column", &file, column, "--lang", "en"], more].concat());
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(line("联系电话", &[]).contains("set aside until 2099-12-31: hotline (configuration, line 1)"));
    assert!(!line("联系电话", &["--no-config"]).contains("set aside"));
    let declared = line("订单编号", &[]);
    assert!(declared.contains("+60 the user's configuration declares it"), "{declared}");
    assert!(declared.contains("of somebody with a role: Driver"), "{declared}");
    assert!(declared.contains("every filled cell counts"), "{declared}");
}

/// The detectors that a scan reports, with their scores, are those that the replay finds.
#[test]
fn the_replay_comes_to_what_the_scan_comes_to() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo/outbound");
    let totals = scan_path(&demo, Cut::default());
    let fingerprinter = Fingerprinter::new(&[0; 16]);
    let job = Scan {
        engine: engine(),
        fingerprinter: &fingerprinter,
        room: &exportscan::count::Room::unbounded(),
        minor_after: 0,
        tuning: None,
        reading: read::Options::default(),
        progress: &|_| {},
    };
    let mut n_lost = 0;
    for object in &totals.objects {
        let path = Path::new(&object.uri).to_owned();
        let reference =
            ObjectRef { uri: object.uri.clone(), bytes: path.metadata().unwrap().len(), origin: Origin::file(&path) };
        for (at, column) in object.columns.iter().enumerate() {
            let trace = scan::trace_column(&job, &reference, &|_| Some(at)).unwrap();
            let found = trace
                .candidates
                .iter()
                .filter(|candidate| candidate.class.is_some() && matches!(candidate.fate, Fate::Counts | Fate::Shown));
            let mut replayed: Vec<(String, i32)> =
                found.map(|candidate| (candidate.detector.clone(), candidate.score)).collect();
            let score = |because: &[exportscan::model::Because]| -20 + because.iter().map(|b| b.weight).sum::<i32>();
            let mut scanned: Vec<(String, i32)> =
                column.classes.iter().map(|class| (class.detector.clone(), score(&class.because))).collect();
            replayed.sort();
            scanned.sort();
            assert_eq!(replayed, scanned, "{} {}", object.uri, column.name);
            assert_eq!(trace.cells, column.rows);
            for candidate in &trace.candidates {
                assert_eq!(candidate.score, score(&candidate.because), "{}", candidate.detector);
            }
            n_lost += trace.candidates.iter().filter(|candidate| candidate.fate == Fate::Below).count();
        }
    }
    assert!(n_lost > 50, "{n_lost} candidates below the threshold");
}
