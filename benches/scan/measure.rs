//! Times a scan beside its bound.

use std::path::Path;
use std::time::{Duration, Instant};

use super::table::{Kind, Table};
use super::{Options, Work, bound, library};

/// Reads all of a file and says how much that was.
type Bound = fn(&Path) -> Work;

/// Writes the table, or one of its columns, in both formats, and measures bound and scan of each.
pub(crate) fn measure(options: &Options, table: &Table, column: Option<usize>, n_columns: usize) {
    let folder = tempfile::tempdir().unwrap();
    table.write(folder.path(), column);
    let pool = super::pool(options.threads);
    let expected = Work { rows: options.rows as u64, cells: (options.rows * n_columns) as u64 };
    let bounds: [(&str, Bound); 2] = [("table.parquet", bound::decode_parquet), ("table.csv", bound::split_csv)];
    for (name, read) in bounds {
        let path = folder.path().join(name);
        let Ok(metadata) = path.metadata() else { continue };
        println!("{name}: {} bytes", metadata.len());
        assert_eq!(pool.install(|| read(&path)), expected, "the bound must read all of it");
        let bound = time(options.runs, || _ = pool.install(|| read(&path)));
        println!("  bound  {bound}");
        if name == "table.parquet" && column.is_none() && options.table == Kind::Plain {
            for (what, keeps) in [("made", false), ("kept once each", true)] {
                let n_keys = pool.install(|| bound::identify_parquet(&path, keeps));
                let identify = time(options.runs, || _ = pool.install(|| bound::identify_parquet(&path, keeps)));
                let ratio = identify.least.as_secs_f64() / bound.least.as_secs_f64();
                println!("  and {n_keys} keys of three identifiers {what}: {identify}; ratio {ratio:.2}");
            }
        }
        let scanned = library::scan_object(&path, &pool).unwrap();
        let persons = if column.is_none() { table.n_persons() as u64 } else { scanned.persons };
        assert_eq!(scanned, library::Scanned { rows: expected.rows, persons });
        let scan = time(options.runs, || _ = library::scan_object(&path, &pool));
        let of_cells = |time: &Times| time.least.as_secs_f64() * 1e9 / expected.cells as f64;
        println!("  scan   {scan}");
        println!(
            "  ratio  {:.2}; {:.0} ns a cell, {:.0} of them the bound's; {:.1} ns a stored byte",
            scan.least.as_secs_f64() / bound.least.as_secs_f64(),
            of_cells(&scan),
            of_cells(&bound),
            scan.least.as_secs_f64() * 1e9 / metadata.len() as f64
        );
    }
}

/// The least and the median of several runs.
struct Times {
    least: Duration,
    median: Duration,
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3} s (median {:.3} s)", self.least.as_secs_f64(), self.median.as_secs_f64())
    }
}

fn time(runs: usize, run: impl Fn()) -> Times {
    let mut taken: Vec<Duration> = (0..runs.max(1))
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    taken.sort_unstable();
    Times { least: taken[0], median: taken[taken.len() / 2] }
}
