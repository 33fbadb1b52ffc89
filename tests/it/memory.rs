//! The memory of a scan does not grow with the data: a file four times as long takes as much, and one that was made to do harm
//! no more.

use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../../benches/memory/table.rs"]
mod table;

use table::Form;

use crate::support::corpus;

/// The shorter table has some units and batches already.
const BYTES: u64 = 10_000_000;

/// What may come on top for four times as much: persons that the shorter table lacks, and what the allocator keeps.
const MARGIN: u64 = 24 << 20;

/// What a scan of files that were made to do harm takes at most, and how long, in a build that is not optimised.
const HOSTILE_BYTES: u64 = 256 << 20;
const HOSTILE_TIME: Duration = Duration::from_mins(5);

#[test]
fn hostile_files_take_little_memory_and_time() {
    let Some(corpus) = corpus().filter(|_| Path::new("/proc/self/status").exists()) else { return };
    let program = Path::new(env!("CARGO_BIN_EXE_exportscan"));
    for folder in ["jsontestsuite", "calamine", "avro", "parquet_testing", "clevercsv", "csv_spectrum", "polars"] {
        let begin = Instant::now();
        let (report, peak) = table::report_and_peak(program, &corpus.join("hostile").join(folder), 2);
        let taken = begin.elapsed();
        println!("{folder}: {} MiB, {:.1} s", peak >> 20, taken.as_secs_f64());
        assert!(report["coverage"]["objects_found"].as_u64() > Some(0), "{folder}");
        assert!(peak > 0 && peak < HOSTILE_BYTES, "{folder}: {} MiB", peak >> 20);
        assert!(taken < HOSTILE_TIME, "{folder}: {taken:?}");
    }
}

#[test]
fn a_longer_file_takes_no_more_memory() {
    if !Path::new("/proc/self/status").exists() {
        println!("skipped: nothing here tells the memory of a process");
        return;
    }
    let program = Path::new(env!("CARGO_BIN_EXE_exportscan"));
    let folder = tempfile::tempdir().unwrap();
    for form in Form::ALL {
        let [short, long] = [BYTES, 4 * BYTES].map(|bytes| {
            let path = folder.path().join(form.file());
            let rows = table::write(form, bytes, &path);
            let scanned = table::scan(program, &path, 2);
            assert_eq!(scanned.rows, rows, "{form:?}");
            assert_eq!(scanned.persons, table::persons(rows), "{form:?}");
            println!("{form:?}: {bytes} bytes, {scanned:?}");
            scanned.peak
        });
        assert!(long < short + MARGIN, "{form:?}: {} MiB, then {} MiB", short >> 20, long >> 20);
    }
}
