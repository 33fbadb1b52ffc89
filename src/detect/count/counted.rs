//! What counting gathers beside the mentions.

use std::collections::BTreeMap;

use super::subjects::{self, Subjects};
use crate::detect::facet::Measure;
use crate::detect::motion::{Manner, Motion, Way};
use crate::detect::plan::{CountPlan, PlannedRecord};
use crate::detect::position::Touched;
use crate::detect::sample::Sample;
use crate::model::ClassSet;

/// What the second look counts beside the mentions; parts of an object merge into the whole, in any order.
#[derive(Clone, Debug)]
pub struct Counted {
    /// By planned column: cells that fit, and the distinct ones among them.
    pub(in crate::detect) matches: Vec<(u64, Sample)>,
    /// By planned record.
    pub(in crate::detect) records: Vec<CountedRecord>,
    /// Their subjects.
    pub(super) subjects: Vec<Subjects>,
    /// How the subjects of what may be a track move.
    pub(super) ways: Vec<(Way, Motion)>,
    /// Personal rows in which nothing tells one person from another, by what they say.
    pub unattributed: BTreeMap<ClassSet, u64>,
}

/// The rows of one record.
#[derive(Clone, Debug)]
pub(in crate::detect) struct CountedRecord {
    /// Rows with all roles filled.
    pub(in crate::detect) rows: u64,
    /// Where their distinct subjects are.
    pub(super) subjects: Option<subjects::Place>,
    /// Their measures, in the order of the plan.
    pub(in crate::detect) measures: Vec<Measure>,
    /// The areas that their positions lie in.
    pub(in crate::detect) touched: Touched,
}

impl CountedRecord {
    fn new(plan: &PlannedRecord, subjects: Option<subjects::Place>) -> Self {
        let measures = plan.facets.iter().map(Measure::new).collect();
        Self { rows: 0, subjects, measures, touched: Touched::default() }
    }

    fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        for (mine, other) in self.measures.iter_mut().zip(other.measures) {
            mine.merge(other);
        }
        self.touched.merge(&other.touched);
    }
}

impl Counted {
    /// Nothing counted yet.
    pub fn new(plan: &CountPlan) -> Self {
        let (subjects, places) = subjects::subjects(&plan.records);
        Self {
            matches: vec![(0, Sample::default()); plan.columns.len()],
            records: plan.records.iter().zip(places).map(|(plan, place)| CountedRecord::new(plan, place)).collect(),
            subjects,
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
        for (mine, other) in self.subjects.iter_mut().zip(other.subjects) {
            mine.merge(other);
        }
        for ((_, mine), (_, other)) in self.ways.iter_mut().zip(other.ways) {
            mine.merge(other);
        }
        for (classes, rows) in other.unattributed {
            *self.unattributed.entry(classes).or_default() += rows;
        }
    }

    /// How many distinct subjects the rows of a record have.
    pub(in crate::detect) fn n_subjects(&self, record: &CountedRecord) -> u64 {
        record.subjects.map_or(0, |place| subjects::count(&self.subjects, place))
    }

    /// How the subjects of a way behave; `None` where nothing shows it.
    pub(in crate::detect) fn manner(&self, way: Way) -> Option<Manner> {
        self.ways.iter().find(|(known, _)| *known == way).and_then(|(_, motion)| motion.manner())
    }
}
