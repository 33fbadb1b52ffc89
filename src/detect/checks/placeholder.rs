//! Numbers and addresses that somebody typed to fill a field.

use crate::model::IdentifierKind;

/// How many equal or running digits at the end give a number away.
const TAIL: usize = 8;

/// Whether it could be somebody's number: not one character throughout, not counting up or down, and the last eight
/// digits neither all equal nor a run.
pub(in crate::detect) fn not_placeholder(value: &[u8]) -> bool {
    let tail = value.len().checked_sub(TAIL).and_then(|from| value.get(from..));
    // What is a run throughout ends with one.
    let ends_with_run = tail.is_none_or(is_run);
    !ends_with_run || !(is_run(value) || tail.is_some_and(|tail| tail.iter().all(u8::is_ascii_digit)))
}

/// Parts of e-mail addresses before the `@` that stand for nobody.
const NO_MAILBOXES: [&[u8]; 27] = [
    b"test",
    b"test1",
    b"test123",
    b"testing",
    b"none",
    b"null",
    b"nil",
    b"na",
    b"n/a",
    b"no",
    b"nomail",
    b"noemail",
    b"no-email",
    b"noreply",
    b"no-reply",
    b"donotreply",
    b"unknown",
    b"example",
    b"abc",
    b"abc123",
    b"asdf",
    b"qwerty",
    b"xxx",
    b"123",
    b"1234",
    b"12345",
    b"123456",
];

/// Whether an identifier in its canonical spelling is a filler, which many use and which therefore identifies nobody.
///
/// Numbers that somebody issues (`11111111`) may be somebody's, whatever they look like; only zeros are not. A mobile like
/// `13800138000` is an example of its operator's.
pub(in crate::detect) fn is_filler(kind: IdentifierKind, value: &[u8]) -> bool {
    match kind {
        IdentifierKind::Email => {
            let local = value.split(|byte| *byte == b'@').next().unwrap_or_default();
            let is_one_character = local.iter().all(|byte| Some(byte) == local.first());
            is_one_character || NO_MAILBOXES.iter().any(|filler| filler.eq_ignore_ascii_case(local))
        }
        IdentifierKind::Mobile => !not_placeholder(value) || is_example(value),
        IdentifierKind::Account => value.len() > 1 && value.iter().all(|byte| *byte == b'0'),
        IdentifierKind::Pseudonym
        | IdentifierKind::VehiclePseudonym
        | IdentifierKind::Masked
        | IdentifierKind::NameBirth
        | IdentifierKind::Name => false,
        _ => !not_placeholder(value),
    }
}

/// Whether a mobile is three digits and two zeros, and the same three and zeros again.
fn is_example(mobile: &[u8]) -> bool {
    let prefix = mobile.get(..3);
    prefix.is_some() && mobile.get(5..8) == prefix && mobile.get(3..5) == Some(b"00") && mobile.get(8..) == Some(b"000")
}

/// Whether the digits count up or down throughout, round from 9 to 0, or all characters are the same.
fn is_run(value: &[u8]) -> bool {
    let are_digits = |left: u8, right: u8| left.is_ascii_digit() && right.is_ascii_digit();
    let step = match value {
        [left, right, ..] if are_digits(*left, *right) => (right + 10 - left) % 10,
        [left, right, ..] if left == right => 0,
        _ => return false,
    };
    // Most numbers are told by their first two digits.
    matches!(step, 0 | 1 | 9)
        && value.iter().zip(value.iter().skip(1)).all(|(&left, &right)| {
            if are_digits(left, right) { (left - b'0' + step) % 10 == right - b'0' } else { step == 0 && left == right }
        })
}

#[cfg(test)]
mod tests {
    use super::is_filler;
    use crate::model::IdentifierKind::{self, Account, BankCard, Email, Mobile, Passport, Plate, ResidentId, Vin};

    #[test]
    fn fillers_are_told_from_identifiers() {
        let fillers: [(IdentifierKind, &[&str]); 6] = [
            (Mobile, &["13800000000", "13800138000", "18600186000", "13912345678", "13888888888", "11111111111"]),
            (ResidentId, &["111111111111111111", "123456789012345678", "000000000000000000", "110101199011111111"]),
            (Email, &["test@test.com", "TEST@qq.com", "none@none.cn", "a@a.com", "xxx@163.com", "123456@qq.com"]),
            (BankCard, &["6222000000000000", "1234567890123456"]),
            (Vin, &["11111111111111111", "00000000000000000"]),
            (Account, &["00", "00000000"]),
        ];
        for (kind, values) in fillers {
            for value in values {
                assert!(is_filler(kind, value.as_bytes()), "{value}");
            }
        }
        let others: [(IdentifierKind, &[&str]); 6] = [
            (Mobile, &["13912045716", "13800238000", "13800138001"]),
            (ResidentId, &["11010519491231002X"]),
            (Email, &["tester@demo.cn", "wangwei@test.com", "zhang.123@qq.com", "1234567@qq.com"]),
            (Passport, &["E10406070"]),
            (Plate, &["京A88888", "京A12345"]),
            (Account, &["0", "1", "11111111", "12345678"]),
        ];
        for (kind, values) in others {
            for value in values {
                assert!(!is_filler(kind, value.as_bytes()), "{value}");
            }
        }
    }
}
