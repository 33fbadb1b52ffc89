//! What the streams of a PDF decode to, told before anything of it is decoded for good.
//!
//! ISO 32000-2, 7.3.8 "Stream objects" and 7.4 "Filters". The library decodes streams without a limit, so that their sizes
//! are counted here first, from the bytes of the file alone.

use std::borrow::Cow;
use std::io::{self, Read};

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_interpret::hayro_syntax::object::{Dict, FromBytes as _, MaybeRef, Name, Object, Stream};
use memchr::memmem::{Finder, rfind};

/// What there is to a file.
#[derive(Debug, Default)]
pub(super) struct Weight {
    /// What the streams decode to, but for pictures and attachments, which are not decoded.
    pub(super) decoded: u64,
    /// How many files are embedded.
    pub(super) n_attachments: u64,
    /// How many streams cannot be decoded to their end.
    pub(super) n_damaged: u64,
}

/// Why a file is not decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It has a password, be it an empty one.
    Encrypted,
    /// Its streams decode to more than the limit, or could.
    TooLarge,
    /// A stream is damaged, and could decode to more than the limit.
    Damaged,
}

/// A drawing that is used within others may decode to so much; the library holds as many as stand in each other.
const MAX_FORM_BYTES: u64 = 16 << 20;

/// The most that one byte can become.
const DEFLATE_RATIO: u64 = 1032;
const LZW_RATIO: u64 = 2560;

/// A dictionary is looked for so far before its stream.
const DICT_BYTES: usize = 64 << 10;

/// Weighs a file whose streams may decode to `limit`.
pub(super) fn weigh(bytes: &[u8], limit: u64) -> Result<Weight, Refusal> {
    if is_encrypted(bytes) {
        return Err(Refusal::Encrypted);
    }
    let mut weight = Weight::default();
    // Where streams lie in each other, the same bytes are decoded again; programs write none so.
    let mut left = 4 * bytes.len() as u64;
    for at in Finder::new(b"stream").find_iter(bytes) {
        let (before, rest) = bytes.split_at(at);
        let data = rest.get(b"stream".len()..).unwrap_or_default();
        let Some(data) = [&b"\r\n"[..], b"\n", b"\r"].iter().find_map(|end| data.strip_prefix(*end)) else { continue };
        if before.ends_with(b"end") {
            continue;
        }
        let found = Found::before(before);
        if found.is_attachment {
            weight.n_attachments += 1;
        }
        if found.is_attachment || found.is_picture {
            continue;
        }
        let most = if found.is_form { MAX_FORM_BYTES.min(limit) } else { limit };
        let end = memchr::memmem::find(data, b"endstream").unwrap_or(data.len());
        left = left.checked_sub(end as u64).ok_or(Refusal::TooLarge)?;
        let decoded = found.decoded(data.get(..end).unwrap_or_default(), most)?;
        weight.decoded += decoded.bytes;
        weight.n_damaged += u64::from(decoded.is_damaged);
        if weight.decoded > limit {
            return Err(Refusal::TooLarge);
        }
    }
    Ok(weight)
}

/// Whether the trailer names an encryption.
fn is_encrypted(bytes: &[u8]) -> bool {
    const KEY: &[u8] = b"/Encrypt";
    Finder::new(KEY).find_iter(bytes).any(|at| {
        let value = bytes.get(at + KEY.len()..).unwrap_or_default().trim_ascii_start();
        value.starts_with(b"<<") || value.first().is_some_and(u8::is_ascii_digit)
    })
}

/// What the dictionary of a stream says.
#[derive(Debug, Default)]
struct Found {
    filters: Vec<Vec<u8>>,
    is_picture: bool,
    is_attachment: bool,
    is_form: bool,
}

/// What a stream decodes to.
struct Decoded {
    bytes: u64,
    is_damaged: bool,
}

impl Found {
    /// From what stands before the stream. Where no dictionary is found, the stream counts as if it were deflated.
    fn before(bytes: &[u8]) -> Self {
        let near = bytes.get(bytes.len().saturating_sub(DICT_BYTES)..).unwrap_or_default();
        let own = near.get(rfind(near, b"obj").unwrap_or(0)..).unwrap_or_default();
        let start = memchr::memmem::find(own, b"<<");
        let dict = start.and_then(|start| Dict::from_bytes(own.get(start..)?));
        let unknown = || Self { filters: vec![b"FlateDecode".to_vec()], ..Self::default() };
        dict.and_then(|dict| Self::of(&dict)).unwrap_or_else(unknown)
    }

    fn of(dict: &Dict<'_>) -> Option<Self> {
        let is = |key: &str, value: &[u8]| dict.get::<Name<'_>>(key).is_some_and(|name| name.as_ref() == value);
        let mut filters = Vec::new();
        for key in ["F", "Filter"] {
            match dict.get_raw::<Object<'_>>(key) {
                Some(MaybeRef::NotRef(Object::Name(name))) => filters.push(name.as_ref().to_vec()),
                Some(MaybeRef::NotRef(Object::Array(names))) => {
                    for name in names.raw_iter() {
                        let MaybeRef::NotRef(Object::Name(name)) = name else { return None };
                        filters.push(name.as_ref().to_vec());
                    }
                }
                Some(MaybeRef::Ref(_)) => return None,
                _ => continue,
            }
            break;
        }
        let for_pictures: [&[u8]; 6] = [b"DCTDecode", b"DCT", b"JPXDecode", b"JBIG2Decode", b"CCITTFaxDecode", b"CCF"];
        let is_picture = is("Subtype", b"Image") || filters.iter().any(|name| for_pictures.contains(&name.as_slice()));
        let is_attachment = is("Type", b"EmbeddedFile");
        Some(Self { filters, is_picture, is_attachment, is_form: is("Subtype", b"Form") })
    }

    /// Decodes the stream without keeping it.
    fn decoded(&self, data: &[u8], most: u64) -> Result<Decoded, Refusal> {
        let plain = Decoded { bytes: 0, is_damaged: false };
        let mut layers = self.filters.iter().map(Vec::as_slice).peekable();
        let mut data = Cow::Borrowed(data);
        while let Some(name) = layers.next_if(|name| is_wrapping(name)) {
            let Some(decoded) = library(&data, name) else { return Ok(Decoded { is_damaged: true, ..plain }) };
            data = Cow::Owned(decoded);
        }
        let Some(name) = layers.next() else { return Ok(plain) };
        if layers.next().is_some() {
            return Err(Refusal::TooLarge);
        }
        match name {
            b"FlateDecode" | b"Fl" => inflated(&data, most),
            b"LZWDecode" | b"LZW" | b"RunLengthDecode" | b"RL" => {
                if data.len() as u64 * LZW_RATIO > most {
                    return Err(Refusal::TooLarge);
                }
                let decoded = library(&data, name);
                let is_damaged = decoded.is_none();
                let bytes = decoded.unwrap_or_default().len() as u64;
                Ok(Decoded { bytes, is_damaged })
            }
            _ => Ok(plain),
        }
    }
}

/// Whether a filter only makes text of bytes.
fn is_wrapping(name: &[u8]) -> bool {
    [&b"ASCII85Decode"[..], b"A85", b"ASCIIHexDecode", b"AHx"].contains(&name)
}

/// What the library makes of data with one filter.
fn library(data: &[u8], filter: &[u8]) -> Option<Vec<u8>> {
    let head = format!("<</Length {}/Filter/{}>>stream\n", data.len(), String::from_utf8_lossy(filter));
    let object = [head.as_bytes(), data, b"\nendstream"].concat();
    Some(Stream::from_bytes(&object)?.decoded_data().ok()?.into_owned())
}

/// Inflates without keeping it.
fn inflated(data: &[u8], most: u64) -> Result<Decoded, Refusal> {
    let mut zlib = ZlibDecoder::new(data);
    let (mut bytes, mut result) = counted(&mut zlib, most);
    if bytes == 0 && result.is_err() {
        let mut bare = DeflateDecoder::new(data);
        (bytes, result) = counted(&mut bare, most);
    }
    if bytes > most {
        return Err(Refusal::TooLarge);
    }
    let is_damaged = result.is_err();
    if is_damaged {
        // The library goes on behind the damage.
        if data.len() as u64 * DEFLATE_RATIO > most {
            return Err(Refusal::Damaged);
        }
        bytes = library(data, b"FlateDecode").unwrap_or_default().len() as u64;
    }
    Ok(Decoded { bytes, is_damaged })
}

/// How many bytes come, up to one more than `most`, and whether they ended well.
fn counted(stream: &mut impl Read, most: u64) -> (u64, io::Result<()>) {
    let mut buffer = [0; 16 << 10];
    let mut bytes = 0;
    while bytes <= most {
        match stream.read(&mut buffer) {
            Ok(0) => return (bytes, Ok(())),
            Ok(n) => bytes += n as u64,
            Err(error) => return (bytes, Err(error)),
        }
    }
    (bytes, Ok(()))
}
