//! Measures detection on tables whose content is known: `cargo run --release --example evaluate -- --help`.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "it measures the program, and stops where it cannot"
)]

mod benchmark;
#[path = "../../tests/it/labels.rs"]
mod labels;
mod others;
mod page;
#[path = "../../tests/it/support.rs"]
#[expect(dead_code, reason = "the tests do more with it")]
mod support;

use std::path::{Path, PathBuf};

use benchmark::{Half, Table, scan};
use clap::Parser;
use others::Report;

/// Measures detection on tables whose content is known.
#[derive(Debug, Parser)]
struct Args {
    /// Every mistake of this half, a line each
    #[arg(long, value_enum)]
    mistakes: Option<Half>,
    /// What is said of tables whose id begins so, and why
    #[arg(long, value_name = "ID")]
    table: Option<String>,
    /// Writes all tables as CSV, and `tables.json`, for other tools to read
    #[arg(long, value_name = "DIR")]
    dump: Option<PathBuf>,
    /// What other tools said of the tables, as the scripts in `examples/evaluate/others` write it
    #[arg(long, value_name = "FILE", num_args = 1..)]
    others: Vec<PathBuf>,
    /// Writes `docs/accuracy.md`
    #[arg(long)]
    write: bool,
}

fn main() {
    let args = Args::parse();
    if let Some(half) = args.mistakes {
        for mistake in scan::score(half).mistakes {
            println!("{mistake}");
        }
    } else if let Some(folder) = args.dump {
        others::dump(&folder);
    } else if let Some(id) = args.table {
        for table in Half::ALL.iter().flat_map(|half| half.tables()).filter(|table| table.id.starts_with(&id)) {
            show(&table);
        }
    } else {
        let scores = Half::ALL.map(|half| (half, scan::score(half)));
        let outcomes = support::corpus().map(|corpus| labels::outcomes(&corpus));
        let others: Vec<Report> = args.others.iter().map(|path| Report::read(path)).collect();
        let mut page = page::page(&scores, outcomes.as_deref(), &others);
        if args.write {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/accuracy.md");
            if others.is_empty() {
                page.push_str(&page::others_of(&std::fs::read_to_string(&path).unwrap_or_default()));
            }
            std::fs::write(path, page).unwrap();
        } else {
            println!("{page}");
        }
    }
}

fn show(table: &Table) {
    let folder = tempfile::tempdir().unwrap();
    let totals = scan::scan(table, folder.path());
    println!(
        "== {} ({}), {:?}, {} persons counted, {:?} true",
        table.id,
        table.name,
        table.form,
        totals.census.figures(|_| true).best,
        table.subjects
    );
    for object in &totals.objects {
        for (column, truth) in object.columns.iter().zip(&table.columns) {
            println!(
                "  {:24} is {:?} may {:?}: {:?} {:?}",
                truth.header,
                truth.classes,
                truth.may,
                truth.cells.first(),
                truth.cells.get(1)
            );
            for finding in &column.classes {
                println!(
                    "      {} {:?} {:?}",
                    finding.detector,
                    finding.confidence,
                    finding.because.iter().map(|b| format!("{}{:+}", b.what, b.weight)).collect::<Vec<_>>()
                );
            }
        }
        println!("  rows are {:?} may {:?}", table.records, table.may);
        for finding in &object.records {
            println!("      {} {:?} {:?}", finding.detector, finding.confidence, finding.columns);
        }
    }
}
