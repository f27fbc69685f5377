//! The OpenType features of a style.

use crate::model::Language;

use crate::typeset::font::face::Variants;
use crate::typeset::{Capitals, Figures, Style};

/// The features that differ between styles; `kern`, `liga`, `calt` and those that a script
/// requires are on by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) struct Features {
    /// The letters that become small capitals.
    pub(in crate::typeset) small: SmallCapitals,
    /// Whether letters become capitals.
    pub(in crate::typeset) uppercase: bool,
    /// Whether the language has no lower-case letters.
    pub(in crate::typeset) no_lower_case: bool,
    /// The style of figures.
    pub(in crate::typeset) figures: Figures,
    /// Whether letters are spaced, which disables ligatures.
    pub(in crate::typeset) spaced: bool,
}

/// The letters that become small capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) enum SmallCapitals {
    /// None.
    No,
    /// Only capitals, in an abbreviation.
    Capitals,
    /// Capitals and lower-case letters.
    All,
}

impl Features {
    /// The features of a style in text of this language, outside abbreviations.
    pub(in crate::typeset) fn new(style: &Style, language: &Language) -> Self {
        Self {
            no_lower_case: has_no_lower_case(language),
            small: if style.capitals == Capitals::Small {
                SmallCapitals::All
            } else {
                SmallCapitals::No
            },
            uppercase: style.capitals == Capitals::Full,
            figures: style.figures,
            spaced: style.tracking != 0,
        }
    }

    /// The features with their values. Small capitals are requested only if the face has both
    /// kinds: otherwise lower-case letters would become small capitals and capitals would not.
    pub(in crate::typeset) fn tags(
        self,
        has: Variants,
    ) -> impl Iterator<Item = (&'static [u8; 4], u32)> {
        let small: &[&[u8; 4]] = match self.small {
            SmallCapitals::Capitals if has.has_c2sc => &[b"c2sc"],
            SmallCapitals::All if has.has_smcp && has.has_c2sc => &[b"smcp", b"c2sc"],
            SmallCapitals::No | SmallCapitals::Capitals | SmallCapitals::All => &[],
        };
        let figures: &[&[u8; 4]] = match self.figures {
            // Lining figures match full capitals and scripts without lower-case letters.
            Figures::OldStyle if self.uppercase || self.no_lower_case => &[b"lnum", b"pnum"],
            Figures::OldStyle => &[b"onum", b"pnum"],
            Figures::Lining => &[b"lnum", b"pnum"],
            Figures::LiningTabular => &[b"lnum", b"tnum"],
            Figures::Superior => &[b"sups"],
        };
        let uppercase: &[&[u8; 4]] = if self.uppercase { &[b"case"] } else { &[] };
        let spaced: &[&[u8; 4]] =
            if self.spaced { &[b"liga", b"clig", b"dlig", b"hlig"] } else { &[] };
        let on = small.iter().chain(figures).chain(uppercase).map(|tag| (*tag, 1));
        on.chain(spaced.iter().map(|tag| (*tag, 0)))
    }
}

/// Whether a language is written in letters of uniform height, among which old-style figures
/// look wrong.
fn has_no_lower_case(language: &Language) -> bool {
    matches!(language.primary().as_str(), "ko" | "ja" | "zh") || language.is_right_to_left()
}
