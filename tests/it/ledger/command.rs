//! The ledger by the command line: record, scan with it, status, export, and no identifier in any of its files.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use exportscan::model::{Fingerprinter, IdentifierKind};
use serde_json::Value;

use super::ENTITY;
use crate::promises::resident_id;

/// A folder with a key, a ledger and room for data.
pub(super) struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    pub(super) fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.succeed(&["key", "new", "key"]);
        desk.succeed(&["ledger", "init", "book", "--entity", ENTITY]);
        desk
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_exportscan"));
        command.current_dir(self.folder.path()).env("EXPORTSCAN_KEY_FILE", "key").env_remove("EXPORTSCAN_KEY");
        command.env_remove("LANG").env_remove("LC_ALL");
        command
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).output().unwrap()
    }

    /// What a command prints that does what it should.
    pub(super) fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command complains that does nothing.
    fn refuse(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stderr).unwrap()
    }

    /// A folder of data in which these persons are.
    pub(super) fn data(&self, name: &str, persons: std::ops::Range<u32>) {
        fs::create_dir(self.path(name)).unwrap();
        let mut csv = "身份证号\n".to_owned();
        persons.for_each(|n| writeln!(csv, "{}", resident_id(n)).unwrap());
        fs::write(self.path(name).join("t.csv"), csv).unwrap();
    }

    pub(super) fn facts(&self, name: &str, day: &str, more: &str) {
        let text = format!(
            "[exporter]\nname = \"{ENTITY}\"\nciio = false\nzone_registered = true\n[export]\nindustry = \
             \"automotive\"\ndate = {day}\nimportant_data = false\nrecipient = \"Beispiel AG\"\ncountry = \"DE\"\n{more}\n"
        );
        fs::write(self.path(name), text).unwrap();
    }

    fn report(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[&["scan", "--no-progress", "--format", "json"], arguments].concat());
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    }
}

fn row<'a>(report: &'a Value, id: &str) -> &'a Value {
    let rows = report["lists"][0]["rows"].as_array().unwrap();
    rows.iter().find(|row| row["id"] == id).unwrap()
}

#[test]
fn a_scan_counts_the_year() {
    let desk = Desk::new();
    desk.facts("march.toml", "2026-03-01", "");
    desk.facts("april.toml", "2026-04-09", "");
    desk.facts("contract.toml", "2026-04-09", "exemptions = [\"contract\"]");
    desk.data("march", 0..6_000);
    desk.data("april", 4_000..10_000);
    desk.succeed(&["ledger", "record", "book", "march", "--facts", "march.toml", "--no-progress"]);
    let alone = desk.report(&["april", "--facts", "april.toml"]);
    assert_eq!((&alone["verdict"]["category"], &alone["persons"]["year_to_date"]), (&"II".into(), &Value::Null));
    assert_eq!(alone.get("ledger"), None);
    let report = desk.report(&["april", "--facts", "april.toml", "--ledger", "book"]);
    assert_eq!(report["verdict"]["category"], "I");
    assert_eq!(report["persons"]["best"], 6_000);
    for figure in ["best", "at_least", "at_most"] {
        assert_eq!(report["persons"]["year_to_date"][figure], 10_000, "{figure}");
        assert_eq!(report["persons"]["year_to_date"]["sensitive"][figure], 10_000, "{figure}");
    }
    let ledger = &report["ledger"];
    assert_eq!((&ledger["new_persons"], &ledger["known_persons"]), (&4_000.into(), &2_000.into()));
    assert_eq!(row(&report, "auto.I.pi.2")["measured"]["best"], 10_000);
    assert_eq!(row(&report, "auto.I.pi.2")["outlook"]["adds"], 4_000);
    let exempt = desk.report(&["april", "--facts", "contract.toml", "--ledger", "book"]);
    assert_eq!(exempt["persons"]["year_to_date"]["best"], 6_000);
    assert_eq!(
        (&exempt["verdict"]["category"], &exempt["ledger"]["counts_data_at_hand"]),
        (&"none".into(), &false.into())
    );
    let threads = |n| {
        desk.run(&["scan", "april", "--ledger", "book", "--facts", "april.toml", "--format", "json", "--threads", n])
            .stdout
    };
    assert!(threads("1") == threads("3"), "same data, same ledger, same bytes");
}

#[test]
fn a_tally_is_recorded_as_a_scan_is_and_merged_with_the_year() {
    let desk = Desk::new();
    desk.facts("facts.toml", "2026-03-01", "");
    desk.data("a", 0..50);
    desk.data("b", 40..90);
    for share in ["a", "b"] {
        let partial = format!("{share}.tally");
        desk.succeed(&["scan", share, "--facts", "facts.toml", "--partial", &partial, "--no-progress"]);
    }
    let text = desk.succeed(&["ledger", "record", "book", "a.tally", "--facts", "facts.toml", "--lang", "en"]);
    assert!(text.starts_with("Recorded as number 1."), "{text}");
    let text =
        desk.succeed(&["ledger", "record", "book", "a", "--facts", "facts.toml", "--no-progress", "--lang", "en"]);
    assert!(text.starts_with("This export is recorded already, as number 1;"), "{text}");
    let merged = desk.run(&["merge", "b.tally", "--facts", "facts.toml", "--ledger", "book", "--format", "json"]);
    let report: Value = serde_json::from_slice(&merged.stdout).unwrap();
    assert_eq!(report["persons"]["year_to_date"]["best"], 90);
    let both =
        desk.succeed(&["ledger", "record", "book", "a.tally", "b.tally", "--facts", "facts.toml", "--lang", "en"]);
    assert!(both.contains("90 persons, all with sensitive"), "{both}");
    let mixed = desk.refuse(&["ledger", "record", "book", "a.tally", "b", "--facts", "facts.toml"]);
    assert!(mixed.contains("record them one by one"), "{mixed}");
}

#[test]
fn what_cannot_be_done_is_refused_with_a_hint() {
    let desk = Desk::new();
    desk.facts("facts.toml", "2026-03-01", "");
    desk.data("a", 0..3);
    desk.succeed(&["key", "new", "other"]);
    fs::write(desk.path("stranger.toml"), "[exporter]\nname = \"另一家公司\"\n").unwrap();
    let cases: [(&[&str], &str); 9] = [
        (&["ledger", "init", "book", "--entity", "x"], "is not an empty folder"),
        (&["ledger", "init", "new", "--entity", " "], "needs a name"),
        (&["ledger", "record", "nowhere", "a"], "is no ledger; begin one with `exportscan ledger init`"),
        (&["ledger", "record", "book", "a", "--key", "other"], "is not the key of this ledger"),
        (&["ledger", "record", "book", "a", "--facts", "stranger.toml"], "a ledger is of one legal entity"),
        (&["scan", "a", "--facts", "stranger.toml", "--ledger", "book"], "a ledger is of one legal entity"),
        (&["ledger", "export", "book", "book/out.csv"], "is inside the ledger, where no other file may be"),
        (&["ledger", "show", "book", "7"], "the ledger has no record 7; it has 0, numbered from 1"),
        (&["ledger", "verify", "book", "--public", "facts.toml"], "holds no public key"),
    ];
    for (arguments, expected) in cases {
        let said = desk.refuse(arguments);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    let keyless = desk.command().env_remove("EXPORTSCAN_KEY_FILE").args(["scan", "a", "--ledger", "book"]).output();
    assert!(String::from_utf8_lossy(&keyless.unwrap().stderr).contains("`--ledger` needs a key"));
    assert!(desk.succeed(&["ledger", "verify", "book", "--lang", "en"]).starts_with("Sound: 0 records"));
}

#[test]
fn verify_says_what_is_wrong_in_both_languages_and_by_its_exit_status() {
    let desk = Desk::new();
    desk.facts("facts.toml", "2026-03-01", "");
    desk.data("a", 0..3);
    desk.succeed(&["ledger", "key", "new", "sign"]);
    let record = [
        "ledger",
        "record",
        "book",
        "a",
        "--facts",
        "facts.toml",
        "--no-progress",
        "--format",
        "json",
        "--sign",
        "sign",
    ];
    let shown: Value = serde_json::from_str(&desk.succeed(&record)).unwrap();
    assert_eq!(shown["export"]["persons"]["all"]["best"], 3);
    let status = desk.succeed(&["ledger", "status", "book", "--year", "2026", "--lang", "en"]);
    let head = status.rsplit("head ").next().unwrap().trim().to_owned();
    let verify = ["ledger", "verify", "book", "--public", "sign.pub", "--head", &head, "--lang"];
    assert!(desk.succeed(&[&verify[..], &["en"]].concat()).contains("The head that was given is record 1"));
    fs::write(desk.path("book/tallies/000001.tally"), "nothing").unwrap();
    for (language, said) in [("en", "`wrong_tally`"), ("zh", "统计文件不是记录时的那一个")] {
        let output = desk.run(&[&verify[..], &[language]].concat());
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(text.contains(said.trim_matches('`')), "{text}");
    }
    let refused = desk.refuse(&["scan", "a", "--facts", "facts.toml", "--ledger", "book"]);
    assert!(refused.contains("tallies/000001.tally"), "{refused}");
}

#[test]
fn export_writes_the_figures_of_every_record() {
    let desk = Desk::new();
    desk.facts("facts.toml", "2026-03-01", "exemptions = [\"hr\"]");
    desk.data("a", 0..3);
    desk.succeed(&["ledger", "record", "book", "a", "--facts", "facts.toml", "--no-progress"]);
    desk.succeed(&["ledger", "export", "book", "out.csv"]);
    desk.succeed(&["ledger", "export", "book", "out.parquet", "--format", "parquet"]);
    let csv = fs::read_to_string(desk.path("out.csv")).unwrap();
    let (head, line) = csv.split_once('\n').unwrap();
    let cell = |name: &str| {
        let at = head.split(',').position(|column| column == name).unwrap();
        line.trim_end().split(',').nth(at).unwrap().to_owned()
    };
    let cells = ["number", "date", "entity", "articles", "counts", "persons_best", "complete"].map(cell);
    assert_eq!(cells, ["1", "2026-03-01", ENTITY, "5(1)(ii)", "false", "3", "true"]);
    let file = fs::File::open(desk.path("out.parquet")).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let names: Vec<String> = reader.schema().fields().iter().map(|field| field.name().clone()).collect();
    assert_eq!(names, head.split(',').collect::<Vec<_>>());
    assert_eq!(reader.build().unwrap().map(|batch| batch.unwrap().num_rows()).sum::<usize>(), 1);
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let walk = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = walk.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().display().to_string(), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn nothing_in_a_ledger_can_be_searched_for_without_the_key() {
    let desk = Desk::new();
    desk.facts("facts.toml", "2026-03-01", "");
    desk.data("a", 0..40);
    desk.succeed(&["ledger", "record", "book", "a", "--facts", "facts.toml", "--no-progress"]);
    let holds = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    for (file, bytes) in files(&desk.path("book")) {
        for n in 0..40 {
            let id = resident_id(n);
            let plain = Fingerprinter::new(&[0; 16]).key(IdentifierKind::ResidentId, id.as_bytes()).to_bytes();
            let hash = blake3::hash(id.as_bytes());
            let digits = hash.to_hex();
            let searched: [&[u8]; 4] = [id.as_bytes(), &plain[1..], hash.as_bytes(), digits.as_bytes()];
            for part in searched {
                assert!(!holds(&bytes, part), "{file}: {id}");
            }
        }
    }
}
