//! `exportscan ledger status`: where a year stands.

use std::process::ExitCode;

use jiff::civil::{Date, date};

use super::args::StatusArgs;
use super::{language, say, sealing, style};
use crate::cli::load::Packs;
use crate::cli::setting::{Setting, chosen_lists};
use crate::cli::{answer, tuning, year};
use crate::ledger::{Access, Ledger, of_year};
use crate::model::Facts;
use crate::report::{LedgerStatus, ledger_status};
use crate::tally::{Tally, Totals};

/// Runs the verb.
pub(super) fn run(args: &StatusArgs) -> anyhow::Result<ExitCode> {
    let seal = sealing(&args.key)?;
    let packs = Packs::load(&args.packs)?;
    let lists = chosen_lists(&packs.rules, &args.lists)?;
    let language = language(args.lang);
    let ledger = Ledger::open(&args.folder, &seal, Access::Read)?;
    let day = day(args.year);
    let records: Vec<_> = of_year(&ledger, day.year()).collect();
    let facts = facts(args, &records, day);
    let room = crate::cli::memory::room(None);
    let totals = Tally::default().settle_in_year(year::of(&ledger, &seal, &room, day)?)?;
    // The lists are applied to the persons of the year: there are no other data at hand.
    let census = totals.year.as_ref().map(|year| year.before.census.clone()).unwrap_or_default();
    let totals = Totals { census, ..totals };
    let setting = Setting { packs, configuration: None, lists, facts, language };
    let report = answer::decided(setting, totals);
    let entity = &ledger.charter().entity;
    say(&ledger_status(&LedgerStatus { entity, year: day.year(), records, report }, language, style()))
}

/// Today; of another year the last day.
fn day(year: Option<i16>) -> Date {
    let today = tuning::today();
    year.filter(|year| *year != today.year()).map_or(today, |year| date(year, 12, 31))
}

/// What the records of the year state, as far as it bears on the lists.
fn facts(args: &StatusArgs, records: &[&crate::ledger::Record], day: Date) -> Facts {
    let last = records.last().map(|record| &record.export.stated);
    Facts {
        industry: args.industry.or(last.and_then(|stated| stated.industry)),
        scenario: last.and_then(|stated| stated.scenario.clone()).filter(|_| args.industry.is_none()),
        ciio: last.and_then(|stated| stated.ciio),
        zone_registered: last.and_then(|stated| stated.zone_registered),
        date: Some(day),
        ..Facts::default()
    }
}
