//! What a report is made by, beside the data: packs, lists, configuration, facts.

use anyhow::Context as _;
use jiff::civil::Date;

use super::args::ReportArgs;
use super::load::Packs;
use super::tuning::{self, Configuration};
use crate::decide;
use crate::model::{Facts, Language};
use crate::pack::RulePack;
use crate::tally::{self, Stamp};

/// The lists that speak unless others are named: the zone's, and the national rules where it is silent.
const DEFAULT_LISTS: [&str; 2] = ["cn-bj-ftz-2024", "cn-national-2024"];
/// Stands for a scenario that no list names.
const OTHER_SCENARIO: &str = "other";

/// Everything that the user gave, read and checked.
pub(super) struct Setting {
    /// The packs, with detectors as the configuration changes them.
    pub(super) packs: Packs,
    pub(super) configuration: Option<Configuration>,
    /// The lists that were asked for.
    pub(super) lists: Vec<RulePack>,
    pub(super) facts: Facts,
    pub(super) language: Language,
}

impl Setting {
    /// Reads what `args` name; a configuration may lie beside `targets`.
    pub(super) fn load(args: &ReportArgs, targets: &[String]) -> anyhow::Result<Self> {
        let mut packs = Packs::load(&args.packs)?;
        let configuration = tuning::load(&args.tuning, targets, &mut packs.detectors)?;
        let lists = chosen_lists(&packs.rules, &args.lists)?;
        let facts = super::facts::facts(args)?;
        check_scenario(&lists, &facts)?;
        let language = args.lang.map_or_else(super::language_of_environment, Language::from);
        Ok(Self { packs, configuration, lists, facts, language })
    }

    /// What a tally made by it says of it; `areas` is their digest.
    pub(super) fn stamp(&self, areas: Option<String>, day: Date) -> Stamp {
        Stamp {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            detectors: self.packs.detectors_digest(),
            rules: self.packs.rules_digest(&self.lists),
            lists: self.lists.iter().map(|list| list.list.id.clone()).collect(),
            config: self.configuration.as_ref().map(|known| tally::digest([known.text.as_str()])),
            areas,
            day,
        }
    }
}

pub(super) fn chosen_lists(known: &[RulePack], asked: &[String]) -> anyhow::Result<Vec<RulePack>> {
    let ids: Vec<&str> =
        if asked.is_empty() { DEFAULT_LISTS.to_vec() } else { asked.iter().map(String::as_str).collect() };
    ids.into_iter()
        .map(|id| {
            known.iter().find(|pack| pack.list.id == id).cloned().with_context(|| {
                let known: Vec<&str> = known.iter().map(|pack| pack.list.id.as_str()).collect();
                format!("unknown list `{id}`; one of {}", known.join(", "))
            })
        })
        .collect()
}

/// A misspelt scenario would count as one that no list knows.
fn check_scenario(lists: &[RulePack], facts: &Facts) -> anyhow::Result<()> {
    let Some(scenario) = &facts.scenario else { return Ok(()) };
    let known = decide::scenario_ids(lists);
    anyhow::ensure!(
        scenario == OTHER_SCENARIO || known.contains(&scenario.as_str()),
        "unknown scenario `{scenario}`; one of {}, or `{OTHER_SCENARIO}` for one that no list names",
        known.join(", ")
    );
    Ok(())
}
