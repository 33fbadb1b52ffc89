//! One part of the set of mentions: those whose strongest key starts with the same bits.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use crate::model::{ClassSet, Key};

/// A set of distinct mentions with what their rows said.
///
/// A mention of one key is 24 bytes in a table; a longer one is its keys in one long list, and 16 bytes more.
#[derive(Clone, Debug, Default)]
pub(super) struct Shard {
    singles: HashTable<Single>,
    keys: Vec<Key>,
    tuples: Vec<Tuple>,
    index: HashTable<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Single {
    key: Key,
    classes: ClassSet,
}

/// Several keys: those from the end of the tuple before to `end`.
#[derive(Clone, Copy, Debug)]
struct Tuple {
    classes: ClassSet,
    /// 32 bits: one shard of 64 would have to hold 64 GiB of keys to pass them.
    end: u32,
    /// Kept, so that a table that grows or looks for another tuple need not fetch the keys.
    hash: u32,
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

    fn insert_tuple(&mut self, keys: &[Key], classes: ClassSet) {
        let hash = hash(keys);
        let is_same = |&at: &u32| {
            self.tuples.get(at as usize).is_some_and(|tuple| tuple.hash == hash)
                && slice(&self.keys, &self.tuples, at as usize) == keys
        };
        let rehash = |&at: &u32| self.tuples.get(at as usize).map_or(0, |tuple| spread(tuple.hash));
        match self.index.entry(spread(hash), is_same, rehash) {
            Entry::Occupied(at) => {
                if let Some(known) = self.tuples.get_mut(*at.get() as usize) {
                    known.classes = known.classes.union(classes);
                }
            }
            Entry::Vacant(place) => {
                place.insert(self.tuples.len() as u32);
                make_room(&mut self.keys, keys.len());
                self.keys.extend_from_slice(keys);
                make_room(&mut self.tuples, 1);
                self.tuples.push(Tuple { classes, end: self.keys.len() as u32, hash });
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
    fn tuples(&self) -> impl Iterator<Item = (&[Key], ClassSet)> {
        self.tuples.iter().enumerate().map(|(at, tuple)| (slice(&self.keys, &self.tuples, at), tuple.classes))
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
        self.singles.len() + self.tuples.len()
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
            + self.tuples.capacity() * size_of::<Tuple>()
    }
}

fn slice<'a>(keys: &'a [Key], tuples: &[Tuple], at: usize) -> &'a [Key] {
    let end = |at: usize| tuples.get(at).map_or(0, |tuple| tuple.end as usize);
    let start = at.checked_sub(1).map_or(0, end);
    keys.get(start..end(at)).unwrap_or_default()
}

/// Grows by a quarter where `Vec` would double: memory, not copying, bounds how many persons can be counted.
fn make_room<T>(list: &mut Vec<T>, n: usize) {
    if list.capacity() - list.len() < n {
        list.reserve_exact(n.max(list.len() / 4 + 4));
    }
}

/// Uniform because the keys are; the rotation makes keys of one tuple not cancel.
fn hash(keys: &[Key]) -> u32 {
    keys.iter().fold(0, |hash: u64, key| hash.rotate_left(23) ^ key.bits()) as u32
}

/// The hash as the table wants it: it takes the place from the low bits and a tag from the high ones.
const fn spread(hash: u32) -> u64 {
    (hash as u64) << 32 | hash as u64
}
