//! What follows if the missing facts are given: one line for every outcome, one column for every fact.

use std::collections::BTreeSet;

use crate::decide::{BranchGroup, Category, Status, group_branches};
use crate::model::{Industry, Language};
use crate::report::Report;
use crate::report::clause::clause;
use crate::report::harmless::{prose, shown};
use crate::report::say;
use crate::report::words::Words;

use super::verdict::{Tone, row_of, unread_objects, word};
use super::{answer, asked_fact, bracketed, id_and_name, scenario, scenario_title};

/// From so many values on, the last line that speaks of a fact names them together.
const MANY_VALUES: usize = 4;

/// Rows that are named where there is little room.
const BRIEF: usize = 3;

/// The facts in the order of an officer's questions.
const QUESTIONS: [&str; 4] = ["ciio", "zone_registered", "industry", "scenario"];

/// The facts that the branches differ in, and the branches.
#[derive(Debug)]
pub(in crate::report) struct BranchTable {
    /// The names of the facts, short enough for a column.
    pub(in crate::report) heads: Vec<String>,
    pub(in crate::report) rows: Vec<BranchView>,
}

/// What follows if the missing facts have certain values.
#[derive(Debug)]
pub(in crate::report) struct BranchView {
    /// A value for each head.
    pub(in crate::report) values: Vec<String>,
    /// The same, where many values are counted after the first.
    pub(in crate::report) brief_values: Vec<String>,
    pub(in crate::report) tone: Tone,
    /// The category, and whether that is open.
    pub(in crate::report) category: String,
    /// The same in as few letters as there are.
    pub(in crate::report) brief_category: String,
    /// The procedures in the law's terms.
    pub(in crate::report) procedure: String,
    /// The procedures in few words.
    pub(in crate::report) brief_procedure: &'static str,
    pub(in crate::report) because: String,
    /// The same by the ids of the rows.
    pub(in crate::report) brief_because: String,
}

/// A fact that would decide, and how to give it.
#[derive(Debug)]
pub(in crate::report) struct MissingFact {
    pub(in crate::report) name: String,
    /// The flag, or the place in a facts file.
    pub(in crate::report) how: String,
    /// What may be given, each with its name where it has one.
    pub(in crate::report) values: String,
}

/// `facts` as an officer is asked them; what is not known to be asked stands at the end.
pub(super) fn in_order(facts: BTreeSet<&'static str>) -> Vec<&'static str> {
    let mut facts: Vec<&'static str> = facts.into_iter().collect();
    facts.sort_by_key(|fact| QUESTIONS.iter().position(|question| question == fact).unwrap_or(QUESTIONS.len()));
    facts
}

impl BranchTable {
    pub(super) fn new(report: &Report, language: Language) -> Self {
        let groups = group_branches(&report.decision.verdict.branches);
        let facts = in_order(groups.iter().flat_map(|group| group.facts.iter().map(|(fact, _)| *fact)).collect());
        let comma = Words::of(language).comma;
        let rows = groups.iter().enumerate().map(|(at, group)| {
            let later = groups.get(at + 1..).unwrap_or_default();
            BranchView {
                values: facts.iter().map(|fact| value(report, group, later, fact, language).join(comma)).collect(),
                brief_values: facts
                    .iter()
                    .map(|fact| brief(value(report, group, later, fact, language), language).join(comma))
                    .collect(),
                ..BranchView::new(report, group, language)
            }
        });
        Self { rows: rows.collect(), heads: facts.iter().map(|fact| head(fact, language)).collect() }
    }
}

impl BranchView {
    fn new(report: &Report, group: &BranchGroup, language: Language) -> Self {
        let words = Words::of(language);
        let complete = unread_objects(&report.totals.coverage) == 0 && report.totals.coverage.is_complete();
        let settled = complete && group.certain;
        let open = !group.certain && matches!(group.category, Category::I | Category::II);
        let marked = |category: &str| {
            let uncertain = Words::status_of(language, Status::Uncertain);
            if open { bracketed(words, category, uncertain) } else { category.to_owned() }
        };
        let category = word(language, group.category, settled);
        let brief = match (group.category, language) {
            (Category::I, Language::En) => "I",
            (Category::II, Language::En) => "II",
            _ => category,
        };
        Self {
            values: Vec::new(),
            brief_values: Vec::new(),
            tone: Tone::of(group.category, settled),
            category: marked(category),
            brief_category: marked(brief),
            procedure: say::named_procedures(language, &group.procedure),
            brief_procedure: say::brief_procedures(language, &group.procedure),
            because: because(report, group, language, usize::MAX),
            brief_because: because(report, group, language, BRIEF),
        }
    }
}

/// The values of a fact in a line; a fact without any does not matter there.
fn value(report: &Report, group: &BranchGroup, later: &[BranchGroup], fact: &str, language: Language) -> Vec<String> {
    let words = Words::of(language);
    let Some(at) = group.facts.iter().position(|(known, _)| *known == fact) else { return vec![words.any.to_owned()] };
    let values = group.facts.get(at).map(|(_, values)| values.as_slice()).unwrap_or_default();
    let before = group.facts.get(..at).unwrap_or_default();
    let is_last = !later.iter().any(|other| other.facts.starts_with(before));
    if values.len() >= MANY_VALUES && is_last {
        return vec![words.any_other.to_owned()];
    }
    values.iter().map(|value| fact_value(report, fact, value, language)).collect()
}

fn brief(mut values: Vec<String>, language: Language) -> Vec<String> {
    let hidden = values.len().saturating_sub(1);
    if hidden > 1 {
        values.truncate(1);
        values.push(say::more(language, hidden));
    }
    values
}

/// At most `most` rows, by clause where there is room for all, else by id; rows whose text is not public are only counted.
fn because(report: &Report, group: &BranchGroup, language: Language, most: usize) -> String {
    let words = Words::of(language);
    let mut unknown = 0;
    let mut clauses: Vec<String> = Vec::new();
    for id in &group.because {
        match row_of(report, id, &group.list) {
            Some(row) if row.status == Status::UnknownText => unknown += 1,
            Some(row) if most > BRIEF => {
                clauses.push(bracketed(words, &prose(&clause(language, &row.clause)), &shown(id)));
            }
            _ => clauses.push(shown(id)),
        }
    }
    let hidden = clauses.len().saturating_sub(most);
    clauses.truncate(most);
    if hidden > 0 {
        clauses.push(say::more(language, hidden));
    }
    if unknown > 0 {
        clauses.push(say::rows_not_public(language, unknown));
    }
    if clauses.is_empty() { shown(&group.list) } else { clauses.join(words.comma) }
}

/// The name of a fact as the head of a column.
fn head(fact: &str, language: Language) -> String {
    match fact {
        "ciio" => language.pick(("关基运营者", "CIIO")).to_owned(),
        "zone_registered" => language.pick(("区内注册", "in zone")).to_owned(),
        _ => asked_fact(fact, language),
    }
}

fn fact_value(report: &Report, fact: &str, value: &str, language: Language) -> String {
    let words = Words::of(language);
    match (fact, value) {
        (_, "true") => answer(words, true).to_owned(),
        (_, "false") => answer(words, false).to_owned(),
        ("industry", _) => value
            .parse::<Industry>()
            .map_or_else(|_| shown(value), |industry| language.pick(industry.names()).to_owned()),
        ("scenario", "other") => language.pick(("其他", "other")).to_owned(),
        ("scenario", _) => scenario_title(report, value, language),
        _ => shown(value),
    }
}

impl MissingFact {
    pub(super) fn new(report: &Report, id: &str, language: Language) -> Self {
        let words = Words::of(language);
        let key = id.rsplit('.').next().unwrap_or(id);
        let (how, values) = match key {
            "industry" => {
                let of = |industry: &Industry| id_and_name(words, industry.id(), language.pick(industry.names()));
                ("--industry INDUSTRY".to_owned(), Industry::ALL.iter().map(of).collect())
            }
            "scenario" => ("--scenario ID".to_owned(), scenarios(report, language)),
            "ciio" => ("--ciio true|false".to_owned(), Vec::new()),
            "zone_registered" => ("--zone-registered true|false".to_owned(), Vec::new()),
            "important_data" => ("--facts FILE, [export] important_data = true|false".to_owned(), Vec::new()),
            _ => (format!("--facts FILE, {}", shown(id)), Vec::new()),
        };
        Self { name: asked_fact(id, language), how, values: values.join(words.comma) }
    }
}

/// The scenarios that the branches speak of; where none does, all of the packs.
fn scenarios(report: &Report, language: Language) -> Vec<String> {
    let branches = &report.decision.verdict.branches;
    let mut ids: Vec<&str> = Vec::new();
    for id in branches.iter().filter_map(|branch| branch.facts.get("scenario")) {
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    if ids.is_empty() {
        ids.extend(report.scenarios.keys().map(String::as_str));
    }
    ids.into_iter().map(|id| scenario(report, id, language)).collect()
}
