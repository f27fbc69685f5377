//! Splits glyph runs into spans whose codes give back the original text, in whichever order a PDF
//! reader extracts them.

use std::ops::Range;

use crate::model::{Glyph, GlyphRun, Length};
use crate::typeset::DirectionClass;

use crate::pdf::text::direction;
use crate::pdf::text::direction::DirectionMarks;
use crate::pdf::text::font::EmbeddedFont;
use crate::pdf::text::glyph_position::GlyphPosition;

/// The text of a hyphen at the end of a line: a possible break, which extraction removes.
const SOFT_HYPHEN: &str = "\u{AD}";

/// The distance between a letter and a blank glyph before it, in thousandths of the em: more than
/// the position may be off by, so that the order is unambiguous.
const BLANK_STEP: f64 = 2.0;

/// U+2060, for a glyph without a letter of its own.
const WORD_JOINER: &str = "\u{2060}";

/// A code at its position. `.notdef` is never shown: preflight has reported the character, and
/// PDF/X forbids the glyph (ISO 15930-7, 6.3).
pub(in crate::pdf) struct PositionedCode {
    pub(in crate::pdf) code: u16,
    /// From the run's origin, in thousandths of the em.
    pub(in crate::pdf) x: f64,
    /// The advance of the code, in thousandths of the em.
    pub(in crate::pdf) width: f64,
    /// Above the baseline.
    pub(in crate::pdf) rise: Length,
}

impl PositionedCode {
    fn new(code: u16, x: f64, rise: Length, font: &EmbeddedFont<'_>) -> Self {
        Self { code, x, width: f64::from(font.width(code)), rise }
    }
}

/// Codes with a common `ActualText`, if they need one.
pub(in crate::pdf) struct TextSpan {
    pub(in crate::pdf) codes: Vec<PositionedCode>,
    pub(in crate::pdf) actual_text: Option<String>,
}

/// Splits a run where the source of its extracted text changes.
pub(in crate::pdf) fn text_spans(
    run: &GlyphRun,
    direction_marks: DirectionMarks,
    font: &mut EmbeddedFont<'_>,
    positions: &[GlyphPosition],
) -> Vec<TextSpan> {
    let mut spans: Vec<TextSpan> = Vec::new();
    let mut unread = Vec::new();
    let (first, last) = direction::visible(run).unwrap_or_default();
    let blank_glyph = if run.right_to_left { font.blank_glyph() } else { None };
    for range in clusters(run) {
        let is_first_visible = range.contains(&first);
        let left =
            if is_first_visible { direction_marks.left } else { direction_marks.after_separators };
        let left = left.filter(|_| {
            is_first_visible || needs_mark_after_separator(run, &run.glyphs[range.start])
        });
        let right = direction_marks.right.filter(|_| range.contains(&last));
        if range.len() == 1
            && (left, right) == (None, None)
            && let Some(code) = single_code(run, range.start, positions, font)
        {
            match spans.last_mut() {
                Some(TextSpan { codes: before, actual_text: None }) => before.push(code),
                _ => spans.push(TextSpan { codes: vec![code], actual_text: None }),
            }
            continue;
        }
        let glyphs = &run.glyphs[range.clone()];
        let text = glyph_text(run, glyphs);
        let cluster = Cluster { glyphs, positions: &positions[range], text, left, right };
        let span = match blank_glyph {
            Some(blank_glyph) if cluster.needs_blanks() => {
                cluster.with_blanks(font, blank_glyph, &mut unread)
            }
            _ => cluster.plain(font, run.right_to_left),
        };
        match spans.last_mut() {
            Some(TextSpan { codes: before, actual_text: None }) if span.actual_text.is_none() => {
                before.extend(span.codes);
            }
            _ => spans.push(span),
        }
    }
    if !run.right_to_left {
        close_gap(run, font, positions, &mut spans);
    }
    if !unread.is_empty() {
        // All together, so that they do not separate the letters of a word.
        spans.insert(0, TextSpan { codes: unread, actual_text: Some(String::new()) });
    }
    spans
}

/// Readers take a gap for a space, so one after the last letter of a run, as between ideographs and
/// Latin letters, is closed by a blank glyph that is read as nothing.
fn close_gap(
    run: &GlyphRun,
    font: &mut EmbeddedFont<'_>,
    positions: &[GlyphPosition],
    spans: &mut Vec<TextSpan>,
) {
    /// The largest gap within a word, in thousandths of the em.
    const MAX_GAP: f64 = 90.0;
    let (Some(last), Some(position)) = (run.glyphs.last(), positions.last()) else { return };
    let text = run.text_of(last);
    let end = position.pen + last.advance.to_pt() / run.size.to_pt().max(0.001) * 1000.0;
    let Some(TextSpan { codes, actual_text: None }) = spans.last_mut() else { return };
    let gap = codes.last().map_or(0.0, |code| end - code.x - code.width);
    if gap <= MAX_GAP || !text.ends_with(char::is_alphanumeric) {
        return;
    }
    let blank = font.blank_glyph().and_then(|glyph| font.code_for_text(glyph, WORD_JOINER));
    let Some((blank, letter)) = blank.zip(codes.pop()) else { return };
    if codes.is_empty() {
        spans.pop();
    }
    let x = end - f64::from(font.width(blank));
    let blank = PositionedCode::new(blank, x, Length::ZERO, font);
    spans.push(TextSpan { codes: vec![letter, blank], actual_text: Some(text.to_owned()) });
}

/// The code for a glyph that represents its text by itself, as most do.
fn single_code(
    run: &GlyphRun,
    index: usize,
    positions: &[GlyphPosition],
    font: &mut EmbeddedFont<'_>,
) -> Option<PositionedCode> {
    let glyph = &run.glyphs[index];
    let text = run.text_of(glyph);
    let mut letters = text.chars();
    letters.next()?;
    if text.contains(SOFT_HYPHEN) || (run.right_to_left && letters.next().is_some()) {
        return None;
    }
    let code = font.code_for_text(glyph.id, text)?;
    Some(PositionedCode::new(code, positions[index].x, positions[index].rise, font))
}

/// Whether a glyph is a separator that is not followed by a right-to-left letter.
fn needs_mark_after_separator(run: &GlyphRun, glyph: &Glyph) -> bool {
    let mut chars = run.text_of(glyph).chars();
    let end = usize::try_from(glyph.text.end).unwrap_or(usize::MAX);
    let next =
        run.text.get(end..).and_then(|rest| rest.chars().next()).map(DirectionClass::from_char);
    chars.next_back().map(DirectionClass::from_char) == Some(DirectionClass::Separator)
        && next.is_some_and(|next| next != DirectionClass::RightToLeft)
}

/// Glyphs that represent a text together.
struct Cluster<'r> {
    glyphs: &'r [Glyph],
    positions: &'r [GlyphPosition],
    text: String,
    /// The direction marks at its ends.
    left: Option<char>,
    right: Option<char>,
}

impl Cluster<'_> {
    /// Whether it is a letter with marks, or a ligature.
    fn needs_blanks(&self) -> bool {
        let letters = self.text.chars().count();
        let marked =
            self.text.chars().skip(1).any(|c| DirectionClass::from_char(c) == DirectionClass::Mark);
        letters > 1 && (marked || letters != self.glyphs.len())
    }

    /// Represents each letter by its glyph. If that is impossible, or if marks are above
    /// left-to-right letters, so that readers might sort them by position, `ActualText` repeats the
    /// text of the cluster.
    fn plain(&self, font: &mut EmbeddedFont<'_>, right_to_left: bool) -> TextSpan {
        let mut parts = self.parts(right_to_left);
        if let (Some(first), Some(mark)) = (parts.first_mut(), self.left) {
            first.insert(0, mark);
        }
        if let (Some(last), Some(mark)) = (parts.last_mut(), self.right) {
            last.push(mark);
        }
        let mut all_represented = true;
        let mut codes = Vec::with_capacity(self.glyphs.len());
        for ((glyph, position), part) in self.glyphs.iter().zip(self.positions).zip(&parts) {
            let code = font.code_for_text(glyph.id, part);
            all_represented &= code.is_some();
            let code = code.unwrap_or_else(|| font.code(glyph.id));
            codes.push(PositionedCode::new(code, position.x, position.rise, font));
        }
        let letters = self.text.chars().count();
        let even = letters == self.glyphs.len() || self.glyphs.len() == 1;
        let stacked = self.glyphs[1..].iter().any(|glyph| glyph.advance == Length::ZERO);
        let needs_actual_text = if right_to_left {
            // Readers reverse such words, so ActualText works only for a single letter.
            !all_represented && self.glyphs.len() == 1 && letters == 1
        } else {
            !all_represented || !even || stacked
        };
        if needs_actual_text && stacked {
            codes.extend(self.filler(font));
        }
        let whole = || self.left.into_iter().chain(self.text.chars()).chain(self.right).collect();
        TextSpan { codes, actual_text: needs_actual_text.then(whole) }
    }

    /// A blank glyph that makes the cluster end where its letter ends, if the last glyph is a mark
    /// above the letter: readers see a space after words that end too early.
    fn filler(&self, font: &mut EmbeddedFont<'_>) -> Option<PositionedCode> {
        let (last, at) = (self.glyphs.last()?, self.positions.last()?);
        if last.advance != Length::ZERO || at.x >= at.pen {
            return None;
        }
        let code = font.code_for_text(font.blank_glyph()?, WORD_JOINER)?;
        Some(PositionedCode::new(code, at.pen - f64::from(font.width(code)), Length::ZERO, font))
    }

    /// The text of each glyph.
    fn parts(&self, right_to_left: bool) -> Vec<String> {
        let count = self.glyphs.len();
        let letters = self.text.chars().count();
        if right_to_left && letters != count {
            // It is unknown which glyph represents which letter, so the first one represents all.
            let mut parts = vec![String::from(WORD_JOINER); count - 1];
            parts.push(self.text.clone());
            return parts;
        }
        let mut letters = self.text.chars();
        let mut parts: Vec<String> =
            (1..count).map(|_| letters.next().map_or(WORD_JOINER.into(), String::from)).collect();
        let rest: String = letters.collect();
        parts.push(if rest.is_empty() { WORD_JOINER.into() } else { rest });
        if right_to_left {
            // Glyphs are in visual order, letters in logical order.
            parts.reverse();
        }
        parts
    }

    /// Represents right-to-left letters with marks, and ligatures. Readers sort the letters of such
    /// a line by the start of their glyphs, and reverse them; a mark, which may start anywhere
    /// above its letter, would come before it. So marks are shown first, without text, and the text
    /// after a letter is represented by blank glyphs just before it.
    fn with_blanks(
        &self,
        font: &mut EmbeddedFont<'_>,
        blank_glyph: u16,
        unread: &mut Vec<PositionedCode>,
    ) -> TextSpan {
        let (letters, marks) = self.letters();
        for index in marks {
            let (glyph, position) = (self.glyphs[index].id, self.positions[index]);
            let code = font.code_for_text(glyph, WORD_JOINER).unwrap_or_else(|| font.code(glyph));
            unread.push(PositionedCode::new(code, position.x, position.rise, font));
        }
        let mut codes = Vec::new();
        let last = letters.len() - 1;
        for (number, (index, text)) in letters.iter().enumerate() {
            let (glyph, position) = (self.glyphs[*index].id, self.positions[*index]);
            let right = self.right.filter(|_| number == last);
            let mut chars = text.chars();
            let first: String = chars.next().into_iter().chain(right).collect();
            let following: Vec<char> = chars.chain(self.left.filter(|_| number == 0)).collect();
            let mut x =
                position.pen.min(position.x) - following.iter().map(|_| BLANK_STEP).sum::<f64>();
            for c in following.iter().rev() {
                if let Some(code) = font.code_for_text(blank_glyph, c.encode_utf8(&mut [0; 4])) {
                    codes.push(PositionedCode::new(code, x, position.rise, font));
                }
                x += BLANK_STEP;
            }
            let code = font.code_for_text(glyph, &first).unwrap_or_else(|| font.code(glyph));
            codes.push(PositionedCode::new(code, position.x, position.rise, font));
        }
        TextSpan { codes, actual_text: None }
    }

    /// The glyphs that are letters, in visual order, each with its text and that of its marks; and
    /// the glyphs that are marks.
    fn letters(&self) -> (Vec<(usize, String)>, Vec<usize>) {
        let is_letter = |index: &usize| self.glyphs[*index].advance != Length::ZERO;
        let (mut letters, mut marks): (Vec<usize>, Vec<usize>) =
            (0..self.glyphs.len()).partition(is_letter);
        let mut texts: Vec<String> = Vec::new();
        for c in self.text.chars() {
            match texts.last_mut() {
                Some(letter) if DirectionClass::from_char(c) == DirectionClass::Mark => {
                    letter.push(c);
                }
                _ => texts.push(c.into()),
            }
        }
        if letters.is_empty() {
            letters.extend(marks.pop());
        }
        while letters.len() > texts.len() {
            // Some glyphs have no letter of their own.
            marks.push(letters.remove(0));
        }
        let rest = texts.split_off(letters.len().min(texts.len())).concat();
        if let Some(last) = texts.last_mut() {
            last.push_str(&rest);
        }
        (letters.into_iter().zip(texts.into_iter().rev()).collect(), marks)
    }
}

/// The ranges of glyphs with a common text.
fn clusters(run: &GlyphRun) -> Vec<Range<usize>> {
    let mut clusters: Vec<Range<usize>> = Vec::new();
    let same_text = |one: &Glyph, next: &Glyph| one.text == next.text && !one.text.is_empty();
    let mut start = 0;
    for glyphs in run.glyphs.chunk_by(same_text) {
        let end = start + glyphs.len();
        match clusters.last_mut() {
            Some(before) if run.right_to_left && is_part_of_next(run, before) => before.end = end,
            _ => clusters.push(start..end),
        }
        start = end;
    }
    clusters
}

/// Whether a cluster has no width, so that the letter beside it represents its text too, as in the
/// ligature of lam and alef.
fn is_part_of_next(run: &GlyphRun, cluster: &Range<usize>) -> bool {
    run.glyphs[cluster.clone()].iter().all(|glyph| {
        let mut chars = run.text_of(glyph).chars();
        glyph.advance == Length::ZERO
            && chars.any(|c| DirectionClass::from_char(c) == DirectionClass::RightToLeft)
    })
}

/// The text of a cluster. Soft hyphens inside it are breaks that were not used.
fn glyph_text(run: &GlyphRun, glyphs: &[Glyph]) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for glyph in glyphs.iter().rev() {
        let text = run.text_of(glyph);
        if parts.last().is_none_or(|last| !std::ptr::eq(*last, text)) {
            parts.push(text);
        }
    }
    let text = parts.concat().replace(SOFT_HYPHEN, "");
    if text.is_empty() { SOFT_HYPHEN.into() } else { text }
}
