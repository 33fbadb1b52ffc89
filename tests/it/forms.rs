//! One table in every form that is read gives the same persons and the same classes.

use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use encoding_rs::GB18030;
use exportscan::tally::Totals;
use parquet::arrow::ArrowWriter;

use crate::archives::pack::{gzip, tar_of, zip_of};
use crate::avro::file as avro_file;
use crate::documents::letter;
use crate::ipc::file as arrow_file;
use crate::orc::file as orc_file;
use crate::pdf::printed;
use crate::persons::{mobile, resident};
use crate::sheet::{row, text, workbook};
use crate::sqlite::database;
use crate::support::{Cut, classes, scan_path};

const HEADER: [&str; 4] = ["客户姓名", "身份证号", "手机号", "诊断"];

const PERSONS: u32 = 40;

/// The table: each person twice.
fn rows() -> Vec<[String; 4]> {
    const FAMILY: [&str; 8] = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄"];
    const GIVEN: [&str; 5] = ["小明", "建国", "丽华", "志强", "秀英"];
    const ILLNESS: [&str; 4] = ["高血压", "2型糖尿病", "急性阑尾炎", "肺炎"];
    let of = |words: &[&str], n: u32| words[n as usize % words.len()].to_owned();
    let person = |n: u32| [of(&FAMILY, n) + &of(&GIVEN, n / 8), resident(n), mobile(n), of(&ILLNESS, n * 7)];
    (0..2 * PERSONS).map(|n| person(n % PERSONS)).collect()
}

fn cells() -> Vec<Vec<String>> {
    rows().into_iter().map(Vec::from).collect()
}

fn csv() -> String {
    let lines = rows().into_iter().map(|row| row.join(","));
    [HEADER.join(",")].into_iter().chain(lines).map(|line| line + "\r\n").collect()
}

fn mysql() -> String {
    let values: Vec<String> = rows().iter().map(|row| format!("('{}')", row.join("', '"))).collect();
    let columns = HEADER.map(|name| format!("`{name}` varchar(64)")).join(", ");
    format!("CREATE TABLE `患者` ({columns});\nINSERT INTO `患者` VALUES {};\n", values.join(",\n"))
}

fn postgres() -> String {
    let lines: String = rows().iter().map(|row| row.join("\t") + "\n").collect();
    format!(
        "--\n-- PostgreSQL database dump\n--\nCOPY public.p (\"{}\") FROM stdin;\n{lines}\\.\n",
        HEADER.join("\", \"")
    )
}

fn xml() -> String {
    let cell = |(name, cell): (&&str, String)| format!("<{name}>{cell}</{name}>");
    let row = |row: [String; 4]| format!("<row>{}</row>", HEADER.iter().zip(row).map(cell).collect::<String>());
    format!("<list>\n{}\n</list>", rows().into_iter().map(row).collect::<String>())
}

fn page() -> String {
    let row = |cells: &[String]| format!("<tr><td>{}</td></tr>\n", cells.join("</td>\n<td>"));
    let body: String = rows().iter().map(|cells| row(cells)).collect();
    format!("<html><body><table>{}{body}</table></body></html>", row(&HEADER.map(str::to_owned)))
}

fn sheet() -> Vec<u8> {
    let header = HEADER.map(str::to_owned);
    let rows = [header].into_iter().chain(rows()).enumerate();
    workbook(rows.map(|(at, cells)| row(at + 1, &cells.map(|cell| text(&cell)))).collect())
}

fn pages() -> Vec<u8> {
    let lines = [vec![HEADER.map(str::to_owned).to_vec()], cells()].concat();
    printed(&lines.chunks(40).collect::<Vec<_>>())
}

fn batch() -> RecordBatch {
    let rows = rows();
    let columns = HEADER.iter().enumerate().map(|(at, name)| {
        let cells: StringArray = rows.iter().map(|row| Some(row[at].as_str())).collect();
        (*name, Arc::new(cells) as ArrayRef)
    });
    RecordBatch::try_from_iter(columns).unwrap()
}

fn parquet() -> Vec<u8> {
    let batch = batch();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

/// Every form: the name of a file, and its bytes.
fn forms() -> Vec<(&'static str, Vec<u8>)> {
    let csv = csv();
    let wide = |unit: fn(u16) -> [u8; 2]| [0xfeff].into_iter().chain(csv.encode_utf16()).flat_map(unit).collect();
    vec![
        ("utf8.csv", csv.clone().into_bytes()),
        ("mark.csv", format!("\u{feff}{csv}").into_bytes()),
        ("gb18030.csv", GB18030.encode(&csv).0.into_owned()),
        ("utf16le.csv", wide(u16::to_le_bytes)),
        ("utf16be.csv", wide(u16::to_be_bytes)),
        ("utf32.csv", csv.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()),
        ("tabs.tsv", csv.replace(',', "\t").into_bytes()),
        ("table.parquet", parquet()),
        ("mysql.sql", mysql().into_bytes()),
        ("gbk.sql", GB18030.encode(&mysql()).0.into_owned()),
        ("postgres.sql", postgres().into_bytes()),
        ("book.xlsx", sheet()),
        ("table.arrow", arrow_file(&[batch()], None)),
        ("table.avro", avro_file(&HEADER, &cells())),
        ("table.orc", orc_file(&HEADER, &cells())),
        ("list.xml", xml().into_bytes()),
        ("gbk.xml", GB18030.encode(&xml()).0.into_owned()),
        ("table.db", database(&HEADER, &cells())),
        ("page.html", page().into_bytes()),
        ("letter.docx", letter(&HEADER, &cells())),
        ("pages.pdf", pages()),
    ]
}

/// The figures, and what is found.
fn seen(totals: &Totals) -> ([u64; 3], u64, Vec<String>) {
    let figures = totals.census.figures(|_| true);
    let mut found = classes(totals, "");
    found.dedup();
    ([figures.at_least, figures.best, figures.at_most], totals.unattributed.values().sum(), found)
}

fn scan(name: &str, bytes: &[u8]) -> ([u64; 3], u64, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let totals = scan_path(Path::new(folder.path()), Cut::default());
    assert!(totals.coverage.problems.is_empty(), "{name}: {:?}", totals.coverage.problems);
    seen(&totals)
}

#[test]
fn every_form_gives_the_same() {
    let classes = ["contact.mobile", "health.diagnosis", "health.record", "identity.resident_id", "person.name"];
    let persons = u64::from(PERSONS);
    for (name, bytes) in forms() {
        let (figures, unattributed, found) = scan(name, &bytes);
        assert_eq!((figures, unattributed), ([persons; 3], 0), "{name}");
        for class in classes {
            assert!(found.iter().any(|id| id == class), "{name}: {class} in {found:?}");
        }
        let of_csv = scan("utf8.csv", csv().as_bytes());
        assert_eq!(found, of_csv.2, "{name}");
        let zip = scan("a.zip", &zip_of(&[(name, &bytes)]));
        let tar = scan("a.tar.gz", &gzip(&tar_of(&[(name, &bytes)])));
        assert_eq!((&zip, &tar), (&of_csv, &of_csv), "{name} in an archive");
    }
}
