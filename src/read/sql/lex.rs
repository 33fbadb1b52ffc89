//! Cuts SQL into tokens, as far as telling values from what stands around them takes.

/// What the program that wrote a dump takes a byte for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// Whether a backslash takes the meaning from the byte behind it in every string, as in `MySQL`.
    pub(super) escapes: bool,
    /// Whether a byte above 0x80 begins a pair (GB18030), whose second byte may look like a backslash.
    pub(super) pairs: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word or a number.
    Word,
    /// A string or a name in quotes, by the opening one.
    Quoted(u8),
    /// Any other byte.
    Mark(u8),
    /// A comment.
    Comment,
}

/// A token, by offsets in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// What stands between the quotes, or all of it.
    pub(super) inner: (usize, usize),
    /// Whether backslashes mean something in it.
    pub(super) escapes: bool,
    /// Whether it is the first of its line.
    pub(super) first: bool,
    /// Whether a letter or digit follows its closing quote, as no program writes it: the quote is none.
    pub(super) tight: bool,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    Token(Token),
    /// The text has to go on to tell.
    More,
    /// The text ends in the middle of a string or a comment.
    Open,
    End,
}

/// Text that is cut into tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexer<'a> {
    pub(super) text: &'a [u8],
    pub(super) at: usize,
    /// Whether the text is all there is.
    pub(super) ended: bool,
    pub(super) dialect: Dialect,
    /// Whether names may stand in square brackets, as in SQL Server.
    pub(super) brackets: bool,
    /// Whether nothing but blanks stands before it on its line.
    pub(super) first: bool,
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'@' | b'$' | 0x80..)
}

impl<'a> Lexer<'a> {
    /// The bytes of a range.
    pub(super) fn slice(&self, (start, end): (usize, usize)) -> &'a [u8] {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Whether a token is this word, which is in capitals.
    pub(super) fn is(&self, token: &Token, word: &str) -> bool {
        token.kind == Kind::Word && self.slice((token.start, token.end)).eq_ignore_ascii_case(word.as_bytes())
    }

    /// Whether a token is one of these words.
    pub(super) fn is_any(&self, token: &Token, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(token, word))
    }

    fn peek(&self, at: usize) -> Option<u8> {
        self.text.get(at).copied()
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Next {
        while let Some(byte) = self.peek(self.at).filter(|byte| byte.is_ascii_whitespace() || *byte == 0) {
            self.first |= byte == b'\n';
            self.at += 1;
        }
        let missing = if self.ended { Next::End } else { Next::More };
        let Some(byte) = self.peek(self.at) else { return missing };
        let second = self.peek(self.at + 1);
        if second.is_none() && !self.ended {
            return Next::More;
        }
        let next = match (byte, second) {
            (b'\'' | b'"' | b'`', _) => self.quoted(self.at, byte, self.dialect.escapes && byte != b'`'),
            (b'[', _) if self.brackets => self.until(Kind::Quoted(b'['), b"]", 1),
            (b'-', Some(b'-')) => self.line(),
            (b'#', _) if self.dialect.escapes && self.first => self.line(),
            (b'/', Some(b'*')) => self.until(Kind::Comment, b"*/", 2),
            (b'$', _) if !self.dialect.escapes => self.dollar(),
            (b'.', Some(digit)) if !digit.is_ascii_digit() => self.token(Kind::Mark(byte), self.at + 1, (0, 0)),
            _ if is_word(byte) => self.word(),
            _ => self.token(Kind::Mark(byte), self.at + 1, (0, 0)),
        };
        if let Next::Token(token) = next {
            self.at = token.end;
            // A comment to the end of a line has its line break, which begins a line.
            self.first = token.kind == Kind::Comment && self.peek(token.end.wrapping_sub(1)) == Some(b'\n');
        }
        next
    }

    fn token(&self, kind: Kind, end: usize, inner: (usize, usize)) -> Next {
        let inner = if inner == (0, 0) { (self.at, end) } else { inner };
        Next::Token(Token { kind, start: self.at, end, inner, escapes: false, first: self.first, tight: false })
    }

    const fn open(&self) -> Next {
        if self.ended { Next::Open } else { Next::More }
    }

    /// Everything up to an end, which is that of the text where it may be.
    fn until(&self, kind: Kind, end: &[u8], opening: usize) -> Next {
        let from = self.at + opening;
        let Some(length) = memchr::memmem::find(self.text.get(from..).unwrap_or_default(), end) else {
            return self.open();
        };
        self.token(kind, from + length + end.len(), (from, from + length))
    }

    /// A comment up to the end of the line.
    fn line(&self) -> Next {
        match memchr::memchr(b'\n', self.text.get(self.at..).unwrap_or_default()) {
            Some(length) => self.token(Kind::Comment, self.at + length + 1, (0, 0)),
            None if self.ended => self.token(Kind::Comment, self.text.len(), (0, 0)),
            None => Next::More,
        }
    }

    /// A string between two tags, as in `PostgreSQL`: `$$text$$`, `$tag$text$tag$`.
    fn dollar(&self) -> Next {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        match rest.get(length) {
            None if !self.ended => Next::More,
            Some(b'$') => {
                let tag = self.slice((self.at, self.at + length + 2));
                self.until(Kind::Quoted(b'$'), tag, tag.len())
            }
            _ => self.token(Kind::Mark(b'$'), self.at + 1, (0, 0)),
        }
    }

    fn word(&self) -> Next {
        let mut end = self.at;
        while let Some(byte) = self.peek(end).filter(|byte| is_word(*byte)) {
            end += if self.dialect.pairs && byte > 0x80 { 2 } else { 1 };
        }
        if end >= self.text.len() && !self.ended {
            return Next::More;
        }
        let end = end.min(self.text.len());
        let word = self.slice((self.at, end));
        if self.peek(end) == Some(b'\'') {
            match word {
                b"E" | b"e" => return self.quoted(end, b'\'', true),
                b"N" | b"n" | b"X" | b"x" | b"B" | b"b" => return self.quoted(end, b'\'', self.dialect.escapes),
                b"Q" | b"q" | b"NQ" | b"nq" if !self.dialect.escapes => return self.alternative(end),
                _ => {}
            }
        }
        self.token(Kind::Word, end, (0, 0))
    }

    /// A string of Oracle between a quote with a bracket and its counterpart: `q'[it's]'`.
    fn alternative(&self, at: usize) -> Next {
        let close = match self.peek(at + 1) {
            None => return self.open(),
            Some(b'[') => b']',
            Some(b'(') => b')',
            Some(b'{') => b'}',
            Some(b'<') => b'>',
            Some(other) => other,
        };
        self.until(Kind::Quoted(b'$'), &[close, b'\''], at + 2 - self.at)
    }

    /// A string or name whose opening quote stands at `at`; a quote inside of it is doubled.
    fn quoted(&self, at: usize, quote: u8, escapes: bool) -> Next {
        let mut end = at + 1;
        loop {
            let rest = self.text.get(end..).unwrap_or_default();
            let Some(length) = self.special(rest, quote, escapes) else { return self.open() };
            end += length;
            match (self.peek(end), self.peek(end + 1)) {
                (_, None) if !self.ended => return Next::More,
                (Some(byte), Some(next)) if byte == quote && next == quote => end += 2,
                (Some(byte), next) if byte == quote => {
                    return Next::Token(Token {
                        kind: Kind::Quoted(quote),
                        start: self.at,
                        end: end + 1,
                        inner: (at + 1, end),
                        escapes,
                        first: self.first,
                        tight: next.is_some_and(|next| is_word(next) && next != b'.'),
                    });
                }
                _ => end += 2,
            }
        }
    }

    /// Where the next quote, backslash with a meaning or pair of bytes stands.
    fn special(&self, rest: &[u8], quote: u8, escapes: bool) -> Option<usize> {
        match (self.dialect.pairs, escapes) {
            (true, _) => rest.iter().position(|byte| *byte == quote || escapes && *byte == b'\\' || *byte > 0x80),
            (false, true) => memchr::memchr2(quote, b'\\', rest),
            (false, false) => memchr::memchr(quote, rest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Dialect, Kind, Lexer, Next};

    fn tokens(text: &str, escapes: bool) -> Vec<String> {
        let dialect = Dialect { escapes, pairs: false };
        let mut lexer = Lexer { text: text.as_bytes(), at: 0, ended: true, dialect, brackets: false, first: true };
        let mut found = Vec::new();
        loop {
            match lexer.next() {
                Next::Token(token) => {
                    let inner = String::from_utf8_lossy(lexer.slice(token.inner)).into_owned();
                    found.push(if token.kind == Kind::Comment { format!("comment {inner}") } else { inner });
                }
                Next::End => return found,
                Next::Open => {
                    found.push("open".to_owned());
                    return found;
                }
                Next::More => panic!("there is no more"),
            }
        }
    }

    #[test]
    fn tokens_of_all_dialects() {
        for (text, escapes, expected) in [
            ("(1, 'it''s', NULL)", false, &["(", "1", ",", "it''s", ",", "NULL", ")"][..]),
            (r"('it\'s', 'a\\')", true, &["(", r"it\'s", ",", r"a\\", ")"]),
            (r"('C:\', 'b')", false, &["(", r"C:\", ",", "b", ")"]),
            (r"E'it\'s' N'中' X'41'", false, &[r"it\'s", "中", "41"]),
            ("$$it's$$ $a$b$$c$a$ q'[it's]' $", false, &["it's", "b$$c", "it's", "$"]),
            ("-- don't\nx /* can't */ y", false, &["comment -- don't\n", "x", "comment  can't ", "y"]),
            ("# don't\nx", true, &["comment # don't\n", "x"]),
            ("-1.5e3 .5 a.b \"c\".d", false, &["-", "1.5e3", ".5", "a.b", "c", ".", "d"]),
            ("'open", false, &["open"]),
            ("'open\\'", true, &["open"]),
            ("/* open", false, &["open"]),
        ] {
            assert_eq!(tokens(text, escapes), expected, "{text}");
        }
    }

    #[test]
    fn a_second_byte_of_gb18030_is_no_backslash() {
        // The last character of the string has 0x5c as its second byte.
        let text = b"'\xd5\\', 'b'";
        let dialect = Dialect { escapes: true, pairs: true };
        let mut lexer = Lexer { text, at: 0, ended: true, dialect, brackets: false, first: true };
        let Next::Token(token) = lexer.next() else { panic!("a string") };
        assert_eq!(lexer.slice(token.inner), b"\xd5\\");
    }
}
