//! Values that differ in nothing but their digits are looked at once, as far as no digit decides: columns of quantities,
//! times and places have few outlines, and nothing with such an outline is anything that a detector looks for.
//!
//! *Invariant*: a value is turned away by its outline only where no digits in their places would make it anything.

use super::route::Few;

/// Longer values have no outline.
const LONGEST: usize = 32;
/// So many outlines of a column are remembered, each in its place.
const SLOTS: usize = 16;
/// A byte of one in each of eight.
const ONES: u64 = 0x0101_0101_0101_0101;

/// What a value may be, by its outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// A short value of ASCII with each digit as `0`, in words of eight bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Outline {
    words: [u64; LONGEST / 8],
    length: u8,
}

impl Outline {
    fn of(value: &[u8]) -> Option<Self> {
        if value.len() > LONGEST || !value.is_ascii() {
            return None;
        }
        let (mut words, (eights, rest)) = ([0; LONGEST / 8], value.as_chunks::<8>());
        for (word, eight) in words.iter_mut().zip(eights) {
            *word = without_digits(u64::from_le_bytes(*eight));
        }
        if let Some(word) = words.get_mut(eights.len()).filter(|_| !rest.is_empty()) {
            *word = without_digits(last_word(value, rest));
        }
        Some(Self { words, length: value.len() as u8 })
    }

    fn slot(&self) -> usize {
        let [a, b, c, d] = self.words;
        let mixed = a ^ b.rotate_left(11) ^ c.rotate_left(23) ^ d.rotate_left(37) ^ u64::from(self.length);
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - SLOTS.ilog2())) as usize
    }

    fn bytes(&self) -> [u8; LONGEST] {
        let mut bytes = [0; LONGEST];
        for (eight, word) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(self.words) {
            *eight = word.to_le_bytes();
        }
        bytes
    }
}

/// The fewer than eight bytes that a value ends with, with zeros behind them.
fn last_word(value: &[u8], rest: &[u8]) -> u64 {
    match value.last_chunk::<8>() {
        // The eight bytes at the end, less those that the word before has.
        Some(eight) => u64::from_le_bytes(*eight) >> (8 * (8 - rest.len())),
        None => rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
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
#[derive(Clone, Debug, Default)]
pub(super) struct Outlines {
    slots: Vec<Option<(Outline, Worth)>>,
}

impl Outlines {
    /// What a value may be; where its outline is not known, `judge` says what one of such an outline may be. Beyond ASCII an
    /// outline says little, and there are many.
    pub(super) fn worth(&mut self, value: &[u8], judge: impl FnOnce(&[u8]) -> Worth) -> Worth {
        let Some(outline) = Outline::of(value) else { return Worth::Something };
        self.slots.resize(SLOTS, None);
        let Some(slot) = self.slots.get_mut(outline.slot()) else { return Worth::Something };
        match slot {
            Some((known, worth)) if *known == outline => *worth,
            _ => {
                let worth = outline.bytes().get(..value.len()).map_or(Worth::Something, judge);
                *slot = Some((outline, worth));
                worth
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Outline, Outlines, Worth};

    proptest! {
        #[test]
        fn an_outline_is_the_value_with_zeros_for_digits(value in proptest::collection::vec(0_u8..=0x7f, 0..40)) {
            let outline = Outline::of(&value);
            prop_assert_eq!(outline.is_some(), value.len() <= 32);
            let expected: Vec<u8> =
                value.iter().map(|byte| if byte.is_ascii_digit() { b'0' } else { *byte }).collect();
            if let Some(outline) = outline {
                prop_assert_eq!(&outline.bytes()[..value.len()], expected);
                prop_assert!(outline.bytes()[value.len()..].iter().all(|byte| *byte == 0));
            }
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
            assert_eq!(worth, Worth::Nothing);
        }
        assert_eq!(asked, 1);
    }
}
