//! Scans one object: assumes from its head what its columns are, counts all of it on that assumption, and starts over
//! where all of it says otherwise.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::parts::{Counts, Head, Looked, counting, look_at, read_head, read_units};
use super::{Progress, Scan};
use crate::detect::{self, Adjustments, CountPlan, Counted, Judged, Judgement, Survey, Weighed, Worker};
use crate::model::{ColumnTrace, Coverage, ObjectFinding, Problem, ProblemCode, Severity, data_set};
use crate::read::{self, Archive, Found, Member, ObjectRef, Opened, Source};
use crate::tally::{ObjectTally, Tally};

/// A source is opened in other ways at most this often: other encoding, other quoting, other columns, one unit.
const ATTEMPTS: usize = 6;

/// Scans one object, with everything that stands in it.
pub fn scan_object(scan: &Scan<'_>, object: &ObjectRef) -> Tally {
    let tally = match read::open_with(object, &scan.reading) {
        Ok(Opened::Table(source)) => scan_table(scan, object, source),
        Ok(Opened::Tables(members)) => scan_members(scan, object, members),
        Ok(Opened::Archive(archive)) => scan_archive(scan, object, *archive),
        Err(problem) => {
            (scan.progress)(Progress::Bytes(object.bytes));
            failed(object, problem)
        }
    };
    (scan.progress)(Progress::Object);
    tally
}

fn scan_table(scan: &Scan<'_>, object: &ObjectRef, source: Source) -> Tally {
    let (source, reading) = read_source(scan, object, headed(scan, source));
    tally(scan, object, &source, reading)
}

/// Scans the tables of an object. Its stored bytes count once, with the object.
fn scan_members(scan: &Scan<'_>, object: &ObjectRef, members: Vec<Member>) -> Tally {
    let quiet = Scan { progress: &|_| {}, ..*scan };
    let scan_member = |member: Member| match member.table {
        Ok(source) => scan_table(&quiet, &member.object, source),
        Err(problem) => failed(&member.object, problem),
    };
    let tally = members.into_par_iter().with_max_len(1).map(scan_member).reduce(Tally::default, merged);
    (scan.progress)(Progress::Bytes(object.bytes));
    of_container(object, tally, Vec::new())
}

/// What stands in an object, with what is to say of the object itself. Its stored bytes count once, and with it.
fn of_container(object: &ObjectRef, mut tally: Tally, problems: Vec<Problem>) -> Tally {
    let mut own = Coverage { bytes_read: object.bytes, problems, ..Coverage::default() };
    if tally.objects.is_empty() {
        (own.objects_found, own.objects_read) = (1, 1);
        own.problems.push(Problem::new(ProblemCode::ObjectEmpty, &object.uri, "there is nothing in it"));
    }
    for member in &mut tally.objects {
        member.coverage.bytes_read = 0;
    }
    tally.objects.push(ObjectTally { uri: object.uri.clone(), coverage: own, ..ObjectTally::default() });
    tally
}

/// Scans what stands in an archive. Its stored bytes count once, with the archive.
fn scan_archive(scan: &Scan<'_>, object: &ObjectRef, mut archive: Archive) -> Tally {
    let left = AtomicU64::new(object.bytes);
    let progress = |done: Progress| {
        let Progress::Bytes(bytes) = done else { return };
        let take = |left: u64| Some(left.saturating_sub(bytes));
        let before = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).unwrap_or(0);
        (scan.progress)(Progress::Bytes(before.min(bytes)));
    };
    let inner = Scan { progress: &progress, ..*scan };
    let (mut tally, mut notes) = (Tally::default(), Vec::new());
    loop {
        let batch = archive.next_batch();
        if batch.is_empty() {
            break;
        }
        let (mut objects, mut others) = (Vec::new(), Tally::default());
        for found in batch {
            match found {
                Found::Object(object) => objects.push(object),
                Found::Unread(problem) => others.merge(unread(problem)),
                Found::Note(problem) => notes.push(problem),
            }
        }
        let found = objects.into_par_iter().with_max_len(1).map(|object| scan_object(&inner, &object));
        tally.merge(found.reduce(Tally::default, merged));
        tally.merge(others);
    }
    (scan.progress)(Progress::Bytes(left.into_inner()));
    of_container(object, tally, notes)
}

pub(super) fn merged(mut a: Tally, b: Tally) -> Tally {
    a.merge(b);
    a
}

/// The source, without a header that holds somebody's number.
fn headed(scan: &Scan<'_>, source: Source) -> Source {
    let names_a_value = source.columns().iter().any(|column| scan.engine.is_value(&column.name));
    if names_a_value { source.without_header().unwrap_or(source) } else { source }
}

fn failed(object: &ObjectRef, problem: Problem) -> Tally {
    unread(Problem { object: object.uri.clone(), ..problem })
}

fn unread(problem: Problem) -> Tally {
    let skipped = u64::from(problem.code == ProblemCode::FormatUnsupported);
    let uri = problem.object.clone();
    let coverage = Coverage {
        objects_found: 1,
        objects_failed: 1 - skipped,
        objects_skipped: skipped,
        problems: vec![problem],
        ..Coverage::default()
    };
    Tally { objects: vec![ObjectTally { uri, coverage, ..ObjectTally::default() }], ..Tally::default() }
}

/// What one way of reading an object came to.
struct Reading {
    survey: Survey,
    judgement: Judgement,
    counts: Counts,
}

/// Reads the object in the way that all of it bears out.
fn read_source(scan: &Scan<'_>, object: &ObjectRef, mut source: Source) -> (Source, Reading) {
    for _ in 0..ATTEMPTS {
        let head;
        (source, head) = with_head(scan, source);
        let reading = read_all(scan, object, &source, head);
        match source.reconsider(&reading.counts.outcomes) {
            Some(other) => source = headed(scan, other),
            None => return (source, reading),
        }
    }
    let head = read_head(&source);
    let reading = read_all(scan, object, &source, head);
    (source, reading)
}

/// The source with its head, and with the JSON that its head has in cells as columns.
fn with_head(scan: &Scan<'_>, source: Source) -> (Source, Head) {
    let head = read_head(&source);
    let Some(unfolded) = source.unfolded(&head.batches) else { return (source, head) };
    let source = headed(scan, unfolded);
    let head = read_head(&source);
    (source, head)
}

/// Why the judgement of a column cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTraced {
    /// The object cannot be read.
    Unread(Problem),
    /// There is no such column, but these.
    NoColumn(Vec<String>),
}

/// How the column of an object that `pick` finds among the names was judged.
///
/// Of an object that holds several tables, or of an archive, the first that has the column is taken.
pub fn trace_column(
    scan: &Scan<'_>,
    object: &ObjectRef,
    pick: &dyn Fn(&[String]) -> Option<usize>,
) -> Result<ColumnTrace, NotTraced> {
    match read::open_with(object, &scan.reading).map_err(NotTraced::Unread)? {
        Opened::Table(source) => trace_in(scan, object, source, pick),
        Opened::Tables(members) => first_traced(members.into_iter().map(|member| {
            let source = member.table.map_err(NotTraced::Unread)?;
            trace_in(scan, &member.object, source, pick)
        })),
        Opened::Archive(mut archive) => {
            let batches = std::iter::from_fn(|| Some(archive.next_batch()).filter(|batch| !batch.is_empty()));
            first_traced(batches.flatten().filter_map(|found| match found {
                Found::Object(object) => Some(trace_column(scan, &object, pick)),
                Found::Unread(problem) => Some(Err(NotTraced::Unread(problem))),
                Found::Note(_) => None,
            }))
        }
    }
}

/// The first that has the column; otherwise all the columns, or why there are none.
fn first_traced(tables: impl Iterator<Item = Result<ColumnTrace, NotTraced>>) -> Result<ColumnTrace, NotTraced> {
    let (mut all, mut unread) = (Vec::new(), None);
    for traced in tables {
        match traced {
            Ok(trace) => return Ok(trace),
            Err(NotTraced::NoColumn(names)) => all.extend(names),
            Err(problem) => unread = unread.or(Some(problem)),
        }
    }
    Err(unread.filter(|_| all.is_empty()).unwrap_or(NotTraced::NoColumn(all)))
}

fn trace_in(
    scan: &Scan<'_>,
    object: &ObjectRef,
    source: Source,
    pick: &dyn Fn(&[String]) -> Option<usize>,
) -> Result<ColumnTrace, NotTraced> {
    let (source, reading) = read_source(scan, object, headed(scan, source));
    let columns = columns_of(&source);
    let names: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
    let judged = Judged {
        columns: &columns,
        survey: &reading.survey,
        adjustments: &adjustments(scan, object, &names),
        judgement: &reading.judgement,
        plan: &reading.counts.plan,
    };
    let trace = pick(&names).and_then(|at| detect::trace_column(scan.engine, &object.uri, judged, at));
    trace.ok_or(NotTraced::NoColumn(names))
}

fn columns_of(source: &Source) -> Vec<(String, String)> {
    source.columns().iter().map(|column| (column.name.clone(), column.data_type.clone())).collect()
}

fn adjustments(scan: &Scan<'_>, object: &ObjectRef, columns: &[String]) -> Adjustments {
    scan.tuning.map(|(tuning, date)| tuning.adjustments(&object.uri, columns, date)).unwrap_or_default()
}

/// A reading is counted at most this often: by the plan from the head, by that from everything, and by the one that knows
/// whether what may be a track moves.
const COUNTS: usize = 3;

fn read_all(scan: &Scan<'_>, object: &ObjectRef, source: &Source, head: Head) -> Reading {
    let n_columns = source.columns().len();
    let survey = look_at(scan, &head, || Worker::new().surveying(scan.engine, n_columns)).survey;
    let survey = survey.unwrap_or_else(|| Survey::new(scan.engine, n_columns));
    let judge = Judge::new(scan, object, source, &survey);
    let (_, plan) = judge.plan(None);
    let count_head = |plan: &CountPlan| {
        let Looked { counted, mentions, .. } = look_at(scan, &head, || counting(scan, plan));
        (counted.unwrap_or_else(|| Counted::new(plan)), mentions)
    };
    let (counted, mentions) = count_head(&plan);
    if let Some(outcome) = &head.whole {
        (scan.progress)(Progress::Bytes(object.bytes));
        let outcomes = || vec![outcome.clone()];
        let counts = Counts { plan, counted, mentions, outcomes: outcomes() };
        let (judgement, counts) = settle(&judge, counts, |plan| {
            let (counted, mentions) = count_head(&plan);
            Counts { plan, counted, mentions, outcomes: outcomes() }
        });
        return Reading { survey, judgement, counts };
    }
    let (_, plan) = judge.plan(Some(&counted));
    drop((head, mentions));
    let (survey, counts) = read_units(scan, source, plan, true);
    let survey = survey.unwrap_or_else(|| Survey::new(scan.engine, n_columns));
    let judge = Judge::new(scan, object, source, &survey);
    let (judgement, counts) = settle(&judge, counts, |plan| read_units(scan, source, plan, false).1);
    Reading { survey, judgement, counts }
}

/// Judges by the survey of everything, and counts again where that makes another plan.
fn settle(judge: &Judge<'_>, mut counts: Counts, count: impl Fn(CountPlan) -> Counts) -> (Judgement, Counts) {
    let (mut judgement, mut plan) = judge.plan(Some(&counts.counted));
    for _ in 1..COUNTS {
        if plan == counts.plan {
            break;
        }
        counts = count(plan);
        (judgement, plan) = judge.plan(Some(&counts.counted));
    }
    (judgement, counts)
}

/// Judges an object by one survey.
struct Judge<'a> {
    engine: &'a detect::Engine,
    headers: Vec<String>,
    weighed: Weighed<'a>,
    data_set: String,
}

impl<'a> Judge<'a> {
    fn new(scan: &'a Scan<'_>, object: &'a ObjectRef, source: &Source, survey: &'a Survey) -> Self {
        let headers: Vec<String> = source.columns().iter().map(|column| column.name.clone()).collect();
        let adjustments = adjustments(scan, object, &headers);
        let weighed = Weighed::new(scan.engine, &object.uri, &headers, survey, adjustments);
        Self { engine: scan.engine, headers, weighed, data_set: data_set(&object.uri) }
    }

    /// What it is, and how it is therefore counted; `counted` is what was seen of its rows, where they were counted before.
    fn plan(&self, counted: Option<&Counted>) -> (Judgement, CountPlan) {
        let judgement = self.weighed.judge(counted);
        let plan = detect::plan(self.engine, &self.headers, &judgement, &self.data_set);
        (judgement, plan)
    }
}

fn tally(scan: &Scan<'_>, object: &ObjectRef, source: &Source, mut reading: Reading) -> Tally {
    let mut problems = source.problems().to_vec();
    problems.extend(reading.counts.outcomes.iter().flat_map(|outcome| outcome.problems.iter().cloned()));
    problems.extend(source.remarks(&reading.counts.outcomes));
    for problem in &mut problems {
        problem.object.clone_from(&object.uri);
    }
    let rows = reading.counts.outcomes.iter().map(|outcome| outcome.rows).sum();
    let unread = problems.iter().any(|problem| problem.code.severity() == Severity::Unread);
    let columns = columns_of(source);
    let finding = ObjectFinding {
        uri: object.uri.clone(),
        format: source.format(),
        encoding: source.encoding().to_owned(),
        rows,
        bytes: object.bytes,
        columns: detect::column_findings(
            scan.engine,
            &columns,
            &reading.survey,
            &reading.judgement,
            &reading.counts.plan,
            &reading.counts.counted,
        ),
        records: detect::record_findings(scan.engine, &columns, &reading.judgement, &reading.counts.counted),
    };
    reading.counts.mentions.attribute(&data_set(&object.uri));
    let coverage = Coverage {
        objects_found: 1,
        objects_read: u64::from(!unread),
        objects_failed: u64::from(unread),
        objects_skipped: 0,
        rows_read: rows,
        bytes_read: object.bytes,
        problems,
    };
    let told = ObjectTally {
        uri: object.uri.clone(),
        coverage,
        finding: Some(finding),
        unattributed: reading.counts.counted.unattributed,
        entries: reading.judgement.entries().clone(),
    };
    Tally { mentions: reading.counts.mentions, objects: vec![told], unlisted: Vec::new() }
}
