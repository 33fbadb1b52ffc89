//! The bytes of a stream, block by block, decompressed, and how much memory they and what is made of them may take.

use std::cell::Cell;
use std::io::{self, Read};
use std::ops::Range;
use std::rc::Rc;

use bytes::{Buf as _, Bytes};

use super::Fault;
use crate::model::ProblemCode;
use crate::read::origin::{RandomAccess, code_of};

/// How blocks are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codec {
    Stored,
    Zlib,
    Snappy,
    Lzo,
    Lz4,
    Zstd,
}

/// How streams are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Packing {
    pub(super) codec: Codec,
    /// No block unpacks to more.
    pub(super) block_bytes: usize,
}

/// Damage, in words without values from the data.
pub(super) fn corrupt(cause: &str) -> Fault {
    (ProblemCode::OrcCorrupt, cause.to_owned())
}

pub(super) fn unreadable(error: &io::Error) -> Fault {
    (code_of(error), crate::read::io_cause(error))
}

/// What the reading of one stripe may hold.
#[derive(Debug)]
pub(super) struct Room {
    most: u64,
    /// What lasts: blocks and dictionaries.
    held: Cell<u64>,
    /// What the batch that is being made takes.
    taken: Cell<u64>,
}

impl Room {
    pub(super) fn new(most: u64) -> Rc<Self> {
        Rc::new(Self { most, held: Cell::new(0), taken: Cell::new(0) })
    }

    /// A batch begins.
    pub(super) fn renew(&self) {
        self.taken.set(0);
    }

    /// Asks for memory before it is filled, until the batch is done.
    pub(super) fn take(&self, bytes: u64) -> Result<(), Fault> {
        self.taken.set(self.taken.get().saturating_add(bytes));
        self.check(self.taken.get())
    }

    /// Asks for memory that lasts.
    pub(super) fn hold(&self, bytes: u64) -> Result<(), Fault> {
        self.held.set(self.held.get().saturating_add(bytes));
        self.check(self.held.get())
    }

    fn release(&self, bytes: u64) {
        self.held.set(self.held.get().saturating_sub(bytes));
    }

    fn check(&self, bytes: u64) -> Result<(), Fault> {
        if bytes <= self.most {
            return Ok(());
        }
        Err((ProblemCode::ObjectTooLarge, "it unpacks to more than may be held in memory".to_owned()))
    }
}

/// A stream that is read from its beginning to its end.
#[derive(Debug)]
pub(super) struct Feed {
    bytes: RandomAccess,
    rest: Range<u64>,
    packing: Packing,
    /// What is left of the block that was read last, and what of it is held.
    block: Bytes,
    held: u64,
    room: Rc<Room>,
}

/// So much is read at once of what is not compressed.
const WINDOW_BYTES: u64 = 64 << 10;

impl Feed {
    pub(super) fn new(bytes: &RandomAccess, range: Range<u64>, packing: Packing, room: &Rc<Room>) -> Self {
        Self { bytes: bytes.clone(), rest: range, packing, block: Bytes::new(), held: 0, room: Rc::clone(room) }
    }

    /// The next byte; `None` at the end.
    pub(super) fn next_byte(&mut self) -> Result<Option<u8>, Fault> {
        if self.block.is_empty() && !self.advance()? {
            return Ok(None);
        }
        let byte = self.block.first().copied();
        self.block.advance(usize::from(byte.is_some()));
        Ok(byte)
    }

    pub(super) fn byte(&mut self) -> Result<u8, Fault> {
        self.next_byte()?.ok_or_else(ended)
    }

    /// So many bytes.
    pub(super) fn fill(&mut self, mut length: usize, into: &mut Vec<u8>) -> Result<(), Fault> {
        while length > 0 {
            if self.block.is_empty() && !self.advance()? {
                return Err(ended());
            }
            let part = self.block.split_to(length.min(self.block.len()));
            into.extend_from_slice(&part);
            length -= part.len();
        }
        Ok(())
    }

    /// Everything, which must not be more than so many bytes.
    pub(super) fn whole(mut self, most: usize) -> Result<Vec<u8>, Fault> {
        let mut whole = Vec::new();
        while self.advance()? {
            if whole.len() + self.block.len() > most {
                let cause = "its description of itself is longer than any that is read";
                return Err((ProblemCode::ObjectTooLarge, cause.to_owned()));
            }
            whole.extend_from_slice(&self.block);
            self.block.clear();
        }
        Ok(whole)
    }

    /// Reads on to the next byte; `false` at the end.
    fn advance(&mut self) -> Result<bool, Fault> {
        self.block = Bytes::new();
        self.room.release(std::mem::take(&mut self.held));
        while self.block.is_empty() {
            if self.rest.is_empty() {
                return Ok(false);
            }
            self.block = self.next_block()?;
        }
        self.held = self.block.len() as u64;
        self.room.hold(self.held)?;
        Ok(true)
    }

    fn next_block(&mut self) -> Result<Bytes, Fault> {
        const HEADER_BYTES: u64 = 3;
        let left = self.rest.end - self.rest.start;
        if self.packing.codec == Codec::Stored {
            return self.stored(left.min(WINDOW_BYTES));
        }
        if left < HEADER_BYTES {
            return Err(ended());
        }
        let header = self.stored(HEADER_BYTES)?;
        let header = header.iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        let (length, is_stored) = (header >> 1, header & 1 == 1);
        if length > left - HEADER_BYTES {
            return Err(ended());
        }
        if length > self.packing.block_bytes as u64 {
            return Err(corrupt("a block is longer than the file says of its blocks"));
        }
        let block = self.stored(length)?;
        if is_stored { Ok(block) } else { unpacked(self.packing, &block) }
    }

    fn stored(&mut self, length: u64) -> Result<Bytes, Fault> {
        let bytes = self.bytes.read_at(self.rest.start, length as usize).map_err(|error| unreadable(&error))?;
        self.rest.start += length;
        Ok(bytes)
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.room.release(self.held);
    }
}

fn ended() -> Fault {
    corrupt("a stream ends too early")
}

/// A block, decompressed.
fn unpacked(packing: Packing, block: &[u8]) -> Result<Bytes, Fault> {
    let damaged = || (ProblemCode::CompressionCorrupt, "a block cannot be decompressed".to_owned());
    let most = packing.block_bytes;
    let data = match packing.codec {
        Codec::Stored => return Ok(Bytes::copy_from_slice(block)),
        Codec::Zlib => {
            let mut data = Vec::new();
            let decoder = flate2::bufread::DeflateDecoder::new(block);
            decoder.take(most as u64 + 1).read_to_end(&mut data).map_err(|_| damaged())?;
            data
        }
        Codec::Snappy => match snap::raw::decompress_len(block) {
            Ok(length) if length <= most => snap::raw::Decoder::new().decompress_vec(block).map_err(|_| damaged())?,
            _ => return Err(damaged()),
        },
        // A byte of LZO stands for 255 at most, so this is bounded by that of the block.
        Codec::Lzo => lzokay_native::decompress_all(block, None).map_err(|_| damaged())?,
        Codec::Lz4 => lz4_flex::block::decompress(block, most).map_err(|_| damaged())?,
        Codec::Zstd => zstd::bulk::decompress(block, most).map_err(|_| damaged())?,
    };
    if data.len() > most {
        return Err(corrupt("a block unpacks to more than the file says of its blocks"));
    }
    Ok(data.into())
}
