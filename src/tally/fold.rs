//! Folds tally files into one tally, and refuses those that do not belong together.

use std::collections::HashMap;
use std::path::Path;

use super::{FileError, ObjectTally, Stamp, StampPart, Tally, file};
use crate::key::Seal;

/// Why a tally file cannot be folded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// It cannot be used at all.
    #[error(transparent)]
    File(#[from] FileError),
    /// It was made with or for something else.
    #[error("`{file}` and `{other}` differ in their {part}: {said} and {expected}; {}", part.hint())]
    Stamp {
        /// The file.
        file: String,
        /// The file that was folded before.
        other: String,
        /// Where the two differ.
        part: StampPart,
        /// What the file says.
        said: String,
        /// What the other says.
        expected: String,
    },
    /// It says of an object something else than another file does.
    #[error(
        "`{file}` and `{other}` have different findings for `{uri}`, which changed between the two scans or is two objects; \
         scan it once, and keep one of the tallies"
    )]
    Object {
        /// The file.
        file: String,
        /// The file that was folded before.
        other: String,
        /// The object.
        uri: String,
    },
}

/// Tally files folded into one tally, in any order; its memory does not grow with their number.
#[derive(Debug)]
pub struct Fold<'s> {
    seal: &'s Seal,
    /// What the first was made with, and so all must be.
    stamp: Option<Stamp>,
    tally: Tally,
    /// Where in the tally each object is, and from which file it came.
    known: HashMap<String, (usize, usize)>,
    files: Vec<String>,
}

impl<'s> Fold<'s> {
    /// Nothing yet, to be filled from files that are sealed so.
    pub fn new(seal: &'s Seal) -> Self {
        Self { seal, stamp: None, tally: Tally::default(), known: HashMap::new(), files: Vec::new() }
    }

    /// Adds a file. After an error nothing more can be made of the fold.
    pub fn add(&mut self, path: &Path) -> Result<(), FoldError> {
        let name = path.display().to_string();
        // What does not belong is refused before the rest of it is read.
        let stamp = file::peek(path, self.seal)?;
        let expected = self.stamp.get_or_insert_with(|| stamp.clone());
        if let Some(part) = expected.difference(&stamp) {
            let other = self.files.first().cloned().unwrap_or_default();
            let (said, expected) = (stamp.said(part), expected.said(part));
            return Err(FoldError::Stamp { file: name, other, part, said, expected });
        }
        let (read, mut tally) = file::read(path, self.seal)?;
        if read != stamp {
            return Err(FileError::new(path, file::Cause::Damaged).into());
        }
        let objects = std::mem::take(&mut tally.objects);
        self.files.push(name);
        objects.into_iter().try_for_each(|object| self.add_object(object))?;
        self.tally.merge(tally);
        Ok(())
    }

    fn add_object(&mut self, object: ObjectTally) -> Result<(), FoldError> {
        let this = self.files.len().saturating_sub(1);
        let Some(&(at, from)) = self.known.get(&object.uri) else {
            self.known.insert(object.uri.clone(), (self.tally.objects.len(), this));
            self.tally.objects.push(object);
            return Ok(());
        };
        if self.tally.objects.get(at) == Some(&object) {
            return Ok(());
        }
        let name = |at: usize| self.files.get(at).cloned().unwrap_or_default();
        Err(FoldError::Object { file: name(this), other: name(from), uri: object.uri })
    }

    /// All that was added, and what it was made with; `None` where there was no file.
    pub fn finish(self) -> Option<(Stamp, Tally)> {
        Some((self.stamp?, self.tally))
    }
}
