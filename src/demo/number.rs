//! Numbers of cards, phones and vehicles that are valid and belong to nobody on purpose.

use super::Random;

/// Areas of GB/T 2260 with the first letters of their plates.
const AREAS: &[(&str, &str, &str)] = &[
    ("110101", "北京", "京A"),
    ("110102", "北京", "京N"),
    ("110105", "北京", "京Q"),
    ("110106", "北京", "京P"),
    ("110108", "北京", "京L"),
    ("110112", "北京", "京K"),
    ("110114", "北京", "京F"),
    ("110115", "北京", "京E"),
    ("120101", "天津", "津A"),
    ("130102", "石家庄", "冀A"),
    ("310101", "上海", "沪A"),
    ("310104", "上海", "沪B"),
    ("320102", "南京", "苏A"),
    ("330102", "杭州", "浙A"),
    ("370102", "济南", "鲁A"),
    ("410102", "郑州", "豫A"),
    ("420102", "武汉", "鄂A"),
    ("430102", "长沙", "湘A"),
    ("440103", "广州", "粤A"),
    ("500103", "重庆", "渝A"),
    ("510104", "成都", "川A"),
    ("610102", "西安", "陕A"),
];

/// Prefixes that operators give to people, not to things.
const MOBILE_PREFIXES: &[&str] = &[
    "130", "131", "132", "133", "134", "135", "136", "137", "138", "139", "150", "151", "152", "155", "156", "157",
    "158", "159", "176", "177", "178", "180", "181", "182", "183", "185", "186", "187", "188", "189", "191", "199",
];

/// Letters and digits of a plate's serial: no I and no O.
const PLATE_SERIAL: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";

/// An area's code, city and plate letters.
pub type Area = (&'static str, &'static str, &'static str);

/// One of the areas.
pub fn area(random: &mut Random) -> Area {
    random.pick(AREAS)
}

/// A resident identity number (GB 11643-1999) of somebody who is an adult in every year that the demo speaks of.
pub fn resident_id(random: &mut Random, area: Area) -> String {
    let (year, month, day) = (random.between(1956, 2004), random.between(1, 12), random.between(1, 28));
    let body = format!("{}{year}{month:02}{day:02}{:03}", area.0, random.between(1, 999));
    let check = resident_check(&body);
    format!("{body}{check}")
}

/// The check character of the first 17 digits, ISO 7064 MOD 11-2.
fn resident_check(body: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(WEIGHTS).map(|(digit, weight)| digit.to_digit(10).unwrap_or(0) * weight).sum();
    "10X98765432".chars().nth(sum as usize % 11).unwrap_or('X')
}

/// The form that cards had before 1999: no century, no check. `None` for who was not born yet.
pub fn resident_id_15(resident_id: &str) -> Option<String> {
    let old: String = resident_id.char_indices().filter(|(at, _)| !matches!(at, 6 | 7 | 17)).map(|(_, c)| c).collect();
    (resident_id.chars().skip(6).take(2).eq("19".chars())).then_some(old)
}

/// A mobile number.
pub fn mobile(random: &mut Random) -> String {
    format!("{}{}", random.pick(MOBILE_PREFIXES), random.digits(8))
}

/// A plate: three in five of the small new-energy kind, the others ordinary.
pub fn plate(random: &mut Random, area: Area) -> String {
    if random.below(5) < 3 {
        let letter = random.string(b"DFABC", 1);
        format!("{}{letter}{}{}", area.2, random.string(PLATE_SERIAL, 1), random.digits(4))
    } else {
        let (front, back) = (random.string(PLATE_SERIAL, 2), random.digits(3));
        format!("{}{front}{back}", area.2)
    }
}

/// A vehicle identification number (GB 16735-2019) of the model years 2022 to 2026.
pub fn vin(random: &mut Random) -> String {
    let front =
        format!("{}{}", random.pick(&["LZ9", "LDE", "LHB"]), random.string(b"ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 5));
    let year = random.string(b"NPRST", 1);
    let back = format!("{year}{}{}", random.string(b"ABCDE", 1), random.digits(6));
    let check = vin_check(&format!("{front}0{back}"));
    format!("{front}{check}{back}")
}

fn vin_check(vin: &str) -> char {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let sum: u32 = vin.chars().zip(WEIGHTS).map(|(c, weight)| vin_value(c) * weight).sum();
    "0123456789X".chars().nth(sum as usize % 11).unwrap_or('X')
}

fn vin_value(c: char) -> u32 {
    match c {
        'A' | 'J' => 1,
        'B' | 'K' | 'S' => 2,
        'C' | 'L' | 'T' => 3,
        'D' | 'M' | 'U' => 4,
        'E' | 'N' | 'V' => 5,
        'F' | 'W' => 6,
        'G' | 'P' | 'X' => 7,
        'H' | 'Y' => 8,
        'R' | 'Z' => 9,
        _ => c.to_digit(10).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::{resident_check, resident_id_15, vin_check};

    #[test]
    fn checks_agree_with_published_numbers() {
        for valid in ["11010519491231002X", "440524188001010014"] {
            let body: String = valid.chars().take(17).collect();
            assert!(valid.ends_with(resident_check(&body)), "{valid}");
        }
        for valid in ["1M8GDM9AXKP042788", "LSJA24U62JG269225", "LBV5S3102ESJ25655", "LDC613P23A1305189"] {
            assert_eq!(valid.chars().nth(8), Some(vin_check(valid)), "{valid}");
        }
    }

    #[test]
    fn the_old_form_drops_century_and_check() {
        assert_eq!(resident_id_15("11010519491231002X").as_deref(), Some("110105491231002"));
        assert_eq!(resident_id_15("110105200001010019"), None);
    }
}
