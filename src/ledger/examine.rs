//! Reads every file of a ledger but the tallies' contents, and says what is wrong with which.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::charter::Charter;
use super::fault::{Fault, FaultKind};
use super::head::Head;
use super::layout::{self, CHARTER, HEAD, INCOMING, LOCK, RECORDS, TALLIES};
use super::record::SealedRecord;
use super::seal::hash;
use crate::key::Seal;

/// What the files say, and what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Examined {
    pub(super) charter: Option<Charter>,
    /// The hash of `LEDGER.toml`.
    pub(super) charter_hash: String,
    /// The records that could be read, each with the hash of its file.
    pub(super) records: BTreeMap<u64, (SealedRecord, String)>,
    /// What `HEAD` says.
    pub(super) head: Option<Head>,
    /// Whether `HEAD` is exactly one behind records that are sound.
    pub(super) head_is_behind: bool,
    pub(super) faults: Vec<Fault>,
    /// What an interrupted recording left: no part of the ledger, and no harm.
    pub(super) remnants: Vec<String>,
}

/// Examines the ledger in `folder`; without the key, seals are not looked at.
pub(super) fn examine(folder: &Path, key: Option<&Seal>) -> Examined {
    let mut examined = Examined::default();
    examined.charter(folder);
    examined.names(folder);
    examined.records(folder, key);
    examined.head(folder, key);
    examined.faults.sort();
    examined.faults.dedup();
    examined
}

impl Examined {
    fn fault(&mut self, file: impl Into<String>, kind: FaultKind) {
        self.faults.push(Fault::new(file, kind));
    }

    /// The bytes of a file that must be there.
    fn read(&mut self, folder: &Path, file: &str) -> Option<Vec<u8>> {
        let read = fs::read(folder.join(file));
        if read.is_err() {
            self.fault(file, FaultKind::Missing);
        }
        read.ok()
    }

    fn charter(&mut self, folder: &Path) {
        let Some(text) = self.read(folder, CHARTER) else { return };
        self.charter_hash = hash(&text);
        self.charter = Charter::from_text(&text);
        if self.charter.is_none() {
            self.fault(CHARTER, FaultKind::Malformed);
        }
    }

    /// Every name is one that a ledger has.
    fn names(&mut self, folder: &Path) {
        for (name, is_folder) in entries(folder) {
            let expects_folder = match name.as_str() {
                CHARTER | HEAD | LOCK => Some(false),
                RECORDS | TALLIES | INCOMING => Some(true),
                _ => None,
            };
            if expects_folder != Some(is_folder) {
                self.fault(name, FaultKind::Foreign);
            }
        }
        for needed in [RECORDS, TALLIES] {
            if !folder.join(needed).is_dir() {
                self.fault(needed, FaultKind::Missing);
            }
        }
        match fs::read(folder.join(LOCK)) {
            Ok(text) if text.is_empty() => {}
            Ok(_) => self.fault(LOCK, FaultKind::Malformed),
            Err(_) => self.fault(LOCK, FaultKind::Missing),
        }
        self.remnants.extend(entries(&folder.join(INCOMING)).into_iter().map(|(name, _)| format!("{INCOMING}/{name}")));
    }

    /// The numbers in the names of a folder's files; anything else is foreign.
    fn numbers(&mut self, folder: &Path, inside: &str, ending: &str) -> Vec<u64> {
        let mut numbers = Vec::new();
        for (name, is_folder) in entries(&folder.join(inside)) {
            match layout::number(&name, ending).filter(|_| !is_folder) {
                Some(number) => numbers.push(number),
                None => self.fault(format!("{inside}/{name}"), FaultKind::Foreign),
            }
        }
        numbers.sort_unstable();
        numbers
    }

    fn records(&mut self, folder: &Path, key: Option<&Seal>) {
        let numbers = self.numbers(folder, RECORDS, ".json");
        let last = numbers.last().copied().unwrap_or(0);
        let mut before = Some(self.charter_hash.clone());
        for number in 1..=last {
            let file = layout::record(number);
            let Some(text) = self.read(folder, &file) else {
                before = None;
                continue;
            };
            let Some(sealed) = SealedRecord::from_text(&text) else {
                self.fault(file, FaultKind::Malformed);
                before = None;
                continue;
            };
            let mut kind = None;
            if key.is_some_and(|key| !sealed.is_sealed(key)) {
                kind = Some(FaultKind::Altered);
            } else if sealed.record.number != number {
                kind = Some(FaultKind::Misplaced);
            } else if before.as_ref().is_some_and(|before| *before != sealed.record.previous) {
                kind = Some(FaultKind::Unchained);
            }
            if let Some(kind) = kind {
                self.fault(file, kind);
            }
            let hash = hash(&text);
            before = kind.is_none().then(|| hash.clone());
            self.records.insert(number, (sealed, hash));
        }
        self.tallies(folder, last);
    }

    /// One tally for each record, of the size that was recorded. One more is what an interrupted recording leaves.
    fn tallies(&mut self, folder: &Path, last: u64) {
        let numbers = self.numbers(folder, TALLIES, ".tally");
        for number in (1..=last).filter(|number| !numbers.contains(number)) {
            self.fault(layout::tally(number), FaultKind::Missing);
        }
        for number in numbers {
            let file = layout::tally(number);
            if number == last + 1 {
                self.remnants.push(file);
            } else if number > last {
                self.fault(file, FaultKind::Foreign);
            } else if let Some((sealed, _)) =
                self.records.get(&number).filter(|(sealed, _)| sealed.record.number == number)
            {
                let bytes = fs::metadata(folder.join(&file)).map(|metadata| metadata.len());
                if bytes.ok() != Some(sealed.record.tally_bytes) {
                    self.fault(file, FaultKind::WrongTally);
                }
            }
        }
    }

    fn head(&mut self, folder: &Path, key: Option<&Seal>) {
        let Some(text) = self.read(folder, HEAD) else { return };
        let Some((head, seal)) = Head::from_text(&text) else {
            self.fault(HEAD, FaultKind::Malformed);
            return;
        };
        if key.is_some_and(|key| !head.is_sealed(key, &seal)) {
            self.fault(HEAD, FaultKind::Altered);
            return;
        }
        if head.charter != self.charter_hash && self.charter.is_some() {
            self.fault(CHARTER, FaultKind::Altered);
        }
        let last = self.records.keys().next_back().copied().unwrap_or(0);
        let hash_of = |number: u64| match number {
            0 => Some(&self.charter_hash),
            _ => self.records.get(&number).map(|(_, hash)| hash),
        };
        let ends_as_noted = hash_of(head.records).is_none_or(|hash| *hash == head.hash);
        if head.records > last {
            self.faults.push(Fault::new(layout::record(last + 1), FaultKind::Truncated));
        } else if !ends_as_noted {
            let file = if head.records == 0 { CHARTER.to_owned() } else { layout::record(head.records) };
            let known = self.faults.iter().any(|fault| fault.file == file);
            if !known {
                self.faults.push(Fault::new(file, FaultKind::Altered));
            }
        } else if last > head.records + 1 {
            self.faults.push(Fault::new(HEAD, FaultKind::Unaccounted));
        } else {
            self.head_is_behind = last == head.records + 1;
        }
        self.head = Some(head);
    }
}

/// The names in a folder and whether each is a folder itself, sorted; none where it cannot be read.
fn entries(folder: &Path) -> Vec<(String, bool)> {
    let Ok(read) = fs::read_dir(folder) else { return Vec::new() };
    let mut entries: Vec<(String, bool)> = read
        .filter_map(Result::ok)
        .map(|entry| {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            (entry.file_name().to_string_lossy().into_owned(), is_folder)
        })
        .collect();
    entries.sort();
    entries
}
