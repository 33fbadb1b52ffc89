//! Counting persons: cases by hand, and the definitions by themselves against the fast count.

mod laws;
mod reference;
mod trace;

use std::collections::BTreeSet;

use exportscan::count::{Figures, Mentions};
use exportscan::model::{Class, ClassSet, Fingerprinter, IdentifierKind, Key, MentionBatch};
use reference::{Id, Row};

/// What makes a row sensitive in these tests.
const SENSITIVE: ClassSet = ClassSet::of(Class::HealthDiagnosis);

fn key(secret: u8, (kind, label): Id) -> Key {
    Fingerprinter::new(&[secret; 16]).key(kind, &label.to_le_bytes())
}

pub(crate) fn mentions(secret: u8, rows: &[Row]) -> Mentions {
    let mut batch = MentionBatch::default();
    for (ids, classes) in rows {
        let keys: Vec<Key> = ids.iter().map(|id| key(secret, *id)).collect();
        batch.push(&keys, *classes);
    }
    let mut mentions = Mentions::default();
    mentions.insert(&batch);
    mentions
}

/// Reads rows of words such as `R1` (resident), `M1` (mobile) or `!` (the row is sensitive), one row a line.
pub(crate) fn rows(text: &str) -> Vec<Row> {
    let row = |line: &str| {
        let mut row = (BTreeSet::new(), ClassSet::of(Class::PersonName));
        for word in line.split_whitespace() {
            let (letter, label) = word.split_at(1);
            let kind = match letter {
                "R" => IdentifierKind::ResidentId,
                "C" => IdentifierKind::ResidencePermit,
                "T" => IdentifierKind::TravelPermit,
                "M" => IdentifierKind::Mobile,
                "E" => IdentifierKind::Email,
                "P" => IdentifierKind::Passport,
                "A" => IdentifierKind::Account,
                "H" => IdentifierKind::Pseudonym,
                "V" => IdentifierKind::Vin,
                "L" => IdentifierKind::Plate,
                "G" => IdentifierKind::VehiclePseudonym,
                "S" => IdentifierKind::Masked,
                "B" => IdentifierKind::NameBirth,
                "N" => IdentifierKind::Name,
                "!" => {
                    row.1 = row.1.union(SENSITIVE);
                    continue;
                }
                _ => panic!("unknown word `{word}`"),
            };
            row.0.insert((kind, label.parse().unwrap()));
        }
        row
    };
    text.split(';').map(row).collect()
}

/// `[at_least, best, at_most]` of all persons and of the sensitive ones.
#[track_caller]
fn check(name: &str, text: &str, all: [u64; 3], sensitive: [u64; 3]) {
    let rows = rows(text);
    let census = mentions(1, &rows).settle().unwrap();
    let figures = |Figures { best, at_least, at_most }| [at_least, best, at_most];
    assert_eq!(figures(census.figures(|_| true)), all, "{name}: all");
    assert_eq!(figures(census.figures(|classes| classes.intersects(SENSITIVE))), sensitive, "{name}: sensitive");
    assert_eq!(census, reference::settle(&rows), "{name}: reference");
}

const NONE: [u64; 3] = [0, 0, 0];

#[test]
fn cards() {
    check("the same person twice", "R1; R1 !", [1, 1, 1], [1, 1, 1]);
    check("two residents in one mention stay two", "R1 R2 !", [2, 2, 2], [2, 2, 2]);
    check("two residents with one permit share it", "R1 C1; R2 C1; C1 !", [2, 2, 3], [0, 0, 1]);
    check("a permit with a resident is that person's", "R1 C1; C1 !", [1, 1, 2], [1, 1, 1]);
    check("permits in one mention are one person", "C1 T1; T1 T2; C1; T2 !", [1, 1, 3], [1, 1, 1]);
    check("a permit beside that of a resident", "R1 C1; C1 T1; T1", [1, 1, 3], NONE);
    check("a permit beside those of two residents", "R1 C1; R2 C2; C1 T1; C2 T1; T1", [2, 2, 5], NONE);
}

#[test]
fn accounts() {
    check("a family phone merges nobody", "R1 M1; R2 M1; R3 M1", [3, 3, 3], NONE);
    check("a shared phone alone adds nobody to best", "R1 M1; R2 M1; M1 !", [2, 2, 3], [0, 0, 1]);
    check("a phone of one person is that person's", "R1 M1; M1 !", [1, 1, 2], [1, 1, 1]);
    check("only a passport", "P1; P2; P1 !", [2, 2, 2], [1, 1, 1]);
    check("an account links phone and e-mail", "A1 M1; A1 E1; E1 !; M1", [1, 1, 2], [1, 1, 1]);
    check("two mobiles in one mention", "M1 M2; M1 M2 !", [1, 1, 1], [1, 1, 1]);
    check("two mobiles together and apart", "M1 M2; M1; M2 !", [1, 1, 3], [1, 1, 1]);
    check("an e-mail between two persons", "R1 M1; R2 M2; M1 E1; M2 E1; E1 !", [2, 2, 5], [0, 0, 1]);
    check("a chain of free ones to one person", "R1 M1; M1 E1; E1 A1; A1 P1; P1 !", [1, 1, 4], [1, 1, 1]);
    check("a chain of free ones to two persons", "R1 M1; M1 E1; E1 A1; A1 M2; M2 R2", [2, 2, 5], NONE);
    check("a chain of family phones", "R1 M1; R2 M1 M2; R3 M2 M3; M1; M2; M3", [3, 3, 6], NONE);
    check("mobiles of two persons in one mention", "R1 M1; R2 M2; M1 M2 !", [2, 2, 4], [2, 2, 2]);
}

#[test]
fn hotlines() {
    let with = |word: &str| (0..1000).map(|n| word.replace('#', &n.to_string())).collect::<Vec<_>>().join("; ");
    check("a hotline alone", &with("M1"), [1, 1, 1], NONE);
    check("a hotline and names", &with("M1 N#"), [1, 1, 1], NONE);
    check("a hotline and members, in no way told from one person", &with("M1 A#"), [1, 1, 1000], NONE);
    check("a hotline and residents", &with("M1 R#"), [1000, 1000, 1000], NONE);
    check("a hotline and plates", &with("M1 L#"), [1, 1, 1], NONE);
    check("a second column of phones with one hotline", &with("M# M5000"), [1, 1, 1000], NONE);
}

#[test]
fn vehicles_and_names() {
    check("a track of a known plate adds nobody", "R1 L1; L1 !", [1, 1, 2], [1, 1, 1]);
    check("a plate by way of a phone", "R1 M1; M1 L1; L1 !", [1, 1, 3], [1, 1, 1]);
    check("a family car", "R1 L1; R2 L1; L1 !", [2, 2, 3], [0, 0, 1]);
    check("a track of an unknown plate", "L1 !; L1; L2", [2, 2, 2], [1, 1, 1]);
    check("plate and VIN of one car", "L1 V1; L1; V1", [1, 1, 2], NONE);
    check("a shared phone and a free plate", "R1 M1; R2 M1; M1 L1 !; L1", [2, 3, 3], [1, 1, 1]);
    check("a name only", "N1; N2; N1 !", [2, 2, 2], [1, 1, 1]);
    check("a name with its date of birth", "B1 N1; B2 N1", [1, 2, 2], NONE);
    check("a name beside something stronger is not heard", "M1 N1; M2 N1", [2, 2, 2], NONE);
}

#[test]
fn masked_and_hashed() {
    check("masked numbers count from above only", "S1; S2; S1 !", [0, 2, 2], [0, 1, 1]);
    check("a masked form that two residents share links nobody", "R1 S1; R2 S1", [2, 2, 2], NONE);
    check("a masked form that two mobiles share links nobody", "M1 S1; M2 S1; S1 !", [2, 3, 3], [0, 1, 1]);
    check("a masked form with a name", "S1 N1; S2 N1; S3 N2", [2, 3, 3], NONE);
    check("digests count from above only", "H1; H2; H1 !", [0, 2, 2], [0, 1, 1]);
    check("a digest links its own data set", "H1 M1; H1 E1 !", [1, 1, 2], [1, 1, 1]);
    check("a digest of one resident is theirs", "R1 H1; H1 !; H2", [1, 2, 3], [1, 1, 1]);
    check("a digest of two residents is shared", "R1 H1; R2 H1; H1 !", [2, 2, 3], [0, 0, 1]);
    check("a family car by its digest", "M1 G1; M2 G1; G1 !; G2", [1, 3, 4], [0, 0, 1]);
}
