//! A pattern as a walk from character to character: the spots at which a character stands in it, and which spot may follow
//! which (V. M. Glushkov, *The abstract theory of automata*, 1961). A value is matched by keeping the set of spots that it may
//! have come to, which is one word; to make a walk costs next to nothing beside making an automaton.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use hashbrown::HashMap;
use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind, Repetition};

use super::sieve;

/// A set of spots, one bit each.
type Spots = u128;

/// Characters that may stand at the same spots are of one kind.
type Kind = u8;

/// The walk of a pattern. Patterns with more spots than a set holds, or that look around, have none.
#[derive(Debug)]
pub(super) struct Walk {
    kinds: Kinds,
    /// By spot, those that may follow.
    follow: Vec<Spots>,
    /// What the whole pattern is.
    whole: Part,
    /// The same in steps, once so many values were matched that it pays; `None` where there are too many.
    steps: OnceLock<Option<Steps>>,
    matched: AtomicU32,
}

/// Steps are taken from this many values on.
const MATCHED_AT_LEAST: u32 = 1024;

/// A part of a pattern.
#[derive(Clone, Copy, Debug)]
struct Part {
    /// Whether it matches nothing at all.
    may_be_empty: bool,
    /// Where it may begin, and end.
    first: Spots,
    last: Spots,
}

impl Part {
    const EMPTY: Self = Self { may_be_empty: true, first: 0, last: 0 };
    /// What matches nothing, not even the empty value.
    const NONE: Self = Self { may_be_empty: false, first: 0, last: 0 };

    fn or(self, other: Self) -> Self {
        let may_be_empty = self.may_be_empty || other.may_be_empty;
        Self { may_be_empty, first: self.first | other.first, last: self.last | other.last }
    }
}

impl Walk {
    /// The walk of a pattern; `None` where it has none.
    pub(super) fn new(hir: &Hir) -> Option<Self> {
        let mut plan = Plan::default();
        let whole = plan.part(hir)?;
        let (follow, ranges) = plan.finish();
        Some(Self { kinds: Kinds::new(&ranges)?, follow, whole, steps: OnceLock::new(), matched: AtomicU32::new(0) })
    }

    /// Whether all of `value` matches.
    pub(super) fn matches(&self, value: &[u8]) -> bool {
        let steps = match self.steps.get() {
            None if self.matched.fetch_add(1, Relaxed) < MATCHED_AT_LEAST => None,
            None => self.steps.get_or_init(|| Steps::new(self)).as_ref(),
            Some(steps) => steps.as_ref(),
        };
        if let Some(steps) = steps {
            return steps.lead_through(value, &self.kinds);
        }
        let spots = |c: char| self.kinds.spots(self.kinds.of(u32::from(c)));
        std::str::from_utf8(value).is_ok_and(|text| self.leads_through(text.chars().map(spots)))
    }

    /// Whether anything matches that differs from `outline` in nothing but that it may have other digits where there are zeros.
    pub(super) fn may_match(&self, outline: &[u8]) -> bool {
        let spots = |c: char| self.kinds.spots(self.kinds.of(u32::from(c)));
        let any_digit = ('0'..='9').fold(0, |any, digit| any | spots(digit));
        let spots = |c: char| if c == '0' { any_digit } else { spots(c) };
        std::str::from_utf8(outline).is_ok_and(|outline| self.leads_through(outline.chars().map(spots)))
    }

    /// Whether any digit may stand where another does.
    pub(super) fn takes_digits_alike(&self) -> bool {
        let kind = |digit: char| self.kinds.of(u32::from(digit));
        ('1'..='9').all(|digit| kind(digit) == kind('0'))
    }

    /// Whether characters that may stand at such spots, one after the other, lead from the beginning to the end.
    fn leads_through(&self, characters: impl Iterator<Item = Spots>) -> bool {
        let (mut may_come, mut at) = (self.whole.first, None);
        for spots in characters {
            let here = may_come & spots;
            if here == 0 {
                return false;
            }
            may_come = self.behind(here);
            at = Some(here);
        }
        at.map_or(self.whole.may_be_empty, |at| at & self.whole.last != 0)
    }

    /// The spots that may follow some.
    fn behind(&self, spots: Spots) -> Spots {
        let mut behind = 0;
        for_each(spots, |spot| behind |= self.follow.get(spot).copied().unwrap_or(0));
        behind
    }
}

/// Which kind each character is of.
#[derive(Debug)]
struct Kinds {
    ascii: [Kind; 128],
    /// Characters from which on, until the next one here, others are of this kind; in order.
    wide: Vec<(u32, Kind)>,
    /// By kind, the spots where it may stand.
    spots: Vec<Spots>,
}

impl Kinds {
    /// `None` where there are too many.
    fn new(ranges: &Ranges) -> Option<Self> {
        let mut of_ascii = [0; 128];
        for (&(first, last), spots) in ranges {
            for at in of_ascii.get_mut(first as usize..=last.min(0x7f) as usize).unwrap_or_default() {
                *at |= spots;
            }
        }
        let (mut ascii, mut spots) = ([0; 128], vec![0]);
        let mut kind_of = |of: Spots| {
            let kind = spots.iter().position(|known| *known == of).unwrap_or_else(|| {
                spots.push(of);
                spots.len() - 1
            });
            Kind::try_from(kind).ok()
        };
        for (kind, of) in ascii.iter_mut().zip(of_ascii) {
            *kind = kind_of(of)?;
        }
        let wide =
            beyond_ascii(ranges).into_iter().map(|(from, of)| Some((from, kind_of(of)?))).collect::<Option<_>>()?;
        Some(Self { ascii, wide, spots })
    }

    fn of(&self, c: u32) -> Kind {
        self.ascii.get(c as usize).copied().unwrap_or_else(|| {
            let next = self.wide.partition_point(|(from, _)| *from <= c);
            next.checked_sub(1).and_then(|at| self.wide.get(at)).map_or(0, |(_, kind)| *kind)
        })
    }

    /// Whether all of some characters are of one kind.
    fn is_one(&self, characters: Range<u32>) -> bool {
        let next = self.wide.partition_point(|(from, _)| *from <= characters.start);
        characters.start >= 128 && self.wide.get(next).is_none_or(|(from, _)| *from >= characters.end)
    }

    fn spots(&self, kind: Kind) -> Spots {
        self.spots.get(usize::from(kind)).copied().unwrap_or(0)
    }
}

/// The walk with every set of spots that it can come to as one state, numbered from 0, where nothing leads on.
#[derive(Debug)]
struct Steps {
    n_kinds: usize,
    /// By state and kind, the next state.
    next: Vec<u8>,
    /// By state, whether the walk may end there.
    may_end: Vec<bool>,
    /// By the upper bits of a character of the basic plane, its page: the kinds of 64 characters. Most pages are alike.
    page_of: Vec<u16>,
    pages: Vec<[Kind; PAGE]>,
}

/// Characters of a page.
const PAGE: usize = 64;
/// Characters of the basic plane, which have pages.
const BASIC_PLANE: u32 = 1 << 16;

impl Steps {
    const NOWHERE: u8 = 0;
    const BEGINNING: u8 = 1;

    /// `None` where there are more states than a byte tells apart.
    fn new(walk: &Walk) -> Option<Self> {
        let n_kinds = walk.kinds.spots.len();
        let mut states: HashMap<Spots, u8> = HashMap::new();
        // By state, where the walk may come next.
        let mut may_come = vec![0, walk.whole.first];
        let (page_of, pages) = pages(&walk.kinds);
        let may_end = vec![false, walk.whole.may_be_empty];
        let mut steps = Self { n_kinds, next: vec![Self::NOWHERE; n_kinds], may_end, page_of, pages };
        let mut state = usize::from(Self::BEGINNING);
        while let Some(from) = may_come.get(state).copied() {
            for spots in &walk.kinds.spots {
                let here = from & spots;
                let next = match states.get(&here) {
                    Some(known) => *known,
                    None if here == 0 => Self::NOWHERE,
                    None => {
                        let new = u8::try_from(may_come.len()).ok()?;
                        states.insert(here, new);
                        may_come.push(walk.behind(here));
                        steps.may_end.push(here & walk.whole.last != 0);
                        new
                    }
                };
                steps.next.push(next);
            }
            state += 1;
        }
        Some(steps)
    }

    /// Whether a value leads from the beginning to the end.
    fn lead_through(&self, value: &[u8], kinds: &Kinds) -> bool {
        let (mut state, mut rest) = (Self::BEGINNING, value);
        while let Some((&byte, behind)) = rest.split_first() {
            let kind = if byte.is_ascii() {
                rest = behind;
                self.kind(u32::from(byte), kinds)
            } else {
                let Some(c) = first_character(rest) else { return false };
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
                self.kind(u32::from(c), kinds)
            };
            state = self.next.get(usize::from(state) * self.n_kinds + usize::from(kind)).copied().unwrap_or(0);
            if state == Self::NOWHERE {
                return false;
            }
        }
        self.may_end.get(usize::from(state)).copied().unwrap_or(false)
    }

    #[inline]
    fn kind(&self, c: u32, kinds: &Kinds) -> Kind {
        let Some(page) = self.page_of.get(c as usize / PAGE) else { return kinds.of(c) };
        let page = self.pages.get(usize::from(*page));
        page.and_then(|page| page.get(c as usize % PAGE)).copied().unwrap_or(0)
    }
}

/// The pages of the basic plane, each once.
fn pages(kinds: &Kinds) -> (Vec<u16>, Vec<[Kind; PAGE]>) {
    let (mut page_of, mut pages): (Vec<u16>, Vec<[Kind; PAGE]>) = (Vec::new(), Vec::new());
    for start in (0..BASIC_PLANE).step_by(PAGE) {
        let mut page = [kinds.of(start); PAGE];
        if !kinds.is_one(start..start + PAGE as u32) {
            page.iter_mut().zip(start..).for_each(|(kind, c)| *kind = kinds.of(c));
        }
        // Most often that of the characters before.
        let known = pages.iter().rposition(|known| *known == page);
        page_of.push(known.unwrap_or(pages.len()) as u16);
        if known.is_none() {
            pages.push(page);
        }
    }
    (page_of, pages)
}

/// The character that some bytes begin with.
fn first_character(bytes: &[u8]) -> Option<char> {
    let length = match bytes.first()? {
        ..0x80 => 1,
        ..0xe0 => 2,
        ..0xf0 => 3,
        _ => 4,
    };
    std::str::from_utf8(bytes.get(..length)?).ok()?.chars().next()
}

/// Hands each of some spots to `visit`, by its number.
fn for_each(spots: Spots, mut visit: impl FnMut(usize)) {
    sieve::for_each(spots as u64, &mut visit);
    sieve::for_each((spots >> u64::BITS) as u64, |spot| visit(spot + u64::BITS as usize));
}

/// A walk in the making.
#[derive(Default)]
struct Plan<'h> {
    follow: Vec<Spots>,
    /// The spots at which any character of a class may stand, which many copies have in common.
    classes: Vec<(&'h ClassUnicode, Spots)>,
    /// The same of a range.
    ranges: Ranges,
}

/// Ranges of characters, and the spots where these may stand.
type Ranges = BTreeMap<(u32, u32), Spots>;

impl<'h> Plan<'h> {
    fn part(&mut self, hir: &'h Hir) -> Option<Part> {
        match hir.kind() {
            HirKind::Empty => Some(Part::EMPTY),
            HirKind::Literal(literal) => {
                let mut characters = std::str::from_utf8(&literal.0).ok()?.chars().map(u32::from);
                characters.try_fold(Part::EMPTY, |whole, c| {
                    let part = self.spot()?;
                    *self.ranges.entry((c, c)).or_default() |= part.first;
                    Some(self.then(whole, part))
                })
            }
            HirKind::Class(Class::Unicode(class)) => {
                let part = self.spot()?;
                match self.classes.iter_mut().find(|(known, _)| std::ptr::eq(*known, class)) {
                    Some((_, spots)) => *spots |= part.first,
                    None => self.classes.push((class, part.first)),
                }
                Some(part)
            }
            HirKind::Class(Class::Bytes(class)) if class.is_ascii() => {
                let part = self.spot()?;
                for range in class.iter() {
                    *self.ranges.entry((range.start().into(), range.end().into())).or_default() |= part.first;
                }
                Some(part)
            }
            HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => None,
            HirKind::Repetition(repetition) => self.repeated(repetition),
            HirKind::Capture(capture) => self.part(&capture.sub),
            HirKind::Concat(parts) => parts.iter().try_fold(Part::EMPTY, |whole, part| {
                let part = self.part(part)?;
                Some(self.then(whole, part))
            }),
            HirKind::Alternation(parts) => {
                parts.iter().try_fold(Part::NONE, |whole, part| Some(whole.or(self.part(part)?)))
            }
        }
    }

    /// A spot; `None` where there are too many.
    fn spot(&mut self) -> Option<Part> {
        let spot = Spots::from(1_u8).checked_shl(self.follow.len() as u32)?;
        self.follow.push(0);
        Some(Part { may_be_empty: false, first: spot, last: spot })
    }

    /// Who may follow whom, and where which characters may stand.
    fn finish(mut self) -> (Vec<Spots>, Ranges) {
        for (class, spots) in self.classes {
            for range in class.iter() {
                *self.ranges.entry((range.start().into(), range.end().into())).or_default() |= spots;
            }
        }
        (self.follow, self.ranges)
    }

    /// One part, and another behind it.
    fn then(&mut self, front: Part, back: Part) -> Part {
        self.lead(front.last, back.first);
        Part {
            may_be_empty: front.may_be_empty && back.may_be_empty,
            first: front.first | if front.may_be_empty { back.first } else { 0 },
            last: back.last | if back.may_be_empty { front.last } else { 0 },
        }
    }

    /// Lets any of some spots follow any of others.
    fn lead(&mut self, from: Spots, to: Spots) {
        for_each(from, |spot| {
            if let Some(follow) = self.follow.get_mut(spot) {
                *follow |= to;
            }
        });
    }

    /// As many copies as there may be, one behind the other, where those may be missing that need not be there with all behind
    /// them. Of copies without end the last is gone round.
    fn repeated(&mut self, repetition: &'h Repetition) -> Option<Part> {
        let Repetition { min: least, max: most, sub, .. } = repetition;
        let (mut whole, mut ends) = (Part::EMPTY, 0);
        for copy in 0..most.unwrap_or(*least.max(&1)) {
            let part = self.part(sub)?;
            if most.is_none() && copy + 1 >= *least {
                self.lead(part.last, part.first);
            }
            ends |= if copy >= *least { whole.last } else { 0 };
            whole = self.then(whole, part);
        }
        Some(Part { may_be_empty: whole.may_be_empty || *least == 0, last: whole.last | ends, ..whole })
    }
}

/// The characters beyond ASCII at which other spots begin to hold, in order.
fn beyond_ascii(ranges: &Ranges) -> Vec<(u32, Spots)> {
    let wide = ranges.iter().filter(|((_, last), _)| *last > 0x7f);
    // A spot stands in one class, whose ranges are apart: it ends to hold, and may begin again.
    let ends = |((first, last), spots): (&(u32, u32), &Spots)| [(last + 1, false, *spots), (*first, true, *spots)];
    let mut turns: Vec<(u32, bool, Spots)> = wide.flat_map(ends).collect();
    turns.sort_unstable();
    let mut holding = 0;
    let mut all: Vec<(u32, Spots)> = Vec::new();
    for (turn, begins, spots) in turns {
        holding = if begins { holding | spots } else { holding & !spots };
        match all.last_mut().filter(|(last, _)| *last == turn) {
            Some((_, known)) => *known = holding,
            None => all.push((turn, holding)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex_automata::dfa::{Automaton as _, dense};
    use regex_automata::{Anchored, Input};

    use super::{Steps, Walk};

    const PATTERNS: [&str; 9] = [
        "[1-9][0-9]{16}[0-9X]",
        "(?:\\+?86)?1[3-9][0-9]{9}",
        "[京津沪](?:[A-Z](?:[A-HJ-NP-Z0-9]{5,6}|[A-Z0-9]{4}[挂学警]))",
        "\\p{Han}{2,4}",
        "(?:a|bc?)*d?",
        "(?:(?:x?y?){2,3}z)+",
        "(?:[0-9]{1,3}\\.){3}[0-9]{1,3}|",
        "\\p{Han}+(?:[·•]\\p{Han}+)+",
        ".*[省市].*[0-9]{2,}",
    ];

    fn walk(at: usize) -> Walk {
        Walk::new(&regex_syntax::parse(PATTERNS[at]).unwrap()).unwrap()
    }

    fn is_match(at: usize, value: &[u8]) -> bool {
        let automaton = dense::DFA::new(&format!("^(?:{})$", PATTERNS[at])).unwrap();
        automaton.try_search_fwd(&Input::new(value).anchored(Anchored::Yes)).unwrap().is_some()
    }

    proptest! {
        #[test]
        fn matches_what_an_automaton_does(
            (at, value) in (0..PATTERNS.len()).prop_flat_map(|at| (Just(at), PATTERNS[at])),
            place in any::<prop::sample::Index>(),
            byte in proptest::sample::select(b"0189XZ+A-.@x\xe4".to_vec()),
        ) {
            prop_assert!(walk(at).matches(value.as_bytes()), "{}", value);
            let steps = Steps::new(&walk(at));
            let mut other = value.into_bytes();
            other.push(byte);
            let length = other.len();
            other.swap(place.index(length), length - 1);
            for other in [&other[..], &other[1..], &other[..length - 1]] {
                let walk = walk(at);
                prop_assert_eq!(walk.matches(other), is_match(at, other), "{:?}", String::from_utf8_lossy(other));
                if let Some(steps) = &steps {
                    prop_assert_eq!(steps.lead_through(other, &walk.kinds), walk.matches(other));
                }
                let outline: Vec<u8> = other.iter().map(|byte| if byte.is_ascii_digit() { b'0' } else { *byte }).collect();
                prop_assert!(walk.may_match(&outline) || !walk.matches(other));
            }
        }
    }

    #[test]
    fn what_looks_around_or_is_long_has_no_walk() {
        for pattern in ["^a", "\\ba", ".{129}", "(?-u:\\x80)"] {
            let parsed = regex_syntax::ParserBuilder::new().utf8(false).build().parse(pattern).unwrap();
            assert!(Walk::new(&parsed).is_none(), "{pattern}");
        }
    }
}
