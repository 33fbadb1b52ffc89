//! Turns what is met on the way through a text into rows: one for each record, with list columns for what it has several of.

use super::place::{Frame, Place, Records};
use super::table::Columns;
use super::tree::{NodeId, ROOT, Tree};

/// A record with more than this in it becomes several rows, between two elements of a list.
const ROW_BYTES: usize = 16 << 20;

/// What an element takes even where there is nothing in it.
const ELEMENT_BYTES: usize = 4;

/// A list of positions with a meaning each has no more places than this; what is behind is a list again.
const MAX_PLACES: usize = 1024;

/// A value that is no object and no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scalar<'a> {
    /// `null`, and what stands where nothing does.
    Nothing,
    /// A number by its digits, or a truth value.
    Word(&'a str),
    /// What stood between quotes.
    Text(&'a str),
}

/// The rows of a table as they come.
pub(super) struct Rows {
    records: Records,
    /// Everything that was met.
    pub(super) tree: Tree,
    /// What becomes columns.
    pub(super) columns: Columns,
    frames: Vec<Frame>,
    /// How many frames are around the record that is open.
    outside: Option<usize>,
    /// The row or element in which a node was last given a value.
    filled: Vec<u64>,
    /// The present row, and the present element of each list.
    serials: Vec<u64>,
    row_bytes: usize,
    /// How many rows there were.
    pub(super) n_done: u64,
    /// How many of them begin in the middle of a record.
    pub(super) n_cut: u64,
}

impl Rows {
    pub(super) fn new(records: Records, tree: Tree, columns: Columns) -> Self {
        Self {
            records,
            tree,
            columns,
            frames: Vec::new(),
            outside: None,
            filled: Vec::new(),
            serials: vec![1],
            row_bytes: 0,
            n_done: 0,
            n_cut: 0,
        }
    }

    /// An object begins.
    pub(super) fn open_object(&mut self) {
        let frame = match self.arrive() {
            Place::Nowhere => Frame::Passed,
            Place::Above(depth) => Frame::Above { depth, child: Place::Nowhere },
            Place::Pairs => Frame::Pairs { key: None },
            // An object where elsewhere a list is, is a record itself.
            Place::Elements | Place::Record => {
                self.begin_record();
                self.object(ROOT)
            }
            Place::Node(node) if self.tree.is_elsewhere(node) => Frame::Passed,
            Place::Node(node) => self.object(node),
        };
        self.frames.push(frame);
    }

    fn object(&mut self, node: NodeId) -> Frame {
        if self.tree.note_object(node) { self.map(node) } else { Frame::Object { node, child: node, n_members: 0 } }
    }

    fn map(&mut self, node: NodeId) -> Frame {
        let (key, value) = self.tree.pair(node);
        Frame::Map { node, key, value }
    }

    /// A list begins.
    pub(super) fn open_list(&mut self) {
        let frame = match self.arrive() {
            Place::Nowhere | Place::Above(_) => Frame::Passed,
            Place::Elements => Frame::Elements,
            Place::Pairs | Place::Record => {
                self.begin_record();
                self.list(ROOT)
            }
            Place::Node(node) if self.tree.is_elsewhere(node) => Frame::Passed,
            Place::Node(node) => self.list(node),
        };
        self.frames.push(frame);
    }

    fn list(&mut self, node: NodeId) -> Frame {
        if node == ROOT && self.records.has_places() {
            self.tree.note_list(node);
            return Frame::Places { node, next: 0 };
        }
        if self.tree.is_position(node) {
            return Frame::Position { node };
        }
        let element = self.tree.note_list(node);
        Frame::List { node, element, is_empty: true }
    }

    /// The key of the next member.
    pub(super) fn key(&mut self, key: &str) {
        match self.frames.last_mut() {
            Some(Frame::Object { node, child, n_members }) => {
                let node = *node;
                if let Some(member) = self.tree.member(node, key) {
                    *child = member;
                    *n_members += 1;
                    return;
                }
                let map = self.map(node);
                if let Some(frame) = self.frames.last_mut() {
                    *frame = map;
                }
                self.map_key(key);
            }
            Some(Frame::Map { .. }) => self.map_key(key),
            Some(Frame::Above { depth, child }) => *child = self.records.below(*depth, key),
            Some(Frame::Pairs { key: kept }) => *kept = Some(key.to_owned()),
            _ => {}
        }
    }

    fn map_key(&mut self, key: &str) {
        let Some(Frame::Map { node, key: node_of_key, value }) = self.frames.last() else { return };
        let (node, node_of_key, value) = (*node, *node_of_key, *value);
        self.next_element(node, value);
        self.set(node_of_key, Scalar::Text(key));
    }

    /// A value that is no object and no list.
    pub(super) fn scalar(&mut self, scalar: Scalar<'_>) {
        if let (Some(Frame::Position { node }), false) = (self.frames.last(), scalar == Scalar::Nothing) {
            let node = *node;
            self.tree.note_list(node);
            if let Some(frame) = self.frames.last_mut() {
                *frame = Frame::Places { node, next: 0 };
            }
        }
        match self.arrive() {
            Place::Nowhere | Place::Above(_) => {}
            Place::Record | Place::Elements | Place::Pairs => {
                if scalar != Scalar::Nothing {
                    self.begin_record();
                    self.set(ROOT, scalar);
                    self.end_row();
                    self.outside = None;
                }
            }
            Place::Node(node) if self.tree.is_elsewhere(node) => {}
            Place::Node(node) => {
                self.set(node, scalar);
                if self.outside == Some(self.frames.len()) {
                    self.end_row();
                    self.outside = None;
                }
            }
        }
    }

    /// The innermost object or list ends.
    pub(super) fn close(&mut self) {
        if let Some(Frame::Object { node, n_members: 0, .. } | Frame::List { node, is_empty: true, .. }) =
            self.frames.pop()
        {
            self.tree.note_blank(node);
        }
        if self.outside.is_some_and(|outside| self.frames.len() <= outside) {
            self.end_row();
            self.outside = None;
        }
    }

    /// What the next value is, by the innermost frame.
    fn arrive(&mut self) -> Place {
        let Some(frame) = self.frames.last_mut() else {
            return self.records.top();
        };
        match frame {
            Frame::Passed => Place::Nowhere,
            Frame::Above { child, .. } => std::mem::replace(child, Place::Nowhere),
            Frame::Elements => Place::Record,
            Frame::Pairs { key } => {
                let Some(key) = key.take() else { return Place::Nowhere };
                self.begin_pair(&key)
            }
            Frame::Object { child, .. } => Place::Node(*child),
            Frame::Map { value, .. } => Place::Node(*value),
            Frame::List { node, element, is_empty } => {
                let (node, element) = (*node, *element);
                *is_empty = false;
                self.next_element(node, element);
                Place::Node(element)
            }
            Frame::Position { node } => {
                let node = *node;
                let element = self.tree.note_list(node);
                if let Some(frame) = self.frames.last_mut() {
                    *frame = Frame::List { node, element, is_empty: false };
                }
                self.next_element(node, element);
                Place::Node(element)
            }
            Frame::Places { node, next } => {
                let (node, at) = (*node, *next);
                *next += 1;
                self.place(node, at)
            }
        }
    }

    fn place(&mut self, node: NodeId, at: usize) -> Place {
        self.tree.note_element(node);
        if at >= MAX_PLACES {
            let element = self.tree.element(node);
            self.next_element(node, element);
            return Place::Node(element);
        }
        let column = format!("column_{}", at + 1);
        let name = match at {
            _ if node == ROOT => column.as_str(),
            0 => "lon",
            1 => "lat",
            2 => "alt",
            _ => column.as_str(),
        };
        Place::Node(self.tree.place(node, name))
    }

    fn next_element(&mut self, list: NodeId, element: NodeId) {
        if self.row_bytes > ROW_BYTES {
            self.end_row();
            self.n_cut += 1;
        }
        self.tree.note_element(list);
        let group = self.tree.node(element).map_or(0, |node| node.group);
        if self.serials.len() <= group {
            self.serials.resize(group + 1, 0);
        }
        if let Some(serial) = self.serials.get_mut(group) {
            *serial += 1;
        }
        self.columns.next_element(group);
        self.row_bytes += ELEMENT_BYTES;
    }

    /// The row of a member of a table of pairs.
    fn begin_pair(&mut self, key: &str) -> Place {
        self.begin_record();
        let node = self.tree.place(ROOT, "key");
        self.set(node, Scalar::Text(key));
        Place::Node(ROOT)
    }

    fn begin_record(&mut self) {
        self.outside = Some(self.frames.len());
        self.row_bytes = 0;
    }

    fn end_row(&mut self) {
        self.columns.end_row();
        self.n_done += 1;
        self.row_bytes = 0;
        if let Some(row) = self.serials.first_mut() {
            *row += 1;
        }
    }

    /// Gives a node its value in the present row or element; where it has one already, its twin.
    fn set(&mut self, node: NodeId, scalar: Scalar<'_>) {
        let (Scalar::Word(text) | Scalar::Text(text)) = scalar else {
            self.tree.note_blank(node);
            return;
        };
        self.tree.note_scalar(node);
        let group = self.tree.node(node).map_or(0, |node| node.group);
        let serial = self.serials.get(group).copied().unwrap_or(0);
        let mut node = node;
        loop {
            if self.filled.len() <= node {
                self.filled.resize(self.tree.n_nodes().max(node + 1), 0);
            }
            match self.filled.get_mut(node) {
                Some(filled) if *filled == serial => {}
                Some(filled) => {
                    *filled = serial;
                    break;
                }
                None => break,
            }
            let Some(twin) = self.tree.twin(node) else {
                let element = self.tree.element(node);
                self.tree.note_scalar(element);
                self.next_element(node, element);
                node = element;
                break;
            };
            node = twin;
        }
        self.row_bytes += text.len();
        self.columns.set(node, text);
    }
}
