//! Measures detection on tables whose content is known: `cargo run --release --example evaluate -- --help`.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "it measures the program, and stops where it cannot"
)]

mod benchmark;
mod others;
#[path = "../../tests/it/support.rs"]
mod support;

use std::path::PathBuf;

use benchmark::{Half, Table, scan};
use clap::Parser;

/// Measures detection on tables whose content is known.
#[derive(Debug, Parser)]
struct Args {
    /// Every mistake of this half, a line each
    #[arg(long, value_enum)]
    mistakes: Option<Half>,
    /// What is said of tables of the tuning half whose id begins so, and why
    #[arg(long, value_name = "ID")]
    table: Option<String>,
    /// Writes all tables as CSV, and `tables.json`, for other tools to read
    #[arg(long, value_name = "DIR")]
    dump: Option<PathBuf>,
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
        for table in Half::Tune.tables().iter().filter(|table| table.id.starts_with(&id)) {
            show(table);
        }
    } else {
        for half in Half::ALL {
            summarise(half);
        }
    }
}

fn summarise(half: Half) {
    let score = scan::score(half);
    println!("{}: {} tables", half.id(), score.tables);
    println!("  decoys {} of which wrong {}", score.decoys, score.wrong_decoys);
    println!("  persons counted rightly in {} of {}", score.right_counts, score.counts);
    println!("  column F1: micro {:.4}, macro {:.4}", score.micro(|_| true).f1(), score.macro_f1(|_| true));
    for (class, answers) in &score.columns {
        println!(
            "  {class:32} {:4} right {:4} wrong {:4} missed  P {:.3} R {:.3} F1 {:.3}",
            answers.right,
            answers.wrong,
            answers.missed,
            answers.precision(),
            answers.recall(),
            answers.f1()
        );
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
