//! The columns of a batch, with what is asked of them more than once found out once.

use std::cell::OnceCell;

use super::cells::{Cell, Cells, items_of};
use super::facet::{quantity, time};
use super::normal;
use super::sample::sample_hash;

/// The columns of one batch.
pub(super) struct Columns<'b> {
    cells: &'b [Cells],
    known: Vec<Known>,
}

/// What is known of a column, as far as it was asked for; by cell, which of a list is an item.
#[derive(Default)]
struct Known {
    filled: OnceCell<Vec<bool>>,
    subjects: OnceCell<Vec<Option<u64>>>,
    quantities: OnceCell<Vec<Option<f64>>>,
    times: OnceCell<Vec<Option<i64>>>,
}

impl<'b> Columns<'b> {
    pub(super) fn new(cells: &'b [Cells]) -> Self {
        Self { cells, known: cells.iter().map(|_| Known::default()).collect() }
    }

    /// The cells of a column.
    pub(super) fn get(&self, column: usize) -> Option<&'b Cells> {
        self.cells.get(column)
    }

    /// The cells of a column in a row: one, or the items of its list.
    pub(super) fn cells(&self, column: usize, row: usize) -> impl Iterator<Item = Cell<'b>> {
        self.get(column).into_iter().flat_map(move |cells| cells.cells_of(row).map(move |at| cells.get(at)))
    }

    /// Which rows of a column say something.
    pub(super) fn filled(&self, column: usize) -> &[bool] {
        self.known(column, |known| &known.filled, Cells::filled)
    }

    /// What tells the subjects of rows from others: a hash of each cell that is not blank.
    pub(super) fn subjects(&self, column: usize) -> Items<'_, Option<u64>> {
        let of_cells = self.known(
            column,
            |known| &known.subjects,
            |cells| {
                let mut text = Vec::new();
                let says_something = |subject: &&[u8]| !normal::says_nothing(subject);
                cells.map(|cell| cell.text(&mut text).map(normal::trim).filter(says_something).map(sample_hash))
            },
        );
        self.items(column, of_cells)
    }

    /// The numbers in the cells.
    pub(super) fn quantities(&self, column: usize) -> Items<'_, Option<f64>> {
        self.items(column, self.known(column, |known| &known.quantities, |cells| cells.map(quantity)))
    }

    /// The times in the cells, as numbers that sort like them.
    pub(super) fn times(&self, column: usize) -> Items<'_, Option<i64>> {
        self.items(column, self.known(column, |known| &known.times, |cells| cells.map(time)))
    }

    fn known<T>(
        &self,
        column: usize,
        what: impl Fn(&Known) -> &OnceCell<Vec<T>>,
        find_out: impl FnOnce(&Cells) -> Vec<T>,
    ) -> &[T] {
        let known = self.known.get(column).map(what).zip(self.cells.get(column));
        known.map_or(&[], |(known, cells)| known.get_or_init(|| find_out(cells)))
    }

    fn items<'t, T>(&'t self, column: usize, of_cells: &'t [T]) -> Items<'t, T> {
        Items { ends: self.get(column).and_then(Cells::ends), of_cells }
    }
}

/// Something about each cell of a column, and of a list about each of its items.
#[derive(Clone, Copy, Debug)]
pub(super) struct Items<'c, T> {
    /// Of a list, where the items of each row end.
    pub(super) ends: Option<&'c [u32]>,
    pub(super) of_cells: &'c [T],
}

impl<'c, T> Items<'c, T> {
    /// What is about the cell of a row, or about the items of its list.
    #[inline]
    pub(super) fn of_row(&self, row: usize) -> &'c [T] {
        match self.ends {
            None => self.of_cells.get(row..=row).unwrap_or_default(),
            Some(ends) => self.of_cells.get(items_of(ends, row)).unwrap_or_default(),
        }
    }
}
