//! Replays how one column was judged, with what the judgement throws away.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::adjust::Adjustments;
use super::engine::{CellDetector, Engine};
use super::header::Header;
use super::judge::column::{
    hear_neighbours, present, settle_rivals, speaking_neighbours, test_sample, weigh_candidates, weigh_column,
};
use super::judge::{Finding, Judgement, PRIOR, Place};
use super::plan::{CountPlan, PlannedColumn};
use super::speaker::Speaker;
use super::survey::{ColumnSurvey, Survey};
use crate::model::{Bilingual, Candidate, ColumnTrace, Confidence, CountedAs, Fate, Takes, Tested, Whose};

/// So many kinds of lengths and shapes are told.
const KINDS: usize = 12;
/// A shape is no longer than this, in characters.
const LONGEST_SHAPE: usize = 40;
/// From so many characters of one kind on, a shape counts them.
const COUNTED_RUN: usize = 4;

/// An object as it was judged.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'j> {
    /// Names and types of its columns.
    pub columns: &'j [(String, String)],
    /// The survey of all of it.
    pub survey: &'j Survey,
    /// What the user says of it.
    pub adjustments: &'j Adjustments,
    /// What it was judged to be.
    pub judgement: &'j Judgement,
    /// How it is counted.
    pub plan: &'j CountPlan,
}

/// Everything that was considered for the column at `at` of the object named `object`; `None` where there is no such column.
pub fn trace_column(engine: &Engine, object: &str, judged: Judged<'_>, at: usize) -> Option<ColumnTrace> {
    let (name, data_type) = judged.columns.get(at)?;
    let survey = judged.survey.columns.get(at)?;
    let replay = Replay::new(engine, judged, at, survey);
    let findings = replay.findings();
    let n_heard = findings.len();
    let mut candidates: Vec<Candidate> =
        findings.into_iter().filter_map(|(finding, fate)| replay.candidate(&finding, fate)).collect();
    candidates.sort_by(|a, b| (rank(&a.fate), b.score, &a.detector).cmp(&(rank(&b.fate), a.score, &b.detector)));
    let (distinct, distinct_exact) = survey.sample.distinct();
    let records = judged.judgement.records.iter().filter(|found| found.columns.contains(&at));
    Some(ColumnTrace {
        object: object.to_owned(),
        number: at + 1,
        name: name.clone(),
        data_type: data_type.clone(),
        header_words: Header::new(name).words().to_vec(),
        cells: survey.cells,
        filled: survey.filled(),
        distinct: distinct.min(survey.filled()),
        distinct_exact,
        sampled: survey.sample.values().count() as u64,
        lengths: lengths(survey),
        shapes: shapes(survey),
        n_silent: engine.cells.len().saturating_sub(n_heard),
        candidates,
        records: records
            .filter_map(|found| engine.records.get(found.record))
            .map(|known| (known.spec.id.clone(), known.spec.class))
            .collect(),
    })
}

/// What the column is, then what it could be, then what it is not.
fn rank(fate: &Fate) -> u8 {
    match fate {
        Fate::Counts => 0,
        Fate::Shown => 1,
        Fate::SetAside(_) => 2,
        Fate::Lost(_) | Fate::Echo(_) | Fate::Claimed(_) | Fate::Replaced => 3,
        Fate::Below => 4,
    }
}

struct Replay<'j> {
    engine: &'j Engine,
    judged: Judged<'j>,
    at: usize,
    survey: &'j ColumnSurvey,
    headers: Vec<Header>,
    neighbours: Vec<Vec<bool>>,
}

impl<'j> Replay<'j> {
    fn new(engine: &'j Engine, judged: Judged<'j>, at: usize, survey: &'j ColumnSurvey) -> Self {
        let headers: Vec<Header> = judged.columns.iter().map(|(name, _)| Header::new(name)).collect();
        let mut columns: Vec<Vec<Finding>> = judged
            .survey
            .columns
            .iter()
            .zip(&headers)
            .map(|(column, header)| weigh_column(engine, header, column))
            .collect();
        judged.adjustments.declare(engine, judged.survey, &mut columns);
        let neighbours = columns.iter().map(|findings| present(engine, findings)).collect();
        Self { engine, judged, at, survey, headers, neighbours }
    }

    /// Every finding of the column, kept or not, with what became of it.
    fn findings(&self) -> Vec<(Finding, Fate)> {
        let adjusted = &self.judged.judgement.adjusted;
        let kept = || self.judged.judgement.columns.get(self.at).into_iter().flatten();
        let aside = || adjusted.aside.iter().filter(|aside| aside.column == self.at);
        let mut findings: Vec<(Finding, Fate)> = kept()
            .map(|finding| {
                let counts = finding.confidence().is_some_and(Confidence::counts);
                (finding.clone(), if counts { Fate::Counts } else { Fate::Shown })
            })
            .collect();
        findings.extend(aside().map(|aside| (aside.finding.clone(), Fate::SetAside(aside.entry.clone()))));
        let mut weighed = self
            .headers
            .get(self.at)
            .map(|header| weigh_candidates(self.engine, header, self.survey))
            .unwrap_or_default();
        for finding in &mut weighed {
            if finding.score() >= PRIOR / 2 {
                hear_neighbours(self.engine, &self.neighbours, self.at, std::slice::from_mut(finding));
            }
        }
        let mut settled = weighed.clone();
        settled.retain(|finding| finding.score() >= PRIOR / 2);
        settle_rivals(self.engine, &mut settled);
        for finding in weighed.into_iter().filter(|finding| self.spoke(finding)) {
            if !findings.iter().any(|(known, _)| is_same(known, &finding)) {
                let fate = self.fate(&finding, &settled);
                findings.push((finding, fate));
            }
        }
        findings
    }

    /// Whether anything speaks for or against it, or any value fits; a header that is silent says nothing.
    fn spoke(&self, finding: &Finding) -> bool {
        finding.because.iter().any(|reason| reason.what != "header_silent")
            || self.tested(finding).is_some_and(|tested| tested.passing > 0)
    }

    /// Why a finding was not kept.
    fn fate(&self, finding: &Finding, settled: &[Finding]) -> Fate {
        if finding.score() < 0 {
            return Fate::Below;
        }
        let judgement = self.judged.judgement;
        if judgement.adjusted.declared.contains_key(&self.at) {
            return Fate::Replaced;
        }
        let id_of = |finding: &Finding| {
            finding.detector(self.engine).map_or_else(String::new, |detector| detector.spec.id.clone())
        };
        if settled.iter().any(|known| is_same(known, finding)) {
            let claims = |record: usize| {
                let spec = &self.engine.records.get(record)?.spec;
                let of_column = settled.iter().filter_map(|known| known.detector(self.engine));
                let claimed = of_column.into_iter().any(|cell| spec.claims.iter().any(|id| cell.yields(id)));
                claimed.then(|| spec.id.clone())
            };
            return judgement.records.iter().find_map(|found| claims(found.record)).map_or(Fate::Below, Fate::Claimed);
        }
        let class = finding.class(self.engine);
        let same_class = settled.iter().find(|known| class.is_some() && known.class(self.engine) == class);
        let surest = settled.iter().find(|known| known.place == Place::Whole && known.class(self.engine).is_some());
        match (same_class, surest) {
            (Some(known), _) => Fate::Echo(id_of(known)),
            (None, Some(known)) => Fate::Lost(id_of(known)),
            (None, None) => Fate::Below,
        }
    }

    fn candidate(&self, finding: &Finding, fate: Fate) -> Option<Candidate> {
        let detector = finding.detector(self.engine)?;
        let mut because = finding.because.clone();
        because.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.what.cmp(b.what)));
        Some(Candidate {
            detector: detector.spec.id.clone(),
            title: detector.spec.title.clone(),
            class: detector.class(),
            is_inside: finding.place != Place::Whole,
            score: finding.score(),
            confidence: finding.confidence(),
            because,
            tested: self.tested(finding),
            neighbours: self.neighbours_of(detector),
            counted: (fate == Fate::Counts).then(|| self.counted(finding)).flatten(),
            fate,
        })
    }

    fn tested(&self, finding: &Finding) -> Option<Tested> {
        let detector = finding.detector(self.engine)?;
        if !detector.tests_values() {
            return None;
        }
        let hits = self.survey.hits.get(finding.detector).and_then(Option::as_deref);
        let distinct = hits.map_or(0, |hits| hits.matches.distinct().0);
        let (passing, shaped, tested, distinct) = match (finding.place, detector.looks_at_every_cell) {
            (Place::Inside, _) => {
                let (passing, shaped) = hits.map_or((0, 0), |hits| (hits.inside_full, hits.inside_shaped));
                (passing, shaped, shaped, distinct)
            }
            (Place::Labelled, _) => {
                let (passing, shaped) = hits.map_or((0, 0), |hits| (hits.labelled, hits.inside_shaped));
                (passing, shaped, shaped, hits.map_or(0, |hits| hits.labelled_matches.distinct().0))
            }
            (Place::Whole, true) => {
                let (passing, shaped) = hits.map_or((0, 0), |hits| (hits.full, hits.shaped));
                (passing, shaped, self.survey.filled(), distinct)
            }
            (Place::Whole, false) => {
                let (passing, tested) = test_sample(detector, self.survey);
                (passing, passing, tested, passing)
            }
        };
        let spec = &detector.spec;
        Some(Tested {
            passing,
            shaped,
            tested,
            distinct: distinct.min(passing),
            is_sample: !detector.looks_at_every_cell,
            checks: spec.checks.clone(),
            chance: spec.chance,
            min_share: spec.min_share,
            min_passed: spec.min_passed,
        })
    }

    /// The columns that speak for a detector, each once.
    fn neighbours_of(&self, detector: &CellDetector) -> Vec<(String, Bilingual)> {
        let mut known: BTreeMap<usize, (String, Bilingual)> = BTreeMap::new();
        for (column, other) in speaking_neighbours(self.engine, &self.neighbours, self.at, detector) {
            let Some((name, _)) = self.judged.columns.get(column) else { continue };
            known.entry(column).or_insert_with(|| (name.clone(), other.spec.title.clone()));
        }
        known.into_values().collect()
    }

    /// How the plan counts a finding; `None` where it is only a part of records.
    fn counted(&self, finding: &Finding) -> Option<CountedAs> {
        let plan = self.judged.plan;
        let is_it = |planned: &&PlannedColumn| {
            planned.column == self.at && planned.detector == finding.detector && planned.place == finding.place
        };
        let planned = plan.columns.iter().find(is_it)?;
        let identifier = planned.identifier.as_ref();
        let group = identifier.map(|found| found.group);
        let with = plan.columns.iter().filter(|other| {
            other.column != self.at && group.is_some() && other.identifier.as_ref().map(|found| found.group) == group
        });
        let mut names: Vec<String> =
            with.filter_map(|other| self.judged.columns.get(other.column)).map(|(name, _)| name.clone()).collect();
        names.dedup();
        Some(CountedAs {
            identifier: identifier.map(|found| found.kind),
            is_scoped: identifier.is_some_and(|found| found.kind.is_scoped()),
            whose: group.and_then(|group| plan.speakers.get(group)).map_or(Whose::Subject, |it| self.whose(it)),
            with: names,
            takes: match planned {
                _ if !finding.detector(self.engine).is_some_and(CellDetector::tests_values) => Takes::All,
                PlannedColumn { takes_all: true, .. } => Takes::All,
                PlannedColumn { trusts_header: true, .. } => Takes::Misspelled,
                _ => Takes::Passing,
            },
        })
    }

    fn whose(&self, speaker: &Speaker) -> Whose {
        match speaker {
            Speaker::Subject => Whose::Subject,
            Speaker::List(_) => Whose::Items,
            Speaker::Another(person) => Whose::Another(person + 1),
            Speaker::Role(role) => {
                self.engine.roles.get(*role).map_or(Whose::Subject, |role| Whose::Role(role.spec.title.clone()))
            }
        }
    }
}

fn is_same(a: &Finding, b: &Finding) -> bool {
    a.detector == b.detector && a.place == b.place
}

/// How many characters the values of the sample have.
fn lengths(survey: &ColumnSurvey) -> Vec<(usize, u64)> {
    let mut lengths: BTreeMap<usize, u64> = BTreeMap::new();
    for value in survey.sample.values() {
        *lengths.entry(String::from_utf8_lossy(value).chars().count()).or_default() += 1;
    }
    lengths.into_iter().collect()
}

/// What the values of the sample are made of.
fn shapes(survey: &ColumnSurvey) -> Vec<(String, u64)> {
    let mut known: BTreeMap<String, u64> = BTreeMap::new();
    for value in survey.sample.values() {
        *known.entry(shape(&String::from_utf8_lossy(value))).or_default() += 1;
    }
    let mut shapes: Vec<(String, u64)> = known.into_iter().collect();
    shapes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    shapes.truncate(KINDS);
    shapes
}

/// A value with its kinds of characters only: `9` a digit, `A` a capital, `a` a small letter, `字` a Chinese character, `文`
/// any other letter, `◇` what is neither letter nor ASCII; longer runs are counted.
fn shape(value: &str) -> String {
    let mut runs: Vec<(char, usize)> = Vec::new();
    for kind in value.chars().map(kind) {
        match runs.last_mut() {
            Some((last, n)) if *last == kind => *n += 1,
            _ => runs.push((kind, 1)),
        }
    }
    let mut text = String::new();
    for (kind, n) in runs {
        if n < COUNTED_RUN {
            text.extend(std::iter::repeat_n(kind, n));
        } else {
            text.push(kind);
            let _ = write!(text, "{{{n}}}");
        }
    }
    if text.chars().count() > LONGEST_SHAPE {
        text = text.chars().take(LONGEST_SHAPE).collect();
        text.push('…');
    }
    text
}

fn kind(c: char) -> char {
    match c {
        c if c.is_numeric() => '9',
        c if super::header::is_han(c) => '字',
        c if c.is_uppercase() => 'A',
        c if c.is_lowercase() => 'a',
        c if c.is_alphabetic() => '文',
        ' '..='~' => c,
        _ => '◇',
    }
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn shapes_keep_kinds_and_no_value() {
        let cases = [
            ("11010519491231002X", "9{17}A"),
            ("京A·12345", "字A◇9{5}"),
            ("a.b@example.com", "a.a@a{7}.aaa"),
            ("王伟", "字字"),
            ("2024-01-02", "9{4}-99-99"),
            ("이름", "文文"),
            ("a\u{1b}[31m", "a◇[99a"),
            ("１３９", "999"),
            ("", ""),
        ];
        for (value, expected) in cases {
            assert_eq!(shape(value), expected, "{value}");
        }
        assert!(shape(&"a1".repeat(100)).ends_with('…'));
    }
}
