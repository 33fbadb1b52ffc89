//! Buckets of a server that is compatible with S3: moto, which `.ci/run` installs. Where `EXPORTSCAN_TEST_MOTO` names the program,
//! it must be there; else it is looked for in the `PATH`, and without it these tests have nothing to ask.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{codes, program, table};

/// A server of buckets, as long as it is there.
pub(crate) struct Moto {
    child: Child,
    pub(crate) endpoint: String,
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Moto {
    /// A server with a bucket `outbound`; `None` where there is no such program and none is promised.
    pub(crate) fn start() -> Option<Self> {
        let named = std::env::var("EXPORTSCAN_TEST_MOTO").ok();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new(named.as_deref().unwrap_or("moto_server"));
        command.args(["-H", "127.0.0.1", "-p", &port.to_string()]).stdout(Stdio::null()).stderr(Stdio::null());
        let child = match command.spawn() {
            Ok(child) => child,
            Err(error) if named.is_some() => panic!("{named:?}: {error}"),
            Err(_) => {
                println!("skipped: no moto_server");
                return None;
            }
        };
        let moto = Self { child, endpoint: format!("http://127.0.0.1:{port}") };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(start.elapsed() < Duration::from_mins(2), "moto does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
        moto.ask("PUT", "/outbound", b"");
        Some(moto)
    }

    pub(crate) fn put(&self, key: &str, bytes: &[u8]) {
        self.ask("PUT", &format!("/outbound/{key}"), bytes);
    }

    pub(crate) fn delete(&self, key: &str) {
        self.ask("DELETE", &format!("/outbound/{key}"), b"");
    }

    /// Asks with the signature of nobody, which moto takes.
    fn ask(&self, method: &str, path: &str, body: &[u8]) {
        let host = self.endpoint.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        let length = body.len();
        let signed =
            "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
        let headers =
            format!("Host: {host}\r\nAuthorization: {signed}\r\nContent-Length: {length}\r\nConnection: close");
        let head = format!("{method} {path} HTTP/1.1\r\n{headers}\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut status = String::new();
        BufReader::new(stream).read_line(&mut status).unwrap();
        assert!(status.contains(" 20"), "{method} {path}: {status}");
    }

    /// The program with what it needs to reach the server.
    pub(crate) fn program(&self, folder: &std::path::Path) -> Command {
        let mut command = program(folder);
        command.env("AWS_ACCESS_KEY_ID", "id-of-mine").env("AWS_SECRET_ACCESS_KEY", "secret-of-mine");
        command.env("AWS_ENDPOINT_URL", &self.endpoint);
        command
    }

    fn scan(&self, arguments: &[&str]) -> (Value, Output) {
        let folder = tempfile::tempdir().unwrap();
        let mut command = self.program(folder.path());
        command.args(["scan", "--no-progress", "--format", "json"]).args(arguments);
        let output = command.output().unwrap();
        let said = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat();
        assert!(!said.contains("-of-mine"), "{said}");
        (serde_json::from_slice(&output.stdout).unwrap_or_default(), output)
    }
}

fn uris(report: &Value) -> Vec<&str> {
    report["objects"].as_array().unwrap().iter().map(|object| object["uri"].as_str().unwrap()).collect()
}

#[test]
fn buckets_are_listed_by_prefix_and_pattern() {
    let Some(moto) = Moto::start() else { return };
    moto.put("x/a.csv", &table(0..20));
    moto.put("x/y/b%20%E4%BA%AC.csv", &table(10..30));
    moto.put("xyz/c.csv", &table(100..110));
    let (a, b, c) = ("s3://outbound/x/a.csv", "s3://outbound/x/y/b 京.csv", "s3://outbound/xyz/c.csv");
    let cases: [(&[&str], &[&str], u64); 7] = [
        (&["s3://outbound"], &[a, b, c], 40),
        (&["s3://outbound/x"], &[a, b], 30),
        (&["s3://outbound/x/", c], &[a, b, c], 40),
        (&[b], &[b], 20),
        (&["s3://outbound/**/*.csv"], &[a, b, c], 40),
        (&["s3://outbound/x/*.csv"], &[a], 20),
        (&["s3://outbound/x*"], &[a, b, c], 40),
    ];
    for (targets, expected, persons) in cases {
        let (report, output) = moto.scan(targets);
        assert_eq!(uris(&report), expected, "{targets:?} {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(report["persons"]["best"], persons, "{targets:?}");
        assert_eq!(codes(&report), Vec::<&str>::new());
    }
    for (target, code) in [
        ("s3://outbound/none", "object.missing"),
        ("s3://outbound/*.parquet", "object.missing"),
        ("s3://no-such-bucket/x", "object.missing"),
    ] {
        let (_, output) = moto.scan(&[target]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), said.contains(code)), (Some(2), true), "{target}: {said}");
        let (report, output) = moto.scan(&[target, a]);
        assert_eq!((codes(&report), &report["coverage"]["complete"]), (vec![code], &false.into()), "{target}");
        assert_ne!(output.status.code(), Some(0), "{target}");
    }
}

#[test]
fn the_demo_in_a_bucket_is_the_demo_in_a_folder() {
    let Some(moto) = Moto::start() else { return };
    let (_guard, outbound) = crate::support::demo();
    for entry in
        walkdir::WalkDir::new(&outbound).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file())
    {
        let key = entry.path().strip_prefix(&outbound).unwrap().to_str().unwrap();
        moto.put(&format!("demo/{key}"), &std::fs::read(entry.path()).unwrap());
    }
    let (report, _) = moto.scan(&["s3://outbound/demo", "--endpoint", &moto.endpoint]);
    let (mut local, _) = super::scan(&[outbound.to_str().unwrap()]);
    let mut report = report.to_string();
    report = report.replace("s3://outbound/demo", outbound.to_str().unwrap());
    // Problems of local files would have another place; there are none.
    assert_eq!(local["coverage"]["objects_failed"], 0);
    local["coverage"]["bytes_read"].take();
    let mut report: Value = serde_json::from_str(&report).unwrap();
    report["coverage"]["bytes_read"].take();
    assert_eq!(report, local);
}
