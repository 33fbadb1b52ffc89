//! Lists what places have.

use std::sync::Arc;

use futures_util::TryStreamExt as _;
use object_store::path::Path;
use object_store::{Error, GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt as _};

use super::places::{Access, Scheme, Target};
use super::{BLOCK_BYTES, Remote, cache, fault, runtime};
use crate::model::{Problem, ProblemCode};
use crate::read::list::{Listing, Pattern};
use crate::read::origin::{Fault, Origin};
use crate::read::{ObjectRef, io_cause};

/// Finds the objects that a target names in a place; `None` where it is a path of this machine. Where listing ends early,
/// what was listed is given, with a problem.
pub(in crate::read) fn find(target: &str, access: &Access) -> Option<Listing> {
    let mut listing = Listing::default();
    let problem = match Target::parse(target)? {
        Ok(place) => search(&place, access, &mut listing).err().map(|fault| {
            let uri = format!("{}/{}", place.root, place.key);
            Problem::new(fault.code(), uri.trim_end_matches('/'), fault.to_string())
        }),
        Err(message) => Some(Problem::new(ProblemCode::ObjectMissing, without_secrets(target), message)),
    };
    listing.problems.extend(problem);
    Some(listing)
}

/// What may be shown of a target: neither a signature nor a password.
pub fn without_secrets(target: &str) -> &str {
    if !target.contains("://") {
        return target;
    }
    let target = target.split(['?', '#']).next().unwrap_or_default();
    if target.contains('@') { target.split("://").next().unwrap_or_default() } else { target }
}

fn search(place: &Target, access: &Access, listing: &mut Listing) -> Result<(), Fault> {
    let store = place.store(access).map_err(|_| {
        let cause = "the place cannot be addressed with the settings in the environment";
        Fault::new(ProblemCode::PlaceUnreachable, cause)
    })?;
    if place.scheme == Scheme::WebObject {
        return web_object(place, &store, listing);
    }
    let found = listing.objects.len();
    let key = place.key.trim_end_matches('/');
    if !key.is_empty() && !place.key.ends_with('/') {
        named(place, &store, key, listing)?;
    }
    let pattern = match Pattern::new(std::path::Path::new(key)) {
        // A key that is there is not taken for a pattern.
        Some(_) if listing.objects.len() > found => return Ok(()),
        Some(Ok(pattern)) => Some(pattern),
        Some(Err(message)) => return Err(Fault::new(ProblemCode::ObjectMissing, message)),
        None => None,
    };
    let prefix = pattern.as_ref().map_or(key.into(), |pattern| pattern.base().to_string_lossy());
    below(place, &store, &prefix, pattern.as_ref(), listing)?;
    if listing.objects.len() > found {
        return Ok(());
    }
    let cause = if pattern.is_some() { "nothing matches the pattern" } else { "there is nothing under this name" };
    Err(Fault::new(ProblemCode::ObjectMissing, cause))
}

/// The object with just this key, where there is one.
fn named(place: &Target, store: &Arc<dyn ObjectStore>, key: &str, listing: &mut Listing) -> Result<(), Fault> {
    let path = path_of(key)?;
    match answer(runtime::wait(store.head(&path)))? {
        Ok(meta) => add(place, store, &meta, listing),
        Err(Error::NotFound { .. }) => {}
        Err(error) => return Err(fault::of(&error)),
    }
    Ok(())
}

/// Everything below a prefix that matches.
fn below(
    place: &Target,
    store: &Arc<dyn ObjectStore>,
    prefix: &str,
    pattern: Option<&Pattern>,
    listing: &mut Listing,
) -> Result<(), Fault> {
    let prefix = path_of(prefix)?;
    let mut stream = store.list(Some(&prefix).filter(|prefix| !prefix.as_ref().is_empty()));
    let before = listing.objects.len();
    loop {
        match answer(runtime::wait(stream.try_next()))? {
            Ok(Some(meta)) => {
                if pattern.is_none_or(|pattern| pattern.matches(std::path::Path::new(meta.location.as_ref()))) {
                    add(place, store, &meta, listing);
                }
            }
            Ok(None) => return Ok(()),
            Err(error) => {
                let n = listing.objects.len() - before;
                let fault = match fault::of(&error) {
                    gone if gone.code() == ProblemCode::ObjectVanished => {
                        Fault::new(ProblemCode::ObjectMissing, "there is no such bucket")
                    }
                    fault => fault,
                };
                let cause =
                    format!("it could not be listed to the end, and what was found until then are {n}: {fault}");
                return Err(Fault::new(fault.code(), cause));
            }
        }
    }
}

fn add(place: &Target, store: &Arc<dyn ObjectStore>, meta: &ObjectMeta, listing: &mut Listing) {
    let uri = format!("{}/{}", place.root, meta.location);
    let remote = Remote::new(store, meta);
    listing.objects.push(ObjectRef { uri, bytes: meta.size, origin: Origin::remote(remote) });
}

/// One object of a web server. Its first bytes show how long it is, and whether the server gives ranges.
fn web_object(place: &Target, store: &Arc<dyn ObjectStore>, listing: &mut Listing) -> Result<(), Fault> {
    let path = Path::default();
    let range = Some(GetRange::Bounded(0..BLOCK_BYTES));
    let head = answer(runtime::wait(async {
        let head = store.get_opts(&path, GetOptions { range, ..GetOptions::default() }).await?;
        Ok((head.meta.clone(), head.bytes().await?))
    }))?;
    let (meta, head) = match head {
        Ok((meta, head)) => (meta, Some(head)),
        Err(Error::NotFound { .. }) => {
            return Err(Fault::new(ProblemCode::ObjectMissing, "there is nothing at this address (404)"));
        }
        // It may give no ranges, or have no bytes to give a range of.
        Err(_) => match answer(runtime::wait(store.get_opts(&path, GetOptions::default())))? {
            Ok(whole) => (whole.meta, None),
            Err(error) => return Err(fault::of(&error)),
        },
    };
    let mut remote = Remote::new(store, &meta);
    match head {
        Some(head) => cache::put(remote.id, 0, &head),
        None => remote.in_parts = meta.size == 0,
    }
    listing.objects.push(ObjectRef { uri: place.root.clone(), bytes: meta.size, origin: Origin::remote(remote) });
    Ok(())
}

fn path_of(key: &str) -> Result<Path, Fault> {
    Path::parse(key).map_err(|error| fault::of(&error.into()))
}

/// The answer, where it could be waited for.
fn answer<T>(waited: std::io::Result<T>) -> Result<T, Fault> {
    waited.map_err(|error| Fault::new(ProblemCode::PlaceUnreachable, io_cause(&error)))
}
