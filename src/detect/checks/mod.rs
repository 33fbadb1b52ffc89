//! The checks that detectors name: check digits, dates, tables of prefixes and shapes, one file each.
//!
//! A check sees the normal form of a cell (half width, trimmed, separators dropped and letters in upper case where
//! the detector asks for it). It allocates nothing and answers `false` to whatever it does not understand.

mod bank_bin;
mod calendar;
mod country;
pub(in crate::detect) mod digest;
pub(in crate::detect) mod digits;
mod email;
mod foreign_residence;
pub(in crate::detect) mod gb11643;
mod hk_id;
mod iban;
mod iccid;
mod imei;
mod ip;
mod landline;
mod luhn;
mod mac;
pub(in crate::detect) mod masked;
mod mobile;
mod organisation_code;
pub(in crate::detect) mod placeholder;
mod tw_id;
mod uscc;
mod vin;

/// A test of the normal form of a cell.
pub(crate) type Check = fn(&[u8]) -> bool;

/// Every check by the name that detectors use, in alphabetical order.
pub(crate) const CHECKS: &[(&str, Check)] = &[
    ("bank_bin", bank_bin::bank_bin),
    ("birth_date_15", gb11643::birth_date_15),
    ("birth_date_18", gb11643::birth_date_18),
    ("digest", digest::digest),
    ("email_shape", email::email_shape),
    ("foreign_2017", foreign_residence::foreign_2017),
    ("foreign_2023", foreign_residence::foreign_2023),
    ("gb11643", gb11643::gb11643),
    ("hk_id", hk_id::hk_id),
    ("iban", iban::iban),
    ("iccid", iccid::iccid),
    ("imei", imei::imei),
    ("iot_number", mobile::iot_number),
    ("ipv4", ip::ipv4),
    ("ipv6", ip::ipv6),
    ("landline_area", landline::landline_area),
    ("luhn", luhn::luhn),
    ("mac", mac::mac),
    ("masked", masked::masked),
    ("masked_resident_id", masked::masked_resident_id),
    ("mobile_prefix", mobile::mobile_prefix),
    ("not_placeholder", placeholder::not_placeholder),
    ("organisation_code", organisation_code::organisation_code),
    ("permit_area", gb11643::permit_area),
    ("resident_area", gb11643::resident_area),
    ("tw_id", tw_id::tw_id),
    ("uscc", uscc::uscc),
    ("vin", vin::vin),
    ("vin_shape", vin::vin_shape),
];

/// The place of the check with this name.
pub(crate) fn by_name(name: &str) -> Option<u8> {
    CHECKS.iter().position(|(known, _)| *known == name).map(|at| at as u8)
}

/// The checks that take every character of a value into a sum, or look it up in a long list, the cheapest first.
const DEAR: [&str; 7] = ["imei", "luhn", "uscc", "vin", "gb11643", "iban", "bank_bin"];

/// What a check costs beside others: those that cost less come first, and where one of them fails the others are spared.
pub(crate) fn cost(at: u8) -> usize {
    let name = CHECKS.get(usize::from(at)).map_or("", |(name, _)| name);
    DEAR.iter().position(|dear| *dear == name).map_or(0, |place| place + 1)
}

/// Whether a value passes the check at a place.
pub(crate) fn passes(at: u8, value: &[u8]) -> bool {
    CHECKS.get(usize::from(at)).is_some_and(|(_, check)| check(value))
}

#[cfg(test)]
#[allow(clippy::panic, reason = "a test that cannot go on stops")]
mod packs_tests;
#[cfg(test)]
#[allow(clippy::panic, clippy::expect_used, reason = "a test that cannot go on stops")]
mod tests;
#[cfg(test)]
#[allow(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on stops, and one that does nothing says so"
)]
mod vectors_tests;
