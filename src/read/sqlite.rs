//! Databases of `SQLite`: every table is a table. Views say nothing of their own, and virtual tables keep what they have in
//! tables.

use std::fmt::Write as _;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use super::open::Member;
use super::origin::{Origin, Stamp};
use super::parquet::guard::kind_of;
use super::rows::Rows;
use super::source::Reader;
use super::{ColumnInfo, ObjectRef, Options, Source, UnitOutcome, problem_of};
use crate::model::{Problem, ProblemCode};

/// A table of a database.
#[derive(Debug)]
struct SqliteTable {
    uri: String,
    place: Place,
    stamp: Stamp,
    query: String,
    columns: Vec<ColumnInfo>,
    bytes: u64,
    options: Options,
}

/// Where a database can be opened.
#[derive(Clone, Debug)]
enum Place {
    File(PathBuf),
    Memory(Origin),
}

/// Why something cannot be read, in words without values from the data.
type Fault = (ProblemCode, String);

/// The most cells of one batch; bounds the memory of very wide tables.
const MAX_BATCH_CELLS: usize = 1 << 20;

/// Opens a database: its tables.
pub(super) fn open(
    object: &ObjectRef,
    options: &Options,
    suffix: &str,
    mut remarks: Vec<Problem>,
) -> Result<Vec<Member>, Problem> {
    let unreadable = |error: io::Error| problem_of(&object.uri, &error);
    let told = |(code, cause): Fault| Problem::new(code, &object.uri, cause);
    let stamp = object.origin.stamp().map_err(unreadable)?;
    let place = match object.origin.path() {
        Some(path) => Place::File(path.to_owned()),
        None => Place::Memory(Origin::memory(object.origin.whole(options.limits.held_bytes).map_err(unreadable)?)),
    };
    if let Place::File(path) = &place {
        remarks.extend(beside(path).map(|cause| Problem::new(ProblemCode::SqliteUnsettled, &object.uri, cause)));
    }
    let is_short = is_short(&object.origin).map_err(unreadable)?;
    remarks.extend(is_short.then(|| told((ProblemCode::SqliteCorrupt, "it has fewer pages than it says".to_owned()))));
    let database = place.open(options).map_err(told)?;
    let names = names(&database).map_err(|error| told(fault(&error)))?;
    let mut members = Vec::new();
    for name in names {
        let member = object.table(&clean(&name), 0);
        let table = columns(&database, &name).map(|columns| {
            let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
            let query = format!("SELECT {} FROM {}", names.join(", "), quoted(&name));
            let batch_rows = options.batch_rows.min(MAX_BATCH_CELLS / columns.len().max(1)).max(1);
            SqliteTable {
                uri: member.uri.clone(),
                place: place.clone(),
                stamp: stamp.clone(),
                query,
                columns,
                bytes: object.bytes,
                options: Options { batch_rows, ..*options },
            }
        });
        // What is said of the database is said once.
        let table = table.map(|table| Source::new(table, suffix, std::mem::take(&mut remarks)));
        let table = table.map_err(|error| {
            let (code, cause) = fault(&error);
            Problem::new(code, &member.uri, cause)
        });
        members.push(Member { object: member, table });
    }
    if members.is_empty() {
        remarks.push(Problem::new(ProblemCode::ObjectEmpty, &object.uri, "there is no table in it"));
        let nothing = Source::new(super::source::Nothing, suffix, remarks);
        members.push(Member { object: object.clone(), table: Ok(nothing) });
    }
    Ok(members)
}

/// Whether a database has fewer bytes than its head says ("Database File Format", 1.3).
fn is_short(origin: &Origin) -> io::Result<bool> {
    let mut head = Vec::new();
    origin.open(0)?.take(100).read_to_end(&mut head)?;
    let number =
        |at: usize| head.get(at..).and_then(|rest| rest.first_chunk::<4>()).map(|bytes| u32::from_be_bytes(*bytes));
    // A page of 65,536 bytes is written as 1. The number of pages counts where two marks of change agree.
    let page = match number(16).unwrap_or(0) >> 16 {
        1 => 1 << 16,
        page => u64::from(page),
    };
    let n_pages = number(28).filter(|_| number(24) == number(92)).unwrap_or(0);
    Ok(origin.bytes()?.is_some_and(|bytes| bytes < u64::from(n_pages) * page))
}

/// What lies beside a database and holds changes of it.
fn beside(path: &Path) -> Option<String> {
    let holds = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        std::fs::metadata(name).is_ok_and(|metadata| metadata.len() > 0)
    };
    ["-wal", "-journal"]
        .into_iter()
        .find(|suffix| holds(suffix))
        .map(|suffix| format!("a file `{suffix}` is beside it"))
}

impl Place {
    /// Opens the database to be read and never written, and without any file beside it.
    fn open(&self, options: &Options) -> Result<Connection, Fault> {
        let opened = match self {
            Self::File(path) => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                Connection::open_with_flags(immutable(path), flags)
            }
            Self::Memory(origin) => Self::from_memory(origin, options)?,
        };
        let database = opened.map_err(|error| fault(&error))?;
        let longest = i32::try_from(options.limits.held_bytes).unwrap_or(i32::MAX);
        let settled = database
            .set_limit(Limit::SQLITE_LIMIT_LENGTH, longest)
            .and_then(|_| database.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"));
        settled.map_err(|error| fault(&error))?;
        Ok(database)
    }

    fn from_memory(origin: &Origin, options: &Options) -> Result<rusqlite::Result<Connection>, Fault> {
        let whole = origin.whole(options.limits.held_bytes);
        let whole = whole.map_err(|error| (super::origin::code_of(&error), super::io_cause(&error)))?;
        let mut bytes = whole.to_vec();
        // How it is written to, which only a file can be: by a write-ahead log.
        if let Some(versions) = bytes.get_mut(18..20) {
            versions.fill(1);
        }
        let opened = Connection::open_in_memory().and_then(|mut database| {
            database.deserialize_read_exact("main", bytes.as_slice(), bytes.len(), true)?;
            Ok(database)
        });
        Ok(opened)
    }
}

/// The URI of a file that nobody changes: it is opened without locks and without looking for a log.
fn immutable(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(byte) {
            uri.push(char::from(*byte));
        } else {
            let _ = write!(uri, "%{byte:02x}");
        }
    }
    uri + "?immutable=1"
}

fn names(database: &Connection) -> rusqlite::Result<Vec<String>> {
    let query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
                 AND sql NOT LIKE 'create virtual%' ORDER BY rowid";
    let mut statement = database.prepare(query)?;
    let names = statement.query_map([], |row| row.get(0))?;
    names.collect()
}

/// The columns whose values are stored.
fn columns(database: &Connection, table: &str) -> rusqlite::Result<Vec<ColumnInfo>> {
    let mut statement = database.prepare("SELECT name, type FROM pragma_table_xinfo(?1) WHERE hidden IN (0, 3)")?;
    let columns = statement.query_map([table], |row| {
        Ok(ColumnInfo { name: row.get(0)?, data_type: row.get::<_, String>(1)?.to_lowercase() })
    })?;
    columns.collect()
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A name without line breaks and the like.
fn clean(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn fault(error: &rusqlite::Error) -> Fault {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::SystemIoFailure) => {
            (ProblemCode::ObjectUnreadable, "the database could not be opened".to_owned())
        }
        Some(ErrorCode::TooBig | ErrorCode::OutOfMemory) => {
            (ProblemCode::ObjectTooLarge, "a value is larger than may be held in memory".to_owned())
        }
        Some(code) => (ProblemCode::SqliteCorrupt, kind_of(&code)),
        None => (ProblemCode::SqliteCorrupt, kind_of(error)),
    }
}

impl Reader for SqliteTable {
    fn format(&self) -> String {
        "sqlite".to_owned()
    }

    fn columns(&self) -> &[ColumnInfo] {
        &self.columns
    }

    fn unit_bytes(&self, _unit: usize) -> u64 {
        self.bytes
    }

    fn read(&self, _unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        let mut outcome = UnitOutcome::default();
        if let Err((code, cause)) = self.rows(&mut outcome.rows, sink) {
            outcome.problems.push(Problem::new(code, &self.uri, cause).at(format!("row {}", outcome.rows + 1)));
        }
        let changed = match &self.place {
            Place::File(path) => !Origin::file(path).stamp().is_ok_and(|stamp| stamp == self.stamp),
            Place::Memory(_) => false,
        };
        if changed {
            outcome.problems.push(super::changed(&self.uri));
        }
        outcome
    }
}

impl SqliteTable {
    fn rows(&self, n_rows: &mut u64, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> Result<(), Fault> {
        let database = self.place.open(&self.options)?;
        let mut statement = database.prepare(&self.query).map_err(|error| fault(&error))?;
        let mut found = statement.raw_query();
        let mut rows = Rows::new(&self.columns, self.options.batch_rows);
        // Pages of a hostile file can lead to each other, so that few of them say any number of rows.
        let (most_rows, mut bytes_left) = (self.most_rows()?, self.options.limits.unpacked(self.bytes));
        let mut damaged = Ok(());
        loop {
            match found.next() {
                Ok(Some(row)) if *n_rows < most_rows && bytes_left > 0 => {
                    for column in 0..self.columns.len() {
                        let value = row.get_ref(column).map_err(|error| fault(&error))?;
                        bytes_left = bytes_left.saturating_sub(add(&mut rows, column, value));
                    }
                }
                Ok(Some(_)) => {
                    damaged = Err((ProblemCode::SqliteCorrupt, "it has more rows than it can hold".to_owned()));
                    break;
                }
                Ok(None) => break,
                Err(error) => {
                    damaged = Err(fault(&error));
                    break;
                }
            }
            rows.end_row();
            *n_rows += 1;
            if rows.is_full() && hand_out(&mut rows, sink)?.is_break() {
                return Ok(());
            }
        }
        if !rows.is_empty() {
            let _ = hand_out(&mut rows, sink)?;
        }
        damaged
    }

    /// A row takes some bytes.
    fn most_rows(&self) -> Result<u64, Fault> {
        let bytes = match &self.place {
            Place::File(path) => Origin::file(path).bytes(),
            Place::Memory(origin) => origin.bytes(),
        };
        bytes.map(Option::unwrap_or_default).map_err(|error| (super::origin::code_of(&error), super::io_cause(&error)))
    }
}

fn hand_out(rows: &mut Rows, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> Result<ControlFlow<()>, Fault> {
    let batch = rows.take().map_err(|error| (ProblemCode::DecoderPanicked, kind_of(&error)))?;
    Ok(sink(&batch))
}

/// Adds a cell, and tells its size. Bytes that are no text say nothing here.
fn add(rows: &mut Rows, column: usize, value: ValueRef<'_>) -> u64 {
    match value {
        ValueRef::Null => rows.cell(column, None),
        ValueRef::Integer(number) => rows.cell(column, Some(itoa::Buffer::new().format(number))),
        ValueRef::Real(number) => rows.cell(column, Some(&number.to_string())),
        ValueRef::Text(text) => rows.cell(column, Some(&String::from_utf8_lossy(text))),
        ValueRef::Blob(bytes) => rows.cell(column, std::str::from_utf8(bytes).ok()),
    }
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.len() as u64,
        _ => 8,
    }
}
