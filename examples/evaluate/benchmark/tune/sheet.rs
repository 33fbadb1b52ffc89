//! A table in the making, and what fills its columns.

use crate::benchmark::{Form, Table, style::Style, value};
use exportscan::{demo::Random, model::Class};

/// A table in the making: its headers follow the habit of its variant.
pub(super) struct Sheet {
    style: Style,
    variant: u64,
    table: Table,
}

impl Sheet {
    /// A table with the habit of writing headers, and the form, of this variant.
    pub(super) fn new(variant: u64, name: &str) -> Self {
        Self { style: Style::of(variant), variant, table: Table::new(name) }
    }

    /// The same with headers in one habit, whatever the variant.
    pub(super) fn styled(variant: u64, style: Style, name: &str) -> Self {
        Self { style, variant, table: Table::new(name) }
    }

    /// Adds a column.
    ///
    /// `classes` names classes with blanks between. One with `?` in front need not be found. One with `~` must be found
    /// where a header says it in words, and need not where there is no header or only initials; one with `!` the other
    /// way round.
    ///
    /// `header` is `Chinese|english|INITIALS`, or what stands there whatever the habit is.
    pub(super) fn col(mut self, classes: &'static str, header: &str, cells: Vec<String>) -> Self {
        let says_it = !matches!(self.style, Style::None | Style::Initials | Style::LowerInitials);
        let (mut must, mut may) = (Vec::new(), Vec::new());
        for class in classes.split_whitespace() {
            let id = class.trim_start_matches(['?', '~', '!']);
            assert!(Class::from_id(id).is_some(), "`{id}` is no class");
            let insisted = match class.chars().next() {
                Some('?') => false,
                Some('~') => says_it,
                Some('!') => !says_it,
                _ => true,
            };
            if insisted { must.push(id) } else { may.push(id) }
        }
        let mut spellings = header.split('|');
        let header = match (spellings.next(), spellings.next(), spellings.next()) {
            (Some(chinese), Some(english), Some(initials)) => self.style.header(chinese, english, initials),
            _ => header.to_owned(),
        };
        self.table = self.table.column_that_may(header, &must, &may, cells);
        self
    }

    /// Says what the rows are.
    pub(super) fn records(mut self, classes: &[&'static str]) -> Self {
        self.table = self.table.records(classes);
        self
    }

    /// Says what the table may be taken for.
    pub(super) fn may(mut self, classes: &[&'static str]) -> Self {
        self.table = self.table.may(classes);
        self
    }

    /// Says how many persons are in it.
    pub(super) fn subjects(mut self, persons: usize) -> Self {
        self.table = self.table.subjects(persons);
        self
    }

    /// Says how many persons are in it who have numbers, and that those named in one column have nothing else. Without
    /// headers nobody can tell the one from the other.
    pub(super) fn subjects_and_names(self, persons: usize, column: usize) -> Self {
        let persons = persons + distinct(&self.table.columns[column].cells);
        self.subjects_if_named(persons)
    }

    /// Says how many persons are in it, where headers say in words what identifies them.
    pub(super) fn subjects_if_named(self, persons: usize) -> Self {
        match self.style {
            Style::None | Style::Initials | Style::LowerInitials => self,
            _ => self.subjects(persons),
        }
    }

    /// The table.
    pub(super) fn done(self) -> Table {
        self.style.finish(self.table, self.variant)
    }

    /// The table with its headers, whatever they are, in one of the forms by turns.
    pub(super) fn done_with_header(self) -> Table {
        let forms = [Form::Csv, Form::Gb18030, Form::Tsv, Form::Parquet, Form::Pipe];
        self.table.form(forms[self.variant as usize % forms.len()])
    }
}

/// How many rows a table has.
pub(super) fn rows(random: &mut Random) -> usize {
    random.between(40, 150) as usize
}

/// How many different cells there are.
pub(super) fn distinct(cells: &[String]) -> usize {
    cells.iter().collect::<std::collections::BTreeSet<_>>().len()
}

/// A cell for each of `items`.
pub(super) fn each<T>(items: &[T], cell: impl Fn(&T) -> String) -> Vec<String> {
    items.iter().map(cell).collect()
}

/// `n` of these, at random.
pub(super) fn picks(random: &mut Random, n: usize, from: &[&str]) -> Vec<String> {
    (0..n).map(|_| from[random.below(from.len() as u64) as usize].to_owned()).collect()
}

/// `n` of these items, at random.
pub(super) fn some<T: Clone>(random: &mut Random, n: usize, from: &[T]) -> Vec<T> {
    (0..n).map(|_| from[random.below(from.len() as u64) as usize].clone()).collect()
}

/// `n` of these items, every one of them at least once where there are enough rows.
pub(super) fn every<T: Clone>(random: &mut Random, n: usize, from: &[T]) -> Vec<T> {
    let mut all = some(random, n.saturating_sub(from.len()), from);
    for item in from {
        let at = random.below(all.len() as u64 + 1) as usize;
        all.insert(at, item.clone());
    }
    all
}

/// `n` whole numbers.
pub(super) fn integers(random: &mut Random, n: usize, low: i64, high: i64) -> Vec<String> {
    value::values(random, n, |r| value::integer(r, low, high))
}

/// `n` numbers with digits behind the point.
pub(super) fn decimals(random: &mut Random, n: usize, low: i64, high: i64, digits: u32) -> Vec<String> {
    value::values(random, n, |r| value::decimal(r, low, high, digits))
}

/// `n` amounts of money.
pub(super) fn amounts(random: &mut Random, n: usize, low: i64, high: i64) -> Vec<String> {
    decimals(random, n, low, high, 2)
}

/// `n` days.
pub(super) fn days(random: &mut Random, n: usize, first_year: i64, last_year: i64) -> Vec<String> {
    value::values(random, n, |r| value::day(r, first_year, last_year))
}

/// `n` times, the earlier first.
pub(super) fn times(random: &mut Random, n: usize, first_year: i64, last_year: i64) -> Vec<String> {
    let mut times = value::values(random, n, |r| value::time(r, first_year, last_year));
    times.sort();
    times
}

/// `n` texts that are each made by itself.
pub(super) fn texts(random: &mut Random, n: usize, draw: impl FnMut(&mut Random) -> String) -> Vec<String> {
    value::values(random, n, draw)
}

/// `n` numbers of digits, no two the same, with a text in front.
pub(super) fn codes(random: &mut Random, n: usize, prefix: &str, digits: usize) -> Vec<String> {
    value::distinct(random, n, |r| format!("{prefix}{}", r.digits(digits)))
}

/// The same cell `n` times.
pub(super) fn constant(n: usize, cell: &str) -> Vec<String> {
    vec![cell.to_owned(); n]
}
