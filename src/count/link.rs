//! Who an identifier belongs to: one level at a time, strongest first, so that the order of mentions means nothing.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::numbers::{NOBODY, SEVERAL, Words, for_each, join};
use super::roll::{Roll, within};
use crate::model::Level;

/// The person that each identifier belongs to. A person is called by the number of one identifier that founds it.
pub(super) struct Persons {
    owner: Words,
    /// Groups of free identifiers, each of one level; uniting more of them is the business of the lower bound.
    pub(super) groups: Words,
}

impl Persons {
    /// Links all identifiers.
    pub(super) fn link(roll: &Roll) -> Self {
        let all = 0..roll.len();
        let persons = Self { owner: Words::new(all.clone(), NOBODY), groups: Words::new(all.clone(), 0) };
        for_each(all, |number| persons.groups.set(number, number));
        // Rule 3: every resident ID is a person of its own.
        for_each(roll.of_level(Level::Resident), |number| persons.owner.set(number, number));
        for level in [Level::Card, Level::Account, Level::Vehicle] {
            if !roll.of_level(level).is_empty() {
                persons.claim(roll, level);
                persons.settle_free(roll, level);
            }
        }
        persons.name(roll);
        persons
    }

    /// The person that an identifier belongs to; `None` where it is shared.
    pub(super) fn of(&self, number: u32) -> Option<u32> {
        Some(self.owner.get(number)).filter(|owner| *owner < SEVERAL)
    }

    /// The one person of several identifiers, not counting the shared ones among them.
    fn one_of(&self, numbers: &[u32]) -> u32 {
        numbers.iter().filter_map(|number| self.of(*number)).fold(NOBODY, join)
    }

    /// Gives identifiers of a level to the person of stronger ones that they are mentioned with, or to `SEVERAL`.
    fn claim(&self, roll: &Roll, level: Level) {
        let here = roll.of_level(level);
        roll.for_each(|mention, _| {
            let claimed = within(mention, &here);
            let person = self.one_of(within(mention, &(0..here.start)));
            if person != NOBODY {
                for number in claimed {
                    self.owner.join(*number, person);
                }
            }
        });
    }

    /// Groups the identifiers of a level that nobody has claimed, and gives each group to the one person whose
    /// identifiers of the same level it is mentioned with, or to `SEVERAL`, or makes a person of it.
    fn settle_free(&self, roll: &Roll, level: Level) {
        let here = roll.of_level(level);
        let neighbour = Words::new(here.clone(), NOBODY);
        let any = AtomicBool::new(false);
        roll.for_each(|mention, _| {
            let peers = within(mention, &here);
            let mut free = peers.iter().copied().filter(|number| self.owner.get(*number) == NOBODY);
            let (true, Some(first)) = (peers.len() > 1, free.next()) else { return };
            any.store(true, Relaxed);
            free.for_each(|other| self.groups.unite(first, other));
            neighbour.join(first, self.one_of(peers));
        });
        let is_free = |number| self.owner.get(number) == NOBODY;
        if any.load(Relaxed) {
            for_each(here.clone(), |number| neighbour.join(self.groups.root(number), neighbour.get(number)));
        }
        for_each(here, |number| {
            if is_free(number) {
                let root = self.groups.root(number);
                let person = neighbour.get(root);
                self.owner.set(number, if person == NOBODY { root } else { person });
            }
        });
    }

    /// Makes a person of each name that is the best that some mention has; names link nothing.
    fn name(&self, roll: &Roll) {
        let names = roll.of_level(Level::Name);
        if names.is_empty() {
            return;
        }
        roll.for_each(|mention, _| {
            if let Some(first) = mention.first().filter(|first| names.contains(first)) {
                let best = within(mention, &roll.of_kind(roll.kind(*first)));
                // The same value from whichever thread: a name is its own person.
                for name in best {
                    self.owner.join(*name, *name);
                }
            }
        });
    }
}
