//! `exportscan scan`: what was typed becomes a scan, and a report or a tally.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Instant;

use anyhow::Context as _;
use jiff::civil::Date;

use super::args::{ReadingArgs, ScanArgs};
use super::progress::Bar;
use super::setting::Setting;
use super::{EXIT_INCOMPLETE, answer, key, tuning, year};
use crate::count::Room;
use crate::detect::{Areas, Engine};
use crate::key::Secret;
use crate::model::Language;
use crate::pack::{self, PackFile};
use crate::read::{self, Listing};
use crate::scan::{self, Progress, Scan};
use crate::tally::{self, Stamp, Tally};

/// Personal information of anyone younger is sensitive (PIPL art. 28).
const MINOR_YEARS: i16 = 14;

/// Runs the verb, on as many threads as were asked for.
pub(super) fn run(args: &ScanArgs) -> anyhow::Result<ExitCode> {
    super::pool(args.reading.threads)?.install(|| run_here(args))
}

fn run_here(args: &ScanArgs) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let setting = Setting::load(&args.report, &args.targets)?;
    let (engine, areas) = with_areas(setting.packs.engine()?, &args.reading)?;
    // It is needed to the end of the process, which lets go of all memory at once.
    let engine: &Engine = Box::leak(Box::new(engine));
    let day = setting.facts.date.unwrap_or_else(tuning::today);
    let mut listing = args.reading.places.list(&args.targets);
    if let Some(configuration) = &setting.configuration {
        tuning::leave_out(&configuration.tuning, &mut listing);
    }
    let room = super::memory::room(args.reading.memory);
    if let Some(partial) = &args.partial {
        let secret = key::needed(&args.key, "`--partial`")?;
        // Better known before the scan than after it.
        tally::check_place(partial)?;
        let tally = scan_listing(&args.reading, &setting, engine, (&secret, &room), day, listing);
        return write_partial(&tally, &setting.stamp(areas, day), &secret, partial, setting.language);
    }
    if listing.objects.is_empty() {
        anyhow::ensure!(
            !listing.problems.is_empty(),
            "there is nothing to scan in `{}`",
            super::args::shown(&args.targets)
        );
        return Ok(answer::nothing_read(&listing.problems));
    }
    let secret = match &args.year.ledger {
        Some(_) => key::needed(&args.key, "`--ledger`")?,
        None => key::given(&args.key)?.map_or_else(key::draw, Ok)?,
    };
    year::check(&args.year, &secret.seal(), &setting.facts)?;
    answer::make_room(&args.report)?;
    let tally = scan_listing(&args.reading, &setting, engine, (&secret, &room), day, listing);
    let earlier = year::read(&args.year, &secret.seal(), &room, &setting.facts, day)?;
    let totals = answer::settle(tally, &setting, day, earlier)?;
    answer::give(setting, totals, &args.report, start)
}

/// The engine with the areas that the user brings, and their digest.
pub(super) fn with_areas(engine: Engine, args: &ReadingArgs) -> anyhow::Result<(Engine, Option<String>)> {
    let Some(path) = &args.areas else { return Ok((engine, None)) };
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let digest = tally::digest([text.as_str(), &args.areas_margin.to_string()]);
    let areas = pack::parse_areas(&PackFile { name: path.display().to_string(), text })?;
    Ok((engine.with_areas(Areas::new(&areas, args.areas_margin)), Some(digest)))
}

pub(super) fn scan_listing(
    args: &ReadingArgs,
    setting: &Setting,
    engine: &Engine,
    (secret, room): (&Secret, &Arc<Room>),
    day: Date,
    listing: Listing,
) -> Tally {
    let objects = listing.objects.len() as u64;
    let bar = Bar::new(listing.objects.iter().map(|object| object.bytes).sum(), objects, args.no_progress);
    let done = AtomicU64::new(0);
    let job = Scan {
        engine,
        fingerprinter: &secret.fingerprinter(),
        room,
        minor_after: minor_after(day),
        tuning: setting.configuration.as_ref().map(|configuration| (&configuration.tuning, day)),
        reading: read::Options::default(),
        progress: &|progress: Progress| bar.note(progress, &done, objects),
    };
    let tally = scan::scan(&job, listing);
    bar.finish();
    tally
}

fn write_partial(
    tally: &Tally,
    stamp: &Stamp,
    secret: &Secret,
    file: &Path,
    language: Language,
) -> anyhow::Result<ExitCode> {
    tally::write(tally, stamp, &secret.seal(), file)?;
    let (objects, mentions) = (tally.objects.len(), tally.mentions.len());
    let (file, key) = (file.display(), secret.id());
    let said = match language {
        Language::Zh => format!("`{file}`：对象 {objects} 个，不同的“提及” {mentions} 条，密钥 {key}\n"),
        Language::En => format!("`{file}`: objects {objects}, distinct mentions {mentions}, key {key}\n"),
    };
    super::tolerate_closed_pipe(std::io::stdout().lock().write_all(said.as_bytes()))?;
    Ok(if tally.is_complete() { ExitCode::SUCCESS } else { ExitCode::from(EXIT_INCOMPLETE) })
}

/// Whoever was born after this day, as the number `YYYYMMDD`, is under 14 on `date`.
pub(super) fn minor_after(date: Date) -> u32 {
    let number = |part: i16| u32::try_from(part).unwrap_or(0);
    number(date.year() - MINOR_YEARS) * 10_000 + number(date.month().into()) * 100 + number(date.day().into())
}

#[cfg(test)]
mod tests {
    use super::minor_after;

    #[test]
    fn under_fourteen_counts_from_the_birthday() {
        assert_eq!(minor_after(jiff::civil::date(2026, 11, 23)), 20_121_123);
    }
}
