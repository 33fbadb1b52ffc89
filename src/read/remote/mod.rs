//! Objects in buckets and on web servers: found by prefix or pattern, read in ranges.
//!
//! *Invariant*: nothing outside of this module knows that a network answers later; whoever reads waits. What is asked for and
//! what is answered runs on threads of its own ([`runtime`]), which never wait for those that read.

mod cache;
mod fault;
mod find;
mod places;
mod post;
mod runtime;
mod stream;

use std::fmt;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use bytes::Bytes;
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectMeta, ObjectStore};

pub(super) use find::find;
pub use find::without_secrets;
pub use places::Access;
pub use post::post_json;

use super::origin::Fault;
use crate::model::ProblemCode;

/// An object that a place has.
pub(super) struct Remote {
    /// Names it in the cache.
    id: u64,
    store: Arc<dyn ObjectStore>,
    location: Path,
    version: Version,
    /// Whether the server gives parts of it; those that do not give all of it from the beginning.
    in_parts: bool,
}

/// What shows that an object is the one that was listed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Version {
    bytes: u64,
    modified: SystemTime,
    /// As it goes into `If-Match`; `None` where the server tells none.
    tag: Option<String>,
}

impl Version {
    fn of(meta: &ObjectMeta) -> Self {
        // A listing of Azure has it without the quotes that a request needs.
        let quoted = |tag: &String| if tag.ends_with('"') { tag.clone() } else { format!("\"{tag}\"") };
        Self { bytes: meta.size, modified: meta.last_modified.into(), tag: meta.e_tag.as_ref().map(quoted) }
    }

    /// Whether the other can be this object still: the tag decides where both have one.
    fn fits(&self, other: &Self) -> bool {
        let same = match (&self.tag, &other.tag) {
            (Some(own), Some(other)) => own == other,
            _ => self.modified == other.modified,
        };
        same && self.bytes == other.bytes
    }
}

/// What is asked for at once at least: a look at one place is mostly followed by one at the next.
const BLOCK_BYTES: u64 = 1 << 20;

static NEXT_ID: AtomicU64 = AtomicU64::new(0);

impl Remote {
    fn new(store: &Arc<dyn ObjectStore>, meta: &ObjectMeta) -> Self {
        Self {
            id: NEXT_ID.fetch_add(1, Ordering::Relaxed),
            store: Arc::clone(store),
            location: meta.location.clone(),
            version: Version::of(meta),
            in_parts: true,
        }
    }

    /// How many bytes it has.
    pub(super) const fn bytes(&self) -> u64 {
        self.version.bytes
    }

    /// When it was written, as the place says.
    pub(super) const fn modified(&self) -> SystemTime {
        self.version.modified
    }

    /// What names this version of it: its tag, or when it was written.
    pub(super) fn tag(&self) -> Option<&str> {
        self.version.tag.as_deref()
    }

    /// Whether it can be read from any place on.
    pub(super) const fn is_seekable(&self) -> bool {
        self.in_parts
    }

    /// The bytes from an offset on; none where it is behind the end.
    pub(super) fn open(self: &Arc<Self>, offset: u64) -> io::Result<Box<dyn Read + Send>> {
        if self.in_parts {
            return Ok(Box::new(stream::InParts::new(Arc::clone(self), offset)));
        }
        let stream = stream::Whole::open(self)?;
        super::origin::skipped(Box::new(stream), offset)
    }

    /// Some bytes from an offset inside of it on, at least one; about `want` are asked for where none are at hand.
    pub(super) fn chunk(&self, offset: u64, want: u64) -> io::Result<Bytes> {
        if let Some(bytes) = cache::get(self.id, offset) {
            return Ok(bytes);
        }
        let start = offset - offset % BLOCK_BYTES;
        let end = offset.saturating_add(want.max(1)).next_multiple_of(BLOCK_BYTES).min(self.version.bytes);
        let bytes = self.get(start..end)?;
        cache::put(self.id, start, &bytes);
        Ok(bytes.slice((offset - start) as usize..))
    }

    /// A range, all of it and of the version that was listed.
    fn get(&self, range: Range<u64>) -> io::Result<Bytes> {
        let length = range.end.saturating_sub(range.start);
        let options = GetOptions { range: Some(GetRange::Bounded(range)), ..self.options() };
        let answer = runtime::wait(async {
            let answer = self.store.get_opts(&self.location, options).await?;
            let version = Version::of(&answer.meta);
            Ok((version, answer.bytes().await?))
        })?;
        let (version, bytes) = answer.map_err(|error| fault::of(&error))?;
        self.check(&version)?;
        if bytes.len() as u64 == length { Ok(bytes) } else { Err(changed().into()) }
    }

    /// What is asked with: the version, where the server compares it.
    fn options(&self) -> GetOptions {
        // A weak tag never matches by the rules of `If-Match`.
        let strong = self.version.tag.clone().filter(|tag| tag.starts_with('"'));
        GetOptions { if_match: strong, ..GetOptions::default() }
    }

    fn check(&self, version: &Version) -> io::Result<()> {
        if self.version.fits(version) { Ok(()) } else { Err(changed().into()) }
    }
}

/// Stores would show their keys.
impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remote").field("location", &self.location.as_ref()).finish_non_exhaustive()
    }
}

fn changed() -> Fault {
    Fault::new(ProblemCode::ObjectChanged, "it is not the version that was listed")
}
