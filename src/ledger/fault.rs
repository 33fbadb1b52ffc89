//! What can be wrong with the files of a ledger, and where.

use std::fmt;

macro_rules! faults {
    ($( $variant:ident $id:literal $zh:literal $en:literal; )*) => {
        /// What is wrong with a file of a ledger.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum FaultKind { $( #[doc = $en] $variant, )* }

        impl FaultKind {
            /// The permanent code.
            pub const fn id(self) -> &'static str {
                match self { $( Self::$variant => $id, )* }
            }

            /// What it means, in Chinese and in English.
            pub const fn names(self) -> (&'static str, &'static str) {
                match self { $( Self::$variant => ($zh, $en), )* }
            }
        }
    };
}

faults! {
    Missing "missing" "文件缺失" "the file is missing";
    Foreign "foreign" "不属于台账的文件" "the file does not belong to the ledger";
    Malformed "malformed" "内容不是写入时的格式" "the text is not as it was written";
    Altered "altered" "封印不符：内容被改动" "the seal does not fit: something in it was changed";
    Misplaced "misplaced" "编号与文件名不符：记录被调换" "it carries the number of another record";
    Unchained "unchained" "与前一条记录不衔接：有记录被替换、插入或者抽走" "it does not follow the record before it: one was replaced, put in or taken out";
    Truncated "truncated" "末尾的记录缺失" "records at the end are missing";
    Unaccounted "unaccounted" "记录多于所记的条数" "there are more records than were counted";
    WrongTally "wrong_tally" "统计文件不是记录时的那一个" "the tally is not the one that was recorded";
    Unsigned "unsigned" "记录没有签名" "the record is not signed";
    OtherSigner "other_signer" "签名出自另一把密钥" "the record is signed with another key";
    BadSignature "bad_signature" "签名不符" "the signature does not fit";
    OtherHead "other_head" "没有任何一条记录具有所给的摘要：台账被回退或者重写" "no record has the head that was noted: the ledger was rolled back or written anew";
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, by its path inside the ledger.
    pub file: String,
    /// What is wrong with it.
    pub kind: FaultKind,
}

impl Fault {
    /// A fault of a file.
    pub(super) fn new(file: impl Into<String>, kind: FaultKind) -> Self {
        Self { file: file.into(), kind }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.file, self.kind.names().1)
    }
}
