//! The geometry of persons against thresholds, on a logarithmic scale that every bar of a page shares.

use crate::tally::Figures;

use super::number::grouped;

/// The width of the drawing, in its own units; one unit of room on either side keeps marks whole.
const WIDTH: f64 = 320.0;

/// The room on either side.
const MARGIN: f64 = 6.0;

/// The scale goes on for this factor beyond the greatest number, so that a mark there is not its edge.
const HEADROOM: f64 = 2.5;

/// From 0 to 1 person the scale is as long as this part of a power of ten.
const ZERO_DECADES: f64 = 0.5;

/// A scale from 0 persons up.
#[derive(Debug)]
pub(super) struct Scale {
    decades: f64,
    /// Marks at powers of ten, with their labels.
    pub(super) ticks: Vec<Tick>,
}

/// A mark of the axis.
#[derive(Debug)]
pub(super) struct Tick {
    pub(super) x: String,
    pub(super) label: String,
}

/// One row of the drawing.
#[derive(Debug)]
pub(super) struct Bar {
    /// The length of the bar, from 0 to `best`.
    pub(super) length: String,
    pub(super) at_least: String,
    /// The width from `at_least` to `at_most`.
    pub(super) spread: String,
    pub(super) at_most: String,
    pub(super) threshold: Option<String>,
    pub(super) below: Option<String>,
    /// Where the row is reached.
    pub(super) reach: Option<Reach>,
}

/// The counts at which a row is reached.
#[derive(Debug)]
pub(super) struct Reach {
    pub(super) x: String,
    pub(super) width: String,
}

impl Scale {
    /// A scale that has room for each of `numbers`, and for a thousand at least.
    pub(super) fn over(numbers: impl Iterator<Item = u64>) -> Self {
        let greatest = numbers.max().unwrap_or(0).max(1000);
        let decades = (greatest as f64 * HEADROOM).log10();
        let powers = decades.floor() as u32;
        let mut scale = Self { decades: decades + ZERO_DECADES, ticks: Vec::new() };
        let step = if powers > 6 { 2 } else { 1 };
        let marks = (0..=powers).step_by(step).filter_map(|power| 10_u64.checked_pow(power));
        scale.ticks = std::iter::once(0).chain(marks).map(|number| scale.tick(number)).collect();
        scale
    }

    fn tick(&self, number: u64) -> Tick {
        Tick { x: self.x(number), label: short(number) }
    }

    fn position(&self, number: u64) -> f64 {
        let decades = if number == 0 { 0.0 } else { (number as f64).log10() + ZERO_DECADES };
        MARGIN + decades / self.decades * (WIDTH - 2.0 * MARGIN)
    }

    fn x(&self, number: u64) -> String {
        format!("{:.1}", self.position(number))
    }
}

/// `1,000,000` is too wide for an axis.
fn short(number: u64) -> String {
    match number {
        0..1_000 => grouped(number),
        1_000..1_000_000 => format!("{}k", grouped(number / 1_000)),
        _ => format!("{}M", grouped(number / 1_000_000)),
    }
}

impl Bar {
    /// Where the figures and the marks of one row lie.
    pub(super) fn new(scale: &Scale, figures: Figures, threshold: Option<u64>, below: Option<u64>) -> Self {
        let (low, high) = (scale.position(figures.at_least), scale.position(figures.at_most));
        let end = below.map_or(WIDTH - MARGIN, |number| scale.position(number));
        let reach = threshold.map(|number| Reach {
            x: scale.x(number),
            width: format!("{:.1}", (end - scale.position(number)).max(0.0)),
        });
        Self {
            length: format!("{:.1}", scale.position(figures.best) - MARGIN),
            at_least: scale.x(figures.at_least),
            spread: format!("{:.1}", (high - low).max(0.0)),
            at_most: scale.x(figures.at_most),
            threshold: threshold.map(|number| scale.x(number)),
            below: below.map(|number| scale.x(number)),
            reach,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bar, Scale};
    use crate::tally::Figures;

    #[test]
    fn bars_stay_inside_and_in_order() {
        for number in [0, 1, 999, 10_000, 1_000_000, u64::MAX] {
            let scale = Scale::over([number, 10_000].into_iter());
            let figures = Figures { best: number, at_least: number / 2, at_most: number };
            let bar = Bar::new(&scale, figures, Some(10_000), None);
            let places = [&bar.at_least, &bar.at_most].map(|x| x.parse::<f64>().unwrap_or(-1.0));
            assert!(places.is_sorted() && places.iter().all(|x| (0.0..=320.0).contains(x)), "{number}: {places:?}");
            for width in [&bar.spread, &bar.length] {
                assert!(width.parse::<f64>().is_ok_and(|width| (0.0..=320.0).contains(&width)), "{width}");
            }
        }
    }
}
