//! Documents and presentations of office programs: their text, a line for each paragraph and each row of a table.

use std::io::{self, Read};
use std::sync::Arc;

use super::archive;
use super::lines::{Document, LineStream, Lines};
use super::origin::{Fault, Origin, Translate};
use super::text;
use super::text::utf8::Encoding;
use super::xml::elements::{Elements, Visit};
use super::{ObjectRef, Options, Source, problem_of};
use crate::model::{Problem, ProblemCode};

/// How a document becomes lines.
#[derive(Debug)]
struct AsLines {
    /// The parts that hold text.
    parts: Vec<Origin>,
}

/// Opens a document of this format; `suffix` and `remarks` are those of [`Source::new`].
pub(super) fn open(
    object: &ObjectRef,
    format: &'static str,
    options: &Options,
    suffix: &str,
    mut remarks: Vec<Problem>,
) -> Result<Source, Problem> {
    let unreadable = |error: io::Error| problem_of(&object.uri, &error);
    let origin = object.origin.held(options.limits.held_bytes).map_err(unreadable)?;
    let mut parts = Vec::new();
    let mut n_unread = 0_u64;
    for part in archive::parts(&origin, options).map_err(unreadable)? {
        let name = part.name.to_ascii_lowercase().replace('\\', "/");
        if holds_text(&name) {
            if part.unpacked > options.limits.unpacked(object.bytes) {
                let cause = "a part of it unpacks to more than the limit for its size";
                return Err(Problem::new(ProblemCode::ArchiveBomb, &object.uri, cause));
            }
            parts.push((name, part.origin));
        } else {
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let is_other = ["media", "embeddings", "pictures"].iter().any(|other| folder.ends_with(other));
            n_unread += u64::from(is_other);
        }
    }
    if n_unread > 0 {
        let cause = format!("pictures and embedded files: {n_unread}");
        remarks.push(Problem::new(ProblemCode::DocumentPartsUnread, &object.uri, cause));
    }
    parts.sort_by_cached_key(|(name, _)| (name.len(), name.clone()));
    let parts = parts.into_iter().map(|(_, origin)| origin).collect();
    let object = ObjectRef { origin: origin.translated(Arc::new(AsLines { parts })), ..object.clone() };
    Ok(Source::new(text::open_as(format, &object, options)?, suffix, remarks))
}

/// Whether a part, by its name in lower case, holds text that people see, notes and remarks included, or says who wrote it.
#[expect(clippy::case_sensitive_file_extension_comparisons, reason = "the name is in lower case")]
fn holds_text(name: &str) -> bool {
    let of_word = name.strip_prefix("word/").is_some_and(|rest| {
        ["document", "header", "footer", "footnotes", "endnotes", "comments"].iter().any(|part| rest.starts_with(part))
    });
    let of_slides = ["ppt/slides/", "ppt/notesslides/", "ppt/comments/"]
        .iter()
        .any(|folder| name.strip_prefix(folder).is_some_and(|rest| !rest.contains('/')));
    let is_property = matches!(name, "docprops/core.xml" | "docprops/custom.xml" | "meta.xml");
    (of_word || of_slides || is_property || name == "content.xml") && name.ends_with(".xml")
}

impl Translate for AsLines {
    fn open(&self, _of: &Origin) -> io::Result<Box<dyn Read + Send>> {
        let parts = Parts { all: self.parts.clone(), next: 0, open: None, fault: None };
        Ok(Box::new(LineStream::new(parts)))
    }
}

/// The parts of a document, one after the other.
struct Parts {
    all: Vec<Origin>,
    next: usize,
    open: Option<Elements>,
    fault: Option<Fault>,
}

impl Document for Parts {
    fn step(&mut self, lines: &mut Lines) -> bool {
        let Some(open) = &mut self.open else {
            let Some(part) = self.all.get(self.next) else { return false };
            self.next += 1;
            match Encoding::of(part).and_then(|encoding| Elements::open(part, encoding)) {
                Ok(elements) => self.open = Some(elements),
                Err(error) => self.note(Fault::of_error(&error)),
            }
            return true;
        };
        if !open.step(&mut Shape(lines)) {
            let fault = open.fault();
            self.open = None;
            lines.end_paragraph();
            if let Some(fault) = fault {
                self.note(fault);
            }
        }
        true
    }

    fn fault(&self) -> Option<Fault> {
        self.fault.clone()
    }
}

impl Parts {
    fn note(&mut self, fault: Fault) {
        self.fault.get_or_insert(fault);
    }
}

/// What elements do to the line, by their local names: those of `WordprocessingML`, `DrawingML` and `OpenDocument`.
struct Shape<'a>(&'a mut Lines);

impl Visit for Shape<'_> {
    fn open(&mut self, name: &str, _attributes: &[(String, String)]) {
        match name {
            "tr" | "table-row" => self.0.begin_row(),
            "tab" | "br" | "cr" | "s" | "line-break" => self.0.text(" "),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        self.0.text(text);
    }

    fn close(&mut self, name: &str) {
        match name {
            "tr" | "table-row" => self.0.end_row(),
            "tc" | "table-cell" => self.0.end_cell(),
            "p" | "h" | "creator" | "lastModifiedBy" | "title" | "subject" | "description" | "keywords"
            | "property" => {
                self.0.end_paragraph();
            }
            _ => {}
        }
    }
}
