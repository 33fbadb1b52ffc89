//! What the data at hand add to the year's count of a row, and when the row would be reached at the present rate.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Outlook;
use super::basis::{Basis, year_of};
use super::reading::count;
use super::verdict::{Bench, Judged};
use crate::tally::{Totals, Year};

/// The outlook of a row that counts the persons of the year; `None` for any other.
pub(super) fn outlook(bench: &Bench<'_>, judged: &Judged<'_>, totals: &Totals) -> Option<Outlook> {
    let year = year_of(judged.row, totals)?;
    let counted = |counted| count(judged.row, judged.sensitive, &Basis::of_year(counted, year, totals));
    let before = counted(&year.before)?;
    let counts = year.counts && !bench.is_exempt(judged.row);
    let to_date = if counts { counted(&year.with)? } else { before };
    let from = judged.row.persons.as_ref()?.from();
    Some(Outlook {
        before,
        to_date,
        adds: to_date.best.saturating_sub(before.best),
        from,
        left: from.saturating_sub(to_date.best),
        reached_on: reached_on(year, to_date.best, from),
    })
}

/// The day on which `from` persons are reached if they go on as from the first export of the year until now; `None` where
/// they are reached already, where nobody was exported, or where that is next year, when the count starts anew.
fn reached_on(year: &Year, persons: u64, from: u64) -> Option<Date> {
    let left = from.checked_sub(persons).filter(|left| *left > 0)?;
    let days = (u128::from(left) * u128::from(year.n_days())).div_ceil(u128::from(persons).max(1));
    let days = i64::try_from(days).ok().filter(|days| persons > 0 && *days <= DAYS_AT_MOST)?;
    let day = year.last_day().checked_add(days.days()).ok()?;
    (day.year() == year.day.year()).then_some(day)
}

/// A year has no more days.
const DAYS_AT_MOST: i64 = 366;

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::reached_on;
    use crate::tally::{Counted, Year};

    fn year(first: Date, day: Date) -> Year {
        Year {
            day,
            days: Some((first, first)),
            before: Counted::default(),
            with: Counted::default(),
            counts: true,
            n_counted: 1,
            n_exempt: 0,
            exempt: Counted::default(),
            complete: true,
            n_records: 1,
            head: String::new(),
        }
    }

    #[test]
    fn a_threshold_is_reached_at_the_rate_since_the_first_export() {
        let half = year(date(2026, 1, 1), date(2026, 4, 10));
        let cases = [
            (0, 10_000, None, "no rate, no day"),
            (5_000, 10_000, Some(date(2026, 7, 19)), "100 days for 5,000, 100 more for the rest"),
            (9_999, 10_000, Some(date(2026, 4, 11)), "part of a day is a day"),
            (10_000, 10_000, None, "reached"),
            (20_000, 10_000, None, "passed"),
            (1_000, 10_000, None, "next year the count starts anew"),
            (1, u64::MAX, None, "no overflow"),
        ];
        for (persons, from, expected, why) in cases {
            assert_eq!(reached_on(&half, persons, from), expected, "{why}");
        }
    }
}
