//! Which way words run.

use unicode_bidi::{BidiClass, Level, ParagraphBidiInfo, bidi_class};

use crate::model::Language;

/// The embedding level of every byte of a text.
#[derive(Debug)]
pub(in crate::typeset) struct BidiLevels {
    /// The level of the paragraph itself: 0, or 1 where it runs from right to left.
    pub(in crate::typeset) base: u8,
    /// Empty where all bytes are at the base of a paragraph from left to right.
    bytes: Vec<Level>,
}

impl BidiLevels {
    /// A paragraph runs the way its language does, unless none of its letters do.
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

    /// The level of the character at a byte.
    pub(in crate::typeset) fn at(&self, byte: usize) -> u8 {
        self.bytes.get(byte).map_or(self.base, Level::number)
    }

    /// Whether the paragraph runs from right to left.
    pub(in crate::typeset) fn right_to_left(&self) -> bool {
        self.base % 2 == 1
    }
}

/// What a character does to the direction of a line (UAX #9, 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectionClass {
    /// It is read from left to right.
    LeftToRight,
    /// It is read from right to left.
    RightToLeft,
    /// It is a figure, which runs from left to right among letters of either kind.
    Figure,
    /// It stands between figures, or beside them: a point, a comma, a percent sign.
    Separator,
    /// It is a mark on the letter before it.
    Mark,
    /// It goes the way of what stands around it.
    Neutral,
}

impl DirectionClass {
    /// That of a character.
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

/// The order in which pieces of these levels stand from left to right (UAX #9, L2).
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
