//! Workbooks of Excel and of `OpenDocument`: every sheet is a table.
//!
//! A decoder cannot read a part of a workbook, so all cells are taken out when it is opened, and held as text.

mod book;
mod grid;
mod parts;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use arrow_array::RecordBatch;

use self::book::{Book, Fault};
use self::grid::Grid;
use self::parts::Beside;
use super::open::Member;
use super::origin::Origin;
use super::parquet::guard::{Failure, guarded};
use super::rows::Rows;
use super::source::Reader;
use super::text::header::{self, Top};
use super::{ColumnInfo, ObjectRef, Options, Source, UnitOutcome, problem_of};
use crate::model::{Problem, ProblemCode};

/// A sheet that was taken out of its workbook.
#[derive(Clone, Debug)]
struct SheetTable {
    uri: String,
    format: &'static str,
    grid: Arc<Grid>,
    top: Top,
    columns: Vec<ColumnInfo>,
    /// Where each column of the sheet is among those that hold something.
    places: Arc<BTreeMap<u32, usize>>,
    bytes: u64,
    batch_rows: usize,
    problems: Vec<Problem>,
}

/// The header is told from so many rows, and of no more cells.
const SAMPLE_ROWS: usize = 500;
const SAMPLE_CELLS: usize = 200_000;

/// A sheet with so many places for cells, and so many times more places than cells, is no table.
const MAX_PLACES: usize = 1 << 30;
const MAX_EMPTINESS: usize = 100;

/// The most cells of one batch; bounds the memory of very wide tables.
const MAX_BATCH_CELLS: usize = 1 << 20;

/// Opens a workbook of this format: its sheets.
pub(super) fn open(
    object: &ObjectRef,
    format: &'static str,
    options: &Options,
    suffix: &str,
    remarks: Vec<Problem>,
) -> Result<Vec<Member>, Problem> {
    let limits = options.limits;
    let bytes = object.origin.whole(limits.held_bytes).map_err(|error| problem_of(&object.uri, &error))?;
    let told = |fault: Fault| Problem::new(fault.code, &object.uri, fault.cause);
    let beside = match format {
        "xls" if holds_package(&bytes) => {
            let cause = "an office document with a password";
            return Err(told(Fault::new(ProblemCode::FormatEncrypted, cause)));
        }
        "xls" => Beside::default(),
        _ => parts::check(format, &Origin::memory(bytes.clone()), object.bytes, options).map_err(told)?,
    };
    let mut book = calmly(|| Book::open(format, bytes)).map_err(told)?;
    let mut remarks = remarks;
    remarks.extend(beside.unread().map(|parts| Problem::new(ProblemCode::SheetPartsUnread, &object.uri, parts)));
    let names = calmly(|| Ok(book.sheets())).map_err(told)?;
    if names.is_empty() {
        return Err(told(Fault::new(ProblemCode::SheetCorrupt, "there is no sheet in it")));
    }
    let mut bytes_left = limits.held_bytes;
    let mut members = Vec::new();
    for name in names {
        let mut grid = Grid::default();
        let filled = calmly(|| book.fill(&name, &mut grid, &mut bytes_left));
        grid.finish();
        let member = object.table(&clean(&name), 0);
        let table = SheetTable::new(&member, format, grid, filled.err(), options);
        // What is said of the workbook is said once.
        let table = Source::new(table, suffix, std::mem::take(&mut remarks));
        members.push(Member { object: member, table: Ok(table) });
    }
    Ok(members)
}

/// Runs the decoder; a panic in it is a fault like others.
fn calmly<T>(decode: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    let result = guarded(|| Ok::<_, Failure>(decode()));
    result.unwrap_or_else(|failure| Err(Fault::new(failure.code, failure.message)))
}

/// Whether an OLE2 file holds an encrypted document.
fn holds_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(bytes, &name).is_some()
}

/// A name without line breaks and the like.
fn clean(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

impl SheetTable {
    fn new(object: &ObjectRef, format: &'static str, grid: Grid, fault: Option<Fault>, options: &Options) -> Self {
        let problem = |code, cause: String| Problem::new(code, &object.uri, cause);
        let places = grid.columns();
        let mut problems: Vec<Problem> = fault.into_iter().map(|fault| problem(fault.code, fault.cause)).collect();
        let n_places = places.len().saturating_mul(grid.rows().count());
        let (grid, places) = if n_places > MAX_PLACES && n_places / MAX_EMPTINESS > grid.n_cells() {
            let cause = "its cells lie too far apart to be a table; they were not read".to_owned();
            problems.push(problem(ProblemCode::ObjectTooLarge, cause));
            (Grid::default(), BTreeMap::new())
        } else {
            (grid, places)
        };
        if grid.n_damaged > 0 {
            let cause = format!("cells with numbers that have lost digits: {}", grid.n_damaged);
            problems.push(problem(ProblemCode::SheetDamagedNumbers, cause));
        }
        let sample = sample(&grid, &places);
        let top = header::top(&sample);
        if top.n_preamble > 0 {
            let cause = format!("lines above the table that were not read as rows: {}", top.n_preamble);
            problems.push(problem(ProblemCode::TextPreamble, cause));
        }
        let first = sample.get(top.n_preamble).filter(|_| top.header);
        let columns = columns(header::names(first, places.len()));
        Self {
            uri: object.uri.clone(),
            format,
            batch_rows: options.batch_rows.min(MAX_BATCH_CELLS / places.len().max(1)).max(1),
            bytes: object.bytes,
            top,
            columns,
            grid: Arc::new(grid),
            places: Arc::new(places),
            problems,
        }
    }
}

fn columns(names: Vec<String>) -> Vec<ColumnInfo> {
    names.into_iter().map(|name| ColumnInfo { name, data_type: "utf8".to_owned() }).collect()
}

/// The first rows, with an empty cell where there is nothing.
fn sample(grid: &Grid, places: &BTreeMap<u32, usize>) -> Vec<Vec<String>> {
    let width = places.len();
    let n_rows = SAMPLE_ROWS.min(SAMPLE_CELLS / width.max(1)).max(2);
    let rows = grid.rows().take(n_rows).map(|cells| {
        let mut row = vec![String::new(); width];
        for (column, text) in cells {
            if let Some(cell) = places.get(&column).and_then(|at| row.get_mut(*at)) {
                text.clone_into(cell);
            }
        }
        row
    });
    rows.collect()
}

impl Reader for SheetTable {
    fn format(&self) -> String {
        self.format.to_owned()
    }

    fn columns(&self) -> &[ColumnInfo] {
        &self.columns
    }

    fn unit_bytes(&self, _unit: usize) -> u64 {
        self.bytes
    }

    fn read(&self, _unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        let mut outcome = UnitOutcome::default();
        let mut rows = Rows::new(&self.columns, self.batch_rows);
        let mut emit = |rows: &mut Rows, outcome: &mut UnitOutcome| match rows.take() {
            Ok(batch) => sink(&batch),
            Err(error) => {
                let message = error.to_string().to_lowercase();
                outcome.problems.push(Problem::new(ProblemCode::DecoderPanicked, &self.uri, message));
                ControlFlow::Break(())
            }
        };
        for cells in self.grid.rows().skip(self.top.n_preamble + usize::from(self.top.header)) {
            for (column, text) in cells {
                if let Some(at) = self.places.get(&column) {
                    rows.cell(*at, Some(text));
                }
            }
            rows.end_row();
            outcome.rows += 1;
            if rows.is_full() && emit(&mut rows, &mut outcome).is_break() {
                return outcome;
            }
        }
        if !rows.is_empty() {
            let _ = emit(&mut rows, &mut outcome);
        }
        outcome
    }

    fn without_header(&self) -> Option<Arc<dyn Reader>> {
        if !self.top.header {
            return None;
        }
        let top = Top { header: false, ..self.top };
        Some(Arc::new(Self { top, columns: columns(header::names(None, self.columns.len())), ..self.clone() }))
    }

    fn problems(&self) -> &[Problem] {
        &self.problems
    }
}
