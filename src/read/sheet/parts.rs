//! What stands in the archive that a workbook is, before a decoder unpacks it.

use std::io::{self, Read};

use super::book::Fault;
use crate::model::ProblemCode;
use crate::read::archive;
use crate::read::origin::{Origin, code_of};
use crate::read::{Options, io_cause};

/// What a workbook holds beside cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Beside {
    /// Notes that readers wrote at cells.
    pub(super) comments: u64,
    pub(super) pictures: u64,
    /// Files of other kinds.
    pub(super) embedded: u64,
}

impl Beside {
    /// The parts that are not read, in words; `None` where there are none.
    pub(super) fn unread(self) -> Option<String> {
        let Self { comments, pictures, embedded } = self;
        let any = comments + pictures + embedded > 0;
        any.then(|| format!("sets of comments: {comments}, pictures: {pictures}, embedded files: {embedded}"))
    }
}

/// The cells of an `OpenDocument` sheet are unfolded at once, some 50 bytes each.
const MAX_UNFOLDED_CELLS: u64 = 16 << 20;

/// Unpacks every part once and throws it away, so that what a decoder unpacks again is as large as it says, and within
/// the limits: sheets are read one cell at a time, everything else is held.
pub(super) fn check(format: &str, origin: &Origin, stored: u64, options: &Options) -> Result<Beside, Fault> {
    let limits = options.limits;
    let mut beside = Beside::default();
    let parts = archive::parts(origin, options).map_err(|error| Fault::new(code_of(&error), io_cause(&error)))?;
    for part in parts {
        let name = part.name.to_ascii_lowercase().replace('\\', "/");
        beside.comments += u64::from(name.contains("/comments") || name.contains("/threadedcomments/"));
        beside.pictures += u64::from(name.contains("/media/") || name.starts_with("pictures/"));
        beside.embedded += u64::from(name.contains("/embeddings/"));
        if ![".xml", ".bin", ".rels"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let streamed = format != "ods" && name.contains("/worksheets/");
        let most = if streamed {
            limits.unpacked_bytes.max(stored.saturating_mul(limits.unpacked_ratio))
        } else {
            limits.held_bytes
        };
        let too_large =
            Fault::new(ProblemCode::ObjectTooLarge, "a part of it unpacks to more than may be held in memory");
        if part.unpacked > most {
            return Err(too_large);
        }
        let mut stream = part.origin.open(0).map_err(|error| Fault::new(code_of(&error), io_cause(&error)))?;
        let unpacked = if format == "ods" && name == "content.xml" {
            let mut xml = Vec::new();
            let unpacked = stream.take(most + 1).read_to_end(&mut xml).map(|n| n as u64);
            if unfolded(&xml) > MAX_UNFOLDED_CELLS {
                return Err(too_large);
            }
            unpacked
        } else {
            io::copy(&mut stream.by_ref().take(most + 1), &mut io::sink())
        };
        match unpacked {
            Ok(bytes) if bytes > most => return Err(too_large),
            Ok(_) => {}
            Err(error) => return Err(Fault::new(code_of(&error), io_cause(&error))),
        }
    }
    Ok(beside)
}

/// How many cells the sheets of an `OpenDocument` have when rows and cells are repeated as it says, those behind the last
/// value of a row and behind the last row left out.
fn unfolded(xml: &[u8]) -> u64 {
    let (mut total, mut rows, mut empty_rows, mut cells, mut filled, mut widest) =
        (0_u64, 1_u64, 0_u64, 0_u64, 0_u64, 0_u64);
    let mut at = 0;
    while let Some(length) = memchr::memchr(b'<', xml.get(at..).unwrap_or_default()) {
        let start = at + length + 1;
        let tag = tag(xml.get(start..).unwrap_or_default());
        at = start + tag.len();
        if tag.starts_with(b"table:table-row ") || tag == b"table:table-row" || tag == b"table:table-row/" {
            (rows, cells, filled) = (repeats(tag, b"number-rows-repeated"), 0, 0);
        } else if tag.starts_with(b"table:table-cell") || tag.starts_with(b"table:covered-table-cell") {
            cells = cells.saturating_add(repeats(tag, b"number-columns-repeated"));
            if memchr::memmem::find(tag, b"value").is_some() || memchr::memmem::find(tag, b"formula").is_some() {
                filled = cells;
            }
        } else if tag.starts_with(b"/table:table-row") && tag.len() <= 16 {
            widest = widest.max(filled);
            if filled > 0 {
                total = total.saturating_add(rows.saturating_add(empty_rows).saturating_mul(widest));
                empty_rows = 0;
            } else {
                empty_rows = empty_rows.saturating_add(rows);
            }
        } else if tag.starts_with(b"/table:table") && tag.len() <= 12 {
            (empty_rows, widest) = (0, 0);
        }
    }
    total
}

/// A tag up to its bracket, those in quotes left out.
fn tag(rest: &[u8]) -> &[u8] {
    let mut quote = None;
    let end = rest.iter().position(|byte| match (quote, byte) {
        (None, b'>') => true,
        (None, b'"' | b'\'') => {
            quote = Some(*byte);
            false
        }
        (Some(open), byte) => {
            if *byte == open {
                quote = None;
            }
            false
        }
        _ => false,
    });
    rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
}

/// The number in an attribute; 1 where there is none.
fn repeats(tag: &[u8], name: &[u8]) -> u64 {
    let Some(at) = memchr::memmem::find(tag, name) else { return 1 };
    let digits = tag.get(at + name.len()..).unwrap_or_default().iter().skip_while(|byte| !byte.is_ascii_digit());
    let digits = digits.take_while(|byte| byte.is_ascii_digit());
    digits.fold(0_u64, |n, digit| n.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::unfolded;

    #[test]
    fn repeated_cells_are_counted() {
        let row = |rows: u32, cells: &str| {
            format!("<table:table-row table:number-rows-repeated=\"{rows}\">{cells}</table:table-row>")
        };
        let value =
            |n: u32| format!("<table:table-cell table:number-columns-repeated=\"{n}\" office:value-type=\"float\"/>");
        let empty = |n: u32| format!("<table:table-cell table:number-columns-repeated='{n}' a='>'/>");
        for (xml, n) in [
            (row(1, &value(1)), 1),
            (row(3, &value(2)), 6),
            (row(1, &(value(2) + &empty(16_000))), 2),
            (row(1, &(empty(10) + &value(1))), 11),
            (row(1, &value(1)) + &row(1_000_000, &empty(1)), 1),
            (row(1_000_000, &empty(1)) + &row(1, &value(1)), 1_000_001),
        ] {
            assert_eq!(unfolded(xml.as_bytes()), n, "{xml}");
        }
    }
}
