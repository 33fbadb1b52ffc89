//! People and firms of other countries.

use super::people::{people, resident_check};
use super::sheet::{Sheet, amounts, codes, days, decimals, each, integers, picks, rows, some, texts, times};
use crate::benchmark::{Generator, Table, style::Style, value};
use exportscan::demo::Random;

/// Tables from abroad.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("us_customers", 4, us_customers),
        ("german_customers", 4, german_customers),
        ("japanese_customers", 4, japanese_customers),
        ("hong_kong_clients", 3, hong_kong_clients),
        ("expatriates", 4, expatriates),
        ("permit_holders", 5, permit_holders),
        ("global_crm", 4, global_crm),
        ("foreign_passengers", 3, foreign_passengers),
        ("us_patients", 3, us_patients),
        ("us_budgets", 4, us_budgets),
        ("us_products", 3, us_products),
        ("european_sales", 3, european_sales),
    ]
}

const FIRST: &[&str] = &[
    "James", "Mary", "Robert", "Patricia", "John", "Linda", "Michael", "Barbara", "David", "Susan", "Emma", "Olivia",
    "Noah", "Liam", "Ethan", "Grace",
];
const LAST: &[&str] = &[
    "Smith", "Johnson", "Williams", "Brown", "Jones", "Garcia", "Miller", "Davis", "Wilson", "Anderson", "Taylor",
    "Moore", "Jackson", "Martin", "Lee", "Clark",
];
const GERMAN: &[&str] = &[
    "Müller",
    "Schmidt",
    "Schneider",
    "Fischer",
    "Weber",
    "Meyer",
    "Wagner",
    "Becker",
    "Schulz",
    "Hoffmann",
    "Krüger",
    "Köhler",
];
const GERMAN_FIRST: &[&str] =
    &["Lukas", "Anna", "Jürgen", "Sabine", "Felix", "Claudia", "Jonas", "Petra", "Stefan", "Heike"];
const JAPANESE: &[&str] =
    &["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "山田"];
const JAPANESE_FIRST: &[&str] = &["太郎", "花子", "一郎", "美咲", "健太", "陽子", "大輔", "由美", "翔", "さくら"];

fn english_headers(variant: u64) -> Style {
    [Style::Snake, Style::Camel, Style::Upper, Style::Snake][variant as usize % 4]
}

fn names(random: &mut Random, n: usize) -> Vec<(String, String)> {
    (0..n).map(|_| (random.pick(FIRST).to_owned(), random.pick(LAST).to_owned())).collect()
}

fn emails(names: &[(String, String)]) -> Vec<String> {
    let host = ["example.com", "gmail.com", "yahoo.com", "outlook.com"];
    names
        .iter()
        .enumerate()
        .map(|(k, n)| format!("{}.{}{k}@{}", n.0.to_lowercase(), n.1.to_lowercase(), host[k % 4]))
        .collect()
}

fn us_phone(random: &mut Random) -> String {
    let (area, exchange) = (random.pick(&[212, 415, 312, 617, 713, 305]), random.between(200, 999));
    match random.below(3) {
        0 => format!("({area}) {exchange}-{}", random.digits(4)),
        1 => format!("{area}-{exchange}-{}", random.digits(4)),
        _ => format!("+1 {area} {exchange} {}", random.digits(4)),
    }
}

fn us_address(random: &mut Random) -> String {
    let street = random.pick(&["Main St", "Oak Avenue", "Maple Dr", "Sunset Blvd", "2nd Street"]);
    let city = random.pick(&["New York, NY 10012", "San Francisco, CA 94107", "Chicago, IL 60611", "Boston, MA 02116"]);
    format!("{} {street}, {city}", random.between(10, 9800))
}

fn ssn(random: &mut Random) -> String {
    format!("{:03}-{:02}-{:04}", random.between(1, 665), random.between(1, 99), random.between(1, 9999))
}

/// Customers in the United States.
fn us_customers(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let who = names(random, n);
    Sheet::styled(variant, english_headers(variant), "customers_us")
        .col("account.user", "|customer_id|", value::serial("C", 40_100, 6, n))
        .col("person.name", "|first_name|", each(&who, |p| p.0.clone()))
        .col("person.name", "|last_name|", each(&who, |p| p.1.clone()))
        .col("contact.email", "|email|", emails(&who))
        .col("contact.mobile ?contact.landline", "|mobile_phone|", texts(random, n, us_phone))
        .col("contact.address", "|street_address|", texts(random, n, us_address))
        .col("identity.social_security", "|ssn|", value::distinct(random, n, ssn))
        .col("", "|signup_date|", days(random, n, 2018, 2024))
        .may(&["retail.member"])
        .subjects(n)
        .done_with_header()
}

/// Customers in Germany, with headers in English or German.
fn german_customers(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let who: Vec<(&str, &str)> = (0..n).map(|_| (random.pick(GERMAN_FIRST), random.pick(GERMAN))).collect();
    let email = |k: usize| format!("kunde{}{k}@{}", k * 7, ["web.de", "gmx.de", "t-online.de"][k % 3]);
    let street = |r: &mut Random| {
        format!(
            "{} {}, {} {}",
            r.pick(&["Hauptstraße", "Bahnhofstr.", "Gartenweg", "Lindenallee"]),
            r.between(1, 180),
            r.between(10_115, 89_999),
            r.pick(&["Berlin", "München", "Hamburg", "Köln"])
        )
    };
    let iban = |r: &mut Random| format!("DE{}{}", r.between(10, 98), r.digits(18));
    let english = variant.is_multiple_of(2);
    let spell = |e: &str, g: &str| if english { e.to_owned() } else { g.to_owned() };
    Sheet::styled(variant, Style::Chinese, "Kundenliste")
        .col("?account.user", &spell("customer_no", "Kundennummer"), value::serial("", 70_010, 6, n))
        .col("person.name", &spell("full_name", "Name"), each(&who, |p| format!("{} {}", p.0, p.1)))
        .col("contact.email", &spell("email", "E-Mail"), (0..n).map(email).collect())
        .col(
            if english { "contact.mobile" } else { "?contact.mobile ?contact.landline" },
            &spell("mobile", "Telefon"),
            texts(random, n, |r| format!("+49 17{} {}", r.digits(1), r.digits(8))),
        )
        .col(
            if english { "contact.address" } else { "?contact.address" },
            &spell("address", "Anschrift"),
            texts(random, n, street),
        )
        .col("?finance.account", "IBAN", value::distinct(random, n, iban))
        .col(
            if english { "person.birth_date" } else { "?person.birth_date" },
            &spell("date_of_birth", "Geburtsdatum"),
            texts(random, n, |r| format!("{:02}.{:02}.{}", r.between(1, 28), r.between(1, 12), r.between(1948, 2003))),
        )
        .subjects(n)
        .done_with_header()
}

/// Customers in Japan.
fn japanese_customers(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let who: Vec<String> =
        (0..n).map(|_| format!("{} {}", random.pick(JAPANESE), random.pick(JAPANESE_FIRST))).collect();
    let english = variant.is_multiple_of(2);
    let spell = |e: &str, j: &str| if english { e.to_owned() } else { j.to_owned() };
    let address = |r: &mut Random| {
        format!(
            "{}{}{}-{}-{}",
            r.pick(&["東京都渋谷区", "大阪府大阪市北区", "神奈川県横浜市西区", "愛知県名古屋市中区"]),
            r.pick(&["神宮前", "梅田", "みなとみらい", "栄"]),
            r.between(1, 6),
            r.between(1, 30),
            r.between(1, 20)
        )
    };
    let email = |k: usize| format!("user{k}x{}@{}", k * 13 % 97, ["yahoo.co.jp", "docomo.ne.jp", "gmail.com"][k % 3]);
    Sheet::styled(variant, Style::Chinese, "customer_jp")
        .col(
            if english { "account.user" } else { "?account.user" },
            &spell("member_id", "会員番号"),
            value::serial("JP", 5001, 6, n),
        )
        .col(if english { "person.name" } else { "?person.name" }, &spell("customer_name", "氏名"), who)
        .col(
            if english { "contact.mobile" } else { "?contact.mobile" },
            &spell("mobile", "携帯電話"),
            texts(random, n, |r| format!("0{}0-{}-{}", r.between(7, 9), r.digits(4), r.digits(4))),
        )
        .col("contact.email", &spell("email", "メールアドレス"), (0..n).map(email).collect())
        .col(
            if english { "contact.address" } else { "?contact.address" },
            &spell("address", "住所"),
            texts(random, n, address),
        )
        .col("", &spell("postal_code", "郵便番号"), texts(random, n, |r| format!("{}-{}", r.digits(3), r.digits(4))))
        .may(&["retail.member"])
        .subjects(n)
        .done_with_header()
}

/// Clients in Hong Kong.
fn hong_kong_clients(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let card = |r: &mut Random| {
        let letter = r.string(b"ABCDEGHKPRVYZ", 1);
        let digits = r.digits(6);
        let sum: u32 = 36 * 9
            + (u32::from(letter.as_bytes()[0]) - 55) * 8
            + digits.bytes().zip([7, 6, 5, 4, 3, 2]).map(|(d, w)| u32::from(d - b'0') * w).sum::<u32>();
        let check = match (11 - sum % 11) % 11 {
            10 => "A".to_owned(),
            check => check.to_string(),
        };
        format!("{letter}{digits}({check})")
    };
    let who: Vec<String> = (0..n)
        .map(|_| {
            format!(
                "{} {}",
                random.pick(&["CHAN", "WONG", "LEUNG", "CHEUNG", "LAM", "HO"]),
                random.pick(&["Tai Man", "Siu Ming", "Ka Yan", "Chi Keung", "Wing Sze"])
            )
        })
        .collect();
    let permits = value::distinct(random, n, value::travel_permit);
    Sheet::styled(variant, [Style::Snake, Style::Chinese, Style::Camel][variant as usize % 3], "hk_clients")
        .col("person.name", "英文姓名|english_name|YWXM", who)
        .col("identity.hmt_card", "香港身份证号|hkid|XGSFZ", value::distinct(random, n, card))
        .col("identity.travel_permit", "回乡证号|home_return_permit_no|HXZH", permits)
        .col(
            "?contact.mobile",
            "电话|phone|DH",
            texts(random, n, |r| format!("+852 {}{} {}", r.between(5, 9), r.digits(3), r.digits(4))),
        )
        .col("", "开户日期|opened_on|KHRQ", days(random, n, 2015, 2024))
        .subjects(n)
        .done_with_header()
}

/// Foreigners who work in China.
fn expatriates(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let who = names(random, n);
    let permanent = |r: &mut Random| format!("{}{}", r.pick(&["USA", "DEU", "JPN", "GBR", "FRA"]), r.digits(12));
    let passport = |r: &mut Random| r.digits(9);
    Sheet::new(variant, "外籍员工信息")
        .col("person.name", "英文姓名|english_full_name|YWXM", each(&who, |p| format!("{} {}", p.0, p.1)))
        .col("", "国籍|nationality|GJ", picks(random, n, &["美国", "德国", "日本", "英国", "法国"]))
        .col("~identity.passport", "护照号码|passport_number|HZHM", value::distinct(random, n, passport))
        .col(
            "~identity.foreign_residence",
            "外国人永久居留证号|permanent_residence_no|YJJLZH",
            value::distinct(random, n, permanent),
        )
        .col("contact.email", "邮箱|email|YX", emails(&who))
        .col("contact.mobile", "在华手机|china_mobile|ZHSJ", value::distinct(random, n, value::mobile))
        .col("", "工作许可有效期|work_permit_until|GZXKYXQ", days(random, n, 2025, 2028))
        .subjects(n)
        .done()
}

/// People from Hong Kong, Macao, Taiwan and abroad who live in the mainland.
fn permit_holders(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let abroad = |r: &mut Random| {
        let day = value::day(r, 1958, 2001).replace('-', "");
        let body = format!(
            "9{}{}{day}{:03}",
            r.pick(&["11", "31", "44"]),
            r.pick(&["840", "276", "392", "826"]),
            r.between(1, 999)
        );
        format!("{body}{}", resident_check(&body))
    };
    let taiwan = value::distinct(random, n, |r| r.digits(8));
    let sheet = Sheet::new(variant, "居留证件登记").col(
        "person.name",
        "姓名|holder_name|XM",
        each(&people, |p| p.name.clone()),
    );
    let sheet = match variant % 3 {
        0 => sheet.col(
            "~identity.residence_permit !identity.resident_id",
            "港澳台居民居住证号|residence_permit_no|JZZH",
            value::distinct(random, n, value::residence_permit),
        ),
        1 => sheet.col(
            "~identity.foreign_residence ?identity.resident_id",
            "外国人永久居留身份证号|foreign_permanent_resident_id|YJJLZH",
            value::distinct(random, n, abroad),
        ),
        _ => sheet.col("~identity.travel_permit", "台湾居民来往大陆通行证号|taiwan_travel_permit_no|TBZH", taiwan),
    };
    sheet
        .col("contact.mobile", "手机号码|mobile|SJHM", each(&people, |p| p.mobile.clone()))
        .col("contact.address", "在内地住址|mainland_address|ZNDZZ", each(&people, |p| p.address.clone()))
        .col("", "签发日期|issued_on|QFRQ", days(random, n, 2018, 2024))
        .subjects(n)
        .done()
}

/// Contacts of a CRM in the cloud.
fn global_crm(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let who = names(random, n);
    let headers = [
        ["Contact ID", "Full Name", "Email", "Phone", "Account Name", "Lead Source"],
        ["Id", "Name", "Email__c", "MobilePhone", "Account.Name", "LeadSource"],
        ["contactid", "fullname", "emailaddress1", "mobilephone", "parentcustomeridname", "leadsourcecode"],
        ["vid", "name", "email", "phone", "company", "source"],
    ][variant as usize % 4];
    Sheet::styled(variant, Style::Chinese, "contacts_export")
        .col(
            "?account.user",
            headers[0],
            texts(random, n, |r| format!("0035g0000{}AAA", r.string(b"abcdefghijABCDEFGHIJ0123456789", 6))),
        )
        .col("person.name", headers[1], each(&who, |p| format!("{} {}", p.0, p.1)))
        .col("contact.email", headers[2], emails(&who))
        .col("?contact.mobile ?contact.landline", headers[3], texts(random, n, us_phone))
        .col(
            "",
            headers[4],
            texts(random, n, |r| {
                format!(
                    "{} {}",
                    r.pick(&["Acme", "Globex", "Initech", "Umbrella"]),
                    r.pick(&["Inc.", "GmbH", "Ltd.", "Corp."])
                )
            }),
        )
        .col("", headers[5], picks(random, n, &["Web", "Trade Show", "Referral"]))
        .subjects(n)
        .done_with_header()
}

/// Passengers with what airlines tell of them before they land.
fn foreign_passengers(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let who = names(random, n);
    let passport = |r: &mut Random| format!("{}{}", r.string(b"CFGHJKLMNPRTVWXYZ", 1), r.digits(8));
    Sheet::styled(variant, english_headers(variant), "apis_passenger_list")
        .col("", "|flight_number|", picks(random, n, &["CA935", "LH721", "MU587", "UA857"]))
        .col("person.name", "|surname|", each(&who, |p| p.1.to_uppercase()))
        .col("person.name", "|given_names|", each(&who, |p| p.0.to_uppercase()))
        .col("person.birth_date", "|date_of_birth|", days(random, n, 1948, 2015))
        .col("", "|nationality|", picks(random, n, &["USA", "DEU", "GBR", "FRA"]))
        .col("identity.passport", "|passport_number|", value::distinct(random, n, passport))
        .col("", "|passport_expiry_date|", days(random, n, 2025, 2034))
        .col("", "|seat|", texts(random, n, |r| format!("{}{}", r.between(1, 60), r.string(b"ABCDEFGHJK", 1))))
        .records(&["travel.passenger"])
        .may(&["travel.passenger"])
        .subjects(n)
        .done_with_header()
}

/// Patients in the United States.
fn us_patients(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let who = names(random, n);
    let known = [
        ("I10", "Essential hypertension"),
        ("E11.9", "Type 2 diabetes mellitus"),
        ("J45.909", "Unspecified asthma"),
        ("M54.5", "Low back pain"),
        ("F41.1", "Generalized anxiety disorder"),
    ];
    let found = some(random, n, &known);
    Sheet::styled(variant, english_headers(variant), "encounters")
        .col("account.user", "|patient_id|", value::distinct(random, n, value::uuid))
        .col("person.name", "|patient_name|", each(&who, |p| format!("{}, {}", p.1, p.0)))
        .col("person.birth_date", "|birthdate|", days(random, n, 1938, 2005))
        .col("health.diagnosis", "|diagnosis_description|", each(&found, |d| d.1.to_owned()))
        .col("?health.diagnosis", "|icd10|", each(&found, |d| d.0.to_owned()))
        .col("?health.admission", "|encounter_start|", times(random, n, 2022, 2024))
        .col("", "|total_cost|", amounts(random, n, 80, 9000))
        .records(&["health.record"])
        .may(&["health.record"])
        .subjects(n)
        .done_with_header()
}

/// Money and codes that look like telephones.
fn us_budgets(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::styled(variant, english_headers(variant), "fy2024_appropriations")
        .col("", "|agency|", picks(random, n, &["Department of Transportation", "NIH", "Department of Energy"]))
        .col("", "|tas_code|", texts(random, n, |r| format!("{}-{}-000", r.digits(3), r.digits(4))))
        .col("", "|budget_authority|", integers(random, n, 13_100_000_000, 19_900_000_000))
        .col("", "|outlays|", integers(random, n, 13_100_000_000, 18_900_000_000))
        .col("", "|census_tract|", texts(random, n, |r| format!("1{}{}", r.between(3, 9), r.digits(9))))
        .col("", "|fiscal_year|", integers(random, n, 2015, 2024))
        .done_with_header()
}

/// Goods with codes of America.
fn us_products(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::styled(variant, english_headers(variant), "product_feed")
        .col("", "|upc|", codes(random, n, "0", 11))
        .col("", "|ndc_code|", texts(random, n, |r| format!("{}-{}-{}", r.digits(5), r.digits(4), r.digits(2))))
        .col(
            "",
            "|product_name|",
            picks(
                random,
                n,
                &["Ibuprofen Tablets USP 200mg", "Vitamin C Gummies", "Motor Oil 5W-30", "Wireless Mouse"],
            ),
        )
        .col("", "|list_price|", amounts(random, n, 2, 400))
        .col("", "|rating|", decimals(random, n, 1, 5, 1))
        .done_with_header()
}

/// Sales of branches in Europe.
fn european_sales(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::styled(variant, english_headers(variant), "branch_sales_eu")
        .col(
            "",
            "|branch|",
            picks(random, n, &["Berlin-Mitte", "Paris 8e", "Milano Centro", "Madrid Sol", "Wien Mitte"]),
        )
        .col("", "|vat_number|", texts(random, n, |r| format!("{}{}", r.pick(&["DE", "FR", "IT", "ES"]), r.digits(9))))
        .col(
            "",
            "|net_sales_eur|",
            texts(random, n, |r| format!("{}.{},{}", r.between(10, 999), r.digits(3), r.digits(2))),
        )
        .col("", "|receipts|", integers(random, n, 40, 9000))
        .col("", "|week|", texts(random, n, |r| format!("2024-W{:02}", r.between(1, 52))))
        .done_with_header()
}
