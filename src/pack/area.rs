//! Reads the areas that a user brings: polygons of a GeoJSON file (RFC 7946).

use serde_json::{Map, Value};

use super::{PackError, PackFile};

/// A coordinate reference system other than these is not longitude and latitude on WGS-84. CGCS2000 (EPSG:4490) differs by
/// centimetres.
const KNOWN_SYSTEMS: [&str; 3] = ["CRS84", "4326", "4490"];
/// A ring is at least a triangle whose first position stands again at its end (RFC 7946, 3.1.6).
const SHORTEST_RING: usize = 4;
/// Rings may be written past the antimeridian, up to once around.
const LARGEST_LONGITUDE: f64 = 360.0;
const LARGEST_LATITUDE: f64 = 90.0;

/// A ring of positions, each longitude and latitude in degrees; the first stands again at the end.
pub type Ring = Vec<[f64; 2]>;

/// An area with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaSpec {
    /// The property `name` of the feature; `#` and its number where it has none.
    pub name: String,
    /// Polygons: the outline, then holes.
    pub polygons: Vec<Vec<Ring>>,
}

/// Reads a feature collection, a feature, a polygon or a multi-polygon. Features without a geometry and empty polygons are
/// left out; a file in which nothing is left is an error, as is any other geometry.
pub fn parse_areas(file: &PackFile) -> Result<Vec<AreaSpec>, PackError> {
    let error = |message: String| PackError { file: file.name.clone(), message };
    let root: Value = serde_json::from_str(&file.text).map_err(|cause| error(format!("not JSON: {cause}")))?;
    let areas = read_root(&root).map_err(error)?;
    if areas.is_empty() { Err(error("holds no polygon".to_owned())) } else { Ok(areas) }
}

fn read_root(root: &Value) -> Result<Vec<AreaSpec>, String> {
    let object = root.as_object().ok_or("not GeoJSON: the top is no object")?;
    check_system(object)?;
    let features = match type_of(object) {
        "FeatureCollection" => {
            object.get("features").and_then(Value::as_array).ok_or("a FeatureCollection needs a list `features`")?
        }
        _ => std::slice::from_ref(root),
    };
    let areas = features.iter().enumerate().filter_map(|(at, feature)| read_feature(at + 1, feature).transpose());
    areas.collect()
}

/// The member `crs` of the format before RFC 7946.
fn check_system(object: &Map<String, Value>) -> Result<(), String> {
    let Some(system) = object.get("crs").filter(|system| !system.is_null()) else { return Ok(()) };
    let name = system.pointer("/properties/name").and_then(Value::as_str).unwrap_or_default();
    if KNOWN_SYSTEMS.iter().any(|known| name.ends_with(known)) {
        return Ok(());
    }
    Err(format!("its reference system is `{name}`; areas are in degrees of longitude and latitude (WGS-84)"))
}

fn type_of(object: &Map<String, Value>) -> &str {
    object.get("type").and_then(Value::as_str).unwrap_or_default()
}

fn read_feature(number: usize, feature: &Value) -> Result<Option<AreaSpec>, String> {
    let name =
        feature.pointer("/properties/name").and_then(Value::as_str).map(str::trim).filter(|name| !name.is_empty());
    let wrong = |what: String| match name {
        Some(name) => format!("feature {number} (`{name}`): {what}"),
        None => format!("feature {number}: {what}"),
    };
    let object = feature.as_object().ok_or_else(|| wrong("not an object".to_owned()))?;
    let geometry = match (type_of(object), object.get("geometry")) {
        ("Feature", None | Some(Value::Null)) => return Ok(None),
        ("Feature", Some(geometry)) => {
            geometry.as_object().ok_or_else(|| wrong("its geometry is not an object".to_owned()))?
        }
        _ => object,
    };
    let polygons = read_geometry(geometry).map_err(wrong)?;
    let name = name.map_or_else(|| format!("#{number}"), str::to_owned);
    Ok((!polygons.is_empty()).then_some(AreaSpec { name, polygons }))
}

fn read_geometry(geometry: &Map<String, Value>) -> Result<Vec<Vec<Ring>>, String> {
    let coordinates = || {
        let list = geometry.get("coordinates").and_then(Value::as_array);
        list.ok_or_else(|| "it needs a list `coordinates`".to_owned())
    };
    let polygons: Vec<Vec<Ring>> = match type_of(geometry) {
        "Polygon" => vec![read_polygon(coordinates()?)?],
        "MultiPolygon" => coordinates()?
            .iter()
            .map(|rings| read_polygon(rings.as_array().ok_or("a polygon is not a list of rings")?))
            .collect::<Result<_, String>>()?,
        "" => return Err("it has no `type`".to_owned()),
        other => return Err(format!("it is a `{other}`; an area is a Polygon or a MultiPolygon")),
    };
    Ok(polygons.into_iter().filter(|rings| !rings.is_empty()).collect())
}

fn read_polygon(rings: &[Value]) -> Result<Vec<Ring>, String> {
    rings
        .iter()
        .enumerate()
        .map(|(at, ring)| read_ring(ring).map_err(|what| format!("ring {}: {what}", at + 1)))
        .collect()
}

fn read_ring(ring: &Value) -> Result<Ring, String> {
    let positions = ring.as_array().ok_or("not a list of positions")?;
    let ring: Ring = positions
        .iter()
        .enumerate()
        .map(|(at, position)| read_position(position).map_err(|what| format!("position {}: {what}", at + 1)))
        .collect::<Result<_, String>>()?;
    if ring.len() < SHORTEST_RING {
        return Err(format!("{} positions; a ring has at least {SHORTEST_RING}", ring.len()));
    }
    if ring.first() != ring.last() {
        return Err("its last position is not its first: the ring is not closed".to_owned());
    }
    Ok(ring)
}

fn read_position(position: &Value) -> Result<[f64; 2], String> {
    let number = |at: usize| position.get(at).and_then(Value::as_f64);
    let (Some(longitude), Some(latitude)) = (number(0), number(1)) else {
        return Err("not a longitude and a latitude".to_owned());
    };
    if latitude.abs() > LARGEST_LATITUDE {
        return Err(format!("latitude {latitude} is beyond 90 degrees; GeoJSON writes the longitude first"));
    }
    if longitude.abs() > LARGEST_LONGITUDE {
        return Err(format!("longitude {longitude} is no degree"));
    }
    Ok([longitude, latitude])
}

#[cfg(test)]
mod tests {
    use super::{AreaSpec, parse_areas};
    use crate::pack::PackFile;

    fn parse(text: &str) -> Result<Vec<AreaSpec>, String> {
        let file = PackFile { name: "areas.geojson".to_owned(), text: text.to_owned() };
        parse_areas(&file).map_err(|error| error.to_string())
    }

    const SQUARE: &str = "[[[0,0],[1,0],[1,1],[0,1],[0,0]]]";

    #[test]
    fn reads_every_shape_of_file() {
        let polygon = format!(r#"{{"type":"Polygon","coordinates":{SQUARE}}}"#);
        let feature = format!(r#"{{"type":"Feature","properties":{{"name":" A "}},"geometry":{polygon}}}"#);
        let empty = r#"{"type":"Feature","properties":null,"geometry":{"type":"Polygon","coordinates":[]}}"#;
        let nothing = r#"{"type":"Feature","properties":{},"geometry":null}"#;
        let cases = [
            (polygon.clone(), vec![("#1", 1)]),
            (format!(r#"{{"type":"MultiPolygon","coordinates":[{SQUARE},[],{SQUARE}]}}"#), vec![("#1", 2)]),
            (feature.clone(), vec![("A", 1)]),
            (
                format!(r#"{{"type":"FeatureCollection","features":[{nothing},{feature},{empty},{polygon}]}}"#),
                vec![("A", 1), ("#4", 1)],
            ),
        ];
        for (text, expected) in cases {
            let areas = parse(&text).unwrap();
            let found: Vec<(&str, usize)> =
                areas.iter().map(|area| (area.name.as_str(), area.polygons.len())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        let in_feature = |geometry: &str| {
            let feature = format!(r#"{{"type":"Feature","properties":{{"name":"north"}},"geometry":{geometry}}}"#);
            format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#)
        };
        let ring = |ring: &str| in_feature(&format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#));
        let cases = [
            ("{".to_owned(), "not JSON"),
            ("[]".to_owned(), "the top is no object"),
            (r#"{"type":"FeatureCollection"}"#.to_owned(), "needs a list `features`"),
            (r#"{"type":"FeatureCollection","features":[]}"#.to_owned(), "holds no polygon"),
            (r#"{"type":"FeatureCollection","features":[7]}"#.to_owned(), "feature 1: not an object"),
            (r#"{"coordinates":[]}"#.to_owned(), "feature 1: it has no `type`"),
            (in_feature(r#"{"type":"Point","coordinates":[1,2]}"#), "feature 1 (`north`): it is a `Point`"),
            (in_feature(r#"{"type":"Polygon"}"#), "feature 1 (`north`): it needs a list `coordinates`"),
            (ring("[[0,0],[1,0],[0,0]]"), "feature 1 (`north`): ring 1: 3 positions"),
            (ring("[[0,0],[1,0],[1,1],[0,1]]"), "ring 1: its last position is not its first"),
            (ring("[[0,0],[1],[1,1],[0,0]]"), "ring 1: position 2: not a longitude"),
            (ring("[[39.9,116.4],[40,116],[40,117],[39.9,116.4]]"), "position 1: latitude 116.4 is beyond 90"),
            (ring("[[4.6e5,4.4],[1,1],[2,2],[4.6e5,4.4]]"), "position 1: longitude 460000 is no degree"),
            (
                r#"{"type":"FeatureCollection","crs":{"properties":{"name":"EPSG:3857"}},"features":[]}"#.to_owned(),
                "its reference system is `EPSG:3857`",
            ),
        ];
        for (text, expected) in cases {
            let message = parse(&text).unwrap_err();
            assert!(message.starts_with("`areas.geojson`: ") && message.contains(expected), "{message}");
        }
    }
}
