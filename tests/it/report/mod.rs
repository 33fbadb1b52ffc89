//! Reports: the contract's fields, golden texts and pages, and names that try to steer whoever reads them.

pub(crate) mod cases;
mod lists;
mod merged;

use std::fs;
use std::path::PathBuf;

use exportscan::decide::Category;
use exportscan::model::Language;
use exportscan::report::{Report, Style, html, json, text};
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

const LANGUAGES: [(&str, Language); 2] = [("zh", Language::Zh), ("en", Language::En)];

/// Compares with `tests/golden/NAME`, whatever the version of the program; with `UPDATE_GOLDEN=1` in the environment,
/// writes it.
pub(crate) fn golden(name: &str, actual: &str) {
    let actual = actual.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("`{}`: {error}; run with UPDATE_GOLDEN=1", path.display()));
    assert!(expected == actual, "`{}` differs; run with UPDATE_GOLDEN=1 and look at the change", path.display());
}

#[test]
fn equals_the_golden_files() {
    let mut reports = cases::all();
    // The hostile report is long; what must hold of it is tested below by properties.
    reports.retain(|(name, _)| *name != "hostile");
    for (name, report) in reports {
        golden(&format!("report/{name}.json"), &json(&report));
        for (id, language) in LANGUAGES {
            golden(&format!("report/{name}.{id}.txt"), &text(&report, language, Style::default()));
            golden(&format!("report/{name}.{id}.html"), &html(&report, language));
        }
    }
    let coloured = Style { width: 72, colour: true };
    golden("report/automotive.zh.72.ansi", &text(&cases::automotive(), Language::Zh, coloured));
}

/// The fields of the contract: a path, where `[]` is every element, and the kind of JSON value.
const CONTRACT: &[(&str, &str)] = &[
    ("schema", "string"),
    ("tool.name", "string"),
    ("tool.version", "string"),
    ("facts.industry", "string?"),
    ("facts.scenario", "string?"),
    ("facts.ciio", "bool?"),
    ("facts.zone_registered", "bool?"),
    ("facts.exemptions[]", "string"),
    ("coverage.objects_found", "number"),
    ("coverage.objects_read", "number"),
    ("coverage.objects_failed", "number"),
    ("coverage.objects_skipped", "number"),
    ("coverage.rows_read", "number"),
    ("coverage.bytes_read", "number"),
    ("coverage.complete", "bool"),
    ("coverage.problems[].code", "string"),
    ("coverage.problems[].object", "string"),
    ("coverage.problems[].where", "string"),
    ("coverage.problems[].message", "string"),
    ("objects[].uri", "string"),
    ("objects[].format", "string"),
    ("objects[].encoding", "string"),
    ("objects[].rows", "number"),
    ("objects[].bytes", "number"),
    ("objects[].columns[].name", "string"),
    ("objects[].columns[].type", "string"),
    ("objects[].columns[].rows", "number"),
    ("objects[].columns[].nulls", "number"),
    ("objects[].columns[].classes[].class", "string"),
    ("objects[].columns[].classes[].detector", "string"),
    ("objects[].columns[].classes[].matches", "number"),
    ("objects[].columns[].classes[].distinct", "number"),
    ("objects[].columns[].classes[].share", "number?"),
    ("objects[].columns[].classes[].confidence", "string"),
    ("objects[].columns[].classes[].because[]", "string"),
    ("objects[].columns[].classes[].samples[]", "string"),
    ("objects[].records[].class", "string"),
    ("objects[].records[].detector", "string"),
    ("objects[].records[].columns[]", "string"),
    ("objects[].records[].rows", "number"),
    ("objects[].records[].subjects", "number"),
    ("objects[].records[].confidence", "string"),
    ("objects[].records[].facets", "object"),
    ("persons.best", "number"),
    ("persons.at_least", "number"),
    ("persons.at_most", "number"),
    ("persons.unattributed_rows", "number"),
    ("persons.sensitive.best", "number"),
    ("persons.sensitive.at_least", "number"),
    ("persons.sensitive.at_most", "number"),
    ("persons.non_sensitive.best", "number"),
    ("persons.non_sensitive.at_least", "number"),
    ("persons.non_sensitive.at_most", "number"),
    ("persons.by_class", "object"),
    ("persons.year_to_date", "object?"),
    ("lists[].id", "string"),
    ("lists[].title.zh", "string"),
    ("lists[].title.en", "string"),
    ("lists[].edition", "string"),
    ("lists[].in_force_from", "string"),
    ("lists[].superseded_by", "string?"),
    ("lists[].notes[].id", "string"),
    ("lists[].notes[].text.zh", "string"),
    ("lists[].notes[].source[]", "string"),
    ("lists[].rows[].id", "string"),
    ("lists[].rows[].clause", "string"),
    ("lists[].rows[].category", "string"),
    ("lists[].rows[].procedure[]", "string"),
    ("lists[].rows[].status", "string"),
    ("lists[].rows[].certain", "bool"),
    ("lists[].rows[].flag", "bool"),
    ("lists[].rows[].measured", "object?"),
    ("lists[].rows[].op", "string?"),
    ("lists[].rows[].threshold", "number?"),
    ("lists[].rows[].missing_facts[]", "string"),
    ("lists[].rows[].evidence[].object", "string"),
    ("lists[].rows[].evidence[].columns[]", "string"),
    ("lists[].rows[].evidence[].class", "string"),
    ("lists[].verdict.category", "string"),
    ("lists[].verdict.procedure[]", "string"),
    ("lists[].verdict.certain", "bool"),
    ("lists[].verdict.because[]", "string"),
    ("verdict.category", "string"),
    ("verdict.procedure[]", "string"),
    ("verdict.certain", "bool"),
    ("verdict.list", "string"),
    ("verdict.because[]", "string"),
    ("verdict.if[].facts", "object"),
    ("verdict.if[].category", "string"),
    ("verdict.if[].certain", "bool"),
    ("verdict.if[].because[]", "string"),
];

/// Every value at `path`, which must exist in every element on the way.
fn at<'a>(value: &'a Value, path: &str) -> Vec<&'a Value> {
    path.split('.').fold(vec![value], |values, part| {
        let name = part.trim_end_matches("[]");
        let named =
            values.into_iter().map(|value| value.get(name).unwrap_or_else(|| panic!("no `{name}` of `{path}`")));
        if part.ends_with("[]") {
            named.flat_map(|value| value.as_array().unwrap_or_else(|| panic!("`{path}` is no array"))).collect()
        } else {
            named.collect()
        }
    })
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[test]
fn json_has_every_field_of_the_contract() {
    for (name, report) in cases::all() {
        let document: Value = serde_json::from_str(&json(&report)).unwrap();
        for (path, expected) in CONTRACT {
            for value in at(&document, path) {
                let found = kind(value);
                let fits = found == expected.trim_end_matches('?') || (expected.ends_with('?') && found == "null");
                assert!(fits, "{name}: `{path}` is {found}, not {expected}");
            }
        }
    }
}

#[test]
fn json_says_what_the_report_says() {
    let document: Value = serde_json::from_str(&json(&cases::automotive())).unwrap();
    let cases = [
        ("/schema", "\"exportscan.report/1\""),
        ("/tool/name", "\"exportscan\""),
        ("/facts/industry", "\"automotive\""),
        ("/facts/exemptions", "[\"hr\"]"),
        ("/persons/best", "96518"),
        ("/persons/sensitive", "{\"at_least\":12096,\"at_most\":13026,\"best\":12406}"),
        ("/persons/non_sensitive/best", "84112"),
        ("/persons/unattributed_rows", "512"),
        ("/persons/by_class/vehicle.track/best", "2481"),
        ("/persons/year_to_date", "null"),
        ("/objects/1/columns/2/classes/0/share", "1.0"),
        ("/objects/1/columns/1/classes/0/share", "0.9962"),
        ("/objects/1/columns/2/classes/0/because", "[\"header\",\"checksum\"]"),
        ("/objects/1/columns/2/classes/0/against", "[\"few_values\"]"),
        ("/objects/1/columns/2/classes/0/samples/0", "\"1101**********002X\""),
        ("/objects/2/records/0/facets/distinct_station", "2481"),
        ("/lists/0/rows/2/status", "\"reached\""),
        ("/lists/0/rows/2/op", "\">=\""),
        ("/lists/0/rows/2/threshold", "10000"),
        ("/lists/0/rows/4/below", "10000"),
        ("/verdict/category", "\"I\""),
        ("/verdict/because", "[\"auto.I.pi.2\"]"),
        ("/verdict/if", "[]"),
    ];
    for (pointer, expected) in cases {
        let value = document.pointer(pointer).unwrap_or_else(|| panic!("nothing at `{pointer}`"));
        assert_eq!(value.to_string(), expected, "{pointer}");
    }
}

#[test]
fn json_keeps_names_exactly() {
    let report = cases::hostile();
    let document: Value = serde_json::from_str(&json(&report)).unwrap();
    let object = &report.totals.objects[0];
    assert_eq!(document["objects"][0]["uri"], object.uri.as_str());
    assert_eq!(document["objects"][0]["columns"][60]["name"], object.columns[60].name.as_str());
    assert_eq!(document["coverage"]["problems"].as_array().unwrap().len(), 300);
}

#[test]
fn nothing_steers_a_terminal() {
    let report = cases::hostile();
    let mut outputs = vec![json(&report)];
    for (_, language) in LANGUAGES {
        outputs.push(text(&report, language, Style::default()));
        outputs.push(html(&report, language));
    }
    for output in outputs {
        for c in cases::STEERING {
            assert!(!output.contains(c), "{:?} in {}", c, output.lines().find(|line| line.contains(c)).unwrap());
        }
    }
}

#[test]
fn text_stays_inside_its_width() {
    for (name, report) in cases::all() {
        for (id, language) in LANGUAGES {
            for width in [0, 60, 72, 100, 160] {
                for line in text(&report, language, Style { width, colour: false }).lines() {
                    assert!(line.width() <= width.max(Style::NARROWEST), "{name}.{id} at {width}: {line}");
                }
            }
        }
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    for (name, report) in cases::all() {
        let plain = text(&report, Language::Zh, Style::default());
        let coloured = text(&report, Language::Zh, Style { colour: true, ..Style::default() });
        let stripped: String = coloured
            .split('\u{1b}')
            .enumerate()
            .map(|(at, part)| if at == 0 { part } else { part.split_once('m').unwrap().1 })
            .collect();
        assert!(stripped == plain, "{name}");
        assert!(!plain.contains('\u{1b}'), "{name}");
    }
}

/// Elements that a page may have; everything else in it is text.
const ELEMENTS: &str = "html head meta title style body header main section article p h1 h2 h3 strong br span a ul li dl dt dd \
                        div table thead tbody tr th td colgroup col details summary blockquote code svg rect path text";

/// Elements without an end tag.
const VOID: &str = "meta br col";

/// The start and end tags of a page, in order; the style sheet is skipped.
fn tags(page: &str) -> Vec<&str> {
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    [head, body]
        .into_iter()
        .flat_map(|part| part.split('<').skip(1))
        .map(|part| part.split_once('>').unwrap().0)
        .filter(|tag| !tag.starts_with('!'))
        .collect()
}

#[test]
fn page_is_well_formed_and_has_only_its_own_elements() {
    for (name, report) in cases::all() {
        for (_, language) in LANGUAGES {
            let page = html(&report, language);
            let mut open = Vec::new();
            for tag in tags(&page) {
                let element = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
                assert!(ELEMENTS.split_whitespace().any(|known| known == element), "{name}: <{tag}>");
                assert!(!tag.contains(" on"), "{name}: <{tag}>");
                if let Some(closed) = tag.strip_prefix('/') {
                    assert_eq!(open.pop(), Some(closed), "{name}");
                } else if !tag.ends_with('/') && !VOID.split_whitespace().any(|void| void == element) {
                    open.push(element);
                }
            }
            assert!(open.is_empty(), "{name}: {open:?}");
        }
    }
}

#[test]
fn page_needs_nothing_from_outside() {
    for (name, report) in cases::all() {
        let page = html(&report, Language::En);
        for word in ["src=", "@import", "url(", "http:", "https:", cases::SCRIPT, "<script", "<link", "<iframe"] {
            assert!(!page.contains(word), "{name}: {word}");
        }
        for link in page.split("href=\"").skip(1) {
            assert!(link.starts_with('#'), "{name}: {}", link.split('"').next().unwrap());
        }
    }
}

#[test]
fn page_names_its_language_and_every_problem() {
    let report = cases::hostile();
    for (lang, language) in [("zh-CN", Language::Zh), ("en", Language::En)] {
        let page = html(&report, language);
        assert!(page.contains(&format!("<html lang=\"{lang}\">")));
        for at in 0..300 {
            assert!(page.contains(&format!("bucket/{at:03}/")), "{lang}: problem {at}");
        }
    }
}

/// The first line, which is all that some readers see.
fn headline(report: &Report, language: Language) -> String {
    text(report, language, Style { width: 400, colour: false }).lines().next().unwrap().to_owned()
}

#[test]
fn free_is_said_only_of_a_complete_scan() {
    let (zh, en) = ("备案后可以出境", "may be exported after the filing");
    let free = cases::free();
    assert!(headline(&free, Language::Zh).contains(zh) && headline(&free, Language::En).contains(en));

    // Each of these alone takes the answer away, whatever the decision claims.
    let unread = cases::unread();
    let mut claimed = cases::unread();
    claimed.decision.verdict.certain = true;
    let mut nothing = cases::free();
    nothing.totals.coverage = exportscan::model::Coverage::default();
    let mut doubtful = cases::free();
    doubtful.decision.verdict.certain = false;
    for report in [unread, claimed, nothing, doubtful] {
        assert_eq!(report.decision.verdict.category, Category::None);
        for (_, language) in LANGUAGES {
            let (text, page) = (text(&report, language, Style::default()), html(&report, language));
            for output in [&text, &page] {
                assert!(!output.contains(zh) && !output.contains(en), "{}", headline(&report, language));
            }
            assert!(!page.contains("class=\"verdict free\""));
        }
    }
}

#[test]
fn no_branch_is_free_while_something_is_unread() {
    let mut report = cases::undetermined();
    assert!(text(&report, Language::En, Style::default()).contains("No row reached"));
    report.totals.coverage = cases::unread().totals.coverage;
    let page = html(&report, Language::En);
    assert!(!page.contains("No row reached") && !page.contains("outcome free"));
}

#[test]
fn headlines_answer() {
    let cases = [
        (
            cases::automotive(),
            "[Ⅰ类] 须先通过数据出境安全评估，方可出境",
            "[Category I] May be exported only after passing the data export security assessment",
        ),
        (
            cases::undetermined(),
            "[尚不能判定] 须先补充以下事实才能判定：行业、业务场景",
            "[Undetermined] Depends on facts that were not given: industry, scenario",
        ),
        (
            cases::unread(),
            "[不能下结论] 有 2 个对象未能完整读取，因此不能认定可以出境",
            "[Cannot be said] Whether this may be exported cannot be said, because 2 objects were not read to the end",
        ),
        (
            cases::free(),
            "[未达到] 清单各条均未达到：按清单要求完成备案后可以出境",
            "[No row reached] No row of the list is reached: may be exported after the filing that the list asks for",
        ),
    ];
    for (report, zh, en) in cases {
        assert_eq!(headline(&report, Language::Zh), zh);
        assert_eq!(headline(&report, Language::En), en);
    }
}

/// What an officer's terminal shows at once.
const SCREEN: (usize, usize) = (100, 40);

#[test]
fn first_screen_fits() {
    for (name, report) in cases::all() {
        for (id, language) in LANGUAGES {
            let text = text(&report, language, Style { width: SCREEN.0, colour: false });
            let facts = if language == Language::Zh { "已提供的事实" } else { "Facts as given" };
            let outcomes =
                if language == Language::Zh { "补充事实后的结论" } else { "Outcome by the missing facts" };
            let lines = text.lines().take_while(|line| ![facts, outcomes].contains(line)).count();
            assert!(name == "hostile" || lines <= SCREEN.1, "{name}.{id}: {lines} lines");
        }
    }
}

#[test]
fn a_flag_is_pointed_out_and_branches_tell_their_certainty() {
    let report = cases::undetermined();
    let (text, page) = (text(&report, Language::En, Style::default()), html(&report, Language::En));
    for output in [&text, &page] {
        assert!(output.contains("no part of the verdict"));
        assert!(output.contains("II (uncertain)"));
        assert!(output.contains("All persons exported since 1 January are counted"), "the remark of the list");
    }
}

#[test]
fn chinese_reports_cite_clauses_in_chinese() {
    let packs: Vec<_> =
        exportscan::pack::built_in_rules().iter().map(|file| exportscan::pack::parse_rules(file).unwrap()).collect();
    let mut report = cases::free();
    report.decision = exportscan::decide::decide(&packs, &report.totals, &report.facts);
    let page = html(&report, Language::Zh);
    for list in &report.decision.lists {
        for row in &list.rows {
            let cell = format!("<tr id=\"row-{}\">", row.id);
            let (_, rest) = page.split_once(&cell).unwrap();
            let (_, rest) = rest.split_once("<strong>").unwrap();
            let clause = rest.split_once("</strong>").unwrap().0;
            assert!(!clause.contains(|c: char| c.is_ascii_alphabetic()), "{}: {clause}", row.id);
        }
    }
}

#[test]
fn an_empty_report_renders() {
    let mut report = cases::free();
    report.totals = exportscan::tally::Totals::default();
    report.decision.lists.clear();
    report.decision.verdict.list.clear();
    report.decision.verdict.category = Category::NotApplicable;
    for (_, language) in LANGUAGES {
        assert!(!text(&report, language, Style::default()).is_empty());
        assert!(html(&report, language).ends_with("</html>"));
    }
    assert!(json(&report).ends_with("}\n"));
}
