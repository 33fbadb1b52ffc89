//! Why the three figures of persons differ: what linking joined, taken apart in numbers.

use super::Report;
use crate::model::IdentifierKind;
use crate::tally::{Figures, KindMerging, Merging};

/// The distances between the three figures, each in the parts that it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gaps {
    pub(super) figures: Figures,
    /// Of what `at_most` has more than `best`: under other identifiers of persons that count already.
    pub(super) joined: u64,
    /// The rest of it: rows with nothing but shared identifiers.
    pub(super) only_shared: u64,
    /// The kind of identifier that `at_least` counts by; `None` where none is in the clear.
    pub(super) counted_by: Option<IdentifierKind>,
    /// Of what `at_least` has fewer than `best`: persons that nothing as strong as that kind tells.
    pub(super) weaker: u64,
    /// The rest of it: persons that share an identifier with somebody, or whom something else tells.
    pub(super) maybe_same: u64,
}

impl Gaps {
    /// The gaps of a report that says what linking did.
    pub(super) fn of(report: &Report) -> Option<Self> {
        let census = &report.totals.census;
        let kinds = &census.merging.kinds;
        if kinds.is_empty() {
            return None;
        }
        let figures = report.persons();
        let (above, below) = (figures.at_most - figures.best, figures.best - figures.at_least);
        let only_shared = kinds.iter().map(|kind| kind.only_shared).sum::<u64>().min(above);
        // Of kinds that count as many, the strongest speaks.
        let by_kind = census.at_least.iter().map(|(kind, groups)| (*kind, groups.iter().map(|(_, n)| *n).sum::<u64>()));
        let counted_by = by_kind.max_by_key(|(kind, n)| (*n, std::cmp::Reverse(*kind))).map(|(kind, _)| kind);
        let is_weaker = |kind: &&KindMerging| counted_by.is_none_or(|by| kind.kind > by);
        let weaker = kinds.iter().filter(is_weaker).map(|kind| kind.persons).sum::<u64>().min(below);
        Some(Self { figures, joined: above - only_shared, only_shared, counted_by, weaker, maybe_same: below - weaker })
    }
}

/// Kinds that joined persons to stronger identifiers, by data set, most persons first: the kind, the name of the data set
/// and the persons.
pub(super) fn joined_in(merging: &Merging) -> Vec<(IdentifierKind, &str, u64)> {
    let name = |place: usize| merging.data_sets.get(place).map_or("", String::as_str);
    let of_kind = |kind: &KindMerging| {
        let kind_id = kind.kind;
        kind.joined_in.iter().map(move |(place, persons)| (kind_id, *place, *persons)).collect::<Vec<_>>()
    };
    let mut all: Vec<_> = merging.kinds.iter().flat_map(of_kind).collect();
    all.sort_by_key(|(kind, place, persons)| (std::cmp::Reverse(*persons), *place, *kind));
    all.into_iter().map(|(kind, place, persons)| (kind, name(place), persons)).collect()
}

/// Persons that several data sets speak of, by these data sets, most persons first.
pub(super) fn in_several(merging: &Merging) -> Vec<(Vec<&str>, u64)> {
    let mut all: Vec<&(u64, u64)> = merging.persons_in.iter().filter(|(set, _)| set.count_ones() > 1).collect();
    all.sort_by_key(|(set, persons)| (std::cmp::Reverse(*persons), *set));
    all.into_iter().map(|(set, persons)| (names(merging, *set), *persons)).collect()
}

/// The data sets of a set.
pub(super) fn names(merging: &Merging, set: u64) -> Vec<&str> {
    let of_bit =
        |at: usize| u32::try_from(at).ok().and_then(|bit| set.checked_shr(bit)).is_some_and(|rest| rest & 1 == 1);
    merging.data_sets.iter().enumerate().filter(|(at, _)| of_bit(*at)).map(|(_, name)| name.as_str()).collect()
}
