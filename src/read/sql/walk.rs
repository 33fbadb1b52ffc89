//! Walks over a dump: rows, the statements that they belong to, and everything else, in the order in which it stands there.

use std::io::{self, Read};
use std::ops::Range;

use super::head::{self, Head, Stop};
use super::lex::{Dialect, Kind, Lexer, Next, Token};
use crate::read::origin::Origin;

/// A value of a row, by offsets in the text that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) form: Form,
    pub(super) range: Range<usize>,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Null,
    /// As it stands there.
    Plain,
    /// A string in quotes, doubled inside.
    Quoted {
        quote: u8,
        escapes: bool,
    },
    /// Bytes that need be no text.
    Binary {
        quote: u8,
        escapes: bool,
    },
    /// Two digits a byte.
    Hex,
    /// A cell of `COPY`.
    Copied,
    /// Anything else.
    Expression,
}

/// What the walk comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A statement, a comment, a line: no rows.
    Outside(Range<usize>, Says),
    /// Rows of this table and these columns follow.
    Head(Head),
    /// A row; its values are [`Walk::values`].
    Row(Range<usize>),
    /// The dump ends in the middle of something, or goes on without an end.
    Damage(Range<usize>, &'static str),
}

/// What a statement without rows says of those behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Nothing,
    /// Which columns a table has.
    Table(Head),
    /// Which database tables belong to.
    Database(Vec<u8>),
}

/// Where a walk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Between statements.
    Between,
    /// Among the rows of an `INSERT`.
    Inserted,
    /// Among the lines of a `COPY`.
    Copied,
}

/// So much is read at once.
const BLOCK_BYTES: usize = 256 << 10;

/// The longest row or statement.
const ITEM_BYTES: usize = 64 << 20;

/// A walk over a part of a dump.
pub(super) struct Walk {
    stream: Box<dyn Read + Send>,
    text: Vec<u8>,
    /// Where in the dump the text that is held begins.
    base: u64,
    /// Where in the text the next item begins.
    at: usize,
    ended: bool,
    /// Whether the text that is held begins a line.
    begins_line: bool,
    /// Why no more can be read.
    failed: Option<io::Error>,
    dialect: Dialect,
    state: State,
    /// Where the walk was when the last item began.
    pub(super) began: State,
    pub(super) values: Vec<Value>,
    /// How many closing quotes were none.
    pub(super) n_tight: u64,
}

impl Walk {
    /// A walk from an offset on.
    pub(super) fn open(origin: &Origin, offset: u64, state: State, dialect: Dialect) -> io::Result<Self> {
        Ok(Self {
            stream: origin.open(offset)?,
            text: Vec::new(),
            base: offset,
            at: 0,
            ended: false,
            begins_line: true,
            failed: None,
            dialect,
            state,
            began: state,
            values: Vec::new(),
            n_tight: 0,
        })
    }

    /// Where in the dump a place in the text is.
    pub(super) fn offset(&self, at: usize) -> u64 {
        self.base + at as u64
    }

    /// Where the next item begins.
    pub(super) fn position(&self) -> u64 {
        self.offset(self.at)
    }

    /// A part of the text that is held, until the next item is asked for.
    pub(super) fn slice(&self, range: &Range<usize>) -> &[u8] {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The next item; `None` at the end. What stands before an error is handed out before it.
    pub(super) fn next(&mut self) -> io::Result<Option<Item>> {
        loop {
            match self.step() {
                Ok(item) => return Ok(item),
                Err(Stop::More) if self.text.len() - self.at > ITEM_BYTES => {
                    let range = self.at..self.text.len();
                    self.at = self.text.len();
                    self.ended = true;
                    return Ok(Some(Item::Damage(range, "a row or statement is longer than 64 MB")));
                }
                // Nothing asks for more behind the end.
                Err(_) if self.ended => return Ok(None),
                Err(_) => match self.failed.take() {
                    Some(error) => return Err(error),
                    None => self.fill(),
                },
            }
        }
    }

    /// Reads on, behind what is not done with.
    fn fill(&mut self) {
        if let Some(last) = self.at.checked_sub(1).and_then(|at| self.text.get(at)) {
            self.begins_line = *last == b'\n';
        }
        self.text.drain(..self.at);
        self.base += self.at as u64;
        self.at = 0;
        // Long rows are read in steps that grow with them.
        let most = BLOCK_BYTES.max(self.text.len());
        match Read::by_ref(&mut self.stream).take(most as u64).read_to_end(&mut self.text) {
            Ok(n) => self.ended = n < most,
            Err(error) => self.failed = Some(error),
        }
    }

    fn lexer<'a>(&self, text: &'a [u8]) -> Lexer<'a> {
        let Self { at, ended, dialect, .. } = *self;
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        let first = before.map_or(self.begins_line, |byte| *byte == b'\n');
        Lexer { text, at, ended, dialect, brackets: false, first }
    }

    fn step(&mut self) -> Result<Option<Item>, Stop> {
        self.began = self.state;
        let text = std::mem::take(&mut self.text);
        let item = match self.state {
            State::Between => self.statement(&text),
            State::Inserted => self.inserted(&text),
            State::Copied => self.copied(&text),
        };
        self.text = text;
        item
    }

    fn outside(&mut self, range: Range<usize>, says: Says) -> Item {
        self.at = range.end;
        self.state = State::Between;
        Item::Outside(range, says)
    }

    /// The dump ends in the middle.
    fn cut_short(&mut self, text: &[u8], start: usize) -> Item {
        let range = start..text.len();
        self.at = range.end;
        self.state = State::Between;
        Item::Damage(range, "it ends in the middle of a string, a comment or a row")
    }

    /// A statement, or the head of one.
    fn statement(&mut self, text: &[u8]) -> Result<Option<Item>, Stop> {
        self.began = State::Between;
        let mut lexer = self.lexer(text);
        let token = match lexer.next() {
            Next::Token(token) => token,
            Next::More => return Err(Stop::More),
            Next::Open => return Ok(Some(self.cut_short(text, self.at))),
            Next::End => return Ok(None),
        };
        if token.kind == Kind::Comment {
            return Ok(Some(self.outside(token.start..token.end, Says::Nothing)));
        }
        if token.kind == Kind::Mark(b'\\') && token.first {
            return self.command(text, token.start);
        }
        let mut names = Lexer { brackets: true, ..lexer };
        let (parsed, state) = if lexer.is_any(&token, &["INSERT", "REPLACE"]) {
            (head::insert(&mut names), State::Inserted)
        } else if lexer.is(&token, "COPY") {
            (head::copy(&mut names), State::Copied)
        } else if lexer.is(&token, "CREATE") {
            (head::create(&mut names), State::Between)
        } else {
            (Err(Stop::Other), State::Between)
        };
        let says = match (parsed, state) {
            (Err(Stop::More), _) => return Err(Stop::More),
            (Ok(head), State::Between) => Says::Table(head),
            (Ok(head), _) => {
                (self.at, self.state) = (names.at, state);
                return Ok(Some(Item::Head(head)));
            }
            (Err(Stop::Other), _) if lexer.is(&token, "USE") => match names.next() {
                Next::Token(name) => Says::Database(names.slice(name.inner).to_vec()),
                Next::More => return Err(Stop::More),
                Next::Open | Next::End => Says::Nothing,
            },
            (Err(Stop::Other), _) => Says::Nothing,
        };
        self.rest(lexer, token.start, says)
    }

    /// A command to psql, which ends with its line.
    fn command(&mut self, text: &[u8], start: usize) -> Result<Option<Item>, Stop> {
        let rest = text.get(start..).unwrap_or_default();
        let end = match memchr::memchr(b'\n', rest) {
            Some(length) => start + length + 1,
            None if self.ended => text.len(),
            None => return Err(Stop::More),
        };
        let line = text.get(start..end).unwrap_or_default().trim_ascii();
        let mut words = line.split(u8::is_ascii_whitespace);
        let says = match (words.next(), words.next()) {
            (Some(b"\\connect" | b"\\c"), Some(name)) => Says::Database(name.to_vec()),
            _ => Says::Nothing,
        };
        Ok(Some(self.outside(start..end, says)))
    }

    /// The rest of a statement, up to a semicolon, or up to a line that begins another one.
    fn rest(&mut self, mut lexer: Lexer<'_>, start: usize, says: Says) -> Result<Option<Item>, Stop> {
        let end = loop {
            let before = lexer.at;
            match lexer.next() {
                Next::Token(token) if token.kind == Kind::Mark(b';') => break token.end,
                Next::Token(token) if token.first && lexer.is_any(&token, &["GO", "INSERT", "CREATE"]) => break before,
                Next::Token(_) => {}
                Next::More => return Err(Stop::More),
                Next::Open => return Ok(Some(self.cut_short(lexer.text, start))),
                Next::End => break lexer.text.len(),
            }
        };
        Ok(Some(self.outside(start..end, says)))
    }

    /// What stands among the rows of an `INSERT`.
    fn inserted(&mut self, text: &[u8]) -> Result<Option<Item>, Stop> {
        let mut lexer = self.lexer(text);
        loop {
            let token = match lexer.next() {
                Next::Token(token) => token,
                Next::More => return Err(Stop::More),
                Next::Open => return Ok(Some(self.cut_short(text, lexer.at))),
                Next::End => return Ok(None),
            };
            match token.kind {
                Kind::Mark(b'(') => {
                    let mut values = std::mem::take(&mut self.values);
                    values.clear();
                    let mut n_tight = 0;
                    let parsed = row(&mut lexer, &mut values, &mut n_tight);
                    let end = lexer.at;
                    self.values = values;
                    return match parsed {
                        Ok(()) => {
                            self.at = end;
                            self.n_tight += n_tight;
                            Ok(Some(Item::Row(token.start..end)))
                        }
                        Err(Stop::Other) => Ok(Some(self.cut_short(text, token.start))),
                        Err(Stop::More) => Err(Stop::More),
                    };
                }
                Kind::Mark(b',') => {}
                Kind::Mark(b';') => {
                    self.at = lexer.at;
                    self.state = State::Between;
                    return self.statement(text);
                }
                Kind::Comment => {
                    self.at = token.end;
                    return Ok(Some(Item::Outside(token.start..token.end, Says::Nothing)));
                }
                _ if lexer.is_any(&token, &["VALUES", "ROW"]) => {}
                // Oracle has several heads in a statement.
                _ if lexer.is(&token, "INTO") => {
                    let mut names = Lexer { brackets: true, ..lexer };
                    match head::insert(&mut names) {
                        Ok(head) => {
                            self.at = names.at;
                            return Ok(Some(Item::Head(head)));
                        }
                        Err(Stop::More) => return Err(Stop::More),
                        Err(Stop::Other) => return self.rest(lexer, token.start, Says::Nothing),
                    }
                }
                _ if token.first && token.kind == Kind::Word => {
                    self.at = token.start;
                    self.state = State::Between;
                    return self.statement(text);
                }
                _ => return self.rest(lexer, token.start, Says::Nothing),
            }
        }
    }

    /// The next line of a `COPY`.
    fn copied(&mut self, text: &[u8]) -> Result<Option<Item>, Stop> {
        let rest = text.get(self.at..).unwrap_or_default();
        let (length, next) = match memchr::memchr(b'\n', rest) {
            Some(length) => (length, length + 1),
            None if !self.ended => return Err(Stop::More),
            None if rest.is_empty() => return Ok(Some(self.cut_short(text, self.at))),
            None => (rest.len(), rest.len()),
        };
        let line = rest.get(..length).unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line == b"\\." {
            self.at += next;
            self.state = State::Between;
            return self.statement(text);
        }
        self.values.clear();
        let mut start = self.at;
        for cell in line.split(|byte| *byte == b'\t') {
            let form = if cell == b"\\N" { Form::Null } else { Form::Copied };
            self.values.push(Value { form, range: start..start + cell.len() });
            start += cell.len() + 1;
        }
        let range = self.at..self.at + length;
        self.at += next;
        Ok(Some(Item::Row(range)))
    }
}

/// The values up to the bracket that closes a row. It is something else where the text ends before.
fn row(lexer: &mut Lexer<'_>, values: &mut Vec<Value>, n_tight: &mut u64) -> Result<(), Stop> {
    loop {
        let (mut tokens, mut n_tokens, mut depth) = ([None; 2], 0, 0);
        let end = loop {
            let token = match lexer.next() {
                Next::Token(token) => token,
                Next::More => return Err(Stop::More),
                Next::Open | Next::End => return Err(Stop::Other),
            };
            match token.kind {
                Kind::Comment => continue,
                Kind::Mark(b',' | b')') if depth == 0 => break token,
                Kind::Mark(b'(') => depth += 1,
                Kind::Mark(b')') => depth -= 1,
                _ => {}
            }
            *n_tight += u64::from(token.tight);
            if let Some(place) = tokens.get_mut(n_tokens) {
                *place = Some(token);
            }
            n_tokens += 1;
        };
        let closes = end.kind == Kind::Mark(b')');
        if !(closes && n_tokens == 0 && values.is_empty()) {
            values.push(value(lexer, tokens, n_tokens, end.start));
        }
        if closes {
            return Ok(());
        }
    }
}

/// A value of so many tokens, of which the first are known.
fn value(lexer: &Lexer<'_>, tokens: [Option<Token>; 2], n_tokens: usize, end: usize) -> Value {
    let of = |form, (start, end): (usize, usize)| Value { form, range: start..end };
    match (tokens, n_tokens) {
        ([None, _], _) => of(Form::Null, (end, end)),
        ([Some(token), _], 1) => match token.kind {
            Kind::Quoted(quote) => of(quoted(lexer, &token, quote), token.inner),
            _ if lexer.is_any(&token, &["NULL", "DEFAULT"]) => of(Form::Null, token.inner),
            _ => match lexer.slice(token.inner) {
                [b'0', b'x' | b'X', digits @ ..] if digits.iter().all(u8::is_ascii_hexdigit) => {
                    of(Form::Hex, (token.start + 2, token.end))
                }
                _ => of(Form::Plain, token.inner),
            },
        },
        ([Some(word), Some(Token { kind: Kind::Quoted(quote @ b'\''), inner, escapes, .. })], 2)
            if word.kind == Kind::Word =>
        {
            // `_binary 'bytes'` in MySQL; `_utf8 'text'`, `date '2026-01-02'`.
            let binary = lexer.is(&word, "_binary");
            of(if binary { Form::Binary { quote, escapes } } else { Form::Quoted { quote, escapes } }, inner)
        }
        ([Some(first), _], _) => of(Form::Expression, (first.start, end)),
    }
}

/// How a string is written, by the letter before its quote.
pub(super) fn quoted(lexer: &Lexer<'_>, token: &Token, quote: u8) -> Form {
    match lexer.slice((token.start, token.start + 2)) {
        b"X'" | b"x'" => Form::Hex,
        _ if quote == b'$' => Form::Plain,
        _ => Form::Quoted { quote, escapes: token.escapes },
    }
}
