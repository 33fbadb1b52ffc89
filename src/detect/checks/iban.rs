//! International bank account numbers.

/// Whether country, two check digits and account add up modulo 97 (ISO 13616-1, ISO 7064 MOD 97-10).
pub(super) fn iban(value: &[u8]) -> bool {
    let Some((head, account)) = value.split_at_checked(4) else { return false };
    let [first, second, digits @ ..] = head else { return false };
    if !(11..=30).contains(&account.len())
        || !first.is_ascii_uppercase()
        || !second.is_ascii_uppercase()
        || !digits.iter().all(u8::is_ascii_digit)
    {
        return false;
    }
    let remainder = account.iter().chain(head).try_fold(0u32, |remainder, &byte| match byte {
        b'0'..=b'9' => Some((remainder * 10 + u32::from(byte - b'0')) % 97),
        b'A'..=b'Z' => Some((remainder * 100 + u32::from(byte - b'A') + 10) % 97),
        _ => None,
    });
    remainder == Some(1)
}
