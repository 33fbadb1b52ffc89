//! The organisation code, GB 11714-1997.

use super::digits::digit;

/// GB 11714-1997 clause 3.
const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Whether the ninth character is the check character of the first eight letters and digits.
pub(super) fn organisation_code(value: &[u8]) -> bool {
    let [body @ .., last] = value else { return false };
    if body.len() != WEIGHTS.len() {
        return false;
    }
    let sum = body.iter().zip(WEIGHTS).try_fold(0, |sum, (&byte, weight)| Some(sum + character(byte)? * weight));
    sum.is_some_and(|sum| match 11 - sum % 11 {
        10 => *last == b'X',
        11 => *last == b'0',
        check => digit(*last) == Some(check),
    })
}

fn character(byte: u8) -> Option<u32> {
    if byte.is_ascii_uppercase() { Some(u32::from(byte - b'A') + 10) } else { digit(byte) }
}
