//! What is found inside sentences, and what is not.

use std::fmt::Write as _;

use exportscan::model::{Confidence, Facts};
use exportscan::tally::Totals;

use crate::support::{Cut, classes, json, scan_path};

/// A file of one column of text and one of numbers, so that it reads as a table.
fn scan(sentences: &[&str], cut: Cut) -> Totals {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.csv");
    let mut text = "seq,remark\n".to_owned();
    for (at, sentence) in sentences.iter().enumerate() {
        writeln!(text, "{at},\"{}\"", sentence.replace('"', "\"\"")).unwrap();
    }
    std::fs::write(&path, text).unwrap();
    scan_path(&path, cut)
}

/// Sentences and the classes that each has, alone in its table.
const SPEAKING: [(&str, &str); 62] = [
    ("客户身份证：11010519491231002X，已核", "identity.resident_id"),
    ("身份证号 110105 19491231 002X 已登记", "identity.resident_id"),
    ("老证号码：身份证610104620927690，已换新证", "identity.resident_id"),
    ("请核对其公民身份号码440524188001010014是否有误", "identity.resident_id"),
    ("ID number: 11010519491231002X (verified)", "identity.resident_id"),
    ("{\"idNo\":\"440524188001010014\",\"type\":1}", "identity.resident_id"),
    ("id_card=11010519491231002X; level=3", "identity.resident_id"),
    ("居住证810000199408230021办理中", "identity.residence_permit"),
    ("外国人永久居留身份证KAZ110090123105", "identity.foreign_residence"),
    ("护照号E13579246已核", "identity.passport"),
    ("持护照（公务）入境，护照号码为 EA3579246", "identity.passport"),
    ("passport No. E13579246 expires in May", "identity.passport"),
    ("His passport number is X57385271X.", "identity.passport"),
    ("护照E13579246、G24681357同行", "identity.passport"),
    ("证件号：G24681357", "identity.passport"),
    ("回乡证H13572468续签", "identity.travel_permit"),
    ("台胞证号 01234567", "identity.travel_permit"),
    ("香港身份证A123456(3)", "identity.hmt_card"),
    ("HKID: AB987654(3), seen", "identity.hmt_card"),
    ("澳门身份证1234567(8)", "identity.hmt_card"),
    ("身分證字號：A135792469", "identity.hmt_card"),
    ("军官证：军字第1357924号", "identity.military"),
    ("驾驶证档案编号430101758218，C1", "identity.driver_file"),
    ("driver license no D1234567 (CA)", "identity.driver_licence"),
    ("SSN: 999-76-6866", "identity.social_security"),
    ("社保卡号A12345678", "identity.social_security"),
    ("手机 138 1243 5687，下午回电", "contact.mobile"),
    ("电话：139-1243-5687", "contact.mobile"),
    ("请联系13912435687取件", "contact.mobile"),
    ("mobile: +86 139 1243 5687", "contact.mobile"),
    ("Call me on (+86)13912435687 after six, phone (+86)13912435687", "contact.mobile"),
    ("phone=13912435687&from=app", "contact.mobile"),
    ("微信同号，手机／微信：13912435687", "contact.mobile"),
    ("客户来电 0086-13912435687 咨询", "contact.mobile"),
    ("家庭电话 0755-22345679", "contact.landline"),
    ("座机：(0311)86123456", "contact.landline"),
    ("tel 010-62345678 ext 801", "contact.landline"),
    ("home phone (312) 555-0123", "contact.landline"),
    ("请发至zhang.san@example.com，谢谢", "contact.email"),
    ("车牌京A13579停在B2", "vehicle.plate"),
    ("号牌：京A·13579，临停", "vehicle.plate"),
    ("license plate 8ABC123", "vehicle.plate"),
    ("车架号LSJA24U62JG269225", "vehicle.vin"),
    ("VIN: WVWZZZ1KZAW123456 recalled", "vehicle.vin"),
    ("发动机号8A012345", "vehicle.engine"),
    ("行驶证号430101758218", "vehicle.licence"),
    ("银行卡 6222 0260 0670 5354 216 已绑定", "finance.bank_card"),
    ("尾款请付卡号6222026006705354216", "finance.bank_card"),
    ("收款账号0200003619200123456，工行", "finance.account"),
    ("统一社会信用代码91310115591693856A", "org.uscc"),
    ("QQ：1354098765", "account.im"),
    ("加微信号zhang_san01详谈", "account.im"),
    ("工号：A10023 申请调岗", "account.user"),
    ("user id 100234 logged in", "account.user"),
    ("病历号：0012345，复诊", "account.user"),
    ("住院号ZY0012345已出院", "health.admission"),
    ("IMEI: 490154203237518", "device.id"),
    ("登录IP 8.8.8.8", "network.ip"),
    ("姓名：张三，电话13912435687", "contact.mobile person.name"),
    ("联系人:李四，", "person.name"),
    ("患者王某某，因胸闷入院", "person.name"),
    ("收件人：胡雪 13912435687", "contact.mobile person.name"),
];

/// Sentences in which nobody and nothing is named.
const SILENT: [&str; 44] = [
    "2024-01-02 03:04:05,123 INFO [main] c.e.Job - took 13912 ms for 13912435687 bytes",
    "2020-01-20 00:01:04 GET /api/v1/orders/13912435687?page=2 200 12ms",
    "ERROR 1062 (23000): Duplicate entry '673883045255652374' for key 'PRIMARY'",
    "您的订单673883045255652374已发货，运单号SF1357924680",
    "订单号：139124356871，金额128.50元",
    "Order 114-1234567-1234567 has shipped",
    "Your invoice INV-2024-000123 of 2024-03-15 is due",
    "tracking no 1Z999AA10123456784",
    "https://example.com/passport/E13579246/view",
    "https://example.com/?passport=E13579246",
    "/data/scan/passport/E13579246.jpg",
    "C:\\scan\\passport\\E13579246.jpg",
    "护照扫描件见 passport_E13579246_2.pdf",
    "md5 e10adc3949ba59abbe56e057f20f883e",
    "sha256: 5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
    "session 550e8400-e29b-41d4-a716-446655440000 closed",
    "账号 550e8400-e29b-41d4-a716-446655440000",
    "{\"E13579246\": {\"status\": \"ok\"}}",
    "{\"code\":200,\"msg\":\"ok\",\"ts\":1579449664000}",
    "2,4,6-三硝基甲苯，CAS 118-96-7",
    "1-(2-氯苯基)-3-甲基-1H-吡唑-5-胺",
    "Sodium 4-[2-(dimethylamino)ethoxy]benzoate 99.5%",
    "人民路1357924680号对面便利店",
    "中关村南大街5号院2号楼301室",
    "12345 Main Street Apt 678901, Springfield",
    "const TIMEOUT_MS: u64 = 86400000;",
    "if (id > 10000000) { return user.phone; }",
    "SELECT phone FROM users WHERE order_id = 13579246810",
    "print(f\"{passport!r}: E{n:08d}\")",
    "版本 1.2.3.4 已发布，端口8080",
    "version 10.15.7 build 19H2026",
    "型号E13579246，数量12",
    "物料编码K25345719入库",
    "航班VA12345延误",
    "QQ群1354098765已满",
    "微信支付12345678分",
    "客服电话4001234567",
    "患者高血压病史十年，长期服药",
    "患者金属过敏，马上复查",
    "联系人：无",
    "联系人：王经理",
    "姓名字段不能为空",
    "司机高速行驶，限速120",
    "流水号440113201410050011234567890已冲正",
];

#[test]
fn every_sentence_says_what_it_says() {
    let mut wrong = Vec::new();
    let said = SPEAKING.iter().map(|(sentence, expected)| (*sentence, *expected));
    for (sentence, expected) in said.chain(SILENT.iter().map(|sentence| (*sentence, ""))) {
        let found = classes(&scan(&[sentence], Cut::default()), "").join(" ");
        if found != expected {
            wrong.push(format!("`{sentence}`: `{found}`, not `{expected}`"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn all_silent_sentences_together_stay_silent() {
    assert_eq!(classes(&scan(&SILENT, Cut::default()), ""), [""; 0]);
}

#[test]
fn one_sentence_among_a_thousand_is_found_and_nothing_beside_it() {
    let mut sentences: Vec<String> = (0..1000).map(|at| format!("task 1391243{at:04} done in {at} ms")).collect();
    sentences.push("请联系手机13812435687".to_owned());
    let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
    let totals = scan(&sentences, Cut::default());
    assert_eq!(classes(&totals, ""), ["contact.mobile"]);
    assert_eq!(totals.census.figures(|_| true).best, 1, "task numbers are nobody's");
    let finding = totals.objects[0].columns[1].classes.iter().find(|finding| finding.confidence > Confidence::Low);
    assert_eq!(finding.map(|finding| (finding.matches, finding.distinct)), Some((1, 1)));
}

#[test]
fn remarks_count_whom_they_name() {
    // Cards are persons of their own, the mobile is one person's wherever it stands, and names tell nobody from another.
    let totals = scan(
        &[
            "身份证11010519491231002X，配偶身份证440524188001010014",
            "手机13812435687",
            "电话：138 1243 5687，回访",
            "患者王小明，男，45岁",
            "已回访，无异常",
        ],
        Cut::default(),
    );
    assert_eq!(totals.census.figures(|_| true).best, 3);
    let named_only = totals.unattributed_rows(|classes| classes.iter().any(|class| class.id() == "person.name"));
    assert_eq!(named_only, 1);
}

#[test]
fn the_report_is_the_same_however_the_work_is_cut() {
    let mut sentences: Vec<&str> = SPEAKING.iter().map(|(sentence, _)| *sentence).collect();
    sentences.extend(SILENT);
    let sentences: Vec<&str> = sentences.iter().copied().cycle().take(3000).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.csv");
    let lines: Vec<String> =
        sentences.iter().enumerate().map(|(at, text)| format!("{at},\"{}\"\n", text.replace('"', "\"\""))).collect();
    std::fs::write(&path, format!("seq,remark\n{}", lines.concat())).unwrap();
    let expected = json(scan_path(&path, Cut::default()), Facts::default());
    for (threads, batch_rows, range_bytes) in [(1, 7, 5000), (4, 1000, 20_000)] {
        let cut = Cut { threads, batch_rows, range_bytes, ..Cut::default() };
        assert_eq!(json(scan_path(&path, cut), Facts::default()), expected, "{cut:?}");
    }
    for (sentence, _) in SPEAKING {
        let raw = sentence.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() > 7);
        for run in raw {
            assert!(!expected.contains(run), "`{run}` of `{sentence}` is in the report");
        }
    }
}
