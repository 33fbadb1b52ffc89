//! The sentences about the user's configuration: what it took out of the verdict, and what it did to a finding.

use crate::model::{ConfigEntry, Language};
use crate::report::harmless::prose;
use crate::report::number::grouped;

use super::counted;

/// How much a configuration did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::report) struct Effect {
    /// Findings that would count, and are set aside.
    pub(in crate::report) set_aside: u64,
    /// Columns that are what it says.
    pub(in crate::report) declared: u64,
    /// Detectors that are changed, and used.
    pub(in crate::report) changed: u64,
    /// Detectors that are off.
    pub(in crate::report) off: u64,
}

/// What the configuration did to the verdict, in one line.
pub(in crate::report) fn tuned(language: Language, file: &str, effect: Effect) -> String {
    let Effect { set_aside, declared, changed, off } = effect;
    let parts = match language {
        Language::Zh => [
            (set_aside, format!("搁置 {} 项本应计入的发现", grouped(set_aside))),
            (declared, format!("声明 {} 列", grouped(declared))),
            (changed, format!("调整 {} 个识别规则", grouped(changed))),
            (off, format!("停用 {} 个识别规则", grouped(off))),
        ],
        Language::En => [
            (set_aside, format!("sets aside {} that would count", counted(set_aside, "finding"))),
            (declared, format!("declares {}", counted(declared, "column"))),
            (changed, format!("changes {}", counted(changed, "detector"))),
            (off, format!("turns {} off", counted(off, "detector"))),
        ],
    };
    let parts: Vec<String> = parts.into_iter().filter(|(number, _)| *number > 0).map(|(_, part)| part).collect();
    match (language, parts.split_last()) {
        (Language::Zh, None) => format!("{file} 未改变任何发现。"),
        (Language::En, None) => format!("{file} changes no finding."),
        (Language::Zh, Some(_)) => format!("结论以 {file} 为前提：{}；详见下文。", parts.join("，")),
        (Language::En, Some((last, []))) => format!("The verdict holds with {file}, which {last}; see below."),
        (Language::En, Some((last, rest))) => {
            format!("The verdict holds with {file}, which {} and {last}; see below.", rest.join(", "))
        }
    }
}

/// Why a finding is set aside, until when, and by which entry.
pub(in crate::report) fn accepted(language: Language, entry: &ConfigEntry) -> String {
    let reason = prose(&entry.reason);
    match (language, entry.expires) {
        (Language::Zh, Some(last)) => format!("已搁置，截至 {last}：{reason}（配置第 {} 行）", entry.line),
        (Language::Zh, None) => format!("已搁置：{reason}（配置第 {} 行）", entry.line),
        (Language::En, Some(last)) => format!("set aside until {last}: {reason} (configuration, line {})", entry.line),
        (Language::En, None) => format!("set aside: {reason} (configuration, line {})", entry.line),
    }
}

/// Why a column is what it is declared to be.
pub(in crate::report) fn declared(language: Language, entry: &ConfigEntry) -> String {
    let reason = prose(&entry.reason);
    match (language, entry.expires) {
        (Language::Zh, Some(last)) => format!("声明，截至 {last}：{reason}（配置第 {} 行）", entry.line),
        (Language::Zh, None) => format!("声明：{reason}（配置第 {} 行）", entry.line),
        (Language::En, Some(last)) => format!("declared until {last}: {reason} (configuration, line {})", entry.line),
        (Language::En, None) => format!("declared: {reason} (configuration, line {})", entry.line),
    }
}

/// How many findings an entry has to do with.
pub(in crate::report) fn findings(language: Language, number: u64) -> String {
    match language {
        Language::Zh => format!("{} 项发现", grouped(number)),
        Language::En => counted(number, "finding"),
    }
}
