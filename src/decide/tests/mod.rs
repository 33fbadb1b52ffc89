//! Both shipped packs, at their edges.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use crate::count::Census;
use crate::model::{
    ClassFinding, ColumnFinding, Confidence, Exemption, IdentifierKind, ObjectFinding, Problem, ProblemCode,
};
use crate::pack::{PackFile, built_in_rules, parse_rules};

use super::*;

mod lint;
mod rows;

fn packs() -> Vec<RulePack> {
    built_in_rules().iter().map(|file| parse_rules(file).unwrap_or_else(|error| panic!("{error}"))).collect()
}

fn classes(words: &str) -> ClassSet {
    words.split_whitespace().map(|word| Class::from_id(word).unwrap_or_else(|| panic!("{word}"))).collect()
}

/// `ciio=no zone=yes industry=retail scenario=x claims=hr important=no`; `?` is what is left out.
fn facts(words: &str) -> Facts {
    let mut facts = Facts::default();
    for (key, value) in words.split_whitespace().filter_map(|word| word.split_once('=')) {
        let yes = Some(value == "yes");
        match key {
            "ciio" => facts.ciio = yes,
            "zone" => facts.zone_registered = yes,
            "important" => facts.important_data = yes,
            "industry" => facts.industry = Some(value.parse().unwrap()),
            "scenario" => facts.scenario = Some(value.to_owned()),
            "claims" => facts.exemptions = value.split(',').map(|claim| claim.parse::<Exemption>().unwrap()).collect(),
            _ => panic!("{key}"),
        }
    }
    facts
}

/// Persons by `classes*least..best..most` or `classes*n`; `rows:classes*n` are rows of nobody; `found:class` is a
/// column; `unread` leaves the scan incomplete.
fn totals(words: &[&str]) -> Totals {
    let mut totals = Totals::default();
    let mut least = Vec::new();
    for word in words {
        if *word == "unread" {
            totals.coverage.problems.push(Problem::new(ProblemCode::ObjectUnreadable, "b.csv", "denied"));
        } else if let Some(class) = word.strip_prefix("found:") {
            totals.objects.push(object(class));
        } else {
            let (named, number) = word.rsplit_once('*').unwrap();
            let numbers: Vec<u64> = number.split("..").map(|n| n.replace('_', "").parse().unwrap()).collect();
            if let Some(named) = named.strip_prefix("rows:") {
                *totals.unattributed.entry(classes(named)).or_default() += numbers[0];
                continue;
            }
            let set = classes(named);
            least.push((set, numbers[0]));
            totals.census.best.push((set, numbers[numbers.len() / 2]));
            totals.census.at_most.push((set, *numbers.last().unwrap()));
        }
    }
    totals.census = Census { at_least: vec![(IdentifierKind::ResidentId, least)], ..totals.census };
    totals
}

fn object(class: &str) -> ObjectFinding {
    let class = Class::from_id(class).unwrap();
    let finding = ClassFinding {
        class,
        detector: class.id().to_owned(),
        matches: 1,
        distinct: 1,
        distinct_exact: true,
        share: 1.0,
        confidence: Confidence::Medium,
        because: Vec::new(),
        samples: Vec::new(),
        accepted: None,
        declared: None,
    };
    let column =
        ColumnFinding { name: "c".to_owned(), data_type: "utf8".to_owned(), rows: 1, nulls: 0, classes: vec![finding] };
    ObjectFinding {
        uri: format!("{class}.csv"),
        format: "csv".to_owned(),
        encoding: "utf-8".to_owned(),
        rows: 1,
        bytes: 1,
        columns: vec![column],
        records: Vec::new(),
    }
}

fn tell(decision: &Decision) -> String {
    let verdict = &decision.verdict;
    let sure = if verdict.certain { "surely" } else { "perhaps" };
    format!("{sure} {} by {}: {}", verdict.category.id(), verdict.list, verdict.because.join(" "))
}

fn check(given: &str, data: &[&str], expected: &str) {
    let decision = decide(&packs(), &totals(data), &facts(given));
    assert_eq!(tell(&decision).trim_end(), expected, "facts `{given}`, data {data:?}");
}

#[test]
fn shipped_packs_are_sound_and_their_cases_hold() {
    assert_eq!(check_rules(&packs()), Vec::<String>::new());
}

const AUTO: &str = "ciio=no zone=yes industry=automotive";
const BJ: &str = "cn-bj-ftz-2024";

#[test]
fn automotive_thresholds() {
    let cases: &[(&[&str], &str)] = &[
        (&["person.name*99_999"], "perhaps none by cn-bj-ftz-2024:"),
        (&["person.name*100_000"], "surely II by cn-bj-ftz-2024: auto.II.pi.1"),
        (&["person.name*100_001"], "surely II by cn-bj-ftz-2024: auto.II.pi.1"),
        (&["person.name*999_999"], "surely II by cn-bj-ftz-2024: auto.II.pi.1"),
        (&["person.name*1_000_000"], "surely I by cn-bj-ftz-2024: auto.I.pi.1"),
        (&["identity.resident_id*1"], "surely II by cn-bj-ftz-2024: auto.II.pi.2"),
        (&["identity.resident_id*9_999"], "surely II by cn-bj-ftz-2024: auto.II.pi.2"),
        (&["identity.resident_id*10_000"], "surely I by cn-bj-ftz-2024: auto.I.pi.2"),
        (&["person.minor*1"], "surely II by cn-bj-ftz-2024: auto.II.pi.2"),
        // Nobody can be told apart, so the count is open upwards, but somebody is there.
        (&["rows:identity.resident_id*9_999"], "surely II by cn-bj-ftz-2024: auto.II.pi.2"),
        (&["rows:identity.resident_id*10_000"], "perhaps I by cn-bj-ftz-2024: auto.I.pi.2"),
        (&["identity.resident_id*9_999", "rows:vehicle.track*1"], "perhaps I by cn-bj-ftz-2024: auto.I.pi.2"),
        (&["identity.resident_id*9_000..9_500..10_000"], "perhaps I by cn-bj-ftz-2024: auto.I.pi.2"),
        (&["person.name*900_000..950_000..1_000_000"], "perhaps I by cn-bj-ftz-2024: auto.I.pi.1"),
        (&["person.name*90_000..95_000..100_000"], "perhaps II by cn-bj-ftz-2024: auto.II.pi.1"),
        (&["found:charging.session"], "perhaps I by cn-bj-ftz-2024: auto.I.important.3"),
        (&["found:vehicle.vin"], "perhaps none by cn-bj-ftz-2024:"),
        // What was not read can only add.
        (&["identity.resident_id*10_000", "unread"], "surely I by cn-bj-ftz-2024: auto.I.pi.2"),
        (&["identity.resident_id*9_999", "unread"], "perhaps II by cn-bj-ftz-2024: auto.II.pi.2"),
        (&["unread"], "perhaps none by cn-bj-ftz-2024:"),
    ];
    for (data, expected) in cases {
        check(AUTO, data, expected);
    }
}

#[test]
fn important_data_by_declaration() {
    for (more, data, expected) in [
        ("important=no", "person.name*99_999", "surely none by cn-bj-ftz-2024:"),
        ("important=yes", "person.name*99_999", "surely I by cn-bj-ftz-2024: frame.important"),
        ("important=yes claims=contract", "person.name*5", "surely I by cn-bj-ftz-2024: frame.important"),
    ] {
        check(&format!("{AUTO} {more}"), &[data], expected);
    }
    check("ciio=no zone=no industry=other important=no", &["person.name*9"], "surely none by cn-national-2024:");
    check(
        "ciio=no zone=no industry=other important=no",
        &["person.name*9", "unread"],
        "perhaps none by cn-national-2024:",
    );
}

#[test]
fn pharmaceutical_scenarios() {
    let unknown =
        "pharma.I.important.3 pharma.I.pi.3 pharma.I.pi.4 pharma.I.pi.5 pharma.II.pi.3 pharma.II.pi.4 pharma.II.pi.5";
    let open = format!("perhaps undetermined by {BJ}: {unknown}");
    let cases: &[(&str, &str, &str)] = &[
        ("clinical_trial", "health.diagnosis*9_999", &open),
        ("clinical_trial", "health.diagnosis*10_000", "perhaps II by cn-bj-ftz-2024: pharma.II.pi.1"),
        ("clinical_trial", "health.diagnosis*49_999", "perhaps II by cn-bj-ftz-2024: pharma.II.pi.1"),
        ("drug_rd", "health.diagnosis*50_000", "surely I by cn-bj-ftz-2024: pharma.I.pi.1"),
        ("pharmacovigilance", "health.adverse_event*9_999", &open),
        ("pharmacovigilance", "health.adverse_event*10_000", "perhaps II by cn-bj-ftz-2024: pharma.II.pi.2"),
        ("product_complaint", "account.user*99_999", "perhaps II by cn-bj-ftz-2024: pharma.II.pi.2"),
        ("medical_enquiry", "account.user*100_000", "surely I by cn-bj-ftz-2024: pharma.I.pi.2"),
        (
            "medical_enquiry",
            "health.lab*100_000",
            "surely I by cn-bj-ftz-2024: pharma.I.important.1 pharma.I.pi.2 annex.u3",
        ),
        // A real name takes the data out of the row, and the national rules count again.
        ("pharmacovigilance", "health.lab person.name*9_999", "perhaps II by cn-national-2024: national.8.spi"),
        ("pharmacovigilance", "health.lab person.name*10_000", "surely I by cn-national-2024: national.7.2.spi"),
        ("hcp_management", "person.name*1", &open),
        ("diagnosis_service", "health.lab*99_999", &open),
        // Outside the scenarios the national rules count persons; an unknown row on important data may still apply.
        ("marketing", "health.lab*9_999", "perhaps II by cn-national-2024: national.8.spi"),
        ("marketing", "health.lab*10_000", "surely I by cn-national-2024: national.7.2.spi"),
        ("marketing", "person.name*9", "perhaps undetermined by cn-bj-ftz-2024: pharma.I.important.3"),
    ];
    for (scenario, data, expected) in cases {
        check(&format!("ciio=no zone=yes industry=pharmaceutical scenario={scenario}"), &[data], expected);
    }
}

#[test]
fn industries_without_a_public_text_are_never_free() {
    for (industry, prefix) in [("civil_aviation", "aviation"), ("retail", "retail"), ("ai_training", "ai")] {
        let all = format!("{prefix}.I.important.unknown {prefix}.I.pi.unknown {prefix}.II.pi.unknown");
        let given = format!("ciio=no zone=yes industry={industry}");
        for (data, because) in [
            (&["person.name*1"][..], all.as_str()),
            (&["health.lab*99_999"], &all),
            (&["rows:person.name*1"], &all),
            (&[], &format!("{prefix}.I.important.unknown")),
        ] {
            check(&given, data, &format!("perhaps undetermined by {BJ}: {because}"));
            check(
                &format!("{given} claims=contract important=no"),
                data,
                &format!("perhaps undetermined by {BJ}: {prefix}.I.important.unknown"),
            );
        }
        check(&given, &["person.name*10_000_000"], &format!("surely I by {BJ}: annex.u1"));
        check(&given.replace("ciio=no", "ciio=yes"), &["person.name*1"], &format!("surely I by {BJ}: frame.ciio"));
    }
}

#[test]
fn national_rules_speak_elsewhere() {
    let cases: &[(&str, &[&str], &str)] = &[
        ("industry=other", &["person.name*99_999"], "perhaps none by cn-national-2024:"),
        ("industry=other", &["person.name*100_000"], "surely II by cn-national-2024: national.8.ns"),
        ("industry=other", &["person.name*999_999"], "surely II by cn-national-2024: national.8.ns"),
        ("industry=other", &["person.name*1_000_000"], "surely I by cn-national-2024: national.7.2.ns"),
        ("industry=other", &["health.lab*1"], "surely II by cn-national-2024: national.8.spi"),
        ("industry=other", &["health.lab*10_000"], "surely I by cn-national-2024: national.7.2.spi"),
        // An identity card number alone is no longer sensitive here; a picture may be.
        ("industry=other", &["identity.resident_id*10_000"], "perhaps none by cn-national-2024:"),
        ("industry=other", &["media.image*1"], "perhaps II by cn-national-2024: national.8.spi"),
        ("industry=automotive", &["person.name*100_001"], "surely II by cn-national-2024: national.8.ns"),
        ("industry=automotive", &["found:charging.session"], "perhaps I by cn-national-2024: auto_provisions.3.3"),
        (
            "industry=pharmaceutical scenario=clinical_trial",
            &["health.lab*10_000"],
            "surely I by cn-national-2024: national.7.2.spi",
        ),
        ("industry=other claims=hr", &["health.lab*10_000"], "perhaps none by cn-national-2024:"),
        (
            "industry=other claims=no_personal_data",
            &["health.lab*10_000"],
            "surely I by cn-national-2024: national.7.2.spi",
        ),
    ];
    for (given, data, expected) in cases {
        check(&format!("ciio=no zone=no {given}"), data, expected);
    }
    // In the zone, an industry that is on no list counts by the national rules, and is held to the annex.
    let other = "ciio=no zone=yes industry=other";
    check(other, &["person.name*100_000"], "surely II by cn-national-2024: national.8.ns");
    check(other, &["person.name*9"], "perhaps none by cn-national-2024:");
    check(other, &["finance.bank_card*100_000"], "surely I by cn-bj-ftz-2024: annex.u3 national.7.2.spi");
    let alone = decide(&packs()[..1], &totals(&["person.name*9"]), &facts(other));
    assert_eq!(alone.verdict.category, Category::NotApplicable);
}

#[test]
fn infrastructure_operators() {
    for (given, list, row) in [
        ("ciio=yes zone=yes industry=automotive", BJ, "frame.ciio"),
        ("ciio=yes zone=no industry=automotive", "cn-national-2024", "national.7.1"),
        ("ciio=yes zone=yes industry=other", "cn-national-2024", "national.7.1"),
    ] {
        check(given, &["person.name*1"], &format!("surely I by {list}: {row}"));
        check(given, &["rows:person.name*1"], &format!("surely I by {list}: {row}"));
        assert_eq!(decide(&packs(), &totals(&[]), &facts(given)).verdict.category, Category::None);
    }
}

#[test]
fn nothing_found_is_free_whatever_is_missing() {
    for given in ["", "zone=yes", "ciio=yes", "zone=no industry=other", AUTO] {
        let decision = decide(&packs(), &totals(&[]), &facts(given));
        assert_eq!(decision.verdict.category, Category::None, "{given}");
        assert!(!decision.verdict.certain, "{given}");
        assert_eq!(decision.verdict.branches, Vec::new(), "{given}");
        for row in decision.lists.iter().flat_map(|list| &list.rows) {
            assert!(matches!(row.status, Status::NotReached | Status::UnknownText), "{given}: {}", row.id);
        }
    }
}

fn statuses(given: &str, data: &[&str], wanted: &[&str]) -> Vec<String> {
    let decision = decide(&packs(), &totals(data), &facts(given));
    let rows = decision.lists.iter().flat_map(|list| &list.rows).filter(|row| wanted.contains(&row.id.as_str()));
    rows.map(|row| format!("{} {} {}", row.id, row.status.id(), row.missing_facts.join(","))).collect()
}

#[test]
fn rows_wait_only_for_facts_that_decide() {
    let rows = ["frame.ciio", "auto.I.pi.2", "auto.II.pi.2", "pharma.I.pi.1", "national.7.2.spi"];
    for (given, expected) in [
        (
            "",
            [
                "frame.ciio needs_facts exporter.ciio,exporter.zone_registered,export.industry,export.scenario",
                "auto.I.pi.2 needs_facts exporter.zone_registered,export.industry",
                "auto.II.pi.2 not_reached ",
                "pharma.I.pi.1 not_reached ",
                "national.7.2.spi needs_facts exporter.zone_registered,export.industry,export.scenario",
            ],
        ),
        (
            "zone=yes industry=automotive",
            [
                "frame.ciio needs_facts exporter.ciio",
                "auto.I.pi.2 reached ",
                "auto.II.pi.2 not_reached ",
                "pharma.I.pi.1 not_reached ",
                "national.7.2.spi not_reached ",
            ],
        ),
        (
            "ciio=no zone=no",
            [
                "frame.ciio not_reached ",
                "auto.I.pi.2 not_reached ",
                "auto.II.pi.2 not_reached ",
                "pharma.I.pi.1 not_reached ",
                "national.7.2.spi reached ",
            ],
        ),
        (
            "ciio=no zone=yes industry=automotive claims=contract",
            [
                "frame.ciio not_reached ",
                "auto.I.pi.2 exempt ",
                "auto.II.pi.2 not_reached ",
                "pharma.I.pi.1 not_reached ",
                "national.7.2.spi not_reached ",
            ],
        ),
    ] {
        assert_eq!(statuses(given, &["health.lab*10_000"], &rows), expected, "{given}");
    }
}

fn tree(given: &str, data: &[&str]) -> Vec<String> {
    let decision = decide(&packs(), &totals(data), &facts(given));
    let line = |group: &BranchGroup| {
        let facts: Vec<String> =
            group.facts.iter().map(|(fact, values)| format!("{fact}={}", values.join("|"))).collect();
        let rows = group.because.join(" ");
        format!("{} -> {} by {}: {rows}", facts.join(" "), group.category.id(), group.list)
    };
    let branches = &decision.verdict.branches;
    assert!(branches.iter().all(|branch| branch.facts.len() <= Fact::ALL.len()));
    assert_eq!(decision.verdict.category == Category::Undetermined, !branches.is_empty());
    group_branches(branches).iter().map(line).collect()
}

#[test]
fn the_tree_of_a_medical_data_set() {
    let unknown =
        "pharma.I.important.3 pharma.I.pi.3 pharma.I.pi.4 pharma.I.pi.5 pharma.II.pi.3 pharma.II.pi.4 pharma.II.pi.5";
    let pharma = "ciio=false zone_registered=true industry=pharmaceutical scenario=";
    let rest = "aviation.I.important.unknown aviation.I.pi.unknown aviation.II.pi.unknown retail.I.important.unknown \
                retail.I.pi.unknown retail.II.pi.unknown ai.I.important.unknown ai.I.pi.unknown ai.II.pi.unknown";
    assert_eq!(
        tree("", &["health.lab account.user*20_000"]),
        [
            "ciio=true -> I by cn-bj-ftz-2024: frame.ciio national.7.1 national.7.2.spi".to_owned(),
            "ciio=false zone_registered=true industry=automotive -> I by cn-bj-ftz-2024: auto.I.pi.2".to_owned(),
            format!(
                "{pharma}clinical_trial|drug_rd|pharmacovigilance|product_complaint|medical_enquiry -> II by \
                 cn-bj-ftz-2024: pharma.II.pi.1 pharma.II.pi.2"
            ),
            format!(
                "{pharma}diagnosis_service|hcp_management|partner_management -> undetermined by cn-bj-ftz-2024: {unknown}"
            ),
            format!("{pharma}other -> I by cn-national-2024: national.7.2.spi"),
            format!(
                "ciio=false zone_registered=true industry=civil_aviation|retail|ai_training -> undetermined by \
                 cn-bj-ftz-2024: {rest}"
            ),
            "ciio=false zone_registered=true industry=other -> I by cn-national-2024: national.7.2.spi".to_owned(),
            "ciio=false zone_registered=false -> I by cn-national-2024: national.7.2.spi".to_owned(),
        ]
    );
}

#[test]
fn the_tree_of_an_automotive_data_set() {
    let unknown =
        "pharma.I.important.3 pharma.I.pi.3 pharma.I.pi.4 pharma.I.pi.5 pharma.II.pi.3 pharma.II.pi.4 pharma.II.pi.5";
    let rest = "aviation.I.important.unknown aviation.I.pi.unknown aviation.II.pi.unknown retail.I.important.unknown \
                retail.I.pi.unknown retail.II.pi.unknown ai.I.important.unknown ai.I.pi.unknown ai.II.pi.unknown";
    let data = ["identity.resident_id vehicle.track*9_999", "found:charging.session"];
    assert_eq!(
        tree("zone=yes ciio=no", &data),
        [
            "industry=automotive -> I by cn-bj-ftz-2024: auto.I.important.3".to_owned(),
            format!(
                "industry=pharmaceutical scenario=clinical_trial|drug_rd|pharmacovigilance|product_complaint|\
                 medical_enquiry|diagnosis_service|hcp_management|partner_management -> undetermined by \
                 cn-bj-ftz-2024: {unknown}"
            ),
            "industry=pharmaceutical scenario=other -> II by cn-national-2024: national.8.spi".to_owned(),
            format!("industry=civil_aviation|retail|ai_training -> undetermined by cn-bj-ftz-2024: {rest}"),
            "industry=other -> II by cn-national-2024: national.8.spi".to_owned(),
        ]
    );
    assert_eq!(
        tree("zone=yes industry=automotive", &["identity.resident_id*9_999"]),
        ["ciio=true -> I by cn-bj-ftz-2024: frame.ciio", "ciio=false -> II by cn-bj-ftz-2024: auto.II.pi.2"]
    );
    assert_eq!(tree("industry=automotive", &["identity.resident_id vehicle.track*10_000"]), [""; 0]);
}

/// Where a row whose text is not known stands beside a known one: above nothing, below any row that is reached.
fn strictness(category: Category) -> u8 {
    match category {
        Category::NotApplicable | Category::None => 0,
        Category::Undetermined => 1,
        Category::II => 2,
        Category::I => 3,
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    /// A verdict that is called certain is the verdict of every number of persons between the bounds.
    #[test]
    fn certain_verdicts_hold_for_every_reading(
        given in 0..6_usize,
        special in 0..4_usize,
        edge in 0..7_usize,
        (under, over, at) in (0..3_u64, 0..3_u64, 0..5_u64),
    ) {
        let given = [AUTO, "zone=no ciio=no industry=other important=no", "zone=yes industry=automotive important=no",
            "zone=yes ciio=no industry=pharmaceutical scenario=drug_rd", "", "zone=no ciio=no industry=automotive"][given];
        let special = ["person.name", "identity.resident_id", "health.lab", "media.image"][special];
        let edge = [2, 10_000, 50_000, 100_000, 100_001, 1_000_000, 10_000_000][edge];
        let (least, most) = (edge - under.min(edge), edge + over);
        let open = decide(&packs(), &totals(&[&format!("{special}*{least}..{least}..{most}")]), &facts(given));
        let exact = (least + at).min(most);
        let told = decide(&packs(), &totals(&[&format!("{special}*{exact}")]), &facts(given));
        if open.verdict.certain {
            proptest::prop_assert_eq!(open.verdict.category, told.verdict.category);
        }
        for (row, exact) in open.lists.iter().zip(&told.lists).flat_map(|(a, b)| a.rows.iter().zip(&b.rows)) {
            proptest::prop_assert!(!row.certain || row.status == exact.status, "{} {:?} {:?}", row.id, row, exact);
        }
        let missing = given.is_empty() || !given.contains("ciio");
        proptest::prop_assert!(missing || strictness(told.verdict.category) <= strictness(open.verdict.category));
    }
}
