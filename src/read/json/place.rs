//! Where in a text its records are.

use super::tree::NodeId;

/// What the records of a table are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Records {
    /// The values that stand one behind the other; where `have_places`, these are lists whose places are columns.
    Values { have_places: bool },
    /// The elements of the list that these keys lead to.
    Elements { path: Vec<String>, have_places: bool },
    /// The members of the object that these keys lead to.
    Members { path: Vec<String> },
}

/// What the next value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing of this table.
    Nowhere,
    /// Above the records, after so many keys of the path.
    Above(usize),
    /// The list whose elements are the records.
    Elements,
    /// The object whose members are the records.
    Pairs,
    /// A record.
    Record,
    /// Something in a record.
    Node(NodeId),
}

/// An object or list that is open.
#[derive(Clone, Debug)]
pub(super) enum Frame {
    /// Nothing of this table.
    Passed,
    /// An object above the records, and what its next value is.
    Above { depth: usize, child: Place },
    /// The list whose elements are the records.
    Elements,
    /// The object whose members are the records.
    Pairs { key: Option<String> },
    /// An object in a record.
    Object { node: NodeId, child: NodeId, n_members: u64 },
    /// An object whose keys are values.
    Map { node: NodeId, key: NodeId, value: NodeId },
    /// A list.
    List { node: NodeId, element: NodeId, is_empty: bool },
    /// A list that may be a position or a list of such.
    Position { node: NodeId },
    /// A list whose places have a meaning each.
    Places { node: NodeId, next: usize },
}

impl Records {
    /// What a value is that stands in nothing.
    pub(super) fn top(&self) -> Place {
        match self {
            Self::Values { .. } => Place::Record,
            Self::Elements { path, .. } | Self::Members { path } if !path.is_empty() => Place::Above(0),
            Self::Elements { .. } => Place::Elements,
            Self::Members { .. } => Place::Pairs,
        }
    }

    /// What the member of an object above is, after `depth` keys of the path.
    pub(super) fn below(&self, depth: usize, key: &str) -> Place {
        let (Self::Elements { path, .. } | Self::Members { path }) = self else { return Place::Nowhere };
        match path.get(depth) {
            Some(next) if next != key => Place::Nowhere,
            None => Place::Nowhere,
            Some(_) if depth + 1 < path.len() => Place::Above(depth + 1),
            Some(_) if matches!(self, Self::Elements { .. }) => Place::Elements,
            Some(_) => Place::Pairs,
        }
    }

    /// Whether the places of a list that is a record are columns.
    pub(super) fn has_places(&self) -> bool {
        matches!(self, Self::Values { have_places: true } | Self::Elements { have_places: true, .. })
    }
}
