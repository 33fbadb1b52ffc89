//! The foreign permanent resident identity card of 2017 and of 2023.

use super::calendar::short_birth_date_at;
use super::country::is_country;
use super::digits::{digit, number_at};
use super::gb11643::{birth_date_18, gb11643, is_province};

/// Whether it is a number of 2017: nationality (three letters), area (four digits), birth (six), one of sequence, and
/// a check digit with the weights 7, 3, 1 of machine-readable travel documents (ICAO Doc 9303-3, 4.9).
pub(super) fn foreign_2017(value: &[u8]) -> bool {
    let [body @ .., last] = value else { return false };
    if body.len() != 14 || !number_at(value, 3, 5).is_some_and(is_province) || !short_birth_date_at(value, 7) {
        return false;
    }
    let sum =
        body.iter().zip([7, 3, 1].into_iter().cycle()).enumerate().try_fold(0, |sum, (place, (&byte, weight))| {
            let value = if place < 3 { letter(byte)? } else { digit(byte)? };
            Some(sum + value * weight)
        });
    sum.is_some_and(|sum| digit(*last) == Some(sum % 10))
}

/// Whether it is a number of 2023: 9, the province, the nationality (ISO 3166-1 numeric), and then as GB 11643.
pub(super) fn foreign_2023(value: &[u8]) -> bool {
    value.first() == Some(&b'9')
        && number_at(value, 1, 3).is_some_and(is_province)
        && number_at(value, 3, 6).is_some_and(is_country)
        && birth_date_18(value)
        && gb11643(value)
}

fn letter(byte: u8) -> Option<u32> {
    byte.is_ascii_uppercase().then(|| u32::from(byte - b'A') + 10)
}
