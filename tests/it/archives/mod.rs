//! Archives and compression: everything in them comes to light or is a problem, whatever the bytes.

pub(crate) mod pack;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use exportscan::model::{Facts, Problem};
use exportscan::read::{Found, Limits, ObjectRef, Opened, Options, Origin, open_with};
use exportscan::tally::Totals;
use pack::{bzip2, entry, gzip, tar_entry, tar_of, xz, zip, zip_of, zstd};

use crate::support::{Cut, json, scan_path};

/// What reading everything in an object came to.
#[derive(Debug, Default, PartialEq)]
struct Outcome {
    /// Rows by URI, without that of the object itself.
    rows: BTreeMap<String, u64>,
    /// Formats by URI.
    formats: BTreeMap<String, String>,
    /// Problems: code and URI.
    problems: Vec<(String, String)>,
}

impl Outcome {
    fn note(&mut self, problems: &[Problem]) {
        self.problems.extend(problems.iter().map(|problem| (problem.code.id().to_owned(), problem.object.clone())));
    }

    fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self.problems.iter().map(|(code, _)| code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    fn uris(&self) -> Vec<&str> {
        self.rows.keys().map(String::as_str).collect()
    }
}

fn read_into(object: &ObjectRef, options: &Options, outcome: &mut Outcome) {
    match open_with(object, options) {
        Ok(Opened::Table(source)) => {
            let outcomes: Vec<_> =
                (0..source.n_units()).map(|unit| source.read(unit, &mut |_| ControlFlow::Continue(()))).collect();
            outcome.note(source.problems());
            outcome.note(&source.remarks(&outcomes));
            for unit in &outcomes {
                outcome.note(&unit.problems);
            }
            let rows = outcomes.iter().map(|unit| unit.rows).sum();
            assert_eq!(outcome.rows.insert(object.uri.clone(), rows), None, "one URI, one object");
            outcome.formats.insert(object.uri.clone(), source.format());
        }
        Ok(Opened::Tables(_)) => panic!("no such format here"),
        Ok(Opened::Archive(mut archive)) => loop {
            let batch = archive.next_batch();
            if batch.is_empty() {
                return;
            }
            for found in batch {
                match found {
                    Found::Object(object) => read_into(&object, options, outcome),
                    Found::Unread(problem) | Found::Note(problem) => outcome.note(&[problem]),
                }
            }
        },
        Err(problem) => outcome.note(&[problem]),
    }
}

/// Reads an object named `name` with these bytes.
fn read(name: &str, bytes: &[u8], limits: Limits) -> Outcome {
    let origin = Origin::memory(bytes.to_vec());
    let object = ObjectRef { uri: name.to_owned(), origin, bytes: bytes.len() as u64 };
    let mut outcome = Outcome::default();
    read_into(&object, &Options { limits, ..Options::default() }, &mut outcome);
    outcome.problems.sort();
    outcome
}

const TABLE: &[u8] = b"name,phone\nWang Wei,13912345678\nLi Na,13812345679\n";

/// Small enough that a few bytes go beyond them.
const STRICT: Limits = Limits {
    held_bytes: 100_000,
    buffered_bytes: 10_000,
    unpacked_bytes: 100_000,
    unpacked_ratio: 10,
    entries: 20,
    depth: 3,
    name_chars: 20,
};

#[test]
fn what_is_packed_is_read() {
    let files: [(&str, &[u8]); 2] = [("a.csv", TABLE), ("deep/b.tsv", b"x\ty\n1\t2\n3\t4\n5\t6\n")];
    let tar = tar_of(&files);
    let methods = [0, 8, 12, 93, 95].map(|method| zip(&files.map(|(name, data)| entry(name, method, data))));
    let large = zip(&files.map(|(name, data)| pack::ZipEntry { large: true, ..entry(name, 8, data) }));
    let behind_a_program = [b"MZ and then some".as_slice(), &methods[1]].concat();
    let mut cases: Vec<(&str, Vec<u8>)> = methods.into_iter().map(|bytes| ("o.zip", bytes)).collect();
    cases.extend([
        ("o.zip", large),
        ("o.tar", tar.clone()),
        ("o.tar.gz", gzip(&tar)),
        ("o.tgz", gzip(&tar)),
        ("o.tar.bz2", bzip2(&tar)),
        ("o.txz", xz(&tar)),
        ("o.tar.zst", zstd(&tar)),
        // Two archives one after the other, as `cat` makes them.
        ("o.tar", [tar_of(&files[..1]), tar_of(&files[1..])].concat()),
    ]);
    for limits in [Limits::default(), Limits { buffered_bytes: 30, ..Limits::default() }] {
        for (name, bytes) in &cases {
            let outcome = read(name, bytes, limits);
            let expected = [(format!("{name}!/a.csv"), 2), (format!("{name}!/deep/b.tsv"), 3)];
            assert_eq!(outcome.rows, BTreeMap::from(expected), "{name} {:?}", outcome.problems);
            assert_eq!(outcome.problems, [], "{name}");
        }
    }
    // What stands before an archive hides it; its own name tells of it.
    assert_eq!(read("setup.exe", &behind_a_program, Limits::default()).codes(), ["format.unsupported"]);
}

#[test]
fn archives_stand_in_archives() {
    let inner = zip_of(&[("数据/c.csv.gz", &gzip(TABLE))]);
    let middle = gzip(&tar_of(&[("b.zip", &inner), ("readme.txt", b"hello there")]));
    let outer = zip(&[entry("a.tgz", 0, &middle), entry("x.csv", 8, TABLE)]);
    let outcome = read("o.zip", &outer, Limits::default());
    assert_eq!(outcome.uris(), ["o.zip!/a.tgz!/b.zip!/数据/c.csv.gz", "o.zip!/a.tgz!/readme.txt", "o.zip!/x.csv"]);
    assert_eq!(outcome.formats["o.zip!/a.tgz!/b.zip!/数据/c.csv.gz"], "csv+gzip");
    assert_eq!(outcome.problems, []);
    let deep = Limits { depth: 2, ..Limits::default() };
    let problems = read("o.zip", &outer, deep).problems;
    assert_eq!(problems, [("archive.too_deep".to_owned(), "o.zip!/a.tgz!/b.zip".to_owned())]);
}

type Packing = fn(&[u8]) -> Vec<u8>;

#[test]
fn compressed_tables_are_read_to_where_they_are_whole() {
    let text = (0..20_000).fold("n,phone\n".to_owned(), |mut text, n| {
        let _ = writeln!(text, "{n},139{:08}", n * 7919 % 100_000_000);
        text
    });
    let (first, second) = text.as_bytes().split_at(70_000);
    let packings: [(&str, Packing); 4] = [("gzip", gzip), ("bzip2", bzip2), ("xz", xz), ("zstd", zstd)];
    for (name, pack) in packings {
        let whole = read("a.csv", &pack(text.as_bytes()), Limits::default());
        assert_eq!((whole.rows["a.csv"], whole.formats["a.csv"].clone()), (20_000, format!("csv+{name}")));
        assert_eq!(whole.codes(), ["format.mismatch"], "{name}");
        let parts = read("a.csv", &[pack(first), pack(second)].concat(), Limits::default());
        assert_eq!(parts.rows, whole.rows, "{name} in two parts");
        let packed = pack(text.as_bytes());
        let cut = read("a.csv", &packed[..packed.len() * 2 / 3], Limits::default());
        assert!(cut.codes().contains(&"compression.corrupt"), "{name} {:?}", cut.problems);
        // xz and bzip2 pack in blocks larger than this.
        assert!(matches!(name, "bzip2" | "xz") || cut.rows["a.csv"] > 5_000, "{name} {:?}", cut.rows);
    }
}

#[test]
fn what_needs_positions_is_held_in_memory() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo/outbound/owners/owners.parquet");
    let table = std::fs::read(path).unwrap();
    let files: [(&str, &[u8]); 1] = [("o.parquet", &table)];
    let cases = [
        ("o.parquet.gz", "", gzip(&table), "parquet+gzip"),
        ("o.zip", "!/o.parquet", zip_of(&files), "parquet"),
        ("o.tar", "!/o.parquet", tar_of(&files), "parquet"),
        ("o.tar.gz", "!/o.parquet", gzip(&tar_of(&files)), "parquet"),
    ];
    let long = Limits { buffered_bytes: 1000, ..Limits::default() };
    let small = Limits { buffered_bytes: 1000, held_bytes: 2000, ..Limits::default() };
    for (name, member, bytes, format) in cases {
        let uri = format!("{name}{member}");
        for limits in [Limits::default(), long] {
            let outcome = read(name, &bytes, limits);
            assert_eq!((outcome.rows[&uri], outcome.formats[&uri].as_str()), (12_000, format), "{uri}");
            assert_eq!(outcome.problems, [], "{uri}");
        }
        let expected: &[&str] = if name == "o.tar" { &[] } else { &["object.too_large"] };
        assert_eq!(read(name, &bytes, small).codes(), expected, "{uri}");
    }
}

#[test]
fn names_are_only_names() {
    let named = |name: &[u8], flags| pack::ZipEntry { name: name.to_vec(), flags, ..entry("", 0, TABLE) };
    let outcome = read(
        "o.zip",
        &zip(&[
            named(b"../../etc/passwd", 0),
            named(b"/abs.csv", 0),
            named(b"C:\\a\\b.csv", 0),
            named(b"nul\0\x1b[2J.csv", 0),
            named(b"same.csv", 0),
            named(b"same.csv", 0),
            named(b"same.csv", 0),
            named(b"\xb3\xb5\xd6\xf7.csv", 0),
            named("车主2.csv".as_bytes(), 0),
            named("车主3.csv".as_bytes(), 1 << 11),
            named(b"", 0),
            named("x".repeat(50).as_bytes(), 0),
            entry("folder/", 0, b""),
        ]),
        STRICT,
    );
    let expected = [
        "o.zip!/../../etc/passwd",
        "o.zip!/C:/a/b.csv",
        "o.zip!/abs.csv",
        "o.zip!/nul\u{fffd}\u{fffd}[2J.csv",
        "o.zip!/same.csv",
        "o.zip!/same.csv (2)",
        "o.zip!/same.csv (3)",
        "o.zip!/xxxxxxxxxxxxxxxxxxxx…",
        "o.zip!/车主.csv",
        "o.zip!/车主2.csv",
        "o.zip!/车主3.csv",
        "o.zip!/\u{fffd}",
    ];
    assert_eq!(outcome.uris(), expected);
    assert_eq!(outcome.codes(), ["archive.name_too_long"]);
}

#[test]
fn what_cannot_be_read_is_named() {
    let encrypted = pack::ZipEntry { flags: 1, ..entry("secret.csv", 0, TABLE) };
    let aes = pack::ZipEntry { method: 99, ..entry("aes.csv", 0, TABLE) };
    let ppmd = pack::ZipEntry { method: 98, ..entry("ppmd.csv", 0, TABLE) };
    let link = pack::ZipEntry { attributes: 0o120_777 << 16, ..entry("link", 0, b"/etc/passwd") };
    let wrong_sum = pack::ZipEntry { crc: 1, ..entry("sum.csv", 8, TABLE) };
    let too_long = pack::ZipEntry { unpacked: 20, ..entry("long.csv", 8, TABLE) };
    let too_short = pack::ZipEntry { unpacked: 2000, ..entry("short.csv", 8, TABLE) };
    let bytes = zip(&[encrypted, aes, ppmd, link, wrong_sum, too_long, too_short, entry("ok.csv", 8, TABLE)]);
    let outcome = read("o.zip", &bytes, Limits::default());
    let expected = [
        ("archive.corrupt", "o.zip!/long.csv"),
        ("archive.corrupt", "o.zip!/short.csv"),
        ("archive.corrupt", "o.zip!/sum.csv"),
        ("archive.link", "o.zip"),
        ("format.encrypted", "o.zip!/aes.csv"),
        ("format.encrypted", "o.zip!/secret.csv"),
        ("format.unsupported", "o.zip!/ppmd.csv"),
    ];
    let mut problems = outcome.problems.clone();
    problems.dedup();
    assert_eq!(problems, expected.map(|(code, uri)| (code.to_owned(), uri.to_owned())));
    assert_eq!(outcome.rows["o.zip!/ok.csv"], 2);
    assert_eq!(outcome.rows["o.zip!/sum.csv"], 2, "what can be read is read");

    let tar = [
        tar_entry(b"sym", tar::EntryType::Symlink, b""),
        tar_entry(b"hard", tar::EntryType::Link, b""),
        tar_entry(b"fifo", tar::EntryType::Fifo, b""),
        tar_entry(b"../up.csv", tar::EntryType::Regular, TABLE),
        tar_entry(b"sparse.csv", tar::EntryType::GNUSparse, TABLE),
        tar_entry(b"\xb3\xb5.csv", tar::EntryType::Regular, TABLE),
        vec![0; 1024],
    ]
    .concat();
    for (name, bytes) in [("o.tar", tar.clone()), ("o.tar.gz", gzip(&tar))] {
        let outcome = read(name, &bytes, Limits::default());
        assert_eq!(outcome.uris(), [format!("{name}!/../up.csv"), format!("{name}!/车.csv")]);
        assert_eq!(outcome.codes(), ["archive.link", "format.unsupported"]);
    }
}

#[test]
fn long_names_of_tar_are_whole() {
    let long = format!("{}/数据.csv", "长".repeat(80));
    let gnu = tar_of(&[(&long, TABLE)]);
    let record = format!("path={long}\n");
    let record = format!("{} {record}", record.len() + 4);
    let pax = [
        tar_entry(b"pax", tar::EntryType::XHeader, record.as_bytes()),
        tar_entry(b"cut", tar::EntryType::Regular, TABLE),
    ]
    .concat();
    for bytes in [&gnu, &pax] {
        assert_eq!(read("o.tar", bytes, Limits::default()).uris(), [format!("o.tar!/{long}")]);
    }
    // A name as long as a book is passed over, and costs no memory.
    let endless = [
        tar_entry(b"l", tar::EntryType::GNULongName, &vec![b'x'; 3 << 20]),
        tar_entry(b"a.csv", tar::EntryType::Regular, TABLE),
    ]
    .concat();
    assert_eq!(read("o.tar", &endless, Limits::default()).uris(), ["o.tar!/a.csv"]);
}

#[test]
fn an_archive_cut_short_gives_what_is_left() {
    let files = [("a.csv", TABLE), ("b.csv", TABLE), ("c.csv", TABLE)];
    let zip = zip_of(&files);
    let outcome = read("o.zip", &zip[..zip.len() - 30], Limits::default());
    assert_eq!(outcome.uris(), ["o.zip!/a.csv", "o.zip!/b.csv", "o.zip!/c.csv"]);
    assert_eq!(outcome.codes(), ["archive.corrupt"]);
    let outcome = read("o.zip", &zip[..120], Limits::default());
    assert!(outcome.uris().contains(&"o.zip!/a.csv"), "{outcome:?}");
    assert!(outcome.codes().contains(&"archive.corrupt"));
    let tar = tar_of(&files);
    for limits in [Limits::default(), Limits { buffered_bytes: 10, ..Limits::default() }] {
        let cut = &tar[..512 * 3 + 20];
        let outcome = read("o.tar", cut, limits);
        assert_eq!(outcome.rows.get("o.tar!/a.csv"), Some(&2));
        assert_eq!(outcome.codes(), ["archive.corrupt"], "{outcome:?}");
        let packed = gzip(&tar);
        let outcome = read("o.tar.gz", &packed[..packed.len() - 40], limits);
        assert!(outcome.codes().contains(&"compression.corrupt"), "{outcome:?}");
    }
    let junk = [tar_of(&files[..1]), vec![7; 700]].concat();
    let outcome = read("o.tar", &junk, Limits::default());
    assert_eq!((outcome.uris(), outcome.codes()), (vec!["o.tar!/a.csv"], vec!["archive.corrupt"]));
}

#[test]
fn what_is_too_much_is_a_problem() {
    let check = |name: &str, bytes: &[u8], code: &str| {
        let outcome = read(name, bytes, STRICT);
        assert!(outcome.codes().contains(&code), "{name}: {:?}", outcome.problems);
        outcome
    };
    let rows = b"a,b\n1,2\n".repeat(100_000);
    for bytes in [gzip(&rows), xz(&rows), bzip2(&rows), zstd(&rows)] {
        let outcome = check("a.csv", &bytes, "archive.bomb");
        let most = (STRICT.unpacked_bytes / 8 * 2).max(bytes.len() as u64 * 10 / 4);
        assert!(outcome.rows["a.csv"] <= most && outcome.rows["a.csv"] > 10_000, "{outcome:?}");
    }
    check("o.zip", &zip(&[entry("a.csv", 8, &rows)]), "archive.bomb");
    check("o.tgz", &gzip(&tar_of(&[("a.csv", &rows)])), "archive.bomb");
    // One kernel of data under many names.
    let kernel = entry("0.csv", 8, &rows[..40_000]);
    let quoted = (1..9).map(|n| pack::ZipEntry { name: format!("{n}.csv").into(), same_as: Some(0), ..kernel.clone() });
    let overlapping = zip(&std::iter::once(kernel.clone()).chain(quoted).collect::<Vec<_>>());
    let outcome = check("o.zip", &overlapping, "archive.bomb");
    assert_eq!(outcome.uris(), ["o.zip!/0.csv", "o.zip!/1.csv"]);
    // Archives in archives in archives.
    let mut nested = zip_of(&[("zeros", &vec![0; 50_000])]);
    for level in 0..6 {
        let names: Vec<String> = (0..4).map(|n| format!("{level}-{n}.zip")).collect();
        nested = zip(&names.iter().map(|name| entry(name, 8, &nested)).collect::<Vec<_>>());
    }
    check("42.zip", &nested, "archive.too_deep");
    let many: Vec<_> = (0..30).map(|n| entry(&format!("{n}.csv"), 0, TABLE)).collect();
    let outcome = check("o.zip", &zip(&many), "archive.too_many_entries");
    assert_eq!(outcome.rows.len(), 20);
    // A zip archive in a stream must be held whole.
    let noise: Vec<u8> = (0..150_000_u64).map(|n| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33) as u8).collect();
    let bytes = gzip(&zip(&[entry("a.csv", 0, TABLE), entry("noise", 0, &noise)]));
    let outcome = read("o.zip.gz", &bytes, Limits { unpacked_bytes: 1 << 20, ..STRICT });
    assert_eq!(outcome.codes(), ["object.too_large"]);
}

#[test]
fn ten_gigabytes_of_zeros_take_no_time() {
    let member = gzip(&vec![0; 50 << 20]);
    let bomb = member.repeat(200);
    let start = Instant::now();
    let plain = read("zeros.csv.gz", &bomb, Limits::default());
    assert_eq!(plain.codes(), ["format.unsupported"]);
    let inside = read("o.zip", &zip(&[entry("zeros.csv.gz", 0, &bomb)]), Limits::default());
    assert_eq!(inside.codes(), ["format.unsupported"]);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

/// Any bytes come to an end, in rows or problems.
#[test]
fn damaged_archives_come_to_an_end() {
    let files = [("a.csv", TABLE), ("d/b.csv", TABLE)];
    let inner = zip_of(&files);
    let seeds = [
        zip(&[entry("a.csv", 8, TABLE), entry("b.zip", 0, &inner), entry("c.csv", 93, TABLE)]),
        zip(&[pack::ZipEntry { large: true, ..entry("a.csv", 12, TABLE) }, entry("x", 95, TABLE)]),
        tar_of(&files),
        gzip(&tar_of(&[("b.zip", &inner)])),
        xz(&tar_of(&files)),
        bzip2(TABLE),
    ];
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let start = Instant::now();
    for seed in &seeds {
        for _ in 0..300 {
            let mut bytes = seed.clone();
            for _ in 0..=next(4) {
                let at = next(bytes.len());
                match next(4) {
                    0 => bytes.truncate(at.max(1)),
                    1 => bytes[at] = [0, 0xff, 0x7f, 0x80][next(4)],
                    2 => bytes[at] ^= 1 << next(8),
                    _ => bytes.insert(at, next(256) as u8),
                }
            }
            read("o", &bytes, STRICT);
        }
    }
    assert!(start.elapsed() < Duration::from_mins(1), "{:?}", start.elapsed());
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    std::fs::write(folder.join(name), bytes).unwrap();
}

fn persons(totals: &Totals) -> u64 {
    totals.census.figures(|_| true).best
}

#[test]
fn members_are_objects_and_stored_bytes_count_once() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo/outbound");
    let table = std::fs::read(demo.join("after-sales/complaints.csv")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let encrypted = pack::ZipEntry { flags: 1, ..entry("secret.csv", 0, TABLE) };
    let packed = zip(&[entry("a/complaints.csv", 8, &table), entry("b.csv", 0, TABLE), encrypted]);
    write(folder.path(), "o.zip", &packed);
    write(folder.path(), "empty.zip", &zip(&[]));
    write(folder.path(), "s.tar.gz", &gzip(&tar_of(&[("complaints.csv", &table)])));
    let sizes: u64 =
        ["o.zip", "empty.zip", "s.tar.gz"].iter().map(|name| folder.path().join(name).metadata().unwrap().len()).sum();
    let totals = scan_path(folder.path(), Cut::default());
    let coverage = &totals.coverage;
    assert_eq!((coverage.objects_found, coverage.objects_read, coverage.objects_failed), (5, 4, 1));
    assert_eq!(coverage.bytes_read, sizes);
    let alone = tempfile::tempdir().unwrap();
    write(alone.path(), "complaints.csv", &table);
    write(alone.path(), "b.csv", TABLE);
    assert_eq!(persons(&totals), persons(&scan_path(alone.path(), Cut::default())));
    let whole = json(totals, Facts::default());
    let cuts =
        [Cut { threads: 1, ..Cut::default() }, Cut { threads: 4, batch_rows: 100, range_bytes: 5000, secret: [9; 16] }];
    for cut in cuts {
        assert!(json(scan_path(folder.path(), cut), Facts::default()) == whole, "{cut:?}");
    }
    assert!(whole.contains("o.zip!/a/complaints.csv") && whole.contains("s.tar.gz!/complaints.csv"));
}
