//! Reads decimal digits out of bytes.

/// The value of one ASCII digit.
pub(super) fn digit(byte: u8) -> Option<u32> {
    byte.is_ascii_digit().then(|| u32::from(byte - b'0'))
}

/// The number that up to nine ASCII digits spell; `None` for anything else.
pub(super) fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0, |sum, &byte| Some(sum * 10 + digit(byte)?))
}

/// The number at `from..to` of `value`.
pub(in crate::detect) fn number_at(value: &[u8], from: usize, to: usize) -> Option<u32> {
    number(value.get(from..to)?)
}

/// Whether every byte is a digit and there is one.
pub(super) fn all_digits(value: &[u8]) -> bool {
    !value.is_empty() && value.iter().all(u8::is_ascii_digit)
}

/// The sum of digits times weights; `None` when a byte is no digit. Stops at the shorter of the two.
pub(super) fn weighted_sum(digits: &[u8], weights: &[u32]) -> Option<u32> {
    // Without a branch for each digit: nearly all values that come here have nothing else.
    let (sum, largest) = digits.iter().zip(weights).fold((0_u32, 0), |(sum, largest), (&byte, &weight)| {
        let digit = u32::from(byte.wrapping_sub(b'0'));
        (sum.wrapping_add(digit.wrapping_mul(weight)), digit.max(largest))
    });
    (largest < 10).then_some(sum)
}
