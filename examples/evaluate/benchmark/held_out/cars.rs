//! Cars: dealers, workshops, terminals on board, fleets, police, car parks, rides, roads.

use super::draft::{
    ACCOUNT, BORN, DEVICE, HOME, MOBILE, NAME, NONE, PLATE, POINT, RESIDENT, VIN, days, head, meaningless, of, per, rows_of, some, spans, unnamed, written,
};
use super::people::{mobile, people, place, plate, vin};
use super::words::{CARS, ESTATES, ROADS};
use crate::benchmark::{Form, Table, damage, value};
use exportscan::demo::Random;

/// Sales of a dealer.
pub(super) fn sales(random: &mut Random, v: u64) -> Table {
    let n = 55 + 11 * v as usize;
    let (p, seller) = (people(random, n), people(random, 6));
    let sellers = rows_of(random, n, &seller);
    let h = |s| head(v, s);
    let phone = match v {
        1 => damage::fractional(of(&p, |p| &p.mobile)),
        4 => damage::grouped(4, '-', of(&p, |p| &p.mobile)),
        _ => of(&p, |p| &p.mobile),
    };
    let table = Table::new(h("整车销售明细|vehicle_sales|XSMX|TT_SALES_ORDER|销售台帐|che_liang_xiaoshou"))
        .column(h("销售单号|soNo|XSDH|SO_NO|单号|xiaoshou_danhao"), NONE, value::serial("XS2405", 18, 5, n))
        .column(h("客户姓名|customerName|KHXM|CUSTOMER_NAME|购车人|kehu_xingming"), NAME, of(&p, |p| &p.name))
        .column(h("联系电话|customerMobile|LXDH|MOBILE|电话|lianxi_dianhua"), MOBILE, phone)
        .column(h("身份证号码|certNo|SFZH|CT_CODE|证件号|shenfenzheng"), RESIDENT, of(&p, |p| &p.id))
        .column(h("地址|address|DZ|ADDRESS|住址|dizhi"), HOME, of(&p, |p| &p.address))
        .column(h("车型|modelName|CX|MODEL_NAME|车型|chexing"), NONE, some(random, n, CARS))
        .column(h("车架号(VIN)|vin|CJH|VIN|底盘号|chejiahao"), VIN, of(&p, |p| &p.vin))
        .column(h("发动机号|engineNo|FDJH|ENGINE_NO|发动机号|fadongji"), &["vehicle.engine"], value::values(random, n, |r| format!("{}{}", r.pick(&["EA888-", "4G15T", "B48", "DKV", ""]), r.digits(7))))
        .column(h("成交价|dealPrice|CJJ|DEAL_PRICE|开票价|chengjiaojia"), NONE, value::values(random, n, |r| value::integer(r, 68_800, 428_800)))
        .column(h("销售顾问|salesConsultant|XSGW|SALES_CONSULTANT|顾问|xiaoshou_guwen"), NAME, of(&sellers, |p| &p.name))
        .column(h("交车日期|deliveryDate|JCRQ|DELIVERY_DATE|交车|jiaoche_riqi"), NONE, value::values(random, n, |r| value::day(r, 2023, 2024)))
        .subjects(n);
    written(table, v + 1)
}

/// Orders of a workshop: who owns the car, and who brought it.
pub(super) fn repairs(random: &mut Random, v: u64) -> Table {
    let n = 60 + 8 * v as usize;
    let (owner, bringer) = (people(random, n), people(random, n));
    let h = |s| head(v, s);
    let table = Table::new(h("维修工单|repair_order|TT_REPAIR_ORDER|GDXX|工单"))
        .column(h("工单号|ro_no|RO_NO|GDH|列1"), NONE, value::values(random, n, |r| format!("RO24{:02}{:02}{}", r.between(1, 12), r.between(1, 28), r.digits(4))))
        .column(h("车牌号|licence_plate|LICENSE|CPH|列2"), PLATE, if v == 2 { damage::prefixed(" ", of(&owner, |p| &p.plate)) } else { of(&owner, |p| &p.plate) })
        .column(h("VIN码|vin_code|VIN|CJH|列3"), VIN, if v == 1 { of(&owner, |p| &p.vin).iter().map(|vin| vin.to_lowercase()).collect() } else { of(&owner, |p| &p.vin) })
        .column(h("车主|owner_name|OWNER_NAME|CZXM|列4"), NAME, of(&owner, |p| &p.name))
        .column(h("车主手机|owner_mobile|OWNER_PHONE|CZSJ|列5"), MOBILE, of(&owner, |p| &p.mobile))
        .column(h("送修人|deliverer|DELIVERER|SXR|列6"), NAME, of(&bringer, |p| &p.name))
        .column(h("送修人电话|deliverer_mobile|DELIVERER_MOBILE|SXRDH|列7"), MOBILE, of(&bringer, |p| &p.mobile))
        .column(h("进厂里程(km)|in_mileage|IN_MILEAGE|JCLC|列8"), NONE, value::values(random, n, |r| value::integer(r, 800, 160_000)))
        .column(h("故障描述|trouble_desc|TROUBLE_DESC|GZMS|列9"), NONE, some(random, n, &["首保", "更换机油机滤", "右前门异响", "发动机故障灯亮", "空调不制冷，检查压缩机", "左前大灯进水"]))
        .column(h("工时费|labour_amount|LABOUR_AMOUNT|GSF|列10"), NONE, value::values(random, n, |r| value::decimal(r, 0, 2600, 2)))
        .column(h("配件费|part_amount|PART_AMOUNT|PJF|列11"), NONE, value::values(random, n, |r| value::decimal(r, 0, 9000, 2)))
        .subjects(2 * n);
    match v {
        4 => written(meaningless(table, |at| format!("列{}", at + 1)), v),
        _ => written(table, v),
    }
}

/// Positions of a few vehicles, as a T-Box or a tachograph of JT/T 808 sends them.
pub(super) fn tracks(random: &mut Random, v: u64) -> Table {
    let vehicles = 3 + v as usize % 3;
    let each = 28;
    let n = vehicles * each;
    let h = |s| head(v, s);
    let by_plate = v % 2 == 1;
    let mut ids = Vec::with_capacity(n);
    let mut fixes = Vec::with_capacity(n);
    for _ in 0..vehicles {
        let id = if by_plate { plate(random) } else { vin(random) };
        let (.., longitude, latitude) = place(random);
        ids.extend(std::iter::repeat_n(id, each));
        fixes.extend(value::way(random, (longitude, latitude), each, [30, 10, 15, 60, 5, 30, 20][v as usize % 7]));
    }
    let scaled = |at: i64| if v == 3 { at.to_string() } else { value::degrees(at) };
    let when = per(&fixes, |fix| {
        let clock = value::clock("2024-04-18", 27_000 + fix.seconds);
        match v {
            2 => (1_713_396_600_000 + fix.seconds * 1000).to_string(),
            3 => clock[2..].replace(['-', ' ', ':'], ""),
            5 => clock.replace(' ', "T") + "+08:00",
            _ => clock,
        }
    });
    let hashed: Vec<String> = if v == 4 { ids.iter().map(|id| format!("{:0>32x}", id.bytes().fold(7_u128, |hash, byte| hash.wrapping_mul(0x1_0000_0193_0000_01b3) ^ u128::from(byte)))).collect() } else { ids };
    let class = if by_plate { PLATE } else { VIN };
    let track = &["vehicle.track", "location.point", "vehicle.telemetry"];
    let mut table = Table::new(h("车辆轨迹数据|gps_track|tbox_location|T0200|VEH_POS|trip_points|行驶轨迹"))
        .column(h("车架号|plate_no|vin|车牌|VIN|car_number|车架号"), class, hashed)
        .column_that_may(h("定位时间|gps_time|ts|BCD时间|COLLECT_TIME|recordTime|时间"), NONE, track, when)
        .column_that_may(h("经度|lng|lon|JD|LONGITUDE|loc.lng|经度"), NONE, track, per(&fixes, |fix| scaled(fix.longitude)))
        .column_that_may(h("纬度|lat|lat|WD|LATITUDE|loc.lat|纬度"), NONE, track, per(&fixes, |fix| scaled(fix.latitude)))
        .column_that_may(h("速度(km/h)|speed|spd|SD|VEH_SPEED|speedKmh|车速"), NONE, track, per(&fixes, |fix| (fix.speed + random.between(-3, 3)).max(0).to_string()))
        .column_that_may(h("方向|direction|heading|FX|HEADING|bearing|航向角"), NONE, track, value::values(random, n, |r| value::integer(r, 0, 359)))
        .column_that_may(h("累计里程(km)|mileage|odo|LC|ODOMETER|odometer|里程"), NONE, track, per(&fixes, |fix| format!("{}.{}", 18_200 + fix.seconds / 60, fix.seconds / 7 % 10)))
        .records(&["vehicle.track"])
        .may(track)
        .subjects(vehicles);
    if v == 4 {
        // A hash without its key stands for the car, but only the header says so.
        "vin_md5".clone_into(&mut table.columns[0].header);
    }
    if v == 6 { unnamed(table) } else { written(table, v) }
}

/// State of electric cars in the words of GB/T 32960.
pub(super) fn telemetry(random: &mut Random, v: u64) -> Table {
    let cars: Vec<String> = value::distinct(random, 5, vin);
    let n = 80 + 10 * v as usize;
    let h = |s| head(v, s);
    let state = &["vehicle.telemetry"];
    let ids: Vec<String> = (0..n).map(|at| cars[at % 5].clone()).collect();
    let number = |random: &mut Random, low, high, decimals| value::values(random, n, move |r| value::decimal(r, low, high, decimals));
    let table = Table::new(h("整车数据_GBT32960|rt_vehicle_state|ev_can_signal|REALTIME_DATA"))
        .column(h("VIN|vin|vehicle.vin|CAR_VIN"), VIN, ids)
        .column_that_may(h("采集时间|collect_time|signal.time|DATA_TIME"), NONE, state, (30_000..).step_by(2).take(n).map(|seconds| value::clock("2024-06-02", seconds / 10 * 10)).collect())
        .column_that_may(h("车辆状态|vehicle_state|signal.vehSts|CAR_STATE"), NONE, state, some(random, n, &["1", "1", "2"]))
        .column_that_may(h("充电状态|charge_state|signal.chgSts|CHARGE_STATE"), NONE, state, some(random, n, &["1", "3", "3", "4"]))
        .column_that_may(h("车速|speed|signal.vehSpd|SPEED"), NONE, state, number(random, 0, 118, 1))
        .column_that_may(h("累计里程|mileage|signal.odo|SUM_MILEAGE"), NONE, state, number(random, 10_200, 10_300, 1))
        .column_that_may(h("总电压(V)|total_voltage|signal.packVolt|SUM_VOLTAGE"), NONE, state, number(random, 330, 412, 1))
        .column_that_may(h("总电流(A)|total_current|signal.packCurr|SUM_CURRENT"), NONE, state, number(random, -120, 190, 1))
        .column_that_may(h("SOC(%)|soc|signal.soc|SOC"), NONE, state, number(random, 12, 98, 0))
        .column_that_may(h("绝缘电阻(kΩ)|insulation_resistance|signal.insRes|INSULATION_RESISTANCE"), NONE, state, number(random, 900, 9000, 0))
        .column_that_may(h("最高温度值|max_temperature|signal.maxTemp|MAX_TEMP"), NONE, state, number(random, 21, 45, 0))
        .column_that_may(h("电机转速|motor_speed|signal.motSpd|MOTOR_RPM"), NONE, state, number(random, 0, 9800, 0))
        .records(&["vehicle.telemetry"])
        .subjects(5);
    written(table, v + 2)
}

/// Terminals on board: which card and which box is in which car.
pub(super) fn terminals(random: &mut Random, v: u64) -> Table {
    let n = 50 + 10 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let table = Table::new(h("终端注册信息|tbox_binding|SIM_BIND"))
        .column(h("车架号|vin|VIN_CODE"), VIN, of(&p, |p| &p.vin))
        .column(h("终端IMEI|imei|IMEI"), DEVICE, value::values(random, n, value::imei))
        .column_that_may(h("SIM卡ICCID|iccid|ICCID"), DEVICE, DEVICE, value::values(random, n, value::iccid))
        .column_that_may(h("物联网卡号|msisdn|SIM_NO"), NONE, DEVICE, value::values(random, n, |r| format!("{}{}", r.pick(&["14402", "14861", "10649"]), r.digits(8))))
        .column(h("终端型号|terminal_model|TBOX_MODEL"), NONE, some(random, n, &["TB-4G-210", "HW-TBOX5", "LINKTECH V2"]))
        .column(h("固件版本|firmware_version|FW_VER"), NONE, some(random, n, &["2.1.14", "2.2.0", "3.0.1-rc2"]))
        .column(h("激活时间|activated_at|ACTIVE_TIME"), NONE, value::values(random, n, |r| value::time(r, 2022, 2024)))
        .subjects(n);
    written(table, v)
}

/// Drivers of a haulier, with their licences.
pub(super) fn drivers(random: &mut Random, v: u64) -> Table {
    let n = 48 + 12 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    // A licence has its holder's resident identity number, and without a header is nothing else.
    let licence = if v == 5 { RESIDENT } else { &["identity.driver_licence"] };
    let table = Table::new(h("驾驶员档案|driver_info|JSYXX|driver_list|司机名单"))
        .column(h("姓名|driver_name|XM|driverName|司机"), NAME, of(&p, |p| &p.name))
        .column(h("手机号码|driver_mobile|SJHM|driverPhone|电话"), MOBILE, if v == 2 { damage::mixed_with(random, 9, &["已离职", "待更新", "无"], of(&p, |p| &p.mobile)) } else { of(&p, |p| &p.mobile) })
        .column_that_may(h("驾驶证号|driving_licence_no|JSZH|licenseNo|驾驶证号"), licence, RESIDENT, of(&p, |p| &p.id))
        .column(h("档案编号|archive_no|DABH|fileNo|档案编号"), &["identity.driver_file"], per(&p, |p| format!("{}{}", &p.place.3[..4], p.account)))
        .column(h("准驾车型|licence_class|ZJCX|licenseType|准驾"), NONE, some(random, n, &["A2", "B2", "C1", "A1A2"]))
        .column_that_may(
            h("从业资格证号|qualification_no|CYZGZH|qualificationNo|资格证"), NONE, &["identity.driver_licence", "identity.resident_id"],
            per(&p, |p| format!("{}{}", p.place.3, random.digits(13))),
        )
        .column(h("初次领证日期|first_issue_date|CCLZRQ|firstIssueDate|领证日期"), NONE, value::values(random, n, |r| value::day(r, 1998, 2019)))
        .column(h("车牌号码|plate_number|CPHM|plateNo|车号"), PLATE, of(&p, |p| &p.plate))
        .column(h("行驶证号|vehicle_licence_no|XSZH|vehicleLicenseNo|行驶证编号"), &["vehicle.licence"], value::values(random, n, |r| format!("3{}", r.digits(12))))
        .subjects(n);
    if v == 5 { unnamed(table) } else { written(table, v + 2) }
}

/// What cameras of the police record.
pub(super) fn violations(random: &mut Random, v: u64) -> Table {
    let n = 80 + 5 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let table = Table::new(h("违法记录|violation_list|VIO_SURVEIL|wzjl"))
        .column(h("号牌号码|plate|HPHM|cphm"), PLATE, of(&p, |p| &p.plate))
        .column(h("号牌种类|plate_type|HPZL|hpzl"), NONE, some(random, n, &["02", "52", "01"]))
        .column_that_may(h("违法时间|violation_time|WFSJ|wfsj"), NONE, &["vehicle.track"], value::values(random, n, |r| value::time(r, 2024, 2024)))
        .column_that_may(h("违法地点|violation_place|WFDZ|wfdd"), NONE, HOME, value::values(random, n, |r| format!("{}与{}路口", r.pick(ROADS), r.pick(ROADS))))
        .column(h("违法行为|behaviour|WFXW|wfxw"), NONE, some(random, n, &["不按导向车道行驶", "超速20%以下", "违反禁止标线", "违停"]))
        .column(h("罚款金额|fine|FKJE|fkje"), NONE, some(random, n, &["50", "100", "200"]))
        .column_that_may(h("图片地址|image_url|ZJTP|tpdz"), NONE, &["media.image"], value::values(random, n, |r| format!("/vio/2024/{}/{}.jpg", r.digits(4), value::hex(r, 16))))
        .may(&["vehicle.track"])
        .subjects(n);
    written(table, v + 3)
}

/// A car park of a mall or of an estate.
pub(super) fn parking(random: &mut Random, v: u64) -> Table {
    let n = 100;
    let all = people(random, 60);
    let p = rows_of(random, n, &all);
    let h = |s| head(v, s);
    let resident = v == 1;
    let (enter, leave) = if resident {
        (days(random, n), value::values(random, n, |r| value::day(r, 2025, 2026)))
    } else {
        spans(random, n, (8, 900))
    };
    let plates = match v {
        2 => damage::mixed_with(random, 12, &["无牌车", "未识别", "临0001"], of(&p, |p| &p.plate)),
        3 => damage::masked(2, 2, of(&p, |p| &p.plate)),
        _ => of(&p, |p| &p.plate),
    };
    let mut table = Table::new(h("停车记录|monthly_cards|PARK_RECORD|进出场明细"))
        .column(h("车牌|plate_number|CAR_NO|车牌号码"), PLATE, plates)
        .column(h("入场时间|valid_from|IN_TIME|进场时间"), NONE, enter)
        .column(h("出场时间|valid_to|OUT_TIME|离场时间"), NONE, leave)
        .column(h("车场|lot|PARK_NAME|停车场名称"), NONE, some(random, n, ESTATES))
        .column(h("应收(元)|fee|SHOULD_PAY|应收金额"), NONE, value::values(random, n, |r| value::decimal(r, 0, 80, 1)));
    if resident {
        table = table.column("holder", NAME, of(&p, |p| &p.name)).column("holder_phone", MOBILE, of(&p, |p| &p.mobile));
    }
    table.subjects = (v != 2 && v != 3).then_some(60);
    written(table.may(&["vehicle.track"]), v)
}

/// Rides: passenger, driver, and where they went.
pub(super) fn rides(random: &mut Random, v: u64) -> Table {
    let n = 65 + 10 * v as usize;
    let (p, drivers) = (people(random, n), people(random, 14));
    let d = rows_of(random, n, &drivers);
    let h = |s| head(v, s);
    let from: Vec<_> = (0..n).map(|_| place(random)).collect();
    let near = |random: &mut Random, degrees: f64| value::degrees((degrees * 1e6) as i64 + random.between(-60_000, 60_000));
    let track = &["location.point", "vehicle.track"];
    let table = Table::new(h("网约车订单|ride_order|ORDER_FINISH|wycdd"))
        .column(h("订单号|orderId|ORDER_ID|ddh"), NONE, value::values(random, n, value::snowflake))
        .column(h("乘客手机号|passengerPhone|PASSENGER_TEL|cksjh"), MOBILE, of(&p, |p| &p.mobile))
        .column(h("司机姓名|driverName|DRIVER_NAME|sjxm"), NAME, of(&d, |p| &p.name))
        .column(h("司机电话|driverPhone|DRIVER_TEL|sjdh"), MOBILE, of(&d, |p| &p.mobile))
        .column(h("车牌号|plateNo|VEHICLE_NO|cph"), PLATE, of(&d, |p| &p.plate))
        .column_that_may(h("上车地点|departure|DEPARTURE|scdd"), HOME, HOME, per(&from, |at| super::people::address(random, *at)))
        .column_that_may(h("上车经度|depLng|DEP_LONGITUDE|scjd"), NONE, track, per(&from, |at| near(random, at.6)))
        .column_that_may(h("上车纬度|depLat|DEP_LATITUDE|scwd"), NONE, track, per(&from, |at| near(random, at.7)))
        .column_that_may(h("下单时间|orderTime|ORDER_TIME|xdsj"), NONE, track, value::values(random, n, |r| value::time(r, 2024, 2024)))
        .column(h("里程(公里)|driveMile|DRIVE_MILE|lc"), NONE, value::values(random, n, |r| value::decimal(r, 1, 42, 1)))
        .column(h("应付金额|price|FACT_PRICE|yfje"), NONE, value::values(random, n, |r| value::decimal(r, 8, 160, 2)))
        .may(&["vehicle.track", "location.point"])
        .subjects(n + drivers.len());
    written(table, v + 2)
}

/// Counts of vehicles at sections of roads.
pub(super) fn flow(random: &mut Random, v: u64) -> Table {
    let n = 96;
    let h = |s| head(v, s);
    let flow = &["vehicle.flow"];
    let count = |random: &mut Random, high| value::values(random, n, move |r| value::integer(r, 3, high));
    let sections = value::values(random, n, |r| format!("K{}+{}{}", r.between(10, 180), r.between(1, 9), r.pick(&["00上行", "00下行"])));
    let table = Table::new(h("断面交通流量|traffic_flow_hourly|JTLDC|卡口过车统计|gate_flow"))
        .column(h("卡口编号|station_code|GCZBH|卡口编号|gate_id"), NONE, value::values(random, n, |r| format!("G42-{}", r.digits(3))))
        .column_that_may(h("断面|section|DM|卡口名称|gate_name"), NONE, flow, if v == 4 { some(random, n, &["某军事管理区北门", "市政府西门", "国防工业园1号口", "县委大院南门"]) } else { sections })
        .column_that_may(h("统计时段|hour|TJSD|统计时间|hour_start"), NONE, flow, (0..24).cycle().take(n).map(|hour| value::clock("2024-05-01", 3600 * hour)).collect())
        .column_that_may(h("小型车流量(辆)|car_flow|XKC|小型车(辆)|small_vehicle_count"), NONE, flow, count(random, 1400))
        .column_that_may(h("大型车流量(辆)|truck_flow|DHC|大型车(辆)|large_vehicle_count"), NONE, flow, count(random, 320))
        .column_that_may(h("合计流量(辆)|total_flow|HJLL|过车总数|vehicle_flow"), NONE, flow, count(random, 1700))
        .column_that_may(h("平均车速(km/h)|avg_speed|PJCS|平均速度|avg_speed_kmh"), NONE, flow, value::values(random, n, |r| value::decimal(r, 22, 104, 1)))
        .column_that_may(h("拥堵指数|congestion|YDZS|饱和度|occupancy"), NONE, flow, value::values(random, n, |r| value::decimal(r, 1, 8, 2)))
        .records(flow)
        .may(&["location.sensitive_area"]);
    written(table, v)
}

/// Learners of a driving school.
pub(super) fn learners(random: &mut Random, v: u64) -> Table {
    let n = 60 + 12 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let table = Table::new(h("学员名册|stu_info|驾校学员导入模板"))
        .column(h("学员编号|stunum|*学员编号"), ACCOUNT, of(&p, |p| &p.account))
        .column(h("学员姓名|name|*姓名（必填）"), NAME, of(&p, |p| &p.name))
        .column_that_may(h("证件号|idcard|*身份证号（必填，18位）"), RESIDENT, &["identity.driver_licence"], of(&p, |p| &p.id))
        .column(h("手机|phone|*手机号（必填）"), MOBILE, if v == 2 { (0..n).map(|_| format!("{}\u{a0}", mobile(random))).collect() } else { of(&p, |p| &p.mobile) })
        .column(h("出生日期|birthday|出生日期（选填）"), BORN, of(&p, |p| &p.born))
        .column(h("培训车型|traintype|*申请车型"), NONE, some(random, n, &["C1", "C2", "B2"]))
        .column_that_may(
            h("报名点坐标|latlng|坐标"), NONE, POINT,
            value::values(random, n, |r| { let (.., x, y) = place(r); format!("{:.4},{:.4}", x + r.between(-300, 300) as f64 / 1e4, y + r.between(-300, 300) as f64 / 1e4) }),
        )
        .subjects(n);
    table.form([Form::Csv, Form::Parquet, Form::Gb18030][v as usize % 3])
}
