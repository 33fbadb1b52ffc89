//! The count by its definitions, with sets of sets, as slow as it likes: what the fast one is compared with.

use std::collections::{BTreeMap, BTreeSet};

use exportscan::count::{Census, KindMerging, Merging, Shared};
use exportscan::model::{ClassSet, IdentifierKind, Level};

/// An identifier by its kind and a label.
pub(super) type Id = (IdentifierKind, u32);

/// A set of identifiers and what the row says.
pub(super) type Row = (BTreeSet<Id>, ClassSet);

type Person = Id;
type Unit = (Option<Person>, BTreeSet<Id>);

fn level(id: Id) -> Level {
    id.0.level()
}

/// Identifiers of a level in a row.
fn of_level(row: &BTreeSet<Id>, wanted: Level) -> BTreeSet<Id> {
    row.iter().copied().filter(|id| level(*id) == wanted).collect()
}

/// Groups of items that are connected by the given sets.
fn components(items: &BTreeSet<Id>, links: &[BTreeSet<Id>]) -> Vec<BTreeSet<Id>> {
    let mut groups: Vec<BTreeSet<Id>> = items.iter().map(|id| BTreeSet::from([*id])).collect();
    for link in links {
        let (touched, mut rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| !group.is_disjoint(link));
        if !touched.is_empty() {
            rest.push(touched.into_iter().flatten().collect());
        }
        groups = rest;
    }
    groups
}

/// Who each identifier belongs to; shared ones are left out.
pub(super) fn link(rows: &[Row]) -> BTreeMap<Id, Id> {
    let ids: BTreeSet<Id> = rows.iter().flat_map(|(ids, _)| ids).copied().collect();
    let mut owner: BTreeMap<Id, Person> = of_level(&ids, Level::Resident).into_iter().map(|id| (id, id)).collect();
    for here in [Level::Card, Level::Account, Level::Vehicle] {
        let stronger_persons = |id: Id| -> BTreeSet<Person> {
            let beside = rows.iter().filter(|(row, _)| row.contains(&id)).flat_map(|(row, _)| row);
            beside.filter(|other| level(**other) < here).filter_map(|other| owner.get(other)).copied().collect()
        };
        let all = of_level(&ids, here);
        let direct: BTreeMap<Id, BTreeSet<Person>> = all.iter().map(|id| (*id, stronger_persons(*id))).collect();
        let belonging: BTreeMap<Id, Person> =
            direct.iter().filter(|(_, d)| d.len() == 1).map(|(id, d)| (*id, *d.first().unwrap())).collect();
        let free: BTreeSet<Id> = direct.iter().filter(|(_, d)| d.is_empty()).map(|(id, _)| *id).collect();
        let links: Vec<BTreeSet<Id>> = rows.iter().map(|(row, _)| &of_level(row, here) & &free).collect();
        let mut settled = belonging.clone();
        for group in components(&free, &links) {
            let beside = rows.iter().filter(|(row, _)| !row.is_disjoint(&group)).flat_map(|(row, _)| row);
            let neighbours: BTreeSet<Person> = beside.filter_map(|id| belonging.get(id)).copied().collect();
            let person = match neighbours.len() {
                0 => *group.first().unwrap(),
                1 => *neighbours.first().unwrap(),
                _ => continue,
            };
            settled.extend(group.iter().map(|id| (*id, person)));
        }
        owner.extend(settled);
    }
    for (row, _) in rows {
        let kind = row.first().unwrap().0;
        if kind.level() == Level::Name {
            owner.extend(row.iter().filter(|id| id.0 == kind).map(|id| (*id, *id)));
        }
    }
    owner
}

/// Identifiers seen with two identifiers of another kind of their level.
fn hubs(rows: &[Row]) -> BTreeSet<Id> {
    let ids: BTreeSet<Id> = rows.iter().flat_map(|(ids, _)| ids).copied().collect();
    ids.into_iter()
        .filter(|id| {
            let beside: BTreeSet<Id> = rows
                .iter()
                .filter(|(row, _)| row.contains(id))
                .flat_map(|(row, _)| of_level(row, level(*id)))
                .collect();
            let of_kind = |kind| beside.iter().filter(|other| other.0 == kind).count();
            IdentifierKind::ALL.iter().any(|kind| *kind != id.0 && of_kind(*kind) > 1)
        })
        .collect()
}

/// The persons that a row speaks of, each with the unit that stands for the row; no person where all is shared.
fn units(row: &BTreeSet<Id>, owner: &BTreeMap<Id, Person>, hubs: &BTreeSet<Id>) -> Vec<Unit> {
    let Some(best) = row.iter().find(|id| owner.contains_key(id)) else {
        return vec![(None, of_level(row, level(*row.first().unwrap())))];
    };
    let persons: BTreeSet<Person> =
        row.iter().filter(|id| id.0 == best.0).filter_map(|id| owner.get(id)).copied().collect();
    let unit = |person: Person| {
        let all: BTreeSet<Id> =
            of_level(row, level(*best)).into_iter().filter(|id| owner.get(id) == Some(&person)).collect();
        let telling: BTreeSet<Id> = &all - hubs;
        match telling.first() {
            None => all,
            Some(best) => telling.iter().copied().filter(|id| id.0 == best.0).collect(),
        }
    };
    persons.into_iter().map(|person| (Some(person), unit(person))).collect()
}

fn sorted<K>(groups: BTreeMap<K, ClassSet>) -> Vec<(ClassSet, u64)> {
    let mut counts = BTreeMap::new();
    for classes in groups.into_values() {
        *counts.entry(classes).or_default() += 1;
    }
    counts.into_iter().collect()
}

/// The rows as they are heard: without names and masked numbers where there is something stronger.
pub(super) fn heard(rows: &[Row]) -> Vec<Row> {
    let telling = |row: &BTreeSet<Id>| -> BTreeSet<Id> {
        let nameless: BTreeSet<Id> = row.iter().copied().filter(|id| level(*id) < Level::Name).collect();
        if nameless.is_empty() { row.clone() } else { nameless }
    };
    rows.iter().map(|(row, classes)| (telling(row), *classes)).collect()
}

/// The persons that each row speaks of, each with the unit that stands for the row.
pub(super) fn spoken(rows: &[Row], owner: &BTreeMap<Id, Id>) -> Vec<Vec<(Option<Id>, BTreeSet<Id>)>> {
    let hubs = hubs(rows);
    rows.iter().map(|(row, _)| units(row, owner, &hubs)).collect()
}

/// Links and counts.
pub(super) fn settle(rows: &[Row]) -> Census {
    let rows = heard(rows);
    let owner = link(&rows);
    let mut persons = BTreeMap::<Person, ClassSet>::new();
    let mut counted = BTreeMap::<Unit, ClassSet>::new();
    for ((_, classes), units) in rows.iter().zip(spoken(&rows, &owner)) {
        for (person, unit) in units {
            if let Some(person) = person {
                let said = persons.entry(person).or_default();
                *said = said.union(*classes);
            }
            let said = counted.entry((person, unit)).or_default();
            *said = said.union(*classes);
        }
    }
    Census {
        at_least: at_least(&rows, &owner, &persons),
        merging: merging(&rows, &owner, &persons, &counted),
        best: sorted(persons),
        at_most: sorted(counted),
    }
}

/// What linking did; the rows are from no data set.
fn merging(
    rows: &[Row],
    owner: &BTreeMap<Id, Person>,
    persons: &BTreeMap<Person, ClassSet>,
    units: &BTreeMap<Unit, ClassSet>,
) -> Merging {
    let ids: BTreeSet<Id> = rows.iter().flat_map(|(ids, _)| ids).copied().collect();
    // Persons joined by a kind: nothing stronger of theirs is in the row, and elsewhere there is.
    let joined: BTreeSet<(IdentifierKind, Person)> = rows
        .iter()
        .filter_map(|(row, _)| row.iter().find(|id| owner.contains_key(id)).map(|first| (row, first.0)))
        .flat_map(|(row, kind)| row.iter().filter(move |id| id.0 == kind).map(move |id| (kind, owner.get(id))))
        .filter_map(|(kind, person)| person.filter(|person| person.0 < kind).map(|person| (kind, *person)))
        .collect();
    let shared = |id: Id| {
        let of_row = |row: &BTreeSet<Id>| -> BTreeSet<Person> {
            row.iter()
                .filter(|other| level(**other) < level(id))
                .filter_map(|other| owner.get(other))
                .copied()
                .collect()
        };
        let beside = rows.iter().filter(|(row, _)| row.contains(&id)).map(|(row, _)| of_row(row));
        let sure: BTreeSet<Person> = beside.filter(|persons| persons.len() == 1).flatten().collect();
        sure.len().max(2) as u64
    };
    let of_kind = |kind: IdentifierKind| {
        let ids = || ids.iter().filter(|id| id.0 == kind);
        let mut merging = KindMerging {
            kind,
            identifiers: ids().count() as u64,
            owned: ids().filter(|id| owner.contains_key(id)).count() as u64,
            shared: Shared::default(),
            persons: persons.keys().filter(|person| person.0 == kind).count() as u64,
            joined: joined.iter().filter(|(by, _)| *by == kind).count() as u64,
            joined_in: Vec::new(),
            only_shared: units
                .keys()
                .filter(|(person, unit)| person.is_none() && unit.first().unwrap().0 == kind)
                .count() as u64,
        };
        ids()
            .filter(|id| !owner.contains_key(id) && level(**id) < Level::Name)
            .for_each(|id| merging.shared.note(shared(*id)));
        merging
    };
    Merging {
        kinds: IdentifierKind::ALL.iter().map(|kind| of_kind(*kind)).filter(|kind| kind.identifiers > 0).collect(),
        data_sets: Vec::new(),
        persons_in: if persons.is_empty() { Vec::new() } else { vec![(0, persons.len() as u64)] },
    }
}

fn at_least(
    rows: &[Row],
    owner: &BTreeMap<Id, Person>,
    persons: &BTreeMap<Person, ClassSet>,
) -> Vec<(IdentifierKind, Vec<(ClassSet, u64)>)> {
    let ids: BTreeSet<Id> = rows.iter().flat_map(|(ids, _)| ids).copied().collect();
    let links: Vec<BTreeSet<Id>> = rows.iter().map(|(ids, _)| ids.clone()).collect();
    let mut by_kind = BTreeMap::<IdentifierKind, Vec<ClassSet>>::new();
    for component in components(&ids, &links) {
        let in_the_clear = component.iter().map(|id| id.0).filter(|kind| !kind.is_deidentified());
        for kind in in_the_clear.collect::<BTreeSet<_>>() {
            let seen_with =
                |resident: &Id| rows.iter().any(|(row, _)| row.contains(resident) && row.iter().any(|id| id.0 == kind));
            let residents: Vec<Id> =
                of_level(&component, Level::Resident).into_iter().filter(|id| seen_with(id)).collect();
            let units = by_kind.entry(kind).or_default();
            if residents.is_empty() {
                let members: BTreeSet<Person> = component.iter().filter_map(|id| owner.get(id)).copied().collect();
                units.push(members.iter().map(|person| persons[person]).fold(ClassSet::EMPTY, ClassSet::union));
            } else {
                units.extend(residents.iter().map(|resident| persons[resident]));
            }
        }
    }
    let count = |units: Vec<ClassSet>| sorted(units.into_iter().enumerate().collect::<BTreeMap<_, _>>());
    by_kind.into_iter().map(|(kind, units)| (kind, count(units))).collect()
}
