//! From a tally to what the user gets: the decision, the reports and the exit status.

use std::collections::BTreeSet;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context as _;
use jiff::civil::Date;

use super::args::{Format, ReportArgs};
use super::setting::Setting;
use super::{EXIT_INCOMPLETE, EXIT_NOTHING_DONE, EXIT_REACHED};
use crate::decide::{self, Category};
use crate::model::{ClassSet, Facts, Language, Problem};
use crate::pack::RulePack;
use crate::report::{self, Report};
use crate::tally::{Earlier, Tally, Totals};

/// Links, counts, and says which entries of the configuration did nothing on `day`.
/// `earlier` is what a ledger holds of the year.
pub(super) fn settle(tally: Tally, setting: &Setting, day: Date, earlier: Option<Earlier>) -> anyhow::Result<Totals> {
    let entries = tally.entries();
    let mut totals = match earlier {
        Some(earlier) => tally.settle_in_year(earlier)?,
        None => tally.settle()?,
    };
    if let Some(configuration) = &setting.configuration {
        let remarks = configuration.tuning.remarks(day, &entries, &totals.objects, &totals.coverage);
        totals.coverage.problems.extend(remarks);
        totals.coverage.settle();
    }
    Ok(totals)
}

/// Makes the folder for reports, before anything is done that would be lost without it.
pub(super) fn make_room(args: &ReportArgs) -> anyhow::Result<()> {
    let Some(out) = &args.out else { return Ok(()) };
    std::fs::create_dir_all(out).with_context(|| format!("cannot create `{}`", out.display()))
}

/// Says why no object was found at all.
pub(super) fn nothing_read(problems: &[Problem]) -> ExitCode {
    for problem in BTreeSet::from_iter(problems) {
        super::complain(&format!("{}: {} ({})", problem.object, problem.message, problem.code.id()));
    }
    ExitCode::from(EXIT_NOTHING_DONE)
}

/// Decides and reports; `start` is when the work began.
pub(super) fn give(setting: Setting, totals: Totals, args: &ReportArgs, start: Instant) -> anyhow::Result<ExitCode> {
    let language = setting.language;
    let report = decided(setting, totals);
    if let Some(out) = &args.out {
        write_reports(out, &report, language, start)?;
    }
    print(args, &report, language)?;
    Ok(ExitCode::from(exit_status(&report)))
}

/// Decides.
pub(super) fn decided(setting: Setting, mut totals: Totals) -> Report {
    let Setting { configuration, lists, facts, .. } = setting;
    let mut decision = decide::decide(&lists, &totals, &facts);
    let counts = decide::counts_in_year(&facts, &decision);
    if let Some(year) = totals.year.as_mut().filter(|year| year.counts != counts) {
        year.counts = counts;
        decision = decide::decide(&lists, &totals, &facts);
    }
    let sensitive = sensitive_set(&lists, &decision.verdict.list, &facts);
    let scenarios = lists
        .iter()
        .flat_map(|list| &list.industry)
        .flat_map(|industry| &industry.scenarios)
        .map(|scenario| (scenario.id.clone(), scenario.title.clone()))
        .collect();
    let tuning = configuration.map(|configuration| configuration.tuning);
    Report { facts, totals, decision, sensitive, scenarios, tuning }
}

/// What the list that speaks takes for sensitive personal information.
fn sensitive_set(lists: &[RulePack], speaks: &str, facts: &Facts) -> ClassSet {
    let list = lists.iter().find(|pack| pack.list.id == speaks).or(lists.first());
    list.map_or(ClassSet::EMPTY, |pack| decide::sensitive_classes(pack, facts.industry))
}

pub(super) fn write_reports(out: &Path, report: &Report, language: Language, start: Instant) -> anyhow::Result<()> {
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

fn print(args: &ReportArgs, report: &Report, language: Language) -> anyhow::Result<()> {
    let stdout = std::io::stdout();
    let text = match args.format {
        Format::Json => report::json(report),
        Format::Text => report::text(report, language, super::style_of(stdout.is_terminal())),
    };
    super::tolerate_closed_pipe(stdout.lock().write_all(text.as_bytes()))
}

/// The exit status that a report comes to.
pub(super) fn exit_status(report: &Report) -> u8 {
    match report.decision.verdict.category {
        Category::I | Category::II | Category::Undetermined => EXIT_REACHED,
        Category::None | Category::NotApplicable if report.totals.coverage.is_complete() => 0,
        Category::None | Category::NotApplicable => EXIT_INCOMPLETE,
    }
}
