//! What the bits of class sets and the first bytes of keys mean in a tally file.

use serde::{Deserialize, Serialize};

use super::Cause;
use crate::model::{Class, ClassSet, IdentifierKind};

/// The classes and the kinds of identifiers of the program that wrote a file, by their permanent ids, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Vocabulary {
    classes: Vec<String>,
    kinds: Vec<String>,
}

/// Where each class of a file stands in this program's vocabulary; `None` where all stand where they stood.
pub(super) struct Translation(Option<Vec<Class>>);

impl Vocabulary {
    /// The one of this program.
    pub(super) fn current() -> Self {
        Self {
            classes: Class::ALL.iter().map(|class| class.id().to_owned()).collect(),
            kinds: IdentifierKind::ALL.iter().map(|kind| kind.id().to_owned()).collect(),
        }
    }

    /// How to read sets of classes of this vocabulary. A kind of identifier is in the fingerprint itself, so the kinds must
    /// be those of this program, or the first of them.
    pub(super) fn translation(&self) -> Result<Translation, Cause> {
        let unknown = |word: &String| Cause::OtherVocabulary(word.clone());
        for (at, kind) in self.kinds.iter().enumerate() {
            if IdentifierKind::ALL.get(at).is_none_or(|known| known.id() != kind) {
                return Err(unknown(kind));
            }
        }
        let known = |id: &String| Class::from_id(id).ok_or_else(|| unknown(id));
        let classes: Vec<Class> = self.classes.iter().map(known).collect::<Result<_, _>>()?;
        let same = classes.iter().zip(Class::ALL).all(|(theirs, ours)| theirs == ours);
        Ok(Translation((!same).then_some(classes)))
    }
}

impl Translation {
    /// A set of classes of the file as one of this program.
    pub(super) fn classes(&self, bits: u64) -> ClassSet {
        match &self.0 {
            None => ClassSet(bits),
            Some(classes) => {
                let has = |at: usize| bits.checked_shr(at as u32).is_some_and(|rest| rest & 1 == 1);
                classes.iter().enumerate().filter(|(at, _)| has(*at)).map(|(_, class)| *class).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_keep_their_meaning_where_the_vocabulary_grew() {
        let mut older = Vocabulary::current();
        older.classes.swap(0, 5);
        older.classes.truncate(6);
        older.kinds.truncate(3);
        let translation = older.translation().unwrap();
        let first: ClassSet = [Class::ALL[5], Class::ALL[1]].into_iter().collect();
        assert_eq!(translation.classes(0b11), first);
        let same = Vocabulary::current().translation().unwrap();
        assert_eq!(same.classes(0b11), [Class::ALL[0], Class::ALL[1]].into_iter().collect());
    }

    #[test]
    fn what_is_not_known_is_refused() {
        let mut newer = Vocabulary::current();
        newer.classes.push("person.shadow".to_owned());
        assert_eq!(newer.translation().err(), Some(Cause::OtherVocabulary("person.shadow".to_owned())));
        let mut other = Vocabulary::current();
        other.kinds.swap(0, 1);
        assert_eq!(other.translation().err(), Some(Cause::OtherVocabulary(IdentifierKind::ALL[1].id().to_owned())));
    }
}
