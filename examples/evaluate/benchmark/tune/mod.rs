//! Tables that detection is tuned on.

mod automotive;
mod charging;
mod movement;
mod people;
mod sheet;
mod words;

use super::Generator;

/// Every generator of this half.
pub(crate) fn generators() -> Vec<Generator> {
    [automotive::generators(), charging::generators(), movement::generators()].concat()
}
