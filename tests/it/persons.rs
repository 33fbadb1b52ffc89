//! Whom a table speaks of: masked and hashed numbers, names in parts, and several persons in one row.

use exportscan::count::Figures;
use exportscan::model::ColumnFinding;
use exportscan::tally::Totals;

use crate::support::{Cut, scan_path};

const ROWS: u32 = 40;

/// A table with a header and a row for each number below [`ROWS`].
fn table(header: &str, row: impl Fn(u32) -> String) -> String {
    (0..ROWS).fold(format!("{header}\n"), |text, n| text + &row(n) + "\n")
}

/// Scans tables, given with their paths below one folder.
fn scan(tables: &[(&str, String)]) -> Totals {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in tables {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    scan_path(folder.path(), Cut::default())
}

/// `[at_least, best, at_most]`.
fn figures(totals: &Totals) -> [u64; 3] {
    let Figures { best, at_least, at_most } = totals.census.figures(|_| true);
    [at_least, best, at_most]
}

/// What the tables count, and how many of their rows name nobody.
fn count(tables: &[(&str, String)]) -> ([u64; 3], u64) {
    let totals = scan(tables);
    (figures(&totals), totals.unattributed.values().sum())
}

/// The detectors of the columns that have one above low confidence.
fn detectors(totals: &Totals) -> Vec<String> {
    let columns = totals.objects.iter().flat_map(|object| &object.columns);
    let found = |column: &ColumnFinding| {
        column.classes.iter().filter(|f| f.confidence.counts()).map(|f| f.detector.clone()).collect::<Vec<_>>()
    };
    columns.flat_map(found).collect()
}

pub(crate) fn mobile(n: u32) -> String {
    format!("139{:08}", 10_406_070 + n * 37)
}

fn masked_mobile(n: u32) -> String {
    format!("139****{:04}", 1000 + n)
}

pub(crate) fn resident(n: u32) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!("110105{}{:02}{:02}{:03}", 1960 + n, n % 12 + 1, n % 28 + 1, n * 7 + 1);
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[sum as usize % 11]))
}

/// Looks like a digest of `bytes` bytes, and is another one for every `n`.
fn digest(n: u32, bytes: usize) -> String {
    let mut state = u64::from(n) + 1;
    let mut text = String::new();
    for _ in 0..bytes {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text += &format!("{:02x}", state >> 56);
    }
    text
}

fn name(n: u32) -> String {
    let pick = |text: &str, at: u32| text.chars().nth(at as usize % text.chars().count()).unwrap();
    let (family, given) = ("王李张刘陈杨黄赵", "霞超敏雪娜伟芳强磊");
    [pick(family, n), pick(given, n), pick(given, n / 8)].iter().collect()
}

#[test]
fn masked_numbers_count_by_their_forms_and_from_above() {
    let masked = |n: u32| format!("{}**,{},110105********{:03}X", &name(n)[..3], masked_mobile(n), n);
    let people = || table("姓名,手机号,身份证号", masked);
    assert_eq!(count(&[("a/people.csv", people())]), ([0, 40, 40], 0));
    let twice = [("a/people.csv", people()), ("a/more.csv", people())];
    assert_eq!(count(&twice), ([0, 40, 40], 0), "the same forms in one folder");
    let apart = [("a/people.csv", people()), ("b/people.csv", people())];
    assert_eq!(count(&apart), ([0, 80, 80], 0), "a form means nothing in another folder");
    let spellings = |n: u32| masked_mobile(n).replace('*', if n.is_multiple_of(2) { "x" } else { "●" });
    let two = [("a/x.csv", table("手机号", masked_mobile)), ("a/y.csv", table("手机号", spellings))];
    assert_eq!(count(&two), ([0, 40, 40], 0), "whatever hides the middle");
}

#[test]
fn masked_numbers_link_nobody() {
    let family = table("身份证号,手机号", |n| format!("{},{}", resident(n), masked_mobile(n / 4)));
    assert_eq!(count(&[("a.csv", family)]), ([40, 40, 40], 0), "residents with one masked form");
    let mixed = table("手机号", |n| if n % 2 == 0 { masked_mobile(n) } else { mobile(n) });
    assert_eq!(count(&[("a.csv", mixed)]), ([20, 40, 40], 0), "masked ones among plain ones");
    let named = table("姓名,手机号", |n| format!("{},{}", name(n), masked_mobile(n / 4)));
    assert_eq!(count(&[("a.csv", named)]), ([40, 40, 40], 0), "the names beside one form tell four persons");
}

#[test]
fn what_hides_too_much_is_nobody() {
    let names = table("姓名,消费", |n| format!("{}**,{n}", &name(n)[..3]));
    assert_eq!(count(&[("a.csv", names)]), ([0, 0, 0], 40), "surnames");
    let stars =
        scan(&[("a.csv", table("手机号,password", |n| format!("***********,{}", "*".repeat(6 + n as usize % 3))))]);
    assert_eq!((figures(&stars), detectors(&stars).len()), ([0, 0, 0], 0), "nothing is left");
}

#[test]
fn digests_count_from_above_and_link_their_folder() {
    let rows = |n: u32| format!("{},{}", digest(n, 16), digest(n + 1000, 32));
    let hashed = || table("id_card_md5,mobile_sha256", rows);
    let totals = scan(&[("a/a.csv", hashed())]);
    assert_eq!(figures(&totals), [0, 40, 40]);
    assert_eq!(detectors(&totals), ["identity.resident_id.pseudonym", "contact.mobile.pseudonym"]);
    let linked = [("a/a.csv", hashed()), ("a/b.csv", table("手机号_加密", |n| digest(n + 1000, 32)))];
    assert_eq!(count(&linked), ([0, 40, 80], 0), "the same folder");
    let apart = [("a/a.csv", hashed()), ("b/b.csv", table("手机号_加密", |n| digest(n + 1000, 32)))];
    assert_eq!(count(&apart), ([0, 80, 80], 0), "another folder");
    let beside = table("手机号,身份证号_加密", |n| format!("{},{}", mobile(n), digest(n, 64)));
    assert_eq!(count(&[("a.csv", beside)]), ([40, 40, 40], 0), "a digest beside a number in the clear");
    let cars = table("手机号,vin_md5", |n| format!("{},{}", mobile(n), digest(n / 2, 16)));
    assert_eq!(count(&[("a.csv", cars)]).0[1], 40, "a family car merges nobody");
}

#[test]
fn digests_of_other_things_are_nobody() {
    let header = "file_md5,token,password,etag,commit,trace_id,phone_token,email_message_id,secret";
    let row = |n: u32| {
        let any = |bytes: usize| digest(n + bytes as u32 * 100, bytes);
        let (md5, sha1, sha256) = (any(16), any(20), any(32));
        format!("{md5},{sha256},******,{md5},{sha1},{md5},{md5},{md5},p****{n}")
    };
    let totals = scan(&[("a.csv", table(header, row))]);
    assert_eq!((figures(&totals), detectors(&totals)), ([0, 0, 0], Vec::new()));
}

#[test]
fn names_in_parts_are_whole_names() {
    let born = |n: u32| format!("19{:02}-0{}-1{}", 50 + n, n % 9 + 1, n % 9);
    let parts = table("FIRST,LAST,BIRTHDATE", |n| format!("Ann{},Smith{},{}", n % 5, n / 5, born(n)));
    assert_eq!(count(&[("a.csv", parts.clone())]), ([40, 40, 40], 0));
    let whole =
        table("patient_name,birth_date", |n| format!("Ann{} Smith{},{}", n % 5, n / 5, born(n).replace('-', "/")));
    assert_eq!(count(&[("a.csv", parts), ("b.csv", whole)]), ([40, 40, 40], 0), "as a column of whole names has them");
    let chinese = table("姓,名,出生日期", |n| format!("{},{},{}", &name(n)[..3], &name(n)[3..], born(n)));
    let whole = table("姓名,出生日期", |n| format!("{},{}", name(n), born(n)));
    assert_eq!(count(&[("a.csv", chinese.clone())]), count(&[("a.csv", chinese), ("b.csv", whole)]));
    let with_mobile = table("given_name,family_name,手机号", |n| format!("Ann,Smith,{}", mobile(n)));
    assert_eq!(count(&[("a.csv", with_mobile)]), ([40, 40, 40], 0), "only where nothing better is there");
    let half = table("last_name,city", |n| format!("Smith{n},Boston"));
    assert_eq!(count(&[("a.csv", half)]), ([0, 0, 0], 40), "a family name alone");
}

/// Persons in a table of insurances: every role is a person of its own.
#[test]
fn every_role_is_a_person_of_its_own() {
    let header =
        "投保人姓名,投保人手机,被保险人姓名,被保险人身份证号,受益人手机,客户经理手机,理赔员手机,紧急联系人电话";
    let row = |n: u32| {
        let [applicant, beneficiary, manager, adjuster, emergency] =
            [n, 1000 + n, 2000 + n % 3, 3000 + n % 2, 4000 + n].map(mobile);
        let (one, other, id) = (name(n), name(n + 1), resident(n));
        format!("{one},{applicant},{other},{id},{beneficiary},{manager},{adjuster},{emergency}")
    };
    assert_eq!(count(&[("a.csv", table(header, row))]), ([125, 165, 165], 0));
}

#[test]
fn words_of_roles() {
    let persons = |header: &str, staff: u32| {
        let row = |n: u32| format!("{},{}", mobile(n), mobile(5000 + n % staff));
        figures(&scan(&[("a.csv", table(header, row))]))[1]
    };
    let apart = [
        "客户手机,客户经理手机",
        "customer_phone_number,customer_manager_phone_number",
        "患者手机,患者监护人手机",
        "student_mobile,student_father_mobile",
        "customer_mobile,customer_driver_mobile",
        "用户手机,员工手机",
        "owner_mobile,customer_mobile",
        "寄件人手机,收货联系人手机",
        "申请人手机,法定代表人手机",
        "委托人手机,代理人手机",
        "创建人手机,审核人手机",
    ];
    for header in apart {
        assert_eq!(persons(header, 3), 43, "{header}");
    }
    for header in ["客户手机,客户移动电话", "联系人手机,联系电话"] {
        assert_eq!(persons(header, 40), 40, "{header}");
    }
}

#[test]
fn a_row_of_orders_has_a_customer_and_an_employee() {
    let orders = table("order_id,customer_id,employee_id,amount", |n| format!("O{n:05},C{:04},E{},{n}", n % 20, n % 3));
    assert_eq!(count(&[("orders.csv", orders)]), ([23, 23, 23], 0));
    let contacts = table("客户名称,联系人,联系电话", |n| format!("第{n}有限公司,{},{}", name(n), mobile(n)));
    assert_eq!(count(&[("a.csv", contacts)]), ([40, 40, 40], 0), "a contact and the telephone number");
}

/// Half of the rows have a filler in place of a number: these rows are told by what else they have, or by nothing.
#[test]
fn fillers_join_nobody_and_are_nobody() {
    let mail = |n: u32| format!("user{}@demo.test.cn", 1000 + n);
    let or = |n: u32, filler: &str, value: String| if n.is_multiple_of(2) { filler.to_owned() } else { value };
    for filler in ["13800000000", "13800138000", "+86 138-0013-8000", "11111111111", "12345678901", "00000000000"] {
        let beside = table("手机号,邮箱", |n| format!("{},{}", or(n, filler, mobile(n)), mail(n)));
        assert_eq!(count(&[("a.csv", beside)]), ([40, 40, 40], 0), "{filler} beside addresses");
        let alone = table("手机号,金额", |n| format!("{},{n}", or(n, filler, mobile(n))));
        assert_eq!(count(&[("a.csv", alone)]).0, [20, 20, 20], "{filler} alone");
    }
    for filler in ["111111111111111111", "123456789012345678", "000000000000000000"] {
        let beside = table("身份证号,手机号", |n| format!("{},{}", or(n, filler, resident(n)), mobile(n)));
        assert_eq!(count(&[("a.csv", beside)]).0[1], 40, "{filler} beside mobiles");
    }
    for filler in ["test@test.com", "a@a.com", "none@none.com", "123456@qq.com"] {
        let beside = table("邮箱,手机号", |n| format!("{},{}", or(n, filler, mail(n)), mobile(n)));
        assert_eq!(count(&[("a.csv", beside)]), ([40, 40, 40], 0), "{filler} beside mobiles");
    }
}
