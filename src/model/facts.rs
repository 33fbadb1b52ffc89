//! What no scan can see: who exports, in which industry and scenario, claiming which exemption.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A word that is not in the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// What was being named.
    pub what: &'static str,
    /// What was given.
    pub given: String,
    /// What could be given.
    pub known: String,
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown {} `{}`; one of {}", self.what, self.given, self.known)
    }
}

impl std::error::Error for UnknownWord {}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident $what:literal { $( $variant:ident $id:literal $zh:literal $en:literal; )* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $( #[doc = $en] $variant, )* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [$name] = &[ $( $name::$variant, )* ];

            /// The id that facts files and reports use.
            pub const fn id(self) -> &'static str {
                match self { $( Self::$variant => $id, )* }
            }

            /// The name in Chinese and in English.
            pub const fn names(self) -> (&'static str, &'static str) {
                match self { $( Self::$variant => ($zh, $en), )* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;
            fn from_str(given: &str) -> Result<Self, UnknownWord> {
                Self::ALL.iter().copied().find(|value| value.id() == given).ok_or_else(|| UnknownWord {
                    what: $what,
                    given: given.to_owned(),
                    known: Self::ALL.iter().map(|value| value.id()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

words! {
    /// The industry that exports.
    Industry "industry" {
        Automotive "automotive" "汽车" "automotive";
        Pharmaceutical "pharmaceutical" "医药" "pharmaceutical";
        CivilAviation "civil_aviation" "民航" "civil aviation";
        Retail "retail" "零售与现代服务业" "retail and modern services";
        AiTraining "ai_training" "人工智能训练数据" "AI training data";
        Other "other" "其他" "other";
    }
}

words! {
    /// An exemption of the CAC provisions of 22 March 2024 that the exporter claims.
    Exemption "exemption" {
        Contract "contract" "订立、履行个人作为一方当事人的合同所必需（第五条第一款第一项）" "needed for a contract with the individual, art. 5(1)(i)";
        Hr "hr" "跨境人力资源管理所必需（第五条第一款第二项）" "cross-border human resources management, art. 5(1)(ii)";
        Emergency "emergency" "紧急情况下保护生命健康和财产安全所必需（第五条第一款第三项）" "emergency, art. 5(1)(iii)";
        Transit "transit" "境外收集、境内处理后再出境（第四条）" "collected abroad and only processed in China, art. 4";
        ZoneList "zone_list" "自由贸易试验区负面清单外的数据（第六条）" "data that the negative list of the free-trade zone leaves free, art. 6";
        NoPersonalData "no_personal_data" "国际贸易等活动中产生且不含个人信息和重要数据（第三条）" "trade, transport, academic or marketing data without personal information or important data, art. 3";
    }
}

impl Exemption {
    /// Its article of the provisions, such as `5(1)(i)`.
    pub const fn article(self) -> &'static str {
        match self {
            Self::Contract => "5(1)(i)",
            Self::Hr => "5(1)(ii)",
            Self::Emergency => "5(1)(iii)",
            Self::Transit => "4",
            Self::ZoneList => "6",
            Self::NoPersonalData => "3",
        }
    }

    /// Whether the persons of an export that it is claimed for are left out of those that count in the year (CAC, questions
    /// and answers on the provisions, no. 11). Art. 3 leaves nobody out: where there are persons, the claim does not hold.
    pub const fn leaves_out_persons(self) -> bool {
        !matches!(self, Self::NoPersonalData)
    }
}

/// The facts. `None` is unknown, never assumed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The exporter's name.
    pub exporter: Option<String>,
    /// Whether the exporter is a critical information infrastructure operator.
    pub ciio: Option<bool>,
    /// Whether the exporter is registered in the free-trade zone.
    pub zone_registered: Option<bool>,
    /// The industry.
    pub industry: Option<Industry>,
    /// The scenario, by its id in the rule pack.
    pub scenario: Option<String>,
    /// The exemptions that are claimed; none is claimed unless it stands here.
    pub exemptions: Vec<Exemption>,
    /// Whether the exporter has checked, for what a scan cannot recognise, that none of it is important data
    /// (`false`), or knows that some of it is (`true`).
    pub important_data: Option<bool>,
    /// The day of export; its year is the one that is counted.
    pub date: Option<jiff::civil::Date>,
    /// The recipient.
    pub recipient: Option<String>,
    /// The recipient's country.
    pub country: Option<String>,
}
