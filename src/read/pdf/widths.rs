//! Ranges of widths of glyphs, which the library writes out number by number.
//!
//! ISO 32000-2, 9.7.4.3 "Glyph metrics in CIDFonts".

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Number, Object};

/// A font has some 30,000 glyphs, and no number of a glyph is above 65,535.
const MAX_GLYPHS: f64 = 1_000_000.0;

/// Objects stand in each other no deeper.
const MAX_DEPTH: usize = 64;

/// Whether the ranges of all fonts are such as fonts have.
pub(super) fn are_bounded(pdf: &Pdf) -> bool {
    // The library mends its table of objects where one is not found, and has others then.
    (0..2).all(|_| pdf.objects().into_iter().all(|object| is_bounded(&object, 0)))
}

fn is_bounded(object: &Object<'_>, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    match object {
        Object::Dict(dict) => is_dict_bounded(dict, depth),
        Object::Stream(stream) => is_dict_bounded(stream.dict(), depth),
        Object::Array(array) => array.raw_iter().all(|item| is_item_bounded(&item, depth)),
        _ => true,
    }
}

fn is_dict_bounded(dict: &Dict<'_>, depth: usize) -> bool {
    let is_small =
        |key: &str, beside| dict.get::<Array<'_>>(key).is_none_or(|array| n_glyphs(&array, beside) <= MAX_GLYPHS);
    is_small("W", 1) && is_small("W2", 3) && dict.entries().all(|(_, item)| is_item_bounded(&item, depth))
}

/// What is referred to is an object of its own.
fn is_item_bounded(item: &MaybeRef<Object<'_>>, depth: usize) -> bool {
    match item {
        MaybeRef::Ref(_) => true,
        MaybeRef::NotRef(object) => is_bounded(object, depth + 1),
    }
}

/// How many glyphs the ranges have, which are a first and a last number with so many widths behind them.
fn n_glyphs(array: &Array<'_>, n_beside: usize) -> f64 {
    let mut items = array.iter::<Object<'_>>();
    let mut n_glyphs = 0.0;
    while let Some(first) = items.next() {
        let (Object::Number(first), Some(Object::Number(last))) = (first, items.next()) else { continue };
        n_glyphs += (number(&last) - number(&first)).max(0.0);
        for _ in 0..n_beside {
            items.next();
        }
    }
    n_glyphs
}

fn number(number: &Number) -> f64 {
    number.as_f64()
}
