//! The first screen: may it leave, what must be filed, how sure, because of whom and what, and what if.

use std::collections::BTreeSet;

use crate::decide::{Category, ListOutcome, Procedure, RowOutcome, Status, Verdict, group_branches};
use crate::model::{Coverage, Language, Severity};
use crate::report::Report;
use crate::report::clause::clause;
use crate::report::harmless::{prose, shown};
use crate::report::say::{self, Standing};
use crate::report::words::Words;

use super::branch::{BranchTable, MissingFact};
use super::{EvidenceView, RowView, asked_fact, bracketed, text_in};

/// How the verdict is to be taken; each has a colour and, beside it, always a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Tone {
    /// Security assessment.
    Stop,
    /// Standard contract or certification.
    Caution,
    /// Cannot be said, or does not apply.
    Open,
    /// May leave after filing.
    Free,
}

impl Tone {
    pub(super) const fn of(category: Category, certain: bool) -> Self {
        match category {
            Category::I => Self::Stop,
            Category::II => Self::Caution,
            Category::None if certain => Self::Free,
            Category::None | Category::Undetermined | Category::NotApplicable => Self::Open,
        }
    }

    /// The name that the style sheet knows it by.
    pub(in crate::report) const fn id(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Caution => "caution",
            Self::Open => "open",
            Self::Free => "free",
        }
    }
}

/// The verdict and everything that it rests on.
#[derive(Debug)]
pub(in crate::report) struct VerdictView {
    pub(in crate::report) tone: Tone,
    pub(in crate::report) word: &'static str,
    pub(in crate::report) headline: String,
    pub(in crate::report) filing: String,
    pub(in crate::report) certainty: &'static str,
    pub(in crate::report) doubts: Vec<String>,
    /// The list that speaks, with edition and date.
    pub(in crate::report) list: String,
    /// The same without its title.
    pub(in crate::report) edition: String,
    /// The list's id, with nothing in it that a style sheet could not quote.
    pub(in crate::report) list_id: String,
    /// Notices that a list is not the newest.
    pub(in crate::report) superseded: Vec<String>,
    /// The same, without what the newest is.
    pub(in crate::report) superseded_in_brief: Vec<String>,
    /// The rows that make the verdict; none where it is open, because the branches name them.
    pub(in crate::report) reasons: Vec<RowView>,
    /// How many more there are of which the text is not public.
    pub(in crate::report) rows_not_public: String,
    pub(in crate::report) evidence: Vec<EvidenceView>,
    pub(in crate::report) branches: BranchTable,
    pub(in crate::report) missing: Vec<MissingFact>,
}

impl VerdictView {
    pub(in crate::report) fn new(report: &Report, language: Language) -> Self {
        let verdict = &report.decision.verdict;
        let speaking = report.speaking_list();
        let rows = rows_of(report, &verdict.because, &verdict.list);
        let untold = if verdict.branches.is_empty() { rows.clone() } else { Vec::new() };
        let (unknown, known): (Vec<&RowOutcome>, Vec<&RowOutcome>) =
            untold.into_iter().partition(|row| row.status == Status::UnknownText);
        let missing_ids = missing_ids(report, speaking);
        let standing = standing(report, speaking, &rows, &missing_ids, language);
        let settled = verdict.certain && standing.unread == 0 && !standing.nothing_read;
        Self {
            tone: Tone::of(verdict.category, settled),
            word: word(language, verdict.category, settled),
            headline: say::headline(language, verdict.category, &verdict.procedure, &standing),
            filing: say::filing(language, verdict.category, procedures(verdict), &standing),
            certainty: say::certainty(language, standing.certain),
            doubts: if standing.certain { Vec::new() } else { doubts(report, speaking, &standing, language) },
            list: speaking.map(|list| list_line(list, language)).unwrap_or_default(),
            edition: speaking.map(|list| edition(list, language)).unwrap_or_default(),
            list_id: verdict
                .list
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
                .collect(),
            superseded: report.decision.lists.iter().filter_map(|list| superseded(list, language)).collect(),
            superseded_in_brief: report
                .decision
                .lists
                .iter()
                .filter(|list| list.superseded_by.is_some())
                .map(|list| say::superseded_in_brief(language, &shown(&list.id)))
                .collect(),
            reasons: known.iter().map(|row| RowView::new(row, language)).collect(),
            rows_not_public: if unknown.is_empty() {
                String::new()
            } else {
                say::rows_not_public(language, unknown.len() as u64)
            },
            evidence: evidence(report, &rows, verdict, language),
            branches: BranchTable::new(report, language),
            missing: missing_ids.iter().map(|id| MissingFact::new(report, id, language)).collect(),
        }
    }
}

/// The procedures of the verdict; while it is open, those of the strictest outcome that is known.
fn procedures(verdict: &Verdict) -> &[Procedure] {
    let strictest = verdict.branches.iter().filter(|branch| branch.category == Category::I);
    match verdict.category {
        Category::Undetermined => strictest.map(|branch| branch.procedure.as_slice()).next().unwrap_or_default(),
        _ => &verdict.procedure,
    }
}

/// The word of the verdict box: without certainty "no row reached" is not an answer.
pub(super) fn word(language: Language, category: Category, settled: bool) -> &'static str {
    match (language, category) {
        (Language::Zh, Category::None) if !settled => "不能下结论",
        (Language::En, Category::None) if !settled => "Cannot be said",
        _ => Words::category(language, category),
    }
}

fn standing(
    report: &Report,
    speaking: Option<&ListOutcome>,
    rows: &[&RowOutcome],
    missing: &[&str],
    language: Language,
) -> Standing {
    let coverage = &report.totals.coverage;
    let nothing_read = coverage.objects_read + coverage.objects_failed == 0;
    let unread = unread_objects(coverage);
    let verdict = &report.decision.verdict;
    let could_be_free = matches!(verdict.category, Category::None);
    Standing {
        certain: verdict.certain && !(could_be_free && (unread > 0 || nothing_read)),
        rests_on_open_row: rows.iter().any(|row| row.status == Status::Uncertain),
        unread,
        nothing_read,
        missing: missing.iter().map(|id| asked_fact(id, language)).collect(),
        unknown_rows: speaking.map_or(0, unknown_rows),
    }
}

fn unknown_rows(list: &ListOutcome) -> u64 {
    list.rows.iter().filter(|row| row.status == Status::UnknownText).count() as u64
}

/// Objects that were not read to the end, whichever of the counters and the problems says more.
pub(super) fn unread_objects(coverage: &Coverage) -> u64 {
    let unread = coverage.problems.iter().filter(|problem| problem.code.severity() == Severity::Unread);
    let named: BTreeSet<&str> = unread.map(|problem| problem.object.as_str()).collect();
    (coverage.objects_failed + coverage.objects_skipped).max(named.len() as u64)
}

fn doubts(report: &Report, speaking: Option<&ListOutcome>, standing: &Standing, language: Language) -> Vec<String> {
    let mut doubts = Vec::new();
    if standing.nothing_read {
        doubts.push(say::doubt_nothing_read(language));
    }
    if standing.unread > 0 {
        doubts.push(say::doubt_unread(language, standing.unread));
    }
    if report.totals.year.as_ref().is_some_and(|year| !year.complete) {
        doubts.push(say::doubt_year_unread(language));
    }
    let unattributed = report.unattributed_rows();
    if unattributed > 0 {
        doubts.push(say::doubt_unattributed(language, unattributed));
    }
    let open = speaking.iter().flat_map(|list| &list.rows).filter(|row| row.status == Status::Uncertain);
    doubts.extend(open.map(|row| say::doubt_open_row(language, row, &prose(&clause(language, &row.clause)))));
    if standing.unknown_rows > 0 {
        doubts.push(say::doubt_unknown_text(language, standing.unknown_rows));
    }
    if !standing.missing.is_empty() {
        doubts.push(say::doubt_missing(language));
    }
    if doubts.is_empty() {
        doubts.push(say::doubt_other(language));
    }
    doubts
}

pub(super) fn list_line(list: &ListOutcome, language: Language) -> String {
    bracketed(Words::of(language), &text_in(&list.title, language), &edition(list, language))
}

fn edition(list: &ListOutcome, language: Language) -> String {
    say::edition(language, &shown(&list.id), &prose(&list.edition), &prose(&list.in_force_from))
}

pub(super) fn superseded(list: &ListOutcome, language: Language) -> Option<String> {
    let successor = list.superseded_by.as_ref()?;
    Some(say::superseded(language, &shown(&list.id), &text_in(successor, language)))
}

/// The rows with these ids, looked for in `list` first; what is reached for sure stands before what is open.
fn rows_of<'a>(report: &'a Report, ids: &[String], list: &str) -> Vec<&'a RowOutcome> {
    let mut rows: Vec<&RowOutcome> = ids.iter().filter_map(|id| row_of(report, id, list)).collect();
    rows.sort_by_key(|row| row.status);
    rows
}

pub(super) fn row_of<'a>(report: &'a Report, id: &str, list: &str) -> Option<&'a RowOutcome> {
    let lists = &report.decision.lists;
    let first = lists.iter().filter(|outcome| outcome.id == list);
    let rest = lists.iter().filter(|outcome| outcome.id != list);
    first.chain(rest).flat_map(|outcome| &outcome.rows).find(|row| row.id == id)
}

/// What the rows rest on, each column once; where no row speaks yet, what those of the branches would rest on.
fn evidence(report: &Report, rows: &[&RowOutcome], verdict: &Verdict, language: Language) -> Vec<EvidenceView> {
    let of_branches = verdict.branches.iter().flat_map(|branch| rows_of(report, &branch.because, &branch.list));
    let rows: Vec<&RowOutcome> = if rows.is_empty() { of_branches.collect() } else { rows.to_vec() };
    let mut seen = BTreeSet::new();
    rows.iter()
        .flat_map(|row| &row.evidence)
        .filter(|evidence| seen.insert(*evidence))
        .map(|evidence| EvidenceView::new(evidence, language))
        .collect()
}

/// The facts that the branches differ in, in the order of an officer's questions; without branches, those that the rows
/// of the speaking list ask for.
fn missing_ids<'a>(report: &'a Report, speaking: Option<&'a ListOutcome>) -> Vec<&'a str> {
    let verdict = &report.decision.verdict;
    let mut ids: Vec<&str> = Vec::new();
    let mut add = |id: &'a str| {
        if !ids.contains(&id) {
            ids.push(id);
        }
    };
    let groups = group_branches(&verdict.branches);
    let of_branches: BTreeSet<&'static str> =
        groups.iter().flat_map(|group| group.facts.iter().map(|(fact, _)| *fact)).collect();
    if !of_branches.is_empty() || verdict.category != Category::Undetermined {
        super::branch::in_order(of_branches).into_iter().for_each(add);
        return ids;
    }
    let rows = speaking.iter().flat_map(|list| &list.rows).filter(|row| row.status == Status::NeedsFacts);
    rows.flat_map(|row| &row.missing_facts).for_each(|id| add(id));
    ids
}

#[cfg(test)]
mod tests {
    use super::{Category, Tone};

    #[test]
    fn uncertainty_is_never_green() {
        assert_eq!(Tone::of(Category::None, false), Tone::Open);
        assert_eq!(Tone::of(Category::None, true), Tone::Free);
    }
}
