//! Patients, trials and hospitals.

use super::people::{self, Person, children, people};
use super::sheet::{Sheet, codes, days, decimals, distinct, each, every, integers, picks, rows, some, texts, times};
use super::words::{CLINICS, DIAGNOSES, MEDICINES, PLACES};
use crate::benchmark::{Generator, Table, style::Style, value};
use exportscan::demo::Random;

/// Tables of this trade.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("admissions", 7, admissions),
        ("outpatients", 5, outpatients),
        ("prescriptions", 5, prescriptions),
        ("lab_results", 6, lab_results),
        ("vital_signs", 3, vital_signs),
        ("vaccinations", 4, vaccinations),
        ("surgeries", 3, surgeries),
        ("imaging_studies", 3, imaging_studies),
        ("de_identified", 4, de_identified),
        ("bed_statistics", 3, bed_statistics),
        ("check_ups", 4, check_ups),
        ("follow_ups", 4, follow_ups),
    ]
}

pub(super) fn diagnoses(random: &mut Random, n: usize) -> Vec<(&'static str, &'static str)> {
    some(random, n, DIAGNOSES)
}

/// Who lay in which ward with what.
fn admissions(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let mut patients = people(random, n + n);
    let relatives = patients.split_off(n);
    let found = diagnoses(random, n);
    let wards = some(random, n, CLINICS);
    Sheet::new(variant, "住院病人登记")
        .col("~account.user ?health.admission", "病案号|medical_record_no|BAH", codes(random, n, "", 8))
        .col("?health.admission ?account.user", "住院号|inpatient_no|ZYH", codes(random, n, "ZY24", 6))
        .col("person.name", "患者姓名|patient_name|HZXM", each(&patients, |p| p.name.clone()))
        .col("", "年龄|age|NL", each(&patients, |p| p.age.to_string()))
        .col("identity.resident_id", "身份证号|id_no|SFZH", each(&patients, |p| p.id.clone()))
        .col("", "入院科室|ward|RYKS", wards.iter().map(ToString::to_string).collect())
        .col("~health.diagnosis", "入院诊断|admission_diagnosis|RYZD", each(&found, |d| d.1.to_owned()))
        .col("?health.diagnosis", "诊断编码|diagnosis_code|ZDBM", each(&found, |d| d.0.to_owned()))
        .col("?health.admission", "入院日期|admission_date|RYRQ", days(random, n, 2023, 2024))
        .col("person.name", "主治医生|attending_doctor|ZZYS", texts(random, n, people::name))
        .col("person.name", "联系人|contact_person|LXR", each(&relatives, |p| p.name.clone()))
        .col("contact.mobile", "联系人电话|contact_phone|LXRDH", each(&relatives, |p| p.mobile.clone()))
        .records(if variant == 6 { &[] } else { &["health.record"] })
        .may(&["health.record", "health.diagnosis"])
        .subjects_and_names(2 * n, 9)
        .done()
}

/// Visits of a clinic.
fn outpatients(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let patients = people(random, n / 2);
    let cards = codes(random, patients.len(), "", 12);
    let who: Vec<usize> = every(random, n, &(0..patients.len()).collect::<Vec<_>>());
    let found = diagnoses(random, n);
    let complaints = [
        "反复咳嗽咳痰3天",
        "发热伴咽痛1天",
        "上腹部隐痛半月余",
        "头晕、乏力1周",
        "右膝关节疼痛2月",
        "体检发现血压升高",
    ];
    Sheet::new(variant, "门诊就诊记录")
        .col("~account.user", "就诊卡号|patient_card_no|JZKH", each(&who, |p| cards[*p].clone()))
        .col("person.name", "姓名|name|XM", each(&who, |p| patients[*p].name.clone()))
        .col("", "性别|sex|XB", each(&who, |p| patients[*p].sex.to_owned()))
        .col("~person.birth_date", "出生日期|birth_date|CSRQ", each(&who, |p| patients[*p].birth.clone()))
        .col("contact.mobile", "手机号|mobile|SJH", each(&who, |p| patients[*p].mobile.clone()))
        .col("?health.admission", "就诊时间|visit_time|JZSJ", times(random, n, 2024, 2024))
        .col("", "就诊科室|department|JZKS", picks(random, n, CLINICS))
        .col(
            "~health.history ?health.diagnosis ?health.admission",
            "主诉|chief_complaint|ZS",
            picks(random, n, &complaints),
        )
        .col("~health.diagnosis", "诊断|diagnosis|ZD", each(&found, |d| format!("{} {}", d.0, d.1)))
        .records(&["health.record"])
        .may(&["health.record", "health.admission"])
        .subjects(patients.len())
        .done()
}

/// Medicines that patients got.
fn prescriptions(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let patients = people(random, n / 2);
    let who: Vec<Person> = every(random, n, &patients);
    let given = some(random, n, MEDICINES);
    Sheet::new(variant, "处方明细")
        .col("", "处方号|prescription_no|CFH", codes(random, n, "CF2024", 8))
        .col("person.name", "患者|patient_name|HZ", each(&who, |p| p.name.clone()))
        .col("identity.resident_id", "身份证号码|id_card|SFZHM", each(&who, |p| p.id.clone()))
        .col("~health.medication", "药品名称|drug_name|YPMC", each(&given, |m| m[0].to_owned()))
        .col("", "规格|specification|GG", each(&given, |m| m[1].to_owned()))
        .col("?health.medication", "用法用量|usage_dosage|YFYL", each(&given, |m| m[3].to_owned()))
        .col("", "数量|quantity|SL", integers(random, n, 1, 6))
        .col("person.name", "开方医师|prescriber|KFYS", texts(random, n, people::name))
        .col("", "开方时间|prescribed_at|KFSJ", times(random, n, 2024, 2024))
        .records(&["health.record"])
        .may(&["health.medication"])
        .subjects_and_names(distinct(&each(&who, |p| p.id.clone())), 7)
        .done()
}

/// Results of a laboratory.
fn lab_results(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let patients = people(random, n / 4);
    let numbers = codes(random, patients.len(), "P", 9);
    let who: Vec<usize> = every(random, n, &(0..patients.len()).collect::<Vec<_>>());
    let items = [
        ["白细胞计数", "10^9/L", "3.5-9.5"],
        ["血红蛋白", "g/L", "115-150"],
        ["空腹血糖", "mmol/L", "3.9-6.1"],
        ["总胆固醇", "mmol/L", "<5.18"],
        ["谷丙转氨酶", "U/L", "7-40"],
        ["肌酐", "umol/L", "41-73"],
        ["糖化血红蛋白", "%", "4.0-6.0"],
    ];
    let tested = some(random, n, &items);
    Sheet::new(variant, "检验结果")
        .col("", "标本号|specimen_no|BBH", codes(random, n, "2403", 8))
        .col("~account.user", "患者编号|patient_id|HZBH", each(&who, |p| numbers[*p].clone()))
        .col(
            "person.name",
            "姓名|patient_name|XM",
            each(&who, |p| if variant == 2 { first_only(&patients[*p]) } else { patients[*p].name.clone() }),
        )
        .col("?health.lab", "检验项目|test_item|JYXM", each(&tested, |t| t[0].to_owned()))
        .col("?health.lab", "结果|result|JG", decimals(random, n, 1, 180, 1))
        .col("", "单位|unit|DW", each(&tested, |t| t[1].to_owned()))
        .col("", "参考范围|reference_range|CKFW", each(&tested, |t| t[2].to_owned()))
        .col("?health.lab", "提示|flag|TS", picks(random, n, &["", "↑", "↓", ""]))
        .col("", "报告时间|report_time|BGSJ", times(random, n, 2024, 2024))
        .records(&["health.record"])
        .may(&["health.lab", "health.record"])
        .subjects_if_named(patients.len())
        .done()
}

fn first_only(person: &Person) -> String {
    person.name.chars().take(1).chain("**".chars()).collect()
}

/// What wearables and wards measure of patients.
fn vital_signs(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let mobiles = value::distinct(random, n / 5, value::mobile);
    Sheet::new(variant, "生命体征监测")
        .col("contact.mobile", "用户手机|user_mobile|YHSJ", every(random, n, &mobiles))
        .col("", "测量时间|measured_at|CLSJ", times(random, n, 2024, 2024))
        .col("?health.lab", "收缩压|systolic|SSY", integers(random, n, 98, 178))
        .col("?health.lab", "舒张压|diastolic|SZY", integers(random, n, 58, 110))
        .col("?health.lab", "心率|heart_rate|XL", integers(random, n, 52, 128))
        .col("?health.lab", "血氧饱和度|spo2|XYBHD", integers(random, n, 90, 100))
        .col("?health.lab", "血糖|blood_glucose|XT", decimals(random, n, 4, 14, 1))
        .may(&["health.lab", "health.record"])
        .subjects(mobiles.len())
        .done()
}

/// Children and the parents who bring them.
fn vaccinations(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let (kids, parents) = (children(random, n), people(random, n));
    let vaccines =
        ["乙肝疫苗", "麻腮风疫苗", "百白破疫苗", "脊灰疫苗", "流脑A群疫苗", "13价肺炎球菌多糖结合疫苗", "水痘疫苗"];
    Sheet::new(variant, "预防接种登记")
        .col("~account.user", "儿童编码|child_code|ETBM", codes(random, n, "3201", 14))
        .col("person.name ?person.minor", "儿童姓名|child_name|ETXM", each(&kids, |p| p.name.clone()))
        .col("identity.resident_id ?person.minor", "儿童身份证号|child_id_no|ETSFZH", each(&kids, |p| p.id.clone()))
        .col("~person.birth_date ?person.minor", "出生日期|birthday|CSRQ", each(&kids, |p| p.birth.clone()))
        .col("person.name", "监护人|guardian_name|JHR", each(&parents, |p| p.name.clone()))
        .col("contact.mobile", "监护人手机|guardian_mobile|JHRSJ", each(&parents, |p| p.mobile.clone()))
        .col("contact.address", "居住地址|home_address|JZDZ", each(&parents, |p| p.address.clone()))
        .col("?health.medication ?health.treatment", "疫苗名称|vaccine_name|YMMC", picks(random, n, &vaccines))
        .col("", "疫苗批号|batch_no|YMPH", codes(random, n, "202312", 4))
        .col("?health.treatment", "接种日期|vaccinated_on|JZRQ", days(random, n, 2023, 2024))
        .may(&["health.record", "person.minor"])
        .subjects(2 * n)
        .done()
}

/// Operations.
fn surgeries(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let patients = people(random, n);
    let operations = [
        ("47.0900", "腹腔镜下阑尾切除术"),
        ("51.2300", "腹腔镜下胆囊切除术"),
        ("81.5400", "全膝关节置换术"),
        ("36.0700", "药物洗脱冠状动脉支架置入术"),
        ("13.4100", "白内障超声乳化抽吸术"),
        ("74.1x00", "剖宫产术"),
    ];
    let done = some(random, n, &operations);
    Sheet::new(variant, "手术登记")
        .col("?health.admission ?account.user", "住院号|inpatient_no|ZYH", codes(random, n, "", 7))
        .col("person.name", "病人姓名|patient_name|BRXM", each(&patients, |p| p.name.clone()))
        .col("identity.resident_id", "证件号|cert_no|ZJH", each(&patients, |p| p.id.clone()))
        .col("~health.treatment", "手术名称|operation_name|SSMC", each(&done, |d| d.1.to_owned()))
        .col("?health.treatment", "手术编码|operation_code|SSBM", each(&done, |d| d.0.to_owned()))
        .col("", "麻醉方式|anaesthesia|MZFS", picks(random, n, &["全身麻醉", "椎管内麻醉", "局部麻醉"]))
        .col("person.name", "主刀医师|surgeon|ZDYS", texts(random, n, people::name))
        .col("", "手术日期|operation_date|SSRQ", days(random, n, 2024, 2024))
        .records(&["health.record"])
        .may(&["health.treatment"])
        .subjects_and_names(n, 6)
        .done()
}

/// Studies of a picture archive.
fn imaging_studies(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let patients = people(random, n);
    let reports = [
        "双肺纹理清晰，未见明显实质性病变",
        "右肺上叶磨玻璃结节，直径约6mm，建议随访",
        "L4/5椎间盘膨出",
        "肝内多发低密度影，考虑囊肿",
    ];
    Sheet::new(variant, "影像检查")
        .col("", "检查号|accession_number|JCH", codes(random, n, "CT24", 7))
        .col("~account.user", "患者ID|patient_id|HZID", codes(random, n, "00", 8))
        .col("person.name", "患者姓名|patient_name|HZXM", each(&patients, |p| p.name.clone()))
        .col(
            "?health.imaging",
            "检查UID|study_instance_uid|JCUID",
            texts(random, n, |r| format!("1.2.840.113619.2.{}.{}.{}", r.between(10, 400), r.digits(10), r.digits(6))),
        )
        .col("?health.imaging", "检查类型|modality|JCLX", picks(random, n, &["CT", "MR", "DX", "US"]))
        .col("", "检查部位|body_part|JCBW", picks(random, n, &["胸部", "腰椎", "上腹部", "头颅"]))
        .col("~health.imaging ?health.lab ?health.diagnosis", "影像所见|findings|YXSJ", picks(random, n, &reports))
        .records(&["health.record"])
        .may(&["health.imaging"])
        .subjects_if_named(n)
        .done()
}

/// What research data sets look like: keys in place of names.
fn de_identified(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let subjects = codes(random, n / 3, "1", 4);
    let found = diagnoses(random, n);
    let style = [Style::Snake, Style::Upper, Style::Camel, Style::Chinese][variant as usize % 4];
    Sheet::styled(variant, style, "diagnoses_icd")
        .col("", "行号|row_id|HH", value::serial("", 1, 1, n))
        .col("account.user", "患者编号|subject_id|HZBH", every(random, n, &subjects))
        .col("?health.admission ?account.user", "就诊编号|hadm_id|JZBH", codes(random, n, "1", 5))
        .col("health.diagnosis", "诊断编码|icd10_code|ZDBM", each(&found, |d| d.0.to_owned()))
        .col("health.admission", "入院时间|admit_time|RYSJ", times(random, n, 2101, 2160))
        .col("", "出院方式|discharge_location|CYFS", picks(random, n, &["HOME", "SNF", "REHAB"]))
        .records(&["health.record"])
        .may(&["health.admission"])
        .subjects(subjects.len())
        .done_with_header()
}

/// Beds and staff of hospitals.
fn bed_statistics(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let hospital = |r: &mut Random| {
        let p = r.pick(PLACES);
        format!("{}{}人民医院", p.city, p.district)
    };
    Sheet::new(variant, "医疗机构资源统计")
        .col("", "机构代码|org_code|JGDM", texts(random, n, |r| format!("H{}{}", r.pick(PLACES).area, r.digits(5))))
        .col("", "机构名称|hospital_name|JGMC", texts(random, n, hospital))
        .col("", "等级|level|DJ", picks(random, n, &["三级甲等", "二级甲等", "一级"]))
        .col("?health.resources", "编制床位数|beds|BZCWS", integers(random, n, 40, 3200))
        .col("?health.resources", "执业医师数|physicians|ZYYSS", integers(random, n, 12, 1500))
        .col("?health.resources", "注册护士数|nurses|ZCHSS", integers(random, n, 20, 2600))
        .col("?health.resources", "ICU床位数|icu_beds|ICU", integers(random, n, 0, 120))
        .col("", "年门诊量|outpatient_visits|NMZL", integers(random, n, 9000, 4_200_000))
        .records(&["health.resources"])
        .may(&["health.resources"])
        .done()
}

/// Yearly check-ups of a firm's staff, by e-mail.
fn check_ups(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let advice = ["脂肪肝（轻度）", "甲状腺结节TI-RADS 3类", "血压偏高，建议复查", "未见异常", "尿酸升高"];
    Sheet::new(variant, "员工体检汇总")
        .col("person.name", "姓名|name|XM", each(&people, |p| p.name.clone()))
        .col("contact.email", "邮箱|email|YX", each(&people, |p| p.email.clone()))
        .col("", "身高cm|height_cm|SG", integers(random, n, 150, 188))
        .col("", "体重kg|weight_kg|TZ", decimals(random, n, 43, 98, 1))
        .col("?health.lab", "血红蛋白|hemoglobin|XHDB", integers(random, n, 102, 168))
        .col(
            "?health.lab",
            "血压|blood_pressure|XY",
            texts(random, n, |r| format!("{}/{}", r.between(98, 160), r.between(60, 100))),
        )
        .col("~health.lab ?health.diagnosis", "体检结论|checkup_conclusion|TJJL", picks(random, n, &advice))
        .may(&["health.record", "health.lab"])
        .subjects(n)
        .done()
}

/// Calls to patients after they left.
fn follow_ups(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let patients = people(random, n);
    let told = |r: &mut Random| {
        let m = r.pick(&[0, 1, 2, 3, 5]);
        let medicine = MEDICINES[m][0];
        match r.below(3) {
            0 => format!("患者自诉恢复良好，继续服用{medicine}，血压控制可"),
            1 => format!("服用{medicine}后出现轻度恶心，已停药，嘱复诊"),
            _ => "电话无人接听，家属代答，患者已转外院治疗".to_owned(),
        }
    };
    Sheet::new(variant, "出院随访")
        .col("person.name", "患者姓名|patient_name|HZXM", each(&patients, |p| p.name.clone()))
        .col("contact.mobile", "随访电话|follow_up_phone|SFDH", each(&patients, |p| p.mobile.clone()))
        .col("~health.diagnosis", "出院诊断|discharge_diagnosis|CYZD", each(&diagnoses(random, n), |d| d.1.to_owned()))
        .col(
            "?health.adverse_event ?health.medication ?health.treatment ?health.diagnosis",
            "随访内容|content|SFNR",
            texts(random, n, told),
        )
        .col("person.name", "随访护士|nurse|SFHS", texts(random, n, people::name))
        .col("", "随访日期|follow_up_date|SFRQ", days(random, n, 2024, 2024))
        .records(&["health.record"])
        .may(&["health.record"])
        .subjects_and_names(n, 4)
        .done()
}
