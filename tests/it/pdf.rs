//! PDF: pages become lines, and what is on them beside text is told.

use std::collections::BTreeSet;
use std::io::Write as _;

use exportscan::read::{ObjectRef, Options, Origin};
use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::support::tables;

fn shown(bytes: &[u8]) -> String {
    let object = ObjectRef { uri: "a".to_owned(), bytes: bytes.len() as u64, origin: Origin::memory(bytes.to_vec()) };
    tables(&object, &Options::default())
}

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// A compressed stream with further entries of its dictionary.
fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let data = deflated(data);
    let head = format!("<</Length {}/Filter/FlateDecode{entries}>>stream\n", data.len());
    [head.as_bytes(), &data, b"\nendstream"].concat()
}

/// A file of these objects, of which the first is its catalogue.
fn file(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend([format!("{} 0 obj\n", at + 1).as_bytes(), object, b"\nendobj\n"].concat());
    }
    let start = bytes.len();
    let size = objects.len() + 1;
    bytes.extend(
        format!("{table}trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n").into_bytes(),
    );
    bytes
}

const CATALOGUE: &str = "<</Type/Catalog/Pages 2 0 R>>";

/// A file of one page, which is drawn by the fourth object.
fn page(resources: &str, further: &[Vec<u8>]) -> Vec<u8> {
    let page = format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R{resources}>>");
    let first = [CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", &page].map(|object| object.as_bytes().to_vec());
    file(&[&first, further].concat(), "")
}

/// Pages of lines of cells, in a font that tells its characters.
pub(crate) fn printed(pages: &[&[Vec<String>]]) -> Vec<u8> {
    const COLUMNS: [usize; 4] = [40, 120, 330, 470];
    let chars: BTreeSet<char> = pages.iter().copied().flatten().flatten().flat_map(|cell| cell.chars()).collect();
    let chars: Vec<char> = chars.into_iter().collect();
    let code = |char: char| format!("{:04x}", chars.binary_search(&char).unwrap() + 1);
    let entries: Vec<String> =
        chars.iter().map(|char| format!("<{}> <{:04x}>\n", code(*char), u32::from(*char))).collect();
    let map: String =
        entries.chunks(100).map(|own| format!("{} beginbfchar\n{}endbfchar\n", own.len(), own.concat())).collect();
    let map = format!("1 begincodespacerange <0000> <ffff> endcodespacerange\n{map}");
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 6 + 2 * at)).collect();
    let mut objects = vec![
        CATALOGUE.as_bytes().to_vec(),
        format!("<</Type/Pages/Kids[{}]/Count {}/Resources<</Font<</F 3 0 R>>>>>>", kids.join(" "), pages.len()).into(),
        b"<</Type/Font/Subtype/Type0/BaseFont/T/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>".to_vec(),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/T/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
            .to_vec(),
        stream("", map.as_bytes()),
    ];
    for (at, lines) in pages.iter().enumerate() {
        let mut content = "BT /F 10 Tf\n".to_owned();
        for (row, cells) in lines.iter().enumerate() {
            for (cell, x) in cells.iter().zip(COLUMNS) {
                let codes: String = cell.chars().map(code).collect();
                content += &format!("1 0 0 1 {x} {} Tm <{codes}> Tj\n", 800 - 15 * row);
            }
        }
        objects.push(format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R>>", 7 + 2 * at).into());
        objects.push(stream("", (content + "ET").as_bytes()));
    }
    file(&objects, "")
}

/// A page with one of the fonts that every program has.
fn typed(content: &str) -> Vec<u8> {
    let resources = "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>";
    page(resources, &[stream("", content.as_bytes())])
}

#[test]
fn glyphs_become_lines() {
    for (content, lines) in [
        ("BT /F 10 Tf 1 0 0 1 50 700 Tm (second) Tj 1 0 0 1 50 720 Tm (first) Tj ET", "first\n  second\n"),
        ("BT /F 10 Tf 1 0 0 1 90 700 Tm (right) Tj 1 0 0 1 50 700 Tm (left) Tj ET", "left\tright\n"),
        ("BT /F 10 Tf 50 700 Td [(139) -30 (124)] TJ (35687) Tj 14 TL T* (x) Tj ET", "13912435687\n  x\n"),
        ("BT /F 10 Tf 50 700 Td [(two) -400 (words)] TJ ET", "two words\n"),
        ("BT /F 10 Tf 2 Tr 50 700 Td (both) Tj ET", "both\n"),
        ("BT /F 10 Tf 0 1 -1 0 50 100 Tm (turned) Tj 0 1 -1 0 65 100 Tm (again) Tj ET", "turned\n  again\n"),
        ("BT /F 10 Tf 3 Tr 50 700 Td (unseen) Tj ET", "unseen\n"),
    ] {
        let shown = shown(&typed(content));
        let rows = shown.split_once('\n').unwrap().1.replace('|', "\t");
        assert_eq!(rows.trim_start(), lines, "{content}: {shown}");
    }
}

#[test]
fn what_a_page_holds_beside_text_is_told() {
    let picture = "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray";
    let scanned =
        page("/Resources<</XObject<</I 5 0 R>>>>", &[stream("", b"9 0 0 9 0 0 cm /I Do"), stream(picture, &[0])]);
    let shown_scan = shown(&scanned);
    assert!(
        shown_scan.contains("! document.parts_unread  pictures: 1 (page 1), pages without text: 1 (page 1)"),
        "{shown_scan}"
    );

    let notes = "/Annots[<</Type/Annot/Subtype/Text/T(Li)/Contents(call 13912435687)>><</Subtype/Widget/T(tel)/V<FEFF624B673A>>>\
                 <</Subtype/FileAttachment>>]";
    let noted = shown(&page(notes, &[stream("", b"")]));
    assert!(
        noted.contains("Li call 13912435687") && noted.contains("tel 手机") && noted.contains("drawn remarks: 1"),
        "{noted}"
    );

    let font = "<</Type/Font/Subtype/Type0/BaseFont/T/Encoding/Identity-H/DescendantFonts[6 0 R]>>";
    let own = "<</Type/Font/Subtype/CIDFontType2/BaseFont/T/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>";
    let content = stream("", b"BT /F 10 Tf <00410042> Tj ET");
    let silent = shown(&page("/Resources<</Font<</F 5 0 R>>>>", &[content, font.into(), own.into()]));
    assert!(silent.contains("! pdf.text_unread  glyphs: 2, uses of fonts: 0 (page 1)"), "{silent}");
}

#[test]
fn what_cannot_be_read_is_a_problem() {
    let encrypted = file(&[CATALOGUE.into()], "/Encrypt<</Filter/Standard/V 1/R 2>>");
    assert!(shown(&encrypted).contains("! format.encrypted"));
    let whole = printed(&[&[vec!["a".to_owned()]]]);
    assert_eq!(shown(&whole).lines().filter(|line| line.starts_with('!')).count(), 0, "{}", shown(&whole));
    let cut = shown(&whole[..whole.len() - 60]);
    assert!(cut.contains("  a\n") && cut.contains("! pdf.corrupt  its end is missing"), "{cut}");
    assert!(shown(b"%PDF-1.7\n").contains("! pdf.corrupt"));
    let mut damaged = typed("BT /F 10 Tf 50 700 Td (text) Tj ET");
    let at = damaged.windows(7).position(|window| window == b"stream\n").unwrap() + 12;
    damaged[at] ^= 0x55;
    assert!(
        shown(&damaged).contains("! pdf.corrupt  streams that cannot be decoded to their end: 1"),
        "{}",
        shown(&damaged)
    );
}

#[test]
fn bombs_are_refused() {
    let blank = vec![b' '; 300 << 20];
    let once = deflated(&blank);
    let twice = deflated(&once);
    let chained =
        [format!("<</Length {}/Filter[/Fl/FlateDecode]>>stream\n", twice.len()).as_bytes(), &twice, b"\nendstream"]
            .concat();
    let form = stream("/Subtype/Form/BBox[0 0 1 1]", blank.get(..20 << 20).unwrap());
    let objects = stream("/Type/ObjStm/N 1/First 5", &[b"10 0 ", &blank[..]].concat());
    let drawing = || stream("", b"/F Do");
    let bombs = [
        page("", &[stream("", &blank)]),
        page("", &[chained]),
        page("/Resources<</XObject<</F 5 0 R>>>>", &[drawing(), form]),
        page("", &[stream("", b""), objects]),
    ];
    for (at, bomb) in bombs.iter().enumerate() {
        assert!(shown(bomb).contains("! archive.bomb"), "{at}: {}", shown(bomb));
    }
    let width = "<</Subtype/CIDFontType2/W[0 4294967295 500]>>";
    assert!(shown(&page("", &[stream("", b""), width.into()])).contains("! pdf.corrupt"));
}

#[test]
fn drawings_in_drawings_end() {
    let nested = |n: usize| {
        let used = |at: usize| format!("/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</F {} 0 R>>>>", at + 1);
        let mut objects = vec![stream("", b"/F Do")];
        objects.extend((5..45).map(|at| stream(&used(at), &b"/F Do ".repeat(n))));
        objects.push(stream("/Subtype/Form/BBox[0 0 1 1]", b""));
        page("/Resources<</XObject<</F 5 0 R>>>>", &objects)
    };
    let shown_many = shown(&nested(10));
    assert!(shown_many.contains("! archive.bomb page 1"), "{shown_many}");
    assert!(!shown(&nested(1)).contains("archive.bomb"));
    let itself = "/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</F 5 0 R>>>>";
    shown(&page("/Resources<</XObject<</F 5 0 R>>>>", &[stream("", b"/F Do"), stream(itself, b"/F Do")]));
}

#[test]
fn damage_ends_in_rows_and_problems() {
    let whole = printed(&[&[vec!["王小明".to_owned(), "13912435687".to_owned()]]]);
    for at in (0..whole.len()).step_by(5) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x11;
        shown(&damaged);
        shown(&whole[..at]);
    }
    let tree = "<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 100000>>";
    let looped = shown(&file(&[CATALOGUE.into(), tree.into(), "<</Type/Page/Parent 2 0 R>>".into()], ""));
    assert!(looped.contains("! pdf.corrupt  pages: 100000, of which 1 are found"), "{looped}");
    let long = "<</Length 4294967295>>stream\nBT ET\nendstream";
    assert!(!shown(&page("", &[long.into()])).contains("decoder.failed"));
    let deep = format!("<</A {}{}>>", "[".repeat(400), "]".repeat(400));
    assert!(shown(&page("", &[stream("", b""), deep.into()])).contains("! pdf.corrupt"));
}
