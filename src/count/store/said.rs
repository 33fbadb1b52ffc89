//! What rows said of a mention, held once for all mentions of which the same was said.

use hashbrown::HashMap;

use crate::model::ClassSet;

/// What the rows of a mention said, and the data sets that they are from, as a set of places in a list of names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Said {
    /// The classes.
    pub classes: ClassSet,
    /// The data sets: bit `n` is place `n`.
    pub data_sets: u64,
}

impl Said {
    /// What either said.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self { classes: self.classes.union(other.classes), data_sets: self.data_sets | other.data_sets }
    }
}

/// Numbers what was said, from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct SaidTable {
    list: Vec<Said>,
    numbers: HashMap<Said, u32>,
    last: u32,
}

impl SaidTable {
    /// The number of `said`.
    pub(super) fn number(&mut self, said: Said) -> u32 {
        // Nearly always what was said of the mention before.
        if self.list.get(self.last as usize) != Some(&said) {
            self.last = *self.numbers.entry(said).or_insert_with(|| {
                self.list.push(said);
                (self.list.len() - 1) as u32
            });
        }
        self.last
    }

    /// What has the number.
    pub(super) fn get(&self, number: u32) -> Said {
        self.list.get(number as usize).copied().unwrap_or_default()
    }

    /// The number of what either of two numbers says.
    pub(super) fn union(&mut self, one: u32, other: u32) -> u32 {
        if one == other { one } else { self.number(self.get(one).union(self.get(other))) }
    }

    /// Everything that was said, by number.
    pub(super) fn list(&self) -> &[Said] {
        &self.list
    }

    /// The same with other data sets.
    pub(super) fn map(&mut self, data_sets: impl Fn(u64) -> u64) {
        for said in &mut self.list {
            said.data_sets = data_sets(said.data_sets);
        }
        // Two numbers may now say the same: both stay valid, and the index knows one of them.
        self.numbers = self.list.iter().enumerate().map(|(number, said)| (*said, number as u32)).collect();
    }

    /// Bytes held, about.
    pub(super) fn heap_bytes(&self) -> usize {
        self.list.capacity() * size_of::<Said>() + self.numbers.capacity() * (size_of::<(Said, u32)>() + 1)
    }
}
