//! Sentences, and cells that hold more than one thing.

use super::people::{self, Person, people};
use super::sheet::{Sheet, amounts, codes, days, each, integers, picks, rows, texts, times};
use super::words::{CARS, GOODS, PLACES};
use crate::benchmark::{Generator, Table, style::Style, value};
use exportscan::demo::Random;

/// Tables with text in them.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("tickets", 5, tickets),
        ("remarks", 5, remarks),
        ("service_chats", 4, service_chats),
        ("messages", 4, messages),
        ("address_blobs", 5, address_blobs),
        ("json_cells", 4, json_cells),
        ("operation_log", 4, operation_log),
        ("police_notes", 3, police_notes),
        ("one_column", 4, one_column),
        ("harmless_remarks", 5, harmless_remarks),
        ("harmless_news", 3, harmless_news),
    ]
}

/// Complaints that tell who and where.
fn tickets(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let tell = |r: &mut Random, p: &Person| match r.below(3) {
        0 => format!("{}来电，手机{}，反映{}车机频繁黑屏，要求回电", p.name, p.mobile, r.pick(CARS)),
        1 => format!("客户{}（电话：{}）投诉{}快递破损，要求赔偿", p.name, p.mobile, r.pick(GOODS).0),
        _ => format!("用户手机号{}，称充电桩扣费后未启动，姓名{}", p.mobile, p.name),
    };
    let told = people.iter().map(|p| tell(random, p)).collect();
    Sheet::new(variant, "客服工单")
        .col("", "工单编号|ticket_no|GDBH", codes(random, n, "TS2024", 8))
        .col("", "分类|category|FL", picks(random, n, &["投诉", "咨询", "报修", "建议"]))
        .col("contact.mobile ?person.name", "问题描述|description|WTMS", told)
        .col("", "处理状态|state|CLZT", picks(random, n, &["已关闭", "处理中"]))
        .col("", "创建时间|created_at|CJSJ", times(random, n, 2024, 2024))
        .subjects(n)
        .done()
}

/// Orders whose remark sometimes holds a number.
fn remarks(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let note = |r: &mut Random| match r.below(5) {
        0 => format!("送到后打{}", value::mobile(r)),
        1 => format!("身份证{}已核验", value::resident_id(r)),
        2 => "放门口快递柜即可".to_owned(),
        3 => "请尽快发货，谢谢".to_owned(),
        _ => String::new(),
    };
    Sheet::new(variant, "订单备注")
        .col("", "订单号|order_no|DDH", codes(random, n, "2024", 12))
        .col("", "金额|amount|JE", amounts(random, n, 9, 3000))
        .col("contact.mobile identity.resident_id", "买家备注|buyer_memo|MJBZ", texts(random, n, note))
        .col("", "下单日期|order_date|XDRQ", days(random, n, 2024, 2024))
        .may(&["retail.order"])
        .done()
}

/// What clients and agents wrote.
fn service_chats(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let line = |r: &mut Random| match r.below(6) {
        0 => format!("我的手机号是{}，麻烦查一下订单", value::mobile(r)),
        1 => "您好，请问有什么可以帮您？".to_owned(),
        2 => format!("收货地址改成{}", {
            let p = r.pick(PLACES);
            people::address(r, p)
        }),
        3 => format!("我叫{}，身份证号{}", people::name(r), value::resident_id(r)),
        4 => "好的，已为您登记，请耐心等待".to_owned(),
        _ => format!("邮箱{}@163.com也可以联系我", people::letters(r)),
    };
    Sheet::new(variant, "在线客服聊天记录")
        .col("", "会话编号|session_no|HHBH", codes(random, n, "S", 10))
        .col("", "发送方|sender_type|FSF", picks(random, n, &["客户", "坐席"]))
        .col(
            "contact.mobile identity.resident_id ?contact.email ?contact.address ?person.name",
            "消息内容|message|XXNR",
            texts(random, n, line),
        )
        .col("", "发送时间|sent_at|FSSJ", times(random, n, 2024, 2024))
        .may(&["training.corpus"])
        .done()
}

/// Short messages with whom they went to.
fn messages(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let tell = |r: &mut Random, p: &Person| match r.below(3) {
        0 => format!("【出行】您的验证码是{}，5分钟内有效", r.digits(6)),
        1 => format!("【银行】尊敬的{}，您尾号{}的卡消费{}元", p.name, r.digits(4), r.between(5, 900)),
        _ => format!("【充电】{}您好，您的车辆{}已充满", p.name, people::plate(r)),
    };
    let told = people.iter().map(|p| tell(random, p)).collect();
    Sheet::new(variant, "短信发送记录")
        .col("contact.mobile", "接收号码|to_number|JSHM", each(&people, |p| p.mobile.clone()))
        .col("?person.name ?vehicle.plate", "短信内容|sms_content|DXNR", told)
        .col("", "通道|gateway|TD", picks(random, n, &["阿里云", "腾讯云", "移动梦网"]))
        .col("", "状态报告|report|ZTBG", picks(random, n, &["DELIVRD", "DELIVRD", "UNDELIV"]))
        .col("", "发送时间|sent_at|FSSJ", times(random, n, 2024, 2024))
        .subjects(n)
        .done()
}

/// Name, telephone and address in one cell.
fn address_blobs(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let join = |p: &Person| match variant % 3 {
        0 => format!("{} {} {}", p.name, p.mobile, p.address),
        1 => format!("{}，{}，{}", p.address, p.name, p.mobile),
        _ => format!("收货人：{} 手机：{} 地址：{}", p.name, p.mobile, p.address),
    };
    Sheet::new(variant, "代发货清单")
        .col("", "序号|no|XH", value::serial("", 1, 1, n))
        .col("contact.mobile ?person.name ?contact.address", "收货信息|receiver_info|SHXX", each(&people, join))
        .col("", "货品|item|HP", texts(random, n, |r| r.pick(GOODS).0.to_owned()))
        .col("", "件数|pieces|JS", integers(random, n, 1, 12))
        .may(&["retail.order"])
        .subjects(n)
        .done()
}

/// Objects as text in a cell.
fn json_cells(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let object = |p: &Person| match variant % 2 {
        0 => format!(r#"{{"name":"{}","idCard":"{}","mobile":"{}"}}"#, p.name, p.id, p.mobile),
        _ => format!("name={}&id_no={}&phone={}&city={}", p.name, p.id, p.mobile, p.place.city),
    };
    Sheet::styled(variant, [Style::Snake, Style::Camel, Style::Chinese, Style::Upper][variant as usize % 4], "api_log")
        .col("", "请求ID|request_id|QQID", texts(random, n, value::uuid))
        .col("", "接口|api_path|JK", picks(random, n, &["/v1/auth/verify", "/v1/member/add", "/v2/order/create"]))
        .col("identity.resident_id contact.mobile ?person.name", "请求参数|request_body|QQCS", each(&people, object))
        .col("", "返回码|ret_code|FHM", picks(random, n, &["200", "200", "400", "500"]))
        .col("", "耗时|cost_ms|HS", integers(random, n, 2, 900))
        .subjects(n)
        .done_with_header()
}

/// What clerks did to whose records.
fn operation_log(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let did = |r: &mut Random| match r.below(4) {
        0 => format!("修改用户手机号：{} -> {}", value::mobile(r), value::mobile(r)),
        1 => format!("导出车主信息，车牌{}", people::plate(r)),
        2 => format!("查询客户{}，证件号{}", people::name(r), value::resident_id(r)),
        _ => format!("车辆{}绑定成功", value::vin(r)),
    };
    Sheet::new(variant, "操作日志")
        .col("?account.user", "操作账号|operator|CZZH", picks(random, n, &["admin", "zhangli", "kefu01", "kefu02"]))
        .col("", "模块|module|MK", picks(random, n, &["会员", "车辆", "系统"]))
        .col(
            "contact.mobile identity.resident_id vehicle.plate vehicle.vin ?person.name",
            "操作内容|op_detail|CZNR",
            texts(random, n, did),
        )
        .col("?network.ip", "IP|ip|IP", texts(random, n, |r| format!("192.168.{}.{}", r.below(20), r.between(2, 254))))
        .col("", "操作时间|op_time|CZSJ", times(random, n, 2024, 2024))
        .may(&["network.ip"])
        .done()
}

/// Accounts of what happened, with identity numbers.
fn police_notes(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let tell = |r: &mut Random, p: &Person| {
        format!(
            "{}，{}，{}年生，公民身份号码{}，驾驶{}号车辆行经{}时违反禁令标志",
            p.name,
            p.sex,
            &p.birth[..4],
            p.id,
            people::plate(r),
            p.place.district
        )
    };
    let told = people.iter().map(|p| tell(random, p)).collect();
    Sheet::new(variant, "案件简要")
        .col("", "编号|case_no|BH", codes(random, n, "A3301", 12))
        .col("identity.resident_id vehicle.plate ?person.name", "简要情况|brief|JYQK", told)
        .col("", "处罚金额|fine|CFJE", picks(random, n, &["50", "100", "200"]))
        .subjects(n)
        .done()
}

/// A file of nothing but numbers.
fn one_column(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let sheet = Sheet::styled(variant, Style::None, "名单");
    let sheet = match variant % 4 {
        0 => sheet.col("contact.mobile", "c", value::distinct(random, n, value::mobile)),
        1 => sheet.col("identity.resident_id", "c", value::distinct(random, n, value::resident_id)),
        2 => sheet.col("vehicle.vin", "c", value::distinct(random, n, value::vin)),
        _ => sheet.col("vehicle.plate", "c", value::distinct(random, n, people::plate)),
    };
    sheet.subjects(n).done()
}

/// Remarks in which numbers are numbers.
fn harmless_remarks(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let note = |r: &mut Random| match r.below(6) {
        0 => format!("订单{}已合并发货", r.digits(18)),
        1 => format!("预算{}元，已审批", r.between(13_000_000_000, 18_900_000_000)),
        2 => "客户要求提供身份证复印件，尚未收到".to_owned(),
        3 => format!("型号{}替换为{}", r.digits(8), r.digits(8)),
        4 => "请在订单备注中填写手机号".to_owned(),
        _ => format!("版本号V{}.{}.{}", r.below(9), r.below(20), r.below(99)),
    };
    Sheet::new(variant + 2, "流程审批意见")
        .col("", "流程编号|process_no|LCBH", codes(random, n, "LC", 9))
        .col("", "节点|node|JD", picks(random, n, &["部门审批", "财务复核", "总经办"]))
        .col("", "审批意见|comment|SPYJ", texts(random, n, note))
        .col("", "审批时间|approved_at|SPSJ", times(random, n, 2024, 2024))
        .done()
}

/// News that name what detectors look for.
fn harmless_news(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let title = |r: &mut Random| {
        let city = r.pick(PLACES).city;
        match r.below(4) {
            0 => format!("{city}新增{}座公共充电站", r.between(3, 90)),
            1 => format!("{city}第一季度新能源汽车上牌{}辆", r.between(900, 40_000)),
            2 => format!("{city}医保目录新增{}种药品", r.between(3, 120)),
            _ => format!("{city}机场旅客吞吐量突破{}万人次", r.between(300, 7000)),
        }
    };
    Sheet::new(variant, "新闻稿件")
        .col("", "稿件ID|article_id|GJID", codes(random, n, "", 11))
        .col("", "标题|title|BT", texts(random, n, title))
        .col("", "频道|channel|PD", picks(random, n, &["财经", "汽车", "健康"]))
        .col("", "阅读量|reads|YDL", integers(random, n, 10, 900_000))
        .col("", "发布时间|published_at|FBSJ", times(random, n, 2024, 2024))
        .may(&["training.corpus"])
        .done()
}
