//! What a value inside text is called: the words of packs that stand before it in the same clause.
//!
//! The nearest words speak, and those that they are joined to (`手机/微信：`). Between them and the value there is no other
//! value and not the end of a clause. Text is in half width here.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;

use super::engine::CellDetector;
use super::header::joined;
use super::normal::{Alphabet, alphabet, may_have_words};
use crate::pack::InText;

/// A clause is looked at so many bytes back.
const CLAUSE_BYTES: usize = 96;
/// Between a word and the value that it names stand at most so many bytes, less blanks and marks: twelve Chinese characters.
const GAP_BYTES: usize = 36;
/// Between values of an enumeration stand at most so many bytes.
const ENUMERATION_BYTES: usize = 8;
/// A run with so many digits is a value of its own, and what stands before it names that one.
const VALUE_DIGITS: usize = 4;
const VALUE_BYTES: usize = 5;
/// Latin words that are as short mean many things (`hz`, `dh`, `tel`), so they name only what stands next to them.
const SHORT_WORD: usize = 3;
/// What may stand between a word and the value next to it.
const FILLERS: [&str; 19] = [
    "",
    "号",
    "号码",
    "编号",
    "为",
    "是",
    "号为",
    "号是",
    "号码为",
    "号码是",
    "no",
    "num",
    "number",
    "is",
    "nois",
    "numberis",
    "id",
    "idis",
    "code",
];
/// What may stand between words that name one value, and between values that one word names.
const CONNECTIVES: [&str; 13] = ["", "和", "或", "及", "与", "以及", "and", "or", "号", "号码", "no", "number", "id"];
/// The list of words that name what no detector looks for: `订单号`, `invoice`.
const OTHER_LABELS: &str = "other_labels";

/// The list of words that name somebody beside the one who the row is about: `对方`, `家属`.
const OTHER_PARTIES: &str = "other_parties";

/// How surely a word names a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    /// It names other things too.
    Weak,
    /// It names nothing else.
    Strong,
}

/// What a word is to a detector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Names(Label),
    Against,
}

#[derive(Debug)]
struct Word {
    /// It has Chinese characters, so it need not stand between the edges of words.
    is_han: bool,
    uses: Vec<(usize, Use)>,
}

/// The words of all detectors that look inside text.
#[derive(Debug, Default)]
pub(super) struct Labels {
    automaton: Option<AhoCorasick>,
    words: Vec<Word>,
    /// Whether a text in which there cannot be words has none of them.
    are_words: bool,
    /// Words of somebody else.
    other_parties: Option<AhoCorasick>,
}

/// A word found in a clause.
#[derive(Clone, Copy, Debug)]
struct Found {
    start: usize,
    end: usize,
    word: usize,
}

/// A detector that the words before a value name.
#[derive(Clone, Copy, Debug)]
struct Named {
    detector: usize,
    label: Label,
    /// The place of the word in the clause.
    start: usize,
    end: usize,
}

/// The clause before a value, in buffers that are used again.
#[derive(Debug, Default)]
pub(super) struct Clause {
    /// Letters, digits and Chinese characters in lower case, without anything between them.
    text: Vec<u8>,
    /// Whether a word can begin at the byte.
    edges: Vec<bool>,
    found: Vec<Found>,
    named: Vec<Named>,
    /// The value that `named` was read for.
    read_for: Option<usize>,
    /// Where the last value with a name ends.
    value_end: Option<usize>,
    /// Whether it speaks of somebody beside the one who the row is about.
    names_other: bool,
}

impl Labels {
    /// Gathers the words.
    pub(super) fn new(cells: &[CellDetector], lists: &BTreeMap<String, Vec<String>>) -> Result<Self, String> {
        let mut words: BTreeMap<String, Vec<(usize, Use)>> = BTreeMap::new();
        for word in lists.get(OTHER_LABELS).into_iter().flatten() {
            words.entry(joined(word)).or_default();
        }
        let looks = |cell: &CellDetector| matches!(cell.spec.in_text, InText::Anywhere | InText::Context);
        for (at, detector) in cells.iter().enumerate().filter(|(_, cell)| looks(cell)) {
            let headers = &detector.spec.headers;
            let uses = [
                (&detector.spec.context, Use::Names(Label::Strong)),
                (&headers.strong, Use::Names(Label::Strong)),
                (&headers.weak, Use::Names(Label::Weak)),
                (&headers.against, Use::Against),
            ];
            for (list, what) in uses {
                // Words for a whole header, or for its beginning or end, mean nothing in a sentence.
                for word in list.iter().filter(|word| !word.contains(['=', '~'])) {
                    let of_word = words.entry(joined(word)).or_default();
                    if !of_word.iter().any(|(known, _)| *known == at) {
                        of_word.push((at, what));
                    }
                }
            }
        }
        words.remove("");
        let are_words = words.keys().all(|word| may_have_words(word.as_bytes(), alphabet(word.as_bytes())));
        let automaton = AhoCorasick::new(words.keys()).map_err(|error| error.to_string())?;
        let words = words.into_iter().map(|(word, uses)| Word { is_han: !word.is_ascii(), uses });
        let others: Vec<String> = lists.get(OTHER_PARTIES).into_iter().flatten().map(|word| joined(word)).collect();
        let other_parties = AhoCorasick::new(others).map_err(|error| error.to_string())?;
        Ok(Self { automaton: Some(automaton), words: words.collect(), are_words, other_parties: Some(other_parties) })
    }

    /// Whether any of them may stand in a text.
    pub(super) fn may_stand_in(&self, text: &[u8], alphabet: Alphabet) -> bool {
        !self.are_words || may_have_words(text, alphabet)
    }

    /// What the value that begins at `start` is called. Reads the clause once for all detectors that ask.
    pub(super) fn label(
        &self,
        clause: &mut Clause,
        text: &[u8],
        start: usize,
        detector: usize,
    ) -> Option<(Label, usize)> {
        if clause.read_for != Some(start) {
            self.read(clause, text, start);
            clause.read_for = Some(start);
        }
        let named = clause.named.iter().filter(|named| named.detector == detector);
        named.map(|named| (named.label, named.end - named.start)).max()
    }

    fn read(&self, clause: &mut Clause, text: &[u8], start: usize) {
        if clause.value_end.is_some_and(|end| is_enumeration(text.get(end..start).unwrap_or_default())) {
            return;
        }
        clause.named.clear();
        clause.write(text.get(clause_start(text, start)..start).unwrap_or_default());
        self.find(clause);
        self.name(clause);
        clause.names_other = self.other_parties.as_ref().is_some_and(|words| words.is_match(&clause.text));
    }

    /// Finds the words in the clause, the nearest to its end first.
    fn find(&self, clause: &mut Clause) {
        clause.found.clear();
        let Some(automaton) = &self.automaton else { return };
        let edges = &clause.edges;
        let is_edge = |at: usize| edges.get(at).copied().unwrap_or(true);
        let found = automaton.find_overlapping_iter(&clause.text).map(|found| Found {
            start: found.start(),
            end: found.end(),
            word: found.pattern().as_usize(),
        });
        let stands = |found: &Found| {
            self.words.get(found.word).is_some_and(|word| word.is_han) || is_edge(found.start) && is_edge(found.end)
        };
        clause.found.extend(found.filter(stands));
        clause.found.sort_unstable_by_key(|found| (std::cmp::Reverse(found.end), found.start, found.word));
    }

    /// Notes the detectors that the nearest words name.
    fn name(&self, clause: &mut Clause) {
        let Clause { text, found, named, .. } = clause;
        let between = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        let mut chain: Option<(usize, bool)> = None;
        let mut against: Vec<(usize, usize)> = Vec::new();
        for found in found.iter() {
            let Some(word) = self.words.get(found.word) else { continue };
            let (begin, direct) = match chain {
                None => {
                    let gap = between(found.end, text.len());
                    let direct = FILLERS.iter().any(|filler| filler.as_bytes() == gap);
                    let short = !word.is_han && found.end - found.start <= SHORT_WORD;
                    if gap.len() > GAP_BYTES || word.uses.is_empty() {
                        return;
                    }
                    if short && !direct {
                        continue;
                    }
                    (found.start, direct)
                }
                Some((begin, direct)) => {
                    let gap = between(found.end, begin);
                    if !CONNECTIVES.iter().any(|connective| connective.as_bytes() == gap) {
                        break;
                    }
                    (begin.min(found.start), direct)
                }
            };
            chain = Some((begin, direct));
            for &(detector, what) in &word.uses {
                match what {
                    Use::Against => against.push((detector, found.end)),
                    Use::Names(label) if direct || label == Label::Strong => {
                        named.push(Named { detector, label, start: found.start, end: found.end });
                    }
                    Use::Names(_) => {}
                }
            }
        }
        // What stands before a strong word only says more of it: `订单手机号` is a mobile, `会员卡号` no bank card.
        named.retain(|named| {
            let says_otherwise = |&(detector, end): &(usize, usize)| {
                detector == named.detector && (named.label == Label::Weak || end > named.start)
            };
            // The number of a `健康档案` is not that of an `档案`.
            let is_part = |found: &Found| found.start < named.start && named.end <= found.end;
            !against.iter().any(says_otherwise) && !found.iter().any(is_part)
        });
    }
}

impl Clause {
    /// Forgets the cell before.
    pub(super) fn clear(&mut self) {
        self.named.clear();
        self.read_for = None;
        self.value_end = None;
        self.names_other = false;
    }

    /// Whether the clause that was read last speaks of somebody beside the one who the row is about.
    pub(super) const fn names_other(&self) -> bool {
        self.names_other
    }

    /// Notes that the value before `end` was taken under the name that was read.
    pub(super) fn take_value(&mut self, end: usize) {
        self.value_end = Some(end);
        self.read_for = None;
    }

    /// Writes a clause without blanks and marks, and where words can begin.
    fn write(&mut self, clause: &[u8]) {
        self.text.clear();
        self.edges.clear();
        let mut before = Kind::Mark;
        let mut rest = clause;
        while let Some((&byte, tail)) = rest.split_first() {
            let (kind, length) = Kind::of(byte, rest);
            if kind != Kind::Mark {
                let next_is_lower = tail.first().is_some_and(u8::is_ascii_lowercase);
                let edge = match (before, kind) {
                    (Kind::Upper, Kind::Lower) => false,
                    (Kind::Upper, Kind::Upper) => next_is_lower,
                    _ => before != kind,
                };
                for (at, byte) in rest.iter().take(length).enumerate() {
                    self.text.push(byte.to_ascii_lowercase());
                    self.edges.push(edge && at == 0);
                }
            }
            before = kind;
            rest = rest.get(length..).unwrap_or_default();
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Mark,
    Upper,
    Lower,
    Digit,
    Wide,
}

impl Kind {
    /// What the character is that begins with `byte`, and its length. Marks beyond ASCII are U+0080 to U+00BF, U+2000 to
    /// U+2BFF and U+3000 to U+303F.
    fn of(byte: u8, text: &[u8]) -> (Self, usize) {
        match byte {
            b'0'..=b'9' => (Self::Digit, 1),
            b'A'..=b'Z' => (Self::Upper, 1),
            b'a'..=b'z' => (Self::Lower, 1),
            0xc3..=0xdf => (Self::Lower, 2),
            0xc2 => (Self::Mark, 2),
            0xe2 => (Self::Mark, 3),
            0xe3 if text.get(1) == Some(&0x80) => (Self::Mark, 3),
            0xe0..=0xef => (Self::Wide, 3),
            0xf0..=0xf7 => (Self::Wide, 4),
            _ => (Self::Mark, 1),
        }
    }
}

/// Where the clause begins that ends before `start`: behind a mark that ends a clause, or behind another value.
fn clause_start(text: &[u8], start: usize) -> usize {
    let (mut digits, mut run) = (0, 0);
    let furthest = start.saturating_sub(CLAUSE_BYTES);
    let mut at = start;
    while at > furthest {
        let Some(&byte) = text.get(at - 1) else { break };
        if byte.is_ascii_alphanumeric() {
            run += 1;
            digits += usize::from(byte.is_ascii_digit());
            if run >= VALUE_BYTES && digits >= VALUE_DIGITS {
                return at - 1 + run;
            }
        } else {
            (digits, run) = (0, 0);
            if ends_clause(text, at - 1, byte) {
                return at;
            }
        }
        at -= 1;
    }
    // Not in the middle of a character, nor of a word.
    while at > 0 && at < start && text.get(at).is_some_and(|byte| (0x80..0xc0).contains(byte)) {
        at += 1;
    }
    at
}

/// A full stop ends a clause unless it ends an abbreviation (`No.`, `Tel.`) or stands inside a word.
fn ends_clause(text: &[u8], at: usize, byte: u8) -> bool {
    match byte {
        b',' | b';' | b'!' | b'?' | b'&' | b'}' | b'|' | b'\n' | b'\r' | b'\t' => true,
        b'.' => {
            let before = text.get(..at).unwrap_or_default();
            let word = before.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
            word > SHORT_WORD && text.get(at + 1).is_none_or(u8::is_ascii_whitespace)
        }
        0x82 => at.checked_sub(2).and_then(|front| text.get(front..=at)) == Some("。".as_bytes()),
        _ => false,
    }
}

/// Whether nothing but the signs and words of an enumeration stands between two values.
fn is_enumeration(between: &[u8]) -> bool {
    if between.is_empty() || between.len() > ENUMERATION_BYTES {
        return false;
    }
    let Ok(between) = std::str::from_utf8(between) else { return false };
    let words = between.trim_matches([' ', ',', ';', '/', '&', '+', '、', '|']);
    CONNECTIVES.contains(&words)
}

/// Whether the value at `start..end` stands by itself rather than being a part of an address, a path, a key or a longer
/// code.
pub(super) fn stands_alone(text: &[u8], start: usize, end: usize) -> bool {
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    !continues(after) && !is_continued(before)
}

/// Whether what follows belongs to the value.
fn continues(after: &[u8]) -> bool {
    let next = after.get(1).copied().unwrap_or(b' ');
    match after.first() {
        Some(b'_' | b'%' | b'@' | b'\\' | b'=' | b'~' | b'$') => true,
        Some(b'.' | b'-') => next.is_ascii_alphanumeric(),
        Some(b'/') => next.is_ascii_alphabetic(),
        // A key of JSON.
        Some(b'"' | b'\'') => {
            after.iter().skip(1).find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| *byte == b':')
        }
        _ => false,
    }
}

/// Whether what stands before belongs to the value.
fn is_continued(before: &[u8]) -> bool {
    let token = last_token(before);
    let Some(&last) = token.last() else { return false };
    b"_%@\\~$&".contains(&last)
        || is_address(token)
        || token.iter().any(|byte| b"?%".contains(byte))
        || memchr::memchr_iter(b'/', token).count() > 1
        || b"-.".contains(&last) && token.iter().any(u8::is_ascii_digit)
}

/// Whether the value at `start` is a part of a link or a path.
pub(super) fn is_in_address(text: &[u8], start: usize) -> bool {
    is_address(last_token(text.get(..start).unwrap_or_default()))
}

/// What stands before a value without a blank, a quote or a bracket between.
fn last_token(before: &[u8]) -> &[u8] {
    let is_part = |byte: &&u8| byte.is_ascii_graphic() && !b"\"'(),;<>{}[]|".contains(byte);
    let length = before.iter().rev().take_while(is_part).count();
    before.get(before.len() - length..).unwrap_or_default()
}

fn is_address(token: &[u8]) -> bool {
    let has = |part: &[u8]| memchr::memmem::find(token, part).is_some();
    token.first() == Some(&b'/') || has(b"://") || has(b"www.") || has(b"\\")
}

#[cfg(test)]
mod tests {
    use super::{clause_start, is_enumeration, stands_alone};

    #[test]
    fn clauses_end_where_they_end() {
        let cases = [
            ("已付款,护照号", "护照号"),
            ("退款。手机", "手机"),
            ("passport was lost. phone ", " phone "),
            ("passport No. ", "passport No. "),
            ("身份证11010519491231002X手机", "手机"),
            ("护照(2019年签发)", "护照(2019年签发)"),
            (r#"{"name":"x","passport":""#, r#""passport":""#),
            ("a=1&phone=", "phone="),
        ];
        for (text, expected) in cases {
            let start = clause_start(text.as_bytes(), text.len());
            assert_eq!(text.get(start..), Some(expected), "{text}");
        }
    }

    #[test]
    fn values_stand_alone_or_do_not() {
        let cases = [
            ("护照号", "E12345678", "已核", true),
            ("\"passport\":\"", "E12345678", "\"}", true),
            ("passport_no=", "E12345678", "", true),
            ("passport No.", "E12345678", ".", true),
            ("VIN-", "E12345678", ",", true),
            ("https://a.cn/passport/", "E12345678", "", false),
            ("https://a.cn/?passport=", "E12345678", "", false),
            ("/data/passport/", "E12345678", ".jpg", false),
            ("passport ", "E12345678", ".jpg", false),
            ("passport 550e8400-e29b-41d4-a716-", "446655440000", "", false),
            ("passport ", "12345678", "-e29b-41d4-a716-446655440000", false),
            ("{\"", "E12345678", "\": 1}", false),
            ("passport ", "E12345678", "_2", false),
            ("passport pre_", "E12345678", "", false),
            ("手机 13812045717/", "13912045716", "", true),
        ];
        for (before, value, after, expected) in cases {
            let text = format!("{before}{value}{after}");
            let found = stands_alone(text.as_bytes(), before.len(), before.len() + value.len());
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn values_are_enumerated() {
        for (between, expected) in [
            ("、", true),
            (", ", true),
            (" / ", true),
            ("和", true),
            (" and ", true),
            ("", false),
            ("元,", false),
            (":", false),
        ] {
            assert_eq!(is_enumeration(between.as_bytes()), expected, "{between}");
        }
    }
}
