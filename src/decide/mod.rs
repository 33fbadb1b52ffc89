//! Applies rule packs to totals and facts: rows with a status, and a verdict.
//!
//! *Invariant*: nothing is decided here that is not written in a rule pack; each outcome names pack, row and clause.

mod outcome;

pub use outcome::{
    Branch, Category, Decision, ListOutcome, ListVerdict, Procedure, RowEvidence, RowOutcome, Status, Verdict,
};
