//! Glyph runs: exact positions, and words that come out again as they went in.

use std::ops::Range;

use pdf_writer::{Content, Name, Str, TextStr};

use crate::model::{Glyph, GlyphRun, Length};

use super::font::Font;
use super::geometry::{Sheet, pt, thousandths};

/// What a line-end hyphen stands for: nothing but a place to break.
const SOFT_HYPHEN: &str = "\u{AD}";

/// Writes one run. Colour and graphics state are the caller's.
pub(super) fn show(content: &mut Content, run: &GlyphRun, font: &mut Font<'_>, sheet: &Sheet) {
    let shown = place(run, font);
    content.begin_text();
    content.set_font(Name(font.name.as_bytes()), pt(run.size));
    content.next_line(sheet.x(run.origin.x), sheet.y(run.origin.y));
    let spacing = thousandths(spacing(&shown) * run.size.to_pt() / 1000.0);
    if spacing != 0.0 {
        content.set_char_spacing(spacing);
    }
    // The pen follows the reader's, which knows the rounded number alone.
    let em = run.size.to_pt().max(0.001);
    let mut pen = Pen { spacing: f64::from(spacing) / em * 1000.0, ..Pen::default() };
    for phrase in phrases(run, font, &shown) {
        if let Some(text) = &phrase.actual_text {
            content
                .begin_marked_content_with_properties(Name(b"Span"))
                .properties()
                .actual_text(TextStr(text));
        }
        pen.show(content, &shown[phrase.glyphs]);
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
fn spacing(shown: &[Shown]) -> f64 {
    let mut gaps: Vec<f64> =
        shown.windows(2).map(|pair| pair[1].x - pair[0].x - pair[0].width).collect();
    gaps.sort_by(f64::total_cmp);
    let middle = gaps.get(gaps.len() / 2).copied().unwrap_or_default();
    // What few glyphs need is said at each of them.
    if gaps.len() < 4 || middle.abs() < FINEST { 0.0 } else { middle }
}

/// Gaps below this, in thousandths of the em, wait until there are more of them: at ten points
/// they are less than a micrometre.
const FINEST: f64 = 0.25;

/// A glyph with its place in the run.
struct Shown {
    code: u16,
    /// From the run's origin, in thousandths of the em.
    x: f64,
    /// What the reader's pen moves by after it, in thousandths of the em.
    width: f64,
    /// Above the baseline.
    rise: Length,
}

/// Where the run's glyphs lie. The face's `.notdef` is never shown: preflight has
/// reported the character, and PDF/X forbids the glyph (ISO 15930-7, 6.3).
fn place(run: &GlyphRun, font: &mut Font<'_>) -> Vec<Shown> {
    let em = run.size.to_pt().max(0.001);
    let mut pen = Length::ZERO;
    run.glyphs
        .iter()
        .map(|glyph| {
            let code = font.code(glyph.id);
            let x = (pen + glyph.offset.x).to_pt() / em * 1000.0;
            pen += glyph.advance;
            Shown { code, x, width: f64::from(font.width(code)), rise: glyph.offset.y }
        })
        .collect()
}

/// Glyphs that are shown together, and what they say if their codes do not say it.
struct Phrase {
    glyphs: Range<usize>,
    actual_text: Option<String>,
}

/// Cuts the run where the words' source changes: a code stands for one text, its
/// first, in the whole file; where it is to stand for another, the phrase says so.
/// Readers reverse such a phrase when it runs from right to left, so there it is left out.
fn phrases(run: &GlyphRun, font: &mut Font<'_>, shown: &[Shown]) -> Vec<Phrase> {
    let mut phrases: Vec<Phrase> = Vec::new();
    for cluster in clusters(&run.glyphs) {
        let codes: Vec<u16> = shown[cluster.clone()].iter().map(|glyph| glyph.code).collect();
        let text = words(run, &run.glyphs[cluster.start]);
        let spoken = speak(font, &codes, &text, run.right_to_left);
        let actual_text = (!spoken && !run.right_to_left).then_some(text);
        match (phrases.last_mut(), actual_text) {
            (Some(Phrase { glyphs, actual_text: None }), None) => glyphs.end = cluster.end,
            (Some(Phrase { glyphs, actual_text: Some(before) }), Some(text)) => {
                glyphs.end = cluster.end;
                before.push_str(&text);
            }
            (_, actual_text) => phrases.push(Phrase { glyphs: cluster, actual_text }),
        }
    }
    phrases
}

/// The runs of glyphs that share their words.
fn clusters(glyphs: &[Glyph]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let first = glyphs.get(start)?;
        let alike = |glyph: &&Glyph| glyph.text == first.text && !first.text.is_empty();
        let length = 1 + glyphs[start + 1..].iter().take_while(alike).count();
        let cluster = start..start + length;
        start = cluster.end;
        Some(cluster)
    })
}

/// The words of a cluster. Soft hyphens inside are places where a line might have
/// been broken and was not.
fn words(run: &GlyphRun, glyph: &Glyph) -> String {
    let text = run.shown(glyph).replace(SOFT_HYPHEN, "");
    if text.is_empty() { SOFT_HYPHEN.into() } else { text }
}

/// Makes the codes of a cluster stand for its text; false if some stand for others.
fn speak(font: &mut Font<'_>, codes: &[u16], text: &str, right_to_left: bool) -> bool {
    let mut parts: Vec<String> = text.chars().map(String::from).collect();
    if codes.len() == 1 {
        parts = vec![text.into()];
    } else if right_to_left {
        // Glyphs are in the order in which they are seen, letters in which they are read.
        parts.reverse();
    }
    if parts.len() != codes.len() {
        // Nothing tells which glyph shows which letter.
        let first = if right_to_left { codes.last() } else { codes.first() };
        if let (true, Some(first)) = (right_to_left, first) {
            font.stands_for(*first, text);
        }
        return false;
    }
    let pairs = || codes.iter().zip(&parts);
    if !right_to_left && !pairs().all(|(code, part)| font.can_stand_for(*code, part)) {
        return false;
    }
    pairs().for_each(|(code, part)| font.stands_for(*code, part));
    // The same code twice in one cluster may have taken its first part only.
    pairs().all(|(code, part)| font.can_stand_for(*code, part))
}

/// Where the reader's pen is.
#[derive(Default)]
struct Pen {
    /// From the run's origin, in thousandths of the em.
    x: f64,
    rise: Length,
    /// What the reader adds behind each glyph, in thousandths of the em.
    spacing: f64,
}

impl Pen {
    /// Shows glyphs one after the other. What the pen must move between them is
    /// rounded to a tenth of a thousandth of the em, and what is lost in rounding is
    /// made good at the next glyph.
    fn show(&mut self, content: &mut Content, glyphs: &[Shown]) {
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
