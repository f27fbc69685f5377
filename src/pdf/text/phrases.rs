//! What codes say: words that come out again as they went in, whichever way they are read.

use std::ops::Range;

use crate::model::{Glyph, GlyphRun, Length};
use crate::typeset::DirectionClass;

use crate::pdf::text::direction;
use crate::pdf::text::direction::DirectionMarks;
use crate::pdf::text::font::EmbeddedFont;
use crate::pdf::text::glyph_position::GlyphPosition;

/// What a line-end hyphen stands for: nothing but a place to break.
const SOFT_HYPHEN: &str = "\u{AD}";

/// How far before its letter a blank begins, in thousandths of the em: more than the pen may
/// be off, so that the order is never in doubt.
const STEP: f64 = 2.0;

/// No letter at all, and no place to break either.
const NOTHING: &str = "\u{2060}";

/// A code and where it is shown. The face's `.notdef` never is: preflight has reported the
/// character, and PDF/X forbids the glyph (ISO 15930-7, 6.3).
pub(in crate::pdf) struct ShownCode {
    pub(in crate::pdf) code: u16,
    /// From the run's origin, in thousandths of the em.
    pub(in crate::pdf) x: f64,
    /// What the reader's pen moves by after it, in thousandths of the em.
    pub(in crate::pdf) width: f64,
    /// Above the baseline.
    pub(in crate::pdf) rise: Length,
}

impl ShownCode {
    fn new(code: u16, x: f64, rise: Length, font: &EmbeddedFont<'_>) -> Self {
        Self { code, x, width: f64::from(font.width(code)), rise }
    }
}

/// Codes that are shown together, and what they say if they do not say it by themselves.
pub(in crate::pdf) struct Phrase {
    pub(in crate::pdf) shown: Vec<ShownCode>,
    pub(in crate::pdf) actual_text: Option<String>,
}

/// The run's words, cut where what they are read from changes.
pub(in crate::pdf) fn phrases(
    run: &GlyphRun,
    ends: DirectionMarks,
    font: &mut EmbeddedFont<'_>,
    places: &[GlyphPosition],
) -> Vec<Phrase> {
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut silent = Vec::new();
    let (first, last) = direction::visible(run).unwrap_or_default();
    let blank = if run.right_to_left { font.blank() } else { None };
    for range in clusters(run) {
        let at_left = range.contains(&first);
        let left = if at_left { ends.left } else { ends.behind_separators };
        let left = left.filter(|_| at_left || parts_from_next(run, &run.glyphs[range.start]));
        let right = ends.right.filter(|_| range.contains(&last));
        if range.len() == 1
            && (left, right) == (None, None)
            && let Some(shown) = letter(run, range.start, places, font)
        {
            match phrases.last_mut() {
                Some(Phrase { shown: before, actual_text: None }) => before.push(shown),
                _ => phrases.push(Phrase { shown: vec![shown], actual_text: None }),
            }
            continue;
        }
        let glyphs = &run.glyphs[range.clone()];
        let text = words(run, glyphs);
        let cluster = Cluster { glyphs, places: &places[range], text, left, right };
        let phrase = match blank {
            Some(blank) if cluster.is_stacked() => cluster.spelt(font, blank, &mut silent),
            _ => cluster.plain(font, run.right_to_left),
        };
        match phrases.last_mut() {
            Some(Phrase { shown: before, actual_text: None }) if phrase.actual_text.is_none() => {
                before.extend(phrase.shown);
            }
            _ => phrases.push(phrase),
        }
    }
    if !silent.is_empty() {
        // All at once, so that nothing stands between the letters of a word.
        phrases.insert(0, Phrase { shown: silent, actual_text: Some(String::new()) });
    }
    phrases
}

/// The glyph at an index, if it says its letter by itself, as most do.
fn letter(
    run: &GlyphRun,
    index: usize,
    places: &[GlyphPosition],
    font: &mut EmbeddedFont<'_>,
) -> Option<ShownCode> {
    let glyph = &run.glyphs[index];
    let text = run.shown(glyph);
    let mut letters = text.chars();
    letters.next()?;
    if text.contains(SOFT_HYPHEN) || (run.right_to_left && letters.next().is_some()) {
        return None;
    }
    let code = font.saying(glyph.id, text)?;
    Some(ShownCode::new(code, places[index].x, places[index].rise, font))
}

/// Whether a glyph shows a separator, and what is read behind it is no letter from the right.
fn parts_from_next(run: &GlyphRun, glyph: &Glyph) -> bool {
    let mut shown = run.shown(glyph).chars();
    let end = usize::try_from(glyph.text.end).unwrap_or(usize::MAX);
    let next =
        run.text.get(end..).and_then(|rest| rest.chars().next()).map(DirectionClass::from_char);
    shown.next_back().map(DirectionClass::from_char) == Some(DirectionClass::Separator)
        && next.is_some_and(|next| next != DirectionClass::RightToLeft)
}

/// Glyphs that show some words together.
struct Cluster<'r> {
    glyphs: &'r [Glyph],
    places: &'r [GlyphPosition],
    text: String,
    /// The marks of direction at its ends.
    left: Option<char>,
    right: Option<char>,
}

impl Cluster<'_> {
    /// Whether it is one letter with marks, or several letters in one glyph.
    fn is_stacked(&self) -> bool {
        let letters = self.text.chars().count();
        let marked =
            self.text.chars().skip(1).any(|c| DirectionClass::from_char(c) == DirectionClass::Mark);
        letters > 1 && (marked || letters != self.glyphs.len())
    }

    /// Each glyph says its letter. Where that cannot be, or where marks stand over letters
    /// that are read from the left, so that readers might sort them by their places, all of
    /// them together say their words once more.
    fn plain(&self, font: &mut EmbeddedFont<'_>, right_to_left: bool) -> Phrase {
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
            shown.push(ShownCode::new(code, place.x, place.rise, font));
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
    fn filler(&self, font: &mut EmbeddedFont<'_>) -> Option<ShownCode> {
        let (last, at) = (self.glyphs.last()?, self.places.last()?);
        if last.advance != Length::ZERO || at.x >= at.pen {
            return None;
        }
        let code = font.saying(font.blank()?, NOTHING)?;
        Some(ShownCode::new(code, at.pen - f64::from(font.width(code)), Length::ZERO, font))
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
    fn spelt(
        &self,
        font: &mut EmbeddedFont<'_>,
        blank: u16,
        silent: &mut Vec<ShownCode>,
    ) -> Phrase {
        let (letters, marks) = self.letters();
        for index in marks {
            let (glyph, place) = (self.glyphs[index].id, self.places[index]);
            let code = font.saying(glyph, NOTHING).unwrap_or_else(|| font.code(glyph));
            silent.push(ShownCode::new(code, place.x, place.rise, font));
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
                    shown.push(ShownCode::new(code, x, place.rise, font));
                }
                x += STEP;
            }
            let code = font.saying(glyph, &first).unwrap_or_else(|| font.code(glyph));
            shown.push(ShownCode::new(code, place.x, place.rise, font));
        }
        Phrase { shown, actual_text: None }
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
                Some(letter) if DirectionClass::from_char(c) == DirectionClass::Mark => {
                    letter.push(c);
                }
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
        glyph.advance == Length::ZERO
            && shown.any(|c| DirectionClass::from_char(c) == DirectionClass::RightToLeft)
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
