//! The cells of an Arrow column, whatever its type, as the few shapes that detection tells apart.

use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{ArrowDictionaryKeyType, Float64Type, Int32Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, FixedSizeBinaryArray, Float64Array, GenericListArray, Int64Array,
    LargeBinaryArray, LargeStringArray, StringArray, StringViewArray, UInt32Array,
};
use arrow_schema::DataType;

use super::normal;

/// One cell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cell<'a> {
    Null,
    Text(&'a [u8]),
    Integer(i64),
    Number(f64),
    /// A date or time, by its ticks since the epoch and its place in the column, from which it can be spelled out.
    Time(i64, &'a ArrayRef, usize),
}

impl<'a> Cell<'a> {
    /// A number, if it is one.
    fn of_number(number: f64) -> Self {
        if number.is_finite() { Self::Number(number) } else { Self::Null }
    }

    /// The bytes of a text where they lie, and anything else written into `buffer`; `None` where it is null.
    pub(super) fn text<'t>(self, buffer: &'t mut Vec<u8>) -> Option<&'t [u8]>
    where
        'a: 't,
    {
        match self {
            Self::Text(text) => Some(text),
            _ => self.write_text(buffer).then_some(buffer.as_slice()),
        }
    }

    /// Writes the cell as text into `out`; false where it is null. A whole number in a column of fractions loses its `.0`:
    /// that is how identifiers look in a column with gaps.
    pub(super) fn write_text(self, out: &mut Vec<u8>) -> bool {
        use std::io::Write as _;
        out.clear();
        let written = match self {
            Self::Null => return false,
            Self::Text(text) => {
                out.extend_from_slice(text);
                Ok(())
            }
            Self::Integer(integer) => {
                out.extend_from_slice(itoa::Buffer::new().format(integer).as_bytes());
                Ok(())
            }
            Self::Number(number) => write!(out, "{number}"),
            Self::Time(_, of, at) => match arrow_cast::display::array_value_to_string(of, at) {
                Ok(text) => write!(out, "{text}"),
                Err(_) => return false,
            },
        };
        written.is_ok()
    }

    /// The cell as text; empty where it is null.
    pub(super) fn to_text(self) -> Vec<u8> {
        let mut text = Vec::new();
        self.write_text(&mut text);
        text
    }
}

/// A column of one batch, as cells.
#[derive(Clone, Debug)]
pub(super) enum Cells {
    Utf8(StringArray),
    LargeUtf8(LargeStringArray),
    Utf8View(StringViewArray),
    Binary(BinaryArray),
    LargeBinary(LargeBinaryArray),
    BinaryView(BinaryViewArray),
    FixedBinary(FixedSizeBinaryArray),
    Integer(Int64Array),
    Number(Float64Array),
    /// Dates and times: spelling every one out would cost more than reading them.
    Time {
        ticks: Int64Array,
        of: ArrayRef,
    },
    /// Every row points into `values`; a null points nowhere.
    Dictionary {
        keys: UInt32Array,
        values: Arc<Cells>,
        of: ArrayRef,
    },
    /// Every row is a run of `items`.
    List {
        ends: Vec<u32>,
        items: Arc<Cells>,
    },
    /// Truth values, intervals and the like: they hold nothing that detection looks for.
    Opaque {
        rows: usize,
        nulls: usize,
    },
}

impl Cells {
    /// The cells of a column.
    pub(super) fn new(array: &ArrayRef) -> Self {
        match array.data_type() {
            DataType::Utf8 => Self::Utf8(array.as_string().clone()),
            DataType::LargeUtf8 => Self::LargeUtf8(array.as_string().clone()),
            DataType::Utf8View => Self::Utf8View(array.as_string_view().clone()),
            DataType::Binary => Self::Binary(array.as_binary().clone()),
            DataType::LargeBinary => Self::LargeBinary(array.as_binary().clone()),
            DataType::BinaryView => Self::BinaryView(array.as_binary_view().clone()),
            DataType::FixedSizeBinary(_) => Self::FixedBinary(array.as_fixed_size_binary().clone()),
            DataType::Int64 => Self::Integer(array.as_primitive::<Int64Type>().clone()),
            DataType::Float64 => Self::Number(array.as_primitive::<Float64Type>().clone()),
            DataType::Int8
            | DataType::Int16
            | DataType::Int32
            | DataType::UInt8
            | DataType::UInt16
            | DataType::UInt32 => Self::converted(array, &DataType::Int64),
            DataType::Float16 | DataType::Float32 => Self::converted(array, &DataType::Float64),
            DataType::Dictionary(_, _) => Self::dictionary(array),
            DataType::List(_) => Self::list::<i32>(array.as_list::<i32>()),
            DataType::LargeList(_) => Self::list::<i64>(array.as_list::<i64>()),
            DataType::UInt64
            | DataType::Decimal32(..)
            | DataType::Decimal64(..)
            | DataType::Decimal128(..)
            | DataType::Decimal256(..) => Self::converted(array, &DataType::Utf8),
            DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) => Self::time(array),
            _ => Self::Opaque { rows: array.len(), nulls: array.logical_null_count() },
        }
    }

    fn converted(array: &ArrayRef, to: &DataType) -> Self {
        match arrow_cast::cast(array, to) {
            Ok(converted) => Self::new(&converted),
            Err(_) => Self::Opaque { rows: array.len(), nulls: array.logical_null_count() },
        }
    }

    fn time(array: &ArrayRef) -> Self {
        let wide = match array.data_type() {
            DataType::Date32 => arrow_cast::cast(array, &DataType::Int32),
            _ => Ok(Arc::clone(array)),
        };
        match wide.and_then(|wide| arrow_cast::cast(&wide, &DataType::Int64)) {
            Ok(ticks) => Self::Time { ticks: ticks.as_primitive::<Int64Type>().clone(), of: Arc::clone(array) },
            Err(_) => Self::Opaque { rows: array.len(), nulls: array.logical_null_count() },
        }
    }

    fn dictionary(array: &ArrayRef) -> Self {
        fn keys_of<K: ArrowDictionaryKeyType>(array: &ArrayRef) -> Option<(ArrayRef, ArrayRef)> {
            let dictionary = array.as_dictionary_opt::<K>()?;
            Some((Arc::new(dictionary.keys().clone()), dictionary.values().clone()))
        }
        let Some((keys, values)) = keys_of::<Int32Type>(array) else {
            let DataType::Dictionary(_, value_type) = array.data_type() else {
                return Self::Opaque { rows: array.len(), nulls: 0 };
            };
            return Self::converted(array, value_type);
        };
        match arrow_cast::cast(&keys, &DataType::UInt32) {
            Ok(keys) => {
                let cells = Arc::new(Self::new(&values));
                Self::Dictionary { keys: keys.as_primitive().clone(), values: cells, of: values }
            }
            Err(_) => Self::Opaque { rows: array.len(), nulls: 0 },
        }
    }

    fn list<O: arrow_array::OffsetSizeTrait>(list: &GenericListArray<O>) -> Self {
        // Row by row, so that a null list over hidden values is an empty one.
        let mut ends = Vec::with_capacity(list.len());
        let mut picked: Vec<u32> = Vec::new();
        for row in 0..list.len() {
            if list.is_valid(row) {
                let start = list.value_offsets().get(row).map_or(0, |offset| offset.as_usize() as u32);
                let length = list.value_length(row).as_usize() as u32;
                picked.extend(start..start + length);
            }
            ends.push(picked.len() as u32);
        }
        let whole = picked.len() == list.values().len();
        let items = if whole {
            Self::new(list.values())
        } else {
            match arrow_select::take::take(list.values(), &UInt32Array::from(picked), None) {
                Ok(items) => Self::new(&items),
                Err(_) => Self::Opaque { rows: 0, nulls: 0 },
            }
        };
        Self::List { ends, items: Arc::new(items) }
    }

    /// How many cells there are; a list has its items.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Utf8(array) => array.len(),
            Self::LargeUtf8(array) => array.len(),
            Self::Utf8View(array) => array.len(),
            Self::Binary(array) => array.len(),
            Self::LargeBinary(array) => array.len(),
            Self::BinaryView(array) => array.len(),
            Self::FixedBinary(array) => array.len(),
            Self::Integer(array) => array.len(),
            Self::Number(array) => array.len(),
            Self::Time { ticks, .. } => ticks.len(),
            Self::Dictionary { keys, .. } => keys.len(),
            Self::List { items, .. } => items.len(),
            Self::Opaque { rows, .. } => *rows,
        }
    }

    /// Hands every cell to `visit`, in order.
    pub(super) fn each<'c>(&'c self, mut visit: impl FnMut(Cell<'c>)) {
        if self.each_text(|text| visit(text.map_or(Cell::Null, Cell::Text))) {
            return;
        }
        match self {
            Self::Integer(array) => array.iter().for_each(|integer| visit(integer.map_or(Cell::Null, Cell::Integer))),
            Self::Number(array) => array.iter().for_each(|number| visit(number.map_or(Cell::Null, Cell::of_number))),
            Self::Dictionary { keys, values, .. } => {
                keys.iter().for_each(|key| visit(key.map_or(Cell::Null, |key| values.get(key as usize))));
            }
            _ => (0..self.len()).for_each(|at| visit(self.get(at))),
        }
    }

    /// Hands the text of every cell to `visit`, in order; false where cells are something else.
    pub(super) fn each_text<'c>(&'c self, mut visit: impl FnMut(Option<&'c [u8]>)) -> bool {
        match self {
            Self::Utf8(array) => array.iter().for_each(|text| visit(text.map(str::as_bytes))),
            Self::LargeUtf8(array) => array.iter().for_each(|text| visit(text.map(str::as_bytes))),
            Self::Utf8View(array) => array.iter().for_each(|text| visit(text.map(str::as_bytes))),
            Self::Binary(array) => array.iter().for_each(visit),
            Self::LargeBinary(array) => array.iter().for_each(visit),
            Self::BinaryView(array) => array.iter().for_each(visit),
            Self::FixedBinary(array) => array.iter().for_each(visit),
            Self::Integer(_)
            | Self::Number(_)
            | Self::Time { .. }
            | Self::Dictionary { .. }
            | Self::List { .. }
            | Self::Opaque { .. } => return false,
        }
        true
    }

    /// What `of` says of each cell, in order; where rows point into a smaller dictionary it is asked once for each value.
    pub(super) fn map<'c, T: Copy>(&'c self, mut of: impl FnMut(Cell<'c>) -> T) -> Vec<T> {
        let mut all = Vec::with_capacity(self.len());
        match self {
            Self::Dictionary { keys, values, .. } if values.len() <= keys.len() => {
                let null = of(Cell::Null);
                let of_values = values.map(of);
                let of_key = |key: u32| of_values.get(key as usize).copied();
                all.extend(keys.iter().map(|key| key.and_then(of_key).unwrap_or(null)));
            }
            _ => self.each(|cell| all.push(of(cell))),
        }
        all
    }

    /// Which rows say something; of a list, whether any item does.
    pub(super) fn filled(&self) -> Vec<bool> {
        if let Self::List { ends, items } = self {
            let items = items.filled();
            let any = |row: usize| items.get(items_of(ends, row)).is_some_and(|items| items.contains(&true));
            return (0..ends.len()).map(any).collect();
        }
        self.map(|cell| match cell {
            Cell::Null => false,
            Cell::Text(text) => !normal::is_blank(text),
            Cell::Integer(_) | Cell::Number(_) | Cell::Time(..) => true,
        })
    }

    /// Of a list, where the items of each row end.
    pub(super) fn ends(&self) -> Option<&[u32]> {
        if let Self::List { ends, .. } = self { Some(ends) } else { None }
    }

    /// The places of a row's cells: its own, or those of the items of its list.
    pub(super) fn cells_of(&self, row: usize) -> std::ops::Range<usize> {
        self.ends().map_or(row..row + 1, |ends| items_of(ends, row))
    }

    /// The cell at `at`; of a list, its item.
    pub(super) fn get(&self, at: usize) -> Cell<'_> {
        macro_rules! cell {
            ($array:expr, $value:ident => $cell:expr) => {
                if at < $array.len() && $array.is_valid(at) {
                    let $value = $array.value(at);
                    $cell
                } else {
                    Cell::Null
                }
            };
        }
        match self {
            Self::Utf8(array) => cell!(array, text => Cell::Text(text.as_bytes())),
            Self::LargeUtf8(array) => cell!(array, text => Cell::Text(text.as_bytes())),
            Self::Utf8View(array) => cell!(array, text => Cell::Text(text.as_bytes())),
            Self::Binary(array) => cell!(array, text => Cell::Text(text)),
            Self::LargeBinary(array) => cell!(array, text => Cell::Text(text)),
            Self::BinaryView(array) => cell!(array, text => Cell::Text(text)),
            Self::FixedBinary(array) => cell!(array, text => Cell::Text(text)),
            Self::Integer(array) => cell!(array, integer => Cell::Integer(integer)),
            Self::Number(array) => cell!(array, number => Cell::of_number(number)),
            Self::Time { ticks, of } => cell!(ticks, ticks => Cell::Time(ticks, of, at)),
            Self::Dictionary { keys, values, .. } => cell!(keys, key => values.get(key as usize)),
            Self::List { items, .. } => items.get(at),
            Self::Opaque { .. } => Cell::Null,
        }
    }
}

/// Whether two dictionaries are the same one in memory, so that what was found out about one holds for the other.
pub(super) fn is_same(a: &ArrayRef, b: &ArrayRef) -> bool {
    Arc::ptr_eq(a, b) || a.to_data().ptr_eq(&b.to_data())
}

/// The item range of a row in a list.
pub(super) fn items_of(ends: &[u32], row: usize) -> std::ops::Range<usize> {
    let start = row.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    start as usize..ends.get(row).copied().unwrap_or(start) as usize
}
