//! Shops: members, orders of platforms and of shop software, after-sales, short messages.

use super::draft::{ACCOUNT, BORN, HOME, IP, MAIL, MOBILE, NAME, NONE, head, meaningless, of, per, rows_of, shifted, some, unnamed, written};
use super::people::{address, foreigner, people, place};
use super::words::GOODS;
use crate::benchmark::{Form, Table, damage, value};
use exportscan::demo::Random;

/// Members of a chain.
pub(super) fn members(random: &mut Random, v: u64) -> Table {
    let n = 76 + 9 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let member = &["retail.member"];
    let mobile = match v {
        1 => damage::masked(3, 4, of(&p, |p| &p.mobile)),
        3 => of(&p, |p| &p.hash).iter().map(|hash| hash[..32].to_owned()).collect(),
        5 => damage::scientific(of(&p, |p| &p.mobile)),
        _ => of(&p, |p| &p.mobile),
    };
    let mobile_class = if v == 5 { NONE } else { MOBILE };
    let table = Table::new(h("会员资料|member_profile|HYXX|crm_member_hash|vip_list|会员档案"))
        .column(h("会员卡号|member_no|HYKH|memberNo|VIP_CARD|卡号"), ACCOUNT, per(&p, |p| format!("VIP{}", p.account)))
        .column(h("会员姓名|member_name|HYXM|memberName|VIP_NAME|姓名"), NAME, of(&p, |p| &p.name))
        .column_that_may(h("手机号码|mobile|SJHM|mobileMd5|VIP_TEL|手机"), mobile_class, MOBILE, mobile)
        .column(h("会员生日|birthday|HYSR|birthday|VIP_BIRTH|生日"), BORN, of(&p, |p| &p.born))
        .column_that_may(h("会员等级|level|HYDJ|memberLevel|VIP_GRADE|等级"), NONE, member, some(random, n, &["普卡", "银卡", "金卡", "钻石"]))
        .column_that_may(h("可用积分|points|KYJF|availablePoints|VIP_POINTS|积分"), NONE, member, value::values(random, n, |r| value::integer(r, 0, 38_000)))
        .column_that_may(h("储值余额|balance|CZYE|balance|VIP_BALANCE|余额"), NONE, member, value::values(random, n, |r| value::decimal(r, 0, 5000, 2)))
        .column_that_may(h("累计消费(元)|total_spent|LJXF|totalSpent|VIP_AMT|消费额"), NONE, member, value::values(random, n, |r| value::decimal(r, 0, 90_000, 2)))
        .column_that_may(h("入会日期|joined_on|RHRQ|joinDate|VIP_DATE|入会"), NONE, member, value::values(random, n, |r| value::day(r, 2016, 2024)))
        .column_that_may(h("所在城市|city|SZCS|city|VIP_CITY|城市"), NONE, HOME, value::values(random, n, |r| place(r).1.to_owned()))
        .records(member)
        .subjects(n);
    match v {
        4 => unnamed(table),
        _ => written(table, v),
    }
}

/// Orders of Chinese platforms as merchants download them.
pub(super) fn platform_orders(random: &mut Random, v: u64) -> Table {
    let n = 80 + 6 * v as usize;
    let p = people(random, n);
    let goods: Vec<_> = (0..n).map(|_| random.pick(GOODS)).collect();
    let h = |s| head(v, s);
    let order = &["retail.order"];
    let masked = v == 1;
    let hide = |front, back, cells| if masked { damage::masked(front, back, cells) } else { cells };
    let (name, mobile, home) = (hide(1, 0, of(&p, |p| &p.name)), hide(3, 4, of(&p, |p| &p.mobile)), hide(9, 0, of(&p, |p| &p.address)));
    let mut table = Table::new(h("ExportOrderList|订单列表_商家后台|t_trade_order|jd_orders|订单明细|Sheet1"))
        .column_that_may(h("订单编号|主订单编号|tid|jdOrderId|订单号|订单编号"), NONE, order, value::values(random, n, |r| format!("2{}", r.digits(18))))
        .column_that_may(h("买家会员名|买家昵称|buyer_nick|pin|用户昵称|买家会员名"), NONE, &["account.user", "account.im", "person.name"], per(&p, |p| format!("tb{}_{}", &p.account[..5], &p.hash[..3])))
        .column_that_may(h("收货人姓名|收件人|receiver_name|consignee|收货人|收货人姓名"), NAME, NONE, name)
        .column(h("联系手机|收件人手机号|receiver_mobile|phone|手机|联系手机"), MOBILE, mobile)
        .column_that_may(h("收货地址|收件地址|receiver_address|fullAddress|详细地址|收货地址"), if masked { NONE } else { HOME }, HOME, home)
        .column_that_may(h("宝贝标题|商品名称|title|skuName|商品|宝贝标题"), NONE, order, per(&goods, |g| g.0.to_owned()))
        .column_that_may(h("宝贝数量|商品数量|num|itemTotal|数量|宝贝数量"), NONE, order, value::values(random, n, |r| value::integer(r, 1, 3)))
        .column_that_may(h("买家实际支付金额|实付款(元)|payment|orderPayment|实付|买家实际支付金额"), NONE, order, per(&goods, |g| format!("{}.00", g.1)))
        .column_that_may(h("订单状态|订单状态|status|orderState|状态|订单状态"), NONE, order, some(random, n, &["交易成功", "卖家已发货", "等待买家付款", "交易关闭"]))
        .column_that_may(h("订单付款时间|支付时间|pay_time|paymentConfirmTime|付款时间|订单付款时间"), NONE, order, value::values(random, n, |r| value::time(r, 2024, 2024)))
        .column_that_may(h("物流单号|快递单号|sid|waybill|运单|物流单号"), NONE, order, value::values(random, n, |r| format!("YT{}", r.digits(13))))
        .records(order);
    table.subjects = (!masked).then_some(n as u64);
    match v {
        5 => written(shifted(table), 4),
        _ => written(table, v + 1),
    }
}

/// Orders of Shopify, Magento and others, of customers anywhere.
pub(super) fn shop_software(random: &mut Random, v: u64) -> Table {
    let n = 60 + 10 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let order = &["retail.order"];
    let abroad = ["12 Rue Oberkampf, 75011 Paris", "48 Elm Street, Springfield, IL 62704", "Lindenstr. 7, 10969 Berlin", "5-2-1 Minami-Aoyama, Minato-ku, Tokyo", "Unit 4, 220 Queen St W, Toronto ON"];
    let home = per(&p, |p| if random.one_in(2) { p.address.clone() } else { random.pick(&abroad).to_owned() });
    let buyer = per(&p, |p| if random.one_in(2) { p.latin.clone() } else { foreigner(random) });
    let table = Table::new(h("orders_export_1|sales_order|wc-orders|shopify_orders_json|Order Report"))
        .column_that_may(h("Name|increment_id|order_number|order.name|Order #"), NONE, order, value::serial(["#", "0000", "", "#", "PO-"][v as usize % 5], 1044, 4, n))
        .column(h("Email|customer_email|billing_email|order.customer.email|Customer Email"), MAIL, of(&p, |p| &p.mail))
        .column_that_may(h("Financial Status|status|status|order.financial_status|State"), NONE, order, some(random, n, &["paid", "refunded", "pending"]))
        .column_that_may(h("Currency|order_currency_code|currency|order.currency|Cur."), NONE, order, some(random, n, &["CNY", "USD", "EUR"]))
        .column_that_may(h("Total|grand_total|order_total|order.total_price|Grand Total"), NONE, order, value::values(random, n, |r| value::decimal(r, 9, 480, 2)))
        .column_that_may(
            h("Lineitem name|item_name|line_item_1|order.line_items.0.title|Item"), NONE, order,
            some(random, n, &["Linen Shirt - M / White", "Ceramic Mug 350 ml", "Trail Socks (3 pack)", "USB-C Hub 7-in-1"]),
        )
        .column_that_may(
            h("Lineitem sku|sku|sku_1|order.line_items.0.sku|SKU"), NONE, order,
            value::values(random, n, |r| format!("{}-{}-{}", r.string(b"ABCDEFGH", 3), r.digits(4), r.pick(&["S", "M", "L"]))),
        )
        .column(h("Shipping Name|ship_name|shipping_name|order.shipping_address.name|Ship-to Name"), NAME, buyer)
        .column(h("Shipping Street|ship_street|shipping_address_1|order.shipping_address.address1|Ship-to Address"), HOME, home)
        .column_that_may(h("Shipping Phone|ship_telephone|billing_phone|order.shipping_address.phone|Phone"), MOBILE, NONE, damage::prefixed("+86", of(&p, |p| &p.mobile)))
        .column(
            h("Browser IP|remote_ip|customer_ip_address|order.browser_ip|IP"), IP,
            value::values(random, n, |r| format!("{}.{}.{}.{}", r.pick(&["36", "58", "112", "183", "220"]), r.below(256), r.below(256), r.between(1, 254))),
        )
        .column_that_may(h("Created at|created_at|order_date|order.created_at|Date"), NONE, order, value::values(random, n, |r| format!("{} +0800", value::time(r, 2024, 2024))))
        .records(order)
        .subjects(n);
    match v {
        4 => written(table, 2),
        _ => written(table, v),
    }
}

/// Tickets of a service desk, in words.
pub(super) fn tickets(random: &mut Random, v: u64) -> Table {
    let n = 52 + 8 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let text = per(&p, |p| {
        let (thing, shop) = (random.pick(GOODS).0, random.pick(&["旗舰店", "门店", "小程序"]));
        match random.below(4) {
            0 => format!("顾客{}反映在{shop}购买的{thing}有质量问题，要求退货，请回电{}。", p.name, p.mobile),
            1 => format!("您好，我买的{thing}还没发货，我的手机是{}，麻烦查一下", p.mobile),
            2 => format!("【换货】{thing}尺码不合适 寄回地址:{} 电话{}", p.address, p.mobile),
            _ => format!("{}（{}）投诉{shop}客服态度差，已安抚，补偿20元券", p.name, p.mobile),
        }
    });
    let table = Table::new(h("客诉工单|support_tickets|服务记录|TICKET_CONTENT"))
        .column(h("工单编号|ticket_id|编号|TICKET_NO"), NONE, value::serial("WO", 240_611_001, 9, n))
        .column(h("渠道|channel|来源|CHANNEL"), NONE, some(random, n, &["电话", "微信", "抖音", "邮件"]))
        .column_that_may(h("问题描述|description|内容|CONTENT"), MOBILE, &["person.name", "contact.address"], text)
        .column(h("处理结果|resolution|处理|RESULT"), NONE, some(random, n, &["已退款", "已换货", "处理中", "无效工单"]))
        .column(h("受理人|agent|客服|AGENT"), NAME, value::values(random, n, |r| people(r, 1)[0].name.clone()))
        .column(h("创建时间|created_at|时间|CREATE_TIME"), NONE, value::values(random, n, |r| value::time(r, 2024, 2024)))
        .subjects(n);
    match v {
        2 => written(meaningless(table, |at| format!("Unnamed: {at}")), 0),
        _ => written(table, v),
    }
}

/// Short messages that were sent.
pub(super) fn messages(random: &mut Random, v: u64) -> Table {
    let n = 90;
    let p = people(random, n);
    let h = |s| head(v, s);
    let text = per(&p, |p| match random.below(3) {
        0 => format!("【鲜果时光】尊敬的{}{}，您的会员积分即将过期，回T退订", &p.name.chars().take(1).collect::<String>(), if p.sex == "男" { "先生" } else { "女士" }),
        1 => format!("【菜鸟驿站】您的包裹已到{}，取件码{}-{}", p.place.2, random.between(1, 20), random.digits(4)),
        _ => format!("您的验证码是{}，5分钟内有效，请勿泄露。", random.digits(6)),
    });
    let table = Table::new(h("短信发送记录|sms_log|DXFS"))
        .column(h("消息ID|msg_id|XXID"), NONE, value::values(random, n, value::uuid))
        .column(h("接收号码|phone_number|JSHM"), MOBILE, if v == 1 { damage::prefixed("+86-", of(&p, |p| &p.mobile)) } else { of(&p, |p| &p.mobile) })
        .column_that_may(h("短信内容|content|DXNR"), NONE, NAME, text)
        .column(h("发送时间|sent_at|FSSJ"), NONE, value::values(random, n, |r| value::time(r, 2024, 2024)))
        .column(h("状态报告|status|ZTBG"), NONE, some(random, n, &["DELIVRD", "DELIVRD", "UNDELIV", "MK:0001"]))
        .subjects(n);
    written(table, v)
}

/// Participants of a lottery or a survey, as a form on the web collects them.
pub(super) fn forms(random: &mut Random, v: u64) -> Table {
    let n = 58 + 7 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let blanks = |cells: Vec<String>| cells.into_iter().map(|cell| format!(" {cell} ")).collect::<Vec<_>>();
    let table = Table::new(h("问卷收集结果|活动报名表|wj_export|参与者信息"))
        .column(h("序号|提交序号|seq|NO"), NONE, value::serial("", 1, 1, n))
        .column(h("提交答卷时间|提交时间|submit_time|时间戳"), NONE, value::values(random, n, |r| value::time(r, 2024, 2024).replace('-', "/")))
        .column(h("1、您的姓名：|姓名（必填）|q1|Q1_您的姓名"), NAME, if v == 3 { blanks(of(&p, |p| &p.name)) } else { of(&p, |p| &p.name) })
        .column(h("2、您的手机号码：|联系电话（必填）|q2|Q2_手机号"), MOBILE, if v == 3 { blanks(of(&p, |p| &p.mobile)) } else { damage::mixed_with(random, 15, &["不方便透露", "同微信"], of(&p, |p| &p.mobile)) })
        .column_that_may(
            h("3、您的微信号：|微信号|q3|Q3_微信"), if v == 2 { NONE } else { &["account.im"] }, &["account.im", "account.user"],
            per(&p, |p| if random.one_in(2) { format!("wxid_{}", &p.hash[..14]) } else { format!("{}{}", p.latin.to_lowercase().replace(' ', "_"), &p.account[..3]) }),
        )
        .column(h("4、收货地址（省市区+详细地址）|邮寄地址|q4|Q4_地址"), HOME, value::values(random, n, |r| { let at = place(r); address(r, at) }))
        .column(h("5、您对本次活动的满意度|满意度|q5|Q5_满意度"), NONE, some(random, n, &["非常满意", "满意", "一般"]))
        .column_that_may(h("来自IP|IP|ip|来源IP"), IP, NONE, value::values(random, n, |r| format!("{}.{}.{}.{}", r.pick(&["39", "117", "171", "222"]), r.below(256), r.below(256), r.between(1, 254))));
    // Some write no number; whose WeChat id stays alone is still one person, and nobody knows whether the header says so.
    let table = if v == 3 { table.subjects(n) } else { table };
    match v {
        2 => table.form(Form::Parquet),
        _ => written(table, v),
    }
}

/// Reviews and the accounts that wrote them.
pub(super) fn reviews(random: &mut Random, v: u64) -> Table {
    let n = 84;
    let all = people(random, 46);
    let p = rows_of(random, n, &all);
    let h = |s| head(v, s);
    let table = Table::new(h("商品评价|product_reviews|PJSJ"))
        .column(h("评价ID|review_id|PJID"), NONE, value::values(random, n, value::snowflake))
        .column(h("用户ID|user_id|YHID"), ACCOUNT, of(&p, |p| &p.account))
        .column_that_may(h("昵称|nickname|NC"), NONE, &["account.user", "person.name", "account.im"], some(random, n, &["快乐小熊", "j***8", "匿名用户", "阿杰爱吃瓜", "t**y", "momo"]))
        .column(h("评分|rating|PF"), NONE, value::values(random, n, |r| value::integer(r, 1, 5)))
        .column_that_may(h("评价内容|content|PJNR"), NONE, &["training.corpus"], some(random, n, &["物流很快，包装完好，推荐购买！", "颜色和图片不太一样，一般般吧。", "第二次回购了，孩子很喜欢。", "客服回复慢，差评", "性价比高"]))
        .column(h("商品ID|sku_id|SPID"), NONE, value::values(random, n, |r| format!("10{}", r.digits(10))))
        .column(h("评价时间|created_at|PJSJ"), NONE, value::values(random, n, |r| value::time(r, 2024, 2024)))
        .subjects(all.len());
    written(table, v + 2)
}
