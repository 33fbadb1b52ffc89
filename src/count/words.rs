//! Words of 32 bits as the bytes that they are on disk.

use crate::model::Key;

/// Words of one key.
pub(super) const KEY_WORDS: usize = 4;

/// Appends words to bytes.
pub(super) fn write_words(words: &[u32], bytes: &mut Vec<u8>) {
    bytes.reserve(words.len() * 4);
    for word in words {
        bytes.extend_from_slice(&word.to_le_bytes());
    }
}

/// Appends the words in bytes.
pub(super) fn read_words(bytes: &[u8], words: &mut Vec<u32>) {
    words.extend(bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word)));
}

/// Appends keys to bytes.
pub(super) fn write_keys(keys: &[Key], bytes: &mut Vec<u8>) {
    bytes.reserve(keys.len() * 16);
    for key in keys {
        bytes.extend_from_slice(&key.to_bytes());
    }
}

/// Appends the keys in bytes.
pub(super) fn read_keys(bytes: &[u8], keys: &mut Vec<Key>) {
    keys.extend(bytes.as_chunks::<16>().0.iter().filter_map(|key| Key::from_bytes(*key)));
}
