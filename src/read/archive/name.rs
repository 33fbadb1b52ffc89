//! Names of entries: in which characters they are written, and how they are shown.

use encoding_rs::GB18030;

/// A name as text: UTF-8 where it is, otherwise what Chinese Windows writes.
pub(super) fn decoded(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(name).0.into_owned(),
    }
}

/// A name as a part of a URI, and whether it is all there: `/` between parts, none at the beginning, no control characters.
pub(super) fn harmless(name: &str, most_chars: usize) -> (String, bool) {
    let mut shown = String::new();
    let mut parts = name.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").peekable();
    while let Some(part) = parts.next() {
        shown.extend(part.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }));
        if parts.peek().is_some() {
            shown.push('/');
        }
    }
    if shown.is_empty() {
        shown.push(char::REPLACEMENT_CHARACTER);
    }
    match shown.char_indices().nth(most_chars) {
        Some((at, _)) => {
            shown.truncate(at);
            shown.push('…');
            (shown, false)
        }
        None => (shown, true),
    }
}

#[cfg(test)]
mod tests {
    use super::{decoded, harmless};

    #[test]
    fn names_are_only_names() {
        let cases = [
            ("a/b.csv", "a/b.csv"),
            ("/etc/passwd", "etc/passwd"),
            ("..\\..\\a.csv", "../../a.csv"),
            ("./a//b/", "a/b"),
            ("a\0b\n\u{1b}[2J.csv", "a\u{fffd}b\u{fffd}\u{fffd}[2J.csv"),
            ("", "\u{fffd}"),
            ("///", "\u{fffd}"),
        ];
        for (name, shown) in cases {
            assert_eq!(harmless(name, 100), (shown.to_owned(), true), "{name:?}");
        }
        assert_eq!(harmless("车辆数据.csv", 4), ("车辆数据…".to_owned(), false));
    }

    #[test]
    fn names_are_decoded() {
        let cases: [(&[u8], &str); 4] = [
            (b"a.csv", "a.csv"),
            ("车.csv".as_bytes(), "车.csv"),
            (b"\xb3\xb5\xd6\xf7.csv", "车主.csv"),
            (b"\xff.csv", "\u{fffd}.csv"),
        ];
        for (name, text) in cases {
            assert_eq!(decoded(name), text);
        }
    }
}
