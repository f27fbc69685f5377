//! Characters to glyphs. The shaper's crate is named here and nowhere else.
//!
//! Words are shaped one at a time and remembered, since a book says the same words
//! again and again; what stands between them is set by the line. So kerning does not
//! reach across a space, where justification would undo it anyway.

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
    /// The bytes of the shaped text that its cluster shows.
    pub(in crate::typeset) start: u32,
    pub(in crate::typeset) end: u32,
    /// Whether it is the last glyph of its letter, behind which letters are spaced. A cluster
    /// is one letter, but for the capitals that a small letter becomes: `ß` is two.
    pub(in crate::typeset) ends_letter: bool,
    /// Whether its shape or place depends on what stands before it.
    pub(in crate::typeset) bound: bool,
}

/// The glyphs of a piece of text, from left to right.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::typeset) struct Shape {
    pub(in crate::typeset) glyphs: Vec<Shaped>,
}

impl Shape {
    /// The width at a size, each glyph rounded for itself, with `tracking` behind each letter.
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
    /// How many letters there are.
    pub(in crate::typeset) fn letters(&self) -> usize {
        self.glyphs.iter().filter(|glyph| glyph.ends_letter).count()
    }
}

/// All that decides on the glyphs of a text, apart from the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) struct ShapingStyle {
    pub(in crate::typeset) face: FaceId,
    pub(in crate::typeset) features: Features,
    pub(in crate::typeset) script: unicode_script::Script,
    pub(in crate::typeset) right_to_left: bool,
    pub(in crate::typeset) language: LanguageId,
}

/// A language that the shaper has been told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) struct LanguageId(u16);

/// A manner that the shaper has prepared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) struct ShapingStyleId(u32);

/// Shapes words and remembers them.
#[derive(Default)]
pub(in crate::typeset) struct Shaper {
    languages: Vec<String>,
    manners: Vec<Prepared>,
    buffer: Buffer,
    remembered: usize,
}

struct Prepared {
    manner: ShapingStyle,
    plan: ShapePlan,
    features: Vec<Feature>,
    upper: Option<String>,
    words: HashMap<Box<str>, Arc<Shape>>,
}

/// More than the words of any book; a guard against endless texts.
const MOST_WORDS: usize = 200_000;

impl fmt::Debug for Shaper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shaper({} words in {} manners)", self.remembered, self.manners.len())
    }
}

impl Shaper {
    /// The number of a language.
    pub(in crate::typeset) fn language(&mut self, tag: &str) -> LanguageId {
        let index = self.languages.iter().position(|known| known == tag).unwrap_or_else(|| {
            self.languages.push(tag.to_owned());
            self.languages.len() - 1
        });
        LanguageId(u16::try_from(index).unwrap_or(u16::MAX))
    }

    /// Prepares for a manner, unless that was done before.
    pub(in crate::typeset) fn manner(
        &mut self,
        faces: &[Face],
        manner: ShapingStyle,
    ) -> Option<ShapingStyleId> {
        let known = self.manners.iter().position(|known| known.manner == manner);
        let index = if let Some(index) = known {
            index
        } else {
            let face = faces.get(usize::from(manner.face.0))?;
            self.manners.push(self.prepare(face, manner));
            self.manners.len() - 1
        };
        u32::try_from(index).ok().map(ShapingStyleId)
    }

    fn prepare(&self, face: &Face, manner: ShapingStyle) -> Prepared {
        let tag = self.languages.get(usize::from(manner.language.0)).map_or("", String::as_str);
        let script = Script::from_iso15924_tag(Tag::new(
            manner.script.short_name().as_bytes().first_chunk().unwrap_or(b"Zyyy"),
        ));
        let features: Vec<Feature> = manner
            .features
            .tags(face.variants)
            .map(|(tag, value)| Feature::new(Tag::new(tag), value, ..))
            .collect();
        let direction =
            if manner.right_to_left { Direction::RightToLeft } else { Direction::LeftToRight };
        let plan =
            ShapePlan::new(&face.font, direction, script, Language::new(tag).as_ref(), &features);
        let upper = manner.features.upper.then(|| tag.to_owned());
        Prepared { manner, plan, features, upper, words: HashMap::new() }
    }

    /// The glyphs of a piece of text. What stands `before` and `after` it decides how
    /// joining letters meet it.
    pub(in crate::typeset) fn shape(
        &mut self,
        faces: &[Face],
        manner: ShapingStyleId,
        text: &str,
        before: &str,
        after: &str,
    ) -> Arc<Shape> {
        if self.remembered > MOST_WORDS {
            self.manners.iter_mut().for_each(|manner| manner.words.clear());
            self.remembered = 0;
        }
        let Some(prepared) = self.manners.get_mut(manner.0 as usize) else {
            return Arc::default();
        };
        let alone = before.is_empty() && after.is_empty();
        if alone && let Some(shape) = prepared.words.get(text) {
            return Arc::clone(shape);
        }
        let Some(face) = faces.get(usize::from(prepared.manner.face.0)) else {
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

impl Prepared {
    fn shape(
        &self,
        face: &Face,
        buffer: &mut Buffer,
        text: &str,
        before: &str,
        after: &str,
    ) -> Shape {
        buffer.clear();
        // Where the small letter of each capital stands.
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
                bound: info.flags().contains(GlyphFlags::UNSAFE_TO_BREAK),
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
        bound_clusters(&mut glyphs, text.len(), self.manner.right_to_left);
        Shape { glyphs }
    }
}

/// Gives each glyph the end of its cluster, which is where the next one starts.
fn bound_clusters(glyphs: &mut [Shaped], length: usize, right_to_left: bool) {
    let mut end = u32::try_from(length).unwrap_or(u32::MAX);
    let mut start = None;
    let mut bound = |glyph: &mut Shaped| {
        if start != Some(glyph.start) {
            end = start.unwrap_or(end);
            start = Some(glyph.start);
        }
        glyph.end = end;
    };
    if right_to_left {
        glyphs.iter_mut().for_each(&mut bound);
        // What the first characters lost to no glyph belongs to the first one that has.
        if let Some(first) = glyphs.last().map(|glyph| glyph.start) {
            glyphs
                .iter_mut()
                .filter(|glyph| glyph.start == first)
                .for_each(|glyph| glyph.start = 0);
        }
    } else {
        glyphs.iter_mut().rev().for_each(&mut bound);
        if let Some(first) = glyphs.first().map(|glyph| glyph.start) {
            glyphs
                .iter_mut()
                .filter(|glyph| glyph.start == first)
                .for_each(|glyph| glyph.start = 0);
        }
    }
}

/// A capital as the language has it: Turkish and Azeri keep the dot of `i`.
pub(in crate::typeset) fn uppercase(c: char, language: &str) -> impl Iterator<Item = char> {
    let dotted = c == 'i' && matches!(language.get(..2), Some("tr" | "az"));
    let plain = (!dotted).then(|| c.to_uppercase());
    dotted.then_some('İ').into_iter().chain(plain.into_iter().flatten())
}

/// A character as the base and the mark, or the base alone, that Unicode holds it to be
/// equal to.
pub(in crate::typeset) fn decompose(c: char) -> Option<(char, Option<char>)> {
    use harfrust::unicode::Decomposed::{Pair, Singleton};
    match harfrust::unicode::decompose(c.into())? {
        Singleton(base) => Some((char::from_u32(base)?, None)),
        Pair(base, mark) => Some((char::from_u32(base)?, Some(char::from_u32(mark)?))),
    }
}

/// A base and a mark as one character, where Unicode has it.
pub(in crate::typeset) fn compose(base: char, mark: char) -> Option<char> {
    harfrust::unicode::compose(base.into(), mark.into()).and_then(char::from_u32)
}
