//! Where the bytes of an object come from.
//!
//! A format asks an [`Origin`] for what it needs and does not learn more: a stream from an offset, positioned reads, or
//! everything at once. A new place where bytes can be is a variant of [`Kind`] here and of `Store` in `random.rs`.

mod fault;
mod part;
mod random;
mod translate;
mod unpack;

use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;

pub(super) use fault::{Fault, code_of};
pub(super) use random::RandomAccess;
pub(super) use translate::Translate;
pub(super) use unpack::{Compression, Expected};

use crate::model::ProblemCode;
use crate::read::remote::Remote;
use part::Part;
use translate::Translated;
use unpack::Unpacked;

/// Something that has bytes: cheap to clone, readable by any thread, any number of times.
#[derive(Clone, Debug)]
pub struct Origin(Kind);

#[derive(Clone, Debug)]
enum Kind {
    /// A file of this machine.
    File(Arc<Path>),
    /// Bytes that are held.
    Memory(Bytes),
    /// An object in a bucket or on a web server.
    Remote(Arc<Remote>),
    /// Some of the bytes of another origin.
    Part(Arc<Part>),
    /// What the bytes of another origin are when they are decompressed.
    Unpacked(Arc<Unpacked>),
    /// What the bytes of another origin say in another format.
    Translated(Arc<Translated>),
}

/// What shows that an origin is still the one that was opened: that of the file where it begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
}

impl Origin {
    /// A file of this machine.
    pub fn file(path: &Path) -> Self {
        Self(Kind::File(path.into()))
    }

    /// Bytes that are held already.
    pub fn memory(bytes: impl Into<Bytes>) -> Self {
        Self(Kind::Memory(bytes.into()))
    }

    /// An object in a bucket or on a web server.
    pub(super) fn remote(remote: Remote) -> Self {
        Self(Kind::Remote(Arc::new(remote)))
    }

    /// The file, where it is one of this machine.
    pub fn path(&self) -> Option<&Path> {
        match &self.0 {
            Kind::File(path) => Some(path),
            Kind::Memory(_) | Kind::Remote(_) | Kind::Part(_) | Kind::Unpacked(_) | Kind::Translated(_) => None,
        }
    }

    /// So many of its bytes from an offset on. Where they are not there, reading them is an error.
    pub(super) fn part(&self, offset: u64, bytes: u64) -> Self {
        Self(Kind::Part(Arc::new(Part { of: self.clone(), offset, bytes })))
    }

    /// What its bytes are when they are decompressed: a stream of unknown length, and an error of the code `archive.bomb`
    /// behind `most` bytes.
    pub(super) fn unpacked(&self, compression: Compression, most: u64) -> Self {
        Self(Kind::Unpacked(Arc::new(Unpacked { of: self.clone(), compression, most, expected: None })))
    }

    /// What its bytes are when they are decompressed, where it is known what must come of it.
    pub(super) fn expected(&self, compression: Compression, expected: Expected) -> Self {
        let unpacked = Unpacked { of: self.clone(), compression, most: expected.bytes, expected: Some(expected) };
        Self(Kind::Unpacked(Arc::new(unpacked)))
    }

    /// What its bytes say in another format: a stream of unknown length.
    pub(super) fn translated(&self, by: Arc<dyn Translate>) -> Self {
        Self(Kind::Translated(Arc::new(Translated { of: self.clone(), by })))
    }

    /// Whether its bytes stand nowhere.
    pub(super) const fn is_translated(&self) -> bool {
        matches!(self.0, Kind::Translated(_))
    }

    /// The bytes that it holds in memory.
    pub(super) fn held_bytes(&self) -> u64 {
        match &self.0 {
            Kind::Memory(bytes) => bytes.len() as u64,
            Kind::File(_) | Kind::Remote(_) | Kind::Part(_) | Kind::Unpacked(_) | Kind::Translated(_) => 0,
        }
    }

    /// What to compare after reading.
    pub(super) fn stamp(&self) -> io::Result<Stamp> {
        match &self.0 {
            Kind::File(path) => Stamp::of(&fs::metadata(path)?),
            Kind::Memory(_) => Ok(Stamp::default()),
            Kind::Remote(remote) => Ok(Stamp::of_remote(remote)),
            Kind::Part(part) => part.of.stamp(),
            Kind::Unpacked(unpacked) => unpacked.of.stamp(),
            Kind::Translated(translated) => translated.of.stamp(),
        }
    }

    /// What says that it is the same as before, without reading it: its size and when it was written, with the tag of a remote
    /// one, and with when anything of it was changed of a file.
    pub fn version(&self) -> io::Result<String> {
        match &self.0 {
            Kind::File(path) => {
                let metadata = fs::metadata(path)?;
                let stamp = Stamp::of(&metadata)?;
                Ok(format!("{stamp:?} {:?}", changed(&metadata)))
            }
            Kind::Remote(remote) => Ok(format!("{:?} {:?}", Stamp::of_remote(remote), remote.tag())),
            Kind::Memory(_) | Kind::Part(_) | Kind::Unpacked(_) | Kind::Translated(_) => {
                Ok(format!("{:?}", self.stamp()?))
            }
        }
    }

    /// How many bytes it has; `None` where only reading shows it.
    pub(super) fn bytes(&self) -> io::Result<Option<u64>> {
        match &self.0 {
            Kind::File(path) => Ok(Some(Stamp::of(&fs::metadata(path)?)?.bytes)),
            Kind::Memory(bytes) => Ok(Some(bytes.len() as u64)),
            Kind::Remote(remote) => Ok(Some(remote.bytes())),
            Kind::Part(part) => Ok(Some(part.bytes)),
            Kind::Unpacked(unpacked) => Ok(unpacked.expected.map(|expected| expected.bytes)),
            Kind::Translated(_) => Ok(None),
        }
    }

    /// Whether opening it at an offset costs no more than opening it at the beginning. Its length is known then.
    pub(super) fn is_seekable(&self) -> bool {
        match &self.0 {
            Kind::Part(part) => part.of.is_seekable(),
            Kind::Remote(remote) => remote.is_seekable(),
            Kind::File(_) | Kind::Memory(_) => true,
            Kind::Unpacked(_) | Kind::Translated(_) => false,
        }
    }

    /// The bytes from an offset on, one after another; none where the offset is behind the end.
    pub(super) fn open(&self, offset: u64) -> io::Result<Box<dyn Read + Send>> {
        match &self.0 {
            Kind::File(path) => {
                let mut file = File::open(path)?;
                if offset > 0 {
                    file.seek(SeekFrom::Start(offset))?;
                }
                Ok(Box::new(file))
            }
            Kind::Memory(bytes) => {
                let mut cursor = Cursor::new(bytes.clone());
                cursor.set_position(offset);
                Ok(Box::new(cursor))
            }
            Kind::Remote(remote) => remote.open(offset),
            Kind::Part(part) => part.open(offset),
            Kind::Unpacked(unpacked) => skipped(unpacked.open()?, offset),
            Kind::Translated(translated) => skipped(translated.by.open(&translated.of)?, offset),
        }
    }

    /// Positioned reads, where it [is seekable](Self::is_seekable); `held` makes any origin so.
    pub(super) fn random(&self) -> io::Result<RandomAccess> {
        match &self.0 {
            Kind::File(path) => RandomAccess::file(path),
            Kind::Memory(bytes) => Ok(RandomAccess::memory(bytes.clone())),
            Kind::Part(part) => Ok(part.of.random()?.part(part.offset, part.bytes)),
            Kind::Remote(remote) if remote.is_seekable() => Ok(RandomAccess::remote(remote)),
            Kind::Remote(_) | Kind::Unpacked(_) | Kind::Translated(_) => {
                Err(io::Error::new(io::ErrorKind::NotSeekable, "a stream has no positions"))
            }
        }
    }

    /// All of it in memory; an error of the code `object.too_large` where it has more bytes than `limit`.
    pub(super) fn whole(&self, limit: u64) -> io::Result<Bytes> {
        if let Kind::Memory(bytes) = &self.0
            && bytes.len() as u64 <= limit
        {
            return Ok(bytes.clone());
        }
        let known = self.bytes()?;
        let mut bytes = Vec::new();
        if known.is_none_or(|known| known <= limit) {
            // What is said to be there need not be.
            bytes.reserve(known.unwrap_or(0).min(RESERVED_BYTES) as usize);
            self.open(0)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        }
        if known.is_some_and(|known| known > limit) || bytes.len() as u64 > limit {
            let cause = format!("more than {} MB would have to be held in memory", limit >> 20);
            return Err(Fault::new(ProblemCode::ObjectTooLarge, cause).into());
        }
        Ok(bytes.into())
    }

    /// The same bytes with positioned reads: itself where it has them, and held in memory, up to `limit` bytes, where it
    /// has not.
    pub(super) fn held(&self, limit: u64) -> io::Result<Self> {
        if self.is_seekable() { Ok(self.clone()) } else { self.whole(limit).map(Self::memory) }
    }
}

/// So much room is made before the first byte is read.
const RESERVED_BYTES: u64 = 1 << 20;

impl Stamp {
    fn of(metadata: &fs::Metadata) -> io::Result<Self> {
        // Opening a named pipe would wait for a writer.
        if !metadata.is_file() {
            return Err(Fault::new(ProblemCode::ObjectUnreadable, "not a file").into());
        }
        Ok(Self { bytes: metadata.len(), modified: metadata.modified().ok() })
    }

    /// Each answer of a place is compared with the version that was listed, so that this need not be.
    fn of_remote(remote: &Remote) -> Self {
        Self { bytes: remote.bytes(), modified: Some(remote.modified()) }
    }
}

/// Seconds and nanoseconds, which no program sets as it likes.
#[cfg(unix)]
fn changed(metadata: &fs::Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &fs::Metadata) {}

/// A stream without its first bytes.
pub(super) fn skipped(mut stream: Box<dyn Read + Send>, bytes: u64) -> io::Result<Box<dyn Read + Send>> {
    io::copy(&mut Read::by_ref(&mut stream).take(bytes), &mut io::sink())?;
    Ok(stream)
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};

    use super::{Compression, Origin, code_of};
    use crate::model::ProblemCode;

    fn from(origin: &Origin, offset: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        origin.open(offset).expect("opens").read_to_end(&mut bytes).expect("reads");
        bytes
    }

    #[test]
    fn every_origin_has_the_same_bytes() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        std::fs::write(&path, b"0123456789").expect("a file");
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(b"0123456789").expect("compresses");
        let packed = Origin::memory(encoder.finish().expect("compresses")).unpacked(Compression::Gzip, 100);
        let part = Origin::memory(b"abc0123456789xyz".to_vec()).part(1, 14).part(2, 10);
        for origin in [Origin::file(&path), Origin::memory(b"0123456789".to_vec()), packed.part(0, 10), packed, part] {
            for (offset, rest) in [(0, "0123456789"), (7, "789"), (10, ""), (99, "")] {
                assert_eq!(from(&origin, offset), rest.as_bytes(), "{origin:?} {offset}");
            }
            assert_eq!(origin.whole(10).expect("fits"), "0123456789");
            let code = origin.whole(9).map_err(|error| code_of(&error));
            assert_eq!(code, Err(ProblemCode::ObjectTooLarge), "{origin:?}");
            let random = origin.held(10).and_then(|held| held.random()).expect("positions");
            assert_eq!(random.bytes(), 10);
            assert_eq!(random.read_at(3, 4).expect("inside"), "3456");
            assert_eq!(random.read_at(0, 10).expect("inside"), "0123456789");
            for (offset, length) in [(7, 4), (10, 1), (u64::MAX, 1)] {
                assert!(random.read_at(offset, length).is_err(), "{origin:?} {offset} {length}");
            }
            let mut buffer = [0; 4];
            assert_eq!(random.read_some_at(8, &mut buffer).expect("reads"), 2);
            assert_eq!(random.read_some_at(11, &mut buffer).expect("reads"), 0);
        }
    }
}
