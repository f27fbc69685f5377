//! Splits a text into pieces that are shaped separately: words, or the parts of a word in one
//! style, face, script and direction; and the spaces between words.

use std::ops::Range;
use std::sync::Arc;

use unicode_script::Script;

use crate::model::{FaceId, Language, Length, Letters};

use crate::typeset::font::coverage::clusters;
use crate::typeset::font::face::scaled;
use crate::typeset::font::features::{Features, SmallCapitals};
use crate::typeset::paragraph::abbreviations::abbreviations;
use crate::typeset::paragraph::addresses::addresses;
use crate::typeset::paragraph::break_opportunities::is_dropped;
use crate::typeset::paragraph::prose::Prose;
use crate::typeset::paragraph::word_joints::ligature_breaks;
use crate::typeset::shaping::bidi::BidiLevels;
use crate::typeset::shaping::fullwidth::{FullwidthMark, is_between_scripts, squeeze};
use crate::typeset::shaping::script::{is_alphabetic, is_ideographic, is_joining, script_of};
use crate::typeset::shaping::shape::{LanguageId, Shape, Shaper, ShapingStyle, ShapingStyleId};
use crate::typeset::shaping::stress::{DotSide, SpanStress, StressForm};
use crate::typeset::{Capitals, Faces, Span};

/// A piece of text with its glyphs.
#[derive(Debug)]
pub(in crate::typeset) struct TextPiece {
    pub(in crate::typeset) range: Range<usize>,
    /// The index of its span.
    pub(in crate::typeset) span: usize,
    pub(in crate::typeset) face: FaceId,
    pub(in crate::typeset) size: Length,
    pub(in crate::typeset) units_per_em: u16,
    pub(in crate::typeset) level: u8,
    pub(in crate::typeset) shape: Arc<Shape>,
    /// The natural width, including tracking.
    pub(in crate::typeset) width: Length,
    /// The tracking after each letter except the last.
    pub(in crate::typeset) tracking: Length,
    /// The tracking after the last letter.
    pub(in crate::typeset) tracking_after: Length,
    /// The maximum stretch after each of its letters: for a space more than half its width, for
    /// an ideograph little, for other letters too little to be visible; joining letters are not
    /// stretched.
    pub(in crate::typeset) stretch: Length,
    /// The maximum shrinkage after each of its letters; ideographs do not shrink.
    pub(in crate::typeset) shrink: Length,
    /// How its glyphs are selected, for reading systems that shape the text again.
    pub(in crate::typeset) letters: Letters,
    /// The side on which its letters have dots.
    pub(in crate::typeset) dots: Option<DotSide>,
    style_id: ShapingStyleId,
    joining: bool,
}

/// The tracking of small-capital abbreviations, in thousandths of the em.
const ABBREVIATION_TRACKING: i64 = 50;

/// The tracking of emphasized letters that have no italics, in thousandths of the em. Readers of
/// the text alone take a tenth of the em for a space.
const EMPHASIS_TRACKING: i64 = 80;

/// The space between ideographs and letters or figures beside them, in thousandths of the em: an
/// eighth, as in browsers.
const BETWEEN_SCRIPTS: i64 = 125;

/// The maximum stretch between letters in a justified line, in thousandths of the em.
const LETTER_STRETCH: i64 = 10;
/// The maximum shrinkage between letters.
const LETTER_SHRINK: i64 = 6;

/// The maximum length of a piece in bytes. The parts of a piece before and after each possible
/// break are shaped again, so a long text without spaces would take time and memory by the square
/// of its length.
const MAX_PIECE: usize = 240;

/// A text split into pieces.
#[derive(Debug)]
pub(in crate::typeset) struct TextPieces<'a> {
    pub(in crate::typeset) text: &'a str,
    /// The abbreviations set in small capitals.
    pub(in crate::typeset) abbreviations: Vec<Range<usize>>,
    pub(in crate::typeset) all: Vec<TextPiece>,
    levels: BidiLevels,
    faces: &'a Faces,
}

/// The properties shared by all characters of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PieceKind {
    span: usize,
    face: FaceId,
    features: Features,
    script: Script,
    level: u8,
    is_space: bool,
    form: StressForm,
}

impl<'a> TextPieces<'a> {
    /// Splits a text into pieces and shapes them.
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
        let kinds = pieces.kinds(prose, spans, language);
        let spaces_scripts = matches!(language.primary().as_str(), "ja" | "zh");
        let language = shaper.language(language.tag());
        pieces.shape(shaper, spans, (language, spaces_scripts), kinds);
        pieces
    }

    /// The kind of each cluster; adjacent clusters of the same kind are joined.
    fn kinds(
        &mut self,
        prose: &Prose,
        spans: &[Span],
        language: &Language,
    ) -> Vec<(Range<usize>, PieceKind)> {
        let has_small_abbreviations =
            |span: &Span| span.style.capitals == Capitals::SmallForAbbreviations;
        let candidates = if spans.iter().any(has_small_abbreviations) {
            abbreviations(self.text)
        } else {
            Vec::new()
        };
        let stresses: Vec<SpanStress> =
            spans.iter().map(|span| SpanStress::new(self.faces, span, language)).collect();
        let features: Vec<Features> =
            spans.iter().map(|span| Features::new(&span.style, language)).collect();
        let clusters = clusters(self.text);
        let scripts = scripts(self.text, &clusters);
        let mut parts = prose.parts.iter().peekable();
        let mut abbreviation_ranges = candidates.iter().peekable();
        let ligature_breaks = ligature_breaks(self.text, language);
        let is_chinese = language.primary() == "zh";
        let is_east_asian = is_chinese || language.primary() == "ja";
        let mut kinds: Vec<(Range<usize>, PieceKind)> = Vec::new();
        for (cluster, script) in clusters.into_iter().zip(scripts) {
            while parts.next_if(|(range, _)| range.end <= cluster.start).is_some() {}
            while abbreviation_ranges.next_if(|range| range.end <= cluster.start).is_some() {}
            let span = parts.peek().map_or(0, |(_, span)| *span);
            let letters = &self.text[cluster.clone()];
            let is_space = letters.chars().all(|c| is_dropped(c) || c == '\u{a0}');
            let order = &stresses[span].order;
            let mut face = if is_space {
                order.first().copied().unwrap_or(FaceId(0))
            } else {
                let han_face = is_chinese.then(|| self.han_face(order, letters)).flatten();
                han_face.unwrap_or_else(|| self.faces.choose(order, letters).0)
            };
            let mut form = StressForm::Plain;
            if !is_space {
                (face, form) = stresses[span].apply(self.faces, face, letters, script);
            } else if let Some((_, before)) = kinds.last().filter(|(_, before)| before.span == span)
                && before.form == StressForm::Spaced
            {
                // Words are further apart, as their letters are.
                form = StressForm::Spaced;
            }
            let mut features = features[span];
            features.spaced |= form == StressForm::Spaced;
            let abbreviated =
                abbreviation_ranges.peek().filter(|range| range.contains(&cluster.start));
            if let Some(range) = abbreviated.filter(|_| has_small_abbreviations(&spans[span])) {
                let has = |face: &crate::typeset::Face| face.variants.has_c2sc;
                if self.faces.get(face).is_some_and(has) {
                    features =
                        Features { small: SmallCapitals::Capitals, spaced: true, ..features };
                    if self.abbreviations.last() != Some(*range) {
                        self.abbreviations.push((*range).clone());
                    }
                }
            }
            let kind = PieceKind {
                span,
                face,
                features,
                script,
                level: self.levels.at(cluster.start),
                is_space,
                form,
            };
            // Marks side by side are in one piece, to be set closer.
            let is_mark = letters.starts_with(|c| FullwidthMark::from_char(c).is_some());
            match kinds.last_mut() {
                Some((range, same))
                    if *same == kind
                        && !is_space
                        && (range.len() < MAX_PIECE
                            || (is_mark && range.len() < MAX_PIECE * 2))
                        && ligature_breaks.binary_search(&cluster.start).is_err()
                        && !(is_east_asian && is_between_scripts(self.text, cluster.start)) =>
                {
                    range.end = cluster.end;
                }
                _ => kinds.push((cluster, kind)),
            }
        }
        self.set_space_faces(&mut kinds);
        kinds
    }

    /// The face of Chinese letters for punctuation that Chinese shares with Latin: its quotes,
    /// dashes and ellipses are as wide as its letters.
    fn han_face(&self, order: &[FaceId], letters: &str) -> Option<FaceId> {
        let mark = letters.chars().next().filter(|mark| "“”‘’—…".contains(*mark))?;
        let has = |id: &&FaceId| {
            self.faces.get(**id).is_some_and(|face| face.has('\u{4e00}') && face.has(mark))
        };
        order.iter().find(has).copied()
    }

    /// A space between words of one face is set in that face.
    fn set_space_faces(&self, kinds: &mut [(Range<usize>, PieceKind)]) {
        for index in 1..kinds.len().saturating_sub(1) {
            let (before, after) = (kinds[index - 1].1, kinds[index + 1].1);
            let same = !before.is_space && !after.is_space && before.face == after.face;
            let has = |face: &crate::typeset::Face| face.has(' ');
            if kinds[index].1.is_space && same && self.faces.get(before.face).is_some_and(has) {
                kinds[index].1.face = before.face;
            }
        }
    }

    fn shape(
        &mut self,
        shaper: &mut Shaper,
        spans: &[Span],
        (language, spaces_scripts): (LanguageId, bool),
        kinds: Vec<(Range<usize>, PieceKind)>,
    ) {
        let addresses: Vec<Range<usize>> = addresses(self.text).collect();
        for (range, kind) in kinds {
            let style = &spans[kind.span].style;
            let joining = is_joining(kind.script);
            let shaping_style = ShapingStyle {
                face: kind.face,
                features: kind.features,
                script: kind.script,
                right_to_left: kind.level % 2 == 1,
                language,
            };
            let Some(style_id) = shaper.style_id(self.faces.all(), shaping_style) else { continue };
            // Joining letters are not spaced, because the joins would become visible.
            let mut tracking_after =
                if joining { Length::ZERO } else { style.size.scale(style.tracking.into(), 1000) };
            let mut tracking = match kind.features.small {
                SmallCapitals::Capitals => {
                    tracking_after + style.size.scale(ABBREVIATION_TRACKING, 1000)
                }
                SmallCapitals::No | SmallCapitals::All => tracking_after,
            };
            if kind.form == StressForm::Spaced && !joining {
                let spacing = style.size.scale(EMPHASIS_TRACKING, 1000);
                tracking += spacing;
                if kind.is_space {
                    tracking_after += spacing;
                }
            }
            if spaces_scripts && is_between_scripts(self.text, range.end) {
                tracking_after += style.size.scale(BETWEEN_SCRIPTS, 1000);
            }
            let size = match kind.form {
                StressForm::Larger => style.size.scale(11, 10),
                _ => style.size,
            };
            let mut piece = TextPiece {
                range: range.clone(),
                span: kind.span,
                face: kind.face,
                size,
                units_per_em: self.faces.get(kind.face).map_or(1000, |face| face.units_per_em),
                level: kind.level,
                shape: Arc::default(),
                width: Length::ZERO,
                tracking,
                tracking_after,
                stretch: Length::ZERO,
                shrink: Length::ZERO,
                letters: self.letters(kind, tracking),
                dots: match kind.form {
                    StressForm::Dotted(side) => Some(side),
                    _ => None,
                },
                style_id,
                joining,
            };
            piece.shape = self.shape_part(shaper, &piece, range.clone(), false);
            piece.width = piece.width_with(&piece.shape);
            if matches!(&self.text[range.clone()], " " | "\u{a0}") {
                // The spaces of the bundled faces are narrow, so they stretch more than they
                // shrink.
                piece.stretch = piece.width * 3 / 5;
                piece.shrink = piece.width / 4;
            } else if is_ideographic(kind.script) {
                piece.stretch = style.size / 20;
            } else if is_in(&addresses, &range) {
                // The letters of an address are not spaced.
            } else if is_alphabetic(kind.script) && style.tracking == 0 {
                // Over sixty letters, this gives a line two or three additional spaces of
                // stretch or shrinkage.
                piece.stretch = style.size.scale(LETTER_STRETCH, 1000);
                piece.shrink = style.size.scale(LETTER_SHRINK, 1000);
            }
            self.all.push(piece);
        }
    }

    fn letters(&self, kind: PieceKind, tracking: Length) -> Letters {
        let has = self.faces.get(kind.face).map(|face| face.variants).unwrap_or_default();
        let features = kind.features.tags(has).map(|(tag, value)| (*tag, value)).collect();
        Letters { features, uppercase: kind.features.uppercase, tracking }
    }

    /// The glyphs of a part of a piece, followed by a hyphen if requested.
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
            return shaper.shape(faces, piece.style_id, &format!("{text}{hyphen}"), "", "");
        }
        if !piece.joining {
            let shape = shaper.shape(faces, piece.style_id, text, "", "");
            return match self.faces.get(piece.face) {
                Some(face) if !piece.right_to_left() => squeeze(shape, text, face),
                _ => shape,
            };
        }
        // A shaper looks at five characters on either side.
        let is_near = |at: &(usize, char)| !is_dropped(at.1);
        let (before, after) = (&self.text[..range.start], &self.text[range.end..]);
        let start = before.char_indices().rev().take(8).take_while(is_near).last();
        let end = after.char_indices().take(8).take_while(is_near).last();
        let before = start.map_or("", |(at, _)| &before[at..]);
        let after = end.map_or("", |(at, c)| &after[..at + c.len_utf8()]);
        shaper.shape(faces, piece.style_id, text, before, after)
    }

    /// The pieces that overlap this range of bytes.
    pub(in crate::typeset) fn between(&self, start: usize, end: usize) -> &[TextPiece] {
        let first = self.all.partition_point(|piece| piece.range.end <= start);
        let last = self.all.partition_point(|piece| piece.range.start < end);
        self.all.get(first..last).unwrap_or_default()
    }

    /// The font size of the first letters.
    pub(in crate::typeset) fn em(&self) -> Length {
        self.all.first().map_or(Length::ZERO, |piece| piece.size)
    }

    /// The level of the paragraph.
    pub(in crate::typeset) fn base_level(&self) -> u8 {
        self.levels.base
    }

    /// Whether the paragraph is right-to-left.
    pub(in crate::typeset) fn right_to_left(&self) -> bool {
        self.levels.right_to_left()
    }
}

impl TextPiece {
    /// Whether its glyphs are right-to-left.
    pub(in crate::typeset) fn right_to_left(&self) -> bool {
        self.level % 2 == 1
    }

    /// The width of the piece with these glyphs.
    pub(in crate::typeset) fn width_with(&self, shape: &Shape) -> Length {
        let width = shape.width(self.size, self.units_per_em, self.tracking);
        if shape.glyphs.is_empty() { width } else { width - self.tracking + self.tracking_after }
    }

    /// The amount by which the first or last of these glyphs hangs if `per_cent` of it may.
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

/// The script of each cluster. Marks and digits common to all scripts take the script of their
/// word, and spaces that of the words on both sides if it is the same.
fn scripts(text: &str, clusters: &[Range<usize>]) -> Vec<Script> {
    let is_real = |script: &Script| !matches!(script, Script::Common | Script::Inherited);
    let clusters_with_script: Vec<(Script, bool)> = clusters
        .iter()
        .map(|cluster| {
            let mut letters = text[cluster.clone()].chars();
            let space = letters.clone().next().is_some_and(is_dropped);
            let script = letters.find_map(|c| Some(script_of(c)).filter(is_real));
            (script.unwrap_or(Script::Common), space)
        })
        .collect();
    let mut scripts = Vec::with_capacity(clusters_with_script.len());
    let mut current = None;
    for (index, (script, space)) in clusters_with_script.iter().enumerate() {
        if *space {
            let next = clusters_with_script[index..]
                .iter()
                .find(|(_, space)| !space)
                .map(|(script, _)| *script);
            let between = scripts.last().copied().filter(|before| Some(*before) == next);
            scripts.push(between.unwrap_or(Script::Common));
            current = None;
            continue;
        }
        if is_real(script) {
            current = Some(*script);
        } else if current.is_none() {
            let word = clusters_with_script[index..].iter().take_while(|(_, space)| !space);
            current = word.map(|(script, _)| *script).find(is_real).or(Some(Script::Latin));
        }
        scripts.push(current.unwrap_or(Script::Latin));
    }
    scripts
}

/// Whether a range is in one of these, which are in order.
fn is_in(ranges: &[Range<usize>], range: &Range<usize>) -> bool {
    let next = ranges.partition_point(|other| other.end <= range.start);
    ranges.get(next).is_some_and(|other| other.start <= range.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::font::coverage::clusters;

    #[test]
    fn a_space_has_the_script_of_the_surrounding_words() {
        let text = "새벽 두 시, NASA 같은";
        let clusters = clusters(text);
        let scripts = scripts(text, &clusters);
        let at = |wanted: usize| {
            let spaces =
                clusters.iter().zip(&scripts).filter(|(part, _)| &text[(*part).clone()] == " ");
            *spaces.map(|(_, script)| script).nth(wanted).unwrap()
        };
        let (korean, common) = (Script::Hangul, Script::Common);
        assert_eq!([0, 1, 2, 3].map(at), [korean, korean, common, common]);
    }
}
