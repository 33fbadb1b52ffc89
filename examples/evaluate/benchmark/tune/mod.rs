//! Tables that detection is tuned on.

use super::Generator;

/// Every generator of this half.
pub(crate) fn generators() -> Vec<Generator> {
    Vec::new()
}
