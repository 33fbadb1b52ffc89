//! A negative list as a rule pack would fill it in, for reports of scans that never happened.

use exportscan::decide::{
    Branch, Category, Decision, ListNote, ListOutcome, ListVerdict, Procedure, RowEvidence, RowOutcome, Status, Verdict,
};
use exportscan::model::{Bilingual, Class};
use exportscan::tally::Figures;

pub(super) fn evidence(object: &str, columns: &[&str], class: Class) -> RowEvidence {
    RowEvidence {
        object: object.to_owned(),
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        class,
    }
}

/// A row of the automotive part that says nothing yet.
pub(super) fn row(id: &str, clause: &str, zh: &str, en: &str) -> RowOutcome {
    let category = if id.contains(".II.") { Category::II } else { Category::I };
    RowOutcome {
        flag: false,
        id: id.to_owned(),
        clause: clause.to_owned(),
        title: Bilingual::new(zh, en),
        text: Bilingual::new(
            format!(
                "{zh}。数量按自然人去重后的统计结果计算；《促进和规范数据跨境流动规定》所列的部分出境情形不计入累计数量。"
            ),
            format!(
                "{en}. The number is that of natural persons after deduplication; exports in certain situations of the Provisions on Promoting and Regulating Cross-Border Data Flows do not count."
            ),
        ),
        source: vec!["China Briefing, Beijing Releases Negative List (2024)".to_owned()],
        category,
        procedure: procedures(category),
        status: Status::NotReached,
        certain: true,
        measured: None,
        outlook: None,
        op: None,
        threshold: None,
        below: None,
        missing_facts: vec![],
        evidence: vec![],
        remark: None,
    }
}

pub(super) fn procedures(category: Category) -> Vec<Procedure> {
    match category {
        Category::I => vec![Procedure::SecurityAssessment],
        Category::II => vec![Procedure::StandardContract, Procedure::Certification],
        _ => vec![],
    }
}

/// The automotive rows that count persons, with statuses by these counts.
pub(super) fn counting_rows(sensitive: Figures, other: Figures) -> Vec<RowOutcome> {
    let count = |mut row: RowOutcome, figures: Figures, threshold: u64, below: Option<u64>| {
        row.measured = Some(figures);
        row.op = Some(">=");
        row.threshold = Some(threshold);
        row.below = below;
        let fits = |n: u64| n >= threshold && below.is_none_or(|below| n < below);
        row.certain = fits(figures.at_least) == fits(figures.at_most);
        row.status = match (fits(figures.at_least), fits(figures.at_most)) {
            (true, true) => Status::Reached,
            (false, false) => Status::NotReached,
            _ => Status::Uncertain,
        };
        row
    };
    vec![
        count(
            row(
                "auto.I.pi.1",
                "1.1 personal information 1",
                "自当年1月1日起累计向境外提供100万人以上个人信息（不含敏感个人信息）",
                "Non-sensitive personal information of 1,000,000 or more persons since 1 January",
            ),
            other,
            1_000_000,
            None,
        ),
        count(
            row(
                "auto.I.pi.2",
                "1.1 personal information 2",
                "自当年1月1日起累计向境外提供1万人以上敏感个人信息",
                "Sensitive personal information of 10,000 or more persons since 1 January",
            ),
            sensitive,
            10_000,
            None,
        ),
        count(
            row(
                "auto.II.pi.1",
                "1.2 personal information 1",
                "自当年1月1日起累计向境外提供10万人以上、不满100万人个人信息（不含敏感个人信息）",
                "Non-sensitive personal information of 100,000 or more persons, but fewer than 1,000,000, since 1 January",
            ),
            other,
            100_000,
            Some(1_000_000),
        ),
        count(
            row(
                "auto.II.pi.2",
                "1.2 personal information 2",
                "自当年1月1日起累计向境外提供不满1万人敏感个人信息",
                "Sensitive personal information of fewer than 10,000 persons since 1 January",
            ),
            sensitive,
            1,
            Some(10_000),
        ),
    ]
}

pub(super) fn unknown_rows() -> Vec<RowOutcome> {
    let name = |industry: &str, number: usize| {
        let mut unknown = row(
            &format!("{industry}.I.pi.{number}"),
            &format!("{} personal information {number}", if industry == "aviation" { "3.1" } else { "4.1" }),
            "文本未公开",
            "The text is not public",
        );
        unknown.text = Bilingual::default();
        unknown.status = Status::UnknownText;
        unknown.certain = false;
        unknown
    };
    (1..=4).map(|number| name("aviation", number)).chain((1..=6).map(|number| name("retail", number))).collect()
}

/// A row that another rule in force overrules.
pub(super) fn flagged_row() -> RowOutcome {
    let mut flagged = row(
        "flag.auto_provisions.3.5",
        "automotive provisions, art. 3(5)",
        "提示：涉及个人信息主体超过10万人的个人信息",
        "pointed out: personal information of more than 100,000 persons",
    );
    flagged.flag = true;
    flagged.status = Status::Reached;
    flagged
}

pub(super) fn important_row(status: Status) -> RowOutcome {
    let mut important = row(
        "auto.I.important.3",
        "1.1 important data 3",
        "反映一定区域内车辆充电网运行情况的数据",
        "Data that reflect how the vehicle charging network of a certain area runs",
    );
    important.status = status;
    important.missing_facts = match status {
        Status::NeedsFacts => vec!["export.important_data".to_owned()],
        _ => vec![],
    };
    important.remark = Some(Bilingual::new(
        "清单未给出“一定区域”的数量标准，须由数据处理者结合站点数量和分布判断。",
        "The list has no number for `a certain area`; the exporter has to judge by the number and the spread of stations.",
    ));
    important
}

pub(super) fn beijing(rows: Vec<RowOutcome>, verdict: ListVerdict) -> ListOutcome {
    ListOutcome {
        id: "cn-bj-ftz-2024".to_owned(),
        title: Bilingual::new(
            "中国（北京）自由贸易试验区数据出境管理清单（负面清单）",
            "Management List (Negative List) for Data Export of the China (Beijing) Pilot Free Trade Zone",
        ),
        edition: "2024".to_owned(),
        in_force_from: "2024-08-30".to_owned(),
        superseded_by: Some(Bilingual::new(
            "“两区”2025版，2026年5月11日发布",
            "`Two Zones` 2025 edition, issued 11 May 2026",
        )),
        notes: vec![ListNote {
            id: "note.counting".to_owned(),
            text: Bilingual::new(
                "按当年1月1日起累计向境外提供的自然人数计算。",
                "All persons exported since 1 January are counted.",
            ),
            source: vec!["CAC, questions and answers on the Provisions (22 March 2024), no. 11".to_owned()],
        }],
        rows,
        verdict,
    }
}

pub(super) fn national(verdict: ListVerdict) -> ListOutcome {
    let mut ciio = row(
        "national.I.ciio",
        "art. 7(1)(i)",
        "关键信息基础设施运营者向境外提供个人信息或者重要数据",
        "A critical information infrastructure operator exports personal information or important data",
    );
    ciio.status = Status::NotReached;
    ListOutcome {
        id: "cn-national-2024".to_owned(),
        title: Bilingual::new(
            "促进和规范数据跨境流动规定",
            "Provisions on Promoting and Regulating Cross-Border Data Flows",
        ),
        edition: "2024".to_owned(),
        in_force_from: "2024-03-22".to_owned(),
        superseded_by: None,
        notes: vec![],
        rows: vec![ciio],
        verdict,
    }
}

pub(super) fn list_verdict(category: Category, certain: bool, because: &[&str]) -> ListVerdict {
    ListVerdict {
        category,
        procedure: procedures(category),
        certain,
        because: because.iter().map(|id| (*id).to_owned()).collect(),
    }
}

pub(super) fn decision(rows: Vec<RowOutcome>, verdict: ListVerdict, branches: Vec<Branch>) -> Decision {
    let list = beijing(rows, verdict.clone());
    Decision {
        verdict: Verdict {
            category: verdict.category,
            procedure: verdict.procedure,
            certain: verdict.certain,
            list: list.id.clone(),
            because: verdict.because,
            branches,
        },
        lists: vec![list, national(list_verdict(Category::NotApplicable, true, &[]))],
    }
}

pub(super) fn branch(facts: &[(&'static str, &str)], category: Category, list: &str, because: &[&str]) -> Branch {
    Branch {
        facts: facts.iter().map(|(fact, value)| (*fact, (*value).to_owned())).collect(),
        category,
        procedure: procedures(category),
        list: list.to_owned(),
        certain: true,
        because: because.iter().map(|id| (*id).to_owned()).collect(),
    }
}
