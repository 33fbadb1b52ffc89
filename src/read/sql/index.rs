//! What tables a dump has, and where in it their rows stand.

use std::collections::HashMap;
use std::io;
use std::ops::Range;

use super::head::Head;
use super::lex::Dialect;
use super::walk::{Item, Says, State, Walk};
use crate::read::origin::Origin;

/// The table of everything that is no row.
pub(super) const STATEMENTS: usize = 0;

/// More tables than this are not told apart.
const MAX_TABLES: usize = 10_000;

/// More columns of a table than this are not read.
const MAX_COLUMNS: usize = 8192;

/// Parts of a table that are so near to each other are read as one, with what stands between them.
const GAP_BYTES: u64 = 64 << 10;

/// The tables of a dump.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The first is that of everything that is no row.
    pub(super) tables: Vec<Table>,
    layouts: Vec<Layout>,
    heads: HashMap<(usize, Head), usize>,
    /// The databases that were chosen; the first is none.
    databases: Vec<Vec<u8>>,
    /// How many closing quotes were none.
    pub(super) n_tight: u64,
    /// What cannot be read, and where.
    pub(super) damage: Vec<(u64, &'static str)>,
}

/// A table of a dump.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The parts of its name.
    pub(super) name: Vec<Vec<u8>>,
    /// The names of its columns, empty where nothing names them.
    pub(super) columns: Vec<Vec<u8>>,
    pub(super) segments: Vec<Segment>,
}

/// Which columns the values of a row are.
#[derive(Debug)]
struct Layout {
    table: usize,
    /// In the order of the values; all of the table's where it is not said.
    columns: Option<Vec<usize>>,
}

/// Where a walk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Context {
    pub(super) state: State,
    layout: usize,
    database: usize,
}

impl Context {
    const BEGINNING: Self = Self { state: State::Between, layout: 0, database: 0 };
}

/// A part of a dump with rows of a table, and perhaps of others.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) range: Range<u64>,
    /// That of a walk at its beginning.
    pub(super) context: Context,
}

impl Index {
    /// Walks over the whole dump. What can be read before an error is known all the same.
    pub(super) fn of(origin: &Origin, mark: u64, dialect: Dialect, unit_bytes: u64) -> (Self, io::Result<()>) {
        let statements = Table { columns: vec![b"text".to_vec()], ..Table::default() };
        let mut index = Self { tables: vec![statements], databases: vec![Vec::new()], ..Self::default() };
        let result = index.walk(origin, mark, dialect, unit_bytes);
        (index, result)
    }

    fn walk(&mut self, origin: &Origin, mark: u64, dialect: Dialect, unit_bytes: u64) -> io::Result<()> {
        let mut walk = Walk::open(origin, mark, State::Between, dialect)?;
        let mut context = Context::BEGINNING;
        loop {
            let item = walk.next();
            self.n_tight = walk.n_tight;
            let Some(item) = item? else { return Ok(()) };
            context = match item {
                Item::Outside(range, says) => {
                    let range = walk.offset(range.start)..walk.offset(range.end);
                    let here = Context { state: walk.began, ..context };
                    self.extend(STATEMENTS, range, here, unit_bytes);
                    match says {
                        Says::Nothing => {}
                        Says::Table(head) => _ = self.layout(context.database, head),
                        Says::Database(name) => context.database = self.database(name),
                    }
                    context
                }
                Item::Head(head) => {
                    let Some(layout) = self.layout(context.database, head) else {
                        self.damage.push((walk.position(), "there are too many tables; what follows was not read"));
                        return Ok(());
                    };
                    Context { layout, ..context }
                }
                Item::Row(range) => {
                    let range = walk.offset(range.start)..walk.offset(range.end);
                    let here = Context { state: walk.began, ..context };
                    self.row(walk.values.len(), range, here, unit_bytes);
                    context
                }
                Item::Damage(range, what) => {
                    self.damage.push((walk.offset(range.start), what));
                    context
                }
            };
        }
    }

    fn row(&mut self, n_values: usize, range: Range<u64>, context: Context, unit_bytes: u64) {
        let Some(layout) = self.layouts.get_mut(context.layout) else { return };
        let table = layout.table;
        let Some(Table { columns, .. }) = self.tables.get_mut(table) else { return };
        if n_values > MAX_COLUMNS {
            self.damage.push((range.start, "a row has more values than are read"));
        }
        match &mut layout.columns {
            None if columns.len() < n_values => columns.resize(n_values.min(MAX_COLUMNS), Vec::new()),
            Some(own) if own.len() < n_values => {
                let further = columns.len()..(columns.len() + n_values - own.len()).min(MAX_COLUMNS);
                columns.resize(further.end.max(columns.len()), Vec::new());
                own.extend(further);
            }
            _ => {}
        }
        self.extend(table, range, context, unit_bytes);
    }

    /// Adds a part of the dump to a table.
    fn extend(&mut self, table: usize, range: Range<u64>, context: Context, unit_bytes: u64) {
        let Some(table) = self.tables.get_mut(table) else { return };
        let last = table.segments.last_mut().filter(|last| {
            last.context.database == context.database
                && range.start.saturating_sub(last.range.end) <= GAP_BYTES
                && range.end - last.range.start <= unit_bytes
        });
        match last {
            Some(last) => last.range.end = range.end,
            None => table.segments.push(Segment { range, context }),
        }
    }

    /// The number of a database.
    fn database(&mut self, name: Vec<u8>) -> usize {
        self.databases.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.databases.push(name);
            self.databases.len() - 1
        })
    }

    /// The layout of a head, which may be the first that is heard of its table.
    fn layout(&mut self, database: usize, head: Head) -> Option<usize> {
        let key = (database, head);
        if let Some(layout) = self.heads.get(&key) {
            return Some(*layout);
        }
        let mut name = key.1.table.clone();
        if let Some(database) = self.databases.get(database).filter(|_| name.len() == 1 && database > 0) {
            name.insert(0, database.clone());
        }
        let at = self.table(name)?;
        let columns = self.tables.get_mut(at).map(|table| &mut table.columns)?;
        let columns = key.1.columns.as_ref().map(|names| {
            let mut place = |name: &Vec<u8>| {
                columns.iter().position(|column| column.eq_ignore_ascii_case(name)).unwrap_or_else(|| {
                    columns.push(name.clone());
                    columns.len() - 1
                })
            };
            names.iter().take(MAX_COLUMNS).map(&mut place).collect()
        });
        self.layouts.push(Layout { table: at, columns });
        self.heads.insert(key, self.layouts.len() - 1);
        Some(self.layouts.len() - 1)
    }

    /// The table of this name, or the only one whose name is a part of it or the other way round.
    fn table(&mut self, name: Vec<Vec<u8>>) -> Option<usize> {
        let same = |a: &Vec<u8>, b: &Vec<u8>| a.eq_ignore_ascii_case(b);
        let is_alike = |other: &[Vec<u8>]| name.iter().rev().zip(other.iter().rev()).all(|(a, b)| same(a, b));
        let named = || self.tables.iter().enumerate().skip(1);
        let exact = named().find(|(_, table)| table.name.len() == name.len() && is_alike(&table.name));
        let mut alike = named().filter(|(_, table)| is_alike(&table.name));
        let known = exact.or_else(|| alike.next().filter(|_| alike.next().is_none())).map(|(at, _)| at);
        if known.is_some() || self.tables.len() > MAX_TABLES {
            return known;
        }
        self.tables.push(Table { name, ..Table::default() });
        Some(self.tables.len() - 1)
    }

    /// Where a walk stands behind the head of rows.
    pub(super) fn behind_head(&self, context: Context, head: Head) -> Context {
        let layout = self.heads.get(&(context.database, head)).copied();
        Context { layout: layout.unwrap_or(usize::MAX), ..context }
    }

    /// Where a walk stands when a database was chosen.
    pub(super) fn behind_use(&self, context: Context, name: &[u8]) -> Context {
        let database = self.databases.iter().position(|known| known == name);
        Context { database: database.unwrap_or(context.database), ..context }
    }

    /// The table of the rows in a context, and which of its columns a value is.
    pub(super) fn table_of(&self, context: Context) -> Option<(usize, impl Fn(usize) -> usize)> {
        let layout = self.layouts.get(context.layout)?;
        let column = |value| layout.columns.as_ref().map_or(value, |own| own.get(value).copied().unwrap_or(usize::MAX));
        Some((layout.table, column))
    }
}
