//! Matches the words of packs against the headers of columns.

/// A header, taken apart: Chinese text as it is, everything else as lower-case words.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// All of it, lower case, without separators.
    joined: String,
    /// Its words, split at separators, case changes and between letters and Chinese characters.
    words: Vec<String>,
    /// How many of them are the path above: of `order.address.name` two.
    above: usize,
    /// Whether there is nothing but ASCII in it.
    is_ascii: bool,
    /// A bit for the first byte of each word.
    first_bytes: u64,
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
        let names = |(_, leaf): &(&str, &str)| !VAGUE_LEAVES.contains(&leaf.to_lowercase().as_str());
        let above = text.rsplit_once('.').filter(names).map_or(0, |(path, _)| Self::new(path).words.len());
        let joined = words.concat();
        let first_bytes = words.iter().fold(0, |bits, word| bits | first_byte(word));
        let above = above.min(words.len().saturating_sub(1));
        Self { is_ascii: joined.is_ascii(), joined, above, words, first_bytes }
    }

    /// Its words.
    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether it names nothing: `字段3`, `col_7`, `A26`, `备用`.
    pub(super) fn says_nothing(&self) -> bool {
        let mut words = self.words.iter().filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit()));
        words.all(|word| word.len() == 1 || PLACEHOLDERS.contains(&word.as_str()))
    }

    /// Its first word, or of a Chinese one, and of initials, the first two characters.
    pub(super) fn beginning(&self) -> String {
        let first = self.words.first().map_or("", String::as_str);
        let is_initials = self.words.len() == 1 && first.len() <= 6 && may_be_initials(first);
        first.chars().take(if first.is_ascii() && !is_initials { usize::MAX } else { 2 }).collect()
    }

    /// The number that tells it from others that are called alike: 2 of `contact_2_name`, `姓名2` and `第二联系人`. That of a
    /// column that nobody named is only its place.
    pub(super) fn number(&self) -> Option<u32> {
        if self.says_nothing() {
            return None;
        }
        let ordinal = |word: &String| {
            let after = word.split_once('第').and_then(|(_, after)| after.chars().next())?;
            ORDINALS.iter().position(|numeral| *numeral == after).and_then(|at| u32::try_from(at + 1).ok())
        };
        let counted = |word: &String| word.parse().ok().filter(|number| *number <= LARGEST_NUMBER);
        self.words.iter().find_map(|word| counted(word).or_else(|| ordinal(word)))
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.joined.is_empty()
    }
}

/// What is joined of a [`Header`], alone: a word of a pack in lower case, without separators.
pub(super) fn joined(word: &str) -> String {
    let mut joined = String::with_capacity(word.len());
    for c in word.chars().map(half_width) {
        match c {
            '\0'..='\x7f' if c.is_ascii_alphanumeric() => joined.push(c.to_ascii_lowercase()),
            '\0'..='\x7f' => {}
            // Most of the others: no separators, and neither small nor capital.
            '\u{4e00}'..='\u{9fff}' => joined.push(c),
            c if Kind::of(c) == Kind::Separator => {}
            c => joined.extend(c.to_lowercase()),
        }
    }
    joined
}

/// The bit of the first byte of a word.
fn first_byte(word: &str) -> u64 {
    word.bytes().next().map_or(0, |byte| 1 << (byte % 64))
}

/// Larger numbers are years, versions or lengths.
const LARGEST_NUMBER: u32 = 16;

/// First, second, third ...
const ORDINALS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The ends of paths that name nothing by themselves: `owner.address.detail` is an address.
const VAGUE_LEAVES: [&str; 8] = ["detail", "details", "value", "text", "full", "raw", "code", "no"];

/// Words by which columns are named that nobody named.
const PLACEHOLDERS: &[&str] = &[
    "字段",
    "列",
    "栏",
    "栏位",
    "备注",
    "备用",
    "扩展",
    "其他",
    "附加",
    "数据",
    "内容",
    "信息",
    "值",
    "column",
    "col",
    "field",
    "unnamed",
    "attr",
    "attribute",
    "var",
    "variable",
    "value",
    "data",
    "ext",
    "extra",
    "reserve",
    "reserved",
    "other",
];

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
    /// Somewhere in the header; it has Chinese characters.
    Inside(String),
    /// These words one after the other, or run together.
    Words(String),
    /// The whole header.
    Whole(String),
    /// At the end of the header.
    End(String),
    /// The initials of Chinese words that end with these.
    InitialsEnd(String),
    /// The initials of Chinese words that begin with these.
    InitialsBegin(String),
}

/// Longer words are no initials of a header.
const INITIALS_AT_MOST: usize = 10;

/// Whether a word may be made of the initials of Chinese syllables, as `JSYXM` is of 驾驶员姓名: none begins with i, u or v.
fn may_be_initials(word: &str) -> bool {
    word.len() <= INITIALS_AT_MOST && word.bytes().all(|b| b.is_ascii_lowercase() && !matches!(b, b'i' | b'u' | b'v'))
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
                .map(|word| {
                    let joined = joined(word);
                    if word.starts_with('=') {
                        Word::Whole(joined)
                    } else if word.starts_with('~') && word.chars().any(is_han) {
                        Word::End(joined)
                    } else if word.starts_with('~') {
                        Word::InitialsEnd(joined)
                    } else if word.ends_with('~') {
                        Word::InitialsBegin(joined)
                    } else if word.chars().any(is_han) {
                        Word::Inside(joined)
                    } else {
                        Word::Words(joined)
                    }
                })
                .collect(),
        )
    }

    /// Whether any of the words says what the column is: in `shipping_address.name` it is no address.
    pub(super) fn name(&self, header: &Header) -> bool {
        self.0.iter().filter(|word| word.text().len() <= header.joined.len()).any(|word| match word {
            Word::Words(text) => ends_of_runs(header, text).any(|end| end > header.above),
            _ => word.matches(header),
        })
    }

    /// Whether any of the words is in the header.
    pub(super) fn matches(&self, header: &Header) -> bool {
        self.0.iter().any(|word| word.matches(header))
    }

    /// The words that are in the header, in lower case and without separators.
    pub(super) fn found_in(&self, header: &Header) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|word| word.matches(header)).map(Word::text)
    }
}

impl Word {
    fn matches(&self, header: &Header) -> bool {
        match self {
            Self::Inside(text) => !header.is_ascii && header.joined.contains(text.as_str()),
            Self::Whole(text) => header.joined == *text,
            Self::End(text) => header.joined.ends_with(text.as_str()),
            Self::Words(text) => ends_of_runs(header, text).next().is_some(),
            Self::InitialsEnd(text) => header.words.iter().any(|word| may_be_initials(word) && word.ends_with(text)),
            Self::InitialsBegin(text) => {
                header.words.iter().any(|word| may_be_initials(word) && word.starts_with(text))
            }
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Inside(text)
            | Self::Words(text)
            | Self::Whole(text)
            | Self::End(text)
            | Self::InitialsEnd(text)
            | Self::InitialsBegin(text) => text,
        }
    }
}

/// Where the runs of whole words end that spell `text`.
fn ends_of_runs(header: &Header, text: &str) -> impl Iterator<Item = usize> {
    let may_begin = header.first_bytes & first_byte(text) != 0;
    let starts = if may_begin { 0..header.words.len() } else { 0..0 };
    starts.filter_map(move |start| end_of_run(header, start, text))
}

/// Where a run of whole words that spell `text` ends, if one begins at `start`.
fn end_of_run(header: &Header, start: usize, text: &str) -> Option<usize> {
    let mut rest = text;
    for (at, word) in header.words.iter().enumerate().skip(start) {
        match rest.strip_prefix(word.as_str()) {
            Some("") => return Some(at + 1),
            Some(more) => rest = more,
            None => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Header, HeaderWords, joined};

    #[test]
    fn every_character_is_spelled_as_in_headers() {
        for c in '\0'..='\u{ffff}' {
            let text = c.to_string();
            assert_eq!(joined(&text), Header::new(&text).joined, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn words_are_spelled_as_headers_are(text in "([a-zA-Z0-9_ .é车牌号Ａ１ß䷀-]|\\PC){0,12}") {
            prop_assert_eq!(joined(&text), Header::new(&text).joined);
        }
    }

    #[test]
    fn a_path_above_names_no_column() {
        let words = HeaderWords::new(&["shipping address".to_owned(), "user id".to_owned()]);
        for (header, expected) in [
            ("order.shipping_address", true),
            ("order.shipping_address.name", false),
            ("user.id", true),
            ("User ID.", true),
        ] {
            assert_eq!(words.name(&Header::new(header)), expected, "{header}");
        }
    }

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
            ("~xm", "JSYXM", true),
            ("~xm", "T_KHXM", true),
            ("~xm", "xm", true),
            ("~xm", "maxim", false),
            ("~dh", "bandwidth", false),
            ("jjr~", "JJRDH", true),
            ("jjr~", "JJRINFO", false),
            ("~人", "承租人", true),
            ("~人", "人数", false),
        ];
        for (word, header, expected) in cases {
            let words = HeaderWords::new(&[word.to_owned()]);
            assert_eq!(words.matches(&Header::new(header)), expected, "`{word}` in `{header}`");
        }
    }
}
