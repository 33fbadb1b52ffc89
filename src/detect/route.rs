//! Sends a cell to the few detectors that its length and its characters leave possible.
//!
//! *Invariant*: a prefilter never loses a match; a test compares routing with asking every detector.

use std::collections::BTreeMap;
use std::ptr;
use std::sync::OnceLock;

use super::checks;
use super::context::Label;
use super::engine::{CellDetector, Fit};
use super::inside::{Inside, Looking};
use super::normal::{self, Alphabet, Form, LONGEST_VALUE};
use super::outline::{self, Worth};
use super::pattern::Pattern;
use super::shape::Shape;
use super::sieve::{Decided, MEMBERS, Set, Sieve, for_each};
use super::words::Words;

/// A text without any of these holds no value: all have a digit, an `@`, or stand behind a mark.
const HOLDS_VALUES: Alphabet = Alphabet::DIGIT.union(Alphabet::AT_SIGN).union(Alphabet::MARK);

/// What a detector says of a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit<'c> {
    /// Its place in the engine.
    pub(super) detector: usize,
    /// What the cell is to it; never [`Fit::None`].
    pub(super) fit: Fit,
    /// Whether it was found inside the cell rather than being all of it.
    pub(super) inside: bool,
    /// How surely words before it name it, inside a cell.
    pub(super) label: Option<Label>,
    /// Whether the words before it speak of somebody beside the one who the row is about.
    pub(super) of_other: bool,
    /// The normal form of what was found.
    pub(super) normal: &'c [u8],
}

/// Detectors that are asked about the same values: as many as a set of the sieve holds.
#[derive(Debug)]
pub(super) struct Route {
    /// The detectors, by their places in the engine; a bit of a set each.
    detectors: Vec<usize>,
    sieve: Sieve,
    checks: RouteChecks,
    /// Whom to ask about a value, by what it is made of and whether there are middle dots in it, once there is such a value.
    steps: Vec<OnceLock<Vec<Step>>>,
}

const _: () = assert!(checks::CHECKS.len() <= u64::BITS as usize, "a set of checks is one word");

/// The checks that the detectors of a route make.
#[derive(Debug)]
struct RouteChecks {
    /// Each of them once, with the detectors that make it; those that cost most come last.
    all: Vec<(u8, Set)>,
    /// By detector, a bit for each of its checks.
    of: Vec<u64>,
}

impl RouteChecks {
    fn new<'c>(detectors: impl Iterator<Item = &'c CellDetector> + Clone) -> Self {
        let mut all: Vec<u8> = detectors.clone().flat_map(|detector| detector.checks.iter().copied()).collect();
        all.sort_unstable_by_key(|check| (checks::cost(*check), *check));
        all.dedup();
        let bits = |detector: &CellDetector| {
            let made = all.iter().enumerate().filter(|(_, check)| detector.checks.contains(check));
            made.fold(0, |bits, (at, _)| bits | 1 << at)
        };
        let of: Vec<u64> = detectors.map(bits).collect();
        let by = |at: usize| of.iter().rev().fold(0, |set, bits| set << 1 | bits >> at & 1);
        Self { all: all.iter().enumerate().map(|(at, check)| (*check, by(at))).collect(), of }
    }

    /// Those among some detectors whose checks a value passes, each of which is made once.
    fn pass(&self, detectors: Set, value: &[u8]) -> Set {
        let (mut passed, mut needed) = (detectors, 0);
        for_each(detectors, |member| needed |= self.of.get(member).copied().unwrap_or(0));
        for_each(needed, |at| {
            if let Some((check, by)) = self.all.get(at)
                && passed & by != 0
                && !checks::passes(*check, value)
            {
                passed &= !by;
            }
        });
        passed
    }
}

/// The detectors that may know whole values of one outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Few {
    route: usize,
    form: Form,
    /// What the digits of the normal form decide.
    decided: Decided,
    /// Whether there is a star in such values, which may hide something.
    has_star: bool,
}

impl Few {
    /// Whether a value with this outline that has this normal form is its own, and hides nothing.
    pub(super) fn is_as_is(&self, value: &[u8], normal: &[u8]) -> bool {
        !self.has_star && ptr::eq(value, normal)
    }
}

/// What the detectors of a route say of a value: to whom it looks like one, and to whom it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    route: usize,
    pub(super) shaped: Set,
    pub(super) full: Set,
}

/// Detectors to which values made of the same characters have the same normal form.
#[derive(Clone, Copy, Debug)]
struct Step {
    form: Form,
    asked: Set,
}

/// All detectors that look at every cell.
#[derive(Debug, Default)]
pub(super) struct Routes {
    whole: Vec<Route>,
    /// By detector, its route among those, and its place there.
    places: Vec<Option<(usize, usize)>>,
    inside: Inside,
    words: Option<Words>,
}

/// Buffers that routing reuses.
#[derive(Debug, Default)]
pub(super) struct Routing {
    half_width: Vec<u8>,
    normal: Vec<u8>,
    looking: Looking,
}

impl Routes {
    /// Plans the routes to the detectors that look at every cell.
    pub(super) fn new(cells: &[CellDetector], lists: &BTreeMap<String, Vec<String>>) -> Result<Self, String> {
        let of_every_cell = cells.iter().enumerate().filter(|(_, detector)| detector.looks_at_every_cell);
        let plan = || Route::plan(cells, of_every_cell.map(|(at, _)| at));
        let (whole, (inside, words)) =
            rayon::join(plan, || rayon::join(|| Inside::new(cells, lists), || Words::new(cells, lists)));
        let mut places = vec![None; cells.len()];
        for (route, Route { detectors, .. }) in whole.iter().enumerate() {
            for (member, detector) in detectors.iter().enumerate() {
                if let Some(place) = places.get_mut(*detector) {
                    *place = Some((route, member));
                }
            }
        }
        Ok(Self { whole, places, inside: inside?, words: words? })
    }

    /// Hands every detector's word about `cell` to `hit`.
    pub(super) fn route(
        &self,
        cells: &[CellDetector],
        cell: &[u8],
        routing: &mut Routing,
        hit: &mut impl FnMut(Hit<'_>),
    ) {
        let Routing { half_width, normal, looking } = routing;
        let mut cell = normal::trim(cell);
        let mut alphabet = normal::alphabet(cell);
        if alphabet.intersects(Alphabet::WIDE) {
            if normal::may_be_full_width(cell) && normal::write_half_width(cell, half_width) {
                cell = half_width.as_slice();
                alphabet = normal::alphabet(cell);
            }
            if let Some(words) = &self.words {
                words.find(cells, cell, normal, hit);
            }
        }
        let mut is_value = false;
        if cell.len() <= LONGEST_VALUE {
            ask(&self.whole, cells, (cell, alphabet), normal, &mut |found| {
                is_value |= found.fit == Fit::Full;
                hit(found);
            });
            if is_value || !alphabet.intersects(HOLDS_VALUES) {
                return;
            }
        }
        self.inside.route(cells, (cell, alphabet), looking, normal, hit);
    }

    /// What a trimmed value with this outline may be.
    pub(super) fn worth(&self, cells: &[CellDetector], outline: &[u8]) -> Worth {
        if normal::says_nothing(outline) {
            return Worth::Blank;
        }
        let is_wide = !outline.is_ascii();
        let (mut half_width, mut is_changed) = (Vec::new(), false);
        let outline = if is_wide && normal::write_half_width(outline, &mut half_width) {
            // Some of them were digits in full width.
            half_width = outline::outline(&half_width);
            is_changed = true;
            half_width.as_slice()
        } else {
            outline
        };
        let alphabet = normal::alphabet(outline);
        if is_wide && self.words.as_ref().is_some_and(|words| words.may_stand_in(outline))
            || alphabet.intersects(HOLDS_VALUES) && self.inside.may_know(cells, outline, alphabet)
        {
            return Worth::Something;
        }
        let whole = self.whole.iter().enumerate();
        let mut few =
            whole.flat_map(|(at, route)| route.few(cells, outline, alphabet).map(move |few| Few { route: at, ..few }));
        match (few.next(), few.next()) {
            (None, _) => Worth::Nothing,
            (Some(few), None) if !is_changed => Worth::Whole(few),
            (Some(_), _) => Worth::Something,
        }
    }

    /// What a few detectors say of a trimmed value, and its normal form.
    pub(super) fn ask_few<'v>(
        &self,
        cells: &[CellDetector],
        few: &Few,
        value: &'v [u8],
        routing: &'v mut Routing,
    ) -> (Said, &'v [u8]) {
        let normal = few.form.make(value, &mut routing.normal);
        let route = self.whole.get(few.route);
        let (shaped, full) = route.map_or((0, 0), |route| route.judge(cells, normal, few.decided.pass(normal)));
        (Said { route: few.route, shaped, full }, normal)
    }

    /// Whether a detector says that the value is one.
    pub(super) fn is_one(&self, said: Said, detector: usize) -> bool {
        let place = self.places.get(detector).copied().flatten();
        place.is_some_and(|(route, member)| route == said.route && said.full >> member & 1 == 1)
    }

    /// The detectors that say something, and whether it is that the value is one.
    pub(super) fn detectors(&self, said: Said) -> impl Iterator<Item = (usize, bool)> {
        let detectors = self.whole.get(said.route).map_or(&[][..], |route| route.detectors.as_slice());
        let each = detectors.iter().enumerate().filter(move |(member, _)| said.shaped >> member & 1 == 1);
        each.map(move |(member, detector)| (*detector, said.full >> member & 1 == 1))
    }
}

impl Route {
    /// Plans the routes to these detectors; those without a pattern have none.
    pub(super) fn plan(cells: &[CellDetector], detectors: impl Iterator<Item = usize>) -> Vec<Self> {
        let with_pattern = |at: &usize| cells.get(*at).is_some_and(|detector| detector.pattern.is_some());
        let detectors: Vec<usize> = detectors.filter(with_pattern).collect();
        detectors.chunks(MEMBERS).map(|chunk| Self::new(cells, chunk)).collect()
    }

    fn new(cells: &[CellDetector], detectors: &[usize]) -> Self {
        let patterns = detectors.iter().filter_map(|&at| cells.get(at)?.pattern.as_ref());
        let shapes: Vec<&Shape> = patterns.map(Pattern::shape).collect();
        let steps = Alphabet::every().flat_map(|_| [OnceLock::new(), OnceLock::new()]).collect();
        let checks = RouteChecks::new(detectors.iter().filter_map(|&at| cells.get(at)));
        Self { detectors: detectors.to_vec(), sieve: Sieve::new(&shapes), checks, steps }
    }

    /// Whom to ask about a value made of `alphabet`, and in which form.
    #[inline]
    fn steps(&self, cells: &[CellDetector], alphabet: Alphabet, has_dots: bool) -> &[Step] {
        let steps = self.steps.get(alphabet.place() * 2 + usize::from(has_dots));
        steps.map_or(&[], |steps| steps.get_or_init(|| self.find_steps(cells, alphabet, has_dots)))
    }

    fn find_steps(&self, cells: &[CellDetector], alphabet: Alphabet, has_dots: bool) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        let known = self.detectors.iter().map(|&at| cells.get(at)).enumerate();
        for (member, detector) in known.filter_map(|(member, detector)| Some((member, detector?))) {
            if !detector.may_match(alphabet) {
                continue;
            }
            let form = detector.form.of(alphabet);
            let form = if has_dots { form } else { form.without_dots() };
            match steps.iter_mut().find(|step| step.form == form) {
                Some(step) => step.asked |= 1 << member,
                None => steps.push(Step { form, asked: 1 << member }),
            }
        }
        steps
    }

    /// The detectors that may know some value that is made of `alphabet` and has this outline.
    fn few(&self, cells: &[CellDetector], outline: &[u8], alphabet: Alphabet) -> impl Iterator<Item = Few> {
        let has_dots = normal::may_have_dots(outline);
        self.steps(cells, alphabet, has_dots).iter().filter_map(|&Step { form, asked }| {
            let mut buffer = Vec::new();
            let normal = form.make(outline, &mut buffer);
            let passing = self.sieve.may_pass(normal, asked);
            let may_match = |at: usize| cells.get(at)?.pattern.as_ref().map(|pattern| pattern.may_match(normal));
            let members = self.detectors.iter().enumerate().filter(|(member, _)| passing >> member & 1 == 1);
            let asked =
                members.fold(0, |asked, (member, &at)| asked | Set::from(may_match(at) == Some(true)) << member);
            let decided = || self.sieve.decided(normal, asked);
            (asked != 0).then(|| Few { route: 0, form, decided: decided(), has_star: outline.contains(&b'*') })
        })
    }

    /// Whether a detector may know some value that is made of `alphabet` and has this outline.
    pub(super) fn may_know(&self, cells: &[CellDetector], outline: &[u8], alphabet: Alphabet) -> bool {
        self.few(cells, outline, alphabet).next().is_some()
    }

    /// Of the detectors that the sieve passes a normal form to, those whose pattern it matches, and those whose checks it
    /// passes too.
    #[inline]
    fn judge(&self, cells: &[CellDetector], normal: &[u8], (passed, sure): (Set, Set)) -> (Set, Set) {
        let mut shaped = passed & sure;
        for_each(passed & !sure, |member| {
            let detector = self.detectors.get(member).and_then(|at| cells.get(*at));
            let pattern = detector.and_then(|detector| detector.pattern.as_ref());
            shaped |= Set::from(pattern.is_some_and(|pattern| pattern.matches_shaped(normal))) << member;
        });
        (shaped, if shaped == 0 { 0 } else { self.checks.pass(shaped, normal) })
    }

    /// The length of the shortest value made of `alphabet` that a detector may know.
    pub(super) fn shortest(&self, cells: &[CellDetector], alphabet: Alphabet) -> usize {
        let steps = self.steps(cells, alphabet, false).iter();
        steps.filter_map(|step| self.sieve.shortest(step.asked)).min().unwrap_or(usize::MAX)
    }
}

/// Hands what the detectors say of a candidate, taken as a whole cell, to `hit`.
pub(super) fn ask(
    routes: &[Route],
    cells: &[CellDetector],
    (cell, alphabet): (&[u8], Alphabet),
    buffer: &mut Vec<u8>,
    hit: &mut impl FnMut(Hit<'_>),
) {
    let has_dots = alphabet.intersects(Alphabet::WIDE) && normal::may_have_dots(cell);
    for route in routes {
        for step in route.steps(cells, alphabet, has_dots) {
            let normal = step.form.make(cell, buffer);
            let (shaped, full) = route.judge(cells, normal, route.sieve.pass(normal, step.asked));
            for_each(shaped, |member| {
                let fit = if full >> member & 1 == 1 { Fit::Full } else { Fit::Shape };
                if let Some(&detector) = route.detectors.get(member) {
                    hit(Hit { detector, fit, inside: false, label: None, of_other: false, normal });
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{Hit, LONGEST_VALUE, Routing, Worth};
    use crate::detect::engine::{Engine, Fit};
    use crate::detect::examples::tests::built_in;
    use crate::detect::normal;
    use crate::detect::outline::Outlines;

    /// What routing finds in whole cells, and what asking every detector finds.
    fn found(engine: &Engine, cell: &str) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let mut routed = BTreeSet::new();
        engine.routes.route(&engine.cells, cell.as_bytes(), &mut Routing::default(), &mut |hit| {
            let is_pattern = engine.cells[hit.detector].pattern.is_some();
            if !hit.inside && hit.fit == Fit::Full && is_pattern {
                routed.insert(hit.detector);
            }
        });
        let mut buffer = Vec::new();
        let half = normal::half_width(cell.as_bytes(), &mut buffer).to_vec();
        let asked = engine.cells.iter().enumerate().filter(|(_, detector)| {
            let mut normal_form = Vec::new();
            let fit = detector.fit(detector.form.apply(&half, &mut normal_form));
            detector.looks_at_every_cell && detector.pattern.is_some() && fit == Fit::Full
        });
        (routed, asked.map(|(at, _)| at).collect())
    }

    /// Texts that are nearly values: examples of the packs, cut, joined and sprinkled with separators.
    fn near_values() -> impl Strategy<Value = String> {
        let examples: Vec<String> = built_in().cells.iter().flat_map(|detector| detector.spec.accept.clone()).collect();
        let piece = prop_oneof![
            proptest::sample::select(examples),
            "[0-9]{1,20}",
            "[0-9A-Z]{1,18}",
            "[ \\-.()·　Ａ１x@a-f京沪粤]{1,4}",
        ];
        proptest::collection::vec(piece, 1..3).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn routing_loses_no_match(cell in near_values()) {
            let engine = built_in();
            if cell.len() <= LONGEST_VALUE {
                let (routed, asked) = found(engine, &cell);
                prop_assert_eq!(routed, asked, "{}", cell);
            }
        }
    }

    proptest! {
        #[test]
        fn an_outline_turns_nothing_away(cell in prop_oneof![near_values(), near_sentences()], digits in any::<u64>()) {
            let Engine { cells, routes, .. } = built_in();
            let trimmed = normal::trim(cell.as_bytes());
            let mut digits = digits;
            let other_digit = |byte: &u8| {
                digits = digits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                if byte.is_ascii_digit() { b'0' + (digits >> 33) as u8 % 10 } else { *byte }
            };
            let other: Vec<u8> = trimmed.iter().map(other_digit).collect();
            let (mut outlines, mut routing) = (Outlines::default(), Routing::default());
            for value in [trimmed, &other] {
                let (mut hits, mut of_few) = (Vec::new(), Vec::new());
                let list = |hit: Hit<'_>| (hit.detector, hit.fit, hit.inside, hit.normal.to_vec());
                routes.route(cells, value, &mut routing, &mut |hit| hits.push(list(hit)));
                match outlines.worth(value, |outline| routes.worth(cells, outline)).clone() {
                    Worth::Something => continue,
                    Worth::Whole(few) => {
                        let (said, normal) = routes.ask_few(cells, &few, value, &mut routing);
                        let fit = |full: bool| if full { Fit::Full } else { Fit::Shape };
                        let said = routes.detectors(said);
                        of_few.extend(said.map(|(detector, full)| (detector, fit(full), false, normal.to_vec())));
                    }
                    Worth::Blank => prop_assert!(normal::says_nothing(value)),
                    Worth::Nothing => prop_assert!(!normal::says_nothing(value)),
                }
                prop_assert_eq!(hits, of_few, "{}", String::from_utf8_lossy(value));
            }
        }
    }

    #[test]
    fn remarks_are_judged_by_their_outlines() {
        let Engine { cells, routes, .. } = built_in();
        let cases = [
            ("已预约到店，第0000次", Worth::Nothing),
            ("00分钟后取消，共0件", Worth::Nothing),
            ("服务费00.00元", Worth::Something),
            ("暂无", Worth::Blank),
            ("联系电话00000000000", Worth::Something),
            ("车牌京A00000停入", Worth::Something),
        ];
        for (outline, worth) in cases {
            assert_eq!(routes.worth(cells, outline.as_bytes()), worth, "{outline}");
        }
    }

    /// The detectors that find something inside a text.
    fn inside(engine: &Engine, text: &[u8]) -> BTreeSet<usize> {
        let mut inside = BTreeSet::new();
        engine.routes.route(&engine.cells, text, &mut Routing::default(), &mut |hit| {
            if hit.inside && hit.fit == Fit::Full {
                inside.insert(hit.detector);
            }
        });
        inside
    }

    /// Texts of packs in which something is found, and the words that name it, in pieces.
    fn near_sentences() -> impl Strategy<Value = String> {
        let cells = &built_in().cells;
        let texts: Vec<String> = cells.iter().flat_map(|detector| detector.spec.in_text_accept.clone()).collect();
        let words: Vec<String> = cells.iter().flat_map(|detector| detector.spec.context.clone()).collect();
        let piece = prop_oneof![
            proptest::sample::select(texts),
            proptest::sample::select(words),
            "[0-9]{1,12}",
            "[ \\-.()·:/=&，。、某京号第字+@_\"]{1,3}",
        ];
        proptest::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn what_stands_before_a_clause_hides_nothing_in_it(
            before in near_sentences(),
            text in proptest::sample::select(
                built_in().cells.iter().flat_map(|detector| detector.spec.in_text_accept.clone()).collect::<Vec<_>>()
            ),
        ) {
            let alone = inside(built_in(), text.as_bytes());
            let behind = inside(built_in(), format!("{before}\n{text}").as_bytes());
            prop_assert!(behind.is_superset(&alone), "{} | {}", before, text);
        }

        #[test]
        fn any_bytes_will_do(mut bytes in near_sentences().prop_map(String::into_bytes), at in any::<usize>(), byte in any::<u8>()) {
            let place = at % bytes.len();
            bytes[place] = byte;
            inside(built_in(), &bytes);
        }
    }

    #[test]
    fn finds_what_is_inside_text() {
        let engine = built_in();
        let cases = [
            ("客户身份证：11010519491231002X，电话13912045716。", 2),
            ("mail me at someone@example.com, please", 1),
            ("call +1 202 555 0143 on 2020-01-20 00:01:04", 0),
            ("order 673883045255652374 shipped", 0),
        ];
        for (text, expected) in cases {
            let classes: BTreeSet<_> =
                inside(engine, text.as_bytes()).into_iter().map(|at| engine.cells[at].spec.class).collect();
            assert_eq!(classes.len(), expected, "{text}: {classes:?}");
        }
    }
}
