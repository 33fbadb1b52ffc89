//! Tells formats apart by their first bytes.

mod signatures;
mod words;

use super::origin::Compression;
use signatures::SIGNATURES;

/// A kind of archive that is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ArchiveKind {
    /// A directory with the entries; documents are such archives too.
    Zip,
    /// Entries one after the other.
    Tar,
}

/// A kind of file whose content is not looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    Image,
    Audio,
    Video,
    /// Sequences of a genome, by the name of their format.
    Sequences(&'static str),
    Dicom,
}

impl Media {
    /// What a report calls its format.
    pub(super) const fn format(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::Sequences(name) => name,
            Self::Dicom => "dicom",
        }
    }
}

/// What an object holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing.
    Empty,
    /// Parquet.
    Parquet,
    /// Arrow, as a file or as a stream.
    Arrow,
    /// Avro, as a file of blocks.
    Avro,
    /// ORC.
    Orc,
    /// Text of no other format here.
    Text,
    /// JSON, one value or several.
    Json,
    /// XML of any kind, such as GPX.
    Xml,
    /// A page.
    Html,
    /// Statements that fill the tables of a database.
    Sql,
    /// A database of `SQLite`.
    Sqlite,
    /// A workbook, by the name of its format.
    Workbook(&'static str),
    /// Text as an office program keeps it, by the name of its format.
    Document(&'static str),
    /// Pages as they are printed.
    Pdf,
    /// A file whose content is not looked into.
    Media(Media),
    /// Variants of genomes, as text.
    Variants,
    /// A folder of objects.
    Archive(ArchiveKind),
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
    /// What a document is.
    pub(super) fn document(name: &'static str) -> Self {
        match name {
            "xlsx" | "xlsb" | "ods" => Self::Workbook(name),
            "docx" | "pptx" | "odt" | "odp" => Self::Document(name),
            _ => Self::Other(name),
        }
    }

    /// What a report calls it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Empty => "nothing",
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
            Self::Avro => "avro",
            Self::Orc => "orc",
            Self::Text => "text",
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Media(Media::Image) => "an image",
            Self::Media(media) => media.format(),
            Self::Variants => "vcf",
            Self::Sql => "sql",
            Self::Sqlite => "sqlite",
            Self::Archive(ArchiveKind::Zip) => "zip",
            Self::Archive(ArchiveKind::Tar) => "tar",
            Self::Compressed(compression) => compression.name(),
            Self::Workbook(name)
            | Self::Document(name)
            | Self::Other(name)
            | Self::Encrypted(name)
            | Self::Pointer(name) => name,
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

/// What is wrong with the extension of a name, where it speaks of another format than the content.
pub(super) fn mismatch(content: Content, name: &str) -> Option<String> {
    let name = name.rsplit('/').next()?.to_ascii_lowercase();
    let (_, extension) = name.rsplit_once('.')?;
    let expected = expected(extension)?;
    let fits = match content {
        Content::Empty => true,
        // A bgzip file has no extension of its own.
        Content::Compressed(Compression::Gzip) if matches!(expected, "bam" | "bcf") => true,
        Content::Text | Content::Sql => matches!(expected, "text" | "sql"),
        other => expected == other.name(),
    };
    (!fits).then(|| format!("content is {}, the extension says {expected}", content.name()))
}

/// The name of what a compressed file holds: without the extension that speaks of the compression.
pub(super) fn name_inside(compression: Compression, name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, "tgz" | "TGZ" | "tbz" | "tbz2" | "txz" | "tzst")) => format!("{stem}.tar"),
        Some((stem, extension)) if expected(&extension.to_ascii_lowercase()) == Some(compression.name()) => {
            stem.to_owned()
        }
        _ => name.to_owned(),
    }
}

/// The format that an extension speaks of, for extensions that speak of one.
fn expected(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "parquet" | "parq" | "pqt" | "pq" => "parquet",
        "csv" | "tsv" | "tab" | "psv" | "txt" | "text" | "log" | "md" => "text",
        "sql" => "sql",
        "gz" | "gzip" | "tgz" => "gzip",
        "zst" | "zstd" | "tzst" => "zstd",
        "json" | "jsonl" | "ndjson" | "geojson" => "json",
        "xml" | "gpx" | "kml" => "xml",
        "html" | "htm" => "html",
        "xlsx" | "xlsm" => "xlsx",
        "xlsb" => "xlsb",
        "xls" | "et" => "xls",
        "ods" => "ods",
        "docx" | "docm" => "docx",
        "pptx" | "pptm" => "pptx",
        "odt" => "odt",
        "odp" => "odp",
        "zip" => "zip",
        "tar" => "tar",
        "bz2" | "tbz" | "tbz2" => "bzip2",
        "xz" | "txz" => "xz",
        "7z" => "7z",
        "rar" => "rar",
        "avro" => "avro",
        "orc" => "orc",
        "arrow" | "arrows" | "ipc" | "feather" => "arrow",
        "pdf" => "pdf",
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "tif" | "tiff" | "webp" | "heic" | "heif" | "avif" => "an image",
        "mp3" | "wav" | "ogg" | "flac" => "audio",
        "mp4" | "mov" | "avi" | "mkv" => "video",
        "db" | "sqlite" | "sqlite3" => "sqlite",
        "dcm" => "dicom",
        "vcf" => "vcf",
        "fastq" | "fq" => "fastq",
        "bam" => "bam",
        "cram" => "cram",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{ArchiveKind, Compression, Content, Media, mismatch, sniff};

    fn check(cases: &[(&[u8], Content)]) {
        for (head, content) in cases {
            assert_eq!(sniff(head, head), *content, "{}", head.escape_ascii());
        }
    }

    #[test]
    fn tells_text() {
        let json = Content::Json;
        check(&[
            (b"", Content::Empty),
            (b"a,b\n1,2\n", Content::Text),
            (b"\xd0\xd5\xc3\xfb,\xb5\xe7\xbb\xb0\n", Content::Text),
            (b"\xff\xfea\0,\0b\0\n\0", Content::Text),
            (b"a\0,\0b\0\n\0", Content::Text),
            (b"a\x01b\x02c\n", Content::Text),
            (b"PAR1,PAR2\n1,2\n", Content::Text),
            (b"ORC,MZ,BM\n", Content::Text),
            (b"[a],[b]\n1,2\n", Content::Text),
            (b"[1],[2]\n", Content::Text),
            (b"[2026-11-23 12:00:00] started\n", Content::Text),
            (b"[1] note\n", Content::Text),
            (b"{a},{b}\n", Content::Text),
            (b"{'a': 1}", Content::Text),
            (b" \n[1, 2", json),
            (b"{\"a\": \"x", json),
            (b"\xef\xbb\xbf{\"a\": 1}\n{\"a\": 2}\n", json),
            (b"\xff\xfe{\0}\0", json),
            (b"[]", json),
            (b"{\"\xd0\xd5\": 1}", json),
            (b"<?xml version='1.0'?>", Content::Xml),
            (b"<list>\n <a>1</a></list>", Content::Xml),
            (b"<?xml version='1.0'?><!DOCTYPE html><html>", Content::Html),
            (b"<div><p>a</p></div>", Content::Html),
            (b"\n<!DOCTYPE html>", Content::Html),
            (b"<HTML>", Content::Html),
            (b"<gpx version='1.1'>", Content::Xml),
            (b"<name>,<id>\n", Content::Text),
            (b"##fileformat=VCFv4.2\n", Content::Variants),
            (b"@read 1\nACGT\n+\nIIII\n", Content::Media(Media::Sequences("fastq"))),
            (b"@user\nhello\n", Content::Text),
            (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", Content::Pointer("a git-lfs pointer")),
            (b"-----BEGIN PGP MESSAGE-----\n", Content::Encrypted("pgp")),
            (b"Salted__12345678", Content::Encrypted("openssl")),
        ]);
        let deep = vec![b'['; 50_000];
        assert_eq!(sniff(&deep, &[]), json);
    }

    #[test]
    fn tells_binary() {
        let random: Vec<u8> = (0..5000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let mut dicom = vec![0; 128];
        dicom.extend(b"DICM");
        let mut tar = vec![0; 512];
        tar.splice(..5, *b"a.csv");
        tar.splice(148..156, *b"001333\0 ");
        check(&[
            (b"PAR1\x15\0\x15PAR1", Content::Parquet),
            (b"PAR1", Content::Parquet),
            (b"PARE\x15\0\x15PARE", Content::Encrypted("parquet with an encrypted footer")),
            (b"\x1f\x8b\x08\0\0", Content::Compressed(Compression::Gzip)),
            (b"\x28\xb5\x2f\xfd\0", Content::Compressed(Compression::Zstd)),
            (b"\x50\x2a\x4d\x18\0", Content::Compressed(Compression::Zstd)),
            (b"BZh91AY&SY", Content::Compressed(Compression::Bzip2)),
            (b"\xfd7zXZ\0\0\x04", Content::Compressed(Compression::Xz)),
            (b"BZh,b\n", Content::Text),
            (b"PK\x03\x04\x14\0\0\0\x08\0a.csv", Content::Archive(ArchiveKind::Zip)),
            (b"RIFF\x10\0\0\0WAVEfmt \0", Content::Media(Media::Audio)),
            (b"BM\x10\0\0\0\0\0\0\0\x36\0\0\0", Content::Media(Media::Image)),
            (b"\0\0\0\x20ftypisom\0\0", Content::Media(Media::Video)),
            (b"\xff\xff\xff\xff\x10\x01\0\0", Content::Arrow),
            (b"Obj\x01\x04", Content::Avro),
            (b"ORC\x0a\x0b\0\0", Content::Orc),
            (b"ORC", Content::Orc),
            (b"SQLite format 3\0", Content::Sqlite),
            (&dicom, Content::Media(Media::Dicom)),
            (&tar, Content::Archive(ArchiveKind::Tar)),
            (&random, Content::Other("binary data of an unknown kind")),
        ]);
    }

    #[test]
    fn never_panics() {
        let mut state = 1u64;
        for length in 0..600 {
            let bytes: Vec<u8> = (0..length)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (state >> 56) as u8
                })
                .collect();
            let _ = sniff(&bytes, &bytes);
            for signature in super::SIGNATURES {
                let mut head = vec![0; signature.offset];
                head.extend(signature.bytes);
                head.extend(bytes.iter().take(length % 40));
                let _ = sniff(&head, &head);
            }
        }
    }

    #[test]
    fn extensions() {
        let cases = [
            ("a.csv", Content::Text, None),
            ("a.parquet", Content::Parquet, None),
            ("a", Content::Parquet, None),
            ("a.dat", Content::Parquet, None),
            ("a.csv.gz", Content::Compressed(Compression::Gzip), None),
            ("a.CSV", Content::Parquet, Some("content is parquet, the extension says text")),
            ("a.xls", Content::Text, Some("content is text, the extension says xls")),
            ("a.csv", Content::Compressed(Compression::Zstd), Some("content is zstd, the extension says text")),
        ];
        for (name, content, message) in cases {
            assert_eq!(mismatch(content, name).as_deref(), message, "{name}");
        }
    }
}
