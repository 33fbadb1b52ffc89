//! The text of an object, or of the lines in a part of it, portion by portion as UTF-8.

use crate::read::origin::Origin;
use crate::read::text::charset::{Charset, Decoder};
use crate::read::text::raw::{Failure, RawStream};

/// What is read and decoded at once; with the text that waits for its end it fits a second-level cache.
const BLOCK_BYTES: usize = 256 << 10;

/// A range of raw bytes; the lines that begin in it are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lines {
    pub(super) start: u64,
    pub(super) end: u64,
}

/// A stream of text.
pub(super) struct Feed {
    raw: RawStream,
    decoder: Decoder,
    /// Behind the last byte whose line is ours.
    end: Option<u64>,
    ended: bool,
    /// Why the stream ended before its end.
    pub(super) failure: Option<Failure>,
}

impl Feed {
    /// All of an origin behind its byte order mark.
    pub(super) fn open(origin: &Origin, charset: Charset, mark: u64) -> Result<Self, Failure> {
        Ok(Self::new(RawStream::open(origin, mark)?, charset, None))
    }

    /// The lines that begin in a range which is not the first one.
    pub(super) fn open_lines(origin: &Origin, charset: Charset, lines: Lines) -> Result<Self, Failure> {
        // The line that the byte before belongs to is that of the range before.
        let mut raw = RawStream::open(origin, lines.start.saturating_sub(1))?;
        let mut line = Vec::new();
        loop {
            line.clear();
            raw.read_line(&mut line)?;
            if line.is_empty() || raw.at_line_start()? || raw.position() >= lines.end {
                break;
            }
        }
        let mut feed = Self::new(raw, charset, Some(lines.end));
        feed.ended = line.is_empty() || feed.raw.position() >= lines.end;
        Ok(feed)
    }

    /// The same up to the end of the line that an offset is in.
    pub(super) fn up_to(mut self, end: u64) -> Self {
        self.end = Some(end);
        self
    }

    fn new(raw: RawStream, charset: Charset, end: Option<u64>) -> Self {
        Self { raw, decoder: Decoder::new(charset), end, ended: false, failure: None }
    }

    /// Where in the object it stands.
    pub(super) const fn position(&self) -> u64 {
        self.raw.position()
    }

    /// How many sequences of bytes were not text.
    pub(super) const fn malformed(&self) -> u64 {
        self.decoder.malformed
    }

    /// Appends some text; false where there is no more.
    pub(super) fn more(&mut self, text: &mut Vec<u8>) -> bool {
        if self.ended {
            return false;
        }
        let from = text.len();
        if let Err(failure) = self.read(text) {
            self.failure = Some(failure);
            self.ended = true;
        }
        self.decoder.decode(text, from, self.ended);
        self.decoder.replaced_at.clear();
        true
    }

    fn read(&mut self, text: &mut Vec<u8>) -> Result<(), Failure> {
        // What is long is read in steps that grow with it.
        let want = BLOCK_BYTES.max(text.len()) as u64;
        let most = want.min(self.end.map_or(u64::MAX, |end| end.saturating_sub(self.raw.position())));
        let from = text.len();
        self.raw.read(most, text)?;
        self.ended = ((text.len() - from) as u64) < most;
        if self.ended || self.end.is_none_or(|end| self.raw.position() < end) {
            return Ok(());
        }
        while !self.raw.at_line_start()? {
            let before = text.len();
            self.raw.read_line(text)?;
            if text.len() == before {
                break;
            }
        }
        self.ended = true;
        Ok(())
    }
}
