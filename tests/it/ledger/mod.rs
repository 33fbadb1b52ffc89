//! The ledger: its chain, what is found when it is tampered with, who counts in a year, and that it survives.

mod chain;
mod command;
mod survive;
mod tamper;
pub(crate) mod year;

use std::path::Path;

use exportscan::count::Figures;
use exportscan::key::{Seal, Secret};
use exportscan::ledger::{
    Access, Appended, Charter, Claim, Export, Fault, Ledger, Looked, Means, Persons, SigningKey, Stated, begin, verify,
};
use exportscan::model::Exemption;
use jiff::civil::{Date, date};

const ENTITY: &str = "北京某某汽车有限公司";

fn secret() -> Secret {
    Secret::new([7; 32])
}

fn seal() -> Seal {
    secret().seal()
}

fn signer() -> SigningKey {
    SigningKey::new(&[9; 32])
}

/// An export of `persons` persons on a day.
fn export(day: Date, persons: u64) -> Export {
    let figures = Figures { best: persons, at_least: persons, at_most: persons };
    Export {
        date: day,
        entity: ENTITY.to_owned(),
        stated: Stated {
            ciio: Some(false),
            zone_registered: Some(true),
            industry: None,
            scenario: None,
            recipient: Some("Beispiel AG".to_owned()),
            country: Some("DE".to_owned()),
            exemptions: Vec::new(),
        },
        counts: true,
        list: "cn-bj-ftz-2024".to_owned(),
        category: "II".to_owned(),
        coverage: Looked { complete: true, objects_found: 1, objects_read: 1, rows_read: persons, bytes_read: 1 },
        persons: Persons { all: figures, sensitive: figures, non_sensitive: Figures::default(), unattributed_rows: 0 },
        sensitive_classes: Vec::new(),
    }
}

fn claiming(mut export: Export, exemption: Exemption) -> Export {
    export.stated.exemptions.push(Claim::from(exemption));
    export.counts = false;
    export
}

fn begin_in(folder: &Path) {
    begin(folder, &Charter::new(77, ENTITY, seal().id().to_string(), date(2026, 1, 1)), &seal()).unwrap();
}

fn append(folder: &Path, export: Export, tally: &str, signer: Option<&SigningKey>) -> Appended {
    let mut ledger = Ledger::open(folder, &seal(), Access::Append).unwrap();
    let staged = ledger.stage(|path| std::fs::write(path, tally)).unwrap();
    ledger.append(&staged, export, "2026-11-25T12:00:00Z".to_owned(), (&seal(), signer)).unwrap()
}

/// A ledger of three signed records.
fn three(folder: &Path) {
    begin_in(folder);
    for number in 1..=3_i8 {
        let appended = append(folder, export(date(2026, number, 1), 10), &format!("tally {number}"), Some(&signer()));
        assert_eq!(appended, Appended::New(u64::from(number.unsigned_abs())));
    }
}

fn faults(folder: &Path) -> Vec<Fault> {
    verify(folder, Means { key: Some(&seal()), ..Means::default() }).unwrap().faults
}
