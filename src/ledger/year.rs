//! The exports of a calendar year, gathered from the tallies of their records.

use std::path::Path;

use jiff::civil::Date;

use super::store::Ledger;
use super::{LedgerError, record::Record};
use crate::tally::{Earlier, Tally};

/// Gathers the exports of the year of `day`; `read` reads a tally. The data at hand are taken to count.
///
/// Records of other years are left where they are: on 1 January the count starts anew. Those of the same year count
/// whether they are before or after `day`.
pub fn earlier<E: From<LedgerError>>(
    ledger: &Ledger,
    day: Date,
    mut read: impl FnMut(&Path) -> Result<Tally, E>,
) -> Result<Earlier, E> {
    let mut earlier = Earlier {
        day,
        counts: true,
        days: None,
        counted: crate::tally::Exports::default(),
        n_counted: 0,
        exempt: crate::tally::Exports::default(),
        n_exempt: 0,
        complete: true,
        n_records: ledger.head().records,
        head: ledger.head().hash.clone(),
    };
    for record in of_year(ledger, day.year()) {
        let tally = read(&ledger.tally(record)?)?;
        let export = &record.export;
        if export.counts {
            let (first, last) = earlier.days.unwrap_or((export.date, export.date));
            earlier.days = Some((first.min(export.date), last.max(export.date)));
            earlier.complete &= export.coverage.complete;
            earlier.n_counted += 1;
            earlier.counted.add(tally);
        } else {
            earlier.n_exempt += 1;
            earlier.exempt.add(tally);
        }
    }
    Ok(earlier)
}

/// The records of a year, in the order of the ledger.
pub fn of_year(ledger: &Ledger, year: i16) -> impl Iterator<Item = &Record> {
    ledger.entries().iter().map(|entry| &entry.record).filter(move |record| record.export.date.year() == year)
}
