//! What text and page both show, in one language, as strings that are fit to be seen.

mod branch;
mod coverage;
mod list;
mod merging;
mod object;
mod person;
mod tuning;
mod verdict;
mod year;

pub(super) use coverage::{CoverageView, ProblemGroup};
pub(super) use list::{EvidenceView, ListView, RowView};
pub(super) use merging::{KindView, MergingView};
pub(super) use object::ObjectView;
pub(super) use person::PersonsView;
pub(super) use tuning::{EntryView, TuningView, effect};
pub(super) use verdict::{Tone, VerdictView};
pub(super) use year::{YearRow, YearView};

use crate::model::{Bilingual, Language};
use verdict::list_line;

use super::harmless::{prose, shown};
use super::tables::{by_table, tables};
use super::words::Words;
use super::{Report, TOOL, VERSION, say};

/// Everything that is shown.
#[derive(Debug)]
pub(super) struct View {
    pub(super) language: Language,
    pub(super) words: &'static Words,
    pub(super) verdict: VerdictView,
    pub(super) persons: PersonsView,
    pub(super) year: Option<YearView>,
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) tuning: Option<TuningView>,
    pub(super) coverage: CoverageView,
    pub(super) lists: Vec<ListView>,
    pub(super) objects: Vec<ObjectView>,
    /// Objects in which nothing was found, by their URIs.
    pub(super) empty_objects: Vec<String>,
    pub(super) empty_line: String,
    /// The `lang` of wordings in the language that is not the report's.
    pub(super) other_language: &'static str,
    pub(super) citation: String,
}

impl View {
    pub(super) fn new(report: &Report, language: Language) -> Self {
        let tables = tables(&report.totals.objects);
        let report = &Report { decision: by_table(report, &tables), ..report.clone() };
        let (found, empty): (Vec<ObjectView>, Vec<ObjectView>) =
            tables.iter().map(|table| ObjectView::new(table, language)).partition(ObjectView::says_something);
        let complete = report.totals.coverage.is_complete();
        Self {
            language,
            words: Words::of(language),
            other_language: Words::of(other(language)).language,
            verdict: VerdictView::new(report, language),
            persons: PersonsView::new(report, language),
            year: report.totals.year.as_ref().map(|year| YearView::new(report, year, language)),
            facts: facts(report, language),
            tuning: report.tuning.as_ref().map(|tuning| TuningView::new(report, tuning, language)),
            coverage: CoverageView::new(&report.totals.coverage, language),
            lists: report.decision.lists.iter().map(|list| ListView::new(list, complete, language)).collect(),
            objects: found,
            empty_line: say::empty_objects(language, empty.iter().map(|object| object.n_parts).sum()),
            empty_objects: empty.into_iter().map(|object| object.uri).collect(),
            citation: citation(report, language),
        }
    }

    /// What a reader of the report must know, term by term.
    pub(super) fn glossary(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        Words::terms(self.language)
    }
}

/// `aside` in the brackets of the language.
pub(super) fn bracketed(words: &Words, text: &str, aside: &str) -> String {
    format!("{text}{}{aside}{}", words.open_bracket, words.close_bracket)
}

/// What must be given, and its name where that says more.
fn id_and_name(words: &Words, id: &str, name: &str) -> String {
    if id.replace('_', " ") == name { id.to_owned() } else { bracketed(words, id, name) }
}

/// The facts as given, each with its name; what is not given says so.
fn facts(report: &Report, language: Language) -> Vec<(&'static str, String)> {
    let words = Words::of(language);
    let facts = &report.facts;
    let or_not = |value: Option<String>| value.unwrap_or_else(|| words.not_given.to_owned());
    let yes_or_no = |value: Option<bool>| or_not(value.map(|value| answer(words, value).to_owned()));
    let given = |value: &Option<String>| or_not(value.as_deref().map(shown));
    let exemptions: Vec<&str> = facts.exemptions.iter().map(|claim| language.pick(claim.names())).collect();
    let exemptions =
        if exemptions.is_empty() { words.none_claimed.to_owned() } else { exemptions.join(words.separator) };
    let values = [
        ("exporter", given(&facts.exporter)),
        ("zone_registered", yes_or_no(facts.zone_registered)),
        ("ciio", yes_or_no(facts.ciio)),
        ("industry", or_not(facts.industry.map(|industry| language.pick(industry.names()).to_owned()))),
        ("scenario", or_not(facts.scenario.as_deref().map(|id| scenario(report, id, language)))),
        ("exemptions", exemptions),
        ("important_data", yes_or_no(facts.important_data)),
        ("date", or_not(facts.date.map(|date| date.to_string()))),
        ("recipient", given(&facts.recipient)),
        ("country", given(&facts.country)),
    ];
    values.into_iter().map(|(id, value)| (fact_name(id, language), value)).collect()
}

/// The name of a fact by its id, with or without its section; an unknown id has none.
fn known_fact(id: &str) -> Option<(&'static str, &'static str)> {
    let names = match id.rsplit('.').next().unwrap_or(id) {
        "exporter" | "name" => ("数据处理者", "exporter"),
        "ciio" => ("关键信息基础设施运营者", "critical information infrastructure operator (CIIO)"),
        "zone_registered" => ("在自贸区注册", "registered in the free-trade zone"),
        "industry" => ("行业", "industry"),
        "scenario" => ("业务场景", "scenario"),
        "exemptions" => ("主张的豁免情形", "exemptions claimed"),
        "important_data" => ("经核查含重要数据", "important data, as checked by the exporter"),
        "date" => ("出境日期", "date of export"),
        "recipient" => ("境外接收方", "recipient"),
        "country" => ("接收方所在国家或地区", "recipient's country or region"),
        _ => return None,
    };
    Some(names)
}

fn fact_name(id: &'static str, language: Language) -> &'static str {
    known_fact(id).map_or(id, |names| language.pick(names))
}

/// The name of a fact that a rule pack asks for.
fn asked_fact(id: &str, language: Language) -> String {
    known_fact(id).map_or_else(|| shown(id), |names| language.pick(names).to_owned())
}

/// The id of a scenario, which is what must be given, with its title.
fn scenario(report: &Report, id: &str, language: Language) -> String {
    match report.scenarios.get(id) {
        Some(title) => id_and_name(Words::of(language), &shown(id), &text_in(title, language)),
        None => shown(id),
    }
}

/// The title of a scenario; its id where it has none.
fn scenario_title(report: &Report, id: &str, language: Language) -> String {
    report.scenarios.get(id).map_or_else(|| shown(id), |title| text_in(title, language))
}

fn answer(words: &Words, value: bool) -> &'static str {
    if value { words.yes } else { words.no }
}

/// A text of a rule pack; the other language stands in where one wording is missing.
fn text_in(text: &Bilingual, language: Language) -> String {
    let wording = text.get(language);
    prose(if wording.trim().is_empty() { text.get(other(language)) } else { wording })
}

const fn other(language: Language) -> Language {
    match language {
        Language::Zh => Language::En,
        Language::En => Language::Zh,
    }
}

fn citation(report: &Report, language: Language) -> String {
    let lists: Vec<String> = report.decision.lists.iter().map(|list| list_line(list, language)).collect();
    let words = Words::of(language);
    format!("{TOOL} {VERSION}{}{}", words.separator, lists.join(words.separator))
}
