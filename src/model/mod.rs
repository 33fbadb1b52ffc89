//! The nouns that cross modules: classes, identifiers, mentions, findings, problems, facts.
//!
//! *Invariant*: nothing here does I/O, and no type here holds a raw value from the data except
//! [`Masked`], which has already forgotten it.

mod class;
mod confidence;
mod data_set;
mod facts;
mod finding;
mod folder;
mod identifier;
mod language;
mod law;
mod masked;
mod mention;
mod problem;
mod trace;

pub use class::{Class, ClassSet, Family};
pub use confidence::{Because, Confidence};
pub use data_set::data_set;
pub use facts::{Exemption, Facts, Industry, UnknownWord};
pub use finding::{
    ClassFinding, ColumnFinding, ConfigEntry, Coverage, Facet, FacetValue, ObjectFinding, RecordFinding,
};
pub use folder::Folder;
pub use identifier::{Fingerprinter, IdentifierKind, Key, Level};
pub use language::{Bilingual, Language};
pub use law::{Category, Procedure, Status};
pub use masked::Masked;
pub use mention::MentionBatch;
pub use problem::{Problem, ProblemCode, Severity};
pub use trace::{Candidate, ColumnTrace, CountedAs, Fate, Takes, Tested, Whose};
