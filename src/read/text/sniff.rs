//! Finds the dialect of a text by looking: the delimiter that cuts a sample into records of equal width and cells that
//! look like something.
//!
//! The score is that of van den Burg, Nazabal and Sutton, "Wrangling messy CSV files by detecting row and type
//! patterns" (2019), in the large: regularity of the rows times the share of cells of a known kind.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::shape::Kind;
use super::split::{Dialect, Record, Splitter};

/// The records of a sample, as text.
pub(in crate::read) type Rows = Vec<Vec<String>>;

/// What a sample looks like.
#[derive(Clone, Debug)]
pub(super) struct Look {
    /// How it is cut.
    pub(super) dialect: Dialect,
    /// Whether it is a table; otherwise it is lines of prose, of a log, of a program.
    pub(super) table: bool,
    /// The sample, cut.
    pub(super) rows: Rows,
}

/// What a file's name says, where its content leaves a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// `.csv`, `.tsv` and the like.
    Table,
    /// Anything else.
    Nothing,
}

impl Hint {
    /// The hint of a file name, with or without the extension of a compression.
    pub(super) fn of(uri: &str) -> Self {
        let name = uri.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let name = [".gz", ".zst", ".gzip", ".zstd", ".bz2", ".xz"]
            .iter()
            .find_map(|end| name.strip_suffix(end))
            .unwrap_or(&name);
        if [".csv", ".tsv", ".tab", ".psv"].iter().any(|end| name.ends_with(end)) { Self::Table } else { Self::Nothing }
    }
}

/// How many records of a sample are judged.
const MAX_ROWS: usize = 500;

/// Delimiters, with what a doubt about them costs: a colon is more often a part of a time than a delimiter.
const DELIMITERS: [(u8, f64); 9] =
    [(b',', 1.0), (b'\t', 1.0), (b';', 1.0), (b'|', 1.0), (1, 1.0), (b'^', 0.9), (b'~', 0.9), (b':', 0.5), (b' ', 0.4)];

/// A candidate must beat the one before it by this much: quotes are rather there than not, escapes rather not.
const MARGIN: f64 = 0.005;

/// Below this share of records of equal width, or of cells of a known kind, text is no table.
const MIN_SHARE: f64 = 0.6;

/// What it costs a delimiter that is not in the first line where another cuts every line alike: lists of numbers in the
/// cells of a table cut well too.
const UNEVEN: f64 = 0.5;

/// What it costs to take quotes for text where they stand around cells: a list of numbers in quotes cuts well without them.
const UNQUOTED: f64 = 0.5;

/// Looks at a sample.
pub(super) fn look(sample: &str, hint: Hint) -> Look {
    if is_other_language(sample) {
        return Look { dialect: Dialect::LINES, table: false, rows: cut(sample, Dialect::LINES) };
    }
    let mut best: Option<(f64, Dialect, Rows)> = None;
    for (dialect, weight) in candidates(sample) {
        let rows = cut(sample, dialect);
        let to_beat = best.as_ref().map_or(0.0, |(least, ..)| least + MARGIN);
        if let Some(score) = score(&rows, dialect, hint, to_beat / weight) {
            best = Some((score * weight, dialect, rows));
        }
    }
    match best {
        Some((_, dialect, rows)) => Look { dialect, table: true, rows },
        None => one_column(sample, hint),
    }
}

/// Objects, markup and statements are regular too, and are no tables.
fn is_other_language(sample: &str) -> bool {
    let start = sample.trim_start();
    let statement = |line: &str| {
        let words: Vec<String> = line.split_whitespace().take(2).map(str::to_ascii_lowercase).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        matches!(words.as_slice(), ["insert", "into"] | ["create", "table"])
    };
    let array = start.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['{', '[', '"']));
    array || start.starts_with('{') || start.starts_with('<') || start.lines().take(100).any(statement)
}

/// The delimiter that stands as often in every line as in the first.
fn even_delimiter(lines: &[&str]) -> Option<u8> {
    let count = |line: &str, delimiter: u8| memchr::memchr_iter(delimiter, line.as_bytes()).count();
    let mut strong = DELIMITERS.iter().filter(|(_, weight)| *weight >= 1.0).map(|(delimiter, _)| *delimiter);
    strong.find(|delimiter| {
        let first = lines.first().map_or(0, |line| count(line, *delimiter));
        first > 0 && lines.len() > 2 && lines.iter().all(|line| count(line, *delimiter) == first)
    })
}

/// Whether in a good part of the lines a quote begins behind the delimiter and another ends before it.
fn quotes_cells(lines: &[&str], mark: char) -> bool {
    let (begins, ends) = (format!("{mark}\""), format!("\"{mark}"));
    let is_quoted = |line: &&&str| {
        (line.starts_with('"') || line.contains(&begins)) && (line.ends_with('"') || line.contains(&ends))
    };
    lines.iter().filter(is_quoted).count() * 3 >= lines.len()
}

/// The dialects that are worth a try, the usual ones first.
fn candidates(sample: &str) -> Vec<(Dialect, f64)> {
    let lines: Vec<&str> = sample.lines().filter(|line| !line.trim().is_empty()).take(MAX_ROWS).collect();
    let mut all = Vec::new();
    let is_even = even_delimiter(&lines);
    for (delimiter, weight) in DELIMITERS {
        let mark = char::from(delimiter);
        let with = lines.iter().filter(|line| line.contains(mark)).count();
        if with == 0 {
            continue;
        }
        // A cell with quotes may hold many lines without a delimiter.
        let quotes = sample.contains('"');
        if !quotes && (with as f64) < MIN_SHARE * 0.5 * lines.len() as f64 {
            continue;
        }
        let weight =
            if is_even.is_some_and(|even| even != delimiter) && lines.first().is_none_or(|line| !line.contains(mark)) {
                weight * UNEVEN
            } else {
                weight
            };
        let runs = delimiter == b' ';
        let base = Dialect { runs, ..Dialect::delimited(delimiter) };
        if !quotes && !matches!(delimiter, b',' | b';' | b'\t') {
            all.push((Dialect { quote: None, ..base }, weight));
        } else {
            all.push((base, weight));
        }
        let near = |before: &str, behind: &str| sample.contains(&format!("{before}{mark}{behind}"));
        if quotes {
            let doubt = if quotes_cells(&lines, mark) { UNQUOTED } else { 1.0 };
            all.push((Dialect { quote: None, ..base }, weight * doubt));
            if near("", " \"") {
                all.push((Dialect { padded: true, ..base }, weight));
            }
        }
        if near("'", "") && near("", "'") || near("'", "'") {
            all.push((Dialect { quote: Some(b'\''), ..base }, weight));
        }
        if sample.contains("\\\"") || near("\\", "") {
            all.push((Dialect { escape: Some(b'\\'), ..base }, weight));
        }
    }
    all
}

/// Cuts a sample.
pub(super) fn cut(sample: &str, dialect: Dialect) -> Rows {
    let block = sample.as_bytes();
    let mut rows = Rows::new();
    let mut on_record = |record: Record<'_>| {
        let text = |cell: &super::split::Cell| {
            if let Some(plain) = sample.get(cell.range()).filter(|_| !cell.marked) {
                return plain.to_owned();
            }
            let mut undone = Vec::new();
            Splitter::undo(dialect, block.get(cell.range()).unwrap_or_default(), cell.is_quoted(), &mut undone);
            String::from_utf8_lossy(&undone).into_owned()
        };
        rows.push(record.cells.iter().map(text).collect());
        if rows.len() < MAX_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let mut splitter = Splitter::new(dialect);
    if splitter.feed(block, 0, &mut on_record).is_continue() {
        let _ = splitter.finish(block, &mut on_record);
    }
    rows
}

/// The width that most records have, where more cells are worth a few records; with how many have it.
pub(in crate::read) fn usual_width(rows: &[Vec<String>]) -> (usize, usize) {
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        *widths.entry(row.len()).or_default() += 1;
    }
    let worth = |width: usize, n: usize| n as f64 * (1.0 - 1.0 / width as f64);
    widths.into_iter().max_by(|a, b| worth(a.0, a.1).total_cmp(&worth(b.0, b.1))).unwrap_or((0, 0))
}

/// How good a cut is; `None` where it is none, or not better than `to_beat`.
fn score(rows: &[Vec<String>], dialect: Dialect, hint: Hint, to_beat: f64) -> Option<f64> {
    let (width, _) = usual_width(rows);
    if width < 2 {
        return None;
    }
    let first = rows.iter().position(|row| row.len() == width)?;
    let body = rows.get(first..)?;
    let regular: Vec<&Vec<String>> = body.iter().filter(|row| row.len() == width).collect();
    let share = regular.len() as f64 / body.len() as f64;
    // As good as it is where every cell is of a known kind, which takes long to see.
    let regularity = share * share * (1.0 - 1.0 / (width + 1) as f64);
    if regularity <= to_beat {
        return None;
    }
    let kinds: Vec<Kind> = regular.iter().flat_map(|row| row.iter().map(|cell| Kind::of(cell))).collect();
    let known = kinds.iter().filter(|kind| **kind != Kind::Odd).count() as f64 / kinds.len().max(1) as f64;
    if share < MIN_SHARE || known < MIN_SHARE || is_prose(&regular, dialect, hint) {
        return None;
    }
    // One line is regular whatever it is cut at.
    if regular.len() < 2 && hint == Hint::Nothing {
        return None;
    }
    if matches!(dialect.delimiter, Some(b' ' | b':')) && !is_very_regular(&regular, dialect, share) {
        return None;
    }
    Some(regularity * known).filter(|score| *score > to_beat)
}

/// Few cells with many words each: a sentence with a comma.
fn is_prose(rows: &[&Vec<String>], dialect: Dialect, hint: Hint) -> bool {
    const MAX_WORDS: f64 = 4.0;
    const ENDS: [char; 6] = ['.', '!', '?', '。', '！', '？'];
    let width = rows.first().map_or(0, |row| row.len());
    if hint == Hint::Table || width > 3 || !matches!(dialect.delimiter, Some(b',' | b';' | b':' | b' ')) {
        return false;
    }
    let cells = rows.iter().flat_map(|row| row.iter());
    let (n_cells, n_words) = cells.fold((0, 0), |(n, words), cell| (n + 1, words + cell.split_whitespace().count()));
    let n_sentences = rows.iter().filter(|row| row.last().is_some_and(|cell| cell.trim_end().ends_with(ENDS))).count();
    n_words as f64 > MAX_WORDS * f64::from(n_cells) || n_sentences * 2 > rows.len()
}

/// Blanks and colons part cells only where every line agrees and there are numbers in columns.
fn is_very_regular(rows: &[&Vec<String>], dialect: Dialect, share: f64) -> bool {
    const MIN_ROWS: usize = 5;
    let width = rows.first().map_or(0, |row| row.len());
    let body = rows.get(1..).unwrap_or_default();
    let is_number = |column: usize| {
        let of = |row: &&Vec<String>| {
            row.get(column).is_some_and(|cell| matches!(Kind::of(cell), Kind::Number | Kind::Empty))
        };
        body.iter().all(of)
    };
    let n_numbers = (0..width).filter(|column| is_number(*column)).count();
    // `12:30:05` and `2024-01-01 12:30` are one value.
    let whole = |row: &&Vec<String>| Kind::of(&row.join(if dialect.runs { " " } else { ":" })).is_specific();
    rows.len() >= MIN_ROWS && share > 0.98 && n_numbers * 2 >= width && !rows.iter().any(whole)
}

/// Text that nothing parts: one value a line, or lines of something else.
fn one_column(sample: &str, hint: Hint) -> Look {
    let quoted = Dialect::delimited(b',');
    let rows = cut(sample, quoted);
    if sample.starts_with('"') && rows.iter().all(|row| row.len() == 1) {
        return Look { dialect: quoted, table: true, rows };
    }
    let rows = cut(sample, Dialect::LINES);
    let table = is_list(&rows, hint);
    Look { dialect: Dialect::LINES, table, rows }
}

fn is_list(rows: &[Vec<String>], hint: Hint) -> bool {
    const MAX_CHARS: usize = 64;
    const USUAL_CHARS: usize = 24;
    const ENDS: [char; 11] = ['.', '。', '!', '！', '?', '？', ';', '；', '{', '}', ','];
    let cells: Vec<&str> = rows.iter().flatten().map(|cell| cell.trim()).collect();
    let n_specific = cells.iter().skip(1).filter(|cell| Kind::of(cell).is_specific()).count();
    if cells.len() > 1 && n_specific as f64 > 0.8 * (cells.len() - 1) as f64 {
        return true;
    }
    let n_chars: usize = cells.iter().map(|cell| cell.chars().count()).sum();
    let short = cells.iter().all(|cell| cell.chars().count() <= MAX_CHARS) && n_chars <= USUAL_CHARS * cells.len();
    let n_sentences = cells.iter().filter(|cell| cell.ends_with(ENDS)).count();
    let min_rows = if hint == Hint::Table { 2 } else { 4 };
    cells.len() >= min_rows && (hint == Hint::Table || short && n_sentences * 10 < cells.len())
}

#[cfg(test)]
mod tests {
    use super::{Dialect, Hint, look};

    #[test]
    fn looks() {
        let delimited = |delimiter| Some(Dialect::delimited(delimiter));
        let unquoted = |delimiter| Some(Dialect { quote: None, ..Dialect::delimited(delimiter) });
        let cases = [
            ("a,b\n1,2\n", delimited(b',')),
            ("a;b\n1,5;2\n3;4,5\n", delimited(b';')),
            ("a|b\n1|2\n", unquoted(b'|')),
            ("a|b\n\"1|1\"|2\n", delimited(b'|')),
            ("a,b\n\"x\\\"y\",2\nz,3\n", Some(Dialect { escape: Some(b'\\'), ..Dialect::delimited(b',') })),
            ("a,b\nx\\,y,2\nz,3\n", Some(Dialect { escape: Some(b'\\'), ..Dialect::delimited(b',') })),
            ("a, b\nx, \"y, z\"\nu, v\n", Some(Dialect { padded: true, ..Dialect::delimited(b',') })),
            ("a,b\n'x,y','z'\n'u','v'\n", Some(Dialect { quote: Some(b'\''), ..Dialect::delimited(b',') })),
            (
                "1  2   3\n4  5   6\n10 20  30\n1 1 1\n2 2 2\n",
                Some(Dialect { runs: true, quote: None, ..Dialect::delimited(b' ') }),
            ),
            ("12:30:05\n12:30:06\n12:30:07\n12:30:08\n12:30:09\n", Some(Dialect::LINES)),
            ("{\"a\": 1, \"b\": 2}\n{\"a\": 3, \"b\": 4}\n", None),
            ("<a>\n<b x=\"1\"/>\n</a>\n", None),
            ("INSERT INTO t VALUES (1, 'a');\nINSERT INTO t VALUES (2, 'b');\n", None),
        ];
        for (text, dialect) in cases {
            let look = look(text, Hint::Nothing);
            assert_eq!(look.table.then_some(look.dialect), dialect, "{text}");
        }
    }
}
