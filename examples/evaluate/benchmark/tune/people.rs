//! People with everything that a table may say of them; no two of them share an identifier.

use super::words::{self, Place};
use crate::benchmark::value;
use exportscan::demo::{Random, number};

/// Somebody.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// `欧阳静`
    pub(super) name: String,
    /// `女`
    pub(super) sex: &'static str,
    /// The resident identity number.
    pub(super) id: String,
    /// `1987-03-12`, as in the identity number.
    pub(super) birth: String,
    /// Years in 2024.
    pub(super) age: i64,
    /// The mobile number.
    pub(super) mobile: String,
    /// The e-mail address.
    pub(super) email: String,
    /// Where they live, in full.
    pub(super) address: String,
    /// Where that is.
    pub(super) place: Place,
}

/// `n` adults.
pub(super) fn people(random: &mut Random, n: usize) -> Vec<Person> {
    let ids = drawn(random, n, |r| {
        let place = r.pick(words::PLACES);
        number::resident_id(r, (place.area, place.city, place.plate))
    });
    who_have(random, ids)
}

/// `n` children, born from 2014 to 2023.
pub(super) fn children(random: &mut Random, n: usize) -> Vec<Person> {
    let ids = drawn(random, n, |r| {
        let (year, month, day) = (r.between(2014, 2023), r.between(1, 12), r.between(1, 28));
        let body = format!("{}{year}{month:02}{day:02}{:03}", r.pick(words::PLACES).area, r.between(1, 999));
        format!("{body}{}", resident_check(&body))
    });
    who_have(random, ids)
}

fn who_have(random: &mut Random, ids: Vec<String>) -> Vec<Person> {
    let mobiles = value::distinct(random, ids.len(), value::mobile);
    ids.into_iter().zip(mobiles).enumerate().map(|(at, (id, mobile))| person(random, at, id, mobile)).collect()
}

fn person(random: &mut Random, at: usize, id: String, mobile: String) -> Person {
    let place = random.pick(words::PLACES);
    let year: i64 = id[6..10].parse().unwrap_or_default();
    let email = match random.below(3) {
        0 => format!("{}{at:03}{}@qq.com", random.between(1, 9), random.digits(5)),
        1 => format!("{mobile}@{}", random.pick(&["163.com", "139.com", "126.com"])),
        _ => format!(
            "{}{}{at:02}@{}",
            letters(random),
            random.between(1, 9),
            random.pick(&["gmail.com", "sina.com", "outlook.com"])
        ),
    };
    Person {
        name: name(random),
        sex: if id.as_bytes()[16] % 2 == 1 { "男" } else { "女" },
        birth: format!("{}-{}-{}", &id[6..10], &id[10..12], &id[12..14]),
        age: 2024 - year,
        address: address(random, place),
        id,
        mobile,
        email,
        place,
    }
}

/// A name.
pub(super) fn name(random: &mut Random) -> String {
    if random.one_in(120) {
        return random.pick(words::WESTERN_NAMES).to_owned();
    }
    let surname = if random.one_in(60) {
        random.pick(words::DOUBLE_SURNAMES).to_owned()
    } else {
        character(random, words::SURNAMES)
    };
    let given = if random.below(5) == 0 { 1 } else { 2 };
    (0..given).fold(surname, |text, _| text + &character(random, words::GIVEN))
}

/// An address down to the room.
pub(super) fn address(random: &mut Random, place: Place) -> String {
    let city = if place.city == place.province { "" } else { place.city };
    let street = format!("{}{city}{}{}", place.province, place.district, random.pick(words::ROADS));
    let (number, building) = (random.between(1, 388), random.between(1, 36));
    let room = format!("{}{:02}", random.between(1, 26), random.between(1, 6));
    match random.below(4) {
        0 => format!(
            "{street}{number}号{}{building}号楼{}单元{room}室",
            random.pick(words::QUARTERS),
            random.between(1, 4)
        ),
        1 => format!("{street}{number}号{}{building}栋{room}", random.pick(words::QUARTERS)),
        2 => format!("{street}{number}弄{building}号{room}室"),
        _ => format!("{street}{number}号{}{building}-{}-{room}", random.pick(words::QUARTERS), random.between(1, 3)),
    }
}

/// A landline of a place.
pub(super) fn landline(random: &mut Random, place: Place) -> String {
    let first = random.between(2, 8);
    format!("{}-{first}{}", place.dial, random.digits(if place.dial.len() == 3 { 7 } else { 6 }))
}

/// A plate of a place.
pub(super) fn plate(random: &mut Random) -> String {
    let place = random.pick(words::PLACES);
    number::plate(random, (place.area, place.city, place.plate))
}

/// The name of a firm.
pub(super) fn firm(random: &mut Random) -> String {
    let place = random.pick(words::PLACES);
    let (word, trade) = (random.pick(words::FIRM_WORDS), random.pick(words::FIRM_TRADES));
    let city = place.city.trim_end_matches('市');
    match random.below(3) {
        0 => format!("{city}{word}{trade}有限公司"),
        1 => format!("{word}({city}){trade}有限公司"),
        _ => format!("{}{word}{trade}股份有限公司", place.province),
    }
}

/// A word of small letters, as people call themselves.
pub(super) fn letters(random: &mut Random) -> String {
    let syllables =
        ["xiao", "li", "wang", "chen", "feng", "yu", "ming", "hao", "jie", "mei", "zhang", "lin", "tian", "bo"];
    (0..random.between(1, 3)).map(|_| random.pick(&syllables)).collect()
}

fn character(random: &mut Random, from: &str) -> String {
    let at = random.below(from.chars().count() as u64) as usize;
    from.chars().skip(at).take(1).collect()
}

/// The check character of the first 17 digits of a resident identity number (ISO 7064 MOD 11-2).
pub(super) fn resident_check(body: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    char::from(b"10X98765432"[sum as usize % 11])
}

fn drawn(random: &mut Random, n: usize, draw: impl Fn(&mut Random) -> String) -> Vec<String> {
    value::distinct(random, n, draw)
}
