//! Numbers that look like somebody's and are nobody's.

use super::people;
use super::sheet::{Sheet, amounts, codes, constant, days, decimals, each, integers, picks, rows, some, texts, times};
use super::words::{FIRM_WORDS, GOODS, PLACES};
use crate::benchmark::{Generator, Table, damage, value};
use exportscan::demo::Random;

/// Tables with nobody in them.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("dated_numbers", 6, dated_numbers),
        ("snowflakes", 5, snowflakes),
        ("goods_codes", 5, goods_codes),
        ("device_stock", 5, device_stock),
        ("sim_stock", 4, sim_stock),
        ("invoices", 6, invoices),
        ("epochs", 4, epochs),
        ("budgets", 5, budgets),
        ("parcel_numbers", 4, parcel_numbers),
        ("file_hashes", 4, file_hashes),
        ("contracts", 4, contracts),
        ("production_lots", 4, production_lots),
        ("meter_readings", 4, meter_readings),
        ("assets", 4, assets),
        ("eleven_digits", 6, eleven_digits),
        ("seventeen_characters", 4, seventeen_characters),
        ("bank_like", 4, bank_like),
    ]
}

/// Eighteen digits that begin with an area, or with a day.
fn dated_numbers(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let day = |r: &mut Random| value::day(r, 2019, 2024).replace('-', "");
    let number = move |r: &mut Random| match variant % 3 {
        0 => format!("{}{}", day(r), r.digits(10)),
        1 => format!("{}{}{}", r.between(100_000, 999_999), day(r), r.digits(4)),
        _ => format!("{}{}{}", r.pick(PLACES).area, r.digits(8), r.digits(4)),
    };
    Sheet::new(variant + 1, "结算流水号对照")
        .col("", "业务流水号|biz_serial_no|YWLSH", value::distinct(random, n, number))
        .col("", "渠道|channel|QD", picks(random, n, &["APP", "H5", "POS", "小程序"]))
        .col("", "笔数|tx_count|BS", integers(random, n, 1, 400))
        .col("", "批次日期|batch_date|PCRQ", days(random, n, 2023, 2024))
        .col("", "对账结果|check_result|DZJG", picks(random, n, &["一致", "一致", "长款", "短款"]))
        .done()
}

/// Ids of rows, drawn by a generator of ids.
fn snowflakes(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let parents = value::values(random, 12, value::snowflake);
    Sheet::new(variant + 2, "任务调度日志")
        .col("", "主键|id|ID", value::values(random, n, value::snowflake))
        .col("", "任务ID|job_id|RWID", some(random, n, &parents))
        .col("", "任务名称|job_name|RWMC", picks(random, n, &["同步库存", "清理临时表", "生成日报", "刷新缓存"]))
        .col("", "执行节点|node|ZXJD", picks(random, n, &["worker-01", "worker-02", "worker-03"]))
        .col("", "追踪号|trace_id|ZZH", texts(random, n, |r| value::hex(r, 32)))
        .col("", "耗时毫秒|cost_ms|HSHM", integers(random, n, 3, 90_000))
        .col("", "开始时间|begin_time|KSSJ", times(random, n, 2024, 2024))
        .done()
}

/// Bar codes of goods.
fn goods_codes(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let goods: Vec<(&str, &str)> = some(random, n, GOODS);
    Sheet::new(variant + 2, "商品主档")
        .col("", "商品条码|barcode|SPTM", value::distinct(random, n, value::ean13))
        .col("", "商品名称|goods_name|SPMC", each(&goods, |g| g.0.to_owned()))
        .col("", "内部编码|item_code|NBBM", codes(random, n, "1", 10))
        .col("", "箱码|case_code|XM", texts(random, n, |r| format!("169{}", r.digits(11))))
        .col("", "零售价|retail_price|LSJ", each(&goods, |g| g.1.to_owned()))
        .col("", "库存|stock|KC", integers(random, n, 0, 8000))
        .col("", "供应商|supplier|GYS", texts(random, n, people::firm))
        .done()
}

/// Telephones that nobody bought yet.
fn device_stock(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant + 2, "手机库存盘点")
        .col("", "SKU编码|sku_code|SKUBM", codes(random, n, "SKU", 8))
        .col(
            "",
            "机型|model|JX",
            picks(random, n, &["Mate 60 Pro 12+512", "iPhone 15 256G", "小米14 16+512", "vivo X100"]),
        )
        .col("?device.id", "IMEI|imei|IMEI", value::distinct(random, n, value::imei))
        .col(
            "?device.id",
            "序列号|serial_no|XLH",
            texts(random, n, |r| r.string(b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", 12)),
        )
        .col(
            "",
            "仓位|bin|CW",
            texts(random, n, |r| format!("A{:02}-{:02}-{}", r.between(1, 20), r.between(1, 30), r.between(1, 5))),
        )
        .col("", "入库日期|stock_in_date|RKRQ", days(random, n, 2024, 2024))
        .col("", "盘点状态|check_status|PDZT", picks(random, n, &["正常", "待复核"]))
        .may(&["device.id"])
        .done()
}

/// Cards of an operator on the shelf.
fn sim_stock(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant, "物联网卡库存")
        .col("?device.id", "ICCID|iccid|ICCID", value::distinct(random, n, value::iccid))
        .col("?device.id ?contact.mobile", "接入号|access_number|JRH", codes(random, n, "14784", 8))
        .col("", "套餐|package|TC", picks(random, n, &["30M/月", "100M/月", "1G/月"]))
        .col("", "批次|batch|PC", picks(random, n, &["P240301", "P240415"]))
        .col("", "状态|status|ZT", constant(n, "库存"))
        .may(&["device.id"])
        .done()
}

/// Invoices between firms.
fn invoices(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant + 1, "进项发票台账")
        .col(
            "",
            "发票代码|invoice_code|FPDM",
            texts(random, n, |r| format!("0{}0{}", &r.pick(PLACES).area[..4], r.digits(6))),
        )
        .col("", "发票号码|invoice_number|FPHM", codes(random, n, "", 8))
        .col("", "数电票号码|digital_invoice_no|SDPHM", codes(random, n, "24312000000", 9))
        .col("", "销方名称|seller_name|XFMC", texts(random, n, people::firm))
        .col("org.uscc", "销方税号|seller_tax_no|XFSH", value::distinct(random, n, value::uscc))
        .col("", "金额|amount|JE", amounts(random, n, 90, 900_000))
        .col("", "税率|tax_rate|SL", picks(random, n, &["13%", "6%", "9%"]))
        .col("", "开票日期|issue_date|KPRQ", days(random, n, 2023, 2024))
        .may(&["finance.transaction"])
        .done()
}

/// Moments as numbers.
fn epochs(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let second = |r: &mut Random| r.between(1_300_000_000, 1_990_000_000).to_string();
    Sheet::new(variant + 3, "缓存刷新记录")
        .col("", "键|cache_key|J", texts(random, n, |r| format!("shop:{}:{}", r.digits(4), value::hex(r, 8))))
        .col("", "创建时间戳|created_ts|CJSJC", texts(random, n, second))
        .col("", "过期时间戳(毫秒)|expire_ms|GQSJC", texts(random, n, |r| format!("{}{}", second(r), r.digits(3))))
        .col("", "微秒|micros|WM", texts(random, n, |r| format!("{}{}", second(r), r.digits(6))))
        .col("", "大小|size_bytes|DX", integers(random, n, 100, 9_000_000))
        .done()
}

/// Money in columns of eleven digits.
fn budgets(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let money = |r: &mut Random| r.between(13_000_000_000, 19_900_000_000).to_string();
    Sheet::new(variant, "项目投资计划")
        .col(
            "",
            "项目编码|project_code|XMBM",
            texts(random, n, |r| format!("{}-{}-48-01-{}", r.between(2019, 2024), r.pick(PLACES).area, r.digits(6))),
        )
        .col(
            "",
            "项目名称|project_name|XMMC",
            texts(random, n, |r| {
                format!(
                    "{}{}建设项目",
                    r.pick(PLACES).city,
                    r.pick(&["轨道交通", "污水处理厂", "数据中心", "保障房", "综合管廊"])
                )
            }),
        )
        .col("", "总投资(元)|total_investment|ZTZ", texts(random, n, money))
        .col(
            "",
            "已完成投资|completed_investment|YWCTZ",
            if variant == 2 { damage::fractional(texts(random, n, money)) } else { texts(random, n, money) },
        )
        .col("", "资金来源|fund_source|ZJLY", picks(random, n, &["财政资金", "专项债", "银行贷款", "企业自筹"]))
        .col("", "开工年份|start_year|KGNF", integers(random, n, 2018, 2024))
        .done()
}

/// Numbers of parcels by carrier, without anybody.
fn parcel_numbers(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let number = |r: &mut Random| match r.below(5) {
        0 => format!("SF{}", r.digits(13)),
        1 => format!("YT{}", r.digits(13)),
        2 => format!("7{}", r.digits(14)),
        3 => format!("E{}CN", r.digits(9)),
        _ => format!("46{}", r.digits(13)),
    };
    Sheet::new(variant + 3, "快递费对账")
        .col("", "运单编号|express_no|YDBH", texts(random, n, number))
        .col("", "计费重量|charge_weight|JFZL", decimals(random, n, 0, 20, 2))
        .col("", "目的省|dest_province|MDS", texts(random, n, |r| r.pick(PLACES).province.to_owned()))
        .col("", "首重费|first_fee|SZF", amounts(random, n, 3, 12))
        .col("", "续重费|extra_fee|XZF", amounts(random, n, 0, 30))
        .col("", "账期|bill_month|ZQ", picks(random, n, &["202403", "202404"]))
        .may(&["logistics.route", "contact.address"])
        .done()
}

/// What files are, by their digests.
fn file_hashes(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant + 3, "release_manifest")
        .col(
            "",
            "文件名|file_name|WJM",
            texts(random, n, |r| {
                format!("lib{}-{}.{}.so", r.pick(&["ssl", "core", "map", "ui"]), r.below(9), r.below(20))
            }),
        )
        .col("", "MD5|md5|MD5", texts(random, n, |r| value::hex(r, 32)))
        .col("", "SHA256|sha256|SHA256", texts(random, n, |r| value::hex(r, 64)))
        .col("", "大小|size|DX", integers(random, n, 1000, 90_000_000))
        .col("", "提交|commit_id|TJ", texts(random, n, |r| value::hex(r, 40)))
        .col("", "对象ID|object_uuid|DXID", texts(random, n, value::uuid))
        .done()
}

/// Contracts between firms.
fn contracts(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let word = random.pick(FIRM_WORDS);
    Sheet::new(variant, "采购合同台账")
        .col(
            "",
            "合同编号|contract_no|HTBH",
            texts(random, n, |r| format!("HT-{}-{:02}-{}", r.between(2020, 2024), r.between(1, 12), r.digits(4))),
        )
        .col(
            "",
            "合同名称|contract_name|HTMC",
            texts(random, n, |r| format!("{word}{}采购合同", r.pick(&["服务器", "办公家具", "原材料", "检测服务"]))),
        )
        .col("", "供应商名称|vendor_name|GYSMC", texts(random, n, people::firm))
        .col("org.uscc", "统一社会信用代码|uscc|TYSHXYDM", value::distinct(random, n, value::uscc))
        .col("", "合同金额|contract_amount|HTJE", amounts(random, n, 9000, 9_000_000))
        .col("", "签订日期|signed_on|QDRQ", days(random, n, 2020, 2024))
        .done()
}

/// Lots and serial numbers of a production line.
fn production_lots(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant + 3, "生产批次追溯")
        .col(
            "",
            "批号|lot_no|PH",
            texts(random, n, |r| format!("{}{}{}", r.between(21, 24), r.string(b"ABC", 1), r.digits(5))),
        )
        .col(
            "",
            "物料编码|material_code|WLBM",
            texts(random, n, |r| format!("{}.{}.{}", r.digits(2), r.digits(4), r.digits(5))),
        )
        .col("", "工单|work_order|GD", codes(random, n, "10000", 7))
        .col("", "设备编号|machine_no|SBBH", picks(random, n, &["SMT-01", "SMT-02", "AOI-01", "ICT-03"]))
        .col("", "良率|yield_rate|LL", decimals(random, n, 88, 99, 2))
        .col(
            "",
            "电芯条码|cell_code|DXTM",
            texts(random, n, |r| format!("04QCB{}{}", r.string(b"ABCDEFGH", 3), r.digits(16))),
        )
        .col("", "生产日期|produced_on|SCRQ", days(random, n, 2023, 2024))
        .done()
}

/// Meters of firms.
fn meter_readings(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant + 3, "厂区电表抄表")
        .col("", "表号|meter_no|BH", codes(random, n, "3130001", 15))
        .col(
            "",
            "回路名称|circuit|HLMC",
            picks(random, n, &["1#变压器", "冲压车间照明", "空压机房", "涂装线", "办公楼空调"]),
        )
        .col("", "上次示数|previous_reading|SCSS", decimals(random, n, 10_000, 500_000, 2))
        .col("", "本次示数|current_reading|BCSS", decimals(random, n, 500_000, 900_000, 2))
        .col("", "倍率|ratio|BL", picks(random, n, &["1", "80", "160", "4000"]))
        .col("", "抄表日期|read_date|CBRQ", days(random, n, 2024, 2024))
        .done()
}

/// Things that a firm owns.
fn assets(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant + 1, "固定资产清单")
        .col("", "资产编号|asset_no|ZCBH", value::serial("FA2023", 1, 6, n))
        .col(
            "",
            "资产名称|asset_name|ZCMC",
            picks(random, n, &["笔记本电脑", "投影仪", "数控车床", "叉车", "中央空调", "电动升降桌"]),
        )
        .col("", "原值|original_value|YZ", amounts(random, n, 800, 900_000))
        .col("", "净值|net_value|JZ", amounts(random, n, 0, 500_000))
        .col("", "折旧年限|life_years|ZJNX", picks(random, n, &["3", "5", "10"]))
        .col(
            "",
            "存放地点|location|CFDD",
            texts(random, n, |r| format!("{}号楼{}层{}室", r.between(1, 6), r.between(1, 12), r.between(101, 1220))),
        )
        .col(
            "",
            "出厂编号|factory_no|CCBH",
            texts(random, n, |r| format!("{}{}", r.string(b"ABCDEFGHJK", 3), r.digits(9))),
        )
        .done()
}

/// Eleven digits that begin with 1 and call nobody.
fn eleven_digits(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let eleven = |r: &mut Random| format!("1{}{}", r.between(3, 9), r.digits(9));
    let header = [
        "规格代码|spec_code|GGDM",
        "批次号|batch_id|PCH",
        "普查小区码|tract_code|PCXQM",
        "药品本位码后段|drug_seq|YPBWM",
        "文章ID|article_id|WZID",
        "凭证号|voucher_no|PZH",
    ];
    Sheet::new(variant, "编码对照表")
        .col("", header[variant as usize % 6], value::distinct(random, n, eleven))
        .col("", "版本|version|BB", integers(random, n, 1, 9))
        .col("", "面积|area_sqm|MJ", decimals(random, n, 10, 900, 1))
        .col("", "数量|qty|SL", integers(random, n, 0, 4000))
        .col("", "备注|remark|BZ", picks(random, n, &["", "", "旧码停用", "待核对"]))
        .done()
}

/// Seventeen characters that are no vehicle.
fn seventeen_characters(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let part = |r: &mut Random| format!("{}{}", r.string(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", 4), r.digits(13));
    Sheet::new(variant, "备件编码表")
        .col("", "备件编码|part_code|BJBM", value::distinct(random, n, part))
        .col(
            "",
            "图号|drawing_no|TH",
            texts(random, n, |r| format!("{}-{}-{}", r.digits(4), r.digits(6), r.string(b"ABCDEF", 1))),
        )
        .col(
            "",
            "许可证密钥|licence_key|XKZMY",
            texts(random, n, |r| r.string(b"ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 17)),
        )
        .col("", "适用车型|applicable_model|SYCX", picks(random, n, super::words::CARS))
        .col("", "采购价|purchase_price|CGJ", amounts(random, n, 2, 9000))
        .done()
}

/// Numbers of sixteen to nineteen digits that are no card.
fn bank_like(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let long = |r: &mut Random| {
        let more = 15 + r.below(4) as usize;
        format!("{}{}", r.between(1, 9), r.digits(more))
    };
    Sheet::new(variant + 3, "视频元数据")
        .col("", "作品ID|item_id|ZPID", value::distinct(random, n, long))
        .col("", "分辨率|resolution|FBL", picks(random, n, &["1080x1920", "720x1280", "1440x2560"]))
        .col("", "时长秒|duration_s|SCM", decimals(random, n, 3, 300, 1))
        .col("", "播放量|play_count|BFL", integers(random, n, 10, 90_000_000))
        .col("", "点赞数|like_count|DZS", integers(random, n, 0, 4_000_000))
        .col("", "发布时间|publish_time|FBSJ", times(random, n, 2023, 2024))
        .may(&["training.corpus"])
        .done()
}
