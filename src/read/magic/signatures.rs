//! The registry of formats that have a signature.

use super::{ArchiveKind, Compression, Content, Media, words};

/// A format, and the bytes that tell it.
pub(super) struct Signature {
    /// What it is.
    pub(super) content: Content,
    /// Where the bytes stand.
    pub(super) offset: usize,
    /// The bytes.
    pub(super) bytes: &'static [u8],
    /// Whether the same bytes could begin a text.
    wordlike: bool,
    /// What it is when more is looked at.
    pub(super) refine: fn(Content, &[u8], &[u8]) -> Content,
}

impl Signature {
    /// Whether the bytes are there.
    pub(super) fn fits(&self, head: &[u8], _tail: &[u8]) -> bool {
        head.get(self.offset..).is_some_and(|rest| rest.starts_with(self.bytes))
            && !(self.wordlike && words::is_text(head))
    }

    const fn at(mut self, offset: usize) -> Self {
        self.offset = offset;
        self
    }

    /// Not when all of the head is text.
    const fn unless_text(mut self) -> Self {
        self.wordlike = true;
        self
    }

    const fn refined(mut self, refine: fn(Content, &[u8], &[u8]) -> Content) -> Self {
        self.refine = refine;
        self
    }
}

const fn of(content: Content, bytes: &'static [u8]) -> Signature {
    Signature { content, offset: 0, bytes, wordlike: false, refine: |content, _, _| content }
}

const fn other(name: &'static str, bytes: &'static [u8]) -> Signature {
    of(Content::Other(name), bytes)
}

const fn media(media: Media, bytes: &'static [u8]) -> Signature {
    of(Content::Media(media), bytes)
}

const fn encrypted(name: &'static str, bytes: &'static [u8]) -> Signature {
    of(Content::Encrypted(name), bytes)
}

const fn pointer(name: &'static str, bytes: &'static [u8]) -> Signature {
    of(Content::Pointer(name), bytes)
}

/// Every format with a signature; the first that fits counts. Sources: the formats' own specifications, and for the
/// rest the `magic` files of file(1).
pub(super) const SIGNATURES: &[Signature] = &[
    // Its first 128 bytes are free, and some writers make them a TIFF.
    media(Media::Dicom, b"DICM").at(128),
    of(Content::Parquet, b"PAR1").refined(parquet),
    encrypted("parquet with an encrypted footer", b"PARE").unless_text(),
    of(Content::Compressed(Compression::Gzip), b"\x1f\x8b\x08"),
    of(Content::Compressed(Compression::Zstd), b"\x28\xb5\x2f\xfd"),
    // A skippable frame of Zstandard; the last half byte is free.
    of(Content::Compressed(Compression::Zstd), b"\x2a\x4d\x18").at(1).refined(skippable),
    of(Content::Compressed(Compression::Bzip2), b"BZh").refined(bzip2),
    of(Content::Compressed(Compression::Xz), b"\xfd7zXZ\0"),
    other("lz4", b"\x04\x22\x4d\x18"),
    other("lz4", b"\x02\x21\x4c\x18"),
    other("snappy", b"\xff\x06\0\0sNaPpY"),
    other("lzip", b"LZIP\x01"),
    other("compress", b"\x1f\x9d"),
    of(Content::Archive(ArchiveKind::Zip), b"PK\x03\x04"),
    of(Content::Archive(ArchiveKind::Zip), b"PK\x05\x06"),
    of(Content::Archive(ArchiveKind::Zip), b"PK\x07\x08"),
    other("7z", b"7z\xbc\xaf\x27\x1c"),
    other("rar", b"Rar!\x1a\x07"),
    other("cab", b"MSCF\0\0\0\0"),
    other("ar", b"!<arch>\n"),
    of(Content::Archive(ArchiveKind::Tar), b"ustar").at(257),
    of(Content::Sqlite, b"SQLite format 3\0"),
    of(Content::Avro, b"Obj\x01"),
    of(Content::Orc, b"ORC").refined(orc),
    of(Content::Arrow, b"ARROW1\0\0"),
    other("feather version 1", b"FEA1").unless_text(),
    of(Content::Arrow, b"\xff\xff\xff\xff").refined(arrow_stream),
    of(Content::Pdf, b"%PDF-"),
    other("postscript", b"%!PS"),
    other("rtf", b"{\\rtf"),
    media(Media::Image, b"\x89PNG\r\n\x1a\n"),
    media(Media::Image, b"\xff\xd8\xff"),
    media(Media::Image, b"GIF87a"),
    media(Media::Image, b"GIF89a"),
    media(Media::Image, b"BM").unless_text().refined(bitmap),
    media(Media::Image, b"II*\0"),
    media(Media::Image, b"MM\0*"),
    other("a RIFF container", b"RIFF").unless_text().refined(riff),
    media(Media::Audio, b"ID3").unless_text(),
    media(Media::Audio, b"\xff\xfb"),
    media(Media::Audio, b"\xff\xf3"),
    media(Media::Audio, b"\xff\xf2"),
    media(Media::Audio, b"OggS\0"),
    media(Media::Audio, b"fLaC").unless_text(),
    media(Media::Audio, b"FORM").unless_text(),
    media(Media::Audio, b"#!AMR"),
    media(Media::Video, b"ftyp").at(4).unless_text().refined(ftyp),
    media(Media::Video, b"moov").at(4).unless_text(),
    media(Media::Video, b"mdat").at(4).unless_text(),
    media(Media::Video, b"wide").at(4).unless_text(),
    media(Media::Video, b"\x1a\x45\xdf\xa3"),
    media(Media::Video, b"FLV\x01"),
    media(Media::Video, b"\0\0\x01\xba"),
    media(Media::Video, b"\0\0\x01\xb3"),
    media(Media::Dicom, b"\x08\0").refined(bare_dicom),
    media(Media::Dicom, b"\x02\0\0\0UL\x04\0"),
    media(Media::Sequences("bam"), b"BAM\x01"),
    media(Media::Sequences("bcf"), b"BCF\x02"),
    media(Media::Sequences("cram"), b"CRAM").unless_text(),
    of(Content::Variants, b"##fileformat=VCF"),
    other("nifti", b"n+1\0").at(344),
    other("xls or doc (ole2)", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").refined(ole),
    other("hdf5", b"\x89HDF\r\n\x1a\n"),
    other("netcdf", b"CDF\x01"),
    other("netcdf", b"CDF\x02"),
    other("numpy", b"\x93NUMPY"),
    other("pickle", b"\x80\x04\x95"),
    other("matlab", b"MATLAB 5.0 MAT-file"),
    other("sas", b"\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60"),
    other("stata", b"<stata_dta>"),
    other("spss", b"$FL2").unless_text(),
    other("r data", b"RDX2\n"),
    other("r data", b"RDX3\n"),
    other("shapefile", b"\0\0\x27\x0a\0\0\0\0"),
    other("a property list", b"bplist00"),
    other("a program", b"\x7fELF"),
    other("a program", b"MZ").unless_text(),
    other("a program", b"\0asm"),
    other("a program", b"\xca\xfe\xba\xbe"),
    other("a program", b"\xcf\xfa\xed\xfe"),
    other("a hadoop checksum", b"crc\0"),
    encrypted("openssl", b"Salted__"),
    encrypted("openssl", b"U2FsdGVkX1"),
    encrypted("age", b"age-encryption.org/"),
    encrypted("age", b"-----BEGIN AGE ENCRYPTED FILE-----"),
    encrypted("pgp", b"-----BEGIN PGP MESSAGE-----"),
    // Packets for a public key and for a passphrase, RFC 9580.
    encrypted("pgp", b"\x85\x01").unless_text().refined(pgp),
    encrypted("pgp", b"\x85\x02").unless_text().refined(pgp),
    encrypted("pgp", b"\x84").unless_text().refined(pgp),
    encrypted("pgp", b"\x8c\x0d\x04"),
    encrypted("pgp", b"\xc3\x0d\x04"),
    encrypted("cms", b"-----BEGIN CMS-----"),
    encrypted("pkcs7", b"-----BEGIN PKCS7-----"),
    encrypted("ansible vault", b"$ANSIBLE_VAULT;"),
    encrypted("luks", b"LUKS\xba\xbe"),
    pointer("a git-lfs pointer", b"version https://git-lfs.github.com/spec/"),
    pointer("a git-lfs pointer", b"version https://hawser.github.com/spec/"),
    pointer("a git-annex pointer", b"/annex/objects/"),
    pointer("a xet pointer", b"# xet version"),
    pointer("a dvc pointer", b"outs:\n- md5:"),
    pointer("a link to a page", b"[InternetShortcut]"),
    pointer("a link to a file", b"L\0\0\0\x01\x14\x02\0"),
];

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

/// A text may begin with `PAR1` too; a Parquet file cut short ends in anything.
fn parquet(content: Content, head: &[u8], tail: &[u8]) -> Content {
    if tail.ends_with(b"PAR1") || head.len() <= 8 || !words::is_text(head) { content } else { words::sniff(head) }
}

/// A text may begin with `ORC` too; at the end of a file it stands before the last byte.
fn orc(content: Content, head: &[u8], tail: &[u8]) -> Content {
    let ends = tail.split_last().is_some_and(|(_, before)| before.ends_with(b"ORC"));
    if ends || head.len() <= 4 || !words::is_text(head) { content } else { words::sniff(head) }
}

fn skippable(content: Content, head: &[u8], _: &[u8]) -> Content {
    if matches!(head.first(), Some(0x50..=0x5f)) { content } else { words::sniff(head) }
}

fn bzip2(content: Content, head: &[u8], _: &[u8]) -> Content {
    let block = head.get(4..10);
    let begins = block == Some(b"\x31\x41\x59\x26\x53\x59") || block == Some(b"\x17\x72\x45\x38\x50\x90");
    if begins { content } else { words::sniff(head) }
}

fn arrow_stream(content: Content, head: &[u8], _: &[u8]) -> Content {
    // The length of a flat buffer, which is a multiple of 8 and not long.
    let length = head.get(4..).and_then(|rest| rest.first_chunk::<4>()).map(|length| u32::from_le_bytes(*length));
    if length.is_some_and(|length| length > 0 && length % 8 == 0 && length < 1 << 24) {
        content
    } else {
        words::sniff(head)
    }
}

fn bitmap(content: Content, head: &[u8], _: &[u8]) -> Content {
    if head.get(6..10) == Some(&[0; 4]) { content } else { words::sniff(head) }
}

fn riff(content: Content, head: &[u8], _: &[u8]) -> Content {
    match head.get(8..12) {
        Some(b"WAVE") => Content::Media(Media::Audio),
        Some(b"AVI ") => Content::Media(Media::Video),
        Some(b"WEBP") => Content::Media(Media::Image),
        _ => content,
    }
}

fn ftyp(content: Content, head: &[u8], _: &[u8]) -> Content {
    match head.get(8..12) {
        Some(b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1" | b"avif") => {
            Content::Media(Media::Image)
        }
        Some(b"M4A " | b"M4B ") => Content::Media(Media::Audio),
        _ => content,
    }
}

fn ole(_: Content, head: &[u8], tail: &[u8]) -> Content {
    let named = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        holds(head, &wide) || holds(tail, &wide)
    };
    if named("EncryptedPackage") {
        Content::Encrypted("an office document with a password")
    } else if named("Workbook") || named("WORKBOOK") || named("Book") {
        Content::Workbook("xls")
    } else if named("WordDocument") {
        Content::Other("doc")
    } else if named("PowerPoint Document") {
        Content::Other("ppt")
    } else {
        // Its directory may stand anywhere; opening it as a workbook shows whether it is one.
        Content::Workbook("xls")
    }
}

/// Without the preamble, DICOM begins with an element of group 8: its number, and what kind of value it has.
fn bare_dicom(content: Content, head: &[u8], _: &[u8]) -> Content {
    match head.get(3..6) {
        Some(
            [0, b'C', b'S']
            | [0, b'U', b'I' | b'L']
            | [0, b'D', b'A']
            | [0, b'T', b'M']
            | [0, b'S' | b'L', b'H' | b'O'],
        ) => content,
        _ => words::sniff(head),
    }
}

/// A packet for a public key says version 3 or 6 after its length.
fn pgp(content: Content, head: &[u8], _: &[u8]) -> Content {
    let at = if head.first() == Some(&0x85) { 3 } else { 2 };
    if matches!(head.get(at), Some(3 | 6)) { content } else { words::sniff(head) }
}
