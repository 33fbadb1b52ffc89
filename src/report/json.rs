//! `report.json`: the contract that scripts and inspectors rely on, with every field by its permanent name.

mod config;
mod merging;
mod tables;
mod year;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, to_value};

use self::config::{ConfigPart, EntryPart};
use self::merging::MergingPart;
use self::tables::TablePart;
use self::year::{LedgerPart, OutlookPart, YearToDatePart};
use super::harmless::is_harmful;
use super::{Report, TOOL, VERSION};
use crate::decide::{Branch, ListNote, ListOutcome, ListVerdict, Procedure, RowOutcome, Verdict};
use crate::model::{
    Because, Bilingual, Class, ClassFinding, ColumnFinding, Coverage, FacetValue, Facts, Industry, Masked,
    ObjectFinding, Problem, RecordFinding, Severity,
};
use crate::tally::Figures;

/// Names the shape of the file; rises only when a field changes its name or meaning.
const SCHEMA: &str = "exportscan.report/1";

/// The report as JSON: keys in a fixed order, two blanks of indent, a line break at the end, the same bytes for the
/// same report. Characters that could steer a terminal are written as `\u` escapes, which mean the same.
pub fn json(report: &Report) -> String {
    let mut text = serde_json::to_string_pretty(&Document::new(report)).unwrap_or_default();
    text.push('\n');
    if text.chars().any(steers) { escaped(&text) } else { text }
}

/// Whether `c` could steer a terminal. The line breaks are those of the pretty-printing: in strings they are escaped.
fn steers(c: char) -> bool {
    c != '\n' && is_harmful(c)
}

/// Outside strings JSON has only plain ASCII, so whatever is escaped here stands inside one.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if steers(c) {
            let mut units = [0; 2];
            text.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            text.push(c);
        }
    }
    text
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: Tool,
    facts: FactsPart<'a>,
    config: Option<ConfigPart<'a>>,
    coverage: CoveragePart<'a>,
    objects: Vec<ObjectPart<'a>>,
    tables: Vec<TablePart<'a>>,
    persons: PersonsPart<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ledger: Option<LedgerPart<'a>>,
    lists: Vec<ListPart<'a>>,
    verdict: VerdictPart<'a>,
}

impl<'a> Document<'a> {
    fn new(report: &'a Report) -> Self {
        Self {
            schema: SCHEMA,
            tool: Tool { name: TOOL, version: VERSION },
            facts: FactsPart::new(&report.facts),
            config: report.tuning.as_ref().map(|tuning| ConfigPart::new(report, tuning)),
            coverage: CoveragePart::new(&report.totals.coverage),
            objects: report.totals.objects.iter().map(ObjectPart::new).collect(),
            tables: TablePart::all(&report.totals.objects),
            persons: PersonsPart::new(report),
            ledger: report.totals.year.as_ref().map(|year| LedgerPart::new(report, year)),
            lists: report.decision.lists.iter().map(ListPart::new).collect(),
            verdict: VerdictPart::new(&report.decision.verdict),
        }
    }
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct FactsPart<'a> {
    industry: Option<&'static str>,
    scenario: Option<&'a str>,
    ciio: Option<bool>,
    zone_registered: Option<bool>,
    exemptions: Vec<&'static str>,
    important_data: Option<bool>,
    exporter: Option<&'a str>,
    recipient: Option<&'a str>,
    country: Option<&'a str>,
    date: Option<String>,
}

impl<'a> FactsPart<'a> {
    fn new(facts: &'a Facts) -> Self {
        Self {
            industry: facts.industry.map(Industry::id),
            scenario: facts.scenario.as_deref(),
            ciio: facts.ciio,
            zone_registered: facts.zone_registered,
            exemptions: facts.exemptions.iter().map(|exemption| exemption.id()).collect(),
            important_data: facts.important_data,
            exporter: facts.exporter.as_deref(),
            recipient: facts.recipient.as_deref(),
            country: facts.country.as_deref(),
            date: facts.date.map(|date| date.to_string()),
        }
    }
}

#[derive(Serialize)]
struct CoveragePart<'a> {
    objects_found: u64,
    objects_read: u64,
    objects_failed: u64,
    objects_skipped: u64,
    rows_read: u64,
    bytes_read: u64,
    complete: bool,
    problems: Vec<ProblemPart<'a>>,
}

impl<'a> CoveragePart<'a> {
    fn new(coverage: &'a Coverage) -> Self {
        Self {
            objects_found: coverage.objects_found,
            objects_read: coverage.objects_read,
            objects_failed: coverage.objects_failed,
            objects_skipped: coverage.objects_skipped,
            rows_read: coverage.rows_read,
            bytes_read: coverage.bytes_read,
            complete: coverage.is_complete(),
            problems: coverage.problems.iter().map(ProblemPart::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct ProblemPart<'a> {
    code: &'static str,
    object: &'a str,
    #[serde(rename = "where")]
    place: &'a str,
    message: &'a str,
    severity: &'static str,
    hint: Bilingual,
}

impl<'a> ProblemPart<'a> {
    fn new(problem: &'a Problem) -> Self {
        Self {
            code: problem.code.id(),
            object: &problem.object,
            place: &problem.place,
            message: &problem.message,
            severity: match problem.code.severity() {
                Severity::Note => "note",
                Severity::Unread => "unread",
            },
            hint: problem.code.hint(),
        }
    }
}

#[derive(Serialize)]
struct ObjectPart<'a> {
    uri: &'a str,
    format: &'a str,
    encoding: &'a str,
    rows: u64,
    bytes: u64,
    columns: Vec<ColumnPart<'a>>,
    records: Vec<RecordPart<'a>>,
}

impl<'a> ObjectPart<'a> {
    fn new(object: &'a ObjectFinding) -> Self {
        Self {
            uri: &object.uri,
            format: &object.format,
            encoding: &object.encoding,
            rows: object.rows,
            bytes: object.bytes,
            columns: object.columns.iter().map(ColumnPart::new).collect(),
            records: object.records.iter().map(RecordPart::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct ColumnPart<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    data_type: &'a str,
    rows: u64,
    nulls: u64,
    classes: Vec<ClassPart<'a>>,
}

impl<'a> ColumnPart<'a> {
    fn new(column: &'a ColumnFinding) -> Self {
        Self {
            name: &column.name,
            data_type: &column.data_type,
            rows: column.rows,
            nulls: column.nulls,
            classes: column.classes.iter().map(ClassPart::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct ClassPart<'a> {
    class: Class,
    detector: &'a str,
    matches: u64,
    distinct: u64,
    distinct_exact: bool,
    share: f64,
    confidence: &'static str,
    because: Vec<&'static str>,
    against: Vec<&'static str>,
    samples: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<EntryPart<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared: Option<EntryPart<'a>>,
}

impl<'a> ClassPart<'a> {
    fn new(finding: &'a ClassFinding) -> Self {
        Self {
            class: finding.class,
            detector: &finding.detector,
            matches: finding.matches,
            distinct: finding.distinct,
            distinct_exact: finding.distinct_exact,
            share: (finding.share * 1e4).round() / 1e4,
            confidence: finding.confidence.id(),
            because: spoke(&finding.because, |weight| weight >= 0),
            against: spoke(&finding.because, |weight| weight < 0),
            samples: finding.samples.iter().map(Masked::as_str).collect(),
            accepted: finding.accepted.as_ref().map(EntryPart::new),
            declared: finding.declared.as_ref().map(EntryPart::new),
        }
    }
}

fn spoke(because: &[Because], side: impl Fn(i32) -> bool) -> Vec<&'static str> {
    because.iter().filter(|piece| side(piece.weight)).map(|piece| piece.what).collect()
}

#[derive(Serialize)]
struct RecordPart<'a> {
    class: Class,
    detector: &'a str,
    columns: &'a [String],
    rows: u64,
    subjects: u64,
    confidence: &'static str,
    because: Vec<&'static str>,
    against: Vec<&'static str>,
    facets: BTreeMap<&'a str, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<EntryPart<'a>>,
}

impl<'a> RecordPart<'a> {
    fn new(record: &'a RecordFinding) -> Self {
        Self {
            class: record.class,
            detector: &record.detector,
            columns: &record.columns,
            rows: record.rows,
            subjects: record.subjects,
            confidence: record.confidence.id(),
            because: spoke(&record.because, |weight| weight >= 0),
            against: spoke(&record.because, |weight| weight < 0),
            facets: record.facets.iter().map(|facet| (facet.name.as_str(), facet_value(&facet.value))).collect(),
            accepted: record.accepted.as_ref().map(EntryPart::new),
        }
    }
}

fn facet_value(value: &FacetValue) -> Value {
    match value {
        FacetValue::Count(count) => Value::from(*count),
        FacetValue::Number(number) => to_value(number).unwrap_or_default(),
        FacetValue::Text(text) => Value::from(text.as_str()),
    }
}

#[derive(Serialize)]
struct FiguresPart {
    best: u64,
    at_least: u64,
    at_most: u64,
}

impl From<Figures> for FiguresPart {
    fn from(figures: Figures) -> Self {
        Self { best: figures.best, at_least: figures.at_least, at_most: figures.at_most }
    }
}

#[derive(Serialize)]
struct PersonsPart<'a> {
    best: u64,
    at_least: u64,
    at_most: u64,
    unattributed_rows: u64,
    sensitive: FiguresPart,
    non_sensitive: FiguresPart,
    by_class: BTreeMap<&'static str, FiguresPart>,
    year_to_date: Option<YearToDatePart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    merging: Option<MergingPart<'a>>,
}

impl<'a> PersonsPart<'a> {
    fn new(report: &'a Report) -> Self {
        let all = report.persons();
        let of_class = |class| report.totals.census.figures(|classes| classes.contains(class)).into();
        Self {
            best: all.best,
            at_least: all.at_least,
            at_most: all.at_most,
            unattributed_rows: report.unattributed_rows(),
            sensitive: report.sensitive_persons().into(),
            non_sensitive: report.other_persons().into(),
            by_class: report.classes_of_persons().iter().map(|class| (class.id(), of_class(class))).collect(),
            year_to_date: report.totals.year.as_ref().map(|year| YearToDatePart::new(report, year.to_date())),
            merging: MergingPart::new(report),
        }
    }
}

#[derive(Serialize)]
struct ListPart<'a> {
    id: &'a str,
    title: &'a Bilingual,
    edition: &'a str,
    in_force_from: &'a str,
    superseded_by: Option<&'a str>,
    superseded_by_title: Option<&'a Bilingual>,
    notes: Vec<NotePart<'a>>,
    rows: Vec<RowPart<'a>>,
    verdict: ListVerdictPart<'a>,
}

impl<'a> ListPart<'a> {
    fn new(list: &'a ListOutcome) -> Self {
        Self {
            id: &list.id,
            title: &list.title,
            edition: &list.edition,
            in_force_from: &list.in_force_from,
            superseded_by: list.superseded_by.as_ref().map(|successor| successor.en.as_str()),
            superseded_by_title: list.superseded_by.as_ref(),
            notes: list.notes.iter().map(NotePart::new).collect(),
            rows: list.rows.iter().map(RowPart::new).collect(),
            verdict: ListVerdictPart::new(&list.verdict),
        }
    }
}

#[derive(Serialize)]
struct NotePart<'a> {
    id: &'a str,
    text: &'a Bilingual,
    source: &'a [String],
}

impl<'a> NotePart<'a> {
    fn new(note: &'a ListNote) -> Self {
        Self { id: &note.id, text: &note.text, source: &note.source }
    }
}

#[derive(Serialize)]
struct RowPart<'a> {
    id: &'a str,
    clause: &'a str,
    category: &'static str,
    procedure: Vec<&'static str>,
    status: &'static str,
    certain: bool,
    flag: bool,
    measured: Option<FiguresPart>,
    op: Option<&'static str>,
    threshold: Option<u64>,
    below: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlook: Option<OutlookPart>,
    missing_facts: &'a [String],
    evidence: Vec<EvidencePart<'a>>,
    title: &'a Bilingual,
    text: &'a Bilingual,
    remark: Option<&'a Bilingual>,
    source: &'a [String],
}

impl<'a> RowPart<'a> {
    fn new(row: &'a RowOutcome) -> Self {
        Self {
            id: &row.id,
            clause: &row.clause,
            category: row.category.id(),
            procedure: ids(&row.procedure),
            status: row.status.id(),
            certain: row.certain,
            flag: row.flag,
            measured: row.measured.map(FiguresPart::from),
            op: row.op,
            threshold: row.threshold,
            below: row.below,
            outlook: row.outlook.map(OutlookPart::from),
            missing_facts: &row.missing_facts,
            evidence: row
                .evidence
                .iter()
                .map(|evidence| EvidencePart {
                    object: &evidence.object,
                    columns: &evidence.columns,
                    class: evidence.class,
                })
                .collect(),
            title: &row.title,
            text: &row.text,
            remark: row.remark.as_ref(),
            source: &row.source,
        }
    }
}

fn ids(procedures: &[Procedure]) -> Vec<&'static str> {
    procedures.iter().map(|procedure| procedure.id()).collect()
}

#[derive(Serialize)]
struct EvidencePart<'a> {
    object: &'a str,
    columns: &'a [String],
    class: Class,
}

#[derive(Serialize)]
struct ListVerdictPart<'a> {
    category: &'static str,
    procedure: Vec<&'static str>,
    certain: bool,
    because: &'a [String],
}

impl<'a> ListVerdictPart<'a> {
    fn new(verdict: &'a ListVerdict) -> Self {
        Self {
            category: verdict.category.id(),
            procedure: ids(&verdict.procedure),
            certain: verdict.certain,
            because: &verdict.because,
        }
    }
}

#[derive(Serialize)]
struct VerdictPart<'a> {
    category: &'static str,
    procedure: Vec<&'static str>,
    certain: bool,
    list: &'a str,
    because: &'a [String],
    #[serde(rename = "if")]
    branches: Vec<BranchPart<'a>>,
}

impl<'a> VerdictPart<'a> {
    fn new(verdict: &'a Verdict) -> Self {
        Self {
            category: verdict.category.id(),
            procedure: ids(&verdict.procedure),
            certain: verdict.certain,
            list: &verdict.list,
            because: &verdict.because,
            branches: verdict.branches.iter().map(BranchPart::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct BranchPart<'a> {
    facts: BTreeMap<&'static str, Value>,
    category: &'static str,
    procedure: Vec<&'static str>,
    certain: bool,
    list: &'a str,
    because: &'a [String],
}

impl<'a> BranchPart<'a> {
    fn new(branch: &'a Branch) -> Self {
        Self {
            facts: branch.facts.iter().map(|(fact, value)| (*fact, fact_value(value))).collect(),
            category: branch.category.id(),
            procedure: ids(&branch.procedure),
            certain: branch.certain,
            list: &branch.list,
            because: &branch.because,
        }
    }
}

/// Yes and no are booleans here as they are in `facts`.
fn fact_value(value: &str) -> Value {
    value.parse::<bool>().map_or_else(|_| Value::from(value), Value::from)
}
