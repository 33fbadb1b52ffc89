//! How the tables of this half are put together: headers by variant, columns of rows, and what stays true of a table
//! that loses its headers.

use crate::benchmark::{Form, Table, value};
use exportscan::demo::Random;

/// Classes that columns often have.
pub(super) const NAME: &[&str] = &["person.name"];
pub(super) const BORN: &[&str] = &["person.birth_date"];
pub(super) const MOBILE: &[&str] = &["contact.mobile"];
pub(super) const LANDLINE: &[&str] = &["contact.landline"];
pub(super) const MAIL: &[&str] = &["contact.email"];
pub(super) const HOME: &[&str] = &["contact.address"];
pub(super) const RESIDENT: &[&str] = &["identity.resident_id"];
pub(super) const PASSPORT: &[&str] = &["identity.passport"];
pub(super) const ACCOUNT: &[&str] = &["account.user"];
pub(super) const CARD: &[&str] = &["finance.bank_card"];
pub(super) const PLATE: &[&str] = &["vehicle.plate"];
pub(super) const VIN: &[&str] = &["vehicle.vin"];
pub(super) const DEVICE: &[&str] = &["device.id"];
pub(super) const IP: &[&str] = &["network.ip"];
pub(super) const POINT: &[&str] = &["location.point"];
pub(super) const COMPANY: &[&str] = &["org.uscc"];
pub(super) const DIAGNOSIS: &[&str] = &["health.diagnosis"];
pub(super) const NONE: &[&str] = &[];

/// Classes that a reader sees in the values alone.
const EVIDENT: &[&str] = &[
    "person.name",
    "contact.mobile",
    "contact.email",
    "contact.address",
    "identity.resident_id",
    "identity.residence_permit",
    "finance.bank_card",
    "vehicle.vin",
    "vehicle.plate",
    "org.uscc",
    "network.ip",
    "vehicle.track",
];

/// The variant's spelling of a header, of those between the `|`.
pub(super) fn head(variant: u64, spellings: &str) -> String {
    let spellings: Vec<&str> = spellings.split('|').collect();
    spellings[variant as usize % spellings.len()].to_owned()
}

/// A field of every row.
pub(super) fn of<T>(rows: &[T], field: impl Fn(&T) -> &String) -> Vec<String> {
    rows.iter().map(|row| field(row).clone()).collect()
}

/// A text made of every row.
pub(super) fn per<T>(rows: &[T], text: impl FnMut(&T) -> String) -> Vec<String> {
    rows.iter().map(text).collect()
}

/// `n` of these texts.
pub(super) fn some(random: &mut Random, n: usize, texts: &[&'static str]) -> Vec<String> {
    (0..n).map(|_| random.pick(texts).to_owned()).collect()
}

/// `n` rows of these, the first `all.len()` of them in turn, so that everybody is there.
pub(super) fn rows_of<T: Clone>(random: &mut Random, n: usize, all: &[T]) -> Vec<T> {
    (0..n)
        .map(|at| if at < all.len() { all[at].clone() } else { all[random.below(all.len() as u64) as usize].clone() })
        .collect()
}

/// How many different texts.
pub(super) fn count(cells: &[String]) -> usize {
    cells.iter().collect::<std::collections::BTreeSet<_>>().len()
}

/// The table, written in one of the forms by turns.
pub(super) fn written(table: Table, turn: u64) -> Table {
    let forms = [Form::Csv, Form::Gb18030, Form::Parquet, Form::Tsv, Form::Csv, Form::Pipe];
    table.form(forms[turn as usize % forms.len()])
}

/// The table without its headers.
pub(super) fn unnamed(table: Table) -> Table {
    let form = if table.form == Form::Parquet { Form::Csv } else { table.form };
    values_only(table).form(form).without_header()
}

/// The table with headers that say nothing, of which `spelling` writes the one of each place.
pub(super) fn meaningless(mut table: Table, spelling: impl Fn(usize) -> String) -> Table {
    for (at, column) in table.columns.iter_mut().enumerate() {
        column.header = spelling(at);
    }
    values_only(table)
}

/// The table with every header one place to the right of its column.
pub(super) fn shifted(mut table: Table) -> Table {
    let mut headers: Vec<String> = table.columns.iter().map(|column| column.header.clone()).collect();
    headers.rotate_right(1);
    for (column, header) in table.columns.iter_mut().zip(headers) {
        column.header = header;
    }
    // What a wrong header says may be believed of its column where nothing in the values contradicts it.
    values_only(table)
}

/// What only headers tell need not be found any more; nor is it known then who has no other identifier.
fn values_only(mut table: Table) -> Table {
    const STRONG: &[&str] = &[
        "identity.resident_id",
        "contact.mobile",
        "contact.email",
        "finance.bank_card",
        "vehicle.vin",
        "vehicle.plate",
    ];
    for column in &mut table.columns {
        let (kept, lost): (Vec<_>, Vec<_>) = column.classes.iter().partition(|class| EVIDENT.contains(class));
        column.classes = kept;
        column.may.extend(lost);
    }
    let (kept, lost): (Vec<_>, Vec<_>) = table.records.iter().partition(|class| EVIDENT.contains(class));
    table.records = kept;
    table.may.extend(lost);
    if !table.columns.iter().any(|column| column.classes.iter().any(|class| STRONG.contains(class))) {
        table.subjects = None;
    }
    table
}

/// A table of columns in which nothing is to be found.
pub(super) fn plain(name: String, columns: Vec<(String, Vec<String>)>) -> Table {
    columns.into_iter().fold(Table::new(name), |table, (header, cells)| table.column(header, NONE, cells))
}

/// `n` codes after a pattern: `#` is a digit, `@` a capital letter, `$` a hexadecimal digit, `~` a day as `20240315`.
pub(super) fn codes(random: &mut Random, n: usize, pattern: &str) -> Vec<String> {
    let mut code = || {
        pattern.chars().fold(String::new(), |code, c| match c {
            '#' => code + &random.digits(1),
            '@' => code + &random.string(b"ABCDEFGHJKLMNPRSTUVWXYZ", 1),
            '$' => code + &random.string(b"0123456789abcdef", 1),
            '~' => code + &value::day(random, 2019, 2024).replace('-', ""),
            _ => code + &c.to_string(),
        })
    };
    (0..n).map(|_| code()).collect()
}

/// `n` numbers with this many decimals.
pub(super) fn numbers(random: &mut Random, n: usize, low: i64, high: i64, decimals: u32) -> Vec<String> {
    value::values(random, n, |random| value::decimal(random, low, high, decimals))
}

/// `n` days of the last years.
pub(super) fn days(random: &mut Random, n: usize) -> Vec<String> {
    value::values(random, n, |random| value::day(random, 2021, 2024))
}

/// `n` times of the last years.
pub(super) fn times(random: &mut Random, n: usize) -> Vec<String> {
    value::values(random, n, |random| value::time(random, 2021, 2024))
}

/// `n` spans of this many minutes in a year: when each begins and when it ends.
pub(super) fn spans(random: &mut Random, n: usize, minutes: (i64, i64)) -> (Vec<String>, Vec<String>) {
    let mut span = || {
        let (month, day, start) = (random.between(1, 12), random.between(1, 20), random.between(0, 86_399));
        let end = start + 60 * random.between(minutes.0, minutes.1) + random.between(0, 59);
        let at = |seconds: i64| value::clock(&format!("2024-{month:02}-{:02}", day + seconds / 86_400), seconds);
        (at(start), at(end))
    };
    (0..n).map(|_| span()).unzip()
}
