//! What stands for a value that was hashed or encrypted.

/// Bytes of MD5 and SM4 or AES blocks (16), SHA-1 (20), SHA-224 (28), SHA-256 and SM3 (32), SHA-384 (48), SHA-512 (64).
/// Ciphers fill further blocks of 16.
const fn is_length(bytes: usize) -> bool {
    matches!(bytes, 20 | 28) || bytes.is_multiple_of(16) && 16 <= bytes && bytes <= LONGEST
}

/// An RSA block of 1024 bits.
const LONGEST: usize = 128;

/// MD5 is also written by its middle half.
const HALF_MD5: usize = 16;

/// Whether it is a digest or cipher text, in hexadecimal or base64: as long as one, and neither a number nor a word.
pub(in crate::detect) fn digest(value: &[u8]) -> bool {
    is_hexadecimal(value) || is_base64(value)
}

fn is_hexadecimal(value: &[u8]) -> bool {
    let has = |test: fn(&u8) -> bool| value.iter().any(test);
    (value.len() == HALF_MD5 || value.len().is_multiple_of(2) && is_length(value.len() / 2))
        && value.iter().all(u8::is_ascii_hexdigit)
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_alphabetic)
}

/// RFC 4648 clauses 4 and 5, with or without padding.
fn is_base64(value: &[u8]) -> bool {
    let padding = value.iter().rev().take_while(|byte| **byte == b'=').count();
    let body = value.get(..value.len() - padding).unwrap_or_default();
    let is_whole = if padding == 0 { body.len() % 4 != 1 } else { padding < 3 && value.len().is_multiple_of(4) };
    let has = |test: fn(&u8) -> bool| body.iter().any(test);
    is_whole
        && is_length(body.len() * 3 / 4)
        && body.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte))
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
}
