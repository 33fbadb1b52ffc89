//! Detection does as well on the benchmark as `docs/accuracy.md` says, and as is promised.

use crate::benchmark::{Half, scan};
use crate::page;

/// What is promised of `held_out`.
const LEAST_CHECKED_F1: f64 = 0.99;
const LEAST_MACRO_F1: f64 = 0.95;
/// The share of tables whose persons are counted exactly: who is who in a remark stays open.
const LEAST_RIGHT_COUNTS: f64 = 0.95;
/// Tables of both halves together.
const LEAST_TABLES: u64 = 400;

#[test]
fn accuracy_is_what_is_promised_and_written_down() {
    let scores = Half::ALL.map(|half| (half, scan::score(half)));
    let figures = page::figures(&scores);
    let written = include_str!("../../docs/accuracy.md");
    assert!(scores.iter().map(|(_, score)| score.tables).sum::<u64>() >= LEAST_TABLES);
    for (_, score) in scores.iter().filter(|(half, _)| *half == Half::HeldOut) {
        let mistakes = score.mistakes.join("\n");
        assert!(page::least(score) >= LEAST_CHECKED_F1, "classes with a check:\n{mistakes}");
        assert!(score.macro_f1(|class| !page::is_checked(class)) >= LEAST_MACRO_F1, "other classes:\n{mistakes}");
        assert_eq!(score.wrong_decoys, 0, "decoys:\n{mistakes}");
        assert!(score.right_counts as f64 >= LEAST_RIGHT_COUNTS * score.counts as f64, "persons:\n{mistakes}");
    }
    assert!(
        written.contains(&figures),
        "docs/accuracy.md says other figures; `cargo run --release --example evaluate -- --write` writes it anew\n{figures}"
    );
}
