//! The unified social credit code, GB 32100-2015.

/// GB 32100-2015 table 2: the 31 characters; a character's place is its value.
const CHARACTERS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// What is none of them makes every sum as large as this.
const NO_PLACE: u32 = 1 << 16;

/// The place of each character among them.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse a wrong index")]
const PLACES: [u32; 256] = {
    let mut places = [NO_PLACE; 256];
    let mut at = 0;
    while at < CHARACTERS.len() {
        places[CHARACTERS[at] as usize] = at as u32;
        at += 1;
    }
    places
};

/// GB 32100-2015 table 3: 3 to the power of 0..16, modulo 31.
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// Whether the 18th character is the check character of the first 17, the first two are of a kind that the standard
/// knows, and an area code of six digits follows.
pub(super) fn uscc(value: &[u8]) -> bool {
    let [body @ .., last] = value else { return false };
    if body.len() != WEIGHTS.len() || !known_kind(body) {
        return false;
    }
    let place = |byte: u8| PLACES.get(usize::from(byte)).copied().unwrap_or(NO_PLACE);
    let sum = body.iter().zip(WEIGHTS).fold(0, |sum: u32, (&byte, weight)| sum.wrapping_add(place(byte) * weight));
    sum < NO_PLACE && CHARACTERS.get((31 - sum as usize % 31) % 31) == Some(last)
}

/// GB 32100-2015 table 1: the registering department, 1-9, A, N or Y with its later amendments, and an area code.
fn known_kind(body: &[u8]) -> bool {
    let [department, kind, area @ ..] = body else { return false };
    matches!(department, b'1'..=b'9' | b'A' | b'N' | b'Y')
        && matches!(kind, b'1'..=b'9' | b'A'..=b'H' | b'J'..=b'N' | b'P'..=b'R' | b'T' | b'U' | b'W'..=b'Y')
        && area.iter().take(6).all(u8::is_ascii_digit)
}
