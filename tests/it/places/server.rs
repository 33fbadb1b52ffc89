//! A web server of the tests, which answers as it is told: with ranges or without, wrongly, late, or not at all.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// How a server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    Ranges,
    NoRanges,
}

/// What was asked: method, path with its query, the range, and the tag that had to match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) range: Option<(u64, u64)>,
    pub(crate) if_match: Option<String>,
    pub(crate) body: Vec<u8>,
}

/// What comes back instead of the object.
pub(crate) type Disturb = Box<dyn FnMut(&Asked) -> Option<u16> + Send>;

struct Shared {
    manner: Manner,
    objects: Mutex<BTreeMap<String, (Vec<u8>, u64)>>,
    asked: Mutex<Vec<Asked>>,
    disturb: Mutex<Disturb>,
}

/// It answers as long as it is there.
pub(crate) struct Server {
    pub(crate) address: String,
    shared: Arc<Shared>,
}

impl Server {
    pub(crate) fn new(manner: Manner, disturb: impl FnMut(&Asked) -> Option<u16> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (objects, asked) = (Mutex::default(), Mutex::default());
        let shared = Arc::new(Shared { manner, objects, asked, disturb: Mutex::new(Box::new(disturb)) });
        let answering = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&answering);
                thread::spawn(move || while answer(&stream, &shared).is_some() {});
            }
        });
        Self { address, shared }
    }

    pub(crate) fn put(&self, path: &str, bytes: &[u8]) {
        let mut objects = self.shared.objects.lock().unwrap();
        let object = objects.entry(path.to_owned()).or_default();
        *object = (bytes.to_vec(), object.1 + 1);
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.shared.asked.lock().unwrap())
    }
}

fn request(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|n| *n > 0)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let mut asked = Asked { method, path, range: None, if_match: None, body: Vec::new() };
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "range" => {
                let (from, to) = value.strip_prefix("bytes=")?.split_once('-')?;
                asked.range = Some((from.parse().ok()?, to.parse().ok()?));
            }
            "if-match" => asked.if_match = Some(value.to_owned()),
            "content-length" => length = value.parse().ok()?,
            _ => {}
        }
    }
    asked.body.resize(length, 0);
    reader.read_exact(&mut asked.body).ok()?;
    Some(asked)
}

fn answer(mut stream: &TcpStream, shared: &Shared) -> Option<()> {
    let asked = request(stream)?;
    shared.asked.lock().unwrap().push(asked.clone());
    let status = (shared.disturb.lock().unwrap())(&asked);
    let path = asked.path.split('?').next().unwrap();
    let object = shared.objects.lock().unwrap().get(path).cloned();
    let (status, headers, body) = match (status, object) {
        (Some(status), _) => (status, String::new(), b"secret-of-the-server".to_vec()),
        (None, None) => (404, String::new(), Vec::new()),
        (None, Some((_, version))) if asked.if_match.as_ref().is_some_and(|tag| *tag != format!("\"{version}\"")) => {
            (412, String::new(), Vec::new())
        }
        (None, Some((bytes, version))) => {
            let headers = format!("ETag: \"{version}\"\r\n");
            match asked.range {
                Some((from, to)) if shared.manner == Manner::Ranges && from < bytes.len() as u64 => {
                    let to = (to + 1).min(bytes.len() as u64);
                    let range = format!("{headers}Content-Range: bytes {from}-{}/{}\r\n", to - 1, bytes.len());
                    (206, range, bytes[from as usize..to as usize].to_vec())
                }
                Some(_) if shared.manner == Manner::Ranges => (416, String::new(), Vec::new()),
                _ => (200, headers, bytes),
            }
        }
    };
    let head = format!("HTTP/1.1 {status} said\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).ok()?;
    if asked.method != "HEAD" {
        stream.write_all(&body).ok()?;
    }
    Some(())
}
