//! The rules of linking by their words, over few mentions: which persons each identifier stands beside.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ClassSet, Key, Level};

/// Mentions by their keys, strongest first.
pub(super) type Rows = BTreeMap<Vec<Key>, (ClassSet, BTreeSet<usize>)>;

/// The persons of each identifier; one has one owner, another is shared by several. A person is called by a key of theirs.
pub(super) type Owners = BTreeMap<Key, BTreeSet<Key>>;

/// The one person that an identifier belongs to.
pub(super) fn owner(owners: &Owners, key: Key) -> Option<Key> {
    owners.get(&key).filter(|persons| persons.len() == 1).and_then(|persons| persons.first()).copied()
}

/// Links all identifiers.
pub(super) fn owners(rows: &Rows) -> Owners {
    let mut owners = Owners::new();
    for key in rows.keys().flatten().filter(|key| key.kind().level() == Level::Resident) {
        owners.insert(*key, BTreeSet::from([*key]));
    }
    for level in [Level::Card, Level::Account, Level::Vehicle] {
        let claims = claims(rows, &owners, level);
        let groups = groups(rows, &claims, level);
        let neighbours = neighbours(rows, &claims, &groups, level);
        for (key, persons) in claims {
            let founder = root(&groups, key);
            let of_group = || neighbours.get(&founder).filter(|persons| !persons.is_empty()).cloned();
            let persons =
                if persons.is_empty() { of_group().unwrap_or_else(|| BTreeSet::from([founder])) } else { persons };
            owners.insert(key, persons);
        }
    }
    for keys in rows.keys() {
        if let Some(first) = keys.first().filter(|first| first.kind().level() == Level::Name) {
            let best = keys.iter().filter(|key| key.kind() == first.kind());
            owners.extend(best.map(|name| (*name, BTreeSet::from([*name]))));
        }
    }
    owners
}

fn of_level(keys: &[Key], level: Level) -> impl Iterator<Item = Key> {
    keys.iter().copied().filter(move |key| key.kind().level() == level)
}

/// The persons of stronger identifiers that each identifier of a level is mentioned with.
fn claims(rows: &Rows, owners: &Owners, level: Level) -> Owners {
    let mut claims = Owners::new();
    for keys in rows.keys() {
        let stronger = keys.iter().filter(|key| key.kind().level() < level);
        let persons: BTreeSet<Key> = stronger.filter_map(|key| owner(owners, *key)).collect();
        for key in of_level(keys, level) {
            claims.entry(key).or_default().extend(&persons);
        }
    }
    claims
}

/// Identifiers that nobody claims and that share mentions, each with another of its group or with itself.
fn groups(rows: &Rows, claims: &Owners, level: Level) -> BTreeMap<Key, Key> {
    let mut groups = BTreeMap::new();
    for keys in rows.keys() {
        let mut free = of_level(keys, level).filter(|key| claims.get(key).is_some_and(BTreeSet::is_empty));
        let Some(first) = free.next() else { continue };
        groups.entry(first).or_insert(first);
        for other in free {
            let (one, other) = (root(&groups, first), root(&groups, other));
            groups.insert(one.max(other), one.min(other));
            groups.entry(one.min(other)).or_insert_with(|| one.min(other));
        }
    }
    groups
}

/// The founder of a group: always a lesser key, so that the walk ends.
fn root(groups: &BTreeMap<Key, Key>, mut key: Key) -> Key {
    while let Some(next) = groups.get(&key).filter(|next| **next != key) {
        key = *next;
    }
    key
}

/// The persons of identifiers of the same level that each group is mentioned with.
fn neighbours(rows: &Rows, claims: &Owners, groups: &BTreeMap<Key, Key>, level: Level) -> Owners {
    let mut neighbours = Owners::new();
    for keys in rows.keys() {
        let free = of_level(keys, level).find(|key| groups.contains_key(key));
        if let Some(free) = free {
            let persons = of_level(keys, level).filter_map(|key| owner(claims, key));
            neighbours.entry(root(groups, free)).or_default().extend(persons);
        }
    }
    neighbours
}
