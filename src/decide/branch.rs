//! The decision tree over the facts that are missing, as short as it can be told.

use std::collections::BTreeMap;

use super::verdict::{Outcome, merge};
use super::world::{Fact, World};

/// One leaf of the tree.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Leaf {
    /// The values that lead to it.
    pub(super) facts: BTreeMap<&'static str, String>,
    /// What follows.
    pub(super) outcome: Outcome,
}

impl Leaf {
    fn reads_like(&self, other: &Self) -> bool {
        self.facts == other.facts
            && self.outcome.category == other.outcome.category
            && self.outcome.procedure == other.outcome.procedure
    }
}

/// Splits the worlds by the facts in their order, leaving out each fact that does not change what follows.
pub(super) fn grow(worlds: &[(World<'_>, Outcome)], facts: &[Fact]) -> Vec<Leaf> {
    let outcomes: Vec<&Outcome> = worlds.iter().map(|(_, outcome)| outcome).collect();
    let Some(first) = outcomes.first() else { return Vec::new() };
    let agree = outcomes.iter().all(|one| one.category == first.category && one.procedure == first.procedure);
    let (false, [fact, rest @ ..]) = (agree, facts) else {
        return merge(&outcomes).map(|outcome| Leaf { facts: BTreeMap::new(), outcome }).into_iter().collect();
    };
    let mut values: Vec<String> = Vec::new();
    for (world, _) in worlds {
        let value = world.value(*fact);
        if !values.contains(&value) {
            values.push(value);
        }
    }
    let grown: Vec<(String, Vec<Leaf>)> = values
        .into_iter()
        .map(|value| {
            let of_value: Vec<_> = worlds.iter().filter(|(world, _)| world.value(*fact) == value).cloned().collect();
            (value, grow(&of_value, rest))
        })
        .collect();
    join(&grown).unwrap_or_else(|| {
        grown
            .into_iter()
            .flat_map(|(value, leaves)| {
                leaves.into_iter().map(move |mut leaf| {
                    leaf.facts.insert(fact.id(), value.clone());
                    leaf
                })
            })
            .collect()
    })
}

/// The leaves that all values of a fact share, if they do.
fn join(grown: &[(String, Vec<Leaf>)]) -> Option<Vec<Leaf>> {
    let (_, first) = grown.first()?;
    let alike = grown.iter().all(|(_, leaves)| {
        leaves.len() == first.len() && leaves.iter().zip(first).all(|(leaf, other)| leaf.reads_like(other))
    });
    if !alike {
        return None;
    }
    first
        .iter()
        .enumerate()
        .map(|(at, leaf)| {
            let outcomes: Vec<&Outcome> =
                grown.iter().filter_map(|(_, leaves)| leaves.get(at)).map(|leaf| &leaf.outcome).collect();
            merge(&outcomes).map(|outcome| Leaf { facts: leaf.facts.clone(), outcome })
        })
        .collect()
}
