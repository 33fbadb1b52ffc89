//! The sentences about the year's exports, as a ledger tells them.

use jiff::civil::Date;

use super::{counted, persons};
use crate::decide::Outlook;
use crate::model::{Exemption, Language};
use crate::report::number::grouped;
use crate::tally::{Added, Figures, Year};

/// What counts in the year, for the first screen.
pub(in crate::report) fn year_brief(language: Language, year: &Year) -> String {
    let figures = persons(language, year.to_date().everybody());
    match (language, year.counts) {
        (Language::Zh, true) => format!("{} 年 1 月 1 日起（含本次）：{figures}", year.day.year()),
        (Language::Zh, false) => format!("{} 年 1 月 1 日起（本次不计入）：{figures}", year.day.year()),
        (Language::En, true) => format!("since 1 January {}, with the data at hand: {figures}", year.day.year()),
        (Language::En, false) => {
            format!("since 1 January {}, without the data at hand: {figures}", year.day.year())
        }
    }
}

/// What was exported before the data at hand.
pub(in crate::report) fn so_far(language: Language, year: &Year) -> String {
    let figures = year.before.everybody();
    let (number, n) = (year.day.year(), year.n_counted);
    match language {
        Language::Zh if n == 0 => format!("{number} 年台账中尚无计入累计的出境。"),
        Language::En if n == 0 => format!("No export of {number} that counts is in the ledger yet."),
        Language::Zh => format!("{number} 年此前已登记 {} 次出境，去重后 {}。", grouped(n), persons(language, figures)),
        Language::En => {
            let exports = counted(n, "export");
            let of_them = if n == 1 { "it has" } else { "together they have" };
            format!("{exports} of {number} recorded so far; {of_them} {}.", persons(language, figures))
        }
    }
}

/// How many exports of the year count.
pub(in crate::report) fn exports_that_count(language: Language, year: &Year) -> String {
    let (number, n) = (year.day.year(), year.n_counted);
    match language {
        Language::Zh if n == 0 => format!("{number} 年尚无计入累计的出境。"),
        Language::En if n == 0 => format!("No export of {number} counts so far."),
        Language::Zh => format!("{number} 年计入累计的出境：{} 次。", grouped(n)),
        Language::En => format!("Exports of {number} that count: {}.", grouped(n)),
    }
}

/// What the data at hand add.
pub(in crate::report) fn added(language: Language, year: &Year, added: Added, claims: &[Exemption]) -> Vec<String> {
    if !year.counts {
        let articles: Vec<String> =
            claims.iter().filter(|claim| claim.leaves_out_persons()).map(|claim| article(language, *claim)).collect();
        return vec![match language {
            Language::Zh => format!("已主张{}的豁免：本次数据中的自然人不计入累计。", articles.join("、")),
            Language::En => {
                format!("An exemption is claimed ({}): the data at hand add nobody to the count.", articles.join(", "))
            }
        }];
    }
    let Added { new, known, joined } = added;
    let mut said = vec![match language {
        Language::Zh => format!("本次新增 {} 人；另有 {} 人此前已计入。", grouped(new), grouped(known)),
        Language::En => {
            let are = if known == 1 { "is" } else { "are" };
            format!(
                "The data at hand add {}; {} in them {are} counted already.",
                counted(new, "person"),
                grouped(known)
            )
        }
    }];
    if joined > 0 {
        said.push(match language {
            Language::Zh => {
                format!("本次数据显示此前分别计入的标识同属一人，累计人数因此减少 {} 人。", grouped(joined))
            }
            Language::En => {
                let fewer = grouped(joined);
                format!("They show that identifiers counted apart so far are one person's: {fewer} fewer in all.")
            }
        });
    }
    said
}

/// What the data at hand add to the count of a row.
pub(in crate::report) fn adds(language: Language, n: u64) -> String {
    match language {
        Language::Zh => format!("本次 +{}", grouped(n)),
        Language::En => format!("data at hand +{}", grouped(n)),
    }
}

/// An article of the provisions, as it is cited.
fn article(language: Language, claim: Exemption) -> String {
    match language {
        Language::En => format!("art. {}", claim.article()),
        Language::Zh => match claim {
            Exemption::Contract => "第五条第一款第一项",
            Exemption::Hr => "第五条第一款第二项",
            Exemption::Emergency => "第五条第一款第三项",
            Exemption::Transit => "第四条",
            Exemption::ZoneList => "第六条",
            Exemption::NoPersonalData => "第三条",
        }
        .to_owned(),
    }
}

/// The exports that an exemption leaves out.
pub(in crate::report) fn exempt_exports(language: Language, n: u64, figures: Figures) -> String {
    let figures = persons(language, figures);
    match language {
        Language::Zh => format!("因豁免不计入：{} 次出境，{figures}。", grouped(n)),
        Language::En => format!("Left out by an exemption: {}, {figures}.", counted(n, "export")),
    }
}

/// That something was not read of exports that count.
pub(in crate::report) fn doubt_year_unread(language: Language) -> String {
    match language {
        Language::Zh => "当年已登记的出境中有未完整读取的，实际人数可能更多",
        Language::En => "of the exports recorded this year not everything was read, so more persons may have left",
    }
    .to_owned()
}

/// The same as a sentence.
pub(in crate::report) fn year_unread(language: Language) -> &'static str {
    match language {
        Language::Zh => "当年已登记的出境中有未完整读取的，实际人数可能更多。",
        Language::En => "Of the exports recorded this year not everything was read, so more persons may have left.",
    }
}

/// How the days of the outlook are found.
pub(in crate::report) fn rate(language: Language, first: Option<Date>) -> String {
    let first = first.map(|day| day.to_string());
    match language {
        Language::Zh => format!(
            "日期按目前速度推算：当年累计人数除以自首次计入的出境{}至今的天数（首尾均计入）；次年 1 月 1 日重新计数。",
            first.map(|day| format!("（{day}）")).unwrap_or_default()
        ),
        Language::En => format!(
            "Days are given at the present rate: the year's persons per day since the first export that counts{}, both \
             days included; on 1 January the count starts anew.",
            first.map(|day| format!(" ({day})")).unwrap_or_default()
        ),
    }
}

/// Which state of which ledger this is.
pub(in crate::report) fn ledger_at(language: Language, records: u64, head: &str) -> String {
    match language {
        Language::Zh => format!("台账：{} 条记录，末条摘要 {head}", grouped(records)),
        Language::En => format!("Ledger: {}, head {head}", counted(records, "record")),
    }
}

/// How far the count of a row is from its number, and when it gets there.
pub(in crate::report) fn year_standing(language: Language, outlook: Outlook, below: Option<u64>) -> String {
    let Outlook { to_date, left, reached_on, from, .. } = outlook;
    let open = to_date.at_least < from && from <= to_date.at_most;
    let passed = below.is_some_and(|below| to_date.best >= below);
    match (language, left, reached_on) {
        (Language::Zh, 0, _) if passed => "已超出本条范围，由更严的条款接替".to_owned(),
        (Language::En, 0, _) if passed => "passed: a stricter row takes over".to_owned(),
        (Language::Zh, 0, _) if open => "以去重后人数计已达到".to_owned(),
        (Language::En, 0, _) if open => "reached by the best count".to_owned(),
        (Language::Zh, 0, _) => "已达到".to_owned(),
        (Language::En, 0, _) => "reached".to_owned(),
        (Language::Zh, left, Some(day)) => format!("尚差 {} 人；按目前速度 {day} 达到", grouped(left)),
        (Language::En, left, Some(day)) => format!("{} more to go; at this rate on {day}", grouped(left)),
        (Language::Zh, left, None) if to_date.best == 0 => format!("尚差 {} 人", grouped(left)),
        (Language::En, left, None) if to_date.best == 0 => format!("{} more to go", grouped(left)),
        (Language::Zh, left, None) => format!("尚差 {} 人；按目前速度年内不会达到", grouped(left)),
        (Language::En, left, None) => format!("{} more to go; at this rate not this year", grouped(left)),
    }
}
