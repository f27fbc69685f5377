//! Glyph runs: exact positions, and words that come out again as they went in.

use std::ops::Range;

use pdf_writer::{Content, Name, Str, TextStr};

use crate::model::{Glyph, GlyphRun, Length};
use crate::typeset::Bearing;

use super::direction::{self, Ends};
use super::font::Font;
use super::geometry::{Sheet, pt, thousandths};

/// What a line-end hyphen stands for: nothing but a place to break.
const SOFT_HYPHEN: &str = "\u{AD}";

/// How far before its letter a blank begins, in thousandths of the em: more than the pen may
/// be off, so that the order is never in doubt.
const STEP: f64 = 2.0;

/// No letter at all, and no place to break either.
const NOTHING: &str = "\u{2060}";

/// Writes one run. Colour and graphics state are the caller's.
pub(super) fn show(
    content: &mut Content,
    run: &GlyphRun,
    ends: Ends,
    font: &mut Font<'_>,
    sheet: &Sheet,
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
    let mut pen = Pen { spacing: f64::from(spacing) / em * 1000.0, ..Pen::default() };
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
fn spacing(places: &[Place], widths: &[f64]) -> f64 {
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

/// Where a glyph lies, from the run's origin.
#[derive(Clone, Copy)]
struct Place {
    /// Where the pen stands before it, in thousandths of the em.
    pen: f64,
    /// Where it lies, in thousandths of the em.
    x: f64,
    /// Above the baseline.
    rise: Length,
}

/// Where the run's glyphs lie.
fn places(run: &GlyphRun) -> Vec<Place> {
    let em = run.size.to_pt().max(0.001);
    let mut pen = Length::ZERO;
    let mut places = Vec::with_capacity(run.glyphs.len());
    for glyph in &run.glyphs {
        let [before, x] = [pen, pen + glyph.offset.x].map(|x| x.to_pt() / em * 1000.0);
        places.push(Place { pen: before, x, rise: glyph.offset.y });
        pen += glyph.advance;
    }
    places
}

/// A code and where it is shown. The face's `.notdef` never is: preflight has reported the
/// character, and PDF/X forbids the glyph (ISO 15930-7, 6.3).
struct Shown {
    code: u16,
    /// From the run's origin, in thousandths of the em.
    x: f64,
    /// What the reader's pen moves by after it, in thousandths of the em.
    width: f64,
    /// Above the baseline.
    rise: Length,
}

impl Shown {
    fn new(code: u16, x: f64, rise: Length, font: &Font<'_>) -> Self {
        Self { code, x, width: f64::from(font.width(code)), rise }
    }
}

/// Codes that are shown together, and what they say if they do not say it by themselves.
struct Phrase {
    shown: Vec<Shown>,
    actual_text: Option<String>,
}

/// The run's words, cut where what they are read from changes.
fn phrases(run: &GlyphRun, ends: Ends, font: &mut Font<'_>, places: &[Place]) -> Vec<Phrase> {
    let mut phrases: Vec<Phrase> = Vec::new();
    let (first, last) = direction::visible(run).unwrap_or_default();
    for range in clusters(run) {
        let text = words(run, &run.glyphs[range.clone()]);
        let at_left = range.contains(&first);
        let left = if at_left { ends.left } else { ends.behind_separators };
        let cluster = Cluster {
            glyphs: &run.glyphs[range.clone()],
            places: &places[range.clone()],
            left: left.filter(|_| at_left || parts_from_next(run, &run.glyphs[range.start])),
            right: ends.right.filter(|_| range.contains(&last)),
            text,
        };
        let said = match font.blank() {
            Some(blank) if run.right_to_left && cluster.is_stacked() => cluster.spelt(font, blank),
            _ => vec![cluster.plain(font, run.right_to_left)],
        };
        for phrase in said {
            match phrases.last_mut() {
                Some(before) if before.actual_text.is_none() && phrase.actual_text.is_none() => {
                    before.shown.extend(phrase.shown);
                }
                _ => phrases.push(phrase),
            }
        }
    }
    phrases
}

/// Whether a glyph shows a separator, and what is read behind it is no letter from the right.
fn parts_from_next(run: &GlyphRun, glyph: &Glyph) -> bool {
    let mut shown = run.shown(glyph).chars();
    let end = usize::try_from(glyph.text.end).unwrap_or(usize::MAX);
    let next = run.text.get(end..).and_then(|rest| rest.chars().next()).map(Bearing::of);
    shown.next_back().map(Bearing::of) == Some(Bearing::Separator)
        && next.is_some_and(|next| next != Bearing::RightToLeft)
}

/// Glyphs that show some words together.
struct Cluster<'r> {
    glyphs: &'r [Glyph],
    places: &'r [Place],
    text: String,
    /// The marks of direction at its ends.
    left: Option<char>,
    right: Option<char>,
}

impl Cluster<'_> {
    /// Whether it is one letter with marks, or several letters in one glyph.
    fn is_stacked(&self) -> bool {
        let letters = self.text.chars().count();
        let marked = self.text.chars().skip(1).any(|c| Bearing::of(c) == Bearing::Mark);
        letters > 1 && (marked || letters != self.glyphs.len())
    }

    /// Each glyph says its letter. Where that cannot be, or where marks stand over letters
    /// that are read from the left, so that readers might sort them by their places, all of
    /// them together say their words once more.
    fn plain(&self, font: &mut Font<'_>, right_to_left: bool) -> Phrase {
        let mut parts = self.parts(right_to_left);
        if let (Some(first), Some(mark)) = (parts.first_mut(), self.left) {
            first.insert(0, mark);
        }
        if let (Some(last), Some(mark)) = (parts.last_mut(), self.right) {
            last.push(mark);
        }
        let mut all_said = true;
        let mut shown = Vec::with_capacity(self.glyphs.len());
        for ((glyph, place), part) in self.glyphs.iter().zip(self.places).zip(&parts) {
            let code = font.saying(glyph.id, part);
            all_said &= code.is_some();
            let code = code.unwrap_or_else(|| font.code(glyph.id));
            shown.push(Shown::new(code, place.x, place.rise, font));
        }
        let letters = self.text.chars().count();
        let even = letters == self.glyphs.len() || self.glyphs.len() == 1;
        let stacked = self.glyphs[1..].iter().any(|glyph| glyph.advance == Length::ZERO);
        let must_say = if right_to_left {
            // Readers turn such words round, so that one letter alone can be said.
            !all_said && self.glyphs.len() == 1 && letters == 1
        } else {
            !all_said || !even || stacked
        };
        if must_say && stacked {
            shown.extend(self.filler(font));
        }
        let whole = || self.left.into_iter().chain(self.text.chars()).chain(self.right).collect();
        Phrase { shown, actual_text: must_say.then(whole) }
    }

    /// What makes the cluster end where its letter ends, if a mark over the letter is the
    /// last glyph: readers see a space behind words that end before.
    fn filler(&self, font: &mut Font<'_>) -> Option<Shown> {
        let (last, at) = (self.glyphs.last()?, self.places.last()?);
        if last.advance != Length::ZERO || at.x >= at.pen {
            return None;
        }
        let code = font.saying(font.blank()?, NOTHING)?;
        Some(Shown::new(code, at.pen - f64::from(font.width(code)), Length::ZERO, font))
    }

    /// What each glyph says.
    fn parts(&self, right_to_left: bool) -> Vec<String> {
        let count = self.glyphs.len();
        let letters = self.text.chars().count();
        if right_to_left && letters != count {
            // Nothing tells which glyph shows which letter: the first one says them all.
            let mut parts = vec![String::from(NOTHING); count - 1];
            parts.push(self.text.clone());
            return parts;
        }
        let mut letters = self.text.chars();
        let mut parts: Vec<String> =
            (1..count).map(|_| letters.next().map_or(NOTHING.into(), String::from)).collect();
        let rest: String = letters.collect();
        parts.push(if rest.is_empty() { NOTHING.into() } else { rest });
        if right_to_left {
            // Glyphs are in the order in which they are seen, letters in which they are read.
            parts.reverse();
        }
        parts
    }

    /// Letters that are read from the right, with their marks, or several in one glyph.
    /// Readers sort the letters of such a line by the places where their glyphs begin, and
    /// turn them round; a mark, which may begin anywhere over its letter, would come before
    /// it. So marks are shown first and say nothing, and what is read behind a letter is
    /// said by blanks that begin just before it.
    fn spelt(&self, font: &mut Font<'_>, blank: u16) -> Vec<Phrase> {
        let (letters, marks) = self.letters();
        let mut phrases = Vec::new();
        if !marks.is_empty() {
            let mut shown = Vec::with_capacity(marks.len());
            for index in marks {
                let (glyph, place) = (self.glyphs[index].id, self.places[index]);
                let code = font.saying(glyph, NOTHING).unwrap_or_else(|| font.code(glyph));
                shown.push(Shown::new(code, place.x, place.rise, font));
            }
            phrases.push(Phrase { shown, actual_text: Some(String::new()) });
        }
        let mut shown = Vec::new();
        let last = letters.len() - 1;
        for (number, (index, text)) in letters.iter().enumerate() {
            let (glyph, place) = (self.glyphs[*index].id, self.places[*index]);
            let right = self.right.filter(|_| number == last);
            let mut chars = text.chars();
            let first: String = chars.next().into_iter().chain(right).collect();
            let behind: Vec<char> = chars.chain(self.left.filter(|_| number == 0)).collect();
            let mut x = place.pen.min(place.x) - behind.iter().map(|_| STEP).sum::<f64>();
            for c in behind.iter().rev() {
                if let Some(code) = font.saying(blank, c.encode_utf8(&mut [0; 4])) {
                    shown.push(Shown::new(code, x, place.rise, font));
                }
                x += STEP;
            }
            let code = font.saying(glyph, &first).unwrap_or_else(|| font.code(glyph));
            shown.push(Shown::new(code, place.x, place.rise, font));
        }
        phrases.push(Phrase { shown, actual_text: None });
        phrases
    }

    /// Which glyphs are letters, in the order in which they are seen, each with what it says
    /// and the marks that are read behind it, and which ones are marks.
    fn letters(&self) -> (Vec<(usize, String)>, Vec<usize>) {
        let is_letter = |index: &usize| self.glyphs[*index].advance != Length::ZERO;
        let (mut letters, mut marks): (Vec<usize>, Vec<usize>) =
            (0..self.glyphs.len()).partition(is_letter);
        let mut said: Vec<String> = Vec::new();
        for c in self.text.chars() {
            match said.last_mut() {
                Some(letter) if Bearing::of(c) == Bearing::Mark => letter.push(c),
                _ => said.push(c.into()),
            }
        }
        if letters.is_empty() {
            letters.extend(marks.pop());
        }
        while letters.len() > said.len() {
            // Some show no letter of their own.
            marks.push(letters.remove(0));
        }
        let rest = said.split_off(letters.len().min(said.len())).concat();
        if let Some(last) = said.last_mut() {
            last.push_str(&rest);
        }
        (letters.into_iter().zip(said.into_iter().rev()).collect(), marks)
    }
}

/// The runs of glyphs that share their words.
fn clusters(run: &GlyphRun) -> Vec<Range<usize>> {
    let mut clusters: Vec<Range<usize>> = Vec::new();
    let alike = |one: &Glyph, next: &Glyph| one.text == next.text && !one.text.is_empty();
    let mut start = 0;
    for glyphs in run.glyphs.chunk_by(alike) {
        let end = start + glyphs.len();
        match clusters.last_mut() {
            Some(before) if run.right_to_left && is_shown_by_next(run, before) => before.end = end,
            _ => clusters.push(start..end),
        }
        start = end;
    }
    clusters
}

/// Whether a cluster has no width, so that the letter beside it shows its words too, as a
/// lam shows the alef behind it.
fn is_shown_by_next(run: &GlyphRun, cluster: &Range<usize>) -> bool {
    run.glyphs[cluster.clone()].iter().all(|glyph| {
        let mut shown = run.shown(glyph).chars();
        glyph.advance == Length::ZERO && shown.any(|c| Bearing::of(c) == Bearing::RightToLeft)
    })
}

/// The words of a cluster. Soft hyphens inside are places where a line might have
/// been broken and was not.
fn words(run: &GlyphRun, glyphs: &[Glyph]) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for glyph in glyphs.iter().rev() {
        let text = run.shown(glyph);
        if parts.last().is_none_or(|last| !std::ptr::eq(*last, text)) {
            parts.push(text);
        }
    }
    let text = parts.concat().replace(SOFT_HYPHEN, "");
    if text.is_empty() { SOFT_HYPHEN.into() } else { text }
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
