//! Whom a mention is about that has nothing but names, a birth date and numbers of which a part is hidden.
//!
//! All that is masked in a mention makes one key, together with the name and the birth date beside it: two persons may
//! share one masked form, and seldom share several. The name has a key of its own as well, because it is in the clear.

use super::canonical::{is_chinese, write_birth_date, write_name};
use super::plan::NamePart;
use crate::model::{Fingerprinter, IdentifierKind, Key};

/// The names and the birth date of a mention, in their normal forms.
#[derive(Debug, Default)]
pub(super) struct Vague {
    whole: String,
    given: String,
    middle: String,
    family: String,
    born: String,
}

impl Vague {
    /// Adds a name or a part of one.
    pub(super) fn add_name(&mut self, part: NamePart, text: &[u8]) {
        let name = match part {
            NamePart::Whole => &mut self.whole,
            NamePart::Given => &mut self.given,
            NamePart::Middle => &mut self.middle,
            NamePart::Family => &mut self.family,
        };
        if !name.is_empty() {
            name.push(' ');
        }
        write_name(text, name);
    }

    /// Adds a birth date.
    pub(super) fn add_birth_date(&mut self, text: &[u8]) {
        write_birth_date(text, &mut self.born);
    }

    /// The name as a column of whole names would have it; empty where its parts do not make one. Half a name needs the
    /// birth date beside it.
    fn name(&self) -> String {
        let Self { whole, given, middle, family, born } = self;
        if !whole.is_empty() {
            return whole.clone();
        }
        if is_chinese(family) && is_chinese(given) {
            return format!("{family}{given}");
        }
        if born.is_empty() && (given.is_empty() || family.is_empty()) {
            return String::new();
        }
        let parts = [given, middle, family].into_iter().filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// Puts into `keys`, which has those of masked values, what stands for the mention. `tells` is whether one of them
    /// tells more than a masked name, which many share and which alone stands for nobody.
    pub(super) fn settle(&self, fingerprinter: &Fingerprinter, tells: bool, keys: &mut Vec<Key>) {
        let name = self.name();
        keys.sort_unstable();
        keys.dedup();
        let tells = !keys.is_empty() && (tells || !self.born.is_empty());
        let masked = tells.then(|| {
            let bytes: Vec<u8> = keys.iter().flat_map(|key| key.to_bytes()).collect();
            let beside = format!("{name}\0{}", self.born);
            fingerprinter.scoped_key(IdentifierKind::Masked, &bytes, beside.as_bytes())
        });
        keys.clear();
        keys.extend(masked);
        if !name.is_empty() {
            let kind = if self.born.is_empty() { IdentifierKind::Name } else { IdentifierKind::NameBirth };
            keys.push(fingerprinter.scoped_key(kind, name.as_bytes(), self.born.as_bytes()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Vague;
    use crate::detect::plan::NamePart::{self, Family, Given, Middle, Whole};
    use crate::model::{Fingerprinter, IdentifierKind, Key};

    fn keys(names: &[(NamePart, &str)], born: &str, masked: &[&str], tells: bool) -> Vec<Key> {
        let fingerprinter = Fingerprinter::new(&[3; 16]);
        let mut vague = Vague::default();
        for (part, text) in names {
            vague.add_name(*part, text.as_bytes());
        }
        vague.add_birth_date(born.as_bytes());
        let mut keys = masked.iter().map(|value| fingerprinter.key(IdentifierKind::Masked, value.as_bytes())).collect();
        vague.settle(&fingerprinter, tells, &mut keys);
        keys
    }

    #[test]
    fn parts_make_the_key_of_the_whole_name() {
        let composed: [(&[(NamePart, &str)], &str); 5] = [
            (&[(Given, "Cesar"), (Family, "Aguilar")], "Cesar Aguilar"),
            (&[(Family, "AGUILAR"), (Given, " cesar ")], "Aguilar, Cesar"),
            (&[(Given, "Owen"), (Middle, "Harris"), (Family, "Braund")], "Braund,  Owen  Harris"),
            (&[(Family, "王"), (Given, "小明")], "王小明"),
            (&[(Family, "王"), (Given, "伟")], "王 伟"),
        ];
        for (parts, whole) in composed {
            for born in ["", "1990-01-02"] {
                assert_eq!(keys(parts, born, &[], false), keys(&[(Whole, whole)], born, &[], false), "{whole}");
            }
        }
    }

    #[test]
    fn half_a_name_needs_a_birth_date() {
        assert!(keys(&[(Family, "Aguilar")], "", &[], false).is_empty());
        assert_eq!(keys(&[(Family, "Aguilar")], "1990-01-02", &[], false).len(), 1);
        assert!(keys(&[], "1990-01-02", &[], false).is_empty());
        assert_eq!(
            keys(&[(Whole, "A B")], "1990-01-02 00:00:00", &[], false),
            keys(&[(Whole, "a b")], "19900102", &[], false)
        );
    }

    #[test]
    fn a_masked_name_alone_is_nobody() {
        assert!(keys(&[], "", &["张*"], false).is_empty());
        assert_eq!(keys(&[], "1990-01-02", &["张*"], false).len(), 1);
        assert_eq!(keys(&[], "", &["张*", "138****5678"], true).len(), 1);
        assert_eq!(keys(&[], "", &["1", "2"], true), keys(&[], "", &["2", "1", "1"], true));
        assert_ne!(keys(&[], "", &["1", "2"], true), keys(&[], "", &["1"], true));
    }

    #[test]
    fn a_name_in_the_clear_is_heard_beside_what_is_masked() {
        let both = keys(&[(Whole, "黄霞")], "", &["138****5678"], true);
        assert!(both.iter().map(|key| key.kind()).eq([IdentifierKind::Masked, IdentifierKind::Name]));
        let other = keys(&[(Whole, "郭超")], "", &["138****5678"], true);
        assert_ne!(both.first(), other.first(), "the name tells two with one masked form apart");
    }
}
