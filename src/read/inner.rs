//! JSON in the cells of text columns as columns of their own, whatever the format of the table.
//!
//! Which columns hold JSON is told from the head. The paths in them hold until a cell has another, as those of JSON lines
//! do; what is no JSON stays as text where it was.

use std::ops::ControlFlow;
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::{Array as _, ArrayRef, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};

use super::json::{Met, Paths, Unfolding, is_json};
use super::source::Reader;
use super::{ColumnInfo, UnitOutcome};
use crate::model::{Problem, ProblemCode};

/// So many filled cells of the head tell whether a column holds JSON; half of them must.
const CELLS: usize = 256;
/// They are looked for in so many rows.
const ROWS: usize = 4096;

/// What a unit showed of the columns with JSON, in their order.
pub(super) type Seen = Vec<Option<Met>>;

/// A table with the JSON in its cells as columns.
#[derive(Debug)]
struct Unfolded {
    base: Arc<dyn Reader>,
    inner: Vec<Inner>,
    columns: Vec<ColumnInfo>,
}

/// A column that holds JSON.
#[derive(Clone, Debug)]
struct Inner {
    /// Its place in the table below.
    column: usize,
    paths: Paths,
}

/// The table with the JSON in its cells as columns, where its head has some.
pub(super) fn unfolded(base: &Arc<dyn Reader>, head: &[RecordBatch]) -> Option<Arc<dyn Reader>> {
    let texts = base.columns().iter().enumerate().filter(|(_, column)| column.data_type == "utf8");
    let inner: Vec<Inner> =
        texts.filter_map(|(column, _)| Some(Inner { column, paths: paths_in(head, column)? })).collect();
    (!inner.is_empty()).then(|| Arc::new(Unfolded::new(Arc::clone(base), inner)) as Arc<dyn Reader>)
}

/// What the first cells that say something show, however the rows before them are cut into batches.
fn paths_in(head: &[RecordBatch], column: usize) -> Option<Paths> {
    let (mut cells, mut rows) = (Vec::new(), ROWS);
    for batch in head {
        let array = batch.columns().get(column)?;
        let end = array.len().min(rows);
        rows -= end;
        for start in (0..end).step_by(CELLS) {
            if cells.len() >= CELLS {
                break;
            }
            let texts = texts(&array.slice(start, CELLS.min(end - start))).ok()?;
            let filled = texts.iter().flatten().filter(|cell| !cell.trim_ascii().is_empty());
            cells.extend(filled.take(CELLS - cells.len()).map(str::to_owned));
        }
    }
    let n_json = cells.iter().filter(|cell| is_json(cell)).count();
    if n_json == 0 || 2 * n_json < cells.len() {
        return None;
    }
    Paths::learn(cells.iter().map(String::as_str))
}

/// The cells as text; what is none is null.
fn texts(array: &ArrayRef) -> Result<StringArray, ArrowError> {
    Ok(arrow_cast::cast(array, &DataType::Utf8)?.as_string::<i32>().clone())
}

impl Unfolded {
    fn new(base: Arc<dyn Reader>, inner: Vec<Inner>) -> Self {
        let mut columns = Vec::new();
        for (at, column) in base.columns().iter().enumerate() {
            columns.push(column.clone());
            for inner in inner.iter().filter(|inner| inner.column == at) {
                columns.extend(inner.paths.columns(&column.name));
            }
        }
        Self { base, inner, columns }
    }

    /// The same with other paths.
    fn with(&self, paths: impl Fn(usize, &Paths) -> Paths) -> Arc<dyn Reader> {
        let inner = self.inner.iter().enumerate();
        let inner = inner.map(|(at, inner)| Inner { column: inner.column, paths: paths(at, &inner.paths) });
        Arc::new(Self::new(Arc::clone(&self.base), inner.collect()))
    }

    fn unfold(&self, batch: &RecordBatch, unfoldings: &mut [Unfolding<'_>]) -> Result<RecordBatch, ArrowError> {
        let mut arrays = Vec::with_capacity(self.columns.len());
        for (at, array) in batch.columns().iter().enumerate() {
            let mut inner = self.inner.iter().zip(unfoldings.iter_mut()).filter(|(inner, _)| inner.column == at);
            match inner.next() {
                Some((_, unfolding)) => {
                    let (is_json, columns) = unfolding.read(&texts(array)?)?;
                    arrays.push(arrow_select::nullif::nullif(array, &is_json)?);
                    arrays.extend(columns);
                }
                None => arrays.push(Arc::clone(array)),
            }
        }
        let field =
            |(column, array): (&ColumnInfo, &ArrayRef)| Field::new(&column.name, array.data_type().clone(), true);
        let schema = Schema::new(self.columns.iter().zip(&arrays).map(field).collect::<Vec<_>>());
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        RecordBatch::try_new_with_options(Arc::new(schema), arrays, &options)
    }
}

impl Reader for Unfolded {
    fn format(&self) -> String {
        self.base.format()
    }

    fn encoding(&self) -> &str {
        self.base.encoding()
    }

    fn columns(&self) -> &[ColumnInfo] {
        &self.columns
    }

    fn n_units(&self) -> usize {
        self.base.n_units()
    }

    fn unit_bytes(&self, unit: usize) -> u64 {
        self.base.unit_bytes(unit)
    }

    fn read(&self, unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        let mut unfoldings: Vec<Unfolding<'_>> = self.inner.iter().map(|inner| inner.paths.unfolding()).collect();
        let mut failure = None;
        let mut outcome = self.base.read(unit, &mut |batch| match self.unfold(batch, &mut unfoldings) {
            Ok(batch) => sink(&batch),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        });
        // What the library says could quote a cell.
        outcome.problems.extend(failure.map(|_| {
            Problem::new(ProblemCode::DecoderPanicked, "", "the JSON in the cells of a column cannot be laid out")
        }));
        outcome.inner = unfoldings.into_iter().map(Unfolding::met).collect();
        outcome
    }

    fn reconsider(&self, outcomes: &[UnitOutcome]) -> Option<Arc<dyn Reader>> {
        if let Some(other) = self.base.reconsider(outcomes) {
            return Some(other);
        }
        let met = |at: usize| outcomes.iter().filter_map(move |outcome| outcome.inner.get(at)?.as_ref());
        let grown: Vec<Option<Paths>> =
            self.inner.iter().enumerate().map(|(at, inner)| inner.paths.with(met(at))).collect();
        let is_grown = grown.iter().any(Option::is_some);
        is_grown.then(|| self.with(|at, paths| grown.get(at).cloned().flatten().unwrap_or_else(|| paths.clone())))
    }

    fn remarks(&self, outcomes: &[UnitOutcome]) -> Vec<Problem> {
        self.base.remarks(outcomes)
    }

    /// No key becomes the name of a column; the header of the table below has been looked at before.
    fn without_header(&self) -> Option<Arc<dyn Reader>> {
        Some(self.with(|_, paths| paths.without_keys()))
    }

    fn problems(&self) -> &[Problem] {
        self.base.problems()
    }

    fn is_unfolded(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, RecordBatch, StringArray};

    use super::{ROWS, paths_in};

    /// Whether a column of these cells is taken for JSON when it comes in batches of each of several sizes.
    fn is_json(cells: &[&str]) -> bool {
        let column: ArrayRef = Arc::new(StringArray::from(cells.to_vec()));
        let whole = RecordBatch::try_from_iter([("extra", column)]).unwrap();
        let in_batches = |size: usize| {
            let starts = (0..cells.len()).step_by(size);
            let head: Vec<_> = starts.map(|start| whole.slice(start, size.min(cells.len() - start))).collect();
            paths_in(&head, 0).is_some()
        };
        let said = [8192, 4096, 1024, 256, 100, 7, 1].map(in_batches);
        assert!(said.iter().all(|one| *one == said[0]), "{said:?}");
        said[0]
    }

    #[test]
    fn batches_do_not_decide_what_is_json() {
        const JSON: &str = r#"{"mobile":"13912045716"}"#;
        let of = |front: &[(&'static str, usize)]| -> Vec<&'static str> {
            front.iter().flat_map(|(cell, n)| std::iter::repeat_n(*cell, *n)).collect()
        };
        assert!(is_json(&of(&[("", 300), (JSON, 700)])));
        assert!(is_json(&of(&[("x", 1), (JSON, 5000)])));
        assert!(is_json(&of(&[("", ROWS - 1), (JSON, 2)])));
        assert!(!is_json(&of(&[("", ROWS), (JSON, 2)])));
        assert!(!is_json(&of(&[("x", 256), (JSON, 5000)])));
    }
}
