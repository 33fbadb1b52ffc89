//! What a scan promises whatever the data: the same findings however it is cut, one person counted once, nothing raw let out.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use exportscan::decide::{Category, Status, decide};
use exportscan::model::{Facts, Industry};
use exportscan::scan::Progress;
use exportscan::tally::Totals;

use crate::support::{Cut, json, lists, scan_noting, scan_path};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// A resident ID that passes every check; different for every `n` below 10 million.
pub(crate) fn resident_id(n: u32) -> String {
    let areas = ["110105", "310104", "440305", "510107", "330106"];
    let (area, day, sequence) = (areas[n as usize % 5], n / 5 % 10_000, n / 50_000);
    let (year, month, day) = (1960 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
    let body = format!("{area}{year}{month:02}{day:02}{:03}", sequence + 1);
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[sum as usize % 11]))
}

fn mobile(n: u32) -> String {
    format!("139{:08}", 10_406_070 + n * 37)
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

fn best(totals: &Totals) -> u64 {
    totals.census.figures(|_| true).best
}

fn facts() -> Facts {
    Facts {
        ciio: Some(false),
        zone_registered: Some(true),
        industry: Some(Industry::Automotive),
        important_data: Some(false),
        ..Facts::default()
    }
}

#[test]
fn cuts_threads_and_secrets_change_no_byte() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo/outbound");
    let whole = json(scan_path(&demo, Cut::default()), facts());
    let cuts = [
        Cut { threads: 1, ..Cut::default() },
        Cut { threads: 4, batch_rows: 100, ..Cut::default() },
        Cut { batch_rows: 7, range_bytes: 3000, ..Cut::default() },
        Cut { threads: 3, range_bytes: 20_000, secret: [201; 16], ..Cut::default() },
    ];
    for cut in cuts {
        assert!(json(scan_path(&demo, cut), facts()) == whole, "{cut:?}");
    }
}

/// What a format may not change: what each column holds, how often, and who is counted.
fn findings(totals: &Totals) -> BTreeSet<String> {
    let mut findings: BTreeSet<String> = totals
        .objects
        .iter()
        .flat_map(|object| &object.columns)
        .flat_map(|column| {
            column.classes.iter().map(move |f| {
                format!("{} {} {} {} {} {:?}", column.name, f.class, f.confidence, f.matches, f.distinct, f.samples)
            })
        })
        .collect();
    // The folders have other names.
    let mut census = totals.census.clone();
    census.merging.data_sets.clear();
    findings.insert(format!("{census:?}"));
    findings
}

#[test]
fn an_object_that_is_like_its_head_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut csv = "姓名,身份证号,手机号,备注\n".to_owned();
    for n in 0..40_000 {
        writeln!(csv, "{},{},{},无异常", ["王伟", "李娜", "张敏"][n as usize % 3], resident_id(n), mobile(n)).unwrap();
    }
    write(folder.path(), "t.csv", &csv);
    let read = AtomicU64::new(0);
    let note = |progress: Progress| {
        if let Progress::Bytes(bytes) = progress {
            read.fetch_add(bytes, Ordering::Relaxed);
        }
    };
    scan_noting(folder.path(), Cut { range_bytes: 100_000, ..Cut::default() }, &note);
    assert_eq!(read.into_inner(), csv.len() as u64);
}

#[test]
fn csv_and_parquet_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let headers = ["姓名", "身份证号", "手机号", "订单编号", "备注"];
    let rows: Vec<[String; 5]> = (0..30_000_u32)
        .map(|n| {
            let person = n % 20_000;
            let name = ["王伟", "李娜", "张敏", "刘洋"][person as usize % 4].to_owned();
            let remark = if n % 7 == 0 { format!("请回电{}，谢谢", mobile(n)) } else { "无异常".to_owned() };
            [name, resident_id(person), mobile(person), format!("{:018}", u64::from(n) * 9_176_543_211_117), remark]
        })
        .collect();
    let mut csv = headers.join(",") + "\n";
    for row in &rows {
        writeln!(csv, "{}", row.join(",")).unwrap();
    }
    std::fs::create_dir(folder.path().join("csv")).unwrap();
    std::fs::create_dir(folder.path().join("parquet")).unwrap();
    write(&folder.path().join("csv"), "t.csv", &csv);
    let schema = Arc::new(Schema::new(headers.map(|name| Field::new(name, DataType::Utf8, true)).to_vec()));
    let column = |at: usize| Arc::new(StringArray::from_iter_values(rows.iter().map(|row| &row[at]))) as ArrayRef;
    let batch = RecordBatch::try_new(Arc::clone(&schema), (0..5).map(column).collect()).unwrap();
    let file = std::fs::File::create(folder.path().join("parquet/t.parquet")).unwrap();
    let properties = parquet::file::properties::WriterProperties::builder().set_max_row_group_row_count(Some(9_000));
    let mut writer = parquet::arrow::ArrowWriter::try_new(file, schema, Some(properties.build())).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let from_csv = scan_path(&folder.path().join("csv"), Cut { range_bytes: 200_000, ..Cut::default() });
    let from_parquet = scan_path(&folder.path().join("parquet"), Cut::default());
    assert_eq!(best(&from_csv), 20_000);
    assert_eq!(findings(&from_csv), findings(&from_parquet));
}

#[test]
fn one_person_however_the_number_is_written() {
    let cases: [(&str, &str, u64); 7] = [
        ("身份证号\n110105491231002\n11010519491231002X\n11010519491231002x\n", "15 and 18 digits, x and X", 1),
        ("身份证号\n11010519491231002X\n１１０１０５１９４９１２３１００２Ｘ\n", "full width", 1),
        ("身份证号\n11010519491231002X\n110105 19491231 002X\n110105-19491231-002X\n", "blanks and dashes", 1),
        (
            "姓名,身份证号,联系电话\n王伟,11010519491231002X,13912045716\n李娜,440524188001010014,13912045716\n",
            "a family's telephone",
            2,
        ),
        (
            "收件人姓名,收件人电话,寄件人姓名,寄件人电话\n王伟,13912045716,李娜,13912045733\n李娜,13912045733,王伟,13912045716\n",
            "sender and receiver",
            2,
        ),
        ("手机号\n13912045716\n+8613912045716\n139-1204-5716\n", "country code", 1),
        ("订单编号\n673883045255652374\n714196002198265594\n103359771130954709\n", "order numbers", 0),
    ];
    for (csv, what, persons) in cases {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "t.csv", csv);
        assert_eq!(best(&scan_path(folder.path(), Cut::default())), persons, "{what}");
    }
}

#[test]
fn thresholds_fall_on_the_right_side() {
    let cases = [(9_999, Category::II, "auto.II.pi.2"), (10_000, Category::I, "auto.I.pi.2")];
    for (persons, category, row) in cases {
        let folder = tempfile::tempdir().unwrap();
        let mut csv = "身份证号\n".to_owned();
        (0..persons).for_each(|n| writeln!(csv, "{}", resident_id(n)).unwrap());
        write(folder.path(), "t.csv", &csv);
        let totals = scan_path(folder.path(), Cut::default());
        assert_eq!(best(&totals), u64::from(persons));
        let decision = decide(&lists(), &totals, &facts());
        assert_eq!((decision.verdict.category, decision.verdict.certain), (category, true), "{persons}");
        let reached = decision.lists[0].rows.iter().find(|outcome| outcome.id == row).unwrap();
        assert_eq!(reached.status, Status::Reached, "{persons}");
    }
}

fn run(folder: &Path, temporary: &Path, format: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_exportscan"))
        .args(["scan", "--no-progress", "--format", format, "--out"])
        .arg(folder.join("report"))
        .arg(folder.join("data"))
        .env("TMPDIR", temporary)
        .output()
        .unwrap()
}

#[test]
fn nothing_raw_gets_out() {
    let (folder, temporary) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let secrets = [
        resident_id(4711),
        mobile(4711),
        "张三丰旦".to_owned(),
        "zhang.sanfeng@example.com".to_owned(),
        "6222026006705354217".to_owned(),
        "北京市朝阳区秘密路七十七号院".to_owned(),
        "支气管哮喘伴肺气肿".to_owned(),
        "京AF4711".to_owned(),
    ];
    let header = "身份证号,手机号,姓名,邮箱,银行卡号,住址,诊断,车牌号\n";
    let row = format!("{}\n", secrets.join(","));
    write(&data, "good.csv", &format!("{header}{}", row.repeat(5)));
    write(&data, "headless.csv", &row.repeat(5));
    write(&data, "one_row.csv", &row);
    write(&data, "unclosed.csv", &format!("{header}\"{row}{row}"));
    write(&data, "broken.parquet", &format!("PAR1{row}PAR1"));
    write(&data, "broken.json", &format!("{{\"a\": \"{}\"", secrets.join("\", \"")));
    std::fs::write(data.join("bad.csv.gz"), [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], row.as_bytes()].concat())
        .unwrap();
    std::fs::write(data.join("latin.csv"), [header.as_bytes(), row.as_bytes(), &[0xff, 0xfe, 0xfd]].concat()).unwrap();
    let mut seen = Vec::new();
    for format in ["text", "json"] {
        let output = run(folder.path(), temporary.path(), format);
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        seen.extend([("stdout".to_owned(), output.stdout), ("stderr".to_owned(), output.stderr)]);
    }
    for file in ["report.json", "report.html", "run.json"] {
        seen.push((file.to_owned(), std::fs::read(folder.path().join("report").join(file)).unwrap()));
    }
    for (place, bytes) in seen {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "`{secret}` in {place}");
        }
    }
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0, "a temporary file was left");
}

#[test]
fn exit_status_says_what_was_found() {
    let cases: [(&str, &str, &[&str], i32); 5] = [
        (
            "weather.csv",
            "day,rain\n2024-01-01,3\n2024-01-02,4\n",
            &["--industry", "automotive", "--zone-registered", "--ciio", "false"],
            0,
        ),
        (
            "persons.csv",
            "身份证号\n11010519491231002X\n440524188001010014\n",
            &["--industry", "automotive", "--zone-registered", "--ciio", "false"],
            1,
        ),
        ("unread.rtf", "{\\rtf1 a}\n", &["--industry", "automotive", "--zone-registered", "--ciio", "false"], 3),
        ("persons.csv", "身份证号\n11010519491231002X\n440524188001010014\n", &[], 1),
        ("x.csv", "a\n", &["--list", "no-such-list"], 2),
    ];
    for (name, text, flags, status) in cases {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), name, text);
        let output =
            Command::new(env!("CARGO_BIN_EXE_exportscan")).arg("scan").arg(folder.path()).args(flags).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{name} {flags:?}: {}", String::from_utf8_lossy(&output.stdout));
    }
    let missing = Command::new(env!("CARGO_BIN_EXE_exportscan")).args(["scan", "/no/such/folder"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(2));
}
