//! The Luhn check digit, ISO/IEC 7812-1 annex B.

use super::digits::digit;

/// Whether the last digit is the Luhn check digit of the others. One random number in ten passes.
pub(super) fn luhn(value: &[u8]) -> bool {
    if value.len() < 2 {
        return false;
    }
    let sum = value.iter().rev().enumerate().try_fold(0, |sum, (place, &byte)| {
        let digit = digit(byte)?;
        let doubled = if place % 2 == 1 { digit * 2 } else { digit };
        Some(sum + if doubled > 9 { doubled - 9 } else { doubled })
    });
    sum.is_some_and(|sum| sum % 10 == 0)
}
