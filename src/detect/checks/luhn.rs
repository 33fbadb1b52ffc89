//! The Luhn check digit, ISO/IEC 7812-1 annex B.

/// Whether the last digit is the Luhn check digit of the others. One random number in ten passes.
pub(super) fn luhn(value: &[u8]) -> bool {
    if value.len() < 2 {
        return false;
    }
    let (sum, largest, _) = value.iter().rev().fold((0_u32, 0, false), |(sum, largest, doubles), &byte| {
        let digit = u32::from(byte.wrapping_sub(b'0'));
        let doubled = digit.wrapping_mul(2);
        let twice = if doubled > 9 { doubled.wrapping_sub(9) } else { doubled };
        (sum.wrapping_add(if doubles { twice } else { digit }), digit.max(largest), !doubles)
    });
    largest < 10 && sum.is_multiple_of(10)
}
