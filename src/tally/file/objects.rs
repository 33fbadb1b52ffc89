//! What a tally file says beside mentions: a second stream, whose rows are objects and problems as JSON.

use std::io::{Read, Write};
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use serde::{Deserialize, Serialize};

use super::Cause;
use crate::model::Problem;
use crate::tally::{Tally, ordered};

/// Text in one record batch before it is written: an offset into it has 31 bits, and memory should not hold it all.
const BATCH_BYTES: usize = 4 << 20;

/// A row has one of the two.
fn schema() -> SchemaRef {
    let text = |name| Field::new(name, DataType::Utf8, true);
    Arc::new(Schema::new(vec![text("object"), text("problem")]))
}

/// Rows on their way into a record batch.
#[derive(Default)]
struct Rows {
    objects: Vec<Option<String>>,
    problems: Vec<Option<String>>,
    bytes: usize,
}

impl Rows {
    fn push(&mut self, object: Option<String>, problem: Option<String>) {
        self.bytes += object.iter().chain(&problem).map(String::len).sum::<usize>();
        self.objects.push(object);
        self.problems.push(problem);
    }

    /// Writes what there is, if it is `enough` bytes.
    fn flush<W: Write>(&mut self, enough: usize, out: &mut StreamWriter<W>) -> Result<(), ArrowError> {
        if self.objects.is_empty() || self.bytes < enough {
            return Ok(());
        }
        let Self { objects, problems, .. } = std::mem::take(self);
        let columns: Vec<ArrayRef> = vec![Arc::new(StringArray::from(objects)), Arc::new(StringArray::from(problems))];
        out.write(&RecordBatch::try_new(schema(), columns)?)
    }
}

/// Writes objects by their URIs, then problems, each once.
pub(super) fn write<W: Write>(tally: &Tally, out: W) -> Result<W, ArrowError> {
    let mut out = StreamWriter::try_new(out, &schema())?;
    let mut rows = Rows::default();
    for object in ordered(tally.objects.clone()) {
        rows.push(Some(json(&object)?), None);
        rows.flush(BATCH_BYTES, &mut out)?;
    }
    let mut problems: Vec<&Problem> = tally.unlisted.iter().collect();
    problems.sort_unstable();
    problems.dedup();
    for problem in problems {
        rows.push(None, Some(json(problem)?));
        rows.flush(BATCH_BYTES, &mut out)?;
    }
    rows.flush(0, &mut out)?;
    out.into_inner()
}

/// Adds what [`write`] wrote to the tally.
pub(super) fn read(stream: impl Read, tally: &mut Tally) -> Result<(), Cause> {
    let stream = StreamReader::try_new(stream, None)?;
    if *stream.schema().fields() != *schema().fields() {
        return Err(Cause::OtherFormat);
    }
    for columns in stream {
        let columns = columns?;
        let text = |at| columns.column(at).as_string_opt::<i32>().ok_or(Cause::OtherFormat);
        for (object, problem) in text(0)?.iter().zip(text(1)?.iter()) {
            tally.objects.extend(object.map(parsed).transpose()?);
            tally.unlisted.extend(problem.map(parsed).transpose()?);
        }
    }
    Ok(())
}

fn json(value: &impl Serialize) -> Result<String, ArrowError> {
    serde_json::to_string(value).map_err(|error| ArrowError::JsonError(error.to_string()))
}

fn parsed<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Cause> {
    serde_json::from_str(text).map_err(|_| Cause::OtherFormat)
}
