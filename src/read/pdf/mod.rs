//! PDF: the text of its pages, a line for each that is seen, and what is written beside them.
//!
//! Pictures are not looked into, so a page that was scanned is a problem, not silence.

mod char;
mod notes;
mod page;
mod weigh;
mod widths;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::object::Object;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, InterpreterWarning, interpret};

use super::origin::Origin;
use super::parquet::guard::{Failure, guarded};
use super::text;
use super::{ObjectRef, Options, Source, problem_of};
use crate::model::{Problem, ProblemCode};
use page::Canvas;
use weigh::Refusal;

/// So much may be drawn in any document, and four times what its streams decode to.
const MIN_STEPS: u64 = 64 << 20;

/// What the library keeps of fonts is let go after so many pages.
const CACHED_PAGES: usize = 64;

/// A list of pages in a message is cut.
const PAGES_SHOWN: usize = 12;

/// Opens a document; `suffix` and `remarks` are those of [`Source::new`].
pub(super) fn open(
    object: &ObjectRef,
    options: &Options,
    suffix: &str,
    mut remarks: Vec<Problem>,
) -> Result<Source, Problem> {
    let limit = options.limits.held_bytes;
    let bytes = object.origin.whole(limit).map_err(|error: io::Error| problem_of(&object.uri, &error))?;
    let weight = weigh::weigh(&bytes, limit).map_err(|refusal| refused(refusal, &object.uri))?;
    let mut reading = Reading {
        uri: &object.uri,
        limit: limit as usize,
        lines: Vec::new(),
        problems: Vec::new(),
        seen: Seen { n_attachments: weight.n_attachments, ..Seen::default() },
        steps: MIN_STEPS + 4 * weight.decoded,
    };
    if weight.n_damaged > 0 {
        reading.corrupt(format!("streams that cannot be decoded to their end: {}", weight.n_damaged));
    }
    if !bytes.trim_ascii_end().ends_with(b"%%EOF") {
        reading.corrupt("its end is missing");
    }
    let pdf = guarded(|| Ok::<_, Failure>(Pdf::new(Arc::new(bytes))));
    match pdf.map_err(|failure| failure.problem(&object.uri))? {
        Ok(pdf) => reading.read(&pdf),
        Err(LoadPdfError::Decryption(_)) => return Err(refused(Refusal::Encrypted, &object.uri)),
        Err(LoadPdfError::Invalid) => {
            return Err(Problem::new(ProblemCode::PdfCorrupt, &object.uri, "no pages are found in it"));
        }
    }
    remarks.extend(reading.seen.problems(&object.uri));
    remarks.extend(reading.problems);
    let object = ObjectRef { origin: Origin::memory(reading.lines), ..object.clone() };
    Ok(Source::new(text::open_as("pdf", &object, options)?, suffix, remarks))
}

fn refused(refusal: Refusal, uri: &str) -> Problem {
    let (code, cause) = match refusal {
        Refusal::Encrypted => (ProblemCode::FormatEncrypted, "content is pdf with a password, or with what it permits"),
        Refusal::TooLarge => (ProblemCode::ArchiveBomb, "its streams decode to more than the limit, or could"),
        Refusal::Damaged => (ProblemCode::PdfCorrupt, "a stream is damaged so that its size cannot be told"),
    };
    Problem::new(code, uri, cause)
}

/// A document that is read.
struct Reading<'a> {
    uri: &'a str,
    /// The most bytes of text, and of one page before it is drawn.
    limit: usize,
    lines: Vec<u8>,
    problems: Vec<Problem>,
    seen: Seen,
    /// What may still be drawn.
    steps: u64,
}

/// What is on the pages beside text.
#[derive(Debug, Default)]
struct Seen {
    n_attachments: u64,
    n_pictures: u64,
    n_notes: u64,
    n_unknown: u64,
    n_fonts: u64,
    with_pictures: Vec<usize>,
    without_text: Vec<usize>,
    with_unknown: Vec<usize>,
    further: Vec<&'static str>,
}

impl Reading<'_> {
    fn corrupt(&mut self, cause: impl Into<String>) {
        self.problems.push(Problem::new(ProblemCode::PdfCorrupt, self.uri, cause));
    }

    fn read(&mut self, pdf: &Pdf) {
        match guarded(|| Ok::<_, Failure>(widths::are_bounded(pdf))) {
            Ok(true) => {}
            Ok(false) => {
                return self
                    .corrupt("its objects stand in each other too deep, or fonts have more glyphs than there are");
            }
            Err(failure) => return self.problems.push(failure.problem(self.uri)),
        }
        let pages = pdf.pages();
        let mut cache = InterpreterCache::new();
        for (at, page) in pages.iter().enumerate() {
            let number = at + 1;
            if at % CACHED_PAGES == 0 {
                cache = InterpreterCache::new();
            }
            let mut canvas = Canvas::new(self.steps);
            let n_fonts = Arc::new(AtomicU64::new(0));
            let drawn = guarded(|| Ok::<_, Failure>(draw(pdf, page, &cache, self.limit, &mut canvas, &n_fonts)));
            self.steps = canvas.steps;
            canvas.finish();
            self.lines.append(&mut canvas.lines);
            let noted = guarded(|| Ok::<_, Failure>(notes::put_notes(page, self.limit, &mut self.lines)));
            match &noted {
                Ok(notes) => self.seen.n_notes += notes.n_unread,
                Err(failure) => self.problems.push(failure.clone().problem(self.uri).at(format!("page {number}"))),
            }
            self.seen.page(number, &canvas, n_fonts.load(Ordering::Relaxed));
            if self.steps == 0 || self.lines.len() > self.limit {
                let cause = "more is drawn than the limit for its size; the rest was not read";
                let problem = Problem::new(ProblemCode::ArchiveBomb, self.uri, cause);
                self.problems.push(problem.at(format!("page {number}")));
                break;
            }
            match drawn {
                Ok(true) => {}
                Ok(false) => {
                    let problem =
                        Problem::new(ProblemCode::PdfCorrupt, self.uri, "what is on the page cannot be decoded");
                    self.problems.push(problem.at(format!("page {number}")));
                }
                Err(failure) => self.problems.push(failure.problem(self.uri).at(format!("page {number}"))),
            }
        }
        notes::put_properties(pdf, &mut self.lines);
        match guarded(|| Ok::<_, Failure>((notes::further(pdf), notes::promised(pdf)))) {
            Ok((further, promised)) => {
                self.seen.further = further;
                if let Some(promised) = promised.filter(|promised| *promised > pages.len() as u64) {
                    self.corrupt(format!("pages: {promised}, of which {} are found", pages.len()));
                }
            }
            Err(failure) => self.problems.push(failure.problem(self.uri)),
        }
    }
}

/// Draws a page; whether all of its content could be decoded.
fn draw<'a>(
    pdf: &'a Pdf,
    page: &Page<'a>,
    cache: &InterpreterCache<'a>,
    limit: usize,
    canvas: &mut Canvas,
    n_fonts: &Arc<AtomicU64>,
) -> bool {
    let (content, is_whole) = content(page, limit, canvas);
    let n_fonts = Arc::clone(n_fonts);
    let settings = InterpreterSettings {
        warning_sink: Arc::new(move |warning| {
            if matches!(warning, InterpreterWarning::UnsupportedFont) {
                n_fonts.fetch_add(1, Ordering::Relaxed);
            }
        }),
        ..InterpreterSettings::default()
    };
    let mut context = Context::new(Affine::IDENTITY, Rect::new(0.0, 0.0, 1.0, 1.0), cache, pdf.xref(), settings);
    interpret(TypedIter::new(&content), page.resources(), &mut context, canvas);
    is_whole
}

/// What draws a page, and whether it is all. The library's own way to it would keep it.
fn content(page: &Page<'_>, limit: usize, canvas: &mut Canvas) -> (Vec<u8>, bool) {
    let streams: Vec<Object<'_>> = match page.raw().get::<Object<'_>>("Contents") {
        None => return (Vec::new(), true),
        Some(Object::Array(array)) => array.iter::<Object<'_>>().collect(),
        Some(object) => vec![object],
    };
    let (mut content, mut is_whole) = (Vec::new(), true);
    for object in streams {
        let part = match &object {
            Object::Stream(stream) => stream.decoded_data().ok(),
            _ => None,
        };
        let Some(part) = part.filter(|part| content.len() + part.len() <= limit) else {
            is_whole = false;
            continue;
        };
        canvas.step(1 + part.len() as u64);
        content.extend_from_slice(&part);
        content.push(b'\n');
    }
    (content, is_whole)
}

impl Seen {
    fn page(&mut self, number: usize, canvas: &Canvas, n_fonts: u64) {
        self.n_pictures += canvas.n_pictures;
        self.n_unknown += canvas.n_unknown;
        self.n_fonts += n_fonts;
        if canvas.n_pictures > 0 {
            self.with_pictures.push(number);
        }
        if canvas.is_without_text() {
            self.without_text.push(number);
        }
        if canvas.n_unknown > 0 || n_fonts > 0 {
            self.with_unknown.push(number);
        }
    }

    fn problems(&self, uri: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut unread = Vec::new();
        if self.n_pictures > 0 {
            unread.push(format!("pictures: {} (page {})", self.n_pictures, numbers(&self.with_pictures)));
        }
        if !self.without_text.is_empty() {
            unread.push(format!(
                "pages without text: {} (page {})",
                self.without_text.len(),
                numbers(&self.without_text)
            ));
        }
        if self.n_attachments > 0 {
            unread.push(format!("embedded files: {}", self.n_attachments));
        }
        if self.n_notes > 0 {
            unread.push(format!("drawn remarks: {}", self.n_notes));
        }
        unread.extend(self.further.iter().map(|name| (*name).to_owned()));
        if !unread.is_empty() {
            problems.push(Problem::new(ProblemCode::DocumentPartsUnread, uri, unread.join(", ")));
        }
        if !self.with_unknown.is_empty() {
            let cause = format!(
                "glyphs: {}, uses of fonts: {} (page {})",
                self.n_unknown,
                self.n_fonts,
                numbers(&self.with_unknown)
            );
            problems.push(Problem::new(ProblemCode::PdfTextUnread, uri, cause));
        }
        problems
    }
}

/// Numbers in order, with their runs drawn together.
fn numbers(pages: &[usize]) -> String {
    let runs: Vec<&[usize]> = pages.chunk_by(|a, b| a + 1 == *b).collect();
    let shown = runs.iter().take(PAGES_SHOWN).filter_map(|run| match run {
        [only] => Some(only.to_string()),
        [first, .., last] => Some(format!("{first}-{last}")),
        [] => None,
    });
    let mut shown: Vec<String> = shown.collect();
    if runs.len() > PAGES_SHOWN {
        shown.push("...".to_owned());
    }
    shown.join(", ")
}
