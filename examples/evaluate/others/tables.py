"""What every script here shares: how the tables are read, how columns are decided, and how answers are written."""

import csv
import json
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path

# Cells of a column that a tool is given, spread evenly over those that are not gaps.
SAMPLE = 60
GAPS = {"", "null", "\\n", "-", "--", "n/a", "na", "nan", "none", "无"}


class Table:
    """A table of the benchmark: its id and, by column, the header (`None` where none stands) and a sample of cells."""

    def __init__(self, folder, entry):
        self.id = entry["id"]
        with open(Path(folder) / entry["file"], encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        n = len(entry["headers"])
        self.headers = [None] * n
        if entry["has_header"]:
            self.headers, rows = rows[0], rows[1:]
        self.columns = [sample(row[at] for row in rows if at < len(row)) for at in range(n)]


def sample(cells):
    """At most `SAMPLE` cells that say something, with full-width characters folded."""
    cells = [unicodedata.normalize("NFKC", cell).strip() for cell in cells]
    cells = [cell for cell in cells if cell.lower() not in GAPS]
    step = max(1, len(cells) / SAMPLE)
    return [cells[int(at * step)] for at in range(min(SAMPLE, len(cells)))]


def tables(folder):
    """All tables of both halves."""
    index = json.loads((Path(folder) / "tables.json").read_text(encoding="utf-8"))
    return [Table(folder, entry) for entry in index]


def decide(cells, share):
    """The classes that at least this share of cells has; `cells` is a set of classes for every cell."""
    counts = Counter(found for classes in cells for found in classes)
    return {found for found, n in counts.items() if n >= share * len(cells)}


def main(tool, version, configuration, classes, say):
    """Runs a script: `say` takes tables and gives, for each, a set of classes by column."""
    folder, out = sys.argv[1:3]
    start = time.monotonic()
    every = tables(folder)
    said = say(every)
    report = {
        "tool": tool,
        "version": version,
        "configuration": configuration,
        "tables": {
            table.id: [sorted(column) for column in columns] for table, columns in zip(every, said, strict=True)
        },
        "classes": sorted(classes),
        "seconds": round(time.monotonic() - start, 1),
    }
    Path(out).write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
