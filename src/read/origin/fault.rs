//! A failure to give bytes that knows what kind of problem it makes, carried inside of an [`io::Error`].

use std::error::Error;
use std::{fmt, io};

use crate::model::ProblemCode;

/// Why there are no more bytes. Errors of the operating system are not wrapped in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) struct Fault {
    code: ProblemCode,
    cause: String,
}

impl Fault {
    /// A fault with its cause: lower case, no full stop, no value from the data.
    pub(in crate::read) fn new(code: ProblemCode, cause: impl Into<String>) -> Self {
        Self { code, cause: cause.into() }
    }

    /// What an error says, whatever it is.
    pub(in crate::read) fn of_error(error: &io::Error) -> Self {
        Self::of(error).cloned().unwrap_or_else(|| Self::new(code_of(error), crate::read::io_cause(error)))
    }

    /// The kind of problem that it makes.
    pub(in crate::read) const fn code(&self) -> ProblemCode {
        self.code
    }

    /// What a decoder says of the bytes that it was given; what went wrong below it stays as it is.
    pub(super) fn of_decoder(error: io::Error, code: ProblemCode) -> io::Error {
        let is_own = error.raw_os_error().is_none() && error.get_ref().is_none_or(|inner| !inner.is::<Self>());
        if is_own && error.kind() != io::ErrorKind::Interrupted {
            Self::new(code, crate::read::io_cause(&error)).into()
        } else {
            error
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.cause)
    }
}

impl Error for Fault {}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        Self::other(fault)
    }
}

impl Fault {
    /// The fault that an error carries.
    pub(super) fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref().and_then(|inner| inner.downcast_ref())
    }
}

/// The kind of problem that an error makes: that of its [`Fault`], and `object.unreadable` where it has none.
pub(in crate::read) fn code_of(error: &io::Error) -> ProblemCode {
    Fault::of(error).map_or(ProblemCode::ObjectUnreadable, |fault| fault.code)
}
