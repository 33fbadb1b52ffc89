//! Finds the names of persons that stand in text right behind a word that says so: `姓名：张三`, `患者王小明，男`.

use std::collections::BTreeMap;

use super::engine::CellDetector;
use crate::pack::InText;

/// The length of a Chinese character in UTF-8.
const HAN_BYTES: usize = 3;
/// A run is looked at so many characters far.
const RUN_AT_MOST: usize = 10;
/// Words of packs that end a name that nothing else ends, that end a title rather than a name, and that look like a name.
const NAME_ENDS: &str = "name_ends";
const TITLES: &str = "titles";
const NOT_NAMES: &str = "not_names";
const SURNAMES: &str = "surnames";
/// A word that ends so needs no colon behind it.
const OF_NAMES: [&str; 2] = ["姓名", "名字"];
/// Words between such a word and the name.
const COPULAS: [&str; 4] = ["为", "是", "叫", "系"];
/// What follows the name of somebody described.
const DESCRIBES: [&str; 8] = ["男", "女", "电话", "手机", "身份证", "护照", "车牌", "微信"];
/// Stands for a part of a name that is kept back.
const SOMEBODY: &str = "某";

/// The words that names are told by.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The detector of names.
    detector: Option<usize>,
    compound_surnames: Vec<String>,
    ends: Vec<String>,
    titles: Vec<String>,
    ordinary_words: Vec<String>,
}

impl Names {
    /// Gathers the words.
    pub(super) fn new(cells: &[CellDetector], lists: &BTreeMap<String, Vec<String>>) -> Self {
        let list = |id: &str| lists.get(id).cloned().unwrap_or_default();
        let mut compound_surnames = list(SURNAMES);
        compound_surnames.retain(|surname| surname.len() > HAN_BYTES);
        Self {
            detector: cells.iter().position(|cell| cell.spec.in_text == InText::Name),
            compound_surnames,
            ends: list(NAME_ENDS),
            titles: list(TITLES),
            ordinary_words: list(NOT_NAMES),
        }
    }

    /// The detector of names, with the words that names stand behind.
    pub(super) fn labels<'c>(&self, cells: &'c [CellDetector]) -> Option<(usize, &'c [String])> {
        let detector = self.detector?;
        Some((detector, cells.get(detector)?.spec.context.as_slice()))
    }

    /// The name behind the word that ends at `end`.
    pub(super) fn behind<'t>(
        &self,
        cells: &[CellDetector],
        text: &'t [u8],
        (start, end): (usize, usize),
        scratch: &mut Vec<u8>,
    ) -> Option<&'t [u8]> {
        let label = std::str::from_utf8(text.get(start..end)?).ok()?;
        let rest = text.get(end..)?;
        let (rest, introduced) = behind_separator(rest, OF_NAMES.iter().any(|word| label.ends_with(word)));
        let run = han_run(rest);
        let cut = self.ends.iter().filter_map(|word| run.find(word.as_str())).min();
        let name = kept_back(run).or_else(|| run.get(..cut.unwrap_or(run.len())))?;
        let after = rest.get(name.len()..)?;
        let detector = cells.get(self.detector?)?;
        if !self.is_name(name) || !detector.fits_cell(name.as_bytes(), scratch) {
            return None;
        }
        (introduced || name.contains(SOMEBODY) || describes(after)).then(|| rest.get(..name.len())).flatten()
    }

    fn is_name(&self, name: &str) -> bool {
        let length = name.len() / HAN_BYTES;
        let compound = self.compound_surnames.iter().any(|surname| name.starts_with(surname.as_str()));
        let lengths = if compound { 3..=4 } else { 2..=3 };
        lengths.contains(&length)
            && !self.titles.iter().any(|title| name.ends_with(title.as_str()))
            && !self.ordinary_words.iter().any(|word| name == word)
    }
}

/// What stands behind a colon or the like, and whether one is there.
fn behind_separator(text: &[u8], is_of_names: bool) -> (&[u8], bool) {
    let rest = text.trim_ascii_start();
    let blank = rest.len() < text.len();
    let quote =
        rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix("】".as_bytes())).unwrap_or(rest).trim_ascii_start();
    if let Some((b':' | b'=', rest)) = quote.split_first() {
        let rest = rest.trim_ascii_start();
        return (rest.strip_prefix(b"\"").unwrap_or(rest), true);
    }
    let behind_copula = COPULAS.iter().find_map(|word| rest.strip_prefix(word.as_bytes()));
    match behind_copula.filter(|_| is_of_names) {
        Some(rest) => (rest, true),
        None => (rest, is_of_names && blank),
    }
}

/// The Chinese characters that the text begins with, at most [`RUN_AT_MOST`].
fn han_run(text: &[u8]) -> &str {
    let is_han = |character: &&[u8]| matches!(character.first(), Some(0xe4..=0xe9)) && character.len() == HAN_BYTES;
    let length = text.chunks(HAN_BYTES).take(RUN_AT_MOST).take_while(is_han).count() * HAN_BYTES;
    text.get(..length).and_then(|run| std::str::from_utf8(run).ok()).unwrap_or_default()
}

/// A surname and what stands for the rest of a name.
fn kept_back(run: &str) -> Option<&str> {
    let given = run.get(HAN_BYTES..)?;
    let rest = given.trim_start_matches(SOMEBODY);
    run.get(..run.len() - rest.len()).filter(|name| name.len() > HAN_BYTES)
}

/// Whether what follows a name describes a person: the sex, or how to reach them.
fn describes(after: &[u8]) -> bool {
    let after = after.strip_prefix("、".as_bytes()).unwrap_or(after);
    let is_mark = |byte: &&u8| byte.is_ascii_whitespace() || b",/(;-".contains(byte);
    let rest = after.get(after.iter().take_while(is_mark).count()..).unwrap_or_default();
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    DESCRIBES.iter().any(|word| rest.starts_with(word.as_bytes())) || digits == 11 && rest.starts_with(b"1")
}
