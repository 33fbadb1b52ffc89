//! What linking did: which identifiers tell persons, which join what is known of one, and which several persons share.

use crate::model::IdentifierKind;

/// What linking did, so that every number of persons can be explained.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merging {
    /// By kind of identifier, strongest first; kinds that nobody has are left out.
    pub kinds: Vec<KindMerging>,
    /// The data sets that mentions are from, sorted; a place in this list stands for a data set.
    pub data_sets: Vec<String>,
    /// Persons of `best` by the data sets that speak of them (bit `n` is place `n` in `data_sets`), sorted.
    pub persons_in: Vec<(u64, u64)>,
}

/// What one kind of identifier did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindMerging {
    /// The kind.
    pub kind: IdentifierKind,
    /// Distinct identifiers of the kind. Names beside anything stronger are not heard and not counted.
    pub identifiers: u64,
    /// Of them, those that belong to one person.
    pub owned: u64,
    /// Of them, those that several persons share: they link nobody.
    pub shared: Shared,
    /// Persons whose strongest identifier is of this kind.
    pub persons: u64,
    /// Persons with a stronger identifier, of whom some mention has nothing stronger than this kind: the kind joined it to
    /// them.
    pub joined: u64,
    /// The same by data set, as place and persons, sorted by place.
    pub joined_in: Vec<(usize, u64)>,
    /// What mentions with nothing but shared identifiers add to `at_most`; they add nobody to `best`.
    pub only_shared: u64,
}

/// Shared identifiers, by how many persons share one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// By two.
    pub by_two: u64,
    /// By three to five, as a family's telephone is.
    pub by_few: u64,
    /// By six to twenty.
    pub by_many: u64,
    /// By more than twenty, as a hotline or a placeholder is.
    pub by_crowds: u64,
    /// The most persons that share one.
    pub most: u64,
}

impl Shared {
    /// Counts an identifier that `persons` share.
    pub fn note(&mut self, persons: u64) {
        let group = match persons {
            0..=2 => &mut self.by_two,
            3..=5 => &mut self.by_few,
            6..=20 => &mut self.by_many,
            _ => &mut self.by_crowds,
        };
        *group += 1;
        self.most = self.most.max(persons);
    }

    /// All of them.
    pub const fn total(&self) -> u64 {
        self.by_two + self.by_few + self.by_many + self.by_crowds
    }
}
