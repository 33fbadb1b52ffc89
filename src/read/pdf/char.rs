//! Characters as people type them: fonts call many glyphs by a character that only looks like it.
//!
//! Unicode 16, property `Equivalent_Unified_Ideograph`.

/// Adds a character as people type it. What is no character is a blank.
pub(super) fn push(char: char, text: &mut String) {
    match char {
        '\u{fb00}' => text.push_str("ff"),
        '\u{fb01}' => text.push_str("fi"),
        '\u{fb02}' => text.push_str("fl"),
        '\u{fb03}' => text.push_str("ffi"),
        '\u{fb04}' => text.push_str("ffl"),
        // Soft hyphens and marks of width zero stand inside of words.
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
        _ if char.is_control() => text.push(' '),
        _ => text.push(ideograph(char)),
    }
}

/// The ideograph that a radical looks like.
fn ideograph(char: char) -> char {
    let (table, first) = match char {
        '\u{2e80}'..='\u{2ef3}' => (SUPPLEMENT, 0x2e80),
        '\u{2f00}'..='\u{2fd5}' => (RADICALS, 0x2f00),
        _ => return char,
    };
    table.chars().nth((u32::from(char) - first) as usize).unwrap_or(char)
}

/// Of U+2E80 and those behind it.
const SUPPLEMENT: &str = "\
⺀厂乛乚乙亻冂𠘨刀刂卜㔾小尐兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爬丬牛\
犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艺艻虎衤覀西见角𧢲讠贝𧾷车辶辷辸邑\
钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

/// Of U+2F00 and those behind it.
const RADICALS: &str = "\
一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀\
寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋\
比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸\
缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛\
辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻\
黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

#[cfg(test)]
mod tests {
    use super::push;

    #[test]
    fn radicals_and_ligatures_are_what_they_look_like() {
        let mut text = String::new();
        "\u{2f3f}\u{673a}\u{2f9d}\u{4efd}\u{2ecb}\u{2fd5}\u{2ef3}o\u{fb03}ce\t\u{ad}"
            .chars()
            .for_each(|char| push(char, &mut text));
        assert_eq!(text, "手机身份车龠龟office ");
    }
}
