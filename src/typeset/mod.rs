//! Words to glyphs: faces, shaping, line breaking. Pure: faces come in as bytes,
//! lines go out; nothing here knows of pages, and nothing here fails but the loading of
//! a font.
//!
//! A paragraph goes this way: `prose` joins its spans to one text; `bidi`, `coverage`
//! and `abbreviations` say what stands where, and `pieces` cuts the text to words and
//! spaces that `shape` turns into glyphs, each word once for the whole book. `breaks`
//! and `hyphens` say where a line may end, `measure` how wide the text is up to there,
//! `fit` and `balance` where it does end; `line` sets what lies between two breaks,
//! `protrusion` saying what hangs out at its ends.
//!
//! A glyph's advance is rounded once, from font units to a [`Length`](crate::model::Length),
//! and all that follows is exact. So is every decision: the same words are set the same
//! way on every machine.

mod font;
mod paragraph;
mod shaping;
mod style;

use crate::typeset::font::face::Cut;

pub use crate::typeset::font::face::{Face, FaceData};
pub use crate::typeset::font::faces::{FaceError, Faces, Metrics, Missing};
pub use crate::typeset::paragraph::setting::{
    Align, Anchor, Line, LineLink, Paragraph, Setting, Span, line, set,
};
pub use crate::typeset::shaping::bidi::Bearing;
pub use style::{Capitals, Family, Figures, Slant, Style, Weight};
