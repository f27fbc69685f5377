//! Converts characters to glyphs. This is the only module that uses the shaping crate.
//!
//! Words are shaped one at a time and cached, since a book repeats the same words many times;
//! the spaces between them are set with the line. Kerning therefore does not extend across
//! spaces, where justification would override it anyway.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use harfrust::{
    Buffer, BufferFlags, Direction, Feature, GlyphFlags, Language, Script, ShapeOptions, ShapePlan,
    ShaperFont, Tag,
};

use crate::model::{FaceId, Length};

use crate::typeset::font::face::{Face, scaled};
use crate::typeset::font::features::Features;

/// One glyph, in font units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) struct Shaped {
    pub(in crate::typeset) id: u16,
    pub(in crate::typeset) advance: i32,
    pub(in crate::typeset) x: i32,
    pub(in crate::typeset) y: i32,
    /// The start of its cluster in the shaped text, in bytes.
    pub(in crate::typeset) start: u32,
    pub(in crate::typeset) end: u32,
    /// Whether it is the last glyph of its letter, after which tracking is added. A cluster is
    /// one letter, except for capitals of a single lower-case letter: `ß` becomes two.
    pub(in crate::typeset) ends_letter: bool,
    /// Whether its shape or position depends on the preceding text.
    pub(in crate::typeset) depends_on_context: bool,
}

/// The glyphs of a piece of text, from left to right.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::typeset) struct Shape {
    pub(in crate::typeset) glyphs: Vec<Shaped>,
}

impl Shape {
    /// The width at a font size, each glyph rounded separately, with `tracking` after each
    /// letter.
    pub(in crate::typeset) fn width(
        &self,
        size: Length,
        units_per_em: u16,
        tracking: Length,
    ) -> Length {
        self.glyphs
            .iter()
            .map(|glyph| {
                let advance = scaled(glyph.advance, size, units_per_em);
                if glyph.ends_letter { advance + tracking } else { advance }
            })
            .sum()
    }
}

impl Shape {
    /// The number of letters.
    pub(in crate::typeset) fn letters(&self) -> usize {
        self.glyphs.iter().filter(|glyph| glyph.ends_letter).count()
    }
}

/// Everything except the text that determines its glyphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) struct ShapingStyle {
    pub(in crate::typeset) face: FaceId,
    pub(in crate::typeset) features: Features,
    pub(in crate::typeset) script: unicode_script::Script,
    pub(in crate::typeset) right_to_left: bool,
    pub(in crate::typeset) language: LanguageId,
}

/// The id of a language known to the shaper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) struct LanguageId(u16);

/// The id of a shaping style prepared by the shaper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) struct ShapingStyleId(u32);

/// Shapes words and caches the results.
#[derive(Default)]
pub(in crate::typeset) struct Shaper {
    languages: Vec<String>,
    styles: Vec<PreparedStyle>,
    buffer: Buffer,
    remembered: usize,
}

struct PreparedStyle {
    style: ShapingStyle,
    plan: ShapePlan,
    features: Vec<Feature>,
    upper: Option<String>,
    words: HashMap<Box<str>, Arc<Shape>>,
}

/// More than the words of any book; limits the cache for unusually long texts.
const MAX_CACHED_WORDS: usize = 200_000;

impl fmt::Debug for Shaper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shaper({} words in {} styles)", self.remembered, self.styles.len())
    }
}

impl Shaper {
    /// The id of a language.
    pub(in crate::typeset) fn language(&mut self, tag: &str) -> LanguageId {
        let index =
            self.languages.iter().position(|existing| existing == tag).unwrap_or_else(|| {
                self.languages.push(tag.to_owned());
                self.languages.len() - 1
            });
        LanguageId(u16::try_from(index).unwrap_or(u16::MAX))
    }

    /// The id of a shaping style, which is prepared if it is new.
    pub(in crate::typeset) fn style_id(
        &mut self,
        faces: &[Face],
        style: ShapingStyle,
    ) -> Option<ShapingStyleId> {
        let existing = self.styles.iter().position(|existing| existing.style == style);
        let index = if let Some(index) = existing {
            index
        } else {
            let face = faces.get(usize::from(style.face.0))?;
            self.styles.push(self.prepare(face, style));
            self.styles.len() - 1
        };
        u32::try_from(index).ok().map(ShapingStyleId)
    }

    fn prepare(&self, face: &Face, style: ShapingStyle) -> PreparedStyle {
        let tag = self.languages.get(usize::from(style.language.0)).map_or("", String::as_str);
        let script = Script::from_iso15924_tag(Tag::new(
            style.script.short_name().as_bytes().first_chunk().unwrap_or(b"Zyyy"),
        ));
        let features: Vec<Feature> = style
            .features
            .tags(face.variants)
            .map(|(tag, value)| Feature::new(Tag::new(tag), value, ..))
            .collect();
        let direction =
            if style.right_to_left { Direction::RightToLeft } else { Direction::LeftToRight };
        let plan =
            ShapePlan::new(&face.font, direction, script, Language::new(tag).as_ref(), &features);
        let upper = style.features.uppercase.then(|| tag.to_owned());
        PreparedStyle { style, plan, features, upper, words: HashMap::new() }
    }

    /// The glyphs of a piece of text. The text `before` and `after` it determines how joining
    /// letters connect to it.
    pub(in crate::typeset) fn shape(
        &mut self,
        faces: &[Face],
        style: ShapingStyleId,
        text: &str,
        before: &str,
        after: &str,
    ) -> Arc<Shape> {
        if self.remembered > MAX_CACHED_WORDS {
            self.styles.iter_mut().for_each(|style| style.words.clear());
            self.remembered = 0;
        }
        let Some(prepared) = self.styles.get_mut(style.0 as usize) else {
            return Arc::default();
        };
        let alone = before.is_empty() && after.is_empty();
        if alone && let Some(shape) = prepared.words.get(text) {
            return Arc::clone(shape);
        }
        let Some(face) = faces.get(usize::from(prepared.style.face.0)) else {
            return Arc::default();
        };
        let shape = Arc::new(prepared.shape(face, &mut self.buffer, text, before, after));
        if alone {
            prepared.words.insert(text.into(), Arc::clone(&shape));
            self.remembered += 1 + text.len() / 16;
        }
        shape
    }
}

impl PreparedStyle {
    fn shape(
        &self,
        face: &Face,
        buffer: &mut Buffer,
        text: &str,
        before: &str,
        after: &str,
    ) -> Shape {
        buffer.clear();
        // The positions of the lower-case letters of each capital.
        let mut places = Vec::new();
        match &self.upper {
            None => buffer.push_str(text),
            Some(language) => {
                for (at, c) in text.char_indices() {
                    for upper in uppercase(c, language) {
                        buffer.push(upper.into(), u32::try_from(places.len()).unwrap_or(u32::MAX));
                        places.push(u32::try_from(at).unwrap_or(u32::MAX));
                    }
                }
            }
        }
        buffer.set_pre_context(before);
        buffer.set_post_context(after);
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        buffer.set_direction(self.plan.direction());
        buffer.set_script(self.plan.script());
        buffer.set_language(self.plan.language().cloned());
        let font = ShaperFont::new(&face.font);
        let options = ShapeOptions::new().plan(Some(&self.plan)).features(&self.features);
        if harfrust::shape(&font, buffer, options).is_err() {
            return Shape::default();
        }
        let mut glyphs: Vec<Shaped> = buffer
            .glyph_infos()
            .iter()
            .zip(buffer.glyph_positions())
            .map(|(info, position)| Shaped {
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                advance: position.x_advance,
                x: position.x_offset,
                y: position.y_offset,
                start: info.cluster,
                end: info.cluster,
                ends_letter: false,
                depends_on_context: info.flags().contains(GlyphFlags::UNSAFE_TO_BREAK),
            })
            .collect();
        for index in 0..glyphs.len() {
            let next = glyphs.get(index + 1).map(|next| next.start);
            glyphs[index].ends_letter = next != Some(glyphs[index].start);
        }
        if self.upper.is_some() {
            for glyph in &mut glyphs {
                let place = usize::try_from(glyph.start).ok().and_then(|at| places.get(at));
                glyph.start = place.copied().unwrap_or_default();
            }
        }
        set_cluster_ends(&mut glyphs, text.len(), self.style.right_to_left);
        Shape { glyphs }
    }
}

/// Sets the end of each glyph's cluster, which is the start of the next one.
fn set_cluster_ends(glyphs: &mut [Shaped], length: usize, right_to_left: bool) {
    let mut end = u32::try_from(length).unwrap_or(u32::MAX);
    let mut start = None;
    let mut depends_on_context = |glyph: &mut Shaped| {
        if start != Some(glyph.start) {
            end = start.unwrap_or(end);
            start = Some(glyph.start);
        }
        glyph.end = end;
    };
    if right_to_left {
        glyphs.iter_mut().for_each(&mut depends_on_context);
        // Leading characters without a glyph belong to the first glyph.
        if let Some(first) = glyphs.last().map(|glyph| glyph.start) {
            glyphs
                .iter_mut()
                .filter(|glyph| glyph.start == first)
                .for_each(|glyph| glyph.start = 0);
        }
    } else {
        glyphs.iter_mut().rev().for_each(&mut depends_on_context);
        if let Some(first) = glyphs.first().map(|glyph| glyph.start) {
            glyphs
                .iter_mut()
                .filter(|glyph| glyph.start == first)
                .for_each(|glyph| glyph.start = 0);
        }
    }
}

/// The capital in this language: Turkish and Azeri keep the dot of `i`.
pub(in crate::typeset) fn uppercase(c: char, language: &str) -> impl Iterator<Item = char> {
    let dotted = c == 'i' && matches!(language.get(..2), Some("tr" | "az"));
    let plain = (!dotted).then(|| c.to_uppercase());
    dotted.then_some('İ').into_iter().chain(plain.into_iter().flatten())
}

/// The canonical decomposition of a character into base and mark, or into a base alone.
pub(in crate::typeset) fn decompose(c: char) -> Option<(char, Option<char>)> {
    use harfrust::unicode::Decomposed::{Pair, Singleton};
    match harfrust::unicode::decompose(c.into())? {
        Singleton(base) => Some((char::from_u32(base)?, None)),
        Pair(base, mark) => Some((char::from_u32(base)?, Some(char::from_u32(mark)?))),
    }
}

/// The composition of a base and a mark, if Unicode has one.
pub(in crate::typeset) fn compose(base: char, mark: char) -> Option<char> {
    harfrust::unicode::compose(base.into(), mark.into()).and_then(char::from_u32)
}
