//! Finds objects, opens them, and hands out Arrow record batches with flat column paths.
//!
//! ```text
//! list ──▶ open ──▶ units (row groups, byte ranges) ──▶ record batches
//! ```
//!
//! Opening looks at the head of an object and assumes the likely (text is UTF-8 throughout, a line break ends a record).
//! Reading every unit then shows whether that held; where it did not, [`Source::reconsider`] gives a source without the
//! assumption, and what was read is thrown away. So the result is that of one sequential reading, at the speed of a
//! parallel one.
//!
//! *Invariant*: nothing here has heard of detectors, classes or persons.

mod flatten;
mod list;
mod magic;
mod parquet;
mod text;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::PathBuf;

use arrow_array::RecordBatch;

pub use list::{Listing, list};

use crate::model::{Problem, ProblemCode};
use magic::Content;

/// An object that a target led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectRef {
    /// How reports name it: the path as reached from the user's target, with `/` between parts.
    pub uri: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its size, as stored.
    pub bytes: u64,
}

/// A column of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnInfo {
    /// Its flat path: `owner.id_no` in a struct, `items[].sku` in a list of structs, `tags[]` in a list.
    pub name: String,
    /// Its type in lower case: `utf8`, `int64`, `float64`, `timestamp`, `list<utf8>` ...
    pub data_type: String,
}

/// What became of one unit.
#[derive(Clone, Debug, Default)]
pub struct UnitOutcome {
    /// Rows handed out.
    pub rows: u64,
    /// What went wrong.
    pub problems: Vec<Problem>,
    /// What [`Source::reconsider`] needs to know of a byte range of text.
    span: text::Span,
}

/// In what portions an object is read. Findings do not depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The most rows of one record batch; at least 1.
    pub batch_rows: usize,
    /// About how many bytes of text, as stored, are one unit.
    pub range_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        // 8192 rows of a usual column fit a second-level cache; 8 MiB of text keep a core busy for some 10 ms, which
        // dwarfs what handing out a unit costs, and still split a file of 100 MB over many cores.
        Self { batch_rows: 8192, range_bytes: 8 << 20 }
    }
}

/// An opened object.
#[derive(Clone, Debug)]
pub struct Source {
    reader: Reader,
    problems: Vec<Problem>,
}

#[derive(Clone, Debug)]
enum Reader {
    /// No bytes at all.
    Empty,
    /// Row groups.
    Parquet(parquet::ParquetSource),
    /// Records of delimited text, or lines.
    Text(text::TextSource),
}

/// The most bytes of the beginning that the format is told from.
const HEAD_BYTES: u64 = 64 << 10;

/// The most bytes of the end that the format is told from; the names of what is in an archive stand there.
const TAIL_BYTES: u64 = 8 << 10;

/// Opens an object by its magic bytes; what its extension says comes second.
pub fn open(object: &ObjectRef) -> Result<Source, Problem> {
    open_with(object, &Options::default())
}

/// Opens an object to be read in other portions than usual.
pub fn open_with(object: &ObjectRef, options: &Options) -> Result<Source, Problem> {
    let (head, tail) = ends(object)?;
    let content = magic::sniff(&head, &tail);
    let reader = match content {
        Content::Empty => Reader::Empty,
        Content::Parquet => Reader::Parquet(parquet::open(object, options)?),
        Content::Text | Content::Compressed(_) => Reader::Text(text::open(object, &head, options)?),
        Content::Other(name) => {
            return Err(Problem::new(ProblemCode::FormatUnsupported, &object.uri, format!("content is {name}")));
        }
        Content::Encrypted(name) => {
            return Err(Problem::new(ProblemCode::FormatEncrypted, &object.uri, format!("content is {name}")));
        }
        Content::Pointer(name) => {
            return Err(Problem::new(ProblemCode::ObjectPointer, &object.uri, format!("content is {name}")));
        }
    };
    Ok(Source::new(reader, object, content))
}

/// The first and the last bytes of an object; the last ones overlap the first where it is short.
fn ends(object: &ObjectRef) -> Result<(Vec<u8>, Vec<u8>), Problem> {
    let unreadable = |cause: &str| Problem::new(ProblemCode::ObjectUnreadable, &object.uri, cause);
    // Opening a named pipe would wait for a writer.
    match std::fs::metadata(&object.path) {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return Err(unreadable("not a file")),
        Err(error) => return Err(unreadable(&io_cause(&error))),
    }
    let read = || -> io::Result<(Vec<u8>, Vec<u8>)> {
        let mut file = File::open(&object.path)?;
        let mut head = Vec::new();
        Read::by_ref(&mut file).take(HEAD_BYTES).read_to_end(&mut head)?;
        let bytes = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(bytes.saturating_sub(TAIL_BYTES)))?;
        let mut tail = Vec::new();
        file.take(TAIL_BYTES).read_to_end(&mut tail)?;
        Ok((head, tail))
    };
    read().map_err(|error| unreadable(&io_cause(&error)))
}

/// What an operating system said, without the number and the capital letter.
fn io_cause(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    text.to_lowercase()
}

impl Source {
    fn new(reader: Reader, object: &ObjectRef, content: Content) -> Self {
        let mut problems = match &reader {
            Reader::Empty => vec![Problem::new(ProblemCode::ObjectEmpty, &object.uri, "0 bytes")],
            Reader::Parquet(_) => Vec::new(),
            Reader::Text(source) => source.problems().to_vec(),
        };
        if let Some(message) = magic::mismatch(content, &object.path) {
            problems.push(Problem::new(ProblemCode::FormatMismatch, &object.uri, message));
        }
        Self { reader, problems }
    }

    /// The same object read in another way; remarks that are not the reader's own stay.
    fn with_text(&self, before: &text::TextSource, after: text::TextSource) -> Self {
        let mut problems = after.problems().to_vec();
        problems.extend(self.problems.iter().filter(|problem| !before.problems().contains(problem)).cloned());
        Self { reader: Reader::Text(after), problems }
    }

    /// `parquet`, `csv`, `text`, `csv+gzip` ...
    pub fn format(&self) -> String {
        match &self.reader {
            Reader::Empty => "empty".to_owned(),
            Reader::Parquet(_) => "parquet".to_owned(),
            Reader::Text(source) => source.format(),
        }
    }

    /// The character encoding, in lower case (`utf-8`, `utf-16le`, `gb18030`).
    pub fn encoding(&self) -> &str {
        match &self.reader {
            Reader::Empty | Reader::Parquet(_) => "utf-8",
            Reader::Text(source) => source.encoding(),
        }
    }

    /// The columns of every record batch, in their order.
    pub fn columns(&self) -> &[ColumnInfo] {
        match &self.reader {
            Reader::Empty => &[],
            Reader::Parquet(source) => source.columns(),
            Reader::Text(source) => source.columns(),
        }
    }

    /// How many units there are; each can be read by itself, in any order, by any thread.
    pub fn n_units(&self) -> usize {
        match &self.reader {
            Reader::Empty => 0,
            Reader::Parquet(source) => source.n_units(),
            Reader::Text(source) => source.n_units(),
        }
    }

    /// How many bytes of the object, as stored, a unit is.
    pub fn unit_bytes(&self, unit: usize) -> u64 {
        match &self.reader {
            Reader::Empty => 0,
            Reader::Parquet(source) => source.unit_bytes(unit),
            Reader::Text(source) => source.unit_bytes(unit),
        }
    }

    /// Reads a unit and hands its record batches to `sink` until it breaks.
    ///
    /// A batch has every column of [`Source::columns`], in their order. A column is an array of plain values (text may be
    /// in dictionary form), or a list of such an array where the path has `[]` in it; columns of the same list have the
    /// same offsets. The type of a column may differ between batches: text is in dictionary form in one unit and
    /// plain in another, and what cannot be decoded is null.
    pub fn read(&self, unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        match &self.reader {
            Reader::Empty => UnitOutcome::default(),
            Reader::Parquet(source) => {
                let (rows, problems) = source.read(unit, sink);
                UnitOutcome { rows, problems, span: text::Span::default() }
            }
            Reader::Text(source) => source.read(unit, sink),
        }
    }

    /// Another way of reading the object, where the outcomes of all units, in order, show that an assumption did not
    /// hold; what was read this way is then void.
    pub fn reconsider(&self, outcomes: &[UnitOutcome]) -> Option<Self> {
        match &self.reader {
            Reader::Empty | Reader::Parquet(_) => None,
            Reader::Text(source) => source.reconsider(outcomes).map(|other| self.with_text(source, other)),
        }
    }

    /// What the outcomes of all units, in order, say of the object as a whole.
    pub fn remarks(&self, outcomes: &[UnitOutcome]) -> Vec<Problem> {
        match &self.reader {
            Reader::Empty | Reader::Parquet(_) => Vec::new(),
            Reader::Text(source) => source.remarks(outcomes),
        }
    }

    /// The same object with its first record read as data; `None` where the format has real column names.
    pub fn without_header(&self) -> Option<Self> {
        match &self.reader {
            Reader::Empty | Reader::Parquet(_) => None,
            Reader::Text(source) => source.without_header().map(|other| self.with_text(source, other)),
        }
    }

    /// Remarks from opening it.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}
