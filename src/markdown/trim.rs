//! Inlines as a paragraph holds them: without blanks at its ends, in one piece.

use std::mem;

use crate::model::{Block, Inline};

/// Takes blanks and breaks away from both ends.
pub(super) fn trim(content: &mut Vec<Inline>) {
    while let Some(Inline::Text(text)) = content.first_mut() {
        *text = text.trim_start().to_owned();
        if !text.is_empty() {
            break;
        }
        content.remove(0);
    }
    loop {
        match content.last_mut() {
            Some(Inline::Text(text)) => {
                text.truncate(text.trim_end().len());
                if !text.is_empty() {
                    return;
                }
            }
            Some(Inline::LineBreak) => {}
            _ => return,
        }
        content.pop();
    }
}

/// The inlines of a single paragraph, out of the blocks that it came in.
pub(super) fn single(blocks: Vec<Block>) -> Vec<Inline> {
    let mut content = Vec::new();
    for block in blocks {
        if let Block::Paragraph(mut inlines) | Block::Heading { content: mut inlines, .. } = block {
            if !content.is_empty() {
                content.push(Inline::LineBreak);
            }
            content.append(&mut mem::take(&mut inlines));
        }
    }
    content
}
