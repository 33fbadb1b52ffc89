//! Passengers, crews, guests and applicants for visas.

use super::people::{Person, people};
use super::sheet::{Sheet, amounts, codes, days, each, every, integers, picks, rows, some, texts, times};
use super::words::{AIRPORTS, PLACES, RAILWAY_STATIONS};
use crate::benchmark::{Generator, Table, damage, value};
use exportscan::demo::Random;

/// Tables of this trade.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("passengers", 7, passengers),
        ("mixed_documents", 5, mixed_documents),
        ("crew_roster", 5, crew_roster),
        ("frequent_flyers", 4, frequent_flyers),
        ("hotel_guests", 5, hotel_guests),
        ("visa_applicants", 4, visa_applicants),
        ("train_tickets", 4, train_tickets),
        ("tour_groups", 3, tour_groups),
        ("seafarers", 3, seafarers),
    ]
}

fn flight(random: &mut Random) -> String {
    format!("{}{}", random.pick(&["CA", "MU", "CZ", "HU", "3U", "ZH"]), random.between(101, 9990))
}

fn airport(random: &mut Random) -> String {
    random.pick(AIRPORTS).1.to_owned()
}

fn passport(random: &mut Random, n: usize) -> Vec<String> {
    value::distinct(random, n, value::passport)
}

/// `ZHANG/XIAOMING`, as tickets are written.
fn latin(random: &mut Random) -> String {
    let surnames = ["ZHANG", "WANG", "LI", "LIU", "CHEN", "YANG", "ZHAO", "HUANG", "ZHOU", "XU"];
    let given = ["XIAOMING", "WEI", "LIHUA", "JIANGUO", "YUTING", "HAORAN", "MEILING", "ZIXUAN", "QIANG", "FANG"];
    format!("{}/{}", random.pick(&surnames), random.pick(&given))
}

/// Who flies.
fn passengers(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    Sheet::new(variant, "旅客订座记录")
        .col("", "PNR|pnr|PNR", texts(random, n, |r| r.string(b"ABCDEFGHJKLMNPQRSTVWXYZ0123456789", 6)))
        .col("", "票号|ticket_no|PH", codes(random, n, "781-", 10))
        .col("person.name", "旅客姓名|passenger_name|LKXM", each(&people, |p| p.name.clone()))
        .col("identity.resident_id", "证件号码|document_no|ZJHM", each(&people, |p| p.id.clone()))
        .col("contact.mobile", "联系电话|contact_phone|LXDH", each(&people, |p| p.mobile.clone()))
        .col("", "航班号|flight_no|HBH", texts(random, n, flight))
        .col("", "航班日期|flight_date|HBRQ", days(random, n, 2024, 2024))
        .col("", "出发|origin|CF", texts(random, n, airport))
        .col("", "到达|destination|DD", texts(random, n, airport))
        .col("", "舱位|cabin|CW", picks(random, n, &["Y", "F", "J", "M", "B"]))
        .col(
            "",
            "座位号|seat_no|ZWH",
            texts(random, n, |r| format!("{}{}", r.between(1, 60), r.string(b"ABCDHJKL", 1))),
        )
        .records(if variant == 6 { &[] } else { &["travel.passenger"] })
        .may(&["travel.passenger"])
        .subjects(n)
        .done()
}

/// Documents of several kinds in one column, and their kind in another.
fn mixed_documents(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let (passports, permits) = (passport(random, n), value::distinct(random, n, value::travel_permit));
    let residence = value::distinct(random, n, value::residence_permit);
    let kind: Vec<usize> = (0..n).map(|k| [0, 0, 0, 1, 2, 0, 3][(k + variant as usize) % 7]).collect();
    let number = |k: usize| match kind[k] {
        0 => people[k].id.clone(),
        1 => passports[k].clone(),
        2 => permits[k].clone(),
        _ => residence[k].clone(),
    };
    Sheet::new(variant, "值机旅客名单")
        .col("person.name", "姓名|full_name|XM", each(&people, |p| p.name.clone()))
        .col(
            "?identity.travel_permit",
            "证件类型|document_type|ZJLX",
            each(&kind, |k| ["居民身份证", "护照", "港澳居民来往内地通行证", "港澳台居民居住证"][*k].to_owned()),
        )
        .col(
            "identity.resident_id ~identity.passport ~identity.travel_permit ?identity.residence_permit",
            "证件号码|document_number|ZJHM",
            (0..n).map(number).collect(),
        )
        .col("", "国籍|nationality|GJ", each(&kind, |k| ["CHN", "CHN", "HKG", "MAC"][*k].to_owned()))
        .col("contact.mobile", "手机|phone|SJ", each(&people, |p| p.mobile.clone()))
        .col("", "航班|flight|HB", texts(random, n, flight))
        .col("", "行李件数|bags|XLJS", integers(random, n, 0, 3))
        .may(&["travel.passenger"])
        .subjects(n)
        .done()
}

/// Who is on duty on which flight.
fn crew_roster(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let crew = people(random, n / 3);
    let numbers = value::serial("", 200_117, 8, crew.len());
    let who: Vec<usize> = every(random, n, &(0..crew.len()).collect::<Vec<_>>());
    let passports = passport(random, crew.len());
    Sheet::new(variant, "机组排班")
        .col("", "航班号|flight_no|HBH", texts(random, n, flight))
        .col("", "日期|duty_date|RQ", days(random, n, 2024, 2024))
        .col("~account.user", "员工号|staff_no|YGH", each(&who, |c| numbers[*c].clone()))
        .col("person.name", "机组姓名|crew_name|JZXM", each(&who, |c| crew[*c].name.clone()))
        .col("", "岗位|duty|GW", picks(random, n, &["机长", "副驾驶", "乘务长", "乘务员", "安全员"]))
        .col("~identity.passport", "护照号|passport_no|HZH", each(&who, |c| passports[*c].clone()))
        .col("identity.resident_id", "执照编号|licence_no|ZZBH", each(&who, |c| crew[*c].id.clone()))
        .col("", "飞行小时|flight_hours|FXXS", integers(random, n, 200, 16_000))
        .records(&["travel.crew"])
        .may(&["travel.crew", "travel.passenger"])
        .subjects(crew.len())
        .done()
}

/// Members of a frequent flyer programme.
fn frequent_flyers(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    Sheet::new(variant, "常旅客会员")
        .col("~account.user", "会员卡号|ffp_no|HYKH", codes(random, n, "CA00", 9))
        .col("person.name", "中文姓名|chinese_name|ZWXM", each(&people, |p| p.name.clone()))
        .col("?person.name", "英文姓名|english_name|YWXM", texts(random, n, latin))
        .col("~person.birth_date", "出生日期|date_of_birth|CSRQ", each(&people, |p| p.birth.clone()))
        .col("contact.email", "邮箱|e_mail|YX", each(&people, |p| p.email.clone()))
        .col("contact.mobile", "手机号码|mobile_phone|SJHM", each(&people, |p| p.mobile.clone()))
        .col("", "会员级别|tier|HYJB", picks(random, n, &["普通", "银卡", "金卡", "白金"]))
        .col("", "可用里程|miles|KYLC", integers(random, n, 0, 400_000))
        .may(&["retail.member", "travel.passenger"])
        .subjects(n)
        .done()
}

/// Who stayed in which room.
fn hotel_guests(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let ids = each(&people, |p| p.id.clone());
    let (ids, masked) = if variant == 2 { (damage::masked(6, 4, ids), true) } else { (ids, false) };
    let sheet = Sheet::new(variant, "入住登记")
        .col("", "预订号|booking_no|YDH", codes(random, n, "", 10))
        .col("person.name", "客人姓名|guest_name|KRXM", each(&people, |p| p.name.clone()))
        .col("identity.resident_id", "身份证号|id_card|SFZH", ids)
        .col("", "房号|room_no|FH", texts(random, n, |r| format!("{}{:02}", r.between(3, 28), r.between(1, 30))))
        .col("", "入住|check_in|RZ", times(random, n, 2024, 2024))
        .col("", "离店|check_out|LD", times(random, n, 2024, 2024))
        .col(
            "vehicle.plate",
            "车牌|car_plate|CP",
            if variant.is_multiple_of(2) {
                constant_gap(random, n)
            } else {
                value::distinct(random, n, super::people::plate)
            },
        )
        .col("", "房费|room_rate|FF", amounts(random, n, 180, 2400))
        .may(&["travel.passenger"]);
    if masked { sheet.done() } else { sheet.subjects(n).done() }
}

/// Plates of the few who came by car.
fn constant_gap(random: &mut Random, n: usize) -> Vec<String> {
    let plates = value::distinct(random, n, super::people::plate);
    plates.into_iter().map(|plate| if random.one_in(3) { plate } else { String::new() }).collect()
}

/// Who wants to go abroad.
fn visa_applicants(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let mut people = people(random, 2 * n);
    let contacts = people.split_off(n);
    Sheet::new(variant, "签证申请信息")
        .col("person.name", "申请人姓名|applicant_name|SQRXM", each(&people, |p| p.name.clone()))
        .col("?person.name", "姓名拼音|name_pinyin|XMPY", texts(random, n, latin))
        .col("identity.passport", "护照号码|passport_number|HZHM", passport(random, n))
        .col("", "护照有效期|passport_expiry|HZYXQ", days(random, n, 2026, 2034))
        .col("identity.resident_id", "身份证号|national_id|SFZH", each(&people, |p| p.id.clone()))
        .col("contact.address", "户籍地址|permanent_address|HJDZ", each(&people, |p| p.address.clone()))
        .col("person.name", "紧急联系人|emergency_contact|JJLXR", each(&contacts, |p| p.name.clone()))
        .col("contact.mobile", "紧急联系人电话|emergency_phone|JJLXRDH", each(&contacts, |p| p.mobile.clone()))
        .col("", "前往国家|destination_country|QWGJ", picks(random, n, &["日本", "德国", "法国", "泰国", "美国"]))
        .may(&["travel.passenger"])
        .subjects(2 * n)
        .done()
}

/// Tickets of the railway with masked numbers.
fn train_tickets(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people: Vec<Person> = people(random, n);
    let stop = |r: &mut Random| r.pick(RAILWAY_STATIONS).0.to_owned();
    Sheet::new(variant, "差旅火车票")
        .col("", "订单号|order_no|DDH", codes(random, n, "E", 9))
        .col("person.name", "乘车人|passenger|CCR", each(&people, |p| p.name.clone()))
        .col("identity.resident_id", "证件号|id_no|ZJH", damage::masked(10, 4, each(&people, |p| p.id.clone())))
        .col("", "车次|train|CC", texts(random, n, |r| format!("G{}", r.between(1, 1999))))
        .col("", "出发站|from_station|CFZ", texts(random, n, stop))
        .col("", "到达站|to_station|DDZ", texts(random, n, stop))
        .col("", "席别|seat_class|XB", picks(random, n, &["二等座", "一等座", "商务座"]))
        .col("", "票价|fare|PJ", amounts(random, n, 20, 1800))
        .may(&["travel.passenger"])
        .done()
}

/// Groups of travellers with their leaders.
fn tour_groups(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let places = some(random, n, PLACES);
    Sheet::new(variant, "团队名单表")
        .col("", "团号|group_no|TH", texts(random, n, |r| format!("T24{:02}{}", r.between(1, 12), r.digits(3))))
        .col("person.name", "游客姓名|tourist_name|YKXM", each(&people, |p| p.name.clone()))
        .col("", "性别|sex|XB", each(&people, |p| p.sex.to_owned()))
        .col("", "出生地|birth_place|CSD", each(&places, |p| p.province.trim_end_matches(['省', '市']).to_owned()))
        .col("identity.passport", "护照号|passport_no|HZH", passport(random, n))
        .col("?person.birth_date", "出生日期|birth|CSRQ", each(&people, |p| p.birth.replace('-', "")))
        .may(&["travel.passenger"])
        .subjects(n)
        .done()
}

/// Seafarers and their papers.
fn seafarers(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    Sheet::new(variant, "船员名册")
        .col("person.name", "船员姓名|crew_name|CYXM", each(&people, |p| p.name.clone()))
        .col("", "职务|rank|ZW", picks(random, n, &["船长", "大副", "轮机长", "水手", "厨师"]))
        .col("", "国籍|nationality|GJ", picks(random, n, &["中国", "中国", "中国香港"]))
        .col("identity.passport", "护照号|passport_no|HZH", passport(random, n))
        .col("?account.user", "海员证号|seaman_book_no|HYZH", codes(random, n, "A0", 7))
        .col("~person.birth_date", "出生日期|date_of_birth|CSRQ", each(&people, |p| p.birth.clone()))
        .col("", "上船日期|sign_on|SCRQ", days(random, n, 2024, 2024))
        .records(&["travel.crew"])
        .may(&["travel.crew", "travel.passenger"])
        .subjects(n)
        .done()
}
