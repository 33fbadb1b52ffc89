//! What a pattern can have at each place of a value of each length: enough to turn nearly every value away that does not
//! match, without running the pattern.

use regex_syntax::hir::{Class, Hir, HirKind, Repetition};
use regex_syntax::utf8::{Utf8Sequence, Utf8Sequences};

use super::normal::LONGEST_VALUE;

/// So many places from the beginning are told apart; what differs only behind them is left to the pattern.
pub(super) const PLACES: usize = 24;

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

    fn extend(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(mine, other)| *mine |= other);
    }

    pub(super) fn has(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte >> 6)).is_some_and(|word| word >> (byte & 63) & 1 == 1)
    }
}

/// The bytes at the first places of values of one length.
type Places = Vec<Bytes>;

/// What a pattern can match, by the length of the value. Every match is within it; not everything within it is a match.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    by_length: Vec<Option<Places>>,
}

impl Shape {
    /// The shape of a pattern.
    pub(super) fn new(hir: &Hir) -> Self {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Self::empty(),
            HirKind::Literal(literal) => literal.0.iter().fold(Self::empty(), |shape, &byte| {
                let mut bytes = Bytes::default();
                bytes.add(byte, byte);
                shape.then(&Self::of(vec![bytes]))
            }),
            HirKind::Class(class) => Self::of_class(class),
            HirKind::Repetition(repetition) => Self::of_repetition(repetition),
            HirKind::Capture(capture) => Self::new(&capture.sub),
            HirKind::Concat(parts) => {
                parts.iter().fold(Self::empty(), |shape, part| shape.then(&Self::new(part)))
            }
            HirKind::Alternation(parts) => parts.iter().fold(Self::default(), |mut shape, part| {
                shape.extend(&Self::new(part));
                shape
            }),
        }
    }

    /// The bytes at the first places of a value of this length; `None` where no match is that long.
    pub(super) fn places(&self, length: usize) -> Option<&[Bytes]> {
        self.by_length.get(length)?.as_deref()
    }

    fn empty() -> Self {
        Self::of(Vec::new())
    }

    fn of(places: Places) -> Self {
        let mut shape = Self::default();
        shape.add(places.len(), &places, &[]);
        shape
    }

    /// Adds values of `length` that have `front` and then `back` at their first places.
    fn add(&mut self, length: usize, front: &[Bytes], back: &[Bytes]) {
        if self.by_length.len() <= length {
            self.by_length.resize(length + 1, None);
        }
        let Some(slot) = self.by_length.get_mut(length) else { return };
        let places = slot.get_or_insert_with(|| vec![Bytes::default(); length.min(PLACES)]);
        places.iter_mut().zip(front.iter().chain(back)).for_each(|(mine, other)| mine.extend(*other));
    }

    fn extend(&mut self, other: &Self) {
        for (length, places) in other.lengths() {
            self.add(length, places, &[]);
        }
    }

    fn lengths(&self) -> impl Iterator<Item = (usize, &[Bytes])> {
        self.by_length.iter().enumerate().filter_map(|(length, places)| Some((length, places.as_deref()?)))
    }

    /// This, with the other right behind it.
    fn then(&self, other: &Self) -> Self {
        let mut both = Self::default();
        for (front_length, front) in self.lengths() {
            for (back_length, back) in other.lengths() {
                if front_length + back_length <= LONGEST_VALUE {
                    both.add(front_length + back_length, front, back);
                }
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
                shape.add(1, &[bytes], &[]);
            }
            Class::Unicode(class) => {
                for sequence in class.iter().flat_map(|range| Utf8Sequences::new(range.start(), range.end())) {
                    let places = of_sequence(&sequence);
                    shape.add(places.len(), &places, &[]);
                }
            }
        }
        shape
    }

    fn of_repetition(repetition: &Repetition) -> Self {
        let once = Self::new(&repetition.sub);
        let most = repetition.max.map_or(LONGEST_VALUE, |max| max as usize).min(LONGEST_VALUE);
        let (mut all, mut repeated) = (Self::default(), Self::empty());
        for times in 0..=most {
            if times >= repetition.min as usize {
                all.extend(&repeated);
            }
            if times < most {
                repeated = repeated.then(&once);
                if repeated.by_length.is_empty() {
                    break;
                }
            }
        }
        all
    }
}

fn of_sequence(sequence: &Utf8Sequence) -> Places {
    let bytes = sequence.as_slice().iter().map(|range| {
        let mut bytes = Bytes::default();
        bytes.add(range.start, range.end);
        bytes
    });
    bytes.collect()
}

#[cfg(test)]
mod tests {
    use super::{PLACES, Shape};

    fn admits(pattern: &str, value: &str) -> bool {
        let shape = Shape::new(&regex_syntax::parse(pattern).unwrap());
        shape.places(value.len()).is_some_and(|places| {
            assert_eq!(places.len(), value.len().min(PLACES));
            places.iter().zip(value.bytes()).all(|(bytes, byte)| bytes.has(byte))
        })
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
