//! Glyph runs in their exact positions.

use pdf_writer::{Content, Name, Str, TextStr};

use crate::model::{GlyphRun, Length};

use crate::pdf::page::geometry::{PageBoxes, pt, thousandths};
use crate::pdf::text::direction::DirectionMarks;
use crate::pdf::text::font::EmbeddedFont;
use crate::pdf::text::glyph_position::GlyphPosition;
use crate::pdf::text::phrases::{ShownCode, phrases};

/// Writes one run. Colour and graphics state are the caller's.
pub(in crate::pdf) fn show(
    content: &mut Content,
    run: &GlyphRun,
    ends: DirectionMarks,
    font: &mut EmbeddedFont<'_>,
    sheet: &PageBoxes,
) {
    let places = places(run);
    let widths: Vec<f64> =
        run.glyphs.iter().map(|glyph| f64::from(font.glyph_width(glyph.id))).collect();
    content.begin_text();
    content.set_font(Name(font.name.as_bytes()), pt(run.size));
    content.next_line(sheet.x(run.origin.x), sheet.y(run.origin.y));
    let spacing = thousandths(spacing(&places, &widths) * run.size.to_pt() / 1000.0);
    if spacing != 0.0 {
        content.set_char_spacing(spacing);
    }
    // The pen follows the reader's, which knows the rounded number alone.
    let em = run.size.to_pt().max(0.001);
    let mut pen = TextCursor { spacing: f64::from(spacing) / em * 1000.0, ..TextCursor::default() };
    for phrase in phrases(run, ends, font, &places) {
        if let Some(text) = &phrase.actual_text {
            content
                .begin_marked_content_with_properties(Name(b"Span"))
                .properties()
                .actual_text(TextStr(text));
        }
        pen.show(content, &phrase.shown);
        if phrase.actual_text.is_some() {
            content.end_marked_content();
        }
    }
    pen.rise_to(content, Length::ZERO);
    if spacing != 0.0 {
        // It would go on in the next text (ISO 32000-2, 9.3.1).
        content.set_char_spacing(0.0);
    }
    content.end_text();
}

/// What is added behind most of these glyphs, in thousandths of the em: what a justified line
/// moves its letters apart by.
fn spacing(places: &[GlyphPosition], widths: &[f64]) -> f64 {
    let mut gaps: Vec<f64> =
        places.windows(2).zip(widths).map(|(pair, width)| pair[1].x - pair[0].x - width).collect();
    gaps.sort_by(f64::total_cmp);
    let middle = gaps.get(gaps.len() / 2).copied().unwrap_or_default();
    // What few glyphs need is said at each of them.
    if gaps.len() < 4 || middle.abs() < FINEST { 0.0 } else { middle }
}

/// Gaps below this, in thousandths of the em, wait until there are more of them: at ten points
/// they are less than a micrometre.
const FINEST: f64 = 0.25;

/// Where the run's glyphs lie.
fn places(run: &GlyphRun) -> Vec<GlyphPosition> {
    let em = run.size.to_pt().max(0.001);
    let mut pen = Length::ZERO;
    let mut places = Vec::with_capacity(run.glyphs.len());
    for glyph in &run.glyphs {
        let [before, x] = [pen, pen + glyph.offset.x].map(|x| x.to_pt() / em * 1000.0);
        places.push(GlyphPosition { pen: before, x, rise: glyph.offset.y });
        pen += glyph.advance;
    }
    places
}

/// Where the reader's pen is.
#[derive(Default)]
struct TextCursor {
    /// From the run's origin, in thousandths of the em.
    x: f64,
    rise: Length,
    /// What the reader adds behind each glyph, in thousandths of the em.
    spacing: f64,
}

impl TextCursor {
    /// Shows glyphs one after the other. What the pen must move between them is
    /// rounded to a tenth of a thousandth of the em, and what is lost in rounding is
    /// made good at the next glyph.
    fn show(&mut self, content: &mut Content, glyphs: &[ShownCode]) {
        for level in glyphs.chunk_by(|one, next| one.rise == next.rise) {
            self.rise_to(content, level[0].rise);
            let mut shown = content.show_positioned();
            let mut items = shown.items();
            let mut codes: Vec<u8> = Vec::new();
            for glyph in level {
                let gap = ((glyph.x - self.x) * 10.0).round() / 10.0;
                if gap.abs() >= FINEST {
                    if !codes.is_empty() {
                        items.show(Str(&codes));
                        codes.clear();
                    }
                    items.adjust(thousandths(-gap));
                    self.x += gap;
                }
                if glyph.code == 0 {
                    continue;
                }
                codes.extend(glyph.code.to_be_bytes());
                self.x += glyph.width + self.spacing;
            }
            if !codes.is_empty() {
                items.show(Str(&codes));
            }
        }
    }

    fn rise_to(&mut self, content: &mut Content, rise: Length) {
        if self.rise != rise {
            content.set_rise(pt(rise));
            self.rise = rise;
        }
    }
}
