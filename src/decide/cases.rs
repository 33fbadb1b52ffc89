//! Lints rule packs, and runs the cases that their rows bring through the shipped engine.

use std::collections::{BTreeMap, BTreeSet};

use crate::count::Census;
use crate::model::{
    Bilingual, Class, ClassFinding, ClassSet, ColumnFinding, Confidence, Facts, IdentifierKind, Industry,
    ObjectFinding, Status,
};
use crate::pack::{CaseSpec, IndustrySpec, PersonsSpec, RowSpec, RulePack};
use crate::tally::Totals;

use super::reading::Sensitive;
use super::world::OTHER_SCENARIO;
use super::{RowOutcome, decide};

/// Everything that is wrong with rule packs: malformed or reused ids, missing sources, predicates that cannot work,
/// thresholds that no case tests on both sides, and cases that come out otherwise than they say.
pub fn check_rules(packs: &[RulePack]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for pack in packs {
        let list = &pack.list.id;
        let every =
            [list].into_iter().chain(pack.row.iter().map(|row| &row.id)).chain(pack.note.iter().map(|note| &note.id));
        for id in every {
            if !is_id(id) {
                faults
                    .push(format!("`{id}` is no id; use words of letters, digits, `_` and `-` with dots between them"));
            }
            if !ids.insert(id) {
                faults.push(format!("the id `{id}` is used twice; ids are permanent and unique over all packs"));
            }
        }
        let mut told: Vec<String> = head_faults(pack);
        told.extend(pack.industry.iter().flat_map(industry_faults));
        for note in &pack.note {
            let empty = [(is_blank(&note.text), "text"), (note.source.is_empty(), "source")];
            told.extend(
                empty.iter().filter(|(wrong, _)| *wrong).map(|(_, what)| format!("`{}` has no {what}", note.id)),
            );
        }
        for row in &pack.row {
            let said = row_faults(pack, row).into_iter().chain(case_faults(pack, row));
            told.extend(said.map(|fault| format!("row `{}`: {fault}", row.id)));
        }
        faults.extend(told.into_iter().map(|fault| format!("`{list}`: {fault}")));
    }
    faults
}

fn is_id(id: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    id.split('.').all(is_word)
}

fn is_blank(text: &Bilingual) -> bool {
    text.zh.trim().is_empty() || text.en.trim().is_empty()
}

fn head_faults(pack: &RulePack) -> Vec<String> {
    let head = &pack.list;
    let is_day = |day: &str| day.parse::<jiff::civil::Date>().is_ok();
    [
        (is_blank(&head.title), "the list has no title in one of the languages"),
        (head.edition.trim().is_empty(), "the list has no edition"),
        (!is_day(&head.issued), "`issued` is no day; write it as `2024-08-30`"),
        (!is_day(&head.in_force_from), "`in_force_from` is no day; write it as `2024-08-30`"),
        (head.source.is_empty(), "the list has no source"),
        (head.superseded_by.as_ref().is_some_and(is_blank), "`superseded_by` does not name what replaces the list"),
        (is_blank(&head.sensitive_note), "`sensitive_note` does not say why these classes are sensitive"),
        (pack.row.is_empty(), "the list has no rows"),
    ]
    .into_iter()
    .filter(|(wrong, _)| *wrong)
    .map(|(_, fault)| fault.to_owned())
    .collect()
}

fn industry_faults(industry: &IndustrySpec) -> Vec<String> {
    let id = industry.id.id();
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for scenario in &industry.scenarios {
        let reserved = scenario.id == OTHER_SCENARIO;
        if reserved || !is_id(&scenario.id) || !seen.insert(&scenario.id) || is_blank(&scenario.title) {
            faults.push(format!(
                "scenario `{}` of `{id}` has a malformed, reserved or reused id, or no title",
                scenario.id
            ));
        }
    }
    if industry.scenario_bound && industry.scenarios.is_empty() {
        faults.push(format!("`{id}` is bound to scenarios and names none"));
    }
    if industry.sensitive.is_some() != industry.sensitive_note.is_some() {
        faults.push(format!("`{id}` needs `sensitive` and `sensitive_note` together"));
    }
    faults
}

fn row_faults(pack: &RulePack, row: &RowSpec) -> Vec<String> {
    let has_predicate = row.persons.is_some() || row.kinds.is_some() || row.declared;
    let industry = |id: Industry| pack.industry.iter().find(|spec| spec.id == id);
    let scenarios = row.industry.and_then(industry).map(|spec| spec.scenarios.as_slice()).unwrap_or_default();
    let undeclared = row.scenarios.iter().any(|used| scenarios.iter().all(|scenario| scenario.id != *used));
    let no_kinds = row.kinds.as_ref().is_some_and(|kinds| kinds.classes().is_empty());
    let low = row.kinds.as_ref().is_some_and(|kinds| !kinds.confidence.counts());
    [
        (row.clause.trim().is_empty(), "no clause"),
        (is_blank(&row.title) || is_blank(&row.text), "no title or text in one of the languages"),
        (row.source.is_empty(), "no source"),
        (row.procedure.is_empty(), "no procedure"),
        (row.unknown_text && has_predicate, "the text is not known, so there can be no predicate"),
        (!row.unknown_text && !has_predicate && row.limits.is_none(), "no predicate, and no `limits` that say why"),
        (row.industry.is_some_and(|id| industry(id).is_none()), "its industry is not declared with `[[industry]]`"),
        (undeclared, "a scenario is not declared with its industry"),
        (no_kinds, "`kinds` names no class"),
        (low, "`kinds.confidence` must be `medium` or `high`; findings of low confidence do not count"),
        (row.case.is_empty(), "no case"),
    ]
    .into_iter()
    .filter(|(wrong, _)| *wrong)
    .map(|(_, fault)| fault.to_owned())
    .chain(row.persons.iter().filter_map(persons_faults))
    .collect()
}

fn persons_faults(persons: &PersonsSpec) -> Option<String> {
    if persons.at_least.is_some() == persons.more_than.is_some() {
        return Some("`persons` needs either `at_least` (以上) or `more_than` (超过)".to_owned());
    }
    let empty = persons.below.is_some_and(|below| below <= persons.from());
    empty.then(|| "`persons.below` leaves nothing between the two ends".to_owned())
}

/// Runs the cases of a row, and looks for thresholds that they do not test.
fn case_faults(pack: &RulePack, row: &RowSpec) -> Vec<String> {
    let mut faults = Vec::new();
    let mut tested: BTreeMap<u64, BTreeSet<Status>> = BTreeMap::new();
    let mut met = BTreeSet::new();
    for (place, case) in (1..).zip(&row.case) {
        let Some(expected) = case.status else {
            faults.push(format!("case {place} does not say the status"));
            continue;
        };
        let outcome = run(pack, row, case);
        let status = outcome.as_ref().map(|outcome| outcome.status);
        if status != Some(expected) {
            let came = status.map_or("nothing", Status::id);
            faults.push(format!("case {place} must be `{}` and is `{came}`", expected.id()));
        }
        if let Some(measured) = outcome.and_then(|outcome| outcome.measured) {
            tested.entry(measured.best).or_default().insert(expected);
        }
        met.insert(expected);
    }
    if let Some(persons) = &row.persons {
        for edge in [Some(persons.from()), persons.below].into_iter().flatten() {
            let is = |n: u64, status| tested.get(&n).is_some_and(|statuses| statuses.contains(&status));
            let (under, over) = (edge.saturating_sub(1), edge);
            let sides = [(Status::NotReached, Status::Reached), (Status::Reached, Status::NotReached)];
            if !sides.iter().any(|(below, above)| is(under, *below) && is(over, *above)) {
                faults.push(format!("no cases on both sides of the threshold: {under} and {over}"));
            }
        }
    } else if row.kinds.is_some() || row.declared {
        let reached = met.contains(&Status::Reached) || met.contains(&Status::Uncertain);
        if !reached || !met.contains(&Status::NotReached) {
            faults.push("needs a case that reaches it and one that does not".to_owned());
        }
    }
    faults
}

fn run(pack: &RulePack, row: &RowSpec, case: &CaseSpec) -> Option<RowOutcome> {
    let facts = facts(pack, row, case);
    let totals = totals(Sensitive::of(pack, row), case);
    let decision = decide(std::slice::from_ref(pack), &totals, &facts);
    decision.lists.into_iter().flat_map(|list| list.rows).find(|outcome| outcome.id == row.id)
}

/// The facts of a case; what it does not give takes the value under which the row speaks.
fn facts(pack: &RulePack, row: &RowSpec, case: &CaseSpec) -> Facts {
    let applies = &pack.list.applies;
    let industry = case.industry.or(row.industry).or(applies.industries.first().copied()).unwrap_or(Industry::Other);
    let spec = pack.industry.iter().find(|spec| spec.id == industry);
    let first = || {
        let of_industry = spec.and_then(|spec| spec.scenarios.first()).map(|scenario| scenario.id.clone());
        row.scenarios.first().cloned().or(of_industry).unwrap_or_else(|| OTHER_SCENARIO.to_owned())
    };
    Facts {
        ciio: Some(case.ciio.or(row.only_ciio).unwrap_or(false)),
        zone_registered: Some(case.zone_registered.or(applies.zone_registered).unwrap_or(false)),
        industry: Some(industry),
        scenario: Some(case.scenario.clone().unwrap_or_else(first)),
        exemptions: case.exemptions.clone(),
        important_data: case.important_data,
        ..Facts::default()
    }
}

/// The data of a case: persons that every reading counts alike, and one object that holds what was found.
fn totals(sensitive: Sensitive, case: &CaseSpec) -> Totals {
    let either = sensitive.surely.union(sensitive.openly);
    let mut plain = Class::ALL.iter().copied().filter(|class| class.is_personal() && !either.contains(*class));
    // The last plain class rather than the first: names and contacts, which rows may exclude, stand first.
    let plain = plain.next_back().map_or(ClassSet::EMPTY, ClassSet::of);
    let special = sensitive.surely.iter().next().map_or(ClassSet::EMPTY, ClassSet::of);
    let mut persons = vec![(special, case.sensitive), (plain, case.non_sensitive)];
    persons.extend(case.persons.iter().map(|group| (*group.classes, group.n)));
    persons.retain(|(_, n)| *n > 0);
    let columns = case.found.iter().map(|class| ColumnFinding {
        name: class.id().to_owned(),
        data_type: "utf8".to_owned(),
        rows: 1,
        nulls: 0,
        classes: vec![ClassFinding {
            class,
            detector: class.id().to_owned(),
            matches: 1,
            distinct: 1,
            distinct_exact: true,
            share: 1.0,
            confidence: Confidence::High,
            because: Vec::new(),
            samples: Vec::new(),
            accepted: None,
            declared: None,
        }],
    });
    let object = ObjectFinding {
        uri: "case".to_owned(),
        format: "csv".to_owned(),
        encoding: "utf-8".to_owned(),
        rows: 1,
        bytes: 1,
        columns: columns.collect(),
        records: Vec::new(),
    };
    let mut totals = Totals {
        census: Census {
            best: persons.clone(),
            at_most: persons.clone(),
            at_least: vec![(IdentifierKind::ResidentId, persons)],
            ..Census::default()
        },
        objects: if case.found.is_empty() { Vec::new() } else { vec![object] },
        ..Totals::default()
    };
    for group in &case.unattributed {
        *totals.unattributed.entry(*group.classes).or_default() += group.n;
    }
    totals
}
