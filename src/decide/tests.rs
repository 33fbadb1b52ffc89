//! Both shipped packs, at their edges.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use crate::pack::{RulePack, built_in_rules, parse_rules};

use super::*;

fn packs() -> Vec<RulePack> {
    built_in_rules().iter().map(|file| parse_rules(file).unwrap_or_else(|error| panic!("{error}"))).collect()
}

#[test]
fn shipped_packs_are_sound_and_their_cases_hold() {
    assert_eq!(check_rules(&packs()), Vec::<String>::new());
}
