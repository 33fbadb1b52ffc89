//! How one identifier was linked, step by step: the rules of `count` applied to the mentions around it alone.
//!
//! ```text
//! Mentions ──▶ around (what can matter to the identifier) ──▶ link (the rules, by their words) ──▶ Trace
//! ```
//!
//! The fast count never asks for one identifier, so nothing there is made to answer this. Every round of the walk is one
//! pass over all mentions.
//!
//! *Invariant*: as in `count`; a [`Trace`] has kinds and numbers, and no key.

mod around;
mod link;
mod person;

use std::collections::BTreeSet;

use super::{CountError, Mentions};
use crate::model::{ClassSet, IdentifierKind, Key};
use around::Around;
use person::person;

/// So many distinct mentions are looked at before the walk gives up: a hotline of a country would be followed to
/// everybody who called it.
pub const MENTIONS_AT_MOST: usize = 50_000;

/// Whose an identifier is, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Its kind.
    pub kind: IdentifierKind,
    /// The distinct mentions that have it.
    pub seen: Seen,
    /// Whose it is.
    pub whose: Whose,
    /// Whether the walk ended at [`MENTIONS_AT_MOST`]; whose it is then holds for what was seen.
    pub is_cut: bool,
}

/// Whose an identifier is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Nobody's: a name or a masked number that stands only beside something stronger, where it is not heard.
    Unheard,
    /// One person's.
    One(Person),
    /// Of several persons, who share it; by the kind of identifier that tells each, strongest first.
    Several(Vec<(IdentifierKind, u64)>),
}

/// Distinct mentions together: how many, in which data sets, and what their rows say.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// How many.
    pub mentions: u64,
    /// The places of their data sets.
    pub data_sets: BTreeSet<usize>,
    /// What they say.
    pub classes: ClassSet,
}

/// A person with all identifiers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The identifiers, strongest first. The first is the one by which the person is told; all others are joined to it.
    pub identifiers: Vec<Identifier>,
    /// The place of the identifier that was asked for.
    pub held: usize,
    /// The mentions that speak of the person.
    pub spoken: Seen,
    /// As how many persons `at_most` counts this one: the distinct strongest identifiers of its mentions.
    pub at_most: u64,
    /// Whether `at_least` counts this person apart.
    pub at_least: AtLeast,
}

impl Person {
    /// The places of the identifiers from the one that was asked for to the one by which the person is told.
    pub fn path(&self) -> Vec<usize> {
        let mut path = vec![self.held];
        while let Some(link) = path.last().and_then(|at| self.identifiers.get(*at)).and_then(|id| id.joined.as_ref()) {
            path.push(link.to);
        }
        path
    }
}

/// One identifier of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// Its kind.
    pub kind: IdentifierKind,
    /// Which of the person's identifiers of the kind it is, from 1: a name for it that tells nothing.
    pub number: usize,
    /// How it was joined; `None` for the first.
    pub joined: Option<Link>,
}

/// Mentions in which two identifiers of one person stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The place of the other identifier, which is one step nearer to the first.
    pub to: usize,
    /// The mentions.
    pub by: Seen,
}

/// Whether the lower bound counts a person apart from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtLeast {
    /// Yes: a resident ID is one person, which nobody can dispute.
    Resident,
    /// Where it counts by one of the person's kinds of identifier, because they share none with anybody.
    ByItsKinds,
    /// Perhaps not: a mention has an identifier of theirs beside one that is not, so they may be the same as somebody else.
    PerhapsAnother,
    /// No: nothing about them is in the clear.
    Never,
}

/// How the identifier `held` was linked; `None` where no mention has it. Data sets are places in those of the mentions.
pub fn trace(mentions: &Mentions, held: Key) -> Result<Option<Trace>, CountError> {
    trace_within(mentions, held, MENTIONS_AT_MOST)
}

/// The same with another limit.
pub fn trace_within(mentions: &Mentions, held: Key, mentions_at_most: usize) -> Result<Option<Trace>, CountError> {
    let mut around = Around::new(mentions, mentions_at_most);
    around.settle(&[held], held);
    let seen = around.seen(|keys| keys.contains(&held));
    if seen.mentions == 0 {
        let unheard = around.unheard.clone();
        let is_cut = around.is_cut;
        let trace = Trace { kind: held.kind(), seen: unheard, whose: Whose::Unheard, is_cut };
        return around.told(Some(trace).filter(|trace| trace.seen.mentions > 0));
    }
    let owners = link::owners(&around.mentions);
    let persons = owners.get(&held).cloned().unwrap_or_default();
    let whose = match (persons.first(), persons.len()) {
        (None, _) => Whose::Unheard,
        (Some(&founder), 1) => Whose::One(person(&mut around, held, founder)),
        _ => Whose::Several(told_by(&around, &owners, &persons)),
    };
    let is_cut = around.is_cut;
    around.told(Some(Trace { kind: held.kind(), seen, whose, is_cut }))
}

/// How many persons are told by which kind: the strongest that is seen of each.
fn told_by(around: &Around<'_>, owners: &link::Owners, persons: &BTreeSet<Key>) -> Vec<(IdentifierKind, u64)> {
    let mut kinds: Vec<(IdentifierKind, u64)> = Vec::new();
    let all: BTreeSet<Key> = around.mentions.keys().flatten().copied().collect();
    let mut counted = BTreeSet::new();
    // Keys order by strength.
    for key in all {
        let Some(person) = link::owner(owners, key).filter(|person| persons.contains(person)) else { continue };
        if !counted.insert(person) {
            continue;
        }
        match kinds.last_mut() {
            Some((kind, number)) if *kind == key.kind() => *number += 1,
            _ => kinds.push((key.kind(), 1)),
        }
    }
    kinds
}
