//! Headers that say nothing, say the wrong thing, or say it in another way.

use super::people::{self, Person, people};
use super::sheet::{Sheet, amounts, codes, days, each, integers, picks, rows, some, texts, times};
use super::words::{CARS, DIAGNOSES, GOODS, POSITIONS};
use crate::benchmark::{Generator, Table, damage, style::Style, value};
use exportscan::demo::Random;

/// Tables with odd headers or values.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("meaningless_headers", 6, meaningless),
        ("shifted_headers", 4, shifted),
        ("erp_customers", 4, erp_customers),
        ("nested_paths", 5, nested_paths),
        ("numbered_columns", 4, numbered),
        ("form_headers", 5, form_headers),
        ("mixed_languages", 4, mixed_languages),
        ("spreadsheet_damage", 4, spreadsheet_damage),
        ("typed_by_hand", 6, typed_by_hand),
        ("reserve_fields", 4, reserve_fields),
        ("wide_export", 4, wide_export),
        ("misleading_headers", 5, misleading),
        ("constant_columns", 3, constant_columns),
    ]
}

fn names(people: &[Person]) -> Vec<String> {
    each(people, |p| p.name.clone())
}

fn ids(people: &[Person]) -> Vec<String> {
    each(people, |p| p.id.clone())
}

fn mobiles(people: &[Person]) -> Vec<String> {
    each(people, |p| p.mobile.clone())
}

/// Headers of a tool that knew none.
fn meaningless(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let header = |k: usize| match variant % 6 {
        0 => format!("字段{k}"),
        1 => format!("col_{k}"),
        2 => format!("F{k}"),
        3 => format!("Unnamed: {k}"),
        4 => format!("attr{k:02}"),
        _ => String::from_utf8(vec![b'A' + k as u8]).unwrap_or_default(),
    };
    Sheet::styled(variant, Style::None, "导出结果")
        .col("", &header(1), value::serial("", 1, 1, n))
        .col("person.name", &header(2), names(&people))
        .col("identity.resident_id", &header(3), ids(&people))
        .col("contact.mobile", &header(4), mobiles(&people))
        .col("vehicle.plate", &header(5), value::distinct(random, n, people::plate))
        .col("?contact.address", &header(6), each(&people, |p| p.address.clone()))
        .col("", &header(7), amounts(random, n, 10, 9000))
        .col("?health.diagnosis", &header(8), each(&some(random, n, DIAGNOSES), |d| d.1.to_owned()))
        .subjects(n)
        .done_with_header()
}

/// Headers one column to the left of their values.
fn shifted(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    Sheet::styled(variant, Style::Chinese, "客户资料(修订)")
        .col("", "姓名", value::serial("", 1, 1, n))
        .col("person.name", "性别", names(&people))
        .col("", "身份证号", each(&people, |p| p.sex.to_owned()))
        .col("identity.resident_id", "手机号码", ids(&people))
        .col("contact.mobile", "邮箱", mobiles(&people))
        .col("contact.email", "车牌号", each(&people, |p| p.email.clone()))
        .col("vehicle.plate", "购买日期", value::distinct(random, n, people::plate))
        .col("", "备注", days(random, n, 2020, 2024))
        .subjects(n)
        .done_with_header()
}

/// Customers in SAP.
fn erp_customers(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let person = variant.is_multiple_of(2);
    let who = if person { names(&people) } else { texts(random, n, people::firm) };
    let sheet = Sheet::styled(variant, Style::Chinese, "KNA1")
        .col("", "MANDT", super::sheet::constant(n, "800"))
        .col("?account.user", "KUNNR", value::serial("00001", 20_311, 5, n))
        .col("", "LAND1", super::sheet::constant(n, "CN"))
        .col(if person { "person.name" } else { "" }, "NAME1", who)
        .col("?contact.address", "ORT01", each(&people, |p| p.place.city.to_owned()))
        .col("", "PSTLZ", each(&people, |p| p.place.area.to_owned()))
        .col(
            if person { "contact.address" } else { "?contact.address" },
            "STRAS",
            each(&people, |p| p.address.clone()),
        );
    if person {
        sheet
            .col("contact.mobile", "TELF1", mobiles(&people))
            .col("identity.resident_id", "STCD1", ids(&people))
            .subjects(n)
            .done_with_header()
    } else {
        let tel = people.iter().map(|p| people::landline(random, p.place)).collect();
        sheet
            .col("?contact.landline", "TELF1", tel)
            .col("org.uscc", "STCD5", value::distinct(random, n, value::uscc))
            .done_with_header()
    }
}

/// Objects made flat.
fn nested_paths(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let mut owners = people(random, 2 * n);
    let drivers = owners.split_off(n);
    let path = |dotted: &str| match variant % 4 {
        0 => dotted.to_owned(),
        1 => dotted.replace('.', "__"),
        2 => format!("data.{dotted}"),
        _ => dotted.replace('.', "/"),
    };
    Sheet::styled(variant, Style::Chinese, "vehicle_profile")
        .col("vehicle.vin", &path("vehicle.vin"), value::distinct(random, n, value::vin))
        .col("", &path("vehicle.model"), picks(random, n, CARS))
        .col("person.name", &path("owner.name"), names(&owners))
        .col("identity.resident_id", &path("owner.id_no"), ids(&owners))
        .col("contact.address", &path("owner.address.detail"), each(&owners, |p| p.address.clone()))
        .col("person.name", &path("driver.name"), names(&drivers))
        .col("contact.mobile", &path("driver.contact.mobile"), mobiles(&drivers))
        .col("", &path("meta.updated_at"), times(random, n, 2024, 2024))
        .subjects(2 * n)
        .done_with_header()
}

/// Several people in a row, by number.
fn numbered(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let mut first = people(random, 3 * n);
    let mut second = first.split_off(n);
    let third = second.split_off(n);
    let spell = |word: &str, k: usize| match variant % 4 {
        0 => format!(
            "{}{k}",
            ["姓名", "身份证", "电话"][["name", "id", "tel"].iter().position(|w| *w == word).unwrap_or(0)]
        ),
        1 => format!("{word}{k}"),
        2 => format!("{word}_{k}"),
        _ => format!(
            "乘客{k}{}",
            ["姓名", "证件号", "手机"][["name", "id", "tel"].iter().position(|w| *w == word).unwrap_or(0)]
        ),
    };
    let mut sheet = Sheet::styled(variant, Style::Chinese, "同行人员").col("", "订单号", codes(random, n, "", 10));
    for (at, group) in [first, second, third].iter().enumerate() {
        sheet = sheet
            .col("person.name", &spell("name", at + 1), names(group))
            .col("identity.resident_id", &spell("id", at + 1), ids(group))
            .col("contact.mobile", &spell("tel", at + 1), mobiles(group));
    }
    sheet.may(&["travel.passenger"]).subjects(3 * n).done_with_header()
}

/// Headers as forms print them.
fn form_headers(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let spell = |word: &str| match variant % 5 {
        0 => format!("*{word}（必填）"),
        1 => format!("1、您的{word}是？"),
        2 => format!("{word}(请如实填写，仅用于活动登记)"),
        3 => format!("【{word}】"),
        _ => format!(" {word} *"),
    };
    Sheet::styled(variant, Style::Chinese, "报名问卷")
        .col("", "提交时间", times(random, n, 2024, 2024))
        .col("person.name", &spell("姓名"), names(&people))
        .col("contact.mobile", &spell("手机号码"), mobiles(&people))
        .col("identity.resident_id", &spell("身份证号码"), ids(&people))
        .col("contact.email", &spell("电子邮箱"), each(&people, |p| p.email.clone()))
        .col("vehicle.plate", &spell("车牌号"), value::distinct(random, n, people::plate))
        .col("", &spell("意向车型"), picks(random, n, CARS))
        .subjects(n)
        .done_with_header()
}

/// Headers in two languages at once.
fn mixed_languages(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let spell = |chinese: &str, english: &str| match variant % 4 {
        0 => format!("{chinese}({english})"),
        1 => format!("{english}_{chinese}"),
        2 => format!("{english}/{chinese}"),
        _ => format!("{chinese} {english}"),
    };
    Sheet::styled(variant, Style::Chinese, "Employee_员工")
        .col("?account.user", &spell("工号", "EmpNo"), value::serial("SH", 1, 5, n))
        .col("person.name", &spell("姓名", "Name"), names(&people))
        .col("identity.resident_id", &spell("身份证号", "ID No."), ids(&people))
        .col("person.birth_date", &spell("出生日期", "DOB"), each(&people, |p| p.birth.replace('-', "/")))
        .col("contact.mobile", &spell("手机", "Mobile"), mobiles(&people))
        .col("contact.address", &spell("住址", "Address"), each(&people, |p| p.address.clone()))
        .col("", &spell("职位", "Title"), picks(random, n, POSITIONS))
        .subjects(n)
        .done_with_header()
}

/// What a spreadsheet made of long numbers.
fn spreadsheet_damage(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let whole = each(&people, |p| p.id.replace('X', "0"));
    let lost = match variant % 2 {
        0 => damage::scientific(whole),
        _ => each(&whole, |id| format!("{}000", &id[..15])),
    };
    Sheet::styled(variant, [Style::Chinese, Style::Snake, Style::Chinese, Style::Upper][variant as usize % 4], "Book1")
        .col("person.name", "姓名|name|XM", names(&people))
        .col("?identity.resident_id", "身份证号|id_card|SFZH", lost)
        .col("contact.mobile", "手机号|mobile|SJH", damage::fractional(mobiles(&people)))
        .col(
            "?finance.bank_card",
            "银行卡号|bank_card|YHKH",
            damage::scientific(value::distinct(random, n, value::bank_card)),
        )
        .col("", "金额|amount|JE", amounts(random, n, 10, 9000))
        .subjects(n)
        .done_with_header()
}

/// What people type.
fn typed_by_hand(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let junk = &["测试", "待补充", "无", "0", "1", "同上", "见附件"];
    let (id, mobile) = (ids(&people), mobiles(&people));
    let (id, mobile) = match variant % 6 {
        0 => (damage::full_width(id), damage::full_width(mobile)),
        1 => (each(&id, |id| format!("{} {} {}", &id[..6], &id[6..14], &id[14..])), damage::grouped(4, '-', mobile)),
        2 => (damage::prefixed("ID:", id), damage::prefixed("Tel:", mobile)),
        3 => (damage::mixed_with(random, 6, junk, id), damage::mixed_with(random, 6, junk, mobile)),
        4 => (each(&id, |id| format!(" {}\t", id.to_lowercase())), each(&mobile, |m| format!("(+86){m}"))),
        _ => (each(&id, |id| format!("居民身份证：{id}")), each(&mobile, |m| format!("{m}（本人）"))),
    };
    let sheet = Sheet::new(variant, "登记表")
        .col(
            "person.name",
            "姓名|name|XM",
            each(&people, |p| if p.age % 3 == 0 { format!(" {}", p.name) } else { p.name.clone() }),
        )
        .col("identity.resident_id", "身份证|id_card|SFZ", id)
        .col("contact.mobile", "电话|phone|DH", mobile)
        .col("", "备注|remark|BZ", picks(random, n, &["", "", "已核实", "补录"]));
    if variant % 6 == 3 { sheet.done_with_header() } else { sheet.subjects(n).done_with_header() }
}

/// Reserve fields that somebody found a use for.
fn reserve_fields(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let header = |k: usize| {
        [
            ["备注1", "备注2", "备注3"],
            ["ext1", "ext2", "ext3"],
            ["预留字段A", "预留字段B", "预留字段C"],
            ["spare_1", "spare_2", "spare_3"],
        ][variant as usize % 4][k]
    };
    Sheet::styled(variant, Style::Chinese, "订单扩展表")
        .col("", "订单号", codes(random, n, "DD", 12))
        .col("", "商品", texts(random, n, |r| r.pick(GOODS).0.to_owned()))
        .col("identity.resident_id", header(0), damage::gaps(random, 3, ids(&people)))
        .col("contact.mobile", header(1), mobiles(&people))
        .col("", header(2), picks(random, n, &["", "加急", "礼品包装"]))
        .may(&["retail.order"])
        .subjects(n)
        .done_with_header()
}

/// Many columns, few of which are anybody's.
fn wide_export(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let mobiles = value::distinct(random, n, value::mobile);
    let style = [Style::Snake, Style::Camel, Style::Upper, Style::Chinese][variant as usize % 4];
    let mut sheet = Sheet::styled(variant, style, "dws_order_wide_di").col(
        "",
        "主键|id|ZJ",
        value::values(random, n, value::snowflake),
    );
    for k in 1..=6 {
        sheet = sheet
            .col("", &format!("维度{k}|dim_{k}|WD{k}"), integers(random, n, 1, 99))
            .col("", &format!("指标{k}|metric_{k}|ZB{k}"), amounts(random, n, 0, 100_000))
            .col("", &format!("外部编号{k}|out_no_{k}|WBBH{k}"), codes(random, n, "", 8 + 2 * k));
    }
    sheet
        .col("contact.mobile", "联系手机|contact_mobile|LXSJ", mobiles)
        .col("", "分区日期|dt|FQRQ", super::sheet::constant(n, "20240315"))
        .may(&["retail.order"])
        .subjects(n)
        .done_with_header()
}

/// Headers that promise more than the values keep.
fn misleading(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let sheet = Sheet::styled(variant, Style::Chinese, "统计口径说明");
    let sheet = match variant % 5 {
        0 => sheet
            .col("", "姓名长度", integers(random, n, 2, 4))
            .col("", "身份证校验结果", picks(random, n, &["通过", "不通过", "未校验"]))
            .col("", "手机号段", picks(random, n, &["138", "186", "199"])),
        1 => sheet
            .col("", "车牌号码数", integers(random, n, 1, 400))
            .col("", "VIN是否重复", picks(random, n, &["是", "否"]))
            .col("", "司机人数", integers(random, n, 1, 900)),
        2 => sheet
            .col("", "id_card_required", picks(random, n, &["true", "false"]))
            .col("", "mobile_verified", picks(random, n, &["0", "1"]))
            .col("", "email_count", integers(random, n, 0, 90_000)),
        3 => sheet
            .col("", "手机品牌", picks(random, n, &["华为", "苹果", "小米"]))
            .col("", "邮箱服务商", picks(random, n, &["网易", "腾讯", "新浪"]))
            .col("", "银行卡类型", picks(random, n, &["借记卡", "贷记卡"])),
        _ => sheet
            .col("", "患者人次", integers(random, n, 20, 9000))
            .col("", "诊断相关分组", picks(random, n, &["BR21", "FM19", "ES33"]))
            .col("", "住院费用合计", amounts(random, n, 10_000, 9_000_000)),
    };
    sheet.col("", "统计月份", picks(random, n, &["2024-01", "2024-02", "2024-03"])).done_with_header()
}

/// Personal headers over empty or constant cells.
fn constant_columns(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let word = ["", "保密", "***"][variant as usize % 3];
    Sheet::styled(variant, Style::Chinese, "去标识化样例")
        .col("", "样本号", value::serial("N", 1, 5, n))
        .col("?person.name", "姓名", super::sheet::constant(n, word))
        .col("?identity.resident_id", "身份证号", super::sheet::constant(n, word))
        .col("?contact.mobile", "手机号", super::sheet::constant(n, word))
        .col("", "消费金额", amounts(random, n, 5, 5000))
        .col("", "消费次数", integers(random, n, 1, 60))
        .done_with_header()
}
