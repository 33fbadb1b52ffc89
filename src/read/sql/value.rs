//! Makes text of the values of a dump.

use std::borrow::Cow;

use super::lex::{Dialect, Kind, Lexer, Next};
use super::walk::{self, Form, Value};
use crate::read::text::charset::Charset;

/// What values are read by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values {
    pub(super) charset: Charset,
    pub(super) dialect: Dialect,
}

impl Values {
    /// The text of a value whose bytes are `raw`; `None` where it is null. Adds the sequences of bytes that are no text.
    pub(super) fn text<'a>(self, form: Form, raw: &'a [u8], n_malformed: &mut u64) -> Option<Cow<'a, str>> {
        let mut ignored = 0;
        Some(match form {
            Form::Null => return None,
            Form::Plain => self.charset.decode(raw, n_malformed),
            Form::Quoted { quote, escapes } => unescaped(self.charset.decode(raw, n_malformed), quote, escapes),
            Form::Binary { quote, escapes } => unescaped(self.charset.decode(raw, &mut ignored), quote, escapes),
            Form::Hex => hex(raw).map_or_else(|| self.charset.decode(raw, n_malformed), Cow::Owned),
            Form::Copied => copied(self.charset.decode(raw, n_malformed)),
            Form::Expression => Cow::Owned(self.expression(raw, n_malformed)),
        })
    }

    /// What a calculated value comes to: its strings where they are joined, the string where it is the only one or the
    /// format of a date follows, and otherwise the words as they stand there.
    fn expression(self, raw: &[u8], n_malformed: &mut u64) -> String {
        /// Functions whose first string is the value.
        const CONVERSIONS: [&str; 6] = ["TO_DATE", "TO_TIMESTAMP", "TO_TIMESTAMP_TZ", "STR_TO_DATE", "CAST", "CONVERT"];
        let mut lexer = Lexer { text: raw, at: 0, ended: true, dialect: self.dialect, brackets: false, first: false };
        let (mut strings, mut depth, mut nested, mut converts) = (Vec::new(), 0, false, false);
        while let Next::Token(token) = lexer.next() {
            match token.kind {
                Kind::Quoted(quote @ (b'\'' | b'$')) => {
                    let form = walk::quoted(&lexer, &token, quote);
                    strings.push(Value { form, range: token.inner.0..token.inner.1 });
                    nested |= depth > 0;
                }
                Kind::Mark(b'(') => depth += 1,
                Kind::Mark(b')') => depth -= 1,
                _ => converts |= strings.is_empty() && lexer.is_any(&token, &CONVERSIONS),
            }
        }
        let n = if converts { 1 } else { strings.len() };
        if strings.is_empty() || (nested && n > 1) {
            return self.charset.decode(raw.trim_ascii(), n_malformed).into_owned();
        }
        let texts = strings.into_iter().take(n).filter_map(|value| {
            let part = raw.get(value.range).unwrap_or_default();
            self.text(value.form, part, n_malformed)
        });
        texts.collect()
    }
}

/// Text without doubled quotes and, where they mean something, backslashes.
fn unescaped(text: Cow<'_, str>, quote: u8, escapes: bool) -> Cow<'_, str> {
    let quote = char::from(quote);
    if !(text.contains(quote) || escapes && text.contains('\\')) {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if escapes => match chars.next() {
                Some('n') => plain.push('\n'),
                Some('r') => plain.push('\r'),
                Some('t') => plain.push('\t'),
                Some('b') => plain.push('\u{8}'),
                Some('0') => plain.push('\0'),
                Some('Z') => plain.push('\u{1a}'),
                Some(wild @ ('%' | '_')) => plain.extend(['\\', wild]),
                Some(other) => plain.push(other),
                None => {}
            },
            c if c == quote => {
                chars.next();
                plain.push(quote);
            }
            other => plain.push(other),
        }
    }
    Cow::Owned(plain)
}

/// A cell of `COPY` without backslashes.
fn copied(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('\\') {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let c = if c == '\\' {
            chars.next().unwrap_or('\\')
        } else {
            plain.push(c);
            continue;
        };
        plain.push(match c {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'v' => '\u{b}',
            other => other,
        });
    }
    Cow::Owned(plain)
}

/// The text that hexadecimal digits spell, where it is some.
fn hex(digits: &[u8]) -> Option<String> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let bytes: Option<Vec<u8>> = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect();
    let text = String::from_utf8(bytes?).ok()?;
    (!text.chars().any(char::is_control)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::lex::Dialect;
    use super::super::walk::Form;
    use super::Values;
    use crate::read::text::charset::Charset;

    #[test]
    fn values_become_text() {
        let quoted = |escapes| Form::Quoted { quote: b'\'', escapes };
        for (form, raw, text) in [
            (Form::Plain, "-1.50", "-1.50"),
            (quoted(false), "it''s C:\\", "it's C:\\"),
            (quoted(true), r"it\'s\n\\ 50\% ''", "it's\n\\ 50\\% '"),
            (Form::Hex, "e5bca0e4b889", "张三"),
            (Form::Hex, "00ff", "00ff"),
            (Form::Copied, r"a\tb\\", "a\tb\\"),
            (Form::Expression, "TO_DATE('1990-03-07', 'YYYY-MM-DD')", "1990-03-07"),
            (Form::Expression, "CAST(N'1990-03-07' AS DateTime)", "1990-03-07"),
            (Form::Expression, "'a' || 'b''c'", "ab'c"),
            (Form::Expression, "'{1}'::text[] ", "{1}"),
            (Form::Expression, "f('a', 'b')", "f('a', 'b')"),
            (Form::Expression, "- 5", "- 5"),
        ] {
            let values = Values { charset: Charset::Utf8, dialect: Dialect { escapes: false, pairs: false } };
            let mut n_malformed = 0;
            assert_eq!(values.text(form, raw.as_bytes(), &mut n_malformed).as_deref(), Some(text), "{raw}");
            assert_eq!(n_malformed, 0);
        }
    }
}
