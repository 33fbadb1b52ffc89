//! What people write: pages and documents become lines, and identifiers in them are found.

use std::path::Path;

use exportscan::read::{ObjectRef, Options, Origin};

use crate::archives::pack::zip_of;
use crate::pdf::printed;
use crate::support::{Cut, classes, scan_path, tables};

fn shown(name: &str, bytes: &[u8]) -> String {
    let object = ObjectRef { uri: name.to_owned(), bytes: bytes.len() as u64, origin: Origin::memory(bytes.to_vec()) };
    tables(&object, &Options::default())
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<?xml version='1.0'?><w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    zip_of(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

fn paragraph(text: &str) -> String {
    let (first, second) = text.split_at(text.char_indices().nth(1).map_or(0, |(at, _)| at));
    format!("<w:p><w:r><w:t>{first}</w:t></w:r><w:r><w:t xml:space='preserve'>{second}</w:t></w:r></w:p>")
}

/// A letter with one table.
pub(crate) fn letter(header: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let cell = |cell: &str| format!("<w:tc>{}</w:tc>", paragraph(cell));
    let row = |cells: Vec<String>| format!("<w:tr>{}</w:tr>", cells.concat());
    let header = row(header.iter().map(|name| cell(name)).collect());
    let body: String = rows.iter().map(|cells| row(cells.iter().map(|text| cell(text)).collect())).collect();
    docx(&format!("<w:tbl>{header}{body}</w:tbl>"))
}

const SENTENCES: [&str; 3] =
    ["客户王小明来电，身份证号11010519491231002X。", "请拨打手机 13912435687，谢谢。", "The report is due on Monday."];

fn found(name: &str, bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let totals = scan_path(Path::new(folder.path()), Cut::default());
    assert!(totals.coverage.problems.is_empty(), "{name}: {:?}", totals.coverage.problems);
    classes(&totals, "")
}

#[test]
fn identifiers_in_prose_are_found() {
    let text = SENTENCES.join("\n");
    let log: String = SENTENCES.iter().map(|line| format!("2026-11-23 12:00:00 INFO svc - {line}\n")).collect();
    let markdown = format!("# Notes\n\n- {}\n", SENTENCES.join("\n- "));
    let page = format!("<!DOCTYPE html><html><body><p>{}</p></body></html>", SENTENCES.join("</p><p>"));
    let letter = docx(&SENTENCES.map(paragraph).concat());
    let slide = format!("<p:sld><a:p><a:t>{}</a:t></a:p></p:sld>", SENTENCES.join("</a:t></a:p><a:p><a:t>"));
    let slides = zip_of(&[("ppt/presentation.xml", b"<p/>"), ("ppt/slides/slide1.xml", slide.as_bytes())]);
    let printed = printed(&[&SENTENCES.map(|line| vec![line.to_owned()])]);
    let forms: [(&str, &[u8]); 7] = [
        ("a.txt", text.as_bytes()),
        ("a.log", log.as_bytes()),
        ("a.md", markdown.as_bytes()),
        ("a.html", page.as_bytes()),
        ("a.docx", &letter),
        ("a.pptx", &slides),
        ("a.pdf", &printed),
    ];
    for (name, bytes) in forms {
        assert_eq!(found(name, bytes), ["contact.mobile", "identity.resident_id"], "{name}");
    }
}

#[test]
fn pages_become_lines() {
    for (html, lines) in [
        ("<html><p>a<b>b</b> c</p>\n<p>d &lt; e&nbsp;&#20013;</p>", "ab c\nd < e 中\n"),
        ("<div>a<br>b<!-- c --></div>", "a\nb c\n"),
        ("<div><script>if (a<b) call('13800001111')</script>x</div>", "if (a<b) call('13800001111')\nx\n"),
        ("<p>1 < 2</p>", "1 < 2\n"),
        ("<p><input name='tel' value='13800001111'><a href=\"mailto:a@b.cn\">x</a></p>", "13800001111 a@b.cn x\n"),
        ("<p>a</p", "a\n"),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>e", "a\tb\nc\td\ne\n"),
        ("<table><tr><td>1<td>2<tbody><tr><td>c<td><table><tr><td>d<td>e</table>f</table>", "1\t2\nc\td e f\n"),
        ("<table><td>a</td><td>b</td></table>c", "a\tb\nc\n"),
    ] {
        let shown = shown("a.html", html.as_bytes());
        // What stands behind a table is a shorter row of it.
        let shown = shown.replace('|', "\t").replace("\t~", "");
        let rows = shown.lines().skip(1).filter(|line| !line.starts_with("! text.ragged"));
        let rows: String = rows.map(|line| line.trim_start().to_owned() + "\n").collect();
        assert_eq!(rows, lines, "{html}: {shown}");
    }
}

#[test]
fn pages_say_how_they_are_encoded() {
    // The second bytes of these characters are letters.
    let text = encoding_rs::GB18030.encode("丂丄丅 丆丏丒").0.into_owned();
    let page = |head: &[u8]| [b"<html>", head, b"<p>", &text].concat();
    assert!(shown("a.html", &page(b"<meta charset=gbk>")).contains("丂丄丅 丆丏丒"));
    assert!(!shown("a.html", &page(b"")).contains("丂"));
}

#[test]
fn what_a_document_holds_beside_text_is_told() {
    let files: [(&str, &[u8]); 3] = [
        ("word/document.xml", b"<w:p><w:t>x</w:t></w:p>"),
        ("word/media/image1.png", b"\x89PNG"),
        ("word/comments.xml", b"<w:p><w:t>y</w:t></w:p>"),
    ];
    let shown = shown("a.docx", &zip_of(&files));
    assert!(shown.contains("! document.parts_unread") && shown.contains("  y\n"), "{shown}");
}

#[test]
fn damage_ends_in_rows_and_problems() {
    let letter = docx(&SENTENCES.map(paragraph).concat());
    for at in (0..letter.len()).step_by(7) {
        let mut damaged = letter.clone();
        damaged[at] ^= 0xff;
        let object = |bytes: &[u8]| ObjectRef {
            uri: "a".to_owned(),
            bytes: bytes.len() as u64,
            origin: Origin::memory(bytes.to_vec()),
        };
        let _ = exportscan::read::open(&object(&damaged));
        let _ = exportscan::read::open(&object(&letter[..at]));
    }
    let broken = docx("<w:p><w:t>x</w:t></w:q>");
    assert!(shown("a.docx", &broken).contains("! xml.malformed"));
}
