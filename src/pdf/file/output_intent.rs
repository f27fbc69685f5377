//! The output intent: the printing condition that the file is made for, and the colour space of
//! flat colours under it.

use std::borrow::Cow;
use std::io::{self, Write};

use pdf_writer::types::OutputIntentSubtype;
use pdf_writer::{Content, Finish, Name, Ref, TextStr};

use crate::model::{Book, Ink, PressProfile, ProfileSpace, Standards};
use crate::picture;

use crate::pdf::file::object_writer::ObjectWriter;
use crate::pdf::options::{Options, PictureOptions};

/// The output intent (ISO 15930-7, 6.2.2; ISO 19005-2, 6.2.3; ISO 32000-2, 14.11.5).
pub(in crate::pdf) struct OutputIntent<'b> {
    /// The reserved object number of the profile stream.
    pub(in crate::pdf) profile: Ref,
    /// The colour space of the profile.
    pub(in crate::pdf) space: ProfileSpace,
    /// The bytes of the profile.
    pub(in crate::pdf) bytes: &'b [u8],
    standards: Standards,
    identifier: Cow<'static, str>,
    registry: Option<&'static str>,
    condition: Cow<'static, str>,
}

impl<'b> OutputIntent<'b> {
    /// The output intent that the standards require: the press of the book, or sRGB in a file for
    /// screens. `None` if they require none.
    pub(in crate::pdf) fn new<W: Write>(
        options: &Options<'_>,
        book: &'b Book,
        writer: &mut ObjectWriter<'_, W>,
    ) -> Option<Self> {
        let standards = options.standard;
        if standards.x.is_none() && !standards.a2b {
            return None;
        }
        let (bytes, identifier, registry, condition) =
            match (&options.pictures, &book.print.profile) {
                (PictureOptions::Scaled(_), _) => (
                    picture::srgb(),
                    "sRGB".into(),
                    Some("http://www.color.org"),
                    "sRGB IEC61966-2.1".into(),
                ),
                (PictureOptions::Press(_), PressProfile::Bundled(condition)) => (
                    picture::bundled_profile(*condition),
                    condition.identifier().into(),
                    Some("http://www.color.org"),
                    condition.description().into(),
                ),
                (PictureOptions::Press(_), PressProfile::File { bytes, .. }) => {
                    let name = description(bytes).unwrap_or_else(|| "Custom".into());
                    (bytes.as_slice(), name.clone().into(), None, name.into())
                }
            };
        let space = match bytes.get(16..20) {
            Some(b"GRAY") => ProfileSpace::Gray,
            Some(b"RGB ") => ProfileSpace::Rgb,
            _ => ProfileSpace::Cmyk,
        };
        let profile = writer.reserve_id();
        Some(Self { profile, space, bytes, standards, identifier, registry, condition })
    }

    /// Writes the profile stream.
    pub(in crate::pdf) fn write<W: Write>(
        &self,
        writer: &mut ObjectWriter<'_, W>,
    ) -> io::Result<()> {
        writer.deflated_stream(self.profile, self.bytes, |entries| {
            entries.pair(Name(b"N"), channels(self.space));
        })
    }

    /// Adds the output intent to the catalogue, once for each kind of standard. All refer to the
    /// same profile (ISO 19005-2, 6.2.3).
    pub(in crate::pdf) fn describe(&self, catalog: &mut pdf_writer::writers::Catalog<'_>) {
        let subtypes = [
            self.standards.x.map(|_| OutputIntentSubtype::PDFX),
            self.standards.a2b.then_some(OutputIntentSubtype::PDFA),
        ];
        let mut intents = catalog.output_intents();
        for subtype in subtypes.into_iter().flatten() {
            let mut intent = intents.push();
            intent
                .subtype(subtype)
                .output_condition_identifier(TextStr(&self.identifier))
                .output_condition(TextStr(&self.condition))
                .info(TextStr(&self.condition));
            if let Some(registry) = self.registry {
                intent.registry_name(TextStr(registry));
            }
            intent.dest_output_profile(self.profile);
            intent.finish();
        }
    }
}

/// The number of colour components.
pub(in crate::pdf) fn channels(space: ProfileSpace) -> i32 {
    match space {
        ProfileSpace::Gray => 1,
        ProfileSpace::Rgb => 3,
        ProfileSpace::Cmyk => 4,
    }
}

/// The colour space of flat colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf) enum FlatColor {
    /// CMYK of the press.
    Cmyk,
    /// Grey for black only, else RGB.
    Screen,
}

impl FlatColor {
    /// Inks stay inks in a file for the press, whatever its standard: text of black ink alone needs
    /// no register.
    pub(in crate::pdf) fn new(options: &Options<'_>) -> Self {
        match options.pictures {
            PictureOptions::Press(_) => Self::Cmyk,
            PictureOptions::Scaled(_) => Self::Screen,
        }
    }

    /// Sets the colour of lines.
    pub(in crate::pdf) fn stroke(self, content: &mut Content, ink: Ink) {
        let Ink { c, m, y, k } = ink;
        match self {
            Self::Cmyk => content.set_stroke_cmyk(part(c), part(m), part(y), part(k)),
            Self::Screen => {
                let [r, g, b] = Self::on_screen(ink).map(level);
                content.set_stroke_rgb(r, g, b)
            }
        };
    }

    /// A colour as it is shown on a screen. Text of black ink alone is black, because the file is
    /// also printed in offices, whose printers would screen a grey.
    pub(in crate::pdf) fn on_screen(ink: Ink) -> [u8; 3] {
        if ink == Ink::BLACK { [0; 3] } else { ink.on_screen() }
    }

    /// Sets the fill colour.
    pub(in crate::pdf) fn fill(self, content: &mut Content, ink: Ink) {
        let Ink { c, m, y, k } = ink;
        match self {
            Self::Cmyk => content.set_fill_cmyk(part(c), part(m), part(y), part(k)),
            Self::Screen => match Self::on_screen(ink) {
                [r, g, b] if r == g && g == b => content.set_fill_gray(level(r)),
                [r, g, b] => content.set_fill_rgb(level(r), level(g), level(b)),
            },
        };
    }
}

/// A share of an ink, of 1.
fn part(per_cent: u8) -> f32 {
    f32::from(per_cent.min(100)) / 100.0
}

/// A level of sRGB, of 1; in thousandths, which are exact enough for 255 levels.
fn level(of_255: u8) -> f32 {
    (f32::from(of_255) * 1000.0 / 255.0).round() / 1000.0
}

/// The name of a profile in its `desc` tag, as text (ICC version 2) or in several languages
/// (version 4), of which the first is used (ICC.1:2022, 9.2.41, 10.15).
fn description(profile: &[u8]) -> Option<String> {
    let word = |at: usize| {
        let bytes = profile.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(bytes)).ok()
    };
    let records = (0..word(128)?.min(100)).map(|index| 132 + index * 12);
    let tag = records.into_iter().find(|&at| profile.get(at..at + 4) == Some(b"desc"))?;
    let start = word(tag + 4)?;
    let name = match profile.get(start..start.checked_add(4)?)? {
        b"desc" => {
            let length = word(start + 8)?;
            let text = profile.get(start + 12..(start + 12).checked_add(length)?)?;
            String::from_utf8_lossy(text).into_owned()
        }
        b"mluc" => {
            let (length, offset) = (word(start + 20)?, word(start + 24)?);
            let from = start.checked_add(offset)?;
            let text = profile.get(from..from.checked_add(length)?)?;
            let units = text.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).filter_map(Result::ok).collect()
        }
        _ => return None,
    };
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_says_its_name() {
        assert_eq!(description(picture::srgb()).as_deref(), Some("sRGB IEC61966-2.1"));
        assert_eq!(description(b"no profile at all"), None);
    }
}
