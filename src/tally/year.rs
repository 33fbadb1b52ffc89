//! The persons of a calendar year: those exported already, and those with the data at hand.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Census, Figures, ObjectTally, Tally, add_rows, ordered, rows_that_fit};
use crate::count::{CountError, Mentions};
use crate::model::ClassSet;

/// Persons, and the rows that nobody is counted by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The persons.
    pub census: Census,
    /// Personal rows in which nothing tells one person from another, by what they say.
    pub unattributed: BTreeMap<ClassSet, u64>,
}

impl Counted {
    /// Rows about persons that nothing attributes to one, where what they say `fits`.
    pub fn unattributed_rows(&self, fit: impl Fn(ClassSet) -> bool) -> u64 {
        rows_that_fit(&self.unattributed, fit)
    }

    /// Everybody.
    pub fn everybody(&self) -> Figures {
        self.census.figures(|_| true)
    }
}

/// Exports of a year, before they are counted.
#[derive(Clone, Debug, Default)]
pub struct Exports {
    /// Who was mentioned in any of them.
    mentions: Mentions,
    /// What objects came to in which nothing tells some person from another.
    objects: Vec<ObjectTally>,
}

impl Exports {
    /// Adds one. An object that is in two of them and came to the same in both is one.
    pub fn add(&mut self, tally: Tally) {
        self.mentions.merge(tally.mentions);
        self.objects.extend(tally.objects.into_iter().filter(|object| !object.unattributed.is_empty()));
    }

    fn count(&mut self) -> Result<Counted, CountError> {
        self.objects = ordered(std::mem::take(&mut self.objects));
        let mut counted = Counted { census: self.mentions.settle()?, unattributed: BTreeMap::new() };
        self.objects.iter().for_each(|object| add_rows(&mut counted.unattributed, &object.unattributed));
        Ok(counted)
    }
}

/// What a ledger holds of the year, before it is counted with the data at hand.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// The day of the data at hand; its year is the one that is counted.
    pub day: Date,
    /// Whether the data at hand count.
    pub counts: bool,
    /// The days of the first and the last export of the year that count.
    pub days: Option<(Date, Date)>,
    /// The exports that count.
    pub counted: Exports,
    /// How many they are.
    pub n_counted: u64,
    /// The exports that an exemption leaves out.
    pub exempt: Exports,
    /// How many they are.
    pub n_exempt: u64,
    /// Whether everything was read of each export that counts.
    pub complete: bool,
    /// Records in the ledger, of every year.
    pub n_records: u64,
    /// The head of the ledger.
    pub head: String,
}

impl Earlier {
    /// Counts the year without and with the data at hand.
    pub(super) fn count(mut self, at_hand: Tally) -> Result<Year, CountError> {
        let exempt = std::mem::take(&mut self.exempt).count()?;
        let before = self.counted.count()?;
        self.counted.add(at_hand);
        Ok(Year {
            day: self.day,
            days: self.days,
            before,
            with: self.counted.count()?,
            counts: self.counts,
            n_counted: self.n_counted,
            n_exempt: self.n_exempt,
            exempt,
            complete: self.complete,
            n_records: self.n_records,
            head: self.head,
        })
    }
}

/// What was exported in the calendar year of the data at hand, by a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// The day of the data at hand; its year is the one that is counted.
    pub day: Date,
    /// The days of the first and the last export of the year that count.
    pub days: Option<(Date, Date)>,
    /// The exports of the year that count.
    pub before: Counted,
    /// Those, and the data at hand.
    pub with: Counted,
    /// Whether the data at hand count: not where an exemption is claimed that leaves their persons out.
    pub counts: bool,
    /// How many exports of the year count.
    pub n_counted: u64,
    /// How many are left out by an exemption that is claimed.
    pub n_exempt: u64,
    /// The persons of those.
    pub exempt: Counted,
    /// Whether everything was read of each export that counts.
    pub complete: bool,
    /// Records in the ledger, of every year.
    pub n_records: u64,
    /// The head of the ledger.
    pub head: String,
}

/// What the data at hand add to a year's persons, by `best`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Persons that were not exported before in the year.
    pub new: u64,
    /// Persons at hand that are counted already.
    pub known: u64,
    /// By how many the year's persons become fewer, because the data at hand show some that were counted apart to be one.
    pub joined: u64,
}

impl Year {
    /// What counts in the year, with the data at hand if they count.
    pub const fn to_date(&self) -> &Counted {
        if self.counts { &self.with } else { &self.before }
    }

    /// What the data at hand add, of whom there are `at_hand` persons.
    pub fn added(&self, at_hand: Figures) -> Added {
        if !self.counts {
            return Added::default();
        }
        let (before, with) = (self.before.everybody().best, self.with.everybody().best);
        let new = with.saturating_sub(before);
        Added { new, known: at_hand.best.saturating_sub(new), joined: before.saturating_sub(with) }
    }

    /// The days over which persons were exported at the present rate: from the first export of the year that counts to the
    /// day at hand, both included; at least 1.
    pub fn n_days(&self) -> u64 {
        let (first, last) = self.days.unwrap_or((self.day, self.day));
        let days = last.max(self.day).since(first.min(self.day)).map_or(0, |span| span.get_days());
        u64::try_from(days).unwrap_or(0) + 1
    }

    /// The last day by then, from which the rate is carried on.
    pub fn last_day(&self) -> Date {
        self.days.map_or(self.day, |(_, last)| last.max(self.day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_run_from_the_first_export_to_the_day_at_hand() {
        let year = |day, days| Year {
            day,
            days,
            before: Counted::default(),
            with: Counted::default(),
            counts: true,
            n_counted: 0,
            n_exempt: 0,
            exempt: Counted::default(),
            complete: true,
            n_records: 0,
            head: String::new(),
        };
        let cases = [
            (date(2026, 11, 23), None, 1),
            (date(2026, 11, 23), Some((date(2026, 11, 23), date(2026, 11, 23))), 1),
            (date(2026, 12, 31), Some((date(2026, 1, 1), date(2026, 6, 1))), 365),
            (date(2026, 2, 1), Some((date(2026, 3, 1), date(2026, 3, 2))), 30),
        ];
        for (day, days, expected) in cases {
            assert_eq!(year(day, days).n_days(), expected, "{day} {days:?}");
        }
    }
}
