//! Instructions of small scans, counted by `valgrind`: a guard that does not depend on how fast the machine is.
//!
//! `instructions.txt` has what they were counted to be when it was written, in the profile `guard`. Hash tables are seeded
//! anew in each run and libraries choose code by the processor, so that counts differ by a little.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use super::table::{Kind, Table};

/// So much more than what is written down is too much; so much less is to be written down.
const MARGIN: f64 = 0.1;

const WRITTEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/scan/instructions.txt");

/// What is counted: a name, a kind of table, how many rows, and the file.
const SCANS: [(&str, Kind, usize, &str); 4] = [
    ("start", Kind::Plain, 1, "table.csv"),
    ("plain parquet", Kind::Plain, 20_000, "table.parquet"),
    ("plain csv", Kind::Plain, 20_000, "table.csv"),
    ("text csv", Kind::Text, 5_000, "table.csv"),
];

/// Counts and compares; ends the program with 1 where a count is off by more than the margin.
pub(crate) fn compare() {
    let written = std::fs::read_to_string(WRITTEN).unwrap_or_default();
    let (mut lines, mut is_off) = (String::new(), false);
    for (name, kind, rows, file) in SCANS {
        let folder = tempfile::tempdir().unwrap();
        Table::new(kind, rows).write(folder.path(), None);
        let counted = count(&folder.path().join(file));
        writeln!(lines, "{name}: {counted}").unwrap();
        let expected =
            written.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")?.parse::<u64>().ok());
        let change = expected.map(|expected| counted as f64 / expected as f64 - 1.0);
        println!("{name}: {counted} instructions, {:+.1} %", change.unwrap_or(f64::NAN) * 100.0);
        is_off |= change.is_none_or(|change| change.abs() > MARGIN);
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(WRITTEN, lines).unwrap();
    } else {
        assert!(!is_off, "more than {:.0} % off what is in {WRITTEN}; UPDATE_GOLDEN=1 writes it anew", MARGIN * 100.0);
    }
}

/// The instructions of a program that scans a file.
fn count(path: &Path) -> u64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe().unwrap())
        .arg("--scan")
        .arg(path)
        .output()
        .expect("`valgrind` is to be installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8_lossy(&output.stderr);
    let counted = told.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    counted.unwrap_or_else(|| panic!("no count in {told}"))
}
