//! Changes of single detectors: thresholds, and off.

use crate::model::Confidence;
use crate::pack::{CellSpec, DetectorPack, RecordSpec};

/// A `[detector."ID"]` entry; what is `None` stays as the pack has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thresholds {
    /// The line where it begins.
    pub line: usize,
    /// The detector's id.
    pub id: String,
    /// Whether it is not used at all.
    pub off: bool,
    /// The share of values that must pass, 0 to 1.
    pub min_share: Option<f64>,
    /// The most that passing values weigh, in tenths of a decimal digit of odds.
    pub most: Option<i32>,
    /// How many rows there must be.
    pub min_rows: Option<u64>,
    /// Whether nothing above low confidence is said without a header or a neighbour.
    pub needs_header: Option<bool>,
    /// The least confidence at which it counts.
    pub confidence: Option<Confidence>,
    /// Why, in the user's words.
    pub reason: Option<String>,
}

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A detector of what a cell holds.
    Cell,
    /// A detector of what columns fill together.
    Record,
}

/// What the detector with this id is.
pub(super) fn kind_of(packs: &[(String, DetectorPack)], id: &str) -> Option<Kind> {
    let is_cell = |(_, pack): &(String, DetectorPack)| pack.value.iter().chain(&pack.column).any(|spec| spec.id == id);
    let is_record = |(_, pack): &(String, DetectorPack)| pack.record.iter().any(|spec| spec.id == id);
    if packs.iter().any(is_cell) { Some(Kind::Cell) } else { packs.iter().any(is_record).then_some(Kind::Record) }
}

impl Thresholds {
    /// What it changes, in the words of the file.
    pub fn settings(&self) -> Vec<String> {
        let off = self.off.then(|| "off = true".to_owned());
        let settings = [
            off,
            self.min_share.map(|share| format!("min_share = {share}")),
            self.most.map(|most| format!("most = {most}")),
            self.min_rows.map(|rows| format!("min_rows = {rows}")),
            self.needs_header.map(|needs| format!("needs_header = {needs}")),
            self.confidence.map(|confidence| format!("confidence = \"{confidence}\"")),
        ];
        settings.into_iter().flatten().collect()
    }

    pub(super) fn apply(&self, packs: &mut [(String, DetectorPack)]) {
        for (_, pack) in packs {
            if self.off {
                pack.value.retain(|spec| spec.id != self.id);
                pack.column.retain(|spec| spec.id != self.id);
                pack.record.retain(|spec| spec.id != self.id);
            }
            let cells = pack.value.iter_mut().chain(&mut pack.column);
            cells.filter(|spec| spec.id == self.id).for_each(|spec| self.apply_to_cell(spec));
            let records = pack.record.iter_mut().filter(|spec| spec.id == self.id);
            records.for_each(|spec| self.apply_to_record(spec));
        }
    }

    fn apply_to_cell(&self, spec: &mut CellSpec) {
        spec.min_share = self.min_share.unwrap_or(spec.min_share);
        spec.most = self.most.unwrap_or(spec.most);
        spec.needs_header = self.needs_header.unwrap_or(spec.needs_header);
        spec.counts_from = self.confidence.unwrap_or(spec.counts_from);
    }

    fn apply_to_record(&self, spec: &mut RecordSpec) {
        spec.min_rows = self.min_rows.unwrap_or(spec.min_rows);
        spec.counts_from = self.confidence.unwrap_or(spec.counts_from);
    }
}
