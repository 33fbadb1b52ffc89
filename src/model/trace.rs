//! How one column was judged: everything that was considered, with what spoke for and against, and no value.

use super::{Because, Bilingual, Class, Confidence, ConfigEntry, IdentifierKind};

/// A column and every detector that had something to say of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnTrace {
    /// The object, by its URI.
    pub object: String,
    /// The place of the column, from 1.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// Its type, as in findings.
    pub data_type: String,
    /// The words that the header was taken apart into; none where there is no header.
    pub header_words: Vec<String>,
    /// Cells, filled or not; of a list, its items.
    pub cells: u64,
    /// Cells that say something.
    pub filled: u64,
    /// Distinct values among them.
    pub distinct: u64,
    /// Whether `distinct` is exact.
    pub distinct_exact: bool,
    /// Distinct values in the sample that lengths and shapes are taken from.
    pub sampled: u64,
    /// Lengths in characters and how many values of the sample have them, shortest first.
    pub lengths: Vec<(usize, u64)>,
    /// Shapes and how many values of the sample have them, most frequent first.
    pub shapes: Vec<(String, u64)>,
    /// What was considered: what it is, surest first, then what it is not.
    pub candidates: Vec<Candidate>,
    /// Detectors of which nothing spoke for or against.
    pub n_silent: usize,
    /// Records of several columns that it is part of, by detector and class.
    pub records: Vec<(String, Class)>,
}

/// A detector that had something to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its id.
    pub detector: String,
    /// Its name.
    pub title: Bilingual,
    /// The class that it yields; without one, it is only a part of records.
    pub class: Option<Class>,
    /// Whether it looked inside text rather than at whole cells.
    pub is_inside: bool,
    /// The sum of the prior and of all evidence, in tenths of a decimal digit of odds.
    pub score: i32,
    /// How sure that is; `None` where it is not even shown.
    pub confidence: Option<Confidence>,
    /// What spoke.
    pub because: Vec<Because>,
    /// How its test went; `None` where it tests no values.
    pub tested: Option<Tested>,
    /// Columns that spoke for it, with what they are.
    pub neighbours: Vec<(String, Bilingual)>,
    /// What became of it.
    pub fate: Fate,
    /// How it is counted, where it counts.
    pub counted: Option<CountedAs>,
}

/// How values did in a detector's test.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested {
    /// Those that pass.
    pub passing: u64,
    /// Those that look like it, whether or not they pass its checks.
    pub shaped: u64,
    /// Those that were tested.
    pub tested: u64,
    /// Distinct values among those that pass.
    pub distinct: u64,
    /// Whether distinct values of a sample were tested, rather than every cell.
    pub is_sample: bool,
    /// The checks by name.
    pub checks: Vec<String>,
    /// The share that passes by chance.
    pub chance: f64,
    /// The share that must pass.
    pub min_share: f64,
    /// The share of those that look like it that must pass; 0 where that does not matter.
    pub min_passed: f64,
}

/// What became of a candidate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It counts.
    Counts,
    /// It is shown with low confidence.
    Shown,
    /// The user's configuration sets it aside.
    SetAside(ConfigEntry),
    /// The user's configuration says that the column is something else.
    Replaced,
    /// A surer detector of this id took the cells.
    Lost(String),
    /// A surer detector of this id tells the same class.
    Echo(String),
    /// A record of this id makes the column its own.
    Claimed(String),
    /// Too little speaks for it.
    Below,
}

/// How a finding is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedAs {
    /// The kind of identifier; `None` where it only says something of the row.
    pub identifier: Option<IdentifierKind>,
    /// Whether the number means something only in this folder.
    pub is_scoped: bool,
    /// Whom it identifies.
    pub whose: Whose,
    /// Other columns that identify the same person.
    pub with: Vec<String>,
    /// Which filled cells count.
    pub takes: Takes,
}

/// Whom an identifier speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The person that the row is about.
    Subject,
    /// Somebody with a role.
    Role(Bilingual),
    /// The second, third ... of several persons in a row.
    Another(usize),
    /// Every item of a list is somebody.
    Items,
}

/// Which filled cells count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Those that pass the test.
    Passing,
    /// Those that do not pass too, as numbers that are spelled wrongly.
    Misspelled,
    /// All.
    All,
}
