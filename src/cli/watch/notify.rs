//! Tells others what a pass came to. Nobody is told a value, a name of a column or of an object.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use serde_json::{Map, Value, json};

use super::config::Notify;
use super::pass::Pass;
use super::state;
use crate::model::Language;
use crate::read;
use crate::report;

/// What the others are told.
pub(super) struct News {
    verdict: Map<String, Value>,
    persons: Map<String, Value>,
    coverage: Map<String, Value>,
    seconds: f64,
    exit: u8,
}

impl News {
    /// From the report, in the words of `report.json`.
    pub(super) fn new(pass: &Pass, exit: u8, seconds: f64) -> anyhow::Result<Self> {
        let report: Value = serde_json::from_str(&report::json(&pass.report))?;
        let verdict = picked(&report, "verdict", &["category", "procedure", "certain", "list", "because"]);
        let persons = picked(&report, "persons", &["best", "at_least", "at_most"]);
        let objects = ["objects_found", "objects_read", "objects_failed", "objects_skipped"];
        let looked = [objects.as_slice(), &["rows_read", "bytes_read", "complete"]].concat();
        let mut coverage = picked(&report, "coverage", &looked);
        let problems = report.pointer("/coverage/problems").and_then(Value::as_array).map_or(0, Vec::len);
        coverage.insert("problems".to_owned(), problems.into());
        Ok(Self { verdict, persons, coverage, seconds, exit })
    }

    /// Tells everybody. What could not be told is said, and nothing else depends on it.
    pub(super) fn tell(&self, pass: &Pass, notify: &Notify) -> Vec<anyhow::Error> {
        let mut failed = Vec::new();
        let mut webhook = "none";
        if let Some(address) = &notify.webhook {
            webhook = match self.post(pass, address) {
                Ok(sent) => sent,
                Err(error) => {
                    failed.push(error);
                    "failed"
                }
            };
        }
        let metrics = notify.metrics.as_ref().map(|path| state::replace(path, &self.metrics(pass)));
        let log = notify.log.as_ref().map(|path| append(path, &self.line(pass, webhook)));
        failed.extend([metrics, log].into_iter().flatten().filter_map(Result::err));
        failed
    }

    /// Posts the verdict where it is another one than was told.
    fn post(&self, pass: &Pass, address: &str) -> anyhow::Result<&'static str> {
        let verdict = serde_json::to_string(&self.verdict)?;
        let before = pass.state.told();
        if before.as_ref() == Some(&verdict) {
            return Ok("unchanged");
        }
        let before: Value = before.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let body = json!({
            "schema": "exportscan.watch/1", "verdict": self.verdict, "before": before,
            "persons": self.persons, "coverage": self.coverage,
        });
        let posted = read::post_json(address, body.to_string());
        posted.map_err(|error| anyhow::anyhow!("the webhook was not told the verdict: {error}"))?;
        pass.state.tell(&verdict)?;
        Ok("sent")
    }

    /// A line for the log and for who looks on.
    pub(super) fn line(&self, pass: &Pass, webhook: &str) -> String {
        let line = json!({
            "time": jiff::Timestamp::now().to_string(), "seconds": (self.seconds * 1000.0).round() / 1000.0,
            "exit": self.exit, "read": pass.read, "kept": pass.kept, "gone": pass.gone, "webhook": webhook,
            "verdict": self.verdict, "persons": self.persons, "coverage": self.coverage,
        });
        format!("{line}\n")
    }

    /// What is said on stdout.
    pub(super) fn summary(&self, pass: &Pass) -> String {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let (category, best) = (text(of(&self.verdict, "category")), of(&self.persons, "best"));
        let found = of(&self.coverage, "objects_found");
        let (read, kept, gone) = (pass.read, pass.kept, pass.gone);
        let complete = of(&self.coverage, "complete") == true;
        match pass.language {
            Language::Zh => {
                let complete = if complete { "完整" } else { "不完整" };
                format!(
                    "类别 {category}，{best} 人；对象 {found} 个，读取 {read}，沿用 {kept}，消失或改变 {gone}；扫描{complete}\n"
                )
            }
            Language::En => {
                let complete = if complete { "complete" } else { "incomplete" };
                format!(
                    "category {category}, {best} persons; {found} objects, {read} read, {kept} kept, {gone} gone or changed; {complete}\n"
                )
            }
        }
    }

    fn metrics(&self, pass: &Pass) -> String {
        let mut text = String::new();
        let mut metric = |name: &str, help: &str, values: &[(String, Value)]| {
            let _ = writeln!(text, "# HELP exportscan_{name} {help}\n# TYPE exportscan_{name} gauge");
            for (labels, value) in values {
                let _ = writeln!(text, "exportscan_{name}{labels} {value}");
            }
        };
        let one = |value: Value| vec![(String::new(), value)];
        let label = |name: &str, of: &str, value: Value| (format!("{{{name}=\"{of}\"}}"), value);
        let objects = ["found", "read", "failed", "skipped"];
        let objects =
            objects.map(|state| label("state", state, of(&self.coverage, &format!("objects_{state}")).clone()));
        metric("objects", "Objects in the places that are watched.", &objects);
        let persons =
            ["best", "at_least", "at_most"].map(|bound| label("bound", bound, of(&self.persons, bound).clone()));
        metric("persons", "Natural persons in them, each once.", &persons);
        let category = of(&self.verdict, "category").as_str().unwrap_or_default();
        let categories = ["I", "II", "none", "undetermined", "not_applicable"];
        let verdict = categories.map(|known| label("category", known, u8::from(known == category).into()));
        metric("verdict", "1 for the category that the verdict says.", &verdict);
        metric("certain", "Whether nothing could change the verdict.", &one(number(of(&self.verdict, "certain"))));
        metric("complete", "Whether everything was read.", &one(number(of(&self.coverage, "complete"))));
        metric("problems", "Problems in the report.", &one(of(&self.coverage, "problems").clone()));
        let done = [("read", pass.read), ("kept", pass.kept), ("gone", pass.gone)];
        let done = done.map(|(what, n)| label("what", what, n.into()));
        metric("pass_objects", "Objects read in the last pass, kept from before it, and gone or changed.", &done);
        metric("exit_status", "Exit status of the last pass that came to a verdict.", &one(self.exit.into()));
        let now = jiff::Timestamp::now().as_second();
        metric("pass_timestamp_seconds", "When the last pass that came to a verdict ended.", &one(now.into()));
        metric("pass_seconds", "How long it took.", &one(self.seconds.into()));
        text
    }
}

/// Some members of an object of the report.
fn picked(report: &Value, object: &str, members: &[&str]) -> Map<String, Value> {
    let value = |member: &&str| report.get(object).and_then(|object| object.get(*member)).cloned().unwrap_or_default();
    members.iter().map(|member| ((*member).to_owned(), value(member))).collect()
}

fn of<'v>(members: &'v Map<String, Value>, member: &str) -> &'v Value {
    members.get(member).unwrap_or(&Value::Null)
}

fn number(truth: &Value) -> Value {
    u8::from(truth.as_bool().unwrap_or(false)).into()
}

/// Adds a line to a file.
pub(super) fn append(path: &Path, line: &str) -> anyhow::Result<()> {
    let opened = OpenOptions::new().append(true).create(true).open(path);
    let written = opened.and_then(|mut file| file.write_all(line.as_bytes()));
    written.with_context(|| format!("cannot write `{}`", path.display()))
}
