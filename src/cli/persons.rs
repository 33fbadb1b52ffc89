//! `exportscan persons explain`: whose a value is that somebody holds, and how a scan comes to that.

use std::collections::BTreeSet;
use std::io::{BufRead as _, IsTerminal as _, Read as _, Write as _};
use std::process::ExitCode;
use std::sync::atomic::AtomicU64;

use anyhow::Context as _;
use jiff::civil::Date;

use super::EXIT_INCOMPLETE;
use super::args::PersonArgs;
use super::load::Packs;
use super::progress::Bar;
use super::setting::chosen_lists;
use super::{facts, key, scan as scan_verb, tuning};
use crate::count::trace;
use crate::decide;
use crate::detect::{self, Engine};
use crate::key::Seal;
use crate::model::{Fingerprinter, Language, Masked, Problem, Severity, data_set};
use crate::pack::RulePack;
use crate::read::{self, Listing};
use crate::report::{self, Explained, Ruled};
use crate::scan::{self, Progress, Scan};
use crate::tally::{Fold, Tally};
use crate::tune::Tuning;

/// No identifier is longer, and nothing that is typed by mistake is worth more memory.
const LONGEST_VALUE: u64 = 4096;

/// Runs the verb.
pub(super) fn explain(args: &PersonArgs) -> anyhow::Result<ExitCode> {
    let language = args.lang.map_or_else(super::language_of_environment, Language::from);
    let mut packs = Packs::load(&args.packs)?;
    let configuration = tuning::load(&args.tuning, &args.targets, &mut packs.detectors)?;
    let engine = packs.engine()?;
    let lists = chosen_lists(&packs.rules, &args.lists)?;
    let mut facts = facts::of_file(args.facts.as_deref())?;
    facts.industry = args.industry.or(facts.industry);
    let mut listing = args.places.list(&args.targets);
    if let Some(configuration) = &configuration {
        tuning::leave_out(&configuration.tuning, &mut listing);
    }
    let is_scan = args.tallies.is_empty();
    anyhow::ensure!(
        !is_scan || !listing.objects.is_empty(),
        "there is nothing to scan in `{}`",
        super::args::shown(&args.targets)
    );
    let value = held_value(language)?;
    let secret = if is_scan { key::draw()? } else { key::needed(&args.key, "`--tally`")? };
    let date = facts.date.unwrap_or_else(tuning::today);
    let tuning = configuration.as_ref().map(|configuration| (&configuration.tuning, date));
    let tally = if is_scan {
        scanned(args, &engine, &secret.fingerprinter(), (date, tuning), listing)?
    } else {
        folded(args, &packs, &secret.seal())?
    };
    let ruled = |pack: &RulePack| Ruled {
        list: pack.list.id.clone(),
        sensitive: decide::sensitive_classes(pack, facts.industry),
    };
    let question = Question {
        engine: &engine,
        value: &value,
        lists: lists.iter().map(ruled).collect(),
        asks_in_general: facts.industry.is_none(),
    };
    let explained = answer(question, &secret.fingerprinter(), &tally)?;
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
    value: &'a [u8],
    lists: Vec<Ruled>,
    asks_in_general: bool,
}

/// Looks for what a scan makes of the value in what a scan said.
fn answer(question: Question<'_>, fingerprinter: &Fingerprinter, tally: &Tally) -> anyhow::Result<Explained> {
    let Question { engine, value, lists, asks_in_general } = question;
    let held = detect::held(engine, fingerprinter, value, &found_detectors(tally));
    let is_unread = |problem: &&Problem| problem.code.severity() == Severity::Unread;
    let of_objects = tally.objects.iter().flat_map(|object| &object.coverage.problems);
    let unread: BTreeSet<&str> =
        of_objects.chain(&tally.unlisted).filter(is_unread).map(|problem| problem.object.as_str()).collect();
    let mut found = Vec::new();
    for key in held.keys {
        found.extend(trace::trace(&tally.mentions, key)?);
    }
    Ok(Explained {
        value: Masked::new(value),
        kinds: held.kinds,
        is_filler: held.is_filler && found.is_empty(),
        found,
        data_sets: tally.mentions.data_sets().names.clone(),
        lists,
        asks_in_general,
        unread: unread.len() as u64,
    })
}

/// Scans with a fresh key.
fn scanned(
    args: &PersonArgs,
    engine: &Engine,
    fingerprinter: &Fingerprinter,
    (date, tuning): (Date, Option<(&Tuning, Date)>),
    listing: Listing,
) -> anyhow::Result<Tally> {
    let objects = listing.objects.len() as u64;
    let bar = Bar::new(listing.objects.iter().map(|object| object.bytes).sum(), objects, args.no_progress);
    let done = AtomicU64::new(0);
    let job = Scan {
        engine,
        fingerprinter,
        room: &super::memory::room(None),
        minor_after: scan_verb::minor_after(date),
        tuning,
        reading: read::Options::default(),
        progress: &|progress: Progress| bar.note(progress, &done, objects),
    };
    let tally = super::pool(args.threads)?.install(|| scan::scan(&job, listing));
    bar.finish();
    Ok(tally)
}

/// Folds tallies that were made by the packs at hand: others may write the value in another form.
fn folded(args: &PersonArgs, packs: &Packs, seal: &Seal) -> anyhow::Result<Tally> {
    let room = super::memory::room(None);
    let mut fold = Fold::new(seal, &room);
    for path in &args.tallies {
        fold.add(path)?;
    }
    let (stamp, tally) = fold.finish().context("name the tallies to look in")?;
    anyhow::ensure!(
        stamp.version == env!("CARGO_PKG_VERSION") && stamp.detectors == packs.detectors_digest(),
        "the tallies were made by another version or with other detectors; use those, or scan again"
    );
    Ok(tally)
}

/// The data sets with the detectors that found something there.
fn found_detectors(tally: &Tally) -> BTreeSet<(String, &str)> {
    let mut found = BTreeSet::new();
    for object in tally.objects.iter().filter_map(|object| object.finding.as_ref()) {
        let findings = object.columns.iter().flat_map(|column| &column.classes);
        found.extend(findings.map(|finding| (data_set(&object.uri), finding.detector.as_str())));
    }
    found
}
