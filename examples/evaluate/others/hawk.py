"""Hawk Eye: its file scan over columns as files, with fingerprints for Chinese data."""

import json
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path

from chinese import TOLD, strong
from tables import SAMPLE, decide, main

SHARE = 0.5
FINGERPRINTS = {name: f"(?m){'|'.join(strong(name))}" for name in TOLD}


def scan(folder):
    """What the program says of the files of a folder: for each, by fingerprint, the texts that match."""
    columns, out = folder / "columns", folder / "out.json"
    connection = {"sources": {"fs": {"columns": {"path": str(columns)}}}}
    # YAML takes JSON.
    (folder / "connection.yml").write_text(json.dumps(connection))
    (folder / "fingerprint.yml").write_text(json.dumps(FINGERPRINTS), encoding="utf-8")
    command = ["hawk_scanner", "fs", "--connection", "connection.yml", "--fingerprint", "fingerprint.yml"]
    subprocess.run([*command, "--json", str(out), "--no-write", "--quiet"], cwd=folder, check=True, capture_output=True)
    found = {}
    for finding in json.loads(out.read_text()).get("fs", []):
        found.setdefault(Path(finding["file_path"]).name, {})[finding["pattern_name"]] = set(finding["matches"])
    return found


def say(every):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "columns").mkdir()
        for number, table in enumerate(every):
            for at, cells in enumerate(table.columns):
                (folder / "columns" / f"{number}.{at}.txt").write_text("\n".join(cells), encoding="utf-8")
        found = scan(folder)
    return [
        [column(found.get(f"{number}.{at}.txt", {}), cells) for at, cells in enumerate(table.columns)]
        for number, table in enumerate(every)
    ]


def column(matches, cells):
    return decide(
        [{name for name, texts in matches.items() if any(text in cell for text in texts)} for cell in cells], SHARE
    )


if __name__ == "__main__":
    main(
        "Hawk Eye",
        version("hawk-scanner"),
        f"`hawk_scanner fs` over a file for each column, with {len(FINGERPRINTS)} fingerprints; a column is what "
        f"is in {SHARE:.0%} of its cells; it takes neither check digits nor headers; {SAMPLE} cells of each",
        FINGERPRINTS,
        say,
    )
