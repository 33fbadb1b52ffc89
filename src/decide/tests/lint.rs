//! What the lint says of packs that are wrong.

use super::*;

const GOOD: &str = r#"
[list]
id = "test"
title = { zh = "试", en = "test" }
edition = "1"
issued = "2024-01-01"
in_force_from = "2024-01-02"
source = ["here"]
sensitive = ["health.*"]
sensitive_note = { zh = "注", en = "note" }

[[industry]]
id = "retail"
title = { zh = "零售", en = "retail" }
scenarios = [{ id = "members", title = { zh = "会员", en = "members" } }]

[[row]]
id = "a.1"
clause = "1"
title = { zh = "一", en = "one" }
text = { zh = "文", en = "text" }
about = "personal"
category = "I"
procedure = ["security_assessment"]
source = ["here"]
industry = "retail"
scenarios = ["members"]
persons = { count = "all", at_least = 10, counter = "exported" }
case = [
    { sensitive = 9, status = "not_reached" },
    { sensitive = 10, status = "reached" },
]
"#;

fn parse(text: &str) -> Result<RulePack, String> {
    let file = PackFile { name: "test.toml".to_owned(), text: text.to_owned() };
    parse_rules(&file).map_err(|error| error.to_string())
}

#[test]
fn faults_are_told() {
    let cases = [
        ("", "", ""),
        ("\"a.1\"", "\"a 1\"", "`a 1` is no id; use words of letters, digits, `_` and `-` with dots between them"),
        ("\"a.1\"", "\"test\"", "the id `test` is used twice; ids are permanent and unique over all packs"),
        ("2024-01-01", "2024-13-01", "`test`: `issued` is no day; write it as `2024-08-30`"),
        (
            "edition = \"1\"",
            "edition = \"1\"\nsuperseded_by = { zh = \"\", en = \"\" }",
            "`test`: `superseded_by` does not name what replaces the list",
        ),
        ("source = [\"here\"]\nindustry", "source = []\nindustry", "`test`: row `a.1`: no source"),
        ("id = \"members\"", "id = \"guests\"", "`test`: row `a.1`: a scenario is not declared with its industry"),
        (
            "id = \"members\"",
            "id = \"other\"",
            "`test`: scenario `other` of `retail` has a malformed, reserved or reused id, or no title",
        ),
        (
            "id = \"retail\"",
            "id = \"automotive\"",
            "`test`: row `a.1`: its industry is not declared with `[[industry]]`",
        ),
        (
            "case = [",
            "unknown_text = true\ncase = [",
            "`test`: row `a.1`: the text is not known, so there can be no predicate",
        ),
        (
            "persons = { count = \"all\", at_least = 10, counter = \"exported\" }",
            "",
            "`test`: row `a.1`: no predicate, and no `limits` that say why",
        ),
        ("at_least = 10", "at_least = 11", "`test`: row `a.1`: case 2 must be `reached` and is `not_reached`"),
        ("at_least = 10", "more_than = 9", ""),
        (
            "at_least = 10",
            "at_least = 10, more_than = 9",
            "`test`: row `a.1`: `persons` needs either `at_least` (以上) or `more_than` (超过)",
        ),
        ("sensitive = 9,", "sensitive = 8,", "`test`: row `a.1`: no cases on both sides of the threshold: 9 and 10"),
        (
            "at_least = 10",
            "at_least = 10, below = 20",
            "`test`: row `a.1`: no cases on both sides of the threshold: 19 and 20",
        ),
    ];
    for (from, to, expected) in cases {
        assert!(GOOD.contains(from), "{from}");
        let faults = check_rules(&[parse(&GOOD.replacen(from, to, 1)).unwrap()]);
        if expected.is_empty() {
            assert_eq!(faults, Vec::<String>::new(), "{to}");
        } else {
            assert!(faults.iter().any(|fault| fault == expected), "{to}: {faults:#?}");
        }
    }
}

#[test]
fn ids_are_unique_over_all_packs() {
    let pack = parse(GOOD).unwrap();
    assert_eq!(check_rules(&[pack.clone(), pack]).len(), 2);
}

#[test]
fn parsing_is_strict() {
    for (from, to, expected) in [
        ("clause = \"1\"", "clause = \"1\"\nthreshold = 3", "unknown field `threshold`"),
        ("health.*", "healthy.*", "unknown class `healthy.*`"),
        ("category = \"I\"", "category = \"III\"", "unknown variant `III`"),
        ("counter = \"exported\"", "counter = \"sold\"", "unknown variant `sold`"),
    ] {
        let error = parse(&GOOD.replacen(from, to, 1)).unwrap_err();
        assert!(error.contains(expected) && error.contains("line "), "{error}");
    }
}
