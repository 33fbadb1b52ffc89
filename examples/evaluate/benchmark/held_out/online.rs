//! Apps and models: accounts, events, logs, corpora, features of faces.

use super::draft::{ACCOUNT, DEVICE, IP, MAIL, MOBILE, NAME, NONE, RESIDENT, codes, head, numbers, of, per, rows_of, some, unnamed, written};
use super::people::{people, place};
use super::words::{DIAGNOSES, GOODS};
use crate::benchmark::{Form, Table, damage, value};
use exportscan::demo::Random;

/// An address of the internet that providers in China give to homes.
fn address(random: &mut Random) -> String {
    match random.below(8) {
        0 => format!("240e:3b{}:{}:{}::{}", random.below(9), value::hex(random, 4), value::hex(random, 4), value::hex(random, 3)),
        _ => format!("{}.{}.{}.{}", random.pick(&["36", "58", "101", "114", "123", "182", "219"]), random.below(256), random.below(256), random.between(1, 254)),
    }
}

/// Accounts of an app.
pub(super) fn accounts(random: &mut Random, v: u64) -> Table {
    let n = 75 + 10 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let mobile = if v == 2 { per(&p, |p| p.hash[..40].to_owned()) } else { of(&p, |p| &p.mobile) };
    let table = Table::new(h("t_user|用户表|app_user_sha1|ums_member|sys_user"))
        .column(h("uid|用户ID|uid|id|user_id"), ACCOUNT, per(&p, |p| format!("10{}", p.account)))
        .column_that_may(h("username|登录名|username|username|user_name"), NONE, &["account.user", "person.name"], per(&p, |p| p.latin.to_lowercase().replace(' ', "")))
        .column_that_may(h("password|密码|pwd|password|password"), NONE, ACCOUNT, value::values(random, n, |r| format!("$2a$10${}", r.string(b"abcdefghijkABCDEFGH0123456789./", 53))))
        .column(h("phone|手机号|phone_sha1|phone|phonenumber"), MOBILE, mobile)
        .column(h("email|邮箱|email|email|email"), MAIL, of(&p, |p| &p.mail))
        .column_that_may(h("wx_openid|微信OpenID|openid|union_id|open_id"), NONE, &["account.im", "account.user"], per(&p, |p| format!("oX7{}", &p.hash[..25])))
        .column(
            h("real_name|真实姓名|real_name|nickname|nick_name"), if v >= 3 { NONE } else { NAME },
            if v >= 3 { some(random, n, &["小确幸", "Jason_L", "在路上", "北方的狼", "tina酱"]) } else { of(&p, |p| &p.name) },
        )
        .column(h("last_login_ip|最后登录IP|login_ip|reg_ip|login_ip"), IP, value::values(random, n, address))
        .column(
            h("created_at|注册时间|ctime|create_time|create_time"), NONE,
            if v == 2 { value::values(random, n, |r| r.between(1_600_000_000, 1_718_000_000).to_string()) } else { value::values(random, n, |r| value::time(r, 2020, 2024)) },
        )
        .subjects(n);
    let mut table = table;
    if v >= 3 {
        table.columns[6].may = vec!["person.name", "account.user", "account.im"];
    }
    written(table, v + 1)
}

/// Events of an app, by device and user.
pub(super) fn events(random: &mut Random, v: u64) -> Table {
    let n = 130;
    let all = people(random, 32);
    let p = rows_of(random, n, &all);
    let h = |s| head(v, s);
    let (.., x, y) = place(random);
    let degrees = |random: &mut Random, at: f64| value::values(random, n, move |r| value::degrees((at * 1e6) as i64 + r.between(-90_000, 90_000)));
    let table = Table::new(h("ods_event_log|app_events|APP埋点日志|ad_click"))
        .column(h("event_id|eventId|事件ID|click_id"), NONE, value::values(random, n, value::uuid))
        .column(h("user_id|distinctId|用户ID|login_id"), ACCOUNT, of(&p, |p| &p.account))
        .column(
            h("device_id|deviceId|设备ID|idfa"), DEVICE,
            per(&p, |p| if v == 3 { format!("{}-{}-4{}-A{}-{}", &p.hash[..8], &p.hash[8..12], &p.hash[12..15], &p.hash[15..18], &p.hash[18..30]).to_uppercase() } else { p.hash[..16].to_owned() }),
        )
        .column_that_may(
            h("imei|imei|IMEI|oaid"), DEVICE, NONE,
            per(&p, |p| if v == 3 { p.hash[30..62].to_owned() } else { let body = format!("86{}{}", p.account, &p.mobile[7..11]); format!("{body}{}", value::luhn_digit(&body)) }),
        )
        .column(h("event|eventName|事件|event_type"), NONE, some(random, n, &["page_view", "add_to_cart", "login", "share", "purchase", "crash"]))
        .column(h("ip|clientIp|客户端IP|remote_addr"), IP, value::values(random, n, address))
        .column_that_may(h("lng|properties.lng|经度|geo_lng"), NONE, &["location.point"], degrees(random, x))
        .column_that_may(h("lat|properties.lat|纬度|geo_lat"), NONE, &["location.point"], degrees(random, y))
        .column(h("ts|time|上报时间|server_ts"), NONE, value::values(random, n, |r| r.between(1_710_000_000_000, 1_718_000_000_000).to_string()))
        .column(h("os|$os|操作系统|os"), NONE, some(random, n, &["Android 14", "iOS 17.5", "HarmonyOS 4.2"]))
        .may(&["location.point"])
        .subjects(32);
    written(table, v + 2)
}

/// Lines of access logs, split in columns or not.
pub(super) fn access_logs(random: &mut Random, v: u64) -> Table {
    let n = 110;
    let p = people(random, n);
    let h = |s| head(v, s);
    let when = value::values(random, n, |r| format!("{:02}/May/2024:{:02}:{:02}:{:02} +0800", r.between(1, 31), r.below(24), r.below(60), r.below(60)));
    let agents = &["Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) MicroMessenger/8.0.49", "okhttp/4.9.3", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/124.0 Safari/537.36", "curl/7.61.1"];
    match v {
        0 | 3 => {
            let table = Table::new(h("access|x|y|nginx_access"))
                .column("remote_addr", IP, value::values(random, n, address))
                .column("time_local", NONE, when)
                .column("request", NONE, some(random, n, &["GET /api/v1/goods?page=2 HTTP/1.1", "POST /api/order/create HTTP/1.1", "GET /static/js/app.8f2c.js HTTP/2.0"]))
                .column("status", NONE, some(random, n, &["200", "200", "304", "404", "502"]))
                .column("body_bytes_sent", NONE, value::values(random, n, |r| value::integer(r, 0, 90_000)))
                .column("http_user_agent", NONE, some(random, n, agents));
            if v == 3 { unnamed(table) } else { written(table, 5) }
        }
        1 => Table::new("app_error_log")
            .column("level", NONE, some(random, n, &["INFO", "WARN", "ERROR"]))
            .column("trace_id", NONE, value::values(random, n, |r| value::hex(r, 32)))
            .column_that_may("message", MOBILE, &["account.user", "contact.address", "person.name"], per(&p, |p| match random.below(3) {
                0 => format!("send sms failed, phone={}, code=isv.BUSINESS_LIMIT_CONTROL", p.mobile),
                1 => format!("{{\"uid\":{},\"mobile\":\"{}\",\"action\":\"bind\"}}", p.account, p.mobile),
                _ => format!("GET /user/query?mobile={}&sign={} 200 35ms", p.mobile, &p.hash[..16]),
            }))
            .subjects(n),
        _ => Table::new("api_request_log")
            .column("request_time", NONE, value::values(random, n, |r| value::time(r, 2024, 2024)))
            .column("uri", NONE, some(random, n, &["/realname/verify", "/id/check2", "/face/compare"]))
            .column_that_may("request_body", &["identity.resident_id"], &["person.name"], per(&p, |p| format!("{{\"name\":\"{}\",\"idCard\":\"{}\",\"scene\":\"loan\"}}", p.name, p.id)))
            .column("cost_ms", NONE, value::values(random, n, |r| value::integer(r, 12, 900)))
            .column_that_may("client_ip", IP, NONE, value::values(random, n, address))
            .subjects(n)
            .form(Form::Parquet),
    }
}

/// Corpora that models are tuned on.
pub(super) fn corpora(random: &mut Random, v: u64) -> Table {
    let n = 60 + 5 * v as usize;
    let h = |s| head(v, s);
    let corpus = &["training.corpus"];
    let asked = per(&vec![(); n], |()| match random.below(4) {
        0 => format!("请介绍一下{}的常见症状。", random.pick(DIAGNOSES).1.trim_end_matches("(极高危)")),
        1 => format!("帮我写一段{}的商品文案", random.pick(GOODS).0),
        2 => "把下面这句话翻译成英文：他昨天去了图书馆。".to_owned(),
        _ => "用Python写一个快速排序函数".to_owned(),
    });
    let answers = some(random, n, &[
        "好的，以下是一个示例：首先需要明确目标人群，然后突出产品卖点，最后给出行动号召。",
        "He went to the library yesterday.",
        "def quick_sort(a): return a if len(a) < 2 else quick_sort([x for x in a[1:] if x < a[0]]) + [a[0]]",
        "常见表现包括乏力、发热等，具体情况建议及时就医，由医生结合检查判断。",
    ]);
    let table = Table::new(h("sft_train|alpaca_zh|对话语料|rlhf_pairs|pretrain_shard_00012|asr_manifest"));
    let table = match v {
        3 => table
            .column("prompt", NONE, asked)
            .column("chosen", NONE, answers)
            .column("rejected", NONE, some(random, n, &["我不知道。", "不可以。", "抱歉，无法回答。"])),
        4 => table
            .column("text", NONE, per(&answers, |text| {
                format!("{} {text}", random.pick(&["百科：黄河是中国第二长河。", "新闻：今年夏粮再获丰收。", "小说：夜色渐深，巷口的灯亮了。"]))
            }))
            .column("source", NONE, some(random, n, &["baike", "webtext", "news"]))
            .column("lang", NONE, vec!["zh".to_owned(); n])
            .column("token_count", NONE, numbers(random, n, 20, 900, 0)),
        5 => table
            .column_that_may("audio_filepath", NONE, &["media.audio"], codes(random, n, "wav/S####/BAC009S####W####.wav"))
            .column("duration", NONE, numbers(random, n, 1, 14, 3))
            .column("text", NONE, some(random, n, &["今天天气怎么样", "打开客厅的灯", "导航到最近的加油站", "播放周杰伦的歌"]))
            .column_that_may("speaker_id", NONE, ACCOUNT, codes(random, n, "S####")),
        _ => table
            .column(h("instruction|instruction|问题"), NONE, asked)
            .column(h("input|input|背景"), NONE, vec![String::new(); n])
            .column(h("output|output|回答"), NONE, answers),
    };
    let mut table = table.records(corpus).may(&["media.audio", "account.user"]);
    for column in &mut table.columns {
        column.may.push("training.corpus");
    }
    table.form(if v.is_multiple_of(2) { Form::Parquet } else { Form::Csv })
}

/// Conversations with customers that are to become a corpus, with what the customers gave away.
pub(super) fn dialogues(random: &mut Random, v: u64) -> Table {
    let n = 64;
    let p = people(random, n);
    let texts = &["training.corpus", "person.name", "contact.address"];
    let said = per(&p, |p| match random.below(3) {
        0 => format!("用户：我要改收货电话，改成{}\n客服：好的，已为您修改。", p.mobile),
        1 => format!("用户：我叫{}，手机{}，报修空调\n客服：已登记，师傅会在24小时内联系您。", p.name, p.mobile),
        _ => format!("用户：发票寄到{}，收件人{}，{}\n客服：收到。", p.address, p.name, p.mobile),
    });
    let head = |s| head(v, s);
    Table::new(head("chat_history|customer_dialogs|im_corpus"))
        .column(head("session_id|conv_id|sid"), NONE, value::values(random, n, |r| value::hex(r, 24)))
        .column_that_may(head("content|dialogue|messages"), MOBILE, texts, if v == 2 { per(&said, |text| text.replace('\n', " ")) } else { said })
        .column(head("label|intent|tag"), NONE, some(random, n, &["改单", "报修", "开票", "other"]))
        .may(&["training.corpus"])
        .subjects(n)
        .form([Form::Csv, Form::Parquet, Form::Tsv][v as usize % 3])
}

/// Features of faces and of voices.
pub(super) fn biometrics(random: &mut Random, v: u64) -> Table {
    let n = 40 + 5 * v as usize;
    let p = people(random, n);
    let h = |s| head(v, s);
    let vector = |random: &mut Random| value::values(random, n, |r| format!("[{}]", (0..64).map(|_| format!("{}0.{:04}", r.pick(&["-", ""]), r.below(4000))).collect::<Vec<_>>().join(", ")));
    let base64 = |random: &mut Random, front: &str, size: usize| value::values(random, n, |r| format!("{front}{}", r.string(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", size)));
    let feature = if v == 1 { base64(random, "TVlTMjEAAAP", 400) } else { vector(random) };
    let table = Table::new(h("人脸特征库|finger_template|face_embedding"))
        .column(h("人员ID|person_id|user_id"), ACCOUNT, of(&p, |p| &p.account))
        .column(h("姓名|person_name|user_name"), NAME, of(&p, |p| &p.name))
        .column(h("身份证号|id_card|id_no"), RESIDENT, if v == 2 { damage::masked(1, 1, of(&p, |p| &p.id)) } else { of(&p, |p| &p.id) })
        .column(h("人脸特征值|fingerprint_template|face_feature"), &["biometric.feature"], feature)
        .column_that_may(
            h("注册照|photo_path|face_image_base64"), if v == 2 { &["media.image"] } else { NONE }, &["media.image", "biometric.feature"],
            if v == 2 { base64(random, "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgH", 600) } else { value::values(random, n, |r| format!("/data/face/{}.jpg", value::hex(r, 32))) },
        )
        .column(h("注册时间|enrolled_at|ctime"), NONE, value::values(random, n, |r| value::time(r, 2022, 2024)))
        .subjects(n);
    table.form([Form::Csv, Form::Tsv, Form::Parquet][v as usize % 3])
}

/// Sign-ins.
pub(super) fn sign_ins(random: &mut Random, v: u64) -> Table {
    let n = 100;
    let all = people(random, 35);
    let p = rows_of(random, n, &all);
    let h = |s| head(v, s);
    let table = Table::new(h("登录日志|login_log|sys_logininfor|DLRZ"))
        .column(h("日志编号|info_id|info_id|RZBH"), NONE, value::serial("", 88_001, 6, n))
        .column(h("登录账号|login_account|user_email|DLZH"), MAIL, of(&p, |p| &p.mail))
        .column(h("登录IP|ip_address|ipaddr|DLIP"), IP, value::values(random, n, address))
        .column_that_may(h("登录地点|location|login_location|DLDD"), NONE, &["contact.address"], value::values(random, n, |r| { let at = place(r); format!("{} {}", at.0, at.1) }))
        .column(h("浏览器|browser|browser|LLQ"), NONE, some(random, n, &["Chrome 12", "Edge", "Safari 17", "微信内置浏览器"]))
        .column(h("结果|status|status|JG"), NONE, some(random, n, &["成功", "密码错误", "0", "1"]))
        .column(h("时间|login_time|login_time|DLSJ"), NONE, value::values(random, n, |r| value::time(r, 2024, 2024)))
        .may(&["account.user"])
        .subjects(35);
    written(table, v)
}
