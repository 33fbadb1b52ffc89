//! Whose a held value is, as text.

use crate::count::trace::{Identifier, Person, Trace, Whose};
use crate::model::Language;
use crate::report::explained::Explained;
use crate::report::harmless::shown;
use crate::report::say;
use crate::report::words::Words;

use super::Style;
use super::page::{Ink, Page};
use super::wrap::width;

/// So many identifiers of a person are listed.
const IDENTIFIERS_SHOWN: usize = 40;

/// Whose the value is and how a scan came to that, in one language.
pub fn person(explained: &Explained, language: Language, style: Style) -> String {
    let words = Words::of(language);
    let mut page = Page::new(style);
    let mut lines = vec![
        (words.held_value, explained.value.to_string()),
        (words.can_be, say::can_be(language, explained.kinds.iter())),
    ];
    if explained.is_filler {
        lines.push((words.remark, say::filler(language).to_owned()));
    } else if explained.found.is_empty() {
        lines.push((words.whose, say::nobody_has(language).to_owned()));
    }
    labelled(&mut page, &lines);
    for trace in &explained.found {
        found(&mut page, trace, explained, language);
    }
    if explained.unread > 0 {
        page.blank();
        page.paragraph(0, &say::not_whole(language, explained.unread), Ink::Yellow);
    }
    page.finish()
}

fn labelled(page: &mut Page, lines: &[(&str, String)]) {
    let room = lines.iter().map(|(label, _)| width(label)).max().unwrap_or(0) + 2;
    for (label, line) in lines {
        page.labelled(0, room, label, std::slice::from_ref(line));
    }
}

fn found(page: &mut Page, trace: &Trace, explained: &Explained, language: Language) {
    let words = Words::of(language);
    let kind = crate::report::kinds::one(language, trace.kind);
    page.heading(&format!("{}{}{kind}", words.found_as, words.colon));
    let whose = match &trace.whose {
        Whose::Unheard => say::unheard(language).to_owned(),
        Whose::One(person) => say::of_one(language, person.identifiers.len()),
        Whose::Several(kinds) => say::of_several(language, kinds),
    };
    let seen = say::seen(language, &trace.seen, &explained.data_sets);
    labelled(page, &[(words.seen, seen), (words.whose, whose)]);
    if trace.is_cut {
        page.paragraph(0, words.walk_is_cut, Ink::Yellow);
    }
    if let Whose::One(person) = &trace.whose {
        path(page, person, explained, language);
        others(page, person, explained, language);
        counts(page, person, explained, language);
    }
}

/// From the held value to the identifier by which the person is told.
fn path(page: &mut Page, person: &Person, explained: &Explained, language: Language) {
    let words = Words::of(language);
    page.blank();
    page.paragraph(0, words.path, Ink::Bold);
    let name = |at: usize| identifier(person, at).map_or_else(String::new, |id| say::held_name(language, id));
    let path = person.path();
    for (number, at) in path.iter().enumerate() {
        let Some(id) = identifier(person, *at) else { continue };
        let held = if number == 0 { super::bracketed(words, &name(*at), words.held_value) } else { name(*at) };
        let line = match &id.joined {
            Some(link) => {
                let by = say::seen(language, &link.by, &explained.data_sets);
                say::step(language, &held, &name(link.to), &by)
            }
            None => say::tells(language, &held, id.kind),
        };
        page.labelled(0, 4, &format!("{}.", number + 1), &[line]);
    }
}

fn identifier(person: &Person, at: usize) -> Option<&Identifier> {
    person.identifiers.get(at)
}

/// Everything else that is the person's.
fn others(page: &mut Page, person: &Person, explained: &Explained, language: Language) {
    let words = Words::of(language);
    let path = person.path();
    let others: Vec<&Identifier> =
        person.identifiers.iter().enumerate().filter(|(at, _)| !path.contains(at)).map(|(_, id)| id).collect();
    if others.is_empty() {
        return;
    }
    page.blank();
    page.paragraph(0, words.others_of_person, Ink::Bold);
    for id in others.iter().take(IDENTIFIERS_SHOWN) {
        let name = say::held_name(language, id);
        page.item(
            0,
            &match &id.joined {
                Some(link) => {
                    let to = identifier(person, link.to).map_or_else(String::new, |id| say::held_name(language, id));
                    say::joined_by(language, &name, &to, &say::seen(language, &link.by, &explained.data_sets))
                }
                None => say::on_its_own(language, &name),
            },
        );
    }
    if others.len() > IDENTIFIERS_SHOWN {
        page.item(0, &say::more(language, others.len() - IDENTIFIERS_SHOWN));
    }
}

/// How the person counts.
fn counts(page: &mut Page, person: &Person, explained: &Explained, language: Language) {
    let words = Words::of(language);
    page.blank();
    page.paragraph(0, words.how_counted, Ink::Bold);
    page.item(0, &format!("{}{}", words.best_one, say::seen(language, &person.spoken, &explained.data_sets)));
    for ruled in &explained.lists {
        let because = person.spoken.classes.iter().filter(|class| ruled.sensitive.contains(*class)).collect();
        page.item(0, &say::is_sensitive(language, &shown(&ruled.list), because));
    }
    if explained.asks_in_general {
        page.paragraph(2, say::general_definition(language), Ink::Dim);
    }
    page.item(0, &say::at_most(language, person.at_most));
    page.item(0, say::at_least(language, person.at_least));
}
