//! Keeps what a decoder does wrong to the place where it happened.

use std::any::Any;
use std::cell::Cell;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use crate::model::{Problem, ProblemCode};
use crate::read::origin::code_of;

/// Why something could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) struct Failure {
    /// What kind of problem it makes.
    pub(in crate::read) code: ProblemCode,
    /// The cause, without values from the data.
    pub(in crate::read) message: String,
    /// Whether text was not UTF-8, so that reading it as bytes helps.
    pub(super) not_text: bool,
}

impl Failure {
    /// Damage, in our own words.
    pub(super) fn corrupt(message: &str) -> Self {
        Self { code: ProblemCode::ParquetCorrupt, message: message.to_owned(), not_text: false }
    }

    /// Something the decoder does not know.
    pub(super) fn unsupported(message: &str) -> Self {
        Self { code: ProblemCode::ParquetUnsupported, message: harmless(message), not_text: false }
    }

    /// What the operating system said; the end of a file that promised more is damage.
    pub(super) fn io(error: &io::Error) -> Self {
        let code = match error.kind() {
            io::ErrorKind::Other => code_of(error),
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                ProblemCode::ParquetCorrupt
            }
            _ if error.raw_os_error().is_some() => ProblemCode::ObjectUnreadable,
            _ => ProblemCode::ParquetCorrupt,
        };
        Self { code, message: harmless(&crate::read::io_cause(error)), not_text: false }
    }

    /// What the decoder said, judged by its words: it has no finer errors.
    pub(super) fn told(message: &str) -> Self {
        let lower = message.to_lowercase();
        let unsupported = ["not supported", "unsupported", "not implemented", "not yet", "nyi", "disabled feature"];
        Self {
            code: if unsupported.iter().any(|words| lower.contains(words)) {
                ProblemCode::ParquetUnsupported
            } else {
                ProblemCode::ParquetCorrupt
            },
            message: harmless(without_wrapping(message)),
            not_text: lower.contains("utf-8") || lower.contains("utf8"),
        }
    }

    /// The problem that it makes of an object.
    pub(in crate::read) fn problem(self, object: &str) -> Problem {
        Problem::new(self.code, object, self.message)
    }
}

/// Runs a decoder; a panic in it is a failure like others.
pub(in crate::read) fn guarded<T, E: Into<Failure>>(decode: impl FnOnce() -> Result<T, E>) -> Result<T, Failure> {
    keep_panics_quiet();
    QUIET.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(decode));
    QUIET.set(false);
    match result {
        Ok(result) => result.map_err(Into::into),
        Err(payload) => Err(Failure {
            code: ProblemCode::DecoderPanicked,
            message: harmless(panic_message(payload.as_ref())),
            not_text: false,
        }),
    }
}

/// The same for a decoder whose failures are codes with causes.
pub(in crate::read) fn contained<T>(
    decode: impl FnOnce() -> Result<T, (ProblemCode, String)>,
) -> Result<T, (ProblemCode, String)> {
    guarded(|| Ok::<_, Failure>(decode())).map_err(|failure| (failure.code, failure.message)).flatten()
}

/// What kind of error a decoder reports, without what it says of the data.
pub(in crate::read) fn kind_of(error: &impl std::fmt::Debug) -> String {
    let shown = format!("{error:?}");
    let kind: String = shown.chars().take_while(char::is_ascii_alphanumeric).collect();
    format!("the decoder reports {}", kind.to_lowercase())
}

fn panic_message(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("no cause given")
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// The message of a panic may quote the data, so it must not reach the terminal from inside of a decoder.
fn keep_panics_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                usual(info);
            }
        }));
    });
}

/// The cause without the layers of errors that it came through.
fn without_wrapping(message: &str) -> &str {
    let layers = ["Parquet argument error: ", "Parquet error: ", "External: ", "Arrow: ", "EOF: ", "NYI: "];
    let inner = layers.iter().find_map(|layer| message.strip_prefix(layer));
    inner.map_or(message, without_wrapping)
}

/// No cause is told at greater length.
const CAUSE_CHARS: usize = 160;

/// Longer runs of digits may be a value, shorter ones are sizes and positions.
const DIGITS_SHOWN: usize = 6;

/// A cause as a report may show it: in lower case, without what stands in quotes, long numbers and foreign letters,
/// since these may come from the data.
fn harmless(message: &str) -> String {
    let mut shown = String::new();
    let mut quote = None;
    let mut digits = 0;
    for char in message.chars().take(CAUSE_CHARS) {
        match (quote, char) {
            (Some(open), _) if char == open => {
                quote = None;
                shown.push_str("...");
                shown.push(char);
                continue;
            }
            (Some(_), _) => continue,
            (None, '"' | '`') => quote = Some(char),
            _ => {}
        }
        digits = if char.is_ascii_digit() { digits + 1 } else { 0 };
        if char.is_ascii_graphic() || char == ' ' {
            shown.push(char.to_ascii_lowercase());
        }
        if digits == DIGITS_SHOWN {
            shown.truncate(shown.len() - DIGITS_SHOWN);
            shown.push('#');
        } else if digits > DIGITS_SHOWN {
            shown.pop();
        }
    }
    shown.trim_end_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Failure, guarded, harmless};
    use crate::model::ProblemCode;

    #[test]
    fn shows_no_values() {
        let cases = [
            ("Index 3 out of bound", "index 3 out of bound"),
            ("value \"王小明\" of 13812345678 is bad.", "value \"...\" of # is bad"),
            ("got 12345 bytes", "got 12345 bytes"),
            ("张三 failed", " failed"),
        ];
        for (message, shown) in cases {
            assert_eq!(harmless(message), shown);
        }
    }

    #[test]
    fn panics_are_failures() {
        let failed = guarded(|| -> Result<(), Failure> { Err(Failure::corrupt("bad")) });
        assert_eq!(failed.map_err(|failure| failure.code), Err(ProblemCode::ParquetCorrupt));
        let none: Option<u8> = std::hint::black_box(None);
        let panicked = guarded(|| -> Result<u8, Failure> { Ok(none.unwrap()) });
        assert_eq!(panicked.map_err(|failure| failure.code), Err(ProblemCode::DecoderPanicked));
    }
}
