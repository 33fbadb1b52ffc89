//! Figures as people read them: thousands apart, shares that never round to all or nothing.

/// `1234567` as `1,234,567`, in both languages.
pub(super) fn grouped(number: u64) -> String {
    separated(&number.to_string())
}

fn separated(digits: &str) -> String {
    let length = digits.chars().count();
    let mut text = String::with_capacity(length + length / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (length - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share of 0 to 1 in per cent with one decimal; only all is 100 %, only nothing is 0 %.
pub(super) fn percent(share: f64) -> String {
    let tenths = (share * 1000.0).round();
    if share >= 1.0 {
        "100%".to_owned()
    } else if tenths >= 1000.0 {
        "> 99.9%".to_owned()
    } else if share > 0.0 && tenths < 1.0 {
        "< 0.1%".to_owned()
    } else if share > 0.0 {
        format!("{:.1}%", tenths / 10.0)
    } else {
        "0%".to_owned()
    }
}

/// A number of bytes in the decimal unit that leaves at most three digits in front of the point.
pub(super) fn bytes(number: u64) -> String {
    const UNITS: [&str; 6] = ["kB", "MB", "GB", "TB", "PB", "EB"];
    if number < 1000 {
        return format!("{number} B");
    }
    let mut scaled = number as f64;
    let mut named = "B";
    for unit in UNITS {
        if scaled < 999.95 {
            break;
        }
        scaled /= 1000.0;
        named = unit;
    }
    format!("{scaled:.1} {named}")
}

/// A quantity with at most three decimals.
pub(super) fn quantity(number: f64) -> String {
    /// From here on a quantity is shown in powers of ten.
    const LARGE: f64 = 1e15;
    if !number.is_finite() {
        return "-".to_owned();
    }
    if number.abs() >= LARGE {
        return format!("{number:e}");
    }
    let fixed = format!("{:.3}", number.abs());
    let (whole, decimals) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let decimals = decimals.trim_end_matches('0');
    let sign = if number < 0.0 { "-" } else { "" };
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{decimals}", separated(whole))
}

#[cfg(test)]
mod tests {
    use super::{bytes, grouped, percent, quantity};

    #[test]
    fn groups() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (12_345_678, "12,345,678")] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn never_rounds_to_all_or_nothing() {
        for (share, text) in
            [(0.0, "0%"), (0.0001, "< 0.1%"), (0.5, "50.0%"), (0.9996, "> 99.9%"), (1.0, "100%"), (f64::NAN, "0%")]
        {
            assert_eq!(percent(share), text);
        }
    }

    #[test]
    fn scales_bytes() {
        for (number, text) in [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (999_999, "1.0 MB"), (u64::MAX, "18.4 EB")]
        {
            assert_eq!(bytes(number), text);
        }
    }

    #[test]
    fn trims_quantities() {
        for (number, text) in [(0.0, "0"), (1234.5, "1,234.5"), (-0.25, "-0.25"), (1e18, "1e18"), (f64::INFINITY, "-")]
        {
            assert_eq!(quantity(number), text);
        }
    }
}
