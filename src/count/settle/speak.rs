//! What a mention says of whom, and under which identifiers the upper bound counts it.
//!
//! A mention is counted under a *unit*: the identifiers of its strongest kind, as a set, because which of two mobiles is
//! "the" strongest must not depend on their fingerprints.

use super::numbers::{NOBODY, SEVERAL, join};
use super::roll::Roll;
use super::scratch::{Block, Growing, Scratch};
use crate::count::room::CountError;

/// Lists of what is said are put away in portions of so many words.
const PORTION: usize = 1 << 14;

/// Marks what is counted under shared identifiers.
pub(super) const SHARED: u32 = 1 << 31;

/// What some mentions say.
pub(super) struct Spoken<L = Vec<Block>> {
    /// Triples: a person, what is said, and the kind of the strongest identifier by which it is said of that person.
    pub(super) of: L,
    /// Pairs: an identifier that is a unit alone, and what is said; [`SHARED`] in it where the identifier is.
    pub(super) alone: L,
    /// Units of several identifiers: what is said, how many there are, and they.
    pub(super) combined: L,
    /// Pairs: an identifier that several persons share, and one of them.
    pub(super) shared: L,
}

impl<'s> Spoken<Growing<'s>> {
    /// Nothing yet.
    pub(super) fn new(scratch: &'s Scratch<'s>) -> Self {
        let list = || Growing::new(scratch, PORTION);
        Self { of: list(), alone: list(), combined: list(), shared: list() }
    }

    /// All of it.
    pub(super) fn finish(self) -> Result<Spoken, CountError> {
        Ok(Spoken {
            of: self.of.finish()?,
            alone: self.alone.finish()?,
            combined: self.combined.finish()?,
            shared: self.shared.finish()?,
        })
    }

    fn add(&mut self, unit: &[u32], said: u32) -> Result<(), CountError> {
        if let [alone] = unit {
            return self.alone.push(&[*alone, said]);
        }
        let mut words = vec![said, unit.len() as u32];
        words.extend_from_slice(unit);
        self.combined.push(&words)
    }

    /// A mention of nothing but shared identifiers.
    pub(super) fn add_shared(&mut self, unit: &[u32], said: u32) -> Result<(), CountError> {
        self.add(unit, said | SHARED)
    }
}

/// The identifiers of one level in a mention.
pub(super) struct Mention<'m> {
    /// Their numbers.
    pub(super) numbers: &'m [u32],
    /// Who each belongs to.
    pub(super) owners: &'m [u32],
    /// 1 where an identifier is a hub; empty where none is.
    pub(super) hubs: &'m [u32],
    /// What the rows said, by number.
    pub(super) said: u32,
    /// The person of the stronger identifiers.
    pub(super) before: u32,
}

/// An identifier with its person.
struct Owned {
    person: u32,
    number: u32,
    is_hub: bool,
}

/// Writes down what the mention says by way of its level, if no stronger identifier said it, and gives the person of
/// everything up to this level.
pub(super) fn speak(roll: &Roll, own: &Mention<'_>, spoken: &mut Spoken<Growing<'_>>) -> Result<u32, CountError> {
    let mut person = own.before;
    for (number, owner) in own.numbers.iter().zip(own.owners) {
        match *owner {
            SEVERAL if own.before < SEVERAL => spoken.shared.push(&[*number, own.before])?,
            NOBODY | SEVERAL => {}
            owner => person = join(person, owner),
        }
    }
    if own.before != NOBODY || person == NOBODY {
        return Ok(person);
    }
    if let (&[number], &[owner]) = (own.numbers, own.owners) {
        spoken.of.push(&[owner, own.said, roll.kind(number) as u32])?;
        spoken.add(&[number], own.said)?;
        return Ok(person);
    }
    let is_hub = |at| own.hubs.get(at).is_some_and(|hub| *hub != 0);
    let all = own.numbers.iter().zip(own.owners).enumerate();
    let mut owned: Vec<Owned> = all
        .filter(|(_, (_, person))| **person < SEVERAL)
        .map(|(at, (number, person))| Owned { person: *person, number: *number, is_hub: is_hub(at) })
        .collect();
    owned.sort_unstable_by_key(|owned| (owned.person, owned.number));
    let Some(kind) = owned.iter().map(|owned| roll.kind(owned.number)).min() else { return Ok(person) };
    let strongest = roll.of_kind(kind);
    // Once for each person that the strongest kind belongs to.
    for of_one in owned.chunk_by(|one, other| one.person == other.person) {
        if let Some(owned) = of_one.iter().find(|owned| strongest.contains(&owned.number)) {
            spoken.of.push(&[owned.person, own.said, kind as u32])?;
            spoken.add(&unit(roll, of_one), own.said)?;
        }
    }
    Ok(person)
}

/// The identifiers of one person that stand for the mention.
fn unit(roll: &Roll, of_one: &[Owned]) -> Vec<u32> {
    let telling = || of_one.iter().filter(|owned| !owned.is_hub).map(|owned| owned.number);
    match telling().next() {
        None => of_one.iter().map(|owned| owned.number).collect(),
        Some(best) => {
            let kind = roll.of_kind(roll.kind(best));
            telling().filter(|number| kind.contains(number)).collect()
        }
    }
}
