//! Employers, schools, call centres, estates, authorities.

use super::draft::{
    ACCOUNT, BORN, CARD, HOME, LANDLINE, MAIL, MOBILE, NAME, NONE, PLATE, RESIDENT, head, meaningless, of, per, rows_of, shifted, some, unnamed, written,
};
use super::people::{firm, people, people_born};
use super::words::{ESTATES, HOSPITALS};
use crate::benchmark::{Form, Table, damage, value};
use exportscan::demo::Random;

/// Employees, as systems for staff export them.
pub(super) fn employees(random: &mut Random, v: u64) -> Table {
    let n = 54 + 10 * v as usize;
    let (p, kin) = (people(random, n), people(random, n));
    let h = |s| head(v, s);
    let table = Table::new(h("员工花名册|hr_employee|PA0002_PA0006|YGXX|Employee Master|renyuan_xinxi"))
        .column(h("工号|emp_no|PERNR|GH|工号 Employee ID|gonghao"), ACCOUNT, value::serial("", 100_231, 8, n))
        .column(h("姓名|emp_name|NACHN|XM|姓名 Name|xingming"), NAME, of(&p, |p| &p.name))
        .column(h("身份证号|id_card|PERID|SFZH|身份证号 ID No.|shenfenzhenghao"), RESIDENT, if v == 4 { per(&p, |p| p.id.replace('X', "x")) } else { of(&p, |p| &p.id) })
        .column(h("出生日期|birthday|GBDAT|CSNY|出生日期 DOB|chushengriqi"), BORN, if v == 2 { per(&p, |p| p.born.replace('-', "")) } else { of(&p, |p| &p.born) })
        .column(h("入职日期|hire_date|BEGDA|RZRQ|入职日期 Hire Date|ruzhiriqi"), NONE, value::values(random, n, |r| value::day(r, 2005, 2024)))
        .column(h("岗位|job_title|STELL|GW|岗位 Position|gangwei"), NONE, some(random, n, &["工艺工程师", "仓库管理员", "会计", "区域经理", "叉车司机", "品管员"]))
        .column(h("手机|mobile|TELNR|SJ|手机 Mobile|shouji"), MOBILE, of(&p, |p| &p.mobile))
        .column(h("邮箱|email|USRID_LONG|YX|邮箱 Email|youxiang"), MAIL, of(&p, |p| &p.mail))
        .column(h("家庭住址|home_address|STRAS|JTZZ|家庭住址 Address|jiatingzhuzhi"), HOME, of(&p, |p| &p.address))
        .column(h("紧急联系人|emergency_contact|NAME2|JJLXR|紧急联系人 Emergency Contact|jinji_lianxiren"), NAME, of(&kin, |p| &p.name))
        .column(h("紧急联系人电话|emergency_phone|COM01|JJLXRDH|紧急联系人电话 Emergency Tel|jinji_dianhua"), MOBILE, of(&kin, |p| &p.mobile))
        .subjects(2 * n);
    written(table, v + 1)
}

/// Attendance.
pub(super) fn attendance(random: &mut Random, v: u64) -> Table {
    let n = 120;
    let all = people(random, 40);
    let p = rows_of(random, n, &all);
    let h = |s| head(v, s);
    let table = Table::new(h("考勤打卡记录|attendance_punch|KQJL|打卡明细"))
        .column(h("人员编号|user_id|RYBH|考勤号码"), ACCOUNT, per(&p, |p| p.account[..6].to_owned()))
        .column(h("姓名|user_name|XM|姓名"), NAME, of(&p, |p| &p.name))
        .column(h("部门|dept_name|BM|部门"), NONE, some(random, n, &["总装车间", "焊装车间", "物流部", "设备科"]))
        .column(h("打卡时间|punch_time|DKSJ|日期时间"), NONE, value::values(random, n, |r| value::time(r, 2024, 2024)))
        .column(h("机器号|device_no|JQH|机器号"), NONE, some(random, n, &["1", "2", "3", "105"]))
        .column(h("结果|result|JG|考勤状态"), NONE, some(random, n, &["正常", "正常", "迟到", "早退"]))
        .subjects(40);
    match v {
        3 => unnamed(table),
        _ => written(table, v),
    }
}

/// A school's register: pupils with father and mother.
pub(super) fn pupils(random: &mut Random, v: u64) -> Table {
    let n = 50 + 9 * v as usize;
    let (child, father, mother) = (people_born(random, n, (2012, 2017)), people_born(random, n, (1978, 1990)), people_born(random, n, (1980, 1992)));
    let h = |s| head(v, s);
    let table = Table::new(h("学籍信息|student_roll|XJXX|student.export|学生基本信息采集表"))
        .column(h("全国学籍号|national_student_no|XJH|student.code|*学籍号"), ACCOUNT, per(&child, |c| format!("G{}", c.id)))
        .column_that_may(h("学生姓名|student_name|XSXM|student.name|*姓名"), NAME, &["person.minor"], of(&child, |c| &c.name))
        .column_that_may(h("身份证件号|student_id_card|SFZJH|student.idCard|*身份证号"), RESIDENT, &["person.minor"], of(&child, |c| &c.id))
        .column_that_may(h("出生日期|date_of_birth|CSRQ|student.birthday|*出生日期"), BORN, &["person.minor"], of(&child, |c| &c.born))
        .column(h("班级|class_name|BJ|student.class|*班级"), NONE, value::values(random, n, |r| format!("{}年级({})班", r.pick(&["一", "二", "三", "四"]), r.between(1, 9))))
        .column(h("父亲姓名|father_name|FQXM|father.name|监护人1姓名"), NAME, of(&father, |p| &p.name))
        .column(h("父亲电话|father_phone|FQDH|father.phone|监护人1电话"), MOBILE, of(&father, |p| &p.mobile))
        .column(h("母亲姓名|mother_name|MQXM|mother.name|监护人2姓名"), NAME, of(&mother, |p| &p.name))
        .column(h("母亲电话|mother_phone|MQDH|mother.phone|监护人2电话"), MOBILE, of(&mother, |p| &p.mobile))
        .column(h("家庭住址|home_address|JTZZ|student.address|现住址"), HOME, of(&mother, |p| &p.address))
        .may(&["person.minor", "identity.resident_id"])
        .subjects(3 * n);
    written(table, v + 3)
}

/// Results of examinations.
pub(super) fn scores(random: &mut Random, v: u64) -> Table {
    let n = 90;
    let p = people_born(random, n, (2003, 2006));
    let h = |s| head(v, s);
    let mark = |random: &mut Random, high| value::values(random, n, move |r| value::integer(r, 28, high));
    let table = Table::new(h("期末成绩|exam_scores|CJ"))
        .column(h("学号|student_no|XH"), ACCOUNT, value::serial("2022", 10_101, 6, n))
        .column(h("姓名|name|XM"), NAME, of(&p, |p| &p.name))
        .column(h("高等数学|calculus|GS"), NONE, mark(random, 100))
        .column(h("大学英语|english|YY"), NONE, mark(random, 100))
        .column(h("程序设计|programming|CX"), NONE, mark(random, 100))
        .column(h("总分|total|ZF"), NONE, mark(random, 300))
        .column(h("名次|rank|MC"), NONE, value::serial("", 1, 1, n))
        .may(&["person.minor"])
        .subjects(n);
    written(table, v)
}

/// Calls of a call centre.
pub(super) fn calls(random: &mut Random, v: u64) -> Table {
    let n = 85;
    let (p, agents) = (people(random, n), people(random, 9));
    let a = rows_of(random, n, &agents);
    let h = |s| head(v, s);
    let caller = match v {
        1 => damage::gaps(random, 10, of(&p, |p| &p.mobile)),
        2 => damage::prefixed("0", of(&p, |p| &p.mobile)),
        _ => of(&p, |p| &p.mobile),
    };
    let mut table = Table::new(h("通话记录|cdr_calls|CALL_DETAIL|呼入话单|cc_cdr"))
        .column(h("呼叫ID|call_uuid|CALL_ID|话单号|uuid"), NONE, value::values(random, n, value::uuid))
        .column(h("主叫号码|caller|CALLER|来电号码|caller_id_number"), MOBILE, caller)
        .column_that_may(h("被叫号码|callee|CALLED|接入号|destination_number"), NONE, LANDLINE, some(random, n, &["4008206666", "95118", "02161235000"]))
        .column(h("坐席工号|agent_no|AGENT_ID|工号|agent"), ACCOUNT, per(&a, |p| p.account[..4].to_owned()))
        .column(h("坐席姓名|agent_name|AGENT_NAME|客服姓名|agent_name"), NAME, of(&a, |p| &p.name))
        .column(h("开始时间|start_time|BEGIN_TIME|呼入时间|start_stamp"), NONE, value::values(random, n, |r| value::time(r, 2024, 2024)))
        .column(h("通话时长(秒)|talk_seconds|DURATION|时长|billsec"), NONE, value::values(random, n, |r| value::integer(r, 4, 1200)))
        .column_that_may(h("录音文件|record_url|RECORD_FILE|录音|recording"), NONE, &["media.audio"], value::values(random, n, |r| format!("/rec/202405/{}/{}.wav", r.digits(2), value::hex(r, 12))))
        .column(h("满意度|score|SATISFY|评价|csat"), NONE, some(random, n, &["1", "2", "3", ""]));
    table.subjects = (v != 1).then(|| n as u64 + super::draft::count(&per(&a, |p| p.account[..4].to_owned())) as u64);
    written(table, v)
}

/// Owners and tenants of an estate.
pub(super) fn residents(random: &mut Random, v: u64) -> Table {
    let n = 64 + 8 * v as usize;
    let (owner, tenant) = (people(random, n), people(random, n));
    let h = |s| head(v, s);
    let phone = match v {
        1 => per(&owner, |p| if random.one_in(3) { format!("{};{}", p.mobile, p.landline) } else { p.mobile.clone() }),
        _ => of(&owner, |p| &p.mobile),
    };
    let table = Table::new(h("业主资料|owner_list|yezhu_ziliao|YZXX|小区住户信息登记表"))
        .column_that_may(h("房号|house|fanghao|FH|楼栋房号"), NONE, HOME, value::values(random, n, |r| format!("{}-{}-{}", r.between(1, 22), r.between(1, 3), r.between(1, 30) * 100 + r.between(1, 4))))
        .column(h("业主姓名|owner_name|yezhu_xingming|YZXM|产权人"), NAME, of(&owner, |p| &p.name))
        .column_that_may(h("业主电话|owner_phone|yezhu_dianhua|YZDH|产权人电话"), MOBILE, LANDLINE, phone)
        .column(h("身份证号|owner_id|yezhu_shenfenzheng|YZSFZ|产权人身份证"), RESIDENT, of(&owner, |p| &p.id))
        .column(h("建筑面积(㎡)|area_m2|mianji|JZMJ|面积"), NONE, value::values(random, n, |r| value::decimal(r, 48, 210, 2)))
        .column(h("租户姓名|tenant_name|zuhu_xingming|ZHXM|租客"), NAME, of(&tenant, |p| &p.name))
        .column(h("租户电话|tenant_phone|zuhu_dianhua|ZHDH|租客电话"), MOBILE, of(&tenant, |p| &p.mobile))
        .column(h("车牌号|car_plate|chepai|CPH|登记车辆"), PLATE, damage::gaps(random, 3, of(&owner, |p| &p.plate)))
        .column(h("物业费(元/月)|monthly_fee|wuyefei|WYF|月物业费"), NONE, value::values(random, n, |r| value::decimal(r, 90, 800, 2)))
        .subjects(2 * n);
    match v {
        3 => written(shifted(table), 1),
        _ => written(table, v),
    }
}

/// Visitors at a gate.
pub(super) fn visitors(random: &mut Random, v: u64) -> Table {
    let n = 48 + 6 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let id = if v == 2 { per(&p, |p| if p.id.starts_with('3') && &p.id[6..8] == "19" { format!("{}{}", &p.id[..6], &p.id[8..17]) } else { p.id.clone() }) } else { of(&p, |p| &p.id) };
    let table = Table::new(h("访客登记|visitor_log|FKDJ|来访人员登记"))
        .column(h("访客姓名|visitor_name|FKXM|A"), NAME, of(&p, |p| &p.name))
        .column(h("证件号码|visitor_id|ZJHM|B"), RESIDENT, id)
        .column(h("手机号|visitor_phone|SJH|C"), MOBILE, of(&p, |p| &p.mobile))
        .column(h("单位|company|DW|D"), NONE, value::values(random, n, firm))
        .column(h("被访人|host|BFR|E"), NAME, value::values(random, n, |r| people(r, 1)[0].name.clone()))
        .column(h("来访事由|reason|LFSY|F"), NONE, some(random, n, &["面试", "商务洽谈", "设备检修", "送货"]))
        .column(h("进门时间|in_time|JMSJ|G"), NONE, value::values(random, n, |r| value::time(r, 2024, 2024)))
        .subjects(n);
    match v {
        3 => written(meaningless(table, |at| "ABCDEFG"[at..=at].to_owned()), 3),
        _ => written(table, v),
    }
}

/// Applicants for jobs, with what they say of themselves.
pub(super) fn applicants(random: &mut Random, v: u64) -> Table {
    let n = 46 + 10 * v as usize;
    let p = people_born(random, n, (1980, 2002));
    let h = |s| head(v, s);
    let text = per(&p, |p| {
        let year = p.born[..4].parse::<i64>().unwrap_or(1990) + 22;
        let school = random.pick(&["南京理工大学", "郑州大学", "华中科技大学", "西北工业大学"]);
        format!("{}，{}人，{year}年毕业于{school}。熟悉生产计划与供应链管理。联系方式：{} / {}", p.name, p.place.1, p.mobile, p.mail)
    });
    let table = Table::new(h("简历库|candidates|resume_pool"))
        .column(h("简历编号|candidate_no|no"), NONE, value::serial("CV", 70_001, 6, n))
        .column(h("候选人|candidate|name"), NAME, of(&p, |p| &p.name))
        .column(h("邮箱|email|mail"), MAIL, of(&p, |p| &p.mail))
        .column(h("应聘职位|position|post"), NONE, some(random, n, &["采购专员", "嵌入式工程师", "财务主管", "质量工程师"]))
        .column(h("期望薪资|expected_salary|salary"), NONE, some(random, n, &["8-10K", "15K以上", "面议", "20-30K·14薪"]))
        .column_that_may(h("简历正文|resume_text|content"), &["contact.mobile", "contact.email"], &["person.name"], text)
        .subjects(n);
    table.form([Form::Parquet, Form::Csv, Form::Tsv][v as usize % 3])
}

/// Subscribers of an operator.
pub(super) fn subscribers(random: &mut Random, v: u64) -> Table {
    let n = 70 + 9 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let table = Table::new(h("用户资料|subscriber_info|TF_F_USER|宽带用户"))
        .column(h("用户标识|user_id|USER_ID|用户编号"), ACCOUNT, per(&p, |p| format!("11{}{}", p.account, &p.account[..4])))
        .column(h("手机号码|serial_number|SERIAL_NUMBER|联系号码"), MOBILE, of(&p, |p| &p.mobile))
        .column(h("机主姓名|cust_name|CUST_NAME|客户姓名"), NAME, if v == 1 { damage::masked(1, 0, of(&p, |p| &p.name)) } else { of(&p, |p| &p.name) })
        .column(h("证件号码|pspt_id|PSPT_ID|证件号码"), RESIDENT, if v == 1 { damage::masked(6, 2, of(&p, |p| &p.id)) } else { of(&p, |p| &p.id) })
        .column_that_may(h("IMSI|imsi|IMSI|逻辑ID"), NONE, &["device.id", "account.user"], value::values(random, n, |r| format!("4600{}{}", r.below(3), r.digits(10))))
        .column(h("套餐|product_name|PRODUCT_NAME|套餐名称"), NONE, some(random, n, &["5G畅享129元", "流量王39元", "融合199元", "校园卡19元"]))
        .column(h("月消费(元)|arpu|ARPU|月租"), NONE, value::values(random, n, |r| value::decimal(r, 8, 260, 2)))
        .column(h("装机地址|install_address|INSTALL_ADDRESS|装机地址"), HOME, of(&p, |p| &p.address))
        .subjects(n);
    written(table, v + 1)
}

/// Lists of authorities and charities: people who get something.
pub(super) fn recipients(random: &mut Random, v: u64) -> Table {
    let n = 55 + 9 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let card = if v == 2 { damage::grouped(4, ' ', of(&p, |p| &p.card)) } else { of(&p, |p| &p.card) };
    let table = Table::new(h("低保发放花名册|subsidy_recipients|补贴一卡通|临时救助名单"))
        .column(h("户主姓名|recipient_name|姓名|受助人"), NAME, of(&p, |p| &p.name))
        .column(h("身份证号码|id_number|公民身份号码|身份证"), RESIDENT, if v == 3 { damage::scientific(of(&p, |p| &p.id)) } else { of(&p, |p| &p.id) })
        .column(h("家庭人口|household_size|人口数|人数"), NONE, value::values(random, n, |r| value::integer(r, 1, 6)))
        .column(h("家庭住址|address|户籍地址|地址"), HOME, of(&p, |p| &p.address))
        .column(h("一卡通账号|bank_card|社保卡银行账号|银行卡号"), CARD, card)
        .column(h("补助金额(元)|amount_yuan|发放金额|救助金额"), NONE, value::values(random, n, |r| value::integer(r, 200, 4800)))
        .column_that_may(h("致贫原因|cause|备注|救助事由"), NONE, DIAGNOSED, some(random, n, &["因病", "因残", "缺劳力", "突发大病", "因学"]))
        .column(h("医疗机构|hospital|经办机构|定点医院"), NONE, some(random, n, HOSPITALS));
    let mut table = table.may(&["finance.transaction"]).subjects(n);
    if v == 3 {
        table.columns[1].may = std::mem::take(&mut table.columns[1].classes);
    }
    written(table, v)
}

const DIAGNOSED: &[&str] = &["health.diagnosis", "health.history", "health.record"];

/// A register of homes for the old: who lives there, and whom to call.
pub(super) fn care_homes(random: &mut Random, v: u64) -> Table {
    let n = 42 + 8 * v as usize;
    let (p, child) = (people_born(random, n, (1932, 1955)), people_born(random, n, (1958, 1985)));
    let h = |s| head(v, s);
    let table = Table::new(h("入住老人档案|elder.records|LRDA"))
        .column(h("老人姓名|elder.name|LRXM"), NAME, of(&p, |p| &p.name))
        .column(h("身份证号|elder.idCard|SFZH"), RESIDENT, of(&p, |p| &p.id))
        .column(h("自理能力|elder.careLevel|ZLNL"), NONE, some(random, n, &["自理", "半失能", "失能", "失智"]))
        .column_that_may(h("既往病史|elder.medicalHistory|JWBS"), &["health.history"], DIAGNOSED, some(random, n, &["高血压20年", "脑梗后遗症", "阿尔茨海默病", "糖尿病；白内障", "无"]))
        .column(h("床位|elder.bed|CW"), NONE, value::values(random, n, |r| format!("{}{:02}-{}床", r.between(2, 6), r.between(1, 20), r.between(1, 4))))
        .column(h("家属姓名|family.name|JSXM"), NAME, of(&child, |p| &p.name))
        .column(h("家属电话|family.phone|JSDH"), MOBILE, of(&child, |p| &p.mobile))
        .column(h("座机|family.tel|ZJ"), LANDLINE, of(&child, |p| &p.landline))
        .column(h("家属住址|family.address|JSZZ"), HOME, per(&child, |p| format!("{}（{}附近）", p.address, random.pick(ESTATES))))
        .may(&["health.record"])
        .subjects(2 * n);
    written(table, v + 1)
}
