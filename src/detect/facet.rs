//! Measures of records beside their number: time span, bounding box, distinct stations, energy.

use std::borrow::Cow;

use super::cells::Cell;
use super::columns::Columns;
use super::normal;
use super::sample::Sample;
use super::value::number;
use crate::model::{Facet, FacetValue};

/// Sums are kept in millionths, so that the order of adding does not change them.
const MILLIONTHS: f64 = 1e6;
/// A larger value in a record is no quantity of energy or money.
const LARGEST_SUMMAND: f64 = 1e12;
/// Coordinates beyond this are written in millionths of a degree (JT/T 808, GB/T 32960.3).
const LARGEST_DEGREE: f64 = 180.0;

/// What a facet of a pack asks for, with the columns to take it from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FacetPlan {
    /// The earliest and latest time.
    Times(usize),
    /// The least and greatest longitude and latitude.
    BoundingBox(usize, usize),
    /// How many distinct values a column has, and the name of what they are.
    Distinct(usize, String),
    /// The sum of a column, and the name of the quantity.
    Sum(usize, String),
}

impl FacetPlan {
    /// Reads the facets of a record spec; `column` finds the column of a field. A facet without its column is left out.
    pub(super) fn read(facets: &[String], column: impl Fn(&str) -> Option<usize>) -> Vec<Self> {
        let time = || column("time").or_else(|| column("start_time"));
        let mut plans: Vec<Self> = facets
            .iter()
            .filter_map(|facet| match facet.split_once(':') {
                Some(("distinct", field)) => Some(Self::Distinct(column(field)?, field.to_owned())),
                Some(("sum", field)) => Some(Self::Sum(column(field)?, field.to_owned())),
                _ if facet == "bounding_box" => Some(Self::BoundingBox(column("longitude")?, column("latitude")?)),
                _ => Some(Self::Times(time()?)),
            })
            .collect();
        // `first_time` and `last_time` are one measure.
        plans.dedup();
        plans
    }
}

/// The least and the greatest of what came by, with how they are spelled.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Span {
    first: Option<(i64, String)>,
    last: Option<(i64, String)>,
}

impl Span {
    fn add(&mut self, at: i64, spelled: impl Fn() -> String) {
        if self.first.as_ref().is_none_or(|(first, _)| at < *first) {
            self.first = Some((at, spelled()));
        }
        if self.last.as_ref().is_none_or(|(last, _)| at > *last) {
            self.last = Some((at, spelled()));
        }
    }
}

/// A facet being measured.
#[derive(Clone, Debug)]
pub(super) enum Measure {
    Times(Span),
    BoundingBox(Option<[f64; 4]>),
    Distinct(Box<Sample>),
    Sum(i128),
}

impl Measure {
    pub(super) fn new(plan: &FacetPlan) -> Self {
        match plan {
            FacetPlan::Times(_) => Self::Times(Span::default()),
            FacetPlan::BoundingBox(..) => Self::BoundingBox(None),
            FacetPlan::Distinct(..) => Self::Distinct(Box::default()),
            FacetPlan::Sum(..) => Self::Sum(0),
        }
    }

    /// Adds some rows, with every item where they have lists.
    pub(super) fn add(&mut self, plan: &FacetPlan, columns: &Columns<'_>, rows: &[usize]) {
        match (self, plan) {
            (Self::Times(span), FacetPlan::Times(column)) => {
                let times = columns.times(*column);
                for &row in rows {
                    for (item, time) in times.of_row(row).iter().enumerate() {
                        if let Some(time) = time {
                            span.add(*time, || columns.cells(*column, row).nth(item).map_or(String::new(), spelled));
                        }
                    }
                }
            }
            (Self::BoundingBox(known), FacetPlan::BoundingBox(longitude, latitude)) => {
                let (longitudes, latitudes) = (columns.quantities(*longitude), columns.quantities(*latitude));
                for &row in rows {
                    for place in longitudes.of_row(row).iter().zip(latitudes.of_row(row)) {
                        if let (&Some(longitude), &Some(latitude)) = place {
                            let (longitude, latitude) = (degrees(longitude), degrees(latitude));
                            *known = Some(widened(*known, [longitude, latitude, longitude, latitude]));
                        }
                    }
                }
            }
            (Self::Distinct(sample), FacetPlan::Distinct(column, _)) => {
                let subjects = columns.subjects(*column);
                for subject in rows.iter().flat_map(|row| subjects.of_row(*row)).flatten() {
                    sample.insert(*subject, || Cow::Borrowed(&[]));
                }
            }
            (Self::Sum(sum), FacetPlan::Sum(column, _)) => {
                let quantities = columns.quantities(*column);
                for row in rows {
                    let quantities = quantities.of_row(*row).iter().flatten();
                    let summands = quantities.filter(|summand| summand.abs() < LARGEST_SUMMAND);
                    *sum += summands.map(|summand| i128::from(rounded(summand * MILLIONTHS))).sum::<i128>();
                }
            }
            _ => {}
        }
    }

    /// Adds what another part of the object measured.
    pub(super) fn merge(&mut self, other: Self) {
        match (self, other) {
            (Self::Times(mine), Self::Times(other)) => {
                for (at, spelled) in other.first.into_iter().chain(other.last) {
                    mine.add(at, || spelled.clone());
                }
            }
            (Self::BoundingBox(mine), Self::BoundingBox(Some(other))) => *mine = Some(widened(*mine, other)),
            (Self::Distinct(mine), Self::Distinct(other)) => mine.merge(&other),
            (Self::Sum(mine), Self::Sum(other)) => *mine += other,
            _ => {}
        }
    }

    /// The facets for the report.
    pub(super) fn facets(&self, plan: &FacetPlan) -> Vec<Facet> {
        let facet = |name: &str, value: FacetValue| Facet { name: name.to_owned(), value };
        match (self, plan) {
            (Self::Times(span), _) => [("first_time", &span.first), ("last_time", &span.last)]
                .into_iter()
                .filter_map(|(name, time)| Some(facet(name, FacetValue::Text(time.as_ref()?.1.clone()))))
                .collect(),
            (Self::BoundingBox(Some(edges)), _) => ["west_degrees", "south_degrees", "east_degrees", "north_degrees"]
                .into_iter()
                .zip(edges)
                .map(|(name, edge)| facet(name, FacetValue::Number(*edge)))
                .collect(),
            (Self::Distinct(sample), FacetPlan::Distinct(_, field)) => {
                vec![facet(&format!("distinct_{field}"), FacetValue::Count(sample.distinct().0))]
            }
            (Self::Sum(sum), FacetPlan::Sum(_, field)) => {
                vec![facet(&format!("sum_{field}"), FacetValue::Number(*sum as f64 / MILLIONTHS))]
            }
            _ => Vec::new(),
        }
    }
}

/// The nearest whole number, of two the one further from zero, as [`f64::round`] has it.
fn rounded(number: f64) -> i64 {
    let whole = number as i64;
    let rest = number - whole as f64;
    whole + i64::from(rest >= 0.5) - i64::from(rest <= -0.5)
}

/// The time in a cell as a number that sorts like it; those of one column compare.
pub(super) fn time(cell: Cell<'_>) -> Option<i64> {
    match cell {
        Cell::Time(ticks, ..) => Some(ticks),
        Cell::Text(text) => sortable_time(normal::trim(text)),
        Cell::Null | Cell::Integer(_) | Cell::Number(_) => None,
    }
}

/// How a time is spelled.
fn spelled(cell: Cell<'_>) -> String {
    let text = cell.to_text();
    String::from_utf8_lossy(normal::trim(&text)).into_owned()
}

/// The number in a cell.
pub(super) fn quantity(cell: Cell<'_>) -> Option<f64> {
    match cell {
        Cell::Integer(integer) => Some(integer as f64),
        Cell::Number(number) => Some(number),
        Cell::Text(text) => number(normal::trim(text)),
        Cell::Null | Cell::Time(..) => None,
    }
}

/// A coordinate in degrees, whether written so or in millionths.
pub(super) fn degrees(coordinate: f64) -> f64 {
    if coordinate.abs() > LARGEST_DEGREE { coordinate / MILLIONTHS } else { coordinate }
}

fn widened(known: Option<[f64; 4]>, other: [f64; 4]) -> [f64; 4] {
    let Some([west, south, east, north]) = known else { return other };
    let [a, b, c, d] = other;
    [west.min(a), south.min(b), east.max(c), north.max(d)]
}

/// A time that begins with the year as a number that sorts like the time; `None` for any other way of writing.
fn sortable_time(text: &[u8]) -> Option<i64> {
    let parts = parts_in_place(text).or_else(|| parts_between(text))?;
    let [_, month, day, hour, minute, _] = parts;
    let plausible = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 25 && minute < 60;
    let [year, month, day, hour, minute, second] = parts.map(i64::from);
    plausible.then_some(((((year * 100 + month) * 100 + day) * 100 + hour) * 100 + minute) * 100 + second.min(60))
}

/// The year, month, day, hour, minute and second of `2020-01-20 00:01:04`, whatever stands between them and behind.
fn parts_in_place(text: &[u8]) -> Option<[u16; 6]> {
    let (&[y0, y1, y2, y3, s1, m0, m1, s2, d0, d1, s3, h0, h1, s4, i0, i1, s5, c0, c1], behind) =
        text.split_first_chunk::<19>()?;
    let all = |all: bool, byte: u8| all & byte.is_ascii_digit();
    let are_digits = [y0, y1, y2, y3, m0, m1, d0, d1, h0, h1, i0, i1, c0, c1].into_iter().fold(true, all);
    let are_apart = ![s1, s2, s3, s4, s5].into_iter().chain(behind.first().copied()).any(|byte| byte.is_ascii_digit());
    let two = |tens: u8, ones: u8| u16::from(tens & 0x0f) * 10 + u16::from(ones & 0x0f);
    let year = two(y0, y1) * 100 + two(y2, y3);
    (are_digits && are_apart).then(|| [year, two(m0, m1), two(d0, d1), two(h0, h1), two(i0, i1), two(c0, c1)])
}

/// The same of times that are written with one digit, or that have fewer parts: at least a date, and what is behind it.
fn parts_between(text: &[u8]) -> Option<[u16; 6]> {
    let mut parts = [0_u16; 6];
    let mut part = 0;
    let mut digits = 0;
    for &byte in text {
        if byte.is_ascii_digit() {
            let slot = parts.get_mut(part)?;
            digits += 1;
            if digits > 4 {
                return None;
            }
            *slot = *slot * 10 + u16::from(byte - b'0');
        } else {
            if digits == 0 || (part == 0 && digits != 4) {
                return None;
            }
            part += 1;
            digits = 0;
            if part == parts.len() {
                break;
            }
        }
    }
    (part >= 2).then_some(parts)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::ArrayRef;
    use arrow_array::builder::{Float64Builder, ListBuilder};

    use proptest::prelude::*;

    use super::{FacetPlan, Measure, parts_between, parts_in_place, rounded, sortable_time};
    use crate::detect::cells::Cells;
    use crate::detect::columns::Columns;

    #[test]
    fn every_item_of_a_list_is_measured() {
        let mut lists = ListBuilder::new(Float64Builder::new());
        for row in 0..4 {
            (0..row).for_each(|item| lists.values().append_value(f64::from(row * 10 + item)));
            lists.append(true);
        }
        let columns = [Cells::new(&(Arc::new(lists.finish()) as ArrayRef))];
        let columns = Columns::new(&columns);
        let plans = [FacetPlan::BoundingBox(0, 0), FacetPlan::Sum(0, String::new())];
        let [mut bounds, mut sum] = plans.each_ref().map(Measure::new);
        bounds.add(&plans[0], &columns, &[0, 1, 2, 3]);
        sum.add(&plans[1], &columns, &[0, 1, 2, 3]);
        assert!(matches!(bounds, Measure::BoundingBox(Some([10.0, 10.0, 32.0, 32.0]))));
        assert!(matches!(sum, Measure::Sum(144_000_000)));
    }

    proptest! {
        #[test]
        fn sums_are_rounded_like_any_number(number in -1e18_f64..1e18, small in -8.0_f64..8.0, half in -1000_i32..1000) {
            for number in [number, small, f64::from(half) / 2.0] {
                prop_assert_eq!(rounded(number), number.round() as i64);
            }
        }
    }

    proptest! {
        #[test]
        fn parts_in_their_places_are_those_between(
            text in "[0-9]{4}[-/ 0]?[0-9]{2}[-/ 0][0-9]{2}[T 0][0-9]{2}[:.0][0-9]{2}[:.0][0-9]{2}[.Z0]?[0-9]{0,3}",
        ) {
            let parts = parts_in_place(text.as_bytes());
            prop_assert!(parts.is_none() || parts == parts_between(text.as_bytes()), "{}", text);
        }
    }

    #[test]
    fn times_sort() {
        assert_eq!(sortable_time(b"2020-01-20 00:01:04"), Some(20_200_120_000_104));
        assert_eq!(sortable_time(b"2020/1/2"), Some(20_200_102_000_000));
        assert!(sortable_time(b"2020-01-20T00:01:04.5Z") < sortable_time(b"2020-01-20T00:01:05Z"));
        for other in ["21.12.2018 10:20", "8/14/26 22:32", "hello", "", "20200120", "2020-99-01"] {
            assert_eq!(sortable_time(other.as_bytes()), None, "{other}");
        }
    }
}
