//! Sorted mentions in a temporary file, and the merging of several such runs with what is in memory.

use std::fs::File;
use std::sync::Arc;

use super::said::Said;
use super::shard::Shard;
use crate::count::room::{CountError, Room};
use crate::count::words::{read_keys, read_words, write_keys, write_words};
use crate::model::Key;

/// A run is read in portions of so many mentions: a merge of a hundred runs takes some megabytes.
const PORTION: usize = 1024;

/// The sorted mentions of all shards of a store.
#[derive(Clone, Debug)]
pub(super) struct Run {
    file: Arc<File>,
    parts: Vec<Part>,
}

/// The mentions of one shard with the same number of keys.
#[derive(Clone, Debug)]
struct Part {
    shard: usize,
    width: usize,
    n: usize,
    /// Where the keys begin, and behind them the numbers of what was said.
    offset: u64,
    said: Vec<Said>,
}

impl Run {
    /// Writes all mentions of sorted shards to a file.
    pub(super) fn write(room: &Room, shards: &[Shard]) -> Result<Self, CountError> {
        let file = room.file()?;
        let (mut parts, mut end, mut bytes) = (Vec::new(), 0, Vec::new());
        for (at, shard) in shards.iter().enumerate() {
            for table in shard.tables().iter().filter(|table| table.n_sorted() > 0) {
                let (n, offset) = (table.n_sorted(), end);
                let (keys, said) = table.from(0, n);
                for keys in keys.chunks(PORTION * table.width) {
                    bytes.clear();
                    write_keys(keys, &mut bytes);
                    room.write_at(&file, &bytes, end)?;
                    end += bytes.len() as u64;
                }
                bytes.clear();
                write_words(said, &mut bytes);
                room.write_at(&file, &bytes, end)?;
                end += bytes.len() as u64;
                parts.push(Part { shard: at, width: table.width, n, offset, said: shard.said().to_vec() });
            }
        }
        Ok(Self { file: Arc::new(file), parts })
    }

    /// How many mentions there are.
    pub(super) fn len(&self) -> usize {
        self.parts.iter().map(|part| part.n).sum()
    }

    /// How many keys they have together.
    pub(super) fn n_keys(&self) -> usize {
        self.parts.iter().map(|part| part.n * part.width).sum()
    }

    /// The numbers of keys that mentions of a shard have.
    pub(super) fn widths(&self, shard: usize) -> impl Iterator<Item = usize> {
        self.parts.iter().filter(move |part| part.shard == shard).map(|part| part.width)
    }

    /// The same mentions from other data sets.
    pub(super) fn map(&mut self, data_sets: impl Fn(u64) -> u64) {
        for said in self.parts.iter_mut().flat_map(|part| &mut part.said) {
            said.data_sets = data_sets(said.data_sets);
        }
    }
}

/// Sorted mentions of one width, read in portions.
struct Cursor<'s> {
    width: usize,
    n: usize,
    /// Mentions that came before the portion.
    done: usize,
    /// The place in the portion.
    at: usize,
    portion: Portion<'s>,
    said: &'s [Said],
}

enum Portion<'s> {
    Memory {
        keys: &'s [Key],
        said: &'s [u32],
    },
    /// All of it, where some may come more than once.
    Own {
        keys: Vec<Key>,
        said: Vec<u32>,
    },
    Disk {
        run: &'s Run,
        offset: u64,
        keys: Vec<Key>,
        said: Vec<u32>,
    },
}

impl<'s> Cursor<'s> {
    fn of_run(run: &'s Run, part: &'s Part) -> Self {
        let portion = Portion::Disk { run, offset: part.offset, keys: Vec::new(), said: Vec::new() };
        Self { width: part.width, n: part.n, done: 0, at: 0, portion, said: &part.said }
    }

    /// Whether no mention comes twice.
    fn is_distinct(&self) -> bool {
        !matches!(self.portion, Portion::Own { .. })
    }

    fn len(&self) -> usize {
        match &self.portion {
            Portion::Memory { said, .. } => said.len(),
            Portion::Own { said, .. } | Portion::Disk { said, .. } => said.len(),
        }
    }

    /// The present mention; none behind the last.
    fn keys(&self) -> &[Key] {
        let keys = match &self.portion {
            Portion::Memory { keys, .. } => keys,
            Portion::Own { keys, .. } | Portion::Disk { keys, .. } => keys.as_slice(),
        };
        keys.get(self.at * self.width..(self.at + 1) * self.width).unwrap_or_default()
    }

    fn said(&self) -> Said {
        let said = match &self.portion {
            Portion::Memory { said, .. } => said.get(self.at),
            Portion::Own { said, .. } | Portion::Disk { said, .. } => said.get(self.at),
        };
        said.and_then(|number| self.said.get(*number as usize)).copied().unwrap_or_default()
    }

    /// Reads the next portion where the present one is at its end.
    fn fill(&mut self, room: &Room) -> Result<(), CountError> {
        if self.at < self.len() || self.done + self.len() >= self.n {
            return Ok(());
        }
        self.done += self.len();
        self.at = 0;
        let (width, n) = (self.width, PORTION.min(self.n - self.done));
        if let Portion::Disk { run, offset, keys, said } = &mut self.portion {
            let key_bytes = width as u64 * 16;
            let mut bytes = vec![0; n * width * 16];
            room.read_at(&run.file, &mut bytes, *offset + self.done as u64 * key_bytes)?;
            keys.clear();
            read_keys(&bytes, keys);
            bytes.truncate(n * 4);
            room.read_at(&run.file, &mut bytes, *offset + self.n as u64 * key_bytes + self.done as u64 * 4)?;
            said.clear();
            read_words(&bytes, said);
        }
        Ok(())
    }

    fn step(&mut self, room: &Room) -> Result<(), CountError> {
        self.at += 1;
        self.fill(room)
    }
}

/// Is handed a mention and what is said of it.
pub(in crate::count) type Visit<'v, E> = &'v mut dyn FnMut(&[Key], Said) -> Result<(), E>;

/// Hands the mentions of a shard to `visit`, each once, with what is said of it anywhere: those with fewer keys first, in
/// the order of their keys.
pub(super) fn for_each<E: From<CountError>>(
    room: &Room,
    shard: Option<&Shard>,
    runs: &[Run],
    at: usize,
    visit: Visit<'_, E>,
) -> Result<(), E> {
    let tables = || shard.into_iter().flat_map(Shard::tables);
    let mut widths: Vec<usize> = tables().map(|table| table.width).collect();
    widths.extend(runs.iter().flat_map(|run| run.widths(at)));
    widths.sort_unstable();
    widths.dedup();
    for width in widths {
        let mut cursors: Vec<Cursor<'_>> = Vec::new();
        for table in tables().filter(|table| table.width == width) {
            let known = shard.map_or(&[][..], Shard::said);
            let (keys, said) = table.from(0, table.n_sorted());
            let (n, portion) = (said.len(), Portion::Memory { keys, said });
            cursors.push(Cursor { width, n, done: 0, at: 0, portion, said: known });
            let (keys, said) = table.recent();
            let (n, portion) = (said.len(), Portion::Own { keys, said });
            cursors.push(Cursor { width, n, done: 0, at: 0, portion, said: known });
        }
        for run in runs {
            let parts = run.parts.iter().filter(|part| part.shard == at && part.width == width);
            cursors.extend(parts.map(|part| Cursor::of_run(run, part)));
        }
        merge(room, cursors, visit)?;
    }
    Ok(())
}

fn merge<E: From<CountError>>(room: &Room, mut cursors: Vec<Cursor<'_>>, visit: Visit<'_, E>) -> Result<(), E> {
    let mut keys = Vec::new();
    for cursor in &mut cursors {
        cursor.fill(room)?;
    }
    loop {
        cursors.retain(|cursor| !cursor.keys().is_empty());
        if let [only] = cursors.as_mut_slice()
            && only.is_distinct()
        {
            while !only.keys().is_empty() {
                visit(only.keys(), only.said())?;
                only.step(room)?;
            }
            return Ok(());
        }
        let Some(least) = cursors.iter().map(Cursor::keys).min() else { return Ok(()) };
        keys.clear();
        keys.extend_from_slice(least);
        let mut said = Said::default();
        for cursor in &mut cursors {
            while cursor.keys() == keys {
                said = said.union(cursor.said());
                cursor.step(room)?;
            }
        }
        visit(&keys, said)?;
    }
}
