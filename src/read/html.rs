//! Pages: their text, a line for each paragraph and each row of a table. Scripts and remarks are text too.
//!
//! HTML Living Standard, 13.2.5 "Tokenization", as far as it tells text from tags.

use std::io::{self, BufRead, Read};
use std::sync::Arc;

use super::lines::{Document, LineStream, Lines};
use super::origin::{Fault, Origin, Translate};
use super::text;
use super::text::charset::Charset;
use super::text::utf8::{Encoding, Utf8Stream};
use super::{ObjectRef, Options, Source, problem_of};
use crate::model::Problem;

/// How a page becomes lines.
#[derive(Debug)]
struct AsLines {
    encoding: Encoding,
}

/// Opens a page; `suffix` and `remarks` are those of [`Source::new`].
pub(super) fn open(
    object: &ObjectRef,
    options: &Options,
    suffix: &str,
    remarks: Vec<Problem>,
) -> Result<Source, Problem> {
    let unreadable = |error: io::Error| problem_of(&object.uri, &error);
    let mut encoding = Encoding::of(&object.origin).map_err(unreadable)?;
    if encoding.charset == Charset::Windows1252 && names_chinese(&object.origin).map_err(unreadable)? {
        encoding.charset = Charset::Gb18030;
    }
    let origin = object.origin.translated(Arc::new(AsLines { encoding }));
    let object = ObjectRef { origin, ..object.clone() };
    Ok(Source::new(text::open_as("html", &object, options)?, suffix, remarks))
}

/// Whether the head of a page names a Chinese encoding. Bytes that fit several are told apart by it, and no others: pages
/// are converted more often than what they say of themselves.
fn names_chinese(origin: &Origin) -> io::Result<bool> {
    const HEAD_BYTES: u64 = 4 << 10;
    let mut head = Vec::new();
    origin.open(0)?.take(HEAD_BYTES).read_to_end(&mut head)?;
    let head = head.to_ascii_lowercase();
    let named = memchr::memmem::find_iter(&head, b"charset=").any(|at| {
        let name = head.get(at + b"charset=".len()..).unwrap_or_default();
        let name = name.strip_prefix(b"\"").or_else(|| name.strip_prefix(b"'")).unwrap_or(name);
        [&b"gb2312"[..], b"gbk", b"gb18030"].iter().any(|chinese| name.starts_with(chinese))
    });
    Ok(named)
}

impl Translate for AsLines {
    fn open(&self, of: &Origin) -> io::Result<Box<dyn Read + Send>> {
        let text = Utf8Stream::open(of, self.encoding)?;
        Ok(Box::new(LineStream::new(Page {
            text,
            token: Vec::new(),
            is_script: false,
            tables: Vec::new(),
            table: Table::default(),
        })))
    }
}

/// A page that is read once.
struct Page {
    text: Utf8Stream,
    token: Vec<u8>,
    /// Whether only the end of the script or style is a tag.
    is_script: bool,
    /// The tables that the innermost stands in.
    tables: Vec<Table>,
    table: Table,
}

/// What is open of a table. The tags that end rows and cells may be left out.
#[derive(Clone, Copy, Debug, Default)]
struct Table {
    has_row: bool,
    has_cell: bool,
}

/// Tables stand in each other no deeper.
const MAX_TABLES: usize = 256;

/// Longer tags and texts are cut.
const MAX_TOKEN_BYTES: u64 = 1 << 20;

impl Table {
    fn begin_row(&mut self, lines: &mut Lines) {
        if !self.has_row {
            lines.begin_row();
            self.has_row = true;
        }
    }

    fn end_cell(&mut self, lines: &mut Lines) {
        if std::mem::take(&mut self.has_cell) {
            lines.end_cell();
        }
    }

    fn end_row(&mut self, lines: &mut Lines) {
        self.end_cell(lines);
        if std::mem::take(&mut self.has_row) {
            lines.end_row();
        }
    }
}

impl Document for Page {
    /// Adds the text up to a tag, and what the tag does.
    fn step(&mut self, lines: &mut Lines) -> bool {
        if !self.take(b'<') {
            return false;
        }
        let is_tag = self.token.last() == Some(&b'<');
        let text = String::from_utf8_lossy(self.token.strip_suffix(b"<").unwrap_or(&self.token));
        lines.text(&plain(&text));
        let begins = is_tag
            && self.text.fill_buf().is_ok_and(|rest| {
                rest.first().is_some_and(|byte| byte.is_ascii_alphabetic() && !self.is_script || b"/!?".contains(byte))
            });
        if !begins {
            lines.text(if is_tag { "<" } else { "" });
            return true;
        }
        self.take(b'>');
        let tag = self.token.strip_suffix(b">").unwrap_or(&self.token);
        if let Some(rest) = tag.strip_prefix(b"!--") {
            // What stands behind a `>` in a remark is taken for text of the page, and so is read as well.
            lines.text(" ");
            lines.text(&String::from_utf8_lossy(rest.strip_suffix(b"--").unwrap_or(rest)));
            return true;
        }
        let is_end = tag.first() == Some(&b'/');
        let name = tag.strip_prefix(b"/").unwrap_or(tag);
        let name: Vec<u8> = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).copied().collect();
        self.is_script = match name.to_ascii_lowercase().as_slice() {
            b"script" | b"style" => !is_end,
            _ => self.is_script,
        };
        if !is_end {
            said(tag, lines);
        }
        let name = name.to_ascii_lowercase();
        self.shape_table(&name, is_end, lines);
        shape(&name, lines);
        true
    }

    fn fault(&self) -> Option<Fault> {
        self.text.fault()
    }
}

impl Page {
    /// What a tag does to the rows of tables.
    fn shape_table(&mut self, name: &[u8], is_end: bool, lines: &mut Lines) {
        match (name, is_end) {
            (b"table", false) if self.tables.len() < MAX_TABLES => self.tables.push(std::mem::take(&mut self.table)),
            (b"table", true) => {
                self.table.end_row(lines);
                self.table = self.tables.pop().unwrap_or_default();
            }
            (b"tr", false) => {
                self.table.end_row(lines);
                self.table.begin_row(lines);
            }
            (b"tr" | b"thead" | b"tbody" | b"tfoot", true) | (b"thead" | b"tbody" | b"tfoot", false) => {
                self.table.end_row(lines);
            }
            (b"td" | b"th", false) => {
                self.table.end_cell(lines);
                self.table.begin_row(lines);
                self.table.has_cell = true;
            }
            (b"td" | b"th", true) => self.table.end_cell(lines),
            _ => {}
        }
    }

    /// Takes what comes up to a byte and with it; false where nothing does.
    fn take(&mut self, end: u8) -> bool {
        self.token.clear();
        let read = Read::by_ref(&mut self.text).take(MAX_TOKEN_BYTES).read_until(end, &mut self.token);
        read.is_ok_and(|n| n > 0)
    }
}

/// What a tag does to the line, be it a beginning or an end.
fn shape(name: &[u8], lines: &mut Lines) {
    match name {
        b"p" | b"div" | b"br" | b"li" | b"ul" | b"ol" | b"dl" | b"dt" | b"dd" | b"h1" | b"h2" | b"h3" | b"h4"
        | b"h5" | b"h6" | b"title" | b"pre" | b"hr" | b"section" | b"article" | b"header" | b"footer" | b"option"
        | b"blockquote" | b"table" | b"body" | b"head" | b"script" | b"style" | b"caption" | b"form" | b"textarea" => {
            lines.end_paragraph();
        }
        _ => {}
    }
}

/// The attributes of a tag that hold text of people: what fields are filled with, descriptions, and addresses.
fn said(tag: &[u8], lines: &mut Lines) {
    const SAYING: [&str; 6] = ["value", "content", "title", "alt", "placeholder", "href"];
    let tag = String::from_utf8_lossy(tag);
    let mut rest = tag.as_ref();
    while let Some((before, behind)) = rest.split_once('=') {
        let name = before.rsplit(|c: char| c.is_whitespace() || c == '"' || c == '\'').next().unwrap_or_default();
        let behind = behind.trim_start();
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, left) = match quote {
            Some(quote) => behind.get(1..).unwrap_or_default().split_once(quote).unwrap_or((behind, "")),
            None => behind.split_once(char::is_whitespace).unwrap_or((behind, "")),
        };
        let is_contact = value.starts_with("mailto:") || value.starts_with("tel:");
        let name = name.to_ascii_lowercase();
        if SAYING.contains(&name.as_str()) && (name != "href" || is_contact) || name.starts_with("data-") {
            lines.text(" ");
            lines.text(&plain(value.trim_start_matches("mailto:").trim_start_matches("tel:")));
            lines.text(" ");
        }
        rest = left;
    }
}

/// Text with its references replaced; those that are not known stay.
fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        shown.push_str(before);
        let name: String = behind.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '#').take(12).collect();
        if let Some(char) = referred(&name) {
            shown.push(char);
            let behind = behind.get(name.len()..).unwrap_or_default();
            rest = behind.strip_prefix(';').unwrap_or(behind);
        } else {
            shown.push('&');
            rest = behind;
        }
    }
    shown + rest
}

fn referred(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = hexadecimal.map_or_else(|| number.parse(), |digits| u32::from_str_radix(digits, 16));
        return code.ok().and_then(char::from_u32);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" => ' ',
        _ => return None,
    })
}
