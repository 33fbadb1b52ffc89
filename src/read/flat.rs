//! Makes flat batches of those that a decoder of Arrow gives: every kind of list is a list, a union has a column for each of
//! its types, and what is written once for several rows stands in each.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{
    Array, ArrayRef, ListArray, MapArray, RecordBatch, RecordBatchOptions, StructArray, UInt64Array, UnionArray,
    new_null_array,
};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Fields, Schema};

use super::ColumnInfo;
use super::flatten::{self, Leaf};

/// How batches of one schema become flat.
#[derive(Debug)]
pub(super) struct Flat {
    roots: Vec<Root>,
    columns: Vec<ColumnInfo>,
}

/// A column as it is stored.
#[derive(Debug)]
struct Root {
    /// What it is made to be.
    data_type: DataType,
    has_union: bool,
    leaves: Vec<Leaf>,
}

impl Flat {
    /// Of batches with this schema.
    pub(super) fn new(schema: &Schema) -> Self {
        let roots: Vec<Root> = schema.fields().iter().map(|field| root(field)).collect();
        let leaves = roots.iter().flat_map(|root| &root.leaves).enumerate();
        let columns = leaves.map(|(at, leaf)| ColumnInfo {
            name: if leaf.name.is_empty() { format!("column_{}", at + 1) } else { leaf.name.clone() },
            data_type: leaf.type_name(),
        });
        let columns = columns.collect();
        Self { roots, columns }
    }

    /// The columns of flat batches.
    pub(super) fn columns(&self) -> &[ColumnInfo] {
        &self.columns
    }

    /// How many columns stand in lists.
    pub(super) fn n_in_lists(&self) -> usize {
        self.roots.iter().flat_map(|root| &root.leaves).filter(|leaf| leaf.list.is_some()).count()
    }

    /// Some rows of a batch, flat.
    pub(super) fn batch(&self, batch: &RecordBatch, start: usize, length: usize) -> Result<RecordBatch, ArrowError> {
        let mut arrays = Vec::with_capacity(self.columns.len());
        for (array, root) in batch.columns().iter().zip(&self.roots) {
            let part = if root.data_type.is_nested() {
                // Lists begin at their first value.
                let rows: UInt64Array = (start as u64..(start + length) as u64).collect();
                arrow_select::take::take(array, &rows, None)?
            } else {
                array.slice(start, length)
            };
            let part = if root.has_union { without_unions(&part)? } else { part };
            let part =
                if *part.data_type() == root.data_type { part } else { arrow_cast::cast(&part, &root.data_type)? };
            arrays.extend(flatten::leaf_arrays(&part)?);
        }
        arrays.resize_with(self.columns.len(), || new_null_array(&DataType::Null, length));
        let fields = self.columns.iter().zip(&arrays);
        let fields: Vec<Field> =
            fields.map(|(info, array)| Field::new(&info.name, array.data_type().clone(), true)).collect();
        let options = RecordBatchOptions::new().with_row_count(Some(length));
        RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options)
    }
}

fn root(field: &Field) -> Root {
    let data_type = plain(field.data_type());
    let leaves = flatten::leaves(&field.clone().with_data_type(data_type.clone()));
    Root { data_type, has_union: has_union(field.data_type()), leaves }
}

/// What a type is made to be.
fn plain(data_type: &DataType) -> DataType {
    let inner = |field: &Field| Arc::new(field.clone().with_data_type(plain(field.data_type())));
    match data_type {
        DataType::List(field)
        | DataType::LargeList(field)
        | DataType::ListView(field)
        | DataType::LargeListView(field)
        | DataType::FixedSizeList(field, _) => DataType::List(inner(field)),
        DataType::Struct(fields) => DataType::Struct(fields.iter().map(|field| inner(field)).collect()),
        DataType::Union(fields, _) => {
            let members = fields.iter().filter(|(_, field)| *field.data_type() != DataType::Null);
            DataType::Struct(members.map(|(_, field)| inner(field)).map(nullable).collect())
        }
        DataType::Map(field, sorted) => DataType::Map(inner(field), *sorted),
        DataType::RunEndEncoded(_, values) => plain(values.data_type()),
        other => other.clone(),
    }
}

fn nullable(field: FieldRef) -> FieldRef {
    Arc::new(Arc::unwrap_or_clone(field).with_nullable(true))
}

fn has_union(data_type: &DataType) -> bool {
    match data_type {
        DataType::Union(..) => true,
        DataType::Struct(fields) => fields.iter().any(|field| has_union(field.data_type())),
        DataType::List(field) | DataType::Map(field, _) => has_union(field.data_type()),
        _ => false,
    }
}

/// The array with a struct for every union: what a row has of one type, and nothing of the others.
fn without_unions(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    if !has_union(array.data_type()) {
        return Ok(Arc::clone(array));
    }
    let renewed = |fields: &Fields, arrays: &[ArrayRef]| -> Fields {
        let pairs = fields.iter().zip(arrays);
        pairs.map(|(field, array)| field.as_ref().clone().with_data_type(array.data_type().clone())).collect()
    };
    Ok(match array.data_type() {
        DataType::Union(..) => Arc::new(members(array.as_any().downcast_ref().ok_or_else(unexpected)?)?),
        DataType::Struct(fields) => {
            let parts = array.as_struct();
            let columns = parts.columns().iter().map(without_unions).collect::<Result<Vec<_>, _>>()?;
            let fields = renewed(fields, &columns);
            Arc::new(StructArray::try_new_with_length(fields, columns, parts.nulls().cloned(), parts.len())?)
        }
        DataType::List(field) => {
            let lists = array.as_list::<i32>();
            let values = without_unions(lists.values())?;
            let field = Arc::new(field.as_ref().clone().with_data_type(values.data_type().clone()));
            Arc::new(ListArray::try_new(field, lists.offsets().clone(), values, lists.nulls().cloned())?)
        }
        DataType::Map(field, sorted) => {
            let maps = array.as_map();
            let entries: ArrayRef = Arc::new(maps.entries().clone());
            let entries = without_unions(&entries)?;
            let field = Arc::new(field.as_ref().clone().with_data_type(entries.data_type().clone()));
            let entries = entries.as_struct().clone();
            Arc::new(MapArray::try_new(field, maps.offsets().clone(), entries, maps.nulls().cloned(), *sorted)?)
        }
        _ => return Err(unexpected()),
    })
}

fn unexpected() -> ArrowError {
    ArrowError::NotYetImplemented("a union inside of this type".to_owned())
}

fn members(union: &UnionArray) -> Result<StructArray, ArrowError> {
    let DataType::Union(fields, _) = union.data_type() else { return Err(unexpected()) };
    let (mut arrays, mut shown) = (Vec::new(), Vec::new());
    for (id, field) in fields.iter().filter(|(_, field)| *field.data_type() != DataType::Null) {
        let places = (0..union.len()).map(|row| (union.type_id(row) == id).then(|| union.value_offset(row) as u64));
        let rows: UInt64Array = places.collect();
        let values = without_unions(&arrow_select::take::take(union.child(id), &rows, None)?)?;
        shown.push(field.as_ref().clone().with_data_type(values.data_type().clone()).with_nullable(true));
        arrays.push(values);
    }
    StructArray::try_new_with_length(shown.into(), arrays, None, union.len())
}
