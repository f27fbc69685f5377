//! The input and output of setting a paragraph: spans, settings and lines.

use std::ops::Range;
use std::sync::Arc;

use crate::model::{GlyphRun, Ink, Language, Length, Rect};
use crate::typeset::Style;

/// Text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text; `\n` is a forced line break.
    pub text: String,
    /// The style of the text.
    pub style: Style,
    /// The target of a link.
    pub link: Option<Anchor>,
    /// Whether it is code.
    pub is_code: bool,
}

impl Span {
    /// Text that is neither a link nor code.
    pub fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style, link: None, is_code: false }
    }

    /// What its text is.
    pub(in crate::typeset) fn role(&self) -> TextRole {
        TextRole { link: self.link.clone(), is_code: self.is_code }
    }
}

/// The target of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// A URL.
    Address(Arc<str>),
    /// The note with this number, to which the text is the reference: no line begins with it.
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
    /// Its text.
    pub spans: Vec<Span>,
    /// The language for line breaking and hyphenation.
    pub language: Language,
}

/// The settings of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The width of a full line.
    pub measure: Length,
    /// The indent of the first line.
    pub indent: Length,
    /// The alignment of the lines.
    pub align: Align,
    /// Whether words may be hyphenated.
    pub hyphenate: bool,
    /// Whether it is a title: its lines, if they are balanced, rather end where it pauses than have
    /// the same length.
    pub is_title: bool,
}

/// The alignment of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// Justified, the last line ragged.
    Justified,
    /// Ragged at the end of lines.
    Start,
    /// Ragged, with lines of about the same length.
    Balanced,
    /// Centred, with lines of about the same length.
    Centred,
    /// Ragged at the start of lines.
    End,
}

/// A broken line. Its runs are positioned relative to its origin: the baseline at the left edge
/// of the measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The glyph runs, in reading order.
    pub runs: Vec<GlyphRun>,
    /// What the text of each run is; all of its text is the same.
    pub roles: Vec<TextRole>,
    /// The width from the origin of the first glyph to the end of the last, without hanging
    /// punctuation.
    pub width: Length,
    /// The stretch (above 0) or shrinkage (below 0) of its spaces, in thousandths of the allowed
    /// amount.
    pub ratio: i32,
    /// Whether it ends within a word.
    pub hyphenated: bool,
    /// The word that is broken at its end, at no syllable of it, because no line is wide enough for
    /// it.
    pub torn: Option<Arc<str>>,
    /// Whether the paragraph ends here, or its part before a forced line break.
    pub last: bool,
    /// Whether the paragraph begins here.
    pub begins: bool,
    /// The links on it.
    pub links: Vec<LineLink>,
    /// The dots that emphasize its letters, with their colours.
    pub dots: Vec<(Rect, Ink)>,
}

impl Line {
    /// Moves all that is on it to the right, or to the left if the distance is negative.
    pub fn move_by(&mut self, distance: Length) {
        for run in &mut self.runs {
            run.origin.x += distance;
        }
        for link in &mut self.links {
            link.extent = link.extent.start + distance..link.extent.end + distance;
        }
        for (dot, _) in &mut self.dots {
            dot.x += distance;
        }
    }
}

/// What a text is within its paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextRole {
    /// The target of the link that it is part of.
    pub link: Option<Anchor>,
    /// Whether it is code.
    pub is_code: bool,
}

/// A part of a line that is a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineLink {
    /// The horizontal extent, relative to the origin of the line.
    pub extent: Range<Length>,
    /// The target of the link.
    pub target: Anchor,
}
