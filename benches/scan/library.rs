//! The scan through the library.

use std::path::Path;

use exportscan::detect::Engine;
use exportscan::model::Fingerprinter;
use exportscan::pack;
use exportscan::read::{self, ObjectRef, Origin};
use exportscan::scan::{self, Scan};
use rayon::prelude::*;

/// What a scan came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scanned {
    pub(crate) rows: u64,
    pub(crate) persons: u64,
}

/// Scans one object to its settled totals, on this pool; `None` where something of it was not read.
pub(crate) fn scan_object(path: &Path, pool: &rayon::ThreadPool) -> Option<Scanned> {
    let engine = pool.install(|| {
        let read = |file: &pack::PackFile| (file.name.clone(), pack::parse_detectors(file).unwrap());
        Engine::compile(&pack::built_in_detectors().par_iter().map(read).collect::<Vec<_>>()).unwrap()
    });
    let object =
        ObjectRef { uri: path.display().to_string(), origin: Origin::file(path), bytes: path.metadata().ok()?.len() };
    let job = Scan {
        engine: &engine,
        fingerprinter: &Fingerprinter::new(b"not secret: time"),
        room: &exportscan::count::Room::unbounded(),
        minor_after: 20_121_123,
        tuning: None,
        reading: read::Options::default(),
        progress: &|_| {},
    };
    let totals = pool.install(|| scan::scan_object(&job, &object).settle().unwrap());
    let persons = totals.census.figures(|_| true).best;
    totals.coverage.is_complete().then_some(Scanned { rows: totals.coverage.rows_read, persons })
}
