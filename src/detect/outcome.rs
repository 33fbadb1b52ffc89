//! Puts what was judged and what was counted into findings for the report.

use super::adjust::Aside;
use super::count::Counted;
use super::engine::Engine;
use super::judge::{Finding, Judgement, Place};
use super::normal;
use super::plan::{CountPlan, PlannedColumn};
use super::sample::Sample;
use super::survey::{ColumnSurvey, Survey};
use crate::model::{ClassFinding, ColumnFinding, Facet, Masked, RecordFinding};

/// So many samples are shown.
const SAMPLES: usize = 3;

/// The findings by column, in the order of `columns`, each a name and a type.
pub fn column_findings(
    engine: &Engine,
    columns: &[(String, String)],
    survey: &Survey,
    judgement: &Judgement,
    plan: &CountPlan,
    counted: &Counted,
) -> Vec<ColumnFinding> {
    let mut found: Vec<ColumnFinding> = columns
        .iter()
        .zip(&survey.columns)
        .map(|((name, data_type), column)| ColumnFinding {
            name: name.clone(),
            data_type: data_type.clone(),
            rows: column.cells,
            nulls: column.nulls,
            classes: Vec::new(),
        })
        .collect();
    for (at, findings) in judgement.columns.iter().enumerate() {
        let (Some(column), Some(survey)) = (found.get_mut(at), survey.columns.get(at)) else { continue };
        column.classes.extend(
            findings
                .iter()
                .filter_map(|finding| class_finding(engine, finding, survey, matches_of(at, finding, plan, counted)))
                .map(|class| ClassFinding { declared: judgement.adjusted.declared.get(&at).cloned(), ..class }),
        );
    }
    for Aside { column: at, finding, entry } in &judgement.adjusted.aside {
        let (Some(column), Some(survey)) = (found.get_mut(*at), survey.columns.get(*at)) else { continue };
        let class = class_finding(engine, finding, survey, matches_of(*at, finding, plan, counted));
        column.classes.extend(class.map(|class| ClassFinding { accepted: Some(entry.clone()), ..class }));
    }
    found
}

/// The cells that fit a finding whose detector does not look at every cell.
fn matches_of<'c>(
    column: usize,
    finding: &Finding,
    plan: &CountPlan,
    counted: &'c Counted,
) -> Option<&'c (u64, Sample)> {
    let is_it = |planned: &PlannedColumn| {
        planned.column == column
            && planned.detector == finding.detector
            && planned.place == finding.place
            && planned.counts_matches
    };
    counted.matches.get(plan.columns.iter().position(is_it)?)
}

fn class_finding(
    engine: &Engine,
    finding: &Finding,
    survey: &ColumnSurvey,
    counted: Option<&(u64, Sample)>,
) -> Option<ClassFinding> {
    let detector = finding.detector(engine)?;
    let hits = survey.hits.get(finding.detector).and_then(Option::as_deref);
    let (matches, sample) = match (counted, hits) {
        (Some((matches, sample)), _) => (*matches, sample),
        (None, Some(hits)) if finding.place == Place::Inside => (hits.inside_full, &hits.matches),
        (None, Some(hits)) if finding.place == Place::Labelled => (hits.labelled, &hits.labelled_matches),
        (None, Some(hits)) => (hits.full, &hits.matches),
        (None, None) => (0, &survey.sample),
    };
    let (estimate, distinct_exact) = sample.distinct();
    let distinct = estimate.min(matches);
    let samples = sample.values().filter(|value| matches > 0 && !normal::is_blank(value)).take(SAMPLES);
    Some(ClassFinding {
        class: detector.class()?,
        detector: detector.spec.id.clone(),
        matches,
        distinct,
        distinct_exact,
        share: matches as f64 / survey.filled().max(1) as f64,
        confidence: finding.confidence()?,
        because: finding.because.clone(),
        samples: samples.map(Masked::new).collect(),
        accepted: None,
        declared: None,
    })
}

/// The findings about several columns together.
pub fn record_findings(
    engine: &Engine,
    columns: &[(String, String)],
    judgement: &Judgement,
    counted: &Counted,
) -> Vec<RecordFinding> {
    let of_records = judgement.records.iter().zip(&counted.records).enumerate();
    of_records
        .filter_map(|(at, (found, record))| {
            let spec = &engine.records.get(found.record)?.spec;
            if spec.in_areas && record.rows == 0 {
                return None;
            }
            let mut facets: Vec<Facet> =
                record.measures.iter().zip(&found.facets).flat_map(|(measure, plan)| measure.facets(plan)).collect();
            facets.extend(engine.areas.iter().filter(|_| spec.in_areas).flat_map(|areas| record.touched.facets(areas)));
            let name = |column: &usize| columns.get(*column).map(|(name, _)| name.clone());
            Some(RecordFinding {
                class: spec.class,
                detector: spec.id.clone(),
                columns: found.columns.iter().filter_map(name).collect(),
                rows: record.rows,
                subjects: counted.n_subjects(record),
                confidence: found.confidence()?,
                because: found.because.clone(),
                facets,
                accepted: judgement.adjusted.records.get(&at).cloned(),
            })
        })
        .collect()
}
