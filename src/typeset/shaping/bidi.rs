//! Bidirectional text.

use unicode_bidi::{BidiClass, Level, ParagraphBidiInfo, bidi_class};

use crate::model::Language;

/// The embedding level of every byte of a text.
#[derive(Debug)]
pub(in crate::typeset) struct BidiLevels {
    /// The level of the paragraph: 0, or 1 if it is right-to-left.
    pub(in crate::typeset) base: u8,
    /// Empty if all bytes are at the base level of a left-to-right paragraph.
    bytes: Vec<Level>,
}

impl BidiLevels {
    /// A paragraph has the direction of its language, unless none of its letters do.
    pub(in crate::typeset) fn new(text: &str, language: &Language) -> Self {
        let strong = |c| match bidi_class(c) {
            BidiClass::L => Some(false),
            BidiClass::R | BidiClass::AL => Some(true),
            _ => None,
        };
        let wanted = language.is_right_to_left();
        if !wanted && text.chars().all(|c| u32::from(c) < 0x590) {
            return Self { base: 0, bytes: Vec::new() };
        }
        let right_to_left = if text.chars().any(|c| strong(c) == Some(wanted)) {
            wanted
        } else {
            text.chars().find_map(strong).unwrap_or(wanted)
        };
        let base = if right_to_left { Level::rtl() } else { Level::ltr() };
        let info = ParagraphBidiInfo::new(text, Some(base));
        let bytes = if right_to_left || info.has_rtl() { info.levels } else { Vec::new() };
        Self { base: base.number(), bytes }
    }

    /// The level of the character at this byte.
    pub(in crate::typeset) fn at(&self, byte: usize) -> u8 {
        self.bytes.get(byte).map_or(self.base, Level::number)
    }

    /// Whether the paragraph is right-to-left.
    pub(in crate::typeset) fn right_to_left(&self) -> bool {
        self.base % 2 == 1
    }
}

/// The bidirectional class of a character, simplified (UAX #9, 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectionClass {
    /// Read from left to right.
    LeftToRight,
    /// Read from right to left.
    RightToLeft,
    /// A digit, which runs from left to right among letters of either direction.
    Figure,
    /// A character between or beside digits: a point, a comma, a percent sign.
    Separator,
    /// A mark on the preceding letter.
    Mark,
    /// Takes the direction of the surrounding text.
    Neutral,
}

impl DirectionClass {
    /// The class of a character.
    pub fn from_char(c: char) -> Self {
        match bidi_class(c) {
            BidiClass::L => Self::LeftToRight,
            BidiClass::R | BidiClass::AL => Self::RightToLeft,
            BidiClass::EN | BidiClass::AN => Self::Figure,
            BidiClass::ES | BidiClass::ET | BidiClass::CS => Self::Separator,
            BidiClass::NSM => Self::Mark,
            _ => Self::Neutral,
        }
    }
}

/// The visual order, from left to right, of pieces with these levels (UAX #9, L2).
pub(in crate::typeset) fn visual_order(levels: &[u8]) -> Vec<usize> {
    let first = levels.first().copied().unwrap_or(0);
    if levels.iter().all(|level| *level == first) {
        let count = levels.len();
        return if first % 2 == 0 { (0..count).collect() } else { (0..count).rev().collect() };
    }
    let levels: Vec<Level> =
        levels.iter().map(|level| Level::new(*level).unwrap_or(Level::ltr())).collect();
    ParagraphBidiInfo::reorder_visual(&levels)
}
