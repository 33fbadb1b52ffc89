//! Who is in the demo, noted down while it is written.
//!
//! This is not a second counter: each part says which person of its own making a row is about, so no identifier is ever
//! matched with another here.

use std::collections::{BTreeMap, BTreeSet};

use super::people::{Contact, Owner};

/// By what a person is known, if by nothing stronger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Known {
    /// A resident identity number.
    ResidentId,
    /// A mobile.
    Mobile,
    /// A patient number.
    PatientNumber,
}

/// What is said of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    /// Nothing that any list calls sensitive.
    Ordinary,
    /// A resident ID, a vehicle track or health data.
    Sensitive,
}

/// The persons and mentions so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Truth {
    persons: BTreeMap<(Known, String), Said>,
    strongest: BTreeSet<String>,
}

impl Truth {
    /// A row about an owner, whose strongest identifier in that row is `strongest`.
    pub(super) fn owner(&mut self, owner: &Owner, strongest: &str) {
        self.person(Known::ResidentId, &owner.resident_id, Said::Sensitive);
        self.nobody(strongest);
    }

    /// A row about somebody who is known by a mobile alone, whose strongest identifier in that row is `strongest`.
    pub(super) fn contact(&mut self, contact: &Contact, strongest: &str) {
        self.person(Known::Mobile, &contact.mobile, Said::Ordinary);
        self.nobody(strongest);
    }

    /// A row about a patient.
    pub(super) fn patient(&mut self, number: &str) {
        self.person(Known::PatientNumber, number, Said::Sensitive);
        self.nobody(number);
    }

    /// A row whose identifiers, `strongest` before the others, are all shared: it is about nobody in particular.
    pub(super) fn nobody(&mut self, strongest: &str) {
        self.strongest.insert(strongest.to_owned());
    }

    /// How many persons there are.
    pub(super) fn persons(&self) -> u64 {
        self.persons.len() as u64
    }

    /// How many of them have sensitive data.
    pub(super) fn sensitive_persons(&self) -> u64 {
        self.persons.values().filter(|said| **said == Said::Sensitive).count() as u64
    }

    /// How many of them are known by nothing stronger than `known`.
    pub(super) fn known_by(&self, known: Known) -> u64 {
        self.persons.keys().filter(|(by, _)| *by == known).count() as u64
    }

    /// How many distinct identifiers are the strongest of some mention.
    pub(super) fn strongest_identifiers(&self) -> u64 {
        self.strongest.len() as u64
    }

    fn person(&mut self, known: Known, name: &str, said: Said) {
        let all_said = self.persons.entry((known, name.to_owned())).or_insert(said);
        *all_said = said.max(*all_said);
    }
}
