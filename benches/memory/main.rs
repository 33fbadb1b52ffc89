//! How much memory a scan of a long file takes: `cargo bench --bench memory -- 10000 5000 1000`.
//!
//! The numbers are megabytes of Parquet in a single row group (before compression), of CSV, and of a JSON list; without
//! them a tenth of that. What was counted is checked before a peak is told, and a peak over the bound is an error.
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

mod table;

use std::path::Path;
use std::time::Instant;

use table::Form;

/// No scan takes more, beside the keys of persons, of which there are few here.
const BOUND: u64 = 1 << 30;

fn main() {
    let sizes: Vec<u64> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let megabytes = |at: usize, usual: u64| sizes.get(at).copied().unwrap_or(usual);
    let program = Path::new(env!("CARGO_BIN_EXE_exportscan"));
    let folder = tempfile::tempdir().unwrap();
    println!("{:<22} {:>10} {:>10} {:>12} {:>9} {:>10}", "file", "MB made", "MB stored", "rows", "seconds", "peak MiB");
    for (at, (form, usual)) in Form::ALL.into_iter().zip([1000, 500, 100]).enumerate() {
        let path = folder.path().join(form.file());
        let made = megabytes(at, usual);
        let rows = table::write(form, made * 1_000_000, &path);
        let stored = path.metadata().unwrap().len() / 1_000_000;
        let begin = Instant::now();
        let scanned = table::scan(program, &path, 2);
        let seconds = begin.elapsed().as_secs_f64();
        assert_eq!(scanned.rows, rows);
        assert_eq!(scanned.persons, table::persons(rows));
        let peak = scanned.peak >> 20;
        println!("{:<22} {made:>10} {stored:>10} {rows:>12} {seconds:>9.1} {peak:>10}", form.file());
        assert!(scanned.peak < BOUND, "{peak} MiB");
        std::fs::remove_file(&path).unwrap();
    }
}
