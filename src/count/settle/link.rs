//! Who an identifier belongs to: one level at a time, strongest first, so that the order of mentions means nothing.
//!
//! Every step is a pass over the mentions that reads or writes an array of numbers. Where an array does not fit, the pass
//! is made for one part of the numbers after the other.

use std::ops::Range;

use rayon::prelude::*;

use super::components::{Edge, components};
use super::hubs;
use super::numbers::{Column, NOBODY, SEVERAL, Words, join, parts};
use super::roll::{Piece, Roll, mentions};
use super::scratch::{Block, Desk, Scratch};
use super::speak::{Mention, Spoken, speak};
use crate::count::room::CountError;
use crate::model::{IdentifierKind, Level};

/// Who everything belongs to, and what the mentions say of whom.
pub(super) struct Linked {
    /// By level, in order: the person that each identifier belongs to, called by the number of one that founds it;
    /// `SEVERAL` where it is shared.
    pub(super) owners: Vec<Column>,
    /// What mentions say of whom.
    pub(super) spoken: Vec<Spoken>,
}

/// Links all identifiers.
pub(super) fn link<'d>(desk: &'d Desk<'d>, roll: &Roll) -> Result<Linked, CountError> {
    let scratch = desk.scratch();
    let of = |block: &Block| scratch.put(vec![NOBODY; block.len()]);
    let mut state = State {
        desk,
        roll,
        scratch: &scratch,
        persons: roll.pieces.par_iter().map(|piece| of(&piece.ends)).collect::<Result<_, _>>()?,
        owners: roll.pieces.par_iter().map(|piece| of(&piece.numbers)).collect::<Result<_, _>>()?,
    };
    let mut linked = Linked { owners: Vec::new(), spoken: Vec::new() };
    for level in [Level::Resident, Level::Card, Level::Account, Level::Vehicle, Level::Name] {
        let here = roll.of_level(level);
        if here.is_empty() {
            continue;
        }
        let (owners, mixed) = match level {
            // Rule 1: every resident ID is a person of its own.
            Level::Resident => (state.column(&here, |number| number)?, 0),
            Level::Card | Level::Account | Level::Vehicle => state.level(&here)?,
            Level::Name => (state.names(&here)?, 0),
        };
        state.look_up(&owners)?;
        let hubs = if mixed == 0 { None } else { Some(hubs::hubs(desk, roll, &here, mixed)?) };
        linked.spoken.extend(state.speak(&here, hubs.as_deref())?);
        linked.owners.push(owners);
    }
    linked.spoken.extend(state.speak_of_shared()?);
    Ok(linked)
}

struct State<'d> {
    desk: &'d Desk<'d>,
    roll: &'d Roll,
    scratch: &'d Scratch<'d>,
    /// For each piece, the person of the stronger identifiers of each mention.
    persons: Vec<Block>,
    /// For each piece, who each identifier belongs to.
    owners: Vec<Block>,
}

impl State<'_> {
    fn column(&self, here: &Range<u32>, value: impl Fn(u32) -> u32 + Sync) -> Result<Column, CountError> {
        let mut column = Column::new(here.start);
        column.append(self.scratch, here.clone(), value)?;
        Ok(column)
    }

    /// Runs `visit` on every mention: its numbers, and the person of its stronger identifiers.
    fn for_each(&self, visit: impl Fn(&[u32], u32) + Sync) -> Result<(), CountError> {
        self.roll.pieces.par_iter().zip(&self.persons).try_for_each(|(piece, persons)| {
            let (numbers, ends, persons) =
                (piece.numbers.get(self.desk)?, piece.ends.get(self.desk)?, persons.get(self.desk)?);
            for (mention, person) in mentions(&ends).zip(persons.iter()) {
                visit(numbers.get(mention).unwrap_or_default(), *person);
            }
            Ok(())
        })
    }

    /// Reads who the identifiers of a level belong to for every mention.
    fn look_up(&mut self, column: &Column) -> Result<(), CountError> {
        look_up(self.desk, column, &self.roll.pieces, &mut self.owners)
    }

    /// Who the identifiers of a level belong to, and which kinds of it stand beside others of it.
    fn level(&mut self, here: &Range<u32>) -> Result<(Column, u32), CountError> {
        let claimed = self.claim(here)?;
        self.look_up(&claimed)?;
        let peers = self.peers(here)?;
        let own = |number, owner| if owner == NOBODY { number } else { owner };
        if peers.iter().all(|peers| peers.free.len() == 0) {
            let mut owners = Column::new(here.start);
            for part in parts(self.desk, here, 4) {
                let words = claimed.load(self.desk, &part)?;
                owners.append(self.scratch, part, |number| own(number, words.get(number)))?;
            }
            return Ok((owners, mixed(&peers)));
        }
        let owners = self.settle_free(here, &claimed, &peers)?;
        Ok((owners, mixed(&peers)))
    }

    /// Gives identifiers of a level to the person of stronger ones that they are mentioned with, or to `SEVERAL`.
    fn claim(&self, here: &Range<u32>) -> Result<Column, CountError> {
        let mut column = Column::new(here.start);
        for part in parts(self.desk, here, 4) {
            let words = Words::new(part.clone(), NOBODY);
            self.for_each(|mention, person| {
                if person != NOBODY {
                    for number in within(mention, here) {
                        words.join(*number, person);
                    }
                }
            })?;
            column.append(self.scratch, part, |number| words.get(number))?;
        }
        Ok(column)
    }

    /// Finds identifiers of a level that stand in one mention.
    fn peers(&self, here: &Range<u32>) -> Result<Vec<Peers>, CountError> {
        let pieces = self.roll.pieces.par_iter().zip(&self.owners);
        pieces
            .map(|(piece, owners)| {
                let (numbers, ends) = (piece.numbers.get(self.desk)?, piece.ends.get(self.desk)?);
                let owners = owners.get(self.desk)?;
                let (mut free, mut edges, mut mixed) = (Vec::new(), Vec::new(), 0);
                for mention in mentions(&ends) {
                    let numbers = numbers.get(mention.clone()).unwrap_or_default();
                    let peers = place_within(numbers, here);
                    let owners = owners.get(mention).and_then(|owners| owners.get(peers.clone())).unwrap_or_default();
                    let numbers = numbers.get(peers).unwrap_or_default();
                    if numbers.len() < 2 {
                        continue;
                    }
                    mixed |= kinds_of(self.roll, numbers);
                    let mut unclaimed =
                        numbers.iter().zip(owners).filter(|(_, owner)| **owner == NOBODY).map(|(number, _)| *number);
                    let Some(first) = unclaimed.next() else { continue };
                    let person = owners.iter().filter(|owner| **owner < SEVERAL).fold(NOBODY, |p, o| join(p, *o));
                    free.extend([first, person]);
                    edges.extend(unclaimed.flat_map(|other| [first, other]));
                }
                Ok(Peers { free: self.scratch.put(free)?, edges: self.scratch.put(edges)?, mixed })
            })
            .collect()
    }

    /// Groups the identifiers of a level that nobody has claimed, and gives each group to the one person whose
    /// identifiers of the same level it is mentioned with, or to `SEVERAL`, or makes a person of it.
    fn settle_free(&self, here: &Range<u32>, claimed: &Column, peers: &[Peers]) -> Result<Column, CountError> {
        let desk = self.desk;
        let edges = |visit: &(dyn Fn(Edge) + Sync)| {
            peers.par_iter().try_for_each(|peers| {
                peers.edges.get(desk)?.as_chunks::<2>().0.iter().for_each(|[one, other]| visit((*one, *other)));
                Ok(())
            })
        };
        let roots = components(desk, self.scratch, here, &edges)?;
        // The person that each group is mentioned with.
        let mut firsts: Vec<Block> = peers
            .par_iter()
            .map(|peers| {
                let pairs = peers.free.get(desk)?;
                self.scratch.put(pairs.as_chunks::<2>().0.iter().map(|[first, _]| *first).collect())
            })
            .collect::<Result<_, CountError>>()?;
        roots.replace(desk, &mut firsts.iter_mut().collect::<Vec<_>>())?;
        let mut beside = Column::new(here.start);
        for part in parts(desk, here, 4) {
            let words = Words::new(part.clone(), NOBODY);
            peers.par_iter().zip(&firsts).try_for_each(|(peers, roots)| {
                let (pairs, roots) = (peers.free.get(desk)?, roots.get(desk)?);
                for ([_, person], root) in pairs.as_chunks::<2>().0.iter().zip(roots.iter()) {
                    words.join(*root, *person);
                }
                Ok(())
            })?;
            beside.append(self.scratch, part, |number| words.get(number))?;
        }
        // A group that stands beside nobody is a person, called by its root.
        let mut of_roots = Column::new(here.start);
        for part in parts(desk, here, 4) {
            let words = beside.load(desk, &part)?;
            let founded = |root| if words.get(root) == NOBODY { root } else { words.get(root) };
            of_roots.append(self.scratch, part.clone(), founded)?;
        }
        let of_groups = roots.looked_up(desk, &of_roots)?;
        let mut owners = Column::new(here.start);
        for part in parts(desk, here, 8) {
            let (claimed, groups) = (claimed.load(desk, &part)?, of_groups.load(desk, &part)?);
            let owner = |number| Some(claimed.get(number)).filter(|owner| *owner != NOBODY);
            owners.append(self.scratch, part, |number| owner(number).unwrap_or_else(|| groups.get(number)))?;
        }
        Ok(owners)
    }

    /// Makes a person of each name that is the best that some mention has; names link nothing.
    fn names(&self, here: &Range<u32>) -> Result<Column, CountError> {
        let mut column = Column::new(here.start);
        for part in parts(self.desk, here, 4) {
            let words = Words::new(part.clone(), NOBODY);
            self.for_each(|mention, _| {
                if let Some(first) = mention.first().filter(|first| here.contains(first)) {
                    let best = within(mention, &self.roll.of_kind(self.roll.kind(*first)));
                    for name in best {
                        words.join(*name, *name);
                    }
                }
            })?;
            column.append(self.scratch, part, |number| words.get(number))?;
        }
        Ok(column)
    }

    /// What the mentions say by way of a level, and the person that they speak of from then on.
    fn speak(&mut self, here: &Range<u32>, hubs: Option<&[Block]>) -> Result<Vec<Spoken>, CountError> {
        let (desk, roll, scratch) = (self.desk, self.roll, self.scratch);
        let pieces = roll.pieces.par_iter().zip(&self.owners).zip(&mut self.persons).enumerate();
        pieces
            .map(|(at, ((piece, owners), persons))| {
                let (numbers, ends, said) = (piece.numbers.get(desk)?, piece.ends.get(desk)?, piece.said.get(desk)?);
                let owners = owners.get(desk)?;
                let hubs = hubs.and_then(|hubs| hubs.get(at)).map(|hubs| hubs.get(desk)).transpose()?;
                let mut spoken = Spoken::new(scratch);
                let mut failed = Ok(());
                persons.change(desk, |persons| {
                    for ((mention, said), person) in mentions(&ends).zip(said.iter()).zip(persons) {
                        let at = place_within(numbers.get(mention.clone()).unwrap_or_default(), here);
                        let place = mention.start + at.start..mention.start + at.end;
                        let own = Mention {
                            numbers: numbers.get(place.clone()).unwrap_or_default(),
                            owners: owners.get(place.clone()).unwrap_or_default(),
                            hubs: hubs.as_ref().and_then(|hubs| hubs.get(place)).unwrap_or_default(),
                            said: *said,
                            before: *person,
                        };
                        match speak(roll, &own, &mut spoken) {
                            Ok(joined) => *person = joined,
                            Err(error) => failed = Err(error),
                        }
                    }
                })?;
                failed?;
                spoken.finish()
            })
            .collect()
    }

    /// What mentions say that have nothing but shared identifiers: it counts under all of their strongest level, as any of
    /// them may be the one that is shared.
    fn speak_of_shared(&self) -> Result<Vec<Spoken>, CountError> {
        let pieces = self.roll.pieces.par_iter().zip(&self.persons);
        pieces
            .map(|(piece, persons)| {
                let (numbers, ends) = (piece.numbers.get(self.desk)?, piece.ends.get(self.desk)?);
                let (said, persons) = (piece.said.get(self.desk)?, persons.get(self.desk)?);
                let mut spoken = Spoken::new(self.scratch);
                for ((mention, said), person) in mentions(&ends).zip(said.iter()).zip(persons.iter()) {
                    if *person == NOBODY {
                        let numbers = numbers.get(mention).unwrap_or_default();
                        let level = numbers.first().map_or(Level::Name, |first| self.roll.kind(*first).level());
                        spoken.add_shared(within(numbers, &self.roll.of_level(level)), *said)?;
                    }
                }
                spoken.finish()
            })
            .collect()
    }
}

/// Identifiers of one level that stand in one mention, of which one at least belongs to nobody yet.
struct Peers {
    /// For each such mention, the first free identifier, and the person of the others.
    free: Block,
    /// The first free identifier with each of the others that are free.
    edges: Block,
    /// The kinds that stand beside others of the level.
    mixed: u32,
}

fn mixed(peers: &[Peers]) -> u32 {
    peers.iter().fold(0, |mixed, peers| mixed | peers.mixed)
}

/// The kinds of several identifiers as a set; none where all are of one kind.
fn kinds_of(roll: &Roll, numbers: &[u32]) -> u32 {
    let kinds = numbers.iter().fold(0_u32, |kinds, number| kinds | 1 << roll.kind(*number) as u32);
    if kinds.count_ones() > 1 { kinds } else { 0 }
}

const _: () = assert!(IdentifierKind::ALL.len() <= 32, "a set of kinds is one 32-bit word");

/// Writes for every identifier of every piece what the column has for it, where it has it.
pub(super) fn look_up(
    desk: &Desk<'_>,
    column: &Column,
    pieces: &[Piece],
    values: &mut [Block],
) -> Result<(), CountError> {
    for part in parts(desk, &column.range(), 4) {
        let words = column.load(desk, &part)?;
        pieces.par_iter().zip(values.par_iter_mut()).try_for_each(|(piece, values)| {
            let numbers = piece.numbers.get(desk)?;
            values.change(desk, |values| {
                for (value, number) in values.iter_mut().zip(numbers.iter()) {
                    if part.contains(number) {
                        *value = words.get(*number);
                    }
                }
            })
        })?;
    }
    Ok(())
}

/// Where in `numbers`, which are sorted by kind, those in `range` lie.
fn place_within(numbers: &[u32], range: &Range<u32>) -> Range<usize> {
    let start = numbers.iter().position(|number| *number >= range.start).unwrap_or(numbers.len());
    let rest = numbers.get(start..).unwrap_or_default();
    start..start + rest.iter().position(|number| *number >= range.end).unwrap_or(rest.len())
}

/// The part of `numbers`, which are sorted by kind, that lies in the range of some kinds.
pub(super) fn within<'a>(numbers: &'a [u32], range: &Range<u32>) -> &'a [u32] {
    numbers.get(place_within(numbers, range)).unwrap_or_default()
}
