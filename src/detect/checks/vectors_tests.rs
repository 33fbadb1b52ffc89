//! What other projects assert of single values, against what the built-in detectors say of them.
//!
//! The corpus is not part of the project. Where it is, `docs/vectors.md` must be what the comparison gives;
//! `UPDATE_GOLDEN=1` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use super::{by_name, passes};
use crate::detect::engine::Engine;
use crate::detect::examples::tests::built_in;
use crate::detect::normal;

/// Who judges the values of a kind.
enum Judge {
    /// Any of these detectors, by id.
    Detectors(&'static [&'static str]),
    /// A check alone, because the values are made for it and are no whole numbers of anybody.
    Check(&'static str),
    /// Nobody: the vocabulary has no class for it. That no detector takes it for a person is tested all the same.
    Nobody(&'static str),
}

const RESIDENT: Judge = Judge::Detectors(&[
    "identity.resident_id.18",
    "identity.resident_id.15",
    "identity.residence_permit",
    "identity.foreign_residence.2023",
]);
const USCC: Judge = Judge::Detectors(&["org.uscc"]);
const IMEI: Judge = Judge::Detectors(&["device.imei", "device.imei.other"]);
const BANK_CARD: Judge = Judge::Detectors(&["finance.bank_card"]);

/// Every kind of the corpus.
const KINDS: &[(&str, &str, Judge)] = &[
    ("bank_card_loose", "bank card, by shape", BANK_CARD),
    ("cn_bin_len", "issuer and length of a bank card", Judge::Check("bank_bin")),
    ("cn_id", "resident identity card", RESIDENT),
    ("cn_id_loose", "resident identity card, by shape", RESIDENT),
    ("cn_id_strict", "resident identity card, area code of the time", RESIDENT),
    ("cn_mobile", "mobile", Judge::Detectors(&["contact.mobile"])),
    ("cn_plate", "plate", Judge::Detectors(&["vehicle.plate.china"])),
    ("cn_uscc", "unified social credit code", USCC),
    ("cn_uscc_loose", "unified social credit code, by shape", USCC),
    ("ean", "article number", Judge::Nobody("goods are no data class")),
    ("hk_id", "Hong Kong identity card", Judge::Detectors(&["identity.hmt_card.hk"])),
    ("iban", "IBAN", Judge::Detectors(&["finance.account.iban"])),
    ("imei", "IMEI", IMEI),
    ("imei_loose", "IMEI, by shape", IMEI),
    ("isbn", "book number", Judge::Nobody("books are no data class")),
    ("luhn", "Luhn check digit", Judge::Check("luhn")),
    ("passport", "passport", Judge::Detectors(&["identity.passport.chinese", "identity.passport.other"])),
];

/// One line of the corpus.
struct Line {
    suite: String,
    kind: String,
    value: String,
    expect: bool,
    /// What the corpus itself makes of the value by the standard, where it can.
    oracle: Option<bool>,
}

impl Line {
    fn new(line: &str) -> Self {
        let row: Value = serde_json::from_str(line).expect("each line is JSON");
        let text =
            |key: &str| row.get(key).and_then(Value::as_str).expect("`src`, `cls` and `value` are there").to_owned();
        Self {
            suite: text("src"),
            kind: text("cls"),
            value: text("value"),
            expect: row.get("expect").and_then(Value::as_bool).expect("`expect` is there"),
            oracle: row.get("oracle").and_then(|oracle| oracle.get("ok")).and_then(Value::as_bool),
        }
    }

    /// Why the suite may see the value otherwise than the standard; `None` where there is no reason.
    fn reason(&self, ours: bool) -> Option<&'static str> {
        Some(match (self.kind.as_str(), ours) {
            ("cn_id_strict", true) => {
                "The area code is younger than the date of birth. Numbers are issued anew and tables of codes have gaps, so the area is no gate."
            }
            ("cn_id_loose", false) => {
                "An expression that tests the shape: the area does not exist or the check character fails."
            }
            ("bank_card_loose", false) => {
                "An expression that tests the number of digits: ten digits are no card, and the Luhn digit of the other fails."
            }
            ("imei_loose", false) => "An expression that tests the number of digits: counting up from 1 fills a field.",
            ("hk_id", false) => "An expression that tests the shape: the check character of `K034169` is A.",
            ("iban", false) if self.value.starts_with("QQ") => {
                "A country that does not exist, with an account of eight digits: the suite's example of a check digit alone."
            }
            ("iban", false) => "A sample of the registry with a figure changed: the remainder modulo 97 is not 1.",
            ("luhn", false) if self.value.bytes().any(|byte| byte.is_ascii_alphabetic()) => {
                "Luhn over an alphabet of sixteen letters, which no identifier here uses."
            }
            _ => return None,
        })
    }
}

fn lines() -> Option<Vec<Line>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/vectors.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: no values of other projects at {}", path.display());
        return None;
    };
    Some(text.lines().map(Line::new).collect())
}

/// Whether the detector accepts the value as a whole cell.
fn accepts(engine: &Engine, id: &str, value: &str) -> bool {
    let detector = engine.cells.iter().find(|detector| detector.spec.id == id);
    let mut half_width = Vec::new();
    let half_width = normal::half_width(value.as_bytes(), &mut half_width);
    detector.unwrap_or_else(|| panic!("no detector `{id}`")).fits_cell(half_width, &mut Vec::new())
}

fn judge(engine: &Engine, judge: &Judge, value: &str) -> Option<bool> {
    match judge {
        Judge::Detectors(ids) => Some(ids.iter().any(|id| accepts(engine, id, value))),
        Judge::Check(name) => by_name(name).map(|at| passes(at, value.as_bytes())),
        Judge::Nobody(_) => None,
    }
}

/// What became of the lines of one kind.
#[derive(Default)]
struct Tally<'l> {
    lines: usize,
    agree: usize,
    suites: BTreeSet<&'l str>,
}

/// Differences by kind, suite and reason, with what the suite expects.
type Differences<'l> = BTreeMap<(&'l str, &'l str, &'static str), (usize, bool)>;

struct Comparison<'l> {
    tallies: BTreeMap<&'l str, Tally<'l>>,
    differences: Differences<'l>,
    wrong: Vec<String>,
}

fn compare(lines: &[Line]) -> Comparison<'_> {
    let engine = built_in();
    let mut comparison = Comparison { tallies: BTreeMap::new(), differences: BTreeMap::new(), wrong: Vec::new() };
    for line in lines {
        let Some((_, _, by)) = KINDS.iter().find(|(kind, _, _)| *kind == line.kind) else {
            comparison.wrong.push(format!("nobody judges the kind `{}`", line.kind));
            continue;
        };
        let tally = comparison.tallies.entry(&line.kind).or_default();
        tally.lines += 1;
        tally.suites.insert(&line.suite);
        let Some(ours) = judge(engine, by, &line.value) else {
            comparison.wrong.extend(taken_for_a_person(engine, line));
            continue;
        };
        if line.oracle.is_some_and(|oracle| oracle != ours) {
            comparison.wrong.push(format!("{} `{}`: {ours}, against the oracle", line.kind, line.value));
        }
        if ours == line.expect {
            tally.agree += 1;
        } else if let Some(reason) = line.reason(ours) {
            comparison.differences.entry((&line.kind, &line.suite, reason)).or_insert((0, line.expect)).0 += 1;
        } else {
            comparison.wrong.push(format!("{} `{}`: {ours}, for no known reason", line.kind, line.value));
        }
    }
    comparison
}

/// What is wrong where a detector that needs no header takes the value for somebody's.
fn taken_for_a_person(engine: &Engine, line: &Line) -> Option<String> {
    let speaks_alone = engine.cells.iter().filter(|detector| {
        detector.looks_at_every_cell && detector.identifier().is_some() && !detector.spec.needs_header
    });
    let mut takers = speaks_alone.filter(|detector| accepts(engine, &detector.spec.id, &line.value));
    takers.next().map(|taker| format!("`{}` takes `{}` for somebody's", taker.spec.id, line.value))
}

const HEAD: &str = "# Values of other projects

Test suites of other projects assert of single values that they are valid or not. The values are judged here by the
built-in detectors, one value at a time: pattern and checks, without a header or a column around it. A test compares, and
fails where a figure of this page is not what it finds, where a detector disagrees with the standard (the corpus computes
check digits, dates and area codes by itself), or where a suite disagrees for a reason that is not listed.

Suites: python-stdnum (`stdnum`), jxlwqq/id-validator and its ports (`jxlwqq`, `guanguans`), any-rule, hexindai/bcbc
(`bcbc`).

## What is compared

| kind | what it is | judged by | suites | lines | as the suite says |
|---|---|---|---|--:|--:|
";

fn page(comparison: &Comparison<'_>) -> String {
    let mut page = HEAD.to_owned();
    let (mut lines, mut agree, mut compared) = (0, 0, 0);
    for (kind, title, by) in KINDS {
        let Some(tally) = comparison.tallies.get(kind) else { continue };
        let suites: Vec<&str> = tally.suites.iter().copied().collect();
        let (by, said) = match by {
            Judge::Detectors(ids) => (format!("`{}`", ids.join("`, `")), tally.agree.to_string()),
            Judge::Check(name) => (format!("check `{name}`"), tally.agree.to_string()),
            Judge::Nobody(why) => (format!("not compared: {why}; no detector takes one for a person"), "-".to_owned()),
        };
        lines += tally.lines;
        agree += tally.agree;
        compared += if said == "-" { 0 } else { tally.lines };
        let _ = writeln!(page, "| {kind} | {title} | {by} | {} | {} | {said} |", suites.join(", "), tally.lines);
    }
    let _ = write!(
        page,
        "\nOf {lines} lines, {compared} are compared and {agree} are as their suite says. Wherever the corpus knows what the standard\n\
         says, the detectors say it too.\n\n\
         ## Where a suite says otherwise\n\n| kind | suite | lines | the suite | the detectors | why |\n|---|---|--:|---|---|---|\n"
    );
    for ((kind, suite, reason), (n, expect)) in &comparison.differences {
        let word = |valid: bool| if valid { "valid" } else { "not valid" };
        let _ = writeln!(page, "| {kind} | {suite} | {n} | {} | {} | {reason} |", word(*expect), word(!expect));
    }
    page
}

#[test]
fn values_of_other_projects_are_judged_by_the_standard() {
    let Some(lines) = lines() else { return };
    let comparison = compare(&lines);
    assert!(comparison.wrong.is_empty(), "{}", comparison.wrong.join("\n"));
    let counted: usize = comparison.tallies.values().map(|tally| tally.lines).sum();
    assert_eq!(counted, lines.len(), "every line is compared or named");
    let (path, page) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/vectors.md"), page(&comparison));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(known == page, "docs/vectors.md is not what the comparison gives; UPDATE_GOLDEN=1 writes it anew");
}
