//! Decides from the data itself whether a data set may leave China.
//!
//! ```text
//!  path ──▶ read ──▶ detect ──▶ count ──▶ decide ──▶ report
//!        batches   evidence   persons    rows       words, pages, JSON
//!           └────────── scan (parallel; each worker fills a Tally; tallies merge) ──────────┘
//! ```
//!
//! `docs/architecture.md` tells what each module may know of the others; `tests/it/tidy.rs` holds it.

pub mod cli;
pub mod count;
pub mod decide;
pub mod demo;
pub mod detect;
pub mod key;
pub mod ledger;
pub mod model;
pub mod pack;
pub mod read;
pub mod report;
pub mod scan;
pub mod tally;
pub mod tune;
