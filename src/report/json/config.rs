//! What `report.json` says of the user's configuration.

use serde::Serialize;

use crate::model::ConfigEntry;
use crate::report::Report;
use crate::report::say::Effect;
use crate::report::view::effect;
use crate::tune::{Thresholds, Tuning};

/// The configuration that applied.
#[derive(Serialize)]
pub(super) struct ConfigPart<'a> {
    path: &'a str,
    accept_entries: usize,
    column_entries: usize,
    detector_entries: usize,
    findings_set_aside: u64,
    columns_declared: u64,
    detectors: Vec<DetectorPart<'a>>,
}

impl<'a> ConfigPart<'a> {
    pub(super) fn new(report: &Report, tuning: &'a Tuning) -> Self {
        let Effect { set_aside, declared, .. } = effect(report, tuning);
        Self {
            path: &tuning.file,
            accept_entries: tuning.accepts.len(),
            column_entries: tuning.columns.len(),
            detector_entries: tuning.detectors.len(),
            findings_set_aside: set_aside,
            columns_declared: declared,
            detectors: tuning.detectors.iter().map(DetectorPart::new).collect(),
        }
    }
}

/// A detector that it changes; what is absent is as the pack has it.
#[derive(Serialize)]
struct DetectorPart<'a> {
    id: &'a str,
    line: usize,
    off: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_share: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    most: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_rows: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    needs_header: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<&'static str>,
    reason: Option<&'a str>,
}

impl<'a> DetectorPart<'a> {
    fn new(thresholds: &'a Thresholds) -> Self {
        Self {
            id: &thresholds.id,
            line: thresholds.line,
            off: thresholds.off,
            min_share: thresholds.min_share,
            most: thresholds.most,
            min_rows: thresholds.min_rows,
            needs_header: thresholds.needs_header,
            confidence: thresholds.confidence.map(crate::model::Confidence::id),
            reason: thresholds.reason.as_deref(),
        }
    }
}

/// An entry that a finding cites.
#[derive(Serialize)]
pub(super) struct EntryPart<'a> {
    reason: &'a str,
    expires: Option<String>,
    line: usize,
}

impl<'a> EntryPart<'a> {
    pub(super) fn new(entry: &'a ConfigEntry) -> Self {
        Self { reason: &entry.reason, expires: entry.expires.map(|last| last.to_string()), line: entry.line }
    }
}
