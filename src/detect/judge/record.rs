//! What several columns fill together: tracks, medical records, charging sessions.

use super::{Finding, HIGH, MEDIUM, Place, confidence};
use crate::detect::count::Counted;
use crate::detect::engine::{Engine, RecordDetector};
use crate::detect::facet::FacetPlan;
use crate::detect::header::Header;
use crate::detect::motion::{Manner, Way};
use crate::detect::position::{Positions, positions};
use crate::detect::survey::Survey;
use crate::model::{Because, Confidence};

/// All required roles are filled.
const ROLES_FILLED: i32 = 30;
/// A column that usually goes with it.
const SUPPORT: i32 = 5;
/// Positions are checked against the areas that the user brings.
const IN_AREAS: i32 = 5;
/// A column that makes it something else.
const AGAINST: i32 = -30;
/// The subjects move like vehicles.
const MOVES: i32 = 10;
/// The subjects stay where they are.
const STANDS: i32 = -10;
/// The subjects are here and there faster than any vehicle.
const LEAPS: i32 = -20;

/// A record found in an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::detect) struct RecordJudgement {
    /// The detector's place among the engine's records.
    pub(in crate::detect) record: usize,
    /// The columns that fill the required roles, the subject's first.
    pub(in crate::detect) columns: Vec<usize>,
    /// The column whose distinct values are the subjects.
    pub(in crate::detect) subject: Option<usize>,
    /// Where the positions stand of which one must be in an area of the user's.
    pub(in crate::detect) positions: Vec<Positions>,
    /// What is measured, and from which columns.
    pub(in crate::detect) facets: Vec<FacetPlan>,
    /// What spoke for and against.
    pub(in crate::detect) because: Vec<Because>,
}

impl RecordJudgement {
    pub(in crate::detect) fn confidence(&self) -> Option<Confidence> {
        confidence(super::score(&self.because))
    }
}

/// Judges which records the columns fill. Records that claim columns come first, and what they claim is nothing else.
pub(super) fn judge_records(
    engine: &Engine,
    object: &str,
    headers: &[Header],
    survey: &Survey,
    counted: Option<&Counted>,
    columns: &mut [Vec<Finding>],
) -> (Vec<RecordJudgement>, Vec<Way>) {
    let object = Header::new(object.rsplit('/').next().unwrap_or(object));
    let (mut records, mut ways) = (Vec::new(), Vec::new());
    for claiming in [true, false] {
        for (at, detector) in engine.records.iter().enumerate() {
            if detector.spec.claims.is_empty() == claiming {
                continue;
            }
            let Some(mut found) = fill_roles(engine, at, detector, survey, columns) else { continue };
            let way = way(engine, detector, &found, columns);
            ways.extend(way);
            let manner = way.zip(counted).and_then(|(way, counted)| counted.manner(way));
            found.because.extend(manner.map(weigh_manner));
            let belongs = manner == Some(Manner::Moves) || in_context(detector, &object, headers);
            if !belongs || found.confidence().is_none() {
                continue;
            }
            if found.confidence().is_some_and(Confidence::counts) {
                claim(engine, detector, columns);
            }
            records.push(found);
        }
    }
    records.sort_by_key(|found| found.record);
    ways.sort_unstable();
    ways.dedup();
    (records, ways)
}

fn weigh_manner(manner: Manner) -> Because {
    match manner {
        Manner::Moves => Because { what: "moves", weight: MOVES },
        Manner::Stands => Because { what: "stands", weight: STANDS },
        Manner::Leaps => Because { what: "leaps", weight: LEAPS },
    }
}

/// The columns in which a record that must move can be seen to do so.
fn way(engine: &Engine, detector: &RecordDetector, found: &RecordJudgement, columns: &[Vec<Finding>]) -> Option<Way> {
    let column = |id: &str| best_column(engine, columns, &[id.to_owned()], &[]);
    let time = detector.spec.requires.iter().position(|role| role.iter().any(|id| id == "time"))?;
    let time = *found.columns.get(time + usize::from(found.subject.is_some()))?;
    let way = Way { subject: found.subject, time, longitude: column("longitude")?, latitude: column("latitude")? };
    detector.spec.moves.then_some(way)
}

fn in_context(detector: &RecordDetector, object: &Header, headers: &[Header]) -> bool {
    detector.spec.context.is_empty()
        || detector.context.matches(object)
        || headers.iter().any(|header| detector.context.matches(header))
}

/// Whether columns fill the roles of a record, and what speaks for and against it.
fn fill_roles(
    engine: &Engine,
    at: usize,
    detector: &RecordDetector,
    survey: &Survey,
    columns: &[Vec<Finding>],
) -> Option<RecordJudgement> {
    let spec = &detector.spec;
    let positions = if spec.in_areas { positions(engine, columns) } else { Vec::new() };
    if survey.rows < spec.min_rows || spec.in_areas && (engine.areas.is_none() || positions.is_empty()) {
        return None;
    }
    let mut used = Vec::new();
    let subject = spec.subject.iter().find_map(|id| best_column(engine, columns, std::slice::from_ref(id), &used));
    if subject.is_none() && !spec.subject.is_empty() && !spec.in_areas {
        return None;
    }
    used.extend(subject);
    for role in &spec.requires {
        used.push(best_column(engine, columns, role, &used)?);
    }
    used.extend(positions.iter().flat_map(|position| position.columns()));
    let is_there = |id: &String| best_column(engine, columns, std::slice::from_ref(id), &[]).is_some();
    let mut because = vec![Because { what: "roles", weight: ROLES_FILLED }];
    if spec.in_areas {
        because.push(Because { what: "in_areas", weight: IN_AREAS });
    }
    let supports = spec.supports.iter().filter(|id| is_there(id)).map(|_| 1_i32).sum::<i32>();
    if supports > 0 {
        because.push(Because { what: "supports", weight: supports * SUPPORT });
    }
    let against = spec.against.iter().filter(|id| is_there(id)).map(|_| 1_i32).sum::<i32>();
    if against > 0 {
        because.push(Because { what: "against", weight: against * AGAINST });
    }
    if weakest(columns, &used) >= HIGH {
        because.push(Because { what: "sure_columns", weight: SUPPORT });
    }
    let facets = FacetPlan::read(&spec.facets, |field| best_column(engine, columns, &[field.to_owned()], &[]));
    Some(RecordJudgement { record: at, columns: used, subject, positions, facets, because })
}

/// The surest column that is one of `ids` and not used for another role yet.
fn best_column(engine: &Engine, columns: &[Vec<Finding>], ids: &[String], used: &[usize]) -> Option<usize> {
    let surest = |findings: &[Finding]| {
        findings
            .iter()
            .filter(|finding| finding.score() >= MEDIUM && finding.place == Place::Whole)
            .filter(|finding| finding.detector(engine).is_some_and(|detector| ids.iter().any(|id| detector.yields(id))))
            .map(Finding::score)
            .max()
    };
    columns
        .iter()
        .enumerate()
        .filter(|(at, _)| !used.contains(at))
        .filter_map(|(at, findings)| surest(findings).map(|score| (score, std::cmp::Reverse(at))))
        .max()
        .map(|(_, std::cmp::Reverse(at))| at)
}

fn weakest(columns: &[Vec<Finding>], used: &[usize]) -> i32 {
    let best = |at: &usize| columns.get(*at).and_then(|findings| findings.iter().map(Finding::score).max());
    used.iter().filter_map(best).min().unwrap_or(0)
}

fn claim(engine: &Engine, detector: &RecordDetector, columns: &mut [Vec<Finding>]) {
    for findings in columns {
        let claimed = findings.iter().any(|finding| {
            finding.detector(engine).is_some_and(|cell| detector.spec.claims.iter().any(|id| cell.yields(id)))
        });
        if claimed {
            findings.retain(|finding| finding.class(engine).is_none());
        }
    }
}
