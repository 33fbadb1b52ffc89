//! `exportscan packs`: checks and lists detectors, rules and classes.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use super::EXIT_REACHED;
use super::args::{PacksList, PacksVerb};
use super::load::Packs;
use crate::model::{Class, Language};
use crate::{decide, detect};

/// Runs the verb.
pub(super) fn run(verb: &PacksVerb) -> anyhow::Result<ExitCode> {
    match verb {
        PacksVerb::Check { paths } => check(&Packs::load(paths)?),
        PacksVerb::List { what, packs, lang } => {
            let language = lang.map_or_else(super::language_of_environment, Language::from);
            let text = list(&Packs::load(packs)?, *what, language);
            super::tolerate_closed_pipe(std::io::stdout().lock().write_all(text.as_bytes()))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Exit status 1 where anything is wrong with a pack that can be read.
fn check(packs: &Packs) -> anyhow::Result<ExitCode> {
    let engine = packs.engine()?;
    let mut complaints = detect::check_examples(&engine);
    complaints.extend(decide::check_rules(&packs.rules));
    complaints.extend(classes_without_detector(packs));
    let mut text = String::new();
    for complaint in &complaints {
        let _ = writeln!(text, "{complaint}");
    }
    let detectors: usize =
        packs.detectors.iter().map(|(_, pack)| pack.value.len() + pack.column.len() + pack.record.len()).sum();
    let rows: usize = packs.rules.iter().map(|pack| pack.row.len()).sum();
    let _ = writeln!(
        text,
        "{} detector packs with {detectors} detectors, {} rule packs with {rows} rows: {}",
        packs.detectors.len(),
        packs.rules.len(),
        if complaints.is_empty() { "all examples hold".to_owned() } else { format!("{} complaints", complaints.len()) }
    );
    super::tolerate_closed_pipe(std::io::stdout().lock().write_all(text.as_bytes()))?;
    Ok(if complaints.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(EXIT_REACHED) })
}

/// Classes that no detector yields, unless a scan derives them otherwise.
fn classes_without_detector(packs: &Packs) -> Vec<String> {
    /// Derived from a date of birth; from polygons that the user brings; from a corpus as a whole.
    const DERIVED: [Class; 1] = [Class::PersonMinor];
    let cells = packs.detectors.iter().flat_map(|(_, pack)| pack.value.iter().chain(&pack.column));
    let records = packs.detectors.iter().flat_map(|(_, pack)| &pack.record);
    let yielded: Vec<Class> = cells.filter_map(|spec| spec.class).chain(records.map(|spec| spec.class)).collect();
    let missing = Class::ALL.iter().filter(|class| !yielded.contains(class) && !DERIVED.contains(class));
    missing.map(|class| format!("class `{class}`: no detector yields it")).collect()
}

fn list(packs: &Packs, what: Option<PacksList>, language: Language) -> String {
    let mut text = String::new();
    let wants = |kind: PacksList| what.is_none_or(|what| what == kind);
    if wants(PacksList::Detectors) {
        for (_, pack) in &packs.detectors {
            for spec in pack.value.iter().chain(&pack.column) {
                let yields =
                    spec.class.map_or_else(|| spec.field.clone().unwrap_or_default(), |class| class.to_string());
                let _ = writeln!(text, "{}  {}  {}", spec.id, yields, spec.title.get(language));
            }
            for spec in &pack.record {
                let _ = writeln!(text, "{}  {}  {}", spec.id, spec.class, spec.title.get(language));
            }
        }
    }
    if wants(PacksList::Rules) {
        for pack in &packs.rules {
            let _ = writeln!(text, "{}  {}  {}", pack.list.id, pack.list.edition, pack.list.title.get(language));
            for row in &pack.row {
                let _ = writeln!(text, "{}  {}  {}", row.id, row.clause, row.title.get(language));
            }
        }
    }
    if wants(PacksList::Classes) {
        for class in Class::ALL {
            let _ = writeln!(text, "{class}  {}", language.pick(class.names()));
        }
    }
    if wants(PacksList::Checks) {
        for name in detect::checks::CHECKS.iter().map(|(name, _)| name) {
            let _ = writeln!(text, "{name}");
        }
    }
    text
}
