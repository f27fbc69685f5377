//! Checks whether a face covers a cluster of characters.

use std::ops::Range;

use icu_segmenter::GraphemeClusterSegmenter;

use crate::typeset::font::face::Face;
use crate::typeset::shaping::shape::{compose, decompose};

/// The grapheme clusters of a text, which readers perceive as single letters.
pub(in crate::typeset) fn clusters(text: &str) -> Vec<Range<usize>> {
    // There are no combining characters below U+0300, and line breaks have been removed before.
    if text.chars().all(|c| u32::from(c) < 0x300) {
        return text.char_indices().map(|(at, c)| at..at + c.len_utf8()).collect();
    }
    let mut bounds = GraphemeClusterSegmenter::new().segment_str(text);
    let mut start = bounds.next().unwrap_or(0);
    bounds
        .map(|end| {
            let cluster = start..end;
            start = end;
            cluster
        })
        .filter(|cluster| !cluster.is_empty())
        .collect()
}

/// Whether a face has every visible character of a cluster, as written or composed.
pub(in crate::typeset) fn covers(face: &Face, cluster: &str) -> bool {
    let visible = || cluster.chars().filter(|c| !is_invisible(*c));
    if visible().all(|c| has(face, c)) {
        return true;
    }
    let mut visible = visible();
    let Some(base) = visible.next() else { return true };
    // A base and its marks may be drawn as a single glyph that the face has.
    let composed = visible.try_fold(base, compose);
    composed.is_some_and(|c| face.has(c))
}

/// Whether a face has a character, or a canonical equivalent that the shaper uses: the ångström
/// sign is equivalent to a letter with a ring, and this to a letter and a ring (Unicode, 3.7).
fn has(face: &Face, c: char) -> bool {
    face.has(c)
        || decompose(c)
            .is_some_and(|(base, mark)| has(face, base) && mark.is_none_or(|mark| face.has(mark)))
}

/// Whether a character is invisible, so that no face needs a glyph for it.
pub(in crate::typeset) fn is_invisible(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}
