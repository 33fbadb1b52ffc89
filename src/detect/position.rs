//! Where the positions of a row stand: in a column of longitudes and one of latitudes, or in cells of coordinates.

use super::area::Areas;
use super::columns::Columns;
use super::engine::Engine;
use super::facet::degrees;
use super::judge::Finding;
use super::normal;
use crate::model::{Confidence, Facet, FacetValue};

/// Fields of columns that hold a position together.
const PAIRS: [[&str; 2]; 2] = [["longitude", "latitude"], ["end_longitude", "end_latitude"]];
/// Fields of columns whose cells hold positions.
const CELLS: [&str; 3] = ["position", "end_position", "polyline"];
/// Beyond this a number is no latitude.
const LARGEST_LATITUDE: f64 = 90.0;
/// The bounding box of China: what may be a longitude there, and what may be a latitude. The two have nothing in common,
/// so they tell in which order a cell has them.
const LONGITUDES_OF_CHINA: std::ops::RangeInclusive<f64> = 72.0..=138.0;
const LATITUDES_OF_CHINA: std::ops::RangeInclusive<f64> = 0.8..=55.9;
/// So many names of areas are shown.
const NAMES_AT_MOST: usize = 20;

/// Columns that hold positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Positions {
    /// The column of longitudes and that of latitudes.
    Pair(usize, usize),
    /// A column of coordinates: `lon,lat`, WKT or a line of them.
    Cells(usize),
}

impl Positions {
    /// The columns.
    pub(super) fn columns(self) -> impl Iterator<Item = usize> {
        let (first, second) = match self {
            Self::Pair(longitude, latitude) => (longitude, Some(latitude)),
            Self::Cells(column) => (column, None),
        };
        std::iter::once(first).chain(second)
    }
}

/// All positions of an object that was judged so.
pub(super) fn positions(engine: &Engine, columns: &[Vec<Finding>]) -> Vec<Positions> {
    let of_field = |field: &str| -> Vec<usize> {
        let holds = |finding: &Finding| {
            finding.confidence().is_some_and(Confidence::counts)
                && finding.detector(engine).is_some_and(|detector| detector.yields(field))
        };
        columns.iter().enumerate().filter(|(_, found)| found.iter().any(holds)).map(|(at, _)| at).collect()
    };
    let pairs = PAIRS.iter().flat_map(|[longitude, latitude]| pair(&of_field(longitude), &of_field(latitude)));
    let cells = CELLS.iter().flat_map(|field| of_field(field)).map(Positions::Cells);
    pairs.chain(cells).collect()
}

/// Each longitude with the latitude in the same place of its row, or with the nearest where one is missing.
fn pair(longitudes: &[usize], latitudes: &[usize]) -> Vec<Positions> {
    let same_number = longitudes.len() == latitudes.len();
    let pairs = longitudes.iter().enumerate().filter_map(|(at, &longitude)| {
        let latitude = if same_number {
            latitudes.get(at)
        } else {
            latitudes.iter().min_by_key(|&&latitude| latitude.abs_diff(longitude))
        };
        latitude.map(|&latitude| Positions::Pair(longitude, latitude))
    });
    pairs.collect()
}

/// Which areas rows touched.
#[derive(Clone, Debug, Default)]
pub(super) struct Touched(Vec<bool>);

impl Touched {
    /// Whether a position of the row lies in an area, which is noted.
    pub(super) fn add(
        &mut self,
        areas: &Areas,
        positions: &[Positions],
        columns: &Columns<'_>,
        row: usize,
        text: &mut Vec<u8>,
    ) -> bool {
        let mut inside = false;
        self.0.resize(areas.names.len(), false);
        for position in positions {
            for_each_position(*position, columns, row, text, &mut |longitude, latitude| {
                areas.touched(longitude, latitude, &mut |area| {
                    inside = true;
                    if let Some(touched) = self.0.get_mut(area) {
                        *touched = true;
                    }
                });
            });
        }
        inside
    }

    /// Adds what rows of another part of the object touched.
    pub(super) fn merge(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), false);
        for (mine, other) in self.0.iter_mut().zip(&other.0) {
            *mine |= other;
        }
    }

    /// How many areas, and which.
    pub(super) fn facets(&self, areas: &Areas) -> Vec<Facet> {
        let touched = areas.names.iter().zip(&self.0).filter(|(_, touched)| **touched).map(|(name, _)| name.as_str());
        let names: Vec<&str> = touched.collect();
        let mut shown = names.get(..NAMES_AT_MOST).unwrap_or(&names).join(", ");
        if names.len() > NAMES_AT_MOST {
            shown.push_str(" …");
        }
        vec![
            Facet { name: "areas".to_owned(), value: FacetValue::Count(names.len() as u64) },
            Facet { name: "area_names".to_owned(), value: FacetValue::Text(shown) },
        ]
    }
}

fn for_each_position(
    positions: Positions,
    columns: &Columns<'_>,
    row: usize,
    text: &mut Vec<u8>,
    each: &mut impl FnMut(f64, f64),
) {
    match positions {
        Positions::Pair(longitude, latitude) => {
            for place in columns.quantities(longitude).of_row(row).iter().zip(columns.quantities(latitude).of_row(row))
            {
                if let (&Some(longitude), &Some(latitude)) = place {
                    each(degrees(longitude), degrees(latitude));
                }
            }
        }
        Positions::Cells(column) => {
            for cell in columns.cells(column, row) {
                if cell.write_text(text) && !normal::is_blank(text) {
                    for_each_written(text, each);
                }
            }
        }
    }
}

/// The numbers of a cell two by two, as longitude and latitude.
fn for_each_written(text: &[u8], each: &mut impl FnMut(f64, f64)) {
    let is_part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+');
    let written = text.split(|byte| !is_part(byte)).filter(|part| !part.is_empty());
    let mut numbers = written.filter_map(|part| std::str::from_utf8(part).ok()?.parse::<f64>().ok());
    while let (Some(first), Some(second)) = (numbers.next(), numbers.next()) {
        let latitude_first = second.abs() > LARGEST_LATITUDE
            || LATITUDES_OF_CHINA.contains(&first) && LONGITUDES_OF_CHINA.contains(&second);
        let (longitude, latitude) = if latitude_first { (second, first) } else { (first, second) };
        each(longitude, latitude);
    }
}

#[cfg(test)]
mod tests {
    use super::{Positions, for_each_written, pair};

    #[test]
    fn reads_positions_as_they_are_written() {
        let cases: [(&str, &[(f64, f64)]); 8] = [
            ("116.397428,39.90923", &[(116.397_428, 39.909_23)]),
            ("39.90923 116.397428", &[(116.397_428, 39.909_23)]),
            ("39.90923,81.3", &[(81.3, 39.909_23)]),
            ("-81.34,28.66", &[(-81.34, 28.66)]),
            ("POINT (116.4 39.9)", &[(116.4, 39.9)]),
            ("[[-8.6,41.1],[-8.7,41.2]]", &[(-8.6, 41.1), (-8.7, 41.2)]),
            ("104.07,30.72;104.08,30.73", &[(104.07, 30.72), (104.08, 30.73)]),
            ("unknown", &[]),
        ];
        for (text, expected) in cases {
            let mut found = Vec::new();
            for_each_written(text.as_bytes(), &mut |longitude, latitude| found.push((longitude, latitude)));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn pairs_columns() {
        let cases = [
            (vec![0, 2], vec![1, 3], vec![(0, 1), (2, 3)]),
            (vec![1, 3], vec![0, 2], vec![(1, 0), (3, 2)]),
            (vec![1, 7], vec![2], vec![(1, 2), (7, 2)]),
            (vec![1], vec![], vec![]),
        ];
        for (longitudes, latitudes, expected) in cases {
            let expected: Vec<Positions> = expected.iter().map(|&(a, b)| Positions::Pair(a, b)).collect();
            assert_eq!(pair(&longitudes, &latitudes), expected);
        }
    }
}
