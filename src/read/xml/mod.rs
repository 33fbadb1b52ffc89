//! XML: said as JSON while it is read, so that its records are found as those of JSON are.
//!
//! ```text
//! UTF-8 ──▶ elements ──▶ paths that repeat        first look
//!       elements.rs      paths.rs
//!                  └───▶ JSON ──▶ tables          each pass
//!                        json.rs  read/json
//! ```

pub(super) mod elements;
mod json;
mod paths;

use std::io::{self, Read};
use std::sync::Arc;

use self::elements::Elements;
use self::json::Writer;
use self::paths::{Paths, Survey};
use super::open::Opened;
use super::origin::{Fault, Origin, Translate};
use super::text::utf8::Encoding;
use super::{ObjectRef, Options, json as tables, problem_of};
use crate::model::Problem;

/// How a document becomes JSON.
#[derive(Debug)]
struct AsJson {
    encoding: Encoding,
    paths: Arc<Paths>,
}

/// Opens a document; `suffix` and `remarks` are those of [`Source::new`](super::Source::new).
pub(super) fn open(
    object: &ObjectRef,
    options: &Options,
    suffix: &str,
    remarks: Vec<Problem>,
) -> Result<Opened, Problem> {
    let translator = AsJson::of(&object.origin).map_err(|error| problem_of(&object.uri, &error))?;
    let object = ObjectRef { origin: object.origin.translated(Arc::new(translator)), ..object.clone() };
    tables::open_as("xml", &object, options, suffix, remarks)
}

impl AsJson {
    fn of(origin: &Origin) -> io::Result<Self> {
        let encoding = Encoding::of(origin)?;
        let mut elements = Elements::open(origin, encoding)?;
        let mut survey = Survey::new();
        while elements.step(&mut survey) {}
        Ok(Self { encoding, paths: Arc::new(survey.into_paths()) })
    }
}

impl Translate for AsJson {
    fn open(&self, of: &Origin) -> io::Result<Box<dyn Read + Send>> {
        let elements = Elements::open(of, self.encoding)?;
        let writer = Writer::new(Arc::clone(&self.paths));
        Ok(Box::new(Stream { elements, writer, at: 0, state: State::Reading }))
    }
}

/// The JSON as it is written.
struct Stream {
    elements: Elements,
    writer: Writer,
    /// How much of what was written was taken.
    at: usize,
    state: State,
}

enum State {
    Reading,
    /// There is no more, for a reason or without one.
    Ended(Option<Fault>),
}

/// So much is written before it is taken.
const BLOCK_BYTES: usize = 64 << 10;

impl Stream {
    fn fill(&mut self) {
        self.writer.json.clear();
        self.at = 0;
        while self.writer.json.len() < BLOCK_BYTES {
            if !self.elements.step(&mut self.writer) {
                self.writer.finish();
                self.state = State::Ended(self.elements.fault());
                break;
            }
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.writer.json.len() {
            match &self.state {
                State::Reading => self.fill(),
                State::Ended(None) => return Ok(0),
                State::Ended(Some(fault)) => return Err(fault.clone().into()),
            }
        }
        let mut rest = self.writer.json.get(self.at..).unwrap_or_default();
        let n = rest.read(buffer)?;
        self.at += n;
        Ok(n)
    }
}
