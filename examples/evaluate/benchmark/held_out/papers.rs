//! What is rarer: papers of residents of Hong Kong, Macao and Taiwan, of foreigners and of soldiers, securities
//! accounts, series of images, cars that go by a number of their fleet.

use super::draft::{ACCOUNT, BORN, HOME, MAIL, MOBILE, NAME, NONE, PASSPORT, RESIDENT, days, head, numbers, of, per, rows_of, some, spans, times, written};
use super::people::{foreigner, people, place};
use super::words::ROADS;
use crate::benchmark::{Form, Table, value};
use exportscan::demo::Random;

/// Identity cards of Hong Kong, with the check digit of their authority: weights 9 to 2, and a blank of 36.
fn hong_kong_card(random: &mut Random) -> String {
    let body = format!("{}{}", random.string(b"ACDGHKPRYZ", 1), random.digits(6));
    let value = |c: char| c.to_digit(36).unwrap_or(0);
    let sum: u32 = 36 * 9 + body.chars().zip((2..=8).rev()).map(|(c, weight)| value(c) * weight).sum::<u32>();
    let check = match (11 - sum % 11) % 11 {
        10 => "A".to_owned(),
        digit => digit.to_string(),
    };
    format!("{body}({check})")
}

/// Residents of Hong Kong, Macao and Taiwan who live or work here.
pub(super) fn neighbours(random: &mut Random, v: u64) -> Table {
    let n = 46 + 8 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let table = Table::new(h("港澳台职工备案表|hmt_staff|GATRY|港澳台师生信息"))
        .column(h("姓名|full_name|XM|姓名"), NAME, of(&p, |p| &p.name))
        .column(h("港澳台居民居住证号|residence_permit_no|JZZH|居住证号码"), &["identity.residence_permit"], value::distinct(random, n, value::residence_permit))
        .column(h("来往内地通行证号|travel_permit_no|TXZH|通行证号"), &["identity.travel_permit"], value::distinct(random, n, value::travel_permit))
        .column(h("香港身份证号|hkid|XGSFZ|香港身份证"), &["identity.hmt_card"], value::values(random, n, hong_kong_card))
        .column(h("手机号|mobile|SJH|联系方式"), MOBILE, of(&p, |p| &p.mobile))
        .column(h("在内地住址|mainland_address|ZZ|现住址"), HOME, of(&p, |p| &p.address))
        .column(h("来源地|origin|LYD|地区"), NONE, some(random, n, &["香港", "澳门"]))
        .column(h("到岗日期|onboard_date|DGRQ|报到日期"), NONE, days(random, n))
        .subjects(n);
    written(table, v)
}

/// Foreigners and their papers.
pub(super) fn expatriates(random: &mut Random, v: u64) -> Table {
    let n = 44 + 7 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let old = v.is_multiple_of(2);
    let card = per(&p, |p| {
        if old {
            format!("{}{}", random.pick(&["USA", "DEU", "JPN", "KOR", "GBR"]), random.digits(12))
        } else {
            format!("9{}", &super::people::resident_id(random, &p.sex, (1958, 1995))[1..])
        }
    });
    // The check digit of the newer form does not follow from the line above: only its header names it.
    let (must, may): (&[_], &[_]) = if old { (&["identity.foreign_residence"], NONE) } else { (NONE, &["identity.foreign_residence", "identity.resident_id"]) };
    let table = Table::new(h("外籍人员登记|expat_list|WJRY"))
        .column(h("外文姓名|name|WWXM"), NAME, value::values(random, n, foreigner))
        .column(
            h("护照号码|passport_no|HZHM"), PASSPORT,
            value::distinct(random, n, |r| match r.below(3) { 0 => r.digits(9), 1 => format!("{}{}", r.string(b"CFGHJK", 1), r.string(b"CFGHJKLMNPRTVWXYZ0123456789", 8)), _ => format!("{}{}", r.string(b"MTNR", 2), r.digits(7)) }),
        )
        .column_that_may(h("永久居留身份证号|permanent_residence_no|YJJLZ"), must, may, card)
        .column(h("国籍|nationality|GJ"), NONE, some(random, n, &["美国", "德国", "日本", "韩国", "英国"]))
        .column(h("出生日期|date_of_birth|CSRQ"), BORN, of(&p, |p| &p.born))
        .column(h("邮箱|email|YX"), MAIL, of(&p, |p| &p.mail))
        .column(h("居留许可有效期|permit_valid_until|JLXKYXQ"), NONE, value::values(random, n, |r| value::day(r, 2025, 2028)))
        .subjects(n);
    written(table, v + 2)
}

/// Soldiers who see a doctor, travel, or rent.
pub(super) fn soldiers(random: &mut Random, v: u64) -> Table {
    let n = 42 + 6 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let table = Table::new(h("军人依法优先登记|military_customers|军警客户"))
        .column(h("姓名|name|客户姓名"), NAME, of(&p, |p| &p.name))
        .column(h("军官证号|officer_card_no|军官证/警官证号"), &["identity.military"], per(&p, |_| format!("{}字第{}号", random.pick(&["军", "南", "海", "空", "武", "士"]), random.digits(7))))
        .column(h("联系电话|mobile|手机"), MOBILE, of(&p, |p| &p.mobile))
        .column(h("办理业务|service|业务"), NONE, some(random, n, &["优先购票", "优先就诊", "开户"]))
        .column(h("办理时间|handled_at|时间"), NONE, times(random, n))
        .subjects(n);
    written(table, v + 1)
}

/// Accounts at brokers and at the housing fund.
pub(super) fn accounts(random: &mut Random, v: u64) -> Table {
    let n = 56 + 8 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let broker = v.is_multiple_of(2);
    let number = if broker { per(&p, |p| format!("{}{}", random.pick(&["A", "E0"]), &p.account)) } else { per(&p, |p| format!("2{}{}", &p.place.3[..4], p.account)) };
    let table = Table::new(h("客户资金账户|provident_fund|ZJZH|公积金缴存明细"))
        .column(h("客户姓名|owner_name|KHXM|职工姓名"), NAME, of(&p, |p| &p.name))
        .column(h("身份证号|id_no|SFZH|证件号码"), RESIDENT, of(&p, |p| &p.id))
        .column_that_may(h("证券账户|fund_account_no|ZQZH|个人公积金账号"), &["finance.account"], ACCOUNT, number)
        .column(h("可用余额|balance|KYYE|缴存余额"), NONE, numbers(random, n, 0, 400_000, 2))
        .column(h("开户日期|opened_on|KHRQ|开户日期"), NONE, days(random, n))
        .column(h("状态|status|ZT|缴存状态"), NONE, some(random, n, &["正常", "正常", "封存", "销户"]))
        .may(&["finance.transaction"])
        .subjects(n);
    written(table, v + 3)
}

/// Series of medical images as an archive lists them.
pub(super) fn image_series(random: &mut Random, v: u64) -> Table {
    let n = 52 + 9 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let image = &["health.imaging", "health.record"];
    let table = Table::new(h("pacs_study|DICOM_TAGS|影像检查列表"))
        .column_that_may(h("study_instance_uid|StudyInstanceUID|检查UID"), NONE, image, per(&p, |_| format!("1.2.840.113619.2.{}.{}.{}", random.digits(3), random.digits(10), random.digits(6))))
        .column(h("patient_id|PatientID|患者ID"), ACCOUNT, of(&p, |p| &p.account))
        .column(h("patient_name|PatientName|患者姓名"), NAME, per(&p, |p| if v == 1 { p.latin.to_uppercase().replace(' ', "^") } else { p.name.clone() }))
        .column(h("patient_birth_date|PatientBirthDate|出生日期"), BORN, per(&p, |p| p.born.replace('-', "")))
        .column(h("patient_sex|PatientSex|性别"), NONE, per(&p, |p| if p.sex == "男" { "M" } else { "F" }.to_owned()))
        .column_that_may(h("modality|Modality|设备类型"), NONE, image, some(random, n, &["CT", "MR", "DX", "US"]))
        .column_that_may(h("body_part|BodyPartExamined|检查部位"), NONE, image, some(random, n, &["CHEST", "HEAD", "ABDOMEN", "KNEE"]))
        .column_that_may(h("file_path|FilePath|影像路径"), NONE, &["health.imaging", "media.image"], per(&p, |p| format!("/pacs/2024/{}/IM0001.dcm", &p.hash[..12])))
        .may(image)
        .subjects(n);
    table.form([Form::Csv, Form::Parquet, Form::Gb18030][v as usize % 3])
}

/// Buses by the number that their company gave them.
pub(super) fn buses(random: &mut Random, v: u64) -> Table {
    let n = 90;
    let (drivers, fleet) = (people(random, 24), value::serial("", 8801, 5, 24));
    let pairs: Vec<_> = drivers.into_iter().zip(fleet).collect();
    let rows = rows_of(random, n, &pairs);
    let (start, end) = spans(random, n, (40, 110));
    let h = |s| head(v, s);
    let table = Table::new(h("公交趟次明细|bus_trips|GJTC"))
        .column(h("线路|route|XL"), NONE, some(random, n, &["300路", "快速公交3号线", "919", "专线12"]))
        .column(h("车辆自编号|vehicle_no|CLZBH"), &["vehicle.id"], of(&rows, |row| &row.1))
        .column(h("驾驶员|driver|JSY"), NAME, of(&rows, |row| &row.0.name))
        .column(h("驾驶员工号|driver_staff_no|JSYGH"), ACCOUNT, of(&rows, |row| &row.0.account))
        .column(h("发车时间|departed_at|FCSJ"), NONE, start)
        .column(h("到站时间|arrived_at|DZSJ"), NONE, end)
        .column(h("首末站|terminals|SMZ"), NONE, value::values(random, n, |r| format!("{}-{}", r.pick(ROADS), place(r).2)))
        .column(h("客流量(人次)|passengers|KLL"), NONE, numbers(random, n, 3, 160, 0))
        .may(&["vehicle.track"])
        .subjects(24);
    written(table, v + 1)
}
