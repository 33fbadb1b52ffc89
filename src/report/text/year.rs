//! The year's exports and a bar for each threshold, as text.

use crate::report::view::{View, YearRow, bracketed};
use crate::report::words::Words;

use super::page::{Ink, Page};

/// The length of a bar in cells.
const BAR: usize = 24;

/// The section, where a ledger tells of the year.
pub(super) fn year(page: &mut Page, view: &View) {
    let (words, Some(year)) = (view.words, &view.year) else { return };
    page.heading(words.year_to_date);
    for line in &year.lines {
        page.paragraph(0, line, Ink::Plain);
    }
    thresholds(page, &year.rows, words);
    page.blank();
    page.paragraph(0, &year.rate, Ink::Dim);
    page.paragraph(0, &year.ledger, Ink::Dim);
}

/// Each row with its count, drawn against its number.
pub(super) fn thresholds(page: &mut Page, rows: &[YearRow], words: &Words) {
    for row in rows {
        page.blank();
        page.paragraph(
            0,
            &format!("{}{}{}", bracketed(words, &row.clause, &row.id), words.colon, row.title),
            Ink::Plain,
        );
        let ink = if row.share >= 1.0 { Ink::Yellow } else { Ink::Plain };
        let line = format!("{}{}{}", row.to_date, words.separator, row.standing);
        page.marked(2, BAR + 2, (&bar(row.share), ink), &[line]);
        let threshold = format!("{}{}{}", words.threshold, words.colon, row.threshold);
        let said: Vec<&str> = [threshold.as_str(), &row.adds].into_iter().filter(|part| !part.is_empty()).collect();
        page.marked(2, BAR + 2, (&row.percent, Ink::Dim), &[said.join(words.separator)]);
    }
}

/// A bar of the share of a threshold that is reached; full only where all of it is.
fn bar(share: f64) -> String {
    let cells = (share * BAR as f64).floor() as usize;
    let cells = if share > 0.0 { cells.max(1) } else { cells };
    let cells = if share < 1.0 { cells.min(BAR - 1) } else { BAR };
    format!("{}{}", "#".repeat(cells), "-".repeat(BAR - cells))
}

#[cfg(test)]
mod tests {
    use super::{BAR, bar};

    #[test]
    fn a_bar_is_full_only_where_the_threshold_is_reached() {
        let filled = |share: f64| bar(share).matches('#').count();
        for (share, cells) in [(0.0, 0), (0.000_01, 1), (0.5, BAR / 2), (0.999_999, BAR - 1), (1.0, BAR)] {
            assert_eq!(filled(share), cells, "{share}");
            assert_eq!(bar(share).len(), BAR);
        }
    }
}
