//! Other tools over the same tables: tables as files for them to read, and what they said of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::json;

use crate::benchmark::score::{Found, Score};
use crate::benchmark::{Form, Half, write};

/// What a tool said, as its script in `examples/evaluate/others` writes it down.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Report {
    /// The tool.
    pub(crate) tool: String,
    /// Its version.
    pub(crate) version: String,
    /// How it was called and configured.
    pub(crate) configuration: String,
    /// By table: of each column, the classes that the tool's own names stand for.
    tables: BTreeMap<String, Vec<BTreeSet<String>>>,
    /// The classes that the tool has a name for at all.
    pub(crate) classes: BTreeSet<String>,
    /// Wall time, in seconds.
    pub(crate) seconds: f64,
}

impl Report {
    /// Reads what a script wrote.
    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The tool's score over one half.
    pub(crate) fn score(&self, half: Half) -> Score {
        let mut score = Score::default();
        for table in half.tables() {
            let columns = self.tables.get(&format!("{}/{}", half.id(), table.id)).cloned().unwrap_or_default();
            score.add(&table, &Found { columns, ..Found::default() });
        }
        score
    }
}

/// Writes every table as CSV in UTF-8 under `folder/HALF`, and `folder/tables.json` that names them: other tools need not
/// know about encodings, delimiters or Parquet to be compared.
pub(crate) fn dump(folder: &Path) {
    let mut index = Vec::new();
    for half in Half::ALL {
        for table in half.tables() {
            let id = format!("{}/{}", half.id(), table.id);
            let file: PathBuf = write::write(&table.clone().form(Form::Csv), &folder.join(&id));
            let headers: Vec<&str> = table.columns.iter().map(|column| column.header.as_str()).collect();
            index.push(json!({
                "id": id,
                "file": file.strip_prefix(folder).unwrap(),
                "has_header": table.has_header,
                "headers": headers,
            }));
        }
    }
    std::fs::write(folder.join("tables.json"), format!("{:#}\n", json!(index))).unwrap();
}
