//! The faces with which a book is set.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::model::{FaceId, Fallback, FontFile, Fonts, Length};

use crate::typeset::font::bundled;
use crate::typeset::font::coverage::clusters;
use crate::typeset::font::error::FaceError;
use crate::typeset::font::face::{Face, FaceData, OpticalSize, scaled};
use crate::typeset::font::invisible::is_invisible;
use crate::typeset::shaping::shape::Shaper;
use crate::typeset::{Family, Figures, Style, Weight};

/// All available faces, in the order in which they are tried.
#[derive(Debug)]
pub struct Faces {
    faces: Vec<Face>,
    shaper: Mutex<Shaper>,
}

/// A character that no face has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MissingCharacter(pub char);

/// The metrics of a style's first face at the style's size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Metrics {
    /// The ascent above the baseline.
    pub ascent: Length,
    /// The descent below the baseline, as a positive length.
    pub descent: Length,
    /// The height of flat capitals above the baseline.
    pub cap_height: Length,
    /// The height of flat lower-case letters above the baseline.
    pub x_height: Length,
}

impl Faces {
    /// Loads the bundled faces and those of the manifest.
    ///
    /// # Errors
    /// A font of the manifest cannot be read, or may not be embedded.
    pub fn load(fonts: &Fonts) -> Result<Self, FaceError> {
        let mut faces = Vec::new();
        read_into(&mut faces, &fonts.serif, Some(Family::Serif))?;
        read_into(&mut faces, &fonts.sans, Some(Family::Sans))?;
        read_into(&mut faces, &fonts.mono, Some(Family::Mono))?;
        for face in bundled::FACES {
            let data = FaceData::Bundled(face.bytes);
            faces.extend(Face::open(
                "a bundled font",
                &data,
                Some(face.family),
                Some(face.optical_size),
            )?);
        }
        if let Fallback::Files(files) = &fonts.fallback {
            read_into(&mut faces, files, None)?;
        }
        for bytes in bundled::FALLBACK {
            let data = FaceData::Bundled(bytes);
            faces.extend(Face::open("a bundled font", &data, None, None)?);
        }
        Ok(Self { faces, shaper: Mutex::new(Shaper::default()) })
    }

    /// The characters among these that a font file has; none if it cannot be used.
    pub fn supported_characters(file: &FontFile, characters: &[char]) -> BTreeSet<char> {
        let data = FaceData::Read(Arc::new(file.bytes.clone()));
        let faces = Face::open(&file.name, &data, None, None).unwrap_or_default();
        let has = |c: &char| faces.iter().any(|face| face.has(*c));
        characters.iter().copied().filter(has).collect()
    }

    /// The family that a font of a file resembles, according to the font.
    pub fn resembled_family(&self, bytes: &[u8], index: u32) -> Option<Family> {
        let is_this = |face: &&Face| face.index == index && face.data[..] == *bytes;
        self.faces.iter().find(is_this)?.resembles
    }

    /// The face with this id; `None` for an id of another `Faces`.
    pub fn get(&self, id: FaceId) -> Option<&Face> {
        self.faces.get(usize::from(id.0))
    }

    /// The face in which most of a style's text is set.
    pub fn primary(&self, style: &Style) -> Option<&Face> {
        self.order(style).first().and_then(|id| self.get(*id))
    }

    /// The metrics of a style's first face.
    pub fn metrics(&self, style: &Style) -> Metrics {
        let Some(face) = self.primary(style) else {
            return Metrics {
                ascent: style.size,
                descent: Length::ZERO,
                cap_height: style.size,
                x_height: style.size,
            };
        };
        let at_size = |units: i16| scaled(units.into(), style.size, face.units_per_em);
        Metrics {
            ascent: at_size(face.ascent),
            descent: -at_size(face.descent),
            cap_height: at_size(face.cap_height),
            x_height: at_size(face.x_height),
        }
    }

    /// The characters in `text` that no face has, each once, in order.
    pub fn missing(&self, text: &str, style: &Style) -> Vec<MissingCharacter> {
        let order = self.order(style);
        let mut missing = Vec::new();
        for cluster in clusters(text) {
            let cluster = &text[cluster];
            if cluster.chars().all(is_invisible) {
                continue;
            }
            let (face, whole) = self.choose(&order, cluster);
            if whole {
                continue;
            }
            for c in cluster.chars().filter(|c| !is_invisible(*c)) {
                let has = self.get(face).is_some_and(|face| face.has(c));
                if !has && !missing.contains(&MissingCharacter(c)) {
                    missing.push(MissingCharacter(c));
                }
            }
        }
        missing
    }

    /// The face in which a character is set, if any has it.
    pub fn with_character(&self, character: char, style: &Style) -> Option<&Face> {
        self.order(style).into_iter().filter_map(|id| self.get(id)).find(|face| face.has(character))
    }

    /// The faces for a style, the best first.
    pub(in crate::typeset) fn order(&self, style: &Style) -> Vec<FaceId> {
        let optical_size = OpticalSize::for_style(style);
        let weight: u16 = match style.weight {
            Weight::Regular => 400,
            Weight::Semibold => 600,
        };
        let mismatch = |face: &Face| {
            let slant = face.slant != style.slant;
            let optical_size = match face.optical_size {
                Some(OpticalSize::Text) => u8::from(optical_size != OpticalSize::Text),
                Some(other) if other != optical_size => 2,
                Some(_) | None => 0,
            };
            (slant, optical_size, face.weight.abs_diff(weight))
        };
        // The manifest's faces come before the bundled ones, then those of the other family,
        // then the fallbacks: an upright letter of the right family is better than one of
        // another family.
        let tier = |face: &Face| match (face.family, face.optical_size) {
            // Monospaced letters look wrong in other text, so they come last.
            (Some(Family::Mono), _) if style.family != Family::Mono => 6,
            (Some(family), None) => u8::from(family != style.family) * 2,
            (Some(family), Some(_)) => u8::from(family != style.family) * 2 + 1,
            // Of two fallbacks that have a letter, the one that resembles the surrounding text
            // is used.
            (None, _) => 4 + u8::from(face.resembles.is_some_and(|family| family != style.family)),
        };
        let mut order: Vec<usize> = (0..self.faces.len()).collect();
        order.sort_by_key(|index| (tier(&self.faces[*index]), mismatch(&self.faces[*index])));
        // A note reference on the baseline would be mistaken for part of the preceding word.
        if style.figures == Figures::Superior {
            order.sort_by_key(|index| !self.faces[*index].variants.has_sups);
        }
        // Italic text must be italic: if the manifest has no italic face, the bundled one of the
        // family is used.
        let first = order.iter().position(|index| {
            tier(&self.faces[*index]) <= 1 && self.faces[*index].slant == style.slant
        });
        if let Some(first) = first {
            order[..=first].rotate_right(1);
        }
        order.into_iter().filter_map(|index| u16::try_from(index).ok().map(FaceId)).collect()
    }

    /// The first face that covers a whole grapheme cluster, and true; otherwise the first that
    /// has its base character, or the very first, and false.
    pub(in crate::typeset) fn choose(&self, order: &[FaceId], cluster: &str) -> (FaceId, bool) {
        let mut with_base = None;
        for &id in order {
            let Some(face) = self.get(id) else { continue };
            if crate::typeset::font::coverage::covers(face, cluster) {
                return (id, true);
            }
            if with_base.is_none() && cluster.chars().next().is_some_and(|c| face.has(c)) {
                with_base = Some(id);
            }
        }
        (with_base.or(order.first().copied()).unwrap_or(FaceId(0)), false)
    }

    /// All faces, by id.
    pub(in crate::typeset) fn all(&self) -> &[Face] {
        &self.faces
    }

    /// The shaper with its cache.
    pub(in crate::typeset) fn shaper(&self) -> MutexGuard<'_, Shaper> {
        self.shaper.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read_into(
    faces: &mut Vec<Face>,
    files: &[FontFile],
    family: Option<Family>,
) -> Result<(), FaceError> {
    for file in files {
        let data = FaceData::Read(Arc::new(file.bytes.clone()));
        faces.extend(Face::open(&file.name, &data, family, None)?);
    }
    Ok(())
}
