//! Matches the words of packs against the headers of columns.

/// A header, taken apart: Chinese text as it is, everything else as lower-case words.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// All of it, lower case, without separators.
    joined: String,
    /// Its words, split at separators, case changes and between letters and Chinese characters.
    words: Vec<String>,
}

impl Header {
    /// Takes a header apart. `owner.idNo` has the words `owner`, `id`, `no`.
    pub(super) fn new(text: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut word = String::new();
        let mut before = Kind::Separator;
        let mut chars = text.chars().map(half_width).peekable();
        while let Some(c) = chars.next() {
            let kind = Kind::of(c);
            let next_is_lower = chars.peek().is_some_and(|next| Kind::of(*next) == Kind::Lower);
            let boundary = match (before, kind) {
                (_, Kind::Separator) => true,
                (Kind::Upper, Kind::Upper) => next_is_lower && word.chars().count() > 1,
                (Kind::Upper, Kind::Lower) => false,
                (a, b) => a != b,
            };
            if boundary && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if kind != Kind::Separator {
                word.extend(c.to_lowercase());
            }
            before = kind;
        }
        if !word.is_empty() {
            words.push(word);
        }
        Self { joined: words.concat(), words }
    }

    /// Its words.
    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.joined.is_empty()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Separator,
    Upper,
    Lower,
    Digit,
    Han,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            c if !c.is_alphanumeric() => Self::Separator,
            c if c.is_numeric() => Self::Digit,
            c if c.is_uppercase() => Self::Upper,
            c if c.is_ascii() || !is_han(c) => Self::Lower,
            _ => Self::Han,
        }
    }
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// One word of a pack, ready to match.
#[derive(Clone, Debug)]
enum Word {
    /// Somewhere in the header.
    Inside(String),
    /// These words one after the other, or run together.
    Words(String),
    /// The whole header.
    Whole(String),
}

/// The words of a pack for one purpose.
#[derive(Clone, Debug, Default)]
pub(super) struct HeaderWords(Vec<Word>);

impl HeaderWords {
    /// Reads the words as [`crate::pack::Headers`] describes them.
    pub(super) fn new(words: &[String]) -> Self {
        Self(
            words
                .iter()
                .map(|word| match word.strip_prefix('=') {
                    Some(whole) => Word::Whole(Header::new(whole).joined),
                    None if word.chars().any(is_han) => Word::Inside(Header::new(word).joined),
                    None => Word::Words(Header::new(word).joined),
                })
                .collect(),
        )
    }

    /// Whether any of the words is in the header.
    pub(super) fn matches(&self, header: &Header) -> bool {
        self.0.iter().any(|word| match word {
            Word::Inside(text) => header.joined.contains(text.as_str()),
            Word::Whole(text) => header.joined == *text,
            Word::Words(text) => (0..header.words.len()).any(|start| starts_with_run(header, start, text)),
        })
    }
}

/// Whether `text` is a run of whole words of the header from `start` on.
fn starts_with_run(header: &Header, start: usize, text: &str) -> bool {
    let mut rest = text;
    for word in header.words.iter().skip(start) {
        match rest.strip_prefix(word.as_str()) {
            Some("") => return true,
            Some(more) => rest = more,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Header, HeaderWords};

    #[test]
    fn words_match_headers() {
        let cases = [
            ("id no", "ID_NO", true),
            ("id no", "idNo", true),
            ("id no", "idno", true),
            ("id no", "user_id_no", true),
            ("id no", "owner.idNo", true),
            ("id no", "solid_note", false),
            ("sfzh", "SFZH", true),
            ("sfzh", "KH_SFZH", true),
            ("vin", "VIN", true),
            ("vin", "province", false),
            ("身份证号", "客户身份证号码", true),
            ("身份证号", "*身份证号（必填）", true),
            ("身份证", "身份", false),
            ("=name", "name", true),
            ("=name", "NAME ", true),
            ("=name", "file_name", false),
            ("user id", "User_ID", true),
            ("user id", "userId", true),
            ("id1", "id1", true),
            ("name", "name1", true),
            ("imei", "IMEI号", true),
            ("手机号", "手机号１", true),
        ];
        for (word, header, expected) in cases {
            let words = HeaderWords::new(&[word.to_owned()]);
            assert_eq!(words.matches(&Header::new(header)), expected, "`{word}` in `{header}`");
        }
    }
}
