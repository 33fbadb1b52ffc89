//! Days and times of the demo, which is set in the autumn of 2026.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, date};

/// The day on which the demo's facts say that the data leave.
pub(super) const EXPORT_DATE: &str = "2026-11-23";

/// A time in the `day`-th day after 1 September 2026, `second` seconds past midnight.
pub(super) fn time(day: i64, second: i64) -> DateTime {
    let start = date(2026, 9, 1).at(0, 0, 0, 0);
    start.checked_add(SignedDuration::from_secs(day * 86_400 + second)).unwrap_or(start)
}

/// Such a time as tables write it.
pub(super) fn time_text(day: i64, second: i64) -> String {
    let time = time(day, second);
    format!("{} {:02}:{:02}:{:02}", time.date(), time.hour(), time.minute(), time.second())
}

/// The `day`-th day after 1 January 2022.
pub(super) fn day_after_2022(day: i64) -> Date {
    let start = date(2022, 1, 1);
    start.checked_add(SignedDuration::from_hours(day * 24)).unwrap_or(start)
}

/// Days since 1970, as Arrow counts them.
pub(super) fn epoch_days(day: Date) -> i32 {
    day.since(date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// A fixed-point number with `places` decimals, which is the same text everywhere.
pub(super) fn fixed(units: i64, places: u32) -> String {
    let scale = 10_i64.pow(places);
    format!(
        "{}{}.{:0width$}",
        if units < 0 { "-" } else { "" },
        units.abs() / scale,
        units.abs() % scale,
        width = places as usize
    )
}

#[cfg(test)]
mod tests {
    use super::{epoch_days, fixed, time_text};

    #[test]
    fn writes_times_and_numbers() {
        assert_eq!(time_text(30, 3_661), "2026-10-01 01:01:01");
        assert_eq!(epoch_days(jiff::civil::date(2022, 1, 1)), 18_993);
        let cases = [(116_397_128, 6, "116.397128"), (-5, 1, "-0.5"), (1_200, 2, "12.00")];
        for (units, places, text) in cases {
            assert_eq!(fixed(units, places), text);
        }
    }
}
