//! The settled count: how many persons have which classes, in the best reading and at both bounds.

use serde::{Deserialize, Serialize};

use super::Merging;
use crate::model::{ClassSet, IdentifierKind};

/// A number of persons with its bounds; `at_least <= best <= at_most`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// Persons after linking.
    pub best: u64,
    /// What nobody can dispute.
    pub at_least: u64,
    /// What nobody can exceed.
    pub at_most: u64,
}

/// Persons by exactly what is said of them, so that any rule's set of classes can be counted without the keys.
///
/// Every list is sorted, so that the same mentions give the same bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Persons after linking, by their classes.
    pub best: Vec<(ClassSet, u64)>,
    /// Distinct strongest identifiers of mentions, by the classes of those mentions. Identifiers of one kind in one
    /// mention count together; one that is seen with two identifiers of another kind of its own strength (a mobile with
    /// two member ids: one person, or a hotline) leaves it to that other kind.
    pub at_most: Vec<(ClassSet, u64)>,
    /// For every kind of identifier that is in the clear, persons that have it when everything that shares anything is
    /// linked, by their classes. A number that is hashed or masked shows nobody who is not somebody else.
    pub at_least: Vec<(IdentifierKind, Vec<(ClassSet, u64)>)>,
    /// What linking did.
    pub merging: Merging,
}

impl Census {
    /// Counts the persons whose classes `fit`.
    ///
    /// The lists bound each other where `fit` asks for one of some classes, for none of some classes, or for both. One
    /// that asks for two classes at once may find them in two mentions of one person, which the upper list has apart,
    /// or of two persons, which the lower list has together: there `best` bounds the bounds.
    pub fn figures(&self, fit: impl Fn(ClassSet) -> bool) -> Figures {
        let sum = |groups: &[(ClassSet, u64)]| groups.iter().filter(|(classes, _)| fit(*classes)).map(|(_, n)| n).sum();
        let best: u64 = sum(&self.best);
        let least = self.at_least.iter().map(|(_, groups)| sum(groups)).max().unwrap_or(0);
        Figures { best, at_least: best.min(least), at_most: best.max(sum(&self.at_most)) }
    }
}
