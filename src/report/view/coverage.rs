//! What was found, read and not read, with every problem.

use std::collections::BTreeMap;

use crate::model::{Coverage, Language, Problem, ProblemCode, Severity};
use crate::report::harmless::{prose, shown};
use crate::report::number::grouped;
use crate::report::say;
use crate::report::words::Words;

/// The coverage.
#[derive(Debug)]
pub(in crate::report) struct CoverageView {
    pub(in crate::report) complete: bool,
    pub(in crate::report) completeness: &'static str,
    pub(in crate::report) sentence: String,
    pub(in crate::report) problems: Vec<ProblemGroup>,
}

/// All problems of one code.
#[derive(Debug)]
pub(in crate::report) struct ProblemGroup {
    pub(in crate::report) code: &'static str,
    pub(in crate::report) unread: bool,
    pub(in crate::report) severity: &'static str,
    pub(in crate::report) meaning: String,
    pub(in crate::report) hint: String,
    pub(in crate::report) number: String,
    pub(in crate::report) problems: Vec<ProblemView>,
}

/// One problem.
#[derive(Debug)]
pub(in crate::report) struct ProblemView {
    pub(in crate::report) object: String,
    pub(in crate::report) place: String,
    pub(in crate::report) message: String,
}

impl CoverageView {
    pub(super) fn new(coverage: &Coverage, language: Language) -> Self {
        let complete = coverage.is_complete();
        let mut by_code: BTreeMap<ProblemCode, Vec<&Problem>> = BTreeMap::new();
        for problem in &coverage.problems {
            by_code.entry(problem.code).or_default().push(problem);
        }
        let mut problems: Vec<ProblemGroup> =
            by_code.into_iter().map(|(code, problems)| ProblemGroup::new(code, &problems, language)).collect();
        problems.sort_by_key(|group| !group.unread);
        Self {
            complete,
            completeness: say::completeness(language, complete),
            sentence: say::coverage(language, coverage),
            problems,
        }
    }
}

impl ProblemGroup {
    fn new(code: ProblemCode, problems: &[&Problem], language: Language) -> Self {
        Self {
            code: code.id(),
            unread: code.severity() == Severity::Unread,
            severity: Words::severity(language, code.severity()),
            meaning: prose(code.meaning().get(language)),
            hint: prose(code.hint().get(language)),
            number: grouped(problems.len() as u64),
            problems: problems.iter().map(|problem| ProblemView::new(problem)).collect(),
        }
    }
}

impl ProblemView {
    fn new(problem: &Problem) -> Self {
        Self { object: shown(&problem.object), place: shown(&problem.place), message: shown(&problem.message) }
    }
}
