//! Ranges of widths of glyphs, which the library writes out number by number.
//!
//! ISO 32000-2, 9.7.4.3 "Glyph metrics in `CIDFonts`".

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, MaybeRef, Object};

/// The most glyphs of all ranges of a file: those of a hundred fonts that give a width to every number.
const MAX_GLYPHS: f64 = 8_000_000.0;

/// Objects stand in each other no deeper.
const MAX_DEPTH: usize = 64;

/// Whether the ranges of all fonts are such as fonts have.
pub(super) fn are_bounded(pdf: &Pdf) -> bool {
    // The library mends its table of objects where one is not found, and has others then.
    (0..2).all(|_| {
        let mut left = MAX_GLYPHS;
        pdf.objects().into_iter().all(|object| is_bounded(&object, 0, &mut left))
    })
}

/// Whether what stands in an object takes no more than what is left; what is referred to is an object of its own.
fn is_bounded(object: &Object<'_>, depth: usize, left: &mut f64) -> bool {
    let dict = match object {
        _ if depth > MAX_DEPTH => return false,
        Object::Dict(dict) => dict,
        Object::Stream(stream) => stream.dict(),
        Object::Array(array) => return array.raw_iter().all(|item| is_item_bounded(&item, depth, left)),
        _ => return true,
    };
    for (key, n_beside) in [("W", 1), ("W2", 3)] {
        *left -= dict.get::<Array<'_>>(key).map_or(0.0, |array| n_glyphs(&array, n_beside));
    }
    *left >= 0.0 && dict.entries().all(|(_, item)| is_item_bounded(&item, depth, left))
}

fn is_item_bounded(item: &MaybeRef<Object<'_>>, depth: usize, left: &mut f64) -> bool {
    match item {
        MaybeRef::Ref(_) => true,
        MaybeRef::NotRef(object) => is_bounded(object, depth + 1, left),
    }
}

/// How many glyphs the ranges have, which are a first and a last number with so many widths behind them.
fn n_glyphs(array: &Array<'_>, n_beside: usize) -> f64 {
    let mut items = array.iter::<Object<'_>>();
    let mut n_glyphs = 0.0;
    while let Some(first) = items.next() {
        let (Object::Number(first), Some(Object::Number(last))) = (first, items.next()) else { continue };
        n_glyphs += (last.as_f64() - first.as_f64()).max(0.0);
        for _ in 0..n_beside {
            items.next();
        }
    }
    n_glyphs
}
