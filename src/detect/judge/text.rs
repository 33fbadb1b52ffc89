//! What the values inside the text of a column weigh.

use super::column::{ANSWERS_AT_MOST, MIXED_SHARE, Place, evidence_word, weight_of_values};
use super::{MEDIUM, score};
use crate::detect::engine::CellDetector;
use crate::detect::sample::Sample;
use crate::detect::survey::Hits;
use crate::model::Because;

/// Found inside text rather than alone in its cell.
const INSIDE_TEXT: i32 = -10;
/// What is said of a header that says something else.
const SILENT_HEADER: &str = "header_silent";
/// Words right before the values say what they are: as much as a header, and closer.
const STRONG_LABEL: i32 = 40;
/// Such words fit other things too.
const WEAK_LABEL: i32 = 25;
/// Where one value in so many is named, the others are the same thing.
const NAMED_ONE_IN: u64 = 10;

/// Whether everything that looks like one is one, where chance would fail some: no numbers of other kinds stand there.
fn all_pass(detector: &CellDetector, hits: &Hits) -> bool {
    let least = detector.spec.min_passed;
    least > 0.0 && hits.inside_full as f64 >= least * hits.inside_shaped as f64
}

/// Where inside the cells the values stand that count, and what they weigh. `by_header` is what the header says.
pub(super) fn weigh_inside(
    detector: &CellDetector,
    hits: &Hits,
    by_header: &[Because],
) -> Option<(Place, Vec<Because>)> {
    if hits.inside_full == 0 {
        return None;
    }
    // A column of remarks is called after none of the things in them.
    let by_header: Vec<Because> = by_header.iter().filter(|reason| reason.what != SILENT_HEADER).cloned().collect();
    let weigh = |of: &Sample, more: &[Because]| -> Vec<Because> {
        let passing = of.distinct().0;
        let values = Because { what: evidence_word(detector), weight: weight_of_values(detector, passing) };
        let inside = Because { what: "inside_text", weight: INSIDE_TEXT };
        let is_regular = passing >= ANSWERS_AT_MOST && all_pass(detector, hits);
        more.iter().cloned().chain([values]).chain((!is_regular).then_some(inside)).collect()
    };
    let passes = hits.inside_full as f64 >= MIXED_SHARE * hits.inside_shaped as f64;
    let label = match (hits.labelled, hits.labelled_strongly) {
        (0, _) => None,
        (_, 0) => Some(Because { what: "label_weak", weight: WEAK_LABEL }),
        _ => Some(Because { what: "label", weight: STRONG_LABEL }),
    };
    // What stands before a value is closer to it than the header: in `order_remark` there are mobiles, if it says so.
    let for_it = || by_header.iter().filter(|reason| reason.weight > 0).cloned();
    let named = label.map(|label| for_it().chain([label]).collect::<Vec<_>>());
    if let Some(named) = named.as_ref().filter(|_| passes && hits.labelled * NAMED_ONE_IN >= hits.inside_full) {
        return Some((Place::Inside, weigh(&hits.matches, named)));
    }
    let all = passes.then(|| weigh(&hits.matches, &by_header));
    match (named, all) {
        (Some(named), all) if all.as_ref().is_none_or(|all| score(all) < MEDIUM) => {
            Some((Place::Labelled, weigh(&hits.labelled_matches, &named)))
        }
        (_, all) => all.map(|all| (Place::Inside, all)),
    }
}
