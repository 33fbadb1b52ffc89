#!/usr/bin/env python3
"""Times a scan beside other programs that do the nearest thing to a table: DuckDB in SQL, ripgrep with one pattern.

    cargo bench --bench scan -- --rows 4000000 --write /tmp/table
    cargo build --release
    pip install duckdb; apt-get install ripgrep
    python3 benches/compare.py /tmp/table --threads 2

DuckDB counts distinct resident IDs and, for five patterns, the cells of every text column that match. ripgrep counts
lines that match any of the patterns. The scan does all that it does: every detector, exact counts of persons, the verdict.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

import duckdb

PATTERNS = {
    "resident ID": "[1-9][0-9]{16}[0-9Xx]",
    "mobile": "1[3-9][0-9]{9}",
    "bank card": "62[0-9]{14,17}",
    "plate": "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-HJ-NP-Z0-9]{5,6}",
    "e-mail": "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}",
}
PROGRAM = Path(__file__).parent.parent / "target" / "release" / "exportscan"


def timed(runs, work):
    """The least time of several runs, and what the last came to."""
    least = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        least = min(least, time.perf_counter() - start)
    return least, result


def sql(path):
    reader = "read_parquet" if path.suffix == ".parquet" else "read_csv"
    table = f"{reader}('{path}')"
    described = duckdb.sql(f"DESCRIBE SELECT * FROM {table}").fetchall()
    texts = [name for name, kind, *_ in described if kind == "VARCHAR"]
    counts = [
        f"count_if(regexp_matches({column}::VARCHAR, '{pattern}'))" for column in texts for pattern in PATTERNS.values()
    ]
    return f"SELECT count(DISTINCT id_no), {', '.join(counts)} FROM {table}"


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    if done.returncode > 3:
        sys.exit(f"{command[0]} failed")
    return done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--program", type=Path, default=PROGRAM)
    options = parser.parse_args()
    duckdb.sql(f"SET threads = {options.threads}")
    for path in [options.folder / "table.parquet", options.folder / "table.csv"]:
        scan = ["--threads", str(options.threads), str(path)]
        seconds, _ = timed(options.runs, lambda: run([str(options.program), "scan", *scan]))
        print(f"{path.name}: scan {seconds:.2f} s")
        query = sql(path)
        other, found = timed(options.runs, lambda: duckdb.sql(query).fetchall())
        print(f"  DuckDB {duckdb.__version__} {other:.2f} s ({found[0][0]} distinct IDs); scan / DuckDB {seconds / other:.2f}")
        if path.suffix == ".csv":
            rg = ["rg", "--count", "--threads", str(options.threads), "|".join(PATTERNS.values()), str(path)]
            other, found = timed(options.runs, lambda: run(rg))
            print(f"  ripgrep {other:.2f} s ({found.decode().strip()} lines); scan / ripgrep {seconds / other:.2f}")


if __name__ == "__main__":
    main()
