//! The head of a tally file: what it was made with and what its words mean, as metadata of the schema of mentions.

use std::io;

use arrow_schema::Metadata;
use serde::{Deserialize, Serialize};

use super::vocabulary::Vocabulary;
use super::{Cause, Stamp};
use crate::count::DataSets;
use crate::key::KeyId;

/// Names the format; rises when what stands here changes its meaning.
const FORMAT: &str = "exportscan.tally/1";

/// The names under which metadata is found.
const FORMAT_AT: &str = "exportscan.format";
const KEY_AT: &str = "exportscan.key_id";
const STAMP_AT: &str = "exportscan.stamp";
const VOCABULARY_AT: &str = "exportscan.vocabulary";
const DATA_SETS_AT: &str = "exportscan.data_sets";

/// What the head says.
pub(super) struct Head {
    pub(super) stamp: Stamp,
    pub(super) vocabulary: Vocabulary,
    pub(super) data_sets: DataSets,
}

/// The head of a tally with this stamp, of mentions from these data sets, made with this key by this program.
pub(super) fn metadata(stamp: &Stamp, data_sets: &DataSets, key: KeyId) -> io::Result<Metadata> {
    Ok(Metadata::from_iter([
        (FORMAT_AT, FORMAT.to_owned()),
        (KEY_AT, key.to_string()),
        (STAMP_AT, json(stamp)?),
        (VOCABULARY_AT, json(&Vocabulary::current())?),
        (DATA_SETS_AT, json(&(&data_sets.names, data_sets.depth))?),
    ]))
}

/// What [`metadata`] said; where it is not all there, it is of another format.
pub(super) fn parse(metadata: &Metadata) -> Result<Head, Cause> {
    let get = |name: &str| metadata.get(name).ok_or(Cause::OtherFormat);
    if get(FORMAT_AT)? != FORMAT {
        return Err(Cause::OtherFormat);
    }
    Ok(Head {
        stamp: parsed(get(STAMP_AT)?)?,
        vocabulary: parsed(get(VOCABULARY_AT)?)?,
        data_sets: parsed(get(DATA_SETS_AT)?).map(|(names, depth)| DataSets { names, depth })?,
    })
}

fn json(value: &impl Serialize) -> io::Result<String> {
    serde_json::to_string(value).map_err(io::Error::other)
}

fn parsed<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Cause> {
    serde_json::from_str(text).map_err(|_| Cause::OtherFormat)
}
