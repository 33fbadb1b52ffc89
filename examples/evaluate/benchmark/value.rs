//! Values that are valid where their standard has a check, and belong to nobody on purpose.
//!
//! Names, places and other words are not here: each half of the benchmark has its own.

use exportscan::demo::{Random, number};

/// `n` values, no two of them equal.
pub(crate) fn distinct(random: &mut Random, n: usize, draw: impl Fn(&mut Random) -> String) -> Vec<String> {
    let mut known = std::collections::BTreeSet::new();
    let mut values = Vec::with_capacity(n);
    while values.len() < n {
        let value = draw(random);
        if known.insert(value.clone()) {
            values.push(value);
        }
    }
    values
}

/// `n` values.
pub(crate) fn values(random: &mut Random, n: usize, mut draw: impl FnMut(&mut Random) -> String) -> Vec<String> {
    (0..n).map(|_| draw(random)).collect()
}

/// A resident identity number (GB 11643-1999).
pub(crate) fn resident_id(random: &mut Random) -> String {
    let area = number::area(random);
    number::resident_id(random, area)
}

/// A mobile number of the mainland.
pub(crate) fn mobile(random: &mut Random) -> String {
    number::mobile(random)
}

/// A vehicle identification number (GB 16735-2019).
pub(crate) fn vin(random: &mut Random) -> String {
    number::vin(random)
}

/// The digit that makes a number pass Luhn's check.
pub(crate) fn luhn_digit(body: &str) -> u32 {
    let digits = body.bytes().rev().enumerate();
    let sum: u32 = digits
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0');
            match digit * 2 {
                _ if at % 2 == 1 => digit,
                double if double > 9 => double - 9,
                double => double,
            }
        })
        .sum();
    (10 - sum % 10) % 10
}

/// A card of a Chinese bank: six digits of a `UnionPay` issuer, 19 or 16 digits in all.
pub(crate) fn bank_card(random: &mut Random) -> String {
    let issuer = random.pick(&["622202", "621700", "622848", "621661", "622588", "621483", "622260", "622622"]);
    let body = format!("{issuer}{}", random.digits(if matches!(issuer, "622588" | "621483") { 9 } else { 12 }));
    format!("{body}{}", luhn_digit(&body))
}

/// A unified social credit code of an enterprise (GB 32100-2015).
pub(crate) fn uscc(random: &mut Random) -> String {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let organisation = organisation_code(random);
    let body = format!("91{}{organisation}", number::area(random).0);
    let place = |byte: u8| ALPHABET.iter().position(|known| *known == byte).unwrap_or(0);
    let sum: usize = body.bytes().zip(WEIGHTS).map(|(byte, weight)| place(byte) * weight).sum();
    format!("{body}{}", char::from(ALPHABET[(31 - sum % 31) % 31]))
}

/// An organisation code (GB 11714-1997), without its dash.
pub(crate) fn organisation_code(random: &mut Random) -> String {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!("MA{}", random.string(b"0123456789ABCDEFGHJKLMNPQRTUWXY", 6));
    let value = |byte: u8| if byte.is_ascii_digit() { u32::from(byte - b'0') } else { u32::from(byte - b'A') + 10 };
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(byte, weight)| value(byte) * weight).sum();
    let check = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from(b'0' + digit as u8),
    };
    format!("{body}{check}")
}

/// A residence permit of Hong Kong, Macao (81, 82) or Taiwan (83) residents.
pub(crate) fn residence_permit(random: &mut Random) -> String {
    let area = random.pick(&["810000", "820000", "830000"]);
    number::resident_id(random, (area, "", ""))
}

/// A passport of China of the E series.
pub(crate) fn passport(random: &mut Random) -> String {
    match random.below(2) {
        0 => format!("E{}", random.digits(8)),
        _ => format!("E{}{}", random.string(b"ABCDEFGHJKLMNPQRSTUVWXYZ", 1), random.digits(7)),
    }
}

/// A mainland travel permit of Hong Kong (H) and Macao (M) residents.
pub(crate) fn travel_permit(random: &mut Random) -> String {
    format!("{}{}", random.pick(&["H", "M"]), random.digits(8))
}

/// An international mobile equipment identity (3GPP TS 23.003, 6.2.1).
pub(crate) fn imei(random: &mut Random) -> String {
    let body = format!("86{}", random.digits(12));
    format!("{body}{}", luhn_digit(&body))
}

/// An integrated circuit card identifier (ITU-T E.118) of China.
pub(crate) fn iccid(random: &mut Random) -> String {
    let body = format!("8986{}", random.digits(15));
    format!("{body}{}", luhn_digit(&body))
}

/// An EAN-13 of China.
pub(crate) fn ean13(random: &mut Random) -> String {
    let body = format!("69{}", random.digits(10));
    let sum: u32 =
        body.bytes().enumerate().map(|(at, byte)| u32::from(byte - b'0') * if at % 2 == 0 { 1 } else { 3 }).sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// A snowflake: 41 bits of milliseconds, 10 of the machine, 12 counted.
pub(crate) fn snowflake(random: &mut Random) -> String {
    let milliseconds = random.between(180_000_000_000, 500_000_000_000) as u64;
    ((milliseconds << 22) | (random.below(32) << 12) | random.below(4096)).to_string()
}

/// A version 4 UUID.
pub(crate) fn uuid(random: &mut Random) -> String {
    const HEX: &[u8] = b"0123456789abcdef";
    let part = |random: &mut Random, n| random.string(HEX, n);
    let (a, b, c, e) = (part(random, 8), part(random, 4), part(random, 3), part(random, 12));
    format!("{a}-{b}-4{c}-{}{}-{e}", random.string(b"89ab", 1), random.string(HEX, 3))
}

/// `n` hexadecimal digits: what a hash of this length looks like.
pub(crate) fn hex(random: &mut Random, n: usize) -> String {
    random.string(b"0123456789abcdef", n)
}

/// A day, `2024-03-15`, of these years.
pub(crate) fn day(random: &mut Random, first_year: i64, last_year: i64) -> String {
    format!("{}-{:02}-{:02}", random.between(first_year, last_year), random.between(1, 12), random.between(1, 28))
}

/// A time, `2024-03-15 08:30:00`, of these years.
pub(crate) fn time(random: &mut Random, first_year: i64, last_year: i64) -> String {
    let day = day(random, first_year, last_year);
    format!("{day} {:02}:{:02}:{:02}", random.below(24), random.below(60), random.below(60))
}

/// A number with `decimals` digits behind the point, from `low` to `high`.
pub(crate) fn decimal(random: &mut Random, low: i64, high: i64, decimals: u32) -> String {
    let scale = 10_i64.pow(decimals);
    let drawn = random.between(low * scale, high * scale);
    let sign = if drawn < 0 { "-" } else { "" };
    let drawn = drawn.abs();
    match decimals {
        0 => format!("{sign}{drawn}"),
        _ => format!("{sign}{}.{:0width$}", drawn / scale, drawn % scale, width = decimals as usize),
    }
}

/// A whole number from `low` to `high`.
pub(crate) fn integer(random: &mut Random, low: i64, high: i64) -> String {
    random.between(low, high).to_string()
}

/// Numbers that count up from `first`, with this many digits and a text in front.
pub(crate) fn serial(prefix: &str, first: usize, digits: usize, n: usize) -> Vec<String> {
    (first..first + n).map(|number| format!("{prefix}{number:0digits$}")).collect()
}

/// One point of a way: seconds since the start, longitude and latitude in degrees, speed in km/h.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fix {
    /// Seconds since the start.
    pub(crate) seconds: i64,
    /// Longitude in millionths of a degree.
    pub(crate) longitude: i64,
    /// Latitude in millionths of a degree.
    pub(crate) latitude: i64,
    /// Speed in km/h.
    pub(crate) speed: i64,
}

/// The way of a vehicle through a city around a place (in degrees): `n` fixes, `step` seconds apart.
pub(crate) fn way(random: &mut Random, (longitude, latitude): (f64, f64), n: usize, step: i64) -> Vec<Fix> {
    let mut at = (
        (longitude * 1e6) as i64 + random.between(-80_000, 80_000),
        (latitude * 1e6) as i64 + random.between(-80_000, 80_000),
    );
    let mut heading = (random.between(-10, 10), random.between(-10, 10));
    let mut fixes = Vec::with_capacity(n);
    for seconds in (0..).map(|place| place * step).take(n) {
        if random.one_in(8) {
            heading = (random.between(-10, 10), random.between(-10, 10));
        }
        // A millionth of a degree is some 0.1 m: ten times the heading in a second is at most 10 m/s each way.
        at.0 += heading.0 * 10 * step;
        at.1 += heading.1 * 10 * step;
        let speed = 36 * heading.0.abs().max(heading.1.abs()) / 10;
        fixes.push(Fix { seconds, longitude: at.0, latitude: at.1, speed });
    }
    fixes
}

/// Millionths of a degree as degrees.
pub(crate) fn degrees(millionths: i64) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    format!("{sign}{}.{:06}", millionths.abs() / 1_000_000, millionths.abs() % 1_000_000)
}

/// A time of day `seconds` after a day's start, on `day` (`2024-03-15`).
pub(crate) fn clock(day: &str, seconds: i64) -> String {
    format!("{day} {:02}:{:02}:{:02}", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60)
}
