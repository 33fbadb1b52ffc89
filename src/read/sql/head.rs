//! What the beginning of a statement says: of which table and which columns rows follow.

use super::lex::{Kind, Lexer, Next, Token};

/// A table with columns in some order. Names are as stored, without their quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Head {
    /// The parts of the table's name: the schema and such, then its own.
    pub(super) table: Vec<Vec<u8>>,
    /// The columns, where the statement names them.
    pub(super) columns: Option<Vec<Vec<u8>>>,
}

/// Why a statement is no head of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The text has to go on to tell.
    More,
    /// It is something else.
    Other,
}

/// Words between `INSERT` and the name of the table.
const BEFORE_NAME: [&str; 14] = [
    "INTO",
    "IGNORE",
    "OR",
    "REPLACE",
    "ROLLBACK",
    "ABORT",
    "FAIL",
    "LOW_PRIORITY",
    "DELAYED",
    "HIGH_PRIORITY",
    "ALL",
    "FIRST",
    "OVERWRITE",
    "TABLE",
];

/// What follows `INSERT` or `REPLACE`, up to and with `VALUES`.
pub(super) fn insert(lexer: &mut Lexer<'_>) -> Result<Head, Stop> {
    let mut token = next(lexer)?;
    while lexer.is_any(&token, &BEFORE_NAME) {
        token = next(lexer)?;
    }
    let (table, mut token) = name(lexer, token)?;
    let mut columns = None;
    if token.kind == Kind::Mark(b'(') {
        columns = Some(list(lexer)?);
        token = next(lexer)?;
    }
    while lexer.is_any(&token, &["OVERRIDING", "SYSTEM", "USER"]) {
        token = next(lexer)?;
    }
    if lexer.is_any(&token, &["VALUES", "VALUE"]) { Ok(Head { table, columns }) } else { Err(Stop::Other) }
}

/// What follows `COPY`, up to the end of the line: the rows begin behind it.
pub(super) fn copy(lexer: &mut Lexer<'_>) -> Result<Head, Stop> {
    let token = next(lexer)?;
    let (table, mut token) = name(lexer, token)?;
    let mut columns = None;
    if token.kind == Kind::Mark(b'(') {
        columns = Some(list(lexer)?);
        token = next(lexer)?;
    }
    for expected in ["FROM", "STDIN"] {
        if !lexer.is(&token, expected) {
            return Err(Stop::Other);
        }
        token = next(lexer)?;
    }
    // With options, lines may be anything.
    if token.kind != Kind::Mark(b';') {
        return Err(Stop::Other);
    }
    let rest = lexer.text.get(lexer.at..).unwrap_or_default();
    match memchr::memchr(b'\n', rest) {
        Some(length) => lexer.at += length + 1,
        None if lexer.ended => lexer.at = lexer.text.len(),
        None => return Err(Stop::More),
    }
    Ok(Head { table, columns })
}

/// What follows `CREATE`, up to the bracket behind the columns.
pub(super) fn create(lexer: &mut Lexer<'_>) -> Result<Head, Stop> {
    /// `GLOBAL TEMPORARY`, `UNLOGGED`, `OR REPLACE` and the like.
    const MAX_WORDS: usize = 4;
    let mut token = next(lexer)?;
    for _ in 0..MAX_WORDS {
        if token.kind != Kind::Word || lexer.is(&token, "TABLE") {
            break;
        }
        token = next(lexer)?;
    }
    if !lexer.is(&token, "TABLE") {
        return Err(Stop::Other);
    }
    token = next(lexer)?;
    while lexer.is_any(&token, &["IF", "NOT", "EXISTS"]) {
        token = next(lexer)?;
    }
    let (table, token) = name(lexer, token)?;
    if token.kind != Kind::Mark(b'(') {
        return Err(Stop::Other);
    }
    Ok(Head { table, columns: Some(definitions(lexer)?) })
}

/// Words that begin what is no column in a list of columns.
const CONSTRAINTS: [&str; 12] = [
    "PRIMARY",
    "KEY",
    "UNIQUE",
    "INDEX",
    "CONSTRAINT",
    "FOREIGN",
    "CHECK",
    "FULLTEXT",
    "SPATIAL",
    "EXCLUDE",
    "LIKE",
    "PERIOD",
];

/// The names in the definitions of columns, behind the opening bracket.
fn definitions(lexer: &mut Lexer<'_>) -> Result<Vec<Vec<u8>>, Stop> {
    let (mut columns, mut depth, mut begins) = (Vec::new(), 1, true);
    while depth > 0 {
        let token = next(lexer)?;
        match token.kind {
            Kind::Mark(b'(') => depth += 1,
            Kind::Mark(b')') => depth -= 1,
            Kind::Mark(b',') if depth == 1 => {
                begins = true;
                continue;
            }
            Kind::Word | Kind::Quoted(_) if begins && !lexer.is_any(&token, &CONSTRAINTS) => {
                columns.push(unquoted(lexer, &token));
            }
            _ => {}
        }
        begins = false;
        lexer.brackets = depth == 1;
    }
    Ok(columns)
}

/// The names in a bracket, behind the opening one.
fn list(lexer: &mut Lexer<'_>) -> Result<Vec<Vec<u8>>, Stop> {
    let mut names = Vec::new();
    loop {
        let token = next(lexer)?;
        match token.kind {
            Kind::Word | Kind::Quoted(_) => names.push(unquoted(lexer, &token)),
            _ => return Err(Stop::Other),
        }
        match next(lexer)?.kind {
            Kind::Mark(b',') => {}
            Kind::Mark(b')') => return Ok(names),
            _ => return Err(Stop::Other),
        }
    }
}

/// The name of a table that begins with `token`, and the token behind it.
fn name(lexer: &mut Lexer<'_>, mut token: Token) -> Result<(Vec<Vec<u8>>, Token), Stop> {
    let mut parts = Vec::new();
    loop {
        let open = match token.kind {
            Kind::Word => {
                let word = lexer.slice(token.inner);
                parts.extend(word.split(|byte| *byte == b'.').filter(|part| !part.is_empty()).map(<[u8]>::to_vec));
                word.ends_with(b".")
            }
            Kind::Quoted(_) => {
                parts.push(unquoted(lexer, &token));
                false
            }
            Kind::Mark(_) | Kind::Comment => return Err(Stop::Other),
        };
        token = next(lexer)?;
        if !open {
            if token.kind != Kind::Mark(b'.') {
                return Ok((parts, token));
            }
            token = next(lexer)?;
        }
    }
}

/// A name without its quotes; one inside of them is doubled.
fn unquoted(lexer: &Lexer<'_>, token: &Token) -> Vec<u8> {
    let inner = lexer.slice(token.inner);
    let Kind::Quoted(quote) = token.kind else { return inner.to_vec() };
    let mut name = Vec::with_capacity(inner.len());
    for byte in inner {
        if !(*byte == quote && name.last() == Some(&quote)) {
            name.push(*byte);
        }
    }
    name
}

/// The next token that is no comment.
fn next(lexer: &mut Lexer<'_>) -> Result<Token, Stop> {
    loop {
        match lexer.next() {
            Next::Token(token) if token.kind == Kind::Comment => {}
            Next::Token(token) => return Ok(token),
            Next::More => return Err(Stop::More),
            Next::Open | Next::End => return Err(Stop::Other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lex::{Dialect, Lexer};
    use super::{Head, Stop, copy, create, insert};

    fn shown(read: fn(&mut Lexer<'_>) -> Result<Head, Stop>, text: &str) -> String {
        let dialect = Dialect { escapes: false, pairs: false };
        let mut lexer = Lexer { text: text.as_bytes(), at: 0, ended: true, dialect, brackets: true, first: true };
        let join =
            |names: &[Vec<u8>], by| names.iter().map(|n| String::from_utf8_lossy(n)).collect::<Vec<_>>().join(by);
        match read(&mut lexer) {
            Ok(head) => {
                let columns = head.columns.map_or("?".to_owned(), |columns| join(&columns, ","));
                format!("{} {columns} | {}", join(&head.table, "/"), text.get(lexer.at..).unwrap())
            }
            Err(stop) => format!("{stop:?}"),
        }
    }

    #[test]
    fn heads_of_all_dialects() {
        for (text, expected) in [
            ("INTO t VALUES (1)", "t ? |  (1)"),
            ("INTO `a`.`t` (`x`,`y`) VALUES (1)", "a/t x,y |  (1)"),
            ("[dbo].[t] ([x], [y]) VALUES (1)", "dbo/t x,y |  (1)"),
            ("INTO public.\"T\" (x, \"y\"\"z\") OVERRIDING SYSTEM VALUE VALUES (1)", "public/T x,y\"z |  VALUES (1)"),
            ("IGNORE INTO t(x)VALUES(1)", "t x | (1)"),
            ("INTO 客户 (姓名) /* c */ values (1)", "客户 姓名 |  (1)"),
            ("INTO t SELECT 1", "Other"),
            ("INTO t (SELECT 1)", "Other"),
            ("INTO t SET a = 1", "Other"),
        ] {
            assert_eq!(shown(insert, text), expected, "{text}");
        }
        assert_eq!(shown(copy, "public.t (a, b) FROM stdin;\n1\t2"), "public/t a,b | 1\t2");
        assert_eq!(shown(copy, "t FROM stdin WITH (FORMAT csv);\n"), "Other");
        assert_eq!(
            shown(create, "TABLE IF NOT EXISTS `t` (`a` int(20) DEFAULT ',', b decimal(3,2), PRIMARY KEY (`a`)) X"),
            "t a,b |  X"
        );
        assert_eq!(shown(create, "GLOBAL TEMPORARY TABLE [t]([a] [int], [b] [varchar](9) CHECK (b > 1))"), "t a,b | ");
        assert_eq!(shown(create, "INDEX i ON t (a)"), "Other");
    }
}
