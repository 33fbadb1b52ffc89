//! Remote objects as streams.

use std::io::{self, Read};
use std::sync::Arc;

use bytes::{Buf as _, Bytes};
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;

use super::{BLOCK_BYTES, Remote, Version, changed, fault, runtime};

/// Whoever reads on gets more with each request, up to this.
const MOST_AHEAD_BYTES: u64 = 4 * BLOCK_BYTES;

/// One range after another.
pub(super) struct InParts {
    remote: Arc<Remote>,
    /// Where the next range begins.
    at: u64,
    ready: Bytes,
    ahead: u64,
}

impl InParts {
    pub(super) fn new(remote: Arc<Remote>, offset: u64) -> Self {
        Self { at: offset.min(remote.bytes()), remote, ready: Bytes::new(), ahead: BLOCK_BYTES }
    }
}

impl Read for InParts {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.ready.is_empty() && self.at < self.remote.bytes() && !buffer.is_empty() {
            self.ready = self.remote.chunk(self.at, self.ahead)?;
            self.at += self.ready.len() as u64;
            self.ahead = (self.ahead * 2).min(MOST_AHEAD_BYTES);
        }
        Ok(taken(&mut self.ready, buffer))
    }
}

/// All of it, as a server sends it that gives no ranges.
pub(super) struct Whole {
    stream: BoxStream<'static, object_store::Result<Bytes>>,
    ready: Bytes,
    left: u64,
}

impl Whole {
    pub(super) fn open(remote: &Remote) -> io::Result<Self> {
        let options = remote.options();
        let answer = runtime::wait(remote.store.get_opts(&remote.location, options))?;
        let answer = answer.map_err(|error| fault::of(&error))?;
        remote.check(&Version::of(&answer.meta))?;
        Ok(Self { stream: answer.into_stream(), ready: Bytes::new(), left: remote.bytes() })
    }
}

impl Read for Whole {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.ready.is_empty() && !buffer.is_empty() {
            match runtime::wait(self.stream.next())? {
                Some(Ok(bytes)) => {
                    self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(changed)?;
                    self.ready = bytes;
                }
                Some(Err(error)) => return Err(fault::of(&error).into()),
                None if self.left > 0 => return Err(changed().into()),
                None => return Ok(0),
            }
        }
        Ok(taken(&mut self.ready, buffer))
    }
}

fn taken(ready: &mut Bytes, buffer: &mut [u8]) -> usize {
    let n = ready.len().min(buffer.len());
    if let Some(buffer) = buffer.get_mut(..n) {
        ready.copy_to_slice(buffer);
    }
    n
}
