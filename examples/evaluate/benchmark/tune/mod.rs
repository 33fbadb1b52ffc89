//! Tables that detection is tuned on.

mod automotive;
mod charging;
mod health;
mod movement;
mod people;
mod retail;
mod sheet;
mod trials;
mod words;

use super::Generator;

/// Every generator of this half.
pub(crate) fn generators() -> Vec<Generator> {
    [
        automotive::generators(),
        charging::generators(),
        health::generators(),
        trials::generators(),
        retail::generators(),
        movement::generators(),
    ]
    .concat()
}
