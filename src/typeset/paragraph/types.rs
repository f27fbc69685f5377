//! What goes into a paragraph and what comes out: spans, settings and lines.

use std::ops::Range;
use std::sync::Arc;

use crate::model::{GlyphRun, Language, Length};
use crate::typeset::Style;

/// Words in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The words; `\n` is a break that the author asked for.
    pub text: String,
    /// Their look.
    pub style: Style,
    /// Where they lead.
    pub link: Option<Anchor>,
}

/// What words lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// An address.
    Address(Arc<str>),
    /// The note with this number, whose mark they are: no line begins with them.
    Note(u32),
}

impl From<&str> for Anchor {
    fn from(address: &str) -> Self {
        Self::Address(address.into())
    }
}

/// A paragraph to be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its words.
    pub spans: Vec<Span>,
    /// The language that drives breaking and hyphenation.
    pub language: Language,
}

/// How a paragraph is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The width of a full line.
    pub measure: Length,
    /// By how much the first line is indented.
    pub indent: Length,
    /// How the lines end.
    pub align: Align,
    /// Whether words may be divided.
    pub hyphenate: bool,
}

/// How lines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// Both edges straight, the last line ragged.
    Justified,
    /// Ragged at the end of the line.
    Start,
    /// Ragged, with lines of about the same length.
    Balanced,
    /// Ragged on both sides, lines of about the same length.
    Centred,
    /// Ragged at the start of the line.
    End,
}

/// A broken line. Its runs are placed from its own origin: the baseline at the left
/// edge of the measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The glyphs, in runs that stand in the order in which they are read.
    pub runs: Vec<GlyphRun>,
    /// From the first glyph's origin to the last one's end, protrusion left out.
    pub width: Length,
    /// How far its spaces are stretched (above 0) or shrunk (below 0), in thousandths
    /// of what they may.
    pub ratio: i32,
    /// Whether it ends within a word.
    pub hyphenated: bool,
    /// Whether the paragraph, or a part of it before a forced break, ends here.
    pub last: bool,
    /// Whether the paragraph begins here.
    pub begins: bool,
    /// The links on it.
    pub links: Vec<LineLink>,
}

/// A part of a line that links somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineLink {
    /// From the line's origin.
    pub extent: Range<Length>,
    /// Where to.
    pub target: Anchor,
}
