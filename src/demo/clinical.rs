//! Visits of a trial whose patients are known by their number in the trial alone.

use std::io::{self, Write as _};

use flate2::{Compression, GzBuilder};

use super::delimited::Delimited;
use super::reference::ICD10_CODES;
use super::{Object, Random, Truth, calendar};

const N_PATIENTS: i64 = 300;
const N_VISITS: i64 = 4;

/// Drugs with their dose.
const DRUGS: &[(&str, &str)] = &[
    ("盐酸二甲双胍片", "0.5 g bid"),
    ("缬沙坦胶囊", "80 mg qd"),
    ("阿托伐他汀钙片", "20 mg qn"),
    ("硫酸氢氯吡格雷片", "75 mg qd"),
    ("苯磺酸氨氯地平片", "5 mg qd"),
    ("布地奈德福莫特罗吸入粉雾剂", "2 吸 bid"),
];

/// Laboratory items with their unit and range in hundredths.
const LABS: &[(&str, &str, i64, i64)] = &[
    ("空腹血糖", "mmol/L", 390, 1_480),
    ("糖化血红蛋白", "%", 450, 1_150),
    ("总胆固醇", "mmol/L", 280, 780),
    ("血肌酐", "μmol/L", 4_400, 13_300),
    ("丙氨酸氨基转移酶", "U/L", 700, 9_000),
];

/// The visits, compressed with gzip.
pub(super) fn trial_visits(truth: &mut Truth) -> io::Result<Object> {
    let header = [
        "patient_id",
        "visit_no",
        "visit_date",
        "icd10",
        "diagnosis",
        "drug",
        "dose",
        "lab_item",
        "lab_value",
        "lab_unit",
    ];
    let mut table = Delimited::new(',', &header);
    let mut random = Random::new(0x0008);
    for patient in 1..=N_PATIENTS {
        let number = format!("S{:02}-{:04}", random.between(1, 12), patient);
        truth.patient(&number);
        let (code, diagnosis) = random.pick(ICD10_CODES);
        let (drug, dose) = random.pick(DRUGS);
        let first_day = random.between(0, 40);
        for visit in 0..N_VISITS {
            let (item, unit, least, most) = random.pick(LABS);
            let value = calendar::fixed(random.between(least, most), 2);
            let date = calendar::time(first_day + visit * 10, 0).date().to_string();
            let visit = format!("V{}", visit + 1);
            table.row(&[&number, &visit, &date, code, diagnosis, drug, dose, item, &value, unit]);
        }
    }
    let rows = table.rows();
    Ok(Object { path: "clinical/trial_visits.csv.gz", rows, bytes: gzip(table.into_text().as_bytes())? })
}

/// Compresses without a time and without naming the system, which gzip would otherwise record.
fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    const SYSTEM_UNKNOWN: u8 = 255;
    let mut writer = GzBuilder::new().mtime(0).operating_system(SYSTEM_UNKNOWN).write(Vec::new(), Compression::new(6));
    writer.write_all(bytes)?;
    writer.finish()
}
