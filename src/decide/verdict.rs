//! What the rows come to in one world, and in all worlds that the facts leave open.

use std::collections::BTreeSet;

use crate::model::{Category, Facts, Procedure};
use crate::pack::{About, RowSpec, RulePack};
use crate::tally::Totals;

use super::basis::{Basis, year_of};
use super::reading::{Reach, Reading, Sensitive, any_person, read};
use super::world::{Speech, World, concerns, speeches};

/// A row and what the data say to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged<'a> {
    /// The place of its list.
    pub(super) list: usize,
    /// The row.
    pub(super) row: &'a RowSpec,
    /// What it takes for sensitive.
    pub(super) sensitive: Sensitive,
    /// What the data say.
    pub(super) reading: Reading,
    /// Whether it counts the persons of the year, by a ledger.
    pub(super) of_year: bool,
}

impl Judged<'_> {
    /// Whether the row speaks in a world.
    pub(super) fn speaks(&self, world: &World<'_>, speeches: &[Speech]) -> bool {
        let speech = speeches.get(self.list);
        concerns(self.row, world)
            && speech.is_some_and(|speech| match self.row.about {
                About::Personal => speech.personal,
                About::Important => speech.important,
            })
    }
}

/// Lists, data and facts, with all that does not depend on a missing fact worked out.
#[derive(Clone, Debug)]
pub(super) struct Bench<'a> {
    /// The lists.
    pub(super) packs: &'a [RulePack],
    /// The facts.
    pub(super) facts: &'a Facts,
    /// Every row of every list.
    pub(super) rows: Vec<Judged<'a>>,
    /// Whether everything was read, of the year's exports too.
    pub(super) complete: bool,
    /// Whether anything is said of a person.
    pub(super) any_person: bool,
    /// Whether anything was found that some row is about.
    pub(super) any_finding: bool,
}

/// What a list, or all of them, come to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outcome {
    /// The strictest row that applies.
    pub(super) category: Category,
    /// The procedures.
    pub(super) procedure: Vec<Procedure>,
    /// Whether nothing could change it.
    pub(super) certain: bool,
    /// The list that speaks, by its place.
    pub(super) list: usize,
    /// The rows that make it, by their places in the bench.
    pub(super) because: Vec<usize>,
}

impl<'a> Bench<'a> {
    /// Reads the data for every row.
    pub(super) fn new(packs: &'a [RulePack], totals: &Totals, facts: &'a Facts) -> Self {
        let complete = totals.coverage.is_complete() && totals.year.as_ref().is_none_or(|year| year.complete);
        let mut rows = Vec::new();
        for (list, pack) in packs.iter().enumerate() {
            for row in &pack.row {
                let sensitive = Sensitive::of(pack, row);
                let mut reading = read(row, sensitive, totals, &Basis::of(row, totals));
                if row.declared {
                    declare(&mut reading, facts.important_data);
                } else if row.about == About::Important && row.limits.is_some() && reading.reach == Reach::No {
                    reading.certain &= facts.important_data == Some(false);
                }
                rows.push(Judged { list, row, sensitive, reading, of_year: year_of(row, totals).is_some() });
            }
        }
        let any_person = any_person(totals);
        let any_finding = any_person || rows.iter().any(|judged| judged.reading.reach != Reach::No);
        Self { packs, facts, rows, complete, any_person, any_finding }
    }

    /// What each list speaks of in a world.
    pub(super) fn speeches(&self, world: &World<'_>) -> Vec<Speech> {
        let excluded =
            |row: &RowSpec| self.rows.iter().any(|judged| std::ptr::eq(judged.row, row) && judged.reading.excluded);
        speeches(self.packs, world, &excluded)
    }

    /// Whether a claimed exemption takes a row away.
    pub(super) fn is_exempt(&self, row: &RowSpec) -> bool {
        row.exempt_by.iter().any(|exemption| self.facts.exemptions.contains(exemption))
    }

    /// What one list, or all of them, come to in a world.
    pub(super) fn outcome(&self, world: &World<'_>, speeches: &[Speech], only: Option<usize>) -> Outcome {
        let (mut first, mut second, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        for (place, judged) in self.rows.iter().enumerate() {
            if judged.row.flag
                || only.is_some_and(|list| list != judged.list)
                || self.is_exempt(judged.row)
                || !judged.speaks(world, speeches)
            {
                continue;
            }
            let category = Category::from(judged.row.category);
            match (judged.row.unknown_text, judged.reading.reach, category) {
                (true, ..) if self.may_apply(judged.row) => unknown.push(place),
                (true, ..) | (false, Reach::No, _) => {}
                (false, _, Category::I) => first.push(place),
                (false, ..) => second.push(place),
            }
        }
        let (category, because) = if !first.is_empty() {
            (Category::I, first)
        } else if !second.is_empty() {
            (Category::II, second)
        } else if !unknown.is_empty() {
            (Category::Undetermined, unknown.clone())
        } else if is_silent(speeches, only) {
            (Category::NotApplicable, Vec::new())
        } else {
            (Category::None, Vec::new())
        };
        let certain = self.is_certain(category, &because, &unknown, speeches, only);
        let list = self.speaker(&because, speeches, only);
        Outcome { category, procedure: self.procedures(category, &because), certain, list, because }
    }

    /// Whether a row whose text is not public may apply to what was found. Where nothing at all was found, only the
    /// exporter's own word that it is in the row's industry keeps the export from being called free.
    fn may_apply(&self, row: &RowSpec) -> bool {
        match row.about {
            About::Personal => self.any_person,
            About::Important => {
                self.any_finding || (self.facts.industry.is_some() && self.facts.industry == row.industry)
            }
        }
    }

    fn is_certain(
        &self,
        category: Category,
        because: &[usize],
        unknown: &[usize],
        speeches: &[Speech],
        only: Option<usize>,
    ) -> bool {
        let rows = || because.iter().filter_map(|place| self.rows.get(*place));
        let some_row = rows().any(|judged| judged.reading.reach == Reach::Yes && judged.reading.certain);
        let stricter_unknown = unknown
            .iter()
            .filter_map(|place| self.rows.get(*place))
            .any(|judged| Category::from(judged.row.category) > category);
        match category {
            Category::I => some_row,
            Category::II => some_row && self.complete && !stricter_unknown,
            Category::None => self.complete && !self.anything_unseen(speeches, only),
            Category::Undetermined => false,
            Category::NotApplicable => true,
        }
    }

    /// Whether a list that speaks has rows on important data that no scan can settle, or whose text is not public.
    fn anything_unseen(&self, speeches: &[Speech], only: Option<usize>) -> bool {
        self.rows.iter().any(|judged| {
            let asked = only.is_none_or(|list| list == judged.list);
            let speaks = speeches.get(judged.list).is_some_and(|speech| speech.important);
            let unseen = judged.row.limits.is_some() || judged.row.unknown_text;
            asked
                && speaks
                && unseen
                && judged.row.about == About::Important
                && self.facts.important_data != Some(false)
        })
    }

    /// The list of the first row that decides, or else the first that speaks of persons.
    fn speaker(&self, because: &[usize], speeches: &[Speech], only: Option<usize>) -> usize {
        let row = because.first().and_then(|place| self.rows.get(*place));
        row.map(|judged| judged.list)
            .or(only)
            .or_else(|| speeches.iter().position(|speech| speech.personal))
            .unwrap_or_default()
    }

    fn procedures(&self, category: Category, because: &[usize]) -> Vec<Procedure> {
        if category == Category::Undetermined {
            return Vec::new();
        }
        let mut all = Vec::new();
        for judged in because.iter().filter_map(|place| self.rows.get(*place)) {
            for procedure in &judged.row.procedure {
                if !all.contains(procedure) {
                    all.push(*procedure);
                }
            }
        }
        all
    }
}

/// Whether no list speaks of persons: what a list says of important data alone makes it apply only where a row is
/// reached.
fn is_silent(speeches: &[Speech], only: Option<usize>) -> bool {
    match only {
        Some(list) => speeches.get(list).is_none_or(|speech| !speech.personal),
        None => speeches.iter().all(|speech| !speech.personal),
    }
}

/// A declaration is reached by the exporter's word alone.
fn declare(reading: &mut Reading, important_data: Option<bool>) {
    reading.reach = if important_data == Some(true) { Reach::Yes } else { Reach::No };
    reading.certain = important_data.is_some();
}

/// What outcomes that agree in category come to together. Of each list that speaks in some of them, the rows that all
/// of those share, or else all their rows.
pub(super) fn merge(outcomes: &[&Outcome]) -> Option<Outcome> {
    let first = outcomes.first()?;
    let mut because = BTreeSet::new();
    let lists: BTreeSet<usize> = outcomes.iter().map(|outcome| outcome.list).collect();
    for list in &lists {
        let of_list = || outcomes.iter().filter(|outcome| outcome.list == *list);
        let all: BTreeSet<usize> = of_list().flat_map(|outcome| outcome.because.iter().copied()).collect();
        let shared: BTreeSet<usize> =
            all.iter().copied().filter(|place| of_list().all(|outcome| outcome.because.contains(place))).collect();
        because.extend(if shared.is_empty() { all } else { shared });
    }
    Some(Outcome {
        category: first.category,
        procedure: first.procedure.clone(),
        certain: outcomes.iter().all(|outcome| outcome.certain),
        list: lists.first().copied().unwrap_or(first.list),
        because: because.into_iter().collect(),
    })
}
