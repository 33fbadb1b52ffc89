//! Cuts text into the tokens of JSON (RFC 8259), with any of it held only while it is looked at.

use std::ops::Range;

use super::feed::Feed;

/// The longest text of one value. Longer ones are pictures and the like in base 64.
pub(super) const TEXT_LIMIT: usize = 16 << 20;

/// What stands next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `{` or `[`.
    Open(Bracket),
    /// `}` or `]`.
    Close(Bracket),
    Colon,
    Comma,
    /// What stands between quotes.
    Text(Text),
    /// Anything else without blanks: a number, `true`, `false`, `null`, or what JSON has not.
    Word(Range<usize>),
    /// The end of a line, where lines are records.
    Line,
    /// The end of the text.
    End,
}

/// A kind of brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Object,
    Array,
}

/// What stands between quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    range: Range<usize>,
    has_escapes: bool,
    /// Whether there is an end to it.
    pub(super) is_closed: bool,
    /// Whether there is more of it than is held.
    pub(super) is_cut: bool,
}

/// Whether line breaks are more than blanks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breaks {
    /// They end a record, whatever is open.
    EndRecords,
    /// They are blanks.
    AreBlanks,
}

/// A stream of tokens. What a token points to is there until the next one is asked for.
pub(super) struct Lexer {
    feed: Feed,
    breaks: Breaks,
    text: Vec<u8>,
    at: usize,
    /// The offset in the object of the first byte of `text`, as far as every character has the length that it had.
    base: u64,
    /// A text without its escapes.
    plain: Vec<u8>,
}

impl Lexer {
    pub(super) fn new(feed: Feed, breaks: Breaks) -> Self {
        let base = feed.position();
        Self { feed, breaks, text: Vec::new(), at: 0, base, plain: Vec::new() }
    }

    /// The offset of what stands next.
    pub(super) const fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    /// The stream below.
    pub(super) fn into_feed(self) -> Feed {
        self.feed
    }

    /// The next token, which is taken.
    pub(super) fn next(&mut self) -> Token {
        loop {
            let Some(byte) = self.text.get(self.at).copied() else {
                if self.refill() {
                    continue;
                }
                return Token::End;
            };
            let token = match byte {
                b'\n' | b'\r' if self.breaks == Breaks::EndRecords => Token::Line,
                // RFC 7464 begins every value with a record separator.
                b' ' | b'\t' | b'\n' | b'\r' | 0x1e => {
                    self.at += 1;
                    continue;
                }
                b'{' => Token::Open(Bracket::Object),
                b'[' => Token::Open(Bracket::Array),
                b'}' => Token::Close(Bracket::Object),
                b']' => Token::Close(Bracket::Array),
                b':' => Token::Colon,
                b',' => Token::Comma,
                b'"' => return self.quoted(),
                _ => match self.word() {
                    Some(word) => return word,
                    None => continue,
                },
            };
            self.at += 1;
            return token;
        }
    }

    /// What a word is.
    pub(super) fn word_text(&self, word: &Range<usize>) -> &str {
        str::from_utf8(self.text.get(word.clone()).unwrap_or_default()).unwrap_or("\u{fffd}")
    }

    /// What a text says.
    pub(super) fn text(&mut self, text: &Text) -> &str {
        let raw = self.text.get(text.range.clone()).unwrap_or_default();
        let said = if text.has_escapes {
            self.plain.clear();
            unescape(raw, &mut self.plain);
            self.plain.as_slice()
        } else {
            raw
        };
        // The feed hands out UTF-8 only; a text that was cut may end in the middle of a character.
        str::from_utf8(said).unwrap_or_else(|error| {
            said.get(..error.valid_up_to()).and_then(|valid| str::from_utf8(valid).ok()).unwrap_or_default()
        })
    }

    /// Lets go of what is taken, and reads on; false where there is no more.
    fn refill(&mut self) -> bool {
        self.text.drain(..self.at.min(self.text.len()));
        self.base += self.at as u64;
        self.at = 0;
        self.feed.more(&mut self.text)
    }

    fn quoted(&mut self) -> Token {
        let (mut scanned, mut has_escapes) = (1, false);
        loop {
            let rest = self.text.get(self.at + scanned..).unwrap_or_default();
            let end = match self.breaks {
                Breaks::EndRecords => rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | b'\n' | b'\r')),
                Breaks::AreBlanks => memchr::memchr2(b'"', b'\\', rest),
            };
            match end.and_then(|end| rest.get(end).map(|byte| (end, *byte))) {
                Some((end, b'\\')) if end + 1 < rest.len() => {
                    has_escapes = true;
                    // No escape reaches over the end of a record.
                    let is_break =
                        self.breaks == Breaks::EndRecords && matches!(rest.get(end + 1), Some(b'\n' | b'\r'));
                    scanned += end + if is_break { 1 } else { 2 };
                }
                Some((end, byte)) if byte != b'\\' => {
                    if scanned + end >= TEXT_LIMIT {
                        return self.cut(has_escapes);
                    }
                    let range = self.at + 1..self.at + scanned + end;
                    let is_closed = byte == b'"';
                    self.at = range.end + usize::from(is_closed);
                    return Token::Text(Text { range, has_escapes, is_closed, is_cut: false });
                }
                // An escape that is not complete is looked at again.
                found => {
                    scanned += found.map_or(rest.len(), |(end, _)| end);
                    if scanned >= TEXT_LIMIT {
                        return self.cut(has_escapes);
                    }
                    if !self.refill() {
                        let range = self.at + 1..self.text.len();
                        self.at = self.text.len();
                        return Token::Text(Text { range, has_escapes, is_closed: false, is_cut: false });
                    }
                }
            }
        }
    }

    /// A text that is too long: its beginning, with the rest passed over.
    fn cut(&mut self, has_escapes: bool) -> Token {
        let end = self.at + TEXT_LIMIT;
        let held = self.text.get(self.at + 1..end).unwrap_or_default().to_vec();
        self.at = end;
        let mut is_closed = false;
        let mut escaped = held.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
        'text: loop {
            while let Some(byte) = self.text.get(self.at).copied() {
                self.at += 1;
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' => escaped = true,
                    b'"' => {
                        is_closed = true;
                        break 'text;
                    }
                    b'\n' | b'\r' if self.breaks == Breaks::EndRecords => {
                        self.at -= 1;
                        break 'text;
                    }
                    _ => {}
                }
            }
            if !self.refill() {
                break;
            }
        }
        // What is held takes the place of what was passed over.
        self.base = (self.base + self.at as u64).saturating_sub(held.len() as u64);
        let length = held.len();
        let rest = self.text.split_off(self.at.min(self.text.len()));
        self.text = held;
        self.text.extend(rest);
        self.at = length;
        Token::Text(Text { range: 0..length, has_escapes, is_closed, is_cut: true })
    }

    /// A word, or `None` where it is nothing but a byte order mark.
    fn word(&mut self) -> Option<Token> {
        let ends =
            |byte: &u8| matches!(byte, b'{' | b'}' | b'[' | b']' | b':' | b',' | b'"' | b' ' | b'\t' | b'\n' | b'\r');
        let mut scanned = 0;
        loop {
            let rest = self.text.get(self.at + scanned..).unwrap_or_default();
            let end = rest.iter().position(ends);
            scanned += end.unwrap_or(rest.len());
            if end.is_some() || scanned > TEXT_LIMIT || !self.refill() {
                break;
            }
        }
        let range = self.at..self.at + scanned.min(TEXT_LIMIT);
        self.at = range.end;
        // Files that were put behind each other keep their marks.
        let is_mark = self.text.get(range.clone()) == Some("\u{feff}".as_bytes());
        (!is_mark).then_some(Token::Word(range))
    }
}

/// Undoes escapes. Half a pair of surrogates becomes U+FFFD, and an escape that JSON has not stays as it is.
fn unescape(raw: &[u8], out: &mut Vec<u8>) {
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        let (before, escape) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        out.extend_from_slice(before);
        let length = match escape.get(1) {
            Some(b'b') => plain(out, 0x08),
            Some(b'f') => plain(out, 0x0c),
            Some(b'n') => plain(out, b'\n'),
            Some(b'r') => plain(out, b'\r'),
            Some(b't') => plain(out, b'\t'),
            Some(mark @ (b'"' | b'\\' | b'/')) => plain(out, *mark),
            Some(b'u') => unicode(escape, out),
            _ => plain(out, b'\\') - 1,
        };
        rest = escape.get(length..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
}

fn plain(out: &mut Vec<u8>, byte: u8) -> usize {
    out.push(byte);
    2
}

/// `\uXXXX`, or two of them that are one character; gives their length.
fn unicode(escape: &[u8], out: &mut Vec<u8>) -> usize {
    let unit = |at: usize| {
        let digits = escape.get(at..).filter(|rest| rest.starts_with(b"\\u"))?.get(2..6)?;
        digits.iter().all(u8::is_ascii_hexdigit).then_some(())?;
        u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
    };
    let Some(first) = unit(0) else {
        out.push(b'\\');
        return 1;
    };
    let second = unit(6).filter(|second| (0xd800..0xdc00).contains(&first) && (0xdc00..0xe000).contains(second));
    let units: &[u16] = &[first, second.unwrap_or(0)];
    let length = if second.is_some() { 2 } else { 1 };
    for character in char::decode_utf16(units.iter().take(length).copied()) {
        let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }
    6 * length
}

/// Whether a word is a value of JSON, or one that programs write in its place: `NaN`, `Infinity`.
pub(super) fn is_value(word: &str) -> bool {
    let number = word.strip_prefix(['-', '+']).unwrap_or(word);
    matches!(word, "true" | "false" | "null" | "NaN" | "Infinity" | "-Infinity")
        || number.starts_with(|c: char| c.is_ascii_digit() || c == '.')
            && number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn escapes_are_undone() {
        let cases = [
            (r"a\nb\t\u5f20\u4e09\/", "a\nb\t张三/"),
            (r"\ud83d\ude00", "\u{1f600}"),
            (r"\ud83d.", "\u{fffd}."),
            (r"\ud83d\u0041", "\u{fffd}A"),
            (r"\u12 \x", r"\u12 \x"),
            (r"\", r"\"),
            (r"\\n", r"\n"),
        ];
        for (raw, text) in cases {
            let mut out = Vec::new();
            unescape(raw.as_bytes(), &mut out);
            assert_eq!(String::from_utf8_lossy(&out), text, "{raw}");
        }
    }
}
