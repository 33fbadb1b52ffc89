//! The identity of a mobile device, 3GPP TS 23.003 clause 6.

use super::digits::number_at;
use super::luhn::luhn;

/// Whether it is fifteen digits with a Luhn check digit, after the code of a body that allocates them (GSMA TS.06).
pub(super) fn imei(value: &[u8]) -> bool {
    value.len() == 15
        && matches!(number_at(value, 0, 2), Some(1 | 10 | 30 | 33 | 35 | 44 | 45 | 49..=54 | 86 | 91 | 98 | 99))
        && luhn(value)
}
