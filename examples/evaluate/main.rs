//! Measures detection on tables whose content is known.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "it measures the program, and stops where it cannot"
)]

mod benchmark;

use benchmark::Half;

fn main() {
    for half in Half::ALL {
        for table in half.tables() {
            println!("{} {}: {} rows", half.id(), table.id, table.rows());
        }
    }
}
