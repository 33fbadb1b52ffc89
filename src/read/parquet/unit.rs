//! Reads one row group: its columns side by side, each in its own lane, so that a damaged one leaves the others whole.

use std::ops::ControlFlow;
use std::sync::Arc;

use arrow_array::RecordBatch;

use super::Opened;
use super::batch::{Batches, Column};
use super::guard::Failure;
use super::lane::{Group, Lane, Plan};
use crate::model::{Problem, ProblemCode};

/// A row group that is being read.
pub(super) struct Reading<'a> {
    file: &'a Opened,
    group: Group,
    lanes: Vec<Lane>,
    columns: Vec<Column>,
    /// Rows handed out.
    rows: u64,
    /// Groups of leaves that could not be read together, and why.
    parted: Vec<(Vec<usize>, Failure)>,
    /// What concerns all columns.
    failure: Option<Failure>,
}

/// A lane, or a plan to start one.
enum Work {
    Lane(Box<Lane>),
    Plan(Plan),
}

/// A stored byte never stands for more rows than this; a row group that goes on is a trap.
const MAX_ROWS_PER_BYTE: u64 = 1 << 20;

/// More problems of one row group are only counted.
const MAX_PROBLEMS: usize = 100;

impl<'a> Reading<'a> {
    /// Begins at the first row.
    pub(super) fn new(file: &'a Opened, group: Group) -> Self {
        let columns = file.roots.iter().flat_map(|root| &root.leaves).map(|_| Column::default()).collect();
        Self { file, group, lanes: Vec::new(), columns, rows: 0, parted: Vec::new(), failure: None }
    }

    /// Reads to the end, or until `sink` breaks; gives the rows that were handed out, and what went wrong.
    pub(super) fn run(mut self, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> (u64, Vec<Problem>) {
        let limit = self.file.bytes.saturating_mul(MAX_ROWS_PER_BYTE);
        let mut batches = Batches::new(self.file);
        let mut work: Vec<Work> = self.plans().into_iter().map(Work::Plan).collect();
        loop {
            self.advance(work);
            match batches.make(self.rows, &mut self.columns) {
                Ok(None) => return (self.rows, self.problems()),
                Ok(Some(batch)) => {
                    self.rows += batch.num_rows() as u64;
                    if sink(&batch).is_break() {
                        return (self.rows, Vec::new());
                    }
                }
                Err(error) => self.failure = Some(Failure::from(error)),
            }
            if self.rows > limit {
                self.failure = Some(Failure::corrupt("more rows than the file can hold"));
            }
            if self.failure.is_some() {
                return (self.rows, self.problems());
            }
            work = self.lanes.drain(..).map(|lane| Work::Lane(Box::new(lane))).collect();
        }
    }

    /// A plan for each column of the top level; for each of its leaves where some of them are not here to be read.
    fn plans(&mut self) -> Vec<Plan> {
        let file = self.file;
        let mut plans = Vec::new();
        for root in &file.roots {
            let leaves: Vec<usize> = (root.first..root.first + root.leaves.len()).collect();
            for leaf in &leaves {
                if let Some(failure) = root.failure.clone().or_else(|| self.absent(*leaf)) {
                    self.fail(*leaf, failure);
                }
            }
            let Some(tree) = &root.tree else {
                continue;
            };
            let whole = Plan { tree: Arc::clone(tree), leaves, as_bytes: false };
            if whole.leaves.iter().all(|leaf| self.is_alive(*leaf)) {
                plans.push(whole);
            } else {
                let alone = (0..whole.leaves.len()).filter_map(|at| whole.leaf(at, false));
                plans.extend(alone.filter(|plan| plan.leaves.iter().all(|leaf| self.is_alive(*leaf))));
            }
        }
        plans
    }

    /// Why the values of a column are not here to be read.
    fn absent(&self, leaf: usize) -> Option<Failure> {
        let (code, message) = if self.file.encrypted.contains(&(self.group.index, leaf)) {
            (ProblemCode::FormatEncrypted, "the column is encrypted")
        } else if self.group.chunk(leaf).is_some_and(|chunk| chunk.file_path().is_some()) {
            (ProblemCode::ObjectPointer, "the values are in another file")
        } else {
            return None;
        };
        Some(Failure { code, message: message.to_owned(), not_text: false })
    }

    fn is_alive(&self, leaf: usize) -> bool {
        self.columns.get(leaf).is_some_and(|column| column.failed.is_none())
    }

    fn fail(&mut self, leaf: usize, failure: Failure) {
        if let Some(column) = self.columns.get_mut(leaf) {
            column.failed = Some((failure, self.rows));
        }
    }

    /// Reads the next rows of every lane. One that fails is replaced by other ways of reading the same, which pass over
    /// the rows that were handed out.
    fn advance(&mut self, mut work: Vec<Work>) {
        while let Some(next) = work.pop() {
            let (plan, read) = match next {
                Work::Lane(mut lane) => (lane.plan.clone(), lane.next().map(|step| (*lane, step))),
                Work::Plan(plan) => {
                    let read = Lane::open(plan.clone(), &self.group).and_then(|mut lane| {
                        lane.pass(self.rows)?;
                        let step = lane.next()?;
                        Ok((lane, step))
                    });
                    (plan, read)
                }
            };
            match read {
                Ok((lane, Some(step))) => {
                    for (leaf, values) in plan.leaves.iter().zip(step) {
                        if let Some(column) = self.columns.get_mut(*leaf) {
                            column.take(values);
                        }
                    }
                    self.lanes.push(lane);
                }
                Ok((_, None)) => {
                    for leaf in &plan.leaves {
                        if let Some(column) = self.columns.get_mut(*leaf) {
                            column.ended.get_or_insert(self.rows);
                        }
                    }
                }
                Err(failure) => {
                    let ways = plan.other_ways(&failure);
                    if ways.is_empty() {
                        plan.leaves.iter().for_each(|leaf| self.fail(*leaf, failure.clone()));
                    } else if plan.leaves.len() > 1 {
                        self.parted.push((plan.leaves, failure));
                    }
                    work.extend(ways.into_iter().map(Work::Plan));
                }
            }
        }
    }

    /// What went wrong, when all that could be read is.
    fn problems(&self) -> Vec<Problem> {
        let place = format!("row group {}", self.group.index);
        let at_group = |failure: Failure| failure.problem(&self.file.uri).at(&place);
        let mut problems: Vec<Problem> = self.failure.clone().map(at_group).into_iter().collect();
        if let Some(failure) = self.failed_as_one() {
            problems.push(at_group(failure));
        } else {
            for (column, info) in self.columns.iter().zip(&self.file.columns) {
                let of_column = column.failures(self.rows).into_iter();
                let place = format!("{place}, column {}", info.name);
                problems.extend(of_column.map(|failure| failure.problem(&self.file.uri).at(&place)));
            }
            problems.extend(self.parted.iter().filter_map(|(leaves, failure)| {
                let name = &self.file.columns.get(*leaves.first()?)?.name;
                let fine = leaves.iter().all(|leaf| self.is_alive(*leaf));
                fine.then(|| {
                    failure.clone().problem(&self.file.uri).at(format!("{place}, column {name} and those beside it"))
                })
            }));
        }
        let n_more = problems.len().saturating_sub(MAX_PROBLEMS);
        if n_more > 0 {
            problems.truncate(MAX_PROBLEMS);
            problems.push(at_group(Failure::corrupt(&format!("{n_more} more problems of this row group"))));
        }
        problems.extend(self.missing_rows().map(at_group));
        problems
    }

    /// The failure of all columns where they failed at once in the same way.
    fn failed_as_one(&self) -> Option<Failure> {
        let mut failures = self.columns.iter().map(|column| column.failed.as_ref());
        let first = failures.next()??;
        let same = self.columns.len() > 1 && failures.all(|failed| failed == Some(first));
        same.then(|| first.0.clone())
    }

    /// Where the row group had other rows than the footer says.
    fn missing_rows(&self) -> Option<Failure> {
        let declared = self.group.row_group()?.num_rows();
        if self.columns.is_empty() || u64::try_from(declared) == Ok(self.rows) {
            return None;
        }
        let absent = |code| code == ProblemCode::FormatEncrypted || code == ProblemCode::ObjectPointer;
        if self.failed_as_one().is_some_and(|failure| absent(failure.code)) {
            return None;
        }
        Some(Failure::corrupt(&format!("{} rows of {declared} were read", self.rows)))
    }
}
