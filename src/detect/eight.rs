//! Up to eight bytes looked at together, as one word.

/// A byte of one in each of eight.
const ONES: u64 = 0x0101_0101_0101_0101;

/// At most eight bytes, with zeros behind them.
#[inline]
pub(super) fn word(bytes: &[u8]) -> u64 {
    if let Some(eight) = bytes.first_chunk::<8>() {
        return u64::from_le_bytes(*eight);
    }
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(front), Some(back)) => {
            let back = u64::from(u32::from_le_bytes(*back)) << (8 * (bytes.len() - 4));
            u64::from(u32::from_le_bytes(*front)) | back
        }
        _ => bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// Eight bytes, each digit among them as `0`.
#[inline]
pub(super) const fn without_digits(word: u64) -> u64 {
    const HIGH: u64 = ONES << 7;
    let low = word & !HIGH;
    let from_zero = low + ONES * (0x80 - b'0' as u64);
    let past_nine = low + ONES * (0x80 - b'9' as u64 - 1);
    let digits = from_zero & !past_nine & !word & HIGH;
    word & !((digits >> 7) * 0x0f)
}

/// Whether all of eight bytes are digits.
#[inline]
pub(super) const fn are_digits(word: u64) -> bool {
    const ZEROS: u64 = ONES * b'0' as u64;
    const UPPER: u64 = ONES * 0xf0;
    // Six more are a carry from the byte behind `9` on.
    word & UPPER == ZEROS && word.wrapping_add(ONES * 6) & UPPER == ZEROS
}

/// Whether any byte of a text may be a small letter of ASCII. Bytes beyond ASCII look like one.
pub(super) fn may_have_lower(text: &[u8]) -> bool {
    // Of those bytes the bits of 0x40 and of 0x20 are set, of digits and capitals one of them is.
    let both = |word: u64| word & word << 1 & (ONES << 6) != 0;
    let (eights, rest) = text.as_chunks::<8>();
    eights.iter().any(|eight| both(u64::from_le_bytes(*eight))) || both(word(rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{are_digits, may_have_lower, without_digits, word};

    fn bytes(
        of: impl Strategy<Value = u8>,
        n: impl Into<prop::collection::SizeRange>,
    ) -> impl Strategy<Value = Vec<u8>> {
        proptest::collection::vec(of, n)
    }

    proptest! {
        #[test]
        fn a_word_has_its_bytes(bytes in bytes(any::<u8>(), 0..=8)) {
            let mut padded = bytes.clone();
            padded.resize(8, 0);
            prop_assert_eq!(word(&bytes).to_le_bytes().to_vec(), padded);
        }

        #[test]
        fn digits_become_zeros(bytes in bytes(prop_oneof![any::<u8>(), b'.'..=b':'], 8)) {
            let zeros: Vec<u8> = bytes.iter().map(|byte| if byte.is_ascii_digit() { b'0' } else { *byte }).collect();
            prop_assert_eq!(without_digits(word(&bytes)), word(&zeros));
        }

        #[test]
        fn small_letters_are_not_missed(bytes in bytes(any::<u8>(), 0..20)) {
            prop_assert!(may_have_lower(&bytes) || !bytes.iter().any(u8::is_ascii_lowercase));
            let plain: Vec<u8> = bytes.iter().map(|byte| b'0' + byte % 43).collect();
            prop_assert!(!may_have_lower(&plain));
        }

        #[test]
        fn digits_are_known(
            mut bytes in bytes(b'0'..=b'9', 8),
            at in 0_usize..8,
            byte in prop_oneof![any::<u8>(), b'.'..=b':', b'0'..=b'9'],
        ) {
            bytes[at] = byte;
            prop_assert_eq!(are_digits(word(&bytes)), byte.is_ascii_digit());
        }
    }
}
