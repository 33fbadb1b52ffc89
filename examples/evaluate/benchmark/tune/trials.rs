//! Trials, genes, adverse events and the doctors whom makers of drugs know.

use super::health::diagnoses;
use super::people::people;
use super::sheet::{Sheet, codes, constant, days, decimals, each, every, integers, picks, rows, some, texts};
use super::words::{CLINICS, MEDICINES};
use crate::benchmark::{Generator, Table, damage, style::Style, value};
use exportscan::demo::Random;

/// Tables of makers of drugs.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("adverse_events", 5, adverse_events),
        ("trial_subjects", 4, trial_subjects),
        ("trial_exports", 4, trial_exports),
        ("gene_reports", 3, gene_reports),
        ("variants", 2, variants),
        ("doctors", 4, doctors),
    ]
}

/// Reports of pharmacovigilance, which name nobody.
fn adverse_events(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let found = diagnoses(random, n);
    let taken = some(random, n, MEDICINES);
    let events =
        ["皮疹、瘙痒", "恶心呕吐", "肝功能异常", "过敏性休克", "头晕、心悸", "腹泻", "白细胞减少", "注射部位红肿"];
    Sheet::new(variant, "不良反应报告")
        .col("", "报告编码|report_code|BGBM", codes(random, n, "ADR31", 12))
        .col("?person.name", "患者姓名缩写|patient_initials|HZXMSX", texts(random, n, |r| r.string(b"CHLWXYZMJQ", 3)))
        .col("", "性别|sex|XB", picks(random, n, &["男", "女"]))
        .col("", "年龄(岁)|age|NL", integers(random, n, 3, 89))
        .col("?health.history ?health.diagnosis", "原患疾病|primary_disease|YHJB", each(&found, |d| d.1.to_owned()))
        .col(
            "~health.history",
            "既往药品不良反应史|adr_history|JWSYS",
            picks(random, n, &["无", "不详", "青霉素过敏", "磺胺类过敏", "头孢过敏史"]),
        )
        .col("?health.medication", "怀疑药品|suspected_drug|HYYP", each(&taken, |m| m[0].to_owned()))
        .col("~health.adverse_event", "不良反应名称|adverse_reaction|BLFYMC", picks(random, n, &events))
        .col(
            "?health.adverse_event",
            "不良反应结果|outcome|BLFYJG",
            picks(random, n, &["治愈", "好转", "未好转", "不详"]),
        )
        .col("", "发生时间|onset_date|FSSJ", days(random, n, 2023, 2024))
        .may(&["health.record", "health.adverse_event"])
        .done()
}

/// The subjects of a trial, as a site keeps them.
fn trial_subjects(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let visits = ["筛选期", "V1", "V2", "V3", "随访期"];
    Sheet::new(variant, "受试者筛选入选表")
        .col("", "方案编号|protocol_no|FABH", constant(n, "CTR20231187"))
        .col("~account.user", "受试者编号|subject_id|SSZBH", value::serial("S01", 1, 4, n))
        .col("person.name", "受试者姓名|subject_name|SSZXM", each(&people, |p| p.name.clone()))
        .col("identity.resident_id", "身份证号|id_number|SFZH", each(&people, |p| p.id.clone()))
        .col("contact.mobile", "联系电话|phone|LXDH", each(&people, |p| p.mobile.clone()))
        .col("", "知情同意日期|consent_date|ZQTYRQ", days(random, n, 2023, 2024))
        .col("", "访视|visit|FS", picks(random, n, &visits))
        .col(
            "~health.history",
            "既往病史|medical_history|JWBS",
            each(&diagnoses(random, n), |d| format!("{}病史{}年", d.1, d.0.len())),
        )
        .col("", "银行账户名|bank|YHZHM", picks(random, n, &["工商银行", "建设银行", "招商银行"]))
        .col("finance.bank_card", "补贴银行卡号|bank_card_no|BTYHKH", value::distinct(random, n, value::bank_card))
        .records(&["health.record"])
        .may(&["health.record", "health.history"])
        .subjects(n)
        .done()
}

/// The same as it goes to the sponsor: coded subjects, domains of CDISC.
fn trial_exports(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let subjects = texts(random, n / 3, |r| format!("HRS-1780-301-{:02}-{}", r.between(1, 24), r.digits(4)));
    let known: std::collections::BTreeSet<_> = subjects.iter().cloned().collect();
    let sheet = Sheet::styled(variant, Style::Upper, ["AE", "LB", "CM", "DM"][variant as usize % 4])
        .col("", "STUDYID", constant(n, "HRS-1780-301"))
        .col("", "DOMAIN", constant(n, ["AE", "LB", "CM", "DM"][variant as usize % 4]));
    let seen = if variant % 4 == 3 {
        texts(random, n, |r| format!("HRS-1780-301-{}", r.digits(6)))
    } else {
        every(random, n, &subjects)
    };
    let sheet = sheet.col("account.user", "USUBJID", seen);
    let sheet = match variant % 4 {
        0 => sheet
            .col(
                "health.adverse_event",
                "AETERM",
                picks(random, n, &["Nausea", "Headache", "Neutropenia", "Rash", "Diarrhoea", "ALT increased"]),
            )
            .col("", "AESEV", picks(random, n, &["MILD", "MODERATE", "SEVERE"]))
            .col("?health.adverse_event", "AESER", picks(random, n, &["N", "N", "Y"]))
            .col("", "AESTDTC", days(random, n, 2023, 2024)),
        1 => sheet
            .col("?health.lab", "LBTESTCD", picks(random, n, &["ALT", "AST", "HGB", "WBC", "CREAT"]))
            .col("health.lab", "LBORRES", decimals(random, n, 1, 200, 1))
            .col("", "LBORRESU", picks(random, n, &["U/L", "g/L", "umol/L"]))
            .col("", "LBDTC", days(random, n, 2023, 2024)),
        2 => sheet
            .col(
                "health.medication",
                "CMTRT",
                picks(random, n, &["METFORMIN", "ASPIRIN", "ATORVASTATIN", "OMEPRAZOLE"]),
            )
            .col(
                "?health.diagnosis ?health.medication",
                "CMINDC",
                picks(random, n, &["TYPE 2 DIABETES", "HYPERTENSION", "GERD"]),
            )
            .col("?health.medication", "CMDOSE", integers(random, n, 1, 500)),
        _ => sheet
            .col("person.birth_date", "BRTHDTC", days(random, n, 1942, 2001))
            .col("", "AGE", integers(random, n, 22, 81))
            .col("", "SEX", picks(random, n, &["M", "F"]))
            .col("", "ARM", picks(random, n, &["Placebo", "HRS-1780 20mg"])),
    };
    let sheet = if variant % 4 == 3 { sheet } else { sheet.records(&["health.record"]).subjects(known.len()) };
    sheet.may(&["health.record", "health.adverse_event", "health.lab", "health.medication"]).done_with_header()
}

/// Gene tests of patients.
fn gene_reports(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    Sheet::new(variant, "基因检测结果")
        .col("", "样本编号|sample_no|YBBH", codes(random, n, "WGS24", 6))
        .col("person.name", "受检者|subject_name|SJZ", each(&people, |p| p.name.clone()))
        .col("contact.mobile", "手机|mobile|SJ", each(&people, |p| p.mobile.clone()))
        .col("?health.genetic", "基因|gene|JY", picks(random, n, &["BRCA1", "BRCA2", "EGFR", "TP53", "KRAS", "ALK"]))
        .col(
            "~health.genetic",
            "变异位点|variant|BYWD",
            picks(random, n, &["c.68_69del", "c.2573T>G (p.L858R)", "c.35G>A (p.G12D)", "rs80357906", "c.5266dup"]),
        )
        .col("?health.genetic", "基因型|genotype|JYX", picks(random, n, &["0/1", "1/1", "0/0"]))
        .col(
            "?health.genetic ?health.diagnosis",
            "致病性|significance|ZBX",
            picks(random, n, &["致病", "可能致病", "意义未明", "良性"]),
        )
        .may(&["health.genetic", "health.record"])
        .subjects(n)
        .done()
}

/// Calls of variants per sample, as a pipeline writes them.
fn variants(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let base = |r: &mut Random| r.string(b"ACGT", 1);
    Sheet::styled(variant, Style::Chinese, "somatic_calls")
        .col("?health.genetic", "#CHROM", texts(random, n, |r| format!("chr{}", r.between(1, 22))))
        .col("?health.genetic", "POS", integers(random, n, 10_000, 240_000_000))
        .col("?health.genetic", "ID", texts(random, n, |r| format!("rs{}", r.digits(8))))
        .col("?health.genetic", "REF", texts(random, n, base))
        .col("?health.genetic", "ALT", texts(random, n, base))
        .col("", "QUAL", decimals(random, n, 20, 99, 1))
        .col("?health.genetic", "GT", picks(random, n, &["0/1", "1/1"]))
        .records(&["health.genetic"])
        .may(&["health.genetic"])
        .done_with_header()
}

/// Doctors whom a maker of drugs visits.
fn doctors(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let hospitals: Vec<String> =
        each(&people, |p| format!("{}第{}人民医院", p.place.city, ["一", "二", "三"][p.age as usize % 3]));
    Sheet::new(variant, "HCP主数据")
        .col("~account.user", "HCP编码|hcp_code|HCPBM", codes(random, n, "HCP", 7))
        .col("person.name", "医生姓名|hcp_name|YSXM", each(&people, |p| p.name.clone()))
        .col("", "职称|title|ZC", picks(random, n, &["主任医师", "副主任医师", "主治医师", "住院医师"]))
        .col("", "医院|hospital|YY", hospitals)
        .col("", "科室|department|KS", picks(random, n, CLINICS))
        .col("contact.mobile", "手机|mobile_phone|SJ", damage::gaps(random, 7, each(&people, |p| p.mobile.clone())))
        .col("contact.email", "邮箱|email|YX", each(&people, |p| p.email.clone()))
        .col(
            "?identity.resident_id",
            "执业证书编号|licence_no|ZYZSBH",
            each(&people, |p| format!("110{}000{}", &p.place.area, &p.mobile[5..])),
        )
        .may(&["health.resources"])
        .subjects(n)
        .done()
}
