//! Tracks of owners' vehicles: they add no person to the register.

use super::delimited::Delimited;
use super::people::{Owner, People};
use super::{Object, Random, Truth, calendar};

/// Tracks that name the vehicle by VIN and plate, with English headers.
pub(super) fn by_vin(people: &People, truth: &mut Truth) -> Object {
    let header = ["vin", "plate_no", "gps_time", "longitude", "latitude", "speed_kmh", "soc_pct"];
    let mut table = Delimited::new(',', &header);
    let mut random = Random::new(0x0003);
    for owner in people.owners.iter().skip(500).take(50) {
        for vehicle in owner.vehicles.iter().take(1) {
            truth.owner(owner, &vehicle.vin);
            for point in drive(&mut random, 40) {
                let soc = random.between(12, 96).to_string();
                let row =
                    [&vehicle.vin, &vehicle.plate, &point.time, &point.longitude, &point.latitude, &point.speed, &soc];
                table.row(&row.map(String::as_str));
            }
        }
    }
    Object { path: "telematics/tracks-01.csv", rows: table.rows(), bytes: table.into_text().into_bytes() }
}

/// Tracks that name the vehicle by its plate alone, with Chinese headers. Some vehicles have two owners, so that their
/// plate stands for neither.
pub(super) fn by_plate(people: &People, truth: &mut Truth) -> Object {
    let mut table = Delimited::new(',', &["车牌号", "定位时间", "经度", "纬度", "车速"]);
    let mut random = Random::new(0x0004);
    for owner in tracked_by_plate(people) {
        for vehicle in owner.vehicles.iter().take(1) {
            truth.owner(owner, &vehicle.plate);
            for point in drive(&mut random, 30) {
                let row = [&vehicle.plate, &point.time, &point.longitude, &point.latitude, &point.speed];
                table.row(&row.map(String::as_str));
            }
        }
    }
    Object { path: "telematics/tracks-02.csv", rows: table.rows(), bytes: table.into_text().into_bytes() }
}

/// Ten owners who share their vehicle with another, and forty who do not.
fn tracked_by_plate(people: &People) -> impl Iterator<Item = &Owner> {
    let sharing = people.owners.iter().skip(80).step_by(2).take(10);
    sharing.chain(people.owners.iter().skip(600).take(40))
}

struct Point {
    time: String,
    longitude: String,
    latitude: String,
    speed: String,
}

/// A drive in Beijing, a point every ten seconds, in GCJ-02.
fn drive(random: &mut Random, n_points: i64) -> Vec<Point> {
    let (day, start) = (random.between(30, 80), random.between(21_600, 72_000));
    let (mut longitude, mut latitude) =
        (random.between(116_200_000, 116_560_000), random.between(39_780_000, 40_060_000));
    let (east, north) = (random.between(-900, 900), random.between(-700, 700));
    (0..n_points)
        .map(|point| {
            longitude += east + random.between(-120, 120);
            latitude += north + random.between(-120, 120);
            Point {
                time: calendar::time_text(day, start + point * 10),
                longitude: calendar::fixed(longitude, 6),
                latitude: calendar::fixed(latitude, 6),
                speed: calendar::fixed(random.between(0, 950), 1),
            }
        })
        .collect()
}
