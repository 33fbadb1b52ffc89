//! The text of a page: glyphs, which may be drawn in any order, become lines from top to bottom.

use std::panic;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::kurbo::{Affine, BezPath, Point};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

use super::char;

/// What is drawn on a page, as far as it matters here.
#[derive(Debug)]
pub(super) struct Canvas {
    glyphs: Vec<Placed>,
    /// The lines that are complete.
    pub(super) lines: Vec<u8>,
    /// Whether anything is written.
    has_text: bool,
    /// Glyphs whose characters are not told.
    pub(super) n_unknown: u64,
    pub(super) n_pictures: u64,
    n_paths: u64,
    /// So much may still be drawn.
    pub(super) steps: u64,
}

/// A character at its place.
#[derive(Clone, Copy, Debug)]
struct Placed {
    way: Way,
    /// How far along its line.
    along: f32,
    /// How high its line is, seen by who reads it.
    height: f32,
    advance: f32,
    size: f32,
    char: char,
}

/// In which direction a line runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Way {
    degrees: i16,
    is_vertical: bool,
}

/// Glyphs are drawn in so many units for the size of their font.
const UNITS: f64 = 1000.0;

/// So many glyphs are put in order at once; no page that is printed has as many.
const MAX_GLYPHS: usize = 1 << 20;

/// What it takes to place a character.
const GLYPH_STEPS: u64 = 16;

/// What it takes to begin a drawing within another one.
const CLIP_STEPS: u64 = 128;

/// Characters whose heights differ by less of their size stand in one line.
const SAME_LINE: f32 = 0.45;

/// A gap of so much of the size is a blank; ideographs are set apart without one.
const BLANK: f32 = 0.2;
const IDEOGRAPH_BLANK: f32 = 0.6;

/// A gap of so much of the size stands between the cells of a row.
const CELL: f32 = 1.0;

impl Canvas {
    pub(super) const fn new(steps: u64) -> Self {
        Self { glyphs: Vec::new(), lines: Vec::new(), has_text: false, n_unknown: 0, n_pictures: 0, n_paths: 0, steps }
    }

    /// Whether there is something to see, but no text.
    pub(super) const fn is_without_text(&self) -> bool {
        !self.has_text && (self.n_pictures > 0 || self.n_paths > 0)
    }

    /// Counts what is drawn. Drawings that stand in each other multiply, and the library has no other way to stop.
    pub(super) fn step(&mut self, steps: u64) {
        let Some(left) = self.steps.checked_sub(steps) else {
            self.steps = 0;
            panic::resume_unwind(Box::new("too much is drawn"));
        };
        self.steps = left;
    }

    fn put(&mut self, glyph: &Glyph<'_>, at: Affine, is_vertical: bool) {
        let chars = match glyph.as_unicode() {
            Some(BfString::Char(char)) => char.to_string(),
            Some(BfString::String(chars)) => chars,
            None => String::new(),
        };
        self.step(GLYPH_STEPS * chars.chars().count().max(1) as u64);
        if chars.chars().all(|char| char == '\0' || char == '\u{fffd}') {
            self.n_unknown += 1;
            return;
        }
        let width = match glyph {
            Glyph::Outline(glyph) => glyph.advance_width(),
            Glyph::Type3(glyph) => glyph.advance_width(),
        };
        let (along, up) =
            (at * Point::new(UNITS, 0.0) - at * Point::ZERO, at * Point::new(0.0, UNITS) - at * Point::ZERO);
        let size = up.hypot();
        let angle = along.atan2();
        let place = at * Point::ZERO;
        let (sin, cos) = angle.sin_cos();
        let (right, above) = (place.x * cos + place.y * sin, place.y * cos - place.x * sin);
        if !(size.is_finite() && right.is_finite() && above.is_finite()) {
            self.n_unknown += 1;
            return;
        }
        let way = Way { degrees: angle.to_degrees().round() as i16, is_vertical };
        let (along, height) = if is_vertical { (-above, right) } else { (right, above) };
        let size = size as f32;
        let mut text = String::new();
        chars.chars().for_each(|char| char::push(char, &mut text));
        self.has_text |= !text.trim().is_empty();
        let n = text.chars().count().max(1) as f32;
        let advance = if is_vertical { size } else { width.unwrap_or(500.0) / UNITS as f32 * size } / n;
        for (at, char) in text.chars().enumerate() {
            let along = along as f32 + advance * at as f32;
            self.glyphs.push(Placed { way, along, height: height as f32, advance, size, char });
        }
        if self.glyphs.len() >= MAX_GLYPHS {
            self.finish();
        }
    }

    /// Makes lines of what is drawn.
    pub(super) fn finish(&mut self) {
        let mut rest = std::mem::take(&mut self.glyphs);
        while let Some(way) = rest.first().map(|glyph| glyph.way) {
            let (mut own, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(|glyph| glyph.way == way);
            rest = others;
            own.sort_by(|a, b| b.height.total_cmp(&a.height));
            let is_same = |a: &Placed, b: &Placed| a.height - b.height <= SAME_LINE * a.size.min(b.size);
            for line in own.chunk_by_mut(is_same) {
                line.sort_by(|a, b| a.along.total_cmp(&b.along));
                put_line(line, &mut self.lines);
            }
        }
    }
}

fn put_line(line: &[Placed], lines: &mut Vec<u8>) {
    let mut text = String::new();
    let mut last: Option<&Placed> = None;
    for glyph in line {
        if let Some(last) = last {
            // Bold text is drawn twice by some programs, a hair's breadth apart.
            if glyph.char == last.char && glyph.along - last.along < last.advance / 4.0 {
                continue;
            }
            let gap = (glyph.along - last.along - last.advance) / glyph.size.max(last.size);
            let is_apart = is_ideograph(glyph.char) && is_ideograph(last.char);
            if gap > CELL {
                text.truncate(text.trim_end().len());
                text.push('\t');
            } else if gap > if is_apart { IDEOGRAPH_BLANK } else { BLANK } {
                text.push(' ');
            }
        }
        let is_blank = glyph.char.is_whitespace();
        if !is_blank {
            text.push(glyph.char);
        } else if !text.ends_with([' ', '\t']) {
            text.push(' ');
        }
        last = Some(glyph);
    }
    let text = text.trim();
    if !text.is_empty() {
        lines.extend(text.as_bytes());
        lines.push(b'\n');
    }
}

/// Whether it is set without blanks around it.
const fn is_ideograph(char: char) -> bool {
    matches!(char, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

impl<'a> Device<'a> for Canvas {
    fn draw_path(&mut self, path: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.step(1 + path.elements().len() as u64);
        self.n_paths += 1;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step(CLIP_STEPS);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step(16);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let is_vertical = matches!(run.writing_mode(), WritingMode::Vertical);
        for glyph in run.glyphs() {
            self.put(glyph, props.transform * glyph.transform(), is_vertical);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.step(16);
        self.n_pictures += 1;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
