//! How many natural persons, and where that stands against the thresholds.

use std::collections::BTreeSet;

use crate::decide::{RowOutcome, Status};
use crate::model::Language;
use crate::report::Report;
use crate::report::chart::{Bar, Scale};
use crate::report::clause::clause;
use crate::report::harmless::prose;
use crate::report::number::grouped;
use crate::report::say;
use crate::report::words::Words;
use crate::tally::Figures;

use super::{MergingView, text_in};

/// The persons, in groups and against the thresholds.
#[derive(Debug)]
pub(in crate::report) struct PersonsView {
    /// The lines of the first screen: all, sensitive, the others.
    pub(in crate::report) lines: Vec<String>,
    pub(in crate::report) unattributed: Option<String>,
    pub(in crate::report) merging: Option<MergingView>,
    pub(in crate::report) groups: Vec<GroupView>,
    pub(in crate::report) by_class: Vec<GroupView>,
    pub(in crate::report) bars: Vec<BarView>,
    pub(in crate::report) scale: Scale,
}

/// A group of persons with its three figures.
#[derive(Debug)]
pub(in crate::report) struct GroupView {
    pub(in crate::report) name: String,
    pub(in crate::report) id: &'static str,
    pub(in crate::report) best: String,
    pub(in crate::report) at_least: String,
    pub(in crate::report) at_most: String,
}

/// One row of the list that counts persons, drawn against its threshold.
#[derive(Debug)]
pub(in crate::report) struct BarView {
    pub(in crate::report) clause: String,
    pub(in crate::report) title: String,
    pub(in crate::report) status: &'static str,
    pub(in crate::report) status_id: &'static str,
    pub(in crate::report) measured: String,
    pub(in crate::report) threshold: String,
    pub(in crate::report) bar: Bar,
}

impl PersonsView {
    pub(super) fn new(report: &Report, language: Language) -> Self {
        let words = Words::of(language);
        let (all, sensitive, others) = (report.persons(), report.sensitive_persons(), report.other_persons());
        let group = |name: &str, id, figures: Figures| GroupView {
            name: name.to_owned(),
            id,
            best: grouped(figures.best),
            at_least: grouped(figures.at_least),
            at_most: grouped(figures.at_most),
        };
        let by_class = report.classes_of_persons().iter().map(|class| {
            let figures = report.totals.census.figures(|classes| classes.contains(class));
            group(language.pick(class.names()), class.id(), figures)
        });
        let rows = counting_rows(report);
        let scale = Scale::over(
            rows.iter()
                .flat_map(|(row, figures)| [Some(figures.at_most), row.threshold, row.below].into_iter().flatten()),
        );
        let unattributed = report.unattributed_rows();
        let mut lines = say::persons_in_all(language, all, sensitive, others);
        let asked = report.decision.verdict.branches.iter().any(|branch| branch.facts.contains_key("industry"));
        if asked && all.at_most > 0 {
            lines.push(say::general_definition(language).to_owned());
        }
        Self {
            lines,
            merging: MergingView::new(report, language),
            unattributed: (unattributed > 0).then(|| say::unattributed(language, unattributed)),
            groups: [(words.all_persons, all), (words.sensitive, sensitive), (words.other, others)]
                .into_iter()
                .filter(|(_, figures)| figures.at_most > 0)
                .map(|(name, figures)| group(name, "", figures))
                .collect(),
            by_class: by_class.collect(),
            bars: rows.iter().map(|(row, figures)| BarView::new(row, *figures, &scale, language)).collect(),
            scale,
        }
    }
}

/// The rows of the speaking list that compare a count with a threshold; where rows of a part of it are reached or open,
/// those of that part, because the others are about other exporters.
pub(super) fn counting_rows(report: &Report) -> Vec<(&RowOutcome, Figures)> {
    let speaking = report.speaking_list();
    let part = |row: &RowOutcome| row.id.split('.').next().unwrap_or_default().to_owned();
    let silent = |row: &RowOutcome| matches!(row.status, Status::NotReached | Status::UnknownText);
    let rows = || speaking.iter().flat_map(|list| &list.rows);
    let parts: BTreeSet<String> = rows().filter(|row| !silent(row)).map(part).collect();
    rows()
        .filter(|row| parts.is_empty() || parts.contains(&part(row)))
        .filter(|row| row.threshold.is_some() && row.status != Status::UnknownText)
        .filter_map(|row| row.measured.map(|figures| (row, figures)))
        .collect()
}

impl BarView {
    fn new(row: &RowOutcome, figures: Figures, scale: &Scale, language: Language) -> Self {
        Self {
            clause: prose(&clause(language, &row.clause)),
            title: text_in(&row.title, language),
            status: Words::status_of(language, row.status),
            status_id: row.status.id(),
            measured: say::persons(language, figures),
            threshold: say::threshold(language, row).unwrap_or_default(),
            bar: Bar::new(scale, figures, row.threshold, row.below),
        }
    }
}
