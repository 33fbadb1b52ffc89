//! Tables that are about nobody: a code table, and the weather.

use super::delimited::Delimited;
use super::{Object, Random, calendar};

/// Codes of ICD-10 with their Chinese names.
pub(super) const ICD10_CODES: &[(&str, &str)] = &[
    ("A09.9", "未特指的胃肠炎和结肠炎"),
    ("B18.1", "慢性乙型病毒性肝炎"),
    ("D50.9", "缺铁性贫血"),
    ("E03.9", "甲状腺功能减退症"),
    ("E05.9", "甲状腺毒症"),
    ("E10.9", "1型糖尿病不伴有并发症"),
    ("E11.2", "2型糖尿病伴有肾的并发症"),
    ("E11.9", "2型糖尿病不伴有并发症"),
    ("E66.9", "肥胖症"),
    ("E78.0", "纯高胆固醇血症"),
    ("E78.5", "高脂血症"),
    ("E79.0", "高尿酸血症"),
    ("F32.9", "抑郁发作"),
    ("F41.1", "广泛性焦虑障碍"),
    ("G40.9", "癫痫"),
    ("G43.9", "偏头痛"),
    ("G47.3", "睡眠呼吸暂停"),
    ("H10.9", "结膜炎"),
    ("H25.9", "老年性白内障"),
    ("H40.1", "原发性开角型青光眼"),
    ("I10", "特发性（原发性）高血压"),
    ("I20.0", "不稳定性心绞痛"),
    ("I21.9", "急性心肌梗死"),
    ("I25.1", "动脉硬化性心脏病"),
    ("I48.9", "心房颤动"),
    ("I50.0", "充血性心力衰竭"),
    ("I63.9", "脑梗死"),
    ("I70.0", "主动脉动脉硬化"),
    ("J06.9", "急性上呼吸道感染"),
    ("J18.9", "肺炎"),
    ("J30.4", "变应性鼻炎"),
    ("J44.9", "慢性阻塞性肺病"),
    ("J45.9", "哮喘"),
    ("K21.0", "胃-食管反流性疾病伴有食管炎"),
    ("K25.9", "胃溃疡"),
    ("K26.9", "十二指肠溃疡"),
    ("K29.5", "慢性胃炎"),
    ("K35.8", "急性阑尾炎"),
    ("K74.6", "肝硬变"),
    ("K80.2", "胆囊结石不伴有胆囊炎"),
    ("L20.9", "特应性皮炎"),
    ("L40.0", "寻常性银屑病"),
    ("M06.9", "类风湿性关节炎"),
    ("M10.9", "痛风"),
    ("M17.9", "膝关节病"),
    ("M54.5", "下背痛"),
    ("M81.9", "骨质疏松"),
    ("N18.9", "慢性肾脏病"),
    ("N20.0", "肾结石"),
    ("N39.0", "泌尿道感染"),
    ("N40", "前列腺增生"),
    ("R51", "头痛"),
];

/// The code table, which looks like health data and is none.
pub(super) fn icd10_codes() -> Object {
    let mut table = Delimited::new(',', &["code", "name", "chapter"]);
    for (code, name) in ICD10_CODES {
        let chapter: String = code.chars().take(1).collect();
        table.row(&[code, name, &chapter]);
    }
    Object { path: "reference/icd10_codes.csv", rows: table.rows(), bytes: table.into_text().into_bytes() }
}

/// Daily weather at three stations, tab-separated, UTF-16 with the low byte first.
pub(super) fn weather() -> Object {
    let mut table = Delimited::new('\t', &["日期", "气象站", "最高气温", "最低气温", "降水量", "相对湿度", "风向"]);
    let mut random = Random::new(0x000a);
    for day in 0..80 {
        for station in ["海淀", "朝阳", "大兴"] {
            let highest = random.between(80, 310);
            table.row(&[
                &calendar::time(day, 0).date().to_string(),
                station,
                &calendar::fixed(highest, 1),
                &calendar::fixed(highest - random.between(40, 140), 1),
                &calendar::fixed(random.between(0, 120) * random.between(0, 1), 1),
                &random.between(20, 98).to_string(),
                random.pick(&["北", "东北", "东", "东南", "南", "西南", "西", "西北"]),
            ]);
        }
    }
    let rows = table.rows();
    let text = format!("\u{feff}{}", table.into_text());
    let bytes = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    Object { path: "reference/weather.tsv", rows, bytes }
}
