//! Opens an object by what its bytes are.

use std::io::{self, Read};

use super::archive::{self, Archive};
use super::magic::{self, ArchiveKind, Content};
use super::source::Nothing;
use super::{
    ObjectRef, Options, Origin, Source, avro, document, html, ipc, json, kinds, orc, parquet, pdf, problem_of, sheet,
    sql, sqlite, text, xml,
};
use crate::model::{Problem, ProblemCode};

/// What an object turns out to be.
#[derive(Debug)]
pub enum Opened {
    /// One table.
    Table(Source),
    /// Several tables, each an object of its own to findings, problems and counts.
    Tables(Vec<Member>),
    /// A folder of objects.
    Archive(Box<Archive>),
}

impl Opened {
    /// The table, where it is one.
    pub fn table(self) -> Option<Source> {
        match self {
            Self::Table(source) => Some(source),
            Self::Tables(_) | Self::Archive(_) => None,
        }
    }
}

/// One of several tables in an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its own URI ([`ObjectRef::uri`]); its origin is that of the object that it stands in, and its size what it has of
    /// the stored bytes, or 0 where nothing tells.
    pub object: ObjectRef,
    /// The table, or why it cannot be read.
    pub table: Result<Source, Problem>,
}

/// The most bytes of the beginning that the format is told from.
const HEAD_BYTES: u64 = 64 << 10;

/// The most bytes of the end that the format is told from; the names of what is in an archive stand there.
const TAIL_BYTES: u64 = 8 << 10;

/// So many layers of compression are undone, one inside the other; people make one, and programs two by mistake.
const MAX_LAYERS: usize = 4;

/// Opens an object by its magic bytes; what its extension says comes second.
pub fn open(object: &ObjectRef) -> Result<Opened, Problem> {
    open_with(object, &Options::default())
}

/// Opens an object to be read in other portions than usual.
pub fn open_with(object: &ObjectRef, options: &Options) -> Result<Opened, Problem> {
    Ok(match open_bare(object, options)? {
        Opened::Table(source) => Opened::Table(source.in_folders(&object.uri)),
        Opened::Tables(mut members) => {
            for member in &mut members {
                member.table = member.table.clone().map(|source| source.in_folders(&object.uri));
            }
            Opened::Tables(members)
        }
        archive @ Opened::Archive(_) => archive,
    })
}

/// Opens it without the columns of its folders.
fn open_bare(object: &ObjectRef, options: &Options) -> Result<Opened, Problem> {
    let stored = object;
    let Bare { object, content, suffix, mut remarks } = unwrap(object, options)?;
    let refused = |code, name: &str| {
        let inside = if suffix.is_empty() { "" } else { " inside a compressed file" };
        Problem::new(code, &object.uri, format!("content is {name}{inside}"))
    };
    let source = match content {
        Content::Empty => {
            let message = if suffix.is_empty() { "0 bytes" } else { "there is nothing in it" };
            remarks.push(Problem::new(ProblemCode::ObjectEmpty, &object.uri, message));
            Source::new(Nothing, &suffix, remarks)
        }
        Content::Parquet => Source::new(parquet::open(&object, options)?, &suffix, remarks),
        Content::Arrow => Source::new(ipc::open(&object, options)?, &suffix, remarks),
        Content::Avro => Source::new(avro::open(&object, options)?, &suffix, remarks),
        Content::Orc => Source::new(orc::open(&object, options)?, &suffix, remarks),
        Content::Text => {
            let object = ObjectRef { origin: buffered(&object.origin, options), ..object };
            Source::new(text::open(&object, options)?, &suffix, remarks)
        }
        Content::Json => {
            let object = ObjectRef { origin: buffered(&object.origin, options), ..object };
            return json::open(&object, options, &suffix, remarks);
        }
        Content::Xml => {
            let object = ObjectRef { origin: buffered(&object.origin, options), ..object };
            return xml::open(&object, options, &suffix, remarks);
        }
        Content::Html => {
            let object = ObjectRef { origin: buffered(&object.origin, options), ..object };
            return html::open(&object, options, &suffix, remarks).map(Opened::Table);
        }
        Content::Media(media) => return kinds::open(&object, media, options, &suffix, remarks).map(Opened::Table),
        Content::Variants => {
            let object = ObjectRef { origin: buffered(&object.origin, options), ..object };
            return kinds::variants::open(&object, options, &suffix, remarks).map(Opened::Table);
        }
        Content::Document(format) => {
            return document::open(&object, format, options, &suffix, remarks).map(Opened::Table);
        }
        Content::Pdf => return pdf::open(&object, options, &suffix, remarks).map(Opened::Table),
        Content::Workbook(format) => {
            return sheet::open(&object, format, options, &suffix, remarks).map(Opened::Tables);
        }
        Content::Sql => return sql::open(&object, options, &suffix, remarks).map(Opened::Tables),
        Content::Sqlite => return sqlite::open(&object, options, &suffix, remarks).map(Opened::Tables),
        Content::Archive(kind) => {
            let archive = Archive::open(stored, &object.origin, kind, options, remarks)?;
            return Ok(Opened::Archive(Box::new(archive)));
        }
        Content::Compressed(_) => {
            let message = format!("compressed more than {MAX_LAYERS} times over");
            return Err(Problem::new(ProblemCode::FormatUnsupported, &object.uri, message));
        }
        Content::Other(name) => return Err(refused(ProblemCode::FormatUnsupported, name)),
        Content::Encrypted(name) => return Err(refused(ProblemCode::FormatEncrypted, name)),
        Content::Pointer(name) => return Err(refused(ProblemCode::ObjectPointer, name)),
    };
    Ok(Opened::Table(source))
}

/// A short entry of an archive in memory, so that it is decompressed once; anything else, and what is damaged, as it is.
fn buffered(origin: &Origin, options: &Options) -> Origin {
    let limit = options.limits.buffered_bytes;
    let is_short = !origin.is_seekable() && matches!(origin.bytes(), Ok(Some(bytes)) if bytes <= limit);
    let held = if is_short { origin.held(limit).ok() } else { None };
    held.unwrap_or_else(|| origin.clone())
}

/// An object without the compression around it.
pub(super) struct Bare {
    pub(super) object: ObjectRef,
    pub(super) content: Content,
    /// The compressions that were undone, innermost first.
    suffix: String,
    /// Where names speak of other content.
    pub(super) remarks: Vec<Problem>,
}

/// Undoes compression until something else comes to light.
pub(super) fn unwrap(object: &ObjectRef, options: &Options) -> Result<Bare, Problem> {
    let limits = options.limits;
    let mut bare = Bare { object: object.clone(), content: Content::Empty, suffix: String::new(), remarks: Vec::new() };
    let mut name = object.uri.clone();
    for layer in 0.. {
        let unreadable = |error: io::Error| problem_of(&object.uri, &error);
        let (head, tail) = ends(&bare.object.origin).map_err(unreadable)?;
        bare.content = magic::sniff(&head, &tail);
        if bare.content == Content::Archive(ArchiveKind::Zip) {
            bare.object.origin = bare.object.origin.held(limits.held_bytes).map_err(unreadable)?;
            bare.content = archive::document(&bare.object.origin, options).map_or(bare.content, Content::document);
        }
        if let Some(message) = magic::mismatch(bare.content, &name) {
            bare.remarks.push(Problem::new(ProblemCode::FormatMismatch, &object.uri, message));
        }
        match bare.content {
            Content::Compressed(compression) if layer < MAX_LAYERS => {
                bare.suffix.insert_str(0, compression.name());
                bare.suffix.insert(0, '+');
                name = magic::name_inside(compression, &name);
                bare.object.origin = bare.object.origin.unpacked(compression, limits.unpacked(object.bytes));
            }
            _ => break,
        }
    }
    Ok(bare)
}

/// The first and the last bytes of an origin; the last ones overlap the first where it is short, and are not there where
/// only reading all of it would show them.
fn ends(origin: &Origin) -> io::Result<(Vec<u8>, Vec<u8>)> {
    // What is not a file must not be opened.
    origin.stamp()?;
    let mut head = Vec::new();
    match origin.open(0)?.take(HEAD_BYTES).read_to_end(&mut head) {
        // What can be read of damaged bytes is read, and the damage reported then.
        Err(error) if head.is_empty() => return Err(error),
        _ => {}
    }
    if !origin.is_seekable() {
        return Ok((head, Vec::new()));
    }
    let bytes = origin.bytes()?.unwrap_or(0);
    let mut tail = Vec::new();
    origin.open(bytes.saturating_sub(TAIL_BYTES))?.take(TAIL_BYTES).read_to_end(&mut tail)?;
    Ok((head, tail))
}
