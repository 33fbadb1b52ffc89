//! The second look at an object: who is mentioned in each row, and what the row says of them.
//!
//! ```text
//! cells ──▶ words (what each is, and whom it identifies) ─┬─▶ classes of the row ─┬─▶ mentions
//!       └─▶ records (which rows fill them) ───────────────┘                       └─▶ Counted
//! ```

mod counted;
mod mention;
mod records;
mod subjects;
mod word;

use arrow_array::RecordBatch;

pub use counted::Counted;
use mention::told;
use subjects::Subjects;
use word::{KnownDictionary, Word, Words, classify};

use super::cells::Cells;
use super::columns::Columns;
use super::engine::{CellDetector, Engine};
use super::judge::Place;
use super::plan::{CountPlan, PlannedColumn};
use super::route::Routing;
use super::survey::{Fits, WATCHED_AT_MOST, Watched};
use crate::model::{ClassSet, Fingerprinter, Key, MentionBatch};

/// Counts record batches; one per thread.
#[derive(Debug)]
pub(super) struct Counter<'e> {
    engine: &'e Engine,
    plan: &'e CountPlan,
    fingerprinter: &'e Fingerprinter,
    /// Whoever was born after this day, as the number `YYYYMMDD`, is under 14.
    minor_after: u32,
    counted: Counted,
    /// By column, which detectors the survey may tell of.
    watched: Vec<Watched>,
    dictionaries: Vec<Option<KnownDictionary>>,
    scratch: Scratch,
}

#[derive(Debug, Default)]
struct Scratch {
    text: Vec<u8>,
    half_width: Vec<u8>,
    normal: Vec<u8>,
    spelled: Vec<u8>,
    routing: Routing,
    keys: Vec<Key>,
}

impl<'e> Counter<'e> {
    pub(super) fn new(
        engine: &'e Engine,
        plan: &'e CountPlan,
        fingerprinter: &'e Fingerprinter,
        minor_after: u32,
    ) -> Self {
        Self {
            engine,
            plan,
            fingerprinter,
            minor_after,
            counted: Counted::new(plan),
            watched: watched(engine, plan),
            dictionaries: plan.columns.iter().map(|_| None).collect(),
            scratch: Scratch::default(),
        }
    }

    /// What was counted.
    pub(super) fn finish(mut self) -> Counted {
        self.counted.subjects.iter_mut().for_each(Subjects::finish);
        self.counted
    }

    /// The detectors of each column that it is enough to ask once.
    pub(super) fn watched(&self) -> &[Watched] {
        &self.watched
    }

    /// Adds the mentions of a batch to `mentions`. `fits` has what the survey found, by column, where there was one.
    pub(super) fn add(&mut self, batch: &RecordBatch, columns: &[Cells], fits: &[Fits], mentions: &mut MentionBatch) {
        let plan = self.plan;
        let of_column = |(at, planned): (usize, &PlannedColumn)| match columns.get(planned.column) {
            Some(Cells::List { items, .. }) => self.words_of(at, planned, items, &[]),
            Some(cells) => self.words_of(at, planned, cells, fits),
            None => Vec::new(),
        };
        let words: Vec<Vec<Word>> = plan.columns.iter().enumerate().map(of_column).collect();
        let ends = plan.columns.iter().map(|planned| columns.get(planned.column).and_then(Cells::ends));
        let words: Vec<Words<'_>> = words.iter().zip(ends).map(|(of_cells, ends)| Words { ends, of_cells }).collect();
        let mut classes = vec![ClassSet::EMPTY; batch.num_rows()];
        for (planned, words) in plan.columns.iter().zip(&words) {
            if let Some(class) = planned.class.map(ClassSet::of) {
                classify(class, words, &mut classes);
            }
        }
        let columns = Columns::new(columns);
        self.add_records(&columns, &mut classes);
        for (way, motion) in &mut self.counted.ways {
            motion.add(*way, &columns, batch.num_rows());
        }
        let told = told(plan, &words);
        for (row, classes) in classes.into_iter().enumerate() {
            self.mention(row, &columns, &told, classes, mentions);
        }
    }
}

/// By column, the detectors of which a whole cell is asked no more than whether it is one.
fn watched(engine: &Engine, plan: &CountPlan) -> Vec<Watched> {
    let n_columns = plan.columns.iter().map(|planned| planned.column + 1).max().unwrap_or(0);
    let mut watched = vec![Watched::new(); n_columns];
    for planned in plan.columns.iter().filter(|planned| planned.place == Place::Whole && !planned.takes_all) {
        let is_routed = engine.cells.get(planned.detector).is_some_and(CellDetector::is_routed);
        let of_column = watched.get_mut(planned.column).filter(|of_column| of_column.len() < WATCHED_AT_MOST);
        if let Some(of_column) = of_column.filter(|_| is_routed) {
            of_column.push(planned.detector);
        }
    }
    watched
}
