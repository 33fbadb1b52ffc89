//! People, their cars and their numbers; all of it drawn.

use super::words::{ESTATES, FIRMS, FOREIGNERS, MEN, OTHERS, PLACES, Place, ROADS, SURNAMES, VILLAGES, WOMEN};
use crate::benchmark::value;
use exportscan::demo::Random;
use std::collections::BTreeSet;

/// Somebody.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// `欧阳静`
    pub(super) name: String,
    /// `Ouyang Jing`
    pub(super) latin: String,
    /// `男` or `女`
    pub(super) sex: String,
    /// `1987-06-12`
    pub(super) born: String,
    /// Resident identity number.
    pub(super) id: String,
    /// Mobile number.
    pub(super) mobile: String,
    /// Landline at home, `0512-57712345`.
    pub(super) landline: String,
    /// E-mail address.
    pub(super) mail: String,
    /// Where they live.
    pub(super) place: Place,
    /// The same, in full.
    pub(super) address: String,
    /// A number of eight digits that somebody gave them.
    pub(super) account: String,
    /// SHA-256 of something, or what looks like it.
    pub(super) hash: String,
    /// A bank card.
    pub(super) card: String,
    /// A passport of China.
    pub(super) passport: String,
    /// The plate of their car.
    pub(super) plate: String,
    /// Its identification number.
    pub(super) vin: String,
}

/// `n` adults who share nothing that identifies.
pub(super) fn people(random: &mut Random, n: usize) -> Vec<Person> {
    people_born(random, n, (1938, 2005))
}

/// `n` persons born in these years.
pub(super) fn people_born(random: &mut Random, n: usize, years: (i64, i64)) -> Vec<Person> {
    let mut taken = BTreeSet::new();
    let mut people = Vec::with_capacity(n);
    while people.len() < n {
        let person = person(random, years);
        let numbers = [&person.id, &person.mobile, &person.mail, &person.account, &person.card, &person.passport];
        if numbers.iter().all(|number| !taken.contains(*number)) {
            taken.extend(numbers.map(String::clone));
            people.push(person);
        }
    }
    people
}

fn person(random: &mut Random, years: (i64, i64)) -> Person {
    let sex = random.pick(&["男", "女"]);
    let (name, latin) = name(random, sex);
    let home = place(random);
    let id = resident_id(random, sex, years);
    let mobile = mobile(random);
    let login = latin.to_lowercase().replace(' ', "");
    let mail = match random.below(5) {
        0 => format!("{}@qq.com", random.between(10_000_000, 3_999_999_999)),
        1 => format!("{login}{}@163.com", random.digits(3)),
        2 => format!("{mobile}@139.com"),
        3 => format!("{}.{}{}@foxmail.com", &login[..1], &login[1..], random.digits(2)),
        _ => {
            format!("{login}_{}@{}", random.digits(4), random.pick(&["126.com", "sina.cn", "gmail.com", "outlook.com"]))
        }
    };
    Person {
        name,
        latin,
        sex: sex.to_owned(),
        born: format!("{}-{}-{}", &id[6..10], &id[10..12], &id[12..14]),
        id,
        mobile,
        landline: landline(random, home),
        mail,
        place: home,
        address: address(random, home),
        account: format!("{}{}", random.between(1, 9), random.digits(7)),
        hash: value::hex(random, 64),
        card: bank_card(random),
        passport: value::passport(random),
        plate: plate(random),
        vin: vin(random),
    }
}

/// A name in Chinese and in Latin letters.
fn name(random: &mut Random, sex: &str) -> (String, String) {
    if random.one_in(60) {
        let at = random.below(OTHERS.len() as u64) as usize;
        return (OTHERS[at].0.to_owned(), OTHERS[at].1.to_owned());
    }
    let (surname, family) = random.pick(SURNAMES);
    let (given, first) = random.pick(if sex == "男" { MEN } else { WOMEN });
    (format!("{surname}{given}"), format!("{} {}", capital(family), capital(first)))
}

/// The name of somebody from elsewhere, `Daniel Fischer`.
pub(super) fn foreigner(random: &mut Random) -> String {
    let (given, _) = random.pick(FOREIGNERS);
    let (_, surname) = random.pick(FOREIGNERS);
    format!("{given} {surname}")
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// A place.
pub(super) fn place(random: &mut Random) -> Place {
    PLACES[random.below(PLACES.len() as u64) as usize]
}

/// A postal address, in town or in the country.
pub(super) fn address(random: &mut Random, (province, city, district, ..): Place) -> String {
    let road = random.pick(ROADS);
    let number = random.between(1, 1288);
    match random.below(5) {
        0 => format!(
            "{province}{city}{district}{}{}组{}号",
            random.pick(VILLAGES),
            random.between(1, 12),
            number % 90 + 1
        ),
        1 => format!("{province}{city}{district}{road}{number}号"),
        2 => format!(
            "{province}{city}{district}{}{}栋{}单元{}",
            random.pick(ESTATES),
            random.between(1, 30),
            random.between(1, 4),
            random.between(1, 28) * 100 + random.between(1, 6)
        ),
        _ => format!(
            "{province}{city}{district}{road}{number}号{}{}幢{}室",
            random.pick(ESTATES),
            random.between(1, 40),
            random.between(1, 32) * 100 + random.between(1, 8)
        ),
    }
}

/// The address of a shop or a company.
pub(super) fn business_address(random: &mut Random, (province, city, district, ..): Place) -> String {
    let (road, number) = (random.pick(ROADS), random.between(1, 999));
    let part = match random.below(4) {
        0 => String::new(),
        1 => format!("{}座{}层", random.pick(&["A", "B", "主楼", "科技大厦C"]), random.between(2, 30)),
        2 => format!("{}商铺", random.between(101, 140)),
        _ => format!("产业园{}号厂房", random.between(1, 18)),
    };
    format!("{province}{city}{district}{road}{number}号{part}")
}

/// The name of a company in a place.
pub(super) fn firm(random: &mut Random) -> String {
    let (_, city, ..) = place(random);
    format!("{}{}", city.trim_end_matches('市'), random.pick(FIRMS))
}

/// A landline of a place.
pub(super) fn landline(random: &mut Random, (_, _, _, _, _, code, ..): Place) -> String {
    let digits = if code.len() == 3 { 7 } else { 6 + random.below(2) as usize };
    format!("{code}-{}{}", random.between(2, 8), random.digits(digits))
}

/// A resident identity number (GB 11643-1999) of somebody of this sex, born in these years.
pub(super) fn resident_id(random: &mut Random, sex: &str, (first, last): (i64, i64)) -> String {
    const WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let (_, _, _, area, ..) = place(random);
    let order = random.between(0, 498) * 2 + if sex == "男" { 1 } else { 2 };
    let (year, month, day) = (random.between(first, last), random.between(1, 12), random.between(1, 28));
    let body = format!("{area}{year}{month:02}{day:02}{order:03}");
    let sum: usize = body.bytes().zip(WEIGHTS).map(|(byte, weight)| usize::from(byte - b'0') * weight).sum();
    format!("{body}{}", &"10X98765432"[sum % 11..=sum % 11])
}

/// A mobile number, of old and of new prefixes.
pub(super) fn mobile(random: &mut Random) -> String {
    const PREFIXES: &[&str] = &[
        "130", "131", "132", "133", "135", "136", "137", "138", "138", "139", "139", "145", "147", "150", "151", "152",
        "153", "155", "156", "157", "158", "159", "166", "170", "172", "173", "175", "176", "177", "178", "180", "181",
        "182", "183", "185", "186", "187", "188", "189", "190", "191", "193", "195", "198", "199",
    ];
    format!("{}{}", random.pick(PREFIXES), random.digits(8))
}

/// A bank card: debit of 19 or 16 digits, credit of one scheme or another.
pub(super) fn bank_card(random: &mut Random) -> String {
    let (issuer, digits) = match random.below(6) {
        0 => (random.pick(&["622575", "625957", "439225", "518710", "356885", "404119"]), 16),
        1 => (random.pick(&["621483", "622588", "622262", "622908", "622518"]), 16),
        _ => (random.pick(&["622203", "621226", "622848", "622700", "621785", "621098", "621799", "622202"]), 19),
    };
    let body = format!("{issuer}{}", random.digits(digits - issuer.len() - 1));
    format!("{body}{}", value::luhn_digit(&body))
}

/// A plate: blue, yellow or green.
pub(super) fn plate(random: &mut Random) -> String {
    const SERIAL: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
    let (_, _, _, _, letters, ..) = place(random);
    match random.below(5) {
        0 => format!("{letters}{}{}", random.string(b"DDFAB", 1), random.digits(5)),
        1 => format!("{letters}{}", random.digits(5)),
        2 => format!("{letters}{}{}{}", random.digits(1), random.string(SERIAL, 1), random.digits(3)),
        3 => format!("{letters}{}{}", random.string(SERIAL, 2), random.digits(3)),
        _ => format!("{letters}{}{}", random.string(SERIAL, 1), random.digits(4)),
    }
}

/// A vehicle identification number (ISO 3779); of European imports, one without a check digit.
pub(super) fn vin(random: &mut Random) -> String {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    if random.one_in(30) {
        return format!(
            "{}ZZZ{}{}{}",
            random.pick(&["WVW", "WAU", "WP0"]),
            random.string(b"478BCF", 2),
            "ZL",
            random.digits(7)
        );
    }
    let maker =
        random.pick(&["LSV", "LFV", "LGB", "LSG", "LBV", "LVS", "LFM", "LGX", "LC0", "LRW", "LGW", "LHG", "L6T"]);
    let (front, back) = (
        format!("{maker}{}", random.string(b"ABCEFGJKLMNRSTWXYZ0123456789", 5)),
        format!("{}{}{}", random.string(b"HJKLMNPRST", 1), random.string(b"ABGJN123", 1), random.digits(6)),
    );
    let value = |c: char| match c {
        'A'..='H' => c as u32 - 'A' as u32 + 1,
        'J'..='N' => c as u32 - 'J' as u32 + 1,
        'P' => 7,
        'R' => 9,
        'S'..='Z' => c as u32 - 'S' as u32 + 2,
        _ => c.to_digit(10).unwrap_or(0),
    };
    let sum: u32 = format!("{front}0{back}").chars().zip(WEIGHTS).map(|(c, weight)| value(c) * weight).sum();
    format!("{front}{}{back}", &"0123456789X"[sum as usize % 11..=sum as usize % 11])
}
