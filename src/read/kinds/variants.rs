//! Variants of genomes in text (VCF): a table below lines that describe it.
//!
//! The Variant Call Format Specification 4.4, 1.1.

use std::io::{self, BufRead, Read};
use std::sync::Arc;

use crate::model::{Problem, ProblemCode};
use crate::read::origin::{Origin, Translate};
use crate::read::text::utf8::{Encoding, Utf8Stream};
use crate::read::{ObjectRef, Options, Source, problem_of, text};

/// The table without what stands above it.
#[derive(Debug)]
struct Table {
    encoding: Encoding,
}

/// Opens a file; `suffix` and `remarks` are those of [`Source::new`].
pub(in crate::read) fn open(
    object: &ObjectRef,
    options: &Options,
    suffix: &str,
    mut remarks: Vec<Problem>,
) -> Result<Source, Problem> {
    let encoding = Encoding::of(&object.origin).map_err(|error| problem_of(&object.uri, &error))?;
    let origin = object.origin.translated(Arc::new(Table { encoding }));
    remarks.push(Problem::new(ProblemCode::TextPreamble, &object.uri, "lines that begin with `##`"));
    let object = ObjectRef { origin, ..object.clone() };
    Ok(Source::new(text::open_as("vcf", &object, options)?, suffix, remarks))
}

impl Translate for Table {
    fn open(&self, of: &Origin) -> io::Result<Box<dyn Read + Send>> {
        let text = Utf8Stream::open(of, self.encoding)?;
        Ok(Box::new(Stream { text, line: Vec::new(), at: 0, is_begun: false }))
    }
}

struct Stream {
    text: Utf8Stream,
    line: Vec<u8>,
    at: usize,
    /// Whether the table has begun.
    is_begun: bool,
}

/// So much of a line is held.
const MAX_LINE_BYTES: u64 = 1 << 20;

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.line.len() {
            self.line.clear();
            self.at = 0;
            let n = Read::by_ref(&mut self.text).take(MAX_LINE_BYTES).read_until(b'\n', &mut self.line)?;
            if n == 0 {
                return self.text.fault().map_or(Ok(0), |fault| Err(fault.into()));
            }
            if !self.is_begun && self.line.starts_with(b"##") {
                while self.line.last() != Some(&b'\n') && !self.text.fill_buf()?.is_empty() {
                    self.line.clear();
                    Read::by_ref(&mut self.text).take(MAX_LINE_BYTES).read_until(b'\n', &mut self.line)?;
                }
                self.line.clear();
            } else {
                self.is_begun = true;
            }
        }
        let mut rest = self.line.get(self.at..).unwrap_or_default();
        let n = rest.read(buffer)?;
        self.at += n;
        Ok(n)
    }
}
