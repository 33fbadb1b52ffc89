//! Finds the first record behind an offset of a file.

use std::ops::ControlFlow;

use super::Reading;
use super::raw::{Failure, RawStream};
use super::split::{Record, Splitter};

/// A range of raw bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) start: u64,
    pub(super) end: u64,
}

/// How far behind an offset it is tried out which line break ends a record.
const WINDOW_BYTES: u64 = 64 << 10;

/// How many line breaks are tried.
const MAX_TRIALS: usize = 64;

/// How many records behind a line break must look right.
const TRIAL_RECORDS: usize = 8;

/// The offset of the first record that belongs to a unit, or `None` where it has none that begins in its range.
pub(super) fn first_record(reading: &Reading, unit: usize) -> Result<Option<u64>, Failure> {
    let range = reading.range(unit);
    let start = match &reading.starts {
        _ if unit == 0 => range.start,
        Some(starts) => starts.get(unit).copied().unwrap_or(range.end),
        None => return guess(reading, range),
    };
    Ok((start < range.end || unit == 0).then_some(start))
}

/// The nearest line break is taken for the end of a record; where cells may hold line breaks, the nearest one behind
/// which the records have as many cells as there are columns.
fn guess(reading: &Reading, range: Range) -> Result<Option<u64>, Failure> {
    let mut raw = RawStream::open(&reading.object.origin, range.start - 1)?;
    let mut candidates = Vec::new();
    let mut line = Vec::new();
    let wanted = if reading.layout.dialect.quote.is_some() { MAX_TRIALS } else { 1 };
    while raw.position() < range.end && candidates.len() < wanted {
        if !candidates.is_empty() && raw.position() >= range.start + WINDOW_BYTES {
            break;
        }
        line.clear();
        raw.read_line(&mut line)?;
        if line.is_empty() {
            break;
        }
        if raw.position() < range.end && raw.at_line_start()? {
            candidates.push(raw.position());
        }
    }
    let Some(&first) = candidates.first() else { return Ok(None) };
    if wanted == 1 {
        return Ok(Some(first));
    }
    Ok(Some(try_out(reading, raw, &candidates)?.unwrap_or(first)))
}

fn try_out(reading: &Reading, mut raw: RawStream, candidates: &[u64]) -> Result<Option<u64>, Failure> {
    let Some(&first) = candidates.first() else { return Ok(None) };
    // The candidates are read again with what follows the last one, which is to be judged too.
    let behind = raw.position() - first;
    raw = RawStream::open(&reading.object.origin, first)?;
    let mut window = Vec::new();
    raw.read(behind + WINDOW_BYTES, &mut window)?;
    let width = reading.layout.width();
    Ok(candidates.iter().copied().find(|at| {
        let text = window.get((at - first) as usize..).unwrap_or_default();
        looks_right(text, width, &mut Splitter::new(reading.layout.dialect))
    }))
}

fn looks_right(text: &[u8], width: usize, splitter: &mut Splitter) -> bool {
    let mut n_records = 0;
    let mut right = true;
    let _ = splitter.feed(text, 0, &mut |record: Record<'_>| {
        n_records += 1;
        right = record.cells.len() == width;
        if right && n_records < TRIAL_RECORDS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    right && n_records > 0
}
