//! One row's word about one person: the identifiers that stand together, and what the row says.

use super::{ClassSet, Key};

/// Mentions found in one record batch, in columns: mention `i` has the keys `ends[i-1]..ends[i]`,
/// strongest first, each once, and the classes `classes[i]`.
#[derive(Clone, Debug, Default)]
pub struct MentionBatch {
    keys: Vec<Key>,
    ends: Vec<u32>,
    classes: Vec<ClassSet>,
}

impl MentionBatch {
    /// Adds a mention. `keys` may be in any order and repeat; a mention without keys is not one and is left out.
    pub fn push(&mut self, keys: &[Key], classes: ClassSet) {
        if keys.is_empty() {
            return;
        }
        let start = self.keys.len();
        self.keys.extend_from_slice(keys);
        if !keys.is_sorted_by(|one, next| one < next) {
            self.sort_from(start);
        }
        self.ends.push(self.keys.len() as u32);
        self.classes.push(classes);
    }

    /// Sorts the keys from a place on, and keeps each once.
    fn sort_from(&mut self, start: usize) {
        if let Some(added) = self.keys.get_mut(start..) {
            added.sort_unstable();
        }
        let mut kept = start;
        for at in start..self.keys.len() {
            let key = self.keys.get(at).copied();
            if kept == start || key != self.keys.get(kept - 1).copied() {
                self.keys.swap(kept, at);
                kept += 1;
            }
        }
        self.keys.truncate(kept);
    }

    /// The mentions: keys strongest first, and the classes of the row.
    pub fn iter(&self) -> impl Iterator<Item = (&[Key], ClassSet)> {
        let mut start = 0;
        self.ends.iter().zip(&self.classes).map(move |(&end, &classes)| {
            let keys = self.keys.get(start..end as usize).unwrap_or_default();
            start = end as usize;
            (keys, classes)
        })
    }

    /// How many mentions there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Forgets all mentions and keeps the memory.
    pub fn clear(&mut self) {
        self.keys.clear();
        self.ends.clear();
        self.classes.clear();
    }
}
