//! Reads `detectors/*.toml` and `rules/*.toml` strictly into specs: an unknown key is an error with its line.

mod detector;
mod rule;
mod source;

pub use detector::{
    CellSpec, ColumnExample, DetectorPack, Headers, Normalize, PackHead, RecordExample, RecordSpec, Reject, RoleSpec,
    ValueType, WordMatch, WordTest, Words,
};
pub use rule::{
    About, Applies, CaseGroup, CaseSpec, Classes, Count, Counter, IndustrySpec, KindsSpec, ListSpec, NoteSpec,
    PersonsSpec, RowCategory, RowSpec, RulePack, ScenarioSpec,
};
pub use source::{PackError, PackFile, built_in_detectors, built_in_rules, parse_detectors, parse_rules};
