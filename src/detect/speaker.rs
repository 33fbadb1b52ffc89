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
    /// The second, third ... of several persons whose columns repeat: of those with one role, or of those with none.
    Another(Option<usize>, usize),
}

/// A column that identifies somebody.
#[derive(Debug)]
struct Speaking {
    /// Its place among the planned columns.
    planned: usize,
    /// Its place in the object.
    column: usize,
    /// Whether it is in Chinese characters: a name may stand beside its pinyin.
    is_han: bool,
    /// How its header begins: its first word, or its first two Chinese characters.
    beginning: String,
    /// The number that its header has, of the first few: 2 of `contact_2_name`.
    number: Option<u32>,
    /// The path that its header lies under: `owner` of `owner.idNo`.
    parent: Option<String>,
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
    /// What a person has one of in a row, or two persons have one each of.
    fn key(&self) -> (Option<Class>, NamePart, bool) {
        (self.class, self.part, self.is_han)
    }

    /// Whether nobody has two of it: names and cards.
    fn is_own(&self) -> bool {
        matches!(self.level, Level::Resident | Level::Card | Level::Name)
    }

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
                is_han: engine.cells.get(column.detector).is_some_and(CellDetector::is_han),
                beginning: Header::new(header).beginning(),
                number: Header::new(header).number(),
                parent: header.rsplit_once('.').map(|(parent, _)| parent.to_owned()),
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
    adopt(engine, &mut all);
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
/// an employee's name, are two persons. The first role of the pack keeps the row, unless a column without a role has the
/// same before it: beside a name there is the name of a contact.
fn persons_of_their_own(engine: &Engine, all: &[Speaking]) -> Vec<usize> {
    let mut subjects: Vec<usize> =
        all.iter().filter_map(|column| column.role).filter(|role| is_subject(engine, *role)).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let kinds_of = |role: usize| all.iter().filter(move |column| column.role == Some(role)).map(|column| column.kind);
    let first = subjects.first().copied();
    let is_beside_first = |role: usize| {
        first.is_some_and(|first| role != first && kinds_of(role).any(|kind| kinds_of(first).any(|of| of == kind)))
    };
    let without_role = || all.iter().filter(|column| column.role.is_none() && column.is_own());
    let is_beside_row = |role: usize| {
        let mut of_role = all.iter().filter(|column| column.role == Some(role));
        of_role.any(|column| without_role().any(|other| other.column < column.column && other.key() == column.key()))
    };
    subjects.iter().copied().filter(|role| is_beside_first(*role) || is_beside_row(*role)).collect()
}

/// A column without a role right behind one that has a role, and called like it, speaks of the same person: the telephone
/// in `contact_person, contact_phone`. So does a number that follows whoever stands beside it, as a staff number does.
fn adopt(engine: &Engine, all: &mut [Speaking]) {
    let follows =
        |column: &Speaking| column.role.and_then(|role| engine.roles.get(role)).is_some_and(|role| role.spec.follows);
    let adopted: Vec<Option<Speaker>> = (0..all.len())
        .map(|at| {
            let column = all.get(at).filter(|column| column.speaker == Speaker::Subject)?;
            let is_new = |beside: &&Speaking| {
                all.iter().all(|other| other.speaker != beside.speaker || other.class != column.class)
            };
            let before = at.checked_sub(1).and_then(|before| all.get(before)).filter(|beside| {
                let is_called_alike = !column.beginning.is_empty() && column.beginning == beside.beginning;
                follows(column) || column.role.is_none() && is_called_alike
            });
            let behind = all.get(at + 1).filter(|_| follows(column));
            let mut beside = before.into_iter().chain(behind);
            let who = beside.find(|beside| matches!(beside.speaker, Speaker::Role(_)) && is_new(beside))?;
            Some(who.speaker.clone())
        })
        .collect();
    for (column, speaker) in all.iter_mut().zip(adopted) {
        if let Some(speaker) = speaker {
            column.speaker = speaker;
        }
    }
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
    let only_adds = of(&Speaker::Subject).all(|column| of(role).all(|other| other.key() != column.key()));
    !has_subject && starts && only_adds
}

/// Columns that repeat without another role (`name, mobile, name, mobile`; `child.name, parent.name`) speak of one person
/// after the other. A person has several mobiles and addresses, but one name or card.
fn split_repeated(all: &mut [Speaking]) {
    let mut speakers: Vec<Speaker> = vec![Speaker::Subject];
    speakers.extend(all.iter().map(|column| &column.speaker).filter(|s| matches!(s, Speaker::Role(_))).cloned());
    speakers.dedup();
    for speaker in speakers {
        let mut columns: Vec<&Speaking> =
            all.iter().filter(|column| column.speaker == speaker && column.is_whole && column.tells_person()).collect();
        columns.dedup_by_key(|column| column.column);
        let persons = by_path(&columns)
            .or_else(|| by_number(&columns))
            .or_else(|| by_order(&columns))
            .or_else(|| by_names(&columns));
        let role = if let Speaker::Role(role) = speaker { Some(role) } else { None };
        let nth: Vec<(usize, usize)> =
            columns.iter().map(|column| column.column).zip(persons.unwrap_or_default()).collect();
        for column in all.iter_mut() {
            if let Some((_, person)) = nth.iter().find(|(at, person)| *at == column.column && *person > 0) {
                column.speaker = Speaker::Another(role, *person);
            }
        }
    }
}

/// Which person each column is of, where two paths have a name, a card or a mobile each.
fn by_path(columns: &[&Speaking]) -> Option<Vec<usize>> {
    let mut parents: Vec<&String> = columns.iter().filter_map(|column| column.parent.as_ref()).collect();
    parents.dedup();
    let is_twice = |column: &&Speaking| {
        let tells = column.is_own() || column.kind == IdentifierKind::Mobile;
        tells && columns.iter().any(|other| other.key() == column.key() && other.parent != column.parent)
    };
    let persons = columns.iter().map(|column| {
        column.parent.as_ref().and_then(|parent| parents.iter().position(|known| *known == parent)).unwrap_or(0)
    });
    (parents.len() > 1 && columns.iter().any(is_twice)).then(|| persons.collect())
}

/// Which person each column is of, where names or cards repeat under numbers: `name1, name2, mobile1, mobile2`. Columns
/// without a number are the first person's, unless they name somebody who is in addition to these.
fn by_number(columns: &[&Speaking]) -> Option<Vec<usize>> {
    let repeats = |column: &&Speaking| {
        column.is_own() && columns.iter().any(|other| other.key() == column.key() && other.number != column.number)
    };
    let is_own_person = |number: Option<u32>| columns.iter().any(|column| column.number == number && repeats(column));
    let mut numbers: Vec<Option<u32>> = Vec::new();
    for column in columns.iter().filter(|column| is_own_person(column.number)) {
        if !numbers.contains(&column.number) {
            numbers.push(column.number);
        }
    }
    let tells_several = |number: &Option<u32>| columns.iter().filter(|column| column.number == *number).count() > 1;
    if !numbers.iter().all(tells_several) {
        return None;
    }
    let place = |number: Option<u32>| numbers.iter().position(|known| *known == number).unwrap_or(0);
    (numbers.len() > 1).then(|| columns.iter().map(|column| place(column.number)).collect())
}

/// Which person each column is of, where all columns repeat in one order.
fn by_order(columns: &[&Speaking]) -> Option<Vec<usize>> {
    let period = (2..=columns.len() / 2).find(|period| {
        let (first, rest) = columns.split_at(*period);
        let keys = || first.iter().map(|column| column.key());
        keys().any(|key| Some(key) != keys().next())
            && first.iter().any(|column| column.is_own())
            && rest.chunks(*period).all(|chunk| chunk.iter().map(|column| column.key()).eq(keys()))
    })?;
    Some((0..columns.len()).map(|at| at / period).collect())
}

/// Which person each column is of, where a second name begins what the first has already: `name, id, mobile, name, mobile`.
fn by_names(columns: &[&Speaking]) -> Option<Vec<usize>> {
    let is_name = |column: &Speaking| column.kind == IdentifierKind::Name && column.part == NamePart::Whole;
    let first = columns.iter().position(|column| is_name(column))?;
    let key = columns.get(first)?.key();
    let mut person = 0;
    let persons: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            person += usize::from(at > first && is_name(column) && column.key() == key);
            person
        })
        .collect();
    let repeats = columns.iter().zip(&persons).any(|(column, person)| {
        let earlier = columns.iter().zip(&persons).filter(|(_, other)| *other < person);
        *person > 0 && !is_name(column) && earlier.into_iter().any(|(other, _)| other.key() == column.key())
    });
    repeats.then_some(persons)
}
