//! A pattern of a pack, compiled to a table that matches whole values, and what can be told about it beforehand.

use std::sync::OnceLock;

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::{Anchored, nfa::thompson, util::syntax};
use regex_syntax::hir::{Class as HirClass, Hir, HirKind};

use super::normal::Alphabet;
use super::shape::Shape;

/// Patterns that would need a larger table are refused: they would push everything else out of the cache.
const TABLE_BYTES_AT_MOST: usize = 4 << 20;

/// A pattern, with what a prefilter may rely on. Its table is made when the first value is matched that the prefilter lets
/// through: of all patterns most scans need a few.
#[derive(Debug)]
pub(super) struct Pattern {
    written: String,
    table: OnceLock<Option<Table>>,
    /// What a match can be made of, at most.
    pub(super) alphabet: Alphabet,
    /// What every match has at least one of each of.
    pub(super) needs: Alphabet,
    hir: Hir,
}

#[derive(Debug)]
struct Table {
    automaton: dense::DFA<Vec<u32>>,
    start: StateID,
}

impl Pattern {
    /// Reads `pattern`, which is for whole values.
    pub(super) fn new(pattern: &str) -> Result<Self, String> {
        let hir = regex_syntax::parse(pattern).map_err(|error| error.to_string())?;
        let (alphabet, needs) = (alphabet(&hir), needs(&hir));
        Ok(Self { written: pattern.to_owned(), table: OnceLock::new(), alphabet, needs, hir })
    }

    /// What its matches have at each place.
    pub(super) fn shape(&self) -> Shape {
        Shape::new(&self.hir)
    }

    /// Makes the table beforehand, or says why it cannot be made. A pattern without a table matches nothing.
    pub(super) fn make_table(&self) -> Result<(), String> {
        let table = Table::new(&self.written)?;
        _ = self.table.set(Some(table));
        Ok(())
    }

    /// Whether all of `value` matches.
    pub(super) fn matches(&self, value: &[u8]) -> bool {
        let table = self.table.get().unwrap_or_else(|| {
            // No table is made for values that cannot match by what they are made of.
            let alphabet = super::normal::alphabet(value);
            let may_match = alphabet.is_within(self.alphabet) && self.needs.is_within(alphabet);
            if may_match { self.table.get_or_init(|| Table::new(&self.written).ok()) } else { &None }
        });
        table.as_ref().is_some_and(|table| table.matches(value))
    }
}

impl Table {
    fn new(pattern: &str) -> Result<Self, String> {
        let automaton = dense::Builder::new()
            .configure(
                dense::Config::new()
                    .start_kind(StartKind::Anchored)
                    .minimize(false)
                    .determinize_size_limit(Some(TABLE_BYTES_AT_MOST))
                    .dfa_size_limit(Some(TABLE_BYTES_AT_MOST)),
            )
            .thompson(thompson::Config::new().shrink(false))
            .syntax(syntax::Config::new())
            .build(&format!("^(?:{pattern})$"))
            .map_err(|error| error.to_string())?;
        let start =
            automaton.start_state(&start::Config::new().anchored(Anchored::Yes)).map_err(|error| error.to_string())?;
        Ok(Self { automaton, start })
    }

    fn matches(&self, value: &[u8]) -> bool {
        let mut state = self.start;
        for &byte in value {
            state = self.automaton.next_state(state, byte);
            if self.automaton.is_special_state(state)
                && (self.automaton.is_dead_state(state) || self.automaton.is_quit_state(state))
            {
                return false;
            }
        }
        self.automaton.is_match_state(self.automaton.next_eoi_state(state))
    }
}

/// What any match of `hir` is made of, at most.
fn alphabet(hir: &Hir) -> Alphabet {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Alphabet::default(),
        HirKind::Literal(literal) => super::normal::alphabet(&literal.0),
        HirKind::Class(HirClass::Unicode(class)) => class.iter().fold(Alphabet::default(), |all, range| {
            let last_ascii = (range.end() as u32).min(0x7f);
            let ascii = (range.start() as u32..=last_ascii).fold(all, |all, c| all.union(Alphabet::of(c as u8)));
            if range.end().is_ascii() { ascii } else { ascii.union(Alphabet::WIDE) }
        }),
        HirKind::Class(HirClass::Bytes(class)) => class.iter().fold(Alphabet::default(), |all, range| {
            (range.start()..=range.end()).fold(all, |all, byte| all.union(Alphabet::of(byte)))
        }),
        HirKind::Repetition(repetition) => alphabet(&repetition.sub),
        HirKind::Capture(capture) => alphabet(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().fold(Alphabet::default(), |all, part| all.union(alphabet(part)))
        }
    }
}

/// What every match of `hir` has.
fn needs(hir: &Hir) -> Alphabet {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Alphabet::default(),
        HirKind::Literal(_) => alphabet(hir),
        // A character out of several kinds may be of any of them.
        HirKind::Class(_) => Some(alphabet(hir)).filter(|alphabet| alphabet.is_one()).unwrap_or_default(),
        HirKind::Repetition(repetition) if repetition.min == 0 => Alphabet::default(),
        HirKind::Repetition(repetition) => needs(&repetition.sub),
        HirKind::Capture(capture) => needs(&capture.sub),
        HirKind::Concat(parts) => parts.iter().fold(Alphabet::default(), |all, part| all.union(needs(part))),
        HirKind::Alternation(parts) => parts.iter().map(needs).reduce(Alphabet::intersection).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Alphabet, Pattern};

    #[test]
    fn matches_whole_values_only() {
        let cases = [
            ("[0-9]{17}[0-9X]", "11010519491231002X", true),
            ("[0-9]{17}[0-9X]", "11010519491231002X1", false),
            ("a|ab", "ab", true),
            ("[京津沪][A-Z][0-9]{5}", "京A12345", true),
            ("[京津沪][A-Z][0-9]{5}", "粤A12345", false),
            ("[0-9]{4}", "", false),
        ];
        for (pattern, value, expected) in cases {
            assert_eq!(Pattern::new(pattern).unwrap().matches(value.as_bytes()), expected, "{pattern} {value}");
        }
    }

    #[test]
    fn knows_its_alphabet() {
        let pattern = Pattern::new("[京津][A-Z][0-9]{5,6}").unwrap();
        assert_eq!(pattern.alphabet, Alphabet::DIGIT.union(Alphabet::UPPER).union(Alphabet::WIDE));
        assert_eq!(pattern.needs, pattern.alphabet);
        let pattern = Pattern::new("[A-Z0-9.]+@[A-Z.]+|@[0-9]?").unwrap();
        assert_eq!(pattern.needs, Alphabet::AT_SIGN);
    }
}
