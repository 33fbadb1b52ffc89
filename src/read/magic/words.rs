//! Tells text from binary data, and apart the formats that are text.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use super::{ArchiveKind, Content, Media};

/// What bytes without a signature hold.
pub(super) fn sniff(head: &[u8]) -> Content {
    if is_old_tar(head) {
        return Content::Archive(ArchiveKind::Tar);
    }
    if !is_text(head) {
        return Content::Other("binary data of an unknown kind");
    }
    let text = ascii(head);
    let text = text.trim_ascii_start();
    if is_json(text) {
        return Content::Json;
    }
    if is_fastq(text) {
        return Content::Media(Media::Sequences("fastq"));
    }
    if let Some(content) = markup(text) {
        return content;
    }
    if is_dump(text) { Content::Sql } else { Content::Text }
}

/// Names of the elements that pages and pieces of pages begin with.
const OF_PAGES: [&[u8]; 16] = [
    b"html", b"head", b"body", b"div", b"p", b"table", b"span", b"ul", b"ol", b"h1", b"h2", b"h3", b"br", b"a",
    b"meta", b"title",
];

/// What a text that begins with a tag holds.
fn markup(text: &[u8]) -> Option<Content> {
    let begins = |word: &[u8]| text.get(..word.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(word));
    if begins(b"<!doctype html") {
        return Some(Content::Html);
    }
    if begins(b"<?xml") || begins(b"<!doctype") {
        let head = text.get(..text.len().min(1024)).unwrap_or_default().to_ascii_lowercase();
        return Some(if memchr::memmem::find(&head, b"<html").is_some() { Content::Html } else { Content::Xml });
    }
    let text = match text.strip_prefix(b"<!--") {
        Some(rest) => rest.get(memchr::memmem::find(rest, b"-->")? + 3..)?.trim_ascii_start(),
        None => text,
    };
    let inside = text.strip_prefix(b"<")?;
    let end = memchr::memchr2(b'>', b'<', inside).filter(|end| inside.get(*end) == Some(&b'>'))?;
    let tag = inside.get(..end)?;
    let name = tag.split(|byte| byte.is_ascii_whitespace() || *byte == b'/').next()?;
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_:.-".contains(byte) || !byte.is_ascii();
    if name.is_empty() || !name.iter().all(is_name) {
        return None;
    }
    if OF_PAGES.iter().any(|page| name.eq_ignore_ascii_case(page)) {
        return Some(Content::Html);
    }
    let behind = inside.get(end + 1..)?.trim_ascii_start();
    let is_known = [b"gpx".as_slice(), b"kml", b"svg", b"rss"].iter().any(|known| name.eq_ignore_ascii_case(known));
    let goes_on = behind.starts_with(b"<") && memchr::memmem::find(behind, b"</").is_some();
    (is_known || goes_on).then_some(Content::Xml)
}

/// Words that the statements of a dump begin with, and those of the commands that stand among them.
const STATEMENTS: [&[u8]; 26] = [
    b"insert",
    b"replace",
    b"create",
    b"drop",
    b"set",
    b"use",
    b"begin",
    b"start",
    b"copy",
    b"lock",
    b"delete",
    b"truncate",
    b"alter",
    b"pragma",
    b"select",
    b"comment",
    b"if",
    b"go",
    b"prompt",
    b"rem",
    b"print",
    b"declare",
    b"grant",
    b"commit",
    b"exec",
    b"delimiter",
];

/// Whether `text` begins with a statement and creates or fills tables.
fn is_dump(text: &[u8]) -> bool {
    let mut rest = text;
    // Comments stand before the first statement, and commands to psql.
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = match rest {
            [b'-', b'-', ..] | [b'#' | b'\\', ..] => b"\n",
            [b'/', b'*', ..] => b"*/",
            _ => break,
        };
        let length = memchr::memmem::find(rest, end).map_or(rest.len(), |at| at + end.len());
        rest = rest
            .get(length..)
            .unwrap_or_default()
            .trim_ascii_start()
            .strip_prefix(b";")
            .unwrap_or_else(|| rest.get(length..).unwrap_or_default());
    }
    let first = rest.split(|byte| !byte.is_ascii_alphabetic()).next().unwrap_or_default();
    let is_statement = STATEMENTS.iter().any(|word| first.eq_ignore_ascii_case(word));
    is_statement && rest.split(|byte| *byte == b'\n').any(fills_a_table)
}

/// Whether a line begins a statement that creates or fills a table.
fn fills_a_table(line: &[u8]) -> bool {
    let mut words = line.split(|byte| byte.is_ascii_whitespace() || *byte == b'[').filter(|word| !word.is_empty());
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let is = |word: &[u8], name: &[u8]| word.eq_ignore_ascii_case(name);
    if is(first, b"create") {
        return is(second, b"table") || words.take(3).any(|word| is(word, b"table"));
    }
    let fills =
        is(second, b"into") || words.any(|word| is(word, b"values") || is(word, b"values(") || is(word, b"stdin;"));
    (is(first, b"insert") || is(first, b"replace") || is(first, b"copy")) && fills
}

/// The share of bytes that no text has, above which a head is no text: random bytes have 6 %.
const MAX_ODD_SHARE: f64 = 0.03;

/// Whether every four bytes are a character of text in UTF-32, in one byte order or the other.
fn is_utf32(head: &[u8]) -> bool {
    let is_text = |unit: u32| char::from_u32(unit).is_some_and(|c| !c.is_control() || c.is_ascii_whitespace());
    let units = || head.chunks_exact(4).filter_map(|unit| <[u8; 4]>::try_from(unit).ok());
    let reads_as = |decode: fn([u8; 4]) -> u32| units().all(|unit| is_text(decode(unit)));
    head.len() >= 8 && (reads_as(u32::from_le_bytes) || reads_as(u32::from_be_bytes))
}

/// Whether bytes look like text in some encoding.
///
/// Zero bytes are text where they all stand at even or all at odd places, as in UTF-16, or are rare. Of the other control
/// characters, those that separate (tab, line and page breaks, 1 to 3 of Hive, 26 to 31) count as text.
pub(super) fn is_text(head: &[u8]) -> bool {
    // Whether it says anything, the decoder will find out.
    if is_utf32(head) {
        return true;
    }
    let mut zeros = [0usize; 2];
    let mut odd = 0usize;
    for pair in head.chunks(2) {
        for (parity, byte) in pair.iter().enumerate() {
            match byte {
                0 => zeros.get_mut(parity).map_or((), |n| *n += 1),
                0x04..=0x08 | 0x0e..=0x19 => odd += 1,
                _ => {}
            }
        }
    }
    let share = |n: usize| n as f64 / head.len().max(1) as f64;
    let [even, uneven] = zeros;
    let is_wide = even.min(uneven) * 20 <= even + uneven;
    // Text of two bytes a character has any byte as the lower half.
    let limit = if is_wide && even + uneven > 0 { 2.0 * MAX_ODD_SHARE } else { MAX_ODD_SHARE };
    (is_wide || share(even + uneven) < 0.01) && (odd < 2 || share(odd) <= limit)
}

/// The text with everything that is not ASCII blurred; UTF-16 with a byte order mark becomes bytes.
fn ascii(head: &[u8]) -> Cow<'_, [u8]> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
        Cow::Owned(units.map(|unit| u8::try_from(unit).unwrap_or(b'?')).collect())
    };
    match head {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => Cow::Borrowed(rest),
        other => Cow::Borrowed(other),
    }
}

/// Whether `text`, which may be cut off, is one JSON object or array, or several.
///
/// A table may begin with `[` or `{` too, so what follows must be JSON as far as it goes.
fn is_json(text: &[u8]) -> bool {
    if !matches!(text.first(), Some(b'{' | b'[')) {
        return false;
    }
    if begins_with_member(text) {
        return true;
    }
    for value in serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>() {
        match value {
            Ok(_) => {}
            Err(error) => return error.is_eof() || error.to_string().starts_with("recursion limit"),
        }
    }
    true
}

/// Whether the first thing is an object, or a list of such, with a key in quotes: JSON, however it goes on.
fn begins_with_member(text: &[u8]) -> bool {
    let inside = text.strip_prefix(b"[").unwrap_or(text).trim_ascii_start();
    let member = inside.strip_prefix(b"{").map(<[u8]>::trim_ascii_start).and_then(|rest| rest.strip_prefix(b"\""));
    let Some(key) = member else { return false };
    let end = key.iter().position(|byte| matches!(byte, b'"' | b'\\' | b'\n'));
    end.is_some_and(|end| {
        key.get(end..)
            .and_then(|rest| rest.strip_prefix(b"\""))
            .is_some_and(|rest| rest.trim_ascii_start().starts_with(b":"))
    })
}

/// Four lines: a name after `@`, bases, `+`, and as many qualities as bases.
fn is_fastq(text: &[u8]) -> bool {
    let mut lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    let (Some(name), Some(bases), Some(plus), Some(qualities)) =
        (lines.next(), lines.next(), lines.next(), lines.next())
    else {
        return false;
    };
    name.starts_with(b"@")
        && plus.starts_with(b"+")
        && !bases.is_empty()
        && bases.iter().all(|base| b"ACGTUNacgtun.-".contains(base))
        && qualities.len() == bases.len()
}

/// Archives from before `ustar` have a checksum only: the sum of the header's bytes, its own field read as blanks.
fn is_old_tar(head: &[u8]) -> bool {
    let (Some(header), Some(field)) = (head.get(..512), head.get(148..156)) else {
        return false;
    };
    let digits = field.iter().copied().skip_while(|byte| *byte == b' ').take_while(u8::is_ascii_digit);
    let stored = digits.fold(0u32, |sum, digit| sum * 8 % (1 << 24) + u32::from(digit - b'0'));
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    let own: u32 = field.iter().map(|byte| u32::from(*byte)).sum();
    stored > 0 && stored == sum - own + 8 * u32::from(b' ')
}
