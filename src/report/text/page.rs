//! A terminal page: headings, paragraphs, labelled lines and tables, wrapped and aligned in cells.

use super::Style;
use super::wrap::{width, wrap};

/// How a piece of text stands out where colour is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Bold,
    Dim,
    Red,
    Yellow,
    Green,
    Blue,
}

impl Ink {
    const fn codes(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Bold => "1",
            Self::Dim => "2",
            Self::Red => "1;31",
            Self::Yellow => "1;33",
            Self::Green => "1;32",
            Self::Blue => "1;34",
        }
    }
}

/// A table's narrowest column, in cells; below it a word cannot be read any more.
const NARROWEST: usize = 6;

/// Between two columns of a table.
const GAP: usize = 2;

/// Where the cells of a table's column stand in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Left,
    Right,
}

impl Align {
    /// Right for a column that has nothing but figures.
    fn of(rows: &[Vec<String>], column: usize) -> Self {
        let is_figure = |cell: &String| {
            cell.ends_with(|c: char| c.is_ascii_digit() || c == '%')
                && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '%' | '<' | '>' | ' '))
        };
        if rows.iter().all(|row| row.get(column).is_some_and(is_figure)) { Self::Right } else { Self::Left }
    }
}

/// The page so far.
#[derive(Debug)]
pub(super) struct Page {
    out: String,
    width: usize,
    colour: bool,
}

impl Page {
    pub(super) fn new(style: Style) -> Self {
        Self { out: String::new(), width: style.width.max(Style::NARROWEST), colour: style.colour }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// One finished line; blanks at its end are dropped.
    fn line(&mut self, indent: usize, text: &str, ink: Ink) {
        let text = text.trim_end();
        if text.is_empty() {
            self.out.push('\n');
            return;
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.out.push_str(&self.inked(text, ink));
        self.out.push('\n');
    }

    fn inked(&self, text: &str, ink: Ink) -> String {
        if self.colour && ink != Ink::Plain {
            format!("\u{1b}[{}m{text}\u{1b}[0m", ink.codes())
        } else {
            text.to_owned()
        }
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// The heading of a section, with an empty line above and a rule below.
    pub(super) fn heading(&mut self, text: &str) {
        self.blank();
        let lines = wrap(text, self.width);
        let longest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
        for line in lines {
            self.line(0, &line, Ink::Bold);
        }
        self.line(0, &"-".repeat(longest), Ink::Dim);
    }

    /// Wrapped text.
    pub(super) fn paragraph(&mut self, indent: usize, text: &str, ink: Ink) {
        for line in wrap(text, self.width.saturating_sub(indent)) {
            self.line(indent, &line, ink);
        }
    }

    /// Wrapped text behind a mark, hanging.
    pub(super) fn item(&mut self, indent: usize, text: &str) {
        self.labelled(indent, 2, "-", &[text.to_owned()]);
    }

    /// Lines beside a label that is `room` cells wide, each wrapped and hanging.
    pub(super) fn labelled(&mut self, indent: usize, room: usize, label: &str, lines: &[String]) {
        self.marked(indent, room, (label, Ink::Dim), lines);
    }

    /// The same with a label in its own ink.
    pub(super) fn marked(&mut self, indent: usize, room: usize, (label, ink): (&str, Ink), lines: &[String]) {
        let body = self.width.saturating_sub(indent + room);
        let wrapped: Vec<String> = lines.iter().flat_map(|line| wrap(line, body)).collect();
        let mut wrapped = wrapped.into_iter();
        let first = wrapped.next().unwrap_or_default();
        let fill = " ".repeat(room.saturating_sub(width(label)));
        let label = self.inked(label, ink);
        let first = format!("{label}{fill}{first}");
        self.line(indent, &first, Ink::Plain);
        for line in wrapped {
            self.line(indent + room, &line, Ink::Plain);
        }
    }

    /// A table whose columns shrink, widest first, until it fits; what does not fit a cell goes on below.
    pub(super) fn table(&mut self, indent: usize, head: &[&str], rows: &[Vec<String>]) {
        let columns: Vec<(usize, Align)> = self
            .fit(indent, head, rows)
            .into_iter()
            .enumerate()
            .map(|(at, room)| (room, Align::of(rows, at)))
            .collect();
        let head: Vec<String> = head.iter().map(|title| (*title).to_owned()).collect();
        self.table_row(indent, &head, &columns, Ink::Dim);
        for row in rows {
            self.table_row(indent, row, &columns, Ink::Plain);
        }
    }

    fn fit(&self, indent: usize, head: &[&str], rows: &[Vec<String>]) -> Vec<usize> {
        let mut widths: Vec<usize> = head.iter().map(|title| width(title)).collect();
        for row in rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = (*widest).max(width(cell));
            }
        }
        let room = self.width.saturating_sub(indent + GAP * widths.len().saturating_sub(1));
        while widths.iter().sum::<usize>() > room {
            match widths.iter_mut().max() {
                Some(widest) if *widest > NARROWEST => *widest -= 1,
                _ => break,
            }
        }
        widths
    }

    fn table_row(&mut self, indent: usize, cells: &[String], columns: &[(usize, Align)], ink: Ink) {
        let cells: Vec<Vec<String>> = cells.iter().zip(columns).map(|(cell, (room, _))| wrap(cell, *room)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let mut text = String::new();
            for (cell, (room, align)) in cells.iter().zip(columns) {
                let part = cell.get(at).map_or("", String::as_str);
                let fill = room.saturating_sub(width(part));
                let (before, after) = match align {
                    Align::Left => (0, fill),
                    Align::Right => (fill, 0),
                };
                text.extend(std::iter::repeat_n(' ', before));
                text.push_str(part);
                text.extend(std::iter::repeat_n(' ', after + GAP));
            }
            self.line(indent, &text, ink);
        }
    }
}
