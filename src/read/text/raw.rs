//! The bytes of an object as a stream with a look ahead.

use std::io::{self, Read};

use crate::model::ProblemCode;
use crate::read::io_cause;
use crate::read::origin::{Origin, code_of};

/// Why no more bytes came.
#[derive(Debug)]
pub(in crate::read) struct Failure {
    pub(in crate::read) code: ProblemCode,
    /// The offset in the decompressed bytes.
    pub(in crate::read) offset: u64,
    pub(in crate::read) cause: String,
}

/// Bytes one after another, with a look ahead to line breaks.
pub(in crate::read) struct RawStream {
    reader: Box<dyn Read + Send>,
    ahead: Vec<u8>,
    ahead_at: usize,
    position: u64,
    last: u8,
}

/// How much is looked ahead for a line break.
const AHEAD_BYTES: u64 = 16 << 10;

impl RawStream {
    /// Opens an origin at an offset.
    pub(in crate::read) fn open(origin: &Origin, offset: u64) -> Result<Self, Failure> {
        let reader = origin.open(offset).map_err(|error| failure(&error, offset))?;
        Ok(Self { reader, ahead: Vec::new(), ahead_at: 0, position: offset, last: b'\n' })
    }

    /// The offset of the next byte.
    pub(in crate::read) const fn position(&self) -> u64 {
        self.position
    }

    /// Appends up to `most` bytes; fewer only where the stream ends. What came before a failure is appended too.
    pub(in crate::read) fn read(&mut self, most: u64, out: &mut Vec<u8>) -> Result<(), Failure> {
        let from = out.len();
        let ready = self.ahead.get(self.ahead_at..).unwrap_or_default();
        let taken = ready.get(..most.min(ready.len() as u64) as usize).unwrap_or_default();
        out.extend_from_slice(taken);
        let rest = most - taken.len() as u64;
        self.ahead_at += taken.len();
        let result = if rest > 0 { Read::by_ref(&mut self.reader).take(rest).read_to_end(out) } else { Ok(0) };
        self.position += (out.len() - from) as u64;
        self.last = if out.len() > from { out.last().copied().unwrap_or(self.last) } else { self.last };
        result.map(|_| ()).map_err(|error| failure(&error, self.position))
    }

    /// Appends the bytes up to the next line break and with it, or a part of them where the line is long; none where
    /// the stream ends.
    pub(in crate::read) fn read_line(&mut self, out: &mut Vec<u8>) -> Result<(), Failure> {
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
    pub(in crate::read) fn at_line_start(&mut self) -> Result<bool, Failure> {
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
            Err(error) if self.ahead.is_empty() => Err(failure(&error, self.position)),
            // A failure after some bytes comes again with the next read.
            _ => Ok(()),
        }
    }
}

fn failure(error: &io::Error, offset: u64) -> Failure {
    Failure { code: code_of(error), offset, cause: io_cause(error) }
}
