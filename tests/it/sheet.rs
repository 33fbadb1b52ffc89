//! Workbooks: every sheet with its header and rows, and nothing that stands in them unsaid.

use std::time::{Duration, Instant};

use exportscan::read::{Limits, ObjectRef, Options, Origin};

use crate::archives::pack::{entry, zip, zip_of};
use crate::support::{Cut, corpus, scan_path, tables};

/// A sheet: its name, whether it is hidden, its rows and what stands behind them, as XML.
type Sheet<'a> = (&'a str, bool, String, &'a str);

/// The row with this number, of cells as XML.
pub(crate) fn row(number: usize, cells: &[String]) -> String {
    let cells = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    let column = |at: usize| char::from(b'A' + at as u8);
    let cells: String =
        cells.map(|(at, cell)| cell.replacen("<c", &format!("<c r=\"{}{number}\"", column(at)), 1)).collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

/// A cell with text.
pub(crate) fn text(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A cell with a number, in a style: 0 is none, 1 is a date.
pub(crate) fn number(number: &str, style: u8) -> String {
    format!("<c s=\"{style}\"><v>{number}</v></c>")
}

/// The files of a workbook.
fn files(sheets: &[Sheet<'_>]) -> Vec<(String, String)> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut list, mut links, mut files) = (String::new(), String::new(), Vec::new());
    for (at, (name, hidden, rows, behind)) in sheets.iter().enumerate() {
        let n = at + 1;
        let state = if *hidden { " state=\"hidden\"" } else { "" };
        list += &format!("<sheet name=\"{name}\" sheetId=\"{n}\"{state} r:id=\"r{n}\"/>");
        links += &format!("<Relationship Id=\"r{n}\" Type=\"{LINKS}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>");
        let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData>{behind}</worksheet>");
        files.push((format!("xl/worksheets/sheet{n}.xml"), sheet));
    }
    links += &format!("<Relationship Id=\"s\" Type=\"{LINKS}/styles\" Target=\"styles.xml\"/>");
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
    );
    let book = format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><sheets>{list}</sheets></workbook>");
    let root = format!(
        "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{LINKS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    files.insert(0, ("[Content_Types].xml".to_owned(), types.to_owned()));
    files.push(("_rels/.rels".to_owned(), root));
    files.push(("xl/workbook.xml".to_owned(), book));
    files.push(("xl/styles.xml".to_owned(), styles));
    let links = format!("<Relationships xmlns=\"{PACKAGE}\">{links}</Relationships>");
    files.push(("xl/_rels/workbook.xml.rels".to_owned(), links));
    files
}

/// A workbook of one sheet.
pub(crate) fn workbook(rows: String) -> Vec<u8> {
    xlsx(&[("Sheet1", false, rows, "")], &[])
}

fn xlsx(sheets: &[Sheet<'_>], further: &[(&str, &[u8])]) -> Vec<u8> {
    let files = files(sheets);
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zip_of(&[&files, further].concat())
}

fn object(name: &str, bytes: Vec<u8>) -> ObjectRef {
    ObjectRef { uri: name.to_owned(), bytes: bytes.len() as u64, origin: Origin::memory(bytes) }
}

fn check(name: &str, bytes: Vec<u8>, expected: &str) {
    let object = object(name, bytes);
    for batch_rows in [1, 8192] {
        let options = Options { batch_rows, ..Options::default() };
        assert_eq!(tables(&object, &options), expected);
    }
}

#[test]
fn every_sheet_is_a_table() {
    let people = [
        row(1, &[text("客户名单")]),
        row(3, &[text("姓名"), text("身份证号"), text("出生日期"), text("金额"), String::new(), text("备注")]),
        row(4, &[text("张三"), text("11010519491231002X"), number("18262", 1), number("1234.5", 0)]),
        row(5, &[text("李四"), number("4.4052418800101E+17", 0), number("18262.5", 1), number("30", 0)]),
        row(6, &[String::new(), text("4.40524E+17"), String::new(), "<c><f>A1</f><v>3</v></c>".to_owned()]),
        row(9, &[text("王五"), String::new(), String::new(), String::new(), String::new(), text("a&b <x>")]),
    ];
    let hidden = row(1, &[text("a"), text("b")]) + &row(2, &[number("1", 0), number("2", 0)]);
    let merged = "<mergeCells count=\"1\"><mergeCell ref=\"A5:A6\"/></mergeCells>";
    let bytes = xlsx(
        &[("客户/2026", false, people.concat(), merged), ("旧", true, hidden, ""), ("空", false, String::new(), "")],
        &[],
    );
    let expected = "\
a.csv#客户\u{2215}2026: 姓名|身份证号|出生日期|金额|备注
  张三|11010519491231002X|1949-12-30|1234.5|~
  李四|440524188001010000|1949-12-30 12:00:00|30|~
  李四|4.40524E+17|~|3|~
  王五|~|~|~|a&b <x>
! sheet.damaged_numbers  cells with numbers that have lost digits: 2
! text.preamble  lines above the table that were not read as rows: 1
! format.mismatch  content is xlsx, the extension says text
a.csv#旧: a|b
  1|2
a.csv#空: 
";
    check("a.csv", bytes, expected);
}

#[test]
fn what_is_no_cell_is_said() {
    let rows = row(1, &[text("a"), text("b")]) + &row(2, &[number("1", 0), number("2", 0)]);
    let further: [(&str, &[u8]); 3] =
        [("xl/comments1.xml", b"<c/>"), ("xl/media/image1.png", b"png"), ("xl/embeddings/a.docx", b"docx")];
    let expected = "\
a.xlsx#S: a|b
  1|2
! sheet.parts_unread  sets of comments: 1, pictures: 1, embedded files: 1
";
    check("a.xlsx", xlsx(&[("S", false, rows, "")], &further), expected);
}

#[test]
fn damage_is_a_problem_and_what_stands_before_it_is_read() {
    let rows = row(1, &[text("a"), text("b")]) + &row(2, &[number("1", 0), number("2", 0)]) + "<row><c r=\"A3\"><v>";
    let shown = tables(&object("a.xlsx", xlsx(&[("S", false, rows, "")], &[])), &Options::default());
    assert!(shown.starts_with("a.xlsx#S: a|b\n  1|2\n! sheet.corrupt"), "{shown}");
}

#[test]
fn what_unfolds_beyond_measure_is_refused() {
    let limits = Limits { held_bytes: 10_000, unpacked_bytes: 100_000, unpacked_ratio: 1, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let refused = |bytes: Vec<u8>, what: &str| {
        let shown = tables(&object("a.xlsx", bytes), &options);
        assert!(shown.contains(what), "{shown}");
    };
    let rows: String = (1..40).map(|n| row(n, &[text(&"x".repeat(1000))])).collect();
    refused(xlsx(&[("S", false, rows, "")], &[]), "object.too_large");
    let rows: String = (1..400).map(|n| row(n, &[text(&"x".repeat(1000))])).collect();
    refused(xlsx(&[("S", false, rows, "")], &[]), "object.too_large");
    let strings = vec![b' '; 20_000];
    refused(xlsx(&[("S", false, String::new(), "")], &[("xl/sharedStrings.xml", &strings)]), "object.too_large");
    // Two cells span the whole sheet.
    let far: String = (1..100_001).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>1</v></c></row>")).collect();
    let far = format!("{far}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>");
    let shown = tables(&object("a.xlsx", workbook(far)), &Options { batch_rows: 8192, ..Options::default() });
    assert!(shown.lines().count() > 100_000, "few columns hold something");
    // The directory says less than there is.
    let mut lying: Vec<_> =
        files(&[("S", false, String::new(), "")]).iter().map(|(name, text)| entry(name, 8, text.as_bytes())).collect();
    lying.push(entry("xl/sharedStrings.xml", 8, &strings));
    lying.last_mut().unwrap().unpacked = 10;
    refused(zip(&lying), "archive.corrupt");
}

#[test]
fn every_workbook_of_the_corpus_ends_in_rows_or_a_problem() {
    let Some(corpus) = corpus() else { return };
    let started = Instant::now();
    let totals = scan_path(&corpus.join("hostile/calamine"), Cut::default());
    assert!(started.elapsed() < Duration::from_mins(2));
    let coverage = &totals.coverage;
    for file in std::fs::read_dir(corpus.join("hostile/calamine/tests")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let is_named = |uri: &str| uri.split('#').next().unwrap_or_default().ends_with(&format!("/{name}"));
        let is_told = totals.objects.iter().any(|object| is_named(&object.uri))
            || coverage.problems.iter().any(|problem| is_named(&problem.object));
        assert!(is_told, "{name}");
    }
    let of = |code: &str| {
        let named = coverage.problems.iter().filter(|problem| problem.code.id() == code);
        let mut names: Vec<&str> = named.map(|problem| problem.object.rsplit('/').next().unwrap_or_default()).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(of("decoder.failed"), [""; 0]);
    assert_eq!(
        of("format.encrypted"),
        ["issue_385.xls", "pass_protected.ods", "pass_protected.xlsb", "pass_protected.xlsx"]
    );
}
