//! Properties of a font file that make it unfit for a book, although it can be opened.

use skrifa::{FontRef, MetadataProvider};

use crate::model::FontFile;
use crate::typeset::font::face::draws;

/// A font file, as far as a book is concerned. Of a collection, its first font.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontInspection {
    /// The axes of a variable font with their default values, such as `wght 100`.
    pub axes: Vec<String>,
    /// A character that the font has but does not draw, if this is so for most of its letters:
    /// they are bitmaps or coloured pictures, or empty.
    pub undrawn: Option<char>,
}

/// Looks at a font file; `None` if it cannot be opened.
pub fn inspect(file: &FontFile) -> Option<FontInspection> {
    /// So many letters stand for all.
    const SAMPLE: usize = 256;
    let font = FontRef::from_index(&file.bytes, 0).ok()?;
    let axes = font.axes().iter().map(|axis| format!("{} {}", axis.tag(), axis.default_value()));
    let letters = font
        .charmap()
        .mappings()
        .filter_map(|(code, glyph)| Some((char::from_u32(code)?, glyph)))
        .filter(|(c, _)| c.is_alphanumeric());
    let (mut drawn, mut undrawn, mut first) = (0, 0, None);
    for (c, glyph) in letters.take(SAMPLE) {
        if draws(&font.outline_glyphs(), glyph) {
            drawn += 1;
        } else {
            undrawn += 1;
            first = first.or(Some(c));
        }
    }
    Some(FontInspection { axes: axes.collect(), undrawn: first.filter(|_| undrawn > drawn) })
}
