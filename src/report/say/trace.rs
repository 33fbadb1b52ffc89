//! The sentences of how a column was judged: what spoke, what became of each candidate, how it is counted.

use crate::model::{
    Because, Candidate, ClassFinding, ColumnTrace, Confidence, CountedAs, Fate, IdentifierKind, Language, Level, Takes,
    Tested, Whose,
};
use crate::report::harmless::{prose, shown};
use crate::report::number::{grouped, percent};
use crate::report::words::Words;

use super::accepted;

/// What scores are.
pub(in crate::report) fn scale(language: Language) -> &'static str {
    match language {
        Language::Zh => {
            "分值以十分之一个数量级计：每加 10 分，可能性增至十倍。起始 -20 分（一百列中有一列是某一类）；20 分以上为高，10 分以上为中，均计入；0 分以上为低，仅供提示；0 分以下不显示。"
        }
        Language::En => {
            "Scores are odds in tenths of a decimal digit: 10 more make it ten times likelier. Everything begins at -20, one column in a hundred. 20 or more is high and 10 or more medium, and both count; 0 or more is low and only shown; below 0 it is not shown."
        }
    }
}

/// What the letters of shapes stand for.
pub(in crate::report) fn legend(language: Language, sampled: u64) -> String {
    match language {
        Language::Zh => format!(
            "取自 {} 个不同值的样本；9 数字，A 大写字母，a 小写字母，字 汉字，文 其他文字，◇ 其他符号，{{n}} 连续 n 个",
            grouped(sampled)
        ),
        Language::En => format!(
            "of a sample of {} distinct values; 9 digit, A capital, a small letter, 字 Chinese character, 文 other letter, ◇ other sign, {{n}} n of them",
            grouped(sampled)
        ),
    }
}

/// How many cells there are and how many say something.
pub(in crate::report) fn cells(language: Language, trace: &ColumnTrace) -> String {
    let about = if trace.distinct_exact { "" } else { "≈ " };
    let (cells, filled, distinct) = (grouped(trace.cells), grouped(trace.filled), grouped(trace.distinct));
    match language {
        Language::Zh => format!("{cells} 个单元格，{filled} 个非空，{about}{distinct} 个不同值"),
        Language::En => format!("{cells} cells, {filled} filled, {about}{distinct} distinct"),
    }
}

/// Lengths with how many values have them; a span where there are many.
pub(in crate::report) fn lengths(language: Language, lengths: &[(usize, u64)]) -> String {
    const FEW: usize = 8;
    let (Some((least, _)), Some((most, _))) = (lengths.first(), lengths.last()) else { return String::new() };
    if lengths.len() > FEW {
        return match language {
            Language::Zh => format!("{least} 至 {most} 个字符"),
            Language::En => format!("{least} to {most} characters"),
        };
    }
    let each: Vec<String> = lengths.iter().map(|(length, values)| format!("{length} × {}", grouped(*values))).collect();
    match language {
        Language::Zh => format!("字符数 × 值的个数：{}", each.join("、")),
        Language::En => format!("characters × values: {}", each.join(", ")),
    }
}

/// What a candidate starts with.
pub(in crate::report) fn prior(language: Language) -> &'static str {
    language.pick(("起始：一百列中有一列是某一类", "to begin with: one column in a hundred is of any one kind"))
}

/// One piece of evidence, in plain words.
pub(in crate::report) fn evidence(language: Language, because: &Because, candidate: &Candidate) -> String {
    let fixed = match because.what {
        "header" => ("表头明确说明是它", "the header says it"),
        "header_weak" => ("表头与之相符，但也可能指别的", "the header fits, and fits other things too"),
        "header_against" => ("表头表明是别的内容", "the header says that it is something else"),
        "header_silent" => ("表头未提及它", "the header speaks of something, and not of it"),
        "inside_text" => ("位于较长的文本之中，并非单独成格", "it stands inside longer text, not alone in its cell"),
        "companion" => (
            "最可信的识别规则未认领的值，通过了它自己的校验",
            "what the surest detector leaves over passes the check of this one",
        ),
        "code_table" => (
            "每个代码只出现一次，且未涉及任何人：属代码对照表",
            "every code stands once and nobody is named: a table of codes",
        ),
        "no_header" => (
            "没有表头或者相邻列佐证，仅凭取值最多为低",
            "without a header or a neighbour, values alone never make it more than low",
        ),
        "declared" => ("使用者在配置中声明", "the user's configuration declares it"),
        "not_sure_enough" => ("未达到配置所要求的置信度", "less sure than the user's configuration asks for"),
        "neighbour" => return neighbours(language, candidate),
        what => match &candidate.tested {
            Some(tested) => return test(language, what, tested),
            None => return Words::evidence(language, what),
        },
    };
    language.pick(fixed).to_owned()
}

fn neighbours(language: Language, candidate: &Candidate) -> String {
    let words = Words::of(language);
    let named: Vec<String> = candidate
        .neighbours
        .iter()
        .map(|(name, title)| {
            format!("{}{}{}{}", shown(name), words.open_bracket, prose(title.get(language)), words.close_bracket)
        })
        .collect();
    let named = named.join(words.comma);
    match language {
        Language::Zh => format!("通常与之并存的列：{named}"),
        Language::En => format!("columns that usually stand beside it: {named}"),
    }
}

/// How the values did.
pub(in crate::report) fn test(language: Language, what: &str, tested: &Tested) -> String {
    let Tested { passing, tested: of, is_sample, .. } = *tested;
    let (passing, share) = (grouped(passing), percent(passing as f64 / of.max(1) as f64));
    let of = grouped(of);
    let unit = match (language, is_sample) {
        (Language::Zh, true) => "个抽样的不同值",
        (Language::Zh, false) => "个非空单元格",
        (Language::En, true) => "sampled distinct values",
        (Language::En, false) => "filled cells",
    };
    let verb = match (language, what) {
        (Language::Zh, "checksum") => format!("通过校验（{}）", tested.checks.join("、")),
        (Language::Zh, "masked") => "部分遮盖（去标识化）".to_owned(),
        (Language::Zh, "hashed") => "经散列或加密（去标识化）".to_owned(),
        (Language::Zh, "pattern") => "符合格式".to_owned(),
        (Language::Zh, "words") => "含有词表中的词".to_owned(),
        (Language::Zh, _) => "符合".to_owned(),
        (Language::En, "checksum") => format!("pass the check ({})", tested.checks.join(", ")),
        (Language::En, "masked") => "are partly masked (de-identified)".to_owned(),
        (Language::En, "hashed") => "are hashed or encrypted (de-identified)".to_owned(),
        (Language::En, "pattern") => "fit the pattern".to_owned(),
        (Language::En, "words") => "have a word of the list".to_owned(),
        (Language::En, _) => "fit".to_owned(),
    };
    let line = match language {
        Language::Zh => format!("{of} {unit}中有 {passing} 个{verb}（{share}）"),
        Language::En => format!("{passing} of {of} {unit} {verb} ({share})"),
    };
    let rest = aside(language, what, tested);
    if rest.is_empty() { line } else { format!("{line}{}{rest}", Words::of(language).separator) }
}

/// What the share is to be compared with.
fn aside(language: Language, what: &str, tested: &Tested) -> String {
    let needed = match language {
        _ if tested.min_share > 0.0 => percent(tested.min_share),
        Language::Zh => "1 个".to_owned(),
        Language::En => "at least one".to_owned(),
    };
    let chance = grouped((1.0 / tested.chance.clamp(1e-6, 1.0)).round() as u64);
    let about = if tested.distinct > ClassFinding::DISTINCT_EXACT_UP_TO { "≈ " } else { "" };
    let passed = tested.passing as f64 / tested.shaped.max(1) as f64;
    if matches!(what, "values_against" | "") && passed < tested.min_passed {
        let (passed, needed) = (percent(passed), percent(tested.min_passed));
        return match language {
            Language::Zh => format!("外形相似的仅 {passed} 通过，须达到 {needed}"),
            Language::En => format!("{passed} of those that look like one do; {needed} must"),
        };
    }
    let (shaped, distinct) = (grouped(tested.shaped), format!("{about}{}", grouped(tested.distinct)));
    match (language, what) {
        (Language::Zh, "mixed") => format!("外形相似的 {shaped} 个中多数通过，列中另有其他内容，故减半计"),
        (Language::En, "mixed") => {
            format!("of the {shaped} that look like one most do, among other values: half the weight")
        }
        (Language::Zh, "values_against" | "") => format!("须达到 {needed}"),
        (Language::En, "values_against" | "") => format!("{needed} must"),
        (Language::Zh, _) if tested.is_sample => format!("纯属巧合时每 {chance} 个中有 1 个"),
        (Language::En, _) if tested.is_sample => format!("by chance 1 in {chance} would"),
        (Language::Zh, _) => format!("其中不同值 {distinct} 个；纯属巧合时每 {chance} 个中有 1 个"),
        (Language::En, _) => format!("{distinct} of them distinct; by chance 1 in {chance} would"),
    }
}

/// What became of a candidate.
pub(in crate::report) fn fate(language: Language, candidate: &Candidate) -> String {
    let pair = match (&candidate.fate, candidate.class) {
        (Fate::Counts, None) => ("可作为记录的组成部分".to_owned(), "may be a part of records".to_owned()),
        (Fate::Counts, Some(_)) => ("计入".to_owned(), "counts".to_owned()),
        (Fate::Shown, _) => {
            ("仅供提示，不计入：未达到 10 分".to_owned(), "shown, and not counted: below 10".to_owned())
        }
        (Fate::SetAside(entry), _) => (accepted(Language::Zh, entry), accepted(Language::En, entry)),
        (Fate::Replaced, _) => ("由使用者的声明取代".to_owned(), "replaced by what the user declares".to_owned()),
        (Fate::Lost(id), _) => (
            format!("不采用：一格只能是一种标识，{} 更可信", shown(id)),
            format!("not taken: a cell is one thing, and {} is surer", shown(id)),
        ),
        (Fate::Echo(id), _) => (
            format!("不另列出：{} 已说明是同一类", shown(id)),
            format!("not told twice: {} says the same class and is surer", shown(id)),
        ),
        (Fate::Claimed(id), _) => (
            format!("不采用：该列属于记录 {}", shown(id)),
            format!("not taken: the column belongs to the record {}", shown(id)),
        ),
        (Fate::Below, _) => ("证据不足".to_owned(), "too little speaks for it".to_owned()),
    };
    match language {
        Language::Zh => pair.0,
        Language::En => pair.1,
    }
}

/// A score with the word for it.
pub(in crate::report) fn score(language: Language, score: i32, confidence: Option<Confidence>) -> String {
    let word = confidence.map(|confidence| Words::confidence_of(language, confidence));
    match (language, word) {
        (Language::Zh, Some(word)) => format!("{score} 分（{word}）"),
        (Language::Zh, None) => format!("{score} 分"),
        (Language::En, Some(word)) => format!("score {score} ({word})"),
        (Language::En, None) => format!("score {score}"),
    }
}

/// How a finding is counted, line by line.
pub(in crate::report) fn counted_as(language: Language, counted: &CountedAs) -> Vec<String> {
    let Some(kind) = counted.identifier else {
        return vec![
            language
                .pick((
                    "不区分个人：一格有值，即说明该行涉及此类数据",
                    "tells nobody from another: a filled cell says that the row is about such data",
                ))
                .to_owned(),
            language
                .pick(match counted.takes {
                    Takes::Passing => ("只计通过检验的值", "only values that pass the test count"),
                    Takes::Misspelled | Takes::All => ("凡非空的值均计入", "every filled cell counts"),
                })
                .to_owned(),
        ];
    };
    let mut lines = vec![strength(language, kind), whose(language, counted), takes(language, counted.takes).to_owned()];
    if counted.is_scoped {
        lines.push(
            language
                .pick(("编号仅在所在文件夹内有意义", "the number means something only within its folder"))
                .to_owned(),
        );
    }
    lines
}

fn strength(language: Language, kind: IdentifierKind) -> String {
    let says = match kind.level() {
        Level::Resident => ("一个号码终身对应一人", "one number is one person for life"),
        Level::Card => ("随持有人终身的证件", "a card that stays with its holder"),
        Level::Account => (
            "一人可有多个；与多人同时出现的，不据此关联",
            "a person may have several; seen with several persons, it links nobody",
        ),
        Level::Vehicle => (
            "车辆或者设备；没有更好的标识时代表一人",
            "a vehicle or device, which stands for a person where nothing better does",
        ),
        Level::Name => (
            "姓名从不用于关联；仅在没有其他标识时据以计人",
            "names link nothing, and count persons only where nothing else does",
        ),
    };
    format!("{}{}{}", kind.id(), Words::of(language).colon, language.pick(says))
}

fn whose(language: Language, counted: &CountedAs) -> String {
    let words = Words::of(language);
    let whose = match (&counted.whose, language) {
        (Whose::Subject, Language::Zh) => "该行所指的人".to_owned(),
        (Whose::Subject, Language::En) => "of the person that the row is about".to_owned(),
        (Whose::Role(title), Language::Zh) => format!("角色：{}", prose(title.get(language))),
        (Whose::Role(title), Language::En) => format!("of somebody with a role: {}", prose(title.get(language))),
        (Whose::Another(number), Language::Zh) => format!("该行所列的第 {number} 个人"),
        (Whose::Another(number), Language::En) => format!("of person {number} of those in the row"),
        (Whose::Items, Language::Zh) => "列表的每一项各为一人".to_owned(),
        (Whose::Items, Language::En) => "of every item of the list, each a person".to_owned(),
    };
    if counted.with.is_empty() {
        return whose;
    }
    let with: Vec<String> = counted.with.iter().map(|name| shown(name)).collect();
    match language {
        Language::Zh => format!("{whose}，与下列各列同属一人：{}", with.join(words.comma)),
        Language::En => format!("{whose}, who also has {}", with.join(words.comma)),
    }
}

fn takes(language: Language, takes: Takes) -> &'static str {
    language.pick(match takes {
        Takes::Passing => ("只计通过检验的值", "only values that pass the test count"),
        Takes::Misspelled => {
            ("未通过检验的值也计入，视为写错的号码", "values that do not pass count too, as numbers spelled wrongly")
        }
        Takes::All => ("凡非空的值均计入，没有可用的校验", "every filled cell counts, because nothing can check it"),
    })
}

/// Detectors that are not listed.
pub(in crate::report) fn silent(language: Language, number: usize) -> String {
    let number = grouped(number as u64);
    match language {
        Language::Zh => format!("另有 {number} 个识别规则既无支持也无反对的证据。"),
        Language::En => format!("For {number} more detectors nothing spoke, for or against."),
    }
}

/// That nothing was found.
pub(in crate::report) fn nothing(language: Language) -> &'static str {
    language.pick(("未发现清单所涉数据", "nothing that the lists speak of"))
}
