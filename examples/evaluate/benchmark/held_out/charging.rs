//! Charging: stations, connectors, orders, bills, statistics and messages, in the words of T/CEC 102 and OCPP.

use super::draft::{MOBILE, NONE, PLATE, POINT, VIN, head, meaningless, of, per, rows_of, some, spans, written};
use super::people::{business_address, landline, people, place};
use super::words::ESTATES;
use crate::benchmark::{Table, damage, value};
use exportscan::demo::Random;

/// Operators by the number of their organisation.
const OPERATORS: &[&str] = &["MA005DBW1", "395815801", "MA1MY0GF9", "313744932"];

/// A station of an operator.
fn station(random: &mut Random) -> String {
    format!("{}{}", random.pick(&["HZ", "3301", "ST"]), random.digits(8))
}

/// A connector: organisation, equipment, place on it.
fn connector(random: &mut Random) -> String {
    format!("{}{}{:03}", random.pick(OPERATORS), random.digits(14), random.between(1, 4))
}

pub(super) fn stations(random: &mut Random, v: u64) -> Table {
    let n = 50 + 12 * v as usize;
    let at: Vec<_> = (0..n).map(|_| place(random)).collect();
    let h = |s| head(v, s);
    let station_data = &["charging.station", "location.point"];
    let table = Table::new(h("充电站信息|StationInfos|charge_station|CDZXX"))
        .column_that_may(h("充电站编号|StationID|station_id|CDZBH"), NONE, station_data, value::distinct(random, n, station))
        .column_that_may(h("运营商编号|OperatorID|operator_id|YYSBH"), NONE, station_data, some(random, n, OPERATORS))
        .column_that_may(h("充电站名称|StationName|station_name|CDZMC"), NONE, station_data, per(&at, |at| format!("{}{}充电站", at.2, random.pick(ESTATES))))
        .column_that_may(h("详细地址|Address|address|XXDZ"), NONE, &["contact.address", "charging.station"], per(&at, |at| business_address(random, *at)))
        .column_that_may(h("站点电话|StationTel|station_tel|ZDDH"), NONE, &["contact.landline", "contact.mobile"], per(&at, |at| landline(random, *at)))
        .column_that_may(h("经度|StationLng|lng|JD"), NONE, station_data, per(&at, |at| value::degrees((at.6 * 1e6) as i64 + random.between(-70_000, 70_000))))
        .column_that_may(h("纬度|StationLat|lat|WD"), NONE, station_data, per(&at, |at| value::degrees((at.7 * 1e6) as i64 + random.between(-70_000, 70_000))))
        .column_that_may(h("站点类型|StationType|station_type|ZDLX"), NONE, station_data, some(random, n, &["1", "1", "50", "100", "255"]))
        .column_that_may(h("车位数量|ParkNums|park_nums|CWSL"), NONE, station_data, value::values(random, n, |r| value::integer(r, 2, 60)))
        .column_that_may(h("充电费率|ElectricityFee|electricity_fee|CDFL"), NONE, station_data, value::values(random, n, |r| format!("00:00-24:00 {}元/度", value::decimal(r, 0, 1, 2))))
        .records(&["charging.station"])
        .may(POINT);
    written(table, v + 1)
}

pub(super) fn connectors(random: &mut Random, v: u64) -> Table {
    let n = 110;
    let h = |s| head(v, s);
    let state = &["charging.status", "charging.station"];
    let number = |random: &mut Random, low, high| value::values(random, n, move |r| value::decimal(r, low, high, 1));
    let table = Table::new(h("充电枪状态|notification_stationStatus|connector_status|充电设备接口状态"))
        .column_that_may(h("充电接口编码|ConnectorID|connector_id|枪编号"), NONE, state, value::values(random, n, connector))
        .column_that_may(
            h("接口状态|Status|connector_status|枪状态"), NONE, state,
            if v == 3 { some(random, n, &["空闲", "充电中", "占用（未充电）", "离网", "故障"]) } else { some(random, n, &["0", "1", "1", "2", "3", "3", "4", "255"]) },
        )
        .column_that_may(h("车位状态|ParkStatus|park_status|车位状态"), NONE, state, some(random, n, &["0", "10", "50"]))
        .column_that_may(h("地锁状态|LockStatus|lock_status|地锁状态"), NONE, state, some(random, n, &["0", "10", "50"]))
        .column_that_may(h("A相电流(A)|CurrentA|current_a|充电电流"), NONE, state, number(random, 0, 250))
        .column_that_may(h("A相电压(V)|VoltageA|voltage_a|充电电压"), NONE, state, number(random, 210, 740))
        .column_that_may(h("剩余电量(%)|SOC|soc|SOC"), NONE, state, number(random, 5, 100))
        .column_that_may(h("上报时间|TimeStamp|report_time|更新时间"), NONE, state, value::values(random, n, |r| value::time(r, 2024, 2024)))
        .records(&["charging.status"])
        .may(state);
    written(table, v + 2)
}

/// Orders; from some interfaces with who charged, from others without.
pub(super) fn orders(random: &mut Random, v: u64) -> Table {
    let n = 84 + 6 * v as usize;
    let all = people(random, 50);
    let p = rows_of(random, n, &all);
    let h = |s| head(v, s);
    let order = &["charging.session", "charging.billing", "charging.station"];
    let number = |random: &mut Random, low, high, decimals| value::values(random, n, move |r| value::decimal(r, low, high, decimals));
    let (start, end) = spans(random, n, (12, 420));
    let mut table = Table::new(h("充电订单|notification_charge_order_info|charge_order|CDDD|cdr|订单推送"))
        .column_that_may(h("充电订单号|StartChargeSeq|start_charge_seq|CDDDH|cdrId|订单号"), NONE, order, value::values(random, n, |r| format!("{}{}", r.pick(OPERATORS), r.digits(18))))
        .column_that_may(h("充电接口编码|ConnectorID|connector_id|JKBM|connectorId|充电枪"), NONE, order, value::values(random, n, connector))
        .column_that_may(h("开始充电时间|StartTime|start_time|KSSJ|startDateTime|开始时间"), NONE, order, start)
        .column_that_may(h("结束充电时间|EndTime|end_time|JSSJ|endDateTime|结束时间"), NONE, order, end)
        .column_that_may(h("累计充电量(kWh)|TotalPower|total_power|LJCDL|totalEnergy|充电量(度)"), NONE, order, number(random, 2, 78, 2))
        .column_that_may(h("总电费|TotalElecMoney|elec_money|ZDF|energyCost|电费(元)"), NONE, order, number(random, 1, 80, 2))
        .column_that_may(h("总服务费|TotalSeviceMoney|service_money|ZFWF|serviceCost|服务费(元)"), NONE, order, number(random, 1, 40, 2))
        .column_that_may(h("累计总金额|TotalMoney|total_money|ZJE|totalCost|合计(元)"), NONE, order, number(random, 3, 120, 2))
        .column_that_may(h("结束原因|StopReason|stop_reason|JSYY|stopReason|停止原因"), NONE, order, some(random, n, &["0", "1", "2", "用户手动停止", "充满自停"]))
        .records(&["charging.session"])
        .may(order);
    if v != 1 {
        let mobile = if v == 3 { damage::masked(3, 4, of(&p, |p| &p.mobile)) } else { of(&p, |p| &p.mobile) };
        table = table.column(h("手机号|-|mobile|YHSJ|driver.phone|用户手机"), MOBILE, mobile);
    }
    if v.is_multiple_of(2) {
        table = table.column(h("车牌号|-|plate_num|CPH|driver.plate|车牌"), PLATE, of(&p, |p| &p.plate));
    }
    if v >= 4 {
        table = table.column(h("VIN|-|vin|VIN|driver.vin|车架号"), VIN, of(&p, |p| &p.vin));
    }
    table.subjects = (v != 1 && v != 3).then_some(50);
    written(table, v)
}

/// Bills of an operator for its users.
pub(super) fn bills(random: &mut Random, v: u64) -> Table {
    let n = 76;
    let p = people(random, n);
    let h = |s| head(v, s);
    let bill = &["charging.billing", "charging.session", "finance.transaction"];
    let money = |random: &mut Random, high| value::values(random, n, move |r| value::decimal(r, 1, high, 2));
    let table = Table::new(h("充电结算单|charging_bill|BILL_DETAIL|col_export"))
        .column_that_may(h("结算单号|bill_no|BILL_NO"), NONE, bill, value::serial("JS202406", 77, 6, n))
        .column_that_may(h("充电站|station_name|STATION_NAME"), NONE, bill, per(&p, |p| format!("{}公交枢纽充电站", p.place.2)))
        .column(h("用户手机号|user_phone|USER_MOBILE"), MOBILE, of(&p, |p| &p.mobile))
        .column_that_may(h("充电电量(度)|charged_kwh|CHARGE_KWH"), NONE, bill, money(random, 70))
        .column_that_may(h("电费|electricity_fee|ELEC_FEE"), NONE, bill, money(random, 60))
        .column_that_may(h("服务费|service_fee|SERVICE_FEE"), NONE, bill, money(random, 30))
        .column_that_may(h("优惠金额|discount|DISCOUNT_AMT"), NONE, bill, money(random, 9))
        .column_that_may(h("实付金额|paid_amount|PAY_AMT"), NONE, bill, money(random, 90))
        .column_that_may(h("支付方式|pay_channel|PAY_TYPE"), NONE, bill, some(random, n, &["微信", "支付宝", "钱包余额", "对公月结"]))
        .column_that_may(h("支付时间|paid_at|PAY_TIME"), NONE, bill, value::values(random, n, |r| value::time(r, 2024, 2024)))
        .records(&["charging.billing"])
        .may(bill)
        .subjects(n);
    match v {
        3 => written(meaningless(table, |at| format!("_c{at}")), 2),
        _ => written(table, v + 3),
    }
}

/// Figures of stations by day.
pub(super) fn statistics(random: &mut Random, v: u64) -> Table {
    let n = 70;
    let h = |s| head(v, s);
    let figures = &["charging.statistics", "charging.station"];
    let number = |random: &mut Random, low, high, decimals| value::values(random, n, move |r| value::decimal(r, low, high, decimals));
    let table = Table::new(h("充电站日统计|StationStatsInfo|station_daily_stats|换电站运营日报"))
        .column_that_may(h("充电站编号|StationID|station_id|换电站编号"), NONE, figures, value::values(random, n, station))
        .column_that_may(h("统计日期|StatDate|stat_date|日期"), NONE, figures, value::values(random, n, |r| value::day(r, 2024, 2024)))
        .column_that_may(h("累计充电量(kWh)|StationElectricity|total_kwh|换电电量(kWh)"), NONE, figures, number(random, 200, 9000, 1))
        .column_that_may(h("充电次数|ChargeCount|charge_count|换电次数"), NONE, figures, number(random, 9, 400, 0))
        .column_that_may(h("充电时长(min)|ChargeMinutes|charge_minutes|平均换电时长(s)"), NONE, figures, number(random, 400, 22_000, 0))
        .column_that_may(h("设备利用率(%)|Utilization|utilization_rate|电池利用率(%)"), NONE, figures, number(random, 3, 62, 2))
        .column_that_may(h("营收(元)|Revenue|revenue|营收(元)"), NONE, figures, number(random, 150, 9900, 2))
        .records(&["charging.statistics"])
        .may(figures);
    written(table, v + 4)
}

/// Messages of OCPP.
pub(super) fn ocpp(random: &mut Random, v: u64) -> Table {
    let n = 90;
    let h = |s| head(v, s);
    let session = &["charging.session", "charging.status"];
    let (start, stop) = spans(random, n, (12, 420));
    let table = Table::new(h("ocpp_transactions|StartStopTransaction|ocpp16_log"))
        .column_that_may(h("charge_point_id|chargePointId|cp_id"), NONE, &["charging.session", "charging.station", "device.id"], value::values(random, n, |r| format!("CN-SHA-CP{}", r.digits(4))))
        .column_that_may(h("connector_id|connectorId|connector"), NONE, session, value::values(random, n, |r| value::integer(r, 1, 2)))
        .column_that_may(h("transaction_id|transactionId|tx_id"), NONE, session, value::serial("", 98_120, 6, n))
        .column_that_may(h("id_tag|idTag|id_tag"), NONE, &["account.user", "charging.session"], value::values(random, n, |r| r.string(b"0123456789ABCDEF", 14)))
        .column_that_may(h("meter_start|meterStart|meter_start_wh"), NONE, session, value::values(random, n, |r| value::integer(r, 100_000, 900_000)))
        .column_that_may(h("meter_stop|meterStop|meter_stop_wh"), NONE, session, value::values(random, n, |r| value::integer(r, 900_000, 990_000)))
        .column_that_may(h("start_timestamp|startTimestamp|started"), NONE, session, per(&start, |time| time.replace(' ', "T") + "Z"))
        .column_that_may(h("stop_timestamp|stopTimestamp|stopped"), NONE, session, per(&stop, |time| time.replace(' ', "T") + "Z"))
        .column_that_may(h("reason|reason|stop_reason"), NONE, session, some(random, n, &["Local", "Remote", "EVDisconnected", "PowerLoss"]))
        .records(&["charging.session"])
        .may(session);
    written(table, v)
}
