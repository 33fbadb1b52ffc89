//! `exportscan watch`: only what has changed is read again, and whatever happens in between, the report is that of one scan.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::places::bucket::Moto;
use crate::places::server::{Manner, Server};
use crate::places::{program, table};

/// A folder with a configuration, a key and data to watch.
struct Post {
    folder: tempfile::TempDir,
}

impl Post {
    fn new(places: &[&str], notify: &str) -> Self {
        let post = Self { folder: tempfile::tempdir().unwrap() };
        assert!(program(post.path("").as_path()).args(["key", "new", "key"]).output().unwrap().status.success());
        let config = format!(
            "places = {places:?}\nfacts = \"facts.toml\"\nout = \"report\"\nlang = \"en\"\n[state]\ndir = \"state\"\nkey = \
             \"key\"\n[notify]\nlog = \"log\"\nmetrics = \"metrics\"\n{notify}\n"
        );
        fs::write(post.path("watch.toml"), config).unwrap();
        let facts = "[exporter]\nciio = false\nzone_registered = true\n[export]\nindustry = \"automotive\"\nimportant_data = false\n";
        fs::write(post.path("facts.toml"), facts).unwrap();
        fs::create_dir(post.path("data")).unwrap();
        post
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn data(&self, name: &str, persons: std::ops::Range<u32>) {
        fs::write(self.path("data").join(name), table(persons)).unwrap();
    }

    fn command(&self) -> Command {
        let mut command = program(self.folder.path());
        command.args(["watch", "watch.toml"]);
        command
    }

    /// Makes a pass, and gives its line in the log.
    fn pass(&self, mut command: Command) -> (Value, Output) {
        let output = command.output().unwrap();
        let log = fs::read_to_string(self.path("log")).unwrap();
        (serde_json::from_str(log.lines().last().unwrap()).unwrap(), output)
    }

    /// Makes a pass of which so many objects are read, kept and gone, and gives the persons.
    fn passes(&self, counts: [u64; 3], exit: i32) -> u64 {
        let (line, output) = self.pass(self.command());
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        let found = [&line["read"], &line["kept"], &line["gone"]].map(|n| n.as_u64().unwrap_or(u64::MAX));
        assert_eq!((found, output.status.code()), (counts, Some(exit)), "{said}{line}");
        line["persons"]["best"].as_u64().unwrap()
    }

    fn report(&self) -> String {
        fs::read_to_string(self.path("report/report.json")).unwrap()
    }

    /// What one scan of everything gives.
    fn scanned(&self) -> String {
        let arguments = ["scan", "data", "--facts", "facts.toml", "--no-progress", "--out", "scanned"];
        program(self.folder.path()).args(arguments).output().unwrap();
        fs::read_to_string(self.path("scanned/report.json")).unwrap()
    }
}

#[test]
fn only_what_has_changed_is_read_again() {
    let post = Post::new(&["data"], "");
    assert_eq!(post.passes([0, 0, 0], 0), 0);
    post.data("a.csv", 0..10);
    post.data("b.csv", 5..20);
    fs::create_dir(post.path("data/c")).unwrap();
    post.data("c/c.csv", 100..103);
    assert_eq!(post.passes([3, 0, 0], 1), 23);
    assert_eq!(post.report(), post.scanned());
    assert_eq!(post.passes([0, 3, 0], 1), 23);
    post.data("b.csv", 5..21);
    assert_eq!(post.passes([1, 2, 1], 1), 24);
    assert_eq!(post.report(), post.scanned());
    fs::remove_file(post.path("data/a.csv")).unwrap();
    assert_eq!(post.passes([0, 2, 1], 1), 19);
    assert_eq!(post.report(), post.scanned());
    // Other facts decide otherwise, and need nothing to be read.
    fs::write(post.path("facts.toml"), "[export]\nindustry = \"retail\"\n").unwrap();
    assert_eq!(post.passes([0, 2, 0], 1), 19);
    assert_eq!(post.report(), post.scanned());
    fs::write(post.path("exportscan.toml"), "[detector.\"identity.passport.other\"]\nmin_share = 0.8\n").unwrap();
    let config = fs::read_to_string(post.path("watch.toml")).unwrap();
    fs::write(post.path("watch.toml"), format!("config = \"exportscan.toml\"\n{config}")).unwrap();
    assert_eq!(post.passes([2, 0, 2], 1), 19);
    let metrics = fs::read_to_string(post.path("metrics")).unwrap();
    assert!(metrics.contains("exportscan_persons{bound=\"best\"} 19\n"), "{metrics}");
    assert!(metrics.contains("exportscan_pass_objects{what=\"read\"} 2\n"), "{metrics}");
}

#[test]
fn a_place_that_cannot_be_listed_keeps_what_it_had() {
    let post = Post::new(&["data"], "");
    post.data("a.csv", 0..10);
    assert_eq!(post.passes([1, 0, 0], 1), 10);
    fs::rename(post.path("data"), post.path("away")).unwrap();
    assert_eq!(post.passes([0, 1, 0], 1), 10);
    let report: Value = serde_json::from_str(&post.report()).unwrap();
    assert_eq!(report["coverage"]["complete"], false);
    assert_eq!(report["coverage"]["problems"][0]["code"], "object.missing");
    fs::rename(post.path("away"), post.path("data")).unwrap();
    assert_eq!(post.passes([0, 1, 0], 1), 10);
    assert_eq!(post.report(), post.scanned());
    fs::write(post.path("data/a.csv"), "n\n1\n2\n3\n").unwrap();
    assert_eq!(post.passes([1, 0, 1], 0), 0);
    fs::rename(post.path("data"), post.path("away")).unwrap();
    assert_eq!(post.passes([0, 1, 0], 3), 0);
}

#[test]
fn a_pass_that_is_killed_is_made_up_for() {
    const RUNS: u32 = 6;
    let post = Post::new(&["data"], "");
    for n in 0..12 {
        post.data(&format!("{n}.csv"), n * 10..n * 10 + 400);
    }
    let start = Instant::now();
    assert_eq!(post.passes([12, 0, 0], 1), 510);
    let (whole, report) = (start.elapsed(), post.report());
    assert_eq!(report, post.scanned());
    fs::remove_dir_all(post.path("state")).unwrap();
    for n in 1..=RUNS {
        let mut child = post.command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole.mul_f64(1.1 * f64::from(n) / f64::from(RUNS)));
        let _ = child.kill();
        child.wait().unwrap();
        if n % 3 == 0 {
            let (line, output) = post.pass(post.command());
            assert_eq!(
                (output.status.code(), line["read"].as_u64().unwrap() + line["kept"].as_u64().unwrap()),
                (Some(1), 12)
            );
            assert_eq!(post.report(), report, "{n}");
            assert_eq!(tallies(&post.path("state")), 12, "{n}: nothing is left over");
            if n < RUNS {
                fs::remove_dir_all(post.path("state")).unwrap();
            }
        }
    }
    // Damage is found, and the object read again.
    let tally =
        walk(&post.path("state")).into_iter().find(|path| path.extension().is_some_and(|end| end == "tally")).unwrap();
    let mut bytes = fs::read(&tally).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&tally, bytes).unwrap();
    assert_eq!(post.passes([1, 11, 0], 1), 510);
    assert_eq!(post.report(), report);
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

/// The files for objects, whatever they are called.
fn tallies(state: &Path) -> usize {
    walk(&state.join("objects")).len()
}

#[test]
fn a_changed_verdict_is_told_until_it_is_heard() {
    let mut n = 0;
    let server = Server::new(Manner::Ranges, move |_| {
        n += 1;
        Some(if n == 1 { 500 } else { 204 })
    });
    let post = Post::new(&["data"], &format!("webhook = \"{}/hook/secret-of-mine\"", server.address));
    post.data("a.csv", 0..10);
    let told = |expected: &str| {
        let (line, output) = post.pass(post.command());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(line["webhook"], expected, "{said}");
        assert!(!said.contains("secret-of-mine"), "{said}");
        assert_eq!(said.is_empty(), expected != "failed", "{said}");
        server.asked()
    };
    assert_eq!(told("failed").len(), 1);
    let asked = told("sent");
    let body: Value = serde_json::from_slice(&asked[0].body).unwrap();
    assert_eq!((&body["verdict"]["category"], &body["before"]), (&"II".into(), &Value::Null));
    assert_eq!((&body["persons"]["best"], asked[0].method.as_str()), (&10.into(), "POST"));
    assert_eq!(told("unchanged").len(), 0);
    fs::write(post.path("data/a.csv"), "n\n1\n2\n3\n").unwrap();
    let body: Value = serde_json::from_slice(&told("sent")[0].body).unwrap();
    assert_eq!((&body["verdict"]["category"], &body["before"]["category"]), (&"none".into(), &"II".into()));
}

#[test]
fn what_is_wrong_is_refused() {
    let post = Post::new(&["data"], "");
    let good = fs::read_to_string(post.path("watch.toml")).unwrap();
    for (config, cause) in [
        (good.replace("places", "place"), "unknown field `place`"),
        (good.replace("\"en\"", "\"fr\""), "`lang` is `zh` or `en`"),
        (good.replace("[\"data\"]", "[]"), "names no places"),
        (good.replace("key = \"key\"\n", ""), "needs a key"),
    ] {
        fs::write(post.path("watch.toml"), config).unwrap();
        let output = post.command().output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.contains(cause)), (Some(2), true), "{cause}: {said}");
    }
    fs::write(post.path("watch.toml"), good).unwrap();
    fs::create_dir(post.path("state")).unwrap();
    let lock = fs::File::create(post.path("state/lock")).unwrap();
    lock.lock().unwrap();
    let output = post.command().output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("another pass"));
}

#[test]
fn it_goes_on_by_itself() {
    let post = Post::new(&["data"], "");
    post.data("a.csv", 0..10);
    let mut child = post.command().args(["--every", "1s"]).stdout(Stdio::null()).spawn().unwrap();
    let start = Instant::now();
    let lines = || fs::read_to_string(post.path("log")).unwrap_or_default().lines().count();
    while lines() < 2 && start.elapsed() < Duration::from_mins(2) {
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(lines() >= 2);
}

#[test]
fn a_bucket_is_watched() {
    let Some(moto) = Moto::start() else { return };
    let post = Post::new(&["s3://outbound/x"], "");
    moto.put("x/a.csv", &table(0..10));
    moto.put("x/b.csv", &table(10..20));
    let pass = |endpoint: &str| {
        let mut command = moto.program(post.folder.path());
        command.env("AWS_ENDPOINT_URL", endpoint).args(["watch", "watch.toml"]);
        let (line, output) = post.pass(command);
        let counts =
            [&line["read"], &line["kept"], &line["gone"], &line["persons"]["best"]].map(|n| n.as_u64().unwrap());
        (counts, line["coverage"]["complete"] == true, output.status.code())
    };
    assert_eq!(pass(&moto.endpoint), ([2, 0, 0, 20], true, Some(1)));
    moto.put("x/b.csv", &table(10..21));
    assert_eq!(pass(&moto.endpoint), ([1, 1, 1, 21], true, Some(1)));
    assert_eq!(pass("http://127.0.0.1:1"), ([0, 2, 0, 21], false, Some(1)));
    let refusing = Server::new(Manner::Ranges, |_| Some(403));
    assert_eq!(pass(&refusing.address), ([0, 2, 0, 21], false, Some(1)));
    moto.delete("x/a.csv");
    assert_eq!(pass(&moto.endpoint), ([0, 1, 1, 11], true, Some(1)));
}
