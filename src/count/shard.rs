//! One part of the set of mentions: those whose strongest key starts with the same bits.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use crate::model::{ClassSet, Key};

/// A set of distinct mentions with what their rows said.
///
/// A mention of one key is 24 bytes in a table; a longer one is its keys in one long list, with 16 bytes more.
#[derive(Clone, Debug, Default)]
pub(super) struct Shard {
    singles: HashTable<Single>,
    keys: Vec<Key>,
    /// Where tuple `i` ends in `keys`. 32 bits: one shard of 64 would have to hold 64 GiB of keys to pass them.
    ends: Vec<u32>,
    classes: Vec<ClassSet>,
    index: HashTable<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Single {
    key: Key,
    classes: ClassSet,
}

impl Shard {
    /// Adds a mention; `keys` are sorted, distinct and not empty.
    pub(super) fn insert(&mut self, keys: &[Key], classes: ClassSet) {
        match keys {
            [key] => self.insert_single(*key, classes),
            _ => self.insert_tuple(keys, classes),
        }
    }

    fn insert_single(&mut self, key: Key, classes: ClassSet) {
        match self.singles.entry(key.bits(), |single| single.key == key, |single| single.key.bits()) {
            Entry::Occupied(mut known) => {
                let known = known.get_mut();
                known.classes = known.classes.union(classes);
            }
            Entry::Vacant(place) => {
                place.insert(Single { key, classes });
            }
        }
    }

    fn insert_tuple(&mut self, tuple: &[Key], classes: ClassSet) {
        let (keys, ends) = (&self.keys, &self.ends);
        let entry =
            self.index.entry(hash(tuple), |&at| slice(keys, ends, at) == tuple, |&at| hash(slice(keys, ends, at)));
        match entry {
            Entry::Occupied(at) => {
                if let Some(known) = self.classes.get_mut(*at.get() as usize) {
                    *known = known.union(classes);
                }
            }
            Entry::Vacant(place) => {
                place.insert(self.ends.len() as u32);
                self.keys.extend_from_slice(tuple);
                self.ends.push(self.keys.len() as u32);
                self.classes.push(classes);
            }
        }
    }

    /// Adds another part; the smaller is folded into the larger.
    pub(super) fn merge(&mut self, mut other: Self) {
        if self.n_keys() < other.n_keys() {
            std::mem::swap(self, &mut other);
        }
        for single in &other.singles {
            self.insert_single(single.key, single.classes);
        }
        for (tuple, classes) in other.tuples() {
            self.insert_tuple(tuple, classes);
        }
    }

    /// The mentions of several keys, in the order of their arrival.
    pub(super) fn tuples(&self) -> impl Iterator<Item = (&[Key], ClassSet)> {
        let at = 0..self.ends.len() as u32;
        at.zip(&self.classes).map(|(at, &classes)| (slice(&self.keys, &self.ends, at), classes))
    }

    /// All mentions, in no order that means anything.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[Key], ClassSet)> {
        let singles = self.singles.iter().map(|single| (std::slice::from_ref(&single.key), single.classes));
        singles.chain(self.tuples())
    }

    /// All mentions in the order of their keys.
    pub(super) fn sorted(&self) -> Vec<(&[Key], ClassSet)> {
        let mut all: Vec<_> = self.iter().collect();
        all.sort_unstable_by_key(|(keys, _)| *keys);
        all
    }

    /// How many mentions there are.
    pub(super) fn len(&self) -> usize {
        self.singles.len() + self.ends.len()
    }

    /// How many keys the mentions have together.
    fn n_keys(&self) -> usize {
        self.singles.len() + self.keys.len()
    }

    /// Bytes taken from the allocator.
    pub(super) fn heap_bytes(&self) -> usize {
        self.singles.allocation_size()
            + self.index.allocation_size()
            + self.keys.capacity() * size_of::<Key>()
            + self.ends.capacity() * size_of::<u32>()
            + self.classes.capacity() * size_of::<ClassSet>()
    }
}

fn slice<'a>(keys: &'a [Key], ends: &[u32], at: u32) -> &'a [Key] {
    let at = at as usize;
    let end = ends.get(at).map_or(0, |&end| end as usize);
    let start = at.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |&start| start as usize);
    keys.get(start..end).unwrap_or_default()
}

/// Uniform because the keys are; the rotation makes keys of one tuple not cancel.
fn hash(keys: &[Key]) -> u64 {
    keys.iter().fold(0, |hash: u64, key| hash.rotate_left(23) ^ key.bits())
}
