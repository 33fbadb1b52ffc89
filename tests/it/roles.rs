//! Who is one person in a row and who is not: tables whose columns say whose they are, against the mentions of a scan.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, ListArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{Field, FieldRef, Schema};
use parquet::arrow::ArrowWriter;

use exportscan::count::CountError;
use exportscan::model::{Fingerprinter, IdentifierKind, Key};
use exportscan::read;
use exportscan::scan::{self, Scan};

use crate::support::engine;

const ROWS: u32 = 40;
const SECRET: [u8; 16] = [7; 16];

/// A value of a kind: `n` a name, `r` a resident ID, `m` a mobile, `e` an e-mail address, `p` a plate, `-` something else.
/// No two columns and no two rows have the same one, but for names.
fn value(kind: char, column: u32, row: u32) -> String {
    let n = column * 1000 + row * 7 + 11;
    match kind {
        'n' => name(n),
        'r' => resident(n),
        'm' => format!("139{:08}", 10_406_070 + u64::from(n) * 37),
        'e' => format!("user{n}@demo.test.cn"),
        'p' => format!("京A{:05}", 10_407 + n * 3 % 80_000),
        _ => format!("{}", n % 5),
    }
}

fn name(n: u32) -> String {
    let pick = |text: &str, at: u32| text.chars().nth(at as usize % text.chars().count()).unwrap();
    let (family, given) = ("王李张刘陈杨黄赵", "霞超敏雪娜伟芳强磊");
    [pick(family, n), pick(given, n / 3), pick(given, n / 8)].iter().collect()
}

fn resident(n: u32) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!("110105{}{:02}{:02}{:03}", 1950 + n % 50, n / 50 % 12 + 1, n / 600 % 28 + 1, n * 7 % 997 + 1);
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[sum as usize % 11]))
}

fn key(kind: char, value: &str) -> Option<Key> {
    let kind = match kind {
        'r' => IdentifierKind::ResidentId,
        'm' => IdentifierKind::Mobile,
        'e' => IdentifierKind::Email,
        'p' => IdentifierKind::Plate,
        _ => return None,
    };
    Some(Fingerprinter::new(&SECRET).key(kind, value.as_bytes()))
}

/// A column: its header, the kind of its values, and a letter for whose they are.
type Column<'t> = (&'t str, char, char);

/// `姓名=na|手机号=ma`: a name and a mobile of one person.
fn columns(table: &str) -> Vec<Column<'_>> {
    table
        .split('|')
        .map(|column| {
            let (header, says) = column.rsplit_once('=').unwrap();
            let mut says = says.chars();
            (header, says.next().unwrap(), says.next().unwrap_or('.'))
        })
        .collect()
}

/// The mentions that the scan of a folder makes, by the columns that they are from; what no column is from is `?`.
fn mentions(folder: &Path, columns: &[Column<'_>]) -> BTreeSet<BTreeSet<String>> {
    let job = Scan {
        engine: engine(),
        fingerprinter: &Fingerprinter::new(&SECRET),
        room: &exportscan::count::Room::unbounded(),
        minor_after: 20_121_123,
        tuning: None,
        reading: read::Options::default(),
        progress: &|_| {},
    };
    let mut origin: BTreeMap<Key, (String, u32)> = BTreeMap::new();
    for (at, (header, kind, _)) in columns.iter().enumerate() {
        for row in 0..ROWS {
            origin.extend(key(*kind, &value(*kind, at as u32, row)).map(|key| (key, ((*header).to_owned(), row))));
        }
    }
    let tally = scan::scan(&job, read::list(&[folder.to_string_lossy().into_owned()]));
    let mut found = BTreeSet::new();
    let all: Result<(), CountError> = tally.mentions.for_each(|keys, _| {
        let from: Vec<Option<&(String, u32)>> = keys.iter().map(|key| origin.get(key)).collect();
        let rows: BTreeSet<u32> = from.iter().flatten().map(|(_, row)| *row).collect();
        assert!(rows.len() <= 1, "a mention of two rows");
        found.insert(from.into_iter().map(|from| from.map_or("?", |(header, _)| header).to_owned()).collect());
        Ok(())
    });
    all.unwrap();
    found
}

fn expected(columns: &[Column<'_>]) -> BTreeSet<BTreeSet<String>> {
    let mut persons: BTreeMap<char, BTreeSet<String>> = BTreeMap::new();
    for (header, kind, whose) in columns {
        if key(*kind, "").is_some() {
            persons.entry(*whose).or_default().insert((*header).to_owned());
        }
    }
    persons.into_values().collect()
}

fn complaint(table: &str) -> Option<String> {
    let columns = columns(table);
    let folder = tempfile::tempdir().unwrap();
    write_text(&folder.path().join("table.csv"), &columns);
    compare(table, &columns, folder.path())
}

fn compare(table: &str, columns: &[Column<'_>], folder: &Path) -> Option<String> {
    let (found, expected) = (mentions(folder, columns), expected(columns));
    (found != expected).then(|| format!("{table}\n    {found:?}, not\n    {expected:?}"))
}

fn write_text(path: &Path, columns: &[Column<'_>]) {
    let header: Vec<&str> = columns.iter().map(|(header, ..)| *header).collect();
    let row = |row: u32| -> String {
        let cells: Vec<String> =
            columns.iter().enumerate().map(|(at, (_, kind, _))| value(*kind, at as u32, row)).collect();
        cells.join(",")
    };
    let text = (0..ROWS).fold(header.join(",") + "\n", |text, n| text + &row(n) + "\n");
    std::fs::write(path, text).unwrap();
}

/// Writes columns whose names are paths as nested Parquet: `order.receiver.name` in structs, `drivers[].name` in a list of
/// one struct a row.
fn write_nested(path: &Path, columns: &[Column<'_>]) {
    let paths: Vec<(Vec<&str>, ArrayRef)> = columns
        .iter()
        .enumerate()
        .map(|(at, (header, kind, _))| {
            let cells = (0..ROWS).map(|row| value(*kind, at as u32, row));
            (header.split('.').collect(), Arc::new(StringArray::from_iter_values(cells)) as ArrayRef)
        })
        .collect();
    let fields = nested(&paths);
    let schema = Schema::new(fields.iter().map(|(field, _)| Arc::clone(field)).collect::<Vec<_>>());
    let batch = RecordBatch::try_new(Arc::new(schema), fields.into_iter().map(|(_, array)| array).collect()).unwrap();
    let mut writer = ArrowWriter::try_new(std::fs::File::create(path).unwrap(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

/// The columns below one level of paths, with neighbours of one parent in one struct.
fn nested(paths: &[(Vec<&str>, ArrayRef)]) -> Vec<(FieldRef, ArrayRef)> {
    let parts = paths.chunk_by(|(one, _), (other, _)| one.len() > 1 && other.len() > 1 && one[0] == other[0]);
    let field = |name: &str, array: &ArrayRef| Arc::new(Field::new(name, array.data_type().clone(), true));
    parts
        .map(|part| {
            let (path, array) = &part[0];
            if path.len() == 1 {
                return (field(path[0], array), Arc::clone(array));
            }
            let below: Vec<_> = part.iter().map(|(path, array)| (path[1..].to_vec(), Arc::clone(array))).collect();
            let (fields, arrays): (Vec<FieldRef>, Vec<ArrayRef>) = nested(&below).into_iter().unzip();
            let items: ArrayRef = Arc::new(StructArray::new(fields.into(), arrays, None));
            let Some(name) = path[0].strip_suffix("[]") else { return (field(path[0], &items), items) };
            let ends = OffsetBuffer::from_lengths(std::iter::repeat_n(1, ROWS as usize));
            let list: ArrayRef = Arc::new(ListArray::new(field("item", &items), ends, items, None));
            (field(name, &list), list)
        })
        .collect()
}

#[track_caller]
fn check(tables: &[&str]) {
    let complaints: Vec<String> = tables.iter().filter_map(|table| complaint(table)).collect();
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), tables.len(), complaints.join("\n"));
}

#[test]
fn chinese_words_of_roles() {
    check(&[
        "车主姓名=na|车主身份证号=ra|车主手机号=ma|车牌号=pa|驾驶人姓名=nb|驾驶人手机号=mb",
        "患者姓名=na|患者身份证号=ra|联系电话=ma|监护人姓名=nb|监护人手机号=mb",
        "收件人姓名=na|收件人手机号=ma|寄件人姓名=nb|寄件人手机号=mb",
        "收件人=na|收件人电话=ma|寄件人=nb|寄件人电话=mb",
        "投保人姓名=na|投保人身份证号=ra|投保人手机号=ma|被保险人姓名=nb|被保险人身份证号=rb|受益人姓名=nc|受益人身份证号=rc",
        "员工姓名=na|身份证号=ra|手机号=ma|紧急联系人=nb|紧急联系人电话=mb",
        "姓名=na|身份证号=ra|手机号=ma|紧急联系人姓名=nb|紧急联系人手机=mb",
        "学生姓名=na|学生身份证号=ra|父亲姓名=nb|父亲手机=mb|母亲姓名=nc|母亲手机=mc",
        "用户手机号=ma|推荐人手机号=mb|客户经理手机号=mc",
        "原告手机号=ma|被告手机号=mb",
        "出租方手机号=ma|承租方手机号=mb",
        "卖方手机号=ma|买方手机号=mb",
        "乘客姓名=na|乘客手机号=ma|司机姓名=nb|司机手机号=mb|车牌号=pa",
        "申请人姓名=na|申请人身份证号码=ra|配偶姓名=nb|配偶身份证号码=rb|担保人姓名=nc|担保人身份证号码=rc",
        "出租人姓名=na|出租人身份证号=ra|承租人姓名=nb|承租人身份证号=rb",
        "买方姓名=na|买方身份证号=ra|卖方姓名=nb|卖方身份证号=rb",
        "付款人姓名=na|付款人手机号=ma|收款人姓名=nb|收款人手机号=mb",
        "原告姓名=na|原告身份证号=ra|被告姓名=nb|被告身份证号=rb",
        "转让方身份证号=ra|转让方手机=ma|受让方身份证号=rb|受让方手机=mb",
        "甲方姓名=na|甲方身份证号=ra|乙方姓名=nb|乙方身份证号=rb",
        "主叫号码=ma|被叫号码=mb",
        "户主姓名=na|户主身份证号=ra|家庭成员姓名=nb|家庭成员身份证号=rb",
        "报案人姓名=na|报案人电话=ma|伤者姓名=nb|伤者身份证号=rb",
    ]);
}

#[test]
fn english_words_of_roles() {
    check(&[
        "owner_name=na|owner_id_card=ra|owner_phone=ma|plate_no=pa|driver_name=nb|driver_phone=mb",
        "patientName=na|patientIdCard=ra|patientMobile=ma|guardianName=nb|guardianMobile=mb",
        "sender_name=na|sender_mobile=ma|receiver_name=nb|receiver_mobile=mb",
        "shipper_phone=ma|shipper_email=ea|consignee_phone=mb|consignee_email=eb",
        "customer_id_card=ra|customer_mobile=ma|emergency_contact_name=nb|emergency_contact_mobile=mb",
        "policyholder_mobile=ma|policyholder_id_card=ra|insured_mobile=mb|insured_id_card=rb|beneficiary_id_card=rc",
        "buyer_mobile=ma|buyer_email=ea|seller_mobile=mb|seller_email=eb",
        "caller_mobile=ma|callee_mobile=mb",
        "lessor_id_card=ra|lessor_mobile=ma|lessee_id_card=rb|lessee_mobile=mb",
        "employee_email=ea|employee_mobile=ma|manager_email=eb|manager_mobile=mb",
        "passenger_mobile=ma|passenger_id_card=ra|agent_mobile=mb|agent_email=eb",
        "billing_name=na|billing_phone=ma|shipping_name=nb|shipping_phone=mb",
        "BillToName=na|BillToPhone=ma|ShipToName=nb|ShipToPhone=mb",
        "from_phone=ma|to_phone=mb",
    ]);
}

#[test]
fn pinyin_and_forms_of_erp_systems() {
    check(&[
        "czxm=na|czsfzh=ra|czsjh=ma|jsrxm=nb|jsrsjh=mb",
        "xm=na|sfzh=ra|sjh=ma|jjlxrxm=nb|jjlxrdh=mb",
        "tbrxm=na|tbrsfzh=ra|bbxrxm=nb|bbxrsfzh=rb",
        "jjrxm=na|jjrsjh=ma|sjrxm=nb|sjrsjh=mb",
        "CUST_NAME=na|CUST_ID_NO=ra|CUST_MOBILE=ma|CONTACT_NAME=nb|CONTACT_MOBILE=mb",
        "XM=na|SFZH=ra|JHRXM=nb|JHRSJH=mb",
    ]);
}

#[test]
fn numbered_columns() {
    check(&[
        "name1=na|id_card1=ra|name2=nb|id_card2=rb",
        "姓名1=na|身份证1=ra|姓名2=nb|身份证2=rb",
        "姓名1=na|姓名2=nb|身份证1=ra|身份证2=rb",
        "name_1=na|name_2=nb|mobile_1=ma|mobile_2=mb|id_card_1=ra|id_card_2=rb",
        "contact_1_name=na|contact_1_mobile=ma|contact_2_name=nb|contact_2_mobile=mb",
        "contact1_name=na|contact2_name=nb|contact1_mobile=ma|contact2_mobile=mb",
        "乘客1姓名=na|乘客1身份证号=ra|乘客2姓名=nb|乘客2身份证号=rb|乘客3姓名=nc|乘客3身份证号=rc",
        "联系人1=na|联系人1电话=ma|联系人2=nb|联系人2电话=mb",
        "被保险人1姓名=na|被保险人1身份证号=ra|被保险人2姓名=nb|被保险人2身份证号=rb",
        "姓名=na|身份证号=ra|手机号=ma|姓名2=nb|身份证号2=rb|手机号2=mb",
        "第一联系人姓名=na|第一联系人电话=ma|第二联系人姓名=nb|第二联系人电话=mb",
        "姓名=na|身份证号=ra|手机号1=ma|手机号2=ma",
        "name=na|mobile=ma|email=ea|mobile2=ma|email2=ea",
        "id_card=ra|phone1=ma|phone2=ma|phone3=ma",
    ]);
}

#[test]
fn one_person_stays_one() {
    check(&[
        "姓名=na|身份证号=ra|手机号=ma|邮箱=ea|车牌号=pa",
        "客户姓名=na|证件号码=ra|客户手机号=ma|电子邮箱=ea",
        "owner_name=na|id_card=ra|mobile=ma|email=ea|plate_no=pa",
        "联系人=na|联系电话=ma|电子邮箱=ea",
        "姓名=na|手机号=ma|家庭电话=ma|身份证号=ra",
        "user_mobile=ma|user_email=ea|member_level=-|id_card=ra",
    ]);
}

#[test]
fn persons_in_nested_columns() {
    let tables = [
        "id=-|owner.name=na|owner.id_card=ra|owner.mobile=ma|driver.name=nb|driver.mobile=mb",
        "order.receiver.name=na|order.receiver.mobile=ma|order.sender.name=nb|order.sender.mobile=mb",
        "mobile=ma|id_card=ra|drivers[].name=nb|drivers[].mobile=mb|drivers[].email=eb",
        "order.id=-|order.receivers[].name=na|order.receivers[].mobile=ma|order.receivers[].id_card=ra",
        "passengers[].name=na|passengers[].id_card=ra|passengers[].mobile=ma|contacts[].name=nb|contacts[].mobile=mb",
        "owner.mobile=ma|owner.vehicles[].plate_no=pa|owner.vehicles[].brand=-",
    ];
    let complaints: Vec<String> = tables
        .iter()
        .filter_map(|table| {
            let (columns, folder) = (columns(table), tempfile::tempdir().unwrap());
            write_nested(&folder.path().join("table.parquet"), &columns);
            compare(table, &columns, folder.path())
        })
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
