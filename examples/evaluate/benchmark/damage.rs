//! What happens to values on their way into a file.

use exportscan::demo::Random;

/// Leaves out one cell in `n`, as empty text or a word for nothing.
pub(crate) fn gaps(random: &mut Random, n: u64, cells: Vec<String>) -> Vec<String> {
    let word = random.pick(&["", "", "NULL", "\\N", "-", "无", "N/A"]);
    cells.into_iter().map(|cell| if random.one_in(n) { word.to_owned() } else { cell }).collect()
}

/// Puts one of `junk` into one cell in `n`.
pub(crate) fn mixed_with(random: &mut Random, n: u64, junk: &[&'static str], cells: Vec<String>) -> Vec<String> {
    cells.into_iter().map(|cell| if random.one_in(n) { random.pick(junk).to_owned() } else { cell }).collect()
}

/// Puts a text before every value.
pub(crate) fn prefixed(prefix: &str, cells: Vec<String>) -> Vec<String> {
    cells.into_iter().map(|cell| if cell.is_empty() { cell } else { format!("{prefix}{cell}") }).collect()
}

/// Replaces all but the first `front` and the last `back` characters by `*`.
pub(crate) fn masked(front: usize, back: usize, cells: Vec<String>) -> Vec<String> {
    let mask = |cell: String| {
        let n = cell.chars().count();
        cell.chars().enumerate().map(|(at, c)| if at >= front && at + back < n { '*' } else { c }).collect()
    };
    cells.into_iter().map(mask).collect()
}

/// Writes whole numbers as a spreadsheet shows long ones: `5.70306E+17`.
pub(crate) fn scientific(cells: Vec<String>) -> Vec<String> {
    let damage = |cell: String| match cell.parse::<f64>() {
        Ok(number) if cell.len() > 11 => {
            let exponent = number.log10().floor();
            format!("{:.5}E+{exponent}", number / 10_f64.powf(exponent))
        }
        _ => cell,
    };
    cells.into_iter().map(damage).collect()
}

/// Writes whole numbers as a column of fractions with gaps does: `13800138000.0`.
pub(crate) fn fractional(cells: Vec<String>) -> Vec<String> {
    let damage =
        |cell: String| if cell.bytes().all(|b| b.is_ascii_digit()) && !cell.is_empty() { cell + ".0" } else { cell };
    cells.into_iter().map(damage).collect()
}

/// Puts a blank after every `group` characters.
pub(crate) fn grouped(group: usize, separator: char, cells: Vec<String>) -> Vec<String> {
    let split = |cell: String| {
        let mut text = String::new();
        for (at, c) in cell.chars().enumerate() {
            if at > 0 && at % group == 0 {
                text.push(separator);
            }
            text.push(c);
        }
        text
    };
    cells.into_iter().map(split).collect()
}

/// Writes ASCII in full width, as Chinese input methods do.
pub(crate) fn full_width(cells: Vec<String>) -> Vec<String> {
    let widen = |c: char| match c {
        '!'..='~' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
        _ => c,
    };
    cells.into_iter().map(|cell| cell.chars().map(widen).collect()).collect()
}
