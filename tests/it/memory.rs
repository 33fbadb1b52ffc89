//! The memory of a scan does not grow with the data: a file four times as long takes as much.

use std::path::Path;

#[path = "../../benches/memory/table.rs"]
mod table;

use table::Form;

/// The shorter table has some units and batches already.
const BYTES: u64 = 10_000_000;

/// What may come on top for four times as much: persons that the shorter table lacks, and what the allocator keeps.
const MARGIN: u64 = 24 << 20;

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
