//! Columns of text that repeat a few values are looked at as dictionaries, whatever they were read from: each value is judged
//! once, and a cell that has it is a number.

use std::sync::Arc;

use arrow_array::{Array as _, ArrayRef, BinaryArray, UInt32Array};
use hashbrown::HashTable;

use super::cells::Cells;
use super::sample::sample_hash;

/// A column with more distinct values than this is none that repeats a few.
const VALUES_AT_MOST: usize = 1024;
/// Nor is one of whose first rows more than one in four has a value of its own.
const ROWS_FOR_A_VALUE: usize = 4;
/// With so many distinct values there is something to judge by.
const LEAST_VALUES: usize = 64;
/// Longer values are text, which seldom repeats.
const LONGEST: usize = 64;

/// The values of a column, as long as they are few.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    is_off: bool,
    rows: usize,
    index: HashTable<(u64, u32)>,
    values: Vec<Box<[u8]>>,
    /// The values as they were handed out last, so that what was found out about them holds for the next batch.
    known: Option<(ArrayRef, Arc<Cells>)>,
}

impl Repeats {
    /// The column as a dictionary, where it repeats a few values; otherwise as it is.
    pub(super) fn encode(&mut self, cells: Cells) -> Cells {
        if self.is_off {
            return cells;
        }
        let Some(keys) = self.keys(&cells) else {
            *self = Self { is_off: true, ..Self::default() };
            return cells;
        };
        let (of, values) = self.values();
        Cells::Dictionary { keys, values, of }
    }

    /// The number of each cell's value; `None` where there are too many values, or other things than text.
    fn keys(&mut self, cells: &Cells) -> Option<UInt32Array> {
        let mut keys = Vec::with_capacity(cells.len());
        let mut few = true;
        let are_texts = cells.each_text(|text| {
            if few {
                let key = text.map(|text| self.key(text));
                few = key != Some(None);
                keys.push(key.flatten());
            }
        });
        (few && are_texts).then(|| keys.into())
    }

    fn key(&mut self, text: &[u8]) -> Option<u32> {
        if text.len() > LONGEST {
            return None;
        }
        self.rows += 1;
        let hash = sample_hash(text);
        let values = &self.values;
        let is_it = |known: &(u64, u32)| known.0 == hash && values.get(known.1 as usize).is_some_and(|v| **v == *text);
        if let Some((_, key)) = self.index.find(hash, is_it) {
            return Some(*key);
        }
        let n = self.values.len();
        if n >= VALUES_AT_MOST || n >= LEAST_VALUES && self.rows < n * ROWS_FOR_A_VALUE {
            return None;
        }
        let key = n as u32;
        self.index.insert_unique(hash, (hash, key), |known| known.0);
        self.values.push(text.into());
        Some(key)
    }

    fn values(&mut self) -> (ArrayRef, Arc<Cells>) {
        let known = self.known.take().filter(|(array, _)| array.len() == self.values.len());
        let (array, cells) = known.unwrap_or_else(|| {
            let array: ArrayRef = Arc::new(self.values.iter().map(Some).collect::<BinaryArray>());
            let cells = Arc::new(Cells::new(&array));
            (array, cells)
        });
        self.known = Some((Arc::clone(&array), Arc::clone(&cells)));
        (array, cells)
    }
}
