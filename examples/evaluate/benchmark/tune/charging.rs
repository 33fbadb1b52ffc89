//! Stations, piles and sessions of charging.

use super::people::{self, people};
use super::sheet::{Sheet, amounts, codes, constant, decimals, each, every, integers, picks, rows, some, texts, times};
use super::words::{FIRM_WORDS, PLACES, Place, QUARTERS, ROADS};
use crate::benchmark::{Generator, Table, style::Style, value};
use exportscan::demo::Random;

/// Tables of this trade.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("charging_stations", 6, stations),
        ("charging_piles", 4, piles),
        ("connector_status", 5, status),
        ("charging_orders", 6, orders),
        ("tcec_orders", 4, tcec_orders),
        ("ocpp_transactions", 3, ocpp),
        ("charging_users", 4, users),
        ("charging_payments", 4, payments),
        ("charging_daily", 5, daily),
        ("swap_records", 3, swaps),
    ]
}

fn station_name(random: &mut Random, place: Place) -> String {
    format!("{}{}{}充电站", place.city.trim_end_matches('市'), place.district, random.pick(QUARTERS))
}

/// The stations of an operator.
fn stations(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let places: Vec<Place> = some(random, n, PLACES);
    let off = |random: &mut Random, at: f64| format!("{:.6}", at + random.between(-90_000, 90_000) as f64 / 1e6);
    let names = places.iter().map(|p| station_name(random, *p)).collect();
    let addresses = places
        .iter()
        .map(|p| format!("{}{}{}{}号", p.province, p.district, random.pick(ROADS), random.between(1, 400)))
        .collect();
    let lng = places.iter().map(|p| off(random, p.at.0)).collect();
    let lat = places.iter().map(|p| off(random, p.at.1)).collect();
    Sheet::new(variant, "充电站信息表")
        .col("?charging.station", "充电站ID|station_id|CDZID", codes(random, n, "31011", 7))
        .col("?charging.station", "充电站名称|station_name|CDZMC", names)
        .col("?contact.address", "地址|address|DZ", addresses)
        .col("?location.point", "经度|station_lng|JD", lng)
        .col("?location.point", "纬度|station_lat|WD", lat)
        .col("", "快充桩数|fast_piles|KCZS", integers(random, n, 2, 40))
        .col("", "慢充桩数|slow_piles|MCZS", integers(random, n, 0, 60))
        .col(
            "?contact.landline ?contact.mobile",
            "服务电话|service_tel|FWDH",
            texts(random, n, |r| format!("400-{}-{}", r.digits(3), r.digits(4))),
        )
        .col("", "营业时间|busine_hours|YYSJ", constant(n, "00:00-24:00"))
        .col("", "服务费(元/度)|service_fee|FWF", decimals(random, n, 0, 1, 2))
        .records(if variant == 6 { &[] } else { &["charging.station"] })
        .may(&["charging.station", "location.point"])
        .done()
}

/// The piles of stations.
fn piles(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let operator = value::organisation_code(random);
    let station: Vec<String> = some(random, n, PLACES).into_iter().map(|p| station_name(random, p)).collect();
    Sheet::new(variant, "充电桩台账")
        .col(
            "?charging.station",
            "充电桩编号|equipment_id|CDZBH",
            texts(random, n, |r| format!("{operator}{}", r.digits(14))),
        )
        .col("?charging.station", "所属场站|station_name|SSCZ", station)
        .col("", "额定功率(kW)|rated_power|EDGL", picks(random, n, &["7", "60", "120", "180", "250"]))
        .col("", "桩类型|pile_type|ZLX", picks(random, n, &["直流", "交流"]))
        .col("", "接口标准|national_standard|JKBZ", picks(random, n, &["2015", "2011"]))
        .col("", "生产厂商|manufacturer|SCCS", texts(random, n, people::firm))
        .col("", "枪数|connector_count|QS", integers(random, n, 1, 4))
        .col("", "投运日期|commission_date|TYRQ", texts(random, n, |r| value::day(r, 2018, 2024)))
        .records(&["charging.station"])
        .may(&["charging.station"])
        .done()
}

/// What connectors were doing.
fn status(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let operator = value::organisation_code(random);
    let connectors: Vec<String> = codes(random, 20, &operator, 14).iter().map(|c| format!("{c}001")).collect();
    Sheet::new(variant, "充电枪状态")
        .col("?charging.station ?charging.status", "充电枪编号|connector_id|CDQBH", every(random, n, &connectors))
        .col(
            "?charging.status",
            "枪状态|connector_status|QZT",
            picks(random, n, &["0", "1", "2", "3", "3", "1", "255"]),
        )
        .col("", "A相电流|current_a|AXDL", decimals(random, n, 0, 250, 1))
        .col("", "A相电压|voltage_a|AXDY", decimals(random, n, 200, 420, 1))
        .col("", "SOC|soc|SOC", integers(random, n, 0, 100))
        .col("", "车位状态|park_status|CWZT", picks(random, n, &["0", "10", "50"]))
        .col("", "更新时间|update_time|GXSJ", times(random, n, 2024, 2024))
        .records(if matches!(variant, 4..) { &[] } else { &["charging.status"] })
        .may(&["charging.status", "charging.station", "charging.session"])
        .done()
}

/// Charging of customers.
fn orders(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let users = people(random, n / 3);
    let plates = value::distinct(random, users.len(), people::plate);
    let who: Vec<usize> = every(random, n, &(0..users.len()).collect::<Vec<_>>());
    let station: Vec<String> = some(random, n, PLACES).into_iter().map(|p| station_name(random, p)).collect();
    Sheet::new(variant, "充电订单")
        .col("", "订单号|order_no|DDH", codes(random, n, "CD202403", 12))
        .col("contact.mobile", "用户手机号|user_mobile|YHSJH", each(&who, |u| users[*u].mobile.clone()))
        .col("vehicle.plate", "车牌号|plate_num|CPH", each(&who, |u| plates[*u].clone()))
        .col("?charging.station", "充电站|station_name|CDZ", station)
        .col(
            "?charging.station",
            "枪编号|connector_id|QBH",
            texts(random, n, |r| format!("{}0{}", r.digits(12), r.between(1, 4))),
        )
        .col("", "开始充电时间|start_time|KSCDSJ", times(random, n, 2024, 2024))
        .col("", "充电时长(分钟)|duration_min|CDSC", integers(random, n, 5, 240))
        .col("", "充电电量(度)|total_power|CDDL", decimals(random, n, 2, 78, 2))
        .col("", "电费|elec_money|DF", amounts(random, n, 2, 70))
        .col("", "服务费|service_money|FWF", amounts(random, n, 1, 40))
        .records(&["charging.session"])
        .may(&["charging.billing", "charging.station"])
        .subjects(users.len())
        .done()
}

/// The same as operators send it to each other (T/CEC 102).
fn tcec_orders(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let operator = value::organisation_code(random);
    let vins = value::distinct(random, n / 2, value::vin);
    Sheet::styled(variant, Style::Chinese, "notification_charge_order_info")
        .col("", "StartChargeSeq", texts(random, n, |r| format!("{operator}{}", r.digits(18))))
        .col("?charging.station", "ConnectorID", texts(random, n, |r| format!("{operator}{}001", r.digits(14))))
        .col("", "StartChargeSeqStat", picks(random, n, &["2", "4", "4"]))
        .col("vehicle.vin", "Vin", every(random, n, &vins))
        .col("", "StartTime", times(random, n, 2024, 2024))
        .col("", "TotalPower", decimals(random, n, 1, 90, 2))
        .col("", "ElecMoney", amounts(random, n, 1, 80))
        .col("", "SeviceMoney", amounts(random, n, 1, 40))
        .col("", "TotalMoney", amounts(random, n, 2, 120))
        .col("", "StopReason", picks(random, n, &["0", "1", "3"]))
        .records(&["charging.session"])
        .may(&["charging.billing", "charging.status", "charging.station"])
        .subjects(vins.len())
        .done_with_header()
}

/// Transactions of OCPP 1.6 with the cards of drivers.
fn ocpp(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let tags = value::distinct(random, n / 3, |r| value::hex(r, 14).to_uppercase());
    Sheet::styled(variant, [Style::Camel, Style::Snake, Style::Upper][variant as usize % 3], "ocpp_transactions")
        .col("", "|transaction_id|", value::serial("", 700_150, 6, n))
        .col(
            "?charging.station",
            "|charge_point_id|",
            picks(random, n, &["CP-SH-0012", "CP-SH-0013", "CP-BJ-0105", "CP-GZ-0044"]),
        )
        .col("", "|connector_id|", integers(random, n, 1, 2))
        .col("?account.user", "|id_tag|", every(random, n, &tags))
        .col("", "|meter_start|", integers(random, n, 10_000, 400_000))
        .col("", "|meter_stop|", integers(random, n, 400_000, 460_000))
        .col("", "|start_timestamp|", times(random, n, 2024, 2024))
        .col("", "|stop_reason|", picks(random, n, &["EVDisconnected", "Local", "Remote"]))
        .records(&["charging.session"])
        .may(&["charging.status", "charging.station"])
        .done_with_header()
}

/// The users of a charging app.
fn users(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    Sheet::new(variant, "充电APP用户")
        .col("~account.user", "用户ID|user_id|YHID", value::serial("", 10_230_001, 8, n))
        .col("?person.name ?account.user", "昵称|nick_name|NC", texts(random, n, people::letters))
        .col("contact.mobile", "手机号码|mobile|SJHM", each(&people, |p| p.mobile.clone()))
        .col("vehicle.plate", "绑定车牌|bind_plate|BDCP", value::distinct(random, n, people::plate))
        .col("vehicle.vin", "绑定VIN|bind_vin|BDVIN", value::distinct(random, n, value::vin))
        .col("", "账户余额|balance|ZHYE", amounts(random, n, 0, 500))
        .col("", "注册时间|register_time|ZCSJ", times(random, n, 2020, 2024))
        .subjects(n)
        .done()
}

/// What was paid for charging, and how.
fn payments(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let users =
        value::distinct(random, n / 2, |r| format!("oX{}", r.string(b"abcdefghijkLMNOPQRSTUVWXYZ0123456789_-", 26)));
    Sheet::new(variant, "充电支付流水")
        .col("", "支付流水号|pay_no|ZFLSH", codes(random, n, "42000021", 20))
        .col("", "充电订单号|charge_order_no|CDDDH", codes(random, n, "CD2024", 14))
        .col("~account.user ?account.im", "微信OpenID|openid|OPENID", every(random, n, &users))
        .col("", "支付方式|pay_channel|ZFFS", picks(random, n, &["微信支付", "支付宝", "钱包余额", "对公结算"]))
        .col("", "充电电费|charge_fee|CDDF", amounts(random, n, 2, 90))
        .col("", "充电服务费|charge_service_fee|CDFWF", amounts(random, n, 1, 50))
        .col("", "实付金额|paid_amount|SFJE", amounts(random, n, 3, 140))
        .col("", "支付时间|paid_at|ZFSJ", times(random, n, 2024, 2024))
        .records(if matches!(variant % 7, 0..=3) { &["charging.billing"] } else { &[] })
        .may(&["charging.session", "finance.transaction", "charging.billing", "retail.order"])
        .subjects_if_named(users.len())
        .done()
}

/// What stations did in a day.
fn daily(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let names: Vec<String> = (0..9)
        .map(|_| {
            let p = random.pick(PLACES);
            station_name(random, p)
        })
        .collect();
    let owner = random.pick(FIRM_WORDS);
    Sheet::new(variant, "场站日统计")
        .col("", "统计日期|stat_date|TJRQ", texts(random, n, |r| value::day(r, 2024, 2024)))
        .col("", "运营商|operator|YYS", constant(n, &format!("{owner}新能源")))
        .col("?charging.station", "充电站名称|station_name|CDZMC", some(random, n, &names))
        .col("?charging.statistics", "充电次数|charge_count|CDCS", integers(random, n, 5, 600))
        .col("?charging.statistics", "充电量(kWh)|charge_energy_kwh|CDL", decimals(random, n, 100, 15_000, 2))
        .col("?charging.statistics", "桩利用率(%)|utilization_rate|ZLYL", decimals(random, n, 2, 45, 2))
        .col("", "营收(元)|revenue|YS", amounts(random, n, 100, 20_000))
        .records(&["charging.statistics"])
        .may(&["charging.station", "charging.billing", "charging.statistics", "charging.session"])
        .done()
}

/// Batteries that were swapped.
fn swaps(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let vins = value::distinct(random, n / 2, value::vin);
    Sheet::new(variant, "换电记录")
        .col("", "换电单号|swap_order_no|HDDH", codes(random, n, "HD", 14))
        .col(
            "?charging.station",
            "换电站编号|swap_station_id|HDZBH",
            picks(random, n, &["PUS-SH-NIO-001", "PUS-SH-NIO-014", "PUS-BJ-NIO-022"]),
        )
        .col("vehicle.vin", "车辆VIN|vin|VIN", every(random, n, &vins))
        .col("", "换下电池编码|old_battery_code|HXDCBM", codes(random, n, "P0079340AH", 14))
        .col("", "换上电池编码|new_battery_code|HSDCBM", codes(random, n, "P0079340AH", 14))
        .col("", "换电完成时间|finished_at|HDWCSJ", times(random, n, 2024, 2024))
        .col("", "结算电量(kWh)|settled_kwh|JSDL", decimals(random, n, 10, 75, 1))
        .may(&["charging.session", "charging.statistics", "charging.billing", "charging.station"])
        .subjects(vins.len())
        .done()
}
