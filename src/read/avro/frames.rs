//! The blocks of an Avro file, each behind the marker that ends the one before.
//!
//! Apache Avro 1.12, "Object Container Files".

use std::io;
use std::ops::Range;

use bytes::Bytes;

use crate::read::origin::RandomAccess;

/// What an Avro file begins with.
pub(super) const MAGIC: &[u8; 4] = b"Obj\x01";

/// What stands behind each block.
pub(super) type Marker = [u8; 16];

/// What a file says of itself.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) schema: Bytes,
    pub(super) codec: String,
    pub(super) marker: Marker,
    /// Where the first block begins.
    pub(super) end: u64,
}

/// A block, by where its bytes stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) n_rows: u64,
    pub(super) data: Range<u64>,
}

impl Block {
    /// How many bytes it has.
    pub(super) const fn bytes(&self) -> u64 {
        self.data.end - self.data.start
    }
}

/// The head is never longer: schemas have some hundred bytes a column.
const MAX_HEAD_BYTES: u64 = 64 << 20;

/// So much is looked through at once for a marker.
const WINDOW_BYTES: u64 = 1 << 20;

/// Reads numbers and texts one after the other.
struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// A number in the variable-length form, zig-zag.
    fn long(&mut self) -> Option<i64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            value |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some((value >> 1).cast_signed() ^ -(value & 1).cast_signed());
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.long()?).ok()?;
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(text)
    }
}

/// The head of a file; `None` where it is damaged.
pub(super) fn head(bytes: &RandomAccess) -> io::Result<Option<Head>> {
    let mut length = WINDOW_BYTES.min(bytes.bytes());
    loop {
        let head = bytes.read_at(0, length as usize)?;
        let parsed = parse(&head);
        if parsed.is_some() || length == bytes.bytes().min(MAX_HEAD_BYTES) {
            return Ok(parsed);
        }
        length = (length * 8).min(bytes.bytes()).min(MAX_HEAD_BYTES);
    }
}

fn parse(head: &Bytes) -> Option<Head> {
    let mut cursor = Cursor { rest: head.strip_prefix(MAGIC)? };
    let (mut schema, mut codec) = (None, String::new());
    loop {
        let n = cursor.long()?;
        if n == 0 {
            break;
        }
        if n < 0 {
            cursor.long()?;
        }
        for _ in 0..n.unsigned_abs() {
            let (key, value) = (cursor.text()?, cursor.text()?);
            match key {
                b"avro.schema" => schema = Some(head.slice_ref(value)),
                b"avro.codec" => codec = String::from_utf8_lossy(value).into_owned(),
                _ => {}
            }
        }
    }
    let (marker, rest) = cursor.rest.split_first_chunk::<16>()?;
    Some(Head { schema: schema?, codec, marker: *marker, end: (head.len() - rest.len()) as u64 })
}

/// The blocks of a file, and the places where there should be one and is none.
pub(super) fn blocks(bytes: &RandomAccess, head: &Head) -> io::Result<(Vec<Block>, Vec<u64>)> {
    let (mut blocks, mut damage) = (Vec::new(), Vec::new());
    let mut at = head.end;
    while at < bytes.bytes() {
        if let Some(block) = block(bytes, at, &head.marker)? {
            at = block.data.end + head.marker.len() as u64;
            blocks.push(block);
        } else {
            damage.push(at);
            match next_marker(bytes, at, &head.marker)? {
                Some(behind) => at = behind,
                None => break,
            }
        }
    }
    Ok((blocks, damage))
}

/// The block that begins here, where one does.
fn block(bytes: &RandomAccess, at: u64, marker: &Marker) -> io::Result<Option<Block>> {
    /// Two numbers.
    const MAX_LENGTH: u64 = 20;
    let length = MAX_LENGTH.min(bytes.bytes() - at);
    let read = bytes.read_at(at, length as usize)?;
    let mut cursor = Cursor { rest: &read };
    let sizes = cursor.long().zip(cursor.long());
    let sizes = sizes.and_then(|(n_rows, size)| Some((u64::try_from(n_rows).ok()?, u64::try_from(size).ok()?)));
    let Some((n_rows, size)) = sizes else { return Ok(None) };
    let start = at + length - cursor.rest.len() as u64;
    let Some(end) = start.checked_add(size) else { return Ok(None) };
    if end.checked_add(marker.len() as u64).is_none_or(|end| end > bytes.bytes()) {
        return Ok(None);
    }
    let behind = bytes.read_at(end, marker.len())?;
    Ok((behind.as_ref() == marker).then_some(Block { n_rows, data: start..end }))
}

/// Behind the next marker.
fn next_marker(bytes: &RandomAccess, mut at: u64, marker: &Marker) -> io::Result<Option<u64>> {
    let length = marker.len() as u64;
    while at + length <= bytes.bytes() {
        let window = WINDOW_BYTES.min(bytes.bytes() - at);
        let read = bytes.read_at(at, window as usize)?;
        if let Some(found) = memchr::memmem::find(&read, marker) {
            return Ok(Some(at + found as u64 + length));
        }
        at += window - length + 1;
    }
    Ok(None)
}
