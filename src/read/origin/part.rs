//! Some of the bytes of another origin.

use std::io::{self, Read};

use super::{Fault, Origin};
use crate::model::ProblemCode;

/// So many bytes of an origin from an offset on.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) of: Origin,
    pub(super) offset: u64,
    pub(super) bytes: u64,
}

impl Part {
    /// The bytes from an offset in the part on.
    pub(super) fn open(&self, offset: u64) -> io::Result<Box<dyn Read + Send>> {
        let offset = offset.min(self.bytes);
        let stream = self.of.open(self.offset.saturating_add(offset))?;
        Ok(Box::new(Exactly { stream, left: self.bytes - offset }))
    }
}

/// A stream that must have as many bytes as it is said to have.
struct Exactly {
    stream: Box<dyn Read + Send>,
    left: u64,
}

impl Read for Exactly {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let n = self.stream.read(buffer.get_mut(..most).unwrap_or_default())?;
        if n == 0 && most > 0 {
            return Err(Fault::new(ProblemCode::ArchiveCorrupt, "the archive ends in the middle of it").into());
        }
        self.left -= n as u64;
        Ok(n)
    }
}
