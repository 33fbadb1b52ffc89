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
mod instructions;
mod library;
mod measure;
mod table;

use std::path::PathBuf;

use clap::Parser;

use table::{Kind, Table};

/// What a bound or a scan came to, so that unequal work is never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Work {
    rows: u64,
    cells: u64,
}

/// Measures what a scan costs beside reading.
#[derive(Parser)]
struct Options {
    /// What the table is like.
    #[arg(long, value_enum, default_value = "plain")]
    table: Kind,
    #[arg(long, default_value_t = 200_000)]
    rows: usize,
    #[arg(long, default_value_t = std::thread::available_parallelism().map_or(1, Into::into))]
    threads: usize,
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// The column that is measured alone, or `each`.
    #[arg(long)]
    column: Option<String>,
    /// Only writes the table to this folder, for other programs.
    #[arg(long)]
    write: Option<PathBuf>,
    /// Counts the instructions of small scans instead, and compares them with those in `instructions.txt`.
    #[arg(long)]
    instructions: bool,
    /// Only scans this file, once and on one thread: what `--instructions` counts.
    #[arg(long)]
    scan: Option<PathBuf>,
    /// What `cargo bench` adds.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let options = Options::parse();
    if options.instructions {
        return instructions::compare();
    }
    if let Some(path) = &options.scan {
        library::scan_object(path, &pool(1)).unwrap();
        return;
    }
    let table = Table::new(options.table, options.rows);
    if let Some(folder) = &options.write {
        return table.write(folder, None);
    }
    let columns = table.columns();
    println!(
        "{:?}: {} rows, {} columns, {} persons, {} threads",
        options.table,
        options.rows,
        columns.len(),
        table.n_persons(),
        options.threads
    );
    let Some(alone) = &options.column else { return measure::measure(&options, &table, None, columns.len()) };
    for (at, name) in columns.iter().enumerate().filter(|(_, name)| alone == "each" || alone == *name) {
        println!("column {name}");
        measure::measure(&options, &table, Some(at), 1);
    }
}

fn pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
}
