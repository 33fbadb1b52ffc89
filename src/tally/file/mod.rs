//! Tally files: two Arrow IPC streams and a seal over them. `docs/tally.md` describes the format.
//!
//! ```text
//!  stream of mentions                     stream of objects           trailer
//!  schema: stamp, vocabulary │ batches │  schema │ batches of JSON │  codes of the schema with the stamp, and of all
//! ```
//!
//! *Invariant*: nothing of a file is parsed before its code fits. So what Arrow reads is what [`write`] wrote, and no
//! damage can make it panic or take memory.

mod body;
mod head;
mod objects;
mod trailer;
mod vocabulary;

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read as _, Write as _};
use std::path::Path;

use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::ArrowError;

use super::{Stamp, Tally};
use crate::key::{KeyId, Seal};
use trailer::Sealing;

/// What is written or read at once.
const BUFFER_BYTES: usize = 1 << 20;

/// Why a tally file cannot be written or used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The file.
    pub file: String,
    /// Why.
    pub cause: Cause,
}

/// What is wrong with a tally file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It cannot be written, in the words of the system.
    Unwritable(String),
    /// It cannot be read, in the words of the system.
    Unreadable(String),
    /// It is something else.
    NotATally,
    /// Its format is one that this program does not know.
    OtherFormat,
    /// It is sealed with another key.
    OtherKey {
        /// The key that it names.
        made_with: KeyId,
        /// The key that was given.
        given: KeyId,
    },
    /// It was changed, cut or added to since it was written.
    Damaged,
    /// Its classes or kinds of identifiers mean nothing to this program.
    OtherVocabulary(String),
}

impl FileError {
    pub(super) fn new(path: &Path, cause: Cause) -> Self {
        Self { file: path.display().to_string(), cause }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = &self.file;
        match &self.cause {
            Cause::Unwritable(cause) => write!(f, "cannot write the tally `{file}`: {cause}"),
            Cause::Unreadable(cause) => write!(f, "cannot read the tally `{file}`: {cause}"),
            Cause::NotATally => write!(f, "`{file}` is no tally; `exportscan scan --partial FILE` writes one"),
            Cause::OtherFormat => write!(f, "`{file}` has a newer format of tallies; use a newer exportscan"),
            Cause::OtherKey { made_with, given } => {
                write!(f, "`{file}` was made with the key {made_with}, not with {given}; give the key it was made with")
            }
            Cause::Damaged => {
                write!(f, "`{file}` is damaged: it was changed or cut after it was written; scan that share again")
            }
            Cause::OtherVocabulary(word) => {
                write!(f, "`{file}` speaks of `{word}`, which this version does not know; use a newer exportscan")
            }
        }
    }
}

impl std::error::Error for FileError {}

/// Writes a tally whole or not at all: under another name in the same folder, then renamed over what is there. The same
/// tally makes the same bytes. Only its owner may read the file.
pub fn write(tally: &Tally, stamp: &Stamp, seal: &Seal, path: &Path) -> Result<(), FileError> {
    check_place(path)?;
    write_beside(tally, stamp, seal, path).map_err(|error| FileError::new(path, Cause::Unwritable(error.to_string())))
}

/// Whether a tally could be written there, as far as that can be known before: its folder is there, and it would take the
/// place of nothing but a file.
pub fn check_place(path: &Path) -> Result<(), FileError> {
    let error = |cause: &str| Err(FileError::new(path, Cause::Unwritable(cause.to_owned())));
    if !folder_of(path).is_dir() {
        return error("its folder does not exist; create it first");
    }
    match path.symlink_metadata() {
        Ok(there) if !there.is_file() => error("what is there is no regular file; name another"),
        _ => Ok(()),
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn write_beside(tally: &Tally, stamp: &Stamp, seal: &Seal, path: &Path) -> io::Result<()> {
    let folder = folder_of(path);
    let mut file = tempfile::Builder::new().prefix(".exportscan-").suffix(".tmp").tempfile_in(folder)?;
    let mut writer = BufWriter::with_capacity(BUFFER_BYTES, file.as_file_mut());
    write_to(tally, stamp, seal, &mut writer)?;
    writer.flush()?;
    drop(writer);
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    make_last(folder)
}

/// Makes a new name in the folder survive a loss of power, where the system knows how.
fn make_last(folder: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder)?.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

fn write_to(tally: &Tally, stamp: &Stamp, seal: &Seal, out: &mut impl io::Write) -> io::Result<()> {
    let schema = body::schema(head::metadata(stamp, seal.id())?);
    let mut writer = StreamWriter::try_new(Sealing::new(out, seal), &schema).map_err(io_error)?;
    writer.get_mut().end_head();
    body::write(&tally.mentions, &schema, &mut writer).map_err(io_error)?;
    let out = writer.into_inner().map_err(io_error)?;
    objects::write(tally, out).map_err(io_error)?.finish()
}

fn io_error(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        error => io::Error::other(error.to_string()),
    }
}

/// Reads a tally, once its seal has shown that it is as it was written. Memory grows with the tally itself only.
pub fn read(path: &Path, seal: &Seal) -> Result<(Stamp, Tally), FileError> {
    read_file(path, seal).map_err(|cause| FileError::new(path, cause))
}

fn read_file(path: &Path, seal: &Seal) -> Result<(Stamp, Tally), Cause> {
    let mut file = File::open(path)?;
    let stream_bytes = trailer::verify(&mut file, seal)?;
    let mut streams = BufReader::with_capacity(BUFFER_BYTES, file.take(stream_bytes));
    let mut mentions = StreamReader::try_new(&mut streams, None)?;
    let head = head::parse(mentions.schema().metadata())?;
    let mut tally = Tally::default();
    body::read(&mut mentions, &head.vocabulary.translation()?, &mut tally.mentions)?;
    objects::read(&mut streams, &mut tally)?;
    Ok((head.stamp, tally))
}

/// What a tally was made with. Reads its head alone: that is as it was written, and the rest may still be damaged.
pub fn peek(path: &Path, seal: &Seal) -> Result<Stamp, FileError> {
    peek_file(path, seal).map_err(|cause| FileError::new(path, cause))
}

fn peek_file(path: &Path, seal: &Seal) -> Result<Stamp, Cause> {
    let head = trailer::verified_head(&mut File::open(path)?, seal)?;
    let reader = StreamReader::try_new(head.as_slice(), None)?;
    head::parse(reader.schema().metadata()).map(|head| head.stamp)
}

impl From<io::Error> for Cause {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// The code fits, so the file is as it was written; but not by this program.
impl From<ArrowError> for Cause {
    fn from(error: ArrowError) -> Self {
        match error {
            ArrowError::IoError(_, error) => error.into(),
            _ => Self::OtherFormat,
        }
    }
}
