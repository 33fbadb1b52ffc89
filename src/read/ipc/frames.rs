//! The messages of an Arrow stream. A file is a stream between its magic bytes, with a directory behind that says nothing
//! more.
//!
//! Apache Arrow, "Arrow Columnar Format" 1.5, serialization and interprocess communication.

use std::io;
use std::ops::Range;

use arrow_ipc::{MessageHeader, RecordBatch as BatchMessage, root_as_message};
use bytes::Bytes;

use crate::read::origin::RandomAccess;

/// A message, by where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    /// Where its metadata are.
    pub(super) metadata: Range<u64>,
    /// Where its data are: right behind.
    pub(super) body: Range<u64>,
}

impl Frame {
    /// How many bytes it has.
    pub(super) const fn bytes(&self) -> u64 {
        self.body.end - self.metadata.start
    }
}

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Schema,
    Dictionary,
    Batch,
    Other,
}

/// Before the length of a message; older writers left it out.
const CONTINUATION: [u8; 4] = [0xff; 4];

/// The metadata of a message are never longer: some hundred bytes a column.
const MAX_METADATA_BYTES: u32 = 64 << 20;

/// The messages from an offset on, and why there are no more where that is not their end.
pub(super) fn frames(bytes: &RandomAccess, mut at: u64) -> (Vec<Frame>, Option<io::Result<&'static str>>) {
    let mut frames = Vec::new();
    loop {
        match frame(bytes, at) {
            Ok(Some(Ok(frame))) => {
                at = frame.body.end;
                frames.push(frame);
            }
            Ok(Some(Err(damage))) => return (frames, Some(Ok(damage))),
            Ok(None) => return (frames, None),
            Err(error) => return (frames, Some(Err(error))),
        }
    }
}

fn frame(bytes: &RandomAccess, at: u64) -> io::Result<Option<Result<Frame, &'static str>>> {
    if at == bytes.bytes() {
        // Writers of streams may end without a mark.
        return Ok(None);
    }
    let int = |at: u64| {
        let four = bytes.read_at(at, 4)?;
        Ok::<_, io::Error>(<[u8; 4]>::try_from(four.as_ref()).unwrap_or_default())
    };
    if at + 4 > bytes.bytes() {
        return Ok(Some(Err("it ends in the middle of a message")));
    }
    let first = int(at)?;
    let (length, start) = match first {
        CONTINUATION if at + 8 > bytes.bytes() => return Ok(Some(Err("it ends in the middle of a message"))),
        CONTINUATION => (u32::from_le_bytes(int(at + 4)?), at + 8),
        length => (u32::from_le_bytes(length), at + 4),
    };
    if length == 0 {
        return Ok(None);
    }
    let metadata = start..start + u64::from(length);
    if length > MAX_METADATA_BYTES || metadata.end > bytes.bytes() {
        return Ok(Some(Err("the length of a message is wrong, or it is cut short")));
    }
    let raw = bytes.read_at(metadata.start, length as usize)?;
    let Ok(message) = root_as_message(&raw) else { return Ok(Some(Err("the metadata of a message are damaged"))) };
    let body_bytes = u64::try_from(message.bodyLength()).unwrap_or(u64::MAX);
    let body = metadata.end..metadata.end.saturating_add(body_bytes);
    if body.end > bytes.bytes() {
        return Ok(Some(Err("the data of a message are cut short")));
    }
    let kind = match message.header_type() {
        MessageHeader::Schema => Kind::Schema,
        MessageHeader::DictionaryBatch => Kind::Dictionary,
        MessageHeader::RecordBatch => Kind::Batch,
        _ => Kind::Other,
    };
    Ok(Some(Ok(Frame { kind, metadata, body })))
}

/// What the buffers of a batch are when they are decompressed, in bytes.
pub(super) fn unpacked(batch: &BatchMessage<'_>, body: &Bytes) -> u64 {
    if batch.compression().is_none() {
        return body.len() as u64;
    }
    let sizes = batch.buffers().into_iter().flatten().map(|buffer| {
        let stored = u64::try_from(buffer.length()).unwrap_or(u64::MAX);
        let at = usize::try_from(buffer.offset()).unwrap_or(usize::MAX);
        let prefix = body.get(at..).and_then(|rest| rest.first_chunk::<8>());
        // Minus one means that it is not compressed.
        prefix.and_then(|prefix| u64::try_from(i64::from_le_bytes(*prefix)).ok()).unwrap_or(stored)
    });
    sizes.fold(0, u64::saturating_add)
}
