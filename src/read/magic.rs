//! Tells formats apart by their first bytes.

mod signatures;
mod words;

use std::path::Path;

use signatures::SIGNATURES;

/// A compression that is undone before reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    /// RFC 1952, also in several members one after the other.
    Gzip,
    /// RFC 8878.
    Zstd,
}

/// What an object holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing.
    Empty,
    /// Parquet.
    Parquet,
    /// Text of no other format here.
    Text,
    /// Something compressed.
    Compressed(Compression),
    /// A format that is not read, by name.
    Other(&'static str),
    /// Something encrypted.
    Encrypted(&'static str),
    /// A stand-in for data that is elsewhere.
    Pointer(&'static str),
}

impl Content {
    /// What a report calls it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Empty => "nothing",
            Self::Parquet => "parquet",
            Self::Text => "text",
            Self::Compressed(Compression::Gzip) => "gzip",
            Self::Compressed(Compression::Zstd) => "zstd",
            Self::Other(name) | Self::Encrypted(name) | Self::Pointer(name) => name,
        }
    }
}

/// What bytes beginning with `head` and ending with `tail` hold. The two may overlap; `tail` may be empty where the end
/// is not known. Some 64 KB of head are enough, and the more the surer.
pub(super) fn sniff(head: &[u8], tail: &[u8]) -> Content {
    if head.is_empty() {
        return Content::Empty;
    }
    let signed = SIGNATURES.iter().find(|signature| signature.fits(head, tail));
    if let Some(signature) = signed {
        return (signature.refine)(signature.content, head, tail);
    }
    words::sniff(head)
}

/// What is wrong with an extension, where it speaks of another format than the content.
pub(super) fn mismatch(content: Content, path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let (_, extension) = name.rsplit_once('.')?;
    let expected = expected(extension)?;
    let fits = match content {
        Content::Empty => true,
        Content::Text => expected == "text",
        other => expected == other.name(),
    };
    (!fits).then(|| format!("content is {}, the extension says {expected}", content.name()))
}

/// The format that an extension speaks of, for extensions that speak of one.
fn expected(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "parquet" | "parq" | "pqt" | "pq" => "parquet",
        "csv" | "tsv" | "tab" | "psv" | "txt" | "text" | "log" | "sql" | "md" => "text",
        "gz" | "gzip" | "tgz" => "gzip",
        "zst" | "zstd" => "zstd",
        "json" | "jsonl" | "ndjson" | "geojson" => "json",
        "xml" | "gpx" | "kml" => "xml",
        "html" | "htm" => "html",
        "xlsx" | "xlsm" => "xlsx",
        "xls" => "xls",
        "docx" => "docx",
        "zip" => "zip",
        "tar" => "tar",
        "bz2" => "bzip2",
        "xz" => "xz",
        "7z" => "7z",
        "rar" => "rar",
        "avro" => "avro",
        "orc" => "orc",
        "arrow" | "ipc" | "feather" => "arrow",
        "pdf" => "pdf",
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "tif" | "tiff" | "webp" => "an image",
        "mp3" | "wav" | "ogg" | "flac" => "audio",
        "mp4" | "mov" | "avi" | "mkv" => "video",
        "db" | "sqlite" | "sqlite3" => "sqlite",
        "dcm" => "dicom",
        _ => return None,
    })
}
