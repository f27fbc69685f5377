//! Writes glyph runs at exact positions.

use pdf_writer::{Content, Name, Str, TextStr};

use crate::model::{GlyphRun, Length, Turn};

use crate::pdf::page::geometry::{PageBoxes, pt, thousandths};
use crate::pdf::text::direction::DirectionMarks;
use crate::pdf::text::font::EmbeddedFont;
use crate::pdf::text::glyph_position::GlyphPosition;
use crate::pdf::text::text_spans::{PositionedCode, text_spans};

/// Writes a run. The colour and the graphics state are set by the caller.
pub(in crate::pdf) fn show(
    content: &mut Content,
    run: &GlyphRun,
    direction_marks: DirectionMarks,
    font: &mut EmbeddedFont<'_>,
    boxes: &PageBoxes,
) {
    let positions = positions(run);
    let widths: Vec<f64> =
        run.glyphs.iter().map(|glyph| f64::from(font.glyph_width(glyph.id))).collect();
    content.begin_text();
    content.set_font(Name(font.name.as_bytes()), pt(run.size));
    let (x, y) = (boxes.x(run.origin.x), boxes.y(run.origin.y));
    match run.turn {
        Turn::Upright => content.next_line(x, y),
        Turn::HeadLeft => content.set_text_matrix([0.0, 1.0, -1.0, 0.0, x, y]),
        Turn::HeadRight => content.set_text_matrix([0.0, -1.0, 1.0, 0.0, x, y]),
    };
    let spacing = thousandths(spacing(&positions, &widths) * run.size.to_pt() / 1000.0);
    if spacing != 0.0 {
        content.set_char_spacing(spacing);
    }
    // The cursor follows that of a PDF reader, which has only the rounded value.
    let em = run.size.to_pt().max(0.001);
    let mut cursor =
        TextCursor { spacing: f64::from(spacing) / em * 1000.0, ..TextCursor::default() };
    for span in text_spans(run, direction_marks, font, &positions) {
        if let Some(text) = &span.actual_text {
            content
                .begin_marked_content_with_properties(Name(b"Span"))
                .properties()
                .actual_text(TextStr(text));
        }
        cursor.show(content, &span.codes);
        if span.actual_text.is_some() {
            content.end_marked_content();
        }
    }
    cursor.rise_to(content, Length::ZERO);
    if spacing != 0.0 {
        // Character spacing persists beyond the text object (ISO 32000-2, 9.3.1).
        content.set_char_spacing(0.0);
    }
    content.end_text();
}

/// The character spacing of most glyphs, in thousandths of the em, as in a line that is justified
/// by letter-spacing.
fn spacing(positions: &[GlyphPosition], widths: &[f64]) -> f64 {
    let mut gaps: Vec<f64> = positions
        .windows(2)
        .zip(widths)
        .map(|(pair, width)| pair[1].x - pair[0].x - width)
        .collect();
    gaps.sort_by(f64::total_cmp);
    let median = gaps.get(gaps.len() / 2).copied().unwrap_or_default();
    // A gap of few glyphs is written at each of them.
    if gaps.len() < 4 || median.abs() < MIN_GAP { 0.0 } else { median }
}

/// The smallest gap that is written, in thousandths of the em; smaller ones accumulate. At ten
/// points it is less than a micrometre.
const MIN_GAP: f64 = 0.25;

/// The positions of the run's glyphs.
fn positions(run: &GlyphRun) -> Vec<GlyphPosition> {
    let em = run.size.to_pt().max(0.001);
    let mut pen = Length::ZERO;
    let mut positions = Vec::with_capacity(run.glyphs.len());
    for glyph in &run.glyphs {
        let [before, x] = [pen, pen + glyph.offset.x].map(|x| x.to_pt() / em * 1000.0);
        positions.push(GlyphPosition { pen: before, x, rise: glyph.offset.y });
        pen += glyph.advance;
    }
    positions
}

/// The text position of a PDF reader.
#[derive(Default)]
struct TextCursor {
    /// From the run's origin, in thousandths of the em.
    x: f64,
    rise: Length,
    /// The character spacing after each glyph, in thousandths of the em.
    spacing: f64,
}

impl TextCursor {
    /// Shows glyphs one after the other. Adjustments are rounded to a tenth of a thousandth of the
    /// em, and the rounding error is corrected at the next glyph.
    fn show(&mut self, content: &mut Content, glyphs: &[PositionedCode]) {
        for level in glyphs.chunk_by(|one, next| one.rise == next.rise) {
            self.rise_to(content, level[0].rise);
            let mut operator = content.show_positioned();
            let mut items = operator.items();
            let mut codes: Vec<u8> = Vec::new();
            for glyph in level {
                let gap = ((glyph.x - self.x) * 10.0).round() / 10.0;
                if gap.abs() >= MIN_GAP {
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
