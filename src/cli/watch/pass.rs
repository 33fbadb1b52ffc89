//! One pass: list, read what is new or changed, and fold it with what is kept.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use jiff::civil::{Date, date};
use rayon::prelude::*;

use super::config::Config;
use super::state::{self, State};
use crate::cli::setting::Setting;
use crate::cli::{answer, key, memory, scan as scanning, tuning, year};
use crate::count::Room;
use crate::detect::Engine;
use crate::key::Seal;
use crate::model::{Fingerprinter, Language, ProblemCode, Severity};
use crate::read::{self, Listing, ObjectRef};
use crate::report::Report;
use crate::scan::{self, Scan};
use crate::tally::{self, Fold, FoldError, Stamp, Tally};

/// What a pass came to.
pub(super) struct Pass {
    pub(super) report: Report,
    pub(super) language: Language,
    /// Objects that were read in it.
    pub(super) read: usize,
    /// Tallies that were taken over.
    pub(super) kept: usize,
    /// Tallies that were deleted, because their objects have changed or are gone.
    pub(super) gone: usize,
    /// The state stays locked until everybody was told.
    pub(super) state: State,
}

/// What does not change within a pass.
struct Work<'a> {
    config: &'a Config,
    setting: &'a Setting,
    engine: &'a Engine,
    fingerprinter: Fingerprinter,
    seal: Seal,
    room: Arc<Room>,
    stamp: Stamp,
    today: Date,
}

/// What was found in all places.
#[derive(Default)]
struct Found {
    /// Objects of which there is no tally, with the name that it will have.
    changed: Vec<(ObjectRef, PathBuf)>,
    /// Tallies that are there.
    kept: BTreeSet<PathBuf>,
    /// Tallies that stay where they are and are of no use today.
    stored: BTreeSet<PathBuf>,
    listing: Listing,
}

/// Makes a pass.
pub(super) fn pass(config: &Config) -> anyhow::Result<Pass> {
    let setting = Setting::load(&config.report, &config.places)?;
    let secret = key::needed(&config.key, "`watch`")?;
    let (engine, areas) = scanning::with_areas(setting.packs.engine()?, &config.reading)?;
    let pool = crate::cli::pool(config.reading.threads)?;
    let today = setting.facts.date.unwrap_or_else(tuning::today);
    // Who is a minor is asked of one day in the year, so that nothing need be read again each morning: of the first, on which
    // most are.
    let day = setting.facts.date.unwrap_or_else(|| date(today.year(), 1, 1));
    let stamp = setting.stamp(areas, day);
    year::check(&config.year, &secret.seal(), &setting.facts)?;
    answer::make_room(&config.report)?;
    let work = Work {
        config,
        setting: &setting,
        engine: &engine,
        fingerprinter: secret.fingerprinter(),
        seal: secret.seal(),
        room: memory::room(config.reading.memory),
        stamp,
        today,
    };
    let (state, counts, tally) = pool.install(|| work.gather())?;
    let earlier = pool.install(|| year::read(&config.year, &work.seal, &work.room, &setting.facts, today))?;
    drop(work);
    let totals = pool.install(|| answer::settle(tally, &setting, today, earlier))?;
    let language = setting.language;
    let report = answer::decided(setting, totals);
    let (read, kept, gone) = counts;
    Ok(Pass { report, language, read, kept, gone, state })
}

impl Work<'_> {
    /// The tally of everything, with how many objects were read, kept and gone.
    fn gather(&self) -> anyhow::Result<(State, (usize, usize, usize), Tally)> {
        let state = State::open(&self.config.state, self.seal.clone(), &self.maker()?)?;
        let (mut read, mut open) = (0, Tally::default());
        loop {
            let found = self.find(&state)?;
            read += found.changed.len();
            let mut kept = found.kept.clone();
            for (path, tally) in self.scan(found.changed)? {
                match tally {
                    Some(tally) => open.merge(tally),
                    None => drop(kept.insert(path)),
                }
            }
            match self.fold(&kept) {
                Ok(mut tally) => {
                    tally.merge(std::mem::take(&mut open));
                    tally.merge(self.scan_listing(Listing { objects: Vec::new(), ..found.listing }));
                    let n_kept = found.kept.len();
                    kept.extend(found.stored);
                    let gone = state.sweep(&kept)?;
                    return Ok((state, (read, n_kept, gone), tally));
                }
                // What is damaged is read again.
                Err(FoldError::File(error)) => {
                    std::fs::remove_file(&error.file).with_context(|| error.to_string())?;
                    open = Tally::default();
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// What findings depend on beside the data.
    fn maker(&self) -> anyhow::Result<String> {
        let tuning = self.setting.configuration.as_ref().map(|configuration| &configuration.tuning);
        let entries = tuning.map(|tuning| {
            let accepts = tuning.accepts.iter().map(|accept| &accept.entry);
            let all = accepts.chain(tuning.columns.iter().map(|column| &column.entry));
            all.filter(|entry| entry.expires.is_some_and(|last| last < self.today))
                .map(|entry| entry.line)
                .collect::<Vec<_>>()
        });
        Ok(serde_json::to_string(&(&self.stamp, entries))?)
    }

    fn find(&self, state: &State) -> anyhow::Result<Found> {
        let mut found = Found::default();
        let mut known = BTreeSet::new();
        for place in &self.config.places {
            let folder = state.place(place)?;
            let mut listing = self.config.reading.places.list(std::slice::from_ref(place));
            if let Some(configuration) = &self.setting.configuration {
                tuning::leave_out(&configuration.tuning, &mut listing);
            }
            let is_whole = listing.problems.iter().all(|problem| problem.code.severity() == Severity::Note);
            let mut listed = BTreeSet::new();
            for object in listing.objects {
                if !known.insert(object.uri.clone()) {
                    continue;
                }
                listed.insert(state.object(&object));
                match state.name(&object).map(|name| folder.join(name)) {
                    Ok(path) if path.is_file() => drop(found.kept.insert(path)),
                    Ok(path) => found.changed.push((object, path)),
                    // It is gone already, which reading it tells.
                    Err(_) => found.changed.push((object, PathBuf::new())),
                }
            }
            if !is_whole {
                for name in state::tallies(&folder)? {
                    let is_listed = name.split('-').next().is_some_and(|object| listed.contains(object));
                    match state.is_of_maker(&name) {
                        _ if is_listed => {}
                        true => drop(found.kept.insert(folder.join(name))),
                        false => drop(found.stored.insert(folder.join(name))),
                    }
                }
            }
            found.listing.problems.extend(listing.problems);
        }
        Ok(found)
    }

    /// Reads what has changed. Each tally is written when it is there, so that a pass that is killed has not worked in vain;
    /// one of an object that could not be read this time is given back.
    fn scan(&self, changed: Vec<(ObjectRef, PathBuf)>) -> anyhow::Result<Vec<(PathBuf, Option<Tally>)>> {
        let one = |(object, path): (ObjectRef, PathBuf)| {
            let tally = self.scan_listing(Listing { objects: vec![object], problems: Vec::new() });
            if path.as_os_str().is_empty() || may_be_better_next_time(&tally) {
                return Ok((path, Some(tally)));
            }
            tally::write(&tally, &self.stamp, &self.seal, &path)?;
            Ok((path, None))
        };
        changed.into_par_iter().with_max_len(1).map(one).collect()
    }

    fn scan_listing(&self, listing: Listing) -> Tally {
        let job = Scan {
            engine: self.engine,
            fingerprinter: &self.fingerprinter,
            room: &self.room,
            minor_after: scanning::minor_after(self.stamp.day),
            tuning: self.setting.configuration.as_ref().map(|configuration| (&configuration.tuning, self.today)),
            reading: read::Options::default(),
            progress: &|_| {},
        };
        scan::scan(&job, listing)
    }

    fn fold(&self, paths: &BTreeSet<PathBuf>) -> Result<Tally, FoldError> {
        let mut fold = Fold::new(&self.seal, &self.room);
        paths.iter().try_for_each(|path| fold.add(path))?;
        Ok(fold.finish().map(|(_, tally)| tally).unwrap_or_default())
    }
}

/// Whether an object was not read for a reason that may pass.
fn may_be_better_next_time(tally: &Tally) -> bool {
    let passes = [
        ProblemCode::ObjectMissing,
        ProblemCode::ObjectUnreadable,
        ProblemCode::ObjectChanged,
        ProblemCode::ObjectVanished,
        ProblemCode::PlaceDenied,
        ProblemCode::PlaceUnreachable,
    ];
    let problems = tally.objects.iter().flat_map(|object| &object.coverage.problems);
    problems.chain(&tally.unlisted).any(|problem| passes.contains(&problem.code))
}
