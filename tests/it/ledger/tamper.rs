//! Whatever is done to the files of a ledger is found, and said where.

use std::fs;
use std::path::{Path, PathBuf};

use exportscan::ledger::{Access, FaultKind, Ledger, LedgerError, Means, Verification, verify};
use jiff::civil::date;

use super::{append, export, faults, seal, signer, three};

const FILES: [&str; 9] = [
    "LEDGER.toml",
    "HEAD",
    "lock",
    "records/000001.json",
    "records/000002.json",
    "records/000003.json",
    "tallies/000001.tally",
    "tallies/000002.tally",
    "tallies/000003.tally",
];

fn ledger() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger");
    three(&ledger);
    (folder, ledger)
}

/// Flips bits of a file, one after the other, and looks whether it is named.
fn flip(ledger: &Path, name: &str, step: usize) {
    let path = ledger.join(name);
    let sound = fs::read(&path).unwrap();
    let mut flipped = sound.clone();
    for bit in (0..sound.len() * 8).step_by(step) {
        flipped[bit / 8] ^= 1 << (bit % 8);
        fs::write(&path, &flipped).unwrap();
        // A ledger whose charter names another key is not even looked at.
        if let Ok(verified) = verify(ledger, Means { key: Some(&seal()), ..Means::default() }) {
            let named = verified.faults.iter().any(|fault| fault.file == name);
            assert!(named, "{name}, bit {bit}: {:?}", verified.faults);
        } else {
            assert_eq!(name, "LEDGER.toml", "bit {bit}");
        }
        flipped[bit / 8] ^= 1 << (bit % 8);
    }
    for changed in [&sound[..sound.len().saturating_sub(1)], &[&sound[..], b"\n"].concat(), b""] {
        fs::write(&path, changed).unwrap();
        let is_found = faults(ledger).iter().any(|fault| fault.file == name);
        assert_eq!(is_found, changed != sound, "{name}: {} bytes", changed.len());
    }
    fs::write(&path, &sound).unwrap();
}

#[test]
fn every_bit_of_every_file_matters() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger");
    super::begin_in(&ledger);
    append(&ledger, export(date(2026, 1, 1), 1), "tally", None);
    let walk = walkdir::WalkDir::new(&ledger).into_iter().map(Result::unwrap);
    let names: Vec<String> = walk
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(&ledger).unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(names.len(), 5, "{names:?}");
    for name in &names {
        flip(&ledger, name, 1);
    }
    assert_eq!(faults(&ledger), []);
    let (_folder, signed) = self::ledger();
    for name in FILES {
        flip(&signed, name, 61);
    }
    assert_eq!(faults(&signed), []);
}

#[test]
fn a_missing_or_foreign_file_is_found() {
    for name in FILES {
        let (_folder, ledger) = ledger();
        fs::remove_file(ledger.join(name)).unwrap();
        assert!(faults(&ledger).iter().any(|fault| fault.file == name), "{name}");
        assert!(matches!(Ledger::open(&ledger, &seal(), Access::Append), Err(LedgerError::Damaged { .. })), "{name}");
    }
    let foreign = [
        "notes.txt",
        "records/000002.json.bak",
        "records/0000004.json",
        "records/4.json",
        "tallies/x.tally",
        "tallies/000009.tally",
        "records/000000.json",
    ];
    for name in foreign {
        let (_folder, ledger) = ledger();
        fs::write(ledger.join(name), "x").unwrap();
        let found = faults(&ledger);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert_eq!((found[0].file.as_str(), found[0].kind), (name, FaultKind::Foreign));
    }
}

type Tampering = (&'static str, fn(&Path), &'static [(&'static str, FaultKind)]);

fn swap(ledger: &Path, one: &str, other: &str) {
    let (a, b) = (ledger.join(one), ledger.join(other));
    let aside = ledger.parent().unwrap().join("aside");
    fs::rename(&a, &aside).unwrap();
    fs::rename(&b, &a).unwrap();
    fs::rename(&aside, &b).unwrap();
}

fn drop_record(ledger: &Path, number: u64) {
    fs::remove_file(ledger.join(format!("records/{number:06}.json"))).unwrap();
    fs::remove_file(ledger.join(format!("tallies/{number:06}.tally"))).unwrap();
}

#[test]
fn tampering_is_found_and_named() {
    let cases: [Tampering; 6] = [
        (
            "the last record is taken away",
            |ledger| drop_record(ledger, 3),
            &[("records/000003.json", FaultKind::Truncated)],
        ),
        (
            "two are taken away",
            |ledger| {
                drop_record(ledger, 2);
                drop_record(ledger, 3);
            },
            &[("records/000002.json", FaultKind::Truncated)],
        ),
        (
            "one in the middle is taken away",
            |ledger| drop_record(ledger, 2),
            &[("records/000002.json", FaultKind::Missing), ("tallies/000002.tally", FaultKind::Missing)],
        ),
        (
            "two records change places",
            |ledger| swap(ledger, "records/000001.json", "records/000002.json"),
            &[("records/000001.json", FaultKind::Misplaced), ("records/000002.json", FaultKind::Misplaced)],
        ),
        (
            "two tallies change places",
            |ledger| swap(ledger, "tallies/000001.tally", "tallies/000002.tally"),
            &[("tallies/000001.tally", FaultKind::WrongTally), ("tallies/000002.tally", FaultKind::WrongTally)],
        ),
        (
            "a record is written anew without the key",
            |ledger| {
                let path = ledger.join("records/000002.json");
                let text = fs::read_to_string(&path).unwrap();
                let fewer = text.replace("\"best\": 10", "\"best\": 1");
                assert_ne!(text, fewer);
                fs::write(path, fewer).unwrap();
            },
            &[("records/000002.json", FaultKind::Altered)],
        ),
    ];
    for (what, tamper, expected) in cases {
        let (_folder, ledger) = ledger();
        tamper(&ledger);
        let found: Vec<(String, FaultKind)> =
            faults(&ledger).into_iter().map(|fault| (fault.file, fault.kind)).collect();
        let expected: Vec<(String, FaultKind)> =
            expected.iter().map(|(file, kind)| ((*file).to_owned(), *kind)).collect();
        assert_eq!(found, expected, "{what}");
    }
}

#[test]
fn even_a_holder_of_the_key_cannot_write_another_history_unseen() {
    let (_folder, ledger) = ledger();
    let noted = Ledger::open(&ledger, &seal(), Access::Read).unwrap().head().hash.clone();
    let elsewhere = tempfile::tempdir().unwrap();
    let rewritten = elsewhere.path().join("ledger");
    super::begin_in(&rewritten);
    for number in 1..=3 {
        append(&rewritten, export(date(2026, number, 1), 1), "less", None);
        append(&rewritten, export(date(2026, number, 2), 1), &format!("{number}"), None);
    }
    let kinds = |means: Means<'_>| {
        let Verification { faults, .. } = verify(&rewritten, means).unwrap();
        faults.into_iter().map(|fault| fault.kind).collect::<Vec<_>>()
    };
    let seal = seal();
    assert_eq!(kinds(Means { key: Some(&seal), ..Means::default() }), []);
    assert_eq!(kinds(Means { key: Some(&seal), head: Some(&noted), ..Means::default() }), [FaultKind::OtherHead]);
    let signer = Some(signer().public());
    assert!(
        kinds(Means { key: Some(&seal), signer, ..Means::default() }).iter().all(|kind| *kind == FaultKind::Unsigned)
    );
}

#[test]
fn a_ledger_rolled_back_is_found_by_a_head_that_was_noted() {
    let (_folder, ledger) = ledger();
    let earlier = fs::read(ledger.join("HEAD")).unwrap();
    append(&ledger, export(date(2026, 4, 1), 1), "four", None);
    let noted = Ledger::open(&ledger, &seal(), Access::Read).unwrap().head().hash.clone();
    drop_record(&ledger, 4);
    fs::write(ledger.join("HEAD"), earlier).unwrap();
    let verify = |head| verify(&ledger, Means { key: Some(&seal()), head, ..Means::default() }).unwrap();
    assert_eq!(verify(None).faults, []);
    assert_eq!(verify(Some(noted.as_str())).faults[0].kind, FaultKind::OtherHead);
}
