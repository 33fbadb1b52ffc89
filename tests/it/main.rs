//! The integration tests, in one binary so that Arrow and Parquet link once.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::format_collect,
    clippy::format_push_string,
    reason = "a test may fail loudly"
)]

mod areas;
mod count;
mod demo;
mod explain;
mod free_text;
mod labels;
mod parquet;
mod persons;
mod promises;
mod readme;
mod report;
mod support;
mod text;
mod tidy;
mod tune;
