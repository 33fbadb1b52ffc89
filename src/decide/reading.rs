//! What the data say to one row, whatever the facts are.

use crate::count::Figures;
use crate::model::{ClassSet, Confidence};
use crate::pack::{Count, KindsSpec, PersonsSpec, RowSpec, RulePack};
use crate::tally::Totals;

use super::basis::Basis;

/// Whether the data reach a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// They do not.
    No,
    /// By one reading they do.
    Maybe,
    /// They do.
    Yes,
}

/// What the data say to one row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// Whether they reach it.
    pub(super) reach: Reach,
    /// Whether they leave no doubt about that.
    pub(super) certain: bool,
    /// The persons that it counts.
    pub(super) figures: Option<Figures>,
    /// Rows about such persons that nothing attributes to one.
    pub(super) unattributed: u64,
    /// Whether the data hold what the row excludes.
    pub(super) excluded: bool,
    /// Whether the year reaches it and the data at hand have nobody in them, so that it does not speak of them.
    pub(super) nobody_at_hand: bool,
}

/// The classes that a row takes for sensitive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sensitive {
    /// These are.
    pub(super) surely: ClassSet,
    /// These may be, by their content.
    pub(super) openly: ClassSet,
}

impl Sensitive {
    /// The classes of the row's industry, or else of the list.
    pub(super) fn of(pack: &RulePack, row: &RowSpec) -> Self {
        let own = pack.industry.iter().find(|industry| Some(industry.id) == row.industry);
        let personal = ClassSet::personal();
        match own.and_then(|industry| industry.sensitive.map(|set| (*set, *industry.sensitive_open))) {
            Some((surely, openly)) => Self::new(surely, openly, personal),
            None => Self::new(*pack.list.sensitive, *pack.list.sensitive_open, personal),
        }
    }

    fn new(surely: ClassSet, openly: ClassSet, personal: ClassSet) -> Self {
        let surely = both(surely, personal);
        Self { surely, openly: minus(both(openly, personal), surely) }
    }
}

/// Applies the predicate of a row to the data at hand; one that counts persons, to those of `basis`.
pub(super) fn read(row: &RowSpec, sensitive: Sensitive, totals: &Totals, basis: &Basis<'_>) -> Reading {
    let complete = basis.complete;
    let mut reading = Reading {
        reach: Reach::No,
        certain: complete,
        figures: None,
        unattributed: 0,
        excluded: false,
        nobody_at_hand: false,
    };
    let Some(persons) = &row.persons else {
        if let Some(kinds) = &row.kinds {
            reading.reach = find(kinds, totals);
            reading.certain = certain(reading.reach, complete);
        }
        return reading;
    };
    let (narrow, wide) = fits(persons, sensitive);
    let figures = bounds(persons.count, basis, &narrow, &wide);
    reading.unattributed = basis.unattributed_rows(&wide);
    let attributed_to_somebody = persons.count != Count::NonSensitive && basis.unattributed_rows(&narrow) > 0;
    let least = figures.at_least.max(u64::from(attributed_to_somebody));
    let most = figures.at_most.saturating_add(reading.unattributed).max(least);
    reading.reach = compare(persons, least, most);
    // What was not read can only add persons: it can carry a count into a band and out of it, never back below.
    reading.certain = match (reading.reach, persons.below) {
        (Reach::No, Some(below)) => complete || least >= below,
        (Reach::Yes, Some(below)) => complete && most < below,
        (reach, _) => certain(reach, complete),
    };
    reading.figures = Some(figures);
    if holds(totals, *persons.without) {
        reading = Reading { reach: Reach::No, certain: complete, excluded: true, ..reading };
    }
    if basis.is_of_year && reading.reach != Reach::No && !any_person(totals) && totals.coverage.is_complete() {
        reading = Reading { reach: Reach::No, certain: true, nobody_at_hand: true, ..reading };
    }
    if let Some(kinds) = &row.kinds {
        let found = find(kinds, totals);
        reading.certain = if found < reading.reach { certain(found, complete) } else { reading.certain };
        reading.reach = reading.reach.min(found);
    }
    reading
}

/// The persons of a row's kind among those of `basis`, as [`read`] counts them; `None` where the row counts nobody.
pub(super) fn count(row: &RowSpec, sensitive: Sensitive, basis: &Basis<'_>) -> Option<Figures> {
    let persons = row.persons.as_ref()?;
    let (narrow, wide) = fits(persons, sensitive);
    Some(bounds(persons.count, basis, &narrow, &wide))
}

/// Persons or personal rows that have one of the classes.
pub(super) fn holds(totals: &Totals, classes: ClassSet) -> bool {
    let fit = |set: ClassSet| set.intersects(classes);
    totals.census.figures(fit).at_most > 0 || totals.census.figures(fit).best > 0 || totals.unattributed_rows(fit) > 0
}

/// Whether anything at all is said of a person.
pub(super) fn any_person(totals: &Totals) -> bool {
    let everybody = totals.census.figures(|_| true);
    everybody.at_most > 0 || everybody.best > 0 || totals.unattributed_rows(|_| true) > 0
}

/// The classes that a row rests on.
pub(super) fn subject(row: &RowSpec, sensitive: Sensitive) -> ClassSet {
    let kinds = row.kinds.as_ref().map_or(ClassSet::EMPTY, KindsSpec::classes);
    let Some(persons) = &row.persons else { return kinds };
    let counted = match persons.count {
        Count::Sensitive => sensitive.surely.union(sensitive.openly),
        Count::NonSensitive => minus(ClassSet::personal(), sensitive.surely),
        Count::All => ClassSet::personal(),
    };
    let of = if persons.of.is_empty() { counted } else { *persons.of };
    kinds.union(both(of, ClassSet::personal()))
}

fn certain(reach: Reach, complete: bool) -> bool {
    match reach {
        Reach::No => complete,
        Reach::Maybe => false,
        Reach::Yes => true,
    }
}

/// Who is counted in the reading with the fewest persons, and in the one with the most.
fn fits(persons: &PersonsSpec, sensitive: Sensitive) -> (impl Fn(ClassSet) -> bool, impl Fn(ClassSet) -> bool) {
    let either = sensitive.surely.union(sensitive.openly);
    let (count, of) = (persons.count, *persons.of);
    let fit = move |set: ClassSet, strict: bool| {
        let counted = match count {
            Count::Sensitive => set.intersects(if strict { sensitive.surely } else { either }),
            Count::NonSensitive => !set.intersects(if strict { either } else { sensitive.surely }),
            Count::All => true,
        };
        counted && (of.is_empty() || set.intersects(of))
    };
    (move |set| fit(set, true), move |set| fit(set, false))
}

fn bounds(
    count: Count,
    basis: &Basis<'_>,
    narrow: &impl Fn(ClassSet) -> bool,
    wide: &impl Fn(ClassSet) -> bool,
) -> Figures {
    let (fewest, most) = (basis.census.figures(narrow), basis.census.figures(wide));
    let best = if count == Count::NonSensitive { most.best } else { fewest.best };
    let at_least = fewest.at_least;
    let best = best.max(at_least);
    Figures { best, at_least, at_most: most.at_most.max(best) }
}

fn compare(persons: &PersonsSpec, least: u64, most: u64) -> Reach {
    let from = persons.from();
    let above = persons.below.is_some_and(|below| least >= below);
    if most < from || above {
        Reach::No
    } else if least >= from {
        Reach::Yes
    } else {
        Reach::Maybe
    }
}

fn find(kinds: &KindsSpec, totals: &Totals) -> Reach {
    let any = (!kinds.any_of.is_empty()).then_some(*kinds.any_of);
    let groups = || any.iter().copied().chain(kinds.all_of.iter().map(|group| **group));
    let in_one_object = |least: Confidence| {
        totals.objects.iter().any(|object| {
            let found = found(object, least);
            groups().all(|group| found.intersects(group))
        })
    };
    if groups().next().is_none() || !in_one_object(Confidence::Medium) {
        Reach::No
    } else if kinds.open_term.is_some() || !in_one_object(kinds.confidence) {
        Reach::Maybe
    } else {
        Reach::Yes
    }
}

fn found(object: &crate::model::ObjectFinding, least: Confidence) -> ClassSet {
    let classes = object.columns.iter().flat_map(|column| &column.classes).filter(|class| class.accepted.is_none());
    let columns = classes.map(|class| (class.class, class.confidence));
    let records = object.records.iter().filter(|record| record.accepted.is_none());
    let records = records.map(|record| (record.class, record.confidence));
    columns.chain(records).filter(|(_, confidence)| *confidence >= least).map(|(class, _)| class).collect()
}

/// The classes of both sets.
fn both(a: ClassSet, b: ClassSet) -> ClassSet {
    ClassSet(a.0 & b.0)
}

/// The classes of `a` that are not in `b`.
fn minus(a: ClassSet, b: ClassSet) -> ClassSet {
    ClassSet(a.0 & !b.0)
}
