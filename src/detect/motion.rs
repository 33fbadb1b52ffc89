//! Whether what looks like a track moves like one: points of one subject, in the order of time, at a speed that a vehicle
//! has.
//!
//! Of the subjects with the least hashes the earliest points are kept, so the sample is the same whatever the order of
//! rows, and samples of parts merge into that of the whole.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Cell;
use super::columns::Columns;
use super::facet::{degrees, quantity};
use super::normal;
use super::value;

/// So many subjects are looked at.
const SUBJECTS: usize = 32;
/// So many points of each.
const POINTS: usize = 64;
/// Fewer steps from point to point say nothing.
const STEPS_AT_LEAST: usize = 5;
/// Points further apart in time belong to different journeys; in seconds.
const LONGEST_STEP: i64 = 3600;
/// A shorter step, in metres, may be the error of the receiver.
const SHORTEST_MOVE: f64 = 30.0;
/// No road vehicle goes faster, in metres per second (250 km/h).
const FASTEST: f64 = 70.0;
/// The mean radius of the earth (IUGG), in metres.
const EARTH_RADIUS: f64 = 6_371_008.8;

/// The columns of points, and of whose they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way {
    /// Absent where all of the object is one subject's.
    pub(super) subject: Option<usize>,
    pub(super) time: usize,
    pub(super) longitude: usize,
    pub(super) latitude: usize,
}

/// How the subjects of a way behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// From point to point as a vehicle does.
    Moves,
    /// Each stays where it is.
    Stands,
    /// Faster than any vehicle.
    Leaps,
}

/// When and where: seconds since 1970, and the bits of longitude and latitude in degrees.
type Point = (i64, u64, u64);

/// A sample of the points of some subjects.
#[derive(Clone, Debug, Default)]
pub(super) struct Motion {
    subjects: BTreeMap<u64, BTreeSet<Point>>,
}

impl Motion {
    /// Adds the rows of a batch.
    pub(super) fn add(&mut self, way: Way, columns: &Columns<'_>, n_rows: usize) {
        let subjects = way.subject.map(|column| columns.subjects(column));
        for row in 0..n_rows {
            let subject = subjects.as_ref().map_or(Some(0), |subjects| *subjects.of_row(row).first()?);
            if let Some(subject) = subject {
                self.add_points(way, subject, columns, row);
            }
        }
    }

    /// Adds the point of a row, or those that stand in lists of it.
    fn add_points(&mut self, way: Way, subject: u64, columns: &Columns<'_>, row: usize) {
        let is_full = self.subjects.len() >= SUBJECTS;
        if is_full && self.subjects.last_key_value().is_some_and(|(last, _)| subject > *last) {
            return;
        }
        let cells = |column: usize| columns.cells(column, row);
        for ((time, longitude), latitude) in cells(way.time).zip(cells(way.longitude)).zip(cells(way.latitude)) {
            let place = quantity(longitude).map(degrees).zip(quantity(latitude).map(degrees));
            let (Some(seconds), Some((longitude, latitude))) = (seconds(time), place) else { continue };
            let points = self.subjects.entry(subject).or_default();
            points.insert((seconds, longitude.to_bits(), latitude.to_bits()));
            if points.len() > POINTS {
                points.pop_last();
            }
        }
        self.shrink();
    }

    /// Adds what another part of the object showed.
    pub(super) fn merge(&mut self, other: Self) {
        for (subject, others) in other.subjects {
            let points = self.subjects.entry(subject).or_default();
            points.extend(others);
            while points.len() > POINTS {
                points.pop_last();
            }
        }
        self.shrink();
    }

    fn shrink(&mut self) {
        while self.subjects.len() > SUBJECTS {
            self.subjects.pop_last();
        }
    }

    /// How the subjects behave; `None` where there is too little to see it.
    pub(super) fn manner(&self) -> Option<Manner> {
        let steps: Vec<(i64, f64)> = self.subjects.values().flat_map(steps).collect();
        let share = |n: usize| n as f64 / steps.len() as f64;
        let leaps = steps.iter().filter(|(seconds, metres)| *metres > FASTEST * *seconds as f64).count();
        let moves = steps.iter().filter(|(_, metres)| *metres >= SHORTEST_MOVE).count();
        let is_close = |(seconds, _): &&(i64, f64)| *seconds <= LONGEST_STEP;
        match steps.len() {
            ..STEPS_AT_LEAST => None,
            _ if share(leaps) > 0.5 => Some(Manner::Leaps),
            _ if moves == 0 => Some(Manner::Stands),
            _ if share(leaps) > 0.1 || share(moves) < 0.1 => None,
            _ => (steps.iter().filter(is_close).count() >= STEPS_AT_LEAST).then_some(Manner::Moves),
        }
    }
}

/// From each point of a subject to the next: seconds and metres.
fn steps(points: &BTreeSet<Point>) -> Vec<(i64, f64)> {
    let pairs = points.iter().zip(points.iter().skip(1)).filter(|(from, to)| from.0 < to.0);
    pairs.map(|(from, to)| (to.0 - from.0, metres(*from, *to))).collect()
}

/// The distance of two points, on a plane where they are.
fn metres(from: Point, to: Point) -> f64 {
    let (longitude, latitude) = (f64::from_bits(from.1), f64::from_bits(from.2));
    let north = (f64::from_bits(to.2) - latitude).to_radians();
    let east = (f64::from_bits(to.1) - longitude).to_radians() * latitude.to_radians().cos();
    EARTH_RADIUS * north.hypot(east)
}

/// The seconds since 1970 that a cell spells, whatever its time zone.
fn seconds(cell: Cell<'_>) -> Option<i64> {
    match cell {
        Cell::Text(text) => value::seconds(normal::trim(text)),
        Cell::Null => None,
        Cell::Integer(_) | Cell::Number(_) | Cell::Time(..) => value::seconds(&cell.to_text()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, StringArray};

    use super::{Columns, Manner, Motion, Way};
    use crate::detect::cells::Cells;

    const WAY: Way = Way { subject: Some(0), time: 1, longitude: 2, latitude: 3 };

    /// The motion of rows of a subject, a second of 20 January 2020 after eight o'clock, and millionths of a degree.
    fn motion(rows: &[(i64, i64, i64, i64)]) -> Motion {
        let degrees = |millionths: i64| (millionths as f64 / 1e6).to_string();
        let column = |cells: Vec<String>| Cells::new(&(Arc::new(StringArray::from(cells)) as ArrayRef));
        let columns = [
            column(rows.iter().map(|row| format!("京A{:05}", row.0)).collect()),
            column(rows.iter().map(|row| format!("2020-01-20 08:{:02}:{:02}", row.1 / 60, row.1 % 60)).collect()),
            column(rows.iter().map(|row| degrees(116_000_000 + row.2)).collect()),
            column(rows.iter().map(|row| degrees(39_000_000 + row.3)).collect()),
        ];
        let mut motion = Motion::default();
        motion.add(WAY, &Columns::new(&columns), rows.len());
        motion
    }

    #[test]
    fn tells_manners_apart() {
        let drive: Vec<_> = (0..40).map(|at| (at % 4, at * 10, at * 900, 0)).collect();
        assert_eq!(motion(&drive).manner(), Some(Manner::Moves));
        let parked: Vec<_> = (0..40).map(|at| (at % 4, at * 10, 7, 7)).collect();
        assert_eq!(motion(&parked).manner(), Some(Manner::Stands));
        let leaping: Vec<_> = (0..40).map(|at| (at % 4, at * 10, at % 8 * 900_000, 0)).collect();
        assert_eq!(motion(&leaping).manner(), Some(Manner::Leaps));
        let once_each: Vec<_> = (0..40).map(|at| (at, at * 10, at * 900, 0)).collect();
        assert_eq!(motion(&once_each).manner(), None);
    }

    #[test]
    fn points_in_lists_are_those_of_their_row() {
        use arrow_array::builder::{ListBuilder, StringBuilder};

        let list = |of: &dyn Fn(usize, usize) -> String| {
            let mut builder = ListBuilder::new(StringBuilder::new());
            for row in 0..5 {
                (0..4).for_each(|at| builder.values().append_value(of(row, at)));
                builder.append(true);
            }
            Cells::new(&(Arc::new(builder.finish()) as ArrayRef))
        };
        let columns = [
            Cells::new(&(Arc::new(StringArray::from(vec!["京A10000", "京A10001", "京A10000", "x", "y"])) as ArrayRef)),
            list(&|row, at| format!("2020-01-20 08:{row:02}:{:02}", at * 10)),
            list(&|row, at| format!("116.{row}{at}")),
            list(&|_, at| format!("39.{at}")),
        ];
        let mut motion = Motion::default();
        motion.add(WAY, &Columns::new(&columns), 5);
        let points: usize = motion.subjects.values().map(std::collections::BTreeSet::len).sum();
        assert_eq!((motion.subjects.len(), points), (4, 20));
        assert!(motion.subjects.values().all(|points| points.len() % 4 == 0));
    }

    #[test]
    fn order_and_splits_do_not_matter() {
        let rows: Vec<_> = (0..4000).map(|at| (at * 7 % 90, at % 3600, at * 31, at * 17)).collect();
        let backward: Vec<_> = rows.iter().rev().copied().collect();
        let mut merged = motion(rows.get(..1000).unwrap());
        merged.merge(motion(rows.get(1000..).unwrap()));
        let whole = motion(&rows);
        assert_eq!(whole.subjects, motion(&backward).subjects);
        assert_eq!(whole.subjects, merged.subjects);
    }
}
