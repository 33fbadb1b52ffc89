//! The first screen: may it leave, what must be filed, how sure, because of whom and what, and what if.

use std::collections::BTreeSet;

use crate::decide::{BranchGroup, Category, ListOutcome, Procedure, RowOutcome, Status, Verdict, group_branches};
use crate::model::{Coverage, Industry, Language, Severity};
use crate::report::Report;
use crate::report::harmless::{prose, shown};
use crate::report::say::{self, Standing};
use crate::report::words::Words;

use super::{EvidenceView, RowView, answer, asked_fact, bracketed, named, scenario, text_in};

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
    const fn of(category: Category, certain: bool) -> Self {
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
    /// The list's id, with nothing in it that a style sheet could not quote.
    pub(in crate::report) list_id: String,
    /// Notices that a list is not the newest.
    pub(in crate::report) superseded: Vec<String>,
    pub(in crate::report) because: Vec<RowView>,
    pub(in crate::report) evidence: Vec<EvidenceView>,
    pub(in crate::report) branches: Vec<BranchView>,
    pub(in crate::report) missing: Vec<MissingFact>,
}

/// What follows if the missing facts have certain values.
#[derive(Debug)]
pub(in crate::report) struct BranchView {
    pub(in crate::report) condition: String,
    pub(in crate::report) tone: Tone,
    pub(in crate::report) category: &'static str,
    pub(in crate::report) procedure: String,
    pub(in crate::report) because: String,
}

/// A fact that would decide, and how to give it.
#[derive(Debug)]
pub(in crate::report) struct MissingFact {
    pub(in crate::report) name: String,
    pub(in crate::report) how: String,
}

impl VerdictView {
    pub(in crate::report) fn new(report: &Report, language: Language) -> Self {
        let verdict = &report.decision.verdict;
        let speaking = report.speaking_list();
        let rows = rows_of(report, &verdict.because, &verdict.list);
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
            list_id: verdict
                .list
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
                .collect(),
            superseded: report.decision.lists.iter().filter_map(|list| superseded(list, language)).collect(),
            // Rows without a public text stand among the doubts, by their number.
            because: rows
                .iter()
                .filter(|row| row.status != Status::UnknownText)
                .map(|row| RowView::new(row, language))
                .collect(),
            evidence: evidence(report, &rows, verdict, language),
            branches: branches(report, verdict, language),
            missing: missing_ids.iter().map(|id| missing_fact(id, language)).collect(),
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
fn word(language: Language, category: Category, settled: bool) -> &'static str {
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
fn unread_objects(coverage: &Coverage) -> u64 {
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
    let unattributed = report.unattributed_rows();
    if unattributed > 0 {
        doubts.push(say::doubt_unattributed(language, unattributed));
    }
    let open = speaking.iter().flat_map(|list| &list.rows).filter(|row| row.status == Status::Uncertain);
    doubts.extend(open.map(|row| say::doubt_open_row(language, row, &prose(&row.clause))));
    if standing.unknown_rows > 0 {
        doubts.push(say::doubt_unknown_text(language, standing.unknown_rows));
    }
    if !standing.missing.is_empty() {
        doubts.push(say::doubt_missing(language, &standing.missing));
    }
    if doubts.is_empty() {
        doubts.push(say::doubt_other(language));
    }
    doubts
}

pub(super) fn list_line(list: &ListOutcome, language: Language) -> String {
    let edition = say::edition(language, &shown(&list.id), &prose(&list.edition), &prose(&list.in_force_from));
    bracketed(Words::of(language), &text_in(&list.title, language), &edition)
}

pub(super) fn superseded(list: &ListOutcome, language: Language) -> Option<String> {
    let successor = list.superseded_by.as_ref()?;
    Some(say::superseded(language, &shown(&list.id), &text_in(successor, language)))
}

/// The rows with these ids, those of `list` first.
fn rows_of<'a>(report: &'a Report, ids: &[String], list: &str) -> Vec<&'a RowOutcome> {
    ids.iter().filter_map(|id| row_of(report, id, list)).collect()
}

fn row_of<'a>(report: &'a Report, id: &str, list: &str) -> Option<&'a RowOutcome> {
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

/// The facts that the branches differ in; without branches, those that the rows of the speaking list ask for.
fn missing_ids<'a>(report: &'a Report, speaking: Option<&'a ListOutcome>) -> Vec<&'a str> {
    let verdict = &report.decision.verdict;
    let of_branches: BTreeSet<&str> = verdict.branches.iter().flat_map(|branch| branch.facts.keys().copied()).collect();
    if !of_branches.is_empty() || verdict.category != Category::Undetermined {
        return of_branches.into_iter().collect();
    }
    let rows = speaking.iter().flat_map(|list| &list.rows).filter(|row| row.status == Status::NeedsFacts);
    let of_rows: BTreeSet<&str> = rows.flat_map(|row| row.missing_facts.iter().map(String::as_str)).collect();
    of_rows.into_iter().collect()
}

fn missing_fact(id: &str, language: Language) -> MissingFact {
    let key = id.rsplit('.').next().unwrap_or(id);
    let how = match key {
        "industry" => {
            let industries: Vec<&str> = Industry::ALL.iter().map(|industry| industry.id()).collect();
            format!("--industry {}", industries.join("|"))
        }
        "scenario" => "--scenario ID".to_owned(),
        "ciio" => "--ciio true|false".to_owned(),
        "zone_registered" => "--zone-registered true|false".to_owned(),
        "important_data" => "--facts FILE: [export] important_data = true|false".to_owned(),
        _ => format!("--facts FILE: {}", shown(id)),
    };
    MissingFact { name: asked_fact(id, language), how }
}

/// The outcomes for the values of missing facts, put together as an officer reads them.
fn branches(report: &Report, verdict: &Verdict, language: Language) -> Vec<BranchView> {
    group_branches(&verdict.branches).iter().map(|group| branch_view(report, group, language)).collect()
}

fn branch_view(report: &Report, group: &BranchGroup, language: Language) -> BranchView {
    let words = Words::of(language);
    let settled = group.certain && unread_objects(&report.totals.coverage) == 0 && report.unattributed_rows() == 0;
    let conditions: Vec<String> = group
        .facts
        .iter()
        .map(|(fact, values)| {
            let values: Vec<String> = values.iter().map(|value| fact_value(report, fact, value, language)).collect();
            format!("{}{}{}", asked_fact(fact, language), words.colon, values.join(words.or))
        })
        .collect();
    BranchView {
        condition: conditions.join(words.separator),
        tone: Tone::of(group.category, settled),
        category: word(language, group.category, group.certain && report.totals.coverage.is_complete()),
        procedure: say::named_procedures(language, &group.procedure),
        because: because_line(report, group, language),
    }
}

/// The list and the rows that make a branch; rows without a public text by their number.
fn because_line(report: &Report, group: &BranchGroup, language: Language) -> String {
    let words = Words::of(language);
    let list = group.list.as_str();
    let rows: Vec<(&String, Option<&RowOutcome>)> =
        group.because.iter().map(|id| (id, row_of(report, id, list))).collect();
    let is_unknown = |row: Option<&RowOutcome>| row.is_some_and(|row| row.status == Status::UnknownText);
    let unknown = rows.iter().filter(|(_, row)| is_unknown(*row)).count() as u64;
    let mut clauses: Vec<String> = rows
        .iter()
        .filter(|(_, row)| !is_unknown(*row))
        .map(|(id, row)| match row {
            Some(row) => bracketed(words, &prose(&row.clause), &shown(id)),
            None => shown(id),
        })
        .collect();
    if unknown > 0 {
        clauses.push(say::doubt_unknown_text(language, unknown));
    }
    if clauses.is_empty() {
        shown(list)
    } else {
        format!("{}{}{}", shown(list), words.colon, clauses.join(words.comma))
    }
}

fn fact_value(report: &Report, fact: &str, value: &str, language: Language) -> String {
    let words = Words::of(language);
    match (fact, value) {
        (_, "true") => answer(words, true).to_owned(),
        (_, "false") => answer(words, false).to_owned(),
        ("industry", _) => value
            .parse::<Industry>()
            .map_or_else(|_| shown(value), |industry| named(industry.names(), language).to_owned()),
        ("scenario", _) => scenario(report, value, language),
        _ => shown(value),
    }
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
