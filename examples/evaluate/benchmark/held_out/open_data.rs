//! Open data of authorities, timetables, places, catalogues of medicines and of words.

use super::draft::{HOME, LANDLINE, NAME, NONE, POINT, codes, days, head, meaningless, numbers, plain, some, times, unnamed, written};
use super::people::{business_address, landline, place};
use super::words::{AIRLINES, AIRPORTS, DIAGNOSES, DRUGS, HOSPITALS, OPERATIONS, PLACES, WARDS};
use crate::benchmark::{Table, value};
use exportscan::demo::Random;

/// Things whose names begin as people's do.
const HERBS: &[&str] = &["金银花", "白术", "黄芪", "马齿苋", "何首乌", "杜仲", "方解石", "石斛", "高良姜", "夏枯草", "江南卷柏", "白芍", "黄连", "苏木"];
const STOPS: &[&str] = &["王府井", "高米店南", "金安桥", "石厂", "徐家汇", "张江高科", "黄村火车站", "宋家庄", "刘家窑", "马泉营", "董家渡", "曹杨路"];
const DISHES: &[&str] = &["宋嫂鱼羹", "夏威夷果", "白斩鸡", "金汤肥牛", "黄焖鸡", "唐扬炸鸡", "杨枝甘露", "龙井虾仁", "毛血旺", "江米藕"];

/// The weather at stations.
pub(super) fn weather(random: &mut Random, v: u64) -> Table {
    let n = 96 + 12 * v as usize;
    let h = |s| head(v, s);
    let table = plain(
        h("地面气象观测|weather_hourly|SURF_CHN|qxsj|GSOD"),
        vec![
            (h("区站号|station_id|V01301|QZH|STATION"), codes(random, n, "5####")),
            (h("观测时间|obs_time|D_DATETIME|GCSJ|DATE"), times(random, n)),
            (h("气温(℃)|temperature|V12001|QW|TEMP"), numbers(random, n, -12, 39, 1)),
            (h("相对湿度(%)|humidity|V13003|XDSD|RH"), numbers(random, n, 12, 100, 0)),
            (h("气压(hPa)|pressure|V10004|QY|SLP"), numbers(random, n, 880, 1035, 1)),
            (h("风速(m/s)|wind_speed|V11291|FS|WDSP"), numbers(random, n, 0, 18, 1)),
            (h("风向(°)|wind_dir|V11290|FX|WDIR"), numbers(random, n, 0, 359, 0)),
            (h("降水量(mm)|rain|V13019|JSL|PRCP"), numbers(random, n, 0, 30, 1)),
        ],
    );
    if v == 3 { unnamed(table) } else { written(table, v) }
}

/// Air and water, by sensors.
pub(super) fn environment(random: &mut Random, v: u64) -> Table {
    let n = 100;
    let h = |s| head(v, s);
    let table = plain(
        h("空气质量小时值|water_quality|AQI|sensor_readings"),
        vec![
            (h("站点编码|site_code|ZDBM|sensor_id"), codes(random, n, "11########")),
            (h("PM2.5(μg/m³)|cod_mg_l|PM25|pm25"), numbers(random, n, 4, 190, 0)),
            (h("PM10(μg/m³)|nh3n_mg_l|PM10|pm10"), numbers(random, n, 9, 300, 0)),
            (h("SO2|total_p|SO2|so2"), numbers(random, n, 1, 40, 1)),
            (h("NO2|ph|NO2|no2"), numbers(random, n, 2, 90, 2)),
            (h("AQI|turbidity|AQI|battery_v"), numbers(random, n, 3, 300, 1)),
            (h("时间|sampled_at|SJ|epoch"), if v == 3 { value::values(random, n, |r| r.between(1_700_000_000, 1_718_000_000).to_string()) } else { times(random, n) }),
        ],
    );
    written(table, v + 1)
}

/// Figures of the economy and of populations by district.
pub(super) fn aggregates(random: &mut Random, v: u64) -> Table {
    let n = PLACES.len();
    let h = |s| head(v, s);
    let place_name = PLACES.iter().map(|at| format!("{}{}{}", at.0, at.1, at.2)).collect();
    let table = Table::new(h("统计年鉴_分区县|district_stats|各地发病数|人口普查主要数据"))
        .column(h("行政区划代码|area_code|地区编码|代码"), NONE, PLACES.iter().map(|at| at.3.to_owned()).collect())
        .column_that_may(h("地区|district|地区|地区"), NONE, HOME, place_name)
        .column(h("常住人口(万人)|population_10k|发病数|总人口"), NONE, numbers(random, n, 8, 320, 1))
        .column(h("地区生产总值(亿元)|gdp_100m|死亡数|男性"), NONE, numbers(random, n, 40, 9000, 2))
        .column(h("城镇化率(%)|urban_rate|发病率(1/10万)|女性"), NONE, numbers(random, n, 30, 99, 2))
        .column(h("居民人均可支配收入(元)|income|上年同期|0-14岁人口"), NONE, numbers(random, n, 18_000, 88_000, 0))
        .column(h("机动车保有量(万辆)|vehicles_10k|增减(%)|60岁及以上人口"), NONE, numbers(random, n, 2, 400, 1))
        .may(&["health.resources", "contact.address"]);
    written(table, v + 2)
}

/// Places of interest.
pub(super) fn places(random: &mut Random, v: u64) -> Table {
    let n = 78 + 9 * v as usize;
    let at: Vec<_> = (0..n).map(|_| place(random)).collect();
    let h = |s| head(v, s);
    let shift = |random: &mut Random, degrees: f64| value::degrees((degrees * 1e6) as i64 + random.between(-50_000, 50_000));
    let table = Table::new(h("POI数据|poi|gas_stations|门店分布|xqd"))
        .column(h("名称|name|station_name|门店名称|MC"), NONE, at.iter().map(|at| format!("{}({}店)", random.pick(&["沙县小吃", "瑞幸咖啡", "中国石化加油站", "全家便利店", "老百姓大药房"]), at.2)).collect())
        .column_that_may(h("地址|address|address|门店地址|DZ"), NONE, HOME, at.iter().map(|at| business_address(random, *at)).collect())
        .column_that_may(h("经度|lng|gcj_lng|经度|X"), NONE, POINT, at.iter().map(|at| shift(random, at.6)).collect())
        .column_that_may(h("纬度|lat|gcj_lat|纬度|Y"), NONE, POINT, at.iter().map(|at| shift(random, at.7)).collect())
        .column_that_may(h("电话|tel|tel|门店电话|DH"), NONE, LANDLINE, at.iter().map(|at| landline(random, *at)).collect())
        .column(h("类型|type|brand|营业时间|LX"), NONE, some(random, n, if v == 3 { &["07:00-22:00", "24小时", "09:30-21:30"] } else { &["餐饮服务", "购物服务", "加油站"] }))
        .may(POINT);
    if v == 4 { unnamed(table) } else { written(table, v) }
}

/// Stops of lines, and names that look like people's.
pub(super) fn stops(random: &mut Random, v: u64) -> Table {
    let n = 60;
    let h = |s| head(v, s);
    let (.., x, y) = place(random);
    let table = Table::new(h("轨道交通站点|stations|ZDXX|stops"))
        .column(h("站点编号|station_id|ZDBH|stop_id"), NONE, codes(random, n, "0###"))
        .column(h("站名|station_name|ZM|stop_name"), NONE, some(random, n, STOPS))
        .column(h("线路|line|XL|route_short_name"), NONE, some(random, n, &["1号线", "4号线大兴线", "10号线", "亦庄线"]))
        .column_that_may(h("经度|lon|JD|stop_lon"), NONE, POINT, (0..n).map(|_| format!("{:.5}", x + random.between(-900, 900) as f64 / 1e4)).collect())
        .column_that_may(h("纬度|lat|WD|stop_lat"), NONE, POINT, (0..n).map(|_| format!("{:.5}", y + random.between(-900, 900) as f64 / 1e4)).collect())
        .column(h("首班车|first_train|SBC|first_dep"), NONE, some(random, n, &["05:10", "05:25", "06:02"]))
        .may(POINT);
    written(table, v)
}

/// Lists of things with two or three characters, some of which are surnames.
pub(super) fn names_of_things(random: &mut Random, v: u64) -> Table {
    let n = 70;
    let h = |s| head(v, s);
    let table = plain(
        h("中药饮片目录|dish_menu|ZYYP|menu_items|饮片价格"),
        vec![
            (h("编码|id|BM|code|饮片编号"), codes(random, n, "T######")),
            (h("饮片名称|dish_name|MC|name|品名"), some(random, n, if v.is_multiple_of(2) { HERBS } else { DISHES })),
            (h("性味|category|XW|type|性味"), some(random, n, if v.is_multiple_of(2) { &["甘，温", "苦，寒", "辛，微温"] } else { &["热菜", "主食", "凉菜"] })),
            (h("产地|kitchen|CD|taste|产地"), if v.is_multiple_of(2) { some(random, n, &["安国", "亳州", "文山", "岷县"]) } else { some(random, n, &["微辣", "咸鲜", "酸甜", "热厨", "冷荤间"]) }),
            (h("单价|price|DJ|price|单价"), numbers(random, n, 3, 160, 1)),
        ],
    );
    if v == 2 { unnamed(table) } else { written(table, v + 1) }
}

/// Codes of regions.
pub(super) fn regions(random: &mut Random, v: u64) -> Table {
    let n = 92;
    let at: Vec<_> = (0..n).map(|_| place(random)).collect();
    let h = |s| head(v, s);
    let table = Table::new(h("行政区划代码|area_code|XZQH"))
        .column(h("统计用区划代码|code|QHDM"), NONE, at.iter().map(|at| format!("{}{:03}{:03}", at.3, random.between(1, 20), random.between(1, 60))).collect())
        .column_that_may(h("名称|name|MC"), NONE, HOME, at.iter().map(|at| format!("{}{}社区居委会", at.2, random.pick(super::words::ESTATES))).collect())
        .column_that_may(h("上级|parent_name|SJ"), NONE, HOME, at.iter().map(|at| format!("{}{}", at.0, at.1)).collect())
        .column(h("城乡分类|type|CXFL"), NONE, some(random, n, &["111", "112", "220"]))
        .column(h("邮政编码|zip|YB"), NONE, codes(random, n, "2#####"))
        .may(HOME);
    written(table, v)
}

/// Beds, staff and equipment of hospitals.
pub(super) fn hospital_resources(random: &mut Random, v: u64) -> Table {
    let n = 48 + 4 * v as usize;
    let h = |s| head(v, s);
    let resources = &["health.resources"];
    let name = (0..n).map(|_| format!("{}{}", place(random).1.trim_end_matches('市'), random.pick(HOSPITALS))).collect();
    let table = Table::new(h("医疗机构资源统计|hospital_capacity|YLZY|医院床位与人员"))
        .column_that_may(h("机构编码|org_code|JGBM|组织机构代码"), NONE, &["health.resources", "org.uscc"], codes(random, n, "H3101########"))
        .column_that_may(h("机构名称|hospital_name|JGMC|医院名称"), NONE, resources, name)
        .column_that_may(h("医院等级|hospital_level|YYDJ|等级"), NONE, resources, some(random, n, &["三级甲等", "二级甲等", "一级"]))
        .column_that_may(h("编制床位数|authorised_beds|BZCW|编制床位"), NONE, resources, numbers(random, n, 60, 3000, 0))
        .column_that_may(h("实际开放床位数|open_beds|KFCW|开放床位"), NONE, resources, numbers(random, n, 60, 3200, 0))
        .column_that_may(h("执业医师数|physicians|YSS|医师数"), NONE, resources, numbers(random, n, 20, 1500, 0))
        .column_that_may(h("注册护士数|nurses|HSS|护士数"), NONE, resources, numbers(random, n, 30, 2400, 0))
        .column_that_may(h("ICU床位|icu_beds|ICU|重症床位"), NONE, resources, numbers(random, n, 0, 120, 0))
        .column_that_may(h("呼吸机台数|ventilators|HXJ|CT台数"), NONE, resources, numbers(random, n, 0, 90, 0))
        .records(resources)
        .may(resources);
    written(table, v + 2)
}

/// Work of departments by month.
pub(super) fn department_figures(random: &mut Random, v: u64) -> Table {
    let n = 60;
    let h = |s| head(v, s);
    let table = plain(
        h("科室工作量月报|dept_workload|KSGZL"),
        vec![
            (h("月份|month|YF"), some(random, n, &["2024-01", "2024-02", "2024-03", "2024-04"])),
            (h("科室|department|KS"), some(random, n, WARDS)),
            (h("门诊人次|outpatient_visits|MZRC"), numbers(random, n, 200, 9000, 0)),
            (h("出院人数|discharges|CYRS"), numbers(random, n, 20, 600, 0)),
            (h("平均住院日|avg_los|PJZYR"), numbers(random, n, 3, 14, 2)),
            (h("手术台次|operations|SSTC"), numbers(random, n, 0, 400, 0)),
            (h("药占比(%)|drug_ratio|YZB"), numbers(random, n, 12, 45, 2)),
        ],
    )
    .may(&["health.resources"]);
    written(table, v + 1)
}

/// Plans of flights and trains; nobody is on board.
pub(super) fn timetables(random: &mut Random, v: u64) -> Table {
    let n = 84;
    let h = |s| head(v, s);
    let number = (0..n).map(|_| format!("{}{}", random.pick(AIRLINES), random.between(100, 9899))).collect();
    let table = plain(
        h("航班计划|flight_schedule|HBJH|ssim_legs"),
        vec![
            (h("航班号|flight_no|HBH|FLT"), number),
            (h("起飞机场|dep_airport|QFJC|DEP"), some(random, n, AIRPORTS)),
            (h("降落机场|arr_airport|JLJC|ARR"), some(random, n, AIRPORTS)),
            (h("计划起飞|std|JHQF|STD"), some(random, n, &["0735", "1420", "2155", "0910"])),
            (h("计划到达|sta|JHDD|STA"), some(random, n, &["1005", "1650", "0040+1", "1130"])),
            (h("机型|aircraft|JX|EQT"), some(random, n, &["738", "32N", "789", "C919"])),
            (h("机号|registration|JH|TAIL"), codes(random, n, "B-####")),
            (h("班期|days_of_week|BQ|DOW"), some(random, n, &["1234567", "1.3.5.7", "135"])),
        ],
    );
    written(table, v)
}

/// Medicines with approval numbers, standard codes and codes of the insurance.
pub(super) fn medicines(random: &mut Random, v: u64) -> Table {
    let n = 62 + 8 * v as usize;
    let drugs: Vec<_> = (0..n).map(|_| random.pick(DRUGS)).collect();
    let h = |s| head(v, s);
    let table = plain(
        h("药品目录|drug_catalogue|YPML|国家医保药品目录|medical_devices"),
        vec![
            (h("药品本位码|standard_code|YPBWM|医保药品编码|udi_di"), codes(random, n, ["86900###000###", "8690##########", "86################", "XJ01CAA040E0010#0####", "0690############"][v as usize % 5])),
            (h("通用名称|generic_name|TYMC|药品名称|product_name"), drugs.iter().map(|d| d.0.to_owned()).collect()),
            (h("规格|spec|GG|规格|spec"), drugs.iter().map(|d| d.1.to_owned()).collect()),
            (h("批准文号|approval_no|PZWH|批准文号|registration_no"), codes(random, n, if v == 4 { "国械注准2023311####" } else { "国药准字H20######" })),
            (h("生产企业|manufacturer|SCQY|生产企业|holder"), value::values(random, n, super::people::firm)),
            (h("零售价|retail_price|LSJ|支付标准|price"), numbers(random, n, 3, 420, 2)),
            (h("基药标识|essential|JY|医保类别|class"), some(random, n, &["是", "否", "甲类", "乙类"])),
        ],
    );
    if v == 2 { written(meaningless(table, |at| format!("C{:02}", at + 1)), v) } else { written(table, v + 3) }
}

/// Dictionaries of diagnoses and of operations.
pub(super) fn dictionaries(random: &mut Random, v: u64) -> Table {
    let entries: &[(&str, &str)] = if v.is_multiple_of(2) { DIAGNOSES } else { OPERATIONS };
    // A dictionary names everything once: parts of the body give each entry a few children.
    let parts = ["", "，左侧", "，右侧", "，双侧", "，术后", "，待查"];
    let n = entries.len() * parts.len();
    let h = |s| head(v, s);
    let at = |row: usize| (entries[row / parts.len()], row % parts.len());
    let table = plain(
        h("ICD-10诊断字典|icd9cm3_dict|ZDZD|手术编码字典"),
        vec![
            (h("诊断编码|code|ZDBM|手术编码"), (0..n).map(|row| format!("{}{}", at(row).0.0, if at(row).1 == 0 { String::new() } else { format!("x{:03}", at(row).1) })).collect()),
            (h("诊断名称|name|ZDMC|手术名称"), (0..n).map(|row| format!("{}{}", at(row).0.1, parts[at(row).1])).collect()),
            (h("拼音码|py_code|PYM|助记码"), codes(random, n, "@@@@")),
            (h("有效标志|enabled|YXBZ|启用"), some(random, n, &["1", "1", "1", "0"])),
            (h("版本日期|released_on|BBRQ|版本"), days(random, n)),
        ],
    );
    written(table, v)
}

/// Books; their authors are known to everybody.
pub(super) fn books(random: &mut Random, v: u64) -> Table {
    let n = 64;
    let h = |s| head(v, s);
    let table = Table::new(h("馆藏书目|books|TSML"))
        .column(h("ISBN|isbn|ISBN"), NONE, codes(random, n, "978-7-##-######-#"))
        .column(h("题名|title|TM"), NONE, some(random, n, &["呐喊", "骆驼祥子", "算法导论", "经济学原理", "机械设计手册", "平凡的世界"]))
        .column_that_may(h("责任者|author|ZRZ"), NONE, NAME, some(random, n, &["鲁迅 著", "老舍", "科尔曼", "曼昆", "成大先 主编", "路遥"]))
        .column_that_may(h("出版社|publisher|CBS"), NONE, NONE, some(random, n, &["人民文学出版社", "机械工业出版社", "北京大学出版社"]))
        .column(h("索书号|call_no|SSH"), NONE, codes(random, n, "TP3##/#.#"))
        .column(h("定价|price|DJ"), NONE, numbers(random, n, 18, 160, 2))
        .may(NAME);
    written(table, v + 1)
}

/// Segments of telephone numbers and of bank cards, which are nobody's.
pub(super) fn number_plans(random: &mut Random, v: u64) -> Table {
    let n = 96;
    let at: Vec<_> = (0..n).map(|_| place(random)).collect();
    let h = |s| head(v, s);
    let cards = v == 2;
    let table = plain(
        h("号段归属地|phone_prefix|bank_bin|HDGSD"),
        vec![
            (h("号段|prefix|bin|HD"), if cards { codes(random, n, "62####") } else { codes(random, n, ["1380###", "1771###", "", "159####"][v as usize % 4]) }),
            (h("省份|province|bank_name|SF"), if cards { some(random, n, &["中国工商银行", "中国农业银行", "招商银行", "青岛银行"]) } else { at.iter().map(|at| at.0.to_owned()).collect() }),
            (h("城市|city|card_type|CS"), if cards { some(random, n, &["借记卡", "贷记卡"]) } else { at.iter().map(|at| at.1.to_owned()).collect() }),
            (h("区号|area_code|card_length|QH"), if cards { some(random, n, &["16", "19"]) } else { at.iter().map(|at| at.5.to_owned()).collect() }),
            (h("运营商|carrier|network|YYS"), if cards { some(random, n, &["UnionPay"]) } else { some(random, n, &["移动", "联通", "电信", "广电"]) }),
        ],
    );
    written(if cards { table } else { table.may(HOME) }, v)
}

/// Branches of banks.
pub(super) fn branches(random: &mut Random, v: u64) -> Table {
    let n = 68;
    let at: Vec<_> = (0..n).map(|_| place(random)).collect();
    let h = |s| head(v, s);
    let table = Table::new(h("联行号|cnaps_codes|LHH"))
        .column(h("行号|cnaps_code|HH"), NONE, codes(random, n, "10##########"))
        .column(h("网点名称|branch_name|WDMC"), NONE, at.iter().map(|at| format!("{}{}支行", random.pick(&["工商银行", "建设银行", "邮储银行"]), at.2)).collect())
        .column_that_may(h("网点地址|branch_address|WDDZ"), NONE, HOME, at.iter().map(|at| business_address(random, *at)).collect())
        .column_that_may(h("网点电话|branch_tel|WDDH"), NONE, LANDLINE, at.iter().map(|at| landline(random, *at)).collect())
        .column(h("SWIFT|swift|SWIFT"), NONE, codes(random, n, "@@@@CNBJ###"));
    written(table, v + 1)
}

/// Buildings, bridges and finds, whose dates lie where dates of birth do.
pub(super) fn buildings(random: &mut Random, v: u64) -> Table {
    let n = 74;
    let h = |s| head(v, s);
    let table = plain(
        h("房屋建筑台账|bridges|JZTZ|museum_objects"),
        vec![
            (h("建筑编号|bridge_no|JZBH|object_no"), codes(random, n, ["JZ-####", "G107440305L####", "3101150####", "1956.##.####"][v as usize % 4])),
            (h("建筑名称|bridge_name|JZMC|title"), some(random, n, [&["教学楼A", "综合楼", "职工食堂"][..], &["白沙河大桥", "王家坝中桥"], &["1号厂房", "锅炉房"], &["青花缠枝纹瓶", "铜鎏金佛像"]][v as usize % 4])),
            (h("竣工日期|built_on|JGRQ|acquired_on"), value::values(random, n, |r| value::day(r, 1952, 2004))),
            (h("建筑面积(㎡)|length_m|JZMJ|height_cm"), numbers(random, n, 12, 9000, 1)),
            (h("结构|structure|JG|material"), some(random, n, [&["砖混", "框架", "钢结构"][..], &["预应力混凝土", "拱"], &["砖木", "排架"], &["瓷", "铜"]][v as usize % 4])),
            (h("鉴定等级|rating|JDDJ|grade"), some(random, n, &["A", "B", "C", "二级"])),
        ],
    );
    written(table, v)
}
