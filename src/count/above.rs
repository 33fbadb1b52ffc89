//! The upper bound: distinct strongest identifiers of mentions, nothing linked across kinds.
//!
//! A mention is counted under a *unit*: the identifiers of its strongest kind, as a set, because which of two mobiles is
//! "the" strongest must not depend on their fingerprints.
//!
//! A *hub* is an identifier seen with two identifiers of one other kind of its own strength: a mobile seen with two member
//! ids is a person with two memberships or a hotline with two callers. To link those through the mobile would be to link
//! across kinds, so a hub is passed over where the mention has something better, and counted in combination where not.

use rayon::prelude::*;

use super::bounds::{Histogram, histogram};
use super::link::Persons;
use super::numbers::{ClassWords, NOBODY, SEVERAL, Words, for_each};
use super::roll::{Chunk, Roll, within};
use crate::model::{ClassSet, IdentifierKind, Level};

/// Counts the units, and adds what each mention says to the `classes` of the persons that it speaks of.
pub(super) fn at_most(roll: &Roll, persons: &Persons, classes: &ClassWords) -> Histogram {
    let units = Units {
        roll,
        persons,
        persons_classes: classes,
        hubs: hubs(roll),
        counted: Words::new(0..roll.len(), 0),
        classes: ClassWords::new(roll.len()),
    };
    let combined: Vec<_> = roll.chunks.par_iter().map(|chunk| units.count(chunk)).collect();
    let single = |number| Some(units.classes.get(number)).filter(|_| units.counted.get(number) == 1);
    let mut groups = histogram(0..roll.len(), single);
    let mut combined: Vec<_> = combined.iter().flat_map(Chunk::iter).collect();
    combined.par_sort_unstable();
    for same in combined.chunk_by(|(one, _), (other, _)| one == other) {
        let said = same.iter().fold(ClassSet::EMPTY, |said, (_, classes)| said.union(*classes));
        *groups.entry(said).or_default() += 1;
    }
    groups
}

/// The identifiers that may be shared although nothing stronger shows it.
fn hubs(roll: &Roll) -> Words {
    let mixed = Words::new(0..1, 0);
    roll.for_each(|mention, _| {
        for pair in mention.windows(2) {
            if let &[one, other] = pair {
                let (one, other) = (roll.kind(one), roll.kind(other));
                if one != other && one.level() == other.level() {
                    mixed.add(0, 1 << one as u32 | 1 << other as u32);
                }
            }
        }
    });
    let hubs = Words::new(0..roll.len(), 0);
    for &kind in IdentifierKind::ALL.iter().filter(|kind| mixed.get(0) & (1 << **kind as u32) != 0) {
        let (these, peers) = (roll.of_kind(kind), roll.of_level(kind.level()));
        let partner = Words::new(peers.clone(), NOBODY);
        roll.for_each(|mention, _| {
            let seen = match within(mention, &these) {
                [] => return,
                [one] => *one,
                _ => SEVERAL,
            };
            let others = within(mention, &peers).iter().filter(|number| !these.contains(number));
            others.for_each(|other| partner.join(*other, seen));
        });
        for_each(peers, |number| {
            if partner.get(number) == SEVERAL {
                hubs.add(number, 1);
            }
        });
    }
    hubs
}

struct Units<'a> {
    roll: &'a Roll,
    persons: &'a Persons,
    persons_classes: &'a ClassWords,
    hubs: Words,
    /// 1 where the identifier alone is a unit.
    counted: Words,
    /// What mentions say that are counted under one identifier.
    classes: ClassWords,
}

impl Units<'_> {
    /// Counts the mentions of a chunk; units of several identifiers are returned.
    fn count(&self, chunk: &Chunk) -> Chunk {
        let mut combined = Chunk::default();
        let mut owned = Vec::new();
        for (mention, classes) in chunk.iter() {
            let Some((&first, person)) = mention.iter().find_map(|number| Some((number, self.persons.of(*number)?)))
            else {
                self.add(self.strongest_shared(mention), classes, &mut combined);
                continue;
            };
            let kind = self.roll.kind(first);
            match within(mention, &self.roll.of_level(kind.level())) {
                [alone] => {
                    self.persons_classes.add(person, classes);
                    self.add(&[*alone], classes, &mut combined);
                }
                peers => {
                    owned.clear();
                    owned.extend(peers.iter().filter_map(|number| Some((self.persons.of(*number)?, *number))));
                    owned.sort_unstable();
                    self.count_each(kind, &owned, classes, &mut combined);
                }
            }
        }
        combined
    }

    /// Counts a mention once for each person that its strongest kind belongs to; `owned` has the identifiers of the
    /// same level with their persons, sorted.
    fn count_each(&self, kind: IdentifierKind, owned: &[(u32, u32)], classes: ClassSet, combined: &mut Chunk) {
        let strongest = self.roll.of_kind(kind);
        for of_one in owned.chunk_by(|(one, _), (other, _)| one == other) {
            if let Some((person, _)) = of_one.iter().find(|(_, number)| strongest.contains(number)) {
                self.persons_classes.add(*person, classes);
                self.add(&self.unit(of_one), classes, combined);
            }
        }
    }

    /// The identifiers of one person that stand for the mention.
    fn unit(&self, of_one: &[(u32, u32)]) -> Vec<u32> {
        let numbers = || of_one.iter().map(|(_, number)| *number);
        let telling = |number: &u32| self.hubs.get(*number) == 0;
        match numbers().find(telling) {
            None => numbers().collect(),
            Some(best) => {
                let kind = self.roll.of_kind(self.roll.kind(best));
                numbers().filter(telling).filter(|number| kind.contains(number)).collect()
            }
        }
    }

    /// What stands for a mention of shared identifiers: all of its strongest level, as any of them may be the hub.
    fn strongest_shared<'m>(&self, mention: &'m [u32]) -> &'m [u32] {
        let level = mention.first().map_or(Level::Name, |first| self.roll.kind(*first).level());
        within(mention, &self.roll.of_level(level))
    }

    fn add(&self, unit: &[u32], classes: ClassSet, combined: &mut Chunk) {
        if let [alone] = unit {
            self.counted.add(*alone, 1);
            self.classes.add(*alone, classes);
        } else {
            combined.push(unit, classes);
        }
    }
}
