//! A ledger outlives those who write to it: many at once, one that is killed, a disk that is full.

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Instant;

use super::command::Desk;

fn records(desk: &Desk) -> usize {
    let verified = desk.succeed(&["ledger", "verify", "book", "--lang", "en"]);
    let (_, after) = verified.split_once("Sound: ").unwrap_or_else(|| panic!("{verified}"));
    after.split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn several_processes_record_at_once() {
    let desk = Desk::new();
    desk.facts("facts.toml", "2026-03-01", "");
    let names: Vec<String> = (0..8).map(|n| format!("d{n}")).collect();
    for (name, n) in names.iter().zip(0..) {
        desk.data(name, n * 5..n * 5 + 10);
    }
    let record = |name: &String| {
        let arguments = ["ledger", "record", "book", name, "--facts", "facts.toml", "--no-progress", "--threads", "1"];
        desk.command().args(arguments).stdout(Stdio::null()).spawn().unwrap()
    };
    let children: Vec<_> = names.iter().chain(&names[..3]).map(record).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(records(&desk), 8, "three were recorded twice at once, and are there once");
    let status = desk.succeed(&["ledger", "status", "book", "--year", "2026", "--lang", "en"]);
    assert!(status.contains("45 persons, all with sensitive"), "{status}");
}

#[test]
fn whoever_is_killed_leaves_a_record_whole_or_not_at_all() {
    const RUNS: u32 = 20;
    let desk = Desk::new();
    desk.facts("facts.toml", "2026-03-01", "");
    for n in 0..=RUNS {
        let name = format!("d{n}");
        desk.data(&name, n * 3..n * 3 + 5);
        let tally = format!("{name}.tally");
        desk.succeed(&["scan", &name, "--facts", "facts.toml", "--partial", &tally, "--no-progress"]);
    }
    let record =
        |n: u32| ["ledger", "record", "book", &format!("d{n}.tally"), "--facts", "facts.toml"].map(str::to_owned);
    let start = Instant::now();
    desk.succeed(&record(RUNS).each_ref().map(String::as_str));
    let whole = start.elapsed();
    for (n, before) in (0..RUNS).zip(1..) {
        let mut child = desk.command().args(record(n)).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // The ledger is written at the end; a few runs end before they are killed.
        sleep(whole.mul_f64(0.4 + 0.7 * f64::from(n) / f64::from(RUNS)));
        let _ = child.kill();
        child.wait().unwrap();
        let after = records(&desk);
        assert!(after == before || after == before + 1, "{n}: {before} and then {after}");
        desk.succeed(&record(n).each_ref().map(String::as_str));
        assert_eq!(records(&desk), before + 1, "{n}: recorded again, it is there once");
    }
    let status = desk.succeed(&["ledger", "status", "book", "--year", "2026", "--lang", "en"]);
    let persons = RUNS * 3 + 5;
    assert!(status.contains(&format!("{persons} persons, all with sensitive")), "{status}");
}

#[test]
fn a_full_disk_ends_in_a_clear_error_and_nothing_is_lost() {
    let desk = Desk::new();
    desk.facts("facts.toml", "2026-03-01", "");
    desk.data("small", 0..5);
    desk.data("large", 0..400);
    desk.succeed(&["ledger", "record", "book", "small", "--facts", "facts.toml", "--no-progress"]);
    // No file may grow beyond 4 kB, and the signal that says so is ignored, as a full disk sends none.
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" ledger record book large --facts facts.toml --no-progress";
    let mut shell = Command::new("sh");
    let limited = shell.args(["-c", script, env!("CARGO_BIN_EXE_exportscan")]).current_dir(desk.path(""));
    let output = limited.env("EXPORTSCAN_KEY_FILE", "key").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("nothing was recorded, and the ledger is as it was"), "{said}");
    assert_eq!(records(&desk), 1);
    let left = std::fs::read_dir(desk.path("book/incoming")).unwrap().count();
    assert_eq!(left, 0, "what came to nothing is gone");
    desk.succeed(&["ledger", "record", "book", "large", "--facts", "facts.toml", "--no-progress"]);
    assert_eq!(records(&desk), 2);
}
