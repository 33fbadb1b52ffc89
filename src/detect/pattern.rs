//! A pattern of a pack, which matches whole values, and what can be told about it beforehand.

use std::sync::OnceLock;

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson;
use regex_automata::util::pool::Pool;
use regex_automata::{Anchored, Input};
use regex_syntax::hir::{Class as HirClass, Hir, HirKind};

use super::normal::{Alphabet, Form};
use super::shape::Shape;
use super::walk::Walk;

/// Patterns that would need a larger automaton are refused: they would push everything else out of the cache.
const AUTOMATON_BYTES_AT_MOST: usize = 4 << 20;
/// The states that a thread has met and keeps; with more it begins anew.
const STATES_BYTES: usize = 1 << 20;

/// A pattern, with what a prefilter may rely on. Its walk, or the automaton in place of one, is made when the first value is
/// matched that the shape leaves in doubt: of all patterns most scans need a few.
#[derive(Debug)]
pub(super) struct Pattern {
    written: String,
    shape: OnceLock<Shape>,
    walk: OnceLock<Option<Walk>>,
    automaton: OnceLock<Option<Automaton>>,
    /// What a match can be made of, at most.
    alphabet: Alphabet,
    /// What every match has at least one of each of.
    needs: Alphabet,
    hir: Hir,
}

/// An automaton whose states are made as values lead to them.
#[derive(Debug)]
struct Automaton {
    automaton: DFA,
    states: Pool<Cache, Box<dyn Fn() -> Cache + Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe>>,
}

impl Pattern {
    /// Reads `pattern`, which is for whole values.
    pub(super) fn new(pattern: &str) -> Result<Self, String> {
        let hir = regex_syntax::parse(pattern).map_err(|error| error.to_string())?;
        let (alphabet, needs) = (alphabet(&hir), needs(&hir));
        let (shape, walk, automaton) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Ok(Self { written: pattern.to_owned(), shape, walk, automaton, alphabet, needs, hir })
    }

    /// What its matches have at each place.
    pub(super) fn shape(&self) -> &Shape {
        self.shape.get_or_init(|| Shape::new(&self.hir))
    }

    /// Makes what it is matched by beforehand, or says why it cannot be made. A pattern with neither a walk nor an automaton
    /// matches nothing.
    pub(super) fn make_automaton(&self) -> Result<(), String> {
        if self.walk().is_some() {
            return Ok(());
        }
        let automaton = Automaton::new(&self.written)?;
        _ = self.automaton.set(Some(automaton));
        Ok(())
    }

    /// Whether all of `value` matches.
    pub(super) fn matches(&self, value: &[u8]) -> bool {
        if !self.may_be_as_long(Form::default(), value.len()) {
            return false;
        }
        // A shape that nobody asked for costs more than the few values that it would decide.
        let said = self.shape.get().and_then(|shape| shape.says(value));
        said.unwrap_or_else(|| self.matches_shaped(value))
    }

    /// The same of a value that its shape leaves in doubt.
    pub(super) fn matches_shaped(&self, value: &[u8]) -> bool {
        match self.walk() {
            Some(walk) => walk.matches(value),
            // What cannot match needs no automaton to be made.
            None => self.may_be_made_of(Form::default(), super::normal::alphabet(value)) && self.runs_through(value),
        }
    }

    /// Whether a cell made of `alphabet` may match in this form.
    pub(super) fn may_be_made_of(&self, form: Form, alphabet: Alphabet) -> bool {
        alphabet.is_within(form.allows(self.alphabet)) && self.needs.is_within(form.raised(alphabet))
    }

    /// Whether a cell of so many bytes may match in this form.
    pub(super) fn may_be_as_long(&self, form: Form, length: usize) -> bool {
        let lengths = self.hir.properties();
        lengths.minimum_len().is_some_and(|least| least <= length)
            && (!form.keeps_length() || lengths.maximum_len().is_none_or(|most| length <= most))
    }

    /// Whether it may match a value with this outline.
    pub(super) fn may_match(&self, outline: &[u8]) -> bool {
        self.walk().is_none_or(|walk| walk.may_match(outline))
    }

    /// Whether it is known to match with any digits in the places of others.
    pub(super) fn takes_digits_alike(&self) -> bool {
        self.walk().is_some_and(Walk::takes_digits_alike)
    }

    fn walk(&self) -> Option<&Walk> {
        self.walk.get_or_init(|| Walk::new(&self.hir)).as_ref()
    }

    /// Whether all of `value` matches, asked of the automaton alone.
    fn runs_through(&self, value: &[u8]) -> bool {
        let automaton = self.automaton.get_or_init(|| Automaton::new(&self.written).ok());
        automaton.as_ref().is_some_and(|automaton| automaton.matches(value))
    }
}

impl Automaton {
    fn new(pattern: &str) -> Result<Self, String> {
        let nfa = thompson::Config::new().shrink(false).nfa_size_limit(Some(AUTOMATON_BYTES_AT_MOST));
        let automaton = DFA::builder()
            .configure(DFA::config().cache_capacity(STATES_BYTES).skip_cache_capacity_check(true))
            .thompson(nfa)
            .build(&format!("^(?:{pattern})$"))
            .map_err(|error| error.to_string())?;
        let of = automaton.clone();
        Ok(Self { automaton, states: Pool::new(Box::new(move || of.create_cache())) })
    }

    fn matches(&self, value: &[u8]) -> bool {
        let input = Input::new(value).anchored(Anchored::Yes);
        self.automaton.try_search_fwd(&mut self.states.get(), &input).is_ok_and(|end| end.is_some())
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
    use crate::detect::examples::tests::built_in;

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
    fn matches_what_its_automaton_does() {
        for detector in &built_in().cells {
            let Some(pattern) = &detector.pattern else { continue };
            let rejected = detector.spec.reject.iter().map(|reject| &reject.value);
            let values = detector.spec.accept.iter().chain(rejected).map(String::as_bytes);
            for value in values.chain([&b""[..], b"0", b"A1", "京".as_bytes()]) {
                let written = String::from_utf8_lossy(value);
                assert_eq!(pattern.matches(value), pattern.runs_through(value), "{} {written}", pattern.written);
            }
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
