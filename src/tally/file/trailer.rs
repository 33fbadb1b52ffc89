//! The seal of a tally file: its last 96 bytes, which tell whose file it is and whether it is as it was written.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom, Write};

use super::{BUFFER_BYTES, Cause};
use crate::key::{KeyId, Mac, Seal};

/// What every trailer has, but for the version in the last byte.
const MAGIC: [u8; 7] = *b"XSTALLY";
const VERSION: u8 = b'1';
/// What an Arrow IPC stream begins with.
const ARROW_STREAM: [u8; 4] = [0xff; 4];

const OF_HEAD: &str = "exportscan 2026 head of a tally";
const OF_ALL: &str = "exportscan 2026 tally";

/// Magic, version, bytes of the streams, bytes of the head, key id, code of the head, code of all before it.
const TRAILER_BYTES: usize = 8 + 8 + 8 + 8 + 32 + 32;

struct Trailer {
    stream_bytes: u64,
    head_bytes: u64,
    key: KeyId,
    head: [u8; 32],
}

impl Trailer {
    /// All but the code of all.
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        bytes.extend(self.stream_bytes.to_le_bytes());
        bytes.extend(self.head_bytes.to_le_bytes());
        bytes.extend(self.key.0);
        bytes.extend(self.head);
        bytes
    }

    /// The trailer and the code of all.
    fn parse(bytes: &[u8; TRAILER_BYTES]) -> Result<(Self, [u8; 32]), Cause> {
        let mut rest = bytes.as_slice();
        if take(&mut rest)? != MAGIC {
            return Err(Cause::NotATally);
        }
        if take(&mut rest)? != [VERSION] {
            return Err(Cause::OtherFormat);
        }
        let trailer = Self {
            stream_bytes: u64::from_le_bytes(take(&mut rest)?),
            head_bytes: u64::from_le_bytes(take(&mut rest)?),
            key: KeyId(take(&mut rest)?),
            head: take(&mut rest)?,
        };
        Ok((trailer, take(&mut rest)?))
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Result<[u8; N], Cause> {
    let (first, rest) = bytes.split_first_chunk().ok_or(Cause::Damaged)?;
    *bytes = rest;
    Ok(*first)
}

/// Passes on what is written into it, and seals it at the end.
pub(super) struct Sealing<W> {
    out: W,
    key: KeyId,
    all: Mac,
    /// The code of the head, while it is written; then what it came to.
    head: Mac,
    sealed_head: Option<(u64, [u8; 32])>,
    written: u64,
}

impl<W: Write> Sealing<W> {
    pub(super) fn new(out: W, seal: &Seal) -> Self {
        let (head, all) = (seal.begin(OF_HEAD), seal.begin(OF_ALL));
        Self { out, key: seal.id(), all, head, sealed_head: None, written: 0 }
    }

    /// What was written so far is the head.
    pub(super) fn end_head(&mut self) {
        self.sealed_head = Some((self.written, self.head.code()));
    }

    /// Writes the trailer.
    pub(super) fn finish(mut self) -> io::Result<()> {
        let (head_bytes, head) = self.sealed_head.unwrap_or((self.written, self.head.code()));
        let trailer = Trailer { stream_bytes: self.written, head_bytes, key: self.key, head }.to_bytes();
        self.all.update(&trailer);
        self.out.write_all(&trailer)?;
        self.out.write_all(&self.all.code())
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        let written = bytes.get(..n).unwrap_or_default();
        self.all.update(written);
        if self.sealed_head.is_none() {
            self.head.update(written);
        }
        self.written += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The trailer of a file that names the key of `seal` and whose lengths fit, with the code of all. Leaves the file at its
/// beginning.
fn open(file: &mut File, seal: &Seal) -> Result<(Trailer, [u8; 32]), Cause> {
    let bytes = file.metadata()?.len();
    let mut first = [0; ARROW_STREAM.len()];
    let begins_like_one = file.read_exact(&mut first).is_ok() && first == ARROW_STREAM;
    let Some(stream_bytes) = bytes.checked_sub(TRAILER_BYTES as u64) else {
        return Err(if begins_like_one { Cause::Damaged } else { Cause::NotATally });
    };
    file.seek(SeekFrom::Start(stream_bytes))?;
    let mut last = [0; TRAILER_BYTES];
    file.read_exact(&mut last)?;
    file.rewind()?;
    let (trailer, code) = match Trailer::parse(&last) {
        // A tally that was cut, or to which something was added, has lost its end only.
        Err(Cause::NotATally) if begins_like_one => return Err(Cause::Damaged),
        other => other?,
    };
    if trailer.key != seal.id() {
        return Err(Cause::OtherKey { made_with: trailer.key, given: seal.id() });
    }
    let fits = trailer.stream_bytes == stream_bytes && trailer.head_bytes <= stream_bytes;
    if fits { Ok((trailer, code)) } else { Err(Cause::Damaged) }
}

/// Reads all of the file, which must be as it was sealed, and leaves it at its beginning. How long the streams are.
pub(super) fn verify(file: &mut File, seal: &Seal) -> Result<u64, Cause> {
    let (trailer, code) = open(file, seal)?;
    let mut all = seal.begin(OF_ALL);
    let mut left = trailer.stream_bytes;
    let mut buffer = vec![0; (BUFFER_BYTES as u64).min(left) as usize];
    while left > 0 {
        let room = (buffer.len() as u64).min(left) as usize;
        let room = buffer.get_mut(..room).unwrap_or_default();
        file.read_exact(room)?;
        all.update(room);
        left -= room.len() as u64;
    }
    all.update(&trailer.to_bytes());
    file.rewind()?;
    if all.is(code) { Ok(trailer.stream_bytes) } else { Err(Cause::Damaged) }
}

/// The head alone, which must be as it was sealed.
pub(super) fn verified_head(file: &mut File, seal: &Seal) -> Result<Vec<u8>, Cause> {
    let (trailer, _) = open(file, seal)?;
    let mut head = Vec::new();
    file.take(trailer.head_bytes).read_to_end(&mut head)?;
    let mut code = seal.begin(OF_HEAD);
    code.update(&head);
    if code.is(trailer.head) { Ok(head) } else { Err(Cause::Damaged) }
}
