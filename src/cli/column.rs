//! `exportscan explain --column`: replays how one column of a file is judged.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use super::args::ExplainArgs;
use super::load::Packs;
use super::tuning;
use crate::model::{Language, Problem};
use crate::scan::{self, NotTraced, Scan};
use crate::{read, report};

/// So many columns are named where the one that was asked for is not there.
const NAMED: usize = 60;

/// Runs the verb for a column by name or number.
pub(super) fn run(args: &ExplainArgs, file: &str, column: &str, language: Language) -> anyhow::Result<ExitCode> {
    let mut packs = Packs::load(&args.packs)?;
    let targets = [file.to_owned()];
    let config = tuning::load(&args.tuning, &targets, &mut packs.detectors)?.map(|config| config.tuning);
    let engine = packs.engine()?;
    let listing = read::list(&targets);
    let object = match (listing.objects.as_slice(), listing.problems.first()) {
        ([object], None) => object,
        ([_, _, ..], _) => anyhow::bail!("`{file}` is more than one file; name the one that has the column"),
        (_, Some(problem)) => return Err(unread(problem)),
        ([], None) => anyhow::bail!("there is no file in `{file}`"),
    };
    let fingerprinter = super::key::draw()?.fingerprinter();
    let scan = Scan {
        engine: &engine,
        fingerprinter: &fingerprinter,
        room: &super::memory::room(None),
        minor_after: 0,
        tuning: config.as_ref().map(|config| (config, tuning::today())),
        reading: read::Options::default(),
        progress: &|_| {},
    };
    let trace = scan::trace_column(&scan, object, &|names| place(names, column)).map_err(|error| match error {
        NotTraced::Unread(problem) => unread(&problem),
        NotTraced::NoColumn(names) => no_column(file, column, &names),
    })?;
    let stdout = std::io::stdout();
    let style = super::style_of(stdout.is_terminal());
    let text = report::column(&trace, config.as_ref().map(|config| config.file.as_str()), language, style);
    super::tolerate_closed_pipe(stdout.lock().write_all(text.as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}

/// The column with this name; where there is none, the one with this number.
fn place(names: &[String], column: &str) -> Option<usize> {
    let number = || column.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < names.len());
    names.iter().position(|name| name == column).or_else(number)
}

fn unread(problem: &Problem) -> anyhow::Error {
    anyhow::anyhow!("{}: {} ({})", problem.object, problem.message, problem.code.id())
}

fn no_column(file: &str, column: &str, names: &[String]) -> anyhow::Error {
    let named: Vec<String> =
        names.iter().take(NAMED).enumerate().map(|(at, name)| format!("{} {}", at + 1, report::fit(name))).collect();
    let more = names.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    anyhow::anyhow!("`{file}` has no column `{}`; it has {}{more}", report::fit(column), named.join(", "))
}
