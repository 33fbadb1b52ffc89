//! Persons after linking and the units of the upper bound, by what is said of them; and what linking did.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::link::Linked;
use super::numbers::{Column, NOBODY, SEVERAL, Sets, Words, parts};
use super::roll::{KINDS, Roll};
use super::scratch::{Block, Desk, Scratch};
use super::speak::{SHARED, Spoken};
use crate::count::room::CountError;
use crate::count::{KindMerging, Merging, Shared};
use crate::model::{ClassSet, IdentifierKind};

/// How many have which of something.
pub(super) type Histogram<G = ClassSet> = BTreeMap<G, u64>;

/// How many numbers are in which group; those of no group are not counted.
pub(super) fn histogram<G: Ord + Send>(
    range: Range<u32>,
    group: impl Fn(u32) -> Option<G> + Sync + Send,
) -> Histogram<G> {
    // Neighbours are mostly of one group: they are counted as a run.
    let count = |(mut groups, mut run): (Histogram<G>, Option<(G, u64)>), number| {
        match (group(number), &mut run) {
            (Some(group), Some((known, n))) if group == *known => *n += 1,
            (Some(group), run) => add_all(&mut groups, run.replace((group, 1))),
            (None, _) => {}
        }
        (groups, run)
    };
    let counted = range.into_par_iter().with_min_len(1 << 13).fold(|| (Histogram::new(), None), count);
    let ended = counted.map(|(mut groups, run)| {
        add_all(&mut groups, run);
        groups
    });
    ended.reduce(Histogram::new, |mut one, other| {
        add_all(&mut one, other);
        one
    })
}

/// Adds one count to another.
pub(super) fn add_all<G: Ord>(all: &mut Histogram<G>, other: impl IntoIterator<Item = (G, u64)>) {
    for (group, n) in other {
        *all.entry(group).or_default() += n;
    }
}

/// What the arrays of [`best`] and of [`at_most`] take for each number.
const BEST_BYTES: u64 = 20;
const AT_MOST_BYTES: u64 = 12;
/// What their lists take for each pair, and for each word of a combined unit.
const PAIR_BYTES: u64 = 8;
const UNIT_WORD_BYTES: u64 = 12;

/// What [`best`] and [`at_most`] take at most when they run at once and all fits.
pub(super) fn bytes_of_both(roll: &Roll, linked: &Linked) -> u64 {
    let words = |list: fn(&Spoken) -> &Vec<Block>| -> u64 {
        linked.spoken.iter().flat_map(list).map(|block| block.len() as u64).sum()
    };
    let (pairs, units) = (words(|spoken| &spoken.shared) / 2, words(|spoken| &spoken.combined));
    roll.all().len() as u64 * (BEST_BYTES + AT_MOST_BYTES) + pairs * PAIR_BYTES + units * UNIT_WORD_BYTES
}

/// The persons.
pub(super) struct Best {
    /// How many have which classes.
    pub(super) persons: Histogram,
    /// The classes of each person, as two columns of halves; nothing for numbers that call no person.
    pub(super) classes: [Column; 2],
    /// What linking did, but for what the upper bound adds.
    pub(super) merging: Merging,
}

/// Numbers that call a person, and what is said of each.
pub(super) fn best(
    desk: &Desk<'_>,
    scratch: &Scratch<'_>,
    roll: &Roll,
    linked: &Linked,
    data_sets: &[String],
) -> Result<Best, CountError> {
    let all = roll.all();
    let mut persons = Histogram::new();
    let mut persons_in = Histogram::new();
    let mut classes = [Column::new(all.start), Column::new(all.start)];
    let mut kinds: Vec<KindMerging> = IdentifierKind::ALL.iter().map(|kind| unmerged(roll, *kind)).collect();
    for part in parts(desk, &all, BEST_BYTES) {
        let (said, sets) = (Sets::new(part.clone()), Sets::new(part.clone()));
        each_triple(desk, &linked.spoken, |person, what, _| {
            let what = roll.said(what);
            said.add(person, what.classes.0);
            sets.add(person, what.data_sets);
        })?;
        let owners = owners_in(desk, linked, &part)?;
        let is_person = |number| owners.get(number) == number;
        add_all(&mut persons, histogram(part.clone(), |n| is_person(n).then(|| ClassSet(said.get(n)))));
        add_all(&mut persons_in, histogram(part.clone(), |n| is_person(n).then(|| sets.get(n))));
        for kind in &mut kinds {
            note_owners(kind, &overlap(&roll.of_kind(kind.kind), &part), &owners);
        }
        for (half, column) in classes.iter_mut().enumerate() {
            column.append(scratch, part.clone(), |number| (said.get(number) >> (32 * half)) as u32)?;
        }
    }
    let mut merging = Merging { kinds, data_sets: data_sets.to_vec(), persons_in: persons_in.into_iter().collect() };
    joined(desk, roll, linked, &mut merging)?;
    shared_by_more(desk, roll, linked, &mut merging)?;
    Ok(Best { persons, classes, merging })
}

fn unmerged(roll: &Roll, kind: IdentifierKind) -> KindMerging {
    KindMerging {
        kind,
        identifiers: roll.of_kind(kind).len() as u64,
        owned: 0,
        shared: Shared::default(),
        persons: 0,
        joined: 0,
        joined_in: Vec::new(),
        only_shared: 0,
    }
}

fn overlap(one: &Range<u32>, other: &Range<u32>) -> Range<u32> {
    one.start.max(other.start)..one.end.min(other.end).max(one.start.max(other.start))
}

fn note_owners(kind: &mut KindMerging, range: &Range<u32>, owners: &Words) {
    /// What an identifier is to its person.
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    enum Of {
        /// That which calls the person.
        Founder,
        Owned,
        /// It has several.
        Shared,
    }
    let counts = histogram(range.clone(), |number| match owners.get(number) {
        NOBODY => None,
        SEVERAL => Some(Of::Shared),
        owner if owner == number => Some(Of::Founder),
        _ => Some(Of::Owned),
    });
    let of = |what| counts.get(&what).copied().unwrap_or(0);
    kind.owned += of(Of::Founder) + of(Of::Owned);
    kind.persons += of(Of::Founder);
    kind.shared.by_two += of(Of::Shared);
}

/// Who the numbers of a part belong to.
fn owners_in(desk: &Desk<'_>, linked: &Linked, part: &Range<u32>) -> Result<Words, CountError> {
    let words = Words::new(part.clone(), NOBODY);
    linked.owners.iter().try_for_each(|level| level.load_into(desk, &words))?;
    Ok(words)
}

/// Hands every triple of a person, what is said, and the kind by which it is said to `visit`.
fn each_triple(desk: &Desk<'_>, spoken: &[Spoken], visit: impl Fn(u32, u32, u32) + Sync) -> Result<(), CountError> {
    spoken.par_iter().flat_map(|spoken| &spoken.of).try_for_each(|block| {
        block.get(desk)?.as_chunks::<3>().0.iter().for_each(|[person, said, kind]| visit(*person, *said, *kind));
        Ok(())
    })
}

/// Counts the persons that a kind joined something to: a mention that has nothing stronger than the kind, where the
/// person has.
fn joined(desk: &Desk<'_>, roll: &Roll, linked: &Linked, merging: &mut Merging) -> Result<(), CountError> {
    let starts: Vec<Range<u32>> = IdentifierKind::ALL.iter().map(|kind| roll.of_kind(*kind)).collect();
    // A person is called by its strongest identifier, so a weaker kind has higher numbers than the person's.
    let is_joined = |person: u32, kind: u32| starts.get(kind as usize).is_some_and(|range| person < range.start);
    let seen = Words::new(0..KINDS as u32, 0);
    each_triple(desk, &linked.spoken, |person, _, kind| {
        if is_joined(person, kind) {
            seen.add(kind, 1);
        }
    })?;
    for kind in merging.kinds.iter_mut().filter(|kind| seen.get(kind.kind as u32) == 1) {
        let mut sets = Histogram::new();
        for part in parts(desk, &(0..roll.of_kind(kind.kind).start), 12) {
            let (any, sets_of) = (Words::new(part.clone(), 0), Sets::new(part.clone()));
            each_triple(desk, &linked.spoken, |person, said, by| {
                if by == kind.kind as u32 && part.contains(&person) {
                    any.add(person, 1);
                    sets_of.add(person, roll.said(said).data_sets);
                }
            })?;
            add_all(&mut sets, histogram(part, |number| (any.get(number) == 1).then(|| sets_of.get(number))));
        }
        kind.joined = sets.values().sum();
        let of = |place: usize| sets.iter().filter(|(set, _)| **set & 1 << place != 0).map(|(_, n)| n).sum::<u64>();
        kind.joined_in = (0..merging.data_sets.len()).map(|place| (place, of(place))).filter(|(_, n)| *n > 0).collect();
    }
    Ok(())
}

/// Counts how many persons share an identifier, where it is more than two. One that is tied to several by way of others only
/// is shared by two at least.
fn shared_by_more(desk: &Desk<'_>, roll: &Roll, linked: &Linked, merging: &mut Merging) -> Result<(), CountError> {
    let blocks: Vec<&Block> = linked.spoken.iter().flat_map(|spoken| &spoken.shared).collect();
    let n_pairs: u64 = blocks.iter().map(|block| block.len() as u64 / 2).sum();
    // Pairs of a part are sorted in memory: of all identifiers, so many parts that one has a fair share of them.
    let n_parts = (n_pairs * PAIR_BYTES).div_ceil(desk.array_bytes()).max(1) as u32;
    for part in 0..n_parts {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for block in &blocks {
            let words = block.get(desk)?;
            let of_part = words.as_chunks::<2>().0.iter().filter(|[number, _]| number % n_parts == part);
            pairs.extend(of_part.map(|[number, person]| (*number, *person)));
        }
        pairs.par_sort_unstable();
        pairs.dedup();
        for of_one in pairs.chunk_by(|(one, _), (other, _)| one == other) {
            let kind = of_one.first().map(|(number, _)| roll.kind(*number) as usize);
            if let (Some(kind), true) = (kind.and_then(|kind| merging.kinds.get_mut(kind)), of_one.len() > 2) {
                kind.shared.by_two -= 1;
                kind.shared.note(of_one.len() as u64);
            }
        }
    }
    for kind in &mut merging.kinds {
        kind.shared.most = kind.shared.most.max(2 * u64::from(kind.shared.by_two > 0));
    }
    Ok(())
}

/// The units of the upper bound.
pub(super) struct AtMost {
    /// How many have which classes.
    pub(super) units: Histogram,
    /// By kind, how many of them are shared.
    pub(super) only_shared: [u64; KINDS],
}

/// The upper bound. Nothing is linked across kinds.
pub(super) fn at_most(desk: &Desk<'_>, roll: &Roll, linked: &Linked) -> Result<AtMost, CountError> {
    /// What a number was seen as.
    const ALONE: u32 = 1;
    const ALONE_AND_SHARED: u32 = 2;
    let mut all = AtMost { units: Histogram::new(), only_shared: [0; KINDS] };
    for part in parts(desk, &roll.all(), AT_MOST_BYTES) {
        let (seen, said) = (Words::new(part.clone(), 0), Sets::new(part.clone()));
        linked.spoken.par_iter().flat_map(|spoken| &spoken.alone).try_for_each(|block| {
            for [number, what] in block.get(desk)?.as_chunks::<2>().0 {
                seen.add(*number, if what & SHARED == 0 { ALONE } else { ALONE_AND_SHARED });
                said.add(*number, roll.said(what & !SHARED).classes.0);
            }
            Ok(())
        })?;
        for (&kind, only_shared) in IdentifierKind::ALL.iter().zip(&mut all.only_shared) {
            let range = overlap(&roll.of_kind(kind), &part);
            let of_kind =
                histogram(range, |n| Some((seen.get(n), ClassSet(said.get(n)))).filter(|(seen, _)| *seen != 0));
            for ((seen, classes), n) in of_kind {
                *all.units.entry(classes).or_default() += n;
                *only_shared += if seen == ALONE_AND_SHARED { n } else { 0 };
            }
        }
    }
    combined(desk, roll, linked, &mut all)?;
    Ok(all)
}

/// Counts distinct units of several identifiers, one part of them after the other.
fn combined(desk: &Desk<'_>, roll: &Roll, linked: &Linked, all: &mut AtMost) -> Result<(), CountError> {
    let blocks: Vec<&Block> = linked.spoken.iter().flat_map(|spoken| &spoken.combined).collect();
    let n_words: u64 = blocks.iter().map(|block| block.len() as u64).sum();
    let n_parts = (n_words * UNIT_WORD_BYTES).div_ceil(desk.array_bytes()).max(1) as u32;
    for part in 0..n_parts {
        let (mut words, mut places) = (Vec::new(), Vec::new());
        for block in &blocks {
            let list = block.get(desk)?;
            let mut rest: &[u32] = &list;
            while let [said, n, more @ ..] = rest {
                let (unit, after) = more.split_at_checked(*n as usize).unwrap_or((more, &[]));
                rest = after;
                if unit.iter().fold(0, |sum: u32, number| sum.wrapping_add(*number)) % n_parts == part {
                    places.push((words.len()..words.len() + unit.len(), *said));
                    words.extend_from_slice(unit);
                }
            }
        }
        let unit = |place: &Range<usize>| words.get(place.clone()).unwrap_or_default();
        places.par_sort_unstable_by(|(one, _), (other, _)| unit(one).cmp(unit(other)));
        for same in places.chunk_by(|(one, _), (other, _)| unit(one) == unit(other)) {
            let said =
                same.iter().map(|(_, said)| roll.said(said & !SHARED).classes).fold(ClassSet::EMPTY, ClassSet::union);
            *all.units.entry(said).or_default() += 1;
            let first = same.first().filter(|(_, said)| said & SHARED != 0);
            let kind = first.and_then(|(place, _)| unit(place).first()).map(|number| roll.kind(*number) as usize);
            if let Some(only_shared) = kind.and_then(|kind| all.only_shared.get_mut(kind)) {
                *only_shared += 1;
            }
        }
    }
    Ok(())
}
