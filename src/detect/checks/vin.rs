//! The vehicle identification number, GB 16735-2019 (ISO 3779).

/// ISO 3779 and 49 CFR 565.15 table III: the weight of each place; the check digit itself weighs nothing.
const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/// The most digits that a number ends with. The serial has six; more come from plant, year and model, but twelve leave
/// only a prefix of letters: that is an order number with a date in it.
const MOST_TRAILING_DIGITS: usize = 11;

/// Whether the ninth character is the check digit of the others. Numbers of vehicles for the Chinese and the North
/// American market hold it, others need not.
pub(super) fn vin(value: &[u8]) -> bool {
    if value.len() != WEIGHTS.len() {
        return false;
    }
    let sum = value.iter().zip(WEIGHTS).try_fold(0, |sum, (&byte, weight)| Some(sum + transliterated(byte)? * weight));
    let Some(sum) = sum else { return false };
    let expected = match sum % 11 {
        10 => b'X',
        remainder => b'0' + remainder as u8,
    };
    value.get(8) == Some(&expected)
}

/// Whether the number is built like one: 17 letters and digits without I, O and Q, letters in the maker's code or
/// right after it, the last four digits (ISO 3779 clause 4.4), and not a prefix of letters before a long serial.
pub(super) fn vin_shape(value: &[u8]) -> bool {
    if value.len() != WEIGHTS.len() || !value.iter().all(|&byte| transliterated(byte).is_some()) {
        return false;
    }
    let letters = value.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    let maker_has_letter = value.iter().take(3).any(u8::is_ascii_uppercase);
    let trailing_digits = value.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    letters >= 2 && maker_has_letter && (4..=MOST_TRAILING_DIGITS).contains(&trailing_digits)
}

/// ISO 3779: digits stand for themselves, letters for the digit of their column.
fn transliterated(byte: u8) -> Option<u32> {
    Some(match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'H' => u32::from(byte - b'A') + 1,
        b'J'..=b'N' => u32::from(byte - b'J') + 1,
        b'P' => 7,
        b'R' => 9,
        b'S'..=b'Z' => u32::from(byte - b'S') + 2,
        _ => return None,
    })
}
