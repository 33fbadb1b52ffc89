//! The values of a column, some rows at a time.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, TimestampMicrosecondType,
};
use arrow_array::{Array, ArrayRef, BooleanArray, ListArray, PrimitiveArray, StructArray, UInt64Array};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, Field, Fields};

use super::Fault;
use super::clock::Clock;
use super::feed::{Feed, Room, corrupt};
use super::runs::{Bits, Ints, Octets, varint};
use super::schema::{Kind, Node, zone};
use super::tail::{Streams, Tail};
use super::texts::{Texts, Undecoded};
use crate::read::flatten;
use crate::read::origin::RandomAccess;
use crate::read::parquet::guard::kind_of;

/// Where the streams of a stripe are.
pub(super) struct Place<'a> {
    pub(super) bytes: &'a RandomAccess,
    pub(super) tail: &'a Tail,
    pub(super) streams: &'a Streams,
    pub(super) room: &'a Rc<Room>,
}

/// Kinds of streams.
const PRESENT: u64 = 0;
pub(super) const DATA: u64 = 1;
pub(super) const LENGTH: u64 = 2;
pub(super) const DICTIONARY_DATA: u64 = 3;
const SECONDARY: u64 = 5;

impl Place<'_> {
    /// A stream; one that is not there has no bytes.
    pub(super) fn feed(&self, node: &Node, kind: u64) -> Feed {
        self.of(self.streams.range(node.id, kind).unwrap_or_default())
    }

    fn of(&self, range: Range<u64>) -> Feed {
        Feed::new(self.bytes, range, self.tail.packing, self.room)
    }

    pub(super) fn ints(&self, node: &Node, kind: u64, is_signed: bool) -> Result<Ints, Fault> {
        let version = self.streams.encoding(node.id)?.version();
        Ok(Ints::new(self.feed(node, kind), version, is_signed))
    }
}

/// A column that is read from its first row to its last.
#[derive(Debug)]
pub(super) struct Column {
    room: Rc<Room>,
    present: Option<Bits>,
    values: Values,
}

#[derive(Debug)]
enum Values {
    Booleans(Bits),
    Octets(Octets),
    Ints(Ints, Kind),
    Floats(Feed),
    Doubles(Feed),
    Texts(Box<Texts>),
    Times { seconds: Ints, nanos: Ints, clock: Clock, is_instant: bool },
    Decimals { digits: Feed, scales: Ints, precision: u8, scale: i8 },
    Struct(Vec<(String, Column)>),
    List { lengths: Ints, items: Box<Column> },
    Union { tags: Octets, members: Vec<(String, Column)> },
}

impl Column {
    pub(super) fn open(node: &Node, place: &Place<'_>) -> Result<Self, Fault> {
        let present = place.streams.range(node.id, PRESENT).map(|range| Bits::new(place.of(range)));
        let ints = |kind, is_signed| place.ints(node, kind, is_signed);
        let values = match node.kind {
            Kind::Boolean => Values::Booleans(Bits::new(place.feed(node, DATA))),
            Kind::Byte => Values::Octets(Octets::new(place.feed(node, DATA))),
            Kind::Short | Kind::Int | Kind::Long | Kind::Date => Values::Ints(ints(DATA, true)?, node.kind),
            Kind::Float => Values::Floats(place.feed(node, DATA)),
            Kind::Double => Values::Doubles(place.feed(node, DATA)),
            Kind::Text | Kind::Binary => Values::Texts(Box::new(Texts::open(node, place)?)),
            Kind::Timestamp { is_instant } => {
                let clock = if is_instant { Clock::default() } else { place.streams.clock.clone() };
                Values::Times { seconds: ints(DATA, true)?, nanos: ints(SECONDARY, false)?, clock, is_instant }
            }
            Kind::Decimal { precision, scale } => {
                Values::Decimals { digits: place.feed(node, DATA), scales: ints(SECONDARY, true)?, precision, scale }
            }
            Kind::Struct => Values::Struct(Self::children(node, place)?),
            Kind::List => {
                let (_, item) = node.children.first().ok_or_else(|| corrupt("a list is one of nothing"))?;
                Values::List { lengths: ints(LENGTH, false)?, items: Box::new(Self::open(item, place)?) }
            }
            Kind::Map => {
                let entries = Values::Struct(Self::children(node, place)?);
                let entries = Self { room: Rc::clone(place.room), present: None, values: entries };
                Values::List { lengths: ints(LENGTH, false)?, items: Box::new(entries) }
            }
            Kind::Union => {
                Values::Union { tags: Octets::new(place.feed(node, DATA)), members: Self::children(node, place)? }
            }
        };
        Ok(Self { room: Rc::clone(place.room), present, values })
    }

    fn children(node: &Node, place: &Place<'_>) -> Result<Vec<(String, Self)>, Fault> {
        let children = node.children.iter();
        children.map(|(name, child)| Ok((name.clone(), Self::open(child, place)?))).collect()
    }

    /// The next rows.
    pub(super) fn next(&mut self, n: usize, undecoded: &mut Undecoded) -> Result<ArrayRef, Fault> {
        /// What the widest values take, with what they are made from.
        const CELL_BYTES: u64 = 32;
        self.room.take(n as u64 * CELL_BYTES)?;
        let nulls = match &mut self.present {
            Some(present) => Some(NullBuffer::from(present.next(n)?)).filter(|nulls| nulls.null_count() > 0),
            None => None,
        };
        let rows = Rows { n, nulls };
        match &mut self.values {
            Values::Booleans(bits) => {
                let bits = rows.spread(bits.next(rows.n_valid())?);
                Ok(Arc::new(BooleanArray::new(bits.into(), rows.nulls)))
            }
            Values::Octets(octets) => {
                let octets = octets.next(rows.n_valid())?;
                rows.primitive::<Int8Type>(octets.into_iter().map(|octet| Ok(octet.cast_signed())))
            }
            Values::Ints(ints, kind) => integers(&ints.next(rows.n_valid())?, *kind, rows),
            Values::Floats(feed) => {
                let bytes = filled(feed, rows.n_valid() * 4)?;
                let (cells, _) = bytes.as_chunks::<4>();
                rows.primitive::<Float32Type>(cells.iter().map(|cell| Ok(f32::from_le_bytes(*cell))))
            }
            Values::Doubles(feed) => {
                let bytes = filled(feed, rows.n_valid() * 8)?;
                let (cells, _) = bytes.as_chunks::<8>();
                rows.primitive::<Float64Type>(cells.iter().map(|cell| Ok(f64::from_le_bytes(*cell))))
            }
            Values::Texts(texts) => texts.next(rows, &self.room, undecoded),
            Values::Times { seconds, nanos, clock, is_instant } => {
                let pairs = seconds.next(rows.n_valid())?.into_iter().zip(nanos.next(rows.n_valid())?);
                let times = pairs.map(|(seconds, nanos)| micros(clock, seconds, nanos));
                let times = rows.collected::<TimestampMicrosecondType>(times)?;
                Ok(Arc::new(times.with_timezone_opt(zone(*is_instant))))
            }
            Values::Decimals { digits, scales, precision, scale } => {
                let own = scales.next(rows.n_valid())?;
                let decimals = own.into_iter().map(|own| decimal(digits, own, *scale));
                let decimals = rows.collected::<Decimal128Type>(decimals)?;
                Ok(Arc::new(decimals.with_precision_and_scale(*precision, *scale).map_err(|e| undoable(&e))?))
            }
            Values::Struct(children) => {
                let n_valid = rows.n_valid();
                let mut arrays = Vec::with_capacity(children.len());
                for (name, child) in children {
                    arrays.push((name.as_str(), rows.spread_array(child.next(n_valid, undecoded)?)?));
                }
                structs(arrays, rows.nulls, n)
            }
            Values::List { lengths, items } => lists(&lengths.next(rows.n_valid())?, items, &rows, undecoded),
            Values::Union { tags, members } => {
                let tags = rows.spread(tags.next(rows.n_valid())?);
                union(&tags, members, &rows, &self.room, undecoded)
            }
        }
    }
}

/// How many rows come next, and which of them are null.
pub(super) struct Rows {
    pub(super) n: usize,
    pub(super) nulls: Option<NullBuffer>,
}

impl Rows {
    /// How many have a value.
    pub(super) fn n_valid(&self) -> usize {
        self.n - self.nulls.as_ref().map_or(0, NullBuffer::null_count)
    }

    /// Values with room for those that are null.
    pub(super) fn spread<T: Copy + Default>(&self, values: Vec<T>) -> Vec<T> {
        let Some(nulls) = &self.nulls else { return values };
        let mut values = values.into_iter();
        nulls.iter().map(|is_valid| if is_valid { values.next().unwrap_or_default() } else { T::default() }).collect()
    }

    fn spread_array(&self, values: ArrayRef) -> Result<ArrayRef, Fault> {
        let Some(nulls) = &self.nulls else { return Ok(values) };
        let places = nulls.iter().scan(0, |next, is_valid| {
            let place = is_valid.then_some(*next);
            *next += u64::from(is_valid);
            Some(place)
        });
        let places: UInt64Array = places.collect();
        arrow_select::take::take(&values, &places, None).map_err(|error| undoable(&error))
    }

    pub(super) fn collected<T: ArrowPrimitiveType>(
        self,
        values: impl Iterator<Item = Result<T::Native, Fault>>,
    ) -> Result<PrimitiveArray<T>, Fault> {
        let values = values.collect::<Result<Vec<_>, _>>()?;
        let values = self.spread(values);
        PrimitiveArray::try_new(values.into(), self.nulls).map_err(|error| undoable(&error))
    }

    fn primitive<T: ArrowPrimitiveType>(
        self,
        values: impl Iterator<Item = Result<T::Native, Fault>>,
    ) -> Result<ArrayRef, Fault> {
        Ok(Arc::new(self.collected::<T>(values)?))
    }
}

pub(super) fn undoable(error: &ArrowError) -> Fault {
    corrupt(&kind_of(error))
}

fn filled(feed: &mut Feed, length: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::with_capacity(length);
    feed.fill(length, &mut bytes)?;
    Ok(bytes)
}

fn integers(numbers: &[i64], kind: Kind, rows: Rows) -> Result<ArrayRef, Fault> {
    fn fitting<T: TryFrom<i64>>(numbers: &[i64]) -> impl Iterator<Item = Result<T, Fault>> {
        numbers.iter().map(|number| T::try_from(*number).map_err(|_| corrupt("a number does not fit its type")))
    }
    match kind {
        Kind::Short => rows.primitive::<Int16Type>(fitting(numbers)),
        Kind::Int => rows.primitive::<Int32Type>(fitting(numbers)),
        Kind::Date => rows.primitive::<Date32Type>(fitting(numbers)),
        _ => rows.primitive::<Int64Type>(fitting(numbers)),
    }
}

/// Microseconds since 1970. The last three bits of what is below a second say how many zeros were left out.
fn micros(clock: &Clock, seconds: i64, nanos: i64) -> Result<i64, Fault> {
    let zeros = match nanos & 7 {
        0 => 0,
        n => n + 1,
    };
    let nanos = 10_i64
        .checked_pow(zeros as u32)
        .and_then(|factor| (nanos.cast_unsigned() >> 3).cast_signed().checked_mul(factor));
    let time = nanos.filter(|nanos| (0..1_000_000_000).contains(nanos)).and_then(|nanos| {
        let seconds = clock.shown(seconds)?;
        // Before 1970 writers round seconds towards it.
        let seconds = if seconds < 0 && nanos > 999_999 { seconds.checked_sub(1)? } else { seconds };
        seconds.checked_mul(1_000_000)?.checked_add(nanos / 1000)
    });
    time.ok_or_else(|| corrupt("a time is none"))
}

/// A decimal, brought from its own number of places to that of its column.
fn decimal(digits: &mut Feed, own: i64, scale: i8) -> Result<i128, Fault> {
    let number = varint(digits)?;
    let number = (number >> 1).cast_signed() ^ -(number & 1).cast_signed();
    let missing = i64::from(scale).saturating_sub(own);
    let factor = u32::try_from(missing.unsigned_abs()).ok().and_then(|missing| 10_i128.checked_pow(missing));
    let number = factor.and_then(|factor| if missing < 0 { Some(number / factor) } else { number.checked_mul(factor) });
    number.ok_or_else(|| corrupt("a decimal has more digits than there can be"))
}

fn structs(arrays: Vec<(&str, ArrayRef)>, nulls: Option<NullBuffer>, n: usize) -> Result<ArrayRef, Fault> {
    let fields: Fields =
        arrays.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
    let arrays = arrays.into_iter().map(|(_, array)| array).collect();
    let structs = StructArray::try_new_with_length(fields, arrays, nulls, n).map_err(|error| undoable(&error))?;
    Ok(Arc::new(structs))
}

fn lists(lengths: &[i64], items: &mut Column, rows: &Rows, undecoded: &mut Undecoded) -> Result<ArrayRef, Fault> {
    let total = lengths.iter().try_fold(0_usize, |sum, length| sum.checked_add(usize::try_from(*length).ok()?));
    let total = total.filter(|total| i32::try_from(*total).is_ok());
    let total = total.ok_or_else(|| corrupt("a list is longer than any can be"))?;
    let lengths = rows.spread(lengths.to_vec());
    let items = items.next(total, undecoded)?;
    let offsets = OffsetBuffer::<i32>::from_lengths(lengths.into_iter().map(|length| length as usize));
    let lists = ListArray::try_new(flatten::element(items.data_type()), offsets, items, rows.nulls.clone());
    Ok(Arc::new(lists.map_err(|error| undoable(&error))?))
}

/// What a row has of one type, and nothing of the others.
fn union(
    tags: &[u8],
    members: &mut [(String, Column)],
    rows: &Rows,
    room: &Room,
    undecoded: &mut Undecoded,
) -> Result<ArrayRef, Fault> {
    let is_valid = |row: usize| rows.nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row));
    if tags.iter().enumerate().any(|(row, tag)| is_valid(row) && usize::from(*tag) >= members.len()) {
        return Err(corrupt("a value is of no type of its column"));
    }
    room.take(tags.len() as u64 * members.len() as u64 * 16)?;
    let mut arrays = Vec::with_capacity(members.len());
    for (at, (name, member)) in members.iter_mut().enumerate() {
        let is_own = tags.iter().enumerate().map(|(row, tag)| usize::from(*tag) == at && is_valid(row)).collect();
        let own = Rows { n: tags.len(), nulls: Some(NullBuffer::new(is_own)) };
        let values = member.next(own.n_valid(), undecoded)?;
        arrays.push((name.as_str(), own.spread_array(values)?));
    }
    structs(arrays, rows.nulls.clone(), tags.len())
}

#[cfg(test)]
mod tests {
    use super::{Clock, micros};

    #[test]
    fn times_are_those_of_the_specification() {
        let second = -1_420_070_400;
        let cases = [
            (0, 0, Some(1_420_070_400_000_000)),
            (second, 0x0a, Some(1)),
            (second, 0x0b, Some(10)),
            (second, 1000 << 3, Some(1)),
            (second - 1, 5 << 3 | 7, Some(-1_500_000)),
            (i64::MAX, 0, None),
            (0, i64::MAX, None),
        ];
        for (seconds, nanos, time) in cases {
            assert_eq!(micros(&Clock::default(), seconds, nanos).ok(), time, "{seconds} {nanos}");
        }
    }
}
