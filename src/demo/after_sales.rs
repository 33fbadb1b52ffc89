//! Complaints as an old system exports them: GB18030, `;`, a title above the header, notes with line breaks. Everybody
//! in them is in the register.

use super::delimited::Delimited;
use super::people::{HOTLINE, Owner, People};
use super::{Object, Random, Truth, calendar, number};

/// The complaints.
pub(super) fn complaints(people: &People, truth: &mut Truth) -> Object {
    let mut table = Delimited::new(';', &["工单号", "车主姓名", "身份证号", "联系电话", "车牌号", "受理时间", "备注"]);
    let mut random = Random::new(0x0007);
    let owners = people.owners.iter().skip(2_000).take(200).zip(0_i64..);
    for (owner, at) in owners {
        let form = Form::of(at);
        truth.owner(owner, &strongest(owner, form));
        let phone = if matches!(form, Form::Hotline) { HOTLINE } else { &owner.mobile };
        let id = id_text(owner, form);
        let plate = owner.vehicles.first().map_or("", |vehicle| vehicle.plate.as_str());
        row(&mut table, &mut random, [&owner.name, &id, phone, plate], &note(owner, at));
    }
    for owner in people.owners.iter().take(10) {
        truth.nobody(&owner.mobile);
        row(&mut table, &mut random, ["", "", &owner.mobile, ""], "家属来电，未报姓名；请回访");
    }
    for _ in 0..10 {
        truth.nobody(HOTLINE);
        row(&mut table, &mut random, ["", "", HOTLINE, ""], "热线转入，来电人未留信息");
    }
    let rows = table.rows();
    let text = format!("演示汽车有限公司 投诉工单导出（合成数据）\n{}", table.into_text());
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    Object { path: "after-sales/complaints.csv", rows, bytes: bytes.into_owned() }
}

/// How a complaint names its owner.
#[derive(Clone, Copy)]
enum Form {
    /// With the 18-digit number.
    Full,
    /// With the number as it was before 1999, or lower-case `x`, where there is such a form of it.
    Old,
    /// With the number, and the hotline for a phone.
    Hotline,
    /// Without the number.
    PhoneOnly,
}

impl Form {
    fn of(at: i64) -> Self {
        match at % 5 {
            0 | 1 => Self::Full,
            2 => Self::Old,
            3 => Self::Hotline,
            _ => Self::PhoneOnly,
        }
    }
}

fn id_text(owner: &Owner, form: Form) -> String {
    match form {
        Form::PhoneOnly => String::new(),
        Form::Old if owner.resident_id.ends_with('X') => owner.resident_id.to_lowercase(),
        Form::Old => number::resident_id_15(&owner.resident_id).unwrap_or_else(|| owner.resident_id.clone()),
        Form::Full | Form::Hotline => owner.resident_id.clone(),
    }
}

fn strongest(owner: &Owner, form: Form) -> String {
    if matches!(form, Form::PhoneOnly) { owner.mobile.clone() } else { owner.resident_id.clone() }
}

/// What was said: sentences that name the same owner once more, some over two lines, some in quotation marks.
fn note(owner: &Owner, at: i64) -> String {
    let plate = owner.vehicles.first().map_or("", |vehicle| vehicle.plate.as_str());
    match at % 4 {
        0 => format!("客户反映车辆{plate}充电中断；请致电{}回访", owner.mobile),
        1 => "座椅异响，已预约到店检修".to_owned(),
        2 => format!("第一次来电：雨刮不工作\n第二次来电：要求书面答复，回电{}", owner.mobile),
        _ => "客户称说明书所写\"续航600公里\"与实际不符；姓名含生僻字（如䶮、㼆）时打印为问号".to_owned(),
    }
}

/// Adds a complaint about the owner with this `[name, id, phone, plate]`.
fn row(table: &mut Delimited, random: &mut Random, who: [&str; 4], note: &str) {
    let [name, id, phone, plate] = who;
    let time = calendar::time_text(random.between(0, 80), random.between(28_800, 64_800));
    let ticket = format!("TS{:06}", 100_000 + table.rows());
    table.row(&[&ticket, name, id, phone, plate, &time, note]);
}
