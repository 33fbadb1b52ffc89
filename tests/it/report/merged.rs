//! What linking did in scans that never happened.

use exportscan::decide::Category;
use exportscan::model::IdentifierKind::{self, Account, Masked, Mobile, Plate, Pseudonym, ResidentId};
use exportscan::model::{Class, ClassSet, Language};
use exportscan::report::{Report, Style, json, text};
use exportscan::tally::{Census, KindMerging, Merging, Shared};
use serde_json::Value;

use super::cases;
use super::lists::{decision, list_verdict};

const SHARED: Shared = Shared { by_two: 21, by_few: 9, by_many: 4, by_crowds: 2, most: 412 };

fn kind(kind: IdentifierKind, identifiers: u64, persons: u64) -> KindMerging {
    KindMerging {
        kind,
        identifiers,
        owned: identifiers,
        shared: Shared::default(),
        persons,
        joined: 0,
        joined_in: Vec::new(),
        only_shared: 0,
    }
}

/// Owners with a card, contacts with a telephone, and cars that are the owners' or nobody's.
pub(super) fn merging() -> Merging {
    Merging {
        kinds: vec![
            kind(ResidentId, 12_000, 12_000),
            KindMerging {
                owned: 12_564,
                shared: SHARED,
                joined: 1_406,
                joined_in: vec![(0, 1_402), (2, 4)],
                only_shared: 31,
                ..kind(Mobile, 12_600, 400)
            },
            KindMerging {
                owned: 12_299,
                shared: Shared { by_two: 1, most: 2, ..Shared::default() },
                joined: 9_431,
                joined_in: vec![(1, 1), (3, 9_431)],
                only_shared: 1,
                ..kind(Plate, 12_300, 300)
            },
        ],
        data_sets: ["after-sales/", "charging/", "logistics/", "telematics/"].map(str::to_owned).to_vec(),
        persons_in: vec![(0b0001, 900), (0b0010, 300), (0b1001, 1_402), (0b1010, 9_431), (0b1011, 667)],
    }
}

/// The automotive report with that linking.
pub(super) fn report() -> Report {
    with(merging(), [12_000, 12_700, 23_569], &[(ResidentId, 12_000), (Mobile, 11_950)])
}

/// A report of so many persons, `[at_least, best, at_most]`.
fn with(merging: Merging, [_, best, at_most]: [u64; 3], at_least: &[(IdentifierKind, u64)]) -> Report {
    let classes = ClassSet::of(Class::IdentityResidentId);
    let groups = |n: u64| vec![(classes, n)];
    let mut report = cases::automotive();
    report.totals.census = Census {
        best: groups(best),
        at_most: groups(at_most),
        at_least: at_least.iter().map(|(kind, n)| (*kind, groups(*n))).collect(),
        merging,
    };
    report.decision = decision(vec![], list_verdict(Category::None, true, &[]), vec![]);
    report
}

fn english(report: &Report) -> String {
    text(report, Language::En, Style { width: 100_000, colour: false })
}

#[track_caller]
fn check(report: &Report, expected: &[&str], not: &[&str]) {
    let text = english(report);
    for part in expected {
        assert!(text.contains(part), "`{part}`:\n{text}");
    }
    for part in not {
        assert!(!text.contains(part), "`{part}` is said:\n{text}");
    }
}

#[test]
fn the_numbers_of_the_bounds_add_up() {
    check(
        &report(),
        &[
            "9,431 persons in `telematics/` were told by their number plate.",
            "1 person in `charging/` was told by their number plate.",
            "36 mobile numbers are shared: 21 by two, 9 by 3 to 5 (as a family's telephone is), 4 by 6 to 20, 2 by more \
             than 20 (as a hotline or a filler is); the most shared one by 412 persons.",
            "1 number plate is shared: 1 by two.",
            "At most 23,569, 10,869 more than best: 10,837 because persons stand in different rows",
            "; 32 because rows have nothing but shared identifiers (mobile number 31, number plate 1),",
            "At least 12,000, 700 fewer than best: it counts by resident ID number alone. 700 persons have nothing as \
             strong (mobile number 400, number plate 300) and may be among those.",
        ],
        &["may be the same as others"],
    );
    let written: Value = serde_json::from_str(&json(&report())).unwrap();
    let persons = &written["persons"];
    let (gaps, number) = (&persons["merging"]["gaps"], |value: &Value| value.as_u64().unwrap());
    assert_eq!(
        number(&persons["at_most"]),
        number(&persons["best"]) + number(&gaps["joined"]) + number(&gaps["only_shared"])
    );
    assert_eq!(
        number(&persons["at_least"]),
        number(&persons["best"]) - number(&gaps["weaker"]) - number(&gaps["maybe_same"])
    );
    assert_eq!(gaps["at_least_counted_by"], "resident_id");
    let kinds = persons["merging"]["kinds"].as_array().unwrap();
    assert_eq!(kinds.iter().map(|kind| number(&kind["persons"])).sum::<u64>(), number(&persons["best"]));
}

#[test]
fn the_bounds_are_explained_as_they_are() {
    let only = |kinds: Vec<KindMerging>| Merging { kinds, ..Merging::default() };
    let exact = with(only(vec![kind(ResidentId, 40, 40)]), [40; 3], &[(ResidentId, 40)]);
    check(
        &exact,
        &["All three figures are 40 persons: linking left nothing open."],
        &["fewer than best", "more than best"],
    );
    let hashed = with(only(vec![kind(Pseudonym, 30, 30), kind(Masked, 10, 10)]), [0, 40, 40], &[]);
    check(&hashed, &["At least 0: there is nothing but hashed or masked identifiers"], &["more than best"]);
    let accounts =
        with(only(vec![kind(Mobile, 40, 30), kind(Account, 50, 10)]), [12, 40, 52], &[(Mobile, 12), (Account, 12)]);
    check(
        &accounts,
        &[
            "At most 52, 12 more than best: 12 because persons stand in different rows under different identifiers",
            "At least 12, 28 fewer than best: it counts by mobile number alone. 10 persons have nothing as strong (account \
             number 10) and may be among those; 18 may be the same as others",
        ],
        &["nothing but shared"],
    );
}

#[test]
fn without_linking_there_is_no_section() {
    let report = with(Merging::default(), [40; 3], &[(ResidentId, 40)]);
    check(&report, &[], &["told apart and joined"]);
    let written: Value = serde_json::from_str(&json(&report)).unwrap();
    assert!(written["persons"].get("merging").is_none());
}
