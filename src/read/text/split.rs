//! Cuts text into records and cells: a state machine that only looks at the bytes that matter.
//!
//! The rules are those of `csv-core`, which a property test holds it to: blank lines are no records, a quote opens only
//! at the beginning of a cell, what follows a closing quote belongs to the cell. Escapes outside of quotes and runs of
//! blanks are added to that.

use std::ops::ControlFlow;

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
    pub(super) start: usize,
    /// Behind its last byte, before the closing quote.
    pub(super) end: usize,
    /// Where it starts with its opening quote and the blanks before that.
    pub(super) outer: usize,
    /// Whether quotes or escapes inside have to be undone.
    pub(super) marked: bool,
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
const CHUNK: usize = 64;

impl Splitter {
    /// A splitter at the beginning of a record.
    pub(super) fn new(dialect: Dialect) -> Self {
        let needles = [
            dialect.delimiter.unwrap_or(b'\n'),
            b'\n',
            dialect.quote.unwrap_or(b'\n'),
            dialect.escape.unwrap_or(b'\n'),
        ];
        let cell = Cell { start: 0, end: 0, outer: 0, marked: false };
        Self {
            dialect,
            needles,
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
            cell.start = cell.start.saturating_sub(by);
            cell.end = cell.end.saturating_sub(by);
            cell.outer = cell.outer.saturating_sub(by);
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
        let mut base = from;
        for chunk in chunks {
            let mask = self.mask(chunk);
            self.visit(block, base, mask, on_record)?;
            base += CHUNK;
        }
        let mut chunk = [0; CHUNK];
        for (to, byte) in chunk.iter_mut().zip(rest) {
            *to = *byte;
        }
        let valid = (1_u64 << rest.len()) - 1;
        let mask = self.mask(&chunk) & valid;
        self.visit(block, base, mask, on_record)
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

    /// A bit for every byte of the chunk that means something.
    #[inline]
    fn mask(&self, chunk: &[u8; CHUNK]) -> u64 {
        // Written so that it compiles to vector compares; a multiplication then gathers eight flags into eight bits.
        const GATHER: u64 = 0x0102_0408_1020_4080;
        let [a, b, c, d] = self.needles;
        let mut flags = [0_u8; CHUNK];
        for (flag, &byte) in flags.iter_mut().zip(chunk) {
            *flag = u8::from(byte == a)
                | u8::from(byte == b)
                | u8::from(byte == c)
                | u8::from(byte == d)
                | u8::from(byte == b'\r');
        }
        let (eights, _) = flags.as_chunks::<8>();
        eights.iter().rev().fold(0, |mask, eight| (mask << 8) | (u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56))
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
                if at == self.cell.start || self.dialect.padded && self.is_blank(block, at) {
                    self.cell.start = at + 1;
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
        if !(self.dialect.runs && at == self.cell.start && self.mode == Mode::Open) {
            self.end_cell(at);
        }
        self.begin_cell(at + 1);
    }

    #[inline]
    fn begin_cell(&mut self, at: usize) {
        self.cell = Cell { start: at, end: at, outer: at, marked: false };
        self.mode = Mode::Open;
    }

    #[inline]
    fn end_cell(&mut self, at: usize) {
        // Text behind the closing quote belongs to the cell, so the quote has to be undone like one inside.
        let end = if self.mode == Mode::Closed && !self.trails(at) { self.closed_at } else { at };
        self.cells.push(Cell { end, ..self.cell });
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
        let trailing_run = self.dialect.runs && self.mode == Mode::Open && at == self.cell.start;
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
        block.get(self.cell.start..at).is_some_and(|before| before.iter().all(|byte| *byte == b' '))
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
