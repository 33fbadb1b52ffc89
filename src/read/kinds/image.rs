//! What a camera writes beside a picture: where and when it was taken, by which device, and whose that is.
//!
//! CIPA DC-008 (Exif 2.32).

use std::io::{self, Cursor, Read};

use exif::{Exif, In, Tag, Value};

use super::Said;
use crate::read::Options;
use crate::read::origin::Origin;
use crate::read::parquet::guard::{Failure, guarded};

/// The fields that are text, and the column of each.
const TEXTS: [(Tag, &str); 10] = [
    (Tag::DateTimeOriginal, "time"),
    (Tag::DateTime, "changed at"),
    (Tag::Make, "camera make"),
    (Tag::Model, "camera model"),
    (Tag::BodySerialNumber, "device serial number"),
    (Tag::CameraOwnerName, "owner name"),
    (Tag::Artist, "author"),
    (Tag::Copyright, "copyright"),
    (Tag::ImageDescription, "description"),
    (Tag::UserComment, "remark"),
];

/// What the fields of a picture say. A picture without any, and one whose fields are damaged, says nothing.
pub(super) fn said(origin: &Origin, options: &Options) -> io::Result<Said> {
    // Fields stand at the beginning, but in TIFF, where they may stand anywhere.
    let mut head = Vec::new();
    origin.open(0)?.take(options.limits.buffered_bytes).read_to_end(&mut head)?;
    let read = guarded(|| {
        let mut reader = exif::Reader::new();
        reader.continue_on_error(true);
        let exif = reader.read_from_container(&mut Cursor::new(head));
        Ok::<_, Failure>(exif.or_else(|error| error.distill_partial_result(|_| {})).ok().map(|exif| fields(&exif)))
    });
    Ok(read.ok().flatten().unwrap_or_default())
}

fn fields(exif: &Exif) -> Said {
    let mut said = Said::new();
    let place = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, b'W').zip(degrees(
        exif,
        Tag::GPSLatitude,
        Tag::GPSLatitudeRef,
        b'S',
    ));
    if let Some((longitude, latitude)) = place {
        said.push(("longitude", longitude));
        said.push(("latitude", latitude));
    }
    for (tag, column) in TEXTS {
        let text = exif.get_field(tag, In::PRIMARY).and_then(|field| text(&field.value));
        said.extend(text.map(|text| (column, text)));
    }
    said
}

/// An angle in degrees; those of one direction are negative.
fn degrees(exif: &Exif, angle: Tag, direction: Tag, negative: u8) -> Option<String> {
    let Value::Rational(parts) = &exif.get_field(angle, In::PRIMARY)?.value else { return None };
    let sizes = [1.0, 60.0, 3600.0];
    let degrees: f64 = parts.iter().zip(sizes).map(|(part, size)| part.to_f64() / size).sum();
    let is_negative = match &exif.get_field(direction, In::PRIMARY)?.value {
        Value::Ascii(texts) => texts.first().and_then(|text| text.first()) == Some(&negative),
        _ => false,
    };
    degrees.is_finite().then(|| format!("{:.6}", if is_negative { -degrees } else { degrees }))
}

fn text(value: &Value) -> Option<String> {
    let bytes = match value {
        Value::Ascii(texts) => texts.join(&b' '),
        // Before a remark stand eight bytes that say how it is encoded.
        Value::Undefined(bytes, _) => bytes.get(8..)?.to_vec(),
        _ => return None,
    };
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_matches(|c: char| c.is_control() || c.is_whitespace());
    // Dates are written with colons.
    let is_date = text.len() == 19 && text.bytes().filter(|byte| *byte == b':').count() == 4;
    let text = if is_date { text.replacen(':', "-", 2) } else { text.to_owned() };
    (!text.is_empty()).then_some(text)
}
