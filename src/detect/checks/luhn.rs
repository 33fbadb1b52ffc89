//! The Luhn check digit, ISO/IEC 7812-1 annex B.

/// What is no digit makes every sum as large as this.
const NO_DIGIT: u32 = 1 << 16;

/// What each character adds to the sum: a digit itself.
const ONCE: [u32; 256] = table(false);
/// And every second one doubled, less 9 where that has two digits.
const TWICE: [u32; 256] = table(true);

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse a wrong index")]
const fn table(doubles: bool) -> [u32; 256] {
    let mut table = [NO_DIGIT; 256];
    let mut digit = 0;
    while digit < 10 {
        let doubled = 2 * digit;
        let twice = if doubled > 9 { doubled - 9 } else { doubled };
        table[b'0' as usize + digit] = if doubles { twice } else { digit } as u32;
        digit += 1;
    }
    table
}

/// Whether the last digit is the Luhn check digit of the others. One random number in ten passes.
pub(super) fn luhn(value: &[u8]) -> bool {
    let of = |table: &[u32; 256], byte: u8| table.get(usize::from(byte)).copied().unwrap_or(NO_DIGIT);
    let (first, pairs) = value.as_rchunks::<2>();
    let first = first.iter().fold(0, |sum, byte| of(&ONCE, *byte) + sum);
    let sum = pairs
        .iter()
        .fold(first, |sum: u32, [left, right]| sum.wrapping_add(of(&TWICE, *left)).wrapping_add(of(&ONCE, *right)));
    value.len() >= 2 && sum < NO_DIGIT && sum.is_multiple_of(10)
}
