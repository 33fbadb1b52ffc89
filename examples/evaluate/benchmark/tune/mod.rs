//! Tables that detection is tuned on.
#![allow(clippy::string_slice, reason = "numbers of people and vehicles are ASCII where they are cut")]

mod automotive;
mod aviation;
mod charging;
mod decoy_catalogues;
mod decoy_measurements;
mod decoy_numbers;
mod finance;
mod foreign;
mod headers;
mod health;
mod internet;
mod movement;
mod people;
mod retail;
mod sheet;
mod staff;
mod text;
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
        finance::generators(),
        staff::generators(),
        internet::generators(),
        text::generators(),
        headers::generators(),
        foreign::generators(),
        decoy_numbers::generators(),
        decoy_catalogues::generators(),
        decoy_measurements::generators(),
    ]
    .concat()
}
