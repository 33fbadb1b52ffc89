//! Airlines, hotels, railways, visas.

use super::draft::{ACCOUNT, BORN, MAIL, MOBILE, NAME, NONE, PASSPORT, RESIDENT, head, meaningless, of, per, rows_of, some, spans, unnamed, written};
use super::people::{foreigner, people, place};
use super::words::{AIRLINES, AIRPORTS};
use crate::benchmark::{Form, Table, damage, value};
use exportscan::demo::Random;

/// A flight.
fn flight(random: &mut Random) -> String {
    format!("{}{}", random.pick(AIRLINES), random.between(100, 9899))
}

/// `WANG/XIAOMING MR`, as reservation systems write names.
fn surname_first(latin: &str, sex: &str) -> String {
    let mut words = latin.split(' ');
    let (surname, given) = (words.next().unwrap_or_default(), words.collect::<String>());
    format!("{}/{} {}", surname.to_uppercase(), given.to_uppercase(), if sex == "男" { "MR" } else { "MS" })
}

/// Passenger name records.
pub(super) fn reservations(random: &mut Random, v: u64) -> Table {
    let n = 72 + 8 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let pnr = &["travel.passenger"];
    let (class, documents): (&[_], _) = if v.is_multiple_of(2) { (PASSPORT, of(&p, |p| &p.passport)) } else { (RESIDENT, of(&p, |p| &p.id)) };
    let name = if v.is_multiple_of(2) { per(&p, |p| surname_first(&p.latin, &p.sex)) } else { of(&p, |p| &p.name) };
    let table = Table::new(h("旅客订座记录|pnr_segment|PNR_DATA|LKDZ|api_export"))
        .column_that_may(h("PNR编码|record_locator|PNR|DZBM|RLOC"), NONE, pnr, value::values(random, n, |r| r.string(b"ABCDEFGHJKMNPQRSTVWXYZ0123456789", 6)))
        .column(h("旅客姓名|passenger_name|PAX_NAME|LKXM|PaxName"), NAME, name)
        .column(h("证件号码|document_no|DOC_NO|ZJHM|DocNumber"), class, documents)
        .column(h("联系电话|contact_phone|CTCM|LXDH|Ctcm"), MOBILE, if v == 0 { damage::prefixed("86", of(&p, |p| &p.mobile)) } else { of(&p, |p| &p.mobile) })
        .column_that_may(h("票号|ticket_no|TKT_NO|PH|TicketNo"), NONE, pnr, value::values(random, n, |r| format!("{}-{}", r.pick(&["999", "781", "784"]), r.digits(10))))
        .column_that_may(h("航班号|flight_no|FLT_NO|HBH|Flt"), NONE, pnr, value::values(random, n, flight))
        .column_that_may(h("航班日期|flight_date|FLT_DATE|HBRQ|FltDate"), NONE, pnr, value::values(random, n, |r| value::day(r, 2024, 2024)))
        .column_that_may(h("出发|origin|DEP|SFJC|Org"), NONE, pnr, some(random, n, AIRPORTS))
        .column_that_may(h("到达|destination|ARR|DDJC|Dst"), NONE, pnr, some(random, n, AIRPORTS))
        .column_that_may(h("舱位|cabin|CLASS|CW|Cls"), NONE, pnr, some(random, n, &["Y", "Y", "M", "J", "F"]))
        .column(h("常客卡号|ffp_no|FFP_NO|CKKH|FqtvNo"), ACCOUNT, per(&p, |p| format!("CA00{}", p.account)))
        .records(pnr)
        .subjects(n);
    match v {
        3 => unnamed(table),
        _ => written(table, v + 1),
    }
}

/// Manifests of departure control and advance passenger information.
pub(super) fn manifests(random: &mut Random, v: u64) -> Table {
    let n = 88;
    let p = people(random, n);
    let h = |s| head(v, s);
    let pax = &["travel.passenger"];
    let table = Table::new(h("DCS_PAX_LIST|旅客舱单|APIS_EXPORT|CA981_20240914"))
        .column_that_may(h("SEQ_NO|登机序号|BN|BN"), NONE, pax, value::serial("", 1, 3, n))
        .column(h("PAX_NAME|旅客姓名|SURNAME_GIVENNAME|NAME"), NAME, per(&p, |p| if random.one_in(4) { surname_first(&foreigner(random), &p.sex) } else { surname_first(&p.latin, &p.sex) }))
        .column(h("GENDER|性别|SEX|SEX"), NONE, per(&p, |p| if p.sex == "男" { "M" } else { "F" }.to_owned()))
        .column(h("DATE_OF_BIRTH|出生日期|DOB|DOB"), BORN, of(&p, |p| &p.born))
        .column(h("NATIONALITY|国籍|NATIONALITY|NAT"), NONE, some(random, n, &["CHN", "CHN", "CHN", "USA", "DEU", "JPN"]))
        .column(h("PASSPORT_NO|护照号|TRAVEL_DOC_NO|PPT"), PASSPORT, of(&p, |p| &p.passport))
        .column(h("EXPIRY_DATE|护照有效期|DOC_EXPIRY|EXP"), NONE, value::values(random, n, |r| value::day(r, 2025, 2034)))
        .column_that_may(h("SEAT_NO|座位号|SEAT|SEAT"), NONE, pax, value::values(random, n, |r| format!("{}{}", r.between(31, 68), r.string(b"ABCHJKL", 1))))
        .column_that_may(h("FLIGHT|航班|FLIGHT_NO|FLT"), NONE, pax, vec!["CA981".to_owned(); n])
        .column_that_may(h("BAG_TAG|行李牌号|BAG_TAG|BAGS"), NONE, pax, value::values(random, n, |r| format!("0999{}", r.digits(6))))
        .records(pax)
        .subjects(n);
    written(table, v)
}

/// Rosters of crews.
pub(super) fn crews(random: &mut Random, v: u64) -> Table {
    let n = 80;
    let all = people(random, 40);
    let p = rows_of(random, n, &all);
    let h = |s| head(v, s);
    let crew = &["travel.crew"];
    let ship = v == 3;
    let table = Table::new(h("机组排班表|crew_roster|CREW_PAIRING|船员名单"))
        .column(h("员工号|staff_no|CREW_ID|海员证号"), ACCOUNT, of(&p, |p| &p.account))
        .column(h("姓名|crew_name|CREW_NAME|姓名"), NAME, of(&p, |p| &p.name))
        .column_that_may(h("岗位|duty_code|RANK|职务"), NONE, crew, if ship { some(random, n, &["船长", "大副", "轮机长", "水手长"]) } else { some(random, n, &["机长", "副驾驶", "乘务长", "乘务员", "CAP", "F/O"]) })
        .column_that_may(h("航班号|flight_no|FLT_NO|船名航次"), NONE, crew, if ship { some(random, n, &["中远海运之星 V024", "新海丰 2407N"]) } else { value::values(random, n, flight) })
        .column_that_may(h("飞行日期|duty_date|DUTY_DATE|上船日期"), NONE, crew, value::values(random, n, |r| value::day(r, 2024, 2024)))
        .column_that_may(h("执照号|licence_no|LICENCE_NO|适任证书号"), NONE, &["travel.crew", "identity.driver_licence", "account.user", "identity.resident_id"], of(&p, |p| &p.id))
        .column(h("护照号|passport_no|PASSPORT_NO|护照号码"), PASSPORT, of(&p, |p| &p.passport))
        .column_that_may(h("国籍|nationality|NATIONALITY|国籍"), NONE, crew, vec!["中国".to_owned(); n])
        .records(crew)
        .may(&["travel.passenger"])
        .subjects(all.len());
    written(table, v + 2)
}

/// Guests of hotels.
pub(super) fn guests(random: &mut Random, v: u64) -> Table {
    let n = 66 + 7 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let documents = match v {
        2 => damage::gaps(random, 5, of(&p, |p| &p.id)),
        5 => of(&p, |p| &p.passport),
        _ => of(&p, |p| &p.id),
    };
    let (arrival, departure) = spans(random, n, (600, 8000));
    let table = Table::new(h("入住登记|guest_checkin|GUEST_HIST|RZDJ|住客名单|Guest List"))
        .column(h("登记号|confirmNo|RESV_NAME_ID|DJH|账号|Conf. No."), NONE, value::serial("", 5_520_114, 7, n))
        .column(h("客人姓名|guestName|GUEST_NAME|KRXM|姓名|Guest Name"), NAME, per(&p, |p| if v == 5 { p.latin.clone() } else { p.name.clone() }))
        .column(h("证件号码|idNumber|ID_NUMBER|ZJHM|证件号|Passport No."), if v == 5 { PASSPORT } else { RESIDENT }, documents)
        .column(h("手机号|mobile|PHONE_NUMBER|SJH|电话|Mobile"), MOBILE, of(&p, |p| &p.mobile))
        .column(h("房号|roomNo|ROOM|FH|房间|Room"), NONE, value::values(random, n, |r| (r.between(3, 28) * 100 + r.between(1, 30)).to_string()))
        .column(h("入住时间|checkInTime|ARRIVAL|RZSJ|入住|Arrival"), NONE, arrival)
        .column(h("离店时间|checkOutTime|DEPARTURE|LDSJ|离店|Departure"), NONE, departure)
        .column(h("房价|roomRate|RATE_AMOUNT|FJ|价格|Rate(CNY)"), NONE, value::values(random, n, |r| value::decimal(r, 189, 1680, 2)))
        .column(h("客源|source|SOURCE|KY|渠道|Source"), NONE, some(random, n, &["携程", "美团", "散客", "协议单位", "会员"]))
        .may(&["travel.passenger", "retail.member"])
        .subjects(n);
    match v {
        4 => written(meaningless(table, |at| format!("字段{}", at + 1)), 1),
        _ => written(table, v),
    }
}

/// Tickets of railways.
pub(super) fn rail(random: &mut Random, v: u64) -> Table {
    let n = 78;
    let p = people(random, n);
    let h = |s| head(v, s);
    let pax = &["travel.passenger"];
    let station = |random: &mut Random| value::values(random, n, |r| format!("{}{}", place(r).1.trim_end_matches('市'), r.pick(&["", "南", "东", "北"])));
    let table = Table::new(h("车票订单|rail_ticket|hcp"))
        .column_that_may(h("订单号|order_id|ddh"), NONE, pax, value::values(random, n, |r| format!("E{}", r.digits(9))))
        .column(h("乘车人|passenger|ccr"), NAME, of(&p, |p| &p.name))
        .column(h("乘车人证件号|passenger_id|ccrzjh"), RESIDENT, damage::masked(4, 3, of(&p, |p| &p.id)))
        .column_that_may(h("车次|train_no|cc"), NONE, pax, value::values(random, n, |r| format!("{}{}", r.pick(&["G", "D", "K", "Z"]), r.between(1, 2999))))
        .column_that_may(h("出发站|from_station|cfz"), NONE, pax, station(random))
        .column_that_may(h("到达站|to_station|ddz"), NONE, pax, station(random))
        .column_that_may(h("座位|seat|zw"), NONE, pax, value::values(random, n, |r| format!("{:02}车{:02}{}号", r.between(1, 16), r.between(1, 20), r.pick(&["A", "C", "D", "F"]))))
        .column(h("票价|price|pj"), NONE, value::values(random, n, |r| value::decimal(r, 20, 980, 1)))
        .column(h("联系手机|contact_mobile|lxsj"), MOBILE, of(&p, |p| &p.mobile))
        .records(pax)
        .subjects(n);
    written(table, v + 1)
}

/// Applications for visas, and groups of a travel agency.
pub(super) fn visas(random: &mut Random, v: u64) -> Table {
    let n = 45 + 10 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let permit = value::distinct(random, n, value::travel_permit);
    let hong_kong = v == 2;
    let table = Table::new(h("签证申请人|Visa Applicants|港澳游团队名单|tour_pax"))
        .column(h("中文姓名|Name in Chinese|姓名|cn_name"), NAME, of(&p, |p| &p.name))
        .column(h("英文姓名|Name|姓名拼音|en_name"), NAME, of(&p, |p| &p.latin))
        .column(h("出生日期|Date of Birth|出生日期|dob"), BORN, per(&p, |p| if v == 1 { let at: Vec<&str> = p.born.split('-').collect(); format!("{}/{}/{}", at[2], at[1], at[0]) } else { p.born.clone() }))
        .column_that_may(h("护照号码|Passport Number|通行证号码|passport_no"), if hong_kong { &["identity.travel_permit"] } else { PASSPORT }, NONE, if hong_kong { permit } else { of(&p, |p| &p.passport) })
        .column(h("电子邮箱|E-mail|邮箱|email"), MAIL, of(&p, |p| &p.mail))
        .column(h("职业|Occupation|职业|occupation"), NONE, some(random, n, &["教师", "工程师", "退休", "学生", "自由职业"]))
        .column(h("紧急联系人|Emergency Contact|紧急联系人|emergency_name"), NAME, value::values(random, n, |r| people(r, 1)[0].name.clone()))
        .column(h("目的地|Destination|行程|destination"), NONE, some(random, n, &["日本", "申根", "新加坡", "澳大利亚", "泰国"]))
        .may(&["travel.passenger"])
        .subjects(n);
    table.form([Form::Csv, Form::Parquet, Form::Gb18030, Form::Tsv][v as usize % 4])
}
