//! Employees, applicants, residents and pupils.

use super::people::{self, children, people};
use super::sheet::{Sheet, amounts, codes, constant, days, decimals, each, every, integers, picks, rows, texts, times};
use super::words::{BANKS, DEPARTMENTS, POSITIONS, QUARTERS};
use crate::benchmark::{Generator, Table, damage, value};
use exportscan::demo::Random;

/// Tables of offices.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("employees", 7, employees),
        ("payroll", 6, payroll),
        ("attendance", 4, attendance),
        ("applicants", 4, applicants),
        ("visitors", 4, visitors),
        ("social_insurance", 4, social_insurance),
        ("residents", 5, residents),
        ("owners_of_flats", 3, owners_of_flats),
        ("pupils", 4, pupils),
        ("officers", 3, officers),
        ("fingerprints", 3, fingerprints),
        ("directory", 4, directory),
    ]
}

/// The roster of a firm.
fn employees(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let ids = each(&people, |p| p.id.clone());
    let old = |id: &String| exportscan::demo::number::resident_id_15(id).unwrap_or_else(|| id.clone());
    let ids = match variant {
        1 => damage::mixed_with(random, 10, &["待补充", "未提供", "0"], ids),
        4 => each(&ids, old),
        _ => ids,
    };
    let sheet = Sheet::new(variant, "员工花名册")
        .col("~account.user", "工号|employee_no|GH", value::serial("E", 10_230, 6, n))
        .col("person.name", "姓名|emp_name|XM", each(&people, |p| p.name.clone()))
        .col("", "部门|department|BM", picks(random, n, DEPARTMENTS))
        .col("", "岗位|position|GW", picks(random, n, POSITIONS))
        .col("identity.resident_id", "身份证号码|id_card_number|SFZHM", ids)
        .col("contact.mobile", "联系电话|tel|LXDH", each(&people, |p| p.mobile.clone()))
        .col("contact.address", "家庭住址|home_address|JTZZ", each(&people, |p| p.address.clone()))
        .col("", "学历|education|XL", picks(random, n, &["本科", "硕士", "大专", "高中"]))
        .col("", "入职日期|hire_date|RZRQ", days(random, n, 2008, 2024));
    if variant == 1 { sheet.done() } else { sheet.subjects(n).done() }
}

/// Salaries of a month.
fn payroll(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let cards = value::distinct(random, n, value::bank_card);
    Sheet::new(variant, "2024年3月工资发放表")
        .col("~account.user", "员工编号|staff_id|YGBH", value::serial("", 60_001, 6, n))
        .col("person.name", "姓名|name|XM", each(&people, |p| p.name.clone()))
        .col("finance.bank_card", "工资卡号|salary_card|GZKH", cards)
        .col("", "开户行|bank|KHH", picks(random, n, BANKS))
        .col("", "应发工资|gross_pay|YFGZ", amounts(random, n, 5000, 48_000))
        .col("", "个税|income_tax|GS", amounts(random, n, 0, 9000))
        .col("", "实发工资|net_pay|SFGZ", amounts(random, n, 4000, 38_000))
        .may(&["finance.transaction"])
        .subjects(n)
        .done()
}

/// When who came and went.
fn attendance(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let staff: Vec<(String, String)> =
        value::serial("A", 301, 5, n / 6).into_iter().map(|no| (no, people::name(random))).collect();
    let who = every(random, n, &staff);
    Sheet::new(variant, "考勤打卡记录")
        .col("~account.user", "工号|emp_no|GH", each(&who, |s| s.0.clone()))
        .col("person.name", "姓名|emp_name|XM", each(&who, |s| s.1.clone()))
        .col("", "打卡时间|punch_time|DKSJ", times(random, n, 2024, 2024))
        .col("", "打卡方式|method|DKFS", picks(random, n, &["指纹", "人脸", "手机"]))
        .col("", "考勤机|device|KQJ", picks(random, n, &["一号门", "二号门", "食堂"]))
        .may(&["device.id", "biometric.feature"])
        .subjects_if_named(staff.len())
        .done()
}

/// Who applied for a job.
fn applicants(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let told = |r: &mut Random| {
        format!(
            "{}年{}经验，熟悉{}，期望薪资{}k",
            r.between(1, 15),
            r.pick(&["Java开发", "销售", "质量管理", "临床监查"]),
            r.pick(&["SAP", "GMP", "Spring", "CRM"]),
            r.between(8, 50)
        )
    };
    Sheet::new(variant, "简历库")
        .col("person.name", "应聘者|candidate_name|YPZ", each(&people, |p| p.name.clone()))
        .col("contact.email", "邮箱|candidate_email|YX", each(&people, |p| p.email.clone()))
        .col("contact.mobile", "电话|candidate_phone|DH", each(&people, |p| p.mobile.clone()))
        .col("~person.birth_date", "出生年月|birth|CSNY", each(&people, |p| p.birth.clone()))
        .col(
            "",
            "毕业院校|school|BYYX",
            picks(random, n, &["清华大学", "同济大学", "四川大学", "深圳职业技术学院", "吉林大学"]),
        )
        .col("", "自我评价|summary|ZWPJ", texts(random, n, told))
        .col("", "投递时间|applied_at|TDSJ", times(random, n, 2024, 2024))
        .subjects(n)
        .done()
}

/// Who came to see whom.
fn visitors(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    Sheet::new(variant, "访客登记")
        .col("person.name", "访客姓名|visitor_name|FKXM", each(&people, |p| p.name.clone()))
        .col(
            "identity.resident_id",
            "证件号|visitor_id_no|ZJH",
            damage::gaps(random, 4, each(&people, |p| p.id.clone())),
        )
        .col("contact.mobile", "手机|visitor_mobile|SJ", each(&people, |p| p.mobile.clone()))
        .col("vehicle.plate", "车牌号|visitor_plate|CPH", value::distinct(random, n, people::plate))
        .col("", "来访单位|visitor_company|LFDW", texts(random, n, people::firm))
        .col("person.name", "被访人|host|BFR", texts(random, n, people::name))
        .col("", "来访时间|visited_at|LFSJ", times(random, n, 2024, 2024))
        .subjects(n)
        .done()
}

/// What is paid for whose insurance.
fn social_insurance(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    Sheet::new(variant, "社保缴费明细")
        .col(
            "~identity.social_security !identity.resident_id",
            "社会保障号码|social_security_no|SHBZHM",
            each(&people, |p| p.id.clone()),
        )
        .col("person.name", "姓名|name|XM", each(&people, |p| p.name.clone()))
        .col("?identity.social_security ?account.user", "个人编号|personal_no|GRBH", codes(random, n, "10", 8))
        .col("", "缴费基数|base|JFJS", integers(random, n, 4200, 33_000))
        .col("", "单位缴费|employer_part|DWJF", amounts(random, n, 600, 5300))
        .col("", "个人缴费|employee_part|GRJF", amounts(random, n, 300, 2700))
        .col("", "缴费月份|month|JFYF", picks(random, n, &["202401", "202402", "202403"]))
        .may(&["finance.transaction"])
        .subjects(n)
        .done()
}

/// The residents of a community.
fn residents(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let household = value::serial("H", 200, 6, n / 3 + 1);
    Sheet::new(variant, "居民信息采集表")
        .col("", "户编号|household_no|HBH", (0..n).map(|k| household[k / 3].clone()).collect())
        .col("", "与户主关系|relation|YHZGX", picks(random, n, &["户主", "配偶", "子", "女"]))
        .col("person.name", "姓名|resident_name|XM", each(&people, |p| p.name.clone()))
        .col("identity.resident_id", "公民身份号码|citizen_id|GMSFHM", each(&people, |p| p.id.clone()))
        .col("~person.birth_date", "出生日期|birthday|CSRQ", each(&people, |p| p.birth.clone()))
        .col("", "民族|ethnicity|MZ", picks(random, n, &["汉族", "汉族", "回族", "满族"]))
        .col("contact.address", "现住址|current_address|XZZ", each(&people, |p| p.address.clone()))
        .col("contact.mobile", "联系电话|phone|LXDH", (0..n).map(|k| people[k / 3 * 3].mobile.clone()).collect())
        .col("", "是否低保|subsidised|SFDB", picks(random, n, &["是", "否", "否"]))
        .subjects(n)
        .done()
}

/// Who owns which flat.
fn owners_of_flats(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let quarter = random.pick(QUARTERS);
    let plates = value::distinct(random, n, people::plate);
    Sheet::new(variant, "物业业主台账")
        .col("", "小区|quarter|XQ", constant(n, quarter))
        .col(
            "?contact.address",
            "房号|flat|FH",
            texts(random, n, |r| format!("{}-{}-{}", r.between(1, 30), r.between(1, 3), r.between(101, 2604))),
        )
        .col("person.name", "业主姓名|owner_name|YZXM", each(&people, |p| p.name.clone()))
        .col("contact.mobile", "业主电话|owner_phone|YZDH", each(&people, |p| p.mobile.clone()))
        .col("", "建筑面积|area_sqm|JZMJ", decimals(random, n, 45, 190, 2))
        .col("vehicle.plate", "登记车牌|plate|DJCP", damage::gaps(random, 4, plates))
        .subjects(n)
        .done()
}

/// Pupils and their parents.
fn pupils(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let (kids, parents) = (children(random, n), people(random, n));
    Sheet::new(variant, "学生信息表")
        .col("~account.user ?identity.resident_id", "学籍号|student_no|XJH", each(&kids, |p| format!("G{}", p.id)))
        .col("person.name ?person.minor", "学生姓名|student_name|XSXM", each(&kids, |p| p.name.clone()))
        .col("identity.resident_id ?person.minor", "学生身份证号|student_id_card|XSSFZH", each(&kids, |p| p.id.clone()))
        .col(
            "",
            "班级|class_name|BJ",
            texts(random, n, |r| format!("{}年级{}班", r.pick(&["一", "二", "三", "四"]), r.between(1, 9))),
        )
        .col("person.name", "家长姓名|parent_name|JZXM", each(&parents, |p| p.name.clone()))
        .col("contact.mobile", "家长手机|parent_mobile|JZSJ", each(&parents, |p| p.mobile.clone()))
        .col(
            "?health.history ?health.diagnosis",
            "特殊体质|special_condition|TSTZ",
            picks(random, n, &["无", "无", "哮喘", "花粉过敏"]),
        )
        .may(&["person.minor", "health.record"])
        .subjects(2 * n)
        .done()
}

/// Soldiers and policemen by their cards.
fn officers(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let card = |r: &mut Random| format!("{}字第{}号", r.pick(&["军", "武", "参", "空", "海"]), r.digits(7));
    Sheet::new(variant, "军人优先办理登记")
        .col("person.name", "姓名|name|XM", each(&people, |p| p.name.clone()))
        .col("identity.military", "军官证号|officer_card_no|JGZH", value::distinct(random, n, card))
        .col("contact.mobile", "联系电话|phone|LXDH", each(&people, |p| p.mobile.clone()))
        .col("", "办理业务|service|BLYW", picks(random, n, &["挂号", "购票", "开户"]))
        .col("", "办理时间|served_at|BLSJ", times(random, n, 2024, 2024))
        .subjects(n)
        .done()
}

/// Templates of fingers and faces.
fn fingerprints(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    Sheet::new(variant, "门禁人员特征库")
        .col("~account.user", "人员编号|person_no|RYBH", value::serial("P", 1, 6, n))
        .col("person.name", "姓名|name|XM", each(&people, |p| p.name.clone()))
        .col(
            "~biometric.feature",
            "指纹模板|fingerprint_template|ZWMB",
            texts(random, n, |r| format!("TUlT{}=", r.string(alphabet, 119))),
        )
        .col(
            "~biometric.feature",
            "人脸特征值|face_feature|RLTZZ",
            texts(random, n, |r| format!("[{}]", decimals(r, 24, -1, 1, 4).join(","))),
        )
        .col("", "录入时间|enrolled_at|LRSJ", times(random, n, 2023, 2024))
        .may(&["biometric.feature"])
        .subjects_if_named(n)
        .done()
}

/// Who sits where and answers which telephone.
fn directory(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let tel = people.iter().map(|p| people::landline(random, p.place)).collect();
    Sheet::new(variant, "通讯录")
        .col("person.name", "姓名|name|XM", each(&people, |p| p.name.clone()))
        .col("", "职务|title|ZW", picks(random, n, POSITIONS))
        .col("contact.landline", "办公电话|office_tel|BGDH", tel)
        .col("", "分机|extension|FJ", integers(random, n, 8001, 8999))
        .col(
            "contact.mobile",
            "移动电话|mobile|YDDH",
            each(&people, |p| format!("{}-{}-{}", &p.mobile[..3], &p.mobile[3..7], &p.mobile[7..])),
        )
        .col("contact.email", "电子邮件|email|DZYJ", each(&people, |p| p.email.clone()))
        .subjects(n)
        .done()
}
