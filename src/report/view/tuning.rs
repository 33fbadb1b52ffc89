//! The user's configuration: what it says, entry by entry, and what it did.

use crate::model::{ClassFinding, ConfigEntry, Language, ProblemCode, RecordFinding};
use crate::report::Report;
use crate::report::harmless::{prose, shown};
use crate::report::say::{self, Effect};
use crate::report::words::Words;
use crate::tune::{Target, Thresholds, Tuning};

/// The configuration.
#[derive(Debug)]
pub(in crate::report) struct TuningView {
    /// What it did to the verdict.
    pub(in crate::report) line: String,
    pub(in crate::report) entries: Vec<EntryView>,
}

/// An entry.
#[derive(Debug)]
pub(in crate::report) struct EntryView {
    pub(in crate::report) line: String,
    pub(in crate::report) what: String,
    pub(in crate::report) effect: String,
    pub(in crate::report) until: String,
    pub(in crate::report) reason: String,
}

impl TuningView {
    pub(super) fn new(report: &Report, tuning: &Tuning, language: Language) -> Self {
        let words = Words::of(language);
        let accepts = tuning.accepts.iter().map(|accept| {
            let what = [words.accept.to_owned(), place(&accept.target, words)];
            let detector = accept.detector.as_deref().map(shown);
            let what: Vec<String> = what.into_iter().chain(detector).collect();
            EntryView::new(report, &accept.entry, what.join(words.separator), language)
        });
        let columns = tuning.columns.iter().map(|column| {
            let is = column.is.as_deref().map_or_else(|| words.nothing.to_owned(), shown);
            let role = column.role.as_deref().map(|role| format!("{}{}{}", words.role, words.colon, shown(role)));
            let what = [format!("{}{}{is}", words.declared, words.colon), place(&column.target, words)];
            let what: Vec<String> = what.into_iter().chain(role).collect();
            EntryView::new(report, &column.entry, what.join(words.separator), language)
        });
        let detectors = tuning.detectors.iter().map(|thresholds| EntryView::of_detector(thresholds, words));
        Self {
            line: say::tuned(language, &shown(&tuning.file), effect(report, tuning)),
            entries: accepts.chain(columns).chain(detectors).collect(),
        }
    }
}

impl EntryView {
    fn new(report: &Report, entry: &ConfigEntry, what: String, language: Language) -> Self {
        let cites = |other: &Option<ConfigEntry>| other.as_ref().is_some_and(|other| other.line == entry.line);
        let cited = classes(report).filter(|class| cites(&class.accepted) || cites(&class.declared)).count()
            + records(report).filter(|record| cites(&record.accepted)).count();
        Self {
            line: entry.line.to_string(),
            what,
            effect: untold(report, entry, language).unwrap_or_else(|| say::findings(language, cited as u64)),
            until: entry.expires.map(|last| last.to_string()).unwrap_or_default(),
            reason: prose(&entry.reason),
        }
    }

    fn of_detector(thresholds: &Thresholds, words: &Words) -> Self {
        let settings = thresholds.settings().join(words.comma);
        Self {
            line: thresholds.line.to_string(),
            what: format!("{}{}{}", shown(&thresholds.id), words.colon, settings),
            effect: String::new(),
            until: String::new(),
            reason: thresholds.reason.as_deref().map(prose).unwrap_or_default(),
        }
    }
}

/// Why an entry does nothing, where the coverage notes it.
fn untold(report: &Report, entry: &ConfigEntry, language: Language) -> Option<String> {
    let place = format!("line {}", entry.line);
    let words = Words::of(language);
    let noted = |code| report.totals.coverage.problems.iter().any(|known| known.code == code && known.place == place);
    if noted(ProblemCode::ConfigExpired) {
        return Some(words.expired.to_owned());
    }
    noted(ProblemCode::ConfigUnmatched).then(|| words.unmatched.to_owned())
}

fn place(target: &Target, words: &Words) -> String {
    let parts: Vec<String> = [target.object(), target.column()].into_iter().flatten().map(shown).collect();
    parts.join(words.separator)
}

fn classes(report: &Report) -> impl Iterator<Item = &ClassFinding> {
    report.totals.objects.iter().flat_map(|object| &object.columns).flat_map(|column| &column.classes)
}

fn records(report: &Report) -> impl Iterator<Item = &RecordFinding> {
    report.totals.objects.iter().flat_map(|object| &object.records)
}

/// What the configuration did, counted.
pub(in crate::report) fn effect(report: &Report, tuning: &Tuning) -> Effect {
    let aside = classes(report).filter(|class| class.accepted.is_some() && class.confidence.counts()).count()
        + records(report).filter(|record| record.accepted.is_some() && record.confidence.counts()).count();
    Effect {
        set_aside: aside as u64,
        declared: classes(report).filter(|class| class.declared.is_some()).count() as u64,
        changed: tuning.detectors.iter().filter(|thresholds| !thresholds.off).count() as u64,
        off: tuning.detectors.iter().filter(|thresholds| thresholds.off).count() as u64,
    }
}
