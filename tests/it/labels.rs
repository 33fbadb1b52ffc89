//! The labels of the corpus hold: what must be found is found, what must not is not, and every count of subjects is exact.

use std::path::Path;

use exportscan::tally::Totals;
use serde::Deserialize;

use crate::support::{Cut, classes, scan_path};

#[derive(Deserialize)]
struct Labels {
    file: Vec<Label>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    path: String,
    #[serde(default)]
    has: Vec<String>,
    #[serde(default)]
    lacks: Vec<String>,
    #[serde(default, rename = "except")]
    excepted: Vec<String>,
    subjects: Option<u64>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

const STRICT: [&str; 8] = [
    "identity.",
    "contact.mobile",
    "finance.bank_card",
    "vehicle.plate",
    "vehicle.vin",
    "vehicle.track",
    "charging.",
    "health.record",
];

fn forbidden(lacks: &[String]) -> Vec<String> {
    let mut forbidden: Vec<String> = lacks.iter().filter(|class| *class != "strict").cloned().collect();
    if lacks.iter().any(|class| class == "strict") {
        forbidden.extend(STRICT.iter().map(|class| (*class).to_owned()));
        forbidden.push("biometric.".to_owned());
    }
    forbidden
}

/// What became of one labelled path.
pub(crate) struct Outcome {
    /// The path inside the corpus.
    pub(crate) path: String,
    /// Classes that must be found.
    pub(crate) has: usize,
    /// The distinct persons or vehicles that are there, and those that were counted.
    pub(crate) subjects: Option<(u64, u64)>,
    /// What does not hold, a sentence each.
    pub(crate) wrong: Vec<String>,
}

/// Scans everything that is labelled.
pub(crate) fn outcomes(corpus: &Path) -> Vec<Outcome> {
    let labels: Labels = toml::from_str(&std::fs::read_to_string(corpus.join("labels.toml")).unwrap()).unwrap();
    labels.file.iter().map(|label| check(corpus, label)).collect()
}

fn check(corpus: &Path, label: &Label) -> Outcome {
    let totals = scan_path(&corpus.join(&label.path), Cut::default());
    let mut wrong = Vec::new();
    let found = classes(&totals, "");
    for class in label.has.iter().filter(|class| !found.contains(class)) {
        wrong.push(format!("{}: `{class}` is not found; found {found:?}", label.path));
    }
    wrong.extend(forbidden_findings(label, &totals));
    let best = totals.census.figures(|_| true).best;
    if let Some(subjects) = label.subjects.filter(|subjects| *subjects != best) {
        wrong.push(format!("{}: {best} persons, not {subjects}", label.path));
    }
    let subjects = label.subjects.map(|subjects| (subjects, best));
    Outcome { path: label.path.clone(), has: label.has.len(), subjects, wrong }
}

fn forbidden_findings(label: &Label, totals: &Totals) -> Vec<String> {
    let forbidden = forbidden(&label.lacks);
    let mut wrong = Vec::new();
    for object in &totals.objects {
        let name = object.uri.rsplit('/').next().unwrap_or_default();
        for class in classes(totals, &object.uri) {
            let health_of_persons = class == "health.record" && label.excepted.iter().any(|file| file == name);
            if forbidden.iter().any(|prefix| class.starts_with(prefix.as_str())) && !health_of_persons {
                wrong.push(format!("{}: `{class}` must not be found", object.uri));
            }
        }
    }
    wrong
}

#[test]
fn every_label_holds() {
    let Some(corpus) = crate::support::corpus() else { return };
    let wrong: Vec<String> = outcomes(&corpus).into_iter().flat_map(|outcome| outcome.wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
