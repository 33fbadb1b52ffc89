//! The mentions that can matter to whom an identifier belongs.
//!
//! An identifier is given to somebody by what stands beside it that is stronger, or as strong: weaker ones never decide.
//! So the walk goes from an identifier to those of its own and of stronger levels, and again from these. Resident IDs end
//! it, and so does whatever stands beside two of them, because that is shared whatever else is known.

use std::collections::{BTreeMap, BTreeSet};

use super::Seen;
use crate::count::{CountError, Mentions, telling};
use crate::model::{ClassSet, Key, Level};

/// What is known of the surroundings so far.
pub(super) struct Around<'a> {
    source: &'a Mentions,
    mentions_at_most: usize,
    /// Distinct mentions by their keys, without those that are not heard.
    pub(super) mentions: BTreeMap<Vec<Key>, (ClassSet, BTreeSet<usize>)>,
    /// Keys of which every mention is here.
    whole: BTreeSet<Key>,
    /// Keys of which everything is here that decides whose they are.
    settled: BTreeSet<Key>,
    /// Mentions with a key that was looked for and is not heard there.
    pub(super) unheard: Seen,
    /// Whether there is more.
    pub(super) is_cut: bool,
    /// Why there is more, where mentions could not be read.
    failure: Option<CountError>,
}

/// Why a pass over the mentions ends early.
enum End {
    Cut,
    Failed(CountError),
}

impl From<CountError> for End {
    fn from(error: CountError) -> Self {
        Self::Failed(error)
    }
}

impl<'a> Around<'a> {
    pub(super) fn new(source: &'a Mentions, mentions_at_most: usize) -> Self {
        Self {
            source,
            mentions_at_most,
            mentions: BTreeMap::new(),
            whole: BTreeSet::new(),
            settled: BTreeSet::new(),
            unheard: Seen::default(),
            is_cut: false,
            failure: None,
        }
    }

    /// What was found out, unless mentions could not be read.
    pub(super) fn told<T>(self, told: T) -> Result<T, CountError> {
        self.failure.map_or(Ok(told), Err)
    }

    /// Whether it is known whose the key is.
    pub(super) fn is_settled(&self, key: Key) -> bool {
        self.settled.contains(&key)
    }

    /// Gathers everything that decides whose these identifiers are. Of `held` that is also with whom all it is shared.
    pub(super) fn settle(&mut self, keys: &[Key], held: Key) {
        let mut next: BTreeSet<Key> = keys.iter().copied().filter(|key| !self.settled.contains(key)).collect();
        while !next.is_empty() && !self.is_cut {
            self.gather(&next);
            let decided = self.beside_two_residents();
            let mut further = BTreeSet::new();
            for keys in self.mentions.keys() {
                for from in keys.iter().filter(|key| next.contains(key)) {
                    let ends = matches!(from.kind().level(), Level::Resident | Level::Name);
                    if ends || *from != held && decided.contains(from) {
                        continue;
                    }
                    let matters = |to: &&Key| to.kind().level() <= from.kind().level();
                    further.extend(keys.iter().filter(matters).filter(|to| to.kind().level() > Level::Resident));
                }
            }
            self.settled.extend(next);
            next = further.into_iter().filter(|key| !self.settled.contains(key)).collect();
        }
    }

    /// Takes in every mention that has one of the keys, in one pass over all mentions.
    pub(super) fn gather(&mut self, keys: &BTreeSet<Key>) {
        let missing: BTreeSet<Key> = keys.iter().copied().filter(|key| !self.whole.contains(key)).collect();
        if missing.is_empty() {
            return;
        }
        let source = self.source;
        let passed = source.for_each(|keys, said| {
            if !keys.iter().any(|key| missing.contains(key)) {
                return Ok(());
            }
            let heard = telling(keys);
            let places: BTreeSet<usize> = (0..64).filter(|place| said.data_sets & 1 << place != 0).collect();
            if !heard.iter().any(|key| missing.contains(key)) {
                self.unheard.note(&places, said.classes);
                return Ok(());
            }
            if self.mentions.len() >= self.mentions_at_most && !self.mentions.contains_key(heard) {
                return Err(End::Cut);
            }
            let (classes, data_sets) = self.mentions.entry(heard.to_vec()).or_default();
            *classes = classes.union(said.classes);
            data_sets.extend(places);
            Ok(())
        });
        match passed {
            Ok(()) => self.whole.extend(missing),
            Err(End::Cut) => self.is_cut = true,
            Err(End::Failed(error)) => (self.is_cut, self.failure) = (true, Some(error)),
        }
    }

    fn beside_two_residents(&self) -> BTreeSet<Key> {
        let mut beside: BTreeMap<Key, BTreeSet<Key>> = BTreeMap::new();
        for keys in self.mentions.keys() {
            let residents = keys.partition_point(|key| key.kind().level() == Level::Resident);
            let (residents, others) = keys.split_at_checked(residents).unwrap_or((keys, &[]));
            for other in others {
                beside.entry(*other).or_default().extend(residents.iter().take(2));
            }
        }
        beside.into_iter().filter(|(_, residents)| residents.len() > 1).map(|(key, _)| key).collect()
    }

    /// The mentions of which the keys `fit`, together.
    pub(super) fn seen(&self, fit: impl Fn(&[Key]) -> bool) -> Seen {
        let mut seen = Seen::default();
        for (_, (classes, data_sets)) in self.mentions.iter().filter(|(keys, _)| fit(keys)) {
            seen.note(data_sets, *classes);
        }
        seen
    }
}

impl Seen {
    pub(super) fn note(&mut self, data_sets: &BTreeSet<usize>, classes: ClassSet) {
        self.mentions += 1;
        self.data_sets.extend(data_sets);
        self.classes = self.classes.union(classes);
    }
}
