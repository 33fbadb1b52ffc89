//! Turns record batches into evidence: what every column is, who is mentioned, and what is said of them.
//!
//! ```text
//! packs ──▶ Engine ──▶ survey (all cells) ──▶ judge (columns, records) ──▶ plan ──▶ count (mentions)
//! ```
//!
//! *Invariant*: nothing here does I/O, reads a clock or fails on data, and nothing here has heard of files.

mod adjust;
mod alike;
mod area;
mod canonical;
mod cells;
pub mod checks;
mod columns;
mod context;
mod count;
mod eight;
mod engine;
mod examples;
mod facet;
mod header;
mod held;
mod inside;
mod judge;
mod motion;
mod names;
mod normal;
mod outcome;
mod outline;
mod pattern;
mod plan;
mod position;
mod repeats;
mod route;
mod sample;
mod shape;
mod sieve;
mod speaker;
mod survey;
mod trace;
mod vague;
mod value;
mod walk;
mod words;
mod worker;

pub use adjust::{Acceptance, Adjustments, Declaration};
pub use area::Areas;
pub use count::Counted;
pub use engine::Engine;
pub use examples::check_examples;
pub use held::{Held, held};
pub use judge::{Judgement, Weighed};
pub use outcome::{column_findings, record_findings};
pub use plan::{CountPlan, plan};
pub use survey::Survey;
pub use trace::{Judged, trace_column};
pub use worker::Worker;
