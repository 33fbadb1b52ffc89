//! Looks for identifiers inside text: those that speak for themselves anywhere, the others behind words that name them.
//!
//! *Invariant*: text without a run that could be a value costs one look at its bytes.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::context::{Clause, Label, Labels, is_in_address, stands_alone};
use super::engine::{CellDetector, Fit};
use super::normal::{self, Alphabet, LONGEST_VALUE};
use super::route::{Hit, Route, ask};
use crate::pack::InText;

/// Runs of letters and digits that are shorter are nothing by themselves.
const SHORTEST_RUN: usize = 6;
/// Runs that a word names may be shorter by one.
const SHORTEST_NAMED: usize = 5;
/// Longer runs are hashes and tokens, whatever they are called.
const LONGEST_NAMED: usize = 24;
/// Before a value that is named stands a word of at least two bytes.
const SHORTEST_WORD: usize = 2;
/// A number is written in at most so many groups: a bank card in five, with the code of the country before a mobile four.
const GROUPS_AT_MOST: usize = 6;
/// An e-mail address is at most this long (RFC 5321, 4.5.3.1.3, less the angle brackets).
const LONGEST_EMAIL: usize = 254;
/// The letters and digits of a plate beside its Chinese characters.
const RUNS_OF_PLATES: std::ops::RangeInclusive<usize> = 5..=7;
/// Numbers in links and paths are mostly those of pages: what looks by chance more often like a value is none there.
const CHANCE_IN_ADDRESS: f64 = 0.01;
/// Chances are compared in billionths.
const BILLION: f64 = 1e9;
/// Before the serial of a military card stand so many characters (`武水电字第`).
const MILITARY_CHARACTERS: std::ops::RangeInclusive<usize> = 2..=5;

/// All detectors that look inside text.
#[derive(Debug, Default)]
pub(super) struct Inside {
    anywhere: Vec<Route>,
    named: Vec<Route>,
    /// By what a text is made of, the length of the shortest value that may stand in it without a word that names it, once
    /// there is such a text.
    shortest: Vec<OnceLock<usize>>,
    labels: Labels,
}

/// Buffers that the look reuses.
#[derive(Debug, Default)]
pub(super) struct Looking {
    clause: Clause,
    spans: Vec<(usize, usize)>,
}

/// The best of what detectors say of the spans at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Best {
    full: bool,
    /// The chance that something else looks like it, in billionths: the smaller, the better.
    chance: std::cmp::Reverse<u64>,
    label: Label,
    word: usize,
    /// Detectors in the order of packs: the first is the best.
    detector: std::cmp::Reverse<usize>,
    span: (usize, usize),
}

impl Inside {
    /// Plans the routes and gathers the words.
    pub(super) fn new(cells: &[CellDetector], lists: &BTreeMap<String, Vec<String>>) -> Result<Self, String> {
        let looking = |how: InText| {
            cells.iter().enumerate().filter(move |(_, detector)| detector.spec.in_text == how).map(|(at, _)| at)
        };
        let anywhere = Route::plan(cells, looking(InText::Anywhere));
        let named = Route::plan(cells, looking(InText::Context));
        let shortest = Alphabet::every().map(|_| OnceLock::new()).collect();
        Ok(Self { shortest, anywhere, named, labels: Labels::new(cells, lists)? })
    }

    /// Looks at the runs of letters and digits, and at the e-mail addresses, inside text.
    pub(super) fn route(
        &self,
        cells: &[CellDetector],
        (text, alphabet_of_all): (&[u8], Alphabet),
        looking: &mut Looking,
        normal: &mut Vec<u8>,
        hit: &mut impl FnMut(Hit<'_>),
    ) {
        let may_be_named = self.labels.may_stand_in(text, alphabet_of_all);
        if !may_be_named && text.len() < self.shortest(cells, alphabet_of_all) {
            return;
        }
        looking.clause.clear();
        let mut runs = Runs { text, at: 0 };
        while let Some(run) = runs.next() {
            let (start, end, _) = run;
            if end - start >= SHORTEST_RUN && self.find_anywhere(cells, text, run, looking, normal, hit) {
                continue;
            }
            if may_be_named
                && is_nameable(text, run)
                && let Some(end) = self.find_named(cells, text, (start, end), looking, normal, hit)
            {
                runs.at = runs.at.max(end);
            }
        }
        if !alphabet_of_all.intersects(Alphabet::AT_SIGN) {
            return;
        }
        for sign in memchr::memchr_iter(b'@', text) {
            let (start, end) = around_at_sign(text, sign);
            if end - start < text.len() {
                let alphabet = text.get(start..end).map(normal::alphabet).unwrap_or_default();
                self.find_anywhere(cells, text, (start, end, alphabet), looking, normal, hit);
            }
        }
    }

    /// Whether anything may stand in a text with this outline: whatever its digits are, it has the same candidates.
    pub(super) fn may_know(&self, cells: &[CellDetector], outline: &[u8], alphabet: Alphabet) -> bool {
        if alphabet.intersects(Alphabet::AT_SIGN) {
            return true;
        }
        let may_be_named = self.labels.may_stand_in(outline, alphabet);
        let know = |routes: &[Route], (front, back): (usize, usize)| {
            let candidate = outline.get(front..back).unwrap_or_default();
            routes.iter().any(|route| route.may_know(cells, candidate, normal::alphabet(candidate)))
        };
        let mut spans = Vec::new();
        Runs { text: outline, at: 0 }.any(|run| {
            let (start, end, _) = run;
            let mut neighbours = neighbouring_characters(outline, start, end);
            if end - start >= SHORTEST_RUN && neighbours.any(|span| know(&self.anywhere, span)) {
                return true;
            }
            spans.clear();
            if may_be_named && is_nameable(outline, run) {
                write_spans(outline, (start, end), &mut spans);
            }
            spans.iter().any(|span| know(&self.named, *span) || know(&self.anywhere, *span))
        })
    }

    /// The length of the shortest value that may stand in a text made of `alphabet`: one that is made of any part of that.
    fn shortest(&self, cells: &[CellDetector], alphabet: Alphabet) -> usize {
        let find = || {
            let parts = alphabet.less_one().map(|part| self.shortest(cells, part));
            let own = self.anywhere.iter().map(|route| route.shortest(cells, alphabet));
            own.chain(parts).min().unwrap_or(usize::MAX)
        };
        self.shortest.get(alphabet.place()).map_or(0, |shortest| *shortest.get_or_init(find))
    }

    /// Asks the detectors that need no word about a run; whether one of them knows it.
    fn find_anywhere(
        &self,
        cells: &[CellDetector],
        text: &[u8],
        (start, end, alphabet): (usize, usize, Alphabet),
        looking: &mut Looking,
        normal: &mut Vec<u8>,
        hit: &mut impl FnMut(Hit<'_>),
    ) -> bool {
        let mut known = false;
        for (front, back) in neighbouring_characters(text, start, end) {
            let candidate = text.get(front..back).unwrap_or_default();
            let alphabet = if back - front > end - start { alphabet.union(Alphabet::WIDE) } else { alphabet };
            ask(&self.anywhere, cells, (candidate, alphabet), normal, &mut |found| {
                let chance = cells.get(found.detector).map_or(1.0, |detector| detector.spec.chance);
                if chance > CHANCE_IN_ADDRESS && is_in_address(text, front) {
                    return;
                }
                let label = self.labels.label(&mut looking.clause, text, front, found.detector);
                let label = label.filter(|_| stands_alone(text, front, back)).map(|(label, _)| label);
                if found.fit == Fit::Full {
                    known = true;
                    looking.clause.take_value(back);
                }
                hit(Hit { inside: true, label, of_other: looking.clause.names_other(), ..found });
            });
        }
        known
    }

    /// Looks for a value behind words that name it; where it ends if there is one.
    fn find_named(
        &self,
        cells: &[CellDetector],
        text: &[u8],
        run: (usize, usize),
        looking: &mut Looking,
        normal: &mut Vec<u8>,
        hit: &mut impl FnMut(Hit<'_>),
    ) -> Option<usize> {
        let Looking { clause, spans } = looking;
        spans.clear();
        write_spans(text, run, spans);
        let mut best: Option<Best> = None;
        let mut of_other = false;
        for &span in spans.iter() {
            let candidate = text.get(span.0..span.1).unwrap_or_default();
            let is_group = span.0 != run.0 || span.1 != run.1;
            let routes = [Some(&self.named), Some(&self.anywhere).filter(|_| is_group)];
            for routes in routes.into_iter().flatten() {
                ask(routes, cells, (candidate, normal::alphabet(candidate)), normal, &mut |found| {
                    let Some((label, word)) = self.labels.label(clause, text, span.0, found.detector) else { return };
                    let (full, detector) = (found.fit == Fit::Full, std::cmp::Reverse(found.detector));
                    let chance = cells.get(found.detector).map_or(1.0, |detector| detector.spec.chance);
                    let chance = std::cmp::Reverse((chance * BILLION) as u64);
                    let this = Best { full, chance, label, word, detector, span };
                    if best.is_none_or(|best| best < this) && stands_alone(text, span.0, span.1) {
                        best = Some(this);
                        of_other = clause.names_other();
                    }
                });
            }
            if best.is_some_and(|best| best.full) {
                break;
            }
        }
        let Best { full, label, detector, span, .. } = best?;
        let detector = detector.0;
        let normal = cells.get(detector)?.form.apply(text.get(span.0..span.1)?, normal);
        let fit = if full { Fit::Full } else { Fit::Shape };
        hit(Hit { detector, fit, inside: true, label: Some(label), of_other, normal });
        if full {
            clause.take_value(span.1);
        }
        full.then_some(span.1)
    }
}

/// The runs of letters and digits in a text, with what each is made of. One that is all of the text stands in none.
struct Runs<'t> {
    text: &'t [u8],
    /// Where to go on.
    at: usize,
}

impl Iterator for Runs<'_> {
    type Item = (usize, usize, Alphabet);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..)?;
        let start = self.at + rest.iter().position(u8::is_ascii_alphanumeric)?;
        let (end, alphabet) = run_end(self.text, start);
        self.at = end;
        (end - start < self.text.len()).then_some((start, end, alphabet))
    }
}

/// Whether a run may be a value that is named, or the beginning of one. Words of prose are none: what is named has a digit in
/// it, or goes on behind a mark.
fn is_nameable(text: &[u8], (start, end, alphabet): (usize, usize, Alphabet)) -> bool {
    let goes_on = end - start == 1 || matches!(text.get(end), Some(b'_' | b'-'));
    start >= SHORTEST_WORD && (alphabet.intersects(Alphabet::DIGIT) || goes_on)
}

/// Where the run of letters and digits ends that begins at `start`, and what it is made of.
fn run_end(text: &[u8], start: usize) -> (usize, Alphabet) {
    let (mut end, mut alphabet) = (start, Alphabet::default());
    while let Some(byte) = text.get(end).filter(|byte| byte.is_ascii_alphanumeric()) {
        alphabet = alphabet.union(normal::class_of(*byte));
        end += 1;
    }
    (end, alphabet)
}

/// The spans that a run may be the value or the beginning of the value of, the longest first.
fn write_spans(text: &[u8], (start, end): (usize, usize), spans: &mut Vec<(usize, usize)>) {
    let run = text.get(start..end).unwrap_or_default();
    write_groups(text, (start, end), spans);
    let length = end - start;
    let has_digit = run.iter().any(u8::is_ascii_digit);
    if (SHORTEST_NAMED..=LONGEST_NAMED).contains(&length) && has_digit {
        let front = text.get(..start).unwrap_or_default();
        if front.ends_with("第".as_bytes()) || front.ends_with("字".as_bytes()) {
            let back =
                if text.get(end..).is_some_and(|rest| rest.starts_with("号".as_bytes())) { end + 3 } else { end };
            let fronts = MILITARY_CHARACTERS.rev().filter_map(|characters| start.checked_sub(characters * 3));
            spans.extend(fronts.map(|front| (front, back)));
        }
        spans.extend(plates(text, (start, end)));
        spans.push((start, end));
    } else if let Some(front) = plate_front(text, start, length) {
        let back = plate_back(text, end);
        spans.extend(back.into_iter().flatten().map(|back| (front, back)));
    }
    write_token(text, (start, end), spans);
}

/// A number in groups of digits, with blanks, dashes, dots or brackets between them: the groups from the first on, as many
/// as there are, then fewer.
fn write_groups(text: &[u8], (start, end): (usize, usize), spans: &mut Vec<(usize, usize)>) {
    let byte = |at: usize| text.get(at).copied().unwrap_or(b'\n');
    let is_joint = |byte: u8| matches!(byte, b' ' | b'-' | b'.');
    // The last character of cards of Hong Kong and Macao is in brackets.
    if byte(end) == b'(' && byte(end + 1).is_ascii_alphanumeric() && byte(end + 2) == b')' {
        spans.push((start, end + 3));
        return;
    }
    let joined_to = start.checked_sub(1).filter(|&front| is_joint(byte(front))).and_then(|front| text.get(..front));
    let is_number = text.get(start..end).is_some_and(|run| run.iter().all(u8::is_ascii_digit));
    if !is_number || joined_to.is_some_and(ends_with_number) {
        return;
    }
    let marks = text.get(..start).unwrap_or_default().iter().rev();
    let front = start - marks.take(2).take_while(|byte| matches!(byte, b'(' | b'+')).count();
    let (mut ends, mut at) = ([0; GROUPS_AT_MOST], end);
    let mut n_groups = 0;
    for slot in &mut ends {
        let closed = at + usize::from(byte(at) == b')');
        let joined = closed + usize::from(is_joint(byte(closed)));
        let open = joined + usize::from(joined > at && byte(joined) == b'(');
        let (next, _) = run_end(text, open);
        let group = text.get(open..next).unwrap_or_default();
        let digits = group.strip_suffix(b"X").or_else(|| group.strip_suffix(b"x")).unwrap_or(group);
        if open == at || digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            break;
        }
        (*slot, at) = (next, next);
        n_groups += 1;
    }
    let ends = ends.iter().take(n_groups).rev().filter(|end| *end - front <= LONGEST_VALUE);
    spans.extend(ends.map(|&end| (front, end)));
    if front < start && n_groups == 0 && end - start >= SHORTEST_RUN {
        spans.push((front, end));
    }
}

/// What a run is with the characters around it that plates have: the province in front, the kind behind (`京A1234警`,
/// `224011使`), and `WJ` before the province.
fn plates(text: &[u8], (start, end): (usize, usize)) -> impl Iterator<Item = (usize, usize)> {
    let is_short = RUNS_OF_PLATES.contains(&(end - start));
    let is_wide = |at: usize| text.get(at).is_some_and(|byte| *byte >= 0xe0);
    let front = start.checked_sub(3).filter(|&front| is_short && is_wide(front));
    let back = Some(end + 3).filter(|_| is_short && is_wide(end));
    let police = front.filter(|&front| text.get(..front).is_some_and(|before| before.ends_with(b"WJ")));
    let police = police.map(|front| (front - 2, end));
    let both = front.zip(back);
    [both, police, front.map(|front| (front, end)), back.map(|back| (start, back))].into_iter().flatten()
}

/// Whether the text ends with a group of digits, rather than with a word that has a digit at its end (`ipv4`).
fn ends_with_number(text: &[u8]) -> bool {
    let digits = text.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let before = text.len().checked_sub(digits + 1).and_then(|at| text.get(at));
    digits > 0 && !before.is_some_and(u8::is_ascii_alphabetic)
}

/// Where a plate begins whose first letter stands apart from the rest: `京A·12345`.
fn plate_front(text: &[u8], start: usize, length: usize) -> Option<usize> {
    let letter = text.get(start).is_some_and(u8::is_ascii_alphabetic) && length == 1;
    start.checked_sub(3).filter(|&front| letter && text.get(front).is_some_and(|byte| *byte >= 0xe0))
}

fn plate_back(text: &[u8], end: usize) -> [Option<usize>; 2] {
    let rest = text.get(end..).unwrap_or_default();
    let joints: [&[u8]; 5] = ["·".as_bytes(), "•".as_bytes(), b" ", b"-", b"."];
    let Some(joint) = joints.iter().find(|joint| rest.starts_with(joint)) else { return [None, None] };
    let (back, _) = run_end(text, end + joint.len());
    let wide = text.get(back).filter(|byte| **byte >= 0xe0).map(|_| back + 3);
    [wide, Some(back)]
}

/// A name of letters and digits with `_` or `-` in it, such as an account.
fn write_token(text: &[u8], (start, end): (usize, usize), spans: &mut Vec<(usize, usize)>) {
    let is_inner = |byte: u8| matches!(byte, b'_' | b'-');
    let begins = text.get(start).is_some_and(u8::is_ascii_alphabetic)
        && start.checked_sub(1).and_then(|front| text.get(front)).is_none_or(|byte| !is_inner(*byte));
    if !begins || !text.get(end).is_some_and(|byte| is_inner(*byte)) {
        return;
    }
    let token = text.get(start..).unwrap_or_default();
    let token = token.iter().take_while(|byte| byte.is_ascii_alphanumeric() || is_inner(**byte));
    let (mut length, mut has_digit) = (0, false);
    for byte in token {
        length += 1;
        has_digit |= byte.is_ascii_digit();
    }
    if has_digit && (SHORTEST_NAMED..=LONGEST_NAMED).contains(&length) {
        spans.push((start, start + length));
    }
}

/// The run `start..end` by itself, with the wide character in front, and with the ones on both sides: plates begin with a
/// character of the province and may end with one of the kind.
fn neighbouring_characters(text: &[u8], start: usize, end: usize) -> impl Iterator<Item = (usize, usize)> {
    let front = start.checked_sub(3).filter(|&front| text.get(front).is_some_and(|byte| *byte >= 0xe0));
    let back = text.get(end).filter(|byte| **byte >= 0xe0).map(|_| end + 3);
    [Some((start, end)), front.map(|front| (front, end)), front.zip(back)].into_iter().flatten()
}

/// The characters around an `@` that an e-mail address may have.
fn around_at_sign(text: &[u8], sign: usize) -> (usize, usize) {
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(byte);
    let is_domain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    let (local, domain) = text.split_at_checked(sign).unwrap_or((text, &[]));
    let front = local.iter().rev().take(LONGEST_EMAIL).take_while(|byte| is_local(byte)).count();
    let back = domain.iter().skip(1).take(LONGEST_EMAIL).take_while(|byte| is_domain(byte)).count();
    let end = sign + 1 + back;
    (sign - front, if text.get(end - 1) == Some(&b'.') { end - 1 } else { end })
}
