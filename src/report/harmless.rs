//! Makes text that the data named fit to be seen: nothing in it steers a terminal or turns a line of a page around.

/// The longest name that people are shown, in characters; `report.json` has every name in full.
const SHOWN_LENGTH: usize = 240;

/// What stands for a character that is not shown.
const REPLACEMENT: char = '\u{fffd}';

/// Whether `c` is invisible and changes what is seen: controls, bidirectional marks, line separators, joiners, tags,
/// fillers and what is not a character.
pub(super) fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{fffe}' | '\u{ffff}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// `text` with every harmful character replaced and the middle of what is too long left out.
pub fn shown(text: &str) -> String {
    let length = text.chars().count();
    if length <= SHOWN_LENGTH {
        return replaced(text);
    }
    let half = SHOWN_LENGTH / 2;
    let front: String = text.chars().take(half).collect();
    let back: String = text.chars().skip(length - half).collect();
    replaced(&format!("{front}…{back}"))
}

/// The text of a rule pack in full, in one line.
pub(super) fn prose(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    replaced(&lines.join(" "))
}

fn replaced(text: &str) -> String {
    text.chars().map(|c| if is_harmful(c) { REPLACEMENT } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::{SHOWN_LENGTH, prose, shown};

    #[test]
    fn replaces_what_steers() {
        let cases = [
            ("姓名", "姓名"),
            ("a\u{1b}[31mred", "a\u{fffd}[31mred"),
            ("x\u{9b}2J", "x\u{fffd}2J"),
            ("fdp\u{202e}vsc", "fdp\u{fffd}vsc"),
            ("two\nlines\tand", "two\u{fffd}lines\u{fffd}and"),
            ("tag\u{e0041}", "tag\u{fffd}"),
            ("", ""),
        ];
        for (given, seen) in cases {
            assert_eq!(shown(given), seen);
        }
    }

    #[test]
    fn joins_the_lines_of_prose() {
        assert_eq!(prose("one\n   two\u{7}\n"), "one two\u{fffd}");
    }

    #[test]
    fn shortens_in_the_middle() {
        let long = format!("{}{}", "长".repeat(1000), "end");
        let seen = shown(&long);
        assert_eq!(seen.chars().count(), SHOWN_LENGTH + 1);
        assert!(seen.ends_with("end") && seen.contains('…'));
    }
}
