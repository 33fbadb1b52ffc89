//! The sentences about a ledger and its records.

use super::counted;
use crate::ledger::{Appended, Claim, Fault, Looked};
use crate::model::Language;
use crate::report::number::{bytes, grouped};

/// Whose ledger, and which year of it.
pub(in crate::report) fn entity_of_year(language: Language, entity: &str, year: i16) -> String {
    match language {
        Language::Zh => format!("{entity}，{year} 年出境台账"),
        Language::En => format!("Ledger of exports of {entity}, {year}"),
    }
}

/// That a year has no records.
pub(in crate::report) const fn no_records(language: Language) -> &'static str {
    match language {
        Language::Zh => "本年尚无记录。",
        Language::En => "There is no record of this year.",
    }
}

/// What recording came to.
pub(in crate::report) fn recorded(language: Language, appended: Appended) -> String {
    match (language, appended) {
        (Language::Zh, Appended::New(number)) => format!("已登记为第 {} 条记录。", grouped(number)),
        (Language::En, Appended::New(number)) => format!("Recorded as number {}.", grouped(number)),
        (Language::Zh, Appended::Known(number)) => {
            format!("该次出境此前已登记为第 {} 条记录；本次未作任何登记，人数不重复计算。", grouped(number))
        }
        (Language::En, Appended::Known(number)) => format!(
            "This export is recorded already, as number {}; nothing was recorded, and nobody is counted twice.",
            grouped(number)
        ),
    }
}

/// Whether a record counts; where not, by which articles.
pub(in crate::report) fn claims(language: Language, counts: bool, claims: &[Claim]) -> String {
    let articles: Vec<&str> = claims.iter().map(|claim| claim.article.as_str()).collect();
    let articles = articles.join(", ");
    match (language, counts, articles.is_empty()) {
        (Language::Zh, true, true) => "计入".to_owned(),
        (Language::En, true, true) => "yes".to_owned(),
        (Language::Zh, true, false) => format!("计入（主张 {articles} 不成立）"),
        (Language::En, true, false) => format!("yes (the claim of art. {articles} does not hold)"),
        (Language::Zh, false, _) => format!("不计入（{articles}）"),
        (Language::En, false, _) => format!("no (art. {articles})"),
    }
}

/// That not everything was read.
pub(in crate::report) const fn not_complete(language: Language) -> &'static str {
    match language {
        Language::Zh => "扫描不完整",
        Language::En => "not complete",
    }
}

/// How much of an export was looked at.
pub(in crate::report) fn looked(language: Language, looked: &Looked) -> String {
    let Looked { complete, objects_found, objects_read, rows_read, bytes_read } = looked;
    let size = bytes(*bytes_read);
    match language {
        Language::Zh => format!(
            "找到 {} 个对象，完整读取 {} 个；{} 行，{size}；{}",
            grouped(*objects_found),
            grouped(*objects_read),
            grouped(*rows_read),
            if *complete { "扫描完整" } else { not_complete(language) }
        ),
        Language::En => format!(
            "{} found, {} read; {}, {size}; {}",
            counted(*objects_found, "object"),
            grouped(*objects_read),
            counted(*rows_read, "row"),
            if *complete { "complete" } else { not_complete(language) }
        ),
    }
}

/// That nothing is wrong.
pub(in crate::report) fn sound(language: Language, records: u64, signed: u64) -> String {
    match language {
        Language::Zh => {
            format!(
                "台账完好：{} 条记录及其统计文件均与登记时一致，其中 {} 条有签名。",
                grouped(records),
                grouped(signed)
            )
        }
        Language::En => format!(
            "Sound: {} with {} as written, {} of them signed.",
            counted(records, "record"),
            if records == 1 { "its tally" } else { "their tallies" },
            grouped(signed)
        ),
    }
}

/// That something is wrong.
pub(in crate::report) fn unsound(language: Language, faults: usize) -> String {
    match language {
        Language::Zh => format!("台账有 {} 处不符：", grouped(faults as u64)),
        Language::En => format!("{} in the ledger:", counted(faults as u64, "fault")),
    }
}

/// One thing that is wrong, and where.
pub(in crate::report) fn fault(language: Language, fault: &Fault) -> String {
    let said = language.pick(fault.kind.names());
    match language {
        Language::Zh => format!("{}：{said}（{}）", fault.file, fault.kind.id()),
        Language::En => format!("{}: {said} ({})", fault.file, fault.kind.id()),
    }
}

/// What an interrupted recording left.
pub(in crate::report) fn remnant(language: Language, file: &str) -> String {
    match language {
        Language::Zh => format!("{file}：登记中断留下的文件，不属于台账，下次登记时清除"),
        Language::En => format!("{file}: left by a recording that was interrupted; the next one clears it"),
    }
}

/// That a head that was noted is there.
pub(in crate::report) fn head_found(language: Language, number: u64) -> String {
    match language {
        Language::Zh if number == 0 => "所给摘要是台账建立时的摘要：此后未被改写。".to_owned(),
        Language::En if number == 0 => {
            "The head that was given is that of the empty ledger: the same ledger.".to_owned()
        }
        Language::Zh => format!("所给摘要是第 {} 条记录的摘要：该条及之前的记录未被改动。", grouped(number)),
        Language::En => {
            format!("The head that was given is record {}: nothing up to there was changed.", grouped(number))
        }
    }
}

/// That neither the key nor a public key was given.
pub(in crate::report) const fn chain_followed(language: Language) -> &'static str {
    match language {
        Language::Zh => "未提供密钥或者公钥：只核对了记录之间的衔接，不能发现重写整个台账的行为。",
        Language::En => {
            "Without the key or a public key only the chain was followed; a ledger that was written anew passes."
        }
    }
}
