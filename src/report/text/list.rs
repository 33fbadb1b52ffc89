//! A list with its rows: what is reached or open in full and first, the rest in a line each or counted.

use crate::decide::Status;
use crate::report::say;
use crate::report::view::{ListView, RowView, View, bracketed};
use crate::report::words::Words;

use super::page::{Ink, Page};
use super::wrap::width;

/// A mark that stands for the status where there is no room or colour; ASCII, because its width is sure.
const fn mark(row: &RowView) -> (&'static str, Ink) {
    if row.is_flag {
        return ("[i]", Ink::Blue);
    }
    match row.status {
        Status::Reached => ("[!]", Ink::Red),
        Status::NotReached => ("[ ]", Ink::Plain),
        Status::Uncertain => ("[~]", Ink::Yellow),
        Status::NeedsFacts => ("[?]", Ink::Blue),
        Status::UnknownText => ("[-]", Ink::Dim),
        Status::Exempt => ("[x]", Ink::Green),
    }
}

pub(super) fn list_rows(page: &mut Page, list: &ListView, view: &View) {
    let words = view.words;
    page.heading(&format!("{}{}{}", words.rows_of, words.colon, list.line));
    page.paragraph(0, &format!("{}{}{}", words.verdict, words.colon, list.verdict), Ink::Bold);
    if let Some(notice) = &list.superseded {
        page.paragraph(0, notice, Ink::Yellow);
    }
    if !list.speaking.is_empty() {
        page.blank();
    }
    let room = list.speaking.iter().map(|row| width(row.status_word)).max().unwrap_or(0) + 6;
    for row in &list.speaking {
        let (mark, ink) = mark(row);
        page.marked(0, room, (&format!("{mark} {}", row.status_word), ink), &in_full(row, words));
    }
    if let Some(unknown) = list.unknown.first() {
        page.blank();
        let label = format!("[-] {}{}", unknown.status_word, words.colon);
        page.marked(0, width(&label) + 1, (&label, Ink::Bold), std::slice::from_ref(&list.unknown_line));
    }
    if let Some(first) = list.silent.first() {
        page.blank();
        let line = format!("[ ] {}{}{}", first.status_word, words.colon, list.silent_number);
        page.paragraph(0, &line, Ink::Bold);
        for row in list.silent.iter().filter(|row| !row.is_folded) {
            page.item(2, &in_brief(row, words));
        }
        if !list.folded_line.is_empty() {
            page.item(2, &say::folded(view.language, &list.folded_line));
        }
        if list.silent.iter().any(|row| row.remark.is_some() && !row.is_folded) {
            page.paragraph(4, say::starred(view.language), Ink::Dim);
        }
    }
    if !list.notes.is_empty() {
        page.blank();
        page.paragraph(0, words.remarks_of_list, Ink::Bold);
        for note in &list.notes {
            page.item(2, &note.text);
        }
    }
}

fn in_full(row: &RowView, words: &Words) -> Vec<String> {
    let clause = bracketed(words, &row.clause, &row.id);
    let mut lines = vec![format!("{clause}{}{}", words.separator, row.category), row.title.clone()];
    lines.extend(row.measure(words));
    if row.is_flag {
        lines.push(words.pointed_out_note.to_owned());
    }
    if !row.missing.is_empty() {
        lines.push(format!("{}{}{}", words.missing, words.colon, row.missing));
    }
    if let Some(remark) = &row.remark {
        lines.push(format!("{}{}{remark}", words.remark, words.colon));
    }
    lines
}

fn in_brief(row: &RowView, words: &Words) -> String {
    let star = if row.remark.is_some() { "*" } else { "" };
    let line = format!("{}{star}{}{}", bracketed(words, &row.clause, &row.id), words.colon, row.title);
    match row.measure(words) {
        Some(measure) => format!("{line}{}{measure}", words.separator),
        None => line,
    }
}
