//! Objects in buckets and on web servers: found, read in ranges, and every failure told.

pub(crate) mod bucket;
pub(crate) mod server;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::promises::resident_id;
use server::{Asked, Manner, Server};

/// The program, without anything of the environment by which places are reached.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_exportscan"));
    command.current_dir(folder);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let reaches = ["AWS_", "AZURE_", "GOOGLE_", "EXPORTSCAN_"].iter().any(|prefix| name.starts_with(prefix));
        if reaches || name.to_ascii_lowercase().ends_with("_proxy") || name.starts_with("LC_") || name == "LANG" {
            command.env_remove(name);
        }
    }
    command
}

/// Scans, with what comes back as JSON.
fn scan(arguments: &[&str]) -> (Value, Output) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = program(folder.path());
    command.args(["scan", "--no-progress", "--format", "json"]).args(arguments);
    let output = command.output().unwrap();
    (serde_json::from_slice(&output.stdout).unwrap_or_default(), output)
}

/// A table of so many persons.
pub(crate) fn table(persons: std::ops::Range<u32>) -> Vec<u8> {
    let mut csv = "身份证号,金额\n".to_owned();
    persons.for_each(|n| writeln!(csv, "{},{n}", resident_id(n)).unwrap());
    csv.into_bytes()
}

fn codes(report: &Value) -> Vec<&str> {
    let problems = report["coverage"]["problems"].as_array().unwrap();
    problems.iter().map(|problem| problem["code"].as_str().unwrap()).collect()
}

/// The report of an object on a web server that is disturbed so, and what was asked.
fn disturbed(
    manner: Manner,
    bytes: &[u8],
    disturb: impl FnMut(&Asked) -> Option<u16> + Send + 'static,
) -> (Value, Output, Vec<Asked>) {
    let server = Server::new(manner, disturb);
    server.put("/out/a.csv", bytes);
    let target = format!("{}/out/a.csv?signature=secret-of-mine", server.address);
    let (report, output) = scan(&[&target]);
    for shown in [&output.stdout, &output.stderr] {
        assert!(!String::from_utf8_lossy(shown).contains("secret-of"), "{}", String::from_utf8_lossy(shown));
    }
    (report, output, server.asked())
}

#[test]
fn an_object_of_a_web_server_is_read_as_a_file_is() {
    let folder = tempfile::tempdir().unwrap();
    let long = table(0..120_000);
    for bytes in [table(0..50), long] {
        fs::write(folder.path().join("a.csv"), &bytes).unwrap();
        let local = folder.path().join("a.csv");
        let (expected, _) = scan(&[local.to_str().unwrap()]);
        for manner in [Manner::Ranges, Manner::NoRanges] {
            let (report, output, asked) = disturbed(manner, &bytes, |_| None);
            for figure in ["best", "at_least", "at_most", "by_class", "sensitive", "unattributed_rows"] {
                assert_eq!(report["persons"][figure], expected["persons"][figure], "{manner:?} {figure}");
            }
            assert_eq!(report["coverage"]["bytes_read"], bytes.len(), "{manner:?}");
            assert_eq!(report["coverage"]["complete"], true, "{}", String::from_utf8_lossy(&output.stdout));
            assert!(asked.iter().all(|asked| asked.path.ends_with("?signature=secret-of-mine")));
            let uri = report["objects"][0]["uri"].as_str().unwrap();
            assert!(uri.starts_with("http://127.0.0.1:") && uri.ends_with("/out/a.csv"), "{uri}");
            if manner == Manner::Ranges {
                let read: u64 =
                    asked.iter().map(|asked| asked.range.map_or(u64::MAX, |(from, to)| to + 1 - from)).sum();
                assert!(read <= 2 * bytes.len() as u64 + (2 << 20), "{read} of {} bytes", bytes.len());
                assert!(asked.iter().skip(1).all(|asked| asked.if_match.is_some()), "{asked:?}");
            }
        }
    }
}

#[test]
fn a_parquet_file_is_read_by_its_footer_and_its_pages() {
    let (_guard, outbound) = crate::support::demo();
    let bytes = fs::read(outbound.join("owners/owners.parquet")).unwrap();
    let (report, output, asked) = disturbed(Manner::Ranges, &bytes, |_| None);
    assert_eq!(report["objects"][0]["format"], "parquet", "{}", String::from_utf8_lossy(&output.stderr));
    assert!(asked.iter().all(|asked| asked.range.is_some()));
}

#[test]
fn an_empty_object_is_empty() {
    for manner in [Manner::Ranges, Manner::NoRanges] {
        let (report, ..) = disturbed(manner, b"", |_| None);
        assert_eq!(codes(&report), ["object.empty"], "{manner:?}");
    }
}

#[test]
fn a_place_that_fails_three_times_is_read() {
    let mut failures = 0;
    let (report, _, asked) = disturbed(Manner::Ranges, &table(0..50), move |_| {
        failures += 1;
        (failures <= 3).then_some(500)
    });
    assert_eq!((&report["persons"]["best"], &report["coverage"]["complete"]), (&50.into(), &true.into()));
    assert_eq!(asked.len(), 4);
}

#[test]
fn whatever_a_place_refuses_is_told() {
    for (status, code) in
        [(403, "place.denied"), (401, "place.denied"), (404, "object.missing"), (400, "place.unreachable")]
    {
        let (_, output, _) = disturbed(Manner::Ranges, &table(0..50), move |_| Some(status));
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), said.contains(code)), (Some(2), true), "{status}: {said}");
        assert!(said.contains("/out/a.csv"), "{said}");
    }
    let (_, output) = scan(&["http://127.0.0.1:1/a.csv"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("no connection to the place (place.unreachable)"), "{said}");
    let (_, output) = scan(&["oss://bucket/a.csv"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("--endpoint"), "the way to OSS is shown");
}

#[test]
fn what_goes_wrong_between_finding_and_reading_makes_the_scan_incomplete() {
    let bytes = table(0..120_000);
    for (status, code) in
        [(412, "object.changed"), (404, "object.vanished"), (403, "place.denied"), (418, "place.unreachable")]
    {
        let mut answered = 0;
        let (report, output, _) = disturbed(Manner::Ranges, &bytes, move |_| {
            answered += 1;
            (answered > 1).then_some(status)
        });
        assert!(codes(&report).contains(&code), "{status}: {:?}", codes(&report));
        assert_eq!(report["coverage"]["complete"], false);
        assert_ne!(output.status.code(), Some(0));
    }
}
