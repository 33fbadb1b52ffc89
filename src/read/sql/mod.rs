//! SQL dumps: every table that rows are inserted into is a table, and everything else is text.
//!
//! ```text
//! bytes ──▶ tokens ──▶ rows and statements ──▶ tables, and where their rows stand
//!           lex.rs     walk.rs, head.rs         index.rs
//! ```
//!
//! Opening walks over the whole dump once. It shows which tables there are, what their columns are called, and what a
//! backslash means. Tables are read again by the parts that their rows stand in, in parallel where the bytes have positions.

mod head;
mod index;
mod lex;
mod value;
mod walk;

use std::io::{self, Read};
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use arrow_array::RecordBatch;

use self::index::{Index, STATEMENTS, Segment, Table};
use self::lex::{Dialect, Kind, Lexer, Next};
use self::value::Values;
use self::walk::{Item, Says, Walk};
use super::open::Member;
use super::origin::{Origin, Stamp};
use super::rows::Rows;
use super::source::Reader;
use super::text::charset::{Charset, Decoder};
use super::text::{count_malformed, header};
use super::{ColumnInfo, ObjectRef, Options, Source, UnitOutcome, problem_of};
use crate::model::{Problem, ProblemCode};

/// An opened dump.
#[derive(Debug)]
struct Dump {
    uri: String,
    origin: Origin,
    stamp: Stamp,
    charset: Charset,
    /// What the report calls the encoding; it may have been undone already.
    encoding: &'static str,
    dialect: Dialect,
    index: Index,
    batch_rows: usize,
}

/// A table of a dump.
#[derive(Debug)]
struct SqlTable {
    dump: Arc<Dump>,
    table: usize,
    columns: Vec<ColumnInfo>,
    /// The segments of each unit.
    units: Vec<Range<usize>>,
    problems: Vec<Problem>,
}

/// What the name of a table without a name is, which no table has.
const STATEMENTS_NAME: &str = "(statements)";

/// So much tells the encoding and the dialect.
const SAMPLE_BYTES: u64 = 128 << 10;

/// Opens a dump: its tables, and what is no row of any.
pub(super) fn open(
    object: &ObjectRef,
    options: &Options,
    suffix: &str,
    remarks: Vec<Problem>,
) -> Result<Vec<Member>, Problem> {
    let (dump, mut problems) = index(object, options).map_err(|error| problem_of(&object.uri, &error))?;
    problems.extend(remarks);
    let dump = Arc::new(dump);
    let names = names(&dump);
    let mut members = Vec::new();
    for (at, (table, name)) in dump.index.tables.iter().zip(names).enumerate() {
        // What is wrong with the dump is said once, with what is no row.
        let problems = if at == STATEMENTS { std::mem::take(&mut problems) } else { Vec::new() };
        if at == STATEMENTS && table.segments.is_empty() && problems.is_empty() {
            continue;
        }
        let bytes = table.segments.iter().map(|segment| segment.range.end - segment.range.start).sum();
        let reader = SqlTable {
            dump: Arc::clone(&dump),
            table: at,
            columns: columns(&dump, table),
            units: units(&table.segments, options.range_bytes),
            problems,
        };
        members.push(Member { object: object.table(&name, bytes), table: Ok(Source::new(reader, suffix, Vec::new())) });
    }
    Ok(members)
}

fn index(object: &ObjectRef, options: &Options) -> io::Result<(Dump, Vec<Problem>)> {
    let held_bytes = options.limits.held_bytes;
    // What is too large to be held is read anew for each table.
    let mut origin = object.origin.held(held_bytes).unwrap_or_else(|_| object.origin.clone());
    let mut sample = Vec::new();
    match origin.open(0)?.take(SAMPLE_BYTES).read_to_end(&mut sample) {
        // What can be read of damaged bytes is read, and the damage reported then.
        Err(error) if sample.is_empty() => return Err(error),
        _ => {}
    }
    let (mut charset, mark) = Charset::guess(&sample);
    let mut mark = mark as u64;
    let encoding = if charset.keeps_line_breaks() {
        charset = settled(&origin, charset, mark);
        charset.name()
    } else {
        let bytes = origin.whole(held_bytes)?;
        let mut text = bytes.get(mark as usize..).unwrap_or_default().to_vec();
        Decoder::new(charset).decode(&mut text, 0, true);
        origin = Origin::memory(text);
        mark = 0;
        std::mem::replace(&mut charset, Charset::Utf8).name()
    };
    // Only MySQL quotes names so, and only there a backslash means something in every string.
    let dialect = Dialect { escapes: sample.contains(&b'`'), pairs: charset == Charset::Gb18030 };
    let other = Dialect { escapes: !dialect.escapes, ..dialect };
    let look = |dialect| Index::of(&origin, mark, dialect, options.range_bytes);
    let faults = |index: &Index| (index.damage.len(), index.n_tight);
    let (mut dialect, (mut index, mut result)) = (dialect, look(dialect));
    if faults(&index) > (0, 0) {
        let (second, second_result) = look(other);
        if faults(&second) < faults(&index) {
            (dialect, index, result) = (other, second, second_result);
        }
    }
    if !origin.is_seekable() {
        index.tables.iter_mut().for_each(join_segments);
    }
    let mut problems = damage(&object.uri, &index);
    problems.extend(result.err().map(|error| problem_of(&object.uri, &error)));
    let (uri, batch_rows) = (object.uri.clone(), options.batch_rows.max(1));
    // What is held does not change.
    let stamp = origin.stamp()?;
    Ok((Dump { uri, origin, stamp, charset, encoding, dialect, index, batch_rows }, problems))
}

/// The encoding that all of the text fits best.
fn settled(origin: &Origin, guess: Charset, mark: u64) -> Charset {
    if guess != Charset::Utf8 || mark > 0 {
        return guess;
    }
    let count = |charset| count_malformed(origin, mark, charset);
    match count(guess) {
        Some(n) if n > 0 && count(Charset::Gb18030).is_some_and(|other| other < n) => Charset::Gb18030,
        _ => guess,
    }
}

/// Makes one part of all, so that a stream is read once.
fn join_segments(table: &mut Table) {
    if let [first, .., last] = table.segments.as_mut_slice() {
        first.range.end = last.range.end;
        table.segments.truncate(1);
    }
}

fn damage(uri: &str, index: &Index) -> Vec<Problem> {
    /// One is enough to go and look.
    const MAX_SHOWN: usize = 5;
    let shown = index.damage.iter().take(MAX_SHOWN);
    let mut problems: Vec<Problem> =
        shown.map(|(at, what)| Problem::new(ProblemCode::SqlDamaged, uri, *what).at(format!("byte {at}"))).collect();
    if index.n_tight > 0 {
        let message = format!("strings that end in the middle of a word: {}", index.n_tight);
        problems.push(Problem::new(ProblemCode::SqlDamaged, uri, message));
    }
    problems
}

/// What the tables are called: by the last part of their names, and by all of it where that is not enough.
fn names(dump: &Dump) -> Vec<String> {
    let part = |part: &Vec<u8>| clean(&dump.charset.decode(part, &mut 0));
    let last = |table: &Table| table.name.last().map(part);
    let tables = &dump.index.tables;
    let lasts: Vec<Option<String>> = tables.iter().map(last).collect();
    let is_unique = |name: &String| lasts.iter().flatten().filter(|other| *other == name).count() == 1;
    let name = |(table, last): (&Table, &Option<String>)| match last {
        None => STATEMENTS_NAME.to_owned(),
        Some(last) if is_unique(last) => last.clone(),
        Some(_) => table.name.iter().map(part).collect::<Vec<_>>().join("."),
    };
    tables.iter().zip(&lasts).map(name).collect()
}

/// A name without line breaks and the like, and not endless.
fn clean(name: &str) -> String {
    const MAX_CHARS: usize = 200;
    name.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_CHARS).collect()
}

fn columns(dump: &Dump, table: &Table) -> Vec<ColumnInfo> {
    let cells: Vec<String> = table.columns.iter().map(|name| dump.charset.decode(name, &mut 0).into_owned()).collect();
    let names = header::names(Some(&cells), cells.len()).into_iter();
    names.map(|name| ColumnInfo { name, data_type: "utf8".to_owned() }).collect()
}

/// Segments that together are about so many bytes.
fn units(segments: &[Segment], unit_bytes: u64) -> Vec<Range<usize>> {
    let units = super::units(segments.iter().map(|segment| segment.range.end - segment.range.start), unit_bytes);
    // A table without rows has columns all the same.
    if units.is_empty() { std::iter::once(0..0).collect() } else { units }
}

impl Reader for SqlTable {
    fn format(&self) -> String {
        "sql".to_owned()
    }

    fn encoding(&self) -> &str {
        self.dump.encoding
    }

    fn columns(&self) -> &[ColumnInfo] {
        &self.columns
    }

    fn n_units(&self) -> usize {
        self.units.len()
    }

    fn unit_bytes(&self, unit: usize) -> u64 {
        self.segments(unit).iter().map(|segment| segment.range.end - segment.range.start).sum()
    }

    fn read(&self, unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        let mut reading = Reading {
            table: self,
            rows: Rows::new(&self.columns, self.dump.batch_rows),
            values: Values { charset: self.dump.charset, dialect: self.dump.dialect },
            outcome: UnitOutcome::default(),
        };
        for segment in self.segments(unit) {
            match reading.segment(segment, sink) {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) => return reading.outcome,
                Err(error) => reading.outcome.problems.push(problem_of(&self.dump.uri, &error)),
            }
        }
        let _ = reading.flush(sink);
        if self.dump.origin.stamp().ok().as_ref() != Some(&self.dump.stamp) {
            let message = "its size or time of change is not what it was when it was opened";
            reading.outcome.problems.push(Problem::new(ProblemCode::ObjectChanged, &self.dump.uri, message));
        }
        reading.outcome
    }

    fn remarks(&self, outcomes: &[UnitOutcome]) -> Vec<Problem> {
        let malformed: u64 = outcomes.iter().map(|outcome| outcome.n_undecodable).sum();
        let message = format!("{malformed} sequences of bytes are not {}", self.encoding());
        let remark = (malformed > 0).then(|| Problem::new(ProblemCode::TextUndecodable, &self.dump.uri, message));
        remark.into_iter().collect()
    }

    fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl SqlTable {
    fn segments(&self, unit: usize) -> &[Segment] {
        let segments =
            self.dump.index.tables.get(self.table).map(|table| table.segments.as_slice()).unwrap_or_default();
        self.units.get(unit).and_then(|range| segments.get(range.clone())).unwrap_or_default()
    }
}

/// A unit that is being read.
struct Reading<'a> {
    table: &'a SqlTable,
    rows: Rows,
    values: Values,
    outcome: UnitOutcome,
}

impl Reading<'_> {
    fn segment(
        &mut self,
        segment: &Segment,
        sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>,
    ) -> io::Result<ControlFlow<()>> {
        let Dump { origin, dialect, index, .. } = &*self.table.dump;
        let mut context = segment.context;
        let mut walk = Walk::open(origin, segment.range.start, context.state, *dialect)?;
        while walk.position() < segment.range.end {
            let Some(item) = walk.next()? else { break };
            match item {
                Item::Outside(range, says) => {
                    match &says {
                        _ if self.table.table != STATEMENTS => {}
                        Says::Table(_) => self.strings(walk.slice(&range)),
                        Says::Nothing | Says::Database(_) => self.lines(walk.slice(&range)),
                    }
                    if let Says::Database(name) = &says {
                        context = index.behind_use(context, name);
                    }
                }
                Item::Head(head) => context = index.behind_head(context, head),
                Item::Row(_) => self.row(&walk, index, context),
                Item::Damage(..) => {}
            }
            if self.rows.is_full() && self.flush(sink).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn row(&mut self, walk: &Walk, index: &Index, context: index::Context) {
        let Some((_, column)) = index.table_of(context).filter(|(table, _)| *table == self.table.table) else { return };
        for (at, value) in walk.values.iter().enumerate() {
            let raw = walk.slice(&value.range);
            let text = self.values.text(value.form, raw, &mut self.outcome.n_undecodable);
            self.rows.cell(column(at), text.as_deref());
        }
        self.rows.end_row();
        self.outcome.rows += 1;
    }

    /// A row for every string in the definition of a table, such as a comment or a default. The names of its columns say
    /// nothing of the words behind them.
    fn strings(&mut self, raw: &[u8]) {
        let dialect = self.values.dialect;
        let mut lexer = Lexer { text: raw, at: 0, ended: true, dialect, brackets: false, first: true };
        while let Next::Token(token) = lexer.next() {
            let text = match token.kind {
                Kind::Quoted(quote @ b'\'') => {
                    let form = walk::quoted(&lexer, &token, quote);
                    self.values.text(form, lexer.slice(token.inner), &mut self.outcome.n_undecodable)
                }
                Kind::Comment => {
                    Some(self.values.charset.decode(lexer.slice(token.inner), &mut self.outcome.n_undecodable))
                }
                _ => None,
            };
            if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
                self.line(&text);
            }
        }
    }

    /// A row for every line that is not blank.
    fn lines(&mut self, raw: &[u8]) {
        let text = self.values.charset.decode(raw, &mut self.outcome.n_undecodable);
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.line(line);
        }
    }

    fn line(&mut self, text: &str) {
        self.rows.cell(0, Some(text));
        self.rows.end_row();
        self.outcome.rows += 1;
    }

    fn flush(&mut self, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> ControlFlow<()> {
        if self.rows.is_empty() {
            return ControlFlow::Continue(());
        }
        match self.rows.take() {
            Ok(batch) => sink(&batch),
            Err(error) => {
                let message = error.to_string().to_lowercase();
                self.outcome.problems.push(Problem::new(ProblemCode::DecoderPanicked, &self.table.dump.uri, message));
                ControlFlow::Break(())
            }
        }
    }
}
