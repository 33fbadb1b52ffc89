//! Says in one format what bytes say in another, while it is read.

use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;

use super::Origin;

/// A way of saying the same in another format.
pub(in crate::read) trait Translate: fmt::Debug + Send + Sync {
    /// The translation from its beginning. What could not be translated is an error at its end, and what can be said
    /// without it comes before.
    fn open(&self, of: &Origin) -> io::Result<Box<dyn Read + Send>>;
}

/// An origin in another format.
#[derive(Debug)]
pub(super) struct Translated {
    pub(super) of: Origin,
    pub(super) by: Arc<dyn Translate>,
}
