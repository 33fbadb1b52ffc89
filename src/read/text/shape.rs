//! What kind of thing a cell looks like, as far as that tells delimiters and headers from data.

/// The kind of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Nothing, or a word for it.
    Empty,
    /// A number, with or without fraction, unit of money or percent sign.
    Number,
    /// A date, a time of day, or both.
    Time,
    /// An e-mail address, an address of the web or of a host.
    Address,
    /// Letters and digits without blanks.
    Code,
    /// Words.
    Text,
    /// What a cell would not be if text were cut at the right places: quotes left over, delimiters inside.
    Odd,
}

impl Kind {
    /// The kind of a cell.
    pub(super) fn of(cell: &str) -> Self {
        let cell = cell.trim();
        if is_empty(cell) {
            Self::Empty
        } else if is_number(cell) {
            Self::Number
        } else if is_time(cell) {
            Self::Time
        } else if is_address(cell) {
            Self::Address
        } else if is_odd(cell) {
            Self::Odd
        } else if cell.chars().any(|c| c.is_ascii_digit()) && !cell.contains(char::is_whitespace) {
            Self::Code
        } else {
            Self::Text
        }
    }

    /// Whether such a cell is a value that hardly ever names a column.
    pub(super) const fn is_specific(self) -> bool {
        matches!(self, Self::Number | Self::Time | Self::Address)
    }
}

fn is_empty(cell: &str) -> bool {
    const WORDS: [&str; 11] = ["", "-", "--", "\\N", "null", "none", "na", "n/a", "nan", "nil", "#n/a"];
    cell.len() <= 4 && WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// Signs, units of money and brackets around, digits in groups, one fraction with a point or a comma, an exponent.
fn is_number(cell: &str) -> bool {
    let plain = cell.bytes().filter(u8::is_ascii_digit).count();
    if plain > 0 && (plain == cell.len() || plain + 1 == cell.len() && cell.contains('.')) {
        return true;
    }
    let cell = cell.trim_matches(['(', ')', '+', '-', '$', '€', '£', '¥', '￥', '%', '‰', ' ']);
    let (mantissa, exponent) = match cell.find(['e', 'E']) {
        Some(at) => (cell.get(..at).unwrap_or_default(), cell.get(at + 1..)),
        None => (cell, None),
    };
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.trim_start_matches(['+', '-']);
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    });
    exponent_fits && is_decimal(mantissa)
}

fn is_decimal(text: &str) -> bool {
    if !text.bytes().any(|b| b.is_ascii_digit()) || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
    {
        return false;
    }
    let (points, commas) = (text.matches('.').count(), text.matches(',').count());
    let grouped = |mark: char, text: &str| {
        let mut groups = text.split(mark);
        let first = groups.next().unwrap_or_default();
        (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
    };
    match (points, commas) {
        (0 | 1, 0) | (0, 1) => true,
        (0, _) => grouped(',', text),
        (_, 0) => grouped('.', text),
        (1, _) => text.split_once('.').is_some_and(|(whole, _)| grouped(',', whole)),
        (_, 1) => text.split_once(',').is_some_and(|(whole, _)| grouped('.', whole)),
        _ => false,
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Groups of digits with the marks of dates and times between them, among them at least two that fit.
fn is_time(cell: &str) -> bool {
    if cell.len() > 40 || !cell.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let (mut groups, mut marks, mut months, mut clock) = (0, 0, 0, 0);
    let mut rest = cell;
    while let Some(first) = rest.chars().next() {
        let same = |c: char| c.is_ascii_digit() == first.is_ascii_digit() && c.is_alphabetic() == first.is_alphabetic();
        let end = rest.find(|c: char| !same(c)).unwrap_or(rest.len());
        let (run, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        rest = behind;
        if first.is_ascii_digit() {
            groups += 1;
            // Fractions of seconds are the longest group.
            if run.len() > 9 {
                return false;
            }
        } else if first.is_alphabetic() {
            match word_of_time(run) {
                Some(Word::Month) => months += 1,
                Some(Word::Mark) => marks += 1,
                Some(Word::Other) => {}
                None => return false,
            }
        } else {
            match run.trim() {
                "" | "," | "." | "+" => {}
                "-" | "/" => marks += 1,
                ":" => clock += 1,
                _ => return false,
            }
        }
    }
    let points = cell.matches('.').count();
    (months == 1 && (1..=7).contains(&groups) && (groups >= 2 || marks > 0))
        || ((3..=9).contains(&groups) && (marks >= 2 || clock >= 1 && marks + points >= 1))
        || ((2..=4).contains(&groups) && clock >= 1)
        || (groups == 3 && points == 2 && marks == 0 && clock == 0)
        || (groups >= 2 && marks >= 2 && cell.contains(['年', '月', '日']))
}

enum Word {
    Month,
    Mark,
    Other,
}

fn word_of_time(run: &str) -> Option<Word> {
    if matches!(run, "年" | "月" | "日" | "时" | "分" | "秒" | "号" | "点") {
        return Some(Word::Mark);
    }
    let lower = run.to_lowercase();
    if matches!(lower.as_str(), "t" | "z" | "am" | "pm" | "utc" | "gmt" | "st" | "nd" | "rd" | "th" | "上午" | "下午")
    {
        return Some(Word::Other);
    }
    let long_enough = lower.len() == 3 || lower.len() <= 9 && lower.len() >= 4;
    (long_enough && lower.is_ascii() && lower.get(..3).is_some_and(|start| MONTHS.contains(&start)))
        .then_some(Word::Month)
}

fn is_address(cell: &str) -> bool {
    let has_mark = cell.bytes().any(|byte| matches!(byte, b'@' | b'.' | b':'));
    if !has_mark || cell.contains(char::is_whitespace) {
        return false;
    }
    let email = cell.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !host.contains('@') && !host.starts_with('.') && !host.ends_with('.')
    });
    let host = cell.split('.').count() == 4 && cell.split('.').all(|part| part.parse::<u8>().is_ok());
    email || host || cell.contains("://") || cell.starts_with("www.")
}

fn is_odd(cell: &str) -> bool {
    // A list or an object, whole.
    if [('[', ']'), ('{', '}')].iter().any(|(begin, end)| cell.starts_with(*begin) && cell.ends_with(*end)) {
        return false;
    }
    let quoted = cell.starts_with('"')
        || cell.ends_with('"')
        || cell.len() > 1 && cell.starts_with('\'') && cell.ends_with('\'');
    let tight_comma =
        || cell.as_bytes().windows(2).any(|pair| matches!(pair, [b',', next] if !matches!(next, b' ' | b'"')));
    let holds_delimiter = || cell.bytes().any(|byte| matches!(byte, b';' | b'|' | b'\t' | 1 | b'^' | b'~'));
    quoted || holds_delimiter() || tight_comma() || cell.ends_with(',')
}

/// Whether a cell can only be a value: long digit strings, addresses. Names of columns never look like that.
pub(super) fn is_certain_value(cell: &str) -> bool {
    /// A name may hold a year, a date, a version; an id number, a mobile number, a card number has this many digits.
    const DIGITS: usize = 11;
    let mut run = 0;
    let mut longest = 0;
    for c in cell.chars() {
        match c {
            '0'..='9' => run += 1,
            ' ' | '-' if run > 0 => {}
            _ => run = 0,
        }
        longest = longest.max(run);
    }
    longest >= DIGITS || cell.trim().contains('@') && is_address(cell.trim())
}

/// The shape of a cell: runs of digits, letters and Han characters with their lengths, everything else as it is.
pub(super) fn pattern(cell: &str) -> Vec<(char, usize)> {
    let mut runs: Vec<(char, usize)> = Vec::new();
    for c in cell.trim().chars() {
        let class = match c {
            '0'..='9' => '9',
            'a'..='z' => 'a',
            'A'..='Z' => 'A',
            '\u{4e00}'..='\u{9fff}' => '汉',
            _ => c,
        };
        match runs.last_mut() {
            Some((last, length)) if *last == class => *length += 1,
            _ => runs.push((class, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::{Kind, is_certain_value};

    #[test]
    fn kinds() {
        let cases: [(&[&str], Kind); 7] = [
            (&["", " ", "NULL", "n/a", "\\N"], Kind::Empty),
            (&["1", "-1.5", "2,5", "1,234,567.89", "1.234,5", "$3.20", "12%", "1e-5", "(7)"], Kind::Number),
            (
                &[
                    "2024-01-02",
                    "2/1/2024",
                    "20:15",
                    "06:00am",
                    "2024-01-02T03:04:05.123Z",
                    "2024-01-02 03:04:05+08:00",
                    "Jan 3, 2014",
                    "03-Jan-14",
                    "2024年1月2日",
                    "31.12.2024",
                ],
                Kind::Time,
            ),
            (&["a@b.cn", "http://a.b/c", "www.example.com", "10.0.0.1"], Kind::Address),
            (&["A12", "京A12345", "LSJA24U62JG269225", "x1-y2"], Kind::Code),
            (
                &[
                    "ann",
                    "Los Angeles",
                    "王小明",
                    "a, b",
                    "e",
                    "Mayor 5 x",
                    "March hare",
                    "[[1.5, 2.5]]",
                    "{\"a\": 1,\"b\":2}",
                ],
                Kind::Text,
            ),
            (&["\"a", "a;b", "a,b", "x|y", "'a'"], Kind::Odd),
        ];
        for (cells, kind) in cases {
            for cell in cells {
                assert_eq!(Kind::of(cell), kind, "{cell:?}");
            }
        }
    }

    #[test]
    fn certain_values() {
        for (cell, certain) in [
            ("13800138000", true),
            ("138 0013 8000", true),
            ("11010519900307851X", true),
            ("a@b.cn", true),
            ("2024", false),
            ("2024-01-02", false),
            ("id_2024", false),
            ("me@home", false),
        ] {
            assert_eq!(is_certain_value(cell), certain, "{cell:?}");
        }
    }
}
