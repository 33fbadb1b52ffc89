//! Looks at record batches with the engine: a cheap thing that every thread has one of.

use arrow_array::RecordBatch;

use super::cells::Cells;
use super::count::{Counted, Counter};
use super::engine::Engine;
use super::plan::CountPlan;
use super::repeats::Repeats;
use super::survey::{Survey, Surveyor};
use crate::model::{Fingerprinter, MentionBatch};

/// Surveys, counts, or does both in one pass.
#[derive(Debug)]
pub struct Worker<'e> {
    surveyor: Option<Surveyor<'e>>,
    counter: Option<Counter<'e>>,
    /// By column.
    repeats: Vec<Repeats>,
}

impl<'e> Worker<'e> {
    /// A worker for an object with this many columns that does nothing yet.
    pub fn new() -> Self {
        Self { surveyor: None, counter: None, repeats: Vec::new() }
    }

    /// The worker, also surveying.
    #[must_use]
    pub fn surveying(mut self, engine: &'e Engine, n_columns: usize) -> Self {
        self.surveyor = Some(Surveyor::new(engine, n_columns));
        self
    }

    /// The worker, also counting by `plan`. Whoever was born after `minor_after`, as the number `YYYYMMDD`, is under 14.
    #[must_use]
    pub fn counting(
        mut self,
        engine: &'e Engine,
        plan: &'e CountPlan,
        fingerprinter: &'e Fingerprinter,
        minor_after: u32,
    ) -> Self {
        self.counter = Some(Counter::new(engine, plan, fingerprinter, minor_after));
        self
    }

    /// Looks at a batch and adds those mentioned in it to `mentions`.
    pub fn add(&mut self, batch: &RecordBatch, mentions: &mut MentionBatch) {
        self.repeats.resize_with(batch.num_columns(), Repeats::default);
        let encoded = batch.columns().iter().zip(&mut self.repeats);
        let columns: Vec<Cells> = encoded.map(|(array, repeats)| repeats.encode(Cells::new(array))).collect();
        let watched = self.counter.as_ref().map_or(&[][..], Counter::watched);
        let fits = self.surveyor.as_mut().map(|surveyor| surveyor.add(batch, &columns, watched)).unwrap_or_default();
        if let Some(counter) = &mut self.counter {
            counter.add(batch, &columns, &fits, mentions);
        }
    }

    /// What was surveyed and what was counted.
    pub fn finish(self) -> (Option<Survey>, Option<Counted>) {
        (self.surveyor.map(Surveyor::finish), self.counter.map(|counter| counter.counted))
    }
}

impl Default for Worker<'_> {
    fn default() -> Self {
        Self::new()
    }
}
