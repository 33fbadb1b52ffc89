//! `exportscan merge`: tallies of several scans become the report that one scan gives.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;

use super::args::MergeArgs;
use super::setting::Setting;
use super::{answer, key, year};
use crate::count::Room;
use crate::key::Seal;
use crate::tally::{self, Fold, Stamp};

/// Runs the verb.
pub(super) fn run(args: &MergeArgs) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let setting = Setting::load(&args.report, &[])?;
    let seal = key::needed(&args.key, "`merge`")?.seal();
    let pool = super::pool(args.threads)?;
    let room = super::memory::room(args.memory);
    let first = args.tallies.first().context("name the tallies to merge")?;
    check_setting(&setting, first, &tally::peek(first, &seal)?)?;
    year::check(&args.year, &seal, &setting.facts)?;
    answer::make_room(&args.report)?;
    let (stamp, tally) = pool.install(|| fold(&args.tallies, &seal, &room))?.context("name the tallies to merge")?;
    if tally.objects.is_empty() {
        anyhow::ensure!(!tally.unlisted.is_empty(), "there is nothing in the tallies: no scan found anything to read");
        return Ok(answer::nothing_read(&tally.unlisted));
    }
    let earlier = pool.install(|| year::read(&args.year, &seal, &room, &setting.facts, stamp.day))?;
    let totals = pool.install(|| answer::settle(tally, &setting, stamp.day, earlier))?;
    answer::give(setting, totals, &args.report, start)
}

/// The report must be made with what the tallies were made with. Areas are in the findings already.
pub(super) fn check_setting(setting: &Setting, first: &Path, stamp: &Stamp) -> anyhow::Result<()> {
    let day = setting.facts.date.unwrap_or(stamp.day);
    let own = setting.stamp(stamp.areas.clone(), day);
    if let Some(part) = stamp.difference(&own) {
        anyhow::bail!(
            "`{}` and this command differ in their {part}: {} and {}; {}",
            first.display(),
            stamp.said(part),
            own.said(part),
            part.hint()
        );
    }
    Ok(())
}

pub(super) fn fold(
    tallies: &[PathBuf],
    seal: &Seal,
    room: &Arc<Room>,
) -> anyhow::Result<Option<(Stamp, tally::Tally)>> {
    let mut fold = Fold::new(seal, room);
    for path in tallies {
        fold.add(path)?;
    }
    Ok(fold.finish())
}
