//! The sentences of text and page, each written once per language, side by side.

mod ledger;
mod merging;
mod person;
mod trace;
mod tuning;
mod verdict;
mod year;

pub(super) use ledger::{
    chain_followed, claims, entity_of_year, fault, head_found, looked, no_records, not_complete, recorded, remnant,
    sound, unsound,
};
pub(super) use merging::{how_joined, how_told, joined, shared, why_bounds};
pub(super) use person::{
    at_least, at_most, can_be, filler, held_name, is_sensitive, joined_by, nobody_has, not_whole, of_one, of_several,
    on_its_own, seen, step, tells, unheard,
};
pub(super) use trace::{
    cells, counted_as, evidence, fate, legend, lengths, nothing, prior, scale, score, silent, test,
};
pub(super) use tuning::{Effect, accepted, declared, findings, tuned};
pub(super) use verdict::{
    Standing, certainty, doubt_missing, doubt_nothing_read, doubt_open_row, doubt_other, doubt_unattributed,
    doubt_unknown_text, doubt_unread, filing, headline,
};

pub(super) use year::{
    added, adds, doubt_year_unread, exempt_exports, exports_that_count, ledger_at, rate, so_far, year_brief,
    year_standing, year_unread,
};

use crate::decide::{Category, ListVerdict, Procedure, RowOutcome, Status};
use crate::model::{Coverage, Language};
use crate::tally::Figures;

use super::number::{bytes, grouped};
use super::words::Words;

/// Procedures in the law's terms; English readers see the Chinese term too, because that is what they must ask for.
pub(super) fn named_procedures(language: Language, procedures: &[Procedure]) -> String {
    let names: Vec<String> = procedures
        .iter()
        .map(|procedure| {
            let (zh, en) = procedure.names();
            match language {
                Language::Zh => zh.to_owned(),
                Language::En => format!("{en} ({zh})"),
            }
        })
        .collect();
    names.join(Words::of(language).or)
}

/// Procedures in the few words that fit a table; the full terms stand under what must be filed.
pub(super) fn brief_procedures(language: Language, procedures: &[Procedure]) -> &'static str {
    let assessment = procedures.contains(&Procedure::SecurityAssessment);
    let contract = procedures.contains(&Procedure::StandardContract);
    let certification = procedures.contains(&Procedure::Certification);
    match (language, assessment, contract, certification) {
        (Language::Zh, true, _, _) => "安全评估",
        (Language::Zh, false, true, true) => "标准合同或者保护认证",
        (Language::Zh, false, true, false) => "标准合同",
        (Language::Zh, false, false, true) => "保护认证",
        (Language::En, true, _, _) => "security assessment",
        (Language::En, false, true, true) => "standard contract or certification",
        (Language::En, false, true, false) => "standard contract",
        (Language::En, false, false, true) => "certification",
        (_, false, false, false) => "",
    }
}

/// How many more there are, where they stand elsewhere.
pub(super) fn more(language: Language, number: usize) -> String {
    let number = grouped(number as u64);
    match language {
        Language::Zh => format!("另 {number} 项"),
        Language::En => format!("{number} more"),
    }
}

/// How many objects more there are, where they stand elsewhere.
pub(super) fn more_objects(language: Language, number: usize) -> String {
    let number = number as u64;
    match language {
        Language::Zh => format!("另有 {} 个对象，见下文条款与对象", grouped(number)),
        Language::En => format!("{}, see the objects below", counted(number, "more object")),
    }
}

/// Rows of which nothing is known but that they are there.
pub(super) fn rows_not_public(language: Language, rows: u64) -> String {
    match language {
        Language::Zh => format!("{} 条文本未公开", grouped(rows)),
        Language::En => format!("{}, text not public", counted(rows, "row")),
    }
}

/// A number of persons, with its bounds where they differ from it.
pub(super) fn persons(language: Language, figures: Figures) -> String {
    let Figures { best, at_least, at_most } = figures;
    let exact = at_least == best && at_most == best;
    match language {
        Language::Zh if at_most == 0 => "未发现此类自然人".to_owned(),
        Language::En if at_most == 0 => "no such person was found".to_owned(),
        Language::Zh if exact => format!("{} 人", grouped(best)),
        Language::Zh => format!("{} 人（{} 至 {} 人）", grouped(best), grouped(at_least), grouped(at_most)),
        Language::En if exact => counted(best, "person"),
        Language::En => format!("{} ({} to {})", counted(best, "person"), grouped(at_least), grouped(at_most)),
    }
}

/// That nobody was found, and that nothing says there is anybody; a count of nought is not put as a find.
fn nobody(language: Language) -> &'static str {
    match language {
        Language::Zh => "未发现可识别的自然人",
        Language::En => "no natural person was found",
    }
}

/// What sensitive means while the industry is open.
pub(super) fn general_definition(language: Language) -> &'static str {
    match language {
        Language::Zh => "（敏感个人信息按法律的一般定义统计；行业未定，各行业清单可能列入更多）",
        Language::En => "(sensitive as the law defines it in general; the list of an industry may name more)",
    }
}

/// The persons of the first screen.
pub(super) fn persons_in_all(language: Language, all: Figures, sensitive: Figures, other: Figures) -> Vec<String> {
    if all.at_most == 0 {
        return vec![nobody(language).to_owned()];
    }
    let none = |figures: Figures| figures.at_most == 0;
    let said = |figures: Figures| persons(language, figures);
    match language {
        Language::Zh if none(sensitive) => vec![format!("共 {}，均未发现敏感个人信息", said(all))],
        Language::En if none(sensitive) => vec![format!("{}, none with sensitive personal information", said(all))],
        Language::Zh if none(other) => vec![format!("共 {}，均含敏感个人信息", said(all))],
        Language::En if none(other) => vec![format!("{}, all with sensitive personal information", said(all))],
        Language::Zh => vec![
            format!("共 {}，其中", said(all)),
            format!("含敏感个人信息：{}", said(sensitive)),
            format!("仅含非敏感个人信息：{}", said(other)),
        ],
        Language::En => vec![
            format!("{}, of whom", said(all)),
            format!("{} with sensitive personal information", said(sensitive)),
            format!("{} with non-sensitive only", said(other)),
        ],
    }
}

/// Rows that nobody is counted by.
pub(super) fn unattributed(language: Language, rows: u64) -> String {
    match language {
        Language::Zh => format!("另有 {} 行个人信息无法归属到具体个人，未计入人数。", grouped(rows)),
        Language::En => {
            format!("{} about persons cannot be attributed to anybody; left out of the count.", counted(rows, "row"))
        }
    }
}

/// The number that a row compares with, in the law's words: 以上 includes it, 超过 does not.
pub(super) fn threshold(language: Language, row: &RowOutcome) -> Option<String> {
    let number = grouped(row.threshold?);
    let from = match (language, row.op) {
        (Language::Zh, Some(">")) => format!("超过 {number} 人"),
        (Language::Zh, _) => format!("{number} 人以上"),
        (Language::En, Some(">")) => format!("more than {number}"),
        (Language::En, _) => format!("{number} or more"),
    };
    Some(match (language, row.below.map(grouped)) {
        (_, None) => from,
        (Language::Zh, Some(below)) => format!("{from}、不满 {below} 人"),
        (Language::En, Some(below)) => format!("{from}, but fewer than {below}"),
    })
}

/// What was found, read and not read.
pub(super) fn coverage(language: Language, coverage: &Coverage) -> String {
    let Coverage { objects_found, objects_read, objects_failed, objects_skipped, rows_read, .. } = *coverage;
    let size = bytes(coverage.bytes_read);
    let parts: Vec<String> = [
        (objects_read, ("完整读取", "read")),
        (objects_failed, ("未能完整读取", "not read to the end")),
        (objects_skipped, ("格式不支持", "of a format that is not read")),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, (zh, en))| match language {
        Language::Zh => format!("{zh} {} 个", grouped(number)),
        Language::En => format!("{} {en}", grouped(number)),
    })
    .collect();
    let parts = parts.join(match language {
        Language::Zh => "，",
        Language::En => ", ",
    });
    match language {
        Language::Zh => {
            format!("找到 {} 个对象：{parts}；共读取 {} 行，{size}。", grouped(objects_found), grouped(rows_read))
        }
        Language::En => format!(
            "{} found: {parts}; {} and {size} read.",
            counted(objects_found, "object"),
            counted(rows_read, "row"),
        ),
    }
}

/// Whether everything was read.
pub(super) fn completeness(language: Language, complete: bool) -> &'static str {
    match (language, complete) {
        (Language::Zh, true) => "扫描完整：凡找到的均已读取。",
        (Language::Zh, false) => "扫描不完整：有内容未读取，不能据此认定可以出境。",
        (Language::En, true) => "Complete: everything that was found was read.",
        (Language::En, false) => "Not complete: something was not read, so nothing is called free to leave.",
    }
}

/// That a list is not the newest.
pub(super) fn superseded(language: Language, list: &str, successor: &str) -> String {
    match language {
        Language::Zh => format!("{list} 已有后续版本（{successor}）。正式申报前应按现行版本核对。"),
        Language::En => {
            format!("{list} has been superseded ({successor}). Check against the current edition before filing.")
        }
    }
}

/// The same, where there is no room for the successor.
pub(super) fn superseded_in_brief(language: Language, list: &str) -> String {
    match language {
        Language::Zh => format!("{list} 已有后续版本，正式申报前应按现行版本核对（详见下文）。"),
        Language::En => format!("{list} is superseded; check the current edition before filing (see below)."),
    }
}

/// A list with its edition and the day from which it holds.
pub(super) fn edition(language: Language, id: &str, edition: &str, in_force_from: &str) -> String {
    match language {
        Language::Zh => format!("{id}，{edition} 版，自 {in_force_from} 起施行"),
        Language::En => format!("{id}, edition {edition}, in force from {in_force_from}"),
    }
}

/// What is left out for want of room.
pub(super) fn and_more(language: Language, number: usize) -> String {
    let number = grouped(number as u64);
    match language {
        Language::Zh => format!("另有 {number} 项（`--out DIR` 可输出全部）"),
        Language::En => format!("and {number} more (`--out DIR` writes them all)"),
    }
}

/// Columns in which nothing was found.
pub(super) fn empty_columns(language: Language, number: usize) -> String {
    let columns = number as u64;
    match language {
        Language::Zh => format!("其余 {} 列未发现清单所涉数据", grouped(columns)),
        Language::En => format!("nothing found in {}", counted(columns, "other column")),
    }
}

/// Objects in which nothing was found.
pub(super) fn empty_objects(language: Language, number: usize) -> String {
    let objects = number as u64;
    match language {
        Language::Zh => format!("另有 {} 个对象未发现清单所涉数据", grouped(objects)),
        Language::En => format!("nothing found in {}", counted(objects, "other object")),
    }
}

/// An area by its edges: west, south, east, north.
pub(super) fn area(language: Language, [west, south, east, north]: [&str; 4]) -> String {
    match language {
        Language::Zh => format!("经度 {west} 至 {east}，纬度 {south} 至 {north}"),
        Language::En => format!("longitude {west} to {east}, latitude {south} to {north}"),
    }
}

/// How much a record finding covers.
pub(super) fn record_size(language: Language, rows: u64, subjects: u64) -> String {
    match language {
        Language::Zh if subjects == 0 => format!("{} 行", grouped(rows)),
        Language::En if subjects == 0 => counted(rows, "row"),
        Language::Zh => format!("{} 行，{} 个主体", grouped(rows), grouped(subjects)),
        Language::En => format!("{}, {}", counted(rows, "row"), counted(subjects, "subject")),
    }
}

/// How many cells fit, of how many that are not empty.
pub(super) fn matches(language: Language, matches: u64, distinct: &str) -> String {
    match language {
        Language::Zh => format!("{} 个单元格，{distinct} 个不同值", grouped(matches)),
        Language::En => format!("{}, {distinct} distinct", counted(matches, "cell")),
    }
}

/// How much of a kind of record there is in the parts of a table: of subjects, how many at least.
pub(super) fn record_size_of_parts(language: Language, rows: u64, subjects: u64) -> String {
    match language {
        _ if subjects == 0 => record_size(language, rows, 0),
        Language::Zh => format!("{} 行，至少 {} 个主体", grouped(rows), grouped(subjects)),
        Language::En => format!("{}, at least {}", counted(rows, "row"), counted(subjects, "subject")),
    }
}

/// How many parts a table has.
pub(super) fn parts(language: Language, number: usize) -> String {
    match language {
        Language::Zh => format!("同一张表的 {} 个部分", grouped(number as u64)),
        Language::En => format!("one table in {}", counted(number as u64, "part")),
    }
}

/// In how many parts of a table something was found.
pub(super) fn in_parts(language: Language, found: usize, all: usize) -> String {
    let [found, all] = [found, all].map(|number| grouped(number as u64));
    match language {
        Language::Zh => format!("见于 {all} 个部分中的 {found} 个"),
        Language::En => format!("in {found} of {all} parts"),
    }
}

/// `2 rows`, `1 row`.
fn counted(number: u64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{} {noun}s", grouped(number)) }
}

fn objects_were(number: u64) -> String {
    format!("{} {}", counted(number, "object"), if number == 1 { "was" } else { "were" })
}

/// What a list comes to; the procedures in the law's terms.
pub(super) fn list_verdict(language: Language, verdict: &ListVerdict, complete: bool) -> String {
    let words = Words::of(language);
    let mut parts = vec![Words::category(language, verdict.category).to_owned()];
    if !verdict.procedure.is_empty() {
        parts.push(named_procedures(language, &verdict.procedure));
    }
    let open = verdict.category == Category::Undetermined;
    if !open && (!verdict.certain || (verdict.category == Category::None && !complete)) {
        parts.push(Words::status_of(language, Status::Uncertain).to_owned());
    }
    parts.join(words.separator)
}

/// Rows of one group that are not shown one by one.
pub(super) fn rows_of_group(language: Language, group: &str, rows: u64) -> String {
    match language {
        Language::Zh => format!("{group}.*（{} 条）", grouped(rows)),
        Language::En => format!("{group}.* ({})", counted(rows, "row")),
    }
}

/// Rows that are not reached and not listed, because nothing of their part of the list is reached or open.
pub(super) fn folded(language: Language, groups: &str) -> String {
    match language {
        Language::Zh => format!("以及下列部分的全部条款（逐条见 report.html）：{groups}"),
        Language::En => format!("and every row of these parts, as report.html lists them: {groups}"),
    }
}

/// How many rows a group has.
pub(super) fn rows_in_all(language: Language, rows: usize) -> String {
    match language {
        Language::Zh => format!("{} 条", grouped(rows as u64)),
        Language::En => counted(rows as u64, "row"),
    }
}

/// What the star behind a row means.
pub(super) const fn starred(language: Language) -> &'static str {
    match language {
        Language::Zh => {
            "* 有备注：扫描无法看到的内容，或者法律留待判断之处；见 `exportscan explain 条款ID` 或 report.html。"
        }
        Language::En => {
            "* has a remark: what the scan cannot see, or the law leaves to judgement; `exportscan explain ID` or report.html shows it."
        }
    }
}
