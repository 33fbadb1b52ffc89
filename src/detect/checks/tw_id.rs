//! The national identification number of Taiwan residents.

use super::digits::weighted_sum;

/// The two-digit value of each letter A..Z; they follow the order in which the counties were given theirs.
const LETTERS: [u32; 26] =
    [10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33];

/// Whether a letter, the sex (1, 2; 8, 9 for foreigners since 2021) and eight digits add up modulo 10.
pub(super) fn tw_id(value: &[u8]) -> bool {
    let [letter, digits @ ..] = value else { return false };
    if digits.len() != 9 || !matches!(digits.first(), Some(b'1' | b'2' | b'8' | b'9')) {
        return false;
    }
    let Some(code) = letter.checked_sub(b'A').and_then(|place| LETTERS.get(usize::from(place))) else { return false };
    weighted_sum(digits, &[8, 7, 6, 5, 4, 3, 2, 1, 1]).is_some_and(|sum| (code / 10 + code % 10 * 9 + sum) % 10 == 0)
}
