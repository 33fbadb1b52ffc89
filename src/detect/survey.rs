//! What all cells of a column say: how many each detector recognises, and a sample of distinct values.
//!
//! Surveys of parts of a column merge into that of the whole, in any order.

use std::borrow::Cow;
use std::ptr;
use std::sync::Arc;

use arrow_array::{Array as _, ArrayRef, RecordBatch};

use super::alike::Alike;
use super::cells::{Cell, Cells, is_same};
use super::context::Label;
use super::engine::{Engine, Fit};
use super::normal::{self, LONGEST_VALUE};
use super::outline::{Outlines, Worth};
use super::route::{Few, Hit, Routing};
use super::sample::{Sample, sample_hash};

/// Smaller whole numbers are no identifier that is looked for in every cell.
const LEAST_IDENTIFIER: i64 = 10_000_000;
/// Larger fractions have lost digits, so they spell no identifier.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

/// What one detector recognised in one column.
#[derive(Clone, Debug, Default)]
pub(super) struct Hits {
    /// Cells that look like one, whether or not a check holds.
    pub(super) shaped: u64,
    /// Cells that are one.
    pub(super) full: u64,
    /// Things inside text that look like one.
    pub(super) inside_shaped: u64,
    /// Things inside text that are one.
    pub(super) inside_full: u64,
    /// Those among them that words before them name, and those that strong words name.
    pub(super) labelled: u64,
    pub(super) labelled_strongly: u64,
    /// The distinct cells that have such a one inside.
    pub(super) labelled_matches: Sample,
    /// The distinct cells that are, or have inside, one.
    pub(super) matches: Sample,
}

/// What is known of one column.
#[derive(Clone, Debug)]
pub(super) struct ColumnSurvey {
    /// Cells; of a list, its items.
    pub(super) cells: u64,
    /// Cells that say nothing.
    pub(super) nulls: u64,
    /// Distinct values that say something.
    pub(super) sample: Sample,
    /// What was recognised, by detector; only detectors that recognised something are here.
    pub(super) hits: Vec<Option<Box<Hits>>>,
}

impl ColumnSurvey {
    fn new(n_detectors: usize) -> Self {
        Self { cells: 0, nulls: 0, sample: Sample::default(), hits: vec![None; n_detectors] }
    }

    /// Cells that say something.
    pub(super) fn filled(&self) -> u64 {
        self.cells - self.nulls
    }

    fn samples(&mut self) -> impl Iterator<Item = &mut Sample> {
        let of_hits = self.hits.iter_mut().flatten().flat_map(|hits| [&mut hits.matches, &mut hits.labelled_matches]);
        of_hits.chain([&mut self.sample])
    }

    fn merge(&mut self, other: &Self) {
        self.cells += other.cells;
        self.nulls += other.nulls;
        self.sample.merge(&other.sample);
        for (mine, other) in self.hits.iter_mut().zip(&other.hits) {
            match (mine, other) {
                (Some(mine), Some(other)) => {
                    mine.shaped += other.shaped;
                    mine.full += other.full;
                    mine.inside_shaped += other.inside_shaped;
                    mine.inside_full += other.inside_full;
                    mine.labelled += other.labelled;
                    mine.labelled_strongly += other.labelled_strongly;
                    mine.labelled_matches.merge(&other.labelled_matches);
                    mine.matches.merge(&other.matches);
                }
                (mine @ None, Some(other)) => *mine = Some(other.clone()),
                (_, None) => {}
            }
        }
    }
}

/// What is known of every column of an object.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Rows looked at.
    pub rows: u64,
    pub(super) columns: Vec<ColumnSurvey>,
}

impl Survey {
    /// A survey of nothing, of an object with this many columns.
    pub fn new(engine: &Engine, n_columns: usize) -> Self {
        Self { rows: 0, columns: vec![ColumnSurvey::new(engine.cells.len()); n_columns] }
    }

    /// Adds the survey of another part of the object.
    pub fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        for (mine, other) in self.columns.iter_mut().zip(&other.columns) {
            mine.merge(other);
        }
    }
}

/// The detectors that a column is counted by and that look at every cell: what the survey finds the count need not ask again.
pub(super) type Watched = Vec<usize>;

/// As many detectors of a column are watched.
pub(super) const WATCHED_AT_MOST: usize = u8::BITS as usize;

/// What a whole cell of text is to a detector that is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellFit {
    /// Not one.
    None,
    /// It is one, in its normal form.
    Normalized,
    /// It is one, its own normal form when trimmed, and has no star in it.
    AsIs,
}

/// What the watched detectors of a column say of a cell: by their places a bit for each that it is one for, and for each of
/// those to which it is its own normal form, without a star.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fitting {
    ones: u8,
    as_is: u8,
}

impl Fitting {
    /// What the cell is to the watched detector at this place.
    #[inline]
    pub(super) const fn to(self, place: usize) -> CellFit {
        match (self.ones >> place & 1 == 1, self.as_is >> place & 1 == 1) {
            (false, _) => CellFit::None,
            (true, false) => CellFit::Normalized,
            (true, true) => CellFit::AsIs,
        }
    }

    fn note(&mut self, place: usize, as_is: bool) {
        self.ones |= 1 << place;
        self.as_is |= u8::from(as_is) << place;
    }
}

/// What is said of each cell of a column of text or whole numbers, as far as [`is_judged`] has it; empty for
/// other columns, and where nothing is watched.
pub(super) type Fits = Vec<Fitting>;

/// Whether a survey judges all of a cell like a count: it looks at other numbers by rules of its own, and takes no long text
/// for a value.
pub(super) fn is_judged(cell: Cell<'_>) -> bool {
    match cell {
        Cell::Text(text) => text.len() <= LONGEST_VALUE,
        Cell::Integer(integer) => integer >= LEAST_IDENTIFIER,
        Cell::Null | Cell::Number(_) | Cell::Time(..) => false,
    }
}

/// Surveys record batches; one per thread.
#[derive(Debug)]
pub(super) struct Surveyor<'e> {
    engine: &'e Engine,
    pub(super) survey: Survey,
    routing: Routing,
    /// By column.
    texts: Vec<Texts>,
    text: Vec<u8>,
    dictionaries: Vec<Option<DictionaryWords>>,
}

/// What the latest texts of a column were like.
#[derive(Debug, Default)]
struct Texts {
    outlines: Outlines,
    alike: Alike,
}

/// A dictionary that rows of several batches point into, and how often they did.
#[derive(Debug)]
struct DictionaryWords {
    values: ArrayRef,
    cells: Arc<Cells>,
    times: Vec<u64>,
}

impl<'e> Surveyor<'e> {
    pub(super) fn new(engine: &'e Engine, n_columns: usize) -> Self {
        Self {
            engine,
            survey: Survey::new(engine, n_columns),
            routing: Routing::default(),
            texts: (0..n_columns).map(|_| Texts::default()).collect(),
            text: Vec::new(),
            dictionaries: (0..n_columns).map(|_| None).collect(),
        }
    }

    /// Adds a batch; by column, what the detectors in `watched` say of its cells.
    pub(super) fn add(&mut self, batch: &RecordBatch, columns: &[Cells], watched: &[Watched]) -> Vec<Fits> {
        self.survey.rows += batch.num_rows() as u64;
        let of_column = columns.iter().enumerate().map(|(at, cells)| {
            let watched = watched.get(at).map_or(&[][..], Vec::as_slice);
            let mut fits = Fits::new();
            self.add_column(at, cells, watched, &mut fits);
            fits
        });
        of_column.collect()
    }

    /// Ends the survey.
    pub(super) fn finish(mut self) -> Survey {
        for at in 0..self.dictionaries.len() {
            self.flush_dictionary(at);
        }
        for (column, texts) in self.survey.columns.iter_mut().zip(self.texts) {
            texts.alike.tell(&self.engine.routes, &mut column.hits);
            column.samples().for_each(Sample::sort);
        }
        self.survey
    }

    fn add_column(&mut self, at: usize, cells: &Cells, watched: &[usize], fits: &mut Fits) {
        match cells {
            Cells::Dictionary { keys, values, of } => self.add_dictionary(at, keys, values, of),
            Cells::Opaque { rows, nulls } => {
                if let Some(column) = self.survey.columns.get_mut(at) {
                    column.cells += *rows as u64;
                    column.nulls += *nulls as u64;
                }
            }
            Cells::List { items, .. } => self.add_column(at, items, &[], fits),
            _ => {
                let Some(mut looking) = self.looking(at) else { return };
                looking.asking.column.cells += cells.len() as u64;
                let are_texts = if watched.is_empty() {
                    cells.each_text(|text| _ = looking.add_text(text, &[]))
                } else {
                    fits.reserve(cells.len());
                    cells.each_text(|text| fits.push(looking.add_text(text, watched)))
                };
                match cells {
                    _ if are_texts => {}
                    Cells::Integer(_) if !watched.is_empty() => {
                        cells.each(|cell| fits.push(looking.add(cell, 1, watched)));
                    }
                    _ => cells.each(|cell| _ = looking.add(cell, 1, &[])),
                }
            }
        }
    }

    /// The look at the cells of a column.
    fn looking(&mut self, at: usize) -> Option<Looking<'_>> {
        let column = self.survey.columns.get_mut(at)?;
        let Texts { outlines, alike } = self.texts.get_mut(at)?;
        let asking = Asking { engine: self.engine, column, alike, routing: &mut self.routing };
        Some(Looking { outlines, asking, text: &mut self.text })
    }

    /// Only counts how often each value of the dictionary is pointed at; each is judged once.
    fn add_dictionary(&mut self, at: usize, keys: &arrow_array::UInt32Array, cells: &Arc<Cells>, of: &ArrayRef) {
        let known = self.dictionaries.get(at).and_then(Option::as_ref).is_some_and(|known| is_same(&known.values, of));
        if !known {
            self.flush_dictionary(at);
            if let Some(slot) = self.dictionaries.get_mut(at) {
                *slot = Some(DictionaryWords {
                    values: Arc::clone(of),
                    cells: Arc::clone(cells),
                    times: vec![0; cells.len()],
                });
            }
        }
        if let Some(column) = self.survey.columns.get_mut(at) {
            column.cells += keys.null_count() as u64;
            column.nulls += keys.null_count() as u64;
        }
        let Some(Some(words)) = self.dictionaries.get_mut(at) else { return };
        for key in keys.iter().flatten() {
            if let Some(times) = words.times.get_mut(key as usize) {
                *times += 1;
            }
        }
    }

    fn flush_dictionary(&mut self, at: usize) {
        let Some(words) = self.dictionaries.get_mut(at).and_then(Option::take) else { return };
        let Some(mut looking) = self.looking(at) else { return };
        let mut times = words.times.into_iter();
        words.cells.each(|cell| {
            if let Some(times) = times.next().filter(|times| *times > 0) {
                looking.asking.column.cells += times;
                looking.add(cell, times, &[]);
            }
        });
    }
}

/// The look at the cells of one column.
struct Looking<'l> {
    outlines: &'l mut Outlines,
    asking: Asking<'l>,
    text: &'l mut Vec<u8>,
}

impl Looking<'_> {
    /// Surveys a cell that is counted already; what `watched` say of the whole of it, where it is looked at like a text.
    fn add(&mut self, cell: Cell<'_>, times: u64, watched: &[usize]) -> Fitting {
        match cell {
            Cell::Text(text) => return self.look(text, times, watched),
            Cell::Null => self.asking.column.nulls += times,
            Cell::Integer(integer) => {
                let mut digits = itoa::Buffer::new();
                let text = digits.format(integer).as_bytes();
                if integer >= LEAST_IDENTIFIER {
                    return self.look(text, times, watched);
                }
                self.asking.column.sample.insert(sample_hash(text), || Cow::Borrowed(text));
            }
            Cell::Number(number) => self.add_number(number, times),
            Cell::Time(ticks, ..) => {
                self.asking.column.sample.insert(sample_hash(&ticks.to_le_bytes()), || Cow::Owned(cell.to_text()));
            }
        }
        Fitting::default()
    }

    /// The same of a cell of a column of text.
    #[inline]
    fn add_text(&mut self, text: Option<&[u8]>, watched: &[usize]) -> Fitting {
        if let Some(text) = text {
            return self.look(text, 1, watched);
        }
        self.asking.column.nulls += 1;
        Fitting::default()
    }

    fn add_number(&mut self, number: f64, times: u64) {
        let hash = sample_hash(&number.to_bits().to_le_bytes());
        let may_identify = number >= LEAST_IDENTIFIER as f64 && number < LARGEST_EXACT && number.fract() == 0.0;
        let cell = Cell::Number(number);
        if may_identify {
            cell.write_text(self.text);
            self.asking.recognise(self.text, (hash, times), &[]);
        }
        self.asking.column.sample.insert(hash, || Cow::Owned(cell.to_text()));
    }

    /// Surveys a text; what `watched` say of the whole of it.
    fn look(&mut self, text: &[u8], times: u64, watched: &[usize]) -> Fitting {
        let Asking { engine, column, .. } = &mut self.asking;
        let trimmed = normal::trim(text);
        let worth = self.outlines.worth(trimmed, |outline| engine.routes.worth(&engine.cells, outline));
        if matches!(worth, Worth::Blank) || matches!(worth, Worth::Something) && normal::says_nothing(trimmed) {
            column.nulls += times;
            return Fitting::default();
        }
        let hash = sample_hash(text);
        column.sample.insert(hash, || Cow::Borrowed(text));
        match worth {
            Worth::Blank | Worth::Nothing => Fitting::default(),
            Worth::Whole(few) => self.asking.ask_few(few, trimmed, (hash, times), watched),
            Worth::Something => self.asking.recognise(text, (hash, times), watched),
        }
    }
}

/// The detectors that are asked about the cells of one column.
struct Asking<'l> {
    engine: &'l Engine,
    column: &'l mut ColumnSurvey,
    alike: &'l mut Alike,
    routing: &'l mut Routing,
}

impl Asking<'_> {
    /// Asks a few detectors about a trimmed text, by its hash, that so many rows have; what `watched` say of it.
    // Apart from the look, which most cells need no more of.
    #[inline(never)]
    fn ask_few(&mut self, few: &Few, text: &[u8], (hash, times): (u64, u64), watched: &[usize]) -> Fitting {
        let routes = &self.engine.routes;
        let (said, normal) = routes.ask_few(&self.engine.cells, few, text, self.routing);
        self.alike.add(said, (hash, times), normal, routes, &mut self.column.hits);
        let mut fitting = Fitting::default();
        let fits = watched.iter().enumerate().filter(|(_, detector)| routes.is_one(said, **detector));
        fits.for_each(|(place, _)| fitting.note(place, few.is_as_is(text, normal)));
        fitting
    }

    /// Asks all detectors that look at every cell about a text, and about what is inside it.
    fn recognise(&mut self, text: &[u8], (hash, times): (u64, u64), watched: &[usize]) -> Fitting {
        let (mut fitting, hits, trimmed) = (Fitting::default(), &mut self.column.hits, normal::trim(text));
        self.engine.routes.route(&self.engine.cells, text, self.routing, &mut |hit| {
            note(hits, &hit, hash, times);
            let is_one = !hit.inside && hit.fit == Fit::Full;
            if let (true, Some(place)) = (is_one, watched.iter().position(|watched| *watched == hit.detector)) {
                fitting.note(place, ptr::eq(hit.normal, trimmed) && !trimmed.contains(&b'*'));
            }
        });
        fitting
    }
}

/// Notes what a detector says of a cell.
#[inline]
fn note(of_column: &mut [Option<Box<Hits>>], hit: &Hit<'_>, hash: u64, times: u64) {
    let Some(hits) = of_column.get_mut(hit.detector) else { return };
    let hits = hits.get_or_insert_with(Box::default);
    if !hit.inside {
        hits.shaped += times;
        if hit.fit == Fit::Full {
            hits.full += times;
            hits.matches.insert(hash, || Cow::Owned(hit.normal.to_vec()));
        }
        return;
    }
    hits.inside_shaped += times;
    if hit.fit == Fit::Full {
        hits.inside_full += times;
        hits.matches.insert(hash, || Cow::Owned(hit.normal.to_vec()));
        if let Some(label) = hit.label {
            hits.labelled += times;
            hits.labelled_strongly += if label == Label::Strong { times } else { 0 };
            hits.labelled_matches.insert(hash, || Cow::Owned(hit.normal.to_vec()));
        }
    }
}
