//! The command line: flags become a configuration, verbs call the modules, errors become an exit status.
//!
//! *Invariant*: this is the composition root; it wires and decides nothing.

mod answer;
mod args;
mod column;
mod demo;
mod explain;
mod facts;
mod key;
mod ledger;
mod load;
mod memory;
mod merge;
mod packs;
mod persons;
mod progress;
mod scan;
mod setting;
mod tuning;
mod watch;
mod year;

use std::io::Write as _;
use std::num::NonZeroUsize;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser as _;

use crate::model::Language;
use crate::report::Style;

/// A row of a list is reached, or cannot be decided without a fact that is missing.
const EXIT_REACHED: u8 = 1;
/// Wrong usage, or nothing could be done.
const EXIT_NOTHING_DONE: u8 = 2;
/// No row is reached, but something could not be read.
const EXIT_INCOMPLETE: u8 = 3;

/// A thread that waits for the parts of one object may begin others on the same stack.
const STACK_BYTES: usize = 64 << 20;

/// Text is set to this width where the terminal does not tell its own.
const DEFAULT_WIDTH: usize = 100;

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    silence_panics();
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(EXIT_NOTHING_DONE) } else { ExitCode::SUCCESS };
        }
    };
    let done = match &args.verb {
        args::Verb::Scan(args) => scan::run(args),
        args::Verb::Merge(args) => merge::run(args),
        args::Verb::Watch(args) => watch::run(args),
        args::Verb::Ledger { verb } => ledger::run(verb),
        args::Verb::Key { verb } => key::run(verb),
        args::Verb::Demo { dir } => demo::run(dir),
        args::Verb::Packs { verb } => packs::run(verb),
        args::Verb::Explain(args) => explain::run(args),
        args::Verb::Persons { verb: args::PersonsVerb::Explain(args) } => persons::explain(args),
    };
    done.unwrap_or_else(|error| {
        complain(&format!("{error:#}"));
        ExitCode::from(EXIT_NOTHING_DONE)
    })
}

/// The threads that a verb works on; as many as there are cores, unless `threads` are asked for.
fn pool(threads: Option<NonZeroUsize>) -> anyhow::Result<rayon::ThreadPool> {
    let threads = threads.map_or(0, NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK_BYTES).build();
    pool.context("cannot start threads")
}

/// A panic's message may hold a value from the data; only its place is shown.
fn silence_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        if !place.contains(".cargo/registry") {
            complain(&format!("internal error{place}; please report it"));
        }
    }));
}

/// Says on stderr what is wrong.
fn complain(message: &str) {
    let _ = writeln!(std::io::stderr().lock(), "exportscan: {message}");
}

/// A reader that has seen enough is no error.
fn tolerate_closed_pipe(written: std::io::Result<()>) -> anyhow::Result<()> {
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Chinese where the environment asks for it.
fn language_of_environment() -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    if locale.is_some_and(|locale| locale.starts_with("zh")) { Language::Zh } else { Language::En }
}

/// How text is set on stdout.
fn style_of(is_terminal: bool) -> Style {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    Style { width: columns.unwrap_or(DEFAULT_WIDTH), colour: is_terminal && std::env::var_os("NO_COLOR").is_none() }
}
