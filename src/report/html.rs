//! The report as one self-contained page: no network, no script, made for paper as much as for the screen.

use askama::Template;

use crate::model::Language;

use super::view::View;
use super::words::Words;
use super::{Report, TOOL, VERSION};

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    view: &'a View,
    words: &'static Words,
    style: &'static str,
    tool: &'static str,
    version: &'static str,
}

/// The report as a page in one language. Everything that the data named is escaped.
pub fn html(report: &Report, language: Language) -> String {
    let view = View::new(report, language);
    let page = Page {
        view: &view,
        words: view.words,
        style: include_str!("../../templates/report.css"),
        tool: TOOL,
        version: VERSION,
    };
    page.render().unwrap_or_default()
}
