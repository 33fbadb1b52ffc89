//! The mergeable result of scanning any part of the data.

use std::collections::{BTreeMap, BTreeSet};

pub use crate::count::{Census, Figures, KindMerging, Merging, Shared};
use crate::count::{CountError, Mentions};
use crate::model::{ClassSet, Coverage, ObjectFinding};

/// What a part of the data said. [`Tally::merge`] is commutative and associative.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Who was mentioned.
    pub mentions: Mentions,
    /// How much was looked at.
    pub coverage: Coverage,
    /// What was found, by object.
    pub objects: Vec<ObjectFinding>,
    /// Personal rows in which nothing tells one person from another, by what they say.
    pub unattributed: BTreeMap<ClassSet, u64>,
    /// The entries of the user's configuration that apply to any object, by their lines.
    pub entries: BTreeSet<usize>,
}

impl Tally {
    /// Adds another part of the data.
    pub fn merge(&mut self, other: Self) {
        self.mentions.merge(other.mentions);
        self.coverage.merge(other.coverage);
        self.objects.extend(other.objects);
        self.entries.extend(other.entries);
        for (classes, rows) in other.unattributed {
            *self.unattributed.entry(classes).or_default() += rows;
        }
    }

    /// Links, counts and sorts: nothing can be added any more.
    pub fn settle(mut self) -> Result<Totals, CountError> {
        self.coverage.settle();
        self.objects.sort_by(|a, b| a.uri.cmp(&b.uri));
        Ok(Totals {
            census: self.mentions.settle()?,
            coverage: self.coverage,
            objects: self.objects,
            unattributed: self.unattributed,
        })
    }
}

/// What all of the data said: what rules are applied to and reports are made of.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// The persons.
    pub census: Census,
    /// How much was looked at.
    pub coverage: Coverage,
    /// What was found, by object, sorted by URI.
    pub objects: Vec<ObjectFinding>,
    /// Personal rows in which nothing tells one person from another, by what they say.
    pub unattributed: BTreeMap<ClassSet, u64>,
}

impl Totals {
    /// Rows about persons that nothing attributes to one, where what they say `fits`.
    pub fn unattributed_rows(&self, fit: impl Fn(ClassSet) -> bool) -> u64 {
        self.unattributed.iter().filter(|(classes, _)| fit(**classes)).map(|(_, rows)| rows).sum()
    }
}
