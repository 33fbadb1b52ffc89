//! ORC files, some stripes a unit.
//!
//! Everything is read in the order in which it stands in its streams, and no stream has more than a block of it in memory.
//! What would take memory (lists, values, dictionaries) is asked for before it is made.

mod cells;
mod clock;
mod feed;
mod proto;
mod runs;
mod schema;
mod tail;
mod texts;

use std::io;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, new_null_array};
use arrow_schema::{DataType, Field, Schema};

use self::cells::{Column, Place, undoable};
use self::feed::Room;
use self::schema::{Kind, Node, tree};
use self::tail::{Stripe, Tail, streams, tail};
use self::texts::Undecoded;
use super::flatten::{self, Leaf};
use super::origin::{Origin, RandomAccess, Stamp};
use super::parquet::guard::contained;
use super::source::Reader;
use super::{ColumnInfo, ObjectRef, Options, UnitOutcome, problem_of};
use crate::model::{Problem, ProblemCode};

/// Why something cannot be read, in words without values from the data.
type Fault = (ProblemCode, String);

/// An opened file.
#[derive(Debug)]
struct OrcSource {
    uri: String,
    origin: Origin,
    stamp: Stamp,
    tail: Tail,
    roots: Vec<Root>,
    columns: Vec<ColumnInfo>,
    /// The stripes of each unit.
    units: Vec<Range<usize>>,
    options: Options,
    problems: Vec<Problem>,
}

/// A column as it is stored.
#[derive(Debug)]
struct Root {
    name: String,
    node: Node,
    leaves: Vec<Leaf>,
}

/// The most cells of one batch; bounds the memory of very wide tables.
const MAX_BATCH_CELLS: usize = 1 << 20;

/// The most rows of one batch of lists, whose length nothing tells beforehand.
const MAX_LIST_ROWS: usize = 1024;

/// A batch is made of about so many stored bytes at most, which may be twenty times as many in memory.
const BATCH_BYTES: u64 = 8 << 20;

/// Opens a file.
pub(super) fn open(object: &ObjectRef, options: &Options) -> Result<impl Reader + 'static, Problem> {
    let unreadable = |error: io::Error| problem_of(&object.uri, &error);
    let refused = |(code, cause): Fault| Problem::new(code, &object.uri, cause);
    let origin = object.origin.held(options.limits.held_bytes).map_err(unreadable)?;
    let bytes = origin.random().map_err(unreadable)?;
    let opened = contained(|| tail(&bytes).and_then(|tail| Ok((tree(&tail.types)?, tail))));
    let (rows, tail) = opened.map_err(refused)?;
    let roots = roots(rows);
    let columns: Vec<ColumnInfo> = columns(&roots);
    let has_lists = roots.iter().any(|root| root.node.has_lists());
    let batch_rows = options.batch_rows.min(MAX_BATCH_CELLS / columns.len().max(1));
    let batch_rows = if has_lists { batch_rows.min(MAX_LIST_ROWS) } else { batch_rows }.max(1);
    let units = if columns.is_empty() {
        Vec::new()
    } else {
        super::units(tail.stripes.iter().map(Stripe::bytes), options.range_bytes)
    };
    Ok(OrcSource {
        uri: object.uri.clone(),
        problems: remarks(&tail).into_iter().map(refused).collect(),
        stamp: bytes.stamp().clone(),
        options: Options { batch_rows, ..*options },
        origin,
        tail,
        roots,
        columns,
        units,
    })
}

/// What is wrong with a file that is read all the same.
fn remarks(tail: &Tail) -> Vec<Fault> {
    let mut remarks = Vec::new();
    if tail.is_encrypted {
        let cause = "it has encrypted columns; what stands in their place for everybody was read";
        remarks.push((ProblemCode::FormatEncrypted, cause.to_owned()));
    }
    let n_rows = tail.stripes.iter().fold(0_u64, |sum, stripe| sum.saturating_add(stripe.n_rows));
    if n_rows != tail.n_rows {
        remarks.push(feed::corrupt("its stripes do not have as many rows as it says"));
    }
    remarks
}

/// The columns of rows; rows that are no struct are the only one.
fn roots(rows: Node) -> Vec<Root> {
    let named = match rows.kind {
        Kind::Struct => rows.children,
        _ => vec![("value".to_owned(), rows)],
    };
    let roots = named.into_iter().map(|(name, node)| {
        let leaves = flatten::leaves(&Field::new(&name, node.data_type(), true));
        Root { name, node, leaves }
    });
    roots.collect()
}

fn columns(roots: &[Root]) -> Vec<ColumnInfo> {
    let leaves = roots.iter().flat_map(|root| &root.leaves).enumerate();
    let columns = leaves.map(|(at, leaf)| ColumnInfo {
        name: if leaf.name.is_empty() { format!("column_{}", at + 1) } else { leaf.name.clone() },
        data_type: leaf.type_name(),
    });
    columns.collect()
}

impl Reader for OrcSource {
    fn format(&self) -> String {
        "orc".to_owned()
    }

    fn columns(&self) -> &[ColumnInfo] {
        &self.columns
    }

    fn n_units(&self) -> usize {
        self.units.len()
    }

    fn unit_bytes(&self, unit: usize) -> u64 {
        let stripes = self.units.get(unit).and_then(|range| self.tail.stripes.get(range.clone())).unwrap_or_default();
        stripes.iter().map(Stripe::bytes).sum()
    }

    fn read(&self, unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        let range = self.units.get(unit).cloned().unwrap_or_default();
        let stripes = range.filter_map(|at| Some((at, self.tail.stripes.get(at)?)));
        let opened = (&self.origin, &self.stamp, self.uri.as_str());
        super::each_piece(opened, "stripe", stripes, |bytes, (at, stripe), outcome| {
            let mut reading = contained(|| Reading::open(self, at, stripe, bytes))?;
            let flow = reading.read(stripe, &mut outcome.rows, sink);
            outcome.problems.extend(reading.problems());
            Ok(flow)
        })
    }

    fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// A stripe that is being read.
struct Reading<'a> {
    file: &'a OrcSource,
    at: usize,
    room: std::rc::Rc<Room>,
    lanes: Vec<Lane<'a>>,
}

/// A column of it.
struct Lane<'a> {
    root: &'a Root,
    column: Result<Column, Fault>,
    /// How many rows it had when it failed.
    n_rows: u64,
    undecoded: Undecoded,
}

impl<'a> Reading<'a> {
    fn open(file: &'a OrcSource, at: usize, stripe: &Stripe, bytes: &RandomAccess) -> Result<Self, Fault> {
        let room = Room::new(file.options.limits.held_bytes);
        let place = Place { bytes, tail: &file.tail, streams: &streams(bytes, &file.tail, stripe)?, room: &room };
        // Columns without values would have any number of rows.
        let lanes = file.roots.iter().filter(|root| !root.leaves.is_empty()).map(|root| {
            let column = Column::open(&root.node, &place);
            Lane { root, column, n_rows: 0, undecoded: Undecoded::default() }
        });
        let lanes = lanes.collect();
        Ok(Self { file, at, room, lanes })
    }

    fn read(
        &mut self,
        stripe: &Stripe,
        n_rows: &mut u64,
        sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let row_bytes = (stripe.bytes() / stripe.n_rows.max(1)).max(1);
        let batch_rows = (BATCH_BYTES / row_bytes).clamp(1, self.file.options.batch_rows as u64);
        let mut done = 0;
        while done < stripe.n_rows && self.lanes.iter().any(|lane| lane.column.is_ok()) {
            let n = batch_rows.min(stripe.n_rows - done);
            let batch = match contained(|| self.batch(n as usize)) {
                Ok(Some(batch)) => batch,
                Ok(None) => break,
                Err(fault) => {
                    self.lanes.iter_mut().for_each(|lane| lane.fail(fault.clone()));
                    break;
                }
            };
            done += n;
            *n_rows += n;
            sink(&batch)?;
        }
        ControlFlow::Continue(())
    }

    /// The next rows of the columns that can be read; `None` where none can be.
    fn batch(&mut self, n: usize) -> Result<Option<RecordBatch>, Fault> {
        self.room.renew();
        let mut arrays = Vec::with_capacity(self.file.columns.len());
        let mut is_any = false;
        for lane in &mut self.lanes {
            match lane.next(n) {
                Some(leaves) => {
                    is_any = true;
                    arrays.extend(leaves);
                }
                None => arrays.extend(lane.root.leaves.iter().map(|leaf| absent(leaf, n))),
            }
        }
        if !is_any {
            return Ok(None);
        }
        let fields = self.file.columns.iter().zip(&arrays);
        let fields: Vec<Field> =
            fields.map(|(info, array)| Field::new(&info.name, array.data_type().clone(), true)).collect();
        let options = RecordBatchOptions::new().with_row_count(Some(n));
        let batch = RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options);
        batch.map(Some).map_err(|error| undoable(&error))
    }

    /// What went wrong: once where it went wrong with all columns alike.
    fn problems(&self) -> Vec<Problem> {
        let place = format!("stripe {}", self.at);
        let uri = &self.file.uri;
        let faults: Vec<_> = self.lanes.iter().map(Lane::faults).collect();
        let is_one = self.lanes.len() > 1 && faults.iter().all(|own| !own.is_empty() && Some(own) == faults.first());
        if is_one {
            let own = faults.into_iter().next().unwrap_or_default();
            return own.into_iter().map(|(code, cause)| Problem::new(code, uri, cause).at(&place)).collect();
        }
        let named = self.lanes.iter().zip(faults);
        let problems = named.flat_map(|(lane, own)| {
            let place = format!("{place}, column {}", lane.root.name);
            own.into_iter().map(move |(code, cause)| Problem::new(code, uri, cause).at(&place))
        });
        problems.collect()
    }
}

/// What stands for a column that cannot be read.
fn absent(leaf: &Leaf, n: usize) -> ArrayRef {
    let data_type = match leaf.list {
        Some(_) => DataType::List(flatten::element(&leaf.data_type)),
        None => leaf.data_type.clone(),
    };
    new_null_array(&data_type, n)
}

impl Lane<'_> {
    /// The next rows, leaf by leaf; `None` where they cannot be read, and all further ones neither.
    fn next(&mut self, n: usize) -> Option<Vec<ArrayRef>> {
        let column = self.column.as_mut().ok()?;
        let array = column.next(n, &mut self.undecoded);
        match array.and_then(|array| flatten::leaf_arrays(&array).map_err(|error| undoable(&error))) {
            Ok(leaves) => {
                self.n_rows += n as u64;
                Some(leaves)
            }
            Err(fault) => {
                self.fail(fault);
                None
            }
        }
    }

    fn fail(&mut self, fault: Fault) {
        if self.column.is_ok() {
            self.column = Err(fault);
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if let Err((code, cause)) = &self.column {
            let from = if self.n_rows == 0 { String::new() } else { format!("; not read from row {} on", self.n_rows) };
            faults.push((*code, format!("{cause}{from}")));
        }
        let Undecoded { n_foreign, n_undecodable } = self.undecoded;
        if n_undecodable > 0 {
            let cause = format!("{n_undecodable} cells are neither UTF-8 nor GB18030");
            faults.push((ProblemCode::TextUndecodable, cause));
        }
        if n_foreign > 0 {
            let cause = format!("{n_foreign} cells are GB18030 where UTF-8 is declared");
            faults.push((ProblemCode::FormatMismatch, cause));
        }
        faults
    }
}
