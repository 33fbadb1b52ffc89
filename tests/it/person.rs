//! `exportscan persons explain` leads from a value that somebody holds to the person, and shows no other value.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const OWNERS: &str = "姓名,身份证号,手机号,邮箱\n\
    王伟,11010519491231002X,13912045716,wangwei@demo.test.cn\n\
    李娜,440524188001010014,13912045733,lina@demo.test.cn\n\
    张敏,110105194912310038,13912045733,zhangmin@demo.test.cn\n";
const CALLS: &str = "手机号,车牌号\n13912045716,京A12C45\n13912045716,京A12C45\n13700001234,沪B2K391\n";
const TRACKS: &str = "车牌号,时间,经度,纬度\n\
    京A12C45,2026-03-01 08:00:00,116.30,39.90\n京A12C45,2026-03-01 08:01:00,116.31,39.91\n\
    沪B2K391,2026-03-01 08:00:00,121.47,31.23\n沪B2K391,2026-03-01 08:01:00,121.48,31.24\n";

fn folder(more: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let tables = [("owners/owners.csv", OWNERS), ("calls/calls.csv", CALLS), ("tracks/tracks.csv", TRACKS)];
    for (path, text) in tables.iter().chain(more) {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn explain(folder: &Path, typed: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_exportscan"));
    command.args(["persons", "explain"]).arg(folder).args(arguments).env("LANG", "C").env("COLUMNS", "10000");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn text(folder: &Path, typed: &str, arguments: &[&str]) -> String {
    let output = explain(folder, typed, arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_value_leads_to_its_person_in_both_languages() {
    let folder = folder(&[]);
    let automotive = ["--industry", "automotive"];
    let cases: [(&str, &str, &[&str]); 5] = [
        (
            "京A·12C45",
            "en",
            &[
                "Found as: number plate",
                "One person's, who has 4 identifiers in all.",
                "1.  number plate #1 (the value you hold) stands beside mobile number #1: 1 distinct mention in",
                "2.  mobile number #1 stands beside resident ID number #1: 1 distinct mention in",
                "3.  resident ID number #1 tells the person: one number is one person for life.",
                "- e-mail address #1, joined to resident ID number #1: 1 distinct mention in",
                "Under cn-bj-ftz-2024: among those with sensitive personal information, for",
                "- At most: 3 persons, the distinct strongest identifiers of the mentions",
                "- At least: 1 person; two resident ID numbers are never one person.",
            ],
        ),
        ("+86 139 1204 5716", "en", &["Found as: mobile number", "2 distinct mentions in", "who has 4 identifiers"]),
        ("京A12C45", "zh", &["查得为：车牌号码", "车牌号码 #1（所持的值） 与 手机号码 #1 同时出现", "下限：计 1 人"]),
        (
            "13912045733",
            "en",
            &["Shared by 2 persons (told apart by: resident ID number 2). It joins nobody and counts nobody."],
        ),
        ("13800000000", "en", &["This is what people type to fill a field"]),
    ];
    for (value, language, expected) in cases {
        let text = text(folder.path(), &format!("{value}\n"), &[&automotive[..], &["--lang", language]].concat());
        for part in expected {
            assert!(text.contains(part), "`{part}` of {value}:\n{text}");
        }
    }
    let absent = text(folder.path(), "13912045799", &[]);
    assert!(absent.contains("Nobody in what was scanned is counted by it."), "{absent}");
}

#[test]
fn the_same_answer_comes_out_whatever_the_secret_and_the_threads() {
    let folder = folder(&[]);
    let answers: Vec<String> =
        ["1", "2", "1"].iter().map(|threads| text(folder.path(), "13912045716", &["--threads", threads])).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{}", answers.join("\n"));
}

#[test]
fn no_value_is_shown() {
    let folder = folder(&[]);
    let tables = [OWNERS, CALLS, TRACKS];
    let fields: Vec<&str> =
        tables.iter().flat_map(|table| table.lines().skip(1)).flat_map(|line| line.split(',')).map(str::trim).collect();
    for held in ["110105491231002", "13912045716", "京A12C45", "13912045733", "wangwei@demo.test.cn", "王伟"] {
        for language in ["zh", "en"] {
            let text = text(folder.path(), held, &["--lang", language]);
            for field in &fields {
                assert!(!text.contains(field), "`{field}` for {held}:\n{text}");
            }
        }
    }
}

#[test]
fn the_value_is_read_from_standard_input_and_no_error_quotes_it() {
    let folder = folder(&[]);
    let long = "1".repeat(5000);
    let cases = [
        ("", "there is no value on standard input"),
        ("\n \n", "there is no value on standard input"),
        ("13912045716\n13912045733\n", "more than one line"),
        (long.as_str(), "no one value"),
    ];
    for (typed, expected) in cases {
        let output = explain(folder.path(), typed, &[]);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(expected) && !message.contains("1391204") && !message.contains("1111"), "{message}");
    }
    let output = explain(folder.path(), "", &["--value", "13912045716"]);
    assert_eq!(output.status.code(), Some(2), "there is no such option");
    let help = Command::new(env!("CARGO_BIN_EXE_exportscan")).args(["persons", "explain", "--help"]).output().unwrap();
    assert!(String::from_utf8_lossy(&help.stdout).contains("no shell history"));
}

#[test]
fn what_was_not_read_is_said() {
    let folder = folder(&[("owners/broken.parquet", "PAR1 this is none PAR1")]);
    let output = explain(folder.path(), "13912045716", &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("1 object could not be read: the person may stand there too"), "{text}");
}
