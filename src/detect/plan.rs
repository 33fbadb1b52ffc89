//! What the second look at an object does with each column: whose identifier it is, and what it says of them.
//!
//! A plan is made from the survey of a part and checked against the survey of the whole: equal plans count equally.

use super::adjust::{Adjusted, Aside};
use super::engine::{CellDetector, Engine};
use super::facet::FacetPlan;
use super::judge::{Finding, Judgement, Place};
use super::motion::Way;
use super::position::Positions;
use super::speaker::{Speaker, speakers};
use crate::model::{Class, ClassSet, Confidence, IdentifierKind, Level};

/// What a column is counted as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlannedColumn {
    /// Its place in the object.
    pub(super) column: usize,
    /// The detector's place in the engine.
    pub(super) detector: usize,
    /// Where in the cells the values stand.
    pub(super) place: Place,
    /// What a filled cell says of the row; `None` where the finding is only shown.
    pub(super) class: Option<Class>,
    /// Whose identifier it is; `None` where it identifies nobody.
    pub(super) identifier: Option<PlannedIdentifier>,
    /// Whether a filled cell that fails the check still is somebody's number, spelled wrongly.
    pub(super) trusts_header: bool,
    /// Whether every filled cell is one, because the user says so and nothing can check it.
    pub(super) takes_all: bool,
    /// Detectors of other kinds of values that stand in the same column.
    pub(super) companions: Vec<usize>,
    /// Whether the survey has not counted already which cells fit.
    pub(super) counts_matches: bool,
}

/// An identifier of a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlannedIdentifier {
    pub(super) kind: IdentifierKind,
    /// The data set that issued it; empty where the number means the same everywhere.
    pub(super) scope: Vec<u8>,
    /// The data set under which a misspelled one is told from others.
    pub(super) unverified_scope: Vec<u8>,
    /// The data set and the class under which one that is hashed or masked is told from others.
    pub(super) class_scope: Vec<u8>,
    /// Of a name, what of it the column has.
    pub(super) part: NamePart,
    /// The mention that it belongs to.
    pub(super) group: usize,
}

/// What of a name a column has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamePart {
    Whole,
    Given,
    Middle,
    Family,
}

impl NamePart {
    fn of(detector: &CellDetector) -> Self {
        match detector.spec.field.as_deref() {
            Some("given_name") => Self::Given,
            Some("middle_name") => Self::Middle,
            Some("family_name") => Self::Family,
            _ => Self::Whole,
        }
    }
}

/// Records that several columns fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlannedRecord {
    /// The detector's place among the engine's records.
    pub(super) record: usize,
    /// The columns that must be filled.
    pub(super) columns: Vec<usize>,
    /// Where the positions stand of which one must be in an area; empty where none must.
    pub(super) positions: Vec<Positions>,
    /// The column whose distinct values are the subjects.
    pub(super) subject: Option<usize>,
    /// What is measured of such rows.
    pub(super) facets: Vec<FacetPlan>,
    /// What such a row says; `None` where the finding is only shown.
    pub(super) class: Option<Class>,
}

/// Where the identifiers of one mention are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// In the cells of a row.
    Row,
    /// In the items of a list, one mention each.
    Items,
}

/// How an object is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountPlan {
    pub(super) columns: Vec<PlannedColumn>,
    pub(super) records: Vec<PlannedRecord>,
    pub(super) groups: Vec<Group>,
    /// Of whom each group speaks.
    pub(super) speakers: Vec<Speaker>,
    /// What may be a track, if it moves.
    pub(super) ways: Vec<Way>,
    /// Classes that make a row one about a person.
    pub(super) personal: ClassSet,
}

/// Plans the count of an object that was judged so. `scope` names the data set that its own numbers belong to.
pub fn plan(engine: &Engine, headers: &[String], judgement: &Judgement, scope: &str) -> CountPlan {
    let mut columns = Vec::new();
    for (column, findings) in judgement.columns.iter().enumerate() {
        for finding in findings {
            let (Some(detector), Some(confidence)) = (finding.detector(engine), finding.confidence()) else { continue };
            let takes_all = finding.is_declared() && detector.spec.checks.is_empty();
            let counts_matches = (!detector.looks_at_every_cell || takes_all) && finding.place == Place::Whole;
            if detector.class().is_none() || !(confidence.counts() || counts_matches) {
                continue;
            }
            columns.push(PlannedColumn {
                column,
                detector: finding.detector,
                place: finding.place,
                class: detector.class().filter(|_| confidence.counts()),
                identifier: identifies(detector, finding.place).filter(|_| confidence.counts()).map(|kind| {
                    PlannedIdentifier {
                        kind,
                        scope: Vec::new(),
                        unverified_scope: Vec::new(),
                        class_scope: Vec::new(),
                        part: NamePart::of(detector),
                        group: 0,
                    }
                }),
                trusts_header: confidence == Confidence::High
                    && finding.place == Place::Whole
                    && !finding.is_declared(),
                takes_all,
                companions: companions(engine, findings, finding.detector),
                counts_matches,
            });
        }
    }
    columns.extend(judgement.adjusted.aside.iter().filter_map(|aside| shown_only(engine, aside)));
    let (speakers, groups) = assign_groups(engine, headers, scope, &judgement.adjusted, &mut columns);
    let records = judgement.records.iter().enumerate().filter_map(|(at, found)| {
        let spec = &engine.records.get(found.record)?.spec;
        let accepted = judgement.adjusted.records.contains_key(&at);
        let counts = found.confidence().is_some_and(Confidence::counts) && !accepted;
        Some(PlannedRecord {
            record: found.record,
            columns: if spec.in_areas { Vec::new() } else { found.columns.clone() },
            positions: found.positions.clone(),
            subject: found.subject,
            facets: found.facets.clone(),
            class: counts.then_some(spec.class),
        })
    });
    CountPlan {
        columns,
        records: records.collect(),
        groups,
        speakers,
        ways: judgement.ways.clone(),
        personal: ClassSet::personal(),
    }
}

/// Whose identifier a value is. A name in text tells that the row is about somebody, and not who.
fn identifies(detector: &CellDetector, place: Place) -> Option<IdentifierKind> {
    detector.identifier().filter(|kind| place == Place::Whole || kind.level() != Level::Name)
}

/// A column with a finding that was set aside: its cells are counted for the report, and say nothing of anybody.
fn shown_only(engine: &Engine, aside: &Aside) -> Option<PlannedColumn> {
    let detector = aside.finding.detector(engine)?;
    (!detector.looks_at_every_cell && aside.finding.place == Place::Whole).then(|| PlannedColumn {
        column: aside.column,
        detector: aside.finding.detector,
        place: aside.finding.place,
        class: None,
        identifier: None,
        trusts_header: false,
        takes_all: false,
        companions: Vec::new(),
        counts_matches: true,
    })
}

fn companions(engine: &Engine, findings: &[Finding], of: usize) -> Vec<usize> {
    let whole = findings.iter().filter(|finding| finding.place == Place::Whole && finding.detector != of);
    whole
        .filter(|finding| finding.detector(engine).is_some_and(|detector| detector.identifier().is_some()))
        .map(|finding| finding.detector)
        .collect()
}

/// Puts identifiers that speak of the same person into one group.
fn assign_groups(
    engine: &Engine,
    headers: &[String],
    scope: &str,
    adjusted: &Adjusted,
    columns: &mut [PlannedColumn],
) -> (Vec<Speaker>, Vec<Group>) {
    let mut groups: Vec<(Speaker, Group)> = Vec::new();
    for (at, speaker) in speakers(engine, headers, &adjusted.roles, columns) {
        let group = groups.iter().position(|(known, _)| *known == speaker).unwrap_or_else(|| {
            let group = if matches!(speaker, Speaker::List(_)) { Group::Items } else { Group::Row };
            groups.push((speaker.clone(), group));
            groups.len() - 1
        });
        let Some(column) = columns.get_mut(at) else { continue };
        let Some(detector) = engine.cells.get(column.detector) else { continue };
        if let Some(identifier) = &mut column.identifier {
            identifier.group = group;
            set_scopes(engine, detector, identifier, scope, &speaker);
        }
    }
    groups.into_iter().unzip()
}

fn set_scopes(
    engine: &Engine,
    detector: &CellDetector,
    identifier: &mut PlannedIdentifier,
    scope: &str,
    speaker: &Speaker,
) {
    let role = match speaker {
        Speaker::Role(at) | Speaker::Another(Some(at), _) => {
            engine.roles.get(*at).map_or("", |role| role.spec.id.as_str())
        }
        Speaker::Subject | Speaker::Another(None, _) | Speaker::List(_) => "",
    };
    let issuer = Issuer { data_set: scope, detector, role };
    if identifier.kind.is_scoped() {
        identifier.scope = issuer.scope();
    }
    identifier.unverified_scope = issuer.unverified_scope();
    identifier.class_scope = issuer.class_scope();
    if identifier.kind.is_deidentified() {
        identifier.scope.clone_from(&identifier.class_scope);
    }
}

/// Who gives a number its meaning: the data set, the detector by which it was found, and the role whose it is.
pub(super) struct Issuer<'a> {
    pub(super) data_set: &'a str,
    pub(super) detector: &'a CellDetector,
    pub(super) role: &'a str,
}

impl Issuer<'_> {
    /// Where a number means the same that means nothing elsewhere.
    pub(super) fn scope(&self) -> Vec<u8> {
        format!("{}\0{}\0{}", self.data_set, self.detector.spec.id, self.role).into_bytes()
    }

    /// Where a misspelled one does.
    pub(super) fn unverified_scope(&self) -> Vec<u8> {
        let mut scope = self.scope();
        scope.extend_from_slice(b"\0unverified");
        scope
    }

    /// Where one that is hashed or masked does: two columns of hashed mobiles have one space of numbers; those of users and
    /// of drivers have one each.
    pub(super) fn class_scope(&self) -> Vec<u8> {
        let class = self.detector.class();
        let issued = if matches!(class, Some(Class::AccountUser | Class::VehicleId)) { self.role } else { "" };
        format!("{}\0{}\0{issued}", self.data_set, class.map_or("", Class::id)).into_bytes()
    }
}
