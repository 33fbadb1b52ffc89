//! Delimited text and plain lines, in any encoding, compressed or not.

/// Where a unit began and ended, and whether what was assumed of it held.
#[derive(Clone, Debug, Default)]
pub struct Span {}

/// An opened text object.
#[derive(Clone, Debug)]
pub struct TextSource {}
