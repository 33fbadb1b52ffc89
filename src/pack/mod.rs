//! Reads `detectors/*.toml`, `rules/*.toml` and areas strictly into specs: an unknown key is an error with its line.

mod area;
mod detector;
mod rule;
mod source;

pub use area::{AreaSpec, Ring, parse_areas};
pub use detector::{
    CellSpec, ColumnExample, DetectorPack, Headers, InText, Normalize, PackHead, RecordExample, RecordSpec, Reject,
    RoleSpec, ValueType, WordMatch, WordTest, Words,
};
pub use rule::{
    About, Applies, CaseGroup, CaseSpec, Classes, Count, Counter, IndustrySpec, KindsSpec, ListSpec, NoteSpec,
    PersonsSpec, RowCategory, RowSpec, RulePack, ScenarioSpec,
};
pub use source::{PackError, PackFile, built_in_detectors, built_in_rules, parse_detectors, parse_rules};
