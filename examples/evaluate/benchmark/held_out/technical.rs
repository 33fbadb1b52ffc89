//! Machines, schemas, measurements and markets: nobody is in them.

use super::draft::{HOME, IP, NONE, POINT, codes, days, head, meaningless, numbers, plain, some, times, unnamed, written};
use super::people::place;
use crate::benchmark::{Form, Table, value};
use exportscan::demo::Random;

/// Fields of schemas: table, column, type, what it means.
const FIELDS: &[(&str, &str, &str, &str)] = &[
    ("t_customer", "cust_name", "varchar(64)", "客户姓名"), ("t_customer", "id_no", "char(18)", "身份证号"),
    ("t_customer", "mobile", "varchar(20)", "手机号码"), ("t_customer", "home_addr", "varchar(255)", "家庭住址"),
    ("t_order", "order_id", "bigint", "订单号，雪花算法"), ("t_order", "pay_card", "varchar(32)", "银行卡号（加密）"),
    ("t_vehicle", "vin", "char(17)", "车架号"), ("t_vehicle", "plate_no", "varchar(16)", "车牌号码"),
    ("t_patient", "diag_code", "varchar(20)", "诊断编码ICD10"), ("t_patient", "allergy", "text", "过敏史"),
    ("t_user", "openid", "varchar(64)", "微信openid"), ("t_user", "email", "varchar(128)", "电子邮箱"),
    ("t_user", "birthday", "date", "出生日期"), ("t_log", "client_ip", "varchar(46)", "客户端IP"),
];

/// Documents that describe tables, whose cells speak of identity numbers and hold none.
pub(super) fn schemas(random: &mut Random, v: u64) -> Table {
    let n = 56;
    let rows: Vec<_> = (0..n).map(|at| FIELDS[at % FIELDS.len()]).collect();
    let h = |s| head(v, s);
    let table = plain(
        h("数据字典|data_dictionary|information_schema_columns|字段清单_脱敏规则|mapping"),
        vec![
            (h("表名|table_name|TABLE_NAME|表英文名|source_table"), rows.iter().map(|row| format!("{}{}", row.0, random.pick(&["", "_his", "_bak"]))).collect()),
            (h("字段名|column_name|COLUMN_NAME|字段英文名|source_column"), rows.iter().map(|row| row.1.to_owned()).collect()),
            (h("类型|data_type|COLUMN_TYPE|数据类型|data_type"), rows.iter().map(|row| row.2.to_owned()).collect()),
            (h("中文名|comment|COLUMN_COMMENT|字段中文名|meaning"), rows.iter().map(|row| row.3.to_owned()).collect()),
            (h("是否为空|nullable|IS_NULLABLE|是否敏感|nullable"), some(random, n, &["Y", "N"])),
            (h("备注|remark|EXTRA|脱敏规则|example"), some(random, n, &["", "保留前3后4", "AES加密存储", "见GB 11643", "主键", "如 138****0000"])),
        ],
    );
    written(table, v)
}

/// Codes and what they stand for.
pub(super) fn code_tables(random: &mut Random, v: u64) -> Table {
    let h = |s| head(v, s);
    let sets: &[(&str, &[&str])] = &[
        ("证件类型", &["居民身份证", "护照", "军官证", "驾驶证", "港澳居民来往内地通行证", "出生证", "其他"]),
        ("婚姻状况", &["未婚", "已婚", "丧偶", "离婚"]),
        ("民族", &["汉族", "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "满族", "白族"]),
        ("文化程度", &["研究生", "大学本科", "大专", "中专", "高中", "初中", "小学"]),
        ("号牌种类", &["大型汽车", "小型汽车", "挂车", "教练汽车", "小型新能源汽车"]),
        ("血型", &["A型", "B型", "O型", "AB型", "不详"]),
        ("离院方式", &["医嘱离院", "医嘱转院", "非医嘱离院", "死亡"]),
        ("支付方式", &["现金", "银行卡", "微信", "支付宝", "医保账户"]),
        ("订单状态", &["待付款", "待发货", "已发货", "已完成", "已取消"]),
    ];
    let mut rows = Vec::new();
    for (kind, names) in sets {
        rows.extend(names.iter().enumerate().map(|(at, name)| (*kind, format!("{:02}", at + 1), *name)));
    }
    let n = rows.len();
    let table = plain(
        h("代码表|sys_dict_data|DMB|lookup"),
        vec![
            (h("字典类型|dict_type|DMLX|type"), rows.iter().map(|row| row.0.to_owned()).collect()),
            (h("代码|dict_value|DM|code"), rows.iter().map(|row| row.1.clone()).collect()),
            (h("名称|dict_label|MC|label"), rows.iter().map(|row| row.2.to_owned()).collect()),
            (h("排序|dict_sort|PX|sort"), numbers(random, n, 1, 30, 0)),
            (h("状态|status|ZT|enabled"), some(random, n, &["0", "1"])),
        ],
    );
    written(table, v + 1)
}

/// Texts of user interfaces.
pub(super) fn translations(random: &mut Random, v: u64) -> Table {
    let texts = [
        ("login.mobile.placeholder", "请输入手机号", "Enter your mobile number"), ("profile.id_card", "身份证号码", "ID card number"),
        ("order.receiver", "收货人", "Receiver"), ("error.id.invalid", "身份证号格式不正确", "Invalid ID number"),
        ("patient.diagnosis", "诊断", "Diagnosis"), ("vehicle.vin", "车架号", "VIN"), ("common.ok", "确定", "OK"),
        ("address.province", "省/市/区", "Province / City / District"),
    ];
    let n = texts.len() * 7;
    let h = |s| head(v, s);
    let at = |row: usize| texts[row % texts.len()];
    plain(
        h("多语言词条|i18n_messages|locale_export"),
        vec![
            (h("词条KEY|key|key"), (0..n).map(|row| format!("{}.{}", at(row).0, row / texts.len())).collect()),
            (h("中文|zh_CN|zh-Hans"), (0..n).map(|row| at(row).1.to_owned()).collect()),
            (h("英文|en_US|en"), (0..n).map(|row| at(row).2.to_owned()).collect()),
            (h("模块|module|module"), some(random, n, &["app", "web", "h5"])),
            (h("更新时间|updated_at|updated"), times(random, n)),
        ],
    )
    // Sentences in two languages could train a model.
    .may(&["training.corpus"])
    .form([Form::Csv, Form::Tsv, Form::Parquet][v as usize % 3])
}

/// Loads of servers and of networks.
pub(super) fn servers(random: &mut Random, v: u64) -> Table {
    let n = 105;
    let h = |s| head(v, s);
    let table = Table::new(h("host_metrics|服务器监控|netflow|k8s_pods"))
        .column(h("hostname|主机名|exporter|pod"), NONE, codes(random, n, "prd-web-$$$$-##"))
        .column_that_may(h("ip|内网IP|src_addr|pod_ip"), NONE, IP, value::values(random, n, |r| format!("10.{}.{}.{}", r.between(0, 60), r.below(256), r.between(1, 254))))
        .column(h("cpu_pct|CPU使用率(%)|bytes|cpu_m"), NONE, numbers(random, n, 1, 99, 2))
        .column(h("mem_pct|内存使用率(%)|packets|mem_mib"), NONE, numbers(random, n, 5, 97, 2))
        .column(h("disk_io|磁盘IO|duration_ms|restarts"), NONE, numbers(random, n, 0, 900, 0))
        .column(h("ts|采集时间|first_switched|start_time"), NONE, if v.is_multiple_of(2) { value::values(random, n, |r| r.between(1_700_000_000, 1_718_000_000).to_string()) } else { times(random, n) })
        .may(IP);
    written(table, v)
}

/// Readings of machines and of meters.
pub(super) fn sensors(random: &mut Random, v: u64) -> Table {
    let n = 115;
    let h = |s| head(v, s);
    let table = plain(
        h("iot_readings|电表抄表数据|SCADA_TAG|设备振动|meter_reads"),
        vec![
            (h("device_sn|表号|TAG|设备编号|meter_no"), codes(random, n, ["SN########", "33010#######", "P-1##.PV", "13##-#######", "18#########"][v as usize % 5])),
            (h("metric|相位|UNIT|测点|channel"), some(random, n, [&["temp", "humidity"][..], &["A", "B", "C"], &["bar", "degC"], &["驱动端", "非驱动端"], &["1", "2"]][v as usize % 5])),
            (h("value|示数|VALUE|振动速度(mm/s)|reading"), numbers(random, n, 0, 9000, 3)),
            (h("quality|倍率|QUALITY|加速度(g)|factor"), some(random, n, &["192", "1", "80", "0"])),
            (h("seq|局编号|SEQ|转速(rpm)|batch"), numbers(random, n, 1, 3000, 0)),
            (h("ts|抄表时间|TIMESTAMP|采样时间|read_at"), if v == 0 { value::values(random, n, |r| r.between(1_700_000_000_000, 1_718_000_000_000).to_string()) } else { times(random, n) }),
        ],
    );
    if v == 2 { unnamed(table) } else { written(table, v) }
}

/// Quotations of exchanges.
pub(super) fn quotations(random: &mut Random, v: u64) -> Table {
    let n = 100;
    let h = |s| head(v, s);
    let price = |random: &mut Random| numbers(random, n, 3, 1800, 2);
    let table = plain(
        h("日线行情|daily_bars|RQHQ|fx_rates"),
        vec![
            (h("证券代码|ts_code|ZQDM|pair"), codes(random, n, ["6#####", "00####.SZ", "30####", "CNY@@@"][v as usize % 4])),
            (h("证券简称|name|ZQJC|label"), some(random, n, &["贵州茅台", "宁德时代", "万科A", "方大集团", "金力永磁", "白云机场", "江南化工"])),
            (h("开盘价|open|KPJ|bid"), price(random)),
            (h("最高价|high|ZGJ|ask"), price(random)),
            (h("收盘价|close|SPJ|mid"), price(random)),
            (h("成交量(手)|vol|CJL|volume"), numbers(random, n, 900, 9_000_000, 0)),
            (h("交易日期|trade_date|JYRQ|date"), if v == 1 { codes(random, n, "~") } else { days(random, n) }),
        ],
    );
    written(table, v + 1)
}

/// Measurements of research, without anybody.
pub(super) fn measurements(random: &mut Random, v: u64) -> Table {
    let n = 120;
    let h = |s| head(v, s);
    let table = plain(
        h("iris_like|拉伸试验数据|soil_samples|wafer_test|显微计数"),
        vec![
            (h("id|试样编号|sample|die|视野"), codes(random, n, ["###", "LS-##-#", "S2024##", "W##-##", "F##"][v as usize % 5])),
            (h("sepal_length|屈服强度(MPa)|ph|vth_mv|细胞数"), numbers(random, n, 4, 400, 1)),
            (h("sepal_width|抗拉强度(MPa)|organic_c|idsat_ua|面积(μm²)"), numbers(random, n, 2, 620, 1)),
            (h("petal_length|延伸率(%)|total_n|leakage_na|圆度"), numbers(random, n, 1, 40, 2)),
            (h("petal_width|弹性模量(GPa)|cation_ex|cd_nm|荧光强度"), numbers(random, n, 0, 210, 3)),
            (h("species|材料牌号|land_use|bin|处理组"), some(random, n, [&["setosa", "virginica"][..], &["Q355B", "6061-T6"], &["水田", "林地"], &["BIN1", "BIN7"], &["对照组", "给药组"]][v as usize % 5])),
        ],
    );
    if v == 3 { unnamed(table) } else { written(table, v + 2) }
}

/// Answers of a survey of which nobody can tell whose they are.
pub(super) fn surveys(random: &mut Random, v: u64) -> Table {
    let n = 90;
    let h = |s| head(v, s);
    let likert = |random: &mut Random| numbers(random, n, 1, 5, 0);
    let table = Table::new(h("匿名问卷|survey_anonymous|员工敬业度_匿名"))
        .column(h("答卷序号|resp|序号"), NONE, value::serial("", 1, 1, n))
        .column(h("年龄段|age_band|司龄段"), NONE, some(random, n, &["18-25", "26-35", "36-45", "46以上"]))
        .column(h("性别|gender|性别"), NONE, some(random, n, &["男", "女", "不愿透露"]))
        .column_that_may(h("所在省份|province|所在城市"), NONE, HOME, some(random, n, &["广东", "浙江", "四川", "河南"]))
        .column(h("Q1 价格满意度|q1|我清楚公司的目标"), NONE, likert(random))
        .column(h("Q2 服务满意度|q2|我的意见得到重视"), NONE, likert(random))
        .column(h("Q3 推荐意愿(NPS)|nps|愿意推荐公司"), NONE, numbers(random, n, 0, 10, 0));
    written(table, v)
}

/// Genes, variants and substances that databases know, of no patient.
pub(super) fn references(random: &mut Random, v: u64) -> Table {
    let n = 72;
    let h = |s| head(v, s);
    let table = plain(
        h("gene_reference|compounds|strain_bank|gwas_summary"),
        vec![
            (h("gene_symbol|cas_no|菌株编号|rsid"), codes(random, n, ["@@@#", "####-##-#", "CGMCC 1.####", "rs#######"][v as usize % 4])),
            (h("ensembl_id|inchikey|保藏号|chr_pos"), codes(random, n, ["ENSG00000######", "@@@@@@@@@@@@@@-@@@@@@@@@@-N", "ATCC #####", "1#:#########"][v as usize % 4])),
            (h("chrom|formula|种名|effect_allele"), some(random, n, [&["17", "X", "3"][..], &["C9H8O4", "C8H10N4O2"], &["大肠埃希菌", "酿酒酵母", "枯草芽孢杆菌"], &["A", "G", "T"]][v as usize % 4])),
            (h("start|mol_weight|培养温度|beta"), numbers(random, n, 12, 90_000, 2)),
            (h("description|name|培养基|p_value"), some(random, n, [&["serine kinase", "tumor protein"][..], &["Aspirin", "Caffeine"], &["LB", "YPD"], &["3.2e-9", "0.0041", "1.7e-12"]][v as usize % 4])),
        ],
    )
    .may(&["health.genetic"]);
    written(table, v)
}

/// What campaigns, courses and items of examinations bring.
pub(super) fn campaigns(random: &mut Random, v: u64) -> Table {
    let n = 66;
    let h = |s| head(v, s);
    let table = plain(
        h("投放日报|course_list|直播场次数据|game_levels|ab_test"),
        vec![
            (h("计划ID|course_id|直播间ID|level_id|exp_id"), codes(random, n, "17##############")),
            (h("计划名称|course_name|直播标题|level_name|variant"), some(random, n, [&["618大促-人群A", "新客拉新-短视频"][..], &["高等数学(上)", "大学物理", "马克思主义原理"], &["周年庆专场", "年货节首播"], &["第三章 密林", "第七章 冰原"], &["control", "treatment_a"]][v as usize % 5])),
            (h("展现量|credits|观看人数|players|users"), numbers(random, n, 100, 900_000, 0)),
            (h("点击率(%)|hours|平均停留(s)|pass_rate|ctr"), numbers(random, n, 0, 30, 3)),
            (h("消耗(元)|capacity|GMV(元)|avg_tries|revenue"), numbers(random, n, 10, 50_000, 2)),
            (h("日期|term|开播时间|updated|day"), days(random, n)),
        ],
    );
    if v == 4 { written(meaningless(table, |at| format!("x{at}")), v) } else { written(table, v + 3) }
}

/// Grids, tiles and base stations.
pub(super) fn grids(random: &mut Random, v: u64) -> Table {
    let n = 80;
    let h = |s| head(v, s);
    let at: Vec<_> = (0..n).map(|_| place(random)).collect();
    let table = Table::new(h("heat_grid|基站工参|earthquakes|land_parcels"))
        .column(h("geohash|小区CGI|event_id|地块编号"), NONE, codes(random, n, ["wtw3s$$", "460-00-####-###", "CC~######", "310115###GB00###"][v as usize % 4]))
        .column_that_may(h("center_lng|经度|longitude|中心经度"), NONE, POINT, at.iter().map(|at| format!("{:.4}", at.6 + random.between(-500, 500) as f64 / 1e4)).collect())
        .column_that_may(h("center_lat|纬度|latitude|中心纬度"), NONE, POINT, at.iter().map(|at| format!("{:.4}", at.7 + random.between(-500, 500) as f64 / 1e4)).collect())
        .column(h("heat|方位角|depth_km|面积(亩)"), NONE, numbers(random, n, 1, 360, 1))
        .column(h("level|下倾角|magnitude|容积率"), NONE, numbers(random, n, 1, 9, 1))
        .column(h("updated|开通日期|origin_time|出让日期"), NONE, times(random, n))
        .may(POINT);
    written(table, v + 1)
}

/// Commits, licences and builds of software.
pub(super) fn software(random: &mut Random, v: u64) -> Table {
    let n = 74;
    let h = |s| head(v, s);
    let table = plain(
        h("commit_stats|sbom|构建记录|license_keys"),
        vec![
            (h("sha|purl|构建号|key"), codes(random, n, ["$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$", "pkg:npm/@@-$$$$@1.#.##", "#~.#", "@@@@@-@@@@@-@####-@@##@"][v as usize % 4])),
            (h("branch|licence|分支|edition"), some(random, n, [&["main", "release/2.4"][..], &["Apache-2.0", "MIT", "BSD-3-Clause"], &["master", "hotfix-0611"], &["professional", "trial"]][v as usize % 4])),
            (h("files_changed|size_kb|耗时(s)|seats"), numbers(random, n, 1, 900, 0)),
            (h("insertions|dependencies|用例数|days"), numbers(random, n, 0, 4000, 0)),
            (h("sha256|sha256|制品摘要|checksum"), value::values(random, n, |r| value::hex(r, 64))),
            (h("committed_at|released|触发时间|issued"), times(random, n)),
        ],
    );
    written(table, v + 2)
}
