//! Banks, insurers and what they know of customers.

use super::people::{self, Person, people};
use super::sheet::{Sheet, amounts, codes, days, decimals, each, every, integers, picks, rows, some, texts, times};
use super::words::{BANKS, CARS, PLACES};
use crate::benchmark::{Generator, Table, damage, value};
use exportscan::demo::Random;

/// Tables of this trade.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("bank_customers", 6, bank_customers),
        ("account_flows", 6, account_flows),
        ("card_payments", 4, card_payments),
        ("loans", 4, loans),
        ("policies", 5, policies),
        ("motor_policies", 4, motor_policies),
        ("firm_clients", 5, firm_clients),
        ("shareholders", 3, shareholders),
        ("blacklist", 3, blacklist),
    ]
}

fn branch(random: &mut Random) -> String {
    format!("{}{}支行", random.pick(BANKS), random.pick(PLACES).district)
}

/// The customers of a bank.
fn bank_customers(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let cards = value::distinct(random, n, value::bank_card);
    let cards = match variant {
        1 => damage::grouped(4, ' ', cards),
        4 => damage::masked(6, 4, cards),
        _ => cards,
    };
    Sheet::new(variant, "个人客户信息")
        .col("~account.user", "客户号|cust_no|KHH", codes(random, n, "1000", 8))
        .col("person.name", "客户名称|cust_name|KHMC", each(&people, |p| p.name.clone()))
        .col("identity.resident_id", "证件号码|cert_no|ZJHM", each(&people, |p| p.id.clone()))
        .col("finance.bank_card", "银行卡号|card_no|YHKH", cards)
        .col("", "开户行|open_branch|KHHMC", texts(random, n, branch))
        .col("contact.mobile", "预留手机|reserved_mobile|YLSJ", each(&people, |p| p.mobile.clone()))
        .col("", "风险等级|risk_level|FXDJ", picks(random, n, &["R1", "R2", "R3", "R4"]))
        .col("", "资产总额|total_assets|ZCZE", amounts(random, n, 0, 3_000_000))
        .subjects(n)
        .done()
}

/// What went through accounts.
fn account_flows(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n / 5);
    let cards = value::distinct(random, people.len(), value::bank_card);
    let who: Vec<usize> = every(random, n, &(0..people.len()).collect::<Vec<_>>());
    Sheet::new(variant, "交易明细")
        .col("", "交易流水号|txn_no|JYLSH", codes(random, n, "2024", 16))
        .col("finance.bank_card", "本方账号|account_no|BFZH", each(&who, |c| cards[*c].clone()))
        .col("person.name", "本方户名|account_name|BFHM", each(&who, |c| people[*c].name.clone()))
        .col("person.name", "对方户名|opposite_name|DFHM", texts(random, n, people::name))
        .col("finance.bank_card", "对方账号|opposite_account|DFZH", value::distinct(random, n, value::bank_card))
        .col("", "借贷标志|dc_flag|JDBZ", picks(random, n, &["借", "贷"]))
        .col("?finance.transaction", "交易金额|txn_amount|JYJE", amounts(random, n, 1, 90_000))
        .col("", "余额|balance|YE", amounts(random, n, 10, 400_000))
        .col("", "摘要|summary|ZY", picks(random, n, &["跨行转账", "工资", "消费", "取现", "还款"]))
        .col("", "交易时间|txn_time|JYSJ", times(random, n, 2024, 2024))
        .records(&["finance.transaction"])
        .may(&["finance.transaction"])
        .done()
}

/// Payments at tills.
fn card_payments(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let cards = value::distinct(random, n, value::bank_card);
    Sheet::new(variant, "POS清算流水")
        .col("", "商户号|merchant_no|SHH", codes(random, n, "898", 12))
        .col("", "终端号|terminal_no|ZDH", codes(random, n, "", 8))
        .col("finance.bank_card", "卡号|pan|KH", damage::masked(6, 4, cards))
        .col("", "参考号|rrn|CKH", codes(random, n, "", 12))
        .col("?finance.transaction", "金额|amount|JE", amounts(random, n, 1, 9000))
        .col("", "手续费|fee|SXF", decimals(random, n, 0, 60, 2))
        .col("", "清算日期|settle_date|QSRQ", days(random, n, 2024, 2024))
        .may(&["finance.transaction"])
        .done()
}

/// Loans, their borrowers and who answers for them.
fn loans(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let mut borrowers = people(random, 2 * n);
    let guarantors = borrowers.split_off(n);
    Sheet::new(variant, "贷款台账")
        .col("", "借据号|loan_no|JJH", codes(random, n, "JJ", 12))
        .col("person.name", "借款人|borrower|JKR", each(&borrowers, |p| p.name.clone()))
        .col("identity.resident_id", "借款人证件号|borrower_id_no|JKRZJH", each(&borrowers, |p| p.id.clone()))
        .col("person.name", "担保人|guarantor|DBR", each(&guarantors, |p| p.name.clone()))
        .col("identity.resident_id", "担保人证件号|guarantor_id_no|DBRZJH", each(&guarantors, |p| p.id.clone()))
        .col("", "贷款金额|loan_amount|DKJE", amounts(random, n, 5000, 900_000))
        .col("", "年利率|rate|NLL", decimals(random, n, 3, 15, 2))
        .col("", "五级分类|grade|WJFL", picks(random, n, &["正常", "关注", "次级"]))
        .may(&["finance.transaction"])
        .subjects(2 * n)
        .done()
}

/// Policies with three roles.
fn policies(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let mut holders = people(random, 2 * n);
    let insured = holders.split_off(n);
    Sheet::new(variant, "保单信息")
        .col("", "保单号|policy_no|BDH", codes(random, n, "P0110", 14))
        .col("person.name", "投保人|holder_name|TBR", each(&holders, |p| p.name.clone()))
        .col("identity.resident_id", "投保人身份证|holder_id|TBRSFZ", each(&holders, |p| p.id.clone()))
        .col("contact.mobile", "投保人手机|holder_mobile|TBRSJ", each(&holders, |p| p.mobile.clone()))
        .col("person.name", "被保险人|insured_name|BBXR", each(&insured, |p| p.name.clone()))
        .col("identity.resident_id", "被保险人身份证|insured_id|BBXRSFZ", each(&insured, |p| p.id.clone()))
        .col("person.name", "受益人|beneficiary|SYR", texts(random, n, people::name))
        .col("", "险种|product|XZ", picks(random, n, &["重大疾病保险", "医疗险", "年金险", "意外险"]))
        .col("", "年缴保费|premium|NJBF", amounts(random, n, 100, 30_000))
        .subjects_and_names(2 * n, 6)
        .done()
}

/// Policies of vehicles.
fn motor_policies(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people: Vec<Person> = people(random, n);
    Sheet::new(variant, "车险承保清单")
        .col("", "保单号码|policy_number|BDHM", codes(random, n, "PDAA2024", 12))
        .col("person.name", "被保险人名称|insured_name|BBXRMC", each(&people, |p| p.name.clone()))
        .col("identity.resident_id", "被保险人证件号码|insured_cert_no|BBXRZJHM", each(&people, |p| p.id.clone()))
        .col("vehicle.plate", "号牌号码|licence_no|HPHM", value::distinct(random, n, people::plate))
        .col("vehicle.vin", "VIN/车架号|frame_no|CJH", value::distinct(random, n, value::vin))
        .col("~vehicle.engine", "发动机号|engine_no|FDJH", codes(random, n, "", 7))
        .col("", "厂牌型号|brand|CPXH", picks(random, n, CARS))
        .col("", "签单保费|premium|QDBF", amounts(random, n, 900, 9000))
        .col("", "起保日期|start_date|QBRQ", days(random, n, 2023, 2024))
        .subjects(n)
        .done()
}

/// Firms as clients, with who acts for them.
fn firm_clients(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let address = people.iter().map(|p| people::address(random, p.place)).collect();
    let tel = people.iter().map(|p| people::landline(random, p.place)).collect();
    Sheet::new(variant, "对公客户尽调")
        .col("", "企业名称|company|QYMC", texts(random, n, people::firm))
        .col("org.uscc", "统一社会信用代码|uscc|TYSHXYDM", value::distinct(random, n, value::uscc))
        .col("person.name", "法定代表人|legal_rep|FDDBR", each(&people, |p| p.name.clone()))
        .col("identity.resident_id", "法人证件号|legal_rep_id|FRZJH", each(&people, |p| p.id.clone()))
        .col("?contact.landline", "单位电话|office_phone|DWDH", tel)
        .col("?contact.address", "经营地址|business_address|JYDZ", address)
        .col("~finance.account ?finance.bank_card", "对公账号|corporate_account|DGZH", codes(random, n, "1100", 15))
        .col("", "开户银行|bank_name|KHYH", texts(random, n, branch))
        .subjects(n)
        .done()
}

/// Who owns a share of what.
fn shareholders(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    Sheet::new(variant, "股东名册")
        .col("", "序号|no|XH", value::serial("", 1, 1, n))
        .col("person.name", "股东姓名|shareholder|GDXM", each(&people, |p| p.name.clone()))
        .col("identity.resident_id", "证件号码|id_no|ZJHM", each(&people, |p| p.id.clone()))
        .col("~finance.account ?account.user", "证券账户|securities_account|ZQZH", codes(random, n, "A1", 8))
        .col("", "持股数|shares|CGS", integers(random, n, 100, 9_000_000))
        .col("", "持股比例(%)|ratio|CGBL", decimals(random, n, 0, 20, 4))
        .subjects(n)
        .done()
}

/// Numbers that fraud was reported of; the kind stands in another column.
fn blacklist(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let kinds: Vec<u8> = some(random, n, &[0, 1, 2]);
    let number = |k: &u8| match k {
        0 => ("手机号", value::mobile as fn(&mut Random) -> String),
        1 => ("身份证", value::resident_id as fn(&mut Random) -> String),
        _ => ("银行卡", value::bank_card as fn(&mut Random) -> String),
    };
    let values = kinds.iter().map(|k| number(k).1(random)).collect();
    Sheet::new(variant, "风险名单")
        .col("", "名单类型|list_type|MDLX", each(&kinds, |k| number(k).0.to_owned()))
        .col("contact.mobile identity.resident_id finance.bank_card", "名单值|list_value|MDZ", values)
        .col("", "命中次数|hits|MZCS", integers(random, n, 1, 40))
        .col("", "来源|source|LY", picks(random, n, &["内部", "公安", "同业共享"]))
        .col("", "入库时间|created_at|RKSJ", times(random, n, 2022, 2024))
        .done()
}
