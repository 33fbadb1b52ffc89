//! Reads one unit: a range of a file whose records can be found from the middle, or a whole stream.

use std::ops::ControlFlow;

use arrow_array::RecordBatch;
use arrow_buffer::Buffer;

use super::batch::BatchBuilder;
use super::charset::Decoder;
use super::range::{Range, first_record};
use super::raw::{Failure, RawStream};
use super::split::{Record, Splitter};
use super::{Reading, Span};
use crate::model::{Problem, ProblemCode};
use crate::read::UnitOutcome;

/// What is read and split at once: with the views of its cells it fits a second-level cache.
const BLOCK_BYTES: usize = 512 << 10;

/// The longest record. Nothing but a quote that is not closed makes longer ones, or text that has no line breaks.
pub(super) const RECORD_LIMIT: usize = 16 << 20;

/// How much shorter than the limit a record may be and still count as too long, so that no read has to hit it exactly.
const LIMIT_SLACK: usize = 24;

/// The most bytes of UTF-8 that one byte of any encoding becomes: that of U+FFFD.
const GROWTH: usize = 3;

/// What a read asks for beyond what it was told to.
const AHEAD: usize = 64;

/// Where a line without line breaks is cut, if a byte that cannot be inside a value is this near.
const CUT_WINDOW: usize = 64 << 10;

/// Receives record batches.
pub(super) type Sink<'a> = dyn FnMut(&RecordBatch) -> ControlFlow<()> + 'a;

/// Reads a unit.
pub(super) fn read(reading: &Reading, unit: usize, sink: &mut Sink<'_>) -> UnitOutcome {
    let range = reading.range(unit);
    let mut outcome = UnitOutcome::default();
    outcome.span.limit = range.end.min(reading.bytes.unwrap_or(u64::MAX));
    let start = match first_record(reading, unit) {
        Ok(start) => start,
        Err(failure) => {
            outcome.problems.push(reading.problem(failure));
            return outcome;
        }
    };
    outcome.span.start = start;
    outcome.span.end = start.unwrap_or(range.end);
    outcome.span.complete = start.is_none();
    if let Some(start) = start {
        match UnitReader::open(reading, unit, Range { start, end: range.end }) {
            Ok(mut reader) => {
                reader.run(sink);
                reader.close(&mut outcome);
            }
            Err(failure) => outcome.problems.push(reading.problem(failure)),
        }
    }
    match reading.object.origin.stamp() {
        Ok(stamp) if stamp == reading.stamp => {}
        _ => outcome.problems.push(Problem::new(
            ProblemCode::ObjectChanged,
            &reading.object.uri,
            "its size or time of change is not what it was when it was opened",
        )),
    }
    outcome
}

/// Why filling a block ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filled {
    /// The block is full.
    More,
    /// A record ends at or behind the end of the range.
    Boundary,
    /// The stream ended.
    End,
}

struct UnitReader<'a> {
    reading: &'a Reading,
    raw: RawStream,
    decoder: Decoder,
    splitter: Splitter,
    builder: BatchBuilder,
    end: u64,
    /// Text that is not handed out yet, of which `scanned` bytes are split.
    block: Vec<u8>,
    scanned: usize,
    /// Where in the block undecodable bytes were.
    marks: Vec<usize>,
    /// Records that are not rows: lines above the header, and the header.
    skip: usize,
    failure: Option<Failure>,
    problems: Vec<Problem>,
    rows: u64,
    span: Span,
}

impl<'a> UnitReader<'a> {
    fn open(reading: &'a Reading, unit: usize, range: Range) -> Result<Self, Failure> {
        let layout = &reading.layout;
        Ok(Self {
            reading,
            raw: RawStream::open(&reading.object.origin, range.start)?,
            decoder: Decoder::new(reading.charset),
            splitter: Splitter::new(layout.dialect),
            builder: BatchBuilder::new(&layout.columns, layout.extra, layout.dialect, reading.options.batch_rows),
            end: range.end,
            block: Vec::new(),
            scanned: 0,
            marks: Vec::new(),
            skip: if unit == 0 { layout.skip() } else { 0 },
            failure: None,
            problems: Vec::new(),
            rows: 0,
            span: Span { start: Some(range.start), ..Span::default() },
        })
    }

    fn run(&mut self, sink: &mut Sink<'_>) {
        loop {
            let filled = self.fill();
            let block = Buffer::from_vec(std::mem::take(&mut self.block));
            if self.split(&block, filled, sink).is_break() {
                return;
            }
            if filled != Filled::More {
                self.span.complete = self.failure.is_none();
                return;
            }
            self.carry(block);
            if self.block.len() + LIMIT_SLACK >= RECORD_LIMIT && self.cut(sink).is_break() {
                return;
            }
        }
    }

    /// Moves what is known over to the outcome.
    fn close(self, outcome: &mut UnitOutcome) {
        outcome.rows = self.rows;
        outcome.problems = self.problems;
        outcome.problems.extend(self.failure.map(|failure| self.reading.problem(failure)));
        let end = self.raw.position();
        outcome.span = Span {
            end,
            limit: outcome.span.limit,
            malformed: self.decoder.malformed,
            short: self.builder.n_short,
            surplus: self.builder.n_surplus,
            ..self.span
        };
    }

    /// Adds text to the block.
    fn fill(&mut self) -> Filled {
        match self.try_fill() {
            Ok(filled) => filled,
            Err(failure) => {
                self.failure = Some(failure);
                self.decode(self.block.len(), true);
                Filled::End
            }
        }
    }

    fn try_fill(&mut self) -> Result<Filled, Failure> {
        let from = self.block.len();
        let room = RECORD_LIMIT.saturating_sub(from) / GROWTH;
        // Long records are read in steps that grow with them.
        let want = BLOCK_BYTES.max(from).min(room);
        let most = (want as u64).min(self.end.saturating_sub(self.raw.position()));
        if most > 0 {
            // Reading to the end of the stream looks for 32 bytes more.
            self.block.reserve(most as usize + AHEAD);
            let result = self.raw.read(most, &mut self.block);
            let last = result.is_err() || ((self.block.len() - from) as u64) < most;
            self.decode(from, last);
            result?;
            if last {
                return Ok(Filled::End);
            }
        }
        if self.raw.position() < self.end {
            return Ok(Filled::More);
        }
        self.fill_to_boundary(from + want)
    }

    /// Behind the end of the range: line by line up to the end of a record.
    fn fill_to_boundary(&mut self, limit: usize) -> Result<Filled, Failure> {
        let mut probe = self.splitter.clone();
        let mut n_records = n_ended(&mut probe, &self.block, self.scanned);
        loop {
            // The header ends no range: the record behind it is still ours.
            let between = n_records >= self.skip && probe.is_between_records(self.block.len());
            if between && self.raw.at_line_start()? {
                return Ok(Filled::Boundary);
            }
            if self.block.len() >= limit {
                return Ok(Filled::More);
            }
            let from = self.block.len();
            self.raw.read_line(&mut self.block)?;
            let last = self.block.len() == from;
            self.decode(from, last);
            n_records += n_ended(&mut probe, &self.block, from);
            if last {
                return Ok(Filled::End);
            }
        }
    }

    fn decode(&mut self, from: usize, last: bool) {
        self.decoder.decode(&mut self.block, from, last);
        self.marks.append(&mut self.decoder.replaced_at);
    }

    /// Splits the block and hands out its rows.
    fn split(&mut self, block: &Buffer, filled: Filled, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let Self { splitter, builder, skip, rows, span, marks, problems, reading, .. } = self;
        let mut emit = |builder: &mut BatchBuilder| match builder.take(block) {
            Ok(batch) => sink(&batch),
            Err(error) => {
                let message = error.to_string().to_lowercase();
                problems.push(Problem::new(ProblemCode::DecoderPanicked, &reading.object.uri, message));
                ControlFlow::Break(())
            }
        };
        let mut on_record = |record: Record<'_>| {
            if *skip > 0 {
                *skip -= 1;
                return ControlFlow::Continue(());
            }
            builder.push(block, &record);
            *rows += 1;
            if !marks.is_empty() {
                let first = marks.partition_point(|at| *at < record.start);
                span.malformed_records += u64::from(marks.get(first).is_some_and(|at| *at < record.end));
            }
            if builder.is_full() { emit(builder) } else { ControlFlow::Continue(()) }
        };
        splitter.feed(block, self.scanned, &mut on_record)?;
        if filled == Filled::End {
            let open = block.get(splitter.record_start()..).unwrap_or_default();
            span.open_quote = splitter.is_quoted() && memchr::memchr2(b'\n', b'\r', open).is_some();
            splitter.finish(block, &mut on_record)?;
        }
        if builder.is_empty() { ControlFlow::Continue(()) } else { emit(builder) }
    }

    /// Keeps the record that is not complete, in the memory of the block where nobody else holds it.
    fn carry(&mut self, block: Buffer) {
        let kept = self.splitter.record_start();
        self.block = match block.into_vec() {
            Ok(mut block) => {
                block.drain(..kept.min(block.len()));
                block
            }
            Err(block) => {
                let rest = block.get(kept..).unwrap_or_default();
                rest.to_vec()
            }
        };
        self.splitter.shift();
        self.scanned = self.block.len();
        self.marks.retain_mut(|at| {
            let keep = *at >= kept;
            *at = at.saturating_sub(kept);
            keep
        });
    }

    /// Hands out the beginning of a record that is too long as one of its own.
    fn cut(&mut self, sink: &mut Sink<'_>) -> ControlFlow<()> {
        if self.splitter.is_quoted() {
            self.span.open_quote = true;
            return ControlFlow::Break(());
        }
        let rest = self.block.split_off(cut_at(&self.block));
        let block = Buffer::from_vec(std::mem::replace(&mut self.block, rest));
        self.splitter = Splitter::new(self.reading.layout.dialect);
        self.scanned = 0;
        let marks = self.marks.split_off(self.marks.partition_point(|at| *at < block.len()));
        let done = self.split(&block, Filled::End, sink);
        self.marks = marks.into_iter().map(|at| at - block.len()).collect();
        self.splitter = Splitter::new(self.reading.layout.dialect);
        self.scanned = 0;
        done
    }
}

/// Feeds a splitter and counts the records that end.
fn n_ended(splitter: &mut Splitter, block: &[u8], from: usize) -> usize {
    let mut n_records = 0;
    let _ = splitter.feed(block, from, &mut |_: Record<'_>| {
        n_records += 1;
        ControlFlow::Continue(())
    });
    n_records
}

/// Where to cut text that is too long: behind a byte that stands between values, so that none is cut in two.
fn cut_at(text: &[u8]) -> usize {
    let most = RECORD_LIMIT - LIMIT_SLACK;
    let text = text.get(..most).unwrap_or(text);
    let window = text.len().saturating_sub(CUT_WINDOW);
    let near = text.get(window..).unwrap_or_default();
    let between = near.iter().rposition(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric());
    let begins = near.iter().rposition(|byte| !(0x80..0xc0).contains(byte));
    window + between.map_or(begins.unwrap_or(0), |at| at + 1)
}
