//! What a user says of the data in `exportscan.toml`: it counts, it shows, and it is told where it does nothing.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use exportscan::{pack, tune};
use serde_json::Value;

const PEOPLE: &str = "身份证号,联系电话\n11010519491231002X,13912045716\n440524188001010014,13912045733\n";
const FACTS: [&str; 6] = ["--industry", "automotive", "--zone-registered", "--ciio", "false", "--no-progress"];

/// A folder with files, the configuration among them unless it is empty.
fn folder(files: &[(&str, &str)], config: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    if !config.is_empty() {
        std::fs::write(folder.path().join("exportscan.toml"), config).unwrap();
    }
    folder
}

fn exportscan(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_exportscan")).args(arguments).env("LANG", "C").output().unwrap()
}

fn scan(folder: &Path, more: &[&str]) -> Output {
    let target = folder.to_str().unwrap();
    exportscan(&[&["scan", target], &FACTS[..], more].concat())
}

fn report(folder: &Path, more: &[&str]) -> Value {
    let output = scan(folder, &[&["--format", "json"], more].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn best(report: &Value) -> u64 {
    report["persons"]["best"].as_u64().unwrap()
}

/// The codes of problems with their places.
fn problems(report: &Value) -> Vec<String> {
    let problems = report["coverage"]["problems"].as_array().unwrap();
    problems
        .iter()
        .map(|problem| format!("{} {}", problem["code"].as_str().unwrap(), problem["where"].as_str().unwrap()))
        .collect()
}

/// The findings of a column, as `class confidence accepted|declared|plain`.
fn findings(report: &Value, column: &str) -> Vec<String> {
    let objects = report["objects"].as_array().unwrap().iter();
    let columns = objects.flat_map(|object| object["columns"].as_array().unwrap());
    let classes =
        columns.filter(|found| found["name"] == column).flat_map(|found| found["classes"].as_array().unwrap());
    classes
        .map(|class| {
            let how = ["accepted", "declared"].into_iter().find(|how| class.get(how).is_some()).unwrap_or("plain");
            format!("{} {} {how}", class["class"].as_str().unwrap(), class["confidence"].as_str().unwrap())
        })
        .collect()
}

fn accept(what: &str, expires: &str) -> String {
    format!("[[accept]]\n{what}\nreason = \"公开的站点热线\"\nexpires = {expires}\n")
}

#[test]
fn an_accepted_finding_is_shown_and_not_counted() {
    let stations = "station,contact_phone\nA,13912045716\nB,13912045733\nC,13912045741\n";
    let files = [("outbound/q1/stations.csv", stations)];
    assert_eq!(best(&report(folder(&files, "").path(), &[])), 3);
    for what in [
        "object = \"outbound/**/stations.csv\"",
        "column = \"contact_phone\"",
        "object = \"stations.csv\"\ncolumn = \"contact_phone\"\ndetector = \"contact.mobile\"",
    ] {
        let folder = folder(&files, &accept(what, "2099-12-31"));
        let report = report(folder.path(), &[]);
        assert_eq!(best(&report), 0, "{what}");
        assert_eq!(report["persons"]["unattributed_rows"], 0, "{what}");
        assert_eq!(findings(&report, "contact_phone"), ["contact.mobile high accepted"], "{what}");
        let class = &report["objects"][0]["columns"][1]["classes"][0];
        assert_eq!(class["accepted"]["reason"], "公开的站点热线");
        assert_eq!(class["accepted"]["expires"], "2099-12-31");
        assert_eq!(class["matches"], 3);
        assert!(class["samples"][0].as_str().unwrap().starts_with("13******"));
        assert_eq!(problems(&report), [""; 0], "{what}");
        assert_eq!(report["config"]["findings_set_aside"], 1, "{what}");
        assert_eq!(report["coverage"]["objects_found"], 1, "the configuration is no data");
        assert_eq!(scan(folder.path(), &[]).status.code(), Some(0), "{what}");
    }
}

#[test]
fn a_report_says_near_the_verdict_that_a_configuration_applied() {
    let folder = folder(&[("t.csv", PEOPLE)], &accept("column = \"联系电话\"", "2099-12-31"));
    let out = folder.path().join("../report-of-tune");
    for (language, sentences) in [
        ("zh", ["搁置 1 项本应计入的发现", "已搁置，截至 2099-12-31：公开的站点热线"]),
        ("en", ["sets aside 1 finding that would count", "set aside until 2099-12-31: 公开的站点热线"]),
    ] {
        let output = scan(folder.path(), &["--lang", language, "--out", out.to_str().unwrap()]);
        let text = String::from_utf8(output.stdout).unwrap();
        let page = std::fs::read_to_string(out.join("report.html")).unwrap();
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let first_screen = squeezed(text.split("\n---").next().unwrap());
        assert!(first_screen.contains(&squeezed(sentences[0])), "{text}");
        assert!(squeezed(&text).contains("公开的站点热线"), "{text}");
        for sentence in sentences {
            assert!(page.contains(sentence), "`{sentence}` in the page");
        }
    }
    std::fs::remove_dir_all(out).unwrap();
}

/// The names and texts of files.
type Files<'f> = &'f [(&'f str, &'f str)];

#[test]
fn entries_that_do_nothing_are_told() {
    let garbage = "\u{0}\u{1}\u{2}";
    let cases: [(&str, Files<'_>, &[&str]); 6] = [
        ("column = \"gone\"\nexpires = 2099-01-01", &[("t.csv", PEOPLE)], &["config.unmatched line 1"]),
        ("object = \"gone.csv\"\nexpires = 2099-01-01", &[("t.csv", PEOPLE)], &["config.unmatched line 1"]),
        (
            "column = \"联系电话\"\ndetector = \"contact.email\"\nexpires = 2099-01-01",
            &[("t.csv", PEOPLE)],
            &["config.unmatched line 1"],
        ),
        ("column = \"联系电话\"\nexpires = 2020-01-01", &[("t.csv", PEOPLE)], &["config.expired line 1"]),
        ("column = \"gone\"\nexpires = 2020-01-01", &[("t.csv", PEOPLE)], &["config.expired line 1"]),
        // What was not read may be what the entry is about.
        (
            "object = \"x.bin\"\ncolumn = \"a\"\nexpires = 2099-01-01",
            &[("t.csv", PEOPLE), ("x.bin", garbage)],
            &["format.unsupported "],
        ),
    ];
    for (entry, files, expected) in cases {
        let folder = folder(files, &format!("[[accept]]\n{entry}\nreason = \"r\"\n"));
        let report = report(folder.path(), &[]);
        assert_eq!(problems(&report), expected, "{entry}");
        assert_eq!(best(&report), 2, "{entry}");
    }
}

#[test]
fn an_entry_holds_to_the_end_of_its_last_day() {
    let phones = "contact_phone\n13912045716\n13912045733\n";
    for (date, persons) in [("2027-06-30", 0), ("2027-07-01", 2)] {
        let folder = folder(&[("data/t.csv", phones)], "");
        let facts = folder.path().join("facts.toml");
        std::fs::write(&facts, format!("[export]\ndate = {date}\n")).unwrap();
        let data = folder.path().join("data");
        std::fs::write(data.join("exportscan.toml"), accept("column = \"contact_phone\"", "2027-06-30")).unwrap();
        assert_eq!(best(&report(&data, &["--facts", facts.to_str().unwrap()])), persons, "{date}");
    }
}

#[test]
fn a_declared_column_counts_its_distinct_values() {
    let mut csv = "pid,v\n".to_owned();
    (0..30).for_each(|n| writeln!(csv, "{},{n}", n % 20 + 1).unwrap());
    let files = [("visits_1.csv", csv.as_str())];
    assert_eq!(best(&report(folder(&files, "").path(), &[])), 0);
    let column =
        |more: &str| format!("[[column]]\nobject = \"**/visits_*.csv\"\ncolumn = \"pid\"\nreason = \"r\"\n{more}");
    for is in ["is = \"account.user\"", "is = \"account.user\"\nrole = \"driver\""] {
        let report = report(folder(&files, &column(is)).path(), &[]);
        assert_eq!(best(&report), 20, "{is}");
        assert_eq!(findings(&report, "pid"), ["account.user high declared"], "{is}");
        assert_eq!(report["objects"][0]["columns"][0]["classes"][0]["matches"], 30);
    }
}

#[test]
fn a_declaration_replaces_what_the_column_looks_like() {
    let csv = "手机号\n13912045741\n13912045716\n13912045733\nfree text\n11010519491231002X\n";
    let files = [("t.csv", csv)];
    let column =
        |is: &str, more: &str| format!("[[column]]\ncolumn = \"手机号\"\nreason = \"r\"\nis = \"{is}\"\n{more}");
    // Without a check everything filled is one; with one, what fits.
    let cases = [
        (column("account.user", ""), 5, "account.user high declared"),
        (column("identity.resident_id", ""), 1, "identity.resident_id high declared"),
        (column("nothing", "expires = 2099-01-01"), 0, "contact.mobile"),
    ];
    for (config, persons, first) in cases {
        let report = report(folder(&files, &config).path(), &[]);
        assert_eq!(best(&report), persons, "{config}");
        let findings = findings(&report, "手机号");
        assert!(findings[0].starts_with(first), "{config}: {findings:?}");
        let aside = &findings[usize::from(!config.contains("nothing"))..];
        assert!(aside.iter().all(|finding| finding.ends_with("accepted")), "{config}: {findings:?}");
    }
}

#[test]
fn a_declared_role_tells_two_persons_of_a_row_apart() {
    let csv = "a,b\n13912045716,13912045733\n13912045741,13912045758\n";
    let columns = |role: &str| {
        format!(
            "[[column]]\ncolumn = \"a\"\nis = \"contact.mobile\"\nreason = \"r\"\n\
             [[column]]\ncolumn = \"b\"\nis = \"contact.mobile\"\nreason = \"r\"\n{role}"
        )
    };
    for (role, persons) in [("", 2), ("role = \"driver\"", 4)] {
        assert_eq!(best(&report(folder(&[("t.csv", csv)], &columns(role)).path(), &[])), persons, "`{role}`");
    }
}

#[test]
fn a_record_can_be_accepted() {
    let mut csv = "vin,time,lon,lat\n".to_owned();
    for n in 0..40 {
        writeln!(csv, "LSVAM4187C2184847,2026-01-01 00:{n:02}:00,116.{:04},39.{:04}", 4000 + n * 11, 9000 + n * 7)
            .unwrap();
    }
    let files = [("track_gps.csv", csv.as_str())];
    let tracks = |report: &Value| {
        let records = report["objects"][0]["records"].as_array().unwrap().clone();
        records.into_iter().filter(|record| record["class"] == "vehicle.track").collect::<Vec<_>>()
    };
    let plain = report(folder(&files, "").path(), &[]);
    assert_eq!(tracks(&plain).len(), 1, "{plain}");
    assert!(plain["persons"]["by_class"].get("vehicle.track").is_some());
    let folder = folder(&files, &accept("object = \"*.csv\"\ndetector = \"vehicle.track\"", "2099-01-01"));
    let accepted = report(folder.path(), &[]);
    assert_eq!(tracks(&accepted)[0]["accepted"]["reason"], "公开的站点热线");
    assert!(accepted["persons"]["by_class"].get("vehicle.track").is_none());
    assert!(accepted["persons"]["by_class"].get("vehicle.vin").is_some(), "only the record was accepted");
}

#[test]
fn thresholds_change_what_counts() {
    let mut csv = "x\n".to_owned();
    for n in 0..20 {
        // 14 of 20 are mobiles.
        let value = if n < 14 { format!("139{:08}", 12_045_716 + n * 37) } else { format!("order{n}") };
        writeln!(csv, "{value}").unwrap();
    }
    let detector = |settings: &str| format!("[detector.\"contact.mobile\"]\n{settings}\n");
    let cases = [
        (String::new(), 14),
        (detector("min_share = 0.9"), 0),
        (detector("min_share = 0.5"), 14),
        (detector("off = true"), 0),
        (detector("most = 0"), 0),
        (detector("needs_header = true"), 0),
        (detector("most = 35\nconfidence = \"high\""), 0),
        (detector("most = 35\nconfidence = \"medium\""), 14),
    ];
    for (config, persons) in cases {
        let report = report(folder(&[("t.csv", &csv)], &config).path(), &[]);
        assert_eq!(best(&report), persons, "{config}");
        assert_eq!(report["config"].is_null(), config.is_empty());
        if !config.is_empty() {
            assert_eq!(report["config"]["detectors"][0]["id"], "contact.mobile");
        }
    }
}

#[test]
fn a_wrong_configuration_is_told_with_its_line() {
    let date = "expires = 2099-01-01";
    let cases = [
        ("[[accept]]\ncolumn = \"a\"\nexpires = 2099-01-01\n".to_owned(), "reason"),
        ("[[accept]]\ncolumn = \"a\"\nreason = \"r\"\n".to_owned(), "expires"),
        (format!("\n[[accept]]\nreason = \"r\"\n{date}\n"), "line 2: an `[[accept]]` entry needs"),
        (format!("[[accept]]\ndetector = \"contact.mobile\"\nreason = \"r\"\n{date}\n"), "turns a detector off"),
        (format!("[[accept]]\ncolumn = \"a\"\ndetector = \"nix\"\nreason = \"r\"\n{date}\n"), "line 1: unknown detector"),
        (format!("[[accept]]\ncolumn = \"a\"\nreason = \" \"\n{date}\n"), "`reason` is empty"),
        (format!("[[accept]]\nobject = \"[a\"\nreason = \"r\"\n{date}\n"), "no pattern"),
        ("[[accept]]\ncolumn = \"a\"\nreason = \"r\"\nexpires = 12:00:00\n".to_owned(), "needs a day"),
        (format!("[[accept]]\ncolour = \"a\"\nreason = \"r\"\n{date}\n"), "line 2"),
        ("[[column]]\ncolumn = \"a\"\nis = \"nix\"\nreason = \"r\"\n".to_owned(), "unknown class or detector"),
        ("[[column]]\ncolumn = \"a\"\nis = \"nothing\"\nreason = \"r\"\n".to_owned(), "needs `expires`"),
        ("[[column]]\ncolumn = \"a\"\nis = \"vehicle.track\"\nreason = \"r\"\n".to_owned(), "several columns fill together"),
        ("[[column]]\ncolumn = \"a\"\nis = \"account.user\"\nrole = \"king\"\nreason = \"r\"\n".to_owned(), "unknown role"),
        ("[detector.\"nix\"]\noff = true\n".to_owned(), "line 1: unknown detector `nix`"),
        ("[detector.\"contact.mobile\"]\n".to_owned(), "changes nothing"),
        ("[detector.\"contact.mobile\"]\nmin_share = 1.5\n".to_owned(), "from 0 to 1"),
        ("[detector.\"contact.mobile\"]\nconfidence = \"low\"\n".to_owned(), "never count"),
        ("[detector.\"contact.mobile\"]\nmin_rows = 5\n".to_owned(), "is no record"),
        ("[detector.\"vehicle.track\"]\nmost = 5\n".to_owned(), "is a record"),
        ("[detectors.\"contact.mobile\"]\noff = true\n".to_owned(), "line 1"),
        (
            "[[column]]\ncolumn = \"a\"\nis = \"charging.field.station\"\nreason = \"r\"\n[detector.\"charging.field.station\"]\noff = true\n"
                .to_owned(),
            "is off",
        ),
    ];
    for (config, expected) in cases {
        let folder = folder(&[("t.csv", PEOPLE)], &config);
        let output = scan(folder.path(), &[]);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{config}: {message}");
        assert!(message.contains(expected) && message.contains("exportscan.toml"), "{config}: {message}");
    }
}

#[test]
fn the_configuration_is_found_named_or_refused() {
    let config = accept("column = \"联系电话\"", "2099-12-31");
    let folder = folder(&[("a/t.csv", PEOPLE), ("b/t.csv", PEOPLE), ("named.toml", &config)], "");
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (a, b, named) = (path("a"), path("b"), path("named.toml"));
    std::fs::write(folder.path().join("a/exportscan.toml"), &config).unwrap();
    let applied = |arguments: &[&str]| {
        let output = exportscan(&[&["scan", "--format", "json", "--no-progress"], arguments].concat());
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        (report["config"]["path"].as_str().map(str::to_owned), report["coverage"]["objects_found"].as_u64().unwrap())
    };
    let beside = path("a/exportscan.toml");
    assert_eq!(applied(&[&a]), (Some(beside.clone()), 1));
    assert_eq!(applied(&[&path("a/t.csv")]), (Some(beside.clone()), 1));
    assert_eq!(applied(&[&path("a/*.csv")]), (Some(beside.clone()), 1));
    assert_eq!(applied(&[&a, &b]), (Some(beside), 2));
    assert_eq!(applied(&[&b, "--config", &named]), (Some(named.clone()), 1));
    // A file that was not read as the configuration is data like any other.
    assert_eq!(applied(&[&a, "--no-config"]), (None, 2));
    assert_eq!(applied(&[&a, "--config", &named]), (Some(named), 2));
    std::fs::write(folder.path().join("b/exportscan.toml"), &config).unwrap();
    let output = exportscan(&["scan", &a, &b]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("two configurations"));
    let output = exportscan(&["scan", &a, "--config", "/no/such.toml"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn threads_change_no_byte() {
    let mut csv = "pid,contact_phone,note\n".to_owned();
    for n in 0..30_000 {
        writeln!(csv, "P{},139{:08},x{}", n % 9_000, 12_045_716 + n * 37, n % 17).unwrap();
    }
    let config = accept("column = \"contact_phone\"", "2099-12-31")
        + "[[column]]\ncolumn = \"pid\"\nis = \"account.user\"\nreason = \"r\"\n";
    let folder = folder(&[("t.csv", &csv), ("u.csv", PEOPLE)], &config);
    let bytes = |threads: &str| scan(folder.path(), &["--format", "json", "--threads", threads]).stdout;
    let one = bytes("1");
    assert_eq!(one, bytes("3"));
    let report: Value = serde_json::from_slice(&one).unwrap();
    assert_eq!(best(&report), 9_002);
}

#[test]
fn the_example_of_the_readmes_is_a_configuration() {
    let packs: Vec<_> = pack::built_in_detectors()
        .iter()
        .map(|file| (file.name.clone(), pack::parse_detectors(file).unwrap()))
        .collect();
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(readme)).unwrap();
        let (_, after) = text.split_once("```toml\n").unwrap();
        let (example, _) = after.split_once("```").unwrap();
        let tuning = tune::parse(readme, example, &packs).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((tuning.accepts.len(), tuning.columns.len(), tuning.detectors.len()), (1, 1, 1), "{readme}");
    }
}

#[test]
fn a_file_that_is_no_configuration_is_not_quoted() {
    let folder = folder(&[("t.csv", PEOPLE)], "");
    let file = folder.path().join("t.csv");
    let output = scan(folder.path(), &["--config", file.to_str().unwrap()]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(message.contains("line 1") && !message.contains("110105") && !message.contains("139120"), "{message}");
}
