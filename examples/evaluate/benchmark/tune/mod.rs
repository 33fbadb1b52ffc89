//! Tables that detection is tuned on.

mod automotive;
mod aviation;
mod charging;
mod decoy_catalogues;
mod decoy_measurements;
mod decoy_numbers;
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
        aviation::generators(),
        decoy_numbers::generators(),
        decoy_catalogues::generators(),
        decoy_measurements::generators(),
    ]
    .concat()
}
