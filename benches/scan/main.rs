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

use table::{Kind, Table};

/// What a bound or a scan came to, so that unequal work is never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Work {
    rows: u64,
    cells: u64,
}

/// Reads all of a file and says how much that was.
type Bound = fn(&Path) -> Work;

struct Options {
    kind: Kind,
    rows: usize,
    threads: usize,
    runs: usize,
    /// The column that is measured alone, or `each`.
    column: Option<String>,
}

impl Options {
    fn from_arguments() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, Into::into);
        let mut options = Self { kind: Kind::Plain, rows: 200_000, threads, runs: 5, column: None };
        let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
        while let Some(name) = arguments.next() {
            let value = arguments.next().unwrap_or_default();
            let number = || value.parse().unwrap_or_else(|_| panic!("`{name}` needs a number"));
            match name.as_str() {
                "--table" => options.kind = kind(&value),
                "--rows" => options.rows = number(),
                "--threads" => options.threads = number(),
                "--runs" => options.runs = number(),
                "--column" => options.column = Some(value),
                _ => panic!("unknown option `{name}`; one of --table, --rows, --threads, --runs, --column"),
            }
        }
        options
    }
}

fn kind(name: &str) -> Kind {
    let known = Kind::ALL.iter().find(|(known, _)| *known == name);
    known.unwrap_or_else(|| panic!("`{name}` is no table; one of {:?}", Kind::ALL.map(|(name, _)| name))).1
}

fn main() {
    let options = Options::from_arguments();
    let table = Table::new(options.kind, options.rows);
    let columns = table.columns();
    let (n_columns, n_persons) = (columns.len(), table.n_persons());
    println!(
        "{:?}: {} rows, {n_columns} columns, {n_persons} persons, {} threads",
        options.kind, options.rows, options.threads
    );
    let Some(alone) = &options.column else { return measure(&options, &table, None, n_columns) };
    for (at, name) in columns.iter().enumerate().filter(|(_, name)| alone == "each" || alone == *name) {
        println!("column {name}");
        measure(&options, &table, Some(at), 1);
    }
}

/// Writes the table, or one of its columns, in both formats, and measures bound and scan of each.
fn measure(options: &Options, table: &Table, column: Option<usize>, n_columns: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (parquet, csv) = (folder.path().join("table.parquet"), folder.path().join("table.csv"));
    table.write_parquet(&parquet, column);
    let mut bounds: Vec<(&Path, Bound)> = vec![(&parquet, bound::decode_parquet)];
    if table.is_flat() {
        table.write_csv(&csv, column);
        bounds.push((&csv, bound::split_csv));
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build().unwrap();
    let expected = Work { rows: options.rows as u64, cells: (options.rows * n_columns) as u64 };
    let n_persons = table.n_persons() as u64;
    for (path, read) in bounds {
        let bytes = path.metadata().unwrap().len();
        println!("{}: {bytes} bytes", path.file_name().unwrap().display());
        assert_eq!(pool.install(|| read(path)), expected, "the bound must read all of it");
        let bound = time(options.runs, || _ = pool.install(|| read(path)));
        println!("  bound  {bound}");
        let Some(scanned) = library::scan_object(path, &pool) else { panic!("{} was not read", path.display()) };
        let persons = if column.is_none() { n_persons } else { scanned.persons };
        assert_eq!(scanned, library::Scanned { rows: expected.rows, persons });
        let scan = time(options.runs, || _ = library::scan_object(path, &pool));
        let of_cells = |time: &Times| time.least.as_secs_f64() * 1e9 / expected.cells as f64;
        println!("  scan   {scan}");
        println!(
            "  ratio  {:.2}; {:.0} ns a cell, {:.0} of them the bound's; {:.1} ns a stored byte",
            scan.least.as_secs_f64() / bound.least.as_secs_f64(),
            of_cells(&scan),
            of_cells(&bound),
            scan.least.as_secs_f64() * 1e9 / bytes as f64
        );
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
