//! What a scan shows of the entries themselves: those that have expired, and those that apply to nothing.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Target, Tuning, has_expired};
use crate::model::{ConfigEntry, Coverage, ObjectFinding, Problem, ProblemCode, Severity};

impl Tuning {
    /// A note for every entry that has expired on `date`, and for every other one that is not among `applied`, unless what
    /// was not read could be what it is about.
    pub fn remarks(
        &self,
        date: Date,
        applied: &BTreeSet<usize>,
        objects: &[ObjectFinding],
        coverage: &Coverage,
    ) -> Vec<Problem> {
        let accepts = self.accepts.iter().map(|accept| (&accept.entry, &accept.target, accept.detector.as_deref()));
        let columns = self.columns.iter().map(|column| (&column.entry, &column.target, None));
        accepts
            .chain(columns)
            .filter_map(|(entry, target, detector)| {
                if has_expired(entry, date) {
                    return Some(self.note(ProblemCode::ConfigExpired, entry, expired(entry, target, detector)));
                }
                let silent = !applied.contains(&entry.line) && !may_be_unread(target, coverage);
                silent.then(|| self.note(ProblemCode::ConfigUnmatched, entry, unmatched(target, detector, objects)))
            })
            .collect()
    }

    fn note(&self, code: ProblemCode, entry: &ConfigEntry, message: String) -> Problem {
        Problem::new(code, self.file.as_str(), message).at(format!("line {}", entry.line))
    }
}

fn expired(entry: &ConfigEntry, target: &Target, detector: Option<&str>) -> String {
    let last = entry.expires.map_or_else(String::new, |last| last.to_string());
    format!("held until {last}: {}", described(target, detector))
}

fn unmatched(target: &Target, detector: Option<&str>, objects: &[ObjectFinding]) -> String {
    let covered = || objects.iter().filter(|object| target.covers_object(&object.uri));
    let has_column = |name: &String| covered().any(|object| object.columns.iter().any(|column| column.name == *name));
    let what = described(target, detector);
    match &target.column {
        _ if covered().next().is_none() => format!("no object that was read has such a name: {what}"),
        Some(column) if !has_column(column) => {
            let names = covered().flat_map(|object| &object.columns).map(|column| column.name.as_str());
            let meant = resembling(column, names).map(|name| format!("; `{name}` is there")).unwrap_or_default();
            format!("no object has such a column: {what}{meant}")
        }
        _ => format!("nothing of the kind was found there: {what}"),
    }
}

/// The first name that differs only in case, or has the other inside it.
fn resembling<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let plain = |text: &str| text.trim().to_lowercase();
    let name = plain(name);
    let mut resembling: Vec<&str> = names
        .filter(|other| {
            let other = plain(other);
            !other.is_empty() && (other.contains(&name) || name.contains(&other))
        })
        .collect();
    resembling.sort_unstable();
    resembling.into_iter().next()
}

/// What the entry is about, in the words of the file.
fn described(target: &Target, detector: Option<&str>) -> String {
    let parts = [("object", target.object()), ("column", target.column()), ("detector", detector)];
    let parts = parts.into_iter().filter_map(|(name, value)| value.map(|value| format!("{name} `{value}`")));
    parts.collect::<Vec<_>>().join(", ")
}

/// Whether the entry could be about something that was not read.
fn may_be_unread(target: &Target, coverage: &Coverage) -> bool {
    let unread = coverage.problems.iter().filter(|problem| problem.code.severity() == Severity::Unread);
    unread.into_iter().any(|problem| {
        let of_many = matches!(problem.code, ProblemCode::FolderUnreadable | ProblemCode::ObjectMissing);
        of_many || target.covers_object(&problem.object)
    })
}
