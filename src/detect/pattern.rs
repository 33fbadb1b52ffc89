//! A pattern of a pack, compiled to a table that matches whole values, and what can be told about it beforehand.

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::{Anchored, nfa::thompson, util::syntax};
use regex_syntax::hir::{Class as HirClass, Hir, HirKind};

use super::normal::{Alphabet, LONGEST_VALUE};

/// Patterns that would need a larger table are refused: they would push everything else out of the cache.
const TABLE_BYTES_AT_MOST: usize = 4 << 20;

/// A compiled pattern, with what a prefilter may rely on.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    automaton: dense::DFA<Vec<u32>>,
    start: StateID,
    /// The least and the greatest length of a match, in bytes.
    pub(super) lengths: (usize, usize),
    /// What a match can be made of, at most.
    pub(super) alphabet: Alphabet,
}

impl Pattern {
    /// Compiles `pattern` for whole values.
    pub(super) fn new(pattern: &str) -> Result<Self, String> {
        let hir = regex_syntax::parse(pattern).map_err(|error| error.to_string())?;
        let properties = hir.properties();
        let lengths = (
            properties.minimum_len().unwrap_or(0),
            properties.maximum_len().unwrap_or(LONGEST_VALUE).min(LONGEST_VALUE),
        );
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
        Ok(Self { automaton, start, lengths, alphabet: alphabet(&hir) })
    }

    /// Whether all of `value` matches.
    pub(super) fn matches(&self, value: &[u8]) -> bool {
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
    fn knows_lengths_and_alphabet() {
        let pattern = Pattern::new("[京津][A-Z][0-9]{5,6}").unwrap();
        assert_eq!(pattern.lengths, (9, 10));
        assert_eq!(pattern.alphabet, Alphabet::DIGIT.union(Alphabet::UPPER).union(Alphabet::WIDE));
    }
}
