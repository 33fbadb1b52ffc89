//! Who is mentioned in a row: the identifiers that speak of one person.

use super::word::{Word, Words, is_part, key_of};
use super::{Counter, Scratch};
use crate::detect::canonical::{birth_date, canonical};
use crate::detect::cells::Cells;
use crate::detect::checks::placeholder::is_filler;
use crate::detect::columns::Columns;
use crate::detect::engine::Fit;
use crate::detect::judge::Place;
use crate::detect::plan::{CountPlan, Group, PlannedColumn, PlannedIdentifier};
use crate::detect::route::Hit;
use crate::detect::vague::Vague;
use crate::model::{Class, ClassSet, IdentifierKind, Key, Level, MentionBatch};

/// An identifier inside the text of a cell.
#[derive(Clone, Copy, Debug)]
struct Inside {
    key: Key,
    /// The person is under 14.
    minor: bool,
    /// The words before it speak of somebody beside the one who the row is about.
    of_other: bool,
}

/// A column of identifiers, and what its cells in a batch are.
pub(super) struct Told<'b> {
    planned: &'b PlannedColumn,
    identifier: &'b PlannedIdentifier,
    words: &'b Words<'b>,
}

/// By group, the columns that speak of its person.
pub(super) fn told<'b>(plan: &'b CountPlan, words: &'b [Words<'b>]) -> Vec<Vec<Told<'b>>> {
    let of_group = |group: usize| {
        let columns = plan.columns.iter().zip(words);
        let told = columns.filter_map(move |(planned, words)| {
            let identifier = planned.identifier.as_ref().filter(|found| found.group == group)?;
            Some(Told { planned, identifier, words })
        });
        told.collect()
    };
    (0..plan.groups.len()).map(of_group).collect()
}

impl Counter<'_> {
    /// The mentions of a row that says `classes`.
    pub(super) fn mention(
        &mut self,
        row: usize,
        columns: &Columns<'_>,
        told: &[Vec<Told<'_>>],
        classes: ClassSet,
        mentions: &mut MentionBatch,
    ) {
        let before = mentions.len();
        for (group, told) in self.plan.groups.iter().zip(told) {
            match group {
                Group::Row => self.mention_row(row, columns, told, classes, mentions),
                Group::Items => self.mention_items(row, told, classes, mentions),
            }
        }
        if mentions.len() == before && classes.intersects(self.plan.personal) {
            *self.counted.unattributed.entry(classes).or_default() += 1;
        }
    }

    /// One mention: all identifiers of the group in this row. Names and masked numbers count only where nothing better
    /// is there.
    fn mention_row(
        &mut self,
        row: usize,
        columns: &Columns<'_>,
        told: &[Told<'_>],
        classes: ClassSet,
        mentions: &mut MentionBatch,
    ) {
        let mut keys = std::mem::take(&mut self.scratch.keys);
        keys.clear();
        let (mut minor, mut tells, mut is_named) = (false, false, false);
        let mut in_text: Vec<(Key, bool)> = Vec::new();
        let (mut accounts, mut of_others): (Vec<Key>, Vec<Key>) = (Vec::new(), Vec::new());
        for &Told { planned, identifier, words } in told {
            let of_row = words.of_row(row);
            if planned.place == Place::Whole {
                for word in of_row {
                    let Some(key) = word.whom.key() else { continue };
                    keys.push(key);
                    is_named |= identifier.kind.level() < Level::Vehicle;
                    minor |= word.minor;
                    tells |= word.whom.tells();
                }
            } else if of_row.iter().any(|word| word.fits) {
                for Inside { key, minor, of_other } in self.inside(planned, identifier, columns, row) {
                    match identifier.kind.level() {
                        Level::Account if of_other => of_others.push(key),
                        Level::Resident | Level::Card if !in_text.contains(&(key, minor)) => in_text.push((key, minor)),
                        Level::Resident | Level::Card => {}
                        Level::Account if identifier.kind == IdentifierKind::Account => accounts.push(key),
                        Level::Account | Level::Vehicle | Level::Name => keys.push(key),
                    }
                }
            }
        }
        // An identity number in a remark may be anybody's; where it is the only one of the row, it is who the row is about.
        if let ([(key, born_late)], false) = (in_text.as_slice(), is_named) {
            keys.push(*key);
            minor |= *born_late;
        } else {
            for (key, minor) in in_text {
                mentions.push(&[key], with_minor(classes, minor));
            }
        }
        // A number in a remark that is said to be somebody else's is that person's, where the row itself names somebody.
        if is_named {
            for key in of_others {
                mentions.push(&[key], classes);
            }
        } else {
            keys.append(&mut of_others);
        }
        // The number of an account in a remark may be any account's; it is heard where nothing else is there.
        if keys.is_empty() {
            keys.append(&mut accounts);
        }
        if is_vague(&keys) {
            self.vague(row, columns, told).settle(self.fingerprinter, tells, &mut keys);
        }
        mentions.push(&keys, with_minor(classes, minor));
        self.scratch.keys = keys;
    }

    /// Identifiers inside the text of a cell.
    fn inside(
        &mut self,
        planned: &PlannedColumn,
        identifier: &PlannedIdentifier,
        columns: &Columns<'_>,
        row: usize,
    ) -> Vec<Inside> {
        let mut found = Vec::new();
        let Scratch { text, spelled, routing, .. } = &mut self.scratch;
        let cells = columns.get(planned.column).filter(|cells| !matches!(cells, Cells::List { .. }));
        if !cells.is_some_and(|cells| cells.get(row).write_text(text)) {
            return found;
        }
        self.engine.routes.route(&self.engine.cells, text, routing, &mut |hit| {
            if is_of(planned, &hit) && !is_part(identifier.kind) {
                let canonical = canonical(identifier.kind, hit.normal, spelled);
                if is_filler(identifier.kind, canonical) {
                    return;
                }
                let minor = birth_date(identifier.kind, canonical).is_some_and(|born| born > self.minor_after);
                let of_other = hit.of_other;
                let key = key_of(self.fingerprinter, identifier, canonical);
                found.push(Inside { key, minor, of_other });
            }
        });
        found
    }

    fn mention_items(&mut self, row: usize, told: &[Told<'_>], classes: ClassSet, mentions: &mut MentionBatch) {
        let items: Vec<&[Word]> = told.iter().map(|told| told.words.of_row(row)).collect();
        let n_items = items.iter().map(|words| words.len()).max().unwrap_or(0);
        for item in 0..n_items {
            let here = || items.iter().filter_map(|words| words.get(item));
            let mut keys: Vec<Key> = here().filter_map(|word| word.whom.key()).collect();
            if is_vague(&keys) {
                Vague::default().settle(self.fingerprinter, here().any(|word| word.whom.tells()), &mut keys);
            }
            mentions.push(&keys, with_minor(classes, here().any(|word| word.minor)));
        }
    }

    /// The names and the birth date of the group in this row.
    fn vague(&mut self, row: usize, columns: &Columns<'_>, told: &[Told<'_>]) -> Vague {
        let mut vague = Vague::default();
        for &Told { planned, identifier, words } in told {
            if !is_part(identifier.kind) || !words.of_row(row).iter().any(|word| word.fits) {
                continue;
            }
            let cells = columns.get(planned.column).filter(|cells| !matches!(cells, Cells::List { .. }));
            if !cells.is_some_and(|cells| cells.get(row).write_text(&mut self.scratch.text)) {
                continue;
            }
            match identifier.kind {
                IdentifierKind::Name => vague.add_name(identifier.part, &self.scratch.text),
                _ => vague.add_birth_date(&self.scratch.text),
            }
        }
        vague
    }
}

/// Whether nothing but masked values is there.
fn is_vague(keys: &[Key]) -> bool {
    keys.iter().all(|key| key.kind() == IdentifierKind::Masked)
}

fn with_minor(classes: ClassSet, minor: bool) -> ClassSet {
    if minor { classes.union(ClassSet::of(Class::PersonMinor)) } else { classes }
}

/// Whether a hit is what a column that holds text is counted for.
pub(super) fn is_of(planned: &PlannedColumn, hit: &Hit<'_>) -> bool {
    let named = planned.place != Place::Labelled || hit.label.is_some();
    hit.inside && hit.fit == Fit::Full && hit.detector == planned.detector && named
}
