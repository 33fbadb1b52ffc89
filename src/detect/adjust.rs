//! What the user says of one object: findings that are set aside, and columns that are declared.

use std::collections::{BTreeMap, BTreeSet};

use super::engine::{CellDetector, Engine};
use super::judge::{Finding, HIGH, MEDIUM, Place, RecordJudgement, score};
use super::survey::Survey;
use crate::model::{Because, Confidence, ConfigEntry};

/// The evidence of a declaration.
pub(super) const DECLARED: &str = "declared";
/// The evidence that a detector must be surer than this to count.
const NOT_SURE_ENOUGH: &str = "not_sure_enough";
/// What a declaration weighs; more where the values or the header say otherwise.
const DECLARED_WEIGHT: i32 = 60;

/// A finding that the user looked at and does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The entry that says so.
    pub entry: ConfigEntry,
    /// The column, by its place; every column, and what they fill together, without one.
    pub column: Option<usize>,
    /// The detector or the class, by its id; every one without.
    pub detector: Option<String>,
}

/// What a column is, whatever it looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The entry that says so.
    pub entry: ConfigEntry,
    /// The column, by its place.
    pub column: usize,
    /// The detector or the class, by its id; `None` where the column is nothing that the law speaks of.
    pub is: Option<String>,
    /// The role of the person that it identifies, by its id; that of the header without one.
    pub role: Option<String>,
}

/// What the user says of one object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adjustments {
    /// Findings that are set aside; the first that applies gives the reason.
    pub acceptances: Vec<Acceptance>,
    /// Columns that are declared; the first of a column applies.
    pub declarations: Vec<Declaration>,
}

/// A finding that the user set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Aside {
    pub(super) column: usize,
    pub(super) finding: Finding,
    pub(super) entry: ConfigEntry,
}

/// What adjustments did to a judgement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Adjusted {
    /// Findings that would be there without.
    pub(super) aside: Vec<Aside>,
    /// Records that are set aside, by their place in the judgement.
    pub(super) records: BTreeMap<usize, ConfigEntry>,
    /// Declarations, by column.
    pub(super) declared: BTreeMap<usize, ConfigEntry>,
    /// Roles that were declared, by column, as places in the engine.
    pub(super) roles: BTreeMap<usize, usize>,
    /// The lines of the entries that applied.
    pub(super) lines: BTreeSet<usize>,
}

impl Acceptance {
    fn covers(&self, engine: &Engine, column: usize, finding: &Finding) -> bool {
        self.column.is_none_or(|known| known == column)
            && finding.detector(engine).is_some_and(|found| {
                found.class().is_some() && self.detector.as_deref().is_none_or(|id| is_named(found, id))
            })
    }

    /// A column alone speaks of what the column holds, and not of what it fills together with others.
    fn covers_record(&self, engine: &Engine, record: &RecordJudgement) -> bool {
        let Some(spec) = engine.records.get(record.record).map(|detector| &detector.spec) else { return false };
        match (self.column, self.detector.as_deref()) {
            (None, None) => true,
            (Some(_), None) => false,
            (column, Some(id)) => {
                (spec.id == id || spec.class.id() == id) && column.is_none_or(|column| record.columns.contains(&column))
            }
        }
    }
}

impl Adjustments {
    /// The declaration of a column.
    fn declaration(&self, column: usize) -> Option<&Declaration> {
        self.declarations.iter().find(|declaration| declaration.column == column)
    }

    /// Makes every declared column what the user says, and nothing else.
    pub(super) fn declare(&self, engine: &Engine, survey: &Survey, columns: &mut [Vec<Finding>]) {
        for (at, findings) in columns.iter_mut().enumerate() {
            let Some(declaration) = self.declaration(at) else { continue };
            let known = std::mem::take(findings);
            let is = declaration.is.as_deref();
            findings.extend(is.and_then(|is| declared(engine, survey, at, is, known)));
        }
    }

    /// Sets findings aside; `undeclared` tells what the columns would be without declarations.
    pub(super) fn apply_to_columns(
        &self,
        engine: &Engine,
        columns: &mut [Vec<Finding>],
        undeclared: impl FnOnce() -> Vec<Vec<Finding>>,
    ) -> Adjusted {
        let mut adjusted = Adjusted::default();
        if !self.declarations.is_empty() {
            self.note_declarations(engine, columns, undeclared(), &mut adjusted);
        }
        for (at, findings) in columns.iter_mut().enumerate() {
            findings.retain(|finding| {
                let mut covers = self.acceptances.iter().filter(|known| known.covers(engine, at, finding)).peekable();
                let entry = covers.peek().map(|first| first.entry.clone());
                adjusted.lines.extend(covers.map(|acceptance| acceptance.entry.line));
                let stays = entry.is_none();
                adjusted.aside.extend(entry.map(|entry| Aside { column: at, finding: finding.clone(), entry }));
                stays
            });
            for finding in findings {
                hold_back(engine, finding);
            }
        }
        adjusted
    }

    /// What counted before a declaration is set aside by it; of a column that is declared to be nothing, everything.
    fn note_declarations(
        &self,
        engine: &Engine,
        columns: &[Vec<Finding>],
        undeclared: Vec<Vec<Finding>>,
        adjusted: &mut Adjusted,
    ) {
        for (at, before) in undeclared.into_iter().enumerate() {
            let Some(Declaration { entry, is, role, .. }) = self.declaration(at) else { continue };
            adjusted.lines.insert(entry.line);
            adjusted.declared.insert(at, entry.clone());
            let role = role.as_deref().and_then(|id| engine.roles.iter().position(|role| role.spec.id == id));
            adjusted.roles.extend(role.map(|role| (at, role)));
            let now: Vec<_> = columns.get(at).into_iter().flatten().filter_map(|now| now.class(engine)).collect();
            let displaced = before.into_iter().filter(|finding| {
                let counted = finding.confidence().is_some_and(Confidence::counts) || is.is_none();
                counted && finding.class(engine).is_some_and(|class| !now.contains(&class))
            });
            adjusted.aside.extend(displaced.map(|finding| Aside { column: at, finding, entry: entry.clone() }));
        }
    }

    /// Sets records aside.
    pub(super) fn apply_to_records(&self, engine: &Engine, records: &mut [RecordJudgement], adjusted: &mut Adjusted) {
        for (at, record) in records.iter_mut().enumerate() {
            let mut covers = self.acceptances.iter().filter(|known| known.covers_record(engine, record)).peekable();
            adjusted.records.extend(covers.peek().map(|first| (at, first.entry.clone())));
            adjusted.lines.extend(covers.map(|acceptance| acceptance.entry.line));
            let least = engine.records.get(record.record).map_or(Confidence::Medium, |known| known.spec.counts_from);
            lower(&mut record.because, least);
        }
    }
}

fn is_named(detector: &CellDetector, id: &str) -> bool {
    detector.spec.id == id || detector.class().is_some_and(|class| class.id() == id)
}

/// The finding that a column is what `is` names. Of several detectors of a class it is the one that the column itself speaks
/// for most.
fn declared(engine: &Engine, survey: &Survey, column: usize, is: &str, known: Vec<Finding>) -> Option<Finding> {
    let hits = |detector: usize| {
        let hits = survey.columns.get(column)?.hits.get(detector)?.as_deref();
        hits.map(|hits| hits.full)
    };
    let score_of = |detector: usize| {
        known.iter().find(|finding| finding.detector == detector && finding.place == Place::Whole).map(Finding::score)
    };
    let detector = (0..engine.cells.len())
        .filter(|at| engine.cells.get(*at).is_some_and(|detector| is_named(detector, is)))
        .max_by_key(|at| (score_of(*at), hits(*at), std::cmp::Reverse(*at)))?;
    let mut because: Vec<Because> = known
        .into_iter()
        .find(|finding| finding.detector == detector && finding.place == Place::Whole)
        .map(|finding| finding.because)
        .unwrap_or_default();
    let weight = DECLARED_WEIGHT.max(HIGH - score(&because));
    because.push(Because { what: DECLARED, weight });
    Some(Finding { detector, place: Place::Whole, because })
}

/// A finding below the least confidence at which its detector counts becomes one of low confidence.
fn hold_back(engine: &Engine, finding: &mut Finding) {
    let least = finding.detector(engine).map_or(Confidence::Medium, |detector| detector.spec.counts_from);
    if !finding.is_declared() {
        lower(&mut finding.because, least);
    }
}

fn lower(because: &mut Vec<Because>, least: Confidence) {
    let score = score(because);
    if least == Confidence::High && (MEDIUM..HIGH).contains(&score) {
        because.push(Because { what: NOT_SURE_ENOUGH, weight: MEDIUM - 1 - score });
    }
}

impl Finding {
    /// Whether the user says so.
    pub(super) fn is_declared(&self) -> bool {
        self.because.iter().any(|reason| reason.what == DECLARED)
    }
}
