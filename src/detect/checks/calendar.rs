//! Dates of the Gregorian calendar.

use super::digits::number_at;

/// Whether the day exists.
pub(super) fn is_date(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// The first and last year of birth that a number in use today can carry: registers were digitised with the living
/// and the dead in them, and GB 11643 itself has a sample of 1880.
const BIRTH_YEARS: std::ops::RangeInclusive<u32> = 1850..=2100;

/// Whether `YYYYMMDD` stands at `from`, with a year in which a holder can be born.
pub(super) fn birth_date_at(value: &[u8], from: usize) -> bool {
    let year = number_at(value, from, from + 4).filter(|year| BIRTH_YEARS.contains(year));
    let month = number_at(value, from + 4, from + 6);
    let day = number_at(value, from + 6, from + 8);
    matches!((year, month, day), (Some(year), Some(month), Some(day)) if is_date(year, month, day))
}

/// Whether `YYMMDD` of the 20th century stands at `from`.
pub(super) fn short_birth_date_at(value: &[u8], from: usize) -> bool {
    let year = number_at(value, from, from + 2);
    let month = number_at(value, from + 2, from + 4);
    let day = number_at(value, from + 4, from + 6);
    matches!((year, month, day), (Some(year), Some(month), Some(day)) if is_date(1900 + year, month, day))
}
