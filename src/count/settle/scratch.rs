//! Lists of words that are in memory while there is room, and beyond that in a temporary file.

use std::borrow::Cow;
use std::fs::File;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use crate::count::room::{CountError, Room};
use crate::count::words::{read_words, write_words};

/// What a settlement may take: a quarter of the room for lists, a quarter for arrays; tables and buffers take less than the
/// rest.
#[derive(Debug)]
pub(super) struct Desk<'r> {
    room: &'r Room,
    left: Arc<AtomicI64>,
}

impl<'r> Desk<'r> {
    /// The desk of a room.
    pub(super) fn new(room: &'r Room) -> Self {
        let bytes = i64::try_from(room.limit() / 4).unwrap_or(i64::MAX);
        Self { room, left: Arc::new(AtomicI64::new(bytes)) }
    }

    /// The bytes that arrays may take at a time.
    pub(super) fn array_bytes(&self) -> u64 {
        self.room.limit() / 4
    }

    /// Somewhere to put lists, with a file of its own.
    pub(super) fn scratch(&self) -> Scratch<'_> {
        Scratch { desk: self, file: OnceLock::new(), end: AtomicU64::new(0) }
    }
}

/// Where lists are put.
#[derive(Debug)]
pub(super) struct Scratch<'d> {
    desk: &'d Desk<'d>,
    file: OnceLock<Arc<File>>,
    end: AtomicU64,
}

impl Scratch<'_> {
    /// Puts a list away.
    pub(super) fn put(&self, words: Vec<u32>) -> Result<Block, CountError> {
        let bytes = bytes_of(&words);
        let left = &self.desk.left;
        if left.fetch_sub(bytes, Relaxed) >= bytes {
            return Ok(Block(Place::Memory(Held { words, left: Arc::clone(left) })));
        }
        left.fetch_add(bytes, Relaxed);
        let file = if let Some(file) = self.file.get() {
            Arc::clone(file)
        } else {
            // Of two threads one makes a file in vain.
            let new = Arc::new(self.desk.room.file()?);
            Arc::clone(self.file.get_or_init(|| new))
        };
        let mut buffer = Vec::new();
        write_words(&words, &mut buffer);
        let offset = self.end.fetch_add(buffer.len() as u64, Relaxed);
        self.desk.room.write_at(&file, &buffer, offset)?;
        Ok(Block(Place::Disk { file, offset, n: words.len() }))
    }
}

fn bytes_of(words: &[u32]) -> i64 {
    i64::try_from(size_of_val(words)).unwrap_or(i64::MAX)
}

/// A list of words that was put away.
#[derive(Debug)]
pub(super) struct Block(Place);

#[derive(Debug)]
enum Place {
    Memory(Held),
    Disk { file: Arc<File>, offset: u64, n: usize },
}

#[derive(Debug)]
struct Held {
    words: Vec<u32>,
    left: Arc<AtomicI64>,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.left.fetch_add(bytes_of(&self.words), Relaxed);
    }
}

impl Block {
    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        match &self.0 {
            Place::Memory(held) => held.words.len(),
            Place::Disk { n, .. } => *n,
        }
    }

    /// The words.
    pub(super) fn get(&self, desk: &Desk<'_>) -> Result<Cow<'_, [u32]>, CountError> {
        match &self.0 {
            Place::Memory(held) => Ok(Cow::Borrowed(&held.words)),
            Place::Disk { file, offset, n } => {
                let mut bytes = vec![0; n * 4];
                desk.room.read_at(file, &mut bytes, *offset)?;
                let mut words = Vec::with_capacity(*n);
                read_words(&bytes, &mut words);
                Ok(Cow::Owned(words))
            }
        }
    }

    /// Changes the words where they are.
    pub(super) fn change(&mut self, desk: &Desk<'_>, change: impl FnOnce(&mut [u32])) -> Result<(), CountError> {
        match &mut self.0 {
            Place::Memory(held) => change(&mut held.words),
            Place::Disk { file, offset, n } => {
                let mut bytes = vec![0; *n * 4];
                desk.room.read_at(file, &mut bytes, *offset)?;
                let mut words = Vec::with_capacity(*n);
                read_words(&bytes, &mut words);
                change(&mut words);
                bytes.clear();
                write_words(&words, &mut bytes);
                desk.room.write_at(file, &bytes, *offset)?;
            }
        }
        Ok(())
    }
}

/// A list that grows, put away in portions.
pub(super) struct Growing<'s> {
    scratch: &'s Scratch<'s>,
    portion: usize,
    words: Vec<u32>,
    blocks: Vec<Block>,
}

impl<'s> Growing<'s> {
    /// An empty list, whose portions have at least so many words.
    pub(super) fn new(scratch: &'s Scratch<'s>, portion: usize) -> Self {
        Self { scratch, portion, words: Vec::new(), blocks: Vec::new() }
    }

    /// The list with room for so many words.
    pub(super) fn expecting(mut self, n_words: usize) -> Self {
        self.words.reserve_exact(n_words);
        self
    }

    /// Appends words that stay in one portion.
    pub(super) fn push(&mut self, words: &[u32]) -> Result<(), CountError> {
        self.words.extend_from_slice(words);
        if self.words.len() >= self.portion {
            let full = std::mem::replace(&mut self.words, Vec::with_capacity(self.portion));
            self.blocks.push(self.scratch.put(full)?);
        }
        Ok(())
    }

    /// All of it.
    pub(super) fn finish(mut self) -> Result<Vec<Block>, CountError> {
        if !self.words.is_empty() {
            self.words.shrink_to_fit();
            self.blocks.push(self.scratch.put(self.words)?);
        }
        Ok(self.blocks)
    }
}
