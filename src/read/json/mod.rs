//! JSON: documents, whose records may stand anywhere in them, and lines that are a record each.
//!
//! ```text
//! raw bytes ──▶ UTF-8 ──▶ tokens ──▶ grammar ──▶ rows ──▶ batches
//!              feed.rs   lexer.rs    walk.rs    rows.rs   table.rs
//! ```
//!
//! Which paths there are shows a look through the document, and for lines one through their head, which holds until
//! a record has another key. What is held of a text of any length is one value, and the rows of one batch.

mod cells;
mod feed;
mod keys;
mod lexer;
mod place;
mod rows;
mod shape;
mod table;
mod tree;
mod unit;
mod walk;

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

use arrow_array::RecordBatch;

pub(super) use cells::{Met, Paths, Unfolding, is_json};
pub(super) use unit::Seen;

use super::open::{Member, Opened};
use super::origin::{Origin, Stamp};
use super::source::{Reader, Source};
use super::text::charset::Charset;
use super::text::raw::{Failure, RawStream};
use super::{ColumnInfo, ObjectRef, Options, UnitOutcome, problem_of};
use crate::model::{Problem, ProblemCode};
use lexer::Breaks;
use place::Records;
use shape::Table;
use tree::{Leaf, Tree};
use unit::Survey;
use walk::{Faults, Places};

/// An opened table of JSON.
#[derive(Clone, Debug)]
struct JsonTable {
    reading: Arc<Reading>,
}

/// One way of reading a table.
#[derive(Clone, Debug)]
struct Reading {
    /// The format that it is a translation of; empty where it is none.
    format: &'static str,
    object: ObjectRef,
    options: Options,
    stamp: Stamp,
    /// How long the object is, where that is known.
    bytes: Option<u64>,
    charset: Charset,
    /// Whether the other encodings were tried and are worse.
    charset_settled: bool,
    /// The length of the byte order mark.
    mark: u64,
    breaks: Breaks,
    records: Records,
    /// The paths that are known.
    tree: Tree,
    leaves: Vec<Leaf>,
    columns: Vec<ColumnInfo>,
}

/// How much of lines their columns are told from.
const SAMPLE_BYTES: u64 = 1 << 20;

/// A table with more columns has keys that are values, even if nothing else says so.
const MAX_COLUMNS: usize = 8192;

/// Opens an object; `suffix` and `remarks` are those of [`Source::new`].
pub(super) fn open(
    object: &ObjectRef,
    options: &Options,
    suffix: &str,
    remarks: Vec<Problem>,
) -> Result<Opened, Problem> {
    open_as("", object, options, suffix, remarks)
}

/// Opens an object that says in JSON what another format says, by the name of that format.
pub(super) fn open_as(
    format: &'static str,
    object: &ObjectRef,
    options: &Options,
    suffix: &str,
    remarks: Vec<Problem>,
) -> Result<Opened, Problem> {
    let unreadable = |error: io::Error| problem_of(&object.uri, &error);
    let mut sample = Vec::new();
    match RawStream::open(&object.origin, 0).and_then(|mut raw| raw.read(SAMPLE_BYTES, &mut sample)) {
        // What can be read of a damaged file is read, and the damage reported then.
        Err(failure) if sample.is_empty() => return Err(failed(object, failure)),
        _ => {}
    }
    let (charset, mark) = Charset::guess(&sample);
    let bytes = object.origin.bytes().map_err(unreadable)?;
    let mut reading = Reading {
        format,
        object: object.clone(),
        options: options.for_text(bytes),
        stamp: object.origin.stamp().map_err(unreadable)?,
        bytes,
        charset,
        charset_settled: mark > 0,
        mark: mark as u64,
        breaks: Breaks::AreBlanks,
        records: Records::Values { have_places: false },
        tree: Tree::new(),
        leaves: Vec::new(),
        columns: Vec::new(),
    };
    let is_cut = sample.len() as u64 >= SAMPLE_BYTES;
    if let Some(reading) = reading.as_lines(&sample, is_cut) {
        return Ok(Opened::Table(Source::new(reading.into_table(), suffix, remarks)));
    }
    let survey = reading.survey().map_err(|failure| failed(object, failure))?;
    let mut tables = shape::tables(&survey.tree.settled(), survey.n_values);
    if let (Some(table), true) = (tables.pop(), tables.is_empty()) {
        let table = reading.with_table(object.clone(), table)?;
        return Ok(Opened::Table(Source::new(table, suffix, remarks)));
    }
    let mut tables = shape::tables(&survey.tree.settled(), survey.n_values);
    let mut remarks = Some(remarks);
    let members = tables.drain(..).map(|table| {
        let member = table.name.as_ref().map_or_else(|| object.clone(), |name| object.table(name, 0));
        let remarks = remarks.take().unwrap_or_default();
        let table = reading.with_table(member.clone(), table).map(|table| Source::new(table, suffix, remarks));
        Member { object: member, table }
    });
    Ok(Opened::Tables(members.collect()))
}

impl Reading {
    /// The reading as lines that are a record each, where the sample shows that they are.
    fn as_lines(&self, sample: &[u8], is_cut: bool) -> Option<Self> {
        let text = self.charset.decode_head(sample.get(self.mark as usize..).unwrap_or_default());
        let whole = match text.iter().rposition(|byte| *byte == b'\n') {
            Some(at) if is_cut => text.get(..at)?,
            _ => text.as_slice(),
        };
        let mut lines = whole.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
        let (first, second) = (lines.next()?, lines.next()?);
        if !second.trim_ascii_start().starts_with(b"{") && !second.trim_ascii_start().starts_with(b"[") {
            return None;
        }
        let first = survey_text(first.to_vec(), &self.records)?;
        if first.faults != Faults::default() || first.n_values != 1 {
            return None;
        }
        let tree = survey_text(whole.to_vec(), &self.records)?.tree;
        let records = shape::of_values(&tree);
        let tree = if records == self.records { tree } else { survey_text(whole.to_vec(), &records)?.tree };
        let lines = Self { breaks: Breaks::EndRecords, records, ..self.clone() };
        Some(lines.with_tree(tree.settled()))
    }

    /// Looks through the document in the encoding that fits best.
    fn survey(&mut self) -> Result<Survey, Failure> {
        let look = |charset, mark, records: &Records| {
            unit::survey(&self.object.origin, (charset, mark), Breaks::AreBlanks, records)
        };
        let mut survey = look(self.charset, self.mark, &self.records)?;
        if let Some(other) = other_charset(self.charset).filter(|_| survey.malformed > 0 && !self.charset_settled) {
            let second = look(other, self.mark, &self.records)?;
            if second.malformed < survey.malformed {
                self.charset = other;
                survey = second;
            }
        }
        self.charset_settled = true;
        Ok(survey)
    }

    /// The reading of one table of the document.
    fn with_table(&self, object: ObjectRef, table: Table) -> Result<JsonTable, Problem> {
        let mut tree = table.tree;
        if table.records.has_places() {
            // Places of lists have no names until they are looked for.
            let found = unit::survey(&object.origin, (self.charset, self.mark), self.breaks, &table.records);
            tree = found.map_err(|failure| failed(&object, failure))?.tree.settled();
        }
        let reading = Self { object, records: table.records, ..self.clone() };
        Ok(reading.with_tree(tree).into_table())
    }

    /// The same with other paths. Columns that were there keep their order, and what is new comes behind by its name.
    fn with_tree(&self, tree: Tree) -> Self {
        let mut tree = tree;
        let mut leaves = tree.leaves();
        if leaves.len() > MAX_COLUMNS {
            tree = tree.without_keys();
            leaves = tree.leaves();
        }
        let before = |leaf: &Leaf| self.columns.iter().position(|column| column.name == leaf.name);
        if !self.columns.is_empty() {
            leaves.sort_by_cached_key(|leaf| {
                before(leaf).map_or((usize::MAX, leaf.name.clone()), |at| (at, String::new()))
            });
        }
        let columns = table::infos(&leaves);
        Self { tree, leaves, columns, ..self.clone() }
    }

    fn into_table(self) -> JsonTable {
        JsonTable { reading: Arc::new(self) }
    }

    fn n_units(&self) -> usize {
        let is_cut =
            self.breaks == Breaks::EndRecords && self.object.origin.is_seekable() && self.charset.keeps_line_breaks();
        match self.bytes {
            Some(bytes) if is_cut => bytes.div_ceil(self.options.range_bytes).max(1) as usize,
            _ => 1,
        }
    }

    fn reconsider(&self, outcomes: &[UnitOutcome]) -> Option<Self> {
        let seen: Vec<&Seen> = outcomes.iter().map(|outcome| &outcome.json).collect();
        if seen.iter().any(|seen| seen.tree.is_none()) {
            return None;
        }
        if seen.iter().any(|seen| seen.malformed > 0)
            && let Some(other) = self.in_other_charset(seen.iter().map(|seen| seen.malformed).sum())
        {
            return Some(other);
        }
        if !seen.iter().any(|seen| seen.has_grown) {
            return None;
        }
        let mut tree = self.tree.uncounted();
        for other in seen.iter().filter_map(|seen| seen.tree.as_ref()) {
            tree.absorb(other, tree::ROOT, tree::ROOT);
        }
        let reading = self.with_tree(tree.settled());
        (reading.columns != self.columns).then_some(reading)
    }

    /// The same in another encoding, where fewer sequences of bytes are not text then.
    fn in_other_charset(&self, malformed: u64) -> Option<Self> {
        let other = other_charset(self.charset).filter(|_| !self.charset_settled)?;
        let found = unit::survey(&self.object.origin, (other, self.mark), self.breaks, &self.records).ok()?;
        (found.malformed < malformed).then(|| {
            let reading = Self { charset: other, charset_settled: true, ..self.clone() };
            reading.with_tree(found.tree.settled())
        })
    }

    fn remarks(&self, outcomes: &[UnitOutcome]) -> Vec<Problem> {
        let mut faults = Faults::default();
        let (mut malformed, mut n_cut) = (0, 0);
        for seen in outcomes.iter().map(|outcome| &outcome.json) {
            faults.merge(&seen.faults);
            malformed += seen.malformed;
            n_cut += seen.n_cut;
        }
        let mut remarks = Vec::new();
        let mut note = |code, places: &Places| {
            if let Some((offset, what)) = places.first {
                let message =
                    if places.n == 1 { what.to_owned() } else { format!("{what}, and {} more places", places.n - 1) };
                remarks.push(Problem::new(code, &self.object.uri, message).at(format!("byte {offset}")));
            }
        };
        note(ProblemCode::JsonMalformed, &faults.malformed);
        note(ProblemCode::JsonTooDeep, &faults.deep);
        note(ProblemCode::JsonTooLong, &faults.long);
        if malformed > 0 {
            let message = format!("{malformed} sequences of bytes are not {}", self.charset.name());
            remarks.push(Problem::new(ProblemCode::TextUndecodable, &self.object.uri, message));
        }
        if n_cut > 0 {
            let message = format!("rows that begin in the middle of a record: {n_cut}");
            remarks.push(Problem::new(ProblemCode::JsonRecordCut, &self.object.uri, message));
        }
        remarks
    }
}

impl Reader for JsonTable {
    /// `json`, `jsonl`, or what it is a translation of.
    fn format(&self) -> String {
        match (self.reading.format, self.reading.breaks) {
            ("", Breaks::AreBlanks) => "json".to_owned(),
            ("", Breaks::EndRecords) => "jsonl".to_owned(),
            (format, _) => format.to_owned(),
        }
    }

    fn encoding(&self) -> &str {
        self.reading.charset.name()
    }

    fn columns(&self) -> &[ColumnInfo] {
        &self.reading.columns
    }

    fn n_units(&self) -> usize {
        self.reading.n_units()
    }

    /// All units together are the object.
    fn unit_bytes(&self, unit: usize) -> u64 {
        let range = self.reading.options.range_bytes;
        match self.reading.bytes {
            Some(bytes) if self.n_units() > 1 => bytes.saturating_sub(unit as u64 * range).min(range),
            _ => self.reading.object.bytes,
        }
    }

    fn read(&self, unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        unit::read(&self.reading, unit, sink)
    }

    fn reconsider(&self, outcomes: &[UnitOutcome]) -> Option<Arc<dyn Reader>> {
        self.reading.reconsider(outcomes).map(|reading| Arc::new(reading.into_table()) as Arc<dyn Reader>)
    }

    fn remarks(&self, outcomes: &[UnitOutcome]) -> Vec<Problem> {
        self.reading.remarks(outcomes)
    }

    /// No key becomes the name of a column.
    fn without_header(&self) -> Option<Arc<dyn Reader>> {
        let reading = self.reading.with_tree(self.reading.tree.without_keys());
        (reading.columns != self.reading.columns).then(|| Arc::new(reading.into_table()) as Arc<dyn Reader>)
    }
}

/// Strict UTF-8 comes first, since GB18030 accepts most of it.
fn other_charset(charset: Charset) -> Option<Charset> {
    match charset {
        Charset::Utf8 => Some(Charset::Gb18030),
        Charset::Gb18030 => Some(Charset::Utf8),
        _ => None,
    }
}

/// What text that is held is, line by line.
fn survey_text(text: Vec<u8>, records: &Records) -> Option<Survey> {
    unit::survey(&Origin::memory(text), (Charset::Utf8, 0), Breaks::EndRecords, records).ok()
}

fn failed(object: &ObjectRef, failure: Failure) -> Problem {
    let problem = Problem::new(failure.code, &object.uri, failure.cause);
    // Nobody finds a place of a translation.
    if object.origin.is_translated() { problem } else { problem.at(format!("byte {}", failure.offset)) }
}
