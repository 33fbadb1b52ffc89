//! Runs the examples of detectors through the engine that scans use, and finds what the examples leave untested.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};

use super::adjust::Adjustments;
use super::engine::{CellDetector, Engine, Fit, RecordDetector};
use super::judge::{Judgement, Weighed};
use super::normal;
use super::plan::plan;
use super::route::Routing;
use super::worker::Worker;
use crate::model::{Confidence, Fingerprinter, MentionBatch};
use crate::pack::{ColumnExample, InText, RecordExample};

/// What is wrong with the examples of the engine's detectors, one sentence each; empty where all hold.
pub fn check_examples(engine: &Engine) -> Vec<String> {
    let mut complaints = duplicate_ids(engine);
    for (at, detector) in engine.cells.iter().enumerate() {
        let id = &detector.spec.id;
        let mut complain = |what: String| complaints.push(format!("detector `{id}`: {what}"));
        check_values(engine, at, detector, &mut complain);
        check_texts(engine, at, detector, &mut complain);
        check_checks(detector, &mut complain);
        for example in &detector.spec.example {
            check_column(engine, at, example, &mut complain);
        }
        if detector.spec.source.is_empty() {
            complain("has no source".to_owned());
        }
        if detector.pattern.is_some() && detector.spec.reject.is_empty() {
            complain("has a pattern and no reject example".to_owned());
        }
    }
    for (at, detector) in engine.records.iter().enumerate() {
        for example in &detector.spec.example {
            check_record(engine, at, detector, example, &mut complaints);
        }
    }
    complaints
}

fn duplicate_ids(engine: &Engine) -> Vec<String> {
    let cells = engine.cells.iter().map(|detector| &detector.spec.id);
    let records = engine.records.iter().map(|detector| &detector.spec.id);
    let mut known = BTreeSet::new();
    cells
        .chain(records)
        .filter(|id| !known.insert(*id))
        .map(|id| format!("detector `{id}`: the id is used twice"))
        .collect()
}

/// Whether a detector accepts a whole cell, by the way that scans ask it.
fn accepts(engine: &Engine, at: usize, detector: &CellDetector, cell: &str) -> bool {
    if !detector.looks_at_every_cell {
        let mut half_width = Vec::new();
        let half_width = normal::half_width(cell.as_bytes(), &mut half_width);
        return detector.fits_cell(half_width, &mut Vec::new());
    }
    let mut accepted = false;
    engine.routes.route(&engine.cells, cell.as_bytes(), &mut Routing::default(), &mut |hit| {
        accepted |= hit.detector == at && hit.fit == Fit::Full && !hit.inside;
    });
    accepted
}

fn check_values(engine: &Engine, at: usize, detector: &CellDetector, complain: &mut impl FnMut(String)) {
    for value in &detector.spec.accept {
        if !accepts(engine, at, detector, value) {
            complain(format!("does not accept its example `{value}`"));
        }
    }
    for reject in &detector.spec.reject {
        if accepts(engine, at, detector, &reject.value) {
            complain(format!("accepts `{}`, although {}", reject.value, reject.because));
        }
    }
}

/// Whether a detector finds something inside a text, by the way that scans ask it.
fn finds(engine: &Engine, at: usize, text: &str) -> bool {
    let mut found = false;
    engine.routes.route(&engine.cells, text.as_bytes(), &mut Routing::default(), &mut |hit| {
        found |= hit.detector == at && hit.fit == Fit::Full && hit.inside;
    });
    found
}

fn check_texts(engine: &Engine, at: usize, detector: &CellDetector, complain: &mut impl FnMut(String)) {
    let spec = &detector.spec;
    for text in spec.in_text_accept.iter().filter(|text| !finds(engine, at, text)) {
        complain(format!("finds nothing in its example `{text}`"));
    }
    for reject in spec.in_text_reject.iter().filter(|reject| finds(engine, at, &reject.value)) {
        complain(format!("finds something in `{}`, although {}", reject.value, reject.because));
    }
    match (spec.in_text, spec.in_text_accept.is_empty() || spec.in_text_reject.is_empty()) {
        (InText::No, false) => complain("has examples in text and does not look there".to_owned()),
        (InText::Anywhere | InText::Context | InText::Name, true) => {
            complain("looks inside text and has no example of `in_text_accept` and `in_text_reject`".to_owned());
        }
        _ => {}
    }
}

/// A check that no reject example needs could be lost without anybody noticing.
fn check_checks(detector: &CellDetector, complain: &mut impl FnMut(String)) {
    for name in &detector.spec.checks {
        let needed = detector.spec.reject.iter().any(|reject| {
            let mut half_width = Vec::new();
            let mut normal_form = Vec::new();
            let half = normal::half_width(reject.value.as_bytes(), &mut half_width);
            detector.fits_but_for(detector.form.apply(half, &mut normal_form), name)
        });
        if !needed {
            complain(format!("no reject example needs its check `{name}`"));
        }
    }
}

fn check_column(engine: &Engine, at: usize, example: &ColumnExample, complain: &mut impl FnMut(String)) {
    let mut columns: Vec<(String, Vec<String>)> = vec![(example.header.clone(), example.values.clone())];
    columns.extend(example.beside.iter().map(|header| (header.clone(), vec![String::new(); example.values.len()])));
    let Some(judgement) = judge_columns(engine, "", columns) else { return };
    let found = judgement
        .columns
        .first()
        .and_then(|findings| findings.iter().find(|finding| finding.detector == at))
        .and_then(super::judge::Finding::confidence);
    if found != example.confidence {
        complain(format!(
            "column `{}` with {} values beginning `{}` is found with confidence {}, not {}",
            example.header,
            example.values.len(),
            example.values.first().map_or("", String::as_str),
            word(found),
            word(example.confidence),
        ));
    }
}

fn check_record(
    engine: &Engine,
    at: usize,
    detector: &RecordDetector,
    example: &RecordExample,
    complaints: &mut Vec<String>,
) {
    let column = |place: usize| example.rows.iter().map(|row| row.get(place).cloned().unwrap_or_default()).collect();
    let columns = example.header.iter().enumerate().map(|(place, header)| (header.clone(), column(place))).collect();
    let Some(judgement) = judge_columns(engine, &example.object, columns) else { return };
    let found =
        judgement.records.iter().find(|found| found.record == at).and_then(super::judge::RecordJudgement::confidence);
    if found != example.confidence {
        complaints.push(format!(
            "record `{}`: object `{}` with columns {} is found with confidence {}, not {}",
            detector.spec.id,
            example.object,
            example.header.join(", "),
            word(found),
            word(example.confidence),
        ));
    }
}

fn word(confidence: Option<Confidence>) -> &'static str {
    confidence.map_or("none", Confidence::id)
}

/// Judges an object of columns of text as a scan does: by its survey, then by how its rows count.
fn judge_columns(engine: &Engine, object: &str, columns: Vec<(String, Vec<String>)>) -> Option<Judgement> {
    let fields: Vec<Field> = columns.iter().map(|(header, _)| Field::new(header, DataType::Utf8, true)).collect();
    let arrays: Vec<ArrayRef> =
        columns.iter().map(|(_, values)| Arc::new(StringArray::from_iter_values(values)) as ArrayRef).collect();
    let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).ok()?;
    let headers: Vec<String> = columns.into_iter().map(|(header, _)| header).collect();
    let mut mentions = MentionBatch::default();
    let mut surveyor = Worker::new().surveying(engine, headers.len());
    surveyor.add(&batch, &mut mentions);
    let survey = surveyor.finish().0?;
    let weighed = Weighed::new(engine, object, &headers, &survey, Adjustments::default());
    let plan = plan(engine, &headers, &weighed.judge(None), "");
    let fingerprinter = Fingerprinter::new(&[0; 16]);
    let mut counter = Worker::new().counting(engine, &plan, &fingerprinter, 0);
    counter.add(&batch, &mut mentions);
    let counted = counter.finish().1;
    Some(weighed.judge(counted.as_ref()))
}

#[cfg(test)]
pub(in crate::detect) mod tests {
    use super::check_examples;
    use crate::detect::Engine;
    use crate::pack;

    /// The engine of the built-in packs.
    pub(in crate::detect) fn built_in() -> &'static Engine {
        static ENGINE: std::sync::OnceLock<Engine> = std::sync::OnceLock::new();
        ENGINE.get_or_init(|| {
            let packs: Vec<_> = pack::built_in_detectors()
                .iter()
                .map(|file| (file.name.clone(), pack::parse_detectors(file).unwrap()))
                .collect();
            Engine::compile(&packs).unwrap()
        })
    }

    #[test]
    fn every_example_holds() {
        let complaints = check_examples(built_in());
        assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    }
}
