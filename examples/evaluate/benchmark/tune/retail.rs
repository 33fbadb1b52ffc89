//! Members, orders and what follows from them.

use super::people::{self, Person, people};
use super::sheet::{Sheet, amounts, codes, constant, days, each, every, integers, picks, rows, some, texts, times};
use super::words::{GOODS, PLACES};
use crate::benchmark::{Generator, Table, damage, value};
use exportscan::demo::Random;

/// Tables of this trade.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("members", 7, members),
        ("shop_orders", 7, shop_orders),
        ("order_lines", 5, order_lines),
        ("addresses", 5, addresses),
        ("coupons", 3, coupons),
        ("reviews", 4, reviews),
        ("refunds", 4, refunds),
        ("cross_border", 4, cross_border),
        ("shop_visits", 3, shop_visits),
        ("leads_wechat", 4, leads_wechat),
    ]
}

/// The members of a chain.
fn members(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let mobiles = each(&people, |p| p.mobile.clone());
    let mobiles = match variant {
        1 => damage::gaps(random, 15, mobiles),
        3 => damage::grouped(4, ' ', mobiles),
        _ => mobiles,
    };
    let sheet = Sheet::new(variant, "会员资料")
        .col("~account.user", "会员卡号|member_card_no|HYKH", value::serial("80", 16_620_015, 10, n))
        .col("person.name", "会员姓名|member_name|HYXM", each(&people, |p| p.name.clone()))
        .col("contact.mobile", "手机号|mobile|SJH", mobiles)
        .col("~person.birth_date", "生日|birthday|SR", each(&people, |p| p.birth.clone()))
        .col("", "会员等级|member_level|HYDJ", picks(random, n, &["普卡", "银卡", "金卡", "钻石卡"]))
        .col("", "积分余额|points|JFYE", integers(random, n, 0, 98_000))
        .col("contact.email", "电子邮箱|email|DZYX", damage::gaps(random, 3, each(&people, |p| p.email.clone())))
        .col(
            "",
            "入会门店|join_store|RHMD",
            texts(random, n, |r| {
                let p = r.pick(PLACES);
                format!("{}{}店", p.city, p.district)
            }),
        )
        .records(if variant == 6 { &[] } else { &["retail.member"] })
        .may(&["retail.member", "contact.address"]);
    if variant == 1 { sheet.done() } else { sheet.subjects(n).done() }
}

/// Orders with their receivers.
fn shop_orders(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n / 2);
    let who: Vec<Person> = every(random, n, &people);
    let bought: Vec<(&str, &str)> = some(random, n, GOODS);
    Sheet::new(variant, "订单导出")
        .col(
            "",
            "订单编号|order_sn|DDBH",
            texts(random, n, |r| format!("2024{:02}{:02}{}", r.between(1, 12), r.between(1, 28), r.digits(10))),
        )
        .col("person.name", "收货人|receiver_name|SHR", each(&who, |p| p.name.clone()))
        .col("contact.mobile", "收货手机|receiver_phone|SHSJ", each(&who, |p| p.mobile.clone()))
        .col("contact.address", "收货地址|receiver_address|SHDZ", each(&who, |p| p.address.clone()))
        .col("", "商品名称|product_name|SPMC", each(&bought, |g| g.0.to_owned()))
        .col("", "数量|quantity|SL", integers(random, n, 1, 5))
        .col("", "实付款|pay_amount|SFK", each(&bought, |g| g.1.to_owned()))
        .col("", "支付方式|pay_type|ZFFS", picks(random, n, &["支付宝", "微信", "银联", "货到付款"]))
        .col("", "下单时间|create_time|XDSJ", times(random, n, 2024, 2024))
        .records(if variant == 6 { &[] } else { &["retail.order"] })
        .may(&["retail.order"])
        .subjects(people.len())
        .done()
}

/// Lines of orders by user.
fn order_lines(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let users = codes(random, n / 3, "1", 8);
    let bought: Vec<(&str, &str)> = some(random, n, GOODS);
    Sheet::new(variant, "order_item")
        .col("", "订单号|order_id|DDH", value::values(random, n, value::snowflake))
        .col("~account.user", "买家ID|buyer_id|MJID", every(random, n, &users))
        .col("", "商品编码|sku_id|SPBM", codes(random, n, "1000", 8))
        .col("", "商品标题|sku_title|SPBT", each(&bought, |g| g.0.to_owned()))
        .col("", "单价|price|DJ", each(&bought, |g| g.1.to_owned()))
        .col("", "购买数量|num|GMSL", integers(random, n, 1, 9))
        .col("", "下单时间|order_time|XDSJ", times(random, n, 2024, 2024))
        .records(&["retail.order"])
        .may(&["retail.order"])
        .subjects_if_named(users.len())
        .done()
}

/// The addresses that users keep, in parts.
fn addresses(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let detail = |p: &Person| {
        p.address.replacen(p.place.province, "", 1).replacen(p.place.city, "", 1).replacen(p.place.district, "", 1)
    };
    Sheet::new(variant, "用户收货地址")
        .col("", "ID|id|ID", value::serial("", 5001, 1, n))
        .col("person.name", "联系人|consignee|LXR", each(&people, |p| p.name.clone()))
        .col("contact.mobile", "联系方式|telephone|LXFS", each(&people, |p| p.mobile.clone()))
        .col("?contact.address", "省|province|S", each(&people, |p| p.place.province.to_owned()))
        .col("?contact.address", "市|city|SHI", each(&people, |p| p.place.city.to_owned()))
        .col("?contact.address", "区|district|Q", each(&people, |p| p.place.district.to_owned()))
        .col("contact.address", "详细地址|detail_address|XXDZ", each(&people, detail))
        .col("", "邮编|zip_code|YB", each(&people, |p| p.place.area.to_owned()))
        .col("", "是否默认|is_default|SFMR", picks(random, n, &["0", "1"]))
        .subjects(n)
        .done()
}

/// Coupons and who got them.
fn coupons(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let mobiles = value::distinct(random, n, value::mobile);
    Sheet::new(variant, "优惠券发放")
        .col("", "券码|coupon_code|QM", texts(random, n, |r| r.string(b"ABCDEFGHJKMNPQRSTUVWXYZ23456789", 12)))
        .col("", "券名称|coupon_name|QMC", picks(random, n, &["满100减20", "新人专享8折", "生日礼券50元", "运费券"]))
        .col("contact.mobile", "领取手机号|receive_mobile|LQSJH", mobiles)
        .col("", "领取时间|received_at|LQSJ", times(random, n, 2024, 2024))
        .col("", "状态|status|ZT", picks(random, n, &["未使用", "已使用", "已过期"]))
        .may(&["retail.member"])
        .subjects(n)
        .done()
}

/// What buyers wrote about goods.
fn reviews(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let written = [
        "质量很好，发货很快，五星好评",
        "尺码偏小，建议买大一码",
        "包装破损，客服处理态度还可以",
        "第二次购买了，一如既往地好",
        "颜色和图片有色差，一般般",
    ];
    let nick = |r: &mut Random| format!("{}***{}", r.string(b"abctjwx", 1), r.digits(1));
    Sheet::new(variant, "商品评价")
        .col("", "评价ID|review_id|PJID", codes(random, n, "", 10))
        .col("", "商品名称|product_name|SPMC", texts(random, n, |r| r.pick(GOODS).0.to_owned()))
        .col("?account.user ?person.name", "买家昵称|nickname|MJNC", texts(random, n, nick))
        .col("", "评分|star|PF", integers(random, n, 1, 5))
        .col("", "评价内容|content|PJNR", picks(random, n, &written))
        .col("?network.ip", "IP归属|ip_location|IPGS", texts(random, n, |r| r.pick(PLACES).province.to_owned()))
        .col("", "评价时间|created_at|PJSJ", times(random, n, 2024, 2024))
        .may(&["retail.order", "training.corpus"])
        .done()
}

/// Refunds to the accounts of buyers.
fn refunds(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    Sheet::new(variant, "退款申请单")
        .col("", "退款单号|refund_no|TKDH", codes(random, n, "TK2024", 10))
        .col("person.name", "收款人姓名|payee_name|SKRXM", each(&people, |p| p.name.clone()))
        .col(
            "?finance.account ?account.user ?contact.email ?contact.mobile",
            "收款支付宝账号|alipay_account|SKZFBZH",
            each(&people, |p| if p.age % 2 == 0 { p.mobile.clone() } else { p.email.clone() }),
        )
        .col("finance.bank_card", "收款银行卡|bank_card|SKYHK", value::distinct(random, n, value::bank_card))
        .col("", "退款金额|refund_amount|TKJE", amounts(random, n, 9, 2000))
        .col("", "退款原因|reason|TKYY", picks(random, n, &["七天无理由", "商品破损", "少发漏发", "拍错了"]))
        .col("", "申请时间|applied_at|SQSJ", times(random, n, 2024, 2024))
        .may(&["finance.transaction", "retail.order"])
        .subjects(n)
        .done()
}

/// Parcels through customs, with the identity numbers of who ordered them.
fn cross_border(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let ids = each(&people, |p| p.id.clone());
    let ids = match variant {
        1 => damage::full_width(ids),
        2 => each(&ids, |id| id.to_lowercase()),
        3 => damage::prefixed("'", ids),
        _ => ids,
    };
    Sheet::new(variant, "跨境电商申报清单")
        .col("", "清单编号|declare_no|QDBH", codes(random, n, "46122024I", 9))
        .col("", "运单号|waybill|YDH", codes(random, n, "7735", 10))
        .col("person.name", "订购人|buyer_name|DGR", each(&people, |p| p.name.clone()))
        .col("identity.resident_id", "订购人证件号码|buyer_id_number|DGRZJHM", ids)
        .col("contact.mobile", "订购人电话|buyer_telephone|DGRDH", each(&people, |p| p.mobile.clone()))
        .col("contact.address", "收件地址|consignee_address|SJDZ", each(&people, |p| p.address.clone()))
        .col("", "商品编号|hs_code|SPBH", picks(random, n, &["3304990021", "1901101090", "2106909090", "6402992900"]))
        .col("", "币制|currency|BZ", constant(n, "142"))
        .col("", "总价|total_price|ZJ", amounts(random, n, 60, 4900))
        .may(&["retail.order"])
        .subjects(n)
        .done()
}

/// Faces and visitors of shops.
fn shop_visits(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant, "客流识别记录")
        .col("", "门店编码|store_code|MDBM", picks(random, n, &["SH0012", "BJ0105", "GZ0033"]))
        .col("?account.user ?biometric.feature", "人脸ID|face_id|RLID", texts(random, n, |r| value::hex(r, 24)))
        .col("", "年龄段|age_range|NLD", picks(random, n, &["18-25", "26-35", "36-45", "46+"]))
        .col("", "性别|gender|XB", picks(random, n, &["男", "女"]))
        .col(
            "~media.image",
            "抓拍照片|snapshot_photo|ZPZP",
            texts(random, n, |r| format!("https://oss.example.cn/face/{}.jpg", value::hex(r, 20))),
        )
        .col("", "进店时间|enter_time|JDSJ", times(random, n, 2024, 2024))
        .may(&["biometric.feature", "media.image", "retail.member"])
        .done()
}

/// Contacts that sellers collect by hand.
fn leads_wechat(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let handle = |r: &mut Random| format!("{}_{}", people::letters(r), r.digits(4));
    Sheet::new(variant, "客户跟进表")
        .col("person.name", "客户|customer|KH", each(&people, |p| p.name.clone()))
        .col("~account.im", "微信号|wechat_id|WXH", texts(random, n, handle))
        .col("~account.im", "QQ号|qq_number|QQH", codes(random, n, "3", 8))
        .col(
            "contact.mobile",
            "手机|cellphone|SJ",
            damage::mixed_with(random, 12, &["无", "不便提供", "见微信"], each(&people, |p| p.mobile.clone())),
        )
        .col("", "跟进状态|stage|GJZT", picks(random, n, &["初步接触", "已报价", "成交", "流失"]))
        .col("", "下次跟进|next_contact|XCGJ", days(random, n, 2024, 2025))
        .done()
}
