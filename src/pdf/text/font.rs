//! Embeds fonts: composite fonts whose codes are the glyph numbers of the subset (Identity-H). They
//! are written last, when all used glyphs are known.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::Write;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Finish, Name, Rect, Ref, Str};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use crate::model::FaceId;
use crate::typeset::{Face, Faces};

use crate::pdf::error::PdfError;
use crate::pdf::file::object_writer::ObjectWriter;
use crate::pdf::page::geometry::thousandths;
use crate::pdf::text::glyph_variants;
use crate::pdf::text::glyph_variants::GlyphVariants;

/// The character collection of fonts that are addressed by glyph number.
const IDENTITY: SystemInfo<'_> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// The fonts that the pages use.
pub(in crate::pdf) struct EmbeddedFonts<'f> {
    faces: &'f Faces,
    used: BTreeMap<FaceId, EmbeddedFont<'f>>,
}

/// An embedded font.
pub(in crate::pdf) struct EmbeddedFont<'f> {
    /// The reserved object number of the composite font.
    pub(in crate::pdf) id: Ref,
    /// Its resource name.
    pub(in crate::pdf) name: String,
    face: &'f Face,
    glyphs: GlyphRemapper,
    /// The advances by code, in thousandths of the em.
    widths: Vec<f32>,
    /// The texts by code.
    texts: Vec<Option<String>>,
    variants: GlyphVariants,
    blank_glyph: OnceCell<Option<u16>>,
}

impl<'f> EmbeddedFonts<'f> {
    pub(in crate::pdf) fn new(faces: &'f Faces) -> Self {
        Self { faces, used: BTreeMap::new() }
    }

    /// The font of a face; its object number is reserved on first use.
    pub(in crate::pdf) fn get<W: Write>(
        &mut self,
        face_id: FaceId,
        writer: &mut ObjectWriter<'_, W>,
    ) -> Result<&mut EmbeddedFont<'f>, PdfError> {
        match self.used.entry(face_id) {
            Entry::Occupied(font) => Ok(font.into_mut()),
            Entry::Vacant(entry) => {
                let face = self.faces.get(face_id).ok_or_else(|| PdfError::Face {
                    face: format!("number {}", face_id.0),
                    reason: "it is not loaded".into(),
                })?;
                Ok(entry.insert(EmbeddedFont::new(face_id, face, writer.reserve_id())))
            }
        }
    }

    /// Writes all fonts.
    pub(in crate::pdf) fn write<W: Write>(
        self,
        writer: &mut ObjectWriter<'_, W>,
    ) -> Result<(), PdfError> {
        self.used.into_values().try_for_each(|font| font.write(writer))
    }
}

impl<'f> EmbeddedFont<'f> {
    fn new(face_id: FaceId, face: &'f Face, id: Ref) -> Self {
        let mut font = Self {
            id,
            name: format!("F{}", face_id.0),
            face,
            glyphs: GlyphRemapper::new(),
            widths: Vec::new(),
            texts: Vec::new(),
            variants: GlyphVariants::default(),
            blank_glyph: OnceCell::new(),
        };
        // A face that must not be subset is embedded as a whole, with its original glyph numbers.
        let glyph_count = if face.may_subset { 1 } else { face.glyph_count() };
        (0..glyph_count).filter_map(|glyph| u16::try_from(glyph).ok()).for_each(|glyph| {
            font.code(glyph);
        });
        font
    }

    /// Converts font units to thousandths of the em.
    fn thousandths(&self, units: impl Into<f64>) -> f32 {
        thousandths(units.into() * 1000.0 / f64::from(self.face.units_per_em))
    }

    /// The code of a glyph, which stays the same after its first use.
    pub(in crate::pdf) fn code(&mut self, glyph: u16) -> u16 {
        let code = self.glyphs.remap(glyph);
        if usize::from(code) == self.widths.len() {
            self.widths.push(self.thousandths(self.face.glyph_width(glyph)));
            self.texts.push(None);
        }
        code
    }

    /// The advance of a glyph, as written to the file.
    pub(in crate::pdf) fn glyph_width(&mut self, glyph: u16) -> f32 {
        let code = self.code(glyph);
        self.width(code)
    }

    /// The advance of a code, as written to the file.
    pub(in crate::pdf) fn width(&self, code: u16) -> f32 {
        let code = self.variants.base_code(code).unwrap_or(code);
        self.widths.get(usize::from(code)).copied().unwrap_or_default()
    }

    /// The code for a glyph that represents a text: a glyph that represents two texts, such as a
    /// small capital, has two codes. `None` if there is no free code.
    pub(in crate::pdf) fn code_for_text(&mut self, glyph: u16, text: &str) -> Option<u16> {
        let code = self.code(glyph);
        if code == 0 {
            // `.notdef` is never shown, so its text does not matter.
            return Some(0);
        }
        // U+FEFF is not a valid text of a code (ISO 14289-1, 7.21.7); U+2060 means the same.
        let text = &*text.replace('\u{FEFF}', "\u{2060}");
        match self.texts.get_mut(usize::from(code))? {
            slot @ None => *slot = Some(text.into()),
            Some(existing) if existing == text => {}
            Some(_) if self.face.glyph_count() > u32::from(glyph_variants::FIRST_CODE) => {
                return None;
            }
            Some(_) => return self.variants.get(code, text),
        }
        Some(code)
    }

    /// A glyph without outlines, if the face has one.
    pub(in crate::pdf) fn blank_glyph(&self) -> Option<u16> {
        *self.blank_glyph.get_or_init(|| self.face.blank())
    }

    fn write<W: Write>(self, writer: &mut ObjectWriter<'_, W>) -> Result<(), PdfError> {
        let face_error = |reason: String| PdfError::Face { face: self.face.name.clone(), reason };
        let subset = subsetter::subset(&self.face.data, self.face.index, &self.glyphs)
            .map_err(|error| face_error(error.to_string()))?;
        // PDF requires only the CFF table (ISO 32000-2, table 124), but complete TrueType files.
        let outlines = match table(&subset, *b"CFF ") {
            Some(outlines) => Some(
                self.variants
                    .add_to_cff(outlines)
                    .ok_or_else(|| face_error("its CFF table cannot be read".into()))?,
            ),
            None => None,
        };
        let kind = if outlines.is_some() { CidFontType::Type0 } else { CidFontType::Type2 };
        let name = format!("{}+{}", self.tag(), self.face.name);
        let name = Name(name.as_bytes());
        let [descendant, descriptor, file, to_unicode] =
            [writer.reserve_id(), writer.reserve_id(), writer.reserve_id(), writer.reserve_id()];
        let cid_to_gid_map = match &outlines {
            None if !self.variants.is_empty() => Some(writer.reserve_id()),
            _ => None,
        };

        writer.object(self.id, |chunk| {
            chunk
                .type0_font(self.id)
                .base_font(name)
                .encoding_predefined(Name(b"Identity-H"))
                .descendant_font(descendant)
                .to_unicode(to_unicode);
        })?;
        writer.object(descendant, |chunk| {
            let mut font = chunk.cid_font(descendant);
            font.subtype(kind).base_font(name).system_info(IDENTITY).font_descriptor(descriptor);
            font.default_width(0.0);
            let mut widths = font.widths();
            widths.consecutive(0, self.widths.iter().copied());
            if !self.variants.is_empty() {
                let width = |code: &u16| self.widths.get(usize::from(*code)).copied();
                widths.consecutive(
                    glyph_variants::FIRST_CODE,
                    self.variants.base_codes().iter().filter_map(width),
                );
            }
            widths.finish();
            match cid_to_gid_map {
                Some(map) => {
                    font.cid_to_gid_map_stream(map);
                }
                None if outlines.is_none() => {
                    font.cid_to_gid_map_predefined(Name(b"Identity"));
                }
                None => {}
            }
        })?;
        if let Some(map) = cid_to_gid_map {
            writer.deflated_stream(
                map,
                &self.variants.cid_to_gid_map(self.glyphs.num_gids()),
                |_| {},
            )?;
        }
        writer.object(descriptor, |chunk| {
            let [left, bottom, right, top] = self.face.bbox.map(|edge| self.thousandths(edge));
            let mut entries = chunk.font_descriptor(descriptor);
            entries
                .name(name)
                .flags(self.flags())
                .bbox(Rect::new(left, bottom, right, top))
                .italic_angle(self.face.italic_angle)
                .ascent(self.thousandths(self.face.ascent))
                .descent(self.thousandths(self.face.descent))
                .cap_height(self.thousandths(self.face.cap_height))
                .stem_v(f32::from(self.face.stem_v()));
            match kind {
                CidFontType::Type0 => entries.font_file3(file),
                CidFontType::Type2 => entries.font_file2(file),
            };
        })?;
        match &outlines {
            Some(outlines) => writer.deflated_stream(file, outlines, |entries| {
                entries.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
            })?,
            None => writer.deflated_stream(file, &subset, |entries| {
                let length = i32::try_from(subset.len()).unwrap_or(i32::MAX);
                entries.pair(Name(b"Length1"), length);
            })?,
        }
        writer.deflated_stream(to_unicode, &self.to_unicode(), |_| {})?;
        Ok(())
    }

    /// The `ToUnicode` map from codes to texts (ISO 32000-2, 9.10.3).
    fn to_unicode(&self) -> Vec<u8> {
        let mut map = UnicodeCmap::new(Name(b"Adobe-Identity-UCS"), IDENTITY);
        for (code, text) in (0_u16..).zip(&self.texts).skip(1) {
            if let Some(text) = text {
                map.pair_with_multiple(code, text.chars());
            }
        }
        for (code, text) in self.variants.texts() {
            map.pair_with_multiple(code, text.chars());
        }
        map.finish().into_vec()
    }

    /// The subset tag: six capital letters that depend on the glyphs (ISO 32000-2, 9.9.2).
    fn tag(&self) -> String {
        let mut hash = Sha256::new();
        for glyph in self.glyphs.remapped_gids() {
            hash.update(glyph.to_be_bytes());
        }
        hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
    }

    fn flags(&self) -> FontFlags {
        let mut flags = FontFlags::SYMBOLIC;
        flags.set(FontFlags::FIXED_PITCH, self.face.fixed_pitch);
        flags.set(FontFlags::ITALIC, self.face.italic_angle != 0.0);
        flags
    }
}

/// A table of an OpenType file (OpenType 1.9, "Organization of an OpenType font").
fn table(font: &[u8], tag: [u8; 4]) -> Option<&[u8]> {
    let count = u16::from_be_bytes(font.get(4..6)?.try_into().ok()?);
    let records = font.get(12..12 + usize::from(count) * 16)?;
    let record = records.chunks_exact(16).find(|record| record.starts_with(&tag))?;
    let field = |at: usize| {
        let bytes = record.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(bytes)).ok()
    };
    let (offset, length) = (field(8)?, field(12)?);
    font.get(offset..offset.checked_add(length)?)
}
