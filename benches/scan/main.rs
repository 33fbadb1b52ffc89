//! How much a scan costs beside decoding alone: `cargo bench --bench scan -- --rows 4000000 --threads 2`.
//!
//! Checks what was counted before it times anything. `docs/performance.md` tells what is compared with what.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark may fail loudly"
)]

mod bound;
mod library;
mod table;

use std::path::Path;
use std::time::{Duration, Instant};

use table::Table;

/// What a bound or a scan came to, so that unequal work is never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Work {
    rows: u64,
    cells: u64,
}

/// Reads all of a file and says how much that was.
type Bound = fn(&Path) -> Work;

struct Options {
    rows: usize,
    threads: usize,
    runs: usize,
}

impl Options {
    fn from_arguments() -> Self {
        let mut options =
            Self { rows: 200_000, threads: std::thread::available_parallelism().map_or(1, Into::into), runs: 5 };
        let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
        while let Some(name) = arguments.next() {
            let value = arguments.next().and_then(|value| value.parse().ok());
            let value = value.unwrap_or_else(|| panic!("`{name}` needs a number"));
            match name.as_str() {
                "--rows" => options.rows = value,
                "--threads" => options.threads = value,
                "--runs" => options.runs = value,
                _ => panic!("unknown option `{name}`; one of --rows, --threads, --runs"),
            }
        }
        options
    }
}

fn main() {
    let options = Options::from_arguments();
    let folder = tempfile::tempdir().unwrap();
    let table = Table::new(options.rows);
    let (parquet, csv) = (folder.path().join("table.parquet"), folder.path().join("table.csv"));
    table.write_parquet(&parquet);
    table.write_csv(&csv);
    let n_persons = table.n_persons();
    drop(table);
    println!(
        "{} rows, {} columns, {n_persons} persons, {} threads",
        options.rows,
        table::COLUMNS.len(),
        options.threads
    );

    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build().unwrap();
    let expected = Work { rows: options.rows as u64, cells: (options.rows * table::COLUMNS.len()) as u64 };
    let bounds: [(&Path, Bound); 2] = [(&parquet, bound::decode_parquet), (&csv, bound::split_csv)];
    for (path, read) in bounds {
        println!("{}: {} bytes", path.file_name().unwrap().display(), path.metadata().unwrap().len());
        assert_eq!(pool.install(|| read(path)), expected, "the bound must read all of it");
        let bound = time(options.runs, || _ = pool.install(|| read(path)));
        println!("  bound  {bound}");
        let Some(persons) = library::scan_object(path, &pool) else {
            println!("  scan   not measured: this file cannot be scanned yet");
            continue;
        };
        assert_eq!(persons, library::Scanned { rows: expected.rows, persons: n_persons as u64 });
        let scan = time(options.runs, || _ = library::scan_object(path, &pool));
        println!("  scan   {scan}");
        println!("  ratio  {:.2}", scan.least.as_secs_f64() / bound.least.as_secs_f64());
    }
}

/// The least and the median of several runs.
struct Times {
    least: Duration,
    median: Duration,
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3} s (median {:.3} s)", self.least.as_secs_f64(), self.median.as_secs_f64())
    }
}

fn time(runs: usize, run: impl Fn()) -> Times {
    let mut taken: Vec<Duration> = (0..runs.max(1))
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    taken.sort_unstable();
    Times { least: taken[0], median: taken[taken.len() / 2] }
}
