//! Reads one unit: lines that are records each, or all of a document.

use std::ops::ControlFlow;
use std::sync::Arc;

use arrow_array::RecordBatch;

use super::feed::{Feed, Lines};
use super::lexer::{Breaks, Lexer};
use super::place::Records;
use super::rows::Rows;
use super::table::Columns;
use super::tree::Tree;
use super::walk::{Faults, Walk};
use super::{Reading, failed};
use crate::model::{Problem, ProblemCode};
use crate::read::UnitOutcome;
use crate::read::origin::Origin;
use crate::read::text::charset::Charset;
use crate::read::text::raw::Failure;

/// What a unit showed of the object.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// The paths that were met, where all of the unit was read.
    pub(super) tree: Option<Arc<Tree>>,
    /// Whether there are some that were not known.
    pub(super) has_grown: bool,
    pub(super) faults: Faults,
    /// Sequences of bytes that are not text.
    pub(super) malformed: u64,
    /// Rows that begin in the middle of a record.
    pub(super) n_cut: u64,
}

/// Receives record batches.
pub(super) type Sink<'a> = dyn FnMut(&RecordBatch) -> ControlFlow<()> + 'a;

/// Reads a unit.
pub(super) fn read(reading: &Reading, unit: usize, sink: &mut Sink<'_>) -> UnitOutcome {
    let mut outcome = UnitOutcome::default();
    match feed(reading, unit) {
        Ok(feed) => read_feed(reading, feed, sink, &mut outcome),
        Err(failure) => outcome.problems.push(failed(&reading.object, failure)),
    }
    if !matches!(reading.object.origin.stamp(), Ok(stamp) if stamp == reading.stamp) {
        let message = "its size or time of change is not what it was when it was opened";
        outcome.problems.push(Problem::new(ProblemCode::ObjectChanged, &reading.object.uri, message));
    }
    outcome
}

fn feed(reading: &Reading, unit: usize) -> Result<Feed, Failure> {
    let origin = &reading.object.origin;
    let step = reading.options.range_bytes;
    let start = unit as u64 * step;
    let is_last = unit + 1 >= reading.n_units();
    if unit > 0 {
        let end = if is_last { u64::MAX } else { start + step };
        return Feed::open_lines(origin, reading.charset, Lines { start, end });
    }
    let feed = Feed::open(origin, reading.charset, reading.mark)?;
    Ok(if is_last { feed } else { feed.up_to(step.max(reading.mark)) })
}

fn read_feed(reading: &Reading, feed: Feed, sink: &mut Sink<'_>, outcome: &mut UnitOutcome) {
    let columns = Columns::new(&reading.leaves, reading.options.batch_rows);
    let mut rows = Rows::new(reading.records.clone(), reading.tree.uncounted(), columns);
    let mut walk = Walk::new(Lexer::new(feed, reading.breaks));
    let mut hand_out = |rows: &mut Rows, is_last: bool| {
        loop {
            let batch = rows.columns.ready().or_else(|| if is_last { rows.columns.rest() } else { None });
            match batch {
                None => return ControlFlow::Continue(()),
                Some(Ok(batch)) => sink(&batch)?,
                Some(Err(error)) => {
                    let message = error.to_string().to_lowercase();
                    outcome.problems.push(Problem::new(ProblemCode::DecoderPanicked, &reading.object.uri, message));
                    return ControlFlow::Break(());
                }
            }
        }
    };
    let is_complete = loop {
        let goes_on = walk.step(&mut rows);
        if hand_out(&mut rows, !goes_on).is_break() {
            break false;
        }
        if !goes_on {
            break true;
        }
    };
    outcome.rows = rows.n_done;
    outcome.json.n_cut = rows.n_cut;
    outcome.json.has_grown = rows.tree.has_grown;
    outcome.json.tree = is_complete.then(|| Arc::new(rows.tree));
    outcome.json.faults = walk.faults.clone();
    let feed = walk.into_lexer().into_feed();
    outcome.json.malformed = feed.malformed();
    outcome.problems.extend(feed.failure.map(|failure| failed(&reading.object, failure)));
}

/// What a look through text showed.
pub(super) struct Survey {
    pub(super) tree: Tree,
    pub(super) n_values: u64,
    pub(super) faults: Faults,
    /// Sequences of bytes that are not text.
    pub(super) malformed: u64,
}

/// Looks through all of an origin for the paths that there are.
pub(super) fn survey(
    origin: &Origin,
    (charset, mark): (Charset, u64),
    breaks: Breaks,
    records: &Records,
) -> Result<Survey, Failure> {
    let feed = Feed::open(origin, charset, mark)?;
    let mut rows = Rows::new(records.clone(), Tree::new(), Columns::new(&[], usize::MAX));
    let mut walk = Walk::new(Lexer::new(feed, breaks));
    while walk.step(&mut rows) {
        // Rows without columns take no memory.
        let _ = rows.columns.ready();
    }
    let (n_values, faults) = (walk.n_values, walk.faults.clone());
    let malformed = walk.into_lexer().into_feed().malformed();
    Ok(Survey { tree: rows.tree, n_values, faults, malformed })
}
