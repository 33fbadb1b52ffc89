//! The one spelling under which an identifier is counted, however it was written.

use std::fmt::Write as _;

use super::checks::digits::number_at;
use super::checks::gb11643::check_character;
use super::checks::masked::write_masked;
use super::eight::may_have_lower;
use crate::model::IdentifierKind;

/// The digits of a mobile number of the mainland.
const MOBILE_DIGITS: usize = 11;

/// The canonical spelling of an identifier in its normal form: that form itself, or in `buffer` where it is another.
///
/// - resident ID: 15 digits become 18 (`19` before the year, check character behind, GB 11643-1999);
/// - travel permit: the holder part, without the two digits of the renewal (9 characters for Hong Kong and Macao, 8 for
///   Taiwan);
/// - mobile: without `+86`, `0086` or `86`;
/// - e-mail: lower case; a digest in base64: as it is; a masked number: `*` for whatever hides; everything else: upper
///   case.
pub(super) fn canonical<'c>(kind: IdentifierKind, normal: &'c [u8], buffer: &'c mut Vec<u8>) -> &'c [u8] {
    let out = &mut *buffer;
    out.clear();
    match kind {
        IdentifierKind::ResidentId if normal.len() == 15 => write_resident_18(normal, out),
        IdentifierKind::TravelPermit => return holder_part(normal),
        IdentifierKind::Mobile if normal.len() > MOBILE_DIGITS => {
            let digits = normal.iter().copied().filter(u8::is_ascii_digit);
            let skipped = digits.clone().count().saturating_sub(MOBILE_DIGITS);
            out.extend(digits.skip(skipped));
        }
        IdentifierKind::Email => out.extend(normal.iter().map(u8::to_ascii_lowercase)),
        IdentifierKind::Masked => write_masked(normal, out),
        IdentifierKind::Pseudonym | IdentifierKind::VehiclePseudonym if !normal.iter().all(u8::is_ascii_hexdigit) => {
            return normal;
        }
        _ => {}
    }
    if out.is_empty() {
        // `S`, `123` and `123.0` name the same account when a column was read as numbers.
        let whole = normal.strip_suffix(b".0").unwrap_or(normal);
        if !may_have_lower(whole) || !whole.iter().any(u8::is_ascii_lowercase) {
            return whole;
        }
        out.extend(whole.iter().map(u8::to_ascii_uppercase));
    }
    buffer
}

fn write_resident_18(normal: &[u8], out: &mut Vec<u8>) {
    let (area, rest) = normal.split_at_checked(6).unwrap_or((normal, &[]));
    out.extend_from_slice(area);
    out.extend_from_slice(b"19");
    out.extend_from_slice(rest);
    let check = check_character(out);
    out.extend(check);
}

fn holder_part(normal: &[u8]) -> &[u8] {
    let length = if normal.first().is_some_and(u8::is_ascii_alphabetic) { 9 } else { 8 };
    normal.get(..length).unwrap_or(normal)
}

/// Adds the normal form of a name to `out`: lower case, one blank between words, none between Chinese characters, and
/// what stands behind a comma in front (`Aguilar, Cesar`).
pub(super) fn write_name(text: &[u8], out: &mut String) {
    let text = String::from_utf8_lossy(text).to_lowercase();
    let (family, given) = text.split_once(',').unwrap_or((&text, ""));
    let mut last = None;
    for word in given.split_whitespace().chain(family.split_whitespace()) {
        if last.is_some_and(|last| !(is_chinese(last) && is_chinese(word))) {
            out.push(' ');
        }
        out.push_str(word);
        last = Some(word);
    }
}

/// Whether the name is of Chinese characters, which are written without blanks and family name first.
pub(super) fn is_chinese(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'))
}

/// Adds a birth date to `out`: `YYYYMMDD` where it begins with the year, and as it is otherwise.
pub(super) fn write_birth_date(text: &[u8], out: &mut String) {
    let text = String::from_utf8_lossy(text.trim_ascii()).to_lowercase();
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(year), Some(month), Some(day)) if year.len() == 4 && !day.is_empty() => {
            // Writing to a string cannot fail.
            let _ = write!(out, "{year}{month:0>2}{day:0>2}");
        }
        _ => out.push_str(&text),
    }
}

/// The day of birth in a resident ID, residence permit or 2023 foreigner card, as the number `YYYYMMDD`.
pub(super) fn birth_date(kind: IdentifierKind, canonical: &[u8]) -> Option<u32> {
    let card =
        matches!(kind, IdentifierKind::ResidentId | IdentifierKind::ResidencePermit | IdentifierKind::ForeignResidence);
    if !card || canonical.len() != 18 {
        return None;
    }
    number_at(canonical, 6, 14)
}

#[cfg(test)]
mod tests {
    use super::canonical;
    use crate::model::IdentifierKind as Kind;

    #[test]
    fn one_spelling_each() {
        let cases = [
            (Kind::ResidentId, "110105491231002", "11010519491231002X"),
            (Kind::ResidentId, "11010519491231002x", "11010519491231002X"),
            (Kind::TravelPermit, "H1234567801", "H12345678"),
            (Kind::TravelPermit, "1234567801", "12345678"),
            (Kind::Mobile, "+8613812345678", "13812345678"),
            (Kind::Mobile, "13812345678", "13812345678"),
            (Kind::Email, "A.B@Example.COM", "a.b@example.com"),
            (Kind::Plate, "京a12345", "京A12345"),
            (Kind::Account, "10006.0", "10006"),
            (Kind::Masked, "138xxxx5678", "138****5678"),
            (Kind::Pseudonym, "e10adc39", "E10ADC39"),
            (Kind::Pseudonym, "4QrcOUm6Wau+VuBX8g+IPg==", "4QrcOUm6Wau+VuBX8g+IPg=="),
        ];
        for (kind, normal, expected) in cases {
            let mut out = Vec::new();
            let spelled = canonical(kind, normal.as_bytes(), &mut out);
            assert_eq!(std::str::from_utf8(spelled).unwrap(), expected);
        }
    }

    #[test]
    fn one_spelling_for_each_birth_date() {
        let cases = [
            ("1990-01-02", "19900102"),
            ("1990/1/2", "19900102"),
            ("1990年1月2日", "19900102"),
            ("1990-01-02T00:00:00Z", "19900102"),
            ("19900102", "19900102"),
            ("2.1.1990", "2.1.1990"),
            ("1990-01", "1990-01"),
        ];
        for (text, expected) in cases {
            let mut out = String::new();
            super::write_birth_date(text.as_bytes(), &mut out);
            assert_eq!(out, expected);
        }
    }
}
