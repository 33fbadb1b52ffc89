//! The vocabulary of data classes: what a detector says a value is, and a rule says the law thinks of.

use std::fmt;

/// The family a class belongs to; the part of its id before the dot.
pub type Family = &'static str;

macro_rules! classes {
    ($( $variant:ident $id:literal $personal:literal $zh:literal $en:literal; )*) => {
        /// A kind of data. Detectors assign it, rules refer to it, and nothing else is shared between them.
        ///
        /// Ids are permanent: they stand in reports, packs and filings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Class { $( #[doc = $en] $variant, )* }

        impl Class {
            /// Every class, in the order of the vocabulary.
            pub const ALL: &'static [Class] = &[ $( Class::$variant, )* ];

            /// The permanent id, such as `identity.resident_id`.
            pub const fn id(self) -> &'static str {
                match self { $( Class::$variant => $id, )* }
            }

            /// The name in Chinese and in English.
            pub const fn names(self) -> (&'static str, &'static str) {
                match self { $( Class::$variant => ($zh, $en), )* }
            }

            /// Whether data of this class is about a natural person by itself (PIPL art. 4), so that a
            /// row holding it must be attributed to somebody.
            pub const fn is_personal(self) -> bool {
                match self { $( Class::$variant => $personal, )* }
            }
        }
    };
}

classes! {
    PersonName "person.name" true "姓名" "Name of a person";
    PersonBirthDate "person.birth_date" true "出生日期" "Date of birth";
    PersonMinor "person.minor" true "不满十四周岁未成年人信息" "Data of a minor under 14";
    ContactMobile "contact.mobile" true "手机号码" "Mobile number";
    ContactLandline "contact.landline" true "固定电话" "Landline number";
    ContactEmail "contact.email" true "电子邮箱" "E-mail address";
    ContactAddress "contact.address" true "住址" "Postal address";
    IdentityResidentId "identity.resident_id" true "居民身份证号码" "Resident identity card number";
    IdentityResidencePermit "identity.residence_permit" true "港澳台居民居住证号码" "Residence permit of Hong Kong, Macao and Taiwan residents";
    IdentityTravelPermit "identity.travel_permit" true "来往内地（大陆）通行证号码" "Mainland travel permit";
    IdentityForeignResidence "identity.foreign_residence" true "外国人永久居留身份证号码" "Foreign permanent resident identity card";
    IdentityPassport "identity.passport" true "护照号码" "Passport number";
    IdentityMilitary "identity.military" true "军官证、士兵证、警官证号码" "Military or police identity card number";
    IdentityHmtCard "identity.hmt_card" true "港澳台身份证号码" "Identity card of Hong Kong, Macao or Taiwan";
    IdentityDriverLicence "identity.driver_licence" true "驾驶证号" "Driver's licence number";
    IdentityDriverFile "identity.driver_file" true "驾驶证档案编号" "Driver's licence file number";
    IdentitySocialSecurity "identity.social_security" true "社会保障号码" "Social security number";
    AccountUser "account.user" true "用户、会员或患者编号" "User, member or patient id";
    AccountIm "account.im" true "即时通信账号" "Instant messaging account";
    NetworkIp "network.ip" true "IP地址" "IP address";
    DeviceId "device.id" true "设备标识" "Device identifier";
    FinanceBankCard "finance.bank_card" true "银行卡号" "Bank card number";
    FinanceAccount "finance.account" true "金融账户" "Financial account";
    FinanceTransaction "finance.transaction" true "交易流水" "Financial transaction record";
    OrgUscc "org.uscc" false "统一社会信用代码" "Unified social credit code";
    VehiclePlate "vehicle.plate" true "机动车号牌号码" "Vehicle plate number";
    VehicleVin "vehicle.vin" true "车辆识别代号" "Vehicle identification number";
    VehicleId "vehicle.id" true "企业内部车辆编号" "Vehicle number inside a fleet";
    VehicleLicence "vehicle.licence" true "行驶证号" "Vehicle licence number";
    VehicleEngine "vehicle.engine" true "发动机号" "Engine number";
    VehicleTrack "vehicle.track" true "车辆行踪轨迹" "Vehicle track";
    VehicleTelemetry "vehicle.telemetry" false "车辆工况数据" "Vehicle telemetry";
    VehicleFlow "vehicle.flow" false "车辆流量" "Vehicle flow";
    LogisticsRoute "logistics.route" false "货物流向路径" "Route of goods";
    ChargingStation "charging.station" false "充电站桩信息" "Charging station or pile";
    ChargingStatus "charging.status" false "充电桩使用状态" "Charging pile status";
    ChargingSession "charging.session" false "充电记录" "Charging session";
    ChargingBilling "charging.billing" false "充电计费支付信息" "Charging billing and payment";
    ChargingStatistics "charging.statistics" false "充换电统计" "Charging statistics";
    HealthDiagnosis "health.diagnosis" true "诊断" "Diagnosis";
    HealthTreatment "health.treatment" true "治疗、手术" "Treatment or operation";
    HealthMedication "health.medication" true "用药记录" "Medication";
    HealthLab "health.lab" true "检验检查结果" "Laboratory or examination result";
    HealthAdmission "health.admission" true "就诊、住院记录" "Visit or admission";
    HealthHistory "health.history" true "病史、过敏史" "Medical history or allergy";
    HealthAdverseEvent "health.adverse_event" true "不良反应、不良事件" "Adverse event";
    HealthRecord "health.record" true "医疗健康记录" "Medical record";
    HealthGenetic "health.genetic" true "基因数据" "Genetic data";
    HealthImaging "health.imaging" true "医学影像" "Medical imaging";
    HealthResources "health.resources" false "医疗资源数据" "Medical resources";
    BiometricFeature "biometric.feature" true "生物识别特征" "Biometric feature";
    MediaImage "media.image" true "图像" "Image";
    MediaAudio "media.audio" true "音频" "Audio";
    MediaVideo "media.video" true "视频" "Video";
    LocationPoint "location.point" false "位置点" "Position";
    LocationSensitiveArea "location.sensitive_area" false "重要敏感区域地理信息" "Position in an important sensitive area";
    TravelPassenger "travel.passenger" true "旅客信息" "Passenger data";
    TravelCrew "travel.crew" true "机组、船员信息" "Crew data";
    RetailMember "retail.member" true "零售会员信息" "Retail member data";
    RetailOrder "retail.order" false "零售订单" "Retail order";
    TrainingCorpus "training.corpus" false "人工智能训练数据" "AI training data";
}

impl Class {
    /// The class with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|class| class.id() == id)
    }

    /// The part of the id before the dot.
    pub fn family(self) -> Family {
        self.id().split('.').next().unwrap_or_default()
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl serde::Serialize for Class {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> serde::Deserialize<'de> for Class {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Self::from_id(&id).ok_or_else(|| {
            serde::de::Error::custom(format!("unknown class `{id}`; `exportscan packs list classes` names them all"))
        })
    }
}

/// A set of classes; what a row says of the persons in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassSet(pub u64);

const _: () = assert!(Class::ALL.len() <= 64, "`ClassSet` is one 64-bit word");

impl ClassSet {
    /// The set of nothing.
    pub const EMPTY: Self = Self(0);

    /// The set of `class` alone.
    pub const fn of(class: Class) -> Self {
        Self(1 << class as u8)
    }

    /// The classes that are personal information by themselves.
    pub fn personal() -> Self {
        Class::ALL.iter().copied().filter(|class| class.is_personal()).collect()
    }

    /// Whether `class` is in the set.
    pub const fn contains(self, class: Class) -> bool {
        self.intersects(Self::of(class))
    }

    /// Whether the two sets share a class.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes of either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The classes in the order of the vocabulary.
    pub fn iter(self) -> impl Iterator<Item = Class> {
        Class::ALL.iter().copied().filter(move |class| self.contains(*class))
    }
}

/// By the ids of its classes: the bits mean something only to one vocabulary.
impl serde::Serialize for ClassSet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> serde::Deserialize<'de> for ClassSet {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Class>::deserialize(deserializer)?.into_iter().collect())
    }
}

impl FromIterator<Class> for ClassSet {
    fn from_iter<I: IntoIterator<Item = Class>>(classes: I) -> Self {
        classes.into_iter().fold(Self::EMPTY, |set, class| set.union(Self::of(class)))
    }
}
