//! `--ledger`: the year's earlier exports, read for the day of the data at hand.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use jiff::civil::Date;

use super::args::YearArgs;
use crate::count::Room;
use crate::key::Seal;
use crate::ledger::{Access, Ledger, earlier};
use crate::model::Facts;
use crate::tally::{self, Earlier};

/// Looks whether the ledger can be used, before anything is done that would be lost otherwise.
pub(super) fn check(args: &YearArgs, seal: &Seal, facts: &Facts) -> anyhow::Result<()> {
    let Some(folder) = &args.ledger else { return Ok(()) };
    open(folder, seal, facts).map(drop)
}

/// What the ledger holds of the year of `day`; `None` where none is asked for.
pub(super) fn read(
    args: &YearArgs,
    seal: &Seal,
    room: &Arc<Room>,
    facts: &Facts,
    day: Date,
) -> anyhow::Result<Option<Earlier>> {
    let Some(folder) = &args.ledger else { return Ok(None) };
    of(&open(folder, seal, facts)?, seal, room, day).map(Some)
}

/// What an open ledger holds of the year of `day`.
pub(super) fn of(ledger: &Ledger, seal: &Seal, room: &Arc<Room>, day: Date) -> anyhow::Result<Earlier> {
    earlier(ledger, day, |path: &Path| {
        let (_, tally) = tally::read(path, seal, room).context("a tally of the ledger cannot be used")?;
        Ok(tally)
    })
}

fn open(folder: &Path, seal: &Seal, facts: &Facts) -> anyhow::Result<Ledger> {
    let ledger = Ledger::open(folder, seal, Access::Read)?;
    check_entity(&ledger, facts)?;
    Ok(ledger)
}

/// A ledger is of one legal entity: who is not named is taken for it, because its ledger was.
pub(super) fn check_entity(ledger: &Ledger, facts: &Facts) -> anyhow::Result<()> {
    Ok(ledger.check_entity(facts.exporter.as_deref().unwrap_or(&ledger.charter().entity))?)
}
