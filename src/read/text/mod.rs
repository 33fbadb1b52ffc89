//! Delimited text and plain lines, in any encoding.
//!
//! ```text
//! raw bytes ──▶ UTF-8 ──▶ records ──▶ views of the block
//!  raw.rs     charset.rs  split.rs     batch.rs
//! ```

mod batch;
pub(super) mod charset;
pub(super) mod header;
mod mask;
mod range;
pub(super) mod raw;
mod shape;
mod sniff;
mod split;
mod unit;
pub(super) mod utf8;

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

use arrow_array::RecordBatch;

use super::magic::{self, Content};
use super::origin::{Origin, Stamp};
use super::source::Reader;
use super::{ColumnInfo, ObjectRef, Options, UnitOutcome, problem_of};
use crate::model::{Problem, ProblemCode};
use charset::{Charset, Decoder};
use range::Range;
use raw::{Failure, RawStream};
use sniff::{Hint, Look};
use split::{Dialect, MAX_COLUMNS};

/// Where a unit began and ended, and whether what was assumed of it held.
#[derive(Clone, Debug, Default)]
pub(super) struct Span {
    /// The first record that begins in the unit's range; `None` where none does.
    start: Option<u64>,
    /// Behind the last record.
    end: u64,
    /// Where the range ends.
    limit: u64,
    /// Whether all of it was read.
    complete: bool,
    /// Sequences of bytes that are not text in the assumed encoding, and records that have some.
    malformed: u64,
    malformed_records: u64,
    /// Records with too few and with too many cells.
    short: u64,
    surplus: u64,
    /// Whether a quote was opened and never closed.
    open_quote: bool,
}

/// An opened text object.
#[derive(Clone, Debug)]
pub(super) struct TextSource {
    reading: Arc<Reading>,
}

/// One way of reading an object.
#[derive(Clone, Debug)]
struct Reading {
    /// The format that it is a translation of; empty where it is none.
    format: &'static str,
    object: ObjectRef,
    options: Options,
    stamp: Stamp,
    /// How long it is, where that is known.
    bytes: Option<u64>,
    charset: Charset,
    /// Whether the other encodings were tried and are worse.
    charset_settled: bool,
    /// The length of the byte order mark.
    mark: u64,
    layout: Layout,
    /// Where the first record of each unit begins, where a line break does not tell.
    starts: Option<Vec<u64>>,
    problems: Vec<Problem>,
}

/// How the text is cut into rows and columns.
#[derive(Clone, Debug)]
struct Layout {
    dialect: Dialect,
    table: bool,
    n_preamble: usize,
    header: bool,
    columns: Vec<ColumnInfo>,
    /// Whether the last column takes surplus cells.
    extra: bool,
}

impl Layout {
    /// How many columns have a cell each.
    fn width(&self) -> usize {
        self.columns.len() - usize::from(self.extra)
    }

    /// How many records at the beginning are no rows.
    fn skip(&self) -> usize {
        self.n_preamble + usize::from(self.header)
    }

    fn with_extra(mut self) -> Self {
        if !self.extra {
            let mut name = "extra".to_owned();
            while self.columns.iter().any(|column| column.name == name) {
                name.push('_');
            }
            self.columns.push(text_column(name));
            self.extra = true;
        }
        self
    }
}

fn text_column(name: String) -> ColumnInfo {
    ColumnInfo { name, data_type: "utf8".to_owned() }
}

/// How much text the dialect and the header are told from.
const SAMPLE_BYTES: u64 = 128 << 10;

/// Opens an object.
pub(super) fn open(object: &ObjectRef, options: &Options) -> Result<TextSource, Problem> {
    open_as("", object, options)
}

/// Opens an object that says in text what another format says, by the name of that format.
pub(super) fn open_as(format: &'static str, object: &ObjectRef, options: &Options) -> Result<TextSource, Problem> {
    let unreadable = |error: io::Error| problem_of(&object.uri, &error);
    let stamp = object.origin.stamp().map_err(unreadable)?;
    let bytes = object.origin.bytes().map_err(unreadable)?;
    let mut sample = Vec::new();
    let result = RawStream::open(&object.origin, 0).and_then(|mut raw| raw.read(SAMPLE_BYTES, &mut sample));
    match result {
        // What can be read of a damaged file is read, and the damage reported then.
        Err(failure) if sample.is_empty() => return Err(failed(object, failure)),
        _ => {}
    }
    let (charset, mark) = Charset::guess(&sample);
    let mut reading = Reading {
        format,
        object: object.clone(),
        options: options.for_text(bytes),
        stamp,
        bytes,
        charset,
        charset_settled: false,
        mark: mark as u64,
        layout: Layout {
            dialect: Dialect::LINES,
            table: false,
            n_preamble: 0,
            header: false,
            columns: Vec::new(),
            extra: false,
        },
        starts: None,
        problems: Vec::new(),
    };
    reading.look(&sample)?;
    if sample.is_empty() {
        reading.problems.push(Problem::new(ProblemCode::ObjectEmpty, &object.uri, "there is no text in it"));
    }
    Ok(TextSource { reading: Arc::new(reading) })
}

impl TextSource {
    fn of(reading: Reading) -> Arc<dyn Reader> {
        Arc::new(Self { reading: Arc::new(reading) })
    }
}

impl Reader for TextSource {
    /// `csv`, `tsv`, `text`, or what it is a translation of.
    fn format(&self) -> String {
        let layout = &self.reading.layout;
        let name = match layout.dialect.delimiter {
            _ if !self.reading.format.is_empty() => self.reading.format,
            _ if !layout.table => "text",
            Some(b'\t') => "tsv",
            _ => "csv",
        };
        name.to_owned()
    }

    fn encoding(&self) -> &str {
        self.reading.charset.name()
    }

    fn columns(&self) -> &[ColumnInfo] {
        &self.reading.layout.columns
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
        self.reading.reconsider(outcomes).map(Self::of)
    }

    fn remarks(&self, outcomes: &[UnitOutcome]) -> Vec<Problem> {
        self.reading.remarks(outcomes)
    }

    fn without_header(&self) -> Option<Arc<dyn Reader>> {
        let layout = &self.reading.layout;
        if !layout.header {
            return None;
        }
        let mut reading = Reading::clone(&self.reading);
        reading.layout.header = false;
        reading.layout.columns = header::names(None, layout.width()).into_iter().map(text_column).collect();
        reading.layout.extra = false;
        if layout.extra {
            reading.layout = reading.layout.with_extra();
        }
        Some(Self::of(reading))
    }

    fn problems(&self) -> &[Problem] {
        &self.reading.problems
    }
}

impl Reading {
    fn n_units(&self) -> usize {
        match self.bytes {
            Some(bytes) if self.object.origin.is_seekable() && self.charset.keeps_line_breaks() => {
                bytes.div_ceil(self.options.range_bytes).max(1) as usize
            }
            _ => 1,
        }
    }

    /// The bytes whose records belong to a unit, if they begin there.
    fn range(&self, unit: usize) -> Range {
        let step = self.options.range_bytes;
        let last = unit + 1 >= self.n_units();
        Range {
            start: (unit as u64 * step).max(self.mark),
            end: if last { u64::MAX } else { ((unit as u64 + 1) * step).max(self.mark) },
        }
    }

    fn problem(&self, failure: Failure) -> Problem {
        failed(&self.object, failure)
    }

    /// Tells dialect, header and columns from a sample.
    fn look(&mut self, sample: &[u8]) -> Result<(), Problem> {
        let text = self.charset.decode_head(sample.get(self.mark as usize..).unwrap_or_default());
        let malformed = self.charset.malformed_in(sample);
        let text = String::from_utf8_lossy(&text);
        if let Some(what) = foreign_content(sample, &text, malformed) {
            return Err(Problem::new(ProblemCode::FormatUnsupported, &self.object.uri, what));
        }
        let whole_lines = match text.rfind(['\n', '\r']) {
            Some(at) if sample.len() as u64 >= SAMPLE_BYTES => text.get(..=at).unwrap_or_default(),
            _ => &text,
        };
        let look = sniff::look(whole_lines, Hint::of(&self.object.uri));
        self.layout = layout(&look);
        if self.layout.n_preamble > 0 {
            let message = format!("lines above the table that were not read as rows: {}", self.layout.n_preamble);
            self.problems.push(Problem::new(ProblemCode::TextPreamble, &self.object.uri, message));
        }
        Ok(())
    }

    fn reconsider(&self, outcomes: &[UnitOutcome]) -> Option<Self> {
        let spans: Vec<&Span> = outcomes.iter().map(|outcome| &outcome.span).collect();
        if spans.iter().any(|span| !span.complete && !span.open_quote) {
            return None;
        }
        if self.starts.is_none() && !follow_each_other(&spans) {
            return Some(Self { starts: Some(self.find_starts()), ..self.clone() });
        }
        let mut better = self.better_charset(spans.iter().map(|span| span.malformed).sum());
        if spans.iter().any(|span| span.open_quote) {
            let reading = better.get_or_insert_with(|| self.clone());
            reading.layout.dialect.quote = None;
            reading.layout = reading.layout.clone().with_extra();
            reading.starts = None;
            let message = "a quote is not closed; quotes were read as any other character";
            reading.problems.push(Problem::new(ProblemCode::TextRecordTooLong, &self.object.uri, message));
        }
        if !self.layout.extra && spans.iter().any(|span| span.surplus > 0) {
            let reading = better.get_or_insert_with(|| self.clone());
            reading.layout = reading.layout.clone().with_extra();
        }
        better
    }

    /// The same in the encoding that has fewer malformed sequences, where that is another one.
    fn better_charset(&self, malformed: u64) -> Option<Self> {
        let other = match self.charset {
            _ if malformed == 0 || self.charset_settled || self.mark > 0 => return None,
            Charset::Utf8 => Charset::Gb18030,
            Charset::Gb18030 => Charset::Utf8,
            _ => return None,
        };
        (count_malformed(&self.object.origin, self.mark, other)? < malformed).then(|| {
            let mut reading = Self { charset: other, charset_settled: true, problems: Vec::new(), ..self.clone() };
            let mut sample = Vec::new();
            let raw = RawStream::open(&self.object.origin, 0);
            let looked = raw.is_ok_and(|mut raw| raw.read(SAMPLE_BYTES, &mut sample).is_ok());
            if !looked || reading.look(&sample).is_err() {
                reading.layout = self.layout.clone();
                reading.problems.clone_from(&self.problems);
            }
            reading
        })
    }

    /// Where the first record of every unit begins in a reading from the beginning.
    fn find_starts(&self) -> Vec<u64> {
        let mut starts = vec![self.mark];
        for unit in 0..self.n_units().saturating_sub(1) {
            let known = Self { starts: Some(starts.clone()), ..self.clone() };
            let outcome = unit::read(&known, unit, &mut |_| ControlFlow::Continue(()));
            // A record that reaches over the whole range ends where it ended before.
            let before = starts.last().copied().unwrap_or(self.mark);
            starts.push(if outcome.span.start.is_some() { outcome.span.end } else { before });
        }
        starts
    }

    fn remarks(&self, outcomes: &[UnitOutcome]) -> Vec<Problem> {
        let sum = |of: fn(&Span) -> u64| outcomes.iter().map(|outcome| of(&outcome.span)).sum::<u64>();
        let (records, malformed) = (sum(|span| span.malformed_records), sum(|span| span.malformed));
        let (short, surplus) = (sum(|span| span.short), sum(|span| span.surplus));
        let mut remarks = Vec::new();
        if malformed > 0 {
            let message =
                format!("{malformed} sequences of bytes in {records} records are not {}", self.charset.name());
            remarks.push(Problem::new(ProblemCode::TextUndecodable, &self.object.uri, message));
        }
        if short + surplus > 0 {
            let message = format!("{short} records have fewer cells than there are columns, {surplus} have more");
            remarks.push(Problem::new(ProblemCode::TextRagged, &self.object.uri, message));
        }
        remarks
    }
}

/// Decodes everything behind the byte order mark and counts the malformed sequences.
pub(super) fn count_malformed(origin: &Origin, mark: u64, charset: Charset) -> Option<u64> {
    const BLOCK_BYTES: u64 = 1 << 20;
    let mut raw = RawStream::open(origin, mark).ok()?;
    let mut decoder = Decoder::new(charset);
    let mut text = Vec::new();
    loop {
        text.clear();
        let result = raw.read(BLOCK_BYTES, &mut text);
        let last = result.is_err() || (text.len() as u64) < BLOCK_BYTES;
        decoder.decode(&mut text, 0, last);
        if last {
            return Some(decoder.malformed);
        }
    }
}

fn failed(object: &ObjectRef, failure: Failure) -> Problem {
    let problem = Problem::new(failure.code, &object.uri, failure.cause);
    // Nobody finds a place of a translation.
    if object.origin.is_translated() { problem } else { problem.at(format!("byte {}", failure.offset)) }
}

/// Whether every unit ended where the next one began.
fn follow_each_other(spans: &[&Span]) -> bool {
    let mut end = 0;
    spans.iter().enumerate().all(|(unit, span)| {
        let fits = match span.start {
            Some(start) => unit == 0 || start == end,
            None => end >= span.limit,
        };
        end = if span.start.is_some() { span.end } else { end };
        fits
    })
}

/// What the sample is, where it is not text.
fn foreign_content(sample: &[u8], text: &str, malformed: u64) -> Option<String> {
    // What is compressed shows only here what it is.
    let content = magic::sniff(sample, sample);
    if !matches!(content, Content::Empty | Content::Text | Content::Sql) {
        return Some(format!("content is {} inside a compressed file", content.name()));
    }
    let n_chars = text.chars().count() as u64;
    // The separators of Hive and of ASCII are control characters with a use.
    let is_foreign =
        |c: char| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1}' | '\u{1b}'..='\u{1f}');
    let n_control = text.chars().filter(|c| is_foreign(*c)).count() as u64;
    (n_control * 10 > n_chars || (n_control > 0 && (n_control + malformed) * 6 > n_chars))
        .then(|| "content is binary of unknown format".to_owned())
}

fn layout(look: &Look) -> Layout {
    let plain = Layout {
        dialect: look.dialect,
        table: look.table,
        n_preamble: 0,
        header: false,
        columns: vec![text_column("text".to_owned())],
        extra: false,
    };
    if !look.table {
        return plain;
    }
    let top = header::top(&look.rows);
    let body = look.rows.get(top.n_preamble..).unwrap_or_default();
    let first = top.header.then(|| body.first()).flatten();
    let (usual, _) = sniff::usual_width(body);
    let width = usual.max(first.map_or(0, Vec::len)).clamp(1, MAX_COLUMNS);
    let columns = header::names(first, width).into_iter().map(text_column).collect();
    let layout = Layout { n_preamble: top.n_preamble, header: top.header, columns, ..plain };
    let surplus = body.iter().any(|row| row.len() > width);
    if surplus { layout.with_extra() } else { layout }
}
