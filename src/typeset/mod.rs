//! Converts text to glyphs: fonts, shaping, line breaking. The input is font data and
//! paragraphs, the output is lines; only loading a font can fail.
//!
//! A paragraph is set in these steps. `prose` joins its spans to one text. `bidi`, `coverage`
//! and `abbreviations` determine directions, fonts and abbreviations; `pieces` divides the text
//! into words and spaces, which `shape` converts to glyphs, each distinct word once per book.
//! `break_opportunities` and `hyphenation` find where a line may end, `text_width` measures the
//! text up to each of these places, and `knuth_plass` and `balance` choose among them. `line`
//! sets the text between two breaks; `protrusion` hangs punctuation into the margin.
//!
//! `shortening` finds where a text that is too long for its place may end.
//!
//! The advance of a glyph is rounded once, from font units to a
//! [`Length`](crate::model::Length); everything after that is exact, so the same text is set
//! identically on every machine.

mod font;
mod paragraph;
mod shaping;
mod shortening;
mod style;

pub use font::bundled::bundled_font;
pub use font::error::FaceError;
pub use font::face::{Face, FaceData};
pub use font::faces::{Faces, Metrics, MissingCharacter};
pub use font::inspect::{FontInspection, inspect};
pub use font::instance::instances;
pub(crate) use paragraph::addresses::{AddressBreak, address_breaks, is_address};
pub(crate) use paragraph::compounds::at_joints;
pub(crate) use paragraph::hyphenation::WordDivision;
pub use paragraph::plain::{plain_lines, plain_width};
pub use paragraph::setting::{end_with_space, line, set};
pub use paragraph::types::{Align, Anchor, Line, LineLink, Paragraph, Setting, Span, TextRole};
pub use shaping::bidi::DirectionClass;
pub(crate) use shortening::{
    Shortened, ShortenedEnd, final_full_stop, shorten, shortened, without_full_stop,
};
pub use style::{Capitals, Family, Figures, Slant, Stress, Style, Weight};
