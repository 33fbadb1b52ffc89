//! `exportscan scan`: what was typed becomes a scan, a decision and reports.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::AtomicU64;
use std::time::Instant;

use anyhow::Context as _;

use super::args::{Format, ScanArgs};
use super::load::Packs;
use super::progress::Bar;
use super::tuning;
use super::{EXIT_INCOMPLETE, EXIT_NOTHING_DONE, EXIT_REACHED};
use crate::decide::{self, Category};
use crate::detect::{Areas, Engine};
use crate::model::{ClassSet, Facts, Fingerprinter, Language};
use crate::pack::{self, PackFile, RulePack};
use crate::report::{self, Report};
use crate::scan::{Progress, Scan};
use crate::tally::Totals;
use crate::tune::Tuning;
use crate::{read, scan};

/// The lists that speak unless others are named: the zone's, and the national rules where it is silent.
const DEFAULT_LISTS: [&str; 2] = ["cn-bj-ftz-2024", "cn-national-2024"];
/// Stands for a scenario that no list names.
const OTHER_SCENARIO: &str = "other";
/// A thread that waits for the parts of one object may begin others on the same stack.
const STACK_BYTES: usize = 64 << 20;
/// Personal information of anyone younger is sensitive (PIPL art. 28).
const MINOR_YEARS: i16 = 14;

/// Runs the verb.
pub(super) fn run(args: &ScanArgs) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let mut packs = Packs::load(&args.packs)?;
    let tuning = tuning::load(&args.tuning, &args.targets, &mut packs.detectors)?;
    let engine = with_areas(packs.engine()?, args)?;
    let lists = chosen_lists(&packs.rules, &args.lists)?;
    let facts = super::facts::facts(args)?;
    check_scenario(&lists, &facts)?;
    let language = args.lang.map_or_else(super::language_of_environment, Language::from);
    let mut listing = read::list(&args.targets);
    if let Some(tuning) = &tuning {
        tuning::leave_out(tuning, &mut listing);
    }
    if listing.objects.is_empty() {
        for problem in &listing.problems {
            super::complain(&format!("{}: {} ({})", problem.object, problem.message, problem.code.id()));
        }
        anyhow::ensure!(!listing.problems.is_empty(), "there is nothing to scan in `{}`", args.targets.join("`, `"));
        return Ok(ExitCode::from(EXIT_NOTHING_DONE));
    }
    if let Some(out) = &args.out {
        std::fs::create_dir_all(out).with_context(|| format!("cannot create `{}`", out.display()))?;
    }
    let totals = scan_listing(args, &engine, &facts, tuning.as_ref(), listing)?;
    let decision = decide::decide(&lists, &totals, &facts);
    let sensitive = sensitive_set(&lists, &decision.verdict.list, &facts);
    let scenarios = lists
        .iter()
        .flat_map(|list| &list.industry)
        .flat_map(|industry| &industry.scenarios)
        .map(|scenario| (scenario.id.clone(), scenario.title.clone()))
        .collect();
    let report = Report { facts, totals, decision, sensitive, scenarios, tuning };
    if let Some(out) = &args.out {
        write_reports(out, &report, language, start)?;
    }
    print(args, &report, language)?;
    Ok(exit_code(&report))
}

/// The engine with the areas that the user brings.
fn with_areas(engine: Engine, args: &ScanArgs) -> anyhow::Result<Engine> {
    let Some(path) = &args.areas else { return Ok(engine) };
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let areas = pack::parse_areas(&PackFile { name: path.display().to_string(), text })?;
    Ok(engine.with_areas(Areas::new(&areas, args.areas_margin)))
}

/// The lists that were asked for, or those that speak without it.
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

fn scan_listing(
    args: &ScanArgs,
    engine: &Engine,
    facts: &Facts,
    tuning: Option<&Tuning>,
    listing: read::Listing,
) -> anyhow::Result<Totals> {
    let fingerprinter = fresh_fingerprinter()?;
    let objects = listing.objects.len() as u64;
    let bar = Bar::new(listing.objects.iter().map(|object| object.bytes).sum(), objects, args.no_progress);
    let done = AtomicU64::new(0);
    let progress = |progress: Progress| bar.note(progress, &done, objects);
    let date = facts.date.unwrap_or_else(tuning::today);
    let job = Scan {
        engine,
        fingerprinter: &fingerprinter,
        minor_after: minor_after(date),
        tuning: tuning.map(|tuning| (tuning, date)),
        reading: read::Options::default(),
        progress: &progress,
    };
    let pool = pool(args.threads)?;
    let mut tally = pool.install(|| scan::scan(&job, listing));
    bar.finish();
    if let Some(tuning) = tuning {
        let remarks = tuning.remarks(date, &tally.entries, &tally.objects, &tally.coverage);
        tally.coverage.problems.extend(remarks);
    }
    Ok(pool.install(|| tally.settle()))
}

/// Makes keys with a secret that is drawn now and forgotten at the end.
pub(super) fn fresh_fingerprinter() -> anyhow::Result<Fingerprinter> {
    let mut secret = [0; 16];
    getrandom::fill(&mut secret).context("cannot draw a secret key from the system")?;
    Ok(Fingerprinter::new(&secret))
}

/// So many threads, or as many as there are cores.
pub(super) fn pool(threads: Option<std::num::NonZeroUsize>) -> anyhow::Result<rayon::ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads.map_or(0, std::num::NonZeroUsize::get))
        .stack_size(STACK_BYTES)
        .build()
        .context("cannot start threads")
}

/// Whoever was born after this day, as the number `YYYYMMDD`, is under 14 on `date`.
pub(super) fn minor_after(date: jiff::civil::Date) -> u32 {
    let number = |part: i16| u32::try_from(part).unwrap_or(0);
    number(date.year() - MINOR_YEARS) * 10_000 + number(date.month().into()) * 100 + number(date.day().into())
}

/// What the list that speaks takes for sensitive personal information.
fn sensitive_set(lists: &[RulePack], speaks: &str, facts: &Facts) -> ClassSet {
    let list = lists.iter().find(|pack| pack.list.id == speaks).or(lists.first());
    list.map_or(ClassSet::EMPTY, |pack| decide::sensitive_classes(pack, facts.industry))
}

fn write_reports(out: &Path, report: &Report, language: Language, start: Instant) -> anyhow::Result<()> {
    let write = |name: &str, text: String| {
        let path = out.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))
    };
    write("report.json", report::json(report))?;
    write("report.html", report::html(report, language))?;
    let seconds = start.elapsed().as_secs_f64();
    let run = serde_json::json!({
        "schema": "exportscan.run/1",
        "finished": jiff::Timestamp::now().to_string(),
        "seconds": (seconds * 1000.0).round() / 1000.0,
        "bytes_per_second": (report.totals.coverage.bytes_read as f64 / seconds).round(),
        "rows_per_second": (report.totals.coverage.rows_read as f64 / seconds).round(),
        "threads": rayon::current_num_threads(),
    });
    write("run.json", format!("{run:#}\n"))
}

fn print(args: &ScanArgs, report: &Report, language: Language) -> anyhow::Result<()> {
    let stdout = std::io::stdout();
    let text = match args.format {
        Format::Json => report::json(report),
        Format::Text => report::text(report, language, super::style_of(stdout.is_terminal())),
    };
    super::tolerate_closed_pipe(stdout.lock().write_all(text.as_bytes()))
}

fn exit_code(report: &Report) -> ExitCode {
    match report.decision.verdict.category {
        Category::I | Category::II | Category::Undetermined => ExitCode::from(EXIT_REACHED),
        Category::None | Category::NotApplicable if report.totals.coverage.is_complete() => ExitCode::SUCCESS,
        Category::None | Category::NotApplicable => ExitCode::from(EXIT_INCOMPLETE),
    }
}

#[cfg(test)]
mod tests {
    use super::minor_after;

    #[test]
    fn under_fourteen_counts_from_the_birthday() {
        assert_eq!(minor_after(jiff::civil::date(2026, 11, 23)), 20_121_123);
    }
}
