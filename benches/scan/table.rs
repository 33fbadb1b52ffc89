//! The table that is measured: twelve columns, every kind of work that a scan does.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray, TimestampSecondArray};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use exportscan::demo::{Random, number};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

/// The columns, in their order.
pub(crate) const COLUMNS: [&str; 12] =
    ["order_no", "name", "id_no", "mobile", "plate", "lon", "lat", "time", "diagnosis", "kwh", "amount", "note"];

/// Rows that are made and written at once.
const CHUNK: usize = 65_536;
const ROW_GROUP_ROWS: usize = 262_144;
/// 1 January 2026 in Beijing.
const START_SECONDS: i64 = 1_767_196_800;

struct Person {
    name: String,
    resident_id: String,
    mobile: String,
    plate: String,
}

/// The table, by its persons; rows are drawn from them as they are written.
pub(crate) struct Table {
    persons: Vec<Person>,
    rows: usize,
}

struct Row<'a> {
    order_no: i64,
    person: &'a Person,
    lon: f64,
    lat: f64,
    time: i64,
    diagnosis: &'static str,
    kwh: f64,
    amount: f64,
    note: String,
}

impl Table {
    /// A table of `rows` rows about three eighths as many persons, each of whom is in it.
    pub(crate) fn new(rows: usize) -> Self {
        let mut random = Random::new(1);
        let mut given = HashSet::new();
        let persons = (0..(rows * 3 / 8).max(1))
            .map(|_| {
                loop {
                    let person = person(&mut random);
                    if given.insert(person.resident_id.clone()) && given.insert(person.mobile.clone()) {
                        break person;
                    }
                }
            })
            .collect();
        Self { persons, rows }
    }

    /// How many persons are in it.
    pub(crate) fn n_persons(&self) -> usize {
        self.persons.len().min(self.rows)
    }

    fn chunks(&self) -> impl Iterator<Item = Vec<Row<'_>>> {
        let mut random = Random::new(2);
        (0..self.rows)
            .step_by(CHUNK)
            .map(move |start| (start..self.rows.min(start + CHUNK)).map(|at| self.row(at, &mut random)).collect())
    }

    fn row(&self, at: usize, random: &mut Random) -> Row<'_> {
        let drawn = random.below(self.persons.len() as u64) as usize;
        let energy = random.between(2_000, 70_000);
        Row {
            order_no: 202_600_000_000_000_000 + random.between(0, 99_999_999_999_999),
            person: &self.persons[if at < self.persons.len() { at } else { drawn }],
            lon: random.between(115_400_000, 117_500_000) as f64 / 1e6,
            lat: random.between(39_400_000, 41_100_000) as f64 / 1e6,
            time: START_SECONDS + random.between(0, 28_000_000),
            diagnosis: random.pick(&[
                "高血压",
                "2型糖尿病",
                "急性上呼吸道感染",
                "腰椎间盘突出",
                "慢性胃炎",
                "偏头痛",
                "哮喘",
            ]),
            kwh: energy as f64 / 1e3,
            amount: (energy * 145 / 1000) as f64 / 1e2,
            note: format!(
                "{}，第{}次",
                random.pick(&["正常", "客户要求回访", "已预约到店", "无备注"]),
                random.between(1, 5_000)
            ),
        }
    }

    /// Writes it as zstd Parquet.
    pub(crate) fn write_parquet(&self, path: &Path) {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
            .build();
        let mut writer = ArrowWriter::try_new(File::create(path).unwrap(), schema(), Some(properties)).unwrap();
        for rows in self.chunks() {
            writer.write(&batch(&rows)).unwrap();
        }
        writer.close().unwrap();
    }

    /// Writes it as CSV.
    pub(crate) fn write_csv(&self, path: &Path) {
        let mut file = BufWriter::new(File::create(path).unwrap());
        writeln!(file, "{}", COLUMNS.join(",")).unwrap();
        for row in self.chunks().flatten() {
            let Person { name, resident_id, mobile, plate } = row.person;
            let time = jiff::Timestamp::from_second(row.time).unwrap();
            writeln!(
                file,
                "{},{name},{resident_id},{mobile},{plate},{:.6},{:.6},{time},{},{},{},{}",
                row.order_no, row.lon, row.lat, row.diagnosis, row.kwh, row.amount, row.note
            )
            .unwrap();
        }
        file.flush().unwrap();
    }
}

fn person(random: &mut Random) -> Person {
    let area = number::area(random);
    Person {
        name: format!(
            "{}{}",
            random.pick(&["王", "李", "张", "刘", "欧阳"]),
            random.pick(&["伟", "芳", "秀英", "建国", "子涵"])
        ),
        resident_id: number::resident_id(random, area),
        mobile: number::mobile(random),
        plate: number::plate(random, area),
    }
}

fn schema() -> Arc<Schema> {
    let data_type = |name: &str| match name {
        "order_no" => DataType::Int64,
        "lon" | "lat" | "kwh" | "amount" => DataType::Float64,
        "time" => DataType::Timestamp(TimeUnit::Second, None),
        _ => DataType::Utf8,
    };
    Arc::new(Schema::new(COLUMNS.map(|name| Field::new(name, data_type(name), false)).to_vec()))
}

fn batch(rows: &[Row<'_>]) -> RecordBatch {
    fn numbers(rows: &[Row<'_>], number: impl Fn(&Row<'_>) -> f64) -> ArrayRef {
        Arc::new(rows.iter().map(|row| Some(number(row))).collect::<Float64Array>())
    }
    fn texts<'a>(rows: &'a [Row<'_>], text: impl Fn(&'a Row<'_>) -> &'a str) -> ArrayRef {
        Arc::new(rows.iter().map(|row| Some(text(row))).collect::<StringArray>())
    }
    let columns: Vec<ArrayRef> = vec![
        Arc::new(rows.iter().map(|row| Some(row.order_no)).collect::<Int64Array>()),
        texts(rows, |row| &row.person.name),
        texts(rows, |row| &row.person.resident_id),
        texts(rows, |row| &row.person.mobile),
        texts(rows, |row| &row.person.plate),
        numbers(rows, |row| row.lon),
        numbers(rows, |row| row.lat),
        Arc::new(rows.iter().map(|row| Some(row.time)).collect::<TimestampSecondArray>()),
        texts(rows, |row| row.diagnosis),
        numbers(rows, |row| row.kwh),
        numbers(rows, |row| row.amount),
        texts(rows, |row| &row.note),
    ];
    RecordBatch::try_new(schema(), columns).unwrap()
}
