//! Weighs the evidence of an object's columns and says what they are.
//!
//! Odds are in tenths of a decimal digit: a finding starts at [`PRIOR`], every piece of [`Because`] adds to it, and the
//! sum is its confidence. Nothing here looks at a cell again: all is judged from the [`Survey`].

pub(super) mod column;
mod record;
mod text;

use std::collections::BTreeSet;

use super::adjust::{Adjusted, Adjustments};
use super::count::Counted;
use super::engine::Engine;
use super::header::Header;
use super::motion::Way;
use super::survey::Survey;
use crate::model::{Because, Class, Confidence, Level};

pub(super) use column::{Finding, Place};
pub(super) use record::RecordJudgement;

/// One column in a hundred is of any given class.
pub(super) const PRIOR: i32 = -20;
/// From here on an expert would not doubt it: a hundred to one.
pub(super) const HIGH: i32 = 20;
/// From here on it is counted: ten to one.
pub(super) const MEDIUM: i32 = 10;
/// From here on it is shown: as likely as not.
pub(super) const LOW: i32 = 0;

fn confidence(score: i32) -> Option<Confidence> {
    match score {
        HIGH.. => Some(Confidence::High),
        MEDIUM.. => Some(Confidence::Medium),
        LOW.. => Some(Confidence::Low),
        _ => None,
    }
}

pub(super) fn score(because: &[Because]) -> i32 {
    PRIOR + because.iter().map(|reason| reason.weight).sum::<i32>()
}

/// What an object's columns are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// By column: findings, surest first.
    pub(super) columns: Vec<Vec<Finding>>,
    /// What the columns fill together.
    pub(super) records: Vec<RecordJudgement>,
    /// What may be a track, if it moves.
    pub(super) ways: Vec<Way>,
    /// What the user's configuration did to it.
    pub(super) adjusted: Adjusted,
}

impl Judgement {
    /// The entries of the user's configuration that apply to the object, by their lines.
    pub fn entries(&self) -> &BTreeSet<usize> {
        &self.adjusted.lines
    }
}

/// The columns of an object, weighed by its survey and by what the user says of it.
#[derive(Debug)]
pub struct Weighed<'a> {
    engine: &'a Engine,
    object: &'a str,
    survey: &'a Survey,
    adjustments: Adjustments,
    headers: Vec<Header>,
    columns: Vec<Vec<Finding>>,
    adjusted: Adjusted,
}

impl<'a> Weighed<'a> {
    /// Weighs the columns of an object named `object` with these headers, empty where it has none.
    pub fn new(
        engine: &'a Engine,
        object: &'a str,
        headers: &[String],
        survey: &'a Survey,
        adjustments: Adjustments,
    ) -> Self {
        let headers: Vec<Header> = headers.iter().map(|header| Header::new(header)).collect();
        let mut columns = judge_columns(engine, &headers, survey, &adjustments);
        let undeclared = || judge_columns(engine, &headers, survey, &Adjustments::default());
        let adjusted = adjustments.apply_to_columns(engine, &mut columns, undeclared);
        Self { engine, object, survey, adjustments, headers, columns, adjusted }
    }

    /// Judges the columns and what they fill together. `counted` is what was seen of the rows, where they were counted before.
    pub fn judge(&self, counted: Option<&Counted>) -> Judgement {
        let Self { engine, object, survey, adjustments, headers, .. } = self;
        let (mut columns, mut adjusted) = (self.columns.clone(), self.adjusted.clone());
        let (mut records, ways) = record::judge_records(engine, object, headers, survey, counted, &mut columns);
        adjustments.apply_to_records(engine, &mut records, &mut adjusted);
        Judgement { columns, records, ways, adjusted }
    }
}

fn judge_columns(engine: &Engine, headers: &[Header], survey: &Survey, adjustments: &Adjustments) -> Vec<Vec<Finding>> {
    let mut columns = column::judge_columns(engine, headers, survey, adjustments);
    if is_code_table(engine, &columns, survey) {
        for finding in columns.iter_mut().flatten().filter(|finding| !finding.is_declared()) {
            if finding.class(engine).is_some_and(is_health) {
                finding.because.push(Because { what: "code_table", weight: LOW + 5 - finding.score() });
            }
        }
    }
    columns
}

fn is_health(class: Class) -> bool {
    class.family() == "health"
}

/// Fewer rows do not show that every value stands there once on purpose.
const CODE_TABLE_ROWS: u64 = 20;

/// Classes that a dictionary of codes lists. Numbers of visits, histories and genotypes are always somebody's.
const CODED: [Class; 4] = [Class::HealthDiagnosis, Class::HealthTreatment, Class::HealthMedication, Class::HealthLab];
/// Classes and fields that only a row about somebody has.
const OF_SOMEBODY: [&str; 7] =
    ["person.birth_date", "health.admission", "health.history", "health.adverse_event", "health.imaging", "age", "sex"];

/// Whether the object is a dictionary of codes: nobody is spoken of, and what looks like health data stands there once each.
fn is_code_table(engine: &Engine, columns: &[Vec<Finding>], survey: &Survey) -> bool {
    let counts = |finding: &&Finding| finding.score() >= MEDIUM;
    let speaks_of_somebody = columns.iter().flatten().filter(counts).any(|finding| {
        finding.detector(engine).is_some_and(|detector| {
            detector.identifier().is_some_and(|kind| kind.level() != Level::Vehicle)
                || OF_SOMEBODY.iter().any(|id| detector.yields(id))
        })
    });
    let stands_once = columns.iter().zip(&survey.columns).any(|(findings, column)| {
        let is_coded =
            findings.iter().filter(counts).any(|finding| finding.class(engine).is_some_and(|c| CODED.contains(&c)));
        let filled = column.filled();
        is_coded && filled >= CODE_TABLE_ROWS && column.sample.distinct().0 * 10 >= filled * 9
    });
    stands_once && !speaks_of_somebody
}
