//! The deck of a text: what is set large between its title and the rest of it, as in newspapers.

use crate::model::{Block, Inline, plain_text};

/// The longest deck, in characters.
const MAX_DECK: usize = 360;
/// How many times as long as a paragraph that is the deck the text after it must be.
const TEXT_PER_DECK: usize = 2;
/// A longer heading directly under a title, in characters, is none of several sections.
const SECTION_HEADING: usize = 50;

/// The deck of a text without its title, and the blocks after it: a heading, or a first paragraph
/// that is short, has no notes, and is either all of the text or the smaller part of it.
pub fn deck(blocks: &[Block]) -> Option<(&[Inline], &[Block])> {
    let (first, rest) = blocks.split_first()?;
    let (Block::Heading { content, .. } | Block::Paragraph(content)) = first else { return None };
    let length = plain_text(content).chars().count();
    let is_long_enough = match first {
        Block::Paragraph(_) => rest.is_empty() || characters(rest) >= length * TEXT_PER_DECK,
        _ => true,
    };
    (length <= MAX_DECK && !has_notes(content) && is_long_enough).then_some((content, rest))
}

/// The heading with which a text without its title begins, with its level, and the blocks after it,
/// if it belongs to the title: there is no other of its level, or it is too long for one of several
/// sections.
pub fn heading_deck(blocks: &[Block]) -> Option<(u8, &[Inline], &[Block])> {
    let (Block::Heading { level, content }, rest) = blocks.split_first()? else { return None };
    let is_only = !rest
        .iter()
        .any(|block| matches!(block, Block::Heading { level: other, .. } if other == level));
    let is_long = plain_text(content).chars().count() > SECTION_HEADING;
    (is_only || is_long).then_some((*level, content, rest))
}

/// The dateline of a text without its title, if it has one, and what comes after it.
pub fn split_dateline(blocks: &[Block]) -> (Option<&[Inline]>, &[Block]) {
    match blocks {
        [Block::Dateline(content), rest @ ..] => (Some(content), rest),
        _ => (None, blocks),
    }
}

/// About how long a text is, in characters; what is no paragraph counts as a long one.
fn characters(blocks: &[Block]) -> usize {
    let length = |block: &Block| match block {
        Block::Paragraph(content) | Block::Heading { content, .. } => {
            plain_text(content).chars().count()
        }
        _ => MAX_DECK,
    };
    blocks.iter().map(length).sum()
}

/// Whether a text has notes, or links that are printed as notes.
fn has_notes(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Note(_) | Inline::Link { .. } => true,
        Inline::Emphasis(inner) | Inline::Strong(inner) => has_notes(inner),
        Inline::Text(_) | Inline::Code(_) | Inline::LineBreak => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Note;

    fn paragraph(letters: usize) -> Block {
        Block::Paragraph(vec![Inline::Text("a".repeat(letters))])
    }

    #[test]
    fn a_first_paragraph_is_a_deck_above_a_text_that_is_twice_as_long() {
        let rest = |blocks: &[Block]| deck(blocks).map(|(_, rest)| rest.len());
        assert_eq!(rest(&[paragraph(100)]), Some(0));
        assert_eq!(rest(&[paragraph(100), paragraph(150), paragraph(50)]), Some(2));
        assert_eq!(rest(&[paragraph(100), paragraph(199)]), None);
        assert_eq!(rest(&[paragraph(361), paragraph(9_000)]), None);
        assert_eq!(rest(&[]), None);
    }

    #[test]
    fn a_heading_is_a_deck_above_any_text_and_none_has_notes() {
        let content = vec![Inline::Text("A deck".into())];
        let heading = |content| Block::Heading { level: 2, content };
        assert!(deck(&[heading(content.clone()), paragraph(1)]).is_some());
        let content =
            [content, vec![Inline::Note(Note { number: 1, content: Vec::new() })]].concat();
        assert!(deck(&[heading(content), paragraph(1)]).is_none());
    }
}
