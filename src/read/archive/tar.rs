//! Walks a tar archive, in a file or in a stream.
//!
//! POSIX.1-2017, "ustar" and "pax Interchange Format", and the long names of GNU tar. The walk is our own because a
//! library reads names of any length, and stops where one archive is appended to another.

use std::io::{self, Read};

use tar::{EntryType, Header, PaxExtensions};

use super::{Body, Entry, Step, damage, name};
use crate::model::ProblemCode;
use crate::read::Options;
use crate::read::origin::Origin;

/// Everything stands in blocks of so many bytes.
const BLOCK_BYTES: u64 = 512;

/// A longer record beside an entry holds no name that anyone could want.
const MAX_RECORD_BYTES: u64 = 1 << 20;

/// An archive that is being walked.
pub(super) struct Walk {
    origin: Origin,
    /// The archive from `at` on, where it has no positions.
    stream: Option<Box<dyn Read + Send>>,
    at: u64,
    buffered_bytes: u64,
    /// What records say of the next entry.
    next: Extras,
    /// Whether the mark of the end was passed.
    ended: bool,
    /// What is wrong behind the last entry.
    damage: Option<Step>,
    failed: bool,
}

/// What records beside an entry say of it.
#[derive(Default)]
struct Extras {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    sparse: bool,
}

impl Walk {
    /// Begins at the first entry.
    pub(super) fn open(origin: &Origin, options: &Options) -> io::Result<Self> {
        let stream = if origin.is_seekable() { None } else { Some(origin.open(0)?) };
        Ok(Self {
            origin: origin.clone(),
            stream,
            at: 0,
            buffered_bytes: options.limits.buffered_bytes,
            next: Extras::default(),
            ended: false,
            damage: None,
            failed: false,
        })
    }

    /// The next entry, or damage.
    pub(super) fn next(&mut self) -> Option<Step> {
        loop {
            if let Some(damage) = self.damage.take() {
                self.failed = true;
                return Some(damage);
            }
            if self.failed {
                return None;
            }
            match self.step() {
                Ok(Passed::Entry(entry)) => return Some(Step::Entry(entry)),
                Ok(Passed::Other) => {}
                Ok(Passed::End) => return None,
                Err(damage) => self.damage = Some(damage),
            }
        }
    }

    /// Passes one header and what belongs to it.
    fn step(&mut self) -> Result<Passed, Step> {
        let header_at = self.at;
        let corrupt = |what: &str| Step::Damage(ProblemCode::ArchiveCorrupt, format!("{what}, at byte {header_at}"));
        let block = self.take(BLOCK_BYTES).map_err(|error| damage(&error))?;
        if block.is_empty() {
            return Ok(Passed::End);
        }
        if block.iter().all(|byte| *byte == 0) {
            self.ended = true;
            return Ok(Passed::Other);
        }
        let mut header = Header::new_old();
        let Ok(block) = <[u8; 512]>::try_from(block) else { return Err(corrupt("the archive is cut short")) };
        *header.as_mut_bytes() = block;
        if !is_sound(&header) {
            let what =
                if self.ended { "something else follows the archive" } else { "no entry begins where one should" };
            return Err(corrupt(what));
        }
        let own_size = header.entry_size().map_err(|_| corrupt("the size of an entry makes no sense"))?;
        if is_record(header.entry_type()) {
            self.record(header.entry_type(), own_size)?;
            return Ok(Passed::Other);
        }
        let extras = std::mem::take(&mut self.next);
        Ok(self.entry(&header, extras.size.unwrap_or(own_size), extras))
    }

    /// Where the next header stands, if so many bytes of data begin here.
    fn behind(&self, size: u64) -> u64 {
        self.at.saturating_add(size.checked_next_multiple_of(BLOCK_BYTES).unwrap_or(u64::MAX))
    }

    /// Reads a record about the next entry.
    fn record(&mut self, kind: EntryType, size: u64) -> Result<(), Step> {
        let end = self.behind(size);
        if size <= MAX_RECORD_BYTES {
            let bytes = self.take(size).map_err(|error| damage(&error))?;
            self.next.note(kind, &bytes);
        }
        self.skip_to(end).map_err(|error| damage(&error))
    }

    fn entry(&mut self, header: &Header, size: u64, extras: Extras) -> Passed {
        let kind = header.entry_type();
        let name = name::decoded(&extras.name.unwrap_or_else(|| header.path_bytes().into_owned()));
        if size == 0 && (kind.is_dir() || name.ends_with('/')) {
            return Passed::Other;
        }
        let is_device = kind.is_character_special() || kind.is_block_special() || kind.is_fifo();
        if is_device || kind.is_symlink() || kind.is_hard_link() {
            // Whatever their size says, nothing stands behind them.
            return Passed::Entry(Entry { name, body: Body::Link });
        }
        let end = self.behind(size);
        let body = if kind.is_gnu_sparse() || extras.sparse {
            Body::Refused(ProblemCode::FormatUnsupported, "content is a sparse file in a tar archive".to_owned())
        } else {
            Body::Data { origin: self.data(size), stored: size, unpacked: 0 }
        };
        self.damage = self.skip_to(end).err().map(|error| damage(&error));
        Passed::Entry(Entry { name, body })
    }

    /// The data of an entry that begins here. In a stream, that of a short one is read now.
    fn data(&mut self, size: u64) -> Origin {
        let part = self.origin.part(self.at, size);
        if self.stream.is_none() || size > self.buffered_bytes {
            return part;
        }
        match self.take(size) {
            Ok(bytes) if bytes.len() as u64 == size => Origin::memory(bytes),
            // The part tells what is wrong when it is read.
            _ => part,
        }
    }

    /// Up to so many bytes; fewer only at the end.
    fn take(&mut self, n: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let result = match &mut self.stream {
            Some(stream) => stream.take(n).read_to_end(&mut bytes),
            None => self.origin.open(self.at)?.take(n).read_to_end(&mut bytes),
        };
        self.at += bytes.len() as u64;
        result.map(|_| bytes)
    }

    fn skip_to(&mut self, end: u64) -> io::Result<()> {
        match &mut self.stream {
            Some(stream) => {
                self.at += io::copy(&mut stream.take(end.saturating_sub(self.at)), &mut io::sink())?;
            }
            None => self.at = end,
        }
        Ok(())
    }
}

/// What a header turned out to begin.
enum Passed {
    Entry(Entry),
    /// A folder, a record about the next entry, or nothing.
    Other,
    End,
}

impl Extras {
    fn note(&mut self, kind: EntryType, bytes: &[u8]) {
        if kind.is_gnu_longname() {
            let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
            self.name = bytes.get(..end).map(<[u8]>::to_vec);
        } else if kind.is_pax_local_extensions() {
            for extension in PaxExtensions::new(bytes).filter_map(Result::ok) {
                match extension.key_bytes() {
                    b"path" => self.name = Some(extension.value_bytes().to_vec()),
                    b"size" => self.size = extension.value().ok().and_then(|size| size.parse().ok()),
                    key => self.sparse |= key.starts_with(b"GNU.sparse."),
                }
            }
        }
    }
}

/// Whether what follows is said of another entry.
fn is_record(kind: EntryType) -> bool {
    kind.is_gnu_longname()
        || kind.is_gnu_longlink()
        || kind.is_pax_local_extensions()
        || kind.is_pax_global_extensions()
}

/// Whether the bytes add up to the sum that the header says, its own field read as blanks.
fn is_sound(header: &Header) -> bool {
    let bytes = header.as_bytes();
    let sum: u32 = bytes.iter().map(|byte| u32::from(*byte)).sum();
    let own: u32 = bytes.get(148..156).unwrap_or_default().iter().map(|byte| u32::from(*byte)).sum();
    header.cksum().is_ok_and(|stored| stored == sum - own + 8 * u32::from(b' '))
}
