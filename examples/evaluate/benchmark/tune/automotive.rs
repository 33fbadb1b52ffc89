//! Vehicles: who owns, drives, rents and repairs them.

use super::people::{self, Person, people};
use super::sheet::{Sheet, amounts, codes, days, each, every, integers, picks, rows, some, texts, times};
use super::words::{CARS, PLACES};
use crate::benchmark::{Generator, Table, damage, value};
use exportscan::demo::Random;

/// Tables of this trade.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("vehicle_owners", 7, owners),
        ("workshop_orders", 6, workshop_orders),
        ("fleet_drivers", 5, fleet_drivers),
        ("vehicle_register", 4, vehicle_register),
        ("car_rental", 5, car_rental),
        ("test_drives", 4, test_drives),
        ("connected_units", 4, connected_units),
        ("accidents", 4, accidents),
        ("parking", 3, parking),
        ("dash_cameras", 3, dash_cameras),
    ]
}

/// The customers of a maker with their vehicles.
fn owners(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let plates = value::distinct(random, n, people::plate);
    let vins = value::distinct(random, n, value::vin);
    let mobiles = each(&people, |p| p.mobile.clone());
    Sheet::new(variant, "车主档案")
        .col("person.name", "车主姓名|owner_name|CZXM", each(&people, |p| p.name.clone()))
        .col("", "性别|gender|XB", each(&people, |p| p.sex.to_owned()))
        .col("identity.resident_id", "身份证号|id_card_no|SFZH", each(&people, |p| p.id.clone()))
        .col("contact.mobile", "手机号|mobile|SJH", if variant == 3 { damage::fractional(mobiles) } else { mobiles })
        .col("contact.address", "联系地址|address|LXDZ", each(&people, |p| p.address.clone()))
        .col(
            "vehicle.plate",
            "车牌号|plate_no|CPH",
            if variant % 2 == 1 { damage::gaps(random, 9, plates) } else { plates },
        )
        .col("vehicle.vin", "车架号|vin|CJH", vins)
        .col("~vehicle.engine", "发动机号|engine_no|FDJH", codes(random, n, "EA", 7))
        .col("", "车型|model_name|CX", picks(random, n, CARS))
        .col("", "购车日期|purchase_date|GCRQ", days(random, n, 2017, 2024))
        .subjects(n)
        .done()
}

/// What a workshop did for whom.
fn workshop_orders(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let customers = people(random, n / 2);
    let who = every(random, n, &customers);
    let vehicles: Vec<(String, String)> = each_pair(random, customers.len());
    let which: Vec<_> = who.iter().map(|p| vehicles[place_of(&customers, p)].clone()).collect();
    let faults = [
        "更换机油机滤",
        "前刹车片磨损，更换",
        "空调不制冷，加冷媒",
        "右前门钣金喷漆",
        "四轮定位",
        "更换12V蓄电池",
        "OTA升级后车机黑屏",
        "全车检测",
    ];
    let advisers = ["工号0231", "工号0145", "工号0377"];
    Sheet::new(variant, "维修工单")
        .col("", "工单号|order_no|GDH", texts(random, n, |r| format!("RO2024{:02}{}", r.between(1, 12), r.digits(6))))
        .col("person.name", "送修人|sender_name|SXR", each(&who, |p| p.name.clone()))
        .col("contact.mobile", "联系电话|phone|LXDH", each(&who, |p| p.mobile.clone()))
        .col("vehicle.plate", "车牌号码|licence_plate|CPHM", each(&which, |v| v.0.clone()))
        .col("vehicle.vin", "VIN码|vin|VIN", each(&which, |v| v.1.clone()))
        .col("", "行驶里程|mileage|XSLC", integers(random, n, 800, 186_000))
        .col("", "维修项目|repair_item|WXXM", picks(random, n, &faults))
        .col("", "工时费|labour_cost|GSF", amounts(random, n, 50, 3000))
        .col("", "服务顾问|adviser|FWGW", picks(random, n, &advisers))
        .col("", "进厂时间|arrived_at|JCSJ", times(random, n, 2023, 2024))
        .may(&["account.user"])
        .subjects(customers.len())
        .done()
}

/// The drivers of a haulage firm.
fn fleet_drivers(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    Sheet::new(variant, "驾驶员信息表")
        .col("~account.user", "司机编号|driver_id|SJBH", value::serial("D", 1001, 5, n))
        .col("person.name", "驾驶员姓名|driver_name|JSYXM", each(&people, |p| p.name.clone()))
        .col(
            "~identity.driver_licence ?identity.driver_licence ?identity.resident_id",
            "驾驶证号|driver_license_no|JSZH",
            each(&people, |p| p.id.clone()),
        )
        .col(
            "~identity.driver_file",
            "驾驶证档案编号|driver_file_no|DABH",
            each(&people, |p| format!("{}{}", &p.place.area[..4], &p.mobile[3..])),
        )
        .col("", "准驾车型|licence_class|ZJCX", picks(random, n, &["A1", "A2", "B2", "C1", "A2E"]))
        .col("", "初次领证日期|first_issue_date|CCLZRQ", days(random, n, 1998, 2018))
        .col(
            "?identity.resident_id",
            "从业资格证号|qualification_no|CYZGZH",
            each(&people, |p| format!("{}{}", &p.place.area, p.mobile)),
        )
        .col("contact.mobile", "联系电话|mobile|LXDH", each(&people, |p| p.mobile.clone()))
        .col("vehicle.plate", "所驾车辆|plate|SJCL", value::distinct(random, n, people::plate))
        .subjects(n)
        .done()
}

/// Vehicles of a fleet, with nobody in it.
fn vehicle_register(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant, "车辆台账")
        .col("", "序号|seq|XH", value::serial("", 1, 1, n))
        .col("vehicle.plate", "号牌号码|plate_number|HPHM", value::distinct(random, n, people::plate))
        .col("", "号牌颜色|plate_color|HPYS", picks(random, n, &["蓝色", "黄色", "渐变绿"]))
        .col("vehicle.vin", "车辆识别代号|vin_code|CLSBDH", value::distinct(random, n, value::vin))
        .col(
            "~vehicle.licence",
            "行驶证号|vehicle_licence_no|XSZH",
            texts(random, n, |r| format!("{}{}", &r.pick(PLACES).area[..4], r.digits(8))),
        )
        .col(
            "~vehicle.engine",
            "发动机号码|engine_number|FDJHM",
            texts(random, n, |r| format!("{}{}", r.string(b"ABCDGHLK", 2), r.digits(6))),
        )
        .col("", "品牌型号|brand_model|PPXH", picks(random, n, CARS))
        .col("", "核定载质量|rated_load_kg|HDZZL", integers(random, n, 500, 32_000))
        .col("", "强制报废期止|scrap_date|QZBFQ", days(random, n, 2028, 2039))
        .subjects(n)
        .done()
}

/// Who rented which vehicle.
fn car_rental(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let masked =
        |cells: Vec<String>, front, back| if variant % 3 == 2 { damage::masked(front, back, cells) } else { cells };
    let sheet = Sheet::new(variant, "租车订单")
        .col("", "订单编号|order_id|DDBH", value::values(random, n, value::snowflake))
        .col("person.name", "承租人|renter|CZR", each(&people, |p| p.name.clone()))
        .col("identity.resident_id", "证件号码|cert_no|ZJHM", masked(each(&people, |p| p.id.clone()), 3, 4))
        .col("contact.mobile", "手机号码|mobile_no|SJHM", masked(each(&people, |p| p.mobile.clone()), 3, 4))
        .col("vehicle.plate", "车牌|plate|CP", value::distinct(random, n, people::plate))
        .col("", "取车门店|pickup_store|QCMD", each(&people, |p| format!("{}{}机场店", p.place.city, p.place.district)))
        .col("", "取车时间|pickup_time|QCSJ", times(random, n, 2024, 2024))
        .col("", "租金|rent_amount|ZJ", amounts(random, n, 120, 4800))
        .may(&["contact.address"]);
    if variant % 3 == 2 { sheet.done() } else { sheet.subjects(n).done() }
}

/// Who wants to try a car.
fn test_drives(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let mobiles = each(&people, |p| p.mobile.clone());
    let mobiles = match variant {
        1 => damage::prefixed("+86", mobiles),
        2 => each(&mobiles, |m| format!("{} {} {}", &m[..3], &m[3..7], &m[7..])),
        3 => damage::prefixed("0086-", mobiles),
        _ => mobiles,
    };
    Sheet::new(variant, "试驾预约线索")
        .col("", "线索ID|lead_id|XSID", value::serial("", 880_121, 7, n))
        .col("person.name", "客户姓名|customer_name|KHXM", each(&people, |p| p.name.clone()))
        .col("contact.mobile", "客户电话|customer_phone|KHDH", mobiles)
        .col("?contact.address", "所在城市|city|SZCS", each(&people, |p| p.place.city.to_owned()))
        .col("", "意向车型|intended_model|YXCX", picks(random, n, CARS))
        .col("", "预约试驾时间|appointment_time|YYSJ", times(random, n, 2024, 2024))
        .col("", "线索来源|source|XSLY", picks(random, n, &["官网", "抖音", "车展", "老客户转介绍", "汽车之家"]))
        .subjects(n)
        .done()
}

/// The communication units of connected vehicles.
fn connected_units(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant, "tbox_binding")
        .col("vehicle.vin", "车架号|vin|VIN", value::distinct(random, n, value::vin))
        .col("?device.id", "终端序列号|tbox_sn|ZDXLH", codes(random, n, "TBX", 12))
        .col("device.id", "ICCID|iccid|ICCID", value::distinct(random, n, value::iccid))
        .col("device.id", "IMEI|imei|IMEI", value::distinct(random, n, value::imei))
        .col("~device.id", "IMSI|imsi|IMSI", codes(random, n, "46001", 10))
        .col("?device.id ?contact.mobile", "物联网卡号|msisdn|WLWKH", codes(random, n, "14410", 8))
        .col("", "固件版本|firmware|GJBB", picks(random, n, &["V2.3.11", "V2.4.0", "V3.0.2"]))
        .col("", "激活时间|activated_at|JHSJ", times(random, n, 2022, 2024))
        .subjects(n)
        .done()
}

/// Accidents with both drivers and what is told of them.
fn accidents(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let mut ours = people(random, 2 * n);
    let theirs = ours.split_off(n);
    let told = |r: &mut Random, p: &Person| match r.below(3) {
        0 => format!(
            "{}驾车行驶至{}{}路口，与前车追尾，无人员伤亡",
            p.name,
            p.place.district,
            r.pick(super::words::ROADS)
        ),
        1 => "变道时发生剐蹭，右后门受损，双方协商处理".to_owned(),
        _ => "倒车时碰撞护栏，后保险杠破损".to_owned(),
    };
    let story = ours.iter().map(|p| told(random, p)).collect();
    Sheet::new(variant, "事故报案登记")
        .col("", "报案号|report_no|BAH", codes(random, n, "BA2024", 10))
        .col("person.name", "当事人姓名|party_name|DSRXM", each(&ours, |p| p.name.clone()))
        .col("identity.resident_id", "当事人身份证号|party_id_no|DSRSFZH", each(&ours, |p| p.id.clone()))
        .col("vehicle.plate", "本车车牌|our_plate|BCCP", value::distinct(random, n, people::plate))
        .col("person.name", "对方姓名|other_name|DFXM", each(&theirs, |p| p.name.clone()))
        .col("contact.mobile", "对方电话|other_phone|DFDH", each(&theirs, |p| p.mobile.clone()))
        .col("vehicle.plate", "对方车牌|other_plate|DFCP", value::distinct(random, n, people::plate))
        .col("?person.name ?contact.address", "事故经过|description|SGJG", story)
        .col("", "定损金额|loss_amount|DSJE", amounts(random, n, 300, 42_000))
        .subjects(2 * n)
        .done()
}

/// Who entered a car park.
fn parking(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let plates = value::distinct(random, n / 3, people::plate);
    let seen = every(random, n, &plates);
    let lanes = ["东门1号入口", "东门2号出口", "地库B1入口", "西门出口"];
    Sheet::new(variant, "停车场出入记录")
        .col("", "记录编号|record_id|JLBH", value::serial("", 20_240_300, 9, n))
        .col("vehicle.plate", "车牌号码|car_number|CPHM", seen)
        .col("", "车辆类型|car_type|CLLX", picks(random, n, &["临时车", "月租车", "VIP车"]))
        .col("", "通道名称|lane|TDMC", picks(random, n, &lanes))
        .col("", "进场时间|in_time|JCSJ", times(random, n, 2024, 2024))
        .col(
            "",
            "应收金额|fee|YSJE",
            some(random, n, &["0.00", "5.00", "10.00", "15.00", "40.00"]).iter().map(ToString::to_string).collect(),
        )
        .may(&["vehicle.track", "vehicle.flow"])
        .subjects(plates.len())
        .done()
}

/// What cameras of vehicles recorded.
fn dash_cameras(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let vins = value::distinct(random, n / 4, value::vin);
    let clip = |r: &mut Random| format!("s3://dms-clips/2024/{}/{}.mp4", r.digits(4), value::hex(r, 16));
    let still = |r: &mut Random| format!("s3://dms-clips/2024/{}/{}.jpg", r.digits(4), value::hex(r, 16));
    Sheet::new(variant, "行车影像索引")
        .col("vehicle.vin", "车架号|vin|CJH", every(random, n, &vins))
        .col("", "摄像头|camera|SXT", picks(random, n, &["前视", "后视", "车内DMS", "左侧"]))
        .col("media.video", "视频地址|video_url|SPDZ", texts(random, n, clip))
        .col("?media.image", "封面图|cover_image|FMT", texts(random, n, still))
        .col("", "录制时间|recorded_at|LZSJ", times(random, n, 2024, 2024))
        .col("", "时长(秒)|duration_s|SC", integers(random, n, 5, 120))
        .may(&["vehicle.track", "media.video", "media.image"])
        .subjects(vins.len())
        .done()
}

fn each_pair(random: &mut Random, n: usize) -> Vec<(String, String)> {
    let plates = value::distinct(random, n, people::plate);
    plates.into_iter().zip(value::distinct(random, n, value::vin)).collect()
}

fn place_of(people: &[Person], person: &Person) -> usize {
    people.iter().position(|other| other.id == person.id).unwrap_or_default()
}
