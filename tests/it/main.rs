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

mod accuracy;
mod archives;
mod areas;
mod avro;
#[path = "../../examples/evaluate/benchmark/mod.rs"]
mod benchmark;
mod corpus;
mod count;
mod demo;
mod documents;
mod explain;
mod folders;
mod forms;
mod free_text;
mod inner;
mod ipc;
mod json;
mod kinds;
mod labels;
mod ledger;
mod memory;
mod merge;
mod orc;
#[path = "../../examples/evaluate/others.rs"]
#[expect(dead_code, reason = "the page of accuracy shows other tools, and the tests do not")]
mod others;
#[path = "../../examples/evaluate/page.rs"]
#[expect(dead_code, reason = "the tests compare the part that tables alone decide")]
mod page;
mod parquet;
mod pdf;
mod person;
mod persons;
mod places;
mod promises;
mod readme;
mod report;
mod roles;
mod sheet;
mod sql;
mod sqlite;
mod support;
mod tables;
mod tally;
mod text;
mod tidy;
mod tune;
mod watch;
mod xml;
