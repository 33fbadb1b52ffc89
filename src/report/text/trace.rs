//! How one column was judged, as text.

use crate::model::{Candidate, ColumnTrace, Fate, Language};
use crate::report::harmless::{prose, shown};
use crate::report::number::grouped;
use crate::report::say;
use crate::report::words::Words;

use super::Style;
use super::page::{Ink, Page};
use super::wrap::width;

/// What a finding starts with; evidence adds to it.
const PRIOR: i32 = -20;
/// Evidence that tells how the values did.
const OF_VALUES: [&str; 8] = ["checksum", "masked", "hashed", "words", "pattern", "values", "mixed", "values_against"];
/// The room of a weight such as `+35`.
const WEIGHT_ROOM: usize = 5;

/// How a column was judged, in one language; `config` is the configuration that applied.
pub fn column(trace: &ColumnTrace, config: Option<&str>, language: Language, style: Style) -> String {
    let words = Words::of(language);
    let mut page = Page::new(style);
    let title = format!("{}{}{}", shown(&trace.object), words.separator, shown(&trace.name));
    page.paragraph(0, &title, Ink::Bold);
    page.blank();
    facts(&mut page, trace, config, language);
    let (weak, strong): (Vec<&Candidate>, Vec<&Candidate>) =
        trace.candidates.iter().partition(|candidate| candidate.fate == Fate::Below);
    let is_found = |fate: &Fate| matches!(fate, Fate::Counts | Fate::Shown | Fate::SetAside(_));
    let (found, rest): (Vec<&Candidate>, Vec<&Candidate>) =
        strong.into_iter().partition(|candidate| is_found(&candidate.fate));
    page.heading(words.what_it_is);
    if found.is_empty() {
        page.paragraph(0, say::nothing(language), Ink::Plain);
    }
    candidates(&mut page, &found, language);
    if !rest.is_empty() {
        page.heading(words.what_it_is_not);
        candidates(&mut page, &rest, language);
    }
    if !weak.is_empty() {
        page.heading(words.too_weak);
        for candidate in weak {
            show_weak(&mut page, candidate, language);
        }
    }
    page.blank();
    page.paragraph(0, &say::silent(language, trace.n_silent), Ink::Dim);
    page.paragraph(0, say::scale(language), Ink::Dim);
    page.finish()
}

fn facts(page: &mut Page, trace: &ColumnTrace, config: Option<&str>, language: Language) {
    let words = Words::of(language);
    let header: Vec<String> = trace.header_words.iter().map(|word| shown(word)).collect();
    let shapes: Vec<String> =
        trace.shapes.iter().map(|(shape, values)| format!("{}  × {}", shown(shape), grouped(*values))).collect();
    let records: Vec<String> =
        trace.records.iter().map(|(id, class)| format!("{} {}", shown(id), language.pick(class.names()))).collect();
    let mut lines = vec![
        (words.column, vec![format!("{}{}{}", trace.number, words.separator, shown(&trace.data_type))]),
        (words.header_words, vec![if header.is_empty() { words.none.to_owned() } else { header.join(" · ") }]),
        (words.cells, vec![say::cells(language, trace)]),
    ];
    if !trace.shapes.is_empty() {
        lines.push((words.lengths, vec![say::lengths(language, &trace.lengths)]));
        lines.push((words.shapes, [shapes, vec![say::legend(language, trace.sampled)]].concat()));
    }
    if !records.is_empty() {
        lines.push((words.part_of, records));
    }
    lines.extend(config.map(|config| (words.config, vec![shown(config)])));
    let room = lines.iter().map(|(label, _)| width(label)).max().unwrap_or(0) + 2;
    for (label, lines) in &lines {
        page.labelled(0, room, label, lines);
    }
}

fn candidates(page: &mut Page, candidates: &[&Candidate], language: Language) {
    for (at, candidate) in candidates.iter().enumerate() {
        if at > 0 {
            page.blank();
        }
        show(page, candidate, language);
    }
}

fn show(page: &mut Page, candidate: &Candidate, language: Language) {
    let words = Words::of(language);
    let id = shown(&candidate.detector);
    let score = say::score(language, candidate.score, candidate.confidence);
    let fate = say::fate(language, candidate);
    let title = super::bracketed(words, &prose(candidate.title.get(language)), &id);
    let ink = if candidate.fate == Fate::Counts { Ink::Bold } else { Ink::Plain };
    page.paragraph(0, &format!("{title}{}{score}{}{fate}", words.colon, words.separator), ink);
    page.labelled(2, WEIGHT_ROOM, &PRIOR.to_string(), &[say::prior(language).to_owned()]);
    evidence(page, candidate, language);
    if let Some(counted) = &candidate.counted {
        page.labelled(2, width(words.counted_as) + 2, words.counted_as, &say::counted_as(language, counted));
    }
}

/// A candidate for which too little speaks, without what all have in common.
fn show_weak(page: &mut Page, candidate: &Candidate, language: Language) {
    let words = Words::of(language);
    let title = super::bracketed(words, &prose(candidate.title.get(language)), &shown(&candidate.detector));
    let score = say::score(language, candidate.score, candidate.confidence);
    page.paragraph(0, &format!("{title}{}{score}", words.colon), Ink::Plain);
    evidence(page, candidate, language);
}

fn evidence(page: &mut Page, candidate: &Candidate, language: Language) {
    for because in &candidate.because {
        let weight = format!("{:+}", because.weight);
        page.labelled(2, WEIGHT_ROOM, &weight, &[say::evidence(language, because, candidate)]);
    }
    let is_told = candidate.because.iter().any(|because| OF_VALUES.contains(&because.what));
    if let Some(tested) = candidate.tested.as_ref().filter(|tested| tested.passing > 0 && !is_told) {
        page.labelled(2, WEIGHT_ROOM, "+0", &[say::test(language, "", tested)]);
    }
}
