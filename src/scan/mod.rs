//! Scans objects in parallel: plans units of work, runs them on the pool, merges tallies.

mod hide;
mod object;
mod parts;

use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

pub use object::{NotTraced, scan_object, trace_column};

use crate::count::Room;
use crate::detect::Engine;
use crate::model::Fingerprinter;
use crate::read::{Listing, ObjectRef};
use crate::tally::Tally;
use crate::tune::Tuning;

/// What every part of a scan shares.
pub struct Scan<'a> {
    /// The detectors.
    pub engine: &'a Engine,
    /// Makes the keys by which persons are counted.
    pub fingerprinter: &'a Fingerprinter,
    /// The memory that keys of persons may take.
    pub room: &'a Arc<Room>,
    /// Whoever was born after this day, as the number `YYYYMMDD`, is under 14.
    pub minor_after: u32,
    /// What the user says of the data, and the day on which that must hold.
    pub tuning: Option<(&'a Tuning, Date)>,
    /// How objects are cut into units and batches.
    pub reading: crate::read::Options,
    /// Is told what has been done, from any thread.
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

/// Something was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many bytes, as stored, were read.
    Bytes(u64),
    /// An object was finished.
    Object,
}

/// Scans everything that was listed, on the current rayon pool.
pub fn scan(scan: &Scan<'_>, listing: Listing) -> Tally {
    // The largest first, each by the thread that is free: what is begun last is over soon.
    let mut objects: Vec<&ObjectRef> = listing.objects.iter().collect();
    objects.sort_by_key(|object| std::cmp::Reverse(object.bytes));
    let tallies = objects.into_iter().par_bridge().map(|object| scan_object(scan, object));
    let mut tally = tallies.reduce(Tally::default, object::merged);
    tally.unlisted.extend(listing.problems);
    hide::hide(scan, &mut tally);
    tally
}
