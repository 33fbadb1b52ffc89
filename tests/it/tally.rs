//! Tally files: what is read is what was written, and nothing else is read at all.

use std::collections::BTreeSet;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use exportscan::count::{CountError, Room};
use exportscan::key::{Seal, Secret};
use exportscan::model::{Class, ClassSet, Facts, Fingerprinter, IdentifierKind, MentionBatch, Problem, ProblemCode};
use exportscan::tally::{self, Cause, ObjectTally, Stamp, Tally};

use crate::support::{Cut, demo, json, tally_of};

const SECRET: [u8; 32] = [7; 32];

fn seal() -> Seal {
    Secret::new(SECRET).seal()
}

/// What small tallies agree in.
pub(crate) fn stamp() -> Stamp {
    Stamp {
        version: "0.0.0".to_owned(),
        detectors: tally::digest(["detectors"]),
        rules: tally::digest(["rules"]),
        lists: vec!["cn-bj-ftz-2024".to_owned()],
        config: None,
        areas: None,
        day: jiff::civil::date(2026, 11, 23),
    }
}

/// Three mentions, an object that could not be opened, and a path that is not there.
fn small() -> Tally {
    let fingerprinter = Fingerprinter::new(&[3; 16]);
    let key = |kind, value: &str| fingerprinter.key(kind, value.as_bytes());
    let mut batch = MentionBatch::default();
    let id = key(IdentifierKind::ResidentId, "11010519491231002X");
    batch.push(&[id], ClassSet::of(Class::IdentityResidentId));
    batch.push(&[key(IdentifierKind::Mobile, "13912045716"), id], ClassSet::of(Class::ContactMobile));
    batch.push(&[key(IdentifierKind::Name, "王伟")], ClassSet::of(Class::PersonName));
    let mut tally = Tally::default();
    tally.mentions.insert(&batch);
    let mut unopened = ObjectTally { uri: "b.csv".to_owned(), ..ObjectTally::default() };
    unopened.coverage.objects_found = 1;
    unopened.unattributed.insert(ClassSet::of(Class::PersonName), 2);
    unopened.entries.insert(4);
    tally.objects.push(unopened);
    tally.unlisted.push(Problem::new(ProblemCode::ObjectMissing, "c.csv", "no such path"));
    tally
}

fn written(tally: &Tally, folder: &Path) -> Vec<u8> {
    let path = folder.join("a.tally");
    tally::write(tally, &stamp(), &seal(), &path).unwrap();
    std::fs::read(path).unwrap()
}

/// What reading these bytes as a file comes to.
fn reading(bytes: &[u8], folder: &Path) -> Result<Tally, Cause> {
    let path = folder.join("read.tally");
    std::fs::write(&path, bytes).unwrap();
    tally::read(&path, &seal(), &Room::unbounded()).map(|(_, tally)| tally).map_err(|error| error.cause)
}

/// Everything that a tally says, for comparison.
fn told(tally: &Tally) -> String {
    let mut mentions = Vec::new();
    let told: Result<(), CountError> = tally.mentions.for_each(|keys, said| {
        mentions.push((keys.to_vec(), said));
        Ok(())
    });
    told.unwrap();
    format!("{mentions:?} {:?} {:?}", tally.objects, tally.unlisted)
}

#[test]
fn what_is_read_is_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    for tally in [Tally::default(), small()] {
        let bytes = written(&tally, folder.path());
        assert_eq!(told(&reading(&bytes, folder.path()).unwrap()), told(&tally));
        let path = folder.path().join("a.tally");
        assert_eq!(tally::peek(&path, &seal()).unwrap(), stamp());
        assert_eq!(tally::read(&path, &seal(), &Room::unbounded()).unwrap().0, stamp());
    }
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn a_scan_comes_back_whole_and_makes_the_same_bytes_on_any_threads() {
    let folder = tempfile::tempdir().unwrap();
    let (_guard, demo) = demo();
    let whole = tally_of(&demo, Cut { threads: 1, ..Cut::default() });
    let bytes = written(&whole, folder.path());
    let cut = Cut { threads: 4, batch_rows: 100, range_bytes: 20_000, ..Cut::default() };
    assert!(written(&tally_of(&demo, cut), folder.path()) == bytes);
    let read = reading(&bytes, folder.path()).unwrap();
    assert_eq!(json(read.settle().unwrap(), Facts::default()), json(whole.settle().unwrap(), Facts::default()));
}

#[test]
fn every_flipped_bit_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = written(&small(), folder.path());
    let path = folder.path().join("a.tally");
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    let seal = seal();
    for (at, byte) in bytes.iter().enumerate() {
        for bit in 0..8 {
            file.write_all_at(&[byte ^ 1 << bit], at as u64).unwrap();
            assert!(tally::read(&path, &seal, &Room::unbounded()).is_err(), "bit {bit} of byte {at}");
        }
        let peeked = tally::peek(&path, &seal);
        assert!(peeked.is_err() || peeked == Ok(stamp()), "byte {at}");
        file.write_all_at(&[*byte], at as u64).unwrap();
    }
    assert!(tally::read(&path, &seal, &Room::unbounded()).is_ok());
}

#[test]
fn a_flipped_bit_is_found_in_a_large_file() {
    let folder = tempfile::tempdir().unwrap();
    let (_guard, demo) = demo();
    let bytes = written(&tally_of(&demo, Cut::default()), folder.path());
    let file = std::fs::File::options().write(true).open(folder.path().join("a.tally")).unwrap();
    // Steps of a prime come by every part of the file.
    for step in 0..200 {
        let at = step * 1_000_003 % bytes.len();
        file.write_all_at(&[bytes[at] ^ 1 << (step % 8)], at as u64).unwrap();
        assert!(tally::read(&folder.path().join("a.tally"), &seal(), &Room::unbounded()).is_err(), "byte {at}");
        file.write_all_at(&[bytes[at]], at as u64).unwrap();
    }
}

#[test]
fn what_was_cut_or_added_to_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = written(&small(), folder.path());
    for length in 0..bytes.len() {
        let cause = reading(&bytes[..length], folder.path()).unwrap_err();
        let expected = if length < 4 { Cause::NotATally } else { Cause::Damaged };
        assert_eq!(cause, expected, "{length} bytes");
    }
    let cases = [[&bytes[..], b"\0"].concat(), [b"\0", &bytes[..]].concat(), [&bytes[..], &bytes[..]].concat()];
    for case in cases {
        assert!(reading(&case, folder.path()).is_err());
    }
    for (foreign, cause) in
        [(&b""[..], Cause::NotATally), (b"PAR1", Cause::NotATally), (&[b'a'; 5000], Cause::NotATally)]
    {
        assert_eq!(reading(foreign, folder.path()).unwrap_err(), cause);
    }
}

#[test]
fn another_key_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    written(&small(), folder.path());
    let other = Secret::new([8; 32]);
    let path = folder.path().join("a.tally");
    let expected = Cause::OtherKey { made_with: Secret::new(SECRET).id(), given: other.id() };
    assert_eq!(tally::read(&path, &other.seal(), &Room::unbounded()).unwrap_err().cause, expected);
    assert_eq!(tally::peek(&path, &other.seal()).unwrap_err().cause, expected);
}

#[test]
fn merging_what_is_there_already_changes_nothing() {
    let (_guard, demo) = demo();
    let tally = tally_of(&demo, Cut::default());
    let mut twice = tally.clone();
    twice.merge(tally.clone());
    assert_eq!(json(twice.settle().unwrap(), Facts::default()), json(tally.settle().unwrap(), Facts::default()));
}

#[test]
fn entries_are_those_of_all_objects() {
    let mut tally = small();
    tally.objects.push(ObjectTally { entries: BTreeSet::from([9]), ..ObjectTally::default() });
    assert_eq!(tally.entries(), BTreeSet::from([4, 9]));
}
