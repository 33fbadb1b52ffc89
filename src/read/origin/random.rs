//! Positioned reads, by any number of threads at once.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;

use super::Stamp;
use crate::read::remote::Remote;

/// An opened origin whose bytes can be read in any order. It has no position of its own.
#[derive(Clone, Debug)]
pub(in crate::read) struct RandomAccess {
    store: Store,
    /// Where in the store it begins.
    start: u64,
    bytes: u64,
    stamp: Stamp,
}

#[derive(Clone, Debug)]
enum Store {
    File(Arc<File>),
    Memory(Bytes),
    Remote(Arc<Remote>),
}

impl RandomAccess {
    pub(super) fn file(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let stamp = Stamp::of(&file.metadata()?)?;
        Ok(Self { store: Store::File(Arc::new(file)), start: 0, bytes: stamp.bytes, stamp })
    }

    pub(super) fn memory(bytes: Bytes) -> Self {
        Self { start: 0, bytes: bytes.len() as u64, store: Store::Memory(bytes), stamp: Stamp::default() }
    }

    pub(super) fn remote(remote: &Arc<Remote>) -> Self {
        let stamp = Stamp::of_remote(remote);
        Self { store: Store::Remote(Arc::clone(remote)), start: 0, bytes: remote.bytes(), stamp }
    }

    /// So many of the bytes from an offset on, or those of them that are there.
    pub(super) fn part(self, offset: u64, bytes: u64) -> Self {
        let offset = offset.min(self.bytes);
        Self { start: self.start + offset, bytes: bytes.min(self.bytes - offset), ..self }
    }

    /// How many bytes there are.
    pub(in crate::read) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What it was when it was opened; [`Origin::stamp`](super::Origin::stamp) tells what it is now.
    pub(in crate::read) fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// So many bytes from an offset on; an error of the kind `UnexpectedEof` where there are fewer.
    pub(in crate::read) fn read_at(&self, offset: u64, length: usize) -> io::Result<Bytes> {
        if offset.checked_add(length as u64).is_none_or(|end| end > self.bytes) {
            return Err(cut_short());
        }
        match &self.store {
            Store::Memory(bytes) => {
                let start = usize::try_from(self.start + offset).map_err(|_| cut_short())?;
                Ok(bytes.slice(start..start + length))
            }
            Store::Remote(remote) => {
                if length == 0 {
                    return Ok(Bytes::new());
                }
                let bytes = remote.chunk(self.start + offset, length as u64)?;
                if bytes.len() < length { self.copied(offset, length) } else { Ok(bytes.slice(..length)) }
            }
            Store::File(_) => self.copied(offset, length),
        }
    }

    /// So many bytes, put together from as many reads as it takes.
    fn copied(&self, offset: u64, length: usize) -> io::Result<Bytes> {
        let mut buffer = vec![0; length];
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.read_some_at(offset + filled as u64, rest) {
                Ok(0) => return Err(cut_short()),
                Ok(n) => filled += n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(buffer.into())
    }

    /// Fills a buffer as far as one read does; 0 at the end and behind it.
    pub(in crate::read) fn read_some_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.bytes.saturating_sub(offset)).unwrap_or(usize::MAX).min(buffer.len());
        if most == 0 {
            return Ok(0);
        }
        let buffer = buffer.get_mut(..most).unwrap_or_default();
        match &self.store {
            Store::File(file) => read_file_at(file, buffer, self.start + offset),
            Store::Remote(remote) => {
                let bytes = remote.chunk(self.start + offset, most as u64)?;
                let n = bytes.len().min(most);
                buffer.get_mut(..n).unwrap_or_default().copy_from_slice(bytes.get(..n).unwrap_or_default());
                Ok(n)
            }
            Store::Memory(bytes) => {
                let from = usize::try_from(self.start + offset).unwrap_or(usize::MAX);
                let source = bytes.get(from..).and_then(|rest| rest.get(..most)).unwrap_or_default();
                buffer.copy_from_slice(source);
                Ok(most)
            }
        }
    }
}

fn cut_short() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the bytes end too early")
}

#[cfg(unix)]
fn read_file_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_file_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}
