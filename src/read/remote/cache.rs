//! What was read last of all remote objects: a header of a page, the page, and the next header are one request so.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

/// What all threads together keep: some blocks for each of a few dozen columns.
const MOST_BYTES: usize = 64 << 20;
/// Looking through more of them would be felt.
const MOST_ENTRIES: usize = 256;

struct Entry {
    object: u64,
    start: u64,
    bytes: Bytes,
}

/// The entries, the one that was used last behind.
static ENTRIES: Mutex<VecDeque<Entry>> = Mutex::new(VecDeque::new());

/// What is kept of an object from an offset on.
pub(super) fn get(object: u64, offset: u64) -> Option<Bytes> {
    let mut entries = ENTRIES.lock().unwrap_or_else(PoisonError::into_inner);
    let holds = |entry: &Entry| {
        let within = offset.checked_sub(entry.start).is_some_and(|at| at < entry.bytes.len() as u64);
        entry.object == object && within
    };
    let at = entries.iter().rposition(holds)?;
    let entry = entries.remove(at)?;
    let bytes = entry.bytes.slice((offset - entry.start) as usize..);
    entries.push_back(entry);
    Some(bytes)
}

/// Keeps bytes of an object, and lets go of what was not used for longest.
pub(super) fn put(object: u64, start: u64, bytes: &Bytes) {
    if bytes.len() > MOST_BYTES / 8 {
        return;
    }
    let mut entries = ENTRIES.lock().unwrap_or_else(PoisonError::into_inner);
    entries.push_back(Entry { object, start, bytes: bytes.clone() });
    let mut held: usize = entries.iter().map(|entry| entry.bytes.len()).sum();
    while held > MOST_BYTES || entries.len() > MOST_ENTRIES {
        held -= entries.pop_front().map_or(held, |entry| entry.bytes.len());
    }
}
