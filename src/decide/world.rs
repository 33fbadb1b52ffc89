//! Every way the facts can be, given those that are known.

use crate::model::{Facts, Industry};
use crate::pack::{About, RowSpec, RulePack};

/// A fact that can decide whether a row speaks, in the order in which an officer is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fact {
    /// Whether the exporter operates critical information infrastructure.
    Ciio,
    /// Whether the exporter is registered in the zone.
    Zone,
    /// The industry.
    Industry,
    /// The scenario.
    Scenario,
}

impl Fact {
    /// All of them, in order.
    pub(super) const ALL: [Self; 4] = [Self::Ciio, Self::Zone, Self::Industry, Self::Scenario];

    /// The key of a branch.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Ciio => "ciio",
            Self::Zone => "zone_registered",
            Self::Industry => "industry",
            Self::Scenario => "scenario",
        }
    }

    /// The path in a facts file.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Ciio => "exporter.ciio",
            Self::Zone => "exporter.zone_registered",
            Self::Industry => "export.industry",
            Self::Scenario => "export.scenario",
        }
    }

    /// Whether the facts leave it open.
    pub(super) fn is_missing(self, facts: &Facts) -> bool {
        match self {
            Self::Ciio => facts.ciio.is_none(),
            Self::Zone => facts.zone_registered.is_none(),
            Self::Industry => facts.industry.is_none(),
            Self::Scenario => facts.scenario.is_none(),
        }
    }
}

/// What a branch calls a scenario that no list names.
pub(super) const OTHER_SCENARIO: &str = "other";

/// The facts that decide, all of them known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct World<'a> {
    /// Whether the exporter operates critical information infrastructure.
    pub(super) ciio: bool,
    /// Whether the exporter is registered in the zone.
    pub(super) zone: bool,
    /// The industry.
    pub(super) industry: Industry,
    /// The scenario; `None` is one that no list names.
    pub(super) scenario: Option<&'a str>,
}

impl World<'_> {
    /// The value of a fact, as branches spell it.
    pub(super) fn value(&self, fact: Fact) -> String {
        match fact {
            Fact::Ciio => self.ciio.to_string(),
            Fact::Zone => self.zone.to_string(),
            Fact::Industry => self.industry.id().to_owned(),
            Fact::Scenario => self.scenario.unwrap_or(OTHER_SCENARIO).to_owned(),
        }
    }

    /// Whether the two are alike in a fact.
    fn is_alike_in(&self, other: &Self, fact: Fact) -> bool {
        match fact {
            Fact::Ciio => self.ciio == other.ciio,
            Fact::Zone => self.zone == other.zone,
            Fact::Industry => self.industry == other.industry,
            Fact::Scenario => self.scenario == other.scenario,
        }
    }

    /// Whether the two differ in this fact alone. Industries differ in their scenarios by nature.
    pub(super) fn is_apart_only_in(&self, other: &Self, fact: Fact) -> bool {
        let by_nature = |also: Fact| fact == Fact::Industry && also == Fact::Scenario;
        Fact::ALL.into_iter().all(|also| {
            let alike = self.is_alike_in(other, also);
            if also == fact { !alike } else { alike || by_nature(also) }
        })
    }
}

/// Every way the facts can be, in the order of an officer's questions.
pub(super) fn worlds<'a>(packs: &'a [RulePack], facts: &'a Facts) -> Vec<World<'a>> {
    let both = |known: Option<bool>| known.map_or_else(|| vec![true, false], |value| vec![value]);
    let industries = facts.industry.map_or_else(|| Industry::ALL.to_vec(), |industry| vec![industry]);
    let mut all = Vec::new();
    for ciio in both(facts.ciio) {
        for zone in both(facts.zone_registered) {
            for &industry in &industries {
                for scenario in scenarios(packs, facts, industry) {
                    all.push(World { ciio, zone, industry, scenario });
                }
            }
        }
    }
    all
}

/// The scenarios that an export of this industry can be in; the last is any that no list names.
fn scenarios<'a>(packs: &'a [RulePack], facts: &'a Facts, industry: Industry) -> Vec<Option<&'a str>> {
    if let Some(given) = &facts.scenario {
        return vec![Some(given)];
    }
    let mut named = Vec::new();
    for spec in packs.iter().flat_map(|pack| &pack.industry).filter(|spec| spec.id == industry) {
        for scenario in &spec.scenarios {
            if !named.contains(&Some(scenario.id.as_str())) {
                named.push(Some(scenario.id.as_str()));
            }
        }
    }
    named.push(None);
    named
}

/// What a list speaks of in a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Speech {
    /// Personal information.
    pub(super) personal: bool,
    /// Important data.
    pub(super) important: bool,
}

/// What each list speaks of in a world. `excluded` tells rows that do not fit the data at hand.
pub(super) fn speeches(packs: &[RulePack], world: &World<'_>, excluded: &dyn Fn(&RowSpec) -> bool) -> Vec<Speech> {
    let own: Vec<Speech> = packs.iter().map(|pack| speech(pack, world, excluded)).collect();
    let spoken = |what: fn(&Speech) -> bool| {
        packs.iter().zip(&own).any(|(pack, speech)| !pack.list.applies.residual && what(speech))
    };
    let taken = Speech { personal: spoken(|speech| speech.personal), important: spoken(|speech| speech.important) };
    packs
        .iter()
        .zip(&own)
        .map(|(pack, speech)| {
            let residual = pack.list.applies.residual;
            Speech {
                personal: speech.personal && !(residual && taken.personal),
                important: speech.important && !(residual && taken.important),
            }
        })
        .collect()
}

fn speech(pack: &RulePack, world: &World<'_>, excluded: &dyn Fn(&RowSpec) -> bool) -> Speech {
    let applies = &pack.list.applies;
    let important = applies.zone_registered.is_none_or(|needed| needed == world.zone);
    let industry = applies.industries.is_empty() || applies.industries.contains(&world.industry);
    let scenario = pack
        .industry
        .iter()
        .filter(|spec| spec.id == world.industry && spec.scenario_bound)
        .all(|spec| world.scenario.is_some_and(|given| spec.scenarios.iter().any(|scenario| scenario.id == given)));
    Speech { personal: important && industry && scenario && fits_some_row(pack, world, excluded), important }
}

/// Whether not every row that counts persons here leaves out data like those at hand: then the list has nothing to
/// say of them.
fn fits_some_row(pack: &RulePack, world: &World<'_>, excluded: &dyn Fn(&RowSpec) -> bool) -> bool {
    let mut counting = pack
        .row
        .iter()
        .filter(|row| row.about == About::Personal && row.industry.is_some() && row.persons.is_some())
        .filter(|row| concerns(row, world))
        .peekable();
    counting.peek().is_none() || counting.any(|row| !excluded(row))
}

/// Whether a row speaks of exporters and exports like this one, if its list does.
pub(super) fn concerns(row: &RowSpec, world: &World<'_>) -> bool {
    row.industry.is_none_or(|industry| industry == world.industry)
        && (row.scenarios.is_empty()
            || world.scenario.is_some_and(|given| row.scenarios.iter().any(|scenario| scenario == given)))
        && row.only_ciio.is_none_or(|ciio| ciio == world.ciio)
}
