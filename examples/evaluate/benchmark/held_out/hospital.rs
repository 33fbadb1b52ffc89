//! Hospitals: registers of patients, visits, front pages of cases, laboratory, radiology, notes, vaccination.

use super::draft::{
    ACCOUNT, BORN, DIAGNOSIS, HOME, LANDLINE, MOBILE, NAME, NONE, RESIDENT, count, head, meaningless, of, per, rows_of,
    shifted, some, unnamed, written,
};
use super::people::{people, people_born};
use super::words::{DIAGNOSES, DRUGS, HOSPITALS, OPERATIONS, TESTS, WARDS};
use crate::benchmark::{Form, Table, damage, value};
use exportscan::demo::Random;

/// Numbers of a visit: of one stay, not of one person.
const VISIT: &[&str] = &["health.admission", "account.user", "health.record"];

/// The master index of patients, with next of kin.
pub(super) fn patients(random: &mut Random, v: u64) -> Table {
    let n = 58 + 17 * v as usize;
    let (p, kin) = (people(random, n), people(random, n));
    let h = |s| head(v, s);
    let id = match v {
        1 => damage::masked(6, 4, of(&p, |p| &p.id)),
        2 => damage::gaps(random, 6, of(&p, |p| &p.id)),
        _ => of(&p, |p| &p.id),
    };
    let table = Table::new(h("患者基本信息|pat_basic_info|BRJBXX|PAT_MASTER_INDEX|export_0611"))
        .column(h("患者ID|patient_id|BRID|PATIENT_ID"), ACCOUNT, of(&p, |p| &p.account))
        .column(h("姓名|patient_name|BRXM|NAME"), NAME, of(&p, |p| &p.name))
        .column(h("性别|sex_name|XB|SEX"), NONE, of(&p, |p| &p.sex))
        .column(h("出生日期|birthday|CSRQ|DATE_OF_BIRTH"), BORN, of(&p, |p| &p.born))
        .column(h("身份证号|id_card|SFZH|ID_NO"), RESIDENT, id)
        .column(h("民族|nation|MZ|NATION"), NONE, some(random, n, &["汉族", "汉族", "汉族", "回族", "满族", "壮族"]))
        .column(h("费别|charge_type|FB|CHARGE_TYPE"), NONE, some(random, n, &["城镇职工", "城乡居民", "自费", "公费"]))
        .column(h("联系电话|phone|LXDH|PHONE_NUMBER_HOME"), MOBILE, of(&p, |p| &p.mobile))
        .column(h("现住址|address|XZZ|MAILING_ADDRESS"), HOME, of(&p, |p| &p.address))
        .column(h("联系人|contact_name|LXRXM|NEXT_OF_KIN"), NAME, of(&kin, |p| &p.name))
        .column(h("与患者关系|relation|YHZGX|RELATIONSHIP"), NONE, some(random, n, &["配偶", "子女", "父母", "其他"]))
        .column(h("联系人电话|contact_tel|LXRDH|NEXT_OF_KIN_PHONE"), MOBILE, of(&kin, |p| &p.mobile))
        .may(&["health.record"])
        .subjects(2 * n);
    if v == 4 { unnamed(table) } else { written(table, v) }
}

/// Visits of out-patients with their diagnosis.
pub(super) fn outpatients(random: &mut Random, v: u64) -> Table {
    let n = 90 + 10 * v as usize;
    let (all, staff) = (people(random, 55), people(random, 7));
    let (p, doctors) = (rows_of(random, n, &all), rows_of(random, n, &staff));
    let found: Vec<_> = (0..n).map(|_| random.pick(DIAGNOSES)).collect();
    let h = |s| head(v, s);
    let table = Table::new(h("门诊就诊记录|opVisit|MZ_JZJL|outp_mr|门诊日志"))
        .column_that_may(h("就诊流水号|visitNo|JZLSH|visit_no|序号"), NONE, VISIT, value::serial("MZ2403", 10_017, 6, n))
        .column(h("患者编号|patientId|HZBH|patient_id|门诊ID号"), ACCOUNT, of(&p, |p| &p.account))
        .column(h("患者姓名|patientName|XM|name|姓名"), NAME, of(&p, |p| &p.name))
        .column(h("年龄|age|NL|age|年龄(岁)"), NONE, per(&p, |p| (2024 - p.born[..4].parse::<i64>().unwrap_or(1980)).to_string()))
        .column_that_may(h("就诊科室|deptName|KSMC|visit_dept|科室"), NONE, VISIT, some(random, n, WARDS))
        .column(h("接诊医生|doctorName|YSXM|doctor|医生"), NAME, of(&doctors, |p| &p.name))
        .column(h("医生工号|doctorCode|YSGH|doctor_no|工号"), ACCOUNT, per(&doctors, |p| p.account[..5].to_owned()))
        .column_that_may(h("就诊时间|visitTime|JZSJ|visit_date|日期"), NONE, VISIT, value::values(random, n, |r| value::time(r, 2024, 2024)))
        .column(h("诊断编码|icdCode|ZDBM|diag_code|ICD-10"), DIAGNOSIS, per(&found, |d| d.0.to_owned()))
        .column(h("诊断名称|diagnosisName|ZDMC|diag_desc|初步诊断"), DIAGNOSIS, per(&found, |d| d.1.to_owned()))
        .column(h("挂号费|regFee|GHF|reg_fee|金额（元）"), NONE, value::values(random, n, |r| value::decimal(r, 6, 60, 2)))
        .records(&["health.record"])
        .subjects(all.len() + count(&per(&doctors, |p| p.account[..5].to_owned())));
    written(table, v + 1)
}

/// Front pages of cases, one variant with the item codes of the national quality system for headers.
pub(super) fn front_pages(random: &mut Random, v: u64) -> Table {
    const CODES: [&str; 13] =
        ["A48", "A11", "A12C", "A13", "A20", "A26", "A28", "B12", "B15", "C03C", "C04N", "C15x01N", "D01"];
    let n = 64 + 9 * v as usize;
    let p = people(random, n);
    let found: Vec<_> = (0..n).map(|_| random.pick(DIAGNOSES)).collect();
    let h = |s| head(v, s);
    let days: Vec<_> = (0..n).map(|_| (random.between(1, 12), random.between(1, 15), random.between(1, 12))).collect();
    let table = Table::new(h("病案首页|inp_front_page|BASYJBXX|hqmsts_2023|tblMain|出院病人一览"))
        .column_that_may(h("病案号|mr_no|BAH|A48|MrNo|住院号"), NONE, VISIT, value::values(random, n, |r| format!("00{}", r.digits(6))))
        .column(h("姓名|name|XM|A11|PatName|病人姓名"), NAME, of(&p, |p| &p.name))
        .column(h("性别|gender|XB|A12C|Sex|性别"), NONE, per(&p, |p| if p.sex == "男" { "1" } else { "2" }.to_owned()))
        .column(h("出生日期|birth_date|CSRQ|A13|BirthDay|出生年月日"), BORN, per(&p, |p| if v.is_multiple_of(2) { p.born.clone() } else { p.born.replace('-', "") }))
        .column(h("身份证号码|id_number|SFZH|A20|IDCard|证件号"), RESIDENT, if v == 5 { of(&p, |p| &p.hash) } else { of(&p, |p| &p.id) })
        .column(h("家庭地址|home_address|JTDZ|A26|HomeAddr|家庭住址"), HOME, of(&p, |p| &p.address))
        .column(h("家庭电话|home_phone|JTDH|A28|HomeTel|电话"), LANDLINE, of(&p, |p| &p.landline))
        .column_that_may(h("入院时间|admit_time|RYSJ|B12|InDate|入院日期"), &["health.admission"], VISIT, per(&days, |d| format!("2023-{:02}-{:02}", d.0, d.1)))
        .column_that_may(h("出院时间|discharge_time|CYSJ|B15|OutDate|出院日期"), &["health.admission"], VISIT, per(&days, |d| format!("2023-{:02}-{:02}", d.0, d.1 + d.2)))
        .column(h("主要诊断编码|main_diag_code|ZYZDBM|C03C|DiagCode|ICD编码"), DIAGNOSIS, per(&found, |d| d.0.to_owned()))
        .column(h("出院主要诊断|main_diag_name|ZYZD|C04N|DiagName|出院诊断"), DIAGNOSIS, per(&found, |d| d.1.to_owned()))
        .column_that_may(h("手术名称|operation_name|SSMC|C15x01N|OperName|手术及操作"), &["health.treatment"], &["health.record"], per(&found, |_| random.pick(OPERATIONS).1.to_owned()))
        .column(h("住院总费用|total_fee|ZFY|D01|TotalCost|费用合计(元)"), NONE, value::values(random, n, |r| value::decimal(r, 1800, 98_000, 2)))
        .records(&["health.record"])
        .subjects(n);
    match v {
        3 => written(meaningless(table, |at| CODES[at].to_owned()), v),
        4 => unnamed(table),
        _ => written(table, v),
    }
}

/// Results of the laboratory, one test a line.
pub(super) fn laboratory(random: &mut Random, v: u64) -> Table {
    let all = people(random, 24 + v as usize);
    let n = 5 * all.len();
    let h = |s| head(v, s);
    let p: Vec<_> = (0..n).map(|at| all[at / 5].clone()).collect();
    let tests: Vec<_> = (0..n).map(|at| TESTS[(at % 5 + at / 5) % TESTS.len()]).collect();
    let lab = &["health.lab", "health.record"];
    let table = Table::new(h("检验结果|lis_result|JYJG|LAB_RESULT|检验报告明细"))
        .column(h("样本条码|barcode|YBTM|SAMPLE_NO|条码号"), NONE, value::serial("24", 1_100_305_200, 10, n))
        .column(h("患者ID|patient_id|BRBH|PATIENT_ID|病人编号"), ACCOUNT, of(&p, |p| &p.account))
        .column(h("姓名|pat_name|BRXM|PATIENT_NAME|姓名"), NAME, of(&p, |p| &p.name))
        .column_that_may(h("项目代码|item_code|XMDM|ITEM_CODE|英文缩写"), NONE, lab, per(&tests, |t| t.1.to_owned()))
        .column_that_may(h("检验项目|item_name|XMMC|REPORT_ITEM_NAME|项目名称"), NONE, lab, per(&tests, |t| t.0.to_owned()))
        .column_that_may(h("检验结果|result_value|JGZ|RESULT|结果"), &["health.lab"], lab, per(&tests, |t| value::decimal(random, t.4, t.5, t.6)))
        .column_that_may(h("单位|unit|DW|UNITS|单位"), NONE, lab, per(&tests, |t| t.2.to_owned()))
        .column_that_may(h("参考范围|ref_range|CKFW|NORMAL_RANGE|参考值"), NONE, lab, per(&tests, |t| t.3.to_owned()))
        .column_that_may(h("异常标志|abnormal_flag|YCBZ|ABNORMAL_INDICATOR|提示"), NONE, lab, some(random, n, &["N", "N", "H", "L"]))
        .column(h("报告时间|report_time|BGSJ|RESULT_DATE_TIME|报告时间"), NONE, value::values(random, n, |r| value::time(r, 2024, 2024)))
        .records(&["health.record"])
        .subjects(all.len());
    match v {
        4 => written(shifted(table), 3),
        _ => written(table, v + 2),
    }
}

/// Prescriptions.
pub(super) fn prescriptions(random: &mut Random, v: u64) -> Table {
    let n = 75 + 8 * v as usize;
    let p = people(random, n);
    let drugs: Vec<_> = (0..n).map(|_| random.pick(DRUGS)).collect();
    let h = |s| head(v, s);
    let rx = &["health.medication", "health.record"];
    let table = Table::new(h("处方明细|prescription_detail|chufangmingxi|CFMX"))
        .column(h("处方号|rx_no|chufanghao|CFH"), NONE, value::values(random, n, |r| format!("20240{}{}", r.between(110, 928), r.digits(8))))
        .column(h("患者姓名|patient.name|huanzhe_xingming|HZXM"), NAME, of(&p, |p| &p.name))
        .column(h("身份证号|patient.idNo|shenfenzhenghao|SFZHM"), RESIDENT, per(&p, |p| if v == 1 { p.id.to_lowercase() } else { p.id.clone() }))
        .column(h("医保卡号|patient.insuranceNo|yibaokahao|YBKH"), &["identity.social_security"], per(&p, |p| format!("{}{}", &p.id[..4], p.account)))
        .column_that_may(h("药品名称|drug.name|yaopin_mingcheng|YPMC"), &["health.medication"], rx, per(&drugs, |d| d.0.to_owned()))
        .column_that_may(h("规格|drug.spec|guige|YPGG"), NONE, rx, per(&drugs, |d| d.1.to_owned()))
        .column_that_may(h("用法用量|drug.usage|yongfa_yongliang|YFYL"), NONE, rx, some(random, n, &["口服 每日三次 每次1片", "口服 qd 20mg", "bid po", "皮下注射 睡前 12u", "遵医嘱"]))
        .column_that_may(h("数量|drug.quantity|shuliang|SL"), NONE, rx, value::values(random, n, |r| value::integer(r, 1, 6)))
        .column(h("单价|drug.price|danjia|DJ"), NONE, value::values(random, n, |r| value::decimal(r, 5, 180, 2)))
        .column(h("开方医生|doctor.name|kaifang_yisheng|KFYS"), NAME, value::values(random, n, |r| people(r, 1)[0].name.clone()))
        .records(&["health.record"])
        .subjects(n);
    written(table, v + 1)
}

/// Reports of radiology and notes of wards: long texts that name people now and then.
pub(super) fn reports(random: &mut Random, v: u64) -> Table {
    let n = 48 + 6 * v as usize;
    let (p, kin) = (people(random, n), people(random, n));
    let h = |s| head(v, s);
    let imaging = v.is_multiple_of(2);
    let finding = [
        "双肺纹理增多，右肺下叶见一大小约6mm磨玻璃结节，边界清。纵隔未见肿大淋巴结。",
        "肝脏形态大小正常，肝内见多发无回声区，大者约15×12mm。胆囊壁毛糙，内见强回声团伴声影。",
        "L4/5椎间盘向后突出，硬膜囊受压，双侧侧隐窝变窄。",
        "颅内未见明显出血灶，双侧基底节区见小片状低密度影。",
    ];
    let notes = per(&kin, |k| {
        let found = random.pick(DIAGNOSES).1;
        match random.below(3) {
            0 => format!("患者因“反复胸闷3天”入院，家属{}（电话{}）代述病史。初步诊断：{found}。", k.name, k.mobile),
            1 => format!("今日查房，一般情况可。{found}治疗后好转，已与患者之女{}沟通，联系方式{}。", k.name, k.mobile),
            _ => format!("出院医嘱：低盐低脂饮食，两周后门诊复查。随访电话 {} ，联系人{}。", k.mobile, k.name),
        }
    });
    let texts: &[&str] = &["health.record", "health.imaging", "health.lab", "health.diagnosis", "health.treatment", "health.history", "person.name"];
    let table = Table::new(h("放射检查报告|ward_notes|ris_report|病程记录"))
        .column(h("检查号|note_id|exam_no|记录ID"), NONE, value::serial("CT", 240_517, 8, n))
        .column(h("姓名|patient_name|pat_name|患者姓名"), NAME, of(&p, |p| &p.name))
        .column(h("病人ID|card_no|pat_id|就诊卡号"), ACCOUNT, of(&p, |p| &p.account))
        .column_that_may(h("检查部位|note_type|body_part|文书类型"), NONE, texts, if imaging { some(random, n, &["胸部", "腹部", "腰椎", "头颅"]) } else { some(random, n, &["首次病程", "日常病程", "出院小结"]) })
        .column_that_may(h("影像所见|note_text|finding|记录内容"), if imaging { NONE } else { MOBILE }, texts, if imaging { some(random, n, &finding) } else { notes })
        .column(h("报告时间|created_at|report_dt|记录时间"), NONE, value::values(random, n, |r| value::time(r, 2023, 2024)))
        .records(&["health.record"])
        .subjects(if imaging { n } else { 2 * n });
    table.form(if v == 3 { Form::Parquet } else { Form::Csv })
}

/// Children and their vaccinations.
pub(super) fn vaccinations(random: &mut Random, v: u64) -> Table {
    let n = 70 + 12 * v as usize;
    let (child, mother) = (people_born(random, n, (2018, 2023)), people(random, n));
    let h = |s| head(v, s);
    let shot = &["health.treatment", "health.medication", "health.record"];
    let table = Table::new(h("预防接种信息|child_vaccination|YFJZ"))
        .column(h("儿童编码|child_code|ETBM"), ACCOUNT, per(&child, |c| format!("{}{}01{}", c.place.3, &c.born[..4], &c.account[..6])))
        .column_that_may(h("儿童姓名|child_name|ETXM"), NAME, &["person.minor"], of(&child, |c| &c.name))
        .column_that_may(h("出生日期|dob|CSRQ"), BORN, &["person.minor"], per(&child, |c| if v == 0 { c.born.replace('-', "/") } else { c.born.clone() }))
        .column(h("监护人姓名|guardian_name|JHRXM"), NAME, of(&mother, |p| &p.name))
        .column(h("监护人手机|guardian_mobile|JHRSJ"), MOBILE, of(&mother, |p| &p.mobile))
        .column(h("现居住地址|living_address|XZDZ"), HOME, of(&mother, |p| &p.address))
        .column_that_may(h("疫苗名称|vaccine_name|YMMC"), NONE, shot, some(random, n, &["乙肝疫苗", "脊灰灭活疫苗", "百白破疫苗", "麻腮风疫苗", "13价肺炎疫苗", "EV71疫苗"]))
        .column_that_may(h("剂次|dose_no|JC"), NONE, shot, value::values(random, n, |r| value::integer(r, 1, 4)))
        .column(h("疫苗批号|lot_no|YMPH"), NONE, value::values(random, n, |r| format!("2023{}{}-{}", r.digits(2), r.digits(2), r.digits(1))))
        .column_that_may(h("接种日期|vaccinated_on|JZRQ"), NONE, shot, value::values(random, n, |r| value::day(r, 2023, 2024)))
        .may(&["health.record", "person.minor"])
        .subjects(2 * n);
    written(table, v)
}

/// Health checks that employers pay for.
pub(super) fn health_checks(random: &mut Random, v: u64) -> Table {
    let n = 60 + 20 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let result = &["health.lab", "health.record"];
    let id = match v {
        1 => damage::grouped(6, ' ', of(&p, |p| &p.id)),
        2 => damage::prefixed("'", of(&p, |p| &p.id)),
        _ => damage::full_width(of(&p, |p| &p.id)),
    };
    let table = Table::new(h("体检结果汇总|tj_result|单位体检名单|体检中心导出"))
        .column(h("体检号|tjh|体检编号*|TJ_NO"), NONE, value::serial("T24", 51_200, 7, n))
        .column(h("姓名|xm|姓名*|NAME"), NAME, of(&p, |p| &p.name))
        .column(h("身份证号|sfzh|身份证号*|ID_CARD"), RESIDENT, id)
        .column(h("手机|sj|手机号*|MOBILE"), MOBILE, if v == 2 { damage::fractional(of(&p, |p| &p.mobile)) } else { of(&p, |p| &p.mobile) })
        .column_that_may(h("身高(cm)|sg|身高|HEIGHT_CM"), NONE, result, value::values(random, n, |r| value::decimal(r, 150, 188, 1)))
        .column_that_may(h("体重(kg)|tz|体重|WEIGHT_KG"), NONE, result, value::values(random, n, |r| value::decimal(r, 45, 99, 1)))
        .column_that_may(h("收缩压(mmHg)|ssy|血压|SBP"), &[], result, value::values(random, n, |r| value::integer(r, 98, 172)))
        .column_that_may(h("空腹血糖(mmol/L)|kfxt|血糖|FPG"), &[], result, value::values(random, n, |r| value::decimal(r, 4, 9, 2)))
        .column_that_may(h("体检结论|tjjl|异常项|CONCLUSION"), NONE, &["health.diagnosis", "health.lab", "health.record"], some(random, n, &["未见明显异常", "脂肪肝（轻度）", "甲状腺结节，建议复查", "血压偏高；尿酸偏高", "颈动脉斑块"]))
        .column(h("体检机构|tjjg|医院|ORG"), NONE, some(random, n, HOSPITALS))
        .records(&["health.record"])
        .subjects(n);
    written(table, v + 3)
}
