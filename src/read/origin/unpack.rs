//! Undoes compression while it is read.

use std::io::{self, BufReader, Read};

use super::{Fault, Origin};
use crate::model::ProblemCode;

/// A compression that is undone before reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Compression {
    /// None; only what must come of it is checked.
    Stored,
    /// RFC 1952, also in several members one after the other.
    Gzip,
    /// RFC 8878, also in several frames one after the other.
    Zstd,
    /// bzip2, also in several streams one after the other.
    Bzip2,
    /// The .xz File Format 1.2.1, also in several streams one after the other.
    Xz,
    /// RFC 1951, without anything around it.
    Deflate,
}

impl Compression {
    /// What a report calls it.
    pub(in crate::read) const fn name(self) -> &'static str {
        match self {
            Self::Stored => "nothing",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Deflate => "deflate",
        }
    }
}

/// What must come of decompressing, as an archive says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) struct Expected {
    pub(in crate::read) bytes: u64,
    /// CRC-32 of ISO-HDLC.
    pub(in crate::read) crc: u32,
}

/// A layer of compression over an origin.
#[derive(Debug)]
pub(super) struct Unpacked {
    pub(super) of: Origin,
    pub(super) compression: Compression,
    /// The most bytes that may come of it.
    pub(super) most: u64,
    pub(super) expected: Option<Expected>,
}

/// What the stored bytes are read by.
const STORED_BLOCK_BYTES: usize = 128 << 10;

/// The most memory of a decoder of xz: its strongest preset takes 65 MB.
const XZ_MEMORY_KB: u32 = 128 << 10;

impl Unpacked {
    /// The decompressed bytes from the beginning.
    pub(super) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let stored = BufReader::with_capacity(STORED_BLOCK_BYTES, self.of.open(0)?);
        let decoder: Box<dyn Read + Send> = match self.compression {
            Compression::Stored => Box::new(stored),
            Compression::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(stored)),
            Compression::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(stored)?),
            Compression::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(stored)),
            Compression::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(stored, true, XZ_MEMORY_KB)),
            Compression::Deflate => Box::new(flate2::bufread::DeflateDecoder::new(stored)),
        };
        Ok(Box::new(Unpacking {
            decoder,
            left: self.most,
            expected: self.expected,
            crc: crc32fast::Hasher::new(),
            failed: None,
        }))
    }
}

/// A decoder whose complaints are problems of the compression, and that gives neither more nor less than it may.
struct Unpacking {
    decoder: Box<dyn Read + Send>,
    left: u64,
    expected: Option<Expected>,
    crc: crc32fast::Hasher,
    /// What went wrong comes again with each read.
    failed: Option<Fault>,
}

impl Read for Unpacking {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(fault) = &self.failed {
            return Err(fault.clone().into());
        }
        let result = self.next(buffer);
        self.failed = result.as_ref().err().and_then(Fault::of).cloned();
        result
    }
}

impl Unpacking {
    fn next(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if self.left == 0 {
            return if self.decode(&mut [0])? == 0 { self.end() } else { Err(self.surplus().into()) };
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let buffer = buffer.get_mut(..most).unwrap_or_default();
        let n = self.decode(buffer)?;
        if n == 0 {
            return self.end();
        }
        self.left -= n as u64;
        if self.expected.is_some() {
            self.crc.update(buffer.get(..n).unwrap_or_default());
        }
        Ok(n)
    }

    fn decode(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.decoder.read(buffer).map_err(|error| Fault::of_decoder(error, ProblemCode::CompressionCorrupt))
    }

    fn end(&self) -> io::Result<usize> {
        let wrong = match self.expected {
            Some(_) if self.left > 0 => "it has fewer bytes than the archive says",
            Some(expected) if self.crc.clone().finalize() != expected.crc => {
                "its checksum is not what the archive says"
            }
            _ => return Ok(0),
        };
        Err(Fault::new(ProblemCode::ArchiveCorrupt, wrong).into())
    }

    fn surplus(&self) -> Fault {
        if self.expected.is_some() {
            Fault::new(ProblemCode::ArchiveCorrupt, "it has more bytes than the archive says")
        } else {
            let cause = "it unpacks to more than the limit for its size; what follows was not read";
            Fault::new(ProblemCode::ArchiveBomb, cause)
        }
    }
}
