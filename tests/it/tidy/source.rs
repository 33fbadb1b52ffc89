//! Rust source taken apart: code without comments and strings, and comments by line.

/// One file.
pub(super) struct SourceFile {
    /// Its path from the root of the repository, with `/` between parts.
    pub(super) path: String,
    /// The code: comments gone, what stands inside string and character literals blanked.
    pub(super) code: String,
    /// Comments that are not documentation, each with its line, the slashes gone.
    pub(super) comments: Vec<(usize, String)>,
    /// Everything.
    pub(super) text: String,
}

impl SourceFile {
    /// Takes `text` apart.
    pub(super) fn new(path: String, text: String) -> Self {
        let (code, comments) = split(&text);
        Self { path, code, comments, text }
    }

    /// The code without modules that are there for tests alone.
    pub(super) fn shipped_code(&self) -> String {
        let mut shipped = String::new();
        let mut rest = self.code.as_str();
        while let Some(at) = rest.find("#[cfg(test)]") {
            shipped.push_str(&rest[..at]);
            let item = &rest[at..];
            let end = match (item.find('{'), item.find(';')) {
                (Some(open), semicolon) if semicolon.is_none_or(|semicolon| open < semicolon) => block_end(item, open),
                (_, Some(semicolon)) => semicolon + 1,
                _ => item.len(),
            };
            rest = &item[end..];
        }
        shipped.push_str(rest);
        shipped
    }

    /// Modules of other files that this one declares for tests alone.
    pub(super) fn test_modules(&self) -> Vec<String> {
        let parts = self.code.split("#[cfg(test)]").skip(1);
        let declared = parts.filter_map(|part| part.split_once("mod ")?.1.split_once(';').map(|(name, _)| name.trim()));
        declared.filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_')).map(str::to_owned).collect()
    }
}

fn block_end(text: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at < open) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

fn split(text: &str) -> (String, Vec<(usize, String)>) {
    let (mut code, mut comments) = (String::new(), Vec::new());
    let (mut rest, mut line) = (text, 1);
    while let Some(c) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            let end = rest.find('\n').unwrap_or(rest.len());
            if !rest.starts_with("///") && !rest.starts_with("//!") {
                comments.push((line, rest[2..end].trim().to_owned()));
            }
            end
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if let Some(length) = literal(rest, code.chars().last()) {
            code.push_str("\"\"");
            length
        } else {
            code.push(c);
            c.len_utf8()
        };
        let taken = &rest[..length];
        let n_breaks = taken.matches('\n').count();
        if !taken.starts_with('\n') {
            code.extend(std::iter::repeat_n('\n', n_breaks));
        }
        line += n_breaks;
        rest = &rest[length..];
    }
    (code, comments)
}

/// The length of the string or character literal that `rest` begins with.
fn literal(rest: &str, before: Option<char>) -> Option<usize> {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if !in_word && let Some(raw) = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r')) {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let prefix = rest.len() - raw.len() + hashes + 1;
            let close = format!("\"{}", "#".repeat(hashes));
            return Some(rest[prefix..].find(&close).map_or(rest.len(), |at| prefix + at + close.len()));
        }
    }
    if rest.starts_with('"') {
        return Some(quoted(rest, '"'));
    }
    let inside = rest.strip_prefix('\'')?;
    let is_character = inside.starts_with('\\') || inside.chars().nth(1) == Some('\'');
    is_character.then(|| quoted(rest, '\''))
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[test]
fn takes_source_apart() {
    let text =
        "let a = \"// no\"; // yes\nlet b = 'x'; let c: &'static str = r#\"crate::no \"\n\"#;\n/// doc\nfn d() {}\n";
    let file = SourceFile::new("a.rs".to_owned(), text.to_owned());
    assert_eq!(file.code, "let a = \"\"; \nlet b = \"\"; let c: &'static str = \"\"\n;\n\nfn d() {}\n");
    assert_eq!(file.comments, [(1, "yes".to_owned())]);
}

#[test]
fn leaves_tests_out() {
    let text = "use a;\n#[cfg(test)]\nmod tests {\n    use crate::b;\n}\n#[cfg(test)]\nmod more;\nuse c;\n";
    let file = SourceFile::new("a.rs".to_owned(), text.to_owned());
    assert_eq!(file.shipped_code().split_whitespace().collect::<Vec<_>>(), ["use", "a;", "use", "c;"]);
    assert_eq!(file.test_modules(), ["more"]);
}
