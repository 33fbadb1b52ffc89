//! Values of which a part is hidden: `138****5678`, `110105********002X`, `6222 **** **** 1234`, `张*`.

use super::digits::number_at;
use super::gb11643::is_province;

/// Characters that stand for a hidden one. `某` hides the given name in `张某某`.
const SYMBOLS: &[char] = &['*', '#', '•', '●', '○', '×', '■', '∗', '某'];

/// So many letters `x` in a row hide something; fewer are letters of the value, as the check character of a resident ID.
const CROSSES: usize = 3;

/// What a value shows and hides, in characters. Separators are neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Shape {
    shown: usize,
    hidden: usize,
    /// The longest run of hidden ones.
    longest: usize,
}

/// Takes a value apart into runs of one kind of character: `visit` gets each run and whether it is hidden.
fn for_each_run(text: &str, mut visit: impl FnMut(&str, bool)) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = Kind::of(first);
        let end = rest.find(|c| Kind::of(c) != kind).unwrap_or(rest.len());
        let (run, tail) = rest.split_at(end);
        visit(run, kind == Kind::Symbol || kind == Kind::Cross && run.len() >= CROSSES);
        rest = tail;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Symbol,
    Cross,
    Other,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            'x' | 'X' => Self::Cross,
            c if SYMBOLS.contains(&c) => Self::Symbol,
            _ => Self::Other,
        }
    }
}

fn shape(value: &[u8]) -> Shape {
    let mut shape = Shape::default();
    if let Ok(text) = std::str::from_utf8(value) {
        for_each_run(text, |run, is_hidden| {
            if is_hidden {
                let length = run.chars().count();
                shape.hidden += length;
                shape.longest = shape.longest.max(length);
            } else {
                shape.shown += run.chars().filter(|c| c.is_alphanumeric()).count();
            }
        });
    }
    shape
}

/// Whether a part is hidden and a part is shown.
pub(super) fn masked(value: &[u8]) -> bool {
    let Shape { shown, hidden, .. } = shape(value);
    shown > 0 && hidden > 0
}

/// Whether it is as long as a resident number, 15 or 18 characters, with four or more of them hidden, and begins, as far
/// as that is shown, with a province of GB/T 2260.
pub(super) fn masked_resident_id(value: &[u8]) -> bool {
    let Shape { shown, hidden, .. } = shape(value);
    let province = number_at(value, 0, 2);
    matches!(shown + hidden, 15 | 18) && shown > 1 && hidden >= 4 && province.is_none_or(is_province)
}

/// Whether a cell of a column of plain numbers hides a part of its own: two characters in a row at
/// least, and two are shown.
pub(in crate::detect) fn hides_a_part(cell: &[u8]) -> bool {
    let may_hide = |byte: &u8| matches!(byte, b'*' | b'#' | b'x' | b'X' | 0x80..);
    let Shape { shown, longest, .. } = if cell.iter().any(may_hide) { shape(cell) } else { Shape::default() };
    shown > 1 && longest > 1
}

/// Writes the one spelling of a masked value into `out`: `*` for whatever hides, letters in upper case.
pub(in crate::detect) fn write_masked(value: &[u8], out: &mut Vec<u8>) {
    out.clear();
    let Ok(text) = std::str::from_utf8(value) else { return };
    for_each_run(text, |run, is_hidden| {
        if is_hidden {
            out.extend(run.chars().map(|_| b'*'));
        } else {
            out.extend(run.bytes().filter(|byte| !matches!(byte, b' ' | b'-')).map(|byte| byte.to_ascii_uppercase()));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{hides_a_part, write_masked};

    #[test]
    fn tells_what_hides_from_what_does_not() {
        for masked in
            ["138****5678", "138xxxx5678", "6222 **** **** 1234", "110105••••••••002X", "z***@example.com", "京A***45"]
        {
            assert!(hides_a_part(masked.as_bytes()), "{masked}");
        }
        for other in
            ["", "13912435687", "11010519491231002X", "******", "*", "xxl", "maxx01", "A*1", "4G63*1234", "1#2#3"]
        {
            assert!(!hides_a_part(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn one_spelling_each() {
        let cases = [
            ("138XXXX5678", "138****5678"),
            ("138●●●●5678", "138****5678"),
            ("6222 **** **** 1234", "6222********1234"),
            ("110105********002x", "110105********002X"),
            ("张某某", "张**"),
        ];
        for (value, expected) in cases {
            let mut out = Vec::new();
            write_masked(value.as_bytes(), &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
