//! The specs of detectors, as `detectors/*.toml` spells them.

use serde::Deserialize;

use crate::model::{Bilingual, Class, Confidence, IdentifierKind};

/// One file of detectors.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetectorPack {
    /// What the file is.
    pub pack: PackHead,
    /// Detectors that look at every cell, whole or inside text.
    #[serde(default)]
    pub value: Vec<CellSpec>,
    /// Detectors that judge a column by its header and a sample of its values.
    #[serde(default)]
    pub column: Vec<CellSpec>,
    /// Detectors of what several columns fill together.
    #[serde(default)]
    pub record: Vec<RecordSpec>,
    /// Word lists that the detectors of any file refer to.
    #[serde(default)]
    pub words: Vec<Words>,
    /// Roles of persons in a row.
    #[serde(default)]
    pub role: Vec<RoleSpec>,
}

/// The head of a pack file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackHead {
    /// The permanent id of the file.
    pub id: String,
    /// Rises with every change that can change a finding.
    pub version: u32,
    /// What the file is about.
    pub title: Bilingual,
}

/// One detector of what a cell holds.
///
/// Under `[[value]]` it looks at every cell and `pattern` is required; under `[[column]]` it looks at the header
/// and at a sample of distinct values.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellSpec {
    /// The permanent id.
    pub id: String,
    /// The class it yields. A column detector may have a `field` instead.
    pub class: Option<Class>,
    /// A word that records refer to (`time`, `longitude`, `energy` ...), for columns that are only a part of something.
    pub field: Option<String>,
    /// Its name.
    pub title: Bilingual,
    /// Standards and clauses, or the place where the fact was seen.
    pub source: Vec<String>,
    /// A regular expression over the whole normal form of a cell.
    pub pattern: Option<String>,
    /// What the normal form drops or changes, beside full width to half width and trimming, which always happen.
    #[serde(default)]
    pub normalize: Vec<Normalize>,
    /// Checks by name (`exportscan packs list checks`); all must hold.
    #[serde(default)]
    pub checks: Vec<String>,
    /// The type that most values must have.
    #[serde(rename = "type")]
    pub value_type: Option<ValueType>,
    /// Numbers must lie in here, both ends included.
    pub range: Option<[f64; 2]>,
    /// Values must have a word of a list in them.
    pub words: Option<WordTest>,
    /// The share of values that pass by chance when the column is something else of the same shape, 0 to 1.
    #[serde(default = "default_chance")]
    pub chance: f64,
    /// The share of values that must pass, 0 to 1.
    #[serde(default = "default_min_share")]
    pub min_share: f64,
    /// The share of values that look like one and pass the checks, 0 to 1; where fewer do, only a strong header is believed.
    /// Where chance passes four in five, as for the ranges of mobiles, that is what tells them from other numbers.
    #[serde(default)]
    pub min_passed: f64,
    /// The most that passing values weigh without a header, in tenths of a decimal digit of odds.
    #[serde(default = "default_most")]
    pub most: i32,
    /// Whether it also looks inside longer text.
    #[serde(default)]
    pub in_text: InText,
    /// Words that, standing before a value in text, say what it is, beside the strong header words; for names, the only
    /// ones.
    #[serde(default)]
    pub context: Vec<String>,
    /// Texts in which it finds something.
    #[serde(default)]
    pub in_text_accept: Vec<String>,
    /// Texts in which it finds nothing, each with the reason.
    #[serde(default)]
    pub in_text_reject: Vec<Reject>,
    /// Whether nothing above low confidence is said unless the header or a neighbour speaks.
    #[serde(default)]
    pub needs_header: bool,
    /// The least confidence at which it counts; below it a finding is shown with low confidence.
    #[serde(default = "default_counts_from")]
    pub counts_from: Confidence,
    /// The kind of identifier that a passing value is.
    pub identifier: Option<IdentifierKind>,
    /// Header words.
    #[serde(default)]
    pub headers: Headers,
    /// The id of a detector whose strong and weak header words are this one's as well: a masked mobile is called like a
    /// mobile.
    pub headers_like: Option<String>,
    /// Classes or fields in the same object that speak for it.
    #[serde(default)]
    pub neighbours: Vec<String>,
    /// What a neighbour weighs, in tenths of a decimal digit of odds.
    #[serde(default = "default_beside")]
    pub beside: i32,
    /// Values that pass.
    #[serde(default)]
    pub accept: Vec<String>,
    /// Values that do not, each with the reason.
    #[serde(default)]
    pub reject: Vec<Reject>,
    /// Columns, with what must be said of them.
    #[serde(default)]
    pub example: Vec<ColumnExample>,
}

fn default_chance() -> f64 {
    0.1
}

fn default_min_share() -> f64 {
    0.6
}

fn default_counts_from() -> Confidence {
    Confidence::Medium
}

fn default_most() -> i32 {
    40
}

fn default_beside() -> i32 {
    10
}

/// Header words. A word with Chinese characters matches anywhere in the header; one without matches whole words
/// (`id no` matches `ID_NO`, `idNo`, `idno`, `user_id_no`); `=` in front asks for the whole header. `~人` asks for
/// the end of the header. `~xm` matches the initials of Chinese words that end so (`KHXM`, 客户姓名), `kh~` those that begin
/// so.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headers {
    /// The header alone says what the column is.
    #[serde(default)]
    pub strong: Vec<String>,
    /// The header fits, and fits other things too.
    #[serde(default)]
    pub weak: Vec<String>,
    /// The header says that the column is something else.
    #[serde(default)]
    pub against: Vec<String>,
}

/// Where inside longer text a detector looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InText {
    /// Nowhere (`false`).
    #[default]
    No,
    /// At every run of letters and digits and at every e-mail address (`true`). Words before it make it surer.
    Anywhere,
    /// Behind its header words and `context` words, in the same clause (`"context"`).
    Context,
    /// At names right behind a word of `context` (`"name"`).
    Name,
}

impl<'de> Deserialize<'de> for InText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Whether(bool),
            How(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Whether(false) => Ok(Self::No),
            Written::Whether(true) => Ok(Self::Anywhere),
            Written::How(how) if how == "context" => Ok(Self::Context),
            Written::How(how) if how == "name" => Ok(Self::Name),
            Written::How(how) => {
                Err(serde::de::Error::custom(format!("`in_text` is true, false, \"context\" or \"name\", not `{how}`")))
            }
        }
    }
}

/// A change that the normal form makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Normalize {
    /// Drop blanks.
    Blanks,
    /// Drop `-`.
    Dashes,
    /// Drop `·`, `•` and `.`.
    Dots,
    /// Drop round brackets.
    Brackets,
    /// ASCII letters to upper case.
    Upper,
}

/// The type of a value, whatever type the column is stored in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueType {
    /// Not a number.
    Text,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// A date or a time with a date.
    Time,
}

/// How a word stands in a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WordMatch {
    /// The value begins with it.
    Prefix,
    /// The value ends with it.
    Suffix,
    /// It is somewhere in the value.
    Inside,
    /// It is the value.
    Whole,
}

/// A test against a word list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordTest {
    /// The id of the list.
    pub list: String,
    /// How the word stands in the value.
    pub at: WordMatch,
}

/// A list of words. Matching ignores ASCII case. Where words are looked for inside a value, one with `!` in front is none
/// itself and hides those that are a part of it: `!市人民政府路` hides `市人民政府`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The permanent id.
    pub id: String,
    /// Where the facts are from.
    pub source: Vec<String>,
    /// The words.
    pub list: Vec<String>,
}

/// A value that a detector must not accept.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reject {
    /// The value.
    pub value: String,
    /// Why not.
    pub because: String,
}

/// A column that a detector must judge in a certain way.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnExample {
    /// The header; empty for none.
    #[serde(default)]
    pub header: String,
    /// The cells.
    pub values: Vec<String>,
    /// The headers of other columns of the object.
    #[serde(default)]
    pub beside: Vec<String>,
    /// The confidence that must come out; absent where nothing may be found.
    pub confidence: Option<Confidence>,
}

/// One detector of what several columns fill together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordSpec {
    /// The permanent id.
    pub id: String,
    /// The class it yields.
    pub class: Class,
    /// Its name.
    pub title: Bilingual,
    /// Standards and clauses, or the place where the fact was seen.
    pub source: Vec<String>,
    /// Identifiers whose distinct values are the record's subjects, best first: ids of classes or fields. When not
    /// empty, one of them must be there.
    #[serde(default)]
    pub subject: Vec<String>,
    /// Roles that must be filled; each is a list of classes or fields, any of which fills it.
    #[serde(default)]
    pub requires: Vec<Vec<String>>,
    /// Whether it is about rows with a position in one of the areas that the user brings. Without areas it finds nothing;
    /// with them it looks at all columns of positions, and goes without a subject where there is none.
    #[serde(default)]
    pub in_areas: bool,
    /// Classes or fields that make it surer.
    #[serde(default)]
    pub supports: Vec<String>,
    /// Classes or fields that make it something else.
    #[serde(default)]
    pub against: Vec<String>,
    /// Fields whose columns are nothing else once this record is found: in a matrix of flows `VehicleNum` is a count, no
    /// vehicle.
    #[serde(default)]
    pub claims: Vec<String>,
    /// Whether the subjects must behave as if they moved, where there are points enough to see it; `requires` then has
    /// `longitude` and `latitude`.
    #[serde(default)]
    pub moves: bool,
    /// Words in the object's name or in any header, of which one must be there, unless the subjects are seen to move.
    #[serde(default)]
    pub context: Vec<String>,
    /// How many rows there must be.
    #[serde(default = "default_min_rows")]
    pub min_rows: u64,
    /// The least confidence at which it counts; below it a finding is shown with low confidence.
    #[serde(default = "default_counts_from")]
    pub counts_from: Confidence,
    /// What is measured: `first_time`, `last_time`, `bounding_box`, `distinct:FIELD`, `sum:FIELD`.
    #[serde(default)]
    pub facets: Vec<String>,
    /// Objects, with what must be said of them.
    #[serde(default)]
    pub example: Vec<RecordExample>,
}

fn default_min_rows() -> u64 {
    1
}

/// An object that a record detector must judge in a certain way.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordExample {
    /// The name of the object.
    #[serde(default)]
    pub object: String,
    /// The headers.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// The confidence that must come out; absent where nothing may be found.
    pub confidence: Option<Confidence>,
}

/// A role of persons in a row: columns whose headers have one of the words speak of the same person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleSpec {
    /// The permanent id.
    pub id: String,
    /// Its name.
    pub title: Bilingual,
    /// Whether it is the person that the row is about, so that columns without any role speak of the same one.
    #[serde(default)]
    pub subject: bool,
    /// Header words, matched like those of detectors.
    pub headers: Vec<String>,
}
