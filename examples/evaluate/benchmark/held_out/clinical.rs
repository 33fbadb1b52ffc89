//! Trials and drug safety: SDTM domains, exports of electronic data capture, case listings, variants of genes.

use super::draft::{ACCOUNT, BORN, DIAGNOSIS, MAIL, MOBILE, NAME, NONE, RESIDENT, head, of, per, some, unnamed, written};
use super::people::{Person, foreigner, people};
use super::words::{DIAGNOSES, HOSPITALS, TESTS};
use crate::benchmark::{Form, Table, damage, value};
use exportscan::demo::Random;

const REACTIONS: &[(&str, &str)] = &[
    ("恶心", "Nausea"), ("皮疹", "Rash"), ("头痛", "Headache"), ("肝功能异常", "Hepatic function abnormal"), ("发热", "Pyrexia"),
    ("血小板减少", "Platelet count decreased"), ("腹泻", "Diarrhoea"), ("过敏性休克", "Anaphylactic shock"), ("瘙痒", "Pruritus"),
    ("中性粒细胞计数降低", "Neutrophil count decreased"), ("QT间期延长", "Electrocardiogram QT prolonged"), ("脱发", "Alopecia"),
];

const RECORD: &[&str] = &["health.record"];

/// The number of a subject: study, site, serial.
fn subject(study: &str, at: usize) -> String {
    format!("{study}-{:02}-{:03}", at % 9 + 1, at + 1)
}

/// The domains DM, AE, LB, CM and MH of SDTM, as submitted.
pub(super) fn sdtm(random: &mut Random, v: u64) -> Table {
    let persons = 24 + 2 * v as usize;
    let study = ["HLX10-301", "BGB-A317-215", "ZX2021", "SHR8008", "CTX-114", "HRS-4642", "JS001"][v as usize % 7];
    let per_person = if v == 0 || v == 5 { 2 } else { 4 };
    let n = persons * per_person;
    let domain = ["DM", "AE", "LB", "CM", "MH", "DM", "AE"][v as usize % 7];
    let rows: Vec<usize> = if domain == "DM" { (0..n).collect() } else { (0..n).map(|at| at / per_person).collect() };
    let subjects = if domain == "DM" { n } else { persons };
    let id = per(&rows, |at| subject(study, *at));
    let day = |random: &mut Random| value::values(random, n, |r| value::day(r, 2021, 2024));
    let adverse = &["health.adverse_event", "health.record"];
    let table = Table::new(domain.to_lowercase())
        .column("STUDYID", NONE, vec![study.to_owned(); n])
        .column("DOMAIN", NONE, vec![domain.to_owned(); n])
        .column("USUBJID", ACCOUNT, id);
    let table = match domain {
        "DM" => table
            .column_that_may("SUBJID", NONE, ACCOUNT, per(&rows, |at| format!("{:03}", at + 1)))
            .column("SITEID", NONE, per(&rows, |at| format!("{:02}", at % 9 + 1)))
            .column("BRTHDTC", BORN, value::values(random, n, |r| value::day(r, 1948, 1999)))
            .column("AGE", NONE, value::values(random, n, |r| value::integer(r, 22, 75)))
            .column("SEX", NONE, some(random, n, &["M", "F"]))
            .column("RACE", NONE, some(random, n, &["ASIAN", "ASIAN", "ASIAN", "WHITE"]))
            .column_that_may("RFICDTC", NONE, RECORD, day(random))
            .column_that_may("ARM", NONE, &["health.treatment", "health.medication"], some(random, n, &["Placebo", "HLX10 4.5 mg/kg", "Screen Failure"]))
            .column("COUNTRY", NONE, vec!["CHN".to_owned(); n])
            .may(RECORD),
        "AE" => {
            let found: Vec<_> = (0..n).map(|_| random.pick(REACTIONS)).collect();
            table
                .column("AESEQ", NONE, per(&rows, |at| (at % 4 + 1).to_string()))
                .column_that_may("AETERM", &["health.adverse_event"], RECORD, per(&found, |f| f.0.to_owned()))
                .column_that_may("AEDECOD", &["health.adverse_event"], RECORD, per(&found, |f| f.1.to_owned()))
                .column_that_may("AESEV", NONE, adverse, some(random, n, &["MILD", "MODERATE", "SEVERE"]))
                .column_that_may("AESER", NONE, adverse, some(random, n, &["N", "N", "N", "Y"]))
                .column_that_may("AEREL", NONE, adverse, some(random, n, &["RELATED", "NOT RELATED", "POSSIBLY RELATED"]))
                .column_that_may("AESTDTC", NONE, adverse, day(random))
                .records(RECORD)
        }
        "LB" => {
            let tests: Vec<_> = (0..n).map(|at| TESTS[at % TESTS.len()]).collect();
            let lab = &["health.lab", "health.record"];
            table
                .column_that_may("LBTESTCD", NONE, lab, per(&tests, |t| t.1.to_uppercase()))
                .column_that_may("LBTEST", NONE, lab, per(&tests, |t| t.0.to_owned()))
                .column_that_may("LBORRES", &["health.lab"], RECORD, per(&tests, |t| value::decimal(random, t.4, t.5, t.6)))
                .column_that_may("LBORRESU", NONE, lab, per(&tests, |t| t.2.to_owned()))
                .column_that_may("LBNRIND", NONE, lab, some(random, n, &["NORMAL", "NORMAL", "HIGH", "LOW"]))
                .column("VISIT", NONE, some(random, n, &["SCREENING", "WEEK 4", "WEEK 12", "EOT"]))
                .column_that_may("LBDTC", NONE, lab, day(random))
                .records(RECORD)
        }
        "CM" => {
            let taking = &["health.medication", "health.record"];
            table
                .column_that_may("CMTRT", &["health.medication"], RECORD, some(random, n, &["二甲双胍", "氨氯地平", "阿司匹林", "对乙酰氨基酚", "奥美拉唑", "左甲状腺素钠"]))
                .column_that_may("CMINDC", NONE, &["health.diagnosis", "health.record"], some(random, n, &["2型糖尿病", "高血压", "预防血栓", "发热"]))
                .column_that_may("CMDOSE", NONE, taking, some(random, n, &["5", "10", "0.5", "100"]))
                .column_that_may("CMDOSU", NONE, taking, some(random, n, &["mg", "g"]))
                .column_that_may("CMSTDTC", NONE, taking, day(random))
                .records(RECORD)
        }
        _ => {
            let past = &["health.history", "health.record"];
            table
                .column_that_may("MHTERM", &["health.history"], &["health.diagnosis", "health.record"], per(&rows, |_| random.pick(DIAGNOSES).1.to_owned()))
                .column_that_may("MHENRF", NONE, past, some(random, n, &["ONGOING", "BEFORE", "U"]))
                .column_that_may("MHSTDTC", NONE, past, some(random, n, &["2015", "2018-06", "2020-11-03", ""]))
                .records(RECORD)
        }
    };
    written(table.subjects(subjects), v)
}

/// A form of electronic data capture, with labels in two languages.
pub(super) fn edc_forms(random: &mut Random, v: u64) -> Table {
    let n = 50 + 10 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let allergy = some(random, n, &["无", "青霉素过敏", "海鲜过敏", "头孢类过敏", "否认", "磺胺类药物过敏"]);
    let past = some(random, n, &["高血压病史5年", "2型糖尿病10年", "阑尾切除术后", "否认慢性病史", "乙肝病毒携带", "吸烟20年"]);
    let table = Table::new(h("EDC_DM_MH|MedHist_Form|受试者基线表|subject_baseline"))
        .column(h("项目编号 Project|Project|方案编号|project_id"), NONE, vec!["CTR20221847".to_owned(); n])
        .column(h("中心 Site|Site|研究中心|site_name"), NONE, some(random, n, HOSPITALS))
        .column(h("受试者编号 Subject|Subject|受试者筛选号|subject_no"), ACCOUNT, value::serial("S01", 1, 3, n))
        .column_that_may(h("姓名缩写 Initials|SUBINIT|姓名拼音缩写|initials"), NONE, NAME, per(&p, |p| p.latin.chars().filter(char::is_ascii_uppercase).collect()))
        .column(h("出生日期 Date of Birth|BRTHDAT|出生年月日|birth_date"), BORN, of(&p, |p| &p.born))
        .column(h("性别 Sex|SEX|性别|sex"), NONE, of(&p, |p| &p.sex))
        .column_that_may(h("知情同意日期 ICF Date|DSSTDAT|签署知情日期|icf_date"), NONE, RECORD, value::values(random, n, |r| value::day(r, 2022, 2023)))
        .column_that_may(h("过敏史 Allergy|ALLERGY|药物过敏史|allergy_history"), &["health.history"], RECORD, allergy)
        .column_that_may(h("既往病史 Medical History|MHYN_TERM|既往史|medical_history"), &["health.history"], RECORD, past)
        .column_that_may(h("ECOG评分 ECOG|ECOG|ECOG|ecog_score"), NONE, &["health.lab", "health.record"], value::values(random, n, |r| value::integer(r, 0, 2)))
        .records(RECORD)
        .subjects(n);
    written(table, v + 4)
}

/// A site's log of whom it screened, which names them.
pub(super) fn screening_log(random: &mut Random, v: u64) -> Table {
    let n = 42 + 9 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let id = if v == 1 { damage::masked(3, 4, of(&p, |p| &p.id)) } else { of(&p, |p| &p.id) };
    let mobile = if v == 2 { damage::prefixed("+86 ", of(&p, |p| &p.mobile)) } else { of(&p, |p| &p.mobile) };
    let table = Table::new(h("受试者鉴认代码表|screening_log|Subject Identification Log"))
        .column(h("筛选号|screening_no|Screening No."), ACCOUNT, value::serial("SCR", 1, 4, n))
        .column(h("受试者姓名|subject_name|Full Name"), NAME, of(&p, |p| &p.name))
        .column(h("身份证号|id_card_no|ID Card"), RESIDENT, id)
        .column(h("联系方式|tel|Phone"), MOBILE, mobile)
        .column(h("筛选日期|screening_date|Date Screened"), NONE, value::values(random, n, |r| value::day(r, 2023, 2024)))
        .column_that_may(h("筛选失败原因|fail_reason|Reason for Failure"), NONE, RECORD, some(random, n, &["不符合入选标准3", "撤回知情", "", "", "实验室检查异常"]))
        .column(h("研究者|investigator|Investigator"), NAME, per(&p, |_| people(random, 1)[0].name.clone()))
        .may(RECORD)
        .subjects(n);
    if v == 3 { unnamed(table) } else { written(table, v) }
}

/// Line listings of individual case safety reports.
pub(super) fn safety_reports(random: &mut Random, v: u64) -> Table {
    let n = 45 + 11 * v as usize;
    let reporters = people(random, n);
    let h = |s| head(v, s);
    let english = v % 2 == 1;
    let found: Vec<_> = (0..n).map(|_| random.pick(REACTIONS)).collect();
    let drugs: &[&str] = if english { &["Osimertinib", "Camrelizumab", "Tirzepatide", "Rivaroxaban"] } else { &["奥希替尼片", "卡瑞利珠单抗", "利伐沙班片", "注射用头孢曲松钠"] };
    let narrative = per(&found, |f| {
        let day = random.between(2, 30);
        if english {
            format!("The patient experienced {} on day {day} after the first dose; possibly related.", f.1.to_lowercase())
        } else {
            format!("患者用药第{day}天出现{}，停药后好转，未再使用。", f.0)
        }
    });
    let sender = per(&reporters, |p| if english { foreigner(random) } else { p.name.clone() });
    let table = Table::new(h("药品不良反应报告|icsr_line_listing|ADR个例汇总|E2B_export|不良事件列表"))
        .column_that_may(h("报告编号|safetyreportid|个例编号|worldwideuniquecaseidentification|病例号"), NONE, ACCOUNT, value::serial("CN-HENGRUI-2024", 3170, 6, n))
        .column_that_may(h("患者姓名缩写|patientinitial|患者|patientinitial|患者代号"), NONE, NAME, per(&reporters, |_| random.string(b"LWZCHYXS", 3)))
        .column(h("患者年龄|patientonsetage|年龄|patientonsetage|年龄"), NONE, value::values(random, n, |r| value::integer(r, 3, 88)))
        .column(h("性别|patientsex|性别|patientsex|性别"), NONE, some(random, n, &["1", "2"]))
        .column_that_may(h("不良反应名称|reactionmeddrapt|不良反应|primarysourcereaction|不良事件名称"), &["health.adverse_event"], RECORD, per(&found, |f| if english { f.1 } else { f.0 }.to_owned()))
        .column_that_may(h("怀疑药品|medicinalproduct|怀疑用药|medicinalproduct|可疑药品"), &["health.medication"], &["health.record", "health.adverse_event"], some(random, n, drugs))
        .column_that_may(h("用药原因|drugindication|适应症|drugindication|原患疾病"), NONE, &["health.diagnosis", "health.record", "health.medication"], per(&found, |_| random.pick(DIAGNOSES).1.to_owned()))
        .column_that_may(
            h("不良反应结果|reactionoutcome|转归|reactionoutcome|结局"), NONE, &["health.adverse_event", "health.record"],
            some(random, n, if english { &["recovered", "recovering", "fatal", "unknown"] } else { &["痊愈", "好转", "未好转", "死亡"] }),
        )
        .column_that_may(h("事件描述|narrativeincludeclinical|过程描述|narrative|不良反应过程"), NONE, &["health.adverse_event", "health.record", "health.medication"], narrative)
        .column(h("报告人|reportername|报告人姓名|reportergivename|上报人"), NAME, sender)
        .column(h("报告人邮箱|reporteremail|电子邮箱|reporteremail|邮箱"), MAIL, of(&reporters, |p| &p.mail))
        .records(RECORD);
    written(table, v)
}

/// Patients' variants as a laboratory of molecular diagnosis reports them.
pub(super) fn variants(random: &mut Random, v: u64) -> Table {
    let n = 60 + 10 * v as usize;
    let p: Vec<Person> = people(random, n);
    let h = |s| head(v, s);
    let sites = [
        ("EGFR", "NM_005228.5:c.2573T>G", "p.L858R"), ("BRCA1", "NM_007294.4:c.5266dup", "p.Q1756fs"), ("GJB2", "NM_004004.6:c.235delC", "p.L79fs"),
        ("CYP2C19", "NM_000769.4:c.681G>A", "*2/*2"), ("TP53", "NM_000546.6:c.743G>A", "p.R248Q"), ("PAH", "NM_000277.3:c.728G>A", "p.R243Q"),
    ];
    let found: Vec<_> = (0..n).map(|_| random.pick(&sites)).collect();
    let gene = &["health.genetic", "health.record"];
    let table = Table::new(h("基因检测结果|ngs_variants|分子诊断报告"))
        .column(h("样本编号|sample_id|送检号"), NONE, value::serial("NGS24", 10_330, 6, n))
        .column(h("受检者姓名|patient_name|姓名"), NAME, of(&p, |p| &p.name))
        .column(h("身份证号|id_card|证件号码"), RESIDENT, of(&p, |p| &p.id))
        .column_that_may(h("临床诊断|clinical_diagnosis|诊断"), DIAGNOSIS, RECORD, per(&p, |_| random.pick(DIAGNOSES).1.to_owned()))
        .column_that_may(h("基因|gene|基因名称"), NONE, gene, per(&found, |f| f.0.to_owned()))
        .column_that_may(h("核苷酸变异|hgvs_c|变异位点"), &["health.genetic"], RECORD, per(&found, |f| f.1.to_owned()))
        .column_that_may(h("氨基酸变异|hgvs_p|蛋白改变"), NONE, gene, per(&found, |f| f.2.to_owned()))
        .column_that_may(h("基因型|genotype|杂合性"), NONE, gene, some(random, n, if v == 1 { &["0/1", "1/1"] } else { &["杂合", "纯合"] }))
        .column_that_may(h("致病性|acmg_class|ACMG分级"), NONE, gene, some(random, n, &["致病", "可能致病", "意义未明"]))
        .records(RECORD)
        .may(gene)
        .subjects(n);
    table.form([Form::Csv, Form::Tsv, Form::Parquet][v as usize % 3])
}
