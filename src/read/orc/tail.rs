//! What a file and its stripes say of themselves.
//!
//! Apache ORC Specification v1, "File Tail" and "Stripe Footer".

use std::collections::BTreeMap;
use std::ops::Range;

use encoding_rs::GB18030;

use super::Fault;
use super::clock::Clock;
use super::feed::{Codec, Feed, Packing, Room, corrupt, unreadable};
use super::proto::{Value, fields};
use super::runs::Version;
use crate::model::ProblemCode;
use crate::read::origin::RandomAccess;

/// What a file says of itself.
#[derive(Debug)]
pub(super) struct Tail {
    pub(super) packing: Packing,
    pub(super) types: Vec<Type>,
    pub(super) stripes: Vec<Stripe>,
    pub(super) n_rows: u64,
    pub(super) is_encrypted: bool,
}

/// A column, or what stands in one.
#[derive(Clone, Debug, Default)]
pub(super) struct Type {
    pub(super) kind: u64,
    pub(super) subtypes: Vec<u64>,
    pub(super) names: Vec<String>,
    pub(super) precision: u64,
    pub(super) scale: u64,
}

/// Some rows, by where their bytes stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stripe {
    pub(super) data: Range<u64>,
    footer: Range<u64>,
    pub(super) n_rows: u64,
}

impl Stripe {
    pub(super) const fn bytes(&self) -> u64 {
        self.footer.end - self.data.start
    }
}

/// The streams of a stripe.
#[derive(Debug, Default)]
pub(super) struct Streams {
    /// By column and kind.
    ranges: BTreeMap<(u64, u64), Range<u64>>,
    encodings: Vec<Encoding>,
    pub(super) clock: Clock,
}

/// How a column of a stripe is written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Encoding {
    kind: u64,
    pub(super) n_values: u64,
}

impl Encoding {
    pub(super) const fn version(self) -> Version {
        if self.kind < 2 { Version::One } else { Version::Two }
    }

    pub(super) const fn is_dictionary(self) -> bool {
        matches!(self.kind, 1 | 3)
    }
}

impl Streams {
    pub(super) fn range(&self, column: u64, kind: u64) -> Option<Range<u64>> {
        self.ranges.get(&(column, kind)).cloned()
    }

    pub(super) fn encoding(&self, column: u64) -> Result<Encoding, Fault> {
        let encoding = usize::try_from(column).ok().and_then(|column| self.encodings.get(column)).copied();
        encoding.ok_or_else(|| corrupt("a stripe does not say how a column is written"))
    }
}

/// No description of a file or of a stripe is longer: each column takes some hundred bytes.
const MAX_FOOTER_BYTES: usize = 32 << 20;

/// No file has more columns, those inside of others included.
const MAX_TYPES: usize = 1 << 16;

/// Behind this kind are those of encrypted streams and of statistics.
const LAST_KIND: u64 = 5;

/// Reads what stands at the end of a file.
pub(super) fn tail(bytes: &RandomAccess) -> Result<Tail, Fault> {
    let cut_short = || corrupt("it has no end of its format: it is damaged or cut short");
    let end = bytes.bytes();
    let postscript_end = end.checked_sub(1).ok_or_else(cut_short)?;
    let read = |start: u64, length: u64| bytes.read_at(start, length as usize).map_err(|error| unreadable(&error));
    let length = read(postscript_end, 1)?.first().copied().map_or(0, u64::from);
    let start = postscript_end.checked_sub(length).ok_or_else(cut_short)?;
    let postscript = postscript(&read(start, length)?).ok_or_else(cut_short)?;
    let packing = packing(&postscript)?;
    let footer = start.checked_sub(postscript.footer_length).ok_or_else(cut_short)?;
    let body_end = footer.checked_sub(postscript.metadata_length).ok_or_else(cut_short)?;
    let room = Room::new(MAX_FOOTER_BYTES as u64);
    let message = Feed::new(bytes, footer..start, packing, &room).whole(MAX_FOOTER_BYTES)?;
    parsed(&message, packing, body_end)
}

#[derive(Debug, Default)]
struct Postscript {
    footer_length: u64,
    compression: u64,
    block_bytes: u64,
    metadata_length: u64,
    has_magic: bool,
}

fn postscript(message: &[u8]) -> Option<Postscript> {
    let mut found = Postscript::default();
    fields(message, &mut |field, value| {
        match field {
            1 => found.footer_length = value.number()?,
            2 => found.compression = value.number()?,
            3 => found.block_bytes = value.number()?,
            5 => found.metadata_length = value.number()?,
            8000 => found.has_magic = value.bytes()? == b"ORC",
            _ => {}
        }
        Some(())
    })?;
    (found.has_magic && found.footer_length > 0).then_some(found)
}

fn packing(postscript: &Postscript) -> Result<Packing, Fault> {
    /// The header of a block has no more bits for its length.
    const MAX_BLOCK_BYTES: u64 = 1 << 23;
    const USUAL_BLOCK_BYTES: u64 = 256 << 10;
    let codec = match postscript.compression {
        0 => Codec::Stored,
        1 => Codec::Zlib,
        2 => Codec::Snappy,
        3 => Codec::Lzo,
        4 => Codec::Lz4,
        5 => Codec::Zstd,
        _ => {
            return Err((ProblemCode::FormatUnsupported, "its streams have a compression that is not read".to_owned()));
        }
    };
    let block_bytes = if postscript.block_bytes == 0 { USUAL_BLOCK_BYTES } else { postscript.block_bytes };
    Ok(Packing { codec, block_bytes: block_bytes.min(MAX_BLOCK_BYTES) as usize })
}

fn parsed(message: &[u8], packing: Packing, body_end: u64) -> Result<Tail, Fault> {
    let mut tail = Tail { packing, types: Vec::new(), stripes: Vec::new(), n_rows: 0, is_encrypted: false };
    let mut fault = None;
    let mut end = 0;
    let walked = fields(message, &mut |field, value| {
        match field {
            3 => {
                let stripe = stripe(value.bytes()?, end, body_end);
                if stripe.is_none() {
                    fault = Some(corrupt("a stripe is said to stand where none can be"));
                }
                end = stripe.as_ref()?.footer.end;
                tail.stripes.extend(stripe);
            }
            4 => {
                if tail.types.len() == MAX_TYPES {
                    let cause = format!("it has more than {MAX_TYPES} columns");
                    fault = Some((ProblemCode::FormatUnsupported, cause));
                    return None;
                }
                tail.types.push(one_type(value.bytes()?)?);
            }
            6 => tail.n_rows = value.number()?,
            10 => tail.is_encrypted = true,
            _ => {}
        }
        Some(())
    });
    match walked {
        Some(()) => Ok(tail),
        None => Err(fault.unwrap_or_else(|| corrupt("its description of itself is damaged"))),
    }
}

/// A stripe that begins behind the one before and ends before the end of all.
fn stripe(message: &[u8], after: u64, body_end: u64) -> Option<Stripe> {
    let (mut offset, mut lengths, mut n_rows) = (0, [0_u64; 3], 0);
    fields(message, &mut |field, value| {
        match (field, &mut lengths) {
            (1, _) => offset = value.number()?,
            (2, [index, ..]) => *index = value.number()?,
            (3, [_, data, _]) => *data = value.number()?,
            (4, [.., footer]) => *footer = value.number()?,
            (5, _) => n_rows = value.number()?,
            _ => {}
        }
        Some(())
    })?;
    let [index, data, footer] = lengths;
    let footer_start = offset.checked_add(index)?.checked_add(data)?;
    let footer = footer_start..footer_start.checked_add(footer)?;
    let fits = offset >= after && footer.end <= body_end && !footer.is_empty();
    fits.then_some(Stripe { data: offset..footer_start, footer, n_rows })
}

fn one_type(message: &[u8]) -> Option<Type> {
    let mut found = Type::default();
    fields(message, &mut |field, value| {
        match field {
            1 => found.kind = value.number()?,
            2 => value.numbers(&mut found.subtypes)?,
            3 => found.names.push(name(value)?),
            5 => found.precision = value.number()?,
            6 => found.scale = value.number()?,
            _ => {}
        }
        (found.subtypes.len() <= MAX_TYPES).then_some(())
    })?;
    Some(found)
}

fn name(value: Value<'_>) -> Option<String> {
    let bytes = value.bytes()?;
    let text = std::str::from_utf8(bytes).map(str::to_owned).ok();
    let foreign =
        || GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned);
    text.or_else(foreign).or_else(|| Some(String::from_utf8_lossy(bytes).into_owned()))
}

/// Reads what stands at the end of a stripe.
pub(super) fn streams(bytes: &RandomAccess, tail: &Tail, stripe: &Stripe) -> Result<Streams, Fault> {
    let room = Room::new(MAX_FOOTER_BYTES as u64);
    let message = Feed::new(bytes, stripe.footer.clone(), tail.packing, &room).whole(MAX_FOOTER_BYTES)?;
    let mut streams = Streams::default();
    let n_types = tail.types.len();
    let mut at = stripe.data.start;
    let walked = fields(&message, &mut |field, value| {
        match field {
            1 => {
                let [kind, column, length] = numbers(value.bytes()?)?;
                let range = at..at.checked_add(length)?;
                at = range.end;
                if kind <= LAST_KIND && column < n_types as u64 {
                    let before = streams.ranges.insert((column, kind), range);
                    return (before.is_none() && at <= stripe.data.end).then_some(());
                }
            }
            3 => streams.clock = std::str::from_utf8(value.bytes()?).map(Clock::of).ok()?,
            2 if streams.encodings.len() < n_types => {
                let [kind, n_values, _] = numbers(value.bytes()?)?;
                streams.encodings.push(Encoding { kind, n_values });
            }
            _ => {}
        }
        Some(())
    });
    walked.map(|()| streams).ok_or_else(|| corrupt("what it says of its streams is damaged"))
}

/// The first three fields of a message, which are numbers.
fn numbers(message: &[u8]) -> Option<[u64; 3]> {
    let mut found = [0; 3];
    fields(message, &mut |field, value| {
        let slot = field.checked_sub(1).and_then(|at| found.get_mut(usize::try_from(at).ok()?));
        if let (Some(slot), Some(number)) = (slot, value.number()) {
            *slot = number;
        }
        Some(())
    })?;
    Some(found)
}
