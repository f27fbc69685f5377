//! Fullwidth punctuation: of two marks side by side, one loses the empty half between them
//! (Requirements for Japanese Text Layout, 3.1.4; Requirements for Chinese Text Layout, 3.1.6). And
//! the space between ideographs and words in other letters.

use std::sync::Arc;

use crate::typeset::Face;
use crate::typeset::shaping::script::{is_alphabetic, is_ideographic, script_of};
use crate::typeset::shaping::shape::Shape;

/// A fullwidth mark by where it is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) enum FullwidthMark {
    /// Before its ink: an opening bracket.
    Opening,
    /// After its ink: a closing bracket, a comma, a full stop.
    Closing,
    /// On both sides: a middle dot, a colon.
    Middle,
}

impl FullwidthMark {
    /// The kind of a character that may be fullwidth.
    pub(in crate::typeset) fn from_char(c: char) -> Option<Self> {
        match c {
            '「' | '『' | '（' | '《' | '〈' | '【' | '〔' | '［' | '｛' | '〖' | '〘' | '“'
            | '‘' => Some(Self::Opening),
            '、' | '。' | '，' | '．' | '」' | '』' | '）' | '》' | '〉' | '】' | '〕' | '］'
            | '｝' | '〗' | '〙' | '”' | '’' => Some(Self::Closing),
            '・' | '：' | '；' => Some(Self::Middle),
            _ => None,
        }
    }
}

/// Removes the empty halves between marks in a text with these glyphs, which are from left to
/// right. Half of the em is removed, or what there is: in some fonts a mark is in the middle.
pub(in crate::typeset) fn squeeze(shape: Arc<Shape>, text: &str, face: &Face) -> Arc<Shape> {
    use FullwidthMark::{Closing, Middle, Opening};
    if !has_neighbours(text) {
        return shape;
    }
    let em = i32::from(face.units_per_em);
    let mut squeezed = (*shape).clone();
    for glyph in &mut squeezed.glyphs {
        let (start, end) = (glyph.start as usize, glyph.end as usize);
        let mark = |c: Option<char>| c.and_then(FullwidthMark::from_char);
        let Some(own) = mark(text.get(start..end).and_then(|text| text.chars().next())) else {
            continue;
        };
        // In a proportional font nothing is empty.
        if glyph.advance * 10 < em * 9 {
            continue;
        }
        let before = mark(text[..start].chars().next_back());
        let after = mark(text[end..].chars().next());
        let Some((left, right)) = face.ink(glyph.id) else { continue };
        match (before, own, after) {
            (_, Closing, Some(_)) => {
                let empty = glyph.advance - glyph.x - right - em / 20;
                glyph.advance -= empty.clamp(0, em / 2);
            }
            (Some(Opening | Middle), Opening, _) => {
                let by = (glyph.x + left - em / 20).clamp(0, em / 2);
                glyph.advance -= by;
                glyph.x -= by;
            }
            _ => {}
        }
    }
    Arc::new(squeezed)
}

/// Whether ideographs or kana meet letters of an alphabet, or figures, at this byte.
pub(in crate::typeset) fn is_between_scripts(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text[..at].chars().next_back(), text[at..].chars().next())
    else {
        return false;
    };
    let is_wide = |c: char| c.is_alphanumeric() && is_ideographic(script_of(c));
    let is_narrow = |c: char| c.is_ascii_digit() || is_alphabetic(script_of(c));
    (is_wide(before) && is_narrow(after)) || (is_narrow(before) && is_wide(after))
}

fn has_neighbours(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let mut before = false;
    text.chars().any(|c| {
        let is_mark = FullwidthMark::from_char(c).is_some();
        let found = is_mark && before;
        before = is_mark;
        found
    })
}
