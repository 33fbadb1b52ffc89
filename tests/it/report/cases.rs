//! Reports of scans that never happened, one for every kind of answer.

use std::collections::BTreeMap;

use exportscan::decide::{Category, Status};
use exportscan::model::{
    Because, Bilingual, Class, ClassFinding, ClassSet, ColumnFinding, Confidence, Coverage, Exemption, Facet,
    FacetValue, Facts, IdentifierKind, Industry, Masked, ObjectFinding, Problem, ProblemCode, RecordFinding,
};
use exportscan::pack;
use exportscan::report::Report;
use exportscan::tally::{Census, Figures, Totals};
use exportscan::tune;

use super::lists::{
    branch, counting_rows, decision, evidence, flagged_row, important_row, list_verdict, row, unknown_rows,
};

/// Every case by the name of its golden files.
pub(super) fn all() -> Vec<(&'static str, Report)> {
    vec![
        ("automotive", automotive()),
        ("undetermined", undetermined()),
        ("unread", unread()),
        ("free", free()),
        ("tuned", tuned()),
        ("merged", super::merged::report()),
        ("year", crate::ledger::year::report_of_a_year()),
        ("hostile", hostile()),
    ]
}

fn classes(classes: &[Class]) -> ClassSet {
    classes.iter().copied().collect()
}

fn sensitive() -> ClassSet {
    classes(&[
        Class::IdentityResidentId,
        Class::IdentityDriverLicence,
        Class::IdentityDriverFile,
        Class::VehicleLicence,
        Class::VehicleTrack,
        Class::HealthDiagnosis,
        Class::HealthMedication,
    ])
}

/// `n` persons with a card, of whom the bounds are a little off; `others` have only a number and a name.
fn census(n: u64, others: u64) -> Census {
    let owners = classes(&[Class::PersonName, Class::ContactMobile, Class::IdentityResidentId]);
    let drivers = classes(&[Class::PersonName, Class::VehiclePlate, Class::VehicleTrack]);
    let contacts = classes(&[Class::PersonName, Class::ContactMobile]);
    let spread = |n: u64| [(owners, n - n / 5), (drivers, n / 5), (contacts, others)].to_vec();
    let mut at_most = spread(n + n / 20);
    at_most[2].1 = others + others / 50;
    let at_least = vec![(IdentifierKind::ResidentId, spread(n - n / 40))];
    Census { best: spread(n), at_most, at_least, ..Census::default() }
}

fn finding(class: Class, detector: &str, share: f64, confidence: Confidence, samples: &[&str]) -> ClassFinding {
    ClassFinding {
        class,
        detector: detector.to_owned(),
        matches: (12_406.0 * share) as u64,
        distinct: (11_900.0 * share) as u64,
        distinct_exact: share < 0.1,
        share,
        confidence,
        because: vec![
            Because { what: "header", weight: 20 },
            Because { what: "checksum", weight: 40 },
            Because { what: "few_values", weight: -5 },
        ],
        samples: samples.iter().map(|sample| Masked::new(sample.as_bytes())).collect(),
        accepted: None,
        declared: None,
    }
}

fn column(name: &str, data_type: &str, classes: Vec<ClassFinding>) -> ColumnFinding {
    ColumnFinding { name: name.to_owned(), data_type: data_type.to_owned(), rows: 12_480, nulls: 74, classes }
}

fn owners() -> ObjectFinding {
    ObjectFinding {
        uri: "outbound/2026-11/vehicle_owners.parquet".to_owned(),
        format: "parquet".to_owned(),
        encoding: "utf-8".to_owned(),
        rows: 12_480,
        bytes: 3_482_113,
        columns: vec![
            column("row_id", "int64", vec![]),
            column(
                "owner.name",
                "utf8",
                vec![finding(Class::PersonName, "person.cn_name", 0.9962, Confidence::Medium, &["王小明", "欧阳娜娜"])],
            ),
            column(
                "owner.id_no",
                "utf8",
                vec![finding(
                    Class::IdentityResidentId,
                    "identity.cn_resident_id",
                    0.99998,
                    Confidence::High,
                    &["11010519491231002X", "440524188001010014"],
                )],
            ),
            column(
                "手机号码",
                "utf8",
                vec![finding(Class::ContactMobile, "contact.cn_mobile", 1.0, Confidence::High, &["13812345678"])],
            ),
            column(
                "remark",
                "utf8",
                vec![
                    finding(Class::ContactMobile, "contact.cn_mobile", 0.012, Confidence::Low, &["13912345678"]),
                    finding(Class::VehiclePlate, "vehicle.cn_plate", 0.0004, Confidence::Low, &["京A12345"]),
                ],
            ),
            column("model_code", "utf8", vec![]),
        ],
        records: vec![],
    }
}

fn tracks() -> ObjectFinding {
    ObjectFinding {
        uri: "outbound/2026-11/行驶轨迹_1107.csv.gz".to_owned(),
        format: "csv+gzip".to_owned(),
        encoding: "gb18030".to_owned(),
        rows: 8_204_551,
        bytes: 412_004_771,
        columns: vec![
            column(
                "车牌号",
                "utf8",
                vec![finding(
                    Class::VehiclePlate,
                    "vehicle.cn_plate",
                    0.998,
                    Confidence::High,
                    &["京AD12345", "沪B20391"],
                )],
            ),
            column("time", "utf8", vec![]),
            column(
                "lon",
                "utf8",
                vec![finding(Class::LocationPoint, "location.lon_lat", 1.0, Confidence::Medium, &[])],
            ),
            column(
                "lat",
                "utf8",
                vec![finding(Class::LocationPoint, "location.lon_lat", 1.0, Confidence::Medium, &[])],
            ),
        ],
        records: vec![RecordFinding {
            class: Class::VehicleTrack,
            detector: "vehicle.track".to_owned(),
            columns: ["车牌号", "time", "lon", "lat"].map(str::to_owned).to_vec(),
            rows: 8_188_020,
            subjects: 2_481,
            confidence: Confidence::High,
            because: vec![Because { what: "roles", weight: 30 }, Because { what: "sure_columns", weight: 10 }],
            facets: vec![
                Facet { name: "first_time".to_owned(), value: FacetValue::Text("2026-11-01T00:00:04".to_owned()) },
                Facet { name: "last_time".to_owned(), value: FacetValue::Text("2026-11-07T23:59:58".to_owned()) },
                Facet { name: "west_degrees".to_owned(), value: FacetValue::Number(115.42) },
                Facet { name: "south_degrees".to_owned(), value: FacetValue::Number(39.44) },
                Facet { name: "east_degrees".to_owned(), value: FacetValue::Number(117.51) },
                Facet { name: "north_degrees".to_owned(), value: FacetValue::Number(41.06) },
                Facet { name: "distinct_station".to_owned(), value: FacetValue::Count(2_481) },
                Facet { name: "distance_km".to_owned(), value: FacetValue::Number(1_204_551.25) },
            ],
            accepted: None,
        }],
    }
}

fn codes() -> ObjectFinding {
    ObjectFinding {
        uri: "outbound/2026-11/model_codes.csv".to_owned(),
        format: "csv".to_owned(),
        encoding: "utf-8".to_owned(),
        rows: 218,
        bytes: 9_114,
        columns: vec![column("code", "utf8", vec![]), column("name", "utf8", vec![])],
        records: vec![],
    }
}

fn clean_coverage() -> Coverage {
    Coverage { objects_found: 3, objects_read: 3, rows_read: 8_217_249, bytes_read: 415_495_998, ..Coverage::default() }
}

fn figures_of(census: &Census) -> (Figures, Figures) {
    let sensitive = sensitive();
    (census.figures(|of| of.intersects(sensitive)), census.figures(|of| !of.intersects(sensitive)))
}

/// Security assessment, certain: an automotive company with 12,406 owners and drivers.
pub(crate) fn automotive() -> Report {
    let census = census(12_406, 84_112);
    let (sensitive_persons, others) = figures_of(&census);
    let mut rows = counting_rows(sensitive_persons, others);
    rows[1].evidence = vec![
        evidence("outbound/2026-11/vehicle_owners.parquet", &["owner.id_no"], Class::IdentityResidentId),
        evidence("outbound/2026-11/行驶轨迹_1107.csv.gz", &["车牌号", "time", "lon", "lat"], Class::VehicleTrack),
    ];
    rows.insert(0, important_row(Status::NotReached));
    rows.extend(unknown_rows());
    Report {
        facts: Facts {
            exporter: Some("北京某某汽车有限公司".to_owned()),
            ciio: Some(false),
            zone_registered: Some(true),
            industry: Some(Industry::Automotive),
            exemptions: vec![Exemption::Hr],
            important_data: Some(false),
            date: Some(jiff_date()),
            recipient: Some("Beispiel Motorenwerke AG".to_owned()),
            country: Some("DE".to_owned()),
            ..Facts::default()
        },
        totals: Totals {
            census,
            coverage: clean_coverage(),
            objects: vec![codes(), owners(), tracks()],
            unattributed: BTreeMap::from([(classes(&[Class::VehiclePlate]), 512)]),
            year: None,
        },
        decision: decision(rows, list_verdict(Category::I, true, &["auto.I.pi.2"]), vec![]),
        sensitive: sensitive(),
        scenarios: BTreeMap::new(),
        tuning: None,
    }
}

fn jiff_date() -> jiff::civil::Date {
    jiff::civil::date(2026, 11, 23)
}

/// Nobody said which industry exports.
pub(super) fn undetermined() -> Report {
    let mut report = automotive();
    report.facts = Facts { zone_registered: Some(true), ..Facts::default() };
    let bj = "cn-bj-ftz-2024";
    let branches = vec![
        branch(&[("industry", "automotive")], Category::I, bj, &["auto.I.pi.2"]),
        branch(&[("industry", "pharmaceutical"), ("scenario", "clinical_trial")], Category::II, bj, &["auto.II.pi.1"]),
        branch(&[("industry", "pharmaceutical"), ("scenario", "drug_rd")], Category::II, bj, &["auto.II.pi.1"]),
        branch(&[("industry", "pharmaceutical"), ("scenario", "pharmacovigilance")], Category::None, bj, &[]),
        branch(&[("industry", "civil_aviation")], Category::Undetermined, bj, &[]),
        branch(&[("industry", "retail")], Category::Undetermined, bj, &[]),
        branch(&[("industry", "other")], Category::I, "cn-national-2024", &["national.I.ciio"]),
    ];
    let branches: Vec<_> = branches
        .into_iter()
        .map(|mut branch| {
            branch.certain = branch.category != Category::II;
            branch
        })
        .collect();
    let mut rows = counting_rows(Figures { best: 9_900, at_least: 9_400, at_most: 10_400 }, Figures::default());
    rows[1].evidence =
        vec![evidence("outbound/2026-11/vehicle_owners.parquet", &["owner.id_no"], Class::IdentityResidentId)];
    rows.insert(0, important_row(Status::NeedsFacts));
    for row in &mut rows {
        row.missing_facts = vec!["export.industry".to_owned()];
    }
    rows.push(flagged_row());
    rows.extend(unknown_rows());
    report.decision = decision(rows, list_verdict(Category::Undetermined, false, &[]), branches);
    report.scenarios = BTreeMap::from([
        ("clinical_trial".to_owned(), Bilingual::new("临床试验", "clinical trial")),
        ("drug_rd".to_owned(), Bilingual::new("药物研发", "drug research and development")),
        ("pharmacovigilance".to_owned(), Bilingual::new("药物警戒", "pharmacovigilance")),
    ]);
    report
}

/// Nothing was reached, but not everything was read.
pub(super) fn unread() -> Report {
    let census = Census::default();
    let (sensitive_persons, others) = figures_of(&census);
    let mut rows = counting_rows(sensitive_persons, others);
    rows.insert(0, important_row(Status::NotReached));
    let mut exempt =
        row("auto.I.important.6", "1.1 important data 6", "车辆远程升级（OTA）数据", "Over-the-air update data");
    exempt.status = Status::Exempt;
    rows.push(exempt);
    let mut coverage = clean_coverage();
    coverage.objects_found = 5;
    coverage.objects_read = 3;
    coverage.objects_failed = 1;
    coverage.objects_skipped = 1;
    coverage.problems = vec![
        Problem::new(ProblemCode::FormatUnsupported, "outbound/2026-11/contract.docx", "the format is `docx`"),
        Problem::new(ProblemCode::ParquetCorrupt, "outbound/2026-11/part-0007.parquet", "page header is cut short")
            .at("row group 3"),
        Problem::new(
            ProblemCode::TextRagged,
            "outbound/2026-11/model_codes.csv",
            "14 records have 3 cells where the header has 2",
        )
        .at("line 18"),
    ];
    let mut report = automotive();
    report.totals = Totals { census, coverage, objects: vec![codes()], unattributed: BTreeMap::new(), year: None };
    report.decision = decision(rows, list_verdict(Category::None, false, &[]), vec![]);
    report
}

/// Nothing was reached, and nothing could change that.
pub(super) fn free() -> Report {
    let mut report = unread();
    report.totals.coverage = clean_coverage();
    report.decision.verdict.certain = true;
    report.decision.lists[0].verdict.certain = true;
    report
}

/// The user set the mobile numbers and the track aside, declared a column and turned a detector off.
pub(super) fn tuned() -> Report {
    let text = "[[accept]]
object = \"outbound/**/vehicle_owners.parquet\"
column = \"手机号码\"
detector = \"contact.mobile\"
reason = \"公开的服务热线，已与业务部门核对\"
expires = 2027-06-30

[[accept]]
object = \"**/行驶轨迹_*.csv.gz\"
detector = \"vehicle.track\"
reason = \"试验场内的测试车辆\"
expires = 2027-03-31

[[accept]]
column = \"gone\"
reason = \"已删除的列\"
expires = 2027-03-31

[[accept]]
column = \"remark\"
reason = \"旧的核查\"
expires = 2025-12-31

[[column]]
object = \"**/model_codes.csv\"
column = \"code\"
is = \"account.user\"
role = \"driver\"
reason = \"驾驶员工号\"

[detector.\"contact.email\"]
off = true
reason = \"均为公司邮箱\"
";
    let packs: Vec<_> = pack::built_in_detectors()
        .iter()
        .map(|file| (file.name.clone(), pack::parse_detectors(file).unwrap()))
        .collect();
    let tuning = tune::parse("outbound/exportscan.toml", text, &packs).unwrap();
    let mut report = automotive();
    let objects = &mut report.totals.objects;
    objects[1].columns[3].classes[0].accepted = Some(tuning.accepts[0].entry.clone());
    objects[2].records[0].accepted = Some(tuning.accepts[1].entry.clone());
    let mut code = finding(Class::AccountUser, "account.user", 1.0, Confidence::High, &["D0012345"]);
    code.because = vec![Because { what: "declared", weight: 60 }];
    code.declared = Some(tuning.columns[0].entry.clone());
    objects[0].columns[0].classes.push(code);
    let applied = [tuning.accepts[0].entry.line, tuning.accepts[1].entry.line, tuning.columns[0].entry.line];
    let remarks = tuning.remarks(jiff_date(), &applied.into(), objects, &report.totals.coverage);
    report.totals.coverage.problems.extend(remarks);
    report.totals.coverage.settle();
    report.tuning = Some(tuning);
    report
}

/// The text that an attacker writes into a data set to change what its reader sees.
pub(super) const SCRIPT: &str = "<script>alert(1)</script>";

/// What no output may contain: escapes, bidirectional marks, line separators.
pub(super) const STEERING: [char; 7] = ['\u{1b}', '\u{9b}', '\u{202e}', '\u{2066}', '\u{200b}', '\u{2028}', '\u{7}'];

/// Names that steer terminals and pages, sixty columns, three hundred problems.
pub(super) fn hostile() -> Report {
    let mut report = automotive();
    let steering: String = STEERING.iter().collect();
    let nasty = format!("{SCRIPT}\u{1b}[2J\u{1b}]0;owned\u{7}\"' onload=x {steering}moc.exe");
    let long = format!("{nasty}{}", "名称name".repeat(400));
    report.facts.exporter = Some(nasty.clone());
    report.facts.recipient = Some(long.clone());
    report.facts.scenario = Some(nasty.clone());
    let mut columns: Vec<ColumnFinding> = (1..=60)
        .map(|at| {
            let found = finding(Class::ContactMobile, "contact.cn_mobile", 0.3, Confidence::Low, &[&nasty]);
            column(&format!("column_{at}"), "utf8", if at % 3 == 0 { vec![found] } else { vec![] })
        })
        .collect();
    columns.push(column(
        &nasty,
        &nasty,
        vec![finding(Class::PersonName, &nasty, f64::NAN, Confidence::Medium, &[&long])],
    ));
    columns.push(column(&long, "utf8", vec![]));
    let mut object = tracks();
    object.uri = format!("bucket/{long}");
    object.columns = columns;
    object.records[0].columns = vec![nasty.clone(), long.clone()];
    object.records[0].facets.push(Facet { name: "energy_kwh".to_owned(), value: FacetValue::Number(f64::INFINITY) });
    object.records[0].facets.push(Facet { name: "first_time".to_owned(), value: FacetValue::Text(nasty.clone()) });
    report.totals.objects = vec![object];
    report.totals.census.merging = super::merged::merging();
    for (at, name) in report.totals.census.merging.data_sets.iter_mut().enumerate() {
        *name = if at % 2 == 0 { nasty.clone() } else { long.clone() };
    }
    let codes = [ProblemCode::ParquetCorrupt, ProblemCode::FormatUnsupported, ProblemCode::TextRagged];
    report.totals.coverage.objects_failed = 200;
    report.totals.coverage.problems = (0..300)
        .map(|at| Problem::new(codes[at % 3], format!("bucket/{at:03}/{nasty}"), nasty.clone()).at(nasty.clone()))
        .collect();
    let rows = &mut report.decision.lists[0].rows;
    rows[2].evidence.push(evidence(&nasty, &[&long], Class::PersonName));
    rows[2].remark = Some(Bilingual::new(nasty.clone(), nasty));
    report
}
