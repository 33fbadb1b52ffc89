//! Walks a zip archive by its directory, and by its entries where the directory is gone.
//!
//! PKWARE, "APPNOTE.TXT - .ZIP File Format Specification" 6.3.10. The walk is our own because libraries keep one of several
//! entries with the same name, decode names that Chinese Windows wrote to something else, and open nothing of an archive
//! that is cut short: here everything that is in an archive must come to light.

mod record;

use std::io;

use record::{Record, u16_at, u32_at, u64_at};

use super::{Body, Entry, Step, damage, name};
use crate::model::ProblemCode;
use crate::read::Options;
use crate::read::origin::{Compression, Expected, Origin, RandomAccess};

/// An archive that is being walked.
pub(super) struct Walk {
    origin: Origin,
    bytes: RandomAccess,
    buffered_bytes: u64,
    place: Place,
}

/// Where in an archive a walk is.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// In the directory.
    Directory {
        at: u64,
        /// Where the end of the directory is recorded.
        end: u64,
        /// How much further back everything is than the directory says.
        shift: u64,
        n_read: u64,
        n_promised: u64,
    },
    /// Before the entries, which are read one by one since there is no directory.
    Lost,
    /// At an entry.
    Entries { at: u64 },
    /// Behind everything.
    End,
}

impl Walk {
    /// Begins at the first entry. The origin has positioned reads.
    pub(super) fn open(origin: &Origin, options: &Options) -> io::Result<Self> {
        let bytes = origin.random()?;
        let place = directory(&bytes)?.unwrap_or(Place::Lost);
        Ok(Self { origin: origin.clone(), bytes, buffered_bytes: options.limits.buffered_bytes, place })
    }

    /// The next entry, or damage.
    pub(super) fn next(&mut self) -> Option<Step> {
        loop {
            let step = match self.place {
                Place::Directory { .. } => self.in_directory(),
                Place::Lost => {
                    self.place = Place::Entries { at: 0 };
                    let message = "the directory at the end is missing, so the archive is cut short or damaged";
                    return Some(Step::Damage(ProblemCode::ArchiveCorrupt, message.to_owned()));
                }
                Place::Entries { at } => Ok(self.at_entry(at)),
                Place::End => return None,
            };
            match step {
                Ok(Some(entry)) => return Some(Step::Entry(entry)),
                Ok(None) => {}
                Err(step) => {
                    self.place = Place::End;
                    return Some(step);
                }
            }
        }
    }

    fn in_directory(&mut self) -> Result<Option<Entry>, Step> {
        let Place::Directory { at, end, shift, n_read, n_promised } = self.place else { return Ok(None) };
        let record =
            if at < end { Record::in_directory(&self.bytes, at).map_err(|error| damage(&error))? } else { None };
        let Some(record) = record else {
            self.place = Place::End;
            // Without the record for large archives, some programs count on from 0.
            if n_read == n_promised || n_promised == n_read % (1 << 16) {
                return Ok(None);
            }
            let message = format!("the directory has {n_read} entries where {n_promised} are promised");
            return Err(Step::Damage(ProblemCode::ArchiveCorrupt, message));
        };
        self.place = Place::Directory { at: at + record.length, end, shift, n_read: n_read + 1, n_promised };
        let local = Record::at_entry(&self.bytes, record.header_at.saturating_add(shift));
        Ok(match local {
            Ok(Some((_, data_at))) => self.entry(&record, data_at),
            _ => Some(refused(&record, ProblemCode::ArchiveCorrupt, "its data is not where the directory says")),
        })
    }

    /// An entry that is found without the directory.
    fn at_entry(&mut self, at: u64) -> Option<Entry> {
        let Ok(Some((record, data_at))) = Record::at_entry(&self.bytes, at) else {
            self.place = Place::End;
            return None;
        };
        let is_open = record.has_sizes_behind() && record.stored == 0;
        self.place = if is_open { Place::End } else { Place::Entries { at: data_at.saturating_add(record.stored) } };
        if !is_open {
            return self.entry(&record, data_at);
        }
        // How long it is, only its own end shows; what follows cannot be found.
        let rest = self.origin.part(data_at, self.bytes.bytes().saturating_sub(data_at));
        let Some(compression) = compression(record.method).filter(|method| *method != Compression::Stored) else {
            return Some(refused(&record, ProblemCode::ArchiveCorrupt, "nothing says where its data ends"));
        };
        let stored = self.bytes.bytes().saturating_sub(data_at);
        let origin = rest.unpacked(compression, stored.saturating_mul(MAX_DEFLATED));
        Some(Entry { name: record.name(), body: Body::Data { origin, stored, unpacked: 0 } })
    }

    fn entry(&self, record: &Record, data_at: u64) -> Option<Entry> {
        let name = record.name();
        if name.ends_with('/') && record.unpacked == 0 {
            return None;
        }
        if record.is_encrypted() {
            return Some(refused(record, ProblemCode::FormatEncrypted, "the entry has a password"));
        }
        if record.is_link() {
            return Some(Entry { name, body: Body::Link });
        }
        let Some(compression) = compression(record.method) else {
            let message = format!("content is compressed by method {} of zip", record.method);
            return Some(refused(record, ProblemCode::FormatUnsupported, &message));
        };
        let part = self.origin.part(data_at, record.stored);
        let expected = Expected { bytes: record.unpacked, crc: record.crc };
        let origin = match compression {
            // Where it is short, its checksum is looked at when it is read.
            Compression::Stored if record.stored > self.buffered_bytes => part,
            _ => part.expected(compression, expected),
        };
        let unpacked = record.unpacked;
        Some(Entry { name, body: Body::Data { origin, stored: record.stored, unpacked } })
    }
}

/// What an entry that nothing says the length of may unfold to: the most that deflate can.
const MAX_DEFLATED: u64 = 1032;

fn refused(record: &Record, code: ProblemCode, message: &str) -> Entry {
    Entry { name: record.name(), body: Body::Refused(code, message.to_owned()) }
}

/// The methods of section 4.4.5 that are read.
fn compression(method: u16) -> Option<Compression> {
    Some(match method {
        0 => Compression::Stored,
        8 => Compression::Deflate,
        12 => Compression::Bzip2,
        20 | 93 => Compression::Zstd,
        95 => Compression::Xz,
        _ => return None,
    })
}

/// The end record is 22 bytes long, with a comment behind it of at most 64 KB.
const END_BYTES: u64 = 22;

/// Finds the directory by the record at the end; `None` where there is none.
fn directory(bytes: &RandomAccess) -> io::Result<Option<Place>> {
    let window_at = bytes.bytes().saturating_sub(END_BYTES + u64::from(u16::MAX));
    let window = bytes.read_at(window_at, (bytes.bytes() - window_at) as usize)?;
    let mut ends = memchr::memmem::rfind_iter(&window, b"PK\x05\x06");
    let fits = |at: &usize| window.len() as u64 - *at as u64 >= END_BYTES;
    let Some(at) = ends.find(fits) else { return Ok(None) };
    let end = window.get(at..).unwrap_or_default();
    let end_at = window_at + at as u64;
    let (Some(n), Some(length), Some(offset)) = (u16_at(end, 10), u32_at(end, 12), u32_at(end, 16)) else {
        return Ok(None);
    };
    let small = (end_at, u64::from(n), u64::from(length), u64::from(offset));
    let is_large = n == u16::MAX || length == u32::MAX || offset == u32::MAX;
    let (end_at, n_promised, length, offset) = if is_large { large(bytes, end_at)?.unwrap_or(small) } else { small };
    if n_promised == 0 && length == 0 {
        return Ok(Some(Place::End));
    }
    // Programs that unpack themselves stand before the archive, and some of them count from its beginning.
    let shift = end_at.saturating_sub(length).saturating_sub(offset);
    let begins = |at: u64| Record::in_directory(bytes, at).is_ok_and(|record| record.is_some());
    let shift = [0, shift].into_iter().find(|shift| begins(offset.saturating_add(*shift)));
    let place = |shift| Place::Directory { at: offset + shift, end: end_at, shift, n_read: 0, n_promised };
    Ok(shift.map(place))
}

/// What the record for large archives says: where it stands, how many entries there are, how long the directory is, where
/// it begins.
fn large(bytes: &RandomAccess, end_at: u64) -> io::Result<Option<(u64, u64, u64, u64)>> {
    let Some(locator_at) = end_at.checked_sub(20) else { return Ok(None) };
    let locator = bytes.read_at(locator_at, 20)?;
    let Some(at) = locator.starts_with(b"PK\x06\x07").then(|| u64_at(&locator, 8)).flatten() else { return Ok(None) };
    // It stands right before its locator where the offset is that of something before the archive.
    for at in [at, locator_at.saturating_sub(56)] {
        let Ok(record) = bytes.read_at(at, 56) else { continue };
        if record.starts_with(b"PK\x06\x06")
            && let (Some(n), Some(length), Some(offset)) =
                (u64_at(&record, 32), u64_at(&record, 40), u64_at(&record, 48))
        {
            return Ok(Some((at, n, length, offset)));
        }
    }
    Ok(None)
}

/// So many entries are looked at to tell a document from an archive; programs that write documents begin with these.
const LOOKED_AT: usize = 200;

/// What a zip archive is by the names in it, where it is a document or a program rather than a folder of files.
pub(in crate::read) fn document(origin: &Origin, options: &Options) -> Option<&'static str> {
    let mut walk = Walk::open(origin, options).ok()?;
    for _ in 0..LOOKED_AT {
        let entry = match walk.next()? {
            Step::Entry(entry) => entry,
            Step::Damage(..) => continue,
        };
        // Some programs write the separators of Windows.
        let known = match entry.name.replace('\\', "/").as_str() {
            "xl/workbook.xml" => Some("xlsx"),
            "xl/workbook.bin" => Some("xlsb"),
            "word/document.xml" => Some("docx"),
            "ppt/presentation.xml" => Some("pptx"),
            "AndroidManifest.xml" => Some("apk"),
            "META-INF/MANIFEST.MF" => Some("jar"),
            "mimetype" => open_document(&entry.body),
            _ => None,
        };
        if known.is_some() {
            return known;
        }
    }
    None
}

/// A file in a document.
pub(in crate::read) struct Part {
    pub(in crate::read) name: String,
    pub(in crate::read) origin: Origin,
    /// What it is said to unpack to.
    pub(in crate::read) unpacked: u64,
}

/// The files in a document that can be read, each as often as it stands there.
pub(in crate::read) fn parts(origin: &Origin, options: &Options) -> io::Result<Vec<Part>> {
    let mut walk = Walk::open(origin, options)?;
    let most = usize::try_from(options.limits.entries).unwrap_or(usize::MAX);
    let steps = std::iter::from_fn(|| walk.next()).take(most);
    let parts = steps.filter_map(|step| match step {
        Step::Entry(Entry { name, body: Body::Data { origin, unpacked, .. } }) => {
            let stored = origin.bytes().ok().flatten().unwrap_or(0);
            Some(Part { name, origin, unpacked: unpacked.max(stored) })
        }
        Step::Entry(_) | Step::Damage(..) => None,
    });
    Ok(parts.collect())
}

/// What the media type says in a document of the OASIS or an electronic book.
fn open_document(body: &Body) -> Option<&'static str> {
    const MAX_TYPE_BYTES: u64 = 100;
    let Body::Data { origin, .. } = body else { return None };
    let text = origin.whole(MAX_TYPE_BYTES).ok()?;
    Some(match text.trim_ascii() {
        b"application/vnd.oasis.opendocument.spreadsheet" => "ods",
        b"application/vnd.oasis.opendocument.text" => "odt",
        b"application/vnd.oasis.opendocument.presentation" => "odp",
        b"application/epub+zip" => "epub",
        _ => return None,
    })
}
