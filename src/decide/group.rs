//! Branches as an officer reads them: values of one fact that lead to the same stand in one line.

use crate::model::{Category, Procedure};

use super::Branch;
use super::world::Fact;

/// Branches that differ in the values of one fact only, and come to the same by the same list.
#[derive(Clone, Debug, PartialEq)]
pub struct BranchGroup {
    /// The values, by fact in the order in which an officer is asked; several of the last fact that is grouped.
    pub facts: Vec<(&'static str, Vec<String>)>,
    /// What follows.
    pub category: Category,
    /// The procedures, any of which serves.
    pub procedure: Vec<Procedure>,
    /// Whether nothing unread, unknown or uncertain could change it.
    pub certain: bool,
    /// The list that speaks.
    pub list: String,
    /// The rows that make it, for any of the values.
    pub because: Vec<String>,
}

/// Puts branches together for reading. The order is that of the first branch of each group.
pub fn group_branches(branches: &[Branch]) -> Vec<BranchGroup> {
    let mut groups: Vec<BranchGroup> = Vec::new();
    for branch in branches {
        match groups.iter_mut().find(|group| fits(group, branch)) {
            Some(group) => add(group, branch),
            None => groups.push(start(branch)),
        }
    }
    groups
}

fn start(branch: &Branch) -> BranchGroup {
    let value = |fact: &Fact| branch.facts.get(fact.id()).map(|value| (fact.id(), vec![value.clone()]));
    BranchGroup {
        facts: Fact::ALL.iter().filter_map(value).collect(),
        category: branch.category,
        procedure: branch.procedure.clone(),
        certain: branch.certain,
        list: branch.list.clone(),
        because: branch.because.clone(),
    }
}

/// Whether only the last fact of the group has another value in the branch, and all else is the same.
fn fits(group: &BranchGroup, branch: &Branch) -> bool {
    let Some((_, before)) = group.facts.split_last() else { return false };
    let same_facts =
        group.facts.len() == branch.facts.len() && group.facts.iter().all(|(fact, _)| branch.facts.contains_key(fact));
    let same_before =
        before.iter().all(|(fact, values)| branch.facts.get(fact).is_some_and(|value| values.contains(value)));
    same_facts
        && same_before
        && group.category == branch.category
        && group.procedure == branch.procedure
        && group.certain == branch.certain
        && group.list == branch.list
}

fn add(group: &mut BranchGroup, branch: &Branch) {
    if let Some((fact, values)) = group.facts.last_mut() {
        values.extend(branch.facts.get(fact).cloned());
    }
    for row in &branch.because {
        if !group.because.contains(row) {
            group.because.push(row.clone());
        }
    }
}
