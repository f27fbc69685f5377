//! Estimates the width of text that a reading system shapes again.

use harfrust::{Buffer, BufferFlags, Direction, Feature, ShapeOptions, ShaperFont, Tag};

use crate::model::{Glyph, GlyphRun, Language, Length};

use crate::typeset::font::face::scaled;
use crate::typeset::shaping::shape::uppercase;
use crate::typeset::{Face, Faces};

impl Faces {
    /// The width of a run if its text is shaped as a whole, with the run's features and tracking
    /// but without justification. In layout, every word is shaped separately and spaces are set
    /// apart; a reading system kerns across them.
    pub fn reshaped_width(&self, run: &GlyphRun, language: &Language) -> Length {
        let Some(face) = self.get(run.face) else { return run.width() };
        let mut buffer = Buffer::new();
        // The space at the end of a line has no width.
        let visible = run.glyphs.iter().filter(|glyph| glyph.advance != Length::ZERO);
        let end = visible.map(|glyph| glyph.text.end).max().unwrap_or_default();
        let text = usize::try_from(end).ok().and_then(|end| run.text.get(..end));
        let text = text.unwrap_or(&run.text).replace('\u{ad}', "");
        if run.letters.uppercase {
            let capitals = text.chars().flat_map(|c| uppercase(c, language.tag()));
            buffer.push_str(&capitals.collect::<String>());
        } else {
            buffer.push_str(&text);
        }
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let direction =
            if run.right_to_left { Direction::RightToLeft } else { Direction::LeftToRight };
        buffer.set_direction(direction);
        buffer.guess_segment_properties();
        buffer.set_language(language.tag().parse().ok());
        let features = run.letters.features.iter();
        let features: Vec<Feature> =
            features.map(|(tag, value)| Feature::new(Tag::new(tag), *value, ..)).collect();
        let font = ShaperFont::new(&face.font);
        let options = ShapeOptions::new().features(&features);
        if harfrust::shape(&font, &mut buffer, options).is_err() {
            return run.width();
        }
        let advances = buffer.glyph_positions().iter();
        let natural: Length =
            advances.map(|glyph| scaled(glyph.x_advance, run.size, face.units_per_em)).sum();
        let letters = buffer.glyph_infos().chunk_by(|one, next| one.cluster == next.cluster);
        natural + run.letters.tracking * i64::try_from(letters.count()).unwrap_or(0)
    }

    /// The width of a run in a font without layout tables, with the run's tracking but without
    /// justification: `glyph` returns the glyph of a letter if it differs from that of the run.
    pub fn unshaped_width(
        &self,
        run: &GlyphRun,
        glyph: impl Fn(&Face, char) -> Option<u16>,
    ) -> Length {
        let Some(face) = self.get(run.face) else { return run.width() };
        let visible = run.glyphs.iter().filter(|glyph| glyph.advance != Length::ZERO);
        let width = |id: u16| {
            scaled(face.glyph_width(id).into(), run.size, face.units_per_em) + run.letters.tracking
        };
        let shown = |of: &Glyph| -> Length {
            let letters: Option<Length> =
                run.text_of(of).chars().map(|c| glyph(face, c).map(width)).sum();
            letters.unwrap_or_else(|| width(of.id))
        };
        visible.map(shown).sum()
    }
}
