//! Values that differ in nothing but their digits are looked at once, as far as no digit decides: columns of quantities,
//! times, places and remarks from forms have few outlines, and nothing with such an outline is anything that a detector looks
//! for.
//!
//! *Invariant*: a value is turned away by its outline only where no digits in their places would make it anything.

use super::route::Few;

/// Longer values have no outline.
const LONGEST: usize = 64;
/// So many outlines of a column are remembered, each in its place.
const SLOTS: usize = 64;
/// A column has many outlines where more of its values than one in so many have one that is not known, beside the first ones.
const VALUES_OF_AN_OUTLINE: u32 = 8;
const FIRST_OUTLINES: u32 = 32;
/// A byte of one in each of eight.
const ONES: u64 = 0x0101_0101_0101_0101;

/// What a value may be, by its outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// It says nothing.
    Blank,
    /// It is nothing that is looked for, and has nothing such inside.
    Nothing,
    /// The whole of it may be something, which its digits decide, and it has nothing inside.
    Whole(Few),
    /// Anything.
    Something,
}

/// A short value with each digit as `0`, in words of eight bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Outline {
    words: [u64; LONGEST / 8],
    length: usize,
}

impl Outline {
    fn of(value: &[u8]) -> Self {
        let mut outline = Self { words: [0; LONGEST / 8], length: value.len() };
        outline.words.iter_mut().zip(words(value)).for_each(|(place, word)| *place = word);
        outline
    }

    fn is_of(&self, value: &[u8]) -> bool {
        self.length == value.len() && words(value).zip(&self.words).all(|(word, known)| word == *known)
    }

    fn bytes(&self) -> [u8; LONGEST] {
        let mut bytes = [0; LONGEST];
        for (eight, word) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(self.words) {
            *eight = word.to_le_bytes();
        }
        bytes
    }
}

/// The words of a value's outline.
fn words(value: &[u8]) -> impl Iterator<Item = u64> {
    let (eights, rest) = value.as_chunks::<8>();
    let last = (!rest.is_empty()).then(|| last_word(value, rest));
    eights.iter().map(|eight| u64::from_le_bytes(*eight)).chain(last).map(without_digits)
}

/// The slot of a value's outline, by its length, its beginning and its end.
fn slot(value: &[u8]) -> usize {
    let (front, back) = match (value.first_chunk::<8>(), value.last_chunk::<8>()) {
        (Some(front), Some(back)) => (u64::from_le_bytes(*front), u64::from_le_bytes(*back)),
        _ => (last_word(value, value), 0),
    };
    let mixed = without_digits(front) ^ without_digits(back).rotate_left(29) ^ value.len() as u64;
    (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - SLOTS.ilog2())) as usize
}

/// The fewer than eight bytes that a value ends with, with zeros behind them.
fn last_word(value: &[u8], rest: &[u8]) -> u64 {
    if let Some(eight) = value.last_chunk::<8>() {
        // The eight bytes at the end, less those that the word before has.
        return u64::from_le_bytes(*eight) >> (8 * (8 - rest.len()));
    }
    match (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        (Some(front), Some(back)) => {
            let back = u64::from(u32::from_le_bytes(*back)) << (8 * (rest.len() - 4));
            u64::from(u32::from_le_bytes(*front)) | back
        }
        _ => rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// Eight bytes, each digit among them as `0`.
const fn without_digits(word: u64) -> u64 {
    const HIGH: u64 = ONES << 7;
    let low = word & !HIGH;
    let from_zero = low + ONES * (0x80 - b'0' as u64);
    let past_nine = low + ONES * (0x80 - b'9' as u64 - 1);
    let digits = from_zero & !past_nine & !word & HIGH;
    word & !((digits >> 7) * 0x0f)
}

/// What the latest outlines of a column were found to be.
#[derive(Debug, Default)]
pub(super) struct Outlines {
    slots: Vec<Option<(Outline, Worth)>>,
    asked: u32,
    judged: u32,
    /// Nearly each value has an outline of its own, so to judge by them costs more than to look.
    are_many: bool,
}

impl Outlines {
    /// What a value may be; where its outline is not known, `judge` says what one of such an outline may be.
    #[inline]
    pub(super) fn worth(&mut self, value: &[u8], judge: impl FnOnce(&[u8]) -> Worth) -> &Worth {
        const ANYTHING: &Worth = &Worth::Something;
        if self.are_many || value.len() > LONGEST {
            return ANYTHING;
        }
        self.asked = self.asked.saturating_add(1);
        let slot = slot(value);
        if !self.is_at(slot, value) {
            self.look_beside(slot, value, judge);
        }
        self.slots.get(slot).and_then(Option::as_ref).map_or(ANYTHING, |(_, worth)| worth)
    }

    fn is_at(&self, slot: usize, value: &[u8]) -> bool {
        matches!(self.slots.get(slot), Some(Some((known, _))) if known.is_of(value))
    }

    /// Brings an outline into its slot, from the one beside it where it was before, or new.
    fn look_beside(&mut self, slot: usize, value: &[u8], judge: impl FnOnce(&[u8]) -> Worth) {
        self.slots.resize(SLOTS, None);
        self.slots.swap(slot, slot ^ 1);
        if self.is_at(slot, value) {
            return;
        }
        self.judged += 1;
        self.are_many = self.judged > FIRST_OUTLINES + self.asked / VALUES_OF_AN_OUTLINE;
        let outline = Outline::of(value);
        let worth = outline.bytes().get(..value.len()).map_or(Worth::Something, judge);
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = Some((outline, worth));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{FIRST_OUTLINES, LONGEST, Outline, Outlines, Worth, slot};

    proptest! {
        #[test]
        fn an_outline_is_the_value_with_zeros_for_digits(value in proptest::collection::vec(any::<u8>(), 0..=LONGEST)) {
            let outline = Outline::of(&value);
            let expected: Vec<u8> =
                value.iter().map(|byte| if byte.is_ascii_digit() { b'0' } else { *byte }).collect();
            prop_assert_eq!(&outline.bytes()[..value.len()], &expected);
            prop_assert!(outline.bytes()[value.len()..].iter().all(|byte| *byte == 0));
            prop_assert!(outline.is_of(&value) && outline.is_of(&expected));
            prop_assert_eq!(slot(&value), slot(&expected));
        }
    }

    #[test]
    fn an_outline_is_judged_once() {
        let (mut outlines, mut asked) = (Outlines::default(), 0);
        for value in ["2026-01-02", "2025-11-30", "1999-12-31"] {
            let worth = outlines.worth(value.as_bytes(), |outline| {
                asked += 1;
                assert_eq!(outline, b"0000-00-00");
                Worth::Nothing
            });
            assert_eq!(worth, &Worth::Nothing);
        }
        assert_eq!(asked, 1);
    }

    #[test]
    fn a_column_of_many_outlines_is_not_judged_by_them() {
        let (mut outlines, mut asked) = (Outlines::default(), 0);
        for at in 0..1000 {
            let letters: String = (0..10).map(|bit| if at >> bit & 1 == 1 { 'x' } else { 'y' }).collect();
            outlines.worth(letters.as_bytes(), |_| {
                asked += 1;
                Worth::Nothing
            });
        }
        assert!((FIRST_OUTLINES..2 * FIRST_OUTLINES).contains(&asked), "{asked}");
        assert_eq!(outlines.worth(b"2026-01-02", |_| Worth::Nothing), &Worth::Something);
    }
}
