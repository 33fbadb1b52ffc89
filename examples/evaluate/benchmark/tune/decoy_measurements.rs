//! Measurements and statistics about nobody.

use super::sheet::{Sheet, amounts, codes, days, decimals, each, integers, picks, rows, some, texts, times};
use super::words::{CLINICS, DEPARTMENTS, PLACES, Place, ROADS};
use crate::benchmark::value::degrees;
use crate::benchmark::{Generator, Table, style::Style, value};
use exportscan::demo::Random;

/// Tables with nobody in them.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("weather", 4, weather),
        ("sensors", 4, sensors),
        ("stock_prices", 4, stock_prices),
        ("exchange_rates", 4, exchange_rates),
        ("match_results", 4, match_results),
        ("census", 5, census),
        ("air_quality", 4, air_quality),
        ("bench_tests", 4, bench_tests),
        ("trial_summaries", 4, trial_summaries),
        ("headcounts", 4, headcounts),
        ("sales_by_region", 4, sales_by_region),
        ("server_metrics", 4, server_metrics),
        ("unnamed_points", 4, unnamed_points),
        ("lab_method", 4, lab_method),
        ("hospital_income", 4, hospital_income),
        ("survey_totals", 4, survey_totals),
        ("flight_schedule", 4, flight_schedule),
        ("web_statistics", 4, web_statistics),
    ]
}

/// Weather of stations.
fn weather(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let places: Vec<Place> = some(random, n, PLACES);
    Sheet::new(variant + 3, "气象观测")
        .col("", "站号|station_no|ZH", integers(random, n, 50_136, 59_981))
        .col("", "站名|station|ZM", each(&places, |p| p.district.to_owned()))
        .col("?location.point", "经度|lon|JD", each(&places, |p| format!("{:.2}", p.at.0)))
        .col("?location.point", "纬度|lat|WD", each(&places, |p| format!("{:.2}", p.at.1)))
        .col("", "气温|temperature|QW", decimals(random, n, -20, 39, 1))
        .col("", "相对湿度|humidity|XDSD", integers(random, n, 10, 100))
        .col("", "气压|pressure|QY", decimals(random, n, 890, 1030, 1))
        .col("", "风向|wind_direction|FX", integers(random, n, 0, 359))
        .col("", "观测时间|observed_at|GCSJ", times(random, n, 2024, 2024))
        .may(&["location.point"])
        .done()
}

/// Sensors of machines.
fn sensors(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant + 3, "设备振动采集")
        .col("", "测点|point|CD", picks(random, n, &["泵A驱动端", "泵A非驱动端", "风机轴承", "减速机"]))
        .col("", "采样时间|sampled_at|CYSJ", times(random, n, 2024, 2024))
        .col("", "X轴|acc_x|X", decimals(random, n, -4, 4, 5))
        .col("", "Y轴|acc_y|Y", decimals(random, n, -4, 4, 5))
        .col("", "Z轴|acc_z|Z", decimals(random, n, -12, -7, 5))
        .col("", "温度|temp_c|WD", decimals(random, n, 20, 95, 1))
        .col("", "转速|rpm|ZS", integers(random, n, 600, 3000))
        .done()
}

/// Prices of shares.
fn stock_prices(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant + 3, "日K线")
        .col("", "证券代码|ts_code|ZQDM", texts(random, n, |r| format!("60{}.SH", r.digits(4))))
        .col("", "交易日期|trade_date|JYRQ", each(&days(random, n, 2023, 2024), |d| d.replace('-', "")))
        .col("", "开盘价|open|KPJ", amounts(random, n, 3, 200))
        .col("", "最高价|high|ZGJ", amounts(random, n, 3, 220))
        .col("", "收盘价|close|SPJ", amounts(random, n, 3, 210))
        .col("", "成交量|volume|CJL", integers(random, n, 1_000_000, 99_000_000))
        .col("", "成交额|turnover|CJE", integers(random, n, 10_000_000_000, 19_999_999_999))
        .done()
}

/// Rates of currencies.
fn exchange_rates(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant + 4, "汇率牌价")
        .col("", "货币对|pair|HBD", picks(random, n, &["USD/CNY", "EUR/CNY", "JPY/CNY", "HKD/CNY", "GBP/CNY"]))
        .col("", "现汇买入价|buy_rate|XHMRJ", decimals(random, n, 4, 920, 4))
        .col("", "现汇卖出价|sell_rate|XHMCJ", decimals(random, n, 4, 930, 4))
        .col("", "中间价|middle_rate|ZJJ", decimals(random, n, 4, 925, 4))
        .col("", "发布时间|published_at|FBSJ", times(random, n, 2024, 2024))
        .done()
}

/// Results of teams.
fn match_results(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let teams = ["上海海港", "山东泰山", "北京国安", "成都蓉城", "浙江队", "武汉三镇", "天津津门虎", "长春亚泰"];
    Sheet::new(variant, "联赛赛果")
        .col("", "轮次|round|LC", integers(random, n, 1, 30))
        .col("", "主队|home_team|ZD", picks(random, n, &teams))
        .col("", "客队|away_team|KD", picks(random, n, &teams))
        .col("", "主队进球|home_goals|ZDJQ", integers(random, n, 0, 6))
        .col("", "客队进球|away_goals|KDJQ", integers(random, n, 0, 5))
        .col("", "观众人数|attendance|GZRS", integers(random, n, 2000, 52_000))
        .col("", "比赛日期|match_date|BSRQ", days(random, n, 2024, 2024))
        .done()
}

/// How many people live where.
fn census(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let places: Vec<Place> = some(random, n, PLACES);
    Sheet::new(variant + 2, "人口普查汇总")
        .col("", "行政区划代码|area_code|XZQHDM", each(&places, |p| format!("{}000000", p.area)))
        .col("?contact.address", "地区|region|DQ", each(&places, |p| format!("{}{}", p.city, p.district)))
        .col("", "常住人口|population|CZRK", integers(random, n, 40_000, 3_000_000))
        .col("", "男性|male|NX", integers(random, n, 20_000, 1_500_000))
        .col("", "女性|female|NVX", integers(random, n, 20_000, 1_500_000))
        .col("", "0-14岁|age_0_14|E", integers(random, n, 4000, 400_000))
        .col("", "65岁以上|age_65_plus|L", integers(random, n, 3000, 500_000))
        .col("", "家庭户数|households|JTHS", integers(random, n, 10_000, 900_000))
        .done()
}

/// Air by station and hour.
fn air_quality(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant + 4, "空气质量")
        .col("", "监测点编码|site_code|JCDBM", codes(random, n, "1", 3).iter().map(|c| format!("{c}A")).collect())
        .col("?contact.address", "监测点|site_name|JCD", texts(random, n, |r| r.pick(ROADS).to_owned()))
        .col("", "AQI|aqi|AQI", integers(random, n, 12, 320))
        .col("", "PM2.5|pm25|PM25", integers(random, n, 3, 260))
        .col("", "PM10|pm10|PM10", integers(random, n, 5, 400))
        .col("", "臭氧|o3|CY", integers(random, n, 4, 240))
        .col("", "首要污染物|primary_pollutant|SYWRW", picks(random, n, &["PM2.5", "O3", "PM10", "—"]))
        .done()
}

/// Tests of batteries and motors on a bench: with voltages and states of charge, and no vehicle.
fn bench_tests(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant + 3, "电芯循环测试")
        .col("", "通道|channel|TD", integers(random, n, 1, 64))
        .col("", "循环号|cycle_index|XHH", integers(random, n, 1, 1200))
        .col("", "工步|step|GB", picks(random, n, &["恒流充电", "恒压充电", "搁置", "恒流放电"]))
        .col("", "电压(V)|voltage_v|DY", decimals(random, n, 2, 5, 4))
        .col("", "电流(A)|current_a|DL", decimals(random, n, -100, 100, 3))
        .col("", "容量(Ah)|capacity_ah|RL", decimals(random, n, 0, 110, 3))
        .col("", "温度(℃)|temperature_c|WD", decimals(random, n, 18, 48, 1))
        .may(&["vehicle.telemetry"])
        .done()
}

/// Outcomes of a trial per arm.
fn trial_summaries(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let terms = ["恶心", "头痛", "中性粒细胞减少", "皮疹", "腹泻", "ALT升高"];
    Sheet::new(variant, "临床试验汇总表")
        .col("", "方案号|protocol_no|FAH", picks(random, n, &["CTR20231187", "CTR20220934", "NCT05432101"]))
        .col("", "治疗组|arm|ZLZ", picks(random, n, &["试验组", "对照组"]))
        .col("?health.adverse_event", "首选术语|preferred_term|SXSY", picks(random, n, &terms))
        .col("", "例数|n_subjects|LS", integers(random, n, 0, 240))
        .col("", "发生率(%)|incidence_pct|FSL", decimals(random, n, 0, 45, 1))
        .col("", "P值|p_value|P", decimals(random, n, 0, 1, 4))
        .col(
            "",
            "95%CI|ci95|CI",
            texts(random, n, |r| format!("{}-{}", value::decimal(r, 0, 2, 2), value::decimal(r, 2, 5, 2))),
        )
        .may(&["health.adverse_event"])
        .done()
}

/// How many people departments have.
fn headcounts(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant, "部门人力编制")
        .col("", "成本中心|cost_center|CBZX", codes(random, n, "CC10", 6))
        .col("", "部门名称|dept_name|BMMC", picks(random, n, DEPARTMENTS))
        .col("", "编制人数|headcount_budget|BZRS", integers(random, n, 3, 240))
        .col("", "在岗人数|headcount_actual|ZGRS", integers(random, n, 3, 230))
        .col("", "人均工资|avg_salary|RJGZ", amounts(random, n, 6000, 42_000))
        .col("", "离职率|turnover_rate|LZL", decimals(random, n, 0, 30, 2))
        .col("", "月份|month|YF", picks(random, n, &["2024-01", "2024-02", "2024-03"]))
        .done()
}

/// Sales by region.
fn sales_by_region(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let places: Vec<Place> = some(random, n, PLACES);
    Sheet::new(variant + 3, "区域销售汇总")
        .col("?contact.address", "省份|province|SF", each(&places, |p| p.province.to_owned()))
        .col("?contact.address", "城市|city|CS", each(&places, |p| p.city.to_owned()))
        .col("", "区号|dial_code|QH", each(&places, |p| p.dial.to_owned()))
        .col("", "客户数|customers|KHS", integers(random, n, 20, 90_000))
        .col("", "订单数|orders|DDS", integers(random, n, 20, 190_000))
        .col("", "销售额|sales_amount|XSE", amounts(random, n, 10_000, 99_000_000))
        .col("", "同比|yoy|TB", decimals(random, n, -40, 80, 2))
        .may(&["retail.order"])
        .done()
}

/// Load of servers.
fn server_metrics(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let host = |r: &mut Random| format!("10.{}.{}.{}", r.between(0, 40), r.between(0, 255), r.between(1, 254));
    Sheet::new(variant + 3, "主机监控")
        .col("?network.ip", "主机IP|host_ip|ZJIP", texts(random, n, host))
        .col("", "CPU使用率|cpu_usage|CPU", decimals(random, n, 1, 99, 2))
        .col("", "内存使用率|mem_usage|NC", decimals(random, n, 10, 98, 2))
        .col("", "磁盘IO|disk_io|CPIO", integers(random, n, 0, 90_000))
        .col("", "网络入流量|net_in|WLRLL", integers(random, n, 1_000_000_000, 99_000_000_000))
        .col("", "内核版本|kernel|NHBB", picks(random, n, &["5.10.0.136", "4.19.90.52", "6.1.0.9"]))
        .col("", "采集时间|ts|CJSJ", times(random, n, 2024, 2024))
        .may(&["network.ip"])
        .done()
}

/// Positions and times of nobody in particular.
fn unnamed_points(random: &mut Random, variant: u64) -> Table {
    let (n, place) = (rows(random), random.pick(PLACES));
    let fixes = value::way(random, place.at, n, 60);
    Sheet::new(variant, "浮标采样点")
        .col("", "路段ID|road_id|LDID", integers(random, fixes.len(), 10_000, 99_000))
        .col("?location.point", "经度|longitude|JD", each(&fixes, |f| degrees(f.longitude)))
        .col("?location.point", "纬度|latitude|WD", each(&fixes, |f| degrees(f.latitude)))
        .col("", "采样时刻|sample_time|CYSK", each(&fixes, |f| value::clock("2024-06-01", f.seconds)))
        .records(&["location.point"])
        .may(&["location.point"])
        .done()
}

/// Runs of an analyser on reference material.
fn lab_method(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant, "HPLC含量测定")
        .col("", "进样序号|injection|JYXH", value::serial("", 1, 1, n))
        .col("", "样品名|sample|YPM", picks(random, n, &["对照品溶液", "供试品溶液-1", "供试品溶液-2", "空白溶剂"]))
        .col("", "保留时间(min)|rt_min|BLSJ", decimals(random, n, 2, 18, 3))
        .col("", "峰面积|peak_area|FMJ", decimals(random, n, 10_000, 990_000, 1))
        .col("", "理论塔板数|plates|LLTBS", integers(random, n, 3000, 18_000))
        .col("", "含量(%)|assay_pct|HL", decimals(random, n, 97, 103, 2))
        .col("", "批号|lot|PH", texts(random, n, |r| format!("2403{}", r.digits(2))))
        .done()
}

/// What hospitals earned with what.
fn hospital_income(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant + 1, "科室运营月报")
        .col("", "科室|department|KS", picks(random, n, CLINICS))
        .col("", "门诊人次|outpatient_visits|MZRC", integers(random, n, 120, 14_000))
        .col("", "出院人次|discharges|CYRC", integers(random, n, 10, 900))
        .col("", "平均住院日|avg_los|PJZYR", decimals(random, n, 3, 14, 1))
        .col("", "药占比|drug_ratio|YZB", decimals(random, n, 10, 48, 2))
        .col("", "医疗收入|income|YLSR", amounts(random, n, 100_000, 9_000_000))
        .col("", "床位使用率|bed_occupancy|CWSYL", decimals(random, n, 50, 110, 1))
        .may(&["health.resources"])
        .done()
}

/// Totals of a survey.
fn survey_totals(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant, "满意度调查统计")
        .col("", "题号|question_no|TH", integers(random, n, 1, 30))
        .col(
            "",
            "题目|question|TM",
            picks(
                random,
                n,
                &[
                    "您对客服电话响应是否满意？",
                    "您对送货地址准确性是否满意？",
                    "您是否愿意推荐给姓名相识的朋友？",
                    "您对会员权益是否了解？",
                ],
            ),
        )
        .col("", "选项|option|XX", picks(random, n, &["非常满意", "满意", "一般", "不满意"]))
        .col("", "人数|count|RS", integers(random, n, 0, 2000))
        .col("", "占比|percent|ZB", decimals(random, n, 0, 100, 2))
        .done()
}

/// Flights and their times.
fn flight_schedule(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let style = [Style::Chinese, Style::Snake, Style::Upper, Style::None][variant as usize % 4];
    let port = |r: &mut Random| r.pick(super::words::AIRPORTS).1.to_owned();
    Sheet::styled(variant, style, "航班时刻表")
        .col(
            "",
            "航班号|flight_no|HBH",
            texts(random, n, |r| format!("{}{}", r.pick(&["CA", "MU", "CZ", "HU", "3U"]), r.between(1001, 9990))),
        )
        .col("", "机型|aircraft_type|JX", picks(random, n, &["B738", "A320", "A359", "B789", "C919"]))
        .col(
            "",
            "机号|tail_no|JH",
            texts(random, n, |r| format!("B-{}{}", r.between(10, 99), r.string(b"ABCDEFGH0123456789", 2))),
        )
        .col("", "起飞机场|dep_airport|QFJC", texts(random, n, port))
        .col("", "到达机场|arr_airport|DDJC", texts(random, n, port))
        .col("", "计划起飞|std|JHQF", times(random, n, 2024, 2024))
        .col("", "客座数|seats|KZS", picks(random, n, &["158", "180", "301", "174"]))
        .done()
}

/// Pages and how often they were seen.
fn web_statistics(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant, "页面访问统计")
        .col(
            "",
            "页面路径|page_path|YMLJ",
            texts(random, n, |r| {
                format!("/{}/{}.html", r.pick(&["product", "news", "help", "user/login", "member/phone"]), r.digits(6))
            }),
        )
        .col("", "PV|pv|PV", integers(random, n, 10, 9_000_000))
        .col("", "UV|uv|UV", integers(random, n, 5, 900_000))
        .col("", "跳出率|bounce_rate|TCL", decimals(random, n, 10, 90, 2))
        .col("", "平均停留|avg_stay_s|PJTL", integers(random, n, 3, 600))
        .col("", "统计日|stat_day|TJR", days(random, n, 2024, 2024))
        .done()
}
