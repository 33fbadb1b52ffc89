//! The sentences about how persons were told apart and joined, and about what that leaves open.

use super::{counted, persons};
use crate::model::{IdentifierKind, Language};
use crate::report::kinds::{one, several};
use crate::report::merging::Gaps;
use crate::report::number::grouped;
use crate::report::words::Words;
use crate::tally::{Figures, KindMerging, Shared};

/// What the table of kinds tells.
pub(in crate::report) const fn how_told(language: Language) -> &'static str {
    match language {
        Language::Zh => {
            "每个自然人按其最强的标识区分，只计一次。较弱的标识仅与一人同时出现的，归于该人；与多人同时出现的，为共用标识，不据以关联，也不据以计人。"
        }
        Language::En => {
            "Everybody is told apart by the strongest identifier that they have, and counts once. A weaker one that is seen with exactly one person is put down to them; one that is seen with several is shared: it joins nobody and counts nobody."
        }
    }
}

/// What the table of data sets tells.
pub(in crate::report) const fn how_joined(language: Language) -> &'static str {
    match language {
        Language::Zh => {
            "下列数据中的行只有较弱的标识，而该标识在别处与某一人更强的标识同时出现；这些人据此归并，不重复计数。"
        }
        Language::En => {
            "Rows there have nothing stronger than the identifier named, and elsewhere it stands beside a stronger one of exactly one person: to that person they were joined, who counts no second time."
        }
    }
}

/// Persons of a data set that a kind joined to what is known of them elsewhere.
pub(in crate::report) fn joined(language: Language, kind: IdentifierKind, place: &str, number: u64) -> String {
    let kind = one(language, kind);
    match language {
        Language::Zh => format!("{place} 中有 {} 人依{kind}归并。", grouped(number)),
        Language::En if number == 1 => format!("1 person in `{place}` was told by their {kind}."),
        Language::En => format!("{} persons in `{place}` were told by their {kind}.", grouped(number)),
    }
}

/// Identifiers of a kind that several persons share; `None` where there is none.
pub(in crate::report) fn shared(language: Language, kind: &KindMerging) -> Option<String> {
    let Shared { by_two, by_few, by_many, by_crowds, most } = kind.shared;
    let total = kind.shared.total();
    if total == 0 {
        return None;
    }
    let groups = match language {
        Language::Zh => [
            (by_two, "两人共用".to_owned()),
            (by_few, "3 至 5 人共用（如家庭电话）".to_owned()),
            (by_many, "6 至 20 人共用".to_owned()),
            (by_crowds, "超过 20 人共用（如热线电话、占位号码）".to_owned()),
        ],
        Language::En => [
            (by_two, "by two".to_owned()),
            (by_few, "by 3 to 5 (as a family's telephone is)".to_owned()),
            (by_many, "by 6 to 20".to_owned()),
            (by_crowds, "by more than 20 (as a hotline or a filler is)".to_owned()),
        ],
    };
    let groups: Vec<String> = groups
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, group)| match language {
            Language::Zh => format!("{group}的 {} 个", grouped(number)),
            Language::En => format!("{} {group}", grouped(number)),
        })
        .collect();
    let identifiers = several(language, kind.kind, total);
    let most = if most > 2 { Some(grouped(most)) } else { None };
    Some(match language {
        Language::Zh => {
            let most = most.map_or_else(String::new, |most| format!("；最多的一个由 {most} 人共用"));
            format!("{identifiers}为多人共用：{}{most}。", groups.join("，"))
        }
        Language::En => {
            let are = if total == 1 { "is" } else { "are" };
            let most = most.map_or_else(String::new, |most| format!("; the most shared one by {most} persons"));
            format!("{identifiers} {are} shared: {}{most}.", groups.join(", "))
        }
    })
}

/// Why the three figures differ, from the upper one to the lower one.
pub(in crate::report) fn why_bounds(language: Language, gaps: &Gaps, kinds: &[KindMerging]) -> Vec<String> {
    let Figures { best, at_least, at_most } = gaps.figures;
    if at_least == at_most {
        let all = persons(language, gaps.figures);
        return vec![match language {
            Language::Zh => format!("去重后、下限、上限均为 {all}：没有留待判断之处。"),
            Language::En => format!("All three figures are {all}: linking left nothing open."),
        }];
    }
    let mut lines = Vec::new();
    if at_most > best {
        lines.push(above(language, gaps, kinds));
    }
    if at_least < best {
        lines.push(below(language, gaps, kinds));
    }
    lines
}

fn above(language: Language, gaps: &Gaps, kinds: &[KindMerging]) -> String {
    let Figures { best, at_most, .. } = gaps.figures;
    let (joined, only_shared) = (grouped(gaps.joined), grouped(gaps.only_shared));
    let parts = match language {
        Language::Zh => [
            (
                gaps.joined,
                format!("{joined} 人：同一人在不同的行中以不同的标识出现，若不相信上述归并，每个标识须另计一人"),
            ),
            (
                gaps.only_shared,
                format!(
                    "{only_shared} 人：有的行只有共用标识{}，其后可能另有其人",
                    aside(language, kinds, |kind| kind.only_shared)
                ),
            ),
        ],
        Language::En => [
            (
                gaps.joined,
                format!(
                    "{joined} because persons stand in different rows under different identifiers, and whoever does not accept the joining counts one person for each"
                ),
            ),
            (
                gaps.only_shared,
                format!(
                    "{only_shared} because rows have nothing but shared identifiers{}, behind which there may be somebody else",
                    aside(language, kinds, |kind| kind.only_shared)
                ),
            ),
        ],
    };
    let parts: Vec<String> = parts.into_iter().filter(|(number, _)| *number > 0).map(|(_, part)| part).collect();
    let more = grouped(at_most - best);
    match language {
        Language::Zh => format!("上限 {} 人，比去重后多 {more} 人。其中 {}。", grouped(at_most), parts.join("；")),
        Language::En => format!("At most {}, {more} more than best: {}.", grouped(at_most), parts.join("; ")),
    }
}

fn below(language: Language, gaps: &Gaps, kinds: &[KindMerging]) -> String {
    let Figures { best, at_least, .. } = gaps.figures;
    let fewer = grouped(best - at_least);
    let Some(by) = gaps.counted_by else {
        return match language {
            Language::Zh => {
                format!("下限 {} 人：仅有经散列、加密或者遮盖的标识，无从证明有谁不是另一人。", grouped(at_least))
            }
            Language::En => format!(
                "At least {}: there is nothing but hashed or masked identifiers, and nobody can prove of two that they are two persons.",
                grouped(at_least)
            ),
        };
    };
    let told = aside(language, kinds, |kind| if kind.kind > by { kind.persons } else { 0 });
    let kind = one(language, by);
    let parts = match language {
        Language::Zh => [
            (gaps.weaker, format!("{} 人没有同样强的标识{told}，可能就是其中的人", grouped(gaps.weaker))),
            (
                gaps.maybe_same,
                format!("{} 人与他人共用某一标识，或者另以其他标识区分，可能是同一人", grouped(gaps.maybe_same)),
            ),
        ],
        Language::En => [
            (
                gaps.weaker,
                format!("{} have nothing as strong{told} and may be among those", counted(gaps.weaker, "person")),
            ),
            (
                gaps.maybe_same,
                format!(
                    "{} may be the same as others, with whom they share an identifier or have none of that kind in common",
                    grouped(gaps.maybe_same)
                ),
            ),
        ],
    };
    let parts: Vec<String> = parts.into_iter().filter(|(number, _)| *number > 0).map(|(_, part)| part).collect();
    match language {
        Language::Zh => {
            format!("下限 {} 人，比去重后少 {fewer} 人：只按{kind}计数。{}。", grouped(at_least), parts.join("；"))
        }
        Language::En => {
            format!(
                "At least {}, {fewer} fewer than best: it counts by {kind} alone. {}.",
                grouped(at_least),
                parts.join("; ")
            )
        }
    }
}

/// ` (mobile number 10, plate 4)`: the kinds that have any, strongest first.
fn aside(language: Language, kinds: &[KindMerging], number: impl Fn(&KindMerging) -> u64) -> String {
    let words = Words::of(language);
    let parts: Vec<String> = kinds
        .iter()
        .filter(|kind| number(kind) > 0)
        .map(|kind| format!("{} {}", one(language, kind.kind), grouped(number(kind))))
        .collect();
    if parts.is_empty() {
        return String::new();
    }
    format!("{}{}{}", words.open_bracket, parts.join(words.comma), words.close_bracket)
}
