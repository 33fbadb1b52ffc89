//! The one spelling under which an identifier is counted, however it was written.

use super::checks::gb11643::check_character;
use crate::model::IdentifierKind;

/// Writes the canonical spelling of an identifier in its normal form into `out`.
///
/// - resident ID: 15 digits become 18 (`19` before the year, check character behind, GB 11643-1999);
/// - travel permit: the holder part, without the two digits of the renewal (9 characters for Hong Kong and Macao, 8 for
///   Taiwan);
/// - mobile: without `+86`, `0086` or `86`;
/// - e-mail and account: lower case; everything else: upper case.
pub(super) fn write_canonical(kind: IdentifierKind, normal: &[u8], out: &mut Vec<u8>) {
    out.clear();
    match kind {
        IdentifierKind::ResidentId if normal.len() == 15 => write_resident_18(normal, out),
        IdentifierKind::TravelPermit => out.extend_from_slice(holder_part(normal)),
        IdentifierKind::Mobile => {
            let digits = normal.iter().copied().filter(u8::is_ascii_digit);
            let skipped = digits.clone().count().saturating_sub(11);
            out.extend(digits.skip(skipped));
        }
        IdentifierKind::Email => out.extend(normal.iter().map(u8::to_ascii_lowercase)),
        _ => {}
    }
    if out.is_empty() {
        // `S`, `123` and `123.0` name the same account when a column was read as numbers.
        let whole = normal.strip_suffix(b".0").unwrap_or(normal);
        out.extend(whole.iter().map(u8::to_ascii_uppercase));
    }
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

/// The day of birth in a resident ID, residence permit or 2023 foreigner card, as the number `YYYYMMDD`.
pub(super) fn birth_date(kind: IdentifierKind, canonical: &[u8]) -> Option<u32> {
    let card =
        matches!(kind, IdentifierKind::ResidentId | IdentifierKind::ResidencePermit | IdentifierKind::ForeignResidence);
    if !card || canonical.len() != 18 {
        return None;
    }
    std::str::from_utf8(canonical.get(6..14)?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::write_canonical;
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
        ];
        for (kind, normal, expected) in cases {
            let mut out = Vec::new();
            write_canonical(kind, normal.as_bytes(), &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
