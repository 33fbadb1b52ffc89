//! What the second look at an object does with each column: whose identifier it is, and what it says of them.
//!
//! A plan is made from the survey of a part and checked against the survey of the whole: equal plans count equally.

use super::engine::{CellDetector, Engine, Role};
use super::facet::FacetPlan;
use super::header::Header;
use super::judge::{Finding, Judgement, Place};
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
    /// Classes that make a row one about a person.
    pub(super) personal: ClassSet,
}

/// Plans the count of an object that was judged so. `scope` names the data set that its own numbers belong to.
pub fn plan(engine: &Engine, headers: &[String], judgement: &Judgement, scope: &str) -> CountPlan {
    let mut columns = Vec::new();
    for (column, findings) in judgement.columns.iter().enumerate() {
        for finding in findings {
            let (Some(detector), Some(confidence)) = (finding.detector(engine), finding.confidence()) else { continue };
            let counts_matches = !detector.looks_at_every_cell;
            if detector.class().is_none() || !(confidence.counts() || counts_matches) {
                continue;
            }
            columns.push(PlannedColumn {
                column,
                detector: finding.detector,
                place: finding.place,
                class: detector.class().filter(|_| confidence.counts()),
                identifier: detector.identifier().filter(|_| confidence.counts()).map(|kind| PlannedIdentifier {
                    kind,
                    scope: Vec::new(),
                    unverified_scope: Vec::new(),
                    class_scope: Vec::new(),
                    part: NamePart::of(detector),
                    group: 0,
                }),
                trusts_header: confidence == Confidence::High && finding.place == Place::Whole,
                companions: companions(engine, findings, finding.detector),
                counts_matches,
            });
        }
    }
    let groups = assign_groups(engine, headers, scope, &mut columns);
    let records = judgement.records.iter().filter_map(|found| {
        let spec = &engine.records.get(found.record)?.spec;
        let counts = found.confidence().is_some_and(Confidence::counts);
        Some(PlannedRecord {
            record: found.record,
            columns: found.columns.clone(),
            subject: found.subject,
            facets: found.facets.clone(),
            class: counts.then_some(spec.class),
        })
    });
    CountPlan { columns, records: records.collect(), groups, personal: ClassSet::personal() }
}

fn companions(engine: &Engine, findings: &[Finding], of: usize) -> Vec<usize> {
    let whole = findings.iter().filter(|finding| finding.place == Place::Whole && finding.detector != of);
    whole
        .filter(|finding| finding.detector(engine).is_some_and(|detector| detector.identifier().is_some()))
        .map(|finding| finding.detector)
        .collect()
}

/// Who a column speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Speaker {
    /// The person that the row is about.
    Subject,
    /// A person with another role, by the role's place in the engine.
    Role(usize),
    /// Every item of the list with this path is somebody.
    List(String),
}

/// Puts identifiers that speak of the same person into one group.
fn assign_groups(engine: &Engine, headers: &[String], scope: &str, columns: &mut [PlannedColumn]) -> Vec<Group> {
    let kinds: Vec<(usize, IdentifierKind)> =
        columns.iter().enumerate().filter_map(|(at, column)| Some((at, column.identifier.as_ref()?.kind))).collect();
    let header = |at: usize| columns.get(at).and_then(|column| headers.get(column.column)).map_or("", String::as_str);
    let roles: Vec<Option<usize>> = kinds.iter().map(|(at, _)| role_of(engine, header(*at))).collect();
    let others = persons_of_their_own(engine, &kinds, &roles);
    let mut speakers: Vec<(usize, Speaker)> =
        kinds.iter().zip(&roles).map(|((at, _), role)| (*at, speaker(engine, header(*at), *role, &others))).collect();
    let level = |at: usize| columns.get(at).and_then(|column| stands_for(engine, column));
    dissolve_lists(&mut speakers, &level);
    dissolve_lone_role(&mut speakers, &level);
    let mut groups: Vec<(Speaker, Group)> = Vec::new();
    for (at, speaker) in speakers {
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
    groups.into_iter().map(|(_, group)| group).collect()
}

/// How strongly a column tells who its role is. A masked plate tells of a vehicle, and a birth date of nobody.
fn stands_for(engine: &Engine, column: &PlannedColumn) -> Option<Level> {
    let kind = column.identifier.as_ref()?.kind;
    let class = engine.cells.get(column.detector).and_then(CellDetector::class);
    let is_thing = class.is_some_and(|class| matches!(class.family(), "vehicle" | "device"));
    let tells_nobody = kind == IdentifierKind::NameBirth || kind.is_deidentified() && is_thing;
    Some(if tells_nobody { Level::Vehicle } else { kind.level() })
}

/// The role that a header speaks of. A word that is part of a longer one is not heard: `客户经理` is no `客户`. Of several
/// that stand beside each other, one that is no subject's decides (`学生父亲`, `customer_driver`), then the longest, then
/// the first of the pack.
fn role_of(engine: &Engine, path: &str) -> Option<usize> {
    let header = Header::new(path);
    let words: Vec<(&Role, &str, usize)> = engine
        .roles
        .iter()
        .enumerate()
        .flat_map(|(at, role)| role.words_in(&header).map(move |word| (role, word, at)))
        .collect();
    let is_heard = |word: &str| !words.iter().any(|(_, longer, _)| longer.len() > word.len() && longer.contains(word));
    words
        .iter()
        .filter(|(_, word, _)| is_heard(word))
        .max_by_key(|(role, word, at)| (!role.spec.subject, word.chars().count(), std::cmp::Reverse(*at)))
        .map(|(_, _, at)| *at)
}

/// Roles of the row's subject that are somebody else here: two columns with one kind of identifier, as a customer's and
/// an employee's name, are two persons. The first role of the pack keeps the row.
fn persons_of_their_own(engine: &Engine, kinds: &[(usize, IdentifierKind)], roles: &[Option<usize>]) -> Vec<usize> {
    let is_subject = |at: usize| engine.roles.get(at).is_some_and(|role| role.spec.subject);
    let mut subjects: Vec<usize> = roles.iter().copied().flatten().filter(|at| is_subject(*at)).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let Some((first, others)) = subjects.split_first() else { return Vec::new() };
    let kinds_of = |wanted: usize| {
        let of_role = kinds.iter().zip(roles).filter(move |(_, role)| **role == Some(wanted));
        of_role.map(|((_, kind), _)| *kind)
    };
    others.iter().copied().filter(|other| kinds_of(*other).any(|kind| kinds_of(*first).any(|of| of == kind))).collect()
}

fn speaker(engine: &Engine, path: &str, role: Option<usize>, others: &[usize]) -> Speaker {
    if let Some((list, _)) = path.rsplit_once("[]") {
        return Speaker::List(list.to_owned());
    }
    let is_other = |at: &usize| others.contains(at) || engine.roles.get(*at).is_some_and(|role| !role.spec.subject);
    role.filter(is_other).map_or(Speaker::Subject, Speaker::Role)
}

/// A list of one identifier each (`phones[]`), or of nothing but vehicles, lists what the row's subject has: its items are
/// no further persons.
fn dissolve_lists(speakers: &mut [(usize, Speaker)], level: &impl Fn(usize) -> Option<Level>) {
    let is_anybody = speakers.iter().any(|(_, speaker)| !matches!(speaker, Speaker::List(_)));
    let belongings: Vec<bool> = speakers
        .iter()
        .map(|(_, speaker)| {
            let same = || speakers.iter().filter(|(_, other)| other == speaker);
            let vehicles_only = same().all(|(at, _)| level(*at) == Some(Level::Vehicle));
            matches!(speaker, Speaker::List(_)) && is_anybody && (same().count() == 1 || vehicles_only)
        })
        .collect();
    for ((_, speaker), belongs) in speakers.iter_mut().zip(belongings) {
        if belongs {
            *speaker = Speaker::Subject;
        }
    }
}

/// Where the columns without a role name nobody, they speak of the one who has a role: in `driver_name, driver_phone, plate`
/// the plate is the driver's. With several roles a vehicle goes to the first.
fn dissolve_lone_role(speakers: &mut [(usize, Speaker)], level: &impl Fn(usize) -> Option<Level>) {
    let subject_is_named = speakers
        .iter()
        .any(|(at, speaker)| *speaker == Speaker::Subject && level(*at).is_some_and(|level| level != Level::Vehicle));
    if subject_is_named {
        return;
    }
    let Some(first) = speakers.iter().map(|(_, speaker)| speaker).find(|s| matches!(s, Speaker::Role(_))).cloned()
    else {
        return;
    };
    for (_, speaker) in speakers.iter_mut().filter(|(_, speaker)| *speaker == Speaker::Subject) {
        *speaker = first.clone();
    }
}

fn set_scopes(
    engine: &Engine,
    detector: &CellDetector,
    identifier: &mut PlannedIdentifier,
    scope: &str,
    speaker: &Speaker,
) {
    let role = match speaker {
        Speaker::Role(at) => engine.roles.get(*at).map_or("", |role| role.spec.id.as_str()),
        Speaker::Subject | Speaker::List(_) => "",
    };
    let within = format!("{scope}\0{}\0{role}", detector.spec.id).into_bytes();
    if identifier.kind.is_scoped() {
        identifier.scope.clone_from(&within);
    }
    identifier.unverified_scope = within;
    identifier.unverified_scope.extend_from_slice(b"\0unverified");
    // Two columns of hashed mobiles have one space of numbers; those of users and of drivers have one each.
    let class = detector.class();
    let issued = if matches!(class, Some(Class::AccountUser | Class::VehicleId)) { role } else { "" };
    identifier.class_scope = format!("{scope}\0{}\0{issued}", class.map_or("", Class::id)).into_bytes();
    if identifier.kind.is_deidentified() {
        identifier.scope.clone_from(&identifier.class_scope);
    }
}
