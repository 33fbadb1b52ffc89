//! What people call the kinds of identifiers.

use super::number::grouped;
use crate::model::{IdentifierKind, Language};

/// In Chinese, in English, and in English for several.
const fn names(kind: IdentifierKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        IdentifierKind::ResidentId => ("居民身份证号码", "resident ID number", "resident ID numbers"),
        IdentifierKind::ResidencePermit => ("港澳台居民居住证号码", "residence permit", "residence permits"),
        IdentifierKind::ForeignResidence => {
            ("外国人永久居留身份证号码", "foreign residence card", "foreign residence cards")
        }
        IdentifierKind::TravelPermit => ("通行证号码", "travel permit", "travel permits"),
        IdentifierKind::Mobile => ("手机号码", "mobile number", "mobile numbers"),
        IdentifierKind::Email => ("电子邮箱", "e-mail address", "e-mail addresses"),
        IdentifierKind::Passport => ("护照号码", "passport", "passports"),
        IdentifierKind::HmtCard => (
            "港澳台身份证件号码",
            "identity card of Hong Kong, Macao or Taiwan",
            "identity cards of Hong Kong, Macao or Taiwan",
        ),
        IdentifierKind::Military => ("军人证件号码", "military card", "military cards"),
        IdentifierKind::BankCard => ("银行卡号", "bank card", "bank cards"),
        IdentifierKind::DriverFile => ("驾驶证档案编号", "driver's file number", "driver's file numbers"),
        IdentifierKind::SocialSecurity => ("社会保障号码", "social security number", "social security numbers"),
        IdentifierKind::FinanceAccount => ("金融账户", "financial account", "financial accounts"),
        IdentifierKind::Im => ("即时通信账号", "messenger account", "messenger accounts"),
        IdentifierKind::Account => ("账号（用户、会员、患者等编号）", "account number", "account numbers"),
        IdentifierKind::Pseudonym => ("经散列或者加密的标识", "hashed identifier", "hashed identifiers"),
        IdentifierKind::Vin => ("车辆识别代号（VIN）", "VIN", "VINs"),
        IdentifierKind::Plate => ("车牌号码", "number plate", "number plates"),
        IdentifierKind::VehicleLicence => ("行驶证编号", "vehicle licence", "vehicle licences"),
        IdentifierKind::Engine => ("发动机号码", "engine number", "engine numbers"),
        IdentifierKind::Vehicle => ("车辆编号", "vehicle number", "vehicle numbers"),
        IdentifierKind::Device => ("设备标识", "device", "devices"),
        IdentifierKind::VehiclePseudonym => {
            ("经散列或者加密的车辆标识", "hashed vehicle identifier", "hashed vehicle identifiers")
        }
        IdentifierKind::Masked => ("部分遮盖的标识", "masked identifier", "masked identifiers"),
        IdentifierKind::NameBirth => ("姓名与出生日期", "name with birth date", "names with birth dates"),
        IdentifierKind::Name => ("姓名", "name", "names"),
    }
}

/// One identifier of the kind.
pub(super) const fn one(language: Language, kind: IdentifierKind) -> &'static str {
    let (zh, en, _) = names(kind);
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// So many identifiers of the kind.
pub(super) fn several(language: Language, kind: IdentifierKind, number: u64) -> String {
    let (zh, one, several) = names(kind);
    match language {
        Language::Zh => format!("{} 个{zh}", grouped(number)),
        Language::En => format!("{} {}", grouped(number), if number == 1 { one } else { several }),
    }
}
