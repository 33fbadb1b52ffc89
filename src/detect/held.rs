//! The keys that a value is counted under wherever it may stand, for somebody who holds it and asks for its person.

use std::collections::BTreeSet;

use super::canonical::{canonical, write_name};
use super::checks::masked::{hides_a_part, write_masked};
use super::checks::placeholder::is_filler;
use super::engine::{CellDetector, Engine};
use super::normal;
use super::plan::Issuer;
use super::vague::Vague;
use crate::model::{Fingerprinter, IdentifierKind, Key, Level};

/// What a value is, and what it may be counted under.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// The kinds whose form it has, strongest first; forms that many other values have are left out.
    pub kinds: BTreeSet<IdentifierKind>,
    /// Every key that a scan could have made of it.
    pub keys: BTreeSet<Key>,
    /// Whether it is what people type to fill a field, which identifies nobody.
    pub is_filler: bool,
}

/// What a scan could have made of `value`, by any detector. `found` names the data sets in which numbers are issued, each
/// with a detector that found something there.
pub fn held(engine: &Engine, fingerprinter: &Fingerprinter, value: &[u8], found: &BTreeSet<(String, &str)>) -> Held {
    let mut held = Held::default();
    let (mut half_width, mut normal_form, mut spelled) = (Vec::new(), Vec::new(), Vec::new());
    let half = normal::half_width(value, &mut half_width);
    if normal::is_blank(half) {
        return held;
    }
    for detector in &engine.cells {
        let Some(kind) = detector.identifier() else { continue };
        if detector.is_strict() && detector.fits_cell(half, &mut normal_form) {
            held.kinds.insert(kind);
        }
        let canonical = canonical(kind, detector.form.apply(half, &mut normal_form), &mut spelled);
        held.is_filler |= is_filler(kind, canonical);
        if !kind.is_scoped() && kind.level() != Level::Name {
            held.keys.insert(fingerprinter.key(kind, canonical));
        }
        let data_sets = found.iter().filter(|(_, id)| *id == detector.spec.id).map(|(data_set, _)| data_set.as_str());
        for data_set in data_sets {
            add_issued(engine, fingerprinter, (detector, data_set), (half, canonical), &mut held.keys);
        }
    }
    let mut name = String::new();
    write_name(half, &mut name);
    // As names are told where nothing stands beside them.
    held.keys.insert(fingerprinter.scoped_key(IdentifierKind::Name, name.as_bytes(), b""));
    held
}

/// Keys that mean something within a data set: by whichever role issued the number, spelled rightly or wrongly, hashed or
/// masked.
fn add_issued(
    engine: &Engine,
    fingerprinter: &Fingerprinter,
    (detector, data_set): (&CellDetector, &str),
    (half, canonical): (&[u8], &[u8]),
    keys: &mut BTreeSet<Key>,
) {
    let Some(kind) = detector.identifier() else { return };
    let roles = engine.roles.iter().map(|role| role.spec.id.as_str());
    for role in roles.chain([""]) {
        let issuer = Issuer { data_set, detector, role };
        if matches!(kind, IdentifierKind::Account | IdentifierKind::Vehicle) {
            keys.insert(fingerprinter.scoped_key(kind, &issuer.scope(), canonical));
        }
        keys.insert(fingerprinter.scoped_key(IdentifierKind::Account, &issuer.unverified_scope(), half));
        let hidden = issuer.class_scope();
        if matches!(kind, IdentifierKind::Pseudonym | IdentifierKind::VehiclePseudonym) {
            keys.insert(fingerprinter.scoped_key(kind, &hidden, canonical));
        }
        keys.insert(fingerprinter.scoped_key(IdentifierKind::Pseudonym, &hidden, half));
        if hides_a_part(half) {
            let mut masked = Vec::new();
            write_masked(half, &mut masked);
            let key = fingerprinter.scoped_key(IdentifierKind::Masked, &hidden, &masked);
            let mut alone = vec![key];
            Vague::default().settle(fingerprinter, true, &mut alone);
            keys.insert(key);
            keys.extend(alone);
        }
    }
}
