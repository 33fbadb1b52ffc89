//! Who counts in a year: everybody once, whatever the number of exports, and not who is exempt.

use std::path::Path;

use exportscan::count::Room;
use exportscan::count::{Census, Figures};
use exportscan::decide::{self, Status};
use exportscan::ledger::{Access, Appended, Export, Ledger, LedgerError, earlier, of_year};
use exportscan::model::{Class, ClassSet, Exemption, Facts, IdentifierKind, Industry, Language};
use exportscan::pack::Counter;
use exportscan::report::{LedgerStatus, Report, Style, ledger_status};
use exportscan::tally::{self, ObjectTally, Stamp, Tally, Totals, Year};
use jiff::civil::{Date, date};

use super::{ENTITY, begin_in, claiming, export, faults, seal};
use crate::count::{mentions, rows};
use crate::report::golden;
use crate::support::lists;

fn stamp(day: Date) -> Stamp {
    let text = String::new();
    Stamp {
        version: "0.0.0".to_owned(),
        detectors: text.clone(),
        rules: text,
        lists: Vec::new(),
        config: None,
        areas: None,
        day,
    }
}

fn tally_of(text: &str) -> Tally {
    Tally { mentions: mentions(3, &rows(&text.replace('\n', ";"))), ..Tally::default() }
}

fn record(folder: &Path, export: Export, tally: &Tally) -> Appended {
    let mut ledger = Ledger::open(folder, &seal(), Access::Append).unwrap();
    let staged = ledger.stage(|path| tally::write(tally, &stamp(export.date), &seal(), path)).unwrap();
    ledger.append(&staged, export, "2026-11-25T12:00:00Z".to_owned(), (&seal(), None)).unwrap()
}

fn year_with(folder: &Path, day: Date, at_hand: Tally) -> Year {
    let ledger = Ledger::open(folder, &seal(), Access::Read).unwrap();
    let earlier = earlier(&ledger, day, |path| {
        let (_, tally) = tally::read(path, &seal(), &Room::unbounded()).unwrap();
        Ok::<_, LedgerError>(tally)
    });
    at_hand.settle_in_year(earlier.unwrap()).unwrap().year.unwrap()
}

/// Numbers that look random and are the same each time.
fn numbers(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed;
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    }
}

/// A month of mentions in which persons, mobiles, e-mails and plates of other months come again.
fn month(next: &mut impl FnMut(u64) -> u64) -> String {
    let mention = |next: &mut dyn FnMut(u64) -> u64| {
        let mut words: Vec<String> = Vec::new();
        for (letter, below) in [("R", 60), ("M", 80), ("E", 80), ("L", 40)] {
            if next(2) == 0 {
                words.push(format!("{letter}{}", next(below)));
            }
        }
        if next(4) == 0 {
            words.push("!".to_owned());
        }
        words.push(format!("N{}", next(30)));
        words.join(" ")
    };
    (0..40).map(|_| mention(next)).collect::<Vec<_>>().join("\n")
}

#[test]
fn twelve_monthly_exports_count_like_one_scan_of_all_twelve() {
    for seed in 0..6 {
        let mut next = numbers(seed);
        let months: Vec<String> = (0..12).map(|_| month(&mut next)).collect();
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("ledger");
        begin_in(&ledger);
        for (text, number) in months.iter().zip(1..) {
            record(&ledger, export(date(2026, number, 28), 0), &tally_of(text));
        }
        let all: Census = tally_of(&months.join("\n")).mentions.settle().unwrap();
        let year = year_with(&ledger, date(2026, 12, 31), Tally::default());
        assert_eq!(year.before.census, all, "{seed}: all twelve recorded");
        assert_eq!(year.with.census, all, "{seed}: nothing at hand");
        let again = year_with(&ledger, date(2026, 12, 31), tally_of(&months[4]));
        assert_eq!(again.with.census, all, "{seed}: a month that is there already adds nobody");
        assert_eq!(again.added(again.before.everybody()).new, 0);
        let eleven = folder.path().join("eleven");
        begin_in(&eleven);
        for (text, number) in months.iter().zip(1..12) {
            record(&eleven, export(date(2026, number, 28), 0), &tally_of(text));
        }
        let last = year_with(&eleven, date(2026, 12, 31), tally_of(&months[11]));
        assert_eq!(last.with.census, all, "{seed}: eleven recorded, the twelfth at hand");
        assert_eq!(last.before.census, tally_of(&months[..11].join("\n")).mentions.settle().unwrap());
    }
}

fn best(census: &Census) -> u64 {
    census.figures(|_| true).best
}

#[test]
fn who_is_exempt_is_apart_and_on_1_january_the_count_starts_anew() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger");
    begin_in(&ledger);
    record(&ledger, export(date(2025, 12, 31), 1), &tally_of("R1\nR2"));
    record(&ledger, export(date(2026, 1, 1), 1), &tally_of("R2\nR3\nR4"));
    for (exemption, text) in [
        (Exemption::Contract, "R10\nR4"),
        (Exemption::Hr, "R11"),
        (Exemption::Emergency, "R12"),
        (Exemption::Transit, "R13"),
        (Exemption::ZoneList, "R14"),
    ] {
        record(&ledger, claiming(export(date(2026, 2, 1), 1), exemption), &tally_of(text));
    }
    let of = |day, text| {
        let year = year_with(&ledger, day, tally_of(text));
        let at_hand = tally_of(text).mentions.settle().unwrap().figures(|_| true);
        let added = year.added(at_hand);
        (best(&year.before.census), best(&year.with.census), best(&year.exempt.census), added.new, added.known)
    };
    let cases = [
        (date(2025, 12, 31), "R1", (2, 2, 0, 0, 1), "the year before"),
        (date(2026, 1, 1), "R1\nR2", (3, 4, 6, 1, 1), "persons of the year before are new"),
        (date(2026, 12, 31), "R10\nR11", (3, 5, 6, 2, 0), "who was exempt then counts now"),
        (date(2027, 1, 1), "R3", (0, 1, 0, 1, 0), "nobody in the next year"),
    ];
    for (day, text, expected, why) in cases {
        assert_eq!(of(day, text), expected, "{why}");
    }
    let opened = Ledger::open(&ledger, &seal(), Access::Read).unwrap();
    assert_eq!(of_year(&opened, 2025).count(), 1);
    drop(opened);
    assert_eq!(faults(&ledger), []);
}

#[test]
fn data_at_hand_can_show_that_persons_counted_apart_are_one() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger");
    begin_in(&ledger);
    record(&ledger, export(date(2026, 1, 1), 1), &tally_of("M1\nE1"));
    assert_eq!(best(&tally_of("M1\nE1").mentions.settle().unwrap()), 2);
    let year = year_with(&ledger, date(2026, 2, 1), tally_of("R1 M1 E1"));
    let added = year.added(Figures { best: 1, at_least: 1, at_most: 1 });
    assert_eq!((best(&year.before.census), best(&year.with.census)), (2, 1));
    assert_eq!((added.new, added.known, added.joined), (0, 1, 1));
}

#[test]
fn rows_that_nobody_is_counted_by_are_not_doubled_when_the_same_object_comes_again() {
    let nameless = |uri: &str, n| {
        let mut object = ObjectTally { uri: uri.to_owned(), ..ObjectTally::default() };
        object.unattributed.insert(ClassSet::of(Class::PersonName), n);
        Tally { objects: vec![object], ..Tally::default() }
    };
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger");
    begin_in(&ledger);
    record(&ledger, export(date(2026, 1, 1), 0), &nameless("a.csv", 5));
    for (at_hand, rows, why) in [
        (nameless("a.csv", 5), 5, "the same object"),
        (nameless("a.csv", 6), 11, "it has changed"),
        (nameless("b.csv", 5), 10, "another object"),
    ] {
        assert_eq!(year_with(&ledger, date(2026, 2, 1), at_hand).with.unattributed_rows(|_| true), rows, "{why}");
    }
}

fn census(classes: ClassSet, n: u64) -> Census {
    let persons = vec![(classes, n)];
    Census {
        best: persons.clone(),
        at_most: persons.clone(),
        at_least: vec![(IdentifierKind::ResidentId, persons)],
        ..Census::default()
    }
}

/// Data at hand with `n` persons in a year with `before` and `with` them.
fn totals(n: u64, before: u64, with: u64) -> Totals {
    let classes = ClassSet::of(Class::IdentityResidentId);
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger");
    begin_in(&ledger);
    let mut year = year_with(&ledger, date(2026, 11, 23), Tally::default());
    year.before.census = census(classes, before);
    year.with.census = census(classes, with);
    year.days = Some((date(2026, 1, 1), date(2026, 6, 1)));
    year.n_counted = 3;
    Totals { census: census(classes, n), year: Some(year), ..Totals::default() }
}

fn facts(exemptions: Vec<Exemption>) -> Facts {
    Facts {
        ciio: Some(false),
        zone_registered: Some(true),
        industry: Some(Industry::Automotive),
        important_data: Some(false),
        exemptions,
        ..Facts::default()
    }
}

#[test]
fn what_was_exported_and_what_is_held_are_two_counters() {
    let totals = totals(7, 90, 95);
    let decision = decide::decide(&lists(), &totals, &facts(vec![]));
    let mut met = (0, 0);
    for (pack, list) in lists().iter().zip(&decision.lists) {
        for (row, outcome) in pack.row.iter().zip(&list.rows) {
            let Some(persons) = &row.persons else { continue };
            let Some(measured) = outcome.measured else { continue };
            let all = persons.count == exportscan::pack::Count::All && persons.of.is_empty();
            match persons.counter {
                Counter::Exported if all => {
                    met.0 += 1;
                    assert_eq!(measured.best, 95, "{}", row.id);
                    assert_eq!(outcome.outlook.unwrap().before.best, 90, "{}", row.id);
                }
                Counter::Held => {
                    met.1 += u32::from(all);
                    assert!(measured.best == if all { 7 } else { measured.best.min(7) }, "{}", row.id);
                    assert_eq!(outcome.outlook, None, "{}", row.id);
                }
                Counter::Exported => {}
            }
        }
    }
    assert!(met.0 > 0 && met.1 > 0, "{met:?}");
}

#[test]
fn the_year_decides_and_claims_leave_persons_out() {
    let row = |totals: &Totals, exemptions: Vec<Exemption>| {
        let facts = facts(exemptions);
        let decision = decide::decide(&lists(), totals, &facts);
        let list = decision.lists.iter().find(|list| list.id == "cn-bj-ftz-2024").unwrap();
        let row = list.rows.iter().find(|row| row.id == "auto.I.pi.2").unwrap().clone();
        (row.status, row.measured.unwrap().best, decide::counts_in_year(&facts, &decision))
    };
    let cases = [
        (totals(4_000, 6_000, 9_999), vec![], (Status::NotReached, 9_999, true), "one short"),
        (totals(4_000, 6_000, 10_000), vec![], (Status::Reached, 10_000, true), "the year reaches it"),
        (totals(0, 12_000, 12_000), vec![], (Status::NotReached, 12_000, true), "nobody is in the data at hand"),
        (
            totals(4_000, 6_000, 10_000),
            vec![Exemption::Contract],
            (Status::Exempt, 6_000, false),
            "exempt, and the count is without them",
        ),
        (
            totals(4_000, 6_000, 9_999),
            vec![Exemption::Hr],
            (Status::NotReached, 6_000, false),
            "exempt where it would not be reached either",
        ),
        (
            totals(4_000, 6_000, 10_000),
            vec![Exemption::ZoneList],
            (Status::Reached, 10_000, true),
            "the list does not leave free what it reaches",
        ),
        (
            totals(4_000, 6_000, 10_000),
            vec![Exemption::NoPersonalData],
            (Status::Reached, 10_000, true),
            "there are persons, so art. 3 does not hold",
        ),
    ];
    for (totals, claims, expected, why) in cases {
        assert_eq!(row(&totals, claims), expected, "{why}");
    }
}

#[test]
fn what_was_not_read_of_an_earlier_export_leaves_the_year_uncertain() {
    let mut totals = totals(10, 20, 30);
    let certain = |totals: &Totals| decide::decide(&lists(), totals, &facts(vec![])).lists[0].rows.clone();
    let row = |totals: &Totals, id: &str| certain(totals).into_iter().find(|row| row.id == id).unwrap();
    assert!(row(&totals, "auto.I.pi.2").certain);
    if let Some(year) = &mut totals.year {
        year.complete = false;
    }
    assert!(!row(&totals, "auto.I.pi.2").certain);
}

#[test]
fn status_equals_the_golden_files() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger");
    begin_in(&ledger);
    let people = |from: u32, to: u32| (from..to).map(|n| format!("R{n} !")).collect::<Vec<_>>().join("\n");
    record(&ledger, export(date(2026, 1, 31), 300), &tally_of(&people(0, 300)));
    record(&ledger, export(date(2026, 4, 30), 400), &tally_of(&people(200, 600)));
    let mut exempt = claiming(export(date(2026, 5, 1), 50), Exemption::Hr);
    exempt.coverage.complete = false;
    record(&ledger, exempt, &tally_of(&people(900, 950)));
    let mut partly = export(date(2026, 6, 1), 1);
    partly.coverage.complete = false;
    record(&ledger, partly, &tally_of("M1"));
    let opened = Ledger::open(&ledger, &seal(), Access::Read).unwrap();
    let year = year_with(&ledger, date(2026, 7, 1), Tally::default());
    let head = year.head.clone();
    let totals = Totals { census: year.before.census.clone(), year: Some(year), ..Totals::default() };
    let facts = Facts { important_data: None, ..facts(vec![]) };
    let decision = decide::decide(&lists(), &totals, &facts);
    let sensitive = ClassSet::of(Class::HealthDiagnosis);
    let report =
        Report { facts, totals, decision, sensitive, scenarios: std::collections::BTreeMap::new(), tuning: None };
    let records = of_year(&opened, 2026).collect();
    let status = LedgerStatus { entity: ENTITY, year: 2026, records, report };
    for (id, language) in [("zh", Language::Zh), ("en", Language::En)] {
        let text = ledger_status(&status, language, Style::default());
        golden(&format!("ledger/ledger_status.{id}.txt"), &text.replace(&head, "HEAD"));
    }
}

/// A report with a year: two of its thresholds are reached by the data at hand.
pub(crate) fn report_of_a_year() -> Report {
    let mut report = crate::report::cases::automotive();
    let mut year = totals(0, 0, 0).year.unwrap();
    year.before.census = census(ClassSet::of(Class::IdentityResidentId), 7_300);
    year.with =
        tally::Counted { census: report.totals.census.clone(), unattributed: report.totals.unattributed.clone() };
    year.n_exempt = 1;
    year.exempt.census = census(ClassSet::of(Class::IdentityResidentId), 41);
    year.n_records = 4;
    year.head = "2f0c".repeat(16);
    report.totals.year = Some(year);
    report.decision = decide::decide(&lists(), &report.totals, &facts(vec![]));
    report.facts.exemptions = vec![];
    report
}

#[test]
fn json_tells_the_year() {
    let json: serde_json::Value = serde_json::from_str(&exportscan::report::json(&report_of_a_year())).unwrap();
    let cases = [
        ("/persons/year_to_date/best", "96518"),
        ("/persons/year_to_date/sensitive/at_least", "12096"),
        ("/persons/year_to_date/non_sensitive/at_most", "85794"),
        ("/persons/year_to_date/unattributed_rows", "512"),
        ("/persons/year_to_date/by_class/vehicle.track/best", "2481"),
        ("/ledger/year", "2026"),
        ("/ledger/first_day", "\"2026-01-01\""),
        ("/ledger/days", "327"),
        ("/ledger/exports_counted", "3"),
        ("/ledger/before/best", "7300"),
        ("/ledger/new_persons", "89218"),
        ("/ledger/known_persons", "7300"),
        ("/ledger/exempt/best", "41"),
    ];
    for (pointer, expected) in cases {
        let value = json.pointer(pointer).unwrap_or_else(|| panic!("nothing at `{pointer}`"));
        assert_eq!(value.to_string(), expected, "{pointer}");
    }
}
