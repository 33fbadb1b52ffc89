//! Catalogues, code tables and documents about data: words of every class, and nobody in them.

use super::people;
use super::sheet::{Sheet, amounts, codes, constant, days, decimals, each, integers, picks, rows, some, texts, times};
use super::words::{CARS, CLINICS, DIAGNOSES, FIRM_WORDS, MEDICINES, PLACES, Place, RAILWAY_STATIONS, ROADS};
use crate::benchmark::{Generator, Table, style::Style, value};
use exportscan::demo::Random;

/// Tables with nobody in them.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("drug_catalogue", 5, drug_catalogue),
        ("disease_codes", 4, disease_codes),
        ("operation_codes", 4, operation_codes),
        ("public_places", 5, public_places),
        ("shops", 4, shops),
        ("bridges", 4, bridges),
        ("firms", 5, firms),
        ("area_codes", 4, area_codes),
        ("data_dictionary", 6, data_dictionary),
        ("database_schema", 4, database_schema),
        ("log_rules", 4, log_rules),
        ("translations", 4, translations),
        ("menu_rights", 4, menu_rights),
        ("railway_stations", 4, railway_stations),
        ("vehicle_models", 4, vehicle_models),
        ("part_list", 4, part_list),
        ("books", 4, books),
        ("regulations", 4, regulations),
        ("test_items", 4, test_items),
        ("vaccine_lots", 4, vaccine_lots),
    ]
}

/// Medicines with their approvals.
fn drug_catalogue(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let medicines = some(random, n, MEDICINES);
    Sheet::new(variant + 2, "药品目录")
        .col(
            "",
            "药品编码|drug_code|YPBM",
            texts(random, n, |r| format!("XA{}A{}B{}", r.digits(2), r.digits(3), r.digits(12))),
        )
        .col("?health.medication", "通用名|generic_name|TYM", each(&medicines, |m| m[0].to_owned()))
        .col("", "规格|spec|GG", each(&medicines, |m| m[1].to_owned()))
        .col(
            "",
            "批准文号|approval_no|PZWH",
            texts(random, n, |r| format!("国药准字{}{}", r.pick(&["H", "Z", "S", "HJ"]), r.digits(8))),
        )
        .col("", "本位码|standard_code|BWM", codes(random, n, "869", 11))
        .col("", "生产企业|manufacturer|SCQY", each(&medicines, |m| m[2].to_owned()))
        .col("", "医保类别|insurance_class|YBLB", picks(random, n, &["甲", "乙", "丙"]))
        .col("", "最高零售价|max_price|ZGLSJ", amounts(random, n, 2, 900))
        .done()
}

/// Every disease once.
fn disease_codes(random: &mut Random, variant: u64) -> Table {
    let more = (0..40).map(|k| (format!("Z{:02}.{:03}", k, k * 7 % 1000), format!("其他特指的疾患{}", k + 1)));
    let all: Vec<(String, String)> = DIAGNOSES.iter().map(|d| (d.0.to_owned(), d.1.to_owned())).chain(more).collect();
    Sheet::new(variant, "疾病诊断编码库")
        .col("?health.diagnosis", "诊断代码|icd_code|ZDDM", each(&all, |d| d.0.clone()))
        .col("?health.diagnosis", "诊断名称|icd_name|ZDMC", each(&all, |d| d.1.clone()))
        .col("", "章节|chapter|ZJ", integers(random, all.len(), 1, 22))
        .col("", "启用标志|enabled|QYBZ", constant(all.len(), "1"))
        .may(&["health.diagnosis"])
        .done()
}

/// Every operation once.
fn operation_codes(random: &mut Random, variant: u64) -> Table {
    let n = 50;
    let operations = (0..n)
        .map(|k| {
            format!(
                "{}{}术",
                ["胃", "肝", "肺", "膝关节", "晶状体"][k % 5],
                ["部分切除", "活组织检查", "修补", "置换", "探查", "引流", "移植", "缝合", "造口", "固定"][k / 5]
            )
        })
        .collect();
    Sheet::new(variant, "手术操作分类代码")
        .col(
            "?health.treatment",
            "手术代码|procedure_code|SSDM",
            (0..n).map(|k| format!("{:02}.{:02}00", k + 30, k)).collect(),
        )
        .col("?health.treatment", "手术名称|procedure_name|SSMC", operations)
        .col("", "手术级别|grade|SSJB", picks(random, n, &["一级", "二级", "三级", "四级"]))
        .col("", "类别|category|LB", picks(random, n, &["手术", "治疗性操作", "诊断性操作"]))
        .may(&["health.treatment"])
        .done()
}

/// Hospitals, parks and schools on a map.
fn public_places(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let places: Vec<Place> = some(random, n, PLACES);
    let kinds = ["公园", "中心医院", "实验小学", "图书馆", "购物中心", "地铁站", "加油站"];
    let spot = |random: &mut Random, at: f64| format!("{:.6}", at + random.between(-60_000, 60_000) as f64 / 1e6);
    let names = places.iter().map(|p| format!("{}{}", p.district, kinds[random.below(7) as usize])).collect();
    let (lng, lat) =
        (places.iter().map(|p| spot(random, p.at.0)).collect(), places.iter().map(|p| spot(random, p.at.1)).collect());
    let tel = places.iter().map(|p| people::landline(random, *p)).collect();
    let address =
        places.iter().map(|p| format!("{}{}{}号", p.district, random.pick(ROADS), random.between(1, 300))).collect();
    Sheet::new(variant + 3, "poi_export")
        .col("", "POI编号|poi_id|POIBH", texts(random, n, |r| format!("B0{}", r.string(b"ABCDEF0123456789", 8))))
        .col("", "名称|name|MC", names)
        .col("", "类型|type_code|LX", codes(random, n, "1", 5))
        .col("?contact.address", "地址|address|DZ", address)
        .col("?contact.landline", "电话|tel|DH", tel)
        .col("?location.point", "经度|lng|JD", lng)
        .col("?location.point", "纬度|lat|WD", lat)
        .may(&["location.point", "contact.address"])
        .done()
}

/// The shops of a chain.
fn shops(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let places: Vec<Place> = some(random, n, PLACES);
    let word = random.pick(FIRM_WORDS);
    let tel = places.iter().map(|p| people::landline(random, *p)).collect();
    let address = places
        .iter()
        .map(|p| format!("{}{}{}{}号1层", p.province, p.district, random.pick(ROADS), random.between(1, 300)))
        .collect();
    Sheet::new(variant + 1, "门店列表")
        .col("", "门店编号|store_no|MDBH", codes(random, n, "S", 5))
        .col("", "门店名称|store_name|MDMC", each(&places, |p| format!("{word}({}{}店)", p.city, p.district)))
        .col("?contact.address", "门店地址|store_address|MDDZ", address)
        .col("?contact.landline", "门店电话|store_tel|MDDH", tel)
        .col("", "面积(㎡)|area|MJ", integers(random, n, 40, 1800))
        .col("", "开业日期|opened_on|KYRQ", days(random, n, 2012, 2024))
        .may(&["location.point"])
        .done()
}

/// Bridges of roads.
fn bridges(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant, "公路桥梁明细")
        .col(
            "",
            "桥梁代码|bridge_code|QLDM",
            texts(random, n, |r| format!("G{}{}L{}", r.digits(3), r.pick(PLACES).area, r.digits(4))),
        )
        .col(
            "",
            "桥梁名称|bridge_name|QLMC",
            texts(random, n, |r| format!("{}{}大桥", r.pick(ROADS), r.pick(FIRM_WORDS))),
        )
        .col("", "中心桩号|stake|ZXZH", texts(random, n, |r| format!("K{}+{}", r.between(1, 2300), r.digits(3))))
        .col("", "全长(米)|length_m|QC", decimals(random, n, 12, 3600, 2))
        .col("", "建成年份|built_year|JCNF", integers(random, n, 1968, 2022))
        .col("", "技术状况|condition|JSZK", picks(random, n, &["一类", "二类", "三类"]))
        .done()
}

/// Firms of a register.
fn firms(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let place: Vec<Place> = some(random, n, PLACES);
    let address = place.iter().map(|p| people::address(random, *p)).collect();
    let sheet = Sheet::new(variant + 2, "企业名录")
        .col("", "企业名称|company_name|QYMC", texts(random, n, people::firm))
        .col("org.uscc", "统一社会信用代码|credit_code|TYSHXYDM", value::distinct(random, n, value::uscc))
        .col("?org.uscc", "组织机构代码|org_code|ZZJGDM", value::distinct(random, n, value::organisation_code))
        .col("?contact.address", "注册地址|registered_address|ZCDZ", address)
        .col("", "注册资本(万元)|registered_capital|ZCZB", integers(random, n, 10, 100_000))
        .col("", "成立日期|founded_on|CLRQ", days(random, n, 1992, 2023))
        .col("", "经营状态|status|JYZT", picks(random, n, &["存续", "在业", "注销"]));
    let sheet = if variant.is_multiple_of(2) {
        sheet
    } else {
        sheet.col("person.name", "法定代表人|legal_person|FDDBR", texts(random, n, people::name))
    };
    sheet.done()
}

/// Codes of areas.
fn area_codes(random: &mut Random, variant: u64) -> Table {
    let n = PLACES.len();
    Sheet::new(variant, "行政区划")
        .col("", "区划代码|adcode|QHDM", each(PLACES, |p| p.area.to_owned()))
        .col("?contact.address", "省|province|S", each(PLACES, |p| p.province.to_owned()))
        .col("?contact.address", "市|city|SHI", each(PLACES, |p| p.city.to_owned()))
        .col("?contact.address", "区县|district|QX", each(PLACES, |p| p.district.to_owned()))
        .col("", "长途区号|dial_code|CTQH", each(PLACES, |p| p.dial.to_owned()))
        .col("", "号牌字头|plate_prefix|HPZT", each(PLACES, |p| p.plate.to_owned()))
        .col("?location.point", "中心经度|center_lng|ZXJD", each(PLACES, |p| p.at.0.to_string()))
        .col("?location.point", "中心纬度|center_lat|ZXWD", each(PLACES, |p| p.at.1.to_string()))
        .col("", "邮政编码|postcode|YZBM", codes(random, n, "", 6))
        .may(&["location.point"])
        .done()
}

const FIELDS: &[[&str; 3]] = &[
    ["身份证号", "id_card", "varchar(18)"],
    ["姓名", "name", "varchar(64)"],
    ["手机号码", "mobile", "char(11)"],
    ["车牌号", "plate_no", "varchar(10)"],
    ["车架号", "vin", "char(17)"],
    ["驾驶证号", "licence_no", "varchar(18)"],
    ["电子邮箱", "email", "varchar(128)"],
    ["家庭住址", "address", "varchar(255)"],
    ["银行卡号", "bank_card", "varchar(19)"],
    ["诊断名称", "diagnosis", "varchar(255)"],
    ["会员编号", "member_id", "bigint"],
    ["订单号", "order_no", "varchar(32)"],
    ["护照号码", "passport_no", "varchar(9)"],
    ["出生日期", "birth_date", "date"],
    ["经度", "longitude", "decimal(10,6)"],
    ["充电站编号", "station_id", "varchar(20)"],
    ["既往病史", "history", "text"],
    ["过敏史", "allergy", "text"],
    ["指纹特征", "fingerprint", "blob"],
    ["创建时间", "create_time", "datetime"],
];

/// What fields of a system mean.
fn data_dictionary(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let fields = some(random, n, FIELDS);
    let example = |f: &[&str; 3]| match f[1] {
        "id_card" => "110101********1234",
        "mobile" => "138****0000",
        "plate_no" => "京A12345",
        _ => "",
    };
    Sheet::new(variant, "数据字典V2.1")
        .col("", "序号|no|XH", value::serial("", 1, 1, n))
        .col("", "中文名称|field_cn|ZWMC", each(&fields, |f| f[0].to_owned()))
        .col("", "字段名|field_name|ZDM", each(&fields, |f| f[1].to_owned()))
        .col("", "数据类型|data_type|SJLX", each(&fields, |f| f[2].to_owned()))
        .col("", "是否必填|required|SFBT", picks(random, n, &["是", "否"]))
        .col("", "敏感级别|sensitivity|MGJB", picks(random, n, &["L1", "L2", "L3", "L4"]))
        .col(
            "?identity.resident_id ?contact.mobile ?vehicle.plate",
            "示例|example|SL",
            if variant.is_multiple_of(2) { each(&fields, |f| example(f).to_owned()) } else { constant(n, "") },
        )
        .done()
}

/// Columns as a database lists them.
fn database_schema(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let fields = some(random, n, FIELDS);
    Sheet::styled(variant, [Style::Upper, Style::Snake][variant as usize % 2], "information_schema_columns")
        .col("", "|table_name|", picks(random, n, &["t_customer", "t_vehicle_owner", "patient_info", "member_profile"]))
        .col("", "|column_name|", each(&fields, |f| f[1].to_owned()))
        .col("", "|ordinal_position|", integers(random, n, 1, 40))
        .col("", "|data_type|", each(&fields, |f| f[2].to_owned()))
        .col("", "|is_nullable|", picks(random, n, &["YES", "NO"]))
        .col("", "|column_comment|", each(&fields, |f| format!("用户{}", f[0])))
        .done_with_header()
}

/// Rules of logging and masking.
fn log_rules(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let patterns = [r"\d{17}[\dXx]", r"1[3-9]\d{9}", r"[\w.]+@[\w.]+", r"(?<=id_card=)\S+", r"62\d{14,17}"];
    Sheet::new(variant, "脱敏规则配置")
        .col(
            "",
            "logger|logger|LOGGER",
            texts(random, n, |r| {
                format!(
                    "com.example.{}.{}",
                    r.pick(&["order", "member", "vehicle"]),
                    r.pick(&["dao", "service", "api"])
                )
            }),
        )
        .col("", "级别|level|JB", picks(random, n, &["INFO", "WARN", "DEBUG", "ERROR"]))
        .col("", "匹配规则|pattern|PPGZ", picks(random, n, &patterns))
        .col("", "替换为|replacement|THW", picks(random, n, &["***", "$1****$2", "[MASKED]"]))
        .col("", "更新时间|updated|GXSJ", times(random, n, 2024, 2024))
        .done()
}

/// Words of an app in two languages.
fn translations(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let words = [
        ["请输入手机号", "Please enter your mobile number"],
        ["身份证号格式不正确", "Invalid ID card number"],
        ["姓名不能为空", "Name is required"],
        ["我的车辆", "My vehicles"],
        ["充电记录", "Charging history"],
        ["添加就诊人", "Add a patient"],
    ];
    let said = some(random, n, &words);
    Sheet::new(variant, "i18n")
        .col(
            "",
            "键|key|J",
            texts(random, n, |r| format!("app.{}.{}", r.pick(&["login", "car", "profile"]), r.digits(4))),
        )
        .col("", "中文|zh_cn|ZW", each(&said, |w| w[0].to_owned()))
        .col("", "英文|en_us|YW", each(&said, |w| w[1].to_owned()))
        .col("", "模块|module|MK", picks(random, n, &["登录", "车辆", "我的"]))
        .may(&["training.corpus"])
        .done()
}

/// Menus of a back office.
fn menu_rights(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant, "sys_menu")
        .col("", "菜单ID|menu_id|CDID", value::serial("", 1001, 4, n))
        .col(
            "",
            "菜单名称|menu_name|CDMC",
            picks(random, n, &["用户管理", "患者档案", "车主查询", "手机号绑定", "订单列表", "会员管理"]),
        )
        .col(
            "",
            "权限标识|perms|QXBS",
            texts(random, n, |r| {
                format!(
                    "{}:{}:{}",
                    r.pick(&["system", "member", "vehicle"]),
                    r.pick(&["user", "phone", "idcard"]),
                    r.pick(&["list", "export", "edit"])
                )
            }),
        )
        .col(
            "",
            "组件路径|component|ZJLJ",
            texts(random, n, |r| format!("views/{}/index", r.pick(&["user", "patient", "owner"]))),
        )
        .col("", "排序|order_num|PX", integers(random, n, 1, 30))
        .done()
}

/// Stations of the railway.
fn railway_stations(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let stops: Vec<(&str, &str)> = some(random, n, RAILWAY_STATIONS);
    Sheet::new(variant, "列车停站表")
        .col(
            "",
            "车次|train_no|CC",
            texts(random, n, |r| format!("{}{}", r.pick(&["G", "D", "K"]), r.between(1, 1999))),
        )
        .col("", "站名|station_name|ZM", each(&stops, |s| s.0.to_owned()))
        .col("", "电报码|telecode|DBM", each(&stops, |s| s.1.to_owned()))
        .col("", "到时|arrive|DS", texts(random, n, |r| format!("{:02}:{:02}", r.below(24), r.below(60))))
        .col("", "停留(分)|stay|TL", integers(random, n, 2, 12))
        .col("", "里程|km|LC", integers(random, n, 0, 2400))
        .done()
}

/// Models of vehicles.
fn vehicle_models(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant, "车型公告参数")
        .col(
            "",
            "公告型号|notice_model|GGXH",
            texts(random, n, |r| {
                format!(
                    "{}{}{}BEV{}",
                    r.pick(&["BYD", "GAC", "SQR", "HFC"]),
                    r.digits(4),
                    r.string(b"ABCDE", 1),
                    r.digits(1)
                )
            }),
        )
        .col("", "车型名称|model_name|CXMC", picks(random, n, CARS))
        .col("", "WMI|wmi|WMI", picks(random, n, &["LGX", "LFV", "LSV", "LRW"]))
        .col("", "续航里程(km)|range_km|XHLC", integers(random, n, 300, 720))
        .col("", "电池容量(kWh)|battery_kwh|DCRL", decimals(random, n, 35, 108, 1))
        .col("", "充电电流上限|max_current|CDDLSX", integers(random, n, 100, 500))
        .col("", "指导价(万)|price|ZDJ", decimals(random, n, 6, 60, 2))
        .may(&["vehicle.telemetry"])
        .done()
}

/// Parts in an ERP system.
fn part_list(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::styled(variant, Style::Chinese, "MARA_MAKT")
        .col("", "MANDT", constant(n, "800"))
        .col("", "MATNR", texts(random, n, |r| format!("{:018}", r.between(10_000_000, 999_999_999))))
        .col("", "MTART", picks(random, n, &["ROH", "HALB", "FERT"]))
        .col("", "MAKTX", picks(random, n, &["螺栓M8*25", "线束总成", "ECU控制器", "O型圈", "轴承6204"]))
        .col("", "MEINS", picks(random, n, &["EA", "KG", "M"]))
        .col("", "ERSDA", each(&days(random, n, 2012, 2024), |d| d.replace('-', "")))
        .col("", "LIFNR", texts(random, n, |r| format!("00001{}", r.digits(5))))
        .done_with_header()
}

/// Books and who wrote them.
fn books(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let title = |r: &mut Random| {
        format!(
            "{}{}",
            r.pick(&["深入理解", "实用", "图解", "现代"]),
            r.pick(&["内科学", "汽车电子", "数据仓库", "航空法", "零售管理"])
        )
    };
    Sheet::new(variant, "馆藏图书")
        .col("", "ISBN|isbn|ISBN", texts(random, n, |r| format!("9787{}", r.digits(9))))
        .col("", "书名|title|SM", texts(random, n, title))
        .col("?person.name", "作者|author|ZZ", texts(random, n, people::name))
        .col("", "出版社|publisher|CBS", picks(random, n, &["人民邮电出版社", "机械工业出版社", "清华大学出版社"]))
        .col("", "索书号|call_no|SSH", texts(random, n, |r| format!("TP{}/{}", r.digits(3), r.digits(4))))
        .col("", "定价|list_price|DJ", amounts(random, n, 20, 200))
        .done()
}

/// Texts of regulations.
fn regulations(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let clauses = [
        "处理敏感个人信息应当取得个人的单独同意。",
        "驾驶人应当随身携带驾驶证、行驶证。",
        "医疗机构应当妥善保管患者病历资料。",
        "身份证号码、银行账户属于敏感个人信息。",
        "充电设施运营企业应当上传运行状态数据。",
    ];
    Sheet::new(variant, "法规条款库")
        .col(
            "",
            "文号|doc_no|WH",
            texts(random, n, |r| format!("国办发〔{}〕{}号", r.between(2015, 2024), r.between(1, 90))),
        )
        .col("", "条款|article|TK", texts(random, n, |r| format!("第{}条", r.between(1, 90))))
        .col("", "内容|content|NR", picks(random, n, &clauses))
        .col("", "生效日期|effective_on|SXRQ", days(random, n, 2015, 2024))
        .may(&["training.corpus"])
        .done()
}

/// Tests that a laboratory offers.
fn test_items(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant, "检验项目价目表")
        .col("", "项目代码|item_code|XMDM", codes(random, n, "2503", 5))
        .col(
            "?health.lab",
            "项目名称|item_name|XMMC",
            picks(random, n, &["血常规", "尿常规", "糖化血红蛋白", "甲状腺功能五项", "肿瘤标志物", "凝血四项"]),
        )
        .col("", "标本类型|specimen_type|BBLX", picks(random, n, &["全血", "血清", "尿液"]))
        .col("", "执行科室|department|ZXKS", picks(random, n, CLINICS))
        .col("", "价格|price|JG", amounts(random, n, 5, 900))
        .may(&["health.lab"])
        .done()
}

/// Lots of vaccines on stock.
fn vaccine_lots(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant, "疫苗库存批次")
        .col(
            "?health.medication",
            "疫苗名称|vaccine|YMMC",
            picks(random, n, &["乙肝疫苗", "麻腮风疫苗", "流感疫苗(四价)", "水痘疫苗"]),
        )
        .col("", "批号|lot_number|PH", texts(random, n, |r| format!("{}{}", r.between(202_301, 202_412), r.digits(4))))
        .col("", "追溯码|trace_code|ZSM", codes(random, n, "8", 19))
        .col("", "批签发号|release_no|PQFH", texts(random, n, |r| format!("批签中检{}", r.digits(8))))
        .col("", "有效期至|expires_on|YXQZ", days(random, n, 2025, 2026))
        .col("", "数量(支)|quantity|SL", integers(random, n, 10, 5000))
        .col("", "供货单位|supplier|GHDW", texts(random, n, |r| format!("{}生物制品有限公司", r.pick(FIRM_WORDS))))
        .done()
}
