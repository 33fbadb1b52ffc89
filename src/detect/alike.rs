//! Cells of a column that the same detectors say the same of, counted together: in most columns all cells are alike, or
//! fall into a few kinds.

use std::borrow::Cow;

use super::route::{Routes, Said};
use super::sample::Sample;
use super::survey::Hits;

/// The first so many kinds of a column are counted together; cells of others one by one.
const KINDS: usize = 8;

/// The kinds that cells of a column are of.
#[derive(Debug, Default)]
pub(super) struct Alike {
    kinds: Vec<Kind>,
}

/// Cells of which the same was said.
#[derive(Debug)]
struct Kind {
    said: Said,
    cells: u64,
    /// The distinct ones, where a detector says that they are one.
    matches: Sample,
}

impl Alike {
    /// Adds a cell, by its hash, that so many rows have; `normal` is its normal form. What is counted one by one goes to
    /// `hits`.
    pub(super) fn add(
        &mut self,
        said: Said,
        (hash, times): (u64, u64),
        normal: &[u8],
        routes: &Routes,
        hits: &mut [Option<Box<Hits>>],
    ) {
        if said.shaped == 0 {
            return;
        }
        let add = |kind: &mut Kind| {
            kind.cells += times;
            if said.full != 0 {
                kind.matches.insert(hash, || Cow::Borrowed(normal));
            }
        };
        if let Some(kind) = self.kinds.iter_mut().find(|kind| kind.said == said) {
            add(kind);
            return;
        }
        let mut kind = Kind { said, cells: 0, matches: Sample::default() };
        add(&mut kind);
        if self.kinds.len() < KINDS {
            self.kinds.push(kind);
        } else {
            kind.tell(routes, hits);
        }
    }

    /// Adds what is known to `hits`.
    pub(super) fn tell(self, routes: &Routes, hits: &mut [Option<Box<Hits>>]) {
        self.kinds.into_iter().for_each(|kind| kind.tell(routes, hits));
    }
}

impl Kind {
    fn tell(self, routes: &Routes, of_column: &mut [Option<Box<Hits>>]) {
        for (detector, is_full) in routes.detectors(self.said) {
            let Some(hits) = of_column.get_mut(detector) else { continue };
            let hits = hits.get_or_insert_with(Box::default);
            hits.shaped += self.cells;
            if is_full {
                hits.full += self.cells;
                hits.matches.merge(&self.matches);
            }
        }
    }
}
