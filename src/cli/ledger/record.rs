//! `exportscan ledger record`: an export becomes a record, with its person keys.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;

use super::args::RecordArgs;
use super::{say, style};
use crate::cli::args::Format;
use crate::cli::setting::Setting;
use crate::cli::{EXIT_INCOMPLETE, answer, key, merge, scan, tuning, year};
use crate::count::Room;
use crate::key::{Seal, Secret};
use crate::ledger::{Access, Appended, Export, Ledger, Looked, Persons, SigningKey, Stated};
use crate::model::{Class, ClassSet};
use crate::report::{Report, ledger_recorded};
use crate::tally::{self, Cause, Stamp, Tally, Totals};

/// Runs the verb.
pub(super) fn run(args: &RecordArgs) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let secret = key::needed(&args.key, "a ledger")?;
    let seal = secret.seal();
    let signer = args.sign.as_deref().map(SigningKey::read).transpose()?;
    let tallies = tallies(&args.targets, &seal)?;
    let setting = Setting::load(&args.report, if tallies.is_empty() { &args.targets } else { &[] })?;
    year::check_entity(&Ledger::open(&args.folder, &seal, Access::Read)?, &setting.facts)?;
    answer::make_room(&args.report)?;
    let pool = crate::cli::pool(args.reading.threads)?;
    let room = crate::cli::memory::room(args.reading.memory);
    let (stamp, tally) = pool.install(|| match tallies.as_slice() {
        [] => scanned(args, &setting, &secret, &room),
        [first, ..] => {
            merge::check_setting(&setting, first, &tally::peek(first, &seal)?)?;
            merge::fold(&tallies, &seal, &room)?.context("name the tallies to record")
        }
    })?;
    let mut ledger = Ledger::open(&args.folder, &seal, Access::Append)?;
    let staged = ledger.stage(|path| tally::write(&tally, &stamp, &seal, path))?;
    let language = setting.language;
    let report = pool.install(|| {
        let earlier = year::of(&ledger, &seal, &room, stamp.day)?;
        let totals = answer::settle(tally, &setting, stamp.day, Some(earlier))?;
        anyhow::Ok(answer::decided(setting, totals))
    })?;
    let export = export(&ledger, &report, &stamp);
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let appended = ledger.append(&staged, export, now, (&seal, signer.as_ref()))?;
    if let Some(out) = &args.report.out {
        answer::write_reports(out, &report, language, start)?;
    }
    let (Appended::New(number) | Appended::Known(number)) = appended;
    let entry =
        ledger.entries().iter().find(|entry| entry.record.number == number).context("the record is not there")?;
    match args.report.format {
        Format::Json => say(&format!("{}\n", serde_json::to_string_pretty(&entry.record)?))?,
        Format::Text => say(&ledger_recorded(entry, appended, ledger.head(), language, style()))?,
    };
    Ok(if entry.record.export.coverage.complete { ExitCode::SUCCESS } else { ExitCode::from(EXIT_INCOMPLETE) })
}

/// The targets, where they are tallies; none where they are data.
fn tallies(targets: &[String], seal: &Seal) -> anyhow::Result<Vec<PathBuf>> {
    let mut tallies = Vec::new();
    for target in targets {
        let path = Path::new(target);
        let is_tally =
            path.is_file() && !matches!(tally::peek(path, seal), Err(error) if error.cause == Cause::NotATally);
        tallies.extend(is_tally.then(|| path.to_owned()));
    }
    anyhow::ensure!(
        tallies.is_empty() || tallies.len() == targets.len(),
        "some of what is named are tallies and some are data; record them one by one"
    );
    Ok(tallies)
}

fn scanned(args: &RecordArgs, setting: &Setting, secret: &Secret, room: &Arc<Room>) -> anyhow::Result<(Stamp, Tally)> {
    let (engine, areas) = scan::with_areas(setting.packs.engine()?, &args.reading)?;
    let day = setting.facts.date.unwrap_or_else(tuning::today);
    let mut listing = args.reading.places.list(&args.targets);
    if let Some(configuration) = &setting.configuration {
        tuning::leave_out(&configuration.tuning, &mut listing);
    }
    anyhow::ensure!(
        !listing.objects.is_empty(),
        "there is nothing to record in `{}`",
        crate::cli::args::shown(&args.targets)
    );
    let tally = scan::scan_listing(&args.reading, setting, &engine, (secret, room), day, listing);
    Ok((setting.stamp(areas, day), tally))
}

/// What is recorded of the export.
fn export(ledger: &Ledger, report: &Report, stamp: &Stamp) -> Export {
    let Report { facts, totals, decision, sensitive, .. } = report;
    let coverage = &totals.coverage;
    Export {
        date: stamp.day,
        entity: ledger.charter().entity.clone(),
        stated: Stated {
            ciio: facts.ciio,
            zone_registered: facts.zone_registered,
            industry: facts.industry,
            scenario: facts.scenario.clone(),
            recipient: facts.recipient.clone(),
            country: facts.country.clone(),
            exemptions: facts.exemptions.iter().copied().map(Into::into).collect(),
        },
        counts: totals.year.as_ref().is_none_or(|year| year.counts),
        list: decision.verdict.list.clone(),
        category: decision.verdict.category.id().to_owned(),
        coverage: Looked {
            complete: coverage.is_complete(),
            objects_found: coverage.objects_found,
            objects_read: coverage.objects_read,
            rows_read: coverage.rows_read,
            bytes_read: coverage.bytes_read,
        },
        persons: persons(totals, *sensitive),
        sensitive_classes: sensitive.iter().collect::<Vec<Class>>(),
    }
}

fn persons(totals: &Totals, sensitive: ClassSet) -> Persons {
    Persons {
        all: totals.census.figures(|_| true),
        sensitive: totals.census.figures(|classes| classes.intersects(sensitive)),
        non_sensitive: totals.census.figures(|classes| !classes.intersects(sensitive)),
        unattributed_rows: totals.unattributed_rows(|_| true),
    }
}
