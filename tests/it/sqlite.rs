//! Databases of `SQLite`: every table, from a file and from an archive, and any damage told.

use std::fs;

use exportscan::read::{ObjectRef, Options, Origin};
use rusqlite::Connection;

use crate::archives::pack::{entry, zip};
use crate::support::{Cut, scan_path, tables};

fn bytes(mut database: Connection) -> Vec<u8> {
    database.serialize("main").unwrap().to_vec()
}

/// A database with one table of texts.
pub(crate) fn database(header: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let database = Connection::open_in_memory().unwrap();
    database.execute_batch(&format!("CREATE TABLE t (\"{}\" TEXT)", header.join("\" TEXT, \""))).unwrap();
    for row in rows {
        database.execute_batch(&format!("INSERT INTO t VALUES ('{}')", row.join("', '"))).unwrap();
    }
    bytes(database)
}

fn sample() -> Vec<u8> {
    let database = Connection::open_in_memory().unwrap();
    let statements = "
        CREATE TABLE \"a \"\"b\"\"\" (id INTEGER PRIMARY KEY, 姓名 TEXT, x, y REAL GENERATED ALWAYS AS (id * 2) STORED);
        INSERT INTO \"a \"\"b\"\"\" (id, 姓名, x) VALUES (1, '张三', 1.5), (2, NULL, x'e5bca0'), (3, 'c', x'ff');
        CREATE TABLE keyed (k TEXT PRIMARY KEY, v) WITHOUT ROWID;
        INSERT INTO keyed VALUES ('p', 440524188001010014), ('q', 'r');
        CREATE VIEW seen AS SELECT * FROM keyed;
        CREATE INDEX by_v ON keyed (v);
        CREATE TABLE empty (a);";
    database.execute_batch(statements).unwrap();
    bytes(database)
}

const TABLES: &str = "\
a.db#a \"b\": id|姓名|x|y
  1|张三|1.5|2
  2|~|张|4
  3|c|~|6
a.db#keyed: k|v
  p|440524188001010014
  q|r
a.db#empty: a
";

fn object(bytes: Vec<u8>) -> ObjectRef {
    ObjectRef { uri: "a.db".to_owned(), bytes: bytes.len() as u64, origin: Origin::memory(bytes) }
}

#[test]
fn every_table_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("数据 %41.db");
    fs::write(&path, sample()).unwrap();
    let file = ObjectRef { origin: Origin::file(&path), ..object(sample()) };
    for (object, batch_rows) in [(object(sample()), 1), (file.clone(), 1), (file, 8192)] {
        assert_eq!(tables(&object, &Options { batch_rows, ..Options::default() }), TABLES);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is written beside it");
}

#[test]
fn a_log_beside_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let database = Connection::open(&path).unwrap();
    let statements = "PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES ('x');
        PRAGMA wal_checkpoint(TRUNCATE); INSERT INTO t VALUES ('y');";
    database.execute_batch(statements).unwrap();
    let shown = tables(&ObjectRef { origin: Origin::file(&path), ..object(sample()) }, &Options::default());
    assert!(shown.contains("a.db#t: a\n  x\n! sqlite.unsettled"), "{shown}");
    // Without the log it is whole, though it is kept to be written with one.
    let copy = fs::read(&path).unwrap();
    assert_eq!(tables(&object(copy.clone()), &Options::default()), "a.db#t: a\n  x\n");
    fs::write(folder.path().join("a.zip"), zip(&[entry("a.db", 8, &copy)])).unwrap();
    let totals = scan_path(&folder.path().join("a.zip"), Cut::default());
    assert!(totals.coverage.problems.is_empty(), "{:?}", totals.coverage.problems);
    assert_eq!(totals.coverage.rows_read, 1);
}

#[test]
fn damage_ends_in_rows_and_problems() {
    let whole = sample();
    for at in (0..whole.len()).step_by(61) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0xff;
        let _ = tables(&object(damaged), &Options::default());
        let shown = tables(&object(whole[..at].to_vec()), &Options::default());
        assert!(shown.contains("! ") || at < 16, "{at}: {shown}");
    }
    // A page that says of itself that it is the next one as well.
    let mut looped = whole;
    for page in (0..looped.len()).step_by(4096) {
        let number = (page / 4096 + 1) as u32;
        looped[page + 8..page + 12].copy_from_slice(&number.to_be_bytes());
        let _ = tables(&object(looped.clone()), &Options::default());
    }
}
