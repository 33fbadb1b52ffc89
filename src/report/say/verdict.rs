//! The sentences of the verdict: may it leave, what must be filed first, how sure that is and why not.

use crate::decide::{Category, Procedure, RowOutcome};
use crate::model::Language;
use crate::report::number::grouped;
use crate::report::words::Words;

use super::{counted, named_procedures, objects_were, threshold};

/// What the headline depends on beside the category.
#[derive(Debug, Default)]
pub(in crate::report) struct Standing {
    /// Whether nothing could change the verdict.
    pub(in crate::report) certain: bool,
    /// Whether the verdict rests on a row that the data leave open.
    pub(in crate::report) rests_on_open_row: bool,
    /// Objects that were not read to the end.
    pub(in crate::report) unread: u64,
    /// Whether not a single object was read.
    pub(in crate::report) nothing_read: bool,
    /// The names of the facts that are missing and would decide.
    pub(in crate::report) missing: Vec<String>,
    /// Rows whose text is not public.
    pub(in crate::report) unknown_rows: u64,
}

/// Whether this may be exported, in one plain sentence.
pub(in crate::report) fn headline(
    language: Language,
    category: Category,
    procedures: &[Procedure],
    standing: &Standing,
) -> String {
    match category {
        Category::I | Category::II => procedure_first(language, procedures, standing),
        Category::None => nothing_reached(language, standing),
        Category::Undetermined => undetermined(language, standing),
        Category::NotApplicable => match language {
            Language::Zh => "所选清单均不适用于该数据处理者或者本次出境".to_owned(),
            Language::En => "None of the lists applies to this exporter or this export".to_owned(),
        },
    }
}

fn procedure_first(language: Language, procedures: &[Procedure], standing: &Standing) -> String {
    let steps: Vec<&str> = procedures.iter().map(|procedure| step(language, *procedure)).collect();
    let steps = steps.join(Words::of(language).or);
    match (language, standing.certain, standing.rests_on_open_row) {
        (Language::Zh, true, _) => format!("须先{steps}，方可出境"),
        (Language::Zh, false, true) => format!("按较严的理解，须先{steps}，方可出境"),
        (Language::Zh, false, false) => format!("至少须先{steps}，方可出境；不排除适用更严格的程序"),
        (Language::En, true, _) => format!("May be exported only after {steps}"),
        (Language::En, false, true) => format!("On the stricter reading, may be exported only after {steps}"),
        (Language::En, false, false) => {
            format!("May be exported at the earliest after {steps}; a stricter procedure is not ruled out")
        }
    }
}

fn step(language: Language, procedure: Procedure) -> &'static str {
    match (language, procedure) {
        (Language::Zh, Procedure::SecurityAssessment) => "通过数据出境安全评估",
        (Language::Zh, Procedure::StandardContract) => "订立并备案个人信息出境标准合同",
        (Language::Zh, Procedure::Certification) => "通过个人信息保护认证",
        (Language::En, Procedure::SecurityAssessment) => "passing the data export security assessment",
        (Language::En, Procedure::StandardContract) => "concluding and filing a standard contract",
        (Language::En, Procedure::Certification) => "obtaining personal information protection certification",
    }
}

fn nothing_reached(language: Language, standing: &Standing) -> String {
    match language {
        Language::Zh if standing.nothing_read => "没有读取到任何数据，因此不能认定可以出境".to_owned(),
        Language::Zh if standing.unread > 0 => {
            format!("有 {} 个对象未能完整读取，因此不能认定可以出境", grouped(standing.unread))
        }
        Language::Zh if !standing.certain => "就所扫描的数据而言，清单各条均未达到，但这一结论并不确定".to_owned(),
        Language::Zh => "清单各条均未达到：按清单要求完成备案后可以出境".to_owned(),
        Language::En if standing.nothing_read => {
            "Whether this may be exported cannot be said, because nothing was read".to_owned()
        }
        Language::En if standing.unread > 0 => {
            format!(
                "Whether this may be exported cannot be said, because {} not read to the end",
                objects_were(standing.unread)
            )
        }
        Language::En if !standing.certain => {
            "No row of the list is reached by the data as scanned, but this is not certain".to_owned()
        }
        Language::En => {
            "No row of the list is reached: may be exported after the filing that the list asks for".to_owned()
        }
    }
}

fn undetermined(language: Language, standing: &Standing) -> String {
    let missing = standing.missing.join(Words::of(language).comma);
    match language {
        Language::Zh if !missing.is_empty() => format!("须先补充以下事实才能判定：{missing}"),
        Language::Zh if standing.unknown_rows > 0 => {
            format!("有 {} 条可能适用的条款文本未公开，因此不能判定", grouped(standing.unknown_rows))
        }
        Language::Zh => "根据所扫描的数据和已提供的事实不能判定".to_owned(),
        Language::En if !missing.is_empty() => {
            format!("Depends on facts that were not given: {missing}")
        }
        Language::En if standing.unknown_rows > 0 => {
            format!(
                "Cannot be decided: {} may apply, and the text is not public",
                counted(standing.unknown_rows, "row")
            )
        }
        Language::En => "Cannot be decided by the data and the facts as given".to_owned(),
    }
}

/// What must be filed first, in the law's own terms.
pub(in crate::report) fn filing(
    language: Language,
    category: Category,
    procedures: &[Procedure],
    standing: &Standing,
) -> String {
    let free = category == Category::None && standing.certain && standing.unread == 0 && !standing.nothing_read;
    match (language, category) {
        (_, Category::I | Category::II) => named_procedures(language, procedures),
        (Language::Zh, Category::None) if free => {
            "无须数据出境安全评估、个人信息出境标准合同或者个人信息保护认证；适用自贸区负面清单的，须先向自贸区备案负面清单使用情况。".to_owned()
        }
        (Language::En, Category::None) if free => {
            "No security assessment, standard contract or certification. Under a free-trade-zone list, the use of the list is filed with the zone first.".to_owned()
        }
        (Language::Zh, Category::None) => "先消除下列疑问，再行判断。".to_owned(),
        (Language::En, Category::None) => "First settle what stands under certainty.".to_owned(),
        (Language::Zh, Category::Undetermined) if !procedures.is_empty() => {
            format!("取决于所缺的事实；未查明之前，应按最严格的结果准备：{}", named_procedures(language, procedures))
        }
        (Language::En, Category::Undetermined) if !procedures.is_empty() => format!(
            "Depends on what is missing; until it is known, prepare for the strictest outcome: {}",
            named_procedures(language, procedures)
        ),
        (Language::Zh, Category::Undetermined) => "取决于所缺的事实或者条款；未查明之前，应按最严格的结果对待。".to_owned(),
        (Language::En, Category::Undetermined) => {
            "Depends on what is missing; until it is known, prepare for the strictest outcome.".to_owned()
        }
        (Language::Zh, Category::NotApplicable) => "所选清单没有要求；应另行核对其他规定。".to_owned(),
        (Language::En, Category::NotApplicable) => "These lists ask for nothing; other rules may.".to_owned(),
    }
}

/// Whether anything could change the verdict.
pub(in crate::report) fn certainty(language: Language, certain: bool) -> &'static str {
    match (language, certain) {
        (Language::Zh, true) => "确定：未读取、未公开或者存疑的内容都不会改变这一结论。",
        (Language::Zh, false) => "不确定，原因如下：",
        (Language::En, true) => "Certain: nothing unread, unknown or open could change it.",
        (Language::En, false) => "Not certain, because:",
    }
}

/// Objects that were not read to the end.
pub(in crate::report) fn doubt_unread(language: Language, unread: u64) -> String {
    match language {
        Language::Zh => format!("有 {} 个对象未能完整读取，其内容未计入", grouped(unread)),
        Language::En => format!("{} not read to the end, and what they hold is not counted", objects_were(unread)),
    }
}

/// Nothing was read.
pub(in crate::report) fn doubt_nothing_read(language: Language) -> String {
    match language {
        Language::Zh => "没有读取到任何对象".to_owned(),
        Language::En => "not a single object was read".to_owned(),
    }
}

/// Rows about persons that nothing attributes to one.
pub(in crate::report) fn doubt_unattributed(language: Language, rows: u64) -> String {
    match language {
        Language::Zh => format!("有 {} 行个人信息无法归属到具体个人，未计入人数", grouped(rows)),
        Language::En => {
            format!("{} about persons cannot be attributed to anybody; left out of the count", counted(rows, "row"))
        }
    }
}

/// A row that the data leave open.
pub(in crate::report) fn doubt_open_row(language: Language, row: &RowOutcome, clause: &str) -> String {
    match (language, row.measured, threshold(language, row)) {
        (Language::Zh, Some(figures), Some(threshold)) => {
            format!(
                "{clause}：人数在 {} 至 {} 之间，门槛为 {threshold}",
                grouped(figures.at_least),
                grouped(figures.at_most)
            )
        }
        (Language::En, Some(figures), Some(threshold)) => format!(
            "{clause}: the count lies between {} and {}, the threshold is {threshold}",
            grouped(figures.at_least),
            grouped(figures.at_most)
        ),
        (Language::Zh, _, _) => format!("{clause}：数据尚不足以判定"),
        (Language::En, _, _) => format!("{clause}: the data leave it open"),
    }
}

/// Rows whose text is not public.
pub(in crate::report) fn doubt_unknown_text(language: Language, rows: u64) -> String {
    match language {
        Language::Zh => format!("清单中有 {} 条文本未公开，无法核对", grouped(rows)),
        Language::En => format!("the text of {} of the list is not public", counted(rows, "row")),
    }
}

/// Facts that are missing; the headline names them.
pub(in crate::report) fn doubt_missing(language: Language) -> String {
    match language {
        Language::Zh => "缺少起决定作用的事实".to_owned(),
        Language::En => "facts that decide are missing".to_owned(),
    }
}

/// Nothing above explains the doubt.
pub(in crate::report) fn doubt_other(language: Language) -> String {
    match language {
        Language::Zh => "见各条款的状态与备注".to_owned(),
        Language::En => "see the status and the remarks of the rows".to_owned(),
    }
}
