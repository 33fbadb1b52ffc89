//! What one column is: its header, its values, its neighbours.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use rayon::prelude::*;

use super::text::weigh_inside;
use super::{HIGH, MEDIUM, PRIOR, confidence, score};
use crate::detect::adjust::{Adjustments, DECLARED};
use crate::detect::engine::{CellDetector, Engine};
use crate::detect::header::Header;
use crate::detect::normal::{self, Alphabet};
use crate::detect::outline::outline;
use crate::detect::survey::{ColumnSurvey, Hits, Survey};
use crate::detect::value::Value;
use crate::model::{Because, Class, Confidence};

/// A header that says it outright: three and a half digits of odds.
const STRONG_HEADER: i32 = 35;
/// A header that fits, and fits other things too.
const WEAK_HEADER: i32 = 15;
/// A header that says something, and nothing of this.
const SILENT_HEADER: i32 = -5;
/// A header, or values, that say otherwise.
const CONTRADICTION: i32 = -40;
/// More equal answers than this do not make a finding surer.
pub(super) const ANSWERS_AT_MOST: u64 = 8;
/// The share of what looks like a value that must pass its check where the column holds other things too. Chance passes
/// one in eleven (GB 11643) or one in ten (Luhn).
pub(super) const MIXED_SHARE: f64 = 0.5;
/// What passes by chance so rarely is what it seems, whatever stands beside it.
const PROOF: f64 = 1e-3;
/// So many passing values are no accident in a column that holds other things too.
const MIXED_VALUES: u64 = 3;

/// Where in a cell the value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::detect) enum Place {
    /// It is the cell.
    Whole,
    /// It is inside text.
    Inside,
    /// It is inside text, behind words that name it.
    Labelled,
}

/// A detector's word about a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::detect) struct Finding {
    /// The detector's place in the engine.
    pub(in crate::detect) detector: usize,
    /// Where in the cells the values stand.
    pub(in crate::detect) place: Place,
    /// What spoke for and against.
    pub(in crate::detect) because: Vec<Because>,
}

impl Finding {
    pub(in crate::detect) fn score(&self) -> i32 {
        score(&self.because)
    }

    pub(in crate::detect) fn confidence(&self) -> Option<Confidence> {
        confidence(self.score())
    }

    pub(in crate::detect) fn detector<'e>(&self, engine: &'e Engine) -> Option<&'e CellDetector> {
        engine.cells.get(self.detector)
    }

    pub(in crate::detect) fn class(&self, engine: &Engine) -> Option<Class> {
        self.detector(engine).and_then(CellDetector::class)
    }
}

/// Judges every column twice: by itself, then with what its neighbours turned out to be.
pub(super) fn judge_columns(
    engine: &Engine,
    headers: &[Header],
    survey: &Survey,
    adjustments: &Adjustments,
) -> Vec<Vec<Finding>> {
    let each = survey.columns.par_iter().zip(headers);
    let mut columns: Vec<Vec<Finding>> = each.map(|(column, header)| weigh_column(engine, header, column)).collect();
    adjustments.declare(engine, survey, &mut columns);
    let neighbours: Vec<Vec<bool>> = columns.iter().map(|findings| present(engine, findings)).collect();
    for (at, findings) in columns.iter_mut().enumerate() {
        hear_neighbours(engine, &neighbours, at, findings);
        settle_rivals(engine, findings);
        match survey.columns.get(at).zip(headers.get(at)) {
            Some((column, header)) if column.filled() > 0 => add_companions(engine, header, column, findings),
            // An empty column tells its neighbours what the table is about, and holds nothing itself.
            _ => findings.clear(),
        }
    }
    columns
}

/// Adds what the other columns say to the findings of the one at `at`.
pub(in crate::detect) fn hear_neighbours(
    engine: &Engine,
    neighbours: &[Vec<bool>],
    at: usize,
    findings: &mut [Finding],
) {
    for finding in findings {
        let Some(detector) = engine.cells.get(finding.detector) else { continue };
        let stands_beside = |ids: &[String]| neighbours_among(engine, neighbours, at, ids).next().is_some();
        if stands_beside(&detector.spec.neighbours) {
            finding.because.push(Because { what: "neighbour", weight: detector.spec.beside });
        } else if stands_beside(&detector.spec.shuns) {
            finding.because.push(Because { what: "neighbour_against", weight: CONTRADICTION / 2 });
        }
        cap_without_header(detector, finding);
    }
}

/// The columns beside the one at `at` that are one of `ids`, classes or fields, each with the detector that it is.
pub(in crate::detect) fn neighbours_among<'n>(
    engine: &'n Engine,
    neighbours: &'n [Vec<bool>],
    at: usize,
    ids: &'n [String],
) -> impl Iterator<Item = (usize, &'n CellDetector)> {
    let beside = neighbours.iter().enumerate().filter(move |(other, _)| *other != at);
    beside.flat_map(move |(column, present)| {
        let there = present.iter().zip(&engine.cells).filter(|(is_there, _)| **is_there).map(|(_, other)| other);
        there.filter(|other| ids.iter().any(|id| other.yields(id))).map(move |other| (column, other))
    })
}

/// Which detectors hold for a column by itself.
pub(in crate::detect) fn present(engine: &Engine, findings: &[Finding]) -> Vec<bool> {
    let mut present = vec![false; engine.cells.len()];
    for finding in findings.iter().filter(|finding| finding.score() >= MEDIUM) {
        if let Some(slot) = present.get_mut(finding.detector) {
            *slot = true;
        }
    }
    present
}

/// What a column may be by itself.
pub(in crate::detect) fn weigh_column(engine: &Engine, header: &Header, column: &ColumnSurvey) -> Vec<Finding> {
    let mut findings = weigh_candidates(engine, header, column);
    findings.retain(|finding| finding.score() >= PRIOR / 2);
    findings
}

/// Everything that anything speaks for or against.
pub(in crate::detect) fn weigh_candidates(engine: &Engine, header: &Header, column: &ColumnSurvey) -> Vec<Finding> {
    let mut findings = Vec::new();
    let halves = halves(column);
    let sampled = Sampled::new(&halves);
    for (at, detector) in engine.cells.iter().enumerate() {
        let hits = column.hits.get(at).and_then(Option::as_deref);
        let by_header = weigh_header(detector, header);
        let speaks = by_header.iter().any(|reason| reason.weight > 0);
        if column.filled() == 0 {
            findings.extend(speaks.then_some(Finding { detector: at, place: Place::Whole, because: by_header }));
            continue;
        }
        if speaks
            || (detector.looks_at_every_cell && hits.is_some())
            || (!detector.looks_at_every_cell && may_do_without_header(detector))
        {
            let mut because = by_header.clone();
            because.extend(if detector.looks_at_every_cell {
                weigh_all_cells(detector, hits, column, &because)
            } else {
                weigh_sample(detector, &sampled, speaks)
            });
            findings.push(Finding { detector: at, place: Place::Whole, because });
        }
        if let Some((place, because)) = hits.and_then(|hits| weigh_inside(detector, hits, &by_header)) {
            findings.push(Finding { detector: at, place, because });
        }
    }
    findings
}

/// Whether values, or values and a neighbour, may say what no header says.
fn may_do_without_header(detector: &CellDetector) -> bool {
    detector.tests_values() && !(detector.spec.needs_header && detector.spec.neighbours.is_empty())
}

fn weigh_header(detector: &CellDetector, header: &Header) -> Vec<Because> {
    let mut because = Vec::new();
    if header.is_empty() {
        return because;
    }
    if detector.strong.name(header) {
        because.push(Because { what: "header", weight: STRONG_HEADER });
    } else if detector.weak.name(header) {
        because.push(Because { what: "header_weak", weight: WEAK_HEADER });
    }
    if detector.against.name(header) {
        because.push(Because { what: "header_against", weight: CONTRADICTION });
    } else if because.is_empty() && !header.says_nothing() {
        because.push(Because { what: "header_silent", weight: SILENT_HEADER });
    }
    because
}

/// What `passing` distinct values weigh that pass by chance once in `1 / chance`.
pub(super) fn weight_of_values(detector: &CellDetector, passing: u64) -> i32 {
    let digits = -10.0 * detector.spec.chance.clamp(1e-9, 1.0).log10();
    ((digits * passing.min(ANSWERS_AT_MOST) as f64).round() as i32).min(detector.spec.most)
}

pub(super) fn evidence_word(detector: &CellDetector) -> &'static str {
    let checks = &detector.spec.checks;
    if checks.iter().any(|check| check.starts_with("masked")) {
        "masked"
    } else if checks.iter().any(|check| check == "digest") {
        "hashed"
    } else if !checks.is_empty() {
        "checksum"
    } else if detector.spec.words.is_some() {
        "words"
    } else if detector.pattern.is_some() {
        "pattern"
    } else {
        "values"
    }
}

fn weigh_all_cells(
    detector: &CellDetector,
    hits: Option<&Hits>,
    column: &ColumnSurvey,
    by_header: &[Because],
) -> Option<Because> {
    let what = evidence_word(detector);
    let speaks = by_header.iter().any(|reason| reason.weight > 0);
    let says = by_header.iter().any(|reason| reason.weight >= STRONG_HEADER);
    let (shaped, full, passing) = hits.map_or((0, 0, 0), |hits| (hits.shaped, hits.full, hits.matches.distinct().0));
    let share = full as f64 / column.filled() as f64;
    let passed = full as f64 / shaped.max(1) as f64;
    let by_chance = passed < detector.spec.min_passed && !says;
    if full > 0 && share >= detector.spec.min_share && !by_chance {
        return Some(Because { what, weight: weight_of_values(detector, passing) });
    }
    let mixed = full >= MIXED_VALUES && passed >= MIXED_SHARE.max(detector.spec.chance * 10.0);
    if mixed && !by_chance && (speaks || !detector.spec.checks.is_empty()) {
        let weight = weight_of_values(detector, passing);
        let is_proof = detector.spec.chance <= PROOF;
        return Some(Because { what: "mixed", weight: if is_proof { weight } else { weight / 2 + 5 } });
    }
    speaks.then_some(Because { what: "values_against", weight: CONTRADICTION })
}

fn weigh_sample(detector: &CellDetector, sampled: &Sampled<'_>, speaks: bool) -> Option<Because> {
    if !detector.tests_values() {
        return None;
    }
    // Most detectors are out after a few values.
    let all = sampled.n;
    let may_fail = all as f64 * (1.0 - detector.spec.min_share);
    let (passing, tested) = test_values(detector, sampled, may_fail);
    let share = passing as f64 / all.max(1) as f64;
    if tested == all && passing > 0 && share >= detector.spec.min_share {
        return Some(Because { what: evidence_word(detector), weight: weight_of_values(detector, passing) });
    }
    speaks.then_some(Because { what: "values_against", weight: CONTRADICTION })
}

/// How many of the distinct values of the sample fit, and how many there are.
pub(in crate::detect) fn test_sample(detector: &CellDetector, column: &ColumnSurvey) -> (u64, u64) {
    test_values(detector, &Sampled::new(&halves(column)), f64::INFINITY)
}

/// The sampled values of a column, as detectors ask about them.
struct Sampled<'c> {
    n: u64,
    groups: Vec<Group<'c>>,
    /// The numbers among them, in order, once they are asked for.
    numbers: OnceCell<Vec<f64>>,
}

/// Values that are made of the same, and as long.
struct Group<'c> {
    alphabet: Alphabet,
    length: usize,
    /// That of all of them, where the column has few.
    outline: Option<Vec<u8>>,
    values: Vec<Value<'c>>,
}

/// With more outlines than this, to ask about them costs more than it spares.
const OUTLINES_AT_MOST: usize = 16;

impl<'c> Sampled<'c> {
    fn new(halves: &'c [Vec<u8>]) -> Self {
        let outlines: BTreeSet<Vec<u8>> = halves.iter().map(|half| outline(half)).collect();
        let mut groups: Vec<Group<'_>> = Vec::new();
        for half in halves {
            let (value, length) = (Value::new(half), half.len());
            let outline = (outlines.len() <= OUTLINES_AT_MOST).then(|| outline(half));
            let is_its =
                |of: &&mut Group<'_>| (of.alphabet, of.length, &of.outline) == (value.alphabet, length, &outline);
            match groups.iter_mut().find(is_its) {
                Some(group) => group.values.push(value),
                None => groups.push(Group { alphabet: value.alphabet, length, outline, values: vec![value] }),
            }
        }
        Self { n: halves.len() as u64, groups, numbers: OnceCell::new() }
    }

    /// How many cannot be what the detector looks for, by what they are made of and how long they are.
    fn n_unlike(&self, detector: &CellDetector) -> u64 {
        let may_be = |of: &&Group<'_>| detector.may_match(of.alphabet) && detector.may_match_length(of.length);
        self.n - self.groups.iter().filter(may_be).map(|of| of.values.len() as u64).sum::<u64>()
    }

    /// How many are numbers in a range.
    fn n_within(&self, [low, high]: [f64; 2]) -> u64 {
        let numbers = self.numbers.get_or_init(|| {
            let values = self.groups.iter().flat_map(|group| &group.values);
            let mut numbers: Vec<f64> = values.filter_map(Value::number).collect();
            numbers.sort_unstable_by(f64::total_cmp);
            numbers
        });
        let up_to_high = numbers.partition_point(|number| *number <= high);
        up_to_high.saturating_sub(numbers.partition_point(|number| *number < low)) as u64
    }
}

/// The sampled values of a column, half width and trimmed.
fn halves(column: &ColumnSurvey) -> Vec<Vec<u8>> {
    let mut buffer = Vec::new();
    column.sample.values().map(|value| normal::half_width(value, &mut buffer).to_vec()).collect()
}

/// The same, as far as no more than `may_fail` do not.
fn test_values(detector: &CellDetector, sampled: &Sampled<'_>, may_fail: f64) -> (u64, u64) {
    // A whole value more than that, so that no rounding decides.
    let exceeds = |failing: u64| failing as f64 > may_fail + 1.0;
    if let Some(range) = detector.range_alone() {
        return (sampled.n_within(range), sampled.n);
    }
    if exceeds(sampled.n_unlike(detector)) {
        return (0, 0);
    }
    let mut scratch = Vec::new();
    let (mut passing, mut all) = (0_u64, 0_u64);
    for Group { outline, values, .. } in &sampled.groups {
        let of_all = outline.as_ref().and_then(|outline| detector.fits_with_outline(outline, &mut scratch));
        for value in values {
            all += 1;
            passing += u64::from(of_all.unwrap_or_else(|| detector.fits(value, &mut scratch)));
            if exceeds(all - passing) {
                return (passing, all);
            }
        }
    }
    (passing, all)
}

/// A detector without a check of its own is not believed on values alone.
fn cap_without_header(detector: &CellDetector, finding: &mut Finding) {
    const SPEAKS: [&str; 6] = ["header", "header_weak", "neighbour", "label", "label_weak", DECLARED];
    let speaks = finding.because.iter().any(|reason| SPEAKS.contains(&reason.what));
    let surplus = finding.score() - (MEDIUM - 1);
    if detector.spec.needs_header && !speaks && surplus > 0 {
        finding.because.push(Because { what: "no_header", weight: -surplus });
    }
}

/// A cell is one identifier: where several detectors claim the whole cells of a column, the surest keeps them. Fields, and
/// classes that are no identifiers, stand beside each other.
pub(in crate::detect) fn settle_rivals(engine: &Engine, findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| b.score().cmp(&a.score()).then(a.detector.cmp(&b.detector)));
    let mut taken = false;
    let mut described = false;
    findings.retain(|finding| {
        let Some(detector) = finding.detector(engine) else { return false };
        if finding.score() < 0 {
            return false;
        }
        if finding.place != Place::Whole || detector.class().is_none() {
            return true;
        }
        let identifies = detector.identifier().is_some();
        let keeps = !(taken || identifies && described);
        taken |= identifies && keeps;
        described |= keeps && finding.score() >= MEDIUM;
        keeps
    });
    // Header and words may both speak for one class; the surer one tells it.
    let mut told = Vec::new();
    findings.retain(|finding| {
        let class = finding.class(engine).filter(|_| finding.place == Place::Whole);
        let told_before = class.is_some_and(|class| told.contains(&class));
        told.extend(class);
        !told_before
    });
    let whole: Vec<usize> =
        findings.iter().filter(|f| f.place == Place::Whole && f.score() >= HIGH).map(|f| f.detector).collect();
    findings.retain(|finding| finding.place == Place::Whole || !whole.contains(&finding.detector));
    for finding in findings.iter_mut() {
        finding.because.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.what.cmp(b.what)));
    }
}

/// A column of identity documents holds several kinds of them (18 and 15 digits, residence permits, passports), and one of
/// suspects holds cards and mobiles as well: what the surest detector leaves over goes to others that the header speaks for,
/// or whose checks leave no doubt.
fn add_companions(engine: &Engine, header: &Header, column: &ColumnSurvey, findings: &mut Vec<Finding>) {
    let Some(surest) = findings
        .iter()
        .find(|finding| finding.place == Place::Whole && finding.class(engine).is_some() && finding.score() >= MEDIUM)
        .and_then(|finding| finding.detector(engine).filter(|detector| detector.identifier().is_some()))
    else {
        return;
    };
    if findings.iter().flat_map(|finding| &finding.because).any(|reason| reason.what == DECLARED) {
        return;
    }
    for (at, detector) in engine.cells.iter().enumerate() {
        let hits = column.hits.get(at).and_then(Option::as_deref);
        let Some(hits) = hits.filter(|hits| hits.full > 0) else { continue };
        let passed = hits.full as f64 / hits.shaped.max(1) as f64;
        let known = findings.iter().any(|finding| finding.detector == at && finding.place == Place::Whole);
        let is_believed = match weigh_header(detector, header).first() {
            Some(reason) if reason.weight > 0 => passed >= MIXED_SHARE,
            _ => {
                hits.full >= MIXED_VALUES && passed >= MIXED_SHARE.max(detector.spec.min_passed) && detector.is_strict()
            }
        };
        if !known && is_believed && detector.is_companion_of(surest) {
            findings.push(Finding {
                detector: at,
                place: Place::Whole,
                because: vec![Because { what: "companion", weight: MEDIUM - PRIOR }],
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Sampled, test_values};
    use crate::detect::examples::tests::built_in;

    fn values() -> impl Strategy<Value = Vec<Vec<u8>>> {
        let of = |pattern: &'static str| proptest::collection::vec(pattern, 1..40).boxed();
        let columns =
            ["[0-9]{1,3}\\.[0-9]{1,2}", "-?[0-9]{1,4}", "[A-Z0-9-]{4,8}", "[ABC][0-9]{5}", "[男女]|[王李]小?[明红]"];
        let times = "20[0-9]{2}-[01][0-9]-[0-3][0-9]( [0-2][0-9]:[0-5][0-9]:00)?";
        let column =
            prop::strategy::Union::new(columns.into_iter().chain([times, "1[3-9][0-9]{9}|[0-9]{17}[0-9Xx]"]).map(of));
        column.prop_map(|texts| texts.into_iter().map(String::into_bytes).collect())
    }

    proptest! {
        #[test]
        fn values_are_tested_as_one_by_one(values in values(), may_fail in 0.0_f64..40.0) {
            let sampled = Sampled::new(&values);
            for detector in &built_in().cells {
                let fitting = values.iter().filter(|value| detector.fits_cell(value, &mut Vec::new())).count() as u64;
                let all = values.len() as u64;
                let id = &detector.spec.id;
                let (passing, tested) = test_values(detector, &sampled, may_fail);
                let fails = (all - fitting) as f64 > may_fail + 1.0;
                prop_assert!(fails || (passing, tested) == (fitting, all), "{}: {} of {}", id, fitting, all);
                prop_assert!(!fails || (tested - passing) as f64 > may_fail || tested == 0, "{}: {} of {}", id, fitting, all);
            }
        }
    }
}
