//! What a PDF says beside its pages: who wrote it, remarks, the fields of forms and what is filled in.
//!
//! ISO 32000-2, 12.5 "Annotations", 12.7 "Forms", 14.3.3 "Document information dictionary".

use encoding_rs::{GB18030, UTF_16BE};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, String as Bytes};
use hayro_interpret::hayro_syntax::page::Page;

use super::char;

/// What the notes of a page came to.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Remarks that are drawn, recorded or attached, and say nothing in text.
    pub(super) n_unread: u64,
}

/// A field has the name and the value of the one that it belongs to; so many belong to each other.
const MAX_PARENTS: usize = 8;

/// The lines of who wrote a document and what it is about.
pub(super) fn put_properties(pdf: &Pdf, lines: &mut Vec<u8>) {
    let metadata = pdf.metadata();
    for bytes in [&metadata.title, &metadata.author, &metadata.subject, &metadata.keywords].into_iter().flatten() {
        put(&[text(bytes)], lines);
    }
}

/// The lines of the remarks and fields of a page, while all lines are no more than `limit` bytes.
pub(super) fn put_notes(page: &Page<'_>, limit: usize, lines: &mut Vec<u8>) -> Notes {
    let mut notes = Notes::default();
    let Some(all) = page.raw().get::<Array<'_>>("Annots") else { return notes };
    for note in all.iter::<Dict<'_>>() {
        if lines.len() > limit {
            break;
        }
        let kind = note.get::<Name<'_>>("Subtype").map(|name| name.as_ref().to_vec()).unwrap_or_default();
        let mut said = vec![field(&note, "T"), field(&note, "TU"), said_by(&note, "Contents"), field(&note, "V")];
        if let Some(action) = note.get::<Dict<'_>>("A") {
            said.push(said_by(&action, "URI"));
        }
        put(&said, lines);
        let is_silent = said.iter().all(String::is_empty) && note.contains_key("AP");
        let is_attachment = [&b"FileAttachment"[..], b"Sound", b"Movie", b"Screen", b"3D", b"RichMedia"];
        let is_text = [&b"Link"[..], b"Widget", b"Popup"].contains(&kind.as_slice());
        notes.n_unread += u64::from(is_attachment.contains(&kind.as_slice()) || is_silent && !is_text);
    }
    notes
}

/// What a document holds that is neither on its pages nor in their notes, in words.
pub(super) fn further(pdf: &Pdf) -> Vec<&'static str> {
    let Some(root) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) else { return Vec::new() };
    let mut found = Vec::new();
    if root.get::<Dict<'_>>("AcroForm").is_some_and(|form| form.contains_key("XFA")) {
        found.push("a form in XML");
    }
    let layers = root.get::<Dict<'_>>("OCProperties").and_then(|layers| layers.get::<Dict<'_>>("D"));
    let is_hidden = layers.is_some_and(|layers| {
        let is_off = layers.get::<Name<'_>>("BaseState").is_some_and(|state| state.as_ref() == b"OFF");
        is_off || layers.get::<Array<'_>>("OFF").is_some_and(|off| off.raw_iter().next().is_some())
    });
    if is_hidden {
        found.push("layers that are not shown");
    }
    found
}

/// How many pages a document says that it has.
pub(super) fn promised(pdf: &Pdf) -> Option<u64> {
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
    root.get::<Dict<'_>>("Pages")?.get::<u32>("Count").map(u64::from)
}

/// What an entry says, its own or that of the field that it belongs to.
fn field(note: &Dict<'_>, key: &str) -> String {
    let mut at = note.clone();
    for _ in 0..MAX_PARENTS {
        let said = said_by(&at, key);
        if !said.is_empty() {
            return said;
        }
        let Some(parent) = at.get::<Dict<'_>>("Parent") else { break };
        at = parent;
    }
    String::new()
}

fn said_by(dict: &Dict<'_>, key: &str) -> String {
    match dict.get::<Object<'_>>(key) {
        Some(Object::String(bytes)) => text(bytes.as_bytes()),
        Some(Object::Array(chosen)) => {
            let chosen: Vec<String> = chosen.iter::<Bytes<'_>>().map(|bytes| text(bytes.as_bytes())).collect();
            chosen.join(" ")
        }
        Some(Object::Stream(stream)) => stream.decoded_data().map(|bytes| text(&bytes)).unwrap_or_default(),
        _ => String::new(),
    }
}

/// Text as documents have it outside of pages. Without a mark it should be in an encoding of its own, and is in those of
/// the country.
fn text(bytes: &[u8]) -> String {
    let decoded = if bytes.starts_with(b"\xfe\xff") {
        UTF_16BE.decode(bytes).0.into_owned()
    } else if let Ok(text) = str::from_utf8(bytes) {
        text.to_owned()
    } else {
        GB18030.decode_without_bom_handling(bytes).0.into_owned()
    };
    let mut text = String::new();
    decoded.chars().for_each(|char| char::push(char, &mut text));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A line of what is said, if anything is.
fn put(said: &[String], lines: &mut Vec<u8>) {
    let said: Vec<&str> = said.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    if !said.is_empty() {
        lines.extend(said.join(" ").as_bytes());
        lines.push(b'\n');
    }
}
