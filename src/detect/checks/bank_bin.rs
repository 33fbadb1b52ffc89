//! Which numbers card schemes and Chinese banks issue, by prefix and length.

use super::digits::{all_digits, number_at};

/// Prefixes of domestic cards older than the 62 range, with the length of their numbers. As public tables of card
/// bins list them (`hexindai/bcbc`, `data/bin.csv`), without those that the schemes below include.
const OLD_DOMESTIC: &[(&[u8], usize)] = &[
    (b"103", 19),
    (b"18572", 18),
    (b"303", 16),
    (b"405512", 17),
    (b"436742", 19),
    (b"438588", 18),
    (b"438589", 18),
    (b"456351", 19),
    (b"601382", 19),
    (b"601427", 19),
    (b"601428", 17),
    (b"602907", 16),
    (b"602969", 16),
    (b"603265", 16),
    (b"603367", 18),
    (b"609120", 18),
    (b"6886592", 18),
    (b"69580", 18),
    (b"84301", 16),
    (b"84336", 16),
    (b"84342", 16),
    (b"84361", 16),
    (b"84373", 16),
    (b"84380", 16),
    (b"84385", 16),
    (b"84390", 16),
    (b"87000", 16),
    (b"87010", 16),
    (b"87030", 16),
    (b"87040", 16),
    (b"87050", 16),
    (b"90030", 16),
    (b"90592", 16),
    (b"9111", 19),
    (b"940030", 19),
    (b"940031", 17),
    (b"940032", 16),
    (b"940034", 17),
    (b"940035", 18),
    (b"940037", 18),
    (b"940038", 16),
    (b"940039", 16),
    (b"940046", 19),
    (b"940068", 17),
    (b"955100", 19),
    (b"95555", 16),
    (b"95588", 19),
    (b"95595", 19),
    (b"95596", 19),
    (b"95597", 19),
    (b"95598", 19),
    (b"95599", 19),
    (b"966666", 18),
    (b"96828", 16),
    (b"968807", 16),
    (b"968808", 16),
    (b"968809", 16),
    (b"984301", 16),
    (b"984303", 16),
    (b"9896", 16),
    (b"998800", 16),
    (b"998801", 16),
    (b"998802", 16),
];

/// The first three digits of those prefixes.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse a wrong index")]
const OLD_STARTS: [bool; 1000] = {
    let mut starts = [false; 1000];
    let mut at = 0;
    while at < OLD_DOMESTIC.len() {
        let prefix = OLD_DOMESTIC[at].0;
        let (a, b, c) = (prefix[0] - b'0', prefix[1] - b'0', prefix[2] - b'0');
        starts[a as usize * 100 + b as usize * 10 + c as usize] = true;
        at += 1;
    }
    starts
};

/// Whether prefix and length are those of a bank card: China `UnionPay` 62, the older domestic ranges, Visa 4,
/// Mastercard 51-55 and 2221-2720, American Express 34 and 37, JCB 3528-3589.
pub(super) fn bank_bin(value: &[u8]) -> bool {
    if !all_digits(value) {
        return false;
    }
    let first_four = number_at(value, 0, 4).unwrap_or_default();
    let scheme = match value.len() {
        15 => matches!(first_four, 3400..=3499 | 3700..=3799),
        16 => matches!(first_four, 2221..=2720 | 3528..=3589 | 4000..=4999 | 5100..=5599 | 6200..=6299),
        17..=19 => matches!(first_four, 6200..=6299),
        _ => false,
    };
    let is_old = || OLD_STARTS.get(first_four as usize / 10).is_some_and(|starts| *starts);
    scheme
        || is_old() && OLD_DOMESTIC.iter().any(|(prefix, length)| value.len() == *length && value.starts_with(prefix))
}
