//! Words that are looked for in every cell: those of detectors that look for nothing else, and those that names follow.
//!
//! *Invariant*: a cell that is turned away by how words begin holds none; a property test holds it.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::context::Label;
use super::eight::word;
use super::engine::{CellDetector, DECOY, Fit};
use super::names::Names;
use super::outline::outline;
use super::route::Hit;

/// Cells up to this length are asked first whether anything in them begins as a word does. In longer ones something
/// nearly always does.
const SHORT: usize = 48;

/// All such words, by one automaton. Only words with Chinese characters are looked for, so that cells of plain ASCII need
/// no look.
#[derive(Debug)]
pub(super) struct Words {
    listed: Vec<String>,
    automaton: AhoCorasick,
    /// One that is faster, and takes long to make, once so much was searched that it pays.
    fast: OnceLock<Option<AhoCorasick>>,
    /// How many bytes were, until then.
    searched: AtomicU32,
    meanings: Vec<Meaning>,
    beginnings: Beginnings,
    names: Names,
    /// The outlines of those that have digits in them.
    outlines: AhoCorasick,
}

/// The faster automaton is made once so many bytes were searched.
const SEARCHED_AT_LEAST: u32 = 256 << 10;

fn automaton<W: AsRef<[u8]>>(words: &[W], kind: AhoCorasickKind) -> Result<AhoCorasick, String> {
    let builder = &mut AhoCorasick::builder();
    let built = builder.match_kind(MatchKind::LeftmostLongest).kind(Some(kind)).build(words);
    built.map_err(|error| error.to_string())
}

/// What it means that a word is in a cell.
#[derive(Clone, Copy, Debug)]
enum Meaning {
    /// Nothing: it only hides the words that are a part of it.
    Nothing,
    /// The cell is what the detector looks for.
    Said(usize),
    /// A name follows, which is for the detector to judge.
    NameFollows(usize),
}

impl Words {
    /// Gathers the words; `None` where there are none.
    pub(super) fn new(cells: &[CellDetector], lists: &BTreeMap<String, Vec<String>>) -> Result<Option<Self>, String> {
        let names = Names::new(cells, lists);
        let (mut words, mut meanings) = (Vec::new(), Vec::new());
        for (at, detector) in
            cells.iter().enumerate().filter(|(_, cell)| cell.looks_at_every_cell && cell.pattern.is_none())
        {
            let list = detector.spec.words.as_ref().and_then(|test| lists.get(&test.list));
            for word in list.into_iter().flatten().filter(|word| !word.is_ascii()) {
                words.push(word.trim_start_matches(DECOY));
                meanings.push(if word.starts_with(DECOY) { Meaning::Nothing } else { Meaning::Said(at) });
            }
        }
        if let Some((detector, labels)) = names.labels(cells) {
            words.extend(labels.iter().map(String::as_str));
            meanings.extend(labels.iter().map(|_| Meaning::NameFollows(detector)));
        }
        if words.is_empty() {
            return Ok(None);
        }
        let automaton = automaton(&words, AhoCorasickKind::ContiguousNFA)?;
        let with_digits = words.iter().filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
        let outlines =
            AhoCorasick::new(with_digits.map(|word| outline(word.as_bytes()))).map_err(|error| error.to_string())?;
        Ok(Some(Self {
            automaton,
            fast: OnceLock::new(),
            searched: AtomicU32::new(0),
            meanings,
            beginnings: Beginnings::new(&words),
            names,
            outlines,
            listed: words.into_iter().map(str::to_owned).collect(),
        }))
    }

    /// What to search one more cell with.
    fn automaton(&self, cell: &[u8]) -> &AhoCorasick {
        let fast = match self.fast.get() {
            None if self.searched.fetch_add(cell.len() as u32, Relaxed) < SEARCHED_AT_LEAST => None,
            None => self.fast.get_or_init(|| automaton(&self.listed, AhoCorasickKind::DFA).ok()).as_ref(),
            Some(fast) => fast.as_ref(),
        };
        fast.unwrap_or(&self.automaton)
    }

    /// Whether any may stand in a text with this outline.
    pub(super) fn may_stand_in(&self, outline: &[u8]) -> bool {
        self.automaton.is_match(outline) || self.outlines.is_match(outline)
    }

    /// Hands what the words in a cell say to `hit`.
    pub(super) fn find(
        &self,
        cells: &[CellDetector],
        cell: &[u8],
        scratch: &mut Vec<u8>,
        hit: &mut impl FnMut(Hit<'_>),
    ) {
        if cell.len() <= SHORT && !self.beginnings.may_stand_in(cell) {
            return;
        }
        let mut last = None;
        for found in self.automaton(cell).find_iter(cell) {
            match self.meanings.get(found.pattern().as_usize()) {
                Some(&Meaning::Said(detector)) if last != Some(detector) => {
                    hit(Hit { detector, fit: Fit::Full, inside: false, label: None, of_other: false, normal: cell });
                    last = Some(detector);
                }
                Some(&Meaning::NameFollows(detector)) => {
                    let label = Some(Label::Strong);
                    if let Some(name) = self.names.behind(cells, cell, (found.start(), found.end()), scratch) {
                        hit(Hit { detector, fit: Fit::Full, inside: true, label, of_other: false, normal: name });
                    }
                }
                Some(Meaning::Said(_) | Meaning::Nothing) | None => {}
            }
        }
    }
}

/// How words begin: a bit for each hash of their first bytes.
#[derive(Debug)]
struct Beginnings {
    /// As many bytes as the shortest word has, and no more than eight.
    length: usize,
    bits: Vec<u64>,
}

impl Beginnings {
    /// Bits of a hash.
    const HASH_BITS: u32 = 14;

    fn new(words: &[&str]) -> Self {
        let length = words.iter().map(|word| word.len()).min().unwrap_or(0);
        let length = length.min(size_of::<u64>());
        let mut beginnings = Self { length, bits: vec![0; 1 << (Self::HASH_BITS - u64::BITS.ilog2())] };
        for word in words {
            let hash = beginnings.hash(word.as_bytes());
            if let Some(bits) = beginnings.bits.get_mut(hash / u64::BITS as usize) {
                *bits |= 1 << (hash % u64::BITS as usize);
            }
        }
        beginnings
    }

    /// Whether anything in `text` begins as a word does.
    fn may_stand_in(&self, text: &[u8]) -> bool {
        let starts = text.len().saturating_sub(self.length.saturating_sub(1));
        let is_boundary = |byte: u8| byte & 0xc0 != 0x80;
        text.iter()
            .take(starts)
            .enumerate()
            .any(|(at, &byte)| is_boundary(byte) && text.get(at..).is_some_and(|rest| self.has(self.hash(rest))))
    }

    fn has(&self, hash: usize) -> bool {
        let word = self.bits.get(hash / u64::BITS as usize);
        word.is_some_and(|bits| bits >> (hash % u64::BITS as usize) & 1 == 1)
    }

    fn hash(&self, bytes: &[u8]) -> usize {
        let beginning = word(bytes.get(..self.length).unwrap_or(bytes));
        (beginning.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - Self::HASH_BITS)) as usize
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Beginnings;

    const WORDS: [&str; 5] = ["军区", "B超", "姓名", "患者姓名", "国防科技大学"];

    proptest! {
        #[test]
        fn no_word_is_turned_away(
            before in "[a-z军区姓名王小明0-9]{0,6}",
            word in proptest::sample::select(&WORDS[..]),
            behind in "[a-z军区姓名王小明0-9]{0,6}",
        ) {
            let text = format!("{before}{word}{behind}");
            prop_assert!(Beginnings::new(&WORDS).may_stand_in(text.as_bytes()));
        }
    }

    #[test]
    fn what_begins_otherwise_is_turned_away() {
        let beginnings = Beginnings::new(&WORDS);
        for text in ["", "王", "王小明", "京A12345", "2024-01-02", "区军"] {
            assert!(!beginnings.may_stand_in(text.as_bytes()), "{text}");
        }
    }
}
