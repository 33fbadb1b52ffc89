//! Breaks text into lines of a width in terminal cells, as Chinese and English want to be broken.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The number of terminal cells that `text` takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// May not begin a line.
const CLOSING: &str = "，。、；：！？）》〉」』】〕”’％…";

/// May not begin a line either, but a line is not broken behind it, because it stands in numbers and names.
const TRAILING: &str = ",;:.)!?";

/// May not end a line.
const OPENING: &str = "（《〈「『【〔“‘";

/// A piece of text that is not broken.
#[derive(Debug, Default)]
struct Atom {
    text: String,
    width: usize,
    after_blank: bool,
}

/// `text` in lines of at most `room` cells: broken at blanks, between Chinese characters, and, where nothing else
/// fits, inside a word. Never without a line.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for atom in atoms(text) {
        let blank = usize::from(atom.after_blank && used > 0);
        if used > 0 && used + blank + atom.width > room {
            lines.push(std::mem::take(&mut line));
            used = 0;
        } else if blank > 0 {
            line.push(' ');
            used += 1;
        }
        for c in atom.text.chars() {
            let cells = cells(c);
            if used + cells > room {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += cells;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

fn cells(c: char) -> usize {
    c.width().unwrap_or(0)
}

fn atoms(text: &str) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    let mut blank = false;
    let mut before: Option<char> = None;
    for c in text.chars() {
        if c == ' ' {
            blank = true;
            continue;
        }
        let glued = !blank
            && before.is_some_and(|before| {
                CLOSING.contains(c)
                    || TRAILING.contains(c)
                    || OPENING.contains(before)
                    || (!breaks_around(before) && !breaks_around(c))
            });
        if !glued {
            atoms.push(Atom { after_blank: blank, ..Atom::default() });
        }
        if let Some(atom) = atoms.last_mut() {
            atom.text.push(c);
            atom.width += cells(c);
        }
        blank = false;
        before = Some(c);
    }
    atoms
}

/// Whether a line may be broken before and after `c` without a blank.
fn breaks_around(c: char) -> bool {
    cells(c) == 2 || CLOSING.contains(c) || OPENING.contains(c)
}

#[cfg(test)]
mod tests {
    use super::{width, wrap};

    #[test]
    fn breaks_where_a_reader_expects() {
        let cases: &[(&str, usize, &[&str])] = &[
            ("", 10, &[""]),
            ("one two three", 7, &["one two", "three"]),
            ("abcdefghij", 4, &["abcd", "efgh", "ij"]),
            ("数据出境安全评估", 6, &["数据出", "境安全", "评估"]),
            ("数据出境，安全", 8, &["数据出", "境，安全"]),
            ("数据（出境）安全", 6, &["数据", "（出", "境）安", "全"]),
            ("达到 10,000 人以上", 12, &["达到 10,000", "人以上"]),
            ("备注, 车牌", 4, &["备", "注,", "车牌"]),
            ("x   y", 10, &["x y"]),
        ];
        for (text, room, lines) in cases {
            assert_eq!(wrap(text, *room), *lines, "{text}");
        }
    }

    #[test]
    fn no_line_is_too_wide() {
        for room in 2..40 {
            for line in wrap("Säule, 居民身份证号码（18 位）averyveryverylongcolumnname é\u{301} 。。。。", room)
            {
                assert!(width(&line) <= room, "{room}: {line}");
            }
        }
    }
}
