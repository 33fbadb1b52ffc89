//! Applies rule packs to totals and facts: rows with a status, and a verdict.
//!
//! *Invariant*: nothing is decided here that is not written in a rule pack; each outcome names pack, row and clause.
//!
//! ```text
//!  totals ──▶ reading (each row, once) ──┐
//!  facts ───▶ worlds (every way they can be) ──▶ speech ──▶ outcome ──▶ branches, verdict
//! ```

mod basis;
mod branch;
mod cases;
mod evidence;
mod group;
mod outcome;
mod outlook;
mod reading;
mod row;
mod verdict;
mod world;

#[cfg(test)]
mod tests;

pub use cases::check_rules;
pub use group::{BranchGroup, group_branches};
pub use outcome::{Branch, Decision, ListNote, ListOutcome, ListVerdict, Outlook, RowEvidence, RowOutcome, Verdict};

pub use crate::model::{Category, Procedure, Status};
use rayon::prelude::*;

use crate::model::{Class, ClassSet, Exemption, Facts, Industry};
use crate::pack::RulePack;
use crate::tally::Totals;

use branch::{Leaf, grow};
use evidence::evidence;
use verdict::{Bench, Outcome, merge};
use world::{Fact, Speech, World, worlds};

/// Applies lists to what the data said, under the facts that are known.
///
/// Each list gets its own verdict, in the order given; a residual list speaks only where no other does. A fact that is
/// not given is worked out for each of its values.
pub fn decide(packs: &[RulePack], totals: &Totals, facts: &Facts) -> Decision {
    let bench = Bench::new(packs, totals, facts);
    let worlds: Vec<(World<'_>, Vec<Speech>)> = worlds(packs, facts)
        .into_par_iter()
        .map(|world| {
            let speeches = bench.speeches(&world);
            (world, speeches)
        })
        .collect();
    let lists = (0..).zip(packs).map(|(place, pack)| list(&bench, place, pack, totals, &worlds)).collect();
    Decision { lists, verdict: verdict(&bench, &worlds) }
}

/// The classes that a list takes for sensitive in an industry; those of the list itself where it has no set of its own
/// for the industry, or the industry is not known.
pub fn sensitive_classes(pack: &RulePack, industry: Option<Industry>) -> ClassSet {
    let own = pack.industry.iter().find(|spec| Some(spec.id) == industry).and_then(|spec| spec.sensitive);
    own.unwrap_or(pack.list.sensitive).iter().filter(|class: &Class| class.is_personal()).collect()
}

/// Whether the persons of the export count in the year: not where an exemption is claimed that leaves them out. A claim
/// that the list leaves them free (art. 6) holds only where the list does.
pub fn counts_in_year(facts: &Facts, decision: &Decision) -> bool {
    let by_list = |claim: &Exemption| *claim == Exemption::ZoneList;
    let mut claims = facts.exemptions.iter().filter(|claim| claim.leaves_out_persons());
    let is_free = matches!(decision.verdict.category, Category::None | Category::NotApplicable);
    !claims.any(|claim| !by_list(claim) || is_free)
}

/// The ids of the scenarios that the lists name, in their order, each once: what a facts file may give.
pub fn scenario_ids(packs: &[RulePack]) -> Vec<&str> {
    let mut ids = Vec::new();
    for scenario in packs.iter().flat_map(|pack| &pack.industry).flat_map(|industry| &industry.scenarios) {
        if !ids.contains(&scenario.id.as_str()) {
            ids.push(scenario.id.as_str());
        }
    }
    ids
}

fn list(
    bench: &Bench<'_>,
    place: usize,
    pack: &RulePack,
    totals: &Totals,
    worlds: &[(World<'_>, Vec<Speech>)],
) -> ListOutcome {
    let rows = bench.rows.iter().filter(|judged| judged.list == place);
    let outcomes: Vec<Outcome> =
        worlds.iter().map(|(world, speeches)| bench.outcome(world, speeches, Some(place))).collect();
    let together = together(&outcomes);
    ListOutcome {
        id: pack.list.id.clone(),
        title: pack.list.title.clone(),
        edition: pack.list.edition.clone(),
        in_force_from: pack.list.in_force_from.clone(),
        superseded_by: pack.list.superseded_by.clone(),
        notes: notes(pack, totals, worlds),
        rows: rows.map(|judged| row::apply(bench, judged, totals, worlds)).collect(),
        verdict: ListVerdict {
            category: together.category,
            procedure: together.procedure,
            certain: together.certain,
            because: ids(bench, &together.because),
        },
    }
}

fn notes(pack: &RulePack, totals: &Totals, worlds: &[(World<'_>, Vec<Speech>)]) -> Vec<ListNote> {
    pack.note
        .iter()
        .filter(|note| note.industry.is_none_or(|asked| worlds.iter().any(|(world, _)| world.industry == asked)))
        .filter(|note| note.found.is_empty() || !evidence(totals, *note.found).0.is_empty())
        .map(|note| ListNote { id: note.id.clone(), text: note.text.clone(), source: note.source.clone() })
        .collect()
}

fn verdict(bench: &Bench<'_>, worlds: &[(World<'_>, Vec<Speech>)]) -> Verdict {
    let outcomes: Vec<(World<'_>, Outcome)> =
        worlds.iter().map(|(world, speeches)| (*world, bench.outcome(world, speeches, None))).collect();
    let together = together(&outcomes.iter().map(|(_, outcome)| outcome.clone()).collect::<Vec<_>>());
    let missing: Vec<Fact> = Fact::ALL.into_iter().filter(|fact| fact.is_missing(bench.facts)).collect();
    let leaves = grow(&outcomes, &missing);
    let branches =
        if leaves.len() > 1 { leaves.into_iter().map(|leaf| branch(bench, leaf)).collect() } else { Vec::new() };
    Verdict {
        category: together.category,
        procedure: together.procedure,
        certain: together.certain,
        list: list_id(bench, together.list),
        because: ids(bench, &together.because),
        branches,
    }
}

fn branch(bench: &Bench<'_>, leaf: Leaf) -> Branch {
    Branch {
        facts: leaf.facts,
        category: leaf.outcome.category,
        certain: leaf.outcome.certain,
        list: list_id(bench, leaf.outcome.list),
        because: ids(bench, &leaf.outcome.because),
        procedure: leaf.outcome.procedure,
    }
}

/// What the outcomes of all worlds come to: their category where they agree, else undetermined.
///
/// A list that does not apply in some worlds, and lets the export go in the others, lets it go.
fn together(outcomes: &[Outcome]) -> Outcome {
    let applying: Vec<&Outcome> =
        outcomes.iter().filter(|outcome| outcome.category != Category::NotApplicable).collect();
    let frees = applying.iter().all(|outcome| outcome.category == Category::None);
    let all: Vec<&Outcome> = outcomes.iter().collect();
    let asked = if frees && !applying.is_empty() { &applying } else { &all };
    let agree = asked.iter().all(|one| asked.first().is_some_and(|first| one.category == first.category));
    let merged = merge(asked).unwrap_or(Outcome {
        category: Category::NotApplicable,
        procedure: Vec::new(),
        certain: true,
        list: 0,
        because: Vec::new(),
    });
    if agree {
        return merged;
    }
    let mut because: Vec<usize> = asked.iter().flat_map(|outcome| outcome.because.iter().copied()).collect();
    because.sort_unstable();
    because.dedup();
    Outcome { category: Category::Undetermined, procedure: Vec::new(), certain: false, because, ..merged }
}

fn ids(bench: &Bench<'_>, places: &[usize]) -> Vec<String> {
    places.iter().filter_map(|place| bench.rows.get(*place)).map(|judged| judged.row.id.clone()).collect()
}

fn list_id(bench: &Bench<'_>, place: usize) -> String {
    bench.packs.get(place).map(|pack| pack.list.id.clone()).unwrap_or_default()
}
