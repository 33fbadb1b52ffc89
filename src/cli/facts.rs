//! Reads the facts file and lays single facts from flags over it.

use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;

use super::args::ReportArgs;
use crate::model::{Exemption, Facts, Industry};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FactsFile {
    #[serde(default)]
    exporter: ExporterTable,
    #[serde(default)]
    export: ExportTable,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExporterTable {
    name: Option<String>,
    ciio: Option<bool>,
    zone_registered: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExportTable {
    industry: Option<Industry>,
    scenario: Option<String>,
    #[serde(default)]
    exemptions: Vec<Exemption>,
    important_data: Option<bool>,
    date: Option<toml::value::Datetime>,
    recipient: Option<String>,
    country: Option<String>,
}

/// The facts from file and flags; a flag wins.
pub(super) fn facts(args: &ReportArgs) -> anyhow::Result<Facts> {
    let mut facts = match &args.facts {
        Some(path) => from_file(path).with_context(|| format!("cannot use facts file `{}`", path.display()))?,
        None => Facts::default(),
    };
    facts.industry = args.industry.or(facts.industry);
    facts.scenario = args.scenario.clone().or(facts.scenario);
    facts.ciio = args.ciio.or(facts.ciio);
    facts.zone_registered = args.zone_registered.or(facts.zone_registered);
    Ok(facts)
}

fn from_file(path: &Path) -> anyhow::Result<Facts> {
    let file: FactsFile = toml::from_str(&std::fs::read_to_string(path)?)?;
    let FactsFile { exporter, export } = file;
    Ok(Facts {
        exporter: exporter.name,
        ciio: exporter.ciio,
        zone_registered: exporter.zone_registered,
        industry: export.industry,
        scenario: export.scenario,
        exemptions: export.exemptions,
        important_data: export.important_data,
        date: export.date.map(civil_date).transpose()?,
        recipient: export.recipient,
        country: export.country,
    })
}

fn civil_date(datetime: toml::value::Datetime) -> anyhow::Result<jiff::civil::Date> {
    let date = datetime.date.context("`date` needs a day, such as `2026-11-23`")?;
    let (month, day) = (i8::try_from(date.month)?, i8::try_from(date.day)?);
    Ok(jiff::civil::Date::new(i16::try_from(date.year)?, month, day)?)
}
