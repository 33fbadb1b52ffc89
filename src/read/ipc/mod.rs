//! Arrow: files (Feather) and streams, some record batches a unit.

mod frames;

use std::collections::HashMap;
use std::io;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_buffer::Buffer;
use arrow_ipc::reader::{RecordBatchDecoder, read_dictionary};
use arrow_ipc::{Message, root_as_message};
use arrow_schema::SchemaRef;
use bytes::Bytes;

use self::frames::{Frame, Kind, frames, unpacked};
use super::flat::Flat;
use super::origin::{Origin, RandomAccess, Stamp};
use super::parquet::guard::{contained, kind_of};
use super::source::Reader;
use super::{ColumnInfo, ObjectRef, Options, UnitOutcome, problem_of};
use crate::model::{Problem, ProblemCode};

/// An opened file or stream.
#[derive(Debug)]
pub(super) struct IpcSource {
    uri: String,
    origin: Origin,
    stamp: Stamp,
    frames: Vec<Frame>,
    schema: SchemaRef,
    flat: Flat,
    /// The messages of each unit. Those before the first unit's are read before each.
    units: Vec<Range<usize>>,
    options: Options,
    problems: Vec<Problem>,
}

/// The dictionaries that batches refer to.
type Dictionaries = HashMap<i64, ArrayRef>;

/// Why a message cannot be read, in words without values from the data.
type Fault = (ProblemCode, String);

/// Before the first message of a file.
const MAGIC: &[u8] = b"ARROW1\0\0";

/// A batch may have this many rows beyond what its bytes can hold, so that columns of nothing but nulls are read.
const SPARE_ROWS: u64 = 1 << 20;

/// Opens a file or a stream.
pub(super) fn open(object: &ObjectRef, options: &Options) -> Result<IpcSource, Problem> {
    let unreadable = |error: io::Error| problem_of(&object.uri, &error);
    let corrupt = |message: &str| Problem::new(ProblemCode::ArrowCorrupt, &object.uri, message);
    let origin = object.origin.held(options.limits.held_bytes).map_err(unreadable)?;
    let bytes = origin.random().map_err(unreadable)?;
    let magic = bytes.read_at(0, MAGIC.len().min(bytes.bytes() as usize)).map_err(unreadable)?;
    let start = if magic == MAGIC { behind_magic(&bytes).map_err(unreadable)? } else { 0 };
    let (frames, damage) = frames(&bytes, start);
    // Streams may end at any message.
    let is_open = start > 0 && frames.last().is_some_and(|last| last.body.end == bytes.bytes());
    let damage = damage.or(is_open.then_some(Ok("it is cut short between two messages")));
    let Some(first) = frames.first().filter(|frame| frame.kind == Kind::Schema) else {
        return Err(match damage {
            Some(Err(error)) => unreadable(error),
            Some(Ok(damage)) => corrupt(damage),
            None => corrupt("there is no schema in it"),
        });
    };
    let schema = schema(&bytes, first).map_err(|(code, message)| Problem::new(code, &object.uri, message))?;
    let problems = damage.into_iter().map(|damage| match damage {
        Ok(damage) => corrupt(damage),
        Err(error) => unreadable(error),
    });
    Ok(IpcSource {
        uri: object.uri.clone(),
        problems: problems.collect(),
        stamp: bytes.stamp().clone(),
        flat: Flat::new(&schema),
        units: units(&frames, options.range_bytes),
        options: Options { batch_rows: options.batch_rows.max(1), ..*options },
        origin,
        frames,
        schema,
    })
}

/// Where the first message of a file begins: behind zeros up to a round offset.
fn behind_magic(bytes: &RandomAccess) -> io::Result<u64> {
    const MAX_PADDING_BYTES: u64 = 4096;
    let head = bytes.read_at(0, bytes.bytes().min(MAX_PADDING_BYTES) as usize)?;
    let (eights, _) = head.as_chunks::<8>();
    let n_zero = eights.iter().skip(1).take_while(|eight| **eight == [0; 8]).count();
    Ok((MAGIC.len() * (1 + n_zero)) as u64)
}

fn schema(bytes: &RandomAccess, frame: &Frame) -> Result<SchemaRef, Fault> {
    let corrupt = |cause: String| (ProblemCode::ArrowCorrupt, cause);
    let metadata = read(bytes, &frame.metadata).map_err(|error| corrupt(super::io_cause(&error)))?;
    let schema = || arrow_ipc::convert::try_schema_from_flatbuffer_bytes(&metadata);
    let schema = contained(|| schema().map_err(|error| corrupt(kind_of(&error))))?;
    let message = root_as_message(&metadata).ok().and_then(|message| message.header_as_schema());
    if message.is_some_and(|message| !message.endianness().equals_to_target_endianness()) {
        let cause = "its numbers have the byte order of another kind of machine";
        return Err((ProblemCode::FormatUnsupported, cause.to_owned()));
    }
    Ok(Arc::new(schema))
}

fn read(bytes: &RandomAccess, range: &Range<u64>) -> io::Result<Bytes> {
    bytes.read_at(range.start, (range.end - range.start) as usize)
}

/// Batches that together are about so many bytes. Where a dictionary changes behind the first batch, all of them.
fn units(frames: &[Frame], unit_bytes: u64) -> Vec<Range<usize>> {
    let Some(first) = frames.iter().position(|frame| frame.kind == Kind::Batch) else { return Vec::new() };
    let behind = frames.get(first..).unwrap_or_default();
    if behind.iter().any(|frame| frame.kind == Kind::Dictionary) {
        return std::iter::once(first..frames.len()).collect();
    }
    let units = super::units(behind.iter().map(Frame::bytes), unit_bytes);
    units.into_iter().map(|unit| first + unit.start..first + unit.end).collect()
}

impl Reader for IpcSource {
    fn format(&self) -> String {
        "arrow".to_owned()
    }

    fn columns(&self) -> &[ColumnInfo] {
        self.flat.columns()
    }

    fn n_units(&self) -> usize {
        self.units.len()
    }

    fn unit_bytes(&self, unit: usize) -> u64 {
        let frames = self.units.get(unit).and_then(|range| self.frames.get(range.clone())).unwrap_or_default();
        frames.iter().map(Frame::bytes).sum()
    }

    fn read(&self, unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        let range = self.units.get(unit).cloned().unwrap_or_default();
        let before = self.units.first().map_or(0, |first| first.start);
        let frames = (0..before).chain(range).filter_map(|at| Some((at, self.frames.get(at)?)));
        let mut dictionaries = Dictionaries::new();
        let opened = (&self.origin, &self.stamp, self.uri.as_str());
        super::each_piece(opened, "message", frames, |bytes, (_, frame), outcome| {
            self.frame(bytes, frame, &mut dictionaries, outcome, sink)
        })
    }

    fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl IpcSource {
    fn frame(
        &self,
        bytes: &RandomAccess,
        frame: &Frame,
        dictionaries: &mut Dictionaries,
        outcome: &mut UnitOutcome,
        sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Fault> {
        if !matches!(frame.kind, Kind::Dictionary | Kind::Batch) {
            return Ok(ControlFlow::Continue(()));
        }
        let unreadable = |error: io::Error| (super::origin::code_of(&error), super::io_cause(&error));
        let metadata = read(bytes, &frame.metadata).map_err(unreadable)?;
        let body = read(bytes, &frame.body).map_err(unreadable)?;
        let corrupt = |cause: &str| (ProblemCode::ArrowCorrupt, cause.to_owned());
        let message = root_as_message(&metadata).map_err(|_| corrupt("the metadata of a message are damaged"))?;
        self.check(&message, &body)?;
        let Some(batch) = contained(|| self.decode(&message, body, dictionaries))? else {
            return Ok(ControlFlow::Continue(()));
        };
        for start in (0..batch.num_rows()).step_by(self.options.batch_rows) {
            let length = self.options.batch_rows.min(batch.num_rows() - start);
            let part = || self.flat.batch(&batch, start, length).map_err(|error| corrupt(&kind_of(&error)));
            let part = contained(part)?;
            outcome.rows += length as u64;
            if sink(&part).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Refuses what would take more memory than it may, before it is decompressed.
    fn check(&self, message: &Message<'_>, body: &Bytes) -> Result<(), Fault> {
        let dictionary = message.header_as_dictionary_batch().and_then(|batch| batch.data());
        let Some(batch) = message.header_as_record_batch().or(dictionary) else { return Ok(()) };
        let unpacked = unpacked(&batch, body);
        if unpacked > self.options.limits.held_bytes.max(body.len() as u64) {
            let cause = "a batch of it unpacks to more than may be held in memory";
            return Err((ProblemCode::ObjectTooLarge, cause.to_owned()));
        }
        let most = unpacked.saturating_mul(8).saturating_add(SPARE_ROWS);
        let lengths = batch.nodes().into_iter().flatten().map(arrow_ipc::FieldNode::length).chain([batch.length()]);
        if lengths.map(|length| u64::try_from(length).unwrap_or(u64::MAX)).any(|length| length > most) {
            return Err((ProblemCode::ArrowCorrupt, "a batch says that it has more rows than it can hold".to_owned()));
        }
        Ok(())
    }

    fn decode(
        &self,
        message: &Message<'_>,
        body: Bytes,
        dictionaries: &mut Dictionaries,
    ) -> Result<Option<RecordBatch>, Fault> {
        let corrupt = |error: arrow_schema::ArrowError| (ProblemCode::ArrowCorrupt, kind_of(&error));
        let body = Buffer::from(body);
        if let Some(batch) = message.header_as_dictionary_batch() {
            let read = read_dictionary(&body, batch, &self.schema, dictionaries, &message.version());
            return read.map(|()| None).map_err(corrupt);
        }
        let Some(batch) = message.header_as_record_batch() else { return Ok(None) };
        let schema = Arc::clone(&self.schema);
        let version = message.version();
        let decoder = RecordBatchDecoder::try_new(&body, batch, schema, dictionaries, &version);
        decoder.and_then(RecordBatchDecoder::read_record_batch).map(Some).map_err(corrupt)
    }
}
