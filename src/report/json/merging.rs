//! What linking did, for machines: every number that the three figures of persons follow from.

use serde::Serialize;

use crate::model::IdentifierKind;
use crate::report::Report;
use crate::report::merging::{Gaps, names};
use crate::tally::{KindMerging, Merging, Shared};

#[derive(Serialize)]
pub(super) struct MergingPart<'a> {
    kinds: Vec<KindPart<'a>>,
    data_sets: &'a [String],
    persons_in: Vec<TogetherPart<'a>>,
    gaps: GapsPart,
}

impl<'a> MergingPart<'a> {
    /// `None` where linking had nothing to do.
    pub(super) fn new(report: &'a Report) -> Option<Self> {
        let merging = &report.totals.census.merging;
        let gaps = Gaps::of(report)?;
        let together =
            |(set, persons): &(u64, u64)| TogetherPart { data_sets: names(merging, *set), persons: *persons };
        Some(Self {
            kinds: merging.kinds.iter().map(|kind| KindPart::new(merging, kind)).collect(),
            data_sets: &merging.data_sets,
            persons_in: merging.persons_in.iter().map(together).collect(),
            gaps: GapsPart::from(gaps),
        })
    }
}

#[derive(Serialize)]
struct KindPart<'a> {
    kind: &'static str,
    identifiers: u64,
    owned: u64,
    shared: SharedPart,
    persons: u64,
    joined: u64,
    joined_in: Vec<JoinedPart<'a>>,
    only_shared: u64,
}

impl<'a> KindPart<'a> {
    fn new(merging: &'a Merging, kind: &KindMerging) -> Self {
        let joined = kind.joined_in.iter().filter_map(|(place, persons)| {
            Some(JoinedPart { data_set: merging.data_sets.get(*place)?, persons: *persons })
        });
        Self {
            kind: kind.kind.id(),
            identifiers: kind.identifiers,
            owned: kind.owned,
            shared: SharedPart::from(kind.shared),
            persons: kind.persons,
            joined: kind.joined,
            joined_in: joined.collect(),
            only_shared: kind.only_shared,
        }
    }
}

/// Identifiers by how many persons share one.
#[derive(Serialize)]
struct SharedPart {
    total: u64,
    by_two: u64,
    by_3_to_5: u64,
    by_6_to_20: u64,
    by_more: u64,
    most: u64,
}

impl From<Shared> for SharedPart {
    fn from(shared: Shared) -> Self {
        Self {
            total: shared.total(),
            by_two: shared.by_two,
            by_3_to_5: shared.by_few,
            by_6_to_20: shared.by_many,
            by_more: shared.by_crowds,
            most: shared.most,
        }
    }
}

#[derive(Serialize)]
struct JoinedPart<'a> {
    data_set: &'a str,
    persons: u64,
}

#[derive(Serialize)]
struct TogetherPart<'a> {
    data_sets: Vec<&'a str>,
    persons: u64,
}

/// `at_most` is `best` with `joined` and `only_shared`; `at_least` is `best` without `weaker` and `maybe_same`.
#[derive(Serialize)]
struct GapsPart {
    joined: u64,
    only_shared: u64,
    at_least_counted_by: Option<&'static str>,
    weaker: u64,
    maybe_same: u64,
}

impl From<Gaps> for GapsPart {
    fn from(gaps: Gaps) -> Self {
        Self {
            joined: gaps.joined,
            only_shared: gaps.only_shared,
            at_least_counted_by: gaps.counted_by.map(IdentifierKind::id),
            weaker: gaps.weaker,
            maybe_same: gaps.maybe_same,
        }
    }
}
