//! Tables that detection is measured on, and was not tuned on.

use super::Generator;

/// Every generator of this half.
pub(crate) fn generators() -> Vec<Generator> {
    Vec::new()
}
