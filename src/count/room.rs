//! How much memory the count may take, and the temporary files that take what is over it.

use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

/// A smaller room would go to disk for every mention.
const LEAST_BYTES: u64 = 1 << 10;

/// The memory that keys of persons may take together, whoever holds them, and where the rest goes.
///
/// Files are made in a folder without a name that anybody could open, and are gone with the process, however it ends. They
/// hold keyed fingerprints only, whose key is not in them.
#[derive(Debug)]
pub struct Room {
    limit: u64,
    folder: PathBuf,
    used: AtomicU64,
    on_disk: AtomicU64,
    failure: OnceLock<CountError>,
}

/// Why persons cannot be counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountError {
    /// Their keys could not be kept in a temporary file, or not be read from it again.
    Spill {
        /// Where the file is.
        folder: PathBuf,
        /// What the operating system said.
        cause: String,
    },
    /// There are more identifiers than can be numbered.
    TooMany,
}

impl fmt::Display for CountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spill { folder, cause } => write!(
                f,
                "cannot keep keys of persons in temporary files in `{}`: {cause}; make room there, name another folder \
                 with TMPDIR, or allow more memory with --memory",
                folder.display()
            ),
            Self::TooMany => f.write_str("more than 4 billion identifiers; count parts of the data apart"),
        }
    }
}

impl std::error::Error for CountError {}

impl Room {
    /// Room for `limit` bytes in memory, with temporary files in `folder`.
    pub fn new(limit: u64, folder: &Path) -> Arc<Self> {
        Arc::new(Self {
            limit: limit.max(LEAST_BYTES),
            folder: folder.to_owned(),
            used: AtomicU64::new(0),
            on_disk: AtomicU64::new(0),
            failure: OnceLock::new(),
        })
    }

    /// Room without an end: nothing goes to disk.
    pub fn unbounded() -> Arc<Self> {
        Self::new(u64::MAX, Path::new(""))
    }

    /// The most bytes in memory.
    pub(super) fn limit(&self) -> u64 {
        self.limit
    }

    /// The bytes that are taken.
    pub(super) fn used(&self) -> u64 {
        self.used.load(Relaxed)
    }

    /// Bytes written to temporary files so far.
    pub fn bytes_on_disk(&self) -> u64 {
        self.on_disk.load(Relaxed)
    }

    /// Says that a holder that held `before` bytes now holds `after`.
    pub(super) fn change(&self, before: u64, after: u64) {
        if after >= before {
            self.used.fetch_add(after - before, Relaxed);
        } else {
            self.used.fetch_sub(before - after, Relaxed);
        }
    }

    /// A new file without a name.
    pub(super) fn file(&self) -> Result<File, CountError> {
        tempfile::tempfile_in(&self.folder).map_err(|error| self.error(&error))
    }

    /// Writes at an offset of a file.
    pub(super) fn write_at(&self, file: &File, bytes: &[u8], offset: u64) -> Result<(), CountError> {
        write_all_at(file, bytes, offset).map_err(|error| self.error(&error))?;
        self.on_disk.fetch_add(bytes.len() as u64, Relaxed);
        Ok(())
    }

    /// Fills `bytes` from an offset of a file.
    pub(super) fn read_at(&self, file: &File, bytes: &mut [u8], offset: u64) -> Result<(), CountError> {
        read_exact_at(file, bytes, offset).map_err(|error| self.error(&error))
    }

    /// What went wrong while nobody could be told.
    pub(super) fn failure(&self) -> Result<(), CountError> {
        self.failure.get().map_or(Ok(()), |error| Err(error.clone()))
    }

    /// Keeps the first failure for [`Room::failure`].
    pub(super) fn fail(&self, error: CountError) {
        // A second failure says nothing that the first does not.
        let _ = self.failure.set(error);
    }

    fn error(&self, error: &io::Error) -> CountError {
        let text = error.to_string();
        let cause = text.split(" (os error").next().unwrap_or_default().to_lowercase();
        CountError::Spill { folder: self.folder.clone(), cause }
    }
}

#[cfg(unix)]
fn write_all_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, offset)
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn write_all_at(file: &File, mut bytes: &[u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let n = std::os::windows::fs::FileExt::seek_write(file, bytes, offset)?;
        bytes = bytes.get(n..).unwrap_or_default();
        offset += n as u64;
    }
    Ok(())
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let n = std::os::windows::fs::FileExt::seek_read(file, bytes, offset)?;
        if n == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = bytes.get_mut(n..).unwrap_or_default();
        offset += n as u64;
    }
    Ok(())
}
