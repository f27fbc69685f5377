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

mod abbreviations;
mod again;
mod balance;
mod bidi;
mod breaks;
mod bundled;
mod coverage;
mod face;
mod faces;
mod features;
mod fit;
mod hyphens;
mod line;
mod measure;
mod paragraph;
mod pieces;
mod prose;
mod protrusion;
mod shape;
mod style;

use face::Cut;

pub use bidi::Bearing;
pub use face::{Face, FaceData};
pub use faces::{FaceError, Faces, Metrics, Missing};
pub use paragraph::{Align, Anchor, Line, LineLink, Paragraph, Setting, Span, line, set};
pub use style::{Capitals, Family, Figures, Slant, Style, Weight};
