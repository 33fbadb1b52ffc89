//! Turns nested Arrow columns into flat ones: structs fall away, and lists in lists become one list per row.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, BooleanArray, ListArray, new_null_array};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, FieldRef};

/// Where a leaf of a nested column is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    /// Its flat path.
    pub(super) name: String,
    /// The type of its values.
    pub(super) data_type: DataType,
    /// The path up to its last `[]`: leaves with the same one have the same offsets. `None` outside of lists.
    pub(super) list: Option<String>,
}

impl Leaf {
    /// The name of its type as reports show it.
    pub(super) fn type_name(&self) -> String {
        let name = type_name(&self.data_type);
        if self.list.is_some() { format!("list<{name}>") } else { name }
    }
}

/// The leaves of a column, in the order in which [`leaf_arrays`] gives their arrays.
pub(super) fn leaves(field: &Field) -> Vec<Leaf> {
    let mut found = Vec::new();
    collect_leaves(field.name().clone(), None, field.data_type(), &mut found);
    found
}

fn collect_leaves(name: String, list: Option<String>, data_type: &DataType, found: &mut Vec<Leaf>) {
    match data_type {
        DataType::Struct(fields) => {
            for field in fields {
                collect_leaves(format!("{name}.{}", field.name()), list.clone(), field.data_type(), found);
            }
        }
        DataType::List(field) => {
            let name = format!("{name}[]");
            collect_leaves(name.clone(), Some(name), field.data_type(), found);
        }
        DataType::Map(entries, _) => {
            let name = format!("{name}[]");
            if let DataType::Struct(fields) = entries.data_type() {
                for (part, field) in ["key", "value"].into_iter().zip(fields) {
                    collect_leaves(format!("{name}.{part}"), Some(name.clone()), field.data_type(), found);
                }
            }
        }
        other => found.push(Leaf { name, data_type: other.clone(), list }),
    }
}

/// The field with the types of its leaves changed; `change` meets them in the order of [`leaves`].
pub(super) fn with_leaf_types(field: &Field, change: &mut dyn FnMut(&DataType) -> DataType) -> Field {
    let data_type = match field.data_type() {
        DataType::Struct(fields) => {
            DataType::Struct(fields.iter().map(|field| with_leaf_types(field, change)).collect())
        }
        DataType::List(element) => DataType::List(Arc::new(with_leaf_types(element, change))),
        DataType::Map(entries, sorted) => DataType::Map(Arc::new(with_leaf_types(entries, change)), *sorted),
        other => change(other),
    };
    field.clone().with_data_type(data_type)
}

/// The arrays of the leaves of a column: plain ones, or one list per row. A null struct makes its leaves null.
pub(super) fn leaf_arrays(array: &ArrayRef) -> Result<Vec<ArrayRef>, ArrowError> {
    let mut found = Vec::new();
    collect_arrays(array, None, &Above::default(), &mut found)?;
    Ok(found)
}

/// The lists that a leaf is in, composed into one per row.
#[derive(Clone, Default)]
struct Above {
    offsets: Option<OffsetBuffer<i32>>,
    null_lists: Option<NullBuffer>,
}

fn collect_arrays(
    array: &ArrayRef,
    null_parents: Option<&NullBuffer>,
    above: &Above,
    found: &mut Vec<ArrayRef>,
) -> Result<(), ArrowError> {
    let nulls = NullBuffer::union(null_parents, array.nulls());
    match array.data_type() {
        DataType::Struct(_) => {
            for child in array.as_struct().columns() {
                collect_arrays(child, nulls.as_ref(), above, found)?;
            }
        }
        DataType::List(_) => {
            let lists = array.as_list::<i32>();
            collect_arrays(lists.values(), None, &compose(above, lists.offsets(), nulls)?, found)?;
        }
        DataType::Map(..) => {
            let maps = array.as_map();
            let above = compose(above, maps.offsets(), nulls)?;
            for child in maps.entries().columns() {
                collect_arrays(child, maps.entries().nulls(), &above, found)?;
            }
        }
        _ => {
            let values = with_nulls(array, null_parents)?;
            found.push(match &above.offsets {
                None => values,
                Some(offsets) => list_of(values, offsets, above.null_lists.clone())?,
            });
        }
    }
    Ok(())
}

/// The lists `inner` inside of the lists `above`, as lists per row.
fn compose(above: &Above, inner: &OffsetBuffer<i32>, nulls: Option<NullBuffer>) -> Result<Above, ArrowError> {
    let Some(outer) = &above.offsets else {
        return Ok(Above { offsets: Some(inner.clone()), null_lists: nulls });
    };
    let composed: Option<Vec<i32>> =
        outer.iter().map(|at| usize::try_from(*at).ok().and_then(|at| inner.get(at)).copied()).collect();
    let composed = composed.ok_or_else(|| ArrowError::ComputeError("list offsets do not fit each other".to_owned()))?;
    // Offsets of offsets rise where both do.
    Ok(Above { offsets: Some(OffsetBuffer::new(composed.into())), null_lists: above.null_lists.clone() })
}

/// A list array over `values`.
pub(super) fn list_of(
    values: ArrayRef,
    offsets: &OffsetBuffer<i32>,
    nulls: Option<NullBuffer>,
) -> Result<ArrayRef, ArrowError> {
    Ok(Arc::new(ListArray::try_new(element(values.data_type()), offsets.clone(), values, nulls)?))
}

/// A list array like `like`, with nothing but nulls in its lists.
pub(super) fn null_list_like(like: &ListArray, data_type: &DataType) -> Result<ArrayRef, ArrowError> {
    list_of(new_null_array(data_type, like.values().len()), like.offsets(), like.nulls().cloned())
}

/// The element of a list of `data_type`.
pub(super) fn element(data_type: &DataType) -> FieldRef {
    Arc::new(Field::new_list_field(data_type.clone(), true))
}

/// The array with further nulls.
fn with_nulls(array: &ArrayRef, further: Option<&NullBuffer>) -> Result<ArrayRef, ArrowError> {
    let Some(further) = further.filter(|further| further.null_count() > 0) else {
        return Ok(Arc::clone(array));
    };
    if *array.data_type() == DataType::Null || array.nulls().is_some_and(|own| own.contains(further)) {
        return Ok(Arc::clone(array));
    }
    arrow_select::nullif::nullif(array, &BooleanArray::new(!further.inner(), None))
}

/// A type in lower case, without its parameters where they say nothing of the values.
pub(super) fn type_name(data_type: &DataType) -> String {
    match data_type {
        DataType::Dictionary(_, value) => type_name(value),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => "utf8".to_owned(),
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
            "binary".to_owned()
        }
        DataType::Timestamp(..) => "timestamp".to_owned(),
        DataType::Date32 | DataType::Date64 => "date".to_owned(),
        DataType::Time32(_) | DataType::Time64(_) => "time".to_owned(),
        DataType::Duration(_) => "duration".to_owned(),
        DataType::Interval(_) => "interval".to_owned(),
        DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal128(..) | DataType::Decimal256(..) => {
            "decimal".to_owned()
        }
        other => other.to_string().to_lowercase(),
    }
}
