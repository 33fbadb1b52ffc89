//! Finds objects, opens them, and hands out Arrow record batches with flat column paths.
//!
//! ```text
//! list ──▶ open ──▶ units (row groups, byte ranges) ──▶ record batches
//!           └──▶ members, each opened likewise
//! ```
//!
//! Opening looks at the head of an object and assumes the likely (text is UTF-8 throughout, a line break ends a record).
//! Reading every unit then shows whether that held; where it did not, [`Source::reconsider`] gives a source without the
//! assumption, and what was read is thrown away. So the result is that of one sequential reading, at the speed of a
//! parallel one.
//!
//! *Invariant*: nothing here has heard of detectors, classes or persons.

mod archive;
mod avro;
mod document;
mod flat;
mod flatten;
mod folders;
mod html;
mod inner;
mod ipc;
mod json;
mod kinds;
mod lines;
mod list;
mod magic;
mod open;
mod orc;
mod origin;
mod parquet;
mod pdf;
mod remote;
mod rows;
mod sheet;
mod source;
mod sql;
mod sqlite;
mod text;
mod xml;

use std::io;
use std::ops::{ControlFlow, Range};

pub use archive::{Archive, Found};
pub use list::{Listing, list, list_with};
pub use open::{Member, Opened, open, open_with};
pub use origin::Origin;
pub use remote::{Access, post_json, without_secrets};
pub use source::Source;

use crate::model::{Problem, ProblemCode};
use origin::{RandomAccess, Stamp};

/// An object that a target led to, or that stands in another one.
#[derive(Clone, Debug)]
pub struct ObjectRef {
    /// How reports name it: the path as reached from the user's target, with `/` between parts. What stands in another
    /// object has that one's URI before its own name: `outer.zip!/inner/a.csv` in an archive, `book.xlsx#Sheet1` where a
    /// format holds several tables.
    pub uri: String,
    /// Where its bytes are.
    pub origin: Origin,
    /// Its size, as stored.
    pub bytes: u64,
}

impl ObjectRef {
    /// One of several tables in it, with the stored bytes that are known to be this table's, or 0.
    #[must_use]
    pub fn table(&self, name: &str, bytes: u64) -> Self {
        // The part of a URI before its last `/` is the folder that account numbers belong to.
        let uri = format!("{}#{}", self.uri, name.replace('/', "\u{2215}"));
        Self { uri, origin: self.origin.clone(), bytes }
    }
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
    /// Sequences of bytes that are no text in the encoding of the table; for formats that count them by value.
    n_undecodable: u64,
    /// What [`Source::reconsider`] needs to know of a byte range of text.
    span: text::Span,
    /// The same of JSON.
    json: json::Seen,
    /// The same of JSON in cells.
    inner: inner::Seen,
}

/// In what portions an object is read, and within which bounds. Findings do not depend on the portions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The most rows of one record batch; at least 1.
    pub batch_rows: usize,
    /// About how many bytes of text, as stored, are one unit at most.
    pub range_bytes: u64,
    /// What is too much.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        // 8192 rows of a usual column fit a second-level cache; 8 MiB of text keep a core busy for some 50 ms, which
        // dwarfs what handing out a unit costs.
        Self { batch_rows: 8192, range_bytes: 8 << 20, limits: Limits::default() }
    }
}

/// What is longer than one unit has about so many at least: while one thread is at the last of them, the others may wait.
const UNITS: u64 = 64;
/// But no smaller ones than this.
const LEAST_RANGE: u64 = 2 << 20;

impl Options {
    /// The same for text of so many bytes.
    fn for_text(self, bytes: Option<u64>) -> Self {
        let most = self.range_bytes.max(1);
        let bytes = bytes.filter(|bytes| *bytes > most).unwrap_or(u64::MAX);
        let range_bytes = (bytes / UNITS).clamp(LEAST_RANGE.min(most), most);
        Self { batch_rows: self.batch_rows.max(1), range_bytes, ..self }
    }
}

/// What is too much; beyond each there is a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of one object that are held in memory, where its format needs positioned reads or all of it and
    /// its bytes are a stream.
    pub held_bytes: u64,
    /// An entry of an archive up to this size is held in memory while it is read, which spares decompressing it for each
    /// pass; and so much of a stream is looked ahead.
    pub buffered_bytes: u64,
    /// What one file may unpack to, however small it is ...
    pub unpacked_bytes: u64,
    /// ... and how many times its stored size, where that is more.
    pub unpacked_ratio: u64,
    /// The most entries of one file, those of archives inside of it included.
    pub entries: u64,
    /// So many archives may stand in each other, the outermost included.
    pub depth: usize,
    /// Longer names of entries are not shown whole.
    pub name_chars: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // Each thread may hold as much, and what is made of it.
            held_bytes: 256 << 20,
            buffered_bytes: 64 << 20,
            // Tables shrink to a fifth or a twentieth, and to a hundredth where they repeat themselves. Deflate alone can
            // shrink zeros to a thousandth.
            unpacked_bytes: 1 << 30,
            unpacked_ratio: 500,
            // Ten times what a folder of a year's daily files for thirty regions has.
            entries: 100_000,
            // People make two, and programs add one.
            depth: 4,
            name_chars: 1024,
        }
    }
}

impl Limits {
    /// What something of so many stored bytes may unpack to.
    fn unpacked(&self, stored: u64) -> u64 {
        stored.saturating_mul(self.unpacked_ratio).max(self.unpacked_bytes)
    }
}

/// What an operating system said, without the number and the capital letter.
fn io_cause(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    text.to_lowercase()
}

/// The problem with an object that is no longer what was opened.
fn changed(uri: &str) -> Problem {
    Problem::new(ProblemCode::ObjectChanged, uri, "size or time of change differ")
}

/// Positioned reads of an object that is still what was opened.
fn unchanged(origin: &Origin, stamp: &Stamp, uri: &str) -> Result<RandomAccess, Problem> {
    let bytes = origin.random().map_err(|error| problem_of(uri, &error))?;
    if bytes.stamp() == stamp { Ok(bytes) } else { Err(changed(uri)) }
}

/// Reads pieces of an object that is still what was opened, given with their numbers, until one says to stop. What goes wrong
/// with a piece is told at its place, and the next are read all the same.
fn each_piece<P>(
    (origin, stamp, uri): (&Origin, &Stamp, &str),
    what: &str,
    pieces: impl Iterator<Item = (usize, P)>,
    mut read: impl FnMut(&RandomAccess, (usize, P), &mut UnitOutcome) -> Result<ControlFlow<()>, (ProblemCode, String)>,
) -> UnitOutcome {
    let mut outcome = UnitOutcome::default();
    let bytes = match unchanged(origin, stamp, uri) {
        Ok(bytes) => bytes,
        Err(problem) => {
            outcome.problems.push(problem);
            return outcome;
        }
    };
    for (at, piece) in pieces {
        match read(&bytes, (at, piece), &mut outcome) {
            Ok(ControlFlow::Continue(())) => {}
            Ok(ControlFlow::Break(())) => return outcome,
            Err((code, cause)) => outcome.problems.push(Problem::new(code, uri, cause).at(format!("{what} {at}"))),
        }
    }
    outcome
}

/// Items of these sizes in runs that together are about so many bytes each; none where there are none.
fn units(sizes: impl Iterator<Item = u64>, unit_bytes: u64) -> Vec<Range<usize>> {
    let (mut units, mut start, mut end, mut bytes) = (Vec::new(), 0, 0, 0);
    for own in sizes {
        if end > start && bytes + own > unit_bytes {
            units.push(start..end);
            (start, bytes) = (end, 0);
        }
        (end, bytes) = (end + 1, bytes + own);
    }
    if start < end {
        units.push(start..end);
    }
    units
}

/// The problem with an object whose bytes could not be had.
fn problem_of(uri: &str, error: &io::Error) -> Problem {
    Problem::new(origin::code_of(error), uri, io_cause(error))
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn long_text_has_units_enough_and_none_too_small() {
        let units = |bytes: u64| bytes.div_ceil(Options::default().for_text(Some(bytes)).range_bytes);
        assert_eq!([1, 8 << 20].map(units), [1, 1]);
        assert_eq!([9 << 20, 100 << 20, 256 << 20].map(units), [5, 50, 64]);
        assert_eq!(units(8 << 30), 1024);
        let small = Options { range_bytes: 60, ..Options::default() };
        assert_eq!(small.for_text(Some(600)).range_bytes, 60);
        assert_eq!(small.for_text(None).range_bytes, 60);
    }
}
