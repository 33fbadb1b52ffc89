//! Message authentication codes: what shows that somebody without the secret changed a file.

use std::fmt;
use std::io;

use super::KeyId;

/// Seals what is written, and knows what it sealed.
#[derive(Clone)]
pub struct Seal {
    key: [u8; 32],
    id: KeyId,
}

impl Seal {
    pub(super) const fn new(key: [u8; 32], id: KeyId) -> Self {
        Self { key, id }
    }

    /// What the secret is called that it is derived from.
    pub const fn id(&self) -> KeyId {
        self.id
    }

    /// Begins a code (BLAKE3, keyed) for one purpose, a constant that no other use has. What is sealed for one purpose is
    /// not for another.
    pub fn begin(&self, purpose: &str) -> Mac {
        Mac(blake3::Hasher::new_keyed(&blake3::derive_key(purpose, &self.key)))
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Seal({})", self.id)
    }
}

/// A code that is being computed; what is to be sealed is written into it.
#[derive(Clone)]
pub struct Mac(blake3::Hasher);

impl Mac {
    /// Adds what comes next.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The code of everything so far.
    pub fn code(&self) -> [u8; 32] {
        *self.0.finalize().as_bytes()
    }

    /// Whether `code` is that of everything so far; takes the same time wherever the two differ.
    pub fn is(&self, code: [u8; 32]) -> bool {
        self.0.finalize() == blake3::Hash::from_bytes(code)
    }
}

impl io::Write for Mac {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mac(..)")
    }
}
