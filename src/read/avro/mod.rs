//! Avro files, some blocks a unit.
//!
//! Blocks are found and decompressed here, and each is given to the decoder as a file of its own: what is wrong with one
//! stays with it, and no block unpacks to more than it may.

mod frames;

use std::io;
use std::ops::{ControlFlow, Range};

use arrow_array::RecordBatch;
use arrow_avro::reader::ReaderBuilder;
use arrow_schema::{DataType, SchemaRef};
use bytes::Bytes;

use self::frames::{Block, Head, MAGIC, blocks, head};
use super::flat::Flat;
use super::origin::{Compression, Origin, RandomAccess, Stamp};
use super::parquet::guard::{contained, kind_of};
use super::source::Reader;
use super::{ColumnInfo, ObjectRef, Options, UnitOutcome, problem_of};
use crate::model::{Problem, ProblemCode};

/// An opened file.
#[derive(Debug)]
struct AvroSource {
    uri: String,
    origin: Origin,
    stamp: Stamp,
    codec: Codec,
    /// What stands before a block to make a file of it.
    prelude: Vec<u8>,
    flat: Flat,
    blocks: Vec<Block>,
    /// The blocks of each unit.
    units: Vec<Range<usize>>,
    options: Options,
    problems: Vec<Problem>,
}

/// How blocks are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Codec {
    Of(Compression),
    /// The block format of Snappy, with a checksum behind.
    Snappy,
}

/// Why a block cannot be read, in words without values from the data.
type Fault = (ProblemCode, String);

/// The most cells of one batch; bounds the memory of very wide tables.
const MAX_BATCH_CELLS: usize = 1 << 20;

/// A value that is absent takes up to so many bytes in memory, and may take none in a file.
const ABSENT_BYTES: u64 = 8;

/// Opens a file.
pub(super) fn open(object: &ObjectRef, options: &Options) -> Result<impl Reader + 'static, Problem> {
    let unreadable = |error: io::Error| problem_of(&object.uri, &error);
    let refused = |(code, cause): Fault| Problem::new(code, &object.uri, cause);
    let origin = object.origin.held(options.limits.held_bytes).map_err(unreadable)?;
    let bytes = origin.random().map_err(unreadable)?;
    let head = head(&bytes).map_err(unreadable)?;
    let head = head.ok_or_else(|| refused(corrupt("its head is damaged or cut short")))?;
    let codec = codec(&head.codec).map_err(refused)?;
    let prelude = prelude(&head);
    let schema = schema(&prelude).map_err(refused)?;
    if schema.fields().iter().any(|field| has_empty_items(field.data_type())) {
        let cause = "it has lists of values that take no bytes";
        return Err(refused((ProblemCode::FormatUnsupported, cause.to_owned())));
    }
    let (blocks, damage) = blocks(&bytes, &head).map_err(unreadable)?;
    let problems = damage.into_iter().map(|at| {
        let cause = "a block is damaged or cut short; what follows its marker was read";
        Problem::new(ProblemCode::AvroCorrupt, &object.uri, cause).at(format!("byte {at}"))
    });
    let flat = Flat::new(&schema);
    let batch_rows = options.batch_rows.min(MAX_BATCH_CELLS / flat.columns().len().max(1)).max(1);
    Ok(AvroSource {
        uri: object.uri.clone(),
        problems: problems.collect(),
        stamp: bytes.stamp().clone(),
        units: super::units(blocks.iter().map(Block::bytes), options.range_bytes),
        options: Options { batch_rows, ..*options },
        origin,
        codec,
        prelude,
        flat,
        blocks,
    })
}

fn corrupt(cause: &str) -> Fault {
    (ProblemCode::AvroCorrupt, cause.to_owned())
}

fn codec(name: &str) -> Result<Codec, Fault> {
    Ok(match name {
        "" | "null" => Codec::Of(Compression::Stored),
        "deflate" => Codec::Of(Compression::Deflate),
        "zstandard" => Codec::Of(Compression::Zstd),
        "bzip2" => Codec::Of(Compression::Bzip2),
        "xz" => Codec::Of(Compression::Xz),
        "snappy" => Codec::Snappy,
        _ => return Err((ProblemCode::FormatUnsupported, "its blocks have a compression that is not read".to_owned())),
    })
}

/// The head of a file without compression. A schema that is no record becomes the only field of one, which is the same
/// bytes.
fn prelude(head: &Head) -> Vec<u8> {
    let mut schema = head.schema.to_vec();
    let parsed = serde_json::from_slice::<serde_json::Value>(&schema);
    let is_record = parsed.is_ok_and(|schema| schema.get("type").is_some_and(|kind| kind == "record"));
    if !is_record {
        schema.splice(..0, *br#"{"type":"record","name":"row","fields":[{"name":"value","type":"#);
        schema.extend(b"}]}");
    }
    let mut prelude = MAGIC.to_vec();
    put_long(2, &mut prelude);
    put_text(b"avro.schema", &mut prelude);
    put_text(&schema, &mut prelude);
    put_text(b"avro.codec", &mut prelude);
    put_text(b"null", &mut prelude);
    put_long(0, &mut prelude);
    prelude.extend(head.marker);
    prelude
}

fn put_text(text: &[u8], out: &mut Vec<u8>) {
    put_long(text.len() as u64, out);
    out.extend(text);
}

fn put_long(number: u64, out: &mut Vec<u8>) {
    let mut rest = number << 1;
    while rest > 0x7f {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

fn schema(prelude: &[u8]) -> Result<SchemaRef, Fault> {
    contained(|| {
        let reader = ReaderBuilder::new().build(prelude);
        reader.map(|reader| reader.schema()).map_err(|error| {
            let cause = format!("{} of its schema", kind_of(&error));
            (ProblemCode::AvroCorrupt, cause)
        })
    })
}

/// Whether a few bytes may stand for any number of values.
fn has_empty_items(data_type: &DataType) -> bool {
    match data_type {
        DataType::List(item) => is_empty(item.data_type()) || has_empty_items(item.data_type()),
        DataType::Map(entries, _) => has_empty_items(entries.data_type()),
        DataType::Struct(fields) => fields.iter().any(|field| has_empty_items(field.data_type())),
        DataType::Union(fields, _) => fields.iter().any(|(_, field)| has_empty_items(field.data_type())),
        _ => false,
    }
}

fn is_empty(data_type: &DataType) -> bool {
    match data_type {
        DataType::Null | DataType::FixedSizeBinary(0) => true,
        DataType::Struct(fields) => fields.iter().all(|field| !field.is_nullable() && is_empty(field.data_type())),
        _ => false,
    }
}

impl Reader for AvroSource {
    fn format(&self) -> String {
        "avro".to_owned()
    }

    fn columns(&self) -> &[ColumnInfo] {
        self.flat.columns()
    }

    fn n_units(&self) -> usize {
        self.units.len()
    }

    fn unit_bytes(&self, unit: usize) -> u64 {
        let blocks = self.units.get(unit).and_then(|range| self.blocks.get(range.clone())).unwrap_or_default();
        blocks.iter().map(Block::bytes).sum()
    }

    fn read(&self, unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        let range = self.units.get(unit).cloned().unwrap_or_default();
        let blocks = range.filter_map(|at| Some((at, self.blocks.get(at)?)));
        let opened = (&self.origin, &self.stamp, self.uri.as_str());
        super::each_piece(opened, "block", blocks, |bytes, (_, block), outcome| {
            self.block(bytes, block, &mut outcome.rows, sink)
        })
    }

    fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl AvroSource {
    fn block(
        &self,
        bytes: &RandomAccess,
        block: &Block,
        n_rows: &mut u64,
        sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Fault> {
        let file = self.file(bytes, block)?;
        if file.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        let mut reader = contained(|| {
            let builder = ReaderBuilder::new().with_batch_size(self.options.batch_rows);
            builder.build(file.as_slice()).map_err(|error| corrupt(&kind_of(&error)))
        })?;
        loop {
            let batch = contained(|| {
                let batch = reader.next().transpose();
                let flat = |batch: RecordBatch| self.flat.batch(&batch, 0, batch.num_rows());
                let batch = batch.and_then(|batch| batch.map(flat).transpose());
                batch.map_err(|error| corrupt(&kind_of(&error)))
            })?;
            let Some(batch) = batch else {
                return Ok(ControlFlow::Continue(()));
            };
            *n_rows += batch.num_rows() as u64;
            if sink(&batch).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }

    /// A file of one block, decompressed; nothing where its rows take no bytes.
    fn file(&self, bytes: &RandomAccess, block: &Block) -> Result<Vec<u8>, Fault> {
        let unreadable = |error: io::Error| (super::origin::code_of(&error), super::io_cause(&error));
        let length = (block.data.end - block.data.start) as usize;
        let stored = bytes.read_at(block.data.start, length).map_err(unreadable)?;
        let limit = self.options.limits.held_bytes;
        let data = match self.codec {
            Codec::Of(Compression::Stored) => stored,
            Codec::Of(compression) => {
                Origin::memory(stored).unpacked(compression, limit).whole(limit).map_err(unreadable)?
            }
            Codec::Snappy => unsnapped(&stored, limit)?,
        };
        let most = (data.len() as u64).saturating_mul(self.flat.n_in_lists() as u64).saturating_mul(ABSENT_BYTES);
        if most > limit.saturating_mul(16) {
            let cause = "a block of it unpacks to more than may be held in memory";
            return Err((ProblemCode::ObjectTooLarge, cause.to_owned()));
        }
        if data.is_empty() {
            return Ok(Vec::new());
        }
        // A row with values takes a byte at least.
        if block.n_rows > data.len() as u64 {
            return Err(corrupt("a block says that it has more rows than it can hold"));
        }
        let mut file = self.prelude.clone();
        put_long(block.n_rows, &mut file);
        put_long(data.len() as u64, &mut file);
        file.extend_from_slice(&data);
        let marker = self.prelude.len().saturating_sub(16);
        file.extend_from_within(marker..self.prelude.len());
        Ok(file)
    }
}

fn unsnapped(stored: &Bytes, limit: u64) -> Result<Bytes, Fault> {
    let damaged = || (ProblemCode::CompressionCorrupt, "a block is no snappy data".to_owned());
    let (packed, checksum) = stored.split_last_chunk::<4>().ok_or_else(damaged)?;
    let length = snap::raw::decompress_len(packed).map_err(|_| damaged())?;
    // No format of Snappy shrinks more than that.
    if length as u64 > limit || length / 64 > packed.len() {
        let cause = "a block of it unpacks to more than may be held in memory";
        return Err((ProblemCode::ObjectTooLarge, cause.to_owned()));
    }
    let data = snap::raw::Decoder::new().decompress_vec(packed).map_err(|_| damaged())?;
    if crc32fast::hash(&data) != u32::from_be_bytes(*checksum) {
        return Err((ProblemCode::CompressionCorrupt, "the checksum of a block differs".to_owned()));
    }
    Ok(data.into())
}
