//! Values that differ in nothing but their digits are looked at once, as far as no digit decides: columns of quantities,
//! times, places and remarks from forms have few outlines, and nothing with such an outline is anything that a detector looks
//! for.
//!
//! *Invariant*: a value is turned away by its outline only where no digits in their places would make it anything.

use super::eight::{without_digits, word};
use super::route::Few;

/// Longer values have no outline.
const LONGEST: usize = 64;
/// So many outlines of a column are remembered, each in its place.
const SLOTS: usize = 64;
/// A column has many outlines where more of its values than one in so many have one that is not known, beside the first ones.
const VALUES_OF_AN_OUTLINE: u32 = 8;
const FIRST_OUTLINES: u32 = 32;

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

/// The length of a value, and its first and last eight bytes with each digit as `0`; of a shorter one, all of it as the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ends {
    length: usize,
    front: u64,
    back: u64,
}

impl Ends {
    #[inline]
    fn of(value: &[u8]) -> Self {
        let back = value.last_chunk::<8>().map_or(0, |back| u64::from_le_bytes(*back));
        Self { length: value.len(), front: without_digits(word(value)), back: without_digits(back) }
    }

    fn slot(self) -> usize {
        let mixed = self.front ^ self.back.rotate_left(29) ^ self.length as u64;
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - SLOTS.ilog2())) as usize
    }
}

/// A short value with each digit as `0`.
#[derive(Clone, Copy, Debug)]
struct Outline {
    ends: Ends,
    /// What is between the ends, and perhaps some of the last one, in words of eight bytes.
    between: [u64; LONGEST / 8],
}

impl Outline {
    fn of(value: &[u8]) -> Self {
        let mut between = [0; LONGEST / 8];
        for (word, eight) in between.iter_mut().zip(between_ends(value)) {
            *word = without_digits(u64::from_le_bytes(*eight));
        }
        Self { ends: Ends::of(value), between }
    }

    /// Whether it is that of a value with these ends.
    #[inline]
    fn is_of(&self, ends: Ends, value: &[u8]) -> bool {
        let is_it = |(eight, word): (&[u8; 8], &u64)| without_digits(u64::from_le_bytes(*eight)) == *word;
        self.ends == ends && (value.len() <= 16 || between_ends(value).iter().zip(&self.between).all(is_it))
    }
}

/// A text with each digit as `0`.
pub(super) fn outline(text: &[u8]) -> Vec<u8> {
    text.iter().map(|byte| if byte.is_ascii_digit() { b'0' } else { *byte }).collect()
}

fn between_ends(value: &[u8]) -> &[[u8; 8]] {
    value.get(8..).unwrap_or_default().as_chunks::<8>().0
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
        let ends = Ends::of(value);
        let slot = ends.slot();
        if !self.is_at(slot, ends, value) {
            self.look_beside(slot, ends, value, judge);
        }
        self.slots.get(slot).and_then(Option::as_ref).map_or(ANYTHING, |(_, worth)| worth)
    }

    #[inline]
    fn is_at(&self, slot: usize, ends: Ends, value: &[u8]) -> bool {
        matches!(self.slots.get(slot), Some(Some((known, _))) if known.is_of(ends, value))
    }

    /// Brings an outline into its slot, from the one beside it where it was before, or new.
    #[inline(never)]
    fn look_beside(&mut self, slot: usize, ends: Ends, value: &[u8], judge: impl FnOnce(&[u8]) -> Worth) {
        self.slots.resize(SLOTS, None);
        self.slots.swap(slot, slot ^ 1);
        if self.is_at(slot, ends, value) {
            return;
        }
        self.judged += 1;
        self.are_many = self.judged > FIRST_OUTLINES + self.asked / VALUES_OF_AN_OUTLINE;
        let worth = judge(&outline(value));
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = Some((Outline::of(value), worth));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Ends, FIRST_OUTLINES, LONGEST, Outline, Outlines, Worth};

    proptest! {
        #[test]
        fn an_outline_is_that_of_values_that_differ_in_digits(
            value in proptest::collection::vec(prop_oneof![any::<u8>(), b'0'..=b'9'], 0..=LONGEST),
            at in any::<prop::sample::Index>(),
            byte in any::<u8>(),
        ) {
            let outline = Outline::of(&value);
            let zeros = super::outline(&value);
            prop_assert!(outline.is_of(Ends::of(&zeros), &zeros));
            let mut other = value.clone();
            if let Some(place) = other.get_mut(at.index(value.len().max(1))) {
                let is_same = *place == byte || place.is_ascii_digit() && byte.is_ascii_digit();
                *place = byte;
                prop_assert_eq!(outline.is_of(Ends::of(&other), &other), is_same);
            }
            other.push(byte);
            prop_assert!(!outline.is_of(Ends::of(&other), &other));
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
