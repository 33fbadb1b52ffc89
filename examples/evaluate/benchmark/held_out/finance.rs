//! Banks, insurers and pay offices.

use super::draft::{
    ACCOUNT, BORN, CARD, HOME, MAIL, MOBILE, NAME, NONE, PLATE, RESIDENT, VIN, count, head, of, per, rows_of, some, unnamed, written,
};
use super::people::{Person, firm, people};
use super::words::{CARS, WARDS};
use crate::benchmark::{Form, Table, damage, value};
use exportscan::demo::Random;

/// A document of somebody: its kind, and its number.
fn document(random: &mut Random, p: &Person) -> (&'static str, String) {
    match random.below(20) {
        0..=10 => ("居民身份证", p.id.clone()),
        11..=14 => ("护照", p.passport.clone()),
        15..=17 => ("港澳居民来往内地通行证", value::travel_permit(random)),
        18 => ("军官证", format!("军字第{}号", random.digits(7))),
        _ => ("外国人永久居留证", format!("FRA{}", random.digits(12))),
    }
}

/// Customers of a bank, with every kind of document in one column.
pub(super) fn bank_customers(random: &mut Random, v: u64) -> Table {
    let n = 80 + 10 * v as usize;
    let p = people(random, n);
    let documents: Vec<_> = p.iter().map(|p| document(random, p)).collect();
    let h = |s| head(v, s);
    let card = if v == 2 { damage::grouped(4, ' ', of(&p, |p| &p.card)) } else { of(&p, |p| &p.card) };
    let table = Table::new(h("个人客户信息表|CUST_INFO|T_CIF_PERSON|customer_master|客户资料"))
        .column(h("客户号|CUST_NO|KHH|customer_id|客户编号"), ACCOUNT, of(&p, |p| &p.account))
        .column(h("客户名称|CUST_NAME|KHMC|customer_name|户名"), NAME, of(&p, |p| &p.name))
        .column(h("证件类型|CERT_TYPE|ZJLX|cert_type|证件种类"), NONE, per(&documents, |d| d.0.to_owned()))
        .column_that_may(
            h("证件号码|CERT_NO|ZJHM|cert_no|证件号"),
            &["identity.resident_id", "identity.passport", "identity.travel_permit"],
            &["identity.military", "identity.foreign_residence"],
            per(&documents, |d| d.1.clone()),
        )
        .column(h("手机号码|MOBILE_NO|SJHM|mobile|移动电话"), MOBILE, of(&p, |p| &p.mobile))
        .column(h("卡号|CARD_NO|KH|card_number|主卡卡号"), CARD, card)
        .column(h("开户机构|OPEN_ORG|KHJG|open_branch|开户网点"), NONE, value::values(random, n, |r| format!("{}支行", super::people::place(r).2)))
        .column(h("风险等级|RISK_LVL|FXDJ|risk_level|评级"), NONE, some(random, n, &["R1", "R2", "R3", "C4"]))
        .column(h("通讯地址|MAIL_ADDR|TXDZ|mail_address|联系地址"), HOME, of(&p, |p| &p.address))
        .subjects(n);
    written(table, v)
}

/// Movements on accounts.
pub(super) fn statements(random: &mut Random, v: u64) -> Table {
    let n = 110 + 8 * v as usize;
    let (own, others) = (people(random, 12), people(random, 40));
    let (p, q) = (rows_of(random, n, &own), rows_of(random, n, &others));
    let h = |s| head(v, s);
    let money = &["finance.transaction"];
    let (mine, theirs) = match v {
        1 => (damage::masked(6, 4, of(&p, |p| &p.card)), damage::masked(4, 4, of(&q, |p| &p.card))),
        _ => (of(&p, |p| &p.card), of(&q, |p| &p.card)),
    };
    let persons = if v == 1 { None } else { Some((count(&mine) + count(&theirs)) as u64) };
    let mut table = Table::new(h("交易明细|TXN_DETAIL|JYMX|account_statement|流水"))
        .column_that_may(h("交易流水号|TXN_SEQ|JYLSH|transaction_id|流水号"), NONE, money, value::values(random, n, |r| format!("2024{:02}{:02}{}", r.between(1, 12), r.between(1, 28), r.digits(12))))
        .column(h("账号|ACCT_NO|ZH|account_no|本方卡号"), CARD, mine)
        .column(h("户名|ACCT_NAME|HM|account_name|本方户名"), NAME, of(&p, |p| &p.name))
        .column_that_may(h("交易时间|TXN_TIME|JYSJ|txn_time|记账时间"), NONE, money, value::values(random, n, |r| value::time(r, 2024, 2024)))
        .column_that_may(h("借贷标志|DC_FLAG|JDBZ|dc_flag|收/支"), NONE, money, some(random, n, &["借", "贷"]))
        .column_that_may(h("交易金额|TXN_AMT|JYJE|amount|发生额(元)"), NONE, money, value::values(random, n, |r| value::decimal(r, 1, 30_000, 2)))
        .column_that_may(h("账户余额|BALANCE|YE|balance|余额(元)"), NONE, money, value::values(random, n, |r| value::decimal(r, 50, 400_000, 2)))
        .column(h("对方账号|OPP_ACCT|DFZH|counterparty_account|对方卡号"), CARD, theirs)
        .column(h("对方户名|OPP_NAME|DFHM|counterparty_name|对方户名"), NAME, of(&q, |p| &p.name))
        .column_that_may(h("摘要|REMARK|ZY|summary|用途"), NONE, money, some(random, n, &["转账", "工资", "消费", "ATM取款", "还款", "微信提现", "房租"]))
        .records(money);
    table.subjects = persons;
    if v == 4 { unnamed(table) } else { written(table, v + 3) }
}

/// Loans with their guarantors.
pub(super) fn loans(random: &mut Random, v: u64) -> Table {
    let n = 44 + 13 * v as usize;
    let (p, q) = (people(random, n), people(random, n));
    let h = |s| head(v, s);
    let table = Table::new(h("个人贷款台账|loan_ledger|gerendaikuan|DKTZ"))
        .column_that_may(h("合同编号|contract_no|hetongbianhao|HTBH"), NONE, &["finance.account"], value::serial("(2024)信借字第", 301, 5, n))
        .column(h("借款人姓名|borrower_name|jiekuanren_xingming|JKRXM"), NAME, of(&p, |p| &p.name))
        .column(h("借款人身份证|borrower_id_no|jiekuanren_shenfenzheng|JKRSFZ"), RESIDENT, of(&p, |p| &p.id))
        .column(h("借款人电话|borrower_phone|jiekuanren_dianhua|JKRDH"), MOBILE, of(&p, |p| &p.mobile))
        .column(h("担保人姓名|guarantor_name|danbaoren_xingming|DBRXM"), NAME, of(&q, |p| &p.name))
        .column(h("担保人身份证|guarantor_id_no|danbaoren_shenfenzheng|DBRSFZ"), RESIDENT, of(&q, |p| &p.id))
        .column(h("贷款金额(万元)|loan_amount|daikuan_jine|DKJE"), NONE, value::values(random, n, |r| value::decimal(r, 3, 260, 1)))
        .column(h("年利率(%)|annual_rate|nianlilv|NLL"), NONE, value::values(random, n, |r| value::decimal(r, 3, 7, 3)))
        .column(h("放款日期|issue_date|fangkuan_riqi|FKRQ"), NONE, value::values(random, n, |r| value::day(r, 2019, 2024)))
        .column_that_may(h("还款卡号|repayment_account|huankuan_kahao|HKKH"), CARD, &["finance.account"], of(&p, |p| &p.card))
        .column(h("五级分类|class5|wujifenlei|WJFL"), NONE, some(random, n, &["正常", "正常", "关注", "次级"]))
        .may(&["finance.transaction"])
        .subjects(2 * n);
    written(table, v + 2)
}

/// Pay slips.
pub(super) fn payroll(random: &mut Random, v: u64) -> Table {
    let n = 50 + 12 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let sum = |random: &mut Random, low, high| value::values(random, n, move |r| value::decimal(r, low, high, 2));
    let card = if v == 3 { damage::scientific(of(&p, |p| &p.card)) } else { of(&p, |p| &p.card) };
    let (must, may): (&[_], &[_]) = if v == 3 { (&[], CARD) } else { (CARD, &["finance.account"]) };
    let id = if v == 2 { damage::masked(6, 4, of(&p, |p| &p.id)) } else { of(&p, |p| &p.id) };
    let table = Table::new(h("2024年5月工资表|payroll_202405|PAYROLL|代发工资清单|gzb"))
        .column(h("工号|employee_no|PERNR|员工编号|gh"), ACCOUNT, value::serial("", 10_021, 8, n))
        .column(h("姓名|employee_name|ENAME|户名|xm"), NAME, of(&p, |p| &p.name))
        .column(h("部门|department|ORGTX|所属部门|bm"), NONE, some(random, n, &["生产一部", "财务部", "人力资源部", "销售中心", "质量部"]))
        .column(h("身份证号|id_number|ICNUM|身份证号码|sfzh"), RESIDENT, id)
        .column_that_may(h("工资卡号|bank_account|BANKN|收款账号|gzkh"), must, may, card)
        .column(h("开户行|bank_name|BANKA|开户行名称|khh"), NONE, some(random, n, &["工商银行", "建设银行开发区支行", "招商银行", "农业银行"]))
        .column(h("基本工资|base_pay|BET01|应发金额|jbgz"), NONE, sum(random, 4000, 22_000))
        .column(h("社保(个人)|social_insurance|BET02|社保公积金|sb"), NONE, sum(random, 300, 2200))
        .column(h("个税|income_tax|BET03|代扣个税|gs"), NONE, sum(random, 0, 1800))
        .column(h("实发工资|net_pay|BETRG|实发金额|sfgz"), NONE, sum(random, 3500, 19_000))
        .may(&["finance.transaction"])
        .subjects(n);
    written(table, v + 1)
}

/// Life policies: applicant, insured and beneficiary in a row.
pub(super) fn life_policies(random: &mut Random, v: u64) -> Table {
    let n = 40 + 14 * v as usize;
    let (a, b, c) = (people(random, n), people(random, n), people(random, n));
    let h = |s| head(v, s);
    let (applicants, insured) = match v {
        3 => (of(&a, |p| &p.hash), of(&b, |p| &p.hash)),
        _ => (of(&a, |p| &p.id), of(&b, |p| &p.id)),
    };
    let table = Table::new(h("承保清单|life_policy|LCPOL|policy_export|个险保单"))
        .column_that_may(h("保单号|policy_no|CONTNO|policyNo|保险单号"), NONE, &["finance.account"], value::serial("P2024110", 300_121, 9, n))
        .column(h("投保人|applicant_name|APPNTNAME|applicant.name|*投保人姓名"), NAME, of(&a, |p| &p.name))
        .column(h("投保人证件号码|applicant_id_no|APPNTIDNO|applicant.idNo|*投保人证件号"), RESIDENT, applicants)
        .column(h("投保人手机|applicant_mobile|APPNTPHONE|applicant.mobile|*投保人手机号"), MOBILE, of(&a, |p| &p.mobile))
        .column(h("被保险人|insured_name|INSUREDNAME|insured.name|*被保人姓名"), NAME, of(&b, |p| &p.name))
        .column(h("被保险人证件号码|insured_id_no|INSUREDIDNO|insured.idNo|*被保人证件号"), RESIDENT, insured)
        .column(h("被保险人出生日期|insured_birthday|INSUREDBIRTHDAY|insured.birthday|*被保人生日"), BORN, of(&b, |p| &p.born))
        .column(h("受益人|beneficiary_name|BNFNAME|beneficiary.name|受益人姓名"), NAME, of(&c, |p| &p.name))
        .column(h("受益人证件号码|beneficiary_id_no|BNFIDNO|beneficiary.idNo|受益人证件号"), RESIDENT, of(&c, |p| &p.id))
        .column(h("险种名称|product_name|RISKNAME|productName|险种"), NONE, some(random, n, &["终身寿险（分红型）", "百万医疗险2024", "重大疾病保险", "年金保险"]))
        .column(h("年缴保费|annual_premium|PREM|premium|保费（元）"), NONE, value::values(random, n, |r| value::decimal(r, 300, 48_000, 2)))
        .subjects(3 * n);
    written(table, v + 2)
}

/// Motor policies: the insured and the car.
pub(super) fn motor_policies(random: &mut Random, v: u64) -> Table {
    let n = 60 + 9 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let vin = if v == 1 { damage::masked(8, 4, of(&p, |p| &p.vin)) } else { of(&p, |p| &p.vin) };
    let table = Table::new(h("车险承保|motor_policy|CXBD|PRPCITEMCAR|车险数据"))
        .column_that_may(h("保单号|policyNo|BDH|POLICYNO|单号"), NONE, &["finance.account"], value::serial("PDAA2024110500", 2201, 8, n))
        .column(h("被保险人|insuredName|BBXR|INSUREDNAME|客户"), NAME, of(&p, |p| &p.name))
        .column(h("证件号|identifyNumber|ZJH|IDENTIFYNUMBER|证件"), RESIDENT, of(&p, |p| &p.id))
        .column(h("车牌号|licenseNo|CPH|LICENSENO|车牌"), PLATE, if v == 4 { damage::gaps(random, 7, of(&p, |p| &p.plate)) } else { of(&p, |p| &p.plate) })
        .column(h("车架号|frameNo|CJH|FRAMENO|车架"), VIN, vin)
        .column(h("发动机号|engineNo|FDJH|ENGINENO|发动机"), &["vehicle.engine"], value::values(random, n, |r| format!("{}{}", r.string(b"ABCDEFGJKLMN", 2), r.digits(6))))
        .column(h("厂牌型号|modelName|CPXH|BRANDNAME|车型"), NONE, some(random, n, CARS))
        .column(h("初登日期|enrollDate|CDRQ|ENROLLDATE|初登"), NONE, value::values(random, n, |r| value::day(r, 2012, 2023)))
        .column(h("商业险保费|premium|SYXBF|SUMPREMIUM|保费"), NONE, value::values(random, n, |r| value::decimal(r, 900, 9000, 2)))
        .column(h("起保日期|startDate|QBRQ|STARTDATE|起保"), NONE, value::values(random, n, |r| value::day(r, 2024, 2024)))
        .subjects(n);
    written(table, v)
}

/// What callers say of an accident.
pub(super) fn claims(random: &mut Random, v: u64) -> Table {
    let n = 46 + 10 * v as usize;
    let (p, q) = (people(random, n), people(random, n));
    let h = |s| head(v, s);
    let text = per(&q, |q| {
        let (road, other) = (random.pick(super::words::ROADS), random.pick(&["追尾", "变道剐蹭", "倒车碰撞", "路口相撞"]));
        match random.below(3) {
            0 => format!("标的车行驶至{road}时与{}{other}，三者司机{}电话{}，双方无人员受伤。", q.plate, q.name, q.mobile),
            1 => format!("报案人称在{road}发生{other}，对方车牌{}，对方联系电话：{}", q.plate, q.mobile),
            _ => format!("{other}，三者车{}前保险杠受损，已留三者{}的手机号{}，交警已到现场", q.plate, q.name, q.mobile),
        }
    });
    let table = Table::new(h("报案信息|claim_report|PRPLREGIST|查勘记录"))
        .column(h("报案号|report_no|REGISTNO|立案号"), NONE, value::serial("RDAA20241100", 8812, 7, n))
        .column(h("报案人|reporter|REPORTORNAME|报案人姓名"), NAME, of(&p, |p| &p.name))
        .column(h("报案电话|reporter_phone|REPORTORPHONE|来电号码"), MOBILE, of(&p, |p| &p.mobile))
        .column(h("标的车牌|plate_no|LICENSENO|标的车"), PLATE, of(&p, |p| &p.plate))
        .column_that_may(h("出险经过|accident_desc|DAMAGEDESC|事故描述"), &["contact.mobile", "vehicle.plate"], &["person.name", "contact.address"], text)
        .column_that_may(h("出险地点|accident_place|DAMAGEADDRESS|出险地"), NONE, HOME, value::values(random, n, |r| format!("{}{}路口", super::people::place(r).2, r.pick(super::words::ROADS))))
        .column(h("估损金额|estimate|SUMCLAIM|估损"), NONE, value::values(random, n, |r| value::decimal(r, 200, 30_000, 2)))
        .subjects(2 * n);
    table.form([Form::Csv, Form::Parquet, Form::Gb18030, Form::Csv][v as usize % 4])
}

/// Payments through a wallet; what the wallet calls its people may be an account or a messaging account.
pub(super) fn payments(random: &mut Random, v: u64) -> Table {
    let n = 95 + 10 * v as usize;
    let all = people(random, 30);
    let p = rows_of(random, n, &all);
    let h = |s| head(v, s);
    let payer = per(&p, |p| format!("o6_bm{}", &p.hash[..23]));
    let login = match v {
        1 => damage::masked(3, 4, of(&p, |p| &p.mobile)),
        _ => of(&p, |p| &p.mail),
    };
    let login_class: &[&str] = if v == 1 { MOBILE } else { MAIL };
    let mut table = Table::new(h("微信支付账单|pay_order|PAY_TRANS_LOG"))
        .column(h("商户订单号|out_trade_no|OUT_TRADE_NO"), NONE, value::values(random, n, value::snowflake))
        .column(h("微信支付订单号|transaction_id|TRANSACTION_ID"), NONE, value::values(random, n, |r| format!("42000021{}2024{}", r.digits(2), r.digits(14))))
        .column_that_may(h("用户标识|openid|OPEN_ID"), NONE, &["account.im", "account.user"], payer)
        .column_that_may(h("付款账号|payer_account|BUYER_LOGON_ID"), login_class, &["finance.account", "account.user"], login)
        .column_that_may(
            h("订单金额|total_fee|TOTAL_AMOUNT"), NONE, &["finance.transaction"],
            value::values(random, n, |r| if v == 1 { value::integer(r, 100, 99_000) } else { value::decimal(r, 1, 990, 2) }),
        )
        .column_that_may(h("付款银行|bank_type|FUND_CHANNEL"), NONE, &["finance.transaction"], some(random, n, &["ICBC_DEBIT", "CFT", "CMB_CREDIT", "OTHERS"]))
        .column_that_may(h("交易时间|time_end|GMT_PAYMENT"), NONE, &["finance.transaction"], value::values(random, n, |r| value::time(r, 2024, 2024).replace(['-', ' ', ':'], "")))
        .column_that_may(h("交易状态|trade_state|TRADE_STATUS"), NONE, &["finance.transaction"], some(random, n, &["SUCCESS", "SUCCESS", "REFUND"]))
        .records(&["finance.transaction"])
        .may(&["retail.order"]);
    table.subjects = (v != 1).then_some(all.len() as u64);
    written(table, v)
}

/// Claims of employees for their expenses.
pub(super) fn expenses(random: &mut Random, v: u64) -> Table {
    let n = 70 + 10 * v as usize;
    let all = people(random, 33);
    let p = rows_of(random, n, &all);
    let h = |s| head(v, s);
    let table = Table::new(h("费用报销单|expense_claims|BXD"))
        .column(h("单据编号|claim_no|DJBH"), NONE, value::values(random, n, |r| format!("BX-2024{:02}{:02}-{}", r.between(1, 12), r.between(1, 28), r.digits(4))))
        .column(h("报销人|claimant|BXR"), NAME, of(&p, |p| &p.name))
        .column(h("报销人工号|staff_id|BXRGH"), ACCOUNT, per(&p, |p| format!("E{}", &p.account[..6])))
        .column(h("部门|dept|BM"), NONE, some(random, n, &["研发中心", "市场部", "供应链", "总经办"]))
        .column(h("收款账户|payee_account|SKZH"), CARD, if v == 1 { damage::mixed_with(random, 8, &["现金", "备用金", "待补"], of(&p, |p| &p.card)) } else { of(&p, |p| &p.card) })
        .column(h("费用事由|purpose|FYSY"), NONE, value::values(random, n, |r| format!("{}拜访{}差旅费", r.pick(&["3月", "季度", "项目"]), firm(r))))
        .column(h("报销金额|amount|BXJE"), NONE, value::values(random, n, |r| value::decimal(r, 30, 8800, 2)))
        .column(h("审批状态|status|SPZT"), NONE, some(random, n, &["已通过", "审批中", "驳回"]))
        .may(&["finance.transaction"])
        .subjects(all.len());
    written(table, v + 4)
}

/// Retired members of a social security fund, by the number of their card.
pub(super) fn pensions(random: &mut Random, v: u64) -> Table {
    let n = 66 + 10 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let table = Table::new(h("参保人员信息|insured_persons|AC01"))
        .column(h("社会保障号码|social_security_no|AAC002"), if v == 2 { RESIDENT } else { &["identity.social_security"] }, of(&p, |p| &p.id))
        .column(h("姓名|full_name|AAC003"), NAME, of(&p, |p| &p.name))
        .column(h("性别|sex|AAC004"), NONE, per(&p, |p| if p.sex == "男" { "1" } else { "2" }.to_owned()))
        .column_that_may(h("出生日期|birth_date|AAC006"), if v == 2 { NONE } else { BORN }, BORN, per(&p, |p| p.born.replace('-', "")))
        .column_that_may(h("个人编号|person_no|AAC001"), if v == 2 { NONE } else { ACCOUNT }, &["account.user", "identity.social_security"], of(&p, |p| &p.account))
        .column(h("参保单位|employer|AAB004"), NONE, value::values(random, n, firm))
        .column(h("缴费基数|contribution_base|AIC020"), NONE, value::values(random, n, |r| value::decimal(r, 3800, 28_000, 2)))
        .column(h("定点医院科室|clinic|AKB021"), NONE, some(random, n, WARDS))
        .may(&["identity.resident_id", "identity.social_security", "health.admission"])
        .subjects(n);
    written(table, v + 1)
}
