//! The sentences about one person: how a held value leads to them, and how they count.

use super::counted;
use crate::count::trace::{AtLeast, Identifier, Seen};
use crate::model::{ClassSet, IdentifierKind, Language, Level};
use crate::report::harmless::shown;
use crate::report::kinds::one;
use crate::report::number::grouped;
use crate::report::words::Words;

/// A name for one identifier of a person that tells nothing: `mobile number #2`.
pub(in crate::report) fn held_name(language: Language, identifier: &Identifier) -> String {
    format!("{} #{}", one(language, identifier.kind), identifier.number)
}

/// The kinds whose form the value has.
pub(in crate::report) fn can_be<'k>(language: Language, kinds: impl Iterator<Item = &'k IdentifierKind>) -> String {
    let names: Vec<&str> = kinds.map(|kind| one(language, *kind)).collect();
    let names = names.join(Words::of(language).separator);
    match (names.is_empty(), language) {
        (true, Language::Zh) => "形式本身不能说明；按各类标识逐一查找".to_owned(),
        (true, Language::En) => "its form tells nothing; looked for as every kind".to_owned(),
        (false, Language::Zh) => format!("{names}；并按其他各类标识逐一查找"),
        (false, Language::En) => format!("{names}; looked for as every other kind too"),
    }
}

/// That the value identifies nobody whatever stands beside it.
pub(in crate::report) const fn filler(language: Language) -> &'static str {
    match language {
        Language::Zh => "这是填写字段用的占位号码，不指向任何人，不参与关联和计数。",
        Language::En => {
            "This is what people type to fill a field: it identifies nobody, joins nobody and is not counted."
        }
    }
}

/// That no mention has it.
pub(in crate::report) const fn nobody_has(language: Language) -> &'static str {
    match language {
        Language::Zh => {
            "所扫描的数据中没有据此计数的人。（与更强的标识同列的姓名、遮盖后的号码不参与计数；仅作提示的列也不计。）"
        }
        Language::En => {
            "Nobody in what was scanned is counted by it. (A name or a masked number beside anything stronger is not heard, and columns that are only shown do not count.)"
        }
    }
}

/// That it stands only where it is not heard.
pub(in crate::report) const fn unheard(language: Language) -> &'static str {
    match language {
        Language::Zh => "不指向任何人：仅与更强的标识同时出现，此时不作为标识。",
        Language::En => "Nobody's: it stands only beside something stronger, where it is not heard.",
    }
}

/// That something was not read.
pub(in crate::report) fn not_whole(language: Language, unread: u64) -> String {
    match language {
        Language::Zh => format!("有 {} 个对象未能读取：其中还可能有此人，以上结果不完整。", grouped(unread)),
        Language::En => {
            format!(
                "{} could not be read: the person may stand there too, so this is not complete.",
                counted(unread, "object")
            )
        }
    }
}

/// Distinct mentions with their data sets and what their rows say.
pub(in crate::report) fn seen(language: Language, seen: &Seen, data_sets: &[String]) -> String {
    let words = Words::of(language);
    let places: Vec<String> = seen
        .data_sets
        .iter()
        .filter_map(|place| data_sets.get(*place))
        .map(|name| format!("`{}/`", shown(name)))
        .collect();
    let says = classes(language, seen.classes);
    let (mentions, places) = (seen.mentions, places.join(words.comma));
    match language {
        Language::Zh => format!("{places} 中 {} 种不同的提及，所在行涉及{says}", grouped(mentions)),
        Language::En => format!("{} in {places}, in rows with {says}", counted(mentions, "distinct mention")),
    }
}

fn classes(language: Language, classes: ClassSet) -> String {
    let names: Vec<&str> = classes.iter().map(|class| language.pick(class.names())).collect();
    if names.is_empty() { Words::of(language).none.to_owned() } else { names.join(Words::of(language).comma) }
}

/// That it is one person's, who has so many identifiers.
pub(in crate::report) fn of_one(language: Language, identifiers: usize) -> String {
    let number = identifiers as u64;
    match language {
        Language::Zh => format!("属于一人；此人共有 {} 个标识。", grouped(number)),
        Language::En => format!("One person's, who has {} in all.", counted(number, "identifier")),
    }
}

/// That several persons share it.
pub(in crate::report) fn of_several(language: Language, kinds: &[(IdentifierKind, u64)]) -> String {
    let persons: u64 = kinds.iter().map(|(_, number)| *number).sum();
    let words = Words::of(language);
    let told: Vec<String> =
        kinds.iter().map(|(kind, number)| format!("{} {}", one(language, *kind), grouped(*number))).collect();
    let told = told.join(words.comma);
    match language {
        Language::Zh => {
            format!("由 {} 人共用（以其各自最强的标识区分：{told}）；不据以关联，也不据以计人。", grouped(persons))
        }
        Language::En => format!(
            "Shared by {} (told apart by: {told}). It joins nobody and counts nobody.",
            counted(persons, "person")
        ),
    }
}

/// One step of the path: an identifier stands beside the next.
pub(in crate::report) fn step(language: Language, from: &str, to: &str, by: &str) -> String {
    match language {
        Language::Zh => format!("{from} 与 {to} 同时出现：{by}。"),
        Language::En => format!("{from} stands beside {to}: {by}."),
    }
}

/// An identifier that is joined to another one.
pub(in crate::report) fn joined_by(language: Language, name: &str, to: &str, by: &str) -> String {
    match language {
        Language::Zh => format!("{name}，归于 {to}：{by}"),
        Language::En => format!("{name}, joined to {to}: {by}"),
    }
}

/// The identifier that stands at the end of every path.
pub(in crate::report) fn on_its_own(language: Language, name: &str) -> String {
    match language {
        Language::Zh => format!("{name}，即此人最强的标识"),
        Language::En => format!("{name}, the strongest that the person has"),
    }
}

/// Why the strongest identifier tells the person.
pub(in crate::report) fn tells(language: Language, name: &str, kind: IdentifierKind) -> String {
    let why = match kind.level() {
        Level::Resident => ("一个号码终身对应一人", "one number is one person for life"),
        Level::Card => {
            ("证件随持有人终身，且未与他人同时出现", "the card stays with its holder, and is seen with nobody else")
        }
        Level::Account => {
            ("未与任何更强的标识同时出现，故以此计一人", "it is seen with nothing stronger, so it makes a person")
        }
        Level::Vehicle => (
            "未与任何人的标识同时出现，故由车辆或者设备代表一人",
            "it is seen with nobody's identifier, so the vehicle or device stands for a person",
        ),
        Level::Name => ("所在行没有其他标识，故以此计一人", "its rows have nothing else, so it makes a person"),
    };
    match language {
        Language::Zh => format!("{name} 区分此人：{}。", why.0),
        Language::En => format!("{name} tells the person: {}.", why.1),
    }
}

/// Whether the person has sensitive personal information under a list.
pub(in crate::report) fn is_sensitive(language: Language, list: &str, because: ClassSet) -> String {
    let says = classes(language, because);
    match (language, because.is_empty()) {
        (Language::Zh, true) => format!("依 {list}：计入仅含非敏感个人信息的人。"),
        (Language::Zh, false) => format!("依 {list}：计入含敏感个人信息的人，因涉及{says}。"),
        (Language::En, true) => format!("Under {list}: among those with non-sensitive personal information only."),
        (Language::En, false) => format!("Under {list}: among those with sensitive personal information, for {says}."),
    }
}

/// As how many the upper bound counts the person.
pub(in crate::report) fn at_most(language: Language, units: u64) -> String {
    match language {
        Language::Zh if units == 1 => "上限：计 1 人。".to_owned(),
        Language::Zh => {
            format!("上限：计 {} 人，即各次提及中最强标识的不同组合数，不同种类之间不作关联。", grouped(units))
        }
        Language::En if units == 1 => "At most: 1 person.".to_owned(),
        Language::En => format!(
            "At most: {}, the distinct strongest identifiers of the mentions, with nothing joined across kinds.",
            counted(units, "person")
        ),
    }
}

/// Whether the lower bound counts the person.
pub(in crate::report) const fn at_least(language: Language, at_least: AtLeast) -> &'static str {
    language.pick(match at_least {
        AtLeast::Resident => (
            "下限：计 1 人；两个不同的居民身份证号码绝不视为同一人。",
            "At least: 1 person; two resident ID numbers are never one person.",
        ),
        AtLeast::ByItsKinds => (
            "下限：不与他人共用任何标识；下限按某一种标识计数，该种标识此人有的，计 1 人。",
            "At least: 1 person where it counts by a kind of identifier that the person has; they share none with anybody.",
        ),
        AtLeast::PerhapsAnother => (
            "下限：可能不另计；某次提及中另有不属于此人的标识，下限视其为同一人。",
            "At least: perhaps not apart; a mention has an identifier that is not theirs beside one that is, and the lower bound takes these for one person.",
        ),
        AtLeast::Never => (
            "下限：不计；此人只有经散列、加密或者遮盖的标识，无从证明不是别处的某一人。",
            "At least: not counted; there are only hashed or masked identifiers, and nobody can prove that this is not somebody who stands elsewhere.",
        ),
    })
}
