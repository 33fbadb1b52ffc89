//! The second look at an object: who is mentioned in each row, and what the row says of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use hashbrown::HashSet;

use super::canonical::{birth_date, is_chinese, write_canonical};
use super::cells::{Cell, Cells, is_same, items_of};
use super::checks::digest::digest;
use super::checks::masked::{hides_a_part, write_masked};
use super::checks::placeholder::is_filler;
use super::engine::{CellDetector, Engine, Fit};
use super::facet::Measure;
use super::judge::Place;
use super::motion::{Manner, Motion, Way};
use super::normal::{self, LONGEST_VALUE};
use super::plan::{CountPlan, Group, PlannedColumn, PlannedIdentifier, PlannedRecord};
use super::position::Touched;
use super::route::{Hit, Routing};
use super::sample::{Sample, UniformState, sample_hash};
use super::survey::{Fits, WATCHED_AT_MOST, Watched};
use super::vague::Vague;
use crate::model::{Class, ClassSet, Fingerprinter, IdentifierKind, Key, Level, MentionBatch};

/// A cell that fails its check and is shorter than this is a remark, not a misspelled number.
const SHORTEST_UNVERIFIED: usize = 6;

/// What the second look counts beside the mentions; parts of an object merge into the whole, in any order.
#[derive(Clone, Debug)]
pub struct Counted {
    /// By planned column: cells that fit, and the distinct ones among them.
    pub(super) matches: Vec<(u64, Sample)>,
    /// By planned record.
    pub(super) records: Vec<CountedRecord>,
    /// How the subjects of what may be a track move.
    ways: Vec<(Way, Motion)>,
    /// Personal rows in which nothing tells one person from another, by what they say.
    pub unattributed: BTreeMap<ClassSet, u64>,
}

/// The rows of one record.
#[derive(Clone, Debug)]
pub(super) struct CountedRecord {
    /// Rows with all roles filled.
    pub(super) rows: u64,
    /// Their distinct subjects.
    pub(super) subjects: HashSet<u64, UniformState>,
    /// Their measures, in the order of the plan.
    pub(super) measures: Vec<Measure>,
    /// The areas that their positions lie in.
    pub(super) touched: Touched,
}

impl CountedRecord {
    fn new(plan: &PlannedRecord) -> Self {
        let measures = plan.facets.iter().map(Measure::new).collect();
        Self { rows: 0, subjects: HashSet::default(), measures, touched: Touched::default() }
    }

    fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        self.subjects.extend(other.subjects);
        for (mine, other) in self.measures.iter_mut().zip(other.measures) {
            mine.merge(other);
        }
        self.touched.merge(&other.touched);
    }
}

impl Counted {
    /// Nothing counted yet.
    pub fn new(plan: &CountPlan) -> Self {
        Self {
            matches: vec![(0, Sample::default()); plan.columns.len()],
            records: plan.records.iter().map(CountedRecord::new).collect(),
            ways: plan.ways.iter().map(|way| (*way, Motion::default())).collect(),
            unattributed: BTreeMap::new(),
        }
    }

    /// Adds the count of another part of the object.
    pub fn merge(&mut self, other: Self) {
        for ((cells, sample), (more, other)) in self.matches.iter_mut().zip(other.matches) {
            *cells += more;
            sample.merge(&other);
        }
        for (mine, other) in self.records.iter_mut().zip(other.records) {
            mine.merge(other);
        }
        for ((_, mine), (_, other)) in self.ways.iter_mut().zip(other.ways) {
            mine.merge(other);
        }
        for (classes, rows) in other.unattributed {
            *self.unattributed.entry(classes).or_default() += rows;
        }
    }

    /// How the subjects of a way behave; `None` where nothing shows it.
    pub(super) fn manner(&self, way: Way) -> Option<Manner> {
        self.ways.iter().find(|(known, _)| *known == way).and_then(|(_, motion)| motion.manner())
    }
}

/// Whom a cell identifies.
#[derive(Clone, Copy, Debug, Default)]
enum Whom {
    #[default]
    Nobody,
    Somebody(Key),
    /// Somebody beside something else: a masked name, which many share.
    Hint(Key),
}

impl Whom {
    const fn key(self) -> Option<Key> {
        match self {
            Self::Nobody => None,
            Self::Somebody(key) | Self::Hint(key) => Some(key),
        }
    }

    const fn tells(self) -> bool {
        matches!(self, Self::Somebody(_))
    }
}

/// What a cell is to its planned column.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    /// It says something.
    filled: bool,
    /// It is what the detector says.
    fits: bool,
    /// Whom it identifies.
    whom: Whom,
    /// That person is under 14.
    minor: bool,
}

/// The words of a column of one batch; of a list, of its items.
struct Words<'b> {
    words: Vec<Word>,
    ends: Option<&'b [u32]>,
}

impl Words<'_> {
    fn of_row(&self, row: usize) -> &[Word] {
        match self.ends {
            None => self.words.get(row..=row).unwrap_or_default(),
            Some(ends) => self.words.get(items_of(ends, row)).unwrap_or_default(),
        }
    }
}

/// The words of a dictionary that several batches point into.
#[derive(Debug)]
struct KnownDictionary {
    values: ArrayRef,
    words: Vec<Option<Word>>,
}

/// An identifier inside the text of a cell.
#[derive(Clone, Copy, Debug)]
struct Inside {
    key: Key,
    /// The person is under 14.
    minor: bool,
    /// The words before it speak of somebody beside the one who the row is about.
    of_other: bool,
}

/// Counts record batches; one per thread.
#[derive(Debug)]
pub(super) struct Counter<'e> {
    engine: &'e Engine,
    plan: &'e CountPlan,
    fingerprinter: &'e Fingerprinter,
    /// Whoever was born after this day, as the number `YYYYMMDD`, is under 14.
    minor_after: u32,
    pub(super) counted: Counted,
    /// By column, which detectors the survey may tell of.
    watched: Vec<Watched>,
    dictionaries: Vec<Option<KnownDictionary>>,
    scratch: Scratch,
}

#[derive(Debug, Default)]
struct Scratch {
    text: Vec<u8>,
    half_width: Vec<u8>,
    normal: Vec<u8>,
    canonical: Vec<u8>,
    routing: Routing,
    keys: Vec<Key>,
}

impl<'e> Counter<'e> {
    pub(super) fn new(
        engine: &'e Engine,
        plan: &'e CountPlan,
        fingerprinter: &'e Fingerprinter,
        minor_after: u32,
    ) -> Self {
        Self {
            engine,
            plan,
            fingerprinter,
            minor_after,
            counted: Counted::new(plan),
            watched: watched(engine, plan),
            dictionaries: plan.columns.iter().map(|_| None).collect(),
            scratch: Scratch::default(),
        }
    }

    /// The detectors of each column that it is enough to ask once.
    pub(super) fn watched(&self) -> &[Watched] {
        &self.watched
    }

    /// Adds the mentions of a batch to `mentions`. `fits` has what the survey found, by column, where there was one.
    pub(super) fn add(
        &mut self,
        batch: &RecordBatch,
        columns: &[Cells],
        fits: &[Fits],
        mentions: &mut MentionBatch,
    ) {
        let plan = self.plan;
        let words: Vec<Words<'_>> = plan
            .columns
            .iter()
            .enumerate()
            .map(|(at, planned)| match columns.get(planned.column) {
                Some(Cells::List { ends, items }) => {
                    Words { words: self.words_of(at, planned, items, &[]), ends: Some(ends) }
                }
                Some(cells) => Words { words: self.words_of(at, planned, cells, fits), ends: None },
                None => Words { words: Vec::new(), ends: None },
            })
            .collect();
        let mut classes = vec![ClassSet::EMPTY; batch.num_rows()];
        for (planned, words) in plan.columns.iter().zip(&words) {
            let Some(class) = planned.class.map(ClassSet::of) else { continue };
            for (row, classes) in classes.iter_mut().enumerate() {
                if words.of_row(row).iter().any(|word| word.filled) {
                    *classes = classes.union(class);
                }
            }
        }
        self.add_records(columns, &mut classes);
        for (way, motion) in &mut self.counted.ways {
            motion.add(*way, columns, batch.num_rows(), &mut self.scratch.text);
        }
        for (row, classes) in classes.into_iter().enumerate() {
            self.mention(row, columns, &words, classes, mentions);
        }
    }

    fn words_of(&mut self, at: usize, planned: &PlannedColumn, cells: &Cells, fits: &[Fits]) -> Vec<Word> {
        let Some(detector) = self.engine.cells.get(planned.detector) else { return Vec::new() };
        match cells {
            Cells::Dictionary { keys, values, of } => {
                let mut known = self
                    .dictionaries
                    .get_mut(at)
                    .and_then(Option::take)
                    .filter(|known| is_same(&known.values, of))
                    .unwrap_or_else(|| KnownDictionary { values: Arc::clone(of), words: vec![None; values.len()] });
                let mut times = vec![0; values.len()];
                let words = keys.iter().map(|key| {
                    let Some(key) = key else { return Word::default() };
                    let Some(slot) = known.words.get_mut(key as usize) else { return Word::default() };
                    if let Some(times) = times.get_mut(key as usize) {
                        *times += 1;
                    }
                    *slot.get_or_insert_with(|| self.word(planned, detector, values.get(key as usize), None))
                });
                let words = words.collect();
                for (key, (word, times)) in known.words.iter().zip(times).enumerate().filter(|(_, (_, n))| *n > 0) {
                    self.note_match(at, word.unwrap_or_default(), values.get(key), times);
                }
                if let Some(slot) = self.dictionaries.get_mut(at) {
                    *slot = Some(known);
                }
                words
            }
            _ => {
                let place = self.watched.get(planned.column).and_then(|w| w.iter().position(|d| *d == planned.detector));
                let mut fits = fits.get(planned.column).map_or(&[][..], Vec::as_slice).iter();
                let mut words = Vec::with_capacity(cells.len());
                cells.each(|cell| {
                    let fits = fits.next().zip(place).map(|(fits, place)| fits >> place & 1 == 1);
                    let word = self.word(planned, detector, cell, fits);
                    self.note_match(at, word, cell, 1);
                    words.push(word);
                });
                words
            }
        }
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

    /// Judges one cell for its planned column. `fits` is what the survey found of a text.
    fn word(&mut self, planned: &PlannedColumn, detector: &CellDetector, cell: Cell<'_>, fits: Option<bool>) -> Word {
        let engine = self.engine;
        let Scratch { text, half_width, normal, canonical, routing, .. } = &mut self.scratch;
        // The survey looks at numbers by other rules, and does not take long text for a value.
        let fits = fits.filter(|_| matches!(cell, Cell::Text(text) if text.len() <= LONGEST_VALUE));
        let Some(bytes) = cell.text(text) else { return Word::default() };
        if normal::is_blank(bytes) {
            return Word::default();
        }
        let mut word = Word { filled: true, ..Word::default() };
        if planned.place != Place::Whole {
            engine.routes.route(&engine.cells, bytes, routing, &mut |hit| {
                word.fits |= is_of(planned, &hit);
            });
            word.filled = word.fits;
            return word;
        }
        let half = normal::half_width(bytes, half_width);
        word.fits = planned.takes_all || fits.unwrap_or_else(|| detector.fits_cell(half, normal));
        let Some(identifier) = &planned.identifier else {
            word.filled = word.fits || planned.trusts_header;
            return word;
        };
        // In a column of names a rare surname is a name too.
        word.fits |= planned.trusts_header && identifier.kind == IdentifierKind::Name && may_be_name(half);
        if is_masked(identifier.kind, word.fits, half) {
            write_masked(half, canonical);
            let key = self.fingerprinter.scoped_key(IdentifierKind::Masked, &identifier.class_scope, canonical);
            let is_hint = detector.class() == Some(Class::PersonName) && !digest(half);
            word.whom = if is_hint { Whom::Hint(key) } else { Whom::Somebody(key) };
            word.filled = true;
            return word;
        }
        if word.fits {
            if planned.takes_all || fits.is_some() {
                detector.form.write(half, normal);
            }
            write_canonical(identifier.kind, normal, canonical);
            if is_filler(identifier.kind, canonical) {
                return Word::default();
            }
            word.minor = birth_date(identifier.kind, canonical).is_some_and(|born| born > self.minor_after);
            word.whom = key_of(self.fingerprinter, identifier, canonical).map_or(Whom::Nobody, Whom::Somebody);
        } else if planned
            .companions
            .iter()
            .any(|&other| engine.cells.get(other).is_some_and(|other| other.fits_cell(half, normal)))
        {
            // Another planned column speaks for this cell.
            return Word::default();
        } else if planned.trusts_header && half.len() >= SHORTEST_UNVERIFIED && identifier.kind.level() < Level::Vehicle
        {
            detector.form.write(half, normal);
            write_canonical(identifier.kind, normal, canonical);
            if is_filler(identifier.kind, canonical) {
                return Word::default();
            }
            let is_digest = identifier.kind.is_deidentified() || digest(half);
            let (kind, scope) = if is_digest {
                (IdentifierKind::Pseudonym, &identifier.class_scope)
            } else {
                (IdentifierKind::Account, &identifier.unverified_scope)
            };
            word.whom = Whom::Somebody(self.fingerprinter.scoped_key(kind, scope, half));
        }
        word.filled = word.fits || planned.trusts_header;
        word
    }

    /// The mentions of a row that says `classes`.
    fn mention(
        &mut self,
        row: usize,
        columns: &[Cells],
        words: &[Words<'_>],
        classes: ClassSet,
        mentions: &mut MentionBatch,
    ) {
        let before = mentions.len();
        for (at, group) in self.plan.groups.iter().enumerate() {
            match group {
                Group::Row => self.mention_row(at, row, columns, words, classes, mentions),
                Group::Items => self.mention_items(at, row, words, classes, mentions),
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
        group: usize,
        row: usize,
        columns: &[Cells],
        words: &[Words<'_>],
        classes: ClassSet,
        mentions: &mut MentionBatch,
    ) {
        let mut keys = std::mem::take(&mut self.scratch.keys);
        keys.clear();
        let (mut minor, mut tells, mut is_named) = (false, false, false);
        let mut in_text: Vec<(Key, bool)> = Vec::new();
        let (mut accounts, mut of_others): (Vec<Key>, Vec<Key>) = (Vec::new(), Vec::new());
        for (planned, words) in self.plan.columns.iter().zip(words) {
            let Some(identifier) = planned.identifier.as_ref().filter(|found| found.group == group) else { continue };
            let of_row = words.of_row(row);
            if planned.place == Place::Whole {
                keys.extend(of_row.iter().filter_map(|word| word.whom.key()));
                is_named |= identifier.kind.level() < Level::Vehicle && of_row.iter().any(|w| w.whom.key().is_some());
                minor |= of_row.iter().any(|word| word.minor);
                tells |= of_row.iter().any(|word| word.whom.tells());
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
            self.vague(group, row, columns, words).settle(self.fingerprinter, tells, &mut keys);
        }
        mentions.push(&keys, with_minor(classes, minor));
        self.scratch.keys = keys;
    }

    /// Identifiers inside the text of a cell.
    fn inside(
        &mut self,
        planned: &PlannedColumn,
        identifier: &PlannedIdentifier,
        columns: &[Cells],
        row: usize,
    ) -> Vec<Inside> {
        let mut found = Vec::new();
        let Scratch { text, canonical, routing, .. } = &mut self.scratch;
        let cells = columns.get(planned.column).filter(|cells| !matches!(cells, Cells::List { .. }));
        if !cells.is_some_and(|cells| cells.get(row).write_text(text)) {
            return found;
        }
        self.engine.routes.route(&self.engine.cells, text, routing, &mut |hit| {
            if is_of(planned, &hit) {
                write_canonical(identifier.kind, hit.normal, canonical);
                if is_filler(identifier.kind, canonical) {
                    return;
                }
                let minor = birth_date(identifier.kind, canonical).is_some_and(|born| born > self.minor_after);
                let of_other = hit.of_other;
                let key = key_of(self.fingerprinter, identifier, canonical);
                found.extend(key.map(|key| Inside { key, minor, of_other }));
            }
        });
        found
    }

    fn mention_items(
        &mut self,
        group: usize,
        row: usize,
        words: &[Words<'_>],
        classes: ClassSet,
        mentions: &mut MentionBatch,
    ) {
        let of_group = |planned: &PlannedColumn| planned.identifier.as_ref().is_some_and(|found| found.group == group);
        let items: Vec<&[Word]> = self
            .plan
            .columns
            .iter()
            .zip(words)
            .filter(|(planned, _)| of_group(planned))
            .map(|(_, words)| words.of_row(row))
            .collect();
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
    fn vague(&mut self, group: usize, row: usize, columns: &[Cells], words: &[Words<'_>]) -> Vague {
        let mut vague = Vague::default();
        for (planned, words) in self.plan.columns.iter().zip(words) {
            let Some(identifier) = planned.identifier.as_ref().filter(|found| found.group == group) else { continue };
            let is_part = matches!(identifier.kind, IdentifierKind::Name | IdentifierKind::NameBirth);
            if !is_part || !words.of_row(row).iter().any(|word| word.fits) {
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

    /// Counts the rows that fill records, and adds what such a row is to its classes.
    fn add_records(&mut self, columns: &[Cells], classes: &mut [ClassSet]) {
        let text = &mut self.scratch.text;
        let mut filled: Vec<Option<Vec<bool>>> = vec![None; columns.len()];
        for (planned, counted) in self.plan.records.iter().zip(&mut self.counted.records) {
            let mut rows: Vec<usize> = (0..classes.len()).collect();
            for &at in &planned.columns {
                let known = filled.get_mut(at).zip(columns.get(at));
                let filled = known.map(|(filled, cells)| filled.get_or_insert_with(|| cells.filled()));
                rows.retain(|row| filled.as_deref().and_then(|filled| filled.get(*row)).is_some_and(|filled| *filled));
            }
            if !planned.positions.is_empty() {
                let Some(areas) = &self.engine.areas else { continue };
                rows.retain(|row| counted.touched.add(areas, &planned.positions, columns, *row, text));
            }
            counted.rows += rows.len() as u64;
            if let Some(subject) = planned.subject.and_then(|column| columns.get(column)) {
                let hashes =
                    rows.iter().filter_map(|row| Some(sample_hash(normal::trim(subject.get(*row).text(text)?))));
                counted.subjects.extend(hashes);
            }
            for (measure, facet) in counted.measures.iter_mut().zip(&planned.facets) {
                rows.iter().for_each(|row| measure.add(facet, columns, *row, text));
            }
            if let Some(class) = planned.class.map(ClassSet::of) {
                for row in rows {
                    if let Some(classes) = classes.get_mut(row) {
                        *classes = classes.union(class);
                    }
                }
            }
        }
    }
}

/// By column, the detectors of which a whole cell is asked no more than whether it is one.
fn watched(engine: &Engine, plan: &CountPlan) -> Vec<Watched> {
    let n_columns = plan.columns.iter().map(|planned| planned.column + 1).max().unwrap_or(0);
    let mut watched = vec![Watched::new(); n_columns];
    for planned in plan.columns.iter().filter(|planned| planned.place == Place::Whole && !planned.takes_all) {
        let is_routed = engine.cells.get(planned.detector).is_some_and(CellDetector::is_routed);
        let of_column = watched.get_mut(planned.column).filter(|of_column| of_column.len() < WATCHED_AT_MOST);
        if let Some(of_column) = of_column.filter(|_| is_routed) {
            of_column.push(planned.detector);
        }
    }
    watched
}

/// Whether a cell of a column of identifiers hides a part of its own. Plain numbers may have letters `x` in them.
fn is_masked(kind: IdentifierKind, fits: bool, cell: &[u8]) -> bool {
    match kind {
        IdentifierKind::NameBirth | IdentifierKind::Pseudonym | IdentifierKind::VehiclePseudonym => false,
        IdentifierKind::Masked if fits => true,
        _ => (!fits || cell.contains(&b'*')) && hides_a_part(cell),
    }
}

/// Whether nothing but masked values is there.
fn is_vague(keys: &[Key]) -> bool {
    keys.iter().all(|key| key.kind() == IdentifierKind::Masked)
}

fn key_of(fingerprinter: &Fingerprinter, identifier: &PlannedIdentifier, canonical: &[u8]) -> Option<Key> {
    match identifier.kind {
        // Names are put together with birth dates, and only where they are needed.
        IdentifierKind::Name | IdentifierKind::NameBirth => None,
        _ if identifier.scope.is_empty() => Some(fingerprinter.key(identifier.kind, canonical)),
        _ => Some(fingerprinter.scoped_key(identifier.kind, &identifier.scope, canonical)),
    }
}

/// Whether a hit is what a column that holds text is counted for.
fn is_of(planned: &PlannedColumn, hit: &Hit<'_>) -> bool {
    let named = planned.place != Place::Labelled || hit.label.is_some();
    hit.inside && hit.fit == Fit::Full && hit.detector == planned.detector && named
}

fn with_minor(classes: ClassSet, minor: bool) -> ClassSet {
    if minor { classes.union(ClassSet::of(Class::PersonMinor)) } else { classes }
}

/// Whether the cell is two to four Chinese characters, or several such with dots between them.
fn may_be_name(cell: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(cell) else { return false };
    let parts: Vec<&str> = text.split(['·', '•', '‧', '・']).collect();
    let is_short = parts.len() > 1 || (2..=4).contains(&text.chars().count());
    is_short && parts.iter().all(|part| is_chinese(part))
}
