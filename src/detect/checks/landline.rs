//! Landline numbers.

use super::digits::{all_digits, number, number_at};

/// Whether an area code in use is followed by seven or eight digits. The value has no separators; a country code may
/// stand before it, in place of the zero. What follows the digits is an extension, and the pattern's business.
pub(super) fn landline_area(value: &[u8]) -> bool {
    let digits = value.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
    let value = value.get(..=digits).unwrap_or_default();
    let local = [&b"+86"[..], b"0086", b"86"].into_iter().find_map(|code| value.strip_prefix(code)).unwrap_or(value);
    let national = local.strip_prefix(b"0").unwrap_or(local);
    if !all_digits(national) || (national.len() == value.len()) {
        return false;
    }
    match national {
        [b'1', b'0', rest @ ..] => rest.len() == 8 && is_subscriber(rest),
        [b'2', second, rest @ ..] => *second != b'6' && rest.len() == 8 && is_subscriber(rest),
        [_, _, _, rest @ ..] => {
            matches!(rest.len(), 7 | 8) && number_at(national, 0, 3).is_some_and(is_area) && is_subscriber(rest)
        }
        _ => false,
    }
}

/// Subscriber numbers begin with 2 to 8; 1 is for services, 9 for hotlines, 0 for the trunk.
fn is_subscriber(digits: &[u8]) -> bool {
    number(digits.get(..1).unwrap_or_default()).is_some_and(|first| (2..=8).contains(&first))
}

/// The area codes of three digits, without the zero (MIIT numbering plan; codes given up since are kept, for numbers
/// in old data).
fn is_area(code: u32) -> bool {
    matches!(code,
        310..=319 | 335 | 349..=359 | 370..=379 | 391..=396 | 398
        | 410..=419 | 421 | 427 | 429 | 431..=440 | 451..=459 | 464 | 467..=479 | 482 | 483
        | 510..=520 | 523 | 527 | 530..=539 | 543 | 546 | 550..=559 | 561..=566 | 570..=580 | 591..=599
        | 631..=635 | 660 | 662 | 663 | 668 | 691 | 692
        | 701 | 710..=719 | 722 | 724 | 728 | 730..=739 | 743..=746 | 750..=760 | 762 | 763 | 766 | 768..=779 | 790..=799
        | 810 | 812..=814 | 816..=818 | 825..=827 | 830..=839 | 851..=859 | 870..=879 | 881 | 883 | 886..=888 | 890..=899
        | 901..=903 | 906 | 908 | 909 | 911..=917 | 919 | 930..=939 | 941 | 943 | 951..=955 | 970..=977 | 979 | 990..=999)
}
