//! Cuts text into records and cells: a state machine that only looks at the bytes that matter.
//!
//! The rules are those of `csv-core`, which a property test holds it to: blank lines are no records, a quote opens only
//! at the beginning of a cell, what follows a closing quote belongs to the cell. Escapes outside of quotes and runs of
//! blanks are added to that.

use std::ops::{ControlFlow, Range};

use super::mask::{CHUNK, mask};

/// How cells stand in text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// What parts cells; `None` where a line is one cell.
    pub(super) delimiter: Option<u8>,
    /// Whether several delimiters in a row are one, and none at the ends of a line counts.
    pub(super) runs: bool,
    /// What encloses cells that hold delimiters or line breaks; doubled inside.
    pub(super) quote: Option<u8>,
    /// What takes the meaning from the byte behind it.
    pub(super) escape: Option<u8>,
    /// Whether a quote may follow blanks at the beginning of a cell.
    pub(super) padded: bool,
}

impl Dialect {
    /// Lines without cells.
    pub(super) const LINES: Self = Self { delimiter: None, runs: false, quote: None, escape: None, padded: false };

    /// Cells between delimiters, in double quotes where they need them.
    pub(super) const fn delimited(delimiter: u8) -> Self {
        Self { delimiter: Some(delimiter), runs: false, quote: Some(b'"'), escape: None, padded: false }
    }
}

/// One cell of a record, by offsets in the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its first byte, behind the opening quote.
    start: u32,
    /// Behind its last byte, before the closing quote.
    end: u32,
    /// Where it starts with its opening quote and the blanks before that.
    outer: u32,
    /// Whether quotes or escapes inside have to be undone.
    pub(super) marked: bool,
}

impl Cell {
    #[inline]
    const fn plain(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32, outer: start as u32, marked: false }
    }

    /// Where it stands, without its quotes.
    #[inline]
    pub(super) const fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Where it begins, with its opening quote.
    pub(super) const fn outer(&self) -> usize {
        self.outer as usize
    }

    /// Whether it began with a quote.
    pub(super) const fn is_quoted(&self) -> bool {
        self.start > self.outer
    }
}

/// A record: its cells, and where it ends before the line break.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    pub(super) cells: &'a [Cell],
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Outside of quotes.
    Open,
    /// Inside quotes.
    Quoted,
    /// Behind what may be the closing quote.
    Closed,
}

/// The state between two bytes. Offsets count from the beginning of the block that was fed last.
#[derive(Clone, Debug)]
pub(super) struct Splitter {
    dialect: Dialect,
    needles: [u8; 4],
    /// Whether a delimiter outside of quotes always ends a cell.
    simple: bool,
    mode: Mode,
    record: usize,
    /// The cell as far as it is known.
    cell: Cell,
    /// Where the closing quote stands.
    closed_at: usize,
    /// A byte that an escape has taken the meaning from.
    literal_at: usize,
    cells: Vec<Cell>,
}

const NOWHERE: usize = usize::MAX;
/// The most columns that are told apart; what a record has beyond is surplus.
pub(super) const MAX_COLUMNS: usize = 8192;

/// The most cells of a record that are kept: where the surplus begins is all that is asked of it.
const MAX_CELLS: usize = MAX_COLUMNS + 1;

impl Splitter {
    /// A splitter at the beginning of a record.
    pub(super) fn new(dialect: Dialect) -> Self {
        let needles = [
            dialect.delimiter.unwrap_or(b'\n'),
            b'\n',
            dialect.quote.unwrap_or(b'\n'),
            dialect.escape.unwrap_or(b'\n'),
        ];
        let cell = Cell::plain(0, 0);
        Self {
            dialect,
            needles,
            simple: !dialect.runs && dialect.escape.is_none() && dialect.delimiter.is_some(),
            mode: Mode::Open,
            record: 0,
            cell,
            closed_at: NOWHERE,
            literal_at: NOWHERE,
            cells: Vec::new(),
        }
    }

    /// Where the record begins that is not complete yet.
    pub(super) const fn record_start(&self) -> usize {
        self.record
    }

    /// Whether a block of this length, fed whole, ended with a record.
    pub(super) const fn is_between_records(&self, length: usize) -> bool {
        self.record == length
    }

    /// Whether a quote is open.
    pub(super) fn is_quoted(&self) -> bool {
        self.mode == Mode::Quoted
    }

    /// Says that what was at `record_start` is now at the beginning of the block.
    pub(super) fn shift(&mut self) {
        let by = self.record;
        let moved = |at: usize| if at == NOWHERE { NOWHERE } else { at.saturating_sub(by) };
        self.record = 0;
        self.closed_at = moved(self.closed_at);
        self.literal_at = if self.literal_at < by { NOWHERE } else { moved(self.literal_at) };
        for cell in self.cells.iter_mut().chain([&mut self.cell]) {
            let moved = |at: u32| at.saturating_sub(by as u32);
            (cell.start, cell.end, cell.outer) = (moved(cell.start), moved(cell.end), moved(cell.outer));
        }
    }

    /// Goes on with `block[from..]` and shows every record that ends there.
    pub(super) fn feed(
        &mut self,
        block: &[u8],
        from: usize,
        on_record: &mut impl FnMut(Record<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let (chunks, rest) = block.get(from..).unwrap_or_default().as_chunks::<CHUNK>();
        let mut last = [0; CHUNK];
        for (to, byte) in last.iter_mut().zip(rest) {
            *to = *byte;
        }
        let needles = self.needles;
        for at in 0..=chunks.len() {
            let base = from + at * CHUNK;
            let (mask, only_delimiters) = mask(chunks.get(at).unwrap_or(&last), needles);
            if at == chunks.len() {
                let valid = (1_u64 << rest.len()) - 1;
                self.visit(block, base, mask & valid, on_record)?;
            } else if only_delimiters && self.simple && self.mode == Mode::Open {
                self.delimiters(base, mask);
            } else {
                self.visit(block, base, mask, on_record)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Ends the last record of the text, which needs no line break.
    pub(super) fn finish(
        &mut self,
        block: &[u8],
        on_record: &mut impl FnMut(Record<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if self.record >= block.len() {
            return ControlFlow::Continue(());
        }
        self.end_record(block.len(), on_record)
    }

    /// The fast path: outside of quotes, with nothing but delimiters.
    #[inline]
    fn delimiters(&mut self, base: usize, mut mask: u64) {
        let mut start = self.cell.start as usize;
        self.cells.reserve(CHUNK);
        while mask != 0 {
            let at = base + mask.trailing_zeros() as usize;
            mask &= mask - 1;
            self.cells.push(Cell::plain(start, at));
            start = at + 1;
        }
        self.cells.truncate(MAX_CELLS);
        self.cell = Cell::plain(start, start);
    }

    #[inline]
    fn visit(
        &mut self,
        block: &[u8],
        base: usize,
        mut mask: u64,
        on_record: &mut impl FnMut(Record<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        while mask != 0 {
            let at = base + mask.trailing_zeros() as usize;
            mask &= mask - 1;
            let Some(&byte) = block.get(at) else { break };
            if at == self.literal_at {
                continue;
            }
            if self.mode == Mode::Open && Some(byte) == self.dialect.delimiter {
                self.delimiter(at);
                continue;
            }
            self.rare(block, at, byte, on_record)?;
        }
        ControlFlow::Continue(())
    }

    /// Everything but a delimiter outside of quotes.
    #[inline]
    fn rare(
        &mut self,
        block: &[u8],
        at: usize,
        byte: u8,
        on_record: &mut impl FnMut(Record<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let line_break = byte == b'\n' || byte == b'\r';
        let quote = Some(byte) == self.dialect.quote;
        match self.mode {
            Mode::Open if line_break => {
                if at == self.record {
                    self.begin_record(at + 1);
                } else {
                    self.end_record(at, on_record)?;
                }
            }
            Mode::Open if quote => {
                if at == self.cell.start as usize || self.dialect.padded && self.is_blank(block, at) {
                    self.cell.start = at as u32 + 1;
                    self.mode = Mode::Quoted;
                }
            }
            Mode::Quoted if quote => {
                self.mode = Mode::Closed;
                self.closed_at = at;
            }
            Mode::Open | Mode::Quoted if Some(byte) == self.dialect.escape => {
                let behind = block.get(at + 1).copied();
                self.literal_at = at + 1;
                self.cell.marked |= behind.is_none_or(|byte| self.is_special(byte));
            }
            Mode::Open | Mode::Quoted => {}
            Mode::Closed if quote && at == self.closed_at + 1 => {
                self.cell.marked = true;
                self.mode = Mode::Quoted;
            }
            Mode::Closed => {
                if at != self.closed_at + 1 {
                    self.cell.marked = true;
                }
                if line_break {
                    self.end_record(at, on_record)?;
                } else if Some(byte) == self.dialect.delimiter {
                    self.delimiter(at);
                }
            }
        }
        ControlFlow::Continue(())
    }

    #[inline]
    fn delimiter(&mut self, at: usize) {
        if !(self.dialect.runs && at == self.cell.start as usize && self.mode == Mode::Open) {
            self.end_cell(at);
        }
        self.begin_cell(at + 1);
    }

    #[inline]
    fn begin_cell(&mut self, at: usize) {
        self.cell = Cell::plain(at, at);
        self.mode = Mode::Open;
    }

    #[inline]
    fn end_cell(&mut self, at: usize) {
        // Text behind the closing quote belongs to the cell, so the quote has to be undone like one inside.
        let end = if self.mode == Mode::Closed && !self.trails(at) { self.closed_at } else { at };
        if self.cells.len() < MAX_CELLS {
            self.cells.push(Cell { end: end as u32, ..self.cell });
        }
    }

    /// Whether something stands between the closing quote and `at`.
    fn trails(&self, at: usize) -> bool {
        at != self.closed_at + 1
    }

    fn begin_record(&mut self, at: usize) {
        self.record = at;
        self.begin_cell(at);
    }

    fn end_record(&mut self, at: usize, on_record: &mut impl FnMut(Record<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
        if self.mode == Mode::Closed && self.trails(at) {
            self.cell.marked = true;
        }
        let trailing_run = self.dialect.runs && self.mode == Mode::Open && at == self.cell.start as usize;
        if !trailing_run {
            self.end_cell(at);
        }
        let mut go_on = ControlFlow::Continue(());
        if !self.cells.is_empty() {
            go_on = on_record(Record { cells: &self.cells, start: self.record, end: at });
        }
        self.cells.clear();
        self.begin_record(at + 1);
        go_on
    }

    fn is_blank(&self, block: &[u8], at: usize) -> bool {
        block.get(self.cell.start as usize..at).is_some_and(|before| before.iter().all(|byte| *byte == b' '))
    }

    fn is_special(&self, byte: u8) -> bool {
        self.needles.contains(&byte) || byte == b'\r'
    }

    /// The text of a cell whose quotes or escapes have to be undone, appended to `out`.
    pub(super) fn undo(dialect: Dialect, raw: &[u8], quoted: bool, out: &mut Vec<u8>) {
        let mut inside = quoted;
        let mut bytes = raw.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            if Some(byte) == dialect.escape {
                let special = |next: &u8| {
                    [dialect.delimiter, dialect.quote, dialect.escape].contains(&Some(*next))
                        || matches!(next, b'\n' | b'\r')
                };
                out.push(bytes.next_if(special).unwrap_or(byte));
            } else if inside && Some(byte) == dialect.quote {
                // Doubled, or the closing one with text behind it.
                match bytes.next_if_eq(&byte) {
                    Some(_) => out.push(byte),
                    None => inside = false,
                }
            } else {
                out.push(byte);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]
mod tests {
    use std::ops::ControlFlow;

    use proptest::prelude::*;

    use super::{Dialect, Record, Splitter};

    type Rows = Vec<Vec<Vec<u8>>>;

    fn texts(dialect: Dialect, block: &[u8], record: &Record<'_>) -> Vec<Vec<u8>> {
        let text = |cell: &super::Cell| {
            let raw = &block[cell.range()];
            let mut out = Vec::new();
            if cell.marked {
                Splitter::undo(dialect, raw, cell.is_quoted(), &mut out);
            } else {
                out.extend_from_slice(raw);
            }
            out
        };
        record.cells.iter().map(text).collect()
    }

    /// Splits in blocks of `step` bytes, each with the rest of the one before.
    fn split(dialect: Dialect, text: &[u8], step: usize) -> Rows {
        let mut rows = Rows::new();
        let mut splitter = Splitter::new(dialect);
        let mut block = Vec::new();
        for part in text.chunks(step) {
            let from = block.len();
            block.extend_from_slice(part);
            let _ = splitter.feed(&block, from, &mut |record| {
                rows.push(texts(dialect, &block, &record));
                ControlFlow::Continue(())
            });
            block.drain(..splitter.record_start());
            splitter.shift();
        }
        let _ = splitter.finish(&block, &mut |record| {
            rows.push(texts(dialect, &block, &record));
            ControlFlow::Continue(())
        });
        rows
    }

    fn csv_core(dialect: Dialect, mut text: &[u8]) -> Rows {
        let mut reader = csv_core::ReaderBuilder::new()
            .delimiter(dialect.delimiter.unwrap_or(b','))
            .quote(dialect.quote.unwrap_or(b'"'))
            .quoting(dialect.quote.is_some())
            .build();
        let (mut out, mut ends) = (vec![0; text.len() + 1], vec![0; text.len() + 2]);
        let (mut at, mut cells) = (0, 0);
        let mut rows = Rows::new();
        loop {
            let (result, n_in, n_out, n_ends) = reader.read_record(text, &mut out[at..], &mut ends[cells..]);
            text = &text[n_in..];
            at += n_out;
            cells += n_ends;
            match result {
                csv_core::ReadRecordResult::Record => {
                    let starts = std::iter::once(0).chain(ends.iter().copied());
                    rows.push(starts.zip(&ends[..cells]).map(|(start, end)| out[start..*end].to_vec()).collect());
                    (at, cells) = (0, 0);
                }
                csv_core::ReadRecordResult::InputEmpty => {}
                csv_core::ReadRecordResult::End => return rows,
                _ => panic!("the buffers are large enough"),
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn agrees_with_csv_core(text in "[a,;\"\n\r ']{0,150}", step in 1_usize..150) {
            for quote in [Some(b'"'), Some(b'\''), None] {
                for delimiter in [b',', b';'] {
                    let dialect = Dialect { quote, ..Dialect::delimited(delimiter) };
                    prop_assert_eq!(split(dialect, text.as_bytes(), step), csv_core(dialect, text.as_bytes()));
                }
            }
        }
    }

    #[test]
    fn beyond_csv_core() {
        let plain = Dialect::delimited(b',');
        let escaped = Dialect { escape: Some(b'\\'), ..plain };
        let bare = Dialect { quote: None, ..escaped };
        let padded = Dialect { padded: true, ..plain };
        let runs = Dialect { runs: true, ..Dialect::delimited(b' ') };
        let cases: [(Dialect, &str, &[&[&str]]); 10] = [
            (escaped, r#""a\"b",c"#, &[&["a\"b", "c"]]),
            (escaped, "a\\,b,c\\\\\nd", &[&["a,b", "c\\"], &["d"]]),
            (escaped, "a\\nb,c", &[&["a\\nb", "c"]]),
            (escaped, "\"a\\\nb\",c", &[&["a\nb", "c"]]),
            (bare, "a\\,b,\"c", &[&["a,b", "\"c"]]),
            (bare, "a\\", &[&["a\\"]]),
            (padded, "a, \"b,c\" ,d", &[&["a", "b,c ", "d"]]),
            (runs, "  a   b c \n\n   \nd \"e f\"  g", &[&["a", "b", "c"], &["d", "e f", "g"]]),
            (Dialect::LINES, "a,\"b\n\nc", &[&["a,\"b"], &["c"]]),
            (plain, "\"\"\n\n,\n", &[&[""], &["", ""]]),
        ];
        for (dialect, text, rows) in cases {
            let expected: Rows =
                rows.iter().map(|row| row.iter().map(|cell| cell.as_bytes().to_vec()).collect()).collect();
            for step in 1..=text.len() {
                assert_eq!(split(dialect, text.as_bytes(), step), expected, "{text:?} in steps of {step}");
            }
        }
    }
}
