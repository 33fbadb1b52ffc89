//! `exportscan explain`: one detector, class, rule row or problem code, in full, with its source.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use super::args::LanguageArg;
use super::load::Packs;
use crate::decide::{Category, Procedure};
use crate::model::{Class, Language, ProblemCode, Severity};
use crate::pack::{CellSpec, RecordSpec, RowSpec};

/// Runs the verb.
pub(super) fn run(id: &str, packs: &[PathBuf], lang: Option<LanguageArg>) -> anyhow::Result<ExitCode> {
    let packs = Packs::load(packs)?;
    let language = lang.map_or_else(super::language_of_environment, Language::from);
    let texts = explain(&packs, id, language);
    anyhow::ensure!(
        !texts.is_empty(),
        "nothing has the id `{id}`; `exportscan packs list` names detectors, rows and classes"
    );
    super::tolerate_closed_pipe(std::io::stdout().lock().write_all(texts.join("\n").as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}

/// Everything that has the id: a class and its detector may share one.
fn explain(packs: &Packs, id: &str, language: Language) -> Vec<String> {
    let mut texts = Vec::new();
    texts.extend(Class::from_id(id).map(|class| explain_class(packs, class, language)));
    for (file, pack) in &packs.detectors {
        let cells = pack.value.iter().chain(&pack.column).filter(|spec| spec.id == id);
        texts.extend(cells.map(|spec| explain_cell(file, spec, language)));
        let records = pack.record.iter().filter(|spec| spec.id == id);
        texts.extend(records.map(|spec| explain_record(file, spec, language)));
    }
    for pack in &packs.rules {
        texts.extend(pack.row.iter().filter(|row| row.id == id).map(|row| {
            let mut text = explain_row(row, language);
            line(&mut text, "list", &format!("{} ({})", pack.list.title.get(language), pack.list.id));
            text
        }));
    }
    texts.extend(ProblemCode::from_id(id).map(|code| explain_problem(code, language)));
    texts
}

fn line(text: &mut String, what: &str, value: &str) {
    if !value.trim().is_empty() {
        let _ = writeln!(text, "{what:>14}  {}", value.trim().replace('\n', "\n                "));
    }
}

fn explain_class(packs: &Packs, class: Class, language: Language) -> String {
    let mut text = String::new();
    let (zh, en) = class.names();
    line(&mut text, "class", class.id());
    line(&mut text, "title", if language == Language::Zh { zh } else { en });
    line(&mut text, "personal", if class.is_personal() { "yes" } else { "no" });
    let cells = packs.detectors.iter().flat_map(|(_, pack)| pack.value.iter().chain(&pack.column));
    let records = packs.detectors.iter().flat_map(|(_, pack)| &pack.record);
    let ids: Vec<&str> = cells
        .filter(|spec| spec.class == Some(class))
        .map(|spec| spec.id.as_str())
        .chain(records.filter(|spec| spec.class == class).map(|spec| spec.id.as_str()))
        .collect();
    line(&mut text, "detectors", &ids.join("\n"));
    let sensitive: Vec<&str> = packs
        .rules
        .iter()
        .filter(|pack| crate::decide::sensitive_classes(pack, None).contains(class))
        .map(|pack| pack.list.id.as_str())
        .collect();
    line(&mut text, "sensitive in", &sensitive.join("\n"));
    text
}

fn explain_cell(file: &str, spec: &CellSpec, language: Language) -> String {
    let mut text = String::new();
    line(&mut text, "detector", &spec.id);
    line(&mut text, "title", spec.title.get(language));
    line(&mut text, "class", spec.class.map_or("", Class::id));
    line(&mut text, "field", spec.field.as_deref().unwrap_or_default());
    line(&mut text, "pattern", spec.pattern.as_deref().unwrap_or_default());
    line(&mut text, "checks", &spec.checks.join(", "));
    line(&mut text, "identifies by", spec.identifier.map_or("", crate::model::IdentifierKind::id));
    line(&mut text, "headers", &spec.headers.strong.join(", "));
    line(&mut text, "weak headers", &spec.headers.weak.join(", "));
    line(&mut text, "not headers", &spec.headers.against.join(", "));
    line(&mut text, "accepts", &spec.accept.join("\n"));
    let rejects: Vec<String> =
        spec.reject.iter().map(|reject| format!("{} ({})", reject.value, reject.because)).collect();
    line(&mut text, "rejects", &rejects.join("\n"));
    line(&mut text, "source", &spec.source.join("\n"));
    line(&mut text, "pack", file);
    text
}

fn explain_record(file: &str, spec: &RecordSpec, language: Language) -> String {
    let mut text = String::new();
    line(&mut text, "record", &spec.id);
    line(&mut text, "title", spec.title.get(language));
    line(&mut text, "class", spec.class.id());
    line(&mut text, "subject", &spec.subject.join(" or "));
    let roles: Vec<String> = spec.requires.iter().map(|role| role.join(" or ")).collect();
    line(&mut text, "requires", &roles.join("\n"));
    line(&mut text, "surer with", &spec.supports.join(", "));
    line(&mut text, "not with", &spec.against.join(", "));
    line(&mut text, "source", &spec.source.join("\n"));
    line(&mut text, "pack", file);
    text
}

fn explain_row(row: &RowSpec, language: Language) -> String {
    let mut text = String::new();
    line(&mut text, "row", &row.id);
    line(&mut text, "clause", &row.clause);
    line(&mut text, "title", row.title.get(language));
    line(&mut text, "text", row.text.get(language));
    line(&mut text, "category", Category::from(row.category).id());
    let procedures: Vec<&str> = row
        .procedure
        .iter()
        .copied()
        .map(Procedure::names)
        .map(|(zh, en)| if language == Language::Zh { zh } else { en })
        .collect();
    line(&mut text, "procedure", &procedures.join("\n"));
    line(&mut text, "scenarios", &row.scenarios.join(", "));
    line(&mut text, "cannot be seen", row.limits.as_ref().map_or("", |limits| limits.get(language)));
    line(&mut text, "source", &row.source.join("\n"));
    text
}

fn explain_problem(code: ProblemCode, language: Language) -> String {
    let mut text = String::new();
    line(&mut text, "problem", code.id());
    line(&mut text, "meaning", code.meaning().get(language));
    line(&mut text, "hint", code.hint().get(language));
    let complete = match code.severity() {
        Severity::Note => "everything was read",
        Severity::Unread => "something was not read: the scan is not complete",
    };
    line(&mut text, "coverage", complete);
    text
}
