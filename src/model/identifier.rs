//! What tells one natural person from another, and the keyed fingerprint it is counted by.

use std::hash::Hasher as _;

use siphasher::sip128::{Hasher128 as _, SipHasher24};

/// How strongly an identifier stands for one natural person. Lower is stronger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Level {
    /// A resident ID: one person for life, never merged with another.
    Resident,
    /// Another card that stays with its holder.
    Card,
    /// An account, a number or a document that a person may have several of.
    Account,
    /// A vehicle or device, standing in for a person where nothing better is there.
    Vehicle,
    /// A name, or a number of which a part is hidden: links nothing.
    Name,
}

macro_rules! kinds {
    ($( $variant:ident $id:literal $level:ident; )*) => {
        /// A kind of identifier, strongest first: the declaration order is the ranking inside a mention.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum IdentifierKind { $( #[doc = concat!("`", $id, "`")] $variant, )* }

        impl IdentifierKind {
            /// Every kind, strongest first.
            pub const ALL: &'static [IdentifierKind] = &[ $( IdentifierKind::$variant, )* ];

            /// The id that packs and reports use.
            pub const fn id(self) -> &'static str {
                match self { $( Self::$variant => $id, )* }
            }

            /// How strongly this kind stands for one person.
            pub const fn level(self) -> Level {
                match self { $( Self::$variant => Level::$level, )* }
            }
        }
    };
}

kinds! {
    ResidentId "resident_id" Resident;
    ResidencePermit "residence_permit" Card;
    ForeignResidence "foreign_residence" Card;
    TravelPermit "travel_permit" Card;
    Mobile "mobile" Account;
    Email "email" Account;
    Passport "passport" Account;
    HmtCard "hmt_card" Account;
    Military "military" Account;
    BankCard "bank_card" Account;
    DriverFile "driver_file" Account;
    SocialSecurity "social_security" Account;
    FinanceAccount "finance_account" Account;
    Im "im" Account;
    Account "account" Account;
    Pseudonym "pseudonym" Account;
    Vin "vin" Vehicle;
    Plate "plate" Vehicle;
    VehicleLicence "vehicle_licence" Vehicle;
    Engine "engine" Vehicle;
    Vehicle "vehicle" Vehicle;
    Device "device" Vehicle;
    VehiclePseudonym "vehicle_pseudonym" Vehicle;
    Masked "masked" Name;
    NameBirth "name_birth" Name;
    Name "name" Name;
}

impl IdentifierKind {
    /// The kind with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.id() == id)
    }

    /// Whether the number means something only inside the data set that issued it, so that its
    /// fingerprint includes the data set.
    pub const fn is_scoped(self) -> bool {
        matches!(self, Self::Account | Self::Vehicle) || self.is_deidentified()
    }

    /// Whether it stands for a person whose own identifier was hashed, encrypted or masked. The same person may stand
    /// elsewhere in the clear, or be hashed with another salt, so such values bound the number of persons from above
    /// only.
    pub const fn is_deidentified(self) -> bool {
        matches!(self, Self::Pseudonym | Self::VehiclePseudonym | Self::Masked)
    }

    fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.get(usize::from(byte)).copied()
    }
}

impl<'de> serde::Deserialize<'de> for IdentifierKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Self::from_id(&id).ok_or_else(|| serde::de::Error::custom(format!("unknown identifier kind `{id}`")))
    }
}

/// A keyed fingerprint of one identifier: its kind in the top byte, 120 bits of a pseudo-random function below.
///
/// Keys order by strength of kind first, so the strongest identifier of a mention is its least key.
/// Two words and not a `u128`, so that a key with its [`ClassSet`](super::ClassSet) is 24 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    high: u64,
    low: u64,
}

impl Key {
    const KIND_SHIFT: u32 = 56;

    const fn new(kind: IdentifierKind, fingerprint: u128) -> Self {
        let high = (fingerprint >> 64) as u64;
        let below_kind = high & ((1 << Self::KIND_SHIFT) - 1);
        Self { high: ((kind as u64) << Self::KIND_SHIFT) | below_kind, low: fingerprint as u64 }
    }

    /// The kind of identifier that this is a fingerprint of.
    pub fn kind(self) -> IdentifierKind {
        IdentifierKind::from_byte((self.high >> Self::KIND_SHIFT) as u8).unwrap_or(IdentifierKind::Name)
    }

    /// The 16 bytes of the fingerprint, kind first; they order as keys do.
    pub const fn to_bytes(self) -> [u8; 16] {
        (((self.high as u128) << 64) | self.low as u128).to_be_bytes()
    }

    /// A key from its 16 bytes; `None` where the first is not a kind.
    pub fn from_bytes(bytes: [u8; 16]) -> Option<Self> {
        let fingerprint = u128::from_be_bytes(bytes);
        IdentifierKind::from_byte((fingerprint >> 120) as u8).map(|kind| Self::new(kind, fingerprint))
    }

    /// 64 bits that are already uniform, for hash tables.
    pub const fn bits(self) -> u64 {
        self.low
    }

    /// The first half of what orders keys.
    pub const fn first_half(self) -> u64 {
        self.high
    }

    /// The `n` bits (at most 56) that order keys of one kind, for parts that keep that order; none of them is in
    /// [`Key::bits`].
    pub const fn leading_bits(self, n: u32) -> u64 {
        (self.high & ((1 << Self::KIND_SHIFT) - 1)) >> (Self::KIND_SHIFT - n)
    }
}

/// Values up to this length are hashed in one piece with their kind.
const LONGEST_PIECE: usize = 47;

/// Turns identifiers into [`Key`]s with a secret key (SipHash-2-4, 128 bit, a pseudo-random function).
///
/// Identifiers have little entropy: without the secret a fingerprint cannot be searched for.
#[derive(Clone)]
pub struct Fingerprinter {
    keyed: SipHasher24,
}

impl Fingerprinter {
    /// A fingerprinter with this secret.
    pub fn new(secret: &[u8; 16]) -> Self {
        Self { keyed: SipHasher24::new_with_key(secret) }
    }

    /// The key of an identifier in its normal form.
    pub fn key(&self, kind: IdentifierKind, value: &[u8]) -> Key {
        // In one piece it is hashed faster, and to the same.
        let mut piece = [kind as u8; LONGEST_PIECE + 1];
        if let Some(place) = piece.get_mut(1..=value.len()) {
            place.copy_from_slice(value);
            let hash = self.keyed.hash(piece.get(..=value.len()).unwrap_or_default());
            return Key::new(kind, hash.as_u128());
        }
        let mut hasher = self.keyed;
        hasher.write_u8(kind as u8);
        hasher.write(value);
        Key::new(kind, hasher.finish128().as_u128())
    }

    /// The key of an identifier that means something only inside `scope`, the data set that issued it.
    pub fn scoped_key(&self, kind: IdentifierKind, scope: &[u8], value: &[u8]) -> Key {
        let mut hasher = self.keyed;
        hasher.write_u8(kind as u8);
        // The length keeps scope and value apart, whatever bytes are in them.
        hasher.write(&(scope.len() as u64).to_le_bytes());
        hasher.write(scope);
        hasher.write(value);
        Key::new(kind, hasher.finish128().as_u128())
    }
}

impl Fingerprinter {
    /// A code that tells the names of folders apart, and is no key of an identifier.
    pub fn code(&self, name: &[u8]) -> u64 {
        let mut hasher = self.keyed;
        hasher.write_u8(u8::MAX);
        hasher.write(name);
        hasher.finish128().h1
    }
}

impl std::fmt::Debug for Fingerprinter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fingerprinter(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_keeps_its_kind_its_bytes_and_its_order() {
        let fingerprinter = Fingerprinter::new(&[7; 16]);
        let mut keys: Vec<Key> = IdentifierKind::ALL.iter().map(|kind| fingerprinter.key(*kind, b"1")).collect();
        assert!(keys.iter().map(|key| key.kind()).eq(IdentifierKind::ALL.iter().copied()));
        assert!(keys.is_sorted(), "the strongest kind is the least key");
        keys.extend((0..200u8).map(|value| fingerprinter.key(IdentifierKind::Mobile, &[value])));
        keys.sort_unstable();
        assert!(keys.iter().map(|key| key.to_bytes()).is_sorted());
        assert!(keys.iter().map(|key| (key.kind(), key.leading_bits(6))).is_sorted());
        for key in keys {
            assert_eq!(Key::from_bytes(key.to_bytes()), Some(key));
        }
        assert_eq!(Key::from_bytes([0xff; 16]), None);
    }

    #[test]
    fn a_key_with_its_classes_is_24_bytes() {
        assert_eq!(size_of::<(Key, crate::model::ClassSet)>(), 24);
    }

    #[test]
    fn kind_secret_scope_and_value_all_matter() {
        let (one, other) = (Fingerprinter::new(&[1; 16]), Fingerprinter::new(&[2; 16]));
        let kind = IdentifierKind::Account;
        let keys = [
            one.key(kind, b"1"),
            one.key(kind, b"2"),
            one.key(IdentifierKind::Im, b"1"),
            other.key(kind, b"1"),
            one.scoped_key(kind, b"a", b"1"),
            one.scoped_key(kind, b"b", b"1"),
            one.scoped_key(kind, b"a\0b", b"c"),
            one.scoped_key(kind, b"a", b"b\0c"),
            one.scoped_key(kind, b"ab", b"c"),
            one.scoped_key(kind, b"a", b"bc"),
        ];
        let fingerprints: std::collections::BTreeSet<_> = keys.iter().map(|key| (key.bits(), *key)).collect();
        assert_eq!(fingerprints.len(), keys.len());
        assert_eq!(one.key(kind, b"1"), Fingerprinter::new(&[1; 16]).key(kind, b"1"));
    }
}
