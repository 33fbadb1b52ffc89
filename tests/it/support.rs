//! What the tests share: scanning as the program does, with chosen threads and cuts.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use exportscan::detect::Engine;
use exportscan::model::{Confidence, Facts, Fingerprinter, Problem};
use exportscan::pack::{self, RulePack};
use exportscan::read::{ObjectRef, Opened, Source};
use exportscan::report::{self, Report};
use exportscan::scan::{self, Progress, Scan};
use exportscan::tally::{Tally, Totals};
use exportscan::{decide, read};

/// How a scan is cut up; nothing that is found may depend on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut {
    pub(crate) threads: usize,
    pub(crate) batch_rows: usize,
    pub(crate) range_bytes: u64,
    pub(crate) secret: [u8; 16],
}

impl Default for Cut {
    fn default() -> Self {
        Self { threads: 2, batch_rows: 8192, range_bytes: 8 << 20, secret: [7; 16] }
    }
}

/// The engine of the built-in packs.
pub(crate) fn engine() -> &'static Engine {
    static ENGINE: std::sync::OnceLock<Engine> = std::sync::OnceLock::new();
    ENGINE.get_or_init(|| {
        let files = pack::built_in_detectors();
        let packs: Vec<_> =
            files.iter().map(|file| (file.name.clone(), pack::parse_detectors(file).unwrap())).collect();
        Engine::compile(&packs).unwrap()
    })
}

/// The built-in lists.
pub(crate) fn lists() -> Vec<RulePack> {
    pack::built_in_rules().iter().map(|file| pack::parse_rules(file).unwrap()).collect()
}

/// Scans a file or folder.
pub(crate) fn scan_path(path: &Path, cut: Cut) -> Totals {
    scan_noting(path, cut, &|_| {})
}

/// Scans a file or folder and tells `progress` what was done.
pub(crate) fn scan_noting(path: &Path, cut: Cut, progress: &(dyn Fn(Progress) + Sync)) -> Totals {
    pool(cut).install(|| tally_noting(path, cut, progress).settle().unwrap())
}

/// The tally of a file or folder.
pub(crate) fn tally_of(path: &Path, cut: Cut) -> Tally {
    pool(cut).install(|| tally_noting(path, cut, &|_| {}))
}

/// The demo, written into a folder that is there as long as the guard.
pub(crate) fn demo() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    exportscan::demo::write(folder.path()).unwrap();
    let outbound = folder.path().join("outbound");
    (folder, outbound)
}

fn pool(cut: Cut) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(cut.threads).build().unwrap()
}

fn tally_noting(path: &Path, cut: Cut, progress: &(dyn Fn(Progress) + Sync)) -> Tally {
    let fingerprinter = Fingerprinter::new(&cut.secret);
    let job = Scan {
        engine: engine(),
        fingerprinter: &fingerprinter,
        room: &exportscan::count::Room::unbounded(),
        minor_after: 20_121_123,
        tuning: None,
        reading: read::Options { batch_rows: cut.batch_rows, range_bytes: cut.range_bytes, ..read::Options::default() },
        progress,
    };
    let listing = read::list(&[path.to_string_lossy().into_owned()]);
    scan::scan(&job, listing)
}

/// The report as `report.json` has it.
pub(crate) fn json(totals: Totals, facts: Facts) -> String {
    report::json(&report_of(totals, facts))
}

pub(crate) fn report_of(totals: Totals, facts: Facts) -> Report {
    let lists = lists();
    let decision = decide::decide(&lists, &totals, &facts);
    let sensitive = decide::sensitive_classes(&lists[0], facts.industry);
    Report { facts, totals, decision, sensitive, scenarios: std::collections::BTreeMap::new(), tuning: None }
}

/// The classes found above low confidence, in columns and records of objects whose URI ends so.
pub(crate) fn classes(totals: &Totals, suffix: &str) -> Vec<String> {
    let objects = totals.objects.iter().filter(|object| object.uri.ends_with(suffix));
    let mut classes: Vec<String> = objects
        .flat_map(|object| {
            let columns = object.columns.iter().flat_map(|column| &column.classes);
            let in_columns = columns.filter(|f| f.confidence > Confidence::Low).map(|f| f.class.id().to_owned());
            let records = object.records.iter().filter(|f| f.confidence > Confidence::Low);
            in_columns.chain(records.map(|f| f.class.id().to_owned())).collect::<Vec<_>>()
        })
        .collect();
    classes.sort();
    classes.dedup();
    classes
}

/// Opens an object that is one table.
pub(crate) fn open_table(object: &ObjectRef, options: &read::Options) -> Result<Source, Problem> {
    read::open_with(object, options).map(|opened| opened.table().unwrap())
}

/// Every table in an object with its columns, its rows and its problems, a line each.
pub(crate) fn tables(object: &ObjectRef, options: &read::Options) -> String {
    let mut shown = String::new();
    match read::open_with(object, options) {
        Ok(Opened::Table(source)) => table(&object.uri, &source, &mut shown),
        Ok(Opened::Tables(members)) => {
            for member in members {
                match &member.table {
                    Ok(source) => table(&member.object.uri, source, &mut shown),
                    Err(problem) => refused(problem, &mut shown),
                }
            }
        }
        Ok(Opened::Archive(archive)) => panic!("{archive:?}"),
        Err(problem) => refused(&problem, &mut shown),
    }
    shown
}

fn refused(problem: &Problem, shown: &mut String) {
    let _ = writeln!(shown, "! {} {} {}", problem.code, problem.place, problem.message);
}

fn table(uri: &str, source: &Source, shown: &mut String) {
    let columns: Vec<&str> = source.columns().iter().map(|column| column.name.as_str()).collect();
    let _ = writeln!(shown, "{uri}: {}", columns.join("|"));
    let mut outcomes = Vec::new();
    for unit in 0..source.n_units() {
        outcomes.push(source.read(unit, &mut |batch| {
            let texts = |column: &ArrayRef| arrow_cast::cast(column, &DataType::Utf8).unwrap();
            let columns: Vec<ArrayRef> = batch.columns().iter().map(texts).collect();
            for row in 0..batch.num_rows() {
                let cell = |column: &ArrayRef| {
                    let cells = column.as_string::<i32>();
                    if cells.is_valid(row) { cells.value(row).to_owned() } else { "~".to_owned() }
                };
                let _ = writeln!(shown, "  {}", columns.iter().map(cell).collect::<Vec<_>>().join("|"));
            }
            ControlFlow::Continue(())
        }));
    }
    let remarks = source.remarks(&outcomes);
    let problems = source.problems().iter().chain(&remarks).chain(outcomes.iter().flat_map(|unit| &unit.problems));
    for problem in problems {
        let _ = writeln!(shown, "! {} {} {}", problem.code, problem.place, problem.message);
    }
}

/// The corpus of third-party data, where it is.
pub(crate) fn corpus() -> Option<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if corpus.is_dir() {
        return Some(corpus);
    }
    println!("skipped: no corpus at {}", corpus.display());
    None
}
