//! The citizen identity number, GB 11643-1999, and its predecessor of 15 digits.

use super::calendar::{birth_date_at, short_birth_date_at};
use super::digits::{number_at, weighted_sum};

/// GB 11643-1999 table 1: 2 to the power of 17..1, modulo 11.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// GB 11643-1999 table 2: the check character for each remainder.
const CHECK_CHARACTERS: &[u8; 11] = b"10X98765432";

/// The check character of 17 digits (ISO 7064 MOD 11-2); `None` for anything else.
pub(in crate::detect) fn check_character(body: &[u8]) -> Option<u8> {
    if body.len() != WEIGHTS.len() {
        return None;
    }
    weighted_sum(body, &WEIGHTS).and_then(|sum| CHECK_CHARACTERS.get(sum as usize % 11)).copied()
}

/// Whether the 18th character is the check character of the first 17 digits (ISO 7064 MOD 11-2).
pub(super) fn gb11643(value: &[u8]) -> bool {
    let [body @ .., last] = value else { return false };
    check_character(body).is_some_and(|expected| expected == last.to_ascii_uppercase())
}

/// Whether characters 7 to 14 of 18 are a date of birth.
pub(super) fn birth_date_18(value: &[u8]) -> bool {
    value.len() == 18 && birth_date_at(value, 6)
}

/// Whether characters 7 to 12 of 15 are a date of birth; the century was always the 20th.
pub(super) fn birth_date_15(value: &[u8]) -> bool {
    value.len() == 15 && short_birth_date_at(value, 6)
}

/// Whether the number begins with the code of a province of the mainland or of Taiwan, and, as far as it goes on, with
/// one of a city or prefecture as GB/T 2260 builds them.
///
/// Counties are not tested: tables of them miss codes that are really in use. 81, 82, 83 are residence permits, and 9
/// the foreigner's card of 2023.
pub(super) fn resident_area(value: &[u8]) -> bool {
    let province = number_at(value, 0, 2);
    province.is_some_and(is_province)
        && number_at(value, 2, 4).is_none_or(|prefecture| match province {
            // Municipalities have districts (01), counties (02), and in Chongqing cities (03).
            Some(11 | 12 | 31 | 50) => prefecture <= 3,
            // 01-20 and 51-70 are cities, 21-50 prefectures, 90 is what the province governs itself.
            _ => prefecture <= 70 || prefecture == 90,
        })
}

/// Whether the number begins with 810000, 820000 or 830000, as residence permits of Hong Kong, Macao and Taiwan
/// residents do (State Council measures of 2018, art. 7).
pub(super) fn permit_area(value: &[u8]) -> bool {
    matches!(number_at(value, 0, 6), Some(810_000 | 820_000 | 830_000))
}

/// GB/T 2260: the provinces that issue resident identity cards.
pub(super) fn is_province(code: u32) -> bool {
    matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71)
}
