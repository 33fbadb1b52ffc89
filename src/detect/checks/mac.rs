//! Hardware addresses of network adapters, IEEE 802.

/// Whether twelve hexadecimal digits stand between separators, not all the same: zeros are an adapter that has no
/// address, and `F` throughout is the broadcast.
pub(super) fn mac(value: &[u8]) -> bool {
    let digits = || value.iter().filter(|byte| byte.is_ascii_hexdigit());
    digits().count() == 12 && digits().any(|digit| Some(digit) != value.first())
}
