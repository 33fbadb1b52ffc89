//! The columns of a batch, with what is asked of them more than once found out once.

use std::cell::OnceCell;

use super::cells::{Cell, Cells};
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

    /// What tells the subject of a row from others: a hash of each of its cells that says something.
    pub(super) fn subjects(&self, column: usize, row: usize) -> &[Option<u64>] {
        let of_cells = self.known(
            column,
            |known| &known.subjects,
            |cells| {
                let mut text = Vec::new();
                cells.map(|cell| cell.text(&mut text).map(|subject| sample_hash(normal::trim(subject))))
            },
        );
        self.of_row(column, row, of_cells)
    }

    /// The numbers in the cells of a row.
    pub(super) fn quantities(&self, column: usize, row: usize) -> &[Option<f64>] {
        let of_cells = self.known(column, |known| &known.quantities, |cells| cells.map(quantity));
        self.of_row(column, row, of_cells)
    }

    /// The times in the cells of a row, as numbers that sort like them.
    pub(super) fn times(&self, column: usize, row: usize) -> &[Option<i64>] {
        let of_cells = self.known(column, |known| &known.times, |cells| cells.map(time));
        self.of_row(column, row, of_cells)
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

    fn of_row<'t, T>(&self, column: usize, row: usize, of_cells: &'t [T]) -> &'t [T] {
        self.get(column).and_then(|cells| of_cells.get(cells.cells_of(row))).unwrap_or_default()
    }
}
