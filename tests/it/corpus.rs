//! Every file of the corpus ends in rows or in a problem with a code, and what it ends in is written down.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use exportscan::model::Severity;

use crate::report::golden;
use crate::support::{Cut, corpus, tally_of};

/// What each object of a file came to, a line each: the path inside the corpus, rows, and the codes of problems.
fn listing(corpus: &Path) -> String {
    let root = format!("{}/", corpus.to_string_lossy());
    let tally = tally_of(corpus, Cut::default());
    let mut lines = BTreeMap::<String, String>::new();
    for object in &tally.objects {
        let coverage = &object.coverage;
        let mut codes: Vec<&str> = coverage.problems.iter().map(|problem| problem.code.id()).collect();
        codes.sort_unstable();
        codes.dedup();
        let is_unread = coverage.problems.iter().any(|problem| problem.code.severity() == Severity::Unread);
        let what = match (&object.finding, is_unread) {
            (None, false) => "holds objects".to_owned(),
            (None, true) => "not read".to_owned(),
            (Some(_), true) => format!("{} rows, not whole", coverage.rows_read),
            (Some(_), false) => format!("{} rows", coverage.rows_read),
        };
        let path = object.uri.strip_prefix(&root).unwrap_or(&object.uri);
        let mut line = what;
        for code in codes {
            write!(line, " {code}").unwrap();
        }
        // An object of one name twice in an archive has its lines under one another.
        lines.entry(path.to_owned()).and_modify(|known| *known += &format!("\n{path}: {line}")).or_insert(line);
    }
    assert!(tally.unlisted.is_empty(), "{:?}", tally.unlisted);
    lines.iter().map(|(path, line)| format!("{path}: {line}\n")).collect()
}

#[test]
fn every_file_of_the_corpus_ends_in_rows_or_in_a_problem() {
    let Some(corpus) = corpus() else { return };
    let listing = listing(&corpus);
    for line in listing.lines() {
        let told = line.rsplit_once(": ").unwrap().1;
        assert!(told != "not read", "{line}: no code");
    }
    golden("corpus.txt", &listing);
}
