//! What stands in an archive, and in the archives inside of it, in the order in which it stands there.
//!
//! Nothing is ever unpacked to a disk, so that a name is only a name. An entry is an origin over that of the archive: a part
//! of it, with a layer of decompression where it has one. All limits hold for everything that one file holds, and since
//! the archives are walked by one thread, it is always the same entries that are beyond them.

mod name;
mod tar;
mod zip;

use std::collections::HashMap;
use std::fmt;

use super::magic::{ArchiveKind, Content};
use super::open::unwrap;
use super::origin::{Origin, Stamp};
use super::{ObjectRef, Options, io_cause, problem_of};
use crate::model::{Problem, ProblemCode};

pub(super) use zip::{document, parts};

/// An opened archive.
pub struct Archive {
    object: ObjectRef,
    options: Options,
    stamp: Option<Stamp>,
    /// The archives that are open, each in the one before it.
    levels: Vec<Level>,
    n_entries: u64,
    /// What the entries of all archives are said to unpack to.
    unpacked: u64,
    /// What was found and is not handed out yet.
    found: Vec<Found>,
    /// The bytes that what was found holds in memory.
    held: u64,
}

/// What was found in an archive.
#[derive(Clone, Debug)]
pub enum Found {
    /// An object that is no archive itself.
    Object(ObjectRef),
    /// An object that cannot be read, or an archive of which some cannot.
    Unread(Problem),
    /// Something to know, and no object.
    Note(Problem),
}

/// An archive that is being walked.
struct Level {
    uri: String,
    walk: Walk,
    /// How often each name came up.
    names: HashMap<String, u32>,
    n_links: u64,
    n_shortened: u64,
}

enum Walk {
    Zip(zip::Walk),
    Tar(tar::Walk),
}

/// What a walk comes to next.
enum Step {
    Entry(Entry),
    /// Damage of the archive itself; the walk may go on.
    Damage(ProblemCode, String),
}

/// An entry of an archive.
struct Entry {
    name: String,
    body: Body,
}

enum Body {
    /// Bytes, with how many they are as stored and, where that is more, what they are said to unpack to.
    Data { origin: Origin, stored: u64, unpacked: u64 },
    /// Bytes that cannot be read.
    Refused(ProblemCode, String),
    /// A link or a device: a name for what is elsewhere.
    Link,
}

/// So many objects are handed out at once: enough for every thread, and few enough to hold.
const BATCH_OBJECTS: usize = 256;

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive").field("object", &self.object).finish_non_exhaustive()
    }
}

impl Archive {
    /// Opens an archive whose bytes are those of `origin`; that is the object's own, or what it is decompressed.
    pub(super) fn open(
        object: &ObjectRef,
        origin: &Origin,
        kind: ArchiveKind,
        options: &Options,
        remarks: Vec<Problem>,
    ) -> Result<Self, Problem> {
        let stamp = object.origin.stamp().map_err(|error| problem_of(&object.uri, &error))?;
        let level = Level::open(object.uri.clone(), origin, kind, options)?;
        Ok(Self {
            object: object.clone(),
            options: *options,
            stamp: Some(stamp),
            levels: vec![level],
            n_entries: 0,
            unpacked: 0,
            found: remarks.into_iter().map(Found::Note).collect(),
            held: 0,
        })
    }

    /// The next of what stands in it; nothing at the end. What was handed out should be done with before the next call,
    /// since it may hold memory.
    pub fn next_batch(&mut self) -> Vec<Found> {
        self.held = 0;
        while self.found.len() < BATCH_OBJECTS && self.held < self.options.limits.buffered_bytes {
            if !self.advance() {
                self.close();
                break;
            }
        }
        std::mem::take(&mut self.found)
    }

    /// Takes one step; `false` where nothing is left.
    fn advance(&mut self) -> bool {
        let Some(level) = self.levels.last_mut() else { return false };
        match level.next() {
            Some(Step::Entry(entry)) => self.entry(entry),
            Some(Step::Damage(code, message)) => {
                let problem = Problem::new(code, &level.uri, message);
                self.found.push(Found::Unread(problem));
            }
            None => {
                self.found.extend(level.notes().into_iter().map(Found::Note));
                self.levels.pop();
            }
        }
        true
    }

    fn close(&mut self) {
        let Some(stamp) = self.stamp.take() else { return };
        if self.object.origin.stamp().ok() != Some(stamp) {
            let message = "its size or time of change is not what it was when it was opened";
            let problem = Problem::new(ProblemCode::ObjectChanged, &self.object.uri, message);
            self.found.push(Found::Unread(problem));
        }
    }

    fn entry(&mut self, entry: Entry) {
        let limits = self.options.limits;
        self.n_entries += 1;
        if self.n_entries > limits.entries {
            let message = format!("more than {} entries; those behind them were not read", limits.entries);
            self.stop(ProblemCode::ArchiveTooManyEntries, message);
            return;
        }
        let Some(level) = self.levels.last_mut() else { return };
        let (origin, stored, unpacked) = match entry.body {
            Body::Data { origin, stored, unpacked } => (origin, stored, unpacked),
            Body::Refused(code, message) => {
                let problem = Problem::new(code, level.uri_of(&entry.name, limits.name_chars), message);
                self.found.push(Found::Unread(problem));
                return;
            }
            Body::Link => {
                level.n_links += 1;
                return;
            }
        };
        self.unpacked = self.unpacked.saturating_add(unpacked);
        let most = limits.unpacked(self.object.bytes);
        if self.unpacked > most {
            let message = format!("its entries unpack to more than {} MB; what follows was not read", most >> 20);
            self.stop(ProblemCode::ArchiveBomb, message);
            return;
        }
        let uri = level.uri_of(&entry.name, limits.name_chars);
        self.member(ObjectRef { uri, origin, bytes: stored });
    }

    /// Hands an object out, or goes into it where it is an archive itself.
    fn member(&mut self, object: ObjectRef) {
        let bare = match unwrap(&object, &self.options) {
            Ok(bare) => bare,
            Err(problem) => {
                self.found.push(Found::Unread(problem));
                return;
            }
        };
        let Content::Archive(kind) = bare.content else {
            self.held += object.origin.held_bytes();
            self.found.push(Found::Object(object));
            return;
        };
        let deepest = self.options.limits.depth;
        if self.levels.len() >= deepest {
            let message = format!("it is an archive inside of {deepest} others");
            self.found.push(Found::Unread(Problem::new(ProblemCode::ArchiveTooDeep, object.uri, message)));
            return;
        }
        self.found.extend(bare.remarks.into_iter().map(Found::Note));
        match Level::open(object.uri, &bare.object.origin, kind, &self.options) {
            Ok(level) => self.levels.push(level),
            Err(problem) => self.found.push(Found::Unread(problem)),
        }
    }

    /// Reads nothing more.
    fn stop(&mut self, code: ProblemCode, message: String) {
        self.found.push(Found::Unread(Problem::new(code, &self.object.uri, message)));
        self.levels.clear();
    }
}

impl Level {
    fn open(uri: String, origin: &Origin, kind: ArchiveKind, options: &Options) -> Result<Self, Problem> {
        let walk = match kind {
            ArchiveKind::Zip => zip::Walk::open(origin, options).map(Walk::Zip),
            ArchiveKind::Tar => tar::Walk::open(origin, options).map(Walk::Tar),
        };
        let walk = walk.map_err(|error| problem_of(&uri, &error))?;
        Ok(Self { uri, walk, names: HashMap::new(), n_links: 0, n_shortened: 0 })
    }

    fn next(&mut self) -> Option<Step> {
        match &mut self.walk {
            Walk::Zip(walk) => walk.next(),
            Walk::Tar(walk) => walk.next(),
        }
    }

    /// The URI of an entry, different for each, whatever names they have.
    fn uri_of(&mut self, entry: &str, name_chars: usize) -> String {
        let (name, whole) = name::harmless(entry, name_chars);
        self.n_shortened += u64::from(!whole);
        let mut shown = name.clone();
        loop {
            let n = self.names.entry(shown.clone()).or_default();
            *n += 1;
            if *n == 1 {
                return format!("{}!/{shown}", self.uri);
            }
            // The number goes on with the name that it belongs to, so that many of one name are quick to tell apart.
            let n = *n;
            shown = format!("{name} ({n})");
        }
    }

    fn notes(&self) -> Vec<Problem> {
        let mut notes = Vec::new();
        if self.n_links > 0 {
            let message = format!("links and devices, which hold no data of their own: {}", self.n_links);
            notes.push(Problem::new(ProblemCode::ArchiveLink, &self.uri, message));
        }
        if self.n_shortened > 0 {
            let message = format!("entries with longer names than are shown: {}", self.n_shortened);
            notes.push(Problem::new(ProblemCode::ArchiveNameTooLong, &self.uri, message));
        }
        notes
    }
}

/// Damage as an error of the operating system or of a layer below shows it.
fn damage(error: &std::io::Error) -> Step {
    let code = match error.kind() {
        std::io::ErrorKind::UnexpectedEof => ProblemCode::ArchiveCorrupt,
        _ => super::origin::code_of(error),
    };
    Step::Damage(code, io_cause(error))
}
