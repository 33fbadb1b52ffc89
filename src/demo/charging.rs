//! Charging: sessions of owners and others, and the list of stations, which is about nobody.

use super::delimited::Delimited;
use super::people::People;
use super::{Object, Random, Truth, calendar};

/// The operator's organisation code (GB 11714), which every number of the network begins with.
const OPERATOR: &str = "MA01DEMA9";
const N_STATIONS: i64 = 40;

/// A user of the network.
struct User<'a> {
    number: String,
    mobile: &'a str,
    plate: &'a str,
}

/// Charging sessions. Of the users, 250 are owners and 150 are not; the first session of each names the mobile, and some
/// of the later ones name only the user.
pub(super) fn sessions(people: &People, truth: &mut Truth) -> Object {
    let header = [
        "start_charge_seq",
        "user_id",
        "mobile",
        "plate_num",
        "station_id",
        "connector_id",
        "start_time",
        "end_time",
        "total_power_kwh",
        "elec_money",
        "service_money",
        "total_money",
    ];
    let mut table = Delimited::new(',', &header);
    let mut random = Random::new(0x0005);
    let owners: Vec<_> = people.own_mobiles(1_000, 250).collect();
    let numbers = (0_i64..).map(|user| format!("U{:07}", 1_000_003 + user * 7_919));
    let mut numbers = numbers.into_iter();
    for owner in owners {
        let plate = owner.vehicles.first().map_or("", |vehicle| vehicle.plate.as_str());
        let user = User { number: numbers.next().unwrap_or_default(), mobile: &owner.mobile, plate };
        for strongest in charge(&mut table, &mut random, &user) {
            truth.owner(owner, &strongest);
        }
    }
    for driver in &people.drivers {
        let user = User { number: numbers.next().unwrap_or_default(), mobile: &driver.mobile, plate: &driver.plate };
        for strongest in charge(&mut table, &mut random, &user) {
            truth.contact(driver, &strongest);
        }
    }
    Object { path: "charging/sessions.csv", rows: table.rows(), bytes: table.into_text().into_bytes() }
}

/// Adds a user's sessions and gives the strongest identifier of each.
fn charge(table: &mut Delimited, random: &mut Random, user: &User<'_>) -> Vec<String> {
    let n_sessions = random.between(1, 5);
    (0..n_sessions)
        .map(|session| {
            let mobile = if session > 0 && random.one_in(4) { "" } else { user.mobile };
            session_row(table, random, user, mobile);
            if mobile.is_empty() { user.number.clone() } else { mobile.to_owned() }
        })
        .collect()
}

fn session_row(table: &mut Delimited, random: &mut Random, user: &User<'_>, mobile: &str) {
    let station = random.between(1, N_STATIONS);
    let (day, start) = (random.between(0, 80), random.between(0, 86_399));
    let watt_hours = random.between(4_000, 68_000);
    let end = start + watt_hours * 3_600 / 60_000;
    let (electricity, service) = (watt_hours * 85 / 1_000, watt_hours * 60 / 1_000);
    let sequence = format!("{OPERATOR}{}", random.digits(18));
    let connector = format!("{OPERATOR}{station:012}{:02}{:03}", random.between(1, 8), random.between(1, 2));
    table.row(&[
        &sequence,
        &user.number,
        mobile,
        user.plate,
        &station_id(station),
        &connector,
        &calendar::time_text(day, start),
        &calendar::time_text(day, end),
        &calendar::fixed(watt_hours / 10, 2),
        &calendar::fixed(electricity, 2),
        &calendar::fixed(service, 2),
        &calendar::fixed(electricity + service, 2),
    ]);
}

/// The stations of the network.
pub(super) fn stations() -> Object {
    let header = [
        "station_id",
        "station_name",
        "operator_id",
        "area_code",
        "address",
        "station_lng",
        "station_lat",
        "fast_piles",
        "slow_piles",
    ];
    let mut table = Delimited::new(',', &header);
    let mut random = Random::new(0x0006);
    for station in 1..=N_STATIONS {
        let road =
            random.pick(&["学院路", "朝阳北路", "广渠路", "京藏辅路", "南四环中路", "阜石路", "望京东路", "科创六街"]);
        let (area_code, district) = random.pick(&[
            ("110105", "朝阳区"),
            ("110106", "丰台区"),
            ("110108", "海淀区"),
            ("110112", "通州区"),
            ("110115", "大兴区"),
        ]);
        table.row(&[
            &station_id(station),
            &format!("演示充电站{station:02}号（{road}）"),
            OPERATOR,
            area_code,
            &format!("北京市{district}{road}{}号", random.between(1, 320)),
            &calendar::fixed(random.between(116_200_000, 116_560_000), 6),
            &calendar::fixed(random.between(39_780_000, 40_060_000), 6),
            &random.between(2, 24).to_string(),
            &random.between(0, 12).to_string(),
        ]);
    }
    Object { path: "charging/stations.csv", rows: table.rows(), bytes: table.into_text().into_bytes() }
}

fn station_id(station: i64) -> String {
    format!("BJ{station:06}")
}
