//! Signing keys (Ed25519): what shows an auditor who does not hold the ledger's key that a record is the exporter's.

use std::fmt;
use std::path::Path;

use ed25519_dalek::{Signer as _, VerifyingKey};
use serde::{Deserialize, Serialize};

use super::LedgerError;

/// Tells a signature of a record from one of anything else made with the same key.
const CONTEXT: &[u8] = b"exportscan.ledger.record/1\n";

/// What the line of a signing key begins with.
const SECRET_TAG: &str = "exportscan-signing-key-1";

/// What the line of a public key begins with.
const PUBLIC_TAG: &str = "exportscan-public-key-1";

/// What signs records. Its file is one line: a tag, 32 bytes, and a short check so that a mistyped one is refused.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key of a secret.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(secret))
    }

    /// The text of its file.
    pub fn to_text(&self) -> String {
        line(SECRET_TAG, self.0.as_bytes())
    }

    /// Reads its file.
    pub fn read(path: &Path) -> Result<Self, LedgerError> {
        read(path, SECRET_TAG, "signing key", "the one that `exportscan ledger key new` wrote")
            .map(|key| Self::new(&key))
    }

    /// The half that everybody may know.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    pub(super) fn sign(&self, text: &[u8]) -> String {
        hex(&self.0.sign(&[CONTEXT, text].concat()).to_bytes())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(..)")
    }
}

/// What checks signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// The text of its file.
    pub fn to_text(self) -> String {
        line(PUBLIC_TAG, &self.0)
    }

    /// Reads its file.
    pub fn read(path: &Path) -> Result<Self, LedgerError> {
        read(path, PUBLIC_TAG, "public key", "the file that ends in `.pub`").map(Self)
    }

    /// Whether it has signed `text` so. A signature that fits two keys or two texts is none.
    pub(super) fn has_signed(self, text: &[u8], signature: &str) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&self.0) else { return false };
        let Some(signature) = unhex::<64>(signature) else { return false };
        let signature = ed25519_dalek::Signature::from_bytes(&signature);
        key.verify_strict(&[CONTEXT, text].concat(), &signature).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl Serialize for PublicKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex(&self.0))
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        unhex(&text).map(Self).ok_or_else(|| serde::de::Error::custom("not a public key"))
    }
}

fn line(tag: &str, key: &[u8; 32]) -> String {
    format!("{tag} {} {}\n", hex(key), check(tag, key))
}

/// Eight digits that a mistyped key does not have.
fn check(tag: &str, key: &[u8; 32]) -> String {
    let hash = blake3::Hasher::new_derive_key("exportscan 2026-11-25 check of signing keys")
        .update(tag.as_bytes())
        .update(key)
        .finalize();
    hash.to_hex().chars().take(8).collect()
}

fn read(path: &Path, tag: &str, what: &str, hint: &str) -> Result<[u8; 32], LedgerError> {
    let text = std::fs::read(path).map_err(LedgerError::io("read", path))?;
    let parsed = std::str::from_utf8(&text).ok().and_then(|text| {
        let mut words = text.split_whitespace();
        let is_ours = words.next()? == tag;
        let key = unhex(words.next()?)?;
        (is_ours && words.next()? == check(tag, &key) && words.next().is_none()).then_some(key)
    });
    parsed.ok_or_else(|| LedgerError::SigningKey(format!("`{}` holds no {what}; give {hint}", path.display())))
}

/// Lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Bytes from lower-case hexadecimal digits, of exactly this length.
fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    let is_digit = |digit: &u8| digit.is_ascii_digit() || (b'a'..=b'f').contains(digit);
    if digits.len() != 2 * N || !digits.iter().all(is_digit) {
        return None;
    }
    let bytes: Vec<u8> =
        digits.chunks(2).filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect();
    bytes.try_into().ok()
}
