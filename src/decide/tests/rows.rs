//! Single rows: their permanent ids, evidence and remarks.

use super::*;

const IDS: &[&str] = &[
    "frame.ciio frame.important",
    "auto.I.important.1 auto.I.important.2 auto.I.important.3 auto.I.important.4 auto.I.important.5 auto.I.important.6 \
     auto.I.important.7",
    "auto.I.pi.1 auto.I.pi.2 auto.II.pi.1 auto.II.pi.2",
    "pharma.I.important.1 pharma.I.important.2 pharma.I.important.3",
    "pharma.I.pi.1 pharma.I.pi.2 pharma.I.pi.3 pharma.I.pi.4 pharma.I.pi.5",
    "pharma.II.pi.1 pharma.II.pi.2 pharma.II.pi.3 pharma.II.pi.4 pharma.II.pi.5",
    "aviation.I.important.unknown aviation.I.pi.unknown aviation.II.pi.unknown",
    "retail.I.important.unknown retail.I.pi.unknown retail.II.pi.unknown",
    "ai.I.important.unknown ai.I.pi.unknown ai.II.pi.unknown",
    "annex.u1 annex.u2 annex.u3 annex.u4 annex.u5 annex.u6 annex.u7",
    "flag.auto_provisions.3.5",
    "national.7.1 national.7.2.important national.7.2.ns national.7.2.spi national.8.ns national.8.spi",
    "auto_provisions.3.1 auto_provisions.3.2 auto_provisions.3.3 auto_provisions.3.4 auto_provisions.3.5 \
     auto_provisions.3.6",
];

#[test]
fn ids_are_permanent() {
    let packs = packs();
    let ids: Vec<&str> = packs.iter().flat_map(|pack| &pack.row).map(|row| row.id.as_str()).collect();
    assert_eq!(ids, IDS.iter().flat_map(|line| line.split_whitespace()).collect::<Vec<_>>());
    assert_eq!(scenario_ids(&packs).len(), 12);
}

fn row(given: &str, totals: &Totals, id: &str) -> RowOutcome {
    let decision = decide(&packs(), totals, &facts(given));
    decision.lists.into_iter().flat_map(|list| list.rows).find(|row| row.id == id).unwrap()
}

#[test]
fn remarks_say_what_the_status_does_not() {
    let cases = [
        (AUTO, "person.name*1", "auto.I.important.6", "升级包"),
        ("ciio=no zone=yes industry=automotive claims=hr", "health.lab*1", "auto.II.pi.2", "已主张豁免"),
        (
            "ciio=no zone=yes industry=automotive claims=no_personal_data",
            "health.lab*1",
            "auto.II.pi.2",
            "该主张不成立",
        ),
        ("ciio=no zone=yes industry=automotive important=yes", "person.name*1", "frame.important", "自行申明"),
        ("zone=yes industry=pharmaceutical", "health.lab person.name*9", "pharma.I.pi.2", "真实姓名"),
        (AUTO, "rows:vehicle.track*7", "auto.II.pi.2", "7 行"),
        (AUTO, "found:charging.session", "auto.I.important.3", "一定区域"),
    ];
    for (given, data, id, expected) in cases {
        let remark = row(given, &totals(&[data]), id).remark.unwrap_or_default();
        assert!(remark.zh.contains(expected) && !remark.en.is_empty(), "{id}: {remark:?}");
    }
}

#[test]
fn a_flag_makes_no_verdict() {
    for (number, status) in [("100_000", Status::NotReached), ("100_001", Status::Reached)] {
        let data = totals(&[&format!("person.name*{number}")]);
        for (given, id) in
            [(AUTO, "flag.auto_provisions.3.5"), ("ciio=no zone=no industry=automotive", "auto_provisions.3.5")]
        {
            assert_eq!(row(given, &data, id).status, status);
            assert_eq!(decide(&packs(), &data, &facts(given)).verdict.category, Category::II);
        }
    }
}

#[test]
fn evidence_is_sorted_joined_and_capped() {
    let mut data = totals(&["vehicle.track*3", "found:vehicle.track", "found:person.name"]);
    let second = ColumnFinding { name: "b".to_owned(), ..data.objects[0].columns[0].clone() };
    data.objects[0].columns.push(second);
    let mut faint = object("biometric.feature");
    faint.columns[0].classes[0].confidence = Confidence::Low;
    data.objects.push(faint);
    let joined = RowEvidence {
        object: "vehicle.track.csv".to_owned(),
        columns: vec!["b".to_owned(), "c".to_owned()],
        class: Class::VehicleTrack,
    };
    assert_eq!(row(AUTO, &data, "auto.II.pi.2").evidence, [joined]);
    assert_eq!(row(AUTO, &data, "auto.I.pi.2").evidence, []);
    data.objects = (10..70).map(|n| ObjectFinding { uri: format!("{n}.csv"), ..object("media.image") }).collect();
    let capped = row(AUTO, &data, "auto.II.pi.2");
    assert_eq!(capped.evidence.len(), 50);
    assert!(capped.remark.unwrap().en.contains("10 more places"));
}

#[test]
fn measured_is_what_the_row_counts() {
    let data = totals(&["identity.resident_id*1..2..4", "person.name*10..20..40"]);
    let figures = |id: &str| row(AUTO, &data, id).measured.map(|f| (f.at_least, f.best, f.at_most));
    assert_eq!(figures("auto.I.pi.1"), Some((10, 20, 40)));
    assert_eq!(figures("auto.I.pi.2"), Some((1, 2, 4)));
    assert_eq!(figures("annex.u4"), Some((11, 22, 44)));
    let banded = row(AUTO, &data, "auto.II.pi.1");
    assert_eq!((banded.op, banded.threshold, banded.below), (Some(">="), Some(100_000), Some(1_000_000)));
    assert_eq!(row(AUTO, &data, "flag.auto_provisions.3.5").op, Some(">"));
}

#[test]
fn notes_show_where_they_bear() {
    let shown = |given: &str, data: &[&str]| {
        let decision = decide(&packs(), &totals(data), &facts(given));
        decision.lists[0].notes.iter().map(|note| note.id.clone()).collect::<Vec<_>>()
    };
    let genes = "note.human_genetic_resources".to_owned();
    assert!(shown("industry=pharmaceutical", &["found:health.genetic"]).contains(&genes));
    assert!(!shown("industry=pharmaceutical", &["found:health.lab"]).contains(&genes));
    assert!(!shown("industry=retail", &["found:health.genetic"]).contains(&genes));
    assert!(shown("", &[]).contains(&"note.autonomous_driving".to_owned()));
}
