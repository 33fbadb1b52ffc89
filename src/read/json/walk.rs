//! Goes through the tokens of a text by the grammar of JSON, and past what is not JSON to what is again.

use super::lexer::{Bracket, Lexer, TEXT_LIMIT, Text, Token, is_value};
use super::rows::{Rows, Scalar};

/// Objects and lists may stand in each other so deep; what is deeper is not read. Programs nest ten or twenty levels.
const MAX_DEPTH: usize = 256;

/// What was found wrong, and where first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Faults {
    /// Places that are not JSON.
    pub(super) malformed: Places,
    /// Values that are nested too deep.
    pub(super) deep: Places,
    /// Texts of which only the beginning was read.
    pub(super) long: Places,
}

/// How many places, and the first of them with what is wrong there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) n: u64,
    pub(super) first: Option<(u64, &'static str)>,
}

impl Places {
    fn note(&mut self, offset: u64, what: &'static str) {
        self.n += 1;
        self.first.get_or_insert((offset, what));
    }

    fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.first = match (self.first, other.first) {
            (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
            (ours, theirs) => ours.or(theirs),
        };
    }
}

impl Faults {
    pub(super) fn merge(&mut self, other: &Self) {
        self.malformed.merge(&other.malformed);
        self.deep.merge(&other.deep);
        self.long.merge(&other.long);
    }
}

/// What may stand next in the innermost object or list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Key,
    Colon,
    Value,
    Comma,
}

/// A way through a text.
pub(super) struct Walk {
    lexer: Lexer,
    open: Vec<Bracket>,
    /// How many are open beyond the deepest that is read.
    beyond: usize,
    expected: Expected,
    pub(super) faults: Faults,
    /// How many values stood one behind the other.
    pub(super) n_values: u64,
}

impl Walk {
    pub(super) fn new(lexer: Lexer) -> Self {
        Self { lexer, open: Vec::new(), beyond: 0, expected: Expected::Value, faults: Faults::default(), n_values: 0 }
    }

    /// The stream below.
    pub(super) fn into_lexer(self) -> Lexer {
        self.lexer
    }

    /// Goes on by one token; false at the end.
    pub(super) fn step(&mut self, rows: &mut Rows) -> bool {
        let token = self.lexer.next();
        match token {
            Token::Open(bracket) => self.open(bracket, rows),
            Token::Close(bracket) => self.close(bracket, rows),
            Token::Colon if self.expected == Expected::Colon => self.expected = Expected::Value,
            Token::Colon => self.malformed("a colon where none belongs"),
            Token::Comma => self.comma(rows),
            Token::Text(text) => self.text(&text, rows),
            Token::Word(word) => self.word(&word, rows),
            Token::Line => self.end_all(rows, "a line ends in the middle of a value"),
            Token::End => {
                self.end_all(rows, "the text ends in the middle of a value");
                return false;
            }
        }
        true
    }

    fn malformed(&mut self, what: &'static str) {
        let offset = self.lexer.offset();
        self.faults.malformed.note(offset, what);
    }

    fn in_object(&self) -> bool {
        self.open.last() == Some(&Bracket::Object)
    }

    /// A value begins, whether it may or not.
    fn begin_value(&mut self) {
        if self.open.is_empty() {
            self.n_values += 1;
            return;
        }
        match self.expected {
            Expected::Value => {}
            Expected::Comma => self.malformed("a comma is missing"),
            Expected::Key => self.malformed("a value without a key"),
            Expected::Colon => self.malformed("a colon is missing"),
        }
    }

    fn end_value(&mut self) {
        self.expected = if self.open.is_empty() { Expected::Value } else { Expected::Comma };
    }

    fn open(&mut self, bracket: Bracket, rows: &mut Rows) {
        if self.beyond > 0 || self.open.len() >= MAX_DEPTH {
            if self.beyond == 0 {
                let offset = self.lexer.offset();
                self.faults.deep.note(offset, "the level is too deep");
            }
            self.beyond += 1;
            return;
        }
        self.begin_value();
        self.open.push(bracket);
        match bracket {
            Bracket::Object => {
                rows.open_object();
                self.expected = Expected::Key;
            }
            Bracket::Array => {
                rows.open_list();
                self.expected = Expected::Value;
            }
        }
    }

    fn close(&mut self, bracket: Bracket, rows: &mut Rows) {
        if self.beyond > 0 {
            self.beyond -= 1;
            if self.beyond == 0 {
                rows.scalar(Scalar::Nothing);
                self.end_value();
            }
            return;
        }
        if !self.open.contains(&bracket) {
            self.malformed("a bracket closes nothing");
            return;
        }
        match self.expected {
            Expected::Colon => self.malformed("a key without a value"),
            Expected::Value if self.in_object() => self.malformed("a key without a value"),
            // A comma behind the last element takes nothing away.
            _ => {}
        }
        while let Some(innermost) = self.open.pop() {
            rows.close();
            if innermost == bracket {
                break;
            }
            self.malformed("brackets do not match");
        }
        self.end_value();
    }

    fn comma(&mut self, rows: &mut Rows) {
        if self.beyond > 0 || self.open.is_empty() {
            return;
        }
        match self.expected {
            Expected::Comma => {}
            Expected::Value if !self.in_object() => {
                self.malformed("a value is missing");
                rows.scalar(Scalar::Nothing);
            }
            Expected::Value | Expected::Colon => self.malformed("a key without a value"),
            Expected::Key => self.malformed("a comma where none belongs"),
        }
        self.expected = if self.in_object() { Expected::Key } else { Expected::Value };
    }

    /// Whether what comes is the key of a member.
    fn is_key(&mut self) -> bool {
        if !self.in_object() {
            return false;
        }
        if self.expected == Expected::Comma {
            self.malformed("a comma is missing");
            self.expected = Expected::Key;
        }
        self.expected == Expected::Key
    }

    fn text(&mut self, text: &Text, rows: &mut Rows) {
        if !text.is_closed {
            self.malformed("a quote is not closed");
        }
        if text.is_cut {
            let offset = self.lexer.offset().saturating_sub(TEXT_LIMIT as u64);
            self.faults.long.note(offset, "the text is too long");
        }
        if self.beyond > 0 {
            return;
        }
        if self.is_key() {
            rows.key(self.lexer.text(text));
            self.expected = Expected::Colon;
            return;
        }
        self.begin_value();
        rows.scalar(Scalar::Text(self.lexer.text(text)));
        self.end_value();
    }

    fn word(&mut self, word: &std::ops::Range<usize>, rows: &mut Rows) {
        if self.beyond > 0 {
            return;
        }
        if self.is_key() {
            self.malformed("a key without quotes");
            rows.key(self.lexer.word_text(word));
            self.expected = Expected::Colon;
            return;
        }
        self.begin_value();
        if !is_value(self.lexer.word_text(word)) {
            self.malformed("a word that is no value");
        }
        let scalar = match self.lexer.word_text(word) {
            "null" | "NaN" => Scalar::Nothing,
            word => Scalar::Word(word),
        };
        rows.scalar(scalar);
        self.end_value();
    }

    /// Nothing stays open at the end of a text, or of a line where lines are records.
    fn end_all(&mut self, rows: &mut Rows, what: &'static str) {
        if self.beyond > 0 || !self.open.is_empty() {
            self.malformed(what);
        }
        self.beyond = 0;
        while self.open.pop().is_some() {
            rows.close();
        }
        self.expected = Expected::Value;
    }
}
