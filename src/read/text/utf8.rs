//! Text in any encoding as a stream of UTF-8.

use std::io::{self, BufRead, Read};

use super::charset::{Charset, Decoder};
use super::count_malformed;
use super::raw::RawStream;
use crate::model::ProblemCode;
use crate::read::origin::{Fault, Origin};

/// How a text is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) struct Encoding {
    pub(in crate::read) charset: Charset,
    /// The length of the byte order mark.
    mark: u64,
}

impl Encoding {
    /// The encoding that all of a text fits best.
    pub(in crate::read) fn of(origin: &Origin) -> io::Result<Self> {
        const SAMPLE_BYTES: u64 = 128 << 10;
        let mut sample = Vec::new();
        match origin.open(0)?.take(SAMPLE_BYTES).read_to_end(&mut sample) {
            // What can be read of damaged bytes is read, and the damage reported then.
            Err(error) if sample.is_empty() => return Err(error),
            _ => {}
        }
        let (charset, mark) = Charset::guess(&sample);
        let mark = mark as u64;
        let malformed = |charset| count_malformed(origin, mark, charset);
        let charset = match malformed(charset) {
            Some(n) if n > 0 && mark == 0 && charset == Charset::Utf8 => {
                let is_better = malformed(Charset::Gb18030).is_some_and(|other| other < n);
                if is_better { Charset::Gb18030 } else { charset }
            }
            _ => charset,
        };
        Ok(Self { charset, mark })
    }
}

/// What is read and decoded at once.
const BLOCK_BYTES: u64 = 64 << 10;

/// A stream of UTF-8 that gives no more than it may.
pub(in crate::read) struct Utf8Stream {
    raw: RawStream,
    decoder: Decoder,
    block: Vec<u8>,
    at: usize,
    ended: bool,
    failed: Option<Fault>,
    /// So many bytes may still be taken.
    pub(in crate::read) left: usize,
}

impl Utf8Stream {
    /// A text from its beginning.
    pub(in crate::read) fn open(origin: &Origin, encoding: Encoding) -> io::Result<Self> {
        let raw = RawStream::open(origin, encoding.mark).map_err(|failure| Fault::new(failure.code, failure.cause))?;
        let decoder = Decoder::new(encoding.charset);
        Ok(Self { raw, decoder, block: Vec::new(), at: 0, ended: false, failed: None, left: usize::MAX })
    }

    /// What is wrong with the text that was read.
    pub(in crate::read) fn fault(&self) -> Option<Fault> {
        let malformed = || {
            let cause = format!("{} sequences of bytes are no text in its encoding", self.decoder.malformed);
            Fault::new(ProblemCode::TextUndecodable, cause)
        };
        self.failed.clone().or_else(|| (self.decoder.malformed > 0).then(malformed))
    }
}

impl BufRead for Utf8Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        while self.at >= self.block.len() && !self.ended {
            self.block.clear();
            self.at = 0;
            let result = self.raw.read(BLOCK_BYTES, &mut self.block);
            self.ended = result.is_err() || (self.block.len() as u64) < BLOCK_BYTES;
            self.failed = result.err().map(|failure| Fault::new(failure.code, failure.cause));
            self.decoder.decode(&mut self.block, 0, self.ended);
            self.decoder.replaced_at.clear();
        }
        let rest = self.block.get(self.at..).unwrap_or_default();
        Ok(rest.get(..self.left.min(rest.len())).unwrap_or_default())
    }

    fn consume(&mut self, bytes: usize) {
        self.at += bytes;
        self.left = self.left.saturating_sub(bytes);
    }
}

impl Read for Utf8Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}
