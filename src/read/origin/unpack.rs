//! Undoes compression while it is read.

use std::io::{self, BufReader, Read};

use super::{Fault, Origin};
use crate::model::ProblemCode;

/// A compression that is undone before reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Compression {
    /// RFC 1952, also in several members one after the other.
    Gzip,
    /// RFC 8878, also in several frames one after the other.
    Zstd,
}

impl Compression {
    /// What a report calls it.
    pub(in crate::read) const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

/// A layer of compression over an origin.
#[derive(Debug)]
pub(super) struct Unpacked {
    pub(super) of: Origin,
    pub(super) compression: Compression,
}

/// What the stored bytes are read by.
const STORED_BLOCK_BYTES: usize = 128 << 10;

impl Unpacked {
    /// The decompressed bytes from the beginning.
    pub(super) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let stored = BufReader::with_capacity(STORED_BLOCK_BYTES, self.of.open(0)?);
        let decoder: Box<dyn Read + Send> = match self.compression {
            Compression::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(stored)),
            Compression::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(stored)?),
        };
        Ok(Box::new(Unpacking { decoder }))
    }
}

/// A decoder whose complaints are problems of the compression.
struct Unpacking {
    decoder: Box<dyn Read + Send>,
}

impl Read for Unpacking {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.decoder.read(buffer).map_err(|error| Fault::of_decoder(error, ProblemCode::CompressionCorrupt))
    }
}
