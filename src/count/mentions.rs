//! The set of distinct mentions.

use crate::model::MentionBatch;

use super::Census;

/// The set of distinct mentions of a part of the data.
#[derive(Clone, Debug, Default)]
pub struct Mentions {}

impl Mentions {
    /// Adds the mentions of a batch.
    pub fn insert(&mut self, _batch: &MentionBatch) {}

    /// Adds another part of the data.
    pub fn merge(&mut self, _other: Self) {}

    /// Links and counts.
    pub fn settle(&self) -> Census {
        Census::default()
    }
}
