//! How persons were told apart and joined, and why the three figures differ.

use crate::model::Language;
use crate::report::harmless::shown;
use crate::report::kinds::one;
use crate::report::merging::{Gaps, in_several, joined_in};
use crate::report::number::grouped;
use crate::report::words::Words;
use crate::report::{Report, say};

/// What linking did, in tables and sentences.
#[derive(Debug)]
pub(in crate::report) struct MergingView {
    /// What the table of kinds tells.
    pub(in crate::report) how_told: &'static str,
    pub(in crate::report) kinds: Vec<KindView>,
    /// What the sentences of data sets tell.
    pub(in crate::report) how_joined: &'static str,
    /// One sentence for each data set and kind that joined persons, most persons first.
    pub(in crate::report) joined: Vec<String>,
    /// One sentence for each kind with shared identifiers.
    pub(in crate::report) shared: Vec<String>,
    /// Data sets that speak of the same persons, and how many.
    pub(in crate::report) together: Vec<(String, String)>,
    pub(in crate::report) bounds: Vec<String>,
}

/// One kind of identifier.
#[derive(Debug)]
pub(in crate::report) struct KindView {
    pub(in crate::report) name: &'static str,
    pub(in crate::report) id: &'static str,
    pub(in crate::report) identifiers: String,
    pub(in crate::report) owned: String,
    pub(in crate::report) shared: String,
    pub(in crate::report) persons: String,
    pub(in crate::report) joined: String,
}

impl MergingView {
    /// `None` where the report does not say what linking did.
    pub(super) fn new(report: &Report, language: Language) -> Option<Self> {
        let gaps = Gaps::of(report)?;
        let words = Words::of(language);
        let merging = &report.totals.census.merging;
        let kinds = merging.kinds.iter().map(|kind| KindView {
            name: one(language, kind.kind),
            id: kind.kind.id(),
            identifiers: grouped(kind.identifiers),
            owned: grouped(kind.owned),
            shared: grouped(kind.shared.total()),
            persons: grouped(kind.persons),
            joined: grouped(kind.joined),
        });
        let names = |names: Vec<&str>| names.into_iter().map(shown).collect::<Vec<_>>().join(words.comma);
        Some(Self {
            how_told: say::how_told(language),
            kinds: kinds.collect(),
            how_joined: say::how_joined(language),
            joined: joined_in(merging)
                .into_iter()
                .map(|(kind, place, persons)| say::joined(language, kind, &shown(place), persons))
                .collect(),
            shared: merging.kinds.iter().filter_map(|kind| say::shared(language, kind)).collect(),
            together: in_several(merging).into_iter().map(|(sets, persons)| (names(sets), grouped(persons))).collect(),
            bounds: say::why_bounds(language, &gaps, &merging.kinds),
        })
    }
}
