//! What stands in a DICOM file beside its picture: the elements that are text, dates or identifiers.
//!
//! DICOM PS3.5, 7 "The Data Set" and annex A "Transfer Syntax Specifications"; PS3.10, 7.1 "DICOM File Meta Information".

use std::io::{self, Read};

use super::Said;
use crate::model::ProblemCode;
use crate::read::Options;
use crate::read::origin::{Fault, Origin};
use crate::read::text::charset::Charset;

/// Elements that have a column of their own, by group and number.
const NAMED: [(u16, u16, &str); 34] = [
    (0x0010, 0x0020, "PatientID"),
    (0x0010, 0x0010, "PatientName"),
    (0x0010, 0x0030, "PatientBirthDate"),
    (0x0010, 0x0040, "PatientSex"),
    (0x0010, 0x1000, "OtherPatientIDs"),
    (0x0010, 0x1001, "OtherPatientNames"),
    (0x0010, 0x1010, "PatientAge"),
    (0x0010, 0x1020, "PatientSize"),
    (0x0010, 0x1030, "PatientWeight"),
    (0x0010, 0x1040, "PatientAddress"),
    (0x0010, 0x1060, "PatientMotherBirthName"),
    (0x0010, 0x2154, "PatientTelephoneNumbers"),
    (0x0010, 0x2160, "EthnicGroup"),
    (0x0010, 0x2180, "Occupation"),
    (0x0010, 0x21b0, "AdditionalPatientHistory"),
    (0x0010, 0x4000, "PatientComments"),
    (0x0008, 0x0020, "StudyDate"),
    (0x0008, 0x0030, "StudyTime"),
    (0x0008, 0x0018, "SOPInstanceUID"),
    (0x0008, 0x0050, "AccessionNumber"),
    (0x0008, 0x0060, "Modality"),
    (0x0008, 0x0080, "InstitutionName"),
    (0x0008, 0x0081, "InstitutionAddress"),
    (0x0008, 0x0090, "ReferringPhysicianName"),
    (0x0008, 0x1030, "StudyDescription"),
    (0x0008, 0x103e, "SeriesDescription"),
    (0x0008, 0x1048, "PhysiciansOfRecord"),
    (0x0008, 0x1050, "PerformingPhysicianName"),
    (0x0008, 0x1070, "OperatorsName"),
    (0x0008, 0x1080, "AdmittingDiagnosesDescription"),
    (0x0018, 0x0015, "BodyPartExamined"),
    (0x0020, 0x000d, "StudyInstanceUID"),
    (0x0020, 0x000e, "SeriesInstanceUID"),
    (0x0018, 0x1000, "DeviceSerialNumber"),
];

/// Values that people write; those without a column of their own stand together.
const WRITTEN: [&[u8; 2]; 7] = [b"PN", b"LO", b"LT", b"ST", b"UT", b"SH", b"UC"];

/// Elements that hold pictures, and what comes behind them.
const PIXELS: u16 = 0x7fe0;

/// Marks of sequences: an item, its end, and the end of the sequence.
const ITEMS: u16 = 0xfffe;

/// Longer values are no text that people write.
const MAX_VALUE_BYTES: u32 = 1 << 16;

/// The most text without a column of its own.
const MAX_REST_BYTES: usize = 1 << 18;

/// A length that is not told; the end of the value is marked.
const OPEN: u32 = u32::MAX;

/// How elements are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Syntax {
    explicit: bool,
    big: bool,
}

/// What the elements of a file say, and why there are no more where that is not their end.
pub(super) fn said(origin: &Origin, options: &Options) -> io::Result<(Said, Option<Fault>)> {
    let mut bytes = Vec::new();
    // Text comes before pictures, which may be long.
    origin.open(0)?.take(options.limits.buffered_bytes).read_to_end(&mut bytes)?;
    let has_preamble = bytes.get(128..132) == Some(b"DICM");
    let rest = if has_preamble { bytes.get(132..).unwrap_or_default() } else { bytes.as_slice() };
    let mut elements = Elements { rest, syntax: Syntax { explicit: true, big: false }, main: None };
    elements.syntax.explicit = elements.looks_explicit();
    let (mut named, mut others): (Said, Vec<String>) = (Said::new(), Vec::new());
    let (mut n_rest, mut fault) = (0, None);
    loop {
        let element = match elements.next() {
            Ok(Some(element)) => element,
            Ok(None) => break,
            Err(error) => {
                fault = Some(error);
                break;
            }
        };
        let Some(text) = element.text() else { continue };
        let column = NAMED.iter().find(|(group, number, _)| (*group, *number) == (element.group, element.number));
        match column {
            Some((_, _, column)) if !named.iter().any(|(known, _)| known == column) => named.push((column, text)),
            _ if n_rest < MAX_REST_BYTES && element.is_written() => {
                n_rest += text.len();
                others.push(text);
            }
            _ => {}
        }
    }
    // Whatever it says of its patient, it is a picture of one.
    named.push(("dicom", "present".to_owned()));
    if !others.is_empty() {
        named.push(("text", others.join("; ")));
    }
    Ok((named, fault))
}

/// The elements one after the other, those inside of sequences too.
struct Elements<'a> {
    rest: &'a [u8],
    syntax: Syntax,
    /// How the elements behind the head are written, once the head has told.
    main: Option<Syntax>,
}

/// An element with its value.
struct Element<'a> {
    group: u16,
    number: u16,
    /// What kind of value it has, where that is written.
    kind: Option<[u8; 2]>,
    value: &'a [u8],
}

impl<'a> Elements<'a> {
    /// Whether the first element says what kind of value it has.
    fn looks_explicit(&self) -> bool {
        self.rest.get(4..6).is_some_and(|kind| kind.iter().all(u8::is_ascii_uppercase))
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(*taken)
    }

    fn short(&mut self) -> Option<u16> {
        let bytes = self.take::<2>()?;
        Some(if self.syntax.big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn long(&mut self) -> Option<u32> {
        let bytes = self.take::<4>()?;
        Some(if self.syntax.big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    /// The next element; `None` at the picture, and where the file ends, which pictures may stand behind.
    fn next(&mut self) -> Result<Option<Element<'a>>, Fault> {
        if let Some(main) = self.main
            && self.rest.get(..2) != Some(&[2, 0])
        {
            self.syntax = main;
            self.main = None;
        }
        if self.rest.is_empty() {
            return Ok(None);
        }
        let Some((group, number, kind, length)) = self.head() else { return Err(cut_short()) };
        if group == PIXELS {
            return Ok(None);
        }
        let empty = Element { group, number, kind, value: &[] };
        // What stands in a sequence comes as what stands outside.
        if group == ITEMS || length == OPEN || kind == Some(*b"SQ") {
            return Ok(Some(empty));
        }
        let Some((value, rest)) = self.rest.split_at_checked(length as usize) else { return Err(cut_short()) };
        self.rest = rest;
        let element = Element { value: if length > MAX_VALUE_BYTES { &[] } else { value }, ..empty };
        if (group, number) == (0x0002, 0x0010) {
            self.main = Some(syntax(value)?);
        }
        Ok(Some(element))
    }

    fn head(&mut self) -> Option<(u16, u16, Option<[u8; 2]>, u32)> {
        let (group, number) = (self.short()?, self.short()?);
        if !self.syntax.explicit || group == ITEMS {
            return Some((group, number, None, self.long()?));
        }
        let kind = self.take::<2>()?;
        let is_long = matches!(
            &kind,
            b"OB" | b"OD" | b"OF" | b"OL" | b"OV" | b"OW" | b"SQ" | b"SV" | b"UC" | b"UN" | b"UR" | b"UT" | b"UV"
        );
        let length = if is_long {
            self.short()?;
            self.long()?
        } else {
            u32::from(self.short()?)
        };
        Some((group, number, Some(kind), length))
    }
}

fn cut_short() -> Fault {
    Fault::new(ProblemCode::DicomCorrupt, "its elements are damaged or cut short")
}

/// How elements are written, by the identifier of a transfer syntax.
fn syntax(value: &[u8]) -> Result<Syntax, Fault> {
    match value.trim_ascii_end().strip_suffix(b"\0").unwrap_or(value) {
        b"1.2.840.10008.1.2" => Ok(Syntax { explicit: false, big: false }),
        b"1.2.840.10008.1.2.2" => Ok(Syntax { explicit: true, big: true }),
        b"1.2.840.10008.1.2.1.99" => {
            Err(Fault::new(ProblemCode::FormatUnsupported, "dicom whose elements are compressed"))
        }
        _ => Ok(Syntax { explicit: true, big: false }),
    }
}

impl Element<'_> {
    /// Whether people write such values.
    fn is_written(&self) -> bool {
        self.kind.is_some_and(|kind| WRITTEN.iter().any(|written| **written == kind))
    }

    /// Its text, the parts of a name and several values with blanks between them.
    fn text(&self) -> Option<String> {
        let (charset, _) = Charset::guess(self.value);
        let text = charset.decode(self.value, &mut 0);
        let mut shown: String =
            text.chars().map(|c| if matches!(c, '^' | '\\' | '=') || c.is_control() { ' ' } else { c }).collect();
        shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        (!shown.is_empty()).then_some(shown)
    }
}
