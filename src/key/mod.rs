//! The secret by which identifiers become keys and files are sealed.
//!
//! ```text
//!              ┌──▶ Fingerprinter   identifiers become keys
//!  Secret ─────┼──▶ Seal            files cannot be changed by who has not the secret
//!              └──▶ KeyId           names the secret, and tells nothing of it
//! ```
//!
//! Each is derived with BLAKE3 under a context of its own, so that none tells anything of another.
//!
//! *Invariant*: the secret has no `Display`, and its `Debug` says nothing; [`Secret::to_text`] alone shows it.

mod seal;

use std::fmt;

pub use seal::{Mac, Seal};

use crate::model::Fingerprinter;

const FINGERPRINTS: &str = "exportscan 2026 fingerprints of identifiers";
const SEALS: &str = "exportscan 2026 seals of files";
const ID: &str = "exportscan 2026 id of a key";
const CHECK: &str = "exportscan 2026 check of a key's text";

/// What a key's text begins with, and the version of the format.
const TAG: &str = "exportscan-key-1";
/// What the text of a key of any version begins with.
const ANY_TAG: &str = "exportscan-key-";
/// Bytes of the check: a cut or mistyped key passes it once in four billion times.
const CHECK_BYTES: usize = 4;

/// 32 secret bytes.
#[derive(Clone)]
pub struct Secret([u8; 32]);

/// Names a secret: 8 bytes, shown as 16 hexadecimal digits. Two secrets have the same id by chance once in 2^64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 8]);

/// Why a text is no key. What was given is never repeated: it may be most of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoKey {
    /// It does not begin as keys do.
    #[error("it is no key; `exportscan key new FILE` makes one")]
    Foreign,
    /// It has a version that this program does not know.
    #[error("it is a key of a newer version; use a newer exportscan")]
    Newer,
    /// Its digits or its check are wrong.
    #[error("the key is cut short or mistyped; copy the whole line again")]
    Damaged,
}

impl Secret {
    /// The secret that these random bytes are.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads what [`Secret::to_text`] wrote; blanks and line breaks around it do not matter.
    pub fn parse(text: &str) -> Result<Self, NoKey> {
        let mut parts = text.trim().split(':');
        match parts.next() {
            Some(TAG) => {}
            Some(tag) if tag.starts_with(ANY_TAG) => return Err(NoKey::Newer),
            _ => return Err(NoKey::Foreign),
        }
        let (Some(digits), Some(check), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoKey::Damaged);
        };
        let secret = Self(*blake3::Hash::from_hex(digits).map_err(|_| NoKey::Damaged)?.as_bytes());
        if secret.check() == check { Ok(secret) } else { Err(NoKey::Damaged) }
    }

    /// One line, without a line break: a tag with the version, the bytes and a check.
    pub fn to_text(&self) -> String {
        format!("{TAG}:{}:{}", hex(&self.0), self.check())
    }

    fn check(&self) -> String {
        let derived = blake3::derive_key(CHECK, &self.0);
        hex(derived.get(..CHECK_BYTES).unwrap_or_default())
    }

    /// Makes the keys by which persons are counted.
    pub fn fingerprinter(&self) -> Fingerprinter {
        let derived = blake3::derive_key(FINGERPRINTS, &self.0);
        let mut secret = [0; 16];
        secret.iter_mut().zip(derived).for_each(|(to, from)| *to = from);
        Fingerprinter::new(&secret)
    }

    /// Seals files.
    pub fn seal(&self) -> Seal {
        Seal::new(blake3::derive_key(SEALS, &self.0), self.id())
    }

    /// What the secret is called.
    pub fn id(&self) -> KeyId {
        let derived = blake3::derive_key(ID, &self.0);
        let mut id = [0; 8];
        id.iter_mut().zip(derived).for_each(|(to, from)| *to = from);
        KeyId(id)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_and_nothing_else_is_one() {
        let secret = Secret::new([7; 32]);
        let text = secret.to_text();
        let read = Secret::parse(&format!("  {text}\r\n")).unwrap();
        assert_eq!((read.0, read.id()), (secret.0, secret.id()));
        let wrong = [
            ("", NoKey::Foreign),
            ("身份证号", NoKey::Foreign),
            ("exportscan-key-1", NoKey::Damaged),
            (&text.replace("key-1", "key-2"), NoKey::Newer),
            (&text.replace(":0707", ":0770"), NoKey::Damaged),
            (&format!("{text}0"), NoKey::Damaged),
            (&format!("{text}:"), NoKey::Damaged),
        ];
        for (text, why) in wrong {
            assert_eq!(Secret::parse(text).unwrap_err(), why, "`{text}`");
        }
        for end in TAG.len()..text.len() {
            assert_eq!(Secret::parse(text.get(..end).unwrap()).unwrap_err(), NoKey::Damaged, "cut at {end}");
        }
    }

    #[test]
    fn nothing_derived_tells_the_secret_or_another() {
        let secret = Secret::new([7; 32]);
        let fingerprint = secret.fingerprinter().key(crate::model::IdentifierKind::Mobile, b"13912045716");
        assert_ne!(fingerprint, Fingerprinter::new(&[7; 16]).key(crate::model::IdentifierKind::Mobile, b"13912045716"));
        let digits = hex(&secret.0);
        for shown in [format!("{secret:?}"), secret.id().to_string(), format!("{:?}", secret.seal())] {
            assert!(!digits.contains(&shown) && !shown.contains("0707"), "{shown}");
        }
        assert_ne!(secret.id(), Secret::new([8; 32]).id());
    }
}
