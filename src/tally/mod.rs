//! The mergeable result of scanning any part of the data, and the file that it travels in.

mod file;
mod fold;
mod shown;
mod stamp;
mod year;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use file::{Cause, FileError, check_place, peek, read, write};
pub use fold::{Fold, FoldError};
pub use stamp::{Stamp, StampPart, digest};

pub use crate::count::{Census, Figures, KindMerging, Merging, Shared};
use crate::count::{CountError, Mentions};
use crate::model::{ClassSet, Coverage, ObjectFinding, Problem, Severity};

pub use year::{Added, Counted, Earlier, Exports, Year};

/// What some of the data said. [`Tally::merge`] is commutative and associative, and adding what is there already changes
/// nothing.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Who was mentioned.
    pub mentions: Mentions,
    /// What each object came to, in no order.
    pub objects: Vec<ObjectTally>,
    /// What could not be walked, so that no object came of it.
    pub unlisted: Vec<Problem>,
}

/// What one object came to, but for the persons in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ObjectTally {
    /// The object's URI.
    pub uri: String,
    /// How much of it was looked at.
    pub coverage: Coverage,
    /// What was found in it; `None` where it could not be opened.
    pub finding: Option<ObjectFinding>,
    /// Personal rows in which nothing tells one person from another, by what they say.
    #[serde(with = "by_classes")]
    pub unattributed: BTreeMap<ClassSet, u64>,
    /// The entries of the user's configuration that apply to it, by their lines.
    pub entries: BTreeSet<usize>,
}

impl Tally {
    /// Adds another part of the data.
    pub fn merge(&mut self, other: Self) {
        self.mentions.merge(other.mentions);
        self.objects.extend(other.objects);
        self.unlisted.extend(other.unlisted);
    }

    /// Whether everything that was found was read.
    pub fn is_complete(&self) -> bool {
        let is_note = |problem: &Problem| problem.code.severity() == Severity::Note;
        self.unlisted.iter().all(is_note) && self.objects.iter().all(|object| object.coverage.is_complete())
    }

    /// The entries of the user's configuration that apply to any object, by their lines.
    pub fn entries(&self) -> BTreeSet<usize> {
        self.objects.iter().flat_map(|object| &object.entries).copied().collect()
    }

    /// Links, counts and sorts, also together with what was exported earlier in the year.
    pub fn settle_in_year(mut self, earlier: Earlier) -> Result<Totals, CountError> {
        let mut mentions = std::mem::take(&mut self.mentions);
        let census = mentions.settle()?;
        let objects = self.objects.iter().filter(|object| !object.unattributed.is_empty()).cloned().collect();
        let year = earlier.count(Self { mentions, objects, unlisted: Vec::new() })?;
        Ok(Totals { census, year: Some(year), ..self.settle()? })
    }

    /// Links, counts and sorts: nothing can be added any more.
    pub fn settle(mut self) -> Result<Totals, CountError> {
        let mut totals = Totals { census: self.mentions.settle()?, ..Totals::default() };
        for object in ordered(self.objects) {
            totals.coverage.merge(object.coverage);
            totals.objects.extend(object.finding);
            add_rows(&mut totals.unattributed, &object.unattributed);
        }
        totals.coverage.problems.extend(self.unlisted.into_iter().map(shown::problem));
        totals.coverage.settle();
        Ok(totals)
    }
}

/// The objects by URI, each once; those of one URI that differ, because it changed between two scans, stay apart.
fn ordered(mut objects: Vec<ObjectTally>) -> Vec<ObjectTally> {
    for object in &mut objects {
        object.coverage.settle();
    }
    objects.sort_by(|a, b| {
        let told = |object: &ObjectTally| format!("{object:?}");
        a.uri.cmp(&b.uri).then_with(|| if a == b { std::cmp::Ordering::Equal } else { told(a).cmp(&told(b)) })
    });
    objects.dedup();
    shown::show(&mut objects);
    objects
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
    /// The year's exports, where a ledger tells them.
    pub year: Option<Year>,
}

impl Totals {
    /// Rows about persons that nothing attributes to one, where what they say `fits`.
    pub fn unattributed_rows(&self, fit: impl Fn(ClassSet) -> bool) -> u64 {
        rows_that_fit(&self.unattributed, fit)
    }
}

fn add_rows(to: &mut BTreeMap<ClassSet, u64>, rows: &BTreeMap<ClassSet, u64>) {
    for (classes, rows) in rows {
        *to.entry(*classes).or_default() += rows;
    }
}

fn rows_that_fit(rows: &BTreeMap<ClassSet, u64>, fit: impl Fn(ClassSet) -> bool) -> u64 {
    rows.iter().filter(|(classes, _)| fit(**classes)).map(|(_, rows)| rows).sum()
}

/// A map by sets of classes as a list of pairs: keys of JSON objects are text.
mod by_classes {
    use std::collections::BTreeMap;

    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::model::ClassSet;

    pub(super) fn serialize<S: Serializer>(map: &BTreeMap<ClassSet, u64>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(map)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<ClassSet, u64>, D::Error> {
        Ok(Vec::deserialize(deserializer)?.into_iter().collect())
    }
}
