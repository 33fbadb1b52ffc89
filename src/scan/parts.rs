//! What threads do with an object: each looks at its share of the head, or of all units, with a worker of its own, and what
//! they saw is put together.

use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

use arrow_array::RecordBatch;
use rayon::prelude::*;

use super::{Progress, Scan};
use crate::count::Mentions;
use crate::detect::{CountPlan, Counted, Survey, Worker};
use crate::model::MentionBatch;
use crate::read::{Source, UnitOutcome};

/// The head of an object, from which its columns are judged first: enough rows to see what repeats.
const HEAD_ROWS: usize = 4096;
/// They are looked at in portions of so many.
const SHARED_ROWS: usize = 1024;
/// Of an object that is no longer than this the head is all of it.
const WHOLE_ROWS: usize = 8192;
/// A head is no longer than this, however few rows that is.
const HEAD_BYTES: usize = 16 << 20;

/// What one look at all rows by a plan came to.
pub(super) struct Counts {
    pub(super) plan: CountPlan,
    pub(super) counted: Counted,
    pub(super) mentions: Mentions,
    pub(super) outcomes: Vec<UnitOutcome>,
}

/// The head of an object.
pub(super) struct Head {
    pub(super) batches: Vec<RecordBatch>,
    /// What became of the only unit, where the head is all of the object.
    pub(super) whole: Option<UnitOutcome>,
}

/// Reads the head.
pub(super) fn read_head(source: &Source) -> Head {
    let (mut batches, mut rows, mut bytes, mut cut) = (Vec::new(), 0, 0, false);
    let n_units = source.n_units();
    if n_units == 0 {
        return Head { batches, whole: Some(UnitOutcome::default()) };
    }
    // Where there is more for sure, no more is read than is looked at.
    let enough = if n_units == 1 { WHOLE_ROWS } else { HEAD_ROWS };
    let outcome = source.read(0, &mut |batch| {
        cut = rows >= enough || bytes >= HEAD_BYTES;
        if cut {
            return ControlFlow::Break(());
        }
        rows += batch.num_rows();
        bytes += batch.get_array_memory_size();
        batches.push(batch.clone());
        if n_units > 1 && rows >= enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let whole = (n_units == 1 && !cut).then_some(outcome);
    if whole.is_none() {
        batches = first_rows(&batches, HEAD_ROWS);
    }
    Head { batches, whole }
}

/// The first rows, in batches that several threads can share.
fn first_rows(batches: &[RecordBatch], mut n: usize) -> Vec<RecordBatch> {
    let mut first = Vec::new();
    for batch in batches {
        let end = batch.num_rows().min(n);
        n -= end;
        let slice = |start: usize| batch.slice(start, SHARED_ROWS.min(end - start));
        first.extend((0..end).step_by(SHARED_ROWS).map(slice));
    }
    first
}

/// Looks at a head. Where more is to come, several threads do, each with a worker of its own.
pub(super) fn look_at<'a>(scan: &'a Scan<'a>, head: &Head, worker: impl Fn() -> Worker<'a> + Sync) -> Looked {
    let n_parts = if head.whole.is_some() { 1 } else { rayon::current_num_threads() };
    let of_part = head.batches.len().div_ceil(n_parts).max(1);
    let parts = head.batches.par_chunks(of_part).map(|batches| {
        let mut part = Part::new(scan, worker());
        for batch in batches {
            part.add(batch);
        }
        part
    });
    Looked::by(scan, parts.collect())
}

/// One thread's share of an object.
struct Part<'a> {
    worker: Worker<'a>,
    batch: MentionBatch,
    mentions: Mentions,
}

impl<'a> Part<'a> {
    fn new(scan: &'a Scan<'a>, worker: Worker<'a>) -> Self {
        Self { worker, batch: MentionBatch::default(), mentions: Mentions::within(scan.room) }
    }

    fn add(&mut self, batch: &RecordBatch) {
        self.batch.clear();
        self.worker.add(batch, &mut self.batch);
        self.mentions.insert(&self.batch);
    }
}

/// What all parts together saw, as far as they looked for it.
pub(super) struct Looked {
    pub(super) survey: Option<Survey>,
    pub(super) counted: Option<Counted>,
    pub(super) mentions: Mentions,
}

impl Looked {
    fn by(scan: &Scan<'_>, parts: Vec<Part<'_>>) -> Self {
        let finish = |Part { worker, mentions, .. }: Part<'_>| (worker.finish(), mentions);
        let (seen, all_mentions): (Vec<_>, Vec<_>) = parts.into_par_iter().map(finish).unzip();
        let (surveys, counts): (Vec<_>, Vec<_>) = seen.into_iter().unzip();
        let survey = surveys.into_iter().flatten().reduce(|mut one, other| {
            one.merge(&other);
            one
        });
        let count = || {
            counts.into_iter().flatten().reduce(|mut one, other| {
                one.merge(other);
                one
            })
        };
        let (counted, mentions) = rayon::join(count, || {
            all_mentions.into_iter().fold(Mentions::within(scan.room), |mut all, mentions| {
                all.merge(mentions);
                all
            })
        });
        Self { survey, counted, mentions }
    }
}

/// Reads all units in parallel. There are no more parts than threads, however many units there are.
pub(super) fn read_units(scan: &Scan<'_>, source: &Source, plan: CountPlan, surveys: bool) -> (Option<Survey>, Counts) {
    let worker = || {
        let counting = counting(scan, &plan);
        if surveys { counting.surveying(scan.engine, source.columns().len()) } else { counting }
    };
    let parts: Mutex<Vec<Part<'_>>> = Mutex::new(Vec::new());
    let take = || parts.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let outcomes: Vec<UnitOutcome> = (0..source.n_units())
        .into_par_iter()
        .with_max_len(1)
        .map(|unit| {
            let mut part = take().unwrap_or_else(|| Part::new(scan, worker()));
            let outcome = source.read(unit, &mut |batch| {
                part.add(batch);
                ControlFlow::Continue(())
            });
            parts.lock().unwrap_or_else(PoisonError::into_inner).push(part);
            (scan.progress)(Progress::Bytes(source.unit_bytes(unit)));
            outcome
        })
        .collect();
    let Looked { survey, counted, mentions } =
        Looked::by(scan, parts.into_inner().unwrap_or_else(PoisonError::into_inner));
    let counted = counted.unwrap_or_else(|| Counted::new(&plan));
    (survey, Counts { plan, counted, mentions, outcomes })
}

/// A worker that counts by a plan.
pub(super) fn counting<'a>(scan: &'a Scan<'a>, plan: &'a CountPlan) -> Worker<'a> {
    Worker::new().counting(scan.engine, plan, scan.fingerprinter, scan.minor_after)
}
