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
use crate::count::Mentions;
use crate::model::{ClassSet, Key, MentionBatch};

/// Mentions in one record batch: some 2 MB, so that what is read at once stays small and headers vanish.
const BATCH_MENTIONS: usize = 1 << 16;
const KEY_BYTES: i32 = 16;

fn key_field() -> Field {
    Field::new("key", DataType::FixedSizeBinary(KEY_BYTES), false)
}

/// One row is one mention: its keys, strongest first, and what its rows said, a bit for each class.
pub(super) fn schema(metadata: Metadata) -> SchemaRef {
    let keys = Field::new("keys", DataType::List(Arc::new(key_field())), false);
    let classes = Field::new("classes", DataType::UInt64, false);
    Arc::new(Schema::new_with_metadata(vec![keys, classes], metadata))
}

/// Mentions on their way into a record batch.
#[derive(Default)]
struct Columns {
    keys: Vec<u8>,
    lengths: Vec<usize>,
    classes: Vec<u64>,
}

impl Columns {
    fn push(&mut self, keys: &[Key], classes: ClassSet) {
        self.keys.extend(keys.iter().flat_map(|key| key.to_bytes()));
        self.lengths.push(keys.len());
        self.classes.push(classes.0);
    }

    fn into_batch(self, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
        let keys = FixedSizeBinaryArray::try_new(KEY_BYTES, Buffer::from(self.keys), None)?;
        let offsets = OffsetBuffer::from_lengths(self.lengths);
        let keys = ListArray::try_new(Arc::new(key_field()), offsets, Arc::new(keys), None)?;
        let columns: Vec<ArrayRef> = vec![Arc::new(keys), Arc::new(UInt64Array::from(self.classes))];
        RecordBatch::try_new(Arc::clone(schema), columns)
    }
}

pub(super) fn write<W: Write>(
    mentions: &Mentions,
    schema: &SchemaRef,
    out: &mut StreamWriter<W>,
) -> Result<(), ArrowError> {
    let mut columns = Columns::default();
    for (keys, classes) in mentions.sorted() {
        columns.push(keys, classes);
        if columns.classes.len() == BATCH_MENTIONS {
            out.write(&std::mem::take(&mut columns).into_batch(schema)?)?;
        }
    }
    if columns.classes.is_empty() { Ok(()) } else { out.write(&columns.into_batch(schema)?) }
}

pub(super) fn read<R: Read>(
    stream: &mut StreamReader<R>,
    translation: &Translation,
    mentions: &mut Mentions,
) -> Result<(), Cause> {
    let (mut batch, mut mention) = (MentionBatch::default(), Vec::new());
    if *stream.schema().fields() != *schema(Metadata::default()).fields() {
        return Err(Cause::OtherFormat);
    }
    for columns in stream {
        let columns = columns?;
        let keys = columns.column(0).as_list_opt::<i32>().ok_or(Cause::OtherFormat)?;
        let classes = columns.column(1).as_primitive_opt::<UInt64Type>().ok_or(Cause::OtherFormat)?;
        let values = keys.values().as_fixed_size_binary_opt().ok_or(Cause::OtherFormat)?;
        let mut values = values.iter();
        batch.clear();
        for (n_keys, classes) in keys.offsets().lengths().zip(classes.values()) {
            mention.clear();
            for _ in 0..n_keys {
                let bytes = values.next().flatten().and_then(|bytes| bytes.try_into().ok());
                mention.push(bytes.and_then(Key::from_bytes).ok_or(Cause::OtherFormat)?);
            }
            batch.push(&mention, translation.classes(*classes));
        }
        mentions.insert(&batch);
    }
    Ok(())
}
