//! Where vehicles and goods go.

use super::people::{self, people};
use super::sheet::{Sheet, amounts, codes, constant, decimals, each, every, integers, picks, rows, some, texts, times};
use super::words::{FIRM_WORDS, GOODS, PLACES, Place, ROADS};
use crate::benchmark::value::{Fix, clock, degrees};
use crate::benchmark::{Generator, Table, damage, value};
use exportscan::demo::Random;

/// Tables of this kind.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("gps_points", 7, gps_points),
        ("gps_scaled", 3, gps_scaled),
        ("telemetry", 6, telemetry),
        ("trips", 5, trips),
        ("ride_orders", 4, ride_orders),
        ("checkpoints", 5, checkpoints),
        ("road_flow", 5, road_flow),
        ("od_counts", 3, od_counts),
        ("app_positions", 4, app_positions),
        ("bus_fleet", 5, bus_fleet),
        ("waybills", 7, waybills),
        ("freight_routes", 5, freight_routes),
        ("parcel_traces", 4, parcel_traces),
        ("dispatch_tasks", 4, dispatch_tasks),
    ]
}

/// Some vehicles' ways one after the other: which vehicle, and which fix of it, every row is.
fn ways(random: &mut Random, n: usize, step: i64) -> Vec<(usize, Fix)> {
    let vehicles = random.between(2, 6) as usize;
    let mut all = Vec::new();
    for vehicle in 0..vehicles {
        let place = random.pick(PLACES);
        all.extend(value::way(random, place.at, n / vehicles, step).into_iter().map(|fix| (vehicle, fix)));
    }
    all
}

fn vehicles_of(ways: &[(usize, Fix)]) -> usize {
    ways.last().map_or(0, |last| last.0 + 1)
}

/// Positions as a platform stores them.
fn gps_points(random: &mut Random, variant: u64) -> Table {
    let ways = ways(random, 120, [10, 30, 60][variant as usize % 3]);
    let known = vehicles_of(&ways);
    let (plates, vins) = (value::distinct(random, known, people::plate), value::distinct(random, known, value::vin));
    let day = value::day(random, 2024, 2024);
    let sheet = Sheet::new(variant, "车辆定位数据");
    let sheet = match variant % 3 {
        0 => sheet.col("vehicle.plate", "车牌号|plate_no|CPH", each(&ways, |(v, _)| plates[*v].clone())),
        1 => sheet.col("vehicle.vin", "VIN|vin|VIN", each(&ways, |(v, _)| vins[*v].clone())),
        _ => sheet.col("vehicle.plate", "车辆牌照|vehicle_no|CLPZ", each(&ways, |(v, _)| plates[*v].clone())).col(
            "vehicle.vin",
            "车架号|frame_no|CJH",
            each(&ways, |(v, _)| vins[*v].clone()),
        ),
    };
    sheet
        .col("", "定位时间|gps_time|DWSJ", each(&ways, |(_, f)| clock(&day, 27_000 + f.seconds)))
        .col("?location.point ?vehicle.track", "经度|longitude|JD", each(&ways, |(_, f)| degrees(f.longitude)))
        .col("?location.point ?vehicle.track", "纬度|latitude|WD", each(&ways, |(_, f)| degrees(f.latitude)))
        .col("", "速度|speed|SD", each(&ways, |(_, f)| f.speed.to_string()))
        .col("", "方向|direction|FX", integers(random, ways.len(), 0, 359))
        .col("", "状态|status|ZT", picks(random, ways.len(), &["ACC开", "ACC开", "行驶"]))
        .records(&["vehicle.track"])
        .may(&["location.point", "vehicle.telemetry"])
        .subjects(known)
        .done()
}

/// Positions in millionths of a degree and epoch seconds, as terminals send them.
fn gps_scaled(random: &mut Random, variant: u64) -> Table {
    let ways = ways(random, 100, 20);
    let known = vehicles_of(&ways);
    let terminals = codes(random, known, "0", 11);
    let start = 1_710_460_800 + random.between(0, 9_000_000);
    let plates = value::distinct(random, known, people::plate);
    Sheet::new(variant + 1, "jt808_0200")
        .col(
            "?device.id ?account.user ?vehicle.id",
            "终端号|terminal_id|ZDH",
            each(&ways, |(v, _)| terminals[*v].clone()),
        )
        .col("vehicle.plate", "车牌|plate|CP", each(&ways, |(v, _)| plates[*v].clone()))
        .col("?location.point ?vehicle.track", "纬度|lat|WD", each(&ways, |(_, f)| f.latitude.to_string()))
        .col("?location.point ?vehicle.track", "经度|lng|JD", each(&ways, |(_, f)| f.longitude.to_string()))
        .col("", "高程|altitude|GC", integers(random, ways.len(), 10, 520))
        .col("", "速度|speed|SD", each(&ways, |(_, f)| (f.speed * 10).to_string()))
        .col("", "时间|ts|SJ", each(&ways, |(_, f)| (start + f.seconds).to_string()))
        .records(&["vehicle.track"])
        .may(&["location.point", "vehicle.telemetry"])
        .subjects(known)
        .done()
}

/// The working condition of electric vehicles after GB/T 32960.
fn telemetry(random: &mut Random, variant: u64) -> Table {
    let (n, known) = (rows(random), random.between(2, 8) as usize);
    let vins = value::distinct(random, known, value::vin);
    let seen = every(random, n, &vins);
    Sheet::new(variant, "实时工况数据")
        .col("vehicle.vin", "车辆VIN|vin|VIN", seen)
        .col("", "采集时间|collect_time|CJSJ", times(random, n, 2024, 2024))
        .col("", "车速|vehicle_speed|CS", decimals(random, n, 0, 120, 1))
        .col("", "累计里程|odometer|LJLC", decimals(random, n, 1200, 90_000, 1))
        .col("", "总电压|total_voltage|ZDY", decimals(random, n, 310, 410, 1))
        .col("", "总电流|total_current|ZDL", decimals(random, n, -120, 260, 1))
        .col("", "SOC|soc|SOC", integers(random, n, 8, 100))
        .col("", "绝缘电阻|insulation_resistance|JYDZ", integers(random, n, 900, 5000))
        .col("", "挡位|gear|DW", picks(random, n, &["D", "P", "R", "N"]))
        .col("", "最高单体电压|max_cell_voltage|ZGDTDY", decimals(random, n, 3, 4, 3))
        .records(&["vehicle.telemetry"])
        .subjects(known)
        .done()
}

/// Trips with where they began and ended.
fn trips(random: &mut Random, variant: u64) -> Table {
    let (n, known) = (rows(random), random.between(4, 12) as usize);
    let plates = value::distinct(random, known, people::plate);
    let seen = every(random, n, &plates);
    let ends: Vec<Place> = some(random, n, PLACES);
    let near = |random: &mut Random, center: f64| format!("{:.5}", center + random.between(-5000, 5000) as f64 / 1e5);
    let mut points: Vec<[String; 4]> = Vec::new();
    for place in &ends {
        points.push([place.at.0, place.at.1, place.at.0, place.at.1].map(|center| near(random, center)));
    }
    Sheet::new(variant, "行程记录")
        .col("", "行程ID|trip_id|XCID", value::values(random, n, value::snowflake))
        .col("vehicle.plate", "车牌号|car_no|CPH", seen)
        .col("", "出发时间|start_time|CFSJ", times(random, n, 2024, 2024))
        .col("?location.point ?vehicle.track", "起点经度|start_lng|QDJD", each(&points, |p| p[0].clone()))
        .col("?location.point ?vehicle.track", "起点纬度|start_lat|QDWD", each(&points, |p| p[1].clone()))
        .col("?location.point ?vehicle.track", "终点经度|end_lng|ZDJD", each(&points, |p| p[2].clone()))
        .col("?location.point ?vehicle.track", "终点纬度|end_lat|ZDWD", each(&points, |p| p[3].clone()))
        .col("", "里程(km)|distance_km|LC", decimals(random, n, 1, 60, 1))
        .col("", "耗时(分)|duration_min|HS", integers(random, n, 4, 130))
        .records(&["vehicle.track"])
        .may(&["location.point"])
        .subjects(known)
        .done()
}

/// Orders of a ride-hailing platform: passenger, driver, and from where to where.
fn ride_orders(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let mut passengers = people(random, n + 8);
    let drivers = passengers.split_off(n);
    let plates = value::distinct(random, drivers.len(), people::plate);
    let who: Vec<usize> = every(random, n, &(0..drivers.len()).collect::<Vec<_>>());
    let spot = |r: &mut Random| format!("{}{}号", r.pick(ROADS), r.between(1, 300));
    Sheet::new(variant, "网约车订单")
        .col("", "订单号|order_no|DDH", codes(random, n, "20240315", 10))
        .col("contact.mobile", "乘客手机|passenger_phone|CKSJ", each(&passengers, |p| p.mobile.clone()))
        .col("person.name", "司机姓名|driver_name|SJXM", each(&who, |d| drivers[*d].name.clone()))
        .col("contact.mobile", "司机电话|driver_phone|SJDH", each(&who, |d| drivers[*d].mobile.clone()))
        .col("vehicle.plate", "车牌号|plate_no|CPH", each(&who, |d| plates[*d].clone()))
        .col("?contact.address ?location.point", "上车地点|pickup_address|SCDD", texts(random, n, spot))
        .col("?contact.address ?location.point", "下车地点|dropoff_address|XCDD", texts(random, n, spot))
        .col("", "上车时间|pickup_time|SCSJ", times(random, n, 2024, 2024))
        .col("", "金额(元)|fare|JE", amounts(random, n, 8, 180))
        .may(&["vehicle.track", "retail.order"])
        .subjects(n + drivers.len())
        .done()
}

/// Vehicles that passed cameras.
fn checkpoints(random: &mut Random, variant: u64) -> Table {
    let (n, known) = (rows(random), random.between(6, 15) as usize);
    let plates = value::distinct(random, known, people::plate);
    let seen = every(random, n, &plates);
    let gates = [
        "G4京港澳K12+300卡口",
        "S32申嘉湖主线卡口",
        "环城北路-文一路东向西",
        "机场高速收费站入口",
        "南五环西红门卡口",
        "江南大道与滨盛路口",
    ];
    Sheet::new(variant, "卡口过车记录")
        .col("", "设备编号|device_code|SBBH", picks(random, n, &["33010601", "33010602", "33010815", "33010877"]))
        .col("", "卡口名称|gate_name|KKMC", picks(random, n, &gates))
        .col("vehicle.plate", "号牌号码|plate_no|HPHM", seen)
        .col("", "号牌种类|plate_type|HPZL", picks(random, n, &["02", "01", "52"]))
        .col("", "车道号|lane_no|CDH", integers(random, n, 1, 5))
        .col("", "通过时间|pass_time|TGSJ", times(random, n, 2024, 2024))
        .col(
            "?media.image",
            "图片地址|image_url|TPDZ",
            texts(random, n, |r| format!("/pic/20240315/{}.jpg", value::hex(r, 16))),
        )
        .records(&["vehicle.track"])
        .may(&["vehicle.flow"])
        .subjects(known)
        .done()
}

/// How many vehicles passed.
fn road_flow(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let sections: Vec<String> =
        (0..8).map(|_| format!("{}({}段)", random.pick(ROADS), random.pick(PLACES).district)).collect();
    Sheet::new(variant, "路段车流量统计")
        .col("", "路段编号|section_id|LDBH", integers(random, n, 10_001, 10_008))
        .col("", "路段名称|section_name|LDMC", some(random, n, &sections))
        .col("", "统计时段|period|TJSD", times(random, n, 2024, 2024))
        .col("?vehicle.flow", "车流量|traffic_volume|CLL", integers(random, n, 40, 4200))
        .col("?vehicle.flow", "小型车|small_vehicles|XXC", integers(random, n, 30, 3600))
        .col("?vehicle.flow", "大型车|large_vehicles|DXC", integers(random, n, 0, 500))
        .col("", "平均车速|avg_speed|PJCS", decimals(random, n, 15, 95, 1))
        .col("", "拥堵指数|congestion_index|YDZS", decimals(random, n, 1, 8, 2))
        .records(if variant % 7 == 6 { &[] } else { &["vehicle.flow"] })
        .may(&["vehicle.flow", "contact.address"])
        .done()
}

/// Vehicles between pairs of cells of a grid.
fn od_counts(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant, "OD车流矩阵")
        .col("", "起点网格|o_grid|QDWG", integers(random, n, 1, 400))
        .col("", "终点网格|d_grid|ZDWG", integers(random, n, 1, 400))
        .col("", "小时|hour|XS", integers(random, n, 0, 23))
        .col("?vehicle.flow", "车辆数|vehicle_num|CLS", integers(random, n, 1, 320))
        .col("", "平均行程时间|avg_travel_time|PJXCSJ", decimals(random, n, 3, 90, 1))
        .records(if matches!(variant % 7, 0 | 1) { &["vehicle.flow"] } else { &[] })
        .may(&["vehicle.flow"])
        .done()
}

/// Where the users of an app were.
fn app_positions(random: &mut Random, variant: u64) -> Table {
    let ways = ways(random, 110, 300);
    let users = codes(random, vehicles_of(&ways), "u_", 8);
    let day = value::day(random, 2024, 2024);
    Sheet::new(variant, "user_location_log")
        .col("~account.user", "用户ID|user_id|YHID", each(&ways, |(v, _)| users[*v].clone()))
        .col("", "上报时间|report_time|SBSJ", each(&ways, |(_, f)| clock(&day, f.seconds)))
        .col("?vehicle.track ?location.point", "经度|lon|JD", each(&ways, |(_, f)| degrees(f.longitude)))
        .col("?vehicle.track ?location.point", "纬度|lat|WD", each(&ways, |(_, f)| degrees(f.latitude)))
        .col("", "定位精度|accuracy|DWJD", integers(random, ways.len(), 5, 60))
        .col("", "网络类型|net_type|WLLX", picks(random, ways.len(), &["4G", "5G", "WIFI"]))
        .may(&["vehicle.track", "location.point"])
        .subjects_if_named(users.len())
        .done()
}

/// Buses by the numbers that their firm gave them.
fn bus_fleet(random: &mut Random, variant: u64) -> Table {
    let ways = ways(random, 120, 15);
    let numbers = codes(random, vehicles_of(&ways), "", 5);
    let day = value::day(random, 2024, 2024);
    Sheet::new(variant, "公交车辆GPS")
        .col("~vehicle.id", "车辆自编号|bus_id|CLZBH", each(&ways, |(v, _)| numbers[*v].clone()))
        .col("", "线路|line_name|XL", picks(random, ways.len(), &["58路", "夜12路", "快速公交1线"]))
        .col("?location.point ?vehicle.track", "经度|lng|JD", each(&ways, |(_, f)| degrees(f.longitude)))
        .col("?location.point ?vehicle.track", "纬度|lat|WD", each(&ways, |(_, f)| degrees(f.latitude)))
        .col("", "瞬时速度|speed|SSSD", each(&ways, |(_, f)| f.speed.to_string()))
        .col("", "上报时间|report_time|SBSJ", each(&ways, |(_, f)| clock(&day, 25_000 + f.seconds)))
        .records(if variant < 4 { &["vehicle.track"] } else { &[] })
        .may(&["vehicle.track", "location.point"])
        .subjects_if_named(numbers.len())
        .done()
}

/// Parcels with who sends and who gets them.
fn waybills(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let mut senders = people(random, 2 * n);
    let receivers = senders.split_off(n);
    let phone = |cells: Vec<String>| if variant == 4 { damage::masked(3, 4, cells) } else { cells };
    let sheet = Sheet::new(variant, "运单明细")
        .col("", "运单号|waybill_no|YDH", codes(random, n, "SF", 13))
        .col("person.name", "寄件人|sender_name|JJR", each(&senders, |p| p.name.clone()))
        .col("contact.mobile", "寄件人电话|sender_phone|JJRDH", phone(each(&senders, |p| p.mobile.clone())))
        .col("contact.address", "寄件地址|sender_address|JJDZ", each(&senders, |p| p.address.clone()))
        .col("person.name", "收件人|receiver_name|SJR", each(&receivers, |p| p.name.clone()))
        .col("contact.mobile", "收件人电话|receiver_phone|SJRDH", phone(each(&receivers, |p| p.mobile.clone())))
        .col("contact.address", "收件地址|receiver_address|SJDZ", each(&receivers, |p| p.address.clone()))
        .col("", "托寄物|goods|TJW", texts(random, n, |r| r.pick(GOODS).0.to_owned()))
        .col("", "重量(kg)|weight_kg|ZL", decimals(random, n, 0, 30, 2))
        .col("", "揽收时间|collected_at|LSSJ", times(random, n, 2024, 2024))
        .may(&["logistics.route", "retail.order"]);
    if variant == 4 { sheet.done() } else { sheet.subjects(2 * n).done() }
}

/// Goods that lorries carried from where to where.
fn freight_routes(random: &mut Random, variant: u64) -> Table {
    let (n, known) = (rows(random), random.between(8, 30) as usize);
    let plates = value::distinct(random, known, people::plate);
    let seen = every(random, n, &plates);
    let yard = |r: &mut Random| format!("{}{}物流园", r.pick(PLACES).city, r.pick(FIRM_WORDS));
    Sheet::new(variant, "干线运输计划")
        .col("", "运单编号|transport_no|YDBH", codes(random, n, "YD24", 8))
        .col("vehicle.plate", "承运车牌|truck_plate|CYCP", seen)
        .col(
            "",
            "货物名称|cargo_name|HWMC",
            picks(random, n, &["锂电池模组", "汽车座椅总成", "冷轧钢卷", "服装", "家用电器", "化肥", "玉米"]),
        )
        .col("", "货物重量(吨)|cargo_weight_t|HWZL", decimals(random, n, 1, 33, 2))
        .col("?contact.address", "始发地|origin|SFD", texts(random, n, yard))
        .col("?contact.address", "目的地|destination|MDD", texts(random, n, yard))
        .col("", "途经|via|TJ", picks(random, n, &["G60沪昆高速", "G4京港澳高速", "G15沈海高速", "G30连霍高速"]))
        .col("", "发车时间|depart_time|FCSJ", times(random, n, 2024, 2024))
        .records(if variant == 6 { &[] } else { &["logistics.route"] })
        .may(&["logistics.route", "vehicle.track"])
        .subjects(known)
        .done()
}

/// What happened to parcels on their way.
fn parcel_traces(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let parcels = codes(random, n / 6, "YT", 13);
    let step = |r: &mut Random| {
        let city = r.pick(PLACES).city;
        match r.below(4) {
            0 => format!("【{city}】快件已到达 {city}转运中心"),
            1 => format!("【{city}】快件离开，发往{}", r.pick(PLACES).city),
            2 => format!("【{city}】{}（{}）正在派件", people::name(r), value::mobile(r)),
            _ => format!("【{city}】已签收，签收人：{}", people::name(r)),
        }
    };
    Sheet::new(variant, "物流轨迹")
        .col("", "快递单号|tracking_no|KDDH", every(random, n, &parcels))
        .col("", "扫描时间|scan_time|SMSJ", times(random, n, 2024, 2024))
        .col("", "操作|action|CZ", picks(random, n, &["到件", "发件", "派件", "签收"]))
        .col("contact.mobile ?person.name", "轨迹描述|trace_desc|GJMS", texts(random, n, step))
        .col("?account.user", "操作员|operator_no|CZY", picks(random, n, &["00218834", "00219971", "00230102"]))
        .may(&["logistics.route"])
        .done()
}

/// Tasks of drivers in a fleet, who are known by name and number.
fn dispatch_tasks(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let drivers = people(random, 12);
    let numbers = value::serial("SJ", 20_011, 5, 12);
    let who: Vec<usize> = every(random, n, &(0..12).collect::<Vec<_>>());
    Sheet::new(variant, "派车任务单")
        .col("", "任务单号|task_no|RWDH", codes(random, n, "PC2024", 6))
        .col("?account.user", "司机工号|driver_no|SJGH", each(&who, |d| numbers[*d].clone()))
        .col("person.name", "司机|driver|SJ", each(&who, |d| drivers[*d].name.clone()))
        .col("contact.mobile", "司机手机|driver_mobile|SJSJ", each(&who, |d| drivers[*d].mobile.clone()))
        .col("", "线路|line|XL", texts(random, n, |r| format!("{}-{}", r.pick(PLACES).city, r.pick(PLACES).city)))
        .col("", "计划发车|planned_departure|JHFC", times(random, n, 2024, 2024))
        .col("", "装载率|load_rate|ZZL", decimals(random, n, 40, 100, 1))
        .col("", "状态|status|ZT", constant(n, "已完成"))
        .may(&["logistics.route"])
        .subjects(12)
        .done()
}
