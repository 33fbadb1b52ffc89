//! Compiles the specs of packs into an immutable engine that any number of workers share.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use hashbrown::HashSet;
use rayon::prelude::*;

use super::area::Areas;
use super::checks;
use super::header::{Header, HeaderWords};
use super::normal::{Alphabet, Form};
use super::pattern::Pattern;
use super::route::Routes;
use super::value::Value;
use crate::model::{Class, IdentifierKind};
use crate::pack::{CellSpec, DetectorPack, Headers, PackError, RecordSpec, RoleSpec, ValueType, WordMatch, WordTest};

/// Every detector, compiled: immutable, shared by all workers.
#[derive(Debug)]
pub struct Engine {
    pub(super) cells: Vec<CellDetector>,
    pub(super) records: Vec<RecordDetector>,
    pub(super) roles: Vec<Role>,
    pub(super) routes: Routes,
    pub(super) areas: Option<Areas>,
}

/// A compiled detector of what a cell holds.
#[derive(Debug)]
pub(super) struct CellDetector {
    pub(super) spec: CellSpec,
    pub(super) strong: HeaderWords,
    pub(super) weak: HeaderWords,
    pub(super) against: HeaderWords,
    pub(super) form: Form,
    pub(super) pattern: Option<Pattern>,
    /// By their places among all checks; those that cost most are made last.
    pub(super) checks: Vec<u8>,
    words: Option<WordSet>,
    /// Whether it looks at every cell.
    pub(super) looks_at_every_cell: bool,
}

/// The share of other values that a strict detector passes at most.
const STRICT: f64 = 0.1;

/// What a cell is to a detector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// Something else.
    None,
    /// It looks like one, and a check fails.
    Shape,
    /// It is one.
    Full,
}

impl CellDetector {
    /// Judges the normal form of a whole cell by pattern and checks.
    pub(super) fn fit(&self, normal: &[u8]) -> Fit {
        match &self.pattern {
            Some(pattern) if !pattern.matches(normal) => Fit::None,
            _ if self.checks.iter().all(|check| checks::passes(*check, normal)) => Fit::Full,
            _ => Fit::Shape,
        }
    }

    /// Whether a normal form passes everything but the check that is called `without`, which it fails.
    pub(super) fn fits_but_for(&self, normal: &[u8], without: &str) -> bool {
        let without = checks::by_name(without);
        self.pattern.as_ref().is_none_or(|pattern| pattern.matches(normal))
            && self.checks.iter().all(|check| checks::passes(*check, normal) != (Some(*check) == without))
    }

    /// Judges a whole cell that is half width and trimmed, by everything that the spec asks for.
    pub(super) fn fits_cell(&self, cell: &[u8], scratch: &mut Vec<u8>) -> bool {
        self.fits(&Value::new(cell), scratch)
    }

    /// The same of a value that others are asked about too.
    pub(super) fn fits(&self, value: &Value<'_>, scratch: &mut Vec<u8>) -> bool {
        let spec = &self.spec;
        let in_range = |[low, high]: [f64; 2]| value.number().is_some_and(|number| (low..=high).contains(&number));
        if !self.may_match(value.alphabet)
            || !spec.value_type.is_none_or(|value_type| value.has_type(value_type))
            || !spec.range.is_none_or(in_range)
        {
            return false;
        }
        let normal = self.form.of(value.alphabet).make(value.cell, scratch);
        self.fit(normal) == Fit::Full && self.words.as_ref().is_none_or(|words| words.found_in(normal))
    }

    /// Whether its pattern may match a value that is made so.
    pub(super) fn may_match(&self, alphabet: Alphabet) -> bool {
        self.pattern.as_ref().is_none_or(|pattern| pattern.may_be_made_of(self.form, alphabet))
    }

    /// The same of one that is so long.
    pub(super) fn may_match_length(&self, length: usize) -> bool {
        self.pattern.as_ref().is_none_or(|pattern| pattern.may_be_as_long(self.form, length))
    }

    /// Whether it is one for all values with an outline, or for none, if no digit decides.
    pub(super) fn fits_with_outline(&self, outline: &[u8], scratch: &mut Vec<u8>) -> Option<bool> {
        let pattern = self.pattern.as_ref()?;
        let CellSpec { value_type, range, .. } = &self.spec;
        let is_all = value_type.is_none() && range.is_none() && self.checks.is_empty() && self.words.is_none();
        let may_match = pattern.may_match(self.form.apply(outline, scratch));
        (!may_match || is_all && pattern.takes_digits_alike()).then_some(may_match)
    }

    /// The range, where numbers in it are all that it asks for.
    pub(super) fn range_alone(&self) -> Option<[f64; 2]> {
        let is_number = matches!(self.spec.value_type, None | Some(ValueType::Number));
        let is_all = is_number && self.pattern.is_none() && self.checks.is_empty() && self.words.is_none();
        self.spec.range.filter(|_| is_all)
    }

    /// Whether what routing says of a whole cell is all that it asks for.
    pub(super) fn is_routed(&self) -> bool {
        let CellSpec { value_type, range, words, .. } = &self.spec;
        self.looks_at_every_cell && self.pattern.is_some() && value_type.is_none() && range.is_none() && words.is_none()
    }

    /// Whether values say anything about it at all.
    pub(super) fn tests_values(&self) -> bool {
        let spec = &self.spec;
        self.pattern.is_some()
            || !self.checks.is_empty()
            || self.words.is_some()
            || spec.range.is_some()
            || spec.value_type.is_some_and(|value_type| value_type != ValueType::Text)
    }

    /// Whether values of the two stand in one column as different things, told apart by what they accept.
    pub(super) fn is_companion_of(&self, other: &Self) -> bool {
        let (mut half_width, mut normal_form) = (Vec::new(), Vec::new());
        let accepts = |value: &String, half_width: &mut Vec<u8>, normal_form: &mut Vec<u8>| {
            let half = super::normal::half_width(value.as_bytes(), half_width);
            self.fit(self.form.apply(half, normal_form)) == Fit::Full
        };
        self.class().is_some()
            && self.identifier().is_some()
            && self.pattern.is_some()
            && !other.spec.accept.iter().any(|value| accepts(value, &mut half_width, &mut normal_form))
    }

    /// Whether its values need no header: what passes its checks is hardly anything else.
    pub(super) fn is_strict(&self) -> bool {
        self.looks_at_every_cell && !self.spec.needs_header && !self.checks.is_empty() && self.spec.chance <= STRICT
    }

    /// Whether its values are in Chinese characters.
    pub(super) fn is_han(&self) -> bool {
        self.spec.pattern.as_ref().is_some_and(|pattern| pattern.contains("Han"))
    }

    /// Whether its class or field has this id.
    pub(super) fn yields(&self, id: &str) -> bool {
        self.spec.class.is_some_and(|class| class.id() == id) || self.spec.field.as_deref() == Some(id)
    }

    pub(super) fn class(&self) -> Option<Class> {
        self.spec.class
    }

    pub(super) fn identifier(&self) -> Option<IdentifierKind> {
        self.spec.identifier
    }
}

/// A word list, ready to test values.
#[derive(Debug)]
enum WordSet {
    /// Words that are all of a value, or its beginning or end.
    AtEdge { at: WordMatch, words: HashSet<Box<[u8]>>, lengths: Vec<usize> },
    /// Words that may stand anywhere in it.
    Inside(InsideWords),
}

/// A word with this in front hides the words that are a part of it.
pub(super) const DECOY: char = '!';

/// Words that may stand anywhere in a value, made ready when the first is looked for.
#[derive(Debug)]
struct InsideWords {
    list: Vec<String>,
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl InsideWords {
    fn make(&self) -> Result<AhoCorasick, String> {
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(self.list.iter().map(|word| word.trim_start_matches(DECOY)))
            .map_err(|error| error.to_string())
    }

    fn stand_in(&self, value: &[u8]) -> bool {
        let is_word = |at: usize| self.list.get(at).is_some_and(|word| !word.starts_with(DECOY));
        let automaton = self.automaton.get_or_init(|| self.make().ok()).as_ref();
        automaton.is_some_and(|words| words.find_iter(value).any(|found| is_word(found.pattern().as_usize())))
    }
}

impl WordSet {
    fn new(test: &WordTest, lists: &BTreeMap<String, Vec<String>>) -> Result<Self, String> {
        let list = lists.get(&test.list).ok_or_else(|| format!("unknown word list `{}`", test.list))?;
        if test.at == WordMatch::Inside {
            return Ok(Self::Inside(InsideWords { list: list.clone(), automaton: OnceLock::new() }));
        }
        let lower = || list.iter().filter(|word| !word.starts_with(DECOY)).map(|word| word.to_lowercase());
        let words: HashSet<Box<[u8]>> = lower().map(|word| word.into_bytes().into()).collect();
        let mut lengths: Vec<usize> = words.iter().map(|word| word.len()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        Ok(Self::AtEdge { at: test.at, words, lengths })
    }

    fn found_in(&self, value: &[u8]) -> bool {
        let (at, words, lengths) = match self {
            Self::Inside(words) => return words.stand_in(value),
            Self::AtEdge { at, words, lengths } => (at, words, lengths),
        };
        let lower = if value.iter().any(u8::is_ascii_uppercase) {
            Cow::Owned(value.to_ascii_lowercase())
        } else {
            Cow::Borrowed(value)
        };
        let holds = |part: Option<&[u8]>| part.is_some_and(|part| words.contains(part));
        match at {
            WordMatch::Prefix => lengths.iter().any(|&length| holds(lower.get(..length))),
            WordMatch::Suffix => lengths
                .iter()
                .any(|&length| holds(lower.len().checked_sub(length).and_then(|start| lower.get(start..)))),
            WordMatch::Whole | WordMatch::Inside => holds(Some(&lower)),
        }
    }
}

/// A compiled detector of what several columns fill together.
#[derive(Debug)]
pub(super) struct RecordDetector {
    pub(super) spec: RecordSpec,
    pub(super) context: HeaderWords,
}

/// A compiled role of persons in a row.
#[derive(Debug)]
pub(super) struct Role {
    pub(super) spec: RoleSpec,
    words: HeaderWords,
}

impl Role {
    /// Its words that are in the header.
    pub(super) fn words_in(&self, header: &Header) -> impl Iterator<Item = &str> {
        self.words.found_in(header)
    }
}

impl Engine {
    /// Compiles packs, given with the names of their files, which errors show.
    pub fn compile(packs: &[(String, DetectorPack)]) -> Result<Self, PackError> {
        let lists: BTreeMap<String, Vec<String>> = packs
            .iter()
            .flat_map(|(_, pack)| &pack.words)
            .map(|words| (words.id.clone(), words.list.clone()))
            .collect();
        let headers = headers_by_id(packs);
        let specs: Vec<(&String, &CellSpec, bool)> = packs
            .iter()
            .flat_map(|(file, pack)| {
                let every = pack.value.iter().map(move |spec| (file, spec, true));
                every.chain(pack.column.iter().map(move |spec| (file, spec, false)))
            })
            .filter(|(_, spec, _)| !spec.off)
            .collect();
        let compile = |&(file, spec, looks_at_every_cell): &(&String, &CellSpec, bool)| {
            let compiled =
                with_headers(spec, &headers).and_then(|spec| compile_cell(spec, looks_at_every_cell, &lists));
            compiled.map_err(|message| PackError {
                file: file.clone(),
                message: format!("detector `{}`: {message}", spec.id),
            })
        };
        let compiled: Vec<Result<CellDetector, PackError>> = specs.par_iter().map(compile).collect();
        let cells = compiled.into_iter().collect::<Result<Vec<_>, _>>()?;
        let mut records = Vec::new();
        let mut roles = Vec::new();
        for (_, pack) in packs {
            records.extend(
                pack.record
                    .iter()
                    .map(|spec| RecordDetector { context: HeaderWords::new(&spec.context), spec: spec.clone() }),
            );
            roles.extend(
                pack.role.iter().map(|spec| Role { words: HeaderWords::new(&spec.headers), spec: spec.clone() }),
            );
        }
        let routes =
            Routes::new(&cells, &lists).map_err(|message| PackError { file: "word lists".to_owned(), message })?;
        Ok(Self { cells, records, roles, routes, areas: None })
    }

    /// Makes the automata of all patterns and word lists that need one, each of which is otherwise made when it is first
    /// needed.
    ///
    /// # Errors
    ///
    /// A pattern or a list needs too large an automaton. It would match nothing.
    pub fn make_automata(&self) -> Result<(), PackError> {
        self.cells.iter().try_for_each(|detector| {
            let made = detector.pattern.as_ref().map_or(Ok(()), Pattern::make_automaton);
            let made = made.and_then(|()| match &detector.words {
                Some(WordSet::Inside(words)) => words.make().map(|made| _ = words.automaton.set(Some(made))),
                Some(WordSet::AtEdge { .. }) | None => Ok(()),
            });
            made.map_err(|message| PackError { file: format!("detector `{}`", detector.spec.id), message })
        })
    }

    /// The engine, also looking for positions in the areas that the user brings.
    #[must_use]
    pub fn with_areas(self, areas: Areas) -> Self {
        Self { areas: Some(areas), ..self }
    }

    /// Whether a text is a value of a person rather than the name of a column: a header must never carry one into a
    /// report.
    pub fn is_value(&self, text: &str) -> bool {
        let mut found = false;
        let mut routing = super::route::Routing::default();
        self.routes.route(&self.cells, text.as_bytes(), &mut routing, &mut |hit| {
            let detector = self.cells.get(hit.detector);
            found |= hit.fit == Fit::Full
                && detector.is_some_and(|detector| detector.identifier().is_some() && !detector.spec.needs_header);
        });
        found
    }
}

/// The header words of every detector, by its id.
fn headers_by_id(packs: &[(String, DetectorPack)]) -> BTreeMap<&str, &Headers> {
    let cells = packs.iter().flat_map(|(_, pack)| pack.value.iter().chain(&pack.column));
    cells.map(|spec| (spec.id.as_str(), &spec.headers)).collect()
}

/// The spec with the header words of the detector that it is called like.
fn with_headers(spec: &CellSpec, headers: &BTreeMap<&str, &Headers>) -> Result<CellSpec, String> {
    let mut spec = spec.clone();
    if let Some(id) = &spec.headers_like {
        let others = headers.get(id.as_str()).ok_or_else(|| format!("`headers_like` names no detector: `{id}`"))?;
        spec.headers.strong.extend(others.strong.iter().cloned());
        spec.headers.weak.extend(others.weak.iter().cloned());
    }
    Ok(spec)
}

fn compile_cell(
    spec: CellSpec,
    looks_at_every_cell: bool,
    lists: &BTreeMap<String, Vec<String>>,
) -> Result<CellDetector, String> {
    let looks_for_words = spec.words.as_ref().is_some_and(|test| test.at == WordMatch::Inside);
    if looks_at_every_cell && spec.pattern.is_none() && !looks_for_words {
        return Err("a `[[value]]` detector needs a `pattern`, or `words` that are inside a cell".to_owned());
    }
    if spec.class.is_none() && spec.field.is_none() {
        return Err("a detector needs a `class` or a `field`".to_owned());
    }
    let mut checks = spec
        .checks
        .iter()
        .map(|name| checks::by_name(name).ok_or_else(|| format!("unknown check `{name}`")))
        .collect::<Result<Vec<u8>, _>>()?;
    checks.sort_by_key(|check| checks::cost(*check));
    Ok(CellDetector {
        strong: HeaderWords::new(&spec.headers.strong),
        weak: HeaderWords::new(&spec.headers.weak),
        against: HeaderWords::new(&spec.headers.against),
        form: Form::new(&spec.normalize),
        pattern: spec.pattern.as_deref().map(Pattern::new).transpose()?,
        checks,
        words: spec.words.as_ref().map(|test| WordSet::new(test, lists)).transpose()?,
        looks_at_every_cell,
        spec,
    })
}
