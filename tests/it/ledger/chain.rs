//! What a ledger does when nobody tampers with it.

use std::fs;
use std::path::Path;

use exportscan::key::Secret;
use exportscan::ledger::{Access, Appended, FaultKind, Ledger, LedgerError, Means, PublicKey, SigningKey, verify};
use exportscan::model::Exemption;
use jiff::civil::date;

use super::{append, begin_in, claiming, export, faults, seal, signer, three};

#[test]
fn records_are_chained_and_verify() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger");
    three(&ledger);
    let opened = Ledger::open(&ledger, &seal(), Access::Read).unwrap();
    assert_eq!((opened.head().records, opened.entries().len()), (3, 3));
    assert_eq!(opened.entries()[2].record.previous, opened.entries()[1].hash);
    assert_eq!(opened.head().hash, opened.entries()[2].hash);
    let noted = opened.entries()[0].hash.clone();
    drop(opened);
    let means = Means { key: Some(&seal()), signer: Some(signer().public()), head: Some(&noted) };
    let verified = verify(&ledger, means).unwrap();
    assert_eq!((verified.faults.as_slice(), verified.noted, verified.signed), (&[][..], Some(1), 3));
    assert_eq!(verified.head.unwrap().records, 3);
}

#[test]
fn an_auditor_needs_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger");
    three(&ledger);
    append(&ledger, export(date(2026, 4, 1), 1), "unsigned", None);
    let kinds = |signer: PublicKey| {
        let verified = verify(&ledger, Means { signer: Some(signer), ..Means::default() }).unwrap();
        verified.faults.into_iter().map(|fault| (fault.file, fault.kind)).collect::<Vec<_>>()
    };
    let unsigned = ("records/000004.json".to_owned(), FaultKind::Unsigned);
    assert_eq!(kinds(signer().public()), [unsigned]);
    let other = kinds(SigningKey::new(&[1; 32]).public());
    assert_eq!(other.iter().filter(|(_, kind)| *kind == FaultKind::OtherSigner).count(), 3);
}

#[test]
fn the_same_export_is_recorded_once_and_another_of_the_same_data_again() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger");
    begin_in(&ledger);
    let first = export(date(2026, 3, 1), 5);
    assert_eq!(append(&ledger, first.clone(), "a", None), Appended::New(1));
    let mut elsewhere = first.clone();
    elsewhere.stated.country = Some("FR".to_owned());
    let cases = [
        (first.clone(), "a", Appended::Known(1), "the same"),
        (export(date(2026, 3, 2), 5), "a", Appended::Known(1), "the same, a day later"),
        (first.clone(), "b", Appended::New(2), "other data"),
        (elsewhere, "a", Appended::New(3), "to another country"),
        (claiming(first.clone(), Exemption::Hr), "a", Appended::New(4), "under an exemption"),
        (export(date(2027, 1, 1), 5), "a", Appended::New(5), "next year, when the count starts anew"),
        (export(date(2027, 2, 1), 5), "a", Appended::Known(5), "again in that year"),
    ];
    for (export, tally, expected, why) in cases {
        assert_eq!(append(&ledger, export, tally, None), expected, "{why}");
    }
    assert_eq!(faults(&ledger), []);
}

#[test]
fn what_does_not_belong_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger");
    begin_in(&ledger);
    let open = |secret| Ledger::open(&ledger, &Secret::new(secret).seal(), Access::Append);
    assert!(matches!(open([8; 32]), Err(LedgerError::WrongKey { .. })));
    let mut opened = open([7; 32]).unwrap();
    let mut other = export(date(2026, 3, 1), 5);
    other.entity = "另一家公司".to_owned();
    let staged = opened.stage(|path| fs::write(path, "x")).unwrap();
    let refused = opened.append(&staged, other, String::new(), (&seal(), None));
    assert!(matches!(refused, Err(LedgerError::OtherEntity { .. })));
    drop(opened);
    let again = exportscan::ledger::begin(
        &ledger,
        &exportscan::ledger::Charter::new(1, "x", seal().id().to_string(), date(2026, 1, 1)),
        &seal(),
    );
    assert!(matches!(again, Err(LedgerError::Occupied(_))));
    assert!(matches!(Ledger::open(folder.path(), &seal(), Access::Read), Err(LedgerError::NotALedger(_))));
    assert_eq!(faults(&ledger), []);
}

#[test]
fn a_tally_that_cannot_be_written_leaves_the_ledger_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger");
    three(&ledger);
    let opened = Ledger::open(&ledger, &seal(), Access::Append).unwrap();
    let fail = |path: &Path| {
        fs::write(path, "half of it").unwrap();
        Err("no space left")
    };
    let error = opened.stage(fail).unwrap_err();
    assert!(error.to_string().ends_with("nothing was recorded, and the ledger is as it was"), "{error}");
    drop(opened);
    let verified = verify(&ledger, Means { key: Some(&seal()), ..Means::default() }).unwrap();
    assert_eq!((verified.faults.as_slice(), verified.remnants.as_slice(), verified.records), (&[][..], &[][..], 3));
}

#[test]
fn what_an_interruption_leaves_is_cleared_and_the_head_comes_forward() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger");
    three(&ledger);
    let head_of_three = fs::read(ledger.join("HEAD")).unwrap();
    append(&ledger, export(date(2026, 4, 1), 1), "four", None);
    let head_of_four = fs::read(ledger.join("HEAD")).unwrap();
    // The machine stopped after the name of the record and before that of the head, and again in the midst of the next.
    fs::write(ledger.join("HEAD"), &head_of_three).unwrap();
    fs::write(ledger.join("incoming/tally"), "half").unwrap();
    fs::write(ledger.join("tallies/000005.tally"), "whole").unwrap();
    let verified = verify(&ledger, Means { key: Some(&seal()), ..Means::default() }).unwrap();
    assert_eq!((verified.faults.as_slice(), verified.remnants.len(), verified.head.unwrap().records), (&[][..], 2, 4));
    let read = Ledger::open(&ledger, &seal(), Access::Read).unwrap();
    assert_eq!(read.head().records, 4);
    drop(read);
    assert_eq!(fs::read(ledger.join("HEAD")).unwrap(), head_of_three, "reading changes nothing");
    drop(Ledger::open(&ledger, &seal(), Access::Append).unwrap());
    assert_eq!(fs::read(ledger.join("HEAD")).unwrap(), head_of_four);
    assert_eq!(append(&ledger, export(date(2026, 5, 1), 1), "five", None), Appended::New(5));
    let verified = verify(&ledger, Means { key: Some(&seal()), ..Means::default() }).unwrap();
    assert_eq!((verified.faults.as_slice(), verified.remnants.as_slice(), verified.records), (&[][..], &[][..], 5));
}
