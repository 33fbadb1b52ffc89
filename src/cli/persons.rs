//! `exportscan persons explain`: whose a value is that somebody holds, and how a scan comes to that.

use std::collections::BTreeSet;
use std::io::{BufRead as _, IsTerminal as _, Read as _, Write as _};
use std::process::ExitCode;
use std::sync::atomic::AtomicU64;

use anyhow::Context as _;

use super::EXIT_INCOMPLETE;
use super::args::PersonArgs;
use super::load::Packs;
use super::progress::Bar;
use super::{facts, scan as scan_verb, tuning};
use crate::count::{Mentions, trace};
use crate::decide;
use crate::detect::{self, Engine};
use crate::model::{Language, Masked, Problem, Severity};
use crate::pack::RulePack;
use crate::read::{self, Listing};
use crate::report::{self, Explained, Ruled};
use crate::scan::{self, Progress, Scan};
use crate::tally::Tally;
use crate::tune::Tuning;

/// No identifier is longer, and nothing that is typed by mistake is worth more memory.
const LONGEST_VALUE: u64 = 4096;

/// Runs the verb.
pub(super) fn explain(args: &PersonArgs) -> anyhow::Result<ExitCode> {
    let language = args.lang.map_or_else(super::language_of_environment, Language::from);
    let mut packs = Packs::load(&args.packs)?;
    let tuning = tuning::load(&args.tuning, &args.targets, &mut packs.detectors)?;
    let engine = packs.engine()?;
    let lists = scan_verb::chosen_lists(&packs.rules, &args.lists)?;
    let mut facts = facts::of_file(args.facts.as_deref())?;
    facts.industry = args.industry.or(facts.industry);
    let mut listing = read::list(&args.targets);
    if let Some(tuning) = &tuning {
        tuning::leave_out(tuning, &mut listing);
    }
    anyhow::ensure!(!listing.objects.is_empty(), "there is nothing to scan in `{}`", args.targets.join("`, `"));
    let value = held_value(language)?;
    let ruled = |pack: &RulePack| Ruled {
        list: pack.list.id.clone(),
        sensitive: decide::sensitive_classes(pack, facts.industry),
    };
    let question = Question {
        engine: &engine,
        tuning: tuning.as_ref(),
        date: facts.date.unwrap_or_else(tuning::today),
        value: &value,
        lists: lists.iter().map(ruled).collect(),
        asks_in_general: facts.industry.is_none(),
    };
    let explained = answer(args, question, listing)?;
    let stdout = std::io::stdout();
    let text = report::person(&explained, language, super::style_of(stdout.is_terminal()));
    super::tolerate_closed_pipe(stdout.lock().write_all(text.as_bytes()))?;
    Ok(if explained.unread > 0 { ExitCode::from(EXIT_INCOMPLETE) } else { ExitCode::SUCCESS })
}

/// The value from standard input, asked for where that is a terminal. No error quotes it.
fn held_value(language: Language) -> anyhow::Result<Vec<u8>> {
    let stdin = std::io::stdin();
    let mut typed = Vec::new();
    if stdin.is_terminal() {
        let prompt = language.pick(("所持的值：", "the value you hold: "));
        let mut stderr = std::io::stderr().lock();
        let _ = stderr.write_all(prompt.as_bytes()).and_then(|()| stderr.flush());
        stdin.lock().take(LONGEST_VALUE + 1).read_until(b'\n', &mut typed)
    } else {
        stdin.lock().take(LONGEST_VALUE + 1).read_to_end(&mut typed)
    }
    .context("cannot read the value from standard input")?;
    anyhow::ensure!(
        typed.len() as u64 <= LONGEST_VALUE,
        "what stands on standard input is no one value; give a single line of at most {LONGEST_VALUE} bytes"
    );
    let mut lines = typed.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let value = lines.next().context("there is no value on standard input; type it, or pipe it in from a file")?;
    anyhow::ensure!(lines.next().is_none(), "there is more than one line on standard input; give one value at a time");
    Ok(value.to_vec())
}

/// What is asked, and what the answer depends on.
struct Question<'a> {
    engine: &'a Engine,
    tuning: Option<&'a Tuning>,
    date: jiff::civil::Date,
    value: &'a [u8],
    lists: Vec<Ruled>,
    asks_in_general: bool,
}

/// Scans with a fresh key, and looks for what a scan makes of the value.
fn answer(args: &PersonArgs, question: Question<'_>, listing: Listing) -> anyhow::Result<Explained> {
    let Question { engine, tuning, date, value, lists, asks_in_general } = question;
    let fingerprinter = scan_verb::fresh_fingerprinter()?;
    let objects = listing.objects.len() as u64;
    let bar = Bar::new(listing.objects.iter().map(|object| object.bytes).sum(), objects, args.no_progress);
    let done = AtomicU64::new(0);
    let progress = |progress: Progress| bar.note(progress, &done, objects);
    let job = Scan {
        engine,
        fingerprinter: &fingerprinter,
        minor_after: scan_verb::minor_after(date),
        tuning: tuning.map(|tuning| (tuning, date)),
        reading: read::Options::default(),
        progress: &progress,
    };
    let pool = scan_verb::pool(args.threads)?;
    let tallies: Vec<(String, Tally)> =
        pool.install(|| scan::scan_by_data_set(&job, listing.objects)).into_iter().collect();
    bar.finish();
    let found = found_detectors(&tallies);
    let held = detect::held(engine, &fingerprinter, value, &found);
    let is_unread = |problem: &&Problem| problem.code.severity() == Severity::Unread;
    let problems = tallies.iter().flat_map(|(_, tally)| &tally.coverage.problems).chain(&listing.problems);
    let unread: BTreeSet<&str> = problems.filter(is_unread).map(|problem| problem.object.as_str()).collect();
    let unread = unread.len() as u64;
    let (data_sets, mentions): (Vec<String>, Vec<Mentions>) =
        tallies.into_iter().map(|(name, tally)| (name, tally.mentions)).unzip();
    let traces: Vec<trace::Trace> =
        pool.install(|| held.keys.iter().filter_map(|key| trace::trace(&mentions, *key)).collect());
    Ok(Explained {
        value: Masked::new(value),
        kinds: held.kinds,
        is_filler: held.is_filler && traces.is_empty(),
        found: traces,
        data_sets,
        lists,
        asks_in_general,
        unread,
    })
}

/// The data sets with the detectors that found something there.
fn found_detectors(tallies: &[(String, Tally)]) -> BTreeSet<(&str, &str)> {
    let mut found = BTreeSet::new();
    for (name, tally) in tallies {
        let columns = tally.objects.iter().flat_map(|object| &object.columns);
        let findings = columns.flat_map(|column| &column.classes);
        found.extend(findings.map(|finding| (name.as_str(), finding.detector.as_str())));
    }
    found
}
