//! What a file's columns are, and under which Arrow types they are read.

use std::sync::Arc;

use arrow_schema::{DataType, Fields, TimeUnit};
use parquet::arrow::{FieldLevels, ProjectionMask, parquet_to_arrow_field_levels, parquet_to_arrow_schema};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::errors::ParquetError;
use parquet::schema::types::{SchemaDescriptor, Type, TypePtr};

use super::guard::{Failure, guarded};
use crate::read::flatten::{self, Leaf};

/// A column of the top level, with everything in it.
#[derive(Clone, Debug)]
pub(super) struct Root {
    /// Its type, in a form that can be read; `None` where there is none.
    pub(super) tree: Option<TypePtr>,
    /// The index of its first leaf in the file.
    pub(super) first: usize,
    /// Its leaves.
    pub(super) leaves: Vec<Leaf>,
    /// Why it cannot be read.
    pub(super) failure: Option<Failure>,
}

/// The columns of the top level that hold anything.
pub(super) fn roots(schema: &SchemaDescriptor) -> Vec<Root> {
    let mut first = 0;
    let mut roots = Vec::new();
    for tree in schema.root_schema().get_fields() {
        let n_leaves = count_leaves(tree);
        if n_leaves > 0 {
            roots.push(root(tree, first, n_leaves));
        }
        first += n_leaves;
    }
    roots
}

fn root(tree: &TypePtr, first: usize, n_leaves: usize) -> Root {
    let mut failure = None;
    for doubt in [Doubt::Texts, Doubt::Groups, Doubt::Everything] {
        let read = guarded(|| {
            let tree = believe(tree, doubt)?;
            let (fields, _) = convert(&tree, &mut |_, data_type| data_type.clone())?;
            Ok::<_, ParquetError>((tree, fields))
        });
        match read {
            Ok((tree, fields)) => {
                let leaves: Vec<Leaf> = fields.iter().flat_map(|field| flatten::leaves(field)).collect();
                if leaves.len() == n_leaves {
                    return Root { tree: Some(tree), first, leaves, failure: None };
                }
            }
            Err(cause) => failure = failure.or(Some(cause)),
        }
    }
    let leaf = |index| Leaf { name: format!("{}.{index}", tree.name()), data_type: DataType::Null, list: None };
    Root {
        tree: None,
        first,
        leaves: (1..=n_leaves).map(leaf).collect(),
        failure: failure.or_else(|| Some(Failure::unsupported("the schema of the column makes no sense"))),
    }
}

fn count_leaves(tree: &Type) -> usize {
    if tree.is_primitive() { 1 } else { tree.get_fields().iter().map(|child| count_leaves(child)).sum() }
}

/// How much of what a schema says about its columns is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Nothing; JSON is taken as the text that it must be, so that the decoder checks it.
    Texts,
    /// What groups mean: lists and maps are just repeated groups, which have the same levels.
    Groups,
    /// What anything means: there are groups and stored values only.
    Everything,
}

/// The type tree as far as it is believed.
pub(super) fn believe(tree: &TypePtr, doubt: Doubt) -> Result<TypePtr, ParquetError> {
    if !tree.is_primitive() {
        let fields = tree.get_fields().iter().map(|child| believe(child, doubt)).collect::<Result<_, _>>()?;
        return group(tree, fields, doubt != Doubt::Texts);
    }
    let info = tree.get_basic_info();
    let logical = match info.logical_type_ref() {
        _ if doubt == Doubt::Everything => None,
        Some(LogicalType::Json) => Some(LogicalType::String),
        None if info.converted_type() == parquet::basic::ConvertedType::JSON => Some(LogicalType::String),
        _ => return Ok(Arc::clone(tree)),
    };
    primitive(tree, logical)
}

fn group(tree: &Type, fields: Vec<TypePtr>, plain: bool) -> Result<TypePtr, ParquetError> {
    let info = tree.get_basic_info();
    let mut builder = Type::group_type_builder(tree.name()).with_fields(fields);
    if info.has_repetition() {
        builder = builder.with_repetition(info.repetition());
    }
    if !plain {
        builder =
            builder.with_converted_type(info.converted_type()).with_logical_type(info.logical_type_ref().cloned());
    }
    Ok(Arc::new(builder.build()?))
}

fn primitive(tree: &Type, logical: Option<LogicalType>) -> Result<TypePtr, ParquetError> {
    let Type::PrimitiveType { physical_type, type_length, .. } = tree else {
        return Err(ParquetError::General("a group where a value should be".to_owned()));
    };
    let info = tree.get_basic_info();
    let repetition = if info.has_repetition() { info.repetition() } else { Repetition::REQUIRED };
    let built = Type::primitive_type_builder(tree.name(), *physical_type)
        .with_repetition(repetition)
        .with_length(*type_length)
        .with_logical_type(logical)
        .build()?;
    Ok(Arc::new(built))
}

/// The tree with one of its leaves only, which then is bytes if `as_bytes`.
///
/// Groups lose their meaning, since half a map is none; levels stay what they are.
pub(super) fn single_leaf(tree: &TypePtr, leaf: usize, as_bytes: bool) -> Result<TypePtr, ParquetError> {
    if tree.is_primitive() {
        return if as_bytes { primitive(tree, None) } else { Ok(Arc::clone(tree)) };
    }
    let mut before = 0;
    for child in tree.get_fields() {
        let n_leaves = count_leaves(child);
        if leaf < before + n_leaves {
            return group(tree, vec![single_leaf(child, leaf - before, as_bytes)?], true);
        }
        before += n_leaves;
    }
    Err(ParquetError::General("no such column".to_owned()))
}

/// The Arrow types of a tree, where `wish` may ask for another type of a leaf.
///
/// Times of 96 bits are read as microseconds: as nanoseconds they would only reach from 1677 to 2262. Times that are
/// adjusted to UTC say so as `+00:00`, for which nobody needs a table of time zones.
pub(super) fn convert(
    tree: &TypePtr,
    wish: &mut dyn FnMut(usize, &DataType) -> DataType,
) -> Result<(Fields, FieldLevels), ParquetError> {
    let schema = Type::group_type_builder("schema").with_fields(vec![Arc::clone(tree)]).build()?;
    let schema = SchemaDescriptor::new(Arc::new(schema));
    let plain = parquet_to_arrow_schema(&schema, None)?.fields;
    let mut leaf = 0;
    let mut wish_of_next = |data_type: &DataType| {
        let stored = schema.columns().get(leaf).map(|column| column.physical_type());
        let wished = match (stored, data_type) {
            (Some(Physical::INT96), _) => DataType::Timestamp(TimeUnit::Microsecond, None),
            (_, DataType::Timestamp(unit, Some(_))) => DataType::Timestamp(*unit, Some("+00:00".into())),
            _ => wish(leaf, data_type),
        };
        leaf += 1;
        wished
    };
    let wished: Fields = plain.iter().map(|field| flatten::with_leaf_types(field, &mut wish_of_next)).collect();
    if wished != plain
        && let Ok(levels) = parquet_to_arrow_field_levels(&schema, ProjectionMask::all(), Some(&wished))
    {
        return Ok((wished, levels));
    }
    // The types that are in the file always serve.
    let levels = parquet_to_arrow_field_levels(&schema, ProjectionMask::all(), None)?;
    Ok((plain, levels))
}
