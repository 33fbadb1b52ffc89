//! Files whose content is not looked into: that they are there and what is written beside their content is a row.

mod dicom;
mod image;
pub(super) mod variants;

use std::io;
use std::ops::ControlFlow;

use arrow_array::RecordBatch;

use super::magic::Media;
use super::parquet::guard::kind_of;
use super::rows::Rows;
use super::source::Reader;
use super::{ColumnInfo, ObjectRef, Options, Source, UnitOutcome, problem_of};
use crate::model::{Problem, ProblemCode};

/// A file as a row.
#[derive(Debug)]
struct Card {
    uri: String,
    format: &'static str,
    columns: Vec<ColumnInfo>,
    cells: Vec<String>,
    bytes: u64,
    problems: Vec<Problem>,
}

/// What is said of a file: names of columns, each with its cell.
type Said = Vec<(&'static str, String)>;

/// Opens a file of this kind; `suffix` and `remarks` are those of [`Source::new`].
pub(super) fn open(
    object: &ObjectRef,
    media: Media,
    options: &Options,
    suffix: &str,
    remarks: Vec<Problem>,
) -> Result<Source, Problem> {
    let unreadable = |error: io::Error| problem_of(&object.uri, &error);
    let (mut said, mut problems) = (Said::new(), Vec::new());
    let unexamined = match media {
        Media::Image => {
            said.push(("photo", named(&object.uri, ".jpg")));
            said.extend(image::said(&object.origin, options).map_err(unreadable)?);
            "the picture"
        }
        Media::Audio => {
            said.push(("audio", named(&object.uri, ".wav")));
            "the sound"
        }
        Media::Video => {
            said.push(("video", named(&object.uri, ".mp4")));
            "the pictures and the sound"
        }
        Media::Sequences(name) => {
            said.push(("sequencing", name.to_owned()));
            "the sequences"
        }
        Media::Dicom => {
            let (elements, fault) = dicom::said(&object.origin, options).map_err(unreadable)?;
            said.extend(elements);
            problems.extend(fault.map(|fault| problem_of(&object.uri, &fault.into())));
            "the picture, and elements that are neither text nor a date"
        }
    };
    let message = format!("not looked into: {unexamined}");
    problems.push(Problem::new(ProblemCode::ContentUnexamined, &object.uri, message));
    let column = |name: &&'static str| ColumnInfo { name: (*name).to_owned(), data_type: "utf8".to_owned() };
    let (names, cells): (Vec<&str>, Vec<String>) = said.into_iter().unzip();
    let card = Card {
        uri: object.uri.clone(),
        format: media.format(),
        columns: names.iter().map(column).collect(),
        cells,
        bytes: object.bytes,
        problems,
    };
    Ok(Source::new(card, suffix, remarks))
}

/// The name of a file, with an extension where it has none.
fn named(uri: &str, extension: &str) -> String {
    let name = uri.rsplit('/').next().unwrap_or(uri);
    if name.contains('.') { name.to_owned() } else { format!("{name}{extension}") }
}

impl Reader for Card {
    fn format(&self) -> String {
        self.format.to_owned()
    }

    fn columns(&self) -> &[ColumnInfo] {
        &self.columns
    }

    fn unit_bytes(&self, _unit: usize) -> u64 {
        self.bytes
    }

    fn read(&self, _unit: usize, sink: &mut dyn FnMut(&RecordBatch) -> ControlFlow<()>) -> UnitOutcome {
        let mut outcome = UnitOutcome { rows: 1, ..UnitOutcome::default() };
        let mut rows = Rows::new(&self.columns, 1);
        for (at, cell) in self.cells.iter().enumerate() {
            rows.cell(at, Some(cell));
        }
        rows.end_row();
        match rows.take() {
            Ok(batch) => {
                let _ = sink(&batch);
            }
            Err(error) => {
                outcome.problems.push(Problem::new(ProblemCode::DecoderPanicked, &self.uri, kind_of(&error)));
            }
        }
        outcome
    }

    fn problems(&self) -> &[Problem] {
        &self.problems
    }
}
