//! What a place answered as a problem, in our own words: its own may hold signed addresses and whole pages.

use std::error::Error as _;

use object_store::Error;
use object_store::client::{HttpError, HttpErrorKind};

use crate::model::ProblemCode;
use crate::read::origin::Fault;

/// Why there are no bytes.
pub(super) fn of(error: &Error) -> Fault {
    let (code, cause) = match error {
        Error::NotFound { .. } => (ProblemCode::ObjectVanished, "there is nothing under this name any more".to_owned()),
        Error::Precondition { .. } => return super::changed(),
        Error::PermissionDenied { .. } => (ProblemCode::PlaceDenied, "the place forbids it (403)".to_owned()),
        Error::Unauthenticated { .. } => {
            (ProblemCode::PlaceDenied, "the place does not know the credentials (401)".to_owned())
        }
        Error::InvalidPath { .. } => {
            (ProblemCode::ObjectUnreadable, "a key with an empty, `.` or `..` part cannot be asked for".to_owned())
        }
        Error::NotSupported { .. } | Error::NotImplemented { .. } => {
            (ProblemCode::PlaceUnreachable, "the place cannot do what is asked of it".to_owned())
        }
        _ => return of_request(error),
    };
    Fault::new(code, cause)
}

fn of_request(error: &Error) -> Fault {
    let mut status = None;
    let mut at = error.source();
    while let Some(inner) = at {
        if let Some(http) = inner.downcast_ref::<HttpError>() {
            return Fault::new(ProblemCode::PlaceUnreachable, of_transport(http.kind()));
        }
        status = status.or_else(|| status_in(&inner.to_string()));
        at = inner.source();
    }
    match status {
        Some(404) => Fault::new(ProblemCode::ObjectVanished, "there is nothing under this name any more"),
        Some(416) => super::changed(),
        Some(401 | 403) => Fault::new(ProblemCode::PlaceDenied, "the place refuses it"),
        Some(status) => Fault::new(ProblemCode::PlaceUnreachable, format!("the place answered with status {status}")),
        None => Fault::new(ProblemCode::PlaceUnreachable, "the place did not answer in a way that is understood"),
    }
}

const fn of_transport(kind: HttpErrorKind) -> &'static str {
    match kind {
        HttpErrorKind::Connect => "no connection to the place",
        HttpErrorKind::Timeout => "the place did not answer in time",
        HttpErrorKind::Request | HttpErrorKind::Interrupted => "the connection to the place broke off",
        _ => "the answer of the place breaks off or cannot be decoded",
    }
}

/// The type that has the status is private to the library; its text says it so.
fn status_in(text: &str) -> Option<u16> {
    let (_, behind) = text.split_once("status code: ")?;
    behind.get(..3)?.parse().ok()
}
