//! What becomes of words that a reading system shapes again, by itself and as it likes.

use harfrust::{Buffer, BufferFlags, Direction, Feature, ShapeOptions, ShaperFont, Tag};

use crate::model::{Glyph, GlyphRun, Language, Length};

use crate::typeset::font::face::scaled;
use crate::typeset::shaping::shape::uppercase;
use crate::typeset::{Face, Faces};

impl Faces {
    /// How wide a run's words are when they are shaped at one go, with the run's features and
    /// its letter-spacing but without justification. Here every word is shaped for itself, and
    /// spaces are set apart; a reading system kerns across them.
    pub fn width_again(&self, run: &GlyphRun, language: &Language) -> Length {
        let Some(face) = self.get(run.face) else { return run.width() };
        let mut buffer = Buffer::new();
        // The space at a line's end is as wide as nothing.
        let seen = run.glyphs.iter().filter(|glyph| glyph.advance != Length::ZERO);
        let end = seen.map(|glyph| glyph.text.end).max().unwrap_or_default();
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

    /// How wide a run's words are in a font that knows nothing of its glyphs but how wide each
    /// is, with the run's letter-spacing but without justification: `glyph` tells which one
    /// shows a letter, if not the one that the run has.
    pub fn width_unshaped(
        &self,
        run: &GlyphRun,
        glyph: impl Fn(&Face, char) -> Option<u16>,
    ) -> Length {
        let Some(face) = self.get(run.face) else { return run.width() };
        let seen = run.glyphs.iter().filter(|glyph| glyph.advance != Length::ZERO);
        let width = |id: u16| {
            scaled(face.glyph_width(id).into(), run.size, face.units_per_em) + run.letters.tracking
        };
        let shown = |of: &Glyph| -> Length {
            let letters: Option<Length> =
                run.shown(of).chars().map(|c| glyph(face, c).map(width)).sum();
            letters.unwrap_or_else(|| width(of.id))
        };
        seen.map(shown).sum()
    }
}
