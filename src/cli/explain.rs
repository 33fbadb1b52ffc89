//! `exportscan explain`: one detector, class, rule row or problem code, in full, with its source.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use unicode_width::UnicodeWidthStr as _;

use super::args::ExplainArgs;
use super::column;
use super::load::Packs;
use crate::decide::{Category, Procedure};
use crate::model::{Class, Language, ProblemCode, Severity};
use crate::pack::{CellSpec, RecordSpec, RowSpec};

/// Runs the verb.
pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<ExitCode> {
    let language = args.lang.map_or_else(super::language_of_environment, Language::from);
    if let Some([file, column]) = args.column.as_deref() {
        return column::run(args, file, column, language);
    }
    let id = args.id.as_deref().unwrap_or_default();
    let packs = Packs::load(&args.packs)?;
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
            let list = format!("{} ({})", pack.list.title.get(language), pack.list.id);
            explain_row(row, &list, language)
        }));
    }
    texts.extend(ProblemCode::from_id(id).map(|code| explain_problem(code, language)));
    texts
}

/// The names of lines, in Chinese by the English ones.
const LABELS: &[(&str, &str)] = &[
    ("class", "类别"),
    ("title", "名称"),
    ("personal", "个人信息"),
    ("detectors", "识别规则"),
    ("sensitive in", "列为敏感的清单"),
    ("detector", "识别规则"),
    ("field", "字段"),
    ("pattern", "格式"),
    ("checks", "校验"),
    ("identifies by", "身份标识"),
    ("headers", "表头"),
    ("weak headers", "近似表头"),
    ("not headers", "排除表头"),
    ("accepts", "正例"),
    ("rejects", "反例"),
    ("source", "来源"),
    ("pack", "规则文件"),
    ("record", "记录"),
    ("subject", "主体"),
    ("requires", "必备列"),
    ("surer with", "旁证列"),
    ("not with", "排斥列"),
    ("row", "条款编号"),
    ("clause", "条款"),
    ("text", "内容"),
    ("category", "类"),
    ("procedure", "程序"),
    ("scenarios", "适用场景"),
    ("cannot be seen", "扫描所不能及"),
    ("list", "清单"),
    ("problem", "问题"),
    ("meaning", "含义"),
    ("hint", "建议"),
    ("coverage", "扫描范围"),
];

/// The width of the names of lines, in terminal cells.
const LABEL_WIDTH: usize = 14;

/// A text of named lines.
struct Lines {
    language: Language,
    text: String,
}

impl Lines {
    fn new(language: Language) -> Self {
        Self { language, text: String::new() }
    }

    /// Adds a line, unless there is nothing to say.
    fn add(&mut self, what: &str, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        let chinese = LABELS.iter().find(|(name, _)| *name == what).map(|(_, chinese)| *chinese);
        let label = chinese.filter(|_| self.language == Language::Zh).unwrap_or(what);
        let indent = " ".repeat(LABEL_WIDTH.saturating_sub(label.width()));
        let next = format!("\n{}", " ".repeat(LABEL_WIDTH + 2));
        let _ = writeln!(self.text, "{indent}{label}  {}", value.trim().replace('\n', &next));
    }
}

fn explain_class(packs: &Packs, class: Class, language: Language) -> String {
    let mut lines = Lines::new(language);
    lines.add("class", class.id());
    lines.add("title", language.pick(class.names()));
    let personal = match (class.is_personal(), language) {
        (true, Language::En) => "yes",
        (false, Language::En) => "no, unless it stands beside a person's",
        (true, Language::Zh) => "是",
        (false, Language::Zh) => "否，与个人标识同列时除外",
    };
    lines.add("personal", personal);
    let cells = packs.detectors.iter().flat_map(|(_, pack)| pack.value.iter().chain(&pack.column));
    let records = packs.detectors.iter().flat_map(|(_, pack)| &pack.record);
    let ids: Vec<&str> = cells
        .filter(|spec| spec.class == Some(class))
        .map(|spec| spec.id.as_str())
        .chain(records.filter(|spec| spec.class == class).map(|spec| spec.id.as_str()))
        .collect();
    lines.add("detectors", &ids.join("\n"));
    let sensitive: Vec<&str> = packs
        .rules
        .iter()
        .filter(|pack| crate::decide::sensitive_classes(pack, None).contains(class))
        .map(|pack| pack.list.id.as_str())
        .collect();
    lines.add("sensitive in", &sensitive.join("\n"));
    lines.text
}

fn explain_cell(file: &str, spec: &CellSpec, language: Language) -> String {
    let mut lines = Lines::new(language);
    lines.add("detector", &spec.id);
    lines.add("title", spec.title.get(language));
    lines.add("class", spec.class.map_or("", Class::id));
    lines.add("field", spec.field.as_deref().unwrap_or_default());
    lines.add("pattern", spec.pattern.as_deref().unwrap_or_default());
    lines.add("checks", &spec.checks.join(", "));
    lines.add("identifies by", spec.identifier.map_or("", crate::model::IdentifierKind::id));
    lines.add("headers", &spec.headers.strong.join(", "));
    lines.add("weak headers", &spec.headers.weak.join(", "));
    lines.add("not headers", &spec.headers.against.join(", "));
    lines.add("accepts", &spec.accept.join("\n"));
    let rejects: Vec<String> =
        spec.reject.iter().map(|reject| format!("{} ({})", reject.value, reject.because)).collect();
    lines.add("rejects", &rejects.join("\n"));
    lines.add("source", &spec.source.join("\n"));
    lines.add("pack", file);
    lines.text
}

fn explain_record(file: &str, spec: &RecordSpec, language: Language) -> String {
    let mut lines = Lines::new(language);
    lines.add("record", &spec.id);
    lines.add("title", spec.title.get(language));
    lines.add("class", spec.class.id());
    lines.add("subject", &spec.subject.join(" or "));
    let roles: Vec<String> = spec.requires.iter().map(|role| role.join(" or ")).collect();
    lines.add("requires", &roles.join("\n"));
    lines.add("surer with", &spec.supports.join(", "));
    lines.add("not with", &spec.against.join(", "));
    lines.add("source", &spec.source.join("\n"));
    lines.add("pack", file);
    lines.text
}

fn explain_row(row: &RowSpec, list: &str, language: Language) -> String {
    let mut lines = Lines::new(language);
    lines.add("row", &row.id);
    lines.add("clause", &row.clause);
    lines.add("title", row.title.get(language));
    lines.add("text", row.text.get(language));
    lines.add("category", Category::from(row.category).id());
    let procedures: Vec<&str> =
        row.procedure.iter().copied().map(Procedure::names).map(|names| language.pick(names)).collect();
    lines.add("procedure", &procedures.join("\n"));
    lines.add("scenarios", &row.scenarios.join(", "));
    lines.add("cannot be seen", row.limits.as_ref().map_or("", |limits| limits.get(language)));
    lines.add("source", &row.source.join("\n"));
    lines.add("list", list);
    lines.text
}

fn explain_problem(code: ProblemCode, language: Language) -> String {
    let mut lines = Lines::new(language);
    lines.add("problem", code.id());
    lines.add("meaning", code.meaning().get(language));
    lines.add("hint", code.hint().get(language));
    let complete = match (code.severity(), language) {
        (Severity::Note, Language::En) => "everything was read",
        (Severity::Note, Language::Zh) => "内容均已读取",
        (Severity::Unread, Language::En) => "something was not read: the scan is not complete",
        (Severity::Unread, Language::Zh) => "有内容未读取，扫描不完整",
    };
    lines.add("coverage", complete);
    lines.text
}
