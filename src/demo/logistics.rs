//! Parts orders: two persons in a row, and long numbers that are nobody's.

use super::delimited::Delimited;
use super::people::People;
use super::{Object, Random, Truth, calendar, number};

/// The orders. Of the receivers, 350 are owners and 250 are known from here alone; so are the twelve senders.
pub(super) fn orders(people: &People, truth: &mut Truth) -> Object {
    let header = [
        "order_no",
        "trace_id",
        "created_ms",
        "sender_name",
        "sender_phone",
        "sender_address",
        "receiver_name",
        "receiver_phone",
        "receiver_address",
        "item",
        "weight_kg",
    ];
    let mut table = Delimited::new(',', &header);
    let mut random = Random::new(0x0009);
    let owners = people.own_mobiles(3_000, 350).inspect(|owner| truth.owner(owner, &owner.mobile));
    let mut receivers: Vec<(&str, &str)> = owners.map(|owner| (owner.name.as_str(), owner.mobile.as_str())).collect();
    for receiver in &people.receivers {
        truth.contact(receiver, &receiver.mobile);
        receivers.push((&receiver.name, &receiver.mobile));
    }
    let mut senders = people.senders.iter().cycle();
    for (name, mobile) in receivers {
        let Some(sender) = senders.next() else { continue };
        truth.contact(sender, &sender.mobile);
        let (day, second) = (random.between(0, 80), random.between(0, 86_399));
        table.row(&[
            &order_number(&mut random, day),
            &snowflake(&mut random, day, second),
            &epoch_ms(day, second).to_string(),
            &sender.name,
            &sender.mobile,
            "北京市顺义区天竺综保区演示物流中心2号库",
            name,
            mobile,
            &address(&mut random),
            random.pick(&["前雨刮片", "空调滤芯", "制动片", "充电枪线缆", "钥匙壳", "脚垫"]),
            &calendar::fixed(random.between(12, 900), 2),
        ]);
    }
    Object { path: "logistics/orders.csv", rows: table.rows(), bytes: table.into_text().into_bytes() }
}

/// Eighteen digits that begin with a day: as long as a resident ID, and none.
fn order_number(random: &mut Random, day: i64) -> String {
    let date = calendar::time(day, 0).date();
    format!("{:04}{:02}{:02}{}", date.year(), date.month(), date.day(), random.digits(10))
}

/// A number of the kind that distributed systems count by: milliseconds, a machine and a sequence.
fn snowflake(random: &mut Random, day: i64, second: i64) -> String {
    const EPOCH_MS: i64 = 1_577_836_800_000;
    (((epoch_ms(day, second) - EPOCH_MS) << 22) | random.between(0, (1 << 22) - 1)).to_string()
}

/// Milliseconds since 1970 in Beijing.
fn epoch_ms(day: i64, second: i64) -> i64 {
    const START_MS: i64 = 1_788_192_000_000;
    START_MS + (day * 86_400 + second) * 1_000
}

fn address(random: &mut Random) -> String {
    let (_, city, _) = number::area(random);
    let road = random.pick(&["人民路", "解放路", "中山路", "建设路", "和平街", "文化路"]);
    format!("{city}市{road}{}号{}单元{}室", random.between(1, 300), random.between(1, 6), random.between(101, 2_804))
}
