//! Parcels, freight and customs.

use super::draft::{
    COMPANY, HOME, MOBILE, NAME, NONE, PLATE, RESIDENT, head, meaningless, of, per, rows_of, shifted, some, spans, unnamed, written,
};
use super::people::{firm, people, place};
use super::words::{GOODS, PLACES};
use crate::benchmark::{Form, Table, damage, value};
use exportscan::demo::Random;

/// Waybills of a parcel service: sender and receiver.
pub(super) fn waybills(random: &mut Random, v: u64) -> Table {
    let n = 62 + 9 * v as usize;
    let (from, to) = (people(random, n), people(random, n));
    let h = |s| head(v, s);
    let route = &["logistics.route"];
    let table = Table::new(h("运单导出|waybill|YDXX|express_orders|面单打印|yundan"))
        .column(h("运单号|mailNo|YDH|waybill_no|快递单号|yundanhao"), NONE, value::values(random, n, |r| format!("{}{}", r.pick(&["SF1", "YT", "7731", "JDVA"]), r.digits(12))))
        .column(h("寄件人|sender.name|JJR|sender_name|发件人姓名|jijianren"), NAME, of(&from, |p| &p.name))
        .column(h("寄件人电话|sender.mobile|JJRDH|sender_mobile|发件人手机|jijianren_dianhua"), MOBILE, of(&from, |p| &p.mobile))
        .column(h("寄件地址|sender.address|JJDZ|sender_address|发件地址|jijian_dizhi"), HOME, of(&from, |p| &p.address))
        .column(h("收件人|receiver.name|SJR|receiver_name|收货人姓名|shoujianren"), NAME, of(&to, |p| &p.name))
        .column(h("收件人电话|receiver.mobile|SJRDH|receiver_mobile|收货人手机|shoujianren_dianhua"), MOBILE, of(&to, |p| &p.mobile))
        .column(h("收件地址|receiver.address|SJDZ|receiver_address|收货地址|shoujian_dizhi"), HOME, of(&to, |p| &p.address))
        .column_that_may(h("物品名称|cargo|WPMC|goods_name|托寄物|wupin"), NONE, route, per(&to, |_| random.pick(GOODS).0.to_owned()))
        .column_that_may(h("重量(kg)|weight|ZL|weight_kg|重量|zhongliang"), NONE, route, value::values(random, n, |r| value::decimal(r, 0, 20, 2)))
        .column_that_may(h("寄件时间|createTime|JJSJ|created_at|下单时间|jijian_shijian"), NONE, route, value::values(random, n, |r| value::time(r, 2024, 2024)))
        .may(route)
        .subjects(2 * n);
    match v {
        4 => unnamed(table),
        5 => written(shifted(table), 0),
        _ => written(table, v),
    }
}

/// Orders of a haulier: which goods went where, in which truck.
pub(super) fn freight(random: &mut Random, v: u64) -> Table {
    let n = 74;
    let all = people(random, 20);
    let d = rows_of(random, n, &all);
    let h = |s| head(v, s);
    let route = &["logistics.route"];
    let city = |random: &mut Random| value::values(random, n, |r| { let at = place(r); format!("{}{}", at.1, at.2) });
    let (depart, arrive) = spans(random, n, (180, 4300));
    let table = Table::new(h("运输任务单|transport_order|TMS_ORDER|ysrw|dispatch"))
        .column_that_may(h("任务单号|order_no|ORDER_NO|rwdh|dispatchNo"), NONE, route, value::values(random, n, |r| format!("TO2024{:02}{:02}{}", r.between(1, 12), r.between(1, 28), r.digits(6))))
        .column_that_may(h("托运单位|shipper|SHIPPER_NAME|tydw|shipperName"), NONE, route, value::values(random, n, firm))
        .column_that_may(h("货物名称|cargo_name|CARGO_NAME|hwmc|cargo"), NONE, route, some(random, n, &["冷轧卷板", "瓦楞纸箱", "磷酸铁锂电池", "饲料级豆粕", "聚乙烯颗粒", "汽车座椅总成", "散装水泥"]))
        .column_that_may(h("重量(吨)|weight_ton|WEIGHT_TON|zl|tonnage"), NONE, route, value::values(random, n, |r| value::decimal(r, 2, 33, 2)))
        .column_that_may(h("起运地|origin|ORIGIN|qyd|from.city"), NONE, &["logistics.route", "contact.address"], city(random))
        .column_that_may(h("目的地|destination|DESTINATION|mdd|to.city"), NONE, &["logistics.route", "contact.address"], city(random))
        .column_that_may(h("途经|via|VIA|tj|route"), NONE, route, some(random, n, &["G2京沪高速", "G45大广高速-G30连霍高速", "S38", "G60沪昆高速", "沪渝高速"]))
        .column(h("承运车辆|truck_plate|TRUCK_NO|cych|truck.plate"), PLATE, of(&d, |p| &p.plate))
        .column(h("司机|driver_name|DRIVER_NAME|sj|driver.name"), NAME, of(&d, |p| &p.name))
        .column(h("司机电话|driver_phone|DRIVER_PHONE|sjdh|driver.phone"), MOBILE, of(&d, |p| &p.mobile))
        .column_that_may(h("发车时间|depart_time|DEPART_TIME|fcsj|departAt"), NONE, route, depart)
        .column_that_may(h("到达时间|arrive_time|ARRIVE_TIME|ddsj|arriveAt"), NONE, route, arrive)
        .records(route)
        .may(&["vehicle.track"])
        .subjects(all.len());
    written(table, v + 1)
}

/// Parcels from abroad, declared at customs for their buyers.
pub(super) fn customs(random: &mut Random, v: u64) -> Table {
    let n = 58 + 8 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let id = match v {
        1 => per(&p, |p| format!("\t{}", p.id)),
        2 => per(&p, |p| format!("=\"{}\"", p.id)),
        _ => of(&p, |p| &p.id),
    };
    let table = Table::new(h("跨境电商申报清单|CEB621_Inventory|hg_declare|清单表体"))
        .column(h("清单编号|invtNo|qdbh|INVT_NO"), NONE, value::values(random, n, |r| format!("3104202{}{}", r.between(3, 4), r.digits(10))))
        .column(h("订购人姓名|buyerName|dgrxm|BUYER_NAME"), NAME, of(&p, |p| &p.name))
        .column(h("订购人证件号码|buyerIdNumber|dgrzjh|BUYER_ID_NUMBER"), RESIDENT, id)
        .column(h("订购人电话|buyerTelephone|dgrdh|BUYER_TELEPHONE"), MOBILE, of(&p, |p| &p.mobile))
        .column(h("收件地址|consigneeAddress|sjdz|CONSIGNEE_ADDRESS"), HOME, of(&p, |p| &p.address))
        .column(h("电商企业代码|ebcCode|dsqydm|EBC_CODE"), COMPANY, value::values(random, n, value::uscc))
        .column(h("商品编码(HS)|gcode|spbm|G_CODE"), NONE, some(random, n, &["3304990039", "1901101010", "2106909090", "4202220000"]))
        .column(h("商品名称|gname|spmc|G_NAME"), NONE, some(random, n, &["婴幼儿配方奶粉3段", "精华液30ml", "鱼油软胶囊", "手提包"]))
        .column(h("总价|totalPrice|zj|TOTAL_PRICE"), NONE, value::values(random, n, |r| value::decimal(r, 50, 4900, 2)))
        .may(&["retail.order", "logistics.route"])
        .subjects(n);
    written(table, v + 2)
}

/// Drivers' rounds of delivery: addresses whose text holds names and numbers.
pub(super) fn delivery_notes(random: &mut Random, v: u64) -> Table {
    let n = 50 + 6 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let text = per(&p, |p| match (v + random.below(3)) % 3 {
        0 => format!("{} {} {}", p.name, p.mobile, p.address),
        1 => format!("收货地址：{}，收货人：{}，电话：{}", p.address, p.name, p.mobile),
        _ => format!("{}（{}收，{}）送前电话联系", p.address, p.name, p.mobile),
    });
    let table = Table::new(h("送货备注|delivery_note|PSBZ|备注信息"))
        .column(h("序号|seq|XH|编号"), NONE, value::serial("", 1, 1, n))
        .column(h("批次|wave|PC|波次号"), NONE, value::values(random, n, |r| format!("W0{}", r.between(1, 9))))
        .column_that_may(h("收货信息|receiver_info|SHXX|内容"), MOBILE, &["person.name", "contact.address"], text)
        .column(h("件数|pieces|JS|数量"), NONE, value::values(random, n, |r| value::integer(r, 1, 8)))
        .column(h("签收状态|signed|QSZT|状态"), NONE, some(random, n, &["已签收", "派送中", "拒收", "代收点"]))
        .may(&["logistics.route"])
        .subjects(n);
    match v {
        3 => written(meaningless(table, |at| format!("F{}", at + 1)), 0),
        _ => table.form([Form::Csv, Form::Parquet, Form::Tsv][v as usize % 3]),
    }
}

/// Bookings at a warehouse for trucks and those who drive them.
pub(super) fn gate_bookings(random: &mut Random, v: u64) -> Table {
    let n = 54;
    let p = people(random, n);
    let h = |s| head(v, s);
    let table = Table::new(h("提货预约|dock_appointment|入厂预约登记"))
        .column(h("预约号|appt_no|预约编号"), NONE, value::serial("AP24110", 400, 5, n))
        .column(h("物流公司|carrier|承运商"), NONE, value::values(random, n, firm))
        .column(h("车牌号|truck_no|车号"), PLATE, if v == 2 { damage::full_width(of(&p, |p| &p.plate)) } else { of(&p, |p| &p.plate) })
        .column(h("司机姓名|driver|司机"), NAME, of(&p, |p| &p.name))
        .column(h("司机身份证|driver_id|证件后四位"), if v == 2 { NONE } else { RESIDENT }, if v == 2 { per(&p, |p| p.id[14..].to_owned()) } else { of(&p, |p| &p.id) })
        .column(h("司机手机|driver_tel|手机号码"), MOBILE, if v == 1 { damage::prefixed("0086", of(&p, |p| &p.mobile)) } else { of(&p, |p| &p.mobile) })
        .column(h("目的省份|dest_province|目的地"), NONE, some(random, n, &PLACES.iter().map(|at| at.1).collect::<Vec<_>>()))
        .column(h("预约时段|slot|时间窗"), NONE, some(random, n, &["08:00-10:00", "10:00-12:00", "14:00-16:00"]))
        .may(&["logistics.route", "contact.address"])
        .subjects(n);
    written(table, v + 3)
}
