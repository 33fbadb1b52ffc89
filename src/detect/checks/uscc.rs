//! The unified social credit code, GB 32100-2015.

/// GB 32100-2015 table 2: the 31 characters; a character's place is its value.
const CHARACTERS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The place of each character among them; of any other, none of theirs.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse a wrong index")]
const PLACES: [usize; 256] = {
    let mut places = [CHARACTERS.len(); 256];
    let mut at = 0;
    while at < CHARACTERS.len() {
        places[CHARACTERS[at] as usize] = at;
        at += 1;
    }
    places
};

/// GB 32100-2015 table 3: 3 to the power of 0..16, modulo 31.
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// Whether the 18th character is the check character of the first 17, the first two are of a kind that the standard
/// knows, and an area code of six digits follows.
pub(super) fn uscc(value: &[u8]) -> bool {
    let [body @ .., last] = value else { return false };
    if body.len() != WEIGHTS.len() || !known_kind(body) {
        return false;
    }
    let sum = body.iter().zip(WEIGHTS).try_fold(0, |sum, (&byte, weight)| Some(sum + place(byte)? * weight));
    sum.and_then(|sum| CHARACTERS.get((31 - sum % 31) % 31)).is_some_and(|expected| expected == last)
}

fn place(byte: u8) -> Option<usize> {
    PLACES.get(usize::from(byte)).copied().filter(|place| *place < CHARACTERS.len())
}

/// GB 32100-2015 table 1: the registering department, 1-9, A, N or Y with its later amendments, and an area code.
fn known_kind(body: &[u8]) -> bool {
    let [department, kind, area @ ..] = body else { return false };
    matches!(department, b'1'..=b'9' | b'A' | b'N' | b'Y')
        && matches!(kind, b'1'..=b'9' | b'A'..=b'H' | b'J'..=b'N' | b'P'..=b'R' | b'T' | b'U' | b'W'..=b'Y')
        && area.iter().take(6).all(u8::is_ascii_digit)
}
