//! Subsets large fonts to the letters that a book shows.
//!
//! A font for Chinese, Japanese or Korean has tens of thousands of glyphs and tens of megabytes,
//! of which a photo book shows a few hundred letters. These scripts set letters side by side, so
//! the tables for joining, positioning and substituting glyphs can be dropped; the glyph variant
//! for the book's language is taken from the printed pages. Western text in such a font loses
//! its kerning. A font that is used for letters that depend on these tables is embedded whole,
//! and so is one that is used for western text only.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, MetadataProvider as _};
use subsetter::GlyphRemapper;

use crate::model::{FaceId, GlyphRun, Pages, Point};
use crate::typeset::Faces;

use crate::html::fonts::scripts::{is_cjk, is_plain, needs_no_layout};
use crate::html::fonts::{cmap, opentype};

/// Fonts up to this size in bytes are embedded unchanged.
const MAX_WHOLE_SIZE: usize = 1_000_000;
/// The flag that the font may only be embedded whole (OpenType, OS/2, `fsType`).
const NO_SUBSETTING: u16 = 0x0100;

/// The letters shown in a face.
#[derive(Debug, Default)]
pub(crate) struct ShownLetters {
    /// Ideographs and their signs, by the glyphs that show them.
    shaped: BTreeMap<char, u16>,
    /// The letters shown with the glyph of the font's `cmap`.
    plain: BTreeSet<char>,
}

/// The letters of each face on the pages; `None` where the whole face is needed.
#[derive(Debug, Default)]
pub(crate) struct LettersByFace(BTreeMap<FaceId, Option<ShownLetters>>);

impl LettersByFace {
    pub(crate) fn from_pages<'p>(pages: impl IntoIterator<Item = &'p Pages>) -> Self {
        let mut letters_by_face = Self::default();
        for run in pages.into_iter().flat_map(Pages::runs) {
            let letters =
                letters_by_face.0.entry(run.face).or_insert_with(|| Some(ShownLetters::default()));
            if letters.as_mut().is_some_and(|letters| add(letters, run).is_none()) {
                *letters = None;
            }
        }
        letters_by_face
    }

    pub(crate) fn get(&self, face: FaceId) -> Option<&ShownLetters> {
        self.0.get(&face)?.as_ref()
    }

    /// The letters shown in a font file of the manifest.
    pub(crate) fn for_font(
        &self,
        faces: &Faces,
        bytes: &[u8],
        index: u32,
    ) -> Option<&ShownLetters> {
        let is_this = |id: &&FaceId| {
            let face = faces.get(**id);
            face.is_some_and(|face| face.index == index && face.data[..] == *bytes)
        };
        self.get(*self.0.keys().find(is_this)?)
    }
}

/// Adds the letters of a run. `None` if one of them needs more than a single glyph that is
/// always the same and has no offset.
fn add(letters: &mut ShownLetters, run: &GlyphRun) -> Option<()> {
    for glyph in &run.glyphs {
        let text = run.text_of(glyph).replace('\u{ad}', "");
        if text.chars().all(is_plain) {
            let capitals = text.chars().filter(|_| run.letters.uppercase);
            letters.plain.extend(capitals.flat_map(char::to_uppercase));
            letters.plain.extend(text.chars());
            continue;
        }
        let mut rest = text.chars();
        let letter = rest.next()?;
        let single = rest.next().is_none() && glyph.offset == Point::default();
        let shaped = single && needs_no_layout(letter);
        if !shaped || *letters.shaped.entry(letter).or_insert(glyph.id) != glyph.id {
            return None;
        }
    }
    Some(())
}

/// The font with only these letters. `None` if it is to be embedded whole: it is not large,
/// subsetting is forbidden, or it shows no ideographs.
pub(crate) fn subset(bytes: &[u8], index: u32, letters: &ShownLetters) -> Option<Vec<u8>> {
    let font = FontRef::from_index(bytes, index).ok()?;
    let tables = opentype::tables(&font);
    let size: usize = tables.values().map(|table| table.len()).sum();
    let original = font.os2().is_ok_and(|os2| os2.fs_type() & NO_SUBSETTING != 0);
    if size <= MAX_WHOLE_SIZE || original || !letters.shaped.keys().any(|c| is_cjk(*c)) {
        return None;
    }
    build_subset(bytes, index, letters, &tables)
}

fn build_subset(
    bytes: &[u8],
    index: u32,
    letters: &ShownLetters,
    tables: &BTreeMap<[u8; 4], Cow<'_, [u8]>>,
) -> Option<Vec<u8>> {
    let mut glyphs = GlyphRemapper::new();
    let font = FontRef::from_index(bytes, index).ok()?;
    let glyph = |&c: &char| Some((c, u16::try_from(font.charmap().map(c)?.to_u32()).ok()?));
    let plain = letters.plain.iter().filter_map(glyph);
    let shaped = letters.shaped.iter().map(|(&c, &glyph)| (c, glyph));
    let mapped: BTreeMap<char, u16> = plain.chain(shaped).collect();
    let mapping = mapped.into_iter().map(|(c, glyph)| (c, glyphs.remap(glyph))).collect();
    let outlines = subsetter::subset(bytes, index, &glyphs).ok()?;
    let outlines = FontRef::new(&outlines).ok()?;
    let mut parts = opentype::tables(&outlines);
    parts.insert(*b"cmap", Cow::Owned(cmap::table(&mapping, &[])));
    parts.insert(*b"OS/2", tables.get(b"OS/2")?.clone());
    Some(opentype::file(outlines.table_directory().sfnt_version(), &parts))
}

#[cfg(test)]
mod tests {
    use skrifa::instance::{LocationRef, Size};
    use skrifa::outline::{DrawSettings, pen::SvgPen};

    use super::*;

    const HANGUL: &[u8] = include_bytes!("../../../book/fonts/RectoHangul-Regular.otf");

    fn letters(font: &FontRef<'_>, words: &str) -> ShownLetters {
        let glyph = |c| u16::try_from(font.charmap().map(c).unwrap().to_u32()).unwrap();
        let (plain, others): (Vec<char>, Vec<char>) = words.chars().partition(|c| is_plain(*c));
        ShownLetters {
            shaped: others.into_iter().map(|c| (c, glyph(c))).collect(),
            plain: plain.into_iter().collect(),
        }
    }

    /// The outline and the width of a letter.
    fn outline(font: &FontRef<'_>, c: char) -> Option<(String, Option<f32>)> {
        let glyph = font.charmap().map(c)?;
        let mut pen = SvgPen::new();
        let at = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        font.outline_glyphs().get(glyph)?.draw(at, &mut pen).ok()?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        Some((pen.to_string(), metrics.advance_width(glyph)))
    }

    #[test]
    fn a_subset_has_the_shown_letters_unchanged_and_no_others() {
        let original = FontRef::new(HANGUL).unwrap();
        let mapped = letters(&original, "새벽 시");
        let file = build_subset(HANGUL, 0, &mapped, &opentype::tables(&original)).unwrap();
        let font = FontRef::new(&file).unwrap();
        for c in "새벽 시".chars() {
            assert!(outline(&font, c).is_some());
            assert_eq!(outline(&font, c), outline(&original, c), "{c}");
        }
        let mapped: Vec<u32> = font.charmap().mappings().map(|(letter, _)| letter).collect();
        assert_eq!(mapped, [' ', '벽', '새', '시'].map(u32::from));
        assert!(font.os2().is_ok() && font.name().is_ok());
    }

    #[test]
    fn plain_letters_use_the_glyphs_of_the_cmap() {
        const LATIN: &[u8] = include_bytes!("../../../fonts/SourceSerif4-It.otf");
        let original = FontRef::new(LATIN).unwrap();
        let file =
            build_subset(LATIN, 0, &letters(&original, "fi, É"), &opentype::tables(&original))
                .unwrap();
        let font = FontRef::new(&file).unwrap();
        for c in "fi, É".chars() {
            assert_eq!(outline(&font, c), outline(&original, c), "{c}");
        }
        assert!(font.charmap().map('a').is_none());
    }

    #[test]
    fn a_small_font_is_not_subset() {
        let original = FontRef::new(HANGUL).unwrap();
        assert!(subset(HANGUL, 0, &letters(&original, "새벽")).is_none());
    }
}
