//! A loaded font file with the data for shaping, layout and PDF font descriptors.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use skrifa::font::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlineGlyph, OutlineGlyphCollection, OutlinePen};
use skrifa::raw::tables::os2::Os2;
use skrifa::raw::types::NameId;
use skrifa::raw::{FileRef, FontRef, TableProvider};
use skrifa::{GlyphId, MetadataProvider, Tag};

use crate::model::Length;

use crate::typeset::font::invisible::may_be_empty;
use crate::typeset::{FaceError, Family, Slant, Style, Weight};

/// A face that can be shaped and embedded. Dimensions are in font units, [`Face::units_per_em`]
/// to the em; the y axis points up.
#[derive(Clone)]
pub struct Face {
    /// The PostScript name (name table, ID 6).
    pub name: String,
    /// The font file.
    pub data: FaceData,
    /// The index of the font in a collection; 0 for other files.
    pub index: u32,
    /// The family for which it is used; `None` for a fallback.
    pub family: Option<Family>,
    /// The family that a fallback resembles, according to the font; `None` if it does not say.
    pub resembles: Option<Family>,
    /// Upright or italic, according to the font.
    pub slant: Slant,
    /// From 1 to 1000; 400 is regular, 600 semibold.
    pub weight: u16,
    /// The number of font units to the em.
    pub units_per_em: u16,
    /// The ascent above the baseline.
    pub ascent: i16,
    /// The descent below the baseline, as a negative number.
    pub descent: i16,
    /// The height of flat capitals.
    pub cap_height: i16,
    /// The height of flat lower-case letters.
    pub x_height: i16,
    /// The angle in degrees counter-clockwise from the vertical, negative for italics.
    pub italic_angle: f32,
    /// The bounding box of all glyphs: left, bottom, right and top.
    pub bbox: [i16; 4],
    /// Whether its outlines are in a `CFF` table; otherwise they are TrueType.
    pub is_cff: bool,
    /// Whether all glyphs have the same width.
    pub fixed_pitch: bool,
    /// Whether a subset may be embedded; otherwise it must be embedded whole (OS/2 `fsType`, bit
    /// 8).
    pub may_subset: bool,
    /// The optical size for which it is designed; `None` for a face of the manifest.
    pub(in crate::typeset) optical_size: Option<OpticalSize>,
    pub(in crate::typeset) variants: Variants,
    pub(in crate::typeset) font: Font,
    latin: [u64; LATIN as usize / 64],
}

/// The bytes of a font file, shared by the faces in it.
#[derive(Clone)]
pub enum FaceData {
    /// Compiled into the program.
    Bundled(&'static [u8]),
    /// Read from a file of the manifest.
    Read(Arc<Vec<u8>>),
}

impl Deref for FaceData {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Bundled(bytes) => bytes,
            Self::Read(bytes) => bytes,
        }
    }
}

impl AsRef<[u8]> for FaceData {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl fmt::Debug for FaceData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FaceData({} bytes)", self.len())
    }
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Face({}, {} bytes)", self.name, self.data.len())
    }
}

/// The optical size for which a face is designed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) enum OpticalSize {
    /// Up to 8.5 pt: sturdier and wider.
    Caption,
    /// For running text.
    Text,
    /// From 20 pt: finer and narrower.
    Display,
}

impl OpticalSize {
    /// The optical size for a style. Semibold exists only in the text size.
    pub(in crate::typeset) fn for_style(style: &Style) -> Self {
        if style.weight == Weight::Regular && style.size <= Length::milli_pt(8_500) {
            Self::Caption
        } else if style.weight == Weight::Regular && style.size >= Length::pt(20) {
            Self::Display
        } else {
            Self::Text
        }
    }
}

impl Style {
    /// Whether a style is set in a face for the same optical size, so that the strokes are as heavy.
    pub fn has_strokes_of(&self, other: &Self) -> bool {
        OpticalSize::for_style(self) == OpticalSize::for_style(other)
    }
}

/// The variants of letters and figures in a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::typeset) struct Variants {
    /// Small capitals from lower-case letters (`smcp`).
    pub(in crate::typeset) has_smcp: bool,
    /// Small capitals from capitals (`c2sc`).
    pub(in crate::typeset) has_c2sc: bool,
    /// Superior figures (`sups`).
    pub(in crate::typeset) has_sups: bool,
}

/// Characters below this are looked up in a bit set; it is the first combining mark.
const LATIN: u32 = 0x300;

impl Face {
    /// Opens all faces of a font file: one, or those of a collection.
    pub(in crate::typeset) fn open(
        name: &str,
        data: &FaceData,
        family: Option<Family>,
        optical_size: Option<OpticalSize>,
    ) -> Result<Vec<Self>, FaceError> {
        let unreadable = || FaceError::Unreadable(name.to_owned());
        let file = FileRef::new(data).map_err(|_| unreadable())?;
        let faces = match file {
            FileRef::Font(_) => 1,
            FileRef::Collection(collection) => collection.len(),
        };
        (0..faces)
            .map(|index| {
                let tables = FontRef::from_index(data, index).map_err(|_| unreadable())?;
                if is_restricted(&tables) {
                    return Err(FaceError::Restricted(name.to_owned()));
                }
                Self::read(name, data, index, &tables, family, optical_size).ok_or_else(unreadable)
            })
            .collect()
    }

    fn read(
        file: &str,
        data: &FaceData,
        index: u32,
        tables: &FontRef<'_>,
        family: Option<Family>,
        optical_size: Option<OpticalSize>,
    ) -> Option<Self> {
        let font = match data.clone() {
            FaceData::Bundled(bytes) => Font::new(bytes, index)?,
            FaceData::Read(bytes) => {
                let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = bytes;
                Font::new(skrifa::font::Blob::Shared(shared), index)?
            }
        };
        let head = tables.head().ok()?;
        let hhea = tables.hhea().ok()?;
        tables.maxp().ok()?;
        tables.hmtx().ok()?;
        tables.cmap().ok()?;
        let os2 = tables.os2().ok();
        let post = tables.post().ok();
        let units_per_em = head.units_per_em();
        if units_per_em == 0 {
            return None;
        }
        let italic = os2.as_ref().is_some_and(|os2| os2.fs_selection().bits() & 0x0201 != 0)
            || head.mac_style().bits() & 2 != 0;
        let share = |thousandths: i32| {
            i16::try_from(i32::from(units_per_em) * thousandths / 1000).unwrap_or(i16::MAX)
        };
        let mut latin = [0; LATIN as usize / 64];
        for c in 0..LATIN {
            if char::from_u32(c).is_some_and(|c| shows(&font, data, index, c)) {
                latin[c as usize / 64] |= 1 << (c % 64);
            }
        }
        Some(Self {
            name: postscript_name(&font).unwrap_or_else(|| plain_name(file)),
            data: data.clone(),
            index,
            family,
            resembles: resembles(&font, os2.as_ref()),
            slant: if italic { Slant::Italic } else { Slant::Upright },
            weight: os2.as_ref().map_or(400, |os2| os2.us_weight_class().clamp(1, 1000)),
            units_per_em,
            ascent: hhea.ascender().to_i16(),
            descent: hhea.descender().to_i16(),
            cap_height: os2
                .as_ref()
                .and_then(Os2::s_cap_height)
                .filter(|height| *height > 0)
                .unwrap_or_else(|| share(700)),
            x_height: os2
                .as_ref()
                .and_then(Os2::sx_height)
                .filter(|height| *height > 0)
                .unwrap_or_else(|| share(480)),
            italic_angle: post.as_ref().map_or(0.0, |post| post.italic_angle().to_f32()),
            bbox: [head.x_min(), head.y_min(), head.x_max(), head.y_max()],
            is_cff: tables.cff().is_ok(),
            fixed_pitch: post.as_ref().is_some_and(|post| post.is_fixed_pitch() != 0),
            may_subset: os2.as_ref().is_none_or(|os2| os2.fs_type() & 0x0100 == 0),
            optical_size,
            variants: Variants {
                has_smcp: has_feature(tables, *b"smcp"),
                has_c2sc: has_feature(tables, *b"c2sc"),
                has_sups: has_feature(tables, *b"sups"),
            },
            font,
            latin,
        })
    }

    /// Whether it shows this character: it has a glyph for it, which is not empty.
    pub fn has(&self, c: char) -> bool {
        let code = u32::from(c);
        if code < LATIN {
            self.latin[code as usize / 64] >> (code % 64) & 1 == 1
        } else {
            shows(&self.font, &self.data, self.index, c)
        }
    }

    /// The glyph of this character before any substitution.
    pub fn glyph(&self, c: char) -> Option<u16> {
        let glyph = self.font.charmap().map_unicode(c)?;
        u16::try_from(glyph.to_u32()).ok()
    }

    /// A glyph without outline, preferably one without width; otherwise the space.
    pub fn blank(&self) -> Option<u16> {
        let tables = FontRef::from_index(&self.data, self.index).ok()?;
        let (hmtx, outlines) = (tables.hmtx().ok()?, tables.outline_glyphs());
        let is_blank = |glyph: &u16| {
            let id = GlyphId::from(*glyph);
            let outline = outlines.get(id);
            hmtx.advance(id) == Some(0) && outline.is_some_and(|outline| is_empty(&outline))
        };
        let characters = ['\u{200B}', '\u{FEFF}', '\u{2060}'];
        let existing = characters.into_iter().filter_map(|c| self.glyph(c));
        // Glyph 0 stands for missing characters.
        let all = (1..self.glyph_count()).filter_map(|glyph| u16::try_from(glyph).ok());
        existing.chain(all).find(is_blank).or_else(|| self.glyph(' '))
    }

    /// The left and the right edge of what a glyph draws, in font units; `None` if it draws nothing.
    pub(in crate::typeset) fn ink(&self, glyph: u16) -> Option<(i32, i32)> {
        let tables = FontRef::from_index(&self.data, self.index).ok()?;
        let outline = tables.outline_glyphs().get(GlyphId::from(glyph))?;
        let mut extent = InkExtent(None);
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        outline.draw(settings, &mut extent).ok()?;
        let (left, right) = extent.0?;
        Some((whole_units(left.floor()), whole_units(right.ceil())))
    }

    /// The number of glyphs.
    pub fn glyph_count(&self) -> u32 {
        self.font.num_glyphs()
    }

    /// The width of a glyph in font units, from the metrics table.
    pub fn glyph_width(&self, glyph: u16) -> u16 {
        FontRef::from_index(&self.data, self.index)
            .ok()
            .and_then(|tables| tables.hmtx().ok())
            .and_then(|hmtx| hmtx.advance(GlyphId::from(glyph)))
            .unwrap_or_default()
    }

    /// The `StemV` of a font descriptor, estimated from the weight: 87 for regular, 135 for
    /// semibold, close enough for a viewer that has to substitute the font.
    pub fn stem_v(&self) -> u16 {
        let weight = u32::from(self.weight);
        u16::try_from(50 + weight * weight / 4225).unwrap_or(u16::MAX)
    }
}

/// Converts font units to a length, rounded to the nearest unit, halves away from zero.
pub(in crate::typeset) fn scaled(units: i32, size: Length, units_per_em: u16) -> Length {
    let product = i64::from(units) * size.to_emu();
    let em = i64::from(units_per_em);
    let half = if product < 0 { -em / 2 } else { em / 2 };
    Length::emu((product + half) / em)
}

/// Only restricted licence embedding forbids embedding; if older fonts set several bits, the
/// most permissive one applies (OpenType, OS/2 `fsType`). Bit 9 allows only bitmaps, of which
/// there are none to embed.
fn is_restricted(tables: &FontRef<'_>) -> bool {
    tables.os2().is_ok_and(|os2| os2.fs_type() & 0x000e == 0x0002 || os2.fs_type() & 0x0200 != 0)
}

/// Whether a font has serifs, by its name or else its class (OS/2 `sFamilyClass`: 8 has none, 1
/// to 5 and 7 have).
fn resembles(font: &Font, os2: Option<&Os2<'_>>) -> Option<Family> {
    const SANS: [&str; 5] = ["sans", "gothic", "grotesk", "hei", "dotum"];
    const SERIF: [&str; 7] = ["serif", "mincho", "myeongjo", "batang", "song", "naskh", "ming"];
    let name = postscript_name(font).unwrap_or_default().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if says(&SANS) {
        return Some(Family::Sans);
    }
    if says(&SERIF) {
        return Some(Family::Serif);
    }
    match os2?.s_family_class() >> 8 {
        8 => Some(Family::Sans),
        1..=5 | 7 => Some(Family::Serif),
        _ => None,
    }
}

/// The PostScript name, if it is valid in PDF: printable ASCII without delimiters.
fn postscript_name(font: &Font) -> Option<String> {
    let name = font.names().get(NameId::POSTSCRIPT_NAME)?.english_or_first()?;
    let name: String = name.name().chars().collect();
    Some(plain_name(&name)).filter(|name| !name.is_empty())
}

fn plain_name(name: &str) -> String {
    let stem = name.rsplit('/').next().unwrap_or(name);
    stem.chars().filter(|c| c.is_ascii_alphanumeric() || "-_+.".contains(*c)).collect()
}

/// Whether a font shows a character. The bundled ones are known to draw all that they have.
fn shows(font: &Font, data: &FaceData, index: u32, c: char) -> bool {
    let Some(glyph) = font.charmap().map_unicode(c) else { return false };
    matches!(data, FaceData::Bundled(_))
        || may_be_empty(c)
        || (glyph != GlyphId::NOTDEF
            && FontRef::from_index(data, index)
                .is_ok_and(|tables| draws(&tables.outline_glyphs(), glyph)))
}

/// Whether there is an outline for a glyph that is not empty.
pub(in crate::typeset) fn draws(outlines: &OutlineGlyphCollection<'_>, glyph: GlyphId) -> bool {
    outlines.get(glyph).is_some_and(|outline| !is_empty(&outline))
}

/// Whether an outline draws nothing.
fn is_empty(outline: &OutlineGlyph<'_>) -> bool {
    let mut ink = InkProbe(false);
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    outline.draw(settings, &mut ink).is_ok() && !ink.0
}

/// A pen that records whether anything was drawn.
struct InkProbe(bool);

impl OutlinePen for InkProbe {
    fn move_to(&mut self, _: f32, _: f32) {}

    fn line_to(&mut self, _: f32, _: f32) {
        self.0 = true;
    }

    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
        self.0 = true;
    }

    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        self.0 = true;
    }

    fn close(&mut self) {}
}

/// A pen that records how far outlines extend to the left and to the right.
struct InkExtent(Option<(f32, f32)>);

impl InkExtent {
    fn add(&mut self, points: &[f32]) {
        for x in points {
            let (left, right) = self.0.unwrap_or((*x, *x));
            self.0 = Some((left.min(*x), right.max(*x)));
        }
    }
}

impl OutlinePen for InkExtent {
    fn move_to(&mut self, x: f32, _: f32) {
        self.add(&[x]);
    }

    fn line_to(&mut self, x: f32, _: f32) {
        self.add(&[x]);
    }

    fn quad_to(&mut self, x0: f32, _: f32, x: f32, _: f32) {
        self.add(&[x0, x]);
    }

    fn curve_to(&mut self, x0: f32, _: f32, x1: f32, _: f32, x: f32, _: f32) {
        self.add(&[x0, x1, x]);
    }

    fn close(&mut self) {}
}

#[expect(clippy::cast_possible_truncation, reason = "font units are 16-bit integers")]
fn whole_units(units: f32) -> i32 {
    units as i32
}

/// Whether the layout tables of a font have a feature (GSUB).
fn has_feature(tables: &FontRef<'_>, tag: [u8; 4]) -> bool {
    let features = tables.gsub().and_then(|gsub| gsub.feature_list());
    features.is_ok_and(|features| {
        features.feature_records().iter().any(|record| record.feature_tag() == Tag::new(&tag))
    })
}
