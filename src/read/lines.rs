//! Text that comes in pieces as a stream of lines: what a document says, without how it looks.

use std::io::{self, Read};

use super::origin::Fault;

/// Gathers lines. A line is a paragraph, or a row of a table with a tab between its cells.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) done: Vec<u8>,
    line: String,
    /// How many rows of tables are open, one inside of the other.
    n_rows: usize,
    /// Whether the last of the line is a blank, or would be if there were any text.
    is_blank: bool,
}

/// A longer line is cut.
const MAX_LINE_BYTES: usize = 1 << 20;

impl Lines {
    /// Adds text; all white space in it is a blank.
    pub(super) fn text(&mut self, text: &str) {
        for char in text.chars() {
            if char.is_whitespace() || char.is_control() {
                self.is_blank = true;
                continue;
            }
            if self.is_blank && !self.line.is_empty() && !self.line.ends_with('\t') {
                self.line.push(' ');
            }
            self.is_blank = false;
            self.line.push(char);
        }
        if self.line.len() > MAX_LINE_BYTES {
            self.end_line();
        }
    }

    /// Ends a paragraph; inside of a row it is a blank.
    pub(super) fn end_paragraph(&mut self) {
        if self.n_rows == 0 {
            self.end_line();
        }
        self.is_blank = true;
    }

    /// Begins a row.
    pub(super) fn begin_row(&mut self) {
        if self.n_rows == 0 {
            self.end_line();
        }
        self.n_rows += 1;
    }

    /// Ends a cell of a row.
    pub(super) fn end_cell(&mut self) {
        match self.n_rows {
            1 => self.line.push('\t'),
            _ => self.is_blank = true,
        }
    }

    /// Ends a row.
    pub(super) fn end_row(&mut self) {
        self.n_rows = self.n_rows.saturating_sub(1);
        if self.n_rows == 0 {
            if self.line.ends_with('\t') {
                self.line.pop();
            }
            self.end_line();
        }
    }

    /// Ends what is open.
    pub(super) fn finish(&mut self) {
        self.n_rows = 0;
        self.end_line();
    }

    fn end_line(&mut self) {
        if !self.line.trim().is_empty() {
            self.done.extend(self.line.as_bytes());
            self.done.push(b'\n');
        }
        self.line.clear();
        self.is_blank = false;
    }
}

/// A document that is read once.
pub(super) trait Document: Send {
    /// Adds what comes next; false where nothing does.
    fn step(&mut self, lines: &mut Lines) -> bool;

    /// What is wrong with what was read.
    fn fault(&self) -> Option<Fault>;
}

/// A document as a stream of lines.
pub(super) struct LineStream<D> {
    document: D,
    lines: Lines,
    at: usize,
    ended: bool,
}

/// So much is gathered before it is taken.
const BLOCK_BYTES: usize = 64 << 10;

impl<D: Document> LineStream<D> {
    pub(super) fn new(document: D) -> Self {
        Self { document, lines: Lines::default(), at: 0, ended: false }
    }
}

impl<D: Document> Read for LineStream<D> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.lines.done.len() {
            if self.ended {
                return self.document.fault().map_or(Ok(0), |fault| Err(fault.into()));
            }
            self.lines.done.clear();
            self.at = 0;
            while !self.ended && self.lines.done.len() < BLOCK_BYTES {
                self.ended = !self.document.step(&mut self.lines);
            }
            if self.ended {
                self.lines.finish();
            }
        }
        let mut rest = self.lines.done.get(self.at..).unwrap_or_default();
        let n = rest.read(buffer)?;
        self.at += n;
        Ok(n)
    }
}
