//! Who the columns of a row speak of: the person that it is about, or somebody with another role.

use std::collections::BTreeMap;

use super::engine::{CellDetector, Engine, Role};
use super::header::Header;
use super::judge::Place;
use super::plan::{NamePart, PlannedColumn};
use crate::model::{Class, IdentifierKind, Level};

/// Who a column speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Speaker {
    /// The person that the row is about.
    Subject,
    /// A person with another role, by the role's place in the engine.
    Role(usize),
    /// Every item of the list with this path is somebody.
    List(String),
    /// The second, third ... of several persons whose columns repeat without a word of their roles.
    Another(usize),
}

/// A column that identifies somebody.
#[derive(Debug)]
struct Speaking {
    /// Its place among the planned columns.
    planned: usize,
    /// Its place in the object.
    column: usize,
    /// The detector's place in the engine.
    detector: usize,
    is_whole: bool,
    kind: IdentifierKind,
    class: Option<Class>,
    part: NamePart,
    /// How strongly it tells who its role is.
    level: Level,
    /// The role that its header names.
    role: Option<usize>,
    speaker: Speaker,
}

impl Speaking {
    fn tells_person(&self) -> bool {
        self.level != Level::Vehicle
    }
}

/// Who each planned column speaks of that identifies somebody, by its place in the plan. `declared` are roles that the user
/// gave to columns.
pub(super) fn speakers(
    engine: &Engine,
    headers: &[String],
    declared: &BTreeMap<usize, usize>,
    columns: &[PlannedColumn],
) -> Vec<(usize, Speaker)> {
    let mut all: Vec<Speaking> = columns
        .iter()
        .enumerate()
        .filter_map(|(at, column)| {
            let header = headers.get(column.column).map_or("", String::as_str);
            let identifier = column.identifier.as_ref()?;
            let class = engine.cells.get(column.detector).and_then(CellDetector::class);
            Some(Speaking {
                planned: at,
                column: column.column,
                detector: column.detector,
                is_whole: column.place == Place::Whole,
                kind: identifier.kind,
                class,
                part: identifier.part,
                level: level(identifier.kind, class),
                role: declared.get(&column.column).copied().or_else(|| role_of(engine, header)),
                speaker: header.rsplit_once("[]").map_or(Speaker::Subject, |(list, _)| Speaker::List(list.to_owned())),
            })
        })
        .collect();
    let others = persons_of_their_own(engine, &all);
    let is_other = |at: &usize| others.contains(at) || !is_subject(engine, *at);
    for column in all.iter_mut().filter(|column| column.speaker == Speaker::Subject) {
        column.speaker = column.role.filter(is_other).map_or(Speaker::Subject, Speaker::Role);
    }
    dissolve_lists(&mut all);
    dissolve_lone_role(engine, &mut all);
    split_repeated(&mut all);
    all.into_iter().map(|column| (column.planned, column.speaker)).collect()
}

/// How strongly an identifier tells who its role is. A masked plate tells of a vehicle, and a birth date of nobody.
fn level(kind: IdentifierKind, class: Option<Class>) -> Level {
    let is_thing = class.is_some_and(|class| matches!(class.family(), "vehicle" | "device"));
    let tells_nobody = kind == IdentifierKind::NameBirth || kind.is_deidentified() && is_thing;
    if tells_nobody { Level::Vehicle } else { kind.level() }
}

fn is_subject(engine: &Engine, role: usize) -> bool {
    engine.roles.get(role).is_some_and(|role| role.spec.subject)
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
fn persons_of_their_own(engine: &Engine, all: &[Speaking]) -> Vec<usize> {
    let mut subjects: Vec<usize> =
        all.iter().filter_map(|column| column.role).filter(|role| is_subject(engine, *role)).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let Some((first, others)) = subjects.split_first() else { return Vec::new() };
    let kinds_of = |role: usize| all.iter().filter(move |column| column.role == Some(role)).map(|column| column.kind);
    others.iter().copied().filter(|other| kinds_of(*other).any(|kind| kinds_of(*first).any(|of| of == kind))).collect()
}

/// A list of one identifier each (`phones[]`), or of nothing but vehicles, lists what the row's subject has: its items are
/// no further persons.
fn dissolve_lists(all: &mut [Speaking]) {
    let is_anybody = all.iter().any(|column| !matches!(column.speaker, Speaker::List(_)));
    let belongings: Vec<bool> = all
        .iter()
        .map(|column| {
            let same = || all.iter().filter(|other| other.speaker == column.speaker);
            let vehicles_only = !same().any(Speaking::tells_person);
            matches!(column.speaker, Speaker::List(_)) && is_anybody && (same().count() == 1 || vehicles_only)
        })
        .collect();
    for (column, belongs) in all.iter_mut().zip(belongings) {
        if belongs {
            column.speaker = Speaker::Subject;
        }
    }
}

/// Where the columns without a role name nobody, they speak of the one who has a role: in `driver_name, driver_phone, plate`
/// the plate is the driver's. With several roles a vehicle goes to the first.
///
/// So they do where a role leads the table and they only add to it: in `driver_name, phone, licence_no` the phone is the
/// driver's. In `id_no, doctor_name` the doctor is somebody else.
fn dissolve_lone_role(engine: &Engine, all: &mut [Speaking]) {
    let is_subject_named = all.iter().any(|column| column.speaker == Speaker::Subject && column.tells_person());
    let Some(first) =
        all.iter().map(|column| &column.speaker).find(|speaker| matches!(speaker, Speaker::Role(_))).cloned()
    else {
        return;
    };
    if is_subject_named && !leads(engine, all, &first) {
        return;
    }
    for column in all.iter_mut().filter(|column| column.speaker == Speaker::Subject) {
        column.speaker = first.clone();
    }
}

/// Whether a role stands before every column without one, and has nothing that one of them has too.
fn leads(engine: &Engine, all: &[Speaking], role: &Speaker) -> bool {
    let has_subject = all.iter().any(|column| column.role.is_some_and(|role| is_subject(engine, role)));
    let of = |speaker: &Speaker| {
        let speaker = speaker.clone();
        all.iter().filter(move |column| column.tells_person() && column.speaker == speaker)
    };
    let starts = of(role).map(|column| column.column).min() < of(&Speaker::Subject).map(|column| column.column).min();
    let only_adds = of(&Speaker::Subject).all(|column| of(role).all(|other| other.detector != column.detector));
    !has_subject && starts && only_adds
}

/// Columns that repeat in the same order (`name, mobile, name, mobile`) speak of one person after the other. A person has
/// several mobiles and addresses, but one name or card.
fn split_repeated(all: &mut [Speaking]) {
    let mut places: Vec<usize> = Vec::new();
    for (at, column) in all.iter().enumerate() {
        let is_new = !places.iter().any(|known| all.get(*known).is_some_and(|known| known.column == column.column));
        if column.speaker == Speaker::Subject && column.is_whole && column.tells_person() && is_new {
            places.push(at);
        }
    }
    let key = |at: &usize| all.get(*at).map(|column| (column.class, column.part));
    let is_own =
        |at: &usize| all.get(*at).is_some_and(|c| matches!(c.level, Level::Resident | Level::Card | Level::Name));
    let repeats = |period: &usize| {
        let (first, rest) = places.split_at(*period);
        let is_varied = first.iter().any(|at| key(at) != first.first().and_then(key));
        is_varied
            && first.iter().any(is_own)
            && rest.chunks(*period).all(|chunk| chunk.iter().map(key).eq(first.iter().map(key)))
    };
    let Some(period) = (2..=places.len() / 2).find(repeats) else { return };
    for (person, chunk) in places.chunks(period).enumerate().skip(1) {
        let columns: Vec<usize> = chunk.iter().filter_map(|at| all.get(*at)).map(|column| column.column).collect();
        for column in all.iter_mut().filter(|column| columns.contains(&column.column)) {
            column.speaker = Speaker::Another(person);
        }
    }
}
