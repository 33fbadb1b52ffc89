//! The body of a tally file: the mentions as record batches, in the order of their keys.

use std::io::{Read, Write};
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::UInt64Type;
use arrow_array::{ArrayRef, FixedSizeBinaryArray, ListArray, RecordBatch, UInt64Array};
use arrow_buffer::{Buffer, OffsetBuffer};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{ArrowError, DataType, Field, Metadata, Schema, SchemaRef};

use super::Cause;
use super::vocabulary::Translation;
use crate::count::{CountError, Mentions, Said};
use crate::model::Key;

/// Mentions in one record batch: some 2 MB, so that what is read at once stays small and headers vanish.
const BATCH_MENTIONS: usize = 1 << 16;
const KEY_BYTES: i32 = 16;

fn key_field() -> Field {
    Field::new("key", DataType::FixedSizeBinary(KEY_BYTES), false)
}

/// One row is one mention: its keys, strongest first, what its rows said, a bit for each class, and where they are, a bit for
/// each data set.
pub(super) fn schema(metadata: Metadata) -> SchemaRef {
    let keys = Field::new("keys", DataType::List(Arc::new(key_field())), false);
    let classes = Field::new("classes", DataType::UInt64, false);
    let data_sets = Field::new("data_sets", DataType::UInt64, false);
    Arc::new(Schema::new_with_metadata(vec![keys, classes, data_sets], metadata))
}

/// Mentions on their way into a record batch.
#[derive(Default)]
struct Columns {
    keys: Vec<u8>,
    lengths: Vec<usize>,
    classes: Vec<u64>,
    data_sets: Vec<u64>,
}

impl Columns {
    fn push(&mut self, keys: &[Key], said: Said) {
        self.keys.extend(keys.iter().flat_map(|key| key.to_bytes()));
        self.lengths.push(keys.len());
        self.classes.push(said.classes.0);
        self.data_sets.push(said.data_sets);
    }

    fn into_batch(self, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
        let keys = FixedSizeBinaryArray::try_new(KEY_BYTES, Buffer::from(self.keys), None)?;
        let offsets = OffsetBuffer::from_lengths(self.lengths);
        let keys = ListArray::try_new(Arc::new(key_field()), offsets, Arc::new(keys), None)?;
        let words = |words: Vec<u64>| -> ArrayRef { Arc::new(UInt64Array::from(words)) };
        let columns = vec![Arc::new(keys) as ArrayRef, words(self.classes), words(self.data_sets)];
        RecordBatch::try_new(Arc::clone(schema), columns)
    }
}

/// Why mentions are not written.
pub(super) enum Unwritten {
    /// They could not be read from where they were kept.
    Count(CountError),
    /// The file could not be written.
    File(ArrowError),
}

impl From<CountError> for Unwritten {
    fn from(error: CountError) -> Self {
        Self::Count(error)
    }
}

impl From<ArrowError> for Unwritten {
    fn from(error: ArrowError) -> Self {
        Self::File(error)
    }
}

pub(super) fn write<W: Write>(
    mentions: &Mentions,
    schema: &SchemaRef,
    out: &mut StreamWriter<W>,
) -> Result<(), Unwritten> {
    let mut columns = Columns::default();
    mentions.for_each(|keys, said| {
        columns.push(keys, said);
        if columns.classes.len() == BATCH_MENTIONS {
            out.write(&std::mem::take(&mut columns).into_batch(schema)?)?;
        }
        Ok::<_, Unwritten>(())
    })?;
    if !columns.classes.is_empty() {
        out.write(&columns.into_batch(schema)?)?;
    }
    Ok(())
}

pub(super) fn read<R: Read>(
    stream: &mut StreamReader<R>,
    translation: &Translation,
    mentions: &mut Mentions,
) -> Result<(), Cause> {
    if *stream.schema().fields() != *schema(Metadata::default()).fields() {
        return Err(Cause::OtherFormat);
    }
    for columns in stream {
        let columns = columns?;
        let keys = columns.column(0).as_list_opt::<i32>().ok_or(Cause::OtherFormat)?;
        let classes = columns.column(1).as_primitive_opt::<UInt64Type>().ok_or(Cause::OtherFormat)?;
        let values = keys.values().as_fixed_size_binary_opt().ok_or(Cause::OtherFormat)?;
        let data_sets = columns.column(2).as_primitive_opt::<UInt64Type>().ok_or(Cause::OtherFormat)?;
        let key = |bytes: Option<&[u8]>| bytes.and_then(|bytes| Key::from_bytes(bytes.try_into().ok()?));
        let all: Option<Vec<Key>> = values.iter().map(key).collect();
        let mut rest = all.as_deref().ok_or(Cause::OtherFormat)?;
        let said = classes.values().iter().zip(data_sets.values());
        mentions.insert_said(keys.offsets().lengths().zip(said).map(|(n_keys, (classes, data_sets))| {
            let (mention, others) = rest.split_at_checked(n_keys).unwrap_or_default();
            rest = others;
            (mention, Said { classes: translation.classes(*classes), data_sets: *data_sets })
        }));
    }
    Ok(())
}
