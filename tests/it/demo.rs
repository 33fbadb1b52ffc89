//! The demo is the same bytes everywhere, and is what its manifest says.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use exportscan::demo::{self, Manifest};
use exportscan::detect::Engine;
use exportscan::model::{Class, ClassSet, Fingerprinter};
use exportscan::scan::{self, Scan};
use exportscan::tally::Totals;
use exportscan::{pack, read};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo")
}

/// Every file below `dir` with its bytes.
fn tree(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(dir).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(dir).unwrap().to_str().unwrap().replace('\\', "/");
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn written() -> (tempfile::TempDir, Manifest) {
    let dir = tempfile::tempdir().unwrap();
    let manifest = demo::write(dir.path()).unwrap();
    (dir, manifest)
}

#[test]
fn committed_demo_is_what_the_program_writes() {
    let (dir, _) = written();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        update(dir.path());
    }
    let (committed, fresh) = (tree(&fixtures()), tree(dir.path()));
    assert_eq!(
        committed.keys().collect::<Vec<_>>(),
        fresh.keys().collect::<Vec<_>>(),
        "write `fixtures/demo` anew with UPDATE_GOLDEN=1"
    );
    for (name, bytes) in &fresh {
        assert!(
            committed[name] == *bytes,
            "`{name}` is not what the program writes; write it anew with UPDATE_GOLDEN=1"
        );
    }
}

/// Makes the committed demo what `fresh` is. What is right already is not touched: other tests read it at the same time.
fn update(fresh: &Path) {
    let (committed, fresh) = (tree(&fixtures()), tree(fresh));
    for stray in committed.keys().filter(|name| !fresh.contains_key(*name)) {
        fs::remove_file(fixtures().join(stray)).unwrap();
    }
    for (name, bytes) in fresh.iter().filter(|(name, bytes)| committed.get(*name) != Some(bytes)) {
        let path = fixtures().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn demo_is_small() {
    let bytes: usize = tree(&fixtures()).values().map(Vec::len).sum();
    assert!(bytes < 2_000_000, "{bytes} bytes");
}

#[test]
fn manifest_names_every_object_and_its_rows() {
    let (dir, manifest) = written();
    let files = tree(&dir.path().join("outbound"));
    let named: Vec<&str> = manifest.objects.iter().map(|object| object.path).collect();
    assert_eq!(files.keys().map(String::as_str).collect::<Vec<_>>(), named);
    for object in &manifest.objects {
        assert_eq!(n_records(object.path, &files[object.path]), object.rows, "{}", object.path);
    }
}

#[test]
fn manifest_counts_persons() {
    let (_dir, manifest) = written();
    assert_eq!(manifest.resident_ids, 12_000);
    assert_eq!(manifest.known_by_mobile, 150 + 250 + 12);
    assert_eq!(manifest.known_by_patient_number, 300);
    assert_eq!(
        manifest.persons,
        manifest.resident_ids + manifest.known_by_mobile + manifest.known_by_patient_number,
        "nobody is known in two ways"
    );
    assert_eq!(manifest.sensitive_persons, 12_300);
    assert!(manifest.strongest_identifiers >= manifest.persons, "`at_most` is never less than `best`");
}

#[test]
fn complaints_name_nobody_who_is_not_in_the_register() {
    let (dir, _) = written();
    let files = tree(&dir.path().join("outbound"));
    let register = register(&files["owners/owners.parquet"]);
    let (text, _, malformed) = encoding_rs::GB18030.decode(&files["after-sales/complaints.csv"]);
    assert!(!malformed);
    let (mut full, mut old, mut lower) = (0, 0, 0);
    for record in records(text.split_once('\n').unwrap().1.as_bytes(), b';').iter().skip(1) {
        let id = record[2].as_str();
        match id.len() {
            0 => continue,
            15 => old += 1,
            _ if id.ends_with('x') => lower += 1,
            _ => full += 1,
        }
        let known = register.iter().any(|whole| *whole == id.to_uppercase() || short_form(whole) == id);
        assert!(known, "record {record:?}");
    }
    assert!(full > 0 && old > 0 && lower > 0, "{full} {old} {lower}");
}

#[test]
fn unreadable_objects_come_only_when_asked_for() {
    let (dir, manifest) = written();
    let added = demo::add_unreadable(dir.path()).unwrap();
    let outbound = tree(&dir.path().join("outbound"));
    assert_eq!(outbound.len(), manifest.objects.len() + added.len());
    for path in added {
        assert!(outbound.contains_key(path) && manifest.objects.iter().all(|object| object.path != path));
    }
}

#[test]
fn scan_counts_what_the_manifest_says() {
    let (dir, manifest) = written();
    let outbound = dir.path().join("outbound");
    let totals = scanned(outbound.to_str().unwrap());
    assert!(totals.coverage.is_complete(), "{:?}", totals.coverage.problems);
    let rows: Vec<(&str, u64)> = totals
        .objects
        .iter()
        .map(|object| {
            (object.uri.strip_prefix(outbound.to_str().unwrap()).unwrap().trim_start_matches('/'), object.rows)
        })
        .collect();
    assert_eq!(rows, manifest.objects.iter().map(|object| (object.path, object.rows)).collect::<Vec<_>>());
    let persons = totals.census.figures(|_| true);
    assert_eq!((persons.best, persons.at_most), (manifest.persons, manifest.strongest_identifiers), "{persons:?}");
    assert_eq!(totals.unattributed_rows(|_| true), 0);
    let resident = ClassSet::of(Class::IdentityResidentId);
    assert_eq!(totals.census.figures(|classes| classes.intersects(resident)).best, manifest.resident_ids);
}

/// Scans with all that is built in.
fn scanned(target: &str) -> Totals {
    let packs: Vec<_> = pack::built_in_detectors()
        .iter()
        .map(|file| (file.name.clone(), pack::parse_detectors(file).unwrap()))
        .collect();
    let job = Scan {
        engine: &Engine::compile(&packs).unwrap(),
        fingerprinter: &Fingerprinter::new(&[7; 16]),
        room: &exportscan::count::Room::unbounded(),
        minor_after: 20_121_123,
        tuning: None,
        reading: read::Options::default(),
        progress: &|_| {},
    };
    scan::scan(&job, read::list(&[target.to_owned()])).settle().unwrap()
}

fn short_form(id: &str) -> String {
    format!("{}{}", &id[..6], &id[8..17])
}

fn register(bytes: &[u8]) -> Vec<String> {
    use arrow_array::cast::AsArray as _;
    let mut ids = Vec::new();
    for batch in parquet(bytes) {
        let owners = batch.column_by_name("owner").unwrap().as_struct().clone();
        let column = owners.column_by_name("id_no").unwrap().as_string::<i32>();
        ids.extend(column.iter().map(|id| id.unwrap().to_owned()));
    }
    ids
}

fn parquet(bytes: &[u8]) -> Vec<arrow_array::RecordBatch> {
    let mut file = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut file, bytes).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    reader.build().unwrap().map(Result::unwrap).collect()
}

/// Counts the records of a file in the plainest way.
fn n_records(path: &str, bytes: &[u8]) -> u64 {
    let n = match path {
        "owners/owners.parquet" => return parquet(bytes).iter().map(|batch| batch.num_rows() as u64).sum(),
        "clinical/trial_visits.csv.gz" => {
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
            records(&plain, b',').len() - 1
        }
        "after-sales/complaints.csv" => {
            let (text, _, _) = encoding_rs::GB18030.decode(bytes);
            records(text.as_bytes(), b';').len() - 2
        }
        "reference/weather.tsv" => {
            let (text, encoding, _) = encoding_rs::UTF_16LE.decode(bytes);
            assert_eq!(encoding, encoding_rs::UTF_16LE);
            records(text.as_bytes(), b'\t').len() - 1
        }
        _ => records(bytes, b',').len() - 1,
    };
    n as u64
}

/// Splits delimited text, every record whole.
fn records(bytes: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
    let (mut records, mut rest) = (Vec::new(), bytes);
    let (mut output, mut ends) = (vec![0; 1 << 16], vec![0; 64]);
    loop {
        let (result, n_read, _, n_ends) = reader.read_record(rest, &mut output, &mut ends);
        rest = &rest[n_read..];
        match result {
            csv_core::ReadRecordResult::Record => {
                let starts = std::iter::once(0).chain(ends.iter().copied());
                let cells = starts.zip(&ends[..n_ends]).map(|(start, &end)| &output[start..end]);
                records.push(cells.map(|cell| String::from_utf8(cell.to_vec()).unwrap()).collect());
            }
            csv_core::ReadRecordResult::End => return records,
            csv_core::ReadRecordResult::InputEmpty => {}
            other => panic!("{other:?}"),
        }
    }
}
