//! Tells which of the areas that a user brings a position lies in.
//!
//! *Invariant*: a position on an edge is inside, and an index never hides an area; a test compares it with asking every
//! polygon.

use crate::pack::AreaSpec;

/// Boxes under one box of the level above.
const FANOUT: usize = 16;
/// The length of a degree of latitude on a sphere of the earth's mean radius, 6 371 008.8 m.
const METRES_PER_DEGREE: f64 = 111_195.08;
/// A position this near to an edge is on it: coordinates have been through binary fractions.
const ON_EDGE_METRES: f64 = 1e-3;
/// Boxes widen by a little more than the margin, because it is measured on a plane.
const SLACK: f64 = 1.02;
/// Where degrees of longitude vanish a box is not widened any further.
const LEAST_COSINE: f64 = 0.01;
/// Once around the earth, in degrees.
const FULL_CIRCLE: f64 = 360.0;

/// Areas with an index over them.
#[derive(Debug)]
pub struct Areas {
    /// The names of the areas, in the order of the file.
    pub(super) names: Vec<String>,
    polygons: Vec<Polygon>,
    tree: Tree,
    margin_metres: f64,
}

#[derive(Debug)]
struct Polygon {
    /// The area's place among the names.
    area: usize,
    edges: Vec<Edge>,
    tree: Tree,
}

/// From one position to the next, in degrees of longitude and latitude.
#[derive(Clone, Copy, Debug)]
struct Edge {
    from: [f64; 2],
    to: [f64; 2],
}

impl Areas {
    /// Builds the index. A position nearer than `margin_metres` to an area counts as inside it.
    pub fn new(specs: &[AreaSpec], margin_metres: f64) -> Self {
        let mut polygons: Vec<Polygon> = specs
            .iter()
            .enumerate()
            .flat_map(|(area, spec)| spec.polygons.iter().map(move |rings| Polygon::new(area, rings)))
            .collect();
        sort_by_place(&mut polygons);
        let tree = Tree::new(polygons.iter().map(Polygon::bounds).collect());
        let names = specs.iter().map(|spec| spec.name.clone()).collect();
        Self { names, polygons, tree, margin_metres: margin_metres.max(ON_EDGE_METRES) }
    }

    /// Hands the place of every area that a position touches to `touched`; of an area with several polygons perhaps
    /// several times.
    pub(super) fn touched(&self, longitude: f64, latitude: f64, touched: &mut impl FnMut(usize)) {
        // A ring that crosses the antimeridian goes on beyond 180 degrees, on either side.
        for longitude in [longitude, longitude - FULL_CIRCLE, longitude + FULL_CIRCLE] {
            let place = Place::new(longitude, latitude, self.margin_metres);
            self.tree.visit(&|bounds| bounds.holds(&place), &mut |at| {
                if let Some(polygon) = self.polygons.get(at).filter(|polygon| polygon.has(&place)) {
                    touched(polygon.area);
                }
            });
        }
    }
}

/// A position with what is near to it.
struct Place {
    longitude: f64,
    latitude: f64,
    metres: f64,
    cosine: f64,
    /// The margin in degrees of longitude and of latitude.
    around: [f64; 2],
}

impl Place {
    fn new(longitude: f64, latitude: f64, metres: f64) -> Self {
        let cosine = latitude.to_radians().cos().max(LEAST_COSINE);
        let degrees = metres * SLACK / METRES_PER_DEGREE;
        Self { longitude, latitude, metres, cosine, around: [degrees / cosine, degrees] }
    }

    /// Whether the edge passes within the margin.
    fn is_near(&self, edge: Edge) -> bool {
        let flat = |[longitude, latitude]: [f64; 2]| {
            [
                (longitude - self.longitude) * self.cosine * METRES_PER_DEGREE,
                (latitude - self.latitude) * METRES_PER_DEGREE,
            ]
        };
        let ([ax, ay], [bx, by]) = (flat(edge.from), flat(edge.to));
        let (dx, dy) = (bx - ax, by - ay);
        let length = dx * dx + dy * dy;
        let along = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
        (ax + along * dx).hypot(ay + along * dy) <= self.metres
    }

    /// Whether a line from here to the east crosses the edge. Of two edges that meet, it crosses one.
    fn crosses(&self, Edge { from: [ax, ay], to: [bx, by] }: Edge) -> bool {
        (ay > self.latitude) != (by > self.latitude)
            && self.longitude < (bx - ax) * (self.latitude - ay) / (by - ay) + ax
    }
}

impl Polygon {
    fn new(area: usize, rings: &[Vec<[f64; 2]>]) -> Self {
        let edges: Vec<Edge> = rings.iter().flat_map(|ring| edges(ring)).collect();
        let tree = Tree::new(edges.iter().map(|edge| Bounds::of(*edge)).collect());
        Self { area, edges, tree }
    }

    fn bounds(&self) -> Bounds {
        self.edges.iter().fold(Bounds::NOTHING, |all, edge| all.with(Bounds::of(*edge)))
    }

    /// Whether the place is in the outline and in no hole, or within the margin of an edge.
    fn has(&self, place: &Place) -> bool {
        let (mut inside, mut near) = (false, false);
        self.tree.visit(&|bounds| bounds.reaches(place), &mut |at| {
            let Some(&edge) = self.edges.get(at) else { return };
            inside ^= place.crosses(edge);
            near = near || place.is_near(edge);
        });
        inside || near
    }
}

/// The edges of a ring. One that seems to go more than half around the earth goes the other way, across the antimeridian,
/// save that from edge to edge of the map.
fn edges(ring: &[[f64; 2]]) -> Vec<Edge> {
    let mut edges = Vec::with_capacity(ring.len());
    let mut shift = 0.0;
    for pair in ring.windows(2) {
        let [[from, south], [to, north]] = pair else { continue };
        let step = to - from;
        let start = [from + shift, *south];
        if step.abs() > FULL_CIRCLE / 2.0 && step.abs() < FULL_CIRCLE {
            shift -= FULL_CIRCLE.copysign(step);
        }
        edges.push(Edge { from: start, to: [to + shift, *north] });
    }
    edges
}

/// Puts polygons near to each other side by side: strips from west to east, from south to north inside each.
fn sort_by_place(polygons: &mut [Polygon]) {
    let n_strips = (polygons.len() as f64 / FANOUT as f64).sqrt().ceil().max(1.0) as usize;
    let strip = polygons.len().div_ceil(n_strips).max(1);
    polygons.sort_by(|a, b| a.bounds().middle()[0].total_cmp(&b.bounds().middle()[0]));
    for polygons in polygons.chunks_mut(strip) {
        polygons.sort_by(|a, b| a.bounds().middle()[1].total_cmp(&b.bounds().middle()[1]));
    }
}

/// A box in degrees.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Bounds {
    const NOTHING: Self =
        Self { west: f64::INFINITY, south: f64::INFINITY, east: f64::NEG_INFINITY, north: f64::NEG_INFINITY };

    fn of(Edge { from: [ax, ay], to: [bx, by] }: Edge) -> Self {
        Self { west: ax.min(bx), south: ay.min(by), east: ax.max(bx), north: ay.max(by) }
    }

    fn with(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    fn middle(&self) -> [f64; 2] {
        [f64::midpoint(self.west, self.east), f64::midpoint(self.south, self.north)]
    }

    /// Whether the place is in the box, or within the margin of it.
    fn holds(&self, place: &Place) -> bool {
        self.reaches(place) && self.west - place.around[0] <= place.longitude
    }

    /// Whether a line from the place to the east meets the box, or the margin does.
    fn reaches(&self, place: &Place) -> bool {
        self.south - place.around[1] <= place.latitude
            && place.latitude <= self.north + place.around[1]
            && place.longitude <= self.east + place.around[0]
    }
}

/// Boxes over boxes over items. It is as good as the items' order is: what is near should stand near.
#[derive(Debug)]
struct Tree {
    /// The boxes of the items, then of [`FANOUT`] boxes each, up to a level of one.
    levels: Vec<Vec<Bounds>>,
}

impl Tree {
    fn new(items: Vec<Bounds>) -> Self {
        let mut levels = vec![items];
        while let Some(level) = levels.last().filter(|level| level.len() > 1) {
            let over = level.chunks(FANOUT).map(|boxes| boxes.iter().copied().fold(Bounds::NOTHING, Bounds::with));
            levels.push(over.collect());
        }
        Self { levels }
    }

    /// Hands the items whose box is wanted, as are all boxes over it, to `visit`.
    fn visit(&self, wanted: &impl Fn(&Bounds) -> bool, visit: &mut impl FnMut(usize)) {
        self.descend(self.levels.len() - 1, 0, wanted, visit);
    }

    fn descend(&self, level: usize, from: usize, wanted: &impl Fn(&Bounds) -> bool, visit: &mut impl FnMut(usize)) {
        let boxes = self.levels.get(level).into_iter().flatten().enumerate();
        for (at, _) in boxes.skip(from).take(FANOUT).filter(|(_, bounds)| wanted(bounds)) {
            match level.checked_sub(1) {
                Some(below) => self.descend(below, at * FANOUT, wanted, visit),
                None => visit(at),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Areas, Bounds, Place, edges};
    use crate::pack::AreaSpec;

    const NOWHERE: [usize; 0] = [];

    fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Vec<[f64; 2]> {
        vec![[west, south], [east, south], [east, north], [west, north], [west, south]]
    }

    fn area(name: &str, polygons: Vec<Vec<Vec<[f64; 2]>>>) -> AreaSpec {
        AreaSpec { name: name.to_owned(), polygons }
    }

    fn touched(areas: &Areas, longitude: f64, latitude: f64) -> Vec<usize> {
        let mut found = Vec::new();
        areas.touched(longitude, latitude, &mut |at| found.push(at));
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn knows_inside_holes_edges_and_corners() {
        let holed = vec![rectangle(0.0, 0.0, 10.0, 10.0), rectangle(4.0, 4.0, 6.0, 6.0)];
        let slanted = vec![vec![[20.0, 0.0], [23.0, 1.0], [20.0, 7.0], [20.0, 0.0]]];
        let areas = Areas::new(&[area("holed", vec![holed]), area("slanted", vec![slanted])], 0.0);
        let cases: [(f64, f64, &[usize]); 12] = [
            (1.0, 1.0, &[0]),
            (5.0, 5.0, &[]),
            (4.0, 5.0, &[0]),
            (0.0, 5.0, &[0]),
            (10.0, 10.0, &[0]),
            (10.000_001, 10.0, &[]),
            (-0.000_001, 5.0, &[]),
            (21.5, 0.5, &[1]),
            (20.3, 0.1, &[1]),
            (21.5, 0.499, &[]),
            (20.0, 7.0, &[1]),
            (22.0, 7.0, &[]),
        ];
        for (longitude, latitude, expected) in cases {
            assert_eq!(touched(&areas, longitude, latitude), expected, "{longitude} {latitude}");
        }
    }

    #[test]
    fn polygons_of_one_area_may_overlap() {
        let two = vec![vec![rectangle(0.0, 0.0, 2.0, 2.0)], vec![rectangle(1.0, 1.0, 3.0, 3.0)]];
        let areas = Areas::new(&[area("two", two)], 0.0);
        assert_eq!(touched(&areas, 1.5, 1.5), [0]);
        assert_eq!(touched(&areas, 2.5, 2.5), [0]);
        assert_eq!(touched(&areas, 2.5, 0.5), NOWHERE);
    }

    #[test]
    fn a_margin_is_in_metres_in_every_direction() {
        let square = vec![vec![rectangle(116.0, 39.0, 116.1, 39.1)]];
        let areas = |metres| Areas::new(&[area("square", square.clone())], metres);
        // At 39 degrees north a metre is 9.0e-6 degrees of latitude and 11.6e-6 of longitude.
        let places =
            [(116.05, 39.1 + 0.0045), (116.05, 39.0 - 0.0045), (116.1 + 0.0058, 39.05), (116.0 - 0.0058, 39.05)];
        for (longitude, latitude) in places {
            assert_eq!(touched(&areas(0.0), longitude, latitude), NOWHERE, "{longitude} {latitude}");
            assert_eq!(touched(&areas(490.0), longitude, latitude), NOWHERE, "{longitude} {latitude}");
            assert_eq!(touched(&areas(510.0), longitude, latitude), [0], "{longitude} {latitude}");
        }
        let corner = (116.1 + 0.0058, 39.1 + 0.0045);
        assert_eq!(touched(&areas(690.0), corner.0, corner.1), NOWHERE);
        assert_eq!(touched(&areas(730.0), corner.0, corner.1), [0]);
    }

    #[test]
    fn areas_cross_the_antimeridian_cut_or_not() {
        let cut = vec![vec![rectangle(177.0, -20.0, 180.0, -16.0)], vec![rectangle(-180.0, -20.0, -178.0, -16.0)]];
        let uncut = vec![vec![rectangle(177.0, -20.0, -178.0, -16.0)]];
        let beyond = vec![vec![rectangle(177.0, -20.0, 182.0, -16.0)]];
        for polygons in [cut, uncut, beyond] {
            let areas = Areas::new(&[area("islands", polygons)], 0.0);
            for longitude in [177.0, 179.0, 180.0, -180.0, -179.0, -178.0] {
                assert_eq!(touched(&areas, longitude, -18.0), [0], "{longitude}");
            }
            for longitude in [176.9, -177.9, 0.0] {
                assert_eq!(touched(&areas, longitude, -18.0), NOWHERE, "{longitude}");
            }
        }
        let band = Areas::new(&[area("band", vec![vec![rectangle(-180.0, 60.0, 180.0, 70.0)]])], 0.0);
        assert_eq!(touched(&band, 0.0, 65.0), [0]);
        assert_eq!(touched(&band, 0.0, 75.0), NOWHERE);
        let [east, north] = edges(&rectangle(177.0, 0.0, -178.0, 1.0)).last().unwrap().to;
        assert!((east - 177.0).abs() < 1e-9 && north.abs() < 1e-9, "the ring comes back to where it began");
    }

    #[test]
    fn ten_thousand_polygons_are_told_apart_and_few_are_asked() {
        let specs: Vec<AreaSpec> = (0..100)
            .flat_map(|x| (0..100).map(move |y| (f64::from(x), f64::from(y))))
            .map(|(x, y)| {
                let (west, south) = (70.0 + x * 0.5, y * 0.5);
                area("cell", vec![vec![rectangle(west, south, west + 0.3, south + 0.3)]])
            })
            .collect();
        let areas = Areas::new(&specs, 0.0);
        let (mut inside, mut asked) = (0, 0);
        for at in 0..2000_u32 {
            let (longitude, latitude) =
                (70.0 + f64::from(at * 7919 % 5000) / 100.0, f64::from(at * 104_729 % 5000) / 100.0);
            let place = Place::new(longitude, latitude, areas.margin_metres);
            let expected: Vec<usize> = (0..specs.len())
                .filter(|at| {
                    let [[west, south], _, [east, north], ..] = specs[*at].polygons[0][0][..] else { return false };
                    let slack = 1e-8;
                    (west - slack..=east + slack).contains(&longitude)
                        && (south - slack..=north + slack).contains(&latitude)
                })
                .collect();
            assert_eq!(touched(&areas, longitude, latitude), expected, "{longitude} {latitude}");
            inside += usize::from(!expected.is_empty());
            areas.tree.visit(&|bounds: &Bounds| bounds.holds(&place), &mut |_| asked += 1);
        }
        assert!(inside > 400, "{inside}");
        assert!(asked < 2000 * 2, "{asked}");
    }

    #[test]
    fn a_polygon_of_many_edges_asks_few_of_them() {
        let circle: Vec<[f64; 2]> = (0..=100_000)
            .map(|at| f64::from(at % 100_000) / 100_000.0 * std::f64::consts::TAU)
            .map(|angle| [116.0 + angle.cos(), 39.0 + angle.sin()])
            .collect();
        let areas = Areas::new(&[area("circle", vec![vec![circle]])], 0.0);
        assert_eq!(touched(&areas, 116.5, 39.5), [0]);
        assert_eq!(touched(&areas, 116.8, 39.8), NOWHERE);
        let (mut asked, place) = (0, Place::new(116.5, 39.5, 0.0));
        areas.polygons[0].tree.visit(&|bounds| bounds.reaches(&place), &mut |_| asked += 1);
        assert!(asked < 64, "{asked}");
        assert_eq!(areas.polygons[0].edges.len(), 100_000);
    }
}
