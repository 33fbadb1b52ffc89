//! The columns of each kind of table, for the persons of some rows.

use std::sync::Arc;

use arrow_array::builder::{Float64Builder, ListBuilder, StructBuilder, TimestampSecondBuilder};
use arrow_array::{ArrayRef, Float64Array, Int64Array, StringArray, StructArray, TimestampSecondArray};
use arrow_schema::{DataType, Field, Fields, TimeUnit};
use exportscan::demo::Random;

use super::person::Person;
use super::{Kind, SIGNALS};

/// 1 January 2026 in Beijing.
const START_SECONDS: i64 = 1_767_196_800;
/// Points of a track in one row of the nested table.
const POINTS: usize = 5;

type Column = (String, ArrayRef);

pub(super) fn of(kind: Kind, persons: &[&Person], random: &mut Random) -> Vec<Column> {
    match kind {
        Kind::Plain => plain(persons, random),
        Kind::Wide => wide(persons, random),
        Kind::Nested => nested(persons, random),
        Kind::Text => remarks(persons, random),
        Kind::Distinct => distinct(persons, random),
    }
}

fn plain(persons: &[&Person], random: &mut Random) -> Vec<Column> {
    let n = persons.len();
    let energy: Vec<i64> = (0..n).map(|_| random.between(2_000, 70_000)).collect();
    let diseases = ["高血压", "2型糖尿病", "急性上呼吸道感染", "腰椎间盘突出", "慢性胃炎", "偏头痛", "哮喘"];
    vec![
        column("order_no", order_numbers(n, random)),
        column("name", texts(persons.iter().map(|person| person.name.as_str()))),
        column("id_no", texts(persons.iter().map(|person| person.resident_id.as_str()))),
        column("mobile", texts(persons.iter().map(|person| person.mobile.as_str()))),
        column("plate", texts(persons.iter().map(|person| person.plate.as_str()))),
        column("lon", numbers((0..n).map(|_| longitude(random)))),
        column("lat", numbers((0..n).map(|_| latitude(random)))),
        column("time", times(n, random)),
        column("diagnosis", texts((0..n).map(|_| random.pick(&diseases)))),
        column("kwh", numbers(energy.iter().map(|energy| *energy as f64 / 1e3))),
        column("amount", numbers(energy.iter().map(|energy| (energy * 145 / 1000) as f64 / 1e2))),
        column("note", texts((0..n).map(|_| note(random)))),
    ]
}

fn wide(persons: &[&Person], random: &mut Random) -> Vec<Column> {
    let n = persons.len();
    let mut columns = vec![
        column("id_no", texts(persons.iter().map(|person| person.resident_id.as_str()))),
        column("mobile", texts(persons.iter().map(|person| person.mobile.as_str()))),
    ];
    columns.extend((0..SIGNALS).map(|at| {
        let values: ArrayRef = match at % 4 {
            0 => numbers((0..n).map(|_| random.between(0, 1_000_000) as f64 / 1e3)),
            1 => Arc::new((0..n).map(|_| Some(random.between(0, 65_535))).collect::<Int64Array>()),
            2 => texts((0..n).map(|_| format!("{:04X}", random.below(0x1_0000)))),
            _ => texts((0..n).map(|_| random.pick(&["OK", "WARN", "ERROR", "UNKNOWN"]))),
        };
        column(&format!("signal_{at:03}"), values)
    }));
    columns
}

fn nested(persons: &[&Person], random: &mut Random) -> Vec<Column> {
    let customer: [(&str, ArrayRef); 3] = [
        ("name", texts(persons.iter().map(|person| person.name.as_str()))),
        ("id_no", texts(persons.iter().map(|person| person.resident_id.as_str()))),
        ("mobile", texts(persons.iter().map(|person| person.mobile.as_str()))),
    ];
    let fields = customer.map(|(name, values)| (Arc::new(Field::new(name, DataType::Utf8, false)), values)).to_vec();
    let point = Fields::from(vec![
        Field::new("lon", DataType::Float64, true),
        Field::new("lat", DataType::Float64, true),
        Field::new("time", DataType::Timestamp(TimeUnit::Second, None), true),
    ]);
    let mut points = ListBuilder::new(StructBuilder::from_fields(point, persons.len() * POINTS));
    for _ in persons {
        for _ in 0..POINTS {
            let values = points.values();
            values.field_builder::<Float64Builder>(0).unwrap().append_value(longitude(random));
            values.field_builder::<Float64Builder>(1).unwrap().append_value(latitude(random));
            values.field_builder::<TimestampSecondBuilder>(2).unwrap().append_value(time(random));
            values.append(true);
        }
        points.append(true);
    }
    vec![
        column("order_no", order_numbers(persons.len(), random)),
        column("customer", Arc::new(StructArray::from(fields))),
        column("points", Arc::new(points.finish())),
    ]
}

fn remarks(persons: &[&Person], random: &mut Random) -> Vec<Column> {
    let remark = |person: &&Person| {
        let mut text = String::new();
        while text.len() < 300 {
            text.push_str(&note(random));
            text.push('；');
        }
        if random.one_in(4) {
            text.extend(["联系电话", &person.mobile, "。"]);
        }
        text
    };
    vec![
        column("id_no", texts(persons.iter().map(|person| person.resident_id.as_str()))),
        column("remark", texts(persons.iter().map(remark))),
    ]
}

fn distinct(persons: &[&Person], random: &mut Random) -> Vec<Column> {
    let token = |person: &&Person| format!("{:016x}{}", random.below(u64::MAX), person.mobile);
    vec![
        column("id_no", texts(persons.iter().map(|person| person.resident_id.as_str()))),
        column("mobile", texts(persons.iter().map(|person| person.mobile.as_str()))),
        column("email", texts(persons.iter().map(|person| format!("u{}@mail.example.cn", person.mobile)))),
        column("token", texts(persons.iter().map(token))),
        column("order_no", order_numbers(persons.len(), random)),
        column("time", times(persons.len(), random)),
    ]
}

fn column(name: &str, values: ArrayRef) -> Column {
    (name.to_owned(), values)
}

fn texts<T: AsRef<str>>(values: impl Iterator<Item = T>) -> ArrayRef {
    Arc::new(values.map(Some).collect::<StringArray>())
}

fn numbers(values: impl Iterator<Item = f64>) -> ArrayRef {
    Arc::new(values.map(Some).collect::<Float64Array>())
}

fn times(n: usize, random: &mut Random) -> ArrayRef {
    Arc::new((0..n).map(|_| Some(time(random))).collect::<TimestampSecondArray>())
}

fn order_numbers(n: usize, random: &mut Random) -> ArrayRef {
    let number = |random: &mut Random| 202_600_000_000_000_000 + random.between(0, 99_999_999_999_999);
    Arc::new((0..n).map(|_| Some(number(random))).collect::<Int64Array>())
}

fn longitude(random: &mut Random) -> f64 {
    random.between(115_400_000, 117_500_000) as f64 / 1e6
}

fn latitude(random: &mut Random) -> f64 {
    random.between(39_400_000, 41_100_000) as f64 / 1e6
}

fn time(random: &mut Random) -> i64 {
    START_SECONDS + random.between(0, 28_000_000)
}

fn note(random: &mut Random) -> String {
    let said = random.pick(&["正常", "客户要求回访", "已预约到店", "无备注"]);
    format!("{said}，第{}次", random.between(1, 5_000))
}
