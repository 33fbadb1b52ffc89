//! The Hong Kong identity card number.

use super::digits::{digit, weighted_sum};

/// The value of the blank that stands before a single letter.
const BLANK: u32 = 36;

/// Whether one or two letters, six digits and a check character (0-9, A) add up modulo 11 (Hong Kong Immigration
/// Department; weights 9 to 2, letters count from A = 10).
pub(super) fn hk_id(value: &[u8]) -> bool {
    let (first, second, rest) = match value {
        [first, second, rest @ ..] if second.is_ascii_uppercase() => (letter(*first), letter(*second), rest),
        [first, rest @ ..] => (Some(BLANK), letter(*first), rest),
        [] => return false,
    };
    let (Some(first), Some(second), [digits @ .., last]) = (first, second, rest) else { return false };
    if digits.len() != 6 {
        return false;
    }
    let check = if *last == b'A' { Some(10) } else { digit(*last) };
    match (weighted_sum(digits, &[7, 6, 5, 4, 3, 2]), check) {
        (Some(sum), Some(check)) => (first * 9 + second * 8 + sum + check) % 11 == 0,
        _ => false,
    }
}

fn letter(byte: u8) -> Option<u32> {
    byte.is_ascii_uppercase().then(|| u32::from(byte - b'A') + 10)
}
