//! Whose value somebody holds, and how a scan came to that.

use std::collections::BTreeSet;

use crate::count::trace::Trace;
use crate::model::{ClassSet, IdentifierKind, Masked};

/// Everything that is told of a value that somebody holds. The value itself is in it masked only.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The value.
    pub value: Masked,
    /// The kinds whose form it has.
    pub kinds: BTreeSet<IdentifierKind>,
    /// Whether it is what people type to fill a field.
    pub is_filler: bool,
    /// As what it was found, strongest first.
    pub found: Vec<Trace>,
    /// The data sets by their places in the traces.
    pub data_sets: Vec<String>,
    /// What each list takes for sensitive.
    pub lists: Vec<Ruled>,
    /// Whether the lists are asked without an industry, so that what they call sensitive is what the law does in general.
    pub asks_in_general: bool,
    /// Objects of which something could not be read.
    pub unread: u64,
}

/// What a list takes for sensitive personal information.
#[derive(Clone, Debug)]
pub struct Ruled {
    /// The id of the list.
    pub list: String,
    /// The classes.
    pub sensitive: ClassSet,
}
