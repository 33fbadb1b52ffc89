//! What each cell is to the column that it stands in, and whom it identifies.

use std::sync::Arc;

use arrow_array::{ArrayRef, UInt32Array};

use super::mention::is_of;
use super::{Counter, Scratch};
use crate::detect::canonical::{birth_date, canonical, is_chinese};
use crate::detect::cells::{Cell, Cells, is_same};
use crate::detect::checks::digest::digest;
use crate::detect::checks::masked::{hides_a_part, write_masked};
use crate::detect::checks::placeholder::is_filler;
use crate::detect::columns::Items;
use crate::detect::engine::CellDetector;
use crate::detect::judge::Place;
use crate::detect::normal::{self, Alphabet};
use crate::detect::plan::{PlannedColumn, PlannedIdentifier};
use crate::detect::sample::sample_hash;
use crate::detect::survey::{CellFit, Fits, is_judged};
use crate::detect::value::Value;
use crate::model::{Class, ClassSet, Fingerprinter, IdentifierKind, Key, Level};

/// A cell that fails its check and is shorter than this is a remark, not a misspelled number.
const SHORTEST_UNVERIFIED: usize = 6;

/// Whom a cell identifies.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Whom {
    #[default]
    Nobody,
    Somebody(Key),
    /// Somebody beside something else: a masked name, which many share.
    Hint(Key),
}

impl Whom {
    pub(super) const fn key(self) -> Option<Key> {
        match self {
            Self::Nobody => None,
            Self::Somebody(key) | Self::Hint(key) => Some(key),
        }
    }

    pub(super) const fn tells(self) -> bool {
        matches!(self, Self::Somebody(_))
    }
}

/// What a cell is to its planned column.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// It says something.
    pub(super) filled: bool,
    /// It is what the detector says.
    pub(super) fits: bool,
    /// Whom it identifies.
    pub(super) whom: Whom,
    /// That person is under 14.
    pub(super) minor: bool,
}

/// The words of a column of one batch; of a list, of its items.
pub(super) type Words<'b> = Items<'b, Word>;

/// Adds a class to those of the rows in which a word says something.
pub(super) fn classify(class: ClassSet, words: &Words<'_>, classes: &mut [ClassSet]) {
    let add = |classes: &mut ClassSet, filled: bool| *classes = if filled { classes.union(class) } else { *classes };
    if words.ends.is_none() {
        classes.iter_mut().zip(words.of_cells).for_each(|(classes, word)| add(classes, word.filled));
    } else {
        let filled = |row| words.of_row(row).iter().any(|word| word.filled);
        classes.iter_mut().enumerate().for_each(|(row, classes)| add(classes, filled(row)));
    }
}

/// The words of a dictionary that several batches point into.
#[derive(Debug)]
pub(super) struct KnownDictionary {
    values: ArrayRef,
    words: Vec<Option<Word>>,
}

impl Counter<'_> {
    pub(super) fn words_of(&mut self, at: usize, planned: &PlannedColumn, cells: &Cells, fits: &[Fits]) -> Vec<Word> {
        let Some(detector) = self.engine.cells.get(planned.detector) else { return Vec::new() };
        if let Cells::Dictionary { keys, values, of } = cells {
            return self.words_of_dictionary((at, planned, detector), keys, values, of);
        }
        // What stands inside a text is nothing that all of the text is.
        let watched = self.watched.get(planned.column).filter(|_| planned.place == Place::Whole);
        let place = watched.and_then(|watched| watched.iter().position(|detector| *detector == planned.detector));
        let mut fits = fits.get(planned.column).map_or(&[][..], Vec::as_slice).iter();
        let mut words = Vec::with_capacity(cells.len());
        cells.each(|cell| {
            let fitting = fits.next().zip(place).map(|(fitting, place)| fitting.to(place));
            let word = self.word(planned, detector, cell, fitting);
            self.note_match(at, word, cell, 1);
            words.push(word);
        });
        words
    }

    /// The words of a dictionary's rows; each value is judged once.
    fn words_of_dictionary(
        &mut self,
        (at, planned, detector): (usize, &PlannedColumn, &CellDetector),
        keys: &UInt32Array,
        values: &Cells,
        of: &ArrayRef,
    ) -> Vec<Word> {
        let known = self.dictionaries.get_mut(at).and_then(Option::take).filter(|known| is_same(&known.values, of));
        let mut known =
            known.unwrap_or_else(|| KnownDictionary { values: Arc::clone(of), words: vec![None; values.len()] });
        let mut word_of = |key: u32| {
            let slot = known.words.get_mut(key as usize)?;
            Some(*slot.get_or_insert_with(|| self.word(planned, detector, values.get(key as usize), None)))
        };
        let words: Vec<Word> = keys.iter().map(|key| key.and_then(&mut word_of).unwrap_or_default()).collect();
        if planned.counts_matches {
            let mut sorted: Vec<u32> = keys.iter().flatten().collect();
            sorted.sort_unstable();
            for same in sorted.chunk_by(|one, other| one == other) {
                let Some(&key) = same.first() else { continue };
                let word = known.words.get(key as usize).copied().flatten().unwrap_or_default();
                self.note_match(at, word, values.get(key as usize), same.len() as u64);
            }
        }
        if let Some(slot) = self.dictionaries.get_mut(at) {
            *slot = Some(known);
        }
        words
    }

    fn note_match(&mut self, at: usize, word: Word, cell: Cell<'_>, times: u64) {
        if !word.fits || !self.plan.columns.get(at).is_some_and(|planned| planned.counts_matches) {
            return;
        }
        let Some((cells, sample)) = self.counted.matches.get_mut(at) else { return };
        *cells += times;
        if let Some(text) = cell.text(&mut self.scratch.text) {
            sample.insert(sample_hash(text), || text.into());
        }
    }

    /// Judges one cell for its planned column. `fit` is what the survey found.
    fn word(&mut self, planned: &PlannedColumn, detector: &CellDetector, cell: Cell<'_>, fit: Option<CellFit>) -> Word {
        let (engine, fingerprinter, minor_after) = (self.engine, self.fingerprinter, self.minor_after);
        let Scratch { text, half_width, normal, spelled, routing, .. } = &mut self.scratch;
        let fit = fit.filter(|_| is_judged(cell));
        let Some(bytes) = cell.text(text) else { return Word::default() };
        match (fit, &planned.identifier) {
            (Some(CellFit::AsIs), Some(identifier)) if is_whole(identifier.kind) => {
                return word_of((fingerprinter, minor_after), identifier, normal::trim(bytes), spelled);
            }
            (Some(CellFit::AsIs | CellFit::Normalized), _) => {}
            _ if normal::is_blank(bytes) => return Word::default(),
            _ => {}
        }
        let mut word = Word { filled: true, ..Word::default() };
        if planned.place != Place::Whole {
            engine.routes.route(&engine.cells, bytes, routing, &mut |hit| {
                word.fits |= is_of(planned, &hit);
            });
            word.filled = word.fits;
            return word;
        }
        let value = Value::new(normal::half_width(bytes, half_width));
        let half = value.cell;
        word.fits = planned.takes_all || fit.map_or_else(|| detector.fits(&value, normal), |fit| fit != CellFit::None);
        let Some(identifier) = &planned.identifier else {
            word.filled = word.fits || planned.trusts_header;
            return word;
        };
        // In a column of names a rare surname is a name too.
        word.fits = word.fits || planned.trusts_header && identifier.kind == IdentifierKind::Name && may_be_name(half);
        if is_masked(identifier.kind, word.fits, &value) {
            write_masked(half, spelled);
            let key = fingerprinter.scoped_key(IdentifierKind::Masked, &identifier.class_scope, spelled);
            let is_hint = detector.class() == Some(Class::PersonName) && !digest(half);
            word.whom = if is_hint { Whom::Hint(key) } else { Whom::Somebody(key) };
            word.filled = true;
            return word;
        }
        if word.fits && is_part(identifier.kind) {
            // Names are put together with birth dates, and only where they are needed.
        } else if word.fits {
            let normal = detector.form.of(value.alphabet).make(half, normal);
            return word_of((fingerprinter, minor_after), identifier, normal, spelled);
        } else if planned
            .companions
            .iter()
            .any(|&other| engine.cells.get(other).is_some_and(|other| other.fits(&value, normal)))
        {
            // Another planned column speaks for this cell.
            return Word::default();
        } else if planned.trusts_header && half.len() >= SHORTEST_UNVERIFIED && identifier.kind.level() < Level::Vehicle
        {
            let normal = detector.form.of(value.alphabet).make(half, normal);
            let canonical = canonical(identifier.kind, normal, spelled);
            if is_filler(identifier.kind, canonical) {
                return Word::default();
            }
            let is_digest = identifier.kind.is_deidentified() || digest(half);
            let (kind, scope) = if is_digest {
                (IdentifierKind::Pseudonym, &identifier.class_scope)
            } else {
                (IdentifierKind::Account, &identifier.unverified_scope)
            };
            word.whom = Whom::Somebody(fingerprinter.scoped_key(kind, scope, half));
        }
        word.filled = word.fits || planned.trusts_header;
        word
    }
}

/// The word of a cell that is an identifier, by its normal form: nobody's, where somebody typed it to fill a field.
fn word_of(
    (fingerprinter, minor_after): (&Fingerprinter, u32),
    identifier: &PlannedIdentifier,
    normal: &[u8],
    spelled: &mut Vec<u8>,
) -> Word {
    let canonical = canonical(identifier.kind, normal, spelled);
    if is_filler(identifier.kind, canonical) {
        return Word::default();
    }
    let minor = birth_date(identifier.kind, canonical).is_some_and(|born| born > minor_after);
    Word { filled: true, fits: true, whom: Whom::Somebody(key_of(fingerprinter, identifier, canonical)), minor }
}

/// Whether a cell of a column of identifiers hides a part of its own. Plain numbers may have letters `x` in them.
fn is_masked(kind: IdentifierKind, fits: bool, value: &Value<'_>) -> bool {
    match kind {
        IdentifierKind::NameBirth | IdentifierKind::Pseudonym | IdentifierKind::VehiclePseudonym => false,
        IdentifierKind::Masked if fits => true,
        _ => {
            let has_star = || value.alphabet.intersects(Alphabet::MARK) && value.cell.contains(&b'*');
            (!fits || has_star()) && hides_a_part(value.cell)
        }
    }
}

/// Whether a cell without a star that is one identifies somebody by all of it.
const fn is_whole(kind: IdentifierKind) -> bool {
    !is_part(kind) && !matches!(kind, IdentifierKind::Masked)
}

/// Whether it is a part of what tells persons apart, and no key by itself.
pub(super) const fn is_part(kind: IdentifierKind) -> bool {
    matches!(kind, IdentifierKind::Name | IdentifierKind::NameBirth)
}

pub(super) fn key_of(fingerprinter: &Fingerprinter, identifier: &PlannedIdentifier, canonical: &[u8]) -> Key {
    if identifier.scope.is_empty() {
        fingerprinter.key(identifier.kind, canonical)
    } else {
        fingerprinter.scoped_key(identifier.kind, &identifier.scope, canonical)
    }
}

/// Whether the cell is two to four Chinese characters, or several such with dots between them.
fn may_be_name(cell: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(cell) else { return false };
    let parts: Vec<&str> = text.split(['·', '•', '‧', '・']).collect();
    let is_short = parts.len() > 1 || (2..=4).contains(&text.chars().count());
    is_short && parts.iter().all(|part| is_chinese(part))
}
