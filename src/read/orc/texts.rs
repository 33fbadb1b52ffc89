//! Columns of text and of bytes.

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, BinaryArray, DictionaryArray, StringArray};
use arrow_buffer::{Buffer, NullBuffer, OffsetBuffer};

use super::Fault;
use super::cells::{DATA, DICTIONARY_DATA, LENGTH, Place, Rows, undoable};
use super::feed::{Feed, Room, corrupt};
use super::runs::Ints;
use super::schema::{Kind, Node};
use crate::read::parquet::lane::to_text;

/// Cells that are not the UTF-8 that the format demands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Undecoded {
    /// Text in GB18030.
    pub(super) n_foreign: u64,
    /// Text in no encoding.
    pub(super) n_undecodable: u64,
}

#[derive(Debug)]
pub(super) enum Texts {
    Plain { lengths: Box<Ints>, data: Feed, is_text: bool },
    Dictionary(Box<Dictionary>),
}

/// A column whose values are numbers in a dictionary.
#[derive(Debug)]
pub(super) struct Dictionary {
    keys: Ints,
    lengths: Box<Ints>,
    data: Feed,
    n_values: u64,
    /// The dictionary, where it was read.
    values: Option<ArrayRef>,
}

impl Texts {
    pub(super) fn open(node: &Node, place: &Place<'_>) -> Result<Self, Fault> {
        let encoding = place.streams.encoding(node.id)?;
        let lengths = Box::new(place.ints(node, LENGTH, false)?);
        let is_text = node.kind == Kind::Text;
        if encoding.is_dictionary() && is_text {
            let (keys, data) = (place.ints(node, DATA, false)?, place.feed(node, DICTIONARY_DATA));
            let dictionary = Dictionary { keys, lengths, data, n_values: encoding.n_values, values: None };
            return Ok(Self::Dictionary(Box::new(dictionary)));
        }
        Ok(Self::Plain { lengths, data: place.feed(node, DATA), is_text })
    }

    pub(super) fn next(&mut self, rows: Rows, room: &Room, undecoded: &mut Undecoded) -> Result<ArrayRef, Fault> {
        match self {
            Self::Plain { lengths, data, is_text } => {
                let lengths = lengths.next(rows.n_valid())?;
                let bytes = bytes(&lengths, data, |total| room.take(total))?;
                let cells = cells(rows.spread(lengths), bytes, rows.nulls)?;
                if *is_text { text(&cells, undecoded) } else { Ok(Arc::new(cells)) }
            }
            Self::Dictionary(dictionary) => dictionary.next(rows, room, undecoded),
        }
    }
}

impl Dictionary {
    fn next(&mut self, rows: Rows, room: &Room, undecoded: &mut Undecoded) -> Result<ArrayRef, Fault> {
        let values = match self.values.take() {
            Some(values) => values,
            None => self.read(room, undecoded)?,
        };
        let keys = self.keys.next(rows.n_valid())?.into_iter();
        let keys = keys.map(|key| i32::try_from(key).map_err(|_| corrupt("a value is not in its dictionary")));
        let keys = rows.collected::<Int32Type>(keys)?;
        self.values = Some(Arc::clone(&values));
        let cells = DictionaryArray::try_new(keys, values).map_err(|error| undoable(&error))?;
        Ok(Arc::new(cells))
    }

    fn read(&mut self, room: &Room, undecoded: &mut Undecoded) -> Result<ArrayRef, Fault> {
        const LENGTH_BYTES: u64 = 16;
        room.hold(self.n_values.saturating_mul(LENGTH_BYTES))?;
        let lengths = self.lengths.next(usize::try_from(self.n_values).unwrap_or(usize::MAX))?;
        let bytes = bytes(&lengths, &mut self.data, |total| room.hold(total))?;
        text(&cells(lengths, bytes, None)?, undecoded)
    }
}

/// The bytes of all values, one after the other.
fn bytes(lengths: &[i64], data: &mut Feed, ask: impl FnOnce(u64) -> Result<(), Fault>) -> Result<Vec<u8>, Fault> {
    let total = lengths.iter().try_fold(0_usize, |sum, length| sum.checked_add(usize::try_from(*length).ok()?));
    let total = total.filter(|total| i32::try_from(*total).is_ok());
    let total = total.ok_or_else(|| corrupt("a value is longer than any can be"))?;
    ask(total as u64)?;
    let mut bytes = Vec::new();
    data.fill(total, &mut bytes)?;
    Ok(bytes)
}

fn cells(lengths: Vec<i64>, bytes: Vec<u8>, nulls: Option<NullBuffer>) -> Result<BinaryArray, Fault> {
    let offsets = OffsetBuffer::<i32>::from_lengths(lengths.into_iter().map(|length| length as usize));
    BinaryArray::try_new(offsets, Buffer::from_vec(bytes), nulls).map_err(|error| undoable(&error))
}

/// Bytes as text: UTF-8 where all of them are.
fn text(cells: &BinaryArray, undecoded: &mut Undecoded) -> Result<ArrayRef, Fault> {
    let (offsets, bytes, nulls) = cells.clone().into_parts();
    if let Ok(text) = StringArray::try_new(offsets, bytes, nulls) {
        return Ok(Arc::new(text));
    }
    let cells: ArrayRef = Arc::new(cells.clone());
    let values = to_text(&cells).map_err(|error| undoable(&error))?;
    undecoded.n_foreign += values.n_foreign;
    undecoded.n_undecodable += values.n_undecodable;
    Ok(values.array)
}
