//! Reports: the contract's fields, golden texts and pages, and names that try to steer whoever reads them.

mod cases;

use std::fs;
use std::path::PathBuf;

use exportscan::model::Language;
use exportscan::report::{Style, html, json, text};
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

/// Compares with `tests/golden/NAME`; with `UPDATE_GOLDEN=1` in the environment, writes it.
fn golden(name: &str, actual: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("`{}`: {error}; run with UPDATE_GOLDEN=1", path.display()));
    assert!(expected == actual, "`{}` differs; run with UPDATE_GOLDEN=1 and look at the change", path.display());
}

#[test]
fn equals_the_golden_files() {
    for (name, report) in cases::all() {
        golden(&format!("report/{name}.json"), &json(&report));
        for (id, language) in [("zh", Language::Zh), ("en", Language::En)] {
            golden(&format!("report/{name}.{id}.txt"), &text(&report, language, Style::default()));
            golden(&format!("report/{name}.{id}.html"), &html(&report, language));
        }
    }
    let coloured = Style { width: 72, colour: true };
    golden("report/automotive.zh.72.ansi", &text(&cases::automotive(), Language::Zh, coloured));
}
