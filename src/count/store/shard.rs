//! One part of the set of mentions: those whose strongest key starts with the same bits.

use super::said::{Said, SaidTable};
use super::table::Table;
use crate::model::Key;

/// A set of distinct mentions with what their rows said, in a table for each number of keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Shard {
    said: SaidTable,
    /// By their widths, in order.
    tables: Vec<Table>,
}

impl Shard {
    /// Adds a mention; `keys` are sorted, distinct and not empty.
    pub(super) fn insert(&mut self, keys: &[Key], said: Said) {
        let number = self.said.number(said);
        let at = self.table(keys.len());
        if let Some(table) = self.tables.get_mut(at) {
            table.insert(keys, number, &mut self.said);
        }
    }

    /// The place of the table for a number of keys.
    fn table(&mut self, width: usize) -> usize {
        self.tables.binary_search_by_key(&width, |table| table.width).unwrap_or_else(|at| {
            self.tables.insert(at, Table::new(width));
            at
        })
    }

    /// Adds another part.
    pub(super) fn merge(&mut self, mut other: Self) {
        if self.heap_bytes() < other.heap_bytes() {
            std::mem::swap(self, &mut other);
        }
        for table in other.tables {
            let at = self.table(table.width);
            if let Some(mine) = self.tables.get_mut(at) {
                mine.merge(table, &mut other.said, &mut self.said);
            }
        }
    }

    /// Sorts everything in.
    pub(super) fn sort(&mut self) {
        for table in &mut self.tables {
            table.sort(&mut self.said);
        }
    }

    /// The tables, narrowest first.
    pub(super) fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// What was said, by number.
    pub(super) fn said(&self) -> &[Said] {
        self.said.list()
    }

    /// The same mentions from other data sets.
    pub(super) fn map(&mut self, data_sets: impl Fn(u64) -> u64) {
        self.said.map(data_sets);
    }

    /// How many mentions there are, once everything is sorted in.
    pub(super) fn len(&self) -> usize {
        self.tables.iter().map(Table::len).sum()
    }

    /// How many keys the mentions have together.
    pub(super) fn n_keys(&self) -> usize {
        self.tables.iter().map(|table| table.len() * table.width).sum()
    }

    /// Bytes taken from the allocator.
    pub(super) fn heap_bytes(&self) -> usize {
        self.said.heap_bytes() + self.tables.iter().map(Table::heap_bytes).sum::<usize>()
    }
}
