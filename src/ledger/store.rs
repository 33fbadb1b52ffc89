//! A ledger on disk: begun once, opened under a lock, appended to.
//!
//! The name of a record is the commit: whatever is written before it is a remnant if the machine stops, and `HEAD`, which
//! is written after it, is brought forward when the ledger is next written to.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::charter::Charter;
use super::durable;
use super::examine::{Examined, examine};
use super::head::Head;
use super::layout::{self, CHARTER, HEAD, INCOMING, LOCK, RECORDS, TALLIES};
use super::record::{Export, Record, SealedRecord};
use super::seal::{hash, hash_file};
use super::sign::SigningKey;
use super::{FaultKind, LedgerError};
use crate::key::Seal;

/// What a ledger is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// To be read, beside others who read.
    Read,
    /// To be appended to, by nobody else meanwhile.
    Append,
}

/// A ledger whose files are all sound; tallies are looked at when they are read.
#[derive(Debug)]
pub struct Ledger {
    folder: PathBuf,
    charter: Charter,
    entries: Vec<Entry>,
    head: Head,
    /// Held as long as the ledger is open.
    _lock: File,
}

/// A record that is in a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The record.
    pub record: Record,
    /// The hash of its file: the head of the ledger when it was the last.
    pub hash: String,
}

/// A tally that is written and not yet part of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    hash: String,
    bytes: u64,
}

/// What appending came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appended {
    /// A record of this number is there now.
    New(u64),
    /// The same export was there already, with this number.
    Known(u64),
}

/// Begins a ledger in a folder that does not exist or is empty. `id` is random.
pub fn begin(folder: &Path, charter: &Charter, key: &Seal) -> Result<Head, LedgerError> {
    let occupied = folder.exists() && fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_some());
    if occupied {
        return Err(LedgerError::Occupied(folder.to_owned()));
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let new = parent.join(format!(".{name}.{}", charter.id));
    let written = write_new(&new, charter, key).and_then(|head| {
        fs::rename(&new, folder).map_err(LedgerError::io("write", folder))?;
        durable::sync_folder(parent).map_err(LedgerError::io("write", parent))?;
        Ok(head)
    });
    if written.is_err() {
        // What is left is no ledger, and nobody looks at it.
        let _ = fs::remove_dir_all(&new);
    }
    written
}

fn write_new(folder: &Path, charter: &Charter, key: &Seal) -> Result<Head, LedgerError> {
    for inside in [RECORDS, TALLIES, INCOMING] {
        let path = folder.join(inside);
        fs::create_dir_all(&path).map_err(LedgerError::io("create", &path))?;
    }
    let text = charter.to_text();
    let hash = hash(text.as_bytes());
    let head = Head { records: 0, charter: hash.clone(), hash };
    durable::write(&layout::incoming(folder, LOCK), &folder.join(LOCK), b"")?;
    durable::write(&layout::incoming(folder, CHARTER), &folder.join(CHARTER), text.as_bytes())?;
    durable::write(&layout::incoming(folder, HEAD), &folder.join(HEAD), head.to_text(key).as_bytes())?;
    Ok(head)
}

/// Waits for the lock of a ledger; `None` where the file is missing, which is a fault of the ledger.
pub(super) fn lock(folder: &Path, access: Access) -> Result<Option<File>, LedgerError> {
    let path = folder.join(LOCK);
    if !folder.join(CHARTER).exists() && !folder.join(HEAD).exists() {
        return Err(LedgerError::NotALedger(folder.to_owned()));
    }
    let file = match File::options().read(true).write(access == Access::Append).open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(LedgerError::io("lock", &path))?,
    };
    let locked = match access {
        Access::Read => file.lock_shared(),
        Access::Append => file.lock(),
    };
    locked.map_err(LedgerError::io("lock", &path))?;
    Ok(Some(file))
}

impl Ledger {
    /// Opens a ledger, waiting for whoever appends to it, and examines everything but the contents of its tallies.
    pub fn open(folder: &Path, key: &Seal, access: Access) -> Result<Self, LedgerError> {
        let lock = lock(folder, access)?;
        let examined = examine(folder, Some(key));
        let given = key.id().to_string();
        if let Some(charter) = examined.charter.as_ref().filter(|charter| charter.key != given) {
            return Err(LedgerError::WrongKey { given, expected: charter.key.clone() });
        }
        let Examined { charter: Some(charter), head: Some(head), records, faults, charter_hash, .. } = examined else {
            return Err(LedgerError::Damaged { folder: folder.to_owned(), faults: examined.faults });
        };
        let Some(lock) = lock.filter(|_| faults.is_empty()) else {
            return Err(LedgerError::Damaged { folder: folder.to_owned(), faults });
        };
        let entries: Vec<Entry> =
            records.into_values().map(|(sealed, hash)| Entry { record: sealed.record, hash }).collect();
        let mut ledger = Self { folder: folder.to_owned(), charter, entries, head, _lock: lock };
        let true_head = ledger.true_head(charter_hash);
        if access == Access::Append {
            ledger.recover(&true_head, key)?;
        }
        ledger.head = true_head;
        Ok(ledger)
    }

    /// What `HEAD` must say.
    fn true_head(&self, charter: String) -> Head {
        let hash = self.entries.last().map_or_else(|| charter.clone(), |entry| entry.hash.clone());
        Head { records: self.entries.len() as u64, charter, hash }
    }

    /// Clears what an interrupted recording left, and brings `HEAD` forward.
    fn recover(&self, true_head: &Head, key: &Seal) -> Result<(), LedgerError> {
        let incoming = self.folder.join(INCOMING);
        if incoming.exists() {
            fs::remove_dir_all(&incoming).map_err(LedgerError::io("clear", &incoming))?;
        }
        fs::create_dir(&incoming).map_err(LedgerError::io("create", &incoming))?;
        if self.head != *true_head {
            self.write_head(true_head, key)?;
        }
        Ok(())
    }

    fn write_head(&self, head: &Head, key: &Seal) -> Result<(), LedgerError> {
        durable::write(&layout::incoming(&self.folder, HEAD), &self.folder.join(HEAD), head.to_text(key).as_bytes())
    }

    /// Whose ledger it is.
    pub const fn charter(&self) -> &Charter {
        &self.charter
    }

    /// Refuses another legal entity than the one whose ledger it is. Blanks around a name do not matter.
    pub fn check_entity(&self, name: &str) -> Result<(), LedgerError> {
        let ledger = &self.charter.entity;
        if name.trim() == ledger.trim() {
            return Ok(());
        }
        Err(LedgerError::OtherEntity { ledger: ledger.clone(), given: name.to_owned() })
    }

    /// Where it ends.
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// Its records in their order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The tally of a record, after a look at whether it is the one that was recorded.
    pub fn tally(&self, record: &Record) -> Result<PathBuf, LedgerError> {
        let file = layout::tally(record.number);
        let path = self.folder.join(&file);
        let (hash, _) = hash_file(&path).map_err(LedgerError::io("read", &path))?;
        if hash == record.tally {
            return Ok(path);
        }
        let faults = vec![super::Fault::new(file, FaultKind::WrongTally)];
        Err(LedgerError::Damaged { folder: self.folder.clone(), faults })
    }

    /// Lets `write` write the tally of an export to the path that it is given. It is no part of the ledger before it is
    /// appended.
    pub fn stage<E>(&self, write: impl FnOnce(&Path) -> Result<(), E>) -> Result<Staged, LedgerError>
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let incoming = layout::incoming(&self.folder, "tally");
        let staged = write(&incoming).map_err(|error| LedgerError::Tally(error.into())).and_then(|()| {
            let (hash, bytes) = hash_file(&incoming).map_err(LedgerError::io("read", &incoming))?;
            durable::sync_file(&incoming)?;
            Ok(Staged { hash, bytes })
        });
        staged.map_err(|error| self.not_recorded(error))
    }

    /// Appends an export whose tally is staged.
    ///
    /// An export is the same as one that is there if tally, year and all that the exporter states are the same: then
    /// nothing is recorded. The same data sent to somebody else is another export, and counts nobody twice.
    ///
    /// `recorded` is the time, ISO 8601 in UTC.
    pub fn append(
        &mut self,
        staged: &Staged,
        export: Export,
        recorded: String,
        (key, signer): (&Seal, Option<&SigningKey>),
    ) -> Result<Appended, LedgerError> {
        self.check_entity(&export.entity)?;
        let number = self.head.records + 1;
        if number > layout::RECORDS_AT_MOST {
            return Err(LedgerError::Full(layout::RECORDS_AT_MOST));
        }
        let known = self.entries.iter().find(|entry| is_same(&entry.record, &export, &staged.hash));
        if let Some(number) = known.map(|entry| entry.record.number) {
            let _ = fs::remove_file(layout::incoming(&self.folder, "tally"));
            return Ok(Appended::Known(number));
        }
        let signed_by = signer.map(SigningKey::public);
        let tally = (staged.hash.clone(), staged.bytes);
        let record = Record::new((number, self.head.hash.clone()), recorded, tally, export, signed_by);
        let text = SealedRecord::new(record.clone(), key, signer).to_text();
        self.place(number, &text).map_err(|error| self.not_recorded(error))?;
        self.commit(Entry { record, hash: hash(text.as_bytes()) }, key)
    }

    /// Gives the tally its name, and then the record, which makes it one.
    fn place(&self, number: u64, record: &str) -> Result<(), LedgerError> {
        durable::name(&layout::incoming(&self.folder, "tally"), &self.folder.join(layout::tally(number)))?;
        let path = self.folder.join(layout::record(number));
        durable::write(&layout::incoming(&self.folder, "record"), &path, record.as_bytes())
    }

    /// Takes away what a recording left that came to nothing, so that a full disk has its room again.
    fn not_recorded(&self, error: LedgerError) -> LedgerError {
        let number = self.head.records + 1;
        for left in ["tally", "record"] {
            let _ = fs::remove_file(layout::incoming(&self.folder, left));
        }
        if !self.folder.join(layout::record(number)).exists() {
            let _ = fs::remove_file(self.folder.join(layout::tally(number)));
        }
        LedgerError::NotRecorded(Box::new(error))
    }

    /// Says in `HEAD` that the record is there.
    fn commit(&mut self, entry: Entry, key: &Seal) -> Result<Appended, LedgerError> {
        let number = entry.record.number;
        self.entries.push(entry);
        self.head = self.true_head(self.head.charter.clone());
        self.write_head(&self.head, key).map_err(|error| match error {
            LedgerError::Io { cause, .. } => LedgerError::HeadBehind { number, cause },
            other => other,
        })?;
        Ok(Appended::New(number))
    }
}

fn is_same(record: &Record, export: &Export, tally: &str) -> bool {
    let is_of_year = |date: Date| date.year() == export.date.year();
    record.tally == tally && is_of_year(record.export.date) && record.export.stated == export.stated
}
