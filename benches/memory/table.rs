//! Tables of any length, written as they are made, and the peak of the memory of a program that scans them.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

/// The persons of whom a table is, who come again and again.
const PERSONS: u64 = 100_000;

/// The rows that are made at once.
const BATCH_ROWS: u64 = 8192;

/// A form of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Parquet with zstd, all rows in one row group.
    Parquet,
    /// Text with commas.
    Csv,
    /// One list of objects.
    Json,
}

impl Form {
    /// All forms.
    pub(crate) const ALL: [Self; 3] = [Self::Parquet, Self::Csv, Self::Json];

    /// The name of a file of this form.
    pub(crate) const fn file(self) -> &'static str {
        match self {
            Self::Parquet => "one_row_group.parquet",
            Self::Csv => "table.csv",
            Self::Json => "array.json",
        }
    }
}

struct Row {
    id: String,
    mobile: String,
    note: String,
    amounts: [f64; 8],
}

/// A mix of the bits of a number, the same in every run (splitmix64).
fn mixed(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

fn person(at: u64) -> u64 {
    mixed(at) % PERSONS
}

/// How many persons are in so many rows.
pub(crate) fn persons(rows: u64) -> u64 {
    (0..rows).map(person).collect::<BTreeSet<u64>>().len() as u64
}

fn row(at: u64) -> Row {
    const WEIGHTS: [u64; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const WORDS: [&str; 8] =
        ["客户来电咨询", "已经回复", "等待处理", "转交相关部门", "资料齐全", "约定回访", "无异常", "补充说明"];
    let person = person(at);
    // Two thousand are born in each year, one half of them after June.
    let (year, month, day) = (1940 + person / 2000, person / 1000 % 2 * 6 + person % 6 + 1, person % 28 + 1);
    let body = format!("110105{year}{month:02}{day:02}{:03}", person % 1000);
    let sum: u64 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u64::from(digit - b'0') * weight).sum();
    let check = char::from(b"10X98765432"[(sum % 11) as usize]);
    let words = (0..6).map(|word| WORDS[(mixed(at * 8 + word) % 8) as usize]);
    Row {
        id: format!("{body}{check}"),
        mobile: format!("139{:08}", 10_000_019 + person * 7),
        note: words.collect::<Vec<_>>().join("，"),
        amounts: std::array::from_fn(|column| (mixed(at ^ (column as u64) << 40) % 10_000_000) as f64 / 100.0),
    }
}

/// Writes a table of about so many bytes, before any compression; gives its rows.
pub(crate) fn write(form: Form, bytes: u64, path: &Path) -> u64 {
    let file = BufWriter::new(File::create(path).unwrap());
    match form {
        Form::Parquet => write_parquet(bytes, file),
        Form::Csv => write_lines(bytes, file, ("id_no,mobile,note,a,b,c,d,e,f,g,h\n", "", ""), |at| {
            let Row { id, mobile, note, amounts } = row(at);
            format!("{id},{mobile},{note},{}\n", amounts.map(|amount| amount.to_string()).join(","))
        }),
        Form::Json => write_lines(bytes, file, ("[", ",\n", "]"), |at| {
            let Row { id, mobile, note, amounts } = row(at);
            let named = "abcdefgh".chars().zip(amounts).map(|(name, amount)| format!(",\"{name}\":{amount}"));
            let amounts = named.collect::<Vec<_>>().concat();
            format!("{{\"id_no\":\"{id}\",\"mobile\":\"{mobile}\",\"note\":\"{note}\"{amounts}}}")
        }),
    }
}

fn write_lines(
    bytes: u64,
    mut file: impl Write,
    (begin, between, end): (&str, &str, &str),
    line: impl Fn(u64) -> String,
) -> u64 {
    file.write_all(begin.as_bytes()).unwrap();
    let (mut rows, mut written) = (0, 0);
    while written < bytes {
        let line = line(rows);
        file.write_all(if rows > 0 { between.as_bytes() } else { b"" }).unwrap();
        file.write_all(line.as_bytes()).unwrap();
        written += line.len() as u64;
        rows += 1;
    }
    file.write_all(end.as_bytes()).unwrap();
    file.flush().unwrap();
    rows
}

fn write_parquet(bytes: u64, file: impl Write + Send) -> u64 {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(None)
        .build();
    let mut writer = ArrowWriter::try_new(file, batch(0).schema(), Some(properties)).unwrap();
    let (mut rows, mut written) = (0, 0);
    while written < bytes {
        let batch = batch(rows);
        writer.write(&batch).unwrap();
        written += batch.get_array_memory_size() as u64;
        rows += BATCH_ROWS;
    }
    assert_eq!(writer.close().unwrap().num_row_groups(), 1);
    rows
}

fn batch(from: u64) -> RecordBatch {
    let rows: Vec<Row> = (from..from + BATCH_ROWS).map(row).collect();
    let text =
        |of: fn(&Row) -> &String| Arc::new(rows.iter().map(|row| Some(of(row))).collect::<StringArray>()) as ArrayRef;
    let texts = [("id_no", text(|row| &row.id)), ("mobile", text(|row| &row.mobile)), ("note", text(|row| &row.note))];
    let numbers = ["a", "b", "c", "d", "e", "f", "g", "h"].into_iter().enumerate().map(|(at, name)| {
        (name, Arc::new(rows.iter().map(|row| row.amounts[at]).collect::<Float64Array>()) as ArrayRef)
    });
    RecordBatch::try_from_iter(texts.into_iter().chain(numbers)).unwrap()
}

/// What a scan by the program came to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scanned {
    pub(crate) rows: u64,
    pub(crate) persons: u64,
    /// The most memory that the process ever had (`VmHWM`), in bytes.
    pub(crate) peak: u64,
}

/// Scans a file with `threads` threads, to its end.
pub(crate) fn scan(program: &Path, path: &Path, threads: usize) -> Scanned {
    let (report, peak) = report_and_peak(program, path, threads);
    assert_eq!(report["coverage"]["complete"], true, "{}", report["coverage"]);
    let number = |value: &serde_json::Value| value.as_u64().unwrap();
    Scanned { rows: number(&report["coverage"]["rows_read"]), persons: number(&report["persons"]["best"]), peak }
}

/// The report of a scan, and the most memory that it had, in bytes, which is looked at until the process ends.
pub(crate) fn report_and_peak(program: &Path, path: &Path, threads: usize) -> (serde_json::Value, u64) {
    let report = tempfile::NamedTempFile::new().unwrap();
    let mut child = Command::new(program)
        .args(["scan", "--format", "json", "--no-config", "--no-progress", "--threads", &threads.to_string()])
        .arg(path)
        .stdout(Stdio::from(report.reopen().unwrap()))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        peak = peak_of(child.id()).unwrap_or(peak);
        std::thread::sleep(Duration::from_millis(5));
    }
    (serde_json::from_reader(report).unwrap(), peak)
}

fn peak_of(process: u32) -> Option<u64> {
    let status = BufReader::new(File::open(format!("/proc/{process}/status")).ok()?);
    let line = status.lines().map_while(Result::ok).find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}
