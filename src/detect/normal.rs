//! The normal form of a cell: half width, trimmed, without the separators that a detector ignores.

use super::eight::are_digits;
use crate::pack::Normalize;

/// Longer cells are text, not values.
pub(super) const LONGEST_VALUE: usize = 96;

/// Shorter whole numbers are quantities, whose `.0` means something.
const LEAST_NUMBER: usize = 8;

/// What a cell is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Alphabet(u16);

impl Alphabet {
    pub(super) const DIGIT: Self = Self(1);
    pub(super) const UPPER: Self = Self(1 << 1);
    pub(super) const LOWER: Self = Self(1 << 2);
    pub(super) const BLANK: Self = Self(1 << 3);
    pub(super) const DASH: Self = Self(1 << 4);
    pub(super) const DOT: Self = Self(1 << 5);
    pub(super) const BRACKET: Self = Self(1 << 6);
    pub(super) const AT_SIGN: Self = Self(1 << 7);
    /// Any other ASCII character.
    pub(super) const MARK: Self = Self(1 << 8);
    /// Any character beyond ASCII, the middle dots among them.
    pub(super) const WIDE: Self = Self(1 << 9);

    /// What one byte of UTF-8 is.
    pub(super) const fn of(byte: u8) -> Self {
        match byte {
            b'0'..=b'9' => Self::DIGIT,
            b'A'..=b'Z' => Self::UPPER,
            b'a'..=b'z' => Self::LOWER,
            b' ' | b'\t' => Self::BLANK,
            b'-' => Self::DASH,
            b'.' => Self::DOT,
            b'(' | b')' => Self::BRACKET,
            b'@' => Self::AT_SIGN,
            0x80.. => Self::WIDE,
            _ => Self::MARK,
        }
    }

    /// What any value can be made of.
    pub(super) fn every() -> impl Iterator<Item = Self> {
        (0..Self::WIDE.0 << 1).map(Self)
    }

    /// Whether there is one kind of character in it.
    pub(super) const fn is_one(self) -> bool {
        self.0.is_power_of_two()
    }

    /// Its place in a list of every one.
    pub(super) const fn place(self) -> usize {
        self.0 as usize
    }

    /// It, each time without one of what is in it.
    pub(super) fn less_one(self) -> impl Iterator<Item = Self> {
        (0..u16::BITS).map(|bit| 1 << bit).filter(move |bit| self.0 & bit != 0).map(move |bit| Self(self.0 & !bit))
    }

    #[must_use]
    pub(super) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[must_use]
    pub(super) const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) const fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub(super) const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse a wrong index")]
const ALPHABET: [Alphabet; 256] = {
    let mut table = [Alphabet(0); 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = Alphabet::of(byte as u8);
        byte += 1;
    }
    table
};

/// What a run of bytes is made of.
pub(super) fn alphabet(bytes: &[u8]) -> Alphabet {
    let each = |all, bytes: &[u8]| bytes.iter().fold(all, |all: Alphabet, byte| all.union(class_of(*byte)));
    let of_eight = |all: Alphabet, eight: &[u8; 8], new: &[u8]| {
        if are_digits(u64::from_le_bytes(*eight)) { all.union(Alphabet::DIGIT) } else { each(all, new) }
    };
    let (eights, rest) = bytes.as_chunks::<8>();
    let all = eights.iter().fold(Alphabet::default(), |all, eight| of_eight(all, eight, eight));
    // The rest is looked at with what is before it.
    match bytes.last_chunk::<8>() {
        Some(last) if !rest.is_empty() => of_eight(all, last, rest),
        _ => each(all, rest),
    }
}

/// What one byte is, by table.
pub(super) fn class_of(byte: u8) -> Alphabet {
    ALPHABET.get(usize::from(byte)).copied().unwrap_or_default()
}

/// Whether a text may have words in it: characters beyond ASCII, or two letters without a digit between them.
pub(super) fn may_have_words(text: &[u8], alphabet: Alphabet) -> bool {
    const LETTERS: Alphabet = Alphabet::UPPER.union(Alphabet::LOWER);
    const SPOKEN: Alphabet = LETTERS.union(Alphabet::DIGIT);
    if alphabet.intersects(Alphabet::WIDE) || !alphabet.intersects(LETTERS) {
        return alphabet.intersects(Alphabet::WIDE);
    }
    let mut before = Alphabet::default();
    text.iter().map(|byte| class_of(*byte)).filter(|class| class.intersects(SPOKEN)).any(|class| {
        let after = std::mem::replace(&mut before, class);
        class.intersects(LETTERS) && after.intersects(LETTERS)
    })
}

/// A set of changes, as a detector asks for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Form {
    drops: Alphabet,
    drops_wide_dots: bool,
    upper: bool,
}

/// Middle dots in plates and names: `·` U+00B7, `•` U+2022, `‧` U+2027, `・` U+30FB.
const WIDE_DOTS: [&[u8]; 4] = ["·".as_bytes(), "•".as_bytes(), "‧".as_bytes(), "・".as_bytes()];

impl Form {
    /// The form that drops wide dots and changes nothing else.
    const WIDE_DOTS: Self = Self { drops: Alphabet(0), drops_wide_dots: true, upper: false };

    /// The form that makes these changes.
    pub(super) fn new(changes: &[Normalize]) -> Self {
        changes.iter().fold(Self::default(), |form, change| match change {
            Normalize::Blanks => Self { drops: form.drops.union(Alphabet::BLANK), ..form },
            Normalize::Dashes => Self { drops: form.drops.union(Alphabet::DASH), ..form },
            Normalize::Dots => Self { drops: form.drops.union(Alphabet::DOT), drops_wide_dots: true, ..form },
            Normalize::Brackets => Self { drops: form.drops.union(Alphabet::BRACKET), ..form },
            Normalize::Upper => Self { upper: true, ..form },
        })
    }

    /// The changes that a cell made of `alphabet` needs.
    #[must_use]
    pub(super) fn of(self, alphabet: Alphabet) -> Self {
        Self {
            drops: self.drops.intersection(alphabet),
            drops_wide_dots: self.drops_wide_dots && alphabet.intersects(Alphabet::WIDE),
            upper: self.upper && alphabet.intersects(Alphabet::LOWER),
        }
    }

    /// Whether a normal form is as long as its cell; otherwise it may be shorter.
    pub(super) fn keeps_length(self) -> bool {
        self.drops == Alphabet::default() && !self.drops_wide_dots
    }

    /// The changes that a cell without wide dots needs.
    #[must_use]
    pub(super) const fn without_dots(self) -> Self {
        Self { drops_wide_dots: false, ..self }
    }

    /// What the normal form of a cell made of `alphabet` may have.
    pub(super) fn raised(self, alphabet: Alphabet) -> Alphabet {
        let raises = self.upper && alphabet.intersects(Alphabet::LOWER);
        if raises { alphabet.union(Alphabet::UPPER) } else { alphabet }
    }

    /// What may stand in a cell whose normal form is made of `kept`.
    pub(super) fn allows(self, kept: Alphabet) -> Alphabet {
        let dropped = if self.drops_wide_dots { self.drops.union(Alphabet::WIDE) } else { self.drops };
        let raised = if self.upper { Alphabet::LOWER } else { Alphabet::default() };
        kept.union(dropped).union(raised)
    }

    /// The normal form of `cell`, which is half width already: the cell itself, or in `buffer` where it has to change.
    pub(super) fn apply<'c>(self, cell: &'c [u8], buffer: &'c mut Vec<u8>) -> &'c [u8] {
        self.of(alphabet(cell)).make(cell, buffer)
    }

    /// The same by the changes that the cell needs, as [`Form::of`] gives them.
    #[inline]
    pub(super) fn make<'c>(self, cell: &'c [u8], buffer: &'c mut Vec<u8>) -> &'c [u8] {
        if self == Self::default() || self == Self::WIDE_DOTS && !may_have_dots(cell) {
            return cell;
        }
        self.write(cell, buffer);
        buffer
    }

    fn write(self, cell: &[u8], out: &mut Vec<u8>) {
        out.clear();
        let mut rest = cell;
        while let Some((&byte, tail)) = rest.split_first() {
            if self.drops_wide_dots
                && byte >= 0x80
                && let Some(dot) = WIDE_DOTS.iter().find(|dot| rest.starts_with(dot))
            {
                rest = rest.get(dot.len()..).unwrap_or_default();
                continue;
            }
            if !class_of(byte).intersects(self.drops) {
                out.push(if self.upper { byte.to_ascii_uppercase() } else { byte });
            }
            rest = tail;
        }
    }
}

/// The cell without blanks at either end, without what makes a spreadsheet take a number for text (`'110105...`,
/// `="110105..."`), and without what a column of fractions adds to one (`13912045716.0`).
#[expect(clippy::inline_always, reason = "every cell is trimmed several times, and nearly none needs it")]
#[inline(always)]
pub(super) fn trim(cell: &[u8]) -> &[u8] {
    match cell {
        // Nearly every cell ends and begins with what stays.
        [b'('..=b'<' | b'>'.., .., before, last] if *last > b' ' && (*last != b'0' || *before != b'.') => cell,
        _ => trim_what_is_added(cell),
    }
}

fn trim_what_is_added(cell: &[u8]) -> &[u8] {
    let cell = cell.trim_ascii();
    match cell {
        [number @ .., b'.', b'0'] if number.len() >= LEAST_NUMBER && number.iter().all(u8::is_ascii_digit) => number,
        [b'=', b'"', number @ .., b'"'] => number,
        [b'\'', number @ .., last] if *last != b'\'' => cell.get(1..).unwrap_or(number),
        _ => cell,
    }
}

/// Whether the cell may hold middle dots.
pub(super) fn may_have_dots(cell: &[u8]) -> bool {
    cell.iter().fold(false, |any, byte| any | matches!(byte, 0xc2 | 0xe2 | 0xe3))
}

/// Whether the cell may hold full-width characters (U+FF01 to U+FF5E, U+3000), a byte-order mark or a no-break space.
pub(super) fn may_be_full_width(cell: &[u8]) -> bool {
    cell.iter().fold(false, |any, byte| any | matches!(byte, 0xef | 0xe3 | 0xc2))
}

/// Writes `cell` in half width into `out`, trimmed; false where nothing changed.
pub(super) fn write_half_width(cell: &[u8], out: &mut Vec<u8>) -> bool {
    out.clear();
    let (mut rest, mut changed) = (cell, false);
    while let Some(at) = memchr::memchr3(0xef, 0xe3, 0xc2, rest) {
        let (before, wide) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        out.extend_from_slice(before);
        let (half, width) = match wide {
            // U+FF01 to U+FF3F, and U+FF40 to U+FF5E.
            [0xef, 0xbc, low @ 0x81..=0xbf, ..] => (low - 0x60, 3),
            [0xef, 0xbd, low @ 0x80..=0x9e, ..] => (low - 0x20, 3),
            // U+3000, the byte-order mark, and the no-break space.
            [0xe3, 0x80, 0x80, ..] | [0xef, 0xbb, 0xbf, ..] => (b' ', 3),
            [0xc2, 0xa0, ..] => (b' ', 2),
            [byte, ..] => (*byte, 1),
            [] => break,
        };
        changed |= width > 1;
        out.push(half);
        rest = wide.get(width..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
    if changed {
        let end = out.trim_ascii_end().len();
        out.truncate(end);
        let start = out.len() - out.trim_ascii_start().len();
        out.drain(..start);
    }
    changed
}

/// The cell trimmed and in half width, in `buffer` where it had to change.
pub(super) fn half_width<'c>(cell: &'c [u8], buffer: &'c mut Vec<u8>) -> &'c [u8] {
    let cell = trim(cell);
    if !cell.is_ascii() && may_be_full_width(cell) && write_half_width(cell, buffer) { buffer } else { cell }
}

/// Whether the cell says nothing: empty, a word for nothing, or stars throughout.
pub(super) fn is_blank(cell: &[u8]) -> bool {
    !cell.first().is_some_and(u8::is_ascii_digit) && says_nothing(trim(cell))
}

/// The longest word for nothing, in bytes; stars alone may be more.
const LONGEST_NOTHING: usize = 6;

/// The same of a cell that is trimmed. Nothing with a digit in it says nothing.
#[inline]
pub(super) fn says_nothing(cell: &[u8]) -> bool {
    (cell.len() <= LONGEST_NOTHING || cell.first() == Some(&b'*')) && is_word_for_nothing(cell)
}

fn is_word_for_nothing(cell: &[u8]) -> bool {
    if cell.first() == Some(&b'*') {
        return cell.iter().all(|byte| *byte == b'*');
    }
    match cell.len() {
        0 => true,
        1 => matches!(cell, b"-" | b"/" | b"?" | b"."),
        2 => matches!(cell, b"NA" | b"na" | b"\\N" | b"--" | b"\"\"" | b"''"),
        3 => matches!(cell, b"N/A" | b"n/a" | b"NaN" | b"nan" | b"NAN" | b"---") || cell == "无".as_bytes(),
        4 => matches!(cell, b"NULL" | b"null" | b"Null" | b"None" | b"none" | b"NONE" | b"#N/A"),
        LONGEST_NOTHING => cell == "未知".as_bytes() || cell == "不详".as_bytes() || cell == "暂无".as_bytes(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Alphabet, Form, alphabet, is_blank, write_half_width};
    use crate::pack::Normalize;

    proptest! {
        #[test]
        fn an_alphabet_is_that_of_each_byte(bytes in "[0-9]{0,9}[ -~王]{0,3}[0-9]{0,20}[ -~]?") {
            let each = bytes.bytes().fold(Alphabet::default(), |all, byte| all.union(Alphabet::of(byte)));
            prop_assert_eq!(alphabet(bytes.as_bytes()), each);
        }
    }

    #[test]
    fn drops_what_it_is_told() {
        let cases: [(&[Normalize], &str, &str); 5] = [
            (&[], "110105 1949", "110105 1949"),
            (&[Normalize::Blanks, Normalize::Dashes], "110105-1949 1231", "11010519491231"),
            (&[Normalize::Upper], "44011320141005001x", "44011320141005001X"),
            (&[Normalize::Dots, Normalize::Dashes], "京A·12-345", "京A12345"),
            (&[Normalize::Brackets], "K034169(1)", "K0341691"),
        ];
        for (changes, cell, expected) in cases {
            let mut out = Vec::new();
            let normal = Form::new(changes).apply(cell.as_bytes(), &mut out);
            assert_eq!(std::str::from_utf8(normal).unwrap(), expected);
        }
    }

    #[test]
    fn full_width_becomes_half_width() {
        let mut out = Vec::new();
        assert!(write_half_width("　１１０１０５ｘ ".as_bytes(), &mut out));
        assert_eq!(out, b"110105x");
        assert!(!write_half_width("王小明".as_bytes(), &mut out));
        for c in (0xff00..=0xff60).chain([0x3000, 0x3001, 0xfeff, 0xa0, 0xa1]).filter_map(char::from_u32) {
            let half = match c {
                '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
                '\u{3000}' | '\u{feff}' | '\u{a0}' => Some(' '),
                _ => None,
            };
            assert_eq!(write_half_width(format!("王{c}1").as_bytes(), &mut out), half.is_some(), "{c:?}");
            assert_eq!(String::from_utf8(out.clone()).unwrap(), format!("王{}1", half.unwrap_or(c)));
        }
    }

    #[test]
    fn knows_words_for_nothing() {
        for blank in ["", "  ", "NULL", "\\N", "无", "不详", "N/A", "**", "********"] {
            assert!(is_blank(blank.as_bytes()), "{blank}");
        }
        for value in ["0", "王", "none of these", "NB", "王*", "****1"] {
            assert!(!is_blank(value.as_bytes()), "{value}");
        }
    }
}
