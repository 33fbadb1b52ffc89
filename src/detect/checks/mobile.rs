//! Mobile numbers: the ranges given to people, and those given to machines.

use super::digits::{all_digits, number_at};

/// Digits of a national mobile number.
const LENGTH: usize = 11;

/// Whether the last eleven digits begin with a range of the public mobile networks (MIIT numbering plan, ranges as of
/// 2022). A country code before them is the pattern's business.
pub(super) fn mobile_prefix(value: &[u8]) -> bool {
    let Some(national) = value.len().checked_sub(LENGTH).and_then(|from| value.get(from..)) else { return false };
    all_digits(national)
        && number_at(national, 0, 3).is_some_and(|range| {
            matches!(range,
                130..=139 | 145 | 147 | 149 | 150..=153 | 155..=159 | 162 | 165..=167 | 170..=179 | 180..=189
                | 190..=193 | 195..=199)
        })
}

/// Whether it is the number of a machine: 13 digits in 1410, 1440, 1441, 146 or 148 (MIIT, Internet of Things).
pub(super) fn iot_number(value: &[u8]) -> bool {
    value.len() == 13
        && all_digits(value)
        && number_at(value, 0, 4).is_some_and(|range| matches!(range, 1410 | 1440 | 1441 | 1460..=1469 | 1480..=1489))
}
