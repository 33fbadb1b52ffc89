//! Sends a cell to the few detectors that its length and its characters leave possible.
//!
//! *Invariant*: a prefilter never loses a match; a test compares routing with asking every detector.

use super::engine::{CellDetector, Fit};
use super::normal::{self, Alphabet, Form, LONGEST_VALUE};

/// Runs of letters and digits inside text that are shorter than this identify nobody.
const SHORTEST_RUN: usize = 7;
/// An e-mail address is at most this long (RFC 5321, 4.5.3.1.3, less the angle brackets).
const LONGEST_EMAIL: usize = 254;

/// What a detector says of a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit<'c> {
    /// Its place in the engine.
    pub(super) detector: usize,
    /// What the cell is to it; never [`Fit::None`].
    pub(super) fit: Fit,
    /// Whether it was found inside the cell rather than being all of it.
    pub(super) inside: bool,
    /// The normal form of what was found.
    pub(super) normal: &'c [u8],
}

/// Detectors with the same normal form.
#[derive(Debug)]
struct Route {
    form: Form,
    /// Detectors by the length of the normal form.
    by_length: Vec<Vec<usize>>,
}

/// All detectors that look at every cell.
#[derive(Debug, Default)]
pub(super) struct Routes {
    whole: Vec<Route>,
    inside: Vec<Route>,
}

/// Buffers that routing reuses.
#[derive(Debug, Default)]
pub(super) struct Routing {
    half_width: Vec<u8>,
    normal: Vec<u8>,
}

impl Routes {
    /// Plans the routes to the detectors that look at every cell.
    pub(super) fn new(cells: &[CellDetector]) -> Self {
        let mut routes = Self::default();
        for (at, detector) in cells.iter().enumerate().filter(|(_, detector)| detector.looks_at_every_cell) {
            add(&mut routes.whole, at, detector);
            if detector.spec.in_text {
                add(&mut routes.inside, at, detector);
            }
        }
        routes
    }

    /// Hands every detector's word about `cell` to `hit`.
    pub(super) fn route(
        &self,
        cells: &[CellDetector],
        cell: &[u8],
        routing: &mut Routing,
        hit: &mut impl FnMut(Hit<'_>),
    ) {
        let Routing { half_width, normal } = routing;
        let mut cell = normal::trim(cell);
        if normal::may_be_full_width(cell) && normal::write_half_width(cell, half_width) {
            cell = half_width.as_slice();
        }
        let mut is_value = false;
        if cell.len() <= LONGEST_VALUE {
            let alphabet = normal::alphabet(cell);
            ask(&self.whole, cells, (cell, alphabet), normal, false, &mut |found| {
                is_value |= found.fit == Fit::Full;
                hit(found);
            });
            if is_value || !alphabet.intersects(Alphabet::DIGIT.union(Alphabet::MARK)) {
                return;
            }
        }
        self.route_text(cells, cell, normal, hit);
    }

    /// Looks at the runs of letters and digits, and at the e-mail addresses, inside text.
    fn route_text(&self, cells: &[CellDetector], text: &[u8], normal: &mut Vec<u8>, hit: &mut impl FnMut(Hit<'_>)) {
        if self.inside.is_empty() {
            return;
        }
        let mut at = 0;
        while let Some(rest) = text.get(at..) {
            let Some(start) = rest.iter().position(u8::is_ascii_alphanumeric).map(|skip| at + skip) else { break };
            let run = text.get(start..).unwrap_or_default();
            let length = run.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(run.len());
            at = start + length;
            if length < SHORTEST_RUN - 1 || length == text.len() {
                continue;
            }
            for (front, back) in neighbouring_characters(text, start, at) {
                let candidate = text.get(front..back).unwrap_or_default();
                let alphabet = normal::alphabet(candidate);
                ask(&self.inside, cells, (candidate, alphabet), normal, true, hit);
            }
        }
        for sign in memchr::memchr_iter(b'@', text) {
            let address = around_at_sign(text, sign);
            if address.len() < text.len() {
                ask(&self.inside, cells, (address, normal::alphabet(address)), normal, true, hit);
            }
        }
    }
}

fn add(routes: &mut Vec<Route>, at: usize, detector: &CellDetector) {
    let Some(pattern) = &detector.pattern else { return };
    let route = match routes.iter_mut().position(|route| route.form == detector.form) {
        Some(found) => routes.get_mut(found),
        None => {
            routes.push(Route { form: detector.form, by_length: vec![Vec::new(); LONGEST_VALUE + 1] });
            routes.last_mut()
        }
    };
    let (shortest, longest) = pattern.lengths;
    for detectors in route.into_iter().flat_map(|route| route.by_length.iter_mut().take(longest + 1).skip(shortest)) {
        detectors.push(at);
    }
}

fn ask(
    routes: &[Route],
    cells: &[CellDetector],
    (cell, alphabet): (&[u8], Alphabet),
    buffer: &mut Vec<u8>,
    inside: bool,
    hit: &mut impl FnMut(Hit<'_>),
) {
    for route in routes {
        let (normal, alphabet) = if route.form.keeps(alphabet) {
            (cell, alphabet)
        } else {
            route.form.write(cell, buffer);
            (buffer.as_slice(), normal::alphabet(buffer))
        };
        for &at in route.by_length.get(normal.len()).into_iter().flatten() {
            let Some(detector) = cells.get(at) else { continue };
            if !detector.pattern.as_ref().is_some_and(|pattern| alphabet.is_within(pattern.alphabet)) {
                continue;
            }
            let fit = detector.fit(normal);
            if fit != Fit::None {
                hit(Hit { detector: at, fit, inside, normal });
            }
        }
    }
}

/// The run `start..end` by itself, with the wide character in front, and with the ones on both sides: plates begin with a
/// character of the province and may end with one of the kind.
fn neighbouring_characters(text: &[u8], start: usize, end: usize) -> impl Iterator<Item = (usize, usize)> {
    let front = start.checked_sub(3).filter(|&front| text.get(front).is_some_and(|byte| *byte >= 0xe0));
    let back = text.get(end).filter(|byte| **byte >= 0xe0).map(|_| end + 3);
    [Some((start, end)), front.map(|front| (front, end)), front.zip(back)].into_iter().flatten()
}

/// The characters around an `@` that an e-mail address may have.
fn around_at_sign(text: &[u8], sign: usize) -> &[u8] {
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(byte);
    let is_domain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    let (local, domain) = text.split_at_checked(sign).unwrap_or((text, &[]));
    let front = local.iter().rev().take(LONGEST_EMAIL).take_while(|byte| is_local(byte)).count();
    let back = domain.iter().skip(1).take(LONGEST_EMAIL).take_while(|byte| is_domain(byte)).count();
    let address = text.get(sign - front..sign + 1 + back).unwrap_or_default();
    address.strip_suffix(b".").unwrap_or(address)
}
