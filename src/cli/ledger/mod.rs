//! `exportscan ledger`: one file for each of its verbs.

pub(super) mod args;
mod record;
mod signing;
mod status;
mod verify;

use std::fs::File;
use std::io::{BufWriter, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;

use super::args::{Format, KeyArgs, LanguageArg};
use super::{key, tuning};
use crate::key::Seal;
use crate::ledger::{Access, Charter, Ledger, begin};
use crate::model::Language;
use crate::report;
use args::{LedgerVerb, SigningVerb, TableFormat};

/// Runs the verb.
pub(super) fn run(verb: &LedgerVerb) -> anyhow::Result<ExitCode> {
    match verb {
        LedgerVerb::Init { folder, entity, key } => init(folder, entity, &sealing(key)?),
        LedgerVerb::Record(args) => record::run(args),
        LedgerVerb::Status(args) => status::run(args),
        LedgerVerb::Verify(args) => verify::run(args),
        LedgerVerb::Show { folder, number, key, format, lang } => {
            show(folder, *number, &sealing(key)?, (*format, *lang))
        }
        LedgerVerb::Export { folder, out, format, key } => export(folder, out, *format, &sealing(key)?),
        LedgerVerb::Key { verb: SigningVerb::New { file } } => signing::new(file),
    }
}

/// The seal of the key that was given.
fn sealing(args: &KeyArgs) -> anyhow::Result<Seal> {
    Ok(key::needed(args, "a ledger")?.seal())
}

fn language(asked: Option<LanguageArg>) -> Language {
    asked.map_or_else(super::language_of_environment, Language::from)
}

fn say(text: &str) -> anyhow::Result<ExitCode> {
    super::tolerate_closed_pipe(std::io::stdout().lock().write_all(text.as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}

fn style() -> report::Style {
    super::style_of(std::io::stdout().is_terminal())
}

fn init(folder: &Path, entity: &str, seal: &Seal) -> anyhow::Result<ExitCode> {
    let entity = entity.trim();
    anyhow::ensure!(!entity.is_empty(), "the legal entity needs a name; give it with `--entity NAME`");
    let mut id = [0; 16];
    getrandom::fill(&mut id).context("cannot draw a number from the system")?;
    let charter = Charter::new(u128::from_be_bytes(id), entity, seal.id().to_string(), tuning::today());
    let head = begin(folder, &charter, seal)?;
    let shown = report::fit(entity);
    say(&format!("`{}`: ledger of `{shown}`, key {}, head {}\n", folder.display(), seal.id(), head.hash))
}

fn show(
    folder: &Path,
    number: u64,
    seal: &Seal,
    (format, lang): (Format, Option<LanguageArg>),
) -> anyhow::Result<ExitCode> {
    let ledger = Ledger::open(folder, seal, Access::Read)?;
    let entry = ledger.entries().iter().find(|entry| entry.record.number == number).with_context(|| {
        format!("the ledger has no record {number}; it has {}, numbered from 1", ledger.head().records)
    })?;
    match format {
        Format::Json => say(&format!("{}\n", serde_json::to_string_pretty(&entry.record)?)),
        Format::Text => say(&report::ledger_record(entry, language(lang), style())),
    }
}

fn export(folder: &Path, out: &Path, format: TableFormat, seal: &Seal) -> anyhow::Result<ExitCode> {
    let ledger = Ledger::open(folder, seal, Access::Read)?;
    let cannot = || format!("cannot write `{}`", out.display());
    let into = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let is_inside = into.canonicalize().with_context(cannot)?.starts_with(folder.canonicalize().with_context(cannot)?);
    anyhow::ensure!(!is_inside, "`{}` is inside the ledger, where no other file may be; name another", out.display());
    let mut writer = BufWriter::new(File::create(out).with_context(cannot)?);
    match format {
        TableFormat::Csv => report::ledger_csv(ledger.entries(), &mut writer).with_context(cannot)?,
        TableFormat::Parquet => report::ledger_parquet(ledger.entries(), &mut writer).with_context(cannot)?,
    }
    writer.flush().with_context(cannot)?;
    say(&format!("`{}`: {} records\n", out.display(), ledger.head().records))
}
