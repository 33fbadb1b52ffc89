//! Everything that belongs to one person, and how each piece was joined to the strongest.

use std::collections::{BTreeMap, BTreeSet};

use super::around::Around;
use super::link::{Owners, owner, owners};
use super::{AtLeast, Identifier, Link, Person, Seen};
use crate::model::{Key, Level};

/// The person that `founder` calls, who has the identifier `held`.
pub(super) fn person(around: &mut Around<'_>, held: Key, founder: Key) -> Person {
    let owners = gather(around, held, founder);
    let theirs: BTreeSet<Key> = owners
        .keys()
        .copied()
        .filter(|key| around.is_settled(*key) || *key == founder)
        .filter(|key| owner(&owners, *key) == Some(founder))
        .collect();
    let beside = beside(around, &theirs);
    let from_held = distances(&beside, held);
    let far = |key: Key| from_held.get(&key).copied().unwrap_or(usize::MAX);
    let strongest = theirs.iter().map(|key| key.kind()).min();
    let first = theirs.iter().copied().filter(|key| Some(key.kind()) == strongest).min_by_key(|key| (far(*key), *key));
    let first = first.unwrap_or(held);
    let from_first = distances(&beside, first);
    let step = |key: Key| -> Option<(Key, Seen)> {
        let nearer = from_first.get(&key)?.checked_sub(1)?;
        let parents = beside.get(&key)?.iter().filter(|(other, _)| from_first.get(other) == Some(&nearer));
        let best = parents.max_by_key(|(other, by)| (std::cmp::Reverse(other.kind()), (*by).clone(), **other));
        best.map(|(other, by)| (*other, by.clone()))
    };
    // What tells nothing of the secret comes first, so that the order is the same in every scan but for like ones.
    let mut ordered: Vec<(Key, Option<(Key, Seen)>)> = theirs.iter().map(|key| (*key, step(*key))).collect();
    ordered.sort_by_key(|(key, step)| {
        (key.kind(), *key != first, far(*key), step.as_ref().map(|(_, by)| by.clone()), *key)
    });
    let place = |key: Key| ordered.iter().position(|(known, _)| *known == key);
    let mut of_kind = BTreeMap::new();
    let identifiers = ordered.iter().map(|(key, step)| {
        let number = of_kind.entry(key.kind()).or_insert(0);
        *number += 1;
        let joined = step.as_ref().and_then(|(to, by)| Some(Link { to: place(*to)?, by: by.clone() }));
        Identifier { kind: key.kind(), number: *number, joined }
    });
    Person {
        identifiers: identifiers.collect(),
        held: place(held).unwrap_or(0),
        spoken: around.seen(|keys| speaks_of(&owners, keys, founder)),
        at_most: units(around, &owners, founder).len() as u64,
        at_least: at_least(around, &theirs, founder),
    }
}

/// Gathers every mention of the person, and what decides about all that stands in them.
fn gather(around: &mut Around<'_>, held: Key, founder: Key) -> Owners {
    let mut theirs = BTreeSet::from([held, founder]);
    loop {
        around.gather(&theirs);
        let has_one = |keys: &&Vec<Key>| keys.iter().any(|key| theirs.contains(key));
        let beside = around.mentions.keys().filter(has_one).flatten().copied();
        let open: BTreeSet<Key> =
            beside.filter(|key| key.kind().level() > Level::Resident && !around.is_settled(*key)).collect();
        around.settle(&open.into_iter().collect::<Vec<_>>(), held);
        let owners = owners(&around.mentions);
        let before = theirs.len();
        let settled = owners.keys().copied().filter(|key| around.is_settled(*key));
        theirs.extend(settled.filter(|key| owner(&owners, *key) == Some(founder)));
        if theirs.len() == before || around.is_cut {
            return owners;
        }
    }
}

/// For each identifier of the person those that it stands beside, with the mentions that have both.
fn beside(around: &Around<'_>, theirs: &BTreeSet<Key>) -> BTreeMap<Key, BTreeMap<Key, Seen>> {
    let mut beside: BTreeMap<Key, BTreeMap<Key, Seen>> = BTreeMap::new();
    for (keys, (classes, data_sets)) in &around.mentions {
        for one in keys.iter().filter(|key| theirs.contains(key)) {
            for other in keys.iter().filter(|key| theirs.contains(key) && *key != one) {
                beside.entry(*one).or_default().entry(*other).or_default().note(data_sets, *classes);
            }
        }
    }
    beside
}

/// How many mentions lie between `from` and each identifier.
fn distances(beside: &BTreeMap<Key, BTreeMap<Key, Seen>>, from: Key) -> BTreeMap<Key, usize> {
    let mut distances = BTreeMap::from([(from, 0)]);
    let mut here = vec![from];
    for distance in 1.. {
        let next: BTreeSet<Key> =
            here.iter().filter_map(|key| beside.get(key)).flat_map(BTreeMap::keys).copied().collect();
        here = next.into_iter().filter(|key| !distances.contains_key(key)).collect();
        if here.is_empty() {
            break;
        }
        distances.extend(here.iter().map(|key| (*key, distance)));
    }
    distances
}

/// Whether a mention speaks of the person: the strongest of its identifiers that belong to anybody is theirs, or one of the
/// same kind is.
fn speaks_of(owners: &Owners, keys: &[Key], person: Key) -> bool {
    let Some(best) = keys.iter().find(|key| owner(owners, **key).is_some()) else { return false };
    keys.iter().any(|key| key.kind() == best.kind() && owner(owners, *key) == Some(person))
}

/// The sets of identifiers under which the upper bound counts the person.
fn units(around: &Around<'_>, owners: &Owners, person: Key) -> BTreeSet<Vec<Key>> {
    let mut units = BTreeSet::new();
    for keys in around.mentions.keys().filter(|keys| speaks_of(owners, keys, person)) {
        let Some(best) = keys.iter().find(|key| owner(owners, **key).is_some()) else { continue };
        let level = best.kind().level();
        let theirs = || keys.iter().filter(|key| key.kind().level() == level && owner(owners, **key) == Some(person));
        if theirs().count() == 1 {
            units.insert(theirs().copied().collect());
            continue;
        }
        let telling: Vec<Key> = theirs().copied().filter(|key| !is_hub(around, *key)).collect();
        let kind = telling.first().map(|first| first.kind());
        let unit = telling.into_iter().filter(|key| Some(key.kind()) == kind).collect();
        units.insert(if kind.is_some() { unit } else { theirs().copied().collect() });
    }
    units
}

/// Whether the identifier is seen with two identifiers of one other kind of its own level.
fn is_hub(around: &Around<'_>, key: Key) -> bool {
    let mut others = BTreeMap::new();
    for keys in around.mentions.keys().filter(|keys| keys.contains(&key)) {
        let is_peer = |other: &&Key| other.kind().level() == key.kind().level() && other.kind() != key.kind();
        for other in keys.iter().filter(is_peer) {
            others.entry(other.kind()).or_insert_with(BTreeSet::new).insert(*other);
        }
    }
    others.values().any(|others| others.len() > 1)
}

fn at_least(around: &Around<'_>, theirs: &BTreeSet<Key>, founder: Key) -> AtLeast {
    let is_theirs = |key: &Key| theirs.contains(key);
    if founder.kind().level() == Level::Resident {
        AtLeast::Resident
    } else if theirs.iter().all(|key| key.kind().is_deidentified()) {
        AtLeast::Never
    } else if around.mentions.keys().any(|keys| keys.iter().any(is_theirs) && !keys.iter().all(is_theirs)) {
        AtLeast::PerhapsAnother
    } else {
        AtLeast::ByItsKinds
    }
}
