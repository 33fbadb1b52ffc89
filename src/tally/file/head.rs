//! The head of a tally file: everything but the mentions, as metadata of the Arrow schema.

use std::io;

use arrow_schema::Metadata;
use serde::{Deserialize, Serialize};

use super::vocabulary::Vocabulary;
use super::{Cause, Stamp};
use crate::key::KeyId;
use crate::model::Problem;
use crate::tally::{ObjectTally, Tally, ordered};

/// Names the format; rises when what stands here changes its meaning.
const FORMAT: &str = "exportscan.tally/1";

/// The names under which metadata is found.
const FORMAT_AT: &str = "exportscan.format";
const KEY_AT: &str = "exportscan.key_id";
const STAMP_AT: &str = "exportscan.stamp";
const VOCABULARY_AT: &str = "exportscan.vocabulary";
const OBJECTS_AT: &str = "exportscan.objects";
const UNLISTED_AT: &str = "exportscan.unlisted";

/// What the head says.
pub(super) struct Head {
    key: String,
    pub(super) stamp: Stamp,
    pub(super) vocabulary: Vocabulary,
    /// Sorted, each once.
    pub(super) objects: Vec<ObjectTally>,
    /// Sorted, each once.
    pub(super) unlisted: Vec<Problem>,
}

impl Head {
    pub(super) fn new(tally: &Tally, stamp: &Stamp, key: KeyId) -> Self {
        let mut unlisted = tally.unlisted.clone();
        unlisted.sort_unstable();
        unlisted.dedup();
        let objects = ordered(tally.objects.clone());
        Self { key: key.to_string(), stamp: stamp.clone(), vocabulary: Vocabulary::current(), objects, unlisted }
    }

    pub(super) fn metadata(&self) -> io::Result<Metadata> {
        Ok(Metadata::from_iter([
            (FORMAT_AT.to_owned(), FORMAT.to_owned()),
            (KEY_AT.to_owned(), self.key.clone()),
            (STAMP_AT.to_owned(), json(&self.stamp)?),
            (VOCABULARY_AT.to_owned(), json(&self.vocabulary)?),
            (OBJECTS_AT.to_owned(), json(&self.objects)?),
            (UNLISTED_AT.to_owned(), json(&self.unlisted)?),
        ]))
    }

    /// What [`Head::metadata`] said; what it did not say is of another format.
    pub(super) fn parse(metadata: &Metadata) -> Result<Self, Cause> {
        let get = |name: &str| metadata.get(name).ok_or(Cause::OtherFormat);
        if get(FORMAT_AT)? != FORMAT {
            return Err(Cause::OtherFormat);
        }
        Ok(Self {
            key: get(KEY_AT)?.clone(),
            stamp: parsed(get(STAMP_AT)?)?,
            vocabulary: parsed(get(VOCABULARY_AT)?)?,
            objects: parsed(get(OBJECTS_AT)?)?,
            unlisted: parsed(get(UNLISTED_AT)?)?,
        })
    }
}

fn json(value: &impl Serialize) -> io::Result<String> {
    serde_json::to_string(value).map_err(io::Error::other)
}

fn parsed<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Cause> {
    serde_json::from_str(text).map_err(|_| Cause::OtherFormat)
}
