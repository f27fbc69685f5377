//! The text in pieces that are shaped at one go: a word, or the part of one in one style,
//! face, script and direction; and each space between words.

use std::ops::Range;
use std::sync::Arc;

use unicode_script::Script;

use crate::model::{FaceId, Language, Length, Letters};

use crate::typeset::font::coverage::clusters;
use crate::typeset::font::face::scaled;
use crate::typeset::font::features::{Features, SmallCapitals};
use crate::typeset::paragraph::abbreviations::abbreviations;
use crate::typeset::paragraph::break_opportunities::vanishes;
use crate::typeset::paragraph::hyphenation::joints;
use crate::typeset::paragraph::prose::Prose;
use crate::typeset::shaping::bidi::BidiLevels;
use crate::typeset::shaping::script::{is_alphabetic, is_ideographic, is_joining, script_of};
use crate::typeset::shaping::shape::{LanguageId, Shape, Shaper, ShapingStyle, ShapingStyleId};
use crate::typeset::{Capitals, Faces, Span};

/// A piece of text with its glyphs.
#[derive(Debug)]
pub(in crate::typeset) struct TextPiece {
    pub(in crate::typeset) range: Range<usize>,
    /// The number of its span.
    pub(in crate::typeset) span: usize,
    pub(in crate::typeset) face: FaceId,
    pub(in crate::typeset) size: Length,
    pub(in crate::typeset) units_per_em: u16,
    pub(in crate::typeset) level: u8,
    pub(in crate::typeset) shape: Arc<Shape>,
    /// As it stands, letter-spacing included.
    pub(in crate::typeset) width: Length,
    /// Added behind each letter but the last.
    pub(in crate::typeset) tracking: Length,
    /// Added behind the last letter.
    pub(in crate::typeset) tracking_behind: Length,
    /// By how much it may grow behind each of its letters: a space by a good half, an ideograph
    /// by a little, other letters by a hair that nobody sees; letters that join not at all.
    pub(in crate::typeset) stretch: Length,
    /// By how much it may shrink behind each of its letters; ideographs do not.
    pub(in crate::typeset) shrink: Length,
    /// How its glyphs are chosen, for those who choose them again.
    pub(in crate::typeset) letters: Letters,
    manner: ShapingStyleId,
    joining: bool,
}

/// Letter-spacing of small-capital abbreviations, in thousandths of the em.
const ABBREVIATION_TRACKING: i64 = 50;

/// By how much letters may be moved apart in a justified line, in thousandths of the em.
const LETTER_STRETCH: i64 = 10;
/// By how much they may be moved together.
const LETTER_SHRINK: i64 = 6;

/// The most bytes of a piece. The parts of a piece before and behind each possible break are shaped
/// again, so a long text without spaces would take time and memory by the square of its length.
const LONGEST_PIECE: usize = 240;

/// A text in pieces.
#[derive(Debug)]
pub(in crate::typeset) struct TextPieces<'a> {
    pub(in crate::typeset) text: &'a str,
    /// Those abbreviations that became small capitals.
    pub(in crate::typeset) abbreviations: Vec<Range<usize>>,
    pub(in crate::typeset) all: Vec<TextPiece>,
    levels: BidiLevels,
    faces: &'a Faces,
}

/// What is the same throughout a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PieceKind {
    span: usize,
    face: FaceId,
    features: Features,
    script: Script,
    level: u8,
    is_space: bool,
}

impl<'a> TextPieces<'a> {
    /// Cuts a text to pieces and shapes them.
    pub(in crate::typeset) fn new(
        faces: &'a Faces,
        shaper: &mut Shaper,
        prose: &'a Prose,
        spans: &[Span],
        language: &Language,
    ) -> Self {
        let text = prose.text.as_str();
        let mut pieces = Self {
            text,
            abbreviations: Vec::new(),
            all: Vec::new(),
            levels: BidiLevels::new(text, language),
            faces,
        };
        let natures = pieces.natures(prose, spans, language);
        let language = shaper.language(language.tag());
        pieces.shape(shaper, spans, language, natures);
        pieces
    }

    /// The nature of each cluster, neighbours of the same nature joined.
    fn natures(
        &mut self,
        prose: &Prose,
        spans: &[Span],
        language: &Language,
    ) -> Vec<(Range<usize>, PieceKind)> {
        let wants_small = |span: &Span| span.style.capitals == Capitals::SmallForAbbreviations;
        let candidates =
            if spans.iter().any(wants_small) { abbreviations(self.text) } else { Vec::new() };
        let orders: Vec<Vec<FaceId>> =
            spans.iter().map(|span| self.faces.order(&span.style)).collect();
        let clusters = clusters(self.text);
        let scripts = scripts(self.text, &clusters);
        let mut parts = prose.parts.iter().peekable();
        let mut short = candidates.iter().peekable();
        let joints = joints(self.text, language);
        let is_chinese = language.primary() == "zh";
        let mut natures: Vec<(Range<usize>, PieceKind)> = Vec::new();
        for (cluster, script) in clusters.into_iter().zip(scripts) {
            while parts.next_if(|(range, _)| range.end <= cluster.start).is_some() {}
            while short.next_if(|range| range.end <= cluster.start).is_some() {}
            let span = parts.peek().map_or(0, |(_, span)| *span);
            let style = &spans[span].style;
            let letters = &self.text[cluster.clone()];
            let is_space = letters.chars().all(|c| vanishes(c) || c == '\u{a0}');
            let order = &orders[span];
            let face = if is_space {
                order.first().copied().unwrap_or(FaceId(0))
            } else {
                let of_han = is_chinese.then(|| self.of_han(order, letters)).flatten();
                of_han.unwrap_or_else(|| self.faces.choose(order, letters).0)
            };
            let mut features = Features::new(style, language);
            let abbreviated = short.peek().filter(|range| range.contains(&cluster.start));
            if let Some(range) = abbreviated.filter(|_| wants_small(&spans[span])) {
                let has = |face: &crate::typeset::Face| face.variants.small_from_capitals;
                if self.faces.get(face).is_some_and(has) {
                    features =
                        Features { small: SmallCapitals::Capitals, spaced: true, ..features };
                    if self.abbreviations.last() != Some(*range) {
                        self.abbreviations.push((*range).clone());
                    }
                }
            }
            let nature = PieceKind {
                span,
                face,
                features,
                script,
                level: self.levels.at(cluster.start),
                is_space,
            };
            match natures.last_mut() {
                Some((range, same))
                    if *same == nature
                        && !is_space
                        && range.len() < LONGEST_PIECE
                        && joints.binary_search(&cluster.start).is_err() =>
                {
                    range.end = cluster.end;
                }
                _ => natures.push((cluster, nature)),
            }
        }
        self.set_spaces(&mut natures);
        natures
    }

    /// The face of Chinese letters for the marks that Chinese shares with Latin: its quotes,
    /// dashes and ellipses are as wide as its letters.
    fn of_han(&self, order: &[FaceId], letters: &str) -> Option<FaceId> {
        let mark = letters.chars().next().filter(|mark| "“”‘’—…".contains(*mark))?;
        let has = |id: &&FaceId| {
            self.faces.get(**id).is_some_and(|face| face.has('\u{4e00}') && face.has(mark))
        };
        order.iter().find(has).copied()
    }

    /// A space between words of one face is that face's own.
    fn set_spaces(&self, natures: &mut [(Range<usize>, PieceKind)]) {
        for index in 1..natures.len().saturating_sub(1) {
            let (before, after) = (natures[index - 1].1, natures[index + 1].1);
            let same = !before.is_space && !after.is_space && before.face == after.face;
            let has = |face: &crate::typeset::Face| face.has(' ');
            if natures[index].1.is_space && same && self.faces.get(before.face).is_some_and(has) {
                natures[index].1.face = before.face;
            }
        }
    }

    fn shape(
        &mut self,
        shaper: &mut Shaper,
        spans: &[Span],
        language: LanguageId,
        natures: Vec<(Range<usize>, PieceKind)>,
    ) {
        for (range, nature) in natures {
            let style = &spans[nature.span].style;
            let joining = is_joining(nature.script);
            let manner = ShapingStyle {
                face: nature.face,
                features: nature.features,
                script: nature.script,
                right_to_left: nature.level % 2 == 1,
                language,
            };
            let Some(manner) = shaper.manner(self.faces.all(), manner) else { continue };
            // Letters that join are not spaced: the joints would show.
            let tracking_behind =
                if joining { Length::ZERO } else { style.size.scale(style.tracking.into(), 1000) };
            let tracking = match nature.features.small {
                SmallCapitals::Capitals => {
                    tracking_behind + style.size.scale(ABBREVIATION_TRACKING, 1000)
                }
                SmallCapitals::No | SmallCapitals::All => tracking_behind,
            };
            let mut piece = TextPiece {
                range: range.clone(),
                span: nature.span,
                face: nature.face,
                size: style.size,
                units_per_em: self.faces.get(nature.face).map_or(1000, |face| face.units_per_em),
                level: nature.level,
                shape: Arc::default(),
                width: Length::ZERO,
                tracking,
                tracking_behind,
                stretch: Length::ZERO,
                shrink: Length::ZERO,
                letters: self.letters(nature, tracking),
                manner,
                joining,
            };
            piece.shape = self.shape_part(shaper, &piece, range.clone(), false);
            piece.width = piece.width_as(&piece.shape);
            if matches!(&self.text[range], " " | "\u{a0}") {
                // The bundled faces' spaces are narrow, so they rather grow than shrink.
                piece.stretch = piece.width * 3 / 5;
                piece.shrink = piece.width / 4;
            } else if is_ideographic(nature.script) {
                piece.stretch = style.size / 20;
            } else if is_alphabetic(nature.script) && style.tracking == 0 {
                // Over sixty letters these come to two or three spaces more for a line to
                // grow or shrink by.
                piece.stretch = style.size.scale(LETTER_STRETCH, 1000);
                piece.shrink = style.size.scale(LETTER_SHRINK, 1000);
            }
            self.all.push(piece);
        }
    }

    fn letters(&self, nature: PieceKind, tracking: Length) -> Letters {
        let has = self.faces.get(nature.face).map(|face| face.variants).unwrap_or_default();
        let features = nature.features.tags(has).map(|(tag, value)| (*tag, value)).collect();
        Letters { features, uppercase: nature.features.upper, tracking }
    }

    /// The glyphs of a part of a piece, with a hyphen behind it if need be.
    pub(in crate::typeset) fn shape_part(
        &self,
        shaper: &mut Shaper,
        piece: &TextPiece,
        range: Range<usize>,
        hyphen: bool,
    ) -> Arc<Shape> {
        let text = &self.text[range.clone()];
        let faces = self.faces.all();
        if hyphen {
            let has = |c| self.faces.get(piece.face).is_some_and(|face| face.has(c));
            let hyphen = if has('\u{2010}') { '\u{2010}' } else { '-' };
            return shaper.shape(faces, piece.manner, &format!("{text}{hyphen}"), "", "");
        }
        if !piece.joining {
            return shaper.shape(faces, piece.manner, text, "", "");
        }
        // A shaper looks at five characters on either side.
        let near = |at: &(usize, char)| !vanishes(at.1);
        let (before, after) = (&self.text[..range.start], &self.text[range.end..]);
        let start = before.char_indices().rev().take(8).take_while(near).last();
        let end = after.char_indices().take(8).take_while(near).last();
        let before = start.map_or("", |(at, _)| &before[at..]);
        let after = end.map_or("", |(at, c)| &after[..at + c.len_utf8()]);
        shaper.shape(faces, piece.manner, text, before, after)
    }

    /// The pieces that have bytes between these two.
    pub(in crate::typeset) fn between(&self, start: usize, end: usize) -> &[TextPiece] {
        let first = self.all.partition_point(|piece| piece.range.end <= start);
        let last = self.all.partition_point(|piece| piece.range.start < end);
        self.all.get(first..last).unwrap_or_default()
    }

    /// The size of the first letters.
    pub(in crate::typeset) fn em(&self) -> Length {
        self.all.first().map_or(Length::ZERO, |piece| piece.size)
    }

    /// The level of the paragraph.
    pub(in crate::typeset) fn base_level(&self) -> u8 {
        self.levels.base
    }

    /// Whether the paragraph runs from right to left.
    pub(in crate::typeset) fn right_to_left(&self) -> bool {
        self.levels.right_to_left()
    }
}

impl TextPiece {
    /// Whether its glyphs run from right to left.
    pub(in crate::typeset) fn right_to_left(&self) -> bool {
        self.level % 2 == 1
    }

    /// The width that it has with these glyphs.
    pub(in crate::typeset) fn width_as(&self, shape: &Shape) -> Length {
        let width = shape.width(self.size, self.units_per_em, self.tracking);
        if shape.glyphs.is_empty() { width } else { width - self.tracking + self.tracking_behind }
    }

    /// How far the first or last of these glyphs hangs out where `per_cent` of it may.
    pub(in crate::typeset) fn hang(&self, shape: &Shape, per_cent: i64, at_start: bool) -> Length {
        let glyph = if at_start == self.right_to_left() {
            shape.glyphs.last()
        } else {
            shape.glyphs.first()
        };
        match glyph {
            Some(glyph) if per_cent != 0 => {
                scaled(glyph.advance, self.size, self.units_per_em).scale(per_cent, 100)
            }
            _ => Length::ZERO,
        }
    }
}

/// The script of each cluster. Marks and figures that all scripts share go with the word
/// that they stand in, and spaces with the words on both sides, if those are of one script.
fn scripts(text: &str, clusters: &[Range<usize>]) -> Vec<Script> {
    let is_real = |script: &Script| !matches!(script, Script::Common | Script::Inherited);
    let own: Vec<(Script, bool)> = clusters
        .iter()
        .map(|cluster| {
            let mut letters = text[cluster.clone()].chars();
            let space = letters.clone().next().is_some_and(vanishes);
            let script = letters.find_map(|c| Some(script_of(c)).filter(is_real));
            (script.unwrap_or(Script::Common), space)
        })
        .collect();
    let mut scripts = Vec::with_capacity(own.len());
    let mut current = None;
    for (index, (script, space)) in own.iter().enumerate() {
        if *space {
            let next = own[index..].iter().find(|(_, space)| !space).map(|(script, _)| *script);
            let between = scripts.last().copied().filter(|before| Some(*before) == next);
            scripts.push(between.unwrap_or(Script::Common));
            current = None;
            continue;
        }
        if is_real(script) {
            current = Some(*script);
        } else if current.is_none() {
            let word = own[index..].iter().take_while(|(_, space)| !space);
            current = word.map(|(script, _)| *script).find(is_real).or(Some(Script::Latin));
        }
        scripts.push(current.unwrap_or(Script::Latin));
    }
    scripts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::font::coverage::clusters;

    #[test]
    fn a_space_belongs_to_the_script_of_the_words_around_it() {
        let text = "새벽 두 시, NASA 같은";
        let clusters = clusters(text);
        let scripts = scripts(text, &clusters);
        let at = |wanted: usize| {
            let spaces =
                clusters.iter().zip(&scripts).filter(|(part, _)| &text[(*part).clone()] == " ");
            *spaces.map(|(_, script)| script).nth(wanted).unwrap()
        };
        let (korean, nobodys) = (Script::Hangul, Script::Common);
        assert_eq!([0, 1, 2, 3].map(at), [korean, korean, nobodys, nobodys]);
    }
}
