//! Writes a document as JSON: an element is its text, or an object of its attributes and children, and elements that repeat
//! are a list.

use std::sync::Arc;

use super::elements::Visit;
use super::paths::{Paths, ROOT};

/// What has become of the elements so far.
pub(super) struct Writer {
    paths: Arc<Paths>,
    open: Vec<Level>,
    pub(super) json: Vec<u8>,
}

struct Level {
    path: usize,
    /// Whether it has begun to be an object, and whether it has a member.
    is_object: bool,
    has_members: bool,
    text: String,
    /// The path of the elements in the list that is open in it.
    list: Option<usize>,
    /// Whether it is the only member of an object.
    is_wrapped: bool,
}

/// The name of the text of an element that has attributes or children.
const TEXT: &str = "text";

/// The name of the list of children of which others stand between those of one name.
const CHILDREN: &str = "children";

/// A longer text of one element is written in pieces.
const MAX_TEXT_BYTES: usize = 1 << 20;

impl Level {
    fn of(path: usize) -> Self {
        Self { path, is_object: false, has_members: false, text: String::new(), list: None, is_wrapped: false }
    }

    /// Begins a member of its object.
    fn member(&mut self, name: &str, json: &mut Vec<u8>) {
        self.end_list(json);
        json.push(if !self.is_object {
            b'{'
        } else if self.has_members {
            b','
        } else {
            b' '
        });
        (self.is_object, self.has_members) = (true, true);
        string(name, json);
        json.push(b':');
    }

    fn end_list(&mut self, json: &mut Vec<u8>) {
        if self.list.take().is_some() {
            json.push(b']');
        }
    }

    /// Begins an element of the list of these, and the list where it is not open.
    fn item(&mut self, path: usize, name: &str, json: &mut Vec<u8>) {
        if self.list == Some(path) {
            json.push(b',');
        } else {
            self.member(name, json);
            json.push(b'[');
            self.list = Some(path);
        }
    }

    fn write_text(&mut self, json: &mut Vec<u8>) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if !text.is_empty() {
            self.member(TEXT, json);
            string(text, json);
        }
    }
}

fn string(text: &str, json: &mut Vec<u8>) {
    // Text is always JSON, and memory takes any number of bytes.
    let _ = serde_json::to_writer(json, text);
}

impl Writer {
    pub(super) fn new(paths: Arc<Paths>) -> Self {
        Self { paths, open: vec![Level { is_object: true, ..Level::of(ROOT) }], json: b"{".to_vec() }
    }

    /// Ends the document.
    pub(super) fn finish(&mut self) {
        if let Some(mut root) = self.open.pop() {
            root.end_list(&mut self.json);
            self.json.extend(b"}\n");
        }
    }
}

impl Visit for Writer {
    fn open(&mut self, name: &str, attributes: &[(String, String)]) {
        let Some(parent) = self.open.last_mut() else { return };
        let path = self.paths.child(parent.path, name);
        let is_wrapped = self.paths.is_mixed(parent.path);
        if is_wrapped {
            parent.item(parent.path, CHILDREN, &mut self.json);
            self.json.push(b'{');
            string(name, &mut self.json);
            self.json.push(b':');
        } else if self.paths.repeats(path) {
            parent.item(path, name, &mut self.json);
        } else {
            parent.member(name, &mut self.json);
        }
        let mut level = Level { is_wrapped, ..Level::of(path) };
        for (name, value) in attributes {
            level.member(name, &mut self.json);
            string(value, &mut self.json);
        }
        self.open.push(level);
    }

    fn text(&mut self, text: &str) {
        let Some(level) = self.open.last_mut() else { return };
        if level.text.is_empty() && text.trim().is_empty() {
            return;
        }
        level.text.push_str(text);
        if level.text.len() > MAX_TEXT_BYTES {
            level.write_text(&mut self.json);
        }
    }

    fn close(&mut self, _name: &str) {
        let Some(mut level) = self.open.pop() else { return };
        if level.is_object {
            level.write_text(&mut self.json);
            level.end_list(&mut self.json);
            self.json.push(b'}');
        } else if level.text.is_empty() {
            self.json.extend(b"null");
        } else {
            string(level.text.trim(), &mut self.json);
        }
        if level.is_wrapped {
            self.json.push(b'}');
        }
    }
}
