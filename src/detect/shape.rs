//! What a pattern can have at each place of a value of each length: enough to turn nearly every value away that does not
//! match, without running the pattern.

use regex_syntax::hir::{Class, Hir, HirKind, Repetition};
use regex_syntax::utf8::{Utf8Sequence, Utf8Sequences};

use super::normal::LONGEST_VALUE;

/// So many places from the beginning are told apart; what differs only behind them is left to the pattern.
pub(super) const PLACES: usize = 24;

/// Values of so many bytes and of more are not told apart by their length. They have more than [`PLACES`], so none of them is
/// exact.
pub(super) const LONG: usize = PLACES + 9;

/// What comes again more often than this is not told apart by how often it came.
const FEW_TIMES: usize = 8;

/// A set of bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bytes([u64; 4]);

impl Bytes {
    fn add(&mut self, first: u8, last: u8) {
        for byte in first..=last {
            if let Some(word) = self.0.get_mut(usize::from(byte >> 6)) {
                *word |= 1 << (byte & 63);
            }
        }
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(mine, other)| *mine |= other);
    }

    fn has_all(self, other: Self) -> bool {
        self.0.iter().zip(other.0).all(|(mine, other)| other & !mine == 0)
    }

    /// The bytes at which the set begins or ends: those before which there are others of it, or none.
    pub(super) fn turns(self) -> Self {
        let mut before = 0;
        Self(self.0.map(|word| {
            let shifted = word << 1 | before;
            before = word >> 63;
            word ^ shifted
        }))
    }

    pub(super) fn has(self, byte: u8) -> bool {
        self.0.get(usize::from(byte >> 6)).is_some_and(|word| word >> (byte & 63) & 1 == 1)
    }
}

/// The values of one length.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// The bytes at the first places.
    pub(super) bytes: Vec<Bytes>,
    /// Whether every value that has such bytes at its places is a match.
    pub(super) exact: bool,
}

/// What a pattern can match, by the length of the value. Every match is within it; not everything within it is a match.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    by_length: Vec<Option<Places>>,
}

impl Shape {
    /// The shape of a pattern.
    pub(super) fn new(hir: &Hir) -> Self {
        match hir.kind() {
            HirKind::Empty => Self::empty(),
            HirKind::Look(_) => Self::of_look(),
            HirKind::Literal(literal) => literal.0.iter().fold(Self::empty(), |shape, &byte| {
                let mut bytes = Bytes::default();
                bytes.add(byte, byte);
                shape.then(&Self::of(&[bytes], true))
            }),
            HirKind::Class(class) => Self::of_class(class),
            HirKind::Repetition(repetition) => Self::of_repetition(repetition),
            HirKind::Capture(capture) => Self::new(&capture.sub),
            HirKind::Concat(parts) => parts.iter().fold(Self::empty(), |shape, part| shape.then(&Self::new(part))),
            HirKind::Alternation(parts) => parts.iter().fold(Self::default(), |mut shape, part| {
                shape.extend(&Self::new(part));
                shape
            }),
        }
    }

    /// The bytes at the first places of a value of this length; `None` where no match is that long.
    pub(super) fn places(&self, length: usize) -> Option<&Places> {
        self.by_length.get(length.min(LONG))?.as_ref()
    }

    /// Whether `value` is a match, as far as its places say.
    pub(super) fn says(&self, value: &[u8]) -> Option<bool> {
        if value.len() > LONGEST_VALUE {
            return None;
        }
        let Some(places) = self.places(value.len()) else { return Some(false) };
        let fits = places.bytes.iter().zip(value).all(|(bytes, &byte)| bytes.has(byte));
        if fits && !places.exact { None } else { Some(fits) }
    }

    /// Every set of bytes that stands at some place.
    pub(super) fn bytes(&self) -> impl Iterator<Item = Bytes> {
        self.lengths().flat_map(|(_, places)| places.bytes.iter().copied())
    }

    fn empty() -> Self {
        Self::of(&[], true)
    }

    /// What looks around takes no place, and asks for more than places tell.
    fn of_look() -> Self {
        Self::of(&[], false)
    }

    /// Values with one of such bytes at each place.
    fn of(bytes: &[Bytes], exact: bool) -> Self {
        let mut shape = Self::default();
        shape.add(bytes.len(), bytes.iter().copied(), exact);
        shape
    }

    /// Adds values of a length.
    fn add(&mut self, length: usize, bytes: impl Iterator<Item = Bytes> + Clone, exact: bool) {
        let length = length.min(LONG);
        if self.by_length.len() <= length {
            self.by_length.resize(length + 1, None);
        }
        match self.by_length.get_mut(length) {
            Some(Some(known)) => known.extend(bytes, exact),
            Some(slot) => *slot = Some(Places { bytes: bytes.collect(), exact }),
            None => {}
        }
    }

    fn extend(&mut self, other: &Self) {
        for (length, places) in other.lengths() {
            self.add(length, places.bytes.iter().copied(), places.exact);
        }
    }

    fn lengths(&self) -> impl Iterator<Item = (usize, &Places)> {
        self.by_length.iter().enumerate().filter_map(|(length, places)| Some((length, places.as_ref()?)))
    }

    /// This, with the other right behind it.
    fn then(&self, other: &Self) -> Self {
        let mut both = Self::default();
        for (front_length, front) in self.lengths() {
            for (back_length, back) in other.lengths() {
                let bytes = front.bytes.iter().chain(&back.bytes).copied().take(PLACES);
                let is_cut = front.bytes.len() + back.bytes.len() > PLACES;
                both.add(front_length + back_length, bytes, front.exact && back.exact && !is_cut);
            }
        }
        both
    }

    fn of_class(class: &Class) -> Self {
        let mut shape = Self::default();
        match class {
            Class::Bytes(class) => {
                let mut bytes = Bytes::default();
                class.iter().for_each(|range| bytes.add(range.start(), range.end()));
                shape.add(1, std::iter::once(bytes), true);
            }
            Class::Unicode(class) => {
                for sequence in class.iter().flat_map(|range| Utf8Sequences::new(range.start(), range.end())) {
                    shape.add(sequence.len(), places_of(&sequence), true);
                }
            }
        }
        shape
    }

    fn of_repetition(repetition: &Repetition) -> Self {
        let once = Self::new(&repetition.sub);
        let least = repetition.min as usize;
        let most = repetition.max.map_or(LONGEST_VALUE, |max| max as usize).min(LONGEST_VALUE);
        let is_one_byte = once.by_length.len() == 2 && once.places(0).is_none();
        if is_one_byte || most - least.min(most) > FEW_TIMES {
            return once.many_times(least, most, is_one_byte);
        }
        let (mut all, mut repeated) = (Self::default(), Self::empty());
        for times in 0..=most {
            if times >= least {
                all.extend(&repeated);
            }
            if times < most {
                repeated = repeated.then(&once);
            }
        }
        all
    }

    /// This again and again, as if any byte of it might stand at any place: where it is of one byte, that is so.
    fn many_times(&self, least: usize, most: usize, is_one_byte: bool) -> Self {
        let mut any = Bytes::default();
        self.bytes().for_each(|bytes| any.extend(bytes));
        let lengths = || self.lengths().map(|(length, _)| length);
        let (shortest, longest) = (lengths().min().unwrap_or(0), lengths().max().unwrap_or(0));
        let exact = is_one_byte && self.lengths().all(|(_, places)| places.exact);
        let mut all = Self::default();
        for length in (least * shortest).min(LONG)..=(most * longest).min(LONG) {
            all.add(length, std::iter::repeat_n(any, length.min(PLACES)), exact && length <= PLACES);
        }
        all
    }
}

impl Places {
    /// Adds other values of the same length.
    fn extend(&mut self, others: impl Iterator<Item = Bytes> + Clone, exact: bool) {
        if self.exact || exact {
            let pairs = || self.bytes.iter().zip(others.clone());
            let differing = pairs().filter(|(mine, other)| *mine != other).count();
            let (within, around) =
                (pairs().all(|(mine, other)| mine.has_all(other)), pairs().all(|(a, b)| b.has_all(*a)));
            // Two boxes make one where they differ in one place only, or where one lies in the other.
            self.exact = match (within, around) {
                (true, _) if self.exact => true,
                (_, true) if exact => true,
                _ => self.exact && exact && differing <= 1,
            };
        }
        self.bytes.iter_mut().zip(others).for_each(|(mine, other)| mine.extend(other));
    }
}

/// The bytes at each place of a sequence.
fn places_of(sequence: &Utf8Sequence) -> impl Iterator<Item = Bytes> + Clone {
    sequence.as_slice().iter().map(|range| {
        let mut bytes = Bytes::default();
        bytes.add(range.start, range.end);
        bytes
    })
}

#[cfg(test)]
mod tests {
    use super::{PLACES, Shape};

    fn admits(pattern: &str, value: &str) -> bool {
        let shape = Shape::new(&regex_syntax::parse(pattern).unwrap());
        shape.places(value.len()).is_some_and(|places| {
            assert_eq!(places.bytes.len(), value.len().min(PLACES));
            places.bytes.iter().zip(value.bytes()).all(|(bytes, byte)| bytes.has(byte))
        })
    }

    #[test]
    fn knows_where_places_are_all_there_is() {
        let cases = [
            ("[0-9]{17}[0-9X]", 18, true),
            ("(?:86)?1[3-9][0-9]{9}", 13, true),
            ("[A-Z]{0,3}[0-9]{5,9}", 5, true),
            ("[A-Z]{0,3}[0-9]{5,9}", 7, false),
            ("ab|cd", 2, false),
            ("ab|cb", 2, true),
            ("a[0-9]|[a-z][0-9a-f]", 2, true),
            ("[0-9]{24}", 24, true),
            ("[0-9]{25}", 25, false),
            ("京[A-Z]", 4, true),
            ("[京津][A-Z]", 4, false),
            ("a.*", 9, false),
            (r"[a-z]\b[a-z]", 2, false),
        ];
        for (pattern, length, exact) in cases {
            let shape = Shape::new(&regex_syntax::parse(pattern).unwrap());
            assert_eq!(shape.places(length).map(|places| places.exact), Some(exact), "{pattern} {length}");
        }
    }

    #[test]
    fn knows_what_stands_where() {
        let cases = [
            ("[0-9]{17}[0-9X]", "11010519491231002X", true),
            ("[0-9]{17}[0-9X]", "1101051949123100XX", false),
            ("[0-9]{17}[0-9X]", "1101051949123100", false),
            ("[京津沪][A-Z][0-9]{5,6}", "京A12345", true),
            ("[京津沪][A-Z][0-9]{5,6}", "京112345", false),
            ("(?:86)?1[3-9][0-9]{9}", "8613912045716", true),
            ("(?:86)?1[3-9][0-9]{9}", "8513912045716", false),
            (".*[市区].*", "北京市", true),
            ("a|", "", true),
            ("a+b?", "aaab", true),
            ("a+b?", "baab", false),
        ];
        for (pattern, value, expected) in cases {
            assert_eq!(admits(pattern, value), expected, "{pattern} {value}");
        }
    }
}
