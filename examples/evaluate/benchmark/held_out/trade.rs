//! Companies about goods, money and companies: numbers that look like persons' and are none.

use super::draft::{COMPANY, DEVICE, HOME, LANDLINE, NAME, NONE, VIN, codes, days, head, meaningless, numbers, of, plain, some, times, unnamed, written};
use super::people::{business_address, firm, landline, people, place};
use super::words::{CARS, GOODS};
use crate::benchmark::{Table, damage, value};
use exportscan::demo::Random;

/// Names of goods.
fn goods(random: &mut Random, n: usize) -> Vec<String> {
    (0..n).map(|_| random.pick(GOODS).0.to_owned()).collect()
}

/// Names of companies.
fn firms(random: &mut Random, n: usize) -> Vec<String> {
    value::values(random, n, firm)
}

/// Lines of sales orders between companies, in SAP, Yonyou and Kingdee.
pub(super) fn sales_lines(random: &mut Random, v: u64) -> Table {
    let n = 90 + 5 * v as usize;
    let h = |s| head(v, s);
    let table = plain(
        h("VBAP|SO_SODetails|T_SAL_ORDERENTRY|销售订单明细|xsdd|so_item"),
        vec![
            (h("VBELN|cSOCode|FBILLNO|订单号|DDH|so_no"), codes(random, n, ["00########", "XSDD~####", "XSDD######", "~##########", "SO-~-###", "310115~####"][v as usize % 6])),
            (h("POSNR|iRowNo|FSEQ|行号|HH|line_no"), (0..n).map(|at| format!("{:06}", at % 5 * 10 + 10)).collect()),
            (h("MATNR|cInvCode|FMATERIALID|物料编码|WLBM|material_no"), codes(random, n, ["0000000010######", "0102####", "1#####", "130########", "WL-@@-####", "17#########"][v as usize % 6])),
            (h("ARKTX|cInvName|FNAME|物料名称|WLMC|material_desc"), some(random, n, &["六角螺栓M8*25", "密封圈 NBR70", "轴承6204-2RS", "铜排T2 5*50", "PCB主板V3.1", "色母粒RAL9005"])),
            (h("KUNNR|cCusCode|FCUSTID|客户编码|KHBM|customer_code"), codes(random, n, "00001#####")),
            (h("NAME1|cCusName|FCUSTNAME|客户名称|KHMC|customer_name"), firms(random, n)),
            (h("KWMENG|iQuantity|FQTY|数量|SL|qty"), numbers(random, n, 1, 5000, 0)),
            (h("NETWR|iNatMoney|FALLAMOUNT|价税合计|JSHJ|amount"), numbers(random, n, 50, 400_000, 2)),
            (h("EDATU|dPreDate|FDELIVERYDATE|交货日期|JHRQ|delivery_date"), days(random, n)),
        ],
    );
    written(table, v)
}

/// Numbers of transactions and coupons that have the length of cards and identity numbers.
pub(super) fn long_numbers(random: &mut Random, v: u64) -> Table {
    let n = 110;
    let h = |s| head(v, s);
    let pattern = ["330106~####", "62#################", "86#############", "4###############", "11010520240#######", "2024############"][v as usize % 6];
    let table = plain(
        h("门店流水|coupon_list|seq_register|voucher_codes|gdlsh|batch_no_list"),
        vec![
            (h("小票流水号|coupon_code|serial_no|voucher_no|LSH|batch_no"), codes(random, n, pattern)),
            (h("终端号|campaign_id|channel|type|ZDH|line"), codes(random, n, "1####")),
            (h("金额|face_value|amount|face_value|JE|qty"), numbers(random, n, 1, 900, 2)),
            (h("积分抵扣|used|flag|status|BZ|grade"), some(random, n, &["0", "1"])),
            (h("时间|expire_at|create_time|valid_to|SJ|produced_at"), times(random, n)),
        ],
    );
    if v == 5 { unnamed(table) } else { written(table, v + 1) }
}

/// Rows of systems that number everything with snowflakes and count time from 1970.
pub(super) fn snowflakes(random: &mut Random, v: u64) -> Table {
    let n = 100;
    let h = |s| head(v, s);
    let table = plain(
        h("t_task|sys_job_log|流程实例|workflow_node"),
        vec![
            (h("id|jobLogId|实例ID|ID"), value::values(random, n, value::snowflake)),
            (h("parent_id|jobId|流程ID|PARENT_ID"), value::values(random, n, value::snowflake)),
            (h("task_name|jobName|节点名称|NODE_NAME"), some(random, n, &["库存同步", "日终对账", "采购审批", "发货通知", "数据归档"])),
            (h("state|status|状态|STATE"), some(random, n, &["0", "1", "2"])),
            (h("gmt_create|startTime|开始时间戳|CREATE_TS"), value::values(random, n, |r| r.between(1_650_000_000_000, 1_718_000_000_000).to_string())),
            (h("gmt_modified|stopTime|结束时间戳|MODIFY_TS"), value::values(random, n, |r| r.between(1_650_000_000, 1_718_000_000).to_string())),
            (h("version|costMs|耗时|REV"), numbers(random, n, 1, 9000, 0)),
            (h("trace_id|traceId|链路ID|TRACE"), codes(random, n, "$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$$")),
        ],
    );
    written(table, v)
}

/// Catalogues of goods with bar codes.
pub(super) fn catalogue(random: &mut Random, v: u64) -> Table {
    let n = 80 + 10 * v as usize;
    let h = |s| head(v, s);
    let table = plain(
        h("商品档案|product_catalog|SPDA|item_master|Products"),
        vec![
            (h("商品编码|sku|SPBM|itemCode|Handle"), codes(random, n, "10########")),
            (h("国际条码|barcode|TXM|ean13|Variant Barcode"), value::values(random, n, value::ean13)),
            (h("箱码(ITF-14)|case_code|XM|gtin14|Case Code"), codes(random, n, "16901#########")),
            (h("商品名称|title|SPMC|itemName|Title"), goods(random, n)),
            (h("品牌|vendor|PP|brand|Vendor"), some(random, n, &["安踏", "海尔", "美的", "蒙牛", "老干妈", "Anker", "小熊"])),
            (h("规格型号|spec|GGXH|spec|Option1 Value"), some(random, n, &["500ml", "1.8m", "XL/黑", "10kg/袋", "220V 50Hz"])),
            (h("零售价(元)|price|LSJ|retailPrice|Variant Price"), numbers(random, n, 5, 2400, 2)),
            (h("保质期(天)|shelf_life_days|BZQ|shelfLife|Days"), some(random, n, &["180", "365", "540", ""])),
        ],
    );
    if v == 3 { written(meaningless(table, |at| format!("col{at}")), v) } else { written(table, v + 2) }
}

/// Invoices; sellers and buyers are companies.
pub(super) fn invoices(random: &mut Random, v: u64) -> Table {
    let n = 75;
    let h = |s| head(v, s);
    let table = Table::new(h("发票明细|invoice_list|FPMX|tax_invoices|进项发票"))
        .column(h("发票代码|invoice_code|FPDM|invoiceCode|发票代码"), NONE, codes(random, n, "0330024###11"))
        .column(h("发票号码|invoice_no|FPHM|invoiceNo|数电票号码"), NONE, codes(random, n, if v == 4 { "2433200000########9#" } else { "########" }))
        .column(h("开票日期|issued_on|KPRQ|issueDate|开票日期"), NONE, days(random, n))
        .column(h("购方名称|buyer_name|GFMC|buyerName|购方名称"), NONE, firms(random, n))
        .column(h("购方税号|buyer_tax_no|GFSH|buyerTaxNo|购买方纳税人识别号"), COMPANY, value::values(random, n, value::uscc))
        .column(h("销方名称|seller_name|XFMC|sellerName|销方名称"), NONE, firms(random, n))
        .column(h("销方税号|seller_tax_no|XFSH|sellerTaxNo|销方纳税人识别号"), COMPANY, value::values(random, n, value::uscc))
        .column(h("不含税金额|net_amount|JE|netAmount|金额"), NONE, numbers(random, n, 100, 90_000, 2))
        .column(h("税率|tax_rate|SL|taxRate|税率"), NONE, some(random, n, &["13%", "9%", "6%", "3%"]))
        .column(h("校验码后六位|check_code|JYM|checkCode|校验码"), NONE, codes(random, n, "######"));
    written(table, v)
}

/// Companies; in one variant with those who stand for them in law.
pub(super) fn companies(random: &mut Random, v: u64) -> Table {
    let n = 64 + 6 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let mut table = Table::new(h("企业名录|supplier_list|QYXX|Vendor Master|企业信用信息"))
        .column(h("企业名称|supplier_name|QYMC|Vendor Name|企业名称"), NONE, firms(random, n))
        .column(h("统一社会信用代码|uscc|TYSHXYDM|Tax ID|社会信用代码"), COMPANY, value::values(random, n, value::uscc))
        .column_that_may(h("组织机构代码|org_code|ZZJGDM|Org Code|机构代码"), NONE, COMPANY, value::values(random, n, value::organisation_code))
        .column(h("注册资本(万元)|registered_capital|ZCZB|Capital|注册资本"), NONE, numbers(random, n, 10, 20_000, 0))
        .column(h("成立日期|founded_on|CLRQ|Founded|成立日期"), NONE, days(random, n))
        .column_that_may(h("注册地址|registered_address|ZCDZ|Address|住所"), NONE, HOME, value::values(random, n, |r| { let at = place(r); business_address(r, at) }))
        .column_that_may(h("企业电话|company_tel|QYDH|Telephone|联系电话"), NONE, LANDLINE, value::values(random, n, |r| { let at = place(r); landline(r, at) }))
        .column(h("行业|industry|HY|Industry|所属行业"), NONE, some(random, n, &["C36 汽车制造业", "F51 批发业", "I65 软件", "G58 装卸搬运"]));
    if v == 4 {
        table = table.column("法定代表人", NAME, of(&p, |p| &p.name));
    }
    written(table, v + 3)
}

/// Parts lists.
pub(super) fn parts(random: &mut Random, v: u64) -> Table {
    let n = 95;
    let h = |s| head(v, s);
    let table = plain(
        h("BOM清单|bom_lines|STPO|备件目录"),
        vec![
            (h("父项料号|parent_part|STLNR|总成图号"), codes(random, n, "A@@-######-00")),
            (h("子项料号|part_no|IDNRK|备件号"), codes(random, n, ["8K0 ### ###@", "LFV#@##########T#", "5@@#######", "@@################"][v as usize % 4])),
            (h("名称|description|OJTXP|备件名称"), some(random, n, &["前保险杠骨架", "机油滤清器", "制动片-前", "ECU控制单元", "线束总成", "六角法兰螺母"])),
            (h("用量|quantity|MENGE|单车用量"), numbers(random, n, 1, 16, 0)),
            (h("单位|unit|MEINS|单位"), some(random, n, &["PC", "件", "KG", "M"])),
            (h("适用车型|applies_to|POTX1|适用车型"), some(random, n, CARS)),
            (h("供应商代码|vendor_code|LIFNR|供应商"), codes(random, n, "V#####")),
            (h("参考价|list_price|STPRS|建议零售价"), numbers(random, n, 2, 4800, 2)),
        ],
    );
    written(table, v + 1)
}

/// Stock by lots.
pub(super) fn lots(random: &mut Random, v: u64) -> Table {
    let n = 85;
    let h = |s| head(v, s);
    let table = plain(
        h("批次库存|stock_by_lot|MCHB|库存台账_批号"),
        vec![
            (h("物料|material|MATNR|药品编码"), codes(random, n, "3000####")),
            (h("批号|lot_no|CHARG|批号"), codes(random, n, if v.is_multiple_of(2) { "~" } else { "~-##" })),
            (h("生产日期|produced_on|HSDAT|生产日期"), days(random, n)),
            (h("有效期至|expires_on|VFDAT|有效期至"), value::values(random, n, |r| value::day(r, 2025, 2027))),
            (h("库位|bin|LGPLA|货位号"), codes(random, n, "@-##-##-#")),
            (h("库存数量|on_hand|CLABS|结存数量"), numbers(random, n, 0, 8000, 0)),
            (h("冻结数量|blocked|CSPEM|冻结"), numbers(random, n, 0, 20, 0)),
            (h("托盘码(SSCC)|sscc|EXIDV|追溯码"), codes(random, n, if v == 3 { "8#1#################" } else { "00690#############" })),
        ],
    );
    written(table, v)
}

/// Where parcels were scanned; nobody is named.
pub(super) fn tracking(random: &mut Random, v: u64) -> Table {
    let n = 120;
    let h = |s| head(v, s);
    let city = value::values(random, n, |r| format!("{}转运中心", place(r).1.trim_end_matches('市')));
    let table = Table::new(h("物流轨迹|tracking_events|WLGJ|scan_log"))
        .column(h("运单号|tracking_no|YDH|mailNo"), NONE, codes(random, n, ["SF1############", "1Z@@@###0#########", "7731###########", "JT################"][v as usize % 4]))
        .column_that_may(h("扫描网点|facility|SMWD|siteName"), NONE, &["logistics.route"], city)
        .column_that_may(h("扫描类型|event|SMLX|scanType"), NONE, &["logistics.route"], some(random, n, &["收件", "发件", "到件", "派件", "签收"]))
        .column_that_may(h("扫描时间|event_time|SMSJ|scanTime"), NONE, &["logistics.route"], times(random, n))
        .column(h("重量|weight_kg|ZL|weight"), NONE, numbers(random, n, 0, 20, 2))
        .may(&["logistics.route"]);
    written(table, v + 2)
}

/// Lines of receipts.
pub(super) fn receipts(random: &mut Random, v: u64) -> Table {
    let n = 120;
    let h = |s| head(v, s);
    let sale = &["retail.order"];
    let table = Table::new(h("POS销售流水|pos_sales_lines|XSLS|till_receipts|hourly_sales"))
        .column_that_may(h("小票号|receipt_no|XPH|receiptNo|RCPT"), NONE, sale, codes(random, n, "~00##0####"))
        .column_that_may(h("门店|store|MD|storeCode|STORE"), NONE, sale, codes(random, n, "SH0##"))
        .column_that_may(h("收银台|till|SYT|till|POS"), NONE, sale, codes(random, n, "0#"))
        .column_that_may(h("条码|barcode|TM|ean|EAN"), NONE, sale, value::values(random, n, value::ean13))
        .column_that_may(h("商品|item|SP|itemName|ITEM"), NONE, sale, goods(random, n))
        .column_that_may(h("数量|quantity|SL|qty|QTY"), NONE, sale, numbers(random, n, 1, 6, 0))
        .column_that_may(h("金额|amount|JE|amount|AMT"), NONE, &["retail.order", "finance.transaction"], numbers(random, n, 2, 600, 2))
        .column_that_may(h("交易时间|sold_at|JYSJ|soldAt|TS"), NONE, sale, times(random, n))
        .may(&["retail.order", "finance.transaction"]);
    if v == 4 { unnamed(table) } else { written(table, v) }
}

/// Vouchers of the general ledger.
pub(super) fn vouchers(random: &mut Random, v: u64) -> Table {
    let n = 96;
    let h = |s| head(v, s);
    let table = plain(
        h("记账凭证|GL_accvouch|BSEG|voucher_lines"),
        vec![
            (h("凭证号|ino_id|BELNR|voucher_no"), codes(random, n, ["记-####", "####", "19########", "JV~###"][v as usize % 4])),
            (h("会计期间|iperiod|MONAT|period"), some(random, n, &["202401", "202402", "202403", "202404"])),
            (h("科目编码|ccode|HKONT|account_code"), some(random, n, &["100201", "112201", "22210101", "6001", "660205", "1403"])),
            (h("科目名称|ccode_name|TXT50|account_name"), some(random, n, &["银行存款-工行", "应收账款", "应交税费-应交增值税-进项", "主营业务收入", "管理费用-办公费", "原材料"])),
            (h("摘要|cdigest|SGTXT|summary"), some(random, n, &["支付5月房租", "计提折旧", "收货款", "结转成本", "采购办公用品"])),
            (h("借方金额|md|DMBTR|debit"), numbers(random, n, 0, 500_000, 2)),
            (h("贷方金额|mc|WRBTR|credit"), numbers(random, n, 0, 500_000, 2)),
            (h("制单日期|dbill_date|BUDAT|posted_on"), days(random, n)),
        ],
    )
    .may(&["finance.transaction"]);
    written(table, v + 3)
}

/// Tenders, contracts and projects.
pub(super) fn projects(random: &mut Random, v: u64) -> Table {
    let n = 58 + 6 * v as usize;
    let h = |s| head(v, s);
    let table = plain(
        h("招标公告|contract_ledger|XMTZ|project_master"),
        vec![
            (h("项目编号|contract_no|XMBH|project_code"), codes(random, n, ["ZB~-###", "HT-2024-####", "2405-440305-04-01-######", "P.0####.##"][v as usize % 4])),
            (h("项目名称|title|XMMC|project_name"), some(random, n, &["城东污水处理厂扩建工程", "智慧园区平台软件采购", "110kV变电站改造", "新能源汽车零部件二期", "老旧小区加装电梯"])),
            (h("采购单位|party_a|JSDW|owner_org"), firms(random, n)),
            (h("中标单位|party_b|ZBDW|contractor"), firms(random, n)),
            (h("预算金额(万元)|amount|TZE|budget"), numbers(random, n, 20, 90_000, 2)),
            (h("公告日期|signed_on|LXRQ|approved_on"), days(random, n)),
            (h("状态|status|ZT|phase"), some(random, n, &["已中标", "履行中", "终止", "公示"])),
        ],
    );
    written(table, v)
}

/// Prices of parts, hours, ways and energy.
pub(super) fn tariffs(random: &mut Random, v: u64) -> Table {
    let n = 52;
    let h = |s| head(v, s);
    let table = plain(
        h("工时价目表|freight_rates|电价表|医疗服务价格"),
        vec![
            (h("项目代码|lane_code|时段编码|医疗项目编码"), codes(random, n, if v == 3 { "0012040000#-#" } else { "@##-###" })),
            (h("项目名称|lane|时段|项目名称"), if v == 3 { some(random, n, &["静脉采血", "彩色多普勒超声常规检查", "普通门诊诊查费", "血常规"]) } else { some(random, n, [&["更换前制动片", "四轮定位", "更换变速箱油"][..], &["上海-成都 整车", "广州-郑州 零担"], &["尖峰", "高峰", "低谷"]][v as usize % 3]) }),
            (h("标准工时|transit_days|起始时间|计价单位"), some(random, n, [&["0.5", "1.2", "2"][..], &["2", "3", "5"], &["08:00", "11:00", "22:00"], &["次", "项", "每部位"]][v as usize % 4])),
            (h("单价(元)|rate|电价(元/kWh)|价格(元)"), numbers(random, n, 0, 900, 4)),
            (h("生效日期|valid_from|执行日期|执行日期"), days(random, n)),
        ],
    );
    written(table, v + 1)
}

/// Models of vehicles, and ranges of those that are called back.
pub(super) fn models(random: &mut Random, v: u64) -> Table {
    let n = 60;
    let h = |s| head(v, s);
    let recall = v == 3;
    let mut table = plain(
        h("车型配置库|vehicle_models|公告目录|recall_ranges"),
        vec![
            (h("公告型号|model_code|车辆型号|model_code"), codes(random, n, ["SVW####@@@", "M###@#", "BYD#######BEV#", "LFV####@"][v as usize % 4])),
            (h("车型名称|model_name|产品名称|model_name"), some(random, n, CARS)),
            (h("发动机型号|engine_type|发动机型号|engine_type"), some(random, n, &["EA888-DPL", "BYD472QA", "TZ200XSE0", "HR16"])),
            (h("排量(mL)|displacement|排量|displacement"), some(random, n, &["1984", "1498", "0", "1598"])),
            (h("整备质量(kg)|kerb_mass|整备质量|kerb_mass"), numbers(random, n, 1050, 2650, 0)),
            (h("轴距(mm)|wheelbase|轴距|wheelbase"), numbers(random, n, 2450, 3100, 0)),
            (h("指导价(万元)|msrp|批次|affected"), numbers(random, n, 5, 68, 2)),
        ],
    );
    if recall {
        table = table.column_that_may("vin_from", NONE, VIN, value::values(random, n, super::people::vin)).column_that_may("vin_to", NONE, VIN, value::values(random, n, super::people::vin));
    }
    written(table.may(if recall { VIN } else { NONE }), v)
}

/// Devices in stock, sold to nobody yet.
pub(super) fn device_stock(random: &mut Random, v: u64) -> Table {
    let n = 66;
    let h = |s| head(v, s);
    let (imei, iccid) = (value::values(random, n, value::imei), value::values(random, n, value::iccid));
    let table = Table::new(h("终端库存|sim_stock|模组入库|router_stock"))
        .column(h("箱号|carton|箱号|carton_no"), NONE, codes(random, n, "CT~##"))
        .column_that_may(h("IMEI|imei|串号|IMEI1"), NONE, DEVICE, if v == 1 { damage::scientific(imei) } else { imei })
        .column_that_may(h("ICCID|iccid|SIM卡号|ICCID"), NONE, DEVICE, if v == 1 { damage::scientific(iccid) } else { iccid })
        .column_that_may(h("MAC|mac|MAC地址|MAC_ADDR"), NONE, DEVICE, value::values(random, n, |r| (0..6).map(|_| value::hex(r, 2).to_uppercase()).collect::<Vec<_>>().join(":")))
        .column(h("型号|model|型号|MODEL"), NONE, some(random, n, &["EC20-CE", "AX3 Pro", "MF833V", "TB-4G-210"]))
        .column(h("SN|serial_number|序列号|SN"), NONE, codes(random, n, "21023@@@##@#########"))
        .column(h("入库日期|received_on|入库日期|IN_DATE"), NONE, days(random, n))
        .may(DEVICE);
    written(table, v)
}

/// Fixed assets and what production tested.
pub(super) fn production(random: &mut Random, v: u64) -> Table {
    let n = 88;
    let h = |s| head(v, s);
    let table = plain(
        h("下线检测记录|eol_test|固定资产卡片|mes_trace|工序报工"),
        vec![
            (h("产品序列号|product_sn|资产编号|serial_no|工单号"), codes(random, n, ["PN24@@#######", "0#@@########", "GZ-2021-####", "13#########", "1000########"][v as usize % 5])),
            (h("工位|station|资产名称|op_code|工序"), some(random, n, [&["OP10", "OP120", "气密测试台"][..], &["OP210", "EOL-2"], &["空压机", "数控车床", "行车"], &["OP30", "OP40"], &["装配", "焊接", "喷涂"]][v as usize % 5])),
            (h("测试项|test_item|规格型号|parameter|班次"), some(random, n, [&["气密泄漏量", "扭矩", "绝缘电阻"][..], &["torque_nm", "leak_ccm"], &["GA37VSD", "CK6150", "QD20/5T"], &["torque", "angle"], &["白班", "夜班"]][v as usize % 5])),
            (h("实测值|value|原值|value|合格数"), numbers(random, n, 0, 600, 3)),
            (h("下限|low|净值|lsl|不良数"), numbers(random, n, 0, 3, 1)),
            (h("上限|high|使用年限|usl|报废数"), numbers(random, n, 5, 12, 1)),
            (h("判定|verdict|状态|result|状态"), some(random, n, &["OK", "OK", "OK", "NG"])),
            (h("时间|tested_at|启用日期|ts|报工时间"), times(random, n)),
        ],
    );
    if v == 2 { unnamed(table) } else { written(table, v + 2) }
}
