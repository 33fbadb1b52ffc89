//! What the built-in detectors say of themselves, against the checks and patterns they name.

use std::collections::BTreeSet;

use regex_automata::dfa::Automaton as _;
use regex_automata::dfa::dense::{self, DFA};
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

use super::{by_name, passes};
use crate::pack::{CellSpec, DetectorPack, Normalize, built_in_detectors, parse_detectors};

/// The most bytes that an automaton may take: counted repetitions of wide classes grow without bound.
const SIZE: usize = 1 << 20;

/// A detector's pattern and checks, as far as one value at a time shows them.
struct Reading {
    pattern: Option<DFA<Vec<u32>>>,
    checks: Vec<u8>,
    normalize: Vec<Normalize>,
}

impl Reading {
    fn new(spec: &CellSpec) -> Self {
        let pattern = spec.pattern.as_ref().map(|pattern| {
            DFA::builder()
                .configure(dense::Config::new().dfa_size_limit(Some(SIZE)).determinize_size_limit(Some(SIZE)))
                .syntax(syntax::Config::new().utf8(false))
                .build(&format!(r"^(?:{pattern})$"))
                .unwrap_or_else(|error| panic!("`{}`: {error}", spec.id))
        });
        let check = |name: &String| by_name(name).unwrap_or_else(|| panic!("`{}` names no check `{name}`", spec.id));
        Self { pattern, checks: spec.checks.iter().map(check).collect(), normalize: spec.normalize.clone() }
    }

    fn passes(&self, value: &str) -> bool {
        let normal: String = value.trim().chars().filter_map(|c| self.normal(half_width(c))).collect();
        let matches = self.pattern.as_ref().is_none_or(|dfa| {
            let input = Input::new(normal.as_bytes()).anchored(Anchored::Yes);
            dfa.try_search_fwd(&input).is_ok_and(|found| found.is_some())
        });
        matches && self.checks.iter().all(|check| passes(*check, normal.as_bytes()))
    }

    fn normal(&self, c: char) -> Option<char> {
        let dropped = self.normalize.iter().any(|step| match step {
            Normalize::Blanks => c == ' ',
            Normalize::Dashes => c == '-',
            Normalize::Dots => matches!(c, '.' | '·' | '•'),
            Normalize::Brackets => matches!(c, '(' | ')'),
            Normalize::Upper => false,
        });
        let upper = self.normalize.contains(&Normalize::Upper);
        (!dropped).then(|| if upper { c.to_ascii_uppercase() } else { c })
    }
}

fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn packs() -> Vec<DetectorPack> {
    built_in_detectors().iter().map(|file| parse_detectors(file).unwrap_or_else(|error| panic!("{error}"))).collect()
}

#[test]
fn values_pass_and_fail_as_the_detectors_say() {
    let packs = packs();
    let lists: BTreeSet<&str> = packs.iter().flat_map(|pack| &pack.words).map(|words| words.id.as_str()).collect();
    let mut wrong = Vec::new();
    for spec in packs.iter().flat_map(|pack| pack.value.iter().chain(&pack.column)) {
        if let Some(words) = &spec.words
            && !lists.contains(words.list.as_str())
        {
            wrong.push(format!("`{}` names no list `{}`", spec.id, words.list));
        }
        let reading = Reading::new(spec);
        let missed = spec.accept.iter().filter(|value| !reading.passes(value));
        wrong.extend(missed.map(|value| format!("`{}` must accept `{value}`", spec.id)));
        if spec.words.is_none() && spec.value_type.is_none() && spec.range.is_none() {
            let taken = spec.reject.iter().filter(|reject| reading.passes(&reject.value));
            wrong.extend(taken.map(|reject| format!("`{}` must reject `{}`", spec.id, reject.value)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ids_are_unique_and_every_detector_yields_something() {
    let packs = packs();
    let mut seen = BTreeSet::new();
    for spec in packs.iter().flat_map(|pack| pack.value.iter().chain(&pack.column)) {
        assert!(seen.insert(spec.id.clone()), "`{}` twice", spec.id);
        assert!(spec.class.is_some() || spec.field.is_some(), "`{}` yields nothing", spec.id);
        assert!(!spec.source.is_empty(), "`{}` has no source", spec.id);
    }
    for id in packs.iter().flat_map(|pack| pack.record.iter().map(|record| record.id.as_str())) {
        assert!(seen.insert(id.to_owned()), "`{id}` twice");
    }
    let roles: Vec<&str> = packs.iter().flat_map(|pack| &pack.role).map(|role| role.id.as_str()).collect();
    assert_eq!(roles.len(), roles.iter().collect::<BTreeSet<_>>().len());
}
