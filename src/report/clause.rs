//! Clauses as a Chinese reader cites them; packs cite in English, so that a clause is one key in every report.

use crate::model::Language;

/// Phrases of clauses, the longer before those that they contain.
const PHRASES: &[(&str, &str)] = &[
    ("Several Provisions on Automotive Data Security, ", "《汽车数据安全管理若干规定（试行）》"),
    ("automotive provisions, ", "《汽车数据安全管理若干规定（试行）》"),
    ("standard contract or certification", "标准合同或者认证"),
    ("retail and modern services", "零售与现代服务业"),
    ("annex, unified rule ", "附件统一规则"),
    ("personal information", "个人信息"),
    ("security assessment", "安全评估"),
    ("AI training data", "人工智能训练数据"),
    ("civil aviation", "民航业"),
    ("important data", "重要数据"),
    ("category II", "Ⅱ类"),
    ("category I", "Ⅰ类"),
    (", ", "，"),
];

/// `clause` in the words of the language; what is not known stays as it is.
pub(super) fn clause(language: Language, clause: &str) -> String {
    if language == Language::En {
        return clause.to_owned();
    }
    let known = PHRASES.iter().fold(clause.to_owned(), |text, (en, zh)| text.replace(en, zh));
    match known.split_once("art. ") {
        Some((before, article)) => article_in_chinese(article).map_or(known.clone(), |zh| format!("{before}{zh}")),
        None => known,
    }
}

/// `7(1)(i)` as 第七条第一款第一项, `3(5)` as 第三条第（五）项, `8` as 第八条.
fn article_in_chinese(article: &str) -> Option<String> {
    let mut parts = article.split('(').map(|part| part.trim_end_matches(')'));
    let number = parts.next()?.parse().ok()?;
    let article = format!("第{}条", numeral(number)?);
    Some(match (parts.next(), parts.next()) {
        (None, _) => article,
        (Some(item), None) => format!("{article}第（{}）项", numeral(item.parse().ok()?)?),
        (Some(paragraph), Some(item)) => {
            format!("{article}第{}款第{}项", numeral(paragraph.parse().ok()?)?, numeral(roman(item)?)?)
        }
    })
}

fn roman(numeral: &str) -> Option<usize> {
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
        .iter()
        .position(|known| *known == numeral)
        .map(|at| at + 1)
}

/// 1 to 99, as articles are numbered.
fn numeral(number: usize) -> Option<String> {
    let digit = |at: usize| ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"].get(at).copied();
    let tens = match number / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", digit(tens)?),
    };
    (1..100).contains(&number).then_some(())?;
    Some(format!("{tens}{}", digit(number % 10)?))
}

#[cfg(test)]
mod tests {
    use super::clause;
    use crate::model::Language;

    #[test]
    fn cites_as_the_law_does() {
        let cases = [
            ("1.1 important data 3", "1.1 重要数据 3"),
            ("art. 7(1)(ii)", "第七条第一款第二项"),
            ("art. 8", "第八条"),
            ("art. 28", "第二十八条"),
            ("automotive provisions, art. 3(5)", "《汽车数据安全管理若干规定（试行）》第三条第（五）项"),
            ("category I, 2", "Ⅰ类，2"),
            ("art. x(y", "art. x(y"),
            ("", ""),
        ];
        for (given, zh) in cases {
            assert_eq!(clause(Language::Zh, given), zh);
            assert_eq!(clause(Language::En, given), given);
        }
    }
}
