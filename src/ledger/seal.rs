//! Hashes and seals: what shows that a file of a ledger is as it was written.

use crate::key::Seal;

/// The purpose of the seals of records.
pub(super) const RECORDS: &str = "exportscan 2026 records of ledgers";

/// The purpose of the seals of heads.
pub(super) const HEADS: &str = "exportscan 2026 heads of ledgers";

/// The seal of `text` for a purpose, in lower-case hexadecimal digits.
pub(super) fn seal(key: &Seal, purpose: &str, text: &str) -> String {
    let mut code = key.begin(purpose);
    code.update(text.as_bytes());
    blake3::Hash::from_bytes(code.code()).to_hex().to_string()
}

/// Whether `seal` is that of `text` for a purpose, digit for digit, in a time that tells nothing.
pub(super) fn fits(key: &Seal, purpose: &str, text: &str, seal: &str) -> bool {
    let mut code = key.begin(purpose);
    code.update(text.as_bytes());
    blake3::Hash::from_hex(seal).is_ok_and(|given| code.is(*given.as_bytes()) && given.to_hex().as_str() == seal)
}

/// The hash of a whole file, in lower-case hexadecimal digits.
pub(super) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// The hash of a file that may be larger than memory, and its size in bytes.
pub(super) fn hash_file(path: &std::path::Path) -> std::io::Result<(String, u64)> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(path)?)?;
    Ok((hasher.finalize().to_hex().to_string(), hasher.count()))
}
