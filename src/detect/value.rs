//! What type a value has, whatever type its column is stored in: numbers and times written as text.

use std::cell::OnceCell;

use super::normal::{self, Alphabet};
use crate::pack::ValueType;

/// A cell that is trimmed and half width, with what several detectors ask of it found out once.
#[derive(Debug)]
pub(super) struct Value<'c> {
    pub(super) cell: &'c [u8],
    pub(super) alphabet: Alphabet,
    number: OnceCell<Option<f64>>,
    is_time: OnceCell<bool>,
}

impl<'c> Value<'c> {
    pub(super) fn new(cell: &'c [u8]) -> Self {
        Self { cell, alphabet: normal::alphabet(cell), number: OnceCell::new(), is_time: OnceCell::new() }
    }

    /// The number that it spells.
    pub(super) fn number(&self) -> Option<f64> {
        *self.number.get_or_init(|| number(self.cell))
    }

    fn is_time(&self) -> bool {
        *self.is_time.get_or_init(|| is_time(self.cell))
    }

    /// Whether it has the type.
    pub(super) fn has_type(&self, value_type: ValueType) -> bool {
        match value_type {
            ValueType::Integer => is_integer(self.cell),
            ValueType::Number => self.number().is_some(),
            ValueType::Time => self.is_time(),
            ValueType::Text => self.number().is_none() && !self.is_time(),
        }
    }
}

fn is_integer(cell: &[u8]) -> bool {
    let digits = cell.strip_prefix(b"-").unwrap_or(cell);
    let digits = digits.strip_suffix(b".0").unwrap_or(digits);
    !digits.is_empty() && digits.len() <= 20 && digits.iter().all(u8::is_ascii_digit)
}

/// The number that a cell spells, with a decimal point or a decimal comma.
pub(super) fn number(cell: &[u8]) -> Option<f64> {
    let first = *cell.first()?;
    if !(first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.')) || cell.len() > 32 {
        return None;
    }
    if let Some(number) = short_number(cell) {
        return Some(number);
    }
    let text = std::str::from_utf8(cell).ok()?;
    if let Ok(number) = text.parse::<f64>() {
        return number.is_finite().then_some(number);
    }
    let mut parts = text.split(',');
    let (whole, fraction) = (parts.next()?, parts.next()?);
    if parts.next().is_some() || fraction.contains('.') {
        return None;
    }
    format!("{whole}.{fraction}").parse().ok()
}

/// A number of few digits: they and the power of ten are exact, so their quotient is what any parser gives.
fn short_number(cell: &[u8]) -> Option<f64> {
    const DIGITS_AT_MOST: usize = 15;
    const POWERS: [f64; DIGITS_AT_MOST + 1] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (is_negative, unsigned) = cell.strip_prefix(b"-").map_or((false, cell), |rest| (true, rest));
    if unsigned.len() > DIGITS_AT_MOST + 1 {
        return None;
    }
    let (mut digits, mut point) = (0_u64, None);
    for (at, byte) in unsigned.iter().enumerate() {
        match byte.wrapping_sub(b'0') {
            // Sixteen of them fit.
            digit @ 0..=9 => digits = digits.wrapping_mul(10).wrapping_add(u64::from(digit)),
            _ if *byte == b'.' && point.is_none() => point = Some(at),
            _ => return None,
        }
    }
    let fraction = point.map_or(0, |point| unsigned.len() - point - 1);
    let n_digits = unsigned.len() - usize::from(point.is_some());
    let number = digits as f64 / POWERS.get(fraction)?;
    (1..=DIGITS_AT_MOST).contains(&n_digits).then_some(if is_negative { -number } else { number })
}

/// Whether a cell spells a date or a date with a time, in any of the usual ways.
pub(super) fn is_time(cell: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(cell) else { return false };
    let text = text.trim();
    if !(6..=40).contains(&text.len()) {
        return false;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return is_digits_time(text);
    }
    if text.bytes().any(|byte| byte.is_ascii_alphabetic()) && names_month(text) {
        return true;
    }
    is_punctuated_date(text)
}

/// `20200120`, `20200120000104`, seconds or milliseconds since 1970 between 2000 and 2050.
fn is_digits_time(text: &str) -> bool {
    let part =
        |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u64>().ok()).unwrap_or(99_999);
    let is_date = || is_date(part(0..4), part(4..6), part(6..8));
    match text.len() {
        8 => is_date(),
        12 => is_bcd_time(text),
        14 => is_date() && part(8..10) < 24 && part(10..12) < 60 && part(12..14) < 61,
        10 => (946_684_800..2_524_608_000).contains(&part(0..10)),
        13 => (946_684_800_000..2_524_608_000_000).contains(&part(0..13)),
        _ => false,
    }
}

/// `240418073000`: a time as JT/T 808-2019 4.2 has it, two digits each.
fn is_bcd_time(text: &str) -> bool {
    let part = |at: usize| text.get(at..at + 2).and_then(|part| part.parse::<u64>().ok()).unwrap_or(99);
    is_date(part(0) + 2000, part(2), part(4)) && part(6) < 24 && part(8) < 60 && part(10) < 60
}

fn is_date(year: u64, month: u64, day: u64) -> bool {
    (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// The seconds since 1970 that a cell spells: seconds or milliseconds since then, or a time that begins with the year. The
/// time zone does not matter for what lies between two of them.
pub(super) fn seconds(cell: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(cell).ok()?;
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.len() {
        12 if is_digits && is_bcd_time(text) => seconds(format!("20{text}").as_bytes()),
        10 if is_digits => text.parse().ok(),
        13 if is_digits => text.parse::<i64>().ok().map(|milliseconds| milliseconds / 1000),
        _ => {
            let mut numbers = [0; 6];
            read_numbers(text, is_digits, &mut numbers)?;
            let [year, month, day, hour, minute, second] = numbers;
            let plausible = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
            plausible.then(|| days_since_1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second)
        }
    }
}

/// Year, month, day, hour, minute and second, by their places or by what stands between them.
fn read_numbers(text: &str, is_digits: bool, numbers: &mut [i64; 6]) -> Option<()> {
    if is_digits {
        for (number, place) in numbers.iter_mut().zip([0..4, 4..6, 6..8, 8..10, 10..12, 12..14]) {
            *number = text.get(place).map_or(Ok(0), str::parse).ok()?;
        }
        return matches!(text.len(), 8 | 14).then_some(());
    }
    let parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let mut n_parts = 0;
    for (number, part) in numbers.iter_mut().zip(parts) {
        *number = part.parse().ok()?;
        n_parts += 1;
    }
    (n_parts >= 3 && text.bytes().take(4).all(|byte| byte.is_ascii_digit())).then_some(())
}

/// Days of the proleptic Gregorian calendar since 1 January 1970, with years that begin in March.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

fn names_month(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let months = words.filter(|word| MONTHS.iter().any(|month| word.starts_with(month) && word.len() <= 9)).count();
    months == 1 && lower.bytes().filter(u8::is_ascii_digit).count() >= 3
}

/// Three numbers with `-`, `/`, `.` or 年月日 between them, then perhaps a time.
fn is_punctuated_date(text: &str) -> bool {
    let mut numbers = [0_u64; 3];
    let mut rest = text;
    for (at, number) in numbers.iter_mut().enumerate() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Some(value) = rest.get(..digits).and_then(|part| part.parse().ok()) else { return false };
        if digits > 4 {
            return false;
        }
        *number = value;
        rest = rest.get(digits..).unwrap_or_default();
        if at < 2 {
            let Some(tail) = rest.strip_prefix(['-', '/', '.', '年', '月']) else { return false };
            rest = tail;
        }
    }
    let [a, b, c] = numbers;
    let date =
        is_date(a, b, c) && a > 31 || is_date(c, a, b) || is_date(c, b, a) || (a <= 99 && is_date(a + 2000, b, c));
    date && is_time_of_day(rest.trim_start_matches('日').trim_start_matches(['T', ' ']))
}

/// Nothing, or `hh:mm[:ss[.fff]]` with a zone or AM/PM behind.
fn is_time_of_day(text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let mut parts = text.splitn(3, ':');
    let number = |part: Option<&str>, below: u32| {
        part.is_some_and(|part| part.len() <= 2 && part.parse::<u32>().is_ok_and(|value| value < below))
    };
    let hour = parts.next();
    let minute = parts.next();
    let Some(minute) = minute else { return hour.is_some_and(|hour| hour.len() <= 2 && hour.parse::<u32>().is_ok()) };
    let minute_digits: String = minute.chars().take_while(char::is_ascii_digit).collect();
    number(hour, 25) && number(Some(&minute_digits), 60)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_time, number, seconds, short_number};

    #[test]
    fn knows_times() {
        let times = [
            "2020-01-20 00:01:04",
            "21.12.2018 10:20",
            "0014-11-18 15:40:26",
            "8/14/26 22:32",
            "20200120",
            "1579449664",
            "1579449664000",
            "2010-01-01T01:00:00Z",
            "2020年1月20日",
            "Jan 1 2000",
            "June 29, 2022",
            "2020/1/2",
            "2015/01/01 01:00:00",
            "6/11/2001  11:00:00 AM",
            "2021-03-04T05:06:07.123+08:00",
            "240418073000",
        ];
        for text in times {
            assert!(is_time(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "110105194912310",
            "1.2.3",
            "13812345678",
            "192.168.1.1",
            "abc",
            "99/99/9999",
            "3.14159",
            "may be 12",
            "12:30",
        ] {
            assert!(!is_time(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn counts_seconds() {
        let cases = [
            ("1970-01-01", Some(0)),
            ("2020-01-20 00:01:04", Some(1_579_478_464)),
            ("20200120000104", Some(1_579_478_464)),
            ("2020-02-29T12:00:00Z", Some(1_582_977_600)),
            ("1579478464", Some(1_579_478_464)),
            ("1579478464000", Some(1_579_478_464)),
            ("200120000104", Some(1_579_478_464)),
            ("20/01/2020", None),
            ("2020-13-01", None),
            ("noon", None),
        ];
        for (text, expected) in cases {
            assert_eq!(seconds(text.as_bytes()), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn short_numbers_are_those_of_a_parser(text in "-?[0-9]{0,17}\\.?[0-9]{0,16}") {
            let parsed = text.parse::<f64>().ok();
            let short = short_number(text.as_bytes());
            prop_assert!(short.is_none() || short.map(f64::to_bits) == parsed.map(f64::to_bits), "{}", text);
        }
    }

    #[test]
    fn reads_numbers() {
        let cases = [
            ("0,136666667", Some(0.136_666_667)),
            ("-7.5", Some(-7.5)),
            ("1e3", Some(1000.0)),
            ("abc", None),
            ("1,2,3", None),
        ];
        for (text, expected) in cases {
            assert_eq!(number(text.as_bytes()), expected, "{text}");
        }
    }
}
