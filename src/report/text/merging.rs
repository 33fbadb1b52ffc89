//! How persons were told apart and joined, as text.

use crate::report::say;
use crate::report::view::{MergingView, View};

use super::page::{Ink, Page};

/// Sentences and data sets that the text shows before it points to the page.
const MANY: usize = 12;

/// The section about linking, where there was any.
pub(super) fn merging(page: &mut Page, view: &View) {
    let (words, Some(merging)) = (view.words, &view.persons.merging) else { return };
    page.heading(words.merging);
    page.paragraph(0, merging.how_told, Ink::Plain);
    page.blank();
    let head = [words.identifier, words.distinct, words.of_one, words.of_several, words.told_by_it, words.joined_by_it];
    page.table(0, &head, &kinds(merging));
    sentences(page, "", &merging.bounds, view);
    sentences(page, merging.how_joined, &merging.joined, view);
    sentences(page, "", &merging.shared, view);
    if merging.together.is_empty() {
        return;
    }
    page.blank();
    let together = merging.together.iter().take(MANY).map(|(sets, persons)| vec![persons.clone(), sets.clone()]);
    page.table(0, &[words.persons, words.in_several], &together.collect::<Vec<_>>());
    more(page, merging.together.len(), view);
}

fn kinds(merging: &MergingView) -> Vec<Vec<String>> {
    let row = |kind: &crate::report::view::KindView| {
        let figures = [&kind.identifiers, &kind.owned, &kind.shared, &kind.persons, &kind.joined];
        std::iter::once(kind.name.to_owned()).chain(figures.into_iter().cloned()).collect()
    };
    merging.kinds.iter().map(row).collect()
}

/// Sentences below what they have in common.
fn sentences(page: &mut Page, intro: &str, lines: &[String], view: &View) {
    if lines.is_empty() {
        return;
    }
    page.blank();
    if !intro.is_empty() {
        page.paragraph(0, intro, Ink::Plain);
    }
    for line in lines.iter().take(MANY) {
        page.item(0, line);
    }
    more(page, lines.len(), view);
}

fn more(page: &mut Page, number: usize, view: &View) {
    if number > MANY {
        page.item(0, &say::and_more(view.language, number - MANY));
    }
}
