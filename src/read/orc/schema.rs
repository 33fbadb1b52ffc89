//! The columns of a file: a tree of types, checked before anything is made of it.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, TimeUnit};

use super::Fault;
use super::feed::corrupt;
use super::tail::Type;
use crate::model::ProblemCode;
use crate::read::flatten;

/// A column, or what stands in one.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// The number by which stripes name it.
    pub(super) id: u64,
    pub(super) kind: Kind,
    /// What stands in it, by name.
    pub(super) children: Vec<(String, Node)>,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Boolean,
    Byte,
    Short,
    Int,
    Long,
    Float,
    Double,
    Text,
    Binary,
    /// A time, of a place or of the world.
    Timestamp {
        is_instant: bool,
    },
    Date,
    Decimal {
        precision: u8,
        scale: i8,
    },
    Struct,
    List,
    Map,
    /// One of several types.
    Union,
}

/// Schemas of real data nest a dozen levels deep.
const MAX_DEPTH: usize = 100;

/// The greatest precision of a decimal.
const MAX_PRECISION: u8 = 38;

/// The type of rows, which is the first.
pub(super) fn tree(types: &[Type]) -> Result<Node, Fault> {
    let mut is_used = vec![false; types.len()];
    node(types, 0, 0, &mut is_used)
}

fn node(types: &[Type], at: usize, depth: usize, is_used: &mut [bool]) -> Result<Node, Fault> {
    let damaged = || corrupt("its types do not make a tree");
    if depth > MAX_DEPTH {
        let cause = format!("its types nest more than {MAX_DEPTH} levels deep");
        return Err((ProblemCode::FormatUnsupported, cause));
    }
    let (own, is_used_before) = types.get(at).zip(is_used.get_mut(at)).ok_or_else(damaged)?;
    if std::mem::replace(is_used_before, true) {
        return Err(damaged());
    }
    let kind = kind(own)?;
    let n = own.subtypes.len();
    let fits = match kind {
        Kind::List => n == 1,
        Kind::Map => n == 2,
        Kind::Struct => n == own.names.len(),
        Kind::Union => n <= 256,
        _ => n == 0,
    };
    if !fits {
        return Err(damaged());
    }
    let mut children = Vec::with_capacity(n);
    for (place, subtype) in own.subtypes.iter().enumerate() {
        let child = usize::try_from(*subtype).map_err(|_| damaged())?;
        let child = node(types, child, depth + 1, is_used)?;
        let name = match kind {
            Kind::Map => ["key", "value"].get(place).copied().unwrap_or_default().to_owned(),
            Kind::Union => member_name(&children, &child),
            _ => own.names.get(place).cloned().unwrap_or_default(),
        };
        children.push((name, child));
    }
    Ok(Node { id: at as u64, kind, children })
}

/// A member of a union is called what it is; further ones of the same type have a number too.
fn member_name(before: &[(String, Node)], member: &Node) -> String {
    let name = member.kind.name();
    let n_before = before.iter().filter(|(_, other)| other.kind.name() == name).count();
    if n_before == 0 { name.to_owned() } else { format!("{name}#{}", n_before + 1) }
}

fn kind(own: &Type) -> Result<Kind, Fault> {
    Ok(match own.kind {
        0 => Kind::Boolean,
        1 => Kind::Byte,
        2 => Kind::Short,
        3 => Kind::Int,
        4 => Kind::Long,
        5 => Kind::Float,
        6 => Kind::Double,
        7 | 16 | 17 => Kind::Text,
        8 => Kind::Binary,
        9 => Kind::Timestamp { is_instant: false },
        10 => Kind::List,
        11 => Kind::Map,
        12 => Kind::Struct,
        13 => Kind::Union,
        14 => decimal(own)?,
        15 => Kind::Date,
        18 => Kind::Timestamp { is_instant: true },
        _ => return Err((ProblemCode::FormatUnsupported, "it has columns of a type that is not read".to_owned())),
    })
}

fn decimal(own: &Type) -> Result<Kind, Fault> {
    // Files of Hive 0.11 do not say.
    if own.precision == 0 {
        return Ok(Kind::Decimal { precision: MAX_PRECISION, scale: 18 });
    }
    let precision = u8::try_from(own.precision).ok().filter(|precision| *precision <= MAX_PRECISION);
    let scale = i8::try_from(own.scale).ok().filter(|_| own.scale <= own.precision);
    let decimal = precision.zip(scale).map(|(precision, scale)| Kind::Decimal { precision, scale });
    decimal.ok_or_else(|| corrupt("a decimal has more digits than there can be"))
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Byte => "tinyint",
            Self::Short => "smallint",
            Self::Int => "int",
            Self::Long => "bigint",
            Self::Float => "float",
            Self::Double => "double",
            Self::Text => "string",
            Self::Binary => "binary",
            Self::Timestamp { .. } => "timestamp",
            Self::Date => "date",
            Self::Decimal { .. } => "decimal",
            Self::Struct => "struct",
            Self::List => "list",
            Self::Map => "map",
            Self::Union => "union",
        }
    }
}

impl Node {
    /// What it becomes: a map is a list of entries, and a union has a place for each of its types.
    pub(super) fn data_type(&self) -> DataType {
        match self.kind {
            Kind::Boolean => DataType::Boolean,
            Kind::Byte => DataType::Int8,
            Kind::Short => DataType::Int16,
            Kind::Int => DataType::Int32,
            Kind::Long => DataType::Int64,
            Kind::Float => DataType::Float32,
            Kind::Double => DataType::Float64,
            Kind::Text => DataType::Utf8,
            Kind::Binary => DataType::Binary,
            Kind::Timestamp { is_instant } => DataType::Timestamp(TimeUnit::Microsecond, zone(is_instant)),
            Kind::Date => DataType::Date32,
            Kind::Decimal { precision, scale } => DataType::Decimal128(precision, scale),
            Kind::Struct | Kind::Union => DataType::Struct(self.fields()),
            Kind::List => {
                let item = self.children.first().map_or(DataType::Null, |(_, item)| item.data_type());
                DataType::List(flatten::element(&item))
            }
            Kind::Map => DataType::List(flatten::element(&DataType::Struct(self.fields()))),
        }
    }

    fn fields(&self) -> Fields {
        self.children.iter().map(|(name, child)| Arc::new(Field::new(name, child.data_type(), true))).collect()
    }

    /// Whether lists stand in it.
    pub(super) fn has_lists(&self) -> bool {
        matches!(self.kind, Kind::List | Kind::Map) || self.children.iter().any(|(_, child)| child.has_lists())
    }
}

/// The zone of times of the world.
pub(super) fn zone(is_instant: bool) -> Option<Arc<str>> {
    is_instant.then(|| "+00:00".into())
}
