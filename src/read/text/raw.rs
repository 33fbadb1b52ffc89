//! The bytes of an object as a stream: a range of a file, or what a compressed file holds.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::SystemTime;

use crate::model::ProblemCode;

/// What the text is wrapped in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrapping {
    /// Nothing.
    Plain,
    /// One or more gzip members.
    Gzip,
    /// One or more Zstandard frames.
    Zstd,
}

impl Wrapping {
    /// What the first bytes say.
    pub(super) fn of(head: &[u8]) -> Self {
        if head.starts_with(&[0x1f, 0x8b]) {
            Self::Gzip
        } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            Self::Zstd
        } else {
            Self::Plain
        }
    }

    /// What is added to the name of the format.
    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Gzip => "+gzip",
            Self::Zstd => "+zstd",
        }
    }
}

/// What shows that a file is still the one that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) bytes: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// The stamp of a file.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        Ok(Self { bytes: metadata.len(), modified: metadata.modified().ok() })
    }
}

/// Why no more bytes came.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) code: ProblemCode,
    /// The offset in the file, or in the decompressed stream.
    pub(super) offset: u64,
    pub(super) cause: String,
}

/// Bytes one after another, with a look ahead to line breaks.
pub(super) struct RawStream {
    reader: Box<dyn Read + Send>,
    wrapping: Wrapping,
    ahead: Vec<u8>,
    ahead_at: usize,
    position: u64,
    last: u8,
}

/// How much is looked ahead for a line break.
const AHEAD_BYTES: u64 = 16 << 10;

/// What a file is read by before it is decompressed.
const COMPRESSED_BLOCK_BYTES: usize = 128 << 10;

impl RawStream {
    /// Opens a file at an offset of its text.
    pub(super) fn open(path: &Path, wrapping: Wrapping, offset: u64) -> Result<Self, Failure> {
        let failed = |error: io::Error| failure(&error, wrapping, offset);
        let mut file = File::open(path).map_err(failed)?;
        let reader: Box<dyn Read + Send> = match wrapping {
            Wrapping::Plain => {
                file.seek(SeekFrom::Start(offset)).map_err(failed)?;
                Box::new(file)
            }
            Wrapping::Gzip => {
                Box::new(flate2::bufread::MultiGzDecoder::new(BufReader::with_capacity(COMPRESSED_BLOCK_BYTES, file)))
            }
            Wrapping::Zstd => Box::new(zstd::stream::read::Decoder::new(file).map_err(failed)?),
        };
        let mut stream = Self { reader, wrapping, ahead: Vec::new(), ahead_at: 0, position: offset, last: b'\n' };
        if wrapping != Wrapping::Plain && offset > 0 {
            stream.position = 0;
            stream.read(offset, &mut Vec::new())?;
        }
        Ok(stream)
    }

    /// The offset of the next byte.
    pub(super) const fn position(&self) -> u64 {
        self.position
    }

    /// Appends up to `most` bytes; fewer only where the stream ends. What came before a failure is appended too.
    pub(super) fn read(&mut self, most: u64, out: &mut Vec<u8>) -> Result<(), Failure> {
        let from = out.len();
        let ready = self.ahead.get(self.ahead_at..).unwrap_or_default();
        let taken = ready.get(..most.min(ready.len() as u64) as usize).unwrap_or_default();
        out.extend_from_slice(taken);
        let rest = most - taken.len() as u64;
        self.ahead_at += taken.len();
        let result = if rest > 0 { Read::by_ref(&mut self.reader).take(rest).read_to_end(out) } else { Ok(0) };
        self.position += (out.len() - from) as u64;
        self.last = if out.len() > from { out.last().copied().unwrap_or(self.last) } else { self.last };
        result.map(|_| ()).map_err(|error| failure(&error, self.wrapping, self.position))
    }

    /// Appends the bytes up to the next line break and with it, or a part of them where the line is long; none where
    /// the stream ends.
    pub(super) fn read_line(&mut self, out: &mut Vec<u8>) -> Result<(), Failure> {
        self.look_ahead()?;
        let ready = self.ahead.get(self.ahead_at..).unwrap_or_default();
        let length = match memchr::memchr2(b'\n', b'\r', ready) {
            Some(at) if ready.get(at..at + 2) == Some(b"\r\n") => at + 2,
            // Whether a line feed follows is seen with the next call.
            Some(at) => at + 1,
            None => ready.len(),
        };
        self.read(length as u64, out)
    }

    /// Whether a line has just ended: a line break was the last byte, and it is not the first half of one.
    pub(super) fn at_line_start(&mut self) -> Result<bool, Failure> {
        match self.last {
            b'\n' => Ok(true),
            b'\r' => {
                self.look_ahead()?;
                Ok(self.ahead.get(self.ahead_at) != Some(&b'\n'))
            }
            _ => Ok(false),
        }
    }

    fn look_ahead(&mut self) -> Result<(), Failure> {
        if self.ahead_at < self.ahead.len() {
            return Ok(());
        }
        self.ahead.clear();
        self.ahead_at = 0;
        let result = Read::by_ref(&mut self.reader).take(AHEAD_BYTES).read_to_end(&mut self.ahead);
        match result {
            Err(error) if self.ahead.is_empty() => Err(failure(&error, self.wrapping, self.position)),
            // A failure after some bytes comes again with the next read.
            _ => Ok(()),
        }
    }
}

fn failure(error: &io::Error, wrapping: Wrapping, offset: u64) -> Failure {
    // What a decompressor says of its input has no number of the operating system.
    let corrupt = wrapping != Wrapping::Plain && error.raw_os_error().is_none();
    let code = if corrupt { ProblemCode::CompressionCorrupt } else { ProblemCode::ObjectUnreadable };
    let text = error.to_string();
    let cause = text.split(" (os error").next().unwrap_or_default().to_lowercase();
    Failure { code, offset, cause }
}
