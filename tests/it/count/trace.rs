//! Whose one identifier is, and how it was joined: cases by hand, and the definitions over everything against the walk.

use std::collections::{BTreeMap, BTreeSet};

use exportscan::count::Mentions;
use exportscan::count::trace::{self, AtLeast, Person, Trace, Whose};
use exportscan::model::{ClassSet, IdentifierKind, Level};
use proptest::prelude::*;

use super::laws::any_rows;
use super::reference::{self, Id, Row};
use super::{SENSITIVE, key, mentions, rows};

const SECRET: u8 = 1;

/// Rows in two data sets by turns.
fn sources(secret: u8, rows: &[Row]) -> Mentions {
    let part = |of: usize| {
        let rows: Vec<Row> = rows.iter().skip(of).step_by(2).cloned().collect();
        let mut mentions = mentions(secret, &rows);
        mentions.attribute(["one", "other"][of]);
        mentions
    };
    let mut all = part(0);
    all.merge(part(1));
    all
}

fn traced(text: &str, held: &str) -> Option<Trace> {
    let held = *rows(held)[0].0.first().unwrap();
    trace::trace(&sources(SECRET, &rows(text)), key(SECRET, held)).unwrap()
}

fn person(text: &str, held: &str) -> Person {
    match traced(text, held).map(|trace| trace.whose) {
        Some(Whose::One(person)) => person,
        other => panic!("`{held}` in `{text}` is {other:?}"),
    }
}

/// The person as `mobile #1 < resident_id #1`: each identifier, and the one that it is joined to.
fn told(person: &Person) -> Vec<String> {
    let name = |at: usize| {
        let id = &person.identifiers[at];
        format!("{} #{}", id.kind.id(), id.number)
    };
    let ids = person.identifiers.iter().enumerate();
    ids.map(|(at, id)| id.joined.as_ref().map_or_else(|| name(at), |link| format!("{} < {}", name(at), name(link.to))))
        .collect()
}

#[test]
fn an_identifier_leads_to_the_strongest_step_by_step() {
    let text = "R1 M1; M1 E1 !; M1 E1; E1 L1; L1 !; R2 M2; R1 C1";
    let person = person(text, "L1");
    assert_eq!(
        told(&person),
        [
            "resident_id #1",
            "residence_permit #1 < resident_id #1",
            "mobile #1 < resident_id #1",
            "email #1 < mobile #1",
            "plate #1 < email #1",
        ]
    );
    assert_eq!((person.held, person.path()), (4, vec![4, 3, 2, 0]));
    let link = person.identifiers[3].joined.as_ref().unwrap();
    assert_eq!((link.by.mentions, &link.by.data_sets), (1, &BTreeSet::from([0, 1])), "one mention, in both data sets");
    assert!(link.by.classes.intersects(SENSITIVE) && person.spoken.classes.intersects(SENSITIVE));
    assert_eq!((person.spoken.mentions, person.at_most, person.at_least), (5, 4, AtLeast::Resident));
}

#[test]
fn what_is_shared_leads_to_nobody() {
    let shared = |text: &str, held: &str| match traced(text, held).unwrap().whose {
        Whose::Several(kinds) => kinds.into_iter().map(|(kind, n)| (kind.id(), n)).collect::<Vec<_>>(),
        other => panic!("`{held}` in `{text}` is {other:?}"),
    };
    assert_eq!(shared("R1 M1; R2 M1; C1 M1; M1 E1", "M1"), [("resident_id", 2), ("residence_permit", 1)]);
    assert_eq!(shared("R1 M1; R2 M2; M1 E1; M2 E1; E1 A1", "A1"), [("resident_id", 2)]);
    assert_eq!(shared("M1 L1; M2 L1", "L1"), [("mobile", 2)]);
    assert_eq!(told(&person("R1 M1; R2 M1; M1 E1", "R1")), ["resident_id #1"]);
    assert_eq!(traced("R1 M1", "M2"), None);
    assert_eq!(traced("R1 N1; N1 M1", "N1").unwrap().whose, Whose::Unheard);
    assert_eq!(traced("S1 N1", "N1").unwrap().whose, Whose::Unheard, "the masked number is heard");
    assert_eq!(person("N1; N1 M1", "N1").at_least, AtLeast::ByItsKinds);
}

#[test]
fn the_lower_bound_is_told_as_it_is() {
    let cases = [
        ("R1 M1", "M1", AtLeast::Resident),
        ("M1 E1", "E1", AtLeast::ByItsKinds),
        ("C1 M1; C2 M1", "C1", AtLeast::PerhapsAnother),
        ("H1", "H1", AtLeast::Never),
        ("H1 M1", "H1", AtLeast::ByItsKinds),
    ];
    for (text, held, expected) in cases {
        assert_eq!(person(text, held).at_least, expected, "{held} in {text}");
    }
}

#[test]
fn the_walk_ends_where_it_is_told_to() {
    let rows = rows(&(0..200).map(|n| format!("M{n} E{n}; E{n} M{}", n + 1)).collect::<Vec<_>>().join("; "));
    let held = key(SECRET, (IdentifierKind::Mobile, 0));
    let sources = sources(SECRET, &rows);
    let cut = trace::trace_within(&sources, held, 50).unwrap().unwrap();
    assert!(cut.is_cut);
    let whole = trace::trace(&sources, held).unwrap().unwrap();
    let Whose::One(person) = whole.whose else { panic!("a chain is one person") };
    assert_eq!((whole.is_cut, person.identifiers.len(), person.spoken.mentions), (false, 401, 400));
}

/// The persons that the definitions give an identifier of the level to by what is stronger.
fn stronger_persons(heard: &[Row], owner: &BTreeMap<Id, Id>, id: Id) -> BTreeSet<Id> {
    let beside = heard.iter().filter(|(row, _)| row.contains(&id)).flat_map(|(row, _)| row);
    beside.filter(|other| other.0.level() < id.0.level()).filter_map(|other| owner.get(other)).copied().collect()
}

fn check(rows: &[Row], secret: u8) -> Result<(), TestCaseError> {
    let heard = reference::heard(rows);
    let owner = reference::link(&heard);
    let spoken = reference::spoken(&heard, &owner);
    let sources = sources(secret, rows);
    let ids: BTreeSet<Id> = rows.iter().flat_map(|(row, _)| row).copied().collect();
    for id in ids {
        let trace = trace::trace(&sources, key(secret, id)).unwrap().unwrap();
        let is_heard = heard.iter().any(|(row, _)| row.contains(&id));
        match (trace.whose, owner.get(&id)) {
            (Whose::One(person), Some(of)) => {
                let mut kinds: Vec<_> = owner.iter().filter(|(_, other)| *other == of).map(|(id, _)| id.0).collect();
                kinds.sort_unstable();
                prop_assert_eq!(person.identifiers.iter().map(|id| id.kind).collect::<Vec<_>>(), kinds, "{:?}", id);
                prop_assert_eq!(person.identifiers[person.held].kind, id.0);
                prop_assert_eq!(person.path().last().copied(), Some(0));
                let of_person = || {
                    let speaks =
                        heard.iter().zip(&spoken).flat_map(|(row, units)| units.iter().map(move |unit| (row, unit)));
                    speaks.filter(|(_, (person, _))| *person == Some(*of))
                };
                let units: BTreeSet<_> = of_person().map(|(_, (_, unit))| unit.clone()).collect();
                let mentions: BTreeSet<_> = of_person().map(|((row, _), _)| row.clone()).collect();
                let classes = of_person().fold(ClassSet::EMPTY, |all, ((_, classes), _)| all.union(*classes));
                prop_assert_eq!(person.at_most, units.len() as u64, "{:?}", id);
                prop_assert_eq!(person.spoken.mentions, mentions.len() as u64);
                prop_assert_eq!(person.spoken.classes, classes);
            }
            (Whose::Several(kinds), None) => {
                let n: u64 = kinds.iter().map(|(_, n)| *n).sum();
                let direct = stronger_persons(&heard, &owner, id).len() as u64;
                prop_assert!(if direct > 1 { n == direct } else { n > 1 }, "{id:?} {n} {direct}");
            }
            (Whose::Unheard, None) => prop_assert!(!is_heard || id.0.level() == Level::Name, "{id:?}"),
            (whose, owner) => prop_assert!(false, "{id:?} is {whose:?}, of {owner:?}"),
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_walk_comes_to_what_the_definitions_say(rows in any_rows(), secret in 1u8..4) {
        check(&rows, secret)?;
    }
}
