//! The elements of a document one after the other, whether it is well-formed or not.

use std::io;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::model::ProblemCode;
use crate::read::origin::{Fault, Origin};
use crate::read::text::utf8::{Encoding, Utf8Stream};

/// Whoever hears of elements. Each that opens closes.
pub(in crate::read) trait Visit {
    /// An element with its attributes, by their local names.
    fn open(&mut self, name: &str, attributes: &[(String, String)]);

    /// Text of the innermost open element.
    fn text(&mut self, text: &str);

    /// The innermost open element ends, by its local name.
    fn close(&mut self, name: &str);
}

/// Elements that are nested deeper are no elements of their own.
const MAX_DEPTH: usize = 60;

/// What is nested deeper is no document.
const MAX_OPEN: usize = 10_000;

/// An end that is not that of one of so many innermost elements is none.
const SOUGHT: usize = 256;

/// The most bytes of one tag, text or comment.
const MAX_TOKEN_BYTES: usize = 16 << 20;

/// A document that is read once.
pub(in crate::read) struct Elements {
    reader: Reader<Utf8Stream>,
    buffer: Vec<u8>,
    /// The full names of the open elements.
    open: Vec<String>,
    /// What was met first of what is wrong.
    fault: Option<Fault>,
    /// Whether nothing behind is read.
    is_over: bool,
}

impl Elements {
    pub(in crate::read) fn open(origin: &Origin, encoding: Encoding) -> io::Result<Self> {
        let mut reader = Reader::from_reader(Utf8Stream::open(origin, encoding)?);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Ok(Self { reader, buffer: Vec::new(), open: Vec::new(), fault: None, is_over: false })
    }

    /// What is wrong with what was read.
    pub(in crate::read) fn fault(&self) -> Option<Fault> {
        self.reader.get_ref().fault().or_else(|| self.fault.clone())
    }

    /// Tells of what comes next; false where nothing does.
    pub(in crate::read) fn step(&mut self, visit: &mut impl Visit) -> bool {
        self.reader.get_mut().left = MAX_TOKEN_BYTES;
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        let position = self.reader.buffer_position();
        let goes_on = match self.reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => {
                if !self.open.is_empty() {
                    self.malformed("it ends inside of an element", position);
                }
                self.finish(visit)
            }
            Ok(event) => {
                self.event(&event, position, visit);
                !self.is_over || self.finish(visit)
            }
            Err(error) => {
                self.broken(&error, position);
                self.finish(visit)
            }
        };
        self.buffer = buffer;
        goes_on
    }

    fn event(&mut self, event: &Event<'_>, position: u64, visit: &mut impl Visit) {
        match event {
            Event::Start(tag) => self.start(tag, position, visit),
            Event::End(tag) => self.end(tag.name().as_ref(), position, visit),
            Event::Text(text) => visit.text(text),
            Event::CData(text) => visit.text(text),
            Event::Comment(text) => {
                visit.text(" ");
                visit.text(text);
            }
            Event::GeneralRef(reference) => self.reference(reference, position, visit),
            _ => {}
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, position: u64, visit: &mut impl Visit) {
        let mut attributes = Vec::new();
        for attribute in tag.attributes().with_checks(false) {
            let Ok(attribute) = attribute else {
                self.malformed("an attribute is not one", position);
                continue;
            };
            let name = attribute.key.as_ref();
            if name == "xmlns" || name.starts_with("xmlns:") {
                continue;
            }
            let value = unescape(&attribute.value).map_or_else(
                |_| {
                    self.note(ProblemCode::XmlEntity, "an entity in an attribute is not known", position);
                    attribute.value.to_string()
                },
                std::borrow::Cow::into_owned,
            );
            attributes.push((local(name).to_owned(), value));
        }
        if self.open.len() >= MAX_OPEN {
            self.is_over = true;
            return;
        }
        self.open.push(tag.name().as_ref().to_owned());
        if self.open.len() <= MAX_DEPTH {
            visit.open(local(tag.name().as_ref()), &attributes);
        } else {
            self.note(ProblemCode::XmlTooDeep, "elements are nested too deep", position);
        }
    }

    /// An end closes what it names, and what was left open inside.
    fn end(&mut self, name: &str, position: u64, visit: &mut impl Visit) {
        let name = name.trim_end();
        let Some(n_inside) = self.open.iter().rev().take(SOUGHT).position(|open| open == name) else {
            self.malformed("an element ends that did not begin", position);
            return;
        };
        if n_inside > 0 {
            self.malformed("an element ends inside of another", position);
        }
        for _ in 0..=n_inside {
            self.close(visit);
        }
    }

    fn close(&mut self, visit: &mut impl Visit) {
        let is_own = self.open.len() <= MAX_DEPTH;
        match self.open.pop() {
            Some(name) if is_own => visit.close(local(&name)),
            _ => visit.text(" "),
        }
    }

    fn finish(&mut self, visit: &mut impl Visit) -> bool {
        while !self.open.is_empty() {
            self.close(visit);
        }
        false
    }

    fn reference(&mut self, reference: &BytesRef<'_>, position: u64, visit: &mut impl Visit) {
        let escaped = format!("&{};", &**reference);
        if let Ok(text) = unescape(&escaped) {
            visit.text(&text);
        } else {
            self.note(ProblemCode::XmlEntity, "an entity is not known", position);
            visit.text(&escaped);
        }
    }

    fn broken(&mut self, error: &quick_xml::Error, position: u64) {
        match error {
            quick_xml::Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                self.malformed("a tag or text is too long; what follows was not read", position);
            }
            _ => self.malformed("what stands here is no XML; what follows was not read", position),
        }
    }

    fn malformed(&mut self, what: &str, position: u64) {
        self.note(ProblemCode::XmlMalformed, what, position);
    }

    fn note(&mut self, code: ProblemCode, what: &str, position: u64) {
        self.fault.get_or_insert_with(|| Fault::new(code, format!("{what} (byte {position} of the XML)")));
    }
}

/// A name without its namespace.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
