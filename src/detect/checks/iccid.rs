//! The number of a SIM card, ITU-T E.118.

/// Whether it is 19 or 20 characters of a Chinese card: 89 for telecommunications, 86 for China. Operators use a
/// letter for the province in places, and not all hold to the check digit.
pub(super) fn iccid(value: &[u8]) -> bool {
    matches!(value.len(), 19 | 20)
        && value.starts_with(b"8986")
        && value.iter().all(u8::is_ascii_alphanumeric)
        && value.iter().filter(|byte| byte.is_ascii_digit()).count() >= 17
}
