//! Turns a value away from all detectors at once that cannot accept it: one look-up and one AND a byte, whatever their
//! number, and for most values the first two or three bytes leave none.
//!
//! *Invariant*: what a detector's pattern matches passes.

use hashbrown::HashMap;

use super::shape::{Bytes, LONG, PLACES, Shape};

/// A set of detectors, one bit each.
pub(super) type Set = u64;

/// Hands the place of each bit of a set to `visit`.
#[inline]
pub(super) fn for_each(mut set: Set, mut visit: impl FnMut(usize)) {
    while set != 0 {
        visit(set.trailing_zeros() as usize);
        set &= set - 1;
    }
}

/// As many detectors as a set holds.
pub(super) const MEMBERS: usize = Set::BITS as usize;

/// What some detectors accept at each place of values of each length.
#[derive(Debug)]
pub(super) struct Sieve {
    /// Bytes that no place tells apart have one number.
    number_of: [u8; 256],
    by_length: Vec<OfLength>,
    /// By place and number of a byte, who accepts it; equal rows stand here once.
    rows: Vec<Set>,
}

/// What the digits of a value decide, where all else is known from its outline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Decided {
    asked: Set,
    sure: Set,
    /// The places at which they do, with who accepts each digit.
    places: Vec<(usize, [Set; 10])>,
}

impl Decided {
    /// Those whose patterns may match `value`, and whose then do.
    pub(super) fn pass(&self, value: &[u8]) -> (Set, Set) {
        let mut left = self.asked;
        for (at, by_digit) in &self.places {
            let digit = value.get(*at).map(|byte| usize::from(byte.wrapping_sub(b'0')));
            left &= digit.and_then(|digit| by_digit.get(digit)).copied().unwrap_or(0);
            if left == 0 {
                break;
            }
        }
        (left, self.sure)
    }
}

/// What is known of values of one length.
#[derive(Debug, Default)]
struct OfLength {
    /// Who accepts any.
    who: Set,
    /// Whose pattern matches whatever passes.
    sure: Set,
    /// Where in the rows that of each place begins.
    starts: Vec<u32>,
}

impl Sieve {
    /// The sieve of detectors whose patterns have these shapes.
    pub(super) fn new(shapes: &[&Shape]) -> Self {
        let (number_of, representatives) = numbers(shapes);
        let whole: Vec<(OfLength, Vec<Vec<Set>>)> =
            (0..=LONG).map(|length| of_length(shapes, length, &representatives)).collect();
        let mut sieve = Self { number_of, by_length: Vec::new(), rows: Vec::new() };
        let mut starts: HashMap<&[Set], u32> = HashMap::new();
        for (OfLength { who, sure, .. }, places) in &whole {
            let mut of_length = OfLength { who: *who, sure: *sure, starts: Vec::with_capacity(places.len()) };
            for row in places {
                let start = *starts.entry(row).or_insert(sieve.rows.len() as u32);
                if start as usize == sieve.rows.len() {
                    sieve.rows.extend_from_slice(row);
                }
                of_length.starts.push(start);
            }
            sieve.by_length.push(of_length);
        }
        sieve
    }

    /// Those among `asked` whose patterns may match `value`, and whose then do.
    pub(super) fn pass(&self, value: &[u8], asked: Set) -> (Set, Set) {
        let Some(OfLength { who, sure, starts }) = self.of_length(value) else { return (0, 0) };
        let mut left = asked & who;
        for (&start, &byte) in starts.iter().zip(value) {
            if left == 0 {
                break;
            }
            left &= self.accepting(start, byte);
        }
        (left, *sure)
    }

    fn of_length(&self, value: &[u8]) -> Option<&OfLength> {
        self.by_length.get(value.len().min(LONG))
    }

    /// Who accepts a byte at a place whose rows begin at `start`.
    fn accepting(&self, start: u32, byte: u8) -> Set {
        let number = self.number_of.get(usize::from(byte)).copied().unwrap_or(0);
        self.rows.get(start as usize + usize::from(number)).copied().unwrap_or(0)
    }

    /// Those among `asked` that some value passes which differs from `outline` in nothing but that it may have other digits
    /// where there are zeros.
    pub(super) fn may_pass(&self, outline: &[u8], asked: Set) -> Set {
        let Some(OfLength { who, starts, .. }) = self.of_length(outline) else { return 0 };
        starts.iter().zip(outline).fold(asked & who, |left, (&start, &byte)| {
            left & digits_at(byte).fold(0, |any, byte| any | self.accepting(start, byte))
        })
    }

    /// What digits decide in values with this outline, of those among `asked`, whom any of them passes.
    pub(super) fn decided(&self, outline: &[u8], asked: Set) -> Decided {
        let Some(OfLength { sure, starts, .. }) = self.of_length(outline) else { return Decided::default() };
        let places = starts.iter().zip(outline).enumerate().filter_map(|(at, (&start, &byte))| {
            let mut by_digit = [0; 10];
            for (set, digit) in by_digit.iter_mut().zip(b'0'..) {
                *set = asked & self.accepting(start, digit);
            }
            (byte == b'0' && by_digit.iter().any(|set| *set != asked)).then_some((at, by_digit))
        });
        let mut places: Vec<_> = places.collect();
        // Those first that turn most away.
        places.sort_by_key(|(_, by_digit)| by_digit.iter().map(|set| set.count_ones()).sum::<u32>());
        Decided { asked, sure: *sure, places }
    }

    /// The length of the shortest value that any among `asked` may accept.
    pub(super) fn shortest(&self, asked: Set) -> Option<usize> {
        self.by_length.iter().position(|of_length| of_length.who & asked != 0)
    }
}

/// The bytes that may stand where an outline has `byte`.
fn digits_at(byte: u8) -> std::ops::RangeInclusive<u8> {
    byte..=if byte == b'0' { b'9' } else { byte }
}

/// Who accepts values of a length, and who accepts which of some bytes at each of its places.
fn of_length(shapes: &[&Shape], length: usize, bytes: &[u8]) -> (OfLength, Vec<Vec<Set>>) {
    let mut all = OfLength::default();
    let mut rows = vec![vec![0; bytes.len()]; length.min(PLACES)];
    for (member, places) in shapes.iter().enumerate().filter_map(|(at, shape)| Some((at, shape.places(length)?))) {
        all.who |= 1 << member;
        all.sure |= Set::from(places.exact) << member;
        for (row, accepted) in rows.iter_mut().zip(&places.bytes) {
            for (set, &byte) in row.iter_mut().zip(bytes) {
                *set |= Set::from(accepted.has(byte)) << member;
            }
        }
    }
    if all.who == 0 { (all, Vec::new()) } else { (all, rows) }
}

/// Numbers neighbouring bytes that no place tells apart alike; the first byte of each number.
fn numbers(shapes: &[&Shape]) -> ([u8; 256], Vec<u8>) {
    let mut turns = Bytes::default();
    shapes.iter().flat_map(|shape| shape.bytes()).for_each(|bytes| turns.extend(bytes.turns()));
    let (mut number_of, mut first) = ([0; 256], vec![0]);
    for (byte, number) in (0..=u8::MAX).zip(&mut number_of) {
        if byte > 0 && turns.has(byte) {
            first.push(byte);
        }
        *number = (first.len() - 1) as u8;
    }
    (number_of, first)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::Sieve;
    use crate::detect::normal::LONGEST_VALUE;
    use crate::detect::pattern::Pattern;

    const PATTERNS: [&str; 7] = [
        "[1-9][0-9]{16}[0-9X]",
        "(?:\\+?86)?1[3-9][0-9]{9}",
        "[京津沪][A-Z][A-HJ-NP-Z0-9]{5,6}",
        ".*[省市].*[0-9]{2,}.*",
        "[A-Z0-9._-]+@[A-Z0-9.-]+",
        "\\p{Han}{2,4}",
        "8986[0-9A-F]{15,16}|x{30,40}",
    ];

    static KNOWN: LazyLock<([Pattern; 7], Sieve)> = LazyLock::new(|| {
        let patterns = PATTERNS.map(|pattern| Pattern::new(pattern).unwrap());
        let sieve = Sieve::new(&patterns.each_ref().map(Pattern::shape));
        (patterns, sieve)
    });

    proptest! {
        #[test]
        fn no_match_is_turned_away((at, value) in (0..PATTERNS.len()).prop_flat_map(|at| (Just(at), PATTERNS[at]))) {
            let (patterns, sieve) = &*KNOWN;
            prop_assert!(patterns[at].matches(value.as_bytes()));
            prop_assert!(value.len() > LONGEST_VALUE || sieve.pass(value.as_bytes(), 1 << at).0 != 0, "{}", value);
        }
    }

    proptest! {
        #[test]
        fn who_is_sure_matches(
            (at, value) in (0..PATTERNS.len()).prop_flat_map(|at| (Just(at), PATTERNS[at])),
            place in any::<prop::sample::Index>(),
            byte in proptest::sample::select(b"0189XZ+A-.@x".to_vec()),
        ) {
            let (patterns, sieve) = &*KNOWN;
            let mut value = value.into_bytes();
            let place = place.index(value.len());
            value[place] = byte;
            let (left, sure) = sieve.pass(&value, 1 << at);
            prop_assert!(left & sure == 0 || patterns[at].matches(&value));
        }
    }

    #[test]
    fn turns_away_what_differs() {
        let sieve = &KNOWN.1;
        // Whatever is long enough may be an address or a mail address: their beginning says nothing.
        let telling = !(1 << 3 | 1 << 4);
        for (value, expected) in [
            ("11010519491231002X", 1),
            ("21010519491231002Y", 0),
            ("13912045716", 1 << 1),
            ("12912045716", 0),
            ("京A12345", 1 << 2),
            ("京I12345", 1 << 2),
            ("京112345", 0),
            ("王小明", 1 << 5),
            ("", 0),
        ] {
            assert_eq!(sieve.pass(value.as_bytes(), u64::MAX).0 & telling, expected, "{value}");
        }
    }
}
