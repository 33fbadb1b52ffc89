//! Tells the header from the records below and the lines above it, and makes names of its cells.

use std::collections::{BTreeMap, BTreeSet};

use super::shape::{Kind, is_certain_value, pattern};
use super::sniff::{Rows, usual_width};

/// What stands above the records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Top {
    /// Records above the table: a title, an author.
    pub(in crate::read) n_preamble: usize,
    /// Whether the next one has the names of the columns.
    pub(in crate::read) header: bool,
}

/// More lines than this above a header are no title.
const MAX_PREAMBLE: usize = 40;

/// Looks for the header of a table.
pub(in crate::read) fn top(rows: &Rows) -> Top {
    let n_preamble = n_preamble(rows);
    let header = match rows.get(n_preamble..) {
        Some([first, below @ ..]) => is_header(first, below),
        _ => false,
    };
    Top { n_preamble, header }
}

/// Lines above the table have hardly any cells.
fn n_preamble(rows: &Rows) -> usize {
    let (width, n_usual) = usual_width(rows);
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let is_comment =
        |row: &Vec<String>| row.first().is_some_and(|cell| cell.starts_with("##") || cell.starts_with("//"));
    // In a table of sparse rows one with a single value is no title.
    let below = rows.iter().skip_while(|row| filled(row) <= 1);
    let sparse = width <= 2 || below.filter(|row| row.len() == width && filled(row) <= 1).count() * 4 > n_usual;
    // A row of the table may be short too. It is not taken for a title where that would lose a value.
    let is_title = |row: &Vec<String>| {
        let narrow = if width <= 3 { row.len() == 1 } else { row.len() * 2 <= width };
        let thin = narrow || !sparse && filled(row) <= 1;
        (thin || is_comment(row)) && !row.iter().any(|cell| is_certain_value(cell))
    };
    if width < 2 || n_usual < 2 {
        return 0;
    }
    let n = rows.iter().take(MAX_PREAMBLE + 1).take_while(|row| is_title(row)).count();
    if n > MAX_PREAMBLE { 0 } else { n }
}

/// How many rows below are compared with what may be the header.
const MAX_BELOW: usize = 200;

/// Whether the first record names the columns of those below.
fn is_header(first: &[String], below: &[Vec<String>]) -> bool {
    let cells: Vec<&str> = first.iter().map(|cell| cell.trim()).collect();
    if cells.iter().any(|cell| is_certain_value(cell)) || cells.iter().all(|cell| cell.is_empty()) {
        return false;
    }
    if below.is_empty() {
        return cells.len() > 1 && cells.iter().all(|cell| cell.chars().count() <= 40 && !Kind::of(cell).is_specific());
    }
    let below = below.get(..MAX_BELOW).unwrap_or(below);
    let votes: Vec<i32> = cells
        .iter()
        .enumerate()
        .map(|(at, cell)| {
            let column: Vec<&str> = below
                .iter()
                .filter_map(|row| row.get(at))
                .map(|cell| cell.trim())
                .filter(|cell| !cell.is_empty())
                .collect();
            vote(cell, &column)
        })
        .collect();
    let sum: i32 = votes.iter().sum();
    let n_specific = cells.iter().filter(|cell| Kind::of(cell).is_specific()).count();
    if is_numbered(&cells, &votes, below) {
        return true;
    }
    // Dates do name columns, beside columns with names in words.
    if n_specific * 2 > cells.len() && !votes.iter().any(|vote| *vote >= STRONG) {
        return false;
    }
    sum >= 0
}

const STRONG: i32 = 2;

/// Whether columns are named by whole numbers (years, places), each once, beside a name in words, or none above the
/// labels of the rows.
fn is_numbered(cells: &[&str], votes: &[i32], below: &[Vec<String>]) -> bool {
    let numbers: Vec<&str> = cells.iter().copied().filter(|cell| Kind::of(cell).is_specific()).collect();
    let whole = numbers.iter().all(|cell| cell.bytes().all(|byte| byte.is_ascii_digit()));
    let distinct: BTreeSet<&str> = numbers.iter().copied().collect();
    let labels =
        cells.first() == Some(&"") && below.iter().all(|row| row.first().is_some_and(|cell| !cell.trim().is_empty()));
    let named = votes.contains(&STRONG) || labels;
    numbers.len() >= 2
        && whole
        && distinct.len() == numbers.len()
        && named
        && !cells.iter().skip(1).any(|cell| cell.is_empty())
}

/// What one column says for (positive) or against the first cell being its name.
fn vote(name: &str, column: &[&str]) -> i32 {
    if column.is_empty() || name.is_empty() {
        return 0;
    }
    let kind = Kind::of(name);
    let kinds: Vec<Kind> = column.iter().map(|cell| Kind::of(cell)).collect();
    let n_same = kinds.iter().filter(|other| **other == kind).count();
    let n_specific = kinds.iter().filter(|kind| kind.is_specific()).count();
    let mostly = |n: usize| n * 10 >= column.len() * 8;
    if kind.is_specific() {
        return if mostly(n_same) { -STRONG } else { -1 };
    }
    if mostly(n_specific) {
        return STRONG;
    }
    if column.contains(&name) {
        // A value that recurs; a name may by chance.
        return -STRONG;
    }
    let shape = pattern(name);
    let n_shape = column.iter().filter(|cell| pattern(cell) == shape).count();
    let is_code = kind == Kind::Code;
    if mostly(n_shape) && column.len() > 1 {
        return if is_code { -STRONG } else { -1 };
    }
    let same_length = column.iter().all(|cell| Some(cell.chars().count()) == column.first().map(|c| c.chars().count()));
    let odd_length =
        same_length && column.len() > 2 && Some(name.chars().count()) != column.first().map(|c| c.chars().count());
    i32::from(odd_length) + i32::from(n_shape == 0)
}

/// No name of a column is longer, in characters.
const MAX_NAME: usize = 200;

/// The names of the columns, each once, none empty.
pub(in crate::read) fn names(header: Option<&Vec<String>>, width: usize) -> Vec<String> {
    let cells = header.map(Vec::as_slice).unwrap_or_default();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    (0..width)
        .map(|at| {
            let mut name = clean(cells.get(at).map_or("", String::as_str));
            if name.is_empty() {
                name = format!("column_{}", at + 1);
            }
            let n = counts.entry(name.clone()).or_default();
            let mut unique = name.clone();
            while taken.contains(&unique) {
                *n = (*n).max(1) + 1;
                unique = format!("{name}_{n}");
            }
            taken.insert(unique.clone());
            unique
        })
        .collect()
}

fn clean(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_control() || c == '\u{feff}' { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_NAME).collect()
}
