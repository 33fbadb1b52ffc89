//! Files whose content is not looked into: that they are there is a finding, and what is written beside it is read.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use exportscan::model::ProblemCode;
use exportscan::read::{ObjectRef, Opened, Options, Origin};

use crate::archives::pack::gzip;
use crate::support::{Cut, classes, scan_path, tables};

fn shown(name: &str, bytes: &[u8]) -> String {
    let object = ObjectRef { uri: name.to_owned(), bytes: bytes.len() as u64, origin: Origin::memory(bytes.to_vec()) };
    tables(&object, &Options::default())
}

fn found(name: &str, bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let totals = scan_path(Path::new(folder.path()), Cut::default());
    assert!(!totals.coverage.problems.is_empty(), "{name}: its content is not looked into");
    classes(&totals, "")
}

/// An element with a kind of value that has a short length.
fn element(group: u16, number: u16, kind: [u8; 2], value: &str) -> Vec<u8> {
    let mut bytes = [group.to_le_bytes(), number.to_le_bytes()].concat();
    bytes.extend(kind);
    let value = if value.len().is_multiple_of(2) { value.to_owned() } else { format!("{value} ") };
    bytes.extend((value.len() as u16).to_le_bytes());
    bytes.extend(value.as_bytes());
    bytes
}

fn implicit(group: u16, number: u16, value: &str) -> Vec<u8> {
    let mut bytes = [group.to_le_bytes(), number.to_le_bytes()].concat();
    bytes.extend((value.len() as u32).to_le_bytes());
    bytes.extend(value.as_bytes());
    bytes
}

fn dicom() -> Vec<u8> {
    let mut bytes = vec![0; 128];
    bytes.extend(b"DICM");
    bytes.extend(element(2, 0x10, *b"UI", "1.2.840.10008.1.2.1\0"));
    bytes.extend(element(8, 0x60, *b"CS", "CT"));
    // A sequence of one item, whose lengths are not told.
    bytes.extend([8, 0, 0x40, 0x11, b'S', b'Q', 0, 0, 0xff, 0xff, 0xff, 0xff]);
    bytes.extend([0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff]);
    bytes.extend(element(8, 0x104, *b"LO", "左肺"));
    bytes.extend([0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
    bytes.extend(element(0x10, 0x10, *b"PN", "王^小明"));
    bytes.extend(element(0x10, 0x20, *b"LO", "P-0001234"));
    bytes.extend(element(0x20, 0x0d, *b"UI", "1.2.840.113619.2.55.3.604688119.971"));
    bytes.extend([0xe0, 0x7f, 0x10, 0, b'O', b'W', 0, 0, 4, 0, 0, 0, 1, 2, 3, 4]);
    bytes
}

#[test]
fn dicom_names_its_patient() {
    let shown = shown("a.dcm", &dicom());
    let expected = "\
a.dcm: Modality|PatientName|PatientID|StudyInstanceUID|dicom|text
  CT|王 小明|P-0001234|1.2.840.113619.2.55.3.604688119.971|present|左肺
! content.unexamined  not looked into: the picture, and elements that are neither text nor a date
";
    assert_eq!(shown, expected);
    let found = found("a.dcm", &dicom());
    assert!(found.iter().any(|class| class == "health.imaging"), "{found:?}");
}

#[test]
fn dicom_without_kinds_of_values_is_read() {
    let mut bytes = vec![0; 128];
    bytes.extend(b"DICM");
    bytes.extend(element(2, 0x10, *b"UI", "1.2.840.10008.1.2\0"));
    bytes.extend([implicit(8, 0x60, "MR"), implicit(0x10, 0x20, "77 ")].concat());
    assert!(shown("a.dcm", &bytes).starts_with("a.dcm: Modality|PatientID|dicom\n  MR|77|present\n"));
}

/// A JPEG of nothing but its fields.
fn photo() -> Vec<u8> {
    let angle =
        |degrees, minutes| Value::Rational(vec![(degrees, 1).into(), (minutes, 1).into(), Rational::from((0, 1))]);
    let text = |text: &str| Value::Ascii(vec![text.as_bytes().to_vec()]);
    let field = |tag, value| Field { tag, ifd_num: In::PRIMARY, value };
    let fields = [
        field(Tag::GPSLatitude, angle(39, 54)),
        field(Tag::GPSLatitudeRef, text("N")),
        field(Tag::GPSLongitude, angle(116, 23)),
        field(Tag::GPSLongitudeRef, text("E")),
        field(Tag::DateTimeOriginal, text("2026:05:01 08:00:00")),
        field(Tag::Model, text("X1")),
    ];
    let mut writer = Writer::new();
    for field in &fields {
        writer.push_field(field);
    }
    let mut exif = Cursor::new(Vec::new());
    writer.write(&mut exif, false).unwrap();
    let exif = [b"Exif\0\0".to_vec(), exif.into_inner()].concat();
    let length = (exif.len() as u16 + 2).to_be_bytes();
    [vec![0xff, 0xd8, 0xff, 0xe1], length.to_vec(), exif, vec![0xff, 0xd9]].concat()
}

#[test]
fn pictures_say_where_they_were_taken() {
    let shown = shown("in/IMG_1.jpg", &photo());
    let expected = "\
in/IMG_1.jpg: photo|longitude|latitude|time|camera model
  IMG_1.jpg|116.383333|39.900000|2026-05-01 08:00:00|X1
! content.unexamined  not looked into: the picture
";
    assert_eq!(shown, expected);
    let found = found("IMG_1.jpg", &photo());
    assert_eq!(found, ["location.point", "media.image"]);
}

/// Files that are told from their beginnings, each with what it is.
fn present() -> [(&'static str, Vec<u8>, &'static str); 7] {
    let fastq = b"@r1\nACGT\n+\nIIII\n";
    let vcf = "##fileformat=VCFv4.2\n##source=x\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n\
               chr1\t11856378\trs1801133\tG\tA\t50\tPASS\t.\nchr19\t44908684\trs429358\tT\tC\t50\tPASS\t.\n\
               chr19\t44908822\trs7412\tC\tT\t50\tPASS\t.\n";
    [
        ("a.png", b"\x89PNG\r\n\x1a\n".to_vec(), "media.image"),
        ("call_1.wav", b"RIFF\x10\0\0\0WAVEfmt \0".to_vec(), "media.audio"),
        ("front.mp4", b"\0\0\0\x20ftypisom\0\0".to_vec(), "media.video"),
        ("r.fastq", fastq.to_vec(), "health.genetic"),
        ("r.fastq.gz", gzip(fastq), "health.genetic"),
        ("r.bam", gzip(b"BAM\x01\0\0\0\0"), "health.genetic"),
        ("r.vcf", vcf.as_bytes().to_vec(), "health.genetic"),
    ]
}

#[test]
fn that_they_are_there_is_found() {
    for (name, bytes, class) in present() {
        let found = found(name, &bytes);
        assert!(found.iter().any(|id| id == class), "{name}: {found:?}");
    }
}

/// Opens and reads what bytes may turn out to be, whatever that is.
fn read_through(name: &str, bytes: &[u8]) {
    let object = ObjectRef { uri: name.to_owned(), bytes: bytes.len() as u64, origin: Origin::memory(bytes.to_vec()) };
    let members = match exportscan::read::open(&object) {
        Ok(Opened::Table(source)) => vec![source],
        Ok(Opened::Tables(members)) => members.into_iter().filter_map(|member| member.table.ok()).collect(),
        Ok(Opened::Archive(_)) | Err(_) => Vec::new(),
    };
    for source in members {
        for unit in 0..source.n_units() {
            let outcome = source.read(unit, &mut |_| ControlFlow::Continue(()));
            assert!(outcome.problems.iter().all(|problem| problem.code != ProblemCode::DecoderPanicked), "{name}");
        }
    }
}

#[test]
fn no_byte_of_any_kind_ends_a_scan() {
    let page = "<!DOCTYPE html><html><table><tr><th>a<th>b<tr><td title='x'>c<td>&amp;&#20013;</table><!-- d --><p>e";
    let mut kinds: Vec<(&str, Vec<u8>)> = present().into_iter().map(|(name, bytes, _)| (name, bytes)).collect();
    kinds.push(("a.html", page.as_bytes().to_vec()));
    for (name, whole) in kinds {
        for at in 0..whole.len() {
            for bits in [0xff, 0x01, 0x20] {
                let mut damaged = whole.clone();
                damaged[at] ^= bits;
                read_through(name, &damaged);
            }
            read_through(name, &whole[..at]);
        }
    }
}

#[test]
fn damage_ends_in_rows_and_problems() {
    for whole in [dicom(), photo()] {
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0xff;
            let _ = shown("a", &damaged);
            let cut = shown("a", &whole[..at]);
            assert!(cut.contains("! ") || at < 132, "{at}: {cut}");
        }
    }
}
