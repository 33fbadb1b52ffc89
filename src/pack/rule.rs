//! The specs of rule packs, as `rules/*.toml` spells them.
//!
//! Numbers follow Chinese drafting: 以上 is `at_least`, 超过 is `more_than`, 不满 is `below`.

use std::ops::Deref;

use serde::{Deserialize, Deserializer};

use crate::model::{Bilingual, Category, Class, ClassSet, Confidence, Exemption, Industry, Procedure, Status};

/// One list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulePack {
    /// What the list is, and whom it speaks of.
    pub list: ListSpec,
    /// The industries that it names.
    #[serde(default)]
    pub industry: Vec<IndustrySpec>,
    /// Remarks that go with it.
    #[serde(default)]
    pub note: Vec<NoteSpec>,
    /// Its rows, in its own order.
    pub row: Vec<RowSpec>,
}

/// The head of a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListSpec {
    /// The permanent id.
    pub id: String,
    /// Its official title.
    pub title: Bilingual,
    /// Its edition.
    pub edition: String,
    /// The day it was issued, ISO 8601.
    pub issued: String,
    /// The day it came into force, ISO 8601.
    pub in_force_from: String,
    /// What replaces it, where something does: name, date, and what is known of its text.
    pub superseded_by: Option<Bilingual>,
    /// Where its text is from.
    pub source: Vec<String>,
    /// Whom it speaks of.
    #[serde(default)]
    pub applies: Applies,
    /// Classes that are sensitive personal information in the sense of this list.
    pub sensitive: Classes,
    /// Classes of which only the content tells whether they are: they may raise a count, and never settle it.
    #[serde(default)]
    pub sensitive_open: Classes,
    /// Why these.
    pub sensitive_note: Bilingual,
}

/// Whom a list speaks of.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applies {
    /// Only of exporters for whom this fact has this value.
    pub zone_registered: Option<bool>,
    /// Its rows about persons speak only of these industries; absent of all. Its rows about important data speak of
    /// every exporter whom the list applies to.
    #[serde(default)]
    pub industries: Vec<Industry>,
    /// Whether it speaks only where no other list that is asked does.
    #[serde(default)]
    pub residual: bool,
}

/// An industry that a list names.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndustrySpec {
    /// The industry.
    pub id: Industry,
    /// Its name in the list.
    pub title: Bilingual,
    /// The scenarios whose names are public.
    #[serde(default)]
    pub scenarios: Vec<ScenarioSpec>,
    /// Whether the rows about persons speak only inside those scenarios.
    #[serde(default)]
    pub scenario_bound: bool,
    /// Its own set of sensitive classes, in place of the list's.
    pub sensitive: Option<Classes>,
    /// Its own set of classes that may be sensitive, in place of the list's where `sensitive` is given.
    #[serde(default)]
    pub sensitive_open: Classes,
    /// Why these.
    pub sensitive_note: Option<Bilingual>,
    /// What else there is to know.
    #[serde(default)]
    pub notes: Vec<Bilingual>,
}

/// A scenario of an industry.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioSpec {
    /// The permanent id, as facts files spell it.
    pub id: String,
    /// Its name.
    pub title: Bilingual,
}

/// A remark that is shown with a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteSpec {
    /// The permanent id.
    pub id: String,
    /// The remark.
    pub text: Bilingual,
    /// Where it is from.
    pub source: Vec<String>,
    /// Shown only where the industry may be this one.
    pub industry: Option<Industry>,
    /// Shown only where one of these classes was found.
    #[serde(default)]
    pub found: Classes,
}

/// One row of a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowSpec {
    /// The permanent id.
    pub id: String,
    /// The clause of the list.
    pub clause: String,
    /// What it says, in short.
    pub title: Bilingual,
    /// What it says, in full as far as it is public.
    pub text: Bilingual,
    /// What it is about.
    pub about: About,
    /// What being reached leads to.
    pub category: RowCategory,
    /// The procedures, any of which serves.
    pub procedure: Vec<Procedure>,
    /// Where the text is from.
    pub source: Vec<String>,
    /// The only industry that it speaks of; absent for every industry.
    pub industry: Option<Industry>,
    /// The only scenarios that it speaks of; empty for all.
    #[serde(default)]
    pub scenarios: Vec<String>,
    /// The text is not public, so there is no predicate.
    #[serde(default)]
    pub unknown_text: bool,
    /// It is pointed out and makes no verdict.
    #[serde(default)]
    pub flag: bool,
    /// How many persons.
    pub persons: Option<PersonsSpec>,
    /// Which kinds of data.
    pub kinds: Option<KindsSpec>,
    /// It is reached where the exporter declares important data.
    #[serde(default)]
    pub declared: bool,
    /// It speaks only of operators of critical information infrastructure (`true`), or only of others (`false`).
    pub only_ciio: Option<bool>,
    /// Claims that take it away.
    #[serde(default)]
    pub exempt_by: Vec<Exemption>,
    /// What a scan cannot see of it.
    pub limits: Option<Bilingual>,
    /// Examples at the edges.
    #[serde(default)]
    pub case: Vec<CaseSpec>,
}

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Personal information.
    Personal,
    /// Important data.
    Important,
}

/// What reaching a row leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum RowCategory {
    /// Security assessment.
    I,
    /// Standard contract or certification.
    II,
}

impl From<RowCategory> for Category {
    fn from(category: RowCategory) -> Self {
        match category {
            RowCategory::I => Self::I,
            RowCategory::II => Self::II,
        }
    }
}

/// A number of natural persons.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonsSpec {
    /// Which persons.
    pub count: Count,
    /// Only persons of whom one of these is known; empty for all.
    #[serde(default)]
    pub of: Classes,
    /// Reached from this number on (以上).
    pub at_least: Option<u64>,
    /// Reached above this number (超过).
    pub more_than: Option<u64>,
    /// Reached below this number (不满).
    pub below: Option<u64>,
    /// What the number is of.
    pub counter: Counter,
    /// The row does not fit data about persons in which one of these is found.
    #[serde(default)]
    pub without: Classes,
}

impl PersonsSpec {
    /// The least number that reaches it.
    pub fn from(&self) -> u64 {
        self.at_least.or(self.more_than.map(|n| n.saturating_add(1))).unwrap_or(1)
    }

    /// How reports write the lower end: the operator and the number.
    pub fn bound(&self) -> (&'static str, u64) {
        match self.more_than {
            Some(n) => (">", n),
            None => (">=", self.from()),
        }
    }
}

/// Which persons are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// Persons of whom anything sensitive is known.
    Sensitive,
    /// Persons of whom nothing sensitive is known.
    NonSensitive,
    /// Every person.
    All,
}

/// What a number of persons is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counter {
    /// Persons exported since 1 January.
    Exported,
    /// Persons held or processed.
    Held,
}

/// Kinds of data that must be found.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindsSpec {
    /// One of these.
    #[serde(default)]
    pub any_of: Classes,
    /// One of each group, in the same object.
    #[serde(default)]
    pub all_of: Vec<Classes>,
    /// The least confidence; findings below it that still count leave the row open.
    #[serde(default = "default_confidence")]
    pub confidence: Confidence,
    /// What the law leaves to judgement: the row is then never more than `uncertain`.
    pub open_term: Option<Bilingual>,
}

fn default_confidence() -> Confidence {
    Confidence::Medium
}

impl KindsSpec {
    /// Every class that it asks for.
    pub fn classes(&self) -> ClassSet {
        self.all_of.iter().fold(*self.any_of, |all, group| all.union(**group))
    }
}

/// An example: data and facts, and where the row must stand. Persons in it are counted without doubt.
///
/// Facts that are not given take the value under which the row speaks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseSpec {
    /// Persons with sensitive personal information.
    #[serde(default)]
    pub sensitive: u64,
    /// Persons without.
    #[serde(default)]
    pub non_sensitive: u64,
    /// Persons by what is known of them.
    #[serde(default)]
    pub persons: Vec<CaseGroup>,
    /// Rows about persons that nothing attributes to one, by what they say.
    #[serde(default)]
    pub unattributed: Vec<CaseGroup>,
    /// Classes found with high confidence.
    #[serde(default)]
    pub found: Classes,
    /// The industry.
    pub industry: Option<Industry>,
    /// The scenario.
    pub scenario: Option<String>,
    /// Whether the exporter operates critical information infrastructure.
    pub ciio: Option<bool>,
    /// Whether the exporter is registered in the zone.
    pub zone_registered: Option<bool>,
    /// Whether the exporter declares important data.
    pub important_data: Option<bool>,
    /// What the exporter claims.
    #[serde(default)]
    pub exemptions: Vec<Exemption>,
    /// Where the row must stand.
    pub status: Option<Status>,
}

/// Persons or rows of whom the same is known.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseGroup {
    /// What is known.
    pub classes: Classes,
    /// How many.
    pub n: u64,
}

/// A set of classes, spelled as a list of ids or of `family.*`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(pub ClassSet);

impl Deref for Classes {
    type Target = ClassSet;

    fn deref(&self) -> &ClassSet {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Classes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut set = ClassSet::EMPTY;
        for word in Vec::<String>::deserialize(deserializer)? {
            let named: ClassSet = match word.strip_suffix(".*") {
                Some(family) => Class::ALL.iter().copied().filter(|class| class.family() == family).collect(),
                None => Class::from_id(&word).into_iter().collect(),
            };
            if named.is_empty() {
                return Err(serde::de::Error::custom(format!(
                    "unknown class `{word}`; `exportscan packs list classes` names them all"
                )));
            }
            set = set.union(named);
        }
        Ok(Self(set))
    }
}
