//! How companies write headers.

use super::{Form, Table};

/// A habit of writing headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `客户姓名`
    Chinese,
    /// `customer_name`
    Snake,
    /// `customerName`
    Camel,
    /// `CUSTOMER_NAME`
    Upper,
    /// The first letters of the Chinese words: `KHXM`.
    Initials,
    /// The same in lower case: `khxm`.
    LowerInitials,
    /// No line of headers.
    None,
}

impl Style {
    /// Every habit.
    pub(crate) const ALL: [Self; 7] =
        [Self::Chinese, Self::Snake, Self::Camel, Self::Upper, Self::Initials, Self::LowerInitials, Self::None];

    /// The habit of a variant: the habits take turns.
    pub(crate) fn of(variant: u64) -> Self {
        Self::ALL[variant as usize % Self::ALL.len()]
    }

    /// The header with these spellings: Chinese, English in snake case, and the initials of the Chinese words.
    pub(crate) fn header(self, chinese: &str, english: &str, initials: &str) -> String {
        match self {
            Self::Chinese | Self::None => chinese.to_owned(),
            Self::Snake => english.to_owned(),
            Self::Camel => camel(english),
            Self::Upper => english.to_uppercase(),
            Self::Initials => initials.to_uppercase(),
            Self::LowerInitials => initials.to_lowercase(),
        }
    }

    /// The table, without its header where that is the habit, in one of the forms by turns.
    pub(crate) fn finish(self, table: Table, variant: u64) -> Table {
        let forms = [Form::Csv, Form::Parquet, Form::Tsv, Form::Gb18030, Form::Pipe];
        let form = forms[(variant / Self::ALL.len() as u64 + variant) as usize % forms.len()];
        match self {
            Self::None if form == Form::Parquet => table.without_header(),
            Self::None => table.form(form).without_header(),
            _ => table.form(form),
        }
    }
}

/// `id_no` as `idNo`.
fn camel(snake: &str) -> String {
    let mut words = snake.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut text, word| {
        let mut letters = word.chars();
        text.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        text.push_str(letters.as_str());
        text
    })
}
