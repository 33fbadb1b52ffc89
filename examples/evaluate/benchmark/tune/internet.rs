//! Users of apps, what they leave behind, and what models are trained on.

use super::people::{self, people};
use super::sheet::{Sheet, codes, days, each, every, integers, picks, rows, texts, times};
use super::words::{DIAGNOSES, PLACES};
use crate::benchmark::{Generator, Table, damage, style::Style, value};
use exportscan::demo::Random;

/// Tables of this trade.
pub(super) fn generators() -> Vec<Generator> {
    vec![
        ("user_accounts", 7, user_accounts),
        ("login_log", 5, login_log),
        ("sdk_events", 4, sdk_events),
        ("hashed_ids", 6, hashed_ids),
        ("masked_users", 6, masked_users),
        ("chat_corpus", 5, chat_corpus),
        ("instructions", 4, instructions),
        ("medical_questions", 3, medical_questions),
        ("image_captions", 3, image_captions),
        ("speech_transcripts", 3, speech_transcripts),
        ("face_images", 2, face_images),
        ("ad_audiences", 4, ad_audiences),
        ("real_name_checks", 4, real_name_checks),
    ]
}

fn address(random: &mut Random) -> String {
    let first = random.pick(&[36, 58, 101, 111, 112, 114, 116, 117, 121, 123, 180, 183, 202, 218, 221, 223]);
    format!("{first}.{}.{}.{}", random.below(256), random.below(256), random.between(1, 254))
}

/// The users of an app.
fn user_accounts(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    Sheet::new(variant, "t_user")
        .col("~account.user", "用户编号|user_id|YHBH", value::serial("", 100_230, 8, n))
        .col(
            "?account.user ?person.name",
            "用户名|username|YHM",
            texts(random, n, |r| format!("{}{}", people::letters(r), r.digits(3))),
        )
        .col(
            "",
            "密码|password|MM",
            texts(random, n, |r| format!("$2a$10${}", r.string(b"ABCDEFGHIJabcdefghij0123456789./", 53))),
        )
        .col("contact.mobile", "手机|phone|SJ", damage::gaps(random, 8, each(&people, |p| p.mobile.clone())))
        .col("contact.email", "邮箱|email|YX", each(&people, |p| p.email.clone()))
        .col(
            "?media.image",
            "头像|avatar|TX",
            texts(random, n, |r| format!("https://cdn.example.com/avatar/{}.png", r.digits(8))),
        )
        .col("network.ip", "最后登录IP|last_login_ip|ZHDLIP", texts(random, n, address))
        .col("", "注册时间|created_at|ZCSJ", times(random, n, 2018, 2024))
        .col("", "状态|status|ZT", picks(random, n, &["0", "1"]))
        .may(&["media.image"])
        .subjects(n)
        .done()
}

/// Who logged in from where.
fn login_log(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let users = codes(random, n / 4, "8", 9);
    let agents =
        ["Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "okhttp/4.9.3", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4)"];
    Sheet::new(variant, "登录日志")
        .col("~account.user", "用户ID|user_id|YHID", every(random, n, &users))
        .col("network.ip", "登录IP|login_ip|DLIP", texts(random, n, address))
        .col("~device.id", "设备ID|device_id|SBID", texts(random, n, |r| value::hex(r, 16)))
        .col("", "用户代理|user_agent|YHDL", picks(random, n, &agents))
        .col("?contact.address", "登录地|location|DLD", texts(random, n, |r| r.pick(PLACES).city.to_owned()))
        .col("", "登录时间|login_time|DLSJ", times(random, n, 2024, 2024))
        .col("", "结果|result|JG", picks(random, n, &["成功", "成功", "密码错误"]))
        .subjects_if_named(users.len())
        .done()
}

/// Events of telephones.
fn sdk_events(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let devices = value::distinct(random, n / 3, value::uuid);
    let style = [Style::Snake, Style::Camel, Style::Upper, Style::None][variant as usize % 4];
    Sheet::styled(variant, style, "app_event_20240315")
        .col("", "|event|", picks(random, n, &["page_view", "click", "launch", "purchase"]))
        .col("?device.id", "|oaid|", every(random, n, &devices))
        .col("device.id", "|imei|", value::distinct(random, n, value::imei))
        .col(
            "device.id",
            "|mac_address|",
            texts(random, n, |r| {
                format!(
                    "{}:{}:{}:{}:{}:{}",
                    value::hex(r, 2),
                    value::hex(r, 2),
                    value::hex(r, 2),
                    value::hex(r, 2),
                    value::hex(r, 2),
                    value::hex(r, 2)
                )
                .to_uppercase()
            }),
        )
        .col("network.ip", "|client_ip|", texts(random, n, address))
        .col("", "|app_version|", picks(random, n, &["8.1.0", "8.1.2", "7.9.5"]))
        .col("", "|event_ts|", texts(random, n, |r| format!("17{}", r.digits(11))))
        .may(&["account.user"])
        .done()
}

/// Digests in place of identifiers.
fn hashed_ids(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let digits = [32, 64, 40][variant as usize % 3];
    let hash = move |r: &mut Random| value::hex(r, digits);
    let mark = ["md5", "sha256", "sha1"][variant as usize % 3];
    let table =
        Sheet::styled(variant, [Style::Snake, Style::Camel, Style::Upper][variant as usize / 2 % 3], "匹配样本包")
            .col("identity.resident_id", &format!("|id_card_{mark}|"), value::distinct(random, n, hash))
            .col("contact.mobile", &format!("|mobile_{mark}|"), value::distinct(random, n, hash))
            .col("?device.id", &format!("|imei_{mark}|"), value::distinct(random, n, hash))
            .col("", "|label|", picks(random, n, &["0", "1"]))
            .col("", "|score|", integers(random, n, 300, 850))
            .col("", "|sample_date|", days(random, n, 2024, 2024));
    table.subjects(n).done_with_header()
}

/// Identifiers with stars in them.
fn masked_users(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    let hide = |p: &people::Person| p.name.chars().enumerate().map(|(at, c)| if at == 0 { c } else { '*' }).collect();
    let (front, back) = [(3, 4), (6, 4), (1, 1), (4, 4), (0, 4), (6, 2)][variant as usize % 6];
    let email = |p: &people::Person| format!("{}***{}", &p.email[..2], &p.email[p.email.find('@').unwrap_or(0)..]);
    Sheet::new(variant, "脱敏用户信息")
        .col("person.name", "姓名|real_name|XM", each(&people, hide))
        .col(
            "identity.resident_id",
            "身份证号|id_card|SFZH",
            damage::masked(front, back, each(&people, |p| p.id.clone())),
        )
        .col("contact.mobile", "手机号|mobile|SJH", damage::masked(3, 4, each(&people, |p| p.mobile.clone())))
        .col("contact.email", "邮箱|email|YX", each(&people, email))
        .col(
            "finance.bank_card",
            "银行卡|bank_card|YHK",
            damage::masked(4, 4, value::distinct(random, n, value::bank_card)),
        )
        .col("", "注册渠道|channel|ZCQD", picks(random, n, &["APP", "小程序", "门店"]))
        .col("", "注册日期|reg_date|ZCRQ", days(random, n, 2020, 2024))
        .done()
}

const ASKED: &[&str] = &[
    "帮我写一首关于秋天的诗",
    "如何用Python读取CSV文件？",
    "推荐几本适合初学者的编程书",
    "把下面这段话翻译成英文：今天天气很好",
    "北京有哪些好玩的地方？",
    "解释一下什么是量子纠缠",
];
const ANSWERED: &[&str] = &[
    "当然可以，以下是为您创作的内容：秋风起，落叶黄……",
    "您可以使用pandas库的read_csv函数来读取。",
    "故宫、颐和园和长城都是不错的选择。",
    "The weather is very nice today.",
    "量子纠缠是指两个粒子之间存在的关联。",
];

/// What users and assistants said to each other.
fn chat_corpus(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let users = codes(random, n / 3, "u", 8);
    Sheet::new(variant, "对话语料")
        .col("", "会话ID|session_id|HHID", texts(random, n, value::uuid))
        .col("~account.user", "用户ID|user_id|YHID", every(random, n, &users))
        .col("?training.corpus", "用户提问|prompt|YHTW", picks(random, n, ASKED))
        .col("?training.corpus", "模型回答|response|MXHD", picks(random, n, ANSWERED))
        .col("", "评分|rating|PF", integers(random, n, 1, 5))
        .col("", "时间|created_at|SJ", times(random, n, 2024, 2024))
        .records(if variant < 4 { &["training.corpus"] } else { &[] })
        .may(&["training.corpus"])
        .subjects_if_named(users.len())
        .done()
}

/// Instructions for fine-tuning.
fn instructions(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let names = [
        ["instruction", "input", "output"],
        ["instruction", "context", "response"],
        ["question", "reference", "answer"],
        ["system", "user", "assistant"],
    ][variant as usize % 4];
    Sheet::styled(variant, Style::Chinese, "sft_train_v3")
        .col("?training.corpus", names[0], picks(random, n, ASKED))
        .col("?training.corpus", names[1], picks(random, n, &["", "", "请用简洁的语言", "面向小学生"]))
        .col("?training.corpus", names[2], picks(random, n, ANSWERED))
        .col("", "source", picks(random, n, &["belle", "alpaca_zh", "self"]))
        .records(&["training.corpus"])
        .may(&["training.corpus"])
        .done_with_header()
}

/// Questions to doctors, for a model.
fn medical_questions(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let ask = |r: &mut Random| {
        let d = r.pick(&[0, 1, 4, 9, 20]);
        format!("我今年{}岁，查出{}，平时要注意什么？能吃海鲜吗？", r.between(20, 80), DIAGNOSES[d].1)
    };
    Sheet::styled(variant, [Style::Snake, Style::Chinese, Style::Camel][variant as usize % 3], "med_qa")
        .col("?training.corpus ?health.diagnosis ?health.history", "问题|question|WT", texts(random, n, ask))
        .col(
            "?training.corpus ?health.treatment ?health.medication",
            "回答|answer|HD",
            picks(
                random,
                n,
                &["您好，建议低盐低脂饮食，规律服药，定期复查。", "请到正规医院内分泌科就诊，完善相关检查。"],
            ),
        )
        .col("", "科室|department|KS", picks(random, n, &["内科", "外科", "肿瘤科"]))
        .records(&["training.corpus"])
        .may(&["training.corpus", "health.record", "health.diagnosis"])
        .done_with_header()
}

/// Images and what is on them.
fn image_captions(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::styled(variant, Style::Chinese, "image_text_pairs")
        .col(
            "?media.image",
            "image_url",
            texts(random, n, |r| format!("https://img.example.com/{}/{}.jpg", value::hex(r, 2), value::hex(r, 32))),
        )
        .col(
            "?training.corpus",
            "caption",
            picks(
                random,
                n,
                &["一只橘猫趴在窗台上", "十字路口的红绿灯和行人", "海边的日落", "一位穿白大褂的医生在看片子"],
            ),
        )
        .col("", "width", integers(random, n, 320, 4000))
        .col("", "height", integers(random, n, 240, 3000))
        .col("", "clip_score", texts(random, n, |r| value::decimal(r, 0, 1, 4)))
        .may(&["training.corpus", "media.image"])
        .done_with_header()
}

/// Speech and what was said.
fn speech_transcripts(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let said = ["打开空调调到二十四度", "导航去最近的充电站", "播放周末歌单", "给我讲个故事吧"];
    Sheet::new(variant, "asr_manifest")
        .col(
            "media.audio",
            "音频路径|audio_path|YPLJ",
            texts(random, n, |r| format!("wav/spk{}/{}.wav", r.digits(4), value::hex(r, 12))),
        )
        .col("?account.user", "说话人|speaker_id|SHR", texts(random, n, |r| format!("SPK{}", r.digits(4))))
        .col("", "时长|duration|SC", texts(random, n, |r| value::decimal(r, 1, 14, 2)))
        .col("?training.corpus", "文本|transcript|WB", picks(random, n, &said))
        .may(&["training.corpus", "media.audio"])
        .done()
}

/// Pictures of faces with who they are.
fn face_images(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    Sheet::new(variant, "人脸比对库")
        .col("identity.resident_id", "身份证号|id_card|SFZH", each(&people, |p| p.id.clone()))
        .col("person.name", "姓名|name|XM", each(&people, |p| p.name.clone()))
        .col(
            "?media.image ?biometric.feature",
            "人脸照片|face_photo|RLZP",
            texts(random, n, |r| format!("/data/face/{}.jpg", value::hex(r, 24))),
        )
        .col("", "相似度|similarity|XSD", texts(random, n, |r| value::decimal(r, 60, 99, 2)))
        .may(&["media.image", "biometric.feature"])
        .subjects(n)
        .done()
}

/// Devices and accounts for advertisements.
fn ad_audiences(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    Sheet::new(variant, "人群包")
        .col("?device.id", "OAID|oaid|OAID", value::distinct(random, n, |r| value::hex(r, 16)))
        .col("device.id", "IMEI|imei|IMEI", value::distinct(random, n, value::imei))
        .col(
            "~account.user ?account.im",
            "微信OpenID|wx_openid|WXOPENID",
            value::distinct(random, n, |r| {
                format!("o6_bm{}", r.string(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789-_", 23))
            }),
        )
        .col("", "兴趣标签|interest_tag|XQBQ", picks(random, n, &["汽车", "母婴", "理财", "旅游"]))
        .col("", "消费能力|spending_power|XFNL", picks(random, n, &["高", "中", "低"]))
        .may(&["device.id"])
        .done()
}

/// Who proved to be who.
fn real_name_checks(random: &mut Random, variant: u64) -> Table {
    let n = rows(random);
    let people = people(random, n);
    Sheet::new(variant, "实名认证流水")
        .col("", "认证流水|verify_no|RZLS", value::values(random, n, value::snowflake))
        .col("~account.user", "用户UID|uid|YHUID", codes(random, n, "2088", 12))
        .col("person.name", "真实姓名|real_name|ZSXM", each(&people, |p| p.name.clone()))
        .col("identity.resident_id", "身份证|id_number|SFZ", each(&people, |p| p.id.to_lowercase()))
        .col("finance.bank_card", "四要素银行卡|bank_card_no|YSYHK", value::distinct(random, n, value::bank_card))
        .col("contact.mobile", "银行预留手机|bank_mobile|YHYLSJ", each(&people, |p| format!("+86 {}", p.mobile)))
        .col("", "认证结果|verify_result|RZJG", picks(random, n, &["一致", "一致", "不一致", "无记录"]))
        .subjects(n)
        .done()
}
