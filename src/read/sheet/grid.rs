//! The cells of a sheet that hold something, as text, in little memory.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use calamine::{DataType, ExcelDateTime};

/// A cell, by where it stands and where its text does.
#[derive(Clone, Copy, Debug)]
struct Cell {
    row: u32,
    column: u32,
    start: u32,
    end: u32,
}

/// What a cell costs beside its text.
const CELL_BYTES: u64 = size_of::<Cell>() as u64;

/// The cells of a sheet.
#[derive(Debug, Default)]
pub(super) struct Grid {
    text: String,
    cells: Vec<Cell>,
    /// Cells whose number has lost digits.
    pub(super) n_damaged: u64,
}

/// There are more cells than may be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

impl Grid {
    /// Adds a cell, and takes what it costs from what is left.
    pub(super) fn add(
        &mut self,
        row: u32,
        column: u32,
        value: &impl DataType,
        bytes_left: &mut u64,
    ) -> Result<(), TooLarge> {
        let Some(text) = self.shown(value).filter(|text| !text.trim().is_empty()) else { return Ok(()) };
        let start = self.text.len() as u32;
        self.text.push_str(&text);
        let end = u32::try_from(self.text.len()).map_err(|_| TooLarge)?;
        self.put(Cell { row, column, start, end }, text.len() as u64, bytes_left)
    }

    fn put(&mut self, cell: Cell, bytes: u64, bytes_left: &mut u64) -> Result<(), TooLarge> {
        *bytes_left = bytes_left.checked_sub(CELL_BYTES + bytes).ok_or(TooLarge)?;
        self.cells.push(cell);
        Ok(())
    }

    /// Gives what stands in merged cells to each row of them: the first and the last row, and the column.
    pub(super) fn spread(
        &mut self,
        merged: impl Iterator<Item = (u32, u32, u32)>,
        bytes_left: &mut u64,
    ) -> Result<(), TooLarge> {
        let merged: Vec<(u32, u32, u32)> = merged.filter(|(first, last, _)| last > first).collect();
        if merged.is_empty() {
            return Ok(());
        }
        let last_row = self.cells.iter().map(|cell| cell.row).max().unwrap_or(0);
        let known: HashMap<(u32, u32), Cell> = self.cells.iter().map(|cell| ((cell.row, cell.column), *cell)).collect();
        for (first, last, column) in merged {
            let Some(cell) = known.get(&(first, column)).copied() else { continue };
            for row in first + 1..=last.min(last_row) {
                if !known.contains_key(&(row, column)) {
                    self.put(Cell { row, ..cell }, 0, bytes_left)?;
                }
            }
        }
        Ok(())
    }

    /// Puts the cells in order.
    pub(super) fn finish(&mut self) {
        self.text.shrink_to_fit();
        if !self.cells.is_sorted_by_key(|cell| (cell.row, cell.column)) {
            self.cells.sort_by_key(|cell| (cell.row, cell.column));
        }
    }

    /// The columns that hold something, each with its place among them.
    pub(super) fn columns(&self) -> BTreeMap<u32, usize> {
        let columns: BTreeSet<u32> = self.cells.iter().map(|cell| cell.column).collect();
        columns.into_iter().zip(0..).collect()
    }

    /// How many cells hold something.
    pub(super) const fn n_cells(&self) -> usize {
        self.cells.len()
    }

    /// The rows that hold something: their cells by column.
    pub(super) fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = (u32, &str)>> {
        let text = |cell: &Cell| self.text.get(cell.start as usize..cell.end as usize).unwrap_or_default();
        let rows = self.cells.chunk_by(|a, b| a.row == b.row);
        rows.map(move |row| row.iter().map(move |cell| (cell.column, text(cell))))
    }

    /// The text of a value, as a program would write it to a table; `None` where there is none.
    fn shown(&mut self, value: &impl DataType) -> Option<String> {
        if let Some(text) = value.get_string() {
            self.n_damaged += u64::from(is_shortened(text));
            return Some(text.to_owned());
        }
        if let Some(number) = value.get_float() {
            self.n_damaged += u64::from(is_rounded(number));
            return Some(shown_number(number));
        }
        let whole = value.get_int().map(|number| number.to_string());
        let time = || value.get_datetime().map(|time| shown_time(&time));
        let iso = || value.get_datetime_iso().or_else(|| value.get_duration_iso()).map(str::to_owned);
        let truth = || value.get_bool().map(|truth| truth.to_string());
        whole.or_else(time).or_else(iso).or_else(truth)
    }
}

/// A spreadsheet keeps so many digits of a number and makes zeros of the others.
const KEPT_DIGITS: usize = 15;

/// Whole numbers beyond this are not told apart from their neighbours (IEEE 754, double precision).
const EXACT_TO: f64 = 9_007_199_254_740_992.0;

/// Longer than any identifier.
const WHOLE_TO: f64 = 1e21;

/// Whether a number is a whole one whose last digits are lost.
fn is_rounded(number: f64) -> bool {
    let size = number.abs();
    if size.fract() != 0.0 || size >= WHOLE_TO {
        return false;
    }
    let digits = size.to_string();
    let lost = digits.get(KEPT_DIGITS..).unwrap_or_default();
    size > EXACT_TO || !lost.is_empty() && lost.bytes().all(|digit| digit == b'0')
}

/// Whether text is a long number in the form that a spreadsheet shows it in: `5.70306E+17`.
fn is_shortened(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.trim().split_once(['E', 'e']) else { return false };
    let digits = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let is_mantissa = digits.len() >= 3
        && digits.bytes().enumerate().all(|(at, byte)| if at == 1 { byte == b'.' } else { byte.is_ascii_digit() });
    is_mantissa && exponent.strip_prefix('+').and_then(|n| n.parse().ok()).is_some_and(|n: u32| (10..21).contains(&n))
}

/// A whole number with all its digits, any other with those that a spreadsheet keeps.
fn shown_number(number: f64) -> String {
    if number.fract() == 0.0 {
        // Zero has no sign.
        return (number + 0.0).to_string();
    }
    let kept: f64 = format!("{number:.*e}", KEPT_DIGITS - 1).parse().unwrap_or(number);
    kept.to_string()
}

/// A date as `2026-11-23`, with a time behind it where it has one; a time or a span of time alone as `08:30:00`.
fn shown_time(time: &ExcelDateTime) -> String {
    let days = time.as_f64();
    if time.is_duration() || (0.0..1.0).contains(&days) {
        let seconds = (days.abs() * 86_400.0).round() as u64;
        let sign = if days < 0.0 { "-" } else { "" };
        return format!("{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, milli) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second, milli) {
        (0, 0, 0, 0) => date,
        (_, _, _, 0) => format!("{date} {hour:02}:{minute:02}:{second:02}"),
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}.{milli:03}"),
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, ExcelDateTime, ExcelDateTimeType};

    use super::{Grid, TooLarge};

    #[test]
    fn values_become_text() {
        let time = |days, kind| Data::DateTime(ExcelDateTime::new(days, kind, false));
        let date = |days| time(days, ExcelDateTimeType::DateTime);
        for (value, text, n_damaged) in [
            (Data::Float(3.0), "3", 0),
            (Data::Float(-0.0), "0", 0),
            (Data::Float(0.1 + 0.2), "0.3", 0),
            (Data::Float(13_800_138_000.0), "13800138000", 0),
            (Data::Float(570_306_199_003_070_000.0), "570306199003070000", 1),
            (Data::Float(6_222_021_234_567_890.0), "6222021234567890", 1),
            // Programs write all digits of what a double can hold.
            (Data::Float(1_234_567_890_123_456.0), "1234567890123456", 0),
            (Data::String("5.70306E+17".to_owned()), "5.70306E+17", 1),
            (Data::String("1.5E+3".to_owned()), "1.5E+3", 0),
            (Data::String("ABE+12".to_owned()), "ABE+12", 0),
            (Data::Int(7), "7", 0),
            (Data::Bool(true), "true", 0),
            (date(45_943.0), "2025-10-13", 0),
            (date(45_943.541), "2025-10-13 12:59:02.400", 0),
            (date(0.5), "12:00:00", 0),
            (time(1.25, ExcelDateTimeType::TimeDelta), "30:00:00", 0),
            (Data::DateTimeIso("2021-01-01T10:10:10".to_owned()), "2021-01-01T10:10:10", 0),
        ] {
            let mut grid = Grid::default();
            grid.add(0, 0, &value, &mut 1000).expect("it fits");
            let cells: Vec<(u32, String)> =
                grid.rows().flatten().map(|(column, text)| (column, text.to_owned())).collect();
            assert_eq!((cells, grid.n_damaged), (vec![(0, text.to_owned())], n_damaged), "{value:?}");
        }
        let mut grid = Grid::default();
        grid.add(0, 0, &Data::Empty, &mut 0).expect("nothing costs nothing");
        assert_eq!(grid.n_cells(), 0);
        assert_eq!(grid.add(0, 0, &Data::Int(1), &mut 10), Err(TooLarge));
    }

    #[test]
    fn merged_cells_stand_in_each_row() {
        let mut grid = Grid::default();
        for (row, column, value) in [(0, 0, 1), (0, 1, 2), (1, 1, 3), (2, 1, 4)] {
            grid.add(row, column, &Data::Int(value), &mut 1000).expect("it fits");
        }
        grid.spread([(0, 9, 0)].into_iter(), &mut 1000).expect("it fits");
        grid.finish();
        let rows: Vec<Vec<&str>> = grid.rows().map(|row| row.map(|(_, text)| text).collect()).collect();
        assert_eq!(rows, [["1", "2"], ["1", "3"], ["1", "4"]]);
    }
}
