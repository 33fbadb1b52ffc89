//! JSON that stands in the cells of a column of text: the paths in it, and the columns that they become.

use std::sync::Arc;

use arrow_array::{Array as _, ArrayRef, BooleanArray, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use serde::de::IgnoredAny;

use super::feed::Feed;
use super::lexer::{Breaks, Lexer};
use super::place::Records;
use super::rows::Rows;
use super::table::{self, Columns};
use super::tree::{Leaf, ROOT, Tree};
use super::walk::Walk;
use crate::read::ColumnInfo;
use crate::read::origin::Origin;
use crate::read::text::charset::Charset;

/// A column with more paths has keys that are values.
const MAX_COLUMNS: usize = 256;

/// A longer cell is a document, and stays the text that it is.
const LONGEST_CELL: usize = 1 << 20;

/// The paths in the cells of a column, with the columns that they are, in the order of their names.
#[derive(Clone, Debug)]
pub(in crate::read) struct Paths {
    tree: Tree,
    leaves: Vec<Leaf>,
}

impl Paths {
    /// The paths in some cells; `None` where there is no object with anything in it. Lists of numbers are left alone: they
    /// are positions and measurements, which mean something as they are.
    pub(in crate::read) fn learn<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut text = Vec::new();
        cells.filter(|cell| is_json(cell)).for_each(|cell| add_line(cell, &mut text));
        let met = walked(text, Tree::new(), &[]).ok()?.1;
        let of_root =
            |has: fn(&Tree, usize) -> bool| has(&met, ROOT) || met.element_of(ROOT).is_some_and(|at| has(&met, at));
        let has_objects = of_root(|tree, at| tree.node(at).is_some_and(|node| node.objects > 0));
        let paths = Self::of(met.settled());
        (has_objects && !paths.leaves.is_empty()).then_some(paths)
    }

    fn of(mut tree: Tree) -> Self {
        let mut leaves = tree.leaves();
        if leaves.len() > MAX_COLUMNS {
            tree = tree.without_keys();
            leaves = tree.leaves();
        }
        leaves.sort_by(|a, b| a.name.cmp(&b.name));
        Self { tree, leaves }
    }

    /// The columns, named below the one that they are in.
    pub(in crate::read) fn columns(&self, of: &str) -> Vec<ColumnInfo> {
        // A list that is all of a cell has the name of the column.
        let is_list = self.tree.members(ROOT).next().is_none();
        let below = |column: ColumnInfo| {
            let name = match column.name.strip_prefix("value").filter(|_| is_list) {
                Some(rest) => format!("{of}{rest}"),
                None => format!("{of}.{}", column.name),
            };
            ColumnInfo { name, ..column }
        };
        table::infos(&self.leaves).into_iter().map(below).collect()
    }

    /// The same with the paths that were met; `None` where all of them were known.
    pub(in crate::read) fn with<'a>(&self, met: impl Iterator<Item = &'a Met>) -> Option<Self> {
        let mut tree = self.tree.uncounted();
        for Met(other) in met {
            tree.absorb(other, ROOT, ROOT);
        }
        let paths = Self::of(tree.settled());
        (paths.columns("") != self.columns("")).then_some(paths)
    }

    /// The same with no key in the name of a column.
    pub(in crate::read) fn without_keys(&self) -> Self {
        Self::of(self.tree.without_keys())
    }

    /// Reads cells, batch by batch.
    pub(in crate::read) fn unfolding(&self) -> Unfolding<'_> {
        Unfolding { leaves: &self.leaves, tree: self.tree.uncounted() }
    }
}

/// The paths that were met in some cells.
#[derive(Clone, Debug)]
pub(crate) struct Met(Arc<Tree>);

/// A reading of the cells of one column.
pub(in crate::read) struct Unfolding<'a> {
    leaves: &'a [Leaf],
    tree: Tree,
}

impl Unfolding<'_> {
    /// Which of the cells are JSON, and the columns of what is in them.
    pub(in crate::read) fn read(&mut self, cells: &StringArray) -> Result<(BooleanArray, Vec<ArrayRef>), ArrowError> {
        let (mut found, mut text) = (Vec::with_capacity(cells.len()), Vec::new());
        for cell in cells {
            let json = cell.filter(|cell| is_json(cell));
            add_line(json.unwrap_or("{}"), &mut text);
            found.push(json.is_some());
        }
        let (batch, tree) = walked(text, std::mem::replace(&mut self.tree, Tree::new()), self.leaves)?;
        self.tree = tree;
        if batch.num_rows() != cells.len() {
            return Err(ArrowError::ComputeError("cells of text that are JSON are not one value each".to_owned()));
        }
        Ok((found.into(), batch.columns().to_vec()))
    }

    /// What was met, where some of it was not known.
    pub(in crate::read) fn met(self) -> Option<Met> {
        self.tree.has_grown.then(|| Met(Arc::new(self.tree)))
    }
}

/// Whether a cell is an object or a list.
pub(in crate::read) fn is_json(cell: &str) -> bool {
    let is_bracket = matches!(cell.trim_ascii_start().as_bytes().first(), Some(b'{' | b'['));
    is_bracket && cell.len() <= LONGEST_CELL && serde_json::from_str::<IgnoredAny>(cell).is_ok()
}

/// Adds a cell as a line. Line breaks in JSON are blanks.
fn add_line(cell: &str, text: &mut Vec<u8>) {
    text.extend(cell.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { b' ' } else { byte }));
    text.push(b'\n');
}

/// The rows that lines are, and the tree with what was met in them.
fn walked(lines: Vec<u8>, tree: Tree, leaves: &[Leaf]) -> Result<(RecordBatch, Tree), ArrowError> {
    let unreadable = |_| ArrowError::ComputeError("text in memory cannot be read".to_owned());
    let feed = Feed::open(&Origin::memory(lines), Charset::Utf8, 0).map_err(unreadable)?;
    let columns = Columns::new(leaves, usize::MAX);
    let schema = columns.schema();
    let mut rows = Rows::new(Records::Values { have_places: false }, tree, columns);
    let mut walk = Walk::new(Lexer::new(feed, Breaks::EndRecords));
    while walk.step(&mut rows) {}
    let mut batches = Vec::new();
    while let Some(batch) = rows.columns.ready().or_else(|| rows.columns.rest()) {
        batches.push(batch?);
    }
    let batch = match batches.as_slice() {
        [one] => one.clone(),
        all => arrow_select::concat::concat_batches(&schema, all)?,
    };
    Ok((batch, rows.tree))
}
